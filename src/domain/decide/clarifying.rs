//! Clarifying questions: asked by a person, answered by the customer, never asked twice.

use super::{SHORT, Work, conversation, words};
use crate::domain::arriving::Word;
use crate::domain::clarifying::{Clarification, Deed, Done, Fact, Question, questions};
use crate::domain::command::{Answer, Refusal};
use crate::domain::event::Event;
use crate::domain::letter::{CustomerPost, Letter, ThreadPost};
use crate::domain::running::Stop;
use crate::kernel::ids::MessageId;
use crate::sla::clocks::ClockKind;

pub(super) fn carry_out(work: &mut Work<'_>, deed: Deed) -> Result<Answer, Refusal> {
    let done = match deed {
        Deed::Ask { question } => ask(work, &question)?,
        Deed::Answer { number, message, text } => answer(work, number, message, &text)?,
        Deed::Note { question, answer } => note(work, &question, &answer)?,
    };
    Ok(Answer::Clarified { done: Box::new(done) })
}

fn question(work: &Work<'_>, asked: &str) -> Result<Question, Refusal> {
    let held = questions(&work.complaint, work.policy).iter().find(|held| held.id == asked);
    held.cloned().ok_or_else(|| Refusal::NoQuestion { asked: asked.to_owned() })
}

fn held<'a>(work: &'a Work<'_>, question: &str) -> Option<&'a Clarification> {
    work.complaint.clarified.iter().find(|held| held.question == question)
}

fn next(work: &Work<'_>) -> i64 {
    i64::try_from(work.complaint.clarified.len()).unwrap_or(i64::MAX) + 1
}

/// A question is a person's word to the customer: whoever waited for one has it.
fn ask(work: &mut Work<'_>, asked: &str) -> Result<Done, Refusal> {
    let by = work.staff()?;
    work.open()?;
    let question = question(work, asked)?;
    if let Some(held) = held(work, asked) {
        let (question, answer) = (held.text.clone(), held.answer.clone());
        return Err(Refusal::AlreadyAsked { question, answer });
    }
    if work.complaint.owner.is_none() {
        conversation::claim_by_answering(work, &by);
    }
    let (number, text) = (next(work), question.text(work.complaint.lang).to_owned());
    let (id, said, asker) = (question.id, text.clone(), by.clone());
    work.emit(Event::Sent { word: Word::Question { number } });
    work.emit(Event::Clarified(Fact::Asked { number, question: id, text: said, by: asker.clone() }));
    work.stop_clock(ClockKind::Recorded, Stop::Done);
    work.send(Letter::ToCustomer { post: CustomerPost::Question { number, by, text: text.clone() } });
    work.send(Letter::ToThread { post: ThreadPost::QuestionAsked { by: asker, text } });
    work.refresh_card();
    Ok(Done::Asked)
}

fn answer(work: &mut Work<'_>, number: i64, message: MessageId, text: &str) -> Result<Done, Refusal> {
    work.customer()?;
    let held = work.complaint.clarified.iter().find(|held| held.number == number);
    let question = held.map(|held| held.text.clone()).ok_or(Refusal::Stale)?;
    let text = words(text, SHORT)?;
    work.emit(Event::Clarified(Fact::Answered { number, text: text.clone() }));
    let post = ThreadPost::QuestionAnswered { question: question.clone(), text: text.clone() };
    conversation::hear(work, message, text.clone(), Default::default(), post);
    Ok(Done::Answered { number: work.complaint.number(), question, text })
}

/// What the customer said in a message, on the telephone or unasked, so that nobody asks for it.
fn note(work: &mut Work<'_>, asked: &str, answer: &str) -> Result<Done, Refusal> {
    let by = work.staff()?;
    let question = question(work, asked)?;
    let answer = words(answer, SHORT)?;
    let (number, text) = match held(work, asked) {
        Some(held) => (held.number, held.text.clone()),
        None => (next(work), question.text(work.complaint.lang).to_owned()),
    };
    let (said, id, question) = (answer.clone(), question.id, text.clone());
    work.emit(Event::Clarified(Fact::Noted { number, question: id, text, answer: said, by }));
    work.refresh_card();
    Ok(Done::Noted { question, answer })
}
