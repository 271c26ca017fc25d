//! Why a complaint ended.

use serde::{Deserialize, Serialize};

/// Why a complaint was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CloseReason {
    /// The customer said that it is fixed.
    Confirmed,
    /// Nobody objected for the while that the desk waits.
    Silence,
    /// It was refused in writing.
    Refused,
    /// The customer withdrew it.
    Withdrawn,
    /// It is looked after in another complaint.
    Merged,
}

/// Why a complaint was dismissed (`/case dismiss`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DismissReason {
    /// Advertising or abuse; the customer is not told.
    Spam,
    /// Somebody tried the desk.
    Test,
    /// The same matter is in another complaint.
    Duplicate,
    /// A question, praise or a suggestion.
    NotAComplaint,
}

impl DismissReason {
    /// Reads the stable name of a command's choice.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "spam" => Some(Self::Spam),
            "test" => Some(Self::Test),
            "duplicate" => Some(Self::Duplicate),
            "not-a-complaint" => Some(Self::NotAComplaint),
            _ => None,
        }
    }
}
