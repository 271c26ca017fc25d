//! How an interaction is answered: asked, looked up, or refused; within three seconds, or deferred.

use serde_json::{Value, json};

use super::again::is_asked_again;
use super::audience::Announced;
use super::bot::Bot;
use super::custom_id::mark;
use super::decode::{Heard, InteractionData};
use super::files::Room;
use super::less::withheld;
use super::render::answers::{self, Circumstances, Shape, Shown};
use super::render::{bar, cut, no_pings, small};
use super::rest::{Call, Class, Priority};
use super::route::{Plan, filing, route};
use crate::desk::delivery_outcome::OutboxPlace;
use crate::desk::request::{Request, RequestKind};
use crate::desk::{Outcome, Told};
use crate::domain::command::{Command, Refusal};
use crate::domain::ledger::Entry;
use crate::domain::policy::LineKind;
use crate::domain::settings::GuildDesk;
use crate::kernel::extra::Extra;
use crate::kernel::ids::{ChannelId, MessageId, UserId};
use crate::kernel::lang::Lang;
use crate::kit::command::Audience;
use crate::kit::option::Attached;
use crate::store;

/// After this (ms) the person is told that it takes longer: Discord waits for three seconds.
const DEFER_AFTER: i64 = 2_000;
/// So long (ms) the writer of a reply sees that it is being sent; then they are told that it is on its way.
const FATE_PATIENCE: i64 = 15_000;
/// Discord's flag for a message that one person sees (`resources/message`, message flags).
const EPHEMERAL: u64 = 1 << 6;

/// An answer, and the outbox message that is the record where the answer does not come to stand.
pub(super) type Answered = (Option<Shown>, Option<OutboxPlace>);

impl Bot {
    pub(super) async fn on_interaction(&self, heard: Heard) {
        let desk = heard.guild.and_then(|guild| self.desk().desk_of(guild));
        if is_asked_again(&heard) {
            // What was kept is looked up like everything else: whoever pressed is told within Discord's time if that takes
            // longer.
            let work = Box::pin(async {
                let kept = self.kept_interaction(heard.clone()).await;
                let lang = self.reader_lang(&kept, desk.as_ref());
                let plan = self.planned(&kept, desk.as_ref()).await;
                let (shown, record) = self.carried(&kept, plan, desk.as_ref(), lang).await;
                // What was asked again privately turns into what came of it; the thread gets its record apart.
                let theirs = kept.again.is_some();
                (shown.map(|shown| if theirs { in_place(shown) } else { shown }), record)
            });
            self.answer_in_time(&heard, work).await;
        } else {
            let lang = self.reader_lang(&heard, desk.as_ref());
            match self.planned(&heard, desk.as_ref()).await {
                Plan::Form(form, file) => self.open_with(&heard, form, file, desk.as_ref()).await,
                plan => {
                    let work = Box::pin(self.carried(&heard, plan, desk.as_ref(), lang));
                    self.answer_in_time(&heard, work).await;
                }
            }
        }
        if let Some(desk) = &desk {
            let rank = desk.rank(&heard.roles, heard.manages);
            self.note_standing(desk.guild, heard.person.id, rank.staff);
            self.desk().membership().note_there(desk.guild, &heard.person, rank).await;
        }
    }

    async fn planned(&self, heard: &Heard, desk: Option<&GuildDesk>) -> Plan {
        let desks = match (heard.guild, filing(heard)) {
            (None, Some(at)) => self.shared_desks(heard.person.id, at).await,
            _ => self.desk().desks(),
        };
        route(heard, desk, &desks, &self.view(), self.desk().now())
    }

    /// Opens a form at once. The file that came with its command is fetched meanwhile: the form comes back later and finds it;
    /// what cannot be had is said then, with its name.
    async fn open_with(&self, heard: &Heard, form: Value, file: Option<Attached>, desk: Option<&GuildDesk>) {
        self.open_form(heard.id, &heard.token, form).await;
        let Some(file) = file else { return };
        let key = form_key(heard.id, heard.person.id);
        let whose = (heard.person.id, room(heard, desk));
        let files = std::slice::from_ref(&file);
        if let Err(why) = self.keeper().keep(self.sender(), &key, whose, files).await {
            self.keeper().remember_lost(&key, &file, heard.person.id, &why).await;
        }
    }

