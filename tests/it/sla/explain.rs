//! Why a deadline falls where it does.

use langnghe::sla::explain::{Explanation, Why, explain, explain_legal};

use super::*;

/// The pieces as text: wall times of the zone and what they were.
fn told(hours: &Hours, explanation: &Explanation) -> Vec<String> {
    let wall = |at| langnghe::sla::calendar::wall(hours.zone(), at).format("%a %d %H:%M");
    explanation.pieces.iter().map(|it| format!("{} - {} {:?}", wall(it.from), wall(it.to), it.why)).collect()
}

fn office() -> Hours {
    let mut calendar = CALENDARS["VN"].calendar().clone();
    let date = |day| NaiveDate::from_ymd_opt(2026, 2, day).unwrap();
    for (day, name) in [(16, "Giao thừa"), (17, "Tết"), (22, "")] {
        calendar.holidays.insert(date(day), name.to_owned());
    }
    calendar.dates.insert(date(23), vec![Stretch { from: 8 * 60, to: 12 * 60 }]);
    calendar.dates.insert(date(24), Vec::new());
    calendar.breaks.insert(date(13), vec![Stretch { from: 11 * 60, to: 14 * 60 }]);
    Hours::new(calendar, Tz::UTC)
}

#[test]
fn every_piece_says_what_it_was() {
    let hours = office();
    let at = |wall: &str| instant(hours.zone(), wall);
    let start = at("2026-02-13 10:00:00");
    let pauses = [
        Pause { from: at("2026-02-23 09:00:00"), to: Some(at("2026-02-23 10:00:00")) },
        Pause { from: at("2026-02-13 16:00:00"), to: Some(at("2026-02-14 09:00:00")) },
        Pause { from: at("2026-02-13 15:30:00"), to: Some(at("2026-02-13 16:30:00")) },
    ];
    let explanation = explain(&hours, start, 6 * HOUR, &pauses, start);
    assert_eq!(
        told(&hours, &explanation),
        [
            "Fri 13 10:00 - Fri 13 11:00 Counted",
            "Fri 13 11:00 - Fri 13 12:00 Break",
            "Fri 13 12:00 - Fri 13 13:30 Closed",
            "Fri 13 13:30 - Fri 13 14:00 Break",
            "Fri 13 14:00 - Fri 13 15:30 Counted",
            "Fri 13 15:30 - Fri 13 16:30 Paused(2)",
            "Fri 13 16:30 - Fri 13 17:30 Paused(1)",
            "Fri 13 17:30 - Mon 16 00:00 Closed",
            "Mon 16 00:00 - Tue 17 00:00 Holiday(\"Giao thừa\")",
            "Tue 17 00:00 - Wed 18 00:00 Holiday(\"Tết\")",
            "Wed 18 00:00 - Thu 19 00:00 Holiday(\"\")",
            "Thu 19 00:00 - Fri 20 00:00 Holiday(\"\")",
            "Fri 20 00:00 - Sat 21 00:00 Holiday(\"\")",
            "Sat 21 00:00 - Sun 22 00:00 Closed",
            "Sun 22 00:00 - Mon 23 00:00 Holiday(\"\")",
            "Mon 23 00:00 - Mon 23 08:00 Closed",
            "Mon 23 08:00 - Mon 23 09:00 Counted",
            "Mon 23 09:00 - Mon 23 10:00 Paused(0)",
            "Mon 23 10:00 - Mon 23 12:00 Counted",
            "Mon 23 12:00 - Mon 23 13:30 Closed",
            "Mon 23 13:30 - Mon 23 17:30 OwnHoursClosed",
            "Mon 23 17:30 - Tue 24 00:00 Closed",
            "Tue 24 00:00 - Wed 25 00:00 OwnHoursClosed",
            "Wed 25 00:00 - Wed 25 08:00 Closed",
            "Wed 25 08:00 - Wed 25 08:30 Counted",
        ]
    );
    assert_eq!(explanation.counted_ms, 6 * HOUR);
}

#[test]
fn an_open_pause_is_explained_until_now() {
    let hours = office();
    let start = instant(hours.zone(), "2026-02-12 16:00:00");
    let open = [Pause { from: start + HOUR, to: None }];
    let explanation = explain(&hours, start, 8 * HOUR, &open, start + 2 * HOUR);
    assert_eq!(
        told(&hours, &explanation),
        [
            "Thu 12 16:00 - Thu 12 17:00 Counted",
            "Thu 12 17:00 - Thu 12 17:30 Paused(0)",
            "Thu 12 17:30 - Thu 12 18:00 Closed"
        ]
    );
    assert_eq!((explanation.counted_ms, explanation.deadline), (HOUR, None));
}

#[test]
fn a_desk_that_never_closes_has_one_piece() {
    let always = Hours::always();
    let explanation = explain(&always, 0, 400 * DAY, &[], 0);
    assert_eq!(told(&always, &explanation), ["Thu 01 00:00 - Fri 05 00:00 Counted"]);
}

#[test]
fn legal_days_are_told_date_by_date() {
    let hours = office();
    let start = instant(hours.zone(), "2026-02-13 16:30:00");
    let explanation = explain_legal(&hours, start, 2);
    assert_eq!(
        told(&hours, &explanation),
        [
            "Fri 13 16:30 - Sat 14 00:00 DayOfReceipt",
            "Sat 14 00:00 - Mon 16 00:00 Closed",
            "Mon 16 00:00 - Tue 17 00:00 Holiday(\"Giao thừa\")",
            "Tue 17 00:00 - Wed 18 00:00 Holiday(\"Tết\")",
            "Wed 18 00:00 - Thu 19 00:00 Holiday(\"\")",
            "Thu 19 00:00 - Fri 20 00:00 Holiday(\"\")",
            "Fri 20 00:00 - Sat 21 00:00 Holiday(\"\")",
            "Sat 21 00:00 - Sun 22 00:00 Closed",
            "Sun 22 00:00 - Mon 23 00:00 Holiday(\"\")",
            "Mon 23 00:00 - Tue 24 00:00 WorkingDay(1)",
            "Tue 24 00:00 - Wed 25 00:00 OwnHoursClosed",
            "Wed 25 00:00 - Thu 26 00:00 WorkingDay(2)",
        ]
    );
    let end = instant(hours.zone(), "2026-02-26 00:00:00");
    assert_eq!(explanation.deadline.map(|it| (it.due_at, it.breach_at)), Some((end, end)));
    assert_eq!(explanation.counted_ms, 2 * DAY);
    assert!(explain_legal(&hours, start, 0).pieces.is_empty());
    assert!(matches!(explanation.pieces[0].why, Why::DayOfReceipt));
}
