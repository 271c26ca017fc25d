//! What a complaint waits for: named slots, each with the instant at which it is due, derived from its state.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use super::complaint::{Complaint, Stage};
use super::policy::Policy;
use super::running::Running;
use crate::features;
use crate::kernel::board::Place;
use crate::sla::clocks::Addressee;
use crate::sla::clocks::ClockKind;

/// One thing to wait for. A complaint has at most one timer of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slot {
    /// The next nudge or the breach of a clock.
    Clock(ClockKind),
    /// The rating is due (it was held, in quiet hours for instance).
    AskRating,
    /// The one reminder of the rating.
    RemindRating,
    /// The rating closes unanswered.
    CloseRating,
    /// What a capability waits for.
    Feature(features::Slot),
    /// A resolved complaint closes since nobody objected.
    Close,
    /// It has waited in an incident's list for long enough.
    Open,
    /// The thread is to be given its name, which Discord refused before.
    Rename,
}

/// How long after a refusal (ms) a thread's name is tried again, the first time and later.
const RENAME_AFTER: [i64; 3] = [10 * 60_000, 60 * 60_000, 24 * 60 * 60_000];

impl fmt::Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Clock(kind) => write!(f, "clock-{}", kind.as_str()),
            Self::AskRating => f.write_str("ask-rating"),
            Self::RemindRating => f.write_str("remind-rating"),
            Self::CloseRating => f.write_str("close-rating"),
            Self::Feature(slot) => f.write_str(slot.as_str()),
            Self::Close => f.write_str("close"),
            Self::Open => f.write_str("open"),
            Self::Rename => f.write_str("rename"),
        }
    }
}

impl FromStr for Slot {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        match name {
            "ask-rating" => Ok(Self::AskRating),
            "remind-rating" => Ok(Self::RemindRating),
            "close-rating" => Ok(Self::CloseRating),
            "close" => Ok(Self::Close),
            "open" => Ok(Self::Open),
            "rename" => Ok(Self::Rename),
            _ => {
                let clock = name.strip_prefix("clock-").and_then(ClockKind::parse).map(Self::Clock);
                let feature = features::Slot::ALL.into_iter().find(|slot| slot.as_str() == name);
                clock.or(feature.map(Self::Feature)).ok_or_else(|| format!("{name:?} is no timer"))
            }
        }
    }
}

/// Everything a complaint waits for, with the instant (Unix ms).
pub fn timers(complaint: &Complaint, policy: &Policy) -> BTreeMap<Slot, i64> {
    let mut timers: BTreeMap<Slot, i64> = complaint
        .clocks
        .iter()
        .filter_map(|(kind, run)| {
            let due = run.next()?;
            Some((Slot::Clock(*kind), heard_out(complaint, policy, *kind, run, due)))
        })
        .collect();
    if complaint.listed.is_some() && complaint.stage.is_open() {
        timers.insert(Slot::Open, complaint.filed_at.saturating_add(policy.incident_list.hold_ms));
    }
    if let Some((tried, times)) = complaint.plain_since.filter(|_| complaint.stage.is_open()) {
        let after = usize::try_from(times).ok().and_then(|times| RENAME_AFTER.get(times));
        timers.extend(after.map(|after| (Slot::Rename, tried.saturating_add(*after))));
    }
    if complaint.stage.is_open() {
        let before_quiet = |at: i64| policy.rating.before_quiet(at, policy.zone);
        let features = complaint.features.timers(&policy.features, before_quiet);
        timers.extend(features.into_iter().map(|(slot, due)| (Slot::Feature(slot), due)));
    }
    let rating = complaint.rating().filter(|rating| !rating.closed && rating.score.is_none());
    if complaint.stage == Stage::Resolved {
        if let Some(rating) = rating.filter(|rating| rating.asked.is_none()) {
            timers.insert(Slot::AskRating, rating.ask_at);
        }
        if let Some(silent) = complaint.silent_since() {
            timers.insert(Slot::Close, silent + policy.rating.closes_ms);
        }
        if let Some(due) = rating.filter(|rating| !rating.reminded).and_then(|rating| rating.remind_at) {
            timers.insert(Slot::RemindRating, due);
        }
    }
    if let Some(due) = rating.and_then(|rating| rating.close_at) {
        timers.insert(Slot::CloseRating, due);
    }
    timers
}

/// A customer who is still writing is heard out before anybody is nudged to answer: until they have been silent for as long as
/// a draft waits, or have written on for as long as one may grow (`[filing]`; seeds 000 and 002). A breach waits for nobody.
fn heard_out(complaint: &Complaint, policy: &Policy, kind: ClockKind, run: &Running, due: i64) -> i64 {
    let (Some(breach), Some(latest)) =
        (run.breach_at(), complaint.unanswered.as_ref().and_then(|waiting| waiting.latest))
    else {
        return due;
    };
    if kind != ClockKind::Reply || run.is_breached() || due >= breach {
        return due;
    }
    let silent = latest.saturating_add(policy.filing.silence_ms);
    due.max(silent.min(due.saturating_add(policy.filing.longest_ms)).min(breach))
}

/// The channel in which a timer of a complaint will speak, if it is one that notices about many complaints meet in.
pub fn place(complaint: &Complaint, slot: Slot) -> Option<Place> {
    let Slot::Clock(kind) = slot else { return None };
    let run = complaint.run(kind)?;
    let next = run.next()?;
    if !run.is_breached() && run.breach_at() != Some(next) {
        return complaint.owner.is_none().then_some(Place::Desk);
    }
    match run.rungs_left().first().filter(|rung| rung.at <= next)?.to {
        Addressee::Owner if complaint.owner.is_some() => None,
        Addressee::Owner | Addressee::Staff => Some(Place::Desk),
        Addressee::Manager | Addressee::HeadOffice => Some(Place::Managers),
    }
}
