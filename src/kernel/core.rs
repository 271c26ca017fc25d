//! What every capability may know of the complaint that it works on.

use serde::{Deserialize, Serialize};

use super::ids::{ComplaintId, UserId};
use super::lang::Lang;
use super::people::{Actor, Person};
use super::refused::Common;

/// Where a complaint stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// It came in; nobody has taken it.
    Filed,
    /// A named person has read it.
    Recorded,
    /// The outcome is told; the customer may still object.
    Resolved,
    /// It ended well.
    Closed,
    /// It ended as no complaint.
    Dismissed,
}

impl Stage {
    /// Whether somebody still owes the customer something.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Filed | Self::Recorded)
    }
}

/// The complaint as capabilities see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Core {
    /// Its id.
    pub id: ComplaintId,
    /// The number people see.
    pub number: i64,
    /// Whose it is.
    pub customer: UserId,
    /// Whom of the desk it is about.
    pub about: Vec<UserId>,
    /// Where it stands.
    pub stage: Stage,
    /// The language the customer is written to in.
    pub lang: Lang,
    /// Whether the matter itself is handled: resolved, and not said to be unfixed.
    pub is_handled: bool,
}

impl Core {
    /// The member of staff who asks. Nobody handles a complaint of their own, or about themselves.
    ///
    /// # Errors
    ///
    /// [`Common`] says why they may not.
    pub fn staff(&self, by: &Actor) -> Result<Person, Common> {
        match by {
            Actor::Staff(person) if person.id == self.customer => Err(Common::OwnComplaint),
            Actor::Staff(person) if self.about.contains(&person.id) => Err(Common::AboutYou),
            Actor::Staff(person) => Ok(person.clone()),
            Actor::Customer(_) | Actor::Desk => Err(Common::StaffOnly),
        }
    }

    /// Fails unless somebody still owes the customer something.
    ///
    /// # Errors
    ///
    /// [`Common::NotOpen`].
    pub fn open(&self) -> Result<(), Common> {
        if self.stage.is_open() { Ok(()) } else { Err(Common::NotOpen) }
    }

    /// Fails unless the customer of this complaint asks.
    ///
    /// # Errors
    ///
    /// [`Common::CustomerOnly`] to everybody else.
    pub fn customer(&self, by: &Actor) -> Result<(), Common> {
        match by {
            Actor::Customer(person) if person.id == self.customer => Ok(()),
            _ => Err(Common::CustomerOnly),
        }
    }
}
