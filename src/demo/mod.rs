//! The desk without Discord: the sandbox, the bot as a real client of it, and a clock that is moved by hand.

pub mod stage;
