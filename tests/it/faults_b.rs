//! Posted is not told: what does not stand before the customer ends no clock, and says so with its true reason.

use langnghe::domain::complaint::{Complaint, Line};
use langnghe::domain::event::Undelivered;
use langnghe::kernel::ids::ComplaintId;
use langnghe::sandbox::rules::fault::{CutAt, FaultKind};
use langnghe::sandbox::rules::permissions;
use langnghe::sla::clocks::ClockKind;
use langnghe::store;
use serde_json::{Value, json};

use crate::scene::{HOUR, MINUTE, Scene, each_scene, id, scene, words_of};
use crate::seeing::{DM, labels, pings};

const MATTER: &str = "Nhà em mất mạng từ tối qua";
const REPLY: &str = "Dạ em xem ngay ạ.";

impl Scene {
    /// The first complaint as it is stored.
    async fn held(&self) -> Complaint {
        let held = store::complaint::read(self.stage.db(), ComplaintId(1)).await;
        held.expect("the store answers").expect("it is stored")
    }

    /// Nobody is reached: direct messages are closed, and no private thread can be opened.
    fn shut(&self) {
        self.sandbox().set_dms_open(self.an, false);
        self.sandbox().deny_bot(self.intake, permissions::CREATE_PRIVATE_THREADS);
    }

    async fn replies(&self, thread: u64, text: &str) -> String {
        self.command(self.lan, thread, "reply", &[("text", json!(text))]).await.text().to_owned()
    }

    fn card_words(&self) -> String {
        self.bar_of(1)
    }

    async fn waiting(&self) -> String {
        let said = self.command(self.lan, self.desk, "case list", &[("filter", json!("waiting"))]).await;
        said.text().to_owned()
    }
}

each_scene!(
    faults_b1_a_reply_that_does_not_arrive_stops_no_clock_and_the_next_step_is_a_call,
    async |scene| {
        scene.shut();
        let thread = scene.filed(scene.an, MATTER).await;
        let told = scene.replies(thread, REPLY).await;
        assert!(told.contains("chưa đến được khách") && told.contains("không nhận tin nhắn riêng"), "{told}");
        let held = scene.held().await;
        for clock in [ClockKind::Reply, ClockKind::WrittenAnswer] {
            assert!(held.run(clock).is_some(), "{clock} runs on");
        }
        assert!(held.run(ClockKind::Recorded).is_none(), "it was read all the same");
        assert!(held.unanswered.is_some() && held.waits());
        assert!(scene.card_words().contains("Gọi cho khách"), "{}", scene.card_words());
        assert!(scene.waiting().await.contains("Nguyễn Văn An"), "{}", scene.waiting().await);
        let post = scene.the(thread, "Lời này chưa đến được");
        assert!(pings(&post, scene.lan) && labels(&post).contains(&"Đã báo khách".to_owned()), "{post}");
        scene.advance(16 * MINUTE).await;
        assert_eq!(
            scene.times(scene.managers, "đã quá hạn: Trả lời khách"),
            1,
            "{}",
            scene.read(scene.managers)
        );
        // They were called: that is the answer, from now on.
        scene.press(scene.lan, thread, "Đã báo khách").await;
        let held = scene.held().await;
        let run = &held.clocks[&ClockKind::Reply];
        assert_eq!((run.stopped, held.waits()), (Some(scene.stage.clock.now()), false));
        assert!(run.is_breached(), "late is late");
        assert!(!scene.card_words().contains("Gọi cho khách"), "{}", scene.card_words());
    }
);

each_scene!(faults_b1_clocks_end_when_the_reply_stands_there_not_when_it_was_written, async |scene| {
    let thread = scene.filed(scene.an, MATTER).await;
    let dm = scene.dm(scene.an);
    scene.trouble("POST", &format!("/channels/{dm}/messages"), 1_000, FaultKind::Status(500));
    let told = scene.replies(thread, REPLY).await;
    assert!(told.contains("đang chuyển đến khách"), "{told}");
    assert!(scene.held().await.run(ClockKind::Reply).is_some());
    // What they write meanwhile is answered by none of it.
    scene.advance(2 * MINUTE).await;
    scene.say(scene.an, DM, "Đèn LOS đỏ em ạ").await;
    let wrote = scene.stage.clock.now();
    scene.advance(MINUTE).await;
    scene.sandbox().clear_faults();
    scene.advance(6 * MINUTE).await;
    assert_eq!(scene.times(dm, REPLY), 1);
    let held = scene.held().await;
    let run = held.run(ClockKind::Reply).expect("the later message waits");
    assert_eq!((run.started, run.cycle), (wrote, 2), "from when they wrote");
    assert_eq!(held.unanswered.as_ref().map(|waiting| waiting.since), Some(wrote));
    scene.replies(thread, "Dạ em cử thợ đến ạ.").await;
    assert!(!scene.held().await.waits());
});

