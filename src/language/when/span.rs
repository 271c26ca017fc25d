//! Reads lengths of time from now: `2 tiếng nữa`, `trong vòng 24h`, `sau 1h30`, `in half an hour`, `a week from now`.

use super::clock::{HALF, clocks, numbers};
use super::piece::{Form, Span, Way};
use super::vocabulary::{UNITS, Unit};
use super::words::Words;

/// A length that nobody promises in any unit; it keeps sums small.
const MOST: u32 = 100_000;

/// How the words before a span begin it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Opening {
    None,
    Within,
    /// `cách đây`: so long ago.
    Ago,
    /// `sau`, `after`: before an hour it may mean the clock.
    After,
}

const OPENINGS: &[(&str, Opening)] = &[
    (
        "trong|trong vòng|trong khoảng|trong vòng khoảng|in|in about|within|within the next|in the next|the next|next",
        Opening::Within,
    ),
    ("sau|sau khoảng|sau đúng|after", Opening::After),
    ("cách đây|cách nay|cách đây khoảng", Opening::Ago),
];

/// `nửa` is how `nữa` is often spelled.
const CLOSINGS: &str = "nữa|nửa|sau|from now|later|time|tiếp theo";
const CLOSINGS_AGO: &str = "trước|trước đây|trc|ago";
/// What closes a length that has gone by until now; `8h nay` is eight o'clock today.
const CLOSINGS_TILL_NOW: &str = "nay|rồi|qua|now";

/// All words of this file's own.
pub(super) fn phrases() -> Vec<&'static str> {
    let openings = OPENINGS.iter().map(|(phrases, _)| *phrases);
    let others =
        [CLOSINGS, CLOSINGS_AGO, CLOSINGS_TILL_NOW, AROUND, ENDINGS, "nửa|half|and a half|a|an|a couple of"];
    openings.chain(others).collect()
}

/// A length in halves of a unit, and how it was counted.
#[derive(Clone, Copy)]
struct Amount {
    halves: u32,
    unit: Unit,
}

/// Every span that can be read here, with the position after it.
pub(super) fn spans(words: &Words, at: usize) -> Vec<(Span, usize)> {
    let openings = words.lookup(at, OPENINGS).map(|(opening, next)| (*opening, next));
    let mut found = Vec::new();
    for (opening, from) in openings.chain([(Opening::None, at)]) {
        for (first, next) in amounts(words, from) {
            let mut read = vec![(vec![first], next)];
            read.extend(smaller(words, first.unit, next).map(|(second, next)| (vec![first, second], next)));
            for (amounts, next) in read {
                found.extend(closed(words, opening, from, &amounts, next));
            }
        }
    }
    found
}

/// The span with what closes it, if its words say clearly enough that it is one.
fn closed(
    words: &Words,
    opening: Opening,
    from: usize,
    amounts: &[Amount],
    next: usize,
) -> Option<(Span, usize)> {
    let mut span = total(amounts)?;
    span.way = match opening {
        Opening::None => Way::Unsaid,
        Opening::Within | Opening::After => Way::Ahead,
        Opening::Ago => Way::Ago,
    };
    let is_clock_like = amounts.first().is_some_and(|first| first.unit == Unit::ClockHour);
    if let Some(end) = words.any(next, CLOSINGS).filter(|_| opening != Opening::Ago) {
        return Some((Span { way: Way::Ahead, ..span }, end));
    }
    let till_now = words.any(next, CLOSINGS_TILL_NOW).filter(|_| !is_clock_like);
    if let Some(end) = words.any(next, CLOSINGS_AGO).or(till_now).filter(|_| span.way != Way::Ahead) {
        return Some((Span { way: Way::Ago, ..span }, end));
    }
    // `8h toi` is eight in the evening: `tới` closes only what is a span already.
    if let Some(end) = words.any(next, "tới")
        && (opening == Opening::Within || !is_clock_like)
    {
        return Some((Span { way: Way::Ahead, ..span }, end));
    }
    if opening == Opening::After && is_clock_like {
        let here =
            clocks(words, from).into_iter().find(|(clock, end)| *end == next && clock.form != Form::Lone);
        span.or_clock = here.map(|(clock, _)| clock).filter(|clock| clock.hour < 24);
    }
    (opening != Opening::None || !is_clock_like).then_some((span, next))
}

