//! What could not be stored when it was heard: Discord tells it to nobody again, so its place is read once the database takes it.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::bot::Bot;
use super::catch_up::Lines;
use crate::kernel::ids::ChannelId;
use crate::store;

/// The database is tried this while (ms) after the fault, then after twice as long, up to the last.
const AGAIN: i64 = 2_000;
const LONGEST: i64 = 60_000;

/// Channels in which something was heard and not stored; whether each is surely a direct message with the bot.
#[derive(Debug, Default)]
pub(super) struct Unheard(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    channels: BTreeMap<ChannelId, bool>,
    /// Whether somebody sees to it already.
    tended: bool,
}

impl Unheard {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes a channel. Whether nobody sees to it yet.
    fn note(&self, channel: ChannelId, direct: bool) -> bool {
        let mut state = self.state();
        *state.channels.entry(channel).or_default() |= direct;
        !std::mem::replace(&mut state.tended, true)
    }

    /// The channels, for whoever sees to them; none: nobody does any more.
    fn take(&self) -> BTreeMap<ChannelId, bool> {
        let mut state = self.state();
        state.tended = !state.channels.is_empty();
        std::mem::take(&mut state.channels)
    }
}

impl Bot {
    /// Something in this channel could not be stored. `direct`: it is surely a direct message with the bot; else it may be any
    /// channel of a server.
    pub(super) fn note_unheard(&self, channel: ChannelId, direct: bool) {
        if self.unheard().note(channel, direct) {
            tokio::spawn(self.clone().hear_unheard());
        }
    }

    /// Reads the noted channels once the database takes what is written there.
    async fn hear_unheard(self) {
        let (desk, mut closed) = (self.desk(), self.closed());
        let mut wait = AGAIN;
        loop {
            tokio::select! {
                () = desk.clock().sleep_until(desk.now() + wait) => {}
                // Whoever connects next reads everything.
                _ = closed.wait_for(|closed| *closed) => return,
            }
            wait = (wait * 2).min(LONGEST);
            if store::health::write(desk.db(), desk.owner()).await.is_err() {
                continue;
            }
            let Ok(known) = self.known_lines().await else { continue };
            let channels = self.unheard().take();
            if channels.is_empty() {
                return;
            }
            tracing::warn!(channels = channels.len(), "what could not be stored is read again");
            let known = |(channel, direct): (ChannelId, bool)| match known.get(&channel) {
                Some(guild) => Some((channel, *guild)),
                None => direct.then_some((channel, None)),
            };
            let lines: Lines = channels.into_iter().filter_map(known).collect();
            let left = self.read_lines(lines).await;
            if !left.is_empty() {
                tokio::spawn(self.clone().read_again(left));
            }
            wait = AGAIN;
        }
    }
}
