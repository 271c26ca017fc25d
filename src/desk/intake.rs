//! Direct messages: which complaint one belongs to, and the drafts of those that belong to none.

use std::collections::BTreeMap;

use super::Desk;
use super::ask::{Ask, Asker, Wish};
use super::complaints::Carried;
use super::error::{Error, answered};
use super::filing::Filing;
use crate::domain::command::{Answer, Command, Refusal};
use crate::domain::complaint::{Complaint, FileRef, Line};
use crate::domain::decide::conversation::REOPEN_WITHIN;
use crate::domain::draft::{Desks, Draft, DraftLetter, DraftMessage, DraftStage, FILE_UNSENT, SHOW};
use crate::domain::event::{CloseReason, Entry, Event, Source};
use crate::domain::extra;
use crate::domain::letter::Urgency;
use crate::domain::policy::LineKind;
use crate::kernel::extra::Extra;
use crate::kernel::ids::{ChannelId, ComplaintId, DraftId, GuildId, MessageId, Stream};
use crate::kernel::lang::Lang;
use crate::kernel::people::Actor;
use crate::language::courtesy::Courtesy;
use crate::language::fold;
use crate::store::db::Tx;
use crate::store::timer::Timer;
use crate::store::{self, StoreError, json};

/// A direct message on its way in.
struct Said<'a> {
    channel: ChannelId,
    message: MessageId,
    at: i64,
    text: &'a str,
    files: &'a [FileRef],
    extras: &'a [Extra],
    reply_to: Option<MessageId>,
    desks: &'a Desks,
}

impl Said<'_> {
    /// How it is meant that comes when a matter is over.
    fn meant(&self) -> Courtesy {
        extra::meant(self.text, self.files.len(), self.extras)
    }
}

impl Desk {
    /// Takes in what comes through direct messages.
    pub(super) async fn take_in(&self, tx: &mut Tx, ask: &Ask) -> Result<Carried, Error> {
        let asker = &ask.asker;
        match &ask.wish {
            Wish::Say { channel, message, at, text, files, extras, reply_to, desks } => {
                let (channel, message, at, reply_to) = (*channel, *message, *at, *reply_to);
                self.say(tx, asker, &Said { channel, message, at, text, files, extras, reply_to, desks })
                    .await
            }
            Wish::Change { channel, message, text } => {
                self.change(tx, *channel, *message, text.clone()).await
            }
            Wish::SendDraft { draft } => self.send_draft(tx, asker, *draft, Source::DirectMessage).await,
            Wish::DropDraft { draft } => self.drop_draft(tx, asker, *draft).await,
            Wish::ChooseDesk { draft, guild } => self.choose_desk(tx, asker, *draft, *guild).await,
            Wish::ChooseDraftLanguage { draft, lang } => {
                self.choose_draft_language(tx, asker, *draft, *lang).await
            }
            Wish::Move { message, from, to } => self.move_message(tx, asker, *message, *from, *to).await,
            Wish::File { .. }
            | Wish::Log { .. }
            | Wish::Staff { .. }
            | Wish::Merge { .. }
            | Wish::Customer { .. } => Err(Refusal::Stale.into()),
        }
    }

    async fn say(&self, tx: &mut Tx, asker: &Asker, said: &Said<'_>) -> Result<Carried, Error> {
        if said.files.is_empty() && said.extras.is_empty() && fold::is_blank(said.text) {
            return Err(Refusal::Blank.into());
        }
        // Whoever is in the middle of a burst is not interrupted, whatever else is open.
        let draft = store::draft::open_of(tx, asker.person.id).await?;
        let replied_to = match said.reply_to {
            Some(message) => self.replied_to(tx, asker, message, said).await?,
            None => None,
        };
        if let Some(id) = replied_to {
            return self.heard(tx, asker, id, said, false).await;
        }
        if let Some(draft) = draft {
            return self.gather(tx, draft, said).await;
        }
        let alive = store::complaint::alive_of(tx, asker.person.id).await?;
        if let Some(complaint) = belongs_to(&alive) {
            let open = alive.iter().filter(|held| held.stage.is_open()).count();
            return self.heard(tx, asker, complaint.id, said, open > 1).await;
        }
        let thanks = said.meant() != Courtesy::Matter;
        let latest = store::complaint::latest_of(tx, asker.person.id).await?;
        let recent = latest.filter(|held| {
            let ended = held.ended_at.is_some_and(|ended| self.now() - ended <= REOPEN_WITHIN);
            // Whoever was refused, or withdrew, was told to write here if they see it otherwise.
            let answers = matches!(held.closed, Some(CloseReason::Refused | CloseReason::Withdrawn));
            ended && (thanks || (answers && held.may_reopen(self.now())))
        });
        if let Some(recent) = recent {
            return self.heard(tx, asker, recent.id, said, false).await;
        }
        if said.desks.named.is_empty() {
            return Err(Refusal::NotSetUp.into());
        }
        let (_, preferred) = store::guild::person(tx, asker.person.id).await?;
        let likely = preferred.or_else(|| said.desks.named.keys().next().copied());
        let lang = self.lang_of(tx, asker.person.id, likely).await?;
        let id = DraftId(store::counter::next(tx, "draft").await?);
        let draft = Draft::new(id, asker.person.clone(), lang, said.channel, said.desks.clone(), preferred);
        self.gather(tx, draft, said).await
    }

