//! Steps of the procedure that need to see the complaint first: the prefilled form, a promise's time shown back, the ledger.

use super::answer::Answered;
use super::bot::Bot;
use super::decode::Heard;
use super::forms::Inputs;
use super::query::private;
use super::render::answers::{self, Circumstances, Shape, Shown};
use super::render::{plain, procedure, proposal};
use super::route::{ProcedureAction, key_of, pressed_of, read_time, record_of, sight_of};
use crate::desk::Told;
use crate::desk::inbox::Key;
use crate::desk::request::{Asker, Request, RequestKind, Target};
use crate::discord::custom_id::{CustomId, mark_as_of};
use crate::domain::command::{Command, Refusal};
use crate::domain::complaint::Complaint;
use crate::domain::policy::UsualRemedy;
use crate::domain::settings::GuildDesk;
use crate::domain::sight::Sight;
use crate::features::promise::{self, Appointment};
use crate::features::{self, discord};
use crate::kernel::ids::ComplaintId;
use crate::kernel::lang::Lang;
use crate::kernel::people::Person;
use crate::kit::option::Source;
use crate::language::when::{self, Reading, Toward};
use crate::sla::calendar::wall;
use crate::store::{self, StoreError};
use serde::{Deserialize, Serialize};

/// How a usual remedy that was chosen from the suggestions comes back, before its place.
const USUAL: &str = "usual-";
/// A quarter of an hour (ms).
const QUARTER: i64 = 15 * 60 * 1_000;
/// How a time that was chosen from the suggestions comes back.
pub(super) const CHOSEN: &str = "%Y-%m-%d %H:%M";

/// What a promise is about, kept until its time is agreed to.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Kept {
    what: String,
    #[serde(default)]
    appointment: Option<Appointment>,
}

impl Bot {
    pub(super) async fn procedure(
        &self,
        heard: &Heard,
        step: ProcedureAction,
        desk: &GuildDesk,
        lang: Lang,
    ) -> Result<Answered, StoreError> {
        let shown = match step {
            ProcedureAction::OpenRead => match self.complaint_of_thread(heard, desk).await? {
                Some(held) => {
                    self.open(heard, CustomId::Read(held.id), &Inputs::new(), Some(desk), lang).await
                }
                None => Ok(self.refusal(&Refusal::ThreadOnly, lang)),
            },
            ProcedureAction::OpenPropose { which, remedies, values } => {
                match self.meant(heard, which, desk).await? {
                    Some(held) => {
                        let slots = [
                            (proposal::FIRST, proposal::FIRST_WHEN),
                            (proposal::SECOND, proposal::SECOND_WHEN),
                        ];
                        let mut inputs = Inputs::new();
                        let given = remedies.iter().zip(values).zip(slots);
                        for ((written, value), (what, when)) in
                            given.filter(|((written, _), _)| !written.is_empty())
                        {
                            let (usual, due) = self.usual(&held, written, desk);
                            let parts = [due, value].into_iter().filter(|part| !part.is_empty());
                            inputs.insert(what.to_owned(), usual);
                            inputs.insert(when.to_owned(), parts.collect::<Vec<_>>().join(" · "));
                        }
                        self.open(heard, CustomId::Propose(held.id), &inputs, Some(desk), lang).await
                    }
                    None if which.is_some() => Ok(self.refusal(&Refusal::NoComplaint, lang)),
                    None => Ok(self.refusal(&Refusal::ThreadOnly, lang)),
                }
            }
            ProcedureAction::Open(press) => match self.complaint_of_thread(heard, desk).await? {
                Some(held) => {
                    self.open(heard, CustomId::Feature(press.of(held.id)), &Inputs::new(), Some(desk), lang)
                        .await
                }
                None => Ok(self.refusal(&Refusal::ThreadOnly, lang)),
            },
            ProcedureAction::Promise { what, when, appointment } => {
                return self.promise(heard, Kept { what, appointment }, &when, desk, lang).await;
            }
            ProcedureAction::FilePromise { complaint, words_of, due } => {
                let kept: Kept = self.desk().inbox().kept(words_of, heard.person.id).await?;
                if kept.what.is_empty() {
                    return Ok((self.refusal(&Refusal::Stale, lang), None));
                }
                let target = Target::Complaint(complaint, desk.guild);
                // The words are filed once, however often the button is pressed.
                let key = Key::WordsOf(words_of);
                return self.file_promise(heard, key, target, (kept, due), (desk, lang)).await;
            }
            ProcedureAction::KeepPromise { complaint, promise } => {
                return self.keep_promise(heard, complaint, promise, (desk, lang)).await;
            }
            ProcedureAction::HandOver { from, to } => {
                self.hand_over(heard, from.as_ref().unwrap_or(&heard.person), &to, (desk, lang)).await
            }
        };
        Ok((shown?, None))
    }

