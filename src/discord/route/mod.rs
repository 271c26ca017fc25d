//! From what somebody did to what is to be done about it: forms open without the database, everything else is asked or looked up.

mod bar;
mod command;
mod data;
mod disposition;
mod plan;
mod procedure;
mod setting;
mod speech;

use std::collections::BTreeMap;

use super::commands;
use super::custom_id::{self, CustomId};
use super::decode::{Heard, InteractionData};
use super::render::{View, forms};
use crate::desk::inbox::Key;
use crate::desk::public_answer::PublicAnswer;
use crate::desk::request::{Asker, Request, RequestKind, Target};
use crate::domain::colleague;
use crate::domain::command::{Command, Refusal};
use crate::domain::settings::GuildDesk;
use crate::domain::sight::Sight;
use crate::features;
use crate::features::discord::Press;
use crate::kernel::ids::{ChannelId, ComplaintId, GuildId, MessageId};
use crate::kernel::lang::Lang;
use crate::kernel::people::Person;
use crate::kernel::people::Rank;
use crate::kit::command::Access;
use crate::kit::command::Audience;
use crate::kit::custom_id::Within;
use crate::kit::option::{Attached, Kind};
use crate::kit::route::{Given, Route};
use crate::language::when::{self, Reading, Toward};

/// What is to be done about what was heard. `desk` is the desk of its server (in direct messages: none);
/// `now` is the desk's time (Unix ms).
pub fn route(
    heard: &Heard,
    desk: Option<&GuildDesk>,
    desks: &[GuildDesk],
    view: &View<'_>,
    now: i64,
) -> Plan {
    let rank = match desk {
        Some(desk) => desk.rank(&heard.roles, heard.manages),
        None => Rank { setup: heard.manages, ..Rank::default() },
    };
    let asker = Asker { person: heard.person.clone(), lang: heard.lang, rank };
    let lang = heard.lang.unwrap_or_else(|| desk.map_or(Lang::Vi, |desk| desk.locale));
    let routing = Routing { heard, desk, desks, view, asker, lang, now };
    match &heard.data {
        InteractionData::Command { path, options } => routing.command(path, options),
        InteractionData::Menu { name, text, files, author } => routing.menu(name, text, files, author),
        InteractionData::Suggest { path, option, typed } => {
            let declared = commands::find(path).filter(|_| routing.allowed(path).is_ok());
            let option = declared.and_then(|held| held.options.iter().find(|held| held.name == option));
            let source = option.and_then(|held| match held.kind {
                Kind::Suggested(source) => Some(source),
                _ => None,
            });
            Plan::Query(Query::Suggest { source, typed: typed.clone() })
        }
        InteractionData::Press { id, values } => match id.parse() {
            Ok(id) => routing.press(&id, values),
            Err(_) => Plan::Refuse(Refusal::Stale),
        },
        InteractionData::Submit { id, inputs } => match id.parse() {
            Ok(id) => routing.submit(id, inputs),
            Err(_) => Plan::Refuse(Refusal::Stale),
        },
    }
}

/// Whether it opens or sends the filing form, which in direct messages needs to know the desks of the person; a form that
/// is sent names its desk.
pub fn filing(heard: &Heard) -> Option<Option<GuildId>> {
    match &heard.data {
        InteractionData::Command { path, .. } => (path == "complain").then_some(None),
        InteractionData::Press { id, .. } | InteractionData::Submit { id, .. } => match id.parse() {
            Ok(CustomId::OpenFiling) => Some(None),
            Ok(CustomId::Filing { guild, .. }) => Some(Some(guild)),
            _ => None,
        },
        _ => None,
    }
}

/// How much of its complaint whoever did this had before their eyes.
pub fn sight_of(heard: &Heard) -> Sight {
    match &heard.data {
        InteractionData::Press { id, .. } | InteractionData::Submit { id, .. } => custom_id::seen(id),
        InteractionData::Command { .. } | InteractionData::Menu { .. } | InteractionData::Suggest { .. } => {
            Sight::Present
        }
    }
}

/// The message that was pressed, where the answer takes its place.
pub fn pressed_of(heard: &Heard) -> Option<(ChannelId, MessageId)> {
    let in_place = Audience::of(&heard.data) == Audience::InPlace;
    heard.pressed.as_ref().filter(|_| in_place).map(|held| (heard.channel, held.message))
}

/// Under which key a request is carried out once: that of the interaction or, where it was asked again, that of the press that
/// stands for it, however often that is pressed.
pub fn key_of(heard: &Heard) -> Key {
    match &heard.again {
        Some(pressed) => Key::Again(pressed.clone(), heard.person.id),
        None => Key::Interaction(heard.id),
    }
}

