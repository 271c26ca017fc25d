//! Tests of what people write into slots: times of day, dates, whiles, clock changes, and what is refused.

use super::*;
use crate::sla::calendar::local_instants;
use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;

fn since(text: &str, zone: Tz, now: i64) -> Result<i64, Fault> {
    super::since(text, &Reader { zone, now, office: None })
}

fn next_update(text: &str, zone: Tz, now: i64) -> Result<i64, Fault> {
    super::next_update(text, &Reader { zone, now, office: None })
}

fn instant(zone: Tz, text: &str) -> i64 {
    let naive = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").expect("a date and time");
    local_instants(zone, naive).0
}

const SAIGON: Tz = chrono_tz::Asia::Ho_Chi_Minh;
const BERLIN: Tz = chrono_tz::Europe::Berlin;

#[test]
fn since_is_read_as_people_write_it() {
    let now = instant(SAIGON, "2026-11-25 18:10");
    for (text, expected) in [
        ("17:30", "2026-11-25 17:30"),
        (" 17h30 ", "2026-11-25 17:30"),
        ("lúc 17h", "2026-11-25 17:00"),
        ("17 giờ 30", "2026-11-25 17:30"),
        ("5:30 pm", "2026-11-25 17:30"),
        ("18:10", "2026-11-25 18:10"),
        ("24/11 22:15", "2026-11-24 22:15"),
        ("22:15, 24/11", "2026-11-24 22:15"),
        ("24-11-2026 22:15", "2026-11-24 22:15"),
        ("2026-11-24 22:15", "2026-11-24 22:15"),
        ("2026-11-24T22:15", "2026-11-24 22:15"),
        ("hôm qua 22:15", "2026-11-24 22:15"),
        ("Yesterday at 22:15", "2026-11-24 22:15"),
        ("hôm nay 8:05", "2026-11-25 08:05"),
        ("31/12/2025 23:00", "2025-12-31 23:00"),
        ("2 tiếng trước", "2026-11-25 16:10"),
        ("cách đây 30 phút", "2026-11-25 17:40"),
        ("an hour ago", "2026-11-25 17:10"),
        ("3 tiếng rồi", "2026-11-25 15:10"),
        ("tối qua 10h", "2026-11-24 22:00"),
        ("9h sáng nay", "2026-11-25 09:00"),
        ("8h sáng thứ Hai", "2026-11-23 08:00"),
        ("1/8 10:00", "2026-08-01 10:00"),
    ] {
        assert_eq!(since(text, SAIGON, now), Ok(instant(SAIGON, expected)), "{text}");
    }
    let past_midnight = instant(SAIGON, "2026-01-01 00:30");
    assert_eq!(since("23:50", SAIGON, past_midnight), Ok(instant(SAIGON, "2025-12-31 23:50")));
    assert_eq!(since("31/12 23:50", SAIGON, past_midnight), Ok(instant(SAIGON, "2025-12-31 23:50")));
}

#[test]
fn what_is_no_past_time_is_refused_with_the_reason() {
    let now = instant(SAIGON, "2026-11-25 18:10");
    for (text, fault) in [
        ("", Fault::Empty),
        (" \u{200b} ", Fault::Empty),
        ("19:00", Fault::NotPast),
        ("26/11 10:00", Fault::NotPast),
        ("mai 8h", Fault::NotPast),
        ("25/11/2020 10:00", Fault::TooFar),
        ("chiều nay", Fault::NeedsHour),
        ("25:00", Fault::NotUnderstood),
        ("17:3", Fault::NotUnderstood),
        ("+7:30", Fault::NotUnderstood),
        ("30/02 10:00", Fault::NotUnderstood),
        ("25/11", Fault::NeedsHour),
        ("17:30 18:00", Fault::NotUnderstood),
        ("🎉", Fault::NotUnderstood),
    ] {
        assert_eq!(since(text, SAIGON, now), Err(fault), "{text}");
    }
    // Full-width figures are read as what they look like.
    assert_eq!(since("１７:30", SAIGON, now), since("17:30", SAIGON, now));
}

#[test]
fn the_next_word_is_a_while_or_a_time_to_come() {
    let now = instant(SAIGON, "2026-11-25 21:40");
    for (text, expected) in [
        ("30m", "2026-11-25 22:10"),
        ("30 phút", "2026-11-25 22:10"),
        ("1h30m", "2026-11-25 23:10"),
        ("2h", "2026-11-25 23:40"),
        ("22h", "2026-11-25 22:00"),
        ("23:15", "2026-11-25 23:15"),
        ("8:00", "2026-11-26 08:00"),
        ("mai 14:00", "2026-11-26 14:00"),
        ("26/11 14:00", "2026-11-26 14:00"),
        ("tomorrow 2pm", "2026-11-26 14:00"),
        ("9h sáng mai", "2026-11-26 09:00"),
        ("9h sang mai", "2026-11-26 09:00"),
        ("2 tiếng nữa", "2026-11-25 23:40"),
        ("2 tiếng", "2026-11-25 23:40"),
        ("nửa tiếng", "2026-11-25 22:10"),
        ("30p", "2026-11-25 22:10"),
        ("11h đêm nay", "2026-11-25 23:00"),
    ] {
        assert_eq!(next_update(text, SAIGON, now), Ok(instant(SAIGON, expected)), "{text}");
    }
    for (text, fault) in [
        ("21:40", Fault::NeedsDate),
        ("17:30", Fault::NeedsDate),
        ("25/11 17:30", Fault::NotFuture),
        ("0m", Fault::NotFuture),
        ("31d", Fault::TooFar),
        ("99999999999999d", Fault::NotUnderstood),
        ("sớm", Fault::NotUnderstood),
        ("sáng mai", Fault::NeedsHour),
        ("9h sáng nay", Fault::NotFuture),
        ("", Fault::Empty),
    ] {
        assert_eq!(next_update(text, SAIGON, now), Err(fault), "{text}");
    }
}

#[test]
fn hours_that_come_twice_or_never_are_settled() {
    // 2026-10-25: 02:30 is shown twice. 2026-03-29: 02:30 is never shown.
    let (first, last) = local_instants(
        BERLIN,
        NaiveDate::from_ymd_opt(2026, 10, 25).and_then(|date| date.and_hms_opt(2, 30, 0)).expect("a time"),
    );
    assert_eq!(last - first, 3_600_000);
    assert_eq!(since("2:30", BERLIN, last + 60_000), Ok(first));
    assert_eq!(next_update("2:30", BERLIN, first - 60_000), Ok(first));
    assert_eq!(next_update("2:30", BERLIN, first + 60_000), Ok(last));
    let night = instant(BERLIN, "2026-03-29 01:50");
    assert_eq!(next_update("2:30", BERLIN, night), Ok(night + 10 * 60_000));
    assert_eq!(next_update("30m", BERLIN, night), Ok(night + 30 * 60_000));
}

#[test]
fn an_area_is_one_line_that_fits() {
    assert_eq!(area("  Quận 7,\n Nhà Bè ", 40), Ok("Quận 7, Nhà Bè".to_owned()));
    assert_eq!(area(" \u{200b}\n", 40), Err(Fault::Empty));
    assert_eq!(area("Quận 7", 5), Err(Fault::TooLong { limit: 5 }));
}
