//! Vietnamese and English as people type them: times, money and offers, thanks, harsh words, words that mean the same. Pure.

pub mod courtesy;
pub mod duration;
pub mod fold;
mod look_alike;
pub mod matching;
pub mod number;
pub mod offer;
pub mod safety;
pub mod when;
