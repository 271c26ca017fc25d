//! The words of the transcript's own frame, in two languages: what people do, who sees it, how far off a time is.

/// A language of the transcript's frame; what was written stands in its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tongue {
    /// English.
    #[default]
    English,
    /// Vietnamese.
    Vietnamese,
}

/// What a person did, besides writing.
#[derive(Clone, Debug)]
pub(super) enum Act {
    /// Pressed a button, by its label.
    Press(String),
    /// Chose in a select, by the options' labels.
    Choose(Vec<String>),
    /// Used a command, as typed.
    Command(String),
    /// Filled in a form: a line for each input.
    Fill(Vec<String>),
    /// Used a menu on a message, by its name.
    Menu(String),
}

impl Tongue {
    /// The language of somebody's Discord.
    pub(super) fn of(locale: &str) -> Self {
        if locale.starts_with("vi") { Self::Vietnamese } else { Self::English }
    }

    fn pick(self, english: &'static str, vietnamese: &'static str) -> &'static str {
        match self {
            Self::English => english,
            Self::Vietnamese => vietnamese,
        }
    }

    /// What a person did; lines under it are told apart by line breaks.
    pub(super) fn act(self, act: &Act) -> String {
        match act {
            Act::Press(label) => format!("{} [{label}]", self.pick("presses", "bấm")),
            Act::Choose(labels) => format!("{} {}", self.pick("chooses", "chọn"), labels.join(", ")),
            Act::Command(typed) => format!("{} {typed}", self.pick("uses", "gõ")),
            Act::Fill(lines) => {
                let said = lines.join("\n").replace('\n', "\n    ");
                format!("{}\n    {said}", self.pick("fills in the form", "điền biểu mẫu"))
            }
            Act::Menu(name) => format!("{} “{name}”", self.pick("uses the menu", "chọn menu")),
        }
    }

    pub(super) fn edited(self) -> &'static str {
        self.pick("edited", "đã sửa")
    }

    pub(super) fn only_seen_by(self, name: &str) -> String {
        match self {
            Self::English => format!("only {name} sees this"),
            Self::Vietnamese => format!("chỉ {name} thấy"),
        }
    }

    pub(super) fn deletes(self) -> &'static str {
        self.pick("deletes a message", "xoá một tin")
    }

    pub(super) fn sees_form(self) -> &'static str {
        self.pick("sees the form", "thấy biểu mẫu")
    }

    pub(super) fn starts(self, name: &str, private: bool) -> String {
        match (self, private) {
            (Self::English, true) => format!("private thread “{name}” starts"),
            (Self::English, false) => format!("thread “{name}” starts"),
            (Self::Vietnamese, true) => format!("mở luồng riêng “{name}”"),
            (Self::Vietnamese, false) => format!("mở luồng “{name}”"),
        }
    }

    pub(super) fn joins(self) -> &'static str {
        self.pick("joins", "vào luồng")
    }

    pub(super) fn sees(self) -> &'static str {
        self.pick("sees", "thấy")
    }

    pub(super) fn thinking(self) -> &'static str {
        self.pick("… is thinking", "… đang nghĩ")
    }

    pub(super) fn pings(self) -> &'static str {
        self.pick("→ pings", "→ gọi")
    }

    /// The day of the week, short; 0 is Monday.
    pub(super) fn weekday(self, from_monday: u32) -> &'static str {
        let place = usize::try_from(from_monday % 7).unwrap_or(0);
        match self {
            Self::English => ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][place],
            Self::Vietnamese => ["T2", "T3", "T4", "T5", "T6", "T7", "CN"][place],
        }
    }

    /// A while (ms) as Discord counts to it, in the reader's language.
    pub(super) fn relative(self, ms: i64) -> String {
        let seconds = ms.unsigned_abs() / 1_000;
        let (count, english, vietnamese) = match seconds {
            0..60 => (seconds, "second", "giây"),
            60..3_600 => (seconds / 60, "minute", "phút"),
            3_600..86_400 => (seconds / 3_600, "hour", "giờ"),
            _ => (seconds / 86_400, "day", "ngày"),
        };
        let many = if count == 1 { "" } else { "s" };
        match (self, ms >= 0) {
            (Self::English, true) => format!("in {count} {english}{many}"),
            (Self::English, false) => format!("{count} {english}{many} ago"),
            (Self::Vietnamese, true) => format!("sau {count} {vietnamese} nữa"),
            (Self::Vietnamese, false) => format!("{count} {vietnamese} trước"),
        }
    }
}
