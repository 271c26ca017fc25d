//! What the desk says to a customer, until it stands before them: posted is not told, so whoever waited waits on.

use serde::{Deserialize, Serialize};

use super::complaint::Complaint;
use super::event::Undelivered;
use super::outbox::CustomerPost;
use super::waiting::Unanswered;
use crate::features;
use crate::kernel::ids::{IncidentId, MessageId};
use crate::kernel::nested::nested;
use crate::sla::clocks::{ANSWER, ClockKind};

/// Which of the desk's words to the customer, without the words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", tag = "word", rename_all = "kebab-case")]
pub enum Word {
    /// A reply.
    Reply {
        /// Which.
        reply: i64,
    },
    /// A summary of the matter.
    Summary,
    /// Remedies to choose from.
    Remedies {
        /// Of which proposal.
        proposal: i64,
    },
    /// What was agreed elsewhere.
    Agreed,
    /// The outcome.
    Outcome {
        /// The resolution.
        cycle: i64,
    },
    /// The approved line of an incident.
    Incident {
        /// Which.
        incident: IncidentId,
    },
    /// That the case is open again.
    Reopened,
    /// That it is dismissed.
    Dismissed,
    /// That it was withdrawn.
    Withdrawn,
    /// That another one is looked after here.
    Merged {
        /// Which.
        from: i64,
    },
    /// What a capability says.
    #[serde(skip)]
    Feature(features::Word),
}

nested! { Word::Feature(features::Word); }

/// The clocks that the outcome ends once the customer has it.
pub const OUTCOME: [ClockKind; 4] =
    [ClockKind::Reply, ClockKind::ReceiptNotice, ClockKind::WrittenAnswer, ClockKind::Negotiation];
impl Word {
    /// Which word an outbox message is; none for what nobody needs to be told otherwise: receipts, reminders, how to write.
    pub fn of(post: &CustomerPost) -> Option<Self> {
        Some(match post {
            CustomerPost::Reply { reply, .. } => Self::Reply { reply: *reply },
            CustomerPost::Summary { .. } => Self::Summary,
            CustomerPost::Remedies { proposal, .. } => Self::Remedies { proposal: *proposal },
            CustomerPost::Agreed { .. } => Self::Agreed,
            CustomerPost::Feature(post) => Self::Feature(post.word()?),
            CustomerPost::Outcome { cycle } | CustomerPost::OutcomeAlone { cycle } => {
                Self::Outcome { cycle: *cycle }
            }
            CustomerPost::IncidentLine { incident, .. } => Self::Incident { incident: *incident },
            CustomerPost::Reopened => Self::Reopened,
            CustomerPost::Dismissed { .. } => Self::Dismissed,
            CustomerPost::Withdrawn => Self::Withdrawn,
            CustomerPost::Merged { from } => Self::Merged { from: *from },
            CustomerPost::Receipt
            | CustomerPost::RatingQuestion { .. }
            | CustomerPost::OpenAgain { .. }
            | CustomerPost::RatingReminder { .. }
            | CustomerPost::ClosedBySilence
            | CustomerPost::HowToWrite
            | CustomerPost::Sorted { .. } => return None,
        })
    }

    /// The clocks that end once the customer has it.
    pub fn ends(&self) -> &'static [ClockKind] {
        match self {
            Self::Reply { .. } | Self::Remedies { .. } => &ANSWER,
            Self::Feature(word) => word.ends(),
            Self::Outcome { .. } => &OUTCOME,
            _ => &[],
        }
    }

    /// Whether it tells of the end of the complaint, so that it is void once that is open again.
    pub fn tells_the_end(&self) -> bool {
        match self {
            Self::Outcome { .. } => true,
            Self::Feature(word) => word.tells_the_end(),
            _ => false,
        }
    }

    /// Whether it answers what the customer wrote before.
    pub fn answers(&self) -> bool {
        !self.ends().is_empty()
    }

    /// Whether the next word of the desk is due anew from it on.
    pub fn keeps_posted(&self) -> bool {
        match self {
            Self::Reply { .. } | Self::Remedies { .. } => true,
            Self::Feature(word) => word.keeps_posted(),
            _ => false,
        }
    }
}

/// A word on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnTheWay {
    /// Which.
    pub word: Word,
    /// When it was said (Unix ms).
    pub at: i64,
    /// What the customer wrote since: it answers none of that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub later: Option<Unanswered>,
    /// Why it did not arrive, if it did not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lost: Option<Undelivered>,
    /// The number under which it is to be told otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<i64>,
}

