//! The inbox: what was asked and what was told, so that a second delivery of a request does nothing new.

use super::StoreError;
use super::db::{Tx, args};

/// What was told to this request, if it came before.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn lookup(tx: &mut Tx, key: &str) -> Result<Option<String>, StoreError> {
    let row: Option<(String,)> = tx.optional("SELECT told FROM inbox WHERE ask = $1", args![key]).await?;
    Ok(row.map(|(told,)| told))
}

/// Remembers what a request was told.
///
/// # Errors
///
/// [`StoreError`] if the database refuses; a unique violation means that another process was faster.
pub async fn add(tx: &mut Tx, key: &str, now: i64, told: &str) -> Result<(), StoreError> {
    tx.run("INSERT INTO inbox (ask, at, told) VALUES ($1, $2, $3)", args![key, now, told]).await.map(|_| ())
}

/// Forgets requests older than `before` (Unix ms): Discord repeats none that old.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn forget(tx: &mut Tx, before: i64) -> Result<u64, StoreError> {
    tx.run("DELETE FROM inbox WHERE at < $1", args![before]).await
}
