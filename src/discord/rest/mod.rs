//! The one sender: everything that goes to Discord over HTTP passes here, in order of priority, within Discord's limits,
//! and is repeated only when a repeat can do no harm.

mod call;
mod download;
mod gate;
mod limits;
mod pace;
mod queue;
pub mod refusals;
mod wire;

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

pub use call::{Call, FilePart, Page, Priority, Repeat};
pub use download::DownloadError;
pub use refusals::{Class, Why};
pub use reqwest::Method;

use crate::clock::Clock;
use crate::clock::tenure::Tenure;
use gate::{Gate, Pass};
use limits::Wanted;
use pace::{NEVER, Pace};
use wire::{Answer, Failed, Wire};

use crate::watch::Watch;

/// How often a call is repeated after an unknown outcome or a connection that could not be made.
const MOST_REPEATS: u32 = 3;
/// How long one answer may take, unless said otherwise.
const TIMEOUT: Duration = Duration::from_secs(10);
/// With less of the lease of this process left (ms), no call is begun.
const LEAST_LEFT: i64 = 2_500;
/// With less left (ms), calls that have begun are cut: what was sent has this long to arrive.
const ON_ITS_WAY: i64 = 1_000;
/// "Interaction has already been acknowledged."
const ALREADY_ACKNOWLEDGED: u32 = 40_060;

/// Where and as whom the sender sends.
#[derive(Clone)]
pub struct SenderOptions {
    /// How long this process may send.
    pub tenure: Tenure,
    /// `https://discord.com`, or another server that speaks its HTTP API. With a loopback address nothing leaves the machine.
    pub origin: String,
    /// The bot's token.
    pub token: String,
    /// How long one answer may take.
    pub timeout: Duration,
    /// Where it notes what it does.
    pub watch: Watch,
}

/// Why a sender cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum SenderError {
    /// The origin is no `http(s)://host[:port]`.
    #[error("the address of Discord's API must be http(s)://host[:port], without a path")]
    Origin,
    /// The token holds what no token can hold.
    #[error("the token must be one line of visible characters")]
    Token,
    /// The HTTP client cannot be made.
    #[error("cannot prepare HTTPS: {0}")]
    Client(reqwest::Error),
}

/// Why a call did not end as wished.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// Discord said no.
    #[error("Discord refused: {status}, code {code}: {message}")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// Discord's code, 0 if it gave none.
        code: u32,
        /// Discord's words.
        message: String,
    },
    /// Its turn did not come before its deadline; it was not sent, or refused for coming too soon.
    #[error("Discord's limits allow this call in {retry_after_ms} ms at the earliest")]
    RateLimited {
        /// How long to stay away at least (ms).
        retry_after_ms: i64,
    },
    /// It was sent and nobody knows what became of it: look before trying again.
    #[error("the call was sent, and no answer says whether it took effect")]
    Unknown,
    /// It was not sent.
    #[error("Discord cannot be reached")]
    Unreachable,
}

/// The sender; clones share queues and limits.
#[derive(Clone, Debug)]
pub struct Sender {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    wire: Wire,
    gate: Gate,
    pace: Pace,
    timeout: Duration,
    watch: Watch,
    tenure: Tenure,
}

/// How the sender is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SenderState {
    /// Calls that wait for their turn.
    pub waiting: usize,
    /// Calls refused with 401, 403 or 429 in the last ten minutes; Discord bans the address at 10,000.
    pub invalid: usize,
    /// Whether Discord refused the token, so that nothing more is sent with it.
    pub stopped: bool,
}

/// What is known after an attempt.
enum After {
    /// It is over.
    Over(Result<Value, CallError>),
    /// It was refused for coming too soon; wait this long (ms).
    TooSoon(i64),
    /// It was not sent.
    NotSent,
    /// It may have taken effect.
    Unknown,
}

impl SenderOptions {
    /// With the usual time-out, noting what it does where nobody looks.
    pub fn new(origin: impl Into<String>, token: impl Into<String>) -> Self {
        let (watch, tenure) = (Watch::new(Clock::System), Tenure::unlimited(Clock::System));
        Self { origin: origin.into(), token: token.into(), timeout: TIMEOUT, watch, tenure }
    }

