//! A complaint as it stands: derived from its journal by `apply`, and from nothing else.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::clarifying::{self, Clarification};
use super::decide::conversation::REOPEN_WITHIN;
use super::disposition::{self, Disposition};
use super::erasing::Erasure;
use super::event::{CloseReason, DismissReason, Entry, Event, Filed, Person};
use super::goodwill::{self, Goodwill};
use super::ids::{ChannelId, ComplaintId, IncidentId, MessageId};
use super::letter::ThreadPost;
use super::policy::{ClockKind, Lang};
use super::procedure::{Procedure, Step};
use super::running::{Breach, PauseReason, Running, Snooze, Stretch};
use super::speech::Speech;

pub use super::line::{FileRef, Line};
pub use super::question::Rating;
pub use super::severity::Severity;
pub use super::waiting::{Unanswered, Waiting};

/// Where a complaint stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// It came in; nobody has taken it.
    Filed,
    /// A named person has read it.
    Recorded,
    /// The outcome is told; the customer may still object.
    Resolved,
    /// It ended well.
    Closed,
    /// It ended as no complaint.
    Dismissed,
}

impl Stage {
    /// Whether somebody still owes the customer something.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Filed | Self::Recorded)
    }
}

/// A complaint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Complaint {
    /// Its id.
    pub id: ComplaintId,
    /// What it was born with.
    pub filed: Filed,
    /// When it was stored (Unix ms).
    pub filed_at: i64,
    /// Where it stands.
    pub stage: Stage,
    /// The language the customer is written to in.
    pub lang: Lang,
    /// Whose it is.
    pub owner: Option<Person>,
    /// Id of a category, once a person said so.
    pub category: Option<String>,
    /// How bad it is.
    pub severity: Severity,
    /// The desk channel and the card in it.
    pub card: Option<(ChannelId, MessageId)>,
    /// The desk thread.
    pub thread: Option<ChannelId>,
    /// Where the customer is reached.
    pub line: Line,
    /// Whether their direct messages were found closed.
    pub direct_closed: bool,
    /// The clocks, each with its latest run.
    pub clocks: BTreeMap<ClockKind, Running>,
    /// When the desk waited for the customer; the last time may still last.
    #[serde(default)]
    pub waits: Vec<Waiting>,
    /// How far the procedure has come.
    #[serde(default)]
    pub procedure: Procedure,
    /// What came of refusing, withdrawing and merging it.
    #[serde(default)]
    pub disposition: Disposition,
    /// What its category needs to know, as far as it was asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clarified: Vec<Clarification>,
    /// What was given on top, by number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub goodwill: Vec<Goodwill>,
    /// What is to be told by voice.
    #[serde(default)]
    pub speech: Speech,
    /// What is waiting for a person's answer.
    pub unanswered: Option<Unanswered>,
    /// How many replies were written.
    pub replies: i64,
    /// The resolutions' questions, oldest first.
    pub ratings: Vec<Rating>,
    /// When it was resolved last (Unix ms).
    pub resolved_at: Option<i64>,
    /// When it ended (Unix ms).
    pub ended_at: Option<i64>,
    /// Why it was dismissed.
    pub dismissed: Option<DismissReason>,
    /// Why it was closed.
    pub closed: Option<CloseReason>,
    /// Incidents whose approved line the customer was told.
    pub told: Vec<IncidentId>,
    /// Incidents whose talking points stand in the thread, with the latest version.
    pub shown: BTreeMap<IncidentId, i64>,
    /// The incident in whose list it waits, without a card of its own.
    #[serde(default)]
    pub listed: Option<IncidentId>,
    /// What its desk thread is told once it has one.
    #[serde(default)]
    pub held: Vec<ThreadPost>,
    /// When the customer had erased what the case file need not hold (Unix ms).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trimmed_at: Option<i64>,
    /// When all that leads to a person was erased (Unix ms): what is left is a figure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forgotten_at: Option<i64>,
    /// How many facts its journal holds.
    pub facts: i64,
}

