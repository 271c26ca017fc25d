//! The only room that knows Discord: what comes in is decoded to requests, what goes out is rendered and sent by one sender.

pub mod commands;
pub mod custom_id;
pub mod render;
