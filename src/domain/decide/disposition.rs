//! Refused in writing, withdrawn, merged: the ends of a complaint that was not put right.

use super::{SHORT, Work, conversation, few_words, words};
use crate::domain::arriving::{REFUSAL, Word};
use crate::domain::command::{Answer, Refusal};
use crate::domain::complaint::{Complaint, Stage};
use crate::domain::disposition::{Deed, Done, Fact, Legacy, Twin, WrittenRefusal};
use crate::domain::event::{CloseReason, Event};
use crate::domain::filing::Medium;
use crate::domain::letter::{CustomerPost, Letter, ManagerPost, ThreadPost};
use crate::domain::procedure::Step;
use crate::domain::running::Stop;
use crate::kernel::ids::MessageId;
use crate::kernel::people::Grade;
use crate::sla::clocks::ClockKind;

/// The longest reason of a refusal, in characters: with what can be done against it, it fits one Discord message.
pub const REASON_LIMIT: usize = 900;
/// What goes with a complaint that is looked after in another one: the clocks in which somebody still waits. What was promised
/// goes by itself, and when the next word is due is the other one's own matter.
const GO_ALONG: [ClockKind; 6] = [
    ClockKind::Recorded,
    ClockKind::Reply,
    ClockKind::Resolution,
    ClockKind::ReceiptNotice,
    ClockKind::WrittenAnswer,
    ClockKind::Negotiation,
];

/// What a refusal in writing does: it was read, answered, and decided. Nothing is put right by it, and no plan agreed.
const BY_A_REFUSAL: [ClockKind; 7] = [
    ClockKind::Recorded,
    ClockKind::Reply,
    ClockKind::Update,
    ClockKind::ReceiptNotice,
    ClockKind::WrittenAnswer,
    ClockKind::Refusal,
    ClockKind::Negotiation,
];

pub(super) fn carry_out(work: &mut Work<'_>, deed: Deed) -> Result<Answer, Refusal> {
    let done = match deed {
        Deed::Refuse { reason, basis, recourse } => refuse(work, &reason, &basis, &recourse)?,
        Deed::AgreeRefusal { refusal } => agree(work, refusal)?,
        Deed::ReturnRefusal { refusal, text } => give_back(work, refusal, &text)?,
        Deed::Object { message, text } => object(work, message, &text)?,
        Deed::Withdraw { heard, text } => withdraw(work, heard, &text)?,
        Deed::MergeInto { twin } => merge_into(work, twin)?,
        Deed::MergeFrom { legacy } => merge_from(work, legacy)?,
    };
    Ok(Answer::Disposition { done: Box::new(done) })
}

/// Nobody refuses alone: what is written here reaches the customer once somebody else has agreed. The law's time for it counts
/// from the filing (Decree 174/2026/NĐ-CP art. 63).
fn refuse(work: &mut Work<'_>, reason: &str, basis: &str, recourse: &str) -> Result<Done, Refusal> {
    let by = work.staff()?;
    work.open()?;
    super::procedure::nothing_promised(work)?;
    let (reason, basis) = (words(reason, REASON_LIMIT)?, few_words(basis)?);
    let recourse = words(recourse, SHORT)?;
    let vulnerable = work.complaint.perhaps_vulnerable();
    if vulnerable && basis.is_empty() {
        return Err(Refusal::NoBasis);
    }
    if work.complaint.owner.is_none() {
        conversation::claim_by_answering(work, &by);
    }
    let number = i64::try_from(work.complaint.disposition.refusals.len()).unwrap_or(i64::MAX) + 1;
    let refusal = WrittenRefusal { number, by, reason, basis, recourse, agreed_by: None };
    work.emit(Event::Disposition(Fact::RefusalDrafted { refusal: Box::new(refusal.clone()) }));
    if !work.runs(ClockKind::Refusal) {
        work.start_clock(ClockKind::Refusal, work.complaint.filed.since);
    }
    work.send(Letter::ToManagers { post: ManagerPost::RefusalWaits });
    work.refresh_card();
    Ok(shown(work, refusal, false))
}

