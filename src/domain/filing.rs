//! What a complaint is born with.

use serde::{Deserialize, Serialize};

use super::complaint::FileRef;
use crate::kernel::extra::Extra;
use crate::kernel::ids::{ChannelId, GuildId};
use crate::kernel::lang::Lang;
use crate::kernel::people::Person;

/// How a complaint came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// The form behind the panel's button or `/complain`.
    Form,
    /// Direct messages, sent by the customer's press.
    DirectMessage,
    /// Direct messages that nobody sent; filed after a while.
    Unsent,
    /// A member of staff wrote down what a customer said elsewhere: nothing on Discord waits for an answer.
    Logged,
}

/// How a customer spoke with the desk elsewhere than on Discord.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Medium {
    /// On the telephone.
    Phone,
    /// By letter or e-mail.
    Mail,
    /// In a shop or at home.
    InPerson,
}

impl Medium {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Phone, Self::Mail, Self::InPerson];

    /// The stable name, as in command choices.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Mail => "mail",
            Self::InPerson => "in-person",
        }
    }

    /// Reads the stable name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|medium| medium.as_str() == name)
    }
}

/// Everything a complaint is born with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filed {
    /// Where.
    pub guild: GuildId,
    /// The number people see, counted within the guild from 1.
    pub number: i64,
    /// Who complains.
    pub customer: Person,
    /// The language they are written to in.
    pub lang: Lang,
    /// How it came in.
    pub source: Source,
    /// What happened, in their words.
    pub words: String,
    /// What would put it right, in their words; may be empty.
    pub wish: String,
    /// Contract or phone number; may be empty. Masked in the thread.
    pub contact: String,
    /// Files that came along.
    pub files: Vec<FileRef>,
    /// What else came along.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extras: Vec<Extra>,
    /// How the customer said it, where a member of staff wrote it down.
    #[serde(default)]
    pub medium: Option<Medium>,
    /// Who wrote it down.
    #[serde(default)]
    pub logged_by: Option<Person>,
    /// When the customer first wrote (Unix ms): the clocks count from here.
    pub since: i64,
    /// The direct-message channel, where it is known.
    pub direct: Option<ChannelId>,
    /// The category their words point to, by the operator's phrases.
    pub suggested: Option<String>,
    /// The customer's complaint before this one at the same desk.
    #[serde(default)]
    pub earlier: Option<Earlier>,
}

impl Filed {
    /// What happened, on one line.
    pub fn matter(&self) -> String {
        self.words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The contract or phone number with all but its last three characters hidden.
    pub fn masked_contact(&self) -> String {
        let length = self.contact.chars().count();
        let hidden = if length > 3 { length - 3 } else { length };
        format!("•••{}", self.contact.chars().skip(hidden).collect::<String>())
    }
}

/// An earlier complaint of the same customer, for staff to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Earlier {
    /// Its number.
    pub number: i64,
    /// Its desk thread.
    pub thread: Option<ChannelId>,
}
