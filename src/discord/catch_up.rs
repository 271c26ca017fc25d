//! What customers wrote while nobody listened: Discord repeats it to nobody, so it is read where it stands.

use std::collections::BTreeMap;

use serenity::all::Message;

use super::bot::Bot;
use super::decode;
use super::gateway::Shard;
use super::rest::{Call, Priority};
use crate::domain::complaint::Line;
use crate::domain::ids::{ChannelId, GuildId};
use crate::store::{self, StoreError};

/// How far back it is looked (ms). Shorter than requests are remembered, so that nothing is heard twice.
const BACK: i64 = 3 * 24 * 60 * 60 * 1_000;
/// People to whom a person wrote within this while (ms) may still write after their complaint has ended.
const AFTERWARDS: i64 = 30 * 24 * 60 * 60 * 1_000;
/// How many of a channel's last messages are read.
const MESSAGES: u8 = 50;

impl Bot {
    /// Hears what was written in known lines since the last connection. Whoever never wrote before is heard when they
    /// write again: Discord does not tell a bot who opened a direct message with it.
    pub(super) async fn catch_up(&self, shard: Shard) {
        match self.known_lines().await {
            Ok(lines) => {
                for (channel, guild) in lines.into_iter().filter(|(_, guild)| shard.hears(*guild)) {
                    self.catch_up_in(channel, guild).await;
                }
            }
            Err(error) => {
                tracing::error!(%error, "lines not looked up: what was written meanwhile is not heard")
            }
        }
    }

    /// The channels of lines and drafts; private threads with their server.
    async fn known_lines(&self) -> Result<BTreeMap<ChannelId, Option<GuildId>>, StoreError> {
        let db = self.desk().db();
        let mut lines: BTreeMap<ChannelId, Option<GuildId>> =
            store::draft::open_channels(db).await?.into_iter().map(|channel| (channel, None)).collect();
        for complaint in store::complaint::with_a_line(db, self.desk().now() - AFTERWARDS).await? {
            match complaint.line {
                Line::Direct { channel } => lines.insert(channel, None),
                Line::Thread { channel } => lines.insert(channel, Some(complaint.filed.guild)),
                Line::Unknown | Line::Nowhere { .. } => continue,
            };
        }
        Ok(lines)
    }

    async fn catch_up_in(&self, channel: ChannelId, guild: Option<GuildId>) {
        let call = Call::get_messages(channel, None, MESSAGES).priority(Priority::Person);
        let messages = match self.sender().call(call).await {
            Ok(messages) => messages,
            Err(error) => {
                tracing::warn!(channel.id = channel.0, %error, "what was written meanwhile is not read");
                return;
            }
        };
        let since = self.desk().now() - BACK;
        // Discord lists the newest first; they are heard in the order of writing.
        for message in messages.as_array().into_iter().flatten().rev() {
            let said = serde_json::from_value::<Message>(message.clone()).ok();
            let said = said.as_ref().and_then(decode::message).filter(|said| said.at >= since);
            if let Some(mut said) = said {
                said.guild = guild;
                // One that was heard before is known by its id, and does nothing.
                self.on_message(said).await;
            }
        }
    }
}
