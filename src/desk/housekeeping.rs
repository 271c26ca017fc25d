//! Keeps what customers are told: a complaint is erased once it has been kept as long as it may be; and the store stays small.

use super::Desk;
use crate::store::{self, StoreError};

/// How long answers to requests and letters that were brought are remembered (ms): Discord repeats none that old.
const REMEMBER: i64 = 7 * 24 * 60 * 60 * 1_000;
/// How many complaints are erased in one go.
const BATCH: i64 = 100;

impl Desk {
    /// Erases what has been kept long enough, and forgets what nobody will ask for. Returns how many complaints went.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses.
    pub async fn keep_house(&self) -> Result<usize, StoreError> {
        let now = self.now();
        let old = store::complaint::ended_before(self.db(), now - self.policy().keep_ms, BATCH).await?;
        for id in &old {
            let mut tx = self.db().begin().await?;
            store::complaint::erase(&mut tx, *id).await?;
            tx.commit().await?;
            tracing::info!(complaint.id = id.0, "complaint erased: its time to be kept is over");
        }
        let mut tx = self.db().begin().await?;
        store::inbox::forget(&mut tx, now - REMEMBER).await?;
        store::letter::forget(&mut tx, now - REMEMBER).await?;
        store::board::forget(&mut tx, now - REMEMBER).await?;
        let headless = store::letter::mend_heads(&mut tx).await?;
        if headless > 0 {
            tracing::error!(headless, "letters waited that nobody would have taken: they go now");
        }
        tx.commit().await?;
        Ok(old.len())
    }
}
