//! What came of a step, for whoever asked for it.

use serde::{Deserialize, Serialize};

use crate::domain::filing::Medium;
use crate::domain::proposal::{Proposal, Remedy};
use crate::kernel::ids::{ChannelId, ComplaintId};
use crate::kernel::people::Person;
use crate::kernel::severity::Severity;

/// What the asking person is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "kebab-case")]
pub enum Done {
    /// It is recorded.
    Read {
        /// Its number.
        number: i64,
        /// Id of its category.
        category: Option<String>,
        /// How bad it is; none: not said yet.
        severity: Option<Severity>,
        /// The summary.
        summary: String,
        /// Whether the customer is vulnerable; none: not said yet.
        vulnerable: Option<bool>,
        /// Whether the customer is asked whether the summary is right.
        asked: bool,
    },
    /// Whether the customer is vulnerable is said.
    VulnerableSaid {
        /// Its number.
        number: i64,
        /// Whether they are.
        vulnerable: bool,
    },
    /// A proposal, as it stands.
    Proposal {
        /// The complaint.
        complaint: ComplaintId,
        /// The proposal.
        proposal: Box<Proposal>,
    },
    /// A change of a proposal is asked for.
    ChangeAsked {
        /// How.
        text: String,
    },
    /// The customer's choice is in.
    Chosen {
        /// Its number.
        number: i64,
        /// What was chosen; none: something else, or a manager.
        remedy: Option<Remedy>,
        /// Whether they want to talk with a manager.
        manager: bool,
    },
    /// What the customer chose elsewhere is written down.
    ChoiceNoted {
        /// What they chose.
        remedy: Remedy,
        /// How they said it.
        medium: Medium,
        /// When (Unix ms).
        at: i64,
    },
    /// The customer's answer to the summary is in.
    SummaryHeard {
        /// Its number.
        number: i64,
        /// The summary.
        summary: String,
        /// Whether it is right.
        right: bool,
    },
    /// Somebody talks with the customer, or has.
    TalkTaken {
        /// The complaint.
        complaint: ComplaintId,
        /// Its number.
        number: i64,
        /// Its desk thread.
        thread: Option<ChannelId>,
        /// Who took it on.
        by: Person,
        /// Whether they have spoken with the customer.
        held: bool,
    },
}
