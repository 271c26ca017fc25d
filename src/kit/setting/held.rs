//! A value of the configuration with its place: what problems about it are made from.

use toml::de::DeValue;

use super::problem::{Findings, Problem, Setting, Source};
use super::section::{Document, Section};

/// A value and where it stands.
#[derive(Clone)]
pub struct Held<'a> {
    /// The value.
    pub value: &'a DeValue<'a>,
    /// Where it comes from.
    pub source: Source,
    /// Its key from the top of the file.
    pub key: String,
    /// The file that is read; a built-in value has its operator's file here.
    pub document: &'a Document,
    /// The line of the operator's file, from 1.
    pub line: Option<usize>,
}

impl<'a> Held<'a> {
    /// The value as text, or a problem.
    pub fn text(&self, findings: &mut Findings) -> Option<&'a str> {
        let text = self.value.as_str();
        if text.is_none() {
            self.problem(findings, "is not text", "write it in quotes");
        }
        text
    }

    /// The value as a section of the operator's file, or a problem.
    pub fn section(&self, findings: &mut Findings) -> Option<Section<'a>> {
        let Some(table) = self.value.as_table() else {
            self.problem(
                findings,
                "is not a section",
                &format!("write [{}] and its keys below it", self.key),
            );
            return None;
        };
        Some(Section::at(self.document, self.key.clone(), table))
    }

    /// The texts of a list.
    pub fn texts(&self, findings: &mut Findings) -> Vec<(&'a str, Held<'a>)> {
        let items = self.items(findings);
        items.into_iter().filter_map(|item| item.text(findings).map(|text| (text, item))).collect()
    }

    /// The items of a list, numbered from 1 in their keys.
    pub fn items(&self, findings: &mut Findings) -> Vec<Held<'a>> {
        let Some(list) = self.value.as_array() else {
            self.problem(findings, "is not a list", "write [\"…\", \"…\"]");
            return Vec::new();
        };
        let item = |(number, value): (usize, &'a toml::Spanned<DeValue<'a>>)| Held {
            value: value.get_ref(),
            key: format!("{}[{number}]", self.key),
            line: self.line.map(|_| self.document.line(value.span().start)),
            ..self.clone()
        };
        (1..).zip(list.iter()).map(item).collect()
    }

    /// Says that this value is wrong.
    pub fn problem(&self, findings: &mut Findings, wrong: &str, right: &str) {
        findings.problems.push(self.as_problem(wrong, right));
    }

    /// Says that this value counts.
    pub fn in_force(&self, findings: &mut Findings) {
        let setting = Setting { value: show(self.value), source: self.source };
        findings.settings.insert(self.key.clone(), setting);
    }

    /// The problem that this value is.
    pub fn as_problem(&self, wrong: &str, right: &str) -> Problem {
        Problem {
            file: self.document.name.clone(),
            key: self.key.clone(),
            value: show(self.value),
            wrong: wrong.to_owned(),
            right: right.to_owned(),
            line: self.line,
        }
    }
}

/// A value as it is written, on one line.
fn show(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => format!("{text:?}"),
        DeValue::Integer(number) => number.to_string(),
        DeValue::Float(number) => number.to_string(),
        DeValue::Boolean(flag) => flag.to_string(),
        DeValue::Datetime(date) => date.to_string(),
        DeValue::Array(list) => {
            let items: Vec<String> = list.iter().map(|item| show(item.get_ref())).collect();
            format!("[{}]", items.join(", "))
        }
        DeValue::Table(_) => "a section".to_owned(),
    }
}
