//! Complaints that come by direct message: bursts, drafts, which complaint a message belongs to, files.

use langnghe::sandbox::{Place, Say};
use serde_json::json;

use crate::scene::{MINUTE, Scene, each_scene, id, scene, words_of};
use crate::seeing::{DM, button_of, labels, monday, pings, select_of};

const SECOND: i64 = 1_000;

impl Scene {
    /// A complaint by direct message, sent with the button.
    async fn files_by_dm(&self, user: u64, words: &str) -> u64 {
        let before = self.sandbox().threads(self.desk).len();
        self.say(user, DM, words).await;
        self.advance(90 * SECOND).await;
        self.press(user, self.dm(user), "Gửi").await;
        let threads = self.sandbox().threads(self.desk);
        assert_eq!(threads.len(), before + 1);
        id(&threads[before]["id"])
    }
}

each_scene!(several_messages_are_one_complaint_after_a_short_silence, async |scene| {
    for words in ["Alo", "Nhà em mất mạng", "từ tối qua tới giờ"] {
        scene.say(scene.an, DM, words).await;
        scene.advance(30 * SECOND).await;
    }
    let dm = scene.dm(scene.an);
    assert_eq!(scene.times(dm, "Tôi nhận được lời"), 0, "nobody is interrupted");
    scene.advance(60 * SECOND).await;
    let shown = scene.the(dm, "Tôi nhận được lời");
    assert!(words_of(&shown).contains("> Nhà em mất mạng\n> từ tối qua tới giờ"), "{}", words_of(&shown));
    assert!(words_of(&shown).contains("để giải quyết khiếu nại này"), "what is kept and why");
    assert_eq!(labels(&shown), ["Gửi", "Không phải khiếu nại", "English"]);
    scene.press(scene.an, dm, "Gửi").await;
    assert!(scene.read(dm).contains("Khiếu nại **#1** đã được ghi lại"), "{}", scene.read(dm));
    assert_eq!(scene.times(dm, "đã được ghi lại"), 1, "one receipt");
    let card = scene.read(scene.desk);
    assert!(card.contains("Alo\nNhà em mất mạng\ntừ tối qua tới giờ"), "{card}");
    // The clocks count from the first word.
    let bar = scene.bar_of(1);
    assert!(bar.contains(&format!("<t:{}:f>", monday(9, 15) / SECOND)), "{bar}");
    let again = scene.sandbox().press_label(scene.an, dm, "Gửi");
    assert!(again.is_err(), "the button is gone");
});

#[tokio::test]
async fn what_is_no_complaint_is_dropped() {
    scene(async |scene| {
        scene.say(scene.bob, DM, "What are your opening hours?").await;
        scene.advance(2 * MINUTE).await;
        scene.press(scene.bob, scene.dm(scene.bob), "Không phải khiếu nại").await;
        assert!(
            scene.read(scene.dm(scene.bob)).contains("nothing is recorded"),
            "{}",
            scene.read(scene.dm(scene.bob))
        );
        scene.advance(60 * MINUTE).await;
        assert!(scene.sandbox().threads(scene.desk).is_empty());
    })
    .await;
}

each_scene!(a_draft_nobody_sends_is_filed_and_its_clocks_run_from_the_first_message, async |scene| {
    scene.say(scene.an, DM, "Mạng nhà em rớt liên tục").await;
    scene.advance(10 * MINUTE - SECOND).await;
    assert!(scene.sandbox().threads(scene.desk).is_empty());
    scene.advance(SECOND).await;
    let dm = scene.dm(scene.an);
    assert_eq!(scene.times(dm, "đã được ghi thành khiếu nại **#1**"), 1, "{}", scene.read(dm));
    assert!(labels(&scene.the(dm, "Đã ghi thành khiếu nại.")).is_empty(), "the buttons are gone");
    assert!(
        scene.read(scene.desk).contains(&format!("<t:{}:f>", monday(9, 15) / SECOND)),
        "{}",
        scene.read(scene.desk)
    );
    scene.advance(5 * MINUTE).await;
    assert_eq!(scene.times(scene.managers, "đã quá hạn: Trả lời khách"), 1);
});

