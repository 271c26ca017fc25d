//! Presses and forms of refusing, withdrawing and merging.

use std::collections::BTreeMap;

use super::{Plan, Routing};
use crate::discord::custom_id::CustomId;
use crate::discord::render::disposition::{BASIS, REASON, RECOURSE};
use crate::discord::render::forms::TEXT;
use crate::domain::command::{Command, Refusal};
use crate::domain::disposition::Deed;
use crate::kernel::ids::{ComplaintId, MessageId};

impl Routing<'_> {
    pub(super) fn press_disposition(&self, id: &CustomId, values: &[String]) -> Plan {
        match id {
            CustomId::AgreeRefusal { complaint, refusal } => {
                let deed = Deed::AgreeRefusal { refusal: *refusal };
                self.staff(*complaint, Command::Disposition(deed))
            }
            CustomId::OpenReturnRefusal { complaint, refusal } => {
                self.staff_form(CustomId::ReturnRefusal { complaint: *complaint, refusal: *refusal })
            }
            CustomId::OpenObject(complaint) => self.opens(CustomId::Object(*complaint)),
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
            CustomId::Refuse(complaint) => {
                let (reason, basis, recourse) = (input(REASON), input(BASIS), input(RECOURSE));
                let deed = Deed::Refuse { reason, basis, recourse };
                self.staff(*complaint, Command::Disposition(deed))
            }
            CustomId::ReturnRefusal { complaint, refusal } => {
                let deed = Deed::ReturnRefusal { refusal: *refusal, text: input(TEXT) };
                self.staff(*complaint, Command::Disposition(deed))
            }
            CustomId::Object(complaint) => {
                let deed = Deed::Object { message: MessageId(self.heard.id), text: input(TEXT) };
                self.customer(*complaint, Command::Disposition(deed))
            }
            CustomId::Withdraw(complaint) => {
                let deed = Deed::Withdraw { heard: None, text: input(TEXT) };
                self.customer(*complaint, Command::Disposition(deed))
            }
            // Ids of buttons are not sent as forms.
            _ => Plan::Refuse(Refusal::Stale),
        }
    }
}
