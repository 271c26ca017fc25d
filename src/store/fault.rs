//! What is wrong with the database itself, told apart from what is wrong with a request.

use sqlx::error::DatabaseError;
use sqlx::sqlite::SqliteError;

use super::StoreError;

/// What ails a database, so that nobody can work with it until somebody mends it or it mends itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// There is no room left.
    Full,
    /// Somebody else holds it.
    Locked,
    /// It may only be read.
    ReadOnly,
    /// It does not answer.
    Unreachable,
    /// It cannot read or write its files.
    Failing,
    /// Its file is not where it was.
    Moved,
}

impl Fault {
    /// All there are.
    pub const ALL: [Self; 6] =
        [Self::Full, Self::Locked, Self::ReadOnly, Self::Unreachable, Self::Failing, Self::Moved];

    /// Its name in logs and metrics.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Locked => "locked",
            Self::ReadOnly => "read-only",
            Self::Unreachable => "unreachable",
            Self::Failing => "failing",
            Self::Moved => "moved",
        }
    }
}

impl StoreError {
    /// What ails the database; none if the database is well and only this request was refused.
    pub fn fault(&self) -> Option<Fault> {
        match self {
            Self::Open { why, .. } => of(&why.0),
            Self::Statement { why, .. } => of(why),
            Self::Migration(_)
            | Self::UnknownKind
            | Self::Payload { .. }
            | Self::Inconsistent { .. }
            | Self::Taken { .. }
            | Self::InUse { .. }
            | Self::NotBlank
            | Self::Newer { .. }
            | Self::Copied { .. } => None,
            Self::Lost => Some(Fault::Unreachable),
            Self::Moved { .. } => Some(Fault::Moved),
        }
    }
}

fn of(error: &sqlx::Error) -> Option<Fault> {
    match error {
        sqlx::Error::Database(error) => match error.try_downcast_ref::<SqliteError>() {
            Some(error) => sqlite(error.code()?.parse().ok()?),
            None => postgres(&error.code()?),
        },
        sqlx::Error::Io(error) if error.kind() == std::io::ErrorKind::StorageFull => Some(Fault::Full),
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::Protocol(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => Some(Fault::Unreachable),
        _ => None,
    }
}

/// SQLITE_READONLY_DBMOVED: SQLite itself has noticed.
const DBMOVED: i64 = 1032;

/// By SQLite's result codes; the lowest byte is the kind (`sqlite.org/rescode.html`).
fn sqlite(code: i64) -> Option<Fault> {
    if code == DBMOVED {
        return Some(Fault::Moved);
    }
    match code & 0xff {
        5 | 6 => Some(Fault::Locked),
        8 => Some(Fault::ReadOnly),
        13 => Some(Fault::Full),
        // Input and output, a file that is not a database any more, one that cannot be opened.
        10 | 11 | 14 | 26 => Some(Fault::Failing),
        _ => None,
    }
}

/// By PostgreSQL's error codes (its manual, appendix A).
fn postgres(code: &str) -> Option<Fault> {
    match code {
        "53100" => Some(Fault::Full),
        "25006" => Some(Fault::ReadOnly),
        "55P03" => Some(Fault::Locked),
        "57P01" | "57P02" | "57P03" | "57P05" => Some(Fault::Unreachable),
        "53200" | "58000" | "58030" | "XX001" | "XX002" => Some(Fault::Failing),
        _ if code.starts_with("08") => Some(Fault::Unreachable),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_both_databases_are_told_apart() {
        // SQLITE_BUSY_SNAPSHOT, SQLITE_IOERR_WRITE, SQLITE_CONSTRAINT_UNIQUE.
        assert_eq!(sqlite(517), Some(Fault::Locked));
        assert_eq!(sqlite(DBMOVED), Some(Fault::Moved));
        assert_eq!(sqlite(8), Some(Fault::ReadOnly));
        assert_eq!(sqlite(13), Some(Fault::Full));
        assert_eq!(sqlite(778), Some(Fault::Failing));
        assert_eq!(sqlite(2067), None);
        assert_eq!(postgres("53100"), Some(Fault::Full));
        assert_eq!(postgres("25006"), Some(Fault::ReadOnly));
        assert_eq!(postgres("08006"), Some(Fault::Unreachable));
        assert_eq!(postgres("23505"), None);
    }
}
