//! Clarifying questions: what a category needs to know, asked by a person with one press, answered with one text, and kept
//! so that nobody asks it twice.

mod config;
mod decide;
pub mod discord;
mod record;

use serde::{Deserialize, Serialize};

use crate::features::authority::Said;
use crate::kernel::ids::MessageId;
use crate::kernel::lang::Lang;
use crate::kernel::people::Person;

pub use config::questions;
pub use decide::decide;
pub use record::{Asked, line, table};

/// Something that a category needs to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Its stable name, unique within its category.
    pub id: String,
    /// How the customer is asked in Vietnamese.
    pub vi: String,
    /// How they are asked in English.
    pub en: String,
}

impl Question {
    /// How the customer is asked.
    pub fn text(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }
}

/// What was asked of one complaint, or came up unasked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clarification {
    /// Counts those of a complaint from 1.
    pub number: i64,
    /// The question's stable name.
    pub question: String,
    /// The question as the customer read it.
    pub text: String,
    /// The answer.
    pub answer: Option<String>,
}

/// What was asked of one complaint, by number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct State(Vec<Clarification>);

/// One fact, as the journal holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "clarifying", rename_all = "kebab-case")]
pub enum Fact {
    /// A person asked the customer.
    Asked {
        /// Counts those of a complaint from 1.
        number: i64,
        /// The question's stable name.
        question: String,
        /// As the customer reads it.
        text: String,
        /// Who asks.
        by: Person,
    },
    /// The customer answered.
    Answered {
        /// Which.
        number: i64,
        /// Their words.
        text: String,
    },
    /// A member of staff wrote down what the customer had said.
    Noted {
        /// Counts those of a complaint from 1; one that was asked keeps its number.
        number: i64,
        /// The question's stable name.
        question: String,
        /// The question.
        text: String,
        /// The answer.
        answer: String,
        /// Who wrote it down.
        by: Person,
    },
}

/// What people ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Ask the customer.
    Ask {
        /// The question's stable name.
        question: String,
    },
    /// The customer answers.
    Answer {
        /// Which.
        number: i64,
        /// The form it came with, which stands for a message.
        message: MessageId,
        /// Their words.
        text: String,
    },
    /// Write down what the customer said.
    Note {
        /// The question's stable name.
        question: String,
        /// What they said.
        answer: String,
    },
}

/// What is brought to Discord.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// The customer is asked.
    ToCustomer(ToCustomer),
    /// The thread is told.
    ToThread(ToThread),
}

/// What the customer is asked: something that the desk needs to know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToCustomer {
    /// Which of what was asked.
    pub number: i64,
    /// Who asks.
    pub by: Person,
    /// What.
    pub text: String,
}

impl ToCustomer {
    /// The person's words in it.
    pub fn said(&self) -> Said {
        Said::talk(&self.text)
    }
}

/// What the desk thread is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "post", rename_all = "kebab-case")]
pub enum ToThread {
    /// A person asked the customer something.
    QuestionAsked {
        /// Who.
        by: Person,
        /// What.
        text: String,
    },
    /// The customer answered a question.
    QuestionAnswered {
        /// The question.
        question: String,
        /// Their words.
        text: String,
    },
}

/// One question of a complaint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Which {
    /// Its number.
    pub number: i64,
}

/// What the asking person is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "clarifying", rename_all = "kebab-case")]
pub enum Response {
    /// The question is on its way.
    Asked,
    /// The answer is in.
    Answered {
        /// The complaint's number.
        number: i64,
        /// The question.
        question: String,
        /// The answer.
        text: String,
    },
    /// It is written down.
    Noted {
        /// The question.
        question: String,
        /// The answer.
        answer: String,
    },
}

/// Why nothing is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "refusal", rename_all = "kebab-case")]
pub enum Refused {
    /// There is no such question for this category.
    NoQuestion {
        /// What was asked for.
        asked: String,
    },
    /// It was asked before.
    AlreadyAsked {
        /// The question.
        question: String,
        /// The answer, if it has come.
        answer: Option<String>,
    },
}

