//! The words of `deadline explain` on a terminal, in both languages.

use crate::kernel::lang::Lang;
use crate::sla::explain::Why;

/// What is printed around the figures.
#[derive(Debug)]
pub struct Words {
    /// Monday to Sunday, as wide as each other.
    pub weekdays: [&'static str; 7],
    /// Before the calendar's id.
    pub calendar: &'static str,
    /// Before the start.
    pub start: &'static str,
    /// Before the target.
    pub target: &'static str,
    /// What is counted in working days.
    pub working_days: &'static str,
    /// Above the columns: from, to, length, counted so far, why.
    pub columns: [&'static str; 5],
    /// Before the deadline.
    pub due: &'static str,
    /// Before the last instant that is not late.
    pub breach: &'static str,
    /// What lies between the two.
    pub between: &'static str,
    /// Before the date whose end the deadline is.
    pub end_of: &'static str,
    /// There is no deadline, because…
    pub none: &'static str,
    /// … the target is nothing.
    pub no_target: &'static str,
    /// … a pause lasts.
    pub paused: &'static str,
    /// … the calendar does not open often enough.
    pub never: &'static str,
    /// What counts.
    pub counted: &'static str,
    closed: &'static str,
    holiday: &'static str,
    unnamed: &'static str,
    broken: &'static str,
    own_hours: &'static str,
    pause: &'static str,
    receipt: &'static str,
    working_day: &'static str,
}

static EN: Words = Words {
    weekdays: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    calendar: "calendar",
    start: "start",
    target: "target",
    working_days: "working days; the day of receipt does not count",
    columns: ["from", "to", "length", "total", "what it is"],
    due: "due",
    breach: "breach",
    between: "the last instant in time: nothing counts between the two",
    end_of: "the end of",
    none: "no deadline:",
    no_target: "a target of 0 is a clock that does not run",
    paused: "a pause lasts",
    never: "the calendar does not open often enough within forty years",
    counted: "counted",
    closed: "closed",
    holiday: "holiday",
    unnamed: "(without a name)",
    broken: "break",
    own_hours: "closed on this date",
    pause: "pause",
    receipt: "day of receipt",
    working_day: "working day",
};

static VI: Words = Words {
    weekdays: ["T2", "T3", "T4", "T5", "T6", "T7", "CN"],
    calendar: "lịch",
    start: "bắt đầu",
    target: "mục tiêu",
    working_days: "ngày làm việc, không tính ngày tiếp nhận",
    columns: ["từ", "đến", "dài", "cộng dồn", "là gì"],
    due: "đến hạn",
    breach: "trễ hạn",
    between: "thời điểm cuối còn đúng hạn: khoảng ở giữa không tính giờ",
    end_of: "hết ngày",
    none: "không có hạn:",
    no_target: "mục tiêu 0 nghĩa là đồng hồ không chạy",
    paused: "còn đang tạm dừng",
    never: "trong bốn mươi năm lịch không mở đủ",
    counted: "tính giờ",
    closed: "ngoài giờ",
    holiday: "ngày nghỉ",
    unnamed: "(không có tên)",
    broken: "nghỉ trong giờ",
    own_hours: "ngày này đóng cửa",
    pause: "tạm dừng",
    receipt: "ngày tiếp nhận",
    working_day: "ngày làm việc",
};

impl Words {
    /// The words of a language.
    pub fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::Vi => &VI,
            Lang::En => &EN,
        }
    }

    /// What a piece of time was.
    pub fn why(&self, why: &Why) -> String {
        match why {
            Why::Counted => self.counted.to_owned(),
            Why::Closed => self.closed.to_owned(),
            Why::Holiday(name) if name.is_empty() => format!("{} {}", self.holiday, self.unnamed),
            Why::Holiday(name) => format!("{}: {name}", self.holiday),
            Why::Break => self.broken.to_owned(),
            Why::OwnHoursClosed => self.own_hours.to_owned(),
            Why::Paused(index) => format!("{} {}", self.pause, index + 1),
            Why::DayOfReceipt => self.receipt.to_owned(),
            Why::WorkingDay(number) => format!("{} {number}", self.working_day),
        }
    }
}
