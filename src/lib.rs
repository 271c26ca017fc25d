//! Lắng Nghe: a company's complaint desk on Discord. What follows is the map for whoever changes it.

#![doc = include_str!("README.md")]

pub mod app;
pub mod archive;
pub mod chaos;
pub mod cli;
pub mod clock;
pub mod config;
pub mod demo;
pub mod desk;
pub mod disk;

pub mod discord;
pub mod domain;
pub mod features;
pub mod kernel;
pub mod kit;
pub mod language;
pub mod reports;
pub mod sandbox;
pub mod sla;
pub mod store;
pub mod text;
pub mod watch;
