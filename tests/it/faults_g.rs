//! What would be untrue or unkind to a customer.

use serde_json::json;

use crate::scene::{HOUR, MINUTE, Scene, each_scene, id, scene, words_of};
use crate::seeing::{DM, labels, monday, pings, select_of};

const DAY: i64 = 24 * HOUR;

impl Scene {
    /// A complaint of An's that Lan has settled; its thread.
    async fn settled(&self) -> u64 {
        let thread = self.filed(self.an, "Nhà em mất mạng").await;
        self.command(self.lan, thread, "case resolve", &[("outcome", json!("Đã thay dây cáp."))]).await;
        thread
    }
}

each_scene!(faults_g1_the_outcome_arrives_in_the_evening_and_the_question_in_the_morning, async |scene| {
    let thread = scene.filed(scene.an, "Nhà em mất mạng").await;
    scene.until(monday(21, 5)).await;
    let told = scene.command(scene.lan, thread, "case resolve", &[("outcome", json!("Đã thay dây."))]).await;
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
    assert!(scene.bar_of(1).contains("Khách đánh giá: 4 ★"), "{}", scene.bar_of(1));
});

each_scene!(faults_g1_a_crash_right_after_the_resolution_tells_it_once, async |scene| {
    let thread = scene.filed(scene.an, "Nhà em mất mạng").await;
    scene.until(monday(22, 0)).await;
    scene.command(scene.lan, thread, "case resolve", &[("outcome", json!("Đã thay dây."))]).await;
    scene.crash_and_restart().await;
    scene.settle().await;
    scene.asleep(11 * HOUR).await;
    scene.settle().await;
    assert_eq!(scene.times(scene.dm(scene.an), "Đã thay dây."), 1);
    assert_eq!(scene.times(scene.dm(scene.an), "1 phút"), 1);
});

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

each_scene!(faults_g2_silence_never_closes_over_no_and_it_stands_in_the_digest, async |scene| {
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
});

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

each_scene!(faults_g2_an_outcome_that_did_not_arrive_is_not_closed_by_silence, async |scene| {
    let thread = scene.filed(scene.an, "Nhà em mất mạng").await;
    scene.sandbox().leave_guild(scene.an, scene.guild);
    scene.sandbox().set_dms_open(scene.an, false);
    scene.command(scene.lan, thread, "case resolve", &[("outcome", json!("Đã thay dây."))]).await;
    scene.advance(9 * DAY).await;
    assert_eq!(scene.times(thread, "Khách không phản hồi thêm"), 0, "{}", scene.read(thread));
    let digest = scene.those(scene.managers, "Chào buổi sáng").pop().expect("a digest a day");
    assert!(words_of(&digest).contains("chưa nhận được kết quả"), "{digest}");
});

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

each_scene!(faults_g3_a_word_to_the_rating_that_asks_waits_for_an_answer, async |scene| {
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
});

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
        let line = id(&line[0]["id"]);
        scene
            .press_and_fill(scene.an, line, "Nhắn cho chúng tôi", &[("text", "Lại hỏng rồi, gọi tôi")])
            .await;
        let told = scene.the(thread, "Lại hỏng rồi");
        assert!(pings(&told, scene.lan) && labels(&told).contains(&"Không cần trả lời".to_owned()), "{told}");
    })
    .await;
}

each_scene!(faults_g4_thanks_never_open_it_again_and_the_question_stays, async |scene| {
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
    assert!(scene.bar(thread).contains("Khách đánh giá: 5 ★"), "{}", scene.bar(thread));
    scene.advance(8 * DAY).await;
    assert_eq!(scene.times(dm, "được khép lại vì không có thêm tin"), 1, "thanks wait for nothing");
});

each_scene!(faults_g4_a_short_unclear_word_gets_a_way_to_open_it_again, async |scene| {
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
});

