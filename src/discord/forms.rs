//! Forms about a complaint: opened only after it was seen that what they ask for is possible at all, and marked with what their
//! writer has seen by then.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::bot::Bot;
use super::custom_id::{CustomId, mark_as_of};
use super::decode::Heard;
use super::render::answers::{Shape, Shown};
use super::render::{View, cut, disposition as disposition_form, forms, procedure, proposal};
use crate::desk::request::Asker;
use crate::domain::command::{Command, Refusal};
use crate::domain::complaint::Complaint;
use crate::domain::disposition;
use crate::domain::event::CloseReason;
use crate::domain::filing::Medium;
use crate::domain::ledger::Entry;
use crate::domain::procedure::Deed;
use crate::domain::proposal::{Choice, Remedy};
use crate::domain::settings::GuildDesk;
use crate::features::{self, promise};
use crate::kernel::ids::{ComplaintId, MessageId};
use crate::kernel::lang::Lang;
use crate::kernel::severity::Severity;
use crate::kit::route::{Given, Route};
use crate::store::{self, StoreError};

/// What a form is filled in with, by the stable names of its inputs.
pub(super) type Inputs = BTreeMap<String, String>;

/// Words that nobody objects to: whether a deed is possible does not depend on what is going to be written.
const ANY: &str = "x";
/// A promise is moved by some while (ms); which one does not matter.
const A_WHILE: i64 = 60 * 60 * 1_000 + 1;

/// Who fills in a form, and what it will ask for.
enum Trial {
    Staff(ComplaintId, Command),
    Customer(ComplaintId, Command),
}

/// What a form will ask for, with any words; none for forms that are about no complaint.
fn trial(form: &CustomId, now: i64) -> Option<Trial> {
    let any = || ANY.to_owned();
    let message = MessageId(0);
    let staff = |id: &ComplaintId, command| Some(Trial::Staff(*id, command));
    let step = |id: &ComplaintId, deed| Some(Trial::Staff(*id, Command::Procedure(deed)));
    let customer = |id: &ComplaintId, command| Some(Trial::Customer(*id, command));
    match form {
        CustomId::Reply(id) => staff(id, Command::Reply { text: any(), files: Vec::new(), allowed: None }),
        CustomId::Resolve(id) => staff(id, Command::Resolve { outcome: any() }),
        CustomId::Snooze { complaint, clock } => {
            staff(complaint, Command::Snooze { clock: *clock, for_ms: 1, reason: any() })
        }
        CustomId::Read(id) => {
            let (severity, vulnerable) = (Some(Severity::Normal), Some(false));
            step(id, Deed::Read { category: None, severity, summary: any(), vulnerable })
        }
        CustomId::Propose(id) => {
            let remedy = Remedy { what: any(), due: None, value: None };
            let (remedies, remark) = (vec![remedy.clone(), remedy], any());
            step(id, Deed::Propose { remedies, recommended: 1, remark })
        }
        CustomId::Change { complaint, proposal } => {
            step(complaint, Deed::AskChange { proposal: *proposal, text: any(), away: false })
        }
        CustomId::SendRemedies { complaint, proposal } => {
            step(complaint, Deed::SendRemedies { proposal: *proposal, text: any() })
        }
        CustomId::NoteChoice { complaint, proposal } => {
            let (proposal, medium) = (*proposal, Medium::Phone);
            step(complaint, Deed::NoteChoice { proposal, remedy: 1, medium, at: now, text: any() })
        }
        CustomId::KeptPromise { complaint, promise } => {
            let command = promise::Command::Keep { promise: *promise, outcome: any() };
            staff(complaint, Command::Feature(features::Command::Promise(command)))
        }
        CustomId::MovePromise { complaint, promise } => {
            let (promise, due) = (*promise, now + A_WHILE);
            let command = promise::Command::Move { promise, due, reason: any() };
            staff(complaint, Command::Feature(features::Command::Promise(command)))
        }
        CustomId::Word { complaint, cycle } => {
            customer(complaint, Command::AddWord { cycle: *cycle, text: any() })
        }
        CustomId::Write(id) => {
            let (files, extras) = (Vec::new(), Vec::new());
            customer(id, Command::CustomerWrote { message, text: any(), files, extras, sorted: false })
        }
        CustomId::SummaryWrong(id) => {
            customer(id, Command::Procedure(Deed::CorrectSummary { message, text: any() }))
        }
        CustomId::SomethingElse { complaint, proposal } => {
            let (proposal, choice) = (*proposal, Choice::Else);
            customer(complaint, Command::Procedure(Deed::Choose { proposal, choice, message, text: any() }))
        }
        CustomId::Feature(press) => match press.route(&Given::ANY)? {
            Route::Staff(id, command) => Some(Trial::Staff(id, Command::Feature(command))),
            Route::Customer(id, command) => Some(Trial::Customer(id, Command::Feature(command))),
            Route::InThread(_) | Route::Form(_) | Route::FormInThread(_) => None,
        },
        CustomId::Withdraw(id) => {
            let deed = disposition::Deed::Withdraw { heard: None, text: any() };
            customer(id, Command::Disposition(deed))
        }
        _ => None,
    }
}

