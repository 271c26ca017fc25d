//! What can be seen and measured from outside: channels, messages, calls, refusals, the transcript.

use std::collections::BTreeMap;

use serde_json::Value;

use super::answer::full;
use super::rules::fault::{Fault, FaultKind};
use super::world::Call;
use super::{Sandbox, TranscriptOptions, payload, transcript};

impl Sandbox {
    /// All messages of a channel, oldest first, ephemeral ones too.
    pub fn messages(&self, channel: u64) -> Vec<Value> {
        self.shared.on(|world| {
            let held = world.messages.get(&channel).into_iter().flat_map(|held| held.values());
            held.filter(|held| !held.deleted).map(|held| full(world, held)).collect()
        })
    }

    /// The messages a person sees in a channel, oldest first.
    pub fn messages_seen_by(&self, user: u64, channel: u64) -> Vec<Value> {
        self.shared.on(|world| {
            world.seen_messages(user, channel).into_iter().map(|held| full(world, held)).collect()
        })
    }

    /// The channels, threads and direct messages a person sees.
    pub fn channels_seen_by(&self, user: u64) -> Vec<Value> {
        self.shared.on(|world| {
            let seen = world.channels.values().filter(|held| world.sees(user, held.id));
            seen.map(|held| payload::channel(world, held)).collect()
        })
    }

    /// The threads under a channel, oldest first.
    pub fn threads(&self, parent: u64) -> Vec<Value> {
        self.shared.on(|world| {
            let held = world.channels.values().filter(|held| held.is_thread() && held.parent == Some(parent));
            held.map(|held| payload::channel(world, held)).collect()
        })
    }

    /// Somebody's direct messages with the bot, if they were opened.
    pub fn dm_channel(&self, user: u64) -> Option<u64> {
        self.shared.on(|world| world.direct(user))
    }

    /// The bot's id.
    pub fn bot(&self) -> u64 {
        self.shared.on(|world| world.bot)
    }

    /// Whether the bot is connected.
    pub fn is_connected(&self) -> bool {
        self.shared.on(|world| world.sessions.values().any(|session| session.connection.is_some()))
    }

    /// The calls of clients so far.
    pub fn calls(&self) -> Vec<Call> {
        self.shared.on(|world| world.calls.clone())
    }

    /// What people wrote so far, in messages, forms and options, each as it was typed.
    pub fn typed(&self) -> Vec<String> {
        self.shared.on(|world| world.typed.clone())
    }

    /// Forgets the calls so far.
    pub fn clear_calls(&self) {
        self.shared.on(|world| world.calls.clear());
    }

    /// What clients did that Discord refuses: unknown routes, broken limits, missing parts.
    pub fn violations(&self) -> Vec<String> {
        self.shared.on(|world| world.violations.clone())
    }

    /// What was refused because of people or permissions.
    pub fn refusals(&self) -> Vec<String> {
        self.shared.on(|world| world.refusals.clone())
    }

    /// Switches Discord's rate limits on or off; they count by the machine's clock.
    pub fn set_limits(&self, enabled: bool) {
        self.shared.on(|world| world.limiter.set_enabled(enabled));
    }

    /// Orders a fault.
    pub fn fault(&self, fault: Fault) {
        self.shared.on(|world| match fault.kind {
            FaultKind::Gateway(kind) => world.gateway_fault(kind),
            _ => world.faults.add(fault),
        });
    }

    /// How many requests met what so far: a status with its code, `held`, `cut-after`.
    pub fn faults_met(&self) -> BTreeMap<String, u64> {
        self.shared.on(|world| world.faults.met().clone())
    }

    /// Takes back the faults that have not happened.
    pub fn clear_faults(&self) {
        self.shared.on(|world| world.faults.clear());
    }

    /// What people saw, as text.
    pub fn transcript(&self, options: TranscriptOptions) -> String {
        self.shared.on(|world| transcript::text(world, options))
    }

    /// The same, entry by entry: when (Unix ms) and what.
    pub fn transcript_entries(&self, options: TranscriptOptions) -> Vec<(i64, String)> {
        self.shared.on(|world| transcript::entries(world, options))
    }
}
