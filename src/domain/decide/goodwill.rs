//! Goodwill: given once the matter is handled, agreed to by whoever may, within the month's budget.

use super::{SHORT, Work, words};
use crate::domain::command::{Answer, Refusal};
use crate::domain::event::Event;
use crate::domain::gate;
use crate::domain::goodwill::{Deed, Done, Fact, Goodwill, KINDS, matter_is_handled, speaks_of_a_rating};
use crate::domain::letter::{CustomerPost, Letter, ManagerPost};
use crate::kernel::people::{Grade, Person};
use crate::language::offer::{self, Kind};

pub(super) fn carry_out(work: &mut Work<'_>, deed: Deed) -> Result<Answer, Refusal> {
    let done = match deed {
        Deed::Give { kind, value, text } => give(work, kind, value, &text)?,
        Deed::Agree { number } => agree(work, number)?,
        Deed::TurnDown { number } => turn_down(work, number)?,
    };
    Ok(Answer::Goodwill { done: Box::new(done) })
}

fn give(work: &mut Work<'_>, kind: Kind, value: i64, text: &str) -> Result<Done, Refusal> {
    let by = work.staff()?;
    let needs = weigh(work, kind, value);
    let policy = &work.policy.goodwill;
    if !policy.kinds.contains(&kind) || policy.budget == 0 {
        return Err(Refusal::NoGoodwill { kind: kind.as_str().to_owned() });
    }
    after_the_matter(work)?;
    let text = words(text, SHORT)?;
    if speaks_of_a_rating(&text) {
        return Err(Refusal::GoodwillForRating);
    }
    // What the customer would read is what it costs: more than that is another gift.
    let named = offer::given(&text).into_iter().filter(|found| KINDS.contains(&found.kind));
    if let Some((said, what)) =
        named.filter_map(|found| Some((found.value?, found.words))).find(|(said, _)| *said > value)
    {
        return Err(Refusal::OtherValue { what, said: Some(said), stated: value });
    }
    let limit = policy.per_case;
    let held = work.complaint.goodwill.iter().filter(|held| held.turned_down_at.is_none()).count();
    if i64::try_from(held).unwrap_or(i64::MAX) >= limit {
        return Err(Refusal::GoodwillEnough { limit });
    }
    within_budget(work, value)?;
    let number = i64::try_from(work.complaint.goodwill.len()).unwrap_or(i64::MAX) + 1;
    let draft = Goodwill {
        number,
        kind,
        value,
        text,
        by,
        needs: needs.map(|grade| grade.as_str().to_owned()),
        agreed_by: None,
        given_at: None,
        turned_down_at: None,
    };
    work.emit(Event::Goodwill(Fact::Drafted { draft: Box::new(draft.clone()) }));
    match &draft.needs {
        Some(role) => {
            let head_office = role.as_str() == Grade::HeadOffice.as_str();
            work.send(Letter::ToManagers { post: ManagerPost::GoodwillWaits { head_office } });
            shown(work, number, false)
        }
        None => given(work, &draft, None, false),
    }
}

fn agree(work: &mut Work<'_>, number: i64) -> Result<Done, Refusal> {
    let by = work.staff()?;
    let held = entry(work, number)?;
    if !held.waits() {
        return shown(work, number, false);
    }
    // What was given in the case since it was written counts, too.
    let needed = weigh(work, held.kind, held.value).max(Some(needed(&held)));
    may_decide(work, needed.unwrap_or(Grade::Manager))?;
    let own = held.by.id == by.id;
    if own && !work.context.is_alone {
        return Err(Refusal::FourEyes { could: Vec::new() });
    }
    after_the_matter(work)?;
    within_budget(work, held.value)?;
    if own {
        work.send(Letter::ToManagers { post: ManagerPost::AgreedAlone { by: by.clone() } });
    }
    given(work, &held, Some(by), own)
}

fn turn_down(work: &mut Work<'_>, number: i64) -> Result<Done, Refusal> {
    let by = work.staff()?;
    let held = entry(work, number)?;
    if held.given_at.is_some() {
        return Err(Refusal::Stale);
    }
    // Whoever wanted to give it may think better of it.
    if held.by.id != by.id {
        may_decide(work, needed(&held))?;
    }
    if held.waits() {
        work.emit(Event::Goodwill(Fact::TurnedDown { number, by }));
    }
    shown(work, number, false)
}

fn given(
    work: &mut Work<'_>,
    held: &Goodwill,
    agreed_by: Option<Person>,
    alone: bool,
) -> Result<Done, Refusal> {
    let (number, value) = (held.number, held.value);
    work.emit(Event::Goodwill(Fact::Given { number, value, agreed_by, alone }));
    work.send(Letter::ToCustomer { post: CustomerPost::Goodwill { number } });
    let done = shown(work, number, alone)?;
    Ok(Done { left: (done.left - value).max(0), ..done })
}

fn shown(work: &Work<'_>, number: i64, alone: bool) -> Result<Done, Refusal> {
    let goodwill = Box::new(entry(work, number)?);
    let left = (work.policy.goodwill.budget - work.context.spent).max(0);
    Ok(Done { complaint: work.complaint.id, goodwill, alone, left })
}

fn entry(work: &Work<'_>, number: i64) -> Result<Goodwill, Refusal> {
    work.complaint.goodwill.iter().find(|held| held.number == number).cloned().ok_or(Refusal::Stale)
}

/// Who must agree to it beside what was given in the case before; none: it is covered for whoever asks.
fn weigh(work: &Work<'_>, kind: Kind, value: i64) -> Option<Grade> {
    gate::weigh_goodwill(kind, value, &work.complaint, work.policy, work.context.rank)
}

/// Who has to agree, as it was written.
fn needed(held: &Goodwill) -> Grade {
    held.needs.as_deref().and_then(Grade::parse).unwrap_or(Grade::Manager)
}

fn may_decide(work: &Work<'_>, needed: Grade) -> Result<(), Refusal> {
    if work.context.grade().is_none_or(|grade| grade < needed) {
        return Err(Refusal::AgreeOther { role: needed.as_str().to_owned() });
    }
    Ok(())
}

fn after_the_matter(work: &Work<'_>) -> Result<(), Refusal> {
    if matter_is_handled(&work.complaint) { Ok(()) } else { Err(Refusal::GoodwillEarly) }
}

fn within_budget(work: &Work<'_>, value: i64) -> Result<(), Refusal> {
    let left = (work.policy.goodwill.budget - work.context.spent).max(0);
    if value > left { Err(Refusal::GoodwillBudget { left }) } else { Ok(()) }
}
