//! What would be untrue or unkind to a customer.

use serde_json::json;

use crate::scene::{HOUR, MINUTE, Scene, each_scene, scene, words_of};
use crate::seeing::{DM, labels, monday, pings};

const DAY: i64 = 24 * HOUR;

impl Scene {
    /// A complaint of An's that Lan has settled; its thread.
    async fn settled(&self) -> u64 {
        let thread = self.filed(self.an, "Nhà em mất mạng").await;
        self.command(self.lan, thread, "case resolve", &[("outcome", json!("Đã thay dây cáp."))]).await;
        thread
    }
}

#[tokio::test]
async fn faults_g1_the_outcome_arrives_in_the_evening_and_the_question_in_the_morning() {
    each_scene(async |scene| {
        let thread = scene.filed(scene.an, "Nhà em mất mạng").await;
        scene.until(monday(21, 5)).await;
        let told =
            scene.command(scene.lan, thread, "case resolve", &[("outcome", json!("Đã thay dây."))]).await;
        assert!(told.text().contains("Kết quả gửi khách ngay"), "{}", told.text());
        let outcome = scene.the(scene.dm(scene.an), "Đã thay dây.");
        assert!(labels(&outcome).is_empty() && words_of(&outcome).contains("— Lan"), "{outcome}");
        scene.until(monday(32, 0) - 1_000).await;
        assert_eq!(scene.times(scene.dm(scene.an), "1 phút"), 0, "nobody is asked at night");
        scene.crash_and_restart().await;
        scene.until(monday(32, 0)).await;
        let asked = scene.the(scene.dm(scene.an), "1 phút");
        assert_eq!(labels(&asked).len(), 5, "{asked}");
        assert!(words_of(&asked).contains("#1"), "{asked}");
        assert_eq!(scene.times(scene.dm(scene.an), "Đã thay dây."), 1, "told once");
        scene.press(scene.an, scene.dm(scene.an), "4 ★").await;
        assert_eq!(scene.times(scene.desk, "Khách đánh giá: 4 ★"), 1);
    })
    .await;
}

#[tokio::test]
async fn faults_g1_a_crash_right_after_the_resolution_tells_it_once() {
    each_scene(async |scene| {
        let thread = scene.filed(scene.an, "Nhà em mất mạng").await;
        scene.until(monday(22, 0)).await;
        scene.command(scene.lan, thread, "case resolve", &[("outcome", json!("Đã thay dây."))]).await;
        scene.crash_and_restart().await;
        scene.settle().await;
        scene.asleep(11 * HOUR).await;
        scene.settle().await;
        assert_eq!(scene.times(scene.dm(scene.an), "Đã thay dây."), 1);
        assert_eq!(scene.times(scene.dm(scene.an), "1 phút"), 1);
    })
    .await;
}

#[tokio::test]
async fn faults_g1_opened_again_in_the_night_nothing_is_asked_in_the_morning() {
    scene(async |scene| {
        let thread = scene.filed(scene.an, "Nhà em mất mạng").await;
        scene.until(monday(21, 30)).await;
        scene.command(scene.lan, thread, "case resolve", &[("outcome", json!("Đã thay dây."))]).await;
        scene.say(scene.an, DM, "Vẫn không vào được mạng em ơi").await;
        assert_eq!(scene.times(thread, "mở lại khiếu nại"), 1, "{}", scene.read(thread));
        scene.until(monday(34, 0)).await;
        assert_eq!(scene.times(scene.dm(scene.an), "1 phút"), 0);
    })
    .await;
}

#[tokio::test]
async fn faults_g1_by_day_outcome_and_question_are_one_message() {
    scene(async |scene| {
        scene.settled().await;
        let told = scene.the(scene.dm(scene.an), "Đã thay dây cáp.");
        assert!(words_of(&told).contains("1 phút") && labels(&told).len() == 5, "{told}");
    })
    .await;
}

