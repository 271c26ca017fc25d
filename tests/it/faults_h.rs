//! Figures that say what happened, and what is found.

use serde_json::json;

use crate::scene::{HOUR, MINUTE, Scene, each_scene, scene, words_of};
use crate::seeing::{DM, monday};

const DAY: i64 = 24 * HOUR;

impl Scene {
    /// The lines of today's report, as text.
    async fn report(&self) -> String {
        let answer =
            self.command(self.tuan, self.managers, "report overview", &[("period", json!("today"))]).await;
        words_of(&answer.message.expect("a report"))
    }

    async fn found(&self, query: &str) -> String {
        self.command(self.lan, self.desk, "case find", &[("query", json!(query))]).await.text()
    }
}

each_scene!(faults_h1_every_score_counts_when_it_was_given_and_a_reopening_is_a_figure, async |scene| {
    let first = scene.filed(scene.an, "Nhà em mất mạng").await;
    scene.command(scene.lan, first, "case resolve", &[("outcome", json!("Đã thay dây."))]).await;
    scene.press(scene.an, scene.dm(scene.an), "1 ★").await;
    let second = scene.filed(scene.bob, "No connection").await;
    scene.command(scene.mike, second, "case resolve", &[("outcome", json!("Cable replaced."))]).await;
    scene.press(scene.bob, scene.dm(scene.bob), "5 ★").await;
    scene.command(scene.lan, first, "case reopen", &[("reason", json!("Khách gọi lại"))]).await;
    scene.command(scene.lan, first, "case resolve", &[("outcome", json!("Đã đổi modem."))]).await;
    let report = scene.report().await;
    assert!(report.contains("Điểm trung bình: **3,00** (n 2)"), "{report}");
    assert!(report.contains("Mở lại: **1**"), "{report}");
});

each_scene!(faults_h2_what_needed_no_answer_is_no_wait, async |scene| {
    let thread = scene.filed(scene.an, "Nhà em mất mạng").await;
    scene.advance(2 * MINUTE).await;
    scene.command(scene.lan, thread, "reply", &[("text", json!("Dạ em xem."))]).await;
    scene.say(scene.an, DM, "Dạ em chờ ạ").await;
    scene.press(scene.lan, thread, "Không cần trả lời").await;
    scene.advance(5 * HOUR).await;
    assert!(!scene.report().await.contains("Tin khách đang chờ"), "nobody waits");
    scene.say(scene.an, DM, "Mạng lại rớt rồi").await;
    scene.advance(5 * MINUTE).await;
    scene.command(scene.lan, thread, "reply", &[("text", json!("Dạ em cử thợ."))]).await;
    let report = scene.report().await;
    assert!(report.contains("P90 **5 phút**"), "{report}");
    assert!(!report.contains("Tin khách đang chờ"), "{report}");
});

each_scene!(faults_h3_two_merged_complaints_are_one, async |scene| {
    let first = scene.filed(scene.an, "Nhà em mất mạng").await;
    let second = scene.filed(scene.an, "Vẫn là chuyện mất mạng").await;
    assert!(scene.report().await.contains("Tiếp nhận: **2**"));
    scene.command(scene.lan, second, "case merge", &[("number", json!(1))]).await;
    let report = scene.report().await;
    assert!(report.contains("Tiếp nhận: **1**") && report.contains("Đang xử lý: **1**"), "{report}");
    scene.command(scene.lan, first, "reply", &[("text", json!("Dạ em xem."))]).await;
    assert!(!scene.report().await.contains("Tin khách đang chờ"), "answered in the one that is left");
});

#[tokio::test]
async fn faults_h4_why_tells_what_is_used_until_now_and_what_is_left() {
    scene(async |scene| {
        let thread = scene.filed(scene.an, "Nhà em mất mạng").await;
        scene.advance(2 * MINUTE).await;
        let told = scene.command(scene.lan, thread, "case why", &[("clock", json!("reply"))]).await.text();
        assert!(told.contains("đến lúc này đã dùng 0:02:00 trên 0:15:00, còn 0:13:00"), "{told}");
        let told = scene.command(scene.lan, thread, "case why", &[("clock", json!("recorded"))]).await.text();
        assert!(told.contains("đã dùng 0:02:00 trên 24:00:00, còn 23:58:00"), "{told}");
        scene.advance(HOUR).await;
        let told = scene.command(scene.lan, thread, "case why", &[("clock", json!("reply"))]).await.text();
        assert!(told.contains("đã dùng 0:15:00 trên 0:15:00, còn 0:00:00"), "{told}");
        scene.command(scene.lan, thread, "reply", &[("text", json!("Dạ em xem."))]).await;
        let told = scene.command(scene.lan, thread, "case why", &[("clock", json!("recorded"))]).await.text();
        assert!(told.contains("đã dùng 1:02:00 trên 24:00:00") && !told.contains("còn "), "{told}");
    })
    .await;
}

