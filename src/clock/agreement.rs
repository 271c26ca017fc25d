//! Whether this machine's clock may be believed: compared with what Discord says the time is, and with what was stored last.
//! Whoever erases by the calendar asks here first.

use super::Moment;

/// By so much (ms) a clock may be wrong before nothing is erased by it.
pub const MOST: i64 = 24 * 60 * 60 * 1_000;

/// A time that somebody else told, and when we heard it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heard {
    /// What they said (Unix ms).
    pub told: i64,
    /// When it was heard.
    pub at: Moment,
}

/// What comparing clocks came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreement {
    /// They agree, as far as it matters.
    Right,
    /// They do not.
    Off {
        /// What our clock shows (Unix ms).
        ours: i64,
        /// What it should show (Unix ms).
        theirs: i64,
    },
    /// Discord said nothing yet, and what was stored last is more than a day away: the program may have rested, or the clock
    /// may be wrong.
    Doubtful,
    /// Nobody told us a time.
    Unknown,
}

impl Heard {
    /// What their clock shows now: it has gone on as long as the clock that nobody sets.
    pub fn now(&self, now: Moment) -> i64 {
        self.told.saturating_add(now.steady.saturating_sub(self.at.steady).max(0))
    }
}

/// Compares our clock with Discord's. Only where that is not known what was stored last before we began must do: what we store
/// ourselves has our own time.
pub fn agreement(discord: Option<Heard>, stored: Option<Heard>, now: Moment) -> Agreement {
    let Some(heard) = discord.or(stored) else { return Agreement::Unknown };
    let (ours, theirs) = (now.wall, heard.now(now));
    match (ours.saturating_sub(theirs).saturating_abs() > MOST, discord) {
        (true, Some(_)) => Agreement::Off { ours, theirs },
        (true, None) => Agreement::Doubtful,
        (false, _) => Agreement::Right,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = MOST;

    fn moment(steady: i64, wall: i64) -> Moment {
        Moment { steady, wall }
    }

    #[test]
    fn a_gap_over_a_day_is_found_in_either_direction() {
        let heard = Heard { told: 100 * DAY, at: moment(0, 1_200 * DAY) };
        let off = |wall| matches!(agreement(Some(heard), None, moment(0, wall)), Agreement::Off { .. });
        assert!(off(1_200 * DAY) && off(98 * DAY));
        assert!(!off(100 * DAY) && !off(101 * DAY) && !off(99 * DAY));
    }

    #[test]
    fn a_clock_that_is_set_while_we_run_is_found_and_one_that_runs_on_is_not() {
        let heard = Heard { told: 10 * DAY, at: moment(0, 10 * DAY) };
        assert_eq!(agreement(Some(heard), None, moment(40 * DAY, 50 * DAY)), Agreement::Right);
        let set = agreement(Some(heard), None, moment(DAY, 50 * DAY));
        assert_eq!(set, Agreement::Off { ours: 50 * DAY, theirs: 11 * DAY });
    }

    #[test]
    fn discord_is_believed_before_what_was_stored() {
        let at = moment(0, 900 * DAY);
        let (discord, stored) = (Heard { told: 900 * DAY, at }, Heard { told: 10 * DAY, at });
        assert_eq!(
            agreement(Some(discord), Some(stored), at),
            Agreement::Right,
            "the desk had rested for years"
        );
        assert_eq!(agreement(None, Some(stored), at), Agreement::Doubtful);
        assert_eq!(agreement(None, None, at), Agreement::Unknown);
    }
}
