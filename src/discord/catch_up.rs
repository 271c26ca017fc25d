//! What customers wrote while nobody listened: Discord repeats it to nobody, so it is read where it stands.

use std::collections::BTreeMap;

use serde_json::Value;

use super::bot::Bot;
use super::decode;
use super::gateway::Shard;
use super::rest::{Call, CallError, Class, Page, Priority};
use super::send::id_of;
use crate::domain::complaint::Line;
use crate::kernel::ids::{ChannelId, GuildId, MessageId};
use crate::store::{self, StoreError};

/// How far back it is looked (ms). Shorter than requests are remembered, so that nothing is heard twice.
const BACK: i64 = 3 * 24 * 60 * 60 * 1_000;
/// People to whom a person wrote within this while (ms) may still write after their complaint has ended.
const AFTERWARDS: i64 = 30 * 24 * 60 * 60 * 1_000;
/// How many messages are read at once, Discord's most.
const MESSAGES: u8 = 100;
/// How many times so many are read in one channel.
const PAGES: usize = 20;
/// What could not be read is read again after this while (ms), then after twice as long, up to the last.
const AGAIN: i64 = 2_000;
const LONGEST: i64 = 5 * 60 * 1_000;

/// Channels with their server; direct messages have none.
pub(super) type Lines = BTreeMap<ChannelId, Option<GuildId>>;

impl Bot {
    /// Hears what was written in known lines since the last connection. Whoever never wrote before is heard when they
    /// write again: Discord does not tell a bot who opened a direct message with it.
    pub(super) async fn catch_up(&self, shard: Shard) {
        let mut lines = match self.known_lines().await {
            Ok(lines) => lines,
            Err(error) => {
                tracing::error!(%error, "lines not looked up: what was written meanwhile is not heard yet");
                self.desk().watch().failed(&error);
                tokio::spawn(self.clone().look_up_again(shard));
                return;
            }
        };
        lines.retain(|_, guild| shard.hears(*guild));
        let left = self.read_lines(lines).await;
        if !left.is_empty() {
            tokio::spawn(self.clone().read_again(left));
        }
    }

    /// Reads a line that this outbox message may have opened before the process died: what was written there since was heard by
    /// nobody, for nobody knew the line.
    pub(super) fn catch_up_later(&self, channel: ChannelId, guild: Option<GuildId>) {
        tokio::spawn(self.clone().read_again(Lines::from([(channel, guild)])));
    }

    /// Looks up the lines that the database did not give, until it does, and reads them.
    async fn look_up_again(self, shard: Shard) {
        let (clock, mut closed) = (self.desk().clock(), self.closed());
        let mut wait = AGAIN;
        loop {
            tokio::select! {
                () = clock.sleep_until(clock.now() + wait) => {}
                _ = closed.wait_for(|closed| *closed) => return,
            }
            wait = (wait * 2).min(LONGEST);
            let Ok(mut lines) = self.known_lines().await else { continue };
            lines.retain(|_, guild| shard.hears(*guild));
            return self.read_again(lines).await;
        }
    }

    /// Reads what Discord did not let us read, until it does. One who connects anew reads everything anew.
    pub(super) async fn read_again(self, mut left: Lines) {
        let (clock, mut closed) = (self.desk().clock(), self.closed());
        let mut wait = AGAIN;
        while !left.is_empty() {
            tokio::select! {
                () = clock.sleep_until(clock.now() + wait) => {}
                _ = closed.wait_for(|closed| *closed) => return,
            }
            wait = (wait * 2).min(LONGEST);
            left = self.read_lines(left).await;
        }
    }

    /// Reads these lines, and returns those that could not be read now.
    pub(super) async fn read_lines(&self, lines: Lines) -> Lines {
        let mut left = Lines::new();
        for (channel, guild) in lines {
            match self.catch_up_in(channel, guild).await {
                Ok(true) => {}
                // The database did not say what was heard there; it was said already.
                Ok(false) => {
                    left.insert(channel, guild);
                }
                // Whoever writes to the customer next finds that out, and mends it.
                Err(error) if error.class() == Class::Gone => {
                    tracing::warn!(channel.id = channel.0, %error, "what was written meanwhile is gone");
                }
                Err(error) => {
                    tracing::warn!(channel.id = channel.0, %error, "what was written meanwhile is not read yet");
                    left.insert(channel, guild);
                }
            }
        }
        left
    }

