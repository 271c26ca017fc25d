//! Watching over the desk: what it counts, how its workers, its gateway and its database do, and what is said when one fails.

pub mod dog;
pub mod exposition;
mod families;
pub mod figures;
mod gateway;
pub mod http;
pub mod trouble;
mod workers;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{Notify, watch};

use crate::clock::Clock;
use crate::clock::agreement::{Agreement, Heard, agreement};
use crate::domain::footing;
use crate::kernel::ids::GuildId;
use crate::store::{Fault, StoreError};

use exposition::Counters;
pub use exposition::Sample;
pub use gateway::Gateway;
use trouble::{Book, Change, Past, Trouble};
pub use workers::Pulse;
use workers::Workers;

/// What fails for longer than this (ms) is said loudly.
pub const PATIENCE: i64 = 2 * 60_000;
/// A fault that a request met counts for this long (ms) if it is not met again.
const FAULT_HOLDS: i64 = 15_000;
/// More interactions than this are not timed at once.
const MOST_TIMED: usize = 10_000;

/// Everything that is noted in this process. Clones note in the same place.
#[derive(Clone, Debug)]
pub struct Watch {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    clock: Clock,
    started: i64,
    counters: Mutex<Counters>,
    state: Mutex<State>,
    /// Whether the database was lost when it was looked at last.
    lost: watch::Sender<bool>,
    look: Notify,
}

#[derive(Debug, Default)]
struct State {
    gateway: Gateway,
    workers: Workers,
    faults: BTreeMap<Fault, i64>,
    received: BTreeMap<u64, i64>,
    book: Book,
    silenced: Option<&'static str>,
    token_refused: bool,
    folder: Option<PathBuf>,
    unwritable: Option<String>,
    /// What Discord said the time is.
    discord_time: Option<Heard>,
    /// The newest instant that was stored before this process began.
    stored_time: Option<Heard>,
    /// What is wrong with the set-up of each server's desk.
    footing: BTreeMap<GuildId, Vec<footing::Fault>>,
}

