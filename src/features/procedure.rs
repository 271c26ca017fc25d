//! How far the procedure of a complaint has come. Stored as one, whoever it belongs to.

use serde::{Deserialize, Serialize};

use super::authority::Given;
use super::promise;
use crate::kernel::people::Person;

/// What the customer says of a summary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// That's right.
    Right,
    /// Not quite.
    NotQuite,
}

/// That a named person has read the complaint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Who.
    pub by: Person,
    /// When (Unix ms).
    pub at: i64,
    /// The matter in one line.
    pub summary: String,
    /// Whether the customer is vulnerable, as it was said with the reading; none: it was not.
    pub vulnerable: Option<bool>,
    /// What the customer says of the summary.
    pub verdict: Option<Verdict>,
}

/// How far the procedure has come.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Procedure {
    /// Who read it, and the summary that holds.
    #[serde(default)]
    pub record: Option<Record>,
    /// Whether the customer is vulnerable, where that was said after the reading.
    #[serde(default)]
    pub said_vulnerable: Option<bool>,
    /// Proposals, by number.
    #[serde(default)]
    pub proposals: Vec<Proposal>,
    /// The ledger of promises.
    #[serde(default)]
    pub promises: promise::State,
    /// What was given away on somebody's own authority.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offered: Vec<Given>,
    /// The talk with a manager that the customer waits for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub talk: Option<Talk>,
}

/// A talk with a manager that the customer asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Talk {
    /// When they asked (Unix ms).
    pub asked_at: i64,
    /// Who took it on.
    pub taken_by: Option<Person>,
}

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
