//! What Discord is made of, for capabilities: declared commands with typed options. No network, and no capability by name.

pub mod command;
pub mod option;
