//! Journals as the rules write them, and the facts a report must read from them.

use std::collections::BTreeMap;

use chrono_tz::Tz;

use super::*;
use crate::domain::command::{Command, Delivery, ToCustomer};
use crate::domain::complaint::{Complaint, Line};
use crate::domain::context::Context;
use crate::domain::decide::{decide, file};
use crate::domain::event::{self, DismissReason, Entry, Filed, Source};
use crate::domain::outbox::CustomerPost;
use crate::domain::policy::{Category, Filing, IncidentList, Nudging, Policy, RatingPolicy};
use crate::domain::timer::{Slot, timers};
use crate::features;
use crate::kernel::ids::{ChannelId, ComplaintId, GuildId, MessageId, UserId};
use crate::kernel::lang::Lang;
use crate::kernel::people::{Actor, Person, Rank};
use crate::kernel::severity::Severity;
use crate::sla::calendar::{Calendar, Stretch};
use crate::sla::clocks::{Addressee, Cadence, Reopening, Step, Target};
use crate::sla::clocks::{ClockKind, ClockPolicy};
use crate::sla::hours::Hours;

const ZONE: Tz = chrono_tz::Asia::Ho_Chi_Minh;
pub(super) const MINUTE: i64 = 60_000;
pub(super) const HOUR: i64 = 60 * MINUTE;
/// Saturday 20 June 2026, 09:00 in Ho Chi Minh City.
pub(super) const NINE: i64 = 1_781_920_800_000;

fn policy() -> Policy {
    let duty = vec![Stretch { from: 8 * 60, to: 22 * 60 }];
    let clock = |target, calendar: &str| ClockPolicy {
        target: Target::Open(target),
        calendar: calendar.into(),
        ladder: vec![Step { after_ms: 0, to: Addressee::Manager }],
        reopening: Reopening::Restart,
        ..ClockPolicy::default()
    };
    let category = |id: &str| Category {
        id: id.into(),
        vi: id.into(),
        en: id.into(),
        playbooks: Vec::new(),
        words: Vec::new(),
        features: features::Category::default(),
        remedies: Vec::new(),
    };
    Policy {
        zone: ZONE,
        clocks: BTreeMap::from([
            (ClockKind::Recorded, clock(24 * HOUR, "always")),
            (ClockKind::Reply, clock(15 * MINUTE, "duty")),
        ]),
        variants: Vec::new(),
        cadence: Cadence::default(),
        receipt_counts: false,
        nudging: Nudging::default(),
        incident_list: IncidentList::default(),
        digest_at: None,
        version: String::new(),
        filing: Filing { silence_ms: MINUTE, longest_ms: HOUR, unsent_ms: HOUR },
        rating: RatingPolicy { delay_ms: 0, quiet: None, reminder_ms: 48 * HOUR, closes_ms: 168 * HOUR },
        calendars: BTreeMap::from([
            ("always".to_owned(), Hours::always()),
            (
                "duty".to_owned(),
                Hours::new(
                    Calendar { week: std::array::from_fn(|_| duty.clone()), ..Calendar::default() },
                    ZONE,
                ),
            ),
        ]),
        keep_ms: 365 * 24 * HOUR,
        data_request: ClockPolicy::default(),
        categories: vec![category("billing"), category("equipment")],
        authority: Vec::new(),
        priced: Vec::new(),
        features: features::Policy::default(),
        approve_alone: false,
    }
}

/// One complaint under the hands of a customer and of Mai, with its journal.
pub(super) struct Play {
    pub(super) complaint: Complaint,
    pub(super) journal: Vec<Entry>,
    pub(super) policy: Policy,
}

