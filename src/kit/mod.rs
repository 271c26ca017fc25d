//! What Discord is made of, for capabilities: declared commands with typed options, declared custom ids. No network, and no capability by name.

pub mod command;
pub mod custom_id;
pub mod option;
