//! Outbox messages: what must be brought to Discord, in order within each stream.

use super::StoreError;
use super::db::{Db, Tx, args};
use super::sql::sql;
use crate::kernel::ids::Stream;

/// An outbox message kept for the process where somebody waits to hear of it is anybody's after this while (ms).
pub const KEPT: i64 = 3_000;

/// Whether the outbox message `mine` may be taken at `$1` by the process `$2`; `$3` is `$1` less [`KEPT`]. What a living process
/// holds is its own, whatever the clocks of others show.
macro_rules! is_free {
    () => {
        "mine.leased_until <= $1 AND (mine.owner IS NULL OR mine.owner = $2 OR (mine.leased_until = 0 AND mine.due_at <= $3) \
         OR NOT EXISTS (SELECT 1 FROM lease WHERE lease.name = 'process/' || mine.owner))"
    };
}

/// An outbox message taken for sending.
#[derive(Clone, Debug)]
pub struct Claimed {
    /// Its stream.
    pub stream: Stream,
    /// Its place in the stream.
    pub seq: i64,
    /// What it says (JSON).
    pub body: String,
    /// How often it was taken before. One more is the number of this taking: whoever took it later has another.
    pub attempts: i64,
    /// When it was taken first (Unix ms), if ever.
    pub tried_at: Option<i64>,
    /// When it was written (Unix ms).
    pub made_at: i64,
}

/// Writes an outbox message at the end of its stream and returns its place.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn add(tx: &mut Tx, stream: Stream, urgency: i64, body: &str, now: i64) -> Result<i64, StoreError> {
    add_due(tx, stream, urgency, body, now, now).await
}

/// Writes an outbox message at the end of its stream that is due only at `due_at` (Unix ms), and returns its place.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn add_due(
    tx: &mut Tx,
    stream: Stream,
    urgency: i64,
    body: &str,
    now: i64,
    due_at: i64,
) -> Result<i64, StoreError> {
    let (seq, before): (i64, i64) = tx
        .one(
            "SELECT CAST(COALESCE(MAX(seq), 0) + 1 AS BIGINT), CAST(CASE WHEN EXISTS (SELECT 1 FROM letter AS before \
             WHERE before.kind = $1 AND before.id = $2 AND before.state = 'waiting') \
             THEN 1 ELSE 0 END AS BIGINT) FROM letter WHERE kind = $1 AND id = $2",
            args![stream.kind(), stream.id()],
        )
        .await?;
    tx.run(
        "INSERT INTO letter (kind, id, seq, urgency, body, state, made_at, due_at, leased_until, attempts, tried_at, \
         last_error, head) VALUES ($1, $2, $3, $4, $5, 'waiting', $6, $7, 0, 0, NULL, NULL, $8)",
        args![stream.kind(), stream.id(), seq, urgency, body, now, due_at, before == 0],
    )
    .await?;
    if before == 0 {
        return Ok(seq);
    }
    // What stands before it is as urgent as itself: it cannot be brought earlier.
    tx.run(
        "UPDATE letter SET urgency = $3 WHERE kind = $1 AND id = $2 AND state = 'waiting' AND urgency > $3",
        args![stream.kind(), stream.id(), urgency],
    )
    .await?;
    Ok(seq)
}

/// Whether the same words already wait in the stream, not yet taken by anybody.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn waits(tx: &mut Tx, stream: Stream, body: &str) -> Result<bool, StoreError> {
    Ok(untaken(tx, stream, body).await?.is_some())
}

/// The place of the same words where they wait and nobody has taken them. Locked, so that nobody takes them and reads what is
/// not stored yet.
async fn untaken(tx: &mut Tx, stream: Stream, body: &str) -> Result<Option<i64>, StoreError> {
    let row: Option<(i64,)> = tx
        .optional(
            sql!(
                "SELECT seq FROM letter WHERE kind = $1 AND id = $2 AND body = $3 AND state = 'waiting' AND attempts = 0 \
                 LIMIT 1",
                lock
            ),
            args![stream.kind(), stream.id(), body],
        )
        .await?;
    Ok(row.map(|(seq,)| seq))
}

