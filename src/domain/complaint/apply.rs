//! What each fact does to the state of a complaint.

use super::{Complaint, Rating, Reopening, Stage, Unanswered, Waiting};
use crate::domain::arriving::{OnTheWay, Word};
use crate::domain::complaint::Line;
use crate::domain::disposition;
use crate::domain::erasing::Erasure;
use crate::domain::event::{CloseReason, Entry, Event};
use crate::domain::procedure::Step;
use crate::domain::running::{Breach, PauseReason, Running, Snooze, Stretch};
use crate::domain::speech;
use crate::kernel::ids::MessageId;
use crate::kernel::people::Actor;
use crate::sla::clocks::ClockKind;

impl Complaint {
    /// Takes in one fact.
    pub fn apply(&mut self, entry: &Entry) {
        self.facts += 1;
        let at = entry.at;
        // Once a person has taken it up, it is open for more than that message.
        if matches!(entry.by, Actor::Staff(_)) {
            self.reopening = None;
        }
        match &entry.event {
            // The first fact made the complaint; nothing files it again.
            Event::Filed(_) => {}
            Event::CardPosted { channel, message } => self.card = Some((*channel, *message)),
            Event::ThreadStarted { thread, plain } => {
                // Another thread has no bar yet.
                if self.thread != Some(*thread) {
                    self.bar = None;
                }
                self.thread = Some(*thread);
                self.plain_since = plain.then_some((at, 0));
            }
            Event::RenameTried => self.plain_since = self.plain_since.map(|(_, tried)| (at, tried + 1)),
            Event::ThreadNamed => self.plain_since = None,
            Event::BarPosted { message } => self.bar = Some(*message),
            Event::PromptPosted { prompt } => self.prompts.push(*prompt),
            Event::PromptClosed { message } => self.prompts.retain(|held| held.message != *message),
            Event::LineOpened { line } => {
                self.line = *line;
                match line {
                    // They wrote there, or what was sent arrived.
                    Line::Direct { .. } => self.direct_closed = false,
                    Line::Thread { channel } => self.private = Some(*channel),
                    Line::Unknown | Line::Spoken { .. } | Line::Nowhere { .. } => {}
                }
            }
            Event::DirectMessagesClosed => {
                self.direct_closed = true;
                if matches!(self.line, Line::Direct { .. }) {
                    self.line = Line::Unknown;
                }
            }
            Event::LanguageChosen { lang } => self.lang = *lang,
            Event::Claimed { owner, records } | Event::Assigned { owner, records } => {
                self.owner = Some(owner.clone());
                self.owner_left = false;
                self.nobody_was_called();
                self.record_if(*records);
            }
            Event::Procedure(step) => {
                self.features.procedure.apply(step, at);
                self.record_if(matches!(step, Step::Read { .. } | Step::RemediesSent { .. }));
                // Who was sent what can be done was answered, and so was whoever was spoken with.
                match step {
                    Step::RemediesSent { proposal, .. } => {
                        self.answered_by(&Word::Remedies { proposal: *proposal });
                    }
                    Step::ManagerSpoke { .. } => self.unanswered = None,
                    _ => {}
                }
            }
            Event::OwnerLeft { .. } => {
                (self.owner, self.owner_left) = (None, true);
                self.nobody_was_called();
            }
            Event::About(fact) => {
                self.about.apply(fact);
                // Whoever it is about does not handle it.
                self.owner.take_if(|owner| self.about.names(owner.id));
            }
            Event::Classified { category, severity, severity_said } => {
                self.category.clone_from(category);
                // Before it was told apart, another one than the usual can only have been said.
                self.severity_said |= *severity_said || self.severity != *severity;
                self.severity = *severity;
            }
            Event::Noted { .. } | Event::SuperiorAsked | Event::Exported { .. } => {}
            Event::CustomerWrote { message, text, files } => {
                // Who spoke waits since then, whenever it was written down.
                let said = self.speech.said.take_if(|(held, _)| held == message);
                let since = said.map_or(at, |(_, since)| since);
                self.wait_for_answer(Some(*message), text, text.is_empty() && files.is_empty(), since);
                // Whatever else they write waits here, too.
                self.reopening.take_if(|held| held.message != *message);
            }
            // What came is known by its name: it was no message that nobody could read.
            Event::CameAlong { message: _, extras } => {
                if let (Some(waiting), false) = (self.unanswered.as_mut(), extras.is_empty()) {
                    waiting.unread &= waiting.latest != Some(at);
                }
            }
            Event::CustomerEdited { message, text, awaits: true } => {
                self.wait_for_answer(Some(*message), text, false, at);
            }
            Event::CustomerEdited { message, text, awaits: false } => {
                let filed = &self.filed.words;
                for waiting in waits(&mut self.unanswered, &mut self.on_the_way) {
                    waiting.changes(*message, Some(text), filed);
                }
            }
            Event::CustomerDeleted { message } => {
                let filed = &self.filed.words;
                for waiting in waits(&mut self.unanswered, &mut self.on_the_way) {
                    waiting.changes(*message, None, filed);
                }
            }
            Event::CustomerMessageMoved { message, ends_again, .. } => {
                if let Some(before) = self.reopening.take_if(|_| *ends_again) {
                    self.ends_as(before);
                }
                let filed = self.filed.words.as_str();
                self.unanswered.take_if(|waiting| !waiting.loses(*message, filed));
                for held in &mut self.on_the_way {
                    held.later.take_if(|waiting| !waiting.loses(*message, filed));
                }
            }
            Event::Replied { reply, .. } => {
                self.replies = *reply;
                self.answered_by(&Word::Reply { reply: *reply });
                self.record_if(true);
            }
            Event::Sent { word } => self.leaves(word.clone(), at),
            Event::Arrived { word } => self.arrives(word),
            Event::NotArrived { word, reason } => self.is_lost(word, *reason),
            Event::ReplyDelivered { reply } => self.arrives(&Word::Reply { reply: *reply }),
            Event::ReplyUndelivered { reply, reason } => {
                self.is_lost(&Word::Reply { reply: *reply }, *reason);
            }
            Event::ClockStarted { clock, cycle, started, terms, schedule, pauses } => {
                let run = Running::new(*cycle, *started, terms.clone(), schedule.clone(), pauses.clone());
                self.clocks.insert(*clock, run);
            }
            Event::ClockStopped { clock, cycle, how, used } => self.on_run(*clock, *cycle, |run| {
                if let Some(pause) = run.pauses.last_mut().filter(|pause| pause.to.is_none()) {
                    pause.to = Some(at);
                }
                (run.stopped, run.stop, run.used) = (Some(at), Some(*how), *used);
            }),
            Event::ClockPaused { clock, cycle } => self.on_run(*clock, *cycle, |run| {
                run.pauses.push(Stretch { from: at, to: None, why: PauseReason::Waiting });
                (run.schedule.due_at, run.schedule.breach_at) = (None, None);
            }),
            Event::ClockMoved { clock, cycle, terms, pauses, schedule, .. } => {
                self.on_run(*clock, *cycle, |run| {
                    (run.terms, run.pauses) = (terms.clone(), pauses.clone());
                    run.move_to(schedule.clone(), at);
                });
            }
            Event::ClockContinued { clock, cycle, terms, schedule } => self.on_run(*clock, *cycle, |run| {
                let closed = run.stopped.take().unwrap_or(at);
                run.pauses.push(Stretch { from: closed, to: Some(at), why: PauseReason::Resolved });
                (run.stop, run.used) = (None, None);
                run.terms = terms.clone();
                run.move_to(schedule.clone(), at);
            }),
            Event::Nudged { clock, cycle, level, .. } => {
                self.on_run(*clock, *cycle, |run| run.nudge(*level));
            }
            Event::Snoozed { clock, cycle, until, by, reason } => self.on_run(*clock, *cycle, |run| {
                run.put_off(Snooze { until: *until, by: by.clone(), reason: reason.clone() });
            }),
            Event::ClockBreached { clock, cycle, deadline, target, cause, .. } => {
                self.on_run(*clock, *cycle, |run| {
                    let breach = Breach { deadline: *deadline, target: *target, cause: *cause };
                    run.breach.get_or_insert(breach);
                });
            }
            Event::Escalated { clock, cycle, rung, .. } => {
                self.on_run(*clock, *cycle, |run| run.climbed = *rung);
            }
            Event::WaitStarted { by, reason } => {
                self.waits.push(Waiting { from: at, to: None, by: by.clone(), reason: reason.clone() })
            }
            Event::WaitEnded { .. } => {
                if let Some(wait) = self.waits.last_mut() {
                    wait.to.get_or_insert(at);
                }
            }
            Event::Speech(fact) => {
                self.speech.apply(fact);
                match fact {
                    speech::Fact::ToTell { number, post } => self.is_to_be_told(*number, post),
                    speech::Fact::Told { number, .. } => {
                        if let Some(Word::Outcome { cycle }) = self.is_told(*number) {
                            self.on_rating(cycle, |rating| rating.told = Some(at));
                        }
                    }
                    speech::Fact::Heard { .. } => {}
                }
            }
            Event::NoAnswerNeeded | Event::Thanked => self.unanswered = None,
            Event::Acknowledged => self.acknowledged_at = Some(at),
            Event::OutcomeReturned { cycle } => {
                self.work_goes_on();
                self.on_rating(*cycle, |rating| rating.closed = true);
            }
            Event::Listed { incident } => self.listed = Some(*incident),
            Event::HeldForThread { post } => self.held.push(post.clone()),
            Event::Opened { .. } => {
                self.listed = None;
                self.held.clear();
            }
            Event::Reopened { awaits, message, .. } => {
                self.reopening = message.map(|message| Reopening {
                    message,
                    at,
                    stage: self.stage,
                    closed: self.closed,
                    dismissed: self.dismissed,
                    ended_at: self.ended_at,
                    asking: self.rating().is_some_and(|held| held.score.is_none() && !held.closed),
                });
                if *awaits {
                    let words = self.filed.words.clone();
                    self.wait_for_answer(None, &words, false, at);
                }
                self.work_goes_on();
                self.is_void(Word::tells_the_end);
                if let Some(rating) = self.ratings.last_mut().filter(|rating| rating.score.is_none()) {
                    rating.closed = true;
                }
            }
            Event::Disposition(fact) => {
                if let disposition::Fact::MergedInto { twin } = fact {
                    self.features.disposition.merged_into = Some(twin.clone());
                }
                if let disposition::Fact::MergedFrom { legacy } = fact {
                    self.features.disposition.merged_from.push(legacy.twin.clone());
                    self.wait_with(legacy.unanswered.as_ref());
                    self.features.inherit(&legacy.features);
                }
            }
            Event::Feature(fact) => {
                self.features.apply(fact, at);
                if let Some(word) = fact.answers() {
                    self.answered_by(&Word::Feature(word));
                    self.record_if(true);
                }
                if let Some(void) = fact.voids().map(Word::Feature) {
                    self.is_void(|word| *word == void);
                }
            }
            Event::Closed { reason } => {
                self.stage = Stage::Closed;
                self.features.procedure.talk = None;
                self.closed = Some(*reason);
                self.ended_at = Some(at);
                match reason {
                    CloseReason::Confirmed | CloseReason::Silence => {}
                    CloseReason::Refused => {
                        if !self.on_the_way.iter().any(|held| held.word.tells_the_end()) {
                            self.unanswered = None;
                        }
                    }
                    // Nobody is held to what nobody waits for, or what is promised elsewhere.
                    CloseReason::Withdrawn | CloseReason::Merged => {
                        self.unanswered = None;
                        self.features.procedure.promises.release(at);
                    }
                }
            }
            Event::Dismissed { reason } => {
                self.stage = Stage::Dismissed;
                self.features.procedure.talk = None;
                self.dismissed = Some(*reason);
                self.ended_at = Some(at);
                self.unanswered = None;
                self.is_void(Word::answers);
            }
            Event::IncidentTold { incident } => self.told.push(*incident),
            Event::TalkingPointsShown { incident, version } => {
                self.shown.insert(*incident, *version);
            }
            Event::Resolved { cycle, outcome, ask_at, handler, told_first } => {
                self.stage = Stage::Resolved;
                self.features.procedure.talk = None;
                self.resolved_at = Some(at);
                let word = Word::Outcome { cycle: *cycle };
                // Whatever an earlier outcome or answer wanted to say, this one says.
                self.is_void(|held| held.answers() && *held != word);
                self.answered_by(&word);
                self.ratings.push(Rating {
                    cycle: *cycle,
                    outcome: outcome.clone(),
                    handler: handler.clone(),
                    told_first: *told_first,
                    told: None,
                    ask_at: *ask_at,
                    asked: None,
                    delivered: None,
                    place: None,
                    remind_at: None,
                    close_at: None,
                    score: None,
                    answered: None,
                    fixed: None,
                    word: None,
                    reminded: false,
                    closed: false,
                });
            }
            Event::OutcomeTold { cycle } => {
                self.arrives(&Word::Outcome { cycle: *cycle });
                self.on_rating(*cycle, |rating| rating.told = Some(at));
            }
            Event::RatingAsked { cycle } => self.on_rating(*cycle, |rating| rating.asked = Some(at)),
            Event::RatingDelivered { cycle, channel, message, remind_at, close_at } => {
                self.arrives(&Word::Outcome { cycle: *cycle });
                self.on_rating(*cycle, |rating| {
                    rating.delivered = Some(at);
                    rating.place = Some((*channel, *message));
                    rating.remind_at = Some(*remind_at);
                    rating.close_at = Some(*close_at);
                });
            }
            Event::RatingReminded { cycle } => self.on_rating(*cycle, |rating| rating.reminded = true),
            Event::Rated { cycle, score } => self.on_rating(*cycle, |rating| {
                rating.score = Some(*score);
                rating.answered = Some(at);
            }),
            Event::FixedAnswered { cycle, fixed } => self.on_rating(*cycle, |r| r.fixed = Some(*fixed)),
            Event::WordAdded { cycle, text, awaits } => {
                if *awaits {
                    self.wait_for_answer(None, text, false, at);
                }
                self.on_rating(*cycle, |r| r.word = Some(text.clone()));
            }
            Event::Erased { what: Erasure::Extras } => self.trimmed_at = Some(at),
            Event::Erased { what: Erasure::Person } => self.forgotten_at = Some(at),
            Event::RatingUndelivered { cycle, reason } => {
                self.is_lost(&Word::Outcome { cycle: *cycle }, *reason);
                self.on_rating(*cycle, |rating| rating.closed = true);
            }
            Event::RatingClosed { cycle } => self.on_rating(*cycle, |rating| rating.closed = true),
        }
    }

