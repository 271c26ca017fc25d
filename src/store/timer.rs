//! Timers: what is waited for, one row a named slot of a stream.

use super::StoreError;
use super::db::{Db, Tx, args};
use crate::domain::ids::Stream;

/// Replaces everything a stream waits for.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn replace(tx: &mut Tx, stream: Stream, timers: &[(String, i64)]) -> Result<(), StoreError> {
    let stream = stream.to_string();
    let rows: Vec<(String, i64)> =
        tx.all("SELECT slot, due_at FROM timer WHERE stream = $1", args![stream.clone()]).await?;
    for (slot, _) in rows.iter().filter(|(slot, _)| !timers.iter().any(|(wanted, _)| wanted == slot)) {
        tx.run("DELETE FROM timer WHERE stream = $1 AND slot = $2", args![stream.clone(), slot.clone()])
            .await?;
    }
    for timer in timers.iter().filter(|timer| !rows.contains(timer)) {
        tx.run(
            "INSERT INTO timer (stream, slot, due_at) VALUES ($1, $2, $3) \
             ON CONFLICT (stream, slot) DO UPDATE SET due_at = excluded.due_at",
            args![stream.clone(), timer.0.clone(), timer.1],
        )
        .await?;
    }
    Ok(())
}

/// The timers due at `now` (Unix ms), the oldest first, at most `most`.
///
/// # Errors
///
/// [`StoreError`] if the database refuses or a row cannot be read.
pub async fn due(db: &Db, now: i64, most: i64) -> Result<Vec<(Stream, String, i64)>, StoreError> {
    let rows: Vec<(String, String, i64)> = db
        .all(
            "SELECT stream, slot, due_at FROM timer WHERE due_at <= $1 ORDER BY due_at, stream, slot LIMIT $2",
            args![now, most],
        )
        .await?;
    rows.into_iter()
        .map(|(stream, slot, due)| {
            let stream = stream.parse().map_err(|_| StoreError::inconsistent("timer", "stream", due))?;
            Ok((stream, slot, due))
        })
        .collect()
}

/// When the next timer is due (Unix ms), if there is one.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn next_due(db: &Db) -> Result<Option<i64>, StoreError> {
    let (due,): (Option<i64>,) = db.one("SELECT MIN(due_at) FROM timer", args![]).await?;
    Ok(due)
}

/// Removes one timer.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn remove(tx: &mut Tx, stream: Stream, slot: &str) -> Result<(), StoreError> {
    tx.run("DELETE FROM timer WHERE stream = $1 AND slot = $2", args![stream.to_string(), slot])
        .await
        .map(|_| ())
}