#[tokio::test]
async fn more_words_edits_and_deletions_change_the_draft_and_only_the_last_prompt_stands() {
    scene(async |scene| {
        let first = scene.say(scene.an, DM, "Mất mạng").await;
        let second = scene.say(scene.an, DM, "nhầm nhà").await;
        scene.advance(90 * SECOND).await;
        let dm = scene.dm(scene.an);
        scene.say(scene.an, DM, "từ tối qua").await;
        scene.sandbox().edit_message(scene.an, dm, first, "Mất mạng ở 12 Lê Lợi").expect("own message");
        scene.settle().await;
        scene.sandbox().delete_message(scene.an, dm, second).expect("own message");
        scene.settle().await;
        scene.advance(90 * SECOND).await;
        let shown = scene.the(dm, "Tôi nhận được lời");
        assert!(words_of(&shown).contains("> Mất mạng ở 12 Lê Lợi\n> từ tối qua"), "{}", words_of(&shown));
        assert!(!words_of(&shown).contains("nhầm nhà"));
        scene.press(scene.an, dm, "Gửi").await;
        assert!(scene.read(scene.desk).contains("Mất mạng ở 12 Lê Lợi\ntừ tối qua"));
    })
    .await;
}

#[tokio::test]
async fn taking_everything_back_takes_the_question_back_too() {
    scene(async |scene| {
        let only = scene.say(scene.an, DM, "Mất mạng").await;
        scene.advance(90 * SECOND).await;
        let dm = scene.dm(scene.an);
        assert_eq!(labels(&scene.the(dm, "Tôi nhận được lời"))[0], "Gửi", "the question stood");
        scene.sandbox().delete_message(scene.an, dm, only).expect("own message");
        scene.settle().await;
        assert_eq!(scene.read(dm), "", "nothing is left");
        scene.advance(20 * MINUTE).await;
        assert_eq!(scene.read(dm), "", "nothing comes later");
        assert!(scene.sandbox().threads(scene.desk).is_empty());
    })
    .await;
}

#[tokio::test]
async fn thanks_after_the_rating_are_no_complaint() {
    scene(async |scene| {
        let thread = scene.filed(scene.an, "Nhà em mất mạng").await;
        scene.command(scene.lan, thread, "case resolve", &[("outcome", json!("Đã có mạng."))]).await;
        let dm = scene.dm(scene.an);
        scene.press(scene.an, dm, "5 ★").await;
        scene.press(scene.an, dm, "Rồi").await;
        scene.say(scene.an, DM, "Cảm ơn em nhiều nhé!").await;
        scene.advance(20 * MINUTE).await;
        assert!(scene.read(thread).contains("Cảm ơn em nhiều nhé!"), "{}", scene.read(thread));
        assert_eq!(scene.sandbox().threads(scene.desk).len(), 1);
        assert_eq!(scene.times(dm, "Tôi nhận được lời"), 0);
        assert_eq!(scene.times(thread, "mở lại"), 0, "thanks open nothing again");
    })
    .await;
}

each_scene!(a_customer_of_two_desks_is_asked_once_which_one_is_meant, async |scene| {
    let other = scene.second_desk().await;
    scene.sandbox().join_guild(scene.an, other.guild);
    scene.say(scene.an, DM, "Nhà em mất mạng").await;
    scene.advance(90 * SECOND).await;
    let dm = scene.dm(scene.an);
    let shown = scene.the(dm, "Tôi nhận được lời");
    let select = select_of(&shown).expect("a select of desks");
    let guild = other.guild.to_string();
    let made = scene.sandbox().select(scene.an, dm, id(&shown["id"]), &select, &[&guild]);
    scene.outcome(made).await;
    scene.press(scene.an, dm, "Gửi").await;
    assert_eq!(scene.sandbox().threads(other.desk).len(), 1);
    assert!(scene.sandbox().threads(scene.desk).is_empty());
});

