//! Reads days: weekdays (`thứ Ba`, `t6`, `next Friday`) and dates (`24/11`, `ngày 5 tháng sau`, `Nov 24th`, `cuối tháng`).

use chrono::Weekday;

use super::clock::numbers;
use super::piece::{Day, Month, Piece, Turn};
use super::vocabulary::{MONTHS, VIETNAMESE_WEEKDAYS, WEEKDAYS};
use super::words::Words;

const DAY_WORDS: &str = "ngày|ngày mùng|ngày mồng|mùng|mồng";
const ORDINALS: &str = "st|nd|rd|th";

const TURNS_BEFORE: &[(&str, Turn)] =
    &[("this|coming|this coming", Turn::Coming), ("next", Turn::Next), ("last", Turn::Last)];
const TURNS_AFTER: &[(&str, Turn)] =
    &[("này", Turn::Coming), ("tới|sắp tới", Turn::AfterToday), ("rồi|vừa rồi|vừa qua", Turn::Last)];

/// The months that are named by their distance.
const MONTHS_AWAY: &[(&str, u32)] =
    &[("tháng này|of this month|this month", 0), ("tháng sau|tháng tới|of next month|next month", 1)];

const TET: &str = "tết|tết ta|tết này|tết âm|tết âm lịch|tết nguyên đán";

/// One end of a month.
type MonthEnd = fn(Month) -> Day;

const MONTH_ENDS: &[(&str, MonthEnd)] = &[
    ("đầu tháng", Day::MonthFirst),
    ("cuối tháng|end of month|end of the month|the end of the month|month end|eom", Day::MonthLast),
];

