//! What stands on this machine's disk: made for its owner's eyes only, named plainly, and known again.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// Files are read and written by their owner alone.
const FILE: u32 = 0o600;
/// Folders are entered by their owner alone.
const FOLDER: u32 = 0o700;
/// How the name of a kept file begins while it is found out whether it may go.
const LEAVING: &str = ".gone-";
/// What anybody else may do.
const OTHERS: u32 = 0o077;

/// Makes a folder, with those above it, for its owner alone; one that is there stays as it is.
///
/// # Errors
///
/// If it cannot be made.
pub fn make_folder(folder: &Path) -> io::Result<()> {
    match folder.as_os_str().is_empty() {
        true => Ok(()),
        false => DirBuilder::new().recursive(true).mode(FOLDER).create(folder),
    }
}

/// How files are opened that this program makes: nobody else may look at them, not even for a moment.
pub fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.mode(FILE);
    options
}

/// Makes an empty file, with the folders above it, unless it is there.
///
/// # Errors
///
/// If it cannot be made.
pub fn make_file(file: &Path) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        make_folder(folder)?;
    }
    match private().write(true).create_new(true).open(file) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        made => made.map(|_| ()),
    }
}

/// Writes a file so that one that is there is whole: beside it, then renamed.
///
/// # Errors
///
/// If it cannot be written.
pub fn write_whole(file: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        make_folder(folder)?;
    }
    let unfinished = file.with_extension("part");
    let mut part = private().write(true).create(true).truncate(true).open(&unfinished)?;
    part.write_all(bytes)?;
    part.sync_all()?;
    std::fs::rename(&unfinished, file)
}

/// Whether a name is that of a file in one folder, and leads nowhere else; one that is being written is none yet.
pub fn is_plain(name: &str) -> bool {
    let letters = name.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_.".contains(letter));
    letters && !name.is_empty() && name.len() <= 200 && !name.starts_with('.') && !name.ends_with(".part")
}

/// What a kept file is called while it is found out whether it may go.
pub fn on_its_way_out(name: &str) -> String {
    format!("{LEAVING}{name}")
}

/// Whether a name is one that we give to a kept file: the hash of its content, or, of old, the request that fetched it and a
/// number. One that is being written is ours as well.
pub fn is_ours(name: &str) -> bool {
    let base = name.strip_suffix(".part").unwrap_or(name);
    let is_hash = base.len() == 64 && base.bytes().all(|sign| matches!(sign, b'0'..=b'9' | b'a'..=b'f'));
    let base = base.strip_suffix(".json").unwrap_or(base);
    let base = base.strip_suffix("-lost").unwrap_or(base);
    let base = base.strip_prefix(['i', 'm']).unwrap_or(base);
    let first = base.bytes().take_while(u8::is_ascii_digit).count();
    // An id of Discord's has as many digits; a day that somebody took for a name has fewer.
    let is_request =
        (17..=20).contains(&first) && base.bytes().all(|sign| sign.is_ascii_digit() || sign == b'-');
    is_hash || is_request
}

/// Our files in a folder, each with when it was written (Unix ms). One whose leaving was cut off comes back first.
pub fn ours_within(folder: &Path) -> Vec<(String, i64)> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let held = entries.filter_map(|entry| {
        let mut name = entry.file_name().to_str()?.to_owned();
        if let Some(back) = name.strip_prefix(LEAVING) {
            std::fs::rename(entry.path(), folder.join(back)).ok()?;
            name = back.to_owned();
        }
        let written = entry.metadata().and_then(|held| held.modified()).ok();
        let written = written.and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
        let written = written.map_or(i64::MAX, |at| i64::try_from(at.as_millis()).unwrap_or(i64::MAX));
        is_ours(&name).then_some((name, written))
    });
    held.collect()
}

/// Writes something into a folder, reads it back and takes it away: whether files can be kept there.
///
/// # Errors
///
/// Why they cannot.
pub fn try_folder(folder: &Path) -> io::Result<()> {
    make_folder(folder)?;
    let trial = folder.join(format!(".trial-{}", std::process::id()));
    let tried = (|| {
        let words = b"can it be written?";
        let mut file = private().read(true).write(true).create(true).truncate(true).open(&trial)?;
        file.write_all(words)?;
        drop(file);
        let mut read = Vec::new();
        File::open(&trial)?.read_to_end(&mut read)?;
        match read == words {
            true => Ok(()),
            false => Err(io::Error::other("what was written is not what is read")),
        }
    })();
    let gone = match std::fs::remove_file(&trial) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    };
    tried.and(gone)
}

