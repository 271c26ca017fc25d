//! Posting, changing and deleting messages. What Discord refuses is refused here.

use serde_json::{Value, json};

use super::files::{UPLOAD_LIMIT, Upload};
use super::payload;
use super::rules::ApiError;
use super::rules::permissions;
use super::transcript::{Entry, Happening};
use super::world::{Audience, Channel, Message, World, intent, kind};

/// How long a nonce is remembered ("in the past few minutes": `resources/message`, create message).
const NONCE_HOLDS: i64 = 5 * 60_000;
/// Message flags: seen by one person; a deferred answer.
pub(super) const EPHEMERAL: u64 = 1 << 6;
pub(super) const LOADING: u64 = 1 << 7;

impl World {
    /// A message that does not stand yet.
    pub(super) fn blank_message(&mut self, channel: u64, author: u64) -> Message {
        let created_ms = self.now();
        Message {
            id: self.next_id(),
            channel,
            author,
            kind: 0,
            content: String::new(),
            embeds: Vec::new(),
            components: Vec::new(),
            attachments: Vec::new(),
            nonce: None,
            flags: 0,
            reply_to: None,
            extra: Value::Null,
            answers: None,
            created_ms,
            edited_ms: None,
            ephemeral_for: None,
            mentioned_users: Vec::new(),
            mentioned_roles: Vec::new(),
            mentions_everyone: false,
            pinged_users: Vec::new(),
            pinged_roles: Vec::new(),
            deleted: false,
            loading: false,
        }
    }

    /// The channel, if `user` sees it; as Discord says it otherwise.
    pub(super) fn visible(&self, user: u64, channel: u64) -> Result<&Channel, ApiError> {
        let held = self.channels.get(&channel).ok_or_else(ApiError::unknown_channel)?;
        if self.sees(user, channel) { Ok(held) } else { Err(ApiError::missing_access()) }
    }

    /// Fails unless `user` may do all of `wanted` in the channel.
    pub(super) fn require(&self, user: u64, channel: u64, wanted: u64) -> Result<(), ApiError> {
        self.visible(user, channel)?;
        let granted = self.permissions(user, channel);
        if granted & wanted == wanted { Ok(()) } else { Err(ApiError::missing_permissions()) }
    }

    /// `POST /channels/{channel_id}/messages` by the bot.
    pub(super) fn post_by_bot(
        &mut self,
        channel: u64,
        body: &Value,
        files: Vec<Upload>,
    ) -> Result<Value, ApiError> {
        let bot = self.bot;
        let held = self.visible(bot, channel)?;
        if held.kind == kind::DIRECT {
            let person = held.recipients.iter().copied().find(|id| *id != bot).unwrap_or_default();
            if !self.users.get(&person).is_some_and(|user| user.dms_open) {
                return Err(ApiError::cannot_message_user());
            }
            if !self.shares_guild(person) {
                return Err(ApiError::no_mutual_guild());
            }
        } else {
            let write = if held.is_thread() {
                permissions::SEND_MESSAGES_IN_THREADS
            } else {
                permissions::SEND_MESSAGES
            };
            let mut wanted = write;
            if body["embeds"].as_array().is_some_and(|embeds| !embeds.is_empty()) {
                wanted |= permissions::EMBED_LINKS;
            }
            if !files.is_empty() {
                wanted |= permissions::ATTACH_FILES;
            }
            self.require(bot, channel, wanted)?;
        }
        let locked =
            self.channels.get(&channel).and_then(|held| held.thread.as_ref()).filter(|held| held.locked);
        if let Some(thread) = locked {
            if thread.archived {
                return Err(ApiError::thread_archived());
            }
            if self.permissions(bot, channel) & permissions::MANAGE_THREADS == 0 {
                return Err(ApiError::thread_locked());
            }
        }
        let nonce = body["nonce"]
            .as_str()
            .map(str::to_owned)
            .or_else(|| body["nonce"].as_i64().map(|n| n.to_string()));
        if body["enforce_nonce"] == true {
            let since = self.now() - NONCE_HOLDS;
            let same = self.messages.get(&channel).and_then(|held| {
                held.values().find(|message| {
                    message.author == bot
                        && message.nonce == nonce
                        && nonce.is_some()
                        && message.created_ms >= since
                })
            });
            if let Some(same) = same {
                return Ok(payload::message(self, same, false));
            }
        }
        let mut message = self.blank_message(channel, bot);
        message.nonce = nonce;
        message.flags = body["flags"].as_u64().unwrap_or(0) & !(EPHEMERAL | LOADING);
        message.reply_to = self.replied(channel, &body["message_reference"])?;
        if message.reply_to.is_some() {
            message.kind = 19;
        }
        self.fill(&mut message, body, files)?;
        self.wake_thread(channel);
        Ok(self.stand(message))
    }

    /// The message that is replied to, if it still is there (`resources/message`, message reference structure).
    fn replied(&self, channel: u64, reference: &Value) -> Result<Option<u64>, ApiError> {
        let Some(id) = snowflake(&reference["message_id"]) else { return Ok(None) };
        if self.permissions(self.bot, channel) & permissions::READ_MESSAGE_HISTORY == 0 {
            return Err(ApiError::reply_needs_history());
        }
        if self.public_message(channel, id).is_some() {
            return Ok(Some(id));
        }
        if reference["fail_if_not_exists"] == false {
            return Ok(None);
        }
        Err(ApiError::invalid_field("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message"))
    }

