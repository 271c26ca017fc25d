//! What holds for every calendar, start, target and pauses.

use chrono::Datelike;
use langnghe::sla::deadline::{after, before, due, elapsed};
use langnghe::sla::explain::{Piece, Why, explain, explain_legal};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::*;

use crate::tiers::few_or_all;

/// The collected calendars with more holidays, with breaks, and with every stretch cut into two adjacent ones.
static HOLIDAYS: LazyLock<Vec<Hours>> = LazyLock::new(|| {
    changed(|calendar| {
        let more = dates().filter(|date| date.ordinal() % 11 == 3).map(|date| (date, "extra".to_owned()));
        calendar.holidays.extend(more);
    })
});
static BREAKS: LazyLock<Vec<Hours>> = LazyLock::new(|| {
    changed(|calendar| {
        let cut = vec![Stretch { from: 9 * 60 + 10, to: 10 * 60 }, Stretch { from: 16 * 60, to: 1440 }];
        for date in dates().filter(|date| date.ordinal() % 7 == 2) {
            calendar.breaks.entry(date).or_default().extend(cut.clone());
        }
    })
});
static CUT: LazyLock<Vec<Hours>> = LazyLock::new(|| {
    changed(|calendar| {
        let days = calendar.week.iter_mut().chain(calendar.dates.values_mut());
        for day in days {
            let half = |it: &Stretch| (it.from + it.to) / 2;
            *day = day
                .iter()
                .flat_map(|it| {
                    [Stretch { from: half(it), to: it.to }, Stretch { from: it.from, to: half(it) }]
                })
                .collect();
        }
    })
});

fn changed(change: impl Fn(&mut Calendar)) -> Vec<Hours> {
    let change = |hours: &Hours| {
        let mut calendar = hours.calendar().clone();
        change(&mut calendar);
        Hours::new(calendar, Tz::UTC)
    };
    CALENDARS.values().map(change).collect()
}

fn dates() -> impl Iterator<Item = NaiveDate> {
    NaiveDate::from_ymd_opt(2006, 1, 1).unwrap().iter_days().take(21 * 366)
}

/// Years in which the calendars have dates of their own, or their zones jump.
fn start() -> impl Strategy<Value = i64> {
    let years = select(vec![2006, 2010, 2016, 2023, 2025]);
    (years, 0..366 * DAY).prop_map(|(year, ms)| utc(&format!("{year}-01-01 00:00:00")) + ms)
}

/// Up to three weeks of open time, often such that a deadline falls on a closing time.
fn target() -> impl Strategy<Value = i64> {
    prop_oneof![1..500 * HOUR, (1..200_i64).prop_map(|halves| halves * HOUR / 2)]
}

/// Pauses by their distance from a start and their length.
fn pauses() -> impl Strategy<Value = Vec<(i64, i64)>> {
    let whole = (-20..700_i64, 0..90_i64).prop_map(|(from, length)| (from * HOUR / 2, length * HOUR / 2));
    prop::collection::vec(prop_oneof![(-DAY..30 * DAY, 0..4 * DAY), whole], 0..6)
}

fn at(start: i64, pauses: &[(i64, i64)]) -> Vec<Pause> {
    let pause = |(from, length): &(i64, i64)| Pause { from: start + from, to: Some(start + from + length) };
    pauses.iter().map(pause).collect()
}

fn any_of(index: Index) -> (usize, &'static Hours) {
    let place = index.index(CALENDARS.len());
    (place, CALENDARS.values().nth(place).unwrap())
}

/// Without a gap, in order, from the start.
fn connected(pieces: &[Piece], start: i64, end: i64) -> bool {
    let last = pieces
        .iter()
        .try_fold(start, |at, piece| (piece.from == at && piece.from < piece.to).then_some(piece.to));
    last == Some(end)
}