impl Play {
    /// The first words came at `since`, the filing at `at`.
    pub(super) fn filed(since: i64, at: i64) -> Self {
        let policy = policy();
        let filed = Filed {
            guild: GuildId(1),
            number: 7,
            customer: person(2),
            lang: Lang::Vi,
            source: Source::Form,
            medium: None,
            logged_by: None,
            words: "Mạng rớt".into(),
            wish: String::new(),
            contact: String::new(),
            files: Vec::new(),
            extras: Vec::new(),
            since,
            direct: None,
            suggested: None,
            earlier: None,
        };
        let decision = file(ComplaintId(1), filed, Vec::new(), None, &policy, at);
        Self { complaint: decision.complaint, journal: decision.entries, policy }
    }

    fn by(&mut self, by: Actor, at: i64, command: Command) {
        assert!(self.tries(by, at, command), "nothing is refused");
    }

    /// Whether it is not refused.
    pub(super) fn tries(&mut self, by: Actor, at: i64, command: Command) -> bool {
        let rank = Rank { staff: true, manager: true, ..Rank::default() };
        let mut context = Context::new(by, &self.policy, at);
        context.rank = rank;
        let Ok(decision) = decide(&self.complaint, command, &context) else { return false };
        self.complaint = decision.complaint;
        self.journal.extend(decision.entries);
        true
    }

    fn staff(&mut self, at: i64, command: Command) {
        self.by(Actor::Staff(person(3)), at, command);
    }

    fn customer(&mut self, at: i64, command: Command) {
        self.by(Actor::Customer(person(2)), at, command);
    }

    fn writes(&mut self, at: i64) {
        let message = MessageId(at.unsigned_abs());
        let wrote = Command::CustomerWrote {
            message,
            text: "Alo?".into(),
            files: vec![],
            extras: vec![],
            sorted: false,
        };
        self.customer(at, wrote);
    }

    fn replies(&mut self, at: i64) {
        self.staff(at, Command::Reply { text: "Dạ, em kiểm tra ngay.".into(), files: vec![], allowed: None });
        let (reply, by) = (self.complaint.replies, person(3));
        self.arrives(at, ToCustomer::Reply { reply, by, text: "Dạ, em kiểm tra ngay.".into(), asked: None });
    }

    /// Words of the desk stand before the customer.
    fn arrives(&mut self, at: i64, what: ToCustomer) {
        let (line, message) = (Line::Direct { channel: ChannelId(9) }, MessageId(11));
        let delivery = Delivery::Customer { what, line, direct_closed: false, message };
        self.by(Actor::Desk, at, Command::Delivered(delivery));
    }

    /// Resolves, and the question arrives a second later.
    fn resolves(&mut self, at: i64) {
        self.staff(at, Command::Resolve { outcome: "Đã nối lại cáp".into() });
        let delivery = Delivery::Customer {
            what: ToCustomer::Outcome { cycle: self.cycle() },
            line: Line::Direct { channel: ChannelId(9) },
            direct_closed: false,
            message: MessageId(10),
        };
        self.by(Actor::Desk, at + 1_000, Command::Delivered(delivery));
    }

    pub(super) fn cycle(&self) -> i64 {
        self.complaint.rating().map_or(0, |rating| rating.cycle)
    }

    /// The timer of a clock fires when it is due.
    fn fires(&mut self, clock: ClockKind) {
        let slot = Slot::Clock(clock);
        let due = timers(&self.complaint, &self.policy)[&slot];
        self.by(Actor::Desk, due, Command::Fired { slot, due, hushed: false });
    }

    fn until(&self, cutoff: i64) -> CaseFact {
        case_fact(&self.journal, cutoff, &self.policy).expect("it begins with a filing")
    }

    fn whole(&self) -> CaseFact {
        self.until(i64::MAX)
    }
}

pub(super) fn person(id: u64) -> Person {
    Person { id: UserId(id), name: "Mai".into() }
}

