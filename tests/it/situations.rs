//! What people and Discord do to the desk's places: each row of the table, and nobody is locked out.

use langnghe::discord::situation::TABLE;
use langnghe::sandbox::rules::permissions;
use serde_json::json;

use crate::scene::{HOUR, MINUTE, Scene, each_scene, id, scene};
use crate::seeing::{DM, pings};

const MATTER: &str = "Nhà em mất mạng từ tối qua";

/// The newest desk thread.
fn newest(scene: &Scene) -> u64 {
    scene.sandbox().threads(scene.desk).last().map(|thread| id(&thread["id"])).unwrap_or_default()
}

#[test]
fn every_situation_has_one_row() {
    for (place, (situation, outcome)) in TABLE.iter().enumerate() {
        assert_eq!(situation.outcome(), *outcome);
        assert!(TABLE[place + 1..].iter().all(|(other, _)| other != situation), "{situation:?}");
    }
}

each_scene!(a_thread_deleted_by_hand_is_made_anew_and_the_work_goes_on_there, async |scene| {
    let thread = scene.filed(scene.an, MATTER).await;
    scene.command(scene.lan, thread, "reply", &[("text", json!("Dạ em xem ngay ạ."))]).await;
    scene.sandbox().delete_channel(thread);
    scene.say(scene.an, DM, "Vẫn chưa có mạng em ơi").await;
    let anew = newest(scene);
    assert_ne!(anew, thread);
    let read = scene.read(anew);
    assert!(
        read.contains("đã bị xoá, nên tôi mở luồng này") && read.contains("chưa có mạng em ơi"),
        "{read}"
    );
    assert!(scene.read(scene.desk).contains(&format!("làm tiếp ở <#{anew}>")), "{}", scene.read(scene.desk));
    assert!(scene.sandbox().transcript(Default::default()).contains("Lan"));
    // The owner is in the new thread, and everything works there.
    let relayed = scene.the(anew, "**Nguyễn Văn An** viết:");
    assert!(pings(&relayed, scene.lan));
    let sent = scene.command(scene.lan, anew, "reply", &[("text", json!("Dạ em đang xử lý ạ."))]).await;
    assert!(sent.text().contains("đã chuyển đến khách"), "{}", sent.text());
});

#[tokio::test]
async fn a_reminder_for_a_deleted_thread_comes_into_the_new_one() {
    scene(async |scene| {
        let thread = scene.filed(scene.an, MATTER).await;
        scene.press(scene.lan, scene.desk, "Nhận").await;
        scene.sandbox().delete_channel(thread);
        scene.advance(10 * MINUTE).await;
        let anew = newest(scene);
        assert!(pings(&scene.the(anew, "còn hạn đến"), scene.lan), "{}", scene.read(anew));
    })
    .await;
}

#[tokio::test]
async fn a_locked_and_archived_thread_is_woken_and_an_archived_one_closes_nothing() {
    scene(async |scene| {
        let thread = scene.filed(scene.an, MATTER).await;
        scene.press(scene.lan, scene.desk, "Nhận").await;
        scene.sandbox().archive(thread, true);
        scene.sandbox().lock(thread, true);
        scene.say(scene.an, DM, "Alo?").await;
        assert!(scene.read(thread).contains("Alo?"), "{}", scene.read(thread));
        scene.sandbox().lock(thread, false);
        scene.sandbox().archive(thread, true);
        scene.advance(HOUR).await;
        assert!(scene.read(scene.managers).contains("đã quá hạn"), "its clocks go on");
        scene.say(scene.an, DM, "Còn ai không?").await;
        assert!(scene.read(thread).contains("Còn ai không?"));
    })
    .await;
}

each_scene!(
    without_permission_letters_wait_managers_hear_of_it_and_all_comes_when_it_is_mended,
    async |scene| {
        scene.sandbox().deny_bot(scene.desk, permissions::SEND_MESSAGES);
        let receipt = scene.file(scene.an, MATTER).await;
        assert!(receipt.text().contains("Cảm ơn"), "{}", receipt.text());
        scene.advance(3 * MINUTE).await;
        let desk = scene.stage.bot().expect("the bot runs").desk().clone();
        assert_eq!(desk.boards().audit().await.expect("the store answers").len(), 1);
        scene.settle().await;
        let alarm = scene.the(scene.managers, "đang kẹt");
        assert!(pings(&alarm, scene.manager_role), "{alarm}");
        // Once, until it is over.
        desk.boards().audit().await.expect("the store answers");
        scene.advance(10 * MINUTE).await;
        assert_eq!(scene.times(scene.managers, "đang kẹt"), 1);
        scene.sandbox().deny_bot(scene.desk, 0);
        scene.advance(10 * MINUTE).await;
        assert_eq!(scene.sandbox().threads(scene.desk).len(), 1, "{}", scene.read(scene.desk));
        assert!(desk.boards().audit().await.expect("the store answers").is_empty());
    }
);

#[tokio::test]
async fn a_desk_channel_deleted_and_set_anew_takes_the_work_along() {
    scene(async |scene| {
        scene.filed(scene.an, MATTER).await;
        scene.press(scene.lan, scene.desk, "Nhận").await;
        scene.sandbox().delete_channel(scene.desk);
        scene.say(scene.an, DM, "Alo?").await;
        let channel = json!(scene.managers.to_string());
        let owner = scene.sandbox().owner(scene.guild).expect("the server has an owner");
        scene.command(owner, scene.managers, "desk setup", &[("desk-channel", channel)]).await;
        scene.advance(MINUTE).await;
        let threads = scene.sandbox().threads(scene.managers);
        assert_eq!(threads.len(), 1, "{}", scene.read(scene.managers));
        assert!(scene.read(id(&threads[0]["id"])).contains("Alo?"));
    })
    .await;
}

each_scene!(a_server_full_of_threads_lets_the_one_sleep_that_waits_longest_for_its_customer, async |scene| {
    scene.sandbox().set_most_threads(3);
    let first = scene.filed(scene.an, MATTER).await;
    scene.command(scene.lan, first, "reply", &[("text", json!("Anh gửi giúp em ảnh đèn modem ạ."))]).await;
    scene.advance(MINUTE).await;
    let second = scene.filed(scene.bob, "No connection").await;
    scene.advance(MINUTE).await;
    scene.filed(scene.mike, "Hóa đơn tính sai").await;
    // The fourth fits, since the first may sleep: its customer waits for nothing.
    let fourth = scene.filed(scene.tuan, "Mạng chập chờn").await;
    assert!(scene.read(scene.desk).contains("Mạng chập chờn"));
    assert!(scene.is_archived(first) && !scene.is_archived(second) && !scene.is_archived(fourth));
    // A word of its customer wakes it.
    scene.sandbox().set_most_threads(4);
    scene.say(scene.an, DM, "Ảnh đây em").await;
    assert!(!scene.is_archived(first) && scene.read(first).contains("Ảnh đây em"));
});