fn total(pieces: &[Piece], counts: impl Fn(&Why) -> bool) -> i64 {
    pieces.iter().filter(|piece| counts(&piece.why)).map(|piece| piece.to - piece.from).sum()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: few_or_all(100, 1000), failure_persistence: None, ..ProptestConfig::default() })]

    /// Invariants 1 and 2.
    #[test]
    fn a_deadline_has_two_ends(which: Index, start in start(), target in target(), pauses in pauses()) {
        let (_, hours) = any_of(which);
        let pauses = at(start, &pauses);
        let deadline = due(hours, start, target, &pauses).unwrap();
        let elapsed = |to: i64| elapsed(hours, start, to, &pauses);
        prop_assert_eq!(elapsed(deadline.due_at), target);
        prop_assert_eq!(elapsed(deadline.breach_at), target);
        prop_assert!(elapsed(deadline.due_at - 1) < target);
        prop_assert!(elapsed(deadline.breach_at + 1) > target);
        prop_assert!(deadline.due_at <= deadline.breach_at);
        let rests = |at: i64| {
            !hours.is_open(at) || pauses.iter().any(|it| it.from <= at && at < it.to.unwrap())
        };
        prop_assert_eq!(deadline.due_at < deadline.breach_at, rests(deadline.due_at));
        prop_assert!(!rests(deadline.breach_at));
    }

    /// Invariant 3.
    #[test]
    fn a_later_start_and_a_longer_target_are_never_due_earlier(
        which: Index, start in start(), target in target(), later in 0..40 * DAY, more in 0..40 * HOUR, pauses in pauses(),
    ) {
        let (_, hours) = any_of(which);
        let pauses = at(start, &pauses);
        let ends = |start: i64, target: i64| {
            let deadline = due(hours, start, target, &pauses).unwrap();
            (deadline.due_at, deadline.breach_at)
        };
        let (due_at, breach_at) = ends(start, target);
        for (other_due, other_breach) in [ends(start + later, target), ends(start, target + more)] {
            prop_assert!(other_due >= due_at && other_breach >= breach_at);
        }
    }

    /// Invariant 4.
    #[test]
    fn a_pause_a_holiday_and_a_break_never_bring_it_forward(
        which: Index, start in start(), target in target(), pauses in pauses(), more in pauses(),
    ) {
        let (place, hours) = any_of(which);
        let few = at(start, &pauses);
        let more = [few.clone(), at(start, &more)].concat();
        let due = |hours: &Hours, pauses: &[Pause]| due(hours, start, target, pauses).unwrap().due_at;
        let plain = due(hours, &few);
        prop_assert!(due(hours, &more) >= plain);
        prop_assert!(due(&HOLIDAYS[place], &few) >= plain);
        prop_assert!(due(&BREAKS[place], &few) >= plain);
    }

    /// Invariant 5.
    #[test]
    fn elapsed_time_adds_up(
        which: Index, start in start(), lengths in [0..400 * DAY, 0..400 * DAY], pauses in pauses(),
    ) {
        let (_, hours) = any_of(which);
        let pauses = at(start, &pauses);
        let (middle, end) = (start + lengths[0], start + lengths[0] + lengths[1]);
        let elapsed = |from, to| elapsed(hours, from, to, &pauses);
        prop_assert_eq!(elapsed(start, middle) + elapsed(middle, end), elapsed(start, end));
    }

    /// Invariant 6: where it is never closed, and where only a date far away is.
    #[test]
    fn round_the_clock_the_target_is_the_time(zone in select(&chrono_tz::TZ_VARIANTS[..]), start in start(), target in target()) {
        let mut calendar = Calendar { zone: Some(zone), ..Calendar::always() };
        let always = Hours::new(calendar.clone(), Tz::UTC);
        calendar.holidays.insert(NaiveDate::from_ymd_opt(2100, 1, 1).unwrap(), String::new());
        for hours in [always, Hours::new(calendar, Tz::UTC), Hours::always().in_zone(zone)] {
            let deadline = due(&hours, start, target, &[]).unwrap();
            prop_assert_eq!((deadline.due_at, deadline.breach_at), (start + target, start + target));
        }
    }

    /// Invariant 7.
    #[test]
    fn a_lead_is_the_target_backwards(which: Index, start in start(), target in target()) {
        let (_, hours) = any_of(which);
        let due_at = due(hours, start, target, &[]).unwrap().due_at;
        prop_assert_eq!(before(hours, due_at, target), hours.opens_after(start));
        prop_assert_eq!(after(hours, start, target), Some(due_at));
        let lead = before(hours, start, target).unwrap();
        prop_assert_eq!(elapsed(hours, lead, start, &[]), target);
        prop_assert!(elapsed(hours, lead + 1, start, &[]) < target);
    }

    /// Invariant 11.
    #[test]
    fn two_adjacent_stretches_are_one(which: Index, start in start(), target in target(), pauses in pauses()) {
        let (place, hours) = any_of(which);
        let pauses = at(start, &pauses);
        let cut = &CUT[place];
        prop_assert_eq!(due(hours, start, target, &pauses), due(cut, start, target, &pauses));
        prop_assert_eq!(before(hours, start, target), before(cut, start, target));
        prop_assert_eq!(hours.open_between(start, start + 9 * DAY), cut.open_between(start, start + 9 * DAY));
    }

    #[test]
    fn an_explanation_has_no_gap(which: Index, start in start(), target in target(), pauses in pauses(), days in 1..30_u32) {
        let (_, hours) = any_of(which);
        let pauses = at(start, &pauses);
        let told = explain(hours, start, target, &pauses, start);
        let deadline = due(hours, start, target, &pauses);
        prop_assert_eq!(told.deadline, deadline);
        prop_assert!(connected(&told.pieces, start, deadline.unwrap().due_at));
        prop_assert_eq!(total(&told.pieces, |why| *why == Why::Counted), target);
        prop_assert_eq!(told.counted_ms, target);
        let twice = told.pieces.windows(2).any(|two| two[0].why == two[1].why && !matches!(two[0].why, Why::Holiday(_)));
        prop_assert!(!twice, "{:?}", told.pieces);
        let legal = explain_legal(hours, start, days);
        prop_assert!(connected(&legal.pieces, start, legal.deadline.unwrap().due_at));
        let last = legal.pieces.last().map(|piece| piece.why.clone());
        prop_assert_eq!(last, Some(Why::WorkingDay(days)));
    }

    #[test]
    fn an_unfinished_explanation_ends_now(which: Index, start in start(), from in 0..9 * DAY, length in 0..9 * DAY, pauses in pauses()) {
        let (_, hours) = any_of(which);
        let mut pauses = at(start, &pauses);
        pauses.push(Pause { from: start + from, to: None });
        let now = start + from + length;
        let told = explain(hours, start, 1000 * HOUR, &pauses, now);
        prop_assert_eq!(told.deadline, None);
        prop_assert!(connected(&told.pieces, start, now));
        prop_assert_eq!(told.counted_ms, elapsed(hours, start, now, &pauses));
    }
}
