//! Times and lengths of time through the wire: repeated words, suggestions, hours that are over, hours that are missing.

use langnghe::sandbox::{AnswerKind, Place};
use serde_json::{Value, json};

use crate::scene::{HOUR, MINUTE, MONDAY_9, Scene, each_scene, scene, words_of};

impl Scene {
    /// The labels that are suggested for `when` of a promise.
    async fn suggested(&self, thread: u64, typed: &str) -> Vec<String> {
        let options = [("what", json!("gọi lại")), ("when", json!(typed))];
        let place = Place::Channel(thread);
        let made = self.sandbox().autocomplete(self.lan, place, "case promise", &options, "when");
        let choices = self.outcome(made).await.1.choices;
        choices.iter().filter_map(|choice| choice["name"].as_str().map(str::to_owned)).collect()
    }

    async fn promised(&self, thread: u64, when: &str) -> langnghe::sandbox::Answer {
        let options = [("what", json!("Gọi lại báo kết quả cho khách")), ("when", json!(when))];
        self.command(self.lan, thread, "case promise", &options).await
    }
}

/// The labels of the buttons of an answer.
fn buttons(message: &Value) -> Vec<String> {
    let rows = message["components"].as_array().into_iter().flatten();
    let held = rows.flat_map(|row| row["components"].as_array().into_iter().flatten());
    held.filter_map(|button| button["label"].as_str().map(str::to_owned)).collect()
}

#[tokio::test]
async fn faults_i2_a_word_said_again_and_again_holds_nobody_up() {
    scene(async |scene| {
        let thread = scene.filed(scene.an, "Mất mạng").await;
        for typed in [
            format!("9h sang mai {}", "nhe ".repeat(27)),
            "mai ".repeat(30),
            "9h ".repeat(40),
            "thu tu ".repeat(17),
            "nhe".repeat(40),
            "toi sau nam tu ".repeat(8),
            "tu 9h den 10h den ".repeat(6),
            "x ".repeat(3_000),
        ] {
            let told = scene.promised(thread, &typed).await;
            assert!(told.ephemeral, "{typed}: {}", told.text());
            let _ = scene.suggested(thread, &typed.chars().take(100).collect::<String>()).await;
        }
        // Said often it still is what it is.
        let told = scene.promised(thread, &format!("9h sang mai {}", "nhe ".repeat(20))).await;
        assert_eq!(buttons(&told.message.expect("a message")), ["T3 24/11/2026 09:00"]);
    })
    .await;
}

#[tokio::test]
async fn faults_i3_suggestions_are_at_most_25_and_fit_the_part_of_the_day() {
    scene(async |scene| {
        let thread = scene.filed(scene.an, "Mất mạng").await;
        for typed in
            ["tuần sau", "tuần sau nữa", "trong tuần", "cuối tuần", "tối tuần sau", "next week", "this week"]
        {
            let labels = scene.suggested(thread, typed).await;
            assert!((1..=25).contains(&labels.len()), "{typed}: {labels:?}");
        }
        for (typed, expected) in [
            ("tối mai", ["18:00", "19:00", "20:00", "21:00"]),
            ("chiều mốt", ["14:00", "15:00", "16:00", "17:00"]),
            ("sáng thứ 6", ["08:00", "09:00", "10:00", "11:00"]),
            ("tomorrow evening", ["18:00", "19:00", "20:00", "21:00"]),
        ] {
            let labels = scene.suggested(thread, typed).await;
            let hours: Vec<&str> = labels.iter().filter_map(|label| label.split(' ').next_back()).collect();
            assert_eq!(hours, expected, "{typed}");
        }
        // Any other option with many choices is cut the same way: Discord knows hundreds of zones.
        let place = Place::Channel(scene.desk);
        let made = scene.sandbox().autocomplete(
            scene.tuan,
            place,
            "desk setup",
            &[("time-zone", json!(""))],
            "time-zone",
        );
        assert_eq!(scene.outcome(made).await.1.choices.len(), 25);
    })
    .await;
}