each_scene!(faults_b1_a_death_between_delivery_and_note_tells_once_and_stops_once, async |scene| {
    let thread = scene.filed(scene.an, MATTER).await;
    let dm = scene.dm(scene.an);
    scene.trouble("POST", &format!("/channels/{dm}/messages"), 8, FaultKind::Cut(CutAt::After));
    scene.replies(thread, REPLY).await;
    scene.crash_and_restart().await;
    scene.advance(10 * MINUTE).await;
    assert_eq!(scene.times(dm, REPLY), 1, "{}", scene.read(dm));
    let held = scene.held().await;
    assert!(!held.waits() && held.run(ClockKind::Reply).is_none(), "{:?}", held.on_the_way);
});

each_scene!(
    faults_b2_promise_question_summary_and_outcome_say_each_in_its_place_that_they_did_not_arrive,
    async |scene| {
        scene.shut();
        let thread = scene.filed(scene.an, MATTER).await;
        let read = [("summary", "Mất mạng từ tối qua"), ("severity", "Nặng")];
        scene.command_and_fill(scene.lan, thread, "case read", &[], &read).await;
        let promise = [("what", json!("Gọi lại cho khách")), ("when", json!("17h hôm nay"))];
        scene.command(scene.lan, thread, "case promise", &promise).await;
        scene.press(scene.lan, thread, "T2 23/11/2026 17:00").await;
        let posts = scene.those(thread, "Lời này chưa đến được");
        assert_eq!(posts.len(), 2, "{}", scene.read(thread));
        assert!(words_of(&posts[0]).contains("Mất mạng từ tối qua"), "{}", words_of(&posts[0]));
        assert!(words_of(&posts[1]).contains("Gọi lại cho khách"), "{}", words_of(&posts[1]));
        let shown = scene.command(scene.lan, thread, "case promises", &[]).await;
        scene.keeps(scene.lan, thread, "1").await;
        assert!(shown.ephemeral);
        scene.command(scene.lan, thread, "case resolve", &[("outcome", json!("Đã thay dây."))]).await;
        let posts = scene.those(thread, "Lời này chưa đến được");
        assert_eq!(posts.len(), 4, "{}", scene.read(thread));
        assert!(words_of(&posts[2]).contains("Đã xong rồi ạ."), "{}", words_of(&posts[2]));
        assert!(words_of(&posts[3]).contains("Đã thay dây."), "{}", words_of(&posts[3]));
        let card = scene.card_words();
        assert!(card.contains("Gọi cho khách") && !card.contains("Chờ khách đánh giá"), "{card}");
        let held = scene.held().await;
        assert!(held.run(ClockKind::Reply).is_some() && held.run(ClockKind::WrittenAnswer).is_some());
        // Nobody's silence confirms what they were not told.
        scene.advance(9 * 24 * HOUR).await;
        assert!(scene.card_words().contains("Gọi cho khách"), "{}", scene.card_words());
        for post in scene.those(thread, "Lời này chưa đến được") {
            let told = crate::seeing::button_of(&post, "Đã báo khách").expect("a button");
            let made = scene.sandbox().press(scene.lan, thread, id(&post["id"]), &told);
            scene.outcome(made).await;
        }
        let held = scene.held().await;
        assert!(held.run(ClockKind::Reply).is_none() && !held.waits(), "{:?}", held.on_the_way);
    }
);

