//! The way to the customer where direct messages are closed: a private thread, and what can go wrong with it.

use langnghe::domain::policy::LineKind;
use langnghe::domain::settings::Setup;
use langnghe::kernel::ids::GuildId;
use langnghe::sandbox::rules::fault::FaultKind;
use langnghe::sandbox::{Place, Sandbox, Say};
use serde_json::json;

use crate::scene::{MINUTE, Scene, each_scene, id, scene, words_of};
use crate::seeing::{labels, pings};

const MATTER: &str = "Nhà em mất mạng từ tối qua";

impl Scene {
    /// The private thread with a customer under the intake channel.
    pub fn line(&self) -> u64 {
        let threads = self.sandbox().threads(self.intake);
        assert_eq!(threads.len(), 1, "one private thread: {}", self.transcript());
        assert_eq!(threads[0]["type"], 12);
        id(&threads[0]["id"])
    }
}

each_scene!(
    closed_direct_messages_are_noticed_at_filing_and_a_private_thread_becomes_the_line,
    async |scene| {
        scene.sandbox().set_dms_open(scene.an, false);
        let thread = scene.filed(scene.an, MATTER).await;
        let line = scene.line();
        let opening = scene.the(line, "Tin nhắn riêng của anh/chị đang đóng");
        assert!(pings(&opening, scene.an) && labels(&opening) == ["Nhắn cho chúng tôi"], "{opening}");
        assert_eq!(
            scene.times(thread, "Từ giờ mình nói chuyện với khách trong"),
            1,
            "{}",
            scene.read(thread)
        );
        assert!(scene.bar(thread).contains("Luồng riêng"), "{}", scene.bar(thread));
        let sent = scene.command(scene.lan, thread, "reply", &[("text", json!("Dạ em xem ngay ạ."))]).await;
        assert!(sent.text().contains("đã chuyển đến khách"), "{}", sent.text());
        assert_eq!(scene.times(line, "Dạ em xem ngay ạ."), 1);
        assert!(!sees(scene.sandbox(), scene.bob, line), "other customers do not see it");
        scene.command(scene.lan, thread, "case resolve", &[("outcome", json!("Đã có mạng."))]).await;
        scene.press(scene.an, line, "5 ★").await;
        assert!(scene.bar(thread).contains("Khách đánh giá: 5 ★"), "{}", scene.bar(thread));
    }
);

fn sees(sandbox: &Sandbox, user: u64, channel: u64) -> bool {
    sandbox.channels_seen_by(user).iter().any(|held| id(&held["id"]) == channel)
}

each_scene!(in_the_private_thread_the_customer_writes_by_button_or_by_replying_to_the_bot, async |scene| {
    scene.sandbox().set_dms_open(scene.an, false);
    let thread = scene.filed(scene.an, MATTER).await;
    let line = scene.line();
    let heard =
        scene.press_and_fill(scene.an, line, "Nhắn cho chúng tôi", &[("text", "Nhà 12 Lê Lợi")]).await;
    assert!(heard.text().contains("Đã chuyển đến người xử lý khiếu nại #1"), "{}", heard.text());
    assert_eq!(scene.times(thread, "Nhà 12 Lê Lợi"), 1);
    let bots = id(&scene.sandbox().messages(line)[0]["id"]);
    let say =
        Say { text: "Em chờ nhé".to_owned(), files: Vec::new(), reply_to: Some(bots), ..Say::default() };
    scene.say(scene.an, Place::Channel(line), say).await;
    assert_eq!(scene.times(thread, "Em chờ nhé"), 1, "{}", scene.read(thread));
});

#[tokio::test]
async fn a_plain_message_in_the_private_thread_counts_and_is_explained_once() {
    scene(async |scene| {
        scene.sandbox().set_dms_open(scene.an, false);
        let thread = scene.filed(scene.an, MATTER).await;
        scene.command(scene.lan, thread, "reply", &[("text", json!("Dạ em xem ngay ạ."))]).await;
        let line = scene.line();
        for words in ["alo", "em ơi"] {
            scene.say(scene.an, Place::Channel(line), words).await;
        }
        let explained = scene.the(line, "không đọc được nội dung");
        assert_eq!(labels(&explained), ["Nhắn cho chúng tôi"]);
        assert_eq!(scene.times(thread, "vừa viết trong luồng riêng"), 2, "{}", scene.read(thread));
        scene.advance(15 * MINUTE).await;
        assert_eq!(
            scene.times(scene.managers, "đã quá hạn: Trả lời khách"),
            1,
            "the customer waits all the same"
        );
    })
    .await;
}

#[tokio::test]
async fn the_first_plain_message_is_explained_even_before_anybody_answered() {
    scene(async |scene| {
        scene.sandbox().set_dms_open(scene.an, false);
        scene.filed(scene.an, MATTER).await;
        let line = scene.line();
        scene.say(scene.an, Place::Channel(line), "alo").await;
        assert_eq!(scene.times(line, "không đọc được nội dung"), 1, "{}", scene.read(line));
        scene.advance(10 * MINUTE).await;
        let nudge = scene.the(scene.desk, "chưa ai nhận. Trả lời khách");
        assert!(words_of(&nudge).contains(MATTER), "the words that are known: {}", words_of(&nudge));
    })
    .await;
}

