//! Nobody acts on what they have not seen: forms from before, two who act at once, refused words, and buttons that are over.

use langnghe::sandbox::Answer;
use langnghe::sandbox::AnswerKind;
use langnghe::store::db::Arg;
use serde_json::{Value, json};

use crate::scene::{MINUTE, Scene, each_scene, id, scene, words_of};
use crate::seeing::{DM, labels, monday};

const URGENT: &str = "Mẹ em đang nằm viện, gấp lắm ạ";

impl Scene {
    /// Opens a form by a button; the interaction that it belongs to.
    async fn opens(&self, user: u64, channel: u64, label: &str) -> u64 {
        let (form_of, opened) = self.outcome(self.sandbox().press_label(user, channel, label)).await;
        assert_eq!(opened.kind, AnswerKind::Form, "{}", opened.text());
        form_of
    }

    async fn sends(&self, user: u64, form_of: u64, values: &[(&str, &str)]) -> (u64, Answer) {
        self.outcome(self.sandbox().submit(user, form_of, values)).await
    }

    /// Presses a button of an answer that one person alone sees.
    async fn goes_on(&self, user: u64, channel: u64, label: &str) -> (u64, Answer) {
        let seen = self.sandbox().messages_seen_by(user, channel);
        let message = seen.iter().rev().find(|message| labels(message).iter().any(|held| held == label));
        let message = message.unwrap_or_else(|| panic!("a button {label:?} in:\n{}", self.seen_by(user)));
        let custom = crate::seeing::button_of(message, label).expect("its id");
        self.outcome(self.sandbox().press(user, channel, id(&message["id"]), &custom)).await
    }

    /// How many messages that everybody there sees hold certain words.
    fn seen_by_all(&self, channel: u64, words: &str) -> usize {
        let held = self.those(channel, words);
        held.iter().filter(|message| message["flags"].as_u64().unwrap_or_default() & 64 == 0).count()
    }

    /// How many rows of the inbox hold certain words.
    async fn kept_words(&self, words: &str) -> i64 {
        let mut tx = self.stage.db().begin().await.expect("the store answers");
        let sql = "SELECT COUNT(*) FROM inbox WHERE told LIKE $1";
        let row: (i64,) = tx.one(sql, vec![Arg::from(format!("%{words}%"))]).await.expect("a figure");
        row.0
    }

    /// What stands in the first input of a form.
    fn filled(&self, form: &Answer) -> String {
        let form = form.form.as_ref().expect("a form");
        form["components"][0]["components"][0]["value"].as_str().unwrap_or_default().to_owned()
    }
}

each_scene!(faults_c1_what_the_customer_wrote_meanwhile_is_shown_before_it_is_resolved, async |scene| {
    let thread = scene.filed(scene.an, "Nhà em mất mạng").await;
    scene.until(monday(10, 0)).await;
    let form = scene.opens(scene.lan, thread, "Đã giải quyết").await;
    scene.advance(MINUTE).await;
    scene.say(scene.an, DM, URGENT).await;
    scene.advance(MINUTE).await;
    let (_, asked) = scene.sends(scene.lan, form, &[("text", "Đã khởi động lại thiết bị.")]).await;
    assert!(asked.ephemeral, "{}", asked.text());
    assert!(asked.text().contains(URGENT), "what is new is shown: {}", asked.text());
    assert!(asked.text().contains("Đã khởi động lại thiết bị."), "no word is lost: {}", asked.text());
    assert_eq!(scene.times(scene.dm(scene.an), "Đã khởi động lại"), 0, "nothing was told");
    assert!(!scene.bar_of(1).contains("Chờ khách đánh giá"), "{}", scene.bar_of(1));
    assert!(!scene.bar_of(1).contains("Trả lời khách: đã xong"), "the clock runs on: {}", scene.bar_of(1));
    let (_, opened) = scene.goes_on(scene.lan, thread, "Mở lại biểu mẫu").await;
    assert_eq!(scene.filled(&opened), "Đã khởi động lại thiết bị.");
    let (_, done) = scene.goes_on(scene.lan, thread, "Vẫn gửi").await;
    assert!(!done.text().contains("có tin mới"), "{}", done.text());
    assert_eq!(scene.times(scene.dm(scene.an), "Đã khởi động lại thiết bị."), 1);
    assert_eq!(scene.seen_by_all(thread, "Đã khởi động lại thiết bị."), 1, "the thread has its record");
});