    /// Words of the customer that came at `at` (Unix ms) wait for an answer.
    fn wait_for_answer(&mut self, message: Option<MessageId>, text: &str, unread: bool, at: i64) {
        let waiting = self.unanswered.get_or_insert_with(|| Unanswered::from(at));
        waiting.hears(message, text, unread, at);
        self.wrote_meanwhile(message, text, unread, at);
    }

    /// Whoever looks after it now was called for none of what waits.
    fn nobody_was_called(&mut self) {
        for waiting in waits(&mut self.unanswered, &mut self.on_the_way) {
            waiting.called = false;
        }
    }

    /// It has ended no more.
    fn work_goes_on(&mut self) {
        self.stage = if self.owner.is_some() { Stage::Recorded } else { Stage::Filed };
        self.ended_at = None;
        self.closed = None;
        self.dismissed = None;
    }

    /// What had opened it again belongs elsewhere.
    fn ends_as(&mut self, before: Reopening) {
        let Reopening { message: _, at: _, stage, closed, dismissed, ended_at, asking } = before;
        (self.stage, self.closed, self.dismissed, self.ended_at) = (stage, closed, dismissed, ended_at);
        if let Some(rating) = self.ratings.last_mut().filter(|_| asking) {
            rating.closed = false;
        }
    }

