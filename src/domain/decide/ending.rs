//! How a complaint ends: resolved, rated, confirmed; or opened again, or dismissed.

use super::conversation::{self, claim_by_answering};
use super::{Work, words};
use crate::domain::arriving::{OUTCOME, Word};
use crate::domain::command::{Answer, Refusal, ToldOutcome};
use crate::domain::complaint::{Rating, Reopening, Stage};
use crate::domain::event::{CloseReason, DismissReason, Event, Fixed};
use crate::domain::outbox::{CustomerPost, ManagerPost, OutboxMessage, ThreadPost};
use crate::domain::running::{PauseReason, Stop};
use crate::kernel::ids::MessageId;
use crate::kernel::people::Person;
use crate::language::courtesy::{self, Courtesy};
use crate::sla::clocks::ClockKind;

/// The longest outcome, in characters: one line, with the rating it fits one Discord message.
const OUTCOME_LIMIT: usize = 1_000;
/// The longest word of the customer to a rating, in characters.
const WORD_LIMIT: usize = 1_000;
/// A score at or below this one reaches managers at once.
pub const LOW_SCORE: i64 = 2;
/// What a resolution does not end: what was promised, how it is received, and what is learned from it.
const AFTER_THE_END: [ClockKind; 6] = [
    ClockKind::Promise,
    ClockKind::Rating,
    ClockKind::Recovery,
    ClockKind::Cause,
    ClockKind::Action,
    ClockKind::Told,
];

/// Steps towards an outcome: those that run when it is told did not happen.
const NOT_TAKEN: [ClockKind; 3] = [ClockKind::Consult, ClockKind::Plan, ClockKind::Refusal];

/// What a written refusal is, whatever the customer says to it: the answer in writing with its reason.
const BY_A_REFUSAL: [ClockKind; 3] = [ClockKind::ReceiptNotice, ClockKind::WrittenAnswer, ClockKind::Refusal];

pub(super) fn resolve(work: &mut Work<'_>, outcome: &str) -> Result<Answer, Refusal> {
    let staff = work.staff()?;
    work.open()?;
    super::procedure::nothing_promised(work)?;
    let outcome = words(outcome, OUTCOME_LIMIT)?;
    if work.complaint.owner.is_none() {
        claim_by_answering(work, &staff);
    }
    let handler = work.complaint.owner.clone().unwrap_or(staff);
    work.end_wait(false);
    // What is settled without them did not take these steps.
    for clock in NOT_TAKEN {
        work.stop_clock(clock, Stop::Cancelled);
    }
    if work.complaint.features.procedure.talk.is_some() {
        work.stop_clock(ClockKind::Negotiation, Stop::Cancelled);
    }
    let cycle = work.complaint.rating().map_or(1, |rating| rating.cycle + 1);
    let ask_at = work.policy.rating.send_at(work.now, work.policy.zone);
    // The outcome waits for no hour; where it is none to ask for anything, the question does.
    let told_first = ask_at > work.now;
    // Whoever waits for an answer has it with the outcome, once that arrives.
    work.emit(Event::Sent { word: Word::Outcome { cycle } });
    work.stop_all(Stop::Done, &[&AFTER_THE_END[..], &OUTCOME[..]].concat());
    work.emit(Event::Resolved { cycle, outcome: outcome.clone(), ask_at, handler, told_first });
    work.start_clock(ClockKind::Rating, work.now);
    let held_until = told_first.then_some(ask_at);
    if told_first {
        work.send(OutboxMessage::ToCustomer { post: CustomerPost::OutcomeAlone { cycle } });
    } else {
        ask_rating(work, cycle);
    }
    work.refresh_card();
    Ok(Answer::Resolved { number: work.complaint.number(), outcome, held_until })
}

pub(super) fn ask_rating(work: &mut Work<'_>, cycle: i64) {
    work.emit(Event::RatingAsked { cycle });
    let told = work.complaint.rating().is_some_and(|rating| rating.told_first);
    let post = if told { CustomerPost::RatingQuestion { cycle } } else { CustomerPost::Outcome { cycle } };
    work.send(OutboxMessage::ToCustomer { post });
}

pub(super) fn reopen(work: &mut Work<'_>, reason: String) -> Result<Answer, Refusal> {
    let staff = work.staff()?;
    if work.complaint.stage.is_open() {
        return Err(Refusal::AlreadyOpen);
    }
    let reason = words(&reason, WORD_LIMIT)?;
    open_again(work, Some(staff), reason, Opens::Staff);
    work.send(OutboxMessage::ToCustomer { post: CustomerPost::Reopened });
    Ok(Answer::Reopened { number: work.complaint.number() })
}

