//! The one integration test binary.
mod config;
mod shipped;
mod sla;
