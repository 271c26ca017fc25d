//! The narrow waist over two pools: every statement is written once, with two column types, BIGINT and TEXT.

use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgArguments, PgConnection, PgPool, PgPoolOptions, PgRow};
use sqlx::sqlite::{
    SqliteArguments, SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteRow,
    SqliteSynchronous,
};
use sqlx::{Arguments, Connection, FromRow, Postgres, Sqlite, Transaction};

use super::place::Place;
use super::sql::Statement;
use super::{StoreError, schema};
use crate::disk;

/// The migrations, in order; a file that is there is never changed again.
pub(super) const MIGRATIONS: [(i64, &str, &str); 16] = [
    (1, "lease", include_str!("../../migrations/0001_lease.sql")),
    (2, "desk", include_str!("../../migrations/0002_desk.sql")),
    (3, "boards", include_str!("../../migrations/0003_boards.sql")),
    (4, "fleet", include_str!("../../migrations/0004_fleet.sql")),
    (5, "incident list", include_str!("../../migrations/0005_incident_list.sql")),
    (6, "states", include_str!("../../migrations/0006_states.sql")),
    (7, "letter heads", include_str!("../../migrations/0007_letter_heads.sql")),
    (8, "data requests", include_str!("../../migrations/0008_data_requests.sql")),
    (9, "search", include_str!("../../migrations/0009_search.sql")),
    (10, "authority", include_str!("../../migrations/0010_authority.sql")),
    (11, "posted", include_str!("../../migrations/0011_posted.sql")),
    (12, "line_places", include_str!("../../migrations/0012_line_places.sql")),
    (13, "upload", include_str!("../../migrations/0013_upload.sql")),
    (14, "search_again", include_str!("../../migrations/0014_search_again.sql")),
    (15, "streams", include_str!("../../migrations/0015_streams.sql")),
    (16, "uploads", include_str!("../../migrations/0016_uploads.sql")),
];

/// How many connections to a server one process holds. A transaction never asks for a second one: as many writers would wait
/// for each other for ever.
const CONNECTIONS: u32 = 8;
/// How long a writer waits for another one.
const BUSY: Duration = Duration::from_secs(5);

/// A value bound to a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arg {
    /// A BIGINT.
    Int(Option<i64>),
    /// A TEXT.
    Text(Option<String>),
}

macro_rules! arg_from {
    ($($source:ty => |$value:ident| $arg:expr;)*) => {$(
        impl From<$source> for Arg {
            fn from($value: $source) -> Self {
                $arg
            }
        }
    )*};
}

arg_from! {
    i64 => |value| Self::Int(Some(value));
    Option<i64> => |value| Self::Int(value);
    // Snowflakes stay below 2^63 until the year 2084.
    u64 => |value| Self::Int(Some(value.cast_signed()));
    Option<u64> => |value| Self::Int(value.map(u64::cast_signed));
    bool => |value| Self::Int(Some(i64::from(value)));
    String => |value| Self::Text(Some(value));
    &str => |value| Self::Text(Some(value.to_owned()));
    Option<String> => |value| Self::Text(value);
}

/// The values of a statement, in the order of `$1`, `$2` ….
macro_rules! args {
    ($($value:expr),* $(,)?) => {
        vec![$($crate::store::db::Arg::from($value)),*]
    };
}
pub(crate) use args;

/// A row that both databases can give.
pub trait Record: Send + Unpin + for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> {}

impl<T> Record for T where T: Send + Unpin + for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> {}

/// An open database.
#[derive(Clone, Debug)]
pub enum Db {
    /// A file: one connection writes, others read beside it.
    Sqlite {
        /// The one writer.
        write: SqlitePool,
        /// The readers.
        read: SqlitePool,
        /// The file.
        place: Place,
    },
    /// A server.
    Postgres(PgPool),
}

