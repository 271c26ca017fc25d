//! The steps of the procedure: read and summed up, and what the promise clock watches.

use super::{SHORT, Work, conversation, proposal, talk, words, working};
use crate::domain::command::{Answer, Refusal};
use crate::domain::event::Event;
use crate::domain::outbox::{CustomerPost, OutboxMessage, ThreadPost};
use crate::domain::procedure::{Deed, Done, Procedure, Promise, Record, Step};
use crate::domain::proposal::{Proposal, Remedy};
use crate::domain::running::Stop;
use crate::features::{self, promise};
use crate::kernel::ids::MessageId;
use crate::kernel::severity::Severity;
use crate::sla::clocks::ClockKind;

/// The longest summary, in characters: one line.
pub const SUMMARY_LIMIT: usize = 300;

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
    let before = work.complaint.features.procedure.record.clone();
    let first = before.is_none();
    let asked = before.as_ref().is_none_or(|record| record.summary != summary);
    // What the form leaves open stays as it was said elsewhere.
    let vulnerable = vulnerable.or_else(|| work.complaint.features.procedure.vulnerable());
    if asked || work.complaint.features.procedure.vulnerable() != vulnerable {
        let (by, summary) = (by.clone(), summary.clone());
        work.emit(Event::Procedure(Step::Read { by, summary, vulnerable }));
    }
    work.stop_clock(ClockKind::Recorded, Stop::Done);
    if first {
        work.start_clock(ClockKind::Consult, work.now);
    }
    working::set_class(work, category.clone(), severity);
    if asked {
        work.send(OutboxMessage::ToCustomer { post: CustomerPost::Summary { by, summary: summary.clone() } });
    }
    work.refresh_card();
    let number = work.complaint.number();
    let severity = work.complaint.severity_said.then_some(work.complaint.severity);
    Ok(Done::Read { number, category, severity, summary, vulnerable, asked })
}

/// A person decides whether the customer is vulnerable; the words only suggest it.
fn say_vulnerable(work: &mut Work<'_>, vulnerable: bool) -> Result<Done, Refusal> {
    let by = work.staff()?;
    if work.complaint.features.procedure.vulnerable() != Some(vulnerable) {
        work.emit(Event::Procedure(Step::VulnerableSaid { by, vulnerable }));
        work.refresh_card();
    }
    Ok(Done::VulnerableSaid { number: work.complaint.number(), vulnerable })
}

/// The customer says whether the summary is right; what it gets wrong waits for an answer like any message.
fn judge(work: &mut Work<'_>, wrong: Option<(MessageId, String)>) -> Result<Done, Refusal> {
    work.customer()?;
    let Some(Record { summary, verdict, .. }) = work.complaint.features.procedure.record.clone() else {
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

/// What the customer chose is promised for its time, by whoever has the complaint.
pub(super) fn promise_chosen(work: &mut Work<'_>, proposal: &Proposal, remedy: &Remedy) {
    let Some(due) = remedy.due.filter(|due| *due > work.now) else { return };
    let by = work.complaint.owner.clone().unwrap_or_else(|| proposal.by.clone());
    let number = work.complaint.features.procedure.promises.next();
    let promised = promise::Fact::promised(number, by, remedy.what.clone(), due);
    work.emit(Event::Feature(features::Fact::Procedure(promised)));
    watch(work);
}

/// The promise clock watches one promise at a time: it goes over to another where the one it watched was kept or moved, or is
/// broken and told of while another lies ahead.
pub(super) fn watch(work: &mut Work<'_>) {
    let watched = work.complaint.features.procedure.promises.watched(work.now).cloned();
    if let Some(run) = work.complaint.run(ClockKind::Promise) {
        if watched.as_ref().is_some_and(|promise| Procedure::is_watched_by(promise, run)) {
            return;
        }
        let kept = work
            .complaint
            .features
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
    match work.complaint.features.procedure.promises.open().first() {
        Some(open) => Err(Refusal::PromiseOpen { what: open.what.clone(), due: open.due }),
        None => Ok(()),
    }
}
