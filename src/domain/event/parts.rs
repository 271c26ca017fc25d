//! What facts are made of: who did it, and what was answered or kept something back.

use serde::{Deserialize, Serialize};

use super::Event;
use crate::kernel::people::Actor;

/// The customer's answer to *Is it fixed?*
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fixed {
    /// Yes.
    Yes,
    /// Partly.
    Partly,
    /// No.
    No,
}

/// Why a message did not reach the customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Undelivered {
    /// The customer takes no direct messages and no private thread could be opened.
    Closed,
    /// The customer is on the server no more.
    Gone,
    /// Discord refused the message itself.
    Refused,
    /// They are not on Discord, and spoken with elsewhere.
    Spoken,
    /// A filter of Discord for words or links keeps the message back.
    Blocked,
    /// Discord keeps the bot from direct messages for now, and no private thread could be opened.
    Flagged,
    /// No private thread could be opened.
    NoThread,
}

/// A fact with its author and time: one row of the journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When (Unix ms).
    pub at: i64,
    /// By whom.
    pub by: Actor,
    /// What.
    pub event: Event,
}
