//! The one-minute rating and how a complaint ends, or opens again.

use serde_json::json;

use crate::scene::{Counted, HOUR, MINUTE, Scene, each_scene, id, scene, words_of};
use crate::seeing::{DM, button_of, labels, monday, pings};

const DAY: i64 = 24 * HOUR;

impl Scene {
    /// A complaint of An's that Lan has resolved; its thread.
    async fn resolved(&self) -> u64 {
        let thread = self.filed(self.an, "Nhà em mất mạng").await;
        self.command(self.lan, thread, "case resolve", &[("outcome", json!("Đã thay dây cáp."))]).await;
        thread
    }
}

#[tokio::test]
async fn the_question_about_an_evening_waits_for_the_customers_morning() {
    scene(async |scene| {
        let thread = scene.filed(scene.an, "Nhà em mất mạng").await;
        scene.until(monday(21, 30)).await;
        let told =
            scene.command(scene.lan, thread, "case resolve", &[("outcome", json!("Đã thay dây."))]).await;
        assert!(told.text().contains(&format!("<t:{}:f>", monday(32, 0) / 1_000)), "{}", told.text());
        scene.until(monday(32, 0) - 1_000).await;
        assert!(labels(&scene.the(scene.dm(scene.an), "Đã thay dây.")).is_empty(), "told, and nothing asked");
        scene.until(monday(32, 0)).await;
        assert_eq!(labels(&scene.the(scene.dm(scene.an), "đánh giá chất lượng")).len(), 5);
    })
    .await;
}

#[tokio::test]
async fn resolving_until_the_first_tap_takes_few_calls() {
    scene(async |scene| {
        let thread = scene.filed(scene.an, "Nhà em mất mạng").await;
        scene.command(scene.lan, thread, "reply", &[("text", json!("Dạ em xem ạ."))]).await;
        scene.sandbox().clear_calls();
        scene.press_and_fill(scene.lan, scene.desk, "Trả lời khách", &[("text", "Dạ xong rồi ạ.")]).await;
        let counted = scene.counted();
        assert!(
            counted.calls <= 2 && counted.callbacks == 2,
            "asked on the card, recorded in the thread: {counted:?}"
        );
        scene.sandbox().clear_calls();
        scene.command(scene.lan, thread, "case resolve", &[("outcome", json!("Đã thay dây."))]).await;
        scene.press(scene.an, scene.dm(scene.an), "4 ★").await;
        let Counted { calls, callbacks, card_edits, .. } = scene.counted();
        assert!(calls <= 3 && callbacks == 2 && card_edits <= 2, "{calls} {callbacks} {card_edits}");
    })
    .await;
}

each_scene!(yes_it_is_fixed_closes_and_archives, async |scene| {
    let thread = scene.resolved().await;
    let dm = scene.dm(scene.an);
    scene.press(scene.an, dm, "5 ★").await;
    assert!(scene.read(dm).contains("Đã thay dây cáp."), "the outcome stays: {}", scene.read(dm));
    scene.press(scene.an, dm, "Rồi").await;
    assert!(scene.bar(thread).contains("Khách đánh giá: 5 ★"), "{}", scene.bar(thread));
    assert_eq!(scene.times(thread, "xác nhận việc đã xong"), 1);
    assert!(scene.sandbox().threads(scene.desk)[0]["thread_metadata"]["archived"] == true);
    scene.press_and_fill(scene.an, dm, "Viết thêm", &[("text", "Bạn Lan rất nhiệt tình")]).await;
    assert!(scene.read(thread).contains("Bạn Lan rất nhiệt tình"), "{}", scene.read(thread));
    assert_eq!(scene.read(scene.managers), "", "nothing to tell managers");
    scene.advance(20 * DAY).await;
    assert_eq!(scene.times(dm, "nếu tiện"), 0, "nobody is reminded of what is done");
});

each_scene!(
    a_low_rating_and_not_fixed_reach_managers_at_once_and_the_customer_opens_it_again,
    async |scene| {
        let thread = scene.resolved().await;
        let dm = scene.dm(scene.an);
        scene.press(scene.an, dm, "1 ★").await;
        let low = scene.the(scene.managers, "khách đánh giá 1 ★");
        assert!(pings(&low, scene.manager_role) && words_of(&low).contains("Lan"), "{low}");
        scene.press(scene.an, dm, "Chưa").await;
        assert!(pings(&scene.the(scene.managers, "khách cho biết việc chưa xong"), scene.manager_role));
        scene.press(scene.an, dm, "Mở lại").await;
        let opened = scene.the(thread, "mở lại khiếu nại");
        assert!(pings(&opened, scene.lan), "{opened}");
        scene.advance(15 * MINUTE).await;
        assert_eq!(scene.times(scene.managers, "đã quá hạn: Trả lời khách"), 1, "the reply clock runs again");
    }
);

