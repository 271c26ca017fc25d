//! Who waits for whom.

use serde::{Deserialize, Serialize};

use crate::kernel::ids::MessageId;
use crate::kernel::people::Person;

/// A stretch in which the desk waits for the customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// From when (Unix ms).
    pub from: i64,
    /// Until when (Unix ms); none while it lasts.
    pub to: Option<i64>,
    /// Who said so.
    pub by: Person,
    /// What for, in their words; may be empty.
    pub reason: String,
}

/// What the customer wrote and nobody has answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unanswered {
    /// Their oldest unanswered message (Unix ms).
    pub since: i64,
    /// Their last words, for nudges; empty where Discord gave none.
    pub last: String,
    /// Whether some of it came without words, so that they were told how to write.
    #[serde(default)]
    pub unread: bool,
    /// Their latest message (Unix ms); none where it was stored before this was kept.
    #[serde(default)]
    pub latest: Option<i64>,
    /// Their messages since then, oldest first; the filing is none, nor what was stored before this was kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub messages: Vec<Heard>,
    /// Whether whoever looks after it was called for one of them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub called: bool,
}

/// A message of the customer that waits for an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heard {
    /// Which.
    pub message: MessageId,
    /// When it was heard (Unix ms).
    pub at: i64,
    /// Its words; empty where it has none.
    pub text: String,
}

impl Unanswered {
    /// Nothing yet, from this instant (Unix ms) on.
    pub fn from(at: i64) -> Self {
        let messages = Vec::new();
        Self { since: at, last: String::new(), unread: false, latest: None, messages, called: false }
    }

    /// The customer wrote something that came at `at` (Unix ms). `unread`: Discord gave none of it.
    pub fn hears(&mut self, message: Option<MessageId>, text: &str, unread: bool, at: i64) {
        self.latest = Some(at);
        self.unread |= unread;
        if !text.is_empty() {
            text.clone_into(&mut self.last);
        }
        if let Some(message) = message {
            self.messages.push(Heard { message, at, text: text.to_owned() });
            self.called = true;
        }
    }

    /// A message has other words now; none: it was deleted. `before`: what was said last before these messages.
    pub fn changes(&mut self, message: MessageId, text: Option<&str>, before: &str) {
        let Some(held) = self.messages.iter_mut().find(|held| held.message == message) else {
            // Of what was stored before messages were kept, the last one is meant.
            if let Some(text) = text.filter(|text| !text.is_empty() && self.messages.is_empty()) {
                text.clone_into(&mut self.last);
            }
            return;
        };
        text.unwrap_or_default().clone_into(&mut held.text);
        self.says_last(before);
    }

    /// A message belongs elsewhere: nothing of it waits here. Whether anything is left that does; `before`: what was said last
    /// before these messages.
    pub fn loses(&mut self, message: MessageId, before: &str) -> bool {
        let Some(place) = self.messages.iter().position(|held| held.message == message) else { return true };
        let lost = self.messages.remove(place);
        let first = place == 0 && lost.at == self.since;
        if first {
            let Some(next) = self.messages.first() else { return false };
            self.since = next.at;
        }
        self.latest = self.messages.last().map(|held| held.at).or(Some(self.since));
        self.says_last(before);
        true
    }

    fn says_last(&mut self, before: &str) {
        let last = self.messages.iter().rev().find(|held| !held.text.is_empty());
        last.map_or(before, |held| held.text.as_str()).clone_into(&mut self.last);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_belongs_elsewhere_waits_no_more_and_is_not_quoted() {
        let mut held = Unanswered::from(10);
        held.hears(Some(MessageId(1)), "the modem", false, 10);
        held.hears(Some(MessageId(2)), "the bill", false, 20);
        let mut other = held.clone();
        assert!(held.loses(MessageId(2), "filed"));
        assert_eq!((held.since, held.last.as_str(), held.latest), (10, "the modem", Some(10)));
        assert!(!held.loses(MessageId(1), "filed"), "nothing waits any more");
        assert!(other.loses(MessageId(1), "filed"));
        assert_eq!((other.since, other.last.as_str()), (20, "the bill"));
        other.changes(MessageId(2), None, "filed");
        assert_eq!(other.last, "filed", "what was deleted is quoted nowhere");
        // The filing waits on, whatever was written after it.
        let mut filed = Unanswered { last: "filed".to_owned(), ..Unanswered::from(5) };
        filed.hears(Some(MessageId(3)), "more", false, 9);
        assert!(filed.loses(MessageId(3), "filed"));
        assert_eq!((filed.since, filed.last.as_str()), (5, "filed"));
    }
}
