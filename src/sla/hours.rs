//! A calendar laid out in a zone: open time between instants, and the instant after so much of it, by look-up.

mod dates;
pub mod version;
mod year;

use std::fmt;
use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;
use chrono_tz::Tz;

use crate::sla::calendar::{Calendar, wall_instant};
use year::Year;

/// The first year in which a calendar that closes at all has open time.
const FIRST_YEAR: i32 = 1970;
/// How many years are laid out, each when it is first asked for.
const YEARS: usize = 180;
/// How far a search goes into the future or the past (ms): forty years.
pub const HORIZON_MS: i64 = 40 * 366 * 86_400_000;
/// The average year (ms).
const YEAR_MS: i64 = 31_556_952_000;

/// A calendar laid out in a zone, so that open time is looked up and not computed again.
///
/// It knows the years 1970 to 2149 of its zone; outside them it is closed, unless it never closes. Clones share what is
/// laid out.
#[derive(Clone)]
pub struct Hours {
    laid: Arc<Laid>,
}

struct Laid {
    calendar: Calendar,
    zone: Tz,
    never_closes: bool,
    version: OnceLock<String>,
    /// When each year begins (Unix ms), and when the last one ends.
    starts: OnceLock<Vec<i64>>,
    years: Vec<OnceLock<Box<Year>>>,
}

impl Hours {
    /// A calendar for a desk; its own zone wins over the desk's.
    pub fn new(calendar: Calendar, desk_zone: Tz) -> Self {
        let zone = calendar.zone.unwrap_or(desk_zone);
        let never_closes = calendar.never_closes();
        let years = std::iter::repeat_with(OnceLock::new).take(YEARS).collect();
        let (version, starts) = (OnceLock::new(), OnceLock::new());
        Self { laid: Arc::new(Laid { calendar, zone, never_closes, version, starts, years }) }
    }

    /// The hours of a desk that never closes, its dates being those of UTC.
    pub fn always() -> Self {
        Self::new(Calendar::always(), Tz::UTC)
    }

    /// The calendar itself.
    pub fn calendar(&self) -> &Calendar {
        &self.laid.calendar
    }

    /// The zone of its wall times.
    pub fn zone(&self) -> Tz {
        self.laid.zone
    }

    /// The same for a desk in another zone; a calendar that names its own zone stays as it is.
    #[must_use]
    pub fn in_zone(&self, desk_zone: Tz) -> Self {
        if self.laid.calendar.zone.is_some() || self.laid.zone == desk_zone {
            return self.clone();
        }
        Self::new(self.laid.calendar.clone(), desk_zone)
    }

    /// Whether it is open at every instant.
    pub fn never_closes(&self) -> bool {
        self.laid.never_closes
    }

    /// The open stretches within `[from, to)` (Unix ms): in order, disjoint, adjacent ones merged.
    pub fn open_between(&self, from: i64, to: i64) -> Vec<(i64, i64)> {
        if from >= to {
            return Vec::new();
        }
        if self.laid.never_closes {
            return vec![(from, to)];
        }
        let (first, end) = self.range();
        let (mut from, to) = (from.max(first), to.min(end));
        let mut found: Vec<(i64, i64)> = Vec::new();
        while from < to {
            let year = self.place(from);
            for &(opens, closes) in self.year(year).open_from(from).iter().take_while(|open| open.0 < to) {
                let (opens, closes) = (opens.max(from), closes.min(to));
                match found.last_mut() {
                    _ if opens >= closes => {}
                    Some(last) if last.1 == opens => last.1 = closes,
                    _ => found.push((opens, closes)),
                }
            }
            from = self.starts()[year + 1];
        }
        found
    }

    /// The open time in `[from, to)` (ms); 0 where the stretch is empty or reversed.
    pub fn open_ms(&self, from: i64, to: i64) -> i64 {
        if from >= to {
            return 0;
        }
        if self.laid.never_closes {
            return to.saturating_sub(from);
        }
        let (first, end) = self.range();
        let (from, to) = (from.max(first), to.min(end));
        if from >= to {
            return 0;
        }
        let (year, last) = (self.place(from), self.place(to));
        let whole: i64 = (year..last).map(|year| self.year(year).total()).sum();
        whole + self.year(last).open_until(to) - self.year(year).open_until(from)
    }

    /// Whether it is open at an instant (Unix ms).
    pub fn is_open(&self, at: i64) -> bool {
        let (first, end) = self.range();
        self.laid.never_closes || (first..end).contains(&at) && self.year(self.place(at)).is_open(at)
    }

    /// The first open instant (Unix ms) at or after `at`; none where there is none within [`HORIZON_MS`].
    pub fn opens_after(&self, at: i64) -> Option<i64> {
        if self.laid.never_closes {
            return Some(at);
        }
        let (year, open) = self.search(at, 0, |open, total| open < total)?;
        Some(year.last_at(open)).filter(|opens| opens.saturating_sub(at) <= HORIZON_MS)
    }

