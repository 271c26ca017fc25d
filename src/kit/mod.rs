//! What capabilities are built with: declared commands with typed options, custom ids, message bodies, a section of the
//! configuration. No network, and no capability by name.

pub mod body;
pub mod command;
pub mod custom_id;
pub mod form;
pub mod option;
pub mod route;
pub mod setting;
