//! Presses and forms of the procedure.

use std::collections::BTreeMap;

use super::{Action, Plan, ProcedureAction, Routing};
use crate::discord::commands::severity_name;
use crate::discord::custom_id::CustomId;
use crate::discord::render::disposition::medium_name;
use crate::discord::render::{procedure as forms, proposal};
use crate::domain::command::{Command, Refusal};
use crate::domain::filing::Medium;
use crate::domain::procedure::Deed;
use crate::domain::proposal::{Choice, Remedy};
use crate::domain::settings::GuildDesk;
use crate::features::{self, promise};
use crate::kernel::ids::{ComplaintId, MessageId};
use crate::kernel::lang::Lang;
use crate::kernel::severity::Severity;
use crate::kit::command::Access;
use crate::kit::option::Member;
use crate::language::fold::{fold, is_blank};
use crate::language::offer;
use crate::language::when::{Reader, Reading, Toward};
use crate::sla::calendar::wall_instant;

/// How people say yes and no to *vulnerable*, folded; nothing means that it is not said yet.
const YES: [&str; 6] = ["yes", "y", "co", "x", "1", "roi"];
const NO: [&str; 6] = ["no", "n", "khong", "k", "ko", "0"];

impl Routing<'_> {
    pub(super) fn press_procedure(&self, id: &CustomId) -> Plan {
        match id {
            CustomId::OpenRead(complaint) => self.staff_form(CustomId::Read(*complaint)),
            CustomId::SummaryRight(complaint) => {
                self.customer(*complaint, Command::Procedure(Deed::ConfirmSummary))
            }
            CustomId::OpenSummaryWrong(complaint) => self.opens(CustomId::SummaryWrong(*complaint)),
            CustomId::FilePromise { complaint, words_of, due } => {
                self.staff_look(ProcedureAction::FilePromise {
                    complaint: *complaint,
                    words_of: *words_of,
                    due: *due,
                })
            }
            CustomId::Agree { complaint, proposal } => self.staff(
                *complaint,
                Command::Procedure(Deed::Agree { proposal: *proposal, away: self.is_away() }),
            ),
            CustomId::OpenChange { complaint, proposal } => {
                self.staff_form(CustomId::Change { complaint: *complaint, proposal: *proposal })
            }
            CustomId::OpenSendRemedies { complaint, proposal } => {
                self.staff_form(CustomId::SendRemedies { complaint: *complaint, proposal: *proposal })
            }
            CustomId::Choose { complaint, proposal, remedy } => {
                self.choose(*complaint, *proposal, Choice::Remedy { remedy: *remedy }, String::new())
            }
            CustomId::OpenSomethingElse { complaint, proposal } => {
                self.opens(CustomId::SomethingElse { complaint: *complaint, proposal: *proposal })
            }
            CustomId::AskManager { complaint, proposal } => {
                self.choose(*complaint, *proposal, Choice::Manager, String::new())
            }
            CustomId::OpenNoteChoice { complaint, proposal } => {
                self.staff_form(CustomId::NoteChoice { complaint: *complaint, proposal: *proposal })
            }
            CustomId::KeepPromise { complaint, promise } => {
                self.staff_look(ProcedureAction::KeepPromise { complaint: *complaint, promise: *promise })
            }
            CustomId::TakeTalk(complaint) => self.talk(*complaint, Deed::TakeTalk),
            CustomId::TalkHeld(complaint) => self.talk(*complaint, Deed::TalkHeld),
            CustomId::OpenMovePromise { complaint, promise } => {
                self.staff_form(CustomId::MovePromise { complaint: *complaint, promise: *promise })
            }
            // Ids of forms are not pressed.
            _ => Plan::Refuse(Refusal::Stale),
        }
    }

    /// A person's own cases go to a colleague; those of somebody else are for managers to hand over.
    pub(super) fn hand_over(&self, to: Member, from: Option<Member>) -> Result<Plan, Refusal> {
        let to = self.colleague(to)?;
        let from = from.map(|held| held.person).filter(|from| from.id != self.asker.person.id);
        if from.is_some() {
            self.has(Access::Manager)?;
        }
        Ok(self.staff_look(ProcedureAction::HandOver { from, to }))
    }

    pub(super) fn staff_look(&self, procedure: ProcedureAction) -> Plan {
        match self.has(Access::Staff) {
            Ok(()) => Plan::Action(Action::Procedure(procedure)),
            Err(refusal) => Plan::Refuse(refusal),
        }
    }

    pub(super) fn submit_procedure(&self, id: &CustomId, inputs: &BTreeMap<String, String>) -> Plan {
        let input = |name: &str| inputs.get(name).cloned().unwrap_or_default();
        match id {
            CustomId::Read(complaint) => match self.reading(&input) {
                Ok(deed) => self.staff(*complaint, Command::Procedure(deed)),
                Err(refusal) => Plan::Refuse(refusal),
            },
            CustomId::Propose(complaint) => match self.proposing(&input) {
                Ok(deed) => self.staff(*complaint, Command::Procedure(deed)),
                Err(refusal) => Plan::Refuse(refusal),
            },
            CustomId::Change { complaint, proposal } => {
                let (text, away) = (input(forms::TEXT), self.is_away());
                let deed = Deed::AskChange { proposal: *proposal, text, away };
                self.staff(*complaint, Command::Procedure(deed))
            }
            CustomId::SendRemedies { complaint, proposal } => {
                let deed = Deed::SendRemedies { proposal: *proposal, text: input(forms::TEXT) };
                self.staff(*complaint, Command::Procedure(deed))
            }
            CustomId::NoteChoice { complaint, proposal } => match self.noting(*proposal, &input) {
                Ok(deed) => self.staff(*complaint, Command::Procedure(deed)),
                Err(refusal) => Plan::Refuse(refusal),
            },
            CustomId::SomethingElse { complaint, proposal } => {
                self.choose(*complaint, *proposal, Choice::Else, input(forms::TEXT))
            }
            CustomId::SummaryWrong(complaint) => {
                let (message, text) = (MessageId(self.heard.id), input(forms::TEXT));
                self.customer(*complaint, Command::Procedure(Deed::CorrectSummary { message, text }))
            }
            CustomId::KeptPromise { complaint, promise } => {
                let outcome = input(forms::TEXT);
                let command = promise::Command::Keep { promise: *promise, outcome };
                self.staff(*complaint, Command::Feature(features::Command::Promise(command)))
            }
            CustomId::MovePromise { complaint, promise } => match self.instant(&input(forms::WHEN)) {
                Ok(due) => {
                    let reason = input(forms::TEXT);
                    let command = promise::Command::Move { promise: *promise, due, reason };
                    self.staff(*complaint, Command::Feature(features::Command::Promise(command)))
                }
                Err(refusal) => Plan::Refuse(refusal),
            },
            // Ids of buttons are not sent as forms.
            _ => Plan::Refuse(Refusal::Stale),
        }
    }

    /// Whether it was asked where managers or the whole desk read, so that the thread does not see it.
    fn is_away(&self) -> bool {
        let elsewhere =
            |desk: &GuildDesk| [desk.desk_channel, desk.manager_channel].contains(&self.heard.channel);
        self.desk.is_some_and(elsewhere)
    }

    /// Managers alone talk with a customer as such.
    fn talk(&self, complaint: ComplaintId, deed: Deed) -> Plan {
        match self.has(Access::Manager) {
            Ok(()) => self.staff(complaint, Command::Procedure(deed)),
            Err(refusal) => Plan::Refuse(refusal),
        }
    }

    fn choose(&self, complaint: ComplaintId, proposal: i64, choice: Choice, text: String) -> Plan {
        let message = MessageId(self.heard.id);
        self.customer(complaint, Command::Procedure(Deed::Choose { proposal, choice, message, text }))
    }

    /// What the form of a proposal says: one or two remedies, each with its time.
    fn proposing(&self, input: &impl Fn(&str) -> String) -> Result<Deed, Refusal> {
        let (mut remedies, mut faults) = (Vec::new(), Vec::new());
        for (what, when) in
            [(proposal::FIRST, proposal::FIRST_WHEN), (proposal::SECOND, proposal::SECOND_WHEN)]
        {
            let (what, when) = (input(what), input(when));
            if is_blank(&what) {
                continue;
            }
            let read = time_and_value(&when).and_then(|(when, value)| {
                let due = if is_blank(&when) { None } else { Some(self.instant(&when)?) };
                Ok(Remedy { what, due, value })
            });
            match read {
                Ok(remedy) => remedies.push(remedy),
                Err(fault) => faults.push(fault),
            }
        }
        let remark = input(proposal::REMARK);
        let (recommended, remark) = recommendation(&remark);
        // With one way only there is nothing to choose from; whoever agrees must know why.
        if remedies.len() + faults.len() == 1 && is_blank(remark) {
            faults.push(Refusal::OnlyOne);
        }
        let deed = Deed::Propose { remedies, recommended, remark: remark.to_owned() };
        Refusal::all(faults).map_or(Ok(deed), Err)
    }

    /// What the form of a spoken choice says.
    fn noting(&self, proposal: i64, input: &impl Fn(&str) -> String) -> Result<Deed, Refusal> {
        let words = self.view.words(self.lang);
        let number = input(proposal::NUMBER);
        let mut faults = Vec::new();
        let remedy = number.trim().parse().unwrap_or_else(|_| {
            let (slot, like) = (words.note_choice_number(), "1, 2".to_owned());
            faults.push(Refusal::NotUnderstood { slot, written: number.clone(), like });
            1
        });
        let written = input(proposal::MEDIUM);
        let key = fold(&written);
        let said = |medium: &Medium| {
            let names = Lang::ALL.map(|lang| fold(&medium_name(*medium, self.view.texts.of(lang))));
            medium.as_str() == key || names.iter().any(|name| name.contains(&key) && !key.is_empty())
        };
        let medium = Medium::ALL.into_iter().find(said).unwrap_or_else(|| {
            let like = Medium::ALL.map(|medium| medium_name(medium, words)).join(", ");
            faults.push(Refusal::NotUnderstood { slot: words.note_choice_medium(), written, like });
            Medium::Phone
        });
        let at = self.spoken_at(&input(forms::WHEN)).unwrap_or_else(|fault| {
            faults.push(fault);
            self.now
        });
        let deed = Deed::NoteChoice { proposal, remedy, medium, at, text: input(forms::TEXT) };
        Refusal::all(faults).map_or(Ok(deed), Err)
    }

    /// What the form of the recording says.
    fn reading(&self, input: &impl Fn(&str) -> String) -> Result<Deed, Refusal> {
        let words = self.view.words(self.lang);
        let mut faults = Vec::new();
        let summary = input(forms::SUMMARY);
        if is_blank(&summary) {
            faults.push(Refusal::Blank);
        }
        let category = input(forms::CATEGORY);
        let category = (!category.trim().is_empty()).then(|| self.category(category.trim()));
        if let Some(asked) = category.as_ref().filter(|id| self.view.policy.category(id).is_none()) {
            faults.push(Refusal::NoCategory { asked: asked.clone() });
        }
        let written = input(forms::SEVERITY);
        let key = fold(&written);
        let named = |severity: &Severity| {
            let name = self.view.texts;
            crate::kernel::lang::Lang::ALL
                .iter()
                .any(|lang| fold(&severity_name(*severity, name.of(*lang))) == key)
        };
        let severity = Severity::parse(&key).or_else(|| Severity::ALL.into_iter().find(named));
        let like = Severity::ALL.map(|severity| severity_name(severity, words)).join(", ");
        if severity.is_none() && !self.is_not_said(&written) {
            faults.push(Refusal::NotUnderstood { slot: words.card_severity(), written, like });
        }
        let written = input(forms::VULNERABLE);
        let vulnerable = match fold(&written).as_str() {
            _ if self.is_not_said(&written) => None,
            said if YES.contains(&said) => Some(true),
            said if NO.contains(&said) => Some(false),
            _ => {
                let like = format!("{}, {}", words.yes(), words.no());
                faults.push(Refusal::NotUnderstood { slot: words.read_vulnerable(), written, like });
                None
            }
        };
        Refusal::all(faults).map_or(Ok(Deed::Read { category, severity, summary, vulnerable }), Err)
    }

    /// Whether a field was left as it was: nobody has said it yet.
    fn is_not_said(&self, written: &str) -> bool {
        let is = |lang: Lang| fold(&self.view.texts.of(lang).not_said_yet()) == fold(written);
        is_blank(written) || Lang::ALL.into_iter().any(is)
    }

    /// The instant that words about time mean, in the desk's zone.
    fn instant(&self, written: &str) -> Result<i64, Refusal> {
        let reader = self.reader();
        read_time(reader.read(written, Toward::Promise).reading, written, reader.zone)
    }

    /// Who reads times here: in the desk's zone, by the desk's working days.
    pub(super) fn reader(&self) -> Reader<'_> {
        let policy = self.view.policy;
        let zone = self.desk.map_or(policy.zone, |desk| desk.zone);
        Reader { zone, now: self.now, office: policy.office() }
    }
}