/// A transaction; dropped without [`Tx::commit`] it leaves nothing behind.
#[derive(Debug)]
pub enum Tx {
    /// On SQLite; it holds the write lock from its beginning.
    Sqlite(Transaction<'static, Sqlite>, Place),
    /// On PostgreSQL.
    Postgres(Transaction<'static, Postgres>),
}

impl Db {
    /// Opens `sqlite:PATH`, `sqlite://PATH` or `postgres://…`, makes the file if there is none, and applies the migrations.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the address is of no known kind, the database cannot be reached, or a migration fails.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        Self::open_with(url, CONNECTIONS).await
    }

    /// The same with so many connections to a server. With one of them whoever asks for another inside a transaction never
    /// gets it, which is how rehearsals find that.
    ///
    /// # Errors
    ///
    /// As [`Db::open`].
    pub async fn open_with(url: &str, connections: u32) -> Result<Self, StoreError> {
        let db = Self::reach(url, true, connections).await?;
        schema::bring_up_to_date(&db).await?;
        Ok(db)
    }

    /// Connects with a database and leaves what is in it as it is; a missing file is made if `make` says so.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the address is of no known kind or the database cannot be reached.
    pub async fn connect(url: &str, make: bool) -> Result<Self, StoreError> {
        Self::reach(url, make, CONNECTIONS).await
    }

    async fn reach(url: &str, make: bool, connections: u32) -> Result<Self, StoreError> {
        let opened = |error| StoreError::open(url, error);
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            // A pool asks for half a minute before it says that nothing answers; whoever starts a desk hears it at once.
            let first = tokio::time::timeout(BUSY, PgConnection::connect(url)).await;
            let first = first.unwrap_or(Err(sqlx::Error::PoolTimedOut)).map_err(opened)?;
            first.close().await.map_err(opened)?;
            let pool =
                PgPoolOptions::new().max_connections(connections).connect(url).await.map_err(opened)?;
            return Ok(Self::Postgres(pool));
        }
        if !url.starts_with("sqlite:") {
            return Err(StoreError::UnknownKind);
        }
        let options = SqliteConnectOptions::from_str(url).map_err(opened)?;
        let file = options.get_filename().to_path_buf();
        if make {
            // Made by us and not by SQLite, so that it was never anybody else's to read; what SQLite puts beside it is like it.
            let made = file.clone();
            let made = tokio::task::spawn_blocking(move || disk::make_file(&made)).await;
            let made = made.unwrap_or_else(|_| Err(std::io::ErrorKind::Other.into()));
            made.map_err(|error| opened(sqlx::Error::Io(error)))?;
        }
        // Whoever connects later finds this file or none: an empty one in its place would be a desk without a memory.
        let options = options
            .create_if_missing(false)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            // What is deleted is overwritten: what was erased stands nowhere in the file.
            .pragma("secure_delete", "ON")
            .busy_timeout(BUSY);
        // One connection stays open as long as the process lives: then the files beside the database stay the same, too.
        let pool = |most: u32| {
            SqlitePoolOptions::new()
                .max_connections(most)
                .min_connections(1)
                .idle_timeout(None)
                .max_lifetime(None)
        };
        // A full or failing disk makes SQLite itself roll back; sqlx then believes for ever that the transaction lasts, and
        // begins no other. Such a connection is closed, and the next one is well.
        let one = pool(1).after_release(|connection, _| {
            Box::pin(async move {
                connection.ping().await?;
                Ok(!connection.is_in_transaction())
            })
        });
        let write = one.connect_with(options.clone()).await;
        let write = write.map_err(opened)?;
        let read = pool(4).connect_with(options.read_only(true)).await;
        Ok(Self::Sqlite { write, read: read.map_err(opened)?, place: Place::of(file) })
    }

    /// The same database by connections of its own, for what must not wait behind everything else.
    pub fn apart(&self) -> Self {
        match self {
            Self::Sqlite { .. } => self.clone(),
            Self::Postgres(pool) => {
                let options = PgPoolOptions::new().max_connections(2).acquire_timeout(BUSY);
                Self::Postgres(options.connect_lazy_with((*pool.connect_options()).clone()))
            }
        }
    }