    /// The channels of lines and drafts; private threads with their server.
    pub(super) async fn known_lines(&self) -> Result<Lines, StoreError> {
        let db = self.desk().db();
        let mut lines: Lines =
            store::draft::open_channels(db).await?.into_iter().map(|channel| (channel, None)).collect();
        for complaint in store::complaint::with_a_line(db, self.desk().now() - AFTERWARDS).await? {
            match complaint.line {
                Line::Direct { channel } => lines.insert(channel, None),
                Line::Thread { channel } => lines.insert(channel, Some(complaint.filed.guild)),
                Line::Unknown | Line::Spoken { .. } | Line::Nowhere { .. } => continue,
            };
        }
        Ok(lines)
    }

    /// Reads a line. Whether all was heard: not where the database fails.
    async fn catch_up_in(&self, channel: ChannelId, guild: Option<GuildId>) -> Result<bool, CallError> {
        let since = self.desk().now() - BACK;
        // Looked up before what stands is read: one that is heard meanwhile is not missed there.
        let heard = match self.desk().intake().heard_in(channel, MessageId::at(since)).await {
            Ok(heard) => heard,
            Err(error) => {
                tracing::error!(channel.id = channel.0, %error, "what was heard in a line is not looked up");
                self.desk().watch().failed(&error);
                return Ok(false);
            }
        };
        let (standing, whole) = self.written_since(channel, since).await?;
        // Discord lists the newest first; they are heard in the order of writing.
        for message in standing.iter().rev() {
            match decode::message(message) {
                Ok(Some(mut said)) if said.at >= since => {
                    said.guild = guild;
                    // One that was heard before is known by its id, and does nothing.
                    Box::pin(self.on_message(said)).await;
                }
                Ok(_) => {}
                Err(missing) => {
                    let id = id_of(message);
                    tracing::error!(message.id = id, missing, "a message is not understood and is lost");
                }
            }
        }
        self.compare(channel, guild, &heard, &standing, whole).await;
        Ok(true)
    }

    /// Hears what was changed and deleted meanwhile among messages that were heard: `standing` are those that are there,
    /// newest first, and `whole` whether all are among them that were written since the first of `heard`.
    async fn compare(
        &self,
        channel: ChannelId,
        guild: Option<GuildId>,
        heard: &[MessageId],
        standing: &[Value],
        whole: bool,
    ) {
        let mut there = BTreeMap::new();
        for message in standing {
            there.insert(MessageId(id_of(message)), message);
        }
        let oldest = there.keys().next().copied();
        for message in heard {
            match there.get(message) {
                Some(held) => {
                    let change = decode::change(held).ok().flatten();
                    if let Some(mut change) = change.filter(|change| change.edited_at.is_some()) {
                        // A message that is read by itself does not say its server.
                        change.withheld = guild.is_some() && change.text.is_empty();
                        // One that was heard before is known by its instant, and does nothing.
                        Box::pin(self.on_changed(change)).await;
                    }
                }
                // Beyond what was read nobody knows.
                None if whole || oldest.is_some_and(|oldest| oldest < *message) => {
                    Box::pin(self.on_deleted(channel, *message)).await;
                }
                None => {}
            }
        }
    }

    /// The messages of a channel from `since` (Unix ms) on and some before, newest first; and whether these are all.
    async fn written_since(&self, channel: ChannelId, since: i64) -> Result<(Vec<Value>, bool), CallError> {
        let mut read: Vec<Value> = Vec::new();
        let since = MessageId::at(since);
        for _ in 0..PAGES {
            let page = read.last().map_or(Page::Last, |oldest| Page::Before(MessageId(id_of(oldest))));
            let call = Call::get_messages(channel, page, MESSAGES).priority(Priority::Bulk);
            let answer = self.sender().call(call).await?;
            let messages = answer.as_array().map(Vec::as_slice).unwrap_or_default();
            read.extend_from_slice(messages);
            let reaches_back = read.last().is_none_or(|oldest| id_of(oldest) < since.0);
            if messages.len() < usize::from(MESSAGES) || reaches_back {
                return Ok((read, true));
            }
        }
        tracing::error!(
            channel.id = channel.0,
            messages = read.len(),
            "more was written meanwhile than is read"
        );
        Ok((read, false))
    }
}
