//! The list of capabilities: each has one variant and one arm wherever all of them take part. What a capability is made of lies
//! in its own folder.

pub mod authority;
pub mod clarify;
pub mod decision;
pub mod discord;
pub mod goodwill;
pub mod record;
pub mod written;

use serde::{Deserialize, Serialize};

use crate::kernel::context::{Context, Needs};
use crate::kernel::core::Core;
use crate::kernel::nested::merged;
use crate::kernel::people::{Grade, Person};
use crate::kernel::refused::Refused as Because;
use crate::kit::setting::{Findings, Section};
use authority::{Authority, Said};
use decision::Decision;

/// What each capability remembers of a complaint.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// What was asked, and what is known.
    #[serde(default, skip_serializing_if = "clarify::State::is_empty")]
    pub clarified: clarify::State,
    /// What was given on top.
    #[serde(default, skip_serializing_if = "goodwill::State::is_empty")]
    pub goodwill: goodwill::State,
}

/// What a complaint leaves to the one that it is looked after in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Legacy {
    /// What was asked, and what is known.
    #[serde(default, skip_serializing_if = "clarify::State::is_empty")]
    clarified: clarify::State,
}

/// What each capability works by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// What is given on top.
    pub goodwill: goodwill::Policy,
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
    Some(Policy { goodwill: goodwill? })
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
    /// Something given on top.
    Goodwill(goodwill::Fact),
}

/// A request to a capability.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Ask what the category needs to know, or answer it.
    Clarify(clarify::Command),
    /// Give something on top.
    Goodwill(goodwill::Command),
}

/// What a capability's decision brings to Discord.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// The customer is told.
    ToCustomer(ToCustomer),
    /// The desk thread is told.
    ToThread(ToThread),
    /// Managers are told.
    ToManagers(ToManagers),
    /// Head office is told that this person agreed to their own.
    AgreedAlone(Person),
}

/// What a customer is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "post", rename_all = "kebab-case")]
pub enum ToCustomer {
    /// A question.
    Question(clarify::ToCustomer),
    /// What is given on top.
    Goodwill(goodwill::ToCustomer),
}

/// What the desk thread is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ToThread {
    /// What was asked or answered.
    Clarify(clarify::ToThread),
}

merged! { ToThread { Clarify(clarify::ToThread) } }

/// What managers are told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "post", rename_all = "kebab-case")]
pub enum ToManagers {
    /// Something given on top waits for them.
    GoodwillWaits(goodwill::ToManagers),
}

/// Which message to a customer, without its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "word", rename_all = "kebab-case")]
pub enum Word {
    /// A question.
    Question(clarify::Which),
    /// What is given on top.
    Goodwill(goodwill::ToCustomer),
}

/// What a message with buttons asks somebody to decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "asks", rename_all = "kebab-case")]
pub enum Prompt {
    /// The customer: to answer a question.
    Question(clarify::Which),
    /// Managers: to agree to something given on top.
    Goodwill(goodwill::Prompt),
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
    /// Nothing is given on top.
    Goodwill(goodwill::Refused),
}

merged! { Refused { Clarify(clarify::Refused), Goodwill(goodwill::Refused) } }

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
        Command::Goodwill(command) => {
            let message = |held| match held {
                goodwill::Message::ToCustomer(post) => Message::ToCustomer(ToCustomer::Goodwill(post)),
                goodwill::Message::ToManagers(post) => Message::ToManagers(ToManagers::GoodwillWaits(post)),
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
            Fact::Goodwill(fact) => self.goodwill.apply(fact, at),
        }
    }

    /// What is left to the complaint that this one is looked after in.
    pub fn legacy(&self) -> Legacy {
        Legacy { clarified: self.clarified.clone() }
    }

    /// Takes over what another complaint leaves.
    pub fn inherit(&mut self, legacy: &Legacy) {
        self.clarified.inherit(&legacy.clarified);
    }

    /// What was given in the case, on whose authority (đồng).
    pub fn spent(&self) -> impl Iterator<Item = (Grade, i64)> {
        self.goodwill.spent()
    }

    /// Words of people that the customer reads when a message names them by their number.
    pub fn said(&self) -> impl Iterator<Item = Said> {
        self.goodwill.said()
    }

    /// Whether what a message asks is decided or overtaken.
    pub fn is_over(&self, prompt: Prompt) -> bool {
        match prompt {
            Prompt::Question(prompt) => self.clarified.is_over(prompt),
            Prompt::Goodwill(prompt) => self.goodwill.is_over(prompt),
        }
    }

    /// Whether a message that waits would only nag or mislead: they said it meanwhile, in other words or by voice.
    pub fn overtakes(&self, post: &ToCustomer) -> bool {
        match post {
            ToCustomer::Question(post) => self.clarified.is_answered(post.number),
            ToCustomer::Goodwill(_) => false,
        }
    }
}

