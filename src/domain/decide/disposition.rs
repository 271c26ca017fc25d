//! Withdrawn, merged: the ends of a complaint without an outcome.

use super::{SHORT, Work, few_words, words};
use crate::domain::command::{Answer, Refusal};
use crate::domain::complaint::{Complaint, Stage};
use crate::domain::disposition::{Deed, Done, Fact, Legacy};
use crate::domain::event::{CloseReason, Event};
use crate::domain::filing::Medium;
use crate::domain::outbox::{CustomerPost, OutboxMessage, ThreadPost};
use crate::domain::running::Stop;
use crate::kernel::core::Twin;
use crate::sla::clocks::ClockKind;

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

pub(super) fn carry_out(work: &mut Work<'_>, deed: Deed) -> Result<Answer, Refusal> {
    let done = match deed {
        Deed::Withdraw { heard, text } => withdraw(work, heard, &text)?,
        Deed::MergeInto { twin } => merge_into(work, twin)?,
        Deed::MergeFrom { legacy } => merge_from(work, legacy)?,
    };
    Ok(Answer::Disposition { done: Box::new(done) })
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
        work.send(OutboxMessage::ToCustomer { post: CustomerPost::Withdrawn });
    } else {
        work.send(OutboxMessage::ToThread { post: ThreadPost::Withdrawn { text: text.clone() } });
    }
    work.send(OutboxMessage::Archive);
    Ok(Done::Withdrawn { number, heard, text })
}

fn end(work: &mut Work<'_>, reason: CloseReason, how: Stop) {
    end_but(work, reason, how, &[]);
}

/// The same; what `kept` names goes on until the customer knows.
pub(super) fn end_but(work: &mut Work<'_>, reason: CloseReason, how: Stop, kept: &[ClockKind]) {
    work.end_wait(false);
    work.stop_all(how, kept);
    work.emit(Event::Closed { reason });
    work.refresh_card();
}

/// What `complaint` leaves to the one that it is merged into.
pub fn legacy(complaint: &Complaint) -> Legacy {
    Legacy {
        twin: twin(complaint),
        words: complaint.filed.words.clone(),
        unanswered: complaint.unanswered.clone(),
        clocks: GO_ALONG
            .into_iter()
            .filter_map(|clock| Some((clock, complaint.run(clock)?.started)))
            .collect(),
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
    work.send(OutboxMessage::ToThread { post: ThreadPost::MergedInto { twin: into.clone() } });
    work.send(OutboxMessage::Archive);
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
    for promised in work.complaint.features.promised(&legacy.features) {
        work.emit(Event::Feature(promised));
    }
    super::procedure::watch(work);
    work.send(OutboxMessage::ToThread { post: ThreadPost::MergedFrom { legacy } });
    work.send(OutboxMessage::ToCustomer { post: CustomerPost::Merged { from: from.number } });
    work.refresh_card();
    Ok(Done::Merged { from, into })
}
