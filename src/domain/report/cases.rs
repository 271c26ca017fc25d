//! The cases a report must get right, each with the trap it stands for.

use chrono_tz::Tz;

use super::period::instant;
use super::*;

const ZONE: Tz = chrono_tz::Asia::Ho_Chi_Minh;

fn at(text: &str) -> i64 {
    at_in(text, ZONE)
}

fn at_in(text: &str, zone: Tz) -> i64 {
    instant(chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap(), zone)
}

fn span(from: &str, to: &str) -> Period {
    Period { from: at(from), to: at(to) }
}

fn june() -> Period {
    span("2026-06-01 00:00", "2026-07-01 00:00")
}

fn case(received: &str) -> CaseFact {
    CaseFact { received: at(received), ..CaseFact::default() }
}

fn cycle(deadline: &str, stopped: Option<&str>) -> ClockFact {
    ClockFact {
        clock: "reply".into(),
        cycle: 1,
        deadline: at(deadline),
        stopped: stopped.map(at),
        ..ClockFact::default()
    }
}

fn with_clocks(clocks: Vec<ClockFact>) -> Vec<CaseFact> {
    vec![CaseFact { clocks, ..case("2026-06-20 09:00") }]
}

fn reply_share(facts: &[CaseFact], now: &str, period: Period) -> Share {
    overview(facts, at(now), period).clocks.get("reply").copied().unwrap_or_default()
}

#[test]
fn a_june_deadline_met_late_in_july_is_missed_in_june() {
    let facts = with_clocks(vec![cycle("2026-06-30 12:00", Some("2026-07-02 09:00"))]);
    assert_eq!(reply_share(&facts, "2026-07-10 09:00", june()), Share { part: 0, whole: 1 });
    let july = span("2026-07-01 00:00", "2026-08-01 00:00");
    assert_eq!(reply_share(&facts, "2026-08-10 09:00", july), Share::default());
}

#[test]
fn open_and_due_tomorrow_is_not_counted_and_due_yesterday_is_missed() {
    let tomorrow = with_clocks(vec![cycle("2026-06-22 10:00", None)]);
    assert_eq!(reply_share(&tomorrow, "2026-06-21 10:00", june()), Share::default());
    let yesterday = with_clocks(vec![cycle("2026-06-20 10:00", None)]);
    assert_eq!(reply_share(&yesterday, "2026-06-21 10:00", june()), Share { part: 0, whole: 1 });
}

#[test]
fn stopped_on_the_last_instant_is_met() {
    let facts = with_clocks(vec![cycle("2026-06-20 10:00", Some("2026-06-20 10:00"))]);
    assert_eq!(reply_share(&facts, "2026-06-20 10:00", june()), Share { part: 1, whole: 1 });
}

#[test]
fn each_cycle_counts_for_itself() {
    let second = ClockFact { cycle: 2, ..cycle("2026-06-25 10:00", None) };
    let facts = with_clocks(vec![cycle("2026-06-20 10:00", Some("2026-06-20 09:30")), second]);
    assert_eq!(reply_share(&facts, "2026-07-01 10:00", june()), Share { part: 1, whole: 2 });
}

#[test]
fn without_a_policy_there_is_no_denominator_but_a_count() {
    let figures = overview(&[case("2026-06-20 09:00")], at("2026-07-01 10:00"), june());
    assert_eq!((figures.clocks.len(), figures.without_clock, figures.received), (0, 1, 1));
    assert_eq!(figures.deadlines(), Share::default());
}

#[test]
fn a_breach_stays_whatever_happened_to_the_deadline_or_the_case() {
    let relaxed = ClockFact {
        missed: Some(at("2026-06-25 10:00")),
        ..cycle("2026-06-25 10:00", Some("2026-06-24 10:00"))
    };
    let kept = cycle("2026-06-25 10:00", Some("2026-06-24 10:00"));
    let facts = with_clocks(vec![relaxed.clone()]);
    assert_eq!(reply_share(&facts, "2026-07-01 10:00", june()), Share { part: 0, whole: 1 });
    let mut dismissed = with_clocks(vec![relaxed, kept]);
    (dismissed[0].dismissed, dismissed[0].ended) = (true, Some(at("2026-06-26 10:00")));
    assert_eq!(reply_share(&dismissed, "2026-07-01 10:00", june()), Share { part: 0, whole: 1 });
    let figures = overview(&dismissed, at("2026-07-01 10:00"), june());
    assert_eq!((figures.received, figures.dismissed, figures.open), (0, 1, 0));
}