#[test]
fn a_breach_then_a_reply_is_one_wait_and_one_missed_clock() {
    let mut play = Play::filed(NINE, NINE);
    play.fires(ClockKind::Reply);
    play.replies(NINE + 40 * MINUTE);
    let fact = play.whole();
    let forty = Some(40 * MINUTE);
    let wait = Wait { started: NINE, answered: Some(NINE + 40 * MINUTE), duty_ms: forty };
    assert_eq!((fact.number, fact.received, fact.waits), (7, NINE, vec![wait]));
    let clock = |name: &str| fact.clocks.iter().find(|run| run.clock == name).cloned().unwrap_or_default();
    let reply = clock("reply");
    assert_eq!((reply.deadline, reply.missed), (NINE + 15 * MINUTE, Some(NINE + 15 * MINUTE)));
    assert_eq!(reply.stopped, Some(NINE + 40 * MINUTE));
    // Whoever answers an unowned complaint has recorded it.
    let recorded = clock("recorded");
    assert_eq!((recorded.missed, recorded.stopped), (None, Some(NINE + 40 * MINUTE)));
    assert_eq!(fact.recorded, Some(NINE + 40 * MINUTE));
}

#[test]
fn duty_time_leaves_out_the_night_and_wall_time_does_not() {
    let evening = NINE + 12 * HOUR + 55 * MINUTE;
    let mut play = Play::filed(evening, evening);
    play.replies(NINE + 23 * HOUR + 10 * MINUTE);
    let wait = play.whole().waits[0].clone();
    assert_eq!(wait.duty_ms, Some(15 * MINUTE));
    assert_eq!(wait.answered.unwrap() - wait.started, 10 * HOUR + 15 * MINUTE);
}

#[test]
fn the_oldest_unanswered_message_waits_and_thanks_after_the_end_do_not() {
    let mut play = Play::filed(NINE, NINE);
    play.replies(NINE + 5 * MINUTE);
    play.writes(NINE + HOUR);
    play.writes(NINE + 2 * HOUR);
    let fact = play.whole();
    assert_eq!(fact.waits.len(), 2);
    assert_eq!((fact.waits[1].started, fact.waits[1].answered), (NINE + HOUR, None));
    play.resolves(NINE + 3 * HOUR);
    let told = Some(NINE + 3 * HOUR + 1_000);
    assert_eq!(play.whole().waits[1].answered, told, "the outcome is an answer, once it is there");
    let message = MessageId(77);
    let thanks = Command::CustomerWrote {
        message,
        text: "Cảm ơn".into(),
        files: vec![],
        extras: vec![],
        sorted: false,
    };
    play.customer(NINE + 4 * HOUR, thanks);
    let fact = play.whole();
    assert_eq!((fact.waits.len(), fact.resolved), (2, Some(NINE + 3 * HOUR)));
}

#[test]
fn a_reopened_complaint_is_resolved_no_more_but_was() {
    let mut play = Play::filed(NINE, NINE);
    play.resolves(NINE + HOUR);
    play.customer(NINE + 2 * HOUR, Command::Rate { cycle: 1, score: 1 });
    play.customer(NINE + 2 * HOUR, Command::AnswerFixed { cycle: 1, fixed: event::Fixed::No });
    play.customer(NINE + 26 * HOUR, Command::CustomerReopen { cycle: 1 });
    let fact = play.whole();
    assert_eq!((fact.resolved, fact.ended), (None, None));
    assert_eq!(fact.waits.last().map(|wait| (wait.started, wait.answered)), Some((NINE + 26 * HOUR, None)));
    let rating = fact.ratings[0].clone();
    assert_eq!((rating.score, rating.fixed, rating.delivered), (Some(1), Some(Fixed::No), true));
    // As it stood the evening before, it was resolved: that day's report does not change.
    assert_eq!(play.until(NINE + 15 * HOUR).resolved, Some(NINE + HOUR));
    // Resolved again and asked again: both scores were given.
    play.resolves(NINE + 30 * HOUR);
    play.customer(NINE + 31 * HOUR, Command::Rate { cycle: 2, score: 4 });
    let fact = play.whole();
    assert_eq!(fact.resolved, Some(NINE + 30 * HOUR));
    let given: Vec<_> = fact.ratings.iter().map(|rating| (rating.asked, rating.score)).collect();
    assert_eq!(given, [(NINE + HOUR, Some(1)), (NINE + 30 * HOUR, Some(4))]);
    assert_eq!(fact.reopened, [NINE + 26 * HOUR]);
    assert_eq!(fact.clocks.iter().filter(|run| run.clock == "reply").count(), 2);
}

