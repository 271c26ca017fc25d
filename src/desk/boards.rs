//! Boards: notices about many complaints meet here, so that ten in the same minute are one message; and managers hear here how
//! their desk itself is doing.

use std::collections::BTreeSet;

use super::Desk;
use super::inbox::Key;
use super::outcome::silence;
use crate::domain::footing::Fault;
use crate::domain::notice::{BoardMessage, Notice};
use crate::domain::outbox::Urgency;
use crate::kernel::board::{Board, Place};
use crate::kernel::ids::{ComplaintId, GuildId, Stream};
use crate::sla::hours::version::fingerprint;
use crate::store::db::Tx;
use crate::store::{self, StoreError, json};

/// Notices of the same while (ms) go out together.
const TOGETHER: i64 = 60_000;
/// The slot of the timer that sends what waits on a board.
pub const FLUSH: &str = "flush";
/// What is late for longer than this (ms) is reported.
pub const LATE: i64 = 2 * 60_000;

/// Boards, and what managers hear there of their desk itself.
#[derive(Clone, Copy)]
pub struct Boards<'a> {
    pub(super) desk: &'a Desk,
}

impl Boards<'_> {
    /// Puts notices on their boards. What nothing can join within the minute goes out at once.
    pub(super) async fn notify(
        &self,
        tx: &mut Tx,
        guild: GuildId,
        complaint: ComplaintId,
        notices: &[Notice],
    ) -> Result<(), StoreError> {
        for board in self.put(tx, guild, complaint, notices).await? {
            self.arm(tx, board).await?;
        }
        Ok(())
    }

    /// Puts notices of a complaint on their boards, and returns those: each is to be armed afterwards.
    pub(super) async fn put(
        &self,
        tx: &mut Tx,
        guild: GuildId,
        complaint: ComplaintId,
        notices: &[Notice],
    ) -> Result<BTreeSet<Board>, StoreError> {
        let now = self.desk.now();
        let mut boards = BTreeSet::new();
        for notice in notices {
            let Some(place) = notice.place() else { continue };
            // A reminder is not held back until it is too late.
            let latest = if notice.missed.is_some() { i64::MAX } else { notice.deadline - 1 };
            let hold_until = (now + TOGETHER).min(latest).max(now);
            let board = Board { guild, place };
            store::board::add(tx, board, complaint, notice, now, hold_until).await?;
            boards.insert(board);
        }
        Ok(boards)
    }

    /// Sets when what waits on a board is sent.
    pub(super) async fn arm(&self, tx: &mut Tx, board: Board) -> Result<(), StoreError> {
        let Some(until) = store::board::hold_until(tx, board).await? else { return Ok(()) };
        let due = match store::board::more_to_come(tx, board, until).await? {
            true => until,
            false => self.desk.now(),
        };
        store::timer::arm(tx, Stream::Board(board), FLUSH, due).await
    }

    /// Sends what waits on a board, as one outbox message.
    pub(super) async fn flush(&self, tx: &mut Tx, board: Board) -> Result<(), StoreError> {
        let stream = Stream::Board(board);
        store::timer::remove(tx, stream, FLUSH).await?;
        if store::board::waiting(tx, board).await?.is_empty() {
            return Ok(());
        }
        let outgoing = self.post(tx, board, &BoardMessage::Notices).await?;
        store::board::taken(tx, board, outgoing).await
    }

    /// Writes an outbox message of a board and returns its place in the board's stream.
    pub(super) async fn post(
        &self,
        tx: &mut Tx,
        board: Board,
        outgoing: &BoardMessage,
    ) -> Result<i64, StoreError> {
        let urgency = match outgoing {
            BoardMessage::Alarm { .. }
            | BoardMessage::ClockOff { .. }
            | BoardMessage::DirectShut { .. }
            | BoardMessage::SetUp { .. }
            | BoardMessage::Faults { .. } => Urgency::Person,
            BoardMessage::Notices | BoardMessage::Digest { .. } | BoardMessage::GivenUp { .. } => {
                Urgency::Desk
            }
        };
        store::board::lock(tx, board).await?;
        store::outbox::add(tx, Stream::Board(board), urgency.rank(), &json::write(outgoing)?, self.desk.now())
            .await
    }

    /// Looks for timers that nobody fired and outbox messages that nobody sent, and alarms the managers of each desk that has
    /// any. Returns those desks.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses.
    pub async fn audit(&self) -> Result<Vec<GuildId>, StoreError> {
        let late = store::board::late(self.desk.db(), self.desk.now() - LATE).await?;
        let guilds: Vec<GuildId> = late.iter().map(|(guild, _)| *guild).collect();
        let mut tx = self.desk.db().begin().await?;
        for guild in store::board::calm(&mut tx, &guilds).await? {
            tracing::info!(guild.id = guild.0, "nothing is late any more");
        }
        for (guild, late) in late {
            if store::board::raise_alarm(&mut tx, guild, late.since).await? {
                tracing::error!(
                    guild.id = guild.0,
                    count = late.count,
                    since = late.since,
                    "timers or outbox messages are late"
                );
                let outgoing = BoardMessage::Alarm { count: late.count, since: late.since };
                self.post(&mut tx, Board { guild, place: Place::Managers }, &outgoing).await?;
            }
        }
        tx.commit().await?;
        if !guilds.is_empty() {
            self.desk.wake();
        }
        Ok(guilds)
    }

    /// Tells the managers of a desk that Discord keeps the bot from opening direct messages. `flagged`: by its protection from
    /// spam.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses.
    pub async fn tell_shut(&self, guild: GuildId, flagged: bool, until: i64) -> Result<(), StoreError> {
        let mut tx = self.desk.db().begin().await?;
        let board = Board { guild, place: Place::Managers };
        self.post(&mut tx, board, &BoardMessage::DirectShut { flagged, until }).await?;
        tx.commit().await?;
        self.desk.wake();
        Ok(())
    }

    /// Tells managers what is wrong with the set-up: `again` whenever they heard of it last, else once in a while, so that a
    /// restart repeats nothing.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses.
    pub async fn tell_faults(
        &self,
        guild: GuildId,
        faults: Vec<Fault>,
        again: bool,
    ) -> Result<(), StoreError> {
        let mut tx = self.desk.begin().await?;
        let key = Key::Faults(guild, fingerprint(&json::write(&faults)?)).to_string();
        if store::inbox::lookup(&mut tx, &key).await?.is_none() {
            store::inbox::add(&mut tx, &key, self.desk.now(), &silence()?, None, None).await?;
        } else if !again {
            return Ok(());
        }
        let outgoing = BoardMessage::Faults { faults };
        self.post(&mut tx, Board { guild, place: Place::Managers }, &outgoing).await?;
        tx.commit().await?;
        self.desk.wake();
        Ok(())
    }

    pub(super) async fn tell_clock_off(&self, ours: i64, theirs: i64) -> Result<(), StoreError> {
        let mut tx = self.desk.db().begin().await?;
        for desk in self.desk.desks() {
            let board = Board { guild: desk.guild, place: Place::Managers };
            self.post(&mut tx, board, &BoardMessage::ClockOff { ours, theirs }).await?;
        }
        tx.commit().await?;
        self.desk.wake();
        Ok(())
    }
}