#[tokio::test]
async fn faults_i4_an_hour_that_is_over_is_asked_back() {
    scene(async |scene| {
        let thread = scene.filed(scene.an, "Mất mạng").await;
        scene.advance(HOUR).await;
        for (when, offered) in [
            ("thứ hai tuần này 9h", vec!["T2 23/11/2026 21:00"]),
            ("hôm nay 9h", vec!["T2 23/11/2026 21:00"]),
            ("9h sáng thứ 2", vec!["T2 30/11/2026 09:00"]),
            ("Monday 9am", vec!["T2 30/11/2026 09:00"]),
        ] {
            let told = scene.promised(thread, when).await;
            assert!(told.ephemeral && told.text().contains("đã qua rồi"), "{when}: {}", told.text());
            assert_eq!(buttons(&told.message.expect("a message")), offered, "{when}");
        }
        let told = scene.promised(thread, "sáng nay 8h").await;
        assert!(told.ephemeral && told.text().contains("đã qua rồi"), "{}", told.text());
        // The day after tomorrow is a day, and asked for its hour.
        let told = scene.promised(thread, "chiều mốt").await;
        let labels = buttons(&told.message.expect("a message"));
        assert_eq!(labels[0], "T4 25/11/2026 14:00");
        // In a form the same is said in words.
        let values =
            [("first", "Thay dây"), ("first_when", "hôm nay 9h"), ("second", "Đổi modem"), ("remark", "1")];
        let told = scene.command_and_fill(scene.lan, thread, "case propose", &[], &values).await;
        assert!(told.ephemeral && told.text().contains("đã qua rồi"), "{}", told.text());
    })
    .await;
}

each_scene!(faults_i5_a_missing_hour_is_asked_with_buttons_and_the_words_are_kept, async |scene| {
    let thread = scene.filed(scene.an, "Mất mạng").await;
    let told = scene.promised(thread, "tối mai").await;
    assert!(told.ephemeral && told.text().contains("Gọi lại báo kết quả cho khách"), "{}", told.text());
    let labels = buttons(&told.message.expect("a message"));
    assert_eq!(labels, ["18", "19", "20", "21"].map(|hour| format!("T3 24/11/2026 {hour}:00")));
    scene.press(scene.lan, thread, "T3 24/11/2026 20:00").await;
    let promises = scene.command(scene.lan, thread, "case promises", &[]).await;
    let due = (MONDAY_9 + 35 * HOUR) / 1_000;
    assert!(promises.text().contains(&format!("<t:{due}:f>")), "{}", promises.text());
    assert!(promises.text().contains("Gọi lại báo kết quả cho khách"), "{}", promises.text());
    for (when, label) in [
        ("hết giờ hành chính", "T2 23/11/2026 17:30"),
        ("2 hôm nữa", "T4 25/11/2026 09:00"),
        ("giờ này ngày mai", "T3 24/11/2026 09:00"),
        // The 24th is a holiday.
        ("3 ngày làm việc", "T6 27/11/2026 17:30"),
        ("9h mồng 3 Tết", "T2 08/02/2027 09:00"),
        ("17h hnay", "T2 23/11/2026 17:00"),
        ("trc 17h", "T2 23/11/2026 17:00"),
        ("in 3 working days", "T6 27/11/2026 17:30"),
    ] {
        let told = scene.promised(thread, when).await;
        let message = told.message.expect("a message");
        assert_eq!(buttons(&message), [label], "{when}: {}", words_of(&message));
    }
    scene.command(scene.lan, thread, "case promises", &[]).await;
    scene.advance(36 * HOUR).await;
    scene.command(scene.lan, thread, "case promises", &[]).await;
    scene.press(scene.lan, thread, "1 · Đã giữ lời").await;
});

