//! Discord's limits as arithmetic, time a parameter: buckets learned from its answers, 50 a second in all, and the count of
//! refused calls that would end in a ban (`topics/rate-limits`).

use std::collections::{BTreeMap, VecDeque};

use super::pace::NEVER;

/// A bot's calls in one window, all routes together.
const GLOBAL: usize = 50;
/// Those of them that only calls a person waits for may use.
const KEPT_FOR_PEOPLE: usize = 10;
/// The window: Discord's second, and what two calls may come closer to each other on the way (ms).
const GLOBAL_WINDOW: i64 = 1_050;
/// Over how long refused calls are counted (ms).
const INVALID_WINDOW: i64 = 10 * 60_000;
/// Refused calls after which only people's calls go. Discord bans the address at 10,000.
const BRAKE: usize = 1_000;
/// Refused calls after which nothing goes but answers to interactions.
const HARD_BRAKE: usize = 5_000;
/// More buckets than this are swept.
const MANY_BUCKETS: usize = 1_000;

/// A call that wants to start, as far as the limits care.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    /// The route, see [`super::Call::template`].
    pub template: &'static str,
    /// Its major parameter.
    pub major: String,
    /// Whether the bot's global limit applies.
    pub global: bool,
    /// Whether a person waits for it.
    pub person: bool,
}

/// What an answer's headers say of its bucket.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Seen {
    /// The bucket's name.
    pub bucket: Option<String>,
    /// Calls in a window.
    pub limit: Option<i64>,
    /// Calls left in this window.
    pub remaining: Option<i64>,
    /// When the window ends (ms from the answer).
    pub reset_after: Option<i64>,
}

/// What a route is known to be.
#[derive(Clone, Debug)]
enum Route {
    /// It answered without a bucket.
    Unlimited,
    /// It belongs to this bucket, with this many calls in a window.
    Bucket { name: String, limit: i64 },
}

#[derive(Clone, Debug)]
struct Bucket {
    limit: i64,
    remaining: i64,
    reset_at: i64,
    in_flight: i64,
    blocked_until: i64,
}

/// All that is known of Discord's limits. Instants are milliseconds of one clock.
#[derive(Debug, Default)]
pub(super) struct Limits {
    routes: BTreeMap<&'static str, Route>,
    buckets: BTreeMap<String, Bucket>,
    started: VecDeque<i64>,
    blocked_until: i64,
    invalid: VecDeque<i64>,
    /// How many processes share the global limit; 0 before anybody said so.
    processes: usize,
}

impl Limits {
    /// Starts a call and returns the name of its bucket, or the instant before which it cannot start
    /// ([`NEVER`]: not before another call has ended).
    pub(super) fn start(&mut self, wanted: &Wanted, now: i64) -> Result<String, i64> {
        if wanted.global {
            self.pass_global(wanted.person, now)?;
        }
        let key = self.key(wanted.template, &wanted.major);
        let limit = self.limit(wanted.template);
        let bucket = self.buckets.entry(key.clone()).or_insert(Bucket {
            limit,
            remaining: limit,
            reset_at: 0,
            in_flight: 0,
            blocked_until: 0,
        });
        if limit == NEVER {
            // It was made while nothing was known of its route.
            bucket.limit = NEVER;
        }
        bucket.pass(now)?;
        bucket.in_flight += 1;
        if wanted.global {
            self.started.push_back(now);
        }
        if self.buckets.len() > MANY_BUCKETS {
            self.buckets.retain(|_, bucket| !bucket.is_idle(now));
        }
        Ok(key)
    }

