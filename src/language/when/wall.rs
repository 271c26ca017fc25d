//! The wall clock of the desk's zone, also where it jumps.

use chrono::{DateTime, LocalResult, NaiveDateTime, TimeDelta, TimeZone, Timelike};
use chrono_tz::Tz;

/// The instants (Unix ms) that a desk can live at: 1970 to 9999, far enough from the ends of chrono's range.
const YEARS: std::ops::Range<i64> = 0..253_370_764_800_000;

/// The widest gap so far is one whole date (Samoa 2011).
const WIDEST_GAP_MINUTES: i64 = 2 * 24 * 60;

/// What the clock on the wall shows at an instant; None outside of the years a desk can live in.
pub(super) fn wall(zone: Tz, at: i64) -> Option<NaiveDateTime> {
    let at = YEARS.contains(&at).then(|| DateTime::from_timestamp_millis(at))??;
    Some(at.with_timezone(&zone).naive_local())
}

/// The instant at which the wall clock shows this: the earlier of two, and the end of the gap where it never does.
pub(super) fn instant(zone: Tz, shown: NaiveDateTime) -> Option<i64> {
    instants(zone, shown).map(|(first, _)| first)
}

/// The first and the last instant at which the wall clock shows this; the end of the gap where it never does.
pub(super) fn instants(zone: Tz, shown: NaiveDateTime) -> Option<(i64, i64)> {
    let whole_minute = shown.with_second(0)?.with_nanosecond(0)?;
    let first_after = || {
        (1..=WIDEST_GAP_MINUTES)
            .filter_map(|minutes| whole_minute.checked_add_signed(TimeDelta::minutes(minutes)))
            .find_map(|later| zone.from_local_datetime(&later).earliest())
    };
    let (first, last) = match zone.from_local_datetime(&shown) {
        LocalResult::Single(only) => (only, only),
        LocalResult::Ambiguous(earlier, later) => (earlier, later),
        LocalResult::None => first_after().map(|only| (only, only))?,
    };
    Some((first.timestamp_millis(), last.timestamp_millis()))
}
