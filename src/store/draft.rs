//! Drafts: bursts of direct messages that are not yet complaints.

use super::StoreError;
use super::db::{Db, Tx, args};
use super::json;
use super::sql::sql;
use crate::domain::draft::Draft;
use crate::kernel::ids::{ChannelId, DraftId, Stream, UserId};

/// Stores a draft, new or changed.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn save(tx: &mut Tx, draft: &Draft) -> Result<(), StoreError> {
    tx.run(
        "INSERT INTO draft (id, customer, channel, is_open, state) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (id) DO UPDATE SET is_open = excluded.is_open, state = excluded.state",
        args![draft.id.0, draft.customer.id.0, draft.channel.0, draft.is_open(), json::write(draft)?],
    )
    .await?;
    super::upload::of_draft(tx, draft).await
}

/// The draft, locked until the transaction ends.
///
/// # Errors
///
/// [`StoreError`] if the database refuses or the row cannot be read.
pub async fn lookup(tx: &mut Tx, id: DraftId) -> Result<Option<Draft>, StoreError> {
    let row: Option<(String,)> =
        tx.optional(sql!("SELECT state FROM draft WHERE id = $1", lock), args![id.0]).await?;
    row.map(|(state,)| json::read("draft", &state)).transpose()
}

/// The draft as it stands, without a lock.
///
/// # Errors
///
/// [`StoreError`] if the database refuses or the row cannot be read.
pub async fn read(db: &Db, id: DraftId) -> Result<Option<Draft>, StoreError> {
    let row: Option<(String,)> = db.optional("SELECT state FROM draft WHERE id = $1", args![id.0]).await?;
    row.map(|(state,)| json::read("draft", &state)).transpose()
}

/// The draft a person is writing, locked until the transaction ends.
///
/// # Errors
///
/// [`StoreError`] if the database refuses or the row cannot be read.
pub async fn open_of(tx: &mut Tx, customer: UserId) -> Result<Option<Draft>, StoreError> {
    let row: Option<(String,)> = tx
        .optional(
            sql!(
                "SELECT state FROM draft WHERE customer = $1 AND is_open = 1 ORDER BY id DESC LIMIT 1",
                lock
            ),
            args![customer.0],
        )
        .await?;
    row.map(|(state,)| json::read("draft", &state)).transpose()
}

/// The direct-message channels in which drafts are being written.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn open_channels(db: &Db) -> Result<Vec<ChannelId>, StoreError> {
    let rows: Vec<(i64,)> =
        db.all("SELECT DISTINCT channel FROM draft WHERE is_open = 1 ORDER BY channel", args![]).await?;
    Ok(rows.into_iter().map(|(channel,)| ChannelId(channel.unsigned_abs())).collect())
}

/// The draft that is being written in a direct-message channel, locked until the transaction ends.
///
/// # Errors
///
/// [`StoreError`] if the database refuses or the row cannot be read.
pub async fn open_in(tx: &mut Tx, channel: ChannelId) -> Result<Option<Draft>, StoreError> {
    let row: Option<(String,)> = tx
        .optional(
            sql!("SELECT state FROM draft WHERE channel = $1 AND is_open = 1 ORDER BY id DESC LIMIT 1", lock),
            args![channel.0],
        )
        .await?;
    row.map(|(state,)| json::read("draft", &state)).transpose()
}

/// All drafts of a person, sent, dropped or open, the first first.
///
/// # Errors
///
/// [`StoreError`] if the database refuses or a row cannot be read.
pub async fn all_of(tx: &mut Tx, customer: UserId) -> Result<Vec<Draft>, StoreError> {
    let rows: Vec<(String,)> = tx
        .all(sql!("SELECT state FROM draft WHERE customer = $1 ORDER BY id", lock), args![customer.0])
        .await?;
    rows.iter().map(|(state,)| json::read("draft", state)).collect()
}

/// The next drafts after `after` that were sent or dropped, at most `most`.
///
/// # Errors
///
/// [`StoreError`] if the database refuses or a row cannot be read.
pub async fn closed(db: &Db, after: DraftId, most: i64) -> Result<Vec<Draft>, StoreError> {
    let rows: Vec<(String,)> = db
        .all(
            "SELECT state FROM draft WHERE is_open = 0 AND id > $1 ORDER BY id LIMIT $2",
            args![after.0, most],
        )
        .await?;
    rows.iter().map(|(state,)| json::read("draft", state)).collect()
}

/// Erases a draft with what it waits for.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn erase(tx: &mut Tx, id: DraftId) -> Result<(), StoreError> {
    let stream = Stream::Draft(id);
    super::outbox::clear(tx, stream).await?;
    super::timer::clear(tx, stream).await?;
    super::upload::forget(tx, stream).await?;
    tx.run("DELETE FROM draft WHERE id = $1", args![id.0]).await.map(|_| ())
}
