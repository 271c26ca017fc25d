//! The ledger of what was posted about somebody where others read it: filled when it stands there, emptied when it is struck.

use super::StoreError;
use super::db::{Db, Tx, args};
use crate::domain::posted::Posted;
use crate::kernel::ids::{ChannelId, ComplaintId, MessageId, Stream};

/// Notes a message about a complaint or a request; one that is noted already stays so.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn add(tx: &mut Tx, subject: Stream, posted: &Posted, now: i64) -> Result<(), StoreError> {
    let Posted { channel, message, mark } = posted;
    tx.run(
        "INSERT INTO posted (kind, id, channel, message, mark, at) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (kind, id, channel, message) DO NOTHING",
        args![subject.kind(), subject.id(), channel.0, message.0, mark.clone(), now],
    )
    .await
    .map(|_| ())
}

/// Takes what was posted about a complaint or a request out of the ledger: whoever takes it strikes it.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn take(tx: &mut Tx, subject: Stream) -> Result<Vec<Posted>, StoreError> {
    let rows: Vec<(i64, i64, Option<String>)> = tx
        .all(
            "SELECT channel, message, mark FROM posted WHERE kind = $1 AND id = $2 ORDER BY at, message",
            args![subject.kind(), subject.id()],
        )
        .await?;
    tx.run("DELETE FROM posted WHERE kind = $1 AND id = $2", args![subject.kind(), subject.id()]).await?;
    let posted = |(channel, message, mark): (i64, i64, Option<String>)| Posted {
        channel: ChannelId(channel.cast_unsigned()),
        message: MessageId(message.cast_unsigned()),
        mark,
    };
    Ok(rows.into_iter().map(posted).collect())
}

/// Complaints that are nobody's any more, about which something was posted all the same while they were erased, at most
/// `most`.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn left_over(db: &Db, most: i64) -> Result<Vec<ComplaintId>, StoreError> {
    let rows: Vec<(i64,)> = db
        .all(
            "SELECT id FROM complaint WHERE customer = 0 AND id IN (SELECT posted.id FROM posted \
             WHERE posted.kind = 'complaint') ORDER BY id LIMIT $1",
            args![most],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| ComplaintId(id)).collect())
}
