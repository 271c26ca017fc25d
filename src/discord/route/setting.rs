//! What `/desk setup` was given.

use std::collections::BTreeMap;

use super::{Look, Plan, Routing};
use crate::discord::decode::Value;
use crate::domain::command::Refusal;
use crate::domain::ledger;
use crate::domain::settings::Setup;
use crate::kernel::lang::Lang;

impl Routing<'_> {
    pub(super) fn setup(&self, options: &BTreeMap<String, Value>) -> Plan {
        let channel = |name: &str| match options.get(name) {
            Some(Value::Channel(id)) => Some(*id),
            _ => None,
        };
        let role = |name: &str| match options.get(name) {
            Some(Value::Role(id)) => Some(*id),
            _ => None,
        };
        let time_zone = match options.get("time-zone") {
            Some(Value::Text(name)) => match name.parse() {
                Ok(zone) => Some(zone),
                Err(_) => {
                    let slot = self.view.words(self.lang).setup_time_zone();
                    return Plan::Refuse(Refusal::WrongSlot { slot, written: name.clone() });
                }
            },
            _ => None,
        };
        let locale = match options.get("locale") {
            Some(Value::Text(name)) => Lang::parse(name),
            _ => None,
        };
        let said = Setup {
            desk_channel: channel("desk-channel"),
            intake_channel: channel("intake-channel"),
            manager_channel: channel("manager-channel"),
            staff_role: role("staff-role"),
            manager_role: role("manager-role"),
            head_office_role: role("head-office-role"),
            line: None,
            locale,
            time_zone,
            name: None,
        };
        // Who decides is not for those to change who are decided about: managers of the desk see it.
        if ledger::decides(&said) && !self.asker.rank.setup {
            return Plan::Refuse(Refusal::SetupByOwner);
        }
        Plan::Look(Look::Setup(Box::new(said)))
    }
}
