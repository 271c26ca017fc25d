//! Files that people send: evidence as long as their complaint, gone with it, and nothing else stays or goes.

use langnghe::archive::restore::restore;
use langnghe::archive::write::write;
use langnghe::discord::files::hash;
use langnghe::sandbox::rules::fault::FaultKind;
use langnghe::sandbox::{Place, Say};
use langnghe::store;
use serde_json::{Value, json};

use crate::scene::{HOUR, MINUTE, MONDAY_9, Scene, each_scene, id, scene};
use crate::seeing::DM;

const DAY: i64 = 24 * HOUR;
const MATTER: &str = "Nhà em mất mạng từ tối qua";

fn photo(number: u8) -> Vec<u8> {
    (0..=255).cycle().take(3_000).map(|byte: u8| byte.wrapping_add(number)).collect()
}

fn with(name: &str, bytes: Vec<u8>) -> Say {
    Say { text: "ảnh đây".to_owned(), files: vec![(name.to_owned(), bytes)], ..Say::default() }
}

impl Scene {
    /// What is kept, by name.
    fn evidence(&self) -> Vec<String> {
        let held = std::fs::read_dir(self.folder().join("data/files")).into_iter().flatten().flatten();
        let mut names: Vec<String> =
            held.map(|file| file.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    async fn house(&self) {
        let desk = self.stage.bot().expect("the bot runs").desk().clone();
        desk.retention().keep_house().await.expect("the house is kept");
        self.settle().await;
    }

    /// Files with a photo by `/complain`. Returns the desk thread.
    async fn filed_with(&self, name: &str, bytes: Vec<u8>) -> u64 {
        let before = self.sandbox().threads(self.desk).len();
        let form = self.form_with(name, bytes).await;
        self.outcome(self.sandbox().submit(self.an, form, &[("words", MATTER)])).await;
        id(&self.sandbox().threads(self.desk)[before]["id"])
    }

    /// `/complain file:`, whose form is not sent yet.
    async fn form_with(&self, name: &str, bytes: Vec<u8>) -> u64 {
        let files = vec![("file".to_owned(), name.to_owned(), bytes)];
        let place = Place::Channel(self.intake);
        self.outcome(self.sandbox().command_with_files(self.an, place, "complain", &[], files)).await.0
    }

    async fn erases(&self, person: u64) {
        self.command(person, self.intake, "my-data", &[]).await;
        self.press(person, self.intake, "Xóa").await;
        self.press(person, self.intake, "Xóa ngay").await;
    }
}

each_scene!(faults_e4_what_nobody_needs_is_swept_after_a_day_and_nothing_else, async |scene| {
    let kept = scene.filed_with("den-do.jpg", photo(1)).await;
    assert!(kept > 0);
    // A form that never came back, and a draft that was dropped.
    scene.form_with("cu.jpg", photo(2)).await;
    scene.say(scene.bob, DM, with("draft.jpg", photo(3))).await;
    scene.advance(2 * MINUTE).await;
    scene.press(scene.bob, scene.dm(scene.bob), "Không phải khiếu nại").await;
    // What no row names, of ours and of others.
    let folder = scene.folder().join("data/files");
    for name in ["i1180000000000000001-1180000000000000002-0", "m1180000000000000001.json", "notes.txt"] {
        std::fs::write(folder.join(name), b"x").expect("a file");
    }
    scene.house().await;
    assert_eq!(scene.evidence().len(), 6, "{:?}", scene.evidence());
    scene.advance(25 * HOUR).await;
    scene.house().await;
    let mut left = vec![hash(&photo(1)), "notes.txt".to_owned()];
    left.sort();
    assert_eq!(scene.evidence(), left);
    assert!(scene.where_is("cu.jpg").await.is_empty() && scene.where_is("draft.jpg").await.len() == 1);
});

each_scene!(faults_e4_a_customer_cannot_fill_the_disk_and_staff_hear_of_what_was_not_kept, async |scene| {
    scene.stage.configure(|config| config.desk.files_per_person = 10_000);
    scene.crash_and_restart().await;
    let thread = scene.filed_with("mot.jpg", photo(1)).await;
    // The same once more needs no more room.
    scene.say(scene.an, DM, with("mot-lan-nua.jpg", photo(1))).await;
    scene.say(scene.an, DM, with("hai.jpg", photo(2))).await;
    scene.say(scene.an, DM, with("ba.jpg", photo(3))).await;
    scene.say(scene.an, DM, with("QUAMUC.jpg", photo(4))).await;
    assert_eq!(scene.evidence().len(), 3, "{:?}", scene.evidence());
    let told = scene.read(scene.dm(scene.an));
    assert!(told.contains("QUAMUC.jpg") && told.contains("đã đầy"), "{told}");
    assert!(scene.read(thread).contains("QUAMUC.jpg"), "{}", scene.read(thread));
    // Words are taken all the same, and somebody else has room of their own.
    let form = scene.form_with("NUA.jpg", photo(5)).await;
    let receipt = scene.outcome(scene.sandbox().submit(scene.an, form, &[("words", "Cước sai")])).await.1;
    assert!(receipt.text().contains("**#2**") && receipt.text().contains("đã đầy"), "{}", receipt.text());
    let second = id(&scene.sandbox().threads(scene.desk)[1]["id"]);
    assert!(scene.read(second).contains("NUA.jpg"), "{}", scene.read(second));
    scene.filed(scene.bob, "My router restarts").await;
    scene.say(scene.bob, DM, with("bob.jpg", photo(6))).await;
    assert_eq!(scene.evidence().len(), 4);
});

each_scene!(faults_e5_erasing_takes_no_file_that_is_still_to_be_brought, async |scene| {
    // Discord takes nothing into any thread for now.
    scene.trouble("POST", "/threads", 100, FaultKind::Status(500));
    scene.form_with("cu.jpg", photo(2)).await;
    let form = scene.form_with("den-do.jpg", photo(1)).await;
    scene.outcome(scene.sandbox().submit(scene.an, form, &[("words", MATTER)])).await;
    scene.erases(scene.an).await;
    assert_eq!(
        scene.evidence(),
        [hash(&photo(1))],
        "the form that was not sent goes, the complaint is whole"
    );
    scene.sandbox().clear_faults();
    scene.advance(10 * MINUTE).await;
    let thread = id(&scene.sandbox().threads(scene.desk)[0]["id"]);
    let posts = scene.sandbox().messages(thread);
    let carries = posts.iter().find(|post| post["attachments"][0].is_object()).expect("the photo");
    assert_eq!(scene.fetch(carries).await, photo(1));
});

each_scene!(faults_e10_evidence_stays_until_its_time_is_over_and_goes_with_the_case, async |scene| {
    scene.keeps_for("60d").await;
    let thread = scene.filed_with("den-do.jpg", photo(1)).await;
    scene.say(scene.an, DM, with("lai.jpg", photo(1))).await;
    scene.say(scene.an, DM, with("khac.jpg", photo(2))).await;
    // The same photo in somebody else's complaint is kept for that one.
    scene.filed(scene.bob, "My router restarts").await;
    scene.say(scene.bob, DM, with("same.jpg", photo(2))).await;
    let mut both = vec![hash(&photo(1)), hash(&photo(2))];
    both.sort();
    assert_eq!(scene.evidence(), both, "once by content");
    scene.command(scene.tuan, thread, "case dismiss", &[("reason", json!("test"))]).await;
    scene.advance(59 * DAY).await;
    scene.house().await;
    assert_eq!(scene.evidence(), both);
    scene.advance(2 * DAY).await;
    scene.house().await;
    assert_eq!(scene.evidence(), [hash(&photo(2))]);
    let an = scene.an.to_string();
    assert!(!scene.where_is(&an).await.iter().any(|place| place.starts_with("upload")));
});

/// The files of an answer and of what came after it: name and bytes.
async fn sent(scene: &Scene, message: &Value) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for file in message["attachments"].as_array().into_iter().flatten() {
        let url = file["url"].as_str().expect("a link");
        let bytes = reqwest::get(url).await.expect("it is there").bytes().await.expect("bytes").to_vec();
        files.push((file["filename"].as_str().unwrap_or_default().to_owned(), bytes));
    }
    assert!(scene.guild > 0);
    files
}

/// What a program that we did not write finds in an archive.
fn unpacked(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let place = folder.path().join("a.zip");
    std::fs::write(&place, bytes).expect("a file");
    let script = "import sys, zipfile, json\nz = zipfile.ZipFile(sys.argv[1])\nassert z.testzip() is None\n\
                  z.extractall(sys.argv[2])\nprint(json.dumps(z.namelist()))";
    let out = folder.path().join("out");
    let read = std::process::Command::new("python3").args(["-c", script]).arg(&place).arg(&out).output();
    let read = read.expect("python3 runs");
    assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    let names: Vec<String> = serde_json::from_slice(&read.stdout).expect("names");
    let bytes = |name: &String| std::fs::read(out.join(name)).expect("a file");
    names.iter().map(|name| (name.clone(), bytes(name))).collect()
}

each_scene!(faults_e10_the_case_file_names_each_file_with_its_hash_and_takes_them_along, async |scene| {
    let thread = scene.filed_with("den-do.jpg", photo(1)).await;
    scene.say(scene.an, DM, with("khac.jpg", photo(2))).await;
    let page = scene.command(scene.lan, thread, "case file", &[]).await;
    let files = sent(scene, page.message.as_ref().expect("a message")).await;
    let text = String::from_utf8_lossy(&files[0].1).into_owned();
    assert!(text.contains(&hash(&photo(1))) && text.contains(&hash(&photo(2))), "{text}");

    let asked = [("files", json!("attached"))];
    let answer = scene.command(scene.lan, thread, "case file", &asked).await;
    assert!(answer.ephemeral, "{}", answer.text());
    let files = sent(scene, answer.message.as_ref().expect("a message")).await;
    assert_eq!(files.len(), 1);
    let held = unpacked(&files[0].1);
    let names: Vec<&str> = held.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["case-000001.html", "001-den-do.jpg", "002-khac.jpg"]);
    assert_eq!((&held[1].1, &held[2].1), (&photo(1), &photo(2)));
});

