//! Clocks in a decision: started, paused, moved, stopped; and what is told about them when they fall due.

use super::Work;
use crate::domain::command::{Answer, Refusal};
use crate::domain::complaint::Stage;
use crate::domain::event::Event;
use crate::domain::notice::Notice;
use crate::domain::outbox::{OutboxMessage, ThreadPost};
use crate::domain::policy::Span;
use crate::domain::running::{Cause, PauseReason, Running, Schedule, Stop, Stretch, Terms};
use crate::sla::clocks::{Addressee, ClockKind, ClockPolicy, Reopening, Target};

/// The clocks that count from the filing and wait for no other step: those that a change of policy may begin late.
const FROM_FILING: [ClockKind; 4] =
    [ClockKind::Recorded, ClockKind::Resolution, ClockKind::ReceiptNotice, ClockKind::WrittenAnswer];

impl<'a> Work<'a> {
    /// The policy that the complaint has now for a clock.
    fn clock_policy(&self, clock: ClockKind) -> Option<(&'a ClockPolicy, String)> {
        let complaint = &self.complaint;
        let found = self.policy.clock(clock, complaint.severity, complaint.likely_category());
        found.map(|(policy, variant)| (policy, variant.to_owned()))
    }

    /// Terms and schedule of a run by the policy of now.
    fn planned(
        &self,
        (policy, variant): &(&ClockPolicy, String),
        started: i64,
        until: Option<i64>,
        pauses: &[Stretch],
    ) -> (Terms, Schedule) {
        let severity = self.complaint.severity;
        let pauses: Vec<_> = pauses.iter().map(Stretch::pause).collect();
        let span = Span { start: started, until, pauses: &pauses };
        let schedule = self.policy.schedule(policy, severity, &span, self.now);
        (self.policy.terms(policy, variant, severity), schedule)
    }

    /// The waits for the customer that a run from `started` stands still in.
    fn waits_since(&self, policy: &ClockPolicy, started: i64) -> Vec<Stretch> {
        if !policy.stands_still() {
            return Vec::new();
        }
        let waits = self.complaint.waits.iter().filter(|wait| wait.to.is_none_or(|to| to > started));
        waits
            .map(|wait| Stretch { from: wait.from.max(started), to: wait.to, why: PauseReason::Waiting })
            .collect()
    }

    /// Starts the next run of a clock, if the policy has it for this complaint.
    pub(super) fn start_clock(&mut self, clock: ClockKind, started: i64) {
        self.start_clock_until(clock, started, None);
    }

    /// The same, with the instant that a person gave (Unix ms).
    pub(super) fn start_clock_until(&mut self, clock: ClockKind, started: i64, until: Option<i64>) {
        let Some(found) = self.clock_policy(clock) else { return };
        let cycle = self.complaint.clocks.get(&clock).map_or(1, |run| run.cycle + 1);
        let pauses = self.waits_since(found.0, started);
        let (terms, schedule) = self.planned(&found, started, until, &pauses);
        if schedule.due_at.is_none() && pauses.iter().all(|pause| pause.to.is_some()) {
            // Its calendar never opens again, or nobody gave an instant: there is nothing to wait for.
            return;
        }
        self.emit(Event::ClockStarted { clock, cycle, started, terms, schedule, pauses });
    }

    /// Stops a clock if it runs; a deadline that lies behind is a breach, whoever noticed first.
    pub(super) fn stop_clock(&mut self, clock: ClockKind, how: Stop) {
        let Some(run) = self.complaint.run(clock) else { return };
        let cycle = run.cycle;
        self.note_breach(clock, Cause::Time);
        let Some(run) = self.complaint.run(clock) else { return };
        let used = self.policy.used(&run.terms, run.started, self.now, &run.stretches());
        self.emit(Event::ClockStopped { clock, cycle, how, used: Some(used) });
    }