each_scene!(faults_b2_a_written_refusal_that_does_not_arrive_leaves_the_laws_clock_running, async |scene| {
    scene.shut();
    let thread = scene.filed(scene.an, MATTER).await;
    scene.press(scene.lan, scene.desk, "Nhận").await;
    let words = [("reason", "Gói cước đúng như hợp đồng"), ("recourse", "Nhắn lại tại đây")];
    scene.command_and_fill(scene.lan, thread, "case refuse", &[], &words).await;
    let agreed = scene.press(scene.tuan, thread, "Đồng ý và gửi khách").await;
    assert!(!agreed.text().is_empty());
    let held = scene.held().await;
    for clock in [ClockKind::Refusal, ClockKind::WrittenAnswer] {
        assert!(held.run(clock).is_some(), "{clock}: {}", scene.transcript());
    }
    assert_eq!(scene.those(thread, "Lời này chưa đến được").len(), 1);
    scene.press(scene.lan, thread, "Đã báo khách").await;
    let held = scene.held().await;
    assert!(held.run(ClockKind::Refusal).is_none() && held.run(ClockKind::WrittenAnswer).is_none());
});

each_scene!(faults_b3_words_that_a_filter_keeps_back_come_back_to_be_changed, async |scene| {
    let thread = scene.filed(scene.an, MATTER).await;
    let dm = scene.dm(scene.an);
    let kind = FaultKind::Refuse { status: 400, code: 240_000, words: Some("bit.ly".to_owned()) };
    scene.trouble("POST", &format!("/channels/{dm}/messages"), 9, kind);
    let told = scene.replies(thread, "Anh xem bit.ly/huong-dan nhé").await;
    assert!(told.contains("bộ lọc") && !told.contains("tin nhắn riêng"), "the true reason: {told}");
    let held = scene.held().await;
    assert_eq!(held.lost().next().and_then(|lost| lost.lost), Some(Undelivered::Blocked));
    assert!(matches!(held.line, Line::Direct { .. }) && !held.direct_closed, "the way is open");
    assert!(scene.sandbox().threads(scene.intake).is_empty());
    assert!(scene.card_words().contains("Sửa lời rồi gửi lại"), "{}", scene.card_words());
    let changed = [("text", "Anh xem mục Hướng dẫn trong ứng dụng nhé")];
    let made = scene.sandbox().press_label(scene.lan, thread, "Sửa và gửi lại");
    let (form_of, form) = scene.outcome(made).await;
    assert!(format!("{form:?}").contains("bit.ly/huong-dan"), "the words are kept: {form:?}");
    let sent = scene.outcome(scene.sandbox().submit(scene.lan, form_of, &changed)).await.1;
    assert!(sent.text().contains("đã chuyển đến khách"), "{}", sent.text());
    let held = scene.held().await;
    assert!(!held.waits() && held.speech.untold.is_empty(), "{:?}", held.on_the_way);
    scene.sandbox().clear_faults();
});

each_scene!(faults_b3_an_outcome_that_is_kept_back_is_untold_and_the_case_is_open, async |scene| {
    let thread = scene.filed(scene.an, MATTER).await;
    let dm = scene.dm(scene.an);
    for code in [240_000, 200_000, 50_035] {
        let kind = FaultKind::Refuse { status: 400, code, words: Some("bit.ly".to_owned()) };
        scene.trouble("POST", &format!("/channels/{dm}/messages"), 1, kind);
        scene.command(scene.lan, thread, "case resolve", &[("outcome", json!("Xem bit.ly/x"))]).await;
        let held = scene.held().await;
        assert!(held.stage.is_open(), "{code}: {}", scene.transcript());
        assert!(held.run(ClockKind::Resolution).is_some() && held.run(ClockKind::Reply).is_some(), "{code}");
        let card = scene.card_words();
        assert!(card.contains("Sửa lời rồi gửi lại") && !card.contains("Chờ khách đánh giá"), "{card}");
    }
    scene.press_and_fill(scene.lan, thread, "Sửa và gửi lại", &[("text", "Đã thay dây.")]).await;
    assert_eq!(scene.times(dm, "Đã thay dây."), 1);
    let held = scene.held().await;
    assert!(!held.stage.is_open() && !held.waits(), "{:?}", held.on_the_way);
    assert!(scene.card_words().contains("Chờ khách đánh giá"), "{}", scene.card_words());
    scene.press(scene.an, dm, "5 ★").await;
});