impl Command {
    /// Whether it is what a customer says.
    pub fn is_said(&self) -> bool {
        matches!(self, Self::Answer { .. })
    }

    /// Whether it goes to the customer, so that whoever gives it must know what was said last.
    pub fn settles(&self) -> bool {
        matches!(self, Self::Ask { .. })
    }

    /// The same where the complaint is looked after now, with what was asked there. A question that is not known there has no
    /// number: 0.
    pub fn moved(self, here: &State, there: &State) -> Self {
        match self {
            Self::Answer { number, message, text } => {
                let question = here.held(number).map(|held| &held.question);
                let same = there.0.iter().find(|other| Some(&other.question) == question);
                Self::Answer { number: same.map_or(0, |other| other.number), message, text }
            }
            other => other,
        }
    }
}

impl Fact {
    /// The question that goes to the customer by it, as an answer of the desk.
    pub fn asks(&self) -> Option<Which> {
        match self {
            Self::Asked { number, .. } => Some(Which { number: *number }),
            Self::Answered { .. } | Self::Noted { .. } => None,
        }
    }

    /// The question that goes nowhere any more: they said it meanwhile.
    pub fn settles(&self) -> Option<Which> {
        match self {
            Self::Answered { number, .. } | Self::Noted { number, .. } => Some(Which { number: *number }),
            Self::Asked { .. } => None,
        }
    }
}

impl State {
    /// Whether nothing was asked and nothing is known.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn held(&self, number: i64) -> Option<&Clarification> {
        self.0.iter().find(|held| held.number == number)
    }

    fn asked(&self, question: &str) -> Option<&Clarification> {
        self.0.iter().find(|held| held.question == question)
    }

    fn next(&self) -> i64 {
        i64::try_from(self.0.len()).unwrap_or(i64::MAX) + 1
    }

    /// What of a category's questions nobody has asked or heard yet.
    pub fn unknown<'a>(&self, questions: &'a [Question]) -> Vec<&'a Question> {
        questions.iter().filter(|question| self.asked(&question.id).is_none()).collect()
    }

    /// Whether an answer is known, so that nobody needs to be asked.
    pub fn is_answered(&self, number: i64) -> bool {
        self.held(number).is_some_and(|held| held.answer.is_some())
    }

    /// Whether what a message asks is decided or overtaken.
    pub fn is_over(&self, prompt: Which) -> bool {
        self.held(prompt.number).is_none_or(|held| held.answer.is_some())
    }

    /// Takes in a fact.
    pub fn apply(&mut self, fact: &Fact) {
        match fact {
            Fact::Asked { number, question, text, .. } => self.0.push(Clarification {
                number: *number,
                question: question.clone(),
                text: text.clone(),
                answer: None,
            }),
            Fact::Answered { number, text } => self.answer(*number, text),
            Fact::Noted { number, question, text, answer, .. } => {
                if self.held(*number).is_none() {
                    let (question, text) = (question.clone(), text.clone());
                    self.0.push(Clarification { number: *number, question, text, answer: None });
                }
                self.answer(*number, answer);
            }
        }
    }

    fn answer(&mut self, number: i64, answer: &str) {
        if let Some(held) = self.0.iter_mut().find(|held| held.number == number) {
            held.answer = Some(answer.to_owned());
        }
    }

    /// Takes over what is known of another complaint of the same matter, so that nobody asks it again.
    pub fn inherit(&mut self, other: &Self) {
        for theirs in &other.0 {
            match self.0.iter_mut().find(|held| held.question == theirs.question) {
                Some(mine) if mine.answer.is_none() => mine.answer.clone_from(&theirs.answer),
                Some(_) => {}
                None => self.0.push(Clarification { number: self.next(), ..theirs.clone() }),
            }
        }
    }
}
