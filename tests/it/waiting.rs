//! Waiting for the customer, putting reminders off, and the account of a deadline, as people see them.

use serde_json::json;

use crate::scene::{HOUR, MINUTE, each_scene, id, scene};
use crate::seeing::{DM, button_of, labels, monday, pings};

const MATTER: &str = "Nhà em mất mạng từ tối qua";

each_scene!(a_wait_stops_what_may_stop_and_the_customers_message_ends_it, async |scene| {
    let thread = scene.filed(scene.an, MATTER).await;
    scene.command(scene.lan, thread, "reply", &[("text", json!("Dạ em xem ngay ạ."))]).await;
    scene.advance(HOUR).await;
    let refused = scene.command(scene.lan, thread, "case resume", &[]).await;
    assert!(refused.text().contains("Không có gì đang tạm dừng"), "{}", refused.text());
    let reason = [("reason", json!("khách gửi ảnh đèn modem"))];
    let waits = scene.command(scene.lan, thread, "case wait", &reason).await;
    assert!(waits.text().contains("**Lan**: đang chờ khách: khách gửi ảnh đèn modem"), "{}", waits.text());
    assert!(waits.text().contains("Tạm dừng: Báo tin tiếp cho khách, Giải quyết."), "{}", waits.text());
    let again = scene.command(scene.mike, thread, "case wait", &[]).await;
    assert!(again.text().contains("waiting for this customer already"), "{}", again.text());
    let card = scene.bar(thread);
    assert!(card.contains("Giải quyết: đang tạm dừng") && card.contains("Chờ khách;"), "{card}");
    // Nothing is due while it lasts, and what the law sets goes on.
    let why = scene.command(scene.lan, thread, "case why", &[("clock", json!("resolution"))]).await;
    assert!(why.text().contains("Đang tạm dừng: chưa có hạn"), "{}", why.text());
    scene.advance(3 * 24 * HOUR).await;
    assert_eq!(scene.times(thread, "còn hạn đến"), 0, "{}", scene.read(thread));
    scene.say(scene.an, DM, "Em gửi ảnh rồi nhé").await;
    assert!(!scene.read(scene.desk).contains("đang tạm dừng"), "{}", scene.read(scene.desk));
    // 55 office hours are left from Thursday 10:00: six of that day, and six whole days and an hour.
    let why = scene.command(scene.lan, thread, "case why", &[("clock", json!("resolution"))]).await;
    assert!(why.text().contains("Hạn T2 2026-12-07 09:00:00"), "{}", why.text());
    assert!(why.text().contains("chờ khách (Lan: khách gửi ảnh đèn modem)"), "{}", why.text());
    assert!(why.text().contains("nghỉ lễ: Ngày Văn hóa Việt Nam"), "{}", why.text());
});

#[tokio::test]
async fn whoever_waits_no_more_says_so_and_resolving_ends_the_wait_too() {
    scene(async |scene| {
        let thread = scene.filed(scene.bob, "No connection since last night").await;
        scene.command(scene.mike, thread, "case claim", &[]).await;
        scene.command(scene.mike, thread, "case wait", &[]).await;
        scene.advance(HOUR).await;
        let goes_on = scene.command(scene.mike, thread, "case resume", &[]).await;
        assert!(goes_on.text().contains("▶ **Mike**: complaint #1 goes on."), "{}", goes_on.text());
        scene.command(scene.mike, thread, "case wait", &[("reason", json!("a photo"))]).await;
        scene.advance(HOUR).await;
        scene.command(scene.mike, thread, "case resolve", &[("outcome", json!("It is back."))]).await;
        let why = scene.command(scene.mike, thread, "case why", &[("clock", json!("resolution"))]).await;
        assert!(why.text().contains("waiting for the customer (Mike: a photo)"), "{}", why.text());
        assert!(why.text().contains("Done Mon 2026-11-23 11:00:00, in time."), "{}", why.text());
        let refused = scene.command(scene.mike, thread, "case wait", &[]).await;
        assert!(refused.text().contains("settled or closed"), "{}", refused.text());
    })
    .await;
}

