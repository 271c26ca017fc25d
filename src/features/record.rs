//! The capabilities in what is kept and handed over: the case file, the document about a person, the search, the figures, and
//! what is left when a person is erased.

use serde::Serialize;

use super::{Fact, State, ToCustomer, Word, goodwill};
use crate::kernel::meanwhile::Meanwhile;
use crate::kernel::phrase::{Line, Phrase, Table};

impl Fact {
    /// What somebody who was about to act has to know of it, with its words.
    pub fn meanwhile(&self) -> Option<(Meanwhile, &str)> {
        match self {
            Self::Goodwill(fact) => fact.meanwhile(),
        }
    }

    /// Whether it says what one of both sides was told by the other.
    pub fn reaches_the_other(&self) -> bool {
        match self {
            Self::Goodwill(fact) => fact.reaches_the_customer(),
        }
    }

    /// What people may look for in it.
    pub fn words(&self) -> Vec<&str> {
        match self {
            Self::Goodwill(fact) => fact.words(),
        }
    }

    /// What it takes of which month's budget (đồng).
    pub fn spends(&self) -> Option<(&'static str, i64)> {
        match self {
            Self::Goodwill(fact) => fact.spends(),
        }
    }

    /// Takes out what leads to a person.
    pub fn erase_person(&mut self) {
        match self {
            Self::Goodwill(fact) => fact.erase_person(),
        }
    }

    /// A line of the case file.
    pub fn line(&self) -> Line {
        match self {
            Self::Goodwill(fact) => goodwill::line(fact),
        }
    }
}

/// The tables of the case file that say what the customer was given.
pub fn tables(state: &State) -> Vec<Table> {
    vec![goodwill::table(&state.goodwill)]
}

impl Word {
    /// The key of what it is.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Goodwill(_) => "word-goodwill",
        }
    }
}

impl ToCustomer {
    /// What it is, in a line.
    pub fn named(&self) -> (Phrase, Phrase) {
        match self {
            Self::Goodwill(post) => (Phrase::words("file-post-goodwill"), Phrase::Number(post.number)),
        }
    }
}

/// What a customer takes along, as the document about them holds it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Portable {
    /// What they were given on top.
    goodwill: Vec<goodwill::Given>,
}

impl Portable {
    /// Takes in a fact, written at an instant in ISO 8601.
    pub fn take_in(&mut self, fact: &Fact, state: &State, at: &str) {
        match fact {
            Fact::Goodwill(fact) => {
                self.goodwill.extend(goodwill::Given::of(fact, &state.goodwill, at));
            }
        }
    }
}