/// A form about a complaint as it opens; none for other ids.
fn drawn(form: &CustomId, held: &Complaint, lang: Lang, view: &View<'_>) -> Option<Value> {
    let words = view.words(lang);
    Some(match form {
        CustomId::Reply(_) => forms::reply(form, lang, view),
        CustomId::Resolve(_) => forms::resolve(form, lang, view),
        CustomId::Snooze { .. } => forms::snooze(form, lang, view),
        CustomId::Read(_) => procedure::read(held, lang, view),
        CustomId::Propose(id) => proposal::propose(*id, Default::default(), words),
        CustomId::Change { .. } => proposal::change(form, words),
        CustomId::SendRemedies { proposal: number, .. } => proposal::send(held, *number, lang, view),
        CustomId::NoteChoice { .. } => proposal::note_choice(form, words),
        CustomId::KeptPromise { .. } => procedure::kept_promise(form, words),
        CustomId::MovePromise { .. } => procedure::move_promise(form, words),
        CustomId::Word { .. } => forms::word(form, lang, view),
        CustomId::Write(_) => forms::write(form, lang, view),
        CustomId::SummaryWrong(_) => procedure::summary_wrong(form, words),
        CustomId::SomethingElse { .. } => proposal::something_else(form, words),
        CustomId::Feature(press) => {
            return press.form(&held.core(), &held.features, words, view.words(held.lang));
        }
        CustomId::Withdraw(_) => disposition_form::withdraw(form, words),
        _ => return None,
    })
}

/// Fills a form in with what was written before.
pub(super) fn fill(form: &mut Value, inputs: &Inputs) {
    let rows = form.get_mut("components").and_then(Value::as_array_mut).into_iter().flatten();
    for input in rows.filter_map(|row| row["components"].get_mut(0)) {
        let Some(written) = input["custom_id"].as_str().and_then(|name| inputs.get(name)) else { continue };
        let most = input["max_length"].as_u64().and_then(|most| usize::try_from(most).ok());
        let value = cut(written, most.unwrap_or(4_000));
        match (input.as_object_mut(), value.is_empty()) {
            (Some(input), true) => drop(input.remove("value")),
            (Some(input), false) => drop(input.insert("value".to_owned(), json!(value))),
            (None, _) => {}
        }
    }
}

