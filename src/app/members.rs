//! The processes on one PostgreSQL database: each has a lease that it renews, and those of the dead are ended by the living.
//!
//! No clock is ever compared with another machine's. A holder counts by its own clocks from before it asked for the renewal;
//! whoever waits for the end counts by its own clock from after it saw the last renewal. So the holder has stopped before
//! anybody takes over, as long as both clocks run equally fast: a drift of one in a thousand is 8 ms, the margin 1 s.

use std::collections::{BTreeMap, BTreeSet};

use tokio::sync::watch;

use crate::clock::tenure::Tenure;
use crate::desk::Desk;
use crate::store::db::Db;
use crate::store::lease::Held;
use crate::store::{self, StoreError};

/// How long a lease runs without a renewal (ms). Death is noticed after this, and what the dead held is taken over.
pub const LEASE: i64 = 8_000;
/// How often a process renews its leases and looks at those of others (ms).
pub const TICK: i64 = 1_000;

/// One process among the others.
pub struct Members {
    desk: Desk,
    /// Connections of its own: a burst must not cost the lease.
    db: Db,
    tenure: Tenure,
    total: u32,
    seen: BTreeMap<String, Seen>,
    mine: watch::Sender<BTreeSet<u32>>,
    /// How many processes live, this one among them.
    alive: usize,
}

/// A lease of somebody else, and since when it has not changed (ms of our steady clock).
struct Seen {
    held: Held,
    since: i64,
}

impl Members {
    /// A process that has not joined the others yet and takes no shards.
    pub fn new(desk: &Desk, tenure: &Tenure) -> Self {
        let (db, desk, tenure) = (desk.db().apart(), desk.clone(), tenure.clone());
        Self { desk, db, tenure, total: 0, seen: BTreeMap::new(), mine: watch::Sender::default(), alive: 1 }
    }

    /// Settles how many shards there are: `recommended` if nobody holds one yet, else as many as the others agreed on.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses.
    pub async fn divide(&mut self, recommended: u32) -> Result<(), StoreError> {
        let anew = !store::lease::all(&self.db).await?.iter().any(|held| shard_of(&held.name).is_some());
        let mut tx = self.db.begin().await?;
        let total = store::counter::agree(&mut tx, "shards", i64::from(recommended), anew).await?;
        tx.commit().await?;
        self.total = u32::try_from(total).unwrap_or(1).max(1);
        if self.total < recommended {
            let total = self.total;
            tracing::warn!(
                total,
                recommended,
                "Discord recommends more shards: stop all processes once to change it"
            );
        }
        Ok(())
    }

    /// How many shards there are.
    pub fn total(&self) -> u32 {
        self.total
    }

    /// How many processes live, this one among them, as far as the last look told.
    pub fn alive(&self) -> usize {
        self.alive
    }

    /// The shards that are ours.
    pub fn mine(&self) -> watch::Receiver<BTreeSet<u32>> {
        self.mine.subscribe()
    }

    /// Renews what is ours, ends what is nobody's any more, and takes a free shard if that is our share.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses; the right to act runs on until it ends by itself.
    pub async fn tick(&mut self) -> Result<(), StoreError> {
        let asked = self.desk.clock().moment();
        let (owner, until) = (self.desk.owner().to_owned(), asked.wall + LEASE);
        let mine = self.mine.borrow().clone();
        let mut kept = BTreeSet::new();
        let mut tx = self.db.begin().await?;
        let own = process_name(&owner);
        if !store::lease::renew(&mut tx, &own, &owner, until).await? {
            store::lease::take(&mut tx, &own, &owner, until).await?;
        }
        for shard in mine {
            if store::lease::renew(&mut tx, &shard_name(shard), &owner, until).await? {
                kept.insert(shard);
            } else {
                tracing::warn!(shard, "another process has taken this shard over");
            }
        }
        tx.commit().await?;
        self.tenure.renew(asked, LEASE);
        self.hold(kept);
        self.look(&owner).await
    }

