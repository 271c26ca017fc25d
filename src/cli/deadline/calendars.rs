//! Calendars as JSON Lines, for cases: `cal`, `tz`, `week`, and where there are any `hol`, `shifts` and `breaks`.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde_json::Value;

use super::rows::{Row, rows};
use crate::config::Problem;
use crate::config::calendars::{DAYS, date, fault, minute, yearly};
use crate::sla::calendar::{Calendar, DAY_MINUTES, Stretch};
use crate::sla::hours::Hours;

/// The calendars of a text, by id; what is wrong with them is a problem.
pub fn read(file: &str, text: &str, problems: &mut Vec<Problem>) -> BTreeMap<String, Hours> {
    let mut calendars = BTreeMap::new();
    for row in rows(file, text, problems) {
        let id = row.text(problems, "cal", "write the calendar's id, e.g. \"office\"");
        let calendar = calendar(&row, problems);
        let Some(id) = id else { continue };
        if calendars.insert(id.to_owned(), Hours::new(calendar, Tz::UTC)).is_some() {
            problems.push(row.problem(
                "cal",
                &Value::from(id),
                "stands there twice",
                "give each calendar an id of its own",
            ));
        }
    }
    calendars
}

fn calendar(row: &Row<'_>, problems: &mut Vec<Problem>) -> Calendar {
    let mut calendar = Calendar { zone: row.zone(problems, "tz"), ..Calendar::default() };
    let right = "write e.g. {\"mon\": [[\"08:00\", \"17:00\"]]}";
    if let Some(week) = row.read(problems, "week", ("is not an object", right), Value::as_object) {
        for (name, hours) in week {
            let key = format!("week.{name}");
            match DAYS.iter().position(|day| day == name) {
                Some(day) => calendar.week[day] = stretches(row, &key, hours, problems),
                None => problems.push(row.problem(
                    &key,
                    hours,
                    "stands under what is no day of the week",
                    &format!("write {}", DAYS.join(", ")),
                )),
            }
        }
    }
    if row.get("hol").is_some() {
        let right = "write e.g. [\"2027-02-06\", \"01-01\"]";
        let days = row.read(problems, "hol", ("is not a list", right), Value::as_array);
        for (number, value) in (1..).zip(days.into_iter().flatten()) {
            let text = value.as_str().unwrap_or_default();
            if let Some(date) = date(text) {
                calendar.holidays.insert(date, String::new());
            } else if let Some(day) = yearly(text) {
                calendar.yearly_holidays.insert(day, String::new());
            } else {
                let right = "write e.g. 2027-02-06, or 01-01 for every year";
                problems.push(row.problem(&format!("hol[{number}]"), value, "is not a date", right));
            }
        }
    }
    calendar.dates = dates(row, "shifts", problems);
    calendar.breaks = dates(row, "breaks", problems);
    calendar
}

fn dates(row: &Row<'_>, key: &str, problems: &mut Vec<Problem>) -> BTreeMap<NaiveDate, Vec<Stretch>> {
    let mut dates = BTreeMap::new();
    if row.get(key).is_none() {
        return dates;
    }
    let right = "write e.g. {\"2027-02-05\": [[\"08:00\", \"12:00\"]]}";
    let found = row.read(problems, key, ("is not an object", right), Value::as_object);
    for (name, hours) in found.into_iter().flatten() {
        let key = format!("{key}.{name}");
        match date(name) {
            Some(date) => {
                dates.insert(date, stretches(row, &key, hours, problems));
            }
            None => {
                let wrong = "stands under what is not a date";
                problems.push(row.problem(&key, hours, wrong, "name it e.g. 2027-02-06"));
            }
        }
    }
    dates
}

fn stretches(row: &Row<'_>, key: &str, hours: &Value, problems: &mut Vec<Problem>) -> Vec<Stretch> {
    let right = "write e.g. [[\"08:00\", \"12:00\"], [\"13:30\", \"24:00\"]]";
    let Some(pairs) = hours.as_array() else {
        problems.push(row.problem(key, hours, "is not a list", right));
        return Vec::new();
    };
    let mut stretches = Vec::new();
    for pair in pairs {
        let Some(stretch) = stretch(pair) else {
            problems.push(row.problem(key, pair, "is not a stretch of a day", right));
            continue;
        };
        match fault(stretch, &stretches) {
            Some((wrong, right)) => problems.push(row.problem(key, pair, wrong, right)),
            None => stretches.push(stretch),
        }
    }
    stretches.sort_unstable();
    stretches
}

fn stretch(pair: &Value) -> Option<Stretch> {
    let [from, to] = &pair.as_array()?[..] else { return None };
    let (from, to) = (minute(from.as_str()?)?, minute(to.as_str()?)?);
    (from < DAY_MINUTES).then_some(Stretch { from, to })
}
