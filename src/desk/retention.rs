//! Keeps what customers are told: a complaint is nobody's once it has been kept as long as it may be, and so is a request
//! about somebody's data; and the store stays small. By the calendar nothing is erased while our clock and Discord's are
//! more than a day apart.

use std::sync::atomic::Ordering;

use super::Desk;
use super::outcome::silence;
use crate::clock::agreement::Agreement;
use crate::domain::complaint::{Complaint, Line};
use crate::domain::data::RequestMessage;
use crate::domain::draft::DraftStage;
use crate::domain::erasing::{self, Erasure};
use crate::domain::outbox::{OutboxMessage, Urgency};
use crate::domain::posted::{AT_ONCE, Posted};
use crate::kernel::ids::{ComplaintId, DraftId, RequestId, Stream, UserId};
use crate::kernel::people::Actor;
use crate::store::db::Tx;
use crate::store::{self, StoreError, json};

/// How long answers to requests, outbox messages that were brought, and drafts that were sent or dropped are remembered (ms):
/// Discord repeats none that old.
const REMEMBER: i64 = 7 * DAY;
/// How long what a command was given waits for its form (ms).
const FORM: i64 = DAY;
const DAY: i64 = 24 * 60 * 60 * 1_000;
/// How many complaints are made nobody's in one go.
const BATCH: i64 = 100;

/// What is kept, and for how long.
#[derive(Clone, Copy)]
pub struct Retention<'a> {
    pub(super) desk: &'a Desk,
}

