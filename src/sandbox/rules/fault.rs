//! What a test wants to go wrong: which request meets which trouble, how many times.
//! The JSON is that of the control interface (`POST /control/fault`).

use std::collections::{BTreeMap, VecDeque};

use serde::{Deserialize, Serialize};

/// One order for trouble. Without `method` and `path` it meets every request; without `times` it happens once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// HTTP method, in any case; none = every method.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// A part of the path (`/channels/123/messages`); none = every path.
    #[serde(default, rename = "path", skip_serializing_if = "Option::is_none")]
    pub path_contains: Option<String>,
    /// How many requests it meets.
    #[serde(default = "once")]
    pub times: u32,
    /// What happens to them.
    pub kind: FaultKind,
}

fn once() -> u32 {
    1
}

/// What happens to the request, or to the gateway.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum FaultKind {
    /// 429.
    RateLimit {
        /// Whose limit it is.
        scope: RateLimitScope,
        /// Milliseconds.
        retry_after_ms: i64,
    },
    /// An answer with this status (500, 502, 503) and nothing done.
    Status(u16),
    /// A refusal with this status and code, and nothing done.
    Refuse {
        /// The HTTP status.
        status: u16,
        /// Discord's code.
        code: u32,
        /// Only of what holds these words; none = of everything.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        words: Option<String>,
    },
    /// The page of whoever stands before Discord, with this status and nothing done.
    Page(u16),
    /// The answer takes this many milliseconds of real time; it is done at once.
    SlowMs(u64),
    /// The answer is held back until the sandbox's own clock has gone on by so much (ms); it is done at once.
    HeldMs(i64),
    /// The connection is cut without an answer.
    Cut(CutAt),
    /// The gateway misbehaves; such a fault happens at once, not at a request.
    Gateway(GatewayFault),
}

impl FaultKind {
    /// What counts it together with others of its kind: `500`, `403/50007`, `cut-after`.
    pub fn name(&self) -> String {
        match self {
            Self::RateLimit { scope, .. } => format!("429-{}", scope.as_str()),
            Self::Status(status) => status.to_string(),
            Self::Refuse { status, code, .. } => format!("{status}/{code}"),
            Self::Page(status) => format!("{status}-page"),
            Self::SlowMs(_) => "slow".to_owned(),
            Self::HeldMs(_) => "held".to_owned(),
            Self::Cut(CutAt::Before) => "cut-before".to_owned(),
            Self::Cut(CutAt::After) => "cut-after".to_owned(),
            Self::Gateway(_) => "gateway".to_owned(),
        }
    }
}

/// The three scopes of `x-ratelimit-scope`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RateLimitScope {
    /// The bot's own bucket.
    User,
    /// The whole bot.
    Global,
    /// The resource, shared with others; does not count as an invalid request.
    Shared,
}

impl RateLimitScope {
    /// As the header spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Global => "global",
            Self::Shared => "shared",
        }
    }
}

/// Where the connection is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CutAt {
    /// Nothing was done.
    Before,
    /// It was done, and nobody hears of it.
    After,
}

/// Trouble on the gateway.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GatewayFault {
    /// The TCP connection is gone without a close frame.
    Drop,
    /// Op 7.
    Reconnect,
    /// Op 9 `d:false`: the session is gone.
    InvalidSession,
    /// Op 9 `d:true`: resume may be tried.
    InvalidSessionResumable,
    /// Nothing comes any more, not even heartbeat acknowledgements.
    Zombie,
    /// A close frame with this code.
    Close(u16),
}

/// The orders that are still to happen, oldest first.
#[derive(Debug, Clone, Default)]
pub struct Faults {
    waiting: VecDeque<Fault>,
    met: BTreeMap<String, u64>,
}

impl Faults {
    /// Adds one order. `times: 0` is no order.
    pub fn add(&mut self, fault: Fault) {
        if fault.times > 0 {
            self.waiting.push_back(fault);
        }
    }

    /// Forgets every order.
    pub fn clear(&mut self) {
        self.waiting.clear();
    }

    /// Whether nothing is ordered.
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// How many requests met what so far, by [`FaultKind::name`].
    pub fn met(&self) -> &BTreeMap<String, u64> {
        &self.met
    }

    /// What happens to this request; counts it. `path` is the path as requested. Gateway faults are no business of requests,
    /// and what depends on the words of one is looked for with [`Faults::take_words`].
    pub fn take(&mut self, method: &str, path: &str) -> Option<FaultKind> {
        let at =
            self.waiting.iter().position(|fault| fault.words().is_none() && fault.meets(method, path))?;
        self.count(at)
    }

    /// What happens to this request because of what it says (its JSON body); counts it.
    pub fn take_words(&mut self, method: &str, path: &str, body: &str) -> Option<FaultKind> {
        let said = |fault: &Fault| fault.words().is_some_and(|words| body.contains(words));
        let at = self.waiting.iter().position(|fault| said(fault) && fault.meets(method, path))?;
        self.count(at)
    }