#[tokio::test]
async fn faults_e10_what_is_too_large_for_one_upload_comes_in_several_archives() {
    scene(async |scene| {
        let thread = scene.filed(scene.an, MATTER).await;
        for number in 1..=3 {
            let bytes = vec![number; 6 * 1024 * 1024];
            scene.say(scene.an, DM, with(&format!("phim-{number}.mp4"), bytes)).await;
        }
        let asked = [("files", json!("attached"))];
        let answer = scene.command(scene.lan, thread, "case file", &asked).await;
        assert!(answer.text().contains("3 tệp"), "{}", answer.text());
        let all = scene.sandbox().messages(thread);
        let mut names = Vec::new();
        for message in all.iter().filter(|message| message["ephemeral"] == true) {
            for (name, bytes) in sent(scene, message).await {
                assert!(name.ends_with(".zip") && bytes.len() <= 10 * 1024 * 1024, "{name}");
                names.extend(unpacked(&bytes).into_iter().map(|(name, _)| name));
            }
        }
        assert_eq!(names, ["case-000001.html", "001-phim-1.mp4", "002-phim-2.mp4", "003-phim-3.mp4"]);
    })
    .await;
}

each_scene!(faults_e10_a_thread_that_is_made_anew_shows_the_files_again, async |scene| {
    let thread = scene.filed_with("den-do.jpg", photo(1)).await;
    scene.say(scene.an, DM, with("khac.jpg", photo(2))).await;
    scene.sandbox().delete_channel(thread);
    scene.say(scene.an, DM, "vẫn chưa được").await;
    let threads = scene.sandbox().threads(scene.desk);
    let anew = id(&threads.last().expect("a thread")["id"]);
    assert_ne!(anew, thread);
    let mut shown = Vec::new();
    for message in scene.sandbox().messages(anew) {
        shown.extend(sent(scene, &message).await);
    }
    assert_eq!(
        shown,
        [("den-do.jpg".to_owned(), photo(1)), ("khac.jpg".to_owned(), photo(2))],
        "{}",
        scene.read(anew)
    );
});

