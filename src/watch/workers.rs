//! The workers' heartbeats: each says when it works and until when it rests.

use std::collections::BTreeMap;

use super::{PATIENCE, Watch};

/// The heartbeat of one worker.
#[derive(Clone, Debug)]
pub struct Pulse {
    watch: Watch,
    name: String,
}

impl Pulse {
    pub(super) fn new(watch: Watch, name: String) -> Self {
        Self { watch, name }
    }

    /// The worker's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// It has something to do now.
    pub fn busy(&self) {
        self.rests_until(self.watch.now());
    }

    /// It has nothing to do until then (Unix ms), unless it is woken.
    pub fn rests_until(&self, until: i64) {
        let now = self.watch.now();
        self.watch.state().workers.note(&self.name, now, until.max(now));
    }
}

#[derive(Clone, Copy, Debug)]
struct Beat {
    at: i64,
    expected: i64,
}

/// All workers.
#[derive(Debug, Default)]
pub(super) struct Workers {
    beats: BTreeMap<String, Beat>,
}

impl Workers {
    fn note(&mut self, name: &str, at: i64, expected: i64) {
        let beat = Beat { at, expected };
        match self.beats.get_mut(name) {
            Some(held) => *held = beat,
            None => {
                self.beats.insert(name.to_owned(), beat);
            }
        }
    }

    /// Those that should have moved longer than [`PATIENCE`] ago, and when they should have (Unix ms).
    pub(super) fn silent(&self, now: i64) -> Vec<(String, i64)> {
        let silent = self.beats.iter().filter(|(_, beat)| now - beat.expected > PATIENCE);
        silent.map(|(name, beat)| (name.clone(), beat.expected)).collect()
    }

    /// When each moved last (Unix ms).
    pub(super) fn moved(&self) -> Vec<(String, i64)> {
        self.beats.iter().map(|(name, beat)| (name.clone(), beat.at)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;

    #[test]
    fn one_who_rests_is_not_silent_and_one_who_works_for_too_long_is() {
        let clock = Clock::manual(0);
        let watch = Watch::new(clock.clone());
        let (timers, letters) = (watch.worker("timers"), watch.worker("letters-1"));
        timers.rests_until(60 * 60_000);
        clock.set(PATIENCE);
        assert!(watch.silent().is_empty());
        clock.set(PATIENCE + 1);
        assert_eq!(watch.silent(), [("letters-1".to_owned(), 0)]);
        letters.busy();
        assert!(watch.silent().is_empty());
        clock.set(60 * 60_000 + PATIENCE + 1);
        assert_eq!(watch.silent().len(), 2);
    }
}