/// Puts the same words, where they wait and nobody has taken them, off until `due_at` (Unix ms). Returns their place.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn put_off(
    tx: &mut Tx,
    stream: Stream,
    body: &str,
    due_at: i64,
) -> Result<Option<i64>, StoreError> {
    let Some(seq) = untaken(tx, stream, body).await? else { return Ok(None) };
    tx.run(
        "UPDATE letter SET due_at = $4 WHERE kind = $1 AND id = $2 AND seq = $3",
        args![stream.kind(), stream.id(), seq, due_at],
    )
    .await?;
    Ok(Some(seq))
}

/// What an outbox message says, as it is stored; none once it is done.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn body(tx: &mut Tx, stream: Stream, seq: i64) -> Result<Option<String>, StoreError> {
    let row: Option<(String,)> = tx
        .optional(
            "SELECT body FROM letter WHERE kind = $1 AND id = $2 AND seq = $3",
            args![stream.kind(), stream.id(), seq],
        )
        .await?;
    Ok(row.map(|(body,)| body))
}

/// Takes up to `most` outbox messages that are due and at least as urgent as `urgency` (1 is the most urgent), each the oldest
/// undone one of its stream, until `lease_until` (Unix ms), for the process `owner`.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn claim(
    db: &Db,
    now: i64,
    lease_until: i64,
    most: i64,
    urgency: i64,
    owner: &str,
) -> Result<Vec<Claimed>, StoreError> {
    type Row = (String, i64, i64, String, i64, Option<i64>, i64);
    // Looked at first without the write lock: most wake-ups find nothing.
    let waiting: Option<(i64,)> = db
        .optional(
            concat!(
                "SELECT CAST(1 AS BIGINT) FROM letter AS mine WHERE state = 'waiting' AND head = 1 AND due_at <= $1 AND ",
                is_free!(),
                " AND urgency <= $4 LIMIT 1"
            ),
            args![now, owner, now - KEPT, urgency],
        )
        .await?;
    if waiting.is_none() {
        return Ok(Vec::new());
    }
    let mut tx = db.begin().await?;
    let rows: Vec<Row> = tx
        .all(
            sql!(
                concat!(
                    "SELECT kind, id, seq, body, attempts, tried_at, made_at FROM letter AS mine \
                     WHERE state = 'waiting' AND head = 1 AND due_at <= $1 AND ",
                    is_free!(),
                    " AND urgency <= $4 ORDER BY urgency, made_at, kind, id LIMIT $5"
                ),
                skip
            ),
            args![now, owner, now - KEPT, urgency, most],
        )
        .await?;
    let mut claimed = Vec::with_capacity(rows.len());
    for (kind, id, seq, body, attempts, tried_at, made_at) in rows {
        let stream = stream_of(&kind, id)?;
        tx.run(
            "UPDATE letter SET leased_until = $4, attempts = attempts + 1, tried_at = COALESCE(tried_at, $5), \
             owner = $6 WHERE kind = $1 AND id = $2 AND seq = $3",
            args![stream.kind(), stream.id(), seq, lease_until, now, owner],
        )
        .await?;
        claimed.push(Claimed { stream, seq, body, attempts, tried_at, made_at });
    }
    tx.commit().await?;
    Ok(claimed)
}

/// Keeps an outbox message for the process where somebody waits to hear of it, for [`KEPT`] at most.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn keep_for(tx: &mut Tx, stream: Stream, seq: i64, owner: &str) -> Result<(), StoreError> {
    tx.run(
        "UPDATE letter SET owner = $4 WHERE kind = $1 AND id = $2 AND seq = $3",
        args![stream.kind(), stream.id(), seq, owner],
    )
    .await
    .map(|_| ())
}

/// Whether the outbox message is still as it was taken: nobody took it since, and nobody brought it. It is locked until the
/// transaction ends.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn is_held(tx: &mut Tx, claimed: &Claimed) -> Result<bool, StoreError> {
    let row: Option<(i64,)> = tx
        .optional(
            sql!(
                "SELECT seq FROM letter WHERE kind = $1 AND id = $2 AND seq = $3 AND state = 'waiting' AND attempts = $4",
                lock
            ),
            args![claimed.stream.kind(), claimed.stream.id(), claimed.seq, claimed.attempts + 1],
        )
        .await?;
    Ok(row.is_some())
}

/// Whether the process `owner` holds outbox messages at `now` (Unix ms).
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn is_held_by(db: &Db, owner: &str, now: i64) -> Result<bool, StoreError> {
    let row: Option<(i64,)> = db
        .optional(
            "SELECT seq FROM letter WHERE state = 'waiting' AND owner = $1 AND leased_until > $2 LIMIT 1",
            args![owner, now],
        )
        .await?;
    Ok(row.is_some())
}

