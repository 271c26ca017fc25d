//! `deadline explain`: prints each stretch that counts and each that does not, why, and what it comes to.

use chrono::{DateTime, Datelike, Offset, TimeZone};
use chrono_tz::Tz;

use super::input::{self, TIME, Target};
use super::words::Words;
use super::{Explain, Told, known};
use crate::config::{Config, zone};
use crate::sla::deadline::Pause;
use crate::sla::explain::{Explanation, Piece, Why, explain, explain_legal};
use crate::sla::hours::Hours;

/// What was asked, read.
struct Asked {
    hours: Hours,
    zone: Tz,
    start: i64,
    target: Target,
    pauses: Vec<Pause>,
    now: i64,
}

/// Explains a deadline at the instant `now` (Unix ms).
pub fn run(asked: &Explain, configuration: impl FnOnce() -> Result<Config, Vec<String>>, now: i64) -> Told {
    let read = configuration().and_then(|config| read(asked, &config, now));
    match read {
        Ok(read) => Told { out: printed(asked, &read), err: String::new(), code: 0 },
        Err(lines) => Told::unusable(lines),
    }
}

fn read(asked: &Explain, config: &Config, now: i64) -> Result<Asked, Vec<String>> {
    let mut wrong = Vec::new();
    let calendars = &config.policy().calendars;
    let hours = calendars.get(&asked.calendar);
    if hours.is_none() {
        wrong.push(format!("--calendar: {:?} is no calendar; {}", asked.calendar, known(calendars)));
    }
    let named = asked.zone.as_deref().map(|name| {
        let said = |right| wrong.push(format!("--zone: {name:?} {}; {right}", zone::WRONG));
        zone::read(name).map_err(said).unwrap_or_default()
    });
    let zone = named.or(hours.map(Hours::zone)).unwrap_or_default();
    let mut time = |option: &str, text: &str| {
        let at = input::time(zone, text).map(|at| at.0);
        if at.is_none() {
            wrong.push(format!("{option}: {text:?} is not a time; {TIME}"));
        }
        at.unwrap_or_default()
    };
    let start = time("--start", &asked.start);
    let now = asked.now.as_deref().map_or(now - now.rem_euclid(1000), |text| time("--now", text));
    let target = input::target(&asked.target);
    if target.is_none() {
        let right = "write e.g. 15m, 1h30m, 24h, 7d, or 3wd for three working days";
        wrong.push(format!("--target: {:?} is not a duration; {right}", asked.target));
    }
    let mut pauses = Vec::new();
    for text in &asked.pause {
        match input::pause(zone, text) {
            Ok(pause) => pauses.push(pause),
            Err(found) => wrong.push(format!("--pause: {text:?} {found}")),
        }
    }
    if matches!(target, Some(Target::WorkingDays(_))) && !asked.pause.is_empty() {
        wrong.push(
            "--pause: working days by law are not paused; leave it out, or name a target such as 24h"
                .to_owned(),
        );
    }
    match (hours, target) {
        (Some(hours), Some(target)) if wrong.is_empty() => {
            Ok(Asked { hours: hours.clone(), zone, start, target, pauses, now })
        }
        _ => Err(wrong),
    }
}

fn printed(named: &Explain, asked: &Asked) -> String {
    let words = Words::of(named.lang.into());
    let (explanation, target) = match asked.target {
        Target::Open(target) => (
            explain(&asked.hours, asked.start, target, &asked.pauses, asked.now),
            named.target.trim().to_owned(),
        ),
        Target::WorkingDays(days) => {
            (explain_legal(&asked.hours, asked.start, days), format!("{days} {}", words.working_days))
        }
    };
    let times = Times::of(asked, &explanation, words);
    let head = [
        (words.calendar, format!("{} ({})", named.calendar, asked.hours.zone().name())),
        (words.start, times.with_offset(asked.start)),
        (words.target, target),
    ];
    let mut lines = named_lines(&head);
    let nothing = matches!(asked.target, Target::Open(0) | Target::WorkingDays(0));
    let mut tail = Vec::new();
    match explanation.deadline {
        Some(deadline) if matches!(asked.target, Target::WorkingDays(_)) => {
            let last = times.date(deadline.due_at - 1);
            tail.push((
                words.due,
                format!("{}  ({} {last})", times.with_offset(deadline.due_at), words.end_of),
            ));
        }
        Some(deadline) => {
            tail.push((words.due, times.with_offset(deadline.due_at)));
            if deadline.breach_at != deadline.due_at {
                let breach = times.with_offset(deadline.breach_at);
                tail.push((words.breach, format!("{breach}  ({})", words.between)));
            }
        }
        None => {
            let why = match asked.pauses.iter().any(|pause| pause.to.is_none()) {
                _ if nothing => words.no_target,
                true => words.paused,
                false => words.never,
            };
            tail.push((words.none, why.to_owned()));
        }
    }
    if !explanation.pieces.is_empty() && !nothing {
        lines.push(String::new());
        lines.extend(table(&explanation.pieces, &times, words));
    }
    lines.push(String::new());
    lines.extend(named_lines(&tail));
    lines.join("\n") + "\n"
}

