//! What people type of deadlines: times, targets, pauses.

use chrono::{DateTime, NaiveDateTime};
use chrono_tz::Tz;

use crate::language::duration;
use crate::sla::calendar::local_instants;
use crate::sla::deadline::Pause;

/// How a time is written.
pub const TIME: &str = "write e.g. 2026-11-26 16:30, or 2026-11-26T16:30:00+07:00";

/// The forms of a wall time; seconds may be left out.
const FORMS: [&str; 4] = ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M"];

/// How long a clock runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// So much open time (ms).
    Open(i64),
    /// So many working days after the day of receipt.
    WorkingDays(u32),
}

/// Reads a time: with an offset an instant, without one a wall time of the zone. The first and the last instant
/// (Unix ms) it can mean; they differ only where the clock of the zone goes through it twice.
pub fn time(zone: Tz, text: &str) -> Option<(i64, i64)> {
    let text = text.trim();
    // Nothing longer than a year of four digits is meant, and `16:30:60` is no time.
    if !text.is_ascii() || text.find('-') != Some(4) || text.get(17..19) == Some("60") {
        return None;
    }
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Some((at.timestamp_millis(), at.timestamp_millis()));
    }
    let wall = FORMS.iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())?;
    Some(local_instants(zone, wall))
}

/// Reads `15m`, `1h30m`, `7d`, or `3wd` for working days.
pub fn target(text: &str) -> Option<Target> {
    match text.trim().strip_suffix("wd") {
        Some(days) if days.bytes().all(|byte| byte.is_ascii_digit()) => {
            days.parse().ok().map(Target::WorkingDays)
        }
        Some(_) => None,
        None => duration::parse(text).map(Target::Open),
    }
}

/// Reads `FROM..TO`, or `FROM..` for a pause that lasts.
///
/// # Errors
/// What is wrong with it, and what would be right.
pub fn pause(zone: Tz, text: &str) -> Result<Pause, String> {
    let right = "write e.g. \"2026-11-26 17:00..2026-11-27 09:00\", or \"2026-11-26 17:00..\" while it lasts";
    let read = |text: &str| time(zone, text).map(|at| at.0);
    let (from, to) = text.split_once("..").ok_or_else(|| format!("is not a pause; {right}"))?;
    let from = read(from).ok_or_else(|| format!("does not begin with a time; {right}"))?;
    if to.trim().is_empty() {
        return Ok(Pause { from, to: None });
    }
    let to = read(to).ok_or_else(|| format!("does not end with a time; {right}"))?;
    if from >= to {
        return Err("ends before it begins; write the earlier time first".to_owned());
    }
    Ok(Pause { from, to: Some(to) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_in_their_zone() {
        let zone = Tz::Asia__Ho_Chi_Minh;
        let at = 1_795_685_400_000;
        for text in [
            "2026-11-26 16:30",
            "2026-11-26T16:30",
            " 2026-11-26 16:30:00 ",
            "2026-11-26T16:30:00",
            "2026-11-26T16:30:00+07:00",
            "2026-11-26T09:30:00Z",
            "2026-11-26 09:30:00Z",
        ] {
            assert_eq!(time(zone, text), Some((at, at)), "{text}");
        }
        for text in [
            "",
            "16:30",
            "2026-11-26",
            "26/11/2026 16:30",
            "2026-02-30 08:00",
            "2026-11-26 25:00",
            "2026-11-26 16:30:60",
            "+12026-11-26 16:30",
        ] {
            assert_eq!(time(zone, text), None, "{text}");
        }
        assert_eq!(
            time(Tz::America__Los_Angeles, "2014-11-02 01:30"),
            Some((1_414_917_000_000, 1_414_920_600_000))
        );
    }

    #[test]
    fn targets_are_durations_or_working_days() {
        assert_eq!(target("1h30m"), Some(Target::Open(5_400_000)));
        assert_eq!(target("3wd"), Some(Target::WorkingDays(3)));
        for text in ["15 phút", "2d4h30", "-3h", "wd", "-1wd", "+1wd", "1.5wd", "3 wd", "99999999999wd", ""]
        {
            assert_eq!(target(text), None, "{text}");
        }
    }

    #[test]
    fn pauses_have_an_end_or_last() {
        assert_eq!(
            pause(Tz::UTC, "1970-01-01 00:00..1970-01-01 00:01"),
            Ok(Pause { from: 0, to: Some(60_000) })
        );
        assert_eq!(pause(Tz::UTC, "1970-01-01 00:00.."), Ok(Pause { from: 0, to: None }));
        for (text, wrong) in [
            ("1970-01-01 00:00", "is not a pause"),
            ("noon..", "does not begin with a time"),
            ("1970-01-01 00:00..noon", "does not end with a time"),
            ("1970-01-02 00:00..1970-01-01 00:00", "ends before it begins"),
        ] {
            assert!(pause(Tz::UTC, text).is_err_and(|found| found.starts_with(wrong)), "{text}");
        }
    }
}