#[test]
fn nothing_of_nothing_is_no_percentage() {
    let figures = overview(&[], at("2026-07-01 10:00"), june());
    assert_eq!(figures, Overview::default());
    assert_eq!(figures.rating.satisfied().shown(), crate::domain::stats::Shown::Nothing);
    assert_eq!(figures.rating.mean_hundredths(), None);
}

#[test]
fn the_last_evening_belongs_to_the_month_of_the_desks_zone() {
    let facts = [case("2026-05-31 23:30")];
    let now = at("2026-06-15 10:00");
    let (this, last) = periods(PeriodKind::ThisMonth, now, ZONE);
    assert_eq!((overview(&facts, now, this).received, overview(&facts, now, last).received), (0, 0));
    let (last, _) = periods(PeriodKind::LastMonth, now, ZONE);
    assert_eq!(overview(&facts, now, last).received, 1);
    assert_eq!(overview(&facts, now, periods(PeriodKind::LastMonth, now, chrono_tz::UTC).0).received, 1);
    assert_eq!(last, span("2026-05-01 00:00", "2026-06-01 00:00"));
}

#[test]
fn a_past_month_gives_the_same_numbers_later() {
    let june_facts = CaseFact {
        category: Some("billing".into()),
        waits: vec![Wait { started: at("2026-06-30 22:00"), answered: None, duty_ms: None }],
        clocks: vec![cycle("2026-06-30 22:15", None)],
        ratings: vec![RatingFact { asked: at("2026-06-30 21:00"), delivered: true, ..RatingFact::default() }],
        resolved: Some(at("2026-06-30 20:00")),
        ..case("2026-06-20 09:00")
    };
    let mut later = june_facts.clone();
    later.waits[0] =
        Wait { answered: Some(at("2026-07-01 08:00")), duty_ms: Some(60_000), ..later.waits[0].clone() };
    later.clocks[0].stopped = Some(at("2026-07-01 08:00"));
    later.ratings[0] = RatingFact {
        score: Some(5),
        fixed: Some(Fixed::Yes),
        answered: Some(at("2026-07-01 08:30")),
        ..later.ratings[0].clone()
    };
    later.ended = Some(at("2026-07-02 09:00"));
    later.dismissed = true;
    let july_case = case("2026-07-03 09:00");
    let then = overview(&[june_facts], at("2026-07-01 00:00"), june());
    assert_eq!(overview(&[later, july_case], at("2026-08-01 00:00"), june()), then);
    assert_eq!((then.received, then.resolved, then.rating.response.whole), (1, 1, 1));
}

#[test]
fn waiting_times_belong_to_the_answer_and_the_unanswered_are_named() {
    let wait = |started, answered: Option<&str>| Wait {
        started: at(started),
        answered: answered.map(at),
        duty_ms: answered.map(|_| 300_000),
    };
    let waits = vec![
        wait("2026-05-31 23:50", Some("2026-06-01 08:05")),
        wait("2026-06-20 09:00", Some("2026-06-20 09:10")),
        wait("2026-06-20 09:30", None),
    ];
    let figures = overview(&[CaseFact { waits, ..case("2026-05-31 23:50") }], at("2026-07-01 10:00"), june());
    assert_eq!((figures.reply_wall.n, figures.reply_wall.median), (2, Some(600_000)));
    assert_eq!((figures.reply_wall.p90, figures.reply_duty.p90), (Some(29_700_000), Some(300_000)));
    assert_eq!((figures.unanswered, figures.open), (1, 1));
}

#[test]
fn ratings_are_measured_against_what_was_delivered() {
    let rated = |score: Option<u8>, delivered, fixed| CaseFact {
        resolved: Some(at("2026-06-10 09:00")),
        ratings: vec![RatingFact {
            asked: at("2026-06-10 09:00"),
            delivered,
            score,
            fixed,
            answered: score.map(|_| at("2026-06-10 10:00")),
        }],
        ..case("2026-06-09 09:00")
    };
    let unasked = CaseFact { ratings: Vec::new(), ..rated(None, true, None) };
    let facts = [
        rated(Some(5), true, Some(Fixed::Yes)),
        rated(Some(4), true, Some(Fixed::Partly)),
        rated(Some(1), true, None),
        rated(None, true, None),
        rated(None, false, None),
        unasked,
    ];
    let rating = overview(&facts, at("2026-07-01 10:00"), june()).rating;
    assert_eq!(rating.scores, [1, 0, 0, 1, 1]);
    assert_eq!(rating.response, Share { part: 3, whole: 4 });
    assert_eq!(rating.coverage, Share { part: 4, whole: 6 });
    assert_eq!(rating.fixed, Share { part: 1, whole: 2 });
    assert_eq!((rating.satisfied(), rating.mean_hundredths()), (Share { part: 2, whole: 3 }, Some(333)));
}

