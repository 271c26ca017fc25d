//! The list of capabilities: each has one variant and one arm wherever all of them take part. What a capability is made of lies
//! in its own folder.

pub mod authority;
pub mod clarify;
pub mod decision;
pub mod discord;
pub mod goodwill;
mod message;
pub mod procedure;
pub mod promise;
pub mod record;
pub mod rejection;
pub mod written;

use serde::{Deserialize, Serialize};

use crate::kernel::context::{Context, Needs};
use crate::kernel::core::{Core, Twin};
use crate::kernel::nested::merged;
use crate::kernel::people::Grade;
use crate::kernel::refused::Refused as Because;
use crate::kit::setting::{Findings, Section};
use authority::{Authority, Said};
use decision::{Decision, Effect};
use procedure::Procedure;

pub use message::{Message, Prompt, ToCustomer, ToManagers, ToThread, Word};

/// What each capability remembers of a complaint.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// How far the procedure has come.
    #[serde(default)]
    pub procedure: Procedure,
    /// How it ended other than by being put right.
    #[serde(default)]
    pub disposition: Disposition,
    /// What was asked, and what is known.
    #[serde(default, skip_serializing_if = "clarify::State::is_empty")]
    pub clarified: clarify::State,
    /// What was given on top.
    #[serde(default, skip_serializing_if = "goodwill::State::is_empty")]
    pub goodwill: goodwill::State,
}

/// How a complaint ended other than by being put right. Stored as one, whoever it belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disposition {
    /// Its rejections.
    #[serde(default)]
    pub refusals: rejection::State,
    /// The complaint that it is looked after in.
    #[serde(default)]
    pub merged_into: Option<Twin>,
    /// The complaints that are looked after here.
    #[serde(default)]
    pub merged_from: Vec<Twin>,
}

/// What a complaint leaves to the one that it is looked after in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Legacy {
    /// What was promised and not yet kept.
    #[serde(flatten)]
    promises: promise::Legacy,
    /// What was asked, and what is known.
    #[serde(default, skip_serializing_if = "clarify::State::is_empty")]
    clarified: clarify::State,
}

/// What each capability works by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// What is given on top.
    pub goodwill: goodwill::Policy,
    /// What is done about promises.
    pub promise: promise::Policy,
}

/// What each capability has for a category.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Category {
    /// What it needs to know.
    pub questions: Vec<clarify::Question>,
}

/// Reads each capability's section of the configuration.
pub fn read(top: &mut Section<'_>, findings: &mut Findings) -> Option<Policy> {
    let goodwill = goodwill::read(top, findings);
    let promise = promise::read(top, findings);
    Some(Policy { goodwill: goodwill?, promise: promise? })
}

/// Reads what each capability has in the section of a category.
pub fn category(section: &mut Section<'_>, findings: &mut Findings) -> Category {
    Category { questions: clarify::questions(section, findings) }
}

/// A fact of a capability, as the journal holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "kebab-case")]
pub enum Fact {
    /// Something that the category needs to know was asked or answered.
    Clarified(clarify::Fact),
    /// Something was promised, moved or kept.
    Procedure(promise::Fact),
    /// It was rejected, or is about to be.
    Disposition(rejection::Fact),
    /// Something given on top.
    Goodwill(goodwill::Fact),
}

/// A request to a capability.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Ask what the category needs to know, or answer it.
    Clarify(clarify::Command),
    /// Promise something, move it, keep it.
    Promise(promise::Command),
    /// Reject the complaint, or object to that.
    Reject(rejection::Command),
    /// Give something on top.
    Goodwill(goodwill::Command),
}

/// What whoever asked is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "kebab-case")]
pub enum Response {
    /// Something was asked, answered or noted.
    Clarified {
        /// What came of it.
        done: Box<clarify::Response>,
    },
    /// How a promise stands.
    Procedure {
        /// What came of it.
        done: Box<promise::Response>,
    },
    /// How a rejection stands.
    Disposition {
        /// What came of it.
        done: Box<rejection::Response>,
    },
    /// How something given on top stands.
    Goodwill {
        /// What came of it.
        done: Box<goodwill::Response>,
    },
}

/// Why a capability does nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Nothing is asked.
    Clarify(clarify::Refused),
    /// Nothing is promised, moved or kept.
    Promise(promise::Refused),
    /// The complaint is not rejected.
    Reject(rejection::Refused),
    /// Nothing is given on top.
    Goodwill(goodwill::Refused),
}

merged! {
    Refused {
        Clarify(clarify::Refused),
        Promise(promise::Refused),
        Reject(rejection::Refused),
        Goodwill(goodwill::Refused),
    }
}

/// What a capability decides by.
#[derive(Clone, Copy)]
pub struct Basis<'a> {
    /// The complaint.
    pub core: &'a Core,
    /// What capabilities remember of it.
    pub state: &'a State,
    /// What they have for its category.
    pub category: Option<&'a Category>,
    /// Who asks, and when.
    pub context: &'a Context,
    /// What they work by.
    pub policy: &'a Policy,
    /// What whoever asks may give.
    pub authority: &'a Authority<'a>,
}

