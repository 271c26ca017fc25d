//! Timers: what is waited for, one row a named slot of a stream.

use super::StoreError;
use super::db::{Db, Tx, args};
use super::sql::sql;
use crate::kernel::ids::{ComplaintId, Stream};

/// One thing that a stream waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timer {
    /// The slot's name.
    pub slot: String,
    /// When it is due (Unix ms).
    pub due_at: i64,
    /// The board on which it will speak, if on one.
    pub place: Option<String>,
}

impl From<(String, i64)> for Timer {
    fn from((slot, due_at): (String, i64)) -> Self {
        Self { slot, due_at, place: None }
    }
}

/// Replaces everything a stream waits for.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn replace(tx: &mut Tx, stream: Stream, timers: &[Timer]) -> Result<(), StoreError> {
    let stream = stream.to_string();
    let rows: Vec<(String, i64, Option<String>)> =
        tx.all("SELECT slot, due_at, place FROM timer WHERE stream = $1", args![stream.clone()]).await?;
    let held: Vec<Timer> =
        rows.into_iter().map(|(slot, due_at, place)| Timer { slot, due_at, place }).collect();
    for gone in held.iter().filter(|held| !timers.iter().any(|wanted| wanted.slot == held.slot)) {
        tx.run("DELETE FROM timer WHERE stream = $1 AND slot = $2", args![stream.clone(), gone.slot.clone()])
            .await?;
    }
    for timer in timers.iter().filter(|timer| !held.contains(timer)) {
        set(tx, &stream, timer).await?;
    }
    Ok(())
}

async fn set(tx: &mut Tx, stream: &str, timer: &Timer) -> Result<(), StoreError> {
    tx.run(
        "INSERT INTO timer (stream, slot, due_at, place) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (stream, slot) DO UPDATE SET due_at = excluded.due_at, place = excluded.place",
        args![stream, timer.slot.clone(), timer.due_at, timer.place.clone()],
    )
    .await
    .map(|_| ())
}

/// Arms one timer of a stream and leaves its others as they are.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn arm(tx: &mut Tx, stream: Stream, slot: &str, due_at: i64) -> Result<(), StoreError> {
    set(tx, &stream.to_string(), &Timer { slot: slot.to_owned(), due_at, place: None }).await
}

/// Arms one timer of a stream, unless it is armed already: then it stays as it is.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn arm_once(tx: &mut Tx, stream: Stream, slot: &str, due_at: i64) -> Result<(), StoreError> {
    tx.run(
        "INSERT INTO timer (stream, slot, due_at, place) VALUES ($1, $2, $3, NULL) \
         ON CONFLICT (stream, slot) DO NOTHING",
        args![stream.to_string(), slot, due_at],
    )
    .await
    .map(|_| ())
}

/// When one timer of a stream is due (Unix ms), if it is armed.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn armed(tx: &mut Tx, stream: Stream, slot: &str) -> Result<Option<i64>, StoreError> {
    let row: Option<(i64,)> = tx
        .optional("SELECT due_at FROM timer WHERE stream = $1 AND slot = $2", args![stream.to_string(), slot])
        .await?;
    Ok(row.map(|(due,)| due))
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

/// Complaints with timers due at `now` (Unix ms), the most overdue first, each once and locked until the transaction ends;
/// those that somebody else has locked are left to them. At most `most` timers are looked at.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn claim(tx: &mut Tx, now: i64, most: i64) -> Result<Vec<ComplaintId>, StoreError> {
    // The complaint is locked, not the timer: whoever changes a complaint locks it first and its timers afterwards.
    let rows: Vec<(i64,)> = tx
        .all(
            sql!(
                "SELECT complaint.id FROM timer JOIN complaint ON complaint.id = \
                 CAST(CASE WHEN timer.stream LIKE 'c%' THEN SUBSTR(timer.stream, 2) END AS BIGINT) \
                 WHERE timer.stream LIKE 'c%' AND timer.due_at <= $1 ORDER BY timer.due_at, timer.stream LIMIT $2",
                skip of "complaint"
            ),
            args![now, most],
        )
        .await?;
    let mut claimed: Vec<ComplaintId> = Vec::with_capacity(rows.len());
    for (id,) in rows {
        if !claimed.contains(&ComplaintId(id)) {
            claimed.push(ComplaintId(id));
        }
    }
    Ok(claimed)
}

/// The timers of a stream that are due at `now` (Unix ms), the oldest first, as slot and due time.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn due_of(tx: &mut Tx, stream: Stream, now: i64) -> Result<Vec<(String, i64)>, StoreError> {
    tx.all(
        "SELECT slot, due_at FROM timer WHERE stream = $1 AND due_at <= $2 ORDER BY due_at, slot",
        args![stream.to_string(), now],
    )
    .await
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
