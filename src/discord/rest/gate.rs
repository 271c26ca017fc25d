//! The gate before the wire: calls wait here for their turn, and what their answers show is learned here.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use tokio::sync::{Notify, oneshot};

use super::call::Priority;
use super::limits::{Limits, Seen, Wanted, is_alarming};
use super::pace::{NEVER, Pace};
use super::queue::Queue;
use crate::watch::Watch;

/// The gate; it stands as long as somebody holds it.
#[derive(Debug)]
pub(super) struct Gate {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    state: Mutex<State>,
    changed: Arc<Notify>,
    pace: Pace,
    watch: Watch,
}

#[derive(Debug, Default)]
struct State {
    limits: Limits,
    queue: Queue<Ticket>,
    numbers: u64,
    look_again: i64,
    stopped: bool,
}

#[derive(Debug)]
struct Ticket {
    tell: oneshot::Sender<Pass>,
    wanted: Wanted,
}

/// The right to make one attempt; dropped without an answer it gives its place back.
#[derive(Debug)]
pub(super) struct Pass {
    shared: Arc<Shared>,
    wanted: Wanted,
    bucket: Option<String>,
}

/// How a call was refused for coming too soon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Limited {
    /// The wait that was told (ms).
    pub retry_after: i64,
    /// Whether it holds for all calls.
    pub global: bool,
    /// Whether others used up what is shared; it is not held against us then.
    pub shared: bool,
}

impl Limited {
    /// The scope's name.
    pub(super) fn scope(self) -> &'static str {
        match (self.global, self.shared) {
            (_, true) => "shared",
            (true, _) => "global",
            _ => "user",
        }
    }
}

impl Gate {
    /// Opens a gate. Must be called within a runtime.
    pub(super) fn open(pace: Pace, watch: Watch) -> Self {
        let changed = Arc::new(Notify::new());
        let shared = Arc::new(Shared { state: Mutex::default(), changed: changed.clone(), pace, watch });
        tokio::spawn(keep(Arc::downgrade(&shared), changed, pace));
        Self { shared }
    }

    /// A number for a new call.
    pub(super) fn number(&self) -> u64 {
        let mut state = self.shared.lock();
        state.numbers += 1;
        state.numbers
    }

    /// Waits for a turn until `until`. None if it did not come; see [`Gate::wait_hint`].
    pub(super) async fn enter(
        &self,
        number: u64,
        wanted: Wanted,
        priority: Priority,
        since: i64,
        until: i64,
    ) -> Option<Pass> {
        let (tell, told) = oneshot::channel();
        let ticket = Ticket { tell, wanted: wanted.clone() };
        self.shared.lock().queue.push(number, wanted, priority, since, ticket);
        self.shared.let_in();
        self.shared.changed.notify_one();
        tokio::select! {
            biased;
            pass = told => pass.ok(),
            () = self.shared.pace.sleep_until(until) => None,
        }
    }

    /// How long whoever gave up should stay away at least (ms).
    pub(super) fn wait_hint(&self) -> i64 {
        let look_again = self.shared.lock().look_again;
        let wait = if look_again == NEVER { 0 } else { look_again - self.shared.pace.now() };
        wait.max(1_000)
    }

    /// Counts a refused call; the log hears of it before Discord loses its patience.
    pub(super) fn count_invalid(&self, template: &'static str, status: u16) {
        let invalid = self.shared.lock().limits.count_invalid(self.shared.pace.now());
        if is_alarming(invalid) {
            tracing::error!(
                invalid,
                template,
                status,
                "Discord refused many calls in ten minutes and bans the address at 10000: what can wait waits now"
            );
        }
    }

    /// Stops all calls with the bot's token.
    pub(super) fn stop(&self) {
        let before = std::mem::replace(&mut self.shared.lock().stopped, true);
        if !before {
            tracing::error!("Discord refused the bot's token (401): nothing more is sent with it");
        }
    }

    /// The token is taken again.
    pub(super) fn go_on(&self) {
        self.shared.lock().stopped = false;
        self.shared.changed.notify_one();
    }

    /// Whether the token was refused.
    pub(super) fn is_stopped(&self) -> bool {
        self.shared.lock().stopped
    }

    /// So many processes call for the same bot.
    pub(super) fn share_with(&self, processes: usize) {
        self.shared.lock().limits.share_with(processes);
        self.shared.changed.notify_one();
    }

    /// How many calls wait, and how many were refused in ten minutes.
    pub(super) fn counts(&self) -> (usize, usize) {
        let now = self.shared.pace.now();
        let mut state = self.shared.lock();
        (state.queue.len(), state.limits.invalid(now))
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        // The keeper finds the gate gone and leaves.
        self.shared.changed.notify_one();
    }
}

impl Pass {
    /// Learns from an answer. Only a success says by its silence that a route has no bucket.
    pub(super) fn answered(mut self, seen: &Seen, is_success: bool, limited: Option<Limited>) {
        let now = self.shared.pace.now();
        let mut state = self.shared.lock();
        if let Some(bucket) = &self.bucket {
            let learned = (is_success || seen.bucket.is_some()).then_some(seen);
            state.limits.end(&self.wanted, bucket, learned, now);
        }
        if let Some(limited) = limited {
            state.limits.refused(&self.wanted, limited.retry_after, limited.global, now);
        }
        drop(state);
        self.bucket = None;
        self.shared.changed.notify_one();
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        if let Some(bucket) = self.bucket.take() {
            let now = self.shared.pace.now();
            self.shared.lock().limits.end(&self.wanted, &bucket, None, now);
            self.shared.changed.notify_one();
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        // Every change under the lock is complete in itself, so a panic elsewhere leaves nothing half done.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets in whoever may go and says when to look again.
    fn let_in(self: &Arc<Self>) -> i64 {
        let now = self.pace.now();
        let mut state = self.lock();
        let State { limits, queue, look_again, .. } = &mut *state;
        let (turns, next) = queue.turns(limits, now, |ticket| ticket.tell.is_closed());
        *look_again = next;
        drop(state);
        for turn in turns {
            if let Some(scope) = turn.held {
                self.watch.waited(scope, turn.waited);
            }
            let Ticket { tell, wanted } = turn.ticket;
            // Whoever gave up meanwhile drops the pass, and its place is free again.
            let _ = tell.send(Pass { shared: self.clone(), wanted, bucket: Some(turn.bucket) });
        }
        next
    }
}

/// Lets calls in when time or an answer makes room.
async fn keep(shared: Weak<Shared>, changed: Arc<Notify>, pace: Pace) {
    loop {
        let Some(next) = shared.upgrade().map(|shared| shared.let_in()) else { return };
        tokio::select! {
            () = changed.notified() => {}
            () = pace.sleep_until(next) => {}
        }
    }
}
