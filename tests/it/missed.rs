//! What was said while the desk could not hear well: much at once, out of order, twice, or while Discord refused to be read.

use langnghe::demo::stage::real_time;
use langnghe::sandbox::rules::fault::FaultKind;
use langnghe::sandbox::{AnswerKind, Say};
use serde_json::json;

use crate::scene::{MINUTE, each_scene, scene};
use crate::seeing::DM;

const MATTER: &str = "Nhà em mất mạng từ tối qua";

#[tokio::test]
async fn a_hundred_and_thirty_messages_written_meanwhile_are_all_heard_in_order() {
    scene(async |scene| {
        let thread = scene.filed(scene.an, MATTER).await;
        scene.stage.crash().await.expect("the bot ends");
        let words: Vec<String> = (100..230).map(|number| format!("Vẫn mất, lần thứ {number}")).collect();
        for text in &words {
            scene.sandbox().say(scene.an, DM, text.as_str()).expect("the person can write");
        }
        scene.advance(MINUTE).await;
        scene.start_bot().await;
        scene.advance(5 * MINUTE).await;
        let read = scene.read(thread);
        let places: Vec<_> = words.iter().map(|text| read.find(text.as_str())).collect();
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{read}");
    })
    .await;
}

#[tokio::test]
async fn a_message_with_a_slow_file_comes_before_the_next_one() {
    scene(async |scene| {
        let thread = scene.filed(scene.an, MATTER).await;
        scene.trouble("GET", "/attachments/", 1, FaultKind::SlowMs(400));
        let photo = Say {
            text: "Đây là ảnh cục phát".to_owned(),
            files: vec![("anh.jpg".to_owned(), vec![7; 2_000])],
            reply_to: None,
            ..Say::default()
        };
        scene.sandbox().say(scene.an, DM, photo).expect("the person can write");
        scene.say(scene.an, DM, "Anh chị xem giúp em").await;
        let read = scene.read(thread);
        let at = |text: &str| read.find(text).unwrap_or_else(|| panic!("{text} in {read}"));
        assert!(at("Đây là ảnh cục phát") < at("Anh chị xem giúp em"), "{read}");
    })
    .await;
}

each_scene!(the_same_words_sent_again_after_others_are_no_third_complaint, async |scene| {
    for words in [MATTER, "Hóa đơn tính sai tiền"] {
        scene.filed(scene.an, words).await;
    }
    let told = scene.file(scene.an, MATTER).await;
    assert!(told.text().contains("#1"), "{}", told.text());
    assert_eq!(scene.sandbox().threads(scene.desk).len(), 2);
});

each_scene!(what_discord_does_not_let_us_read_is_read_as_soon_as_it_does, async |scene| {
    let thread = scene.filed(scene.an, MATTER).await;
    scene.stage.crash().await.expect("the bot ends");
    scene.sandbox().say(scene.an, DM, "Vẫn chưa có mạng").expect("the person can write");
    let path = format!("/channels/{}/messages", scene.dm(scene.an));
    scene.trouble("GET", &path, 100_000, FaultKind::Status(500));
    scene.start_bot().await;
    scene.advance(5 * MINUTE).await;
    assert_eq!(scene.times(thread, "Vẫn chưa có mạng"), 0);
    scene.sandbox().clear_faults();
    // Tries are at most five minutes apart.
    for _ in 0..40 {
        scene.advance(MINUTE / 4).await;
        real_time(20).await;
        scene.settle().await;
    }
    assert_eq!(scene.times(thread, "Vẫn chưa có mạng"), 1, "{}", scene.read(thread));
});

#[tokio::test]
async fn a_case_with_notes_can_be_looked_up() {
    scene(async |scene| {
        let thread = scene.filed(scene.an, MATTER).await;
        for text in ["Khách ở tầng 5", "Gọi sau 18 giờ"] {
            let noted = scene.command(scene.lan, thread, "case note", &[("text", json!(text))]).await;
            assert_eq!(noted.kind, AnswerKind::Message, "{}", noted.text());
        }
        let shown = scene.command(scene.lan, thread, "case show", &[]).await;
        let seen = shown.message.map(|message| message.to_string()).unwrap_or_default();
        assert!(seen.contains("Khách ở tầng 5") && seen.contains("Gọi sau 18 giờ"), "{seen}");
    })
    .await;
}
