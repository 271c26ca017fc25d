//! What can be seen: the world, a person's channels and messages, what became of an interaction, the record.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::asked::{Answered, Id, Looked, Refused, channel, person};
use crate::sandbox::answer::full;
use crate::sandbox::world::{Channel, Guild, Message, World, kind};
use crate::sandbox::{AnswerKind, Sandbox, TranscriptOptions};

/// Messages in one answer.
const MOST: usize = 100;

pub(super) async fn state(State(sandbox): State<Sandbox>) -> Answered {
    let clock = json!({ "now_ms": sandbox.clock.now(), "speed": sandbox.clock.speed() });
    let connected = sandbox.is_connected();
    Ok(Json(sandbox.shared.on(|world| {
        let name = world.users.get(&world.bot).map(|bot| bot.name.clone());
        let guilds: Vec<Value> = world.guilds.values().map(|held| guild(world, held)).collect();
        json!({
            "clock": clock, "guilds": guilds,
            "bot": { "id": world.bot.to_string(), "name": name, "connected": connected },
        })
    })))
}

fn guild(world: &World, held: &Guild) -> Value {
    let roles: Vec<Value> = held
        .roles
        .values()
        .map(|role| json!({ "id": role.id.to_string(), "name": role.name, "color": 0, "position": role.position }))
        .collect();
    let people = held.members.iter().filter_map(|(id, member)| Some((world.users.get(id)?, member)));
    let members: Vec<Value> = people
        .map(|(user, member)| {
            let roles: Vec<String> = member.roles.iter().map(ToString::to_string).collect();
            json!({
                "id": user.id.to_string(), "name": user.name, "roles": roles, "locale": user.locale,
                "dms_open": user.dms_open, "avatar": null, "label": user.label,
            })
        })
        .collect();
    json!({ "id": held.id.to_string(), "name": held.name, "roles": roles, "members": members })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Looker {
    r#as: Id,
}

pub(super) async fn view(State(sandbox): State<Sandbox>, Looked(asked): Looked<Looker>) -> Answered {
    let who = person(&sandbox, asked.r#as)?;
    Ok(Json(sandbox.shared.on(|world| {
        let seen = world.channels.values().filter(|held| world.sees(who, held.id));
        let channels: Vec<Value> = seen.map(|held| entry(world, who, held)).collect();
        json!({ "channels": channels })
    })))
}

fn entry(world: &World, who: u64, held: &Channel) -> Value {
    let bot = || world.users.get(&world.bot).map(|bot| bot.name.clone()).unwrap_or_default();
    let name = if held.kind == kind::DIRECT { bot() } else { held.name.clone() };
    let count = world.messages.get(&held.id).into_iter().flat_map(BTreeMap::values);
    let count = count.filter(|message| !message.deleted && message.ephemeral_for.is_none()).count();
    let text = |id: Option<u64>| id.map(|id| id.to_string());
    json!({
        "id": held.id.to_string(), "guild_id": text(held.guild), "type": held.kind, "name": name,
        "parent_id": text(held.parent), "message_count": count, "last_message_id": text(held.last_message),
        "archived": held.thread.as_ref().is_some_and(|thread| thread.archived),
        "locked": held.thread.as_ref().is_some_and(|thread| thread.locked),
        "unread": world.is_unread(who, held.id),
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Page {
    r#as: Id,
    channel: Id,
    limit: Option<usize>,
    before: Option<Id>,
}

pub(super) async fn messages(State(sandbox): State<Sandbox>, Looked(asked): Looked<Page>) -> Answered {
    let (who, place) = (person(&sandbox, asked.r#as)?, channel(&sandbox, asked.channel)?);
    let limit = asked.limit.unwrap_or(50).clamp(1, MOST);
    sandbox.shared.on(|world| {
        if !world.sees(who, place) {
            return Err(Refused::from("this person does not see that channel".to_owned()));
        }
        if asked.before.is_none() {
            world.mark_read(who, place);
        }
        let before = asked.before.map_or(u64::MAX, |id| id.0);
        let seen = world.seen_messages(who, place).into_iter().filter(|held| held.id < before);
        let mut list: Vec<Value> = seen.map(|held| shown(world, held)).collect();
        list.extend(starter(world, place).filter(|_| place < before));
        // The message a thread hangs from is older than everything in it.
        list.sort_by_key(number);
        let excess = list.len().saturating_sub(limit);
        list.drain(..excess);
        Ok(Json(json!({ "messages": list })))
    })
}

fn number(message: &Value) -> u64 {
    message["id"].as_str().and_then(|id| id.parse().ok()).unwrap_or_default()
}

fn shown(world: &World, held: &Message) -> Value {
    let mut value = full(world, held);
    value["deleted"] = json!(held.deleted);
    value
}

/// What people see at the top of a thread: the message it hangs from (`resources/message`, type 21).
fn starter(world: &World, thread: u64) -> Option<Value> {
    let held = world.channels.get(&thread).filter(|held| held.is_thread())?;
    let from = world.message(held.parent?, thread)?;
    let mut value = shown(world, from);
    let whole = value.clone();
    for (key, part) in [
        ("type", json!(21)),
        ("channel_id", json!(thread.to_string())),
        ("content", json!("")),
        ("embeds", json!([])),
        ("components", json!([])),
        ("attachments", json!([])),
        ("edited_timestamp", Value::Null),
        ("edited", json!(false)),
        (
            "message_reference",
            json!({ "message_id": thread.to_string(), "channel_id": from.channel.to_string() }),
        ),
        ("referenced_message", whole),
    ] {
        value[key] = part;
    }
    Some(value)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Outcome {
    id: Id,
    #[serde(default)]
    wait: u8,
}

pub(super) async fn interaction(State(sandbox): State<Sandbox>, Looked(asked): Looked<Outcome>) -> Answered {
    let id = asked.id.0;
    if !sandbox.shared.on(|world| world.interactions.contains_key(&id)) {
        return Err(Refused::missing("interaction"));
    }
    let answer = if asked.wait == 0 { sandbox.answer_now(id) } else { sandbox.answer(id).await };
    let state = match answer.kind {
        AnswerKind::Pending => "pending",
        AnswerKind::Message => "message",
        AnswerKind::Update => "updated",
        AnswerKind::Form => "modal",
        AnswerKind::Deferred => "deferred",
        AnswerKind::Choices => "choices",
        AnswerKind::Failed => "failed",
    };
    let mut value = json!({ "id": id.to_string(), "state": state });
    if let Some(form) = answer.form {
        value["modal"] = form;
    }
    if let Some(message) = answer.message {
        value["message"] = message;
        value["ephemeral"] = json!(answer.ephemeral);
    }
    if answer.kind == AnswerKind::Choices {
        value["choices"] = json!(answer.choices);
    }
    if let Some(error) = answer.error {
        value["error"] = json!(error);
    }
    Ok(Json(value))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Record {
    format: Option<String>,
    r#as: Option<Id>,
}

pub(super) async fn transcript(
    State(sandbox): State<Sandbox>,
    Looked(asked): Looked<Record>,
) -> Result<Response, Refused> {
    let seen_by = asked.r#as.map(|id| person(&sandbox, id)).transpose()?;
    let options = TranscriptOptions { seen_by, ..TranscriptOptions::default() };
    match asked.format.as_deref() {
        None | Some("text") => {
            let plain = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
            Ok((plain, sandbox.transcript(options)).into_response())
        }
        Some("json") => {
            let entries: Vec<Value> = sandbox
                .transcript_entries(options)
                .into_iter()
                .map(|(at_ms, text)| json!({ "at_ms": at_ms, "text": text }))
                .collect();
            Ok(Json(json!({ "entries": entries })).into_response())
        }
        Some(other) => Err(format!("“{other}” is neither text nor json").into()),
    }
}

pub(super) async fn calls(State(sandbox): State<Sandbox>) -> Answered {
    let calls = sandbox.calls();
    let mut by_route: BTreeMap<String, usize> = BTreeMap::new();
    for call in &calls {
        *by_route.entry(format!("{} {}", call.method, call.route)).or_default() += 1;
    }
    let list: Vec<Value> = calls
        .iter()
        .map(|call| json!({ "at_ms": call.at_ms, "method": call.method, "route": call.route, "status": call.status }))
        .collect();
    Ok(Json(json!({
        "total": calls.len(), "callbacks": calls.iter().filter(|call| call.callback).count(), "by_route": by_route,
        "violations": sandbox.violations(), "refusals": sandbox.refusals(), "calls": list,
    })))
}
