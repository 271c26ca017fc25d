//! What customers changed and deleted while nobody listened is found when somebody does again, once, and only if it is so.

use langnghe::sandbox::Place;
use langnghe::sandbox::rules::fault::FaultKind;
use langnghe::store::db::{Db, Tx};
use serde_json::json;

use crate::databases::each_address;
use crate::scene::{MINUTE, Scene, each_scene, id, scene};
use crate::seeing::{DM, labels, pings};

const MATTER: &str = "Nhà em mất mạng từ tối qua";
/// How long (real ms) it is waited for whoever reads a line again, before it is looked once more.
const LOOK: i64 = 10;
const DELETED: &str = "đã xoá một tin";

impl Scene {
    async fn down(&mut self) {
        self.stage.crash().await.expect("the bot ends");
        self.advance(MINUTE).await;
    }

    async fn up(&mut self) {
        self.start_bot().await;
        self.advance(MINUTE).await;
    }

    /// Lets time pass until a line was read again and its words stand in the thread, minutes at most: nobody waits for whoever
    /// reads it.
    async fn read_again(&self, thread: u64, words: &str) {
        for _ in 0..20 {
            self.advance(MINUTE).await;
            for _ in 0..10 {
                langnghe::demo::stage::real_time(LOOK).await;
                self.settle().await;
                if self.times(thread, words) > 0 {
                    return;
                }
            }
        }
    }
}

each_scene!(faults_c3_what_was_changed_and_deleted_meanwhile_is_heard_once, async |scene| {
    let thread = scene.filed(scene.an, MATTER).await;
    let address = scene.say(scene.an, DM, "Nhà số 7 ngõ 12").await;
    let wrong = scene.say(scene.an, DM, "thôi khỏi tới").await;
    scene.say(scene.an, DM, "Cảm ơn anh chị xem giúp").await;
    let dm = scene.dm(scene.an);
    scene.down().await;
    scene.sandbox().edit_message(scene.an, dm, address, "Nhà số 17 ngõ 12").expect("it can be changed");
    scene.sandbox().delete_message(scene.an, dm, wrong).expect("it can be deleted");
    let last = scene.sandbox().say(scene.an, DM, "alo").expect("it can be written");
    scene.sandbox().delete_message(scene.an, dm, last).expect("it can be deleted");
    scene.up().await;
    assert_eq!(scene.times(thread, "Nhà số 17 ngõ 12"), 1, "{}", scene.read(thread));
    assert_eq!(scene.times(thread, DELETED), 1, "{}", scene.read(thread));
    // Neither is told again, and what is changed live is not heard once more later.
    scene.sandbox().edit_message(scene.an, dm, address, "Nhà số 19 ngõ 12").expect("it can be changed");
    scene.settle().await;
    for _ in 0..2 {
        scene.down().await;
        scene.up().await;
    }
    assert_eq!(scene.times(thread, "Nhà số 17 ngõ 12"), 1);
    assert_eq!(scene.times(thread, "Nhà số 19 ngõ 12"), 1, "{}", scene.read(thread));
    assert_eq!(scene.times(thread, DELETED), 1);
});

each_scene!(faults_c3_the_newest_message_of_all_may_be_the_one_that_is_gone, async |scene| {
    let thread = scene.filed(scene.an, MATTER).await;
    let only = scene.say(scene.an, DM, "đừng tới nữa").await;
    let dm = scene.dm(scene.an);
    scene.down().await;
    scene.sandbox().delete_message(scene.an, dm, only).expect("it can be deleted");
    scene.up().await;
    assert_eq!(scene.times(thread, DELETED), 1, "{}", scene.read(thread));
});

each_scene!(faults_c3_a_draft_follows_as_well, async |scene| {
    let first = scene.say(scene.an, DM, "Nhà em mất mạng").await;
    let second = scene.say(scene.an, DM, "số 7").await;
    let dm = scene.dm(scene.an);
    scene.stage.crash().await.expect("the bot ends");
    scene.sandbox().edit_message(scene.an, dm, second, "số 17").expect("it can be changed");
    scene.sandbox().delete_message(scene.an, dm, first).expect("it can be deleted");
    scene.start_bot().await;
    scene.advance(2 * MINUTE).await;
    scene.press(scene.an, dm, "Gửi").await;
    let card = scene.read(scene.desk);
    assert!(card.contains("số 17") && !card.contains("mất mạng"), "{card}");
    // A message of the burst that became the complaint is one of its messages.
    let thread = id(&scene.sandbox().threads(scene.desk)[0]["id"]);
    scene.down().await;
    scene.sandbox().edit_message(scene.an, dm, second, "số 27").expect("it can be changed");
    scene.up().await;
    assert_eq!(scene.times(thread, "số 27"), 1, "{}", scene.read(thread));
});

