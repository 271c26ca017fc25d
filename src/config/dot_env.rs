//! The `.env` file: found in the working folder or above it, read whole, with every line that cannot be used named. What a line
//! holds after its name is never told: it may be the token.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::files::{SAVE_AS_UTF8, decoded, whole_file};
use crate::kit::setting::Problem;
use crate::kit::setting::distance;

/// The variables that the program reads.
pub const KNOWN: [&str; 9] = [
    "DISCORD_TOKEN",
    "DISCORD_API_URL",
    "DATABASE_URL",
    "LANGNGHE_CONFIG",
    "LANGNGHE_LOG",
    "RUST_LOG",
    "LANGNGHE_TEST_POSTGRES",
    "LANGNGHE_TEST_BROWSER",
    "LANGNGHE_TEST_CLIENTS",
];

/// How many letters a name may be off to be taken for one of them.
const CLOSE: usize = 2;

/// What a `.env` says.
#[derive(Debug, Default)]
pub struct DotEnv {
    /// Where it is; nothing where there is none.
    pub path: Option<PathBuf>,
    /// Its variables.
    pub variables: BTreeMap<String, String>,
    /// All that is wrong with it.
    pub problems: Vec<Problem>,
}

impl DotEnv {
    /// Reads the `.env` of `folder`, or of the nearest folder above it that has one.
    pub fn find(folder: &Path) -> Self {
        let path = folder.ancestors().map(|folder| folder.join(".env")).find(|path| path.is_file());
        path.map_or_else(Self::default, |path| Self::read(&path))
    }

    /// Reads a file.
    pub fn read(path: &Path) -> Self {
        let name = path.display().to_string();
        let mut read = Self { path: Some(path.to_owned()), ..Self::default() };
        let bytes = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) => {
                let right = match error.kind() {
                    ErrorKind::PermissionDenied => "let this user read it (chown or chmod), and nobody else",
                    _ => "see the disk, or remove it",
                };
                read.problems.push(whole_file(&name, &format!("cannot be read ({error})"), right, None));
                return read;
            }
        };
        match decoded(bytes) {
            Ok(text) => read.take(&name, &text),
            Err(found) => {
                read.problems.push(whole_file(&name, &found.wrong, SAVE_AS_UTF8, Some(found.line)));
            }
        }
        read
    }

    fn take(&mut self, file: &str, text: &str) {
        for item in dotenvy::from_read_iter(text.as_bytes()) {
            match item {
                // The first one counts, as it does for a shell that exports what is not set yet.
                Ok((name, value)) => {
                    let line = line_of(text, &name);
                    if let Some(near) = misspelt(&name) {
                        let right = format!("did you mean {near}?");
                        self.problems.push(problem(
                            file,
                            &name,
                            "is no variable of this program",
                            &right,
                            line,
                        ));
                    }
                    self.variables.entry(name).or_insert(value);
                }
                Err(dotenvy::Error::LineParse(held, _)) => {
                    // It is handed over in part, or with the remarks before it: the line that it stands on says it whole.
                    let is_remark = |line: &str| line.trim().is_empty() || line.trim_start().starts_with('#');
                    let part = held.lines().find(|line| !is_remark(line)).unwrap_or_default().trim();
                    let place = text.lines().position(|line| !is_remark(line) && line.contains(part));
                    let whole = place.and_then(|place| text.lines().nth(place)).unwrap_or_default();
                    let (name, line) = (name_of(whole), place.map(|place| place + 1));
                    let (wrong, right) = match whole.split_once('=').map(|(_, value)| value.trim()) {
                        None => ("is no line NAME=value", "write NAME=value, or # before a remark"),
                        Some(value) if value.contains(char::is_whitespace) => (
                            "holds a blank without quotes",
                            "take the blank out; a value that needs it stands in \"quotes\"",
                        ),
                        Some(_) => {
                            ("cannot be read", "close the quotes, or put the value in 'single quotes'")
                        }
                    };
                    self.problems.push(problem(file, &name, wrong, right, line));
                }
                Err(error) => {
                    self.problems.push(whole_file(
                        file,
                        &format!("cannot be read ({error})"),
                        "see the disk",
                        None,
                    ));
                }
            }
        }
    }
}

/// The variable that a name was meant for, where it is none itself.
pub fn misspelt(name: &str) -> Option<&'static str> {
    let is_near = |known: &&&str| distance(known, &name.to_uppercase()) <= CLOSE;
    if KNOWN.contains(&name) { None } else { KNOWN.iter().find(is_near).copied() }
}

/// The name on a line that cannot be read; nothing where it does not look like one.
fn name_of(line: &str) -> String {
    let name = line.split('=').next().unwrap_or_default().trim();
    let name = name.strip_prefix("export ").unwrap_or(name).trim();
    let is_name =
        !name.is_empty() && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    if is_name && line.contains('=') { name.to_owned() } else { String::new() }
}

/// The line (from 1) on which a variable is set first.
fn line_of(text: &str, name: &str) -> Option<usize> {
    text.lines().position(|line| name_of(line) == name).map(|line| line + 1)
}

fn problem(file: &str, name: &str, wrong: &str, right: &str, line: Option<usize>) -> Problem {
    Problem { key: name.to_owned(), ..whole_file(file, wrong, right, line) }
}
