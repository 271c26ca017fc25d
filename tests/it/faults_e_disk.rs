//! What stands on the disk: for its owner alone, named plainly; a database or folder that is gone is never told of as if it held.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use langnghe::archive::restore::restore;
use langnghe::archive::write::write;
use langnghe::archive::{ArchiveError, read::Reader};
use langnghe::domain::complaint::FileRef;
use langnghe::domain::data::RequestMessage;
use langnghe::domain::outbox::{OutboxMessage, ThreadPost};
use langnghe::kernel::ids::{ComplaintId, RequestId, Stream, UserId};
use langnghe::sandbox::{Answer, AnswerKind, Say};
use langnghe::store::db::Db;
use langnghe::store::{self, Fault};
use langnghe::watch::dog::Dog;
use langnghe::watch::trouble::Trouble;

use crate::cli::{configure, program, run};
use crate::scene::{MONDAY_9, Scene, each_scene, id, scene};
use crate::seeing::DM;
use crate::serve::Office;

const MATTER: &str = "Nhà em mất mạng từ tối qua";

fn mode(place: &Path) -> u32 {
    let held = std::fs::metadata(place).unwrap_or_else(|error| panic!("{}: {error}", place.display()));
    held.permissions().mode() & 0o777
}

fn set_mode(place: &Path, mode: u32) {
    std::fs::set_permissions(place, Permissions::from_mode(mode)).expect("its mode can be set");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn faults_e7_what_is_made_is_for_its_owner_alone_and_looser_things_are_named_with_their_cure() {
    let office = Office::open().await;
    let mut command = program(office.folder.path());
    // Whatever the operator's shell would allow.
    command = {
        let mut shell = std::process::Command::new("sh");
        shell.current_dir(office.folder.path()).args(["-c", "umask 000; exec \"$0\" serve"]);
        shell.arg(command.get_program());
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => shell.env(name, value),
                None => shell.env_remove(name),
            };
        }
        shell
    };
    let mut serving = office.serve_by(command);
    serving.line("ready").await;
    assert_eq!(office.file(MATTER).await.kind, AnswerKind::Message);
    let at = |name: &str| office.folder.path().join(name);
    for folder in ["data", "data/files"] {
        assert_eq!(mode(&at(folder)), 0o700, "{folder}");
    }
    let files = ["", "-wal", "-shm", ".lock"].map(|end| format!("data/langnghe.db{end}"));
    for file in &files {
        assert_eq!(mode(&at(file)), 0o600, "{file}");
    }
    assert!(!serving.has_said("may be looked into"), "nothing is loose");
    serving.signal("TERM");
    serving.end().await;

    std::fs::write(at("data/files/12-0"), b"x").expect("a file");
    for (place, loose) in
        [("data", 0o755), ("data/files", 0o750), ("data/langnghe.db", 0o644), ("data/files/12-0", 0o640)]
    {
        set_mode(&at(place), loose);
    }
    let cures =
        ["chmod 700 data", "chmod 700 data/files", "chmod 600 data/langnghe.db", "chmod 600 data/files/12-0"];
    let (code, told, _) = run(office.folder.path(), &["check"]);
    assert_eq!(code, Some(0), "a warning is no error: {told}");
    let mut serving = office.serve();
    serving.line("ready").await;
    for cure in cures {
        assert!(
            told.lines().any(|line| line.starts_with("warning: ") && line.ends_with(cure)),
            "{cure}: {told}"
        );
        serving.line_with(cure).await;
    }
    serving.signal("TERM");
    assert_eq!(serving.end().await.0.code(), Some(0));
    office.sandbox.stop();
}

