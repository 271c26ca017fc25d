//! Runs a test on a fresh SQLite file, and on a fresh PostgreSQL database where a server is named.

use std::panic::{AssertUnwindSafe, resume_unwind};
use std::sync::atomic::{AtomicU32, Ordering};

use futures::FutureExt;
use langnghe::store::db::Db;
use langnghe::store::scratch::Scratch;

/// The server where databases may be made, e.g. `postgres://postgres@127.0.0.1:5432/postgres`.
pub const SERVER: &str = "LANGNGHE_TEST_POSTGRES";

/// Runs `test` on each database. Without a server it says that PostgreSQL was left out; under CI that is a failure.
pub async fn each_database(test: impl AsyncFn(Db)) {
    each_address(async |url: String| {
        let db = Db::open_with(&url, 1).await.expect("a fresh database opens");
        test(db.clone()).await;
        db.close().await;
    })
    .await;
}

/// Runs `test` with the address of each fresh database.
pub async fn each_address(test: impl AsyncFn(String)) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    test(format!("sqlite:{}", folder.path().join("new/desk.db").display())).await;
    match std::env::var(SERVER) {
        Ok(server) => on_postgres(&server, &test).await,
        Err(_) if std::env::var_os("CI").is_some() => panic!("{SERVER} must be set under CI"),
        Err(_) => eprintln!("skipped on PostgreSQL: {SERVER} is not set"),
    }
}

/// Runs `test` with the addresses of two fresh databases: of each kind to each kind.
pub async fn each_pair(test: impl AsyncFn(String, String)) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = |name: &str| format!("sqlite:{}", folder.path().join(name).display());
    test(file("one.db"), file("other.db")).await;
    // Without a server each_address says that PostgreSQL is left out, or fails.
    each_address(async |one: String| {
        if one.starts_with("postgres") {
            test(one, file("from-postgres.db")).await;
        }
    })
    .await;
    let Ok(server) = std::env::var(SERVER) else { return };
    on_postgres(&server, &async |other: String| test(file("to-postgres.db"), other).await).await;
    on_postgres(&server, &async |one: String| {
        on_postgres(&server, &async |other: String| test(one.clone(), other).await).await;
    })
    .await;
}

async fn on_postgres(server: &str, test: &impl AsyncFn(String)) {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let name = format!("langnghe_test_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::SeqCst));
    let scratch = Scratch::make(server, &name).await.expect("a fresh database on the server of the tests");
    let outcome = AssertUnwindSafe(test(scratch.address().to_owned())).catch_unwind().await;
    scratch.drop().await.expect("the database is dropped");
    if let Err(panic) = outcome {
        resume_unwind(panic);
    }
}