each_scene!(faults_b3_each_reason_has_its_own_sentence, async |scene| {
    let thread = scene.filed(scene.an, MATTER).await;
    let dm = scene.dm(scene.an);
    scene.sandbox().deny_bot(scene.intake, permissions::CREATE_PRIVATE_THREADS);
    let reasons = [
        (400, 240_000, "bộ lọc từ ngữ hoặc đường dẫn"),
        (400, 50_035, "Discord không nhận nội dung này"),
        (403, 50_007, "không nhận tin nhắn riêng"),
    ];
    for (status, code, said) in reasons {
        scene.trouble(
            "POST",
            &format!("/channels/{dm}/messages"),
            1,
            FaultKind::Refuse { status, code, words: None },
        );
        let told = scene.replies(thread, REPLY).await;
        assert!(told.contains(said), "{code}: {told}");
        assert!(words_of(&scene.last(thread)).contains(said), "{code}: {}", scene.read(thread));
    }
});

#[tokio::test]
async fn faults_b3_a_flag_on_the_bot_is_said_to_be_one() {
    scene(async |scene| {
        let thread = scene.filed(scene.an, MATTER).await;
        scene.sandbox().deny_bot(scene.intake, permissions::CREATE_PRIVATE_THREADS);
        let kind = FaultKind::Refuse { status: 403, code: 20_026, words: None };
        scene.trouble("POST", &format!("/channels/{}/messages", scene.dm(scene.an)), 1, kind);
        let told = scene.replies(thread, REPLY).await;
        assert!(told.contains("Discord đang chặn bot"), "{told}");
        assert!(!scene.held().await.direct_closed, "theirs are not closed");
    })
    .await;
}

each_scene!(faults_b3_whoever_left_is_gone_and_no_empty_thread_stays, async |scene| {
    let thread = scene.filed(scene.an, MATTER).await;
    let dm = scene.dm(scene.an);
    scene.sandbox().leave_guild(scene.an, scene.guild);
    for code in [50_278, 50_007] {
        let kind = FaultKind::Refuse { status: 403, code, words: None };
        scene.trouble("POST", &format!("/channels/{dm}/messages"), 1, kind.clone());
        scene.trouble("POST", "/users/@me/channels", 1, kind);
        let told = scene.replies(thread, REPLY).await;
        assert!(told.contains("đã rời máy chủ"), "{code}: {told}");
        assert!(scene.sandbox().threads(scene.intake).is_empty(), "{code}: {}", scene.transcript());
        assert!(matches!(scene.held().await.line, Line::Nowhere { reason: Undelivered::Gone }), "{code}");
    }
    scene.sandbox().clear_faults();
});

each_scene!(faults_b4_whoever_writes_directly_again_is_answered_there, async |scene| {
    scene.sandbox().set_dms_open(scene.an, false);
    let thread = scene.filed(scene.an, MATTER).await;
    let line = id(&scene.sandbox().threads(scene.intake)[0]["id"]);
    scene.replies(thread, "Dạ em đang xem ạ.").await;
    assert_eq!(scene.times(line, "Dạ em đang xem ạ."), 1);
    scene.sandbox().set_dms_open(scene.an, true);
    scene.say(scene.an, DM, "Em mở tin nhắn riêng rồi").await;
    assert_eq!(scene.times(thread, "nhắn tin riêng cho bot"), 1, "{}", scene.read(thread));
    scene.replies(thread, REPLY).await;
    let dm = scene.dm(scene.an);
    assert_eq!((scene.times(dm, REPLY), scene.times(line, REPLY)), (1, 0));
    // Closed once more: the thread of before is used again, and no second one is made.
    scene.sandbox().set_dms_open(scene.an, false);
    scene.replies(thread, "Dạ thợ đang đến ạ.").await;
    assert_eq!(scene.times(line, "Dạ thợ đang đến ạ."), 1, "{}", scene.transcript());
    assert_eq!(scene.sandbox().threads(scene.intake).len(), 1);
});

each_scene!(faults_b6_the_receipt_is_true_whether_direct_messages_are_open_or_not, async |scene| {
    for (open, words) in [(true, "No connection"), (false, "The modem is dead")] {
        scene.sandbox().set_dms_open(scene.bob, open);
        let receipt = scene.file(scene.bob, words).await;
        let said = receipt.text();
        assert!(said.contains("direct message from me") && said.contains("private thread"), "{said}");
    }
});

/// The report counts what was told, not what was posted.
#[tokio::test]
async fn faults_b1_the_report_counts_nobody_as_answered_who_was_not_told() {
    scene(async |scene| {
        scene.shut();
        let thread = scene.filed(scene.an, MATTER).await;
        scene.replies(thread, REPLY).await;
        let report = scene.command(scene.tuan, scene.desk, "report overview", &[]).await;
        let shown: Value = report.message.clone().unwrap_or_default();
        let said = words_of(&shown);
        let median = said.lines().find(|line| line.contains("Trả lời")).unwrap_or_default();
        assert!(!median.contains("0 giây") && !median.contains("1 giây"), "{said}");
    })
    .await;
}