    /// This complaint, or (none) that of the thread.
    async fn meant(
        &self,
        heard: &Heard,
        which: Option<ComplaintId>,
        desk: &GuildDesk,
    ) -> Result<Option<Complaint>, StoreError> {
        match which {
            Some(id) => self.complaint_here(id, desk).await,
            None => self.complaint_of_thread(heard, desk).await,
        }
    }

    async fn complaint_here(
        &self,
        id: ComplaintId,
        desk: &GuildDesk,
    ) -> Result<Option<Complaint>, StoreError> {
        let held = store::complaint::read(self.desk().db(), id).await?;
        Ok(held.filter(|held| held.filed.guild == desk.guild))
    }

    async fn complaint_of_thread(
        &self,
        heard: &Heard,
        desk: &GuildDesk,
    ) -> Result<Option<Complaint>, StoreError> {
        let held = store::complaint::read_by_thread(self.desk().db(), heard.channel).await?;
        Ok(held.filter(|held| held.filed.guild == desk.guild))
    }

    /// A time that was chosen from the suggestions was shown before; words are read and shown back first.
    async fn promise(
        &self,
        heard: &Heard,
        kept: Kept,
        when: &str,
        desk: &GuildDesk,
        lang: Lang,
    ) -> Result<Answered, StoreError> {
        let Some(held) = self.complaint_of_thread(heard, desk).await? else {
            return Ok((self.refusal(&Refusal::ThreadOnly, lang), None));
        };
        let answer = self.reader(desk).read(when, Toward::Promise);
        let times = answer.choices(desk.zone, self.desk().now());
        let passed = match answer.reading {
            Reading::Passed { at, .. } => Some(at),
            _ => None,
        };
        match answer.reading {
            Reading::At(due) if wall(desk.zone, due).format(CHOSEN).to_string() == when.trim() => {
                let (key, target) = (Key::Interaction(heard.id), Target::Thread(heard.channel));
                return self.file_promise(heard, key, target, (kept, due), (desk, lang)).await;
            }
            // What is not clear is asked back with what it may mean; the words are kept.
            _ if !times.is_empty() => {}
            other => {
                if let Err(refusal) = read_time(other, when, desk.zone) {
                    return Ok((self.refusal(&refusal, lang), None));
                }
            }
        }
        self.desk().inbox().keep_for_later(heard.id, heard.person.id, Some(held.id), &kept).await?;
        let words = self.view().words(lang);
        let times: Vec<(i64, String)> =
            times.into_iter().map(|due| (due, words.moment(due, desk.zone))).collect();
        let mut body = procedure::offered(held.id, heard.id, (&kept.what, passed), &times, words);
        mark_as_of(&held, &mut body);
        Ok((Some(Shown::new(Shape::Private, body)), None))
    }

