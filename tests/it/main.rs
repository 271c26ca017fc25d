//! The one integration test binary.
mod config;
mod sla;
