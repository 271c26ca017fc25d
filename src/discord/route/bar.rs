//! What is pressed on the action bar and under *More…*.

use super::{Plan, ProcedureAction, Query, Routing};
use crate::discord::custom_id::CustomId;
use crate::discord::render::bar::{NO, YES};
use crate::domain::command::{Command, Refusal};
use crate::domain::procedure::Deed;
use crate::kernel::severity::Severity;
use crate::kit::command::Access;

impl Routing<'_> {
    pub(super) fn press_bar(&self, id: &CustomId, values: &[String]) -> Plan {
        let chosen = values.first().map(String::as_str);
        match (id, chosen) {
            (CustomId::SetSeverity(complaint), Some(chosen)) => match Severity::parse(chosen) {
                Some(severity) => {
                    let command = Command::Classify { category: None, severity: Some(severity), about: None };
                    self.staff(*complaint, command)
                }
                None => Plan::Refuse(Refusal::Stale),
            },
            (CustomId::SetVulnerable(complaint), Some(said @ (YES | NO))) => {
                let deed = Deed::SayVulnerable { vulnerable: said == YES };
                self.staff(*complaint, Command::Procedure(deed))
            }
            (CustomId::Resume(complaint), _) => self.staff(*complaint, Command::Resume),
            (CustomId::OpenMore(complaint), _) => match self.has(Access::Staff) {
                Ok(()) => Plan::Query(Query::More(*complaint)),
                Err(refusal) => Plan::Refuse(refusal),
            },
            (CustomId::OpenPropose(complaint), _) => self.staff_look(ProcedureAction::OpenPropose {
                which: Some(*complaint),
                remedies: Default::default(),
                values: Default::default(),
            }),
            _ => Plan::Refuse(Refusal::Stale),
        }
    }
}
