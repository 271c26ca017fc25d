//! Goodwill in the case file, in what a customer takes along, in the search, and when a person is erased.

use serde::Serialize;

use super::{Fact, Item, State};
use crate::kernel::meanwhile::Meanwhile;
use crate::kernel::phrase::{Line, Phrase, Table};
use crate::language::offer::Kind;

/// Something given on top, in the document about a person.
#[derive(Clone, Debug, Serialize)]
pub struct Given {
    at: String,
    by: String,
    kind: Kind,
    /// Đồng.
    value: i64,
    text: String,
}

impl Given {
    /// What a fact gave, at an instant in ISO 8601.
    pub fn of(fact: &Fact, state: &State, at: &str) -> Option<Self> {
        let Fact::Given { number, .. } = fact else { return None };
        let Item { kind, value, text, by, .. } = state.item(*number)?.clone();
        Some(Self { at: at.to_owned(), by: by.name, kind, value, text })
    }
}

impl Fact {
    /// What somebody who was about to act has to know of it.
    pub fn meanwhile(&self) -> Option<(Meanwhile, &str)> {
        matches!(self, Self::Given { .. }).then_some((Meanwhile::Gave, ""))
    }

    /// Whether the customer was told.
    pub fn reaches_the_customer(&self) -> bool {
        matches!(self, Self::Given { .. })
    }

    /// What people may look for in it.
    pub fn words(&self) -> Vec<&str> {
        match self {
            Self::Drafted { draft } => vec![&draft.text],
            Self::Given { .. } | Self::TurnedDown { .. } => Vec::new(),
        }
    }

    /// Takes out what leads to the customer.
    pub fn erase_person(&mut self) {
        match self {
            Self::Drafted { draft } => draft.text.clear(),
            Self::Given { .. } | Self::TurnedDown { .. } => {}
        }
    }
}

/// What kind of thing it is, and what it is worth.
fn named(held: &Item) -> Phrase {
    let kind = Phrase::words(format!("goodwill-{}", held.kind.as_str()));
    Phrase::Words("goodwill-named".to_owned(), vec![("kind", kind), ("value", Phrase::Money(held.value))])
}

/// A fact as a line of the case file.
pub fn line(fact: &Fact) -> Line {
    let (key, parts) = match fact {
        Fact::Drafted { draft } => {
            ("goodwill-drafted", vec![Phrase::Number(draft.number), named(draft), Phrase::from(&draft.text)])
        }
        Fact::Given { number, value, alone, .. } => {
            let alone = alone.then(|| Phrase::words("file-alone"));
            let parts = [Phrase::Number(*number), Phrase::Money(*value)].into_iter().chain(alone);
            ("goodwill-given", parts.collect())
        }
        Fact::TurnedDown { number, .. } => ("goodwill-turned-down", vec![Phrase::Number(*number)]),
    };
    Line { key, parts }
}

/// Its table in the case file.
pub fn table(state: &State) -> Table {
    let rows = state.0.iter().map(|held| {
        let agreed = match (&held.needs, &held.agreed_by) {
            _ if held.turned_down_at.is_some() => Phrase::words("file-turned-down"),
            (None, _) => Phrase::words("file-within-authority"),
            (Some(_), Some(by)) => Phrase::from(&by.name),
            (Some(_), None) => Phrase::words("file-not-yet"),
        };
        vec![
            Phrase::Text(format!("{} · {}", held.number, held.by.name)),
            named(held),
            Phrase::from(&held.text),
            agreed,
            Phrase::Instant(held.given_at),
        ]
    });
    let columns = &["goodwill-by", "what", "own-words", "agreed", "given"];
    Table { heading: "goodwill", columns, rows: rows.collect() }
}
