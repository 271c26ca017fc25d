//! The routes: what each call does to the world. A route that is not here is a client's mistake, and recorded.

use serde_json::{Value, json};

use super::files::Upload;
use super::payload;
use super::posting::snowflake;
use super::reading;
use super::registration;
use super::rules::ApiError;
use super::rules::permissions;
use super::world::{World, kind};

/// One call, read.
pub(super) struct Asked {
    pub(super) method: String,
    /// After `/api/v10`.
    pub(super) path: String,
    pub(super) query: String,
    pub(super) body: Value,
    pub(super) files: Vec<Upload>,
}

/// The names of a route's variable parts, in order, by what stands before them.
fn name_of(before: &str, place: usize) -> Option<&'static str> {
    Some(match (before, place) {
        ("channels", _) => "{channel_id}",
        ("guilds", _) => "{guild_id}",
        ("messages" | "pins", _) => "{message_id}",
        ("applications", _) => "{application_id}",
        ("commands", _) => "{command_id}",
        ("members" | "thread-members" | "users", _) => "{user_id}",
        ("roles", _) => "{role_id}",
        ("webhooks", _) => "{application_id}",
        ("interactions", _) => "{interaction_id}",
        _ => return None,
    })
}

/// The route of a path, with ids and tokens left out.
pub(super) fn template(path: &str) -> String {
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    let mut out = String::new();
    for (place, part) in parts.iter().enumerate() {
        let before = if place == 0 { "" } else { parts[place - 1] };
        let two_before = if place < 2 { "" } else { parts[place - 2] };
        let numeric = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let part = match name_of(before, place) {
            Some(name) if numeric => name,
            _ if two_before == "interactions" => "{interaction_token}",
            _ if two_before == "webhooks" => "{webhook_token}",
            _ => part,
        };
        out.push('/');
        out.push_str(part);
    }
    out
}

/// The major parameter of a path (`topics/rate-limits`).
pub(super) fn major(path: &str) -> String {
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    match parts.as_slice() {
        ["channels" | "guilds", id, ..] => (*id).to_owned(),
        ["webhooks" | "interactions", id, token, ..] => format!("{id}/{token}"),
        _ => String::new(),
    }
}

/// An id in a path.
pub(super) fn id(text: &str) -> Result<u64, ApiError> {
    text.parse().map_err(|_| ApiError::invalid_field("id", "NUMBER_TYPE_COERCE", "is not a snowflake"))
}

impl Asked {
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
    }
}

