//! Who waits for whom.

use serde::{Deserialize, Serialize};

use super::event::Person;

/// A stretch in which the desk waits for the customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// From when (Unix ms).
    pub from: i64,
    /// Until when (Unix ms); none while it lasts.
    pub to: Option<i64>,
    /// Who said so.
    pub by: Person,
    /// What for, in their words; may be empty.
    pub reason: String,
}

/// What the customer wrote and nobody has answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unanswered {
    /// Their oldest unanswered message (Unix ms).
    pub since: i64,
    /// Their last words, for nudges; empty where Discord gave none.
    pub last: String,
    /// Whether some of it came without words, so that they were told how to write.
    #[serde(default)]
    pub unread: bool,
    /// Their latest message (Unix ms); none where it was stored before this was kept.
    #[serde(default)]
    pub latest: Option<i64>,
}
