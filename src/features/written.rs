//! What people type, as it is kept.

use crate::kernel::refused::Common;
use crate::language::fold;

/// The longest reason or other line of staff, in characters.
pub const SHORT: usize = 500;

/// Words as they are kept: normalised, with something in them, and not too long.
///
/// # Errors
///
/// [`Common::Blank`], or [`Common::TooLong`].
pub fn words(text: &str, limit: usize) -> Result<String, Common> {
    let text = fold::clean_input(text);
    if fold::is_blank(&text) {
        return Err(Common::Blank);
    }
    let length = text.chars().count();
    if length > limit {
        let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        return Err(Common::TooLong { limit: number(limit), length: number(length) });
    }
    Ok(text)
}

/// A line that may be left out, as it is kept.
///
/// # Errors
///
/// [`Common::TooLong`].
pub fn few_words(text: &str) -> Result<String, Common> {
    if fold::is_blank(text) { Ok(String::new()) } else { words(text, SHORT) }
}
