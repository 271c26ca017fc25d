//! Where an embedded database stands: what is written into a file that nobody finds again is lost, however well it was written.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::{Arc, Mutex, PoisonError};

use sqlx::sqlite::SqliteConnectOptions;

use super::StoreError;
use crate::disk::{Identity, beside};

/// What SQLite keeps beside a database that is open.
const BESIDE: [&str; 2] = ["-wal", "-shm"];

/// The file of an embedded database, as it was when it was opened.
#[derive(Clone, Debug)]
pub struct Place {
    held: Arc<Held>,
}

#[derive(Debug)]
struct Held {
    file: PathBuf,
    identity: Option<Identity>,
    beside: Mutex<[Option<Identity>; 2]>,
}

impl Place {
    /// That of a file that is open.
    pub(super) fn of(file: PathBuf) -> Self {
        let identity = Identity::of(&file);
        Self { held: Arc::new(Held { file, identity, beside: Mutex::default() }) }
    }

    /// The file.
    pub fn file(&self) -> &Path {
        &self.held.file
    }

    /// Everything that stands there: the database and what is kept beside it.
    pub fn files(&self) -> Vec<PathBuf> {
        all(&self.held.file)
    }

    /// Whether the file that is open, with what is kept beside it, is still the one that stands there.
    ///
    /// # Errors
    ///
    /// [`StoreError::Moved`] if it was moved, deleted or replaced.
    pub fn check(&self) -> Result<(), StoreError> {
        let Some(opened) = self.held.identity else { return Ok(()) };
        let moved = || StoreError::Moved { place: self.held.file.display().to_string() };
        if Identity::of(&self.held.file) != Some(opened) {
            return Err(moved());
        }
        let mut known = self.held.beside.lock().unwrap_or_else(PoisonError::into_inner);
        for (known, end) in known.iter_mut().zip(BESIDE) {
            let found = Identity::of(&beside(&self.held.file, end));
            match known {
                // A connection is always open, so they stay as long as we do.
                Some(_) if found != *known => return Err(moved()),
                Some(_) => {}
                None => *known = found,
            }
        }
        Ok(())
    }
}

/// The files of the embedded database at an address, whether they are there or not; none for a server.
pub fn of_url(url: &str) -> Vec<PathBuf> {
    let options = url.starts_with("sqlite:").then(|| SqliteConnectOptions::from_str(url).ok()).flatten();
    options.map(|options| all(options.get_filename())).unwrap_or_default()
}

fn all(file: &Path) -> Vec<PathBuf> {
    let others = BESIDE.iter().chain(&[".lock"]).map(|end| beside(file, end));
    std::iter::once(file.to_owned()).chain(others).collect()
}
