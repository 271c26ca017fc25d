//! Leases: who may work on what, until when. On SQLite one lease over the whole desk keeps a second process out; on PostgreSQL
//! each process and each shard of the gateway has one.

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

/// A lease as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Its name.
    pub name: String,
    /// Who holds it.
    pub owner: String,
    /// A number that changes with every renewal. It is Unix ms of the owner's clock, which nobody else compares with theirs:
    /// whoever waits counts by their own clock how long the number has not changed.
    pub until: i64,
}

/// All leases, by name.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn all(db: &Db) -> Result<Vec<Held>, StoreError> {
    let rows: Vec<(String, String, i64)> =
        db.all("SELECT name, owner, until FROM lease ORDER BY name", args![]).await?;
    Ok(rows.into_iter().map(|(name, owner, until)| Held { name, owner, until }).collect())
}

/// Renews a lease; whether `owner` still held it.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn renew(tx: &mut Tx, name: &str, owner: &str, until: i64) -> Result<bool, StoreError> {
    let renewed = tx
        .run(
            "UPDATE lease SET until = CASE WHEN until < $3 THEN $3 ELSE until + 1 END WHERE name = $1 AND owner = $2",
            args![name, owner, until],
        )
        .await?;
    Ok(renewed > 0)
}

/// Takes a lease that nobody holds; whether nobody did.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn take(tx: &mut Tx, name: &str, owner: &str, until: i64) -> Result<bool, StoreError> {
    let taken = tx
        .run(
            "INSERT INTO lease (name, owner, until) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING",
            args![name, owner, until],
        )
        .await?;
    Ok(taken > 0)
}

/// Ends the lease of somebody else, unless it was renewed since it was seen like this; whether it was ended.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn end(tx: &mut Tx, seen: &Held) -> Result<bool, StoreError> {
    let ended = tx
        .run(
            "DELETE FROM lease WHERE name = $1 AND owner = $2 AND until = $3",
            args![seen.name.clone(), seen.owner.clone(), seen.until],
        )
        .await?;
    Ok(ended > 0)
}

/// Gives back everything that `owner` holds.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn leave(tx: &mut Tx, owner: &str) -> Result<(), StoreError> {
    tx.run("DELETE FROM lease WHERE owner = $1", args![owner]).await.map(|_| ())
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
