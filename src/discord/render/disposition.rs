//! What is shown of refusing, withdrawing and merging: forms, what staff agree to, what the customer reads.

use serde_json::{Value, json};

use super::forms::{Input, TEXT, form, one_box};
use super::{Style, View, button, channel, cut, no_pings, plain, quoted, row, select, small};
use crate::discord::custom_id::CustomId;
use crate::domain::complaint::Complaint;
use crate::domain::decide::disposition::REASON_LIMIT;
use crate::domain::disposition::{Done, Twin, WrittenRefusal};
use crate::domain::filing::Medium;
use crate::kernel::ids::ComplaintId;
use crate::kernel::lang::Lang;
use crate::kernel::people::Person;
use crate::text::Words;

/// The inputs of a refusal's form.
pub const REASON: &str = "reason";
/// The law or the term of the contract.
pub const BASIS: &str = "basis";
/// What the customer can do.
pub const RECOURSE: &str = "recourse";

/// The form of a refusal; what the customer can do stands in it already, in their language.
pub fn refuse(complaint: &Complaint, lang: Lang, view: &View<'_>) -> Value {
    let words = view.words(lang);
    let vulnerable = complaint.perhaps_vulnerable();
    let held = complaint.disposition.refusals.last();
    let input = |name: &str, label: String, hint: String, limit: usize, value: Option<String>| Input {
        name: name.to_owned(),
        label,
        hint,
        long: true,
        required: true,
        limit,
        value: value.unwrap_or_default(),
    };
    let basis = held.map(|held| held.basis.clone());
    let recourse =
        held.map_or_else(|| view.words(complaint.lang).recourse_draft(), |held| held.recourse.clone());
    form(
        &CustomId::Refuse(complaint.id),
        &words.refuse_title(),
        &[
            input(
                REASON,
                words.refuse_reason(),
                words.refuse_reason_hint(),
                REASON_LIMIT,
                held.map(|held| held.reason.clone()),
            ),
            Input {
                long: false,
                required: vulnerable,
                ..input(BASIS, words.refuse_basis(), words.refuse_basis_hint(), 300, basis)
            },
            input(RECOURSE, words.refuse_recourse(), String::new(), 500, Some(recourse)),
        ],
    )
}

/// The form that asks for a change of a refusal.
pub fn give_back(id: &CustomId, words: &Words) -> Value {
    one_box(id, words.change_title(), words.change_label(), 500)
}

/// The customer's form against a refusal.
pub fn object(id: &CustomId, words: &Words) -> Value {
    one_box(id, words.object_button(), words.object_label(), 500)
}

/// The customer's form that withdraws a complaint: it asks for nothing but says that this is the last step.
pub fn withdraw(id: &CustomId, words: &Words) -> Value {
    let input = Input {
        name: TEXT.to_owned(),
        label: words.withdraw_label(),
        hint: words.withdraw_hint(),
        long: true,
        required: false,
        limit: 500,
        value: String::new(),
    };
    form(id, &words.withdraw_title(), &[input])
}

/// The select under a customer's list that withdraws one of the open ones.
pub fn choose_withdraw(complaints: &[Complaint], words: &Words) -> Option<Value> {
    let options: Vec<(String, String, bool)> = complaints
        .iter()
        .filter(|held| held.stage.is_open())
        .take(25)
        .map(|held| {
            let matter = held.filed.matter();
            (held.id.0.to_string(), format!("#{} {}", held.number(), cut(&matter, 80)), false)
        })
        .collect();
    let none = options.is_empty();
    (!none).then(|| row(vec![select(&CustomId::ChooseWithdraw, &words.withdraw_choose(), &options)]))
}

/// The name of a way to speak with the desk.
pub fn medium_name(medium: Medium, words: &Words) -> String {
    words.say(&format!("medium-{}", medium.as_str()), &[])
}

/// A complaint as another one's thread names it.
fn place(twin: &Twin) -> String {
    twin.thread.map_or_else(|| format!("#{}", twin.number), channel)
}

/// What came of it, as staff read it in the thread, where it is the record.
pub fn done(done: &Done, asker: &Person, words: &Words) -> Value {
    let name = plain(&asker.name);
    let text = match done {
        Done::Refusal { complaint, refusal, alone } => {
            return refusal_shown(*complaint, refusal, *alone, words);
        }
        Done::RefusalReturned { text } => words.refusal_returned(name, quoted(&plain(text))),
        Done::Objected { number } => words.objection_heard(*number),
        Done::Withdrawn { number, heard: Some(medium), text } => {
            words.withdrawal_noted(name, *number, medium_name(*medium, words), quoted(&plain(text)))
        }
        Done::Withdrawn { number, heard: None, .. } => words.withdrawn(*number),
        Done::Merged { from, into } => words.merged(name, from.number, into.number, place(into)),
    };
    json!({ "content": cut(&text, 2_000), "components": [], "allowed_mentions": no_pings() })
}

/// A refusal in the thread, with what can be done with it now.
fn refusal_shown(complaint: ComplaintId, refusal: &WrittenRefusal, alone: bool, words: &Words) -> Value {
    let mut text = format!("{}\n{}", words.refusal_drafted(plain(&refusal.by.name)), body(refusal, words));
    let number = refusal.number;
    let (state, rows) = match &refusal.agreed_by {
        Some(by) if alone => (words.refusal_agreed_alone(plain(&by.name)), Vec::new()),
        Some(by) => (words.refusal_agreed(plain(&by.name)), Vec::new()),
        None => {
            let agree = CustomId::AgreeRefusal { complaint, refusal: number };
            let change = CustomId::OpenReturnRefusal { complaint, refusal: number };
            let buttons = vec![
                button(Style::Primary, &words.refusal_agree_button(), &agree),
                button(Style::Secondary, &words.change_button(), &change),
            ];
            (words.refusal_waits(), vec![row(buttons)])
        }
    };
    text = format!("{text}\n{}", small(&state));
    json!({ "content": cut(&text, 2_000), "components": rows, "allowed_mentions": no_pings() })
}

fn body(refusal: &WrittenRefusal, words: &Words) -> String {
    let mut text = quoted(&plain(&refusal.reason));
    if !refusal.basis.is_empty() {
        text = format!("{text}\n{}", words.refusal_basis(plain(&refusal.basis)));
    }
    format!("{text}\n{}", plain(&refusal.recourse))
}

/// The refusal as the customer reads it, with the button against it.
pub fn refused(complaint: &Complaint, number: i64, view: &View<'_>) -> (String, Option<Value>) {
    let words = view.words(complaint.lang);
    let Some(refusal) = complaint.disposition.told(number) else {
        return (words.customer_closed(complaint.number()), None);
    };
    let text =
        words.customer_refused(complaint.number(), body(refusal, words), view.signature(&refusal.by.name));
    let object = CustomId::OpenObject(complaint.id);
    (text, Some(row(vec![button(Style::Secondary, &words.object_button(), &object)])))
}

/// Where another complaint's thread goes on.
pub fn merged_into(twin: &Twin, words: &Words) -> String {
    words.merged_into(twin.number, place(twin))
}

/// Which complaint is looked after here as well; its words follow.
pub fn merged_from(twin: &Twin, words: &Words) -> String {
    words.merged_from(twin.number, place(twin))
}
