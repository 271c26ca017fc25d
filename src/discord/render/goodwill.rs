//! What is shown of something given on top: the record in the thread, and what the customer reads.

use serde_json::{Value, json};

use super::{Style, View, button, cut, no_pings, plain, quoted, row, small};
use crate::discord::custom_id::CustomId;
use crate::domain::complaint::Complaint;
use crate::domain::goodwill::{Done, Goodwill};
use crate::kernel::people::Person;
use crate::text::Words;

/// What it is and what it costs.
fn named(goodwill: &Goodwill, words: &Words) -> String {
    let kind = words.say(&format!("goodwill-{}", goodwill.kind.as_str()), &[]);
    words.goodwill_named(kind, words.dong(goodwill.value))
}

/// How it stands, as staff read it in the thread, where it is the record.
pub fn shown(done: &Done, asker: &Person, words: &Words) -> Value {
    let held = &done.goodwill;
    let heading = words.goodwill_drafted(plain(&held.by.name), named(held, words));
    let (state, rows) = match (&held.agreed_by, held.needs.as_deref()) {
        _ if held.turned_down_at.is_some() => (words.goodwill_turned_down(plain(&asker.name)), Vec::new()),
        (_, Some(role)) if held.waits() => {
            let role = words.say(&format!("authority-{role}"), &[]);
            let agree = CustomId::AgreeGoodwill { complaint: done.complaint, number: held.number };
            let turn_down = CustomId::TurnDownGoodwill { complaint: done.complaint, number: held.number };
            let buttons = vec![
                button(Style::Primary, &words.goodwill_agree_button(), &agree),
                button(Style::Secondary, &words.goodwill_turn_down_button(), &turn_down),
            ];
            (words.goodwill_waits(role), vec![row(buttons)])
        }
        (Some(by), _) if done.alone => (words.goodwill_agreed_alone(plain(&by.name)), Vec::new()),
        (Some(by), _) => (words.goodwill_agreed(plain(&by.name)), Vec::new()),
        (None, _) => (words.goodwill_covered(), Vec::new()),
    };
    let left = words.goodwill_left(words.dong(done.left));
    let text = format!("{heading}\n{}\n{}\n{}", quoted(&plain(&held.text)), small(&state), small(&left));
    json!({ "content": cut(&text, 2_000), "components": rows, "allowed_mentions": no_pings() })
}

/// As the customer reads it, under the name of whoever gives it.
pub fn given(complaint: &Complaint, number: i64, view: &View<'_>) -> String {
    let words = view.words(complaint.lang);
    let held = complaint.goodwill.iter().find(|held| held.number == number);
    held.map_or_else(String::new, |held| {
        let (named, name) = (named(held, words), view.signature(&held.by.name));
        words.customer_goodwill(complaint.number(), named, quoted(&plain(&held.text)), name)
    })
}
