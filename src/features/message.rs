//! The messages of all capabilities: what a customer, the desk thread and managers are told, and what of it asks somebody to decide.

use serde::{Deserialize, Serialize};

use super::authority::Said;
use super::{clarify, goodwill, promise, rejection};
use crate::kernel::nested::{merged, nested};
use crate::kernel::people::{Grade, Person};
use crate::sla::clocks::{ANSWER, ClockKind};

/// What a capability's decision brings to Discord.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// The customer is told.
    ToCustomer(ToCustomer),
    /// The desk thread is told.
    ToThread(ToThread),
    /// Managers are told.
    ToManagers(ToManagers),
    /// Head office is told that this person agreed to their own.
    AgreedAlone(Person),
}

/// What a customer is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", tag = "post", rename_all = "kebab-case")]
pub enum ToCustomer {
    /// A question.
    Question(clarify::ToCustomer),
    /// A rejection.
    Refused(rejection::Which),
    /// What is given on top.
    Goodwill(goodwill::ToCustomer),
    /// Of a promise.
    #[serde(skip)]
    Promise(promise::ToCustomer),
}

nested! { ToCustomer::Promise(promise::ToCustomer); }

/// What the desk thread is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ToThread {
    /// What was asked or answered.
    Clarify(clarify::ToThread),
    /// What became of a rejection.
    Reject(rejection::ToThread),
}

merged! { ToThread { Clarify(clarify::ToThread), Reject(rejection::ToThread) } }

/// What managers are told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ToManagers {
    /// Of a rejection.
    Reject(rejection::ToManagers),
    /// Of something given on top.
    Goodwill(goodwill::ToManagers),
}

merged! { ToManagers { Reject(rejection::ToManagers), Goodwill(goodwill::ToManagers) } }

/// Which message to a customer, without its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", tag = "word", rename_all = "kebab-case")]
pub enum Word {
    /// A question.
    Question(clarify::Which),
    /// A rejection.
    Refusal(rejection::Which),
    /// What is given on top.
    Goodwill(goodwill::ToCustomer),
    /// Of a promise.
    #[serde(skip)]
    Promise(promise::Word),
}

nested! { Word::Promise(promise::Word); }

/// What a message with buttons asks somebody to decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "asks", rename_all = "kebab-case")]
pub enum Prompt {
    /// The customer: to answer a question.
    Question(clarify::Which),
    /// Managers: to agree to a rejection.
    Refusal(rejection::Which),
    /// Managers: to agree to something given on top.
    Goodwill(goodwill::Prompt),
}

impl ToCustomer {
    /// Which word it is, which is to arrive; none: nobody tells it otherwise if it does not.
    pub fn word(&self) -> Option<Word> {
        match self {
            Self::Question(post) => Some(Word::Question(clarify::Which { number: post.number })),
            Self::Refused(post) => Some(Word::Refusal(*post)),
            Self::Goodwill(post) => Some(Word::Goodwill(post.clone())),
            Self::Promise(post) => Some(Word::Promise(post.word())),
        }
    }

    /// What it asks the customer.
    pub fn prompt(&self) -> Option<Prompt> {
        match self {
            Self::Question(post) => Some(Prompt::Question(clarify::Which { number: post.number })),
            Self::Refused(_) | Self::Goodwill(_) | Self::Promise(_) => None,
        }
    }

    /// Whether it is a person who says it, and not the program.
    pub fn is_a_persons(&self) -> bool {
        match self {
            Self::Promise(post) => post.is_a_persons(),
            Self::Question(_) | Self::Refused(_) | Self::Goodwill(_) => true,
        }
    }

    /// A person's words in it that were not held against the table of authority before.
    pub fn said(&self) -> Option<Said> {
        match self {
            Self::Question(post) => Some(post.said()),
            Self::Promise(post) => post.said(),
            // Drafted before, and passed then.
            Self::Refused(_) | Self::Goodwill(_) => None,
        }
    }
}

impl Word {
    /// The clocks that end once the customer has it.
    pub fn ends(&self) -> &'static [ClockKind] {
        match self {
            Self::Question(_) => &ANSWER,
            Self::Refusal(_) => &rejection::ENDS,
            Self::Goodwill(_) | Self::Promise(_) => &[],
        }
    }

    /// Whether the next word of the desk is due anew from it on.
    pub fn keeps_posted(&self) -> bool {
        match self {
            Self::Question(_) => true,
            Self::Promise(word) => word.keeps_posted(),
            Self::Refusal(_) | Self::Goodwill(_) => false,
        }
    }

    /// Whether it tells of the end of the complaint.
    pub fn tells_the_end(&self) -> bool {
        match self {
            Self::Refusal(_) => true,
            Self::Question(_) | Self::Goodwill(_) | Self::Promise(_) => false,
        }
    }
}

impl Prompt {
    /// Whether it is the customer who is asked.
    pub fn is_for_the_customer(&self) -> bool {
        match self {
            Self::Question(_) => true,
            Self::Refusal(_) | Self::Goodwill(_) => false,
        }
    }
}

impl ToThread {
    /// Whether it is for the owner.
    pub fn is_for_the_owner(&self) -> bool {
        match self {
            Self::Clarify(post) => matches!(post, clarify::ToThread::QuestionAnswered { .. }),
            Self::Reject(rejection::ToThread::Objected { .. }) => true,
        }
    }
}

impl ToManagers {
    /// Who is asked.
    pub fn asks(&self) -> Grade {
        match self {
            Self::Goodwill(goodwill::ToManagers::Waits { head_office: true }) => Grade::HeadOffice,
            Self::Goodwill(_) | Self::Reject(_) => Grade::Manager,
        }
    }
}
