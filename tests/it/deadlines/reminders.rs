//! Reminders and ladders, each case by its number: what other desks' users reported as nagging, late, or missing.
//! What is about sending (R05, R07, R12, R17, R21 to R27, R29, R30) is played through the wire in `notices`.

use ClockKind::{Reply, Resolution};
use langnghe::domain::command::Command;
use langnghe::domain::digest::Digest;
use langnghe::domain::event::{DismissReason, Event};
use langnghe::domain::policy::Policy;
use langnghe::domain::running::{Cause, Rung};
use langnghe::domain::timer::timers;
use langnghe::kernel::severity::Severity;
use langnghe::sla::clocks::{Addressee, ClockKind, NudgeAt, Reopening, Step};

use super::{HOUR, MINUTE, Play, pausing, policy, with_variant};
use crate::sla::utc;

fn monday(time: &str) -> i64 {
    utc(&format!("2025-06-02 {time}:00"))
}

/// Four office hours with a reminder at three quarters; low severities have six hours, high ones two.
fn office(kind: ClockKind) -> Policy {
    let mut policy = pausing(policy("U9_17", &[(kind, 240)]));
    policy.clocks.entry(kind).and_modify(|clock| clock.nudges = vec![NudgeAt::Percent(75)]);
    let policy = with_variant(policy, &[Severity::Low], &[], &[(kind, 360)]);
    with_variant(policy, &[Severity::High], &[], &[(kind, 120)])
}

fn filed() -> Play {
    Play::filed(office(Resolution), monday("09:00"))
}

fn wait() -> Command {
    Command::Wait { reason: String::new() }
}

fn resolve() -> Command {
    Command::Resolve { outcome: "Đã thay dây.".to_owned() }
}

fn reopen() -> Command {
    Command::Reopen { reason: "Chưa xong".to_owned() }
}

fn seen(play: &Play) -> (Option<i64>, Vec<i64>) {
    (play.due(Resolution), play.run(Resolution).schedule.nudges.clone())
}

#[test]
fn r01_r02_a_share_is_counted_in_open_time_that_was_not_paused() {
    let mut play = filed();
    assert_eq!(seen(&play), (Some(monday("13:00")), vec![monday("12:00")]), "R01");
    play.staff(monday("10:00"), wait());
    play.staff(monday("11:00"), Command::Resume);
    assert_eq!(seen(&play), (Some(monday("14:00")), vec![monday("13:00")]), "R02");
}

#[test]
fn r03_nobody_is_reminded_of_what_stands_still() {
    let mut play = filed();
    play.staff(monday("11:59"), wait());
    play.works_until(monday("15:00"));
    assert_eq!((play.told().len(), play.next_timer()), (0, None));
    play.staff(monday("15:00"), Command::Resume);
    assert_eq!(play.next_timer(), Some(monday("15:01")));
    play.works_until(monday("15:01"));
    assert_eq!(play.told().len(), 1);
}

#[test]
fn r04_an_answer_takes_the_reminder_back() {
    // Unanswered, they would be reminded at noon.
    let mut silent = Play::filed(office(Reply), monday("09:00"));
    silent.works_until(monday("12:00"));
    assert_eq!(silent.told().len(), 1);

    let mut play = Play::filed(office(Reply), monday("09:00"));
    assert_eq!(play.next_timer(), Some(monday("12:00")));
    play.replies(monday("11:58"));
    assert!(timers(&play.held, &play.policy).is_empty());
    play.works_until(monday("17:00"));
    assert!(play.told().is_empty());
}

#[test]
fn r05_r06_what_was_slept_through_is_told_once_as_it_stands() {
    let mut play = filed();
    play.wakes(monday("12:20"));
    let told = play.told();
    assert_eq!(told.len(), 1, "R05");
    assert_eq!(told[0].deadline - monday("12:20"), 40 * MINUTE, "what is left is counted from the deadline");

    let mut play = filed();
    play.wakes(monday("13:30"));
    let told = play.told();
    assert_eq!(
        (told.len(), told[0].missed, told[0].deadline),
        (1, Some(Cause::Time), monday("13:00")),
        "R06"
    );
    assert_eq!(play.run(Resolution).nudged, 0, "the reminder is overtaken");
    play.works_until(monday("16:59"));
    assert_eq!(play.told().len(), 1);
}

