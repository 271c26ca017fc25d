//! Clarifying questions: what a category needs to know, asked by a person with one press, answered with one text, and kept
//! so that nobody asks it twice. Derived from the journal like everything else.

use serde::{Deserialize, Serialize};

use super::complaint::Complaint;
use super::policy::Policy;
use crate::kernel::ids::MessageId;
use crate::kernel::lang::Lang;
use crate::kernel::people::Person;

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
pub enum Deed {
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

/// What the asking person is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "clarifying", rename_all = "kebab-case")]
pub enum Done {
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

/// What a complaint's category may ask: that of what a person said it is, else of what its words point to.
pub fn questions<'a>(complaint: &Complaint, policy: &'a Policy) -> &'a [Question] {
    let category = complaint.likely_category().and_then(|id| policy.category(id));
    category.map(|category| category.questions.as_slice()).unwrap_or_default()
}

/// What of that nobody has asked or heard yet.
pub fn unknown<'a>(complaint: &Complaint, policy: &'a Policy) -> Vec<&'a Question> {
    let asked = |question: &&Question| complaint.clarified.iter().any(|held| held.question == question.id);
    questions(complaint, policy).iter().filter(|question| !asked(question)).collect()
}

/// Takes over what is known of another complaint of the same matter, so that nobody asks it again.
pub(super) fn take_over(held: &mut Vec<Clarification>, other: &[Clarification]) {
    for theirs in other {
        match held.iter_mut().find(|held| held.question == theirs.question) {
            Some(mine) if mine.answer.is_none() => mine.answer.clone_from(&theirs.answer),
            Some(_) => {}
            None => {
                let number = i64::try_from(held.len()).unwrap_or(i64::MAX) + 1;
                held.push(Clarification { number, ..theirs.clone() });
            }
        }
    }
}

/// The number that a question has where its complaint is looked after now; 0, which none has, where it is not known there.
pub fn same(held: &[Clarification], number: i64, there: &[Clarification]) -> i64 {
    let question = held.iter().find(|held| held.number == number).map(|held| &held.question);
    let same = there.iter().find(|other| Some(&other.question) == question);
    same.map_or(0, |other| other.number)
}

/// Takes a fact in.
pub(super) fn apply(held: &mut Vec<Clarification>, fact: &Fact) {
    match fact {
        Fact::Asked { number, question, text, .. } => held.push(Clarification {
            number: *number,
            question: question.clone(),
            text: text.clone(),
            answer: None,
        }),
        Fact::Answered { number, text } => {
            if let Some(held) = held.iter_mut().find(|held| held.number == *number) {
                held.answer = Some(text.clone());
            }
        }
        Fact::Noted { number, question, text, answer, .. } => {
            if !held.iter().any(|held| held.number == *number) {
                let (question, text) = (question.clone(), text.clone());
                held.push(Clarification { number: *number, question, text, answer: None });
            }
            if let Some(held) = held.iter_mut().find(|held| held.number == *number) {
                held.answer = Some(answer.clone());
            }
        }
    }
}