    /// Does what was planned.
    async fn carried(&self, heard: &Heard, plan: Plan, desk: Option<&GuildDesk>, lang: Lang) -> Answered {
        // Each of them is large: on the heap, so that no stack has to hold them all.
        match plan {
            Plan::Refuse(refusal) => {
                if let (Some(guild), Some(entry)) = (heard.guild, Entry::of(&refusal)) {
                    self.desk().requests().write_down(guild, &heard.person, None, entry).await;
                }
                (Some(Box::pin(self.refused_again(heard, &refusal, lang)).await), None)
            }
            Plan::Request { request, files, files_of, lang: chosen } => {
                let lang = chosen.unwrap_or(lang);
                Box::pin(self.ask_for(heard, *request, files, files_of, desk, lang)).await
            }
            Plan::Query(query) => Box::pin(self.query(heard, query, desk, lang)).await,
            Plan::Action(action) => Box::pin(self.act(heard, action, desk, lang)).await,
            Plan::Form(form, _) => (Some(Shown::new(Shape::Form, form)), None),
        }
    }

    /// The language an answer is read in.
    fn reader_lang(&self, heard: &Heard, desk: Option<&GuildDesk>) -> Lang {
        heard.lang.or(desk.map(|desk| desk.locale)).unwrap_or_default()
    }

    async fn ask_for(
        &self,
        heard: &Heard,
        mut request: Request,
        files: Vec<Attached>,
        files_of: u64,
        desk: Option<&GuildDesk>,
        lang: Lang,
    ) -> Answered {
        // A customer reads in the language they chose; whoever asks for the other one gets that one.
        let theirs = matches!(
            request.kind,
            RequestKind::Customer { .. } | RequestKind::SendDraft { .. } | RequestKind::DropDraft { .. }
        );
        let filing_at = match &request.kind {
            RequestKind::File { guild, .. } => self.desk().desk_of(*guild),
            _ => None,
        };
        let line = filing_at.as_ref().or(desk).map_or(LineKind::Dm, |desk| desk.line);
        let mut kept = match files_of {
            0 => {
                let whose = (request.asker.person.id, room(heard, desk));
                self.keeper().keep(self.sender(), &request.key.to_string(), whose, &files).await
            }
            _ => Ok(self.keeper().of(&form_key(files_of, request.asker.person.id)).await),
        };
        let mut lost = files_of != 0 && kept.as_ref().is_ok_and(Vec::is_empty);
        let mut over_quota = false;
        if let RequestKind::File { lost: missing, .. } = &mut request.kind {
            if lost {
                let told = self.keeper().lost_of(&form_key(files_of, request.asker.person.id)).await;
                missing.push(told.extra);
                over_quota = told.over_quota;
            } else if let Err(Refusal::FilesFull { .. }) = &kept {
                // What they say counts, whatever of their files there is room for.
                let not_received =
                    |file: &Attached| Extra::NotReceived { name: file.name.clone(), size: file.size };
                missing.extend(files.iter().map(not_received));
                (lost, over_quota, kept) = (true, true, Ok(Vec::new()));
            }
        }
        let outcome = match kept {
            Ok(kept) => {
                put_files(&mut request.kind, kept);
                let asker = request.asker.person.clone();
                match self.ask_desk(request, desk).await {
                    Ok(outcome) => {
                        if let Some(carried) = self.carry_bar(&outcome, desk).await {
                            return carried;
                        }
                        let (fate, record) = match outcome.fate {
                            Some(fate) => {
                                let (fate, record) = fate.within(self.desk().clock(), FATE_PATIENCE).await;
                                (Some(fate), record)
                            }
                            None => (None, outcome.record),
                        };
                        (outcome.told, asker, outcome.in_thread, fate, record, outcome.seen)
                    }
                    Err(error) => {
                        tracing::error!(interaction.id = heard.id, %error, "request not stored");
                        (Told::Refused { refusal: Refusal::NotSaved }, asker, false, None, None, None)
                    }
                }
            }
            Err(refusal) => (Told::Refused { refusal }, request.asker.person, false, None, None, None),
        };
        let (told, asker, in_thread, fate, record, seen) = outcome;
        // Where nothing could be stored nobody waits for the store once more.
        let is_saved = !matches!(told, Told::Refused { refusal: Refusal::NotSaved });
        let lang = if theirs && is_saved { self.desk().lang_for(asker.id).await } else { lang };
        let pressed = matches!(heard.data, InteractionData::Press { .. });
        let around = Circumstances { lang, asker: &asker, line, in_thread, fate, pressed };
        let mut shown = match &told {
            Told::Refused { refusal } => Some(self.refused_again(heard, refusal, lang).await),
            Told::Done { .. } => answers::shown(&told, &around, &self.view()),
        };
        if let (Some((complaint, facts)), Some(shown)) = (seen, &mut shown) {
            mark(&mut shown.body, &|id| (id == complaint).then_some(facts));
        }
        if matches!(told, Told::Done { .. })
            && let Some(answer) = shown.take()
        {
            shown = Some(self.settled(heard, answer, lang).await);
        }
        if let (true, Told::Done { .. }, Some(shown)) = (lost, &told, &mut shown) {
            // The words are recorded; that their file could not be had is said with it.
            let said = shown.body["content"].as_str().unwrap_or_default();
            let key = if over_quota { "file-over-quota" } else { "file-left-behind" };
            let missing = self.texts().of(lang).say(key, &[]);
            shown.body["content"] = json!(format!("{said}\n{missing}"));
        }
        if let (true, Told::Done { .. }, Some(shown)) = (self.sender().state().stopped, &told, &mut shown)
            && let Some(said) = shown.body["content"].as_str().filter(|said| !said.is_empty())
        {
            let words = self.texts().of(lang);
            let stopped =
                if theirs || filing_at.is_some() { words.stopped_customer() } else { words.stopped_staff() };
            shown.body["content"] = json!(cut(&format!("{said}\n{stopped}"), 2_000));
        }
        (shown, record)
    }

