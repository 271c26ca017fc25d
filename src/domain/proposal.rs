//! A proposal: what staff and managers work out for a customer, agreed to among them, sent, and chosen from.

use serde::{Deserialize, Serialize};

use crate::kernel::people::Person;

/// One thing that could be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remedy {
    /// What, as the customer reads it.
    pub what: String,
    /// By when (Unix ms); none: nothing is promised for a time.
    pub due: Option<i64>,
    /// What it costs the company (đồng), the larger of what was stated and what its words say; none: neither says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<i64>,
}

/// What the customer says to the remedies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "choice", rename_all = "kebab-case")]
pub enum Choice {
    /// This one, counted from 1.
    Remedy {
        /// Which.
        remedy: i64,
    },
    /// Something else.
    Else,
    /// To talk with a manager.
    Manager,
}

/// A proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// Counts the proposals of a complaint from 1.
    pub number: i64,
    /// Who made it.
    pub by: Person,
    /// What could be done; one or two.
    pub remedies: Vec<Remedy>,
    /// Which one is recommended, counted from 1.
    pub recommended: i64,
    /// Why that one, or why there is only one; may be empty where there are two.
    pub remark: String,
    /// The stable name of the role that must agree; none: the table of authority covers it for whoever made it.
    pub needs: Option<String>,
    /// Who agreed, where somebody had to.
    pub agreed_by: Option<Person>,
    /// When the customer was sent it (Unix ms).
    pub sent_at: Option<i64>,
    /// What the customer said, last.
    pub choice: Option<Choice>,
}

impl Proposal {
    /// Whether it may go to the customer.
    pub fn is_agreed(&self) -> bool {
        self.needs.is_none() || self.agreed_by.is_some()
    }

    /// Whether the customer chose one of it.
    pub fn is_chosen(&self) -> bool {
        matches!(self.choice, Some(Choice::Remedy { .. }))
    }

    /// The remedy with this number, counted from 1.
    pub fn remedy(&self, number: i64) -> Option<&Remedy> {
        self.remedies.get(usize::try_from(number.checked_sub(1)?).ok()?)
    }
}
