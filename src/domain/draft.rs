//! A burst of direct messages before it is a complaint: gathered in silence, then shown back with *Send* and *Not a complaint*.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::complaint::FileRef;
use super::courtesy;
use super::event::Person;
use super::fold;
use super::ids::{ChannelId, ComplaintId, DraftId, GuildId, MessageId};
use super::policy::{Filing, Lang};

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

/// A letter about a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "letter", rename_all = "kebab-case")]
pub enum DraftLetter {
    /// Shows the burst back, with its buttons.
    Show,
    /// Takes back an older showing, which a newer one replaces.
    TakeBack {
        /// The older message.
        message: MessageId,
    },
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
        guilds: BTreeMap<GuildId, String>,
        preferred: Option<GuildId>,
    ) -> Self {
        let only = guilds.keys().next().copied().filter(|_| guilds.len() == 1);
        let guild = preferred.filter(|guild| guilds.contains_key(guild)).or(only);
        Self {
            id,
            customer,
            lang,
            channel,
            guilds,
            guild,
            messages: Vec::new(),
            stage: DraftStage::Gathering,
            shown: None,
            stale: true,
        }
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

    /// When the customer first wrote (Unix ms).
    pub fn since(&self) -> i64 {
        self.messages.first().map_or(0, |message| message.at)
    }

    /// Whether there is anything a person could read.
    pub fn is_blank(&self) -> bool {
        fold::is_blank(&self.words()) && self.files().is_empty()
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
            timers.push((FILE_UNSENT.to_owned(), last.at + filing.unsent_ms));
            if self.stale {
                // A burst that goes on and on is shown after a while all the same, counted from what was not yet shown.
                let longest = if self.shown.is_none() { first.at } else { last.at } + filing.longest_ms;
                timers.push((SHOW.to_owned(), (last.at + filing.silence_ms).min(longest)));
            }
        }
        timers
    }
}
