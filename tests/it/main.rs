//! The one integration test binary.

mod both_databases_waist;
mod browser;
mod config;
mod databases;
mod desk;
mod foreign_clients;
mod page;
mod report;
mod sandbox_rules;
mod sandbox_wire;
mod scene;
mod scripted_server;
mod sender;
mod shipped;
mod sla;
