//! `backup`, `restore` and `migrate-data` as they are typed: what they say, what they refuse, and their exit codes.

use std::path::Path;

use langnghe::store::db::Db;
use langnghe::store::lease;

use crate::cli::{configure, program, run};
use crate::databases::{each_address, each_pair};
use crate::scene::Scene;
use crate::tiers::left_out;

/// A folder with a desk in `data/langnghe.db`, which is where the program looks by itself, and a file on its way.
async fn office() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    configure(folder.path(), "");
    let mut scene =
        Scene::begin(&format!("sqlite:{}", folder.path().join("data/langnghe.db").display())).await;
    scene.filed(scene.an, "Nhà em mất mạng từ tối qua").await;
    scene.finish().await;
    std::fs::create_dir_all(folder.path().join("data/files")).expect("a folder");
    std::fs::write(folder.path().join("data/files/77-0"), "đèn đỏ").expect("a file");
    folder
}

/// Runs the program in a folder, apart from the test's own tasks.
async fn typed(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let folder = folder.to_owned();
    let arguments: Vec<String> = arguments.iter().map(ToString::to_string).collect();
    let typed = move || run(&folder, &arguments.iter().map(String::as_str).collect::<Vec<_>>());
    tokio::task::spawn_blocking(typed).await.expect("it runs")
}

#[tokio::test]
async fn a_backup_is_written_once_and_restored_into_an_empty_database_only() {
    let folder = office().await;
    let (code, out, err) = typed(folder.path(), &["backup", "desk.backup"]).await;
    assert_eq!((code, err.as_str()), (Some(0), ""), "{out}");
    assert!(out.contains("21 tables") && out.contains("1 files"), "{out}");
    let names = || {
        let mut names: Vec<_> = std::fs::read_dir(folder.path())
            .expect("the folder")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    };
    assert_eq!(names(), ["config", "data", "desk.backup"], "nothing else is left");
    let (code, out, err) = typed(folder.path(), &["backup", "desk.backup"]).await;
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert!(err.contains("is not overwritten"), "{err}");
    // The desk's own database is no place for it.
    let (code, out, err) = typed(folder.path(), &["restore", "desk.backup"]).await;
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert!(err.contains("holds a desk already"), "{err}");

    std::fs::remove_file(folder.path().join("data/files/77-0")).expect("it goes");
    let (code, out, err) =
        typed(folder.path(), &["restore", "desk.backup", "--database", "sqlite://new/desk.db"]).await;
    assert_eq!((code, err.as_str()), (Some(0), ""), "{out}");
    assert!(out.contains("Restored desk.backup of 2026-") && out.contains("1 files into"), "{out}");
    let kept = std::fs::read_to_string(folder.path().join("data/files/77-0")).expect("it is back");
    assert_eq!(kept, "đèn đỏ");
    let (code, out, _) =
        typed(folder.path(), &["backup", "again.backup", "--database", "sqlite://new/desk.db"]).await;
    assert_eq!(code, Some(0), "{out}");
}

#[tokio::test]
async fn what_is_no_backup_and_what_is_no_database_is_said_and_leaves_nothing() {
    let folder = office().await;
    std::fs::write(folder.path().join("notes.txt"), "no backup").expect("a file");
    let cases: [(&[&str], i32, &str); 7] = [
        (&["restore", "notes.txt", "--database", "sqlite://new.db"], 1, "this is no backup of a desk"),
        (&["restore", "missing.backup", "--database", "sqlite://new.db"], 1, "missing.backup: No such file"),
        (&["backup", "desk.backup", "--database", "sqlite://new.db"], 1, "cannot open the database"),
        (&["backup", "desk.backup", "--database", "mysql://here"], 2, "sqlite://data/langnghe.db"),
        (&["backup", "nowhere/desk.backup"], 1, "nowhere/desk.backup: No such file"),
        (&["migrate-data", "--from", "sqlite://data/langnghe.db"], 2, "--to"),
        (&["migrate-data", "--from", "sqlite://new.db", "--to", "sqlite://other.db"], 1, "--from"),
    ];
    for (arguments, expected, words) in cases {
        let (code, out, err) = typed(folder.path(), arguments).await;
        assert_eq!((code, out.as_str()), (Some(expected), ""), "{arguments:?}: {err}");
        assert!(err.contains(words), "{arguments:?}: {err}");
        assert!(!folder.path().join("new.db").exists() && !folder.path().join("other.db").exists());
        assert!(!folder.path().join("desk.backup").exists());
    }
    configure(folder.path(), "[clocks.reply]\ntarget = \"15x\"\n");
    let (code, _, err) = typed(folder.path(), &["backup", "desk.backup"]).await;
    assert_eq!(code, Some(2), "{err}");
}