each_scene!(faults_c1_whatever_settles_something_asks_first, async |scene| {
    let thread = scene.filed(scene.an, "Nhà em mất mạng").await;
    let reply = scene.opens(scene.lan, thread, "Trả lời khách").await;
    let (read, opened) = scene
        .outcome(scene.sandbox().command(
            scene.lan,
            langnghe::sandbox::Place::Channel(thread),
            "case read",
            &[],
        ))
        .await;
    assert_eq!(opened.kind, AnswerKind::Form);
    scene.say(scene.an, DM, URGENT).await;
    for (form, values) in
        [(reply, vec![("text", "Bên em đang kiểm tra ạ.")]), (read, vec![("summary", "Mất mạng")])]
    {
        let (_, asked) = scene.sends(scene.lan, form, &values).await;
        assert!(asked.ephemeral && asked.text().contains(URGENT), "{}", asked.text());
    }
    assert_eq!(scene.times(scene.dm(scene.an), "đang kiểm tra"), 0);
    assert_eq!(scene.times(scene.dm(scene.an), "Mất mạng\n"), 0);
    // Pressed twice it is sent once.
    scene.goes_on(scene.lan, thread, "Vẫn gửi").await;
    scene.settle().await;
    let dm = scene.dm(scene.an);
    assert!(scene.read(dm).contains("em đã đọc"), "{}", scene.read(dm));
});

each_scene!(faults_c1_a_press_on_an_old_message_decides_nothing_unseen, async |scene| {
    let thread = scene.filed(scene.an, "Nhà em mất mạng").await;
    scene.command(scene.lan, thread, "case claim", &[]).await;
    scene.say(scene.an, DM, "Anh chị xem giúp em").await;
    let old = scene.the(thread, "Anh chị xem giúp em");
    scene.say(scene.an, DM, URGENT).await;
    let custom = crate::seeing::button_of(&old, "Không cần trả lời").expect("the button");
    let press = scene.sandbox().press(scene.lan, thread, id(&old["id"]), &custom);
    let (_, asked) = scene.outcome(press).await;
    assert!(asked.ephemeral && asked.text().contains(URGENT), "{}", asked.text());
    assert!(scene.bar_of(1).contains("Trả lời"), "they still wait: {}", scene.bar_of(1));
    // As it stood on Discord before buttons said what their reader had seen.
    let before = custom.replace(custom.split(':').next().unwrap_or_default(), "1");
    let press = scene.sandbox().raw_press(scene.lan, thread, id(&old["id"]), &before);
    let (_, asked) = scene.outcome(Ok(press)).await;
    assert!(asked.ephemeral && asked.text().contains(URGENT), "{}", asked.text());
    let (_, done) = scene.goes_on(scene.lan, thread, "Vẫn làm").await;
    assert!(done.text().contains("không cần trả lời"), "{}", done.text());
    assert_eq!(scene.seen_by_all(thread, "không cần trả lời"), 1, "{}", scene.read(thread));
});

each_scene!(faults_c1_what_is_one_s_own_or_the_desk_s_is_no_news, async |scene| {
    let thread = scene.filed(scene.an, "Nhà em mất mạng").await;
    let form = scene.opens(scene.lan, thread, "Trả lời khách").await;
    scene.command(scene.lan, thread, "case claim", &[]).await;
    scene.command(scene.lan, thread, "case note", &[("text", json!("Đã gọi kỹ thuật"))]).await;
    scene.command(scene.lan, thread, "reply", &[("text", json!("Em đang xem ạ."))]).await;
    scene.advance(20 * MINUTE).await;
    let (_, said) = scene.sends(scene.lan, form, &[("text", "Em đã gọi kỹ thuật ạ.")]).await;
    assert!(!said.ephemeral, "{}", said.text());
    assert_eq!(scene.times(scene.dm(scene.an), "Em đã gọi kỹ thuật ạ."), 1);
});

