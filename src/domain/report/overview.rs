//! Counting: from the facts of the cases to the figures of a period.

use chrono_tz::Tz;

use super::period::boundaries;
use super::{Bucket, CaseFact, ClockFact, Fixed, Overview, Period, PeriodKind, RatingFact, RatingFigures};
use crate::domain::stats::Spread;

/// The figures of `period`, as they stood when it ended or at `now` (Unix ms), whichever is earlier.
///
/// What each figure counts is said at the fields of [`Overview`].
pub fn overview(facts: &[CaseFact], now: i64, period: Period) -> Overview {
    let cutoff = period.to.min(now.saturating_add(1));
    let period = Period { from: period.from, to: cutoff };
    let mut figures = Overview::default();
    let (mut duty, mut wall, mut resolution) = (Vec::new(), Vec::new(), Vec::new());
    for case in facts.iter().filter(|case| case.received < cutoff) {
        let dismissed = dismissed_by(case, cutoff);
        let merged = merged_by(case, cutoff);
        count_clocks(&mut figures, case, period, dismissed);
        count_promises(&mut figures, case, period, dismissed);
        // What was said in it was said, whatever became of it.
        figures.reopened += case.reopened.iter().filter(|at| period.holds(**at)).count() as u64;
        case.ratings.iter().for_each(|rating| count_rating(&mut figures.rating, rating, period));
        if merged.is_none() && dismissed {
            figures.dismissed += u64::from(period.holds(case.received));
            continue;
        }
        if period.holds(case.received) && merged.is_none() {
            figures.received += 1;
            figures.without_clock += u64::from(case.clocks.is_empty());
            *figures.categories.entry(case.category.clone()).or_default() += 1;
        }
        figures.open += u64::from(is_open(case, cutoff));
        let resolved = case.resolved.filter(|at| period.holds(*at));
        if let Some(at) = resolved {
            figures.resolved += 1;
            resolution.push((at - case.received).max(0));
            let asked = case.ratings.last().filter(|rating| rating.delivered && rating.asked >= at);
            figures.rating.coverage.count(asked.is_some_and(|rating| rating.asked < cutoff));
        }
        for wait in case.waits.iter().filter(|wait| wait.started < cutoff) {
            match wait.answered.filter(|at| *at < cutoff) {
                Some(at) if period.holds(at) => {
                    wall.push((at - wait.started).max(0));
                    duty.extend(wait.duty_ms);
                }
                Some(_) => {}
                None => figures.unanswered += 1,
            }
        }
    }
    figures.reply_duty = Spread::of(&duty);
    figures.reply_wall = Spread::of(&wall);
    figures.resolution = Spread::of(&resolution);
    figures
}

/// What came in and went out along the chart's axis.
pub(super) fn series(facts: &[CaseFact], now: i64, kind: PeriodKind, zone: Tz) -> Vec<Bucket> {
    let cutoff = now.saturating_add(1);
    let counts = |case: &&CaseFact| !dismissed_by(case, cutoff) && merged_by(case, cutoff).is_none();
    let standing: Vec<&CaseFact> = facts.iter().filter(counts).collect();
    let count = |span: Period, at: &dyn Fn(&CaseFact) -> Option<i64>| {
        let inside = |case: &&&CaseFact| at(case).is_some_and(|at| span.holds(at) && at < cutoff);
        standing.iter().filter(inside).count() as u64
    };
    boundaries(kind, now, zone)
        .windows(2)
        .map(|pair| {
            let span = Period { from: pair[0], to: pair[1] };
            Bucket {
                from: span.from,
                to: span.to,
                received: count(span, &|case| Some(case.received)),
                resolved: count(span, &|case| case.resolved),
                future: span.from > now,
            }
        })
        .collect()
}

fn dismissed_by(case: &CaseFact, cutoff: i64) -> bool {
    case.dismissed && case.ended.is_none_or(|at| at < cutoff)
}

/// When it was merged with another one (Unix ms), if that was before the cutoff.
fn merged_by(case: &CaseFact, cutoff: i64) -> Option<i64> {
    case.ended.filter(|at| case.merged && *at < cutoff)
}

fn is_open(case: &CaseFact, cutoff: i64) -> bool {
    ![case.resolved, case.ended].into_iter().flatten().any(|at| at < cutoff)
}

/// The cohort is the cycles whose deadline lies in the period. Of a dismissed case only what was missed counts: a dismissal
/// neither meets a deadline nor takes back a breach. Of a merged case what ran when it was merged goes on in the other one, and
/// counts there.
fn count_clocks(figures: &mut Overview, case: &CaseFact, period: Period, dismissed: bool) {
    let merged = merged_by(case, period.to);
    let here = |cycle: &&ClockFact| merged.is_none() || cycle.stopped.is_none_or(|at| Some(at) != merged);
    let due = |cycle: &&ClockFact| period.holds(cycle.missed.unwrap_or(cycle.deadline));
    for cycle in case.clocks.iter().filter(due).filter(here) {
        let met = cycle.missed.is_none() && cycle.stopped.is_some_and(|at| at <= cycle.deadline);
        if (dismissed || cycle.called_off) && cycle.missed.is_none() {
            continue;
        }
        figures.clocks.entry(cycle.clock.clone()).or_default().count(met);
    }
}

/// The cohort is the promises that were due in the period; whoever was released in time is in none. Of a dismissed case only
/// what was broken before counts, and what was given was given.
fn count_promises(figures: &mut Overview, case: &CaseFact, period: Period, dismissed: bool) {
    for held in &case.promises {
        figures.moved += held.moved.iter().filter(|at| period.holds(**at)).count() as u64;
        let kept = held.kept.is_some_and(|at| at <= held.due && at < period.to);
        let let_go = dismissed && case.ended.is_some_and(|ended| ended <= held.due);
        if period.holds(held.due) && !held.released && !let_go {
            figures.promises.count(kept);
        }
    }
    for (_, value) in case.given.iter().filter(|(at, _)| period.holds(*at)) {
        figures.given.0 += 1;
        figures.given.1 += value;
    }
}

fn count_rating(figures: &mut RatingFigures, rating: &RatingFact, period: Period) {
    if !rating.delivered || rating.asked >= period.to {
        return;
    }
    let answered = rating.answered.filter(|at| *at < period.to && rating.score.is_some());
    if period.holds(rating.asked) {
        figures.response.count(answered.is_some());
    }
    if !answered.is_some_and(|at| period.holds(at)) {
        return;
    }
    let index = rating.score.and_then(|score| usize::from(score).checked_sub(1));
    if let Some(count) = index.and_then(|index| figures.scores.get_mut(index)) {
        *count += 1;
    }
    if let Some(fixed) = rating.fixed {
        figures.fixed.count(fixed == Fixed::Yes);
    }
}
