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
    let rows: Vec<(String, i64, Option<String>)> = tx
        .all(
            "SELECT slot, due_at, place FROM timer WHERE kind = $1 AND id = $2",
            args![stream.kind(), stream.id()],
        )
        .await?;
    let held: Vec<Timer> =
        rows.into_iter().map(|(slot, due_at, place)| Timer { slot, due_at, place }).collect();
    for gone in held.iter().filter(|held| !timers.iter().any(|wanted| wanted.slot == held.slot)) {
        remove(tx, stream, &gone.slot).await?;
    }
    for timer in timers.iter().filter(|timer| !held.contains(timer)) {
        set(tx, stream, timer).await?;
    }
    Ok(())
}

async fn set(tx: &mut Tx, stream: Stream, timer: &Timer) -> Result<(), StoreError> {
    tx.run(
        "INSERT INTO timer (kind, id, slot, due_at, place) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (kind, id, slot) DO UPDATE SET due_at = excluded.due_at, place = excluded.place",
        args![stream.kind(), stream.id(), timer.slot.clone(), timer.due_at, timer.place.clone()],
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
    set(tx, stream, &Timer { slot: slot.to_owned(), due_at, place: None }).await
}

/// Arms one timer of a stream, unless it is armed already: then it stays as it is.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn arm_once(tx: &mut Tx, stream: Stream, slot: &str, due_at: i64) -> Result<(), StoreError> {
    tx.run(
        "INSERT INTO timer (kind, id, slot, due_at, place) VALUES ($1, $2, $3, $4, NULL) \
         ON CONFLICT (kind, id, slot) DO NOTHING",
        args![stream.kind(), stream.id(), slot, due_at],
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
        .optional(
            "SELECT due_at FROM timer WHERE kind = $1 AND id = $2 AND slot = $3",
            args![stream.kind(), stream.id(), slot],
        )
        .await?;
    Ok(row.map(|(due,)| due))
}

/// The timers due at `now` (Unix ms), the oldest first, at most `most`.
///
/// # Errors
///
/// [`StoreError`] if the database refuses or a row cannot be read.
pub async fn due(db: &Db, now: i64, most: i64) -> Result<Vec<(Stream, String, i64)>, StoreError> {
    let rows: Vec<(String, i64, String, i64)> = db
        .all(
            "SELECT kind, id, slot, due_at FROM timer WHERE due_at <= $1 ORDER BY due_at, kind, id, slot LIMIT $2",
            args![now, most],
        )
        .await?;
    rows.into_iter()
        .map(|(kind, id, slot, due)| Ok((super::stream("timer", &kind, id)?, slot, due)))
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
                "SELECT complaint.id FROM timer JOIN complaint ON complaint.id = timer.id \
                 WHERE timer.kind = 'complaint' AND timer.due_at <= $1 ORDER BY timer.due_at, timer.id LIMIT $2",
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
    // Looked up by its key alone: by instant, too, a database may go through everything of its kind that is due.
    let armed: Vec<(String, i64)> = tx
        .all("SELECT slot, due_at FROM timer WHERE kind = $1 AND id = $2", args![stream.kind(), stream.id()])
        .await?;
    let mut due: Vec<(String, i64)> = armed.into_iter().filter(|(_, due)| *due <= now).collect();
    due.sort_unstable_by(|(slot, due), (other, after)| (due, slot).cmp(&(after, other)));
    Ok(due)
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
    tx.run(
        "DELETE FROM timer WHERE kind = $1 AND id = $2 AND slot = $3",
        args![stream.kind(), stream.id(), slot],
    )
    .await
    .map(|_| ())
}

/// Removes all timers of a stream.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub(super) async fn clear(tx: &mut Tx, stream: Stream) -> Result<(), StoreError> {
    tx.run("DELETE FROM timer WHERE kind = $1 AND id = $2", args![stream.kind(), stream.id()])
        .await
        .map(|_| ())
}
