//! What comes with a message besides words and files: named, so that people hear of it where it cannot be shown.

use serde::{Deserialize, Serialize};

/// Something that came with a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "extra", rename_all = "kebab-case")]
pub enum Extra {
    /// The words were written elsewhere, and passed on.
    Forwarded,
    /// A sticker.
    Sticker {
        /// Its name.
        name: String,
    },
    /// A poll.
    Poll {
        /// What is asked.
        question: String,
        /// What can be answered.
        answers: Vec<String>,
    },
    /// A file is spoken words.
    Voice {
        /// How long.
        seconds: i64,
    },
    /// An invitation to do something together.
    Activity {
        /// What.
        name: String,
    },
    /// A file that was too large, or could not be fetched.
    NotReceived {
        /// Its name; empty where nothing is known of it.
        name: String,
        /// Its length in bytes.
        size: i64,
    },
    /// Something of a kind that nobody here knows.
    Other,
}

impl Extra {
    /// Whether it is a gesture, which says nothing about a matter.
    pub fn is_gesture(&self) -> bool {
        matches!(self, Self::Sticker { .. })
    }

    /// What it says, to be searched and judged like words; most say nothing.
    pub fn words(&self) -> Option<String> {
        match self {
            Self::Poll { question, answers } => {
                let lines: Vec<&str> =
                    std::iter::once(question.as_str()).chain(answers.iter().map(String::as_str)).collect();
                Some(lines.join("\n"))
            }
            Self::Forwarded
            | Self::Sticker { .. }
            | Self::Voice { .. }
            | Self::Activity { .. }
            | Self::NotReceived { .. }
            | Self::Other => None,
        }
    }
}
