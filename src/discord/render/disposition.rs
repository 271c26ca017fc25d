//! What is shown of withdrawing and merging.

use serde_json::{Value, json};

use super::forms::{Input, TEXT, form};
use super::{channel, cut, no_pings, plain, quoted, row, select};
use crate::discord::custom_id::CustomId;
use crate::domain::complaint::Complaint;
use crate::domain::disposition::Done;
use crate::domain::filing::Medium;
use crate::kernel::core::Twin;
use crate::kernel::people::Person;
use crate::text::Words;

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
        Done::Withdrawn { number, heard: Some(medium), text } => {
            words.withdrawal_noted(name, *number, medium_name(*medium, words), quoted(&plain(text)))
        }
        Done::Withdrawn { number, heard: None, .. } => words.withdrawn(*number),
        Done::Merged { from, into } => words.merged(name, from.number, into.number, place(into)),
    };
    json!({ "content": cut(&text, 2_000), "components": [], "allowed_mentions": no_pings() })
}

/// Where another complaint's thread goes on.
pub fn merged_into(twin: &Twin, words: &Words) -> String {
    words.merged_into(twin.number, place(twin))
}

/// Which complaint is looked after here as well; its words follow.
pub fn merged_from(twin: &Twin, words: &Words) -> String {
    words.merged_from(twin.number, place(twin))
}
