//! All SQL. Every statement is written once and runs on SQLite and PostgreSQL alike.

pub mod blank;
pub mod board;
pub mod complaint;
pub mod copy;
pub mod counter;
pub mod data_request;
pub mod db;
pub mod draft;
pub mod erasing;
mod fault;
pub mod guild;
pub mod health;
pub mod inbox;
pub mod incident;
pub mod journal;
pub mod json;
pub mod lease;
pub mod ledger;
mod mend;
mod opening;
pub mod outbox;
pub mod place;
pub mod posted;
pub mod report;
pub mod schema;
pub mod scratch;
mod scrub;
pub mod search;
pub(crate) mod sql;
pub mod tables;
pub mod timer;
pub mod upload;
pub mod wake;

pub use fault::Fault;

use crate::kernel::ids::Stream;

/// What can go wrong with the database.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The address names no database we know.
    #[error("the database address must begin with sqlite: or postgres:")]
    UnknownKind,
    /// It could not be opened.
    #[error("cannot open the database {place}: {}", .why.said())]
    Open {
        /// Where, without the password.
        place: String,
        /// Why; told in our words, with the cure.
        why: opening::Unopened,
    },
    /// A migration failed.
    #[error("cannot bring the database's tables up to date: {0}")]
    Migration(sqlx::migrate::MigrateError),
    /// A statement failed.
    #[error("{statement}: {}", without_values(.why))]
    Statement {
        /// Its first words.
        statement: String,
        /// Why; not told as a source, since it may quote a value.
        why: sqlx::Error,
    },
    /// A payload could not be written or read.
    #[error("payload of {table}: {:?} at line {}, column {}", .why.classify(), .why.line(), .why.column())]
    Payload {
        /// The table.
        table: &'static str,
        /// Why; not told as a source, since it may quote what somebody wrote.
        why: serde_json::Error,
    },
    /// The tables contradict themselves.
    #[error("table {table}, column {column}, row {row} is inconsistent")]
    Inconsistent {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// The row.
        row: i64,
    },
    /// Another process works on this database.
    #[error(
        "another process works on this SQLite database (it holds it for {left_ms} ms more): stop it first, or use PostgreSQL"
    )]
    Taken {
        /// How long its lease still runs (ms).
        left_ms: i64,
    },
    /// It did not answer when it was asked last; nobody waits for it until it does.
    #[error("the database does not answer")]
    Lost,
    /// The file that is open is not the one that stands in its place: what is written is lost.
    #[error(
        "the database {place} was moved, deleted or replaced while it was open: put it back, or stop the program and start it \
         on the right file"
    )]
    Moved {
        /// Where it stood.
        place: String,
    },
    /// A desk runs on this database.
    #[error(
        "a desk runs on this database (its lease lasts {left_ms} ms more): stop it first; one that was killed is over then"
    )]
    InUse {
        /// How long its lease still runs (ms).
        left_ms: i64,
    },
    /// A desk has stored something here.
    #[error(
        "this database holds a desk already: name one in which nothing was ever stored, a new file or a new PostgreSQL database"
    )]
    NotBlank,
    /// The database was made by a later program.
    #[error(
        "a newer version of this program made this (migration {version} is not known here): use that one"
    )]
    Newer {
        /// The first migration that is not known.
        version: i64,
    },
    /// A copy is not what it was copied from.
    #[error("the rows of table {table} that arrived are not those that were sent: nothing was kept")]
    Copied {
        /// The table.
        table: &'static str,
    },
}

impl StoreError {
    pub(crate) fn open(url: &str, source: sqlx::Error) -> Self {
        // A password may stand between the scheme and the host.
        let place = match (url.split_once("://"), url.rsplit_once('@')) {
            (Some((scheme, _)), Some((_, host))) => format!("{scheme}://{host}"),
            _ => url.to_owned(),
        };
        // Or among the parameters.
        let place = place.split('?').next().unwrap_or_default().to_owned();
        Self::Open { place, why: opening::Unopened(source) }
    }

    pub(crate) fn statement(sql: &str, why: sqlx::Error) -> Self {
        let statement = sql.split_whitespace().take(6).collect::<Vec<_>>().join(" ");
        Self::Statement { statement, why }
    }

    pub(crate) fn payload(table: &'static str, why: serde_json::Error) -> Self {
        Self::Payload { table, why }
    }

    pub(crate) fn inconsistent(table: &'static str, column: &'static str, row: i64) -> Self {
        Self::Inconsistent { table, column, row }
    }

    /// Whether somebody else was at the same rows at the same time, so that another try may do it.
    pub fn is_conflict(&self) -> bool {
        let Self::Statement { why: sqlx::Error::Database(error), .. } = self else { return false };
        // PostgreSQL's deadlock_detected and serialization_failure.
        error.is_unique_violation() || matches!(error.code().as_deref(), Some("40P01" | "40001"))
    }

    /// Whether a row with the same key was there already.
    pub fn is_unique_violation(&self) -> bool {
        matches!(self, Self::Statement { why: sqlx::Error::Database(error), .. } if error.is_unique_violation())
    }
}

/// The stream of a row of `table`.
fn stream(table: &'static str, kind: &str, id: i64) -> Result<Stream, StoreError> {
    Stream::from_parts(kind, id).ok_or_else(|| StoreError::inconsistent(table, "kind", id))
}

/// What a database says of a failure, without the values that it quotes: PostgreSQL's class 22 speaks of data.
fn without_values(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Database(held) => match held.code() {
            Some(code) if code.len() == 5 && code.starts_with("22") => format!("SQLSTATE {code}"),
            _ => error.to_string(),
        },
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_error_tells_what_somebody_wrote_or_a_password() {
        let read = json::read::<crate::kernel::lang::Lang>("draft", "\"mất mạng từ tối qua\"");
        let Err(error) = read else { panic!("that is no language") };
        let told = format!("{:#} {:?}", anyhow::Error::from(error), "");
        assert!(!told.contains("mất mạng") && told.contains("payload of draft: Data at line 1"), "{told}");
        let refused = || sqlx::Error::PoolClosed;
        for url in ["postgres://desk:hush@db/desk", "postgres://db/desk?user=desk&password=hush"] {
            let told = StoreError::open(url, refused()).to_string();
            assert!(!told.contains("hush") && told.contains("postgres://db/desk"), "{told}");
        }
    }
}
