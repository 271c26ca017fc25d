//! Opening hours as data: weekly hours in a zone, dates with hours of their own, holidays, breaks.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, Days, LocalResult, NaiveDate, NaiveDateTime, Offset, TimeDelta, TimeZone};
use chrono_tz::Tz;

/// The last minute of a day, exclusive: `24:00`.
pub const DAY_MINUTES: u16 = 24 * 60;

const DAY_MS: i64 = 86_400_000;

/// A half-open stretch of a day in minutes of wall time since midnight; `to` may be `24:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stretch {
    /// The first minute within.
    pub from: u16,
    /// The first minute no longer within.
    pub to: u16,
}

/// When a desk is open.
///
/// For each date the first of these that speaks decides: a date's own hours, a holiday, the weekly hours; breaks are
/// then cut out. A date that has hours of its own *and* is a holiday is therefore open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// The zone of all its wall times; none: the zone of the desk that uses it.
    pub zone: Option<Tz>,
    /// Hours by weekday, Monday first.
    pub week: [Vec<Stretch>; 7],
    /// Hours of single dates, in place of the weekly ones; an empty list closes the date.
    pub dates: BTreeMap<NaiveDate, Vec<Stretch>>,
    /// Closed dates.
    pub holidays: BTreeSet<NaiveDate>,
    /// Closed every year, as month and day.
    pub yearly_holidays: BTreeSet<(u32, u32)>,
    /// Closed stretches within single dates.
    pub breaks: BTreeMap<NaiveDate, Vec<Stretch>>,
}

impl Calendar {
    /// The calendar that never closes.
    pub fn always() -> Self {
        let day = vec![Stretch { from: 0, to: DAY_MINUTES }];
        Self { week: std::array::from_fn(|_| day.clone()), ..Self::default() }
    }

    /// Whether it is open at every instant, so that plain arithmetic will do.
    pub fn never_closes(&self) -> bool {
        self.dates.is_empty()
            && self.holidays.is_empty()
            && self.yearly_holidays.is_empty()
            && self.breaks.is_empty()
            && self.week.iter().all(|day| matches!(day[..], [Stretch { from: 0, to: DAY_MINUTES }]))
    }

    /// The open stretches of a date in wall time, breaks cut out, in order.
    pub fn hours(&self, date: NaiveDate) -> Vec<Stretch> {
        let weekday = date.weekday().num_days_from_monday() as usize;
        let closed =
            self.holidays.contains(&date) || self.yearly_holidays.contains(&(date.month(), date.day()));
        let mut hours = match self.dates.get(&date) {
            Some(own) => own.clone(),
            None if closed => Vec::new(),
            None => self.week[weekday].clone(),
        };
        for gap in self.breaks.get(&date).into_iter().flatten() {
            hours = hours
                .into_iter()
                .flat_map(|open| {
                    [
                        Stretch { from: open.from, to: open.to.min(gap.from) },
                        Stretch { from: open.from.max(gap.to), to: open.to },
                    ]
                })
                .filter(|open| open.from < open.to)
                .collect();
        }
        hours.sort_unstable();
        hours
    }

    /// The open stretches within `[from, to)` (Unix ms): in order, disjoint, adjacent ones merged.
    ///
    /// `desk_zone` is used where the calendar names no zone of its own.
    pub fn open_between(&self, desk_zone: Tz, from: i64, to: i64) -> Vec<(i64, i64)> {
        if from >= to {
            return Vec::new();
        }
        if self.never_closes() {
            return vec![(from, to)];
        }
        let zone = self.zone.unwrap_or(desk_zone);
        // Two days more on either side: a zone may stand a day away from UTC and may skip a whole date.
        let (Some(first), Some(last)) = (date_of(from - 2 * DAY_MS), date_of(to + 2 * DAY_MS)) else {
            return Vec::new();
        };
        let mut open: Vec<(i64, i64)> = Vec::new();
        for date in first.iter_days().take_while(|date| *date <= last) {
            for stretch in self.hours(date) {
                let starts = wall_instant(zone, date, stretch.from).max(from);
                let ends = wall_instant(zone, date, stretch.to).min(to);
                // A stretch that falls into a gap of the clock is empty here, and drops out.
                if starts < ends {
                    open.push((starts, ends));
                }
            }
        }
        merge(open)
    }

    /// The longest run of closed dates from `first` on within `days` dates, for the check of a configuration.
    pub fn longest_closure(&self, first: NaiveDate, days: usize) -> usize {
        let (mut longest, mut run) = (0, 0);
        for date in first.iter_days().take(days) {
            run = if self.hours(date).is_empty() { run + 1 } else { 0 };
            longest = longest.max(run);
        }
        longest
    }
}

/// Sorts stretches of time and merges those that touch or overlap.
pub fn merge(mut stretches: Vec<(i64, i64)>) -> Vec<(i64, i64)> {
    stretches.sort_unstable();
    let mut merged: Vec<(i64, i64)> = Vec::with_capacity(stretches.len());
    for (from, to) in stretches {
        match merged.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => merged.push((from, to)),
        }
    }
    merged
}

/// The instant (Unix ms) at which a wall clock shows `minute` (0 to 1440) of a date.
pub fn wall_instant(zone: Tz, date: NaiveDate, minute: u16) -> i64 {
    let naive = date.and_time(chrono::NaiveTime::MIN) + TimeDelta::minutes(i64::from(minute));
    local_instants(zone, naive).0
}

/// The first and the last instant (Unix ms) that a wall clock shows as `naive`, after RFC 5545: a time that does
/// not exist moves forward by the gap, so both are the same then.
pub fn local_instants(zone: Tz, naive: NaiveDateTime) -> (i64, i64) {
    match zone.from_local_datetime(&naive) {
        LocalResult::Single(only) => (only.timestamp_millis(), only.timestamp_millis()),
        LocalResult::Ambiguous(first, last) => (first.timestamp_millis(), last.timestamp_millis()),
        LocalResult::None => {
            let instant = in_gap(zone, naive);
            (instant, instant)
        }
    }
}

/// The wall date and time in a zone at an instant (Unix ms); instants outside chrono's range count as the epoch.
pub fn wall(zone: Tz, at: i64) -> NaiveDateTime {
    DateTime::from_timestamp_millis(at).unwrap_or_default().with_timezone(&zone).naive_local()
}

/// The instant of a wall time that does not exist: counted with the offset that held before the gap.
fn in_gap(zone: Tz, naive: NaiveDateTime) -> i64 {
    // The widest gap so far is one whole date (Samoa 2011); two days of quarter hours are enough to get before it.
    let before = (1..=192)
        .find_map(|quarters| zone.from_local_datetime(&(naive - TimeDelta::minutes(15 * quarters))).latest());
    let offset = before.map_or(0, |before| i64::from(before.offset().fix().local_minus_utc()));
    naive.and_utc().timestamp_millis() - offset * 1000
}

/// The UTC date of an instant, if chrono can name it and its neighbours.
fn date_of(at: i64) -> Option<NaiveDate> {
    let date = DateTime::from_timestamp_millis(at)?.date_naive();
    date.checked_add_days(Days::new(3)).and(date.checked_sub_days(Days::new(3))).map(|_| date)
}
