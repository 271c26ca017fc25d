//! Laid out calendars: against a plain walk through the dates, in zones that jump, and as values.

use chrono::{DateTime, Days};
use chrono_tz::Tz;
use langnghe::sla::calendar::{merge, wall_instant};
use langnghe::sla::deadline;

use super::*;

/// The open stretches by a walk from date to date, without anything laid out.
pub fn walked(hours: &Hours, from: i64, to: i64) -> Vec<(i64, i64)> {
    let date = |at: i64| DateTime::from_timestamp_millis(at).unwrap().date_naive();
    let (first, last) = (date(from) - Days::new(2), date(to) + Days::new(2));
    let mut open = Vec::new();
    for date in first.iter_days().take_while(|date| *date <= last) {
        for stretch in hours.calendar().hours(date) {
            let at = |minute| wall_instant(hours.zone(), date, minute).clamp(from, to);
            open.push((at(stretch.from), at(stretch.to)));
        }
    }
    open.retain(|(from, to)| from < to);
    merge(open)
}

#[test]
fn looking_up_and_walking_find_the_same() {
    for (id, hours) in CALENDARS.iter() {
        for (from, to) in [
            ("2005-12-30 11:22:33", "2007-01-02 09:59:59"),
            ("2010-06-01 00:00:00", "2010-07-06 12:00:00"),
            ("2013-12-31 23:59:59", "2015-01-01 00:00:00"),
            ("2025-12-24 08:00:00", "2026-03-30 03:00:00"),
        ] {
            let (from, to) = (utc(from), utc(to));
            let walked = walked(hours, from, to);
            assert_eq!(hours.open_between(from, to), walked, "{id}");
            assert_eq!(
                hours.open_ms(from, to),
                walked.iter().map(|(from, to)| to - from).sum::<i64>(),
                "{id}"
            );
        }
    }
}

#[test]
fn opening_and_closing_are_found_from_both_sides() {
    let night = &CALENDARS["NIGHT"];
    let zone = Tz::Europe__Berlin;
    let at = |wall| instant(zone, wall);
    assert!(night.is_open(at("2025-06-02 23:59:59")) && night.is_open(at("2025-06-03 00:00:00")));
    assert!(!night.is_open(at("2025-06-03 06:00:00")) && night.is_open(at("2025-06-03 22:00:00")));
    let noon = at("2025-06-03 12:00:00");
    assert_eq!(night.opens_after(noon), Some(at("2025-06-03 22:00:00")));
    assert_eq!(night.closed_since(noon), Some(at("2025-06-03 06:00:00")));
    assert_eq!(night.closed_since(at("2025-06-03 06:00:00")), Some(at("2025-06-03 06:00:00")));
    assert_eq!(night.closed_since(at("2025-06-03 05:00:00")), None, "it is open");
    let new_year = at("2026-01-01 00:30:00");
    assert_eq!(night.open_between(new_year - HOUR, new_year), [(new_year - HOUR, new_year)]);
}

#[test]
fn a_calendar_without_a_zone_uses_the_desks() {
    let week = std::array::from_fn(|_| vec![Stretch { from: 8 * 60, to: 22 * 60 }]);
    let (saigon, berlin) = (Tz::Asia__Ho_Chi_Minh, Tz::Europe__Berlin);
    let duty = Hours::new(Calendar { week, ..Calendar::default() }, saigon);
    let due = |hours: &Hours| {
        let start = instant(hours.zone(), "2026-11-25 21:50:00");
        deadline::due(hours, start, 15 * MINUTE, &[]).unwrap().due_at
    };
    assert_eq!(due(&duty), instant(saigon, "2026-11-26 08:05:00"));
    let moved = duty.in_zone(berlin);
    assert_eq!(due(&moved), instant(berlin, "2026-11-26 08:05:00"));
    assert_eq!((moved.zone(), moved.in_zone(saigon) == duty, moved == duty), (berlin, true, false));
    let own = &CALENDARS["VN"];
    assert_eq!(own.in_zone(berlin).zone(), saigon, "a calendar's own zone stays");
}

