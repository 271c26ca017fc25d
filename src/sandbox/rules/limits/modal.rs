//! Forms. <https://docs.discord.com/developers/components/reference> (text input) and
//! <https://docs.discord.com/developers/interactions/receiving-and-responding> (modal).
//!
//! Narrower than Discord on purpose: one text input in a row and nothing else, since usual client libraries
//! lose what people put into labels, selects, radio groups and file uploads of a form.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{at, items, length, too_long};
use crate::sandbox::rules::FormErrors;

const ROWS: usize = 5;
const TEXT_INPUT_LENGTH: u64 = 4000;

/// Checks the `data` of a callback that opens a form.
pub fn check(data: &Value, errors: &mut FormErrors) {
    let rows = items(&data["components"]);
    if rows.len() > ROWS {
        too_long("data.components", ROWS, errors);
    }
    if data["title"].as_str().is_some_and(|title| title.trim().is_empty()) {
        errors.add("data.title", "BASE_TYPE_REQUIRED", "This field is required");
    }
    let mut custom_ids = BTreeSet::new();
    for (index, row) in rows.iter().enumerate() {
        let path = format!("data.components.{index}");
        if row["type"] != 1 {
            errors.add(
                &path,
                "UNION_TYPE_CHOICES",
                "Value of field \"type\" must be one of (1,): the sandbox takes text inputs only, clients lose the rest.",
            );
            continue;
        }
        let inputs = items(&row["components"]);
        if inputs.len() > 1 {
            errors.add(
                &path,
                "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
                "The specified component exceeds the maximum width",
            );
        }
        for (inner, text_input) in inputs.iter().enumerate() {
            let path = format!("{path}.components.{inner}");
            input(text_input, &path, errors);
            if !custom_ids.insert(text_input["custom_id"].as_str()) {
                errors.add(
                    &at(&path, "custom_id"),
                    "COMPONENT_CUSTOM_ID_DUPLICATED",
                    "Component custom id cannot be duplicated",
                );
            }
        }
    }
}

fn input(input: &Value, path: &str, errors: &mut FormErrors) {
    if input["label"].is_null() {
        errors.add(&at(path, "label"), "BASE_TYPE_REQUIRED", "This field is required");
    }
    let least = input["min_length"].as_u64().unwrap_or(0);
    let most = input["max_length"].as_u64().unwrap_or(TEXT_INPUT_LENGTH);
    if least > most {
        errors.add(
            &at(path, "min_length"),
            "NUMBER_TYPE_MAX",
            format!("int value should be less than or equal to {most}."),
        );
    }
    let prefilled = length(&input["value"]) as u64;
    if prefilled > most {
        errors.add(&at(path, "value"), "BASE_TYPE_MAX_LENGTH", format!("Must be {most} or fewer in length."));
    }
    if prefilled > 0 && prefilled < least {
        errors.add(&at(path, "value"), "BASE_TYPE_MIN_LENGTH", format!("Must be {least} or more in length."));
    }
}