each_scene!(faults_c3_in_a_private_thread_likewise, async |scene| {
    scene.stage.configure(|config| config.desk.message_content = true);
    scene.crash_and_restart().await;
    scene.sandbox().set_dms_open(scene.an, false);
    let thread = scene.filed(scene.an, MATTER).await;
    let line = id(&scene.sandbox().threads(scene.intake)[0]["id"]);
    let kept = scene.say(scene.an, Place::Channel(line), "gọi em lúc 8h").await;
    let gone = scene.say(scene.an, Place::Channel(line), "gọi mẹ em cũng được").await;
    scene.down().await;
    scene.sandbox().edit_message(scene.an, line, kept, "gọi em lúc 18h").expect("it can be changed");
    scene.sandbox().delete_message(scene.an, line, gone).expect("it can be deleted");
    scene.up().await;
    assert_eq!(scene.times(thread, "gọi em lúc 18h"), 1, "{}", scene.read(thread));
    assert_eq!(scene.times(thread, DELETED), 1, "{}", scene.read(thread));
});

each_scene!(faults_c3_what_cannot_be_read_is_not_gone, async |scene| {
    let thread = scene.filed(scene.an, MATTER).await;
    scene.say(scene.an, DM, "vẫn mất mạng").await;
    scene.press_and_fill(scene.an, scene.intake, "Gửi khiếu nại", &[("words", "Hóa đơn sai")]).await;
    let path = format!("/channels/{}/messages", scene.dm(scene.an));
    for kind in [FaultKind::Status(500), FaultKind::Status(503)] {
        scene.down().await;
        scene.trouble("GET", &path, 3, kind);
        scene.up().await;
        scene.sandbox().clear_faults();
    }
    scene.down().await;
    scene.up().await;
    assert_eq!(scene.times(thread, DELETED), 0, "{}", scene.read(thread));
});

#[tokio::test]
async fn faults_c3_each_line_is_read_page_by_page_and_no_message_is_asked_for_by_itself() {
    scene(async |scene| {
        let thread = scene.filed(scene.an, MATTER).await;
        scene.say(scene.an, DM, "tin cũ").await;
        let dm = scene.dm(scene.an);
        scene.stage.crash().await.expect("the bot ends");
        for number in 0..250 {
            let text = format!("tin {number}");
            scene.sandbox().say(scene.an, DM, text.as_str()).expect("it can be written");
        }
        scene.sandbox().clear_calls();
        scene.start_bot().await;
        let calls = scene.sandbox().calls();
        let of_line = |call: &&langnghe::sandbox::Call| {
            call.method == "GET" && call.path.contains(&format!("/channels/{dm}/messages"))
        };
        assert_eq!(calls.iter().filter(of_line).count(), 3, "a hundred at once");
        assert_eq!(scene.times(thread, DELETED), 0);
    })
    .await;
}

/// Somebody else holds the database, so that whoever wants to write is refused at once.
async fn hold(scene: &Scene, url: &str) -> (Db, Tx) {
    let mut own = scene.stage.db().begin().await.expect("a transaction");
    let impatient = match scene.stage.db().is_embedded() {
        true => "PRAGMA busy_timeout = 0",
        false => "SET lock_timeout = 1",
    };
    own.run(impatient, Vec::new()).await.expect("it is set");
    own.commit().await.expect("it is kept");
    let other = Db::connect(url, false).await.expect("another connection");
    let mut held = other.begin().await.expect("another transaction");
    if !other.is_embedded() {
        held.run("LOCK TABLE inbox IN ACCESS EXCLUSIVE MODE", Vec::new()).await.expect("the lock");
    }
    (other, held)
}

