//! `/desk health`: how the desk is doing, for a manager: what is connected, what waits, what is late, and what cures it.

use std::collections::BTreeMap;
use std::time::Duration;

use super::bot::Bot;
use super::decode::Heard;
use super::opening::Standing;
use super::query::private;
use super::render::answers::Shown;
use super::render::{cut, relative};
use super::rest::{Why, refusals};
use crate::domain::footing;
use crate::domain::settings::GuildDesk;
use crate::kernel::ids::GuildId;
use crate::kernel::lang::Lang;
use crate::store::health::{self, Stuck};
use crate::store::{Fault, StoreError};
use crate::text::Words;
use crate::watch::PATIENCE;
use crate::watch::dog::{Dog, Probe};
use crate::watch::trouble::Trouble;

/// Outbox messages given up are shown for this long (ms).
const GIVEN_UP_SHOWN: i64 = 7 * 24 * 60 * 60 * 1_000;
/// How long a small write may take before the database counts as held.
const WRITE: Duration = Duration::from_millis(1_200);

/// Why outbox messages do not get through, as far as the cures differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Reason {
    /// The bot may not write there.
    Permission,
    /// What they go to is not there any more.
    Gone,
    /// Discord refused the token.
    Token,
    /// Discord is not reached, or its limits hold.
    Slow,
    /// Discord refuses what they say.
    Refused(Why),
    /// Anything else.
    Other,
}

/// What the store shows of one desk.
struct Stored {
    waiting: i64,
    oldest: Option<i64>,
    stuck: Vec<Stuck>,
    late: i64,
    late_since: Option<i64>,
    size: i64,
}

impl Bot {
    /// `/desk health`.
    pub(super) async fn health(&self, heard: &Heard, desk: &GuildDesk, lang: Lang) -> Option<Shown> {
        let (words, watch) = (self.view().words(lang), self.desk().watch());
        let dog = Dog::new(watch.clone(), self.desk().db().clone(), format!("i{}", heard.id));
        let probe = match watch.is_lost() {
            true => Probe { read: Err(Fault::Unreachable), write: Err(Fault::Unreachable) },
            false => dog.probe(WRITE).await,
        };
        let stored = match probe.read {
            Ok(_) => self.stored(desk.guild).await.inspect_err(|error| {
                tracing::error!(guild.id = desk.guild.0, %error, "health not read");
                watch.failed(error);
            }),
            Err(_) => Err(StoreError::Lost),
        };
        let mut faults = self.footing(desk.guild, &self.desk().setup_of(desk.guild)).await;
        faults.retain(footing::Fault::is_grave);
        let faults = self.fault_lines(&faults, lang);
        let lines = self.health_lines(probe, stored.ok().as_ref(), faults, words);
        private(cut(&lines.join("\n"), 2_000))
    }

    async fn stored(&self, guild: GuildId) -> Result<Stored, StoreError> {
        let (db, now) = (self.desk().db(), self.desk().now());
        let (waiting, oldest) = health::waiting_of(db, guild).await?;
        let stuck = health::stuck_of(db, guild, now - GIVEN_UP_SHOWN).await?;
        let (late, late_since) = health::late_timers_of(db, guild, now - PATIENCE).await?;
        Ok(Stored { waiting, oldest, stuck, late, late_since, size: health::size(db).await? })
    }

    fn health_lines(
        &self,
        probe: Probe,
        stored: Option<&Stored>,
        set_up: Vec<String>,
        words: &Words,
    ) -> Vec<String> {
        let (now, watch) = (self.desk().now(), self.desk().watch());
        let gateway = watch.gateway_now();
        let since = relative(gateway.since);
        let mut lines = vec![match gateway.connected {
            true => words.health_connected(since.clone()),
            false => words.health_disconnected(since.clone()),
        }];
        let mut is_well = gateway.connected && set_up.is_empty();
        if let Some(stored) = stored {
            let held = stored.oldest.is_some_and(|oldest| now - oldest > PATIENCE);
            is_well &= !held && stored.stuck.is_empty() && stored.late == 0;
            lines.push(match stored.oldest {
                None => words.health_letters_none(),
                Some(oldest) => {
                    let mark = if held { "✗" } else { "✓" };
                    words.health_letters_waiting(mark, stored.waiting, relative(oldest))
                }
            });
            lines.extend(stuck_lines(&stored.stuck, words));
            lines.push(match stored.late_since {
                None => words.health_timers_fine(),
                Some(since) => words.health_timers_late(stored.late, relative(since)),
            });
        }
        let faults: Vec<Fault> = [probe.read.err(), probe.write.err()].into_iter().flatten().collect();
        let mut troubles = watch.troubles();
        for fault in faults {
            let trouble = Trouble::Database(fault);
            if !troubles.iter().any(|(held, _)| *held == trouble) {
                troubles.push((trouble, now));
            }
        }
        is_well &= troubles.is_empty();
        if let Standing::Shut { why, until } = self.opening().standing(now) {
            is_well = false;
            lines.push(match why {
                Why::Flagged => words.health_direct_flagged(relative(until)),
                _ => words.health_direct_too_fast(relative(until)),
            });
        }
        if let (Ok(read), Ok(write), Some(stored)) = (probe.read, probe.write, stored) {
            lines.push(words.health_database(words.size(stored.size), read + write));
        }
        if is_well && stored.is_some() {
            lines = vec![words.health_well(since)];
        } else {
            lines.insert(0, words.health_heading());
        }
        let now_lines =
            troubles.iter().map(|(held, since)| words.health_trouble(relative(*since), named(held, words)));
        lines.extend(now_lines);
        lines.extend(set_up);
        let past = watch.past_troubles();
        if !past.is_empty() {
            lines.push(words.health_past_heading());
            lines.extend(past.iter().rev().map(|past| {
                words.health_past(
                    relative(past.since),
                    words.duration(past.until - past.since),
                    named(&past.trouble, words),
                )
            }));
        }
        lines
    }
}

