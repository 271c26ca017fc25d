//! What people ask about their own data.

use super::StoreError;
use super::db::{Db, Tx, args};
use super::json;
use super::sql::sql;
use crate::domain::data::DataRequest;
use crate::kernel::ids::{GuildId, RequestId, Stream, UserId};

/// Stores a request, new or changed.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn save(tx: &mut Tx, request: &DataRequest) -> Result<(), StoreError> {
    tx.run(
        "INSERT INTO data_request (id, guild, number, customer, is_open, closed_at, state) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO UPDATE SET customer = excluded.customer, \
         is_open = excluded.is_open, closed_at = excluded.closed_at, state = excluded.state",
        args![
            request.id.0,
            request.guild.0,
            request.number,
            request.customer.id.0,
            request.is_open(),
            request.closed_at(),
            json::write(request)?
        ],
    )
    .await
    .map(|_| ())
}

/// The request, locked until the transaction ends.
///
/// # Errors
///
/// [`StoreError`] if the database refuses or the row cannot be read.
pub async fn lookup(tx: &mut Tx, id: RequestId) -> Result<Option<DataRequest>, StoreError> {
    let row: Option<(String,)> =
        tx.optional(sql!("SELECT state FROM data_request WHERE id = $1", lock), args![id.0]).await?;
    row.map(|(state,)| json::read("data_request", &state)).transpose()
}

/// The request as it stands, without a lock.
///
/// # Errors
///
/// [`StoreError`] if the database refuses or the row cannot be read.
pub async fn read(db: &Db, id: RequestId) -> Result<Option<DataRequest>, StoreError> {
    let row: Option<(String,)> =
        db.optional("SELECT state FROM data_request WHERE id = $1", args![id.0]).await?;
    row.map(|(state,)| json::read("data_request", &state)).transpose()
}

/// The requests of a person, at one desk or (none) at all of them, the first first.
///
/// # Errors
///
/// [`StoreError`] if the database refuses or a row cannot be read.
pub async fn all_of(
    tx: &mut Tx,
    customer: UserId,
    guild: Option<GuildId>,
) -> Result<Vec<DataRequest>, StoreError> {
    let rows: Vec<(String,)> = tx
        .all(
            "SELECT state FROM data_request WHERE customer = $1 AND ($2 = 1 OR guild = $3) ORDER BY id",
            args![customer.0, guild.is_none(), guild.unwrap_or(GuildId(0)).0],
        )
        .await?;
    rows.iter().map(|(state,)| json::read("data_request", state)).collect()
}

/// Requests that were closed before `before` (Unix ms) and are still somebody's, at most `most`.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn closed_before(db: &Db, before: i64, most: i64) -> Result<Vec<RequestId>, StoreError> {
    let rows: Vec<(i64,)> = db
        .all(
            "SELECT id FROM data_request WHERE closed_at < $1 AND customer <> 0 ORDER BY id LIMIT $2",
            args![before, most],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| RequestId(id)).collect())
}

/// Erases what was on its way about a request.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn traces(tx: &mut Tx, id: RequestId) -> Result<(), StoreError> {
    super::outbox::clear(tx, Stream::Request(id)).await?;
    super::timer::clear(tx, Stream::Request(id)).await
}
