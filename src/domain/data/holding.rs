//! What a desk holds about a person, as figures: shown before anything is exported or erased.

use crate::domain::complaint::Complaint;
use crate::domain::data::Erased;
use crate::domain::event::{Entry, Event};
use crate::kernel::ids::GuildId;

/// What one desk holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holding {
    /// The numbers of complaints that have not ended.
    pub open: Vec<i64>,
    /// The numbers of those that have.
    pub ended: Vec<i64>,
    /// Messages of the person's, the filings among them.
    pub messages: i64,
    /// What was written to them: replies, outcomes, promises, remedies.
    pub replies: i64,
    /// Files that came along.
    pub files: i64,
    /// Ratings that were given.
    pub ratings: i64,
    /// Contact numbers.
    pub contacts: i64,
    /// When the first ended complaint is made nobody's (Unix ms).
    pub first_goes: Option<i64>,
    /// When the last one is (Unix ms).
    pub last_goes: Option<i64>,
    /// What of them goes at the person's wish.
    pub extras: Erased,
}

/// A holding with the desk it is at.
pub type OfDesk = (GuildId, Holding);

impl Holding {
    /// Takes in a complaint with its journal, kept for `keep_ms` after its end.
    pub fn take_in(&mut self, complaint: &Complaint, journal: &[Entry], keep_ms: i64) {
        let number = complaint.number();
        match complaint.ended_at {
            None => self.open.push(number),
            Some(ended) => {
                self.ended.push(number);
                let goes = ended.saturating_add(keep_ms);
                self.first_goes = Some(self.first_goes.map_or(goes, |first| first.min(goes)));
                self.last_goes = Some(self.last_goes.map_or(goes, |last| last.max(goes)));
                let extras = extras(complaint);
                self.extras.contacts += extras.contacts;
                self.extras.wishes += extras.wishes;
                self.extras.words += extras.words;
            }
        }
        self.contacts += i64::from(!complaint.filed.contact.is_empty());
        self.ratings += count(complaint.ratings.iter().filter(|rating| rating.score.is_some()).count());
        for entry in journal {
            match &entry.event {
                Event::Filed(filed) => {
                    self.messages += 1;
                    self.files += count(filed.files.len());
                }
                Event::CustomerWrote { files, .. } => {
                    self.messages += 1;
                    self.files += count(files.len());
                }
                Event::Replied { .. } | Event::Resolved { .. } => self.replies += 1,
                _ => {}
            }
        }
    }

    /// Whether there is no complaint.
    pub fn is_empty(&self) -> bool {
        self.open.is_empty() && self.ended.is_empty()
    }
}

/// What of a complaint that has ended goes at the customer's wish.
pub fn extras(complaint: &Complaint) -> Erased {
    let words = complaint.ratings.iter().filter(|rating| rating.word.is_some()).count();
    Erased {
        contacts: i64::from(!complaint.filed.contact.is_empty()),
        wishes: i64::from(!complaint.filed.wish.is_empty()),
        words: count(words),
        ..Erased::default()
    }
}

fn count(of: usize) -> i64 {
    i64::try_from(of).unwrap_or(i64::MAX)
}
