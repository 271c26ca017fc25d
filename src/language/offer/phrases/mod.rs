//! The phrases by which an offer, its giver and what stands against it are known (written as `pattern.rs` says).

mod against;
mod benefits;
mod desk;
mod giving;

pub(super) use against::*;
pub(super) use benefits::*;
pub(super) use desk::*;
pub(super) use giving::*;
