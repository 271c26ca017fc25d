//! What may go wrong: Discord refuses, is slow, breaks off; the database is held; people take permissions and threads away.

use rand::Rng;

use super::database::{Lock, Manner};
use super::play::Play;
use crate::sandbox::rules::fault::{CutAt, Fault, FaultKind, GatewayFault, RateLimitScope};
use crate::sandbox::rules::permissions;

/// Requests that meet trouble, by method and a part of the path.
const ROUTES: [(&str, &str); 9] = [
    ("POST", "/messages"),
    ("POST", "/threads"),
    ("PATCH", "/messages/"),
    ("PATCH", "/channels/"),
    ("POST", "/users/@me/channels"),
    ("POST", "/callback"),
    ("GET", "/messages"),
    ("PUT", "/thread-members/"),
    ("GET", "/members/"),
];

/// What Discord refuses with: a token for once, permissions, closed and flagged ways, things that are gone, words.
const REFUSALS: [(u16, u32); 14] = [
    (401, 0),
    (403, 50_013),
    (403, 50_013),
    (403, 50_001),
    (403, 50_007),
    (403, 20_026),
    (403, 50_278),
    (400, 50_278),
    (404, 10_003),
    (404, 10_008),
    (400, 40_003),
    (400, 50_035),
    (400, 240_000),
    (429, 30_046),
];
/// Refusals of what is said: other words may pass.
const OF_WORDS: [u32; 2] = [50_035, 240_000];
/// So many requests meet what lasts until the trouble ends.
const LASTING: u32 = 1_000;
/// A token that stays refused ends the process; one refusal is asked about.
const TOKEN: u16 = 401;
/// The sender waits in real time for what comes too soon.
const TOO_MANY: u16 = 429;

impl Play {
    /// Requests meet trouble: one, some, or all until it ends.
    pub(super) fn trouble(&mut self) {
        let Some((method, path)) = self.one(&ROUTES) else { return };
        let times = match self.chance.random_range(0..10) {
            0..3 => 1,
            3..8 => self.chance.random_range(2..8),
            _ => LASTING,
        };
        let kind = match self.chance.random_range(0..18) {
            0 | 1 => FaultKind::Status(500),
            2 => FaultKind::Status(503),
            3 | 4 => FaultKind::Cut(CutAt::After),
            5 => FaultKind::Cut(CutAt::Before),
            6 => FaultKind::RateLimit { scope: RateLimitScope::Shared, retry_after_ms: 150 },
            7 => FaultKind::RateLimit { scope: RateLimitScope::Global, retry_after_ms: 100 },
            8 => FaultKind::Page(self.one(&[403, 404]).unwrap_or(403)),
            9..12 => FaultKind::HeldMs(self.chance.random_range(1_500..20_000)),
            _ => {
                let (status, code) = self.one(&REFUSALS).unwrap_or((403, 50_013));
                FaultKind::Refuse { status, code, words: None }
            }
        };
        let times = match kind {
            FaultKind::Refuse { status: TOKEN, .. } => 1,
            FaultKind::Refuse { status: TOO_MANY, .. } => times.min(3),
            FaultKind::Refuse { .. } | FaultKind::Page(_) => times,
            // What is not answered at all is repeated in real time.
            _ => times.min(8),
        };
        self.note(format!("{times} requests {method} {path} meet {kind:?}"));
        self.model_of(&kind, path);
        let (method, path_contains) = (Some(method.to_owned()), Some(path.to_owned()));
        self.stage.sandbox.fault(Fault { method, path_contains, times, kind });
    }

    /// What the model may no longer be sure of.
    fn model_of(&mut self, kind: &FaultKind, path: &str) {
        self.unanswered |= path == "/callback";
        let FaultKind::Refuse { code, .. } = kind else { return };
        self.model.veiled |= OF_WORDS.contains(code);
        // Any refusal may be of the way to a customer; whether they were told the truth of it the laws say.
        self.model.hard_to_reach.extend(self.customers.iter());
    }

