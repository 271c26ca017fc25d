//! The rules of promises: for a time ahead, moved only before it is due, kept with what came of it.

use super::{Appointment, Command, Fact, Policy, Promise, Refused, Response, State, ToCustomer};
use crate::features::decision::{Decision, Effect};
use crate::features::written::{SHORT, few_words, words};
use crate::kernel::context::Context;
use crate::kernel::core::Core;
use crate::kernel::refused;

/// Nothing is promised for later than this (ms): a year.
const FARTHEST: i64 = 366 * 24 * 60 * 60 * 1_000;

type Decided = Decision<Fact, ToCustomer, Response>;
type Refusal = refused::Refused<Refused>;

/// Decides on a command of staff.
///
/// # Errors
///
/// Why nothing is promised, moved or kept.
pub fn decide(core: &Core, state: &State, command: Command, context: &Context) -> Result<Decided, Refusal> {
    let work = Work { core, state, context };
    match command {
        Command::Give { what, due, appointment } => work.give(&what, due, appointment),
        Command::Move { promise, due, reason } => work.move_to(promise, due, &reason),
        Command::Keep { promise, outcome } => work.keep(promise, &outcome),
    }
}

/// Whether something may be promised for this time (Unix ms).
///
/// # Errors
///
/// It lies behind, or too far ahead.
pub fn may_be_due(now: i64, due: i64) -> Result<(), Refused> {
    if due <= now {
        return Err(Refused::PromisePast { due });
    }
    if due - now > FARTHEST { Err(Refused::PromiseFar { due }) } else { Ok(()) }
}

struct Work<'a> {
    core: &'a Core,
    state: &'a State,
    context: &'a Context,
}

impl Work<'_> {
    fn give(&self, what: &str, due: i64, appointment: Option<Appointment>) -> Result<Decided, Refusal> {
        let by = self.core.staff(&self.context.by)?;
        self.core.open()?;
        let what = words(what, SHORT)?;
        may_be_due(self.context.now, due).map_err(refused::Refused::Own)?;
        let promise = self.state.next();
        let fact = Fact::Promised { promise, by: by.clone(), what: what.clone(), due, appointment };
        let told = ToCustomer::Promised { by, what: what.clone(), due, appointment };
        let effects = vec![
            Effect::Take,
            Effect::Fact(fact),
            Effect::WatchPromises,
            Effect::Message(told),
            Effect::Refresh,
        ];
        let number = self.core.number;
        Ok(Decision { effects, response: Response::Promised { number, promise, what, due } })
    }

    fn move_to(&self, promise: i64, due: i64, reason: &str) -> Result<Decided, Refusal> {
        let by = self.core.staff(&self.context.by)?;
        let Promise { what, due: from, .. } = self.open(promise)?;
        if from < self.context.now {
            return Err(refused::Refused::Own(Refused::PromiseOver { due: from }));
        }
        let reason = words(reason, SHORT)?;
        may_be_due(self.context.now, due).map_err(refused::Refused::Own)?;
        if due == from {
            return Err(refused::Refused::Own(Refused::PromiseUnmoved { due }));
        }
        let fact = Fact::Moved { promise, by: by.clone(), due, reason: reason.clone() };
        let told = ToCustomer::Moved { by, what: what.clone(), from, due, reason: reason.clone() };
        let effects = vec![Effect::Fact(fact), Effect::WatchPromises, Effect::Message(told), Effect::Refresh];
        let number = self.core.number;
        Ok(Decision { effects, response: Response::Moved { number, promise, what, from, due, reason } })
    }

    /// Before its hour the customer reads what came of it: else a visit of tomorrow would be kept today, and nobody told.
    fn keep(&self, promise: i64, outcome: &str) -> Result<Decided, Refusal> {
        let (by, now) = (self.core.staff(&self.context.by)?, self.context.now);
        let Promise { what, due, .. } = self.open(promise)?;
        let outcome = if now < due { words(outcome, SHORT)? } else { few_words(outcome)? };
        let fact = Fact::Kept { promise, by: by.clone(), outcome: outcome.clone() };
        let mut effects = vec![Effect::Fact(fact), Effect::WatchPromises];
        if !outcome.is_empty() {
            effects.push(Effect::Message(ToCustomer::Kept { promise, by, what: what.clone(), outcome }));
        }
        effects.push(Effect::Refresh);
        let (number, in_time) = (self.core.number, now <= due);
        Ok(Decision { effects, response: Response::Kept { number, promise, what, in_time } })
    }

    fn open(&self, number: i64) -> Result<Promise, Refusal> {
        let held = self.state.promise(number).filter(|held| held.is_open());
        held.cloned().ok_or(refused::Refused::Own(Refused::NoPromise { number }))
    }
}

impl State {
    /// What follows when reminders of appointments are due.
    pub fn remind(
        &self,
        now: i64,
        policy: &Policy,
        before_quiet: impl Fn(i64) -> i64,
    ) -> Vec<Effect<Fact, ToCustomer>> {
        let late = |held: &&Promise| held.remind_at(policy, &before_quiet).is_some_and(|due| due <= now);
        let mut effects = Vec::new();
        for held in self.0.iter().filter(late) {
            effects.push(Effect::Fact(Fact::Reminded { promise: held.number }));
            // Whoever slept through it reminds nobody of what is over.
            if let Some(appointment) = held.appointment.filter(|_| held.due > now) {
                let promise = Box::new(held.clone());
                effects.push(Effect::Message(ToCustomer::Reminder { promise, appointment }));
            }
        }
        effects
    }
}
