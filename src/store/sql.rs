//! The one place where the two dialects differ: row locks, which PostgreSQL needs and SQLite's single writer does not.

/// A statement for both databases.
#[derive(Clone, Copy, Debug)]
pub struct Statement {
    /// For SQLite.
    pub sqlite: &'static str,
    /// For PostgreSQL.
    pub postgres: &'static str,
}

impl From<&'static str> for Statement {
    fn from(both: &'static str) -> Self {
        Self { sqlite: both, postgres: both }
    }
}

/// A statement that locks what it reads (`lock`), or takes what nobody else has locked (`skip`, of one table `skip of`).
macro_rules! sql {
    ($text:expr, lock) => {
        $crate::store::sql::Statement { sqlite: $text, postgres: concat!($text, " FOR UPDATE") }
    };
    ($text:expr, skip) => {
        $crate::store::sql::Statement { sqlite: $text, postgres: concat!($text, " FOR UPDATE SKIP LOCKED") }
    };
    ($text:expr, skip of $table:literal) => {
        $crate::store::sql::Statement {
            sqlite: $text,
            postgres: concat!($text, " FOR UPDATE OF ", $table, " SKIP LOCKED"),
        }
    };
}
pub(crate) use sql;
