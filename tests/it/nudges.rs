//! Reminders before a deadline is missed, and what happens when it is.

use serde_json::json;

use crate::scene::{HOUR, MINUTE, each_scene, scene};
use crate::seeing::{DM, labels, monday, pings};

const MATTER: &str = "Nhà em mất mạng từ tối qua";

each_scene!(staff_are_pinged_after_ten_minutes_and_managers_after_fifteen, async |scene| {
    scene.filed(scene.an, MATTER).await;
    scene.advance(10 * MINUTE - 1_000).await;
    assert_eq!(scene.times(scene.desk, "chưa ai nhận. Trả lời khách"), 0);
    scene.advance(1_000).await;
    let nudge = scene.the(scene.desk, "chưa ai nhận. Trả lời khách");
    assert!(pings(&nudge, scene.staff_role), "{nudge}");
    let words = nudge["content"].as_str().unwrap_or_default();
    assert!(words.contains(&format!("<t:{}:R>", monday(9, 15) / 1_000)), "{words}");
    assert!(words.contains(MATTER), "{words}");
    assert_eq!(labels(&nudge), ["Nhận", "Trả lời khách", "Không cần trả lời", "Nhắc lại sau"]);
    scene.advance(5 * MINUTE).await;
    let breach = scene.the(scene.managers, "đã quá hạn: Trả lời khách");
    assert!(pings(&breach, scene.manager_role), "{breach}");
    assert!(words_of_breach(&breach).contains("Chưa ai nhận."), "{breach}");
    scene.advance(2 * HOUR - 1_000).await;
    assert_eq!(scene.times(scene.managers, "đã quá hạn"), 1, "once");
    scene.advance(1_000).await;
    let higher = scene.those(scene.managers, "đã quá hạn").pop().unwrap_or_default();
    assert!(pings(&higher, scene.head_office_role) && !pings(&higher, scene.manager_role), "{higher}");
    scene.advance(3 * HOUR).await;
    assert_eq!(scene.times(scene.managers, "đã quá hạn"), 2, "the ladder ends");
    assert_eq!(scene.times(scene.desk, "chưa ai nhận. Trả lời khách"), 1, "once");
});

