//! Whose data it is: what is held about a person, exported, erased at their wish, and what else they ask about it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Desk;
use super::inbox::{About, Key};
use super::outcome::silence;
use crate::domain::command::Refusal;
use crate::domain::complaint::Complaint;
use crate::domain::data::holding::{Holding, extras};
use crate::domain::data::shape::{Document, Profile};
use crate::domain::data::{self, Asking, Asks, Change, DataRequest, Erased, RequestMessage, export};
use crate::domain::draft::{Draft, DraftStage};
use crate::domain::erasing::{self, Erasure};
use crate::domain::event::Undelivered;
use crate::domain::gate;
use crate::domain::outbox::{OutboxMessage, Urgency};
use crate::features::authority::Said;
use crate::kernel::ids::{ChannelId, ComplaintId, GuildId, MessageId, RequestId, Stream, UserId};
use crate::kernel::lang::Lang;
use crate::kernel::people::{Actor, Person, Rank};
use crate::store::db::Tx;
use crate::store::guild::Known;
use crate::store::timer::Timer;
use crate::store::{self, StoreError, json};

/// What is held about a person.
#[derive(Clone, Debug, Default)]
pub struct Held {
    /// Their complaints, by desk.
    pub desks: BTreeMap<GuildId, Holding>,
    /// Messages that were not sent as a complaint.
    pub drafts: i64,
    /// Their language, and the server they last meant.
    pub known: Known,
    /// Requests about their data that wait for an answer: desk, number, and when it is due (Unix ms).
    pub waiting: Vec<(GuildId, i64, Option<i64>)>,
    /// How many others there were.
    pub closed: i64,
    /// The desk of their latest complaint.
    pub latest: Option<GuildId>,
}

impl Held {
    /// What goes at once at their wish.
    pub fn extras(&self) -> Erased {
        let language = self.known != Known::default();
        let mut extras = Erased { drafts: self.drafts, language, ..Erased::default() };
        for holding in self.desks.values() {
            extras.contacts += holding.extras.contacts;
            extras.wishes += holding.extras.wishes;
            extras.words += holding.extras.words;
        }
        extras
    }
}

/// What somebody asked about their data was told, as it is stored.
#[derive(Serialize, Deserialize)]
#[serde(tag = "told", rename_all = "kebab-case")]
pub enum Done {
    /// What was erased.
    Erased {
        /// So much of what.
        erased: Erased,
    },
    /// A request as it was taken in or answered.
    Request {
        /// Which.
        request: RequestId,
    },
}

/// What people ask about their data.
#[derive(Clone, Copy)]
pub struct DataRequests<'a> {
    pub(super) desk: &'a Desk,
}

