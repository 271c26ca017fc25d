//! The one integration test binary.

mod page;
