//! Incidents on Discord: who may do what, the forms, and what the person who asked is told.

mod filling;
mod messages;
mod naming;

use std::collections::BTreeMap;

use super::bot::Bot;
use super::custom_id::CustomId;
use super::decode::Heard;
use super::query::private;
use super::render::answers::{Shape, Shown};
use super::render::channel;
use super::render::incident as render;
use super::render::incident_forms;
use super::route::IncidentAction;
use crate::desk::inbox::Key;
use crate::desk::incidents::Options;
use crate::domain::command::Refusal;
use crate::domain::incident::change::{Declaration, Draft};
use crate::domain::incident::{Incident, IncidentStage, Slots, Version};
use crate::domain::ledger::Entry;
use crate::domain::playbook::{Playbook, Slot};
use crate::domain::settings::GuildDesk;
use crate::kernel::ids::IncidentId;
use crate::kernel::lang::Lang;
use crate::kernel::people::Rank;
use crate::language::when;
use crate::store::StoreError;
use filling::Filling;

/// Who asks what of incidents, where, in which language.
struct Asking<'a> {
    heard: &'a Heard,
    desk: &'a GuildDesk,
    lang: Lang,
    /// The key that a second delivery of the same interaction has too.
    key: Key,
}

impl Asking<'_> {
    /// What they may do at this moment.
    fn rank(&self) -> Rank {
        self.desk.rank(&self.heard.roles, self.heard.manages)
    }
}

/// An answer, or a refusal in words.
type Answered = Result<Option<Shown>, Refusal>;

impl Bot {
    /// Carries out what somebody asks of incidents.
    pub(super) async fn incident(
        &self,
        heard: &Heard,
        action: IncidentAction,
        desk: &GuildDesk,
        lang: Lang,
    ) -> Option<Shown> {
        let asking = Asking { heard, desk, lang, key: Key::Interaction(heard.id) };
        let answered = match may(&action, asking.rank(), desk) {
            Ok(()) => self.carry_out_incident(&asking, action).await,
            Err(refusal) => Ok(Err(refusal)),
        };
        match answered {
            Ok(Ok(shown)) => shown,
            Ok(Err(refusal)) => {
                if let Some(entry) = Entry::of(&refusal) {
                    self.desk().requests().write_down(desk.guild, &heard.person, None, entry).await;
                }
                Some(self.refused_again(heard, &refusal, lang).await)
            }
            Err(error) => {
                tracing::error!(interaction.id = heard.id, %error, "incident not stored");
                Some(self.refused_again(heard, &Refusal::NotSaved, lang).await)
            }
        }
    }

    async fn carry_out_incident(
        &self,
        asking: &Asking<'_>,
        action: IncidentAction,
    ) -> Result<Answered, StoreError> {
        match action {
            IncidentAction::Declare { playbook, area, next_update } => {
                self.open_declaration(asking, &playbook, area, next_update).await
            }
            IncidentAction::Declared { playbook, options_of, inputs } => {
                let options = match options_of {
                    0 => Options::default(),
                    interaction => self.desk().inbox().kept(interaction, asking.heard.person.id).await?,
                };
                self.declared(asking, &playbook, &options, &inputs).await
            }
            IncidentAction::Update { incident, next_update } => {
                self.open_update(asking, &incident, next_update).await
            }
            IncidentAction::Updated { incident, inputs, .. } => self.updated(asking, incident, &inputs).await,
            IncidentAction::Approve { incident, version } => {
                let by = asking.heard.person.clone();
                let guild = asking.desk.guild;
                let stepped =
                    self.desk().incidents().approve(&asking.key, guild, incident, version, by).await?;
                Ok(stepped.map(|(incident, version)| self.approved(asking, &incident, version)))
            }
            IncidentAction::Resolve { incident } => {
                let guild = asking.desk.guild;
                let Some(named) = self.desk().incidents().named(guild, &incident).await? else {
                    return Ok(Err(Refusal::NoIncident));
                };
                let by = asking.heard.person.clone();
                let stepped = self.desk().incidents().end(&asking.key, guild, named.id, by).await?;
                let words = self.view().words(asking.lang);
                Ok(stepped.map(|(incident, _)| private(words.incident_resolved(incident.number))))
            }
        }
    }

