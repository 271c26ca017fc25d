//! Deadlines against cases collected from the test suites of other help desks and calendar libraries.

use std::collections::BTreeMap;

use chrono_tz::Tz;
use langnghe::sla::deadline::{self, Pause};
use serde_json::Value;

use super::*;

#[test]
fn every_collected_case_holds() {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    for line in include_str!("../../data/sla/cases.jsonl").lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let (kind, id) = (text(&case, "fn"), text(&case, "id"));
        let (got, expected) = answers(kind, &case);
        *counts.entry(kind.to_owned()).or_default() += 1;
        if got != expected.map(Some) {
            wrong.push(format!("{id}: got {got:?}, expected {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let expected = [("before", 5), ("days", 13), ("due", 64), ("elapsed", 26), ("legal_days", 4)];
    assert_eq!(counts, expected.map(|(kind, count)| (kind.to_owned(), count)).into());
}

/// What the engine says of a case, and what the case expects; twice the same where it is one instant.
fn answers(kind: &str, case: &Value) -> ([Option<i64>; 2], [i64; 2]) {
    let zone: Tz = text(case, "tz").parse().unwrap();
    let at = |key: &str| instant(zone, text(case, key));
    let number = |key: &str| case[key].as_i64().unwrap();
    let count = || u32::try_from(number("n")).unwrap();
    let hours = &CALENDARS[text(case, "cal")];
    let pauses: Vec<Pause> =
        case["pauses"].as_array().into_iter().flatten().map(|pair| pause(zone, pair)).collect();
    let one = |got: Option<i64>, expected: i64| ([got; 2], [expected; 2]);
    match kind {
        "due" => {
            let deadline = deadline::due(hours, at("start"), number("target_s") * 1000, &pauses);
            let due = match case.get("due_utc").and_then(Value::as_str) {
                Some(utc) => chrono::DateTime::parse_from_rfc3339(utc).unwrap().timestamp_millis(),
                None => at("due"),
            };
            let breach = if case.get("breach_at").is_some() { at("breach_at") } else { due };
            ([deadline.map(|it| it.due_at), deadline.map(|it| it.breach_at)], [due, breach])
        }
        "elapsed" => {
            let elapsed = deadline::elapsed(hours, at("from"), at("to"), &pauses);
            one(Some(elapsed), number("elapsed_s") * 1000)
        }
        "before" => one(deadline::before(hours, at("at"), number("lead_s") * 1000), at("result")),
        "days" => {
            let end_of_day = case["end_of_day"].as_bool().unwrap();
            one(deadline::business_days(hours, at("start"), count(), end_of_day), at("result"))
        }
        "legal_days" => one(deadline::legal_days(hours, at("start"), count()), at("end_exclusive")),
        other => panic!("a case of an unknown kind: {other}"),
    }
}

#[test]
fn a_step_after_a_breach_is_counted_in_open_time() {
    let office = &CALENDARS["U9_17"];
    // R14: breach on Friday 16:30, a step an hour of open time later.
    let (breach, step) = (utc("2025-06-06 16:30:00"), utc("2025-06-09 09:30:00"));
    assert_eq!(deadline::after(office, breach, HOUR), Some(step));
    assert_eq!(deadline::after(office, breach, HOUR / 2), Some(utc("2025-06-06 17:00:00")));
    assert_eq!(deadline::after(office, breach, 0), Some(breach));
}

#[test]
fn a_deadline_at_closing_time_is_missed_when_it_opens_again() {
    // R13.
    let office = &CALENDARS["U9_17"];
    let deadline = deadline::due(office, utc("2025-06-06 15:00:00"), 2 * HOUR, &[]).unwrap();
    assert_eq!(
        (deadline.due_at, deadline.breach_at),
        (utc("2025-06-06 17:00:00"), utc("2025-06-09 09:00:00"))
    );
}

#[test]
fn a_make_up_saturday_is_a_working_day() {
    let swap = &CALENDARS["VN_SW"];
    let zone = swap.zone();
    let friday = instant(zone, "2026-01-09 10:00:00");
    assert_eq!(deadline::legal_days(swap, friday, 1), Some(instant(zone, "2026-01-11 00:00:00")));
    let end = instant(zone, "2026-01-10 17:30:00");
    assert_eq!(deadline::business_days(swap, friday, 1, true), Some(end));
}
