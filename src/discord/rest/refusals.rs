//! What Discord's refusals mean: one row a code, each with what is to be done about it and why it was refused. An error that says
//! nothing is neither yes nor no: only a 404 with its code says "not there", only 50007 says "closed".
//! Codes: <https://docs.discord.com/developers/topics/opcodes-and-status-codes>.

use super::CallError;

/// What is to be done about a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// No repetition helps and no other words do.
    Final,
    /// Somebody must mend it first: a permission, a channel, the server.
    Mend,
    /// Other words may pass.
    Text,
    /// This way to the person is shut; another may be open.
    Way,
    /// What it goes to is not there any more.
    Gone,
    /// Nothing more goes out with this token.
    Stop,
    /// The same again, later.
    Retry,
    /// The thread sleeps, or is locked.
    Asleep,
    /// It is so already.
    Stands,
    /// There is no room for one more.
    Full,
}

/// Why Discord refused, as far as people are told it in different words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// The bot's token is not taken.
    Token,
    /// The bot may not do that there.
    Permission,
    /// The channel is of another kind than is needed.
    Kind,
    /// The bot was flagged by Discord's protection from spam.
    Flagged,
    /// Direct messages are opened too fast.
    TooFast,
    /// The person takes no direct messages from the bot.
    Closed,
    /// The person shares no server with the bot.
    NoMutual,
    /// The channel, thread or message was deleted.
    Deleted,
    /// The person left, or is no more.
    Left,
    /// The bot is on the server no more.
    Server,
    /// A filter of words or links keeps the text back.
    Filtered,
    /// Discord takes a field not as it is.
    Form,
    /// There is nothing in it.
    Empty,
    /// It is too large.
    TooLarge,
    /// There is no room for one more.
    Full,
    /// The thread is archived or locked.
    Asleep,
    /// It is so already.
    Stands,
    /// It came too soon, or Discord cannot answer now.
    Slow,
    /// Discord does not say why.
    Unclear,
}

impl Why {
    /// Its name, in keys of sentences.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::Permission => "permission",
            Self::Kind => "kind",
            Self::Flagged => "flagged",
            Self::TooFast => "too-fast",
            Self::Closed => "closed",
            Self::NoMutual => "no-mutual",
            Self::Deleted => "deleted",
            Self::Left => "left",
            Self::Server => "server",
            Self::Filtered => "filtered",
            Self::Form => "form",
            Self::Empty => "empty",
            Self::TooLarge => "too-large",
            Self::Full => "full",
            Self::Asleep => "asleep",
            Self::Stands => "stands",
            Self::Slow => "slow",
            Self::Unclear => "unclear",
        }
    }
}

/// Each code that is told apart, with its class and its reason.
pub const TABLE: &[(u32, Class, Why)] = &[
    (10_003, Class::Gone, Why::Deleted),
    (10_004, Class::Mend, Why::Server),
    (10_007, Class::Gone, Why::Left),
    (10_008, Class::Gone, Why::Deleted),
    (10_013, Class::Gone, Why::Left),
    (10_062, Class::Gone, Why::Slow),
    (20_009, Class::Text, Why::Filtered),
    (20_016, Class::Retry, Why::Slow),
    (20_022, Class::Retry, Why::Slow),
    (20_026, Class::Way, Why::Flagged),
    (20_028, Class::Retry, Why::Slow),
    (20_029, Class::Retry, Why::Slow),
    (20_031, Class::Text, Why::Filtered),
    (30_003, Class::Full, Why::Full),
    (30_013, Class::Full, Why::Full),
    (30_033, Class::Full, Why::Full),
    (30_046, Class::Retry, Why::Slow),
    (40_003, Class::Retry, Why::TooFast),
    (40_005, Class::Text, Why::TooLarge),
    (40_060, Class::Stands, Why::Stands),
    (50_001, Class::Mend, Why::Permission),
    (50_006, Class::Final, Why::Empty),
    (50_007, Class::Way, Why::Closed),
    (50_008, Class::Mend, Why::Kind),
    (50_013, Class::Mend, Why::Permission),
    (50_024, Class::Mend, Why::Kind),
    (50_035, Class::Text, Why::Form),
    (50_083, Class::Asleep, Why::Asleep),
    (50_278, Class::Way, Why::NoMutual),
    (130_000, Class::Retry, Why::Slow),
    (160_002, Class::Mend, Why::Permission),
    (160_004, Class::Stands, Why::Stands),
    (160_005, Class::Asleep, Why::Asleep),
    (160_006, Class::Full, Why::Full),
    (160_007, Class::Full, Why::Full),
    (200_000, Class::Text, Why::Filtered),
    (200_001, Class::Text, Why::Filtered),
    (240_000, Class::Text, Why::Filtered),
];

