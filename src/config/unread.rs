//! Files and folders that nobody reads: one that was meant for one that is read is a problem, any other is named.

use std::path::{Path, PathBuf};

use super::files::whole_file;
use crate::kernel::lang::Lang;
use crate::kit::setting::distance;
use crate::kit::setting::{Findings, Problem};

/// How many letters a name may be off to be taken for another.
const CLOSE: usize = 2;

/// The file that a folder is about.
const MAIN: &str = "langnghe.toml";
/// The folders beside it, with the ending of the files that are read in them.
const FOLDERS: [(&str, &str); 2] = [("calendars", "toml"), ("playbooks", "toml")];
/// The folder of words, one folder a language in it.
const LOCALES: &str = "locales";
/// The pages that `help` prints; they are built in, and people read them where they lie.
const MANUAL: &str = "manual";

/// The problem that a folder which somebody named is none.
pub fn absent(folder: &Path) -> Option<Problem> {
    if folder.is_dir() {
        return None;
    }
    let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let near = entries(parent)
        .into_iter()
        .filter(|path| path.is_dir())
        .min_by_key(|path| distance(&name_of(path), &name))
        .filter(|path| distance(&name_of(path), &name) <= CLOSE + 2);
    let wrong = if folder.exists() { "is a file, not a folder" } else { "does not exist" };
    let right = match near {
        Some(near) => format!("did you mean {}?", near.display()),
        None => "name the folder that holds langnghe.toml, or leave LANGNGHE_CONFIG away".to_owned(),
    };
    let value = format!("{:?}", folder.display().to_string());
    Some(Problem {
        key: "LANGNGHE_CONFIG".to_owned(),
        value,
        ..whole_file("environment", wrong, &right, None)
    })
}

/// Names what lies in the folder of a configuration and is not read.
pub fn unread(folder: &Path, findings: &mut Findings) {
    for path in entries(folder) {
        let name = name_of(&path);
        match FOLDERS.iter().find(|(known, _)| *known == name) {
            Some((_, ending)) if path.is_dir() => inside(&path, ending, findings),
            None if name == LOCALES && path.is_dir() => locales(&path, findings),
            None if name == MAIN && path.is_file() => {}
            None if name == MANUAL && path.is_dir() => {}
            _ => {
                let folders = FOLDERS.iter().map(|(known, _)| *known).chain([LOCALES]);
                let meant = if path.is_dir() {
                    folders.into_iter().find(|known| is_meant(&name, known))
                } else {
                    // There is one file here: any other of its kind was meant for it.
                    (is_meant(&name, MAIN) || name.ends_with(".toml")).then_some(MAIN)
                };
                tell(&path, meant.map(|meant| folder.join(meant)), findings);
            }
        }
    }
}

fn locales(folder: &Path, findings: &mut Findings) {
    for path in entries(folder) {
        let name = name_of(&path);
        match Lang::ALL.into_iter().find(|lang| lang.as_str() == name) {
            Some(_) if path.is_dir() => inside(&path, "ftl", findings),
            _ => {
                let one_off = |lang: &Lang| name.len() == 2 && distance(lang.as_str(), &name) == 1;
                let begins = |lang: &Lang| name.to_lowercase().starts_with(lang.as_str());
                let meant = Lang::ALL.into_iter().find(|lang| begins(lang) || one_off(lang));
                tell(&path, meant.map(|lang| folder.join(lang.as_str())), findings);
            }
        }
    }
}

/// Of a folder whose files are read by their ending.
fn inside(folder: &Path, ending: &str, findings: &mut Findings) {
    for path in entries(folder) {
        if path.extension().is_some_and(|found| found == ending) && path.is_file() {
            continue;
        }
        // `duty.toml.txt`, `duty.tml`, `duty.yaml`, `duty`: the file of that name.
        let name = name_of(&path);
        let stem = name.split('.').next().unwrap_or_default();
        let looks_read = name.contains(&format!(".{ending}"))
            || path.extension().is_none_or(|found| {
                let found = found.to_string_lossy();
                ["toml", "ftl", "flt", "yaml", "yml", "json"].contains(&&*found)
                    || distance(&found, ending) <= 1
            });
        let meant = (looks_read && path.is_file()).then(|| folder.join(format!("{stem}.{ending}")));
        tell(&path, meant, findings);
    }
}

/// Whether a name was meant for another: what a hand or an editor makes of it.
fn is_meant(name: &str, known: &str) -> bool {
    let small = name.to_lowercase();
    let stem = |name: &str| name.split('.').next().unwrap_or_default().to_owned();
    small.starts_with(known) || stem(&small) == stem(known) || distance(&small, known) <= CLOSE
}

/// A problem where what it was meant for is not there; else it is only named.
fn tell(path: &Path, meant: Option<PathBuf>, findings: &mut Findings) {
    let file = path.display().to_string();
    match meant {
        Some(meant) if !meant.exists() => {
            let right = format!("did you mean {}?", name_of(&meant));
            findings.problems.push(whole_file(&file, "is read by nobody", &right, None));
        }
        _ => {
            let right = "move it elsewhere if it is not needed here";
            findings.warnings.push(whole_file(&file, "is read by nobody", right, None));
        }
    }
}

/// What lies in a folder, sorted, without what is hidden; nothing where it cannot be listed.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let held = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let mut paths: Vec<PathBuf> = held.map(|entry| entry.path()).collect();
    paths.retain(|path| !name_of(path).starts_with('.'));
    paths.sort();
    paths
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