each_address!(
    faults_c3_what_a_held_database_did_not_take_is_heard_when_it_is_free_again,
    async |url: String| {
        let mut scene = Scene::begin(&url).await;
        let thread = scene.filed(scene.an, MATTER).await;
        let address = scene.say(scene.an, DM, "Nhà số 7 ngõ 12").await;
        let wrong = scene.say(scene.an, DM, "thôi khỏi tới").await;
        let dm = scene.dm(scene.an);
        let (other, held) = hold(&scene, &url).await;
        let mut activity = scene.stage.bot().expect("the bot runs").activity();
        let before = activity.borrow().done;
        scene.sandbox().edit_message(scene.an, dm, address, "Nhà số 17 ngõ 12").expect("it can be changed");
        scene.sandbox().delete_message(scene.an, dm, wrong).expect("it can be deleted");
        scene.sandbox().say(scene.an, DM, "alo, ai nghe không").expect("it can be written");
        // All of it is heard and refused; nothing that was told before waits any more.
        activity.wait_for(|held| held.done >= before + 3).await.expect("the bot runs");
        drop(held);
        other.close().await;
        scene.read_again(thread, "Nhà số 17 ngõ 12").await;
        for told in ["Nhà số 17 ngõ 12", DELETED, "alo, ai nghe không"] {
            assert_eq!(scene.times(thread, told), 1, "{told}: {}", scene.read(thread));
        }
        scene.finish().await;
    }
);

each_scene!(faults_c3_a_line_that_may_not_be_read_for_now_is_read_when_it_may, async |scene| {
    let thread = scene.filed(scene.an, MATTER).await;
    let dm = scene.dm(scene.an);
    for (status, code) in [(403, 50_001), (403, 50_013), (403, 0), (401, 0)] {
        scene.stage.crash().await.expect("the bot ends");
        let text = format!("tin {status} {code}");
        scene.sandbox().say(scene.an, DM, text.as_str()).expect("it can be written");
        let kind = FaultKind::Refuse { status, code, words: None };
        scene.trouble("GET", &format!("/channels/{dm}/messages"), 1, kind);
        scene.start_bot().await;
        scene.read_again(thread, &text).await;
        assert_eq!(scene.times(thread, &text), 1, "{}", scene.read(thread));
    }
});

each_scene!(faults_c3_other_words_in_an_answered_message_wait_for_an_answer, async |scene| {
    let thread = scene.filed(scene.an, "Mất mạng từ tối qua").await;
    let dm = scene.dm(scene.an);
    let address = scene.say(scene.an, DM, "Nhà số 5 ngõ 3").await;
    let answer = [("text", json!("Dạ em ghi nhận ạ"))];
    scene.command(scene.lan, thread, "reply", &answer).await;
    scene.advance(MINUTE).await;
    let calls = |scene: &Scene| {
        let held = scene.those(thread, "sửa tin");
        held.iter().filter(|post| pings(post, scene.lan)).count()
    };
    scene.sandbox().edit_message(scene.an, dm, address, "Nhà số 9, mẹ em thở máy").expect("it is theirs");
    scene.settle().await;
    assert_eq!(calls(scene), 1, "{}", scene.read(thread));
    let waiting = [("filter", json!("waiting"))];
    let list = scene.command(scene.lan, scene.desk, "case list", &waiting).await;
    assert!(list.text().contains("Nguyễn Văn An"), "{}", list.text());
    scene.advance(MINUTE).await;
    // Said once more it calls nobody again, and the clock runs from the first.
    scene.sandbox().edit_message(scene.an, dm, address, "Nhà số 19, mẹ em thở máy").expect("it is theirs");
    scene.settle().await;
    assert_eq!((calls(scene), scene.times(thread, "Nhà số 19")), (1, 1), "{}", scene.read(thread));
    scene.command(scene.lan, thread, "reply", &[("text", json!("Dạ số 19, thợ đến ngay ạ"))]).await;
    scene.advance(MINUTE).await;
    // What thanks now asks for nothing.
    scene.sandbox().edit_message(scene.an, dm, address, "Cảm ơn em nhé").expect("it is theirs");
    scene.settle().await;
    let list = scene.command(scene.lan, scene.desk, "case list", &waiting).await;
    assert!(!list.text().contains("Nguyễn Văn An"), "{}", list.text());
    scene.advance(MINUTE).await;
    // Over, and other words: somebody reads them.
    scene.command(scene.lan, thread, "case resolve", &[("outcome", json!("Đã thay dây"))]).await;
    scene.sandbox().edit_message(scene.an, dm, address, "Mạng lại mất rồi em").expect("it is theirs");
    scene.settle().await;
    let told = scene.the(thread, "Mạng lại mất rồi em");
    assert!(pings(&told, scene.lan) && labels(&told).contains(&"Không cần trả lời".to_owned()), "{told}");
    scene.command(scene.lan, thread, "reply", &[("text", json!("Dạ em xem lại ngay ạ"))]).await;
});
