//! How a complaint ends other than by being put right: refused in writing, withdrawn by its customer, or looked after in
//! another one. Derived from the journal like everything else.

use serde::{Deserialize, Serialize};

use super::complaint::Unanswered;
use super::filing::Medium;
use super::promise::Appointment;
use crate::features;
use crate::kernel::ids::{ChannelId, ComplaintId, MessageId};
use crate::kernel::people::Grade;
use crate::kernel::people::Person;
use crate::sla::clocks::ClockKind;

/// A refusal in writing: why, and what the customer can still do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrittenRefusal {
    /// Counts the refusals of a complaint from 1.
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

/// What one complaint leaves to the one that it is looked after in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Legacy {
    /// Which complaint.
    pub twin: Twin,
    /// What the customer wrote when it was filed.
    pub words: String,
    /// What the customer wrote and nobody has answered.
    pub unanswered: Option<Unanswered>,
    /// The clocks that ran, with their starts (Unix ms).
    pub clocks: Vec<(ClockKind, i64)>,
    /// What was promised and not yet kept: by whom, what, until when (Unix ms).
    pub promises: Vec<(Person, String, i64)>,
    /// Which of these are appointments, in the same order; of older journals none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub appointments: Vec<Option<Appointment>>,
    /// What capabilities leave.
    #[serde(flatten)]
    pub features: features::Legacy,
    /// Whom of the desk it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<Person>,
}

/// One fact, as the journal holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "disposition", rename_all = "kebab-case")]
pub enum Fact {
    /// Somebody wrote why it is to be refused.
    RefusalDrafted {
        /// As it stands then.
        refusal: Box<WrittenRefusal>,
    },
    /// A manager wants the refusal changed.
    RefusalReturned {
        /// Which.
        refusal: i64,
        /// Who.
        by: Person,
        /// How.
        text: String,
    },
    /// A manager agreed, and the customer is told.
    RefusalAgreed {
        /// Which.
        refusal: i64,
        /// Who.
        by: Person,
        /// Whether it was their own, since the desk has no other manager.
        #[serde(default)]
        alone: bool,
    },
    /// The customer does not agree with the refusal.
    RefusalObjected {
        /// Their words.
        text: String,
    },
    /// The customer withdrew it.
    Withdrawn {
        /// How a member of staff heard of it; none: the customer did so here.
        heard: Option<Medium>,
        /// Their words; may be empty.
        text: String,
    },
    /// It is looked after in another complaint from here on.
    MergedInto {
        /// Which.
        twin: Twin,
    },
    /// Another complaint is looked after here from now on.
    MergedFrom {
        /// What it leaves.
        legacy: Box<Legacy>,
    },
}

/// What people ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Write a refusal.
    Refuse {
        /// Why.
        reason: String,
        /// On what basis; may be empty.
        basis: String,
        /// What the customer can do.
        recourse: String,
    },
    /// Agree to a refusal, which tells the customer.
    AgreeRefusal {
        /// Which.
        refusal: i64,
    },
    /// Want a refusal changed.
    ReturnRefusal {
        /// Which.
        refusal: i64,
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
    /// The customer withdraws it, here or (`heard`) elsewhere.
    Withdraw {
        /// How a member of staff heard of it.
        heard: Option<Medium>,
        /// Their words.
        text: String,
    },
    /// Leave it to another complaint.
    MergeInto {
        /// Which.
        twin: Twin,
    },
    /// Take another complaint over.
    MergeFrom {
        /// What it leaves.
        legacy: Box<Legacy>,
    },
}

impl Deed {
    /// Which grade somebody else must have, if it is an agreement.
    pub fn agreement(&self) -> Option<Grade> {
        matches!(self, Self::AgreeRefusal { .. }).then_some(Grade::Manager)
    }
}

/// What the asking person is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "disposition", rename_all = "kebab-case")]
pub enum Done {
    /// A refusal, as it stands.
    Refusal {
        /// The complaint.
        complaint: ComplaintId,
        /// The refusal.
        refusal: Box<WrittenRefusal>,
        /// Whether its writer agreed to it, as the only manager.
        alone: bool,
    },
    /// A change of it is asked for.
    RefusalReturned {
        /// How.
        text: String,
    },
    /// The customer's objection is in, and the complaint open again.
    Objected {
        /// Its number.
        number: i64,
    },
    /// It is withdrawn.
    Withdrawn {
        /// Its number.
        number: i64,
        /// How a member of staff heard of it.
        heard: Option<Medium>,
        /// The customer's words; may be empty.
        text: String,
    },
    /// Two are one now.
    Merged {
        /// The one that ends.
        from: Twin,
        /// The one that goes on.
        into: Twin,
    },
}

/// How far that has come.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disposition {
    /// Refusals, by number.
    #[serde(default)]
    pub refusals: Vec<WrittenRefusal>,
    /// The complaint that it is looked after in.
    #[serde(default)]
    pub merged_into: Option<Twin>,
    /// The complaints that are looked after here.
    #[serde(default)]
    pub merged_from: Vec<Twin>,
}

impl Disposition {
    /// What was refused in this number, whatever was written later.
    pub fn told(&self, number: i64) -> Option<&WrittenRefusal> {
        self.refusals.iter().find(|refusal| refusal.number == number && refusal.agreed_by.is_some())
    }

    /// The refusal with this number, if no later one took its place.
    pub fn refusal(&self, number: i64) -> Option<&WrittenRefusal> {
        self.refusals.last().filter(|refusal| refusal.number == number)
    }

    /// Whether a refusal waits for somebody to agree to it.
    pub fn waits_for_agreement(&self) -> bool {
        self.refusals.last().is_some_and(|refusal| refusal.agreed_by.is_none())
    }

    /// Takes in a fact.
    pub(super) fn apply(&mut self, fact: &Fact) {
        match fact {
            Fact::RefusalDrafted { refusal } => self.refusals.push((**refusal).clone()),
            Fact::RefusalAgreed { refusal, by, .. } => {
                if let Some(held) = self.refusals.iter_mut().find(|held| held.number == *refusal) {
                    held.agreed_by = Some(by.clone());
                }
            }
            Fact::RefusalReturned { .. } | Fact::RefusalObjected { .. } | Fact::Withdrawn { .. } => {}
            Fact::MergedInto { twin } => self.merged_into = Some(twin.clone()),
            Fact::MergedFrom { legacy } => self.merged_from.push(legacy.twin.clone()),
        }
    }
}
