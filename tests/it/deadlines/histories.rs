//! What holds for every history: any commands at any times, timers in time, late and twice, under policies that change.

use std::collections::{BTreeMap, BTreeSet};

use ClockKind::{Recorded, Reply, Resolution, Update, WrittenAnswer};
use chrono_tz::Tz;
use langnghe::domain::command::Command;
use langnghe::domain::event::{DismissReason, Event};
use langnghe::domain::policy::{Policy, Span};
use langnghe::domain::running::{Breach, Running};
use langnghe::domain::timer::{Slot, timers};
use langnghe::kernel::people::Actor;
use langnghe::kernel::severity::Severity;
use langnghe::sla::clocks::{Addressee, Cadence, ClockKind, NudgeAt, Reopening, Step, Target};
use proptest::prelude::*;
use proptest::sample::select;

use super::{HOUR, MINUTE, Play, policy, staff, with_variant};
use crate::sla::utc;
use crate::tiers::few_or_all;

/// What somebody does.
#[derive(Clone, Copy, Debug)]
enum Deed {
    Claim,
    Reply,
    CustomerWrites,
    Wait,
    Resume,
    Snooze(ClockKind, i64),
    NoAnswer,
    Severe(Severity),
    Resolve,
    Reopen,
    CustomerReopens,
    Dismiss,
    LowScore,
    /// Another policy counts from now on; whether open deadlines are computed anew.
    Policy(usize, bool),
    /// Timers that were armed before an earlier deed fire again.
    Stale,
    /// Time passes.
    Nothing,
}

/// A deed, so long after the one before (ms), and whether the program works meanwhile or wakes up afterwards.
#[derive(Clone, Copy, Debug)]
struct Happening {
    after: i64,
    awake: bool,
    deed: Deed,
}

fn deeds() -> impl Strategy<Value = Vec<Happening>> {
    let kind = select(vec![Reply, Update, Resolution, Recorded]);
    let severity = select(Severity::ALL.to_vec());
    let deed = prop_oneof![
        1 => Just(Deed::Claim),
        3 => Just(Deed::Reply),
        3 => Just(Deed::CustomerWrites),
        3 => Just(Deed::Wait),
        3 => Just(Deed::Resume),
        2 => (kind, 1..6 * HOUR).prop_map(|(kind, span)| Deed::Snooze(kind, span)),
        1 => Just(Deed::NoAnswer),
        2 => severity.prop_map(Deed::Severe),
        2 => Just(Deed::Resolve),
        3 => Just(Deed::Reopen),
        1 => Just(Deed::CustomerReopens),
        1 => Just(Deed::Dismiss),
        1 => Just(Deed::LowScore),
        2 => (0..3_usize, any::<bool>()).prop_map(|(which, anew)| Deed::Policy(which, anew)),
        2 => Just(Deed::Stale),
        3 => Just(Deed::Nothing),
    ];
    let whole = (0..12_i64).prop_map(|halves| halves * HOUR / 2);
    let after = prop_oneof![3 => 0..9 * HOUR, 2 => whole, 1 => 0..72 * HOUR, 1 => Just(0)];
    let step = (after, any::<bool>(), deed).prop_map(|(after, awake, deed)| Happening { after, awake, deed });
    prop::collection::vec(step, 1..18)
}

/// Three policies that differ in targets, pauses, calendars, and in what there is at all.
fn policies() -> [Policy; 3] {
    let first = policy("U9_17", &[(Recorded, 480), (Reply, 60), (Update, 240), (Resolution, 480)]);
    let mut first = with_variant(first, &[Severity::High], &[], &[(Reply, 30), (Resolution, 120)]);
    first = with_variant(first, &[Severity::Low], &[], &[(Resolution, 960), (Update, 0)]);
    let mut second = policy("VN", &[(Recorded, 600), (Reply, 90), (Update, 300), (Resolution, 600)]);
    second.cadence = Cadence { only_when_asked: true, before_first_reply: false };
    let third = policy("B7x24", &[(Reply, 240), (Resolution, 300)]);
    let mut all = [first, second, third];
    for (index, policy) in all.iter_mut().enumerate() {
        policy.version = index.to_string();
        let law = super::clock("VN", 1);
        policy.clocks.insert(
            WrittenAnswer,
            langnghe::sla::clocks::ClockPolicy { target: Target::WorkingDays(2), ..law },
        );
        let variants = policy.variants.iter_mut().flat_map(|variant| variant.clocks.values_mut().flatten());
        for clock in policy.clocks.values_mut().chain(variants) {
            clock.nudges = vec![NudgeAt::Percent(50), NudgeAt::Percent(75)];
            clock.ladder.push(Step { after_ms: HOUR, to: Addressee::HeadOffice });
            clock.pauses = index != 2;
            clock.reopening = if index == 1 { Reopening::Restart } else { Reopening::Continue };
        }
    }
    all
}

