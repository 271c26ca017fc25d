//! Backups that are really restored, and played on: between both kinds of database, with files, and made under load.

use std::path::Path;

use langnghe::archive::read::Reader;
use langnghe::archive::restore::{Restored, restore};
use langnghe::archive::write::{Written, write};
use langnghe::archive::{ArchiveError, Totals};
use langnghe::desk::inbox::Key;
use langnghe::desk::request::{Asker, Request, RequestKind};
use langnghe::domain::complaint::Complaint;
use langnghe::kernel::ids::{GuildId, UserId};
use langnghe::kernel::lang::Lang;
use langnghe::kernel::people::Person;
use langnghe::kernel::people::Rank;
use langnghe::sandbox::Say;
use langnghe::sandbox::rules::fault::{Fault, FaultKind};
use langnghe::store::db::Db;
use langnghe::store::{self, StoreError};
use serde_json::json;

use crate::databases::{each_address, each_pair};
use crate::scene::{MINUTE, MONDAY_9, Scene};
use crate::seeing::DM;

const MATTER: &str = "Nhà em mất mạng từ tối qua";

impl Scene {
    /// Writes a backup while the bot runs.
    async fn backup(&self, place: &Path) -> Written {
        let folder = self.folder().join("data/files");
        write(self.stage.db(), &folder, place, self.stage.clock.now(), &mut |_, _| {})
            .await
            .expect("a backup")
    }
}

async fn restored(place: &Path, url: &str, folder: &Path) -> Result<Restored, ArchiveError> {
    restore(place, url, folder, MONDAY_9, &mut |_, _| {}).await
}

each_pair!(a_desk_goes_on_from_its_backup_on_another_database, async |one: String, other: String| {
    let mut scene = Scene::begin(&one).await;
    let thread = scene.filed(scene.an, MATTER).await;
    scene.filed(scene.bob, "My router restarts every hour").await;
    // The customer's photo cannot be brought into the thread for now: it is kept, and its letter waits.
    let path = format!("/channels/{thread}/messages");
    let (method, kind) = (Some("POST".to_owned()), FaultKind::Status(500));
    scene.sandbox().fault(Fault { method, path_contains: Some(path), times: u32::MAX, kind });
    let photo: Vec<u8> = (0..=255).cycle().take(120_000).collect();
    let files = vec![("đèn đỏ.jpg".to_owned(), photo.clone())];
    scene
        .say(scene.an, DM, Say { text: "ảnh đây".to_owned(), files, reply_to: None, ..Say::default() })
        .await;
    let place = scene.folder().join("desk.backup");
    let written = scene.backup(&place).await;
    assert_eq!((written.missing.len(), written.totals.files), (0, 1), "the photo");
    scene.stage.crash().await.expect("the bot ends");
    scene.sandbox().clear_faults();

    let elsewhere = scene.folder().join("elsewhere");
    let told = restored(&place, &other, &elsewhere.join("files")).await.expect("it is restored");
    assert_eq!(told.totals, written.totals);
    let complaints = told.tables.iter().find(|(name, _)| *name == "complaint");
    assert_eq!(complaints, Some(&("complaint", 2)));
    scene.stage.move_to(&other, elsewhere).await.expect("the restored database opens");
    scene.start_bot().await;
    scene.advance(6 * MINUTE).await;
    let post = scene.the(thread, "ảnh đây");
    assert_eq!(scene.fetch(&post).await, photo);

    let dm = scene.dm(scene.an);
    scene.command(scene.lan, thread, "reply", &[("text", json!("Dạ em xem ngay ạ."))]).await;
    scene.command(scene.lan, thread, "case resolve", &[("outcome", json!("Đã thay dây."))]).await;
    scene.press(scene.an, dm, "5 ★").await;
    scene.press(scene.an, dm, "Rồi").await;
    for words in ["Dạ em xem ngay ạ.", "Đã thay dây.", "Khiếu nại **#1** đã được ghi lại"]
    {
        assert_eq!(scene.times(dm, words), 1, "{words}: {}", scene.read(dm));
    }
    assert!(scene.bar(thread).contains("Khách đánh giá: 5 ★"), "{}", scene.bar(thread));
    assert_eq!(scene.sandbox().threads(scene.desk).len(), 2);
    // The next number is one that was never given out.
    scene.filed(scene.bob, "My bill is wrong").await;
    assert!(scene.seen_by(scene.bob).contains("**#3**"));
    scene.finish().await;
});