#[test]
fn running_periods_are_compared_with_the_same_stretch() {
    let now = at("2026-06-15 10:00");
    let end = |text| at(text) + 1;
    let expect = |kind, from, before_from, before_to| {
        let before = Period { from: at(before_from), to: before_to };
        assert_eq!(periods(kind, now, ZONE), (Period { from: at(from), to: now + 1 }, before), "{kind:?}");
    };
    expect(PeriodKind::Today, "2026-06-15 00:00", "2026-06-14 00:00", end("2026-06-14 10:00"));
    expect(PeriodKind::Last7Days, "2026-06-09 00:00", "2026-06-02 00:00", end("2026-06-08 10:00"));
    expect(PeriodKind::Last30Days, "2026-05-17 00:00", "2026-04-17 00:00", end("2026-05-16 10:00"));
    expect(PeriodKind::ThisMonth, "2026-06-01 00:00", "2026-05-01 00:00", end("2026-05-15 10:00"));
    let late = at("2026-03-31 10:00");
    let (_, february) = periods(PeriodKind::ThisMonth, late, ZONE);
    assert_eq!(february, span("2026-02-01 00:00", "2026-03-01 00:00"));
}

#[test]
fn days_follow_the_wall_through_summer_time() {
    let zone = chrono_tz::Europe::Berlin;
    let (day, before) = periods(PeriodKind::Yesterday, at_in("2026-03-30 09:00", zone), zone);
    assert_eq!(((day.to - day.from) / 3_600_000, (before.to - before.from) / 3_600_000), (23, 24));
    // In Beirut the clocks skip the hour after midnight: the day begins at 01:00.
    let zone = chrono_tz::Asia::Beirut;
    let (day, _) = periods(PeriodKind::Today, at_in("2026-03-29 12:00", zone), zone);
    assert_eq!(crate::sla::calendar::wall(zone, day.from).to_string(), "2026-03-29 01:00:00");
}

#[test]
fn the_chart_shows_a_day_by_hours_and_a_month_by_days() {
    let now = at("2026-06-15 10:00");
    let facts = [CaseFact { resolved: Some(now), ..case("2026-06-15 01:59") }, case("2026-06-14 12:00")];
    let day = compare(&facts, &facts, now, PeriodKind::Today, ZONE);
    assert_eq!((day.series.len(), day.series[0].received, day.series[5].resolved), (12, 1, 1));
    assert!(!day.series[5].future && day.series[6].future);
    let month = compare(&facts, &facts, now, PeriodKind::ThisMonth, ZONE);
    assert_eq!((month.series.len(), month.series[13].received, month.series[14].received), (30, 1, 1));
    assert_eq!((month.now.received, month.now.resolved, month.now.open), (2, 1, 1));
    assert_eq!(month.before, Overview::default());
}

#[test]
fn the_commonest_categories_come_first() {
    let of =
        |category: Option<&str>| CaseFact { category: category.map(Into::into), ..case("2026-06-10 09:00") };
    let facts = [of(Some("b")), of(None), of(Some("b")), of(Some("a"))];
    let figures = overview(&facts, at("2026-07-01 10:00"), june());
    assert_eq!(figures.top_categories(2), (vec![(Some("b"), 2), (None, 1)], 1));
}

#[test]
fn the_commands_words_are_understood() {
    for kind in PeriodKind::ALL {
        assert_eq!(kind.as_str().parse(), Ok(kind));
    }
    assert!("7days".parse::<PeriodKind>().is_err());
}