#[test]
fn a_rating_counts_from_its_first_tap_and_yes_ends_the_case() {
    let mut play = Play::filed(NINE, NINE);
    play.resolves(NINE + HOUR);
    assert_eq!(play.whole().ratings[0].answered, None);
    play.customer(NINE + 3 * HOUR, Command::Rate { cycle: 1, score: 5 });
    play.customer(NINE + 4 * HOUR, Command::AnswerFixed { cycle: 1, fixed: event::Fixed::Yes });
    let fact = play.whole();
    let expected = RatingFact {
        asked: NINE + HOUR,
        delivered: true,
        score: Some(5),
        fixed: Some(Fixed::Yes),
        answered: Some(NINE + 3 * HOUR),
    };
    assert_eq!((fact.ratings, fact.ended, fact.dismissed), (vec![expected], Some(NINE + 4 * HOUR), false));
}

#[test]
fn the_latest_classification_counts_as_of_each_period() {
    let mut play = Play::filed(NINE, NINE);
    let classify = |id: &str| Command::Classify { category: Some(id.into()), severity: None, about: None };
    play.staff(NINE + HOUR, classify("billing"));
    play.staff(NINE + 25 * HOUR, classify("equipment"));
    assert_eq!(play.until(NINE + HOUR).category, None);
    assert_eq!(play.until(NINE + 2 * HOUR).category.as_deref(), Some("billing"));
    assert_eq!(play.whole().category.as_deref(), Some("equipment"));
}

#[test]
fn a_dismissed_complaint_says_so() {
    let mut play = Play::filed(NINE, NINE);
    play.staff(NINE + HOUR, Command::Dismiss { reason: DismissReason::Spam });
    let fact = play.whole();
    assert_eq!((fact.dismissed, fact.ended, fact.ratings), (true, Some(NINE + HOUR), Vec::new()));
    // The reply clock ran out before anybody looked; that is written down and stays.
    assert!(fact.clocks.iter().any(|run| run.clock == "reply" && run.missed.is_some()));
}

#[test]
fn a_draft_filed_after_midnight_belongs_to_its_first_message() {
    let midnight = NINE + 15 * HOUR;
    let play = Play::filed(midnight - 10 * MINUTE, midnight + 20 * MINUTE);
    let fact = play.until(midnight);
    assert_eq!((fact.received, fact.clocks.len()), (midnight - 10 * MINUTE, 2));
}

#[test]
fn whoever_was_touched_early_enough_has_no_deadline_left_in_the_period() {
    let policy = policy();
    let since = touched_since(NINE, &policy);
    for kind in [ClockKind::Recorded, ClockKind::Reply] {
        let schedule = policy.schedule_from(kind, Severity::Normal, None, since - 1).unwrap();
        assert!(schedule.breach_at.is_some_and(|at| at < NINE), "{kind}");
    }
    assert!(since < NINE - 24 * HOUR);
}