impl Complaint {
    /// The complaint that a filing makes.
    pub fn new(id: ComplaintId, filed: Filed, at: i64) -> Self {
        Self {
            id,
            filed_at: at,
            stage: Stage::Filed,
            lang: filed.lang,
            owner: None,
            category: None,
            severity: Severity::Normal,
            card: None,
            thread: None,
            line: match (filed.direct, filed.medium) {
                (_, Some(medium)) if filed.customer.id.is_nobody() => Line::Spoken { medium },
                (Some(channel), _) => Line::Direct { channel },
                (None, _) => Line::Unknown,
            },
            direct_closed: false,
            clocks: BTreeMap::new(),
            waits: Vec::new(),
            procedure: Procedure::default(),
            disposition: Disposition::default(),
            clarified: Vec::new(),
            goodwill: Vec::new(),
            speech: Speech::default(),
            unanswered: Some(Unanswered {
                since: filed.since,
                last: filed.words.clone(),
                unread: false,
                latest: Some(filed.since),
            }),
            replies: 0,
            ratings: Vec::new(),
            resolved_at: None,
            ended_at: None,
            dismissed: None,
            closed: None,
            told: Vec::new(),
            shown: BTreeMap::new(),
            listed: None,
            held: Vec::new(),
            trimmed_at: None,
            forgotten_at: None,
            facts: 1,
            filed,
        }
    }

    /// The state that a journal tells, or none if it does not begin with a filing.
    pub fn replay(id: ComplaintId, journal: &[Entry]) -> Option<Self> {
        let (first, rest) = journal.split_first()?;
        let Event::Filed(filed) = &first.event else { return None };
        let mut complaint = Self::new(id, (**filed).clone(), first.at);
        for entry in rest {
            complaint.apply(entry);
        }
        Some(complaint)
    }

    /// Whether the customer's word at `now` (Unix ms) still opens it again, once it is resolved or has ended.
    pub fn may_reopen(&self, now: i64) -> bool {
        let settled = match self.closed {
            Some(CloseReason::Merged) => None,
            Some(CloseReason::Refused | CloseReason::Withdrawn) => self.ended_at,
            Some(CloseReason::Confirmed | CloseReason::Silence) | None => self.resolved_at,
        };
        self.stage != Stage::Dismissed && settled.is_some_and(|at| now - at <= REOPEN_WITHIN)
    }

    /// The number people see.
    pub fn number(&self) -> i64 {
        self.filed.number
    }

    /// The category that stands: a person's word, else what the words point to.
    pub fn likely_category(&self) -> Option<&str> {
        self.category.as_deref().or(self.filed.suggested.as_deref())
    }

    /// The latest question to the customer.
    pub fn rating(&self) -> Option<&Rating> {
        self.ratings.last()
    }

    /// The clock that is due first among those that run, with the instant (Unix ms).
    pub fn next_deadline(&self) -> Option<(ClockKind, i64)> {
        self.clocks
            .iter()
            .filter_map(|(kind, run)| run.due_at().map(|due| (*kind, due)))
            .min_by_key(|(_, due)| *due)
    }

    /// The wait for the customer that lasts, if one does.
    pub fn waiting(&self) -> Option<&Waiting> {
        self.waits.last().filter(|wait| wait.to.is_none())
    }

    /// The run of a clock, if it has not ended.
    pub fn run(&self, clock: ClockKind) -> Option<&Running> {
        self.clocks.get(&clock).filter(|run| run.is_running())
    }