/// What stands between a remedy's time and its value.
const BETWEEN: [char; 4] = ['·', '•', '|', ';'];

/// A remedy's time and what it costs, in one field: `9h sáng mai · 300.000đ`, or one of the two.
pub(in crate::discord) fn time_and_value(written: &str) -> Result<(String, Option<i64>), Refusal> {
    if let Some((time, cost)) = written.rsplit_once(BETWEEN) {
        let cost = cost.trim();
        if cost.is_empty() {
            return Ok((time.trim().to_owned(), None));
        }
        let value = value(cost).ok_or_else(|| Refusal::NoAmount { written: cost.to_owned() })?;
        return Ok((time.trim().to_owned(), Some(value)));
    }
    // With nothing between them, an amount with its unit at the end.
    let last = offer::money(written).into_iter().next_back();
    let split =
        last.and_then(|cost| Some((written.trim_end().strip_suffix(cost.words.as_str())?, cost.value?)));
    match split {
        Some((time, value)) => Ok((time.trim().to_owned(), Some(value))),
        None => Ok((written.to_owned(), None)),
    }
}

/// What something costs (đồng), `0` for nothing.
pub(super) fn value(written: &str) -> Option<i64> {
    let nothing = matches!(fold(written).replace(' ', "").as_str(), "0" | "0d" | "0dong" | "0vnd" | "0k");
    if nothing { Some(0) } else { offer::amount(written) }
}

