//! People as the desk knows them: who did something, and what they may do.

use serde::{Deserialize, Serialize};

use super::ids::UserId;

/// A person, as the desk knew them when the fact was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Who.
    pub id: UserId,
    /// The name shown to others then.
    pub name: String,
}

/// Who caused an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "as", rename_all = "kebab-case")]
pub enum Actor {
    /// The person who complains.
    Customer(Person),
    /// Somebody of the desk.
    Staff(Person),
    /// The program itself: a timer, a delivery.
    Desk,
}

/// What a person may do on a server, by their roles at this moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rank {
    /// They answer customers.
    pub staff: bool,
    /// They approve and answer for promises.
    pub manager: bool,
    /// They approve incidents.
    pub head_office: bool,
    /// They manage the server.
    pub setup: bool,
}

/// Who may give by themselves; each holds what those below it hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// The staff role.
    Staff,
    /// The manager role.
    Manager,
    /// The head-office role.
    HeadOffice,
}

impl Grade {
    /// All of them, the lowest first.
    pub const ALL: [Self; 3] = [Self::Staff, Self::Manager, Self::HeadOffice];

    /// Its stable name, as in configuration.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Staff => "staff",
            Self::Manager => "manager",
            Self::HeadOffice => "head-office",
        }
    }

    /// Reads the stable name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|grade| grade.as_str() == name)
    }

    /// The highest that somebody of this rank has.
    pub fn highest(rank: Rank) -> Option<Self> {
        Self::ALL.into_iter().rev().find(|grade| grade.is_held_by(rank))
    }

    /// Whether somebody of this rank has it.
    pub fn is_held_by(self, rank: Rank) -> bool {
        match self {
            Self::Staff => rank.staff,
            Self::Manager => rank.manager,
            Self::HeadOffice => rank.head_office,
        }
    }
}