impl Fact {
    /// The message to the customer by it that answers what they wrote.
    pub fn answers(&self) -> Option<Word> {
        match self {
            Self::Clarified(fact) => fact.asks().map(Word::Question),
            Self::Goodwill(_) => None,
        }
    }

    /// The message to the customer that goes nowhere any more.
    pub fn voids(&self) -> Option<Word> {
        match self {
            Self::Clarified(fact) => fact.settles().map(Word::Question),
            Self::Goodwill(_) => None,
        }
    }

    /// What it takes of which month's budget (đồng).
    pub fn spends(&self) -> Option<(&'static str, i64)> {
        match self {
            Self::Clarified(_) => None,
            Self::Goodwill(fact) => fact.spends(),
        }
    }
}

impl Command {
    /// What must be looked up before it can be decided.
    pub fn needs(&self, state: &State) -> Needs {
        match self {
            Self::Clarify(_) => Needs::default(),
            Self::Goodwill(command) => command.needs(&state.goodwill),
        }
    }

    /// Whether it goes to the customer or decides something, so that whoever gives it must know what was said last.
    pub fn settles(&self) -> bool {
        match self {
            Self::Clarify(command) => command.settles(),
            Self::Goodwill(command) => command.settles(),
        }
    }

    /// Whether it is about work in the thread, so that a complaint in an incident's list gets one first.
    pub fn needs_a_thread(&self) -> bool {
        match self {
            Self::Clarify(_) => true,
            Self::Goodwill(_) => false,
        }
    }

    /// Whether it is what a customer says, who is heard where the complaint is looked after now.
    pub fn is_said(&self) -> bool {
        match self {
            Self::Clarify(command) => command.is_said(),
            Self::Goodwill(_) => false,
        }
    }

    /// The same where the complaint is looked after now.
    pub fn moved(self, here: &State, there: &State) -> Self {
        match self {
            Self::Clarify(command) => Self::Clarify(command.moved(&here.clarified, &there.clarified)),
            other @ Self::Goodwill(_) => other,
        }
    }
}

impl ToCustomer {
    /// Which word it is, which is to arrive; none: nobody tells it otherwise if it does not.
    pub fn word(&self) -> Option<Word> {
        match self {
            Self::Question(post) => Some(Word::Question(clarify::Which { number: post.number })),
            Self::Goodwill(post) => Some(Word::Goodwill(post.clone())),
        }
    }

    /// What it asks the customer.
    pub fn prompt(&self) -> Option<Prompt> {
        match self {
            Self::Question(post) => Some(Prompt::Question(clarify::Which { number: post.number })),
            Self::Goodwill(_) => None,
        }
    }

    /// A person's words in it that were not held against the table of authority before.
    pub fn said(&self) -> Option<Said> {
        match self {
            Self::Question(post) => Some(post.said()),
            // Drafted before, and passed then.
            Self::Goodwill(_) => None,
        }
    }
}

impl Word {
    /// Whether it answers what the customer wrote, so that the desk's next word is due anew from it on.
    pub fn is_answer(&self) -> bool {
        match self {
            Self::Question(_) => true,
            Self::Goodwill(_) => false,
        }
    }
}

impl Prompt {
    /// Whether it is the customer who is asked.
    pub fn is_for_the_customer(&self) -> bool {
        match self {
            Self::Question(_) => true,
            Self::Goodwill(_) => false,
        }
    }
}

impl ToThread {
    /// Whether it is for the owner.
    pub fn is_for_the_owner(&self) -> bool {
        match self {
            Self::Clarify(post) => matches!(post, clarify::ToThread::QuestionAnswered { .. }),
        }
    }
}

impl ToManagers {
    /// Who is asked.
    pub fn asks(&self) -> Grade {
        match self {
            Self::GoodwillWaits(post) if post.head_office => Grade::HeadOffice,
            Self::GoodwillWaits(_) => Grade::Manager,
        }
    }
}

impl Response {
    /// Whether it shows something that can be decided on.
    pub fn is_step(&self) -> bool {
        match self {
            Self::Clarified { .. } => false,
            Self::Goodwill { .. } => true,
        }
    }

    /// What it asks somebody to decide, where it stands in the thread.
    pub fn prompt(&self) -> Option<Prompt> {
        match self {
            Self::Clarified { .. } => None,
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
            Self::Goodwill(refused) => refused.is_mendable(),
        }
    }
}