impl Bot {
    /// Opens a form about a complaint, filled in with `inputs`; or says why what it asks for is not possible, before anybody
    /// has written anything in vain.
    pub(super) async fn open(
        &self,
        heard: &Heard,
        form: CustomId,
        inputs: &Inputs,
        desk: Option<&GuildDesk>,
        lang: Lang,
    ) -> Result<Option<Shown>, StoreError> {
        let form = match form {
            CustomId::ReplyHere | CustomId::ResolveHere => {
                let held = store::complaint::read_by_thread(self.desk().db(), heard.channel).await?;
                let held = held.filter(|held| desk.is_some_and(|desk| held.filed.guild == desk.guild));
                match (held, form) {
                    (None, _) => return Ok(self.refusal(&Refusal::ThreadOnly, lang)),
                    (Some(held), CustomId::ReplyHere) => CustomId::Reply(held.id),
                    (Some(held), _) => CustomId::Resolve(held.id),
                }
            }
            form => form,
        };
        let Some(trial) = trial(&form, self.desk().now()) else {
            return Ok(self.refusal(&Refusal::Stale, lang));
        };
        let (Trial::Staff(id, _) | Trial::Customer(id, _)) = &trial;
        let Some(held) = store::complaint::read(self.desk().db(), *id).await? else {
            return Ok(self.refusal(&Refusal::NoComplaint, lang));
        };
        if let Err(refusal) = self.is_possible(heard, &trial, &held, desk) {
            if let (Some(guild), Some(entry)) = (heard.guild, Entry::of(&refusal)) {
                self.desk().requests().write_down(guild, &heard.person, Some(held.id), entry).await;
            }
            return Ok(self.refusal(&refusal, lang));
        }
        let Some(mut body) = drawn(&form, &held, lang, &self.view()) else {
            return Ok(self.refusal(&Refusal::Stale, lang));
        };
        fill(&mut body, inputs);
        mark_as_of(&held, &mut body);
        Ok(Some(Shown::new(Shape::Form, body)))
    }

    fn is_possible(
        &self,
        heard: &Heard,
        trial: &Trial,
        held: &Complaint,
        desk: Option<&GuildDesk>,
    ) -> Result<(), Refusal> {
        match trial {
            Trial::Staff(_, command) => {
                let desk = desk.filter(|desk| desk.guild == held.filed.guild);
                let desk = desk.ok_or(Refusal::NoComplaint)?;
                let asker = self.asker(heard, desk);
                if !asker.rank.staff {
                    return Err(Refusal::StaffOnly);
                }
                // The customer is not asked twice.
                if let Command::Procedure(Deed::SendRemedies { proposal, .. }) = command
                    && held.features.procedure.proposal(*proposal).is_some_and(|held| held.sent_at.is_some())
                {
                    return Err(Refusal::Stale);
                }
                self.desk().complaints().may_do(held, &asker, command)
            }
            Trial::Customer(_, command) => {
                if held.filed.customer.id != heard.person.id {
                    return Err(Refusal::CustomerOnly);
                }
                // Whoever writes about a complaint that was merged is heard where it is looked after.
                if held.closed == Some(CloseReason::Merged) {
                    return Ok(());
                }
                let asker =
                    Asker { person: heard.person.clone(), lang: heard.lang, rank: Default::default() };
                self.desk().complaints().customer_may(held, &asker, command)
            }
        }
    }

    /// Whoever did this, with the rank they have here now.
    pub(super) fn asker(&self, heard: &Heard, desk: &GuildDesk) -> Asker {
        let rank = desk.rank(&heard.roles, heard.manages);
        Asker { person: heard.person.clone(), lang: heard.lang, rank }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_holds_again_what_was_written_and_no_more_than_it_takes() {
        let mut form = forms::form(
            &CustomId::Reply(ComplaintId(1)),
            "title",
            &[forms::Input {
                name: "text".to_owned(),
                label: "label".to_owned(),
                hint: String::new(),
                long: true,
                required: true,
                limit: 4,
                value: "draft".to_owned(),
            }],
        );
        let held = |form: &Value| form["components"][0]["components"][0]["value"].clone();
        fill(&mut form, &Inputs::from([("other".to_owned(), "?".to_owned())]));
        assert_eq!(held(&form), "dra…", "what nobody wrote stays");
        fill(&mut form, &Inputs::from([("text".to_owned(), "abc".to_owned())]));
        assert_eq!(held(&form), "abc");
        fill(&mut form, &Inputs::from([("text".to_owned(), String::new())]));
        assert_eq!(held(&form), Value::Null, "what was taken out stays out");
    }
}