/// The answer that may be the record of a thread, if what was done has one.
pub fn record_of(heard: &Heard) -> Option<PublicAnswer> {
    let of_message = match &heard.data {
        InteractionData::Press { id, .. } | InteractionData::Submit { id, .. } => {
            id.parse().is_ok_and(|id: CustomId| id.is_record())
        }
        InteractionData::Command { .. } | InteractionData::Menu { .. } | InteractionData::Suggest { .. } => {
            false
        }
    };
    let is_record = of_message || Audience::of(&heard.data) == Audience::Record;
    is_record.then_some(PublicAnswer { interaction: heard.id, channel: heard.channel })
}

pub use plan::{Action, DataAction, DataQuery, IncidentAction, Plan, ProcedureAction, Query};
pub use procedure::read_time;
pub(super) use procedure::time_and_value;

/// Where a message belongs that is about no complaint yet.
pub const NEW_MATTER: &str = "new";

struct Routing<'a> {
    heard: &'a Heard,
    desk: Option<&'a GuildDesk>,
    desks: &'a [GuildDesk],
    view: &'a View<'a>,
    asker: Asker,
    lang: Lang,
    now: i64,
}

impl Routing<'_> {
    fn ask(&self, kind: RequestKind) -> Plan {
        self.ask_with(kind, Vec::new(), 0)
    }

    fn ask_with(&self, kind: RequestKind, files: Vec<Attached>, files_of: u64) -> Plan {
        let key = key_of(self.heard);
        let (asker, record, pressed) = (self.asker.clone(), record_of(self.heard), pressed_of(self.heard));
        let request = Request { key, asker, kind, record, pressed, sight: sight_of(self.heard) };
        Plan::Request { request: Box::new(request), files, files_of, lang: None }
    }

    fn allowed(&self, path: &str) -> Result<(), Refusal> {
        let Some(command) = commands::find(path) else { return Err(Refusal::Stale) };
        self.has(command.access)
    }

    fn has(&self, access: Access) -> Result<(), Refusal> {
        let rank = self.asker.rank;
        let needs_desk = matches!(access, Access::Staff | Access::Manager) && self.desk.is_none();
        match access {
            _ if needs_desk && self.heard.guild.is_none() => Err(Refusal::GuildOnly),
            _ if needs_desk => Err(Refusal::NotSetUp),
            Access::Anyone => Ok(()),
            Access::Staff if rank.staff => Ok(()),
            Access::Staff => Err(Refusal::StaffOnly),
            Access::Manager if rank.manager => Ok(()),
            Access::Manager => Err(Refusal::ManagerOnly),
            Access::Setup if self.heard.guild.is_none() => Err(Refusal::GuildOnly),
            Access::Setup if rank.setup || rank.manager => Ok(()),
            Access::Setup => Err(Refusal::SetupOnly),
        }
    }

    fn in_thread(&self, command: Command) -> Plan {
        if self.heard.guild.is_none() {
            return Plan::Refuse(Refusal::GuildOnly);
        }
        let target = Target::Thread(self.heard.channel);
        self.ask(RequestKind::Staff { target, command })
    }

    fn staff(&self, complaint: ComplaintId, command: Command) -> Plan {
        match self.heard.guild {
            Some(guild) => {
                self.ask(RequestKind::Staff { target: Target::Complaint(complaint, guild), command })
            }
            None => Plan::Refuse(Refusal::GuildOnly),
        }
    }

    /// Where a capability's command or press leads.
    fn leads(&self, route: Route<features::Command, Press>) -> Plan {
        match route.map(Command::Feature, |press| press) {
            Route::InThread(command) => self.in_thread(command),
            Route::Staff(complaint, command) => self.staff(complaint, command),
            Route::Customer(complaint, command) => self.customer(complaint, command),
            Route::Form(form) => match form.route(&Given::ANY) {
                Some(Route::Staff(..)) => self.staff_form(CustomId::Feature(form)),
                _ => self.opens(CustomId::Feature(form)),
            },
            Route::FormInThread(form) => Plan::Action(Action::Procedure(ProcedureAction::Open(form))),
        }
    }

    /// Where a capability's press or form leads with what was given.
    fn given(&self, press: &Press, given: Given<'_>) -> Plan {
        press.route(&given).map_or(Plan::Refuse(Refusal::Stale), |route| self.leads(route))
    }

    fn customer(&self, complaint: ComplaintId, command: Command) -> Plan {
        self.ask(RequestKind::Customer { complaint, command })
    }

    /// Opens a form of staff, once it is known that what it asks for is possible.
    fn staff_form(&self, form: CustomId) -> Plan {
        match self.has(Access::Staff) {
            Ok(()) => self.opens(form),
            Err(refusal) => Plan::Refuse(refusal),
        }
    }

    fn opens(&self, form: CustomId) -> Plan {
        Plan::Action(Action::Open { form, inputs: BTreeMap::new() })
    }

    fn press(&self, id: &CustomId, values: &[String]) -> Plan {
        match id {
            CustomId::OpenKept { of } => Plan::Action(Action::OpenKept { of: *of }),
            CustomId::SayKept { complaint, of } => {
                Plan::Action(Action::SayKept { complaint: *complaint, of: *of })
            }
            // What it stood for is not kept any more.
            CustomId::DoKept { .. } | CustomId::TimeKept { .. } => Plan::Refuse(Refusal::Stale),
            CustomId::OpenFiling => self.open_filing(None),
            CustomId::Claim(complaint) => self.staff(*complaint, Command::Claim),
            CustomId::OpenReply(complaint) => self.staff_form(CustomId::Reply(*complaint)),
            CustomId::OpenResolve(complaint) => self.staff_form(CustomId::Resolve(*complaint)),
            CustomId::OpenSnooze { complaint, clock } => {
                self.staff_form(CustomId::Snooze { complaint: *complaint, clock: *clock })
            }
            CustomId::NoAnswer(complaint) => self.staff(*complaint, Command::NoAnswerNeeded),
            CustomId::Classify(complaint) => {
                let category = values.first().cloned();
                self.staff(*complaint, Command::Classify { category, severity: None, about: None })
            }
            CustomId::OpenResend { complaint, number } => match self.has(Access::Staff) {
                Ok(()) => Plan::Query(Query::Resend { complaint: *complaint, number: *number }),
                Err(refusal) => Plan::Refuse(refusal),
            },
            CustomId::SetSeverity(_)
            | CustomId::SetVulnerable(_)
            | CustomId::OpenMore(_)
            | CustomId::OpenPropose(_)
            | CustomId::Resume(_) => self.press_bar(id, values),
            CustomId::ShowContact(complaint) => match self.has(Access::Staff) {
                Ok(()) => Plan::Query(Query::Contact(*complaint)),
                Err(refusal) => Plan::Refuse(refusal),
            },
            CustomId::SendDraft(draft) => self.ask(RequestKind::SendDraft { draft: *draft }),
            CustomId::DropDraft(draft) => self.ask(RequestKind::DropDraft { draft: *draft }),
            CustomId::DraftLanguage { draft, lang } => {
                self.ask(RequestKind::ChooseDraftLanguage { draft: *draft, lang: *lang })
            }
            CustomId::ChooseDesk(draft) => match values.first().and_then(|guild| guild.parse().ok()) {
                Some(guild) => self.ask(RequestKind::ChooseDesk { draft: *draft, guild: GuildId(guild) }),
                None => Plan::Refuse(Refusal::Stale),
            },
            CustomId::Rate { complaint, cycle, score: Within(score) } => {
                self.customer(*complaint, Command::Rate { cycle: *cycle, score: *score })
            }
            CustomId::Fixed { complaint, cycle, fixed } => {
                self.customer(*complaint, Command::AnswerFixed { cycle: *cycle, fixed: *fixed })
            }
            CustomId::OpenWord { complaint, cycle } => {
                self.opens(CustomId::Word { complaint: *complaint, cycle: *cycle })
            }
            CustomId::Reopen { complaint, cycle } => {
                self.customer(*complaint, Command::CustomerReopen { cycle: *cycle })
            }
            CustomId::OpenSort { complaint, message } => {
                Plan::Query(Query::Sort { complaint: *complaint, message: *message })
            }
            CustomId::Sort { complaint, message } => {
                let (message, from) = (*message, *complaint);
                match values.first().map(|to| (to == NEW_MATTER, to.parse())) {
                    Some((true, _)) => self.ask(RequestKind::Move { message, from, to: None }),
                    Some((_, Ok(to))) => {
                        self.ask(RequestKind::Move { message, from, to: Some(ComplaintId(to)) })
                    }
                    Some((_, Err(_))) | None => Plan::Refuse(Refusal::Stale),
                }
            }
            CustomId::OpenWrite(complaint) => self.opens(CustomId::Write(*complaint)),
            CustomId::Language { complaint, lang } => {
                let plan = self.customer(*complaint, Command::ChooseLanguage { lang: *lang });
                match plan {
                    Plan::Request { request, files, files_of, .. } => {
                        Plan::Request { request, files, files_of, lang: Some(*lang) }
                    }
                    other => other,
                }
            }
            CustomId::Approve { incident, version } => {
                Plan::Action(Action::Incident(IncidentAction::Approve {
                    incident: *incident,
                    version: *version,
                }))
            }
            CustomId::OpenListed { incident, most: Within(most) } => match self.has(Access::Staff) {
                Ok(()) => Plan::Action(Action::OpenListed { incident: *incident, most: *most }),
                Err(refusal) => Plan::Refuse(refusal),
            },
            CustomId::About { complaint, person, holds: true } => {
                let person = Person { id: *person, name: String::new() };
                self.staff(*complaint, Command::About(colleague::Deed::Mark { person }))
            }
            CustomId::About { complaint, person, holds: false } => {
                self.staff(*complaint, Command::About(colleague::Deed::Clear { person: *person }))
            }
            CustomId::AskSuperior(complaint) => self.staff(*complaint, Command::AskSuperior),
            CustomId::Rest(complaint) => self.staff(*complaint, Command::Rest),
            CustomId::Feature(press) if !press.is_form() => self
                .given(press, Given { values, inputs: Some(&BTreeMap::new()), interaction: self.heard.id }),
            CustomId::Feature(_) => Plan::Refuse(Refusal::Stale),
            CustomId::ChooseWithdraw => self.press_disposition(id, values),
            CustomId::Told { complaint, number } => self.staff(*complaint, Command::Told { number: *number }),
            id => self.press_data(id).unwrap_or_else(|| self.press_procedure(id)),
        }
    }

    fn submit(&self, id: CustomId, inputs: &BTreeMap<String, String>) -> Plan {
        let input = |name: &str| inputs.get(name).cloned().unwrap_or_default();
        match id {
            CustomId::Filing { guild, .. } if !self.files_at(guild) => Plan::Refuse(Refusal::Stale),
            CustomId::Filing { guild, files_of } => {
                let kind = RequestKind::File {
                    guild,
                    words: input(forms::WORDS),
                    wish: input(forms::WISH),
                    contact: input(forms::CONTACT),
                    files: Vec::new(),
                    lost: Vec::new(),
                };
                self.ask_with(kind, Vec::new(), files_of)
            }
            CustomId::Reply(complaint) => {
                let command = Command::Reply { text: input(forms::TEXT), files: Vec::new(), allowed: None };
                self.staff(complaint, command)
            }
            CustomId::ReplyHere => {
                self.in_thread(Command::Reply { text: input(forms::TEXT), files: Vec::new(), allowed: None })
            }
            CustomId::Resolve(complaint) => {
                self.staff(complaint, Command::Resolve { outcome: input(forms::TEXT) })
            }
            CustomId::Snooze { complaint, clock } => {
                let written = input(forms::FOR);
                // "đến 17h" is a while, too.
                let until = || match self.reader().read(&written, Toward::Promise).reading {
                    Reading::At(at) => Some(at - self.now),
                    _ => None,
                };
                match when::length(&written).or_else(until) {
                    Some(for_ms) => {
                        self.staff(complaint, Command::Snooze { clock, for_ms, reason: input(forms::TEXT) })
                    }
                    None => Plan::Refuse(Refusal::NoDuration { written }),
                }
            }
            CustomId::ResolveHere => self.in_thread(Command::Resolve { outcome: input(forms::TEXT) }),
            CustomId::Word { complaint, cycle } => {
                self.customer(complaint, Command::AddWord { cycle, text: input(forms::TEXT) })
            }
            CustomId::Write(complaint) => {
                let text = input(forms::TEXT);
                if crate::language::fold::is_blank(&text) {
                    return Plan::Refuse(Refusal::Blank);
                }
                let message = MessageId(self.heard.id);
                let (files, extras) = (Vec::new(), Vec::new());
                let command = Command::CustomerWrote { message, text, files, extras, sorted: false };
                self.customer(complaint, command)
            }
            CustomId::Declare { playbook, options_of } => {
                Plan::Action(Action::Incident(IncidentAction::Declared {
                    playbook,
                    options_of,
                    inputs: inputs.clone(),
                }))
            }
            CustomId::Update { incident, options_of } => {
                Plan::Action(Action::Incident(IncidentAction::Updated {
                    incident,
                    options_of,
                    inputs: inputs.clone(),
                }))
            }
            CustomId::Withdraw(_) => self.submit_disposition(&id, inputs),
            CustomId::Log { .. } | CustomId::LogMore { .. } | CustomId::LogMoreAt { .. } => {
                self.submit_speech(&id, inputs)
            }
            CustomId::Feature(press) if press.is_form() => {
                self.given(&press, Given { values: &[], inputs: Some(inputs), interaction: self.heard.id })
            }
            id => self.submit_data(&id, inputs).unwrap_or_else(|| self.submit_procedure(&id, inputs)),
        }
    }
}
