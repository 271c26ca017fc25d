//! What a desk promises and by which hours: deadlines, nudges, ratings, categories. The file is read elsewhere.

use std::collections::BTreeMap;

use chrono::{Days, Timelike};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::gate::Priced;
use super::running::{Rung, Schedule, Terms};
use crate::features;
use crate::features::authority::Grant;
use crate::kernel::lang::Lang;
use crate::kernel::severity::Severity;
use crate::language::matching::CategoryMatcher;
use crate::sla::calendar::{local_instants, wall};
use crate::sla::clocks::{Cadence, ClockKind, ClockPolicy, NudgeAt, Step, Target, Variant};
use crate::sla::deadline::{self, Deadline, Pause};
use crate::sla::hours::Hours;

/// How a customer is reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LineKind {
    /// Their direct messages with the bot.
    #[default]
    Dm,
    /// A private thread under the intake channel.
    Thread,
}

impl LineKind {
    /// `dm` or `thread`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Dm => "dm",
            Self::Thread => "thread",
        }
    }

    /// Reads `dm` or `thread`.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Dm, Self::Thread].into_iter().find(|kind| kind.as_str() == text)
    }
}

/// How a burst of direct messages becomes one complaint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Filing {
    /// So much silence ends it (ms).
    pub silence_ms: i64,
    /// It ends after this in any case (ms).
    pub longest_ms: i64,
    /// A draft that nobody sent is filed after this (ms).
    pub unsent_ms: i64,
}

/// The hours of a day in which nobody is asked for a rating; across midnight where `from` is the later one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuietHours {
    /// The first quiet minute since midnight.
    pub from_minute: u16,
    /// The first minute that is not quiet any more; differs from `from_minute`.
    pub to_minute: u16,
}

/// When a rating is asked for, repeated once, and given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RatingPolicy {
    /// So long after a complaint is resolved (ms).
    pub delay_ms: i64,
    /// Hours in which it is held back.
    pub quiet: Option<QuietHours>,
    /// The one reminder comes so long after the question (ms).
    pub reminder_ms: i64,
    /// The question closes so long after it was asked (ms).
    pub closes_ms: i64,
}

/// A kind of matter, as the company sorts them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// Its stable name, `connection-lost`.
    pub id: String,
    /// Its Vietnamese name.
    pub vi: String,
    /// Its English name.
    pub en: String,
    /// File names of the playbooks that concern it.
    pub playbooks: Vec<String>,
    /// Phrases by which customers' words point to it.
    pub words: Vec<String>,
    /// What capabilities have for it.
    pub features: features::Category,
    /// What is often done about it.
    pub remedies: Vec<UsualRemedy>,
}

/// Something that is often done about complaints of a category; a proposal is filled in with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsualRemedy {
    /// What, as the customer reads it in Vietnamese.
    pub vi: String,
    /// What, as they read it in English.
    pub en: String,
    /// Within which time it is usually done (ms of wall time).
    pub within: Option<i64>,
}

impl UsualRemedy {
    /// What, as the customer reads it.
    pub fn what(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }
}

impl Category {
    /// Its name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }
}

/// When staff are left in peace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Nudging {
    /// The id of the calendar in whose open hours nudges are sent.
    pub calendar: String,
    /// Severities whose nudges come at any hour.
    pub around_the_clock: Vec<Severity>,
}

/// How complaints that an active incident concerns are gathered in its list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct IncidentList {
    /// So many of them get a card and a thread at once; those after them wait in the list.
    pub after: i64,
    /// So long they wait there at most (ms); 0: nobody waits.
    pub hold_ms: i64,
}

/// What a run of a clock is measured over.
#[derive(Clone, Copy, Debug)]
pub struct Span<'a> {
    /// From when (Unix ms).
    pub start: i64,
    /// The instant that a person gave (Unix ms), where the target is one.
    pub until: Option<i64>,
    /// Its pauses.
    pub pauses: &'a [Pause],
}

const MINUTE_MS: i64 = 60_000;

