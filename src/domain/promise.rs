//! A promise in the ledger: by whom, what, until when, and what became of it.

use serde::{Deserialize, Serialize};

use crate::kernel::people::Person;

/// How the two sides meet at the promised time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Appointment {
    /// Somebody calls.
    Call,
    /// Somebody comes.
    Visit,
}

impl Appointment {
    /// Its stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Visit => "visit",
        }
    }

    /// Reads the stable name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Call, Self::Visit].into_iter().find(|held| held.as_str() == name)
    }
}

/// A promise in the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// Counts the promises of a complaint from 1.
    pub number: i64,
    /// Who promised.
    pub by: Person,
    /// What.
    pub what: String,
    /// When it was given (Unix ms).
    pub made_at: i64,
    /// Until when it holds (Unix ms).
    pub due: i64,
    /// Until when it held before it was moved (Unix ms), the first first.
    pub moved: Vec<i64>,
    /// When it was kept (Unix ms).
    pub kept_at: Option<i64>,
    /// When nobody was held to it any more (Unix ms): its complaint was withdrawn, or is looked after in another one.
    #[serde(default)]
    pub released_at: Option<i64>,
    /// Whether both sides meet then, and how: an appointment, of which the customer is reminded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appointment: Option<Appointment>,
    /// When the customer was last told of its time (Unix ms): promised, moved, reminded.
    #[serde(default)]
    pub told_at: i64,
    /// Whether the reminder of its present time has come.
    #[serde(default)]
    pub reminded: bool,
}

/// How a promise stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It may still be kept in time.
    Open,
    /// Its time is over, and it is not kept.
    Broken,
    /// Kept, but late.
    KeptLate,
    /// Kept in time.
    Kept,
    /// Nobody is held to it any more.
    Released,
}

impl Promise {
    /// Whether somebody is still held to it.
    pub fn is_open(&self) -> bool {
        self.kept_at.is_none() && self.released_at.is_none()
    }

    /// How it stands at `now` (Unix ms).
    pub fn standing(&self, now: i64) -> Standing {
        match self.kept_at {
            Some(kept) if kept <= self.due => Standing::Kept,
            Some(_) => Standing::KeptLate,
            None if self.released_at.is_some_and(|released| released <= self.due) => Standing::Released,
            None if now > self.due => Standing::Broken,
            None => Standing::Open,
        }
    }
}
