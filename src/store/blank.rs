//! Whether a desk has ever worked on a database.

use super::StoreError;
use super::db::{Db, args};

/// Whether nothing was ever stored: no desk set up, nothing heard, nothing counted.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn is_blank(db: &Db) -> Result<bool, StoreError> {
    let (rows,): (i64,) = db
        .one(
            "SELECT CAST((SELECT COUNT(*) FROM guild_desk) + (SELECT COUNT(*) FROM inbox) + \
             (SELECT COUNT(*) FROM counter) + (SELECT COUNT(*) FROM draft) AS BIGINT)",
            args![],
        )
        .await?;
    Ok(rows == 0)
}
