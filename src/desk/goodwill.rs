//! What a desk gives in a month as goodwill: one sum, which two givers cannot both take the last of.

use crate::domain::decide::Decision;
use crate::domain::event::Event;
use crate::domain::goodwill::Fact;
use crate::kernel::ids::GuildId;
use crate::sla::calendar::wall;
use crate::store::db::Tx;
use crate::store::{self, StoreError};

use super::Desk;

impl Desk {
    /// What was given this month (đồng); nobody else gives anything until this transaction ends.
    pub(super) async fn spent_this_month(&self, tx: &mut Tx, guild: GuildId) -> Result<i64, StoreError> {
        store::counter::hold(tx, &self.month_of(guild)).await
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
