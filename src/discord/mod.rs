//! The room that speaks to Discord.

pub mod rest;