/// A play with what was seen of it so far.
struct History {
    play: Play,
    policies: [Policy; 3],
    now: i64,
    /// Timers as they were armed before earlier deeds.
    armed: BTreeSet<(Slot, i64)>,
    breaches: BTreeMap<(ClockKind, i64), Breach>,
    seen: usize,
}

impl History {
    fn new(policies: [Policy; 3], start: i64) -> Self {
        let play = Play::filed(policies[0].clone(), start);
        let (armed, breaches) = (BTreeSet::new(), BTreeMap::new());
        Self { play, policies, now: start, armed, breaches, seen: 0 }
    }

    fn step(&mut self, step: Happening) {
        let until = self.now + step.after;
        if step.awake {
            let now = self.now;
            self.play.works_from(now, until);
        }
        self.now = until;
        self.armed.extend(timers(&self.play.held, &self.play.policy));
        self.act(step.deed);
    }

    fn act(&mut self, deed: Deed) {
        let (play, now) = (&mut self.play, self.now);
        let words = || "Dạ".to_owned();
        let customer = Actor::Customer(play.held.filed.customer.clone());
        let cycle = play.held.rating().map_or(1, |rating| rating.cycle);
        let (by, command) = match deed {
            Deed::Claim => (staff(), Command::Claim),
            Deed::Reply => (staff(), Command::Reply { text: words(), files: Vec::new(), allowed: None }),
            Deed::CustomerWrites => return play.customer_writes(now),
            Deed::Wait => (staff(), Command::Wait { reason: words() }),
            Deed::Resume => (staff(), Command::Resume),
            Deed::Snooze(clock, for_ms) => (staff(), Command::Snooze { clock, for_ms, reason: words() }),
            Deed::NoAnswer => (staff(), Command::NoAnswerNeeded),
            Deed::Severe(severity) => {
                (staff(), Command::Classify { category: None, severity: Some(severity), about: None })
            }
            Deed::Resolve => (staff(), Command::Resolve { outcome: words() }),
            Deed::Reopen => (staff(), Command::Reopen { reason: words() }),
            Deed::CustomerReopens => (customer, Command::CustomerReopen { cycle }),
            Deed::Dismiss => (staff(), Command::Dismiss { reason: DismissReason::Test }),
            Deed::LowScore => (customer, Command::Rate { cycle, score: 1 }),
            Deed::Policy(which, anew) => {
                play.policy = self.policies[which].clone();
                if !anew {
                    return;
                }
                (staff(), Command::Recompute)
            }
            Deed::Stale => {
                for (slot, due) in self.armed.clone().into_iter().filter(|(_, due)| *due <= now) {
                    if matches!(slot, Slot::Clock(_)) {
                        play.fires(now, slot, due);
                    }
                }
                return;
            }
            Deed::Nothing => return,
        };
        // What cannot be done now is refused, and nothing comes of it.
        let before = (play.held.clone(), play.journal.len());
        if play.asks(&by, now, command).is_err() {
            assert_eq!((&play.held, play.journal.len()), (&before.0, before.1));
        }
    }

    /// What must hold after every deed.
    fn check(&mut self) {
        let play = &self.play;
        for entry in &play.journal[self.seen..] {
            if let Event::ClockBreached { clock, cycle, deadline, target, cause, .. } = &entry.event {
                let breach = Breach { deadline: *deadline, target: *target, cause: *cause };
                let before = self.breaches.insert((*clock, *cycle), breach);
                assert_eq!(before, None, "(b) {clock} {cycle} was missed already");
                assert!(*deadline <= entry.at, "(b) {clock} was missed before its deadline");
            }
        }
        self.seen = play.journal.len();
        let armed = timers(&play.held, &play.policy);
        for (kind, run) in &play.held.clocks {
            assert_eq!(run.breach, self.breaches.get(&(*kind, run.cycle)).copied(), "(b) {kind}");
            if run.is_paused() || !run.is_running() {
                assert!(!armed.contains_key(&Slot::Clock(*kind)), "(e) {kind} is waited for");
            }
            self.measure(*kind, run);
            self.computed_anew(*kind, run);
        }
    }

    /// (d) Missed, if and only if more than its target was used; where the target was another one before, the deadline of
    /// that time counts.
    fn measure(&self, kind: ClockKind, run: &Running) {
        let moved = self.play.journal.iter().any(|entry| {
            matches!(&entry.event, Event::ClockMoved { clock, cycle, cause: Some(_), .. } if (*clock, *cycle) == (kind, run.cycle))
                || matches!(&entry.event, Event::ClockContinued { clock, cycle, .. } if (*clock, *cycle) == (kind, run.cycle))
        });
        let (Target::Open(target), Some(used)) = (run.terms.target, run.used) else { return };
        assert!(
            used <= target || run.is_breached(),
            "(d) {kind} used {used} of {target}, and nobody noticed"
        );
        let late = used > target || (used == target && run.is_breached());
        assert!(moved || late == run.is_breached(), "(d) {kind} used {used} of {target}: {run:?}");
    }

