//! What can be wrong with the desk as a whole, and the book of it: said once when it begins and once when it is over.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::disk::Loose;
use crate::store::Fault;

/// So many past troubles are remembered.
const REMEMBERED: usize = 5;

/// What is said where this machine's clock is wrong.
pub(super) const CLOCK: &str = "this machine's clock is more than a day away from Discord's: nothing is erased until it is set right \
     (timedatectl set-ntp true); it goes on by itself then";

/// Something wrong with the desk as a whole.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trouble {
    /// The gateway has not been connected for minutes.
    Gateway,
    /// A worker has not moved for minutes.
    Worker(String),
    /// Something is wrong with the database.
    Database(Fault),
    /// Discord refused the bot's token.
    Token,
    /// No file can be kept.
    Files {
        /// The folder.
        place: String,
    },
    /// Others may look into something of ours.
    Loose(Loose),
    /// This machine's clock is wrong by more than a day.
    Clock,
}

/// A trouble that began or is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Which.
    pub trouble: Trouble,
    /// When it was found (Unix ms).
    pub since: i64,
    /// Whether it is over.
    pub over: bool,
}

/// A trouble that is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    /// Which.
    pub trouble: Trouble,
    /// When it was found (Unix ms).
    pub since: i64,
    /// When it was over (Unix ms).
    pub until: i64,
}

impl Trouble {
    /// The names of all kinds, for metrics.
    pub const KINDS: [&'static str; 12] = [
        "gateway",
        "worker",
        "database-full",
        "database-locked",
        "database-read-only",
        "database-unreachable",
        "database-failing",
        "database-moved",
        "token",
        "files",
        "loose",
        "clock",
    ];

    /// Its kind's name in logs and metrics.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Gateway => "gateway",
            Self::Worker(_) => "worker",
            Self::Database(Fault::Full) => "database-full",
            Self::Database(Fault::Locked) => "database-locked",
            Self::Database(Fault::ReadOnly) => "database-read-only",
            Self::Database(Fault::Unreachable) => "database-unreachable",
            Self::Database(Fault::Failing) => "database-failing",
            Self::Database(Fault::Moved) => "database-moved",
            Self::Token => "token",
            Self::Files { .. } => "files",
            Self::Loose(_) => "loose",
            Self::Clock => "clock",
        }
    }

    /// What it means and what cures it, for the log and the health endpoint.
    pub fn said(&self) -> String {
        match self {
            Self::Gateway => {
                "not connected to Discord's gateway: nothing is heard; see whether Discord is reached \
                 from this machine"
                    .to_owned()
            }
            Self::Worker(name) => {
                format!("the worker {name} does not move: restart the program if it does not mend itself")
            }
            Self::Database(Fault::Full) => "the database has no room left: free or add disk space".to_owned(),
            Self::Database(Fault::Locked) => {
                "another program holds the database: end that program".to_owned()
            }
            Self::Database(Fault::ReadOnly) => {
                "the database may only be read: see its file's and folder's permissions, or the server's role"
                    .to_owned()
            }
            Self::Database(Fault::Unreachable) => {
                "the database does not answer: see whether its server runs and is reached".to_owned()
            }
            Self::Database(Fault::Failing) => {
                "the database cannot read or write its files: see the disk".to_owned()
            }
            Self::Database(Fault::Moved) => {
                "the database file was moved, deleted or replaced: put it back, or restart on the right file"
                    .to_owned()
            }
            Self::Files { place } => {
                format!("files cannot be kept in {place}: make the folder writable, or free disk space")
            }
            Self::Loose(loose) => loose.to_string(),
            Self::Clock => CLOCK.to_owned(),
            Self::Token => "Discord refused the bot's token: set a new DISCORD_TOKEN and restart".to_owned(),
        }
    }
}

/// What is wrong now, and what was.
#[derive(Debug, Default)]
pub(super) struct Book {
    present: BTreeMap<Trouble, i64>,
    past: VecDeque<Past>,
}

impl Book {
    /// Takes what was found at `now` (Unix ms), and returns what is news.
    pub(super) fn update(&mut self, found: Vec<Trouble>, now: i64) -> Vec<Change> {
        let found: BTreeSet<Trouble> = found.into_iter().collect();
        let over: Vec<(Trouble, i64)> = self
            .present
            .iter()
            .filter(|(held, _)| !found.contains(held))
            .map(|(t, s)| (t.clone(), *s))
            .collect();
        let mut changes = Vec::new();
        for (trouble, since) in over {
            self.present.remove(&trouble);
            self.past.push_back(Past { trouble: trouble.clone(), since, until: now });
            changes.push(Change { trouble, since, over: true });
        }
        while self.past.len() > REMEMBERED {
            self.past.pop_front();
        }
        for trouble in found {
            if !self.present.contains_key(&trouble) {
                self.present.insert(trouble.clone(), now);
                changes.push(Change { trouble, since: now, over: false });
            }
        }
        changes
    }

    pub(super) fn present(&self) -> Vec<(Trouble, i64)> {
        self.present.iter().map(|(trouble, since)| (trouble.clone(), *since)).collect()
    }

    pub(super) fn past(&self) -> Vec<Past> {
        self.past.iter().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_episode_is_said_once_when_it_begins_and_once_when_it_is_over() {
        let mut book = Book::default();
        let full = Trouble::Database(Fault::Full);
        let changes = book.update(vec![full.clone(), full.clone()], 10);
        assert_eq!(changes, [Change { trouble: full.clone(), since: 10, over: false }]);
        assert!(book.update(vec![full.clone()], 20).is_empty());
        let changes = book.update(vec![Trouble::Gateway], 30);
        assert_eq!(changes.len(), 2);
        assert_eq!(changes[0], Change { trouble: full.clone(), since: 10, over: true });
        assert_eq!(book.present(), [(Trouble::Gateway, 30)]);
        assert_eq!(book.past(), [Past { trouble: full, since: 10, until: 30 }]);
        for round in 0..20 {
            book.update(vec![Trouble::Token], 40 + 2 * round);
            book.update(Vec::new(), 41 + 2 * round);
        }
        assert_eq!(book.past().len(), REMEMBERED, "memory stays bounded");
    }

    #[test]
    fn every_kind_is_in_the_list() {
        let loose = Loose { place: "x".into(), mode: 0o644, wanted: 0o600 };
        let files = Trouble::Files { place: "x".to_owned() };
        let worker = Trouble::Worker("x".to_owned());
        let all = [Trouble::Gateway, worker, Trouble::Token, files, Trouble::Loose(loose), Trouble::Clock]
            .into_iter()
            .chain(Fault::ALL.map(Trouble::Database));
        for trouble in all {
            assert!(Trouble::KINDS.contains(&trouble.kind()), "{trouble:?}");
        }
    }
}
