//! Why a deadline falls where it does: the time from its start in pieces, each with what it was.

mod pieces;

use crate::sla::deadline::{self, Deadline, Pause};
use crate::sla::hours::Hours;

/// What a piece of time was to a clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// Open time that counted.
    Counted,
    /// Outside the hours of the weekday or of the date.
    Closed,
    /// A date closed by the holiday of this name, which may be empty.
    Holiday(String),
    /// Closed by a break within opening hours.
    Break,
    /// A date's own hours closed it where its weekday is open, or closed the whole date.
    OwnHoursClosed,
    /// Open time in which the clock stood still, with the index of the pause among those given.
    Paused(usize),
    /// The rest of the date of receipt, which a deadline in days does not count.
    DayOfReceipt,
    /// The working day of this number, from 1.
    WorkingDay(u32),
}

/// A stretch of time that was one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// From (Unix ms).
    pub from: i64,
    /// Until (Unix ms).
    pub to: i64,
    /// What it was.
    pub why: Why,
}

/// How a deadline came about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The time from the start in order and without a gap: until the deadline is due, or until the present where there
    /// is none.
    pub pieces: Vec<Piece>,
    /// What counted (ms).
    pub counted_ms: i64,
    /// The deadline.
    pub deadline: Option<Deadline>,
}

/// Explains the deadline of a clock that started at `start` (Unix ms) with a target in ms of open time.
///
/// Where there is no deadline, the time until `now` (Unix ms) is explained. A pause is told only of time that is open;
/// what is closed, is closed. A holiday is a piece of its own; other adjacent pieces of one kind are one.
pub fn explain(hours: &Hours, start: i64, target: i64, pauses: &[Pause], now: i64) -> Explanation {
    let deadline = deadline::due(hours, start, target, pauses);
    let end = deadline.map_or(now, |deadline| deadline.due_at);
    let pieces = pieces::paused(pieces::of_calendar(hours, start, end), pauses);
    let counted = pieces.iter().filter(|piece| piece.why == Why::Counted);
    let counted_ms = counted.map(|piece| piece.to.saturating_sub(piece.from)).fold(0, i64::saturating_add);
    Explanation { pieces, counted_ms, deadline }
}

/// Explains a deadline of `days` open dates after the date of `start` (Unix ms), one piece a date; closed dates that
/// are no holidays are one piece where they are adjacent.
///
/// Nothing is told where there is no such deadline. What counted are the working days.
pub fn explain_legal(hours: &Hours, start: i64, days: u32) -> Explanation {
    let end = deadline::legal_days(hours, start, days);
    let pieces = end.map(|end| pieces::of_dates(hours, start, end)).unwrap_or_default();
    let counted = pieces.iter().filter(|piece| matches!(piece.why, Why::WorkingDay(_)));
    let counted_ms = counted.map(|piece| piece.to - piece.from).sum();
    Explanation { pieces, counted_ms, deadline: end.map(|end| Deadline { due_at: end, breach_at: end }) }
}
