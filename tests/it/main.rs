//! The one integration test binary.
mod config;
mod sandbox_rules;
mod shipped;
mod sla;
