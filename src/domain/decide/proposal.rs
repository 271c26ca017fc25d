//! Proposals: worked out among staff and managers, sent to the customer, chosen from, and then promised.

use super::{SHORT, Work, conversation, few_words, procedure, talk, words};
use crate::domain::arriving::Word;
use crate::domain::command::Refusal;
use crate::domain::event::Event;
use crate::domain::filing::Medium;
use crate::domain::gate;
use crate::domain::outbox::{CustomerPost, ManagerPost, OutboxMessage, ThreadPost};
use crate::domain::procedure::{Done, Step};
use crate::domain::proposal::{Choice, Proposal, Remedy};
use crate::domain::running::Stop;
use crate::features::promise::may_be_due;
use crate::kernel::ids::MessageId;
use crate::kernel::people::Grade;
use crate::sla::clocks::ClockKind;

/// The longest words around the remedies, in characters.
pub const LETTER_LIMIT: usize = 1_000;
/// A form holds two remedies.
const MOST: usize = 2;

pub(super) fn propose(
    work: &mut Work<'_>,
    mut remedies: Vec<Remedy>,
    recommended: i64,
    remark: &str,
) -> Result<Done, Refusal> {
    let by = work.staff()?;
    work.open()?;
    let needs = weigh(work, &mut remedies, remark)?.map(|grade| grade.as_str().to_owned());
    let mut kept = Vec::with_capacity(MOST);
    for remedy in remedies.into_iter().take(MOST) {
        if let Some(due) = remedy.due {
            may_be_due(work.now, due)?;
        }
        kept.push(Remedy { what: words(&remedy.what, SHORT)?, ..remedy });
    }
    let remark = few_words(remark)?;
    if kept.is_empty() {
        return Err(Refusal::Blank);
    }
    // With one way only there is nothing to choose from; whoever agrees must know why.
    if kept.len() == 1 && remark.is_empty() {
        return Err(Refusal::OnlyOne);
    }
    if work.complaint.owner.is_none() {
        conversation::claim_by_answering(work, &by);
    }
    let number = i64::try_from(work.complaint.features.procedure.proposals.len()).unwrap_or(i64::MAX) + 1;
    let recommended = recommended.clamp(1, i64::try_from(kept.len()).unwrap_or(1));
    let (agreed_by, sent_at, choice) = (None, None, None);
    let proposal =
        Proposal { number, by, remedies: kept, recommended, remark, needs, agreed_by, sent_at, choice };
    work.emit(Event::Procedure(Step::Proposed { proposal: Box::new(proposal.clone()) }));
    if let Some(role) = &proposal.needs {
        let head_office = role.as_str() == Grade::HeadOffice.as_str();
        work.send(OutboxMessage::ToManagers { post: ManagerPost::ProposalWaits { head_office } });
    } else {
        to_the_customer(work);
    }
    work.refresh_card();
    Ok(shown(work, proposal))
}

/// Among themselves the desk is agreed; now the customer is to have the options, and a plan to be agreed on with them.
fn to_the_customer(work: &mut Work<'_>) {
    work.stop_clock(ClockKind::Consult, Stop::Done);
    if !work.runs(ClockKind::Plan) {
        work.start_clock(ClockKind::Plan, work.now);
    }
}

fn shown(work: &Work<'_>, proposal: Proposal) -> Done {
    Done::Proposal { complaint: work.complaint.id, proposal: Box::new(proposal) }
}

/// The proposal that is talked of; one that a later one replaced is none any more.
fn current(work: &Work<'_>, number: i64) -> Result<Proposal, Refusal> {
    work.complaint.features.procedure.proposal(number).cloned().ok_or(Refusal::Stale)
}

/// Who must agree to it beside what was given in the case before; none: it is covered for whoever asks.
fn weigh(work: &Work<'_>, remedies: &mut [Remedy], remark: &str) -> Result<Option<Grade>, Refusal> {
    gate::weigh(remedies, remark, &work.complaint, work.policy, work.context.rank)
}

pub(super) fn agree(work: &mut Work<'_>, number: i64, away: bool) -> Result<Done, Refusal> {
    let by = work.staff()?;
    work.open()?;
    let proposal = current(work, number)?;
    let needed = proposal.needs.as_deref().and_then(Grade::parse);
    let (Some(needed), None) = (needed, &proposal.agreed_by) else { return Ok(shown(work, proposal)) };
    // What was given in the case since it was proposed counts, too.
    let needed =
        weigh(work, &mut proposal.remedies.clone(), &proposal.remark)?.max(Some(needed)).unwrap_or(needed);
    if work.context.grade().is_none_or(|grade| grade < needed) {
        return Err(Refusal::AgreeOther { role: needed.as_str().to_owned() });
    }
    let own = proposal.by.id == by.id;
    if own && !work.context.is_alone {
        return Err(Refusal::FourEyes { could: Vec::new() });
    }
    work.emit(Event::Procedure(Step::ProposalAgreed { proposal: number, by: by.clone(), alone: own }));
    if own {
        work.send(OutboxMessage::ToManagers { post: ManagerPost::AgreedAlone { by: by.clone() } });
    }
    to_the_customer(work);
    work.refresh_card();
    let agreed = Proposal { agreed_by: Some(by), ..proposal };
    if away {
        let proposal = Box::new(agreed.clone());
        work.send(OutboxMessage::ToThread { post: ThreadPost::ProposalDecided { proposal } });
    }
    Ok(shown(work, agreed))
}