#[test]
fn r08_a_lead_lies_before_the_weekend() {
    let mut policy = policy("U9_17", &[(Resolution, 60)]);
    policy.clocks.entry(Resolution).and_modify(|clock| clock.nudges = vec![NudgeAt::Left(15 * MINUTE)]);
    let play = Play::filed(policy, utc("2025-06-06 16:05:00"));
    assert_eq!(seen(&play), (Some(utc("2025-06-09 09:05:00")), vec![utc("2025-06-06 16:50:00")]));
}

#[test]
fn r09_another_deadline_is_reminded_of_anew() {
    let mut play = filed();
    play.works_until(monday("12:30"));
    play.classified(monday("12:30"), None, Some(Severity::Low));
    assert_eq!(seen(&play), (Some(monday("15:00")), vec![monday("13:30")]));
    play.works_until(monday("14:00"));
    let deadlines: Vec<i64> = play.told().iter().map(|notice| notice.deadline).collect();
    assert_eq!(deadlines, [monday("13:00"), monday("15:00")]);
}

#[test]
fn r10_what_another_severity_makes_late_is_told_once_and_why() {
    let mut play = filed();
    play.works_until(monday("12:30"));
    let before = play.told().len();
    play.classified(monday("12:30"), None, Some(Severity::High));
    play.works_until(monday("16:59"));
    let told = play.told().split_off(before);
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!((told[0].deadline, told[0].missed), (monday("11:00"), Some(Cause::Reprioritised)));
    let breach = play.run(Resolution).breach.expect("it was missed");
    assert_eq!((breach.deadline, breach.cause), (monday("11:00"), Cause::Reprioritised));
}

#[test]
fn r10_a_severity_taken_back_erases_no_breach() {
    let mut play = filed();
    play.wakes(monday("13:30"));
    let breach = play.run(Resolution).breach;
    play.classified(monday("13:40"), None, Some(Severity::Low));
    play.works_until(monday("16:59"));
    assert_eq!((play.run(Resolution).breach, play.told().len()), (breach, 1));
    // Nobody had noticed that it was late before it was given more time: managers hear of it at once.
    let mut play = filed();
    play.classified(monday("13:40"), None, Some(Severity::Low));
    assert_eq!(play.run(Resolution).breach, breach);
    assert_eq!(play.notices.len(), 1);
}

#[test]
fn r11_the_same_said_ten_times_says_nothing() {
    let mut play = filed();
    play.works_until(monday("12:10"));
    play.classified(monday("12:10"), Some("usual"), Some(Severity::Low));
    let (told, facts) = (play.told(), play.journal.len());
    for minute in 11..21 {
        play.classified(monday(&format!("12:{minute}")), Some("usual"), Some(Severity::Low));
        play.staff(monday(&format!("12:{minute}")), Command::Recompute);
    }
    assert_eq!((play.told(), play.journal.len()), (told, facts));
}

#[test]
fn r12_a_timer_that_fires_twice_tells_once() {
    let mut play = filed();
    for at in ["12:00", "13:00"] {
        for (slot, due) in timers(&play.held, &play.policy) {
            (0..3).for_each(|_| play.fires(monday(at), slot, due));
        }
    }
    assert_eq!(play.told().len(), 2);
}

#[test]
fn r13_what_is_answered_before_it_opens_again_is_in_time() {
    let friday = |time: &str| utc(&format!("2025-06-06 {time}:00"));
    let policy = policy("U9_17", &[(Reply, 120)]);
    let mut late = Play::filed(policy.clone(), friday("15:00"));
    assert_eq!(late.due(Reply), Some(friday("17:00")));
    assert_eq!(late.next_timer(), Some(utc("2025-06-09 09:00:00")));
    late.works_until(utc("2025-06-09 09:00:00"));
    assert!(late.run(Reply).is_breached());
    let mut kept = Play::filed(policy, friday("15:00"));
    kept.replies(friday("17:30"));
    assert!(!kept.run(Reply).is_breached());
}

#[test]
fn r14_a_rung_is_counted_in_open_time() {
    let mut policy = policy("U9_17", &[(Resolution, 60)]);
    let step = Step { after_ms: HOUR, to: Addressee::HeadOffice };
    policy.clocks.entry(Resolution).and_modify(|clock| clock.ladder.push(step));
    let mut play = Play::filed(policy, utc("2025-06-06 15:30:00"));
    let (breach, later) = (utc("2025-06-06 16:30:00"), utc("2025-06-09 09:30:00"));
    let rung = |at, to| Rung { at, to };
    let ladder = [rung(breach, Addressee::Manager), rung(later, Addressee::HeadOffice)];
    assert_eq!(play.run(Resolution).schedule.ladder, ladder);
    play.works_until(later - 1);
    assert_eq!(play.notices.len(), 1);
    play.works_until(later);
    assert_eq!(play.notices.len(), 2);
}