#[test]
fn a_written_refusal_answers_and_whoever_withdrew_waits_for_nothing() {
    use crate::domain::disposition::Deed;
    use crate::features::{self, rejection};
    let reject = |command| Command::Feature(features::Command::Reject(command));
    let refuse = reject(rejection::Command::Write {
        reason: "Đúng gói cước".into(),
        basis: String::new(),
        recourse: "Nhắn lại tại đây".into(),
    });
    let agree = reject(rejection::Command::Agree { number: 1 });
    let mut play = Play::filed(NINE, NINE);
    play.staff(NINE + HOUR, refuse);
    play.by(Actor::Staff(person(4)), NINE + 2 * HOUR, agree);
    assert_eq!(play.whole().waits.last().and_then(|wait| wait.answered), None, "posted is not told");
    let post = features::ToCustomer::Refused(rejection::Which { number: 1 });
    let post = Box::new(CustomerPost::Feature(post));
    play.arrives(NINE + 2 * HOUR + MINUTE, ToCustomer::Post { post });
    let fact = play.whole();
    assert_eq!(fact.waits.last().and_then(|wait| wait.answered), Some(NINE + 2 * HOUR + MINUTE));
    assert_eq!((fact.ended, fact.resolved), (Some(NINE + 2 * HOUR), None));

    let mut play = Play::filed(NINE, NINE);
    play.replies(NINE + HOUR);
    play.writes(NINE + 2 * HOUR);
    play.customer(NINE + 3 * HOUR, Command::Disposition(Deed::Withdraw { heard: None, text: String::new() }));
    let answered: Vec<Option<i64>> = play.whole().waits.iter().map(|wait| wait.answered).collect();
    assert_eq!(answered, [Some(NINE + HOUR)], "what was answered stays, the rest is nobody's wait");
}

#[test]
fn promises_are_read_as_they_were_moved_kept_and_let_go() {
    use crate::domain::disposition::Deed as End;
    use crate::features::promise;
    let does = |command| Command::Feature(features::Command::Promise(command));
    let promise =
        |what: &str, due: i64| does(promise::Command::Give { what: what.into(), due, appointment: None });
    let mut play = Play::filed(NINE, NINE);
    play.staff(NINE + HOUR, promise("gọi lại", NINE + 4 * HOUR));
    play.staff(NINE + HOUR, promise("thay dây", NINE + 30 * HOUR));
    let moved = promise::Command::Move { promise: 1, due: NINE + 6 * HOUR, reason: "kẹt xe".into() };
    play.staff(NINE + 2 * HOUR, does(moved));
    play.staff(NINE + 5 * HOUR, does(promise::Command::Keep { promise: 1, outcome: "Đã gọi".into() }));
    let withdraw = Command::Disposition(End::Withdraw { heard: None, text: String::new() });
    play.customer(NINE + 8 * HOUR, withdraw);
    let kept = PromiseFact {
        due: NINE + 6 * HOUR,
        moved: vec![NINE + 2 * HOUR],
        kept: Some(NINE + 5 * HOUR),
        released: false,
    };
    let let_go = PromiseFact { due: NINE + 30 * HOUR, released: true, ..PromiseFact::default() };
    assert_eq!(play.whole().promises, [kept, let_go]);
    let before = play.until(NINE + 2 * HOUR);
    assert_eq!((before.promises[0].due, before.promises[0].moved.len()), (NINE + 4 * HOUR, 0));
}

#[test]
fn what_needs_no_answer_is_no_wait_and_the_next_message_waits_from_its_own_instant() {
    let mut play = Play::filed(NINE, NINE);
    play.replies(NINE + 5 * MINUTE);
    play.writes(NINE + HOUR);
    play.staff(NINE + HOUR + MINUTE, Command::NoAnswerNeeded);
    assert!(play.whole().waits.iter().all(|wait| wait.answered.is_some()), "nobody waits");
    play.writes(NINE + 7 * HOUR);
    play.replies(NINE + 7 * HOUR + 5 * MINUTE);
    let waits: Vec<_> = play.whole().waits.iter().map(|wait| (wait.started, wait.duty_ms)).collect();
    assert_eq!(waits, [(NINE, Some(5 * MINUTE)), (NINE + 7 * HOUR, Some(5 * MINUTE))]);
    let fact = play.whole();
    let called_off = fact.clocks.iter().filter(|run| run.clock == "reply" && run.called_off).count();
    assert_eq!(called_off, 1, "nobody answered, and nobody had to");
}
