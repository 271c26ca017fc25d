//! The clocks that run on a complaint: their names, their targets, and when they remind whom. Plain data.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::kernel::severity::Severity;

/// A clock that runs on a complaint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClockKind {
    /// Until a person has recorded the complaint.
    Recorded,
    /// From the oldest unanswered message of the customer until a person answers.
    Reply,
    /// From the recording until managers and staff agree on a proposal.
    Consult,
    /// From the last word of the desk until the next one: the customer is kept in the loop.
    Update,
    /// Until the customer has options and a plan is agreed.
    Plan,
    /// Until an instant that a person promised.
    Promise,
    /// Until it is put right.
    Resolution,
    /// The law's notice that the complaint was received (Law 19/2023/QH15 art. 31(2)).
    ReceiptNotice,
    /// The written answer within working days (QCVN 34, *hồi âm khiếu nại*).
    WrittenAnswer,
    /// A refusal with its written reason (Decree 174/2026/NĐ-CP art. 63).
    Refusal,
    /// A negotiation that the customer asked for (Law 19/2023/QH15 arts. 56 and 57).
    Negotiation,
    /// From the resolution until the question for the rating stands in the customer's line.
    Rating,
    /// From a low score until a person of the desk has written to the customer again.
    Recovery,
    /// Until the root cause is written down.
    Cause,
    /// Until the improvement is done.
    Action,
    /// Until the customer is told what changed.
    Told,
}

impl ClockKind {
    /// All of them, in the order of a complaint's life.
    pub const ALL: [Self; 16] = [
        Self::Recorded,
        Self::Reply,
        Self::Consult,
        Self::Update,
        Self::Plan,
        Self::Promise,
        Self::Resolution,
        Self::ReceiptNotice,
        Self::WrittenAnswer,
        Self::Refusal,
        Self::Negotiation,
        Self::Rating,
        Self::Recovery,
        Self::Cause,
        Self::Action,
        Self::Told,
    ];

    /// Its stable name, as in configuration, commands and reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Recorded => "recorded",
            Self::Reply => "reply",
            Self::Consult => "consult",
            Self::Update => "update",
            Self::Plan => "plan",
            Self::Promise => "promise",
            Self::Resolution => "resolution",
            Self::ReceiptNotice => "receipt-notice",
            Self::WrittenAnswer => "written-answer",
            Self::Refusal => "refusal",
            Self::Negotiation => "negotiation",
            Self::Rating => "rating",
            Self::Recovery => "recovery",
            Self::Cause => "cause",
            Self::Action => "action",
            Self::Told => "told",
        }
    }

    /// Reads the stable name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// Whether a law sets it: counted in working days, never paused, never business minutes.
    pub fn is_legal(self) -> bool {
        matches!(self, Self::ReceiptNotice | Self::WrittenAnswer | Self::Refusal | Self::Negotiation)
    }

    /// Whether waiting for the customer may pause it. What a person promised and what the law sets goes on.
    pub fn may_pause(self) -> bool {
        !self.is_legal() && self != Self::Promise
    }

    /// Whether it stays each complaint's own during an incident, in which one clock else speaks for all.
    pub fn is_statutory(self) -> bool {
        self.is_legal() || self == Self::Recorded
    }
}

impl fmt::Display for ClockKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// How long a clock may run. Three kinds of time, never mixed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Target {
    /// So much open time of its calendar (ms); of the calendar that never closes: wall time.
    Open(i64),
    /// So many working days: the day of receipt is not counted, and it ends at 24:00 of the last one.
    WorkingDays(u32),
    /// Until an instant that a person gave.
    #[default]
    ByHand,
}

/// When a nudge comes, counted in the clock's own time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NudgeAt {
    /// So many hundredths of the target, 1 to 99.
    Percent(u8),
    /// After so many ms, less than the target.
    After(i64),
    /// When so many ms are left, less than the target.
    Left(i64),
}

impl NudgeAt {
    /// How much of the clock's time is used at it (ms), where `whole` ms are its target; negative where it would come
    /// before the clock starts.
    pub fn used_ms(self, whole: i64) -> i64 {
        match self {
            // Divided first: a target of centuries must not overflow.
            Self::Percent(percent) => {
                let percent = i64::from(percent);
                whole / 100 * percent + whole % 100 * percent / 100
            }
            Self::After(after) => after,
            Self::Left(left) => whole.saturating_sub(left),
        }
    }
}

