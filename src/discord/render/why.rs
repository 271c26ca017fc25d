//! The account of a deadline, to the second; and the deadlines that a complaint would have.

use chrono::{Datelike, Timelike};

use super::card::clock_name;
use super::{at, day, plain, small};
use crate::discord::commands::severity_name;
use crate::domain::complaint::Complaint;
use crate::domain::policy::Policy;
use crate::domain::running::{PauseReason, Running, Stop};
use crate::domain::why::{Account, Simulated};
use crate::kernel::severity::Severity;
use crate::sla::calendar::wall;
use crate::sla::clocks::{ClockKind, Target};
use crate::sla::explain::{Piece, Why};
use crate::text::Words;

/// Discord's longest message is 2,000 characters; the table has this much of it.
const TABLE: usize = 1_250;

/// The account of a run.
pub fn account(
    complaint: &Complaint,
    clock: ClockKind,
    account: &Account,
    policy: &Policy,
    words: &Words,
) -> String {
    let Account { run, explanation, used } = account;
    let zone = policy.calendars.get(&run.terms.calendar).map_or(policy.zone, |hours| hours.zone());
    let target = target(run.terms.target, words);
    let calendar = run.terms.calendar.as_str();
    let mut lines = vec![words.why_heading(complaint.number(), clock_name(clock, words), target, calendar)];
    lines.push(words.why_since(exactly(zone, run.started, words)));
    let rows: Vec<String> = explanation
        .pieces
        .iter()
        .map(|piece| {
            let span = format!("{} → {}", exactly(zone, piece.from, words), exactly(zone, piece.to, words));
            let mark = match piece.why {
                Why::Counted | Why::WorkingDay(_) => '+',
                _ => ' ',
            };
            format!(
                "{mark} {span} {:>9}  {}",
                span_of(piece.to - piece.from),
                reason(piece, run, complaint, words)
            )
        })
        .collect();
    lines.push(format!("```\n{}\n```", shortened(rows, words)));
    if let Some((used, whole)) = *used {
        let told = match run.stopped {
            None => words.why_used(span_of(used), span_of(whole), span_of(whole - used)),
            Some(_) => words.why_used_up(span_of(used), span_of(whole)),
        };
        lines.push(told);
    }
    lines.extend(ending(run, account, zone, words));
    let variant = match run.terms.variant.as_str() {
        "" => words.why_policy_all(),
        name => name.to_owned(),
    };
    let versions = (short(&run.terms.policy_version), short(&run.terms.calendar_version));
    let policy_told = format!("{variant} {}", versions.0);
    let severity = severity_name(run.terms.severity, words);
    lines.push(small(&words.why_terms(policy_told.trim(), versions.1, severity)));
    lines.join("\n")
}

/// How it stands: due, missed, done, standing still.
fn ending(run: &Running, account: &Account, zone: chrono_tz::Tz, words: &Words) -> Vec<String> {
    let mut lines = Vec::new();
    let told = |at: i64| exactly(zone, at, words);
    match account.explanation.deadline {
        Some(deadline) => {
            lines.push(words.why_due(told(deadline.due_at)));
            if deadline.breach_at != deadline.due_at {
                lines.push(words.why_breach(told(deadline.breach_at)));
            }
        }
        None if run.is_paused() => lines.push(words.why_stands_still()),
        None => {}
    }
    if run.terms.target == Target::ByHand {
        lines.push(words.why_by_hand());
    }
    if let Some(breach) = &run.breach {
        lines.push(words.why_missed(told(breach.deadline), target(breach.target, words)));
    }
    if let Some(stopped) = run.stopped {
        let when = told(stopped);
        lines.push(match run.stop {
            Some(Stop::Cancelled) => words.why_cancelled(when),
            _ if run.is_breached() => words.why_stopped_late(when),
            _ => words.why_met(when),
        });
    }
    lines
}

fn short(version: &str) -> &str {
    version.get(..8).unwrap_or(version)
}

/// Rows that fit; where they do not, the middle is left out, since the beginning and the end are what is asked about.
fn shortened(rows: Vec<String>, words: &Words) -> String {
    let length = |rows: &[String]| rows.iter().map(|row| row.chars().count() + 1).sum::<usize>();
    if length(&rows) <= TABLE {
        return rows.join("\n");
    }
    let (mut head, mut tail) = (Vec::new(), Vec::new());
    let mut used = 60;
    let (mut front, mut back) = (0, rows.len());
    while front < back {
        let next = if head.len() <= tail.len() { &rows[front] } else { &rows[back - 1] };
        used += next.chars().count() + 1;
        if used > TABLE {
            break;
        }
        if head.len() <= tail.len() {
            head.push(next.clone());
            front += 1;
        } else {
            tail.push(next.clone());
            back -= 1;
        }
    }
    head.push(words.why_left_out(back - front));
    head.extend(tail.into_iter().rev());
    head.join("\n")
}