each_scene!(faults_c2_two_reply_forms_at_once_do_not_contradict_each_other_unseen, async |scene| {
    let thread = scene.filed(scene.an, "Nhà em mất mạng").await;
    scene.until(monday(9, 0)).await;
    let (first, second) = (
        scene.opens(scene.lan, thread, "Trả lời khách").await,
        scene.opens(scene.mike, thread, "Trả lời khách").await,
    );
    let (_, sent) = scene.sends(scene.lan, first, &[("text", "Mai 9h kỹ thuật đến ạ.")]).await;
    assert!(!sent.ephemeral, "{}", sent.text());
    let text = [("text", "Hôm nay 17h kỹ thuật đến ạ.")];
    let (_, asked) = scene.sends(scene.mike, second, &text).await;
    assert!(asked.ephemeral, "{}", asked.text());
    assert!(asked.text().contains("**Lan** answered the customer:\n> Mai 9h"), "{}", asked.text());
    assert_eq!(scene.times(scene.dm(scene.an), "Hôm nay 17h"), 0);
    let message = scene.sandbox().messages_seen_by(scene.mike, thread).pop().expect("the question");
    let custom = crate::seeing::button_of(&message, "Send all the same").expect("its id");
    for _ in 0..2 {
        let press = scene.sandbox().raw_press(scene.mike, thread, id(&message["id"]), &custom);
        scene.outcome(Ok(press)).await;
    }
    assert_eq!(scene.times(scene.dm(scene.an), "Hôm nay 17h"), 1, "pressed twice, sent once");
    assert_eq!(scene.seen_by_all(thread, "Hôm nay 17h"), 1, "{}", scene.read(thread));
});

#[tokio::test]
async fn faults_c2_asked_again_and_overtaken_again_it_asks_once_more() {
    scene(async |scene| {
        let thread = scene.filed(scene.an, "Nhà em mất mạng").await;
        let form = scene.opens(scene.lan, thread, "Trả lời khách").await;
        scene.say(scene.an, DM, "Mạng vẫn chưa có").await;
        scene.sends(scene.lan, form, &[("text", "Mai 9h kỹ thuật đến ạ.")]).await;
        scene.say(scene.an, DM, URGENT).await;
        let (_, asked) = scene.goes_on(scene.lan, thread, "Vẫn gửi").await;
        assert!(asked.text().contains(URGENT), "{}", asked.text());
        assert_eq!(scene.times(scene.dm(scene.an), "Mai 9h"), 0);
        scene.goes_on(scene.lan, thread, "Vẫn gửi").await;
        assert_eq!(scene.times(scene.dm(scene.an), "Mai 9h"), 1);
    })
    .await;
}

each_scene!(faults_c2_what_was_kept_is_nobody_elses_and_outlives_a_restart, async |scene| {
    let thread = scene.filed(scene.an, "Nhà em mất mạng").await;
    let form = scene.opens(scene.lan, thread, "Trả lời khách").await;
    scene.say(scene.an, DM, URGENT).await;
    let (asked, _) = scene.sends(scene.lan, form, &[("text", "Mai 9h kỹ thuật đến ạ.")]).await;
    scene.crash_and_restart().await;
    let message = scene.sandbox().messages_seen_by(scene.lan, thread).pop().expect("the question");
    let custom = crate::seeing::button_of(&message, "Vẫn gửi").expect("its id");
    let stolen = scene.sandbox().raw_press(scene.mike, thread, id(&message["id"]), &custom);
    let (_, refused) = scene.outcome(Ok(stolen)).await;
    assert!(refused.text().contains("no longer works"), "{}", refused.text());
    assert_eq!(scene.times(scene.dm(scene.an), "Mai 9h"), 0, "{asked}");
    scene.goes_on(scene.lan, thread, "Vẫn gửi").await;
    assert_eq!(scene.times(scene.dm(scene.an), "Mai 9h"), 1);
});

