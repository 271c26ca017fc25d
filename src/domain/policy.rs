//! What a desk promises and by which hours: deadlines, nudges, ratings, categories. Plain data; the file is read elsewhere.

use std::collections::BTreeMap;
use std::fmt;

use chrono::{Days, Timelike};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::calendar::{Calendar, local_instants, wall};
use super::sla::{self, Deadline, Pause};

/// A language the desk speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Vietnamese.
    #[default]
    Vi,
    /// English.
    En,
}

impl Lang {
    /// Both, the desk's first.
    pub const ALL: [Self; 2] = [Self::Vi, Self::En];

    /// `vi` or `en`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }

    /// Reads a language or a locale of it: `vi`, `en`, `en-US`, `en-GB`.
    pub fn parse(text: &str) -> Option<Self> {
        match text.split(['-', '_']).next() {
            Some("vi") => Some(Self::Vi),
            Some("en") => Some(Self::En),
            _ => None,
        }
    }

    /// The other one.
    pub fn other(self) -> Self {
        match self {
            Self::Vi => Self::En,
            Self::En => Self::Vi,
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

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

/// A clock that runs on a complaint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ClockKind {
    /// Until a person has recorded the complaint.
    Recorded,
    /// From the oldest unanswered message of the customer until a person answers.
    Reply,
}

impl ClockKind {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Recorded, Self::Reply];

    /// `recorded` or `reply`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Recorded => "recorded",
            Self::Reply => "reply",
        }
    }

    /// Reads `recorded` or `reply`.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

impl fmt::Display for ClockKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// When a nudge comes, counted in open time from the start of its clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NudgeAt {
    /// So many hundredths of the target, 1 to 99.
    Percent(u8),
    /// After so many ms, less than the target.
    After(i64),
}

/// How long a clock may run, and when it reminds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClockPolicy {
    /// The target in ms of open time; more than 0.
    pub target_ms: i64,
    /// The id of the calendar that says what open time is.
    pub calendar: String,
    /// Its nudges, the earliest first.
    pub nudges: Vec<NudgeAt>,
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

/// All of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The zone of the desk's days, of quiet hours, and of calendars that name none.
    pub zone: Tz,
    /// The clocks that run; one that is missing here does not.
    pub clocks: BTreeMap<ClockKind, ClockPolicy>,
    /// How bursts of messages are gathered.
    pub filing: Filing,
    /// How ratings are asked for.
    pub rating: RatingPolicy,
    /// Calendars by id.
    pub calendars: BTreeMap<String, Calendar>,
    /// How long a complaint is kept after it ended (ms).
    pub keep_ms: i64,
    /// Categories in the order people see.
    pub categories: Vec<Category>,
}

impl Policy {
    /// When a clock that started at `start` (Unix ms) must have stopped; none where there is no such clock.
    pub fn deadline(&self, kind: ClockKind, start: i64, pauses: &[Pause]) -> Option<Deadline> {
        let clock = self.clocks.get(&kind)?;
        sla::due(self.calendars.get(&clock.calendar)?, self.zone, start, clock.target_ms, pauses)
    }

    /// The nudges of a clock that started at `start` and is not paused: level (from 1) and instant (Unix ms).
    pub fn nudge_times(&self, kind: ClockKind, start: i64) -> Vec<(u8, i64)> {
        let Some(clock) = self.clocks.get(&kind) else { return Vec::new() };
        let Some(calendar) = self.calendars.get(&clock.calendar) else { return Vec::new() };
        let at = |nudge: &NudgeAt| sla::due(calendar, self.zone, start, nudge.after_ms(clock.target_ms), &[]);
        let times = clock.nudges.iter().filter_map(|nudge| at(nudge).map(|deadline| deadline.due_at));
        (1..).zip(times).collect()
    }

    /// The category with this id.
    pub fn category(&self, id: &str) -> Option<&Category> {
        self.categories.iter().find(|category| category.id == id)
    }
}

impl NudgeAt {
    /// How much open time passes before it (ms), for a target in ms.
    pub fn after_ms(self, target_ms: i64) -> i64 {
        match self {
            // Divided first: a target of centuries must not overflow.
            Self::Percent(percent) => {
                let percent = i64::from(percent);
                target_ms / 100 * percent + target_ms % 100 * percent / 100
            }
            Self::After(after) => after,
        }
    }
}

impl RatingPolicy {
    /// When the question goes out for a complaint that was resolved now (Unix ms).
    pub fn send_at(&self, now: i64, zone: Tz) -> i64 {
        self.after_quiet(now.saturating_add(self.delay_ms), zone)
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
