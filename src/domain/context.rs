//! What a decision is taken by besides the complaint, with what the desk works by.

use std::ops::{Deref, DerefMut};

use crate::domain::composure::Cover;
use crate::domain::policy::Policy;
use crate::kernel::context;
use crate::kernel::people::Actor;

pub use crate::kernel::context::Needs;

/// Everything that a decision may depend on besides the complaint itself; filled in by the desk before anything is decided.
#[derive(Clone, Debug)]
pub struct Context<'a> {
    /// What capabilities decide by, too.
    pub known: context::Context,
    /// What is due soon among the open complaints of whoever asks.
    pub cover: Vec<Cover>,
    /// What the desk works by.
    pub policy: &'a Policy,
}

impl<'a> Context<'a> {
    /// Of somebody who asks for nothing that depends on their rank, or on others.
    pub fn new(by: Actor, policy: &'a Policy, now: i64) -> Self {
        Self { known: context::Context::new(by, now), cover: Vec::new(), policy }
    }
}

impl Deref for Context<'_> {
    type Target = context::Context;

    fn deref(&self) -> &Self::Target {
        &self.known
    }
}

impl DerefMut for Context<'_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.known
    }
}
