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
/// stands still, or else a bucket never fills again; Unix milliseconds, if clients shall understand
/// `x-ratelimit-reset`.
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

impl Window {
    /// Starts anew when it is over.
    fn renew(&mut self, now_ms: i64, length_ms: i64) {
        if now_ms >= self.ends_ms {
            *self = Self { ends_ms: now_ms + length_ms, used: 0 };
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Size {
    requests: u32,
    window_ms: i64,
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
    /// major parameter (channel id, guild id, webhook id with token; empty where it has none). A refused request uses
    /// nothing up.
    pub fn check(&mut self, now_ms: i64, bot: &str, method: &str, route: &str, major: &str) -> Verdict {
        let route = super::normalise(route);
        let size = size_of(method, &route);
        let key = (bot.to_owned(), format!("{method} {route}"), major.to_owned());
        let bucket = name_of(method, &route);
        if !self.enabled {
            let window = Window { ends_ms: now_ms + size.window_ms, used: 1 };
            return Verdict { headers: headers(now_ms, size, window, &bucket), refused: None };
        }
        let own = self.buckets.entry(key).or_default();
        own.renew(now_ms, size.window_ms);
        if own.used >= size.requests {
            let refused =
                Refused { retry_after_ms: own.ends_ms - now_ms, scope: RateLimitScope::User, global: false };
            return refuse(refused, headers(now_ms, size, *own, &bucket));
        }
        if bound_to_global(&route) {
            let global = self.global.entry(bot.to_owned()).or_default();
            global.renew(now_ms, 1000);
            if global.used >= GLOBAL_PER_SECOND {
                let refused = Refused {
                    retry_after_ms: global.ends_ms - now_ms,
                    scope: RateLimitScope::Global,
                    global: true,
                };
                return refuse(refused, Vec::new());
            }
            global.used += 1;
        }
        own.used += 1;
        Verdict { headers: headers(now_ms, size, *own, &bucket), refused: None }
    }

    /// Counts an answer with this status. `shared` 429s do not count.
    pub fn count_invalid(&mut self, now_ms: i64, status: u16, shared: bool) {
        if !(matches!(status, 401 | 403) || status == 429 && !shared) {
            return;
        }
        self.invalid.renew(now_ms, INVALID_WINDOW_MS);
        self.invalid.used += 1;
    }

    /// Invalid requests in the running ten minutes.
    pub fn invalid_requests(&self, now_ms: i64) -> u32 {
        if now_ms < self.invalid.ends_ms { self.invalid.used } else { 0 }
    }
}

/// Interaction callbacks and everything by a webhook's token are not bound to the bot's global limit.
/// <https://docs.discord.com/developers/interactions/receiving-and-responding> (endpoints, notes)
fn bound_to_global(route: &str) -> bool {
    !(route.starts_with("/interactions/") || route.starts_with("/webhooks/{}/{}"))
}

fn size_of(method: &str, route: &str) -> Size {
    let (requests, window_ms) = match (method, route) {
        ("POST", "/channels/{}/messages") => (5, 5_000),
        ("DELETE", "/channels/{}/messages/{}") => (5, 1_000),
        ("POST", "/users/@me/channels") => (10, 10_000),
        ("PUT", "/applications/{}/commands" | "/applications/{}/guilds/{}/commands") => (5, 20_000),
        (_, route) if route.starts_with("/webhooks/{}/{}") => (5, 2_000),
        ("GET", _) => (50, 1_000),
        _ => (5, 5_000),
    };
    Size { requests, window_ms }
}

/// The bucket's opaque name (FNV-1a of method and route).
fn name_of(method: &str, route: &str) -> String {
    let hash = format!("{method} {route}").bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

fn headers(now_ms: i64, size: Size, window: Window, bucket: &str) -> Vec<(&'static str, String)> {
    vec![
        ("x-ratelimit-limit", size.requests.to_string()),
        ("x-ratelimit-remaining", size.requests.saturating_sub(window.used).to_string()),
        ("x-ratelimit-reset", seconds(window.ends_ms)),
        ("x-ratelimit-reset-after", seconds(window.ends_ms - now_ms)),
        ("x-ratelimit-bucket", bucket.to_owned()),
    ]
}

/// Headers of a 429, also for one that a test ordered: `retry-after` is in whole seconds, rounded up.
pub fn refusal_headers(refused: Refused) -> Vec<(&'static str, String)> {
    let mut headers = vec![
        ("retry-after", ((refused.retry_after_ms.max(0) + 999) / 1000).to_string()),
        ("x-ratelimit-scope", refused.scope.as_str().to_owned()),
    ];
    if refused.global {
        headers.push(("x-ratelimit-global", "true".to_owned()));
    }
    headers
}

fn refuse(refused: Refused, mut headers: Vec<(&'static str, String)>) -> Verdict {
    headers.extend(refusal_headers(refused));
    Verdict { headers, refused: Some(refused) }
}

fn seconds(ms: i64) -> String {
    format!("{}.{:03}", ms / 1000, ms.rem_euclid(1000))
}

#[cfg(test)]
mod tests {
    use super::*;

    const POST: (&str, &str) = ("POST", "/channels/{channel_id}/messages");
    const CALLBACK: (&str, &str) = ("POST", "/interactions/{id}/{token}/callback");

    fn header<'a>(verdict: &'a Verdict, name: &str) -> Option<&'a str> {
        verdict.headers.iter().find(|(header, _)| *header == name).map(|(_, value)| value.as_str())
    }

    #[test]
    fn a_channel_takes_five_messages_in_five_seconds() {
        let mut limiter = RateLimiter::new();
        for used in 1..=5 {
            let verdict = limiter.check(1_000, "bot", POST.0, POST.1, "1");
            assert_eq!(verdict.refused, None);
            assert_eq!(header(&verdict, "x-ratelimit-limit"), Some("5"));
            assert_eq!(header(&verdict, "x-ratelimit-remaining"), Some((5 - used).to_string().as_str()));
        }
        let verdict = limiter.check(2_500, "bot", POST.0, POST.1, "1");
        let refused = verdict.refused.expect("the sixth message is refused");
        assert_eq!(
            (refused.retry_after_ms, refused.scope, refused.global),
            (3_500, RateLimitScope::User, false)
        );
        assert_eq!(header(&verdict, "retry-after"), Some("4"));
        assert_eq!(header(&verdict, "x-ratelimit-reset-after"), Some("3.500"));
        assert_eq!(header(&verdict, "x-ratelimit-reset"), Some("6.000"));
        assert_eq!(header(&verdict, "x-ratelimit-scope"), Some("user"));
        assert_eq!(refused.to_error().to_json()["retry_after"], 3.5);
        assert_eq!(
            limiter.check(2_500, "bot", POST.0, POST.1, "2").refused,
            None,
            "another channel has its own"
        );
        assert_eq!(
            limiter.check(2_500, "other", POST.0, POST.1, "1").refused,
            None,
            "another bot has its own"
        );
        assert_eq!(limiter.check(6_000, "bot", POST.0, POST.1, "1").refused, None, "the window is over");
    }

    #[test]
    fn the_whole_bot_has_fifty_a_second_without_its_callbacks() {
        let mut limiter = RateLimiter::new();
        for channel in 0..GLOBAL_PER_SECOND {
            assert_eq!(limiter.check(0, "bot", POST.0, POST.1, &channel.to_string()).refused, None);
        }
        let verdict = limiter.check(400, "bot", POST.0, POST.1, "99");
        let refused = verdict.refused.expect("the fifty-first is refused");
        assert_eq!(
            (refused.retry_after_ms, refused.scope, refused.global),
            (600, RateLimitScope::Global, true)
        );
        assert_eq!(header(&verdict, "x-ratelimit-global"), Some("true"));
        assert_eq!(limiter.check(400, "bot", CALLBACK.0, CALLBACK.1, "token").refused, None);
        assert_eq!(limiter.check(400, "bot", "POST", "/webhooks/{a}/{b}", "token").refused, None);
        assert_eq!(limiter.check(1_000, "bot", POST.0, POST.1, "99").refused, None);
    }

    #[test]
    fn switched_off_it_lets_everything_pass_with_headers() {
        let mut limiter = RateLimiter::new();
        limiter.set_enabled(false);
        for _ in 0..200 {
            let verdict = limiter.check(0, "bot", POST.0, POST.1, "1");
            assert_eq!((verdict.refused, header(&verdict, "x-ratelimit-remaining")), (None, Some("4")));
        }
    }

    #[test]
    fn invalid_requests_are_counted_for_ten_minutes() {
        let mut limiter = RateLimiter::new();
        for status in [200, 204, 400, 401, 403, 404, 429] {
            limiter.count_invalid(5, status, false);
        }
        limiter.count_invalid(5, 429, true);
        assert_eq!(limiter.invalid_requests(6), 3);
        assert_eq!(limiter.invalid_requests(5 + INVALID_WINDOW_MS), 0);
    }
}