    /// Stops all clocks that wait for a deed of the desk while the complaint is open.
    pub(super) fn stop_all(&mut self, how: Stop, keep: &[ClockKind]) {
        for clock in ClockKind::ALL {
            if !keep.contains(&clock) {
                self.stop_clock(clock, how);
            }
        }
    }

    /// Whether a clock runs.
    pub(super) fn runs(&self, clock: ClockKind) -> bool {
        self.complaint.run(clock).is_some()
    }

    /// Writes down that a deadline lies behind, if it does and nobody has.
    fn note_breach(&mut self, clock: ClockKind, cause: Cause) {
        let Some(run) = self.complaint.run(clock).filter(|run| !run.is_breached()) else { return };
        let (cycle, target) = (run.cycle, run.terms.target);
        let Some(deadline) = run.breach_at().filter(|at| *at < self.now) else { return };
        self.breach(clock, cycle, deadline, target, cause);
    }

    fn breach(&mut self, clock: ClockKind, cycle: i64, deadline: i64, target: Target, cause: Cause) {
        let (severity, owner) = (self.complaint.severity, self.complaint.owner.clone());
        self.emit(Event::ClockBreached { clock, cycle, deadline, target, cause, severity, owner });
        self.refresh_card();
    }

    /// The desk begins to wait for the customer: clocks that may, stand still.
    pub(super) fn pause_clocks(&mut self) {
        for clock in ClockKind::ALL {
            let Some(cycle) = self.complaint.run(clock).filter(|run| run.terms.pauses).map(|run| run.cycle)
            else {
                continue;
            };
            self.note_breach(clock, Cause::Time);
            self.emit(Event::ClockPaused { clock, cycle });
        }
    }

    /// The desk waits no more: what stood still goes on.
    pub(super) fn end_wait(&mut self, answered: bool) {
        if self.complaint.waiting().is_none() {
            return;
        }
        self.emit(Event::WaitEnded { answered });
        for clock in ClockKind::ALL {
            let Some(run) = self.complaint.run(clock).filter(|run| run.is_paused()).cloned() else {
                continue;
            };
            let mut pauses = run.pauses.clone();
            if let Some(last) = pauses.last_mut() {
                last.to = Some(self.now);
            }
            let before = self.by_its_own_terms(&run, &pauses[..pauses.len() - 1]).1;
            let (terms, mut schedule) = self.by_its_own_terms(&run, &pauses);
            if schedule.breach_at == before.breach_at && !run.schedule.nudges.is_empty() {
                // No open time went by, so nothing was put off: who was told of this deadline is not told again.
                schedule.nudges.clone_from(&run.schedule.nudges);
            }
            self.emit(Event::ClockMoved { clock, cycle: run.cycle, cause: None, terms, pauses, schedule });
        }
    }

    /// The end of a pause is no change of policy: a run keeps the terms it began with.
    fn by_its_own_terms(&self, run: &Running, pauses: &[Stretch]) -> (Terms, Schedule) {
        let Terms { target, calendar, nudges, ladder, pauses: stands_still, .. } = run.terms.clone();
        let reopening = Reopening::default();
        let own = ClockPolicy { target, calendar, nudges, ladder, pauses: stands_still, reopening };
        let (now, schedule) = self.planned(&(&own, String::new()), run.started, None, pauses);
        (Terms { calendar_version: now.calendar_version, ..run.terms.clone() }, schedule)
    }

    /// Severity, category or policy changed: running clocks get the deadline that they would have had from the start, with
    /// their pauses. A breach that happened stays.
    pub(super) fn retarget(&mut self, cause: Cause) {
        for clock in ClockKind::ALL {
            let found = self.clock_policy(clock);
            match (self.complaint.run(clock).cloned(), found) {
                (Some(_), None) => self.stop_clock(clock, Stop::Cancelled),
                (Some(run), Some(found)) => self.move_run(clock, &run, &found, cause),
                (None, Some(_)) => self.begin_late(clock, cause),
                (None, None) => {}
            }
        }
    }

