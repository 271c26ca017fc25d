//! An incident's list: when a cable is cut and ten thousand people write, one message in the desk channel stands for all
//! who wait, until a person opens them or they have waited long enough.

use super::Desk;
use super::error::{Error, answered};
use super::inbox::{About, Key};
use crate::domain::command::{Command, Refusal};
use crate::kernel::ids::{GuildId, IncidentId};
use crate::kernel::people::{Actor, Person};
use crate::store::db::Tx;
use crate::store::{self, StoreError};

/// From so many unread complaints on customers are told that the first answer may take longer.
const LONG_QUEUE: i64 = 50;
/// The queue is counted anew after this while (ms).
const COUNT_AGAIN: i64 = 5_000;

impl Desk {
    /// How many complaints wait to be read at a desk, where it is so many that customers should know. Counted anew after a
    /// few seconds: in a burst nobody needs it to the last one.
    pub(super) async fn queue(&self, tx: &mut Tx, guild: GuildId) -> Result<Option<i64>, StoreError> {
        let now = self.now();
        let held = super::lock(&self.shared.queues).get(&guild).copied();
        let count = match held.filter(|(_, counted)| (counted..=&(counted + COUNT_AGAIN)).contains(&&now)) {
            Some((count, _)) => count,
            None => {
                let count = store::complaint::unread(tx, guild).await?;
                super::lock(&self.shared.queues).insert(guild, (count, now));
                count
            }
        };
        Ok((count >= LONG_QUEUE).then_some(count))
    }

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