    fn count(&mut self, at: usize) -> Option<FaultKind> {
        let fault = self.waiting.get_mut(at)?;
        fault.times -= 1;
        let kind = fault.kind.clone();
        *self.met.entry(kind.name()).or_default() += 1;
        if fault.times == 0 {
            self.waiting.remove(at);
        }
        Some(kind)
    }
}

impl Fault {
    fn words(&self) -> Option<&str> {
        match &self.kind {
            FaultKind::Refuse { words, .. } => words.as_deref(),
            _ => None,
        }
    }

    fn meets(&self, method: &str, path: &str) -> bool {
        !matches!(self.kind, FaultKind::Gateway(_))
            && self.method.as_deref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(method))
            && self.path_contains.as_deref().is_none_or(|wanted| path.contains(wanted))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_fault_meets_its_requests_as_often_as_ordered() {
        let mut faults = Faults::default();
        faults.add(Fault {
            method: Some("post".into()),
            path_contains: Some("/messages".into()),
            times: 2,
            kind: FaultKind::Status(503),
        });
        faults.add(Fault { method: None, path_contains: None, times: 1, kind: FaultKind::Cut(CutAt::After) });
        assert_eq!(faults.take("POST", "/channels/1/messages"), Some(FaultKind::Status(503)));
        assert_eq!(faults.take("GET", "/channels/1/messages"), Some(FaultKind::Cut(CutAt::After)));
        assert_eq!(faults.take("GET", "/channels/1/messages"), None);
        assert_eq!(faults.take("POST", "/channels/2/messages"), Some(FaultKind::Status(503)));
        assert_eq!(faults.take("POST", "/channels/2/messages"), None);
        assert!(faults.is_empty());
        let met: Vec<(&str, u64)> =
            faults.met().iter().map(|(name, times)| (name.as_str(), *times)).collect();
        assert_eq!(met, [("503", 2), ("cut-after", 1)]);
    }

    #[test]
    fn a_filter_meets_what_holds_its_words() {
        let mut faults = Faults::default();
        let kind = FaultKind::Refuse { status: 400, code: 240_000, words: Some("bit.ly".into()) };
        faults.add(Fault { method: None, path_contains: None, times: 1, kind: kind.clone() });
        assert_eq!(faults.take("POST", "/channels/1/messages"), None);
        assert_eq!(faults.take_words("POST", "/channels/1/messages", r#"{"content":"mạng"}"#), None);
        let met = faults.take_words("POST", "/channels/1/messages", r#"{"content":"bit.ly/x"}"#);
        assert_eq!(met, Some(kind));
        assert!(faults.is_empty());
    }

    #[test]
    fn gateway_faults_meet_no_request() {
        let mut faults = Faults::default();
        faults.add(Fault {
            method: None,
            path_contains: None,
            times: 1,
            kind: FaultKind::Gateway(GatewayFault::Drop),
        });
        assert_eq!(faults.take("GET", "/gateway"), None);
    }

    #[test]
    fn the_control_interface_spells_faults_so() {
        let cases = [
            (
                json!({ "rate_limit": { "scope": "shared", "retry_after_ms": 5 } }),
                FaultKind::RateLimit { scope: RateLimitScope::Shared, retry_after_ms: 5 },
            ),
            (json!({ "status": 502 }), FaultKind::Status(502)),
            (
                json!({ "refuse": { "status": 400, "code": 240_000, "words": "http" } }),
                FaultKind::Refuse { status: 400, code: 240_000, words: Some("http".into()) },
            ),
            (json!({ "page": 403 }), FaultKind::Page(403)),
            (json!({ "slow_ms": 40 }), FaultKind::SlowMs(40)),
            (json!({ "held_ms": 4_000 }), FaultKind::HeldMs(4_000)),
            (json!({ "cut": "before" }), FaultKind::Cut(CutAt::Before)),
            (json!({ "gateway": "drop" }), FaultKind::Gateway(GatewayFault::Drop)),
            (
                json!({ "gateway": "invalid_session_resumable" }),
                FaultKind::Gateway(GatewayFault::InvalidSessionResumable),
            ),
            (json!({ "gateway": { "close": 4009 } }), FaultKind::Gateway(GatewayFault::Close(4009))),
        ];
        for (text, kind) in cases {
            let fault: Fault =
                serde_json::from_value(json!({ "method": "POST", "path": "/x", "kind": text }))
                    .expect("a fault");
            assert_eq!(
                fault,
                Fault { method: Some("POST".into()), path_contains: Some("/x".into()), times: 1, kind }
            );
        }
        assert!(serde_json::from_value::<Fault>(json!({ "kind": { "status": 500 }, "time": 3 })).is_err());
    }
}
