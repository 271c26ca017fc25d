//! The steps of the procedure: read and summed up, promised, moved, kept.

use super::{SHORT, Work, conversation, few_words, proposal, talk, words, working};
use crate::domain::command::{Answer, Refusal};
use crate::domain::event::Event;
use crate::domain::letter::{CustomerPost, Letter, ThreadPost};
use crate::domain::procedure::{Appointment, Deed, Done, Procedure, Promise, Record, Step};
use crate::domain::proposal::{Proposal, Remedy};
use crate::domain::running::Stop;
use crate::kernel::ids::MessageId;
use crate::kernel::severity::Severity;
use crate::sla::clocks::ClockKind;

/// The longest summary, in characters: one line.
pub const SUMMARY_LIMIT: usize = 300;
/// Nothing is promised for later than this (ms): a year.
const FARTHEST: i64 = 366 * 24 * 60 * 60 * 1_000;

pub(super) fn step(work: &mut Work<'_>, deed: Deed) -> Result<Answer, Refusal> {
    let done = match deed {
        Deed::Read { category, severity, summary, vulnerable } => {
            read(work, category, severity, &summary, vulnerable)?
        }
        Deed::SayVulnerable { vulnerable } => say_vulnerable(work, vulnerable)?,
        Deed::Propose { remedies, recommended, remark } => {
            proposal::propose(work, remedies, recommended, &remark)?
        }
        Deed::Agree { proposal, away } => proposal::agree(work, proposal, away)?,
        Deed::AskChange { proposal, text, away } => proposal::ask_change(work, proposal, &text, away)?,
        Deed::SendRemedies { proposal, text } => proposal::send(work, proposal, &text)?,
        Deed::Choose { proposal, choice, message, text } => {
            proposal::choose(work, proposal, choice, message, &text)?
        }
        Deed::NoteChoice { proposal, remedy, medium, at, text } => {
            proposal::note_choice(work, proposal, remedy, (medium, at), &text)?
        }
        Deed::ConfirmSummary => judge(work, None)?,
        Deed::CorrectSummary { message, text } => judge(work, Some((message, text)))?,
        Deed::Promise { what, due, appointment } => promise(work, &what, due, appointment)?,
        Deed::MovePromise { promise, due, reason } => move_promise(work, promise, due, &reason)?,
        Deed::KeepPromise { promise, outcome } => keep_promise(work, promise, &outcome)?,
        Deed::TakeTalk => talk::take(work)?,
        Deed::TalkHeld => talk::held(work)?,
    };
    Ok(Answer::Procedure { done: Box::new(done) })
}

/// A named person has read it: the clock of the recording ends, and the customer sees how they were understood.
fn read(
    work: &mut Work<'_>,
    category: Option<String>,
    severity: Option<Severity>,
    summary: &str,
    vulnerable: Option<bool>,
) -> Result<Done, Refusal> {
    let by = work.staff()?;
    work.open()?;
    let summary = words(summary, SUMMARY_LIMIT)?.split_whitespace().collect::<Vec<_>>().join(" ");
    let category = match category {
        Some(asked) if work.policy.category(&asked).is_none() => return Err(Refusal::NoCategory { asked }),
        given => given.or_else(|| work.complaint.category.clone()),
    };
    if work.complaint.owner.is_none() {
        conversation::claim_by_answering(work, &by);
    }
    let before = work.complaint.procedure.record.clone();
    let first = before.is_none();
    let asked = before.as_ref().is_none_or(|record| record.summary != summary);
    // What the form leaves open stays as it was said elsewhere.
    let vulnerable = vulnerable.or_else(|| work.complaint.procedure.vulnerable());
    if asked || work.complaint.procedure.vulnerable() != vulnerable {
        let (by, summary) = (by.clone(), summary.clone());
        work.emit(Event::Procedure(Step::Read { by, summary, vulnerable }));
    }
    work.stop_clock(ClockKind::Recorded, Stop::Done);
    if first {
        work.start_clock(ClockKind::Consult, work.now);
    }
    working::set_class(work, category.clone(), severity);
    if asked {
        work.send(Letter::ToCustomer { post: CustomerPost::Summary { by, summary: summary.clone() } });
    }
    work.refresh_card();
    let number = work.complaint.number();
    let severity = work.complaint.severity_said.then_some(work.complaint.severity);
    Ok(Done::Read { number, category, severity, summary, vulnerable, asked })
}

/// A person decides whether the customer is vulnerable; the words only suggest it.
fn say_vulnerable(work: &mut Work<'_>, vulnerable: bool) -> Result<Done, Refusal> {
    let by = work.staff()?;
    if work.complaint.procedure.vulnerable() != Some(vulnerable) {
        work.emit(Event::Procedure(Step::VulnerableSaid { by, vulnerable }));
        work.refresh_card();
    }
    Ok(Done::VulnerableSaid { number: work.complaint.number(), vulnerable })
}

/// The customer says whether the summary is right; what it gets wrong waits for an answer like any message.
fn judge(work: &mut Work<'_>, wrong: Option<(MessageId, String)>) -> Result<Done, Refusal> {
    work.customer()?;
    let Some(Record { summary, verdict, .. }) = work.complaint.procedure.record.clone() else {
        return Err(Refusal::Stale);
    };
    let right = wrong.is_none();
    match wrong {
        // What is said once more changes nothing.
        None if verdict.is_some() => {}
        None => {
            work.emit(Event::Procedure(Step::SummaryConfirmed));
            work.refresh_card();
        }
        Some((message, text)) => {
            let text = words(&text, SHORT)?;
            work.emit(Event::Procedure(Step::SummaryCorrected { text: text.clone() }));
            let post = ThreadPost::SummaryCorrected { text: text.clone() };
            conversation::hear(work, message, text, Default::default(), post);
        }
    }
    Ok(Done::SummaryHeard { number: work.complaint.number(), summary, right })
}