#[tokio::test]
async fn faults_g4_what_holds_a_matter_opens_it_again() {
    scene(async |scene| {
        for (round, matter) in [
            "ok?",
            "cảm ơn nhưng vẫn chậm",
            "Thanks, still down",
            "ok thanks. My mother is on oxygen",
            "Cảm ơn em đã giúp, mẹ anh đang thở máy",
        ]
        .into_iter()
        .enumerate()
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

impl Scene {
    /// Two options stand in An's direct messages; the thread.
    async fn with_two_options(&self) -> u64 {
        let thread = self.filed(self.an, "Nhà em mất mạng").await;
        let values = [("first", "Thay dây"), ("second", "Đổi modem")];
        self.command_and_fill(self.lan, thread, "case propose", &[], &values).await;
        let text = [("text", "Dạ em gửi anh hai cách ạ.")];
        self.press_and_fill(self.lan, thread, "Gửi khách chọn", &text).await;
        thread
    }
}

each_scene!(faults_g5_who_asks_for_a_manager_keeps_the_options_and_a_manager_takes_it, async |scene| {
    let thread = scene.with_two_options().await;
    let dm = scene.dm(scene.an);
    let told = scene.press(scene.an, dm, "Gặp quản lý").await;
    assert!(told.text().contains("đã báo quản lý") && told.text().contains("Tin tự động"), "{}", told.text());
    assert!(!told.text().contains("sẽ liên lạc"), "no promise that nobody made: {}", told.text());
    let asked = scene.the(scene.managers, "Khách muốn gặp quản lý");
    assert!(pings(&asked, scene.manager_role), "{asked}");
    let why = scene.command(scene.lan, thread, "case why", &[("clock", json!("negotiation"))]).await;
    assert!(why.text().contains("Hạn "), "a clock runs: {}", why.text());
    scene.press(scene.an, dm, "Gặp quản lý").await;
    assert_eq!(scene.times(scene.managers, "Khách muốn gặp quản lý"), 1, "asked once");

    let refused = scene.sandbox().press_label(scene.lan, scene.managers, "Tôi nói chuyện với khách");
    if let Ok(made) = refused {
        assert!(scene.outcome(Ok(made)).await.1.text().contains("Chỉ quản lý"));
    }
    scene.press(scene.tuan, scene.managers, "Tôi nói chuyện với khách").await;
    let taken = scene.the(scene.managers, "nhận nói chuyện với khách");
    assert!(labels(&taken).contains(&"Đã nói chuyện".to_owned()), "{taken}");
    assert_eq!(scene.times(thread, "**Tuấn** nhận nói chuyện"), 1);
    // A colleague's word is none of the manager's.
    scene.command(scene.lan, thread, "reply", &[("text", json!("Dạ quản lý đang xem ạ."))]).await;
    let why = scene.command(scene.lan, thread, "case why", &[("clock", json!("negotiation"))]).await;
    assert!(!why.text().contains("kịp hạn"), "{}", why.text());
    scene.command(scene.tuan, thread, "reply", &[("text", json!("Chào anh, tôi là Tuấn."))]).await;
    let why = scene.command(scene.lan, thread, "case why", &[("clock", json!("negotiation"))]).await;
    assert!(why.text().contains("kịp hạn"), "{}", why.text());
    // The options were there all the time.
    scene.press(scene.an, dm, "Chọn 1").await;
    assert_eq!(scene.times(thread, "đã chọn"), 1, "{}", scene.read(thread));
});

#[tokio::test]
async fn faults_g5_whoever_has_spoken_says_so_with_a_press() {
    scene(async |scene| {
        let thread = scene.with_two_options().await;
        scene.press(scene.an, scene.dm(scene.an), "Gặp quản lý").await;
        scene.press(scene.tuan, scene.managers, "Tôi nói chuyện với khách").await;
        scene.press(scene.tuan, scene.managers, "Đã nói chuyện").await;
        assert_eq!(scene.times(thread, "**Tuấn** đã nói chuyện với khách"), 1);
        scene.advance(HOUR).await;
        assert_eq!(scene.times(scene.managers, "đã quá hạn: Trả lời khách"), 0, "answered by voice");
        // They may ask again.
        scene.press(scene.an, scene.dm(scene.an), "Gặp quản lý").await;
        assert_eq!(scene.times(scene.managers, "Khách muốn gặp quản lý"), 1, "the first was taken");
    })
    .await;
}

#[tokio::test]
async fn faults_g5_something_else_keeps_the_options_too() {
    scene(async |scene| {
        let thread = scene.with_two_options().await;
        let dm = scene.dm(scene.an);
        scene.press_and_fill(scene.an, dm, "Tôi muốn cách khác", &[("text", "Cho tôi đổi gói cước")]).await;
        scene.press(scene.an, dm, "Chọn 2").await;
        assert_eq!(scene.times(thread, "đã chọn"), 1, "{}", scene.read(thread));
    })
    .await;
}

each_scene!(faults_g6_a_second_matter_is_acknowledged_once_a_burst_and_may_be_a_new_one, async |scene| {
    let thread = scene.filed(scene.an, "Nhà em mất mạng").await;
    let dm = scene.dm(scene.an);
    scene.say(scene.an, DM, "Hóa đơn tháng này cũng sai nữa").await;
    scene.say(scene.an, DM, "Tính thừa 50 nghìn").await;
    let told = scene.the(dm, "vào khiếu nại **#1**");
    assert_eq!(labels(&told), ["Khiếu nại khác"], "{told}");
    let asked = scene.press(scene.an, dm, "Khiếu nại khác").await.message.expect("a select");
    let select = select_of(&asked).expect("a select");
    let made = scene.sandbox().select(scene.an, dm, id(&asked["id"]), &select, &["new"]);
    scene.outcome(made).await;
    assert_eq!(scene.times(thread, "một việc mới"), 1, "{}", scene.read(thread));
    scene.press(scene.an, dm, "Gửi").await;
    assert_eq!(scene.sandbox().threads(scene.desk).len(), 2);
    assert_eq!(scene.times(scene.desk, "Hóa đơn tháng này cũng sai nữa"), 1);
    scene.advance(10 * MINUTE).await;
});

each_scene!(faults_g9_a_promise_kept_before_its_hour_tells_the_customer_what_came_of_it, async |scene| {
    let thread = scene.filed(scene.an, "Nhà em mất mạng").await;
    for what in ["Thợ đến nhà", "Gọi lại"] {
        let promise = [("what", json!(what)), ("when", json!("2026-11-24 09:00"))];
        scene.command(scene.lan, thread, "case promise", &promise).await;
    }
    scene.command(scene.lan, thread, "case promises", &[]).await;
    let outcome = [("text", "Thợ đến sớm, đã thay dây.")];
    scene.press_and_fill(scene.lan, thread, "1 · Đã giữ lời", &outcome).await;
    let told = scene.the(scene.dm(scene.an), "Thợ đến sớm, đã thay dây.");
    assert!(words_of(&told).contains("đã xong trước hẹn") && words_of(&told).contains("— Lan"), "{told}");
    // After the hour one press is enough.
    scene.until(monday(33, 5)).await;
    scene.command(scene.lan, thread, "case promises", &[]).await;
    scene.press(scene.lan, thread, "2 · Đã giữ lời").await;
    assert_eq!(scene.times(scene.dm(scene.an), "đã xong trước hẹn"), 1);
});