    /// Takes in one fact.
    pub fn apply(&mut self, entry: &Entry) {
        self.facts += 1;
        let at = entry.at;
        match &entry.event {
            // The first fact made the complaint; nothing files it again.
            Event::Filed(_) => {}
            Event::CardPosted { channel, message } => self.card = Some((*channel, *message)),
            Event::ThreadStarted { thread } => self.thread = Some(*thread),
            Event::LineOpened { line } => self.line = *line,
            Event::DirectMessagesClosed => {
                self.direct_closed = true;
                if matches!(self.line, Line::Direct { .. }) {
                    self.line = Line::Unknown;
                }
            }
            Event::LanguageChosen { lang } => self.lang = *lang,
            Event::Claimed { owner, records } | Event::Assigned { owner, records } => {
                self.owner = Some(owner.clone());
                self.record_if(*records);
            }
            Event::Procedure(step) => {
                self.procedure.apply(step, at);
                self.record_if(matches!(step, Step::Read { .. } | Step::RemediesSent { .. }));
                // Who was sent what can be done was answered.
                if matches!(step, Step::RemediesSent { .. }) {
                    self.unanswered = None;
                }
            }
            Event::Classified { category, severity } => {
                self.category.clone_from(category);
                self.severity = *severity;
            }
            Event::Noted { .. }
            | Event::SuperiorAsked
            | Event::Exported { .. }
            | Event::CustomerDeleted { .. }
            | Event::CustomerMessageMoved { .. } => {}
            Event::CustomerWrote { text, files, .. } => {
                let unread = text.is_empty() && files.is_empty();
                let fresh = Unanswered { since: at, last: String::new(), unread, latest: None };
                let waiting = self.unanswered.get_or_insert(fresh);
                waiting.latest = Some(at);
                waiting.unread |= unread;
                if !text.is_empty() {
                    waiting.last.clone_from(text);
                }
            }
            Event::CustomerEdited { text, .. } => {
                if let Some(waiting) = self.unanswered.as_mut().filter(|_| !text.is_empty()) {
                    waiting.last.clone_from(text);
                }
            }
            Event::Replied { reply, .. } => {
                self.replies = *reply;
                self.unanswered = None;
                self.record_if(true);
            }
            Event::ReplyDelivered { .. } | Event::ReplyUndelivered { .. } => {}
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
            Event::Speech(fact) => self.speech.apply(fact),
            Event::NoAnswerNeeded => self.unanswered = None,
            Event::Listed { incident } => self.listed = Some(*incident),
            Event::HeldForThread { post } => self.held.push(post.clone()),
            Event::Opened { .. } => {
                self.listed = None;
                self.held.clear();
            }
            Event::Reopened { .. } => {
                self.stage = if self.owner.is_some() { Stage::Recorded } else { Stage::Filed };
                self.ended_at = None;
                self.closed = None;
                self.dismissed = None;
                if let Some(rating) = self.ratings.last_mut().filter(|rating| rating.score.is_none()) {
                    rating.closed = true;
                }
            }
            Event::Disposition(fact) => {
                self.disposition.apply(fact);
                if let disposition::Fact::MergedFrom { legacy } = fact {
                    self.wait_with(legacy.unanswered.as_ref());
                    clarifying::take_over(&mut self.clarified, &legacy.clarified);
                }
            }
            Event::Clarified(fact) => {
                clarifying::apply(&mut self.clarified, fact);
                if matches!(fact, clarifying::Fact::Asked { .. }) {
                    self.unanswered = None;
                    self.record_if(true);
                }
            }
            Event::Goodwill(fact) => goodwill::apply(&mut self.goodwill, fact, at),
            Event::Closed { reason } => {
                self.stage = Stage::Closed;
                self.closed = Some(*reason);
                self.ended_at = Some(at);
                match reason {
                    CloseReason::Confirmed | CloseReason::Silence => {}
                    CloseReason::Refused => self.unanswered = None,
                    // Nobody is held to what nobody waits for, or what is promised elsewhere.
                    CloseReason::Withdrawn | CloseReason::Merged => {
                        self.unanswered = None;
                        self.procedure.release(at);
                    }
                }
            }
            Event::Dismissed { reason } => {
                self.stage = Stage::Dismissed;
                self.dismissed = Some(*reason);
                self.ended_at = Some(at);
                self.unanswered = None;
            }
            Event::IncidentTold { incident } => self.told.push(*incident),
            Event::TalkingPointsShown { incident, version } => {
                self.shown.insert(*incident, *version);
            }
            Event::Resolved { cycle, outcome, ask_at, handler } => {
                self.stage = Stage::Resolved;
                self.resolved_at = Some(at);
                self.unanswered = None;
                self.ratings.push(Rating {
                    cycle: *cycle,
                    outcome: outcome.clone(),
                    handler: handler.clone(),
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
            Event::RatingAsked { cycle } => self.on_rating(*cycle, |rating| rating.asked = Some(at)),
            Event::RatingDelivered { cycle, channel, message, remind_at, close_at } => {
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
            Event::WordAdded { cycle, text } => self.on_rating(*cycle, |r| r.word = Some(text.clone())),
            Event::Erased { what: Erasure::Extras } => self.trimmed_at = Some(at),
            Event::Erased { what: Erasure::Person } => self.forgotten_at = Some(at),
            Event::RatingUndelivered { cycle, .. } | Event::RatingClosed { cycle } => {
                self.on_rating(*cycle, |rating| rating.closed = true);
            }
        }
    }

    /// What waited for an answer elsewhere waits here too.
    fn wait_with(&mut self, other: Option<&Unanswered>) {
        match (&mut self.unanswered, other) {
            (Some(mine), Some(other)) => {
                mine.since = mine.since.min(other.since);
                mine.unread |= other.unread;
                mine.latest = mine.latest.max(other.latest);
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