fn promise(
    work: &mut Work<'_>,
    what: &str,
    due: i64,
    appointment: Option<Appointment>,
) -> Result<Done, Refusal> {
    let by = work.staff()?;
    work.open()?;
    let what = words(what, SHORT)?;
    may_be_due(work, due)?;
    if work.complaint.owner.is_none() {
        conversation::claim_by_answering(work, &by);
    }
    let promise = next_promise(work);
    let (giver, said) = (by.clone(), what.clone());
    work.emit(Event::Procedure(Step::Promised { promise, by: giver, what: said, due, appointment }));
    watch(work);
    tell(work, CustomerPost::Promised { by, what: what.clone(), due, appointment });
    Ok(Done::Promised { number: work.complaint.number(), promise, what, due })
}

fn move_promise(work: &mut Work<'_>, promise: i64, due: i64, reason: &str) -> Result<Done, Refusal> {
    let by = work.staff()?;
    let Promise { what, due: from, .. } = open_promise(work, promise)?;
    if from < work.now {
        return Err(Refusal::PromiseOver { due: from });
    }
    let reason = words(reason, SHORT)?;
    may_be_due(work, due)?;
    if due == from {
        return Err(Refusal::PromiseUnmoved { due });
    }
    let step = Step::PromiseMoved { promise, by: by.clone(), due, reason: reason.clone() };
    work.emit(Event::Procedure(step));
    watch(work);
    let (said, told) = (what.clone(), reason.clone());
    tell(work, CustomerPost::PromiseMoved { by, what: said, from, due, reason: told });
    Ok(Done::PromiseMoved { number: work.complaint.number(), promise, what, from, due, reason })
}

/// Before its hour the customer reads what came of it: else a visit of tomorrow would be kept today, and nobody told.
fn keep_promise(work: &mut Work<'_>, promise: i64, outcome: &str) -> Result<Done, Refusal> {
    let by = work.staff()?;
    let Promise { what, due, .. } = open_promise(work, promise)?;
    let outcome = if work.now < due { words(outcome, SHORT)? } else { few_words(outcome)? };
    let step = Step::PromiseKept { promise, by: by.clone(), outcome: outcome.clone() };
    work.emit(Event::Procedure(step));
    watch(work);
    if outcome.is_empty() {
        work.refresh_card();
    } else {
        tell(work, CustomerPost::PromiseKept { promise, by, what: what.clone(), outcome });
    }
    let in_time = work.now <= due;
    Ok(Done::PromiseKept { number: work.complaint.number(), promise, what, in_time })
}

fn open_promise(work: &Work<'_>, number: i64) -> Result<Promise, Refusal> {
    let held = work.complaint.procedure.promise(number).filter(|held| held.is_open());
    held.cloned().ok_or(Refusal::NoPromise { number })
}

pub(super) fn may_be_due(work: &Work<'_>, due: i64) -> Result<(), Refusal> {
    if due <= work.now {
        return Err(Refusal::PromisePast { due });
    }
    if due - work.now > FARTHEST { Err(Refusal::PromiseFar { due }) } else { Ok(()) }
}

/// What was promised is a word of the desk.
fn tell(work: &mut Work<'_>, post: CustomerPost) {
    work.send(Letter::ToCustomer { post });
    work.refresh_card();
}

/// What the customer chose is promised for its time, by whoever has the complaint.
pub(super) fn promise_chosen(work: &mut Work<'_>, proposal: &Proposal, remedy: &Remedy) {
    let Some(due) = remedy.due.filter(|due| *due > work.now) else { return };
    let by = work.complaint.owner.clone().unwrap_or_else(|| proposal.by.clone());
    let promise = next_promise(work);
    work.emit(Event::Procedure(Step::Promised {
        promise,
        by,
        what: remedy.what.clone(),
        due,
        appointment: None,
    }));
    watch(work);
}

pub(super) fn next_promise(work: &Work<'_>) -> i64 {
    i64::try_from(work.complaint.procedure.promises.len()).unwrap_or(i64::MAX) + 1
}

/// The promise clock watches one promise at a time: it goes over to another where the one it watched was kept or moved, or is
/// broken and told of while another lies ahead.
pub(super) fn watch(work: &mut Work<'_>) {
    let watched = work.complaint.procedure.watched(work.now).cloned();
    if let Some(run) = work.complaint.run(ClockKind::Promise) {
        if watched.as_ref().is_some_and(|promise| Procedure::is_watched_by(promise, run)) {
            return;
        }
        let kept = work
            .complaint
            .procedure
            .promises
            .iter()
            .any(|promise| promise.kept_at == Some(work.now) && Procedure::is_watched_by(promise, run));
        work.stop_clock(ClockKind::Promise, if kept { Stop::Done } else { Stop::Cancelled });
    }
    if let Some(Promise { due, .. }) = watched.filter(|promise| promise.due > work.now) {
        work.start_clock_until(ClockKind::Promise, work.now, Some(due));
    }
}

/// Nothing is resolved over a promise that nobody has kept.
pub(super) fn nothing_promised(work: &Work<'_>) -> Result<(), Refusal> {
    match work.complaint.procedure.open_promises().first() {
        Some(open) => Err(Refusal::PromiseOpen { what: open.what.clone(), due: open.due }),
        None => Ok(()),
    }
}
