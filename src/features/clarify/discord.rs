//! Clarifying questions on Discord: what may be asked, how the customer is asked, what is known.

use serde_json::{Value, json};

use super::{Command, Question, Refused, Response, State, ToCustomer, ToThread};
use crate::kernel::core::{Core, Stage};
use crate::kernel::ids::{ComplaintId, MessageId};
use crate::kernel::lang::Lang;
use crate::kernel::people::Person;
use crate::kit::body::{Style, Voice, button, cut, echo, no_pings, plain, quoted, row, select};
use crate::kit::command::{Audience, commands};
use crate::kit::custom_id::custom_ids;
use crate::kit::form::one_box;
use crate::kit::option::QuestionWords;
use crate::kit::route::{Given, Post, Route};
use crate::language::fold::is_blank;
use crate::text::{Words, sentences};

commands! {
    /// Its slash commands.
    pub enum Used;

    record "case ask" => Ask { question: QuestionWords, answer: Option<String> },
}

impl Used {
    /// What it asks for: with an answer it is noted, without one the customer is asked.
    pub fn route(self) -> Route<Command, Press> {
        let Self::Ask { question: QuestionWords(question), answer } = self;
        Route::InThread(match answer.filter(|answer| !is_blank(answer)) {
            None => Command::Ask { question },
            Some(answer) => Command::Note { question, answer },
        })
    }
}

custom_ids! {
    /// Its selects, buttons and forms.
    pub enum Press;

    /// Asks the customer what the category needs to know.
    alone "ask-question" => Ask(complaint: ComplaintId),
    /// Opens the customer's form that answers a question.
    alone "open-answer" => OpenAnswer { complaint: ComplaintId, number: i64 },
    /// The customer's form that answers a question.
    in_place "answer" => Answer { complaint: ComplaintId, number: i64 },
}

impl Press {
    /// What it asks for; none where nothing was chosen.
    pub fn route(&self, given: &Given<'_>) -> Option<Route<Command, Self>> {
        Some(match *self {
            Self::Ask(complaint) => {
                Route::Staff(complaint, Command::Ask { question: given.values.first()?.clone() })
            }
            Self::OpenAnswer { complaint, number } => Route::Form(Self::Answer { complaint, number }),
            Self::Answer { complaint, number } => {
                let message = MessageId(given.interaction);
                Route::Customer(complaint, Command::Answer { number, message, text: given.text() })
            }
        })
    }

    /// Whether whoever uses it must know what was said last.
    pub fn settles(&self) -> bool {
        matches!(self, Self::Ask(_))
    }

    /// Whether it is a form, which is sent and not pressed.
    pub fn is_form(&self) -> bool {
        matches!(self, Self::Answer { .. })
    }

    /// The form as it opens, where it is one.
    pub fn form(&self, words: &Words) -> Option<Value> {
        match self {
            Self::Answer { .. } => Some(one_box(self, words.answer_title(), words.answer_label(), 500)),
            Self::Ask(_) | Self::OpenAnswer { .. } => None,
        }
    }
}

sentences! {
    SENTENCES:
    ask_customer();
    card_clarified();
    clarified_known(question, answer);
    clarified_asked(question);
    answer_title();
    answer_label();
    answer_button();
    question_ask(number, question, name);
    question_sent();
    question_asked(name, question);
    question_heard(name, question);
    question_answered(number, question, answer);
    answer_noted(name, question, answer);
}

/// The select of what may be asked, once a person has read the complaint.
pub fn to_ask(
    core: &Core,
    state: &State,
    questions: &[Question],
    lang: Lang,
    words: &Words,
) -> Option<Value> {
    let unknown = state.unknown(questions);
    if core.stage != Stage::Recorded || unknown.is_empty() {
        return None;
    }
    let options: Vec<(String, String, bool)> =
        unknown.iter().map(|held| (held.id.clone(), held.text(lang).to_owned(), false)).collect();
    Some(row(vec![select(&Press::Ask(core.id), &words.ask_customer(), &options)]))
}

/// What is known and what was asked, a line each, under its heading; none where nothing is.
pub fn field(state: &State, words: &Words) -> Option<(String, String)> {
    let line = |held: &super::Clarification| {
        let question = plain(&cut(&held.text, 120));
        match &held.answer {
            Some(answer) => words.clarified_known(question, plain(&cut(answer, 200))),
            None => words.clarified_asked(question),
        }
    };
    let lines: Vec<String> = state.0.iter().map(line).collect();
    (!lines.is_empty()).then(|| (words.card_clarified(), lines.join("\n")))
}

/// What may be asked, as suggestions: value and label.
pub fn suggestions(state: &State, questions: &[Question], lang: Lang) -> Vec<(String, String)> {
    let unknown = state.unknown(questions).into_iter();
    unknown.map(|held| (held.id.clone(), held.text(lang).to_owned())).collect()
}

/// The question in the customer's line, with its button.
pub fn to_customer(post: &ToCustomer, core: &Core, words: &Words, voice: &Voice<'_>) -> (String, Vec<Value>) {
    let ToCustomer { number, by, text } = post;
    let text = words.question_ask(core.number, quoted(&plain(text)), voice.signature(&by.name));
    let answer = Press::OpenAnswer { complaint: core.id, number: *number };
    (text, vec![row(vec![button(Style::Primary, &words.answer_button(), &answer)])])
}

/// What the thread reads; `name` is the customer's.
pub fn to_thread(post: &ToThread, name: &str, words: &Words) -> Post {
    match post {
        ToThread::QuestionAsked { by, text } => {
            Post::Note(words.question_asked(plain(&by.name), quoted(&plain(text))))
        }
        ToThread::QuestionAnswered { question, text } => {
            Post::Heard(words.question_heard(name, plain(question)), text.clone())
        }
    }
}

/// What whoever asked reads, and who else does.
pub fn response(response: &Response, asker: &Person, words: &Words) -> (Audience, Value) {
    let (audience, text) = match response {
        Response::Asked => (Audience::Alone, words.question_sent()),
        // In place of the question: what they said stays before their eyes, and the button goes.
        Response::Answered { number, question, text } => (
            Audience::InPlace,
            words.question_answered(*number, quoted(&plain(question)), quoted(&plain(text))),
        ),
        Response::Noted { question, answer } => (
            Audience::Record,
            words.answer_noted(plain(&asker.name), quoted(&plain(question)), quoted(&plain(answer))),
        ),
    };
    (audience, json!({ "content": cut(&text, 2_000), "components": [], "allowed_mentions": no_pings() }))
}

/// Why nothing is asked.
pub fn refused(refused: &Refused, words: &Words) -> String {
    match refused {
        Refused::NoQuestion { asked } => words.say("refusal-no-question", &[("asked", echo(asked).into())]),
        Refused::AlreadyAsked { question, answer: Some(answer) } => words.say(
            "refusal-already-answered",
            &[("question", echo(question).into()), ("answer", echo(answer).into())],
        ),
        Refused::AlreadyAsked { question, answer: None } => {
            words.say("refusal-already-asked", &[("question", echo(question).into())])
        }
    }
}
