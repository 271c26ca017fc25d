//! How a complaint ends without an outcome: withdrawn by its customer, or looked after in another one.

use serde::{Deserialize, Serialize};

use super::complaint::Unanswered;
use super::filing::Medium;
use crate::features;
use crate::kernel::core::Twin;
use crate::kernel::people::Person;
use crate::sla::clocks::ClockKind;

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

/// What the asking person is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "disposition", rename_all = "kebab-case")]
pub enum Done {
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
