//! Drafts: direct messages that belong to no complaint, gathered until they are filed or dropped.

use super::Desk;
use super::complaints::Carried;
use super::error::{Error, answered};
use super::filings::Filing;
use super::request::Asker;
use crate::domain::command::{Answer, Refusal};
use crate::domain::draft::{Draft, DraftOutboxMessage, DraftStage, FILE_UNSENT, SHOW};
use crate::domain::event::Source;
use crate::domain::outbox::Urgency;
use crate::kernel::ids::{DraftId, GuildId, MessageId, Stream};
use crate::kernel::lang::Lang;
use crate::store::db::Tx;
use crate::store::timer::Timer;
use crate::store::{self, StoreError, json};

/// Drafts: what somebody is about to file.
#[derive(Clone, Copy)]
pub struct Drafts<'a> {
    pub(super) desk: &'a Desk,
}

impl Drafts<'_> {
    /// Stores a draft and what it waits for.
    pub(super) async fn keep(&self, tx: &mut Tx, draft: &Draft) -> Result<(), StoreError> {
        store::draft::save(tx, draft).await?;
        let timers: Vec<Timer> =
            draft.timers(&self.desk.policy().filing).into_iter().map(Timer::from).collect();
        store::timer::replace(tx, Stream::Draft(draft.id), &timers).await
    }

    pub(super) async fn post(
        &self,
        tx: &mut Tx,
        id: DraftId,
        outgoing: &DraftOutboxMessage,
    ) -> Result<(), StoreError> {
        let rank = Urgency::Person.rank();
        store::outbox::add(tx, Stream::Draft(id), rank, &json::write(outgoing)?, self.desk.now()).await?;
        Ok(())
    }

    pub(super) async fn send(
        &self,
        tx: &mut Tx,
        asker: &Asker,
        id: DraftId,
        source: Source,
    ) -> Result<Carried, Error> {
        let Some(draft) = store::draft::lookup(tx, id).await? else { return Err(Refusal::DraftGone.into()) };
        if draft.customer.id != asker.person.id {
            return Err(Refusal::CustomerOnly.into());
        }
        if !draft.is_open() {
            return Err(Refusal::DraftGone.into());
        }
        // A message does not tell its writer's language, a press does.
        let lang = self.desk.lang_of(tx, asker.person.id, draft.guild).await?;
        self.file(tx, Draft { lang, ..draft }, source).await
    }

    async fn file(&self, tx: &mut Tx, mut draft: Draft, source: Source) -> Result<Carried, Error> {
        let guild = match (draft.guild, source) {
            (Some(guild), _) => guild,
            (None, Source::DirectMessage) if !draft.guilds.is_empty() => return Err(Refusal::NoDesk.into()),
            // Nobody said which desk: the first one rather than none, so that it is read by a person.
            (None, _) => match draft.guilds.keys().next() {
                Some(first) => *first,
                None => return Err(Refusal::NotSetUp.into()),
            },
        };
        let filing = Filing {
            guild,
            customer: draft.customer.clone(),
            lang: draft.lang,
            source,
            words: draft.words(),
            wish: String::new(),
            contact: String::new(),
            files: draft.files(),
            extras: draft.extras(),
            since: draft.since(),
            direct: Some(draft.channel),
            spoken: None,
        };
        let carried = answered(self.desk.filings().file(tx, filing).await)?;
        if let Ok((Answer::Receipt { complaint, .. }, _)) = &carried {
            for message in &draft.messages {
                store::complaint::add_line_message(tx, message.message, *complaint, self.desk.now()).await?;
                store::complaint::note_place(tx, message.message, draft.channel).await?;
            }
            if let (Source::Unsent, Some(message)) = (source, draft.shown) {
                self.post(tx, draft.id, &DraftOutboxMessage::Settle { message }).await?;
            }
            draft.stage = DraftStage::Filed { complaint: *complaint };
        } else {
            draft.stage = DraftStage::Discarded;
        }
        self.keep(tx, &draft).await?;
        Ok(carried?)
    }

    pub(super) async fn discard(&self, tx: &mut Tx, asker: &Asker, id: DraftId) -> Result<Carried, Error> {
        let Some(mut draft) = store::draft::lookup(tx, id).await? else {
            return Err(Refusal::DraftGone.into());
        };
        if draft.customer.id != asker.person.id {
            return Err(Refusal::CustomerOnly.into());
        }
        if !draft.is_open() {
            return Err(Refusal::DraftGone.into());
        }
        draft.stage = DraftStage::Discarded;
        draft.lang = self.desk.lang_of(tx, asker.person.id, draft.guild).await?;
        self.keep(tx, &draft).await?;
        Ok((Answer::DraftDropped { lang: draft.lang }, None))
    }

    pub(super) async fn choose_desk(
        &self,
        tx: &mut Tx,
        asker: &Asker,
        id: DraftId,
        guild: GuildId,
    ) -> Result<Carried, Error> {
        let draft = store::draft::lookup(tx, id).await?;
        let Some(mut draft) = draft.filter(|draft| draft.customer.id == asker.person.id) else {
            return Err(Refusal::DraftGone.into());
        };
        if !draft.is_open() || !draft.guilds.contains_key(&guild) {
            return Err(Refusal::DraftGone.into());
        }
        draft.guild = Some(guild);
        draft.lang = self.desk.lang_of(tx, asker.person.id, Some(guild)).await?;
        store::guild::choose_guild(tx, asker.person.id, guild).await?;
        self.keep(tx, &draft).await?;
        Ok((Answer::DraftShown { draft: Box::new(draft) }, None))
    }

    pub(super) async fn choose_language(
        &self,
        tx: &mut Tx,
        asker: &Asker,
        id: DraftId,
        lang: Lang,
    ) -> Result<Carried, Error> {
        let draft = store::draft::lookup(tx, id).await?;
        let Some(mut draft) = draft.filter(|draft| draft.customer.id == asker.person.id && draft.is_open())
        else {
            return Err(Refusal::DraftGone.into());
        };
        draft.lang = lang;
        store::guild::choose_lang(tx, asker.person.id, lang).await?;
        self.keep(tx, &draft).await?;
        Ok((Answer::DraftShown { draft: Box::new(draft) }, None))
    }

    /// A draft's timer is due.
    pub(super) async fn fired(&self, tx: &mut Tx, id: DraftId, slot: &str) -> Result<(), StoreError> {
        let Some(mut draft) = store::draft::lookup(tx, id).await? else {
            return store::timer::remove(tx, Stream::Draft(id), slot).await;
        };
        let due = draft.timers(&self.desk.policy().filing).into_iter().find(|(held, _)| held == slot);
        let is_due = due.is_some_and(|(_, due)| due <= self.desk.now());
        match slot {
            SHOW if is_due => self.show(tx, draft).await,
            FILE_UNSENT if is_due && draft.is_blank() => {
                draft.stage = DraftStage::Discarded;
                self.keep(tx, &draft).await
            }
            // Where it belongs is not known: it is asked, and filed then.
            FILE_UNSENT if is_due && draft.guild.is_none() && !draft.unsure.is_empty() => {
                draft.asking = true;
                self.post(tx, draft.id, &DraftOutboxMessage::AskDesks).await?;
                self.keep(tx, &draft).await
            }
            FILE_UNSENT if is_due => answered(self.file(tx, draft, Source::Unsent).await).map(|_| ()),
            // It changed meanwhile: wait for what it waits for now.
            _ => self.keep(tx, &draft).await,
        }
    }

    /// Discord said which servers the customer of a draft is on.
    pub(super) async fn desks_known(
        &self,
        tx: &mut Tx,
        id: DraftId,
        known: &[(GuildId, bool)],
    ) -> Result<(), StoreError> {
        let Some(mut draft) = store::draft::lookup(tx, id).await? else { return Ok(()) };
        draft.asking = false;
        for (guild, is_member) in known {
            draft.learn(*guild, *is_member);
        }
        if draft.guilds.is_empty() && draft.is_open() {
            draft.stage = DraftStage::Discarded;
        }
        self.keep(tx, &draft).await
    }

    async fn show(&self, tx: &mut Tx, mut draft: Draft) -> Result<(), StoreError> {
        draft.stale = false;
        if draft.is_empty() && draft.shown.is_none() {
            draft.stage = DraftStage::Discarded;
            return self.keep(tx, &draft).await;
        }
        if let Some(message) = draft.shown.take() {
            self.post(tx, draft.id, &DraftOutboxMessage::TakeBack { message }).await?;
        }
        draft.stage = DraftStage::Shown;
        self.post(tx, draft.id, &DraftOutboxMessage::Show).await?;
        self.keep(tx, &draft).await
    }

    pub(super) async fn shown(
        &self,
        tx: &mut store::db::Tx,
        id: DraftId,
        message: MessageId,
    ) -> Result<(), StoreError> {
        let Some(mut draft) = store::draft::lookup(tx, id).await? else { return Ok(()) };
        draft.shown = Some(message);
        self.keep(tx, &draft).await
    }
}