    /// Opens the form with the slots that the options left empty; with none left it is declared at once.
    async fn open_declaration(
        &self,
        asking: &Asking<'_>,
        named: &str,
        area: Option<String>,
        next_update: Option<String>,
    ) -> Result<Answered, StoreError> {
        let Some((name, playbook)) = self.playbook_named(named) else {
            return Ok(Err(Refusal::NoPlaybook { asked: named.to_owned() }));
        };
        let given = [(Slot::Area, area), (Slot::NextUpdate, next_update)];
        let given: BTreeMap<Slot, String> =
            given.into_iter().filter_map(|(slot, text)| Some((slot, text?))).collect();
        let filling = self.filling(asking, playbook);
        let options = match filling.options(&given) {
            Ok(options) => options,
            Err(wrong) => return Ok(Ok(private(wrong))),
        };
        let empty: Vec<Slot> = playbook
            .slots
            .iter()
            .copied()
            .filter(|slot| match slot {
                Slot::Area => options.area.is_none(),
                Slot::Since => true,
                Slot::NextUpdate => options.next_update.is_none(),
            })
            .collect();
        if empty.is_empty() {
            return self.declared(asking, name, &options, &BTreeMap::new()).await;
        }
        let options_of = if options == Options::default() { 0 } else { asking.heard.id };
        if options_of != 0 {
            self.desk().inbox().keep_for_later(options_of, asking.heard.person.id, None, &options).await?;
        }
        let words = self.view().words(asking.lang);
        let id = CustomId::Declare { playbook: name.to_owned(), options_of };
        let limit = filling.area_limit(&Slots::default());
        let inputs = empty
            .into_iter()
            .map(|slot| incident_forms::slot_input(slot, String::new(), limit, words))
            .collect();
        let heading = words.incident_form_declare(playbook.points(asking.lang).title.as_str());
        Ok(Ok(opened(incident_forms::slots_form(&id, &heading, inputs, false, words))))
    }

    async fn declared(
        &self,
        asking: &Asking<'_>,
        name: &str,
        options: &Options,
        inputs: &BTreeMap<String, String>,
    ) -> Result<Answered, StoreError> {
        let Some(playbook) = self.settings().playbooks.get(name) else {
            return Ok(Err(Refusal::NoPlaybook { asked: name.to_owned() }));
        };
        let filling = self.filling(asking, playbook);
        let slots = match filling.slots(options, inputs) {
            Ok(slots) => slots,
            Err(wrong) => return Ok(Ok(private(wrong))),
        };
        let categories = self.desk().policy().categories.iter();
        let declaration = Declaration {
            guild: asking.desk.guild,
            playbook: name.to_owned(),
            categories: categories
                .filter(|category| category.playbooks.iter().any(|held| held == name))
                .map(|category| category.id.clone())
                .collect(),
            draft: self.draft(asking, playbook, slots, String::new()),
        };
        let stepped = self.desk().incidents().declare(&asking.key, declaration, asking.rank()).await?;
        Ok(stepped.map(|(incident, version)| self.written(asking, &incident, version)))
    }

    async fn open_update(
        &self,
        asking: &Asking<'_>,
        named: &str,
        next_update: Option<String>,
    ) -> Result<Answered, StoreError> {
        let Some(incident) = self.desk().incidents().named(asking.desk.guild, named).await? else {
            return Ok(Err(Refusal::NoIncident));
        };
        if incident.stage == IncidentStage::Resolved {
            return Ok(Err(Refusal::IncidentOver { number: incident.number }));
        }
        let (Some(playbook), Some(latest)) = (self.playbook_of(&incident), incident.versions.last()) else {
            return Ok(Err(Refusal::NoPlaybook { asked: incident.playbook }));
        };
        let filling = self.filling(asking, playbook);
        let given: BTreeMap<Slot, String> =
            next_update.iter().map(|text| (Slot::NextUpdate, text.clone())).collect();
        if let Err(wrong) = filling.options(&given) {
            return Ok(Ok(private(wrong)));
        }
        let words = self.view().words(asking.lang);
        let limit = filling.area_limit(&Slots::default()).max(latest.slots.area.chars().count());
        let zone = asking.desk.zone;
        let held = |slot: Slot| match slot {
            Slot::Area => latest.slots.area.clone(),
            Slot::Since => latest.slots.since.map(|at| when::write(zone, at)).unwrap_or_default(),
            // A time that lies behind is no suggestion for the next one.
            Slot::NextUpdate => next_update.clone().unwrap_or_else(|| {
                let ahead = latest.slots.next_update.filter(|at| *at > self.desk().now());
                ahead.map(|at| when::write(zone, at)).unwrap_or_default()
            }),
        };
        let inputs = playbook
            .slots
            .iter()
            .map(|slot| incident_forms::slot_input(*slot, held(*slot), limit, words))
            .collect();
        let id = CustomId::Update { incident: incident.id, options_of: 0 };
        let heading = words.incident_form_update(incident.number);
        Ok(Ok(opened(incident_forms::slots_form(&id, &heading, inputs, true, words))))
    }