    /// The file of an embedded database.
    pub fn file(&self) -> Option<PathBuf> {
        match self {
            Self::Sqlite { place, .. } => Some(place.file().to_path_buf()),
            Self::Postgres(_) => None,
        }
    }

    /// The files of an embedded database, whether they are there or not.
    pub fn files(&self) -> Vec<PathBuf> {
        match self {
            Self::Sqlite { place, .. } => place.files(),
            Self::Postgres(_) => Vec::new(),
        }
    }

    /// Whether this is SQLite, where only one process may work.
    pub fn is_embedded(&self) -> bool {
        matches!(self, Self::Sqlite { .. })
    }

    /// Its name in metrics.
    pub fn kind(&self) -> &'static str {
        if self.is_embedded() { "sqlite" } else { "postgres" }
    }

    /// Asks a server for a connection beside those that are held, however many wait for one of these. A file needs no asking.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the server gives none; [`StoreError::Lost`] if it says nothing within `patience`.
    pub async fn knock(&self, patience: Duration) -> Result<(), StoreError> {
        let Self::Postgres(pool) = self else { return Ok(()) };
        let options = pool.connect_options();
        let knocked = async {
            let connection = PgConnection::connect_with(&options).await?;
            connection.close().await
        };
        match tokio::time::timeout(patience, knocked).await {
            Ok(answered) => answered.map_err(|error| StoreError::statement("CONNECT", error)),
            Err(_) => Err(StoreError::Lost),
        }
    }

    /// Closes the connections.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { write, read, .. } => {
                read.close().await;
                write.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }

    /// Begins a transaction; on SQLite it takes the write lock at once, so it cannot fail half-way for want of it.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if no connection can be had.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        let begun = |error| StoreError::statement("BEGIN", error);
        match self {
            Self::Sqlite { write, place, .. } => {
                let tx = write.begin_with("BEGIN IMMEDIATE").await.map_err(begun)?;
                place.check()?;
                Ok(Tx::Sqlite(tx, place.clone()))
            }
            Self::Postgres(pool) => pool.begin().await.map(Tx::Postgres).map_err(begun),
        }
    }

    /// Begins a transaction that only reads, and sees one state of the database from its first statement on; others write
    /// meanwhile.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if no connection can be had.
    pub async fn snapshot(&self) -> Result<Tx, StoreError> {
        let begun = |error| StoreError::statement("BEGIN", error);
        match self {
            Self::Sqlite { read, place, .. } => {
                read.begin().await.map(|tx| Tx::Sqlite(tx, place.clone())).map_err(begun)
            }
            Self::Postgres(pool) => {
                let begin = "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";
                pool.begin_with(begin).await.map(Tx::Postgres).map_err(begun)
            }
        }
    }

    /// All rows of a reading statement.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses or a row is not of this shape.
    pub async fn all<T: Record>(
        &self,
        sql: impl Into<Statement>,
        args: Vec<Arg>,
    ) -> Result<Vec<T>, StoreError> {
        let sql = sql.into();
        match self {
            Self::Sqlite { read, .. } => {
                sqlx::query_as_with(sql.sqlite, sqlite_args(args)?).fetch_all(read).await
            }
            Self::Postgres(pool) => {
                sqlx::query_as_with(sql.postgres, postgres_args(args)?).fetch_all(pool).await
            }
        }
        .map_err(|error| StoreError::statement(sql.sqlite, error))
    }

    /// The first row of a reading statement, if there is one.
    ///
    /// # Errors
    ///
    /// As [`Db::all`].
    pub async fn optional<T: Record>(
        &self,
        sql: impl Into<Statement>,
        args: Vec<Arg>,
    ) -> Result<Option<T>, StoreError> {
        Ok(self.all(sql, args).await?.into_iter().next())
    }

    /// The row of a reading statement.
    ///
    /// # Errors
    ///
    /// As [`Db::all`], and if there is none.
    pub async fn one<T: Record>(&self, sql: impl Into<Statement>, args: Vec<Arg>) -> Result<T, StoreError> {
        let sql = sql.into();
        self.optional(sql, args)
            .await?
            .ok_or_else(|| StoreError::statement(sql.sqlite, sqlx::Error::RowNotFound))
    }
}

