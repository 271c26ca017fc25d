//! The one reader of times and lengths of time as people type them, in Vietnamese or English: `9h sáng mai`,
//! `thứ Ba tuần sau`, `in 2 hours`, `hôm qua 22:15`, `2 tiếng`.
//!
//! The phrase is cut into words (`words`); the pieces that can stand at each word are looked up (`clock`, `day`, `span`,
//! `vocabulary`); every way to use up all words is a plan (`plan`); each plan is turned into instants (`moment`). Words
//! that can be read in two ways (`toi` without marks: `tối` or `tới`) therefore need no rule of their own: where both
//! readings make sense and differ, the answer is a question.
//!
//! What is decided here, and shown back before anything is filed:
//! - A window (`từ 8h đến 10h`) counts as its end, `trước 17h` as 17:00.
//! - `9h` today is whichever half of the day still lies ahead, both are asked; on another day 7 to 11 are in the morning and
//!   1 to 6 are asked. `09h`, `10:30`, `17h` are of 24 hours; `12h` is noon.
//! - Midnight and `12h đêm` end the day that is named. Without a day, an hour of the night that is over is the coming one;
//!   any other that is over lies behind.
//! - An hour of a named day that is over today (`thứ tư tuần này 9h` on that day at ten) is asked back with what is left of
//!   it, never guessed. What happened is looked for behind, an update at most half a day ahead where no day is named.
//! - `mốt` is the day after tomorrow; 1 only after tens. A lone number in Vietnamese words is no hour.
//! - `hết giờ hành chính` and the last of some working days end when the office closes, by its calendar.
//! - `thứ 6` is the next one that can be used, today's too; `thứ 6 tới` the next after today; `next Friday` asks while
//!   this week's lies ahead. Weeks begin on Monday.
//! - `24/11` is the day first. Without a year it lies behind if that is less than 60 days ago, else it is the coming one.
//! - `hết ngày`, `trong hôm nay`: 23:59. `cuối ngày`, EOD: the hour is asked, and so is the day for `cuối tuần`.
//! - Days, weeks and months from now keep the time of day; hours and minutes are counted as such.
//! - A wall time that is skipped by summer time is the end of the gap; one that comes twice is the earlier.

mod clock;
mod day;
mod lunar;
mod moment;
mod piece;
mod plan;
mod span;
mod vocabulary;
mod wall;
mod words;

use chrono::NaiveDate;
use chrono_tz::Tz;

pub use self::plan::Effort;

use self::moment::{Found, Present};
use self::words::Words;
use crate::language::duration;
use crate::sla::calendar::wall_instant;
use crate::sla::hours::Hours;

/// More instants than this are too many to choose from: the day is asked first.
const MOST_CHOICES: usize = 4;

/// Nobody promises further ahead than five years: it is a slip of the finger.
const HORIZON_MS: i64 = 5 * 366 * 24 * 3_600_000;

/// Which way one looks when one reads words about time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Toward {
    /// What will be done: ahead.
    Promise,
    /// The next word about something under way: ahead, and an hour without a day at most half a day and of 24.
    Soon,
    /// What has happened: behind.
    Past,
}

/// What words about time come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// One instant (Unix ms), on the side that is looked at.
    At(i64),
    /// Each of these can be meant: ask which. Two to four instants (Unix ms), the earliest first.
    Either(Vec<i64>),
    /// A day is named but no hour: ask for the hour.
    NoHour(NaiveDate),
    /// One of these days, the earliest first, at least two (`next Friday`, `cuối tuần`, `tuần sau`): ask for day and hour.
    EitherDay(Vec<NaiveDate>),
    /// The hour that was said is over: ask whether one of the others was meant.
    Passed {
        /// The instant that was said (Unix ms).
        at: i64,
        /// What may be meant instead, the earliest first (Unix ms).
        instead: Vec<i64>,
    },
    /// It lies behind: the instant (Unix ms); of a day without an hour, when it began or that part of it ended.
    Past(i64),
    /// It lies ahead (Unix ms), where something that happened was asked for.
    Ahead(i64),
    /// Not understood.
    Unread,
}

/// What was read, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// What the words come to.
    pub reading: Reading,
    /// Where an hour is missing: those that fit the part of the day that was named, in minutes of the day.
    pub hours: Vec<u16>,
    /// What it took.
    pub effort: Effort,
}

/// More times than this are no choice, and Discord takes no more suggestions.
pub const MOST_OFFERED: usize = 25;

