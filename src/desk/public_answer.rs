//! An answer in a complaint's thread, where everybody reads it, and the outbox message that is its record if it does not come to
//! stand there.

use crate::domain::command::Answer;
use crate::domain::outbox::{OutboxMessage, ThreadPost};
use crate::kernel::ids::ChannelId;
use crate::kernel::people::Person;

/// An interaction whose answer stands where everybody reads it, if that is the thread of the complaint it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicAnswer {
    /// The interaction.
    pub interaction: u64,
    /// Where it was asked.
    pub channel: ChannelId,
}

/// The record of what was asked in a thread; a reply has its own, with what becomes of it.
pub(super) fn kept_record(by: &Person, answer: &Answer, public: PublicAnswer) -> Option<OutboxMessage> {
    let kept = !matches!(answer, Answer::Replied { .. } | Answer::Silent);
    kept.then(|| OutboxMessage::ToThread {
        post: ThreadPost::Answered {
            by: by.clone(),
            answer: Box::new(answer.clone()),
            asked: public.interaction,
        },
    })
}
