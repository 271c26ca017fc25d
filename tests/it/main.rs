//! The one integration test binary.
mod sandbox_rules;
