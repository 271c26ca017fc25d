//! The select and the form of withdrawing.

use std::collections::BTreeMap;

use super::{Plan, Routing};
use crate::discord::custom_id::CustomId;
use crate::discord::render::forms::TEXT;
use crate::domain::command::{Command, Refusal};
use crate::domain::disposition::Deed;
use crate::kernel::ids::ComplaintId;

impl Routing<'_> {
    pub(super) fn press_disposition(&self, id: &CustomId, values: &[String]) -> Plan {
        match id {
            CustomId::ChooseWithdraw => match values.first().and_then(|chosen| chosen.parse().ok()) {
                Some(chosen) => self.opens(CustomId::Withdraw(ComplaintId(chosen))),
                None => Plan::Refuse(Refusal::Stale),
            },
            // Ids of forms are not pressed.
            _ => Plan::Refuse(Refusal::Stale),
        }
    }

    pub(super) fn submit_disposition(&self, id: &CustomId, inputs: &BTreeMap<String, String>) -> Plan {
        let input = |name: &str| inputs.get(name).cloned().unwrap_or_default();
        match id {
            CustomId::Withdraw(complaint) => {
                let deed = Deed::Withdraw { heard: None, text: input(TEXT) };
                self.customer(*complaint, Command::Disposition(deed))
            }
            // Ids of buttons are not sent as forms.
            _ => Plan::Refuse(Refusal::Stale),
        }
    }
}
