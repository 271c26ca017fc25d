//! What whoever acts has seen of a complaint: nobody settles anything over words that they have not read.

use serde::{Deserialize, Serialize};

use super::command::Command;
use super::disposition;
use super::event::{Entry, Event};
use super::procedure::{Deed, Step};
use crate::kernel::ids::UserId;
use crate::kernel::people::{Actor, Person};

pub use crate::kernel::meanwhile::Meanwhile;

/// How much of a complaint's journal somebody had before their eyes when they began to act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// All of it: a command that is typed carries no older view.
    Present,
    /// So many facts: what the button or the form that they used was made from.
    Facts(i64),
    /// Nobody knows: a button from before buttons said so.
    Unknown,
}

/// Something that happened unseen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unseen {
    /// When (Unix ms).
    pub at: i64,
    /// Which colleague did it or wrote it down; none: the customer.
    pub by: Option<Person>,
    /// What.
    pub what: Meanwhile,
    /// In which words; may be empty.
    pub words: String,
}

impl Unseen {
    /// What `asker` would have to know of a fact; none where it is their own or changes nothing for what they are about to do.
    pub fn of(entry: &Entry, asker: UserId) -> Option<Self> {
        let by = match &entry.by {
            Actor::Desk => return None,
            Actor::Staff(person) if person.id == asker => return None,
            Actor::Staff(person) => Some(person.clone()),
            Actor::Customer(_) => None,
        };
        let (what, words) = meanwhile(&entry.event)?;
        Some(Self { at: entry.at, by, what, words: words.to_owned() })
    }
}

/// What came of it, and its words. An answer, a correction or what was heard elsewhere comes with a message of its own.
fn meanwhile(event: &Event) -> Option<(Meanwhile, &str)> {
    Some(match event {
        Event::Filed(filed) => (Meanwhile::Wrote, filed.words.as_str()),
        Event::CustomerWrote { text, .. } => (Meanwhile::Wrote, text),
        Event::CustomerEdited { text, .. } => (Meanwhile::Edited, text),
        Event::CustomerDeleted { .. } => (Meanwhile::Deleted, ""),
        Event::Replied { text, .. } => (Meanwhile::Replied, text),
        Event::Reopened { reason, .. } => (Meanwhile::Reopened, reason),
        Event::Resolved { outcome, .. } => (Meanwhile::Resolved, outcome),
        Event::Dismissed { .. } => (Meanwhile::Refused, ""),
        Event::WordAdded { text, .. } => (Meanwhile::Wrote, text),
        Event::Feature(fact) => return fact.meanwhile(),
        Event::Disposition(disposition::Fact::Withdrawn { .. }) => (Meanwhile::Withdrew, ""),
        Event::Procedure(step) => match step {
            Step::Proposed { proposal } => (Meanwhile::Proposed, proposal.remedies.first()?.what.as_str()),
            Step::RemediesSent { text, .. } => (Meanwhile::Sent, text),
            Step::RemedyChosen { .. } | Step::ChoiceSpoken { .. } => (Meanwhile::Chose, ""),
            _ => return None,
        },
        _ => return None,
    })
}

/// Whether a command goes to the customer or decides something, so that whoever gives it must know what was said last. What
/// only writes down something of the past, or gives work to somebody, does not.
pub fn is_needed(command: &Command) -> bool {
    match command {
        Command::Reply { .. }
        | Command::Resolve { .. }
        | Command::Dismiss { .. }
        | Command::Wait { .. }
        | Command::Snooze { .. }
        | Command::NoAnswerNeeded => true,
        Command::Procedure(deed) => match deed {
            Deed::Read { .. } | Deed::Propose { .. } | Deed::Agree { .. } | Deed::SendRemedies { .. } => true,
            Deed::SayVulnerable { .. }
            | Deed::AskChange { .. }
            | Deed::Choose { .. }
            | Deed::NoteChoice { .. }
            | Deed::ConfirmSummary
            | Deed::CorrectSummary { .. }
            | Deed::TakeTalk
            | Deed::TalkHeld => false,
        },
        Command::Feature(command) => command.settles(),
        Command::Claim
        | Command::Assign { .. }
        | Command::Classify { .. }
        | Command::OwnerLeft { .. }
        | Command::About(_)
        | Command::Note { .. }
        | Command::Disposition(_)
        | Command::AskSuperior
        | Command::Rest
        | Command::Reopen { .. }
        | Command::CustomerWrote { .. }
        | Command::CustomerWroteUnread { .. }
        | Command::CustomerEdited { .. }
        | Command::CustomerDeleted { .. }
        | Command::DirectOpened { .. }
        | Command::MessageMoved { .. }
        | Command::Acknowledge { .. }
        | Command::Rate { .. }
        | Command::AnswerFixed { .. }
        | Command::AddWord { .. }
        | Command::CustomerReopen { .. }
        | Command::ChooseLanguage { .. }
        | Command::TellIncident { .. }
        | Command::ShowTalkingPoints { .. }
        | Command::Resume
        | Command::Open
        | Command::Export { .. }
        | Command::Told { .. }
        | Command::CustomerSpoke { .. }
        | Command::Recompute
        | Command::Fired { .. }
        | Command::Delivered(_) => false,
    }
}
