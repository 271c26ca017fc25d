//! Reads `[appointments]`: how long before one the customer is reminded.

use super::Policy;
use crate::kit::setting::{Findings, Section};

const DAY_MS: i64 = 86_400_000;

/// Reads the section.
pub fn read(top: &mut Section<'_>, findings: &mut Findings) -> Option<Policy> {
    let mut section = top.section(findings, "appointments");
    let remind_ms = section.duration(findings, "remind", (0, 7 * DAY_MS));
    section.finish(findings);
    Some(Policy { remind_ms: remind_ms? })
}
