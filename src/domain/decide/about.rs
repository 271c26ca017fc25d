//! Whom a complaint is about: marked by a person or found in its words, and told to managers.

use super::Work;
use crate::domain::colleague::{Deed, Fact, Likeness};
use crate::domain::command::{Answer, Refusal};
use crate::domain::event::Event;
use crate::domain::outbox::{ManagerPost, OutboxMessage};
use crate::kernel::ids::UserId;
use crate::kernel::people::Person;

pub(super) fn carry_out(work: &mut Work<'_>, deed: Deed) -> Result<Answer, Refusal> {
    match deed {
        Deed::Mark { person } => {
            let by = work.staff()?;
            let person = mark(work, &person, Some(by))?;
            Ok(Answer::AboutColleague { number: work.complaint.number(), person, holds: true })
        }
        Deed::Clear { person } => clear(work, person),
        Deed::Found { people } => {
            for (person, sure) in people {
                found(work, person, sure);
            }
            Ok(Answer::Silent)
        }
    }
}

/// From here on this person does not handle it; if it was theirs, it is nobody's.
pub(super) fn mark(work: &mut Work<'_>, person: &Person, by: Option<Person>) -> Result<Person, Refusal> {
    if person.id == work.complaint.filed.customer.id {
        return Err(Refusal::OwnComplaint);
    }
    // A button knows its person only by the id: it must have been spoken of before.
    let person = match work.complaint.about.person(person.id) {
        Some(known) if person.name.is_empty() => known.clone(),
        None if person.name.is_empty() => return Err(Refusal::Stale),
        _ => person.clone(),
    };
    if work.complaint.about.names(person.id) {
        return Ok(person);
    }
    work.emit(Event::About(Fact::Named { person: person.clone() }));
    work.send(OutboxMessage::ToManagers { post: ManagerPost::AboutColleague { person: person.clone(), by } });
    work.refresh_card();
    Ok(person)
}

fn clear(work: &mut Work<'_>, person: UserId) -> Result<Answer, Refusal> {
    work.staff()?;
    let person = work.complaint.about.person(person).cloned().ok_or(Refusal::Stale)?;
    if !work.complaint.about.cleared.contains(&person) {
        work.emit(Event::About(Fact::Cleared { person: person.clone() }));
        work.refresh_card();
    }
    Ok(Answer::AboutColleague { number: work.complaint.number(), person, holds: false })
}

/// What is certain holds until a manager says otherwise; what is not, a manager is asked.
fn found(work: &mut Work<'_>, person: Person, sure: Likeness) {
    let about = &work.complaint.about;
    let settled = about.names(person.id) || about.cleared.iter().any(|held| held.id == person.id);
    match sure {
        _ if settled => {}
        Likeness::Certain => {
            // Nobody is their own customer here: such words were not taken for a name.
            let _ = mark(work, &person, None);
        }
        Likeness::Perhaps if about.knows(person.id) => {}
        Likeness::Perhaps => {
            work.emit(Event::About(Fact::Suspected { person: person.clone() }));
            work.send(OutboxMessage::ToManagers { post: ManagerPost::MayBeAbout { person } });
        }
    }
}
