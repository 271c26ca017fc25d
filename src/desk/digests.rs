//! The daily digest: armed for the desk's morning, once a day, whatever restarts and clocks do meanwhile.

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;

use super::Desk;
use crate::domain::digest::Digest;
use crate::domain::notice::BoardMessage;
use crate::kernel::board::{Board, Place};
use crate::kernel::ids::{GuildId, Stream};
use crate::sla::calendar::{running_out, wall, wall_instant};
use crate::store::db::Tx;
use crate::store::{self, StoreError};

/// The slot of the timer that writes the digest.
pub const DIGEST: &str = "digest";
/// How long after a bad rating (ms) its follow-up is looked for: as long as ratings stay open, and a while.
const LOOK_BACK: i64 = 30 * 24 * 60 * 60 * 1_000;

/// The digests.
#[derive(Clone, Copy)]
pub struct Digests<'a> {
    pub(super) desk: &'a Desk,
}

impl Digests<'_> {
    /// Arms the digest of every desk that has none armed, or for another time of day.
    pub(super) async fn arm_all(&self) -> Result<(), StoreError> {
        for desk in self.desk.desks() {
            let mut tx = self.desk.db().begin().await?;
            self.arm(&mut tx, desk.guild, desk.zone).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    pub(super) async fn arm(&self, tx: &mut Tx, guild: GuildId, zone: Tz) -> Result<(), StoreError> {
        let stream = Stream::Board(Board { guild, place: Place::Managers });
        let Some(minute) = self.desk.policy().digest_at else {
            return store::timer::remove(tx, stream, DIGEST).await;
        };
        let armed = store::timer::armed(tx, stream, DIGEST).await?;
        // One that was slept through comes now; one that is to come follows the desk's zone.
        if armed.is_some_and(|due| due <= self.desk.now()) {
            return Ok(());
        }
        let last = store::board::last_digest(tx, guild).await?;
        store::timer::arm(tx, stream, DIGEST, next(zone, minute, self.desk.now(), last)).await
    }

    /// Writes the digest of the day, unless that day had one, and arms the next.
    pub(super) async fn fired(&self, tx: &mut Tx, guild: GuildId, due: i64) -> Result<(), StoreError> {
        let board = Board { guild, place: Place::Managers };
        let stream = Stream::Board(board);
        let (Some(minute), Some(desk)) = (self.desk.policy().digest_at, self.desk.desk_of(guild)) else {
            return store::timer::remove(tx, stream, DIGEST).await;
        };
        let day = wall(desk.zone, due.max(0)).date().max(wall(desk.zone, self.desk.now()).date());
        let last = store::board::last_digest(tx, guild).await?;
        if last.is_none_or(|last| last < day) {
            self.desk.boards().post(tx, board, &BoardMessage::Digest { day }).await?;
            store::board::digested(tx, guild, day).await?;
        }
        store::timer::arm(tx, stream, DIGEST, next(desk.zone, minute, self.desk.now(), Some(day))).await
    }

    /// The digest of a desk as things stand now.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses or a row cannot be read.
    pub async fn of(&self, guild: GuildId, day: NaiveDate) -> Result<Digest, StoreError> {
        let policy = self.desk.policy_of(guild);
        let mut digest = Digest::new(policy.zone, day, self.desk.now());
        store::board::each_alive(self.desk.db(), guild, self.desk.now() - LOOK_BACK, |held| {
            digest.take_in(held)
        })
        .await?;
        let (from, to) = digest.yesterday();
        for (clock, deadline, complaint) in store::board::breaches(self.desk.db(), guild, from, to).await? {
            digest.missed(clock, deadline, &complaint);
        }
        let running_out = policy
            .calendars
            .iter()
            .filter_map(|(id, hours)| Some((id.clone(), running_out(hours.calendar(), day)?)));
        digest.calendars = running_out.collect();
        digest.finish();
        Ok(digest)
    }
}

/// The next time the wall clock of `zone` shows `minute` after `now` (Unix ms), on a day after `last`. A time that a change
/// of the clock skips comes right after it; one that comes twice counts the first time.
fn next(zone: Tz, minute: u16, now: i64, last: Option<NaiveDate>) -> i64 {
    let mut day = wall(zone, now).date();
    if let Some(after) = last.and_then(|last| last.checked_add_days(Days::new(1))) {
        day = day.max(after);
    }
    let today = wall_instant(zone, day, minute);
    if today > now {
        return today;
    }
    day.checked_add_days(Days::new(1)).map_or(i64::MAX, |tomorrow| wall_instant(zone, tomorrow, minute))
}

#[cfg(test)]
mod tests {
    use super::next;
    use crate::sla::calendar::local_instants;
    use chrono::NaiveDateTime;
    use chrono_tz::Tz;

    fn at(zone: Tz, text: &str) -> i64 {
        local_instants(zone, NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()).0
    }

    #[test]
    fn a_gap_and_a_fold_have_one_digest_each() {
        let zone = Tz::America__Los_Angeles;
        // R26: 02:30 does not exist on 9 March 2014; 01:30 comes twice on 2 November 2014.
        let gap = next(zone, 150, at(zone, "2014-03-08 12:00"), None);
        assert_eq!(gap, at(Tz::UTC, "2014-03-09 10:30"), "03:30 PDT");
        assert_eq!(next(zone, 150, gap, "2014-03-09".parse().ok()), at(zone, "2014-03-10 02:30"));
        let fold = next(zone, 90, at(zone, "2014-11-01 12:00"), None);
        assert_eq!(fold, at(Tz::UTC, "2014-11-02 08:30"));
        assert_eq!(next(zone, 90, fold, "2014-11-02".parse().ok()), at(zone, "2014-11-03 01:30"), "once");
    }

    #[test]
    fn a_clock_set_back_and_a_move_to_another_zone_do_not_repeat_it() {
        let zone = Tz::Asia__Ho_Chi_Minh;
        let sent = at(zone, "2026-11-26 08:15");
        let tomorrow = at(zone, "2026-11-27 08:15");
        assert_eq!(next(zone, 495, sent - 90_000, "2026-11-26".parse().ok()), tomorrow);
        let west = Tz::Europe__Berlin;
        assert_eq!(next(west, 495, sent, "2026-11-26".parse().ok()), at(west, "2026-11-27 08:15"));
    }
}
