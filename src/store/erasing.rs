//! Erasing what is a person's, from every table that holds it.

use super::StoreError;
use super::db::{Db, Tx, args};
use super::json;
use crate::domain::complaint::Complaint;
use crate::domain::event::Entry;
use crate::domain::outbox::{OutboxMessage, ThreadPost};
use crate::kernel::ids::{ComplaintId, GuildId, Stream, UserId};

/// The complaints of a customer, at one desk or (none) at all of them, the first first.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn complaints_of(
    tx: &mut Tx,
    customer: UserId,
    guild: Option<GuildId>,
) -> Result<Vec<ComplaintId>, StoreError> {
    let rows: Vec<(i64,)> = tx
        .all(
            "SELECT id FROM complaint WHERE customer = $1 AND ($2 = 1 OR guild = $3) ORDER BY id",
            args![customer.0, guild.is_none(), guild.unwrap_or(GuildId(0)).0],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| ComplaintId(id)).collect())
}

/// Complaints that ended before `before` (Unix ms) and are still somebody's, at most `most`.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn ended_before(db: &Db, before: i64, most: i64) -> Result<Vec<ComplaintId>, StoreError> {
    let rows: Vec<(i64,)> = db
        .all(
            "SELECT id FROM complaint WHERE ended_at < $1 AND customer <> 0 ORDER BY id LIMIT $2",
            args![before, most],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| ComplaintId(id)).collect())
}

/// Stores a complaint anew with the journal that is left of it.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn rewrite(tx: &mut Tx, complaint: &Complaint, journal: &[Entry]) -> Result<(), StoreError> {
    let stream = Stream::Complaint(complaint.id);
    super::journal::clear(tx, stream).await?;
    for (seq, entry) in (1..).zip(journal) {
        super::journal::add(tx, stream, seq, entry.at, entry).await?;
    }
    super::search::renew(tx, complaint, journal).await?;
    super::upload::renew(tx, complaint, journal).await?;
    super::complaint::save_row(tx, complaint).await
}

/// Erases what was on its way about a complaint, and where its messages stood. Missed deadlines stay: they name nobody.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn traces(tx: &mut Tx, id: ComplaintId) -> Result<(), StoreError> {
    for stream in [Stream::Complaint(id), Stream::Line(id)] {
        // What was erased before and is not struck yet is struck still: such an outbox message holds places and no words.
        tx.run(
            "DELETE FROM letter WHERE kind = $1 AND id = $2 \
             AND NOT (state = 'waiting' AND body LIKE '{\"letter\":\"strike\"%')",
            args![stream.kind(), stream.id()],
        )
        .await?;
        super::timer::clear(tx, stream).await?;
    }
    tx.run("DELETE FROM line_message WHERE complaint = $1", args![id.0]).await?;
    tx.run("DELETE FROM notice WHERE complaint = $1", args![id.0]).await.map(|_| ())
}

/// Forgets the last outbox messages, too, of complaints that are nobody's, where they were done before `before` (Unix ms):
/// nothing will be written after them.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn forget_last_letters(tx: &mut Tx, before: i64) -> Result<u64, StoreError> {
    tx.run(
        "DELETE FROM letter WHERE kind = 'complaint' AND state = 'done' AND made_at < $1 AND id IN \
         (SELECT complaint.id FROM complaint WHERE customer = 0)",
        args![before],
    )
    .await
}

/// Erases the outbox messages that carry, or carried, a customer's words to a rating into the thread.
///
/// # Errors
///
/// [`StoreError`] if the database refuses or a row cannot be read.
pub async fn rating_words(tx: &mut Tx, id: ComplaintId) -> Result<(), StoreError> {
    let stream = Stream::Complaint(id);
    let rows: Vec<(i64, String)> = tx
        .all(
            "SELECT seq, body FROM letter WHERE kind = $1 AND id = $2 ORDER BY seq",
            args![stream.kind(), stream.id()],
        )
        .await?;
    for (seq, body) in rows {
        let outgoing: OutboxMessage = json::read("letter", &body)?;
        if matches!(outgoing, OutboxMessage::ToThread { post: ThreadPost::Word { .. } }) {
            // Its place stays, so that the next outbox message is numbered after it.
            let nothing = json::write(&OutboxMessage::RefreshCard)?;
            tx.run(
                "UPDATE letter SET body = $4 WHERE kind = $1 AND id = $2 AND seq = $3",
                args![stream.kind(), stream.id(), seq, nothing],
            )
            .await?;
        }
    }
    Ok(())
}

/// Whether anything is still held that is somebody's: a complaint, a draft, a request.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn is_known(tx: &mut Tx, person: UserId) -> Result<bool, StoreError> {
    let (held,): (i64,) = tx
        .one(
            "SELECT CAST((SELECT COUNT(*) FROM complaint WHERE customer = $1) + \
             (SELECT COUNT(*) FROM draft WHERE customer = $1) + \
             (SELECT COUNT(*) FROM data_request WHERE customer = $1) AS BIGINT)",
            args![person.0],
        )
        .await?;
    Ok(held > 0)
}