    /// The complaint of theirs whose message is replied to, unless it ended too long ago or as none: then it is a new matter.
    async fn replied_to(
        &self,
        tx: &mut Tx,
        asker: &Asker,
        message: MessageId,
        said: &Said<'_>,
    ) -> Result<Option<ComplaintId>, StoreError> {
        let Some(id) = store::complaint::by_line_message(tx, message).await? else { return Ok(None) };
        let Some(complaint) = self.mergers().looked_after_in(tx, id).await? else { return Ok(None) };
        // Whatever a request names, nobody speaks in somebody else's matter.
        if complaint.filed.customer.id != asker.person.id {
            return Ok(None);
        }
        let thanks = said.meant() != Courtesy::Matter;
        let hears = complaint.stage.is_open() || complaint.may_reopen(self.now()) || thanks;
        Ok(hears.then_some(complaint.id))
    }

    async fn heard(
        &self,
        tx: &mut Tx,
        asker: &Asker,
        id: ComplaintId,
        said: &Said<'_>,
        sorted: bool,
    ) -> Result<Carried, Error> {
        let (message, text) = (said.message, said.text.to_owned());
        let (files, extras) = (said.files.to_vec(), said.extras.to_vec());
        store::complaint::add_line_message(tx, message, id, self.now()).await?;
        store::complaint::note_place(tx, message, said.channel).await?;
        let by = Actor::Customer(asker.person.clone());
        self.hears_directly(tx, &by, id, said.channel).await?;
        self.membership().find_written(tx, id, &text).await?;
        let carried = self
            .complaints()
            .carry_out(tx, id, &by, Command::CustomerWrote { message, text, files, extras, sorted })
            .await?;
        if !sorted {
            // Where it went is told, so that a second matter is not lost in the first.
            return self.complaints().carry_out(tx, id, &by, Command::Acknowledge { message }).await;
        }
        Ok(carried)
    }

    /// Whoever writes directly is answered there again, in all that is not over; unless the desk prefers private threads.
    async fn hears_directly(
        &self,
        tx: &mut Tx,
        by: &Actor,
        id: ComplaintId,
        channel: ChannelId,
    ) -> Result<(), StoreError> {
        let Actor::Customer(person) = by else { return Ok(()) };
        let mut theirs = store::complaint::alive_of(tx, person.id).await?;
        if theirs.iter().all(|held| held.id != id) {
            theirs.extend(store::complaint::lookup(tx, id).await?);
        }
        theirs.sort_by_key(|held| held.id);
        for held in theirs {
            let elsewhere = matches!(held.line, Line::Thread { .. } | Line::Nowhere { .. });
            let prefers = self.desk_of(held.filed.guild).map_or(LineKind::Dm, |desk| desk.line);
            if (elsewhere || held.direct_closed) && prefers == LineKind::Dm {
                // What cannot be, such as in a complaint that is nobody's any more, changes nothing.
                let _ = answered(
                    self.complaints().carry_out(tx, held.id, by, Command::DirectOpened { channel }).await,
                )?;
            }
        }
        Ok(())
    }

    async fn gather(&self, tx: &mut Tx, mut draft: Draft, said: &Said<'_>) -> Result<Carried, Error> {
        let text = fold::clean_input(said.text);
        let (files, extras) = (said.files.to_vec(), said.extras.to_vec());
        draft.add(DraftMessage { message: said.message, at: said.at, text, files, extras });
        // What Discord did not say of the first message it may say of the next one.
        for guild in draft.unsure.clone() {
            if !said.desks.unsure.contains(&guild) {
                draft.learn(guild, said.desks.named.contains_key(&guild));
            }
        }
        self.keep_draft(tx, &draft).await?;
        Ok((Answer::Silent, None))
    }

