//! What a desk gives in a month as goodwill: one sum, which two givers cannot both take the last of.

use crate::domain::decide::Decision;
use crate::domain::event::Event;
use crate::domain::goodwill::{Deed, Fact};
use crate::kernel::ids::GuildId;
use crate::sla::calendar::wall;
use crate::store::db::Tx;
use crate::store::{self, StoreError};

use super::Desk;

impl Desk {
    /// Tells a deed what was given this month; nobody else gives anything until it is done.
    pub(super) async fn see_spent(
        &self,
        tx: &mut Tx,
        guild: GuildId,
        deed: &mut Deed,
    ) -> Result<(), StoreError> {
        let sum = store::counter::hold(tx, &self.month_of(guild)).await?;
        match deed {
            Deed::Give { spent, .. } | Deed::Agree { spent, .. } | Deed::TurnDown { spent, .. } => {
                *spent = sum
            }
        }
        Ok(())
    }

    /// Takes what a decision gives from the month's budget.
    pub(super) async fn spend(&self, tx: &mut Tx, decision: &Decision) -> Result<(), StoreError> {
        for entry in &decision.entries {
            if let Event::Goodwill(Fact::Given { value, .. }) = &entry.event {
                store::counter::add(tx, &self.month_of(decision.complaint.filed.guild), *value).await?;
            }
        }
        Ok(())
    }

    /// The counter of this calendar month in the desk's zone.
    fn month_of(&self, guild: GuildId) -> String {
        let zone = self.policy_of(guild).zone;
        format!("goodwill-{}-{}", guild.0, wall(zone, self.now()).format("%Y-%m"))
    }
}
