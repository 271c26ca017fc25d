//! Registering commands, global and of one guild (`interactions/application-commands`, endpoints).

use serde_json::{Value, json};

use super::routes::id;
use super::rules::ApiError;
use super::world::World;

/// Answers a call on `/applications/{application_id}` and what follows it.
pub(super) fn answer(
    world: &mut World,
    method: &str,
    rest: &[&str],
    body: &Value,
) -> Result<Value, ApiError> {
    let (guild, rest) = match rest {
        ["guilds", guild, "commands", rest @ ..] => (Some(id(guild)?), rest),
        ["commands", rest @ ..] => (None, rest),
        _ => return Err(ApiError::no_such_route()),
    };
    if guild.is_some_and(|guild| !world.guilds.contains_key(&guild)) {
        return Err(ApiError::missing_access());
    }
    let bot = world.bot.to_string();
    let mut held = match guild {
        Some(guild) => world.guild_commands.get(&guild).cloned().unwrap_or_default(),
        None => world.global_commands.clone(),
    };
    let dress = |world: &mut World, command: &Value, known: Option<&Value>| {
        let mut command = command.clone();
        let fresh = world.next_id().to_string();
        command["id"] = known.map_or_else(|| json!(fresh), |known| known["id"].clone());
        command["application_id"] = json!(bot);
        command["version"] = json!(fresh);
        if command.get("type").is_none() {
            command["type"] = json!(1);
        }
        if command.get("description").is_none() {
            command["description"] = json!("");
        }
        if let Some(guild) = guild {
            command["guild_id"] = json!(guild.to_string());
        }
        command
    };
    let same = |a: &Value, b: &Value| {
        a["name"] == b["name"] && a["type"].as_u64().unwrap_or(1) == b["type"].as_u64().unwrap_or(1)
    };
    let answer = match (method, rest) {
        ("GET", []) => return Ok(Value::Array(held)),
        ("PUT", []) => {
            let list = body.as_array().cloned().unwrap_or_default();
            let mut fresh = Vec::with_capacity(list.len());
            for command in &list {
                let known = held.iter().find(|known| same(known, command)).cloned();
                fresh.push(dress(world, command, known.as_ref()));
            }
            held = fresh;
            Value::Array(held.clone())
        }
        ("POST", []) => {
            let known = held.iter().position(|known| same(known, body));
            let fresh = dress(world, body, known.map(|place| &held[place]));
            match known {
                Some(place) => held[place] = fresh.clone(),
                None => held.push(fresh.clone()),
            }
            fresh
        }
        ("GET", [command]) => {
            return held
                .into_iter()
                .find(|held| held["id"] == **command)
                .ok_or_else(ApiError::unknown_command);
        }
        ("PATCH", [command]) => {
            let place =
                held.iter().position(|held| held["id"] == **command).ok_or_else(ApiError::unknown_command)?;
            for (key, value) in body.as_object().into_iter().flatten() {
                held[place][key] = value.clone();
            }
            held[place].clone()
        }
        ("DELETE", [command]) => {
            let before = held.len();
            held.retain(|held| held["id"] != **command);
            if held.len() == before {
                return Err(ApiError::unknown_command());
            }
            Value::Null
        }
        _ => return Err(ApiError::method_not_allowed()),
    };
    match guild {
        Some(guild) => drop(world.guild_commands.insert(guild, held)),
        None => world.global_commands = held,
    }
    world.touch(json!({ "kind": "commands" }));
    Ok(answer)
}
