//! The kept files: which there are, and which of them complaints, drafts and outbox messages need.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use serde_json::Value;

use crate::disk::is_plain;
use crate::store::copy::{Cell, Cells, Shape};

/// The names of the whole files in a folder; one that is being written is none yet.
///
/// # Errors
///
/// If the folder cannot be read; one that is not there holds nothing.
pub fn in_folder(folder: &Path) -> io::Result<BTreeSet<String>> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
        Err(error) => return Err(error),
    };
    let mut names = BTreeSet::new();
    for entry in entries {
        let entry = entry?;
        // Those that go while one looks are delivered.
        let whole = entry.file_type().is_ok_and(|kind| kind.is_file());
        if let Some(name) = entry.file_name().to_str().filter(|name| whole && is_plain(name)) {
            names.insert(name.to_owned());
        }
    }
    Ok(names)
}

/// The names of the files that a row still needs: of an outbox message that waits, of a draft that is being written.
pub fn needed(shape: &Shape, row: &Cells, names: &mut BTreeSet<String>) {
    if shape.name == "upload" {
        return names.extend(evidence(shape, row));
    }
    let cell = |name: &str| {
        shape.columns.iter().position(|column| column.name == name).and_then(|place| row.0.get(place))
    };
    let waits = match shape.name {
        "letter" => cell("state") == Some(&Cell::Text("waiting".to_owned())),
        "draft" => cell("is_open") == Some(&Cell::Int(1)),
        _ => false,
    };
    let payload = cell(if shape.name == "letter" { "body" } else { "state" });
    if let (true, Some(Cell::Text(payload))) = (waits, payload)
        && let Ok(payload) = serde_json::from_str(payload)
    {
        collect(&payload, names);
    }
}

/// The file that a complaint or a draft needs, as the row of an upload says. What was taken in from before has no size there:
/// it may have gone with its delivery.
fn evidence(shape: &Shape, row: &Cells) -> Option<String> {
    let cell = |name: &str| row.0.get(shape.columns.iter().position(|column| column.name == name)?);
    let of_stream = match (cell("kind"), cell("subject")) {
        (Some(Cell::Text(kind)), _) => matches!(kind.as_str(), "complaint" | "draft"),
        // As it stood before a stream had columns of its own.
        (_, Some(Cell::Text(subject))) => subject.starts_with(['c', 'd']),
        _ => false,
    };
    match (cell("kept"), cell("size")) {
        (Some(Cell::Text(kept)), Some(Cell::Int(size))) => {
            (of_stream && !kept.is_empty() && *size > 0).then(|| kept.clone())
        }
        _ => None,
    }
}

fn collect(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            names.extend(fields.get("kept").and_then(Value::as_str).map(str::to_owned));
            fields.values().for_each(|value| collect(value, names));
        }
        Value::Array(values) => values.iter().for_each(|value| collect(value, names)),
        _ => {}
    }
}

/// The first name of a kept file in a row, a list of files or anything else of a backup that would lead out of the folder.
pub fn leading_out(text: &str) -> Option<String> {
    // Most cells are no payload, and most payloads name no file.
    if !text.contains("kept") {
        return None;
    }
    named_wrong(&serde_json::from_str(text).ok()?)
}

fn named_wrong(value: &Value) -> Option<String> {
    let wrong = |name: &Value| name.as_str().filter(|name| !is_plain(name)).map(str::to_owned);
    match value {
        Value::Object(fields) => {
            let here = fields.get("kept").and_then(|kept| match kept {
                Value::Array(names) => names.iter().find_map(wrong),
                name => wrong(name),
            });
            here.or_else(|| fields.values().find_map(named_wrong))
        }
        Value::Array(values) => values.iter().find_map(named_wrong),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_leads_out_is_found_wherever_it_stands() {
        let found = |text: &str| leading_out(text);
        assert_eq!(found(r#"{"letter":"take-down","kept":["12-0","../../x"]}"#), Some("../../x".to_owned()));
        assert_eq!(found(r#"[{"kept":""}]"#), Some(String::new()));
        assert_eq!(found(r#"{"post":{"files":[{"kept":"/etc/passwd"}]}}"#), Some("/etc/passwd".to_owned()));
        assert_eq!(found(r#"{"files":[{"kept":"a\u0000b"}]}"#), Some("a\0b".to_owned()));
        for well in [r#"{"kept":"12-0"}"#, r#"{"kept":null}"#, r#"{"kept":7}"#, "kept ../x", "[]"] {
            assert_eq!(found(well), None, "{well}");
        }
    }
}