fn reason(piece: &Piece, run: &Running, complaint: &Complaint, words: &Words) -> String {
    match &piece.why {
        Why::Counted => words.why_counted(),
        Why::Closed => words.why_closed(),
        Why::Holiday(name) if name.is_empty() => words.why_holiday(),
        Why::Holiday(name) => words.why_holiday_named(code(name)),
        Why::Break => words.why_break(),
        Why::OwnHoursClosed => words.why_closed_date(),
        Why::DayOfReceipt => words.why_day_of_receipt(),
        Why::WorkingDay(number) => words.why_working_day(*number),
        Why::Paused(index) => {
            let pause = run.pauses.get(*index);
            if pause.is_some_and(|pause| pause.why == PauseReason::Resolved) {
                return words.why_resolved();
            }
            let wait = complaint
                .waits
                .iter()
                .find(|wait| pause.is_some_and(|pause| wait.to == pause.to && wait.from <= pause.from));
            match wait {
                Some(wait) if wait.reason.is_empty() => words.why_paused(code(&wait.by.name)),
                Some(wait) => words.why_paused_because(code(&wait.by.name), code(&wait.reason)),
                None => words.why_paused(String::new()),
            }
        }
    }
}

/// Words within a block of code, which nothing of them may end.
fn code(text: &str) -> String {
    super::cut(&text.replace('`', "'").split_whitespace().collect::<Vec<_>>().join(" "), 60)
}

/// A target in words.
fn target(target: Target, words: &Words) -> String {
    match target {
        Target::Open(ms) => words.target_open(words.hours(ms)),
        Target::WorkingDays(days) => words.target_working_days(days),
        Target::ByHand => words.target_by_hand(),
    }
}

/// A wall time to the second, with its weekday; what is not a whole second keeps its thousandths.
fn exactly(zone: chrono_tz::Tz, at: i64, words: &Words) -> String {
    let wall = wall(zone, at);
    let weekday = words.say(&format!("weekday-{}", wall.weekday().number_from_monday()), &[]);
    let thousandths = wall.nanosecond() / 1_000_000;
    let fraction = if thousandths > 0 { format!(".{thousandths:03}") } else { String::new() };
    format!("{weekday} {}{fraction}", wall.format("%Y-%m-%d %H:%M:%S"))
}

/// A span as `12:05:09`; hours go on counting.
fn span_of(ms: i64) -> String {
    let seconds = ms.div_euclid(1_000);
    format!("{}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

/// The deadlines that a complaint received at `received` (Unix ms) would have.
pub fn simulated(received: i64, groups: &[(Vec<Severity>, Vec<Simulated>)], words: &Words) -> String {
    let mut text = words.simulate_heading(format!("<t:{}:F>", received.div_euclid(1_000)));
    for (severities, rows) in groups {
        let names: Vec<String> = severities.iter().map(|held| severity_name(*held, words)).collect();
        text = format!("{text}\n{}", words.simulate_severities(plain(&names.join(", "))));
        let mut dated: Vec<(i64, String)> = Vec::new();
        let mut later = Vec::new();
        for row in rows {
            let clock = clock_name(row.clock, words);
            match (row.deadline, row.target) {
                (Some(deadline), Target::WorkingDays(_)) => {
                    let when = words.deadline_end_of_day(day(deadline.due_at - 1_000));
                    dated
                        .push((deadline.due_at, words.simulate_line(clock, when, target(row.target, words))));
                }
                (Some(deadline), _) => {
                    let when = at(deadline.due_at);
                    dated
                        .push((deadline.due_at, words.simulate_line(clock, when, target(row.target, words))));
                }
                (None, Target::ByHand) => later.push(words.simulate_promise(clock)),
                (None, _) => later.push(words.simulate_later(clock, target(row.target, words))),
            }
        }
        dated.sort();
        for line in dated.into_iter().map(|(_, line)| line).chain(later.into_iter().map(|line| small(&line)))
        {
            text = format!("{text}\n{line}");
        }
    }
    text
}