/// Outbox messages that failed, by what became of them and why, with what cures it.
fn stuck_lines(stuck: &[Stuck], words: &Words) -> Vec<String> {
    let mut counts: BTreeMap<(bool, Reason), i64> = BTreeMap::new();
    for held in stuck {
        *counts.entry((held.given_up, reason(&held.why))).or_default() += held.count;
    }
    let line = |((given_up, reason), count): ((bool, Reason), i64)| {
        let why = match reason {
            Reason::Permission => words.stuck_permission(),
            Reason::Gone => words.stuck_gone(),
            Reason::Token => words.stuck_token(),
            Reason::Slow => words.stuck_slow(),
            Reason::Refused(why) => words.stuck_refused(words.say(&format!("refused-{}", why.as_str()), &[])),
            Reason::Other => words.stuck_other(),
        };
        match given_up {
            true => words.health_given_up(count, why),
            false => words.health_stuck(count, why),
        }
    };
    counts.into_iter().map(line).collect()
}

/// The reason class of what the sender said of an outbox message.
fn reason(why: &str) -> Reason {
    let Some((status, code)) = refusals::read(why) else {
        let slow = ["Discord's limits", "Discord cannot be reached", "the call was sent"];
        return match slow.iter().any(|begins| why.starts_with(begins)) {
            true => Reason::Slow,
            false => Reason::Other,
        };
    };
    match refusals::of(status, code).1 {
        Why::Token => Reason::Token,
        Why::Permission | Why::Kind => Reason::Permission,
        Why::Deleted => Reason::Gone,
        Why::Slow | Why::TooFast => Reason::Slow,
        why => Reason::Refused(why),
    }
}

/// A trouble, as a manager reads it.
fn named(trouble: &Trouble, words: &Words) -> String {
    match trouble {
        Trouble::Gateway => words.trouble_gateway(),
        Trouble::Worker(name) => words.trouble_worker(name.clone()),
        Trouble::Database(Fault::Full) => words.trouble_database_full(),
        Trouble::Database(Fault::Locked) => words.trouble_database_locked(),
        Trouble::Database(Fault::ReadOnly) => words.trouble_database_read_only(),
        Trouble::Database(Fault::Unreachable) => words.trouble_database_unreachable(),
        Trouble::Database(Fault::Failing) => words.trouble_database_failing(),
        Trouble::Database(Fault::Moved) => words.trouble_database_moved(),
        Trouble::Clock => words.trouble_clock(),
        Trouble::Token => words.trouble_token(),
        Trouble::Files { place } => words.trouble_files(place.clone()),
        Trouble::Loose(loose) => words.trouble_loose(
            loose.place.display().to_string(),
            format!("{:o}", loose.mode),
            format!("{:o}", loose.wanted),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::super::rest::CallError;
    use super::*;

    #[test]
    fn what_the_sender_said_has_a_cure() {
        let refused =
            |status, code| CallError::Refused { status, code, message: "words".to_owned() }.to_string();
        assert_eq!(reason(&refused(403, 50_013)), Reason::Permission);
        assert_eq!(reason(&refused(404, 10_003)), Reason::Gone);
        assert_eq!(reason(&refused(401, 0)), Reason::Token);
        assert_eq!(reason(&refused(400, 50_035)), Reason::Refused(Why::Form));
        assert_eq!(reason(&refused(502, 0)), Reason::Slow);
        for error in
            [CallError::Unknown, CallError::Unreachable, CallError::RateLimited { retry_after_ms: 7 }]
        {
            assert_eq!(reason(&error.to_string()), Reason::Slow, "{error}");
        }
        assert_eq!(reason("the desk is not set up"), Reason::Other);
    }
}
