//! The action bar, what keeps a deadline, and who is vulnerable: what a thread offers to whoever opens it.

use serde_json::{Value, json};

use crate::scene::{HOUR, MINUTE, Scene, each_scene, id, scene, words_of};
use crate::seeing::DM;

const SAFETY: &str = "Mạng rớt, mẹ tôi 82 tuổi thở máy ở nhà, máy báo động không gửi được";

impl Scene {
    /// The bar of a thread as it stands.
    fn bar_message(&self, thread: u64) -> Value {
        self.sandbox().messages(thread).into_iter().next().expect("a bar")
    }

    /// The labels of its buttons and the placeholders of its selects, row by row.
    fn rows(&self, thread: u64) -> Vec<Vec<String>> {
        let bar = self.bar_message(thread);
        let label = |held: &Value| {
            held["label"].as_str().or(held["placeholder"].as_str()).unwrap_or_default().to_owned()
        };
        let row = |row: &Value| row["components"].as_array().expect("a row").iter().map(label).collect();
        bar["components"].as_array().expect("rows").iter().map(row).collect()
    }

    async fn choose(&self, user: u64, thread: u64, value: &str) {
        let bar = self.bar_message(thread);
        let select = bar["components"][1]["components"][0]["custom_id"].as_str().expect("a select");
        self.outcome(self.sandbox().select(user, thread, id(&bar["id"]), select, &[value])).await;
    }
}

each_scene!(faults_g11_the_first_message_of_a_thread_is_its_action_bar, async |scene| {
    let thread = scene.filed(scene.an, "Nhà em mất mạng từ tối qua").await;
    let bar = scene.bar(thread);
    assert!(bar.starts_with("**Việc tiếp theo:** Bấm Nhận"), "{bar}");
    assert!(bar.contains("chỉ nội bộ đọc"), "plain words stay inside: {bar}");
    assert_eq!(
        scene.rows(thread),
        [vec!["Nhận", "Tôi đã đọc", "Trả lời khách", "Đã giải quyết", "Thêm…"], vec!["Phân loại khiếu nại"]]
    );
    // Pressed on the bar, the press's own callback shows the new one: no call more.
    scene.sandbox().clear_calls();
    scene.press(scene.lan, thread, "Nhận").await;
    assert_eq!(scene.counted().bar_edits, 0, "{:?}", scene.sandbox().calls());
    assert!(scene.bar(thread).contains("Đọc rồi bấm “Tôi đã đọc”"), "{}", scene.bar(thread));
    assert!(!scene.rows(thread)[0].contains(&"Nhận".to_owned()));
    scene.choose(scene.lan, thread, "connection-lost").await;
    assert_eq!(scene.rows(thread)[1], ["Mức độ thế nào?"], "the next field that nobody has set");
    scene.choose(scene.lan, thread, "high").await;
    assert_eq!(scene.rows(thread)[1], ["Khách có thuộc diện cần ưu tiên?"]);
    scene.choose(scene.lan, thread, "no").await;
    assert_eq!(scene.rows(thread).len(), 1, "all is set");
    assert_eq!(scene.counted().bar_edits, 0);
    // What a select holds is not typed in the form.
    let (form_of, form) = scene.outcome(scene.sandbox().press_label(scene.lan, thread, "Tôi đã đọc")).await;
    let form = form.form.expect("a form");
    assert_eq!(form["components"].as_array().expect("inputs").len(), 1, "{form}");
    let summed = [("summary", "Mất mạng từ tối 22/11")];
    scene.outcome(scene.sandbox().submit(scene.lan, form_of, &summed)).await;
    assert!(scene.bar(thread).contains("Mất mạng từ tối 22/11"), "{}", scene.bar(thread));
    assert!(scene.rows(thread).len() <= 5);
});