/// All of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The zone of the desk's days, of quiet hours, and of calendars that name none.
    pub zone: Tz,
    /// The clocks of all complaints; one that is missing here does not run.
    pub clocks: BTreeMap<ClockKind, ClockPolicy>,
    /// Clocks of some complaints, in the order in which they are tried.
    pub variants: Vec<Variant>,
    /// When the update clock begins.
    pub cadence: Cadence,
    /// Whether the automatic receipt is the notice of receipt that the law asks for; else a person's first word is.
    pub receipt_counts: bool,
    /// When staff are left in peace.
    pub nudging: Nudging,
    /// How complaints of an incident are gathered.
    pub incident_list: IncidentList,
    /// When managers get their daily digest, in minutes of the desk's wall time since midnight; none: never.
    pub digest_at: Option<u16>,
    /// How bursts of messages are gathered.
    pub filing: Filing,
    /// How ratings are asked for.
    pub rating: RatingPolicy,
    /// Calendars by id, laid out in the desk's zone.
    pub calendars: BTreeMap<String, Hours>,
    /// The fingerprint of clocks and variants: stored with each run.
    pub version: String,
    /// How long a complaint is kept after it ended (ms).
    pub keep_ms: i64,
    /// Until when a request about a person's own data is answered, and when managers are reminded of it.
    pub data_request: ClockPolicy,
    /// Categories in the order people see.
    pub categories: Vec<Category>,
    /// What may be given to a customer, by whom.
    pub authority: Vec<Grant>,
    /// What the playbooks let be offered, and who may approve it.
    pub priced: Vec<Priced>,
    /// What is given on top, once a matter is handled.
    pub features: features::Policy,
    /// Whether a manager may agree to what they wrote themselves while no other one is there.
    pub approve_alone: bool,
}

impl Policy {
    /// What finds the category that a customer's words point to.
    pub fn category_matcher(&self) -> CategoryMatcher {
        CategoryMatcher::new(self.categories.iter().map(|held| (held.id.as_str(), held.words.as_slice())))
    }

    /// The policy of a clock for complaints of this severity and category, with the name of the variant it comes from
    /// (empty: that of all complaints); none where such a complaint has no such clock.
    pub fn clock(
        &self,
        kind: ClockKind,
        severity: Severity,
        category: Option<&str>,
    ) -> Option<(&ClockPolicy, &str)> {
        let fits = self.variants.iter().find(|variant| variant.fits(severity, category));
        match fits.or_else(|| self.variants.iter().find(|variant| variant.default)) {
            Some(variant) => match variant.clocks.get(&kind) {
                Some(own) => own.as_ref().map(|clock| (clock, variant.id.as_str())),
                None => self.clocks.get(&kind).map(|clock| (clock, "")),
            },
            None => self.clocks.get(&kind).map(|clock| (clock, "")),
        }
    }

    /// The limit that customers are told: a person has recorded a complaint within this long (ms); 0 where there is none.
    pub fn published_limit(&self) -> i64 {
        match self.clocks.get(&ClockKind::Recorded).map(|clock| clock.target) {
            Some(Target::Open(ms)) => ms,
            _ => 0,
        }
    }

    /// When the office is open, as people mean it by *working day*: the calendar by which the law's own days are counted,
    /// or else that of a clock which counts working days.
    pub fn office(&self) -> Option<&Hours> {
        let counts_days = |clock: &&ClockPolicy| matches!(clock.target, Target::WorkingDays(_));
        let of_law = self.clocks.get(&ClockKind::ReceiptNotice).filter(counts_days);
        let clock = of_law.or_else(|| self.clocks.values().find(counts_days))?;
        self.calendars.get(&clock.calendar)
    }

    /// By what a run of a clock that begins now is measured.
    pub fn terms(&self, clock: &ClockPolicy, variant: &str, severity: Severity) -> Terms {
        Terms {
            target: clock.target,
            calendar: clock.calendar.clone(),
            nudges: clock.nudges.clone(),
            ladder: clock.ladder.clone(),
            pauses: clock.stands_still(),
            variant: variant.to_owned(),
            severity,
            policy_version: self.version.clone(),
            calendar_version: self.calendars.get(&clock.calendar).map(Hours::version).unwrap_or_default(),
        }
    }

    /// When what of a run is due, as seen at `now` (Unix ms): empty where it has no deadline, since it stands still or its
    /// calendar does not open.
    pub fn schedule(&self, clock: &ClockPolicy, severity: Severity, span: &Span<'_>, now: i64) -> Schedule {
        let deadline = self.calendars.get(&clock.calendar).and_then(|hours| {
            let deadline = span.deadline(clock.target, hours)?;
            Some((hours, deadline))
        });
        let Some((hours, Deadline { due_at, breach_at })) = deadline else { return Schedule::default() };
        let whole = match clock.target {
            Target::Open(ms) => ms,
            Target::WorkingDays(_) | Target::ByHand => deadline::elapsed(hours, span.start, due_at, &[]),
        };
        // What counts days, or until a given instant, stands still for nobody.
        let pauses = if matches!(clock.target, Target::Open(_)) { span.pauses } else { &[] };
        let nudge = |nudge: &NudgeAt| {
            let used = nudge.used_ms(whole);
            let at = deadline::due(hours, span.start, used, pauses)?.due_at;
            Some(self.considerate(at, breach_at, severity, now)).filter(|at| *at < breach_at)
        };
        let mut nudges: Vec<i64> = clock.nudges.iter().filter_map(nudge).collect();
        nudges.sort_unstable();
        nudges.dedup();
        let rung = |step: &Step| {
            // In the clock's own time: a pause after the breach puts a rung off, too.
            let later = |span: i64| Some(deadline::due(hours, breach_at, span, pauses)?.due_at);
            let at = if step.after_ms > 0 { later(step.after_ms)? } else { breach_at };
            Some(Rung { at, to: step.to })
        };
        let ladder = clock.ladder.iter().filter_map(rung).collect();
        Schedule { due_at: Some(due_at), breach_at: Some(breach_at), nudges, ladder }
    }

