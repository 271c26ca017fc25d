//! What came of a letter, taken back into the state.

use super::Work;
use crate::domain::command::{Answer, Delivery, ToCustomer};
use crate::domain::complaint::Line;
use crate::domain::event::{Event, Undelivered};
use crate::domain::ids::MessageId;
use crate::domain::letter::{Letter, ThreadPost};
use crate::domain::policy::ClockKind;
use crate::domain::running::Stop;

pub(super) fn delivered(work: &mut Work<'_>, delivery: Delivery) -> Answer {
    match delivery {
        Delivery::Card { channel, message } => work.emit(Event::CardPosted { channel, message }),
        Delivery::Thread { thread, plain } => work.emit(Event::ThreadStarted { thread, plain }),
        Delivery::Renamed => work.emit(Event::ThreadNamed),
        Delivery::ThreadMadeAnew { channel, message, thread, plain } => {
            work.emit(Event::CardPosted { channel, message });
            work.emit(Event::ThreadStarted { thread, plain });
            if let Some(owner) = work.complaint.owner.clone() {
                work.send(Letter::Join { user: owner.id });
            }
            work.refresh_card();
        }
        Delivery::Customer { what, line, direct_closed, message } => {
            note_line(work, line, direct_closed);
            reached(work, what, line, message);
        }
        Delivery::CustomerUnreachable { what, reason, direct_closed } => {
            note_line(work, Line::Nowhere { reason }, direct_closed);
            unreached(work, what, reason);
        }
    }
    Answer::Silent
}

fn note_line(work: &mut Work<'_>, line: Line, direct_closed: bool) {
    if direct_closed && !work.complaint.direct_closed {
        work.emit(Event::DirectMessagesClosed);
    }
    // A refused message says nothing about the way to the customer.
    let refused = matches!(line, Line::Nowhere { reason: Undelivered::Refused | Undelivered::Blocked });
    if work.complaint.line != line && !refused {
        work.emit(Event::LineOpened { line });
        let post = match line {
            Line::Thread { .. } => ThreadPost::LineMoved,
            Line::Nowhere { .. } => ThreadPost::LineLost,
            // As everybody expected: nothing on the card changes.
            Line::Direct { .. } | Line::Unknown | Line::Spoken { .. } => return,
        };
        work.send(Letter::ToThread { post });
        work.refresh_card();
    }
}

fn reached(work: &mut Work<'_>, what: ToCustomer, line: Line, message: MessageId) {
    match what {
        ToCustomer::Reply { reply, by, text, asked } => {
            work.emit(Event::ReplyDelivered { reply });
            work.send(Letter::ToThread {
                post: ThreadPost::ReplyRecord { by, text, delivered: true, asked },
            });
        }
        ToCustomer::Outcome { cycle } => {
            let (Line::Direct { channel } | Line::Thread { channel }) = line else { return };
            let rating = &work.policy.rating;
            let remind_at = rating.after_quiet(work.now + rating.reminder_ms, work.policy.zone);
            let close_at = work.now + rating.closes_ms;
            work.emit(Event::RatingDelivered { cycle, channel, message, remind_at, close_at });
            work.stop_clock(ClockKind::Rating, Stop::Done);
            // Withdrawn while it was on its way: its buttons would lead nowhere.
            if work.complaint.ratings.iter().any(|rating| rating.cycle == cycle && rating.closed) {
                work.send(Letter::CloseRating { cycle });
            }
        }
        ToCustomer::OutcomeAlone { cycle } => work.emit(Event::OutcomeTold { cycle }),
        ToCustomer::Other => {}
    }
}

fn unreached(work: &mut Work<'_>, what: ToCustomer, reason: Undelivered) {
    match what {
        ToCustomer::Reply { reply, by, text, asked } => {
            work.emit(Event::ReplyUndelivered { reply, reason });
            work.send(Letter::ToThread {
                post: ThreadPost::ReplyRecord { by, text, delivered: false, asked },
            });
        }
        // Whoever does not know the outcome is not asked how it was.
        ToCustomer::Outcome { cycle } | ToCustomer::OutcomeAlone { cycle } => {
            work.emit(Event::RatingUndelivered { cycle, reason });
            work.stop_clock(ClockKind::Rating, Stop::Cancelled);
        }
        ToCustomer::Other => {}
    }
}
