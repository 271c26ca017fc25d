//! Discord's objects as it sends them, complete enough for every client library we know.

use serde_json::{Value, json};

use super::rules::permissions::{Overwrite, Target};
use super::world::{Channel, Guild, Interaction, Member, Message, Role, User, World, intent, kind};

/// An instant as Discord writes it.
pub(super) fn time(ms: i64) -> String {
    chrono::DateTime::from_timestamp_millis(ms)
        .map(|at| at.format("%Y-%m-%dT%H:%M:%S%.6f+00:00").to_string())
        .unwrap_or_default()
}

pub(super) fn user(user: &User) -> Value {
    json!({
        "id": user.id.to_string(), "username": username(user), "global_name": user.name,
        "discriminator": if user.bot { "0001" } else { "0" }, "avatar": null, "bot": user.bot, "system": false,
        "banner": null, "accent_color": null, "public_flags": 0, "flags": 0, "avatar_decoration_data": null,
        "collectibles": null, "clan": null, "primary_guild": null,
    })
}

fn username(user: &User) -> String {
    let simple: String =
        user.name.to_lowercase().chars().filter(|letter| letter.is_ascii_alphanumeric()).collect();
    format!("{simple}.{}", user.id % 10_000)
}

/// The bot as it sees itself.
pub(super) fn current_user(bot: &User) -> Value {
    let mut value = user(bot);
    for (key, held) in [("mfa_enabled", json!(true)), ("verified", json!(true)), ("email", Value::Null)] {
        value[key] = held;
    }
    value["locale"] = json!("en-US");
    value
}

pub(super) fn application(world: &World) -> Value {
    let name = world.users.get(&world.bot).map(|bot| bot.name.clone()).unwrap_or_default();
    json!({
        "id": world.bot.to_string(), "name": name, "icon": null, "description": "", "summary": "",
        "bot_public": true, "bot_require_code_grant": false, "verify_key": "0".repeat(64), "flags": 0,
        "owner": { "id": "1", "username": "owner", "discriminator": "0", "global_name": null, "avatar": null, "bot": false },
        "team": null, "rpc_origins": [], "hook": true, "tags": [], "integration_types_config": {},
    })
}

pub(super) fn role(role: &Role) -> Value {
    json!({
        "id": role.id.to_string(), "name": role.name, "permissions": role.permissions.to_string(),
        "position": role.position, "color": 0, "colors": { "primary_color": 0, "secondary_color": null, "tertiary_color": null },
        "hoist": false, "managed": role.managed, "mentionable": role.mentionable, "icon": null, "unicode_emoji": null,
        "tags": {}, "flags": 0,
    })
}

pub(super) fn member(world: &World, id: u64, member: &Member) -> Value {
    let mut value = partial_member(member);
    value["user"] = world.users.get(&id).map_or(Value::Null, user);
    value
}

/// A member without their user, as messages carry it.
fn partial_member(member: &Member) -> Value {
    json!({
        "nick": null, "avatar": null, "banner": null,
        "roles": member.roles.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "joined_at": time(member.joined_ms), "premium_since": null, "deaf": false, "mute": false, "flags": 0,
        "pending": false, "communication_disabled_until": null, "avatar_decoration_data": null,
    })
}

fn overwrite(held: &Overwrite) -> Value {
    let (id, kind) = match held.target {
        Target::Role(id) => (id, 0),
        Target::Member(id) => (id, 1),
    };
    json!({ "id": id.to_string(), "type": kind, "allow": held.allow.to_string(), "deny": held.deny.to_string() })
}

pub(super) fn channel(world: &World, channel: &Channel) -> Value {
    let last = channel.last_message.map(|id| id.to_string());
    if channel.kind == kind::DIRECT {
        let others = channel.recipients.iter().filter(|id| **id != world.bot);
        let recipients: Vec<Value> = others.filter_map(|id| world.users.get(id)).map(user).collect();
        return json!({
            "id": channel.id.to_string(), "type": channel.kind, "last_message_id": last,
            "recipients": recipients, "flags": 0, "last_pin_timestamp": null,
        });
    }
    let mut value = json!({
        "id": channel.id.to_string(), "type": channel.kind,
        "guild_id": channel.guild.map(|id| id.to_string()), "name": channel.name,
        "parent_id": channel.parent.map(|id| id.to_string()), "last_message_id": last,
        "last_pin_timestamp": null, "rate_limit_per_user": 0, "flags": 0,
    });
    match &channel.thread {
        None => {
            value["position"] = json!(channel.position);
            value["topic"] = json!(channel.topic);
            value["nsfw"] = json!(false);
            value["permission_overwrites"] = channel.overwrites.iter().map(overwrite).collect();
        }
        Some(thread) => {
            let count = world
                .messages
                .get(&channel.id)
                .map_or(0, |held| held.values().filter(|m| !m.deleted).count());
            value["owner_id"] = json!(thread.owner.to_string());
            value["message_count"] = json!(count);
            value["total_message_sent"] = json!(count);
            value["member_count"] = json!(thread.members.len().min(50));
            value["thread_metadata"] = json!({
                "archived": thread.archived, "locked": thread.locked, "invitable": thread.invitable,
                "auto_archive_duration": thread.auto_archive,
                "archive_timestamp": time(thread.archive_changed_ms), "create_timestamp": time(thread.created_ms),
            });
            if thread.members.contains(&world.bot) {
                value["member"] = thread_member(channel.id, world.bot, thread.created_ms);
            }
        }
    }
    value
}

