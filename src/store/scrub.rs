//! What was deleted goes from the bytes of the database as well.

use super::StoreError;
use super::db::Db;

/// A file up to this size (bytes) is built anew within a moment.
const BUILT_ANEW: u64 = 256 * 1024 * 1024;
/// On a server: the tables that hold what may be erased.
const VACUUM: [&str; 10] = [
    "VACUUM complaint",
    "VACUUM complaint_text",
    "VACUUM journal",
    "VACUUM letter",
    "VACUUM inbox",
    "VACUUM draft",
    "VACUUM person",
    "VACUUM line_message",
    "VACUUM notice",
    "VACUUM data_request",
];

impl Db {
    /// Has what was deleted gone from the bytes of the database as well. In a file: it is built anew where that does not keep
    /// others waiting, and the log beside it, which holds earlier states, is emptied. On a server its dead rows are freed to be
    /// overwritten; what its own log and its backups hold is for whoever runs it. `erased`: whether somebody's words went, and
    /// not only what had served its time. Whether all of it was done.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses.
    pub async fn scrub(&self, erased: bool) -> Result<bool, StoreError> {
        match self {
            Self::Sqlite { write, place, .. } => {
                let mut connection =
                    write.acquire().await.map_err(|error| StoreError::statement("VACUUM", error))?;
                let size = std::fs::metadata(place.file()).map_or(u64::MAX, |held| held.len());
                if erased && size <= BUILT_ANEW {
                    // A page whose rows moved to another one may hold their bytes still, however they were deleted there.
                    sqlx::query("VACUUM")
                        .execute(&mut *connection)
                        .await
                        .map_err(|error| StoreError::statement("VACUUM", error))?;
                }
                let (busy, ..): (i64, i64, i64) = sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)")
                    .fetch_one(&mut *connection)
                    .await
                    .map_err(|error| StoreError::statement("PRAGMA wal_checkpoint(TRUNCATE)", error))?;
                Ok(busy == 0)
            }
            Self::Postgres(_) if !erased => Ok(true),
            Self::Postgres(pool) => {
                let mut connection =
                    pool.acquire().await.map_err(|error| StoreError::statement("VACUUM", error))?;
                for statement in VACUUM {
                    sqlx::query(statement)
                        .execute(&mut *connection)
                        .await
                        .map_err(|error| StoreError::statement(statement, error))?;
                }
                Ok(true)
            }
        }
    }
}
