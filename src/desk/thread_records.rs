//! The answer to somebody in a thread as its record: kept with the deed, in case it does not come to stand there. Where it
//! stands, no outbox message is needed for what it shows.

use super::Desk;
use super::complaints::Carried;
use super::delivery_outcome::OutboxPlace;
use super::error::Error;
use super::public_answer::{PublicAnswer, kept_record};
use super::request::Asker;
use super::stream_lock::lock_stream;
use crate::domain::command::{Answer, Delivery};
use crate::domain::outbox::OutboxMessage;
use crate::domain::procedure::Done;
use crate::domain::prompt::{Asks, Prompt};
use crate::kernel::ids::{ChannelId, ComplaintId, MessageId};
use crate::store::db::Tx;
use crate::store::{self, StoreError, json};

/// Within this while (ms) the answer to a press on the action bar shows the new bar, or never will.
const BAR_SHOWN: i64 = 5_000;

/// Whether the bar says all that the answer would.
pub(super) fn carries(answer: &Answer) -> bool {
    match answer {
        Answer::Claimed { .. } | Answer::Classified { .. } => true,
        Answer::Procedure { done } => matches!(**done, Done::VulnerableSaid { .. }),
        _ => false,
    }
}

/// The records of what was asked in threads.
#[derive(Clone, Copy)]
pub struct ThreadRecords<'a> {
    pub(super) desk: &'a Desk,
}

impl ThreadRecords<'_> {
    /// Whether an answer stands in the thread of the complaint it is about, if it stands where it was asked for.
    pub(super) async fn is_in_thread(
        &self,
        tx: &mut Tx,
        record: Option<PublicAnswer>,
        about: Option<ComplaintId>,
    ) -> Result<bool, StoreError> {
        let (Some(public), Some(_)) = (record, about) else { return Ok(false) };
        Ok(store::complaint::by_thread(tx, public.channel).await? == about)
    }

    /// Keeps the answer to what was asked in a thread, in case it does not come to stand there.
    pub(super) async fn keep(
        &self,
        tx: &mut Tx,
        asker: &Asker,
        thread: ChannelId,
        record: Option<PublicAnswer>,
        carried: Carried,
    ) -> Result<Carried, Error> {
        let Some(public) = record else { return Ok(carried) };
        let (answer, _) = &carried;
        let here = store::complaint::by_thread(tx, thread).await?;
        let held = match here {
            Some(id) => store::complaint::lookup(tx, id).await?,
            None => None,
        };
        let Some(held) = held else { return Ok(carried) };
        let outbox: Vec<OutboxMessage> = kept_record(&asker.person, answer, public).into_iter().collect();
        let place = self.desk.complaints().post(tx, &held, &outbox).await?;
        Ok((carried.0, place))
    }

    /// The answer to whoever asked stands in the thread, in this message if it is known: the outbox message with its record
    /// is not needed.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses; the thread is looked through before the record is posted then.
    pub async fn stands(
        &self,
        record: OutboxPlace,
        stands: Option<(ChannelId, MessageId)>,
    ) -> Result<(), StoreError> {
        let mut tx = self.desk.db().begin().await?;
        lock_stream(&mut tx, record.0).await?;
        let asks = match stands {
            Some(_) => self.asked_by(&mut tx, record).await?,
            None => None,
        };
        store::outbox::done(&mut tx, record.0, record.1).await?;
        if let (Some(asks), Some((channel, message)), Some(id)) = (asks, stands, record.0.complaint()) {
            self.desk
                .complaints()
                .learn(&mut tx, id, Delivery::Prompt { prompt: Prompt { asks, channel, message } })
                .await?;
        }
        tx.commit().await?;
        self.desk.wake();
        Ok(())
    }

    /// The answer was given to the asking person alone: the outbox message with its record waits no longer.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses; the record comes when its grace is over then.
    pub async fn is_due(&self, record: OutboxPlace) -> Result<(), StoreError> {
        let mut tx = self.desk.db().begin().await?;
        lock_stream(&mut tx, record.0).await?;
        store::outbox::bring_forward(&mut tx, record.0, record.1, self.desk.now()).await?;
        tx.commit().await?;
        self.desk.wake();
        Ok(())
    }

    /// What an answer asks whose record this outbox message would be.
    async fn asked_by(
        &self,
        tx: &mut store::db::Tx,
        record: OutboxPlace,
    ) -> Result<Option<Asks>, StoreError> {
        let Some(body) = store::outbox::body(tx, record.0, record.1).await? else { return Ok(None) };
        Ok(match json::read("letter", &body)? {
            OutboxMessage::ToThread { post } => Asks::of_thread(&post),
            _ => None,
        })
    }

    /// Where the action bar itself was pressed, its refresh waits until the answer to the press shows the new one.
    pub(super) async fn bar_carried(
        &self,
        tx: &mut Tx,
        about: ComplaintId,
        pressed: Option<(ChannelId, MessageId)>,
    ) -> Result<Option<OutboxPlace>, StoreError> {
        let Some(complaint) = store::complaint::lookup(tx, about).await? else { return Ok(None) };
        let pressed = pressed.map(|(_, message)| message);
        if pressed.is_none() || complaint.bar != pressed {
            return Ok(None);
        }
        let (stream, body) =
            (OutboxMessage::RefreshBar.stream(about), json::write(&OutboxMessage::RefreshBar)?);
        let place = store::outbox::put_off(tx, stream, &body, self.desk.now() + BAR_SHOWN).await?;
        Ok(place.map(|seq| (stream, seq)))
    }

    /// The answer to a press takes the place of its message, and its buttons with it: nobody has to take them away.
    pub(super) async fn prompt_answered(
        &self,
        tx: &mut Tx,
        about: ComplaintId,
        pressed: Option<(ChannelId, MessageId)>,
    ) -> Result<(), StoreError> {
        let Some((channel, message)) = pressed else { return Ok(()) };
        for to_customer in [false, true] {
            let outgoing = OutboxMessage::ClosePrompt { channel, message, to_customer };
            let (stream, body) = (outgoing.stream(about), json::write(&outgoing)?);
            if let Some(seq) = store::outbox::put_off(tx, stream, &body, self.desk.now()).await? {
                store::outbox::done(tx, stream, seq).await?;
            }
        }
        Ok(())
    }
}
