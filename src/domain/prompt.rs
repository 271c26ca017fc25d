//! Messages that ask somebody to decide: kept by what they ask, so that their buttons go once it is decided or overtaken.

use serde::{Deserialize, Serialize};

use super::command::Answer;
use super::complaint::Complaint;
use super::outbox::{CustomerPost, ManagerPost, ThreadPost};
use super::procedure::Done;
use super::proposal::Proposal;
use crate::features;
use crate::kernel::ids::{ChannelId, MessageId};
use crate::kernel::nested::nested;

/// What a message asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", tag = "asks", rename_all = "kebab-case")]
pub enum Asks {
    /// The thread: to agree to a proposal, to change it, to send it.
    Proposal {
        /// Which.
        proposal: i64,
    },
    /// Managers: to agree to a proposal, in their own channel.
    Agreement {
        /// Which.
        proposal: i64,
    },
    /// The customer: to choose one of the remedies.
    Remedies {
        /// Of which proposal.
        proposal: i64,
    },
    /// The customer: whether they were understood.
    Summary {
        /// When it was summed up (Unix ms).
        read_at: i64,
    },
    /// Managers: to talk with the customer.
    Talk,
    /// Staff: to tell the customer something.
    ToTell {
        /// Which of what is to be told.
        number: i64,
    },
    /// What a capability asks.
    #[serde(skip)]
    Feature(features::Prompt),
}

nested! { Asks::Feature(features::Prompt); }

/// Where something is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prompt {
    /// What.
    #[serde(flatten)]
    pub asks: Asks,
    /// The channel.
    pub channel: ChannelId,
    /// The message with the buttons.
    pub message: MessageId,
}

impl Asks {
    /// What a message to the customer asks.
    pub fn of_customer(post: &CustomerPost, complaint: &Complaint) -> Option<Self> {
        Some(match post {
            CustomerPost::Remedies { proposal, .. } => Self::Remedies { proposal: *proposal },
            CustomerPost::Feature(post) => Self::Feature(post.prompt()?),
            CustomerPost::Summary { .. } => {
                Self::Summary { read_at: complaint.features.procedure.record.as_ref()?.at }
            }
            _ => return None,
        })
    }

    /// What a message in the desk thread asks.
    pub fn of_thread(post: &ThreadPost) -> Option<Self> {
        match post {
            ThreadPost::Answered { answer, .. } => Self::of_answer(answer),
            ThreadPost::ProposalDecided { proposal } => Some(Self::Proposal { proposal: proposal.number }),
            ThreadPost::ToTell { number, .. } | ThreadPost::NotReached { number, .. } => {
                Some(Self::ToTell { number: *number })
            }
            _ => None,
        }
    }

    /// What an answer asks that stands in the desk thread.
    pub fn of_answer(answer: &Answer) -> Option<Self> {
        match answer {
            Answer::Procedure { done } => match &**done {
                Done::Proposal { proposal, .. } => Some(Self::Proposal { proposal: proposal.number }),
                _ => None,
            },
            Answer::Feature(response) => response.prompt().map(Self::Feature),
            _ => None,
        }
    }

    /// What managers are asked.
    pub fn of_managers(post: &ManagerPost, complaint: &Complaint) -> Option<Self> {
        match post {
            ManagerPost::ProposalWaits { .. } => {
                Some(Self::Agreement { proposal: complaint.features.procedure.proposals.last()?.number })
            }
            ManagerPost::ManagerAsked => Some(Self::Talk),
            _ => None,
        }
    }

    /// Whether it is the customer who is asked.
    pub fn is_for_the_customer(&self) -> bool {
        match self {
            Self::Feature(prompt) => prompt.is_for_the_customer(),
            asks => matches!(asks, Self::Remedies { .. } | Self::Summary { .. }),
        }
    }

    /// Whether it is decided or overtaken, so that its buttons lead nowhere.
    pub fn is_over(&self, complaint: &Complaint) -> bool {
        let open = complaint.stage.is_open();
        let held = &complaint.features.procedure;
        match self {
            Self::Proposal { proposal } => {
                !open || held.proposal(*proposal).is_none_or(|held| held.sent_at.is_some())
            }
            Self::Agreement { proposal } => !open || held.proposal(*proposal).is_none_or(Proposal::is_agreed),
            // Who wants something else, or a manager, may still choose.
            Self::Remedies { proposal } => !open || held.proposal(*proposal).is_none_or(Proposal::is_chosen),
            Self::Summary { read_at } => {
                !open
                    || held
                        .record
                        .as_ref()
                        .is_none_or(|record| record.at != *read_at || record.verdict.is_some())
            }
            Self::Feature(prompt) => complaint.features.is_over(*prompt, open),
            Self::Talk => held.talk.is_none(),
            Self::ToTell { number } => !complaint.speech.untold.contains(number),
        }
    }
}
