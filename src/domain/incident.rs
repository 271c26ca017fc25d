//! An incident: something outside one complaint that many feel, with talking points approved version by version.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::kernel::ids::{ChannelId, ComplaintId, GuildId, IncidentId, MessageId};
use crate::kernel::lang::Lang;
use crate::kernel::people::Person;

pub mod change;
pub mod fact;
pub mod slots;

/// Where an incident stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IncidentStage {
    /// Declared; no version is approved yet.
    Waiting,
    /// A version is approved and in use.
    Active,
    /// It is over.
    Resolved,
}

/// What a person fills into a playbook.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slots {
    /// Where it is felt.
    pub area: String,
    /// Since when (Unix ms).
    pub since: Option<i64>,
    /// When the next word comes (Unix ms): the one thing that is promised.
    pub next_update: Option<i64>,
}

/// One version of the talking points. An older one is void as soon as a newer one is approved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// Counts from 1.
    pub number: i64,
    /// What was filled in.
    pub slots: Slots,
    /// What is new against the version before; empty for the first.
    pub news: String,
    /// The approved line for customers, by language, slots filled.
    pub line: BTreeMap<Lang, String>,
    /// Who wrote it.
    pub by: Person,
    /// When (Unix ms).
    pub at: i64,
    /// Whether head office has to approve it; else its writer's word is enough.
    pub asks_head_office: bool,
    /// Who approved it, and when (Unix ms).
    pub approved: Option<(Person, i64)>,
    /// Its card in the desk channel.
    pub card: Option<(ChannelId, MessageId)>,
    /// Its request for approval in the manager channel.
    pub request: Option<(ChannelId, MessageId)>,
}

/// How a version stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is the newest, and nobody approved it yet.
    Waiting,
    /// It is what people say now.
    InUse,
    /// It is void: a newer one stands in its place.
    Superseded {
        /// Which.
        by: i64,
    },
    /// The incident has ended.
    Over,
}

/// How far the talking points have come into open threads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FanOut {
    /// The version.
    pub version: i64,
    /// The last complaint that was looked at.
    pub after: ComplaintId,
}

/// An incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incident {
    /// Its id.
    pub id: IncidentId,
    /// Where.
    pub guild: GuildId,
    /// The number people see, counted within the guild from 1.
    pub number: i64,
    /// The playbook's file name.
    pub playbook: String,
    /// Ids of the categories it concerns.
    pub categories: Vec<String>,
    /// Where it stands.
    pub stage: IncidentStage,
    /// All versions, oldest first.
    pub versions: Vec<Version>,
    /// When it was declared (Unix ms).
    pub declared_at: i64,
    /// When it ended (Unix ms), and who said so.
    pub resolved: Option<(Person, i64)>,
    /// How far the version in use has come into open threads; none: everywhere.
    pub fan_out: Option<FanOut>,
    /// The version whose promised next word managers were reminded of; 0: none.
    pub reminded: i64,
    /// The message that lists those who wait, in the desk channel.
    #[serde(default)]
    pub list: Option<(ChannelId, MessageId)>,
}

impl Incident {
    /// The version in use: the latest approved one.
    pub fn in_use(&self) -> Option<&Version> {
        self.versions.iter().rev().find(|version| version.approved.is_some())
    }

    /// A version by its number.
    pub fn version(&self, number: i64) -> Option<&Version> {
        self.versions.iter().find(|version| version.number == number)
    }

    /// How a version stands.
    pub fn standing(&self, version: &Version) -> Standing {
        if self.stage == IncidentStage::Resolved {
            return Standing::Over;
        }
        let in_use = self.in_use().map_or(0, |held| held.number);
        let newest = self.versions.last().map_or(0, |held| held.number);
        match version.number {
            number if number == in_use => Standing::InUse,
            number if number < in_use => Standing::Superseded { by: in_use },
            number if number < newest => Standing::Superseded { by: newest },
            _ => Standing::Waiting,
        }
    }

    /// Whether a complaint of this category is told its line.
    pub fn concerns(&self, category: Option<&str>) -> bool {
        self.stage == IncidentStage::Active
            && category.is_some_and(|category| self.categories.iter().any(|held| held == category))
    }

    /// The approved line in a language.
    pub fn line(&self, lang: Lang) -> Option<&str> {
        self.in_use().and_then(|version| version.line.get(&lang)).map(String::as_str)
    }
}

/// An outbox message about an incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "letter", rename_all = "kebab-case")]
pub enum IncidentMessage {
    /// The talking points of a version, in the desk channel.
    Card {
        /// The version.
        version: i64,
    },
    /// Brings a version's card up to date: in use, void, or over.
    RefreshCard {
        /// The version.
        version: i64,
    },
    /// Asks for approval in the manager channel.
    Request {
        /// The version.
        version: i64,
    },
    /// Brings a request up to date: approved, void, or over.
    RefreshRequest {
        /// The version.
        version: i64,
    },
    /// Brings the list of those who wait up to date, or posts it.
    List,
    /// Reminds managers that the next word was promised.
    Remind {
        /// The version that promised it.
        version: i64,
    },
}