pub(super) fn ask_change(work: &mut Work<'_>, number: i64, text: &str, away: bool) -> Result<Done, Refusal> {
    let by = work.staff()?;
    if current(work, number)?.sent_at.is_some() {
        return Err(Refusal::Stale);
    }
    let text = words(text, SHORT)?;
    if away {
        let (by, text) = (by.clone(), text.clone());
        work.send(OutboxMessage::ToThread { post: ThreadPost::ChangeAsked { by, text } });
    }
    work.emit(Event::Procedure(Step::ChangeAsked { proposal: number, by, text: text.clone() }));
    Ok(Done::ChangeAsked { text })
}

pub(super) fn send(work: &mut Work<'_>, number: i64, text: &str) -> Result<Done, Refusal> {
    let by = work.staff()?;
    work.open()?;
    let proposal = current(work, number)?;
    if !proposal.is_agreed() {
        return Err(Refusal::NotAgreed);
    }
    // The customer is not asked twice.
    if proposal.sent_at.is_some() {
        return Ok(shown(work, proposal));
    }
    let text = words(text, LETTER_LIMIT)?;
    work.emit(Event::Sent { word: Word::Remedies { proposal: number } });
    work.emit(Event::Procedure(Step::RemediesSent { proposal: number, by: by.clone(), text: text.clone() }));
    work.stop_clock(ClockKind::Recorded, Stop::Done);
    work.send(OutboxMessage::ToCustomer { post: CustomerPost::Remedies { proposal: number, by, text } });
    work.refresh_card();
    Ok(shown(work, Proposal { sent_at: Some(work.now), ..proposal }))
}

/// What is chosen is promised; anything else waits for a person like any message.
pub(super) fn choose(
    work: &mut Work<'_>,
    number: i64,
    choice: Choice,
    message: MessageId,
    text: &str,
) -> Result<Done, Refusal> {
    work.customer()?;
    let proposal = current(work, number)?;
    if proposal.sent_at.is_none() {
        return Err(Refusal::Stale);
    }
    // The first word counts; a second press is told the same.
    let choice = match proposal.choice {
        Some(chosen @ Choice::Remedy { .. }) => chosen,
        _ => choice,
    };
    let again = proposal.choice == Some(choice);
    let complaint = work.complaint.number();
    let step = Step::RemedyChosen { proposal: number, choice };
    match choice {
        // Nothing is promised any more once it is resolved; the other two open it again, as a message would.
        Choice::Remedy { .. } if !work.complaint.stage.is_open() => Err(Refusal::Stale),
        Choice::Remedy { remedy } => {
            let remedy = proposal.remedy(remedy).cloned().ok_or(Refusal::Stale)?;
            if !again {
                work.emit(Event::Procedure(step));
                work.stop_clock(ClockKind::Plan, Stop::Done);
                procedure::promise_chosen(work, &proposal, &remedy);
                work.send(OutboxMessage::ToThread {
                    post: ThreadPost::RemedyChosen { remedy: remedy.clone() },
                });
                work.refresh_card();
            }
            Ok(Done::Chosen { number: complaint, remedy: Some(remedy), manager: false })
        }
        Choice::Else => {
            let text = words(text, SHORT)?;
            work.emit(Event::Procedure(step));
            let post = ThreadPost::SomethingElse { text: text.clone() };
            conversation::hear(work, message, text, Default::default(), post);
            Ok(Done::Chosen { number: complaint, remedy: None, manager: false })
        }
        Choice::Manager => {
            // Asked once more while they wait, nothing is new.
            if work.complaint.features.procedure.talk.is_none() {
                talk::ask(work, step, message);
            }
            Ok(Done::Chosen { number: complaint, remedy: None, manager: true })
        }
    }
}

/// A spoken yes counts like a pressed one: it is promised, and the customer gets the record, so that they can say no.
pub(super) fn note_choice(
    work: &mut Work<'_>,
    number: i64,
    remedy: i64,
    (medium, at): (Medium, i64),
    text: &str,
) -> Result<Done, Refusal> {
    let by = work.staff()?;
    work.open()?;
    let proposal = current(work, number)?;
    let chosen = matches!(proposal.choice, Some(Choice::Remedy { .. }));
    if proposal.sent_at.is_none_or(|sent| at < sent) || chosen {
        return Err(Refusal::NoChoice);
    }
    let held = proposal.remedy(remedy).cloned().ok_or(Refusal::NoChoice)?;
    let text = few_words(text)?;
    let step = Step::ChoiceSpoken { proposal: number, remedy, medium, at, by: by.clone(), text };
    work.emit(Event::Procedure(step));
    work.stop_clock(ClockKind::Plan, Stop::Done);
    procedure::promise_chosen(work, &proposal, &held);
    let post = ThreadPost::ChoiceNoted { by: by.clone(), remedy: held.clone(), medium, at };
    work.send(OutboxMessage::ToThread { post });
    work.send(OutboxMessage::ToCustomer { post: CustomerPost::Agreed { by, remedy: held.clone(), medium } });
    work.refresh_card();
    Ok(Done::ChoiceNoted { remedy: held, medium, at })
}
