//! What every capability may know of the complaint that it works on.

use super::ids::{ComplaintId, UserId};
use super::people::{Actor, Person};
use super::refused::Common;

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
    /// Whether somebody still owes the customer something.
    pub is_open: bool,
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
