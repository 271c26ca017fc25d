//! The words about time, Vietnamese and English. Vietnamese ones are written with their marks and are found without.

use chrono::Weekday;

use super::piece::{Day, Lead, Month, Part, Piece, Span};

use Piece::{Filler, Week, Whole};

const TODAY: Piece = Piece::Day(Day::Away(0));

const NEXT_WORKING_DAY: Piece = Piece::Span(Span { working_days: 1, ..Span::NOTHING });
const HOUR_AHEAD: Piece = Piece::Span(Span { minutes: 60, ..Span::NOTHING });

/// Phrases that say the same wherever they stand.
pub(super) const PHRASES: &[(&str, &[Piece])] = &[
    ("am", &[Piece::Part(Part::First)]),
    ("pm", &[Piece::Part(Part::Second)]),
    (
        "rạng sáng|sáng sớm|tờ mờ sáng|tinh mơ|early morning|early in the morning|dawn|at dawn",
        &[Piece::Part(Part::Dawn)],
    ),
    (
        "sáng|buổi sáng|đầu giờ sáng|cuối giờ sáng|đầu buổi sáng|cuối buổi sáng|giữa buổi sáng|morning|in the morning|first thing|first thing in the morning",
        &[Piece::Part(Part::Morning)],
    ),
    ("trưa|buổi trưa|noon|lunchtime|lunch time|at lunchtime", &[Piece::Part(Part::Noon)]),
    (
        "chiều|chìu|buổi chiều|đầu giờ chiều|đầu buổi chiều|giữa buổi chiều|đầu chiều|xế chiều|afternoon|in the afternoon",
        &[Piece::Part(Part::Afternoon)],
    ),
    (
        "cuối giờ chiều|cuối buổi chiều|cuối chiều|late afternoon|late in the afternoon",
        &[Piece::Part(Part::LateAfternoon)],
    ),
    ("tối|buổi tối|chập tối|evening|in the evening", &[Piece::Part(Part::Evening)]),
    ("đêm|khuya|đêm khuya|ban đêm|night|at night|midnight", &[Piece::Part(Part::Night)]),
    ("cuối ngày|cuối giờ|end of day|end of the day|end of|eod", &[Piece::Part(Part::Close)]),
    (
        "hết giờ|hết giờ hành chính|cuối giờ hành chính|trong giờ hành chính|hết giờ làm|hết giờ làm việc|cuối giờ làm việc|trong giờ làm việc|hết ngày làm việc|cuối ngày làm việc|tan sở|tan làm|giờ tan sở|giờ tan tầm|end of business|end of business day|end of the business day|end of working day|end of the working day|end of work|end of office hours|close of business|close of play|closing time|cob|eob",
        &[Piece::OfficeCloses],
    ),
    (
        "giờ này|vào giờ này|tầm này|lúc này|cùng giờ|cùng giờ này|đúng giờ này|this time|at this time|same time|the same time|at the same time",
        &[Piece::SameTime],
    ),
    ("tonight|tonite", &[Piece::Part(Part::Evening), TODAY]),
    ("this morning", &[Piece::Part(Part::Morning), TODAY]),
    ("this afternoon", &[Piece::Part(Part::Afternoon), TODAY]),
    ("this evening", &[Piece::Part(Part::Evening), TODAY]),
    ("hôm nay|ngày hôm nay|bữa nay|nay|hnay|h nay|hum nay|hôm ni|bữa ni|today", &[TODAY]),
    ("mai|mơi|ngày mai|bữa mai|ngmai|nmai|tomorrow|tmr|tmrw|tmw|tomo|tomoro", &[Piece::Day(Day::Away(1))]),
    (
        "mốt|ngày mốt|bữa mốt|ngày kia|kia|day after tomorrow|the day after tomorrow",
        &[Piece::Day(Day::Away(2))],
    ),
    (
        "mai mốt|mai hoặc mốt|mai hay mốt|ngày mai ngày mốt|tomorrow or the day after",
        &[Piece::Day(Day::Soon)],
    ),
    ("hôm qua|ngày hôm qua|bữa qua|hqua|h qua|hum qua|yesterday", &[Piece::Day(Day::Away(-1))]),
    ("sáng qua", &[Piece::Part(Part::Morning), Piece::Day(Day::Away(-1))]),
    ("trưa qua", &[Piece::Part(Part::Noon), Piece::Day(Day::Away(-1))]),
    ("chiều qua", &[Piece::Part(Part::Afternoon), Piece::Day(Day::Away(-1))]),
    ("tối qua|đêm qua|last night", &[Piece::Part(Part::Evening), Piece::Day(Day::Away(-1))]),
    (
        "hôm kia|bữa kia|hôm trước hôm qua|day before yesterday|the day before yesterday",
        &[Piece::Day(Day::Away(-2))],
    ),
    ("tuần này|trong tuần|nội trong tuần|this week", &[Week(0)]),
    (
        "tuần sau|tuần tới|tuần kế|tuần kế tiếp|tuần tiếp theo|sang tuần|qua tuần|next week|nxt week|the coming week",
        &[Week(1)],
    ),
    ("tuần sau nữa|tuần tới nữa|tuần kế nữa|week after next|the week after next", &[Week(2)]),
    ("tuần trước|tuần trc|tuần rồi|tuần qua|last week", &[Week(-1)]),
    ("đầu tuần", &[Piece::Day(Day::WeekStart)]),
    ("đầu tuần này", &[Piece::Day(Day::WeekStart), Week(0)]),
    ("đầu tuần sau|đầu tuần tới|early next week", &[Piece::Day(Day::WeekStart), Week(1)]),
    ("giữa tuần sau|giữa tuần tới|mid next week|middle of next week", &[Piece::Day(Day::MidWeek), Week(1)]),
    (
        "cuối tuần|cuối tuần này|hết tuần|hết tuần này|end of week|end of the week|eow",
        &[Piece::Day(Day::WeekEnd)],
    ),
    ("cuối tuần sau|cuối tuần tới|hết tuần sau|end of next week", &[Piece::Day(Day::WeekEnd), Week(1)]),
    (
        "hết tháng|hết tháng này|trong tháng|trong tháng này",
        &[Whole, Piece::Day(Day::MonthLast(Month::Away(0)))],
    ),
    ("hết tháng sau|hết tháng tới", &[Whole, Piece::Day(Day::MonthLast(Month::Away(1)))]),
    ("cuối năm|cuối năm nay|end of the year|end of year", &[Piece::Day(Day::YearLast)]),
    ("weekend|at the weekend|the weekend|this weekend", &[Piece::Day(Day::Weekend)]),
    ("next weekend", &[Piece::Day(Day::Weekend), Week(1)]),
    ("giao thừa|đêm giao thừa|tất niên", &[Piece::Day(Day::BeforeTet(30))]),
    (
        "tết dương lịch|tết tây|tết dương|new year's day|new years day",
        &[Piece::Day(Day::Date { day: 1, month: 1, year: None })],
    ),
    (
        "ngày làm việc tới|ngày làm việc kế tiếp|ngày làm việc tiếp theo|ngày làm việc sau|next working day|next business day|the next working day|the next business day",
        &[NEXT_WORKING_DAY],
    ),
    ("within the hour|in the next hour|within the next hour", &[HOUR_AHEAD]),
    (
        "hết|hết ngày|trong|trong ngày|nội|nội trong|nội trong ngày|ngay trong|ngay trong ngày|within|within the day",
        &[Whole],
    ),
    ("từ nay|từ giờ|từ bây giờ|from now", &[Piece::Lead(Lead::From), Piece::Present]),
    ("từ|từ khoảng|từ lúc|from|between|giữa|trong khoảng|trong khoảng từ", &[Piece::Lead(Lead::From)]),
    (
        "lúc|vào|vào lúc|vào khoảng|khoảng|tầm|cỡ|độ|chừng|by|at|on|about|around|at about|at around|since",
        &[Piece::Lead(Lead::At)],
    ),
    ("trước|trc|trươc|trước khi|trước lúc|trc khi|before", &[Piece::Lead(Lead::Before)]),
    ("tới|đến|cho đến|cho tới|until|till", &[Piece::Lead(Lead::Until)]),
    (
        "chậm nhất|chậm nhất là|muộn nhất|muộn nhất là|trễ nhất|trễ nhất là|no later than|not later than|latest|at the latest",
        &[Piece::Lead(Lead::Latest)],
    ),
    ("nhé|nha|nhe|nghen|nhen|hen|ạ|dạ|vâng|hẹn|đúng|sharp|the|of|please|pls", &[Filler]),
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

/// Vietnamese numbers of one digit.
pub(super) const ONES: &[(&str, u32)] = &[
    ("một", 1),
    ("hai", 2),
    ("ba", 3),
    ("bốn", 4),
    ("năm", 5),
    ("sáu", 6),
    ("bảy|bẩy", 7),
    ("tám", 8),
    ("chín", 9),
];

/// How 1, 4 and 5 are called after tens.
pub(super) const AFTER_TENS: &[(&str, u32)] = &[("mốt", 1), ("tư", 4), ("lăm|nhăm", 5)];

/// English numbers below twenty.
pub(super) const ENGLISH_ONES: &[(&str, u32)] = &[
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
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
    /// A day on which the office is open.
    WorkingDay,
    Week,
    Fortnight,
    Month,
}

pub(super) const UNITS: &[(&str, Unit)] = &[
    ("phút|p|ph|min|mins|minute|minutes|m", Unit::Minute),
    ("tiếng|tiếng đồng hồ|hour|hours|hr|hrs", Unit::Hour),
    ("giờ|giờ đồng hồ|h|g", Unit::ClockHour),
    ("ngày|hôm|bữa|day|days|d", Unit::Day),
    (
        "ngày làm việc|ngày công|ngày hành chính|working day|working days|business day|business days|work day|work days|workday|workdays|office day|office days",
        Unit::WorkingDay,
    ),
    ("tuần|week|weeks|wk|wks", Unit::Week),
    ("fortnight|fortnights", Unit::Fortnight),
    ("tháng|month|months", Unit::Month),
];

/// All phrases that are known, as they stand in the tables (`|` between those that say the same).
pub(super) fn phrases() -> Vec<&'static str> {
    fn of<T>(table: &[(&'static str, T)]) -> impl Iterator<Item = &'static str> {
        table.iter().map(|(phrases, _)| *phrases)
    }
    (of(PHRASES).chain(of(WEEKDAYS)).chain(of(VIETNAMESE_WEEKDAYS)).chain(of(MONTHS)))
        .chain(of(ONES).chain(of(AFTER_TENS)).chain(of(ENGLISH_ONES)).chain(of(TENS)).chain(of(UNITS)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::fold::accented;

    #[test]
    fn the_words_are_written_as_typed_words_are_kept() {
        for phrases in phrases() {
            assert_eq!(accented(phrases), phrases);
        }
    }
}