#[tokio::test]
async fn partly_fixed_keeps_it_resolved_and_tells_the_owner() {
    scene(async |scene| {
        let thread = scene.resolved().await;
        let dm = scene.dm(scene.an);
        scene.press(scene.an, dm, "3 ★").await;
        scene.press(scene.an, dm, "Một phần").await;
        assert!(pings(&scene.the(thread, "mới xong một phần"), scene.lan));
        assert_eq!(scene.read(scene.managers), "");
    })
    .await;
}

#[tokio::test]
async fn only_the_first_tap_counts() {
    scene(async |scene| {
        let thread = scene.resolved().await;
        let dm = scene.dm(scene.an);
        let asked = scene.last(dm);
        let one = button_of(&asked, "1 ★").expect("five buttons");
        scene.press(scene.an, dm, "5 ★").await;
        let made = scene.sandbox().raw_press(scene.an, dm, id(&asked["id"]), &one);
        let (_, answer) = scene.outcome(Ok(made)).await;
        assert!(answer.text().contains("đã đánh giá 5 ★ rồi"), "{}", answer.text());
        assert!(scene.bar(thread).contains("Khách đánh giá: 5 ★"), "{}", scene.bar(thread));
        assert_eq!(scene.read(scene.managers), "");
    })
    .await;
}

each_scene!(one_reminder_after_two_days_and_after_a_week_the_buttons_go, async |scene| {
    let thread = scene.resolved().await;
    let dm = scene.dm(scene.an);
    scene.advance(2 * DAY - 1_000).await;
    assert_eq!(scene.times(dm, "nếu tiện"), 0);
    scene.advance(1_000).await;
    assert_eq!(scene.times(dm, "nếu tiện"), 1);
    scene.advance(5 * DAY).await;
    assert_eq!(scene.times(dm, "nếu tiện"), 1, "one reminder");
    let closed = scene.the(dm, "Phần đánh giá của khiếu nại #1 đã khép lại");
    assert!(labels(&closed).is_empty() && words_of(&closed).contains("Đã thay dây cáp."), "{closed}");
    assert_eq!(scene.times(dm, "được khép lại vì không có thêm tin"), 1);
    assert_eq!(scene.times(thread, "Khách không phản hồi thêm"), 1);
    // Within fourteen days the customer's word opens it again, by a reply to the last message.
    scene.advance(6 * DAY).await;
    let last = id(&scene.those(dm, "được khép lại").pop().expect("the last word")["id"]);
    let say = langnghe::sandbox::Say {
        text: "Lại rớt rồi em".to_owned(),
        files: Vec::new(),
        reply_to: Some(last),
        ..langnghe::sandbox::Say::default()
    };
    scene.say(scene.an, DM, say).await;
    assert_eq!(scene.times(thread, "mở lại khiếu nại"), 1, "{}", scene.read(thread));
    assert_eq!(scene.times(thread, "Lại rớt rồi em"), 1);
});

#[tokio::test]
async fn opening_it_again_withdraws_the_unanswered_question() {
    scene(async |scene| {
        let thread = scene.resolved().await;
        let dm = scene.dm(scene.an);
        scene.command(scene.lan, thread, "case reopen", &[("reason", json!("Khách gọi lại"))]).await;
        assert_eq!(scene.times(dm, "được mở lại để xử lý tiếp"), 1);
        assert!(scene.sandbox().press_label(scene.an, dm, "5 ★").is_err(), "{}", scene.read(dm));
        scene.command(scene.lan, thread, "case resolve", &[("outcome", json!("Đã đổi modem."))]).await;
        scene.press(scene.an, dm, "4 ★").await;
        assert!(scene.bar(thread).contains("Khách đánh giá: 4 ★"), "{}", scene.bar(thread));
    })
    .await;
}

#[tokio::test]
async fn dismissing_tells_the_customer_why_unless_it_is_spam() {
    scene(async |scene| {
        for (number, (reason, told)) in
            [("test", 1), ("duplicate", 1), ("not-a-complaint", 1), ("spam", 0)].into_iter().enumerate()
        {
            let thread = scene.filed(scene.bob, &format!("Matter {reason}")).await;
            let refused =
                scene.command(scene.lan, thread, "case dismiss", &[("reason", json!(reason))]).await;
            assert!(refused.text().contains("Chỉ quản lý"), "managers alone dismiss: {}", refused.text());
            scene.command(scene.tuan, thread, "case dismiss", &[("reason", json!(reason))]).await;
            let said = format!("Complaint **#{}** is closed", number + 1);
            assert_eq!(
                scene.times(scene.dm(scene.bob), &said),
                told,
                "{reason}: {}",
                scene.read(scene.dm(scene.bob))
            );
        }
        scene.advance(DAY).await;
        assert_eq!(scene.times(scene.managers, "đã quá hạn"), 0, "their clocks have stopped");
    })
    .await;
}
