//! The list of capabilities: each has one variant and one arm wherever all of them take part. What a capability is made of lies
//! in its own folder.

pub mod authority;
pub mod goodwill;
pub mod record;
pub mod written;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::kernel::context::{Context, Needs};
use crate::kernel::core::Core;
use crate::kernel::decision::Decision;
use crate::kernel::ids::ComplaintId;
use crate::kernel::people::{Grade, Person};
use crate::kernel::refused::{Common, Refused as Because};
use crate::kit::body::Voice;
use crate::kit::command::{Audience, Declared};
use crate::kit::option::Options;
use crate::kit::route::Route;
use crate::kit::setting::{Findings, Section};
use crate::text::Words;
use authority::{Authority, Said};

/// What each capability remembers of a complaint.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// What was given on top.
    #[serde(default, skip_serializing_if = "goodwill::State::is_empty")]
    pub goodwill: goodwill::State,
}

/// What each capability works by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// What is given on top.
    pub goodwill: goodwill::Policy,
}

/// Reads each capability's section of the configuration.
pub fn read(top: &mut Section<'_>, findings: &mut Findings) -> Option<Policy> {
    let goodwill = goodwill::read(top, findings);
    Some(Policy { goodwill: goodwill? })
}

/// A fact of a capability, as the journal holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "kebab-case")]
pub enum Fact {
    /// Something given on top.
    Goodwill(goodwill::Fact),
}

/// A request to a capability.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Give something on top.
    Goodwill(goodwill::Command),
}

/// What a capability's decision brings to Discord.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// The customer is told.
    ToCustomer(ToCustomer),
    /// Managers are told.
    ToManagers(ToManagers),
    /// Head office is told that this person agreed to their own.
    AgreedAlone(Person),
}

/// What a customer is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "post", rename_all = "kebab-case")]
pub enum ToCustomer {
    /// What is given on top.
    Goodwill(goodwill::ToCustomer),
}

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
    /// What is given on top.
    Goodwill(goodwill::ToCustomer),
}

/// What a message with buttons asks somebody to decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "asks", rename_all = "kebab-case")]
pub enum Prompt {
    /// To agree to something given on top.
    Goodwill(goodwill::Prompt),
}

/// What whoever asked is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "kebab-case")]
pub enum Response {
    /// How something given on top stands.
    Goodwill {
        /// What came of it.
        done: Box<goodwill::Response>,
    },
}

/// Why a capability does nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Refused {
    /// Nothing is given on top.
    Goodwill(goodwill::Refused),
}

/// Decides on a command.
///
/// # Errors
///
/// Why nothing is done.
pub fn decide(
    core: &Core,
    state: &State,
    command: Command,
    context: &Context,
    policy: &Policy,
    authority: &Authority<'_>,
) -> Result<Decision<Fact, Message, Response>, Because<Refused>> {
    match command {
        Command::Goodwill(command) => {
            goodwill::decide(core, &state.goodwill, command, context, &policy.goodwill, authority)
                .map(|decision| {
                    let message = |held| match held {
                        goodwill::Message::ToCustomer(post) => {
                            Message::ToCustomer(ToCustomer::Goodwill(post))
                        }
                        goodwill::Message::ToManagers(post) => {
                            Message::ToManagers(ToManagers::GoodwillWaits(post))
                        }
                        goodwill::Message::AgreedAlone(by) => Message::AgreedAlone(by),
                    };
                    decision.map(Fact::Goodwill, message, |done| Response::Goodwill { done: Box::new(done) })
                })
                .map_err(|refused| refused.map(Refused::Goodwill))
        }
    }
}

impl State {
    /// Takes in a fact, written at `at` (Unix ms).
    pub fn apply(&mut self, fact: &Fact, at: i64) {
        match fact {
            Fact::Goodwill(fact) => self.goodwill.apply(fact, at),
        }
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
            Prompt::Goodwill(prompt) => self.goodwill.is_over(prompt),
        }
    }
}

impl Command {
    /// What must be looked up before it can be decided.
    pub fn needs(&self, state: &State) -> Needs {
        match self {
            Self::Goodwill(command) => command.needs(&state.goodwill),
        }
    }

