//! Timers: what is due is fired, many in one transaction; what no longer fits is re-armed from the state.

use std::collections::BTreeSet;

use super::stream_lock::lock_stream;
use super::{Desk, active_incidents, boards, dead_letters, digests};
use crate::domain::command::Command;
use crate::domain::context::Context;
use crate::domain::decide;
use crate::domain::notice::Notice;
use crate::domain::timer::Slot;
use crate::kernel::board::Board;
use crate::kernel::ids::{ComplaintId, GuildId, Stream};
use crate::kernel::people::Actor;
use crate::store::db::Tx;
use crate::store::{self, StoreError};

/// How many timers are fired before the workers look at anything else.
const BATCH: i64 = 100;

/// What complaints have to tell on boards.
type ToTell = Vec<(GuildId, ComplaintId, Vec<Notice>)>;

/// What is to happen later.
#[derive(Clone, Copy)]
pub struct Timers<'a> {
    pub(super) desk: &'a Desk,
}

impl Timers<'_> {
    /// Fires the timers that are due; several processes may do so at once. Returns how many there were.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses; what was not fired stays due.
    pub async fn run(&self) -> Result<usize, StoreError> {
        let due = store::timer::due(self.desk.db(), self.desk.now(), BATCH).await?;
        if due.is_empty() {
            return Ok(0);
        }
        let mut streams: Vec<Stream> = due.into_iter().map(|(stream, ..)| stream).collect();
        // In one order everywhere, and each once: nobody waits in a circle.
        streams.sort_unstable_by_key(Stream::to_string);
        streams.dedup();
        let (complaints, others): (Vec<Stream>, Vec<Stream>) =
            streams.into_iter().partition(|stream| matches!(stream, Stream::Complaint(_)));
        let mut fired = 0;
        // Together the complaints cost one commit. Where one of them fails, each stands for itself; where others hold
        // them all, one is waited for.
        let by_itself = match self.fire_complaints().await {
            Ok(0) => complaints.len().min(1),
            Ok(together) => {
                fired = together;
                0
            }
            Err(error) => {
                tracing::warn!(%error, complaints = complaints.len(), "timers are fired one by one");
                complaints.len()
            }
        };
        let mut failed = None;
        for stream in complaints.into_iter().take(by_itself).chain(others) {
            match self.fire_of(stream).await {
                Ok(of_one) => fired += of_one,
                Err(error) => {
                    tracing::error!(%stream, %error, "timer not fired");
                    failed = Some(error);
                }
            }
        }
        failed.filter(|_| fired == 0).map_or(Ok(fired), Err)
    }

    /// Fires what is due of complaints that nobody else works on.
    async fn fire_complaints(&self) -> Result<usize, StoreError> {
        let mut tx = self.desk.db().begin().await?;
        let (mut fired, mut to_tell) = (Vec::new(), ToTell::new());
        for id in store::timer::claim(&mut tx, self.desk.now(), BATCH).await? {
            // Only now that it is locked it is sure what is due: another process may just have fired it.
            for (slot, at) in store::timer::due_of(&mut tx, Stream::Complaint(id), self.desk.now()).await? {
                self.complaint_fired(&mut tx, id, &slot, at, &mut to_tell).await?;
                fired.push(at);
            }
        }
        self.tell(&mut tx, to_tell).await?;
        tx.commit().await?;
        fired.iter().for_each(|at| self.desk.watch().fired(self.desk.now() - at));
        Ok(fired.len())
    }

    /// Fires what is due of one stream, after whoever works on it.
    async fn fire_of(&self, stream: Stream) -> Result<usize, StoreError> {
        let lists = match stream {
            Stream::Board(board) => self.fire_lists(board).await?,
            _ => 0,
        };
        let mut tx = self.desk.db().begin().await?;
        lock_stream(&mut tx, stream).await?;
        let due = store::timer::due_of(&mut tx, stream, self.desk.now()).await?;
        let mut to_tell = ToTell::new();
        for (slot, at) in &due {
            match stream {
                Stream::Complaint(id) => self.complaint_fired(&mut tx, id, slot, *at, &mut to_tell).await?,
                Stream::Draft(id) => self.desk.drafts().fired(&mut tx, id, slot).await?,
                Stream::Incident(id) => self.desk.incidents().fired(&mut tx, id, slot, *at).await?,
                Stream::Request(id) => self.desk.data_requests().fired(&mut tx, id, slot, *at).await?,
                Stream::Board(board) if slot == boards::FLUSH => {
                    self.desk.boards().flush(&mut tx, board).await?
                }
                Stream::Board(board) if slot == digests::DIGEST => {
                    self.desk.digests().fired(&mut tx, board.guild, *at).await?;
                }
                Stream::Board(board) if slot == dead_letters::GIVEN_UP => {
                    self.desk.dead_letters().fired(&mut tx, board, *at).await?;
                }
                // Fired by itself, without the lock of the board.
                Stream::Board(_) if slot.starts_with(active_incidents::LIST) => {}
                Stream::Line(_) | Stream::Board(_) => self.unknown(&mut tx, stream, slot).await?,
            }
        }
        self.tell(&mut tx, to_tell).await?;
        tx.commit().await?;
        let fired = due.iter().filter(|(slot, _)| !slot.starts_with(active_incidents::LIST));
        let fired: Vec<i64> = fired.map(|(_, at)| *at).collect();
        fired.iter().for_each(|at| self.desk.watch().fired(self.desk.now() - at));
        Ok(lists + fired.len())
    }

    /// Fires the lists of incidents that are due on a board, each by itself: whoever holds an incident may wait for a board.
    async fn fire_lists(&self, board: Board) -> Result<usize, StoreError> {
        let mut tx = self.desk.db().begin().await?;
        let mut due = store::timer::due_of(&mut tx, Stream::Board(board), self.desk.now()).await?;
        drop(tx);
        due.retain(|(slot, _)| slot.starts_with(active_incidents::LIST));
        for (slot, at) in &due {
            let mut tx = self.desk.db().begin().await?;
            self.desk.active_incidents().list_fired(&mut tx, board, slot).await?;
            tx.commit().await?;
            self.desk.watch().fired(self.desk.now() - at);
        }
        Ok(due.len())
    }

    /// Boards are shared by all complaints of a desk, so they are touched last: whoever holds a complaint may wait for a
    /// board, but nobody who holds a board waits for a complaint.
    async fn tell(&self, tx: &mut Tx, to_tell: ToTell) -> Result<(), StoreError> {
        let mut boards = BTreeSet::new();
        for (guild, complaint, notices) in to_tell {
            boards.extend(self.desk.boards().put(tx, guild, complaint, &notices).await?);
        }
        // Each once, however many complaints speak there.
        for board in boards {
            self.desk.boards().arm(tx, board).await?;
        }
        Ok(())
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
        let hushed = self.desk.active_incidents().speak_for(tx, &complaint).await?;
        let policy = self.desk.policy_of(complaint.filed.guild);
        let command = Command::Fired { slot, due, hushed };
        match decide::decide(&complaint, command, &Context::new(Actor::Desk, &policy, self.desk.now())) {
            Ok(mut decision) => {
                let notices = std::mem::take(&mut decision.notices);
                self.desk.complaints().keep(tx, &decision).await?;
                if !notices.is_empty() {
                    to_tell.push((complaint.filed.guild, id, notices));
                }
                Ok(())
            }
            Err(_) => store::timer::remove(tx, stream, name).await,
        }
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
    pub async fn next_due(&self) -> Result<Option<i64>, StoreError> {
        store::timer::next_due(self.desk.db()).await
    }
}
