//! What a command was given and its form or button, which comes back later, cannot carry.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Desk;
use crate::kernel::ids::{ComplaintId, UserId};
use crate::store::{self, StoreError, json};

/// Where it waits: nobody takes that of somebody else.
fn key_of(interaction: u64, person: UserId) -> String {
    format!("o{interaction}-{person}")
}

impl Desk {
    /// Keeps what the command `interaction` of `person` was given about `complaint`, as long as neither is erased. A second
    /// delivery keeps the first.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses.
    pub async fn keep_for_later(
        &self,
        interaction: u64,
        person: UserId,
        complaint: Option<ComplaintId>,
        given: &impl Serialize,
    ) -> Result<(), StoreError> {
        let key = key_of(interaction, person);
        let mut tx = self.db().begin().await?;
        if store::inbox::lookup(&mut tx, &key).await?.is_none() {
            store::inbox::add_of(&mut tx, &key, self.now(), &json::write(given)?, person, complaint).await?;
        }
        tx.commit().await
    }

    /// What the command `interaction` of `person` was given; nothing if nothing was kept.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses or the row cannot be read.
    pub async fn kept<T: DeserializeOwned + Default>(
        &self,
        interaction: u64,
        person: UserId,
    ) -> Result<T, StoreError> {
        let mut tx = self.db().begin().await?;
        let kept = store::inbox::lookup(&mut tx, &key_of(interaction, person)).await?;
        kept.map_or_else(|| Ok(T::default()), |kept| json::read("inbox", &kept))
    }
}