each_address!(
    what_went_out_after_the_backup_swallows_nothing_that_comes_after_the_restore,
    async |url: String| {
        let mut scene = Scene::begin(&url).await;
        let thread = scene.filed(scene.an, MATTER).await;
        let place = scene.folder().join("desk.backup");
        scene.backup(&place).await;
        // These are lost with the database; what takes their places and numbers is something else.
        scene.command(scene.lan, thread, "reply", &[("text", json!("Dạ em xem ngay ạ."))]).await;
        scene.filed(scene.bob, "My router restarts every hour").await;
        scene.stage.crash().await.expect("the bot ends");
        let file = format!("sqlite:{}", scene.folder().join("restored.db").display());
        let data = scene.folder().join("data");
        restored(&place, &file, &data.join("files")).await.expect("it is restored");
        scene.stage.move_to(&file, data).await.expect("the restored database opens");
        scene.advance(1_000).await;
        scene.start_bot().await;
        scene.command(scene.lan, thread, "reply", &[("text", json!("Dạ em gọi lại ngay ạ."))]).await;
        let dm = scene.dm(scene.an);
        assert_eq!(scene.times(dm, "Dạ em gọi lại ngay ạ."), 1, "{}", scene.read(dm));
        scene.filed(scene.bob, "My bill is wrong").await;
        assert_eq!(scene.times(scene.desk, "My bill is wrong"), 1, "{}", scene.read(scene.desk));
        scene.finish().await;
    }
);

/// A filing of somebody.
fn filing(guild: u64, number: u64) -> Request {
    let person = Person { id: UserId(7_000 + number), name: format!("Khách {number}") };
    Request {
        key: Key::Text(format!("filing-{number}")),
        asker: Asker { person, lang: Some(Lang::Vi), rank: Rank::default() },
        kind: RequestKind::File {
            guild: GuildId(guild),
            words: format!("Mất mạng từ sáng, nhà số {number}"),
            wish: String::new(),
            contact: String::new(),
            files: Vec::new(),
            lost: Vec::new(),
        },
        record: None,
        pressed: None,
        sight: langnghe::domain::sight::Sight::Present,
    }
}

/// Every complaint is what its journal says, has its letters, and a number that was given out; how many there are.
async fn consistent(db: &Db, guild: u64) -> usize {
    let ids = store::complaint::filed_before(db, GuildId(guild), i64::MAX).await.expect("the store answers");
    let count = |sql: &'static str| async move { db.one::<(i64,)>(sql, vec![]).await.expect("a count").0 };
    for id in &ids {
        let held = store::complaint::read(db, *id).await.expect("it reads").expect("it is there");
        let journal = store::complaint::journal(db, *id).await.expect("it reads");
        assert_eq!(Complaint::replay(*id, &journal), Some(held), "complaint {}", id.0);
    }
    let cards = "SELECT COUNT(DISTINCT id) FROM letter WHERE kind = 'complaint'";
    let asked = "SELECT COUNT(*) FROM inbox WHERE ask LIKE 'filing-%'";
    let numbers = "SELECT CAST(COALESCE(MAX(value), 0) AS BIGINT) FROM counter WHERE name = 'complaint'";
    let all = i64::try_from(ids.len()).expect("a number");
    assert_eq!((count(cards).await, count(asked).await, count(numbers).await), (all, all, all));
    ids.len()
}

each_address!(a_backup_made_under_load_is_one_state_of_the_desk, threads = 2, async |url: String| {
    let mut scene = Scene::begin(&url).await;
    let desk = scene.stage.bot().expect("the bot runs").desk().clone();
    let guild = scene.guild;
    let filing = tokio::spawn({
        let desk = desk.clone();
        async move {
            for number in 1..=300 {
                desk.requests().ask(filing(guild, number)).await.expect("it is stored");
            }
        }
    });
    let mut sizes = Vec::new();
    while !filing.is_finished() || sizes.len() < 2 {
        let place = scene.folder().join(format!("{}.backup", sizes.len()));
        scene.backup(&place).await;
        let file = format!("sqlite:{}", place.with_extension("db").display());
        restored(&place, &file, &scene.folder().join("elsewhere")).await.expect("it is restored");
        let db = Db::open(&file).await.expect("it opens");
        sizes.push(consistent(&db, guild).await);
        db.close().await;
    }
    filing.await.expect("all are filed");
    assert!(sizes.is_sorted() && sizes.iter().any(|size| (1..300).contains(size)), "{sizes:?}");
    scene.stage.crash().await.expect("the bot ends");
    scene.stage.db().close().await;
    scene.sandbox().stop();
});

