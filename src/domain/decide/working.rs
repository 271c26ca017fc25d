//! What staff do with a complaint among themselves: claim, assign, classify, note.

use super::{Work, words};
use crate::domain::command::{Answer, Refusal};
use crate::domain::composure::BREAK;
use crate::domain::event::Event;
use crate::domain::outbox::{DeskPost, ManagerPost, OutboxMessage};
use crate::domain::running::Cause;
use crate::kernel::ids::UserId;
use crate::kernel::lang::Lang;
use crate::kernel::people::Person;
use crate::kernel::severity::Severity;

/// The longest note, in characters: Discord's longest slash-command text is 6,000, its longest form field 4,000.
const NOTE_LIMIT: usize = 4_000;

pub(super) fn claim(work: &mut Work<'_>) -> Result<Answer, Refusal> {
    let staff = work.staff()?;
    work.open()?;
    match &work.complaint.owner {
        Some(owner) if owner.id == staff.id => return Err(Refusal::AlreadyYours),
        Some(owner) => return Err(Refusal::AlreadyClaimed { by: owner.clone() }),
        None => work.take(staff.clone(), Event::Claimed { owner: staff, records: false }),
    }
    let next = work.complaint.next_deadline();
    Ok(Answer::Claimed { number: work.complaint.number(), next })
}

pub(super) fn assign(work: &mut Work<'_>, to: Person) -> Result<Answer, Refusal> {
    work.staff()?;
    work.open()?;
    if to.id == work.complaint.filed.customer.id {
        return Err(Refusal::OwnComplaint);
    }
    if work.complaint.about.names(to.id) {
        return Err(Refusal::AboutThem { name: to.name });
    }
    if work.complaint.owner.as_ref().is_none_or(|owner| owner.id != to.id) {
        work.take(to.clone(), Event::Assigned { owner: to.clone(), records: false });
    }
    Ok(Answer::Assigned { number: work.complaint.number(), to })
}

/// Whoever has no staff role is no owner: it is nobody's, and managers hear so before anything is late.
pub(super) fn owner_left(work: &mut Work<'_>, owner: UserId) -> Answer {
    if let Some(owner) = work.complaint.owner.clone().filter(|held| held.id == owner) {
        work.emit(Event::OwnerLeft { owner: owner.clone() });
        if work.complaint.stage.is_open() {
            work.send(OutboxMessage::ToManagers { post: ManagerPost::OwnerLeft { owner } });
        }
        work.refresh_card();
    }
    Answer::Silent
}

pub(super) fn classify(
    work: &mut Work<'_>,
    category: Option<String>,
    severity: Option<Severity>,
    about: Option<Person>,
) -> Result<Answer, Refusal> {
    let by = work.staff()?;
    let only_about = category.is_none() && severity.is_none();
    if only_about && about.is_none() {
        return Err(Refusal::Blank);
    }
    let category = match category {
        Some(asked) => {
            let known = work.policy.categories.iter().any(|category| category.id == asked);
            Some(if known { asked } else { return Err(Refusal::NoCategory { asked }) })
        }
        None => work.complaint.category.clone(),
    };
    let severity = set_class(work, category.clone(), severity);
    if let Some(person) = about {
        let person = super::about::mark(work, &person, Some(by))?;
        if only_about {
            return Ok(Answer::AboutColleague { number: work.complaint.number(), person, holds: true });
        }
    }
    Ok(Answer::Classified { number: work.complaint.number(), category, severity })
}

/// Says what it is about and, where given, how bad it is. Returns how bad it is now.
pub(super) fn set_class(
    work: &mut Work<'_>,
    category: Option<String>,
    severity: Option<Severity>,
) -> Severity {
    let severity_said = severity.is_some();
    let severity = severity.unwrap_or(work.complaint.severity);
    let changes = work.complaint.category != category || work.complaint.severity != severity;
    if changes || (severity_said && !work.complaint.severity_said) {
        work.emit(Event::Classified { category, severity, severity_said });
        if changes {
            work.retarget(Cause::Reprioritised);
        }
        work.refresh_card();
    }
    severity
}

/// That a case file was made is part of the next one.
pub(super) fn export(work: &mut Work<'_>, lang: Lang, whole: bool) -> Result<Answer, Refusal> {
    work.staff()?;
    work.emit(Event::Exported { lang, whole });
    Ok(Answer::Silent)
}

pub(super) fn note(work: &mut Work<'_>, text: &str) -> Result<Answer, Refusal> {
    work.staff()?;
    let text = words(text, NOTE_LIMIT)?;
    work.emit(Event::Noted { text: text.clone() });
    Ok(Answer::Noted { text })
}

/// A superior looks at it; whoever asks is counted against nothing.
pub(super) fn ask_superior(work: &mut Work<'_>) -> Result<Answer, Refusal> {
    let by = work.staff()?;
    work.emit(Event::SuperiorAsked);
    work.send(OutboxMessage::ToManagers { post: ManagerPost::SuperiorAsked { by } });
    Ok(Answer::SuperiorAsked)
}

/// Colleagues are told of what is due meanwhile. No clock stands still, and nothing is written down about whoever rests.
pub(super) fn rest(work: &mut Work<'_>) -> Result<Answer, Refusal> {
    let by = work.staff()?;
    let cover = work.context.cover.clone();
    let until = work.now + BREAK;
    let covered = i64::try_from(cover.len()).unwrap_or(i64::MAX);
    if !cover.is_empty() {
        work.send(OutboxMessage::ToDesk { post: DeskPost::Resting { by, until, cover } });
    }
    Ok(Answer::Resting { until, covered })
}