/// Who is told about a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Addressee {
    /// Whoever has the complaint; in its thread.
    Owner,
    /// The staff role; in the desk channel.
    Staff,
    /// The manager role; in the manager channel.
    Manager,
    /// The head-office role; in the manager channel.
    HeadOffice,
}

impl Addressee {
    /// All of them, the nearest to the complaint first.
    pub const ALL: [Self; 4] = [Self::Owner, Self::Staff, Self::Manager, Self::HeadOffice];

    /// Its stable name, as in configuration.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Staff => "staff",
            Self::Manager => "manager",
            Self::HeadOffice => "head-office",
        }
    }

    /// Reads the stable name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|addressee| addressee.as_str() == name)
    }
}

/// One rung of the ladder after a breach.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// So long after the breach, in ms of the clock's own time; 0: at the breach.
    pub after_ms: i64,
    /// Who is told.
    pub to: Addressee,
}

/// What becomes of a clock when its complaint is opened again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reopening {
    /// The same run goes on; the time in which it was closed does not count.
    #[default]
    Continue,
    /// A new run begins, with a number of its own.
    Restart,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stop {
    /// What it waited for was done.
    #[default]
    Done,
    /// It was called off: dismissed, merged, settled without this step, or no policy has it any more. It is neither met nor
    /// missed.
    Cancelled,
}

/// The clocks that an answer ends once the customer has it.
pub const ANSWER: [ClockKind; 4] =
    [ClockKind::Reply, ClockKind::ReceiptNotice, ClockKind::WrittenAnswer, ClockKind::Recovery];

/// How long a clock may run, and when it reminds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClockPolicy {
    /// The target; more than nothing.
    pub target: Target,
    /// The id of the calendar that says what open time is.
    pub calendar: String,
    /// Its nudges, the earliest first.
    pub nudges: Vec<NudgeAt>,
    /// Who is told at the breach and after it, the earliest first. It ends: what is open after it stands in the daily digest.
    pub ladder: Vec<Step>,
    /// Whether waiting for the customer pauses it.
    pub pauses: bool,
    /// What a reopening does to it.
    pub reopening: Reopening,
}

impl ClockPolicy {
    /// Whether it stands still while the desk waits for the customer: only what counts open time can.
    pub fn stands_still(&self) -> bool {
        self.pauses && matches!(self.target, Target::Open(_))
    }
}

/// When the update clock begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cadence {
    /// Whether only a message of the customer starts it (and the desk's answer ends it); else each word of the desk starts
    /// the next run.
    pub only_when_asked: bool,
    /// Whether it also runs before the first reply.
    pub before_first_reply: bool,
}

/// The clocks of some complaints, in place of those of all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// Its name in the configuration.
    pub id: String,
    /// The severities it is for; none: any.
    pub severities: Vec<Severity>,
    /// The ids of the categories it is for; none: any.
    pub categories: Vec<String>,
    /// Whether it counts where no other one fits.
    pub default: bool,
    /// Its clocks with those it falls back to; a clock that is none is switched off.
    pub clocks: std::collections::BTreeMap<ClockKind, Option<ClockPolicy>>,
}

impl Variant {
    /// Whether it is made for a complaint of this kind. One that names neither severity nor category fits nothing: it is
    /// there to be fallen back to, or the default.
    pub fn fits(&self, severity: Severity, category: Option<&str>) -> bool {
        let named = !self.severities.is_empty() || !self.categories.is_empty();
        let severe = self.severities.is_empty() || self.severities.contains(&severity);
        let kind = self.categories.is_empty()
            || category.is_some_and(|category| self.categories.iter().any(|held| held == category));
        named && severe && kind
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back() {
        for kind in ClockKind::ALL {
            assert_eq!(ClockKind::parse(kind.as_str()), Some(kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
        }
        for addressee in Addressee::ALL {
            assert_eq!(Addressee::parse(addressee.as_str()), Some(addressee));
        }
    }

    #[test]
    fn shares_of_centuries_do_not_overflow() {
        assert_eq!(NudgeAt::Percent(75).used_ms(i64::MAX), i64::MAX / 100 * 75 + i64::MAX % 100 * 75 / 100);
        assert_eq!(NudgeAt::Left(20).used_ms(i64::MIN), i64::MIN);
        assert_eq!(NudgeAt::Left(30).used_ms(100), 70);
    }
}