    /// The action bar as it stands now, in place of the one that was pressed.
    async fn carry_bar(&self, outcome: &Outcome, desk: Option<&GuildDesk>) -> Option<Answered> {
        let (place, desk) = (outcome.bar?, desk?);
        let held = store::complaint::read(self.desk().db(), place.0.complaint()?).await;
        let held = held
            .inspect_err(|error| tracing::warn!(%error, "the bar is brought up to date later"))
            .ok()??;
        let body = bar::bar(&held, desk.locale, &self.view());
        Some((Some(Shown::new(Shape::InPlace, body)), Some(place)))
    }

    /// Answers with what `work` comes to; if it takes too long, says so first, to nobody but those who will read the answer.
    async fn answer_in_time(&self, heard: &Heard, work: impl Future<Output = Answered>) {
        let audience = Audience::of(&heard.data);
        let clock = self.desk().clock().clone();
        let late = clock.sleep_until(clock.now() + DEFER_AFTER);
        tokio::pin!(work, late);
        tokio::select! {
            biased;
            (shown, record) = &mut work => {
                let shown = shown.unwrap_or(Shown::new(Shape::InPlace, Value::Null));
                let shape = audience.admits(shown.shape, heard);
                // What everybody was to read and one person reads now needs its record as well.
                let aside = aside(heard, shape) || (shown.shape == Shape::Public && shape != Shape::Public);
                let stands = self.show(heard, Shown { shape, ..shown }, None).await;
                // An answer to the asking person alone is all that was to be told.
                if aside {
                    self.post_record(record).await;
                } else {
                    let record = record.filter(|_| stands.is_some() || shape == Shape::Private);
                    self.note_record(record, stands.flatten().map(|message| (heard.channel, message))).await;
                }
            }
            () = &mut late => {
                // Suggestions that come late are shown nowhere.
                if matches!(heard.data, InteractionData::Suggest { .. }) {
                    return;
                }
                let announced = audience.announced(heard);
                let body = match announced {
                    Announced::InPlace => json!({ "type": 6 }),
                    Announced::Alone => json!({ "type": 5, "data": { "flags": EPHEMERAL } }),
                };
                self.respond(heard.id, &heard.token, body).await;
                let (shown, record) = work.await;
                match shown {
                    Some(shown) => {
                        let shape = audience.admits(shown.shape, heard);
                        let narrowed = shown.shape == Shape::Public && shape != Shape::Public;
                        let stands = self.show(heard, Shown { shape, ..shown }, Some(announced)).await;
                        match shape {
                            // Told to the asking person alone by now; the thread reads it from the record.
                            _ if narrowed || aside(heard, shape) => self.post_record(record).await,
                            Shape::Public => self.post_record(record).await,
                            // A bar that is not shown is brought up to date by its outbox message.
                            Shape::InPlace => self.note_record(record.filter(|_| stands.is_some()), None).await,
                            _ => self.note_record(record, None).await,
                        }
                    }
                    None => self.take_back(heard, announced).await,
                }
            }
        }
    }

