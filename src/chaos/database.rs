//! A database that is slow or held by somebody else for a while: another connection keeps it locked, as a backup or an operator
//! at a console does.

use crate::demo::stage::Stage;
use crate::store::StoreError;
use crate::store::db::{Db, Tx};
use crate::store::sql::Statement;

/// How the desk's own connection fares meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    /// Everybody waits until it is free again.
    Slow,
    /// Everybody is refused at once.
    Refusing,
}

impl Manner {
    /// What makes the desk's connection wait longer than any lock is held, or not at all.
    fn patience(self) -> Statement {
        match self {
            Self::Slow => {
                Statement { sqlite: "PRAGMA busy_timeout = 25000", postgres: "SET lock_timeout = 0" }
            }
            Self::Refusing => {
                Statement { sqlite: "PRAGMA busy_timeout = 0", postgres: "SET lock_timeout = 1" }
            }
        }
    }
}

/// A lock that somebody else holds on the database.
#[derive(Debug)]
pub(super) struct Lock {
    db: Db,
    tx: Tx,
    /// Until when (Unix ms, by the clock of the stage).
    pub(super) until: i64,
}

impl Lock {
    /// Takes it.
    pub(super) async fn take(
        stage: &Stage,
        url: &str,
        manner: Manner,
        until: i64,
    ) -> Result<Self, StoreError> {
        let mut own = stage.db().begin().await?;
        own.run(manner.patience(), Vec::new()).await?;
        own.commit().await?;
        let db = Db::connect(url, false).await?;
        // On a file beginning is enough; on a server one table that every request touches.
        let mut tx = db.begin().await?;
        if !db.is_embedded() {
            tx.run("LOCK TABLE inbox, letter IN ACCESS EXCLUSIVE MODE", Vec::new()).await?;
        }
        Ok(Self { db, tx, until })
    }

    /// Gives it up: when this returns it is gone.
    pub(super) async fn release(self) {
        // Nothing was written; ended by its connection alone the lock would outlast this call for a moment.
        let _ = self.tx.commit().await;
        self.db.close().await;
    }
}

/// Whether work failed because the database was held.
pub(super) fn is_held(error: &anyhow::Error) -> bool {
    error.chain().filter_map(|cause| cause.downcast_ref::<StoreError>()).any(|held| held.fault().is_some())
}
