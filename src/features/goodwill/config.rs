//! Reads `[goodwill]`: what is given on top, and how much of it.

use super::Policy;
use crate::kit::setting::{Findings, MOST_MONEY, Section};
use crate::language::offer::{GIFTS, Kind};

/// The most often that something is given on top of one complaint.
const MOST_OFTEN: i64 = 20;

/// Reads the section; without kinds, or with a budget of 0, nothing is given.
pub fn read(top: &mut Section<'_>, findings: &mut Findings) -> Option<Policy> {
    let mut section = top.section(findings, "goodwill");
    let mut kinds = Vec::new();
    for (name, held) in section.texts(findings, "kinds") {
        match Kind::parse(name).filter(|kind| GIFTS.contains(kind)) {
            Some(kind) => kinds.push(kind),
            None => {
                let known = GIFTS.map(Kind::as_str).join(", ");
                held.problem(findings, "is no goodwill", &format!("known are {known}"));
            }
        }
    }
    let budget = section.number(findings, "monthly-budget", (0, MOST_MONEY));
    let per_case = section.number(findings, "per-complaint", (1, MOST_OFTEN));
    section.finish(findings);
    Some(Policy { kinds, budget: budget?, per_case: per_case? })
}
