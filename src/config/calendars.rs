//! Reads a calendar from its file.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::held::Held;
use super::problem::Findings;
use super::section::{Document, Section};
use crate::domain::calendar::{Calendar, DAY_MINUTES, Stretch};

/// The id of the calendar that never closes; no file may take it.
pub const ALWAYS: &str = "always";

/// The calendars that ship with the program: id and text.
pub const BUILT_IN: [(&str, &str); 1] = [("duty", include_str!("../../config/calendars/duty.toml"))];

/// The longest closure in days; beyond it a deadline would be lost.
const LONGEST_CLOSURE: usize = 400;

/// Reads a calendar; what is wrong with it goes to the findings.
pub fn read(document: &Document, findings: &mut Findings) -> Calendar {
    let mut calendar = Calendar::default();
    let Some(table) = document.parse(findings) else { return calendar };
    let before = findings.problems.len();
    let mut top = Section::top(document, Some(&table), None);
    let right = "write an IANA name such as Asia/Ho_Chi_Minh";
    calendar.zone = top.read(findings, "time-zone", "is not a time zone", right, |name| name.parse().ok());
    let mut week = top.section(findings, "week");
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    for (hours, day) in calendar.week.iter_mut().zip(days) {
        *hours = stretches(week.texts(findings, day), findings);
    }
    week.finish(findings);
    for (text, held) in top.texts(findings, "holidays") {
        match (text.parse::<NaiveDate>(), yearly(text)) {
            (Ok(date), _) => {
                calendar.holidays.insert(date);
            }
            (_, Some(day)) => {
                calendar.yearly_holidays.insert(day);
            }
            _ => held.problem(findings, "is not a date", "write e.g. 2027-02-06, or 01-01 for every year"),
        }
    }
    calendar.dates = dates(top.section(findings, "dates"), findings);
    calendar.breaks = dates(top.section(findings, "breaks"), findings);
    top.finish(findings);
    if findings.problems.len() == before {
        check_openings(document, &calendar, findings);
    }
    calendar
}

/// A calendar that opens too rarely would keep a deadline from ever coming.
fn check_openings(document: &Document, calendar: &Calendar, findings: &mut Findings) {
    let top = Section::top(document, None, None);
    let Some(first) = NaiveDate::from_ymd_opt(2025, 1, 1) else { return };
    let years = 20 * 366;
    match calendar.longest_closure(first, years) {
        closed if closed >= years => top.missing(findings, "week", "write hours for at least one day"),
        closed if closed > LONGEST_CLOSURE => {
            let right = format!("leave no more than {LONGEST_CLOSURE} days without hours, now {closed}");
            top.missing(findings, "week", &right);
        }
        _ => {}
    }
}

/// Reads `08:00-12:00` stretches of one day: in order, apart, none empty.
fn stretches(texts: Vec<(&str, Held<'_>)>, findings: &mut Findings) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    for (text, held) in texts {
        let Some(stretch) = times(text) else {
            held.problem(findings, "is not a stretch of a day", "write e.g. 08:00-12:00; 24:00 ends a day");
            continue;
        };
        if stretch.from >= stretch.to {
            held.problem(
                findings,
                "ends before it begins",
                "write a night as two: 22:00-24:00, and 00:00-06:00 the day after",
            );
            continue;
        }
        if stretches.iter().any(|other| stretch.from < other.to && other.from < stretch.to) {
            held.problem(
                findings,
                "overlaps another one of that day",
                "let each begin where the last has ended",
            );
            continue;
        }
        stretches.push(stretch);
    }
    stretches.sort_unstable();
    stretches
}

fn dates(section: Section<'_>, findings: &mut Findings) -> BTreeMap<NaiveDate, Vec<Stretch>> {
    let mut dates = BTreeMap::new();
    for (name, held) in section.entries() {
        let Ok(date) = name.parse::<NaiveDate>() else {
            held.problem(findings, "stands under what is not a date", "name it e.g. 2027-02-06");
            continue;
        };
        dates.insert(date, stretches(held.texts(findings), findings));
    }
    dates
}

/// Reads `HH:MM-HH:MM`; `24:00` is allowed as the end. The order of the two is not checked.
pub fn times(text: &str) -> Option<Stretch> {
    let (from, to) = text.split_once('-')?;
    let (from, to) = (minute(from)?, minute(to)?);
    (from < DAY_MINUTES).then_some(Stretch { from, to })
}

fn minute(text: &str) -> Option<u16> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let digits = |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(hours) || !digits(minutes) {
        return None;
    }
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    let minute = hours * 60 + minutes;
    (minutes < 60 && minute <= DAY_MINUTES).then_some(minute)
}

/// Reads `MM-DD`; the 29th of February is allowed.
fn yearly(text: &str) -> Option<(u32, u32)> {
    let leap = format!("2024-{text}").parse::<NaiveDate>().ok()?;
    (text.len() == 5).then_some((leap.month(), leap.day()))
}