pub(super) fn thread_member(thread: u64, user: u64, joined_ms: i64) -> Value {
    json!({
        "id": thread.to_string(), "user_id": user.to_string(), "join_timestamp": time(joined_ms), "flags": 1,
        "muted": false, "mute_config": null,
    })
}

/// A guild as `GET /guilds/{guild_id}` shows it.
pub(super) fn guild(guild: &Guild) -> Value {
    let mut value = json!({
        "id": guild.id.to_string(), "name": guild.name, "icon": null, "icon_hash": null, "splash": null,
        "discovery_splash": null, "owner_id": guild.owner.to_string(), "region": "deprecated",
        "afk_channel_id": null, "afk_timeout": 300, "widget_enabled": false, "widget_channel_id": null,
        "verification_level": 1, "default_message_notifications": 1, "explicit_content_filter": 0,
        "roles": guild.roles.values().map(role).collect::<Vec<_>>(), "emojis": [], "features": ["COMMUNITY"], "mfa_level": 0,
    });
    let more = json!({
        "application_id": null, "system_channel_id": null, "system_channel_flags": 0, "rules_channel_id": null,
        "max_presences": null, "max_members": 500_000, "vanity_url_code": null, "description": null, "banner": null,
        "premium_tier": 0, "premium_subscription_count": 0, "preferred_locale": "vi",
        "public_updates_channel_id": null, "max_video_channel_users": 25, "max_stage_video_channel_users": 50,
        "welcome_screen": null, "nsfw": false, "nsfw_level": 0, "stickers": [], "premium_progress_bar_enabled": false,
        "safety_alerts_channel_id": null, "incidents_data": null, "hub_type": null, "latest_onboarding_question_id": null,
        "inventory_settings": null,
    });
    for (key, held) in more.as_object().into_iter().flatten() {
        value[key] = held.clone();
    }
    value
}

/// A guild as `GUILD_CREATE` brings it.
pub(super) fn guild_create(world: &World, held: &Guild) -> Value {
    let mut value = guild(held);
    let of_guild = |channel: &&Channel| channel.guild == Some(held.id);
    let seen = |channel: &&Channel| world.sees(world.bot, channel.id);
    let channels = world.channels.values().filter(of_guild).filter(|held| !held.is_thread());
    let threads = world
        .channels
        .values()
        .filter(of_guild)
        .filter(seen)
        .filter(|held| held.thread.as_ref().is_some_and(|thread| !thread.archived));
    value["channels"] = channels.map(|held| channel(world, held)).collect();
    value["threads"] = threads.map(|held| channel(world, held)).collect();
    // Without the members intent the bot sees itself only.
    let bot = held.members.get(&world.bot).map(|bot| member(world, world.bot, bot));
    value["members"] = json!(bot.into_iter().collect::<Vec<_>>());
    value["member_count"] = json!(held.members.len());
    value["joined_at"] = json!(time(held.created_ms));
    for (key, empty) in [
        ("voice_states", json!([])),
        ("presences", json!([])),
        ("stage_instances", json!([])),
        ("guild_scheduled_events", json!([])),
        ("soundboard_sounds", json!([])),
    ] {
        value[key] = empty;
    }
    value["large"] = json!(false);
    value["unavailable"] = json!(false);
    value
}

