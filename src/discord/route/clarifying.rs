//! Clarifying questions: asked, answered, noted.

use std::collections::BTreeMap;

use super::{Plan, Routing};
use crate::discord::custom_id::CustomId;
use crate::discord::render::forms::TEXT;
use crate::domain::clarifying::Deed;
use crate::domain::command::{Command, Refusal};
use crate::kernel::ids::MessageId;
use crate::language::fold::is_blank;

impl Routing<'_> {
    /// With an answer it is noted, without one the customer is asked.
    pub(super) fn clarify(&self, question: String, answer: String) -> Plan {
        let deed = if is_blank(&answer) { Deed::Ask { question } } else { Deed::Note { question, answer } };
        self.in_thread(Command::Clarify(deed))
    }

    pub(super) fn press_clarifying(&self, id: &CustomId, values: &[String]) -> Plan {
        match (id, values.first()) {
            (CustomId::AskQuestion(complaint), Some(question)) => {
                self.staff(*complaint, Command::Clarify(Deed::Ask { question: question.clone() }))
            }
            (CustomId::OpenAnswer { complaint, number }, _) => {
                self.opens(CustomId::Answer { complaint: *complaint, number: *number })
            }
            _ => Plan::Refuse(Refusal::Stale),
        }
    }

    pub(super) fn submit_clarifying(&self, id: &CustomId, inputs: &BTreeMap<String, String>) -> Plan {
        let CustomId::Answer { complaint, number } = id else { return Plan::Refuse(Refusal::Stale) };
        let text = inputs.get(TEXT).cloned().unwrap_or_default();
        let message = MessageId(self.heard.id);
        self.customer(*complaint, Command::Clarify(Deed::Answer { number: *number, message, text }))
    }
}
