//! Reads an instant as somebody types it into an option.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime};
use chrono_tz::Tz;

use super::calendar::{local_instants, wall};

/// An instant (Unix ms) from `16:30`, `05/02 16:30`, `05/02/2027 16:30` or `2027-02-05 16:30` in the wall time of `zone`.
/// Without a year that of `now` is meant, without a date today. None for anything else.
pub fn instant(text: &str, zone: Tz, now: i64) -> Option<i64> {
    let today = wall(zone, now).date();
    let text = text.trim().replace('T', " ");
    let (date, time) = match text.rsplit_once(' ') {
        Some((date, time)) => (date_of(date.trim(), today)?, time),
        None => (today, text.as_str()),
    };
    let naive: NaiveDateTime = date.and_time(time_of(time)?);
    Some(local_instants(zone, naive).0)
}

fn date_of(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let numbers: Option<Vec<u32>> = text.split(['/', '-', '.']).map(|part| part.parse().ok()).collect();
    match (numbers?.as_slice(), text.contains('/')) {
        ([day, month], true) => NaiveDate::from_ymd_opt(today.year(), *month, *day),
        ([day, month, year], true) => NaiveDate::from_ymd_opt(i32::try_from(*year).ok()?, *month, *day),
        ([year, month, day], false) => NaiveDate::from_ymd_opt(i32::try_from(*year).ok()?, *month, *day),
        _ => None,
    }
}

fn time_of(text: &str) -> Option<NaiveTime> {
    let mut parts = text.split([':', 'h']);
    let mut number = || parts.next().map(|part| if part.is_empty() { Some(0) } else { part.parse().ok() });
    let (hour, minute, second) = (number()??, number()??, number().unwrap_or(Some(0))?);
    parts.next().is_none().then(|| NaiveTime::from_hms_opt(hour, minute, second))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_is_read_and_nonsense_is_not() {
        let zone = Tz::Asia__Ho_Chi_Minh;
        let at = |text: &str| {
            local_instants(zone, NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S").unwrap()).0
        };
        let now = at("2026-11-26 09:00:00");
        for (text, expected) in [
            ("16:30", "2026-11-26 16:30:00"),
            ("16h30", "2026-11-26 16:30:00"),
            ("16h", "2026-11-26 16:00:00"),
            (" 05/02 16:30 ", "2026-02-05 16:30:00"),
            ("05/02/2027 16:30", "2027-02-05 16:30:00"),
            ("2027-02-05 16:30:59", "2027-02-05 16:30:59"),
            ("2027-02-05T08:05", "2027-02-05 08:05:00"),
        ] {
            assert_eq!(instant(text, zone, now), Some(at(expected)), "{text}");
        }
        for text in
            ["", "mai", "25:00", "12:60", "30/02 10:00", "2027-02-05", "-3h", "1/2/3/4 10:00", "10:00:00:00"]
        {
            assert_eq!(instant(text, zone, now), None, "{text}");
        }
    }
}
