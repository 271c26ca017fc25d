//! What people write into a playbook's slots: an area, a past time, a time to come; read strictly, and never guessed far.

use std::str::FromStr;

use chrono::{Datelike, Days, NaiveDate, NaiveTime};
use chrono_tz::Tz;

use crate::domain::calendar::{local_instants, wall};
use crate::domain::{duration, fold};

/// A time without a date may lie across midnight, but no farther than this (ms): 12 h. Farther off, the date is asked for.
const ACROSS_MIDNIGHT: i64 = 12 * 60 * 60 * 1_000;
/// Nothing began longer ago than this (ms): 366 days.
const LONGEST_AGO: i64 = 366 * 24 * 60 * 60 * 1_000;
/// The next word comes within this (ms): 30 days.
const LATEST_UPDATE: i64 = 30 * 24 * 60 * 60 * 1_000;

/// Why what was written into a slot cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// There is nothing in it.
    Empty,
    /// It is neither a time nor a while.
    NotUnderstood,
    /// It has not happened yet.
    NotPast,
    /// It lies behind.
    NotFuture,
    /// The time alone leaves open which day is meant.
    NeedsDate,
    /// It is too far away to be meant.
    TooFar,
    /// It is too long: the line for customers would not fit.
    TooLong {
        /// The most characters that fit.
        limit: usize,
    },
}

