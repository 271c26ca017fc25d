//! How a message is meant that comes when a matter is over, by its words and by what came with them.

use crate::kernel::extra::Extra;
use crate::language::courtesy::{Courtesy, courtesy};

/// How a message is meant that comes when a matter is over.
pub fn meant(text: &str, files: usize, extras: &[Extra]) -> Courtesy {
    let more = files > 0 || !extras.iter().all(Extra::is_gesture);
    match more {
        true => Courtesy::Matter,
        false if is_gesture(text, files, extras) => Courtesy::Unclear,
        false => courtesy(text),
    }
}

/// Whether a message is a gesture and nothing else.
fn is_gesture(text: &str, files: usize, extras: &[Extra]) -> bool {
    crate::language::fold::is_blank(text)
        && files == 0
        && !extras.is_empty()
        && extras.iter().all(Extra::is_gesture)
}
