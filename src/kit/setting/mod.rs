//! Sections of the configuration, as a capability reads its own: each key once, and every wrong value named with its cure.

mod held;
mod problem;
mod section;
pub mod zone;

pub use held::Held;
pub use problem::{Findings, Problem, Setting, Source};
pub use section::{Document, Section, distance};

/// The largest amount of money that a configuration may name, in đồng.
pub const MOST_MONEY: i64 = 1_000_000_000_000;
