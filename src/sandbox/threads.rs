//! Threads: started, joined, archived, woken.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::payload;
use super::rules::ApiError;
use super::rules::permissions;
use super::transcript::Happening;
use super::world::{Audience, Channel, Thread, World, intent, kind};

/// The most threads that are active at once (see error 160006).
pub(super) const ACTIVE_THREADS: usize = 1_000;

impl World {
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
            if self.public_message(parent, message).is_none() {
                return Err(ApiError::unknown_message());
            }
            if self.channels.contains_key(&message) {
                return Err(ApiError::thread_exists());
            }
        }
        let active = self.channels.values().filter(|held| held.guild == guild);
        if active.filter(|held| held.thread.as_ref().is_some_and(|thread| !thread.archived)).count()
            >= self.most_threads
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
            let state = self.channels.get(&thread).and_then(|held| held.thread.as_ref());
            let count = state.map_or(0, |state| state.members.len().min(50));
            let event = json!({
                "id": thread.to_string(), "guild_id": guild.to_string(), "member_count": count,
                "added_members": [payload::thread_member(thread, user, now)], "removed_member_ids": [],
            });
            self.dispatch("THREAD_MEMBERS_UPDATE", &event, Audience::Intent(intent::GUILD_MEMBERS));
            self.note(Happening::Joined { channel: thread, user });
            self.touch(json!({ "kind": "channel", "channel": thread.to_string() }));
        }
        Ok(())
    }
}