each_scene!(
    a_message_goes_to_the_complaint_it_replies_to_else_to_the_one_a_person_last_wrote_in,
    async |scene| {
        let slow = scene.filed(scene.an, "Mạng chậm quá").await;
        let bill = scene.filed(scene.an, "Hóa đơn tính sai tiền").await;
        scene.command(scene.lan, bill, "reply", &[("text", json!("Dạ em xem hóa đơn ạ."))]).await;
        scene.advance(MINUTE).await;
        scene.command(scene.lan, slow, "reply", &[("text", json!("Dạ em đo tốc độ ạ."))]).await;
        let dm = scene.dm(scene.an);
        let about_bill = id(&scene.the(dm, "Dạ em xem hóa đơn ạ.")["id"]);
        let say = Say {
            text: "tháng 10 nhé".to_owned(),
            files: Vec::new(),
            reply_to: Some(about_bill),
            ..Say::default()
        };
        scene.say(scene.an, DM, say).await;
        assert_eq!((scene.times(bill, "tháng 10 nhé"), scene.times(slow, "tháng 10 nhé")), (1, 0));
        scene.say(scene.an, DM, "đo lúc 8 giờ tối ấy").await;
        assert_eq!((scene.times(bill, "8 giờ tối"), scene.times(slow, "8 giờ tối")), (0, 1));
        // It was the other one: the customer moves it.
        let sorted = scene.the(dm, "Đã chuyển tin vừa rồi vào khiếu nại **#1**");
        let another = button_of(&sorted, "Khiếu nại khác").expect("the way out");
        let (_, asked) =
            scene.outcome(scene.sandbox().press(scene.an, dm, id(&sorted["id"]), &another)).await;
        let message = asked.message.expect("a select");
        let select = select_of(&message).expect("a select of complaints");
        let made = scene.sandbox().select(scene.an, dm, id(&message["id"]), &select, &["2"]);
        scene.outcome(made).await;
        assert_eq!(scene.times(bill, "8 giờ tối"), 1, "{}", scene.read(bill));
        assert!(scene.read(slow).contains("thuộc khiếu nại #2"), "{}", scene.read(slow));
    }
);

#[tokio::test]
async fn what_the_customer_writes_later_calls_the_owner_and_carries_the_reply_button() {
    scene(async |scene| {
        let thread = scene.files_by_dm(scene.bob, "My internet is down").await;
        assert!(
            scene.read(scene.dm(scene.bob)).contains("Complaint **#1** is recorded"),
            "a press tells the language"
        );
        scene.press(scene.lan, scene.desk, "Nhận").await;
        let message = scene.say(scene.bob, DM, "Any news?").await;
        let post = scene.the(thread, "Any news?");
        assert!(pings(&post, scene.lan), "{post}");
        assert!(labels(&post).contains(&"Trả lời khách".to_owned()));
        let dm = scene.dm(scene.bob);
        for text in ["Any news today?", "Any news today, please?"] {
            scene.sandbox().edit_message(scene.bob, dm, message, text).expect("own message");
            // Both within one second.
            scene.advance(400).await;
        }
        assert_eq!(scene.times(thread, "sửa tin"), 2, "{}", scene.read(thread));
        assert!(scene.read(thread).contains("Any news today, please?"));
        scene.sandbox().delete_message(scene.bob, dm, message).expect("own message");
        scene.settle().await;
        assert_eq!(scene.times(thread, "đã xoá một tin"), 1);
        assert_eq!(scene.times(thread, "Any news?"), 1, "the earlier words stay");
    })
    .await;
}

#[tokio::test]
async fn files_travel_both_ways_unchanged() {
    scene(async |scene| {
        let photo: Vec<u8> = (0..=255).cycle().take(70_000).collect();
        let thread = scene.filed(scene.an, "Đèn đỏ nháy").await;
        let say = Say {
            text: "ảnh đây".to_owned(),
            files: vec![("đèn đỏ.jpg".to_owned(), photo.clone())],
            reply_to: None,
            ..Say::default()
        };
        scene.say(scene.an, DM, say).await;
        let post = scene.those(thread, "viết:").pop().expect("the words with the file");
        assert_eq!(scene.fetch(&post).await, photo);
        let made = scene.sandbox().command_with_files(
            scene.lan,
            Place::Channel(thread),
            "reply",
            &[("text", json!("Dạ đây là hướng dẫn"))],
            vec![("file".to_owned(), "huong-dan.pdf".to_owned(), photo.clone())],
        );
        let (_, answer) = scene.outcome(made).await;
        assert!(answer.text().contains("đã chuyển đến khách"), "{}", answer.text());
        assert_eq!(scene.fetch(&scene.the(scene.dm(scene.an), "Dạ đây là hướng dẫn")).await, photo);
    })
    .await;
}

impl Scene {
    /// The first file of a message, as whoever opens it gets it.
    pub async fn fetch(&self, message: &serde_json::Value) -> Vec<u8> {
        let url = message["attachments"][0]["url"].as_str().expect("a file").to_owned();
        let answer = reqwest::get(url).await.expect("the file is there");
        answer.bytes().await.expect("the file comes whole").to_vec()
    }
}

