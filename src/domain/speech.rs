//! Customers who speak with the desk elsewhere than on Discord: what they are to be told by voice, and whether they were.

use serde::{Deserialize, Serialize};

use super::filing::Medium;
use super::outbox::CustomerPost;
use crate::kernel::ids::MessageId;
use crate::kernel::people::Person;

/// One fact, as the journal holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "speech", rename_all = "kebab-case")]
pub enum Fact {
    /// A member of staff wrote down what the customer said; the words follow as a message.
    Heard {
        /// What stands for the message.
        message: MessageId,
        /// How they said it.
        medium: Medium,
        /// When (Unix ms), where that was before it was written down.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        since: Option<i64>,
    },
    /// The customer is to be told something, which nobody can send.
    ToTell {
        /// Counts what is to be told of a complaint from 1.
        number: i64,
        /// What.
        post: CustomerPost,
    },
    /// They were told.
    Told {
        /// What of.
        number: i64,
        /// By whom.
        by: Person,
    },
}

/// What is to be told and was not yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speech {
    /// How much there has been to tell.
    #[serde(default)]
    pub count: i64,
    /// What waits, by number.
    #[serde(default)]
    pub untold: Vec<i64>,
    /// What stands for a message whose words come next, and when it was said (Unix ms).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<(MessageId, i64)>,
}

impl Speech {
    /// Takes in a fact.
    pub(super) fn apply(&mut self, fact: &Fact) {
        match fact {
            Fact::Heard { message, since, .. } => self.said = since.map(|since| (*message, since)),
            Fact::ToTell { number, .. } => {
                self.count = *number;
                self.untold.push(*number);
            }
            Fact::Told { number, .. } => self.untold.retain(|held| held != number),
        }
    }
}
