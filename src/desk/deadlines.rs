//! Open deadlines computed anew: only when somebody asks for it, and written down in each complaint.

use super::Desk;
use crate::domain::command::Command;
use crate::domain::context::Context;
use crate::domain::decide;
use crate::kernel::ids::GuildId;
use crate::kernel::people::{Actor, Person};
use crate::store::{self, StoreError};

impl Desk {
    /// Computes the open deadlines of a desk anew, by the policy and the calendars of now. Returns how many complaints were
    /// looked at and how many of them have other deadlines now.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses; what was done until then stays.
    pub async fn recompute(&self, guild: GuildId, by: &Person) -> Result<(usize, usize), StoreError> {
        let policy = self.policy_of(guild);
        let ids = store::board::alive(self.db(), guild).await?;
        let mut changed = 0;
        for id in &ids {
            let mut tx = self.db().begin().await?;
            let Some(complaint) = store::complaint::lookup(&mut tx, *id).await? else { continue };
            let by = Actor::Staff(by.clone());
            let decided = decide::decide(
                &complaint,
                Command::Recompute,
                &Context::new(by.clone(), &policy, self.now()),
            );
            if let Ok(decision) = decided
                && !decision.entries.is_empty()
            {
                changed += 1;
                self.keep(&mut tx, &decision).await?;
                tx.commit().await?;
            }
        }
        self.wake();
        Ok((ids.len(), changed))
    }
}
