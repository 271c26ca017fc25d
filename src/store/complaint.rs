//! Complaints and their journals.

use super::StoreError;
use super::db::{Db, Tx, args};
use super::sql::sql;
use crate::domain::complaint::{Complaint, Line, Stage};
use crate::domain::event::Entry;
use crate::kernel::ids::{ChannelId, ComplaintId, GuildId, MessageId, Stream, UserId};
use crate::store::json;

/// The stage as it is stored.
pub fn stage_name(stage: Stage) -> &'static str {
    match stage {
        Stage::Filed => "filed",
        Stage::Recorded => "recorded",
        Stage::Resolved => "resolved",
        Stage::Closed => "closed",
        Stage::Dismissed => "dismissed",
    }
}

/// Stores a new complaint with the facts it was born with.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn add(tx: &mut Tx, complaint: &Complaint, entries: &[Entry]) -> Result<(), StoreError> {
    tx.run(
        "INSERT INTO complaint (id, guild, number, customer, stage, owner, thread, line_channel, filed_at, \
         touched_at, next_due, waiting, state) VALUES ($1, $2, $3, $4, '', NULL, NULL, NULL, $5, $5, NULL, 0, '')",
        args![
            complaint.id.0,
            complaint.filed.guild.0,
            complaint.number(),
            complaint.filed.customer.id.0,
            complaint.filed_at
        ],
    )
    .await?;
    save(tx, complaint, entries).await
}

/// Stores a complaint's new state and the facts that led to it.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn save(tx: &mut Tx, complaint: &Complaint, entries: &[Entry]) -> Result<(), StoreError> {
    let mut seq = complaint.facts - i64::try_from(entries.len()).unwrap_or(0);
    for entry in entries {
        seq += 1;
        super::journal::add(tx, Stream::Complaint(complaint.id), seq, entry.at, entry).await?;
    }
    super::board::add_breaches(tx, complaint.filed.guild, complaint.id, entries).await?;
    super::search::add(tx, complaint, entries).await?;
    super::upload::add_of_journal(tx, complaint, entries).await?;
    save_row(tx, complaint).await
}

/// Stores the row of a complaint, with its customer.
pub(super) async fn save_row(tx: &mut Tx, complaint: &Complaint) -> Result<(), StoreError> {
    let line_channel = match complaint.line {
        Line::Direct { channel } | Line::Thread { channel } => Some(channel.0),
        Line::Unknown | Line::Spoken { .. } | Line::Nowhere { .. } => None,
    };
    let next_due = complaint.next_deadline().map(|(_, due)| due);
    let rows = tx
        .run(
            "UPDATE complaint SET stage = $2, owner = $3, thread = $4, line_channel = $5, next_due = $6, \
             waiting = $7, state = $8, ended_at = $9, listed = $10, customer = $11 WHERE id = $1",
            args![
                complaint.id.0,
                stage_name(complaint.stage),
                complaint.owner.as_ref().map(|owner| owner.id.0),
                complaint.thread.map(|thread| thread.0),
                line_channel,
                next_due,
                complaint.waits(),
                json::write(complaint)?,
                complaint.ended_at,
                complaint.listed.filter(|_| complaint.stage.is_open()).map(|incident| incident.0),
                complaint.filed.customer.id.0
            ],
        )
        .await?;
    if rows == 1 { Ok(()) } else { Err(StoreError::inconsistent("complaint", "id", complaint.id.0)) }
}

/// Notes that a person of the desk wrote to this customer here last.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn touch(tx: &mut Tx, id: ComplaintId, now: i64) -> Result<(), StoreError> {
    tx.run("UPDATE complaint SET touched_at = $2 WHERE id = $1", args![id.0, now]).await.map(|_| ())
}

/// The complaint, locked until the transaction ends.
///
/// # Errors
///
/// [`StoreError`] if the database refuses or the row cannot be read.
pub async fn lookup(tx: &mut Tx, id: ComplaintId) -> Result<Option<Complaint>, StoreError> {
    let row: Option<(String,)> =
        tx.optional(sql!("SELECT state FROM complaint WHERE id = $1", lock), args![id.0]).await?;
    row.map(|(state,)| json::read("complaint", &state)).transpose()
}

