//! JSON Lines, one object a line: what is wrong with one is named by file, line and key.

use std::path::Path;

use chrono_tz::Tz;
use serde_json::{Map, Value};

use crate::config::{Problem, SAVE_AS_UTF8, decoded, zone};

/// One line of a file.
#[derive(Debug)]
pub struct Row<'a> {
    file: &'a str,
    line: usize,
    fields: Map<String, Value>,
}

/// Reads a file as text.
///
/// # Errors
/// What is wrong with it as a whole.
pub fn text_of(path: &Path) -> Result<String, Vec<Problem>> {
    let file = path.display().to_string();
    let whole =
        |wrong: String, right: &str, line| vec![problem(&file, line, "", String::new(), &wrong, right)];
    match std::fs::read(path) {
        Ok(bytes) => decoded(bytes).map_err(|found| whole(found.wrong, SAVE_AS_UTF8, Some(found.line))),
        Err(error) => Err(whole(format!("cannot be read ({error})"), "name a file of JSON Lines", None)),
    }
}

/// The objects of a text; empty lines are left out, and what is no object is a problem.
pub fn rows<'a>(file: &'a str, text: &str, problems: &mut Vec<Problem>) -> Vec<Row<'a>> {
    let mut rows = Vec::new();
    for (line, text) in (1..).zip(text.lines()).filter(|(_, text)| !text.trim().is_empty()) {
        let right = "write one object a line: {\"…\": …}";
        match serde_json::from_str(text) {
            Ok(Value::Object(fields)) => rows.push(Row { file, line, fields }),
            Ok(_) => problems.push(problem(file, Some(line), "", String::new(), "is not an object", right)),
            Err(error) => {
                // A line is all there is to one value, so that only its column says where.
                let what = error.to_string();
                let what = what.split(" at line ").next().unwrap_or_default();
                let wrong = format!("is not JSON: {what} at column {}", error.column());
                problems.push(problem(file, Some(line), "", String::new(), &wrong, right));
            }
        }
    }
    rows
}

impl<'a> Row<'a> {
    /// The value of a key; `null` counts as none.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.fields.get(key).filter(|value| !value.is_null())
    }

    /// Whether the key is there, be it with `null`.
    pub fn has(&self, key: &str) -> bool {
        self.fields.contains_key(key)
    }

    /// A problem with the value of a key.
    pub fn problem(&self, key: &str, value: &Value, wrong: &str, right: &str) -> Problem {
        problem(self.file, Some(self.line), key, value.to_string(), wrong, right)
    }

    /// A problem with a key that is missing.
    pub fn missing(&self, key: &str, right: &str) -> Problem {
        problem(self.file, Some(self.line), key, String::new(), "is missing", right)
    }

    /// A key that must be there and mean something: `read` says what, or it is a problem.
    pub fn read<'b, T>(
        &'b self,
        problems: &mut Vec<Problem>,
        key: &str,
        (wrong, right): (&str, &str),
        read: impl FnOnce(&'b Value) -> Option<T>,
    ) -> Option<T> {
        let Some(value) = self.fields.get(key) else {
            problems.push(self.missing(key, right));
            return None;
        };
        let read = read(value);
        if read.is_none() {
            problems.push(self.problem(key, value, wrong, right));
        }
        read
    }

    /// A text that is not empty.
    pub fn text<'b>(&'b self, problems: &mut Vec<Problem>, key: &str, right: &str) -> Option<&'b str> {
        let text = |value: &'b Value| value.as_str().filter(|text| !text.trim().is_empty());
        self.read(problems, key, ("is not a text", right), text)
    }

    /// A time zone by its name.
    pub fn zone(&self, problems: &mut Vec<Problem>, key: &str) -> Option<Tz> {
        let name = self.text(problems, key, "write an IANA name such as Asia/Ho_Chi_Minh")?;
        let zone = zone::read(name);
        zone.map_err(|right| problems.push(self.problem(key, &Value::from(name), zone::WRONG, &right))).ok()
    }

    /// The file and the line, to come back to it later.
    pub fn place(&self) -> (&'a str, usize) {
        (self.file, self.line)
    }
}

/// A problem with one line of a file.
pub fn problem(
    file: &str,
    line: Option<usize>,
    key: &str,
    value: String,
    wrong: &str,
    right: &str,
) -> Problem {
    let (file, key) = (file.to_owned(), key.to_owned());
    Problem { file, key, value, wrong: wrong.to_owned(), right: right.to_owned(), line }
}
