//! The sandbox's own time: it stands still until it is moved, or runs at a speed.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::watch;

/// A clock in Unix milliseconds. Clones move together.
#[derive(Clone, Debug)]
pub struct SandboxClock {
    state: Arc<Mutex<State>>,
    moved: watch::Sender<()>,
}

/// How often one who waits for a clock that runs by itself looks at it.
const LOOK: Duration = Duration::from_millis(20);

#[derive(Debug)]
struct State {
    /// What the clock showed at `since` (Unix ms).
    base: i64,
    since: Instant,
    /// Simulated seconds per second; 0 stands still.
    speed: f64,
    /// What it shows while somebody leads it: it then stands until they have come so far.
    led: Option<i64>,
}

#[expect(clippy::disallowed_methods, reason = "the sandbox owns its time, as Discord owns its own")]
fn machine() -> (Instant, i64) {
    (Instant::now(), chrono::Utc::now().timestamp_millis())
}

impl SandboxClock {
    /// A clock that stands at `start_ms`.
    pub fn manual(start_ms: i64) -> Self {
        Self::with(start_ms, 0.0)
    }

    /// A clock that runs at `speed` from `start_ms`, or from the machine's time.
    pub fn running(start_ms: Option<i64>, speed: f64) -> Self {
        Self::with(start_ms.unwrap_or_else(|| machine().1), speed)
    }

    fn with(base: i64, speed: f64) -> Self {
        let state = State { base, since: machine().0, speed, led: None };
        Self { state: Arc::new(Mutex::new(state)), moved: watch::Sender::new(()) }
    }

    fn on<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Waits until it shows at least `until` (Unix ms).
    #[expect(clippy::disallowed_methods, reason = "a clock that runs by itself tells nobody that it moved")]
    pub(super) async fn reaches(&self, until: i64) {
        let mut moved = self.moved.subscribe();
        while self.now() < until {
            let runs = self.speed() > 0.0;
            tokio::select! {
                // The sender lives in `self`.
                _ = moved.changed() => {}
                () = tokio::time::sleep(LOOK), if runs => {}
            }
        }
    }

    /// The present instant (Unix ms).
    pub fn now(&self) -> i64 {
        self.on(|state| state.led.unwrap_or_else(|| shown(state)))
    }

    /// Lets somebody lead it from now on: it is moved and sped up as ever, but shows a time only when they have reached it
    /// with [`SandboxClock::reach`]. So nothing that is due on the way is passed over.
    pub fn be_led(&self) {
        self.on(|state| state.led = Some(state.led.unwrap_or_else(|| shown(state))));
    }

    /// Where it is to go (Unix ms); what it shows, if nobody leads it.
    pub fn goal(&self) -> i64 {
        self.on(|state| shown(state))
    }

    /// Shows `now_ms`, never back, to whoever leads it; leading further than it was to go takes it along.
    pub fn reach(&self, now_ms: i64) {
        self.on(|state| match state.led {
            Some(led) => {
                state.led = Some(led.max(now_ms));
                if now_ms > shown(state) {
                    state.base = now_ms;
                    state.since = machine().0;
                }
            }
            None => {
                state.base = shown(state).max(now_ms);
                state.since = machine().0;
            }
        });
        self.moved.send_replace(());
    }

    /// Sets it to `now_ms`, never back: Discord's ids carry the time and must rise.
    pub fn set(&self, now_ms: i64) {
        self.on(|state| {
            state.base = shown(state).max(now_ms);
            state.since = machine().0;
        });
        self.moved.send_replace(());
    }

    /// Moves it on by `ms`.
    pub fn advance(&self, ms: i64) {
        self.set(self.goal().saturating_add(ms.max(0)));
    }

    /// Lets it run at `speed` simulated seconds per second; 0 stops it.
    pub fn set_speed(&self, speed: f64) {
        self.on(|state| {
            state.base = shown(state);
            state.since = machine().0;
            state.speed = speed.max(0.0);
        });
        self.moved.send_replace(());
    }

    /// Simulated seconds per second.
    pub fn speed(&self) -> f64 {
        self.on(|state| state.speed)
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a simulated while in ms fits easily")]
fn shown(state: &State) -> i64 {
    let passed = machine().0.duration_since(state.since).as_secs_f64() * 1_000.0 * state.speed;
    state.base.saturating_add(passed as i64)
}

/// The machine's time (Unix ms), for limits that must pass even while the sandbox's clock stands still.
pub(super) fn machine_ms() -> i64 {
    machine().1
}
