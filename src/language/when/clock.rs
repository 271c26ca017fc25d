//! Reads numbers and hours of the clock: `9h30`, `5 giờ kém 15`, `9 rưỡi`, `half past five`, `nửa đêm`.

use super::piece::{Clock, Form};
use super::vocabulary::{AFTER_TENS, ENGLISH_ONES, ONES, TENS};
use super::words::Words;

const HOUR_WORDS: &str = "h|g|giờ";
const MINUTE_WORDS: &str = "phút|p|ph";
/// Half an hour; also as it is often spelled.
pub(super) const HALF: &str = "rưỡi|rưởi|rưỡy";

/// Hours with names of their own. Midnight is the end of the day that is named, as `12h đêm` is.
const NAMED: &[(&str, u32)] = &[("noon|midday|giữa trưa", 12), ("midnight|nửa đêm", 24)];

/// The English ways to name an hour by the one before or after it.
const AROUND: &[(&str, i32)] =
    &[("half past", 30), ("quarter past|a quarter past", 15), ("quarter to|a quarter to", -15)];

/// All words of this file's own.
pub(super) fn phrases() -> Vec<&'static str> {
    fn of<T>(table: &[(&'static str, T)]) -> impl Iterator<Item = &'static str> {
        table.iter().map(|(phrases, _)| *phrases)
    }
    of(NAMED)
        .chain(of(AROUND))
        .chain([HOUR_WORDS, MINUTE_WORDS, HALF, "mười|mươi|chục|kém|past|o'clock|oclock"])
        .collect()
}

/// Every number that can be read here, in digits or words, with the position after it.
///
/// `mốt`, `tư` and `lăm` are 1, 4 and 5 only after tens (`hai mươi mốt`, `hai lăm`): alone `mốt` is a day.
pub(super) fn numbers(words: &Words, at: usize) -> Vec<(u32, usize)> {
    if let Some(digits) = words.digits(at) {
        return vec![(digits.value, at + 1)];
    }
    let ones = |at: usize| {
        let both = words.lookup(at, ONES).chain(words.lookup(at, ENGLISH_ONES));
        both.map(|(one, next)| (*one, next)).collect::<Vec<(u32, usize)>>()
    };
    let after_tens = |at: usize| words.lookup(at, AFTER_TENS).map(|(one, next)| (*one, next));
    let mut found = ones(at);
    let mut tens: Vec<(u32, usize)> = words.lookup(at, TENS).map(|(ten, next)| (*ten, next)).collect();
    if let Some(next) = words.any(at, "mười|chục") {
        tens.push((10, next));
    }
    let counted: Vec<(u32, usize)> = found.iter().copied().filter(|(one, _)| *one < 10).collect();
    tens.extend(counted.iter().filter_map(|(one, next)| Some((10 * one, words.any(*next, "mươi|chục")?))));
    for (one, next) in counted.into_iter().filter(|(one, _)| *one > 1) {
        found.extend(after_tens(next).map(|(last, next)| (10 * one + last, next)));
    }
    for (ten, next) in tens {
        found.push((ten, next));
        let last = ones(next).into_iter().chain(after_tens(next));
        found.extend(last.filter(|(one, _)| *one < 10).map(|(one, next)| (ten + one, next)));
    }
    found
}

/// Every hour of the clock that can be read here.
pub(super) fn clocks(words: &Words, at: usize) -> Vec<(Clock, usize)> {
    let mut found: Vec<(Clock, usize)> = words
        .lookup(at, NAMED)
        .map(|(hour, next)| (Clock { hour: *hour, minutes: 0, form: Form::Clear }, next))
        .collect();
    for (minutes, next) in words.lookup(at, AROUND) {
        let hours = numbers(words, next).into_iter();
        found.extend(hours.map(|(hour, next)| (Clock { hour, minutes: *minutes, form: Form::Bare }, next)));
    }
    for (hour, next) in numbers(words, at) {
        found.extend(after_hour(words, at, hour, next));
        // "ten past five"
        let past = words.any(next, "past").filter(|_| hour < 60);
        for (named, next) in past.into_iter().flat_map(|next| numbers(words, next)) {
            let clock = Clock { hour: named, minutes: hour.cast_signed(), form: Form::Bare };
            found.push((clock, words.skip(next, "o'clock|oclock")));
        }
    }
    found.retain(|(clock, _)| is_on_the_clock(*clock));
    found
}

/// What an hour can be, from what follows its number.
fn after_hour(words: &Words, at: usize, hour: u32, next: usize) -> Vec<(Clock, usize)> {
    let digits = words.digits(at);
    let leading_zero = digits.is_some_and(|digits| digits.leading_zero);
    let bare = if leading_zero { Form::Clear } else { Form::Bare };
    let clock = |minutes: i32, form: Form| Clock { hour, minutes, form };

    if let Some(colon) = words.sign(next, ':') {
        let minutes = words.digits(colon).filter(|minutes| minutes.length == 2);
        // Two digits before the colon are how a 24-hour clock is written.
        let form = if digits.is_some_and(|digits| digits.length == 2) { Form::Clear } else { Form::Bare };
        // Seconds are read and left away: nothing is due to the second.
        let seconds = words
            .sign(colon + 1, ':')
            .filter(|at| words.digits(*at).is_some_and(|seconds| seconds.length == 2 && seconds.value < 60));
        let end = seconds.map_or(colon + 1, |at| at + 1);
        return minutes.map(|minutes| (clock(minutes.value.cast_signed(), form), end)).into_iter().collect();
    }
    let is_english = words.lookup(at, ENGLISH_ONES).next().is_some();
    let lone = if digits.is_some() || is_english { Form::Lone } else { Form::Spelled };
    let mut found = vec![(clock(0, lone), next)];
    if let Some(next) = words.any(next, "o'clock|oclock") {
        found.push((clock(0, Form::Bare), next));
    }
    let unit = words.any(next, HOUR_WORDS);
    let from = unit.unwrap_or(next);
    if let Some(next) = unit {
        found.push((clock(0, bare), next));
        found.extend(minutes(words, next).into_iter().map(|(minutes, next)| (clock(minutes, bare), next)));
    }
    found.extend(words.any(from, HALF).map(|next| (clock(30, bare), next)));
    if let Some(from) = words.any(from, "kém") {
        let less = numbers(words, from).into_iter();
        found.extend(
            less.map(|(less, next)| (clock(-less.cast_signed(), bare), skip_minute_word(words, next))),
        );
    }
    found
}

/// The minutes after `giờ`. A small number in words needs `phút`: in `9h mot` it is the day after tomorrow.
fn minutes(words: &Words, at: usize) -> Vec<(i32, usize)> {
    let said = |(minutes, next): (u32, usize)| {
        let end = skip_minute_word(words, next);
        let is_plain = words.digits(at).is_some_and(|digits| digits.length <= 2) || minutes >= 10;
        (is_plain || end > next).then_some((minutes.cast_signed(), end))
    };
    numbers(words, at).into_iter().filter_map(said).collect()
}

fn skip_minute_word(words: &Words, at: usize) -> usize {
    words.sign(at, '\'').unwrap_or_else(|| words.skip(at, MINUTE_WORDS))
}

/// From 0:00 to 24:00.
fn is_on_the_clock(clock: Clock) -> bool {
    let total = i64::from(clock.hour) * 60 + i64::from(clock.minutes);
    (-59..60).contains(&clock.minutes) && (0..=24 * 60).contains(&total)
}