each_scene!(faults_b2_remedies_and_questions_that_do_not_arrive_answer_nobody, async |scene| {
    scene.shut();
    let thread = scene.filed(scene.an, MATTER).await;
    let read = [("summary", "Mất mạng từ tối qua"), ("severity", "Nặng")];
    scene.command_and_fill(scene.lan, thread, "case read", &[], &read).await;
    scene.command(scene.lan, thread, "case ask", &[("question", json!("los-light"))]).await;
    let remedies = [
        ("first", "Kỹ thuật viên đến thay dây"),
        ("first_when", "9h sáng mai"),
        ("second", "Anh nhận dây mới ở cửa hàng và tự thay"),
        ("second_when", "17h hôm nay"),
        ("remark", "1: dây nằm sau tủ"),
    ];
    scene.command_and_fill(scene.lan, thread, "case propose", &[], &remedies).await;
    let text = [("text", "Cảm ơn anh đã chờ. Anh chọn giúp em nhé:")];
    scene.press_and_fill(scene.lan, thread, "Gửi khách chọn", &text).await;
    let posts = scene.those(thread, "Lời này chưa đến được");
    assert_eq!(posts.len(), 3, "{}", scene.read(thread));
    assert!(words_of(&posts[1]).contains("đèn LOS") && words_of(&posts[2]).contains("thay dây"));
    let held = scene.held().await;
    assert!(held.unanswered.is_some() && held.run(ClockKind::Reply).is_some());
    // Both were told on the telephone: that answers.
    let told = crate::seeing::button_of(&posts[2], "Đã báo khách").expect("a button");
    scene.outcome(scene.sandbox().press(scene.lan, thread, id(&posts[2]["id"]), &told)).await;
    let held = scene.held().await;
    assert!(held.unanswered.is_none() && held.run(ClockKind::Reply).is_none());
    assert!(held.waits(), "the summary and the question are still untold");
});

each_scene!(faults_b4_whoever_comes_back_to_the_server_is_written_to_directly, async |scene| {
    let thread = scene.filed(scene.an, MATTER).await;
    let dm = scene.dm(scene.an);
    let gone = FaultKind::Refuse { status: 403, code: 50_278, words: None };
    scene.trouble("POST", &format!("/channels/{dm}/messages"), 1, gone);
    scene.sandbox().deny_bot(scene.intake, permissions::CREATE_PRIVATE_THREADS);
    let told = scene.replies(thread, REPLY).await;
    assert!(told.contains("chưa đến được khách"), "{told}");
    assert!(!scene.held().await.direct_closed, "nothing was said of being closed");
    // Nothing but the next word of the desk is needed.
    let told = scene.replies(thread, "Dạ em gửi lại ạ.").await;
    assert!(told.contains("đã chuyển đến khách"), "{told}");
    assert_eq!(scene.times(dm, "Dạ em gửi lại ạ."), 1);
    assert!(!scene.held().await.waits(), "what was said again is said");
});

#[tokio::test]
async fn faults_b3_managers_read_why_the_answer_to_a_data_request_did_not_arrive() {
    scene(async |scene| {
        scene.filed(scene.an, MATTER).await;
        let dm = scene.dm(scene.an);
        scene.command(scene.an, scene.intake, "my-data", &[]).await;
        scene
            .press_and_fill(scene.an, scene.intake, "Yêu cầu khác", &[("text", "Cho em sửa lại địa chỉ")])
            .await;
        let kind = FaultKind::Refuse { status: 400, code: 240_000, words: Some("bit.ly".to_owned()) };
        scene.trouble("POST", &format!("/channels/{dm}/messages"), 1, kind);
        scene.press_and_fill(scene.tuan, scene.managers, "Trả lời", &[("text", "Xem bit.ly/x nhé")]).await;
        let told = scene.the(scene.managers, "chưa đến được Nguyễn Văn An");
        assert!(words_of(&told).contains("bộ lọc"), "{}", words_of(&told));
        assert!(scene.sandbox().threads(scene.intake).is_empty(), "the way is open");
    })
    .await;
}