    async fn updated(
        &self,
        asking: &Asking<'_>,
        id: IncidentId,
        inputs: &BTreeMap<String, String>,
    ) -> Result<Answered, StoreError> {
        let held = crate::store::incident::read(self.desk().db(), id).await?;
        let Some(held) = held.filter(|held| held.guild == asking.desk.guild) else {
            return Ok(Err(Refusal::NoIncident));
        };
        let Some(playbook) = self.playbook_of(&held) else {
            return Ok(Err(Refusal::NoPlaybook { asked: held.playbook }));
        };
        let filling = self.filling(asking, playbook);
        let filled = filling
            .slots(&Options::default(), inputs)
            .and_then(|slots| filling.news(inputs).map(|news| (slots, news)));
        let (slots, news) = match filled {
            Ok(filled) => filled,
            Err(wrong) => return Ok(Ok(private(wrong))),
        };
        let draft = self.draft(asking, playbook, slots, news);
        let stepped =
            self.desk().incidents().revise(&asking.key, asking.desk.guild, id, draft, asking.rank()).await?;
        Ok(stepped.map(|(incident, version)| self.written(asking, &incident, version)))
    }

    fn filling<'a>(&'a self, asking: &Asking<'_>, playbook: &'a Playbook) -> Filling<'a> {
        let texts = self.texts();
        Filling { playbook, reader: self.reader(asking.desk), texts, words: texts.of(asking.lang) }
    }

    fn draft(&self, asking: &Asking<'_>, playbook: &Playbook, slots: Slots, news: String) -> Draft {
        Draft {
            line: render::lines(playbook, &slots, asking.desk.zone, self.texts()),
            slots,
            news,
            by: asking.heard.person.clone(),
            asks_head_office: asking.desk.head_office_role.is_some(),
        }
    }

    /// What the writer of a version is told.
    fn written(&self, asking: &Asking<'_>, incident: &Incident, version: i64) -> Option<Shown> {
        let words = self.view().words(asking.lang);
        let held = incident.version(version)?;
        let next = held.slots.next_update.map(|at| render::local(at, asking.desk.zone, words));
        let next = next.unwrap_or_else(|| words.incident_unpromised());
        let (managers, desk) = (channel(asking.desk.manager_channel), channel(asking.desk.desk_channel));
        private(match (version, held.asks_head_office) {
            (1, true) => words.incident_declared_waiting(incident.number, managers, next),
            (1, false) => words.incident_declared_approved(incident.number, desk, next),
            (_, true) => words.incident_updated_waiting(incident.number, version, managers, next),
            (_, false) => words.incident_updated_approved(incident.number, version, desk, next),
        })
    }

    /// The request once it is approved, in its own place.
    fn approved(&self, asking: &Asking<'_>, incident: &Incident, version: i64) -> Option<Shown> {
        let held = incident.version(version)?;
        let body = render::request(incident, held, self.playbook_of(incident), asking.desk, &self.view());
        Some(Shown::new(Shape::InPlace, body))
    }

    /// `/incident show`: the version in use, or the newest while none is.
    pub(super) async fn incident_shown(
        &self,
        named: &str,
        desk: &GuildDesk,
        lang: Lang,
    ) -> Result<Option<Shown>, StoreError> {
        let Some(incident) = self.desk().incidents().named(desk.guild, named).await? else {
            return Ok(self.refusal(&Refusal::NoIncident, lang));
        };
        let held: Option<&Version> = incident.in_use().or(incident.versions.last());
        Ok(held.map(|held| {
            let playbook = self.playbook_of(&incident);
            Shown::new(Shape::Private, render::card(&incident, held, playbook, lang, desk.zone, &self.view()))
        }))
    }
}

/// Whether this person may; asked again on every press and every form that comes back.
fn may(action: &IncidentAction, rank: Rank, desk: &GuildDesk) -> Result<(), Refusal> {
    match action {
        IncidentAction::Approve { .. } if desk.head_office_role.is_some() && !rank.head_office => {
            Err(Refusal::HeadOfficeOnly)
        }
        _ if rank.manager => Ok(()),
        _ => Err(Refusal::ManagerOnly),
    }
}

fn opened(form: serde_json::Value) -> Option<Shown> {
    Some(Shown::new(Shape::Form, form))
}
