//! What every capability may know of the complaint that it works on.

use serde::{Deserialize, Serialize};

use super::ids::{ChannelId, ComplaintId, UserId};
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
    /// When it was first said (Unix ms): the times of the law count from here.
    pub since: i64,
    /// Until when (Unix ms) the customer's word opens it again, where it does at all.
    pub reopens_until: Option<i64>,
    /// Whether the customer is vulnerable as far as anybody knows.
    pub vulnerable: bool,
    /// What was promised first of what is still to be kept, and until when (Unix ms).
    pub promised: Option<(String, i64)>,
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

    /// Fails over a promise that nobody has kept.
    ///
    /// # Errors
    ///
    /// [`Common::PromiseOpen`] names it.
    pub fn nothing_promised(&self) -> Result<(), Common> {
        match &self.promised {
            Some((what, due)) => Err(Common::PromiseOpen { what: what.clone(), due: *due }),
            None => Ok(()),
        }
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

/// Another complaint of the same matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Twin {
    /// Which.
    pub complaint: ComplaintId,
    /// The number people see.
    pub number: i64,
    /// Its desk thread.
    pub thread: Option<ChannelId>,
}

impl Twin {
    /// In place of one that is nobody's any more.
    pub fn unknown() -> Self {
        Self { complaint: ComplaintId(0), number: 0, thread: None }
    }
}
