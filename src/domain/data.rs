//! What people ask about their own data: shown and erased at once, anything else answered within the law's days. A request
//! is a row of state with outbox messages and timers of its own. Pure.

pub mod export;
pub mod fact;
pub mod holding;
pub mod shape;

use serde::{Deserialize, Serialize};

use self::fact::{Entry, Fact};
use super::command::Refusal;
use super::erasing::nobody;
use super::event::Undelivered;
use super::policy::{Policy, Span};
use super::posted::Posted;
use super::running::Schedule;
use crate::kernel::ids::{ChannelId, GuildId, MessageId, RequestId, UserId};
use crate::kernel::lang::Lang;
use crate::kernel::people::Person;
use crate::kernel::severity::Severity;

/// The slot of the timer that reminds managers before a request is due.
pub const REMIND: &str = "remind";
/// The slot of the timer that tells them that it was missed.
pub const MISSED: &str = "missed";
/// The longest request and the longest answer, in characters: either fits one message with what stands around it.
pub const LIMIT: usize = 1_500;

/// What was erased at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erased {
    /// Messages that were not sent as a complaint yet.
    pub drafts: i64,
    /// Whether a language or a server that they chose was known.
    pub language: bool,
    /// Contact numbers.
    pub contacts: i64,
    /// What would have put it right.
    pub wishes: i64,
    /// Words to ratings.
    pub words: i64,
}

impl Erased {
    /// Whether it was nothing.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

/// What a request asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "asks", rename_all = "kebab-case")]
pub enum Asks {
    /// To erase; done at once.
    Erase {
        /// What went.
        #[serde(flatten)]
        erased: Erased,
    },
    /// Anything else, in the person's words: to correct, to restrict, to object, to withdraw a consent.
    Other {
        /// The words.
        text: String,
    },
}

/// A manager's answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// Who.
    pub by: Person,
    /// When (Unix ms).
    pub at: i64,
    /// The words.
    pub text: String,
    /// Whether it stands before the person; none while it is on its way.
    pub reached: Option<bool>,
}

/// A request about a person's own data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataRequest {
    /// Its id.
    pub id: RequestId,
    /// At which desk.
    pub guild: GuildId,
    /// The number people see, counted within the guild from 1.
    pub number: i64,
    /// Who asks about their data.
    pub customer: Person,
    /// The language they are written to in.
    pub lang: Lang,
    /// What for.
    pub asks: Asks,
    /// When (Unix ms).
    pub asked_at: i64,
    /// When the answer is due, and the reminder before.
    #[serde(flatten)]
    pub schedule: Schedule,
    /// How many reminders went out.
    pub reminded: usize,
    /// When it was told that the deadline is missed (Unix ms). Never erased.
    pub missed_at: Option<i64>,
    /// The answer.
    pub reply: Option<Reply>,
    /// Where managers are told of it.
    pub place: Option<(ChannelId, MessageId)>,
}

/// What is to be brought to Discord about a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "letter", rename_all = "kebab-case")]
pub enum RequestMessage {
    /// Tells managers of it.
    Told,
    /// Brings that message up to date.
    Refresh,
    /// Reminds them that it is due.
    Remind,
    /// Tells them that it was missed.
    Missed,
    /// The answer, to the person.
    Answer,
    /// Tells managers that the answer found no way to the person.
    Unreached {
        /// Why not, if that is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Undelivered>,
    },
    /// Takes back the message that shows an erased draft.
    TakeBack {
        /// The direct-message channel.
        channel: ChannelId,
        /// The message.
        message: MessageId,
    },
    /// Lets go of erased files: these, and those of forms that the person never sent.
    DropFiles {
        /// Where they are kept.
        kept: Vec<String>,
        /// Whose forms.
        person: UserId,
    },
    /// Strikes what was posted about a request that is nobody's any more.
    Strike {
        /// Which messages.
        posts: Vec<Posted>,
    },
}

/// A request after a step, with what must be brought to Discord.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The request.
    pub request: DataRequest,
    /// What happened, in order.
    pub facts: Vec<Entry>,
    /// Its outbox messages, in order.
    pub outbox: Vec<RequestMessage>,
}

impl Change {
    /// A request to which nothing happened, as it is to be stored.
    pub fn none(request: DataRequest) -> Self {
        Self { request, facts: Vec::new(), outbox: Vec::new() }
    }
}

/// A request before it has a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asking {
    /// At which desk.
    pub guild: GuildId,
    /// Who.
    pub customer: Person,
    /// The language they are written to in.
    pub lang: Lang,
    /// What for.
    pub asks: Asks,
}

impl DataRequest {
    /// Whether somebody still owes the person an answer.
    pub fn is_open(&self) -> bool {
        self.reply.is_none() && matches!(self.asks, Asks::Other { .. })
    }