each_scene!(faults_h5_a_number_is_found_however_it_is_spelled, async |scene| {
    let thread = scene.filed(scene.an, "Nhà em mất mạng, gọi 0912.345.678 nhé").await;
    scene.filed(scene.bob, "No connection, my number is +84 987 654 321").await;
    for query in ["0912345678", "0912 345 678", "+84912345678", "(+84) 912-345-678", "912.345.678", "345678"]
    {
        let told = scene.found(query).await;
        assert!(told.contains("#1 ·") && !told.contains("#2 ·"), "{query}: {told}");
    }
    for query in ["0987654321", "0987.654.321", "84987654321"] {
        let told = scene.found(query).await;
        assert!(told.contains("#2 ·") && !told.contains("#1 ·"), "{query}: {told}");
    }
    scene.command(scene.lan, thread, "case note", &[("text", json!("Số vợ khách: 0905-111-222."))]).await;
    assert!(scene.found("0905111222").await.contains("#1 ·"), "in a note");
    scene.command(scene.lan, thread, "reply", &[("text", json!("Anh gọi giúp em 02873 001 234 nhé"))]).await;
    assert!(scene.found("02873001234").await.contains("#1 ·"), "in a reply");
});

each_scene!(faults_h5_a_contract_number_is_found_however_it_is_set_apart, async |scene| {
    scene.filed(scene.an, "Hợp đồng HN 2024 0012345, thư an.nguyen@gmail.com. Mạng chập chờn").await;
    scene.filed(scene.bob, "My line is dead, contract SGH12-3456/7").await;
    for query in ["HN20240012345", "hn 2024 0012345", "HN-2024-0012345", "0012345", "an.nguyen@gmail.com"] {
        let told = scene.found(query).await;
        assert!(told.contains("#1 ·") && !told.contains("#2 ·"), "{query}: {told}");
    }
    for query in ["SGH1234567", "SGH12 3456", "sgh123456/7", "số 2", "Khiếu nại #2", "complaint 2"] {
        let told = scene.found(query).await;
        assert!(told.contains("#2 ·") && !told.contains("#1 ·"), "{query}: {told}");
    }
});

each_scene!(faults_h6_a_promise_is_found_and_words_that_were_left_out_are_named, async |scene| {
    let thread = scene.filed(scene.an, "Nhà em mất mạng").await;
    let promise = [("what", json!("Thay modem Huawei tại nhà")), ("when", json!("2026-11-25 09:00"))];
    scene.command(scene.lan, thread, "case promise", &promise).await;
    let told = scene.found("modem huawei").await;
    assert!(told.contains("#1 ·"), "{told}");
    let told = scene.found("nha em mat mang thay modem huawei").await;
    assert!(told.contains("#1 ·") && told.contains("chưa dùng đến: huawei"), "{told}");
    let told = scene.found("không có chữ nào như vậy ở đây").await;
    assert!(told.contains("Không tìm thấy") && told.contains("chưa dùng đến: ở đây"), "{told}");
    assert!(!scene.found("nha em mat mang").await.contains("chưa dùng đến"));
});

#[tokio::test]
async fn faults_h7_a_day_has_no_hour() {
    scene(async |scene| {
        scene.until(monday(32, 30)).await;
        let seen = scene.seen_by(scene.tuan);
        let line = seen.lines().find(|line| line.contains("hôm nay không có lời hứa")).expect("a digest");
        assert!(line.contains("24/11/2026") && !line.contains("00:00"), "{line}");
    })
    .await;
}

each_scene!(faults_g8_steps_that_did_not_happen_are_called_off, async |scene| {
    let thread = scene.filed(scene.an, "Nhà em mất mạng").await;
    let read = [("summary", "Mất mạng từ tối 22/11"), ("severity", "Thường"), ("vulnerable", "không")];
    scene.command_and_fill(scene.lan, thread, "case read", &[], &read).await;
    scene.command(scene.lan, thread, "case resolve", &[("outcome", json!("Đã thay dây."))]).await;
    let told = scene.command(scene.lan, thread, "case why", &[("clock", json!("consult"))]).await.text();
    assert!(told.contains("Thôi tính từ"), "{told}");
    let told = scene.command(scene.lan, thread, "case why", &[("clock", json!("reply"))]).await.text();
    assert!(told.contains("kịp hạn"), "{told}");
    scene.advance(3 * DAY).await;
    let options = [("period", json!("7d"))];
    let report = scene.command(scene.tuan, scene.managers, "report overview", &options).await;
    let report = words_of(&report.message.expect("a report"));
    assert!(!report.contains("Trao đổi với quản lý"), "consult is neither met nor missed: {report}");
});

#[tokio::test]
async fn faults_g12_the_number_comes_first_and_overdue_before_it() {
    scene(async |scene| {
        let thread = scene.filed(scene.an, "Nhà em mất mạng từ hôm qua").await;
        let name = scene.sandbox().threads(scene.desk)[0]["name"].clone();
        assert!(name.as_str().is_some_and(|name| name.starts_with("#1 · Nguyễn Văn An · ")), "{name}");
        let card = scene.the(scene.desk, "#1 · Nguyễn Văn An");
        assert_ne!(card["embeds"][0]["color"], 0xDC_26_26);
        scene.advance(HOUR).await;
        let card = scene.the(scene.desk, "#1 · Nguyễn Văn An");
        assert_eq!(card["embeds"][0]["title"], "Quá hạn · #1 · Nguyễn Văn An");
        assert_eq!(card["embeds"][0]["color"], 0xDC_26_26);
        let list = scene.command(scene.lan, scene.desk, "case list", &[]).await.text();
        assert!(list.contains("Quá hạn · <#"), "{list}");
        scene.command(scene.lan, thread, "reply", &[("text", json!("Dạ em xem."))]).await;
        let card = scene.the(scene.desk, "#1 · Nguyễn Văn An");
        assert_eq!(card["embeds"][0]["title"], "#1 · Nguyễn Văn An");
    })
    .await;
}
