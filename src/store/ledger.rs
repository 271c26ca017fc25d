//! What is written down about who decides. Rows are only ever added.

use super::StoreError;
use super::counter;
use super::db::{Db, Tx, args};
use super::json;
use crate::domain::ledger::Record;
use crate::kernel::ids::GuildId;

/// Writes a line.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn add(tx: &mut Tx, guild: GuildId, record: &Record) -> Result<(), StoreError> {
    let id = counter::next(tx, "authority-record").await?;
    tx.run(
        "INSERT INTO authority_record (id, guild, at, complaint, body) VALUES ($1, $2, $3, $4, $5)",
        args![id, guild.0, record.at, record.complaint.map(|id| id.0), json::write(record)?],
    )
    .await
    .map(|_| ())
}

/// The latest lines of a desk, the newest first.
///
/// # Errors
///
/// [`StoreError`] if the database refuses or a row cannot be read.
pub async fn latest(db: &Db, guild: GuildId, most: i64) -> Result<Vec<Record>, StoreError> {
    let rows: Vec<(String,)> = db
        .all(
            "SELECT body FROM authority_record WHERE guild = $1 ORDER BY id DESC LIMIT $2",
            args![guild.0, most],
        )
        .await?;
    rows.iter().map(|(body,)| json::read("authority_record", body)).collect()
}