impl<'a> Basis<'a> {
    fn questions(&self) -> &'a [clarify::Question] {
        self.category.map(|category| category.questions.as_slice()).unwrap_or_default()
    }
}

/// What a capability waits for; a complaint has at most one timer of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slot {
    /// The customer is reminded of an appointment.
    RemindAppointment,
}

impl Slot {
    /// All of them.
    pub const ALL: [Self; 1] = [Self::RemindAppointment];

    /// Its stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::RemindAppointment => "remind-appointment",
        }
    }
}

/// Decides on a command.
///
/// # Errors
///
/// Why nothing is done.
pub fn decide(
    command: Command,
    basis: Basis<'_>,
) -> Result<Decision<Fact, Message, Response>, Because<Refused>> {
    let Basis { core, state, context, policy, authority, .. } = basis;
    match command {
        Command::Clarify(command) => {
            let message = |held| match held {
                clarify::Message::ToCustomer(post) => Message::ToCustomer(ToCustomer::Question(post)),
                clarify::Message::ToThread(post) => Message::ToThread(ToThread::Clarify(post)),
            };
            let response = |done| Response::Clarified { done: Box::new(done) };
            clarify::decide(core, &state.clarified, command, context, basis.questions())
                .map(|decided| decided.map(Fact::Clarified, message, response))
                .map_err(|refused| refused.map(Refused::Clarify))
        }
        Command::Promise(command) => {
            let message = |post| Message::ToCustomer(ToCustomer::Promise(post));
            let response = |done| Response::Procedure { done: Box::new(done) };
            promise::decide(core, &state.procedure.promises, command, context)
                .map(|decided| decided.map(Fact::Procedure, message, response))
                .map_err(|refused| refused.map(Refused::Promise))
        }
        Command::Reject(command) => {
            let message = |held| match held {
                rejection::Message::ToCustomer(post) => Message::ToCustomer(ToCustomer::Refused(post)),
                rejection::Message::ToThread(post) => Message::ToThread(ToThread::Reject(post)),
                rejection::Message::ToManagers(post) => Message::ToManagers(ToManagers::Reject(post)),
                rejection::Message::AgreedAlone(by) => Message::AgreedAlone(by),
            };
            let response = |done| Response::Disposition { done: Box::new(done) };
            rejection::decide(core, &state.disposition.refusals, command, context)
                .map(|decided| decided.map(Fact::Disposition, message, response))
                .map_err(|refused| refused.map(Refused::Reject))
        }
        Command::Goodwill(command) => {
            let message = |held| match held {
                goodwill::Message::ToCustomer(post) => Message::ToCustomer(ToCustomer::Goodwill(post)),
                goodwill::Message::ToManagers(post) => Message::ToManagers(ToManagers::Goodwill(post)),
                goodwill::Message::AgreedAlone(by) => Message::AgreedAlone(by),
            };
            let response = |done| Response::Goodwill { done: Box::new(done) };
            goodwill::decide(core, &state.goodwill, command, context, &policy.goodwill, authority)
                .map(|decided| decided.map(Fact::Goodwill, message, response))
                .map_err(|refused| refused.map(Refused::Goodwill))
        }
    }
}

impl State {
    /// Takes in a fact, written at `at` (Unix ms).
    pub fn apply(&mut self, fact: &Fact, at: i64) {
        match fact {
            Fact::Clarified(fact) => self.clarified.apply(fact),
            Fact::Procedure(fact) => self.procedure.promises.apply(fact, at),
            Fact::Disposition(fact) => self.disposition.refusals.apply(fact),
            Fact::Goodwill(fact) => self.goodwill.apply(fact, at),
        }
    }

    /// What is left to the complaint that this one is looked after in.
    pub fn legacy(&self) -> Legacy {
        Legacy { promises: self.procedure.promises.legacy(), clarified: self.clarified.clone() }
    }

    /// Takes over what another complaint leaves.
    pub fn inherit(&mut self, legacy: &Legacy) {
        self.clarified.inherit(&legacy.clarified);
    }

    /// What is promised here of what another complaint leaves.
    pub fn promised(&self, legacy: &Legacy) -> Vec<Fact> {
        let promised = legacy.promises.promised(self.procedure.promises.next());
        promised.into_iter().map(Fact::Procedure).collect()
    }

    /// What capabilities wait for, with the instant (Unix ms); `before_quiet` moves one out of the quiet hours.
    pub fn timers(&self, policy: &Policy, before_quiet: impl Fn(i64) -> i64) -> Vec<(Slot, i64)> {
        let remind = self.procedure.promises.remind_at(&policy.promise, before_quiet);
        remind.map(|due| (Slot::RemindAppointment, due)).into_iter().collect()
    }

    /// What follows when a timer is due.
    pub fn fired(
        &self,
        slot: Slot,
        now: i64,
        policy: &Policy,
        before_quiet: impl Fn(i64) -> i64,
    ) -> Vec<Effect<Fact, Message>> {
        match slot {
            Slot::RemindAppointment => {
                let effects = self.procedure.promises.remind(now, &policy.promise, before_quiet);
                let message = |post| Message::ToCustomer(ToCustomer::Promise(post));
                effects.into_iter().map(|effect| effect.map(Fact::Procedure, message)).collect()
            }
        }
    }