impl Answer {
    /// The instants (Unix ms) to choose from: those that the words mean, and where a day has no hour those that fit the part
    /// of the day. In their order, at most [`MOST_OFFERED`]; of many days each has its share.
    pub fn choices(&self, zone: Tz, now: i64) -> Vec<i64> {
        let hours_of = |days: &[NaiveDate]| -> Vec<i64> {
            let share = (MOST_OFFERED / days.len().max(1)).max(1);
            // The first and the last hour of a part say more than two neighbours.
            let step = self.hours.len().div_ceil(share).max(1);
            let hours: Vec<u16> = self.hours.iter().copied().step_by(step).collect();
            let on = |day: &NaiveDate| {
                let day = *day;
                hours.iter().map(move |minute| wall_instant(zone, day, *minute)).collect::<Vec<i64>>()
            };
            days.iter().flat_map(on).filter(|at| *at > now).take(MOST_OFFERED).collect()
        };
        match &self.reading {
            Reading::At(at) => vec![*at],
            Reading::Either(times) | Reading::Passed { instead: times, .. } => times.clone(),
            Reading::NoHour(day) => hours_of(&[*day]),
            Reading::EitherDay(days) => hours_of(days),
            Reading::Past(_) | Reading::Ahead(_) | Reading::Unread => Vec::new(),
        }
    }
}

/// Somebody who reads words about time.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    /// The zone of the wall times.
    pub zone: Tz,
    /// The present instant (Unix ms).
    pub now: i64,
    /// When the office is open: what a working day is, and when it ends.
    pub office: Option<&'a Hours>,
}

impl Reader<'_> {
    /// Reads words about time. All words must be understood.
    pub fn read(&self, text: &str, toward: Toward) -> Answer {
        let nothing = |effort| Answer { reading: Reading::Unread, hours: Vec::new(), effort };
        let Some(words) = Words::of(text) else { return nothing(Effort::default()) };
        let Some(wall) = wall::wall(self.zone, self.now) else { return nothing(Effort::default()) };
        let present = Present { zone: self.zone, now: self.now, wall, toward, office: self.office };
        let (plans, effort) = plan::plans(&words);
        let mut found = Found::default();
        for plan in plans {
            // A plan that means nothing (30 February) leaves the others to speak.
            let _ = found.add(&plan, &present);
        }
        let hours = if found.hours_of_part.is_empty() { &found.hours } else { &found.hours_of_part };
        let hours = hours.iter().copied().collect();
        Answer { reading: found.reading(&present), hours, effort }
    }
}

/// Every word that the reader knows, once: for whoever tries how it bears them.
pub fn vocabulary() -> Vec<&'static str> {
    let all = [vocabulary::phrases(), clock::phrases(), day::phrases(), span::phrases(), vec![plan::JOINTS]];
    let words = all.into_iter().flatten().flat_map(|phrases| phrases.split(['|', ' ']));
    let words: std::collections::BTreeSet<&'static str> = words.filter(|word| !word.is_empty()).collect();
    words.into_iter().collect()
}

/// Reads a length of time (ms) as people type it: `15m`, `1h30m`, `2 tiếng`, `30p`, `nửa tiếng`. None for anything else.
pub fn length(text: &str) -> Option<i64> {
    duration::parse(&text.to_lowercase()).or_else(|| span::length(&Words::of(text)?))
}

/// An instant (Unix ms) as a [`Reader`] of the same zone reads it again: `16:30 23/11/2026`.
pub fn write(zone: Tz, at: i64) -> String {
    wall::wall(zone, at).map(|wall| wall.format("%H:%M %d/%m/%Y").to_string()).unwrap_or_default()
}

impl Found {
    /// What to answer: an instant before a day without an hour, and either before what lies on the other side.
    fn reading(mut self, present: &Present<'_>) -> Reading {
        let last = present.now.saturating_add(HORIZON_MS);
        let last_day = wall::wall(present.zone, last).map(|wall| wall.date());
        self.fitting.retain(|at| *at <= last);
        self.days.retain(|day| last_day.is_none_or(|last| *day <= last));

        let fitting: Vec<i64> = self.fitting.into_iter().collect();
        let days: Vec<NaiveDate> = self.days.into_iter().collect();
        match (fitting.as_slice(), days.as_slice()) {
            ([only], _) => Reading::At(*only),
            ([_, _, ..], _) if fitting.len() <= MOST_CHOICES => Reading::Either(fitting),
            ([_, _, ..], _) => Reading::EitherDay(days_of(&fitting, present.zone)),
            ([], [only]) => Reading::NoHour(*only),
            ([], [_, _, ..]) => Reading::EitherDay(days),
            ([], []) => match (present.toward, self.missed.first(), self.missed.last()) {
                (Toward::Past, Some(first), _) => Reading::Ahead(*first),
                (_, _, Some(at)) if !self.instead.is_empty() => {
                    Reading::Passed { at: *at, instead: self.instead.into_iter().collect() }
                }
                (_, _, Some(at)) => Reading::Past(*at),
                _ => Reading::Unread,
            },
        }
    }
}

/// The days that the instants lie in.
fn days_of(instants: &[i64], zone: Tz) -> Vec<NaiveDate> {
    let mut days: Vec<NaiveDate> =
        instants.iter().filter_map(|at| Some(wall::wall(zone, *at)?.date())).collect();
    days.dedup();
    days
}