    fn hold(&self, shards: BTreeSet<u32>) {
        self.mine.send_if_modified(|mine| std::mem::replace(mine, shards.clone()) != shards);
    }

    async fn look(&mut self, owner: &str) -> Result<(), StoreError> {
        let all = store::lease::all(&self.db).await?;
        let now = self.desk.clock().moment().steady;
        self.seen.retain(|name, _| all.iter().any(|held| held.name == *name));
        let (mut alive, mut taken) = (BTreeSet::from([owner.to_owned()]), BTreeSet::new());
        for held in all {
            let seen = self
                .seen
                .entry(held.name.clone())
                .and_modify(|seen| {
                    if seen.held != held {
                        *seen = Seen { held: held.clone(), since: now };
                    }
                })
                .or_insert(Seen { held, since: now });
            let held = seen.held.clone();
            let is_over = held.owner != owner && now - seen.since >= LEASE;
            if is_over && self.end(&held).await? {
                continue;
            }
            if process_of(&held.name).is_some() {
                alive.insert(held.owner);
            } else if let Some(shard) = shard_of(&held.name) {
                taken.insert(shard);
            }
        }
        self.alive = alive.len();
        self.take_share(owner, self.alive, &taken).await
    }

    /// Ends the lease of a process that is gone, and frees what it held.
    async fn end(&self, held: &Held) -> Result<bool, StoreError> {
        let mut tx = self.db.begin().await?;
        if !store::lease::end(&mut tx, held).await? {
            return Ok(false);
        }
        let outbox = match process_of(&held.name) {
            Some(owner) => store::outbox::free_of(&mut tx, owner).await?,
            None => 0,
        };
        tx.commit().await?;
        tracing::warn!(lease = held.name, outbox, "a process is gone: what it held is free");
        self.desk.wake();
        Ok(true)
    }

    /// Takes one free shard, unless the others are to take it. One at a time: Discord wants a pause between identifies.
    async fn take_share(&self, owner: &str, alive: usize, taken: &BTreeSet<u32>) -> Result<(), StoreError> {
        let mut mine = self.mine.borrow().clone();
        let share = share(self.total, alive);
        let free = (0..self.total).find(|shard| !taken.contains(shard) && !mine.contains(shard));
        let Some(shard) = free.filter(|_| mine.len() < share) else { return Ok(()) };
        let until = self.desk.now() + LEASE;
        let mut tx = self.db.begin().await?;
        if store::lease::take(&mut tx, &shard_name(shard), owner, until).await? {
            tx.commit().await?;
            tracing::info!(shard, total = self.total, "this process takes a shard of the gateway");
            mine.insert(shard);
            self.hold(mine);
        }
        Ok(())
    }

    /// Leaves: what was ours is free at once.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses; then the leases end by themselves.
    pub async fn leave(&self) -> Result<(), StoreError> {
        let owner = self.desk.owner();
        let mut tx = self.db.begin().await?;
        store::lease::leave(&mut tx, owner).await?;
        store::outbox::free_of(&mut tx, owner).await?;
        tx.commit().await?;
        self.db.close().await;
        Ok(())
    }
}

/// How many of `total` shards one of `alive` processes takes.
fn share(total: u32, alive: usize) -> usize {
    usize::try_from(total).unwrap_or(usize::MAX).div_ceil(alive.max(1))
}

fn process_name(owner: &str) -> String {
    format!("process/{owner}")
}

fn process_of(name: &str) -> Option<&str> {
    name.strip_prefix("process/")
}

fn shard_name(shard: u32) -> String {
    format!("shard/{shard}")
}

fn shard_of(name: &str) -> Option<u32> {
    name.strip_prefix("shard/")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn shards_are_divided_and_none_is_left_over() {
        assert_eq!([share(1, 1), share(1, 3), share(4, 2), share(5, 2), share(2, 0)], [1, 1, 2, 3, 2]);
    }
}
