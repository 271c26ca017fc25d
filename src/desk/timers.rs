//! Timers: what is due is fired, each in its own transaction; what no longer fits is re-armed from the state.

use super::Desk;
use crate::domain::command::Command;
use crate::domain::event::Actor;
use crate::domain::ids::Stream;
use crate::domain::letter::Urgency;
use crate::domain::timer::Slot;
use crate::store::{self, StoreError};

/// How many timers are fired before the workers look at anything else.
const BATCH: i64 = 100;

impl Desk {
    /// Fires the timers that are due. Returns how many there were.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses; what was not fired stays due.
    pub async fn run_timers(&self) -> Result<usize, StoreError> {
        let due = store::timer::due(self.db(), self.now(), BATCH).await?;
        let count = due.len();
        for (stream, slot, due) in due {
            let mut tx = self.db().begin().await?;
            match stream {
                Stream::Complaint(id) => {
                    let Ok(slot) = slot.parse::<Slot>() else {
                        tracing::error!(%stream, slot, "unknown timer dropped");
                        store::timer::remove(&mut tx, stream, &slot).await?;
                        tx.commit().await?;
                        continue;
                    };
                    if self.on(&mut tx, id, &Actor::Desk, Command::Fired { slot, due }).await?.is_err() {
                        store::timer::remove(&mut tx, stream, &slot.to_string()).await?;
                    }
                }
                Stream::Draft(id) => self.draft_fired(&mut tx, id, &slot).await?,
                Stream::Incident(id) => self.incident_fired(&mut tx, id, &slot, due).await?,
            }
            tx.commit().await?;
        }
        Ok(count)
    }

    /// When the next timer is due (Unix ms), if any.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses.
    pub async fn next_timer(&self) -> Result<Option<i64>, StoreError> {
        store::timer::next_due(self.db()).await
    }

    /// When the next letter that is at least this urgent is due (Unix ms), if any.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses.
    pub async fn next_letter(&self, urgency: Urgency) -> Result<Option<i64>, StoreError> {
        store::letter::next_due(self.db(), urgency.rank()).await
    }
}
