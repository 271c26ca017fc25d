//! The periods of a report, in the desk's zone.

use std::str::FromStr;

use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use chrono_tz::Tz;

use crate::sla::calendar::{local_instants, wall};

/// The periods a manager can choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeriodKind {
    /// From midnight until now.
    Today,
    /// The day before today.
    Yesterday,
    /// Today and the six days before it.
    Last7Days,
    /// Today and the 29 days before it.
    Last30Days,
    /// From the first of the month until now.
    ThisMonth,
    /// The calendar month before this one.
    LastMonth,
}

impl PeriodKind {
    /// All of them, in the order of the menu.
    pub const ALL: [Self; 6] =
        [Self::Today, Self::Yesterday, Self::Last7Days, Self::Last30Days, Self::ThisMonth, Self::LastMonth];

    /// The word of the command's option.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Today => "today",
            Self::Yesterday => "yesterday",
            Self::Last7Days => "7d",
            Self::Last30Days => "30d",
            Self::ThisMonth => "this-month",
            Self::LastMonth => "last-month",
        }
    }

    /// Whether the period is one day, so that it is shown by hours.
    pub fn is_one_day(self) -> bool {
        matches!(self, Self::Today | Self::Yesterday)
    }
}

/// The word is none of the command's choices.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a period; write today, yesterday, 7d, 30d, this-month or last-month")]
pub struct UnknownPeriod(pub String);

impl FromStr for PeriodKind {
    type Err = UnknownPeriod;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|kind| kind.as_str() == word);
        found.ok_or_else(|| UnknownPeriod(word.to_owned()))
    }
}

/// A half-open span of time, in Unix milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The first instant.
    pub from: i64,
    /// The instant after the last.
    pub to: i64,
}

impl Period {
    /// Whether the instant lies in the period.
    pub fn holds(&self, at: i64) -> bool {
        (self.from..self.to).contains(&at)
    }
}

/// The period `kind` at the instant `now` (Unix ms), and the one it is compared with.
///
/// A running period ends with `now`; the one before then ends at the same wall time of its own last day, so that a morning is
/// compared with a morning. A calendar month is compared with the calendar month before it.
pub fn periods(kind: PeriodKind, now: i64, zone: Tz) -> (Period, Period) {
    let wall = wall(zone, now);
    let today = wall.date();
    let midnight = |date: NaiveDate| instant(date.and_time(NaiveTime::MIN), zone);
    let ago = |days: u64| today.checked_sub_days(Days::new(days)).unwrap_or(today);
    let running = |days: u64| {
        let shifted = instant(wall - TimeDelta::days(days.cast_signed()), zone);
        let from = midnight(ago(days - 1));
        let before = Period { from: midnight(ago(2 * days - 1)), to: (shifted + 1).min(from) };
        (Period { from, to: now + 1 }, before)
    };
    let month = today.with_day(1).unwrap_or(today);
    let months_ago = |months: u32| month.checked_sub_months(Months::new(months)).unwrap_or(month);
    match kind {
        PeriodKind::Today => running(1),
        PeriodKind::Yesterday => (
            Period { from: midnight(ago(1)), to: midnight(today) },
            Period { from: midnight(ago(2)), to: midnight(ago(1)) },
        ),
        PeriodKind::Last7Days => running(7),
        PeriodKind::Last30Days => running(30),
        PeriodKind::ThisMonth => {
            let since = wall - month.and_time(NaiveTime::MIN);
            let same = instant(months_ago(1).and_time(NaiveTime::MIN) + since, zone) + 1;
            let from = midnight(month);
            (Period { from, to: now + 1 }, Period { from: midnight(months_ago(1)), to: same.min(from) })
        }
        PeriodKind::LastMonth => (
            Period { from: midnight(months_ago(1)), to: midnight(month) },
            Period { from: midnight(months_ago(2)), to: midnight(months_ago(1)) },
        ),
    }
}

/// The instant (Unix ms) of a wall time: of an ambiguous one the first, and one that is skipped moves on by the gap.
pub(super) fn instant(wall: NaiveDateTime, zone: Tz) -> i64 {
    local_instants(zone, wall).0
}

/// The boundaries of the chart's bars: every second hour of a single day, every midnight otherwise. A running day or month is
/// drawn whole, so that its shape does not change with the hour of the question.
pub(super) fn boundaries(kind: PeriodKind, now: i64, zone: Tz) -> Vec<i64> {
    let (period, _) = periods(kind, now, zone);
    let first = wall(zone, period.from).date();
    let mut last = wall(zone, period.to - 1).date();
    if kind == PeriodKind::ThisMonth {
        last = first.checked_add_months(Months::new(1)).and_then(|next| next.pred_opt()).unwrap_or(last);
    }
    let days = first.iter_days().take_while(|day| *day <= last);
    let step = if kind.is_one_day() { 2 } else { 24 };
    let mut starts: Vec<i64> = days
        .flat_map(|day| {
            (0..24).step_by(step).map(move |hour| day.and_time(NaiveTime::MIN) + TimeDelta::hours(hour))
        })
        .map(|wall| instant(wall, zone))
        .collect();
    starts.extend(last.succ_opt().map(|next| instant(next.and_time(NaiveTime::MIN), zone)));
    starts
}