    fn move_run(&mut self, clock: ClockKind, run: &Running, found: &(&ClockPolicy, String), cause: Cause) {
        let by_hand = run.breach_at().filter(|_| run.terms.target == Target::ByHand);
        let mut pauses = self.waits_since(found.0, run.started);
        pauses.extend(run.pauses.iter().filter(|pause| pause.why == PauseReason::Resolved));
        // One that lasts stands last.
        pauses.sort_by_key(|pause| (pause.to.is_none(), pause.from));
        let (terms, mut schedule) = self.planned(found, run.started, by_hand, &pauses);
        let measure = |terms: &Terms| (terms.target, terms.calendar.clone(), terms.pauses);
        // Another severity may be reminded at other hours.
        let at_any_hour = |severity| self.policy.nudging.around_the_clock.contains(&severity);
        let hours = at_any_hour(terms.severity) == at_any_hour(run.terms.severity);
        if schedule.breach_at == run.schedule.breach_at && measure(&terms) == measure(&run.terms) && hours {
            return;
        }
        let was_missed = run.is_breached();
        // What was missed by the old deadline was missed, and whoever is told of it, is.
        self.note_breach(clock, Cause::Time);
        if self.complaint.run(clock).is_some_and(Running::is_breached) {
            schedule.ladder.clone_from(&run.schedule.ladder);
        }
        self.emit(Event::ClockMoved { clock, cycle: run.cycle, cause: Some(cause), terms, pauses, schedule });
        self.note_breach(clock, cause);
        let now_missed = self.complaint.run(clock).is_some_and(Running::is_breached);
        if now_missed && !was_missed {
            self.tell_due(&[clock], false);
        }
    }

    /// A clock that an earlier policy did not have, or that was called off, begins where it would have begun.
    fn begin_late(&mut self, clock: ClockKind, cause: Cause) {
        let ended = self.complaint.clocks.get(&clock);
        let called_off = ended.is_some_and(|run| run.stop == Some(Stop::Cancelled));
        let recorded = clock == ClockKind::Recorded && self.complaint.stage != Stage::Filed;
        let answered = clock.is_legal() && self.complaint.replies > 0;
        let from = match &self.complaint.unanswered {
            _ if !self.complaint.stage.is_open() => None,
            Some(waiting) if clock == ClockKind::Reply && called_off => Some(waiting.since),
            _ if !FROM_FILING.contains(&clock) || recorded || answered => None,
            _ => Some(self.complaint.filed.since).filter(|_| ended.is_none() || called_off),
        };
        let Some(from) = from else { return };
        self.start_clock(clock, from);
        self.note_breach(clock, cause);
        if self.complaint.run(clock).is_some_and(Running::is_breached) {
            self.tell_due(&[clock], false);
        }
    }

    /// The complaint, which had ended at `closed` (Unix ms), is open again: a clock that ran until then goes on where it
    /// stopped, or the resolution begins anew, as the policy says. What the law counts from the receipt goes on as if
    /// nothing had been. What `done` names was done with for good.
    pub(super) fn reopen_clocks(&mut self, closed: i64, done: &[ClockKind]) {
        for clock in ClockKind::ALL.into_iter().filter(|clock| !done.contains(clock)) {
            // What the customer does not know yet never stopped.
            if self.runs(clock) {
                continue;
            }
            let Some(found) = self.clock_policy(clock) else { continue };
            let ended = self.complaint.clocks.get(&clock).filter(|run| !run.is_running()).cloned();
            let at_the_end = ended.filter(|run| run.stopped == Some(closed));
            match at_the_end.filter(|_| found.0.reopening == Reopening::Continue) {
                Some(run) => self.continue_run(clock, &run, &found),
                None if clock == ClockKind::Resolution => self.start_clock(clock, self.now),
                None if clock.is_legal() => self.begin_late(clock, Cause::Reopened),
                None => {}
            }
        }
    }

