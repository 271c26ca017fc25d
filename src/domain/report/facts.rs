//! From the journal of a complaint to what a report needs to know of it, as it stood at an instant.

use super::{CaseFact, ClockFact, Fixed, PromiseFact, RatingFact, Wait};
use crate::domain::complaint::{Complaint, Rating, Stage};
use crate::domain::event::{self, CloseReason, Entry, Event};
use crate::domain::policy::Policy;
use crate::domain::procedure::Promise;
use crate::domain::running::{Running, Stop};
use crate::features::{self, promise};
use crate::kernel::ids::ComplaintId;
use crate::sla::clocks::{ClockKind, ClockPolicy, Target};
use crate::sla::deadline;

/// A month (ms): how much longer than today's targets a clock of an earlier configuration may have run.
const MARGIN_MS: i64 = 31 * DAY_MS;
const DAY_MS: i64 = 86_400_000;

/// What the journal of a complaint (oldest first) says up to `cutoff` (Unix ms, excluded); none if it does not begin
/// with a filing.
///
/// What was written together with the filing always counts: a draft that is filed late belongs to the instant of its
/// first message.
pub fn case_fact(journal: &[Entry], cutoff: i64, policy: &Policy) -> Option<CaseFact> {
    let (first, rest) = journal.split_first()?;
    let mut case = Case::new(first)?;
    for entry in rest.iter().filter(|entry| entry.at < cutoff || entry.at == first.at) {
        case.take_in(entry);
    }
    Some(case.fact(policy))
}

/// A complaint without any fact since the returned instant (Unix ms) has no figure in a period that begins at `from`,
/// unless it is open: even its last deadline lies before.
pub fn touched_since(from: i64, policy: &Policy) -> i64 {
    let variants = policy.variants.iter().flat_map(|variant| variant.clocks.values().flatten());
    let earliest = |clock: &ClockPolicy| {
        let hours = policy.calendars.get(&clock.calendar)?;
        match clock.target {
            // Where the calendar never was open for so long, every complaint may matter.
            Target::Open(target) => Some(deadline::before(hours, from, target).unwrap_or(i64::MIN)),
            // Twice the days for weekends, and the margin for the longest holidays.
            Target::WorkingDays(days) => Some(from.saturating_sub(2 * i64::from(days) * DAY_MS)),
            // A promise is open, or it was called off when its complaint ended.
            Target::ByHand => None,
        }
    };
    let start = policy.clocks.values().chain(variants).filter_map(earliest).min().unwrap_or(from);
    start.min(from).saturating_sub(MARGIN_MS)
}

/// The time on duty between a message and its answer, by the calendar of the clock that waits for the answer.
fn duty(policy: &Policy, from: i64, to: i64) -> Option<i64> {
    let clock = policy.clocks.get(&ClockKind::Reply)?;
    let calendar = policy.calendars.get(&clock.calendar)?;
    Some(deadline::elapsed(calendar, from, to, &[]))
}

/// A case while its journal is read: what it is now says the state, and beside it stands what the state forgets.
struct Case {
    state: Complaint,
    recorded: Option<i64>,
    waits: Vec<Wait>,
    /// Runs of clocks that a later one took the place of.
    earlier: Vec<(ClockKind, Running)>,
    /// When which promise was moved.
    moved: Vec<(i64, i64)>,
    reopened: Vec<i64>,
    given: Vec<(i64, u64)>,
}

impl Case {
    fn new(first: &Entry) -> Option<Self> {
        // A figure names no id.
        let state = Complaint::replay(ComplaintId(0), std::slice::from_ref(first))?;
        let waits = state.owes_answer().map(|waiting| Wait { started: waiting.since, ..Wait::default() });
        Some(Self {
            recorded: None,
            waits: waits.into_iter().collect(),
            earlier: Vec::new(),
            moved: Vec::new(),
            reopened: Vec::new(),
            given: Vec::new(),
            state,
        })
    }