/// Marks an outbox message as brought.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn done(tx: &mut Tx, stream: Stream, seq: i64) -> Result<(), StoreError> {
    tx.run(
        "UPDATE letter SET state = 'done', head = 0, last_error = NULL WHERE kind = $1 AND id = $2 AND seq = $3",
        args![stream.kind(), stream.id(), seq],
    )
    .await?;
    next_head(tx, stream).await
}

/// The oldest outbox message that still waits is the head of its stream now. Whoever adds or ends outbox messages holds the
/// stream's lock (its complaint, draft, incident or board), so nobody adds one unseen meanwhile.
async fn next_head(tx: &mut Tx, stream: Stream) -> Result<(), StoreError> {
    tx.run(
        "UPDATE letter SET head = 1 WHERE kind = $1 AND id = $2 AND head = 0 AND state = 'waiting' AND seq = (SELECT \
         MIN(oldest.seq) FROM letter AS oldest WHERE oldest.kind = $1 AND oldest.id = $2 AND oldest.state = 'waiting')",
        args![stream.kind(), stream.id()],
    )
    .await
    .map(|_| ())
}

/// Gives streams without a head theirs, and returns how many there were: none, unless somebody worked without the lock.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn mend_heads(tx: &mut Tx) -> Result<u64, StoreError> {
    tx.run(
        "UPDATE letter SET head = 1 WHERE state = 'waiting' AND head = 0 AND NOT EXISTS (SELECT 1 FROM letter AS older \
         WHERE older.kind = letter.kind AND older.id = letter.id AND older.state = 'waiting' AND older.seq < letter.seq)",
        args![],
    )
    .await
}

/// Puts an outbox message back until `due_at` (Unix ms).
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn again(
    tx: &mut Tx,
    stream: Stream,
    seq: i64,
    due_at: i64,
    error: &str,
) -> Result<(), StoreError> {
    tx.run(
        "UPDATE letter SET due_at = $4, leased_until = 0, owner = NULL, last_error = $5 \
         WHERE kind = $1 AND id = $2 AND seq = $3",
        args![stream.kind(), stream.id(), seq, due_at, error],
    )
    .await
    .map(|_| ())
}

/// Has an outbox message that waits for what would make it needless brought from `now` (Unix ms) on.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn bring_forward(tx: &mut Tx, stream: Stream, seq: i64, now: i64) -> Result<(), StoreError> {
    tx.run(
        "UPDATE letter SET due_at = $4 WHERE kind = $1 AND id = $2 AND seq = $3 AND state = 'waiting' AND attempts = 0 \
         AND due_at > $4",
        args![stream.kind(), stream.id(), seq, now],
    )
    .await
    .map(|_| ())
}

/// Has all outbox messages tried again at once that were put back: what kept them may have been mended.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn hurry(tx: &mut Tx, now: i64) -> Result<u64, StoreError> {
    tx.run(
        "UPDATE letter SET due_at = $1 WHERE state = 'waiting' AND due_at > $1 AND attempts > 0",
        args![now],
    )
    .await
}

/// Gives an outbox message up at `now` (Unix ms): it stays visible, with the reason, and blocks its stream no more.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn dead(tx: &mut Tx, stream: Stream, seq: i64, error: &str, now: i64) -> Result<(), StoreError> {
    tx.run(
        "UPDATE letter SET state = 'dead', head = 0, last_error = $4, due_at = $5 \
         WHERE kind = $1 AND id = $2 AND seq = $3",
        args![stream.kind(), stream.id(), seq, error, now],
    )
    .await?;
    next_head(tx, stream).await
}

/// The outbox messages that were given up from `since` to `until` (Unix ms): stream, words (JSON) and reason, the oldest first.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn dead_between(
    db: &Db,
    since: i64,
    until: i64,
) -> Result<Vec<(Stream, String, String)>, StoreError> {
    let rows: Vec<(String, i64, String, String)> = db
        .all(
            "SELECT kind, id, body, COALESCE(last_error, '') FROM letter WHERE state = 'dead' AND due_at >= $1 \
             AND due_at <= $2 ORDER BY due_at, kind, id, seq LIMIT 1000",
            args![since, until],
        )
        .await?;
    rows.into_iter().map(|(kind, id, body, why)| Ok((stream_of(&kind, id)?, body, why))).collect()
}