    /// Stores a draft and what it waits for.
    pub(super) async fn keep_draft(&self, tx: &mut Tx, draft: &Draft) -> Result<(), StoreError> {
        store::draft::save(tx, draft).await?;
        let timers: Vec<Timer> = draft.timers(&self.policy().filing).into_iter().map(Timer::from).collect();
        store::timer::replace(tx, Stream::Draft(draft.id), &timers).await
    }

    pub(super) async fn post_draft(
        &self,
        tx: &mut Tx,
        id: DraftId,
        letter: &DraftLetter,
    ) -> Result<(), StoreError> {
        let rank = Urgency::Person.rank();
        store::letter::add(tx, Stream::Draft(id), rank, &json::write(letter)?, self.now()).await?;
        Ok(())
    }

    async fn send_draft(
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
        let lang = self.lang_of(tx, asker.person.id, draft.guild).await?;
        self.file_draft(tx, Draft { lang, ..draft }, source).await
    }

    async fn file_draft(&self, tx: &mut Tx, mut draft: Draft, source: Source) -> Result<Carried, Error> {
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
        let carried = answered(self.file(tx, filing).await)?;
        if let Ok((Answer::Receipt { complaint, .. }, _)) = &carried {
            for message in &draft.messages {
                store::complaint::add_line_message(tx, message.message, *complaint, self.now()).await?;
                store::complaint::note_place(tx, message.message, draft.channel).await?;
            }
            if let (Source::Unsent, Some(message)) = (source, draft.shown) {
                self.post_draft(tx, draft.id, &DraftLetter::Settle { message }).await?;
            }
            draft.stage = DraftStage::Filed { complaint: *complaint };
        } else {
            draft.stage = DraftStage::Discarded;
        }
        self.keep_draft(tx, &draft).await?;
        Ok(carried?)
    }

    async fn drop_draft(&self, tx: &mut Tx, asker: &Asker, id: DraftId) -> Result<Carried, Error> {
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
        draft.lang = self.lang_of(tx, asker.person.id, draft.guild).await?;
        self.keep_draft(tx, &draft).await?;
        Ok((Answer::DraftDropped { lang: draft.lang }, None))
    }

    async fn choose_desk(
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
        draft.lang = self.lang_of(tx, asker.person.id, Some(guild)).await?;
        store::guild::choose_guild(tx, asker.person.id, guild).await?;
        self.keep_draft(tx, &draft).await?;
        Ok((Answer::DraftShown { draft: Box::new(draft) }, None))
    }

    async fn choose_draft_language(
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
        self.keep_draft(tx, &draft).await?;
        Ok((Answer::DraftShown { draft: Box::new(draft) }, None))
    }

    async fn move_message(
        &self,
        tx: &mut Tx,
        asker: &Asker,
        message: MessageId,
        from: ComplaintId,
        to: Option<ComplaintId>,
    ) -> Result<Carried, Error> {
        let by = Actor::Customer(asker.person.clone());
        let mine = |complaint: &Complaint| complaint.filed.customer.id == asker.person.id;
        let target = match to {
            Some(to) => match store::complaint::lookup(tx, to).await?.filter(mine) {
                Some(target) => Some(target),
                None => return Err(Refusal::NoComplaint.into()),
            },
            None => None,
        };
        let Some(source) = store::complaint::lookup(tx, from).await?.filter(mine) else {
            return Err(Refusal::NoComplaint.into());
        };
        if store::complaint::by_line_message(tx, message).await? != Some(from) || Some(from) == to {
            return Err(Refusal::Stale.into());
        }
        let journal = store::complaint::journal_in(tx, source.id).await?;
        let extras = came_along(&journal, message);
        let words = journal.into_iter().find_map(|entry| match entry.event {
            Event::CustomerWrote { message: held, text, files } if held == message => {
                Some(DraftMessage { message, at: entry.at, text, files, extras: extras.clone() })
            }
            _ => None,
        });
        let Some(said) = words else { return Err(Refusal::Stale.into()) };
        let moved = Command::MessageMoved { message, to: target.as_ref().map_or(0, Complaint::number) };
        let Some(to) = to else {
            // Where it goes is known before it leaves: whatever is refused, the words stay with somebody.
            let mut draft = self.draft_beside(tx, asker, &source).await?;
            self.complaints().carry_out(tx, from, &by, moved).await?;
            draft.add(said);
            // It is shown back, to be sent: in the answer to this press.
            (draft.stage, draft.stale) = (DraftStage::Shown, false);
            self.keep_draft(tx, &draft).await?;
            return Ok((Answer::DraftShown { draft: Box::new(draft) }, None));
        };
        self.complaints().carry_out(tx, from, &by, moved).await?;
        let DraftMessage { text, files, extras, .. } = said;
        store::complaint::add_line_message(tx, message, to, self.now()).await?;
        self.complaints()
            .carry_out(tx, to, &by, Command::CustomerWrote { message, text, files, extras, sorted: false })
            .await
    }

