//! What is no plain text: messages passed on, stickers, polls, spoken words, and what nobody knows yet. It is told, never
//! lost, and never called empty.

use langnghe::sandbox::rules::fault::FaultKind;
use langnghe::sandbox::{Place, Say};
use serde_json::{Value, json};

use crate::scene::{MINUTE, Scene, each_scene, id, scene, words_of};
use crate::seeing::DM;

const MATTER: &str = "Nhà em mất mạng từ tối qua";

impl Scene {
    /// What the newest message of a thread says, with its embeds.
    fn newest_in(&self, thread: u64) -> String {
        words_of(&self.last(thread))
    }

    /// A private thread with a customer, and the desk thread.
    async fn in_private_thread(&mut self, with_content: bool) -> (u64, u64) {
        if with_content {
            self.stage.configure(|config| config.desk.message_content = true);
            self.crash_and_restart().await;
        }
        self.sandbox().set_dms_open(self.an, false);
        let thread = self.filed(self.an, MATTER).await;
        (thread, id(&self.sandbox().threads(self.intake)[0]["id"]))
    }
}

/// What nobody can write as words, how the thread names it, and how the customer's draft does.
fn wordless() -> Vec<(Say, &'static str)> {
    vec![
        (Say::sticker("Wumpus giận"), "Nhãn dán: Wumpus giận"),
        (Say::poll("Mấy giờ thợ tới?", &["9h", "14h"]), "Bình chọn: Mấy giờ thợ tới? (9h / 14h)"),
        (
            Say::with(
                json!({ "activity": { "type": 1, "party_id": "x" }, "application": { "id": "5", "name": "Cờ vua" } }),
            ),
            "Lời mời: Cờ vua",
        ),
        (Say::with(json!({ "contact_card": { "phone": "0912" } })), "không hiện được"),
        (Say::with(json!({ "message_reference": { "type": 1 }, "message_snapshots": [] })), "Chuyển tiếp"),
    ]
}

each_scene!(faults_d1_what_is_passed_on_is_read_as_its_words_and_marked, async |scene| {
    let thread = scene.filed(scene.an, MATTER).await;
    scene.say(scene.an, DM, Say::forwarded("Tổng đài báo chiều nay có thợ")).await;
    let told = scene.newest_in(thread);
    assert!(told.contains("Tổng đài báo chiều nay có thợ") && told.contains("Chuyển tiếp"), "{told}");
    assert_eq!(scene.times(scene.dm(scene.an), "Chưa có chữ nào"), 0);
    // Found by its words, and in the case file marked as well.
    let found = scene.command(scene.lan, thread, "case find", &[("query", json!("chieu nay co tho"))]).await;
    assert!(found.text().contains("#1"), "{}", found.text());
    // Embeds and components of a program's message are its words.
    let snapshot = json!({ "message": { "content": "", "attachments": [], "embeds": [{
            "title": "Hóa đơn tháng 10", "fields": [{ "name": "Tổng", "value": "300.000đ" }],
        }] } });
    scene
        .say(
            scene.an,
            DM,
            Say::with(json!({ "message_reference": { "type": 1 }, "message_snapshots": [snapshot] })),
        )
        .await;
    let told = scene.newest_in(thread);
    assert!(told.contains("Hóa đơn tháng 10") && told.contains("300.000đ"), "{told}");
});

each_scene!(faults_d1_what_has_no_words_is_named_in_the_thread, async |scene| {
    let thread = scene.filed(scene.an, MATTER).await;
    for (said, named) in wordless() {
        scene.say(scene.an, DM, said).await;
        let told = scene.newest_in(thread);
        assert!(told.contains(named), "{named}: {told}");
        assert!(told.contains("Nguyễn Văn An"), "who: {told}");
        assert!(!told.contains("không cho tôi đọc"), "{told}");
    }
    // Words and a sticker are one message.
    scene.say(scene.an, DM, Say { text: "gấp lắm".to_owned(), ..Say::sticker("Lửa") }).await;
    let told = scene.newest_in(thread);
    assert!(told.contains("gấp lắm") && told.contains("Nhãn dán: Lửa"), "{told}");
    assert_eq!(scene.times(scene.dm(scene.an), "Chưa có chữ nào"), 0, "{}", scene.read(scene.dm(scene.an)));
});

each_scene!(
    faults_d1_with_nothing_open_it_is_shown_back_and_a_gesture_files_nothing_by_itself,
    async |scene| {
        scene.say(scene.an, DM, Say::sticker("Chào")).await;
        scene.advance(2 * MINUTE).await;
        let dm = scene.dm(scene.an);
        assert!(scene.read(dm).contains("Nhãn dán: Chào"), "{}", scene.read(dm));
        assert_eq!(scene.times(dm, "Chưa có chữ nào"), 0);
        scene.advance(30 * MINUTE).await;
        assert!(scene.sandbox().threads(scene.desk).is_empty(), "a greeting is no complaint");
        // Forwarded words are a matter like any other.
        scene.say(scene.an, DM, Say::forwarded("Mạng rớt từ tối qua")).await;
        scene.advance(2 * MINUTE).await;
        scene.press(scene.an, dm, "Gửi").await;
        let threads = scene.sandbox().threads(scene.desk);
        assert_eq!(threads.len(), 1);
        assert!(scene.read(scene.desk).contains("Mạng rớt từ tối qua"));
        let thread = id(&threads[0]["id"]);
        assert!(scene.read(thread).contains("Chuyển tiếp"), "{}", scene.read(thread));
    }
);

