//! Tests that run once on a fresh SQLite file and once on a fresh PostgreSQL database, each under a name of its own:
//! `each_address!(what_holds, async |url: String| { … });` makes `what_holds::sqlite` and `what_holds::postgres`.

use std::panic::{AssertUnwindSafe, resume_unwind};
use std::sync::atomic::{AtomicU32, Ordering};

use futures::FutureExt;
use langnghe::store::db::Db;
use langnghe::store::scratch::Scratch;

/// The server where databases may be made, e.g. `postgres://postgres@127.0.0.1:5432/postgres`.
pub const SERVER: &str = "LANGNGHE_TEST_POSTGRES";
/// With this variable what a failing test worked on is not thrown away.
pub const KEEP: &str = "LANGNGHE_TEST_KEEP";

/// The kinds of databases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A file of our own.
    Sqlite,
    /// A server, where one is named.
    Postgres,
}

/// The one place where the two tests are made. `threads = 2` plays them on so many.
macro_rules! twice {
    ($run:path, $name:ident, threads = $threads:tt, $test:expr) => {
        crate::databases::twice!(@ [tokio::test(flavor = "multi_thread", worker_threads = $threads)] $run, $name, $test);
    };
    ($run:path, $name:ident, $test:expr) => {
        crate::databases::twice!(@ [tokio::test] $run, $name, $test);
    };
    (@ [$($mark:tt)*] $run:path, $name:ident, $test:expr) => {
        async fn $name(kind: crate::databases::Kind) {
            $run(kind, $test).await;
        }

        mod $name {
            #[$($mark)*]
            async fn sqlite() {
                super::$name(crate::databases::Kind::Sqlite).await;
            }

            #[$($mark)*]
            async fn postgres() {
                super::$name(crate::databases::Kind::Postgres).await;
            }
        }
    };
}
pub(crate) use twice;

/// A test of each kind of database, given its address.
macro_rules! each_address {
    ($($test:tt)*) => { crate::databases::twice!(crate::databases::on, $($test)*); };
}
pub(crate) use each_address;

/// A test of each kind of database, given it open.
macro_rules! each_database {
    ($($test:tt)*) => { crate::databases::twice!(crate::databases::open_on, $($test)*); };
}
pub(crate) use each_database;

/// A test of each way between two kinds of databases, given the addresses of two fresh ones.
macro_rules! each_pair {
    ($name:ident, $test:expr) => {
        async fn $name(from: crate::databases::Kind, to: crate::databases::Kind) {
            crate::databases::between(from, to, $test).await;
        }

        mod $name {
            use crate::databases::Kind::{Postgres, Sqlite};

            #[tokio::test]
            async fn sqlite_to_sqlite() {
                super::$name(Sqlite, Sqlite).await;
            }

            #[tokio::test]
            async fn sqlite_to_postgres() {
                super::$name(Sqlite, Postgres).await;
            }

            #[tokio::test]
            async fn postgres_to_sqlite() {
                super::$name(Postgres, Sqlite).await;
            }

            #[tokio::test]
            async fn postgres_to_postgres() {
                super::$name(Postgres, Postgres).await;
            }
        }
    };
}
pub(crate) use each_pair;

/// Runs `test` with the address of a fresh database. Where no server is named, it says that PostgreSQL was left out; under CI
/// that is a failure.
pub async fn on(kind: Kind, test: impl AsyncFnOnce(String)) {
    match (kind, std::env::var(SERVER)) {
        (Kind::Sqlite, _) => on_a_file(test).await,
        (Kind::Postgres, Ok(server)) => on_a_server(&server, test).await,
        (Kind::Postgres, Err(_)) if std::env::var_os("CI").is_some() => {
            panic!("{SERVER} must be set under CI")
        }
        (Kind::Postgres, Err(_)) => eprintln!("skipped on PostgreSQL: {SERVER} is not set"),
    }
}

/// Runs `test` on a fresh database that is open.
pub async fn open_on(kind: Kind, test: impl AsyncFnOnce(Db)) {
    on(kind, async |url: String| {
        let db = Db::open_with(&url, 1).await.expect("a fresh database opens");
        test(db.clone()).await;
        db.close().await;
    })
    .await;
}

/// Runs `test` with the addresses of two fresh databases.
pub async fn between(from: Kind, to: Kind, test: impl AsyncFnOnce(String, String)) {
    on(from, async |one: String| on(to, async |other: String| test(one, other).await).await).await;
}

/// Runs `test` with the addresses of two fresh databases of one kind.
pub async fn two_on(kind: Kind, test: impl AsyncFnOnce(String, String)) {
    between(kind, kind, test).await;
}

/// Whether what a failing test worked on is kept.
pub fn kept() -> bool {
    std::env::var_os(KEEP).is_some()
}

async fn on_a_file(test: impl AsyncFnOnce(String)) {
    let mut folder = tempfile::tempdir().expect("a temporary folder");
    let url = format!("sqlite:{}", folder.path().join("new/desk.db").display());
    let outcome = AssertUnwindSafe(test(url)).catch_unwind().await;
    if let Err(panic) = outcome {
        folder.disable_cleanup(kept());
        drop(folder);
        resume_unwind(panic);
    }
}

async fn on_a_server(server: &str, test: impl AsyncFnOnce(String)) {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let name = format!("langnghe_test_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::SeqCst));
    let scratch = Scratch::make(server, &name).await.expect("a fresh database on the server of the tests");
    let outcome = AssertUnwindSafe(test(scratch.address().to_owned())).catch_unwind().await;
    if outcome.is_ok() || !kept() {
        scratch.drop().await.expect("the database is dropped");
    }
    if let Err(panic) = outcome {
        resume_unwind(panic);
    }
}
