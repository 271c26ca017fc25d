//! The watchdog: looks at gateway, workers and database, and says loudly what fails, once when it begins and once when it is over.

use std::path::PathBuf;
use std::time::Duration;

use super::trouble::Trouble;
use super::{PATIENCE, Watch};
use crate::clock::agreement::Agreement;
use crate::disk;
use crate::store::db::Db;
use crate::store::{Fault, StoreError, health};

/// It looks this often (ms).
const EVERY: i64 = 5_000;
/// Two looks are at least this far apart (ms), however often somebody asks for one.
const APART: i64 = 500;
/// How long a small read may take before the database is asked whether it is there at all.
const READ: Duration = Duration::from_millis(1_500);
/// How long a server may take to give a new connection.
const KNOCK: Duration = Duration::from_secs(1);
/// How long a small write may take: somewhat longer than one who waits for a locked file is made to wait.
const WRITE: Duration = Duration::from_secs(7);

/// So many files are named that others may look into: the cure is the same for all.
const MOST_LOOSE: usize = 5;

/// Whether the database can be worked with, and how fast (ms).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Probe {
    /// A small read.
    pub read: Result<i64, Fault>,
    /// A small write.
    pub write: Result<i64, Fault>,
}

/// The watchdog of one process.
#[derive(Clone, Debug)]
pub struct Dog {
    watch: Watch,
    db: Db,
    name: String,
}

impl Dog {
    /// A watchdog. `name` tells processes on one database apart.
    pub fn new(watch: Watch, db: Db, name: impl Into<String>) -> Self {
        Self { watch, db, name: name.into() }
    }

    /// What it watches over.
    pub fn watch(&self) -> &Watch {
        &self.watch
    }

    /// The database it watches.
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// Looks again and again, until it is dropped.
    pub async fn run(&self) {
        let pulse = self.watch.worker("watchdog");
        let mut looked = self.watch.now();
        loop {
            let now = self.watch.now();
            // After the machine has slept the others need a moment, too.
            let awake = now - looked < PATIENCE;
            looked = now;
            pulse.busy();
            self.look(awake).await;
            let until = self.watch.now() + EVERY;
            pulse.rests_until(until);
            tokio::select! {
                () = self.watch.clock().sleep_until(until) => {}
                () = self.watch.shared.look.notified() => {
                    self.watch.clock().sleep_until(looked + APART).await;
                }
            }
        }
    }

    /// Looks once, and tells the log what is news. Whoever was not `awake` cannot say who was silent meanwhile.
    pub async fn look(&self, awake: bool) {
        let probe = self.probe(WRITE).await;
        let mut found: Vec<Trouble> = [probe.read.err(), probe.write.err()]
            .into_iter()
            .flatten()
            .chain(self.watch.faults())
            .map(Trouble::Database)
            .collect();
        self.watch.set_lost(probe.read == Err(Fault::Unreachable));
        if awake {
            let gateway = self.watch.gateway_now();
            if gateway.is_missing() && self.watch.now() - gateway.since > PATIENCE {
                found.push(Trouble::Gateway);
            }
            found.extend(self.watch.silent().into_iter().map(|(name, _)| Trouble::Worker(name)));
        } else {
            let unsure = |trouble: &Trouble| matches!(trouble, Trouble::Gateway | Trouble::Worker(_));
            found.extend(self.watch.troubles().into_iter().map(|(held, _)| held).filter(unsure));
        }
        if self.watch.is_token_refused() {
            found.push(Trouble::Token);
        }
        if matches!(self.watch.clock_agrees(), Agreement::Off { .. }) {
            found.push(Trouble::Clock);
        }
        found.extend(self.look_at_disk().await);
        for change in self.watch.record(found) {
            let (kind, said) = (change.trouble.kind(), change.trouble.said());
            let worker = match &change.trouble {
                Trouble::Worker(name) => Some(name.as_str()),
                _ => None,
            };
            if change.over {
                let lasted_ms = self.watch.now() - change.since;
                tracing::warn!(trouble = kind, worker, lasted_ms, "trouble over: {said}");
            } else {
                tracing::error!(trouble = kind, worker, since = change.since, "trouble: {said}");
            }
        }
    }

    /// What is wrong with what stands on this machine's disk: files that cannot be kept, files that others may look into.
    pub async fn look_at_disk(&self) -> Vec<Trouble> {
        let (folder, files) = (self.watch.folder(), self.db.files());
        let look = move || {
            let mut found = Vec::new();
            let mut failing = None;
            let mut loose = disk::loose(files.iter().map(PathBuf::as_path));
            if let Some(folder) = folder {
                if let Err(error) = disk::try_folder(&folder) {
                    let place = folder.display().to_string();
                    failing = Some(format!("files cannot be kept in {place}: {error}"));
                    found.push(Trouble::Files { place });
                }
                loose.extend(disk::loose(folder.parent().into_iter().chain([folder.as_path()])));
                loose.extend(disk::loose_within(&folder));
            }
            found.extend(loose.into_iter().take(MOST_LOOSE).map(Trouble::Loose));
            (found, failing)
        };
        let (found, failing) = tokio::task::spawn_blocking(look).await.unwrap_or_default();
        self.watch.files_fail(failing);
        found
    }

    /// Reads and writes something small. A write may take `patience`.
    pub async fn probe(&self, patience: Duration) -> Probe {
        let read = self.timed(READ, health::read(&self.db)).await;
        let write = match read {
            // Whoever cannot be read from need not be written to.
            Err(fault) => Err(fault),
            Ok(_) => self.timed(patience, health::write(&self.db, &self.name)).await,
        };
        Probe { read, write }
    }

    /// How long something with the database takes (ms), or what is wrong with it.
    async fn timed(
        &self,
        patience: Duration,
        work: impl Future<Output = Result<(), StoreError>>,
    ) -> Result<i64, Fault> {
        let began = self.watch.now();
        match tokio::time::timeout(patience, work).await {
            Ok(Ok(())) => Ok(self.watch.now() - began),
            Ok(Err(error)) => {
                tracing::debug!(%error, "the database failed the watchdog");
                Err(error.fault().unwrap_or(Fault::Failing))
            }
            // It is there and only slow, as in the worst hour; whoever meets a lock notes that. Or it is not there.
            Err(_) => match self.db.knock(KNOCK).await {
                Ok(()) => Ok(self.watch.now() - began),
                Err(_) => Err(Fault::Unreachable),
            },
        }
    }
}
