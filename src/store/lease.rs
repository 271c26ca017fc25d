//! Leases: who may work on what, until when. On SQLite one lease over the whole desk keeps a second process out.

use super::StoreError;
use super::db::{Db, Tx, args};

/// Takes the lease `name` for `owner` until `until` (Unix ms), if it is free, run out, or theirs already.
///
/// # Errors
///
/// [`StoreError::Taken`] if somebody else holds it; other [`StoreError`]s if the database refuses.
pub async fn acquire(db: &Db, name: &str, owner: &str, now: i64, until: i64) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    let taken = tx
        .run(
            "INSERT INTO lease (name, owner, until) VALUES ($1, $2, $3) ON CONFLICT (name) DO UPDATE \
             SET owner = excluded.owner, until = excluded.until WHERE lease.owner = excluded.owner OR lease.until <= $4",
            args![name, owner, until, now],
        )
        .await?;
    if taken == 0 {
        let (held,): (i64,) = tx.one("SELECT until FROM lease WHERE name = $1", args![name]).await?;
        return Err(StoreError::Taken { left_ms: held - now });
    }
    tx.commit().await
}

/// Gives the lease back, if `owner` still holds it.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn release(db: &Db, name: &str, owner: &str) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    tx.run("DELETE FROM lease WHERE name = $1 AND owner = $2", args![name, owner]).await?;
    tx.commit().await
}

/// How long somebody's lease still runs at `now` (ms), if anybody holds one.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn held(tx: &mut Tx, now: i64) -> Result<Option<i64>, StoreError> {
    let (until,): (Option<i64>,) =
        tx.one("SELECT MAX(until) FROM lease WHERE until > $1", args![now]).await?;
    Ok(until.map(|until| until - now))
}
