//! One request, one transaction: look up what was told before, decide, store, and only then answer.

use std::collections::BTreeMap;

use super::fate::LetterPlace;
use super::{Desk, Outcome, Told, authority};
use crate::domain::command::{Answer, Command, Refusal};
use crate::domain::complaint::{Complaint, FileRef, Line};
use crate::domain::decide::{self, Decision};
use crate::domain::event::{Actor, Earlier, Filed, Person, Source};
use crate::domain::fold;
use crate::domain::ids::{ChannelId, ComplaintId, DraftId, GuildId, MessageId};
use crate::domain::policy::Lang;
use crate::domain::settings::Rank;
use crate::store::db::Tx;
use crate::store::{self, StoreError, json};

/// The longest text of one form field, in characters (Discord's own limit).
pub const FIELD_LIMIT: usize = 4_000;
/// More complaints of one person within that while are not taken; nobody else is braked for it.
const MOST_FILINGS: usize = 10;
/// A second filing with the same words within this while (ms) is the first one again.
const SAME_FILING: i64 = 10 * 60 * 1_000;

/// Who asks.
#[derive(Clone, Debug, PartialEq)]
pub struct Asker {
    /// The person.
    pub person: Person,
    /// The language Discord says they read, if it is one of ours.
    pub lang: Option<Lang>,
    /// What they may do where they ask.
    pub rank: Rank,
}

/// A request of a person, decoded.
#[derive(Clone, Debug, PartialEq)]
pub struct Ask {
    /// The id of the interaction or message: a second delivery has the same one.
    pub key: String,
    /// Who asks.
    pub asker: Asker,
    /// What for.
    pub wish: Wish,
    /// Whether the answer will stand in the complaint's thread, as the record of a reply.
    pub witnessed: bool,
}

/// Which complaint is meant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Target {
    /// This one, asked for on this server: nobody reaches over to another one's, whatever a forged button says.
    Complaint(ComplaintId, GuildId),
    /// The one whose desk thread this is.
    Thread(ChannelId),
}

/// What a person asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    /// To file a complaint with the form.
    File {
        /// At which desk.
        guild: GuildId,
        /// What happened.
        words: String,
        /// What would put it right.
        wish: String,
        /// Contract or phone number.
        contact: String,
        /// Files that came along.
        files: Vec<FileRef>,
    },
    /// Something with a complaint, as staff.
    Staff {
        /// Which.
        target: Target,
        /// What.
        command: Command,
    },
    /// Something with a complaint, as its customer.
    Customer {
        /// Which.
        complaint: ComplaintId,
        /// What.
        command: Command,
    },
    /// A direct message.
    Say {
        /// The direct-message channel.
        channel: ChannelId,
        /// The message.
        message: MessageId,
        /// When it was written (Unix ms).
        at: i64,
        /// Its words.
        text: String,
        /// Files that came along.
        files: Vec<FileRef>,
        /// The message it replies to.
        reply_to: Option<MessageId>,
        /// Desks it may be meant for, by name.
        guilds: BTreeMap<GuildId, String>,
    },
    /// A direct message was changed (`Some`) or deleted (`None`).
    Change {
        /// The direct-message channel.
        channel: ChannelId,
        /// Which.
        message: MessageId,
        /// Its new words.
        text: Option<String>,
    },
    /// To file a draft.
    SendDraft {
        /// Which.
        draft: DraftId,
    },
    /// To drop a draft.
    DropDraft {
        /// Which.
        draft: DraftId,
    },
    /// To say which desk a draft is meant for.
    ChooseDesk {
        /// Which draft.
        draft: DraftId,
        /// Which desk.
        guild: GuildId,
    },
    /// To read and write about a draft in the other language.
    ChooseDraftLanguage {
        /// Which draft.
        draft: DraftId,
        /// Which language.
        lang: Lang,
    },
    /// To move a message to another complaint, or (none) to a new draft.
    Move {
        /// The message.
        message: MessageId,
        /// The complaint that took it.
        from: ComplaintId,
        /// Where it belongs.
        to: ComplaintId,
    },
}