pub(super) fn dismiss(work: &mut Work<'_>, reason: DismissReason) -> Result<Answer, Refusal> {
    work.staff()?;
    work.open()?;
    work.end_wait(false);
    work.stop_all(Stop::Cancelled, &[]);
    work.emit(Event::Dismissed { reason });
    if reason != DismissReason::Spam {
        work.send(OutboxMessage::ToCustomer { post: CustomerPost::Dismissed { reason } });
    }
    work.refresh_card();
    work.send(OutboxMessage::Archive);
    Ok(Answer::Dismissed { number: work.complaint.number(), reason })
}

pub(super) fn rate(work: &mut Work<'_>, cycle: i64, score: i64) -> Result<Answer, Refusal> {
    work.customer()?;
    let rating = question(work, cycle)?;
    if let Some(score) = rating.score {
        return Err(Refusal::AlreadyRated { score });
    }
    if rating.closed {
        return Err(Refusal::RatingClosed);
    }
    work.emit(Event::Rated { cycle, score });
    // A good score shows on the card and with the second tap; a low one is told at once.
    work.refresh_card();
    if score <= LOW_SCORE {
        win_back(work);
        to_the_thread(work, ThreadPost::Rated { score });
        work.send(OutboxMessage::ToManagers { post: ManagerPost::LowRating { cycle } });
    }
    Ok(Answer::AskFixed { complaint: work.complaint.id, cycle, score, told: told(work, cycle) })
}

/// What the customer says to a rating stands in the thread, unless whoever it is about would read it there.
fn to_the_thread(work: &mut Work<'_>, post: ThreadPost) {
    if work.complaint.about.is_nobody() {
        work.send(OutboxMessage::ToThread { post });
    }
}

/// A customer who is not content hears from a person again in time.
fn win_back(work: &mut Work<'_>) {
    if !work.runs(ClockKind::Recovery) && !work.complaint.stage.is_open() {
        work.start_clock(ClockKind::Recovery, work.now);
    }
}

pub(super) fn answer_fixed(work: &mut Work<'_>, cycle: i64, fixed: Fixed) -> Result<Answer, Refusal> {
    work.customer()?;
    let rating = question(work, cycle)?;
    if rating.score.is_none() {
        return Err(Refusal::Stale);
    }
    if rating.fixed.is_none() {
        work.emit(Event::FixedAnswered { cycle, fixed });
        to_the_thread(work, ThreadPost::FixedAnswered { fixed });
        // What is left to do is looked after, however many stars there were.
        if fixed != Fixed::Yes {
            win_back(work);
        }
        if fixed == Fixed::No {
            work.send(OutboxMessage::ToManagers { post: ManagerPost::NotFixed { cycle } });
        }
        if fixed == Fixed::Yes && work.complaint.stage == Stage::Resolved {
            close(work, CloseReason::Confirmed);
        }
    }
    Ok(done(work, cycle))
}

pub(super) fn add_word(work: &mut Work<'_>, cycle: i64, text: &str) -> Result<Answer, Refusal> {
    work.customer()?;
    let rating = question(work, cycle)?;
    if rating.score.is_none() {
        return Err(Refusal::Stale);
    }
    let text = words(text, WORD_LIMIT)?;
    let awaits = courtesy::courtesy(&text) == Courtesy::Matter;
    work.emit(Event::WordAdded { cycle, text: text.clone(), awaits });
    if awaits {
        conversation::wait_for_answer(work, work.now);
        work.refresh_card();
    }
    if !work.complaint.about.is_nobody() {
        work.send(OutboxMessage::ToManagers { post: ManagerPost::RatingWord { text: text.clone() } });
    }
    to_the_thread(work, ThreadPost::Word { text, awaits });
    Ok(done(work, cycle))
}

pub(super) fn customer_reopen(work: &mut Work<'_>, cycle: i64) -> Result<Answer, Refusal> {
    work.customer()?;
    if cycle != 0 && !work.complaint.ratings.iter().any(|rating| rating.cycle == cycle) {
        return Err(Refusal::Stale);
    }
    if work.complaint.stage.is_open() {
        return Err(Refusal::AlreadyOpen);
    }
    if !work.complaint.may_reopen(work.now) {
        return Err(Refusal::ReopenTooLate);
    }
    open_again(work, None, String::new(), Opens::Press);
    conversation::wait_for_answer(work, work.now);
    Ok(done(work, cycle))
}

/// What opens a complaint again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opens {
    /// A member of staff.
    Staff,
    /// A press of the customer, to which no words follow.
    Press,
    /// A message of the customer.
    Message(MessageId),
}