each_scene!(
    faults_g11_a_bar_that_somebody_deleted_stands_again_and_an_answer_lost_is_made_good,
    async |scene| {
        let thread = scene.filed(scene.an, "Mạng chậm").await;
        let first = scene.bar_message(thread);
        let (author, bar) = (id(&first["author"]["id"]), id(&first["id"]));
        scene.sandbox().delete_message(author, thread, bar).expect("it is gone");
        scene.press(scene.lan, scene.desk, "Nhận").await;
        let bars = scene.sandbox().messages(thread);
        let bars = bars.iter().filter(|message| words_of(message).contains("Việc tiếp theo"));
        assert_eq!(bars.count(), 1, "{}", scene.read(thread));
        // The callback is lost: the bar is brought up to date all the same, a moment later.
        use langnghe::sandbox::rules::fault::{CutAt, FaultKind};
        scene.trouble("POST", "/interactions/", 1, FaultKind::Cut(CutAt::Before));
        let bar =
            scene.sandbox().messages(thread).into_iter().rfind(|held| words_of(held).contains("Việc tiếp"));
        let bar = bar.expect("the bar");
        let select = bar["components"][1]["components"][0]["custom_id"].as_str().expect("a select");
        let made = scene.sandbox().select(scene.lan, thread, id(&bar["id"]), select, &["billing"]);
        made.expect("she sees the select");
        scene.settle().await;
        scene.sandbox().clear_faults();
        scene.advance(MINUTE).await;
        let shown = scene.the(thread, "Việc tiếp theo").to_string();
        assert!(shown.contains("Mức độ thế nào?"), "{shown}");
    }
);

#[tokio::test]
async fn faults_g11_more_holds_every_field_for_whoever_pressed_it() {
    scene(async |scene| {
        let values = [("words", "Hoá đơn sai"), ("contact", "HD 123456")];
        scene.press_and_fill(scene.an, scene.intake, "Gửi khiếu nại", &values).await;
        let thread = id(&scene.sandbox().threads(scene.desk)[0]["id"]);
        let more = scene.press(scene.lan, thread, "Thêm…").await;
        assert!(more.ephemeral, "{}", more.text());
        let shown = more.message.expect("a message").to_string();
        for held in ["Phân loại khiếu nại", "Mức độ thế nào?", "cần ưu tiên", "Đề xuất"]
        {
            assert!(shown.contains(held), "{held}: {shown}");
        }
        let stranger = scene.sandbox().press_label(scene.bob, thread, "Thêm…");
        assert!(stranger.is_err(), "nobody else sees it");
    })
    .await;
}

each_scene!(faults_g10_who_is_vulnerable_is_suggested_decided_and_comes_first, async |scene| {
    scene.filed(scene.bob, "My bill is wrong").await;
    let thread = scene.filed(scene.an, SAFETY).await;
    assert!(scene.bar(thread).contains("có thể, theo lời khách: cần xác định"), "{}", scene.bar(thread));
    assert_eq!(scene.rows(thread)[1], ["Khách có thuộc diện cần ưu tiên?"], "asked before anything else");
    let list = scene.command(scene.lan, scene.desk, "case list", &[]).await.text().to_owned();
    let (first, second) = (list.find("⚠"), list.find("Bob"));
    assert!(first.is_some() && first < second, "first in the list: {list}");
    let (form_of, form) = scene.outcome(scene.sandbox().press_label(scene.lan, thread, "Tôi đã đọc")).await;
    let held = form.form.expect("a form").to_string();
    assert!(held.contains("\"value\":\"Có\"") && held.contains("\"value\":\"Nặng\""), "{held}");
    scene.outcome(scene.sandbox().submit(scene.lan, form_of, &[("summary", "Mạng rớt")])).await;
    assert!(scene.read(thread).contains("Nặng · Khách cần ưu tiên"), "{}", scene.read(thread));
    // Where nothing points to it, it is not said, and stays so until somebody says it.
    let other = scene.filed(scene.an, "Hoá đơn tháng 10 sai").await;
    let (form_of, form) = scene.outcome(scene.sandbox().press_label(scene.lan, other, "Tôi đã đọc")).await;
    let held = form.form.expect("a form").to_string();
    assert!(!held.contains("\"value\":\"Không\"") && !held.contains("\"value\":\"Thường\""), "{held}");
    scene.outcome(scene.sandbox().submit(scene.lan, form_of, &[("summary", "Hoá đơn sai")])).await;
    assert!(scene.read(other).contains("Khách cần ưu tiên: chưa ghi nhận"), "{}", scene.read(other));
});