/// The pieces as lines of columns, each as wide as its widest.
fn table(pieces: &[Piece], times: &Times, words: &Words) -> Vec<String> {
    let (mut counted, mut days) = (0, 0);
    let mut rows = vec![words.columns.map(str::to_owned)];
    for piece in pieces {
        let length = piece.to.saturating_sub(piece.from);
        let total = match piece.why {
            Why::WorkingDay(number) => {
                days = number;
                number.to_string()
            }
            Why::DayOfReceipt => days.to_string(),
            Why::Counted => {
                counted += length;
                span(counted)
            }
            _ if times.in_days => days.to_string(),
            _ => span(counted),
        };
        rows.push([times.wall(piece.from), times.wall(piece.to), span(length), total, words.why(&piece.why)]);
    }
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let widths: [usize; 4] = std::array::from_fn(width);
    let line = |row: &[String; 5]| {
        let [from, to, length, total] = widths;
        format!("{:from$}  {:to$}  {:>length$}  {:>total$}  {}", row[0], row[1], row[2], row[3], row[4])
    };
    rows.iter().map(line).collect()
}

/// Lines of a name and what it is, in two columns.
fn named_lines(lines: &[(&str, String)]) -> Vec<String> {
    let width = lines.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
    lines.iter().map(|(name, text)| format!("{name:width$}  {text}")).collect()
}

/// A length in ms as hours, minutes and seconds.
fn span(ms: i64) -> String {
    let seconds = ms / 1000;
    let rest = match ms % 1000 {
        0 => String::new(),
        rest => format!(".{rest:03}"),
    };
    format!("{}:{:02}:{:02}{rest}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// How instants are written.
struct Times {
    zone: Tz,
    weekdays: [&'static str; 7],
    /// Whether the clock of the zone changes on the way, so that a wall time alone would not do.
    changes: bool,
    in_days: bool,
}

impl Times {
    fn of(asked: &Asked, explanation: &Explanation, words: &Words) -> Self {
        let offset = |at: i64| moment(asked.zone, at).offset().fix();
        let instants = explanation.pieces.iter().flat_map(|piece| [piece.from, piece.to]);
        let changes = instants.into_iter().any(|at| offset(at) != offset(asked.start));
        let in_days = matches!(asked.target, Target::WorkingDays(_));
        Self { zone: asked.zone, weekdays: words.weekdays, changes, in_days }
    }

    fn wall(&self, at: i64) -> String {
        if self.changes { self.with_offset(at) } else { self.written(at, "%Y-%m-%d %H:%M:%S%.f") }
    }

    fn with_offset(&self, at: i64) -> String {
        self.written(at, "%Y-%m-%d %H:%M:%S%.f %:z")
    }

    fn date(&self, at: i64) -> String {
        self.written(at, "%Y-%m-%d")
    }

    fn written(&self, at: i64, form: &str) -> String {
        let moment = moment(self.zone, at);
        let weekday = self.weekdays[moment.weekday().num_days_from_monday() as usize];
        format!("{weekday} {}", moment.format(form))
    }
}

/// An instant (Unix ms) in a zone; one outside chrono's range counts as the epoch.
fn moment(zone: Tz, at: i64) -> DateTime<Tz> {
    zone.from_utc_datetime(&DateTime::from_timestamp_millis(at).unwrap_or_default().naive_utc())
}
