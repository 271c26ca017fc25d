//! The one integration test binary.

mod browser;
mod page;
mod sandbox_rules;
