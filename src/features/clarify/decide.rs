//! The rules of clarifying questions: asked by a person, answered by the customer, never asked twice.

use super::{Command, Fact, Message, Question, Refused, Response, State, ToCustomer, ToThread};
use crate::features::decision::{Decision, Effect};
use crate::features::written::{SHORT, words};
use crate::kernel::context::Context;
use crate::kernel::core::Core;
use crate::kernel::ids::MessageId;
use crate::kernel::refused::{self, Common};
use crate::sla::clocks::ClockKind;

type Decided = Decision<Fact, Message, Response>;
type Refusal = refused::Refused<Refused>;

/// Decides on a command; `questions` are those of the complaint's category.
///
/// # Errors
///
/// Why nothing is asked or kept.
pub fn decide(
    core: &Core,
    state: &State,
    command: Command,
    context: &Context,
    questions: &[Question],
) -> Result<Decided, Refusal> {
    let work = Work { core, state, context, questions };
    match command {
        Command::Ask { question } => work.ask(&question),
        Command::Answer { number, message, text } => work.answer(number, message, &text),
        Command::Note { question, answer } => work.note(&question, &answer),
    }
}

struct Work<'a> {
    core: &'a Core,
    state: &'a State,
    context: &'a Context,
    questions: &'a [Question],
}

impl Work<'_> {
    /// A question is a person's word to the customer: whoever waited for one has it.
    fn ask(&self, asked: &str) -> Result<Decided, Refusal> {
        let by = self.core.staff(&self.context.by)?;
        self.core.open()?;
        let question = self.question(asked)?;
        if let Some(held) = self.state.asked(asked) {
            let (question, answer) = (held.text.clone(), held.answer.clone());
            return Err(refused::Refused::Own(Refused::AlreadyAsked { question, answer }));
        }
        let (number, text) = (self.state.next(), question.text(self.core.lang).to_owned());
        let asked = Fact::Asked { number, question: question.id.clone(), text: text.clone(), by: by.clone() };
        let to_thread = ToThread::QuestionAsked { by: by.clone(), text: text.clone() };
        let effects = vec![
            Effect::Take,
            Effect::Message(Message::ToCustomer(ToCustomer { number, by, text })),
            Effect::Fact(asked),
            Effect::StopClock(ClockKind::Recorded),
            Effect::Message(Message::ToThread(to_thread)),
            Effect::Refresh,
        ];
        Ok(Decision { effects, response: Response::Asked })
    }

    fn answer(&self, number: i64, message: MessageId, text: &str) -> Result<Decided, Refusal> {
        self.core.customer(&self.context.by)?;
        let question = self.state.held(number).map(|held| held.text.clone()).ok_or(Common::Stale)?;
        let text = words(text, SHORT)?;
        let answered = Effect::Fact(Fact::Answered { number, text: text.clone() });
        let post =
            Message::ToThread(ToThread::QuestionAnswered { question: question.clone(), text: text.clone() });
        let effects = vec![answered, Effect::Heard { message, text: text.clone(), post }];
        Ok(Decision { effects, response: Response::Answered { number: self.core.number, question, text } })
    }

    /// What the customer said in a message, on the telephone or unasked, so that nobody asks for it.
    fn note(&self, asked: &str, answer: &str) -> Result<Decided, Refusal> {
        let by = self.core.staff(&self.context.by)?;
        let question = self.question(asked)?;
        let answer = words(answer, SHORT)?;
        let (number, text) = match self.state.asked(asked) {
            Some(held) => (held.number, held.text.clone()),
            None => (self.state.next(), question.text(self.core.lang).to_owned()),
        };
        let (question, answered) = (question.id.clone(), answer.clone());
        let noted = Fact::Noted { number, question, text: text.clone(), answer: answered, by };
        let effects = vec![Effect::Fact(noted), Effect::Refresh];
        Ok(Decision { effects, response: Response::Noted { question: text, answer } })
    }

    fn question(&self, asked: &str) -> Result<&Question, Refusal> {
        let held = self.questions.iter().find(|held| held.id == asked);
        held.ok_or_else(|| refused::Refused::Own(Refused::NoQuestion { asked: asked.to_owned() }))
    }
}