impl DataRequests<'_> {
    /// What is held about a person, at one desk or (none) at all of them.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses or a row cannot be read.
    pub async fn held_about(&self, person: UserId, guild: Option<GuildId>) -> Result<Held, StoreError> {
        let mut tx = self.desk.begin().await?;
        let mut held = Held { known: store::guild::known(&mut tx, person).await?, ..Held::default() };
        for id in store::erasing::complaints_of(&mut tx, person, guild).await? {
            let journal = store::complaint::journal_in(&mut tx, id).await?;
            let Some(complaint) = Complaint::replay(id, &journal) else { continue };
            let holding = held.desks.entry(complaint.filed.guild).or_default();
            holding.take_in(&complaint, &journal, self.desk.policy().keep_ms);
            held.latest = Some(complaint.filed.guild);
        }
        for draft in self.drafts_of(&mut tx, person, guild).await? {
            held.drafts += i64::try_from(draft.messages.len()).unwrap_or(i64::MAX);
        }
        for request in store::data_request::all_of(&mut tx, person, guild).await? {
            match request.is_open() {
                true => held.waiting.push((request.guild, request.number, request.schedule.due_at)),
                false => held.closed += 1,
            }
        }
        Ok(held)
    }

    /// A person's data as a document that machines read.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses or a row cannot be read.
    pub async fn export(&self, person: &Person, guild: Option<GuildId>) -> Result<Document, StoreError> {
        let zone =
            self.desk.setup_of(guild.unwrap_or(GuildId(0))).time_zone.unwrap_or(self.desk.policy().zone);
        let mut tx = self.desk.begin().await?;
        let known = store::guild::known(&mut tx, person.id).await?;
        let profile = Profile {
            discord_id: person.id.to_string(),
            name: person.name.clone(),
            language_chosen: known.chosen,
            language_seen: known.seen,
            server_chosen: known.guild.map(|guild| guild.to_string()),
        };
        let mut document = export::document(profile, zone, self.desk.now());
        for id in store::erasing::complaints_of(&mut tx, person.id, guild).await? {
            let journal = store::complaint::journal_in(&mut tx, id).await?;
            let Some(complaint) = Complaint::replay(id, &journal) else { continue };
            let desk = self.named(complaint.filed.guild);
            document.complaints.push(export::case(&complaint, &journal, self.desk.policy().keep_ms, &desk));
        }
        for draft in self.drafts_of(&mut tx, person.id, guild).await? {
            document.drafts.push(export::draft(&draft, zone));
        }
        for request in store::data_request::all_of(&mut tx, person.id, guild).await? {
            document.data_requests.push(export::request(&request, &self.named(request.guild)));
        }
        Ok(document)
    }

    fn named(&self, guild: GuildId) -> export::Desk {
        let setup = self.desk.setup_of(guild);
        let zone = setup.time_zone.unwrap_or(self.desk.policy().zone);
        export::Desk { guild, name: setup.name.unwrap_or_default(), zone }
    }

    /// What a person wrote that became no complaint.
    async fn drafts_of(
        &self,
        tx: &mut Tx,
        person: UserId,
        guild: Option<GuildId>,
    ) -> Result<Vec<Draft>, StoreError> {
        let mut drafts = store::draft::all_of(tx, person).await?;
        drafts.retain(|draft| {
            let unsent = !matches!(draft.stage, DraftStage::Filed { .. });
            unsent && guild.is_none_or(|guild| draft.guilds.contains_key(&guild))
        });
        Ok(drafts)
    }

    /// Erases at a person's wish what need not be kept, and records that it was done. `home` is the desk that records it
    /// where no complaint of theirs names one. A second delivery has the same `key`.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if it could not be stored. What was erased stays erased; asked again, the rest goes.
    pub async fn erase(
        &self,
        key: &Key,
        person: &Person,
        guild: Option<GuildId>,
        home: Option<GuildId>,
    ) -> Result<Result<Erased, Refusal>, StoreError> {
        let mut tx = self.desk.begin().await?;
        if let Some(before) = self.desk.inbox().told_before(&mut tx, key).await? {
            return Ok(before.and_then(|done| match done {
                Done::Erased { erased } => Ok(erased),
                Done::Request { .. } => Err(Refusal::Stale),
            }));
        }
        let complaints = store::erasing::complaints_of(&mut tx, person.id, guild).await?;
        drop(tx);
        // One complaint at a time: nobody waits for another one of the same person.
        let mut of_desks: BTreeMap<GuildId, Erased> = BTreeMap::new();
        for id in complaints {
            if let Some((guild, erased)) = self.trim(id, person).await? {
                let all = of_desks.entry(guild).or_default();
                all.contacts += erased.contacts;
                all.wishes += erased.wishes;
                all.words += erased.words;
            }
        }
        let mut tx = self.desk.begin().await?;
        let known = store::guild::known(&mut tx, person.id).await?;
        let drafts = self.drafts_of(&mut tx, person.id, guild).await?;
        let of_draft = || drafts.iter().find_map(|draft| draft.guilds.keys().next().copied());
        let home = of_desks.keys().next().copied().or(home).or_else(of_draft);
        let home = home.or_else(|| self.desk.desks().first().map(|desk| desk.guild));
        let lang = self.desk.lang_of(&mut tx, person.id, home).await?;
        let mut outbox = Vec::new();
        let mut own = Erased { language: known != Known::default(), ..Erased::default() };
        let mut kept = Vec::new();
        for draft in &drafts {
            own.drafts += i64::try_from(draft.messages.len()).unwrap_or(i64::MAX);
            kept.extend(draft.files().into_iter().map(|file| file.kept));
            if let (true, Some(message)) = (draft.is_open(), draft.shown) {
                outbox.push(RequestMessage::TakeBack { channel: draft.channel, message });
            }
            store::draft::erase(&mut tx, draft.id).await?;
        }
        kept.extend(store::upload::forget_requests_of(&mut tx, person.id).await?);
        outbox.push(RequestMessage::DropFiles { kept, person: person.id });
        store::guild::forget(&mut tx, person.id).await?;
        store::inbox::silence(&mut tx, &silence()?, person.id, None).await?;
        if let Some(home) = home {
            let all = of_desks.entry(home).or_default();
            (all.drafts, all.language) = (own.drafts, own.language);
        }
        let mut total = own;
        for (guild, erased) in of_desks {
            total.contacts += erased.contacts;
            total.wishes += erased.wishes;
            total.words += erased.words;
            if erased.is_nothing() {
                continue;
            }
            let asking = Asking { guild, customer: person.clone(), lang, asks: Asks::Erase { erased } };
            let more = if home == Some(guild) { std::mem::take(&mut outbox) } else { Vec::new() };
            self.record(&mut tx, asking, more).await?;
        }
        self.desk
            .inbox()
            .remember(&mut tx, key, &Ok(Done::Erased { erased: total }), About::default())
            .await?;
        tx.commit().await?;
        self.desk.wake();
        self.desk.retention().scrub(true).await;
        Ok(Ok(total))
    }

    /// Erases of one complaint that has ended what the case file need not hold. Returns what went, and at which desk.
    async fn trim(&self, id: ComplaintId, person: &Person) -> Result<Option<(GuildId, Erased)>, StoreError> {
        let mut tx = self.desk.begin().await?;
        let Some(held) = store::complaint::lookup(&mut tx, id).await? else { return Ok(None) };
        let erased = extras(&held);
        if held.ended_at.is_none() || held.filed.customer.id != person.id {
            return Ok(None);
        }
        // Nobody works on it any more: what quotes it outside its thread has done its work.
        self.desk.retention().strike(&mut tx, &held).await?;
        if erased.is_nothing() {
            tx.commit().await?;
            return Ok(None);
        }
        let journal = store::complaint::journal_in(&mut tx, id).await?;
        let by = Actor::Customer(person.clone());
        let left = erasing::erase(journal, Erasure::Extras, by, self.desk.now());
        let Some(after) = Complaint::replay(id, &left) else {
            return Err(StoreError::inconsistent("journal", "complaint", id.0));
        };
        store::erasing::rewrite(&mut tx, &after, &left).await?;
        store::erasing::rating_words(&mut tx, id).await?;
        self.desk
            .complaints()
            .post(&mut tx, &after, &[OutboxMessage::RefreshCard, OutboxMessage::RefreshBar])
            .await?;
        tx.commit().await?;
        Ok(Some((held.filed.guild, erased)))
    }

    /// Takes in what else a person asks about their data. A second delivery has the same `key`.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if it could not be stored; nothing was done then.
    pub async fn ask(
        &self,
        key: &Key,
        person: &Person,
        lang: Option<Lang>,
        guild: GuildId,
        text: &str,
    ) -> Result<Result<DataRequest, Refusal>, StoreError> {
        let mut tx = self.desk.begin().await?;
        if let Some(before) = self.told_before(&mut tx, key).await? {
            return Ok(before);
        }
        let asked = match (self.desk.desk_of(guild), data::words(text)) {
            (None, _) => Err(Refusal::NotSetUp),
            (_, Err(refusal)) => Err(refusal),
            (Some(_), Ok(text)) => {
                if let Some(lang) = lang {
                    store::guild::see_lang(&mut tx, person.id, lang).await?;
                }
                let lang = self.desk.lang_of(&mut tx, person.id, Some(guild)).await?;
                let asking = Asking { guild, customer: person.clone(), lang, asks: Asks::Other { text } };
                Ok(self.record(&mut tx, asking, Vec::new()).await?)
            }
        };
        self.settle(tx, key, asked).await
    }

    /// A manager answers a request of this guild. Whether they are one is checked before.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if it could not be stored; nothing was done then.
    pub async fn answer(
        &self,
        key: &Key,
        guild: GuildId,
        id: RequestId,
        (by, rank): (&Person, Rank),
        text: &str,
    ) -> Result<Result<DataRequest, Refusal>, StoreError> {
        let mut tx = self.desk.begin().await?;
        if let Some(before) = self.told_before(&mut tx, key).await? {
            return Ok(before);
        }
        let held = store::data_request::lookup(&mut tx, id).await?.filter(|held| held.guild == guild);
        let policy = self.desk.policy_of(guild);
        let answered = held.ok_or(Refusal::NoRequest).and_then(|held| {
            let change = data::answer(held, by.clone(), text, self.desk.now())?;
            gate::words_pass(&[Said::talk(text)], rank, &policy).map(|()| change)
        });
        let answered = match answered {
            Ok(change) => {
                self.keep(&mut tx, &change).await?;
                Ok(change.request)
            }
            Err(refusal) => Err(refusal),
        };
        self.settle(tx, key, answered).await
    }

    async fn told_before(
        &self,
        tx: &mut Tx,
        key: &Key,
    ) -> Result<Option<Result<DataRequest, Refusal>>, StoreError> {
        Ok(match self.desk.inbox().told_before(tx, key).await? {
            None => None,
            Some(Err(refusal)) => Some(Err(refusal)),
            Some(Ok(Done::Erased { .. })) => Some(Err(Refusal::Stale)),
            Some(Ok(Done::Request { request })) => {
                Some(store::data_request::lookup(tx, request).await?.ok_or(Refusal::NoRequest))
            }
        })
    }

    async fn settle(
        &self,
        mut tx: Tx,
        key: &Key,
        asked: Result<DataRequest, Refusal>,
    ) -> Result<Result<DataRequest, Refusal>, StoreError> {
        let told = asked.as_ref().map(|request| Done::Request { request: request.id });
        self.desk.inbox().remember(&mut tx, key, &told.map_err(Clone::clone), About::default()).await?;
        tx.commit().await?;
        self.desk.wake();
        Ok(asked)
    }

    async fn record(
        &self,
        tx: &mut Tx,
        asking: Asking,
        more: Vec<RequestMessage>,
    ) -> Result<DataRequest, StoreError> {
        let id = RequestId(store::counter::next(tx, "data-request").await?);
        let number = store::counter::next(tx, &format!("data-request/{}", asking.guild)).await?;
        let policy = self.desk.policy_of(asking.guild);
        let mut change = data::ask(id, number, asking, &policy, self.desk.now());
        change.outbox.splice(..0, more);
        self.keep(tx, &change).await?;
        Ok(change.request)
    }

    /// Stores a request with its timers and outbox messages in the one transaction.
    async fn keep(&self, tx: &mut Tx, change: &Change) -> Result<(), StoreError> {
        store::data_request::save(tx, &change.request).await?;
        let stream = Stream::Request(change.request.id);
        for fact in &change.facts {
            store::journal::append(tx, stream, fact.at, fact).await?;
        }
        let timers: Vec<Timer> = data::timers(&change.request).into_iter().map(Timer::from).collect();
        store::timer::replace(tx, stream, &timers).await?;
        for outgoing in &change.outbox {
            let urgency = match outgoing {
                RequestMessage::Answer => Urgency::Person,
                RequestMessage::TakeBack { .. }
                | RequestMessage::DropFiles { .. }
                | RequestMessage::Strike { .. } => Urgency::Bulk,
                _ => Urgency::Desk,
            };
            store::outbox::add(tx, stream, urgency.rank(), &json::write(outgoing)?, self.desk.now()).await?;
        }
        Ok(())
    }

    /// A timer of a request is due (`due` in Unix ms). One that its state no longer knows is dropped.
    pub(super) async fn fired(
        &self,
        tx: &mut Tx,
        id: RequestId,
        slot: &str,
        due: i64,
    ) -> Result<(), StoreError> {
        let Some(request) = store::data_request::lookup(tx, id).await? else {
            return store::timer::remove(tx, Stream::Request(id), slot).await;
        };
        let armed = data::timers(&request).contains(&(slot.to_owned(), due));
        let change = match armed {
            true => data::fired(request, slot, self.desk.now()),
            false => Change::none(request),
        };
        self.keep(tx, &change).await
    }

    /// Managers are told of a request in this message.
    pub(super) async fn posted(
        &self,
        tx: &mut Tx,
        id: RequestId,
        channel: ChannelId,
        message: MessageId,
    ) -> Result<(), StoreError> {
        let Some(mut request) = store::data_request::lookup(tx, id).await? else { return Ok(()) };
        request.place = Some((channel, message));
        store::data_request::save(tx, &request).await
    }

    /// The answer to a request stands before the person, or does not.
    pub(super) async fn reached(
        &self,
        tx: &mut Tx,
        id: RequestId,
        lost: Option<Undelivered>,
    ) -> Result<(), StoreError> {
        let Some(request) = store::data_request::lookup(tx, id).await? else { return Ok(()) };
        self.keep(tx, &data::reached(request, lost, self.desk.now())).await
    }
}