#[tokio::test]
async fn faults_e7_managers_read_what_others_may_look_into_and_the_restored_is_private() {
    scene(async |scene| {
        let dog = |scene: &Scene| {
            let desk = scene.stage.bot().expect("the bot runs").desk();
            Dog::new(desk.watch().clone(), desk.db().clone(), "test")
        };
        dog(scene).look(true).await;
        assert_eq!(dog(scene).watch().troubles(), [], "what we made is private");
        let folder = scene.folder().join("data");
        set_mode(&folder, 0o755);
        dog(scene).look(true).await;
        let told = scene.command(scene.tuan, scene.intake, "desk health", &[]).await;
        assert!(told.text().contains("chmod 700") && told.text().contains("755"), "{}", told.text());
        set_mode(&folder, 0o700);
        dog(scene).look(true).await;
        assert_eq!(dog(scene).watch().troubles(), []);

        let photo = ("a.jpg".to_owned(), b"jpg".to_vec());
        scene.say(scene.an, DM, Say { text: MATTER.to_owned(), files: vec![photo], ..Say::default() }).await;
        let place = scene.folder().join("desk.backup");
        write(scene.stage.db(), &folder.join("files"), &place, MONDAY_9, &mut |_, _| {})
            .await
            .expect("a backup");
        assert_eq!(mode(&place), 0o600);
        let (other, url) = (scene.folder().join("new/files"), scene.folder().join("new/db/desk.db"));
        restore(&place, &format!("sqlite:{}", url.display()), &other, MONDAY_9, &mut |_, _| {})
            .await
            .expect("it is restored");
        assert_eq!(
            [mode(&other), mode(&scene.folder().join("new")), mode(&scene.folder().join("new/db"))],
            [0o700; 3]
        );
        let kept = std::fs::read_dir(&other).expect("a folder").flatten().map(|file| mode(&file.path()));
        assert!(kept.chain([mode(&url)]).all(|mode| mode == 0o600));
    })
    .await;
}

/// Names that lead somewhere else, or nowhere.
const WRONG: [&str; 9] =
    ["../../x", "..", "/etc/hostname", "", "a/b", "a\\..\\b", "x\u{1}y", ".lock", "../files/12-0"];

fn evil(kept: &str) -> FileRef {
    FileRef { kept: kept.to_owned(), ..serde_json::from_value(file("photo.jpg")).expect("a file") }
}

fn file(name: &str) -> serde_json::Value {
    serde_json::json!({ "name": name, "media": "image/jpeg", "size": 3, "kept": "12-0" })
}

impl Scene {
    /// Writes an outbox message as if somebody had put it into the database by hand.
    async fn forge(&self, stream: Stream, outgoing: &impl serde::Serialize) {
        let body = store::json::write(outgoing).expect("JSON");
        let mut tx = self.stage.db().begin().await.expect("a transaction");
        store::outbox::add(&mut tx, stream, 2, &body, self.stage.clock.now()).await.expect("a letter");
        tx.commit().await.expect("a commit");
    }
}

impl Scene {
    /// An asks something about their data.
    async fn asked_for_data(&self) {
        self.command(self.an, self.intake, "my-data", &[]).await;
        self.press_and_fill(self.an, self.intake, "Yêu cầu khác", &[("text", "Sửa tên giúp em")]).await;
    }
}

each_scene!(faults_e8_a_name_that_leads_out_of_the_folder_is_neither_read_nor_deleted, async |scene| {
    let thread = scene.filed(scene.an, MATTER).await;
    let secrets: Vec<PathBuf> =
        ["x", "data/x", "data/files/.lock"].iter().map(|name| scene.folder().join(name)).collect();
    std::fs::create_dir_all(scene.folder().join("data/files")).expect("a folder");
    for secret in &secrets {
        std::fs::write(secret, b"SECRETMARK").expect("a file");
    }
    let stream = Stream::Complaint(ComplaintId(1));
    let absolute = secrets[0].display().to_string();
    let names: Vec<&str> = WRONG.iter().copied().chain(["../x", absolute.as_str()]).collect();
    for name in &names {
        scene
            .forge(
                stream,
                &OutboxMessage::ToThread { post: ThreadPost::FiledFiles { files: vec![evil(name)] } },
            )
            .await;
    }
    let kept = || names.iter().map(|name| (*name).to_owned()).collect::<Vec<String>>();
    scene.settle().await;
    let posted = scene.sandbox().messages(thread);
    let attached =
        posted.iter().filter(|post| post["attachments"].as_array().is_some_and(|held| !held.is_empty()));
    assert_eq!(attached.count(), 0, "nothing of this machine is shown");
    scene
        .forge(
            stream,
            &serde_json::json!({
                "letter": "take-down", "card": null, "threads": [], "kept": kept(),
            }),
        )
        .await;
    scene.settle().await;
    // The same by the way of a request about somebody's data.
    scene.asked_for_data().await;
    let drop = RequestMessage::DropFiles { kept: kept(), person: UserId(scene.an) };
    scene.forge(Stream::Request(RequestId(1)), &drop).await;
    scene.settle().await;
    for secret in &secrets {
        assert!(secret.exists(), "{} is ours to leave alone", secret.display());
    }
});

