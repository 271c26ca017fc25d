//! What every capability is made of, and names none. Pure.

pub mod board;
pub mod ids;
pub mod lang;
pub mod people;
pub mod severity;