    /// When it was answered or done (Unix ms).
    pub fn closed_at(&self) -> Option<i64> {
        match (&self.asks, &self.reply) {
            (Asks::Erase { .. }, _) => Some(self.asked_at),
            (Asks::Other { .. }, reply) => reply.as_ref().map(|reply| reply.at),
        }
    }

    /// Its words; none where it asks to erase.
    pub fn text(&self) -> Option<&str> {
        match &self.asks {
            Asks::Other { text } => Some(text),
            Asks::Erase { .. } => None,
        }
    }

    /// Takes from it all that leads to the person; the times stay.
    pub fn forget(&mut self) {
        self.customer = nobody();
        self.place = None;
        if let Asks::Other { text } = &mut self.asks {
            text.clear();
        }
        if let Some(reply) = &mut self.reply {
            reply.text.clear();
        }
    }
}

/// Takes a request in; `now` in Unix ms.
pub fn ask(id: RequestId, number: i64, asking: Asking, policy: &Policy, now: i64) -> Change {
    let schedule = match asking.asks {
        Asks::Erase { .. } => Schedule::default(),
        Asks::Other { .. } => {
            let span = Span { start: now, until: None, pauses: &[] };
            policy.schedule(&policy.data_request, Severity::default(), &span, now)
        }
    };
    let Asking { guild, customer, lang, asks } = asking;
    let request = DataRequest {
        id,
        guild,
        number,
        customer,
        lang,
        asks,
        asked_at: now,
        schedule,
        reminded: 0,
        missed_at: None,
        reply: None,
        place: None,
    };
    Change { request, facts: vec![Entry { at: now, event: Fact::Asked }], outbox: vec![RequestMessage::Told] }
}

/// Answers a request; that closes it.
///
/// # Errors
///
/// [`Refusal::RequestOver`] if it was answered before; [`Refusal::Blank`] and [`Refusal::TooLong`] for the words.
pub fn answer(mut request: DataRequest, by: Person, text: &str, now: i64) -> Result<Change, Refusal> {
    if !request.is_open() {
        return Err(Refusal::RequestOver { number: request.number });
    }
    let text = words(text)?;
    request.reply = Some(Reply { by: by.clone(), at: now, text, reached: None });
    Ok(Change {
        request,
        facts: vec![Entry { at: now, event: Fact::Answered { by } }],
        outbox: vec![RequestMessage::Answer, RequestMessage::Refresh],
    })
}

/// Words of a request or an answer, cleaned.
///
/// # Errors
///
/// [`Refusal::Blank`] and [`Refusal::TooLong`].
pub fn words(text: &str) -> Result<String, Refusal> {
    let text = crate::language::fold::clean_input(text);
    if crate::language::fold::is_blank(&text) {
        return Err(Refusal::Blank);
    }
    let count = |length: usize| i64::try_from(length).unwrap_or(i64::MAX);
    let length = text.chars().count();
    if length > LIMIT {
        return Err(Refusal::TooLong { limit: count(LIMIT), length: count(length) });
    }
    Ok(text)
}

/// Notes whether the answer stands before the person; `lost`: why not. `now` in Unix ms.
pub fn reached(mut request: DataRequest, lost: Option<Undelivered>, now: i64) -> Change {
    let (mut facts, mut outbox) = (Vec::new(), Vec::new());
    if let Some(reply) = &mut request.reply {
        // The managers' message is brought up to date by the outbox message that stands behind the answer.
        reply.reached = Some(lost.is_none());
        let event = lost.map_or(Fact::Reached, |reason| Fact::Unreached { reason });
        facts.push(Entry { at: now, event });
        outbox.extend(lost.map(|why| RequestMessage::Unreached { reason: Some(why) }));
    }
    Change { request, facts, outbox }
}

/// What a request waits for: slots with their instants (Unix ms).
pub fn timers(request: &DataRequest) -> Vec<(String, i64)> {
    if !request.is_open() {
        return Vec::new();
    }
    let mut timers = Vec::new();
    if let Some(at) = request.schedule.nudges.get(request.reminded) {
        timers.push((REMIND.to_owned(), *at));
    }
    if let (Some(at), None) = (request.schedule.breach_at, request.missed_at) {
        timers.push((MISSED.to_owned(), at));
    }
    timers
}

/// A timer of it is due: managers are told.
pub fn fired(mut request: DataRequest, slot: &str, now: i64) -> Change {
    let (mut facts, mut outbox) = (Vec::new(), Vec::new());
    match slot {
        REMIND => {
            request.reminded += 1;
            // One that comes together with the breach, after a stop of the program, would only repeat it.
            if request.schedule.breach_at.is_none_or(|breach| now < breach) {
                outbox.push(RequestMessage::Remind);
            }
        }
        MISSED => {
            request.missed_at = Some(now);
            facts.push(Entry { at: now, event: Fact::Missed });
            outbox.extend([RequestMessage::Missed, RequestMessage::Refresh]);
        }
        _ => {}
    }
    Change { request, facts, outbox }
}