    /// What holds a call that cannot start: everything's limit, or its bucket's.
    pub(super) fn holds(&mut self, wanted: &Wanted, now: i64) -> &'static str {
        match wanted.global && self.pass_global(wanted.person, now).is_err() {
            true => "global",
            false => "bucket",
        }
    }

    /// So many processes, this one among them, call for the same bot: Discord counts their calls together.
    pub(super) fn share_with(&mut self, processes: usize) {
        self.processes = processes;
    }

    fn pass_global(&mut self, person: bool, now: i64) -> Result<(), i64> {
        if self.blocked_until > now {
            return Err(self.blocked_until);
        }
        let brake = if person { HARD_BRAKE } else { BRAKE };
        if self.invalid(now) >= brake {
            return Err(self.invalid[self.invalid.len() - brake] + INVALID_WINDOW);
        }
        while self.started.front().is_some_and(|started| started + GLOBAL_WINDOW <= now) {
            self.started.pop_front();
        }
        let all = if person { GLOBAL } else { GLOBAL - KEPT_FOR_PEOPLE };
        let most = (all / self.processes.max(1)).max(1);
        match self.started.len().checked_sub(most) {
            // The window has room once all but `most - 1` of its calls are out of it.
            Some(over) => Err(self.started[over] + GLOBAL_WINDOW),
            None => Ok(()),
        }
    }

    /// A call started in `key` ended, with what its answer showed.
    pub(super) fn end(&mut self, wanted: &Wanted, key: &str, seen: Option<&Seen>, now: i64) {
        if let Some(bucket) = self.buckets.get_mut(key) {
            bucket.in_flight = (bucket.in_flight - 1).max(0);
        }
        let Some(seen) = seen else { return };
        let Some(name) = &seen.bucket else {
            self.routes.entry(wanted.template).or_insert(Route::Unlimited);
            return;
        };
        let remaining = seen.remaining.unwrap_or(0);
        let limit = seen.limit.unwrap_or(remaining + 1).max(1);
        self.routes.insert(wanted.template, Route::Bucket { name: name.clone(), limit });
        let key = self.key(wanted.template, &wanted.major);
        let reset_at = now + seen.reset_after.unwrap_or(0);
        let bucket = self.buckets.entry(key).or_insert(Bucket {
            limit,
            remaining,
            reset_at,
            in_flight: 0,
            blocked_until: 0,
        });
        bucket.limit = limit;
        if now >= bucket.reset_at {
            (bucket.remaining, bucket.reset_at) = (remaining, reset_at);
        } else {
            // Answers of one window may arrive in another order than they were counted in.
            bucket.remaining = bucket.remaining.min(remaining);
            bucket.reset_at = bucket.reset_at.max(reset_at);
        }
    }

    /// Discord refused a call for coming too soon: its bucket waits, with `global` everything.
    pub(super) fn refused(&mut self, wanted: &Wanted, retry_after: i64, global: bool, now: i64) {
        let until = now.saturating_add(retry_after);
        if global {
            self.blocked_until = self.blocked_until.max(until);
        }
        // The bucket waits as well: calls by an interaction's token pass the global gate.
        let key = self.key(wanted.template, &wanted.major);
        let limit = self.limit(wanted.template);
        let bucket = self.buckets.entry(key).or_insert(Bucket {
            limit,
            remaining: limit,
            reset_at: 0,
            in_flight: 0,
            blocked_until: 0,
        });
        bucket.blocked_until = bucket.blocked_until.max(until);
    }

    /// Counts an answer 401, 403 or 429 (not of scope `shared`); returns how many there were in ten minutes.
    pub(super) fn count_invalid(&mut self, now: i64) -> usize {
        self.invalid.push_back(now);
        self.invalid(now)
    }

    /// How many calls Discord refused in the last ten minutes.
    pub(super) fn invalid(&mut self, now: i64) -> usize {
        while self.invalid.front().is_some_and(|at| at + INVALID_WINDOW <= now) {
            self.invalid.pop_front();
        }
        self.invalid.len()
    }

    fn key(&self, template: &'static str, major: &str) -> String {
        match self.routes.get(template) {
            Some(Route::Bucket { name, .. }) => format!("{name}#{major}"),
            _ => format!("{template}#{major}"),
        }
    }

    /// What a bucket nothing is known of may hold: one call at a time until Discord has named its bucket.
    fn limit(&self, template: &'static str) -> i64 {
        match self.routes.get(template) {
            Some(Route::Bucket { limit, .. }) => *limit,
            Some(Route::Unlimited) => NEVER,
            None => 1,
        }
    }
}

impl Bucket {
    fn pass(&mut self, now: i64) -> Result<(), i64> {
        if self.blocked_until > now {
            return Err(self.blocked_until);
        }
        if self.reset_at <= now {
            self.remaining = self.limit;
        }
        // Calls on their way may or may not be counted in `remaining` yet.
        if self.remaining > self.in_flight {
            return Ok(());
        }
        Err(if self.reset_at > now { self.reset_at } else { NEVER })
    }

    fn is_idle(&self, now: i64) -> bool {
        self.in_flight == 0 && self.reset_at <= now && self.blocked_until <= now
    }
}

