//! Where a customer is reached, and the files that go to and fro.

use serde::{Deserialize, Serialize};

use super::event::{Medium, Undelivered};
use crate::kernel::ids::ChannelId;

/// A file on its way between a customer and the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRef {
    /// Its name, as its sender called it.
    pub name: String,
    /// Its media type, as Discord told it.
    pub media: String,
    /// Its length in bytes.
    pub size: i64,
    /// Where it is kept under `data-dir` until delivered.
    pub kept: String,
}

/// Where the customer is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Line {
    /// Not known yet: their direct messages are tried first.
    Unknown,
    /// Their direct messages with the bot.
    Direct {
        /// The direct-message channel.
        channel: ChannelId,
    },
    /// A private thread with the customer under the intake channel.
    Thread {
        /// The thread.
        channel: ChannelId,
    },
    /// They are not on Discord: somebody speaks with them.
    Spoken {
        /// How.
        medium: Medium,
    },
    /// There is no way to them.
    Nowhere {
        /// Why.
        reason: Undelivered,
    },
}
