//! Slash commands and message menus.

use std::collections::BTreeMap;

use super::procedure::value;
use super::{DataDeed, IncidentDeed, Look, Plan, Procedure, Routing};
use crate::desk::ask::{Target, Wish};
use crate::discord::commands::Access;
use crate::discord::custom_id::CustomId;
use crate::discord::decode::{Attached, Value};
use crate::discord::files::LIMIT;
use crate::discord::render::forms;
use crate::domain::command::{Command, Refusal};
use crate::domain::event::DismissReason;
use crate::domain::promise::Appointment;
use crate::domain::settings::GuildDesk;
use crate::kernel::ids::GuildId;
use crate::kernel::lang::Lang;
use crate::kernel::people::Person;
use crate::kernel::severity::Severity;
use crate::sla::clocks::ClockKind;

impl Routing<'_> {
    pub(super) fn command(&self, path: &str, options: &BTreeMap<String, Value>) -> Plan {
        if let Err(refusal) = self.allowed(path) {
            return Plan::Refuse(refusal);
        }
        let text = |name: &str| match options.get(name) {
            Some(Value::Text(text)) => Some(text.clone()),
            _ => None,
        };
        let number = |name: &str| match options.get(name) {
            Some(Value::Number(number)) => Some(*number),
            _ => None,
        };
        let file = match options.get("file") {
            Some(Value::File(file)) => Some(file.clone()),
            _ => None,
        };
        match path {
            "complain" => self.open_filing(file),
            "my-complaints" => Plan::Look(Look::Mine),
            "my-data" => Plan::Look(Look::Data(DataDeed::Show)),
            "reply" => match (text("text"), file) {
                (None, None) => self.thread_form(path),
                (said, file) => {
                    let (said, allowed) = (said.unwrap_or_default(), text("allow"));
                    let command = Command::Reply { text: said, files: Vec::new(), allowed };
                    let target = Target::Thread(self.heard.channel);
                    self.ask_with(Wish::Staff { target, command }, file.into_iter().collect(), 0)
                }
            },
            "case claim" => self.in_thread(Command::Claim),
            "case assign" => self.assign(options),
            "case classify" => {
                let category = text("category").map(|typed| self.category(&typed));
                let severity = text("severity").and_then(|name| Severity::parse(&name));
                let about = match options.get("about").map(|held| self.colleague(held)) {
                    Some(Err(refusal)) => return Plan::Refuse(refusal),
                    Some(Ok(person)) => Some(person),
                    None => None,
                };
                self.in_thread(Command::Classify { category, severity, about })
            }
            "case note" => self.in_thread(Command::Note { text: text("text").unwrap_or_default() }),
            "case list" => {
                Plan::Look(Look::List { filter: text("filter").unwrap_or_else(|| "all".to_owned()) })
            }
            "case show" => Plan::Look(Look::Show { number: number("number") }),
            "case wait" => self.in_thread(Command::Wait { reason: text("reason").unwrap_or_default() }),
            "case resume" => self.in_thread(Command::Resume),
            "case why" => match text("clock").as_deref().and_then(ClockKind::parse) {
                Some(clock) => Plan::Look(Look::Why { clock }),
                None => Plan::Refuse(Refusal::Stale),
            },
            "desk simulate" => Plan::Look(Look::Simulate { received: text("received").unwrap_or_default() }),
            "desk recompute" => Plan::Look(Look::Recompute),
            "desk health" => Plan::Look(Look::Health),
            "case read" => Plan::Look(Look::Procedure(Procedure::OpenRead)),
            "case promise" => Plan::Look(Look::Procedure(Procedure::Promise {
                what: text("what").unwrap_or_default(),
                when: text("when").unwrap_or_default(),
                appointment: text("appointment").as_deref().and_then(Appointment::parse),
            })),
            "case propose" => {
                let remedies = ["first", "second"].map(|name| text(name).unwrap_or_default());
                let values = ["value-1", "value-2"].map(|name| text(name).unwrap_or_default());
                match values.iter().find(|written| !written.is_empty() && value(written).is_none()) {
                    Some(written) => Plan::Refuse(Refusal::NoAmount { written: written.clone() }),
                    None => {
                        Plan::Look(Look::Procedure(Procedure::OpenPropose { which: None, remedies, values }))
                    }
                }
            }
            "case hand-over" => self.hand_over(options),
            "case file" => Plan::Look(Look::CaseFile {
                number: number("number"),
                lang: text("language").as_deref().and_then(Lang::parse),
                whole: text("contact").as_deref() == Some("whole"),
                files: text("files").as_deref() == Some("attached"),
            }),
            "case log" => self.log(options),
            "case find" => Plan::Look(Look::Find { query: text("query").unwrap_or_default() }),
            "case refuse" | "case withdraw" | "case merge" => self.dispose(path, options),
            "case ask" => self.clarify(options),
            "case goodwill" => self.goodwill(options),
            "case promises" => Plan::Look(Look::Procedure(Procedure::Promises)),
            "case resolve" => match text("outcome") {
                Some(outcome) => self.in_thread(Command::Resolve { outcome }),
                None => self.thread_form(path),
            },
            "case reopen" => self.in_thread(Command::Reopen { reason: text("reason").unwrap_or_default() }),
            "case dismiss" => match text("reason").as_deref().and_then(DismissReason::parse) {
                Some(reason) => self.in_thread(Command::Dismiss { reason }),
                None => Plan::Refuse(Refusal::Stale),
            },
            "report overview" => {
                Plan::Look(Look::Report { period: text("period").unwrap_or_else(|| "7d".to_owned()) })
            }
            "desk setup" => self.setup(options),
            "desk panel" => Plan::Look(Look::Panel),
            "incident declare" => Plan::Look(Look::Incident(IncidentDeed::Declare {
                playbook: text("playbook").unwrap_or_default(),
                area: text("area"),
                next_update: text("next-update"),
            })),
            "incident update" => Plan::Look(Look::Incident(IncidentDeed::Update {
                incident: text("incident").unwrap_or_default(),
                next_update: text("next-update"),
            })),
            "incident show" => Plan::Look(Look::Incident(IncidentDeed::Show {
                incident: text("incident").unwrap_or_default(),
            })),
            "incident resolve" => Plan::Look(Look::Incident(IncidentDeed::Resolve {
                incident: text("incident").unwrap_or_default(),
            })),
            _ => Plan::Refuse(Refusal::Stale),
        }
    }

    /// A form for the complaint of this thread, which is looked up when the form comes back.
    fn thread_form(&self, path: &str) -> Plan {
        // Where no complaint's thread can be, nobody writes into a form in vain.
        let elsewhere = |desk: &GuildDesk| {
            let known = [Some(desk.desk_channel), Some(desk.manager_channel), desk.intake_channel];
            known.contains(&Some(self.heard.channel))
        };
        if self.desk.is_some_and(elsewhere) {
            return Plan::Refuse(Refusal::ThreadOnly);
        }
        self.opens(if path == "reply" { CustomId::ReplyHere } else { CustomId::ResolveHere })
    }

    pub(super) fn open_filing(&self, file: Option<Attached>) -> Plan {
        let guild = self.desk.map(|desk| desk.guild).or_else(|| match self.desks {
            [only] if self.heard.guild.is_none() => Some(only.guild),
            [first, ..] if self.heard.guild.is_none() => Some(first.guild),
            _ => None,
        });
        let Some(guild) = guild else { return Plan::Refuse(Refusal::NotSetUp) };
        if let Some(large) = file.as_ref().filter(|file| file.size > LIMIT) {
            return Plan::Refuse(Refusal::FileTooLarge { name: large.name.clone(), limit: LIMIT });
        }
        let files_of = if file.is_some() { self.heard.id } else { 0 };
        let several = self.heard.guild.is_none() && self.desks.len() > 1;
        let named = self.desks.iter().find(|desk| several && desk.guild == guild);
        let desk =
            named.map(|desk| if desk.name.is_empty() { self.view.company } else { desk.name.as_str() });
        let id = CustomId::Filing { guild, files_of };
        Plan::Form(forms::filing(&id, desk, self.lang, self.view), file)
    }

    /// Whether a form sent from here may file at this desk: that of the server, or in direct messages one of the person's.
    pub(super) fn files_at(&self, guild: GuildId) -> bool {
        match self.heard.guild {
            Some(here) => here == guild,
            None => self.desks.iter().any(|desk| desk.guild == guild),
        }
    }

    fn assign(&self, options: &BTreeMap<String, Value>) -> Plan {
        match options.get("person").map(|held| self.colleague(held)) {
            Some(Ok(to)) => self.in_thread(Command::Assign { to }),
            Some(Err(refusal)) => Plan::Refuse(refusal),
            None => Plan::Refuse(Refusal::Stale),
        }
    }

    /// A member of staff that an option names.
    fn colleague(&self, option: &Value) -> Result<Person, Refusal> {
        let Value::User(person, roles) = option else { return Err(Refusal::Stale) };
        if !self.desk.is_some_and(|desk| desk.rank(roles, false).staff) {
            return Err(Refusal::NotStaff { name: person.name.clone() });
        }
        Ok(person.clone())
    }

    /// The id of a category by what was typed: its id, or its name in either language.
    pub(super) fn category(&self, typed: &str) -> String {
        let key = crate::language::fold::fold(typed);
        let same = |name: &str| crate::language::fold::fold(name) == key;
        let held = self
            .view
            .policy
            .categories
            .iter()
            .find(|held| held.id == typed || same(&held.vi) || same(&held.en));
        held.map_or_else(|| typed.to_owned(), |held| held.id.clone())
    }

    pub(super) fn menu(&self, name: &str, text: &str, files: &[Attached], author: &Person) -> Plan {
        if let Err(refusal) = self.has(Access::Staff) {
            return Plan::Refuse(refusal);
        }
        match name {
            "Send to customer" => {
                let command = Command::Reply { text: text.to_owned(), files: Vec::new(), allowed: None };
                let target = Target::Thread(self.heard.channel);
                self.ask_with(Wish::Staff { target, command }, files.to_vec(), 0)
            }
            "Keep in case file" => self.in_thread(Command::Note { text: format!("{}: {text}", author.name) }),
            _ => Plan::Refuse(Refusal::Stale),
        }
    }
}
