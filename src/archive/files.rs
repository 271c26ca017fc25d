//! The files that are on their way: which there are, and which of them letters still need.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use serde_json::Value;

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

/// Whether a name is that of a kept file: it stays in its folder, and is not one being written.
pub fn is_plain(name: &str) -> bool {
    let letters = name.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_.".contains(letter));
    letters && !name.is_empty() && !name.starts_with('.') && !name.ends_with(".part")
}

/// The names of the files that a row still needs: of a letter that waits, of a draft that is being written.
pub fn needed(shape: &Shape, row: &Cells, names: &mut BTreeSet<String>) {
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
