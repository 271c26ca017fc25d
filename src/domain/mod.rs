//! The rules of the desk, pure: time is a parameter, chance does not occur, nothing is read or written.

pub mod calendar;
pub mod command;
pub mod complaint;
pub mod courtesy;
pub mod decide;
pub mod draft;
pub mod duration;
pub mod event;
pub mod fold;
pub mod ids;
pub mod incident;
pub mod letter;
pub mod matching;
pub mod policy;
pub mod report;
pub mod settings;
pub mod sla;
pub mod stats;
pub mod timer;
