//! What a command was given and its form or button, which comes back later, cannot carry.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Desk;
use super::once::Key;
use crate::kernel::ids::{ComplaintId, UserId};
use crate::store::{self, StoreError, json};

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
        let key = Key::Given(interaction, person).to_string();
        let mut tx = self.db().begin().await?;
        if store::inbox::lookup(&mut tx, &key).await?.is_none() {
            let given = json::write(given)?;
            store::inbox::add(&mut tx, &key, self.now(), &given, Some(person), complaint).await?;
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
        let kept = store::inbox::lookup(&mut tx, &Key::Given(interaction, person).to_string()).await?;
        kept.map_or_else(|| Ok(T::default()), |kept| json::read("inbox", &kept))
    }
}
