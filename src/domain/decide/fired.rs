//! What a timer leads to. A timer that no longer fits the state does nothing, so a late or doubled one is safe.

use super::{Work, ending};
use crate::domain::command::Answer;
use crate::domain::event::{CloseReason, Event};
use crate::domain::letter::{CustomerPost, Letter, ManagerPost, Nudge, ThreadPost};
use crate::domain::policy::ClockKind;
use crate::domain::timer::{Slot, timers};

pub(super) fn fired(work: &mut Work<'_>, slot: Slot, due: i64) -> Answer {
    if timers(&work.complaint, work.policy).get(&slot) != Some(&due) || due > work.now {
        return Answer::Silent;
    }
    let cycle = work.complaint.rating().map_or(0, |rating| rating.cycle);
    match slot {
        Slot::Clock(clock) => clock_is_due(work, clock),
        Slot::AskRating => ending::ask_rating(work, cycle),
        Slot::RemindRating => {
            work.emit(Event::RatingReminded { cycle });
            work.send(Letter::ToCustomer { post: CustomerPost::RatingReminder { cycle } });
        }
        Slot::CloseRating => {
            work.emit(Event::RatingClosed { cycle });
            work.send(Letter::CloseRating { cycle });
        }
        Slot::Close => ending::close(work, CloseReason::Silence),
    }
    Answer::Silent
}

fn clock_is_due(work: &mut Work<'_>, clock: ClockKind) {
    let Some(run) = work.complaint.clocks.get(&clock).cloned() else { return };
    let nudge = Nudge { clock, cycle: run.cycle };
    if work.now >= run.breach_at {
        work.emit(Event::ClockBreached { clock, cycle: run.cycle, deadline: run.breach_at });
        work.send(Letter::ToManagers { post: ManagerPost::Breach(nudge) });
        work.refresh_card();
        return;
    }
    // After a pause of the program several may lie behind: one nudge stands for all of them.
    let level = run.nudges.iter().filter(|at| **at <= work.now).count();
    work.emit(Event::Nudged { clock, cycle: run.cycle, level: i64::try_from(level).unwrap_or(i64::MAX) });
    work.send(match work.complaint.owner {
        Some(_) => Letter::ToThread { post: ThreadPost::Nudge(nudge) },
        None => Letter::ToDesk { post: nudge },
    });
}