fn words_of_breach(message: &serde_json::Value) -> String {
    message["content"].as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn nobody_records_a_complaint_and_it_nudges_by_day_before_it_is_missed() {
    scene(async |scene| {
        scene.filed(scene.an, MATTER).await;
        let recorded = "chưa ai nhận. Ghi nhận";
        // Half of it at 21:00; three quarters and nine tenths fall into the night and come together before it.
        for (hour, minute, count) in [(20, 59, 0), (21, 0, 1), (21, 58, 1), (21, 59, 2), (33, 0, 2)] {
            scene.until(monday(hour, minute)).await;
            assert_eq!(scene.times(scene.desk, recorded), count, "{hour}:{minute}");
        }
        let nudges = scene.those(scene.desk, recorded);
        assert!(nudges.iter().all(|nudge| pings(nudge, scene.staff_role)));
        assert!(nudges.iter().all(|nudge| labels(nudge) == ["Nhận", "Tôi đã đọc", "Nhắc lại sau"]));
        let breach = scene.the(scene.managers, "đã quá hạn: Ghi nhận");
        assert!(pings(&breach, scene.manager_role));
        // Recording it now does not undo that it was late.
        let read = [("summary", MATTER), ("severity", "Thường")];
        scene.press_and_fill(scene.lan, scene.desk, "Tôi đã đọc", &read).await;
        assert!(scene.bar_of(1).contains("Ghi nhận: quá hạn từ"), "{}", scene.bar_of(1));
    })
    .await;
}

#[tokio::test]
async fn the_owner_is_reminded_in_the_thread_and_nobody_else() {
    scene(async |scene| {
        let thread = scene.filed(scene.an, MATTER).await;
        scene.press(scene.lan, scene.desk, "Nhận").await;
        scene.advance(10 * MINUTE).await;
        assert_eq!(scene.times(scene.desk, "chưa ai nhận"), 0);
        let nudge = scene.the(thread, "Trả lời khách: còn hạn đến");
        assert!(pings(&nudge, scene.lan) && !pings(&nudge, scene.staff_role), "{nudge}");
        assert_eq!(labels(&nudge), ["Trả lời khách", "Không cần trả lời", "Nhắc lại sau"]);
        // The button does it.
        let sent =
            scene.press_and_fill(scene.lan, thread, "Trả lời khách", &[("text", "Dạ em xem ngay ạ.")]).await;
        assert!(sent.text().contains("đã chuyển đến khách"), "{}", sent.text());
        scene.advance(HOUR).await;
        assert_eq!(scene.times(scene.managers, "đã quá hạn"), 0, "answered in time");
    })
    .await;
}

#[tokio::test]
async fn a_reply_silences_the_clock_and_the_next_message_starts_it_again() {
    scene(async |scene| {
        let thread = scene.filed(scene.an, MATTER).await;
        scene.command(scene.lan, thread, "reply", &[("text", json!("Dạ em xem ngay ạ."))]).await;
        scene.advance(2 * HOUR).await;
        assert_eq!(scene.times(thread, "còn hạn đến"), 0);
        scene.say(scene.an, crate::seeing::DM, "Vẫn chưa có mạng em ơi").await;
        scene.advance(5 * MINUTE).await;
        // A second message does not put the deadline off.
        scene.say(scene.an, crate::seeing::DM, "Alo?").await;
        scene.advance(5 * MINUTE).await;
        let nudge = scene.the(thread, "Trả lời khách: còn hạn đến");
        assert!(nudge["content"].as_str().is_some_and(|words| words.contains("Alo?")), "{nudge}");
        assert!(
            nudge["content"]
                .as_str()
                .is_some_and(|words| words.contains(&format!("<t:{}:R>", monday(11, 15) / 1_000)))
        );
        scene.advance(5 * MINUTE).await;
        assert!(pings(&scene.the(scene.managers, "đã quá hạn: Trả lời khách"), scene.manager_role));
    })
    .await;
}

#[tokio::test]
async fn what_comes_in_the_evening_is_due_when_the_duty_day_begins() {
    scene(async |scene| {
        scene.until(monday(21, 55)).await;
        scene.filed(scene.an, MATTER).await;
        let due = format!("<t:{}:f>", monday(32, 10) / 1_000);
        assert!(scene.bar_of(1).contains(&due), "{}", scene.bar_of(1));
        scene.until(monday(32, 4)).await;
        assert_eq!(scene.times(scene.desk, "chưa ai nhận. Trả lời khách"), 0, "nobody is woken");
        scene.until(monday(32, 5)).await;
        assert_eq!(scene.times(scene.desk, "chưa ai nhận. Trả lời khách"), 1);
        scene.until(monday(32, 10)).await;
        assert_eq!(scene.times(scene.managers, "đã quá hạn: Trả lời khách"), 1);
    })
    .await;
}

each_scene!(after_a_night_without_the_bot_one_message_tells_how_late_it_is, async |scene| {
    scene.filed(scene.an, MATTER).await;
    scene.asleep(40 * MINUTE).await;
    assert_eq!(scene.times(scene.desk, "chưa ai nhận. Trả lời khách"), 0, "no nudge for what is missed");
    let breach = scene.the(scene.managers, "đã quá hạn: Trả lời khách");
    assert!(words_of_breach(&breach).contains("trễ 25 phút"), "{breach}");
});

#[tokio::test]
async fn two_nudges_slept_through_come_as_one_with_the_time_that_is_left() {
    scene(async |scene| {
        let thread = scene.filed(scene.an, MATTER).await;
        scene.command(scene.lan, thread, "case note", &[("text", json!("khách quen"))]).await;
        scene.asleep(12 * HOUR + 59 * MINUTE + 30_000).await;
        let recorded = scene.the(scene.desk, "chưa ai nhận. Ghi nhận");
        assert!(
            words_of_breach(&recorded).contains(&format!("<t:{}:R>", monday(33, 0) / 1_000)),
            "{recorded}"
        );
        scene.until(monday(32, 59)).await;
        assert_eq!(scene.times(scene.desk, "chưa ai nhận. Ghi nhận"), 1, "all of them were told by that one");
    })
    .await;
}

#[tokio::test]
async fn a_missed_deadline_stays_on_the_bar_when_all_is_well_again() {
    scene(async |scene| {
        let thread = scene.filed(scene.an, MATTER).await;
        scene.advance(16 * MINUTE).await;
        scene.command(scene.lan, thread, "case resolve", &[("outcome", json!("Đã có mạng lại."))]).await;
        scene.press(scene.an, scene.dm(scene.an), "5 ★").await;
        scene.press(scene.an, scene.dm(scene.an), "Rồi").await;
        assert!(scene.bar_of(1).contains("Trả lời khách: quá hạn từ"), "{}", scene.bar_of(1));
        assert_eq!(scene.times(scene.managers, "đã quá hạn"), 1);
    })
    .await;
}

each_scene!(a_customer_who_is_still_writing_is_heard_out_before_anybody_is_nudged, async |scene| {
    let thread = scene.filed(scene.an, MATTER).await;
    scene.command(scene.lan, thread, "case claim", &[]).await;
    let nudged = |scene: &crate::scene::Scene| scene.times(thread, "Trả lời khách: còn hạn");
    scene.advance(9 * MINUTE).await;
    for words in ["đèn đỏ nháy", "cả nhà không ai làm việc được", "con em đang thi"] {
        scene.say(scene.an, DM, words).await;
        scene.advance(MINUTE).await;
    }
    // 9:12, and the last word came a minute ago.
    assert_eq!(nudged(scene), 0, "{}", scene.read(thread));
    scene.advance(MINUTE / 2).await;
    assert_eq!(nudged(scene), 1, "a minute and a half of silence: {}", scene.read(thread));
    assert!(scene.read(thread).contains("> Lời khách gần nhất: con em đang thi"));
    // Whoever writes on and on is answered late all the same.
    scene.command(scene.lan, thread, "reply", &[("text", json!("Dạ em nghe đây ạ."))]).await;
    for _ in 0..15 {
        scene.say(scene.an, DM, "và còn nữa").await;
        scene.advance(MINUTE).await;
    }
    assert_eq!(scene.times(scene.managers, "đã quá hạn: Trả lời khách"), 1);
    assert_eq!(nudged(scene), 1, "what is missed needs no reminder: {}", scene.read(thread));
});