/// One instant, or what is asked back.
///
/// # Errors
///
/// A [`Refusal`] says what is not clear.
pub fn read_time(reading: Reading, written: &str, zone: chrono_tz::Tz) -> Result<i64, Refusal> {
    let written = written.to_owned();
    match reading {
        Reading::At(at) => Ok(at),
        Reading::Either(times) => Err(Refusal::TwoTimes { written, times }),
        Reading::NoHour(day) => Err(Refusal::NoHour { written, days: vec![noon(day, zone)] }),
        Reading::EitherDay(days) => {
            let days = days.into_iter().map(|day| noon(day, zone)).collect();
            Err(Refusal::NoHour { written, days })
        }
        Reading::Passed { at, instead } => Err(Refusal::HourPassed { written, at, instead }),
        Reading::Past(due) | Reading::Ahead(due) => Err(promise::Refused::PromisePast { due }.into()),
        Reading::Unread => Err(Refusal::NoTime { written }),
    }
}

fn noon(day: chrono::NaiveDate, zone: chrono_tz::Tz) -> i64 {
    wall_instant(zone, day, 12 * 60)
}

/// *2: they are at home on Saturdays*: the number recommends, the rest says why. A number that belongs to the words
/// (*2 years*, *100 %*) stays in them.
fn recommendation(remark: &str) -> (i64, &str) {
    const MARKS: [char; 5] = [':', '.', ')', ',', '-'];
    let remark = remark.trim();
    for (digit, number) in [('1', 1), ('2', 2)] {
        let Some(rest) = remark.strip_prefix(digit) else { continue };
        if rest.is_empty() || rest.starts_with(MARKS) {
            return (number, rest.trim_start_matches(MARKS).trim_start());
        }
    }
    (1, remark)
}