    /// What waited for an answer elsewhere waits here too.
    fn wait_with(&mut self, other: Option<&Unanswered>) {
        match (&mut self.unanswered, other) {
            (Some(mine), Some(other)) => {
                mine.since = mine.since.min(other.since);
                mine.unread |= other.unread;
                mine.latest = mine.latest.max(other.latest);
                mine.messages.extend(other.messages.iter().cloned());
                mine.messages.sort_by_key(|held| held.at);
            }
            (mine @ None, Some(other)) => *mine = Some(other.clone()),
            (_, None) => {}
        }
    }

    fn record_if(&mut self, read: bool) {
        if read && self.stage == Stage::Filed {
            self.stage = Stage::Recorded;
        }
    }

    fn on_run(&mut self, clock: ClockKind, cycle: i64, change: impl FnOnce(&mut Running)) {
        if let Some(run) = self.clocks.get_mut(&clock).filter(|run| run.cycle == cycle) {
            change(run);
        }
    }

    fn on_rating(&mut self, cycle: i64, change: impl FnOnce(&mut Rating)) {
        if let Some(rating) = self.ratings.iter_mut().find(|rating| rating.cycle == cycle) {
            change(rating);
        }
    }
}

/// What waits for an answer: now, and once what is on its way has arrived.
fn waits<'a>(
    unanswered: &'a mut Option<Unanswered>,
    on_the_way: &'a mut [OnTheWay],
) -> impl Iterator<Item = &'a mut Unanswered> {
    unanswered.iter_mut().chain(on_the_way.iter_mut().filter_map(|held| held.later.as_mut()))
}
