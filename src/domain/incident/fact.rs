//! What has happened to an incident: its journal, each fact written once. Which version was in use when is read from it.

use serde::{Deserialize, Serialize};

use super::Incident;
use crate::kernel::people::Person;

/// One fact about an incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "kebab-case")]
pub enum Fact {
    /// It was declared, with its first version.
    Declared {
        /// The playbook's file name.
        playbook: String,
    },
    /// Its next version was written.
    Revised {
        /// The version.
        version: i64,
    },
    /// A version was approved: it is in use from now on.
    Approved {
        /// The version.
        version: i64,
    },
    /// It ended.
    Resolved,
}

/// A fact with its author and time: one row of the journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When (Unix ms).
    pub at: i64,
    /// By whom.
    pub by: Person,
    /// What.
    pub event: Fact,
}

impl Entry {
    /// The journal of an incident that was declared before there were journals: its state holds all of it.
    pub fn all_of(incident: &Incident) -> Vec<Self> {
        let mut journal = Vec::new();
        for version in &incident.versions {
            let event = match version.number {
                1 => Fact::Declared { playbook: incident.playbook.clone() },
                version => Fact::Revised { version },
            };
            journal.push(Self { at: version.at, by: version.by.clone(), event });
            let approved = version.approved.clone();
            journal.extend(approved.map(|(by, at)| Self {
                at,
                by,
                event: Fact::Approved { version: version.number },
            }));
        }
        let resolved = incident.resolved.clone();
        journal.extend(resolved.map(|(by, at)| Self { at, by, event: Fact::Resolved }));
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
            (
                Fact::Declared { playbook: "cable-cut".to_owned() },
                r#"{"fact":"declared","playbook":"cable-cut"}"#,
            ),
            (Fact::Revised { version: 2 }, r#"{"fact":"revised","version":2}"#),
            (Fact::Approved { version: 2 }, r#"{"fact":"approved","version":2}"#),
            (Fact::Resolved, r#"{"fact":"resolved"}"#),
        ];
        for (event, text) in stored {
            let entry = Entry { at: 5, by: by.clone(), event };
            let text = format!(r#"{{"at":5,"by":{{"id":7,"name":"Tuấn"}},"event":{text}}}"#);
            assert_eq!(serde_json::to_string(&entry).ok(), Some(text.clone()));
            assert_eq!(serde_json::from_str::<Entry>(&text).ok(), Some(entry));
        }
    }
}
