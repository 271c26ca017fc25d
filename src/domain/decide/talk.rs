//! A customer who wants to talk with a manager: told on, taken on, and done once somebody has spoken or written.

use super::{Work, conversation};
use crate::domain::command::Refusal;
use crate::domain::event::Event;
use crate::domain::outbox::{ManagerPost, OutboxMessage, ThreadPost};
use crate::domain::procedure::{Done, Step, Talk};
use crate::domain::running::Stop;
use crate::kernel::ids::MessageId;
use crate::kernel::people::Person;
use crate::sla::clocks::ClockKind;

/// The customer asks. Whoever is on duty hears it as a message, with the clock of the reply; that a manager speaks with them is a
/// negotiation that they asked for, and has its own (Law 19/2023/QH15 art. 56).
pub(super) fn ask(work: &mut Work<'_>, chosen: Step, message: MessageId) {
    work.emit(Event::Procedure(Step::ManagerAsked));
    work.emit(Event::Procedure(chosen));
    conversation::hear(work, message, String::new(), Default::default(), ThreadPost::ManagerAsked);
    if !work.runs(ClockKind::Negotiation) {
        work.start_clock(ClockKind::Negotiation, work.now);
    }
    work.send(OutboxMessage::ToManagers { post: ManagerPost::ManagerAsked });
}

pub(super) fn take(work: &mut Work<'_>) -> Result<Done, Refusal> {
    let by = work.staff()?;
    match open(work)?.taken_by {
        Some(taken) if taken.id != by.id => return Err(Refusal::AlreadyClaimed { by: taken }),
        Some(_) => {}
        None => {
            work.emit(Event::Procedure(Step::ManagerTook { by: by.clone() }));
            work.send(OutboxMessage::Join { user: by.id });
            work.send(OutboxMessage::ToThread { post: ThreadPost::ManagerTakes { by: by.clone() } });
        }
    }
    Ok(done(work, by, false))
}

pub(super) fn held(work: &mut Work<'_>) -> Result<Done, Refusal> {
    let by = work.staff()?;
    // Whoever took it on says so, and nobody for them.
    if let Some(taken) = open(work)?.taken_by.filter(|taken| taken.id != by.id) {
        return Err(Refusal::AlreadyClaimed { by: taken });
    }
    spoke(work, &by);
    // Whatever they had written was talked about.
    work.stop_clock(ClockKind::Reply, Stop::Done);
    conversation::next_update(work);
    work.send(OutboxMessage::ToThread { post: ThreadPost::ManagerSpoke { by: by.clone() } });
    work.refresh_card();
    Ok(done(work, by, true))
}

/// Whoever took it on has written to the customer.
pub(super) fn wrote(work: &mut Work<'_>, by: &Person) {
    let theirs = |talk: &Talk| talk.taken_by.as_ref().is_some_and(|taken| taken.id == by.id);
    if work.complaint.features.procedure.talk.as_ref().is_some_and(theirs) {
        spoke(work, by);
    }
}

fn spoke(work: &mut Work<'_>, by: &Person) {
    work.emit(Event::Procedure(Step::ManagerSpoke { by: by.clone() }));
    work.stop_clock(ClockKind::Negotiation, Stop::Done);
}

fn open(work: &Work<'_>) -> Result<Talk, Refusal> {
    work.complaint.features.procedure.talk.clone().ok_or(Refusal::Stale)
}

fn done(work: &Work<'_>, by: Person, held: bool) -> Done {
    let complaint = &work.complaint;
    Done::TalkTaken {
        complaint: complaint.id,
        number: complaint.number(),
        thread: complaint.thread,
        by,
        held,
    }
}
