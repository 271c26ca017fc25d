//! Reads a calendar from its file.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};

use crate::kit::setting::Held;
use crate::kit::setting::{Document, Section};
use crate::kit::setting::{Findings, Problem};
use crate::language::fold::clean_input;
use crate::sla::calendar::{Calendar, DAY_MINUTES, Stretch};

/// The id of the calendar that never closes; no file may take it.
pub const ALWAYS: &str = "always";

/// The calendars that ship with the program: id and text.
pub const BUILT_IN: [(&str, &str); 2] = [
    ("duty", include_str!("../../config/calendars/duty.toml")),
    ("vn-office", include_str!("../../config/calendars/vn-office.toml")),
];

/// How the days of the week are called, Monday first.
pub const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// The longest closure in days; beyond it a deadline would be lost.
const LONGEST_CLOSURE: usize = 400;

/// The longest name of a holiday, in characters.
const LONGEST_NAME: usize = 80;

/// Reads a calendar; what is wrong with it goes to the findings.
pub fn read(document: &Document, findings: &mut Findings) -> Calendar {
    let mut calendar = Calendar::default();
    let Some(table) = document.parse(findings) else { return calendar };
    let before = findings.problems.len();
    let mut top = Section::top(document, Some(&table), None);
    calendar.zone = top.zone(findings, "time-zone");
    calendar.known_until = top.read(findings, "known-until", "is not a date", "write e.g. 2027-12-31", date);
    let mut week = top.section(findings, "week");
    for (hours, day) in calendar.week.iter_mut().zip(DAYS) {
        *hours = stretches(week.texts(findings, day), findings);
    }
    for (name, held) in week.entries() {
        if !DAYS.contains(&name.as_str()) {
            let right = day_meant(&name)
                .map_or_else(|| format!("write {}", DAYS.join(", ")), |day| format!("did you mean {day}?"));
            let problem = held.as_problem("is no day of the week", &right);
            findings.problems.push(Problem { value: String::new(), ..problem });
        }
    }
    holidays(top.texts(findings, "holidays"), &mut calendar, findings);
    calendar.dates = dates(top.section(findings, "dates"), findings);
    calendar.breaks = dates(top.section(findings, "breaks"), findings);
    let line = top.line_of("week");
    top.finish(findings);
    if findings.problems.len() == before {
        check_openings(document, line, &calendar, findings);
    }
    calendar
}

/// A calendar that opens too rarely would keep a deadline from ever coming.
fn check_openings(document: &Document, line: Option<usize>, calendar: &Calendar, findings: &mut Findings) {
    let mut problem = |wrong: &str, right: &str| {
        findings.problems.push(Problem {
            file: document.name.clone(),
            key: "week".to_owned(),
            value: String::new(),
            wrong: wrong.to_owned(),
            right: right.to_owned(),
            line: Some(line.unwrap_or(1)),
        });
    };
    if calendar.week.iter().chain(calendar.dates.values()).all(Vec::is_empty) {
        let wrong = if line.is_some() { "holds no hours" } else { "is missing" };
        problem(wrong, "write hours for at least one day, e.g. mon = [\"08:00-17:00\"]");
    } else if let Some((first, days)) = long_closure(calendar) {
        let wrong = format!("is closed for {days} days in a row from {first} on");
        problem(&wrong, &format!("leave no more than {LONGEST_CLOSURE} days in a row without hours"));
    }
}

/// The first closure that is too long: its first date and its days.
fn long_closure(calendar: &Calendar) -> Option<(NaiveDate, usize)> {
    let from = NaiveDate::from_ymd_opt(2025, 1, 1)?;
    let to = NaiveDate::from_ymd_opt(2045, 1, 1)?;
    let named = || calendar.holidays.keys().chain(calendar.dates.keys()).copied();
    let from = named().min().map_or(from, |first| first.min(from));
    let to =
        named().max().and_then(|last| last.checked_add_days(Days::new(500))).map_or(to, |last| last.max(to));
    let mut closed = 0;
    for date in from.iter_days().take_while(|date| *date <= to) {
        if calendar.hours(date).is_empty() {
            closed += 1;
            continue;
        }
        if closed > LONGEST_CLOSURE {
            return Some((date - Days::new(closed as u64), closed));
        }
        closed = 0;
    }
    (closed > LONGEST_CLOSURE).then(|| (to - Days::new(closed as u64 - 1), closed))
}