each_scene!(a_reminder_is_put_off_with_a_reason_but_not_past_the_deadline, async |scene| {
    let thread = scene.filed(scene.an, MATTER).await;
    scene.press(scene.lan, scene.desk, "Nhận").await;
    scene.advance(10 * MINUTE).await;
    let fill = async |written: &str| {
        let values = [("for", written), ("text", "đang gọi cho khách")];
        scene.press_and_fill(scene.lan, thread, "Nhắc lại sau", &values).await.text()
    };
    let told = fill("lúc nào rảnh").await;
    assert!(told.contains("không phải một khoảng thời gian"), "{told}");
    let told = fill("5m").await;
    assert!(told.contains("Không hoãn lời nhắc quá hạn"), "{told}");
    let told = fill("ba phút").await;
    let until = format!("<t:{}:f>", monday(9, 13) / 1_000);
    assert!(told.contains(&until) && told.contains("(đang gọi cho khách)"), "{told}");
    scene.advance(3 * MINUTE).await;
    let again = scene.those(thread, "còn hạn đến").pop().unwrap_or_default();
    assert!(pings(&again, scene.lan), "{again}");
    assert_eq!(scene.times(thread, "còn hạn đến"), 2);
    // Managers see it in the thread, and in the next morning's digest while it lasts.
    assert!(scene.seen_by(scene.tuan).contains("💤"));
});

#[tokio::test]
async fn thanks_that_need_no_answer_stop_the_clock_with_a_press() {
    scene(async |scene| {
        let thread = scene.filed(scene.an, MATTER).await;
        scene.command(scene.lan, thread, "reply", &[("text", json!("Dạ em xem ngay ạ."))]).await;
        let refused = scene.command(scene.lan, thread, "case claim", &[]).await;
        assert!(!refused.text().is_empty());
        scene.say(scene.an, DM, "Ok em, anh chờ nhé").await;
        let relayed = scene.the(thread, "**Nguyễn Văn An** viết:");
        assert_eq!(labels(&relayed), ["Trả lời khách", "Đã giải quyết", "Không cần trả lời"]);
        let needless = button_of(&relayed, "Không cần trả lời").expect("a button");
        let told = scene.press(scene.lan, thread, "Không cần trả lời").await;
        assert!(told.text().contains("không cần trả lời"), "{}", told.text());
        let twice = scene.sandbox().raw_press(scene.lan, thread, id(&relayed["id"]), &needless);
        let (_, twice) = scene.outcome(Ok(twice)).await;
        assert!(twice.text().contains("Không có tin nào của khách đang chờ"), "{}", twice.text());
        scene.advance(2 * HOUR).await;
        assert_eq!(scene.times(thread, "còn hạn đến"), 0);
        assert_eq!(scene.times(scene.managers, "đã quá hạn"), 0);
    })
    .await;
}

#[tokio::test]
async fn nobody_handles_a_complaint_of_their_own() {
    scene(async |scene| {
        let thread = scene.filed(scene.lan, MATTER).await;
        for (path, options) in [("case claim", vec![]), ("reply", vec![("text", json!("Tự trả lời"))])]
        {
            let told = scene.command(scene.lan, thread, path, &options).await;
            assert!(told.text().contains("khiếu nại của chính bạn"), "{path}: {}", told.text());
        }
        let given = [("person", json!(scene.lan.to_string()))];
        let told = scene.command(scene.mike, thread, "case assign", &given).await;
        assert!(told.text().contains("your own complaint"), "{}", told.text());
    })
    .await;
}