each_scene!(faults_e10_a_backup_holds_what_was_delivered_long_ago, async |scene| {
    scene.filed_with("den-do.jpg", photo(1)).await;
    scene.advance(3 * DAY).await;
    scene.house().await;
    let (folder, place) = (scene.folder().join("data/files"), scene.folder().join("desk.backup"));
    let written = write(scene.stage.db(), &folder, &place, MONDAY_9, &mut |_, _| {}).await;
    let written = written.expect("a backup");
    assert_eq!((written.totals.files, written.missing.len()), (1, 0));
    let other = scene.folder().join("other/files");
    let url = format!("sqlite:{}", scene.folder().join("other.db").display());
    restore(&place, &url, &other, MONDAY_9, &mut |_, _| {}).await.expect("it is restored");
    assert_eq!(std::fs::read(other.join(hash(&photo(1)))).expect("it is there"), photo(1));
    // One that is missing is told.
    std::fs::remove_file(folder.join(hash(&photo(1)))).expect("it goes");
    let place = scene.folder().join("again.backup");
    let written = write(scene.stage.db(), &folder, &place, MONDAY_9, &mut |_, _| {}).await;
    assert_eq!(written.expect("a backup").missing, [hash(&photo(1))]);
});

each_scene!(faults_e10_files_of_an_older_database_are_taken_over, async |scene| {
    let thread = scene.filed_with("den-do.jpg", photo(1)).await;
    scene.stage.crash().await.expect("the bot ends");
    // As it was stored before: under the name of its request, and no table of uploads.
    let old = "i1180000000000000001-1180000000000000002-0";
    let folder = scene.folder().join("data/files");
    std::fs::rename(folder.join(hash(&photo(1))), folder.join(old)).expect("it is renamed");
    let db = scene.stage.db();
    let mut tx = db.begin().await.expect("a transaction");
    let rows: Vec<(i64, i64, String)> =
        tx.all("SELECT id, seq, body FROM journal ORDER BY seq", vec![]).await.expect("rows");
    for (complaint, seq, body) in rows {
        let body = body.replace(&hash(&photo(1)), old);
        let at = vec![body.into(), complaint.into(), seq.into()];
        tx.run("UPDATE journal SET body = $1 WHERE kind = 'complaint' AND id = $2 AND seq = $3", at)
            .await
            .expect("it is");
    }
    let state: (String,) = tx.one("SELECT state FROM complaint", vec![]).await.expect("a row");
    let state = vec![state.0.replace(&hash(&photo(1)), old).into()];
    tx.run("UPDATE complaint SET state = $1", state).await.expect("it is");
    tx.run("DROP TABLE upload", vec![]).await.expect("it goes");
    tx.run("DELETE FROM _sqlx_migrations WHERE version IN (13, 16)", vec![]).await.expect("they go");
    tx.commit().await.expect("a commit");
    store::schema::bring_up_to_date(db).await.expect("it is brought up to date");

    scene.start_bot().await;
    scene.house().await;
    scene.advance(3 * DAY).await;
    scene.house().await;
    assert_eq!(scene.evidence(), [old], "it is kept");
    let page = scene.command(scene.lan, thread, "case file", &[]).await;
    let files = sent(scene, page.message.as_ref().expect("a message")).await;
    assert!(String::from_utf8_lossy(&files[0].1).contains(&hash(&photo(1))));
});
