//! Turns: what one person writes in one place is heard in the order of writing, even where a file of the first message takes
//! its time and the second one has none.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use crate::kernel::ids::ChannelId;

/// Whose turn it is in each channel where something is being heard.
#[derive(Clone, Default)]
pub(super) struct Turns(Arc<Shared>);

#[derive(Default)]
struct Shared {
    waiting: Mutex<BTreeMap<ChannelId, BTreeSet<u64>>>,
    changed: Notify,
}

impl Shared {
    fn waiting(&self) -> MutexGuard<'_, BTreeMap<ChannelId, BTreeSet<u64>>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A place in the order of a channel; dropped, it lets the next one go on.
pub(super) struct Turn {
    shared: Arc<Shared>,
    channel: ChannelId,
    place: u64,
}

impl Turns {
    /// Takes the place of a new message: Discord's ids grow with time.
    pub(super) fn of_message(&self, channel: ChannelId, message: u64) -> Turn {
        self.take(channel, |_| message)
    }

    /// Takes a place after everything that is being heard in the channel: a change of a message comes after the message.
    pub(super) fn last(&self, channel: ChannelId) -> Turn {
        self.take(channel, |waiting| waiting.last().map_or(0, |last| last + 1))
    }

    fn take(&self, channel: ChannelId, place: impl FnOnce(&BTreeSet<u64>) -> u64) -> Turn {
        let mut waiting = self.0.waiting();
        let waiting = waiting.entry(channel).or_default();
        let place = place(waiting);
        waiting.insert(place);
        Turn { shared: self.0.clone(), channel, place }
    }
}

impl Turn {
    /// Waits until nothing earlier in the channel is being heard any more.
    pub(super) async fn comes(&self) {
        // Of two events that came together the second may be begun first: the other one takes its place meanwhile.
        tokio::task::yield_now().await;
        loop {
            let changed = self.shared.changed.notified();
            tokio::pin!(changed);
            changed.as_mut().enable();
            if self.is_first() {
                return;
            }
            changed.await;
        }
    }

    fn is_first(&self) -> bool {
        let waiting = self.shared.waiting();
        waiting.get(&self.channel).and_then(|places| places.first()).is_none_or(|first| *first >= self.place)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut waiting = self.shared.waiting();
        if let Some(places) = waiting.get_mut(&self.channel) {
            places.remove(&self.place);
            if places.is_empty() {
                waiting.remove(&self.channel);
            }
        }
        drop(waiting);
        self.shared.changed.notify_waiters();
    }
}

#[cfg(test)]
mod tests {
    use super::{ChannelId, Turns};

    #[test]
    fn the_earlier_message_comes_first_and_a_change_last() {
        let (turns, here) = (Turns::default(), ChannelId(1));
        let second = turns.of_message(here, 20);
        let first = turns.of_message(here, 10);
        let change = turns.last(here);
        let elsewhere = turns.of_message(ChannelId(2), 30);
        assert!(elsewhere.is_first());
        assert!(!second.is_first());
        assert!(first.is_first());
        drop(first);
        assert!(!change.is_first());
        assert!(second.is_first());
        drop(second);
        assert!(change.is_first());
        drop((change, elsewhere));
        assert!(turns.0.waiting().is_empty(), "nothing is kept");
    }
}
