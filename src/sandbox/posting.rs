//! Posting, changing and deleting messages; starting and archiving threads. What Discord refuses is refused here.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::payload;
use super::rules::ApiError;
use super::rules::permissions;
use super::transcript::{Entry, Happening};
use super::world::{Audience, Channel, Message, Stored, Thread, World, intent, kind};

/// How long a nonce is remembered ("in the past few minutes": `resources/message`, create message).
const NONCE_HOLDS: i64 = 5 * 60_000;
/// How long a link to a file is good.
const LINK_HOLDS: i64 = 24 * 60 * 60_000;
/// The largest upload (bytes; `reference`, uploading files).
pub(super) const UPLOAD_LIMIT: usize = 10 * 1024 * 1024;
/// The most threads that are active at once (see error 160006).
const ACTIVE_THREADS: usize = 1_000;
/// Message flags: seen by one person; a deferred answer.
pub(super) const EPHEMERAL: u64 = 1 << 6;
pub(super) const LOADING: u64 = 1 << 7;

/// A file on its way up.
#[derive(Clone, Debug)]
pub(super) struct Upload {
    pub(super) name: String,
    pub(super) media: String,
    pub(super) bytes: Vec<u8>,
}

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
            answers: None,
            created_ms,
            edited_ms: None,
            ephemeral_for: None,
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
        if self
            .channels
            .get(&channel)
            .and_then(|held| held.thread.as_ref())
            .is_some_and(|held| held.locked && held.archived)
        {
            return Err(ApiError::thread_archived());
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
        message.reply_to = snowflake(&body["message_reference"]["message_id"]);
        self.fill(&mut message, body, files)?;
        self.wake_thread(channel);
        Ok(self.stand(message))
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
                    && let Some(held) = embed.as_object_mut() {
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
        self.note_pings(message, body);
        Ok(())
    }

    /// Who is really pinged: named in the text, allowed by the body, and (roles) mentionable.
    fn note_pings(&self, message: &mut Message, body: &Value) {
        let allowed = body.get("allowed_mentions");
        let listed = |key: &str| -> Option<BTreeSet<u64>> {
            let held = allowed?.get(key)?.as_array()?;
            Some(held.iter().filter_map(snowflake).collect())
        };
        let parsed = |key: &str| match allowed {
            None => true,
            Some(allowed) => {
                allowed["parse"].as_array().is_some_and(|held| held.iter().any(|held| held == key))
            }
        };
        let may = |key: &str, id: u64| parsed(key) || listed(key).is_some_and(|ids| ids.contains(&id));
        let everyone = self.permissions(message.author, message.channel) & permissions::MENTION_EVERYONE != 0;
        let guild = self.channels.get(&message.channel).and_then(|channel| channel.guild);
        message.pinged_users =
            mentioned(&message.content, "<@").into_iter().filter(|id| may("users", *id)).collect();
        message.pinged_roles = mentioned(&message.content, "<@&")
            .into_iter()
            .filter(|id| may("roles", *id))
            .filter(|id| {
                let role =
                    guild.and_then(|guild| self.guilds.get(&guild)).and_then(|guild| guild.roles.get(id));
                role.is_some_and(|role| role.mentionable || everyone)
            })
            .collect();
    }

    pub(super) fn store_file(&mut self, channel: u64, file: Upload) -> Value {
        let id = self.next_id();
        let expires_ms = self.now() + LINK_HOLDS;
        let mut link = format!("{}/attachments/{channel}/{id}/{}", self.origin, encoded(&file.name));
        link = format!("{link}?ex={:x}&is={:x}&hm={:x}", expires_ms / 1_000, self.now() / 1_000, id);
        let mut stored = json!({
            "id": id.to_string(), "filename": file.name, "size": file.bytes.len(), "url": link,
            "proxy_url": link, "content_type": file.media, "ephemeral": false,
        });
        if let Some((width, height)) = png_size(&file.bytes) {
            stored["width"] = json!(width);
            stored["height"] = json!(height);
        }
        self.files.insert(id, Stored { name: file.name, media: file.media, bytes: file.bytes, expires_ms });
        stored
    }

    /// A message stands: it is kept, told to sessions and written into the transcript.
    pub(super) fn stand(&mut self, message: Message) -> Value {
        let (id, channel, ephemeral) = (message.id, message.channel, message.ephemeral_for);
        if ephemeral.is_none()
            && let Some(held) = self.channels.get_mut(&channel) {
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

    /// A message wakes an archived thread, unless it is locked (`topics/threads`).
    pub(super) fn wake_thread(&mut self, channel: u64) {
        let asleep = self.channels.get(&channel).and_then(|held| held.thread.as_ref());
        if asleep.is_some_and(|held| held.archived && !held.locked) {
            self.set_archived(channel, false);
        }
    }

    pub(super) fn set_archived(&mut self, channel: u64, archived: bool) {
        let now = self.now();
        let Some(thread) = self.channels.get_mut(&channel).and_then(|held| held.thread.as_mut()) else {
            return;
        };
        thread.archived = archived;
        thread.archive_changed_ms = now;
        self.tell_channel("THREAD_UPDATE", channel);
    }

    /// Tells sessions and page about a channel or thread.
    pub(super) fn tell_channel(&mut self, name: &'static str, channel: u64) {
        let Some(held) = self.channels.get(&channel) else { return };
        let event = payload::channel(self, held);
        self.dispatch(name, &event, Audience::Intent(intent::GUILDS));
        self.touch(json!({ "kind": "channel", "channel": channel.to_string() }));
    }

    /// Starts a thread, from a message (`from`) or of its own.
    pub(super) fn start_thread(
        &mut self,
        parent: u64,
        from: Option<u64>,
        body: &Value,
    ) -> Result<Value, ApiError> {
        let bot = self.bot;
        let held = self.visible(bot, parent)?;
        if held.kind != kind::TEXT {
            return Err(ApiError::wrong_channel_type());
        }
        let guild = held.guild;
        let private = from.is_none() && body["type"].as_u64().unwrap_or(12) == 12;
        let wanted =
            if private { permissions::CREATE_PRIVATE_THREADS } else { permissions::CREATE_PUBLIC_THREADS };
        self.require(bot, parent, wanted)?;
        if let Some(message) = from {
            if self.message(parent, message).is_none() {
                return Err(ApiError::unknown_message());
            }
            if self.channels.contains_key(&message) {
                return Err(ApiError::thread_exists());
            }
        }
        let active = self.channels.values().filter(|held| held.guild == guild);
        if active.filter(|held| held.thread.as_ref().is_some_and(|thread| !thread.archived)).count()
            >= ACTIVE_THREADS
        {
            return Err(ApiError::too_many_threads());
        }
        let id = match from {
            Some(message) => message,
            None => self.next_id(),
        };
        let now = self.now();
        let thread = Thread {
            owner: bot,
            archived: false,
            locked: false,
            invitable: body["invitable"].as_bool().unwrap_or(true),
            auto_archive: body["auto_archive_duration"].as_i64().unwrap_or(4_320),
            created_ms: now,
            archive_changed_ms: now,
            members: BTreeSet::from([bot]),
        };
        let channel = Channel {
            id,
            kind: if private { kind::PRIVATE_THREAD } else { kind::PUBLIC_THREAD },
            guild,
            name: body["name"].as_str().unwrap_or_default().to_owned(),
            topic: None,
            position: 0,
            parent: Some(parent),
            overwrites: Vec::new(),
            thread: Some(thread),
            recipients: Vec::new(),
            pins: Vec::new(),
            last_message: None,
        };
        self.note(Happening::Thread { parent, name: channel.name.clone(), private });
        self.channels.insert(id, channel);
        self.tell_channel("THREAD_CREATE", id);
        if let Some(message) = from {
            // Discord marks the message that a thread hangs from (message flag 1 << 5).
            if let Some(held) = self.message_mut(parent, message) {
                held.flags |= 1 << 5;
            }
        }
        Ok(payload::channel(self, &self.channels[&id]))
    }

    /// Adds somebody to a thread; again is as good.
    pub(super) fn join_thread(&mut self, thread: u64, user: u64) -> Result<(), ApiError> {
        let bot = self.bot;
        self.visible(bot, thread)?;
        let held = self.channels.get(&thread).ok_or_else(ApiError::unknown_channel)?;
        let Some(state) = &held.thread else { return Err(ApiError::wrong_channel_type()) };
        if state.archived {
            return Err(ApiError::thread_archived());
        }
        let guild = held.guild.unwrap_or_default();
        if !self.guilds.get(&guild).is_some_and(|guild| guild.members.contains_key(&user)) {
            return Err(ApiError::unknown_member());
        }
        let parent = held.parent.unwrap_or_default();
        if !self.sees(user, parent) {
            return Err(ApiError::missing_access());
        }
        self.wake_thread(thread);
        let now = self.now();
        let fresh = self
            .channels
            .get_mut(&thread)
            .and_then(|held| held.thread.as_mut())
            .is_some_and(|state| state.members.insert(user));
        if fresh {
            let event = json!({
                "id": thread.to_string(), "guild_id": guild.to_string(), "member_count": 2,
                "added_members": [payload::thread_member(thread, user, now)], "removed_member_ids": [],
            });
            self.dispatch("THREAD_MEMBERS_UPDATE", &event, Audience::Intent(intent::GUILD_MEMBERS));
            self.note(Happening::Joined { channel: thread, user });
            self.touch(json!({ "kind": "channel", "channel": thread.to_string() }));
        }
        Ok(())
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

/// The ids behind a mention's opening.
fn mentioned(text: &str, opening: &str) -> Vec<u64> {
    let mut found: Vec<u64> = Vec::new();
    for rest in text.split(opening).skip(1) {
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        if rest[digits.len()..].starts_with('>')
            && let Ok(id) = digits.parse()
                && !found.contains(&id) {
                    found.push(id);
                }
    }
    found
}

/// A file's name as Discord's links carry it.
fn encoded(name: &str) -> String {
    name.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

/// Width and height of a PNG, from its first chunk.
fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    if !bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return None;
    }
    let number = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    Some((number(16)?, number(20)?))
}