    /// Whether it goes to the customer or decides something, so that whoever gives it must know what was said last.
    pub fn settles(&self) -> bool {
        match self {
            Self::Goodwill(command) => command.settles(),
        }
    }
}

impl ToCustomer {
    /// Which word it is, which is to arrive; none: nobody tells it otherwise if it does not.
    pub fn word(&self) -> Option<Word> {
        match self {
            Self::Goodwill(post) => Some(Word::Goodwill(post.clone())),
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
            Self::Goodwill { .. } => true,
        }
    }

    /// What it asks somebody to decide, where it stands in the thread.
    pub fn prompt(&self) -> Option<Prompt> {
        match self {
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
            Self::Goodwill(refused) => refused.is_mendable(),
        }
    }
}

/// The sentences of all capabilities.
pub const SENTENCES: &[&[(&str, &[&str])]] = &[goodwill::discord::SENTENCES];

/// The slash commands of all capabilities.
pub const DECLARED: &[&[Declared]] = &[goodwill::discord::Used::DECLARED];

/// Where the slash command with this path and these options leads; none where no capability has it, or Discord would not have
/// sent that.
pub fn used(path: &str, options: &Options) -> Option<Result<Route<Command>, Common>> {
    let goodwill = goodwill::discord::Used::read(path, options);
    goodwill.map(|used| used.route().map(|route| route.map(Command::Goodwill)))
}

/// A button or form of a capability.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Press {
    /// Of something given on top.
    Goodwill(goodwill::discord::Press),
}

impl Press {
    /// Their names on the wire.
    pub fn names() -> Vec<&'static str> {
        [goodwill::discord::Press::NAMES].concat()
    }

    /// As it is written, without its version.
    pub fn written(&self) -> String {
        match self {
            Self::Goodwill(press) => press.written(),
        }
    }

    /// Reads the name of a custom id and what it carries.
    pub fn parts<'a>(name: &str, parts: impl Iterator<Item = &'a str>) -> Option<Self> {
        match name {
            name if goodwill::discord::Press::NAMES.contains(&name) => {
                goodwill::discord::Press::parts(name, parts).map(Self::Goodwill)
            }
            _ => None,
        }
    }

    /// Who reads the answer.
    pub fn audience(&self) -> Audience {
        match self {
            Self::Goodwill(press) => press.audience(),
        }
    }

    /// The complaint that it is about.
    pub fn complaint(&self) -> Option<ComplaintId> {
        match self {
            Self::Goodwill(press) => press.complaint(),
        }
    }

    /// Whether whoever uses it must know what was said last.
    pub fn settles(&self) -> bool {
        match self {
            Self::Goodwill(press) => press.settles(),
        }
    }

    /// Where it leads.
    pub fn route(&self) -> Route<Command> {
        match self {
            Self::Goodwill(press) => press.route().map(Command::Goodwill),
        }
    }
}

/// A response as whoever asked reads it, and who else does.
pub fn response(response: &Response, asker: &Person, words: &Words) -> (Audience, Value) {
    match response {
        Response::Goodwill { done } => (Audience::Record, goodwill::discord::response(done, asker, words)),
    }
}

/// What a customer reads: a person's words, signed.
pub fn to_customer(
    post: &ToCustomer,
    core: &Core,
    state: &State,
    words: &Words,
    voice: &Voice<'_>,
) -> String {
    match post {
        ToCustomer::Goodwill(post) => {
            goodwill::discord::to_customer(post, core, &state.goodwill, words, voice)
        }
    }
}

/// What managers read: `asked` is a mention of them, `place` leads to the complaint.
pub fn to_managers(post: &ToManagers, asked: String, place: String, words: &Words) -> String {
    match post {
        ToManagers::GoodwillWaits(post) => goodwill::discord::to_managers(post, asked, place, words),
    }
}

/// A refusal as whoever asked reads it.
pub fn refused(refused: &Refused, words: &Words) -> String {
    match refused {
        Refused::Goodwill(refused) => goodwill::discord::refused(refused, words),
    }
}