    async fn file_promise(
        &self,
        heard: &Heard,
        key: Key,
        target: Target,
        (kept, due): (Kept, i64),
        (desk, lang): (&GuildDesk, Lang),
    ) -> Result<Answered, StoreError> {
        let Kept { what, appointment } = kept;
        let command = promise::Command::Give { what, due, appointment };
        self.does(heard, key, target, command, (desk, lang)).await
    }

    /// Before its hour, what came of a promise is asked for; then it is kept as it is.
    async fn keep_promise(
        &self,
        heard: &Heard,
        complaint: ComplaintId,
        promise: i64,
        (desk, lang): (&GuildDesk, Lang),
    ) -> Result<Answered, StoreError> {
        let held = self.complaint_here(complaint, desk).await?;
        let held = held.and_then(|held| held.features.procedure.promises.promise(promise).cloned());
        if held.is_some_and(|held| held.is_open() && self.desk().now() < held.due) {
            let form = CustomId::KeptPromise { complaint, promise };
            return Ok((self.open(heard, form, &Inputs::new(), Some(desk), lang).await?, None));
        }
        let (key, target) = (key_of(heard), Target::Complaint(complaint, desk.guild));
        let command = promise::Command::Keep { promise, outcome: String::new() };
        self.does(heard, key, target, command, (desk, lang)).await
    }

    async fn does(
        &self,
        heard: &Heard,
        key: Key,
        target: Target,
        command: promise::Command,
        (desk, lang): (&GuildDesk, Lang),
    ) -> Result<Answered, StoreError> {
        let asker = self.asker(heard, desk);
        let kind =
            RequestKind::Staff { target, command: Command::Feature(features::Command::Promise(command)) };
        let (record, sight, pressed) = (record_of(heard), sight_of(heard), pressed_of(heard));
        let outcome =
            self.desk().requests().ask(Request { key, asker, kind, record, pressed, sight }).await?;
        if let Told::Refused { refusal } = &outcome.told {
            return Ok((Some(self.refused_again(heard, refusal, lang).await), None));
        }
        let around = Circumstances {
            lang,
            asker: &heard.person,
            line: desk.line,
            in_thread: outcome.in_thread,
            fate: None,
            pressed: false,
        };
        let shown = match answers::shown(&outcome.told, &around, &self.view()) {
            Some(shown) => Some(self.settled(heard, shown, lang).await),
            None => None,
        };
        Ok((shown, outcome.record))
    }

    /// One complaint after the other, each as if it had been assigned by hand: who gets them sees each, with its clocks.
    async fn hand_over(
        &self,
        heard: &Heard,
        from: &Person,
        to: &Person,
        (desk, lang): (&GuildDesk, Lang),
    ) -> Result<Option<Shown>, StoreError> {
        let words = self.view().words(lang);
        let mut open = store::complaint::open_in(self.desk().db(), desk.guild).await?;
        open.retain(|held| held.owner.as_ref().is_some_and(|owner| owner.id == from.id));
        if open.is_empty() || from.id == to.id {
            return Ok(private(words.handed_over_none(plain(&from.name))));
        }
        let rank = desk.rank(&heard.roles, heard.manages);
        let mut handed = Vec::new();
        for held in &open {
            let asker = Asker { person: heard.person.clone(), lang: heard.lang, rank };
            let target = Target::Complaint(held.id, desk.guild);
            let kind = RequestKind::Staff { target, command: Command::Assign { to: to.clone() } };
            let key = Key::OneOf(heard.id, held.id);
            let told = self
                .desk()
                .requests()
                .ask(Request { key, asker, kind, record: None, pressed: None, sight: Sight::Present })
                .await?
                .told;
            // One of their own stays where it is, and one that was closed meanwhile needs nobody.
            if matches!(told, Told::Done { .. }) {
                handed.push(held);
            }
        }
        let body = procedure::handed_over(&handed, from, to, words);
        Ok(Some(Shown::new(Shape::Private, body)))
    }