#[tokio::test]
async fn somebody_without_a_desk_is_told_so() {
    scene(async |scene| {
        let mut bare = Scene::before(&format!("sqlite:{}", scene.folder().join("bare.db").display())).await;
        bare.start_bot().await;
        bare.say(bare.bob, DM, "My internet is down").await;
        let told = bare.read(bare.dm(bare.bob));
        assert!(told.contains("chưa cài đặt xong") || told.contains("not set up"), "{told}");
        bare.finish().await;
    })
    .await;
}

#[tokio::test]
async fn a_word_after_the_fortnight_is_a_new_complaint() {
    scene(async |scene| {
        let thread = scene.filed(scene.an, "Nhà em mất mạng").await;
        scene.command(scene.lan, thread, "case resolve", &[("outcome", json!("Đã có mạng."))]).await;
        scene.advance(20 * 24 * 60 * MINUTE).await;
        let dm = scene.dm(scene.an);
        let old = id(&scene.those(dm, "Khiếu nại **#1**").pop().expect("an old message")["id"]);
        let say = Say {
            text: "Lại mất mạng rồi".to_owned(),
            files: Vec::new(),
            reply_to: Some(old),
            ..Say::default()
        };
        scene.say(scene.an, DM, say).await;
        scene.advance(90 * SECOND).await;
        scene.press(scene.an, dm, "Gửi").await;
        assert_eq!(scene.sandbox().threads(scene.desk).len(), 2);
        assert_eq!(scene.times(thread, "Lại mất mạng rồi"), 0);
    })
    .await;
}

each_scene!(the_files_of_a_first_message_reach_the_thread_too, async |scene| {
    let photo: Vec<u8> = (0..=255).cycle().take(3_000).collect();
    let numbers = 0..12;
    let said = Say {
        text: "Đèn đỏ nháy".to_owned(),
        files: numbers.clone().take(7).map(|number| (format!("anh-{number}.jpg"), photo.clone())).collect(),
        reply_to: None,
        ..Say::default()
    };
    scene.say(scene.an, Place::Dm, said).await;
    let more = Say {
        files: numbers.skip(7).map(|number| (format!("anh-{number}.jpg"), photo.clone())).collect(),
        ..Say::default()
    };
    scene.say(scene.an, Place::Dm, more).await;
    scene.advance(20 * MINUTE).await;
    let thread = id(&scene.sandbox().threads(scene.desk)[0]["id"]);
    let messages = scene.sandbox().messages(thread);
    let carried: Vec<&str> = messages
        .iter()
        .flat_map(|message| message["attachments"].as_array().into_iter().flatten())
        .filter_map(|file| file["filename"].as_str())
        .collect();
    assert_eq!(carried.len(), 12, "{carried:?}");
    let first = messages.iter().find(|message| message["attachments"][0].is_object()).expect("a file");
    assert_eq!(scene.fetch(first).await, photo, "it comes as it was");
    let kept = std::fs::read_dir(scene.folder().join("data/files")).map_or(0, Iterator::count);
    assert_eq!(kept, 1, "twelve times the same is kept once, as evidence");
});

#[tokio::test]
async fn large_files_come_in_as_many_messages_as_discord_needs_and_are_read_once() {
    scene(async |scene| {
        let thread = scene.filed(scene.an, "Nhà em mất mạng").await;
        let large = |number: usize| (format!("video-{number}.mp4"), vec![7; 9 * 1024 * 1024]);
        let said = Say {
            text: "Đây ạ".to_owned(),
            files: (0..3).map(large).collect(),
            reply_to: None,
            ..Say::default()
        };
        scene.say(scene.an, DM, said).await;
        let too_large = vec![("phim.mp4".to_owned(), vec![7; 11 * 1024 * 1024])];
        scene.say(scene.an, DM, Say { files: too_large, ..Say::default() }).await;
        let carried: Vec<usize> = scene
            .sandbox()
            .messages(thread)
            .iter()
            .map(|message| message["attachments"].as_array().map_or(0, Vec::len))
            .filter(|files| *files > 0)
            .collect();
        assert_eq!(carried, [2, 1], "{}", scene.read(thread));
        assert_eq!(scene.times(thread, "Đây ạ"), 1);
        // Read again after a restart, nothing is fetched or refused once more.
        let refused = scene.times(scene.dm(scene.an), "phim.mp4");
        assert_eq!(refused, 1, "{}", scene.read(scene.dm(scene.an)));
        scene.crash_and_restart().await;
        assert_eq!(scene.times(scene.dm(scene.an), "phim.mp4"), refused);
        assert_eq!(std::fs::read_dir(scene.folder().join("data/files")).map_or(0, Iterator::count), 1);
    })
    .await;
}
