//! Backups that an earlier version wrote, of a desk on which nearly everything happened and with outbox messages still to be
//! brought.

use std::path::Path;

use langnghe::archive::read::{Piece, Reader};
use langnghe::archive::restore::restore;
use langnghe::archive::write::write;
use langnghe::domain::complaint::Complaint;
use langnghe::kernel::ids::GuildId;
use langnghe::store;

use super::played::People;
use super::{committed, expect_text, harvest};
use crate::databases::{Kind, each_address, on};
use crate::scene::{MINUTE, Scene, id};

/// Which database each backup was taken from.
const BACKUPS: [&str; 2] = ["sqlite", "postgres"];

fn name(kind: &str) -> String {
    format!("desk-{kind}.backup")
}

#[tokio::test]
#[ignore = "writes: CONTRIBUTING.md, golden data"]
async fn write_backups() {
    let folder = harvest::folder().expect("LANGNGHE_WRITE_GOLDEN names a folder");
    std::fs::create_dir_all(&folder).expect("a folder");
    for kind in [Kind::Sqlite, Kind::Postgres] {
        on(kind, async |url: String| {
            let mut scene = Scene::before(&url).await;
            let people = People::join(&scene);
            scene.open_desk().await;
            scene.plays_everything(&people).await;
            let place = folder.join(name(scene.stage.db().kind()));
            if place.exists() {
                std::fs::remove_file(&place).expect("the one of before goes");
            }
            let files = scene.folder().join("data/files");
            let now = scene.stage.clock.now();
            let written =
                write(scene.stage.db(), &files, &place, now, &mut |_, _| {}).await.expect("a backup");
            assert_eq!(written.missing, Vec::<String>::new());
            let waiting = store::outbox::counts(scene.stage.db()).await.expect("the store answers");
            eprintln!("{}: {waiting:?} outbox messages wait, {} bytes", place.display(), written.size);
            std::fs::write(
                folder.join(format!("{}.played.txt", scene.stage.db().kind())),
                scene.transcript(),
            )
            .expect("it is written");
            scene.stage.crash().await.expect("the bot ends");
            scene.stage.db().close().await;
            scene.sandbox().stop();
        })
        .await;
    }
}

/// The rows of a backup, each with its table, but for what must differ: who held what.
fn rows(place: &Path) -> Vec<String> {
    let mut reader = Reader::open(place).expect("it opens");
    let mut rows = Vec::new();
    loop {
        match reader.next_piece().expect("it reads") {
            Piece::Row(table, cells) => {
                let shape = &reader.shapes[table];
                let named = shape.columns.iter().zip(&cells.0).filter(|(column, _)| column.name != "owner");
                let cells: Vec<String> =
                    named.map(|(column, cell)| format!("{}: {cell:?}", column.name)).collect();
                rows.push(format!("{} {}", shape.name, cells.join(", ")));
            }
            Piece::File { name, bytes } => rows.push(format!("file {name} {bytes:?}")),
            Piece::Table(..) => {}
            Piece::End(_) => break,
        }
    }
    rows.sort_unstable();
    rows
}

#[test]
fn golden_backups_of_both_databases_hold_the_same_desk() {
    let [sqlite, postgres] = BACKUPS.map(|kind| rows(&committed().join(name(kind))));
    assert!(sqlite.len() > 500, "{}", sqlite.len());
    for (one, other) in sqlite.iter().zip(&postgres) {
        assert_eq!(one, other);
    }
    assert_eq!(sqlite.len(), postgres.len());
}

/// What arrived at people who had heard nothing before, place by place; ids differ.
fn arrived(scene: &Scene, people: &People) -> String {
    let mut told = String::new();
    let mut show = |place: &str, channel: u64| {
        let words = plain(&scene.read(channel));
        told.push_str(&format!("=== {place}\n{words}\n\n"));
    };
    show("desk", scene.desk);
    for (number, thread) in scene.sandbox().threads(scene.desk).iter().enumerate() {
        show(&format!("thread {}", number + 1), id(&thread["id"]));
    }
    show("managers", scene.managers);
    show("intake", scene.intake);
    for (number, thread) in scene.sandbox().threads(scene.intake).iter().enumerate() {
        show(&format!("private thread {}", number + 1), id(&thread["id"]));
    }
    let staff = [scene.lan, scene.mike, scene.tuan, scene.ha, people.minh];
    let all = [scene.an, scene.bob].into_iter().chain(people.more.iter().copied()).chain(staff);
    for (number, person) in all.enumerate() {
        if let Some(channel) = scene.sandbox().dm_channel(person) {
            show(&format!("direct messages of person {}", number + 1), channel);
        }
    }
    told
}

/// A text with ids left out.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut digits = String::new();
    for held in text.chars().chain(['\n']) {
        if held.is_ascii_digit() {
            digits.push(held);
            continue;
        }
        plain.push_str(if digits.len() > 15 { "…" } else { &digits });
        digits.clear();
        plain.push(held);
    }
    plain.trim_end().to_owned()
}

/// Restores a committed backup and looks at what arrives of what waited.
async fn restored_and_told(kind: &str, url: String) {
    let place = committed().join(name(kind));
    let spare = tempfile::tempdir().expect("a temporary folder");
    let mut scene = Scene::before(&format!("sqlite:{}", spare.path().join("spare.db").display())).await;
    let people = People::join(&scene);
    let data = scene.folder().join("data");
    let made_at = Reader::open(&place).expect("it opens").header.made_at;
    restore(&place, &url, &data.join("files"), made_at, &mut |_, _| {}).await.expect("it is restored");
    scene.stage.move_to(&url, data).await.expect("the restored database opens");
    let db = scene.stage.db();
    let ids = store::complaint::filed_before(db, GuildId(scene.guild), i64::MAX).await;
    let ids = ids.expect("the store answers");
    assert!(ids.len() > 10, "the desk had more than {} complaints", ids.len());
    for id in ids {
        let held = store::complaint::read(db, id).await.expect("it reads").expect("it is there");
        let journal = store::complaint::journal(db, id).await.expect("it reads");
        assert_eq!(Complaint::replay(id, &journal), Some(held), "complaint {}", id.0);
    }
    let (waiting, _) = store::outbox::counts(db).await.expect("the store answers");
    assert!(waiting > 10, "{waiting} outbox messages wait");
    scene.stage.set_clocks(made_at + 1_000);
    scene.start_bot().await;
    scene.advance(20 * MINUTE).await;
    expect_text("expected-delivery.txt", &arrived(&scene, &people));
    scene.finish().await;
}

each_address!(golden_backup_of_sqlite_is_restored_and_what_waited_is_told, async |url: String| {
    restored_and_told("sqlite", url).await;
});

each_address!(golden_backup_of_postgres_is_restored_and_what_waited_is_told, async |url: String| {
    restored_and_told("postgres", url).await;
});