each_scene!(faults_c6_all_that_is_wrong_is_named_at_once_and_nothing_is_typed_twice, async |scene| {
    let thread = scene.filed(scene.an, "Nhà em mất mạng").await;
    let values = [("summary", "Mất mạng từ tối qua"), ("severity", "cao"), ("vulnerable", "hơi hơi")];
    let refused = scene.command_and_fill(scene.lan, thread, "case read", &[], &values).await;
    assert!(refused.ephemeral, "{}", refused.text());
    for fault in ["cao", "hơi hơi", "Mất mạng từ tối qua"] {
        assert!(refused.text().contains(fault), "{fault}: {}", refused.text());
    }
    let (form_of, opened) = scene.goes_on(scene.lan, thread, "Mở lại biểu mẫu").await;
    assert_eq!(scene.filled(&opened), "Mất mạng từ tối qua");
    let again = [("summary", "Mất mạng từ tối qua"), ("severity", "Nặng"), ("vulnerable", "không")];
    let (_, done) = scene.sends(scene.lan, form_of, &again).await;
    assert!(!done.ephemeral, "{}", done.text());

    let values = [
        ("first", "Thay dây"),
        ("first_when", "lúc nào đó · vài đồng"),
        ("second", "Đổi modem"),
        ("second_when", "hôm qua"),
    ];
    let refused = scene.command_and_fill(scene.lan, thread, "case propose", &[], &values).await;
    assert!(
        refused.text().contains("vài đồng") && refused.text().contains("Đổi modem"),
        "{}",
        refused.text()
    );
    assert!(refused.text().matches("• ").count() >= 2, "{}", refused.text());
});

each_scene!(faults_c6_a_refused_reply_opens_again_with_its_words, async |scene| {
    let thread = scene.filed(scene.an, "Nhà em mất mạng").await;
    let words = "Dạ bên em sẽ hoàn lại cho anh 500.000đ và gửi anh lời xin lỗi chân thành ạ.";
    let refused = scene.command(scene.lan, thread, "reply", &[("text", json!(words))]).await;
    assert!(refused.ephemeral && refused.text().contains("500.000đ"), "{}", refused.text());
    let (form_of, opened) = scene.goes_on(scene.lan, thread, "Mở lại biểu mẫu").await;
    assert_eq!(scene.filled(&opened), words);
    let (_, sent) = scene.sends(scene.lan, form_of, &[("text", "Dạ em xin lỗi anh ạ.")]).await;
    assert!(!sent.ephemeral, "{}", sent.text());
});

each_scene!(faults_c6_no_form_opens_for_what_is_not_possible, async |scene| {
    let thread = scene.filed(scene.an, "Nhà em mất mạng").await;
    let when = monday(17, 0);
    let due = [("what", json!("Gọi lại cho anh")), ("when", json!("2026-11-23 17:00"))];
    scene.command(scene.lan, thread, "case promise", &due).await;
    assert!(when > 0);
    for path in ["case resolve"] {
        let answer = scene.command(scene.lan, thread, path, &[]).await;
        assert_eq!(answer.kind, AnswerKind::Message, "{path}");
        assert!(answer.text().contains("Còn lời hứa chưa xong"), "{}", answer.text());
    }
    let pressed = scene.press(scene.lan, thread, "Đã giải quyết").await;
    assert!(pressed.ephemeral && pressed.text().contains("Còn lời hứa chưa xong"), "{}", pressed.text());
    scene.command(scene.lan, thread, "case promises", &[]).await;
    scene.keeps(scene.lan, thread, "1").await;
    let list = scene.sandbox().messages_seen_by(scene.lan, thread);
    let list = list.iter().rfind(|held| words_of(held).contains("Lời hứa của #")).expect("the list");
    assert!(
        !words_of(list).contains("chậm nhất <t:"),
        "kept, it is listed as open no more: {}",
        words_of(list)
    );
    let resolved = [("outcome", json!("Đã xong."))];
    scene.command(scene.lan, thread, "case resolve", &resolved).await;
    for path in ["case read", "case propose", "case refuse"] {
        let answer = scene.command(scene.lan, thread, path, &[]).await;
        assert_eq!(answer.kind, AnswerKind::Message, "{path}: no form for what is over");
        assert!(answer.ephemeral, "{path}");
    }
});