/// The complaint whose desk thread this is.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn by_thread(tx: &mut Tx, thread: ChannelId) -> Result<Option<ComplaintId>, StoreError> {
    let row: Option<(i64,)> =
        tx.optional("SELECT id FROM complaint WHERE thread = $1", args![thread.0]).await?;
    Ok(row.map(|(id,)| ComplaintId(id)))
}

/// Open complaints without a thread for whom no outbox message waits that would make one, at most `most`.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn threadless(db: &Db, most: i64) -> Result<Vec<ComplaintId>, StoreError> {
    let rows: Vec<(i64,)> = db
        .all(
            "SELECT id FROM complaint WHERE thread IS NULL AND listed IS NULL AND ended_at IS NULL AND NOT EXISTS \
             (SELECT 1 FROM letter WHERE letter.kind = 'complaint' AND letter.id = complaint.id AND letter.state = 'waiting') \
             ORDER BY id LIMIT $1",
            args![most],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| ComplaintId(id)).collect())
}

/// The complaint whose private thread with the customer this is.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn by_line(db: &Db, channel: ChannelId) -> Result<Option<ComplaintId>, StoreError> {
    let row: Option<(i64,)> = db
        .optional(
            "SELECT id FROM complaint WHERE line_channel = $1 ORDER BY id DESC LIMIT 1",
            args![channel.0],
        )
        .await?;
    Ok(row.map(|(id,)| ComplaintId(id)))
}

/// The complaint with this number.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn by_number(db: &Db, guild: GuildId, number: i64) -> Result<Option<Complaint>, StoreError> {
    let row: Option<(String,)> = db
        .optional("SELECT state FROM complaint WHERE guild = $1 AND number = $2", args![guild.0, number])
        .await?;
    row.map(|(state,)| json::read("complaint", &state)).transpose()
}

/// Which complaint has this number.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn id_by_number(
    tx: &mut Tx,
    guild: GuildId,
    number: i64,
) -> Result<Option<ComplaintId>, StoreError> {
    let row: Option<(i64,)> = tx
        .optional("SELECT id FROM complaint WHERE guild = $1 AND number = $2", args![guild.0, number])
        .await?;
    Ok(row.map(|(id,)| ComplaintId(id)))
}

/// The complaint as it stands, without a lock.
///
/// # Errors
///
/// [`StoreError`] if the database refuses or the row cannot be read.
pub async fn read(db: &Db, id: ComplaintId) -> Result<Option<Complaint>, StoreError> {
    let row: Option<(String,)> =
        db.optional("SELECT state FROM complaint WHERE id = $1", args![id.0]).await?;
    row.map(|(state,)| json::read("complaint", &state)).transpose()
}

/// The complaint whose desk thread this is, as it stands, without a lock.
///
/// # Errors
///
/// [`StoreError`] if the database refuses or the row cannot be read.
pub async fn read_by_thread(db: &Db, thread: ChannelId) -> Result<Option<Complaint>, StoreError> {
    let row: Option<(String,)> =
        db.optional("SELECT state FROM complaint WHERE thread = $1", args![thread.0]).await?;
    row.map(|(state,)| json::read("complaint", &state)).transpose()
}

/// The complaints of a customer that have not ended, the one a person last wrote in first.
///
/// # Errors
///
/// [`StoreError`] if the database refuses or a row cannot be read.
pub async fn alive_of(tx: &mut Tx, customer: UserId) -> Result<Vec<Complaint>, StoreError> {
    let rows: Vec<(String,)> = tx
        .all(
            "SELECT state FROM complaint WHERE customer = $1 AND stage IN ('filed', 'recorded', 'resolved') \
             ORDER BY touched_at DESC, id DESC LIMIT 25",
            args![customer.0],
        )
        .await?;
    rows.iter().map(|(state,)| json::read("complaint", state)).collect()
}