    /// The last closing time (Unix ms) at or before `at`, if it is closed at `at`; none too where it was not open
    /// within [`HORIZON_MS`] before.
    pub fn closed_since(&self, at: i64) -> Option<i64> {
        if self.is_open(at) {
            return None;
        }
        let (year, open, _) = self.search_back(at, 1)?;
        Some(year.first_at(open)).filter(|closed| at.saturating_sub(*closed) <= HORIZON_MS)
    }

    /// A short fingerprint of all that the calendar says and of its zone: the same for the same content, everywhere.
    pub fn version(&self) -> String {
        let Laid { calendar, zone, version, .. } = &*self.laid;
        version.get_or_init(|| version::of_calendar(calendar, *zone)).clone()
    }

    /// The first instant (Unix ms) at which `span` ms, more than 0, were open since `at`.
    pub(super) fn first_after(&self, at: i64, span: i64) -> Option<i64> {
        let found = if self.laid.never_closes {
            at.checked_add(span)?
        } else {
            let (year, open) = self.search(at, span, |open, total| open <= total)?;
            year.first_at(open)
        };
        Some(found).filter(|found| found.saturating_sub(at) <= HORIZON_MS)
    }

    /// The last instant (Unix ms) from which `lead` ms, more than 0, are open until `at`.
    pub(super) fn last_before(&self, at: i64, lead: i64) -> Option<i64> {
        let found = if self.laid.never_closes {
            at.checked_sub(lead)?
        } else {
            let (year, open, lead) = self.search_back(at, lead)?;
            year.last_at(open - lead)
        };
        Some(found).filter(|found| at.saturating_sub(*found) <= HORIZON_MS)
    }

    /// The year in which `span` ms of open time after `at` end, and the open time from its beginning until then (ms).
    fn search(&self, at: i64, span: i64, ends: fn(i64, i64) -> bool) -> Option<(&Year, i64)> {
        let (first, end) = self.range();
        if !(first..end).contains(&at) {
            return None;
        }
        let mut place = self.place(at);
        let mut open = span.checked_add(self.year(place).open_until(at))?;
        loop {
            let year = self.year(place);
            if ends(open, year.total()) {
                return Some((year, open));
            }
            open -= year.total();
            place += 1;
            if place == YEARS || self.starts()[place] - at > HORIZON_MS {
                return None;
            }
        }
    }

    /// The year in which the last `lead` ms of open time before `at` begin, the open time from its beginning until
    /// `at` or its end, and how much of the lead is spent in it (ms).
    fn search_back(&self, at: i64, mut lead: i64) -> Option<(&Year, i64, i64)> {
        let (first, end) = self.range();
        if !(first..end).contains(&at) {
            return None;
        }
        let mut place = self.place(at);
        let mut open = self.year(place).open_until(at);
        while open < lead {
            if place == 0 || at - self.starts()[place] > HORIZON_MS {
                return None;
            }
            lead -= open;
            place -= 1;
            open = self.year(place).total();
        }
        Some((self.year(place), open, lead))
    }

    /// The instants (Unix ms) from which and until which years are laid out.
    pub(super) fn range(&self) -> (i64, i64) {
        (self.starts()[0], self.starts()[YEARS])
    }

    fn starts(&self) -> &[i64] {
        self.laid.starts.get_or_init(|| {
            let years = (0..=YEARS).zip(FIRST_YEAR..);
            let first = years.map(|(_, year)| NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default());
            first.map(|date| wall_instant(self.laid.zone, date, 0)).collect()
        })
    }

    /// The place of the year of an instant (Unix ms); of the first or last one where the instant lies outside.
    fn place(&self, at: i64) -> usize {
        let starts = self.starts();
        let guess = (at.saturating_sub(starts[0]) / YEAR_MS).max(0);
        let mut place = usize::try_from(guess).unwrap_or(YEARS).min(YEARS - 1);
        while place > 0 && starts[place] > at {
            place -= 1;
        }
        while place < YEARS - 1 && starts[place + 1] <= at {
            place += 1;
        }
        place
    }

    fn year(&self, place: usize) -> &Year {
        let lay_out = || Box::new(Year::new(&self.laid.calendar, self.laid.zone, FIRST_YEAR + place as i32));
        self.laid.years[place].get_or_init(lay_out)
    }
}

impl PartialEq for Hours {
    fn eq(&self, other: &Self) -> bool {
        self.laid.zone == other.laid.zone && self.laid.calendar == other.laid.calendar
    }
}

impl Eq for Hours {}

impl fmt::Debug for Hours {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Laid { calendar, zone, .. } = &*self.laid;
        out.debug_struct("Hours").field("zone", zone).field("calendar", calendar).finish_non_exhaustive()
    }
}
