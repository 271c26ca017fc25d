//! The capabilities in what is kept and handed over: the case file, the document about a person, the search, and what is left
//! when a person is erased.

use serde::Serialize;

use super::{Fact, Legacy, State, ToCustomer, Word, clarify, goodwill, promise, rejection};
use crate::kernel::meanwhile::Meanwhile;
use crate::kernel::phrase::{Line, Phrase, Table};

/// The figure of reports that says how often something was given on top.
pub const GIVEN: &str = "goodwill.given";
/// The figure that says what it was worth (đồng).
pub const WORTH: &str = "goodwill.worth";

impl Fact {
    /// What somebody who was about to act has to know of it, with its words.
    pub fn meanwhile(&self) -> Option<(Meanwhile, &str)> {
        match self {
            Self::Clarified(fact) => fact.meanwhile(),
            Self::Procedure(fact) => fact.meanwhile(),
            Self::Disposition(fact) => fact.meanwhile(),
            Self::Goodwill(fact) => fact.meanwhile(),
        }
    }

    /// Whether it says what one of both sides was told by the other.
    pub fn reaches_the_other(&self) -> bool {
        match self {
            Self::Clarified(fact) => fact.reaches_the_customer(),
            Self::Procedure(fact) => fact.reaches_the_customer(),
            Self::Disposition(fact) => fact.reaches_the_other(),
            Self::Goodwill(fact) => fact.reaches_the_customer(),
        }
    }

    /// The words of the customer in it, which come as a message of their own, too.
    pub fn heard(&self) -> Option<&str> {
        match self {
            Self::Disposition(fact) => fact.heard(),
            Self::Clarified(_) | Self::Procedure(_) | Self::Goodwill(_) => None,
        }
    }

    /// What people may look for in it.
    pub fn words(&self) -> Vec<&str> {
        match self {
            Self::Clarified(fact) => fact.words(),
            Self::Procedure(fact) => fact.words(),
            Self::Disposition(fact) => fact.words(),
            Self::Goodwill(fact) => fact.words(),
        }
    }

    /// Takes out what leads to a person.
    pub fn erase_person(&mut self) {
        match self {
            Self::Clarified(fact) => fact.erase_person(),
            Self::Procedure(fact) => fact.erase_person(),
            Self::Disposition(fact) => fact.erase_person(),
            Self::Goodwill(fact) => fact.erase_person(),
        }
    }

    /// A line of the case file.
    pub fn line(&self) -> Line {
        match self {
            Self::Clarified(fact) => clarify::line(fact),
            Self::Procedure(fact) => promise::line(fact),
            Self::Disposition(fact) => rejection::line(fact),
            Self::Goodwill(fact) => goodwill::line(fact),
        }
    }
}

impl Legacy {
    /// Takes out what leads to a person.
    pub fn erase_person(&mut self) {
        let mut promises = std::mem::take(&mut self.promises);
        promises.erase_person();
        *self = Self { promises, ..Self::default() };
    }
}

/// The tables of the case file that belong to the matter.
pub fn tables_of_the_matter(state: &State) -> Vec<Table> {
    vec![clarify::table(&state.clarified)]
}

/// The tables of the case file that belong to the outcome, with all facts, as of an instant (Unix ms).
pub fn tables_of_the_outcome<'a>(
    state: &State,
    facts: impl Iterator<Item = &'a Fact> + Clone,
    now: i64,
) -> Vec<Table> {
    let of_promises = facts.filter_map(|fact| match fact {
        Fact::Procedure(fact) => Some(fact),
        _ => None,
    });
    vec![
        promise::table(&state.procedure.promises, of_promises, now),
        rejection::table(&state.disposition.refusals),
        goodwill::table(&state.goodwill),
    ]
}

impl Word {
    /// The key of what it is.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Question(_) => "word-question",
            Self::Refusal(_) => "word-refusal",
            Self::Promise(_) => "word-promise",
            Self::Goodwill(_) => "word-goodwill",
        }
    }
}

impl ToCustomer {
    /// What it is about, in a line.
    pub fn named(&self) -> Vec<Phrase> {
        match self {
            Self::Question(post) => vec![Phrase::from(&post.text)],
            Self::Promise(post) => promise::named(post),
            Self::Refused(post) => vec![Phrase::words("file-post-refused"), Phrase::Number(post.number)],
            Self::Goodwill(post) => vec![Phrase::words("file-post-goodwill"), Phrase::Number(post.number)],
        }
    }
}

/// What a customer takes along, as the document about them holds it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Portable {
    /// What they were promised.
    promises: Vec<promise::Portable>,
    /// What they were refused.
    refusals: Vec<rejection::Shown>,
    /// What they were asked.
    questions: Vec<clarify::Asked>,
    /// What they were given on top.
    goodwill: Vec<goodwill::Given>,
}

impl Portable {
    /// Takes in a fact, written at an instant in ISO 8601; `iso` writes others (Unix ms).
    pub fn take_in(&mut self, fact: &Fact, state: &State, at: &str, iso: impl Fn(i64) -> String) {
        match fact {
            Fact::Clarified(fact) => {
                clarify::Asked::take_in(&mut self.questions, fact, &state.clarified, at);
            }
            Fact::Procedure(fact) => promise::Portable::take_in(&mut self.promises, fact, at, iso),
            Fact::Disposition(fact) => {
                self.refusals.extend(rejection::Shown::of(fact, &state.disposition.refusals, at));
            }
            Fact::Goodwill(fact) => {
                self.goodwill.extend(goodwill::Given::of(fact, &state.goodwill, at));
            }
        }
    }
}
