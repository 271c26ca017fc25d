//! What is told about a clock: before its deadline to whoever can still keep it, after it to those who answer for it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::complaint::Complaint;
use super::footing::Fault;
use super::ledger::Change;
use super::running::Cause;
use crate::kernel::board::Place;
use crate::kernel::ids::{ChannelId, RoleId};
use crate::kernel::people::Person;
use crate::sla::clocks::{Addressee, ClockKind};

/// An outbox message in a desk's own channel about many complaints.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "letter", rename_all = "kebab-case")]
pub enum BoardMessage {
    /// The notices that were taken along with it.
    Notices,
    /// The daily digest.
    Digest {
        /// The day that begins.
        day: NaiveDate,
    },
    /// Somebody changed the set-up of the desk: those who decided until then hear of it.
    SetUp {
        /// Who.
        by: Person,
        /// What.
        changes: Vec<Change>,
        /// Where it is told: the manager channel of before, and the one of now where that is another.
        channels: Vec<ChannelId>,
        /// The role that is mentioned: head office, or who was next to it.
        mentioned: RoleId,
    },
    /// Something that the desk stands on is gone or is not as it should be.
    Faults {
        /// What.
        faults: Vec<Fault>,
    },
    /// Something is late that should have been sent.
    Alarm {
        /// How many timers and outbox messages.
        count: i64,
        /// Since when the oldest of them waits (Unix ms).
        since: i64,
    },
    /// This machine's clock is wrong by more than a day: nothing is erased by it.
    ClockOff {
        /// What it shows (Unix ms).
        ours: i64,
        /// What it should show (Unix ms).
        theirs: i64,
    },
    /// What was given up in a while.
    GivenUp {
        /// From (Unix ms).
        since: i64,
        /// Until (Unix ms).
        until: i64,
    },
    /// Discord keeps the bot from opening direct messages.
    DirectShut {
        /// Whether by its protection from spam.
        flagged: bool,
        /// When it is tried again (Unix ms).
        until: i64,
    },
}

/// One thing to tell about a run of a clock. At most one is made for each run, level and deadline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Which clock.
    pub clock: ClockKind,
    /// Its run.
    pub cycle: i64,
    /// The deadline that it speaks of (Unix ms).
    pub deadline: i64,
    /// Why it was missed; none: it is still to come.
    pub missed: Option<Cause>,
    /// Who is told.
    pub to: Vec<Addressee>,
}

impl Notice {
    /// The channel it belongs into; none: the complaint's own thread.
    pub fn place(&self) -> Option<Place> {
        match self.to.last() {
            Some(Addressee::Manager | Addressee::HeadOffice) => Some(Place::Managers),
            Some(Addressee::Staff) => Some(Place::Desk),
            Some(Addressee::Owner) | None => None,
        }
    }

    /// Whether it has been overtaken, so that it would only nag: the clock ended, stands still, or has another deadline.
    /// That a deadline was missed stays worth telling for as long as the clock has not ended.
    pub fn is_overtaken(&self, complaint: &Complaint) -> bool {
        let Some(run) = complaint.clocks.get(&self.clock).filter(|run| run.cycle == self.cycle) else {
            return true;
        };
        match self.missed {
            Some(_) => !run.is_running(),
            None => run.is_breached() || run.breach_at() != Some(self.deadline) || !run.is_running(),
        }
    }
}