impl Retention<'_> {
    /// Takes from complaints that have been kept long enough all that leads to a person, and forgets what nobody will ask
    /// for. Returns how many complaints that were.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses.
    pub async fn keep_house(&self) -> Result<usize, StoreError> {
        let erased = match self.may_erase().await? {
            true => self.erase_what_is_over().await?,
            false => 0,
        };
        for id in store::complaint::threadless(self.desk.db(), BATCH).await? {
            self.make_thread(id).await?;
        }
        let mut tx = self.desk.db().begin().await?;
        let headless = store::outbox::mend_heads(&mut tx).await?;
        if headless > 0 {
            tracing::error!(headless, "outbox messages waited that nobody would have taken: they go now");
        }
        tx.commit().await?;
        Ok(erased)
    }

    /// Erases what was kept as long as it may be. Returns how many complaints became nobody's.
    async fn erase_what_is_over(&self) -> Result<usize, StoreError> {
        let now = self.desk.now();
        let kept_since = now - self.desk.policy().keep_ms;
        let mut erased = false;
        let old = store::erasing::ended_before(self.desk.db(), kept_since, BATCH).await?;
        for id in &old {
            self.forget_complaint(*id).await?;
            tracing::info!(complaint.id = id.0, "complaint made nobody's: its time to be kept is over");
        }
        for id in store::posted::left_over(self.desk.db(), BATCH).await? {
            self.strike_left_over(id).await?;
        }
        for id in store::data_request::closed_before(self.desk.db(), kept_since, BATCH).await? {
            self.forget_request(id).await?;
            erased = true;
        }
        self.forget_drafts(now - REMEMBER).await?;
        self.desk.uploads().sweep().await?;
        let mut tx = self.desk.db().begin().await?;
        store::inbox::forget(&mut tx, now - REMEMBER).await?;
        store::inbox::forget_kept(&mut tx, now - FORM).await?;
        store::outbox::forget(&mut tx, now - REMEMBER).await?;
        store::erasing::forget_last_letters(&mut tx, now - REMEMBER).await?;
        store::board::forget(&mut tx, now - REMEMBER).await?;
        tx.commit().await?;
        if erased || !old.is_empty() {
            self.desk.wake();
        }
        self.scrub(erased || !old.is_empty()).await;
        Ok(old.len())
    }

    /// Has the bytes of what was erased overwritten. Where that is not possible now, the next round does it.
    pub(super) async fn scrub(&self, erased: bool) {
        let owed = &self.desk.shared.scrub_owed;
        let erased = owed.swap(false, Ordering::SeqCst) || erased;
        match self.desk.db().scrub(erased).await {
            Ok(true) => {}
            Ok(false) => {
                owed.store(erased, Ordering::SeqCst);
                tracing::debug!("somebody reads: what was erased is overwritten with the next round");
            }
            Err(error) => {
                owed.store(erased, Ordering::SeqCst);
                tracing::error!(%error, "what was erased is not overwritten yet");
                self.desk.watch().failed(&error);
            }
        }
    }

    /// Nobody works on what has no thread: a card and a thread that were lost are made anew.
    async fn make_thread(&self, id: ComplaintId) -> Result<(), StoreError> {
        let mut tx = self.desk.db().begin().await?;
        let Some(held) = store::complaint::lookup(&mut tx, id).await? else { return Ok(()) };
        if held.thread.is_none() && held.listed.is_none() && held.stage.is_open() {
            tracing::warn!(complaint.id = id.0, "a complaint without a thread gets one");
            let card = held.card.is_none().then_some(OutboxMessage::Card);
            let outbox: Vec<OutboxMessage> = card.into_iter().chain([OutboxMessage::Thread]).collect();
            self.desk.complaints().post(&mut tx, &held, &outbox).await?;
        }
        tx.commit().await?;
        self.desk.wake();
        Ok(())
    }

    /// Makes a complaint nobody's: state and journal without person and words, nothing left of its outbox messages, its
    /// drafts and the answers about it, and what stands on Discord is taken down.
    async fn forget_complaint(&self, id: ComplaintId) -> Result<(), StoreError> {
        let Some(held) = store::complaint::read(self.desk.db(), id).await? else { return Ok(()) };
        self.cut_links(&held).await?;
        let mut tx = self.desk.db().begin().await?;
        let Some(held) = store::complaint::lookup(&mut tx, id).await? else { return Ok(()) };
        // Somebody may have opened it again since.
        let over = held.ended_at.is_some_and(|ended| ended < self.desk.now() - self.desk.policy().keep_ms);
        if !over || held.forgotten_at.is_some() {
            return Ok(());
        }
        let customer = held.filed.customer.id;
        let journal = store::complaint::journal_in(&mut tx, id).await?;
        let outgoing = taken_down(&held, erasing::files(&journal));
        let left = erasing::erase(journal, Erasure::Person, Actor::Desk, self.desk.now());
        let Some(after) = Complaint::replay(id, &left) else {
            return Err(StoreError::inconsistent("journal", "complaint", id.0));
        };
        store::erasing::traces(&mut tx, id).await?;
        store::erasing::rewrite(&mut tx, &after, &left).await?;
        for draft in store::draft::all_of(&mut tx, customer).await? {
            if draft.stage == (DraftStage::Filed { complaint: id }) {
                store::draft::erase(&mut tx, draft.id).await?;
            }
        }
        store::inbox::silence(&mut tx, &silence()?, customer, Some(id)).await?;
        self.forget_person(&mut tx, customer).await?;
        self.desk.complaints().post(&mut tx, &after, &[outgoing]).await?;
        self.strike(&mut tx, &after).await?;
        tx.commit().await
    }

    /// Has struck what was posted about a complaint in places that stay.
    pub(super) async fn strike(&self, tx: &mut Tx, complaint: &Complaint) -> Result<(), StoreError> {
        let posts = store::posted::take(tx, Stream::Complaint(complaint.id)).await?;
        let outbox: Vec<OutboxMessage> =
            posts.chunks(AT_ONCE).map(|posts| OutboxMessage::Strike { posts: posts.to_vec() }).collect();
        self.desk.complaints().post(tx, complaint, &outbox).await.map(|_| ())
    }

    /// Something about a complaint was being posted while it was erased.
    async fn strike_left_over(&self, id: ComplaintId) -> Result<(), StoreError> {
        let mut tx = self.desk.db().begin().await?;
        let Some(held) = store::complaint::lookup(&mut tx, id).await? else { return Ok(()) };
        self.strike(&mut tx, &held).await?;
        tx.commit().await?;
        self.desk.wake();
        Ok(())
    }

    /// Other complaints of the same customer name it, as their earlier one or since both became one: that would tell whose it
    /// was.
    async fn cut_links(&self, gone: &Complaint) -> Result<(), StoreError> {
        let (customer, guild) = (gone.filed.customer.id, gone.filed.guild);
        let mut others = Vec::new();
        // All who are not on Discord have one id, and nothing else links their complaints.
        if !customer.is_nobody() {
            let mut tx = self.desk.db().begin().await?;
            others = store::erasing::complaints_of(&mut tx, customer, Some(guild)).await?;
        }
        let twins =
            gone.features.disposition.merged_from.iter().chain(&gone.features.disposition.merged_into);
        others.extend(twins.map(|twin| twin.complaint));
        others.sort_unstable();
        others.dedup();
        for id in others.into_iter().filter(|id| *id != gone.id) {
            let mut tx = self.desk.db().begin().await?;
            if store::complaint::lookup(&mut tx, id).await?.is_none() {
                continue;
            }
            let journal = store::complaint::journal_in(&mut tx, id).await?;
            let Some(left) = erasing::without_links(&journal, gone.number()) else { continue };
            if let Some(after) = Complaint::replay(id, &left) {
                store::erasing::rewrite(&mut tx, &after, &left).await?;
                self.desk
                    .complaints()
                    .post(&mut tx, &after, &[OutboxMessage::RefreshCard, OutboxMessage::RefreshBar])
                    .await?;
            }
            tx.commit().await?;
        }
        Ok(())
    }

    /// Makes a request about somebody's data nobody's.
    async fn forget_request(&self, id: RequestId) -> Result<(), StoreError> {
        let mut tx = self.desk.db().begin().await?;
        let Some(mut held) = store::data_request::lookup(&mut tx, id).await? else { return Ok(()) };
        let person = held.customer.id;
        let stream = Stream::Request(id);
        let mut posts = store::posted::take(&mut tx, stream).await?;
        // One from before there was a ledger stands where managers were told.
        let told = held.place.map(|(channel, message)| Posted::whole(channel, message));
        posts.extend(told.filter(|told| !posts.contains(told)));
        held.forget();
        store::data_request::save(&mut tx, &held).await?;
        store::data_request::traces(&mut tx, id).await?;
        for posts in posts.chunks(AT_ONCE) {
            let outgoing = json::write(&RequestMessage::Strike { posts: posts.to_vec() })?;
            store::outbox::add(&mut tx, stream, Urgency::Bulk.rank(), &outgoing, self.desk.now()).await?;
        }
        self.forget_person(&mut tx, person).await?;
        tx.commit().await
    }

    /// Forgets the language of somebody of whom nothing else is held.
    async fn forget_person(&self, tx: &mut Tx, person: UserId) -> Result<(), StoreError> {
        if store::erasing::is_known(tx, person).await? {
            return Ok(());
        }
        store::guild::forget(tx, person).await
    }

    /// Erases drafts that were sent or dropped before `before` (Unix ms): what was sent is in its complaint, and what is no
    /// complaint is not kept.
    async fn forget_drafts(&self, before: i64) -> Result<(), StoreError> {
        let mut after = DraftId(0);
        loop {
            let closed = store::draft::closed(self.desk.db(), after, BATCH).await?;
            let Some(last) = closed.last() else { return Ok(()) };
            after = last.id;
            let old = closed.iter().filter(|draft| draft.messages.iter().all(|held| held.at < before));
            for draft in old {
                let mut tx = self.desk.db().begin().await?;
                store::draft::lookup(&mut tx, draft.id).await?;
                store::draft::erase(&mut tx, draft.id).await?;
                tx.commit().await?;
            }
        }
    }

    /// Whether anything may be erased by the calendar now. Managers hear of it once where our clock is wrong.
    async fn may_erase(&self) -> Result<bool, StoreError> {
        let told = &self.desk.shared.clock_told;
        match self.desk.watch().clock_agrees() {
            Agreement::Right => {
                if told.swap(false, Ordering::SeqCst) {
                    tracing::warn!("this machine's clock is right again: what is over is erased");
                }
                Ok(true)
            }
            // A new desk that Discord has not answered yet has nothing to erase.
            Agreement::Unknown => Ok(true),
            Agreement::Doubtful => {
                tracing::warn!(
                    "nothing is erased until Discord says what time it is: what was stored last is long ago"
                );
                Ok(false)
            }
            Agreement::Off { ours, theirs } => {
                tracing::error!(
                    ours,
                    theirs,
                    "nothing is erased: this machine's clock is wrong by more than a day"
                );
                if !told.load(Ordering::SeqCst) {
                    self.desk.boards().tell_clock_off(ours, theirs).await?;
                    told.store(true, Ordering::SeqCst);
                }
                Ok(false)
            }
        }
    }
}

/// What takes down all that stands of a complaint on Discord, and files that may still be kept.
fn taken_down(complaint: &Complaint, kept: Vec<String>) -> OutboxMessage {
    let line = match complaint.line {
        Line::Thread { channel } => Some(channel),
        Line::Unknown | Line::Direct { .. } | Line::Spoken { .. } | Line::Nowhere { .. } => complaint.private,
    };
    OutboxMessage::TakeDown {
        card: complaint.card,
        threads: complaint.thread.into_iter().chain(line).collect(),
        kept,
    }
}
