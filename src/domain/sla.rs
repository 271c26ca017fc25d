//! Deadlines in open time: how much has passed, when a target is reached, where a lead begins.

use chrono_tz::Tz;

use super::calendar::{Calendar, merge};

/// How far into the future (or past) a search goes: forty years.
pub const HORIZON_MS: i64 = 40 * 366 * 86_400_000;

const BLOCK_MS: i64 = 32 * 86_400_000;

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

/// The open time in `[from, to)` in ms, pauses excluded; 0 where the stretch is empty or reversed.
pub fn elapsed(calendar: &Calendar, desk_zone: Tz, from: i64, to: i64, pauses: &[Pause]) -> i64 {
    let pauses = closed_pauses(pauses);
    blocks(from, to)
        .flat_map(|(from, to)| running(calendar, desk_zone, from, to, &pauses))
        .map(|(from, to)| to - from)
        .sum()
}

/// When `target` ms of open time after `start` are used up.
///
/// None where there is no such clock (a target of zero or less), while an open pause keeps it from being reached, and
/// where the calendar does not open often enough within [`HORIZON_MS`].
pub fn due(
    calendar: &Calendar,
    desk_zone: Tz,
    start: i64,
    target: i64,
    pauses: &[Pause],
) -> Option<Deadline> {
    if target <= 0 {
        return None;
    }
    let stands_still = pauses.iter().any(|pause| pause.to.is_none());
    let pauses = closed_pauses(pauses);
    let mut left = target;
    let mut due_at = None;
    for (from, to) in blocks(start, start.saturating_add(HORIZON_MS)) {
        for (from, to) in running(calendar, desk_zone, from, to, &pauses) {
            match due_at {
                Some(due_at) => return Some(Deadline { due_at, breach_at: from }),
                // Time goes on right after the deadline: both instants are one.
                None if to - from > left => {
                    return Some(Deadline { due_at: from + left, breach_at: from + left });
                }
                None => left -= to - from,
            }
            if left == 0 {
                due_at = Some(to);
            }
        }
    }
    // The calendar never opens again: what is shown is also the end, unless a pause still holds it.
    due_at.filter(|_| !stands_still).map(|due_at| Deadline { due_at, breach_at: due_at })
}

/// The latest instant (Unix ms) with `lead` ms of open time between it and `at`: where a reminder belongs.
///
/// None where the calendar was not open for so long within [`HORIZON_MS`] before.
pub fn before(calendar: &Calendar, desk_zone: Tz, at: i64, lead: i64) -> Option<i64> {
    if lead <= 0 {
        return Some(at);
    }
    let mut left = lead;
    let mut end = at;
    while end > at.saturating_sub(HORIZON_MS) {
        let start = end.saturating_sub(BLOCK_MS);
        for (from, to) in calendar.open_between(desk_zone, start, end).into_iter().rev() {
            if to - from >= left {
                return Some(to - left);
            }
            left -= to - from;
        }
        end = start;
    }
    None
}

/// `[from, to)` in pieces that are cheap to lay out, so that a search stops early.
fn blocks(from: i64, to: i64) -> impl Iterator<Item = (i64, i64)> {
    let next = move |at: &i64| Some(at.saturating_add(BLOCK_MS)).filter(|next| *next < to);
    std::iter::successors(Some(from).filter(|from| *from < to), next)
        .map(move |start| (start, start.saturating_add(BLOCK_MS).min(to)))
}

/// The open stretches of `[from, to)` without the pauses (sorted, disjoint).
fn running(calendar: &Calendar, desk_zone: Tz, from: i64, to: i64, pauses: &[(i64, i64)]) -> Vec<(i64, i64)> {
    let mut running = Vec::new();
    for (mut open, close) in calendar.open_between(desk_zone, from, to) {
        for &(stops, resumes) in pauses.iter().filter(|pause| pause.0 < close) {
            if resumes <= open {
                continue;
            }
            if stops > open {
                running.push((open, stops));
            }
            open = resumes.min(close);
        }
        if open < close {
            running.push((open, close));
        }
    }
    running
}

/// Pauses in order, merged; one that lasts reaches to the end of time.
fn closed_pauses(pauses: &[Pause]) -> Vec<(i64, i64)> {
    let stretches = pauses.iter().map(|pause| (pause.from, pause.to.unwrap_or(i64::MAX)));
    merge(stretches.filter(|(from, to)| from < to).collect())
}