each_scene!(faults_c6_a_customer_s_words_are_never_lost_to_a_question_that_is_over, async |scene| {
    let thread = scene.filed(scene.an, "Nhà em mất mạng").await;
    let mine = [("first", "Thay toàn bộ dây"), ("remark", "không còn cách khác")];
    scene.command_and_fill(scene.lan, thread, "case propose", &[], &mine).await;
    scene.press_and_fill(scene.lan, thread, "Gửi khách chọn", &[("text", "Dạ em gửi ạ.")]).await;
    let dm = scene.dm(scene.an);
    let form = scene.opens(scene.an, dm, "Tôi muốn cách khác").await;
    scene.command_and_fill(scene.lan, thread, "case propose", &[], &mine).await;
    let (_, refused) = scene.sends(scene.an, form, &[("text", "Cho em đổi sang gói khác")]).await;
    assert!(refused.text().contains("Cho em đổi sang gói khác"), "{}", refused.text());
    assert_eq!(scene.kept_words("Cho em đổi sang gói khác").await, 1);
    for _ in 0..2 {
        scene.goes_on(scene.an, dm, "Gửi thành tin nhắn").await;
        if scene.read(thread).contains("Cho em đổi sang gói khác") {
            break;
        }
    }
    assert_eq!(scene.seen_by_all(thread, "Cho em đổi sang gói khác"), 1, "{}", scene.read(thread));
    // What was kept for them goes with the rest that they have erased.
    scene.command(scene.an, scene.intake, "my-data", &[]).await;
    scene.press(scene.an, scene.intake, "Xóa").await;
    scene.press(scene.an, scene.intake, "Xóa ngay").await;
    assert_eq!(scene.kept_words("Cho em đổi sang gói khác").await, 0);
});

each_scene!(faults_c7_a_press_takes_its_own_buttons_away, async |scene| {
    let thread = scene.filed(scene.an, "Nhà em mất mạng").await;
    scene.say(scene.an, DM, "Anh chị xem giúp em").await;
    let post = |scene: &Scene| scene.the(thread, "viết:");
    let custom = crate::seeing::button_of(&post(scene), "Nhận").expect("the button");
    scene.outcome(scene.sandbox().press(scene.lan, thread, id(&post(scene)["id"]), &custom)).await;
    let held = post(scene);
    assert!(words_of(&held).contains("**Lan** nhận") || words_of(&held).contains("Lan nhận"), "{held}");
    assert!(!labels(&held).contains(&"Nhận".to_owned()), "{:?}", labels(&held));
    let custom = crate::seeing::button_of(&held, "Không cần trả lời").expect("the button");
    scene.outcome(scene.sandbox().press(scene.lan, thread, id(&held["id"]), &custom)).await;
    let held = post(scene);
    assert!(!labels(&held).contains(&"Không cần trả lời".to_owned()), "{:?}", labels(&held));
    assert!(labels(&held).contains(&"Trả lời khách".to_owned()), "what still works stays");
    assert_eq!(scene.seen_by_all(thread, "không cần trả lời"), 1, "said once, where it was pressed");
});

each_scene!(faults_c7_a_second_proposal_takes_the_first_one_s_buttons_everywhere, async |scene| {
    let thread = scene.filed(scene.an, "Nhà em mất mạng").await;
    let first = [("first", "Hoàn lại cho khách 300.000đ"), ("remark", "tính hai lần")];
    scene.command_and_fill(scene.lan, thread, "case propose", &[], &first).await;
    let other = [("first", "Thay toàn bộ dây"), ("remark", "dây cũ")];
    scene.command_and_fill(scene.lan, thread, "case propose", &[], &other).await;
    let asks = |scene: &Scene, channel: u64, label: &str| -> usize {
        let held = scene.sandbox().messages(channel);
        held.iter().filter(|message| labels(message).iter().any(|held| held == label)).count()
    };
    assert_eq!(asks(scene, thread, "Đồng ý"), 0, "{}", scene.read(thread));
    assert_eq!(asks(scene, scene.managers, "Đồng ý"), 0, "{}", scene.read(scene.managers));
    assert_eq!(asks(scene, thread, "Gửi khách chọn"), 1);
    scene.press_and_fill(scene.lan, thread, "Gửi khách chọn", &[("text", "Dạ em gửi ạ.")]).await;
    assert_eq!(asks(scene, thread, "Gửi khách chọn"), 0, "{}", scene.read(thread));
    let dm = scene.dm(scene.an);
    assert_eq!(asks(scene, dm, "Tôi đồng ý"), 1, "{}", scene.read(dm));
    scene.command_and_fill(scene.lan, thread, "case propose", &[], &other).await;
    assert_eq!(asks(scene, dm, "Tôi đồng ý"), 0, "the older options are over: {}", scene.read(dm));
    scene.press_and_fill(scene.lan, thread, "Gửi khách chọn", &[("text", "Dạ em gửi lại ạ.")]).await;
    assert_eq!(asks(scene, dm, "Tôi đồng ý"), 1);
    // Whoever wants to talk with a manager may still choose.
    scene.press(scene.an, dm, "Gặp quản lý").await;
    assert_eq!(asks(scene, dm, "Tôi đồng ý"), 1);
    let taken = scene.press(scene.tuan, scene.managers, "Tôi nói chuyện với khách").await;
    assert!(taken.text().contains("Tuấn"), "{}", taken.text());
});

