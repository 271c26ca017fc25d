//! The commands a person may use somewhere, in their language.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use super::asked::{Answered, Id, Looked, Where, person};
use crate::sandbox::Sandbox;

/// A name or description in somebody's language, else as it was registered
/// (`interactions/application-commands`, localization).
pub(super) fn localised(held: &Value, key: &str, locale: &str) -> String {
    let words = &held[format!("{key}_localizations")];
    // The two Englishes stand in for each other.
    let other = match locale {
        "en-GB" => "en-US",
        "en-US" => "en-GB",
        other => other,
    };
    let local = words[locale].as_str().or_else(|| words[other].as_str());
    local.or_else(|| held[key].as_str()).unwrap_or_default().to_owned()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Place {
    r#as: Id,
    channel: Where,
}

pub(super) async fn commands(State(sandbox): State<Sandbox>, Looked(asked): Looked<Place>) -> Answered {
    let who = person(&sandbox, asked.r#as)?;
    let (found, locale) = sandbox.shared.on(|world| {
        let place = world.place(who, asked.channel.0)?;
        let locale = world.users.get(&who).map(|user| user.locale.clone()).unwrap_or_default();
        Ok::<_, String>((world.commands_for(who, place), locale))
    })?;
    let list: Vec<Value> =
        found.iter().map(|(path, root, leaf)| command(path, root, leaf, &locale)).collect();
    Ok(Json(json!({ "commands": list })))
}

fn command(path: &str, root: &Value, leaf: &Value, locale: &str) -> Value {
    let mut display = localised(root, "name", locale);
    // A menu's own name may have spaces; a slash command's path has one before its subcommand.
    if root["type"] == 1 && path.contains(' ') {
        display = format!("{display} {}", localised(leaf, "name", locale));
    }
    let options: Vec<Value> =
        leaf["options"].as_array().into_iter().flatten().map(|held| option(held, locale)).collect();
    json!({
        "id": root["id"], "name": path, "display": display, "description": localised(leaf, "description", locale),
        "type": root["type"], "options": options,
    })
}

fn option(held: &Value, locale: &str) -> Value {
    let mut shown = json!({
        "name": held["name"], "display": localised(held, "name", locale),
        "description": localised(held, "description", locale), "type": held["type"],
        "required": held["required"] == true, "autocomplete": held["autocomplete"] == true,
    });
    for limit in ["min_value", "max_value", "min_length", "max_length", "channel_types"] {
        if let Some(limit_value) = held.get(limit).filter(|value| !value.is_null()) {
            shown[limit] = limit_value.clone();
        }
    }
    if let Some(choices) = held["choices"].as_array() {
        shown["choices"] = choices
            .iter()
            .map(|choice| json!({ "name": localised(choice, "name", locale), "value": choice["value"] }))
            .collect();
    }
    shown
}
