//! What staff type about the time of a promise, and what the desk reads in it.

mod everyday;
mod lengths;
mod phrases;
mod work;

use std::sync::LazyLock;

use chrono::{DateTime, NaiveDateTime, TimeZone};
use chrono_tz::Tz;
use langnghe::config::{Config, Env};
use langnghe::domain::policy::Policy;
use langnghe::language::when::{Reader, Reading, Toward};
use phrases::PHRASES;

use crate::tiers::few_or_all;

/// The shipped policy: its office is open on weekdays from 8:00 to 12:00 and from 13:30 to 17:30.
static POLICY: LazyLock<Policy> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder");
    Config::load(folder.path(), &Env::default()).expect("the shipped configuration").policy().clone()
});

fn read(text: &str, zone: Tz, now: i64) -> Reading {
    looking(text, zone, now, Toward::Promise)
}

fn looking(text: &str, zone: Tz, now: i64, toward: Toward) -> Reading {
    Reader { zone, now, office: POLICY.office() }.read(text, toward).reading
}

const SAIGON: Tz = Tz::Asia__Ho_Chi_Minh;
const BERLIN: Tz = Tz::Europe__Berlin;

/// A Thursday.
const NOW: &str = "2026-11-26 10:00";

fn at(zone: Tz, text: &str) -> i64 {
    let wall = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
    zone.from_local_datetime(&wall).earliest().unwrap().timestamp_millis()
}

fn shown(zone: Tz, reading: &Reading) -> String {
    let instant = |at: &i64| {
        DateTime::from_timestamp_millis(*at)
            .unwrap()
            .with_timezone(&zone)
            .format("%Y-%m-%d %H:%M")
            .to_string()
    };
    let all = |texts: Vec<String>| texts.join(" | ");
    match reading {
        Reading::At(at) => instant(at),
        Reading::Either(instants) => format!("either {}", all(instants.iter().map(instant).collect())),
        Reading::NoHour(day) => format!("no hour {day}"),
        Reading::EitherDay(days) => {
            format!("either day {}", all(days.iter().map(ToString::to_string).collect()))
        }
        Reading::Passed { at, instead } => {
            format!("passed {} or {}", instant(at), all(instead.iter().map(instant).collect()))
        }
        Reading::Past(at) => format!("past {}", instant(at)),
        Reading::Ahead(at) => format!("ahead {}", instant(at)),
        Reading::Unread => "unread".to_owned(),
    }
}

