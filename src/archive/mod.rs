//! A whole desk in one file: its tables and the files that are on their way. Written while the desk runs, checked whole
//! before anything of it is restored, on either database.
//!
//! It is gzip of lines of JSON. An object says what follows, rows are arrays, and the bytes of a file are texts in base64:
//!
//! ```text
//! {"is":"desk","format":1,"program":"0.1.0","made_at":1795399200000,"database":"sqlite","migrations":[1,2,3,6]}
//! {"is":"file","name":"1180000000000000001-0"}
//! "aGVsbG8="
//! {"is":"end-of-file","size":5,"sha256":"…"}
//! {"is":"table","name":"counter","columns":["name","value"]}
//! ["complaint",2]
//! {"is":"end-of-table","rows":1,"sum":"…"}
//! {"is":"end","tables":15,"rows":1,"files":1,"sha256":"… of all lines above"}
//! ```
//!
//! A format of our own, since it restores on SQLite and PostgreSQL alike, comes from one transaction on both, holds the
//! files, and asks for no `pg_dump` that must be there and not be older than its server. Counts and sums stand behind what
//! they count, so that it is written in one go; whatever was cut off lacks its last line.

pub mod files;
pub mod read;
pub mod restore;
pub mod transfer;
pub mod write;

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::store::StoreError;

/// The format that this program writes and reads.
pub const FORMAT: u32 = 1;

/// What the first line says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// The format.
    pub format: u32,
    /// The version of the program that wrote it.
    pub program: String,
    /// When (Unix ms).
    pub made_at: i64,
    /// What it was taken from: `sqlite` or `postgres`.
    pub database: String,
    /// The migrations that the database had, rising.
    pub migrations: Vec<i64>,
}

/// What the last line says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// How many tables.
    pub tables: u64,
    /// How many rows in all of them.
    pub rows: u64,
    /// How many files.
    pub files: u64,
    /// The SHA-256 of all lines before it, in hex digits.
    pub sha256: String,
}

/// A line that says what follows, or what ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
enum Mark {
    Desk(Header),
    File { name: String },
    EndOfFile { size: u64, sha256: String },
    Table { name: String, columns: Vec<String> },
    EndOfTable { rows: u64, sum: String },
    End(Totals),
}

/// Why a backup cannot be written or used.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// The place is taken.
    #[error("{} is there already and is not overwritten: name another file", .0.display())]
    Exists(PathBuf),
    /// The file system refuses.
    #[error("{}: {source}", .place.display())]
    Place {
        /// Where.
        place: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// It is something else.
    #[error("this is no backup of a desk: `langnghe backup FILE` makes one")]
    NotOurs,
    /// Its end is missing.
    #[error(
        "the backup is cut off: its end is missing. Nothing was restored; copy the file again or take an older one"
    )]
    Cut,
    /// It was altered.
    #[error(
        "the backup was altered or damaged ({0}). Nothing was restored; copy the file again or take an older one"
    )]
    Altered(String),
    /// It names a file outside its folder.
    #[error(
        "the backup is not one that this program made: it names {name:?} as a kept file, which would lead out of the folder. \
         Nothing was restored"
    )]
    LeadsOut {
        /// The name.
        name: String,
    },
    /// It is of a later format.
    #[error("a newer version of this program made this backup (format {0} is not known here): use that one")]
    Newer(u32),
    /// The database holds no desk.
    #[error("there is no desk in this database: nothing was ever made in it")]
    NoDesk,
    /// The database refuses.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ArchiveError {
    fn place(place: &std::path::Path) -> impl Fn(std::io::Error) -> Self {
        let place = place.to_owned();
        move |source| Self::Place { place: place.clone(), source }
    }
}
