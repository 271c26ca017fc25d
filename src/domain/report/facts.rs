//! From the journal of a complaint to what a report needs to know of it, as it stood at an instant.

use std::collections::BTreeMap;

use super::{CaseFact, ClockFact, Fixed, PromiseFact, RatingFact, Wait};
use crate::domain::arriving::Word;
use crate::domain::clarifying;
use crate::domain::disposition;
use crate::domain::event::{self, Actor, CloseReason, Entry, Event, Filed, Source};
use crate::domain::goodwill;
use crate::domain::policy::{ClockKind, ClockPolicy, Policy, Target};
use crate::domain::procedure::Step;
use crate::domain::running::Stop;
use crate::domain::sla;
use crate::domain::speech;

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
    let Event::Filed(filed) = &first.event else { return None };
    let mut case = Case::new(filed);
    for entry in rest.iter().filter(|entry| entry.at < cutoff || entry.at == first.at) {
        case.take_in(entry);
    }
    for wait in &mut case.fact.waits {
        wait.duty_ms = wait.answered.and_then(|answered| duty(policy, wait.started, answered));
    }
    Some(case.fact)
}

/// A complaint without any fact since the returned instant (Unix ms) has no figure in a period that begins at `from`,
/// unless it is open: even its last deadline lies before.
pub fn touched_since(from: i64, policy: &Policy) -> i64 {
    let variants = policy.variants.iter().flat_map(|variant| variant.clocks.values().flatten());
    let earliest = |clock: &ClockPolicy| {
        let hours = policy.calendars.get(&clock.calendar)?;
        match clock.target {
            // Where the calendar never was open for so long, every complaint may matter.
            Target::Open(target) => Some(sla::before(hours, from, target).unwrap_or(i64::MIN)),
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
    Some(sla::elapsed(calendar, from, to, &[]))
}

/// A case while its journal is read.
struct Case {
    fact: CaseFact,
    open: bool,
    /// The resolution whose rating was asked for last.
    asked: i64,
    /// Answers on their way, and when the customer wrote next.
    on_the_way: Vec<(Word, Option<i64>)>,
    /// What is to be told by voice.
    to_tell: BTreeMap<i64, Word>,
}

impl Case {
    fn new(filed: &Filed) -> Self {
        // What a member of staff wrote down was answered where it was said.
        let waits = match filed.source {
            Source::Logged => Vec::new(),
            _ => vec![Wait { started: filed.since, ..Wait::default() }],
        };
        let fact = CaseFact { number: filed.number, received: filed.since, waits, ..CaseFact::default() };
        Self { fact, open: true, asked: 0, on_the_way: Vec::new(), to_tell: BTreeMap::new() }
    }

    fn take_in(&mut self, entry: &Entry) {
        let at = entry.at;
        let fact = &mut self.fact;
        match &entry.event {
            Event::Claimed { records: true, .. }
            | Event::Assigned { records: true, .. }
            | Event::Procedure(Step::Read { .. }) => {
                fact.recorded.get_or_insert(at);
            }
            Event::Classified { category, .. } => fact.category.clone_from(category),
            // Thanks after the end wait for nothing; whatever else comes then, reopens first.
            Event::CustomerWrote { .. } if self.open => {
                self.on_the_way.iter_mut().for_each(|(_, later)| {
                    later.get_or_insert(at);
                });
                self.begins_to_wait(at);
            }
            Event::Sent { word } if word.answers() => self.on_the_way.push((word.clone(), None)),
            Event::Arrived { word } => self.arrives(word, at),
            Event::ReplyDelivered { reply } => self.arrives(&Word::Reply { reply: *reply }, at),
            Event::Speech(speech::Fact::ToTell { number, post }) => {
                self.to_tell.extend(Word::of(post).map(|word| (*number, word)));
            }
            Event::Speech(speech::Fact::Told { number, .. }) => {
                if let Some(word) = self.to_tell.remove(number) {
                    self.arrives(&word, at);
                }
            }
            Event::Replied { reply, .. } => self.answers(&Word::Reply { reply: *reply }, at),
            Event::Procedure(Step::RemediesSent { proposal, .. }) => {
                self.answers(&Word::Remedies { proposal: *proposal }, at);
            }
            Event::Clarified(clarifying::Fact::Asked { number, .. }) => {
                self.answers(&Word::Question { number: *number }, at);
            }
            Event::Disposition(disposition::Fact::RefusalAgreed { refusal, .. }) => {
                self.answers(&Word::Refusal { refusal: *refusal }, at);
            }
            // Nobody waits for an answer any more, or waits for it in another complaint.
            Event::Disposition(
                disposition::Fact::Withdrawn { .. } | disposition::Fact::MergedInto { .. },
            ) => {
                fact.waits.retain(|wait| wait.answered.is_some());
            }
            Event::Disposition(disposition::Fact::MergedFrom { legacy }) => {
                if let Some(waiting) = &legacy.unanswered {
                    self.begins_to_wait(waiting.since);
                }
            }
            Event::ClockStarted { clock, cycle, schedule, .. } => fact.clocks.push(ClockFact {
                clock: clock.as_str().to_owned(),
                cycle: *cycle,
                deadline: schedule.breach_at.unwrap_or(i64::MAX),
                ..ClockFact::default()
            }),
            Event::ClockStopped { clock, cycle, how, .. } => self.on_clock(*clock, *cycle, |run| {
                run.stopped = Some(at);
                run.called_off = *how == Stop::Cancelled;
                // What ends while it stands still, ends in time: it has no deadline then.
                if run.deadline == i64::MAX {
                    run.deadline = at;
                }
            }),
            Event::ClockPaused { clock, cycle } => {
                self.on_clock(*clock, *cycle, |run| run.deadline = i64::MAX)
            }
            Event::ClockMoved { clock, cycle, schedule, .. } => self.on_clock(*clock, *cycle, |run| {
                run.deadline = schedule.breach_at.unwrap_or(i64::MAX);
            }),
            Event::ClockContinued { clock, cycle, schedule, .. } => {
                self.on_clock(*clock, *cycle, |run| {
                    (run.stopped, run.called_off) = (None, false);
                    run.deadline = schedule.breach_at.unwrap_or(i64::MAX);
                });
            }
            // The deadline that was missed counts, whatever became of it afterwards.
            Event::ClockBreached { clock, cycle, deadline, .. } => self.on_clock(*clock, *cycle, |run| {
                run.missed.get_or_insert(*deadline);
            }),
            // The outcome is a person's answer to whatever was asked; the clock stops for it too.
            Event::Resolved { cycle, .. } => {
                fact.resolved = Some(at);
                self.open = false;
                let outcome = Word::Outcome { cycle: *cycle };
                self.on_the_way.retain(|(word, _)| *word == outcome);
                if self.on_the_way.is_empty() {
                    self.is_answered(at);
                }
            }
            // Discord kept the outcome back: nobody was told that anything is settled.
            Event::OutcomeReturned { .. } => {
                fact.resolved = None;
                self.open = true;
            }
            Event::Reopened { .. } => {
                self.on_the_way
                    .retain(|(word, _)| !matches!(word, Word::Outcome { .. } | Word::Refusal { .. }));
                (fact.resolved, fact.ended, fact.dismissed) = (None, None, false);
                self.open = true;
                if matches!(entry.by, Actor::Customer(_)) {
                    self.begins_to_wait(at);
                }
            }
            Event::Closed { reason } => {
                fact.ended = Some(at);
                self.open = false;
                if matches!(reason, CloseReason::Withdrawn | CloseReason::Merged) {
                    let open = fact.promises.iter_mut().filter(|held| held.kept.is_none() && held.due >= at);
                    open.for_each(|held| held.released = true);
                }
            }
            Event::Procedure(Step::Promised { due, .. }) => {
                fact.promises.push(PromiseFact { due: *due, ..PromiseFact::default() });
            }
            Event::Procedure(Step::PromiseMoved { promise, due, .. }) => self.on_promise(*promise, |held| {
                held.due = *due;
                held.moved.push(at);
            }),
            Event::Procedure(Step::PromiseKept { promise, .. }) => {
                self.on_promise(*promise, |held| held.kept = Some(at));
            }
            Event::Goodwill(goodwill::Fact::Given { value, .. }) => {
                fact.given.push((at, value.unsigned_abs()));
            }
            Event::Dismissed { .. } => {
                (fact.ended, fact.dismissed) = (Some(at), true);
                self.open = false;
            }
            Event::RatingAsked { cycle } => {
                fact.rating = Some(RatingFact { asked: at, ..RatingFact::default() });
                self.asked = *cycle;
            }
            Event::OutcomeTold { cycle } => self.arrives(&Word::Outcome { cycle: *cycle }, at),
            Event::RatingDelivered { cycle, .. } => {
                self.arrives(&Word::Outcome { cycle: *cycle }, at);
                self.on_rating(*cycle, |rating| rating.delivered = true);
            }
            Event::Rated { cycle, score } => self.on_rating(*cycle, |rating| {
                rating.score = u8::try_from(*score).ok();
                rating.answered = Some(at);
            }),
            Event::FixedAnswered { cycle, fixed } => self.on_rating(*cycle, |rating| {
                rating.fixed = Some(match fixed {
                    event::Fixed::Yes => Fixed::Yes,
                    event::Fixed::Partly => Fixed::Partly,
                    event::Fixed::No => Fixed::No,
                });
            }),
            _ => {}
        }
    }

    /// A person's word, which answers once it arrives.
    fn answers(&mut self, word: &Word, at: i64) {
        self.fact.recorded.get_or_insert(at);
        if self.on_the_way.iter().all(|(held, _)| held != word) {
            self.is_answered(at);
        }
    }

    fn arrives(&mut self, word: &Word, at: i64) {
        let Some(place) = self.on_the_way.iter().position(|(held, _)| held == word) else { return };
        let (_, later) = self.on_the_way.remove(place);
        self.is_answered(at);
        if let Some(later) = later.filter(|_| self.open) {
            self.begins_to_wait(later);
        }
    }

    fn begins_to_wait(&mut self, at: i64) {
        if self.fact.waits.last().is_none_or(|wait| wait.answered.is_some()) {
            self.fact.waits.push(Wait { started: at, ..Wait::default() });
        }
    }

    fn is_answered(&mut self, at: i64) {
        if let Some(wait) = self.fact.waits.last_mut().filter(|wait| wait.answered.is_none()) {
            wait.answered = Some(at);
        }
    }

    fn on_clock(&mut self, clock: ClockKind, cycle: i64, change: impl FnOnce(&mut ClockFact)) {
        let same = |run: &&mut ClockFact| run.clock == clock.as_str() && run.cycle == cycle;
        if let Some(run) = self.fact.clocks.iter_mut().find(same) {
            change(run);
        }
    }

    fn on_promise(&mut self, number: i64, change: impl FnOnce(&mut PromiseFact)) {
        let place = usize::try_from(number - 1).ok();
        if let Some(held) = place.and_then(|place| self.fact.promises.get_mut(place)) {
            change(held);
        }
    }

    fn on_rating(&mut self, cycle: i64, change: impl FnOnce(&mut RatingFact)) {
        if let Some(rating) = self.fact.rating.as_mut().filter(|_| cycle == self.asked) {
            change(rating);
        }
    }
}