each_scene!(faults_e8_a_backup_that_names_a_file_elsewhere_is_refused_and_the_name_told, async |scene| {
    scene.filed(scene.an, MATTER).await;
    let stream = Stream::Complaint(ComplaintId(1));
    let (folder, target) = (scene.folder().join("data/files"), scene.folder().join("target.db"));
    for (number, name) in WRONG.iter().enumerate() {
        let outgoing = OutboxMessage::ToThread { post: ThreadPost::FiledFiles { files: vec![evil(name)] } };
        scene.forge(stream, &outgoing).await;
        let place = scene.folder().join(format!("{number}.backup"));
        write(scene.stage.db(), &folder, &place, MONDAY_9, &mut |_, _| {}).await.expect("a backup");
        let url = format!("sqlite:{}", target.display());
        let refused =
            restore(&place, &url, &folder, MONDAY_9, &mut |_, _| {}).await.expect_err("it is refused");
        assert!(
            matches!(&refused, ArchiveError::LeadsOut { name: told } if told == name),
            "{name:?}: {refused}"
        );
        assert!(!target.exists(), "{name:?}: nothing is made");
        scene.settle().await;
        let mut tx = scene.stage.db().begin().await.expect("a transaction");
        tx.run("DELETE FROM letter WHERE body LIKE '%photo.jpg%'", vec![]).await.expect("it goes");
        tx.commit().await.expect("a commit");
    }
    // A list of files beside them names one as well.
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("i1-2.json"), serde_json::json!([evil("../../x")]).to_string())
        .expect("a list");
    let place = scene.folder().join("list.backup");
    write(scene.stage.db(), &folder, &place, MONDAY_9, &mut |_, _| {}).await.expect("a backup");
    let refused = Reader::open(&place).and_then(Reader::check).expect_err("it is refused");
    assert!(matches!(refused, ArchiveError::LeadsOut { .. }), "{refused}");
    std::fs::remove_file(folder.join("i1-2.json")).expect("it goes");
});

impl Scene {
    /// Files without waiting for the desk to settle, which it cannot while nothing can be stored.
    async fn file_at_once(&self, words: &str) -> Answer {
        let pressed = self.sandbox().press_label(self.an, self.intake, "Gửi khiếu nại").expect("the panel");
        self.sandbox().answer(pressed).await;
        let sent = self.sandbox().submit(self.an, pressed, &[("words", words)]).expect("the form");
        let answer = tokio::time::timeout(Duration::from_secs(3), self.sandbox().answer(sent)).await;
        answer.expect("an answer within three seconds")
    }
}

/// What becomes of the files of a database while it runs, and how it is put right again.
const LOSSES: [(&str, &str); 5] = [
    ("mv desk.db away.db", "mv away.db desk.db"),
    ("cp desk.db copy.db && mv desk.db away.db && mv copy.db desk.db", "mv away.db desk.db"),
    ("ln desk.db kept.db && rm desk.db && : > desk.db", "mv kept.db desk.db"),
    ("mv desk.db-wal away-wal", "mv away-wal desk.db-wal"),
    ("mv desk.db-wal away-wal && cp away-wal desk.db-wal", "mv away-wal desk.db-wal"),
];

fn shell(folder: &Path, words: &str) {
    let done = std::process::Command::new("sh").current_dir(folder).args(["-c", words]).status();
    assert!(done.is_ok_and(|status| status.success()), "{words}");
}

