//! One run of a clock, with the terms that held when it began: what is due when, and who has been told.

use serde::{Deserialize, Serialize};

use crate::kernel::people::Person;
use crate::kernel::severity::Severity;
pub use crate::sla::clocks::Stop;
use crate::sla::clocks::{Addressee, NudgeAt, Step, Target};
use crate::sla::deadline::Pause;

/// By what a run is measured; kept with it, so that a change of the configuration does not touch it unasked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// The target.
    pub target: Target,
    /// The id of the calendar.
    pub calendar: String,
    /// Its nudges.
    #[serde(default)]
    pub nudges: Vec<NudgeAt>,
    /// Who is told once it is missed.
    #[serde(default)]
    pub ladder: Vec<Step>,
    /// Whether it stands still while the desk waits for the customer.
    #[serde(default)]
    pub pauses: bool,
    /// The name of the policy's variant; empty: the policy of all complaints.
    #[serde(default)]
    pub variant: String,
    /// The severity it was chosen for.
    #[serde(default)]
    pub severity: Severity,
    /// The fingerprint of the policy.
    #[serde(default)]
    pub policy_version: String,
    /// The fingerprint of the calendar.
    #[serde(default)]
    pub calendar_version: String,
}

/// When what is due; computed once and stored, so that the journal alone tells the state.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// What people are shown (Unix ms); none while it is paused.
    pub due_at: Option<i64>,
    /// The last instant at which it is still met (Unix ms); none while it is paused.
    pub breach_at: Option<i64>,
    /// When nudges are due (Unix ms, rising).
    #[serde(default)]
    pub nudges: Vec<i64>,
    /// Who is told when, once it is missed (rising).
    #[serde(default)]
    pub ladder: Vec<Rung>,
}

/// One rung of the ladder after a breach.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rung {
    /// When (Unix ms).
    pub at: i64,
    /// Who.
    pub to: Addressee,
}

/// Why a deadline came to lie behind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// Time passed.
    #[default]
    Time,
    /// The complaint was given another severity or category.
    Reprioritised,
    /// The policy or a calendar was changed, and somebody had open deadlines computed anew.
    Policy,
    /// The complaint was opened again after it had been missed.
    Reopened,
}

/// A missed deadline; never erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Breach {
    /// The deadline that was missed (Unix ms).
    pub deadline: i64,
    /// The target of that time.
    pub target: Target,
    /// Why.
    pub cause: Cause,
}

/// A nudge put off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snooze {
    /// Until when (Unix ms).
    pub until: i64,
    /// By whom.
    pub by: Option<Person>,
    /// Why, in their words.
    pub reason: String,
}

/// One run of a clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Running {
    /// Counts the runs from 1.
    pub cycle: i64,
    /// From when (Unix ms).
    pub started: i64,
    /// By what it is measured.
    #[serde(default)]
    pub terms: Terms,
    /// When what is due.
    #[serde(flatten)]
    pub schedule: Schedule,
    /// How many nudges are done.
    pub nudged: i64,
    /// Of which deadlines somebody was told, and how many nudges of each were left.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub told: Vec<Told>,
    /// How many rungs of the ladder are done.
    #[serde(default)]
    pub climbed: i64,
    /// When it stood still; the last one may still last.
    #[serde(default)]
    pub pauses: Vec<Stretch>,
    /// When it ended (Unix ms).
    pub stopped: Option<i64>,
    /// How it ended.
    #[serde(default)]
    pub stop: Option<Stop>,
    /// The clock's own time that it ran (ms), once it has ended.
    #[serde(default)]
    pub used: Option<i64>,
    /// The deadline that was missed, if one was.
    #[serde(default)]
    pub breach: Option<Breach>,
    /// The last nudge that was put off, if one was.
    #[serde(default)]
    pub snooze: Option<Snooze>,
}

/// What somebody was told of one deadline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The deadline (Unix ms).
    pub deadline: i64,
    /// The nudges that are done (Unix ms).
    pub nudges: Vec<i64>,
    /// How many were left.
    pub left: i64,
}

/// A stretch in which a clock stood still (Unix ms); without an end it lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stretch {
    /// From.
    pub from: i64,
    /// Until.
    pub to: Option<i64>,
    /// Why.
    pub why: PauseReason,
}

impl Stretch {
    /// It for the engine.
    pub fn pause(&self) -> Pause {
        Pause { from: self.from, to: self.to }
    }
}

/// Why a clock stood still.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PauseReason {
    /// The desk waited for the customer.
    Waiting,
    /// The complaint was resolved, and opened again later.
    Resolved,
}

impl Running {
    /// A run that begins.
    pub fn new(cycle: i64, started: i64, terms: Terms, schedule: Schedule, pauses: Vec<Stretch>) -> Self {
        Self {
            cycle,
            started,
            terms,
            schedule,
            nudged: 0,
            told: Vec::new(),
            climbed: 0,
            pauses,
            stopped: None,
            stop: None,
            used: None,
            breach: None,
            snooze: None,
        }
    }

