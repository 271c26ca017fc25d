//! Deadlines against cases collected from the test suites of other help desks and calendar libraries.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;
use langnghe::domain::calendar::{Calendar, Stretch, local_instants};
use langnghe::domain::sla::{self, Pause};
use proptest::prelude::*;
use serde_json::Value;

const WEEK: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

#[test]
fn every_collected_case_holds() {
    let calendars = calendars();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    for line in include_str!("../data/sla/cases.jsonl").lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let zone: Tz = text(&case, "tz").parse().unwrap();
        let at = |key: &str| instant(zone, text(&case, key));
        let calendar = &calendars[text(&case, "cal")];
        let pauses: Vec<Pause> =
            case["pauses"].as_array().into_iter().flatten().map(|pair| pause(zone, pair)).collect();
        let kind = text(&case, "fn");
        let (got, expected) = match kind {
            "due" => {
                let target = case["target_s"].as_i64().unwrap() * 1000;
                let deadline = sla::due(calendar, Tz::UTC, at("start"), target, &pauses).unwrap();
                let due = match case.get("due_utc") {
                    Some(utc) => chrono::DateTime::parse_from_rfc3339(utc.as_str().unwrap())
                        .unwrap()
                        .timestamp_millis(),
                    None => at("due"),
                };
                let breach = if case.get("breach_at").is_some() { at("breach_at") } else { due };
                ((deadline.due_at, deadline.breach_at), (due, breach))
            }
            "elapsed" => {
                let elapsed = sla::elapsed(calendar, Tz::UTC, at("from"), at("to"), &pauses);
                ((elapsed, 0), (case["elapsed_s"].as_i64().unwrap() * 1000, 0))
            }
            "before" => {
                let lead = case["lead_s"].as_i64().unwrap() * 1000;
                ((sla::before(calendar, Tz::UTC, at("at"), lead).unwrap(), 0), (at("result"), 0))
            }
            other => panic!("a case of an unknown kind: {other}"),
        };
        *counts.entry(kind.to_owned()).or_default() += 1;
        if got != expected {
            wrong.push(format!("{}: got {got:?}, expected {expected:?}", text(&case, "id")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let expected = BTreeMap::from([("before".into(), 5), ("due".into(), 64), ("elapsed".into(), 26)]);
    assert_eq!(counts, expected);
}

#[test]
fn no_target_an_open_pause_and_a_closed_calendar_have_no_deadline() {
    let calendars = calendars();
    let office = &calendars["U9_17"];
    let monday = instant(Tz::UTC, "2025-06-02 09:00:00");
    let hour = 3_600_000;
    assert_eq!(sla::due(office, Tz::UTC, monday, 0, &[]), None);
    assert_eq!(sla::due(office, Tz::UTC, monday, -hour, &[]), None);
    let open = [Pause { from: monday + hour, to: None }];
    assert_eq!(sla::due(office, Tz::UTC, monday, 2 * hour, &open), None);
    assert_eq!(
        sla::due(office, Tz::UTC, monday, hour, &open),
        None,
        "used up to the last, and not missed while it lasts"
    );
    assert_eq!(
        sla::due(office, Tz::UTC, monday, hour / 2, &open).map(|it| it.due_at),
        Some(monday + hour / 2)
    );
    assert_eq!(sla::due(&Calendar::default(), Tz::UTC, monday, hour, &[]), None);
    assert_eq!(sla::due(office, Tz::UTC, monday, i64::MAX, &[]), None, "the search has an end");
    assert_eq!(sla::before(&Calendar::default(), Tz::UTC, monday, hour), None);
    assert_eq!(sla::due(office, Tz::UTC, i64::MAX, hour, &[]), None);
    assert_eq!(sla::elapsed(office, Tz::UTC, monday, i64::MIN, &[]), 0);
}

#[test]
fn a_calendar_without_a_zone_uses_the_desks() {
    let week = std::array::from_fn(|_| vec![Stretch { from: 8 * 60, to: 22 * 60 }]);
    let duty = Calendar { week, ..Calendar::default() };
    let saigon = Tz::Asia__Ho_Chi_Minh;
    let start = instant(saigon, "2026-11-25 21:50:00");
    let deadline = sla::due(&duty, saigon, start, 15 * 60_000, &[]).unwrap();
    assert_eq!(deadline.due_at, instant(saigon, "2026-11-26 08:05:00"));
}

#[test]
fn a_skipped_date_counts_once() {
    let week = std::array::from_fn(|_| vec![Stretch { from: 9 * 60, to: 17 * 60 }]);
    let calendar = Calendar { week, zone: Some(Tz::Pacific__Apia), ..Calendar::default() };
    let (from, to) = (instant(Tz::UTC, "2011-12-29 00:00:00"), instant(Tz::UTC, "2012-01-02 00:00:00"));
    // 28 December ends at 03:00Z on the 29th; then 29 and 31 December and 1 January, and from 19:00Z 2 January.
    assert_eq!(sla::elapsed(&calendar, Tz::UTC, from, to, &[]), (3 + 8 + 8 + 8 + 5) * 3_600_000);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_invariants_hold(which in 0_usize..45, start in 1_300_000_000_i64..1_750_000_000, target in 1_i64..2_000_000, pause in 0_i64..500_000, length in 1_i64..90_000) {
        let calendars = calendars();
        let calendar = calendars.values().nth(which % calendars.len()).unwrap();
        let (start, target) = (start * 1000, target * 1000);
        let pauses = [Pause { from: start + pause * 1000, to: Some(start + (pause + length) * 1000) }];
        let due = |target: i64, pauses: &[Pause]| sla::due(calendar, Tz::UTC, start, target, pauses).unwrap();
        let elapsed = |to: i64| sla::elapsed(calendar, Tz::UTC, start, to, &pauses);
        let deadline = due(target, &pauses);
        prop_assert_eq!(elapsed(deadline.due_at), target);
        prop_assert_eq!(elapsed(deadline.breach_at), target);
        prop_assert!(elapsed(deadline.due_at - 1) < target);
        prop_assert!(elapsed(deadline.breach_at + 1) > target);
        prop_assert!(deadline.due_at <= deadline.breach_at);
        prop_assert!(due(target + 1000, &pauses).due_at >= deadline.due_at);
        let free = due(target, &[]);
        prop_assert!(free.due_at <= deadline.due_at);
        let middle = start + (deadline.due_at - start) / 2;
        let rest = sla::elapsed(calendar, Tz::UTC, middle, deadline.due_at, &pauses);
        prop_assert_eq!(elapsed(middle) + rest, target);
        let opens = due(1, &[]).due_at - 1;
        prop_assert_eq!(sla::before(calendar, Tz::UTC, free.due_at, target), Some(opens));
        prop_assert_eq!(sla::elapsed(calendar, Tz::UTC, sla::before(calendar, Tz::UTC, start, target).unwrap(), start, &[]), target);
    }
}

fn calendars() -> BTreeMap<String, Calendar> {
    include_str!("../data/sla/calendars.jsonl").lines().map(calendar).collect()
}

fn calendar(line: &str) -> (String, Calendar) {
    let value: Value = serde_json::from_str(line).unwrap();
    let mut calendar = Calendar { zone: Some(text(&value, "tz").parse().unwrap()), ..Calendar::default() };
    for (day, hours) in WEEK.iter().zip(&mut calendar.week) {
        *hours = stretches(&value["week"][*day]);
    }
    for holiday in value["hol"].as_array().into_iter().flatten().map(|day| day.as_str().unwrap()) {
        match holiday.split_once('-') {
            Some((month, day)) if holiday.len() == 5 => {
                calendar.yearly_holidays.insert((month.parse().unwrap(), day.parse().unwrap()));
            }
            _ => {
                calendar.holidays.insert(holiday.parse().unwrap());
            }
        }
    }
    calendar.dates = dates(&value["shifts"]);
    calendar.breaks = dates(&value["breaks"]);
    (text(&value, "cal").to_owned(), calendar)
}

fn dates(value: &Value) -> BTreeMap<NaiveDate, Vec<Stretch>> {
    let dates = value.as_object().into_iter().flatten();
    dates.map(|(date, hours)| (date.parse().unwrap(), stretches(hours))).collect()
}

fn stretches(value: &Value) -> Vec<Stretch> {
    let minute = |value: &Value| {
        let (hours, minutes) = value.as_str().unwrap().split_once(':').unwrap();
        hours.parse::<u16>().unwrap() * 60 + minutes.parse::<u16>().unwrap()
    };
    let pairs = value.as_array().into_iter().flatten();
    pairs.map(|pair| Stretch { from: minute(&pair[0]), to: minute(&pair[1]) }).collect()
}

fn pause(zone: Tz, pair: &Value) -> Pause {
    let at = |index: usize| instant(zone, pair[index].as_str().unwrap());
    Pause { from: at(0), to: Some(at(1)) }
}

fn instant(zone: Tz, wall: &str) -> i64 {
    local_instants(zone, NaiveDateTime::parse_from_str(wall, "%Y-%m-%d %H:%M:%S").unwrap()).0
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_else(|| panic!("{key} is missing in {value}"))
}
