//! Cuts time into pieces: by the calendar, by pauses, by dates.

use chrono::NaiveDate;

use super::{Piece, Why};
use crate::sla::deadline::Pause;
use crate::sla::hours::Hours;

/// `[start, end)` (Unix ms) by the calendar alone: counted, or closed for a reason.
pub fn of_calendar(hours: &Hours, start: i64, end: i64) -> Vec<Piece> {
    let mut pieces = Vec::new();
    if hours.never_closes() {
        push(&mut pieces, start, end, Why::Counted);
        return pieces;
    }
    let (first, last) = hours.range();
    push(&mut pieces, start, end.min(first), Why::Closed);
    let date = hours.date_of(start.max(first));
    let dates = date.into_iter().flat_map(|date| date.iter_days());
    let days = dates.map_while(|date| Some((date, hours.day(date).filter(|day| day.from < end)?)));
    for (date, day) in days {
        for layer in layers(hours, date, (day.from, day.to)) {
            push(&mut pieces, layer.from.max(start), layer.to.min(end), layer.why);
        }
    }
    push(&mut pieces, start.max(last), end, Why::Closed);
    pieces
}

/// The same pieces, what counts being cut where a pause lies; of several pauses the one that began first is named.
pub fn paused(pieces: Vec<Piece>, pauses: &[Pause]) -> Vec<Piece> {
    let closed = pauses.iter().enumerate().map(|(index, it)| (it.from, it.to.unwrap_or(i64::MAX), index));
    let mut pauses: Vec<(i64, i64, usize)> = closed.filter(|(from, to, _)| from < to).collect();
    pauses.sort_unstable_by_key(|(from, _, index)| (*from, *index));
    let mut cut = Vec::with_capacity(pieces.len());
    for Piece { mut from, to, why } in pieces {
        if why == Why::Counted {
            for &(stops, resumes, index) in pauses.iter().filter(|pause| pause.0 < to) {
                if resumes > from {
                    push(&mut cut, from, stops, Why::Counted);
                    push(&mut cut, from.max(stops), resumes.min(to), Why::Paused(index));
                    from = resumes.min(to);
                }
            }
        }
        push(&mut cut, from, to, why);
    }
    cut
}

/// `[start, end)` (Unix ms) by dates: the rest of the first, then working days and what is none.
pub fn of_dates(hours: &Hours, start: i64, end: i64) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut worked = 0;
    let dates = hours.date_of(start).into_iter().flat_map(|date| date.iter_days());
    let days = dates.map_while(|date| Some((date, hours.day(date).filter(|day| day.from < end)?)));
    for (date, day) in days {
        if day.from <= start {
            push(&mut pieces, start, day.to, Why::DayOfReceipt);
        } else if day.open.is_empty() {
            push(&mut pieces, day.from, day.to, closed_date(hours, date));
        } else {
            worked += 1;
            push(&mut pieces, day.from, day.to, Why::WorkingDay(worked));
        }
    }
    pieces
}

/// A date in pieces.
fn layers(hours: &Hours, date: NaiveDate, (from, to): (i64, i64)) -> Vec<Piece> {
    let calendar = hours.calendar();
    let own = calendar.dates.get(&date).is_some_and(|own| !own.is_empty());
    // What comes later covers what came before.
    let mut layers = vec![(from, to, whole_date(hours, date))];
    let mut lay = |stretches: Vec<(i64, i64)>, why: &Why| {
        layers.extend(stretches.into_iter().map(|(from, to)| (from, to, why.clone())));
    };
    if own {
        lay(hours.lay_out(date, calendar.weekly_hours(date)), &Why::OwnHoursClosed);
    }
    if calendar.breaks.contains_key(&date) {
        lay(hours.lay_out(date, calendar.uncut_hours(date)), &Why::Break);
    }
    lay(hours.day(date).map(|day| day.open.to_vec()).unwrap_or_default(), &Why::Counted);
    let mut cuts: Vec<i64> = layers.iter().flat_map(|layer| [layer.0, layer.1]).collect();
    cuts.sort_unstable();
    let mut pieces = Vec::new();
    for (from, to) in cuts.iter().zip(cuts.iter().skip(1)) {
        if let Some(top) = layers.iter().rev().find(|layer| layer.0 <= *from && *to <= layer.1) {
            push(&mut pieces, *from, *to, top.2.clone());
        }
    }
    pieces
}

/// What closes a date where nothing opens it.
fn whole_date(hours: &Hours, date: NaiveDate) -> Why {
    let calendar = hours.calendar();
    match (calendar.dates.get(&date), calendar.holiday(date)) {
        (Some(own), _) if own.is_empty() => Why::OwnHoursClosed,
        (None, Some(name)) => Why::Holiday(name.to_owned()),
        _ => Why::Closed,
    }
}

/// What closes a date that does not open at all.
fn closed_date(hours: &Hours, date: NaiveDate) -> Why {
    let uncut = hours.lay_out(date, hours.calendar().uncut_hours(date));
    if uncut.is_empty() { whole_date(hours, date) } else { Why::Break }
}

/// Adds a piece that is not empty; to the last one where it goes on, unless that is a holiday.
fn push(pieces: &mut Vec<Piece>, from: i64, to: i64, why: Why) {
    if from >= to {
        return;
    }
    match pieces.last_mut() {
        Some(last) if last.to == from && last.why == why && !matches!(why, Why::Holiday(_)) => last.to = to,
        _ => pieces.push(Piece { from, to, why }),
    }
}