    /// Whether it has not ended; it may be paused.
    pub fn is_running(&self) -> bool {
        self.stopped.is_none()
    }

    /// Whether it stands still.
    pub fn is_paused(&self) -> bool {
        self.is_running() && self.pauses.last().is_some_and(|pause| pause.to.is_none())
    }

    /// What people are shown (Unix ms); none while it is paused and once it has ended.
    pub fn due_at(&self) -> Option<i64> {
        self.schedule.due_at.filter(|_| self.is_running())
    }

    /// The last instant at which it is still met (Unix ms).
    pub fn breach_at(&self) -> Option<i64> {
        self.schedule.breach_at
    }

    /// Whether its deadline was missed.
    pub fn is_breached(&self) -> bool {
        self.breach.is_some()
    }

    /// The next instant at which something is to be said, if any is left (Unix ms): a nudge, the breach, a rung of the
    /// ladder. The deadline is missed right after its last instant.
    pub fn next(&self) -> Option<i64> {
        if !self.is_running() || self.is_paused() {
            return None;
        }
        if self.is_breached() {
            return self.rungs_left().first().map(|rung| rung.at);
        }
        let breach = self.schedule.breach_at?;
        Some(self.nudges_left().first().map_or(breach, |nudge| breach.min(*nudge)))
    }

    /// The nudges that are not done (Unix ms).
    pub fn nudges_left(&self) -> &[i64] {
        let done = usize::try_from(self.nudged).unwrap_or(usize::MAX);
        self.schedule.nudges.get(done..).unwrap_or_default()
    }

    /// The rungs that are not done.
    pub fn rungs_left(&self) -> &[Rung] {
        let done = usize::try_from(self.climbed).unwrap_or(usize::MAX);
        self.schedule.ladder.get(done..).unwrap_or_default()
    }

    /// How many nudges lie at or before `now` (Unix ms).
    pub fn nudges_before(&self, now: i64) -> i64 {
        let done = self.schedule.nudges.iter().filter(|at| **at <= now).count();
        i64::try_from(done).unwrap_or(i64::MAX)
    }

    /// Takes in another schedule at `at` (Unix ms). Nudges that lie behind are not made up for, and of a deadline that
    /// somebody was told of before, no more come than were left. What somebody put off stays put off.
    pub fn move_to(&mut self, mut schedule: Schedule, at: i64) {
        if self.schedule.nudges == schedule.nudges {
            self.schedule = schedule;
            return;
        }
        let told = self.told.iter().find(|told| Some(told.deadline) == schedule.breach_at);
        if let Some(Told { nudges, left, .. }) = told {
            let to_come: Vec<i64> = schedule.nudges.iter().copied().filter(|nudge| *nudge > at).collect();
            let left = usize::try_from(*left).unwrap_or(usize::MAX);
            schedule.nudges.clone_from(nudges);
            schedule.nudges.extend(to_come.iter().skip(to_come.len().saturating_sub(left)));
            self.nudged = i64::try_from(nudges.len()).unwrap_or(i64::MAX);
            self.schedule = schedule;
        } else {
            self.schedule = schedule;
            self.nudged = self.nudges_before(at);
        }
        let in_time = |until: i64| until > at && self.schedule.breach_at.is_some_and(|breach| until < breach);
        if let Some(snooze) = self.snooze.clone().filter(|snooze| in_time(snooze.until)) {
            self.put_off(snooze);
        }
    }

    /// Notes that the first `level` nudges are done.
    pub fn nudge(&mut self, level: i64) {
        self.nudged = level;
        let Some(deadline) = self.schedule.breach_at else { return };
        let done = usize::try_from(level).unwrap_or(usize::MAX);
        let nudges: Vec<i64> = self.schedule.nudges.iter().take(done).copied().collect();
        let left = i64::try_from(self.nudges_left().len()).unwrap_or(i64::MAX);
        self.told.retain(|told| told.deadline != deadline);
        self.told.push(Told { deadline, nudges, left });
    }

    /// Its pauses for the engine.
    pub fn stretches(&self) -> Vec<Pause> {
        self.pauses.iter().map(Stretch::pause).collect()
    }

    /// Puts nudges off: those up to `snooze.until` fall together into one at that instant.
    pub fn put_off(&mut self, snooze: Snooze) {
        let later: Vec<i64> = self.nudges_left().iter().copied().filter(|at| *at > snooze.until).collect();
        self.schedule.nudges.truncate(usize::try_from(self.nudged).unwrap_or(usize::MAX));
        self.schedule.nudges.push(snooze.until);
        self.schedule.nudges.extend(later);
        self.snooze = Some(snooze);
    }
}