#[test]
fn a_promise_belongs_to_the_period_in_which_it_was_due() {
    let held = |due: &str, kept: Option<&str>| PromiseFact {
        due: at(due),
        kept: kept.map(at),
        ..PromiseFact::default()
    };
    let count = |held: Vec<PromiseFact>, now: &str| {
        let facts = [CaseFact { promises: held, ..case("2026-05-30 09:00") }];
        overview(&facts, at(now), june()).promises
    };
    let early = held("2026-06-10 12:00", Some("2026-05-31 09:00"));
    let late = held("2026-06-10 12:00", Some("2026-06-10 12:01"));
    assert_eq!(count(vec![early.clone(), late], "2026-07-10 09:00"), Share { part: 1, whole: 2 });
    assert_eq!(count(vec![early.clone()], "2026-06-09 09:00"), Share::default(), "it is not due yet");
    let july = held("2026-07-02 12:00", None);
    assert_eq!(count(vec![july], "2026-07-10 09:00"), Share::default(), "that is July's");
    let released = PromiseFact { released: true, ..held("2026-06-10 12:00", None) };
    assert_eq!(count(vec![released], "2026-07-10 09:00"), Share::default(), "nobody was held to it");
    // A dismissal takes back no broken promise, and breaks none.
    let dismissed = |ended: &str| CaseFact {
        dismissed: true,
        ended: Some(at(ended)),
        promises: vec![held("2026-06-10 12:00", None)],
        ..case("2026-05-30 09:00")
    };
    let after = overview(&[dismissed("2026-06-11 09:00")], at("2026-07-10 09:00"), june());
    assert_eq!(after.promises, Share { part: 0, whole: 1 });
    let before = overview(&[dismissed("2026-06-09 09:00")], at("2026-07-10 09:00"), june());
    assert_eq!(before.promises, Share::default());
}

#[test]
fn what_was_moved_and_given_belongs_to_the_day_it_happened() {
    let facts = [CaseFact {
        promises: vec![PromiseFact {
            due: at("2026-07-20 12:00"),
            moved: vec![at("2026-06-30 23:59"), at("2026-07-01 00:00")],
            ..PromiseFact::default()
        }],
        given: vec![(at("2026-06-30 23:59"), 200_000), (at("2026-07-01 00:00"), 50_000)],
        ..case("2026-05-30 09:00")
    }];
    let figures = overview(&facts, at("2026-07-10 09:00"), june());
    assert_eq!((figures.moved, figures.given), (1, (1, 200_000)));
}

#[test]
fn every_score_counts_when_it_was_given_and_a_reopening_is_a_figure() {
    let rating = |asked: &str, score: u8, answered: &str| RatingFact {
        asked: at(asked),
        delivered: true,
        score: Some(score),
        fixed: None,
        answered: Some(at(answered)),
    };
    let opened_again = CaseFact {
        reopened: vec![at("2026-06-12 09:00"), at("2026-07-02 09:00")],
        ratings: vec![
            rating("2026-06-10 09:00", 1, "2026-06-10 10:00"),
            rating("2026-06-20 09:00", 4, "2026-07-01 00:00"),
        ],
        ..case("2026-06-09 09:00")
    };
    let other = CaseFact {
        ratings: vec![rating("2026-06-10 09:00", 5, "2026-06-11 10:00")],
        ..case("2026-06-09 10:00")
    };
    let figures = overview(&[opened_again, other], at("2026-08-01 10:00"), june());
    assert_eq!((figures.rating.scores, figures.reopened), ([1, 0, 0, 0, 1], 1));
    assert_eq!(figures.rating.mean_hundredths(), Some(300));
    assert_eq!(figures.rating.response, Share { part: 2, whole: 3 }, "the last answer is July's");
}

#[test]
fn a_merged_complaint_counts_once_from_the_day_of_the_merger() {
    let into = CaseFact { clocks: vec![cycle("2026-06-20 10:00", None)], ..case("2026-06-20 09:00") };
    let from = CaseFact {
        merged: true,
        ended: Some(at("2026-06-21 09:00")),
        clocks: vec![ClockFact { called_off: true, ..cycle("2026-06-20 10:00", Some("2026-06-21 09:00")) }],
        waits: vec![Wait {
            started: at("2026-06-20 09:30"),
            answered: Some(at("2026-06-20 09:40")),
            duty_ms: Some(600_000),
        }],
        ..case("2026-06-20 09:30")
    };
    let figures = overview(&[into.clone(), from.clone()], at("2026-07-01 10:00"), june());
    assert_eq!((figures.received, figures.open, figures.categories.values().sum::<u64>()), (1, 1, 1));
    assert_eq!(figures.clocks["reply"], Share { part: 0, whole: 1 }, "what went along is missed once");
    assert_eq!(figures.reply_wall.n, 1, "an answer was an answer");
    let before = overview(&[into, from], at("2026-06-20 23:00"), june());
    assert_eq!(before.received, 2, "the evening before they were two");
}
