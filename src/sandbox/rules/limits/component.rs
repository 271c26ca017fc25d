//! Buttons, selects and their rows in messages.
//! <https://docs.discord.com/developers/components/reference> (action row, button, string select).

use std::collections::BTreeSet;

use serde_json::Value;

use super::{at, items, length, too_long};
use crate::sandbox::rules::FormErrors;

/// Action rows of a message of the first version.
const ROWS: usize = 5;
/// Components of a message of the second version, inner ones counted.
const IN_ALL: usize = 40;
/// Characters of all texts of a message of the second version.
const TEXT_IN_ALL: usize = 4000;
const ROW: u64 = 1;
const BUTTON: u64 = 2;
const STRING_SELECT: u64 = 3;
const TEXT: u64 = 10;

/// Checks a message's components.
pub fn check(components: &Value, path: &str, second_version: bool, errors: &mut FormErrors) {
    let top = items(components);
    if !second_version {
        if top.len() > ROWS {
            too_long(path, ROWS, errors);
        }
        for (index, component) in top.iter().enumerate() {
            if kind(component) != ROW {
                errors.add(
                    &at(path, index),
                    "UNION_TYPE_CHOICES",
                    "Value of field \"type\" must be one of (1,): only MessageFlags.IS_COMPONENTS_V2 allows more.",
                );
            }
        }
    }
    let mut seen = Seen::default();
    for (index, component) in top.iter().enumerate() {
        walk(component, &at(path, index), &mut seen, errors);
    }
    if seen.count > IN_ALL {
        errors.add(
            path,
            "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
            "The total number of components cannot exceed 40",
        );
    }
    if seen.text > TEXT_IN_ALL {
        errors.add(
            path,
            "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
            format!("The total displayable text size exceeds maximum size of {TEXT_IN_ALL}"),
        );
    }
}

#[derive(Default)]
struct Seen {
    custom_ids: BTreeSet<String>,
    count: usize,
    text: usize,
}

fn kind(component: &Value) -> u64 {
    component["type"].as_u64().unwrap_or(0)
}

fn walk(component: &Value, path: &str, seen: &mut Seen, errors: &mut FormErrors) {
    seen.count += 1;
    match kind(component) {
        ROW => row(component, path, errors),
        BUTTON => button(component, path, errors),
        3 | 5..=8 => select(component, path, errors),
        TEXT => seen.text += length(&component["content"]),
        _ => {}
    }
    if let Some(custom_id) = component["custom_id"].as_str()
        && !seen.custom_ids.insert(custom_id.to_owned())
    {
        errors.add(
            &at(path, "custom_id"),
            "COMPONENT_CUSTOM_ID_DUPLICATED",
            "Component custom id cannot be duplicated",
        );
    }
    for (index, inner) in items(&component["components"]).iter().enumerate() {
        walk(inner, &format!("{path}.components.{index}"), seen, errors);
    }
    if component["accessory"].is_object() {
        walk(&component["accessory"], &at(path, "accessory"), seen, errors);
    }
}

/// Up to five buttons, or one select.
fn row(row: &Value, path: &str, errors: &mut FormErrors) {
    let inner = items(&row["components"]);
    let selects = inner.iter().filter(|component| kind(component) != BUTTON).count();
    if selects > 1 || selects == 1 && inner.len() > 1 {
        errors.add(
            path,
            "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
            "The specified component exceeds the maximum width",
        );
    }
}

fn button(button: &Value, path: &str, errors: &mut FormErrors) {
    let has = |field: &str| !button[field].is_null();
    let mut wrong = |field: &str, code: &str, message: &str| errors.add(&at(path, field), code, message);
    match button["style"].as_u64() {
        Some(5) => {
            if !has("url") {
                wrong("url", "BUTTON_COMPONENT_URL_REQUIRED", "A url is required");
            }
            if has("custom_id") {
                wrong(
                    "custom_id",
                    "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
                    "A custom id and url cannot both be specified",
                );
            }
        }
        Some(6) => {
            if !has("sku_id") {
                wrong("sku_id", "BASE_TYPE_REQUIRED", "This field is required");
            }
        }
        _ => {
            if !has("custom_id") {
                wrong("custom_id", "BUTTON_COMPONENT_CUSTOM_ID_REQUIRED", "A custom id is required");
            }
            if has("url") {
                wrong(
                    "url",
                    "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
                    "A custom id and url cannot both be specified",
                );
            }
        }
    }
    let has_label = button["label"].as_str().is_some_and(|label| !label.trim().is_empty());
    if !has_label && !has("emoji") && button["style"] != 6 {
        wrong("label", "BUTTON_COMPONENT_INVALID_LABEL", "A button must have a label or an emoji");
    }
}

fn select(select: &Value, path: &str, errors: &mut FormErrors) {
    let least = select["min_values"].as_u64().unwrap_or(1);
    let most = select["max_values"].as_u64().unwrap_or(1);
    if least > most {
        errors.add(
            &at(path, "min_values"),
            "NUMBER_TYPE_MAX",
            format!("int value should be less than or equal to {most}."),
        );
    }
    if kind(select) != STRING_SELECT {
        return;
    }
    let options = items(&select["options"]);
    if most > options.len() as u64 {
        errors.add(
            &at(path, "max_values"),
            "NUMBER_TYPE_MAX",
            format!("int value should be less than or equal to {}.", options.len()),
        );
    }
    let mut values = BTreeSet::new();
    for (index, option) in options.iter().enumerate() {
        if !values.insert(option["value"].as_str()) {
            errors.add(
                &format!("{path}.options.{index}.value"),
                "COMPONENT_OPTION_VALUE_DUPLICATED",
                "The specified option value is already used",
            );
        }
    }
    let chosen = options.iter().filter(|option| option["default"] == true).count() as u64;
    if chosen > most {
        errors.add(
            &at(path, "options"),
            "COMPONENT_OPTION_DEFAULT_EXCEEDED",
            "Too many options are the default",
        );
    }
}