/// Something that others than its owner may look into.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Loose {
    /// What.
    pub place: PathBuf,
    /// Its mode.
    pub mode: u32,
    /// What it should be.
    pub wanted: u32,
}

impl Loose {
    /// The one line that cures it.
    pub fn cure(&self) -> String {
        format!("chmod {:o} {}", self.wanted, self.place.display())
    }
}

impl std::fmt::Display for Loose {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (place, mode) = (self.place.display(), self.mode);
        write!(f, "{place} may be looked into by others on this machine (mode {mode:o}): {}", self.cure())
    }
}

/// Those of these files and folders that others than their owner may look into. What is not there is not looked into.
pub fn loose<'a>(places: impl IntoIterator<Item = &'a Path>) -> Vec<Loose> {
    let look = |place: &Path| {
        let held = std::fs::metadata(place).ok()?;
        let mode = held.permissions().mode() & 0o7777;
        let wanted = if held.is_dir() { FOLDER } else { FILE };
        (mode & OTHERS != 0).then(|| Loose { place: place.to_owned(), mode, wanted })
    };
    places.into_iter().filter_map(look).collect()
}

/// A file's files in `folder` that others may look into.
pub fn loose_within(folder: &Path) -> Vec<Loose> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    loose(paths.iter().map(PathBuf::as_path))
}

/// A file with something appended to its name.
pub fn beside(file: &Path, end: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

/// Which file stands at a place: another one of the same name is another file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity {
    device: u64,
    inode: u64,
}

impl Identity {
    /// That of the file at a place; none if there is none.
    pub fn of(place: &Path) -> Option<Self> {
        let held = std::fs::metadata(place).ok()?;
        Some(Self { device: held.dev(), inode: held.ino() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_names_are_names_of_kept_files() {
        for name in ["1180000000000000001-0", "i12-34-0", "i12-34.json", "0a1b", "a_b"] {
            assert!(is_plain(name), "{name}");
        }
        let long = "a".repeat(201);
        let wrong = [
            "",
            ".",
            "..",
            "../x",
            "../../x",
            "/etc/passwd",
            "a/b",
            "a\\b",
            "a\0b",
            ".hidden",
            "a.part",
            "a b",
            "ă",
            "C:x",
            "~",
            "a\n",
            long.as_str(),
        ];
        for name in wrong {
            assert!(!is_plain(name), "{name:?}");
        }
    }

    #[test]
    fn only_names_that_we_give_are_ours() {
        let hash = "0a".repeat(32);
        let part = format!("{hash}.part");
        let old = [
            "i1180000000000000001-1180000000000000002-0",
            "m1180000000000000001-0",
            "m1180000000000000001.json",
        ];
        for name in old.into_iter().chain([
            hash.as_str(),
            part.as_str(),
            "i1180000000000000001-1180000000000000002-lost.json",
        ]) {
            assert!(is_ours(name), "{name}");
        }
        for name in ["notes.txt", "2026-11-30", "12-0", ".lock", "photo.jpg", "README", "0a0a"] {
            assert!(!is_ours(name), "{name}");
        }
    }

    #[test]
    fn what_is_made_is_for_its_owner_alone() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("data/files/one");
        write_whole(&file, b"x")?;
        make_file(&folder.path().join("other/desk.db"))?;
        try_folder(&folder.path().join("third"))?;
        let places = ["data", "data/files", "data/files/one", "other", "other/desk.db", "third"];
        let places: Vec<PathBuf> = places.iter().map(|place| folder.path().join(place)).collect();
        assert!(places.iter().all(|place| place.exists()));
        assert_eq!(loose(places.iter().map(PathBuf::as_path)), []);
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644))?;
        let told = loose_within(&folder.path().join("data/files"))[0].to_string();
        assert!(told.contains("mode 644") && told.contains("chmod 600"), "{told}");
        assert!(try_folder(&file).is_err(), "a file is no folder");
        Ok(())
    }
}