each_pair!(a_desk_moves_to_another_database_and_goes_on_there, async |one: String, other: String| {
    let mut scene = Scene::begin(&one).await;
    let thread = scene.filed(scene.an, "Nhà em mất mạng từ tối qua").await;
    scene.stage.crash().await.expect("the bot ends");
    let (code, out, err) = typed(scene.folder(), &["migrate-data", "--from", &one, "--to", &other]).await;
    assert_eq!((code, err.as_str()), (Some(0), ""), "{out}");
    assert!(out.contains("\njournal ") && out.contains("every table is the same there"), "{out}");
    let (code, out, err) = typed(scene.folder(), &["migrate-data", "--from", &one, "--to", &other]).await;
    assert_eq!((code, out.as_str()), (Some(1), ""), "once");
    assert!(err.contains("--to: this database holds a desk already"), "{err}");
    let data_dir = scene.folder().join("data");
    scene.stage.move_to(&other, data_dir).await.expect("it opens");
    scene.start_bot().await;
    scene.command(scene.lan, thread, "reply", &[("text", serde_json::json!("Dạ em xem ngay ạ."))]).await;
    assert_eq!(scene.times(scene.dm(scene.an), "Dạ em xem ngay ạ."), 1);
    scene.finish().await;
});

each_address!(a_desk_that_runs_is_not_moved_but_backed_up, async |url: String| {
    let folder = office().await;
    let source = format!("sqlite:{}", folder.path().join("data/langnghe.db").display());
    let db = Db::open(&source).await.expect("it opens");
    let now = langnghe::clock::Clock::System.now();
    lease::acquire(&db, "desk", "a running desk", now, now + 60_000).await.expect("it is free");
    let renewed = tokio::spawn({
        let db = db.clone();
        async move {
            // As a living desk does, the lease is renewed while one waits for it.
            for round in 1.. {
                if lease::acquire(&db, "desk", "a running desk", now, now + 60_000 + round).await.is_err() {
                    return;
                }
                tokio::task::yield_now().await;
            }
        }
    });
    let (code, out, err) =
        typed(folder.path(), &["migrate-data", "--from", "sqlite://data/langnghe.db", "--to", &url]).await;
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert!(err.contains("--from: a desk runs on this database") && err.contains("stop it first"), "{err}");
    let (code, _, err) = typed(folder.path(), &["backup", "desk.backup"]).await;
    assert_eq!((code, err.as_str()), (Some(0), ""));
    renewed.abort();
    let _ = renewed.await;
    lease::release(&db, "desk", "a running desk").await.expect("it is given back");
    db.close().await;
});

#[tokio::test]
async fn an_address_with_a_password_is_nowhere_repeated() {
    // Half a minute is waited for a server that does not answer.
    if left_out() {
        return;
    }
    let folder = office().await;
    let secret = "postgres://desk:hush@127.0.0.1:1/desk";
    let (code, out, err) = {
        let mut command = program(folder.path());
        command.args(["backup", "x.backup", "--database", secret]);
        let output = tokio::task::spawn_blocking(move || command.output()).await.expect("it runs");
        let output = output.expect("the program runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        (output.status.code(), text(output.stdout), text(output.stderr))
    };
    assert_eq!(code, Some(1));
    assert!(!out.contains("hush") && !err.contains("hush"), "{out}{err}");
}
