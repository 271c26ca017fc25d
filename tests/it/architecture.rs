//! The house as it was designed: who may use whom, how long a file is, how it begins.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms and what each may use: only rooms that stand before it, so that there is no circle. `discord` also reads the store,
/// for lists and what is looked up.
const ROOMS: &[(&str, &[&str])] = &[
    ("kernel", &[]),
    ("sla", &["kernel"]),
    ("language", &["sla"]),
    ("text", &["kernel", "sla", "language"]),
    ("kit", &["kernel", "language", "text"]),
    ("features", &["kernel", "sla", "language", "text", "kit"]),
    ("domain", &["kernel", "sla", "language", "features"]),
    ("disk", &[]),
    ("sandbox", &[]),
    ("clock", &["kernel", "sla", "language", "domain"]),
    ("config", &["kernel", "sla", "language", "kit", "features", "domain"]),
    ("store", &["kernel", "sla", "language", "domain", "disk"]),
    ("archive", &["disk", "store"]),
    ("reports", &["kernel", "sla", "language", "features", "domain", "store", "text"]),
    ("watch", &["kernel", "sla", "language", "domain", "disk", "store", "clock", "config"]),
    ("desk", &["kernel", "sla", "language", "features", "domain", "disk", "store", "clock", "watch"]),
    (
        "discord",
        &[
            "kernel", "sla", "language", "features", "domain", "kit", "disk", "desk", "store", "text",
            "reports", "config", "clock", "watch",
        ],
    ),
];
/// The rules of a capability and what it records are pure: they know neither Discord nor a reader's language. These of its files
/// are not: what people see of it, and its section of the configuration.
const SHOWN: [&str; 2] = ["discord.rs", "config.rs"];
/// What capabilities share. Of another capability they know only what the complaint shows.
const SHARED: [&str; 3] = ["authority", "decision", "written"];
/// These put everything together and may use anything.
const FREE: [&str; 6] = ["app", "chaos", "demo", "cli", "lib", "main"];

fn sources() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("src"), root.join("tests")];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the folder is there") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let text = fs::read_to_string(&path).expect("a source file");
                found.push((path.strip_prefix(root).expect("inside").to_path_buf(), text));
            }
        }
    }
    found.sort();
    found
}

/// The room of a file under `src`.
fn room(path: &Path) -> Option<String> {
    let inside = path.strip_prefix("src").ok()?;
    let first = inside.components().next()?.as_os_str().to_str()?;
    Some(first.trim_end_matches(".rs").to_owned())
}

/// The rooms a text names after `crate::`, inside `use` groups too.
fn used(text: &str) -> Vec<String> {
    let code: String =
        text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut used = Vec::new();
    for after in code.split("crate::").skip(1) {
        let names = match after.strip_prefix('{') {
            Some(group) => group.split('}').next().unwrap_or_default().split(',').map(str::trim).collect(),
            None => vec![after],
        };
        for name in names {
            used.push(name.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect());
        }
    }
    used
}

#[test]
fn every_room_uses_only_what_it_may() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let Some(room) = room(&path) else { continue };
        if FREE.contains(&room.as_str()) {
            continue;
        }
        let Some((_, may)) = ROOMS.iter().find(|(name, _)| *name == room) else {
            wrong.push(format!("{}: the design has no room {room}", path.display()));
            continue;
        };
        for other in used(&text) {
            if other != room && !may.contains(&other.as_str()) {
                wrong.push(format!("{}: {room} uses {other}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_capability_is_pure_and_knows_no_other() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let Some(inside) =
            path.strip_prefix("src/features").ok().filter(|held| held.components().count() > 1)
        else {
            continue;
        };
        let mut say = |what: &str| wrong.push(format!("{}: {what}", path.display()));
        let shows = SHOWN.iter().any(|file| inside.ends_with(file));
        if !shows && used(&text).iter().any(|room| ["text", "kit"].contains(&room.as_str())) {
            say("only discord.rs and config.rs use text and kit");
        }
        for other in text.split("crate::features::").skip(1) {
            if !SHARED.iter().any(|shared| other.starts_with(shared)) {
                say("uses another capability");
            }
        }
        if text.contains("super::super::") || (inside.ends_with("mod.rs") && text.contains("use super::")) {
            say("looks out of its folder");
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_rooms_use_each_other_in_a_circle() {
    for (place, (room, may_use)) in ROOMS.iter().enumerate() {
        for used in *may_use {
            let before = ROOMS[..place].iter().any(|(held, _)| held == used);
            assert!(before, "{room} may use {used}, which does not stand before it");
        }
    }
}

#[test]
fn every_file_says_what_it_is_for_and_stays_short() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let lines = text.lines().count();
        if lines > 500 {
            wrong.push(format!("{}: {lines} lines", path.display()));
        }
        if !text.starts_with("//! ") {
            wrong.push(format!("{}: does not say what it is for", path.display()));
        }
        // Put together here, so that this file does not find itself.
        if text.contains(&["#[", "allow"].concat()) || text.contains(&["#![", "allow"].concat()) {
            wrong.push(format!("{}: allows a lint; expect it, with the reason", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The files of the desk, each with its name and its text.
fn desk() -> Vec<(String, String)> {
    let named = |(path, text): (PathBuf, String)| {
        let file = path.strip_prefix("src/desk").ok()?.to_str()?.trim_end_matches(".rs").to_owned();
        Some((file, text))
    };
    sources().into_iter().filter_map(named).collect()
}

#[test]
fn an_object_of_the_desk_has_its_methods_in_one_file() {
    let mut homes: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (file, text) in desk() {
        let own =
            text.lines().filter_map(|line| line.strip_prefix("impl ")).filter(|of| !of.contains(" for "));
        for of in own {
            let name = of.chars().take_while(|letter| letter.is_alphanumeric()).collect();
            homes.entry(name).or_default().insert(file.clone());
        }
    }
    assert!(homes.contains_key("Desk"), "{homes:#?}");
    homes.retain(|_, files| files.len() > 1);
    assert!(homes.is_empty(), "{homes:#?}");
}

#[test]
fn parts_of_the_desk_use_only_those_handed_out_before_them() {
    let files = desk();
    let (_, hands_out) = files.iter().find(|(file, _)| file == "mod").expect("the desk itself");
    let parts: Vec<&str> = hands_out
        .lines()
        .filter(|line| line.ends_with("<'_> {"))
        .filter_map(|line| line.trim().strip_prefix("pub fn ")?.split('(').next())
        .collect();
    assert!(parts.len() > 10, "{parts:?}");
    let mut wrong = Vec::new();
    for (file, text) in &files {
        // A chain of calls may be broken over lines.
        let text: String = text.split_whitespace().collect();
        let place = parts.iter().position(|part| part == file);
        for other in parts.iter().filter(|other| text.contains(&format!(".desk.{other}()"))) {
            if place.is_none_or(|place| !parts[..place].contains(other)) {
                wrong.push(format!("{file} uses {other}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
