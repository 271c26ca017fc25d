//! What customers say elsewhere than on Discord: written down, and told back.

use std::collections::BTreeMap;

use super::{Plan, Routing};
use crate::desk::request::RequestKind;
use crate::discord::custom_id::CustomId;
use crate::discord::render::forms::{CONTACT, TEXT, WISH, WORDS};
use crate::discord::render::speech as forms;
use crate::domain::command::{Command, Refusal};
use crate::domain::filing::Medium;
use crate::kernel::ids::{MessageId, UserId};
use crate::kernel::people::Person;
use crate::kit::option::Member;
use crate::language::fold::is_blank;
use crate::language::when::{Reading, Toward};

impl Routing<'_> {
    /// In a desk thread its customer said more; anywhere else it is a new complaint.
    pub(super) fn log(&self, medium: Medium, person: Option<Member>, at: &str) -> Result<Plan, Refusal> {
        let desk = self.desk.ok_or(Refusal::NotSetUp)?;
        let channels = [Some(desk.desk_channel), Some(desk.manager_channel), desk.intake_channel];
        let since = self.spoken_at(at)?;
        if person.is_none() && !channels.contains(&Some(self.heard.channel)) {
            let id = if is_blank(at) {
                CustomId::LogMore { medium }
            } else {
                CustomId::LogMoreAt { medium, since }
            };
            return Ok(Plan::Form(forms::more(&id, self.lang, self.view), None));
        }
        let (person, name) =
            person.map_or((UserId::ELSEWHERE, String::new()), |held| (held.person.id, held.person.name));
        let id = CustomId::Log { medium, person, since };
        Ok(Plan::Form(forms::log(&id, &name, self.lang, self.view), None))
    }

    /// When something was said, in words; nothing means now.
    pub(super) fn spoken_at(&self, written: &str) -> Result<i64, Refusal> {
        if is_blank(written) {
            return Ok(self.now);
        }
        // What can mean two hours that have passed is the last one: people write it down when they hear it.
        match self.reader().read(written, Toward::Past).reading {
            Reading::At(at) => Ok(at),
            Reading::Either(times) => Ok(times.last().copied().unwrap_or(self.now)),
            _ => Err(Refusal::SpokenWhen { written: written.to_owned() }),
        }
    }

    fn speaks(&self, medium: Medium, since: Option<i64>, text: String) -> Plan {
        let message = MessageId(self.heard.id);
        self.in_thread(Command::CustomerSpoke { message, medium, since, text })
    }

    pub(super) fn submit_speech(&self, id: &CustomId, inputs: &BTreeMap<String, String>) -> Plan {
        let input = |name: &str| inputs.get(name).cloned().unwrap_or_default();
        match (id, self.heard.guild) {
            (CustomId::LogMore { medium }, _) => self.speaks(*medium, None, input(TEXT)),
            (CustomId::LogMoreAt { medium, since }, _) => self.speaks(*medium, Some(*since), input(TEXT)),
            (CustomId::Log { medium, person, since }, Some(guild)) => {
                let customer = Person { id: *person, name: input(forms::NAME) };
                self.ask(RequestKind::Log {
                    guild,
                    customer,
                    medium: *medium,
                    since: (*since).min(self.now),
                    words: input(WORDS),
                    wish: input(WISH),
                    contact: input(CONTACT),
                })
            }
            (CustomId::Log { .. }, None) => Plan::Refuse(Refusal::GuildOnly),
            // Ids of buttons are not sent as forms.
            _ => Plan::Refuse(Refusal::Stale),
        }
    }
}
