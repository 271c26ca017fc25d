//! Where time comes from: the machine, or a hand that moves it (tests, the demo).

pub mod agreement;
pub mod tenure;

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use tokio::sync::watch;

/// A source of the present instant, in Unix milliseconds.
///
/// Cloning is cheap and every clone of a manual clock moves together.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A clock that stands still until [`Clock::set`] moves it.
    Manual(Arc<ManualClock>),
}

/// The state behind [`Clock::Manual`].
#[derive(Debug)]
pub struct ManualClock {
    now: AtomicI64,
    moved: watch::Sender<i64>,
}

/// The present on both of a machine's clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Milliseconds of the clock that nobody sets and that may stand still while the machine sleeps.
    pub steady: i64,
    /// Unix milliseconds.
    pub wall: i64,
}

impl Moment {
    /// The same, `ms` later.
    pub fn later_by(self, ms: i64) -> Self {
        Self { steady: self.steady.saturating_add(ms), wall: self.wall.saturating_add(ms) }
    }

    /// How long after `now` it is (ms), by whichever clock says less.
    pub fn after(&self, now: &Self) -> i64 {
        self.steady.saturating_sub(now.steady).min(self.wall.saturating_sub(now.wall))
    }
}

impl Clock {
    /// A clock that stands at `start` (Unix ms) until it is set.
    pub fn manual(start: i64) -> Self {
        Self::Manual(Arc::new(ManualClock { now: AtomicI64::new(start), moved: watch::Sender::new(start) }))
    }

    /// The present instant in Unix milliseconds.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    pub fn now(&self) -> i64 {
        match self {
            Self::System => chrono::Utc::now().timestamp_millis(),
            Self::Manual(manual) => manual.now.load(Ordering::SeqCst),
        }
    }

    /// The present instant on both clocks; a manual one has only one.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    pub fn moment(&self) -> Moment {
        static BEGAN: OnceLock<Instant> = OnceLock::new();
        let wall = self.now();
        let steady = match self {
            Self::System => {
                let passed = Instant::now().duration_since(*BEGAN.get_or_init(Instant::now));
                i64::try_from(passed.as_millis()).unwrap_or(i64::MAX)
            }
            Self::Manual(_) => wall,
        };
        Moment { steady, wall }
    }

    /// Moves a manual clock to `now` (Unix ms), never back; the machine's clock is left alone.
    pub fn set(&self, now: i64) {
        if let Self::Manual(manual) = self {
            let before = manual.now.fetch_max(now, Ordering::SeqCst);
            manual.moved.send_replace(before.max(now));
        }
    }

    /// Waits until the clock shows at least `until` (Unix ms).
    #[expect(clippy::disallowed_methods, reason = "the one place that waits on the machine's clock")]
    pub async fn sleep_until(&self, until: i64) {
        match self {
            Self::System => {
                let left = until.saturating_sub(self.now());
                tokio::time::sleep(Duration::from_millis(left.max(0).unsigned_abs())).await;
            }
            Self::Manual(manual) => {
                let mut moved = manual.moved.subscribe();
                // The sender lives in `manual`, so the channel cannot close while we hold it.
                let _ = moved.wait_for(|now| *now >= until).await;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_sleeper_wakes_when_the_hand_reaches_its_time() {
        let clock = Clock::manual(1_000);
        let sleeper = tokio::spawn({
            let clock = clock.clone();
            async move {
                clock.sleep_until(5_000).await;
                clock.now()
            }
        });
        clock.set(4_999);
        clock.set(5_000);
        assert_eq!(sleeper.await.ok(), Some(5_000));
    }

    #[test]
    fn a_manual_clock_never_goes_back() {
        let clock = Clock::manual(10);
        clock.set(5);
        assert_eq!(clock.now(), 10);
    }
}
