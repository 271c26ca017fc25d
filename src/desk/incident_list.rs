//! An incident's list: when a cable is cut and ten thousand people write, one message in the desk channel stands for all
//! who wait, until a person opens them or they have waited long enough.

use super::Desk;
use super::error::{Error, answered};
use super::inbox::{About, Key};
use crate::domain::command::{Command, Refusal};
use crate::kernel::ids::{GuildId, IncidentId};
use crate::kernel::people::{Actor, Person};
use crate::store;

impl Desk {
    /// Opens those who have waited longest in an incident's list, at most `most`. Returns how many were opened. `key` is the
    /// interaction: a second delivery opens nobody else.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if it could not be stored; nothing was done then.
    pub async fn open_listed(
        &self,
        key: &Key,
        guild: GuildId,
        incident: IncidentId,
        most: i64,
        by: &Person,
    ) -> Result<usize, Error> {
        let mut tx = self.db().begin().await?;
        if let Some(before) = self.inbox().told_before(&mut tx, key).await? {
            return Ok(before?);
        }
        let held = store::incident::lookup(&mut tx, incident).await?.filter(|held| held.guild == guild);
        if held.is_none() {
            return Err(Refusal::NoIncident.into());
        }
        let ids = store::incident::longest_listed(&mut tx, incident, most).await?;
        let mut opened = 0;
        for id in ids {
            let done = answered(
                self.complaints().carry_out(&mut tx, id, &Actor::Staff(by.clone()), Command::Open).await,
            )?;
            opened += usize::from(done.is_ok());
        }
        self.inbox().remember(&mut tx, key, &Ok(opened), About::default()).await?;
        tx.commit().await?;
        self.wake();
        Ok(opened)
    }
}
