//! What a desk may spend in a month: one sum a budget, which two who give cannot both take the last of.

use crate::domain::decide::Decision;
use crate::domain::event::Event;
use crate::kernel::ids::GuildId;
use crate::sla::calendar::wall;
use crate::store::db::Tx;
use crate::store::{self, StoreError};

use super::Desk;

impl Desk {
    /// What was spent this month of a budget (đồng); nobody else spends of it until this transaction ends.
    pub(super) async fn spent_this_month(
        &self,
        tx: &mut Tx,
        guild: GuildId,
        budget: &str,
    ) -> Result<i64, StoreError> {
        store::counter::hold(tx, &self.month_of(guild, budget)).await
    }

    /// Takes what a decision spends from its month's budget.
    pub(super) async fn spend(&self, tx: &mut Tx, decision: &Decision) -> Result<(), StoreError> {
        for entry in &decision.entries {
            let Event::Feature(fact) = &entry.event else { continue };
            if let Some((budget, value)) = fact.spends() {
                store::counter::add(tx, &self.month_of(decision.complaint.filed.guild, budget), value)
                    .await?;
            }
        }
        Ok(())
    }

    /// The counter of a budget for this calendar month in the desk's zone.
    fn month_of(&self, guild: GuildId, budget: &str) -> String {
        let zone = self.policy_of(guild).zone;
        format!("{budget}-{}-{}", guild.0, wall(zone, self.now()).format("%Y-%m"))
    }
}