/// A press on the nudge of a clock keeps its deadline: each row plays until the nudge is there, presses its first deed,
/// fills in the form that opens, and looks whether the clock runs on.
#[tokio::test]
async fn faults_g7_the_button_of_a_nudge_stops_its_clock() {
    let reply: &[(&str, &str)] = &[("text", "Dạ em xem ngay ạ.")];
    let read: &[(&str, &str)] = &[("summary", "Mất mạng"), ("severity", "Nặng")];
    let propose: &[(&str, &str)] = &[("first", "Thợ đến thay dây"), ("remark", "chỉ có cách này")];
    for (clock, button, values) in [
        ("reply", "Trả lời khách", Some(reply)),
        ("recorded", "Tôi đã đọc", Some(read)),
        ("consult", "Đề xuất", Some(propose)),
        ("plan", "Gửi khách chọn", Some(reply)),
        ("promise", "1 · Đã giữ lời", Some(reply)),
        ("resolution", "Đã giải quyết", Some(reply)),
        ("written-answer", "Trả lời khách", Some(reply)),
    ] {
        scene(async |scene| {
            let thread = scene.filed(scene.an, "Nhà em mất mạng từ tối qua").await;
            scene.press(scene.lan, scene.desk, "Nhận").await;
            if clock != "reply" && clock != "recorded" && clock != "written-answer" {
                scene.command(scene.lan, thread, "reply", &[("text", json!("Dạ em xem."))]).await;
            }
            if matches!(clock, "consult" | "plan") {
                scene.command_and_fill(scene.lan, thread, "case read", &[], read).await;
            }
            if clock == "plan" {
                scene.command_and_fill(scene.lan, thread, "case propose", &[], propose).await;
            }
            if clock == "promise" {
                let promise = [("what", json!("gọi lại")), ("when", json!("2026-11-23 12:00"))];
                scene.command(scene.lan, thread, "case promise", &promise).await;
            }
            let name = match clock {
                "reply" => "Trả lời khách",
                "recorded" => "Ghi nhận",
                "consult" => "Trao đổi với quản lý",
                "plan" => "Phương án và cách làm",
                "promise" => "Lời hứa",
                "resolution" => "Giải quyết",
                _ => "Hồi âm bằng văn bản",
            };
            let mut nudge = None;
            for _ in 0..400 {
                scene.advance(30 * MINUTE).await;
                let running = scene.sandbox().messages(thread);
                nudge = running.into_iter().rfind(|held| {
                    words_of(held).to_lowercase().contains(&name.to_lowercase())
                        && held.to_string().contains(button)
                });
                let is_bar = nudge.as_ref().is_some_and(|held| words_of(held).contains("Việc tiếp theo"));
                if nudge.is_some() && !is_bar {
                    break;
                }
                nudge = None;
            }
            let nudge = nudge.unwrap_or_else(|| panic!("{clock} is nudged\n{}", scene.read(thread)));
            let custom = crate::seeing::button_of(&nudge, button).expect("its button");
            let pressed = scene.sandbox().raw_press(scene.lan, thread, id(&nudge["id"]), &custom);
            let (form_of, _) = scene.outcome(Ok(pressed)).await;
            if let Some(values) = values {
                scene.outcome(scene.sandbox().submit(scene.lan, form_of, values)).await;
            }
            if clock == "plan" {
                // What was sent ends it with the customer's choice.
                scene.press(scene.an, scene.dm(scene.an), "Tôi đồng ý").await;
            }
            let why = scene.command(scene.lan, thread, "case why", &[("clock", json!(clock))]).await;
            let before = why.text().to_owned();
            scene.advance(2 * HOUR).await;
            let why = scene.command(scene.lan, thread, "case why", &[("clock", json!(clock))]).await;
            assert_eq!(before, why.text(), "{clock} has ended");
        })
        .await;
    }
}

#[tokio::test]
async fn faults_g7_a_nudge_says_what_was_promised() {
    scene(async |scene| {
        let thread = scene.filed(scene.an, "Mất mạng").await;
        scene.press(scene.lan, scene.desk, "Nhận").await;
        scene.say(scene.an, DM, "Alo?").await;
        let promise = [("what", json!("Thợ đến thay dây ở ngõ 12")), ("when", json!("2026-11-23 15:00"))];
        scene.command(scene.lan, thread, "case promise", &promise).await;
        scene.advance(6 * HOUR).await;
        let nudges = scene.those(thread, "Đã hẹn: “Thợ đến thay dây ở ngõ 12”");
        assert!(!nudges.is_empty(), "{}", scene.read(thread));
        assert!(nudges.iter().all(|nudge| nudge.to_string().contains("1 · Đã giữ lời")), "{nudges:?}");
    })
    .await;
}
