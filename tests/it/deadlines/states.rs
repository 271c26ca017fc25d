//! How other help desks' clocks go on, stop and are met: each case by its number, as what happens and what must be seen.

use std::collections::BTreeSet;
use std::panic::catch_unwind;

use ClockKind::{Reply, Resolution};
use Do::*;
use See::*;
use langnghe::domain::command::Command;
use langnghe::domain::event::{Event, Source};
use langnghe::domain::policy::Policy;
use langnghe::domain::running::Stop;
use langnghe::kernel::severity::Severity;
use langnghe::sla::clocks::ClockKind;
use langnghe::sla::deadline;

use super::{MINUTE, Play, special_states, state_cases};
use crate::sla::utc;

/// What happens.
pub enum Do {
    Answer,
    Customer,
    Wait,
    Resume,
    Resolve,
    Reopen,
    Close,
    /// The first response is recorded without a word of the desk: with us only a fact, no command does that.
    Answered,
    Severe(Severity),
    Sorted(&'static str),
    /// The policy is another one, and open deadlines are computed anew.
    Recomputed(fn(&mut Policy)),
    Consulted,
    /// Nothing; the program looks at its timers.
    Looks,
}

/// What must be seen.
pub enum See {
    Due(ClockKind, &'static str),
    BreachAt(ClockKind, &'static str),
    NoDue(ClockKind),
    Never(ClockKind),
    Next(&'static str),
    NoNext,
    /// Minutes used and minutes left.
    Used(ClockKind, i64, i64),
    /// The same of the run that used most.
    Worst(ClockKind, i64, i64),
    /// Seconds used.
    Seconds(ClockKind, i64),
    /// Seconds of open time that a clock stood still.
    Hold(ClockKind, i64),
    Missed(ClockKind, &'static str),
    Met(ClockKind),
    Cancelled(ClockKind),
    Runs(ClockKind, i64),
    Nudges(ClockKind, &'static [&'static str]),
}

pub struct Case {
    pub id: &'static str,
    policy: fn() -> Policy,
    /// When it is filed; the times below are of that day where they name none.
    filed: &'static str,
    does: &'static [(&'static str, Do)],
    sees: &'static [See],
}

pub const fn case(
    id: &'static str,
    policy: fn() -> Policy,
    filed: &'static str,
    does: &'static [(&'static str, Do)],
    sees: &'static [See],
) -> Case {
    Case { id, policy, filed, does, sees }
}

fn at(filed: &str, text: &str) -> i64 {
    let text = if text.len() < 10 { format!("{} {text}", &filed[..10]) } else { text.to_owned() };
    utc(&if text.len() < 19 { format!("{text}:00") } else { text })
}

fn play(case: &Case) {
    let mut play = Play::filed((case.policy)(), at(case.filed, case.filed));
    for (when, what) in case.does {
        let when = at(case.filed, when);
        // Cases that say so look at their timers; the others find the deadline passed by whoever comes first.
        match what {
            Answer => play.replies(when),
            Customer => play.customer_writes(when),
            Wait => play.staff(when, Command::Wait { reason: String::new() }),
            Resume => play.staff(when, Command::Resume),
            Resolve => play.staff(when, Command::Resolve { outcome: "Đã thay dây.".to_owned() }),
            Reopen => play.staff(when, Command::Reopen { reason: "Chưa xong".to_owned() }),
            Close => play.closes(when),
            Answered => answered(&mut play, when),
            Severe(severity) => play.classified(when, None, Some(*severity)),
            Sorted(category) => play.classified(when, Some(category), None),
            Recomputed(change) => {
                change(&mut play.policy);
                play.staff(when, Command::Recompute);
            }
            Consulted => play.consult(when),
            Looks => play.wakes(when),
        }
    }
    for (index, see) in case.sees.iter().enumerate() {
        look(&play, case, see, index);
    }
}

fn answered(play: &mut Play, when: i64) {
    let run = play.run(Reply).clone();
    let (cycle, target) = (run.cycle, run.terms.target);
    if let Some(deadline) = run.breach_at().filter(|at| *at < when) {
        let (severity, owner) = (Severity::Normal, None);
        let cause = langnghe::domain::running::Cause::Time;
        play.fact(
            when,
            Event::ClockBreached { clock: Reply, cycle, deadline, target, cause, severity, owner },
        );
    }
    let used = play.policy.used(&run.terms, run.started, when, &run.stretches());
    play.fact(when, Event::ClockStopped { clock: Reply, cycle, how: Stop::Done, used: Some(used) });
}

