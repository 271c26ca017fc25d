//! Bad input: each gets a clear answer in the reader's language, and nothing is lost.

use langnghe::sandbox::{AnswerKind, Place, Say};
use serde_json::{Value, json};

use crate::scene::{MINUTE, Scene, each_scene, scene, words_of};
use crate::seeing::{DM, button_of, pings_nobody};

const MATTER: &str = "Nhà em mất mạng từ tối qua";

/// Text as a reader of Discord sees it: without the backslashes that keep Markdown from working.
pub fn as_read(text: &str) -> String {
    let mut read = String::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        read.extend(if letter == '\\' { letters.next() } else { Some(letter) });
    }
    read
}

/// The words between headings, of the messages of a thread that hold part of a long text.
fn bodies(messages: &[Value], heading: &str) -> String {
    messages
        .iter()
        .filter_map(|message| {
            message["content"].as_str()?.split_once('\n').filter(|(head, _)| head.starts_with(heading))
        })
        .map(|(_, body)| as_read(body))
        .collect::<Vec<_>>()
        .join(" ")
}

each_scene!(four_thousand_characters_stand_whole_in_the_thread, async |scene| {
    let words: String = (0..799).map(|number| format!("{number:04} ")).collect();
    let words = words.trim();
    let long = format!("{words} hết");
    let thread = scene.filed(scene.an, &long).await;
    assert_eq!(bodies(&scene.sandbox().messages(thread), "**Lời khách**"), long);
    // The same by the form of a private thread, made of signs that need a backslash each.
    let stars = "*_".repeat(2_000);
    scene.sandbox().set_dms_open(scene.bob, false);
    scene.press_and_fill(scene.bob, scene.intake, "Gửi khiếu nại", &[("words", "My line is dead")]).await;
    let line = crate::scene::id(&scene.sandbox().threads(scene.intake)[0]["id"]);
    scene.press_and_fill(scene.bob, line, "Write to us", &[("text", &stars)]).await;
    let desk_thread = crate::scene::id(&scene.sandbox().threads(scene.desk)[1]["id"]);
    let shown: String = scene
        .sandbox()
        .messages(desk_thread)
        .iter()
        .flat_map(|message| message["embeds"].as_array().cloned().unwrap_or_default())
        .filter_map(|embed| embed["description"].as_str().map(as_read))
        .collect();
    assert_eq!(shown, stars);
});

#[tokio::test]
async fn a_form_with_nothing_to_see_in_it_is_answered_in_the_readers_language() {
    scene(async |scene| {
        for blank in ["   \n ", "\u{200B}\u{200B}\u{FEFF}", "\u{3164}"] {
            let answer = scene.file(scene.an, blank).await;
            assert!(answer.ephemeral && answer.text().contains("Chưa có chữ nào"), "{}", answer.text());
            let answer = scene.file(scene.bob, blank).await;
            assert!(answer.text().contains("There are no words in it yet"), "{}", answer.text());
        }
        assert!(scene.sandbox().threads(scene.desk).is_empty());
    })
    .await;
}

#[tokio::test]
async fn emoji_alone_are_a_complaint_that_a_person_reads() {
    scene(async |scene| {
        let thread = scene.filed(scene.an, "😡👨‍👩‍👧‍👦❤️").await;
        assert!(scene.read(scene.desk).contains("😡👨‍👩‍👧‍👦❤️"));
        assert!(thread > 0);
    })
    .await;
}

#[tokio::test]
async fn an_invisible_direct_message_is_answered_and_opens_nothing() {
    scene(async |scene| {
        scene.say(scene.an, DM, "\u{200B}\u{200D}").await;
        assert!(
            scene.read(scene.dm(scene.an)).contains("Chưa có chữ nào"),
            "{}",
            scene.read(scene.dm(scene.an))
        );
        scene.advance(15 * MINUTE).await;
        assert!(scene.sandbox().threads(scene.desk).is_empty());
    })
    .await;
}

