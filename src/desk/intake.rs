//! Messages of customers: which complaint one belongs to, and what becomes of one that was changed or deleted, while somebody
//! listened and while nobody did.

use std::collections::BTreeMap;

use super::Desk;
use super::complaints::Carried;
use super::error::{Error, answered};
use super::inbox::Key;
use super::request::{Asker, Request, RequestKind};
use crate::domain::command::{Answer, Command, Refusal};
use crate::domain::complaint::{Complaint, FileRef, Line};
use crate::domain::decide::conversation::REOPEN_WITHIN;
use crate::domain::draft::{Desks, Draft, DraftMessage, DraftOutboxMessage, DraftStage};
use crate::domain::event::{CloseReason, Entry, Event, Source};
use crate::domain::extra;
use crate::domain::policy::LineKind;
use crate::kernel::extra::Extra;
use crate::kernel::ids::{ChannelId, ComplaintId, DraftId, MessageId};
use crate::kernel::people::Actor;
use crate::language::courtesy::Courtesy;
use crate::language::fold;
use crate::store::db::Tx;
use crate::store::{self, StoreError};

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

/// Messages that customers write.
#[derive(Clone, Copy)]
pub struct Intake<'a> {
    pub(super) desk: &'a Desk,
}

impl Intake<'_> {
    /// Takes in what comes through direct messages.
    pub(super) async fn take_in(&self, tx: &mut Tx, request: &Request) -> Result<Carried, Error> {
        let asker = &request.asker;
        match &request.kind {
            RequestKind::Say { channel, message, at, text, files, extras, reply_to, desks } => {
                let (channel, message, at, reply_to) = (*channel, *message, *at, *reply_to);
                self.say(tx, asker, &Said { channel, message, at, text, files, extras, reply_to, desks })
                    .await
            }
            RequestKind::Change { channel, message, text } => {
                self.change(tx, *channel, *message, text.clone()).await
            }
            RequestKind::SendDraft { draft } => {
                self.desk.drafts().send(tx, asker, *draft, Source::DirectMessage).await
            }
            RequestKind::DropDraft { draft } => self.desk.drafts().discard(tx, asker, *draft).await,
            RequestKind::ChooseDesk { draft, guild } => {
                self.desk.drafts().choose_desk(tx, asker, *draft, *guild).await
            }
            RequestKind::ChooseDraftLanguage { draft, lang } => {
                self.desk.drafts().choose_language(tx, asker, *draft, *lang).await
            }
            RequestKind::Move { message, from, to } => {
                self.move_message(tx, asker, *message, *from, *to).await
            }
            RequestKind::File { .. }
            | RequestKind::Log { .. }
            | RequestKind::Staff { .. }
            | RequestKind::Merge { .. }
            | RequestKind::Customer { .. } => Err(Refusal::Stale.into()),
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
            let ended = held.ended_at.is_some_and(|ended| self.desk.now() - ended <= REOPEN_WITHIN);
            // Whoever was refused, or withdrew, was told to write here if they see it otherwise.
            let answers = matches!(held.closed, Some(CloseReason::Refused | CloseReason::Withdrawn));
            ended && (thanks || (answers && held.may_reopen(self.desk.now())))
        });
        if let Some(recent) = recent {
            return self.heard(tx, asker, recent.id, said, false).await;
        }
        if said.desks.named.is_empty() {
            return Err(Refusal::NotSetUp.into());
        }
        let (_, preferred) = store::guild::person(tx, asker.person.id).await?;
        let likely = preferred.or_else(|| said.desks.named.keys().next().copied());
        let lang = self.desk.lang_of(tx, asker.person.id, likely).await?;
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
        let Some(complaint) = self.desk.mergers().looked_after_in(tx, id).await? else { return Ok(None) };
        // Whatever a request names, nobody speaks in somebody else's matter.
        if complaint.filed.customer.id != asker.person.id {
            return Ok(None);
        }
        let thanks = said.meant() != Courtesy::Matter;
        let hears = complaint.stage.is_open() || complaint.may_reopen(self.desk.now()) || thanks;
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
        store::complaint::add_line_message(tx, message, id, self.desk.now()).await?;
        store::complaint::note_place(tx, message, said.channel).await?;
        let by = Actor::Customer(asker.person.clone());
        self.hears_directly(tx, &by, id, said.channel).await?;
        self.desk.membership().find_written(tx, id, &text).await?;
        let carried = self
            .desk
            .complaints()
            .carry_out(tx, id, &by, Command::CustomerWrote { message, text, files, extras, sorted })
            .await?;
        if !sorted {
            // Where it went is told, so that a second matter is not lost in the first.
            return self.desk.complaints().carry_out(tx, id, &by, Command::Acknowledge { message }).await;
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
            let prefers = self.desk.desk_of(held.filed.guild).map_or(LineKind::Dm, |desk| desk.line);
            if (elsewhere || held.direct_closed) && prefers == LineKind::Dm {
                // What cannot be, such as in a complaint that is nobody's any more, changes nothing.
                let _ = answered(
                    self.desk
                        .complaints()
                        .carry_out(tx, held.id, by, Command::DirectOpened { channel })
                        .await,
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
        self.desk.drafts().keep(tx, &draft).await?;
        Ok((Answer::Silent, None))
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
            self.desk.complaints().carry_out(tx, from, &by, moved).await?;
            draft.add(said);
            // It is shown back, to be sent: in the answer to this press.
            (draft.stage, draft.stale) = (DraftStage::Shown, false);
            self.desk.drafts().keep(tx, &draft).await?;
            return Ok((Answer::DraftShown { draft: Box::new(draft) }, None));
        };
        self.desk.complaints().carry_out(tx, from, &by, moved).await?;
        let DraftMessage { text, files, extras, .. } = said;
        store::complaint::add_line_message(tx, message, to, self.desk.now()).await?;
        self.desk
            .complaints()
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
        let lang = self.desk.lang_of(tx, asker.person.id, Some(guild)).await?;
        let id = DraftId(store::counter::next(tx, "draft").await?);
        let named = BTreeMap::from([(guild, String::new())]);
        let desks = Desks { named, ..Desks::default() };
        Ok(Draft::new(id, asker.person.clone(), lang, channel, desks, Some(guild)))
    }

    async fn change(
        &self,
        tx: &mut Tx,
        channel: ChannelId,
        message: MessageId,
        text: Option<String>,
    ) -> Result<Carried, Error> {
        if let Some(mut draft) = store::draft::open_in(tx, channel).await?
            && draft.change(message, text.as_deref().map(fold::clean_input))
        {
            if draft.messages.is_empty() {
                // Everything was taken back, so nothing is asked either.
                draft.stage = DraftStage::Discarded;
                if let Some(message) = draft.shown.take() {
                    self.desk.drafts().post(tx, draft.id, &DraftOutboxMessage::TakeBack { message }).await?;
                }
            }
            self.desk.drafts().keep(tx, &draft).await?;
            return Ok((Answer::Silent, None));
        }
        let Some(id) = store::complaint::by_line_message(tx, message).await? else {
            return Ok((Answer::Silent, None));
        };
        let Some(complaint) = store::complaint::lookup(tx, id).await? else {
            return Err(Refusal::NoComplaint.into());
        };
        let stands = self.standing_words(tx, &complaint, message).await?;
        if stands.is_some() && stands == text.as_deref().map(fold::clean_input) {
            // Discord added a preview, or tells once more what was heard.
            return Ok((Answer::Silent, None));
        }
        if let Some(text) = &text {
            self.desk.membership().find_written(tx, id, &fold::clean_input(text)).await?;
        }
        // Discord tells of a deletion without its author: only the customer's own messages are noted here.
        let by = Actor::Customer(complaint.filed.customer.clone());
        let command = match text {
            Some(text) => Command::CustomerEdited { message, text },
            None => Command::CustomerDeleted { message },
        };
        self.desk.complaints().carry_out(tx, id, &by, command).await
    }

    /// What a message says as far as the desk knows: its words as they were written, or changed since.
    async fn standing_words(
        &self,
        tx: &mut Tx,
        complaint: &Complaint,
        message: MessageId,
    ) -> Result<Option<String>, StoreError> {
        let journal = store::complaint::journal_in(tx, complaint.id).await?;
        let changed = journal.iter().rev().find_map(|entry| match &entry.event {
            Event::CustomerEdited { message: held, text, .. } if *held == message => Some(text.clone()),
            Event::CustomerWrote { message: held, text, .. } if *held == message => Some(text.clone()),
            _ => None,
        });
        if changed.is_some() {
            return Ok(changed);
        }
        // One of the burst that became the complaint.
        let drafts = store::draft::all_of(tx, complaint.filed.customer.id).await?;
        let mut messages = drafts.into_iter().flat_map(|draft| draft.messages);
        Ok(messages.find(|held| held.message == message).map(|held| held.text))
    }

    /// Notes in which private thread a message was written, so that it can be looked for there.
    pub(super) async fn note_line_place(
        &self,
        tx: &mut Tx,
        request: &Request,
        complaint: ComplaintId,
    ) -> Result<(), StoreError> {
        let Key::Message(message) = request.key else { return Ok(()) };
        let held = store::complaint::lookup(tx, complaint).await?;
        match held.map(|held| held.line) {
            Some(Line::Thread { channel }) => store::complaint::note_place(tx, message, channel).await,
            _ => Ok(()),
        }
    }

    /// Whether a message was written to the desk and heard: one of a line, or one of a draft that is being written.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses.
    pub async fn is_known(&self, channel: ChannelId, message: MessageId) -> Result<bool, StoreError> {
        let mut tx = self.desk.begin().await?;
        if store::complaint::by_line_message(&mut tx, message).await?.is_some() {
            return Ok(true);
        }
        let draft = store::draft::open_in(&mut tx, channel).await?;
        Ok(draft.is_some_and(|draft| draft.messages.iter().any(|held| held.message == message)))
    }

    /// The messages that customers wrote in a channel from `since` on, as far as they were heard.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses.
    pub async fn heard_in(&self, channel: ChannelId, since: MessageId) -> Result<Vec<MessageId>, StoreError> {
        let mut tx = self.desk.begin().await?;
        let mut heard = store::complaint::messages_in(&mut tx, channel, since).await?;
        if let Some(draft) = store::draft::open_in(&mut tx, channel).await? {
            heard.extend(draft.messages.iter().map(|held| held.message).filter(|held| *held >= since));
        }
        Ok(heard)
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
