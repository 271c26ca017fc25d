//! Opening direct messages: while Discord keeps the bot from it, nobody knocks for each customer anew.

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::rest::Why;
use crate::kernel::ids::GuildId;

/// A flag of Discord's protection from spam is looked at again after this (ms).
const FLAGGED: i64 = 4 * 60 * 60 * 1_000;
/// What lasts is looked at again after this (ms).
const LASTING: i64 = 60 * 60 * 1_000;
/// Between two tries after a refusal that may pass (ms).
const APART: i64 = 60_000;
/// A refusal that holds for so long (ms) lasts.
const LASTS: i64 = 5 * 60_000;

/// Whether direct messages may be opened now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// They may.
    Open,
    /// They may be tried again after this while (ms).
    Later(i64),
    /// Not for now: another way is taken.
    Shut {
        /// Why.
        why: Why,
        /// Until when (Unix ms).
        until: i64,
    },
}

/// What is known of opening direct messages, for all customers.
#[derive(Debug, Default)]
pub(super) struct Opening(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    /// Since when it is refused (Unix ms), and why.
    refused: Option<(i64, Why)>,
    /// Nobody tries before (Unix ms).
    next: i64,
    /// Whether another way is taken until then.
    shut: bool,
    /// Desks whose managers know.
    told: BTreeSet<GuildId>,
}

impl Opening {
    /// Whether they may be opened at `now` (Unix ms).
    pub(super) fn standing(&self, now: i64) -> Standing {
        self.state().standing(now)
    }

    /// Discord refused to open them, for no reason of the customer's.
    pub(super) fn refused(&self, why: Why, now: i64) -> Standing {
        let mut state = self.state();
        let (since, _) = *state.refused.get_or_insert((now, why));
        state.refused = Some((since, why));
        let lasts = now - since >= LASTS;
        (state.shut, state.next) = match why {
            Why::Flagged => (true, now + FLAGGED),
            _ if lasts => (true, now + LASTING),
            _ => (false, now + APART),
        };
        state.standing(now)
    }

    /// Some were opened.
    pub(super) fn opened(&self) {
        *self.state() = State::default();
    }

    /// Whether the managers of a desk are to be told now: once while it lasts.
    pub(super) fn is_news_for(&self, guild: GuildId) -> bool {
        self.state().told.insert(guild)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn standing(&self, now: i64) -> Standing {
        match self.refused {
            Some((_, why)) if self.shut && now < self.next => Standing::Shut { why, until: self.next },
            Some(_) if now < self.next => Standing::Later(self.next - now),
            _ => Standing::Open,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flag_shuts_them_for_hours_and_what_is_too_fast_only_if_it_lasts() {
        let opening = Opening::default();
        assert_eq!(opening.standing(0), Standing::Open);
        assert_eq!(opening.refused(Why::TooFast, 0), Standing::Later(APART));
        assert_eq!(opening.standing(APART - 1), Standing::Later(1));
        assert_eq!(opening.standing(APART), Standing::Open, "one tries for all");
        let shut = Standing::Shut { why: Why::TooFast, until: LASTS + LASTING };
        assert_eq!(opening.refused(Why::TooFast, LASTS), shut);
        assert!(opening.is_news_for(GuildId(1)) && !opening.is_news_for(GuildId(1)));
        opening.opened();
        assert!(opening.is_news_for(GuildId(1)), "another time is news again");
        opening.opened();
        assert_eq!(
            opening.refused(Why::Flagged, 7),
            Standing::Shut { why: Why::Flagged, until: 7 + FLAGGED }
        );
        assert_eq!(opening.standing(7 + FLAGGED), Standing::Open, "tried again");
    }
}
