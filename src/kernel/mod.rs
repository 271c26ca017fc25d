//! What every capability is made of, and names none. Pure.

pub mod board;
pub mod context;
pub mod core;
pub mod extra;
pub mod ids;
pub mod lang;
pub mod meanwhile;
pub mod nested;
pub mod people;
pub mod phrase;
pub mod reasons;
pub mod refused;
pub mod severity;