/// Frees every lease: the process that held them is gone (one process on SQLite).
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn free_leases(tx: &mut Tx) -> Result<u64, StoreError> {
    tx.run(
        "UPDATE letter SET leased_until = 0, owner = NULL WHERE state = 'waiting' AND owner IS NOT NULL",
        args![],
    )
    .await
}

/// Frees what one process held and what was kept for it: it is gone.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn free_of(tx: &mut Tx, owner: &str) -> Result<u64, StoreError> {
    tx.run(
        "UPDATE letter SET leased_until = 0, owner = NULL WHERE state = 'waiting' AND owner = $1",
        args![owner],
    )
    .await
}

/// When the next outbox message at least as urgent as `urgency` is due (Unix ms), if one waits: the oldest of each stream counts,
/// the others wait for it. What another living process than `owner` holds is its own.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn next_due(db: &Db, urgency: i64, owner: &str) -> Result<Option<i64>, StoreError> {
    let (due,): (Option<i64>,) = db
        .one(
            "SELECT CAST(MIN(CASE WHEN leased_until > due_at THEN leased_until \
             WHEN mine.owner <> $2 THEN due_at + $3 ELSE due_at END) AS BIGINT) \
             FROM letter AS mine WHERE state = 'waiting' AND head = 1 AND urgency <= $1 \
             AND (leased_until = 0 OR mine.owner IS NULL OR mine.owner = $2 OR NOT EXISTS \
             (SELECT 1 FROM lease WHERE lease.name = 'process/' || mine.owner))",
            args![urgency, owner, KEPT],
        )
        .await?;
    Ok(due)
}

/// Forgets outbox messages that were done and written before `before` (Unix ms).
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn forget(tx: &mut Tx, before: i64) -> Result<u64, StoreError> {
    // The last of a stream stays: the next one is numbered after it.
    tx.run(
        "DELETE FROM letter WHERE state = 'done' AND made_at < $1 AND seq < (SELECT MAX(last.seq) FROM letter AS last \
         WHERE last.kind = letter.kind AND last.id = letter.id)",
        args![before],
    )
    .await
}

/// Forgets all outbox messages of a stream.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub(super) async fn clear(tx: &mut Tx, stream: Stream) -> Result<(), StoreError> {
    tx.run("DELETE FROM letter WHERE kind = $1 AND id = $2", args![stream.kind(), stream.id()])
        .await
        .map(|_| ())
}

/// How many outbox messages wait, and how many were given up.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn counts(db: &Db) -> Result<(i64, i64), StoreError> {
    db.one(
        "SELECT CAST(COALESCE(SUM(CASE WHEN state = 'waiting' THEN 1 ELSE 0 END), 0) AS BIGINT), \
         CAST(COALESCE(SUM(CASE WHEN state = 'dead' THEN 1 ELSE 0 END), 0) AS BIGINT) FROM letter",
        args![],
    )
    .await
}

/// The outbox messages that wait and have been tried, with what kept them.
///
/// # Errors
///
/// [`StoreError`] if the database refuses or a row cannot be read.
pub async fn stuck(db: &Db) -> Result<Vec<(String, i64, String)>, StoreError> {
    let rows = db.all(
        "SELECT kind, id, seq, COALESCE(last_error, '') FROM letter WHERE state = 'waiting' AND attempts > 0 \
         ORDER BY kind, id, seq LIMIT 50",
        args![],
    );
    rows.await?.into_iter().map(named).collect()
}

/// The outbox messages that were given up, with the reason.
///
/// # Errors
///
/// [`StoreError`] if the database refuses or a row cannot be read.
pub async fn given_up(db: &Db) -> Result<Vec<(String, i64, String)>, StoreError> {
    let rows = db.all(
        "SELECT kind, id, seq, COALESCE(last_error, '') FROM letter WHERE state = 'dead' ORDER BY kind, id, seq LIMIT 50",
        args![],
    );
    rows.await?.into_iter().map(named).collect()
}

/// An outbox message's stream in its text form, its place and what kept it.
fn named((kind, id, seq, why): (String, i64, i64, String)) -> Result<(String, i64, String), StoreError> {
    Ok((stream_of(&kind, id)?.to_string(), seq, why))
}

fn stream_of(kind: &str, id: i64) -> Result<Stream, StoreError> {
    super::stream("letter", kind, id)
}