/// A message; within an event on a guild it carries the guild and the author's member besides.
pub(super) fn message(world: &World, message: &Message, in_event: bool) -> Value {
    let guild = world.channels.get(&message.channel).and_then(|channel| channel.guild);
    let users = |ids: &[u64]| ids.iter().filter_map(|id| world.users.get(id)).map(user).collect::<Vec<_>>();
    let mut value = json!({
        "id": message.id.to_string(), "channel_id": message.channel.to_string(),
        "author": world.users.get(&message.author).map(user), "content": message.content,
        "timestamp": time(message.created_ms), "edited_timestamp": message.edited_ms.map(time),
        "tts": false, "mention_everyone": message.mentions_everyone, "mentions": users(&message.mentioned_users),
        "mention_roles": message.mentioned_roles.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "attachments": world.fresh_links(&message.attachments), "embeds": message.embeds, "components": message.components,
        "pinned": world.channels.get(&message.channel).is_some_and(|channel| channel.pins.contains(&message.id)),
        "type": message.kind, "flags": message.flags,
    });
    if let Some(nonce) = &message.nonce {
        value["nonce"] = json!(nonce);
    }
    if message.author == world.bot {
        value["application_id"] = json!(world.bot.to_string());
    }
    if let Some((id, person, name)) = &message.answers {
        let person = world.users.get(person).map(user);
        value["interaction_metadata"] = json!({
            "id": id.to_string(), "type": 2, "name": name, "user": person, "authorizing_integration_owners": {},
        });
    }
    if let Some(replied) = message.reply_to {
        value["message_reference"] = json!({
            "type": 0, "message_id": replied.to_string(), "channel_id": message.channel.to_string(),
            "guild_id": guild.map(|id| id.to_string()), "fail_if_not_exists": false,
        });
        value["referenced_message"] = match world.message(message.channel, replied) {
            Some(held) => {
                let flat = Message { reply_to: None, ..held.clone() };
                self::message(world, &flat, false)
            }
            None => Value::Null,
        };
    }
    for (part, held) in message.extra.as_object().into_iter().flatten() {
        value[part] = held.clone();
    }
    if let Some(thread) = world.channels.get(&message.id).filter(|thread| thread.is_thread()) {
        value["thread"] = channel(world, thread);
    }
    if in_event {
        if let Some(guild) = guild {
            value["guild_id"] = json!(guild.to_string());
            let held = world.guilds.get(&guild).and_then(|guild| guild.members.get(&message.author));
            if let Some(held) = held {
                value["member"] = partial_member(held);
            }
        }
        value["channel_type"] = json!(world.channels.get(&message.channel).map(|channel| channel.kind));
    }
    value
}

/// An event as a session with these intents may see it.
pub(super) fn for_intents(name: &str, data: &Value, intents: u64, bot: u64) -> Value {
    let mut data = data.clone();
    if matches!(name, "MESSAGE_CREATE" | "MESSAGE_UPDATE")
        && intents & intent::MESSAGE_CONTENT == 0
        && data.get("guild_id").is_some()
    {
        hide_content(&mut data, &bot.to_string());
    }
    data
}

/// Without the content intent a message of a guild is empty, unless it is the bot's own or mentions it
/// (`events/gateway`, message content intent); so is the message it replies to.
pub(super) fn hide_content(data: &mut Value, bot: &str) {
    let mentions = data["mentions"].as_array();
    let mentioned = mentions.is_some_and(|held| held.iter().any(|user| user["id"] == bot));
    if data["author"]["id"] != bot && !mentioned {
        data["content"] = json!("");
        for key in ["embeds", "attachments", "components"] {
            data[key] = json!([]);
        }
        if let Some(data) = data.as_object_mut() {
            data.remove("poll");
            data.remove("message_snapshots");
        }
    }
    if data.get("referenced_message").is_some_and(Value::is_object) {
        hide_content(&mut data["referenced_message"], bot);
    }
}

/// An interaction without its data.
pub(super) fn interaction(world: &World, held: &Interaction, data: &Value) -> Value {
    let guild = world.channels.get(&held.channel).and_then(|channel| channel.guild);
    let person = world.users.get(&held.user);
    let locale = person.map_or("en-US", |person| person.locale.as_str());
    let mut value = json!({
        "id": held.id.to_string(), "application_id": world.bot.to_string(), "type": held.kind, "data": data,
        "channel_id": held.channel.to_string(), "token": held.token, "version": 1, "locale": locale,
        "app_permissions": world.permissions(world.bot, held.channel).to_string(), "entitlements": [],
        "authorizing_integration_owners": {}, "attachment_size_limit": 10 * 1024 * 1024,
        "context": if guild.is_some() { 0 } else { 1 },
    });
    if let Some(channel) = world.channels.get(&held.channel) {
        let mut partial = self::channel(world, channel);
        partial["permissions"] = json!(world.permissions(held.user, held.channel).to_string());
        value["channel"] = partial;
    }
    match guild.and_then(|id| world.guilds.get(&id)) {
        Some(guild) => {
            value["guild_id"] = json!(guild.id.to_string());
            value["guild_locale"] = json!("vi");
            value["guild"] = json!({ "id": guild.id.to_string(), "locale": "vi", "features": [] });
            value["authorizing_integration_owners"] = json!({ "0": guild.id.to_string() });
            if let Some(held_member) = guild.members.get(&held.user) {
                let mut member = member(world, held.user, held_member);
                member["permissions"] = json!(world.permissions(held.user, held.channel).to_string());
                value["member"] = member;
            }
        }
        None => value["user"] = person.map_or(Value::Null, user),
    }
    if let Some(source) = held.source.and_then(|id| world.message(held.channel, id)) {
        value["message"] = message(world, source, false);
    }
    value
}