/// Whether calls so many refusals deserve a loud word, said once at each thousand.
pub(super) fn is_alarming(invalid: usize) -> bool {
    invalid.is_multiple_of(BRAKE) && invalid > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(template: &'static str, major: &str) -> Wanted {
        Wanted { template, major: major.to_owned(), global: true, person: false }
    }

    fn seen(bucket: &str, limit: i64, remaining: i64, reset_after: i64) -> Seen {
        Seen {
            bucket: Some(bucket.to_owned()),
            limit: Some(limit),
            remaining: Some(remaining),
            reset_after: Some(reset_after),
        }
    }

    #[test]
    fn an_unknown_route_is_tried_by_one_call_alone() {
        let mut limits = Limits::default();
        let post = wanted("POST /m", "1");
        let key = limits.start(&post, 0);
        assert_eq!(limits.start(&post, 0), Err(NEVER));
        assert!(limits.start(&wanted("POST /m", "2"), 0).is_ok(), "another channel is another bucket");
        limits.end(&post, &key.unwrap_or_default(), Some(&Seen::default()), 5);
        for _ in 0..20 {
            assert!(limits.start(&post, 5).is_ok(), "a route without a bucket has no limit of its own");
        }
    }

    #[test]
    fn an_empty_bucket_waits_for_its_reset_and_calls_on_their_way_count() {
        let mut limits = Limits::default();
        let post = wanted("POST /m", "1");
        let key = limits.start(&post, 0).unwrap_or_default();
        limits.end(&post, &key, Some(&seen("abc", 5, 2, 1_000)), 100);
        let first = limits.start(&post, 200);
        assert_eq!(first, Ok("abc#1".to_owned()));
        assert!(limits.start(&post, 200).is_ok());
        assert_eq!(limits.start(&post, 200), Err(1_100), "two were left, two are on their way");
        limits.end(&post, "abc#1", Some(&seen("abc", 5, 0, 900)), 300);
        limits.end(&post, "abc#1", Some(&seen("abc", 5, 1, 900)), 310);
        assert_eq!(limits.start(&post, 320), Err(1_210), "the later answer was counted earlier");
        assert!(limits.start(&post, 1_210).is_ok());
        let other = limits.start(&wanted("POST /m", "2"), 320);
        assert_eq!(other, Ok("abc#2".to_owned()), "the same bucket in another channel is counted apart");
    }

    #[test]
    fn two_routes_with_one_bucket_share_it() {
        let mut limits = Limits::default();
        for template in ["PUT /r", "DELETE /r"] {
            let key = limits.start(&wanted(template, "1"), 0).unwrap_or_default();
            limits.end(&wanted(template, "1"), &key, Some(&seen("r", 1, 0, 250)), 10);
        }
        assert_eq!(limits.start(&wanted("PUT /r", "1"), 20), Err(260));
        assert_eq!(limits.start(&wanted("DELETE /r", "1"), 20), Err(260));
        assert!(limits.start(&wanted("DELETE /r", "1"), 260).is_ok());
        assert_eq!(limits.start(&wanted("PUT /r", "1"), 260), Err(NEVER), "its one call is on its way");
    }

    #[test]
    fn a_refused_call_holds_its_bucket_or_everything() {
        let mut limits = Limits::default();
        let post = wanted("POST /m", "1");
        limits.refused(&post, 700, false, 100);
        assert_eq!(limits.start(&post, 200), Err(800));
        assert!(limits.start(&wanted("POST /m", "2"), 200).is_ok());
        limits.refused(&post, 3_000, true, 200);
        assert_eq!(limits.start(&wanted("POST /m", "3"), 800), Err(3_200));
        let token = Wanted { global: false, ..wanted("POST /w", "1/token") };
        assert!(limits.start(&token, 800).is_ok(), "an interaction's token is outside the bot's limit");
    }

    #[test]
    fn fifty_go_in_a_second_and_ten_of_them_are_kept_for_people() {
        let mut limits = Limits::default();
        let channels: Vec<String> = (0..100).map(|channel| channel.to_string()).collect();
        let bulk = |channel: usize| wanted("POST /m", &channels[channel]);
        let person = |channel: usize| Wanted { person: true, ..bulk(channel) };
        for channel in 0..40 {
            assert!(limits.start(&bulk(channel), channel.try_into().unwrap_or_default()).is_ok());
        }
        assert_eq!(limits.start(&bulk(40), 100), Err(1_050));
        for channel in 40..50 {
            assert!(limits.start(&person(channel), 100).is_ok());
        }
        assert_eq!(limits.start(&person(50), 100), Err(1_050));
        assert!(limits.start(&person(50), 1_050).is_ok());
        assert_eq!(limits.start(&person(51), 1_050), Err(1_051));
        assert_eq!(limits.start(&bulk(52), 1_050), Err(1_061), "people's calls count for the others too");
    }

    #[test]
    fn many_refused_calls_stop_what_can_wait_before_discord_bans_the_address() {
        let mut limits = Limits::default();
        for at in 0..999 {
            limits.count_invalid(at);
        }
        assert!(limits.start(&wanted("POST /m", "1"), 1_000).is_ok());
        assert_eq!(limits.count_invalid(1_000), 1_000);
        assert!(is_alarming(1_000) && !is_alarming(1_001) && !is_alarming(0));
        assert_eq!(limits.start(&wanted("POST /m", "2"), 1_001), Err(600_000));
        assert!(limits.start(&Wanted { person: true, ..wanted("POST /m", "3") }, 1_001).is_ok());
        assert!(limits.start(&wanted("POST /m", "2"), 600_000).is_ok());
        assert_eq!(limits.invalid(1_201_000), 0);
    }

    #[test]
    fn several_processes_share_what_one_bot_may() {
        let mut limits = Limits::default();
        limits.share_with(4);
        let call = |channel: usize| Wanted { person: true, ..wanted("POST /m", &channel.to_string()) };
        let started = (0..50).take_while(|channel| limits.start(&call(*channel), 0).is_ok()).count();
        assert_eq!(started, 12);
        limits.share_with(1);
        let more = (50..100).take_while(|channel| limits.start(&call(*channel), 0).is_ok()).count();
        assert_eq!(started + more, 50);
    }
}
