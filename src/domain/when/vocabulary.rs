//! The words about time, Vietnamese and English. Vietnamese ones are written with their marks and are found without.

use chrono::Weekday;

use super::piece::{Day, Lead, Month, Part, Piece};

use Piece::{Filler, Week, Whole};

const TODAY: Piece = Piece::Day(Day::Away(0));

/// Phrases that say the same wherever they stand.
pub(super) const PHRASES: &[(&str, &[Piece])] = &[
    ("am", &[Piece::Part(Part::First)]),
    ("pm", &[Piece::Part(Part::Second)]),
    ("rạng sáng|sáng sớm|early morning|early in the morning", &[Piece::Part(Part::Dawn)]),
    ("sáng|buổi sáng|đầu giờ sáng|cuối giờ sáng|morning|in the morning", &[Piece::Part(Part::Morning)]),
    ("trưa|buổi trưa|noon", &[Piece::Part(Part::Noon)]),
    (
        "chiều|buổi chiều|đầu giờ chiều|cuối giờ chiều|đầu buổi chiều|cuối buổi chiều|cuối chiều|đầu chiều|afternoon|in the afternoon",
        &[Piece::Part(Part::Afternoon)],
    ),
    ("tối|buổi tối|evening|in the evening", &[Piece::Part(Part::Evening)]),
    ("đêm|khuya|đêm khuya|night|at night|midnight", &[Piece::Part(Part::Night)]),
    (
        "cuối ngày|cuối giờ|end of day|end of the day|end of|eod|cob|close of business",
        &[Piece::Part(Part::Close)],
    ),
    ("tonight", &[Piece::Part(Part::Evening), TODAY]),
    ("this morning", &[Piece::Part(Part::Morning), TODAY]),
    ("this afternoon", &[Piece::Part(Part::Afternoon), TODAY]),
    ("this evening", &[Piece::Part(Part::Evening), TODAY]),
    ("hôm nay|ngày hôm nay|bữa nay|nay|today", &[TODAY]),
    ("mai|ngày mai|bữa mai|tomorrow|tmr|tmrw", &[Piece::Day(Day::Away(1))]),
    (
        "mốt|ngày mốt|bữa mốt|ngày kia|kia|day after tomorrow|the day after tomorrow",
        &[Piece::Day(Day::Away(2))],
    ),
    ("hôm qua|ngày hôm qua|bữa qua|yesterday", &[Piece::Day(Day::Away(-1))]),
    ("sáng qua", &[Piece::Part(Part::Morning), Piece::Day(Day::Away(-1))]),
    ("chiều qua", &[Piece::Part(Part::Afternoon), Piece::Day(Day::Away(-1))]),
    ("tối qua|đêm qua|last night", &[Piece::Part(Part::Evening), Piece::Day(Day::Away(-1))]),
    ("hôm kia|bữa kia|day before yesterday|the day before yesterday", &[Piece::Day(Day::Away(-2))]),
    ("tuần này|trong tuần|this week", &[Week(0)]),
    ("tuần sau|tuần tới|tuần kế|tuần kế tiếp|sang tuần|qua tuần|next week|the coming week", &[Week(1)]),
    ("tuần sau nữa|week after next|the week after next", &[Week(2)]),
    ("tuần trước|tuần rồi|tuần qua|last week", &[Week(-1)]),
    ("đầu tuần", &[Piece::Day(Day::WeekStart)]),
    ("đầu tuần này", &[Piece::Day(Day::WeekStart), Week(0)]),
    ("đầu tuần sau|đầu tuần tới|early next week", &[Piece::Day(Day::WeekStart), Week(1)]),
    ("cuối tuần|cuối tuần này|hết tuần|end of week|end of the week|eow", &[Piece::Day(Day::WeekEnd)]),
    ("cuối tuần sau|cuối tuần tới|end of next week", &[Piece::Day(Day::WeekEnd), Week(1)]),
    (
        "hết tháng|hết tháng này|trong tháng|trong tháng này",
        &[Whole, Piece::Day(Day::MonthLast(Month::Away(0)))],
    ),
    ("hết tháng sau|hết tháng tới", &[Whole, Piece::Day(Day::MonthLast(Month::Away(1)))]),
    ("weekend|at the weekend|the weekend|this weekend", &[Piece::Day(Day::Weekend)]),
    ("next weekend", &[Piece::Day(Day::Weekend), Week(1)]),
    ("hết|hết ngày|trong|trong ngày|nội trong ngày|ngay trong ngày|within|within the day", &[Whole]),
    ("từ nay|từ giờ|từ bây giờ|from now", &[Piece::Lead(Lead::From), Piece::Present]),
    ("từ|từ khoảng|từ lúc|from|between|giữa|trong khoảng|trong khoảng từ", &[Piece::Lead(Lead::From)]),
    (
        "lúc|vào|vào lúc|vào khoảng|khoảng|tầm|cỡ|by|at|on|about|around|at about|at around",
        &[Piece::Lead(Lead::At)],
    ),
    ("trước|trước khi|trước lúc|before", &[Piece::Lead(Lead::Before)]),
    ("tới|đến|cho đến|cho tới|until|till", &[Piece::Lead(Lead::Until)]),
    (
        "chậm nhất|chậm nhất là|muộn nhất|muộn nhất là|trễ nhất|trễ nhất là|no later than|not later than|latest|at the latest",
        &[Piece::Lead(Lead::Latest)],
    ),
    ("nhé|nha|nhe|nghen|ạ|dạ|vâng|hẹn|đúng|sharp|the|of|please", &[Filler]),
];

