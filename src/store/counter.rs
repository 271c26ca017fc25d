//! Numbers that are given out once each.

use super::StoreError;
use super::db::{Tx, args};

/// The next number of a counter, from 1.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn next(tx: &mut Tx, name: &str) -> Result<i64, StoreError> {
    tx.run("INSERT INTO counter (name, value) VALUES ($1, 0) ON CONFLICT (name) DO NOTHING", args![name])
        .await?;
    let (value,): (i64,) =
        tx.one("UPDATE counter SET value = value + 1 WHERE name = $1 RETURNING value", args![name]).await?;
    Ok(value)
}

/// Agrees on a number: the first who asks settles it, with `anew` whoever asks.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn agree(tx: &mut Tx, name: &str, value: i64, anew: bool) -> Result<i64, StoreError> {
    let (agreed,): (i64,) = tx
        .one(
            "INSERT INTO counter (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE \
             SET value = CASE WHEN $3 = 1 THEN excluded.value ELSE counter.value END RETURNING value",
            args![name, value, anew],
        )
        .await?;
    Ok(agreed)
}

/// How far a counter has come. Nobody else changes it until this transaction ends.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn hold(tx: &mut Tx, name: &str) -> Result<i64, StoreError> {
    add(tx, name, 0).await
}

/// Adds to a counter, and says how far it has come.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn add(tx: &mut Tx, name: &str, value: i64) -> Result<i64, StoreError> {
    let (sum,): (i64,) = tx
        .one(
            "INSERT INTO counter (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE \
             SET value = counter.value + excluded.value RETURNING value",
            args![name, value],
        )
        .await?;
    Ok(sum)
}