impl Desk {
    /// Answers a request, once: a second delivery gets the first answer.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if it could not be stored; nothing was done then.
    pub async fn ask(&self, ask: Ask) -> Result<Outcome, StoreError> {
        let outcome = self.hear(ask).await;
        self.watch().asked(match &outcome {
            Ok(Outcome { told: Told::Done { .. }, .. }) => "done",
            Ok(Outcome { told: Told::Refused { .. }, .. }) => "refused",
            Err(_) => "failed",
        });
        outcome.inspect_err(|error| self.watch().failed(error))
    }

    /// Whether a request was answered before.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses.
    pub async fn has_heard(&self, key: &str) -> Result<bool, StoreError> {
        let mut tx = self.begin().await?;
        Ok(store::inbox::lookup(&mut tx, key).await?.is_some())
    }

    /// Notes that a request was heard in which there was nothing to answer.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses.
    pub async fn note_heard(&self, key: &str) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        if store::inbox::lookup(&mut tx, key).await?.is_none() {
            let told = Told::Done { answer: Answer::Silent };
            store::inbox::add(&mut tx, key, self.now(), &json::write(&told)?).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    async fn hear(&self, ask: Ask) -> Result<Outcome, StoreError> {
        match self.ask_once(&ask).await {
            // Two processes may hear the same request while one takes over from the other.
            Err(error) if error.is_conflict() => self.ask_once(&ask).await,
            outcome => outcome,
        }
    }

    async fn ask_once(&self, ask: &Ask) -> Result<Outcome, StoreError> {
        let mut tx = self.begin().await?;
        if let Some(told) = store::inbox::lookup(&mut tx, &ask.key).await? {
            return Ok(Outcome { told: json::read("inbox", &told)?, fate: None });
        }
        if let Some(lang) = ask.asker.lang {
            store::guild::see_lang(&mut tx, ask.asker.person.id, lang).await?;
        }
        let (told, reply) = match self.carry_out(&mut tx, ask).await? {
            Ok((answer, reply)) => (Told::Done { answer }, reply),
            Err(refusal) => (Told::Refused { refusal }, None),
        };
        let about = match &ask.wish {
            Wish::Staff { target: Target::Thread(thread), .. } => {
                store::complaint::by_thread(&mut tx, *thread).await?
            }
            Wish::Staff { target: Target::Complaint(id, _), .. } | Wish::Customer { complaint: id, .. } => {
                Some(*id)
            }
            _ => None,
        };
        let (person, told_as) = (ask.asker.person.id, json::write(&told)?);
        store::inbox::add_of(&mut tx, &ask.key, self.now(), &told_as, person, about).await?;
        // Whoever waits for a reply's fate is known before any worker can see the letter. Where the answer is no record
        // (it was asked outside the thread) nobody waits, and the thread is told instead.
        let reply = reply.filter(|_| ask.witnessed);
        if let Some((stream, seq)) = reply {
            store::letter::keep_for(&mut tx, stream, seq, self.owner()).await?;
        }
        let fate = reply.map(|(stream, seq)| self.shared.waiters.add((stream, seq), &ask.key));
        tx.commit().await?;
        self.wake();
        Ok(Outcome { told, fate })
    }

    async fn carry_out(&self, tx: &mut Tx, ask: &Ask) -> Result<Carried, StoreError> {
        let asker = &ask.asker;
        match &ask.wish {
            Wish::File { guild, words, wish, contact, files } => {
                let lang = self.lang_of(tx, asker.person.id, Some(*guild)).await?;
                let filing = Filing {
                    guild: *guild,
                    customer: asker.person.clone(),
                    lang,
                    source: Source::Form,
                    words: fold::clean_input(words),
                    wish: fold::clean_input(wish),
                    contact: fold::clean_input(contact),
                    files: files.clone(),
                    since: self.now(),
                    direct: None,
                };
                self.file(tx, filing).await
            }
            Wish::Staff { target, command } => {
                if !asker.rank.staff {
                    return Ok(Err(Refusal::StaffOnly));
                }
                if matches!(command, Command::Dismiss { .. }) && !asker.rank.manager {
                    return Ok(Err(Refusal::ManagerOnly));
                }
                let held = match target {
                    Target::Complaint(id, guild) => {
                        let held = store::complaint::lookup(tx, *id).await?;
                        held.filter(|held| held.filed.guild == *guild)
                    }
                    Target::Thread(thread) => match store::complaint::by_thread(tx, *thread).await? {
                        Some(id) => store::complaint::lookup(tx, id).await?,
                        None => None,
                    },
                };
                let missing = match target {
                    Target::Complaint(..) => Refusal::NoComplaint,
                    Target::Thread(_) => Refusal::ThreadOnly,
                };
                let Some(held) = held else { return Ok(Err(missing)) };
                let by = Actor::Staff(asker.person.clone());
                let policy = self.policy_of(held.filed.guild);
                if let Err(refusal) = authority::authorised(command, &held, &policy, asker.rank) {
                    return Ok(Err(refusal));
                }
                let command = authority::prepared(command, &policy, asker.rank);
                self.settle(tx, &held, &by, command).await
            }
            Wish::Customer { complaint, command } => {
                let by = Actor::Customer(asker.person.clone());
                self.on_as_customer(tx, *complaint, &by, command.clone()).await
            }
            _ => self.take_in(tx, ask).await,
        }
    }

    async fn on_as_customer(
        &self,
        tx: &mut Tx,
        id: ComplaintId,
        by: &Actor,
        command: Command,
    ) -> Result<Carried, StoreError> {
        let Some(complaint) = store::complaint::lookup(tx, id).await? else {
            return Ok(Err(Refusal::NoComplaint));
        };
        let theirs = matches!(by, Actor::Customer(person) if person.id == complaint.filed.customer.id);
        if !theirs {
            return Ok(Err(Refusal::CustomerOnly));
        }
        match &command {
            Command::CustomerWrote { message, .. } => {
                store::complaint::add_line_message(tx, *message, id, self.now()).await?;
            }
            Command::ChooseLanguage { lang } => {
                store::guild::choose_lang(tx, complaint.filed.customer.id, *lang).await?;
            }
            _ => {}
        }
        self.settle(tx, &complaint, by, command).await
    }

    /// Carries out a command on a complaint.
    pub(super) async fn on(
        &self,
        tx: &mut Tx,
        id: ComplaintId,
        by: &Actor,
        command: Command,
    ) -> Result<Carried, StoreError> {
        match store::complaint::lookup(tx, id).await? {
            Some(complaint) => self.settle(tx, &complaint, by, command).await,
            None => Ok(Err(Refusal::NoComplaint)),
        }
    }

    async fn settle(
        &self,
        tx: &mut Tx,
        complaint: &Complaint,
        by: &Actor,
        command: Command,
    ) -> Result<Carried, StoreError> {
        let classified = matches!(command, Command::Classify { .. });
        let policy = self.policy_of(complaint.filed.guild);
        let decision = match decide::decide(complaint, by, command, &policy, self.now()) {
            Ok(decision) => decision,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let reply = self.keep(tx, &decision).await?;
        if classified {
            self.tell_incidents(tx, &decision.complaint).await?;
        }
        Ok(Ok((decision.answer, reply)))
    }

    /// Tells the customer, and shows in the thread, what active incidents say of the complaint's category.
    async fn tell_incidents(&self, tx: &mut Tx, complaint: &Complaint) -> Result<(), StoreError> {
        let mut complaint = complaint.clone();
        let category = complaint.category.clone();
        for incident in self.incidents_for(tx, complaint.filed.guild, category.as_deref()).await? {
            let (Some(version), Some(line)) = (incident.in_use(), incident.line(complaint.lang)) else {
                continue;
            };
            if complaint.told.contains(&incident.id) {
                continue;
            }
            let version = version.number;
            let commands = [
                Command::TellIncident { incident: incident.id, version, text: line.to_owned() },
                Command::ShowTalkingPoints { incident: incident.id, version },
            ];
            for command in commands {
                let policy = self.policy_of(complaint.filed.guild);
                let decided = decide::decide(&complaint, &Actor::Desk, command, &policy, self.now());
                if let Ok(decision) = decided {
                    self.keep(tx, &decision).await?;
                    complaint = decision.complaint;
                }
            }
        }
        Ok(())
    }

    /// Files a complaint, unless this customer has just filed the same words.
    pub(super) async fn file(&self, tx: &mut Tx, mut filing: Filing) -> Result<Carried, StoreError> {
        if self.desk_of(filing.guild).is_none() {
            return Ok(Err(Refusal::NotSetUp));
        }
        if fold::is_blank(&filing.words) && filing.files.is_empty() {
            return Ok(Err(Refusal::Blank));
        }
        let length = filing.words.chars().count();
        if filing.source == Source::Form && length > FIELD_LIMIT {
            let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
            return Ok(Err(Refusal::TooLong { limit: count(FIELD_LIMIT), length: count(length) }));
        }
        let latest = store::complaint::latest_of(tx, filing.customer.id).await?;
        // A line that was open for the last complaint is tried first, without asking Discord for it again.
        if let Some(Line::Direct { channel }) = latest.as_ref().map(|latest| latest.line) {
            filing.direct = filing.direct.or(Some(channel));
        }
        let latest = latest.filter(|latest| latest.filed.guild == filing.guild);
        let earlier =
            latest.as_ref().map(|latest| Earlier { number: latest.number(), thread: latest.thread });
        let since = self.now() - SAME_FILING;
        let recent = store::complaint::filed_since(tx, filing.customer.id, filing.guild, since).await?;
        let repeated = recent.iter().find(|held| held.filed.words == filing.words && held.stage.is_open());
        if let Some(repeated) = repeated {
            return Ok(Err(Refusal::JustFiled { number: repeated.number() }));
        }
        if let (true, Some(latest)) = (recent.len() >= MOST_FILINGS, &earlier) {
            return Ok(Err(Refusal::FiledOften { number: latest.number }));
        }
        let decision = self.decide_filing(tx, filing, earlier).await?;
        store::complaint::add(tx, &decision.complaint, &decision.entries).await?;
        self.list_changed(tx, decision.complaint.filed.guild, decision.complaint.listed).await?;
        self.arm(tx, &decision.complaint).await?;
        self.post(tx, &decision.complaint, &decision.letters).await?;
        let guild = decision.complaint.filed.guild;
        let answer = match decision.answer {
            Answer::Receipt { complaint, number, lang, within, incidents, listed, .. } => {
                let queue = self.queue(tx, guild).await?;
                Answer::Receipt { complaint, number, lang, within, incidents, listed, queue }
            }
            other => other,
        };
        Ok(Ok((answer, None)))
    }

    async fn decide_filing(
        &self,
        tx: &mut Tx,
        filing: Filing,
        earlier: Option<Earlier>,
    ) -> Result<Decision, StoreError> {
        let suggested = self.shared.matcher.suggest(&filing.words).map(str::to_owned);
        let incidents = self.incidents_for(tx, filing.guild, suggested.as_deref()).await?;
        let id = ComplaintId(store::counter::next(tx, "complaint").await?);
        let number = store::counter::next(tx, &format!("complaint/{}", filing.guild)).await?;
        let policy = self.policy_of(filing.guild);
        let filed = Filed {
            guild: filing.guild,
            number,
            customer: filing.customer,
            lang: filing.lang,
            source: filing.source,
            words: filing.words,
            wish: filing.wish,
            contact: filing.contact,
            files: filing.files,
            since: filing.since,
            direct: filing.direct,
            suggested,
            earlier,
        };
        let told = incidents
            .iter()
            .filter_map(|incident| {
                let version = incident.in_use()?.number;
                Some((incident.id, version, incident.line(filed.lang)?.to_owned()))
            })
            .collect();
        let listed = match incidents.first() {
            Some(incident) => self.place_in_list(tx, incident.id, &policy).await?,
            None => None,
        };
        Ok(decide::file(id, filed, told, listed, &policy, self.now()))
    }
}

/// What a request came to: the answer with the place of a reply, or a refusal.
pub(super) type Carried = Result<(Answer, Option<LetterPlace>), Refusal>;

/// A complaint about to be filed.
pub(super) struct Filing {
    pub(super) guild: GuildId,
    pub(super) customer: Person,
    pub(super) lang: Lang,
    pub(super) source: Source,
    pub(super) words: String,
    pub(super) wish: String,
    pub(super) contact: String,
    pub(super) files: Vec<FileRef>,
    pub(super) since: i64,
    pub(super) direct: Option<ChannelId>,
}
