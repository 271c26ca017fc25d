//! The lease on a database that one process alone may work on: a row in it, and beside a file a lock that ends with its holder.

use std::fs::{File, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;

use crate::clock::Clock;
use crate::disk;
use crate::store::db::Db;
use crate::store::{self, StoreError};

/// How long the lease runs (ms), and how often it is renewed. Where the lock cannot tell that a desk was killed, it starts
/// again after the former at the latest; a second process is refused after the latter.
const RUNS: i64 = 6_000;
const RENEW: i64 = 2_000;
/// How often one who waits for the lease looks again (ms).
const LOOK_AGAIN: i64 = 250;
/// Its name.
const NAME: &str = "desk";

/// A lease that this process holds.
#[derive(Debug)]
pub struct Lease {
    db: Db,
    clock: Clock,
    owner: String,
    /// Held until this process ends, however it ends.
    _lock: Option<File>,
}

impl Lease {
    /// Takes the lease. One whose holder is dead is taken at once; where that is not known, one that nobody renews any more
    /// is waited out, and one that is renewed meanwhile has a living holder.
    ///
    /// # Errors
    ///
    /// [`StoreError::Taken`] if somebody else works on the database; other [`StoreError`]s if it refuses.
    pub async fn take(db: &Db, clock: &Clock, owner: &str) -> Result<Self, StoreError> {
        let lock = match db.file().map(|file| lock_beside(&file, owner)) {
            Some(Ok(Beside::Held)) => return Err(StoreError::Taken { left_ms: RUNS }),
            Some(Ok(Beside::Locked { file, before })) => {
                end_of_the_dead(db, &before).await?;
                Some(file)
            }
            // A folder where no file can be made, or a file system without locks: the row alone has to do.
            Some(Err(error)) => {
                tracing::warn!(%error, "no lock beside the database");
                None
            }
            None => None,
        };
        let mut held_until = None;
        loop {
            let now = clock.now();
            match store::lease::acquire(db, NAME, owner, now, now + RUNS).await {
                Err(StoreError::Taken { left_ms })
                    if held_until.is_none_or(|until| until == now + left_ms) =>
                {
                    held_until = Some(now + left_ms);
                    clock.sleep_until(now + left_ms.clamp(1, LOOK_AGAIN)).await;
                }
                taken => {
                    let (db, clock, owner) = (db.clone(), clock.clone(), owner.to_owned());
                    return taken.map(|()| Self { db, clock, owner, _lock: lock });
                }
            }
        }
    }

    /// Renews the lease for as long as it can; returns why it no longer can.
    pub async fn keep(&self) -> StoreError {
        loop {
            self.clock.sleep_until(self.clock.now() + RENEW).await;
            let now = self.clock.now();
            match store::lease::acquire(&self.db, NAME, &self.owner, now, now + RUNS).await {
                Ok(()) => {}
                Err(lost @ StoreError::Taken { .. }) => return lost,
                Err(error) => tracing::error!(%error, "lease not renewed"),
            }
        }
    }

    /// Gives it back.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses; the lease then runs out by itself.
    pub async fn release(self) -> Result<(), StoreError> {
        store::lease::release(&self.db, NAME, &self.owner).await
    }
}

/// What became of the lock beside a database.
enum Beside {
    /// A living process holds it.
    Held,
    /// It is ours; whoever held it before is dead.
    Locked { file: File, before: String },
}

/// Locks the file beside the database, and writes into it whose lock it is.
fn lock_beside(database: &Path, owner: &str) -> std::io::Result<Beside> {
    let path = disk::beside(database, ".lock");
    let mut file = disk::private().read(true).write(true).create(true).truncate(false).open(path)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Ok(Beside::Held),
        Err(TryLockError::Error(error)) => return Err(error),
    }
    let mut before = String::new();
    file.read_to_string(&mut before)?;
    file.set_len(0)?;
    file.rewind()?;
    file.write_all(owner.as_bytes())?;
    Ok(Beside::Locked { file, before })
}

/// Ends the lease of the one whose lock this was: the lock is free, so they are dead. A lease of anybody else may be alive.
async fn end_of_the_dead(db: &Db, dead: &str) -> Result<(), StoreError> {
    let held = store::lease::all(db).await?;
    let Some(theirs) = held.iter().find(|held| held.name == NAME && held.owner == dead) else {
        return Ok(());
    };
    let mut tx = db.begin().await?;
    store::lease::end(&mut tx, theirs).await?;
    tx.commit().await
}
