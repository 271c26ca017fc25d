//! The one integration test binary.
mod sla;