/// Locks a mutex whose holder cannot have left it half-changed.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Watch {
    /// Begins to watch.
    pub fn new(clock: Clock) -> Self {
        let started = clock.now();
        let mut counters = Counters::default();
        for outcome in ["done", "refused", "failed"] {
            counters.add("langnghe_asks_total", &[("outcome", outcome)], 0.0);
        }
        for scope in ["user", "global", "shared"] {
            counters.add("langnghe_discord_rate_limited_total", &[("scope", scope)], 0.0);
        }
        for scope in ["bucket", "global"] {
            counters.add("langnghe_discord_rate_limit_waits_total", &[("scope", scope)], 0.0);
            counters.add("langnghe_discord_rate_limit_wait_seconds_total", &[("scope", scope)], 0.0);
        }
        for kind in Trouble::KINDS {
            counters.add("langnghe_watchdog_episodes_total", &[("trouble", kind)], 0.0);
        }
        let state = State { gateway: Gateway::new(started), ..State::default() };
        let shared = Shared {
            clock,
            started,
            counters: Mutex::new(counters),
            state: Mutex::new(state),
            lost: watch::Sender::default(),
            look: Notify::new(),
        };
        Self { shared: Arc::new(shared) }
    }

    /// When it began (Unix ms).
    pub fn started(&self) -> i64 {
        self.shared.started
    }

    /// The clock it goes by.
    pub fn clock(&self) -> &Clock {
        &self.shared.clock
    }

    fn now(&self) -> i64 {
        self.shared.clock.now()
    }

    /// A request of a person came to this: `done`, `refused` or `failed`.
    pub fn asked(&self, outcome: &'static str) {
        self.counters().add("langnghe_asks_total", &[("outcome", outcome)], 1.0);
    }

    /// A timer fired this long after it was due (ms).
    pub fn fired(&self, late_ms: i64) {
        self.counters().observe("langnghe_timer_lateness_seconds", seconds(late_ms));
    }

    /// Discord answered a call: its method and path without ids, and the HTTP status; none if nothing came back.
    pub fn called(&self, template: &'static str, status: Option<u16>) {
        let (method, route) = template.split_once(' ').unwrap_or(("", template));
        let class = match status {
            Some(200..=299) => "2xx",
            Some(300..=399) => "3xx",
            Some(400..=499) => "4xx",
            Some(_) => "5xx",
            None => "none",
        };
        let labels = [("method", method), ("route", route), ("status", class)];
        self.counters().add("langnghe_discord_calls_total", &labels, 1.0);
    }

    /// A call waited this long (ms) for Discord's limits, by what held it last: `bucket`, `global` or `shared`.
    pub fn waited(&self, scope: &'static str, wait_ms: i64) {
        let mut counters = self.counters();
        counters.add("langnghe_discord_rate_limit_waits_total", &[("scope", scope)], 1.0);
        counters.add("langnghe_discord_rate_limit_wait_seconds_total", &[("scope", scope)], seconds(wait_ms));
    }

    /// Discord refused a call for coming too soon (429), with this scope: `user`, `global` or `shared`.
    pub fn limited(&self, scope: &'static str) {
        self.counters().add("langnghe_discord_rate_limited_total", &[("scope", scope)], 1.0);
    }

    /// An interaction came in.
    pub fn received(&self, interaction: u64) {
        let now = self.now();
        let mut state = self.state();
        if state.received.len() < MOST_TIMED {
            state.received.insert(interaction, now);
        }
    }

    /// The first answer to an interaction arrived at Discord; later ones are not counted.
    pub fn answered(&self, interaction: u64) {
        let Some(received) = self.state().received.remove(&interaction) else { return };
        self.counters().observe("langnghe_callback_latency_seconds", seconds(self.now() - received));
    }

    /// An interaction is dealt with, answered or not.
    pub fn forget(&self, interaction: u64) {
        if self.state().received.remove(&interaction).is_some() {
            self.counters().add("langnghe_callbacks_unanswered_total", &[], 1.0);
        }
    }

    /// Changes what is known of the gateway.
    pub fn gateway(&self, change: impl FnOnce(&mut Gateway, i64)) {
        let now = self.now();
        change(&mut self.state().gateway, now);
    }

    /// What is known of the gateway.
    pub fn gateway_now(&self) -> Gateway {
        self.state().gateway.clone()
    }

    /// Begins to watch a worker.
    pub fn worker(&self, name: impl Into<String>) -> Pulse {
        let pulse = Pulse::new(self.clone(), name.into());
        pulse.busy();
        pulse
    }

    /// The workers that have not moved for longer than [`PATIENCE`], and since when (Unix ms).
    pub fn silent(&self) -> Vec<(String, i64)> {
        let now = self.now();
        self.state().workers.silent(now)
    }

    /// A worker ended or panicked and starts again.
    pub fn restarted(&self, worker: &str) {
        self.counters().add("langnghe_worker_restarts_total", &[("worker", worker)], 1.0);
    }

    /// Discord refused the bot's token.
    pub fn token_refused(&self) {
        self.state().token_refused = true;
        self.look_now();
    }

    /// It takes it again.
    pub fn token_taken(&self) {
        self.state().token_refused = false;
        self.look_now();
    }

    /// Whether it did.
    pub fn is_token_refused(&self) -> bool {
        self.state().token_refused
    }

    /// Files are kept in this folder: the watchdog looks whether they can be.
    pub fn keeps_in(&self, folder: PathBuf) {
        self.state().folder = Some(folder);
    }

    /// Where files are kept.
    pub fn folder(&self) -> Option<PathBuf> {
        self.state().folder.clone()
    }

    /// Why no file can be kept; or none any more.
    pub fn files_fail(&self, why: Option<String>) {
        self.state().unwritable = why;
    }

    /// Why no file can be kept, when it was tried last.
    pub fn files_failing(&self) -> Option<String> {
        self.state().unwritable.clone()
    }

    /// Discord said that this is the time (Unix ms).
    pub fn discord_says(&self, time: i64) {
        let at = self.shared.clock.moment();
        self.state().discord_time = Some(Heard { told: time, at });
    }

    /// This is the newest instant (Unix ms) that was stored before this process began.
    pub fn was_stored(&self, newest: i64) {
        let at = self.shared.clock.moment();
        self.state().stored_time = Some(Heard { told: newest, at });
    }

    /// Whether our clock may be believed.
    pub fn clock_agrees(&self) -> Agreement {
        let state = self.state();
        let (discord, stored) = (state.discord_time, state.stored_time);
        drop(state);
        agreement(discord, stored, self.shared.clock.moment())
    }

    /// This process may not send, for this reason; or may again.
    pub fn silence(&self, reason: Option<&'static str>) {
        self.state().silenced = reason;
    }

    /// Why this process may not send, if so.
    pub fn silenced(&self) -> Option<&'static str> {
        self.state().silenced
    }

    /// Notes what an error says of the database, if it says anything.
    pub fn failed(&self, error: &StoreError) {
        let Some(fault) = error.fault() else { return };
        let now = self.now();
        self.state().faults.insert(fault, now);
        self.shared.look.notify_one();
    }

    /// The faults of the database that were met of late.
    pub(crate) fn faults(&self) -> Vec<Fault> {
        let now = self.now();
        let mut state = self.state();
        state.faults.retain(|_, met| now - *met < FAULT_HOLDS);
        state.faults.keys().copied().collect()
    }

    /// Whether the database was lost when it was looked at last: then nobody needs to wait for it.
    pub fn is_lost(&self) -> bool {
        *self.shared.lost.borrow()
    }

    /// The same, to wait for its changes.
    pub fn is_lost_now(&self) -> watch::Receiver<bool> {
        self.shared.lost.subscribe()
    }

    /// Waits until the database is found to be lost.
    pub async fn lost(&self) {
        // The sender lives in `self`, so the channel cannot close meanwhile.
        let _ = self.shared.lost.subscribe().wait_for(|lost| *lost).await;
    }

    fn set_lost(&self, lost: bool) {
        self.shared.lost.send_if_modified(|held| std::mem::replace(held, lost) != lost);
    }

    /// Notes what is wrong with the set-up of a server's desk, and returns what was noted before.
    pub fn set_footing(&self, guild: GuildId, faults: Vec<footing::Fault>) -> Vec<footing::Fault> {
        self.state().footing.insert(guild, faults).unwrap_or_default()
    }

    /// What is wrong with the set-up of desks.
    pub fn footing(&self) -> Vec<(GuildId, footing::Fault)> {
        let state = self.state();
        let each = state
            .footing
            .iter()
            .flat_map(|(guild, faults)| faults.iter().map(|fault| (*guild, fault.clone())));
        each.collect()
    }

    /// Asks the watchdog to look now.
    pub fn look_now(&self) {
        self.shared.look.notify_one();
    }

    /// What is wrong at present, and since when (Unix ms).
    pub fn troubles(&self) -> Vec<(Trouble, i64)> {
        self.state().book.present()
    }

    /// What was wrong and is over, the latest last; only the last few are kept.
    pub fn past_troubles(&self) -> Vec<Past> {
        self.state().book.past()
    }

    fn record(&self, found: Vec<Trouble>) -> Vec<Change> {
        let now = self.now();
        let changes = self.state().book.update(found, now);
        for change in changes.iter().filter(|change| !change.over) {
            let labels = [("trouble", change.trouble.kind())];
            self.counters().add("langnghe_watchdog_episodes_total", &labels, 1.0);
        }
        changes
    }

    fn counters(&self) -> MutexGuard<'_, Counters> {
        lock(&self.shared.counters)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.shared.state)
    }
}

/// Milliseconds as seconds; a span cannot be negative.
pub(crate) fn seconds(ms: i64) -> f64 {
    ms.max(0) as f64 / 1_000.0
}
