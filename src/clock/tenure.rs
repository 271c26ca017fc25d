//! How long this process may still act: a lease that it renews, counted by its own clocks and by nobody else's.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use super::{Clock, Moment};

/// What is told to whoever waits is looked at again after this while (ms): a machine's clock may be set.
const LOOK_AGAIN: i64 = 1_000;

/// The right to act. Clones are the same right.
///
/// It ends by itself unless it is renewed. Once it has ended it stays so, even if it is renewed, until whoever acted has
/// stopped and says so with [`Tenure::resume`]: what was begun under the old right must not go on under a new one.
#[derive(Clone, Debug)]
pub struct Tenure {
    clock: Clock,
    /// None: nobody can take the right away.
    limited: Option<Arc<Limited>>,
}

#[derive(Debug)]
struct Limited {
    state: Mutex<State>,
    renewed: watch::Sender<()>,
}

#[derive(Debug)]
struct State {
    until: Moment,
    lapsed: bool,
}

impl Tenure {
    /// A right without an end.
    pub fn unlimited(clock: Clock) -> Self {
        Self { clock, limited: None }
    }

    /// A right that has ended and can be renewed.
    pub fn ended_one(clock: Clock) -> Self {
        let state = Mutex::new(State { until: clock.moment(), lapsed: true });
        let limited = Limited { state, renewed: watch::Sender::new(()) };
        Self { clock, limited: Some(Arc::new(limited)) }
    }

    /// How long it still holds (ms); 0 once it has ended.
    ///
    /// Both of the machine's clocks count: one stands still while the machine sleeps, the other may be set back.
    pub fn left(&self) -> i64 {
        let Some(limited) = &self.limited else { return i64::MAX };
        let state = limited.lock();
        if state.lapsed { 0 } else { state.until.after(&self.clock.moment()).max(0) }
    }

    /// It was renewed for `length` (ms) by a request that began at `asked`.
    pub fn renew(&self, asked: Moment, length: i64) {
        let Some(limited) = &self.limited else { return };
        let mut state = limited.lock();
        state.lapsed |= state.until.after(&self.clock.moment()) <= 0;
        state.until = asked.later_by(length);
        drop(state);
        limited.renewed.send_replace(());
    }

    /// Waits until no more than `margin` (ms) are left.
    pub async fn ends(&self, margin: i64) {
        let Some(limited) = &self.limited else { return std::future::pending().await };
        let mut renewed = limited.renewed.subscribe();
        loop {
            let left = self.left() - margin;
            if left <= 0 {
                return;
            }
            tokio::select! {
                // We hold the sender, so it cannot close.
                _ = renewed.changed() => {}
                () = self.clock.sleep_until(self.clock.now() + left.min(LOOK_AGAIN)) => {}
            }
        }
    }

    /// Everything done under the right that ended has stopped: waits until it is renewed for more than `margin` (ms), and
    /// lets it hold again.
    pub async fn resume(&self, margin: i64) {
        let Some(limited) = &self.limited else { return };
        let mut renewed = limited.renewed.subscribe();
        while !limited.resume(&self.clock.moment(), margin) {
            // We hold the sender, so it cannot close.
            let _ = renewed.changed().await;
        }
    }
}

impl Limited {
    fn resume(&self, now: &Moment, margin: i64) -> bool {
        let mut state = self.lock();
        let holds = state.until.after(now) > margin;
        state.lapsed &= !holds;
        holds
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Every change under the lock is complete in itself.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_right_that_ended_holds_again_only_once_everything_has_stopped() {
        let clock = Clock::manual(0);
        let tenure = Tenure::ended_one(clock.clone());
        assert_eq!(tenure.left(), 0);
        tenure.renew(clock.moment(), 8_000);
        assert_eq!(tenure.left(), 0, "nobody has begun");
        tenure.resume(1_000).await;
        assert_eq!(tenure.left(), 8_000);
        let asked = clock.moment();
        clock.set(3_000);
        tenure.renew(asked, 8_000);
        assert_eq!(tenure.left(), 5_000, "it runs from when it was asked for");
        let waiting = tokio::spawn({
            let tenure = tenure.clone();
            async move { tenure.ends(1_000).await }
        });
        for now in [4_000, 5_000, 6_000, 7_000, 9_000] {
            tokio::task::yield_now().await;
            clock.set(now);
        }
        waiting.await.unwrap();
        tenure.renew(clock.moment(), 8_000);
        assert_eq!(tenure.left(), 0, "what was begun before must not go on");
        tenure.resume(1_000).await;
        assert_eq!(tenure.left(), 8_000);
        assert_eq!(Tenure::unlimited(clock).left(), i64::MAX);
    }

    #[test]
    fn a_clock_that_was_set_back_or_slept_lengthens_nothing() {
        let until = Moment { steady: 10_000, wall: 110_000 };
        assert_eq!(until.after(&Moment { steady: 4_000, wall: 104_000 }), 6_000);
        assert_eq!(until.after(&Moment { steady: 9_000, wall: 50_000 }), 1_000, "set back");
        assert_eq!(until.after(&Moment { steady: 4_000, wall: 120_000 }), -10_000, "slept");
    }
}