    /// Takes back the announcement of an answer that is none.
    async fn take_back(&self, heard: &Heard, announced: Announced) {
        if announced == Announced::Alone
            && let Err(error) =
                self.sender().call(Call::delete_original(heard.application, &heard.token)).await
        {
            tracing::warn!(interaction.id = heard.id, %error, "announcement not taken back");
        }
    }

    /// Notes that the answer to whoever asked stands as the record, and in which message if that is known.
    async fn note_record(&self, record: Option<OutboxPlace>, stands: Option<(ChannelId, MessageId)>) {
        let Some(record) = record else { return };
        if let Err(error) = self.desk().thread_records().stands(record, stands).await {
            tracing::warn!(stream = %record.0, seq = record.1, %error, "the record will be looked for in the thread");
        }
    }

    /// Has the record posted now, since the answer cannot stand in the thread.
    async fn post_record(&self, record: Option<OutboxPlace>) {
        let Some(record) = record else { return };
        if let Err(error) = self.desk().thread_records().is_due(record).await {
            tracing::warn!(stream = %record.0, seq = record.1, %error, "the record comes a little later");
        }
    }

    /// Shows an answer, as the first one or in place of its announcement. None if it does not stand there; else its message,
    /// as far as Discord told it.
    async fn show(
        &self,
        heard: &Heard,
        shown: Shown,
        announced: Option<Announced>,
    ) -> Option<Option<MessageId>> {
        let (id, token) = (heard.id, heard.token.as_str());
        let Shown { mut shape, mut body, files, then } = shown;
        if shape == Shape::Form {
            if announced.is_none() {
                self.open_form(id, token, body).await;
                return Some(None);
            }
            // Discord takes no form after a deferral; the command can be used again at once.
            let words = self.texts().of(heard.lang.unwrap_or_default());
            (shape, body) = (Shape::Private, private_text(answers::refused(&Refusal::NotSaved, words)));
        }
        if let InteractionData::Suggest { .. } = heard.data {
            return self.respond(id, token, json!({ "type": 8, "data": body })).await.then_some(None);
        }
        if shape == Shape::Private && !body.is_null() {
            body["flags"] = json!(EPHEMERAL);
        }
        let call = |body: Value| match (announced, shape) {
            (Some(Announced::Alone), _) => Call::edit_original(heard.application, token, body),
            (Some(Announced::InPlace), Shape::InPlace) => Call::edit_original(heard.application, token, body),
            (Some(Announced::InPlace), _) => Call::follow_up(heard.application, token, body),
            // Nothing is to be said.
            (None, _) if body.is_null() && heard.pressed.is_some() => {
                Call::callback(id, token, json!({ "type": 6 }))
            }
            (None, _) if body.is_null() => {
                Call::callback(id, token, json!({ "type": 5, "data": { "flags": EPHEMERAL } }))
            }
            (None, Shape::InPlace) => Call::callback(id, token, json!({ "type": 7, "data": body })),
            // Its buttons go once it is overtaken, so it has to be known which message it is.
            (None, Shape::Public) if has_buttons(&body) => {
                Call::callback_shown(id, token, json!({ "type": 4, "data": body }))
            }
            (None, _) => Call::callback(id, token, json!({ "type": 4, "data": body })),
        };
        match self.sender().call(call(body.clone()).files(files)).await {
            Ok(answer) => {
                self.desk().watch().answered(id);
                for (mut body, files) in then {
                    body["flags"] = json!(EPHEMERAL);
                    let call = Call::follow_up(heard.application, token, body).files(files);
                    if let Err(error) = self.sender().call(call).await {
                        tracing::warn!(interaction.id = id, %error, "a part of the answer is not delivered");
                    }
                }
                let message = answer["resource"]["message"]["id"].as_str().and_then(|id| id.parse().ok());
                Some(message.map(MessageId))
            }
            Err(error) => {
                // What Discord keeps back is done all the same: whoever waits for the answer reads that.
                if error.class() == Class::Text && !body.is_null() {
                    let words = self.texts().of(self.reader_lang(heard, None));
                    let mut less = withheld(&body, None, error.why(), words);
                    if shape == Shape::Private {
                        less["flags"] = json!(EPHEMERAL);
                    }
                    if self.sender().call(call(less)).await.is_ok() {
                        self.desk().watch().answered(id);
                    }
                }
                tracing::warn!(interaction.id = id, %error, "answer not delivered");
                None
            }
        }
    }

