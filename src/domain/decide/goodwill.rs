//! Goodwill: given once the matter is handled, agreed to by whoever may, within the month's budget.

use super::{SHORT, Work, words};
use crate::domain::command::{Answer, Refusal};
use crate::domain::event::Event;
use crate::domain::goodwill::{Deed, Done, Fact, Goodwill, matter_is_handled, speaks_of_a_rating};
use crate::domain::letter::{CustomerPost, Letter, ManagerPost};
use crate::kernel::people::Grade;
use crate::kernel::people::Person;
use crate::language::offer::Kind;

pub(super) fn carry_out(work: &mut Work<'_>, deed: Deed) -> Result<Answer, Refusal> {
    let done = match deed {
        Deed::Give { kind, value, text, needs, spent } => give(work, kind, value, &text, needs, spent)?,
        Deed::Agree { number, role, alone, spent } => agree(work, number, role, alone, spent)?,
        Deed::TurnDown { number, role, spent } => turn_down(work, number, role, spent)?,
    };
    Ok(Answer::Goodwill { done: Box::new(done) })
}

fn give(
    work: &mut Work<'_>,
    kind: Kind,
    value: i64,
    text: &str,
    needs: Option<String>,
    spent: i64,
) -> Result<Done, Refusal> {
    let by = work.staff()?;
    let policy = &work.policy.goodwill;
    if !policy.kinds.contains(&kind) || policy.budget == 0 {
        return Err(Refusal::NoGoodwill { kind: kind.as_str().to_owned() });
    }
    after_the_matter(work)?;
    let text = words(text, SHORT)?;
    if speaks_of_a_rating(&text) {
        return Err(Refusal::GoodwillForRating);
    }
    let limit = policy.per_case;
    let held = work.complaint.goodwill.iter().filter(|held| held.turned_down_at.is_none()).count();
    if i64::try_from(held).unwrap_or(i64::MAX) >= limit {
        return Err(Refusal::GoodwillEnough { limit });
    }
    within_budget(work, value, spent)?;
    let number = i64::try_from(work.complaint.goodwill.len()).unwrap_or(i64::MAX) + 1;
    let draft = Goodwill {
        number,
        kind,
        value,
        text,
        by,
        needs,
        agreed_by: None,
        given_at: None,
        turned_down_at: None,
    };
    work.emit(Event::Goodwill(Fact::Drafted { draft: Box::new(draft.clone()) }));
    match &draft.needs {
        Some(role) => {
            let head_office = role.as_str() == Grade::HeadOffice.as_str();
            work.send(Letter::ToManagers { post: ManagerPost::GoodwillWaits { head_office } });
            shown(work, number, false, spent)
        }
        None => given(work, &draft, None, false, spent),
    }
}

fn agree(
    work: &mut Work<'_>,
    number: i64,
    role: Option<Grade>,
    alone: bool,
    spent: i64,
) -> Result<Done, Refusal> {
    let by = work.staff()?;
    let held = entry(work, number)?;
    if !held.waits() {
        return shown(work, number, false, spent);
    }
    may_decide(&held, role)?;
    let own = held.by.id == by.id;
    if own && !alone {
        return Err(Refusal::FourEyes { could: Vec::new() });
    }
    after_the_matter(work)?;
    within_budget(work, held.value, spent)?;
    if own {
        work.send(Letter::ToManagers { post: ManagerPost::AgreedAlone { by: by.clone() } });
    }
    given(work, &held, Some(by), own, spent)
}

fn turn_down(work: &mut Work<'_>, number: i64, role: Option<Grade>, spent: i64) -> Result<Done, Refusal> {
    let by = work.staff()?;
    let held = entry(work, number)?;
    if held.given_at.is_some() {
        return Err(Refusal::Stale);
    }
    // Whoever wanted to give it may think better of it.
    if held.by.id != by.id {
        may_decide(&held, role)?;
    }
    if held.waits() {
        work.emit(Event::Goodwill(Fact::TurnedDown { number, by }));
    }
    shown(work, number, false, spent)
}

fn given(
    work: &mut Work<'_>,
    held: &Goodwill,
    agreed_by: Option<Person>,
    alone: bool,
    spent: i64,
) -> Result<Done, Refusal> {
    let (number, value) = (held.number, held.value);
    work.emit(Event::Goodwill(Fact::Given { number, value, agreed_by, alone }));
    work.send(Letter::ToCustomer { post: CustomerPost::Goodwill { number } });
    shown(work, number, alone, spent + value)
}

fn shown(work: &Work<'_>, number: i64, alone: bool, spent: i64) -> Result<Done, Refusal> {
    let goodwill = Box::new(entry(work, number)?);
    let left = (work.policy.goodwill.budget - spent).max(0);
    Ok(Done { complaint: work.complaint.id, goodwill, alone, left })
}

fn entry(work: &Work<'_>, number: i64) -> Result<Goodwill, Refusal> {
    work.complaint.goodwill.iter().find(|held| held.number == number).cloned().ok_or(Refusal::Stale)
}

fn may_decide(held: &Goodwill, role: Option<Grade>) -> Result<(), Refusal> {
    let needed = held.needs.as_deref().and_then(Grade::parse).unwrap_or(Grade::Manager);
    if role.is_none_or(|role| role < needed) {
        return Err(Refusal::AgreeOther { role: needed.as_str().to_owned() });
    }
    Ok(())
}

fn after_the_matter(work: &Work<'_>) -> Result<(), Refusal> {
    if matter_is_handled(&work.complaint) { Ok(()) } else { Err(Refusal::GoodwillEarly) }
}

fn within_budget(work: &Work<'_>, value: i64, spent: i64) -> Result<(), Refusal> {
    let left = (work.policy.goodwill.budget - spent).max(0);
    if value > left { Err(Refusal::GoodwillBudget { left }) } else { Ok(()) }
}
