//! The files of a configuration: found in their folder, read as UTF-8, laid over what is built in.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::kit::setting::Document;
use crate::kit::setting::{Findings, Problem, Source};

/// The files of a folder over the built-in ones of the same id, in the order of their ids.
pub fn documents(
    folder: &Path,
    built_in: &[(&str, &str)],
    findings: &mut Findings,
) -> Vec<(String, Document, Source)> {
    let mut documents = BTreeMap::new();
    for (id, text) in built_in {
        let name = format!("the shipped {id}.toml");
        documents.insert((*id).to_owned(), (Document { name, text: (*text).to_owned() }, Source::Default));
    }
    for path in files(folder, "toml", findings) {
        let id = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if let Some(text) = text_of(&path, findings) {
            documents.insert(id, (Document { name: path.display().to_string(), text }, Source::File));
        }
    }
    documents.into_iter().map(|(id, (document, source))| (id, document, source)).collect()
}

/// The files with this ending, sorted; none where there is no such folder.
pub fn files(folder: &Path, ending: &str, findings: &mut Findings) -> Vec<PathBuf> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Vec::new(),
        Err(error) => {
            findings.problems.push(unreadable(folder, &error));
            return Vec::new();
        }
    };
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    files.retain(|path| path.extension().is_some_and(|found| found == ending));
    files.sort();
    files
}

/// The text of a file; none where there is none, and where it cannot be read (a problem).
pub fn text_of(path: &Path, findings: &mut Findings) -> Option<String> {
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return None,
        Err(error) => {
            findings.problems.push(unreadable(path, &error));
            return None;
        }
    };
    let name = path.display().to_string();
    let wrong = |found: Encoding| whole_file(&name, &found.wrong, SAVE_AS_UTF8, Some(found.line));
    decoded(bytes).map_err(|found| findings.problems.push(wrong(found))).ok()
}

/// What is wrong with bytes that are no UTF-8 text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Encoding {
    /// What is wrong.
    pub wrong: String,
    /// The line of the first byte that is wrong, from 1.
    pub line: usize,
}

/// What is right for a file that is not.
pub const SAVE_AS_UTF8: &str = "save it as UTF-8";

/// The text of a file's bytes: UTF-8, with or without a byte order mark.
///
/// # Errors
/// What they are instead.
pub fn decoded(mut bytes: Vec<u8>) -> Result<String, Encoding> {
    if bytes.starts_with(&[0xef, 0xbb, 0xbf]) {
        bytes.drain(..3);
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(Encoding { wrong: "is UTF-16".to_owned(), line: 1 });
    }
    String::from_utf8(bytes).map_err(|error| {
        let (good, bytes) = (error.utf8_error().valid_up_to(), error.as_bytes());
        let line = bytes[..good].iter().filter(|byte| **byte == b'\n').count() + 1;
        Encoding { wrong: format!("is not UTF-8 (byte 0x{:02x})", bytes[good]), line }
    })
}

fn unreadable(path: &Path, error: &std::io::Error) -> Problem {
    let wrong = format!("cannot be read ({error})");
    whole_file(&path.display().to_string(), &wrong, "let this user read it", None)
}

/// A problem with a file as a whole, or with one line of it.
pub fn whole_file(file: &str, wrong: &str, right: &str, line: Option<usize>) -> Problem {
    let (key, value) = (String::new(), String::new());
    Problem { file: file.to_owned(), key, value, wrong: wrong.to_owned(), right: right.to_owned(), line }
}
