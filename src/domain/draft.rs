//! A burst of direct messages before it is a complaint: gathered in silence, then shown back with *Send* and *Not a complaint*.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::complaint::FileRef;
use super::policy::Filing;
use crate::kernel::extra::Extra;
use crate::kernel::ids::{ChannelId, ComplaintId, DraftId, GuildId, MessageId};
use crate::kernel::lang::Lang;
use crate::kernel::people::Person;
use crate::language::courtesy;
use crate::language::fold;

/// One message of the burst.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftMessage {
    /// The message.
    pub message: MessageId,
    /// When it was written (Unix ms).
    pub at: i64,
    /// Its words.
    pub text: String,
    /// Files that came along.
    pub files: Vec<FileRef>,
    /// What else came along.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extras: Vec<Extra>,
}

/// The desks a person may mean.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Desks {
    /// By name.
    pub named: BTreeMap<GuildId, String>,
    /// Those of which nobody knows whether the person is on their server.
    pub unsure: BTreeSet<GuildId>,
    /// Whether there are several, so that the one that is meant is named.
    pub several: bool,
}

/// Where a draft stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "kebab-case")]
pub enum DraftStage {
    /// The customer may still be writing.
    Gathering,
    /// It was shown back to the customer.
    Shown,
    /// It became a complaint.
    Filed {
        /// Which.
        complaint: ComplaintId,
    },
    /// The customer said that it is none.
    Discarded,
}

/// What a draft waits for.
pub const SHOW: &str = "show";
/// What a draft waits for after that.
pub const FILE_UNSENT: &str = "file-unsent";

/// An outbox message about a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "letter", rename_all = "kebab-case")]
pub enum DraftOutboxMessage {
    /// Shows the burst back, with its buttons.
    Show,
    /// Takes back an older showing, which a newer one replaces.
    TakeBack {
        /// The older message.
        message: MessageId,
    },
    /// Asks Discord which of the servers the customer is on, so that it can be filed where it belongs.
    AskDesks,
    /// Takes the buttons from the showing, since the draft was filed unsent.
    Settle {
        /// The message.
        message: MessageId,
    },
}

/// A burst of direct messages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Its id.
    pub id: DraftId,
    /// Who writes.
    pub customer: Person,
    /// The language they are written to in.
    pub lang: Lang,
    /// The direct-message channel.
    pub channel: ChannelId,
    /// Desks it may be meant for, by name; the customer is asked where there are several.
    pub guilds: BTreeMap<GuildId, String>,
    /// Those among them of which nobody knows whether the customer is on their server.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub unsure: BTreeSet<GuildId>,
    /// Whether there are several desks, so that this one is named.
    #[serde(default)]
    pub several: bool,
    /// Whether it waits for Discord to say which servers the customer is on, and is not filed by itself meanwhile.
    #[serde(default)]
    pub asking: bool,
    /// The desk it is meant for, once known.
    pub guild: Option<GuildId>,
    /// The messages, oldest first.
    pub messages: Vec<DraftMessage>,
    /// Where it stands.
    pub stage: DraftStage,
    /// The message that shows it back.
    pub shown: Option<MessageId>,
    /// Whether it is to be shown once more, since more was written.
    pub stale: bool,
}

impl Draft {
    /// A draft that begins with one message.
    pub fn new(
        id: DraftId,
        customer: Person,
        lang: Lang,
        channel: ChannelId,
        desks: Desks,
        preferred: Option<GuildId>,
    ) -> Self {
        let Desks { named, unsure, several } = desks;
        let preferred = preferred.filter(|guild| named.contains_key(guild));
        let mut draft = Self {
            id,
            customer,
            lang,
            channel,
            guilds: named,
            unsure,
            several,
            asking: false,
            guild: preferred,
            messages: Vec::new(),
            stage: DraftStage::Gathering,
            shown: None,
            stale: true,
        };
        draft.settle();
        draft
    }

