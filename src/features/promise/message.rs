//! What customers are told of promises.

use serde::{Deserialize, Serialize};

use super::{Appointment, Promise};
use crate::features::authority::Said;
use crate::kernel::people::Person;

/// What the customer reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "post")]
pub enum ToCustomer {
    /// What a person promises.
    #[serde(rename = "promised")]
    Promised {
        /// Who.
        by: Person,
        /// What.
        what: String,
        /// Until when (Unix ms).
        due: i64,
        /// Whether both sides meet then.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        appointment: Option<Appointment>,
    },
    /// An appointment comes near.
    #[serde(rename = "appointment-reminder")]
    Reminder {
        /// The promise, as it stood then.
        promise: Box<Promise>,
        /// How both sides meet.
        appointment: Appointment,
    },
    /// What was promised comes at another time.
    #[serde(rename = "promise-moved")]
    Moved {
        /// Who says so.
        by: Person,
        /// What.
        what: String,
        /// Until when it was promised (Unix ms).
        from: i64,
        /// Until when it is now (Unix ms).
        due: i64,
        /// Why.
        reason: String,
    },
    /// What was promised is done before its time, and what came of it.
    #[serde(rename = "promise-kept")]
    Kept {
        /// Which.
        promise: i64,
        /// Who says so.
        by: Person,
        /// What was promised.
        what: String,
        /// What came of it.
        outcome: String,
    },
}

/// Which of these messages, without its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "word")]
pub enum Word {
    /// A promise, or that it comes at another time.
    #[serde(rename = "promise")]
    Promise {
        /// Until when (Unix ms).
        due: i64,
    },
    /// What came of a promise that was kept before its time.
    #[serde(rename = "kept")]
    Kept {
        /// Which promise.
        promise: i64,
    },
    /// An appointment comes near.
    #[serde(rename = "appointment")]
    Reminder,
}

impl ToCustomer {
    /// Which word it is, which is to arrive.
    pub fn word(&self) -> Word {
        match self {
            Self::Promised { due, .. } | Self::Moved { due, .. } => Word::Promise { due: *due },
            Self::Kept { promise, .. } => Word::Kept { promise: *promise },
            Self::Reminder { .. } => Word::Reminder,
        }
    }

    /// A person's words in it that were not held against the table of authority before.
    pub fn said(&self) -> Option<Said> {
        match self {
            Self::Promised { what: text, .. }
            | Self::Moved { reason: text, .. }
            | Self::Kept { outcome: text, .. } => Some(Said::desk(text)),
            // Passed when it was promised.
            Self::Reminder { .. } => None,
        }
    }

    /// Whether it is a person who says it.
    pub fn is_a_persons(&self) -> bool {
        !matches!(self, Self::Reminder { .. })
    }
}

impl Word {
    /// Whether the next word of the desk is due anew from it on.
    pub fn keeps_posted(self) -> bool {
        matches!(self, Self::Promise { .. } | Self::Kept { .. })
    }
}
