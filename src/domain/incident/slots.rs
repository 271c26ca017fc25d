//! What people write into a playbook's slots: an area, a past time, a time to come; and what is wrong with it.

use crate::language::fold;
use crate::language::when::{self, Reader, Reading, Toward};

/// Nothing began longer ago than this (ms): 366 days.
const LONGEST_AGO: i64 = 366 * 24 * 60 * 60 * 1_000;
/// The next word comes within this (ms): 30 days.
const LATEST_UPDATE: i64 = 30 * 24 * 60 * 60 * 1_000;

/// Why what was written into a slot cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// There is nothing in it.
    Empty,
    /// It is neither a time nor a while.
    NotUnderstood,
    /// It has not happened yet.
    NotPast,
    /// It lies behind.
    NotFuture,
    /// The time alone leaves open which day is meant.
    NeedsDate,
    /// A day without an hour.
    NeedsHour,
    /// It may mean two times (Unix ms).
    TwoTimes(i64, i64),
    /// It is too far away to be meant.
    TooFar,
    /// It is too long: the line for customers would not fit.
    TooLong {
        /// The most characters that fit.
        limit: usize,
    },
}

/// Reads an area: one line, not empty, at most `limit` characters.
///
/// # Errors
///
/// [`Fault::Empty`] or [`Fault::TooLong`].
pub fn area(text: &str, limit: usize) -> Result<String, Fault> {
    let text = fold::clean_input(text);
    if fold::is_blank(&text) {
        return Err(Fault::Empty);
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() > limit { Err(Fault::TooLong { limit }) } else { Ok(text) }
}

/// Reads since when something lasts, as an instant (Unix ms) not after now: `17:30`, `25/11 17:30`, *hôm qua 22:00*.
///
/// # Errors
///
/// A [`Fault`] that says what is wrong with it.
pub fn since(text: &str, reader: &Reader<'_>) -> Result<i64, Fault> {
    match read(text, reader, Toward::Past)? {
        Reading::At(at) if reader.now - at > LONGEST_AGO => Err(Fault::TooFar),
        Reading::At(at) => Ok(at),
        Reading::Ahead(_) => Err(Fault::NotPast),
        other => Err(unclear(&other)),
    }
}

/// Reads when the next word comes, as an instant (Unix ms) after now: `30m`, *2 tiếng*, `17:30`, `26/11 8:00`, *9h sáng mai*.
///
/// # Errors
///
/// A [`Fault`] that says what is wrong with it.
pub fn next_update(text: &str, reader: &Reader<'_>) -> Result<i64, Fault> {
    let now = reader.now;
    let instant = match a_while(text) {
        Some(ms) => now.checked_add(ms).ok_or(Fault::TooFar)?,
        None => match read(text, reader, Toward::Soon)? {
            Reading::At(at) => at,
            Reading::Passed { .. } => return Err(Fault::NeedsDate),
            Reading::Past(_) => return Err(Fault::NotFuture),
            other => return Err(unclear(&other)),
        },
    };
    match instant - now {
        ..=0 => Err(Fault::NotFuture),
        ahead if ahead > LATEST_UPDATE => Err(Fault::TooFar),
        _ => Ok(instant),
    }
}

fn read(text: &str, reader: &Reader<'_>, toward: Toward) -> Result<Reading, Fault> {
    let text = fold::clean_input(text);
    if fold::is_blank(&text) { Err(Fault::Empty) } else { Ok(reader.read(&text, toward).reading) }
}

/// What is to be asked back.
fn unclear(reading: &Reading) -> Fault {
    match reading {
        Reading::Either(times) => match (times.first(), times.last()) {
            (Some(first), Some(last)) => Fault::TwoTimes(*first, *last),
            _ => Fault::NotUnderstood,
        },
        Reading::NoHour(_) | Reading::EitherDay(_) => Fault::NeedsHour,
        _ => Fault::NotUnderstood,
    }
}

/// A while as people write it: `30m`, `1h30m`, `30 phút`, *2 tiếng*. A bare `17h` is a time of day, up to `12h` it is a while.
fn a_while(text: &str) -> Option<i64> {
    let text = fold::clean_input(text).to_lowercase();
    let bare = text.strip_suffix('h').and_then(|hours| hours.trim().parse::<u32>().ok());
    if bare.is_some_and(|hours| hours > 12) { None } else { when::length(&text) }
}

#[cfg(test)]
#[path = "slots_tests.rs"]
mod tests;
