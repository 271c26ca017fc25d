//! Slash commands and message menus.

use super::procedure::value;
use super::{Action, DataQuery, IncidentAction, Plan, ProcedureAction, Query, Routing};
use crate::desk::request::{RequestKind, Target};
use crate::discord::commands::{Command as Used, Contact, Files, Filter};
use crate::discord::custom_id::CustomId;
use crate::discord::files::LIMIT;
use crate::discord::render::forms;
use crate::domain::command::{Command, Refusal};
use crate::domain::disposition;
use crate::domain::report::PeriodKind;
use crate::domain::settings::{GuildDesk, Setup};
use crate::features::discord;
use crate::kernel::ids::GuildId;
use crate::kernel::people::Person;
use crate::kit::command::Access;
use crate::kit::option::{Attached, Member, Options};

impl Routing<'_> {
    pub(super) fn command(&self, path: &str, options: &Options) -> Plan {
        if let Err(refusal) = self.allowed(path) {
            return Plan::Refuse(refusal);
        }
        if let Some(route) = discord::used(path, options) {
            return route.map_or_else(|refused| Plan::Refuse(refused.into()), |route| self.leads(route));
        }
        let Some(used) = Used::read(path, options) else { return Plan::Refuse(Refusal::Stale) };
        self.used(used).unwrap_or_else(Plan::Refuse)
    }

    fn used(&self, used: Used) -> Result<Plan, Refusal> {
        let said = Option::<String>::unwrap_or_default;
        let incident = |action| Plan::Action(Action::Incident(action));
        let procedure = |step| Plan::Action(Action::Procedure(step));
        Ok(match used {
            Used::Complain { file } => self.open_filing(file),
            Used::MyComplaints {} => Plan::Query(Query::Mine),
            Used::MyData {} => Plan::Query(Query::Data(DataQuery::Kept)),
            Used::Reply { text: None, file: None, .. } => self.thread_form(CustomId::ReplyHere),
            Used::Reply { text, file, allow } => {
                let command = Command::Reply { text: said(text), files: Vec::new(), allowed: allow };
                let target = Target::Thread(self.heard.channel);
                self.ask_with(RequestKind::Staff { target, command }, file.into_iter().collect(), 0)
            }
            Used::Claim {} => self.in_thread(Command::Claim),
            Used::Assign { person } => self.in_thread(Command::Assign { to: self.colleague(person)? }),
            Used::Classify { category, severity, about } => {
                let category = category.map(|typed| self.category(&typed.0));
                let about = about.map(|person| self.colleague(person)).transpose()?;
                self.in_thread(Command::Classify { category, severity, about })
            }
            Used::Note { text } => self.in_thread(Command::Note { text }),
            Used::List { filter } => Plan::Query(Query::List { filter: filter.unwrap_or(Filter::All) }),
            Used::Show { number } => Plan::Query(Query::Show { number }),
            Used::Wait { reason } => self.in_thread(Command::Wait { reason: said(reason) }),
            Used::Resume { reason: _ } => self.in_thread(Command::Resume),
            Used::Why { clock } => Plan::Query(Query::Why { clock }),
            Used::Simulate { received } => Plan::Query(Query::Simulate { received }),
            Used::Recompute {} => Plan::Action(Action::Recompute),
            Used::Health {} => Plan::Query(Query::Health),
            Used::Read {} => procedure(ProcedureAction::OpenRead),
            Used::Promise { what, when, appointment } => {
                procedure(ProcedureAction::Promise { what, when: when.0, appointment })
            }
            Used::Propose { first, second, value_1, value_2 } => {
                let remedies = [first, second].map(|words| words.map_or_else(String::new, |words| words.0));
                let values = [value_1, value_2].map(said);
                if let Some(written) =
                    values.iter().find(|written| !written.is_empty() && value(written).is_none())
                {
                    return Err(Refusal::NoAmount { written: written.clone() });
                }
                procedure(ProcedureAction::OpenPropose { which: None, remedies, values })
            }
            Used::HandOver { person, from } => self.hand_over(person, from)?,
            Used::CaseFile { number, language, contact, files } => Plan::Action(Action::CaseFile {
                number,
                lang: language,
                whole: contact == Some(Contact::Whole),
                files: files == Some(Files::Attached),
            }),
            Used::Log { medium, person, at } => self.log(medium, person, &said(at))?,
            Used::Find { query } => Plan::Query(Query::Find { query }),
            Used::Withdraw { medium, reason } => {
                let deed = disposition::Deed::Withdraw { heard: Some(medium), text: reason };
                self.in_thread(Command::Disposition(deed))
            }
            Used::Merge { number } => {
                let guild = self.heard.guild.ok_or(Refusal::Stale)?;
                self.ask(RequestKind::Merge { guild, thread: self.heard.channel, number })
            }
            Used::Promises {} => Plan::Query(Query::Promises),
            Used::Resolve { outcome: Some(outcome) } => self.in_thread(Command::Resolve { outcome }),
            Used::Resolve { outcome: None } => self.thread_form(CustomId::ResolveHere),
            Used::Reopen { reason } => self.in_thread(Command::Reopen { reason }),
            Used::Dismiss { reason } => self.in_thread(Command::Dismiss { reason }),
            Used::Report { period } => {
                Plan::Query(Query::Report { period: period.unwrap_or(PeriodKind::Last7Days) })
            }
            Used::Setup {
                desk_channel,
                intake_channel,
                manager_channel,
                staff_role,
                manager_role,
                head_office_role,
                locale,
                time_zone,
            } => self.setup(Setup {
                desk_channel,
                intake_channel,
                manager_channel,
                staff_role,
                manager_role,
                head_office_role,
                line: None,
                locale,
                time_zone: time_zone.map(|name| self.time_zone(name.0)).transpose()?,
                name: None,
            })?,
            Used::Panel {} => Plan::Action(Action::Panel),
            Used::Declare { playbook, area, next_update } => {
                incident(IncidentAction::Declare { playbook: playbook.0, area, next_update })
            }
            Used::Update { incident: named, next_update } => {
                incident(IncidentAction::Update { incident: named.0, next_update })
            }
            Used::ShowIncident { incident } => Plan::Query(Query::Incident { incident: incident.0 }),
            Used::ResolveIncident { incident: named } => {
                incident(IncidentAction::Resolve { incident: named.0 })
            }
        })
    }

    /// A form for the complaint of this thread, which is looked up when the form comes back.
    fn thread_form(&self, form: CustomId) -> Plan {
        // Where no complaint's thread can be, nobody writes into a form in vain.
        let elsewhere = |desk: &GuildDesk| {
            let known = [Some(desk.desk_channel), Some(desk.manager_channel), desk.intake_channel];
            known.contains(&Some(self.heard.channel))
        };
        if self.desk.is_some_and(elsewhere) {
            return Plan::Refuse(Refusal::ThreadOnly);
        }
        self.opens(form)
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

    /// A member of staff that an option names.
    pub(super) fn colleague(&self, member: Member) -> Result<Person, Refusal> {
        if !self.desk.is_some_and(|desk| desk.rank(&member.roles, false).staff) {
            return Err(Refusal::NotStaff { name: member.person.name });
        }
        Ok(member.person)
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
                self.ask_with(RequestKind::Staff { target, command }, files.to_vec(), 0)
            }
            "Keep in case file" => self.in_thread(Command::Note { text: format!("{}: {text}", author.name) }),
            _ => Plan::Refuse(Refusal::Stale),
        }
    }
}
