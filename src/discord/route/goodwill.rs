//! Something given on top: its command and its presses.

use std::collections::BTreeMap;

use super::{Plan, Routing};
use crate::discord::custom_id::CustomId;
use crate::discord::decode::Value;
use crate::domain::command::{Command, Refusal};
use crate::domain::goodwill::Deed;
use crate::language::offer::{Kind, amount};

impl Routing<'_> {
    pub(super) fn goodwill(&self, options: &BTreeMap<String, Value>) -> Plan {
        let text = |name: &str| match options.get(name) {
            Some(Value::Text(text)) => text.as_str(),
            _ => "",
        };
        let Some(kind) = Kind::parse(text("kind")) else { return Plan::Refuse(Refusal::Stale) };
        let written = text("value");
        let Some(value) = amount(written) else {
            return Plan::Refuse(Refusal::NoAmount { written: written.to_owned() });
        };
        let text = text("text").to_owned();
        self.in_thread(Command::Goodwill(Deed::Give { kind, value, text }))
    }

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
