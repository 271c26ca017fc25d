//! The outbox: takes the oldest undone outbox message of each stream, has it brought to Discord, and stores what came of it.

use futures::StreamExt;

use super::Desk;
use super::delivery_outcome::DeliveryOutcome;
use super::parcel::{Brought, Content, Courier, Noted, Parcel};
use super::stream_lock::lock_stream;
use crate::domain::command::{Delivery, ToCustomer};
use crate::domain::event::Undelivered;
use crate::domain::outbox::{OutboxMessage, Urgency};
use crate::kernel::ids::Stream;
use crate::store::outbox::Claimed;
use crate::store::{self, StoreError, json};

/// How long a taken outbox message is nobody else's (ms).
const LEASE: i64 = 60_000;
/// The longest wait between two tries (ms).
const LONGEST_WAIT: i64 = 5 * 60_000;
/// An outbox message that could not be brought for so long (ms) after its first try is given up and shown to managers: within
/// it somebody sees that a permission is missing, even over Tết.
const GIVE_UP_AFTER: i64 = 14 * 24 * 60 * 60_000;

/// Outbox messages on their way to Discord.
#[derive(Clone, Copy)]
pub struct Outbox<'a> {
    pub(super) desk: &'a Desk,
}

impl Outbox<'_> {
    /// Takes up to `most` outbox messages that are due and at least this urgent, and has them brought, `most` at a time. Returns
    /// how many were taken.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses; the lease brings the outbox messages back.
    pub async fn run(
        &self,
        courier: &impl Courier,
        most: usize,
        urgency: Urgency,
    ) -> Result<usize, StoreError> {
        let now = self.desk.now();
        let limit = i64::try_from(most).unwrap_or(i64::MAX);
        let claimed =
            store::outbox::claim(self.desk.db(), now, now + LEASE, limit, urgency.rank(), self.desk.owner())
                .await?;
        let taken = claimed.len();
        let results: Vec<Result<(), StoreError>> =
            futures::stream::iter(claimed.into_iter().map(|outgoing| self.handle(courier, outgoing)))
                .buffer_unordered(most.max(1))
                .collect()
                .await;
        results.into_iter().collect::<Result<(), StoreError>>().map(|()| taken)
    }

    async fn handle(&self, courier: &impl Courier, outgoing: Claimed) -> Result<(), StoreError> {
        let brought = match self.open_message(&outgoing).await? {
            Some(content) => {
                let Claimed { stream, seq, made_at, tried_at, .. } = outgoing;
                let parcel = Parcel { stream, seq, made_at, tried_at, content, posted: Noted::default() };
                let brought = Box::pin(courier.bring(&parcel)).await;
                self.note_posted(&parcel.posted).await?;
                (brought, Some(parcel.content))
            }
            None => (Brought::Done, None),
        };
        Box::pin(self.record(&outgoing, brought.0, brought.1)).await
    }

    /// Writes down what stands on Discord, before anything else: should this process die now, it is found again and noted once
    /// more.
    async fn note_posted(&self, noted: &Noted) -> Result<(), StoreError> {
        let noted = noted.take();
        if noted.is_empty() {
            return Ok(());
        }
        let mut tx = self.desk.db().begin().await?;
        for (subject, posted) in noted {
            store::posted::add(&mut tx, subject, &posted, self.desk.now()).await?;
        }
        tx.commit().await
    }

    /// What an outbox message holds, or none if it has been overtaken or its subject is gone.
    async fn open_message(&self, outgoing: &Claimed) -> Result<Option<Content>, StoreError> {
        match outgoing.stream {
            Stream::Complaint(id) | Stream::Line(id) => {
                let body: OutboxMessage = json::read("letter", &outgoing.body)?;
                let complaint = store::complaint::read(self.desk.db(), id).await?;
                let complaint = complaint.filter(|complaint| !body.is_overtaken(complaint));
                Ok(complaint.map(|complaint| Content::Complaint(Box::new(complaint), body)))
            }
            Stream::Draft(id) => {
                let body = json::read("letter", &outgoing.body)?;
                let draft = store::draft::read(self.desk.db(), id).await?;
                Ok(draft.map(|draft| Content::Draft(Box::new(draft), body)))
            }
            Stream::Request(id) => {
                let body = json::read("letter", &outgoing.body)?;
                let request = store::data_request::read(self.desk.db(), id).await?;
                Ok(request.map(|request| Content::Request(Box::new(request), body)))
            }
            Stream::Board(board) => Ok(Some(Content::Board(board, json::read("letter", &outgoing.body)?))),
            Stream::Incident(id) => {
                let body = json::read("letter", &outgoing.body)?;
                let incident = store::incident::read(self.desk.db(), id).await?;
                Ok(incident.map(|incident| Content::Incident(Box::new(incident), body)))
            }
        }
    }

    /// Stores what came of an outbox message, and what the state learns from it, in one commit.
    async fn record(
        &self,
        outgoing: &Claimed,
        brought: Brought,
        content: Option<Content>,
    ) -> Result<(), StoreError> {
        let (stream, seq) = (outgoing.stream, outgoing.seq);
        let waiter = self.desk.shared.waiters.take(stream, seq);
        let asked = waiter.as_ref().and_then(|waiter| waiter.asked);
        let mut record = None;
        let mut tx = self.desk.db().begin().await?;
        // Before the outbox message itself: whoever adds one to the stream locks in this order.
        lock_stream(&mut tx, stream).await?;
        if !store::outbox::is_held(&mut tx, outgoing).await? {
            // Whoever took it since finds on Discord what stands there, and writes that down.
            tracing::warn!(%stream, seq, "another process took the outbox message over");
            return Ok(());
        }
        let mut fate = DeliveryOutcome::Delivered;
        match brought {
            Brought::GiveUp { why } if is_awaited(content.as_ref()) => {
                tracing::error!(%stream, seq, attempts = outgoing.attempts + 1, why, "others wait for this outbox message");
                store::outbox::again(&mut tx, stream, seq, self.desk.now() + LONGEST_WAIT, &why).await?;
                fate = DeliveryOutcome::OnItsWay;
            }
            Brought::Again { after, why }
                if is_awaited(content.as_ref())
                    || self.desk.now() - outgoing.tried_at.unwrap_or(self.desk.now()) < GIVE_UP_AFTER =>
            {
                let wait = after.max(backoff(outgoing.attempts));
                tracing::warn!(%stream, seq, attempts = outgoing.attempts + 1, wait_ms = wait, why, "outbox message put back");
                store::outbox::again(&mut tx, stream, seq, self.desk.now() + wait, &why).await?;
                fate = DeliveryOutcome::OnItsWay;
            }
            Brought::Again { why, .. } | Brought::GiveUp { why } => {
                tracing::error!(%stream, seq, attempts = outgoing.attempts + 1, why, "outbox message given up");
                store::outbox::dead(&mut tx, stream, seq, &why, self.desk.now()).await?;
                fate = DeliveryOutcome::Undelivered(Undelivered::Refused);
                if let (Some(id), Some(lost)) = (stream.complaint(), lost_delivery(content.as_ref(), asked)) {
                    record = self.desk.complaints().learn(&mut tx, id, lost).await?;
                }
                // The board last: whoever holds a complaint may wait for one.
                if let Some(content) = &content {
                    self.desk.dead_letters().note(&mut tx, content).await?;
                }
            }
            Brought::Done => store::outbox::done(&mut tx, stream, seq).await?,
            Brought::Learned(mut delivery) => {
                store::outbox::done(&mut tx, stream, seq).await?;
                if let Delivery::CustomerUnreachable { reason, .. } = &delivery {
                    fate = DeliveryOutcome::Undelivered(*reason);
                }
                note_asked(&mut delivery, asked);
                if let Some(id) = stream.complaint() {
                    if let Delivery::Customer { message, .. } = &delivery {
                        store::complaint::add_line_message(&mut tx, *message, id, self.desk.now()).await?;
                    }
                    record = self.desk.complaints().learn(&mut tx, id, delivery).await?;
                }
            }
            Brought::DraftShown(message) => {
                store::outbox::done(&mut tx, stream, seq).await?;
                if let Stream::Draft(id) = stream {
                    self.desk.drafts().shown(&mut tx, id, message).await?;
                }
            }
            Brought::DesksKnown(known) => {
                store::outbox::done(&mut tx, stream, seq).await?;
                if let Stream::Draft(id) = stream {
                    self.desk.drafts().desks_known(&mut tx, id, &known).await?;
                }
            }
            Brought::IncidentPosted { channel, message } => {
                store::outbox::done(&mut tx, stream, seq).await?;
                match (stream, content) {
                    (Stream::Incident(id), Some(Content::Incident(_, outgoing))) => {
                        self.desk.incidents().posted(&mut tx, id, &outgoing, channel, message).await?;
                    }
                    (Stream::Request(id), _) => {
                        self.desk.data_requests().posted(&mut tx, id, channel, message).await?
                    }
                    _ => {}
                }
            }
            Brought::Answered { lost } => {
                store::outbox::done(&mut tx, stream, seq).await?;
                if let Stream::Request(id) = stream {
                    self.desk.data_requests().reached(&mut tx, id, lost).await?;
                }
            }
        }
        tx.commit().await?;
        if let Some(waiter) = waiter {
            waiter.tell(fate, record);
        }
        self.desk.wake();
        Ok(())
    }

    /// Whether outbox messages are being brought by this process.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses.
    pub async fn is_sending(&self) -> Result<bool, StoreError> {
        store::outbox::is_held_by(self.desk.db(), self.desk.owner(), self.desk.now()).await
    }

    /// When the next outbox message that is at least this urgent is due (Unix ms), if any.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses.
    pub async fn next_due(&self, urgency: Urgency) -> Result<Option<i64>, StoreError> {
        store::outbox::next_due(self.desk.db(), urgency.rank(), self.desk.owner()).await
    }

    /// Has outbox messages tried at once that were put back: what kept them is over.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses.
    pub async fn hurry(&self) -> Result<(), StoreError> {
        let mut tx = self.desk.db().begin().await?;
        store::outbox::hurry(&mut tx, self.desk.now()).await?;
        tx.commit().await?;
        self.desk.wake();
        Ok(())
    }

    /// How many wait to be told what became of a reply.
    pub fn awaited(&self) -> u64 {
        self.desk.shared.waiters.count()
    }
}