/// Does what a call asks; null for an empty answer.
pub(super) fn carry_out(world: &mut World, asked: &Asked) -> Result<Value, ApiError> {
    let parts: Vec<&str> = asked.path.split('/').skip(1).collect();
    let body = &asked.body;
    match (asked.method.as_str(), parts.as_slice()) {
        ("GET", ["gateway"]) => Ok(json!({ "url": gateway_url(world) })),
        ("GET", ["gateway", "bot"]) => Ok(json!({
            "url": gateway_url(world), "shards": 1,
            "session_start_limit": { "total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1 },
        })),
        ("GET", ["users", "@me"]) => {
            Ok(world.users.get(&world.bot).map_or(Value::Null, payload::current_user))
        }
        ("GET", ["users", "@me", "guilds"]) => {
            let list = world.guilds.values().map(|guild| {
                json!({ "id": guild.id.to_string(), "name": guild.name, "icon": null, "owner": false,
                    "permissions": world.guild_permissions(world.bot, guild.id).to_string(), "features": [] })
            });
            Ok(list.collect())
        }
        ("GET", ["users", user]) => {
            world.users.get(&id(user)?).map(payload::user).ok_or_else(ApiError::unknown_user)
        }
        ("POST", ["users", "@me", "channels"]) => open_direct(world, body),
        ("GET", ["applications", "@me"] | ["oauth2", "applications", "@me"]) => {
            Ok(payload::application(world))
        }
        (_, ["applications", application, rest @ ..]) if id(application)? == world.bot => {
            registration::answer(world, &asked.method, rest, body)
        }
        ("POST", ["interactions", interaction, token, "callback"]) => {
            let value = world.callback(id(interaction)?, token, body, asked.files.clone())?;
            let wanted = matches!(asked.parameter("with_response"), Some("true" | "True" | "1"));
            Ok(if wanted { value } else { Value::Null })
        }
        (_, ["webhooks", application, token, rest @ ..]) => {
            webhook(world, asked, id(application)?, token, rest)
        }
        (_, ["channels", channel, rest @ ..]) => channels(world, asked, id(channel)?, rest),
        (_, ["guilds", guild, rest @ ..]) => guilds(world, asked, id(guild)?, rest),
        _ => Err(ApiError::no_such_route()),
    }
}

fn gateway_url(world: &World) -> String {
    format!("{}/gateway", world.origin.replace("http://", "ws://"))
}

fn open_direct(world: &mut World, body: &Value) -> Result<Value, ApiError> {
    let user = snowflake(&body["recipient_id"]).ok_or_else(ApiError::unknown_user)?;
    if world.users.get(&user).is_none_or(|user| user.bot) {
        return Err(ApiError::unknown_user());
    }
    let channel = world.open_direct(user);
    Ok(payload::channel(world, &world.channels[&channel]))
}

fn webhook(
    world: &mut World,
    asked: &Asked,
    application: u64,
    token: &str,
    rest: &[&str],
) -> Result<Value, ApiError> {
    let (body, files) = (&asked.body, asked.files.clone());
    match (asked.method.as_str(), rest) {
        ("POST", []) => world.follow_up(application, token, body, files),
        ("GET", ["messages", which]) => world.read_by_token(application, token, which),
        ("PATCH", ["messages", which]) => world.edit_by_token(application, token, which, body, files),
        ("DELETE", ["messages", which]) => {
            world.delete_by_token(application, token, which).map(|()| Value::Null)
        }
        _ => Err(ApiError::no_such_route()),
    }
}

fn channels(world: &mut World, asked: &Asked, channel: u64, rest: &[&str]) -> Result<Value, ApiError> {
    let bot = world.bot;
    let body = &asked.body;
    match (asked.method.as_str(), rest) {
        ("GET", []) => world.visible(bot, channel).map(|held| payload::channel(world, held)),
        ("PATCH", []) => edit_channel(world, channel, body),
        ("DELETE", []) => world.delete_channel_by_bot(channel).map(|()| Value::Null),
        ("GET", ["messages"]) => reading::list(world, asked, channel),
        ("POST", ["messages"]) => world.post_by_bot(channel, body, asked.files.clone()),
        ("GET", ["messages", message]) => reading::message(world, channel, id(message)?),
        ("PATCH", ["messages", message]) => {
            world.visible(bot, channel)?;
            let message = id(message)?;
            // Ephemeral messages are changed by their token only.
            if world.message(channel, message).is_some_and(|held| held.ephemeral_for.is_some()) {
                return Err(ApiError::unknown_message());
            }
            world.edit_by_bot(channel, message, body, asked.files.clone())
        }
        ("DELETE", ["messages", message]) => {
            world.visible(bot, channel)?;
            let message = id(message)?;
            let held = world.public_message(channel, message).ok_or_else(ApiError::unknown_message)?;
            if held.author != bot {
                world.require(bot, channel, permissions::MANAGE_MESSAGES)?;
            }
            world.delete(channel, message);
            Ok(Value::Null)
        }
        ("POST", ["messages", message, "threads"]) => world.start_thread(channel, Some(id(message)?), body),
        ("POST", ["threads"]) => world.start_thread(channel, None, body),
        ("PUT", ["thread-members", "@me"]) => world.join_thread(channel, bot).map(|()| Value::Null),
        ("PUT", ["thread-members", user]) => world.join_thread(channel, id(user)?).map(|()| Value::Null),
        ("DELETE", ["thread-members", user]) => {
            world.visible(bot, channel)?;
            let user = if *user == "@me" { bot } else { id(user)? };
            let owner =
                world.channels.get(&channel).and_then(|held| held.thread.as_ref()).map(|held| held.owner);
            if user != bot && owner != Some(bot) {
                world.require(bot, channel, permissions::MANAGE_THREADS)?;
            }
            let thread = world.channels.get_mut(&channel).and_then(|held| held.thread.as_mut());
            thread.ok_or_else(ApiError::wrong_channel_type)?.members.remove(&user);
            Ok(Value::Null)
        }
        ("GET", ["thread-members"]) => {
            let held = world.visible(bot, channel)?;
            let thread = held.thread.as_ref().ok_or_else(ApiError::wrong_channel_type)?;
            let member = |user: &u64| payload::thread_member(channel, *user, thread.created_ms);
            Ok(thread.members.iter().map(member).collect())
        }
        ("PUT", ["pins", message] | ["messages", "pins", message]) => {
            world.require(bot, channel, permissions::PIN_MESSAGES)?;
            let message = id(message)?;
            world.public_message(channel, message).ok_or_else(ApiError::unknown_message)?;
            if let Some(held) = world.channels.get_mut(&channel)
                && !held.pins.contains(&message)
            {
                if held.pins.len() >= 250 {
                    return Err(ApiError::too_many_pins());
                }
                held.pins.push(message);
            }
            Ok(Value::Null)
        }
        ("DELETE", ["pins", message] | ["messages", "pins", message]) => {
            world.require(bot, channel, permissions::PIN_MESSAGES)?;
            let message = id(message)?;
            if let Some(held) = world.channels.get_mut(&channel) {
                held.pins.retain(|held| *held != message);
            }
            Ok(Value::Null)
        }
        ("GET", ["pins"]) => reading::pins(world, channel),
        ("GET", ["threads", "archived", which @ ("public" | "private")]) => {
            reading::archived_threads(world, channel, *which == "private")
        }
        ("POST", ["typing"]) => world.visible(bot, channel).map(|_| Value::Null),
        _ => Err(ApiError::no_such_route()),
    }
}

fn edit_channel(world: &mut World, channel: u64, body: &Value) -> Result<Value, ApiError> {
    let bot = world.bot;
    let held = world.visible(bot, channel)?;
    if held.kind == kind::DIRECT {
        return Err(ApiError::not_in_dm());
    }
    let owner = held.thread.as_ref().map(|thread| (thread.owner, thread.locked));
    let locks = body.get("locked").is_some();
    match owner {
        // Whoever started a thread may rename and archive it; locking is for those who manage threads.
        Some((owner, false)) if owner == bot && !locks => {}
        Some(_) => world.require(bot, channel, permissions::MANAGE_THREADS)?,
        None => world.require(bot, channel, permissions::MANAGE_CHANNELS)?,
    }
    let wakes = body["archived"] == false;
    let more = body.as_object().is_some_and(|fields| fields.keys().any(|field| field != "archived"));
    if !wakes && more && world.channels[&channel].thread.as_ref().is_some_and(|thread| thread.archived) {
        return Err(ApiError::thread_archived());
    }
    let now = world.now();
    if let Some(held) = world.channels.get_mut(&channel) {
        if let Some(name) = body["name"].as_str() {
            held.name = name.to_owned();
        }
        if let Some(thread) = held.thread.as_mut() {
            if let Some(archived) = body["archived"].as_bool() {
                thread.archived = archived;
                thread.archive_changed_ms = now;
            }
            if let Some(locked) = body["locked"].as_bool() {
                thread.locked = locked;
            }
            if let Some(while_) = body["auto_archive_duration"].as_i64() {
                thread.auto_archive = while_;
            }
        }
    }
    let event = if owner.is_some() { "THREAD_UPDATE" } else { "CHANNEL_UPDATE" };
    world.tell_channel(event, channel);
    Ok(payload::channel(world, &world.channels[&channel]))
}

fn guilds(world: &mut World, asked: &Asked, guild: u64, rest: &[&str]) -> Result<Value, ApiError> {
    let held = world.guilds.get(&guild).ok_or_else(ApiError::unknown_guild)?;
    if !held.members.contains_key(&world.bot) {
        return Err(ApiError::missing_access());
    }
    let of_guild = world.channels.values().filter(|channel| channel.guild == Some(guild));
    match (asked.method.as_str(), rest) {
        ("GET", []) => Ok(payload::guild(held)),
        ("GET", ["channels"]) => {
            Ok(of_guild.filter(|held| !held.is_thread()).map(|held| payload::channel(world, held)).collect())
        }
        ("GET", ["roles"]) => Ok(held.roles.values().map(payload::role).collect()),
        ("GET", ["threads", "active"]) => {
            let active = |held: &&super::world::Channel| {
                held.thread.as_ref().is_some_and(|thread| !thread.archived) && world.sees(world.bot, held.id)
            };
            let threads: Vec<Value> =
                of_guild.filter(active).map(|held| payload::channel(world, held)).collect();
            Ok(json!({ "threads": threads, "members": [] }))
        }
        ("GET", ["roles", role]) => {
            held.roles.get(&id(role)?).map(payload::role).ok_or_else(ApiError::unknown_role)
        }
        ("GET", ["members", user]) => {
            let user = if *user == "@me" { world.bot } else { id(user)? };
            let member = held.members.get(&user).ok_or_else(ApiError::unknown_member)?;
            Ok(payload::member(world, user, member))
        }
        _ => Err(ApiError::no_such_route()),
    }
}

#[cfg(test)]
mod tests {
    use super::{major, template};

    #[test]
    fn a_path_is_counted_by_its_route() {
        for (path, route) in [
            ("/channels/12/messages", "/channels/{channel_id}/messages"),
            ("/channels/12/messages/13/threads", "/channels/{channel_id}/messages/{message_id}/threads"),
            ("/interactions/5/tok/callback", "/interactions/{interaction_id}/{interaction_token}/callback"),
            (
                "/webhooks/5/tok/messages/@original",
                "/webhooks/{application_id}/{webhook_token}/messages/@original",
            ),
            ("/users/@me/channels", "/users/@me/channels"),
            (
                "/applications/9/guilds/8/commands",
                "/applications/{application_id}/guilds/{guild_id}/commands",
            ),
            ("/channels/1/thread-members/2", "/channels/{channel_id}/thread-members/{user_id}"),
        ] {
            assert_eq!(template(path), route);
        }
        assert_eq!(major("/channels/12/messages"), "12");
        assert_eq!(major("/webhooks/5/tok/messages/@original"), "5/tok");
    }
}