    /// The draft in which a message that was taken for a part of `source` begins a new matter.
    async fn draft_beside(&self, tx: &mut Tx, asker: &Asker, source: &Complaint) -> Result<Draft, Error> {
        if let Some(draft) = store::draft::open_of(tx, asker.person.id).await? {
            return Ok(draft);
        }
        let direct = match source.line {
            Line::Direct { channel } => Some(channel),
            _ => source.filed.direct,
        };
        let (channel, guild) = (direct.ok_or(Refusal::Stale)?, source.filed.guild);
        let lang = self.lang_of(tx, asker.person.id, Some(guild)).await?;
        let id = DraftId(store::counter::next(tx, "draft").await?);
        let named = BTreeMap::from([(guild, String::new())]);
        let desks = Desks { named, ..Desks::default() };
        Ok(Draft::new(id, asker.person.clone(), lang, channel, desks, Some(guild)))
    }

    /// A draft's timer is due.
    pub(super) async fn draft_fired(&self, tx: &mut Tx, id: DraftId, slot: &str) -> Result<(), StoreError> {
        let Some(mut draft) = store::draft::lookup(tx, id).await? else {
            return store::timer::remove(tx, Stream::Draft(id), slot).await;
        };
        let due = draft.timers(&self.policy().filing).into_iter().find(|(held, _)| held == slot);
        let is_due = due.is_some_and(|(_, due)| due <= self.now());
        match slot {
            SHOW if is_due => self.show_draft(tx, draft).await,
            FILE_UNSENT if is_due && draft.is_blank() => {
                draft.stage = DraftStage::Discarded;
                self.keep_draft(tx, &draft).await
            }
            // Where it belongs is not known: it is asked, and filed then.
            FILE_UNSENT if is_due && draft.guild.is_none() && !draft.unsure.is_empty() => {
                draft.asking = true;
                self.post_draft(tx, draft.id, &DraftLetter::AskDesks).await?;
                self.keep_draft(tx, &draft).await
            }
            FILE_UNSENT if is_due => answered(self.file_draft(tx, draft, Source::Unsent).await).map(|_| ()),
            // It changed meanwhile: wait for what it waits for now.
            _ => self.keep_draft(tx, &draft).await,
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
        self.keep_draft(tx, &draft).await
    }

    async fn show_draft(&self, tx: &mut Tx, mut draft: Draft) -> Result<(), StoreError> {
        draft.stale = false;
        if draft.is_empty() && draft.shown.is_none() {
            draft.stage = DraftStage::Discarded;
            return self.keep_draft(tx, &draft).await;
        }
        if let Some(message) = draft.shown.take() {
            self.post_draft(tx, draft.id, &DraftLetter::TakeBack { message }).await?;
        }
        draft.stage = DraftStage::Shown;
        self.post_draft(tx, draft.id, &DraftLetter::Show).await?;
        self.keep_draft(tx, &draft).await
    }
}

/// What came with a message besides words and files.
fn came_along(journal: &[Entry], message: MessageId) -> Vec<Extra> {
    let of = |entry: &Entry| match &entry.event {
        Event::CameAlong { message: held, extras } if *held == message => Some(extras.clone()),
        _ => None,
    };
    journal.iter().find_map(of).unwrap_or_default()
}

/// The complaint a message without a reply belongs to: the only open one, else the one a person last wrote in, else one
/// that was resolved a short while ago.
fn belongs_to(alive: &[Complaint]) -> Option<&Complaint> {
    alive.iter().find(|complaint| complaint.stage.is_open()).or_else(|| alive.first())
}