/// There is no roster yet: nobody is at a level where a complaint has no owner.
#[test]
fn r15_where_nobody_is_the_next_level_is_told_at_once() {
    let mut policy = office(Resolution);
    let step = Step { after_ms: 0, to: Addressee::Owner };
    policy.clocks.entry(Resolution).and_modify(|clock| clock.ladder = vec![step]);
    let mut unowned = Play::filed(policy.clone(), monday("09:00"));
    unowned.works_until(monday("13:00"));
    let to: Vec<_> = unowned.notices.iter().flat_map(|notice| notice.to.clone()).collect();
    assert_eq!((to, unowned.told_owner().len()), (vec![Addressee::Staff; 2], 0));
    let mut owned = Play::filed(policy, monday("09:00"));
    owned.staff(monday("09:10"), Command::Claim);
    owned.works_until(monday("13:00"));
    assert_eq!((owned.notices.len(), owned.told_owner().len()), (0, 2));
}

#[test]
fn r16_what_is_open_after_the_ladder_stands_in_every_digest() {
    let mut play = filed();
    play.works_until(monday("16:59"));
    let told = play.told().len();
    let overdue = |play: &Play, day: &str| {
        let day = day.parse().expect("a date");
        let mut digest = Digest::new(chrono_tz::Tz::UTC, day, utc(&format!("{day} 08:15:00")));
        digest.take_in(&play.held);
        digest.overdue.len()
    };
    // On the day after it stands under what was missed yesterday, with those that are over.
    assert_eq!(overdue(&play, "2025-06-03"), 0);
    for day in ["2025-06-04", "2025-06-05", "2025-07-01"] {
        play.wakes(utc(&format!("{day} 08:15:00")));
        assert_eq!((overdue(&play, day), play.told().len()), (1, told), "{day}: named, nobody is pinged");
    }
    play.staff(utc("2025-07-01 09:00:00"), resolve());
    assert_eq!(overdue(&play, "2025-07-02"), 0);
}

#[test]
fn r17_r18_what_is_over_is_overtaken() {
    type End = fn(&mut Play);
    let ends: [(&str, End); 2] = [
        ("R17 resolved", |play| play.staff(monday("13:01"), resolve())),
        ("R18 dismissed as a duplicate", |play| {
            play.staff(monday("13:01"), Command::Dismiss { reason: DismissReason::Duplicate });
        }),
    ];
    for (id, end) in ends {
        let mut play = filed();
        play.works_until(monday("13:00"));
        assert!(play.notices.last().is_some_and(|notice| !notice.is_overtaken(&play.held)), "{id}");
        end(&mut play);
        assert!(play.told().iter().all(|notice| notice.is_overtaken(&play.held)), "{id}");
        assert_eq!(play.next_timer(), None, "{id}");
    }
    // That something was missed is worth telling where the desk waits meanwhile.
    let mut play = filed();
    play.works_until(monday("13:00"));
    play.staff(monday("13:00"), wait());
    assert!(play.notices.last().is_some_and(|notice| !notice.is_overtaken(&play.held)));
}

#[test]
fn r19_a_restart_is_reminded_of_like_the_first_time() {
    let mut policy = office(Resolution);
    policy.clocks.entry(Resolution).and_modify(|clock| clock.reopening = Reopening::Restart);
    let mut play = Play::filed(policy, monday("09:00"));
    play.works_until(monday("12:30"));
    play.staff(monday("12:30"), resolve());
    let first = play.journal.clone();
    play.staff(utc("2025-06-03 09:00:00"), reopen());
    assert_eq!(play.run(Resolution).cycle, 2);
    play.works_until(utc("2025-06-03 13:00:00"));
    let told: Vec<(i64, i64)> = play.told().iter().map(|notice| (notice.cycle, notice.deadline)).collect();
    let second = (2, utc("2025-06-03 13:00:00"));
    assert_eq!(told.iter().filter(|held| held.0 == 1).count(), 1);
    assert_eq!(told.iter().filter(|held| **held == second).count(), 2, "the reminder and the breach");
    assert_eq!(play.journal[..first.len()], first);
}