/// The ms that the runs of a clock used, as the journal tells them.
fn used(play: &Play, kind: ClockKind) -> Vec<i64> {
    let of = |event: &Event| match event {
        Event::ClockStopped { clock, used, .. } if *clock == kind => *used,
        _ => None,
    };
    play.journal.iter().filter_map(|entry| of(&entry.event)).collect()
}

fn look(play: &Play, case: &Case, see: &See, index: usize) {
    let when = |text: &str| Some(at(case.filed, text));
    let target = |kind: ClockKind| match play.run(kind).terms.target {
        langnghe::sla::clocks::Target::Open(ms) => ms,
        other => panic!("{other:?}"),
    };
    let told = format!("{} ({}): {:?}", case.id, index + 1, play.held.clocks);
    match see {
        Due(kind, text) => assert_eq!(play.due(*kind), when(text), "{told}"),
        BreachAt(kind, text) => assert_eq!(play.run(*kind).breach_at(), when(text), "{told}"),
        NoDue(kind) => assert_eq!(play.due(*kind), None, "{told}"),
        Never(kind) => assert!(!play.held.clocks.contains_key(kind), "{told}"),
        Next(text) => assert_eq!(play.held.next_deadline().map(|next| next.1), when(text), "{told}"),
        NoNext => {
            assert_eq!(play.held.next_deadline(), None, "{told}");
            assert_eq!(play.next_timer(), None, "{told}");
        }
        Used(kind, used, left) => {
            let ms = play.run(*kind).used.expect("it has ended");
            assert_eq!((ms, target(*kind) - ms), (used * MINUTE, left * MINUTE), "{told}");
        }
        Worst(kind, most, left) => {
            let ms = used(play, *kind).into_iter().max().expect("one has ended");
            assert_eq!((ms, target(*kind) - ms), (most * MINUTE, left * MINUTE), "{told}");
        }
        Seconds(kind, seconds) => assert_eq!(play.run(*kind).used, Some(seconds * 1000), "{told}"),
        Hold(kind, seconds) => {
            let run = play.run(*kind);
            let hours = &play.policy.calendars[&run.terms.calendar];
            let open = |from, to| deadline::elapsed(hours, from, to, &[]);
            let held: i64 = run.pauses.iter().map(|pause| open(pause.from, pause.to.expect("over"))).sum();
            assert_eq!(held, seconds * 1000, "{told}");
        }
        Missed(kind, text) => {
            assert_eq!(play.run(*kind).breach.map(|breach| breach.deadline), when(text), "{told}");
        }
        Met(kind) => {
            let run = play.run(*kind);
            assert_eq!((run.stop, run.breach), (Some(Stop::Done), None), "{told}");
        }
        Cancelled(kind) => assert_eq!(play.run(*kind).stop, Some(Stop::Cancelled), "{told}"),
        Runs(kind, count) => assert_eq!(play.run(*kind).cycle, *count, "{told}"),
        Nudges(kind, texts) => {
            let expected: Vec<i64> = texts.iter().filter_map(|text| when(text)).collect();
            assert_eq!(play.run(*kind).schedule.nudges, expected, "{told}");
        }
    }
}

/// A complaint that a member of staff wrote down has no clock for the answer: it was answered where it was said.
#[test]
fn s53_what_staff_wrote_down_waits_for_no_answer() {
    let play = Play::filed_as(
        state_cases::tracker(),
        at(state_cases::AT_NINE, state_cases::AT_NINE),
        Source::Logged,
    );
    assert_eq!(play.due(Reply), None);
    assert!(play.due(Resolution).is_some());
}

#[test]
fn every_case_holds() {
    let mut seen: BTreeSet<&str> = BTreeSet::from(["S53"]);
    let mut wrong = Vec::new();
    for case in state_cases::CASES {
        seen.insert(case.id);
        if catch_unwind(|| play(case)).is_err() {
            wrong.push(case.id);
        }
    }
    for (id, plays) in special_states::CASES {
        seen.insert(id);
        if catch_unwind(plays).is_err() {
            wrong.push(id);
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}; what was seen stands above");
    let all: Vec<String> = (1..=64).map(|number| format!("S{number:02}")).collect();
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), all, "each of them was played");
}
