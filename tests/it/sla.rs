//! The deadline engine: what its tests share.

mod cases;
mod explain;
mod hours;
mod invariants;
mod naughty;
mod workdays;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;
use langnghe::sla::calendar::{Calendar, Stretch, local_instants};
use langnghe::sla::deadline::Pause;
use langnghe::sla::hours::Hours;
use serde_json::Value;

const WEEK: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// The calendars of the collected cases, laid out once for all tests.
pub static CALENDARS: LazyLock<BTreeMap<String, Hours>> = LazyLock::new(|| {
    let lines = include_str!("../data/sla/calendars.jsonl").lines().map(calendar);
    lines.map(|(id, calendar)| (id, Hours::new(calendar, Tz::UTC))).collect()
});

fn calendar(line: &str) -> (String, Calendar) {
    let value: Value = serde_json::from_str(line).unwrap();
    let mut calendar = Calendar { zone: Some(text(&value, "tz").parse().unwrap()), ..Calendar::default() };
    for (day, hours) in WEEK.iter().zip(&mut calendar.week) {
        *hours = stretches(&value["week"][*day]);
    }
    for holiday in value["hol"].as_array().into_iter().flatten().map(|day| day.as_str().unwrap()) {
        match holiday.split_once('-') {
            Some((month, day)) if holiday.len() == 5 => {
                let day = (month.parse().unwrap(), day.parse().unwrap());
                calendar.yearly_holidays.insert(day, String::new());
            }
            _ => {
                calendar.holidays.insert(holiday.parse().unwrap(), String::new());
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

/// A UTC wall time as an instant.
pub fn utc(wall: &str) -> i64 {
    instant(Tz::UTC, wall)
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_else(|| panic!("{key} is missing in {value}"))
}
