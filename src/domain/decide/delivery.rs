//! What came of an outbox message, taken back into the state.

use super::Work;
use super::conversation::next_update;
use crate::domain::arriving::Word;
use crate::domain::command::{Answer, Delivery, ToCustomer};
use crate::domain::complaint::{Line, Stage};
use crate::domain::event::{Event, Undelivered};
use crate::domain::outbox::{CustomerPost, OutboxMessage, ThreadPost};
use crate::domain::prompt::{Asks, Prompt};
use crate::domain::running::Stop;
use crate::domain::speech::Fact;
use crate::kernel::ids::MessageId;
use crate::sla::clocks::ClockKind;

pub(super) fn delivered(work: &mut Work<'_>, delivery: Delivery) -> Answer {
    match delivery {
        Delivery::Card { channel, message } => work.emit(Event::CardPosted { channel, message }),
        Delivery::Thread { thread, plain } => work.emit(Event::ThreadStarted { thread, plain }),
        Delivery::Bar { message } => work.emit(Event::BarPosted { message }),
        Delivery::Prompt { prompt } => asked(work, prompt),
        Delivery::Renamed => work.emit(Event::ThreadNamed),
        Delivery::ThreadMadeAnew { channel, message, thread, plain } => {
            work.emit(Event::CardPosted { channel, message });
            work.emit(Event::ThreadStarted { thread, plain });
            work.send(OutboxMessage::Bar);
            if let Some(owner) = work.complaint.owner.clone() {
                work.send(OutboxMessage::Join { user: owner.id });
            }
            work.refresh_card();
        }
        Delivery::Customer { what, line, direct_closed, message } => {
            note_line(work, line, direct_closed);
            let asks = match &what {
                ToCustomer::Post { post } => Asks::of_customer(post, &work.complaint),
                _ => None,
            };
            reached(work, what, line, message);
            let (Line::Direct { channel } | Line::Thread { channel }) = line else { return Answer::Silent };
            if let Some(asks) = asks {
                asked(work, Prompt { asks, channel, message });
            }
        }
        Delivery::CustomerUnreachable { what, reason, direct_closed } => {
            note_line(work, Line::Nowhere { reason }, direct_closed);
            unreached(work, what, reason);
        }
    }
    Answer::Silent
}

/// A message asks for something: an older one that asks for the same in the same place asks no more.
fn asked(work: &mut Work<'_>, prompt: Prompt) {
    let same = |held: &&Prompt| held.asks == prompt.asks && held.channel == prompt.channel;
    let older: Vec<Prompt> = work.complaint.prompts.iter().filter(same).copied().collect();
    for held in older.into_iter().filter(|held| held.message != prompt.message) {
        work.close_prompt(held);
    }
    if work.complaint.prompts.iter().all(|held| held.message != prompt.message) {
        work.emit(Event::PromptPosted { prompt });
    }
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
        work.send(OutboxMessage::ToThread { post });
        work.refresh_card();
    }
}

/// Words stand before the customer, as `fact` says: whoever waited for them waits no more.
pub(super) fn arrives(work: &mut Work<'_>, word: &Word, fact: Event) {
    let held = work.complaint.on_its_way(word).cloned();
    work.emit(fact);
    let Some(held) = held else { return };
    for clock in word.ends() {
        work.stop_clock(*clock, Stop::Done);
    }
    if word.keeps_posted() {
        next_update(work);
    }
    // What the customer wrote in between is answered by none of it.
    let later = held.later.filter(|_| word.answers() && work.complaint.stage.is_open());
    if let Some(later) = later.filter(|_| !work.runs(ClockKind::Reply)) {
        work.start_clock(ClockKind::Reply, later.since);
    }
    work.refresh_card();
}

fn reached(work: &mut Work<'_>, what: ToCustomer, line: Line, message: MessageId) {
    match what {
        ToCustomer::Reply { reply, by, text, asked } => {
            arrives(work, &Word::Reply { reply }, Event::ReplyDelivered { reply });
            super::talk::wrote(work, &by);
            let reason = None;
            work.send(OutboxMessage::ToThread {
                post: ThreadPost::ReplyRecord { by, text, delivered: true, asked, reason },
            });
        }
        ToCustomer::Outcome { cycle } => {
            let (Line::Direct { channel } | Line::Thread { channel }) = line else { return };
            let rating = &work.policy.rating;
            let remind_at = rating.after_quiet(work.now + rating.reminder_ms, work.policy.zone);
            let close_at = work.now + rating.closes_ms;
            let fact = Event::RatingDelivered { cycle, channel, message, remind_at, close_at };
            arrives(work, &Word::Outcome { cycle }, fact);
            work.stop_clock(ClockKind::Rating, Stop::Done);
            // Withdrawn while it was on its way: its buttons would lead nowhere.
            if work.complaint.ratings.iter().any(|rating| rating.cycle == cycle && rating.closed) {
                work.send(OutboxMessage::CloseRating { cycle });
            }
        }
        ToCustomer::OutcomeAlone { cycle } => {
            arrives(work, &Word::Outcome { cycle }, Event::OutcomeTold { cycle });
        }
        ToCustomer::Post { post } => {
            if let Some(word) = Word::of(&post) {
                arrives(work, &word, Event::Arrived { word: word.clone() });
            }
        }
    }
}

fn unreached(work: &mut Work<'_>, what: ToCustomer, reason: Undelivered) {
    let post = match what {
        ToCustomer::Reply { reply, by, text, asked } => {
            work.emit(Event::ReplyUndelivered { reply, reason });
            work.send(OutboxMessage::ToThread {
                post: ThreadPost::ReplyRecord {
                    by: by.clone(),
                    text: text.clone(),
                    delivered: false,
                    asked,
                    reason: Some(reason),
                },
            });
            CustomerPost::Reply { reply, by, text, files: Vec::new() }
        }
        // Whoever does not know the outcome is not asked how it was.
        ToCustomer::Outcome { cycle } | ToCustomer::OutcomeAlone { cycle } => {
            work.emit(Event::RatingUndelivered { cycle, reason });
            work.stop_clock(ClockKind::Rating, Stop::Cancelled);
            // They know the outcome; nobody phones for stars.
            if work.complaint.ratings.iter().any(|rating| rating.cycle == cycle && rating.has_arrived()) {
                return;
            }
            CustomerPost::Outcome { cycle }
        }
        ToCustomer::Post { post } => {
            let Some(word) = Word::of(&post) else { return };
            work.emit(Event::NotArrived { word, reason });
            *post
        }
    };
    let number = work.complaint.speech.count + 1;
    work.emit(Event::Speech(Fact::ToTell { number, post: post.clone() }));
    if let CustomerPost::Outcome { cycle } = post
        && reason.is_of_the_words()
        && work.complaint.stage == Stage::Resolved
    {
        outcome_returned(work, cycle);
    }
    work.send(OutboxMessage::ToThread { post: ThreadPost::NotReached { number, what: post, reason } });
    work.refresh_card();
}

/// Discord keeps the outcome back: it is untold, so it is none yet, and the work goes on where it was.
fn outcome_returned(work: &mut Work<'_>, cycle: i64) {
    let resolved = work.complaint.resolved_at.unwrap_or(work.now);
    work.emit(Event::OutcomeReturned { cycle });
    work.reopen_clocks(resolved, &[]);
    super::procedure::watch(work);
}