/// What a refusal of this status and code means.
pub fn of(status: u16, code: u32) -> (Class, Why) {
    // A server that cannot answer, or not yet, says nothing about what was asked.
    match status {
        401 => return (Class::Stop, Why::Token),
        429 | 500.. => return (Class::Retry, Why::Slow),
        _ => {}
    }
    if let Some((_, class, why)) = TABLE.iter().find(|(held, ..)| *held == code) {
        return (*class, *why);
    }
    match (status, code) {
        // Blocked content has codes of its own, of which more come.
        (_, 340_000..=349_999) => (Class::Text, Why::Filtered),
        (413, _) => (Class::Text, Why::TooLarge),
        // Somebody between us and Discord says so, or Discord without a reason.
        (403 | 404, 0) => (Class::Retry, Why::Unclear),
        (403, _) => (Class::Mend, Why::Permission),
        (404, _) => (Class::Gone, Why::Deleted),
        (400, _) => (Class::Text, Why::Unclear),
        _ => (Class::Retry, Why::Unclear),
    }
}

impl CallError {
    /// What is to be done about it.
    pub fn class(&self) -> Class {
        match self {
            Self::Refused { status, code, .. } => of(*status, *code).0,
            Self::RateLimited { .. } | Self::Unknown | Self::Unreachable => Class::Retry,
        }
    }

    /// Why it was refused.
    pub fn why(&self) -> Why {
        match self {
            Self::Refused { status, code, .. } => of(*status, *code).1,
            Self::RateLimited { .. } | Self::Unknown | Self::Unreachable => Why::Slow,
        }
    }

    /// Whether what it went to is not there any more: a channel, a thread, a message.
    pub fn is_deleted(&self) -> bool {
        (self.class(), self.why()) == (Class::Gone, Why::Deleted)
    }

    /// Whether the person is not to be found: they left the server, or are no more.
    pub fn is_left(&self) -> bool {
        self.why() == Why::Left
    }
}

/// What was refused, read back from what an error said of itself.
pub fn read(said: &str) -> Option<(u16, u32)> {
    let refused = said.strip_prefix("Discord refused: ")?;
    let (status, rest) = refused.split_once(", code ")?;
    let code = rest.split(':').next()?;
    Some((status.trim().parse().ok()?, code.trim().parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_code_has_one_row() {
        for (place, (code, class, why)) in TABLE.iter().enumerate() {
            assert!(TABLE[place + 1..].iter().all(|(other, ..)| other > code), "{code}: in order, and once");
            assert_eq!(of(400, *code), (*class, *why), "{code}");
        }
    }

    #[test]
    fn what_discord_says_is_told_apart() {
        let rows: [(u16, u32, Class, Why); 40] = [
            (401, 0, Class::Stop, Why::Token),
            (401, 50_014, Class::Stop, Why::Token),
            (403, 50_001, Class::Mend, Why::Permission),
            (403, 50_013, Class::Mend, Why::Permission),
            (403, 50_007, Class::Way, Why::Closed),
            (403, 50_278, Class::Way, Why::NoMutual),
            (403, 20_026, Class::Way, Why::Flagged),
            (400, 40_003, Class::Retry, Why::TooFast),
            (403, 40_003, Class::Retry, Why::TooFast),
            (403, 20_009, Class::Text, Why::Filtered),
            (400, 20_031, Class::Text, Why::Filtered),
            (400, 240_000, Class::Text, Why::Filtered),
            (403, 240_000, Class::Text, Why::Filtered),
            (400, 200_000, Class::Text, Why::Filtered),
            (400, 200_001, Class::Text, Why::Filtered),
            (400, 340_013, Class::Text, Why::Filtered),
            (404, 10_003, Class::Gone, Why::Deleted),
            (404, 10_008, Class::Gone, Why::Deleted),
            (404, 10_004, Class::Mend, Why::Server),
            (404, 10_007, Class::Gone, Why::Left),
            (404, 10_013, Class::Gone, Why::Left),
            (404, 10_011, Class::Gone, Why::Deleted),
            (400, 50_035, Class::Text, Why::Form),
            (400, 50_006, Class::Final, Why::Empty),
            (400, 50_083, Class::Asleep, Why::Asleep),
            (400, 160_004, Class::Stands, Why::Stands),
            (400, 160_005, Class::Asleep, Why::Asleep),
            (400, 160_006, Class::Full, Why::Full),
            (400, 160_007, Class::Full, Why::Full),
            (400, 30_013, Class::Full, Why::Full),
            (400, 30_033, Class::Full, Why::Full),
            (429, 30_046, Class::Retry, Why::Slow),
            (413, 40_005, Class::Text, Why::TooLarge),
            (413, 0, Class::Text, Why::TooLarge),
            (429, 0, Class::Retry, Why::Slow),
            (500, 0, Class::Retry, Why::Slow),
            // Of a server that cannot answer, no code is believed.
            (503, 50_007, Class::Retry, Why::Slow),
            // A page of whoever stands between.
            (403, 0, Class::Retry, Why::Unclear),
            (404, 0, Class::Retry, Why::Unclear),
            (400, 99_999, Class::Text, Why::Unclear),
        ];
        for (status, code, class, why) in rows {
            assert_eq!(of(status, code), (class, why), "{status} {code}");
        }
    }

    #[test]
    fn an_error_reads_back_what_it_said() {
        let error =
            CallError::Refused { status: 403, code: 50_013, message: "Missing: Permissions".to_owned() };
        assert_eq!(read(&error.to_string()), Some((403, 50_013)));
        for other in [CallError::Unknown.to_string(), "the desk is not set up".to_owned(), String::new()] {
            assert_eq!(read(&other), None, "{other}");
        }
    }
}
