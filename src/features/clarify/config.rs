//! Reads what a category usually needs to know (`questions`).

use super::Question;
use crate::kit::setting::{Findings, Section, in_both_languages, is_kebab};

/// Discord offers no more than 25 choices in a select and in suggestions.
/// <https://discord.com/developers/docs/components/reference#string-select>
const MOST: usize = 25;

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
        let texts = in_both_languages(&mut section, findings);
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