#[tokio::test]
async fn faults_a5_nothing_is_recorded_into_a_file_that_nobody_finds() {
    for (lost, found) in LOSSES {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = format!("sqlite:{}", folder.path().join("desk.db").display());
        let mut scene = Scene::begin(&url).await;
        assert_eq!(scene.file(scene.an, MATTER).await.kind, AnswerKind::Message);
        shell(folder.path(), lost);
        let told = scene.file_at_once("Mất mạng lần nữa VOIDMARK").await;
        assert!(told.text().contains("Chưa lưu được"), "{lost}: {}", told.text());
        let desk = scene.stage.bot().expect("the bot runs").desk().clone();
        let dog = Dog::new(desk.watch().clone(), desk.db().clone(), "test");
        dog.look(true).await;
        let troubles: Vec<Trouble> = desk.watch().troubles().into_iter().map(|(held, _)| held).collect();
        assert!(troubles.contains(&Trouble::Database(Fault::Moved)), "{lost}: {troubles:?}");
        assert!(Trouble::Database(Fault::Moved).said().contains("put it back"));

        // Put back, it goes on by itself.
        shell(folder.path(), found);
        desk.watch().look_now();
        dog.look(true).await;
        let again = scene.file(scene.an, "Mất mạng lần thứ ba").await;
        assert!(again.text().contains("#2"), "{lost}: {}", again.text());
        scene.finish().await;
        let db = Db::open(&url).await.expect("it opens");
        let (rows,): (i64,) = db.one("SELECT COUNT(*) FROM complaint", vec![]).await.expect("a count");
        assert_eq!(rows, 2, "{lost}: what was told is there");
        db.close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn faults_a6_a_folder_that_takes_no_files_is_named_before_anything_begins() {
    let office = Office::open().await;
    let at = office.folder.path().to_path_buf();
    std::fs::write(at.join("blocked"), b"").expect("a file");
    for wrong in ["blocked", "blocked/deeper", "/proc/nothing"] {
        configure(&at, &format!("[desk]\ndata-dir = \"{wrong}\"\n"));
        let (ended, said) = office.serve().end().await;
        assert_eq!(ended.code(), Some(2), "{wrong}: {said}");
        for part in ["desk.data-dir", wrong, "name another one"] {
            assert!(said.contains(part), "{part}: {said}");
        }
        assert!(!at.join("data/langnghe.db").exists(), "found before anything is made");
    }
    office.sandbox.stop();
}

#[tokio::test]
async fn faults_a6_a_customer_whose_file_cannot_be_kept_is_not_told_to_send_it_again() {
    scene(async |scene| {
        let files = scene.folder().join("data/files");
        let _ = std::fs::remove_dir_all(&files);
        std::fs::create_dir_all(scene.folder().join("data")).expect("a folder");
        set_mode(&scene.folder().join("data"), 0o700);
        std::fs::write(&files, b"in the way").expect("a file");
        set_mode(&files, 0o600);
        let desk = scene.stage.bot().expect("the bot runs").desk().clone();
        let dog = Dog::new(desk.watch().clone(), desk.db().clone(), "test");
        dog.look(true).await;
        assert!(
            matches!(desk.watch().troubles().as_slice(), [(Trouble::Files { .. }, _)]),
            "{:?}",
            desk.watch().troubles()
        );
        assert!(desk.watch().files_failing().is_some_and(|why| why.contains("data/files")));
        let health = scene.command(scene.tuan, scene.intake, "desk health", &[]).await;
        assert!(health.text().contains("Không lưu được tệp vào"), "{}", health.text());

        let photo = || vec![("a.jpg".to_owned(), b"jpg".to_vec())];
        scene.say(scene.an, DM, Say { text: MATTER.to_owned(), files: photo(), ..Say::default() }).await;
        let dm = scene.read(scene.dm(scene.an));
        assert!(dm.contains("Lỗi ở phía bên em") && !dm.contains("giúp nhé"), "{dm}");
        let thread = scene.filed(scene.bob, "My router restarts").await;
        scene.say(scene.bob, DM, Say { text: "look".to_owned(), files: photo(), ..Say::default() }).await;
        let dm = scene.read(scene.dm(scene.bob));
        assert!(dm.contains("our fault") && !dm.contains("Please send it again"), "{dm}");
        assert!(scene.read(thread).contains("look"), "the words arrive all the same");

        std::fs::remove_file(&files).expect("it goes");
        dog.look(true).await;
        assert_eq!(desk.watch().troubles(), []);
        let before = scene.sandbox().messages(thread).len();
        scene.say(scene.bob, DM, Say { text: "again".to_owned(), files: photo(), ..Say::default() }).await;
        let post = scene.sandbox().messages(thread)[before].clone();
        assert!(
            id(&post["id"]) > 0 && post["attachments"].as_array().is_some_and(|held| held.len() == 1),
            "{post:#}"
        );
    })
    .await;
}