    /// Asks the person of an interaction that was not understood to try again.
    pub(super) async fn ask_again(&self, id: u64, token: &str, suggests: bool, lang: Option<Lang>) {
        let words = self.texts().of(lang.unwrap_or(self.desk().default_lang()));
        let mut said = private_text(answers::refused(&Refusal::Unclear, words));
        said["flags"] = json!(EPHEMERAL);
        let body = match suggests {
            true => json!({ "type": 8, "data": { "choices": [] } }),
            false => json!({ "type": 4, "data": said }),
        };
        self.respond(id, token, body).await;
    }

    /// Answers a person's message in its channel, in their language; only refusals need words there.
    pub(super) async fn answer_in_channel(&self, told: &Told, channel: ChannelId, person: UserId) {
        let Told::Refused { refusal } = told else { return };
        let words = self.texts().of(self.desk().lang_for(person).await);
        let text = format!("{}\n{}", answers::refused(refusal, words), small(&words.automatic()));
        let body = json!({ "content": text, "allowed_mentions": no_pings() });
        if let Err(error) =
            self.sender().call(Call::post_message(channel, body).priority(Priority::Person)).await
        {
            tracing::warn!(channel.id = channel.0, %error, "answer not delivered");
        }
    }
}

/// Whether the answer stands under a message that the asking person alone sees, so that the thread needs its record apart.
fn aside(heard: &Heard, shape: Shape) -> bool {
    shape == Shape::InPlace && heard.pressed.as_ref().is_some_and(|pressed| pressed.alone)
}

fn has_buttons(body: &Value) -> bool {
    body["components"].as_array().is_some_and(|rows| !rows.is_empty())
}

/// An answer in place of the private message whose button asked for it.
fn in_place(mut shown: Shown) -> Shown {
    if matches!(shown.shape, Shape::Private | Shape::Public) {
        shown.shape = Shape::InPlace;
        if shown.body.is_object() && shown.body.get("components").is_none() {
            shown.body["components"] = json!([]);
        }
    }
    shown
}

/// How much of somebody's files is kept.
fn room(heard: &Heard, desk: Option<&GuildDesk>) -> Room {
    match desk.is_some_and(|desk| desk.rank(&heard.roles, heard.manages).staff) {
        true => Room::Staff,
        false => Room::Customer,
    }
}

/// The key of the files that wait for their form: nobody takes along those of somebody else's command.
fn form_key(interaction: u64, person: UserId) -> String {
    format!("i{interaction}-{person}")
}

/// A message with nothing but text.
pub(super) fn private_text(text: String) -> Value {
    json!({ "content": cut(&text, 2_000), "allowed_mentions": no_pings() })
}

fn put_files(kind: &mut RequestKind, kept: Vec<crate::domain::complaint::FileRef>) {
    match kind {
        RequestKind::File { files, .. } | RequestKind::Say { files, .. } => *files = kept,
        RequestKind::Staff { command: Command::Reply { files, .. }, .. } => *files = kept,
        RequestKind::Customer { command: Command::CustomerWrote { files, .. }, .. } => *files = kept,
        _ => {}
    }
}