    /// (f) What came of all the deeds is what the policy says of the run with its pauses.
    fn computed_anew(&self, kind: ClockKind, run: &Running) {
        if !run.is_running() || matches!(run.terms.target, Target::ByHand) {
            return;
        }
        let policy = &self.play.policy;
        let terms = run.terms.clone();
        let clock = langnghe::sla::clocks::ClockPolicy {
            target: terms.target,
            calendar: terms.calendar,
            nudges: terms.nudges,
            ladder: terms.ladder,
            pauses: terms.pauses,
            reopening: Reopening::default(),
        };
        let pauses = run.stretches();
        let span = Span { start: run.started, until: None, pauses: &pauses };
        let fresh = policy.schedule(&clock, terms.severity, &span, self.now);
        if run.is_breached() && run.is_paused() {
            return;
        }
        let ends = |schedule: &langnghe::domain::running::Schedule| (schedule.due_at, schedule.breach_at);
        assert_eq!(ends(&fresh), ends(&run.schedule), "(f) {kind} {run:?}");
        if !run.is_breached() && !run.is_paused() {
            assert_eq!(fresh.ladder, run.schedule.ladder, "(f) {kind}");
            if run.snooze.is_none() {
                let to_come =
                    |nudges: &[i64]| nudges.iter().copied().filter(|at| *at > self.now).collect::<Vec<_>>();
                assert_eq!(to_come(&fresh.nudges), to_come(&run.schedule.nudges), "(f) {kind}");
            }
        }
    }

    /// (c) Nobody is told twice of one level of one deadline. A snooze makes a level of its own, and a reopening tells once
    /// more of what was late before.
    fn told_once(&self) {
        let mut levels = BTreeSet::new();
        let mut rungs: BTreeMap<(ClockKind, i64), i64> = BTreeMap::new();
        let mut snoozes = 0;
        for entry in &self.play.journal {
            match &entry.event {
                Event::Snoozed { .. } => snoozes += 1,
                Event::ClockContinued { clock, cycle, .. } => {
                    rungs.remove(&(*clock, *cycle));
                }
                Event::Nudged { clock, cycle, level, deadline, .. } => {
                    let fresh = levels.insert((*clock, *cycle, *level, *deadline, snoozes));
                    assert!(fresh, "(c) {clock} {cycle}: level {level} of {deadline} was told");
                }
                Event::Escalated { clock, cycle, rung, .. } => {
                    let before = rungs.insert((*clock, *cycle), *rung);
                    assert!(before.is_none_or(|before| before < *rung), "(c) {clock} {cycle}: rung {rung}");
                }
                _ => {}
            }
        }
        let reminders = self.play.told().iter().filter(|notice| notice.missed.is_none()).count();
        assert_eq!(reminders, levels.len(), "(c) one message each");
    }
}

fn start() -> impl Strategy<Value = i64> {
    (0..28 * 24 * HOUR).prop_map(|after| utc("2026-02-02 00:00:00") + after / MINUTE * MINUTE)
}

fn quiet(mut policies: [Policy; 3]) -> [Policy; 3] {
    policies.iter_mut().for_each(|policy| policy.nudging.calendar = "VN".to_owned());
    policies
}

proptest! {
    #![proptest_config(ProptestConfig { cases: few_or_all(100, 1000), failure_persistence: None, ..ProptestConfig::default() })]

    /// (a), which `Play` looks at after every decision, and (b) to (f).
    #[test]
    fn every_history_adds_up(start in start(), deeds in deeds()) {
        let mut history = History::new(policies(), start);
        for deed in deeds {
            history.step(deed);
            history.check();
        }
        // Looked at once more, and once more later: whatever is late is written down, with its own deadline.
        history.play.wakes(history.now);
        let once = history.play.journal.len();
        history.play.wakes(history.now);
        prop_assert_eq!(history.play.journal.len(), once, "(b) looking twice changes nothing");
        history.check();
        history.now += 400 * HOUR;
        history.play.wakes(history.now);
        history.check();
        history.told_once();
    }

    /// (b), (c): the same where reminders keep away from nights and weekends.
    #[test]
    fn nobody_is_told_twice_at_any_hour(start in start(), deeds in deeds()) {
        let mut history = History::new(quiet(policies()), start);
        for deed in deeds {
            history.step(deed);
        }
        history.play.works_from(history.now, history.now + 400 * HOUR);
        history.told_once();
    }

    /// (g), invariant 12: where the desk is shown in another zone, calendars with a zone of their own say the same.
    #[test]
    fn the_zone_of_a_desk_moves_no_deadline(start in start(), deeds in deeds(), zone in select(&chrono_tz::TZ_VARIANTS[..])) {
        let elsewhere = policies().map(|policy| policy.in_zone(zone));
        prop_assert!(elsewhere.iter().all(|policy| policy.zone == zone) && policies()[0].zone == Tz::UTC);
        let (mut here, mut there) = (History::new(policies(), start), History::new(elsewhere, start));
        for deed in deeds {
            here.step(deed);
            there.step(deed);
        }
        prop_assert_eq!(&here.play.journal, &there.play.journal);
    }
}