    fn take_in(&mut self, entry: &Entry) {
        let at = entry.at;
        match &entry.event {
            Event::ClockStarted { clock, .. } => {
                let replaced = self.state.clocks.get(clock).cloned();
                self.earlier.extend(replaced.map(|run| (*clock, run)));
            }
            Event::Reopened { .. } => self.reopened.push(at),
            // What had opened it was about something else.
            Event::CustomerMessageMoved { ends_again: true, .. } => {
                self.reopened.pop();
            }
            Event::Feature(features::Fact::Procedure(promise::Fact::Moved { promise, .. })) => {
                self.moved.push((*promise, at));
            }
            Event::Feature(fact) => {
                self.given.extend(fact.spends().map(|(_, value)| (at, value.unsigned_abs())));
            }
            _ => {}
        }
        let waited = self.state.owes_answer().is_some();
        self.state.apply(entry);
        if matches!(self.state.stage, Stage::Recorded | Stage::Resolved) {
            self.recorded.get_or_insert(at);
        }
        match self.state.owes_answer().map(|waiting| waiting.since) {
            Some(since) if waited => {
                let last = self.waits.last_mut();
                if let Some(wait) = last.filter(|wait| since > wait.started && is_answer(&entry.event)) {
                    // What they wrote while an answer was on its way waits from then on.
                    wait.answered = Some(at);
                    self.waits.push(Wait { started: since, ..Wait::default() });
                } else if let Some(wait) = self.waits.last_mut() {
                    // What waited longer elsewhere waits here now.
                    wait.started = since;
                }
            }
            Some(since) => self.waits.push(Wait { started: since, ..Wait::default() }),
            None if waited && is_answer(&entry.event) => {
                if let Some(wait) = self.waits.last_mut() {
                    wait.answered = Some(at);
                }
            }
            None if waited => {
                self.waits.pop();
            }
            None => {}
        }
    }

    fn fact(mut self, policy: &Policy) -> CaseFact {
        for wait in &mut self.waits {
            wait.duty_ms = wait.answered.and_then(|answered| duty(policy, wait.started, answered));
        }
        let state = &self.state;
        let (stage, closed) = (state.stage, state.closed);
        let well =
            stage == Stage::Resolved || matches!(closed, Some(CloseReason::Confirmed | CloseReason::Silence));
        let running = state.clocks.iter().map(|(clock, run)| (*clock, run));
        let runs = self.earlier.iter().map(|(clock, run)| (*clock, run)).chain(running);
        let moved = |promise: &Promise| {
            let of_it = self.moved.iter().filter(|(moved, _)| *moved == promise.number);
            of_it.map(|(_, at)| *at).collect()
        };
        CaseFact {
            number: state.number(),
            category: state.category.clone(),
            received: state.filed.since,
            recorded: self.recorded,
            resolved: state.resolved_at.filter(|_| well),
            ended: state.ended_at,
            dismissed: stage == Stage::Dismissed,
            merged: closed == Some(CloseReason::Merged),
            reopened: self.reopened.clone(),
            waits: self.waits.clone(),
            clocks: runs.map(|(clock, run)| clock_fact(clock, run)).collect(),
            ratings: state.ratings.iter().filter_map(rating_fact).collect(),
            promises: state
                .features
                .procedure
                .promises
                .iter()
                .map(|held| promise_fact(held, moved(held)))
                .collect(),
            given: self.given.clone(),
        }
    }
}

/// Whether a fact after which nobody waits is an answer; else the customer waits no more, or elsewhere.
fn is_answer(event: &Event) -> bool {
    !matches!(
        event,
        Event::NoAnswerNeeded
            | Event::Thanked
            | Event::CustomerDeleted { .. }
            | Event::CustomerMessageMoved { .. }
            | Event::ClockStopped { .. }
            | Event::Dismissed { .. }
            | Event::Closed { reason: CloseReason::Withdrawn | CloseReason::Merged }
    )
}

fn clock_fact(clock: ClockKind, run: &Running) -> ClockFact {
    ClockFact {
        clock: clock.as_str().to_owned(),
        cycle: run.cycle,
        // What ends while it stands still, ends in time: it has no deadline then.
        deadline: run.breach_at().or(run.stopped).unwrap_or(i64::MAX),
        stopped: run.stopped,
        missed: run.breach.map(|breach| breach.deadline),
        called_off: run.stop == Some(Stop::Cancelled),
    }
}

fn rating_fact(rating: &Rating) -> Option<RatingFact> {
    Some(RatingFact {
        asked: rating.asked?,
        delivered: rating.delivered.is_some(),
        score: rating.score.and_then(|score| u8::try_from(score).ok()),
        fixed: rating.fixed.map(|fixed| match fixed {
            event::Fixed::Yes => Fixed::Yes,
            event::Fixed::Partly => Fixed::Partly,
            event::Fixed::No => Fixed::No,
        }),
        answered: rating.answered,
    })
}

fn promise_fact(held: &Promise, moved: Vec<i64>) -> PromiseFact {
    let released = held.released_at.is_some_and(|at| at <= held.due);
    PromiseFact { due: held.due, moved, kept: held.kept_at, released }
}