    fn continue_run(&mut self, clock: ClockKind, run: &Running, found: &(&ClockPolicy, String)) {
        let mut pauses = run.pauses.clone();
        let closed = run.stopped.unwrap_or(self.now);
        pauses.push(Stretch { from: closed, to: Some(self.now), why: PauseReason::Resolved });
        let (terms, schedule) = self.planned(found, run.started, None, &pauses);
        self.emit(Event::ClockContinued { clock, cycle: run.cycle, terms, schedule });
        self.note_breach(clock, Cause::Reopened);
        if let Some(breach) = self.complaint.run(clock).and_then(|run| run.breach) {
            // Told once more, for it is late from its first moment; the ladder was climbed before.
            let rungs =
                i64::try_from(self.complaint.clocks[&clock].schedule.ladder.len()).unwrap_or(i64::MAX);
            let to = vec![Addressee::Manager];
            self.emit(Event::Escalated { clock, cycle: run.cycle, rung: rungs, to: to.clone() });
            let missed = Some(Cause::Reopened);
            self.notices.push(Notice { clock, cycle: run.cycle, deadline: breach.deadline, missed, to });
        }
    }

    /// Everything that is due on these clocks: what is missed is written down, and each place is told once.
    /// `hushed`: an incident speaks for the complaint, so reminders of its own are left out.
    pub(super) fn tell_due(&mut self, clocks: &[ClockKind], hushed: bool) {
        let mut told: Vec<Notice> = Vec::new();
        for clock in clocks.iter().copied() {
            let Some(run) = self.complaint.run(clock).filter(|run| !run.is_paused()).cloned() else {
                continue;
            };
            let cycle = run.cycle;
            if !run.is_breached() && run.breach_at().is_some_and(|at| at <= self.now) {
                let deadline = run.breach_at().unwrap_or(self.now);
                self.breach(clock, cycle, deadline, run.terms.target, Cause::Time);
            }
            let Some(run) = self.complaint.run(clock).cloned() else { continue };
            match run.breach {
                Some(breach) => {
                    // One line of the incident's list stands for all who wait in it.
                    let quiet = hushed && !clock.is_statutory() && self.complaint.listed.is_some();
                    let to: Vec<Addressee> = run
                        .rungs_left()
                        .iter()
                        .take_while(|rung| rung.at <= self.now)
                        .map(|rung| rung.to)
                        .collect();
                    if to.is_empty() {
                        continue;
                    }
                    let rung = run.climbed + i64::try_from(to.len()).unwrap_or(i64::MAX);
                    self.emit(Event::Escalated { clock, cycle, rung, to: to.clone() });
                    if quiet {
                        continue;
                    }
                    let deadline = breach.deadline;
                    told.extend(self.by_place(&to).into_iter().map(|to| Notice {
                        clock,
                        cycle,
                        deadline,
                        missed: Some(breach.cause),
                        to,
                    }));
                }
                None => {
                    let level = run.nudges_before(self.now);
                    if level <= run.nudged {
                        continue;
                    }
                    let deadline = run.breach_at().unwrap_or_default();
                    let hushed = hushed && !clock.is_statutory();
                    self.emit(Event::Nudged { clock, cycle, level, deadline, hushed });
                    if !hushed {
                        let to = self.by_place(&[Addressee::Owner]).into_iter();
                        told.extend(to.map(|to| Notice { clock, cycle, deadline, missed: None, to }));
                    }
                }
            }
        }
        let (here, elsewhere): (Vec<_>, Vec<_>) =
            told.into_iter().partition(|notice| notice.place().is_none());
        if !here.is_empty() {
            self.send(OutboxMessage::ToThread { post: ThreadPost::Nudges { notices: here } });
        }
        self.notices.extend(elsewhere);
    }

