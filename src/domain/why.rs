//! Why a deadline is what it is, and what deadlines a complaint would have: for whoever has to trust them.

use super::complaint::Complaint;
use super::policy::Policy;
use super::running::Running;
use crate::kernel::severity::Severity;
use crate::sla::clocks::{ClockKind, Target};
use crate::sla::deadline::{self, Deadline};
use crate::sla::explain::{Explanation, Piece, Why, explain, explain_legal};

/// A run of a clock with the account of its time.
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    /// The run.
    pub run: Running,
    /// Every interval that counted and every one that did not.
    pub explanation: Explanation,
    /// Of its own time, what is used until now or until it ended, and the whole (ms); none where it counts days.
    pub used: Option<(i64, i64)>,
}

/// The account of the latest run of a clock at `now` (Unix ms); none where it never ran.
pub fn account(complaint: &Complaint, clock: ClockKind, policy: &Policy, now: i64) -> Option<Account> {
    let run = complaint.clocks.get(&clock)?.clone();
    let hours = policy.calendars.get(&run.terms.calendar)?;
    let explanation = match run.terms.target {
        Target::Open(target) => {
            explain(hours, run.started, target, &run.stretches(), run.stopped.unwrap_or(now))
        }
        Target::WorkingDays(days) => explain_legal(hours, run.started, days),
        Target::ByHand => {
            let at = run.breach_at().unwrap_or(now);
            let pieces = vec![Piece { from: run.started, to: at, why: Why::Counted }];
            let deadline = run.breach_at().map(|at| Deadline { due_at: at, breach_at: at });
            Explanation { pieces, counted_ms: at - run.started, deadline }
        }
    };
    let until = run.stopped.unwrap_or(now);
    let used =
        |whole: i64| (deadline::elapsed(hours, run.started, until, &run.stretches()).min(whole), whole);
    let used = match run.terms.target {
        Target::Open(whole) => Some(used(whole)),
        Target::WorkingDays(_) => None,
        Target::ByHand => run.breach_at().map(|at| used(at - run.started)),
    };
    Some(Account { run, explanation, used })
}

/// A deadline that a complaint would have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Simulated {
    /// Which clock.
    pub clock: ClockKind,
    /// Its target.
    pub target: Target,
    /// When it would be due; none where its start is not known from the receipt alone.
    pub deadline: Option<Deadline>,
}

/// The clocks that start with the receipt.
const FROM_RECEIPT: [ClockKind; 5] = [
    ClockKind::Reply,
    ClockKind::Recorded,
    ClockKind::ReceiptNotice,
    ClockKind::WrittenAnswer,
    ClockKind::Resolution,
];

/// The deadlines of a complaint received at `received` (Unix ms), by severity; severities with the same deadlines stand
/// together.
pub fn simulate(policy: &Policy, received: i64) -> Vec<(Vec<Severity>, Vec<Simulated>)> {
    let mut groups: Vec<(Vec<Severity>, Vec<Simulated>)> = Vec::new();
    for severity in Severity::ALL {
        let of = |kind: ClockKind| {
            let (clock, _) = policy.clock(kind, severity, None)?;
            let schedule = policy.schedule_from(kind, severity, None, received).unwrap_or_default();
            let whole = |(due_at, breach_at)| Deadline { due_at, breach_at };
            let deadline = schedule.due_at.zip(schedule.breach_at).map(whole);
            let deadline = deadline.filter(|_| FROM_RECEIPT.contains(&kind));
            Some(Simulated { clock: kind, target: clock.target, deadline })
        };
        let rows: Vec<Simulated> = ClockKind::ALL.into_iter().filter_map(of).collect();
        match groups.iter_mut().find(|(_, held)| *held == rows) {
            Some((severities, _)) => severities.push(severity),
            None => groups.push((vec![severity], rows)),
        }
    }
    groups
}