#[tokio::test]
async fn nobody_is_pinged_by_what_a_customer_or_a_colleague_writes() {
    scene(async |scene| {
        let bait = format!("@everyone @here <@&{}> <@{}> cứu", scene.manager_role, scene.tuan);
        let thread = scene.filed(scene.an, &bait).await;
        scene.say(scene.an, DM, bait.as_str()).await;
        scene.command(scene.lan, thread, "case note", &[("text", json!(bait))]).await;
        scene.command(scene.lan, thread, "reply", &[("text", json!(bait))]).await;
        scene.command(scene.lan, thread, "case resolve", &[("outcome", json!(bait))]).await;
        scene.press(scene.an, scene.dm(scene.an), "4 ★").await;
        scene.press_and_fill_after(scene.an, "Rồi", "Viết thêm", &bait).await;
        let places = [scene.desk, thread, scene.dm(scene.an), scene.managers];
        let bot = scene.sandbox().bot().to_string();
        for message in places.into_iter().flat_map(|place| scene.sandbox().messages(place)) {
            let owner_called = message["pings"]["users"] == json!([scene.lan.to_string()]);
            // Whom a customer names is for managers to know, whatever else was written.
            let said = message.to_string();
            let named = said.contains("1:about:") || said.contains("nói về đồng nghiệp");
            if message["author"]["id"] == bot.as_str() {
                assert!(pings_nobody(&message) || owner_called || named, "{message}");
            }
        }
    })
    .await;
}

impl Scene {
    /// Presses one button in the direct messages, then fills in the form behind another.
    async fn press_and_fill_after(&self, user: u64, first: &str, opens: &str, words: &str) {
        self.press(user, self.dm(user), first).await;
        self.press_and_fill(user, self.dm(user), opens, &[("text", words)]).await;
    }
}

#[tokio::test]
async fn markdown_and_links_show_as_they_were_typed() {
    scene(async |scene| {
        let typed =
            "**gấp** [hoàn tiền](https://lua.dao) ||kín|| `mã`\n# to\n> trích\n-# nhỏ\nxem https://a.vn/b_c";
        let thread = scene.filed(scene.an, typed).await;
        let card = scene.read(scene.desk);
        assert!(!card.contains("[hoàn tiền](") && !card.contains("**gấp**"), "{card}");
        assert!(as_read(&card).contains(typed), "{card}");
        assert!(card.contains("https://a.vn/b_c"), "an address stays one: {card}");
        scene.say(scene.an, DM, typed).await;
        let shown = scene.read(thread);
        assert!(as_read(&shown).contains(typed) && !shown.contains("**gấp**"), "{shown}");
    })
    .await;
}

#[tokio::test]
async fn decomposed_vietnamese_is_kept_and_understood_like_composed() {
    scene(async |scene| {
        let decomposed =
            "Nha\u{0300} em ma\u{0302}\u{0301}t ma\u{0323}ng tu\u{031B}\u{0300} to\u{0302}\u{0301}i qua";
        scene.filed(scene.an, decomposed).await;
        let card = scene.read(scene.desk);
        assert!(card.contains(MATTER), "{card}");
        assert!(scene.bar_of(1).contains("có thể là: Mất kết nối"), "{}", scene.bar_of(1));
    })
    .await;
}

#[tokio::test]
async fn marks_that_turn_the_direction_of_writing_do_not_reach_the_desk() {
    scene(async |scene| {
        let thread = scene.filed(scene.an, "mất mạng \u{202E}gnạm tấm\u{202C} \u{2066}abc\u{2069}").await;
        scene.say(scene.an, DM, "\u{202E}gnod").await;
        for place in [scene.desk, thread] {
            let read = scene.read(place);
            assert!(!read.contains(['\u{202E}', '\u{202C}', '\u{2066}', '\u{2069}']), "{read:?}");
        }
        assert!(scene.read(thread).contains("gnod"));
        let name = scene.sandbox().threads(scene.desk)[0]["name"].to_string();
        assert!(!name.contains('\u{202E}'), "{name:?}");
    })
    .await;
}

each_scene!(forged_and_stale_buttons_do_nothing_and_say_so, async |scene| {
    let thread = scene.filed(scene.an, MATTER).await;
    let card = crate::scene::id(&scene.the(scene.desk, MATTER)["id"]);
    let panel = crate::scene::id(&scene.the(scene.intake, "lắng nghe")["id"]);
    for forged in ["", "x", "0:claim:1", "1:claim:-", "1:rate:1:1:9", "1:claim:1:1:1", "🎉"] {
        let made = scene.sandbox().raw_press(scene.lan, scene.desk, card, forged);
        let (_, answer) = scene.outcome(Ok(made)).await;
        assert!(answer.ephemeral, "{forged}: {}", answer.text());
        let kindly = ["không còn dùng được", "Không có"].iter().any(|words| answer.text().contains(words));
        assert!(kindly, "{forged}: {}", answer.text());
    }
    // A complaint that does not exist, and a question that was never asked.
    let made = scene.sandbox().raw_press(scene.mike, scene.desk, card, "1:claim:999");
    assert!(scene.outcome(Ok(made)).await.1.text().contains("There is no such complaint"));
    let made = scene.sandbox().raw_press(scene.an, scene.intake, panel, "1:rate:1:1:5");
    assert!(scene.outcome(Ok(made)).await.1.text().contains("không còn dùng được"));
    assert_eq!(scene.sandbox().messages(thread).len(), 1, "the bar alone: {}", scene.read(thread));
});

