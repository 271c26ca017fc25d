//! What stands in Discord's messages: plain JSON bodies made from the state, in the reader's language.

pub mod answers;
pub mod bar;
pub mod card;
pub mod clock_step;
pub mod colleague;
pub mod customer;
pub mod data;
pub mod delivery;
pub mod digest;
pub mod disposition;
pub mod forms;
pub mod incident;
pub mod incident_forms;
pub mod notice;
pub mod procedure;
pub mod proposal;
pub mod setting;
pub mod speech;
pub mod thread;
pub mod why;

use std::ops::Deref;

use crate::domain::policy::Policy;
use crate::kit::body;

pub use crate::kit::body::{
    Style, at, button, channel, cut, day, no_pings, parts, pings, plain, quoted, relative, role, row, select,
    small, stars, user,
};

/// What renderers know besides the state.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// Words, and in whose name they are said.
    pub voice: body::Voice<'a>,
    /// Deadlines and categories.
    pub policy: &'a Policy,
}

impl<'a> Deref for View<'a> {
    type Target = body::Voice<'a>;

    fn deref(&self) -> &Self::Target {
        &self.voice
    }
}
