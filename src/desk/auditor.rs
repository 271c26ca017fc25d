//! The auditor: what should have been told for more than two minutes and was not, managers hear of, once until it is over.

use super::Desk;
use crate::domain::notice::BoardLetter;
use crate::kernel::board::{Board, Place};
use crate::kernel::ids::GuildId;
use crate::store::{self, StoreError};

/// What is late for longer than this (ms) is reported.
pub const LATE: i64 = 2 * 60_000;

impl Desk {
    /// Looks for timers that nobody fired and letters that nobody sent, and alarms the managers of each desk that has any.
    /// Returns those desks.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses.
    pub async fn audit(&self) -> Result<Vec<GuildId>, StoreError> {
        let late = store::board::late(self.db(), self.now() - LATE).await?;
        let guilds: Vec<GuildId> = late.iter().map(|(guild, _)| *guild).collect();
        let mut tx = self.db().begin().await?;
        for guild in store::board::calm(&mut tx, &guilds).await? {
            tracing::info!(guild.id = guild.0, "nothing is late any more");
        }
        for (guild, late) in late {
            if store::board::raise_alarm(&mut tx, guild, late.since).await? {
                tracing::error!(
                    guild.id = guild.0,
                    count = late.count,
                    since = late.since,
                    "timers or letters are late"
                );
                let letter = BoardLetter::Alarm { count: late.count, since: late.since };
                self.post_on_board(&mut tx, Board { guild, place: Place::Managers }, &letter).await?;
            }
        }
        tx.commit().await?;
        if !guilds.is_empty() {
            self.wake();
        }
        Ok(guilds)
    }
}
