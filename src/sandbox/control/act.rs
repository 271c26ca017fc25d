//! What a person does, as the page sends it.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use super::asked::{Answered, File, Id, Refused, Told, Where, channel, person};
use super::menu::localised;
use crate::sandbox::{AnswerKind, Place, Sandbox, Say};

fn begun(interaction: Result<u64, String>) -> Answered {
    Ok(Json(json!({ "interaction": interaction?.to_string() })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Command {
    r#as: Id,
    channel: Where,
    name: String,
    #[serde(default)]
    options: BTreeMap<String, Value>,
    #[serde(default)]
    files: BTreeMap<String, File>,
}

pub(super) async fn command(State(sandbox): State<Sandbox>, Told(asked): Told<Command>) -> Answered {
    let who = person(&sandbox, asked.r#as)?;
    let mut files = Vec::with_capacity(asked.files.len());
    for (option, file) in asked.files {
        let (name, bytes) = file.open()?;
        files.push((option, name, bytes));
    }
    let options: Vec<(&str, Value)> =
        asked.options.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    begun(sandbox.command_with_files(who, asked.channel.0, &asked.name, &options, files))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Typing {
    r#as: Id,
    channel: Where,
    name: String,
    #[serde(default)]
    options: BTreeMap<String, Value>,
    focused: String,
}

pub(super) async fn autocomplete(State(sandbox): State<Sandbox>, Told(asked): Told<Typing>) -> Answered {
    let who = person(&sandbox, asked.r#as)?;
    let options: Vec<(&str, Value)> =
        asked.options.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    let id = sandbox.autocomplete(who, asked.channel.0, &asked.name, &options, &asked.focused)?;
    let answer = sandbox.answer(id).await;
    if answer.kind != AnswerKind::Choices {
        return Err(answer.error.unwrap_or_else(|| "no suggestions came".to_owned()).into());
    }
    let locale = sandbox.shared.on(|world| world.users.get(&who).map(|user| user.locale.clone()));
    let locale = locale.unwrap_or_default();
    let choices: Vec<Value> = answer
        .choices
        .iter()
        .map(|choice| json!({ "name": localised(choice, "name", &locale), "value": choice["value"] }))
        .collect();
    Ok(Json(json!({ "choices": choices })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Menu {
    r#as: Id,
    channel: Id,
    message: Id,
    name: String,
}

pub(super) async fn menu(State(sandbox): State<Sandbox>, Told(asked): Told<Menu>) -> Answered {
    let (who, place) = (person(&sandbox, asked.r#as)?, channel(&sandbox, asked.channel)?);
    begun(sandbox.message_menu(who, place, asked.message.0, &asked.name))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Press {
    r#as: Id,
    channel: Id,
    message: Id,
    custom_id: String,
    values: Option<Vec<String>>,
}

pub(super) async fn press(State(sandbox): State<Sandbox>, Told(asked): Told<Press>) -> Answered {
    let (who, place) = (person(&sandbox, asked.r#as)?, channel(&sandbox, asked.channel)?);
    begun(match asked.values {
        None => sandbox.press(who, place, asked.message.0, &asked.custom_id),
        Some(values) => {
            let values: Vec<&str> = values.iter().map(String::as_str).collect();
            sandbox.select(who, place, asked.message.0, &asked.custom_id, &values)
        }
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Submit {
    r#as: Id,
    interaction: Id,
    #[serde(default)]
    values: BTreeMap<String, String>,
}

pub(super) async fn submit(State(sandbox): State<Sandbox>, Told(asked): Told<Submit>) -> Answered {
    let who = person(&sandbox, asked.r#as)?;
    let values: Vec<(&str, &str)> =
        asked.values.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    begun(sandbox.submit(who, asked.interaction.0, &values))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    r#as: Id,
    channel: Option<Id>,
    #[serde(default)]
    dm: bool,
    #[serde(default)]
    text: String,
    #[serde(default)]
    files: Vec<File>,
    reply_to: Option<Id>,
    /// Parts of a message as Discord spells them: a sticker, a poll, a message passed on.
    #[serde(default)]
    extra: Value,
}

pub(super) async fn say(State(sandbox): State<Sandbox>, Told(asked): Told<Words>) -> Answered {
    let who = person(&sandbox, asked.r#as)?;
    let place = match asked.channel {
        _ if asked.dm => Place::Dm,
        Some(id) => Place::Channel(channel(&sandbox, id)?),
        None => return Err(Refused::from("either channel or dm is needed".to_owned())),
    };
    let files = asked.files.into_iter().map(File::open).collect::<Result<Vec<_>, _>>()?;
    let words = Say { text: asked.text, files, reply_to: asked.reply_to.map(|id| id.0), extra: asked.extra };
    let message = sandbox.say(who, place, words)?;
    let channel = match place {
        Place::Channel(id) => Some(id),
        Place::Dm => sandbox.dm_channel(who),
    };
    Ok(Json(json!({ "message": message.to_string(), "channel": channel.map(|id| id.to_string()) })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Change {
    r#as: Id,
    channel: Id,
    message: Id,
    text: String,
}

pub(super) async fn edit(State(sandbox): State<Sandbox>, Told(asked): Told<Change>) -> Answered {
    let (who, place) = (person(&sandbox, asked.r#as)?, channel(&sandbox, asked.channel)?);
    sandbox.edit_message(who, place, asked.message.0, &asked.text)?;
    Ok(Json(json!({})))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Erase {
    r#as: Id,
    channel: Id,
    message: Id,
}

pub(super) async fn erase(State(sandbox): State<Sandbox>, Told(asked): Told<Erase>) -> Answered {
    let (who, place) = (person(&sandbox, asked.r#as)?, channel(&sandbox, asked.channel)?);
    sandbox.delete_message(who, place, asked.message.0)?;
    Ok(Json(json!({})))
}
