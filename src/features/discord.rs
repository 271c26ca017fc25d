//! The capabilities on Discord: their commands, their buttons and forms, and what people read.

use serde_json::Value;

use super::{
    Category, Command, Refused, Response, State, ToCustomer, ToManagers, ToThread, clarify, goodwill,
    promise, rejection,
};
use crate::kernel::core::Core;
use crate::kernel::ids::ComplaintId;
use crate::kernel::lang::Lang;
use crate::kernel::people::Person;
use crate::kernel::refused::Common;
use crate::kit::body::Voice;
use crate::kit::command::{Audience, Declared};
use crate::kit::option::{Options, Source};
use crate::kit::route::{Given, Post, Route};
use crate::sla::clocks::ClockKind;
use crate::text::Words;

/// The sentences of all capabilities.
pub const SENTENCES: &[&[(&str, &[&str])]] = &[
    clarify::discord::SENTENCES,
    promise::discord::SENTENCES,
    rejection::discord::SENTENCES,
    goodwill::discord::SENTENCES,
];

/// The slash commands of all capabilities.
pub const DECLARED: &[&[Declared]] = &[
    clarify::discord::Used::DECLARED,
    rejection::discord::Used::DECLARED,
    goodwill::discord::Used::DECLARED,
];

/// Where the slash command with this path and these options leads; none where no capability has it, or Discord would not have
/// sent that.
pub fn used(path: &str, options: &Options) -> Option<Result<Route<Command, Press>, Common>> {
    if let Some(used) = clarify::discord::Used::read(path, options) {
        return Some(Ok(used.route().map(Command::Clarify, Press::Clarify)));
    }
    if let Some(used) = rejection::discord::Used::read(path, options) {
        return Some(Ok(used.route().map(Command::Reject, Press::Reject)));
    }
    let goodwill = goodwill::discord::Used::read(path, options)?;
    Some(goodwill.route().map(|route| route.map(Command::Goodwill, Press::Goodwill)))
}

/// A button, select or form of a capability.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Press {
    /// Of clarifying questions.
    Clarify(clarify::discord::Press),
    /// Of rejections.
    Reject(rejection::discord::Press),
    /// Of something given on top.
    Goodwill(goodwill::discord::Press),
}

impl Press {
    /// Their names on the wire.
    pub fn names() -> Vec<&'static str> {
        [clarify::discord::Press::NAMES, rejection::discord::Press::NAMES, goodwill::discord::Press::NAMES]
            .concat()
    }

    /// As it is written, without its version.
    pub fn written(&self) -> String {
        match self {
            Self::Clarify(press) => press.written(),
            Self::Reject(press) => press.written(),
            Self::Goodwill(press) => press.written(),
        }
    }

    /// Reads the name of a custom id and what it carries.
    pub fn parts<'a>(name: &str, parts: impl Iterator<Item = &'a str>) -> Option<Self> {
        if clarify::discord::Press::NAMES.contains(&name) {
            return clarify::discord::Press::parts(name, parts).map(Self::Clarify);
        }
        if rejection::discord::Press::NAMES.contains(&name) {
            return rejection::discord::Press::parts(name, parts).map(Self::Reject);
        }
        goodwill::discord::Press::parts(name, parts).map(Self::Goodwill)
    }

    /// Who reads the answer.
    pub fn audience(&self) -> Audience {
        match self {
            Self::Clarify(press) => press.audience(),
            Self::Reject(press) => press.audience(),
            Self::Goodwill(press) => press.audience(),
        }
    }

    /// The complaint that it is about.
    pub fn complaint(&self) -> Option<ComplaintId> {
        match self {
            Self::Clarify(press) => press.complaint(),
            Self::Reject(press) => press.complaint(),
            Self::Goodwill(press) => press.complaint(),
        }
    }

    /// Whether whoever uses it must know what was said last.
    pub fn settles(&self) -> bool {
        match self {
            Self::Clarify(press) => press.settles(),
            Self::Reject(press) => press.settles(),
            Self::Goodwill(press) => press.settles(),
        }
    }

    /// Where it leads with what was given; none where nothing was.
    pub fn route(&self, given: &Given<'_>) -> Option<Route<Command, Self>> {
        Some(match self {
            Self::Clarify(press) => press.route(given)?.map(Command::Clarify, Self::Clarify),
            Self::Reject(press) => press.route(given).map(Command::Reject, Self::Reject),
            Self::Goodwill(press) => press.route().map(Command::Goodwill, Self::Goodwill),
        })
    }

    /// The same for this complaint.
    pub fn of(self, complaint: ComplaintId) -> Self {
        match self {
            Self::Reject(press) => Self::Reject(press.of(complaint)),
            other @ (Self::Clarify(_) | Self::Goodwill(_)) => other,
        }
    }

    /// Whether it is a form, which is sent and not pressed.
    pub fn is_form(&self) -> bool {
        match self {
            Self::Clarify(press) => press.is_form(),
            Self::Reject(press) => press.is_form(),
            Self::Goodwill(_) => false,
        }
    }

    /// The form as it opens, where it is one; `theirs`: words in the customer's language.
    pub fn form(&self, core: &Core, state: &State, words: &Words, theirs: &Words) -> Option<Value> {
        match self {
            Self::Clarify(press) => press.form(words),
            Self::Reject(press) => press.form(core, &state.disposition.refusals, words, theirs),
            Self::Goodwill(_) => None,
        }
    }
}

