//! Clarifying questions in the case file, in what a customer takes along, in the search, and when a person is erased.

use serde::Serialize;

use super::{Fact, State};
use crate::kernel::meanwhile::Meanwhile;
use crate::kernel::phrase::{Line, Phrase, Table};

/// Something that a customer was asked, in the document about them.
#[derive(Clone, Debug, Serialize)]
pub struct Asked {
    at: String,
    by: String,
    question: String,
    answer: Option<String>,
    answered_at: Option<String>,
}

impl Asked {
    /// Takes a fact, written at an instant in ISO 8601, into what was asked before.
    pub fn take_in(asked: &mut Vec<Self>, fact: &Fact, state: &State, at: &str) {
        let at = at.to_owned();
        match fact {
            Fact::Asked { text, by, .. } => {
                let (by, question) = (by.name.clone(), text.clone());
                asked.push(Self { at, by, question, answer: None, answered_at: None });
            }
            Fact::Answered { number, text } => {
                let question = state.held(*number).map(|held| held.text.as_str()).unwrap_or_default();
                if let Some(held) = asked.iter_mut().rev().find(|held| held.question == question) {
                    (held.answer, held.answered_at) = (Some(text.clone()), Some(at));
                }
            }
            Fact::Noted { .. } => {}
        }
    }
}

impl Fact {
    /// What somebody who was about to act has to know of it.
    pub fn meanwhile(&self) -> Option<(Meanwhile, &str)> {
        match self {
            Self::Asked { text, .. } => Some((Meanwhile::Asked, text)),
            // An answer comes with a message of its own.
            Self::Answered { .. } | Self::Noted { .. } => None,
        }
    }

    /// Whether the customer was told.
    pub fn reaches_the_customer(&self) -> bool {
        matches!(self, Self::Asked { .. })
    }

    /// What people may look for in it.
    pub fn words(&self) -> Vec<&str> {
        match self {
            Self::Answered { text, .. } | Self::Noted { answer: text, .. } => vec![text],
            Self::Asked { .. } => Vec::new(),
        }
    }

    /// Takes out what leads to the customer.
    pub fn erase_person(&mut self) {
        match self {
            Self::Answered { text, .. } | Self::Noted { answer: text, .. } => text.clear(),
            Self::Asked { .. } => {}
        }
    }
}

/// A fact as a line of the case file.
pub fn line(fact: &Fact) -> Line {
    let (key, parts) = match fact {
        Fact::Asked { text, .. } => ("asked", vec![Phrase::from(text)]),
        Fact::Answered { number, text } => ("answered", vec![Phrase::Number(*number), Phrase::from(text)]),
        Fact::Noted { text, answer, .. } => ("answer-noted", vec![Phrase::from(text), Phrase::from(answer)]),
    };
    Line { key, parts }
}

/// Its table in the case file.
pub fn table(state: &State) -> Table {
    let rows = state.0.iter().map(|held| {
        let answer = held.answer.as_ref().map_or_else(|| Phrase::words("file-not-yet"), Phrase::from);
        vec![Phrase::from(&held.text), answer]
    });
    Table { heading: "questions", columns: &["question", "answer"], rows: rows.collect() }
}
