//! What became of outbox messages on their way to Discord.

use super::event::Undelivered;
use super::line::Line;
use super::outbox::CustomerPost;
use super::prompt::Prompt;
use crate::kernel::ids::{ChannelId, MessageId};
use crate::kernel::people::Person;

/// What came of an outbox message.
#[derive(Clone, Debug, PartialEq)]
pub enum Delivery {
    /// The card stands.
    Card {
        /// The desk channel.
        channel: ChannelId,
        /// The card.
        message: MessageId,
    },
    /// The thread stands.
    Thread {
        /// The thread.
        thread: ChannelId,
        /// Whether Discord refused its name, so that it bears a plain one.
        plain: bool,
    },
    /// The action bar stands.
    Bar {
        /// The message.
        message: MessageId,
    },
    /// The thread was gone; a new card and a new thread stand.
    ThreadMadeAnew {
        /// The desk channel.
        channel: ChannelId,
        /// The new card.
        message: MessageId,
        /// The new thread.
        thread: ChannelId,
        /// Whether Discord refused its name, so that it bears a plain one.
        plain: bool,
    },
    /// A message stands that asks somebody of the desk to decide something.
    Prompt {
        /// What it asks, and where.
        prompt: Prompt,
    },
    /// The thread bears its name now.
    Renamed,
    /// Something stands in the customer's line.
    Customer {
        /// What it was.
        what: ToCustomer,
        /// Where they are reached now.
        line: Line,
        /// Whether their direct messages were found closed on the way.
        direct_closed: bool,
        /// The message.
        message: MessageId,
    },
    /// Nothing could be brought to the customer.
    CustomerUnreachable {
        /// What it was.
        what: ToCustomer,
        /// Why not.
        reason: Undelivered,
        /// Whether their direct messages were found closed on the way.
        direct_closed: bool,
    },
}

/// Which of the outbox messages to the customer a delivery speaks of.
#[derive(Clone, Debug, PartialEq)]
pub enum ToCustomer {
    /// A person's reply.
    Reply {
        /// Which.
        reply: i64,
        /// Who wrote it.
        by: Person,
        /// The words.
        text: String,
        /// The interaction whose answer is to be the record in the thread, where its writer waits for it.
        asked: Option<u64>,
    },
    /// The outcome with the rating, or the rating of an outcome that was told before.
    Outcome {
        /// The resolution.
        cycle: i64,
    },
    /// The outcome, for which the rating is asked later.
    OutcomeAlone {
        /// The resolution.
        cycle: i64,
    },
    /// Anything else.
    Post {
        /// What.
        post: Box<CustomerPost>,
    },
}

impl ToCustomer {
    /// Which outbox message it is.
    pub fn of(post: &CustomerPost) -> Self {
        match post {
            CustomerPost::Reply { reply, by, text, .. } => {
                Self::Reply { reply: *reply, by: by.clone(), text: text.clone(), asked: None }
            }
            CustomerPost::Outcome { cycle } | CustomerPost::RatingQuestion { cycle } => {
                Self::Outcome { cycle: *cycle }
            }
            CustomerPost::OutcomeAlone { cycle } => Self::OutcomeAlone { cycle: *cycle },
            post => Self::Post { post: Box::new(post.clone()) },
        }
    }
}
