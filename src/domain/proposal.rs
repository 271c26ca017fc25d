//! A proposal: what staff and managers work out for a customer, agreed to among them, sent, and chosen from.

pub use crate::features::procedure::{Choice, Proposal, Remedy};
