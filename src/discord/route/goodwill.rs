//! Something given on top: its presses.

use super::{Plan, Routing};
use crate::discord::custom_id::CustomId;
use crate::domain::command::{Command, Refusal};
use crate::domain::goodwill::Deed;

impl Routing<'_> {
    pub(super) fn press_goodwill(&self, id: &CustomId) -> Plan {
        let (complaint, deed) = match id {
            CustomId::AgreeGoodwill { complaint, number } => (complaint, Deed::Agree { number: *number }),
            CustomId::TurnDownGoodwill { complaint, number } => {
                (complaint, Deed::TurnDown { number: *number })
            }
            _ => return Plan::Refuse(Refusal::Stale),
        };
        self.staff(*complaint, Command::Goodwill(deed))
    }
}
