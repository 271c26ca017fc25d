//! Opening hours as data: weekly hours in a zone, dates with hours of their own, holidays, breaks.

use std::collections::BTreeMap;

use chrono::{
    DateTime, Datelike, LocalResult, Months, NaiveDate, NaiveDateTime, Offset, TimeDelta, TimeZone,
};
use chrono_tz::Tz;

/// The last minute of a day, exclusive: `24:00`.
pub const DAY_MINUTES: u16 = 24 * 60;

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
    /// Closed dates, with the name of each holiday (it may be empty).
    pub holidays: BTreeMap<NaiveDate, String>,
    /// Closed every year, as month and day, with the name of each holiday (it may be empty).
    pub yearly_holidays: BTreeMap<(u32, u32), String>,
    /// Closed stretches within single dates.
    pub breaks: BTreeMap<NaiveDate, Vec<Stretch>>,
    /// The last date its holidays are known for; none: it needs no table of holidays.
    pub known_until: Option<NaiveDate>,
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

    /// The name of the holiday that a date is (it may be empty); none where it is none.
    pub fn holiday(&self, date: NaiveDate) -> Option<&str> {
        let once = self.holidays.get(&date);
        let yearly = self.yearly_holidays.get(&(date.month(), date.day()));
        let named = [once, yearly].into_iter().flatten().find(|name| !name.is_empty());
        named.or(once).or(yearly).map(String::as_str)
    }

    /// The hours of a date before its breaks are cut out.
    pub fn uncut_hours(&self, date: NaiveDate) -> &[Stretch] {
        match self.dates.get(&date) {
            Some(own) => own,
            None if self.holiday(date).is_some() => &[],
            None => self.weekly_hours(date),
        }
    }

    /// The hours that the weekday of a date has.
    pub fn weekly_hours(&self, date: NaiveDate) -> &[Stretch] {
        &self.week[date.weekday().num_days_from_monday() as usize]
    }

    /// The open stretches of a date in wall time, breaks cut out: in order, adjacent ones merged.
    pub fn hours(&self, date: NaiveDate) -> Vec<Stretch> {
        let mut hours = self.uncut_hours(date).to_vec();
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
        // In wall time, so that two adjacent stretches are one even where the clock jumps between them.
        hours.dedup_by(|next, last| {
            let touches = next.from <= last.to;
            last.to = if touches { last.to.max(next.to) } else { last.to };
            touches
        });
        hours
    }
}

/// How long before the end of its table a calendar asks for the next.
const QUARTER: Months = Months::new(3);

/// The last date for which a calendar's holidays are known, if that is less than a quarter after `today`, or past.
pub fn running_out(calendar: &Calendar, today: NaiveDate) -> Option<NaiveDate> {
    calendar.known_until.filter(|until| until.checked_sub_months(QUARTER).is_none_or(|warns| warns <= today))
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
