//! One year of a calendar laid out in a zone: its dates and open stretches as instants, with running sums.

use chrono::{Datelike, Days, NaiveDate};
use chrono_tz::Tz;

use crate::sla::calendar::{Calendar, DAY_MINUTES, Stretch, merge, wall_instant};

const DAY_MS: i64 = 86_400_000;

/// A laid out year. Its stretches are disjoint and in order; none crosses the end of its date.
#[derive(Debug)]
pub struct Year {
    /// When each date begins (Unix ms), and when the last one ends.
    dates: Vec<i64>,
    /// The place of each date's first stretch, and the number of all stretches.
    first: Vec<usize>,
    /// The open stretches (Unix ms).
    open: Vec<(i64, i64)>,
    /// The open time (ms) before each stretch, and that of the whole year.
    sums: Vec<i64>,
    /// The places of the dates that have an open stretch.
    open_dates: Vec<u16>,
}

/// A date as a stretch of time: `[from, to)` (Unix ms), empty for a date that its zone skipped.
#[derive(Clone, Copy, Debug)]
pub struct Day<'a> {
    /// When it begins.
    pub from: i64,
    /// When it ends.
    pub to: i64,
    /// Its open stretches.
    pub open: &'a [(i64, i64)],
}

impl Year {
    /// Lays out a year.
    pub fn new(calendar: &Calendar, zone: Tz, year: i32) -> Self {
        let mut laid = Self { dates: vec![], first: vec![], open: vec![], sums: vec![0], open_dates: vec![] };
        let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default();
        // A gap of the clock moves hours forward, by a whole date at most: so they may come from the year before.
        let begins = first.checked_sub_days(Days::new(2)).unwrap_or(first);
        let mut from = wall_instant(zone, begins, 0);
        let mut stretches = Vec::new();
        for date in begins.iter_days().take_while(|date| date.year() <= year) {
            let to = wall_instant(zone, date, DAY_MINUTES).max(from);
            if date >= first {
                laid.dates.push(from);
            }
            stretches.extend(instants(zone, date, &calendar.hours(date), (from, to)));
            from = to;
        }
        laid.dates.push(from);
        laid.cut_by_dates(&merge(stretches));
        laid
    }

    /// Takes stretches in, cut where a date ends.
    fn cut_by_dates(&mut self, stretches: &[(i64, i64)]) {
        let mut next = stretches.partition_point(|stretch| stretch.1 <= self.dates[0]);
        for (place, span) in self.dates.windows(2).enumerate() {
            self.first.push(self.open.len());
            while let Some(&(from, to)) = stretches.get(next).filter(|stretch| stretch.0 < span[1]) {
                let (from, to) = (from.max(span[0]), to.min(span[1]));
                if from < to {
                    self.sums.push(self.total() + to - from);
                    self.open.push((from, to));
                }
                if stretches[next].1 > span[1] {
                    break;
                }
                next += 1;
            }
            if self.first[place] < self.open.len() {
                self.open_dates.push(place as u16);
            }
        }
        self.first.push(self.open.len());
    }

    /// The open time of the year (ms).
    pub fn total(&self) -> i64 {
        self.sums.last().copied().unwrap_or_default()
    }

    /// The place of the date that an instant of this year (Unix ms) falls on.
    pub fn date_of(&self, at: i64) -> usize {
        let last = self.dates.len().saturating_sub(2);
        let guess = (at.saturating_sub(self.dates[0]) / DAY_MS).max(0);
        let mut date = usize::try_from(guess).unwrap_or(last).min(last);
        while date > 0 && self.dates[date] > at {
            date -= 1;
        }
        while date < last && self.dates[date + 1] <= at {
            date += 1;
        }
        date
    }

    /// A date by its place, which is less than the number of dates.
    pub fn day(&self, date: usize) -> Day<'_> {
        let open = &self.open[self.first[date]..self.first[date + 1]];
        Day { from: self.dates[date], to: self.dates[date + 1], open }
    }

    /// Whether it is open at an instant (Unix ms) of this year.
    pub fn is_open(&self, at: i64) -> bool {
        self.day(self.date_of(at)).open.iter().any(|(from, to)| (*from..*to).contains(&at))
    }

    /// The open stretches from the date of an instant (Unix ms) on.
    pub fn open_from(&self, at: i64) -> &[(i64, i64)] {
        &self.open[self.first[self.date_of(at)]..]
    }

    /// The open time (ms) from the beginning of the year until an instant (Unix ms) of it.
    pub fn open_until(&self, at: i64) -> i64 {
        let mut place = self.first[self.date_of(at)];
        while self.open.get(place).is_some_and(|open| open.1 <= at) {
            place += 1;
        }
        let within = self.open.get(place).map_or(0, |open| (at - open.0).max(0));
        self.sums[place] + within
    }

    /// The first instant (Unix ms) until which `open` ms are open: more than 0, no more than the total.
    pub fn first_at(&self, open: i64) -> i64 {
        let place = self.sums.partition_point(|sum| *sum < open).saturating_sub(1);
        self.open[place].0 + (open - self.sums[place])
    }

    /// The last instant (Unix ms) until which `open` ms are open: 0 or more, less than the total.
    pub fn last_at(&self, open: i64) -> i64 {
        let place = self.sums.partition_point(|sum| *sum <= open).saturating_sub(1);
        self.open[place].0 + (open - self.sums[place])
    }

    /// How many of its dates from a place on have an open stretch.
    pub fn open_dates_from(&self, date: usize) -> u32 {
        self.open_dates.len() as u32 - self.open_dates_before(date)
    }

    /// The place of the `count`-th date (from 1) with an open stretch, from a place on.
    pub fn open_date(&self, date: usize, count: u32) -> Option<usize> {
        let nth = (self.open_dates_before(date) + count).checked_sub(1)?;
        self.open_dates.get(nth as usize).map(|date| usize::from(*date))
    }

    fn open_dates_before(&self, date: usize) -> u32 {
        self.open_dates.partition_point(|open| usize::from(*open) < date) as u32
    }
}

/// Stretches of a date that spans `[from, to)` as instants (Unix ms), none empty; a gap of the clock may move them out
/// of the date, and let them overlap.
fn instants(zone: Tz, date: NaiveDate, stretches: &[Stretch], (from, to): (i64, i64)) -> Vec<(i64, i64)> {
    let at = |minute| match minute {
        0 => from,
        DAY_MINUTES => to,
        minute => wall_instant(zone, date, minute),
    };
    // A stretch of which a gap of the clock leaves nothing drops out.
    let instants = stretches.iter().map(|stretch| (at(stretch.from), at(stretch.to)));
    instants.filter(|(from, to)| from < to).collect()
}

/// Stretches of a date as instants (Unix ms), within what the date spans: in order, disjoint, none empty.
pub fn laid_out(zone: Tz, date: NaiveDate, stretches: &[Stretch], span: (i64, i64)) -> Vec<(i64, i64)> {
    let within = |(from, to): (i64, i64)| (from.max(span.0), to.min(span.1));
    let instants = instants(zone, date, stretches, span).into_iter().map(within);
    merge(instants.filter(|(from, to)| from < to).collect())
}
