//! What managers ask for: the facts of the cases and the figures drawn from them for a period and the one before.
//!
//! A figure belongs to the period in which the thing happened, and is taken as it stood when the period ended: a report on a
//! past month gives the same numbers whenever it is asked for.

use std::collections::BTreeMap;

use chrono_tz::Tz;

use super::stats::{Share, Spread};

mod facts;
mod overview;
mod period;

#[cfg(test)]
mod cases;
#[cfg(test)]
mod histories;
#[cfg(test)]
mod journals;

pub use facts::{case_fact, touched_since};
pub use overview::overview;
pub use period::{Period, PeriodKind, periods};

/// What a report needs to know of one case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseFact {
    /// The case's number, as people write it.
    pub number: i64,
    /// The category's id; `None` while unclassified.
    pub category: Option<String>,
    /// When the customer's first words came (Unix ms).
    pub received: i64,
    /// When a person recorded it (Unix ms).
    pub recorded: Option<i64>,
    /// When it was last resolved (Unix ms); `None` again after a reopening.
    pub resolved: Option<i64>,
    /// When it was closed, dismissed, refused or withdrawn (Unix ms).
    pub ended: Option<i64>,
    /// Whether that end was a dismissal (spam, test, duplicate, no complaint).
    pub dismissed: bool,
    /// Whether that end was a merger: the case it went into counts.
    pub merged: bool,
    /// When it was opened again (Unix ms), each time.
    pub reopened: Vec<i64>,
    /// Each time the customer waited for a person's reply.
    pub waits: Vec<Wait>,
    /// Each cycle of each clock.
    pub clocks: Vec<ClockFact>,
    /// Every rating asked for, the first first.
    pub ratings: Vec<RatingFact>,
    /// What was promised, by number.
    pub promises: Vec<PromiseFact>,
    /// What was given on top: when (Unix ms) and what it costs (đồng).
    pub given: Vec<(i64, u64)>,
}

/// A promise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PromiseFact {
    /// Until when it holds (Unix ms), after whatever moved it.
    pub due: i64,
    /// When it was moved (Unix ms), each time.
    pub moved: Vec<i64>,
    /// When it was kept (Unix ms).
    pub kept: Option<i64>,
    /// Whether nobody was held to it any more before it was due: the complaint was withdrawn, or is looked after in another one.
    pub released: bool,
}

/// The customer's oldest unanswered message and the person's reply to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wait {
    /// When the message came (Unix ms).
    pub started: i64,
    /// When a person answered (Unix ms).
    pub answered: Option<i64>,
    /// The duty time in between, in ms.
    pub duty_ms: Option<i64>,
}

/// One cycle of one clock.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClockFact {
    /// The clock's name, such as `reply`.
    pub clock: String,
    /// Which cycle of it.
    pub cycle: i64,
    /// The last instant at which it was still met (Unix ms).
    pub deadline: i64,
    /// When it was stopped by the deed it waited for (Unix ms).
    pub stopped: Option<i64>,
    /// The deadline that was missed (Unix ms), if a breach was written down; it stays, whatever became of deadline and
    /// priority.
    pub missed: Option<i64>,
    /// Whether it was called off: it is neither met nor missed then.
    pub called_off: bool,
}

/// The customer's rating of one case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RatingFact {
    /// When it was asked for (Unix ms).
    pub asked: i64,
    /// Whether the question reached the customer.
    pub delivered: bool,
    /// 1 (very dissatisfied) to 5 (very satisfied).
    pub score: Option<u8>,
    /// The answer to "Is it fixed?".
    pub fixed: Option<Fixed>,
    /// When the first tap came (Unix ms).
    pub answered: Option<i64>,
}

/// The customer's answer to "Is it fixed?".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fixed {
    /// Everything.
    Yes,
    /// A part.
    Partly,
    /// Nothing.
    No,
}

