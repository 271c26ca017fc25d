//! Reads what is usually done about a complaint of a category (`remedies`).

use crate::domain::policy::UsualRemedy;
use crate::kit::setting::{Findings, Section, in_both_languages};

/// Discord offers no more than 25 choices in a select and in suggestions.
/// <https://discord.com/developers/docs/components/reference#string-select>
const MOST: usize = 25;
/// A year (ms).
const YEAR_MS: i64 = 366 * 86_400_000;

/// Reads `remedies`, in the order in which they are suggested.
pub fn remedies(category: &mut Section<'_>, findings: &mut Findings) -> Vec<UsualRemedy> {
    let mut remedies: Vec<UsualRemedy> = Vec::new();
    for mut section in category.tables(findings, "remedies") {
        let texts = in_both_languages(&mut section, findings);
        let within = match section.get("within").is_some() {
            true => section.duration(findings, "within", (60_000, YEAR_MS)),
            false => None,
        };
        let held = section.get("vi");
        section.finish(findings);
        let Some((vi, en)) = texts else { continue };
        if let (true, Some(held)) = (remedies.len() == MOST, &held) {
            held.problem(findings, "is one remedy too many", &format!("keep at most {MOST}"));
        }
        remedies.push(UsualRemedy { vi, en, within });
    }
    remedies
}
