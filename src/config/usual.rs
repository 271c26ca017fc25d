//! Reads what a category usually needs to know (`questions`) and what is usually done about it (`remedies`).

use super::rules::is_kebab;
use crate::domain::clarifying::Question;
use crate::domain::policy::UsualRemedy;
use crate::kit::setting::Findings;
use crate::kit::setting::Section;

/// Discord offers no more than 25 choices in a select and in suggestions.
/// <https://discord.com/developers/docs/components/reference#string-select>
const MOST: usize = 25;
/// The longest question and the longest remedy, in characters.
const LONGEST: usize = 300;
/// A year (ms).
const YEAR_MS: i64 = 366 * 86_400_000;

/// Reads `questions`, in the order in which they are offered.
pub fn questions(category: &mut Section<'_>, findings: &mut Findings) -> Vec<Question> {
    let mut questions: Vec<Question> = Vec::new();
    for mut section in category.tables(findings, "questions") {
        let right = "write lower-case letters, digits and hyphens, at most 40, such as since-when";
        let held = section.get("id");
        let id = section
            .read(findings, "id", "is not an id", right, |text| is_kebab(text).then(|| text.to_owned()));
        if held.is_none() {
            section.missing(findings, "id", right);
        }
        let texts = both(&mut section, findings);
        section.finish(findings);
        let (Some(id), Some((vi, en))) = (id, texts) else { continue };
        if let (true, Some(held)) = (questions.iter().any(|other| other.id == id), &held) {
            held.problem(findings, "stands there twice", "give each question of a category an id of its own");
        }
        if let (true, Some(held)) = (questions.len() == MOST, &held) {
            held.problem(findings, "is one question too many", &format!("keep at most {MOST}"));
        }
        questions.push(Question { id, vi, en });
    }
    questions
}

/// Reads `remedies`, in the order in which they are suggested.
pub fn remedies(category: &mut Section<'_>, findings: &mut Findings) -> Vec<UsualRemedy> {
    let mut remedies: Vec<UsualRemedy> = Vec::new();
    for mut section in category.tables(findings, "remedies") {
        let texts = both(&mut section, findings);
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

/// A text in both languages.
fn both(section: &mut Section<'_>, findings: &mut Findings) -> Option<(String, String)> {
    let mut text = |key: &'static str| {
        if section.get(key).is_none() {
            section.missing(findings, key, "write it in this language");
        }
        section.text(findings, key, LONGEST)
    };
    let (vi, en) = (text("vi"), text("en"));
    Some((vi?, en?))
}