    /// What was given in the case, on whose authority (đồng).
    pub fn spent(&self) -> impl Iterator<Item = (Grade, i64)> {
        self.goodwill.spent()
    }

    /// Words of people that the customer reads when a message names them by their number.
    pub fn said(&self) -> impl Iterator<Item = Said> {
        self.disposition.refusals.said().chain(self.goodwill.said())
    }

    /// Whether what a message asks is decided or overtaken.
    pub fn is_over(&self, prompt: Prompt, is_open: bool) -> bool {
        match prompt {
            Prompt::Refusal(prompt) => self.disposition.refusals.is_over(prompt, is_open),
            Prompt::Question(prompt) => self.clarified.is_over(prompt),
            Prompt::Goodwill(prompt) => self.goodwill.is_over(prompt),
        }
    }

    /// Whether a message that waits would only nag or mislead: they said it meanwhile, in other words or by voice.
    pub fn overtakes(&self, post: &ToCustomer) -> bool {
        match post {
            ToCustomer::Question(post) => self.clarified.is_answered(post.number),
            ToCustomer::Promise(post) => self.procedure.promises.overtakes(post),
            ToCustomer::Refused(_) | ToCustomer::Goodwill(_) => false,
        }
    }
}

impl Fact {
    /// The message to the customer by it that answers what they wrote.
    pub fn answers(&self) -> Option<Word> {
        match self {
            Self::Clarified(fact) => fact.asks().map(Word::Question),
            Self::Procedure(_) | Self::Disposition(_) | Self::Goodwill(_) => None,
        }
    }

    /// The message to the customer that goes nowhere any more.
    pub fn voids(&self) -> Option<Word> {
        match self {
            Self::Clarified(fact) => fact.settles().map(Word::Question),
            Self::Procedure(_) | Self::Disposition(_) | Self::Goodwill(_) => None,
        }
    }

    /// What it takes of which month's budget (đồng).
    pub fn spends(&self) -> Option<(&'static str, i64)> {
        match self {
            Self::Clarified(_) | Self::Procedure(_) | Self::Disposition(_) => None,
            Self::Goodwill(fact) => fact.spends(),
        }
    }
}

impl Command {
    /// What must be looked up before it can be decided.
    pub fn needs(&self, state: &State) -> Needs {
        match self {
            Self::Clarify(_) | Self::Promise(_) => Needs::default(),
            Self::Reject(command) => Needs { agreement: command.agreement(), ..Needs::default() },
            Self::Goodwill(command) => command.needs(&state.goodwill),
        }
    }

    /// Whether it goes to the customer or decides something, so that whoever gives it must know what was said last.
    pub fn settles(&self) -> bool {
        match self {
            Self::Clarify(command) => command.settles(),
            Self::Promise(command) => command.settles(),
            Self::Reject(command) => command.settles(),
            Self::Goodwill(command) => command.settles(),
        }
    }

    /// Whether it is about work in the thread, so that a complaint in an incident's list gets one first.
    pub fn needs_a_thread(&self) -> bool {
        match self {
            Self::Clarify(_) | Self::Promise(_) | Self::Reject(_) => true,
            Self::Goodwill(_) => false,
        }
    }

    /// Whether it is what a customer says, who is heard where the complaint is looked after now.
    pub fn is_said(&self) -> bool {
        match self {
            Self::Clarify(command) => command.is_said(),
            Self::Promise(_) | Self::Reject(_) | Self::Goodwill(_) => false,
        }
    }

    /// The same where the complaint is looked after now.
    pub fn moved(self, here: &State, there: &State) -> Self {
        match self {
            Self::Clarify(command) => Self::Clarify(command.moved(&here.clarified, &there.clarified)),
            other @ (Self::Promise(_) | Self::Reject(_) | Self::Goodwill(_)) => other,
        }
    }
}

impl Response {
    /// Whether it shows something that can be decided on.
    pub fn is_step(&self) -> bool {
        match self {
            Self::Clarified { .. } => false,
            Self::Procedure { .. } | Self::Disposition { .. } | Self::Goodwill { .. } => true,
        }
    }

    /// What it asks somebody to decide, where it stands in the thread.
    pub fn prompt(&self) -> Option<Prompt> {
        match self {
            Self::Clarified { .. } | Self::Procedure { .. } => None,
            Self::Disposition { done } => done.waiting().map(Prompt::Refusal),
            Self::Goodwill { done } => {
                let number = done.goodwill.number;
                done.goodwill.waits().then_some(Prompt::Goodwill(goodwill::Prompt { number }))
            }
        }
    }
}

impl Refused {
    /// Whether other words may get it done.
    pub fn is_mendable(&self) -> bool {
        match self {
            Self::Clarify(_) => false,
            Self::Promise(refused) => refused.is_mendable(),
            Self::Reject(rejection::Refused::NoBasis) => true,
            Self::Goodwill(refused) => refused.is_mendable(),
        }
    }
}
