//! Incidents.

use super::StoreError;
use super::db::{Db, Tx, args};
use super::json;
use super::sql::sql;
use crate::domain::complaint::Complaint;
use crate::domain::incident::{Incident, IncidentStage};
use crate::kernel::ids::{ComplaintId, GuildId, IncidentId};

/// Stores an incident, new or changed.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn save(tx: &mut Tx, incident: &Incident) -> Result<(), StoreError> {
    let stage = match incident.stage {
        IncidentStage::Waiting => "waiting",
        IncidentStage::Active => "active",
        IncidentStage::Resolved => "resolved",
    };
    tx.run(
        "INSERT INTO incident (id, guild, number, stage, state) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (id) DO UPDATE SET stage = excluded.stage, state = excluded.state",
        args![incident.id.0, incident.guild.0, incident.number, stage, json::write(incident)?],
    )
    .await
    .map(|_| ())
}

/// The incident, locked until the transaction ends.
///
/// # Errors
///
/// [`StoreError`] if the database refuses or the row cannot be read.
pub async fn lookup(tx: &mut Tx, id: IncidentId) -> Result<Option<Incident>, StoreError> {
    let row: Option<(String,)> =
        tx.optional(sql!("SELECT state FROM incident WHERE id = $1", lock), args![id.0]).await?;
    row.map(|(state,)| json::read("incident", &state)).transpose()
}

/// The incident as it stands, without a lock.
///
/// # Errors
///
/// [`StoreError`] if the database refuses or the row cannot be read.
pub async fn read(db: &Db, id: IncidentId) -> Result<Option<Incident>, StoreError> {
    let row: Option<(String,)> = db.optional("SELECT state FROM incident WHERE id = $1", args![id.0]).await?;
    row.map(|(state,)| json::read("incident", &state)).transpose()
}

/// The incidents of a guild whose talking points are in use, oldest first.
///
/// # Errors
///
/// [`StoreError`] if the database refuses or a row cannot be read.
pub async fn active(tx: &mut Tx, guild: GuildId) -> Result<Vec<Incident>, StoreError> {
    let rows: Vec<(String,)> = tx
        .all("SELECT state FROM incident WHERE guild = $1 AND stage = 'active' ORDER BY id", args![guild.0])
        .await?;
    rows.iter().map(|(state,)| json::read("incident", state)).collect()
}

/// The incident of a guild with this number.
///
/// # Errors
///
/// [`StoreError`] if the database refuses or the row cannot be read.
pub async fn by_number(db: &Db, guild: GuildId, number: i64) -> Result<Option<Incident>, StoreError> {
    let row: Option<(String,)> = db
        .optional("SELECT state FROM incident WHERE guild = $1 AND number = $2", args![guild.0, number])
        .await?;
    row.map(|(state,)| json::read("incident", &state)).transpose()
}

/// The latest incidents of a guild, ended or not, the newest first, at most `most`.
///
/// # Errors
///
/// [`StoreError`] if the database refuses or a row cannot be read.
pub async fn latest(db: &Db, guild: GuildId, most: i64) -> Result<Vec<Incident>, StoreError> {
    let rows: Vec<(String,)> = db
        .all("SELECT state FROM incident WHERE guild = $1 ORDER BY id DESC LIMIT $2", args![guild.0, most])
        .await?;
    rows.iter().map(|(state,)| json::read("incident", state)).collect()
}

/// The next open complaints of a guild after `after`, in the order of their ids, at most `most`.
///
/// # Errors
///
/// [`StoreError`] if the database refuses or a row cannot be read.
pub async fn open_complaints(
    tx: &mut Tx,
    guild: GuildId,
    after: ComplaintId,
    most: i64,
) -> Result<Vec<Complaint>, StoreError> {
    let rows: Vec<(String,)> = tx
        .all(
            "SELECT state FROM complaint WHERE guild = $1 AND id > $2 AND stage IN ('filed', 'recorded') \
             ORDER BY id LIMIT $3",
            args![guild.0, after.0, most],
        )
        .await?;
    rows.iter().map(|(state,)| json::read("complaint", state)).collect()
}

/// How many complaints wait in an incident's list, and since when the oldest of them (Unix ms).
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn listed(db: &Db, id: IncidentId) -> Result<(i64, Option<i64>), StoreError> {
    db.one("SELECT CAST(COUNT(*) AS BIGINT), MIN(filed_at) FROM complaint WHERE listed = $1", args![id.0])
        .await
}

/// The complaints that have waited longest in an incident's list, at most `most`.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn longest_listed(tx: &mut Tx, id: IncidentId, most: i64) -> Result<Vec<ComplaintId>, StoreError> {
    let rows: Vec<(i64,)> = tx
        .all(sql!("SELECT id FROM complaint WHERE listed = $1 ORDER BY id LIMIT $2", skip), args![id.0, most])
        .await?;
    Ok(rows.into_iter().map(|(id,)| ComplaintId(id)).collect())
}