    /// Learns of a desk whether the customer is on its server.
    pub fn learn(&mut self, guild: GuildId, is_member: bool) {
        if !self.unsure.remove(&guild) {
            return;
        }
        if !is_member {
            self.guilds.remove(&guild);
            self.guild = self.guild.filter(|held| *held != guild);
        }
        self.settle();
    }

    /// Where only one desk can be meant it is that one; one of which nothing is known stays in the choice.
    fn settle(&mut self) {
        if let (None, 1, true) = (self.guild, self.guilds.len(), self.unsure.is_empty()) {
            self.guild = self.guilds.keys().next().copied();
        }
    }

    /// The name of the desk it is meant for, where there are several.
    pub fn desk_name(&self) -> Option<&str> {
        let name = self.guilds.get(&self.guild?)?;
        (self.several || self.guilds.len() > 1).then_some(name.as_str())
    }

    /// Whether it can still become a complaint.
    pub fn is_open(&self) -> bool {
        matches!(self.stage, DraftStage::Gathering | DraftStage::Shown)
    }

    /// Takes in a message, in the order of Discord's ids, once.
    pub fn add(&mut self, message: DraftMessage) {
        let place = self.messages.binary_search_by_key(&message.message, |held| held.message);
        if let Err(place) = place {
            self.messages.insert(place, message);
            self.stale = true;
            self.stage = DraftStage::Gathering;
        }
    }

    /// Takes in an edited (`Some`) or deleted (`None`) message. Returns whether it was one of this burst.
    pub fn change(&mut self, message: MessageId, text: Option<String>) -> bool {
        let Some(place) = self.messages.iter().position(|held| held.message == message) else { return false };
        match text {
            Some(text) => self.messages[place].text = text,
            None => drop(self.messages.remove(place)),
        }
        self.stale = true;
        true
    }

    /// The words of the whole burst.
    pub fn words(&self) -> String {
        let lines: Vec<&str> =
            self.messages.iter().map(|message| message.text.as_str()).filter(|t| !t.is_empty()).collect();
        lines.join("\n")
    }

    /// The files of the whole burst.
    pub fn files(&self) -> Vec<FileRef> {
        self.messages.iter().flat_map(|message| message.files.clone()).collect()
    }

    /// What else came with the whole burst.
    pub fn extras(&self) -> Vec<Extra> {
        self.messages.iter().flat_map(|message| message.extras.clone()).collect()
    }

    /// When the customer first wrote (Unix ms).
    pub fn since(&self) -> i64 {
        self.messages.first().map_or(0, |message| message.at)
    }

    /// Whether there is nothing in it that a person could read as a matter.
    pub fn is_blank(&self) -> bool {
        let gestures = self.extras().iter().all(Extra::is_gesture);
        fold::is_blank(&self.words()) && self.files().is_empty() && gestures
    }

    /// Whether there is nothing to be shown back.
    pub fn is_empty(&self) -> bool {
        self.is_blank() && self.extras().is_empty()
    }

    /// Whether it only thanks.
    pub fn is_thanks(&self) -> bool {
        self.files().is_empty() && courtesy::is_thanks(&self.words())
    }

    /// What it waits for, with the instant (Unix ms).
    pub fn timers(&self, filing: &Filing) -> Vec<(String, i64)> {
        let (Some(first), Some(last)) = (self.messages.first(), self.messages.last()) else {
            return Vec::new();
        };
        let mut timers = Vec::new();
        if self.is_open() {
            if !self.asking {
                timers.push((FILE_UNSENT.to_owned(), last.at + filing.unsent_ms));
            }
            if self.stale {
                // A burst that goes on and on is shown after a while all the same, counted from what was not yet shown.
                let longest = if self.shown.is_none() { first.at } else { last.at } + filing.longest_ms;
                timers.push((SHOW.to_owned(), (last.at + filing.silence_ms).min(longest)));
            }
        }
        timers
    }
}
