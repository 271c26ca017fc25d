//! Boards: notices about many complaints meet here, so that ten in the same minute are one message.

use std::collections::BTreeSet;

use super::Desk;
use crate::domain::letter::Urgency;
use crate::domain::notice::{BoardLetter, Notice};
use crate::kernel::board::Board;
use crate::kernel::ids::{ComplaintId, GuildId, Stream};
use crate::store::db::Tx;
use crate::store::{self, StoreError, json};

/// Notices of the same while (ms) go out together.
const TOGETHER: i64 = 60_000;
/// The slot of the timer that sends what waits on a board.
pub const FLUSH: &str = "flush";
/// The slots of the timers that bring incidents' lists up to date begin so.
pub const LIST: &str = "list-";

impl Desk {
    /// Puts notices on their boards. What nothing can join within the minute goes out at once.
    pub(super) async fn notify(
        &self,
        tx: &mut Tx,
        guild: GuildId,
        complaint: ComplaintId,
        notices: &[Notice],
    ) -> Result<(), StoreError> {
        for board in self.put(tx, guild, complaint, notices).await? {
            self.arm_board(tx, board).await?;
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
        let now = self.now();
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
    pub(super) async fn arm_board(&self, tx: &mut Tx, board: Board) -> Result<(), StoreError> {
        let Some(until) = store::board::hold_until(tx, board).await? else { return Ok(()) };
        let due = match store::board::more_to_come(tx, board, until).await? {
            true => until,
            false => self.now(),
        };
        store::timer::arm(tx, Stream::Board(board), FLUSH, due).await
    }

    /// Sends what waits on a board, as one letter.
    pub(super) async fn flush(&self, tx: &mut Tx, board: Board) -> Result<(), StoreError> {
        let stream = Stream::Board(board);
        store::timer::remove(tx, stream, FLUSH).await?;
        if store::board::waiting(tx, board).await?.is_empty() {
            return Ok(());
        }
        let letter = self.post_on_board(tx, board, &BoardLetter::Notices).await?;
        store::board::taken(tx, board, letter).await
    }

    /// Writes a letter of a board and returns its place in the board's stream.
    pub(super) async fn post_on_board(
        &self,
        tx: &mut Tx,
        board: Board,
        letter: &BoardLetter,
    ) -> Result<i64, StoreError> {
        let urgency = match letter {
            BoardLetter::Alarm { .. }
            | BoardLetter::ClockOff { .. }
            | BoardLetter::DirectShut { .. }
            | BoardLetter::SetUp { .. }
            | BoardLetter::Faults { .. } => Urgency::Person,
            BoardLetter::Notices | BoardLetter::Digest { .. } | BoardLetter::GivenUp { .. } => Urgency::Desk,
        };
        store::board::lock(tx, board).await?;
        store::letter::add(tx, Stream::Board(board), urgency.rank(), &json::write(letter)?, self.now()).await
    }
}
