//! The sender's time. Discord's limits run in real time, whatever the desk's clock shows, so it is read here and nowhere else.

use std::time::Duration;

use tokio::time::Instant;

/// Milliseconds since the sender began.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pace {
    began: Instant,
    seed: u64,
}

/// "Nothing will happen by itself": the instant that never comes.
pub(super) const NEVER: i64 = i64::MAX;

impl Pace {
    /// Begins now. The seed spreads the retries of processes that failed together.
    #[expect(
        clippy::disallowed_methods,
        reason = "the sender keeps Discord's limits, which run in real time"
    )]
    pub(super) fn begin() -> Self {
        Self { began: Instant::now(), seed: u64::from(std::process::id()) }
    }

    /// The present, in milliseconds since the beginning.
    #[expect(
        clippy::disallowed_methods,
        reason = "the sender keeps Discord's limits, which run in real time"
    )]
    pub(super) fn now(&self) -> i64 {
        i64::try_from(Instant::now().duration_since(self.began).as_millis()).unwrap_or(NEVER)
    }

    /// Waits until `instant` (ms since the beginning).
    pub(super) async fn sleep_until(&self, instant: i64) {
        if instant == NEVER {
            return std::future::pending().await;
        }
        let after = Duration::from_millis(instant.max(0).unsigned_abs());
        tokio::time::sleep_until(self.began + after).await;
    }

    /// How long to wait before attempt `attempt` (1 is the first repeat) of call `call` (ms): doubling, with up to half
    /// again by chance, so that calls which failed together do not return together.
    pub(super) fn backoff(&self, call: u64, attempt: u32) -> i64 {
        let step = FIRST_BACKOFF.saturating_mul(1 << attempt.saturating_sub(1).min(8)).min(LONGEST_BACKOFF);
        let chance = mix(self.seed ^ call.rotate_left(16) ^ u64::from(attempt)) % 1_000;
        step + step * chance.cast_signed() / 2_000
    }
}

/// The wait before the first repeat (ms).
const FIRST_BACKOFF: i64 = 200;
/// The longest wait between repeats (ms).
const LONGEST_BACKOFF: i64 = 5_000;

/// Spreads neighbouring numbers over all numbers (splitmix64).
fn mix(seed: u64) -> u64 {
    let mut mixed = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn repeats_wait_longer_each_time_and_not_all_the_same() {
        let pace = Pace { seed: 7, ..Pace::begin() };
        for (attempt, least, most) in [(1, 200, 300), (2, 400, 600), (3, 800, 1_200), (30, 5_000, 7_500)] {
            let waits: Vec<i64> = (0..50).map(|call| pace.backoff(call, attempt)).collect();
            assert!(waits.iter().all(|wait| (least..=most).contains(wait)), "{attempt}: {waits:?}");
            let mut distinct = waits;
            distinct.sort_unstable();
            distinct.dedup();
            assert!(distinct.len() > 20);
        }
    }
}
