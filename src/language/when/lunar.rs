//! The first days of the Vietnamese lunar year, which is not always the Chinese one.

use chrono::{Days, NaiveDate};

/// The first day of each lunar year, with the days of the month before it.
const TET: &[(i32, u32, u32, u32)] = &[
    (2024, 2, 10, 30),
    (2025, 1, 29, 29),
    (2026, 2, 17, 29),
    (2027, 2, 6, 29),
    (2028, 1, 26, 29),
    (2029, 2, 13, 29),
    (2030, 2, 2, 29),
    (2031, 1, 23, 29),
    (2032, 2, 11, 29),
    (2033, 1, 31, 30),
    (2034, 2, 19, 30),
    (2035, 2, 8, 30),
    (2036, 1, 28, 30),
    (2037, 2, 15, 30),
    (2038, 2, 4, 30),
    (2039, 1, 24, 29),
    (2040, 2, 12, 29),
    (2041, 2, 1, 29),
    (2042, 1, 22, 30),
    (2043, 2, 10, 30),
    (2044, 1, 30, 30),
    (2045, 2, 17, 30),
    (2046, 2, 6, 30),
    (2047, 1, 26, 30),
    (2048, 2, 14, 30),
    (2049, 2, 2, 29),
    (2050, 1, 23, 29),
];

/// The days that lie so many days after the first of a lunar year, in their order.
pub(super) fn after_tet(days: u32) -> impl DoubleEndedIterator<Item = NaiveDate> {
    TET.iter().filter_map(move |(year, month, day, _)| {
        NaiveDate::from_ymd_opt(*year, *month, *day)?.checked_add_days(Days::new(days.into()))
    })
}

/// That day of the last lunar month of each year; where it has 29 days, the 30th is its last, as people say it.
pub(super) fn before_tet(day: u32) -> impl DoubleEndedIterator<Item = NaiveDate> {
    TET.iter().filter_map(move |(year, month, first, length)| {
        let before = length + 1 - day.min(*length);
        NaiveDate::from_ymd_opt(*year, *month, *first)?.checked_sub_days(Days::new(before.into()))
    })
}