#[test]
fn a_date_that_a_zone_skipped_is_no_date() {
    let week = std::array::from_fn(|_| vec![Stretch { from: 9 * 60, to: 17 * 60 }]);
    let apia = Tz::Pacific__Apia;
    let hours = Hours::new(Calendar { week, zone: Some(apia), ..Calendar::default() }, Tz::UTC);
    let (from, to) = (utc("2011-12-29 00:00:00"), utc("2012-01-02 00:00:00"));
    // 28 December ends at 03:00Z on the 29th; then 29 and 31 December and 1 January, and from 19:00Z 2 January.
    assert_eq!(deadline::elapsed(&hours, from, to, &[]), (3 + 8 + 8 + 8 + 5) * HOUR);
    let received = instant(apia, "2011-12-29 10:00:00");
    assert_eq!(deadline::legal_days(&hours, received, 1), Some(instant(apia, "2012-01-01 00:00:00")));
    assert_eq!(
        deadline::business_days(&hours, received, 1, false),
        Some(instant(apia, "2011-12-31 10:00:00")),
        "30 December did not exist there"
    );
}

#[test]
fn hours_that_a_clock_skipped_come_after_the_gap() {
    let week = |day: &[(u16, u16)]| -> [Vec<Stretch>; 7] {
        let day: Vec<Stretch> = day.iter().map(|&(from, to)| Stretch { from, to }).collect();
        std::array::from_fn(|weekday| if weekday == 5 { Vec::new() } else { day.clone() })
    };
    let zones = [
        (Tz::Pacific__Apia, "2011-12-28 00:00:00"), // without Friday 30 December
        (Tz::Asia__Pyongyang, "2018-05-03 00:00:00"), // from 23:30 on the 4th to 00:00 on the 5th
        (Tz::Asia__Kuala_Lumpur, "1981-12-30 00:00:00"), // from 23:30 on 31 December to New Year
        (Tz::America__Sao_Paulo, "2018-11-02 00:00:00"), // from midnight to 1:00
        (Tz::America__Sao_Paulo, "2018-02-16 00:00:00"), // from midnight back to 23:00
        (Tz::America__Los_Angeles, "2014-03-08 00:00:00"),
        (Tz::Australia__Lord_Howe, "2025-04-04 00:00:00"), // half an hour back
    ];
    let days: [&[(u16, u16)]; 4] =
        [&[(0, 1440)], &[(540, 1020)], &[(0, 1), (1410, 1439)], &[(30, 150), (165, 195), (480, 720)]];
    for (zone, first) in zones {
        for day in days {
            let calendar = Calendar { week: week(day), zone: Some(zone), ..Calendar::default() };
            let hours = Hours::new(calendar, Tz::UTC);
            let (from, to) = (utc(first), utc(first) + 5 * DAY);
            let found = hours.open_between(from, to);
            assert_eq!(found, walked(&hours, from, to), "{zone} {day:?}");
            assert_eq!(hours.open_ms(from, to), found.iter().map(|(from, to)| to - from).sum::<i64>());
        }
    }
}

#[test]
fn a_fingerprint_is_of_the_content_and_of_the_zone() {
    let office = &CALENDARS["U9_17"];
    assert_eq!(
        office.version(),
        "1b9a9404028cc378",
        "what a stored deadline names must mean the same for ever"
    );
    let again = Hours::new(office.calendar().clone(), Tz::Asia__Ho_Chi_Minh);
    assert_eq!(again.version(), office.version(), "its own zone wins");
    let mut all: Vec<Hours> = CALENDARS.values().cloned().collect();
    all.extend([Hours::always(), Hours::always().in_zone(Tz::Europe__Berlin)]);
    let mut named = CALENDARS["TUE_H"].calendar().clone();
    named.holidays.values_mut().for_each(|name| name.push_str("Ngày nghỉ"));
    all.push(Hours::new(named.clone(), Tz::UTC));
    named.known_until = NaiveDate::from_ymd_opt(2030, 12, 31);
    all.push(Hours::new(named, Tz::UTC));
    // Whose zone it is makes no difference.
    let content = |hours: &Hours| Calendar { zone: Some(hours.zone()), ..hours.calendar().clone() };
    for one in &all {
        for other in &all {
            let same = content(one) == content(other);
            assert_eq!(one.version() == other.version(), same, "{one:?} {other:?}");
        }
    }
}