    /// When what of a clock is due that begins at `start` (Unix ms) on a complaint of this severity and category; none where
    /// such a complaint has no such clock, or no instant for it is known.
    pub fn schedule_from(
        &self,
        kind: ClockKind,
        severity: Severity,
        category: Option<&str>,
        start: i64,
    ) -> Option<Schedule> {
        let (clock, _) = self.clock(kind, severity, category)?;
        let schedule = self.schedule(clock, severity, &Span { start, until: None, pauses: &[] }, start);
        schedule.due_at.is_some().then_some(schedule)
    }

    /// When a nudge due at `at` is sent: what falls into quiet hours moves to the last minute before them if that is still
    /// to come, else to their end, but never past the breach (Unix ms).
    fn considerate(&self, at: i64, breach_at: i64, severity: Severity, now: i64) -> i64 {
        let Some(hours) = self.calendars.get(&self.nudging.calendar) else { return at };
        if self.nudging.around_the_clock.contains(&severity) || hours.is_open(at) {
            return at;
        }
        let before = hours.closed_since(at).map(|closed| closed - MINUTE_MS).filter(|before| *before > now);
        before.or_else(|| hours.opens_after(at).filter(|opens| *opens < breach_at)).unwrap_or(at)
    }

    /// The clock's own time that a run measured by `terms` has used at `at` (ms).
    pub fn used(&self, terms: &Terms, start: i64, at: i64, pauses: &[Pause]) -> i64 {
        self.calendars.get(&terms.calendar).map_or(0, |hours| deadline::elapsed(hours, start, at, pauses))
    }

    /// The same for a desk in another zone.
    pub fn in_zone(&self, zone: Tz) -> Self {
        let calendars = self.calendars.iter().map(|(id, hours)| (id.clone(), hours.in_zone(zone))).collect();
        Self { zone, calendars, ..self.clone() }
    }

    /// The category with this id.
    pub fn category(&self, id: &str) -> Option<&Category> {
        self.categories.iter().find(|category| category.id == id)
    }
}

impl Span<'_> {
    /// The deadline of a run, if it has one.
    fn deadline(&self, target: Target, hours: &Hours) -> Option<Deadline> {
        let whole = |at: i64| Deadline { due_at: at, breach_at: at };
        match target {
            Target::Open(ms) => deadline::due(hours, self.start, ms, self.pauses),
            Target::WorkingDays(days) => deadline::legal_days(hours, self.start, days).map(whole),
            Target::ByHand => self.until.map(whole),
        }
    }
}

impl RatingPolicy {
    /// When the question goes out for a complaint that was resolved now (Unix ms).
    pub fn send_at(&self, now: i64, zone: Tz) -> i64 {
        self.after_quiet(now.saturating_add(self.delay_ms), zone)
    }

    /// `at` (Unix ms), or the last minute before the quiet hours it falls into.
    pub fn before_quiet(&self, at: i64, zone: Tz) -> i64 {
        let ends = self.after_quiet(at, zone);
        let Some(quiet) = self.quiet.filter(|_| ends != at) else { return at };
        let day = i64::from(crate::sla::calendar::DAY_MINUTES);
        let (from, to) = (i64::from(quiet.from_minute), i64::from(quiet.to_minute));
        ends - (to - from).rem_euclid(day) * MINUTE_MS - MINUTE_MS
    }

    /// `at` (Unix ms), or the end of the quiet hours it falls into.
    pub fn after_quiet(&self, at: i64, zone: Tz) -> i64 {
        let Some(quiet) = self.quiet else { return at };
        let local = wall(zone, at);
        let Ok(minute) = u16::try_from(local.hour() * 60 + local.minute()) else { return at };
        let across = quiet.from_minute > quiet.to_minute;
        let before_end = minute < quiet.to_minute;
        let after_start = minute >= quiet.from_minute;
        if !(if across { before_end || after_start } else { before_end && after_start }) {
            return at;
        }
        let date = if before_end { local.date() } else { local.date() + Days::new(1) };
        let ends =
            date.and_time(chrono::NaiveTime::MIN) + chrono::TimeDelta::minutes(i64::from(quiet.to_minute));
        let (first, last) = local_instants(zone, ends);
        // Where the clock shows the end twice, the first may already lie behind.
        if first > at { first } else { last.max(at) }
    }
}