#[tokio::test]
async fn staff_of_another_server_cannot_reach_a_complaint_with_a_forged_button() {
    scene(async |scene| {
        let thread = scene.filed(scene.an, MATTER).await;
        let other = scene.second_desk().await;
        let made = scene.sandbox().raw_press(other.staff, other.desk, other.message, "1:claim:1");
        let (_, answer) = scene.outcome(Ok(made)).await;
        assert!(answer.text().contains("Không có khiếu nại đó"), "{}", answer.text());
        assert!(scene.read(scene.desk).contains("Chưa ai nhận"), "{}", scene.read(scene.desk));
        assert_eq!(scene.sandbox().messages(thread).len(), 1, "the bar alone: {}", scene.read(thread));
    })
    .await;
}

each_scene!(a_press_by_the_wrong_person_is_refused_in_their_language, async |scene| {
    let thread = scene.filed(scene.an, MATTER).await;
    let panel = crate::scene::id(&scene.the(scene.intake, "lắng nghe")["id"]);
    let claim = button_of(&scene.the(scene.desk, MATTER), "Nhận").expect("the card has its button");
    let made = scene.sandbox().raw_press(scene.bob, scene.intake, panel, &claim);
    assert!(scene.outcome(Ok(made)).await.1.text().contains("Only staff can do this"));
    scene.command(scene.lan, thread, "case resolve", &[("outcome", json!("Đã có mạng."))]).await;
    let asked = scene.last(scene.dm(scene.an));
    let five = button_of(&asked, "5 ★").expect("the rating has its buttons");
    let made = scene.sandbox().raw_press(scene.bob, scene.intake, panel, &five);
    let (_, answer) = scene.outcome(Ok(made)).await;
    assert!(
        answer.ephemeral && answer.text().contains("for the customer of the complaint"),
        "{}",
        answer.text()
    );
    assert_eq!(scene.times(thread, "đánh giá"), 0);
});

#[tokio::test]
async fn a_command_in_the_wrong_place_says_where_it_belongs() {
    scene(async |scene| {
        scene.filed(scene.an, MATTER).await;
        for (path, options) in [
            ("reply", vec![("text", json!("Dạ"))]),
            ("reply", vec![]),
            ("case claim", vec![]),
            ("case resolve", vec![]),
            ("case note", vec![("text", json!("ghi"))]),
        ] {
            let answer = scene.command(scene.mike, scene.desk, path, &options).await;
            assert!(answer.ephemeral, "{path}");
            assert!(
                answer.text().contains("Use this in the thread of a complaint"),
                "{path}: {}",
                answer.text()
            );
        }
    })
    .await;
}

each_scene!(a_double_press_counts_once, async |scene| {
    let thread = scene.filed(scene.an, MATTER).await;
    let sandbox = scene.sandbox().clone();
    let presses = [scene.lan, scene.lan, scene.mike].map(|who| sandbox.press_label(who, scene.desk, "Nhận"));
    let mut told = Vec::new();
    for made in presses {
        told.push(scene.outcome(made).await.1.text());
    }
    assert_eq!(
        told.iter().filter(|text| text.contains("#1 là của bạn") || text.contains("#1 is yours.")).count(),
        1,
        "{told:?}"
    );
    assert!(told.iter().all(|text| !text.is_empty()), "{told:?}");
    scene.command(scene.lan, thread, "case resolve", &[("outcome", json!("Đã có mạng."))]).await;
    let dm = scene.dm(scene.an);
    let presses = ["5 ★", "1 ★"].map(|label| sandbox.press_label(scene.an, dm, label));
    let mut told = Vec::new();
    for made in presses {
        told.push(scene.outcome(made).await.1.text());
    }
    assert!(scene.bar(thread).contains("Khách đánh giá: 5 ★"), "{}", scene.bar(thread));
    assert!(told.iter().any(|text| text.contains("Anh/chị đã đánh giá")), "{told:?}");
});