/// Opens it again, by a member of staff or (none) by the customer.
pub(super) fn open_again(work: &mut Work<'_>, by: Option<Person>, reason: String, opens: Opens) {
    let decided = matches!(
        work.complaint.closed,
        Some(CloseReason::Refused | CloseReason::Withdrawn | CloseReason::Merged)
    );
    let ended = if decided || work.complaint.stage == Stage::Dismissed {
        work.complaint.ended_at
    } else {
        work.complaint.resolved_at
    };
    let done = if work.complaint.closed == Some(CloseReason::Refused) { &BY_A_REFUSAL[..] } else { &[] };
    let withdrawn = work.complaint.rating().filter(|rating| rating.score.is_none() && !rating.closed);
    let withdrawn = withdrawn.filter(|rating| rating.place.is_some()).map(|rating| rating.cycle);
    // Whoever opens it again takes care of the customer; the clocks of an open complaint go on from here.
    work.stop_clock(ClockKind::Recovery, if by.is_some() { Stop::Done } else { Stop::Cancelled });
    work.stop_clock(ClockKind::Rating, Stop::Cancelled);
    let message = match opens {
        Opens::Message(message) => Some(message),
        Opens::Staff | Opens::Press => None,
    };
    work.emit(Event::Reopened { reason: reason.clone(), awaits: opens == Opens::Press, message });
    if work.complaint.owner.is_none() {
        work.start_clock(ClockKind::Recorded, work.now);
    }
    work.reopen_clocks(ended.unwrap_or(work.now), done);
    super::procedure::watch(work);
    work.send(OutboxMessage::ToThread { post: ThreadPost::Reopened { by, reason } });
    if let Some(cycle) = withdrawn {
        work.send(OutboxMessage::CloseRating { cycle });
    }
    work.refresh_card();
}

/// What had opened it again belongs elsewhere: its clocks stop as they had, or run for nothing.
pub(super) fn stop_reopened(work: &mut Work<'_>) {
    for clock in ClockKind::ALL {
        let Some(run) = work.complaint.run(clock) else { continue };
        let went_on = run.pauses.last().is_some_and(|pause| pause.why == PauseReason::Resolved);
        work.stop_clock(clock, if went_on { Stop::Done } else { Stop::Cancelled });
    }
}

/// It has ended as before: what was asked then is asked again, for that question was taken back.
pub(super) fn end_again(work: &mut Work<'_>, before: &Reopening) {
    let recovery = work.complaint.clocks.get(&ClockKind::Recovery);
    let called_off =
        recovery.filter(|run| run.stop == Some(Stop::Cancelled) && run.stopped == Some(before.at));
    if let Some(started) = called_off.map(|run| run.started) {
        work.start_clock(ClockKind::Recovery, started);
    }
    let asked = work.complaint.rating().filter(|rating| before.asking && rating.asked.is_some());
    if let Some(cycle) = asked.map(|rating| rating.cycle) {
        work.start_clock(ClockKind::Rating, work.now);
        work.emit(Event::RatingAsked { cycle });
        work.send(OutboxMessage::ToCustomer { post: CustomerPost::RatingQuestion { cycle } });
    } else if before.stage != Stage::Resolved {
        work.send(OutboxMessage::Archive);
    }
}

pub(super) fn close(work: &mut Work<'_>, reason: CloseReason) {
    work.stop_clock(ClockKind::Rating, Stop::Cancelled);
    work.emit(Event::Closed { reason });
    if reason == CloseReason::Silence {
        work.send(OutboxMessage::ToCustomer { post: CustomerPost::ClosedBySilence });
        work.send(OutboxMessage::ToThread { post: ThreadPost::Closed });
    }
    work.refresh_card();
    work.send(OutboxMessage::Archive);
}

fn question(work: &Work<'_>, cycle: i64) -> Result<Rating, Refusal> {
    let rating = work.complaint.ratings.iter().find(|rating| rating.cycle == cycle);
    rating.filter(|rating| rating.asked.is_some()).cloned().ok_or(Refusal::Stale)
}

fn done(work: &Work<'_>, cycle: i64) -> Answer {
    let rating = work.complaint.ratings.iter().find(|rating| rating.cycle == cycle);
    Answer::RatingDone {
        complaint: work.complaint.id,
        cycle,
        score: rating.and_then(|rating| rating.score).unwrap_or_default(),
        fixed: rating.and_then(|rating| rating.fixed),
        word: rating.is_some_and(|rating| rating.word.is_some()),
        reopened: work.complaint.stage.is_open(),
        told: told(work, cycle),
    }
}

fn told(work: &Work<'_>, cycle: i64) -> ToldOutcome {
    let rating = work.complaint.ratings.iter().find(|rating| rating.cycle == cycle);
    let outcome = rating.map(|rating| rating.outcome.clone()).unwrap_or_default();
    ToldOutcome { number: work.complaint.number(), outcome }
}