fn shown(work: &Work<'_>, refusal: WrittenRefusal, alone: bool) -> Done {
    Done::Refusal { complaint: work.complaint.id, refusal: Box::new(refusal), alone }
}

fn current(work: &Work<'_>, number: i64) -> Result<WrittenRefusal, Refusal> {
    work.complaint.disposition.refusal(number).cloned().ok_or(Refusal::Stale)
}

fn agree(work: &mut Work<'_>, number: i64) -> Result<Done, Refusal> {
    let by = work.staff()?;
    let refusal = current(work, number)?;
    if refusal.agreed_by.is_some() {
        return Ok(shown(work, refusal, false));
    }
    work.open()?;
    if work.context.grade().is_none_or(|grade| grade < Grade::Manager) {
        return Err(Refusal::AgreeOther { role: Grade::Manager.as_str().to_owned() });
    }
    let own = refusal.by.id == by.id;
    if own && !work.context.is_alone {
        return Err(Refusal::FourEyes { could: Vec::new() });
    }
    super::procedure::nothing_promised(work)?;
    work.emit(Event::Sent { word: Word::Refusal { refusal: number } });
    work.emit(Event::Disposition(Fact::RefusalAgreed { refusal: number, by: by.clone(), alone: own }));
    if own {
        work.send(Letter::ToManagers { post: ManagerPost::AgreedAlone { by: by.clone() } });
    }
    for clock in ClockKind::ALL.into_iter().filter(|clock| !BY_A_REFUSAL.contains(clock)) {
        work.stop_clock(clock, Stop::Cancelled);
    }
    end_but(work, CloseReason::Refused, Stop::Done, &REFUSAL);
    work.send(Letter::ToCustomer { post: CustomerPost::Refused { refusal: number } });
    Ok(shown(work, WrittenRefusal { agreed_by: Some(by), ..refusal }, own))
}

fn give_back(work: &mut Work<'_>, number: i64, text: &str) -> Result<Done, Refusal> {
    let by = work.staff()?;
    if current(work, number)?.agreed_by.is_some() {
        return Err(Refusal::Stale);
    }
    let text = words(text, SHORT)?;
    work.emit(Event::Disposition(Fact::RefusalReturned { refusal: number, by, text: text.clone() }));
    Ok(Done::RefusalReturned { text })
}

/// What was refused is open again with the customer's word, and managers hear of it: the law calls it a negotiation that the
/// customer asks for (Law 19/2023/QH15 art. 56).
fn object(work: &mut Work<'_>, message: MessageId, text: &str) -> Result<Done, Refusal> {
    work.customer()?;
    let refused = work.complaint.disposition.refusals.iter().any(|held| held.agreed_by.is_some());
    if !refused {
        return Err(Refusal::Stale);
    }
    if !work.complaint.stage.is_open() && !work.complaint.may_reopen(work.now) {
        return Err(Refusal::ReopenTooLate);
    }
    let text = words(text, SHORT)?;
    work.emit(Event::Disposition(Fact::RefusalObjected { text: text.clone() }));
    let post = ThreadPost::RefusalObjected { text: text.clone() };
    conversation::hear(work, message, text, Default::default(), post);
    if !work.runs(ClockKind::Negotiation) {
        work.start_clock(ClockKind::Negotiation, work.now);
    }
    work.send(Letter::ToManagers { post: ManagerPost::RefusalObjected });
    Ok(Done::Objected { number: work.complaint.number() })
}

