//! Why something is not done.

use serde::{Deserialize, Serialize};

use super::clocks::ClockKind;
use super::event::Person;

/// Why something is not done. Said kindly to the person, in their language; no error of ours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "refusal", rename_all = "kebab-case")]
pub enum Refusal {
    /// There are no words in it.
    Blank,
    /// There are too many words in it.
    TooLong {
        /// The limit in characters.
        limit: i64,
        /// How many there are.
        length: i64,
    },
    /// A file is too large.
    FileTooLarge {
        /// Its name.
        name: String,
        /// The limit in bytes.
        limit: i64,
    },
    /// A file of a message is too large; the rest of the message arrived.
    FileLeftOut {
        /// Its name.
        name: String,
        /// The limit in bytes.
        limit: i64,
    },
    /// A file could not be fetched.
    FileLost {
        /// Its name.
        name: String,
    },
    /// Only staff may.
    StaffOnly,
    /// Only managers may.
    ManagerOnly,
    /// Only head office may.
    HeadOfficeOnly,
    /// Only whoever manages the server may.
    SetupOnly,
    /// Only the customer of the complaint may.
    CustomerOnly,
    /// This is said in a desk thread.
    ThreadOnly,
    /// This is said on a server.
    GuildOnly,
    /// There is no such complaint.
    NoComplaint,
    /// Somebody has it already.
    AlreadyClaimed {
        /// Who.
        by: Person,
    },
    /// It is theirs already.
    AlreadyYours,
    /// It is resolved or has ended.
    NotOpen,
    /// It is open already.
    AlreadyOpen,
    /// There is no such category.
    NoCategory {
        /// What was asked for.
        asked: String,
    },
    /// Nobody handles a complaint of their own.
    OwnComplaint,
    /// The desk waits for the customer already.
    AlreadyWaiting,
    /// The desk does not wait.
    NotPaused,
    /// A nudge is not put off past its deadline.
    SnoozeTooLong {
        /// Which clock.
        clock: ClockKind,
        /// Its deadline (Unix ms).
        deadline: i64,
    },
    /// What was written is no duration.
    NoDuration {
        /// What was written.
        written: String,
    },
    /// What was written is no time.
    NoTime {
        /// What was written.
        written: String,
    },
    /// No message of the customer waits for an answer.
    NothingUnanswered,
    /// That clock never ran on this complaint.
    NoClock {
        /// Which clock.
        clock: ClockKind,
    },
    /// The button belongs to something that is over.
    Stale,
    /// The rating was given already.
    AlreadyRated {
        /// The first tap.
        score: i64,
    },
    /// The rating is closed.
    RatingClosed,
    /// It is too late to open it again.
    ReopenTooLate,
    /// That person is no staff.
    NotStaff {
        /// Who.
        name: String,
    },
    /// The desk is not set up here.
    NotSetUp,
    /// This customer has just filed the same thing.
    JustFiled {
        /// Its number.
        number: i64,
    },
    /// This customer has filed very often in a short while.
    FiledOften {
        /// The number of their latest complaint.
        number: i64,
    },
    /// The draft is gone: sent or discarded.
    DraftGone,
    /// There is no such incident.
    NoIncident,
    /// The incident has ended.
    IncidentOver {
        /// Its number.
        number: i64,
    },
    /// There is no such playbook.
    NoPlaybook {
        /// What was asked for.
        asked: String,
    },
    /// A slot of the playbook is empty or not understood.
    WrongSlot {
        /// Its name.
        slot: String,
        /// What was written.
        written: String,
    },
    /// The version is not waiting for approval.
    NotWaiting,
    /// It could not be saved; the person should try again.
    NotSaved,
}
