//! Rejections in the case file, in what a customer takes along, in the search, and when a person is erased.

use serde::Serialize;

use super::{Fact, State};
use crate::kernel::meanwhile::Meanwhile;
use crate::kernel::phrase::{Line, Phrase, Table};

/// A rejection in the document about a person. One that nobody agreed to was never sent.
#[derive(Clone, Debug, Serialize)]
pub struct Shown {
    at: String,
    by: String,
    reason: String,
    basis: String,
    recourse: String,
}

impl Shown {
    /// What a fact told the customer, at an instant in ISO 8601.
    pub fn of(fact: &Fact, state: &State, at: &str) -> Option<Self> {
        let Fact::Agreed { number, .. } = fact else { return None };
        let held = state.told(*number)?.clone();
        let (reason, basis, recourse) = (held.reason, held.basis, held.recourse);
        Some(Self { at: at.to_owned(), by: held.by.name, reason, basis, recourse })
    }
}

impl Fact {
    /// What somebody who was about to act has to know of it.
    pub fn meanwhile(&self) -> Option<(Meanwhile, &str)> {
        matches!(self, Self::Agreed { .. }).then_some((Meanwhile::Refused, ""))
    }

    /// Whether it says what one of both sides was told by the other.
    pub fn reaches_the_other(&self) -> bool {
        matches!(self, Self::Agreed { .. } | Self::Objected { .. })
    }

    /// The words of the customer in it, which come as a message of their own, too.
    pub fn heard(&self) -> Option<&str> {
        match self {
            Self::Objected { text } => Some(text),
            Self::Drafted { .. } | Self::Returned { .. } | Self::Agreed { .. } => None,
        }
    }

    /// What people may look for in it.
    pub fn words(&self) -> Vec<&str> {
        match self {
            Self::Drafted { rejection } => vec![&rejection.reason, &rejection.recourse],
            Self::Returned { text, .. } | Self::Objected { text } => vec![text],
            Self::Agreed { .. } => Vec::new(),
        }
    }

    /// Takes out its words.
    pub fn erase_person(&mut self) {
        match self {
            Self::Drafted { rejection } => {
                rejection.reason.clear();
                rejection.basis.clear();
                rejection.recourse.clear();
            }
            Self::Returned { text, .. } | Self::Objected { text } => text.clear(),
            Self::Agreed { .. } => {}
        }
    }
}

/// A fact as a line of the case file.
pub fn line(fact: &Fact) -> Line {
    let (key, parts) = match fact {
        Fact::Drafted { rejection } => (
            "refusal-drafted",
            vec![
                Phrase::Number(rejection.number),
                Phrase::from(&rejection.reason),
                Phrase::from(&rejection.basis),
                Phrase::from(&rejection.recourse),
            ],
        ),
        Fact::Returned { number, text, .. } => {
            ("refusal-returned", vec![Phrase::Number(*number), Phrase::from(text)])
        }
        Fact::Agreed { number, alone, .. } => {
            let alone = alone.then(|| Phrase::words("file-alone"));
            ("refusal-agreed", [Phrase::Number(*number)].into_iter().chain(alone).collect())
        }
        Fact::Objected { text } => ("refusal-objected", vec![Phrase::from(text)]),
    };
    Line { key, parts }
}

/// Its table in the case file.
pub fn table(state: &State) -> Table {
    let rows = state.0.iter().map(|held| {
        let agreed = held.agreed_by.as_ref();
        vec![
            Phrase::Text(format!("{} · {}", held.number, held.by.name)),
            Phrase::from(&held.reason),
            Phrase::from(&held.basis),
            Phrase::from(&held.recourse),
            agreed.map_or_else(|| Phrase::words("file-not-yet"), |by| Phrase::from(&by.name)),
        ]
    });
    let columns = &["refusal", "reason", "basis", "recourse", "agreed"];
    Table { heading: "refusals", columns, rows: rows.collect() }
}