/// The complaints in whose line a customer may have written: open, resolved, or answered by a person since `since`
/// (Unix ms).
///
/// # Errors
///
/// [`StoreError`] if the database refuses or a row cannot be read.
pub async fn with_a_line(db: &Db, since: i64) -> Result<Vec<Complaint>, StoreError> {
    let rows: Vec<(String,)> = db
        .all(
            "SELECT state FROM complaint WHERE line_channel IS NOT NULL \
             AND (stage IN ('filed', 'recorded', 'resolved') OR touched_at >= $1) ORDER BY id",
            args![since],
        )
        .await?;
    rows.iter().map(|(state,)| json::read("complaint", state)).collect()
}

/// The latest complaint of a customer, ended or not.
///
/// # Errors
///
/// [`StoreError`] if the database refuses or the row cannot be read.
pub async fn latest_of(tx: &mut Tx, customer: UserId) -> Result<Option<Complaint>, StoreError> {
    let row: Option<(String,)> = tx
        .optional(
            "SELECT state FROM complaint WHERE customer = $1 ORDER BY id DESC LIMIT 1",
            args![customer.0],
        )
        .await?;
    row.map(|(state,)| json::read("complaint", &state)).transpose()
}

/// All complaints of a customer, latest first, at most 25.
///
/// # Errors
///
/// [`StoreError`] if the database refuses or a row cannot be read.
pub async fn all_of(db: &Db, customer: UserId) -> Result<Vec<Complaint>, StoreError> {
    let rows: Vec<(String,)> = db
        .all("SELECT state FROM complaint WHERE customer = $1 ORDER BY id DESC LIMIT 25", args![customer.0])
        .await?;
    rows.iter().map(|(state,)| json::read("complaint", state)).collect()
}

/// The open complaints of a guild, the nearest deadline first.
///
/// # Errors
///
/// [`StoreError`] if the database refuses or a row cannot be read.
pub async fn open_in(db: &Db, guild: GuildId) -> Result<Vec<Complaint>, StoreError> {
    let rows: Vec<(String,)> = db
        .all(
            "SELECT state FROM complaint WHERE guild = $1 AND stage IN ('filed', 'recorded') \
             ORDER BY CASE WHEN next_due IS NULL THEN 1 ELSE 0 END, next_due, id LIMIT 200",
            args![guild.0],
        )
        .await?;
    rows.iter().map(|(state,)| json::read("complaint", state)).collect()
}

/// The open complaints of a guild that somebody owns and of which something is due by an instant (Unix ms), the most urgent
/// first; at most 200.
///
/// # Errors
///
/// [`StoreError`] if the database refuses or a row cannot be read.
pub async fn due_by(
    tx: &mut Tx,
    guild: GuildId,
    owner: UserId,
    by: i64,
) -> Result<Vec<Complaint>, StoreError> {
    let rows: Vec<(String,)> = tx
        .all(
            "SELECT state FROM complaint WHERE guild = $1 AND stage IN ('filed', 'recorded') \
             AND owner = $2 AND next_due <= $3 ORDER BY next_due, id LIMIT 200",
            args![guild.0, owner.0, by],
        )
        .await?;
    rows.iter().map(|(state,)| json::read("complaint", state)).collect()
}

/// The complaints of a guild whose life touches a period: filed before its end, and not ended before its start.
///
/// # Errors
///
/// [`StoreError`] if the database refuses or a row cannot be read.
pub async fn filed_before(db: &Db, guild: GuildId, end: i64) -> Result<Vec<ComplaintId>, StoreError> {
    let rows: Vec<(i64,)> = db
        .all("SELECT id FROM complaint WHERE guild = $1 AND filed_at < $2 ORDER BY id", args![guild.0, end])
        .await?;
    Ok(rows.into_iter().map(|(id,)| ComplaintId(id)).collect())
}

/// The journal of a complaint, oldest first.
///
/// # Errors
///
/// [`StoreError`] if the database refuses or a row cannot be read.
pub async fn journal(db: &Db, id: ComplaintId) -> Result<Vec<Entry>, StoreError> {
    super::journal::read(db, Stream::Complaint(id)).await
}

/// The journal of a complaint within a transaction, oldest first.
///
/// # Errors
///
/// [`StoreError`] if the database refuses or a row cannot be read.
pub async fn journal_in(tx: &mut Tx, id: ComplaintId) -> Result<Vec<Entry>, StoreError> {
    super::journal::after(tx, Stream::Complaint(id), 0).await
}

