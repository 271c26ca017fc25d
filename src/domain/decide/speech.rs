//! What a customer who is not on Discord is told, and what they say.

use super::delivery::arrives;
use super::{Work, conversation, words};
use crate::domain::arriving::Word;
use crate::domain::command::{Answer, Refusal};
use crate::domain::event::{Event, Undelivered};
use crate::domain::filing::Medium;
use crate::domain::outbox::{CustomerPost, OutboxMessage, ThreadPost};
use crate::domain::running::Stop;
use crate::domain::speech::Fact;
use crate::kernel::ids::MessageId;
use crate::sla::clocks::ClockKind;

/// The longest note of what somebody said, in characters.
const HEARD_LIMIT: usize = 4_000;

impl Work<'_> {
    /// What would be sent is told by voice, by whoever speaks with the customer.
    pub(super) fn tell_by_voice(&mut self, post: CustomerPost) {
        match &post {
            // What the number is, is said when it is written down; the rest is about messages and ratings.
            CustomerPost::Receipt
            | CustomerPost::RatingQuestion { .. }
            | CustomerPost::RatingReminder { .. }
            | CustomerPost::HowToWrite
            | CustomerPost::Sorted { .. }
            | CustomerPost::OpenAgain { .. }
            | CustomerPost::ClosedBySilence => return,
            // Whoever writes it down has said it.
            CustomerPost::Reply { reply, .. } => {
                let reply = *reply;
                return arrives(self, &Word::Reply { reply }, Event::ReplyDelivered { reply });
            }
            CustomerPost::Outcome { cycle } | CustomerPost::OutcomeAlone { cycle } => {
                let (cycle, reason) = (*cycle, Undelivered::Spoken);
                self.emit(Event::RatingUndelivered { cycle, reason });
                self.stop_clock(ClockKind::Rating, Stop::Cancelled);
            }
            _ => {}
        }
        let number = self.complaint.speech.count + 1;
        self.emit(Event::Speech(Fact::ToTell { number, post: post.clone() }));
        self.send(OutboxMessage::ToThread { post: ThreadPost::ToTell { number, what: post } });
    }
}

pub(super) fn told(work: &mut Work<'_>, number: i64) -> Result<Answer, Refusal> {
    let by = work.staff()?;
    if !(1..=work.complaint.speech.count).contains(&number) {
        return Err(Refusal::Stale);
    }
    if !work.complaint.speech.untold.contains(&number) {
        return Err(Refusal::AlreadyTold);
    }
    let told = Event::Speech(Fact::Told { number, by });
    let held = work.complaint.on_the_way.iter().find(|held| held.number == Some(number));
    match held.map(|held| held.word.clone()) {
        Some(word) => arrives(work, &word, told),
        None => work.emit(told),
    }
    work.refresh_card();
    Ok(Answer::ToldBySpeech { number })
}

/// The customer said something more, and a member of staff wrote it down.
pub(super) fn heard(
    work: &mut Work<'_>,
    message: MessageId,
    (medium, since): (Medium, Option<i64>),
    text: &str,
) -> Result<Answer, Refusal> {
    work.staff()?;
    if !work.complaint.stage.is_open() && !work.complaint.may_reopen(work.now) {
        return Err(Refusal::NotOpen);
    }
    let text = words(text, HEARD_LIMIT)?;
    // Nobody says more about a complaint before there is one.
    let since = since.map(|since| since.max(work.complaint.filed.since)).filter(|since| *since < work.now);
    work.emit(Event::Speech(Fact::Heard { message, medium, since }));
    let post = ThreadPost::CustomerSpoke { medium, since, text: text.clone() };
    conversation::hear(work, message, text, Default::default(), post);
    Ok(Answer::SpeechNoted { number: work.complaint.number(), medium })
}