#[tokio::test]
async fn faults_d1_in_a_private_thread_likewise() {
    scene(async |scene| {
        let (thread, line) = scene.in_private_thread(true).await;
        for (said, named) in wordless() {
            let unknown = named == "không hiện được";
            scene.say(scene.an, Place::Channel(line), said).await;
            // On a server Discord may keep words back, so that nothing is unread rather than unknown.
            let told = scene.newest_in(thread);
            assert!(told.contains(named) || (unknown && told.contains("Nguyễn Văn An")), "{named}: {told}");
        }
        scene.say(scene.an, Place::Channel(line), Say::forwarded("Thợ hẹn 9h")).await;
        assert!(scene.newest_in(thread).contains("Thợ hẹn 9h"), "{}", scene.newest_in(thread));
    })
    .await;
}

#[tokio::test]
async fn faults_d1_what_discord_itself_writes_is_nobodys_message() {
    scene(async |scene| {
        let thread = scene.filed(scene.an, MATTER).await;
        let before = scene.sandbox().messages(thread).len();
        for kind in [3, 4, 6, 7, 8, 12, 18, 21, 22, 24, 32, 46, 63] {
            scene.say(scene.an, DM, Say::with(json!({ "type": kind }))).await;
        }
        assert_eq!(scene.sandbox().messages(thread).len(), before, "{}", scene.read(thread));
        assert_eq!(scene.times(scene.dm(scene.an), "Chưa có chữ nào"), 0);
    })
    .await;
}

each_scene!(faults_d1_a_sticker_after_the_end_reopens_nothing, async |scene| {
    let thread = scene.filed(scene.an, MATTER).await;
    scene.command(scene.lan, thread, "case resolve", &[("outcome", json!("Đã thay dây."))]).await;
    scene.say(scene.an, DM, Say::sticker("Tim")).await;
    assert!(scene.read(thread).contains("Nhãn dán: Tim"), "{}", scene.read(thread));
    let shown = scene.command(scene.lan, thread, "case show", &[]).await;
    let shown = shown.message.map(|message| message.to_string()).unwrap_or_default();
    assert!(shown.contains("Đã giải quyết") || !scene.read(thread).contains("mở lại"), "{shown}");
});

each_scene!(faults_b5_a_file_that_did_not_arrive_is_named_to_staff_too, async |scene| {
    let thread = scene.filed(scene.an, MATTER).await;
    let file = |name: &str, size: usize| (name.to_owned(), vec![7; size]);
    let large = 11 * 1024 * 1024;
    let said = Say {
        text: "Video đây ạ".to_owned(),
        files: vec![file("anh.jpg", 2_000), file("phim.mp4", large)],
        ..Say::default()
    };
    scene.say(scene.an, DM, said).await;
    let told = scene.newest_in(thread);
    assert!(told.contains("Video đây ạ") && told.contains("phim.mp4, 11 MB, chưa nhận được"), "{told}");
    assert_eq!(scene.times(scene.dm(scene.an), "phim.mp4"), 1, "the customer as before");
    // Alone in its message, and one that cannot be fetched while others can.
    scene.say(scene.an, DM, Say { files: vec![file("to.zip", large)], ..Say::default() }).await;
    assert!(scene.newest_in(thread).contains("to.zip, 11 MB, chưa nhận được"), "{}", scene.newest_in(thread));
    scene.trouble("GET", "/attachments/", 1, FaultKind::Status(404));
    let two = Say { files: vec![file("mot.jpg", 1_000), file("hai.jpg", 1_000)], ..Say::default() };
    scene.say(scene.an, DM, two).await;
    let told = scene.newest_in(thread);
    assert!(told.contains("mot.jpg") && told.contains("chưa nhận được"), "{told}");
    let carried = scene.sandbox().messages(thread);
    let carried = carried.iter().flat_map(|held| held["attachments"].as_array().cloned().unwrap_or_default());
    let names: Vec<Value> = carried.map(|held| held["filename"].clone()).collect();
    assert!(names.contains(&json!("hai.jpg")) && !names.contains(&json!("mot.jpg")), "{names:?}");
    // In the case file.
    let page = scene.page(scene.lan, thread, &[]).await.expect("a case file");
    assert!(page.contains("phim.mp4, 11 MB, chưa nhận được"), "{page}");
});

each_scene!(faults_b5_a_file_of_the_form_that_did_not_arrive_is_named_in_the_thread, async |scene| {
    scene.trouble("GET", "/attachments/", 10, FaultKind::Status(404));
    let file = ("file".to_owned(), "hoadon.pdf".to_owned(), vec![7; 3_000]);
    let made = scene.sandbox().command_with_files(
        scene.an,
        Place::Channel(scene.intake),
        "complain",
        &[],
        vec![file],
    );
    let (form, _) = scene.outcome(made).await;
    let (_, receipt) = scene.outcome(scene.sandbox().submit(scene.an, form, &[("words", MATTER)])).await;
    assert!(receipt.text().contains("chưa tải được"), "{}", receipt.text());
    let thread = id(&scene.sandbox().threads(scene.desk)[0]["id"]);
    assert!(scene.read(thread).contains("hoadon.pdf, 3 KB, chưa nhận được"), "{}", scene.read(thread));
});
