//! Messages that were changed or deleted, while somebody listened and while nobody did.

use super::Desk;
use super::ask::Ask;
use super::complaints::Carried;
use super::error::Error;
use super::inbox::Key;
use crate::domain::command::{Answer, Command, Refusal};
use crate::domain::complaint::{Complaint, Line};
use crate::domain::draft::{DraftLetter, DraftStage};
use crate::domain::event::Event;
use crate::kernel::ids::{ChannelId, ComplaintId, MessageId};
use crate::kernel::people::Actor;
use crate::language::fold;
use crate::store::db::Tx;
use crate::store::{self, StoreError};

impl Desk {
    /// Whether a message was written to the desk and heard: one of a line, or one of a draft that is being written.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses.
    pub async fn is_known(&self, channel: ChannelId, message: MessageId) -> Result<bool, StoreError> {
        let mut tx = self.begin().await?;
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
        let mut tx = self.begin().await?;
        let mut heard = store::complaint::messages_in(&mut tx, channel, since).await?;
        if let Some(draft) = store::draft::open_in(&mut tx, channel).await? {
            heard.extend(draft.messages.iter().map(|held| held.message).filter(|held| *held >= since));
        }
        Ok(heard)
    }

    /// Notes in which private thread a message was written, so that it can be looked for there.
    pub(super) async fn note_line_place(
        &self,
        tx: &mut Tx,
        ask: &Ask,
        complaint: ComplaintId,
    ) -> Result<(), StoreError> {
        let Key::Message(message) = ask.key else { return Ok(()) };
        let held = store::complaint::lookup(tx, complaint).await?;
        match held.map(|held| held.line) {
            Some(Line::Thread { channel }) => store::complaint::note_place(tx, message, channel).await,
            _ => Ok(()),
        }
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

    pub(super) async fn change(
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
                    self.post_draft(tx, draft.id, &DraftLetter::TakeBack { message }).await?;
                }
            }
            self.keep_draft(tx, &draft).await?;
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
            self.membership().find_written(tx, id, &fold::clean_input(text)).await?;
        }
        // Discord tells of a deletion without its author: only the customer's own messages are noted here.
        let by = Actor::Customer(complaint.filed.customer.clone());
        let command = match text {
            Some(text) => Command::CustomerEdited { message, text },
            None => Command::CustomerDeleted { message },
        };
        self.complaints().carry_out(tx, id, &by, command).await
    }
}
