//! Time zones by name, and the name that somebody meant.

use chrono_tz::{TZ_VARIANTS, Tz};

use super::section::distance;

/// What is wrong with a name that is none.
pub const WRONG: &str = "is not a time zone";

/// How many letters a name may be off to be recognised.
const CLOSE: usize = 2;

/// Reads an IANA name.
///
/// # Errors
/// What would be right: the name that comes closest, if one comes close.
pub fn read(name: &str) -> Result<Tz, String> {
    name.parse().map_err(|_| {
        let letters = letters_of(name);
        let near = TZ_VARIANTS
            .iter()
            .map(|zone| (distance(&letters_of(zone.name()), &letters), zone.name()))
            .min_by_key(|(distance, _)| *distance)
            .filter(|(distance, _)| *distance <= CLOSE && letters.len() > 2 * CLOSE);
        near.map_or_else(
            || "write an IANA name such as Asia/Ho_Chi_Minh".to_owned(),
            |(_, near)| format!("did you mean {near}?"),
        )
    })
}

/// A name in small letters, without what stands between them.
fn letters_of(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
