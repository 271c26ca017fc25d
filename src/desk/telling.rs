//! What active incidents say of a complaint's category is told once it is classified.

use super::Desk;
use crate::domain::command::Command;
use crate::domain::complaint::Complaint;
use crate::domain::context::Context;
use crate::domain::decide;
use crate::kernel::people::Actor;
use crate::store::StoreError;
use crate::store::db::Tx;

impl Desk {
    /// Tells the customer, and shows in the thread, what active incidents say of the complaint's category.
    pub(super) async fn tell_incidents(&self, tx: &mut Tx, complaint: &Complaint) -> Result<(), StoreError> {
        let mut complaint = complaint.clone();
        let category = complaint.category.clone();
        for incident in
            self.active_incidents().concerning(tx, complaint.filed.guild, category.as_deref()).await?
        {
            let (Some(version), Some(line)) = (incident.in_use(), incident.line(complaint.lang)) else {
                continue;
            };
            if complaint.told.contains(&incident.id) {
                continue;
            }
            let version = version.number;
            let commands = [
                Command::TellIncident { incident: incident.id, version, text: line.to_owned() },
                Command::ShowTalkingPoints { incident: incident.id, version },
            ];
            for command in commands {
                let policy = self.policy_of(complaint.filed.guild);
                let decided =
                    decide::decide(&complaint, command, &Context::new(Actor::Desk, &policy, self.now()));
                if let Ok(decision) = decided {
                    self.keep(tx, &decision).await?;
                    complaint = decision.complaint;
                }
            }
        }
        Ok(())
    }
}