#[tokio::test]
async fn faults_g2_silence_never_closes_over_no_and_it_stands_in_the_digest() {
    each_scene(async |scene| {
        let thread = scene.settled().await;
        let dm = scene.dm(scene.an);
        scene.press(scene.an, dm, "2 ★").await;
        scene.press(scene.an, dm, "Chưa").await;
        scene.advance(20 * DAY).await;
        assert_eq!(scene.times(dm, "được khép lại vì không có thêm tin"), 0);
        assert_eq!(scene.times(thread, "Khách không phản hồi thêm"), 0);
        let digest = scene.those(scene.managers, "Chào buổi sáng").pop().expect("a digest a day");
        assert!(words_of(&digest).contains("Đánh giá thấp chưa ai liên hệ lại"), "{digest}");
        // Somebody wrote: it is not done with all the same.
        scene.command(scene.lan, thread, "reply", &[("text", json!("Dạ em gọi anh ngay."))]).await;
        scene.advance(20 * DAY).await;
        assert_eq!(scene.times(dm, "được khép lại vì không có thêm tin"), 0);
        let digest = scene.those(scene.managers, "Chào buổi sáng").pop().expect("a digest a day");
        assert!(words_of(&digest).contains("khách nói chưa xong"), "{digest}");
    })
    .await;
}

#[tokio::test]
async fn faults_g2_partly_keeps_a_clock_and_stays() {
    scene(async |scene| {
        scene.settled().await;
        let dm = scene.dm(scene.an);
        scene.press(scene.an, dm, "3 ★").await;
        scene.press(scene.an, dm, "Một phần").await;
        scene.advance(10 * DAY).await;
        assert_eq!(scene.times(dm, "được khép lại vì không có thêm tin"), 0);
        assert!(scene.read(scene.managers).contains("đã quá hạn"), "{}", scene.read(scene.managers));
        assert!(scene.read(scene.managers).contains("Đánh giá thấp chưa ai liên hệ lại"));
    })
    .await;
}

#[tokio::test]
async fn faults_g2_an_outcome_that_did_not_arrive_is_not_closed_by_silence() {
    each_scene(async |scene| {
        let thread = scene.filed(scene.an, "Nhà em mất mạng").await;
        scene.sandbox().leave_guild(scene.an, scene.guild);
        scene.sandbox().set_dms_open(scene.an, false);
        scene.command(scene.lan, thread, "case resolve", &[("outcome", json!("Đã thay dây."))]).await;
        scene.advance(9 * DAY).await;
        assert_eq!(scene.times(thread, "Khách không phản hồi thêm"), 0, "{}", scene.read(thread));
        let digest = scene.those(scene.managers, "Chào buổi sáng").pop().expect("a digest a day");
        assert!(words_of(&digest).contains("chưa nhận được kết quả"), "{digest}");
    })
    .await;
}

#[tokio::test]
async fn faults_g2_after_a_good_word_silence_counts_from_it() {
    scene(async |scene| {
        scene.settled().await;
        let dm = scene.dm(scene.an);
        scene.advance(6 * DAY).await;
        scene.press(scene.an, dm, "5 ★").await;
        scene.advance(6 * DAY).await;
        assert_eq!(scene.times(dm, "được khép lại vì không có thêm tin"), 0);
        scene.advance(DAY).await;
        assert_eq!(scene.times(dm, "được khép lại vì không có thêm tin"), 1);
    })
    .await;
}

#[tokio::test]
async fn faults_g3_a_word_to_the_rating_that_asks_waits_for_an_answer() {
    each_scene(async |scene| {
        let thread = scene.settled().await;
        let dm = scene.dm(scene.an);
        scene.press(scene.an, dm, "1 ★").await;
        scene.press(scene.an, dm, "Một phần").await;
        let text = "Modem mới vẫn nóng, gọi cho tôi";
        scene.press_and_fill(scene.an, dm, "Viết thêm", &[("text", text)]).await;
        let told = scene.the(thread, text);
        assert!(pings(&told, scene.lan) && labels(&told).contains(&"Trả lời khách".to_owned()), "{told}");
        assert!(labels(&told).contains(&"Không cần trả lời".to_owned()), "a clock runs: {told}");
        scene.advance(16 * MINUTE).await;
        assert_eq!(scene.times(scene.managers, "đã quá hạn: Trả lời khách"), 1);
        scene.command(scene.lan, thread, "reply", &[("text", json!("Dạ em gọi anh ngay."))]).await;
        scene.advance(3 * HOUR).await;
        assert_eq!(scene.times(scene.managers, "đã quá hạn: Trả lời khách"), 1, "answered");
    })
    .await;
}

