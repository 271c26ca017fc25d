//! What people and Discord do to the desk's places, and what becomes of it: one row a situation, each with its outcome.
//! Nobody is locked out because somebody deleted a thread by hand, and Discord archiving a quiet thread closes nothing.

use super::rest::{CallError, Class, Why};

/// Discord's code for a message that is not there.
const UNKNOWN_MESSAGE: u32 = 10_008;

/// What was found when a place was used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Situation {
    /// The desk thread, or the channel above it, was deleted.
    ThreadGone,
    /// The card was deleted before its thread was started.
    CardGone,
    /// The thread is archived, and a message alone does not wake it (it is locked too).
    ThreadAsleep,
    /// A thread stands at this message already.
    ThreadStands,
    /// The server has as many active threads as it may have.
    ThreadsFull,
    /// A permission or the channel is missing.
    NotPermitted,
}

/// What is done about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A new card and a new thread are made, linked to the old.
    MakeAnew,
    /// The thread is woken, and it is tried again.
    Wake,
    /// It is taken as done.
    TakeAsDone,
    /// The thread of whoever has waited longest for the customer is archived; a message wakes it.
    MakeRoom,
    /// It is tried again until somebody mends it; managers are alarmed after two minutes, `/desk setup` names the permission.
    WaitForMending,
}

/// Each situation with its outcome.
pub const TABLE: [(Situation, Outcome); 6] = [
    (Situation::ThreadGone, Outcome::MakeAnew),
    (Situation::CardGone, Outcome::MakeAnew),
    (Situation::ThreadAsleep, Outcome::Wake),
    (Situation::ThreadStands, Outcome::TakeAsDone),
    (Situation::ThreadsFull, Outcome::MakeRoom),
    (Situation::NotPermitted, Outcome::WaitForMending),
];

impl Situation {
    /// The situation that a failed call in a thread tells of; none where it tells of something else, or nothing failed.
    pub fn of(error: Option<&CallError>) -> Option<Self> {
        let error = error?;
        match (error.class(), error.why()) {
            (Class::Gone, Why::Deleted) if error.is_code(UNKNOWN_MESSAGE) => Some(Self::CardGone),
            (Class::Gone, Why::Deleted) => Some(Self::ThreadGone),
            (Class::Asleep, _) => Some(Self::ThreadAsleep),
            (Class::Stands, _) => Some(Self::ThreadStands),
            (Class::Full, _) => Some(Self::ThreadsFull),
            (Class::Mend, _) => Some(Self::NotPermitted),
            _ => None,
        }
    }

    /// What is done about it.
    pub fn outcome(self) -> Outcome {
        TABLE.iter().find(|(held, _)| *held == self).map_or(Outcome::WaitForMending, |(_, outcome)| *outcome)
    }
}
