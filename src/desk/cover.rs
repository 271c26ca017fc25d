//! What colleagues look after while somebody rests.

use super::Desk;
use crate::domain::composure::{BREAK, Cover, SOON};
use crate::kernel::ids::{GuildId, UserId};
use crate::store::db::Tx;
use crate::store::{self, StoreError};

impl Desk {
    /// What is due soon among the open complaints of a person, the most urgent first.
    pub(super) async fn cover_for(
        &self,
        tx: &mut Tx,
        guild: GuildId,
        person: UserId,
    ) -> Result<Vec<Cover>, StoreError> {
        let due = store::complaint::due_by(tx, guild, person, self.now() + BREAK + SOON).await?;
        let covered = due.iter().filter_map(|held| {
            let (clock, due) = held.next_deadline()?;
            Some(Cover { number: held.number(), thread: held.thread, clock, due })
        });
        Ok(covered.collect())
    }
}
