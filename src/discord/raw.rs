//! What comes over the gateway as plain JSON. The library's own types fail as a whole where one part has a shape that they do
//! not know; here each part that is used is read by itself, and nothing else is looked at.

use serde_json::{Value, json};
use serenity::all::Event;

use crate::language::fold;

/// An event with its name and what Discord says in it; none for those that nobody here lives by.
pub fn event(event: Event) -> Option<(String, Value)> {
    let named = |kind: &str, data: serde_json::Result<Value>| match data {
        Ok(data) => Some((kind.to_owned(), data)),
        Err(error) => {
            tracing::error!(kind, %error, "an event from Discord cannot be read and is lost");
            None
        }
    };
    match event {
        Event::Ready(ready) => {
            let id = ready.ready.application.id.to_string();
            Some(("READY".to_owned(), json!({ "application": { "id": id } })))
        }
        Event::Resumed(_) => Some(("RESUMED".to_owned(), Value::Null)),
        Event::InteractionCreate(created) => {
            // The library keeps the kind in its own type, and does not write it down.
            let kind = u8::from(created.interaction.kind());
            let data = serde_json::to_value(&created.interaction).map(|mut data| {
                data["type"] = json!(kind);
                data
            });
            named("INTERACTION_CREATE", data)
        }
        Event::MessageCreate(created) => named("MESSAGE_CREATE", serde_json::to_value(&created.message)),
        Event::MessageUpdate(update) => named("MESSAGE_UPDATE", serde_json::to_value(&update)),
        Event::MessageDelete(deleted) => named("MESSAGE_DELETE", serde_json::to_value(deleted)),
        Event::MessageDeleteBulk(deleted) => named("MESSAGE_DELETE_BULK", serde_json::to_value(&deleted)),
        Event::GuildCreate(created) => {
            let (id, name) = (created.guild.id.to_string(), created.guild.name.clone());
            Some(("GUILD_CREATE".to_owned(), json!({ "id": id, "name": name })))
        }
        Event::ChannelDelete(gone) => {
            Some(("CHANNEL_DELETE".to_owned(), at(gone.channel.guild_id.get(), gone.channel.id.get())))
        }
        Event::ChannelUpdate(changed) => {
            let channel = &changed.channel;
            Some(("CHANNEL_UPDATE".to_owned(), at(channel.guild_id.get(), channel.id.get())))
        }
        Event::GuildRoleDelete(gone) => {
            let data = json!({ "guild_id": gone.guild_id.to_string(), "role_id": gone.role_id.to_string() });
            Some(("GUILD_ROLE_DELETE".to_owned(), data))
        }
        Event::GuildRoleUpdate(changed) => {
            let (guild, id) = (changed.role.guild_id.to_string(), changed.role.id.to_string());
            Some(("GUILD_ROLE_UPDATE".to_owned(), json!({ "guild_id": guild, "role": { "id": id } })))
        }
        Event::Unknown(unknown) => Some((unknown.kind, unknown.value)),
        _ => None,
    }
}

fn at(guild: u64, id: u64) -> Value {
    json!({ "guild_id": guild.to_string(), "id": id.to_string() })
}

/// An id: text, or (as some send it) a number. There is no 0.
pub fn id(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok()).filter(|id| *id != 0)
}

/// Text as Discord gives it, for what nobody typed: names of commands, custom ids, addresses.
pub fn text(value: &Value) -> Option<&str> {
    value.as_str()
}

/// What somebody typed, cleaned: here, once, so that nobody later reads other signs than whoever it is sent to.
pub fn typed(value: &Value) -> Option<String> {
    value.as_str().map(fold::clean_input)
}

/// The parts of a list; none where it is none.
pub fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// Whether something stands there.
pub fn is_there(value: &Value) -> bool {
    !value.is_null()
}