impl Tx {
    /// All rows.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses or a row is not of this shape.
    pub async fn all<T: Record>(
        &mut self,
        sql: impl Into<Statement>,
        args: Vec<Arg>,
    ) -> Result<Vec<T>, StoreError> {
        let sql = sql.into();
        match self {
            Self::Sqlite(tx, _) => {
                sqlx::query_as_with(sql.sqlite, sqlite_args(args)?).fetch_all(&mut **tx).await
            }
            Self::Postgres(tx) => {
                sqlx::query_as_with(sql.postgres, postgres_args(args)?).fetch_all(&mut **tx).await
            }
        }
        .map_err(|error| StoreError::statement(sql.sqlite, error))
    }

    /// The first row, if there is one.
    ///
    /// # Errors
    ///
    /// As [`Tx::all`].
    pub async fn optional<T: Record>(
        &mut self,
        sql: impl Into<Statement>,
        args: Vec<Arg>,
    ) -> Result<Option<T>, StoreError> {
        Ok(self.all(sql, args).await?.into_iter().next())
    }

    /// The row.
    ///
    /// # Errors
    ///
    /// As [`Tx::all`], and if there is none.
    pub async fn one<T: Record>(
        &mut self,
        sql: impl Into<Statement>,
        args: Vec<Arg>,
    ) -> Result<T, StoreError> {
        let sql = sql.into();
        self.optional(sql, args)
            .await?
            .ok_or_else(|| StoreError::statement(sql.sqlite, sqlx::Error::RowNotFound))
    }

    /// Runs a changing statement and returns how many rows it changed.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses.
    pub async fn run(&mut self, sql: impl Into<Statement>, args: Vec<Arg>) -> Result<u64, StoreError> {
        let sql = sql.into();
        match self {
            Self::Sqlite(tx, _) => sqlx::query_with(sql.sqlite, sqlite_args(args)?)
                .execute(&mut **tx)
                .await
                .map(|done| done.rows_affected()),
            Self::Postgres(tx) => sqlx::query_with(sql.postgres, postgres_args(args)?)
                .execute(&mut **tx)
                .await
                .map(|done| done.rows_affected()),
        }
        .map_err(|error| StoreError::statement(sql.sqlite, error))
    }

    /// Makes everything in it last.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses; nothing of it lasts then. [`StoreError::Moved`] if it lasts in a file that
    /// nobody will find.
    pub async fn commit(self) -> Result<(), StoreError> {
        let committed = |error| StoreError::statement("COMMIT", error);
        match self {
            Self::Sqlite(tx, place) => {
                tx.commit().await.map_err(committed)?;
                place.check()
            }
            Self::Postgres(tx) => tx.commit().await.map_err(committed),
        }
    }
}

fn sqlite_args(args: Vec<Arg>) -> Result<SqliteArguments, StoreError> {
    let mut bound = SqliteArguments::default();
    for arg in args {
        match arg {
            Arg::Int(value) => bound.add(value),
            Arg::Text(value) => bound.add(value),
        }
        .map_err(|error| StoreError::statement("(argument)", sqlx::Error::Encode(error)))?;
    }
    Ok(bound)
}

fn postgres_args(args: Vec<Arg>) -> Result<PgArguments, StoreError> {
    let mut bound = PgArguments::default();
    for arg in args {
        match arg {
            Arg::Int(value) => bound.add(value),
            // PostgreSQL cannot hold a NUL in text; nobody can see one either.
            Arg::Text(value) => bound.add(value.map(|text| text.replace('\0', ""))),
        }
        .map_err(|error| StoreError::statement("(argument)", sqlx::Error::Encode(error)))?;
    }
    Ok(bound)
}