#[test]
fn r20_what_was_late_already_is_told_once_on_reopening() {
    let mut policy = office(Resolution);
    let more = [(10, Addressee::HeadOffice), (20, Addressee::Staff)];
    let more = more.map(|(after, to)| Step { after_ms: after * MINUTE, to });
    policy.clocks.entry(Resolution).and_modify(|clock| clock.ladder.extend(more));
    let mut play = Play::filed(policy, monday("09:00"));
    play.works_until(monday("13:05"));
    play.staff(monday("13:05"), resolve());
    let before = play.told().len();
    play.staff(monday("15:00"), reopen());
    play.works_until(utc("2025-06-05 16:59:00"));
    let told = play.told().split_off(before);
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!((told[0].missed, told[0].deadline), (Some(Cause::Reopened), monday("13:00")));
    assert_eq!(play.run(Resolution).cycle, 1);
    // Late only now, since it was given another severity while it was resolved.
    let mut play = filed();
    play.staff(monday("12:00"), resolve());
    play.classified(monday("12:30"), None, Some(Severity::High));
    play.staff(monday("14:00"), reopen());
    play.works_until(monday("16:59"));
    let told: Vec<_> = play.told().iter().map(|notice| (notice.missed, notice.deadline)).collect();
    assert_eq!(told, [(Some(Cause::Reopened), monday("11:00"))]);
}

#[test]
fn r25_a_clock_that_steps_back_repeats_nothing() {
    let mut play = filed();
    play.works_until(monday("12:00"));
    let (held, told) = (play.held.clone(), play.told());
    for late in [90_000, 60_000, 1, 0] {
        for (slot, due) in timers(&held, &play.policy) {
            play.fires(monday("12:00") - late, slot, due);
            play.fires(monday("12:00") - late, slot, monday("12:00"));
        }
    }
    assert_eq!((&play.held, play.told()), (&held, told));
}

#[test]
fn r27_a_reminder_at_night_comes_before_it_unless_it_is_for_any_hour() {
    let mut policy = policy("always", &[(Resolution, 240)]);
    policy.nudging.calendar = "day".to_owned();
    policy.calendars.insert("day".to_owned(), day_hours());
    policy.clocks.entry(Resolution).and_modify(|clock| clock.nudges = vec![NudgeAt::Left(30 * MINUTE)]);
    let mut play = Play::filed(policy.clone(), monday("20:10"));
    assert_eq!(seen(&play), (Some(utc("2025-06-03 00:10:00")), vec![monday("21:59")]));
    play.classified(monday("20:20"), None, Some(Severity::Critical));
    assert_eq!(seen(&play), (Some(utc("2025-06-03 00:10:00")), vec![monday("23:40")]));
    // Told at 21:59, and made critical only then: the deadline is the same, so it is not told again.
    let mut play = Play::filed(policy.clone(), monday("20:10"));
    play.works_until(monday("22:05"));
    play.classified(monday("22:05"), None, Some(Severity::Critical));
    play.works_until(monday("23:59"));
    assert_eq!(play.told().len(), 1);
    // At night already, and the morning comes after the breach: better at night than too late.
    let play = Play::filed(policy, monday("22:00"));
    assert_eq!(seen(&play), (Some(utc("2025-06-03 02:00:00")), vec![utc("2025-06-03 01:30:00")]));
}

/// Every day 07:00 to 22:00.
fn day_hours() -> langnghe::sla::hours::Hours {
    use langnghe::sla::calendar::{Calendar, Stretch};
    let open = Stretch { from: 7 * 60, to: 22 * 60 };
    let calendar = Calendar { week: [0; 7].map(|_| vec![open]), ..Calendar::default() };
    langnghe::sla::hours::Hours::new(calendar, chrono_tz::Tz::UTC)
}

#[test]
fn a_pause_at_night_does_not_bring_a_reminder_twice() {
    // Due at closing time: the reminder of 22:00 comes at 21:59.
    let mut policy = policy("day", &[(Resolution, 240)]);
    policy.nudging.calendar = "day".to_owned();
    policy.calendars.insert("day".to_owned(), day_hours());
    policy.clocks.entry(Resolution).and_modify(|clock| {
        (clock.nudges, clock.pauses) = (vec![NudgeAt::Percent(50)], true);
    });
    let mut play = Play::filed(policy, monday("20:00"));
    play.works_until(monday("22:10"));
    assert_eq!(play.told().len(), 1);
    play.staff(monday("22:10"), wait());
    play.staff(monday("22:20"), Command::Resume);
    assert_eq!(play.due(Resolution), Some(utc("2025-06-03 09:00:00")), "the same deadline");
    play.works_until(utc("2025-06-03 08:59:00"));
    assert_eq!(play.told().len(), 1);
}

