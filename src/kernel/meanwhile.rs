//! What somebody else did while another one was about to act.

use serde::{Deserialize, Serialize};

/// What somebody else did in the meantime.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Meanwhile {
    /// The customer wrote, or answered.
    Wrote,
    /// The customer changed a message.
    Edited,
    /// The customer deleted a message.
    Deleted,
    /// The customer chose one of the remedies, or something else.
    Chose,
    /// The customer opened it again.
    Reopened,
    /// The customer withdrew it.
    Withdrew,
    /// A colleague answered the customer.
    Replied,
    /// A colleague asked the customer something.
    Asked,
    /// A colleague promised something.
    Promised,
    /// A colleague moved a promise.
    Moved,
    /// A colleague says that a promise is kept.
    Kept,
    /// A colleague proposed what could be done.
    Proposed,
    /// A colleague sent the customer what can be done.
    Sent,
    /// A colleague resolved it.
    Resolved,
    /// A colleague refused or dismissed it.
    Refused,
    /// A colleague gave something on top.
    Gave,
}

impl Meanwhile {
    /// Its stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Wrote => "wrote",
            Self::Edited => "edited",
            Self::Deleted => "deleted",
            Self::Chose => "chose",
            Self::Reopened => "reopened",
            Self::Withdrew => "withdrew",
            Self::Replied => "replied",
            Self::Asked => "asked",
            Self::Promised => "promised",
            Self::Moved => "moved",
            Self::Kept => "kept",
            Self::Proposed => "proposed",
            Self::Sent => "sent",
            Self::Resolved => "resolved",
            Self::Refused => "refused",
            Self::Gave => "gave",
        }
    }
}
