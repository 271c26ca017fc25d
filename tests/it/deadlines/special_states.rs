//! Cases in which more happens than a row can tell: two complaints, timers in between, a refusal.

use ClockKind::{Promise, Reply, Resolution};
use langnghe::domain::command::{Command, Refusal};
use langnghe::domain::complaint::Stage;
use langnghe::domain::event::{DismissReason, Event};
use langnghe::domain::policy::Policy;
use langnghe::domain::running::{Cause, Schedule, Stop, Terms};
use langnghe::domain::timer::timers;
use langnghe::kernel::people::Actor;
use langnghe::kernel::severity::Severity;
use langnghe::sla::clocks::{Addressee, ClockKind, NudgeAt, Step, Target};

use super::{HOUR, MINUTE, Play, pausing, policy, with_variant};
use crate::sla::utc;

/// The cases by their number.
pub const CASES: [(&str, fn()); 7] =
    [("S33", s33), ("S46", s46), ("S47", s47), ("S51", s51), ("S59", s59), ("S63", s63), ("S64", s64)];

fn monday(time: &str) -> i64 {
    utc(&format!("2025-06-02 {time}:00"))
}

fn levelled(minutes: i64, left: &[i64]) -> Policy {
    let mut policy = policy("always", &[(Resolution, minutes)]);
    let nudges = left.iter().map(|left| NudgeAt::Left(left * MINUTE)).collect();
    policy.clocks.entry(Resolution).and_modify(|clock| clock.nudges = nudges);
    policy
}

/// There is no merging yet; a duplicate is dismissed as one. All clocks end then, and the journal keeps what was.
fn s33() {
    let mut play = Play::filed(policy("always", &[(Reply, 60), (Resolution, 600)]), monday("09:00"));
    let (mut other, before) = (Play::filed(play.policy.clone(), monday("09:00")), play.journal.clone());
    other.replies(monday("09:30"));
    let untouched = other.held.clone();
    play.staff(monday("10:30"), Command::Dismiss { reason: DismissReason::Duplicate });
    for clock in [Reply, Resolution] {
        assert_eq!(
            (play.run(clock).stop, play.run(clock).stopped),
            (Some(Stop::Cancelled), Some(monday("10:30")))
        );
    }
    assert!(timers(&play.held, &play.policy).is_empty(), "nothing is waited for any more");
    assert_eq!(play.journal[..before.len()], before);
    assert_eq!(
        play.run(Reply).breach.map(|breach| breach.deadline),
        Some(monday("10:00")),
        "what was missed was"
    );
    assert_eq!(other.held, untouched);
}

fn s46() {
    let policy = with_variant(levelled(240, &[60]), &[Severity::High], &[], &[(Resolution, 120)]);
    let mut play = Play::filed(policy.clone(), monday("13:00"));
    let control = Play::filed(policy, monday("13:00"));
    let seen = |play: &Play| (play.due(Resolution), play.run(Resolution).schedule.nudges.clone());
    assert_eq!(seen(&play), (Some(monday("17:00")), vec![monday("16:00")]));
    play.classified(monday("13:10"), None, Some(Severity::High));
    assert_eq!(seen(&play), (Some(monday("15:00")), vec![monday("14:00")]), "the old level is gone");
    assert_eq!(play.next_timer(), Some(monday("14:00")));
    assert_eq!(seen(&control), (Some(monday("17:00")), vec![monday("16:00")]));
}

/// Levels here tell people; none of them changes how bad a complaint is.
fn s47() {
    let mut play = Play::filed(levelled(120, &[60, 30]), monday("10:00"));
    play.wakes(monday("11:01"));
    assert_eq!((play.run(Resolution).nudged, play.told().len()), (1, 1));
    play.wakes(monday("11:01"));
    assert_eq!(play.told().len(), 1);
    play.wakes(monday("11:31"));
    assert_eq!((play.run(Resolution).nudged, play.told().len()), (2, 2));
    assert!(play.run(Resolution).nudges_left().is_empty());
}