#[tokio::test]
async fn faults_g3_a_good_rating_with_a_wish_waits_and_praise_does_not() {
    scene(async |scene| {
        let thread = scene.settled().await;
        let dm = scene.dm(scene.an);
        scene.press(scene.an, dm, "5 ★").await;
        scene.press(scene.an, dm, "Rồi").await;
        let wish = "Gọi lại cho anh về hóa đơn nhé";
        scene.press_and_fill(scene.an, dm, "Viết thêm", &[("text", wish)]).await;
        assert!(pings(&scene.the(thread, wish), scene.lan));
        scene.advance(16 * MINUTE).await;
        assert_eq!(scene.times(scene.managers, "đã quá hạn: Trả lời khách"), 1);

        let thread = scene.filed(scene.bob, "No connection").await;
        scene.command(scene.mike, thread, "case resolve", &[("outcome", json!("Cable replaced."))]).await;
        let dm = scene.dm(scene.bob);
        scene.press(scene.bob, dm, "1 ★").await;
        scene.press(scene.bob, dm, "Partly").await;
        scene.press_and_fill(scene.bob, dm, "Add a word", &[("text", "Thank you all the same")]).await;
        assert!(!pings(&scene.the(thread, "all the same"), scene.mike));
    })
    .await;
}

#[tokio::test]
async fn faults_g3_words_too_late_to_open_anything_wait_all_the_same() {
    scene(async |scene| {
        scene.sandbox().set_dms_open(scene.an, false);
        let thread = scene.filed(scene.an, "Nhà em mất mạng").await;
        scene.command(scene.lan, thread, "reply", &[("text", json!("Dạ em xem."))]).await;
        scene.command(scene.lan, thread, "case resolve", &[("outcome", json!("Đã thay dây."))]).await;
        scene.advance(30 * DAY).await;
        let line = scene.sandbox().threads(scene.intake);
        let line = crate::scene::id(&line[0]["id"]);
        scene
            .press_and_fill(scene.an, line, "Nhắn cho chúng tôi", &[("text", "Lại hỏng rồi, gọi tôi")])
            .await;
        let told = scene.the(thread, "Lại hỏng rồi");
        assert!(pings(&told, scene.lan) && labels(&told).contains(&"Không cần trả lời".to_owned()), "{told}");
    })
    .await;
}

#[tokio::test]
async fn faults_g4_thanks_never_open_it_again_and_the_question_stays() {
    each_scene(async |scene| {
        let thread = scene.settled().await;
        let dm = scene.dm(scene.an);
        for thanks in ["Cảm ơn bạn Lan nhé", "mạng ok rồi, cảm ơn em", "👍", "tks shop", "great, thank you"]
        {
            scene.say(scene.an, DM, thanks).await;
            assert_eq!(scene.times(thread, thanks), 1, "the desk reads it");
        }
        scene.advance(HOUR).await;
        assert_eq!(scene.times(thread, "mở lại khiếu nại"), 0, "{}", scene.read(thread));
        assert_eq!(scene.read(scene.managers), "", "nothing is late");
        scene.press(scene.an, dm, "5 ★").await;
        assert_eq!(scene.times(scene.desk, "Khách đánh giá: 5 ★"), 1);
        scene.advance(8 * DAY).await;
        assert_eq!(scene.times(dm, "được khép lại vì không có thêm tin"), 1, "thanks wait for nothing");
    })
    .await;
}

#[tokio::test]
async fn faults_g4_a_short_unclear_word_gets_a_way_to_open_it_again() {
    each_scene(async |scene| {
        let thread = scene.settled().await;
        let dm = scene.dm(scene.an);
        scene.say(scene.an, DM, "ok em").await;
        scene.say(scene.an, DM, "👍").await;
        assert_eq!(scene.times(dm, "nếu việc chưa xong"), 1, "once a burst: {}", scene.read(dm));
        assert_eq!(scene.times(thread, "mở lại khiếu nại"), 0);
        scene.press(scene.an, dm, "Chưa xong? Mở lại").await;
        assert_eq!(scene.times(thread, "mở lại khiếu nại"), 1);
        scene.advance(16 * MINUTE).await;
        assert_eq!(scene.times(scene.managers, "đã quá hạn: Trả lời khách"), 1);
    })
    .await;
}

#[tokio::test]
async fn faults_g4_what_holds_a_matter_opens_it_again() {
    scene(async |scene| {
        for (round, matter) in ["ok?", "cảm ơn nhưng vẫn chậm", "Thanks, still down"].into_iter().enumerate()
        {
            let thread = scene.filed(scene.bob, &format!("No connection {round}")).await;
            scene.command(scene.mike, thread, "case resolve", &[("outcome", json!("Cable replaced."))]).await;
            scene.say(scene.bob, DM, matter).await;
            assert_eq!(scene.times(thread, "mở lại khiếu nại"), 1, "{matter}: {}", scene.read(thread));
            scene.command(scene.tuan, thread, "case dismiss", &[("reason", json!("test"))]).await;
        }
    })
    .await;
}
