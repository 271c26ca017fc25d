//! What people write, change and delete: brought to the desk in the order of writing.

use super::bot::Bot;
use super::decode::{Change, Said};
use super::files::Room;
use crate::desk::inbox::Key;
use crate::desk::request::{Asker, Request, RequestKind};
use crate::domain::command::{Command, Refusal};
use crate::domain::complaint::FileRef;
use crate::domain::sight::Sight;
use crate::kernel::extra::Extra;
use crate::kernel::ids::{ChannelId, MessageId, UserId};
use crate::kernel::people::Person;
use crate::kernel::people::Rank;
use crate::language::fold;
use crate::sla::hours::version::fingerprint;
use crate::store::{self, StoreError};

impl Bot {
    pub(super) async fn on_message(&self, said: Said) {
        let turn = self.turns().of_message(said.channel, said.message.0);
        turn.comes().await;
        let key = Key::Message(said.message);
        let asker = Asker { person: said.person.clone(), lang: None, rank: Rank::default() };
        let kind = match said.guild {
            Some(_) => self.in_private_thread(&said).await,
            None => self.in_direct(&said, &key).await,
        };
        let kind = match kind {
            Ok(kind) => kind,
            Err(error) => return self.not_stored(&said, &error).await,
        };
        let Some(kind) = kind else { return };
        let request = Request { key, asker, kind, record: None, pressed: None, sight: Sight::Present };
        match self.desk().requests().ask(request).await {
            Ok(outcome) => self.answer_in_channel(&outcome.told, said.channel, said.person.id).await,
            Err(error) => self.not_stored(&said, &error).await,
        }
    }

    async fn not_stored(&self, said: &Said, error: &StoreError) {
        tracing::error!(message.id = said.message.0, %error, "message not stored");
        self.note_unheard(said.channel, said.guild.is_none());
        let told = crate::desk::Told::Refused { refusal: Refusal::NotSaved };
        self.answer_in_channel(&told, said.channel, said.person.id).await;
    }

    async fn in_direct(&self, said: &Said, key: &Key) -> Result<Option<RequestKind>, StoreError> {
        // Read again after a silence, its files are neither fetched nor told to be missing once more.
        if self.desk().requests().has_heard(key).await? {
            return Ok(None);
        }
        let (files, extras) = self.files_of(said, key).await;
        Ok(Some(RequestKind::Say {
            channel: said.channel,
            message: said.message,
            at: said.at,
            text: said.text.clone(),
            files,
            extras,
            reply_to: said.reply_to,
            desks: self.desks_of(said.person.id).await,
        }))
    }

    /// The files of a message that can be had, and what else is in it. The words count without the files that cannot; their
    /// sender is told, and so is whoever reads the words.
    async fn files_of(&self, said: &Said, key: &Key) -> (Vec<FileRef>, Vec<Extra>) {
        let (kept, lost) = {
            let whose = (said.person.id, Room::Customer);
            self.keeper().keep_each(self.sender(), &key.to_string(), whose, &said.files).await
        };
        let mut extras = said.extras.clone();
        for (file, refusal) in lost {
            extras.push(Extra::NotReceived { name: file.name, size: file.size });
            let told = crate::desk::Told::Refused { refusal };
            self.answer_in_channel(&told, said.channel, said.person.id).await;
        }
        (kept, extras)
    }

    /// A message in a private thread with a customer, by that customer.
    async fn in_private_thread(&self, said: &Said) -> Result<Option<RequestKind>, StoreError> {
        let db = self.desk().db();
        let complaint = match store::complaint::by_line(db, said.channel).await {
            Ok(Some(complaint)) => complaint,
            Ok(None) => return Ok(None),
            Err(error) => {
                // It may be any channel of the server, where nobody asked us for an answer.
                tracing::error!(channel.id = said.channel.0, %error, "line not looked up");
                self.desk().watch().failed(&error);
                self.note_unheard(said.channel, false);
                return Ok(None);
            }
        };
        let held = store::complaint::read(db, complaint).await?;
        if held.is_none_or(|held| held.filed.customer.id != said.person.id) {
            return Ok(None);
        }
        let message = said.message;
        let command = if said.withheld {
            Command::CustomerWroteUnread { message }
        } else {
            let key = Key::Message(message);
            if self.desk().requests().has_heard(&key).await? {
                return Ok(None);
            }
            let (files, extras) = self.files_of(said, &key).await;
            if fold::is_blank(&said.text) && files.is_empty() && extras.is_empty() {
                self.desk().requests().note_heard(&key).await?;
                return Ok(None);
            }
            Command::CustomerWrote { message, text: said.text.clone(), files, extras, sorted: false }
        };
        Ok(Some(RequestKind::Customer { complaint, command }))
    }

    /// A message was changed, or Discord adds something to it. Where it does not say which, the words tell.
    pub(super) async fn on_changed(&self, change: Change) {
        let Change { channel, message, text, edited_at, withheld } = change;
        if withheld && !self.settings().message_content {
            return;
        }
        let key = match edited_at {
            // To the millisecond: somebody may correct themselves twice within one second.
            Some(at) => Key::Changed(message, at.to_string()),
            None => match self.desk().intake().is_known(channel, message).await {
                Ok(true) => Key::Changed(message, fingerprint(&text)),
                Ok(false) => return,
                Err(error) => {
                    tracing::error!(message.id = message.0, %error, "change not looked up");
                    self.desk().watch().failed(&error);
                    return self.note_unheard(channel, false);
                }
            },
        };
        self.on_change(key, channel, message, Some(text)).await;
    }

    /// A message was deleted.
    pub(super) async fn on_deleted(&self, channel: ChannelId, message: MessageId) {
        self.on_change(Key::Deleted(message), channel, message, None).await;
    }

    async fn on_change(&self, key: Key, channel: ChannelId, message: MessageId, text: Option<String>) {
        let turn = self.turns().last(channel);
        turn.comes().await;
        // Who deleted is not told; the desk knows whose message it was.
        let person = Person { id: UserId(0), name: String::new() };
        let asker = Asker { person, lang: None, rank: Rank::default() };
        let kind = RequestKind::Change { channel, message, text };
        if let Err(error) = self
            .desk()
            .requests()
            .ask(Request { key, asker, kind, record: None, pressed: None, sight: Sight::Present })
            .await
        {
            tracing::error!(message.id = message.0, %error, "change not stored");
            self.note_unheard(channel, false);
        }
    }
}