/// All words of this file's own.
pub(super) fn phrases() -> Vec<&'static str> {
    fn of<T>(table: &[(&'static str, T)]) -> impl Iterator<Item = &'static str> {
        table.iter().map(|(phrases, _)| *phrases)
    }
    of(TURNS_BEFORE)
        .chain(of(TURNS_AFTER))
        .chain(of(MONTHS_AWAY))
        .chain(of(MONTH_ENDS))
        .chain([DAY_WORDS, ORDINALS, TET, "thứ|t|thu|tháng|giêng|chạp|năm|end of next month"])
        .collect()
}

/// Every weekday that can be read here, with the position after it.
pub(super) fn weekdays(words: &Words, at: usize) -> Vec<(Piece, usize)> {
    let at = words.skip(at, "ngày");
    let mut found = Vec::new();
    for (weekday, next) in weekday_names(words, at) {
        found.push((Piece::Weekday(weekday, Turn::Coming), next));
        let turns = words.lookup(next, TURNS_AFTER);
        found.extend(turns.map(|(turn, next)| (Piece::Weekday(weekday, *turn), next)));
    }
    for (turn, next) in words.lookup(at, TURNS_BEFORE) {
        let named = weekday_names(words, next).into_iter();
        found.extend(named.map(|(weekday, next)| (Piece::Weekday(weekday, *turn), next)));
    }
    found
}

fn weekday_names(words: &Words, at: usize) -> Vec<(Weekday, usize)> {
    let mut found: Vec<(Weekday, usize)> =
        words.lookup(at, WEEKDAYS).map(|(weekday, next)| (*weekday, next)).collect();
    let Some(next) = words.any(at, "thứ|t") else { return found };
    let in_digits =
        words.digits(next).filter(|digits| digits.length == 1).map(|digits| (digits.value, next + 1));
    let in_words = words.lookup(next, VIETNAMESE_WEEKDAYS).map(|(number, next)| (*number, next));
    let numbered: Vec<(Weekday, usize)> = in_digits
        .into_iter()
        .chain(in_words.filter(|_| words.any(at, "thứ").is_some()))
        .filter_map(|(number, next)| Some((vietnamese_weekday(number)?, next)))
        .collect();
    // "thu 6" is thứ 6; only where the number is an hour ("thu 5pm") can it be the English Thursday.
    let is_hour = |(_, next): &(Weekday, usize)| {
        words.any(*next, "h|g|giờ|am|pm").is_some() || words.sign(*next, ':').is_some()
    };
    if words.any(at, "thu").is_some() && numbered.iter().all(is_hour) {
        found.push((Weekday::Thu, next));
    }
    found.extend(numbered);
    found
}

/// The Vietnamese count the days from Sunday, the first; Monday is `thứ Hai`.
fn vietnamese_weekday(number: u32) -> Option<Weekday> {
    let from_monday = number.checked_sub(2).filter(|days| *days < 6)?;
    Weekday::try_from(u8::try_from(from_monday).ok()?).ok()
}

/// Every date that can be read here, with the position after it.
pub(super) fn dates(words: &Words, at: usize) -> Vec<(Day, usize)> {
    let mut found = Vec::new();
    found.extend(iso(words, at));
    found.extend(in_signs(words, words.skip(at, DAY_WORDS)));
    found.extend(in_vietnamese(words, at));
    found.extend(in_english(words, at));
    found.extend(month_ends(words, at));
    found.retain(|(day, _)| match day {
        Day::Date { day, month, .. } => (1..=31).contains(day) && (1..=12).contains(month),
        Day::OfMonth { day, .. } => (1..=31).contains(day),
        Day::MonthFirst(Month::Named(month)) | Day::MonthLast(Month::Named(month)) => {
            (1..=12).contains(month)
        }
        _ => true,
    });
    found
}

/// `2026-11-24`, also with the `T` that stands before an hour.
fn iso(words: &Words, at: usize) -> Option<(Day, usize)> {
    let year = four_digits(words, at)?;
    let month = words.sign(at + 1, '-')?;
    let day = words.sign(month + 1, '-')?;
    let date =
        Day::Date { day: words.digits(day)?.value, month: words.digits(month)?.value, year: Some(year) };
    let next = words.any(day + 1, "t").filter(|next| words.is_glued(*next) && words.digits(*next).is_some());
    Some((date, next.unwrap_or(day + 1)))
}

/// `24/11`, `24-11`, `24/11/2026`, `24.11.2026`: the day first. Points without a year can be an hour.
fn in_signs(words: &Words, at: usize) -> Vec<(Day, usize)> {
    let read = |sign: char| -> Option<(Day, usize)> {
        let short =
            |at: usize| words.digits(at).filter(|digits| digits.length <= 2).map(|digits| digits.value);
        let month_at = words.sign(at + 1, sign)?;
        let (day, month, next) = (short(at)?, short(month_at)?, month_at + 1);
        let signed = words.sign(next, sign).and_then(|at| {
            let year = four_digits(words, at).or_else(|| Some(2000 + short(at)?.cast_signed()))?;
            Some((year, at + 1))
        });
        let year = signed.or_else(|| year_after(words, next, "năm"));
        if sign == '.' && year.is_none() {
            return None;
        }
        Some((
            Day::Date { day, month, year: year.map(|(year, _)| year) },
            year.map_or(next, |(_, next)| next),
        ))
    };
    ['/', '-', '.'].into_iter().filter_map(read).collect()
}

/// `24 tháng 11`, `ngày 24 tháng 11 năm 2026`, `mùng 5`, `ngày 5 tháng sau`.
fn in_vietnamese(words: &Words, at: usize) -> Vec<(Day, usize)> {
    let marked = words.any(at, DAY_WORDS);
    let mut found = Vec::new();
    for (day, next) in numbers(words, marked.unwrap_or(at)) {
        if let Some(month_at) = words.any(next, "tháng") {
            for (month, next) in months(words, month_at) {
                found.extend(with_year(words, day, month, next, "năm"));
            }
        }
        if let Some(next) = words.any(next, TET) {
            match day {
                1..=10 => found.push((Day::Tet(day - 1), next)),
                20..=30 => found.push((Day::BeforeTet(day), next)),
                _ => {}
            }
            continue;
        }
        if marked.is_some() {
            found.push((Day::OfMonth { day, away: None }, words.skip(next, "này|tới")));
            let away = words.lookup(next, MONTHS_AWAY);
            found.extend(away.map(|(away, next)| (Day::OfMonth { day, away: Some(*away) }, next)));
        }
    }
    found
}

/// The month after `tháng`.
fn months(words: &Words, at: usize) -> Vec<(u32, usize)> {
    let special =
        words.lookup(at, &[("giêng", 1), ("tư", 4), ("chạp", 12)]).map(|(month, next)| (*month, next));
    // "thang sau" is next month: June is written with its number.
    let numbered = numbers(words, at).into_iter().filter(|_| words.any(at, "sau").is_none());
    numbered.chain(special).collect()
}

/// `24 Nov`, `24th of November 2026`, `November 24th`, `the 24th`.
fn in_english(words: &Words, at: usize) -> Vec<(Day, usize)> {
    let mut found = Vec::new();
    if let Some(day) = words.digits(at).filter(|digits| digits.length <= 2) {
        let ordinal = words.any(at + 1, ORDINALS).filter(|_| words.is_glued(at + 1));
        let next = ordinal.unwrap_or(at + 1);
        for (month, next) in words.lookup(words.skip(next, "of"), MONTHS) {
            found.extend(with_year(words, day.value, *month, next, ""));
        }
        if ordinal.is_some() {
            found.push((Day::OfMonth { day: day.value, away: None }, next));
            let away = words.lookup(next, MONTHS_AWAY);
            found.extend(away.map(|(away, next)| (Day::OfMonth { day: day.value, away: Some(*away) }, next)));
        }
    }
    for (month, next) in words.lookup(at, MONTHS) {
        let next = words.skip(next, "the");
        if let Some(day) = words.digits(next).filter(|digits| digits.length <= 2) {
            let ordinal = words.any(next + 1, ORDINALS).filter(|_| words.is_glued(next + 1));
            found.extend(with_year(words, day.value, *month, ordinal.unwrap_or(next + 1), ""));
        }
    }
    found
}

fn month_ends(words: &Words, at: usize) -> Vec<(Day, usize)> {
    let mut found = Vec::new();
    for (end, next) in words.lookup(at, MONTH_ENDS) {
        found.push((end(Month::Away(0)), words.skip(next, "này")));
        found.extend(words.any(next, "sau|tới").map(|next| (end(Month::Away(1)), next)));
        found.extend(months(words, next).into_iter().map(|(month, next)| (end(Month::Named(month)), next)));
    }
    if let Some(next) = words.any(at, "end of next month") {
        found.push((Day::MonthLast(Month::Away(1)), next));
    }
    found
}

/// The date without a year and, if one follows, with it.
fn with_year(
    words: &Words,
    day: u32,
    month: u32,
    next: usize,
    year_word: &str,
) -> impl Iterator<Item = (Day, usize)> {
    let year = year_after(words, next, year_word);
    [
        Some((Day::Date { day, month, year: None }, next)),
        year.map(|(year, next)| (Day::Date { day, month, year: Some(year) }, next)),
    ]
    .into_iter()
    .flatten()
}

fn year_after(words: &Words, at: usize, year_word: &str) -> Option<(i32, usize)> {
    let from = words.sign(at, ',').unwrap_or(at);
    let from = words.sign(from, '/').unwrap_or_else(|| words.skip(from, year_word));
    Some((four_digits(words, from)?, from + 1))
}

fn four_digits(words: &Words, at: usize) -> Option<i32> {
    words.digits(at).filter(|digits| digits.length == 4).map(|digits| digits.value.cast_signed())
}