    /// A message that everybody in the channel sees.
    pub(super) fn public_message(&self, channel: u64, id: u64) -> Option<&Message> {
        self.message(channel, id).filter(|held| held.ephemeral_for.is_none())
    }

    /// Takes words, embeds, components and files of a body into a message; what the body does not name stays.
    pub(super) fn fill(
        &mut self,
        message: &mut Message,
        body: &Value,
        files: Vec<Upload>,
    ) -> Result<(), ApiError> {
        if files.iter().any(|file| file.bytes.len() > UPLOAD_LIMIT) {
            return Err(ApiError::too_large());
        }
        if let Some(content) = body.get("content") {
            message.content = content.as_str().unwrap_or_default().to_owned();
        }
        if let Some(embeds) = body.get("embeds") {
            message.embeds = embeds.as_array().cloned().unwrap_or_default();
            for embed in &mut message.embeds {
                embed["type"] = json!("rich");
                if embed.get("footer").is_some_and(Value::is_null)
                    && let Some(held) = embed.as_object_mut()
                {
                    held.remove("footer");
                }
            }
        }
        if let Some(components) = body.get("components") {
            message.components = components.as_array().cloned().unwrap_or_default();
            number_components(&mut message.components);
        }
        if let Some(kept) = body.get("attachments").and_then(Value::as_array) {
            // Those named by id stay; those numbered like a file are new.
            message
                .attachments
                .retain(|held| kept.iter().any(|kept| snowflake(&kept["id"]) == snowflake(&held["id"])));
        }
        for file in files {
            let stored = self.store_file(message.channel, file);
            message.attachments.push(stored);
        }
        self.note_mentions(message, body);
        Ok(())
    }

    /// A message stands: it is kept, told to sessions and written into the transcript.
    pub(super) fn stand(&mut self, mut message: Message) -> Value {
        message.pinged_users.clone_from(&message.mentioned_users);
        message.pinged_roles.clone_from(&message.mentioned_roles);
        let (id, channel, ephemeral) = (message.id, message.channel, message.ephemeral_for);
        if ephemeral.is_none()
            && let Some(held) = self.channels.get_mut(&channel)
        {
            held.last_message = Some(id);
        }
        self.note(Happening::Message(message.clone()));
        self.messages.entry(channel).or_default().insert(id, message);
        let held = self.messages[&channel][&id].clone();
        if ephemeral.is_none() {
            let event = payload::message(self, &held, true);
            self.dispatch("MESSAGE_CREATE", &event, self.audience(channel));
        }
        self.touch(json!({ "kind": "message", "channel": channel.to_string(), "message": id.to_string() }));
        payload::message(self, &held, false)
    }

    /// A message changed: sessions and transcript learn it.
    pub(super) fn changed_message(&mut self, channel: u64, id: u64) -> Value {
        let Some(held) = self.message(channel, id).cloned() else { return Value::Null };
        self.note(Happening::Edit(held.clone()));
        if held.ephemeral_for.is_none() {
            let event = payload::message(self, &held, true);
            self.dispatch("MESSAGE_UPDATE", &event, self.audience(channel));
        }
        self.touch(json!({ "kind": "edit", "channel": channel.to_string(), "message": id.to_string() }));
        payload::message(self, &held, false)
    }

    pub(super) fn delete(&mut self, channel: u64, id: u64) {
        let Some(held) = self.message_mut(channel, id) else { return };
        held.deleted = true;
        let held = held.clone();
        self.note(Happening::Delete(held.clone()));
        if held.ephemeral_for.is_none() {
            let guild = self.channels.get(&channel).and_then(|channel| channel.guild);
            let mut event = json!({ "id": id.to_string(), "channel_id": channel.to_string() });
            if let Some(guild) = guild {
                event["guild_id"] = json!(guild.to_string());
            }
            self.dispatch("MESSAGE_DELETE", &event, self.audience(channel));
        }
        self.touch(json!({ "kind": "delete", "channel": channel.to_string(), "message": id.to_string() }));
    }

    fn audience(&self, channel: u64) -> Audience {
        let guild = self.channels.get(&channel).and_then(|channel| channel.guild);
        Audience::Intent(if guild.is_some() { intent::GUILD_MESSAGES } else { intent::DIRECT_MESSAGES })
    }

    /// Tells sessions and page about a channel or thread.
    pub(super) fn tell_channel(&mut self, name: &'static str, channel: u64) {
        let Some(held) = self.channels.get(&channel) else { return };
        let event = payload::channel(self, held);
        self.dispatch(name, &event, Audience::Intent(intent::GUILDS));
        self.touch(json!({ "kind": "channel", "channel": channel.to_string() }));
    }

    /// Writes into the transcript.
    pub(super) fn note(&mut self, happening: Happening) {
        let at_ms = self.now();
        self.transcript.push(Entry { at_ms, happening });
    }
}

/// An id in a body: a string, or (as some clients send it) a number.
pub(super) fn snowflake(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

/// Discord numbers components that come without an id.
fn number_components(rows: &mut [Value]) {
    let mut next = 1;
    for row in rows {
        row["id"] = json!(next);
        next += 1;
        for held in row["components"].as_array_mut().into_iter().flatten() {
            held["id"] = json!(next);
            next += 1;
        }
    }
}