/// A small desk's backup, and how its lines look unpacked.
async fn small(folder: &Path) -> (std::path::PathBuf, Totals) {
    let mut scene = Scene::begin(&format!("sqlite:{}", folder.join("small.db").display())).await;
    scene.filed(scene.an, MATTER).await;
    let place = folder.join("small.backup");
    let written = scene.backup(&place).await;
    scene.finish().await;
    (place, written.totals)
}

#[tokio::test]
async fn whatever_is_not_the_whole_backup_is_refused_before_anything_is_written() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (place, totals) = small(folder.path()).await;
    assert_eq!(Reader::open(&place).and_then(Reader::check).expect("it is whole"), totals);
    let whole = std::fs::read(&place).expect("it reads");
    let target = folder.path().join("target.db");
    let url = format!("sqlite:{}", target.display());
    let broken = folder.path().join("broken.backup");
    let refused = async |bytes: &[u8]| {
        std::fs::write(&broken, bytes).expect("it is written");
        let refused = restored(&broken, &url, folder.path()).await.expect_err("it is refused");
        assert!(!target.exists(), "{refused}: nothing is made");
        refused
    };
    for length in [20, whole.len() / 2, whole.len() - 9, whole.len() - 1] {
        let error = refused(&whole[..length]).await;
        assert!(matches!(error, ArchiveError::Cut), "{length} of {}: {error}", whole.len());
    }
    for place in (12..whole.len()).step_by(whole.len() / 60) {
        let mut bytes = whole.clone();
        bytes[place] ^= 0x10;
        refused(&bytes).await;
    }
    assert!(matches!(refused(b"SQLite format 3\0").await, ArchiveError::NotOurs));
    assert!(matches!(refused(&[&whole[..], b"more"].concat()).await, ArchiveError::Altered(_)));

    // Unpacked, changed and packed again: the packing is right, the sums are not.
    let mut text = String::new();
    std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&whole[..]), &mut text).expect("text");
    let pack = |text: &str| {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut packer, text.as_bytes()).expect("it packs");
        packer.finish().expect("it packs")
    };
    let card =
        text.lines().find(|line| line.starts_with("[\"complaint\",1,1,")).expect("a letter").to_owned();
    let changes = [
        text.replacen("tối qua", "tối nay", 1),
        text.replace(&format!("{card}\n"), ""),
        text.replace("\"format\":1", "\"format\":2"),
        text.replacen("]}\n", ",999]}\n", 1),
        text.replace("\"name\":\"letter\"", "\"name\":\"lettre\""),
        text.replace("\"made_at\":", "\"made_at\":1"),
        format!("{text}[1]\n"),
    ];
    for changed in changes {
        assert_ne!(changed, text, "a change");
        refused(&pack(&changed)).await;
    }
    restored(&place, &url, folder.path()).await.expect("the whole one is restored");
}

each_address!(a_database_with_a_desk_is_refused_and_a_desk_that_only_started_is_not, async |url: String| {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (place, totals) = small(folder.path()).await;
    // Opened, and held by somebody.
    let db = Db::open(&url).await.expect("it opens");
    store::lease::acquire(&db, "desk", "somebody", MONDAY_9, MONDAY_9 + 5_000).await.expect("it is free");
    let error = restored(&place, &url, folder.path()).await.expect_err("somebody works there");
    assert!(matches!(error, ArchiveError::Store(StoreError::InUse { left_ms: 5_000 })), "{error}");
    store::lease::release(&db, "desk", "somebody").await.expect("it is given back");
    // What a start leaves behind is no desk yet.
    let mut tx = db.begin().await.expect("a transaction");
    tx.run("INSERT INTO digest (guild, day) VALUES (1, '2026-11-23')", vec![]).await.expect("a row");
    tx.commit().await.expect("a commit");
    assert_eq!(restored(&place, &url, folder.path()).await.expect("it is restored").totals, totals);
    let error = restored(&place, &url, folder.path()).await.expect_err("there is a desk now");
    assert!(matches!(error, ArchiveError::Store(StoreError::NotBlank)), "{error}");
    let again = folder.path().join(format!("again{}.backup", u8::from(db.is_embedded())));
    let written = write(&db, folder.path(), &again, MONDAY_9, &mut |_, _| {}).await.expect("a backup");
    assert_eq!((written.totals.rows, written.totals.tables), (totals.rows, totals.tables));
    let error = write(&db, folder.path(), &again, MONDAY_9, &mut |_, _| {}).await;
    assert!(matches!(error, Err(ArchiveError::Exists(_))), "{error:?}");
    db.close().await;
});
