//! What a timer leads to. A timer that no longer fits the state does nothing, so a late or doubled one is safe.

use super::{Work, ending};
use crate::domain::command::Answer;
use crate::domain::event::{CloseReason, Event};
use crate::domain::outbox::{CustomerPost, OutboxMessage};
use crate::domain::timer::{Slot, timers};
use crate::sla::clocks::ClockKind;

pub(super) fn fired(work: &mut Work<'_>, slot: Slot, due: i64, hushed: bool) -> Answer {
    let armed = timers(&work.complaint, work.policy);
    if armed.get(&slot) != Some(&due) || due > work.now {
        return Answer::Silent;
    }
    let cycle = work.complaint.rating().map_or(0, |rating| rating.cycle);
    match slot {
        // After a pause of the program several may lie behind, of several clocks: one message stands for all of them.
        Slot::Clock(_) => {
            let late =
                |clock: &ClockKind| armed.get(&Slot::Clock(*clock)).is_some_and(|due| *due <= work.now);
            let clocks: Vec<ClockKind> = ClockKind::ALL.into_iter().filter(late).collect();
            work.tell_due(&clocks, hushed);
            super::procedure::watch(work);
        }
        Slot::AskRating => ending::ask_rating(work, cycle),
        Slot::RemindRating => {
            work.emit(Event::RatingReminded { cycle });
            work.send(OutboxMessage::ToCustomer { post: CustomerPost::RatingReminder { cycle } });
        }
        Slot::Feature(slot) => {
            let policy = work.policy;
            let effects = work
                .complaint
                .features
                .fired(slot, work.now, &policy.features, |at| policy.rating.before_quiet(at, policy.zone));
            effects.into_iter().for_each(|effect| work.follow(effect));
        }
        Slot::CloseRating => {
            work.emit(Event::RatingClosed { cycle });
            work.send(OutboxMessage::CloseRating { cycle });
        }
        Slot::Close => ending::close(work, CloseReason::Silence),
        Slot::Open => work.open_listed(),
        Slot::Rename => {
            work.emit(Event::RenameTried);
            work.send(OutboxMessage::Rename);
        }
    }
    Answer::Silent
}
