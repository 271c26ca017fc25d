//! Reads the time of a promise as staff type it, in Vietnamese or English: `9h sáng mai`, `thứ Ba tuần sau`, `in 2 hours`.
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
//! - `thứ 6` is the next one that can be used, today's too; `thứ 6 tới` the next after today; `next Friday` asks while
//!   this week's lies ahead. Weeks begin on Monday.
//! - `24/11` is the day first. Without a year it lies behind if that is less than 60 days ago, else it is the coming one.
//! - `hết ngày`, `trong hôm nay`: 23:59. `cuối ngày`, EOD: the hour is asked, and so is the day for `cuối tuần`.
//! - Days, weeks and months from now keep the time of day; hours and minutes are counted as such.
//! - A wall time that is skipped by summer time is the end of the gap; one that comes twice is the earlier.

mod clock;
mod day;
mod moment;
mod piece;
mod plan;
mod span;
mod vocabulary;
mod wall;
mod words;

use chrono::NaiveDate;
use chrono_tz::Tz;

use self::moment::{Found, Present};
use self::words::Words;

/// More instants than this are too many to choose from: the day is asked first.
const MOST_CHOICES: usize = 4;

/// Nobody promises further ahead than five years: it is a slip of the finger.
const HORIZON_MS: i64 = 5 * 366 * 24 * 3_600_000;

/// What words about time come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// One instant (Unix ms), in the future.
    At(i64),
    /// Each of these can be meant: ask which. Two to four instants (Unix ms) in the future, the earliest first.
    Either(Vec<i64>),
    /// A day is named but no hour: ask for the hour.
    NoHour(NaiveDate),
    /// One of these days, the earliest first, at least two (`next Friday`, `cuối tuần`, `tuần sau`): ask for day and hour.
    EitherDay(Vec<NaiveDate>),
    /// It lies behind: the instant (Unix ms); of a day without an hour, when it began or that part of it ended.
    Past(i64),
    /// Not understood.
    Unread,
}

/// Reads words about time, in the wall time of `zone`, at the instant `now` (Unix ms). All words must be understood.
pub fn read(text: &str, zone: Tz, now: i64) -> Reading {
    let Some(words) = Words::of(text) else { return Reading::Unread };
    let Some(wall) = wall::wall(zone, now) else { return Reading::Unread };
    let present = Present { zone, now, wall };
    let mut found = Found::default();
    for plan in plan::plans(&words) {
        // A plan that means nothing (30 February) leaves the others to speak.
        let _ = found.add(&plan, &present);
    }
    found.reading(&present)
}

impl Found {
    /// What to answer: an instant before a day without an hour, and either before what lies behind.
    fn reading(mut self, present: &Present) -> Reading {
        let last = present.now.saturating_add(HORIZON_MS);
        let last_day = wall::wall(present.zone, last).map(|wall| wall.date());
        self.ahead.retain(|at| *at <= last);
        self.days.retain(|day| last_day.is_none_or(|last| *day <= last));

        let ahead: Vec<i64> = self.ahead.into_iter().collect();
        let days: Vec<NaiveDate> = self.days.into_iter().collect();
        match (ahead.as_slice(), days.as_slice()) {
            ([only], _) => Reading::At(*only),
            ([_, _, ..], _) if ahead.len() <= MOST_CHOICES => Reading::Either(ahead),
            ([_, _, ..], _) => Reading::EitherDay(days_of(&ahead, present.zone)),
            ([], [only]) => Reading::NoHour(*only),
            ([], [_, _, ..]) => Reading::EitherDay(days),
            ([], []) => self.behind.last().map_or(Reading::Unread, |at| Reading::Past(*at)),
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