each_scene!(a_form_that_is_sent_twice_files_once, async |scene| {
    let (form, opened) =
        scene.outcome(scene.sandbox().press_label(scene.an, scene.intake, "Gửi khiếu nại")).await;
    assert_eq!(opened.kind, AnswerKind::Form);
    let sandbox = scene.sandbox().clone();
    let sent = [0, 1].map(|_| sandbox.submit(scene.an, form, &[("words", MATTER)]));
    let mut told = Vec::new();
    for made in sent {
        told.push(scene.outcome(made).await.1.text());
    }
    assert_eq!(scene.sandbox().threads(scene.desk).len(), 1);
    assert!(told.iter().any(|text| text.contains("đã được ghi ở khiếu nại #1 rồi")), "{told:?}");
});

each_scene!(a_form_that_was_open_while_the_bot_restarted_still_files, async |scene| {
    let (form, opened) =
        scene.outcome(scene.sandbox().press_label(scene.an, scene.intake, "Gửi khiếu nại")).await;
    assert_eq!(opened.kind, AnswerKind::Form);
    scene.crash_and_restart().await;
    let receipt = scene.outcome(scene.sandbox().submit(scene.an, form, &[("words", MATTER)])).await.1;
    assert!(receipt.text().contains("Khiếu nại **#1**"), "{}", receipt.text());
    let thread = crate::scene::id(&scene.sandbox().threads(scene.desk)[0]["id"]);
    let (form, _) = scene.outcome(scene.sandbox().press_label(scene.lan, scene.desk, "Trả lời khách")).await;
    scene.crash_and_restart().await;
    scene.outcome(scene.sandbox().submit(scene.lan, form, &[("text", "Dạ em xem ngay ạ.")])).await;
    assert!(scene.read(scene.dm(scene.an)).contains("Dạ em xem ngay ạ."));
    assert!(thread > 0);
});

#[tokio::test]
async fn a_file_that_is_too_large_is_named_with_the_limit() {
    scene(async |scene| {
        let large = || vec![0_u8; 11 * 1024 * 1024];
        let made = scene.sandbox().command_with_files(
            scene.bob,
            Place::Channel(scene.intake),
            "complain",
            &[],
            vec![("file".to_owned(), "video.mp4".to_owned(), large())],
        );
        let (_, answer) = scene.outcome(made).await;
        assert_eq!(answer.kind, AnswerKind::Message, "before anybody writes a form in vain");
        assert!(answer.text().contains("video.mp4") && answer.text().contains("10 MB"), "{}", answer.text());
        // In direct messages the words count all the same, and so does the smaller file.
        let files = vec![("to.mp4".to_owned(), large()), ("nhỏ.txt".to_owned(), b"log".to_vec())];
        scene
            .say(scene.an, DM, Say { text: MATTER.to_owned(), files, reply_to: None, ..Say::default() })
            .await;
        let dm = scene.dm(scene.an);
        let told = scene.the(dm, "to.mp4");
        assert!(words_of(&told).contains("những gì anh/chị viết thì đã đến"), "{}", words_of(&told));
        scene.advance(2 * MINUTE).await;
        scene.press(scene.an, dm, "Gửi").await;
        let card = scene.read(scene.desk);
        assert!(card.contains(MATTER) && card.contains("1 tệp"), "{card}");
        // Staff: nothing goes out by half.
        let thread = crate::scene::id(&scene.sandbox().threads(scene.desk)[0]["id"]);
        let made = scene.sandbox().command_with_files(
            scene.lan,
            Place::Channel(thread),
            "reply",
            &[("text", json!("Dạ em gửi ảnh"))],
            vec![("file".to_owned(), "anh.png".to_owned(), large())],
        );
        let (_, answer) = scene.outcome(made).await;
        assert!(answer.ephemeral && answer.text().contains("anh.png"), "{}", answer.text());
        assert!(!scene.read(dm).contains("Dạ em gửi ảnh"));
    })
    .await;
}

#[tokio::test]
async fn a_file_that_is_lost_loses_no_words_and_is_asked_for_again() {
    scene(async |scene| {
        let files = vec![("file".to_owned(), "den-do.jpg".to_owned(), b"jpg".to_vec())];
        let place = Place::Channel(scene.intake);
        let made = scene.sandbox().command_with_files(scene.an, place, "complain", &[], files);
        let (form, opened) = scene.outcome(made).await;
        assert_eq!(opened.kind, AnswerKind::Form);
        std::fs::remove_dir_all(scene.folder().join("data/files")).expect("what was fetched is lost");
        let receipt = scene.outcome(scene.sandbox().submit(scene.an, form, &[("words", MATTER)])).await.1;
        assert!(receipt.text().contains("Khiếu nại **#1**"), "{}", receipt.text());
        assert!(receipt.text().contains("Tệp kèm theo chưa tải được"), "{}", receipt.text());
        assert!(scene.read(scene.desk).contains(MATTER));
    })
    .await;
}
