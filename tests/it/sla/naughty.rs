//! Inputs that nobody should give: they get a sane answer and no panic.

use chrono_tz::Tz;
use langnghe::sla::deadline::{self, Deadline};
use langnghe::sla::explain::{explain, explain_legal};

use super::*;

#[test]
fn no_target_an_open_pause_and_a_closed_calendar_have_no_deadline() {
    let office = &CALENDARS["U9_17"];
    let never = Hours::new(Calendar::default(), Tz::UTC);
    let monday = utc("2025-06-02 09:00:00");
    assert_eq!(deadline::due(office, monday, 0, &[]), None);
    assert_eq!(deadline::due(office, monday, -HOUR, &[]), None);
    let open = [Pause { from: monday + HOUR, to: None }];
    assert_eq!(deadline::due(office, monday, 2 * HOUR, &open), None);
    let used_up = deadline::due(office, monday, HOUR, &open);
    assert_eq!(used_up, None, "used up to the last, and not missed while it lasts");
    assert_eq!(deadline::due(office, monday, HOUR / 2, &open).map(|it| it.due_at), Some(monday + HOUR / 2));
    assert_eq!(deadline::due(&never, monday, HOUR, &[]), None);
    assert_eq!(deadline::due(office, monday, i64::MAX, &[]), None, "the search has an end");
    assert_eq!(deadline::before(&never, monday, HOUR), None);
    assert_eq!(deadline::after(&never, monday, HOUR), None);
    assert_eq!(deadline::business_days(&never, monday, 1, false), None);
    assert_eq!(deadline::legal_days(&never, monday, 1), None);
    assert_eq!(deadline::legal_days(office, monday, 0), None, "no days, no such clock");
    assert_eq!((never.opens_after(monday), never.closed_since(monday)), (None, None));
}

#[test]
fn reversed_and_empty_stretches_count_nothing() {
    let office = &CALENDARS["U9_17"];
    let monday = utc("2025-06-02 09:00:00");
    assert_eq!(deadline::elapsed(office, monday + HOUR, monday, &[]), 0);
    assert_eq!(deadline::elapsed(office, monday, monday, &[]), 0);
    let reversed = [Pause { from: monday + 2 * HOUR, to: Some(monday + HOUR) }];
    assert_eq!(deadline::elapsed(office, monday, monday + 3 * HOUR, &reversed), 3 * HOUR);
    assert!(office.open_between(monday + HOUR, monday).is_empty());
    assert!(explain(office, monday, 0, &[], monday - HOUR).pieces.is_empty());
}

#[test]
fn the_ends_of_time_are_outside_every_calendar() {
    let never = Hours::new(Calendar::default(), Tz::UTC);
    let odd = [
        Pause { from: i64::MIN, to: Some(0) },
        Pause { from: 1, to: None },
        Pause { from: i64::MAX, to: Some(i64::MIN) },
    ];
    let extremes = [i64::MIN, i64::MIN + 1, -1, 0, 1, utc("2025-06-02 09:00:00"), i64::MAX - 1, i64::MAX];
    for hours in [&CALENDARS["U9_17"], &CALENDARS["NIGHT"], &CALENDARS["VN"], &never, &Hours::always()] {
        for from in extremes {
            let _ = (hours.is_open(from), hours.opens_after(from), hours.closed_since(from));
            for days in [0, 1, 400, u32::MAX] {
                let _ = (
                    deadline::business_days(hours, from, days, true),
                    deadline::legal_days(hours, from, days),
                );
            }
            let _ = explain_legal(hours, from, 1000);
            for to in extremes {
                for pauses in [&odd[..0], &odd[..1], &odd] {
                    let _ =
                        (deadline::elapsed(hours, from, to, pauses), deadline::due(hours, from, to, pauses));
                }
                let _ = (deadline::before(hours, from, to), deadline::after(hours, from, to));
                let _ = (hours.open_ms(from, to), hours.open_between(from, to).len());
            }
        }
        let _ = explain(hours, i64::MIN, i64::MAX, &odd, i64::MAX);
    }
    let office = &CALENDARS["U9_17"];
    assert_eq!(deadline::due(office, i64::MAX, HOUR, &[]), None);
    assert_eq!(deadline::due(office, i64::MIN, HOUR, &[]), None);
    assert_eq!(deadline::elapsed(office, i64::MAX, i64::MIN, &[]), 0);
    assert_eq!(deadline::legal_days(office, i64::MIN, 1), None);
    assert!(deadline::elapsed(office, i64::MIN, i64::MAX, &[]) > 0);
}

#[test]
fn a_closure_of_four_hundred_days_is_crossed() {
    let mut calendar = CALENDARS["U9_17"].calendar().clone();
    let first = NaiveDate::from_ymd_opt(2025, 3, 1).unwrap();
    calendar.holidays = first.iter_days().take(400).map(|date| (date, String::new())).collect();
    let hours = Hours::new(calendar, Tz::UTC);
    let start = utc("2025-02-28 16:00:00");
    // The last of the 400 dates is Saturday 4 April 2026.
    let reopens = utc("2026-04-06 09:00:00");
    let deadline = Deadline { due_at: utc("2025-02-28 17:00:00"), breach_at: reopens };
    assert_eq!(deadline::due(&hours, start, HOUR, &[]), Some(deadline));
    let due = reopens + HOUR;
    assert_eq!(deadline::due(&hours, start, 2 * HOUR, &[]), Some(Deadline { due_at: due, breach_at: due }));
    assert_eq!(deadline::before(&hours, due, 2 * HOUR), Some(start));
    assert_eq!(hours.closed_since(reopens - 1), Some(deadline.due_at));
    assert_eq!(deadline::legal_days(&hours, start, 1), Some(utc("2026-04-07 00:00:00")));
    let closed = explain(&hours, start, 2 * HOUR, &[], start).pieces;
    assert_eq!(closed.len(), 404, "counted, the night, 400 holidays, Sunday with Monday's night, counted");
}
