//! The question to the customer after a resolution: when it is asked, and what they answer.

use serde::{Deserialize, Serialize};

use super::event::Fixed;
use crate::kernel::ids::{ChannelId, MessageId};
use crate::kernel::people::Person;

/// The question to the customer after a resolution.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    /// The resolution it asks about.
    pub cycle: i64,
    /// What the customer is told.
    pub outcome: String,
    /// Who handled it, as named to the customer.
    pub handler: Person,
    /// Whether the outcome is told at once, and the question comes later.
    #[serde(default)]
    pub told_first: bool,
    /// When the outcome stood in the customer's line (Unix ms), where it was told first.
    #[serde(default)]
    pub told: Option<i64>,
    /// When it is due (Unix ms).
    pub ask_at: i64,
    /// When it was sent on its way (Unix ms).
    pub asked: Option<i64>,
    /// When it stood in the customer's line (Unix ms).
    pub delivered: Option<i64>,
    /// The message with the buttons.
    pub place: Option<(ChannelId, MessageId)>,
    /// When the one reminder is due (Unix ms).
    pub remind_at: Option<i64>,
    /// When the question closes (Unix ms).
    pub close_at: Option<i64>,
    /// The first tap, 1 to 5.
    pub score: Option<i64>,
    /// When it came (Unix ms).
    pub answered: Option<i64>,
    /// The second tap.
    pub fixed: Option<Fixed>,
    /// The customer's own words.
    pub word: Option<String>,
    /// Whether the one reminder went out.
    pub reminded: bool,
    /// Whether the question is closed: too late, withdrawn, or never delivered.
    pub closed: bool,
}

impl Rating {
    /// Whether the outcome stands in the customer's line.
    pub fn has_arrived(&self) -> bool {
        self.told.is_some() || self.delivered.is_some()
    }

    /// Whether the customer says that something is left to do.
    pub fn is_unfinished(&self) -> bool {
        matches!(self.fixed, Some(Fixed::Partly | Fixed::No))
    }
}