each_scene!(direct_messages_that_close_later_lose_no_reply, async |scene| {
    let thread = scene.filed(scene.an, MATTER).await;
    scene.sandbox().set_dms_open(scene.an, false);
    let sent = scene.command(scene.lan, thread, "reply", &[("text", json!("Dạ em xem ngay ạ."))]).await;
    assert!(sent.text().contains("đã chuyển đến khách"), "{}", sent.text());
    assert_eq!(scene.times(scene.line(), "Dạ em xem ngay ạ."), 1);
    assert_eq!(scene.times(thread, "Từ giờ mình nói chuyện với khách trong"), 1);
});

#[tokio::test]
async fn a_customer_who_left_the_server_cannot_be_reached_and_staff_are_told() {
    scene(async |scene| {
        let thread = scene.filed(scene.an, MATTER).await;
        scene.sandbox().set_dms_open(scene.an, false);
        scene.sandbox().leave_guild(scene.an, scene.guild);
        let sent = scene.command(scene.lan, thread, "reply", &[("text", json!("Dạ em xem ngay ạ."))]).await;
        assert!(sent.text().contains("chưa đến được khách"), "{}", sent.text());
        assert_eq!(scene.times(thread, "Chưa có cách nào đến được khách"), 1, "{}", scene.read(thread));
        assert!(scene.bar(thread).contains("Không liên lạc được"), "{}", scene.bar(thread));
    })
    .await;
}

#[tokio::test]
async fn a_desk_may_prefer_private_threads() {
    scene(async |scene| {
        let desk = scene.stage.bot().expect("the bot runs").desk().clone();
        let setup = Setup { line: Some(LineKind::Thread), ..Setup::default() };
        desk.setups().set_up(GuildId(scene.guild), &setup).await.expect("the set-up is stored");
        let thread = scene.filed(scene.an, MATTER).await;
        let line = scene.line();
        assert!(
            scene.seen_by(scene.an).contains("Câu trả lời sẽ đến trong một luồng riêng"),
            "{}",
            scene.seen_by(scene.an)
        );
        assert!(scene.sandbox().dm_channel(scene.an).is_none(), "no direct message");
        assert_eq!(scene.times(line, "đang đóng"), 0, "nothing is closed: {}", scene.read(line));
        assert_eq!(scene.times(thread, "đang đóng"), 0, "nothing is closed: {}", scene.read(thread));
    })
    .await;
}

#[tokio::test]
async fn a_private_thread_that_somebody_deleted_is_made_again() {
    scene(async |scene| {
        scene.sandbox().set_dms_open(scene.an, false);
        let thread = scene.filed(scene.an, MATTER).await;
        scene.sandbox().delete_channel(scene.line());
        let sent = scene.command(scene.lan, thread, "reply", &[("text", json!("Dạ em xem ngay ạ."))]).await;
        assert!(sent.text().contains("đã chuyển đến khách"), "{}", sent.text());
        assert_eq!(scene.times(scene.line(), "Dạ em xem ngay ạ."), 1);
    })
    .await;
}

each_scene!(behind_a_stuck_answer_nobody_is_left_waiting_and_both_arrive_in_order, async |scene| {
    let thread = scene.filed(scene.an, MATTER).await;
    let dm = scene.dm(scene.an);
    scene.trouble("POST", &format!("/channels/{dm}/messages"), 1_000, FaultKind::Status(500));
    let replies = ["Dạ em xem ngay ạ.", "Em vừa xem xong ạ."];
    for text in replies {
        let told = scene.command(scene.lan, thread, "reply", &[("text", json!(text))]).await;
        assert!(told.text().contains("đang chuyển đến khách"), "{}", told.text());
    }
    // Managers hear of an answer that does not get through.
    scene.advance(3 * MINUTE).await;
    let desk = scene.stage.bot().expect("the bot runs").desk().clone();
    assert_eq!(desk.boards().audit().await.expect("the store answers"), [GuildId(scene.guild)]);
    scene.settle().await;
    assert_eq!(scene.times(scene.managers, "đang kẹt"), 1, "{}", scene.read(scene.managers));
    scene.sandbox().clear_faults();
    scene.advance(10 * MINUTE).await;
    let direct = scene.read(dm);
    let at = |text: &str| direct.find(text).unwrap_or_else(|| panic!("{text} in {direct}"));
    assert!(at(replies[0]) < at(replies[1]), "{direct}");
    for text in replies {
        let of_it = scene.those(thread, text);
        let arrived = of_it.iter().filter(|told| words_of(told).contains("đã chuyển đến khách"));
        assert_eq!(arrived.count(), 1, "{}", scene.read(thread));
    }
});