/// Reads the days off: a date or a day of every year, then a space and its name.
fn holidays(texts: Vec<(&str, Held<'_>)>, calendar: &mut Calendar, findings: &mut Findings) {
    for (text, held) in texts {
        let text = clean_input(text);
        let (when, name) = text.split_once(char::is_whitespace).unwrap_or((&text, ""));
        let name = name.trim().to_owned();
        if name.chars().count() > LONGEST_NAME {
            held.problem(
                findings,
                "has a name too long",
                &format!("write at most {LONGEST_NAME} characters"),
            );
            continue;
        }
        let earlier = match (date(when), yearly(when)) {
            (Some(date), _) => calendar.holidays.insert(date, name),
            (_, Some(day)) => calendar.yearly_holidays.insert(day, name),
            _ => {
                let right =
                    "write e.g. 2027-02-06, or 01-01 for every year; its name may follow after a space";
                held.problem(findings, "is not a date", right);
                continue;
            }
        };
        if earlier.is_some() {
            held.problem(findings, "names a holiday that is there already", "name each once");
        }
    }
}

/// The day of the week that somebody meant: `monday`, `Mon`, and as people write them in Vietnamese `t2` and `cn`.
fn day_meant(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase();
    if let Some(day) = DAYS.into_iter().find(|day| name.starts_with(day)) {
        return Some(day);
    }
    match name.as_str() {
        "t2" => Some("mon"),
        "t3" => Some("tue"),
        "t4" => Some("wed"),
        "t5" => Some("thu"),
        "t6" => Some("fri"),
        "t7" => Some("sat"),
        "cn" => Some("sun"),
        _ => None,
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
        if let Some((wrong, right)) = fault(stretch, &stretches) {
            held.problem(findings, wrong, right);
            continue;
        }
        stretches.push(stretch);
    }
    stretches.sort_unstable();
    stretches
}

/// What is wrong with a stretch beside the others of its day, and what would be right.
pub fn fault(stretch: Stretch, others: &[Stretch]) -> Option<(&'static str, &'static str)> {
    if stretch.from == stretch.to {
        Some(("opens and closes at the same time", "leave it out, or write 00:00-24:00 for the whole day"))
    } else if stretch.to == 0 {
        Some(("ends before it begins", "write 24:00 for the end of a day"))
    } else if stretch.from > stretch.to {
        let right = "write a night as two: 22:00-24:00, and 00:00-06:00 the day after";
        Some(("ends before it begins", right))
    } else if others.iter().any(|other| stretch.from < other.to && other.from < stretch.to) {
        Some(("overlaps another one of that day", "let each begin where the last has ended"))
    } else {
        None
    }
}

fn dates(section: Section<'_>, findings: &mut Findings) -> BTreeMap<NaiveDate, Vec<Stretch>> {
    let mut dates = BTreeMap::new();
    for (name, held) in section.entries() {
        let Some(date) = date(&name) else {
            held.problem(findings, "stands under what is not a date", "name it e.g. 2027-02-06");
            continue;
        };
        dates.insert(date, stretches(held.texts(findings), findings));
    }
    dates
}

/// Reads exactly `YYYY-MM-DD`.
pub fn date(text: &str) -> Option<NaiveDate> {
    let digits = |at: usize, byte: u8| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() };
    let form = text.len() == 10 && text.bytes().enumerate().all(|(at, byte)| digits(at, byte));
    form.then(|| text.parse().ok()).flatten()
}

/// Reads `HH:MM-HH:MM`; `24:00` is allowed as the end. The order of the two is not checked.
pub fn times(text: &str) -> Option<Stretch> {
    let (from, to) = text.split_once('-')?;
    let (from, to) = (minute(from)?, minute(to)?);
    (from < DAY_MINUTES).then_some(Stretch { from, to })
}

/// Reads `HH:MM`, up to `24:00`, as minutes since midnight.
pub fn minute(text: &str) -> Option<u16> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let digits = |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(hours) || !digits(minutes) {
        return None;
    }
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    let minute = hours * 60 + minutes;
    (minutes < 60 && minute <= DAY_MINUTES).then_some(minute)
}

/// Reads exactly `MM-DD`; the 29th of February is allowed.
pub fn yearly(text: &str) -> Option<(u32, u32)> {
    date(&format!("2024-{text}")).map(|leap| (leap.month(), leap.day()))
}
