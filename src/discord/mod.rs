//! The only room that knows Discord: what comes in is decoded to requests, what goes out is rendered and sent by one sender.

mod answer;
pub mod bot;
mod case_file;
mod catch_up;
pub mod commands;
pub mod custom_id;
mod data;
mod deadlines;
pub mod decode;
pub mod desk_thread;
pub mod files;
mod find;
pub mod gateway;
mod health;
mod incidents;
mod look;
mod procedure;
pub mod render;
mod report;
pub mod rest;
pub mod route;
mod send;
pub mod setup;
mod shards;
pub mod situation;
mod turns;
