//! Dates of a laid out calendar: which one an instant falls on, when it begins and ends, which are open.

use chrono::{Datelike, Days, NaiveDate};

use super::year::{Day, laid_out};
use super::{FIRST_YEAR, HORIZON_MS, Hours, YEARS};
use crate::sla::calendar::Stretch;

impl Hours {
    /// The date that an instant (Unix ms) falls on; none outside the years that are laid out.
    pub(in crate::sla) fn date_of(&self, at: i64) -> Option<NaiveDate> {
        let (first, end) = self.range();
        if !(first..end).contains(&at) {
            return None;
        }
        let place = self.place(at);
        let day = u32::try_from(self.year(place).date_of(at)).ok()?;
        NaiveDate::from_yo_opt(FIRST_YEAR + place as i32, day + 1)
    }

    /// A date as a stretch of time; none outside the years that are laid out.
    pub(in crate::sla) fn day(&self, date: NaiveDate) -> Option<Day<'_>> {
        Some(self.year(place_of(date)?).day(date.ordinal0() as usize))
    }

    /// Any stretches of a date as instants (Unix ms), clipped to the date.
    pub(in crate::sla) fn lay_out(&self, date: NaiveDate, stretches: &[Stretch]) -> Vec<(i64, i64)> {
        let Some(day) = self.day(date) else { return Vec::new() };
        laid_out(self.zone(), date, stretches, (day.from, day.to))
    }

    /// The `count`-th date after `date` that has opening hours; none for 0, and where it lies beyond [`HORIZON_MS`].
    pub(crate) fn open_date_after(&self, date: NaiveDate, count: u32) -> Option<NaiveDate> {
        if count == 0 {
            return None;
        }
        let next = date.checked_add_days(Days::new(1))?;
        let start = self.day(date)?.from;
        let (mut place, mut day, mut left) = (place_of(next)?, next.ordinal0() as usize, count);
        loop {
            let year = self.year(place);
            let open = year.open_dates_from(day);
            if left <= open {
                let found = year.open_date(day, left)?;
                return NaiveDate::from_yo_opt(FIRST_YEAR + place as i32, u32::try_from(found).ok()? + 1);
            }
            (left, day, place) = (left - open, 0, place + 1);
            if place == YEARS || self.starts()[place] - start > HORIZON_MS {
                return None;
            }
        }
    }
}

fn place_of(date: NaiveDate) -> Option<usize> {
    usize::try_from(date.year() - FIRST_YEAR).ok().filter(|place| *place < YEARS)
}
