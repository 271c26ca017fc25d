//! Cases for calendars: what is asked of which calendar, and what must come out.

use chrono_tz::Tz;
use serde_json::Value;

use super::input::{self, TIME};
use super::rows::Row;
use crate::config::Problem;
use crate::sla::calendar::wall;
use crate::sla::deadline::{self, Pause};
use crate::sla::hours::Hours;

/// The questions there are.
const FUNCTIONS: &str = "write due, elapsed, before, days or legal_days";
const PAUSES: &str =
    "write e.g. [[\"2026-11-26 17:00:00\", \"2026-11-27 09:00:00\"]], with null for an end while it lasts";

/// One case.
#[derive(Clone, Debug)]
pub struct Case {
    /// How it is called when it does not hold.
    pub id: String,
    /// The calendar it is asked of.
    pub calendar: String,
    zone: Tz,
    ask: Ask,
}

#[derive(Clone, Debug)]
enum Ask {
    Due {
        start: i64,
        target: i64,
        pauses: Vec<Pause>,
        due: Expected,
        due_utc: Option<i64>,
        breach: Option<Expected>,
    },
    Elapsed {
        from: i64,
        to: i64,
        pauses: Vec<Pause>,
        seconds: i64,
    },
    Before {
        at: i64,
        lead: i64,
        result: Expected,
    },
    Days {
        start: i64,
        days: u32,
        end_of_day: bool,
        result: Expected,
    },
    LegalDays {
        start: i64,
        days: u32,
        end: Expected,
    },
}

/// An instant that must come out, as it is written; none where none must.
#[derive(Clone, Debug)]
struct Expected(Option<(i64, i64)>);

impl Expected {
    /// Whether it is this instant; a wall time that the clock goes through twice may be either.
    fn is(&self, at: Option<i64>) -> bool {
        match (self.0, at) {
            (Some((first, last)), Some(at)) => at == first || at == last,
            (None, None) => true,
            _ => false,
        }
    }
}

impl Case {
    /// Reads a case; what is wrong with it is a problem.
    pub fn read(row: &Row<'_>, problems: &mut Vec<Problem>) -> Option<Self> {
        let id = row.text(problems, "id", "write a text that names the case");
        let function = row.text(problems, "fn", FUNCTIONS);
        let calendar = row.text(problems, "cal", "write the id of a calendar");
        let zone = row.zone(problems, "tz");
        let read = Reader { row, zone: zone.unwrap_or(Tz::UTC) };
        let ask = match function? {
            "due" => read.due(problems),
            "elapsed" => read.elapsed(problems),
            "before" => read.before(problems),
            "days" => read.days(problems),
            "legal_days" => read.legal_days(problems),
            other => {
                problems.push(row.problem("fn", &Value::from(other), "is no question", FUNCTIONS));
                None
            }
        };
        Some(Self { id: id?.to_owned(), calendar: calendar?.to_owned(), zone: zone?, ask: ask? })
    }

    /// Asks its question.
    ///
    /// # Errors
    /// What was expected and what came out, where they differ.
    pub fn holds(&self, hours: &Hours) -> Result<(), (String, String)> {
        match &self.ask {
            Ask::Due { start, target, pauses, due, due_utc, breach } => {
                let deadline = deadline::due(hours, *start, *target, pauses);
                let (due_at, breach_at) = (deadline.map(|it| it.due_at), deadline.map(|it| it.breach_at));
                let as_utc = due_utc.is_none_or(|utc| due_at == Some(utc));
                let in_time = match breach {
                    Some(breach) => breach.is(breach_at),
                    None => due_at == breach_at,
                };
                if due.is(due_at) && as_utc && in_time {
                    return Ok(());
                }
                let utc = |at: Option<i64>| {
                    let at = at.filter(|_| due_utc.is_some());
                    at.map_or_else(String::new, |at| format!(" ({})", shown(Tz::UTC, Some(at)) + "Z"))
                };
                let late = |at: String| format!(" breach {at}");
                let mut expected = format!("due {}{}", self.expected(due), utc(*due_utc));
                let mut got = format!("due {}{}", shown(self.zone, due_at), utc(due_at));
                expected += &breach.as_ref().map_or_else(String::new, |breach| late(self.expected(breach)));
                if breach.is_some() || due_at != breach_at {
                    got += &late(shown(self.zone, breach_at));
                }
                Err((expected, got))
            }
            Ask::Elapsed { from, to, pauses, seconds } => {
                let elapsed = deadline::elapsed(hours, *from, *to, pauses);
                let got = if elapsed % 1000 == 0 {
                    format!("{} s", elapsed / 1000)
                } else {
                    format!("{elapsed} ms")
                };
                if seconds.checked_mul(1000) == Some(elapsed) {
                    Ok(())
                } else {
                    Err((format!("{seconds} s"), got))
                }
            }
            Ask::Before { at, lead, result } => self.compare(result, deadline::before(hours, *at, *lead)),
            Ask::Days { start, days, end_of_day, result } => {
                self.compare(result, deadline::business_days(hours, *start, *days, *end_of_day))
            }
            Ask::LegalDays { start, days, end } => {
                self.compare(end, deadline::legal_days(hours, *start, *days))
            }
        }
    }