/// A number with its unit.
fn amounts(words: &Words, at: usize) -> Vec<(Amount, usize)> {
    let units = |at: usize| {
        let minutes = words.sign(at, '\'').map(|next| (Unit::Minute, next));
        words.lookup(at, UNITS).map(|(unit, next)| (*unit, next)).chain(minutes)
    };
    let mut found = Vec::new();
    if let Some(next) = words.any(at, "nửa|nữa|half|half a|half an") {
        found.extend(units(next).map(|(unit, next)| (Amount { halves: 1, unit }, next)));
    }
    // `tiếng rưỡi nữa`: one is understood.
    found.extend(units(at).filter_map(|(unit, next)| {
        (unit == Unit::Hour).then_some((Amount { halves: 3, unit }, words.any(next, HALF)?))
    }));
    let one = words.any(at, "a|an").map(|next| (1, next));
    let two = words.any(at, "a couple of|a couple|couple of").map(|next| (2, next));
    for (number, next) in
        numbers(words, at).into_iter().chain(one).chain(two).filter(|(number, _)| *number <= MOST)
    {
        let half = words.any(next, "and a half").or_else(|| decimal_half(words, next));
        let next = half.unwrap_or(next);
        let halves = 2 * number + u32::from(half.is_some());
        for (unit, next) in units(next) {
            found.push((Amount { halves, unit }, next));
            if let Some(next) = words.any(next, "rưỡi|rưởi|and a half")
                && half.is_none()
            {
                found.push((Amount { halves: halves + 1, unit }, next));
            }
        }
    }
    found
}

/// `.5` and `,5`.
fn decimal_half(words: &Words, at: usize) -> Option<usize> {
    let point = words.sign(at, '.').or_else(|| words.sign(at, ','))?;
    let fraction = words.digits(point)?;
    (fraction.value == 5 && fraction.length == 1).then_some(point + 1)
}

/// What may follow a larger unit: `1 tiếng 30 phút`, `1h30`, `1 ngày 2 tiếng`.
fn smaller(words: &Words, unit: Unit, at: usize) -> impl Iterator<Item = (Amount, usize)> {
    let from = words.skip(at, "and|và");
    let fits = move |second: Unit| match unit {
        Unit::Hour | Unit::ClockHour => second == Unit::Minute,
        Unit::Day => matches!(second, Unit::Hour | Unit::ClockHour),
        _ => false,
    };
    let said = amounts(words, from).into_iter().filter(move |(second, _)| fits(second.unit));
    let minutes =
        words.digits(at).filter(|digits| fits(Unit::Minute) && digits.length == 2 && digits.value < 60);
    said.chain(minutes.map(|digits| (Amount { halves: 2 * digits.value, unit: Unit::Minute }, at + 1)))
}

/// The amounts together; None for nothing, and for halves of what has none.
fn total(amounts: &[Amount]) -> Option<Span> {
    let mut span = Span::default();
    for Amount { halves, unit } in amounts.iter().copied() {
        let whole = halves / 2;
        match (unit, halves % 2) {
            (Unit::Minute, 0) => span.minutes += whole,
            (Unit::Hour | Unit::ClockHour, _) => span.minutes += 30 * halves,
            (Unit::Day, half) => {
                span.days += whole;
                span.minutes += half * 12 * 60;
            }
            (Unit::WorkingDay, 0) => span.working_days += whole,
            (Unit::Week, 0) => span.days += 7 * whole,
            (Unit::Fortnight, 0) => span.days += 14 * whole,
            (Unit::Month, 0) => span.months += whole,
            _ => return None,
        }
    }
    (span.months + span.days + span.minutes + span.working_days > 0).then_some(span)
}

/// What may stand around a length.
const AROUND: &str = "khoảng|tầm|cỡ|độ|chừng|đúng|about|for|for about|around|trong|trong vòng|trong khoảng|sau|in|thêm|another";
const ENDINGS: &str = "nữa|nửa|nhé|nha|nhe|ạ|thôi|please|from now|more";

/// The phrase as a length and nothing else (ms): `2 tiếng`, `30p`, `1h30`, `nửa tiếng nữa`. Days are of 24 hours here; months
/// and working days have no length of their own.
pub(super) fn length(words: &Words) -> Option<i64> {
    let from = words.skip(0, AROUND);
    let all = amounts(words, from).into_iter().flat_map(|(first, next)| {
        let alone = std::iter::once((vec![first], next));
        alone.chain(smaller(words, first.unit, next).map(move |(second, next)| (vec![first, second], next)))
    });
    let ends = |at: usize| {
        let mut at = at;
        while let Some(next) = words.any(at, ENDINGS) {
            at = next;
        }
        at == words.len()
    };
    let mut lengths: Vec<i64> = all
        .filter(|(_, next)| ends(*next))
        .filter_map(|(amounts, _)| total(&amounts))
        .filter(|span| span.months == 0 && span.working_days == 0)
        .map(|span| 60_000 * (i64::from(span.days) * 24 * 60 + i64::from(span.minutes)))
        .collect();
    lengths.sort_unstable();
    lengths.dedup();
    match lengths.as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}
