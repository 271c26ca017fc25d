//! What the desk posted about somebody where others read it, and how their part of it is struck once it is erased. Pure.

use serde::{Deserialize, Serialize};

use crate::kernel::ids::{ChannelId, MessageId};

/// So many messages are struck by one letter: as many edits fit into the while for which it is taken.
pub const AT_ONCE: usize = 10;

/// A message about somebody, outside the thread of their complaint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posted {
    /// Where.
    pub channel: ChannelId,
    /// Which; 0: the channel itself is a thread with them.
    pub message: MessageId,
    /// What names their complaint in it, where it is about others as well; none: all of it is about them.
    pub mark: Option<String>,
}

impl Posted {
    /// A message that is about nothing else.
    pub fn whole(channel: ChannelId, message: MessageId) -> Self {
        Self { channel, message, mark: None }
    }

    /// A thread with them.
    pub fn thread(channel: ChannelId) -> Self {
        Self { channel, message: MessageId(0), mark: None }
    }

    /// Whether it is a thread.
    pub fn is_thread(&self) -> bool {
        self.message == MessageId(0)
    }
}

/// Whether a text names a complaint by this mark: `#1` is no part of `#12`.
pub fn names(text: &str, mark: &str) -> bool {
    let goes_on = |at: usize| {
        let after = text[at + mark.len()..].chars().next();
        mark.ends_with(|last: char| last.is_ascii_digit()) && after.is_some_and(|next| next.is_ascii_digit())
    };
    !mark.is_empty() && text.match_indices(mark).any(|(at, _)| !goes_on(at))
}

/// A text with `gone` in place of each line that names a complaint, and without the small lines that explain it; none where
/// there is no such line.
pub fn strike(text: &str, mark: &str, gone: &str) -> Option<String> {
    let (mut lines, mut struck, mut explains) = (Vec::new(), false, false);
    for line in text.lines() {
        if names(line, mark) {
            lines.push(gone);
            (struck, explains) = (true, true);
        } else if !(explains && line.starts_with("-# ")) {
            lines.push(line);
            explains = false;
        }
    }
    struck.then(|| lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_lines_about_one_complaint_are_struck() {
        let text = "**Missed** (2)\n<#11> · Reply · Lan\n-# (Lan: An is in hospital)\n<#12> · Reply · Lan\n-# (Lan: away)\nend";
        let left = strike(text, "<#11>", "gone");
        assert_eq!(left.as_deref(), Some("**Missed** (2)\ngone\n<#12> · Reply · Lan\n-# (Lan: away)\nend"));
        assert_eq!(strike(text, "<#1>", "gone"), None);
    }

    #[test]
    fn a_number_is_not_the_beginning_of_another_one() {
        assert!(names("#1 · late", "#1") && names("⚠ #1", "#1") && names("#12, #1", "#1"));
        assert!(!names("#12 · late", "#1") && !names("", "#1") && !names("#1", ""));
    }
}