    /// Noting what it does there.
    pub fn watched(self, watch: Watch) -> Self {
        Self { watch, ..self }
    }
}

impl CallError {
    /// Nothing is sent, since the bot's token was refused.
    pub(super) fn token_refused() -> Self {
        Self::Refused { status: 401, code: 0, message: "the bot's token was refused earlier".to_owned() }
    }

    /// Whether Discord refused with this code.
    pub fn is_code(&self, wanted: u32) -> bool {
        matches!(self, Self::Refused { code, .. } if *code == wanted)
    }
}

impl Sender {
    /// A sender. Must be called within a runtime.
    ///
    /// # Errors
    ///
    /// [`SenderError`] names the option that is wrong.
    pub fn new(options: &SenderOptions) -> Result<Self, SenderError> {
        let pace = Pace::begin();
        let (wire, watch) = (Wire::new(options)?, options.watch.clone());
        let (timeout, tenure) = (options.timeout, options.tenure.clone());
        let gate = Gate::open(pace, watch.clone());
        let inner = Inner { wire, gate, pace, timeout, watch, tenure };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Makes a call: waits for its turn, sends it, repeats it where that can do no harm, and returns Discord's answer
    /// (`Null` where Discord answers with nothing).
    ///
    /// # Errors
    ///
    /// [`CallError`]; after [`CallError::Unknown`] it may have taken effect, after the others it has not.
    pub async fn call(&self, call: Call) -> Result<Value, CallError> {
        let Inner { gate, pace, .. } = &*self.inner;
        let (number, began) = (gate.number(), pace.now());
        let until = call.deadline.map_or(NEVER, |deadline| began.saturating_add(milliseconds(deadline)));
        let (mut repeats, mut unsure) = (0, false);
        loop {
            let too_late = |retry_after_ms| match unsure {
                true => CallError::Unknown,
                false => CallError::RateLimited { retry_after_ms },
            };
            if call.token_auth && gate.is_stopped() && !call.even_stopped {
                return Err(if unsure { CallError::Unknown } else { CallError::token_refused() });
            }
            let pass = match call.priority {
                Priority::Callback => None,
                _ => {
                    let entered = gate.enter(number, wanted(&call), call.priority, began, until).await;
                    Some(entered.ok_or_else(|| too_late(gate.wait_hint()))?)
                }
            };
            let wait = match self.attempt(&call, pass, until, unsure).await {
                After::Over(result) => return result,
                After::TooSoon(retry_after) => {
                    if pace.now().saturating_add(retry_after) >= until {
                        return Err(too_late(retry_after));
                    }
                    // Calls with a queue wait there, where others may pass them.
                    if call.priority == Priority::Callback {
                        self.inner.watch.waited("bucket", retry_after);
                        retry_after
                    } else {
                        0
                    }
                }
                after => {
                    unsure |= matches!(after, After::Unknown);
                    repeats += 1;
                    let wait = pace.backoff(number, repeats);
                    let is_last = repeats > MOST_REPEATS || pace.now().saturating_add(wait) >= until;
                    if is_last || (unsure && call.repeat == Repeat::Once) {
                        return Err(if unsure { CallError::Unknown } else { CallError::Unreachable });
                    }
                    tracing::warn!(template = call.template, number, repeats, "a call is repeated");
                    wait
                }
            };
            if wait > 0 {
                pace.sleep_until(pace.now().saturating_add(wait)).await;
            }
        }
    }

    /// So many processes, this one among them, call for the same bot: each keeps to its share of what Discord allows in all.
    pub fn share_with(&self, processes: usize) {
        self.inner.gate.share_with(processes);
    }

    /// The token is taken again: what waited goes on.
    pub fn go_on(&self) {
        self.inner.gate.go_on();
        self.inner.watch.token_taken();
    }

    /// How the sender is doing.
    pub fn state(&self) -> SenderState {
        let (waiting, invalid) = self.inner.gate.counts();
        SenderState { waiting, invalid, stopped: self.inner.gate.is_stopped() }
    }

    /// One attempt, and what is learned from it.
    async fn attempt(&self, call: &Call, pass: Option<Pass>, until: i64, unsure: bool) -> After {
        let Inner { wire, gate, pace, timeout, watch, tenure } = &*self.inner;
        let left = until.saturating_sub(pace.now()).max(0).unsigned_abs();
        let timeout = match call.priority {
            Priority::Callback => Duration::from_millis(left).min(*timeout),
            _ => *timeout,
        };
        if tenure.left() < LEAST_LEFT {
            tracing::warn!(template = call.template, "not sent: the lease of this process is ending");
            return After::NotSent;
        }
        let sent = tokio::select! {
            sent = wire.send(call, timeout) => sent,
            // Cut while the lease still has a moment, so that what is on its way arrives before anybody takes over.
            () = tenure.ends(ON_ITS_WAY) => Err(Failed::NoAnswer),
        };
        watch.called(call.template, sent.as_ref().ok().map(|answer| answer.status));
        let answer = match sent {
            Ok(answer) => answer,
            Err(Failed::NotSent) => return After::NotSent,
            Err(Failed::NoAnswer) => return After::Unknown,
            Err(Failed::NotAllowed) => return After::Over(Err(not_allowed())),
        };
        if let Some(pass) = pass {
            pass.answered(&answer.seen, (200..300).contains(&answer.status), answer.limited);
        }
        if let Some(time) = answer.time {
            watch.discord_says(time);
        }
        if let Some(limited) = answer.limited {
            watch.limited(limited.scope());
        }
        let is_shared = answer.limited.is_some_and(|limited| limited.shared);
        if matches!(answer.status, 401 | 403 | 429) && !is_shared {
            gate.count_invalid(call.template, answer.status);
        }
        if answer.status == 401 && call.token_auth {
            gate.stop();
            watch.token_refused();
        }
        tracing::trace!(template = call.template, status = answer.status, "answered");
        judge(call, answer, unsure)
    }

    fn wire(&self) -> &Wire {
        &self.inner.wire
    }
}

fn judge(call: &Call, answer: Answer, unsure: bool) -> After {
    if let Some(limited) = answer.limited {
        return After::TooSoon(limited.retry_after);
    }
    match answer.status {
        // A body that was cut: it took effect, but the caller needs what it says.
        200..=299 => answer.body.map_or(After::Unknown, |body| After::Over(Ok(body))),
        500..=599 => After::Unknown,
        status => {
            let body = answer.body.unwrap_or_default();
            let code = body.get("code").and_then(Value::as_u64).and_then(|code| code.try_into().ok());
            let code = code.unwrap_or(0);
            let is_done = match call.priority {
                Priority::Callback => code == ALREADY_ACKNOWLEDGED,
                _ => call.method == Method::DELETE && status == 404,
            };
            if unsure && is_done {
                return After::Over(Ok(Value::Null));
            }
            After::Over(Err(CallError::Refused { status, code, message: message(&body) }))
        }
    }
}

/// Discord's words with the first field they are about, which name no value that was sent.
fn message(body: &Value) -> String {
    let said = body.get("message").and_then(Value::as_str).unwrap_or("no reason given").to_owned();
    let (mut path, mut at) = (Vec::new(), body.get("errors"));
    while let Some(Value::Object(fields)) = at {
        if let Some(first) = fields.get("_errors").and_then(|errors| errors.get(0)) {
            let why = first.get("message").and_then(Value::as_str).unwrap_or_default();
            return format!("{said}: {}: {why}", path.join("."));
        }
        let Some((name, inner)) = fields.iter().next() else { break };
        path.push(name.as_str());
        at = Some(inner);
    }
    said
}

fn wanted(call: &Call) -> Wanted {
    Wanted {
        template: call.template,
        major: call.major.clone(),
        global: call.token_auth,
        person: call.priority <= Priority::Person,
    }
}

fn not_allowed() -> CallError {
    CallError::Refused { status: 400, code: 0, message: "the call leads out of the API".to_owned() }
}

fn milliseconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(NEVER)
}