/// Weekdays by name; `thứ` and a number, `t2` to `t7` and the English `thu` have rules of their own.
pub(super) const WEEKDAYS: &[(&str, Weekday)] = &[
    ("chủ nhật|chúa nhật|cn|sunday|sun", Weekday::Sun),
    ("monday|mon", Weekday::Mon),
    ("tuesday|tue|tues", Weekday::Tue),
    ("wednesday|wed|weds", Weekday::Wed),
    ("thursday|thur|thurs", Weekday::Thu),
    ("friday|fri", Weekday::Fri),
    ("saturday|sat", Weekday::Sat),
];

/// What follows `thứ`.
pub(super) const VIETNAMESE_WEEKDAYS: &[(&str, u32)] =
    &[("hai", 2), ("ba", 3), ("tư", 4), ("năm", 5), ("sáu", 6), ("bảy|bẩy", 7)];

/// English months, and the two Vietnamese ones that are no numbers.
pub(super) const MONTHS: &[(&str, u32)] = &[
    ("january|jan", 1),
    ("february|feb", 2),
    ("march|mar", 3),
    ("april|apr", 4),
    ("may", 5),
    ("june|jun", 6),
    ("july|jul", 7),
    ("august|aug", 8),
    ("september|sept|sep", 9),
    ("october|oct", 10),
    ("november|nov", 11),
    ("december|dec", 12),
];

/// Numbers below twenty.
pub(super) const ONES: &[(&str, u32)] = &[
    ("một|mốt|one", 1),
    ("hai|two", 2),
    ("ba|three", 3),
    ("bốn|tư|four", 4),
    ("năm|lăm|nhăm|five", 5),
    ("sáu|six", 6),
    ("bảy|bẩy|seven", 7),
    ("tám|eight", 8),
    ("chín|nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("fifteen", 15),
];

/// English tens.
pub(super) const TENS: &[(&str, u32)] =
    &[("twenty", 20), ("thirty", 30), ("forty", 40), ("fifty", 50), ("sixty", 60), ("ninety", 90)];

/// What a span is counted in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Minute,
    Hour,
    /// `h`, `giờ`: hours, but `9h` is first of all nine o'clock.
    ClockHour,
    Day,
    Week,
    Month,
}

pub(super) const UNITS: &[(&str, Unit)] = &[
    ("phút|p|ph|min|mins|minute|minutes|m", Unit::Minute),
    ("tiếng|tiếng đồng hồ|hour|hours|hr|hrs", Unit::Hour),
    ("giờ|giờ đồng hồ|h|g", Unit::ClockHour),
    ("ngày|day|days|d", Unit::Day),
    ("tuần|week|weeks|wk|wks", Unit::Week),
    ("tháng|month|months", Unit::Month),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fold::accented;

    #[test]
    fn the_words_are_written_as_typed_words_are_kept() {
        fn keys<T>(table: &[(&'static str, T)]) -> Vec<&'static str> {
            table.iter().map(|(phrases, _)| *phrases).collect()
        }
        let all =
            [keys(PHRASES), keys(WEEKDAYS), keys(ONES), keys(UNITS), keys(VIETNAMESE_WEEKDAYS)].concat();
        for phrases in all {
            assert_eq!(accented(phrases), phrases);
        }
    }
}
