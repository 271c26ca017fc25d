//! The one integration test binary.

mod both_databases_waist;
mod browser;
mod browser_desk;
mod cli;
mod config;
mod databases;
mod demo;
mod desk;
mod foreign_clients;
mod hostile;
mod housekeeping;
mod nudges;
mod page;
mod report;
mod sandbox_rules;
mod sandbox_wire;
mod scene;
mod scripted_server;
mod seeing;
mod sender;
mod serve;
mod shipped;
mod sla;