    /// Somebody else holds the database for a while.
    pub(super) async fn hold_database(&mut self) -> anyhow::Result<()> {
        if self.lock.is_some() || !self.running {
            return Ok(());
        }
        let manner = self.one(&[Manner::Slow, Manner::Refusing]).unwrap_or(Manner::Slow);
        let ms = self.chance.random_range(2_500..40_000);
        self.note(format!("the database is held for {} s: {manner:?}", ms / 1_000));
        self.count(match manner {
            Manner::Slow => "database-slow",
            Manner::Refusing => "database-locked",
        });
        let until = self.stage.clock.now() + ms;
        self.lock = Some(Lock::take(&self.stage, &self.url, manner, until).await?);
        Ok(())
    }

    /// Where there is a second process on the database it dies over its work, and another one takes its place.
    pub(super) async fn second_dies(&mut self) -> anyhow::Result<()> {
        if self.stage.helpers() == 0 || self.lock.is_some() {
            return Ok(());
        }
        let requests = self.chance.random_range(0..4);
        self.note(format!("the second process dies after {requests} requests"));
        self.count("second-process-dies");
        self.stage.helper_dies(requests).await;
        let url = self.url.clone();
        self.stage.join(&url).await?;
        self.settle().await
    }

    pub(super) fn deny(&mut self) {
        if self.denied.is_some() {
            return;
        }
        let what = self.one(&[
            permissions::SEND_MESSAGES,
            permissions::SEND_MESSAGES_IN_THREADS,
            permissions::CREATE_PUBLIC_THREADS,
        ]);
        self.note("the bot may not write at the desk any more");
        self.count("permission-taken");
        self.stage.sandbox.deny_bot(self.places.desk, what.unwrap_or_default());
        self.denied = Some(self.places.desk);
    }

    pub(super) fn close_direct(&mut self) {
        let customer = self.customer();
        self.note(format!("{customer} closes direct messages"));
        self.count("direct-messages-closed");
        self.model.hard_to_reach.insert(customer);
        self.stage.sandbox.set_dms_open(customer, false);
    }

    /// Somebody archives, locks or deletes a thread by hand.
    pub(super) fn touch_thread(&mut self) {
        let Some((thread, customer)) = self.a_thread() else { return };
        self.count("thread-touched");
        match self.chance.random_range(0..3) {
            0 => {
                self.note(format!("{thread} is archived"));
                self.stage.sandbox.archive(thread, true);
            }
            1 => {
                self.note(format!("{thread} is archived and locked"));
                self.stage.sandbox.lock(thread, true);
                self.stage.sandbox.archive(thread, true);
            }
            _ => {
                self.note(format!("{thread} is deleted"));
                self.model.torn.insert(customer);
                self.stage.sandbox.delete_channel(thread);
            }
        }
    }

    /// The gateway breaks; what is said meanwhile is heard by resuming, or by looking afterwards.
    pub(super) async fn gateway_breaks(&mut self) -> anyhow::Result<()> {
        if !self.running || !self.stage.sandbox.is_connected() {
            return Ok(());
        }
        let kind = self.one(&[GatewayFault::Drop, GatewayFault::Drop, GatewayFault::Reconnect]);
        let kind = FaultKind::Gateway(kind.unwrap_or(GatewayFault::Drop));
        self.note(format!("{kind:?}"));
        self.count("gateway");
        let sandbox = self.stage.sandbox.clone();
        sandbox.clear_faults();
        sandbox.fault(Fault { method: None, path_contains: None, times: 1, kind });
        self.connected(false).await;
        self.say().await?;
        if self.running {
            self.connected(true).await;
            self.settle().await?;
        }
        Ok(())
    }

    /// Waits until the bot is connected, or is not; it may be connected again before anybody looks.
    async fn connected(&self, wanted: bool) {
        let sandbox = &self.stage.sandbox;
        let mut changes = sandbox.changes();
        let waits = async { while sandbox.is_connected() != wanted && changes.changed().await.is_ok() {} };
        let patience = if wanted { 20 } else { 1 };
        let _ = tokio::time::timeout(std::time::Duration::from_secs(patience), waits).await;
    }
}
