//! The inbox: what was asked and what was told, so that a second delivery of a request does nothing new.

use super::StoreError;
use super::db::{Tx, args};
use crate::kernel::ids::{ComplaintId, UserId};

/// What was told to this request, if it came before.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn lookup(tx: &mut Tx, key: &str) -> Result<Option<String>, StoreError> {
    let row: Option<(String,)> = tx.optional("SELECT told FROM inbox WHERE ask = $1", args![key]).await?;
    Ok(row.map(|(told,)| told))
}

/// Remembers what a request was told: whom and about which complaint, so that it is erased together with them.
///
/// # Errors
///
/// [`StoreError`] if the database refuses; a unique violation means that another process was faster.
pub async fn add(
    tx: &mut Tx,
    key: &str,
    now: i64,
    told: &str,
    person: Option<UserId>,
    complaint: Option<ComplaintId>,
) -> Result<(), StoreError> {
    tx.run(
        "INSERT INTO inbox (ask, at, told, person, complaint) VALUES ($1, $2, $3, $4, $5)",
        args![key, now, told, person.map(|person| person.0), complaint.map(|complaint| complaint.0)],
    )
    .await
    .map(|_| ())
}

/// Has every answer to a person forget what it said, and whom: a second delivery is told `silence`. Answers about the
/// complaint go too, whoever was told them; so does what either kept for a form.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn silence(
    tx: &mut Tx,
    silence: &str,
    person: UserId,
    complaint: Option<ComplaintId>,
) -> Result<(), StoreError> {
    let complaint = complaint.map(|complaint| complaint.0);
    tx.run(
        "DELETE FROM inbox WHERE ask LIKE 'o%' AND (person = $1 OR complaint = $2)",
        args![person.0, complaint],
    )
    .await?;
    tx.run(
        "UPDATE inbox SET told = $1, person = NULL, complaint = NULL WHERE person = $2 OR complaint = $3",
        args![silence, person.0, complaint],
    )
    .await
    .map(|_| ())
}

/// Forgets what commands kept for their forms before `before` (Unix ms): no form comes back that late.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn forget_kept(tx: &mut Tx, before: i64) -> Result<u64, StoreError> {
    tx.run("DELETE FROM inbox WHERE at < $1 AND ask LIKE 'o%'", args![before]).await
}

/// Forgets requests older than `before` (Unix ms): Discord repeats none that old.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn forget(tx: &mut Tx, before: i64) -> Result<u64, StoreError> {
    tx.run("DELETE FROM inbox WHERE at < $1", args![before]).await
}
