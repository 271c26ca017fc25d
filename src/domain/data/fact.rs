//! What has happened to a request: its journal, each fact written once. It names no customer and holds no words, so nothing of
//! it must go when the request is made nobody's.

use serde::{Deserialize, Serialize};

use super::DataRequest;
use crate::domain::event::Undelivered;
use crate::kernel::people::Person;

/// One fact about a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "kebab-case")]
pub enum Fact {
    /// A person asked.
    Asked,
    /// A manager answered.
    Answered {
        /// Who.
        by: Person,
    },
    /// The answer stands before the person.
    Reached,
    /// The answer found no way to the person.
    Unreached {
        /// Why not.
        reason: Undelivered,
    },
    /// It was not answered in time.
    Missed,
}

/// A fact with its time: one row of the journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When (Unix ms).
    pub at: i64,
    /// What.
    pub event: Fact,
}

impl Entry {
    /// The journal of a request that was made before there were journals, as far as its state tells: not when its answer
    /// arrived.
    pub fn all_of(request: &DataRequest) -> Vec<Self> {
        let mut journal = vec![Self { at: request.asked_at, event: Fact::Asked }];
        journal.extend(request.missed_at.map(|at| Self { at, event: Fact::Missed }));
        let reply = request.reply.as_ref();
        journal
            .extend(reply.map(|reply| Self { at: reply.at, event: Fact::Answered { by: reply.by.clone() } }));
        journal
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::ids::UserId;

    #[test]
    fn facts_are_stored_under_these_names() {
        let by = Person { id: UserId(7), name: "Tuấn".to_owned() };
        let stored = [
            (Fact::Asked, r#"{"fact":"asked"}"#),
            (Fact::Answered { by }, r#"{"fact":"answered","by":{"id":7,"name":"Tuấn"}}"#),
            (Fact::Reached, r#"{"fact":"reached"}"#),
            (Fact::Unreached { reason: Undelivered::Gone }, r#"{"fact":"unreached","reason":"gone"}"#),
            (Fact::Missed, r#"{"fact":"missed"}"#),
        ];
        for (event, text) in stored {
            let entry = Entry { at: 5, event };
            let text = format!(r#"{{"at":5,"event":{text}}}"#);
            assert_eq!(serde_json::to_string(&entry).ok(), Some(text.clone()));
            assert_eq!(serde_json::from_str::<Entry>(&text).ok(), Some(entry));
        }
    }
}
