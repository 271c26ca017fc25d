//! A complaint as it stands: derived from its journal by `apply`, and from nothing else.

mod apply;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::arriving::OnTheWay;
use super::colleague::About;
use super::decide::conversation::REOPEN_WITHIN;
use super::event::{CloseReason, DismissReason, Entry, Event, Filed, Fixed, Source};
use super::outbox::ThreadPost;
use super::policy::Policy;
use super::prompt::Prompt;
use super::running::Running;
use super::speech::Speech;
use crate::features;
use crate::kernel::core::Core;
use crate::kernel::ids::{ChannelId, ComplaintId, IncidentId, MessageId};
use crate::kernel::lang::Lang;
use crate::kernel::people::Person;
use crate::kernel::severity::Severity;
use crate::language::safety;
use crate::sla::clocks::ClockKind;

pub use super::line::{FileRef, Line};
pub use super::question::Rating;
pub use super::waiting::{Unanswered, Waiting};
pub use crate::kernel::core::Stage;

/// How a complaint had ended before a message of the customer opened it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reopening {
    /// That message.
    pub message: MessageId,
    /// When it was opened again (Unix ms).
    pub at: i64,
    /// Where it stood.
    pub stage: Stage,
    /// How it had ended.
    pub closed: Option<CloseReason>,
    /// The same, of what was no complaint.
    pub dismissed: Option<DismissReason>,
    /// When (Unix ms).
    pub ended_at: Option<i64>,
    /// Whether the question for a rating was open.
    pub asking: bool,
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
    /// Whether whoever had it last is no staff any more, and nobody has taken it over.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub owner_left: bool,
    /// Whom of the desk it is about.
    #[serde(default)]
    pub about: About,
    /// Id of a category, once a person said so.
    pub category: Option<String>,
    /// How bad it is.
    pub severity: Severity,
    /// Whether a person said how bad it is.
    #[serde(default)]
    pub severity_said: bool,
    /// The desk channel and the card in it.
    pub card: Option<(ChannelId, MessageId)>,
    /// The desk thread.
    pub thread: Option<ChannelId>,
    /// While the thread bears a plain name, since Discord refused its own: when it was tried last (Unix ms), and how often.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plain_since: Option<(i64, i64)>,
    /// The action bar: the first message of the thread.
    #[serde(default)]
    pub bar: Option<MessageId>,
    /// Messages that ask somebody to decide, while they are to be decided.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prompts: Vec<Prompt>,
    /// Where the customer is reached.
    pub line: Line,
    /// The private thread in which they were reached last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub private: Option<ChannelId>,
    /// Whether their direct messages were found closed.
    pub direct_closed: bool,
    /// The clocks, each with its latest run.
    pub clocks: BTreeMap<ClockKind, Running>,
    /// When the desk waited for the customer; the last time may still last.
    #[serde(default)]
    pub waits: Vec<Waiting>,
    /// What each capability remembers.
    #[serde(flatten)]
    pub features: features::State,
    /// What is to be told by voice.
    #[serde(default)]
    pub speech: Speech,
    /// What the desk said that is on its way to the customer, or did not arrive.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub on_the_way: Vec<OnTheWay>,
    /// How it had ended, while nothing but a message of the customer has opened it again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reopening: Option<Reopening>,
    /// What is waiting for a person's answer.
    pub unanswered: Option<Unanswered>,
    /// When the customer was last told where their messages went (Unix ms).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acknowledged_at: Option<i64>,
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
            owner_left: false,
            about: About::default(),
            category: None,
            severity: Severity::Normal,
            severity_said: false,
            card: None,
            thread: None,
            plain_since: None,
            private: None,
            bar: None,
            prompts: Vec::new(),
            line: match (filed.direct, filed.medium) {
                (_, Some(medium)) if filed.customer.id.is_nobody() => Line::Spoken { medium },
                (Some(channel), _) => Line::Direct { channel },
                (None, _) => Line::Unknown,
            },
            direct_closed: false,
            clocks: BTreeMap::new(),
            waits: Vec::new(),
            features: features::State::default(),
            speech: Speech::default(),
            on_the_way: Vec::new(),
            reopening: None,
            unanswered: Some(Unanswered {
                last: filed.words.clone(),
                latest: Some(filed.since),
                ..Unanswered::from(filed.since)
            }),
            acknowledged_at: None,
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
        self.reopens_until().is_some_and(|until| now <= until)
    }

    /// Until when (Unix ms) the customer's word opens it again.
    fn reopens_until(&self) -> Option<i64> {
        let settled = match self.closed {
            Some(CloseReason::Merged) => None,
            Some(CloseReason::Refused | CloseReason::Withdrawn) => self.ended_at,
            Some(CloseReason::Confirmed | CloseReason::Silence) | None => self.resolved_at,
        };
        settled.filter(|_| self.stage != Stage::Dismissed).map(|at| at.saturating_add(REOPEN_WITHIN))
    }

    /// What of the customer waits for a person's answer: whatever an open complaint holds, and after the end what a clock runs
    /// for.
    pub fn owes_answer(&self) -> Option<&Unanswered> {
        // What a member of staff wrote down was answered where it was said.
        let logged = self.filed.source == Source::Logged;
        let answered = |held: &Unanswered| logged && held.latest == Some(self.filed.since);
        let waits = self.stage.is_open() || self.run(ClockKind::Reply).is_some();
        self.unanswered.as_ref().filter(|held| waits && !answered(held))
    }

    /// Since when (Unix ms) silence counts that will end it: the customer knows the outcome, says of nothing that it is left to
    /// do, and waits for nobody. None where silence does not end it.
    pub fn silent_since(&self) -> Option<i64> {
        let rating = self.rating().filter(|_| self.stage == Stage::Resolved)?;
        let waits = self.owes_answer().is_some() || self.run(ClockKind::Recovery).is_some();
        if waits || rating.is_unfinished() || !self.outcome_arrived() {
            return None;
        }
        let ended = [ClockKind::Reply, ClockKind::Recovery];
        let ended = ended.into_iter().filter_map(|clock| self.clocks.get(&clock)?.stopped);
        [self.resolved_at, rating.told, rating.answered].into_iter().flatten().chain(ended).max()
    }

    /// The complaint as capabilities see it.
    pub fn core(&self) -> Core {
        // Whoever was refused, or withdrew, was not helped.
        let resolved = self.stage == Stage::Resolved
            || matches!(self.closed, Some(CloseReason::Confirmed | CloseReason::Silence));
        let unfixed = self.rating().is_some_and(|rating| matches!(rating.fixed, Some(Fixed::No)));
        let promised = self.features.procedure.promises.open().into_iter().next();
        Core {
            id: self.id,
            number: self.number(),
            customer: self.filed.customer.id,
            about: self.about.named.iter().map(|person| person.id).collect(),
            stage: self.stage,
            lang: self.lang,
            since: self.filed.since,
            reopens_until: self.reopens_until(),
            vulnerable: self.perhaps_vulnerable(),
            promised: promised.map(|held| (held.what.clone(), held.due)),
            is_handled: resolved && !unfixed,
        }
    }

    /// Whether the customer knows the outcome of the last resolution, by a message or by voice.
    pub fn outcome_arrived(&self) -> bool {
        let spoken = matches!(self.line, Line::Spoken { .. }) && self.speech.untold.is_empty();
        self.rating().is_some_and(Rating::has_arrived) || spoken
    }

    /// Since when (Unix ms) a resolved complaint is not done with although nobody works on it: the customer says that something
    /// is left, or the outcome did not reach them.
    pub fn unfinished_since(&self) -> Option<i64> {
        let rating = self.rating().filter(|_| self.stage == Stage::Resolved)?;
        let lost = rating.closed && !self.outcome_arrived();
        let since = if lost { self.resolved_at } else { rating.answered };
        since.filter(|_| lost || rating.is_unfinished())
    }

    /// The number people see.
    pub fn number(&self) -> i64 {
        self.filed.number
    }

    /// The category that stands: a person's word, else what the words point to.
    pub fn likely_category(&self) -> Option<&str> {
        self.category.as_deref().or(self.filed.suggested.as_deref())
    }

    /// What capabilities know of its category.
    pub fn category_in<'a>(&self, policy: &'a Policy) -> Option<&'a features::Category> {
        self.likely_category().and_then(|id| policy.category(id)).map(|category| &category.features)
    }

    /// Whether the customer is vulnerable as far as anybody knows: as a person said, else as the words suggest.
    pub fn perhaps_vulnerable(&self) -> bool {
        self.features.procedure.vulnerable().unwrap_or_else(|| safety::suggests_vulnerable(&self.filed.words))
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

    /// Whether a clock that still runs has missed its deadline.
    pub fn is_overdue(&self) -> bool {
        self.clocks.values().any(|run| run.is_running() && run.is_breached())
    }

    /// The wait for the customer that lasts, if one does.
    pub fn waiting(&self) -> Option<&Waiting> {
        self.waits.last().filter(|wait| wait.to.is_none())
    }

    /// The run of a clock, if it has not ended.
    pub fn run(&self, clock: ClockKind) -> Option<&Running> {
        self.clocks.get(&clock).filter(|run| run.is_running())
    }
}
