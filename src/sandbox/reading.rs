//! What an application reads over HTTP: messages, pins, threads that sleep.

use serde_json::{Value, json};

use super::payload;
use super::routes::{Asked, id};
use super::rules::ApiError;
use super::rules::permissions;
use super::world::{Message, World, intent, kind};

/// A message as an application reads it: the content intent counts over HTTP too (`events/gateway`).
fn read(world: &World, held: &Message) -> Value {
    let mut value = payload::message(world, held, false);
    let granted = world.sessions.values().any(|session| session.intents & intent::MESSAGE_CONTENT != 0);
    let in_guild = world.channels.get(&held.channel).is_some_and(|channel| channel.guild.is_some());
    if in_guild && !granted {
        payload::hide_content(&mut value, &world.bot.to_string());
    }
    value
}

/// `GET /channels/{channel_id}/messages/{message_id}`.
pub(super) fn message(world: &World, channel: u64, message: u64) -> Result<Value, ApiError> {
    world.require(world.bot, channel, permissions::READ_MESSAGE_HISTORY)?;
    let held = world.public_message(channel, message);
    held.map(|held| read(world, held)).ok_or_else(ApiError::unknown_message)
}

/// `GET /channels/{channel_id}/messages`.
pub(super) fn list(world: &World, asked: &Asked, channel: u64) -> Result<Value, ApiError> {
    world.visible(world.bot, channel)?;
    if world.permissions(world.bot, channel) & permissions::READ_MESSAGE_HISTORY == 0 {
        // "If the current user is missing the READ_MESSAGE_HISTORY permission, no messages will be returned."
        return Ok(json!([]));
    }
    let number = |name: &str| asked.parameter(name).map(id).transpose();
    let limit = usize::try_from(number("limit")?.unwrap_or(50)).unwrap_or(50);
    if !(1..=100).contains(&limit) {
        return Err(ApiError::invalid_field("limit", "NUMBER_TYPE_MAX", "must be between 1 and 100"));
    }
    let (before, after) = (number("before")?, number("after")?);
    let around = number("around")?;
    let seen = world.messages.get(&channel).into_iter().flat_map(|held| held.values());
    let seen = seen.filter(|held| !held.deleted && held.ephemeral_for.is_none());
    let mut list: Vec<_> = match (before, after, around) {
        (Some(before), ..) => seen.filter(|held| held.id < before).collect(),
        (_, Some(after), _) => seen.filter(|held| held.id > after).take(limit).collect(),
        (.., Some(around)) => {
            let half = limit / 2;
            let all: Vec<_> = seen.collect();
            let place = all.partition_point(|held| held.id < around);
            all[place.saturating_sub(half)..all.len().min(place + half + 1)].to_vec()
        }
        _ => seen.collect(),
    };
    // Newest first, as Discord gives them.
    list.reverse();
    list.truncate(limit);
    Ok(list.into_iter().map(|held| read(world, held)).collect())
}

/// `GET /channels/{channel_id}/pins`, the newest pin first.
pub(super) fn pins(world: &World, channel: u64) -> Result<Value, ApiError> {
    world.require(world.bot, channel, permissions::READ_MESSAGE_HISTORY)?;
    let pins = world.channels.get(&channel).into_iter().flat_map(|held| held.pins.iter().rev());
    Ok(pins.filter_map(|id| world.public_message(channel, *id)).map(|held| read(world, held)).collect())
}

/// `GET /channels/{channel_id}/threads/archived/{public|private}`, the newest first.
pub(super) fn archived_threads(world: &World, channel: u64, private: bool) -> Result<Value, ApiError> {
    let more = if private { permissions::MANAGE_THREADS } else { 0 };
    world.require(world.bot, channel, permissions::READ_MESSAGE_HISTORY | more)?;
    let wanted = if private { kind::PRIVATE_THREAD } else { kind::PUBLIC_THREAD };
    let of_channel = world.channels.values().rev().filter(|held| held.parent == Some(channel));
    let archived = of_channel
        .filter(|held| held.kind == wanted && held.thread.as_ref().is_some_and(|thread| thread.archived));
    let threads: Vec<Value> = archived.map(|held| payload::channel(world, held)).collect();
    Ok(json!({ "threads": threads, "members": [], "has_more": false }))
}