/// The figures of one period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overview {
    /// Complaints that came in the period; those dismissed by its end, or looked after in another one, are not among them.
    pub received: u64,
    /// Complaints resolved in the period.
    pub resolved: u64,
    /// How often complaints were opened again in the period.
    pub reopened: u64,
    /// Complaints neither resolved nor ended at the period's end.
    pub open: u64,
    /// Complaints that came in the period and were dismissed by its end.
    pub dismissed: u64,
    /// Complaints that came in the period and never had a deadline.
    pub without_clock: u64,
    /// By clock: met among all cycles whose deadline lay in the period.
    pub clocks: BTreeMap<String, Share>,
    /// The duty time (ms) of the replies given in the period.
    pub reply_duty: Spread,
    /// The wall time (ms) of the same replies.
    pub reply_wall: Spread,
    /// Messages still without a person's reply at the period's end.
    pub unanswered: u64,
    /// The wall time (ms) from receipt to resolution of the complaints resolved in the period.
    pub resolution: Spread,
    /// What customers said.
    pub rating: RatingFigures,
    /// Kept in time, among the promises that were due in the period.
    pub promises: Share,
    /// How many promises were moved in the period.
    pub moved: u64,
    /// What was given on top in the period: how often, and what it costs (đồng).
    pub given: (u64, u64),
    /// Received complaints by category id; `None` is unclassified.
    pub categories: BTreeMap<Option<String>, u64>,
}

/// What customers said in a period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RatingFigures {
    /// How many gave 1, 2, 3, 4 and 5, in this order.
    pub scores: [u64; 5],
    /// Answered among those delivered in the period.
    pub response: Share,
    /// Asked and delivered among the complaints resolved in the period.
    pub coverage: Share,
    /// "Yes" among the answers to "Is it fixed?".
    pub fixed: Share,
}

impl RatingFigures {
    /// How many scores were given.
    pub fn n(&self) -> u64 {
        self.scores.iter().sum()
    }

    /// The mean score in hundredths, rounded half up; `None` without scores.
    pub fn mean_hundredths(&self) -> Option<u64> {
        let sum: u64 = (1..).zip(self.scores).map(|(score, count)| score * count).sum();
        (sum * 200 + self.n()).checked_div(self.n() * 2)
    }

    /// The scores 4 and 5 among all.
    pub fn satisfied(&self) -> Share {
        Share { part: self.scores[3] + self.scores[4], whole: self.n() }
    }
}

impl Overview {
    /// How many cycles of all clocks were missed.
    pub fn breached(&self) -> u64 {
        self.clocks.values().map(Share::rest).sum()
    }

    /// All cycles of all clocks: met among those due.
    pub fn deadlines(&self) -> Share {
        self.clocks.values().fold(Share::default(), |sum, clock| Share {
            part: sum.part + clock.part,
            whole: sum.whole + clock.whole,
        })
    }

    /// The `limit` most frequent categories (ties by id) and how many complaints are in none of them.
    pub fn top_categories(&self, limit: usize) -> (Vec<(Option<&str>, u64)>, u64) {
        let mut all: Vec<_> = self.categories.iter().map(|(id, count)| (id.as_deref(), *count)).collect();
        all.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let rest = all.iter().skip(limit).map(|(_, count)| count).sum();
        all.truncate(limit);
        (all, rest)
    }
}

/// What came in and went out between two instants; the chart's pair of bars.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bucket {
    /// The first instant (Unix ms).
    pub from: i64,
    /// The instant after the last (Unix ms).
    pub to: i64,
    /// Complaints received.
    pub received: u64,
    /// Complaints resolved.
    pub resolved: u64,
    /// Whether it has not begun yet.
    pub future: bool,
}

/// A period's figures beside those of the period before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// What was asked for.
    pub kind: PeriodKind,
    /// The desk's zone, in which days begin.
    pub zone: Tz,
    /// The instant of the report (Unix ms).
    pub as_of: i64,
    /// The period.
    pub period: Period,
    /// The one before.
    pub period_before: Period,
    /// The period's figures.
    pub now: Overview,
    /// The figures of the one before.
    pub before: Overview,
    /// The period in days, or in steps of two hours where it is a single day.
    pub series: Vec<Bucket>,
}

/// The figures of the period `kind` at the instant `now` (Unix ms) in the desk's zone, beside those of the period before.
///
/// Of each period are given the facts as they stood at its end, so that what happened to a case later (opened again,
/// called something else) does not change what was counted.
pub fn compare(facts: &[CaseFact], earlier: &[CaseFact], now: i64, kind: PeriodKind, zone: Tz) -> Comparison {
    let (period, period_before) = periods(kind, now, zone);
    Comparison {
        kind,
        zone,
        as_of: now,
        period,
        period_before,
        now: overview(facts, now, period),
        before: overview(earlier, now, period_before),
        series: overview::series(facts, now, kind, zone),
    }
}