    /// Addressees by the place where they are told. Where nobody is at one level, the next is told at once: without an
    /// owner, the staff.
    fn by_place(&self, to: &[Addressee]) -> Vec<Vec<Addressee>> {
        let mut places: [Vec<Addressee>; 3] = Default::default();
        for addressee in to {
            let reached = match addressee {
                Addressee::Owner if self.complaint.owner.is_none() => Addressee::Staff,
                other => *other,
            };
            let place = match reached {
                Addressee::Owner => 0,
                Addressee::Staff => 1,
                Addressee::Manager | Addressee::HeadOffice => 2,
            };
            if !places[place].contains(&reached) {
                places[place].push(reached);
            }
        }
        places.into_iter().filter(|place| !place.is_empty()).collect()
    }
}

/// The desk waits for the customer.
pub(super) fn wait(work: &mut Work<'_>, reason: &str) -> Result<Answer, Refusal> {
    let by = work.staff()?;
    work.open()?;
    if work.complaint.waiting().is_some() {
        return Err(Refusal::AlreadyWaiting);
    }
    let reason = super::few_words(reason)?;
    work.emit(Event::WaitStarted { by, reason: reason.clone() });
    work.pause_clocks();
    work.refresh_card();
    let paused = ClockKind::ALL
        .into_iter()
        .filter(|clock| work.complaint.run(*clock).is_some_and(Running::is_paused))
        .collect();
    Ok(Answer::Waiting { number: work.complaint.number(), reason, paused })
}

/// The desk goes on by itself.
pub(super) fn resume(work: &mut Work<'_>) -> Result<Answer, Refusal> {
    work.staff()?;
    work.open()?;
    if work.complaint.waiting().is_none() {
        return Err(Refusal::NotPaused);
    }
    work.end_wait(false);
    work.refresh_card();
    let next = work.complaint.next_deadline();
    Ok(Answer::Resumed { number: work.complaint.number(), next })
}

/// Puts the nudges of a clock off, but not past its deadline.
pub(super) fn snooze(
    work: &mut Work<'_>,
    clock: ClockKind,
    for_ms: i64,
    reason: &str,
) -> Result<Answer, Refusal> {
    let by = work.staff()?;
    let reason = super::words(reason, super::SHORT)?;
    let run = work.complaint.run(clock).filter(|run| !run.is_breached());
    let Some((cycle, deadline)) = run.and_then(|run| Some((run.cycle, run.breach_at()?))) else {
        return Err(Refusal::Stale);
    };
    let until = work.now.saturating_add(for_ms);
    if for_ms <= 0 || until >= deadline {
        return Err(Refusal::SnoozeTooLong { clock, deadline });
    }
    work.emit(Event::Snoozed { clock, cycle, until, by: Some(by), reason: reason.clone() });
    work.refresh_card();
    Ok(Answer::Snoozed { number: work.complaint.number(), clock, until, reason })
}

/// Nobody waits for an answer to the customer's last message: *thanks*, a goodbye.
pub(super) fn no_answer_needed(work: &mut Work<'_>) -> Result<Answer, Refusal> {
    work.staff()?;
    if !work.runs(ClockKind::Reply) {
        return Err(Refusal::NothingUnanswered);
    }
    work.emit(Event::NoAnswerNeeded);
    // Nobody answered, and nobody had to.
    work.stop_clock(ClockKind::Reply, Stop::Cancelled);
    if work.policy.cadence.only_when_asked {
        work.stop_clock(ClockKind::Update, Stop::Cancelled);
    }
    work.refresh_card();
    Ok(Answer::NoAnswerNeeded { number: work.complaint.number() })
}

/// Open deadlines are computed anew by the policy and the calendars of now.
pub(super) fn recompute(work: &mut Work<'_>) -> Answer {
    work.retarget(Cause::Policy);
    if !work.entries.is_empty() {
        work.refresh_card();
    }
    Answer::Silent
}
