//! The rejection of a complaint: in writing, with the reason and what the customer can still do, and with a second pair of eyes.

mod decide;
pub mod discord;
mod record;

use serde::{Deserialize, Serialize};

use crate::features::authority::Said;
use crate::kernel::ids::{ComplaintId, MessageId};
use crate::kernel::people::{Grade, Person};
use crate::sla::clocks::ClockKind;

pub use decide::decide;
pub use record::{Shown, line, table};

/// The longest reason, in characters: with what can be done against it, it fits one Discord message.
pub const REASON_LIMIT: usize = 900;
/// The clocks that it ends once the customer has it.
pub const ENDS: [ClockKind; 4] =
    [ClockKind::Reply, ClockKind::ReceiptNotice, ClockKind::WrittenAnswer, ClockKind::Refusal];

/// Why a complaint is not put right, and what the customer can still do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejection {
    /// Counts those of a complaint from 1.
    pub number: i64,
    /// Who wrote it.
    pub by: Person,
    /// Why, as the customer reads it.
    pub reason: String,
    /// On what law or term of the contract; may be empty, but not towards a vulnerable customer (Law 19/2023/QH15 art. 8).
    pub basis: String,
    /// What the customer can do instead, or against it.
    pub recourse: String,
    /// Who agreed to it, other than its writer.
    pub agreed_by: Option<Person>,
}

/// The rejections of a complaint, by number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct State(Vec<Rejection>);

/// One fact, as the journal holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "disposition")]
pub enum Fact {
    /// Somebody wrote why it is to be rejected.
    #[serde(rename = "refusal-drafted")]
    Drafted {
        /// As it stands then.
        #[serde(rename = "refusal")]
        rejection: Box<Rejection>,
    },
    /// A manager wants it changed.
    #[serde(rename = "refusal-returned")]
    Returned {
        /// Which.
        #[serde(rename = "refusal")]
        number: i64,
        /// Who.
        by: Person,
        /// How.
        text: String,
    },
    /// A manager agreed, and the customer is told.
    #[serde(rename = "refusal-agreed")]
    Agreed {
        /// Which.
        #[serde(rename = "refusal")]
        number: i64,
        /// Who.
        by: Person,
        /// Whether it was their own, since the desk has no other manager.
        #[serde(default)]
        alone: bool,
    },
    /// The customer does not agree with it.
    #[serde(rename = "refusal-objected")]
    Objected {
        /// Their words.
        text: String,
    },
}

/// What people ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Write a rejection.
    Write {
        /// Why.
        reason: String,
        /// On what basis; may be empty.
        basis: String,
        /// What the customer can do.
        recourse: String,
    },
    /// Agree to it, which tells the customer.
    Agree {
        /// Which.
        number: i64,
    },
    /// Want it changed.
    Return {
        /// Which.
        number: i64,
        /// How.
        text: String,
    },
    /// The customer: I do not agree.
    Object {
        /// The form it came with, which stands for a message.
        message: MessageId,
        /// Their words.
        text: String,
    },
}

/// What is brought to Discord.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// The customer reads it.
    ToCustomer(Which),
    /// The thread is told.
    ToThread(ToThread),
    /// Managers are asked.
    ToManagers(ToManagers),
    /// Managers hear that this person agreed to their own, as the only manager.
    AgreedAlone(Person),
}

/// One rejection of a complaint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Which {
    /// Its number.
    #[serde(rename = "refusal")]
    pub number: i64,
}

/// What the desk thread is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "post")]
pub enum ToThread {
    /// The customer does not agree with it.
    #[serde(rename = "refusal-objected")]
    Objected {
        /// Their words.
        text: String,
    },
}

/// What managers are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "post")]
pub enum ToManagers {
    /// One waits for somebody to agree.
    #[serde(rename = "refusal-waits")]
    Waits,
    /// The customer does not agree with it.
    #[serde(rename = "refusal-objected")]
    Objected,
}

/// What the asking person is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "disposition")]
pub enum Response {
    /// How it stands.
    #[serde(rename = "refusal")]
    Stands {
        /// The complaint.
        complaint: ComplaintId,
        /// The rejection.
        #[serde(rename = "refusal")]
        rejection: Box<Rejection>,
        /// Whether its writer agreed to it, as the only manager.
        alone: bool,
    },
    /// A change of it is asked for.
    #[serde(rename = "refusal-returned")]
    Returned {
        /// How.
        text: String,
    },
    /// The customer's objection is in, and the complaint open again.
    #[serde(rename = "objected")]
    Objected {
        /// The complaint's number.
        number: i64,
    },
}

impl Response {
    /// The rejection that it asks a manager to agree to.
    pub fn waiting(&self) -> Option<Which> {
        match self {
            Self::Stands { rejection, .. } if rejection.agreed_by.is_none() => {
                Some(Which { number: rejection.number })
            }
            Self::Stands { .. } | Self::Returned { .. } | Self::Objected { .. } => None,
        }
    }
}

/// Why it is not rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "refusal", rename_all = "kebab-case")]
pub enum Refused {
    /// A vulnerable customer is refused nothing without the legal basis.
    NoBasis,
}

impl Command {
    /// Which grade somebody else must have, if it is an agreement.
    pub fn agreement(&self) -> Option<Grade> {
        matches!(self, Self::Agree { .. }).then_some(Grade::Manager)
    }

    /// Whether it goes to the customer, so that whoever gives it must know what was said last.
    pub fn settles(&self) -> bool {
        matches!(self, Self::Write { .. } | Self::Agree { .. })
    }
}

impl State {
    /// What the customer was told under this number, whatever was written later.
    pub fn told(&self, number: i64) -> Option<&Rejection> {
        self.0.iter().find(|held| held.number == number && held.agreed_by.is_some())
    }

    /// The rejection with this number, if no later one took its place.
    fn current(&self, number: i64) -> Option<&Rejection> {
        self.0.last().filter(|held| held.number == number)
    }

    /// The one that waits for somebody to agree to it.
    pub fn waiting(&self) -> Option<&Rejection> {
        self.0.last().filter(|held| held.agreed_by.is_none())
    }

    /// The words of each.
    pub fn said(&self) -> impl Iterator<Item = Said> {
        self.0.iter().map(|held| Said::talk(&format!("{}\n{}\n{}", held.reason, held.basis, held.recourse)))
    }

    /// Whether what a message asks is decided or overtaken.
    pub fn is_over(&self, prompt: Which, is_open: bool) -> bool {
        !is_open || self.current(prompt.number).is_none_or(|held| held.agreed_by.is_some())
    }

    /// Takes in a fact.
    pub fn apply(&mut self, fact: &Fact) {
        match fact {
            Fact::Drafted { rejection } => self.0.push((**rejection).clone()),
            Fact::Agreed { number, by, .. } => {
                if let Some(held) = self.0.iter_mut().find(|held| held.number == *number) {
                    held.agreed_by = Some(by.clone());
                }
            }
            Fact::Returned { .. } | Fact::Objected { .. } => {}
        }
    }
}