/// A deadline that a person gave is a promise; no command makes one yet.
fn s51() {
    let mut play = Play::filed(pausing(policy("always", &[(Resolution, 600)])), monday("09:00"));
    let until = monday("12:00");
    let terms = Terms { target: Target::ByHand, calendar: "always".to_owned(), ..Terms::default() };
    let schedule = Schedule { due_at: Some(until), breach_at: Some(until), ..Schedule::default() };
    let started = monday("09:00");
    play.fact(
        started,
        Event::ClockStarted { clock: Promise, cycle: 1, started, terms, schedule, pauses: Vec::new() },
    );
    play.staff(monday("10:00"), Command::Wait { reason: String::new() });
    assert_eq!((play.due(Promise), play.due(Resolution)), (Some(until), None));
    play.staff(monday("11:00"), Command::Resume);
    assert_eq!((play.due(Promise), play.due(Resolution)), (Some(until), Some(monday("20:00"))));
}

/// Nobody handles a complaint of their own, so nobody's own message counts as an answer.
fn s59() {
    let mut play = Play::filed(policy("always", &[(Reply, 60)]), monday("09:00"));
    let own = Actor::Staff(play.held.filed.customer.clone());
    let reply = Command::Reply { text: "Xong rồi".to_owned(), files: Vec::new(), allowed: None };
    for command in [reply, Command::Claim, Command::Assign { to: play.held.filed.customer.clone() }] {
        assert_eq!(play.asks(&own, monday("09:10"), command), Err(Refusal::OwnComplaint));
    }
    let to = play.held.filed.customer.clone();
    assert_eq!(
        play.asks(&super::staff(), monday("09:10"), Command::Assign { to }),
        Err(Refusal::OwnComplaint)
    );
    assert_eq!((play.held.owner.clone(), play.held.stage), (None, Stage::Filed));
    assert_eq!(play.due(Reply), Some(monday("10:00")), "it waits for somebody else");
}

fn s63() {
    let slow = pausing(policy("always", &[(Resolution, 480)]));
    let mut policy = with_variant(slow, &[Severity::High], &[], &[(Resolution, 90)]);
    for clock in policy.variants[0].clocks.values_mut().flatten() {
        clock.nudges = vec![NudgeAt::Percent(75)];
        clock.ladder.push(Step { after_ms: 10 * MINUTE, to: Addressee::HeadOffice });
    }
    let mut play = Play::filed(policy, monday("09:00"));
    play.staff(monday("10:00"), Command::Wait { reason: String::new() });
    play.staff(monday("11:00"), Command::Resume);
    play.classified(monday("12:00"), None, Some(Severity::High));
    let breach = play.run(Resolution).breach.expect("it was missed at once");
    // From the receipt, with the hour in which the desk waited left out.
    assert_eq!((breach.deadline, breach.cause), (monday("11:30"), Cause::Reprioritised));
    assert_eq!(breach.target, Target::Open(90 * MINUTE));
    play.works_until(monday("12:00") + 8 * HOUR);
    let told = play.told();
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].to, [Addressee::Manager, Addressee::HeadOffice], "both rungs lay behind");
}

fn s64() {
    let mut policy = pausing(policy("always", &[(Resolution, 60)]));
    let ladder = |second: i64| {
        let step = |after: i64, to| Step { after_ms: after * MINUTE, to };
        vec![step(0, Addressee::Manager), step(second, Addressee::HeadOffice)]
    };
    policy.clocks.entry(Resolution).and_modify(|clock| clock.ladder = ladder(60));
    let mut play = Play::filed(policy, monday("09:00"));
    play.works_until(monday("10:10"));
    assert_eq!(play.notices.len(), 1);
    // The policy is edited while the ladder is climbed; a wait in between does not bring the new one in either.
    play.policy.clocks.entry(Resolution).and_modify(|clock| clock.ladder = ladder(20));
    play.works_until(monday("10:30"));
    play.staff(monday("10:30"), Command::Wait { reason: String::new() });
    play.staff(monday("10:40"), Command::Resume);
    play.works_until(monday("11:09"));
    assert_eq!(play.notices.len(), 1);
    play.works_until(monday("11:10"));
    assert_eq!(play.notices.len(), 2, "an hour after the breach, the wait left out");
}
