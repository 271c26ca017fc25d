//! Why a database cannot be opened, in one sentence with the cure; and whether a restart may cure it.

use std::io::ErrorKind;

use super::StoreError;

/// What the database, or the way to it, answered.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Unopened(pub sqlx::Error);

/// What ails it.
struct Ailment {
    said: &'static str,
    /// Nobody but whoever runs the program can cure it.
    is_lasting: bool,
}

impl Unopened {
    /// What is wrong, and what to do.
    pub fn said(&self) -> String {
        match self.ailment() {
            Some(ailment) => format!("{} ({})", ailment.said, self.0),
            None => self.0.to_string(),
        }
    }

    fn ailment(&self) -> Option<Ailment> {
        let lasting = |said| Some(Ailment { said, is_lasting: true });
        let passing = |said| Some(Ailment { said, is_lasting: false });
        let code = self.0.as_database_error().and_then(|error| error.code().map(String::from));
        // SQLite's codes are numbers whose lowest byte is the kind; PostgreSQL's are five signs.
        let kind = code.as_deref().filter(|code| code.len() < 5).and_then(|code| code.parse::<u32>().ok());
        match kind.map(|code| code & 0xff) {
            Some(8) => return lasting("it may only be read; let this user write the file and its folder"),
            Some(14) => {
                return lasting(
                    "the file or its folder cannot be opened; let this user write there, or name another file",
                );
            }
            Some(26) => return lasting("that file is no SQLite database; name another one"),
            _ => {}
        }
        match (&self.0, code.as_deref()) {
            (_, Some("28P01" | "28000")) => {
                lasting("the server refuses this user or password; correct them in DATABASE_URL")
            }
            (_, Some("3D000")) => lasting(
                "there is no such database on the server; make it, or correct its name in DATABASE_URL",
            ),
            (_, Some("42501")) => {
                lasting("this user may not use it; grant it, or name another in DATABASE_URL")
            }
            (_, Some("53300" | "57P03")) => passing("the server takes nobody now; try again when it does"),
            (sqlx::Error::Configuration(_), _) => lasting(
                "that is no address; write e.g. sqlite://data/langnghe.db or postgres://user@host/database",
            ),
            (sqlx::Error::Tls(_), _) => {
                lasting("no encrypted connection comes about; see sslmode in DATABASE_URL")
            }
            (sqlx::Error::Io(error), _) => match error.kind() {
                ErrorKind::PermissionDenied
                | ErrorKind::ReadOnlyFilesystem
                | ErrorKind::NotADirectory
                | ErrorKind::AlreadyExists => {
                    lasting("the folder cannot be written; let this user write there, or name another")
                }
                ErrorKind::ConnectionRefused | ErrorKind::ConnectionReset | ErrorKind::TimedOut => passing(
                    "nothing answers there; see whether the server runs, and host and port in DATABASE_URL",
                ),
                _ => passing("the way there is closed; see host and port in DATABASE_URL"),
            },
            (sqlx::Error::PoolTimedOut, _) => passing(
                "nothing answers there; see whether the server runs, and host and port in DATABASE_URL",
            ),
            _ => None,
        }
    }
}

impl StoreError {
    /// Whether a restart meets the same again.
    pub fn is_lasting(&self) -> bool {
        match self {
            Self::Open { why, .. } => why.ailment().is_some_and(|ailment| ailment.is_lasting),
            Self::UnknownKind | Self::Newer { .. } => true,
            _ => false,
        }
    }
}
