//! Forms: one to five text inputs each, since nothing else comes back whole.

use std::fmt::Display;

use serde_json::{Value, json};

use super::body::cut;

/// The one input of most forms.
pub const TEXT: &str = "text";

/// One input of a form.
#[derive(Clone, Debug)]
pub struct Input {
    /// Its stable name.
    pub name: String,
    /// What stands over it, at most 45 characters.
    pub label: String,
    /// What stands in it while it is empty, at most 100 characters.
    pub hint: String,
    /// Whether it is a box of several lines.
    pub long: bool,
    /// Whether it must be filled in.
    pub required: bool,
    /// The most characters it takes.
    pub limit: usize,
    /// What it holds from the start.
    pub value: String,
}

/// A form.
pub fn form(id: &impl Display, title: &str, inputs: &[Input]) -> Value {
    let rows: Vec<Value> = inputs
        .iter()
        .map(|input| {
            let mut held = json!({
                "type": 4,
                "custom_id": input.name,
                "label": cut(&input.label, 45),
                "style": if input.long { 2 } else { 1 },
                "required": input.required,
                "max_length": input.limit,
            });
            if !input.hint.is_empty() {
                held["placeholder"] = json!(cut(&input.hint, 100));
            }
            if !input.value.is_empty() {
                held["value"] = json!(cut(&input.value, input.limit));
            }
            json!({ "type": 1, "components": [held] })
        })
        .collect();
    json!({ "custom_id": id.to_string(), "title": cut(title, 45), "components": rows })
}

/// A form with one box.
pub fn one_box(id: &impl Display, title: String, label: String, limit: usize) -> Value {
    let input = Input {
        name: TEXT.to_owned(),
        label,
        hint: String::new(),
        long: true,
        required: true,
        limit,
        value: String::new(),
    };
    form(id, &title, &[input])
}