/// Whether others wait for it: without card and thread nobody hears what the customer writes.
fn is_awaited(content: Option<&Content>) -> bool {
    matches!(content, Some(Content::Complaint(_, OutboxMessage::Card | OutboxMessage::Thread)))
}

fn backoff(attempts: i64) -> i64 {
    let doubled = 1_000_i64.checked_shl(u32::try_from(attempts.clamp(0, 20)).unwrap_or(20));
    doubled.unwrap_or(LONGEST_WAIT).min(LONGEST_WAIT)
}

/// Notes whose answer is to be the record of a reply.
fn note_asked(delivery: &mut Delivery, by: Option<u64>) {
    let (Delivery::Customer { what, .. } | Delivery::CustomerUnreachable { what, .. }) = delivery else {
        return;
    };
    if let ToCustomer::Reply { asked, .. } = what {
        *asked = by;
    }
}

/// What a given-up outbox message means for the customer, if it was for them.
fn lost_delivery(content: Option<&Content>, asked: Option<u64>) -> Option<Delivery> {
    let Some(Content::Complaint(_, OutboxMessage::ToCustomer { post })) = content else { return None };
    let (what, reason) = (ToCustomer::of(post), Undelivered::Refused);
    let mut lost = Delivery::CustomerUnreachable { what, reason, direct_closed: false };
    note_asked(&mut lost, asked);
    Some(lost)
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_WAIT, backoff};

    #[test]
    fn waits_grow_to_a_bound() {
        assert_eq!(backoff(0), 1_000);
        assert_eq!(backoff(3), 8_000);
        assert_eq!(backoff(49), LONGEST_WAIT);
    }
}
