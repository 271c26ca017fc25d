//! What came of a request: what the person is told, as it is shown and as it is stored.

use serde::{Deserialize, Serialize};

use super::delivery_outcome::{Awaited, OutboxPlace};
use crate::domain::command::{Answer, Refusal};
use crate::kernel::ids::ComplaintId;
use crate::store::{StoreError, json};

/// What a request is told.
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    /// It was done.
    Done {
        /// What the person is told.
        answer: Answer,
    },
    /// It was not done.
    Refused {
        /// Why.
        refusal: Refusal,
    },
}

impl Told {
    /// Whether the answer shows something that can be decided on.
    pub(super) fn is_step(&self) -> bool {
        let Self::Done { answer } = self else { return false };
        match answer {
            Answer::Feature(response) => response.is_step(),
            answer => matches!(answer, Answer::Procedure { .. } | Answer::Disposition { .. }),
        }
    }

    /// Whether somebody wrote to the customer.
    pub(super) fn is_reply(&self) -> bool {
        matches!(self, Self::Done { answer: Answer::Replied { .. } })
    }
}

/// The answer to a request, with the fate of the reply it wrote, if it wrote one.
pub struct Outcome {
    /// What the person is told.
    pub told: Told,
    /// Tells what becomes of the reply.
    pub fate: Option<Awaited>,
    /// Whether it was asked in the thread of the complaint it is about, where the answer may be the record.
    pub in_thread: bool,
    /// The outbox message that is the record if the answer does not come to stand in the thread.
    pub record: Option<OutboxPlace>,
    /// The refresh of the action bar that was pressed: put off for a moment, since the answer to the press can show the
    /// new one itself.
    pub bar: Option<OutboxPlace>,
    /// The complaint that it is about, with how many facts its journal holds now.
    pub seen: Option<(ComplaintId, i64)>,
}

/// What a request of a complaint is told, as it is stored.
#[derive(Serialize, Deserialize)]
#[serde(tag = "told", rename_all = "kebab-case")]
pub enum Done {
    /// It was done.
    Done {
        /// What the person is told.
        answer: Answer,
    },
}

/// The answer that was stored.
pub(super) fn told(carried: Result<Done, Refusal>) -> Told {
    match carried {
        Ok(Done::Done { answer }) => Told::Done { answer },
        Err(refusal) => Told::Refused { refusal },
    }
}

/// What an answer says that was erased.
pub(super) fn silence() -> Result<String, StoreError> {
    json::write(&Done::Done { answer: Answer::Silent })
}
