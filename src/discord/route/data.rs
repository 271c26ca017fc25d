//! Presses and forms about a person's own data.

use std::collections::BTreeMap;

use super::{Action, DataAction, DataQuery, Plan, Query, Routing};
use crate::discord::custom_id::{CustomId, OwnData};
use crate::discord::render::{data, forms};
use crate::domain::command::Refusal;
use crate::kernel::ids::GuildId;
use crate::kit::command::Access;

impl Routing<'_> {
    /// A press about data; none for other ids.
    pub(super) fn press_data(&self, id: &CustomId) -> Option<Plan> {
        let words = self.view.words(self.lang);
        Some(match id {
            CustomId::DataExport(own) => self.own(*own, Plan::Query(Query::Data(DataQuery::Export))),
            CustomId::DataErase(own) => self.own(*own, Plan::Query(Query::Data(DataQuery::Erasable))),
            CustomId::DataEraseNow(own) => self.own(*own, Plan::Action(Action::Data(DataAction::Erase))),
            CustomId::OpenDataRequest(own) if self.is_own(*own) => {
                Plan::Form(data::ask_form(&CustomId::DataRequest(*own), words), None)
            }
            CustomId::OpenDataRequest(_) => Plan::Refuse(Refusal::Stale),
            CustomId::OpenAnswerRequest(request) => match self.has(Access::Manager) {
                Ok(()) => Plan::Form(data::answer_form(&CustomId::AnswerRequest(*request), words), None),
                Err(refusal) => Plan::Refuse(refusal),
            },
            _ => return None,
        })
    }

    /// A form about data; none for other ids.
    pub(super) fn submit_data(&self, id: &CustomId, inputs: &BTreeMap<String, String>) -> Option<Plan> {
        let text = inputs.get(forms::TEXT).cloned().unwrap_or_default();
        Some(match id {
            CustomId::DataRequest(own) => {
                self.own(*own, Plan::Action(Action::Data(DataAction::Ask { text })))
            }
            CustomId::AnswerRequest(request) => match self.has(Access::Manager) {
                Ok(()) => Plan::Action(Action::Data(DataAction::Answer { request: *request, text })),
                Err(refusal) => Plan::Refuse(refusal),
            },
            _ => return None,
        })
    }

    fn own(&self, own: OwnData, plan: Plan) -> Plan {
        match self.is_own(own) {
            true => plan,
            false => Plan::Refuse(Refusal::Stale),
        }
    }

    /// Whether it is the pressing person's own data, and that of this place.
    fn is_own(&self, own: OwnData) -> bool {
        own.person == self.asker.person.id && own.guild == self.heard.guild.unwrap_or(GuildId(0))
    }
}