/// Reads an area: one line, not empty, at most `limit` characters.
///
/// # Errors
///
/// [`Fault::Empty`] or [`Fault::TooLong`].
pub fn area(text: &str, limit: usize) -> Result<String, Fault> {
    let text = fold::clean_input(text);
    if fold::is_blank(&text) {
        return Err(Fault::Empty);
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() > limit { Err(Fault::TooLong { limit }) } else { Ok(text) }
}

/// Reads since when something lasts, as an instant (Unix ms) not after `now`: `17:30`, `25/11 17:30`, *hôm qua 22:00*.
///
/// # Errors
///
/// A [`Fault`] that says what is wrong with it.
pub fn since(text: &str, zone: Tz, now: i64) -> Result<i64, Fault> {
    let moment = Moment::read(text)?;
    // Where the clock shows the time twice, the earlier one: who waited longer is not told otherwise.
    let at = |date: NaiveDate| local_instants(zone, date.and_time(moment.time)).0;
    let today = wall(zone, now).date();
    let instant = match moment.day {
        Day::Unsaid if at(today) <= now => at(today),
        Day::Unsaid => {
            let yesterday = at(today - Days::new(1));
            if now - yesterday > ACROSS_MIDNIGHT {
                return Err(Fault::NotPast);
            }
            yesterday
        }
        day => at(day.date(today, moment.time).ok_or(Fault::NotUnderstood)?),
    };
    match now - instant {
        ..0 => Err(Fault::NotPast),
        ago if ago > LONGEST_AGO => Err(Fault::TooFar),
        _ => Ok(instant),
    }
}

/// Reads when the next word comes, as an instant (Unix ms) after `now`: `30m`, `17:30`, `26/11 8:00`, *mai 8h*.
///
/// # Errors
///
/// A [`Fault`] that says what is wrong with it.
pub fn next_update(text: &str, zone: Tz, now: i64) -> Result<i64, Fault> {
    let instant = match a_while(text) {
        Some(ms) => now.checked_add(ms).ok_or(Fault::TooFar)?,
        None => next_moment(&Moment::read(text)?, zone, now)?,
    };
    match instant - now {
        ..=0 => Err(Fault::NotFuture),
        ahead if ahead > LATEST_UPDATE => Err(Fault::TooFar),
        _ => Ok(instant),
    }
}

fn next_moment(moment: &Moment, zone: Tz, now: i64) -> Result<i64, Fault> {
    // Where the clock shows the time twice, the first that is still to come.
    let at = |date: NaiveDate| {
        let (first, last) = local_instants(zone, date.and_time(moment.time));
        if first > now { first } else { last }
    };
    let today = wall(zone, now).date();
    match moment.day {
        Day::Unsaid if at(today) > now => Ok(at(today)),
        Day::Unsaid => {
            let tomorrow = at(today + Days::new(1));
            if tomorrow - now > ACROSS_MIDNIGHT { Err(Fault::NeedsDate) } else { Ok(tomorrow) }
        }
        day => Ok(at(day.date(today, moment.time).ok_or(Fault::NotUnderstood)?)),
    }
}

/// A while as people write it: `30m`, `1h30m`, `30 phút`. A bare `17h` is a time of day, up to `12h` it is a while.
fn a_while(text: &str) -> Option<i64> {
    let text = fold::clean_input(text).to_lowercase();
    let text = ["phút", "phut", "minutes", "minute", "mins", "min"]
        .iter()
        .fold(text, |text, word| text.replace(word, "m"))
        .replace(' ', "");
    let bare = text.strip_suffix('h').and_then(|hours| hours.parse::<u32>().ok());
    if bare.is_some_and(|hours| hours > 12) { None } else { duration::parse(&text) }
}

/// A wall time, and what was said about its day.
#[derive(Debug, PartialEq)]
struct Moment {
    day: Day,
    time: NaiveTime,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Day {
    Unsaid,
    /// So many days from today.
    Off(i64),
    /// A day and month; the year is the nearest one.
    Yearless(u32, u32),
    Date(NaiveDate),
}

impl Day {
    fn date(self, today: NaiveDate, time: NaiveTime) -> Option<NaiveDate> {
        match self {
            Self::Unsaid => Some(today),
            Self::Off(days) => today.checked_add_signed(chrono::TimeDelta::try_days(days)?),
            Self::Date(date) => Some(date),
            Self::Yearless(day, month) => (today.year() - 1..=today.year() + 1)
                .filter_map(|year| NaiveDate::from_ymd_opt(year, month, day))
                .min_by_key(|date| (date.and_time(time) - today.and_time(time)).num_days().abs()),
        }
    }
}

/// Words around a time that say nothing about it.
const FILLERS: [&str; 9] = ["lúc", "luc", "từ", "tu", "ngày", "ngay", "at", "on", "since"];

impl Moment {
    fn read(text: &str) -> Result<Self, Fault> {
        let text = fold::clean_input(text).to_lowercase();
        if fold::is_blank(&text) {
            return Err(Fault::Empty);
        }
        Self::tokens(&plain_words(&text)).ok_or(Fault::NotUnderstood)
    }

    fn tokens(text: &str) -> Option<Self> {
        let (mut day, mut time) = (Day::Unsaid, None);
        for token in text.split([' ', ',', ';', '\n']).filter(|token| !token.is_empty()) {
            if FILLERS.contains(&token) {
                continue;
            }
            let named = match token {
                "@0" => Some(Day::Off(0)),
                "@-1" => Some(Day::Off(-1)),
                "@+1" => Some(Day::Off(1)),
                _ => date(token),
            };
            match (named, time_of_day(token)) {
                (Some(named), _) if day == Day::Unsaid => day = named,
                (None, Some(read)) if time.is_none() => time = Some(read),
                _ => return None,
            }
        }
        time.map(|time| Self { day, time })
    }
}

/// Named days as one token each, and the hours of several languages written in one way.
fn plain_words(text: &str) -> String {
    let days = [
        ("@0", ["hôm nay", "hom nay", "today"]),
        ("@-1", ["hôm qua", "hom qua", "yesterday"]),
        ("@+1", ["ngày mai", "ngay mai", "tomorrow"]),
    ];
    let mut text = text.to_owned();
    for (token, names) in days {
        for name in names {
            text = text.replace(name, token);
        }
    }
    for (hour, plain) in
        [(" giờ ", "h"), (" giờ", "h"), ("giờ ", "h"), ("giờ", "h"), (" am", "am"), (" pm", "pm")]
    {
        text = text.replace(hour, plain);
    }
    let words: Vec<&str> = text.split(' ').map(|word| if word == "mai" { "@+1" } else { word }).collect();
    // `2026-11-25t17:30`, as machines write it.
    words.join(" ").replace("t0", " 0").replace("t1", " 1").replace("t2", " 2")
}

/// `17:30`, `17h30`, `17h`, `5:30pm`, `5pm`.
fn time_of_day(token: &str) -> Option<NaiveTime> {
    let (digits, half) = match (token.strip_suffix("am"), token.strip_suffix("pm")) {
        (Some(digits), _) => (digits, Some(0)),
        (_, Some(digits)) => (digits, Some(12)),
        _ => (token, None),
    };
    let (hour, minute) = match digits.split_once([':', 'h']) {
        Some((hour, "")) if digits.ends_with('h') => (hour, 0),
        Some((hour, minute)) if minute.len() == 2 => (hour, whole::<u32>(minute)?),
        None if half.is_some() => (digits, 0),
        _ => return None,
    };
    let hour = whole::<u32>(hour).filter(|_| hour.len() <= 2)?;
    let hour = match half {
        Some(_) if hour == 0 || hour > 12 => return None,
        Some(half) => hour % 12 + half,
        None => hour,
    };
    NaiveTime::from_hms_opt(hour, minute, 0)
}

/// `25/11`, `25-11`, `25/11/2026`, `25.11.2026`, `2026-11-25`.
fn date(token: &str) -> Option<Day> {
    let parts: Vec<&str> = token.split(['/', '-', '.']).collect();
    match parts.as_slice() {
        [year, month, day] if year.len() == 4 => ymd(year, month, day),
        [day, month, year] if year.len() == 4 => ymd(year, month, day),
        [day, month] if day.len() <= 2 && month.len() <= 2 => {
            let (day, month) = (whole(day)?, whole(month)?);
            // A leap year knows every date there is.
            NaiveDate::from_ymd_opt(2024, month, day).map(|_| Day::Yearless(day, month))
        }
        _ => None,
    }
}

fn ymd(year: &str, month: &str, day: &str) -> Option<Day> {
    NaiveDate::from_ymd_opt(whole(year)?, whole(month)?, whole(day)?).map(Day::Date)
}

/// A number of ASCII digits alone: no sign, no space.
fn whole<T: FromStr>(text: &str) -> Option<T> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

#[cfg(test)]
#[path = "slots_tests.rs"]
mod tests;