    /// In a desk thread its own promises, with what can be done; elsewhere those that the person answers for.
    pub(super) async fn promises(
        &self,
        heard: &Heard,
        desk: &GuildDesk,
        lang: Lang,
    ) -> Result<Option<Shown>, StoreError> {
        let (words, now) = (self.view().words(lang), self.desk().now());
        if let Some(held) = self.complaint_of_thread(heard, desk).await? {
            let mut body = procedure::of_complaint(&held, now, words);
            mark_as_of(&held, &mut body);
            return Ok(Some(Shown::new(Shape::Private, body)));
        }
        let manages = desk.rank(&heard.roles, heard.manages).manager;
        let person = heard.person.id;
        let open = store::complaint::open_in(self.desk().db(), desk.guild).await?;
        let text = procedure::of_many(
            &open,
            |held, promise| {
                let owns = held.owner.as_ref().is_some_and(|owner| owner.id == person);
                manages || owns || promise.by.id == person
            },
            now,
            words,
        );
        Ok(private(text))
    }

    /// A remedy as the form is filled in with: a usual one by its number among those of the category, in the customer's
    /// language and with its time, or else the words themselves.
    fn usual(&self, held: &Complaint, written: &str, desk: &GuildDesk) -> (String, String) {
        let usual = self.usual_remedies(held);
        let chosen = written.strip_prefix(USUAL).and_then(|number| number.parse::<usize>().ok());
        match chosen.and_then(|place| usual.get(place)) {
            Some(usual) => {
                let due = usual.within.map(|within| {
                    let due = self.desk().now() + within;
                    // Nobody promises 10:07.
                    when::write(desk.zone, due + (QUARTER - due % QUARTER) % QUARTER)
                });
                (usual.what(held.lang).to_owned(), due.unwrap_or_default())
            }
            None => (written.to_owned(), String::new()),
        }
    }

    fn usual_remedies(&self, held: &Complaint) -> &[UsualRemedy] {
        let category = held.likely_category().and_then(|id| self.desk().policy().category(id));
        category.map(|category| category.remedies.as_slice()).unwrap_or_default()
    }

    /// What is often done about complaints like that of this thread, and what they need to know: value and label.
    pub(super) async fn suggest_usual(
        &self,
        heard: &Heard,
        desk: &GuildDesk,
        lang: Lang,
    ) -> Vec<(String, String)> {
        let Ok(Some(held)) = self.complaint_of_thread(heard, desk).await else { return Vec::new() };
        let usual = self.usual_remedies(&held).iter().enumerate();
        usual.map(|(place, usual)| (format!("{USUAL}{place}"), usual.what(lang).to_owned())).collect()
    }

    /// What a capability suggests for the complaint of this thread, as value and label.
    pub(super) async fn suggest_of(
        &self,
        source: Source,
        heard: &Heard,
        desk: &GuildDesk,
        lang: Lang,
    ) -> Vec<(String, String)> {
        let Ok(Some(held)) = self.complaint_of_thread(heard, desk).await else { return Vec::new() };
        discord::suggestions(source, &held.features, held.category_in(self.desk().policy()), lang)
    }

    /// Times that the words typed so far may mean, spelled out, as value and label; choosing one is the reading back.
    pub(super) fn suggest_times(&self, typed: &str, desk: &GuildDesk, lang: Lang) -> Vec<(String, String)> {
        let words = self.view().words(lang);
        let times = self.reader(desk).read(typed, Toward::Promise).choices(desk.zone, self.desk().now());
        let choice =
            |due: i64| (wall(desk.zone, due).format(CHOSEN).to_string(), words.moment(due, desk.zone));
        times.into_iter().map(choice).collect()
    }

    /// Who reads times at a desk: in its zone, by its working days.
    pub(super) fn reader(&self, desk: &GuildDesk) -> when::Reader<'_> {
        when::Reader { zone: desk.zone, now: self.desk().now(), office: self.desk().policy().office() }
    }
}