each_scene!(
    faults_i5_a_missing_hour_in_a_form_is_chosen_with_a_press_and_nothing_is_typed_again,
    async |scene| {
        let thread = scene.filed(scene.an, "Mất mạng").await;
        let remedies = [
            // The words stand elsewhere, too, and stay there as they were written.
            ("first", "Thay dây tại nhà tối mai"),
            ("first_when", "tối mai · 0"),
            ("second", "Đổi modem tại cửa hàng"),
            ("second_when", "chiều mai"),
        ];
        let told = scene.command_and_fill(scene.lan, thread, "case propose", &[], &remedies).await;
        assert!(told.ephemeral && told.text().contains("Chọn giờ cho “tối mai”"), "{}", told.text());
        let labels = buttons(&told.message.clone().expect("a message"));
        assert!(labels.starts_with(&["T3 24/11/2026 18:00".to_owned()]), "{labels:?}");
        assert_eq!(labels.last().map(String::as_str), Some("Mở lại biểu mẫu"));
        // The first time is chosen, and then the second is asked for.
        let told = scene.press(scene.lan, thread, "T3 24/11/2026 20:00").await;
        assert!(told.text().contains("Chọn giờ cho “chiều mai”"), "{}", told.text());
        scene.press(scene.lan, thread, "T3 24/11/2026 15:00").await;
        let proposed = scene.read(thread);
        for due in [MONDAY_9 + 35 * HOUR, MONDAY_9 + 30 * HOUR] {
            assert!(proposed.contains(&format!("<t:{}:f>", due / 1_000)), "{due}: {proposed}");
        }
        assert!(proposed.contains("Thay dây tại nhà tối mai") && proposed.contains("Đổi modem tại cửa hàng"));
    }
);

each_scene!(faults_i6_one_reader_everywhere, async |scene| {
    // An incident's times.
    let options =
        [("playbook", json!("cable-cut")), ("area", json!("TP.HCM")), ("next-update", json!("9h sáng mai"))];
    let told = scene
        .command_and_fill(
            scene.tuan,
            scene.managers,
            "incident declare",
            &options,
            &[("since", "cách đây 30 phút")],
        )
        .await;
    assert!(told.ephemeral && told.text().contains("09:00 24/11"), "{}", told.text());
    let card = words_of(&scene.last(scene.managers));
    assert!(card.contains("từ 08:30 23/11"), "{card}");
    for (next, said) in [("sáng mai", "chưa có giờ"), ("8:00", "thêm ngày"), ("hôm qua", "đã qua")]
    {
        let options = [("incident", json!("1")), ("next-update", json!(next))];
        let told = scene.command(scene.tuan, scene.managers, "incident update", &options).await;
        assert!(told.ephemeral && told.text().contains(said), "{next}: {}", told.text());
    }
    // What a deadline would be.
    for received in ["9h sáng mai", "hôm qua 15:00", "2 tiếng trước", "30 phút nữa", "mồng 3 Tết 9h", "16:30"]
    {
        let tried = [("received", json!(received))];
        let told = scene.command(scene.tuan, scene.desk, "desk simulate", &tried).await;
        assert!(told.text().contains("15 phút"), "{received}: {}", told.text());
    }
    // When somebody phoned.
    for at in ["8h15 sáng nay", "30p trước", "hqua 3h chiều", "tối qua 9h", "thứ 6 16:00"] {
        let options = [("medium", json!("phone")), ("at", json!(at))];
        let made = scene.sandbox().command(scene.lan, Place::Channel(scene.desk), "case log", &options);
        let told = scene.outcome(made).await.1;
        assert_eq!(told.kind, AnswerKind::Form, "{at}: {}", told.text());
    }
});

#[tokio::test]
async fn faults_i6_a_reminder_is_put_off_in_everyday_words() {
    scene(async |scene| {
        let thread = scene.filed(scene.an, "Mất mạng").await;
        scene.press(scene.lan, scene.desk, "Nhận").await;
        scene.advance(10 * MINUTE).await;
        let fill = async |written: &str| {
            let values = [("for", written), ("text", "đang gọi khách")];
            scene.press_and_fill(scene.lan, thread, "Nhắc lại sau", &values).await.text()
        };
        // Understood, and farther than the deadline.
        for written in
            ["30p", "2 tiếng", "nửa tiếng", "1 tieng", "20 phút nữa", "1 tiếng rưỡi", "đến 17h", "2 hours"]
        {
            let told = fill(written).await;
            assert!(told.contains("Không hoãn lời nhắc quá hạn"), "{written}: {told}");
        }
        for written in ["lúc nào rảnh", "15", "vài phút"] {
            let told = fill(written).await;
            assert!(told.contains("không phải một khoảng"), "{written}: {told}");
        }
        let told = fill("3p").await;
        let until = format!("<t:{}:f>", (MONDAY_9 + 13 * MINUTE) / 1_000);
        assert!(told.contains(&until), "{told}");
        scene.command(scene.lan, thread, "reply", &[("text", json!("Dạ em xem ngay ạ."))]).await;
    })
    .await;
}
