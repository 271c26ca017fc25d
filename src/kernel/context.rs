//! What a decision is taken by besides the complaint: the instant, who asks and as what, and what only the desk knows of others.

use super::people::{Actor, Grade, Rank};

/// What a capability may decide by; filled in by the desk before anything is decided.
#[derive(Clone, Debug)]
pub struct Context {
    /// The present instant (Unix ms).
    pub now: i64,
    /// Who asks.
    pub by: Actor,
    /// What they may do at this moment.
    pub rank: Rank,
    /// Whether they may agree to what they wrote themselves: nobody else is there, and the configuration lets them.
    pub is_alone: bool,
    /// What was spent this calendar month of the budget that the command draws on (đồng).
    pub spent: i64,
}

impl Context {
    /// Of somebody who asks for nothing that depends on their rank, or on others.
    pub fn new(by: Actor, now: i64) -> Self {
        Self { now, by, rank: Rank::default(), is_alone: false, spent: 0 }
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
    /// What was spent this month of the budget with this name.
    pub budget: Option<&'static str>,
    /// What is due soon among the complaints of whoever asks.
    pub cover: bool,
}
