//! Timers: what is due is fired, many in one transaction; what no longer fits is re-armed from the state.

use super::{Desk, boards, digest};
use crate::domain::command::Command;
use crate::domain::complaint::Complaint;
use crate::domain::decide;
use crate::domain::event::Actor;
use crate::domain::ids::{ComplaintId, GuildId, Stream};
use crate::domain::letter::Urgency;
use crate::domain::notice::Notice;
use crate::domain::timer::Slot;
use crate::store::db::Tx;
use crate::store::{self, StoreError};

/// How many timers are fired before the workers look at anything else.
const BATCH: i64 = 100;

/// A timer that is due.
type Due = (Stream, String, i64);

/// What complaints have to tell on boards.
type ToTell = Vec<(GuildId, ComplaintId, Vec<Notice>)>;

impl Desk {
    /// Fires the timers that are due. Returns how many there were.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses; what was not fired stays due.
    pub async fn run_timers(&self) -> Result<usize, StoreError> {
        let due = store::timer::due(self.db(), self.now(), BATCH).await?;
        if due.is_empty() {
            return Ok(0);
        }
        // Together they cost one commit. Where one of them fails, each stands for itself.
        if let Err(error) = self.fire_all(&due).await {
            tracing::warn!(%error, timers = due.len(), "timers are fired one by one");
            let mut fired = 0;
            for timer in &due {
                match self.fire_all(std::slice::from_ref(timer)).await {
                    Ok(()) => fired += 1,
                    Err(error) => {
                        tracing::error!(stream = %timer.0, slot = timer.1, %error, "timer not fired")
                    }
                }
            }
            return if fired > 0 { Ok(fired) } else { Err(error) };
        }
        Ok(due.len())
    }

    async fn fire_all(&self, due: &[Due]) -> Result<(), StoreError> {
        let mut tx = self.db().begin().await?;
        let mut to_tell = ToTell::new();
        for (stream, slot, at) in due {
            match stream {
                Stream::Complaint(id) => self.complaint_fired(&mut tx, *id, slot, *at, &mut to_tell).await?,
                Stream::Draft(id) => self.draft_fired(&mut tx, *id, slot).await?,
                Stream::Incident(id) => self.incident_fired(&mut tx, *id, slot, *at).await?,
                Stream::Board(board) if slot == boards::FLUSH => self.flush(&mut tx, *board).await?,
                Stream::Board(board) if slot == digest::DIGEST => {
                    self.digest_fired(&mut tx, board.guild, *at).await?;
                }
                Stream::Board(board) if slot.starts_with(boards::LIST) => {
                    self.list_fired(&mut tx, *board, slot).await?;
                }
                Stream::Board(_) => self.unknown(&mut tx, *stream, slot).await?,
            }
        }
        // Boards are shared by all complaints of a desk, so they are touched last: whoever holds a complaint may wait for a
        // board, but nobody who holds a board waits for a complaint.
        for (guild, complaint, notices) in to_tell {
            self.notify(&mut tx, guild, complaint, &notices).await?;
        }
        tx.commit().await
    }

    async fn complaint_fired(
        &self,
        tx: &mut Tx,
        id: ComplaintId,
        name: &str,
        due: i64,
        to_tell: &mut ToTell,
    ) -> Result<(), StoreError> {
        let stream = Stream::Complaint(id);
        let Ok(slot) = name.parse::<Slot>() else { return self.unknown(tx, stream, name).await };
        let Some(complaint) = store::complaint::lookup(tx, id).await? else {
            return store::timer::remove(tx, stream, name).await;
        };
        let hushed = self.is_spoken_for(tx, &complaint).await?;
        let policy = self.policy_of(complaint.filed.guild);
        let command = Command::Fired { slot, due, hushed };
        match decide::decide(&complaint, &Actor::Desk, command, &policy, self.now()) {
            Ok(mut decision) => {
                let notices = std::mem::take(&mut decision.notices);
                self.keep(tx, &decision).await?;
                if !notices.is_empty() {
                    to_tell.push((complaint.filed.guild, id, notices));
                }
                Ok(())
            }
            Err(_) => store::timer::remove(tx, stream, name).await,
        }
    }

    /// Whether an active incident speaks for a complaint.
    async fn is_spoken_for(&self, tx: &mut Tx, complaint: &Complaint) -> Result<bool, StoreError> {
        if complaint.told.is_empty() {
            return Ok(false);
        }
        let active = store::incident::active(tx, complaint.filed.guild).await?;
        Ok(active.iter().any(|incident| complaint.told.contains(&incident.id)))
    }

    async fn unknown(&self, tx: &mut Tx, stream: Stream, slot: &str) -> Result<(), StoreError> {
        tracing::error!(%stream, slot, "unknown timer dropped");
        store::timer::remove(tx, stream, slot).await
    }

    /// When the next timer is due (Unix ms), if any.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses.
    pub async fn next_timer(&self) -> Result<Option<i64>, StoreError> {
        store::timer::next_due(self.db()).await
    }

    /// When the next letter that is at least this urgent is due (Unix ms), if any.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses.
    pub async fn next_letter(&self, urgency: Urgency) -> Result<Option<i64>, StoreError> {
        store::letter::next_due(self.db(), urgency.rank()).await
    }
}
