//! The forms that write talking points: a playbook's slots, and what is new.

use serde_json::Value;

use super::forms::{Input, form};
use crate::discord::custom_id::CustomId;
use crate::domain::playbook::Slot;
use crate::text::Words;

/// The name of the input *What is new*; slots are named as in a playbook.
pub const NEWS: &str = "news";
/// The most characters of *What is new*: it and its heading fit one field.
pub const NEWS_LIMIT: usize = 900;
/// What stands over a slot's input.
pub fn slot_name(slot: Slot, words: &Words) -> String {
    match slot {
        Slot::Area => words.slot_area(),
        Slot::Since => words.slot_since(),
        Slot::NextUpdate => words.slot_next_update(),
    }
}

/// How a slot is written.
pub fn slot_hint(slot: Slot, words: &Words) -> String {
    match slot {
        Slot::Area => words.slot_area_hint(),
        Slot::Since => words.slot_since_hint(),
        Slot::NextUpdate => words.slot_next_update_hint(),
    }
}

/// An input of a form: a slot, with what it holds from the start.
pub fn slot_input(slot: Slot, value: String, area_limit: usize, words: &Words) -> Input {
    Input {
        name: slot.as_str().to_owned(),
        label: slot_name(slot, words),
        hint: slot_hint(slot, words),
        long: false,
        required: true,
        limit: if slot == Slot::Area { area_limit } else { 40 },
        value,
    }
}

/// The form of a new incident, or of its next version where `incident` is one.
pub fn slots_form(
    id: &CustomId,
    heading: &str,
    mut inputs: Vec<Input>,
    asks_news: bool,
    words: &Words,
) -> Value {
    if asks_news {
        inputs.push(Input {
            name: NEWS.to_owned(),
            label: words.slot_news(),
            hint: words.slot_news_hint(),
            long: true,
            required: true,
            limit: NEWS_LIMIT,
            value: String::new(),
        });
    }
    form(id, heading, &inputs)
}