#[test]
fn r28_five_messages_are_one_question() {
    let mut play = Play::filed(office(Reply), monday("09:00"));
    play.replies(monday("09:10"));
    for minute in 0..5 {
        play.customer_writes(monday("10:00") + minute * MINUTE);
    }
    play.works_until(monday("13:59"));
    assert_eq!((play.run(Reply).cycle, play.due(Reply)), (2, Some(monday("14:00"))));
    assert_eq!(play.told().len(), 1);
    play.works_until(monday("16:59"));
    let missed = play.journal.iter().filter(|entry| matches!(entry.event, Event::ClockBreached { .. }));
    assert_eq!(missed.count(), 1);
}

#[test]
fn what_was_put_off_stays_put_off_when_the_deadline_moves() {
    let mut play = filed();
    let snooze = Command::Snooze { clock: Resolution, for_ms: 2 * HOUR, reason: "họp".to_owned() };
    play.staff(monday("10:30"), snooze);
    assert_eq!(seen(&play), (Some(monday("13:00")), vec![monday("12:30")]));
    play.staff(monday("11:00"), wait());
    play.staff(monday("11:05"), Command::Resume);
    assert_eq!(seen(&play), (Some(monday("13:05")), vec![monday("12:30")]));
    play.classified(monday("11:10"), None, Some(Severity::Low));
    assert_eq!(seen(&play), (Some(monday("15:05")), vec![monday("12:30"), monday("13:35")]));
}

#[test]
fn another_policy_while_the_desk_waits_leaves_the_clock_standing() {
    let mut play = filed();
    play.staff(monday("10:00"), wait());
    play.classified(monday("10:30"), None, Some(Severity::Low));
    assert!(play.run(Resolution).is_paused());
    play.staff(monday("11:00"), Command::Resume);
    assert_eq!(seen(&play), (Some(monday("16:00")), vec![monday("14:30")]));
    // It does not pause any more: the wait counts from its beginning.
    let mut play = filed();
    play.staff(monday("10:00"), wait());
    play.policy.clocks.entry(Resolution).and_modify(|clock| clock.pauses = false);
    play.staff(monday("10:30"), Command::Recompute);
    assert_eq!(seen(&play), (Some(monday("13:00")), vec![monday("12:00")]));
    play.staff(monday("12:30"), resolve());
    assert_eq!(play.run(Resolution).used, Some(210 * MINUTE));
}

#[test]
fn what_a_policy_called_off_begins_again_where_it_would_have() {
    let mut play = Play::filed(office(Reply), monday("09:00"));
    play.replies(monday("09:10"));
    play.customer_writes(monday("10:00"));
    let clocks = play.policy.clocks.clone();
    play.policy.clocks.clear();
    play.staff(monday("10:30"), Command::Recompute);
    assert_eq!(play.due(Reply), None);
    play.policy.clocks = clocks;
    play.staff(monday("11:00"), Command::Recompute);
    assert_eq!(play.due(Reply), Some(monday("14:00")), "the customer still waits since ten");
    // Dismissed in error: the law's clock goes on counting from the receipt.
    let law = ClockKind::WrittenAnswer;
    let mut policy = policy("U9_17", &[(law, 1)]);
    let days = langnghe::sla::clocks::Target::WorkingDays(2);
    policy.clocks.entry(law).and_modify(|clock| {
        (clock.target, clock.reopening) = (days, Reopening::Restart);
    });
    let mut play = Play::filed(policy, monday("09:00"));
    let due = play.due(law);
    play.staff(monday("10:00"), Command::Dismiss { reason: DismissReason::NotAComplaint });
    play.staff(utc("2025-06-03 10:00:00"), reopen());
    assert_eq!((play.due(law), play.run(law).cycle), (due, 2));
}

#[test]
fn how_bad_it_is_can_be_said_alone() {
    let mut play = filed();
    play.classified(monday("10:00"), None, Some(Severity::High));
    assert_eq!((play.held.severity, play.held.category.clone()), (Severity::High, None));
    assert_eq!(play.due(Resolution), Some(monday("11:00")));
}