each_scene!(faults_c7_a_promise_is_confirmed_once, async |scene| {
    let thread = scene.filed(scene.an, "Nhà em mất mạng").await;
    let told = [("what", json!("Kỹ thuật đến thay dây")), ("when", json!("9h sáng mai"))];
    scene.command(scene.lan, thread, "case promise", &told).await;
    let shown = |scene: &Scene| -> Value {
        scene.sandbox().messages_seen_by(scene.lan, thread).pop().expect("the time shown back")
    };
    let held = shown(scene);
    let label = labels(&held).remove(0);
    let custom = crate::seeing::button_of(&held, &label).expect("its id");
    let press = scene.sandbox().press(scene.lan, thread, id(&held["id"]), &custom);
    scene.outcome(press).await;
    let after = scene.sandbox().messages_seen_by(scene.lan, thread);
    let after = after.iter().find(|message| message["id"] == held["id"]).expect("it stands");
    assert!(labels(after).is_empty(), "{after}");
    let once = scene.seen_by_all(thread, "Kỹ thuật đến thay dây");
    let press = scene.sandbox().raw_press(scene.lan, thread, id(&held["id"]), &custom);
    scene.outcome(Ok(press)).await;
    assert_eq!(scene.seen_by_all(thread, "Kỹ thuật đến thay dây"), once, "{}", scene.read(thread));
    assert_eq!(scene.times(scene.dm(scene.an), "Kỹ thuật đến thay dây"), 1);
});

each_scene!(faults_c7_what_the_customer_answered_asks_nothing_more, async |scene| {
    let thread = scene.filed(scene.an, "Nhà em mất mạng").await;
    let read = [("summary", "Mất mạng từ tối qua")];
    scene.command_and_fill(scene.lan, thread, "case read", &[], &read).await;
    let dm = scene.dm(scene.an);
    assert!(labels(&scene.the(dm, "Mất mạng từ tối qua")).contains(&"Đúng rồi".to_owned()));
    let other = [("summary", "Mất mạng và mất cả truyền hình")];
    scene.command_and_fill(scene.lan, thread, "case read", &[], &other).await;
    assert!(labels(&scene.the(dm, "Mất mạng từ tối qua")).is_empty(), "{}", scene.read(dm));
    scene.press(scene.an, dm, "Đúng rồi").await;
    let asking: Vec<Value> = scene
        .sandbox()
        .messages(dm)
        .into_iter()
        .filter(|held| labels(held).contains(&"Đúng rồi".to_owned()))
        .collect();
    assert!(asking.is_empty(), "{asking:#?}");
});

each_scene!(faults_c5_twenty_short_messages_call_once, async |scene| {
    let thread = scene.filed(scene.an, "Nhà em mất mạng").await;
    scene.command(scene.lan, thread, "case claim", &[]).await;
    let called = |scene: &Scene| -> usize {
        let held = scene.sandbox().messages(thread);
        held.iter().filter(|message| crate::seeing::pings(message, scene.lan)).count()
    };
    let before = called(scene);
    for number in 1..=20 {
        scene.say(scene.an, DM, format!("Alo {number}").as_str()).await;
    }
    assert_eq!(called(scene), before + 1, "{}", scene.read(thread));
    assert_eq!(scene.times(thread, "Alo "), 20, "all of them stand there");
    scene.command(scene.lan, thread, "reply", &[("text", json!("Em đây ạ, em đang xem."))]).await;
    scene.say(scene.an, DM, "Vâng nhanh giúp").await;
    assert_eq!(called(scene), before + 2, "what comes after the answer calls again");
    scene.say(scene.an, DM, "Bố tôi đang thở máy ở nhà").await;
    assert_eq!(called(scene), before + 3, "somebody's safety calls again");
});
