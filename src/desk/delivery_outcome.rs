//! What becomes of a reply, for the person who wrote it and waits to be told.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use tokio::sync::oneshot;

use super::lock;
use crate::clock::Clock;
use crate::domain::event::Undelivered;
use crate::kernel::ids::Stream;

/// What became of a reply that its writer waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryOutcome {
    /// It stands in the customer's line.
    Delivered,
    /// It could not be brought to the customer.
    Undelivered(Undelivered),
    /// It is still on its way.
    OnItsWay,
}

/// Which outbox message: its stream and its place there.
pub type OutboxPlace = (Stream, i64);

/// What whoever waits is told: what became of the reply, and the outbox message that is its record if their answer is not.
type Told = (DeliveryOutcome, Option<OutboxPlace>);

/// Somebody who waits.
pub(super) struct Waiter {
    /// The interaction that is answered with the fate.
    pub(super) asked: Option<u64>,
    tell: oneshot::Sender<Told>,
}

impl Waiter {
    /// Tells them. Whoever has gone since finds the record in the thread.
    pub(super) fn tell(self, fate: DeliveryOutcome, record: Option<OutboxPlace>) {
        let _ = self.tell.send((fate, record));
    }
}

type OutboxCounts = BTreeMap<(String, i64), Waiter>;

/// Those who wait, by the outbox message that they wait for.
#[derive(Clone, Default)]
pub(super) struct Waiters(Arc<Mutex<OutboxCounts>>);

impl Waiters {
    /// Somebody waits for this outbox message, to answer the request `key`.
    pub(super) fn add(&self, (stream, seq): OutboxPlace, key: &str) -> Awaited {
        let (tell, told) = oneshot::channel();
        let asked = key.strip_prefix('i').and_then(|id| id.parse().ok());
        lock(&self.0).insert((stream.to_string(), seq), Waiter { asked, tell });
        Awaited { waiters: self.clone(), outgoing: (stream.to_string(), seq), told }
    }

    /// Whoever waits for this outbox message, if anybody still does. They are promised the answer: from now on nobody else
    /// gives it.
    pub(super) fn take(&self, stream: Stream, seq: i64) -> Option<Waiter> {
        lock(&self.0).remove(&(stream.to_string(), seq))
    }

    /// How many wait.
    pub(super) fn count(&self) -> u64 {
        u64::try_from(lock(&self.0).len()).unwrap_or(u64::MAX)
    }
}

/// The fate of a reply that is to be told.
pub struct Awaited {
    waiters: Waiters,
    outgoing: (String, i64),
    told: oneshot::Receiver<Told>,
}

impl Awaited {
    /// Waits for it, at most `patience` (ms): the outbox message may stand behind one that Discord does not take. Whoever is told
    /// that it is on its way reads later in the thread what became of it.
    pub async fn within(mut self, clock: &Clock, patience: i64) -> (DeliveryOutcome, Option<OutboxPlace>) {
        tokio::select! {
            biased;
            fate = &mut self.told => return fate.unwrap_or((DeliveryOutcome::OnItsWay, None)),
            () = clock.sleep_until(clock.now() + patience) => {}
        }
        let still_waits = lock(&self.waiters.0).remove(&self.outgoing).is_some();
        if still_waits {
            return (DeliveryOutcome::OnItsWay, None);
        }
        // It is being written down at this moment, with this very answer as its record.
        (&mut self.told).await.unwrap_or((DeliveryOutcome::OnItsWay, None))
    }
}

impl Drop for Awaited {
    fn drop(&mut self) {
        lock(&self.waiters.0).remove(&self.outgoing);
    }
}
