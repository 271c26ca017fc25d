//! Sections of the configuration, as a capability reads its own: each key once, and every wrong value named with its cure.

mod held;
mod problem;
mod section;
pub mod zone;

pub use held::Held;
pub use problem::{Findings, Problem, Setting, Source};
pub use section::{Document, Section, distance};

/// The largest amount of money that a configuration may name, in đồng.
pub const MOST_MONEY: i64 = 1_000_000_000_000;

/// The longest question and the longest remedy, in characters.
const LONGEST: usize = 300;

/// Whether it is a name of lower-case letters, digits and hyphens, at most 40.
pub fn is_kebab(text: &str) -> bool {
    let word = |word: &str| {
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    text.len() <= 40 && text.split('-').all(word)
}

/// A text in both languages, under the keys `vi` and `en`.
pub fn in_both_languages(section: &mut Section<'_>, findings: &mut Findings) -> Option<(String, String)> {
    let mut text = |key: &'static str| {
        if section.get(key).is_none() {
            section.missing(findings, key, "write it in this language");
        }
        section.text(findings, key, LONGEST)
    };
    let (vi, en) = (text("vi"), text("en"));
    Some((vi?, en?))
}