/// The customer takes it back, here or, as a member of staff heard, elsewhere; then they are told, so that they can say no.
fn withdraw(work: &mut Work<'_>, heard: Option<Medium>, text: &str) -> Result<Done, Refusal> {
    let number = work.complaint.number();
    let text = if heard.is_some() {
        work.staff()?;
        words(text, SHORT)?
    } else {
        work.customer()?;
        few_words(text)?
    };
    work.open()?;
    work.emit(Event::Disposition(Fact::Withdrawn { heard, text: text.clone() }));
    end(work, CloseReason::Withdrawn, Stop::Cancelled);
    if heard.is_some() {
        work.send(Letter::ToCustomer { post: CustomerPost::Withdrawn });
    } else {
        work.send(Letter::ToThread { post: ThreadPost::Withdrawn { text: text.clone() } });
    }
    work.send(Letter::Archive);
    Ok(Done::Withdrawn { number, heard, text })
}

fn end(work: &mut Work<'_>, reason: CloseReason, how: Stop) {
    end_but(work, reason, how, &[]);
}

/// The same; what `kept` names goes on until the customer knows.
fn end_but(work: &mut Work<'_>, reason: CloseReason, how: Stop, kept: &[ClockKind]) {
    work.end_wait(false);
    work.stop_all(how, kept);
    work.emit(Event::Closed { reason });
    work.refresh_card();
}

/// What `complaint` leaves to the one that it is merged into.
pub fn legacy(complaint: &Complaint) -> Legacy {
    let promises = complaint.procedure.open_promises();
    Legacy {
        twin: twin(complaint),
        words: complaint.filed.words.clone(),
        unanswered: complaint.unanswered.clone(),
        clocks: GO_ALONG
            .into_iter()
            .filter_map(|clock| Some((clock, complaint.run(clock)?.started)))
            .collect(),
        promises: promises.iter().map(|held| (held.by.clone(), held.what.clone(), held.due)).collect(),
        appointments: promises.iter().map(|held| held.appointment).collect(),
        features: complaint.features.legacy(),
        about: complaint.about.named.clone(),
    }
}

/// A complaint as another one names it.
pub fn twin(complaint: &Complaint) -> Twin {
    Twin { complaint: complaint.id, number: complaint.number(), thread: complaint.thread }
}

fn merge_into(work: &mut Work<'_>, into: Twin) -> Result<Done, Refusal> {
    work.staff()?;
    work.open()?;
    let from = twin(&work.complaint);
    work.emit(Event::Disposition(Fact::MergedInto { twin: into.clone() }));
    end(work, CloseReason::Merged, Stop::Cancelled);
    work.send(Letter::ToThread { post: ThreadPost::MergedInto { twin: into.clone() } });
    work.send(Letter::Archive);
    Ok(Done::Merged { from, into })
}

/// Whoever waits goes on waiting here, from the same instant; what was promised is promised here.
fn merge_from(work: &mut Work<'_>, legacy: Box<Legacy>) -> Result<Done, Refusal> {
    work.staff()?;
    work.open()?;
    let (from, into) = (legacy.twin.clone(), twin(&work.complaint));
    work.emit(Event::Disposition(Fact::MergedFrom { legacy: legacy.clone() }));
    for person in &legacy.about {
        super::about::mark(work, person, None)?;
    }
    for (clock, started) in &legacy.clocks {
        let recorded = *clock == ClockKind::Recorded && work.complaint.stage != Stage::Filed;
        let earlier = work.complaint.run(*clock).is_some_and(|run| run.started <= *started);
        if recorded || earlier {
            continue;
        }
        work.stop_clock(*clock, Stop::Cancelled);
        work.start_clock(*clock, *started);
    }
    let appointments = legacy.appointments.iter().copied().chain(std::iter::repeat(None));
    for ((by, what, due), appointment) in legacy.promises.iter().zip(appointments) {
        let promise = super::procedure::next_promise(work);
        let (by, what, due) = (by.clone(), what.clone(), *due);
        work.emit(Event::Procedure(Step::Promised { promise, by, what, due, appointment }));
    }
    super::procedure::watch(work);
    work.send(Letter::ToThread { post: ThreadPost::MergedFrom { legacy } });
    work.send(Letter::ToCustomer { post: CustomerPost::Merged { from: from.number } });
    work.refresh_card();
    Ok(Done::Merged { from, into })
}