    fn compare(&self, expected: &Expected, got: Option<i64>) -> Result<(), (String, String)> {
        if expected.is(got) { Ok(()) } else { Err((self.expected(expected), shown(self.zone, got))) }
    }

    fn expected(&self, expected: &Expected) -> String {
        shown(self.zone, expected.0.map(|at| at.0))
    }
}

/// An instant (Unix ms) as cases write it.
fn shown(zone: Tz, at: Option<i64>) -> String {
    at.map_or_else(|| "none".to_owned(), |at| wall(zone, at).format("%Y-%m-%d %H:%M:%S%.f").to_string())
}

/// Reads the keys of one case, times in its zone.
struct Reader<'a> {
    row: &'a Row<'a>,
    zone: Tz,
}

impl Reader<'_> {
    fn due(&self, problems: &mut Vec<Problem>) -> Option<Ask> {
        let start = self.time(problems, "start");
        // No target is a clock that does not run.
        let none = self.row.has("target_s") && self.row.get("target_s").is_none();
        let target = if none { Some(0) } else { self.span(problems, "target_s") };
        let pauses = self.pauses(problems);
        let due = self.expected(problems, "due");
        let given = |key| self.row.get(key).is_some();
        let due_utc = if given("due_utc") { Some(self.instant(problems, "due_utc")?.0) } else { None };
        let breach = if given("breach_at") { Some(self.expected(problems, "breach_at")?) } else { None };
        Some(Ask::Due { start: start?, target: target?, pauses: pauses?, due: due?, due_utc, breach })
    }

    fn elapsed(&self, problems: &mut Vec<Problem>) -> Option<Ask> {
        let (from, to) = (self.time(problems, "from"), self.time(problems, "to"));
        let pauses = self.pauses(problems);
        let wrong = ("is not a number of seconds", "write a whole number");
        let seconds = self.row.read(problems, "elapsed_s", wrong, Value::as_i64);
        Some(Ask::Elapsed { from: from?, to: to?, pauses: pauses?, seconds: seconds? })
    }

    fn before(&self, problems: &mut Vec<Problem>) -> Option<Ask> {
        let (at, lead) = (self.time(problems, "at"), self.span(problems, "lead_s"));
        Some(Ask::Before { result: self.expected(problems, "result")?, at: at?, lead: lead? })
    }

    fn days(&self, problems: &mut Vec<Problem>) -> Option<Ask> {
        let (start, days) = (self.time(problems, "start"), self.count(problems));
        let wrong = ("is not a switch", "write true or false");
        let end_of_day = self.row.read(problems, "end_of_day", wrong, Value::as_bool);
        let result = self.expected(problems, "result");
        Some(Ask::Days { start: start?, days: days?, end_of_day: end_of_day?, result: result? })
    }

    fn legal_days(&self, problems: &mut Vec<Problem>) -> Option<Ask> {
        let (start, days) = (self.time(problems, "start"), self.count(problems));
        Some(Ask::LegalDays { end: self.expected(problems, "end_exclusive")?, start: start?, days: days? })
    }

    fn time(&self, problems: &mut Vec<Problem>, key: &str) -> Option<i64> {
        self.instant(problems, key).map(|at| at.0)
    }

    fn instant(&self, problems: &mut Vec<Problem>, key: &str) -> Option<(i64, i64)> {
        let read = |value: &Value| input::time(self.zone, value.as_str()?);
        self.row.read(problems, key, ("is not a time", TIME), read)
    }

    fn expected(&self, problems: &mut Vec<Problem>, key: &str) -> Option<Expected> {
        if self.row.has(key) && self.row.get(key).is_none() {
            return Some(Expected(None));
        }
        self.instant(problems, key).map(|at| Expected(Some(at)))
    }

    /// Seconds as ms; none are negative.
    fn span(&self, problems: &mut Vec<Problem>, key: &str) -> Option<i64> {
        let wrong = ("is not a number of seconds", "write a whole number, 0 or more");
        self.row.read(problems, key, wrong, |value| {
            value.as_i64().filter(|seconds| *seconds >= 0).and_then(|seconds| seconds.checked_mul(1000))
        })
    }

    fn count(&self, problems: &mut Vec<Problem>) -> Option<u32> {
        let wrong = ("is not a number of days", "write a whole number, 0 or more");
        self.row.read(problems, "n", wrong, |value| value.as_u64().and_then(|days| u32::try_from(days).ok()))
    }

    fn pauses(&self, problems: &mut Vec<Problem>) -> Option<Vec<Pause>> {
        let Some(value) = self.row.get("pauses") else { return Some(Vec::new()) };
        let pauses = value.as_array().and_then(|pairs| pairs.iter().map(|pair| self.pause(pair)).collect());
        if pauses.is_none() {
            problems.push(self.row.problem("pauses", value, "are not pauses", PAUSES));
        }
        pauses
    }

    fn pause(&self, pair: &Value) -> Option<Pause> {
        let [from, to] = &pair.as_array()?[..] else { return None };
        let read = |value: &Value| input::time(self.zone, value.as_str()?).map(|at| at.0);
        let to = if to.is_null() { None } else { Some(read(to)?) };
        Some(Pause { from: read(from)?, to })
    }
}