#[tokio::test]
async fn a_deadline_explains_itself_and_a_day_before_tet_is_tried_out() {
    scene(async |scene| {
        let thread = scene.filed(scene.an, MATTER).await;
        let why = scene.command(scene.mike, thread, "case why", &[("clock", json!("receipt-notice"))]).await;
        for line in [
            "**#1 · Notice of receipt (law)**: 3 working days · calendar vn-office",
            "  Mon 2026-11-23 09:00:00 → Tue 2026-11-24 00:00:00  15:00:00  day of receipt",
            "  Tue 2026-11-24 00:00:00 → Wed 2026-11-25 00:00:00  24:00:00  holiday: Ngày Văn hóa Việt Nam",
            "+ Fri 2026-11-27 00:00:00 → Sat 2026-11-28 00:00:00  24:00:00  working day 3",
            "Due Sat 2026-11-28 00:00:00",
        ] {
            assert!(why.text().contains(line), "{line}\n{}", why.text());
        }
        assert!(why.text().chars().count() <= 2_000);
        let none = scene.command(scene.lan, thread, "case why", &[("clock", json!("promise"))]).await;
        assert!(none.text().contains("đồng hồ này chưa chạy"), "{}", none.text());
        let elsewhere = scene.command(scene.lan, scene.desk, "case why", &[("clock", json!("reply"))]).await;
        assert!(elsewhere.text().contains("luồng"), "{}", elsewhere.text());

        let tried = [("received", json!("03/02/2027 16:30"))];
        let told = scene.command(scene.tuan, scene.desk, "desk simulate", &tried).await;
        // Wednesday 3 February 2027 is the last office day before Tết; the second one after it is Friday the 12th.
        let end_of = |day: i64| format!("hết ngày <t:{}:D>", day / 1_000 - 1);
        let friday_12 = 1_802_451_600_000;
        assert!(told.text().contains(&end_of(friday_12)), "{}", told.text());
        assert!(told.text().contains("56 giờ") && told.text().contains("15 phút"), "{}", told.text());
        assert!(told.text().chars().count() <= 2_000);
        let nonsense =
            scene.command(scene.tuan, scene.desk, "desk simulate", &[("received", json!("mai"))]).await;
        assert!(nonsense.text().contains("lúc mấy giờ?"), "{}", nonsense.text());
        let staff = scene.command(scene.lan, scene.desk, "desk simulate", &tried).await;
        assert!(staff.text().contains("quản lý"), "{}", staff.text());
    })
    .await;
}

#[tokio::test]
async fn a_stricter_severity_moves_the_deadline_and_a_breach_by_it_says_why() {
    scene(async |scene| {
        let folder = scene.folder().join("config");
        std::fs::create_dir_all(&folder).unwrap();
        let text = "[policies.urgent]\nseverity = [\"critical\"]\n[policies.urgent.clocks.resolution]\ntarget = \"2h\"\nnudges = [\"50%\"]\n";
        std::fs::write(folder.join("langnghe.toml"), text).unwrap();
        scene.stage.crash().await.unwrap();
        let config = langnghe::app::configuration(&folder, &langnghe::config::Env::default()).unwrap();
        scene.stage.configure(|held| *held = config);
        scene.start_bot().await;
        let thread = scene.filed(scene.an, MATTER).await;
        scene.command(scene.lan, thread, "reply", &[("text", json!("Dạ em xem ngay ạ."))]).await;
        scene.advance(8 * HOUR).await;
        let critical = [("category", json!("connection-lost")), ("severity", json!("critical"))];
        scene.command(scene.lan, thread, "case classify", &critical).await;
        let breach = scene.the(scene.managers, "đã quá hạn: Giải quyết");
        let words = breach["content"].as_str().unwrap_or_default();
        assert!(words.contains("Quá hạn do vừa đổi mức độ hoặc phân loại."), "{words}");
        assert!(pings(&breach, scene.manager_role));
        // Milder again: the deadline moves back, the breach stays.
        let normal = [("category", json!("connection-lost")), ("severity", json!("normal"))];
        scene.command(scene.lan, thread, "case classify", &normal).await;
        assert!(scene.bar(thread).contains("Giải quyết: quá hạn từ"), "{}", scene.bar(thread));
        let why = scene.command(scene.lan, thread, "case why", &[("clock", json!("resolution"))]).await;
        assert!(why.text().contains("Đã lỡ: hạn là T2 2026-11-23 11:00:00 (mức 2 giờ)"), "{}", why.text());
    })
    .await;
}