/// The facts of a complaint's journal after the first `seen`, oldest first.
///
/// # Errors
///
/// [`StoreError`] if the database refuses or a row cannot be read.
pub async fn journal_after(tx: &mut Tx, id: ComplaintId, seen: i64) -> Result<Vec<Entry>, StoreError> {
    super::journal::after(tx, Stream::Complaint(id), seen).await
}

/// What this customer has filed at a desk since `since` (Unix ms), the latest first.
///
/// # Errors
///
/// [`StoreError`] if the database refuses or a row cannot be read.
pub async fn filed_since(
    tx: &mut Tx,
    customer: UserId,
    guild: GuildId,
    since: i64,
) -> Result<Vec<Complaint>, StoreError> {
    let rows: Vec<(String,)> = tx
        .all(
            "SELECT state FROM complaint WHERE customer = $1 AND filed_at >= $2 AND guild = $3 ORDER BY id DESC LIMIT 25",
            args![customer.0, since, guild.0],
        )
        .await?;
    rows.iter().map(|(state,)| json::read("complaint", state)).collect()
}

/// Desk threads that can sleep, the one longest untouched first: of open complaints in which the customer waits for nothing.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn quietest(
    db: &Db,
    guild: GuildId,
    but: ComplaintId,
) -> Result<Vec<(ComplaintId, ChannelId)>, StoreError> {
    let rows: Vec<(i64, i64)> = db
        .all(
            "SELECT id, thread FROM complaint WHERE guild = $1 AND id <> $2 AND thread IS NOT NULL AND waiting = 0 \
             ORDER BY CASE WHEN stage IN ('closed', 'dismissed', 'resolved') THEN 0 ELSE 1 END, touched_at, id LIMIT 50",
            args![guild.0, but.0],
        )
        .await?;
    let held = |(id, thread): (i64, i64)| (ComplaintId(id), ChannelId(thread.cast_unsigned()));
    Ok(rows.into_iter().map(held).collect())
}

/// How many complaints of a desk nobody has taken.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn unread(tx: &mut Tx, guild: GuildId) -> Result<i64, StoreError> {
    let (count,): (i64,) = tx
        .one(
            "SELECT CAST(COUNT(*) AS BIGINT) FROM complaint WHERE guild = $1 AND stage = 'filed'",
            args![guild.0],
        )
        .await?;
    Ok(count)
}

/// Notes which complaint a message in a customer's line belongs to.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn add_line_message(
    tx: &mut Tx,
    message: MessageId,
    complaint: ComplaintId,
    now: i64,
) -> Result<(), StoreError> {
    tx.run(
        "INSERT INTO line_message (message, complaint, at) VALUES ($1, $2, $3) \
         ON CONFLICT (message) DO UPDATE SET complaint = excluded.complaint",
        args![message.0, complaint.0, now],
    )
    .await
    .map(|_| ())
}

/// Notes in which channel a customer wrote a message of a line, so that it can be looked for there.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn note_place(tx: &mut Tx, message: MessageId, channel: ChannelId) -> Result<(), StoreError> {
    tx.run("UPDATE line_message SET channel = $2 WHERE message = $1", args![message.0, channel.0])
        .await
        .map(|_| ())
}

/// The messages that customers wrote in a channel from `since` on, the first first.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn messages_in(
    tx: &mut Tx,
    channel: ChannelId,
    since: MessageId,
) -> Result<Vec<MessageId>, StoreError> {
    let rows: Vec<(i64,)> = tx
        .all(
            "SELECT message FROM line_message WHERE channel = $1 AND message >= $2 ORDER BY message",
            args![channel.0, since.0],
        )
        .await?;
    Ok(rows.into_iter().map(|(message,)| MessageId(message.unsigned_abs())).collect())
}

/// Which complaint a message in a customer's line belongs to.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn by_line_message(tx: &mut Tx, message: MessageId) -> Result<Option<ComplaintId>, StoreError> {
    let row: Option<(i64,)> =
        tx.optional("SELECT complaint FROM line_message WHERE message = $1", args![message.0]).await?;
    Ok(row.map(|(id,)| ComplaintId(id)))
}