/// Reads every phrase and names all that are read otherwise than expected.
fn check(zone: Tz, now: &str, phrases: &[(&str, &str)]) {
    let now_at = at(zone, now);
    let wrong: Vec<String> = phrases
        .iter()
        .filter_map(|(phrase, expected)| {
            let reading = shown(zone, &read(phrase, zone, now_at));
            (reading != *expected).then(|| format!("{phrase:?}: expected {expected}, read {reading}"))
        })
        .collect();
    assert!(wrong.is_empty(), "at {now}, {} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_staff_type_is_read() {
    println!("{} phrases", PHRASES.len());
    check(SAIGON, NOW, PHRASES);
}

#[test]
fn before_dawn_both_halves_of_the_day_lie_ahead() {
    check(
        SAIGON,
        "2026-11-26 03:00",
        &[
            ("5h", "either 2026-11-26 05:00 | 2026-11-26 17:00"),
            ("2h", "2026-11-26 14:00"),
            ("9h sáng", "2026-11-26 09:00"),
            ("sáng nay", "no hour 2026-11-26"),
            ("2h sáng", "2026-11-27 02:00"),
        ],
    );
}

#[test]
fn on_a_sunday_the_week_is_nearly_over() {
    check(
        SAIGON,
        "2026-11-29 10:00",
        &[
            ("thứ 2", "no hour 2026-11-30"),
            ("thứ 2 tuần sau 9h", "2026-11-30 09:00"),
            ("thứ 2 tuần này", "past 2026-11-23 00:00"),
            ("chủ nhật", "no hour 2026-11-29"),
            ("chủ nhật tới", "no hour 2026-12-06"),
            ("next Sunday", "no hour 2026-12-06"),
            ("next Monday 9am", "2026-11-30 09:00"),
            ("9h CN", "either 2026-11-29 21:00 | 2026-12-06 09:00"),
            ("cuối tuần", "no hour 2026-11-29"),
            ("đầu tuần", "no hour 2026-11-30"),
            ("tuần này", "no hour 2026-11-29"),
        ],
    );
}

#[test]
fn late_in_the_evening_the_night_is_tomorrow() {
    check(
        SAIGON,
        "2026-11-26 23:30",
        &[
            ("1h sáng", "2026-11-27 01:00"),
            ("0h", "2026-11-27 00:00"),
            ("12h đêm", "2026-11-27 00:00"),
            ("24h", "2026-11-27 00:00"),
            ("8h", "past 2026-11-26 20:00"),
            ("8h sáng", "past 2026-11-26 08:00"),
            ("8h sáng mai", "2026-11-27 08:00"),
            ("chiều nay", "past 2026-11-26 19:00"),
            ("30 phút nữa", "2026-11-27 00:00"),
            ("hết ngày", "2026-11-26 23:59"),
            ("trưa", "past 2026-11-26 14:00"),
        ],
    );
}

#[test]
fn at_the_end_of_a_month_and_a_year_dates_roll_over() {
    check(
        SAIGON,
        "2026-12-31 15:00",
        &[
            ("mai 9h", "2027-01-01 09:00"),
            ("ngày 1", "no hour 2027-01-01"),
            ("ngày 31 tháng này 17h", "2026-12-31 17:00"),
            ("9h sáng ngày 31", "passed 2026-12-31 09:00 or 2027-01-31 09:00"),
            ("ngày 31 tháng sau", "no hour 2027-01-31"),
            ("1/1", "no hour 2027-01-01"),
            ("cuối tháng", "no hour 2026-12-31"),
            ("24/11", "past 2026-11-24 00:00"),
            ("2 tháng nữa", "2027-02-28 15:00"),
        ],
    );
    check(SAIGON, "2027-01-05 09:00", &[("24/11", "past 2026-11-24 00:00"), ("1/11", "no hour 2027-11-01")]);
}

#[test]
fn summer_time_skips_and_repeats_hours() {
    check(
        BERLIN,
        "2026-03-28 12:00",
        &[
            ("02:30 tomorrow", "2026-03-29 03:00"),
            ("03:30 tomorrow", "2026-03-29 03:30"),
            ("in 24 hours", "2026-03-29 13:00"),
            ("1 day from now", "2026-03-29 12:00"),
        ],
    );
    let now = at(BERLIN, "2026-10-24 12:00");
    // 02:30 comes twice, first in summer time (UTC+2).
    let first = DateTime::parse_from_rfc3339("2026-10-25T02:30:00+02:00").unwrap().timestamp_millis();
    assert_eq!(read("02:30 tomorrow", BERLIN, now), Reading::At(first));
    assert_eq!(read("2h30 sáng mai", BERLIN, now), Reading::At(first));
}

#[test]
fn long_and_strange_texts_are_unread() {
    let now = at(SAIGON, NOW);
    let strange =
        ["tối ".repeat(30), "toi ".repeat(29), "9h ".repeat(40), "mai ".repeat(10_000), "1".repeat(120)];
    for text in &strange {
        assert_eq!(read(text, SAIGON, now), Reading::Unread, "{text:.40}");
    }
    for text in ["\u{0}", "💥", "-5h", "4294967296h", "2147483648/1", "h", ":", "//"] {
        assert_eq!(read(text, SAIGON, now), Reading::Unread, "{text:?}");
    }
    for now in [i64::MIN, -1, i64::MAX] {
        assert_eq!(read("mai 9h", SAIGON, now), Reading::Unread);
    }
}

#[test]
fn no_mix_of_words_fails_and_every_answer_keeps_its_promise() {
    let words: Vec<&str> =
        PHRASES.iter().flat_map(|(phrase, _)| phrase.split(' ')).filter(|word| !word.is_empty()).collect();
    // A plain linear congruential generator: the same mixes in every run.
    let mut seed: u64 = 7;
    let mut draw = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % below
    };
    let nows = [at(SAIGON, NOW), at(SAIGON, "2028-02-29 23:59"), 0, 253_370_764_799_999];
    let mut read_count = 0;
    for _ in 0..few_or_all(400, 4_000) {
        let length = 1 + draw(6);
        let text = (0..length).map(|_| words[draw(words.len())]).collect::<Vec<_>>().join(" ");
        let now = nows[draw(nows.len())];
        match read(&text, SAIGON, now) {
            Reading::At(at) => assert!(at > now, "{text}"),
            Reading::Either(instants) => {
                assert!((2..=4).contains(&instants.len()) && instants.is_sorted(), "{text}: {instants:?}");
                assert!(instants[0] > now, "{text}");
            }
            Reading::EitherDay(days) => assert!(days.len() >= 2 && days.is_sorted(), "{text}: {days:?}"),
            Reading::Passed { at, instead } => {
                assert!(at <= now && instead.iter().all(|other| *other > now), "{text}");
            }
            Reading::Past(at) => assert!(at <= now, "{text}"),
            Reading::Ahead(_) => panic!("{text}: a promise is never late for the past"),
            Reading::NoHour(_) => {}
            Reading::Unread => continue,
        }
        read_count += 1;
    }
    assert!(read_count > few_or_all(10, 100), "too few of the mixes mean anything: {read_count}");
}
