//! What must be brought to Discord: written in the same commit as the facts, sent afterwards, in order.

mod posts;

use serde::{Deserialize, Serialize};

use super::complaint::{Complaint, Stage};
use super::posted::Posted;
use crate::kernel::ids::{ChannelId, ComplaintId, MessageId, Stream, UserId};

pub use posts::{CustomerPost, DeskPost, ManagerPost, ThreadPost};

/// Who waits for an outbox message; smaller goes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Urgency {
    /// A person waits for it at this moment.
    Person,
    /// Nudges, cards, what the desk works with.
    Desk,
    /// It can wait: copies, talking points into many threads.
    Bulk,
}

impl Urgency {
    /// The number it is stored as.
    pub fn rank(self) -> i64 {
        match self {
            Self::Person => 1,
            Self::Desk => 2,
            Self::Bulk => 3,
        }
    }
}

/// Within this while (ms) the answer to whoever asked for something in the thread stands there, or never will.
const ANSWER_STANDS: i64 = 40_000;

/// An outbox message about a complaint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "letter", rename_all = "kebab-case")]
pub enum OutboxMessage {
    /// Posts the card in the desk channel.
    Card,
    /// Starts the thread from the card.
    Thread,
    /// Gives the thread its name, which Discord refused before.
    Rename,
    /// Brings the card up to date; one waiting is enough.
    RefreshCard,
    /// Posts the action bar in the thread.
    Bar,
    /// Brings the action bar up to date; one waiting is enough.
    RefreshBar,
    /// Adds somebody to the thread.
    Join {
        /// Whom.
        user: UserId,
    },
    /// Archives the thread.
    Archive,
    /// A message in the desk thread.
    ToThread {
        /// What it says.
        post: ThreadPost,
    },
    /// A message in the desk channel.
    ToDesk {
        /// What it says.
        post: DeskPost,
    },
    /// A message in the manager channel.
    ToManagers {
        /// What it says.
        post: ManagerPost,
    },
    /// A message in the customer's line.
    ToCustomer {
        /// What it says.
        post: CustomerPost,
    },
    /// Takes the buttons from a rating that is too late or withdrawn.
    CloseRating {
        /// The resolution.
        cycle: i64,
    },
    /// Takes the buttons from a message whose question is decided or overtaken.
    ClosePrompt {
        /// The channel.
        channel: ChannelId,
        /// The message.
        message: MessageId,
        /// Whether it stands before the customer.
        to_customer: bool,
    },
    /// Takes down what stands of a complaint that is nobody's any more.
    TakeDown {
        /// Its card.
        card: Option<(ChannelId, MessageId)>,
        /// Its threads: the desk's, and the private one with the customer.
        threads: Vec<ChannelId>,
        /// Where files of it may still be kept.
        kept: Vec<String>,
    },
    /// Strikes what was posted elsewhere about what is erased.
    Strike {
        /// Which messages.
        posts: Vec<Posted>,
    },
}

impl OutboxMessage {
    /// Whether it only shows the state as it is when it is sent, so that one that waits is enough.
    pub fn is_refresh(&self) -> bool {
        matches!(self, Self::RefreshCard | Self::RefreshBar)
    }

    /// Who waits for it.
    pub fn urgency(&self) -> Urgency {
        match self {
            Self::ToCustomer { post: CustomerPost::Receipt | CustomerPost::IncidentLine { .. } }
            | Self::Archive
            | Self::Rename
            | Self::CloseRating { .. }
            | Self::ClosePrompt { .. }
            | Self::TakeDown { .. }
            | Self::Strike { .. }
            | Self::ToThread { post: ThreadPost::TalkingPoints { .. } } => Urgency::Bulk,
            Self::ToCustomer { .. } => Urgency::Person,
            _ => Urgency::Desk,
        }
    }

    /// So long (ms) it waits for what would make it needless.
    pub fn grace_ms(&self) -> i64 {
        match self {
            Self::ToThread {
                post: ThreadPost::ReplyRecord { asked: Some(_), .. } | ThreadPost::Answered { .. },
            } => ANSWER_STANDS,
            _ => 0,
        }
    }

    /// In whose order it is brought.
    pub fn stream(&self, complaint: ComplaintId) -> Stream {
        match self {
            Self::ToCustomer { .. }
            | Self::CloseRating { .. }
            | Self::ClosePrompt { to_customer: true, .. } => Stream::Line(complaint),
            _ => Stream::Complaint(complaint),
        }
    }

    /// Whether what it says has been overtaken, so that sending it would only nag or mislead.
    pub fn is_overtaken(&self, complaint: &Complaint) -> bool {
        match self {
            Self::ToThread { post: ThreadPost::Nudges { notices } } => {
                notices.iter().all(|notice| notice.is_overtaken(complaint))
            }
            Self::ToCustomer {
                post:
                    CustomerPost::Outcome { cycle }
                    | CustomerPost::OutcomeAlone { cycle }
                    | CustomerPost::RatingQuestion { cycle }
                    | CustomerPost::RatingReminder { cycle },
            } => {
                complaint.stage != Stage::Resolved
                    || complaint.rating().is_none_or(|rating| rating.cycle != *cycle || rating.closed)
            }
            Self::ToCustomer { post: CustomerPost::Feature(post) } => complaint.features.overtakes(post),
            // A person wrote first: the copy of the receipt would come as noise.
            Self::ToCustomer { post: CustomerPost::Receipt } => complaint.replies > 0,
            _ => false,
        }
    }
}