impl Undelivered {
    /// Whether other words may pass.
    pub fn is_of_the_words(self) -> bool {
        matches!(self, Self::Blocked | Self::Refused)
    }

    /// Its name, in keys of sentences.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Gone => "gone",
            Self::Refused => "refused",
            Self::Spoken => "spoken",
            Self::Blocked => "blocked",
            Self::Flagged => "flagged",
            Self::NoThread => "no-thread",
        }
    }
}

impl Complaint {
    /// A word that is on its way, or did not arrive.
    pub fn on_its_way(&self, word: &Word) -> Option<&OnTheWay> {
        self.on_the_way.iter().find(|held| held.word == *word)
    }

    /// What did not arrive and nobody has told otherwise, to a customer who is on Discord.
    pub fn lost(&self) -> impl Iterator<Item = &OnTheWay> {
        self.on_the_way.iter().filter(|held| held.lost.is_some_and(|why| why != Undelivered::Spoken))
    }

    /// Whether the customer waits for the desk: what they wrote is unanswered, or an answer did not arrive.
    pub fn waits(&self) -> bool {
        self.owes_answer().is_some() || self.lost().next().is_some()
    }

    pub(super) fn leaves(&mut self, word: Word, at: i64) {
        self.on_the_way.push(OnTheWay { word, at, later: None, lost: None, number: None });
    }

    /// The customer wrote `text` at `at` (Unix ms): what is on its way answers none of it.
    pub(super) fn wrote_meanwhile(&mut self, message: Option<MessageId>, text: &str, unread: bool, at: i64) {
        for held in self.on_the_way.iter_mut().filter(|held| held.word.answers()) {
            let later = held.later.get_or_insert_with(|| Unanswered::from(at));
            later.hears(message, text, unread, at);
        }
    }

    /// What a word answers is answered, unless it is on its way still: then it will be once it arrives.
    pub(super) fn answered_by(&mut self, word: &Word) {
        if self.on_its_way(word).is_none() {
            self.unanswered = None;
        }
    }

    /// A word stands before the customer.
    pub(super) fn arrives(&mut self, word: &Word) {
        let Some(place) = self.on_the_way.iter().position(|held| held.word == *word) else { return };
        let arrived = self.on_the_way.remove(place);
        if arrived.word.answers() {
            self.unanswered = arrived.later;
        }
        if matches!(arrived.word, Word::Reply { .. }) {
            self.said_again(place);
        }
    }

    /// Whoever hears of a person again has heard what earlier replies wanted to say; and words that Discord refused come back
    /// changed.
    fn said_again(&mut self, before: usize) {
        let again = |held: &OnTheWay| {
            held.lost.is_some_and(|why| {
                why.is_of_the_words()
                    || (why != Undelivered::Spoken && matches!(held.word, Word::Reply { .. }))
            })
        };
        // What was said later is not what was said again.
        let earlier = self.on_the_way.drain(..before).collect::<Vec<_>>();
        let (settled, kept): (Vec<_>, Vec<_>) = earlier.into_iter().partition(again);
        self.on_the_way.splice(..0, kept);
        let numbers: Vec<i64> = settled.iter().filter_map(|held| held.number).collect();
        self.speech.untold.retain(|held| !numbers.contains(held));
    }

    /// A word did not arrive.
    pub(super) fn is_lost(&mut self, word: &Word, why: Undelivered) {
        if let Some(held) = self.on_the_way.iter_mut().find(|held| held.word == *word) {
            held.lost = Some(why);
        }
    }

    /// A word is to be told otherwise, under this number.
    pub(super) fn is_to_be_told(&mut self, number: i64, post: &CustomerPost) {
        let Some(word) = Word::of(post) else { return };
        let held = self.on_the_way.iter_mut().find(|held| held.word == word && held.number.is_none());
        if let Some(held) = held {
            held.lost.get_or_insert(Undelivered::Spoken);
            held.number = Some(number);
        }
    }

    /// The word with this number was told otherwise; which it was.
    pub(super) fn is_told(&mut self, number: i64) -> Option<Word> {
        let held = self.on_the_way.iter().find(|held| held.number == Some(number));
        let word = held.map(|held| held.word.clone())?;
        self.arrives(&word);
        Some(word)
    }

    /// A word that is not said any more: it was overtaken.
    pub(super) fn is_void(&mut self, void: impl Fn(&Word) -> bool) {
        let numbers: Vec<i64> =
            self.on_the_way.iter().filter(|held| void(&held.word)).filter_map(|held| held.number).collect();
        self.on_the_way.retain(|held| !void(&held.word));
        self.speech.untold.retain(|held| !numbers.contains(held));
    }
}
