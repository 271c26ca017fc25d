//! Deadlines: how much open time has passed, when a target is reached, where a lead begins; and deadlines in days.

use crate::sla::calendar::{local_instants, merge, wall};
use crate::sla::hours::{HORIZON_MS, Hours};

/// A stretch in which a clock stands still.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pause {
    /// From (Unix ms).
    pub from: i64,
    /// Until (Unix ms); none while it lasts.
    pub to: Option<i64>,
}

/// The two instants of a deadline. They differ where it falls on a closing time or on the start of a pause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// The first instant at which the target is used up (Unix ms): what people are shown.
    pub due_at: i64,
    /// The last instant at which no more than the target is used up (Unix ms): after it the deadline is missed.
    pub breach_at: i64,
}

/// The open time in `[from, to)` (Unix ms) in ms, pauses excluded; 0 where the stretch is empty or reversed.
pub fn elapsed(hours: &Hours, from: i64, to: i64, pauses: &[Pause]) -> i64 {
    let paused = |(stops, resumes): (i64, i64)| hours.open_ms(stops.max(from), resumes.min(to));
    let paused = closed_pauses(pauses).into_iter().map(paused).fold(0, i64::saturating_add);
    (hours.open_ms(from, to) - paused).max(0)
}

/// When `target` ms of open time after `start` (Unix ms) are used up.
///
/// None where there is no such clock (a target of zero or less), while an open pause keeps it from being reached, and
/// where the calendar does not open often enough within [`HORIZON_MS`].
pub fn due(hours: &Hours, start: i64, target: i64, pauses: &[Pause]) -> Option<Deadline> {
    if target <= 0 {
        return None;
    }
    let pauses = closed_pauses(pauses);
    let (mut at, mut left) = (start, target);
    for &(stops, resumes) in pauses.iter().filter(|pause| pause.1 > start) {
        let open = hours.open_ms(at, stops);
        if open >= left {
            break;
        }
        left -= open;
        at = resumes;
    }
    let due_at = hours.first_after(at, left).filter(|due| due.saturating_sub(start) <= HORIZON_MS)?;
    Some(Deadline { due_at, breach_at: runs_on(hours, due_at, &pauses)? })
}

/// When a clock whose target is used up at `due_at` runs on; `due_at` itself where the calendar never opens again,
/// none where an open pause holds it.
fn runs_on(hours: &Hours, due_at: i64, pauses: &[(i64, i64)]) -> Option<i64> {
    let Some(mut opens) = hours.opens_after(due_at) else { return Some(due_at) };
    for &(stops, resumes) in &pauses[pauses.partition_point(|pause| pause.1 <= opens)..] {
        if stops > opens {
            break;
        }
        if resumes == i64::MAX {
            return None;
        }
        match hours.opens_after(resumes.max(opens)) {
            Some(next) => opens = next,
            None => return Some(due_at),
        }
    }
    Some(opens)
}

/// The latest instant (Unix ms) with `lead` ms of open time between it and `at`: where a reminder belongs.
///
/// None where the calendar was not open for so long within [`HORIZON_MS`] before.
pub fn before(hours: &Hours, at: i64, lead: i64) -> Option<i64> {
    if lead <= 0 { Some(at) } else { hours.last_before(at, lead) }
}

/// The earliest instant (Unix ms) with `span` ms of open time between `at` and it: where a step after a breach belongs.
///
/// None where the calendar is not open for so long within [`HORIZON_MS`] after.
pub fn after(hours: &Hours, at: i64, span: i64) -> Option<i64> {
    if span <= 0 { Some(at) } else { hours.first_after(at, span) }
}

/// The same time of day `days` open dates after `start` (Unix ms), or the closing time of that date.
///
/// A start outside opening hours first moves to the next opening. None where the calendar does not open often enough
/// within [`HORIZON_MS`].
pub fn business_days(hours: &Hours, start: i64, days: u32, end_of_day: bool) -> Option<i64> {
    let opens = hours.opens_after(start)?;
    let first = hours.date_of(opens)?;
    let date = if days == 0 { first } else { hours.open_date_after(first, days)? };
    if end_of_day {
        return hours.day(date)?.open.last().map(|open| open.1);
    }
    if days == 0 {
        return Some(opens);
    }
    let naive = date.and_time(wall(hours.zone(), opens).time());
    Some(local_instants(hours.zone(), naive).0)
}

/// When the `days`-th open date after the date of `start` (Unix ms) has ended: the first instant of the next date.
///
/// The date of receipt does not count, a date counts where it has any opening hours. None for zero days, and where
/// the calendar does not open often enough within [`HORIZON_MS`].
pub fn legal_days(hours: &Hours, start: i64, days: u32) -> Option<i64> {
    let date = hours.open_date_after(hours.date_of(start)?, days)?;
    hours.day(date).map(|day| day.to)
}

/// Pauses in order, merged; one that lasts reaches to the end of time.
fn closed_pauses(pauses: &[Pause]) -> Vec<(i64, i64)> {
    let stretches = pauses.iter().map(|pause| (pause.from, pause.to.unwrap_or(i64::MAX)));
    merge(stretches.filter(|(from, to)| from < to).collect())
}
