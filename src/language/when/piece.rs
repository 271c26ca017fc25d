//! The pieces that words about time fall into: an hour, a part of the day, a day, a span.

use chrono::Weekday;

/// What some words of the phrase say.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece {
    Clock(Clock),
    Part(Part),
    Day(Day),
    Weekday(Weekday, Turn),
    /// This week (0), the next (1), the last (-1).
    Week(i64),
    Span(Span),
    Lead(Lead),
    /// `từ nay`: the present as the beginning of a window.
    Present,
    /// `giờ này`, `this time`: the time of day that it is now, on another day.
    SameTime,
    /// `hết giờ hành chính`, `end of business`: when the office closes.
    OfficeCloses,
    /// `hết`, `trong`: until the last minute of the day that is named.
    Whole,
    /// Words that add nothing: `nhé`, `ạ`, `the`.
    Filler,
}

/// An hour as it is written, before it is known which half of the day is meant.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    /// 0 to 24.
    pub hour: u32,
    /// Added to the hour; below zero for `kém 15`, `quarter to`.
    pub minutes: i32,
    pub form: Form,
}

/// How surely a number is an hour, and which.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// `09:00`, `17:30`, `08h`, noon: of 24 hours.
    Clear,
    /// `9h`, `9:30`: an hour, morning or evening.
    Bare,
    /// `9`: an hour only beside a word that makes it one.
    Lone,
    /// `chín`: an hour only as the beginning of a window, for `chiều mot` is no hour at all.
    Spelled,
}

impl Clock {
    /// Whether both halves of the day have this hour.
    pub fn is_open(self) -> bool {
        self.form != Form::Clear && (1..=11).contains(&self.hour)
    }
}

/// A part of the day, with the hours that go with it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// am
    First,
    /// pm
    Second,
    Dawn,
    Morning,
    Noon,
    Afternoon,
    LateAfternoon,
    Evening,
    Night,
    /// The end of the working day: the desk's closing hour is not ours to know.
    Close,
}

/// Hours as written, and what is added to get the hours of the day that can be meant.
type Hours = (std::ops::RangeInclusive<u32>, &'static [i32]);

impl Part {
    /// `am` and `pm` are said beside other parts of the day: `9am sáng mai`.
    pub fn is_half(self) -> bool {
        matches!(self, Self::First | Self::Second)
    }

    /// The hours of the day (24 and more lie in the next one) that this hour can be in this part of the day.
    pub fn hours(self, hour: u32) -> Vec<i32> {
        let rows: &[Hours] = match self {
            Self::First => &[(0..=11, &[0]), (12..=12, &[-12])],
            Self::Second | Self::Close => &[(12..=23, &[0]), (1..=11, &[12])],
            Self::Dawn => &[(0..=6, &[0])],
            Self::Morning => &[(0..=11, &[0]), (12..=12, &[-12, 0])],
            Self::Noon => &[(10..=14, &[0]), (1..=2, &[12])],
            Self::Afternoon | Self::LateAfternoon => &[(12..=19, &[0]), (1..=7, &[12])],
            Self::Evening => &[(17..=24, &[0]), (5..=12, &[12])],
            // 2 at night of a Friday can be the night before it or after it.
            Self::Night => &[(19..=24, &[0]), (7..=12, &[12]), (0..=4, &[0, 24])],
        };
        rows.iter()
            .filter(|(written, _)| written.contains(&hour))
            .flat_map(|(_, added)| added.iter().map(|added| hour.cast_signed() + added))
            .collect()
    }

    /// The minute of the day at which it is over.
    pub fn end(self) -> i32 {
        60 * match self {
            Self::Dawn => 6,
            Self::First | Self::Morning => 12,
            Self::Noon => 14,
            Self::Afternoon | Self::LateAfternoon => 19,
            Self::Second | Self::Evening | Self::Night | Self::Close => 24,
        }
    }
}

/// The hours to choose from where a day is named and no hour.
pub(super) fn usual_hours(part: Option<Part>) -> &'static [u16] {
    match part {
        None => &[9, 11, 15, 17],
        Some(Part::Dawn) => &[4, 5, 6],
        Some(Part::First | Part::Morning) => &[8, 9, 10, 11],
        Some(Part::Noon) => &[11, 12, 13],
        Some(Part::Second | Part::Afternoon) => &[14, 15, 16, 17],
        Some(Part::LateAfternoon | Part::Close) => &[16, 17, 18],
        Some(Part::Evening) => &[18, 19, 20, 21],
        Some(Part::Night) => &[20, 21, 22, 23],
    }
}

/// A day that is named otherwise than by its weekday alone.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Day {
    /// So many days from today.
    Away(i64),
    Date {
        day: u32,
        month: u32,
        year: Option<i32>,
    },
    /// `ngày 5`: the coming one; `ngày 5 tháng sau`: that of a month so many months away.
    OfMonth {
        day: u32,
        away: Option<u32>,
    },
    MonthFirst(Month),
    MonthLast(Month),
    /// `mai mốt`: tomorrow or the day after.
    Soon,
    /// Monday.
    WeekStart,
    /// Wednesday and Thursday.
    MidWeek,
    /// Friday to Sunday: `cuối tuần` is either, so it is asked.
    WeekEnd,
    /// Saturday and Sunday.
    Weekend,
    /// The 31st of December.
    YearLast,
    /// `mồng 3 Tết`: so many days after the first day of the lunar year.
    Tet(u32),
    /// `28 Tết`: that day of the last lunar month; of 30, its last.
    BeforeTet(u32),
}

/// Which month.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Month {
    Away(u32),
    Named(u32),
}

/// Which of the days with one name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// The next one that can be used, today's too.
    Coming,
    /// `thứ 6 tới`: the next one after today.
    AfterToday,
    /// `next Friday`: people mean this week's or the next week's.
    Next,
    /// `last Friday`.
    Last,
}

/// A length of time from now.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Span {
    pub months: u32,
    pub days: u32,
    pub minutes: u32,
    /// Days on which the office is open; the last one counts until it closes.
    pub working_days: u32,
    /// Which way it is counted.
    pub way: Way,
    /// `sau 2h` is "in two hours" or "after two o'clock": the hour it may be instead.
    pub or_clock: Option<Clock>,
}

impl Span {
    pub const NOTHING: Self =
        Self { months: 0, days: 0, minutes: 0, working_days: 0, way: Way::Ahead, or_clock: None };
}

/// Which way a length of time is counted from now.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Way {
    /// `2 tiếng`: as the one who asks looks.
    #[default]
    Unsaid,
    /// `2 tiếng nữa`, `in 2 hours`.
    Ahead,
    /// `2 tiếng trước`, `2 hours ago`.
    Ago,
}

/// Words that lead to a time.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Lead {
    /// `lúc`, `vào`, `by`, `at`.
    At,
    /// `trước`, `before`: not before a span, where it would mean "ago".
    Before,
    /// `tới`, `đến`, `until`: only at the beginning, elsewhere they join two times.
    Until,
    /// `từ`, `between`: opens a window, which something must close.
    From,
    /// `chậm nhất`, `at the latest`: may also end the phrase.
    Latest,
}
