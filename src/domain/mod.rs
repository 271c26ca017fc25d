//! The rules of the desk, pure: time is a parameter, chance does not occur, nothing is read or written.
pub mod calendar;
pub mod duration;
pub mod fold;
pub mod matching;
pub mod policy;
pub mod sla;