/// A response as whoever asked reads it, and who else does.
pub fn response(response: &Response, asker: &Person, words: &Words) -> (Audience, Value) {
    match response {
        Response::Clarified { done } => clarify::discord::response(done, asker, words),
        Response::Procedure { done } => promise::discord::response(done, asker, words),
        Response::Disposition { done } => rejection::discord::response(done, asker, words),
        Response::Goodwill { done } => goodwill::discord::response(done, asker, words),
    }
}

/// What a customer reads, a person's words, signed; and the buttons under it.
pub fn to_customer(
    post: &ToCustomer,
    core: &Core,
    state: &State,
    words: &Words,
    voice: &Voice<'_>,
) -> (String, Vec<Value>) {
    match post {
        ToCustomer::Question(post) => clarify::discord::to_customer(post, core, words, voice),
        ToCustomer::Promise(post) => (promise::discord::to_customer(post, core, words, voice), Vec::new()),
        ToCustomer::Refused(post) => {
            rejection::discord::to_customer(*post, core, &state.disposition.refusals, words, voice)
        }
        ToCustomer::Goodwill(post) => {
            goodwill::discord::to_customer(post, core, &state.goodwill, words, voice)
        }
    }
}

/// What the thread reads; `name` is the customer's.
pub fn to_thread(post: &ToThread, name: &str, words: &Words) -> Post {
    match post {
        ToThread::Clarify(post) => clarify::discord::to_thread(post, name, words),
        ToThread::Reject(post) => rejection::discord::to_thread(post, name, words),
    }
}

/// What managers read: `asked` is a mention of them, `place` leads to the complaint.
pub fn to_managers(post: &ToManagers, asked: String, place: String, words: &Words) -> String {
    match post {
        ToManagers::Reject(post) => rejection::discord::to_managers(*post, asked, place, words),
        ToManagers::Goodwill(post) => goodwill::discord::to_managers(post, asked, place, words),
    }
}

/// A refusal as whoever asked reads it.
pub fn refused(refused: &Refused, words: &Words) -> String {
    match refused {
        Refused::Clarify(refused) => clarify::discord::refused(refused, words),
        Refused::Promise(refused) => promise::discord::refused(*refused, words),
        Refused::Reject(refused) => rejection::discord::refused(*refused, words),
        Refused::Goodwill(refused) => goodwill::discord::refused(refused, words),
    }
}

/// Fields of the action bar: heading and text.
pub fn fields(state: &State, words: &Words) -> Vec<(String, String)> {
    clarify::discord::field(&state.clarified, words).into_iter().collect()
}

/// The next step of a complaint, where a capability waits for one.
pub fn next_step(state: &State, words: &Words) -> Option<String> {
    rejection::discord::next_step(&state.disposition.refusals, words)
}

/// What is to be done about a clock of a capability, and its buttons.
pub fn clock_step(
    clock: ClockKind,
    core: &Core,
    state: &State,
    words: &Words,
) -> Option<(String, Vec<Value>)> {
    rejection::discord::clock_step(clock, core, &state.disposition.refusals, words)
}

/// Rows under the action bar.
pub fn rows(
    core: &Core,
    state: &State,
    category: Option<&Category>,
    lang: Lang,
    words: &Words,
) -> Vec<Value> {
    let questions = category.map(|category| category.questions.as_slice()).unwrap_or_default();
    clarify::discord::to_ask(core, &state.clarified, questions, lang, words).into_iter().collect()
}

/// What is suggested for an option of a capability's command in the thread of a complaint: value and label.
pub fn suggestions(
    source: Source,
    state: &State,
    category: Option<&Category>,
    lang: Lang,
) -> Vec<(String, String)> {
    let questions = category.map(|category| category.questions.as_slice()).unwrap_or_default();
    match source {
        Source::Questions => clarify::discord::suggestions(&state.clarified, questions, lang),
        _ => Vec::new(),
    }
}