#[cfg(test)]
mod tests {
    use super::{recommendation, time_and_value};

    #[test]
    fn a_time_and_a_value_share_a_field() {
        let parted = |written: &str| time_and_value(written).ok();
        for (written, time, value) in [
            ("9h sáng mai · 300.000đ", "9h sáng mai", Some(300_000)),
            ("9h sáng mai 300k", "9h sáng mai", Some(300_000)),
            ("17:30 · 200000", "17:30", Some(200_000)),
            ("17:30 · 0", "17:30", Some(0)),
            ("2026-11-27 09:00 | 0 đ", "2026-11-27 09:00", Some(0)),
            ("1 triệu", "", Some(1_000_000)),
            ("· 300k", "", Some(300_000)),
            ("9h sáng mai", "9h sáng mai", None),
            ("9h sáng mai ·", "9h sáng mai", None),
            ("", "", None),
        ] {
            assert_eq!(parted(written), Some((time.to_owned(), value)), "{written}");
        }
        assert_eq!(parted("9h sáng mai · vài đồng"), None);
    }

    #[test]
    fn only_a_number_that_stands_alone_recommends() {
        for (remark, expected) in [
            ("2: khách ở nhà cuối tuần", (2, "khách ở nhà cuối tuần")),
            (" 1. dây đi sau tủ", (1, "dây đi sau tủ")),
            ("2", (2, "")),
            ("2 năm dùng chưa hỏng lần nào", (1, "2 năm dùng chưa hỏng lần nào")),
            ("100% là do dây", (1, "100% là do dây")),
            ("", (1, "")),
        ] {
            assert_eq!(recommendation(remark), expected, "{remark}");
        }
    }
}
