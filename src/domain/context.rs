//! What a decision is taken by besides the complaint: the instant, who asks and as what, and what only the desk knows of others.

use crate::domain::composure::Cover;
use crate::domain::policy::Policy;
use crate::kernel::people::{Actor, Grade, Rank};

/// Everything that a decision may depend on besides the complaint itself; filled in by the desk before anything is decided.
#[derive(Clone, Debug)]
pub struct Context<'a> {
    /// The present instant (Unix ms).
    pub now: i64,
    /// Who asks.
    pub by: Actor,
    /// What they may do at this moment.
    pub rank: Rank,
    /// Whether they may agree to what they wrote themselves: nobody else is there, and the configuration lets them.
    pub is_alone: bool,
    /// What was given as goodwill in this calendar month before (đồng).
    pub spent: i64,
    /// What is due soon among the open complaints of whoever asks.
    pub cover: Vec<Cover>,
    /// What the desk works by.
    pub policy: &'a Policy,
}

impl<'a> Context<'a> {
    /// Of somebody who asks for nothing that depends on their rank, or on others.
    pub fn new(by: Actor, policy: &'a Policy, now: i64) -> Self {
        Self { now, by, rank: Rank::default(), is_alone: false, spent: 0, cover: Vec::new(), policy }
    }

    /// The highest grade of whoever asks.
    pub fn grade(&self) -> Option<Grade> {
        Grade::highest(self.rank)
    }
}

/// What must be looked up before a command can be decided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// It is an agreement, which nobody gives alone as long as somebody else of this grade is there.
    pub agreement: Option<Grade>,
    /// What was given as goodwill this month.
    pub spent: bool,
    /// What is due soon among the complaints of whoever asks.
    pub cover: bool,
}
