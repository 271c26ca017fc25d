//! What managers read in the morning: what is promised, what is in danger, what was missed, who has waited for long.

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;

use super::complaint::Complaint;
use crate::kernel::ids::{ChannelId, ComplaintId};
use crate::kernel::people::Person;
use crate::sla::calendar::wall_instant;
use crate::sla::clocks::ClockKind;

const DAY_MS: i64 = 86_400_000;
/// What is due within this while (ms) is in danger.
const SOON: i64 = DAY_MS;
/// Whoever has waited for the customer this long (ms) is named.
const LONG: i64 = 2 * DAY_MS;

/// One line of a digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The complaint.
    pub complaint: ComplaintId,
    /// Its number.
    pub number: i64,
    /// Its desk thread.
    pub thread: Option<ChannelId>,
    /// Which clock; none where it is about waiting or a rating.
    pub clock: Option<ClockKind>,
    /// When it is due, was missed, or began (Unix ms).
    pub at: i64,
    /// Whose it is.
    pub owner: Option<Person>,
    /// Until when (Unix ms) its reminders are put off, by whom and why.
    pub snoozed: Option<super::running::Snooze>,
    /// The customer's score, where it is about one.
    pub score: Option<i64>,
}

/// A digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digest {
    zone: Tz,
    day: NaiveDate,
    now: i64,
    /// What a person promised for today.
    pub promised: Vec<Line>,
    /// What is due within a day: one line a complaint.
    pub at_risk: Vec<Line>,
    /// What was missed yesterday.
    pub missed: Vec<Line>,
    /// What was missed before and is open still.
    pub overdue: Vec<Line>,
    /// Where the desk has waited for the customer for more than two days.
    pub waiting: Vec<Line>,
    /// Low ratings after which nobody has written to the customer.
    pub low_ratings: Vec<Line>,
    /// Resolved complaints that are not done with: the customer says that something is left, or does not know the outcome.
    pub unfinished: Vec<Line>,
    /// Calendars whose holidays are not known for long any more, with the last day for which they are.
    pub calendars: Vec<(String, NaiveDate)>,
}

impl Digest {
    /// A digest of nothing, for the morning of `day` in `zone`, as seen at `now` (Unix ms).
    pub fn new(zone: Tz, day: NaiveDate, now: i64) -> Self {
        Self {
            zone,
            day,
            now,
            promised: Vec::new(),
            at_risk: Vec::new(),
            missed: Vec::new(),
            overdue: Vec::new(),
            waiting: Vec::new(),
            low_ratings: Vec::new(),
            unfinished: Vec::new(),
            calendars: Vec::new(),
        }
    }

    /// The day before: from its first instant to its end (Unix ms, excluded).
    pub fn yesterday(&self) -> (i64, i64) {
        let before = self.day.checked_sub_days(Days::new(1)).unwrap_or(self.day);
        (wall_instant(self.zone, before, 0), wall_instant(self.zone, self.day, 0))
    }

    /// Looks at one complaint.
    pub fn take_in(&mut self, held: &Complaint) {
        let (yesterday, today) = self.yesterday();
        let tomorrow = self.day.checked_add_days(Days::new(1)).unwrap_or(self.day);
        let ends = wall_instant(self.zone, tomorrow, 0);
        let line = |clock: Option<ClockKind>, at: i64| Line {
            complaint: held.id,
            number: held.number(),
            thread: held.thread,
            clock,
            at,
            owner: held.owner.clone(),
            snoozed: clock.and_then(|clock| held.run(clock)?.snooze.clone()).filter(|it| it.until > self.now),
            score: None,
        };
        for promise in held
            .features
            .procedure
            .promises
            .open()
            .into_iter()
            .filter(|held| (today..ends).contains(&held.due))
        {
            self.promised.push(line(Some(ClockKind::Promise), promise.due));
        }
        let running = || held.clocks.iter().filter(|(_, run)| run.is_running());
        let next = running()
            .filter(|(kind, run)| **kind != ClockKind::Promise && !run.is_breached())
            .filter_map(|(kind, run)| Some((run.due_at()?, *kind)))
            .min();
        if let Some((at, clock)) = next.filter(|(at, _)| *at <= self.now + SOON) {
            self.at_risk.push(line(Some(clock), at));
        }
        for (kind, run) in running() {
            // What was missed yesterday stands under that.
            if let Some(breach) =
                run.breach.filter(|breach| breach.deadline < yesterday || breach.deadline >= today)
            {
                self.overdue.push(line(Some(*kind), breach.deadline));
            }
        }
        if let Some(wait) = held.waiting().filter(|wait| self.now - wait.from > LONG) {
            self.waiting.push(line(None, wait.from));
        }
        if let Some(run) = held.run(ClockKind::Recovery) {
            let score = held.rating().and_then(|rating| rating.score);
            self.low_ratings.push(Line { score, ..line(None, run.started) });
        } else if let Some(since) = held.unfinished_since() {
            self.unfinished.push(line(None, since));
        }
    }

    /// Takes in a deadline that was missed yesterday.
    pub fn missed(&mut self, clock: ClockKind, deadline: i64, held: &Complaint) {
        self.missed.push(Line {
            complaint: held.id,
            number: held.number(),
            thread: held.thread,
            clock: Some(clock),
            at: deadline,
            owner: held.owner.clone(),
            snoozed: None,
            score: None,
        });
    }

    /// Puts each part in order, the oldest first.
    pub fn finish(&mut self) {
        let parts = [
            &mut self.promised,
            &mut self.at_risk,
            &mut self.missed,
            &mut self.overdue,
            &mut self.waiting,
            &mut self.low_ratings,
            &mut self.unfinished,
        ];
        for part in parts {
            part.sort_by_key(|line| (line.at, line.number));
        }
    }

    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.lines().next().is_none() && self.calendars.is_empty()
    }

    /// Every line.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        let parts = [
            &self.promised,
            &self.at_risk,
            &self.missed,
            &self.overdue,
            &self.waiting,
            &self.low_ratings,
            &self.unfinished,
        ];
        parts.into_iter().flatten()
    }
}
