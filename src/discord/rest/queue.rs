//! Who goes next: by priority, then by age; a call that waited long rises, so that nobody waits for ever.

use super::call::Priority;
use super::limits::{Limits, Wanted};
use super::pace::NEVER;

/// After each such wait a call counts as one priority higher (ms).
const AGING: i64 = 10_000;

/// A call that waits for its turn.
#[derive(Debug)]
struct Waiting<T> {
    number: u64,
    wanted: Wanted,
    priority: Priority,
    since: i64,
    entered: Option<i64>,
    held: Option<&'static str>,
    ticket: T,
}

/// The calls that wait, each with the ticket that wakes it.
#[derive(Debug)]
pub(super) struct Queue<T> {
    waiting: Vec<Waiting<T>>,
}

/// A call whose turn it is.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Turn<T> {
    /// The bucket it was counted in.
    pub bucket: String,
    /// Its ticket.
    pub ticket: T,
    /// What held it last, if anything did.
    pub held: Option<&'static str>,
    /// How long it stood in the queue (ms).
    pub waited: i64,
}

impl<T> Default for Queue<T> {
    fn default() -> Self {
        Self { waiting: Vec::new() }
    }
}

impl<T> Queue<T> {
    /// Lines a call up. `number` orders calls of one rank; a call that comes back keeps its number and its age.
    pub(super) fn push(&mut self, number: u64, wanted: Wanted, priority: Priority, since: i64, ticket: T) {
        self.waiting.push(Waiting { number, wanted, priority, since, entered: None, held: None, ticket });
    }

    /// How many wait.
    pub(super) fn len(&self) -> usize {
        self.waiting.len()
    }

    /// Starts every call that may go, in order, and says when to look again.
    pub(super) fn turns(
        &mut self,
        limits: &mut Limits,
        now: i64,
        is_given_up: impl Fn(&T) -> bool,
    ) -> (Vec<Turn<T>>, i64) {
        self.waiting.retain(|waiting| !is_given_up(&waiting.ticket));
        self.waiting.sort_by_key(|waiting| (waiting.rank(now), waiting.number));
        let (mut turns, mut look_again) = (Vec::new(), NEVER);
        for mut waiting in std::mem::take(&mut self.waiting) {
            let entered = *waiting.entered.get_or_insert(now);
            let wanted = Wanted { person: waiting.rank(now) == 0, ..waiting.wanted.clone() };
            match limits.start(&wanted, now) {
                Ok(bucket) => {
                    let (ticket, held, waited) = (waiting.ticket, waiting.held, now - entered);
                    turns.push(Turn { bucket, ticket, held, waited });
                }
                Err(until) => {
                    waiting.held = Some(limits.holds(&wanted, now));
                    look_again = look_again.min(until);
                    self.waiting.push(waiting);
                }
            }
        }
        (turns, look_again)
    }
}

impl<T> Waiting<T> {
    /// 0 goes first, and counts as a person's.
    fn rank(&self, now: i64) -> i64 {
        let rank = match self.priority {
            Priority::Callback | Priority::Person => 0,
            Priority::Nudge => 1,
            Priority::Bulk => 2,
        };
        (rank - (now - self.since) / AGING).max(0)
    }
}

#[cfg(test)]
mod tests {
    use super::super::limits::Seen;
    use super::*;

    fn wanted() -> Wanted {
        Wanted { template: "POST /m", major: "1".to_owned(), global: true, person: false }
    }

    /// Lets one call go each time and returns the order in which they went.
    fn order(queue: &mut Queue<&'static str>, mut now: i64) -> Vec<&'static str> {
        let (mut limits, mut order) = (Limits::default(), Vec::new());
        while queue.len() > 0 {
            let (turns, _) = queue.turns(&mut limits, now, |_| false);
            assert_eq!(turns.len(), 1, "an unknown route is tried by one call alone");
            for turn in turns {
                let seen = Seen {
                    bucket: Some("b".to_owned()),
                    limit: Some(1),
                    remaining: Some(0),
                    reset_after: Some(100),
                };
                limits.end(&wanted(), &turn.bucket, Some(&seen), now);
                order.push(turn.ticket);
            }
            now += 100;
        }
        order
    }

    #[test]
    fn a_person_overtakes_what_can_wait_and_equals_keep_their_order() {
        let mut queue = Queue::default();
        queue.push(1, wanted(), Priority::Bulk, 0, "bulk 1");
        queue.push(2, wanted(), Priority::Bulk, 0, "bulk 2");
        queue.push(3, wanted(), Priority::Nudge, 0, "nudge");
        queue.push(4, wanted(), Priority::Person, 0, "person 1");
        queue.push(5, wanted(), Priority::Person, 0, "person 2");
        assert_eq!(order(&mut queue, 0), ["person 1", "person 2", "nudge", "bulk 1", "bulk 2"]);
    }

    #[test]
    fn whoever_waited_long_goes_before_people_who_just_came() {
        let mut queue = Queue::default();
        queue.push(1, wanted(), Priority::Bulk, 0, "old bulk");
        queue.push(2, wanted(), Priority::Person, 2 * AGING, "person");
        queue.push(3, wanted(), Priority::Bulk, 2 * AGING, "bulk");
        assert_eq!(order(&mut queue, 2 * AGING), ["old bulk", "person", "bulk"]);
    }

    #[test]
    fn whoever_gave_up_takes_no_turn() {
        let mut queue = Queue::default();
        queue.push(1, wanted(), Priority::Person, 0, "gone");
        queue.push(2, wanted(), Priority::Person, 0, "here");
        let (turns, _) = queue.turns(&mut Limits::default(), 0, |ticket| *ticket == "gone");
        assert_eq!(turns.iter().map(|turn| turn.ticket).collect::<Vec<_>>(), ["here"]);
        assert_eq!(queue.len(), 0);
    }
}
