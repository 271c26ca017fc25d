//! What is shown of clarifying questions: what may be asked, how the customer is asked, what is known.

use serde_json::{Value, json};

use super::forms::one_box;
use super::{Style, View, button, cut, no_pings, plain, quoted, row, select};
use crate::discord::custom_id::CustomId;
use crate::domain::clarifying::{Done, unknown};
use crate::domain::complaint::{Complaint, Stage};
use crate::kernel::lang::Lang;
use crate::kernel::people::Person;
use crate::text::Words;

/// The select of what may be asked, once a person has read the complaint.
pub fn to_ask(complaint: &Complaint, lang: Lang, view: &View<'_>) -> Option<Value> {
    let unknown = unknown(complaint, view.policy);
    if complaint.stage != Stage::Recorded || unknown.is_empty() {
        return None;
    }
    let options: Vec<(String, String, bool)> =
        unknown.iter().map(|held| (held.id.clone(), held.text(lang).to_owned(), false)).collect();
    Some(row(vec![select(&CustomId::AskQuestion(complaint.id), &view.words(lang).ask_customer(), &options)]))
}

/// What is known and what was asked, a line each; none where nothing is.
pub fn on_card(complaint: &Complaint, words: &Words) -> Option<String> {
    let lines: Vec<String> = complaint
        .clarified
        .iter()
        .map(|held| {
            let question = plain(&cut(&held.text, 120));
            match &held.answer {
                Some(answer) => words.clarified_known(question, plain(&cut(answer, 200))),
                None => words.clarified_asked(question),
            }
        })
        .collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// The customer's form that answers.
pub fn answer(id: &CustomId, words: &Words) -> Value {
    one_box(id, words.answer_title(), words.answer_label(), 500)
}

/// The question in the customer's line, with its button.
pub fn asked(
    complaint: &Complaint,
    number: i64,
    by: &Person,
    text: &str,
    view: &View<'_>,
) -> (String, Value) {
    let words = view.words(complaint.lang);
    let text = words.question_ask(complaint.number(), quoted(&plain(text)), view.signature(&by.name));
    let answer = CustomId::OpenAnswer { complaint: complaint.id, number };
    (text, row(vec![button(Style::Primary, &words.answer_button(), &answer)]))
}

/// What came of it.
pub fn done(done: &Done, asker: &Person, words: &Words) -> Value {
    let text = match done {
        Done::Asked => words.question_sent(),
        // In place of the question: what they said stays before their eyes, and the button goes.
        Done::Answered { number, question, text } => {
            words.question_answered(*number, quoted(&plain(question)), quoted(&plain(text)))
        }
        Done::Noted { question, answer } => {
            words.answer_noted(plain(&asker.name), quoted(&plain(question)), quoted(&plain(answer)))
        }
    };
    json!({ "content": cut(&text, 2_000), "components": [], "allowed_mentions": no_pings() })
}
