//! A refusal or an error of Discord is no final answer: what each of them does to what is on its way.

use langnghe::discord::token::Standing;
use langnghe::sandbox::rules::fault::FaultKind;
use serde_json::{Value, json};

use crate::scene::{HOUR, MINUTE, Scene, each_scene, id, scene, words_of};
use crate::seeing::{DM, labels, pings};
use crate::tiers::few_or_all;

const MATTER: &str = "Nhà em mất mạng từ tối qua";

/// A refusal of everything that is asked so.
fn refuse(status: u16, code: u32) -> FaultKind {
    FaultKind::Refuse { status, code, words: None }
}

/// A filter that refuses what holds these words.
fn filter(code: u32, words: &str) -> FaultKind {
    FaultKind::Refuse { status: 400, code, words: Some(words.to_owned()) }
}

impl Scene {
    /// The name of the newest desk thread.
    fn newest_name(&self) -> String {
        let threads = self.sandbox().threads(self.desk);
        threads.last().and_then(|thread| thread["name"].as_str()).unwrap_or_default().to_owned()
    }

    /// The newest desk thread.
    fn newest_thread(&self) -> u64 {
        self.sandbox().threads(self.desk).last().map(|thread| id(&thread["id"])).unwrap_or_default()
    }

    /// How many calls went to this route.
    fn called(&self, method: &str, route: &str) -> usize {
        self.sandbox().calls().iter().filter(|call| call.method == method && call.route == route).count()
    }
}

each_scene!(faults_a1_a_thread_whose_name_is_refused_gets_a_plain_one_and_its_own_later, async |scene| {
    for (code, status) in [(50_035, 400), (20_031, 400), (200_001, 400)] {
        scene.trouble("POST", "/threads", 1, refuse(status, code));
        let thread = scene.filed(scene.an, &format!("{MATTER} ({code})")).await;
        let number = scene.sandbox().threads(scene.desk).len();
        assert_eq!(scene.newest_name(), format!("#{number}"), "{code}");
        scene.advance(10 * MINUTE).await;
        assert!(scene.newest_name().contains("mất mạng"), "renamed: {}", scene.newest_name());
        let sent = scene.command(scene.lan, thread, "reply", &[("text", json!("Dạ em xem ngay ạ."))]).await;
        assert!(sent.text().contains("đã chuyển đến khách"), "{}", sent.text());
    }
});

each_scene!(
    faults_a1_a_number_that_is_refused_is_left_out_and_a_name_that_stays_refused_is_let_be,
    async |scene| {
        scene.trouble("POST", "/threads", 2, refuse(400, 50_035));
        let thread = scene.filed(scene.an, MATTER).await;
        assert_eq!(scene.newest_name(), "Khiếu nại");
        scene.trouble("PATCH", &format!("/channels/{thread}"), 10, filter(50_035, "name"));
        scene.advance(3 * 24 * HOUR).await;
        assert_eq!(scene.newest_name(), "Khiếu nại");
        let tried = scene.sandbox().calls();
        let tried =
            tried.iter().filter(|call| call.method == "PATCH" && call.path == format!("/channels/{thread}"));
        assert_eq!(tried.count(), 3, "a few times, not for ever");
        scene.sandbox().clear_faults();
    }
);

each_scene!(
    faults_a1_a_thread_is_never_given_up_and_what_the_customer_writes_meanwhile_reaches_the_desk,
    async |scene| {
        scene.trouble("POST", "/threads", u32::MAX, refuse(400, 50_035));
        scene.file(scene.an, MATTER).await;
        scene.say(scene.an, DM, "Nhà em ở 12 Lê Lợi").await;
        scene.advance(few_or_all(1, 15 * 24) * HOUR).await;
        assert!(scene.sandbox().threads(scene.desk).is_empty());
        scene.sandbox().clear_faults();
        scene.advance(10 * MINUTE).await;
        let read = scene.read(scene.newest_thread());
        assert!(read.contains("12 Lê Lợi"), "{read}");
        // Managers were told that something is stuck, as of any letter that does not get through.
        let desk = scene.stage.bot().expect("the bot runs").desk().clone();
        assert!(desk.boards().audit().await.expect("the store answers").is_empty(), "over by now");
    }
);

each_scene!(faults_a1_a_thread_that_an_older_program_gave_up_is_made_when_somebody_writes, async |scene| {
    scene.trouble("POST", "/threads", u32::MAX, refuse(400, 50_035));
    scene.file(scene.an, MATTER).await;
    let mut tx = scene.stage.db().begin().await.expect("a transaction");
    tx.run("DELETE FROM letter WHERE kind = 'complaint' AND state = 'waiting'", Vec::new())
        .await
        .expect("the letter is gone");
    tx.commit().await.expect("it is kept");
    scene.sandbox().clear_faults();
    scene.say(scene.an, DM, "Vẫn mất mạng em ơi").await;
    let thread = scene.newest_thread();
    assert!(scene.read(thread).contains("Vẫn mất mạng"), "{}", scene.transcript());
    let sent = scene.command(scene.lan, thread, "reply", &[("text", json!("Dạ em xem ngay ạ."))]).await;
    assert!(sent.text().contains("đã chuyển đến khách"), "{}", sent.text());
});

each_scene!(faults_a1_whoever_keeps_house_finds_a_complaint_without_a_thread, async |scene| {
    scene.trouble("POST", &format!("/channels/{}", scene.desk), u32::MAX, refuse(400, 50_035));
    scene.file(scene.an, MATTER).await;
    let mut tx = scene.stage.db().begin().await.expect("a transaction");
    tx.run("DELETE FROM letter WHERE kind = 'complaint' AND state = 'waiting'", Vec::new())
        .await
        .expect("the letters are gone");
    tx.commit().await.expect("it is kept");
    scene.sandbox().clear_faults();
    let desk = scene.stage.bot().expect("the bot runs").desk().clone();
    for _ in 0..2 {
        desk.retention().keep_house().await.expect("the house is kept");
        scene.settle().await;
    }
    assert_eq!(scene.times(scene.desk, "#1 ·"), 1, "one card: {}", scene.read(scene.desk));
    assert_eq!(scene.sandbox().threads(scene.desk).len(), 1);
});

each_scene!(faults_a1_a_card_that_discord_does_not_find_for_a_moment_is_not_posted_twice, async |scene| {
    for (number, times) in [(1, 1), (2, 3), (3, 6)] {
        scene.trouble("POST", "/threads", times, refuse(404, 10_008));
        scene.file(scene.an, &format!("{MATTER} ({times})")).await;
        scene.advance(10 * MINUTE).await;
        assert_eq!(scene.times(scene.desk, &format!("#{number} ·")), 1, "{}", scene.read(scene.desk));
        assert_eq!(scene.sandbox().threads(scene.desk).len(), number);
    }
});

each_scene!(faults_a1_words_that_discord_refuses_leave_a_card_with_less_and_its_buttons, async |scene| {
    for code in [50_035, 200_000, 240_000] {
        scene.trouble("POST", &format!("/channels/{}/messages", scene.desk), 9, filter(code, "bit.ly"));
        scene.trouble("PATCH", &format!("/channels/{}/messages", scene.desk), 9, filter(code, "bit.ly"));
    }
    let thread = scene.filed(scene.an, "Có người lừa em vào http://bit.ly/xyz").await;
    let card = scene.the(scene.desk, "Khiếu nại **#1**");
    assert!(!words_of(&card).contains("bit.ly") && labels(&card).contains(&"Nhận".to_owned()), "{card}");
    scene.press(scene.lan, scene.desk, "Nhận").await;
    // The same in the thread: that something came, who is to know, and the buttons.
    scene.trouble("POST", &format!("/channels/{thread}/messages"), 9, filter(240_000, "bit.ly"));
    scene.say(scene.an, DM, "Nó gửi nữa: bit.ly/abc").await;
    let told = scene.the(thread, "Discord không cho đăng");
    assert!(pings(&told, scene.lan) && labels(&told).contains(&"Trả lời khách".to_owned()), "{told}");
    scene.sandbox().clear_faults();
});

each_scene!(faults_a1_what_is_given_up_is_told_to_managers_together_with_number_and_reason, async |scene| {
    let threads = [scene.filed(scene.an, MATTER).await, scene.filed(scene.bob, "No connection").await];
    for thread in threads {
        scene.trouble("POST", &format!("/channels/{thread}/messages"), 1, refuse(400, 50_006));
    }
    scene.say(scene.an, DM, "Alo?").await;
    scene.say(scene.bob, DM, "Hello?").await;
    assert_eq!(scene.times(scene.managers, "phải bỏ"), 0, "told together");
    scene.advance(MINUTE).await;
    let told = scene.the(scene.managers, "phải bỏ");
    assert!(pings(&told, scene.manager_role), "{told}");
    for part in ["**#1** · tin trong luồng: tin không có gì để gửi", "**#2** · tin trong luồng"]
    {
        assert!(words_of(&told).contains(part), "{part} is not in\n{}", words_of(&told));
    }
    let health = scene.command(scene.tuan, scene.desk, "desk health", &[]).await;
    assert!(
        health.text().contains("phải bỏ: 2 tin") && health.text().contains("không có gì"),
        "{}",
        health.text()
    );
    scene.advance(HOUR).await;
    assert_eq!(scene.times(scene.managers, "phải bỏ"), 1, "once");
    let mut tx = scene.stage.db().begin().await.expect("a transaction");
    tx.run("DELETE FROM letter WHERE state = 'dead'", Vec::new()).await.expect("they are gone");
    tx.commit().await.expect("it is kept");
});

each_scene!(faults_a1_the_notice_of_what_was_given_up_is_not_given_up_itself, async |scene| {
    let thread = scene.filed(scene.an, MATTER).await;
    scene.trouble("POST", &format!("/channels/{thread}/messages"), 1, refuse(400, 50_006));
    scene.trouble("POST", &format!("/channels/{}/messages", scene.managers), 5, refuse(400, 240_000));
    scene.say(scene.an, DM, "Alo?").await;
    scene.advance(30 * MINUTE).await;
    let told = scene.the(scene.managers, "phải bỏ");
    assert!(words_of(&told).contains("**#1** · tin trong luồng"), "{told}");
    let mut tx = scene.stage.db().begin().await.expect("a transaction");
    tx.run("DELETE FROM letter WHERE state = 'dead'", Vec::new()).await.expect("they are gone");
    tx.commit().await.expect("it is kept");
});

each_scene!(faults_a1_a_page_that_says_no_and_a_404_without_a_code_are_no_answer, async |scene| {
    for status in [403, 404] {
        for path in ["/messages", "/threads", "/users/@me/channels"] {
            scene.trouble("POST", path, 2, FaultKind::Page(status));
        }
        let before = scene.sandbox().threads(scene.desk).len();
        scene.file(scene.an, &format!("{MATTER} ({status})")).await;
        scene.advance(30 * MINUTE).await;
        assert_eq!(scene.sandbox().threads(scene.desk).len(), before + 1, "{}", scene.transcript());
        assert!(scene.sandbox().threads(scene.intake).is_empty(), "nobody said that they are closed");
    }
    assert_eq!(scene.times(scene.desk, "#1 · "), 1, "one card");
});

each_scene!(
    faults_a3_a_bot_that_is_flagged_answers_in_private_threads_and_managers_read_why,
    async |scene| {
        scene.trouble("POST", "/users/@me/channels", u32::MAX, refuse(403, 20_026));
        scene.filed(scene.an, MATTER).await;
        assert_eq!(scene.sandbox().threads(scene.intake).len(), 1, "{}", scene.transcript());
        let alarm = scene.the(scene.managers, "20026");
        assert!(pings(&alarm, scene.manager_role) && words_of(&alarm).contains("dis.gd"), "{alarm}");
        scene.sandbox().clear_calls();
        scene.filed(scene.bob, "No connection").await;
        assert_eq!(scene.sandbox().threads(scene.intake).len(), 2);
        assert_eq!(scene.called("POST", "/users/@me/channels"), 0, "no call for each customer");
        assert_eq!(scene.times(scene.managers, "20026"), 1, "told once");
        let health = scene.command(scene.tuan, scene.desk, "desk health", &[]).await;
        assert!(health.text().contains("20026"), "{}", health.text());
        let line = id(&scene.sandbox().threads(scene.intake)[0]["id"]);
        assert_eq!(scene.times(line, "đang đóng"), 0, "theirs are not closed: {}", scene.read(line));
        // Hours later it is tried again, and a customer who comes then is written to directly.
        scene.sandbox().clear_faults();
        scene.advance(4 * HOUR).await;
        scene.filed(scene.mike, "Hóa đơn tính sai").await;
        assert_eq!(scene.sandbox().threads(scene.intake).len(), 2, "{}", scene.transcript());
        assert!(scene.sandbox().dm_channel(scene.mike).is_some());
    }
);

each_scene!(faults_a3_too_fast_waits_for_all_and_only_what_lasts_takes_another_way, async |scene| {
    scene.trouble("POST", "/users/@me/channels", 1, refuse(400, 40_003));
    scene.filed(scene.an, MATTER).await;
    scene.filed(scene.bob, "No connection").await;
    assert_eq!(scene.called("POST", "/users/@me/channels"), 1, "one call for all");
    scene.advance(2 * MINUTE).await;
    assert!(scene.sandbox().threads(scene.intake).is_empty(), "{}", scene.transcript());
    assert!(
        scene.sandbox().dm_channel(scene.an).is_some() && scene.sandbox().dm_channel(scene.bob).is_some()
    );
    for (status, code) in [(400, 40_003), (403, 50_001)] {
        scene.trouble("POST", "/users/@me/channels", u32::MAX, refuse(status, code));
        let before = scene.sandbox().threads(scene.intake).len();
        scene.filed(if code == 40_003 { scene.mike } else { scene.tuan }, "Hóa đơn tính sai").await;
        scene.advance(10 * MINUTE).await;
        assert_eq!(scene.sandbox().threads(scene.intake).len(), before + 1, "{code}: {}", scene.transcript());
        assert_eq!(scene.times(scene.managers, "không cho bot mở tin nhắn riêng"), before + 1, "{code}");
        scene.sandbox().clear_faults();
        scene.advance(HOUR).await;
        // It is over once one was opened.
        scene.filed(scene.ha, &format!("{MATTER} ({code})")).await;
    }
});

each_scene!(faults_a3_a_flag_met_when_writing_takes_the_private_thread_too, async |scene| {
    let thread = scene.filed(scene.an, MATTER).await;
    let dm = scene.dm(scene.an);
    scene.trouble("POST", &format!("/channels/{dm}/messages"), 9, refuse(403, 20_026));
    let sent = scene.command(scene.lan, thread, "reply", &[("text", json!("Dạ em xem ngay ạ."))]).await;
    assert!(sent.text().contains("đã chuyển đến khách"), "{}", sent.text());
    let line = id(&scene.sandbox().threads(scene.intake)[0]["id"]);
    assert_eq!(scene.times(line, "Dạ em xem ngay ạ."), 1);
    scene.sandbox().clear_faults();
});

each_scene!(faults_a4_one_401_stops_for_a_minute_and_receipts_say_so, async |scene| {
    let thread = scene.filed(scene.an, MATTER).await;
    scene.trouble("POST", "/messages", 1, refuse(401, 0));
    scene.say(scene.an, DM, "Alo?").await;
    let bot = scene.stage.bot().expect("the bot runs").clone();
    assert!(bot.sender().state().stopped);
    let receipt = scene.file(scene.bob, "No connection").await;
    assert!(receipt.text().contains("cannot pass messages on"), "{}", receipt.text());
    let dog = bot.desk().watch().clone();
    assert!(dog.is_token_refused());
    scene.advance(MINUTE + 1_000).await;
    assert!(!bot.sender().state().stopped && !dog.is_token_refused(), "taken again");
    assert!(scene.read(thread).contains("Alo?"), "{}", scene.read(thread));
    assert_eq!(scene.sandbox().threads(scene.desk).len(), 2, "what waited went on");
    let receipt = scene.file(scene.bob, "Still no connection").await;
    assert!(!receipt.text().contains("cannot pass messages on"), "{}", receipt.text());
});

#[tokio::test]
async fn faults_a4_a_token_that_stays_refused_ends_the_process_after_a_quarter_of_an_hour() {
    scene(async |scene| {
        scene.trouble("POST", "/messages", 1, refuse(401, 0));
        scene.trouble("GET", "/users/@me", 3, refuse(401, 0));
        scene.file(scene.an, MATTER).await;
        let bot = scene.stage.bot().expect("the bot runs").clone();
        let start = scene.stage.clock.now();
        let Standing::Refused { next } = bot.look_after_token().await else { panic!("it is refused") };
        assert_eq!(next, start + MINUTE);
        scene.stage.set_clocks(start + MINUTE);
        assert_eq!(bot.look_after_token().await, Standing::Refused { next: start + 5 * MINUTE });
        scene.stage.set_clocks(start + 5 * MINUTE);
        assert_eq!(bot.look_after_token().await, Standing::Refused { next: start + 15 * MINUTE });
        scene.stage.set_clocks(start + 15 * MINUTE);
        assert_eq!(bot.look_after_token().await, Standing::Lost);
        bot.token_lost().await;
        // The next start finds everything where it was left.
        scene.crash_and_restart().await;
        scene.advance(20 * MINUTE).await;
        assert_eq!(scene.sandbox().threads(scene.desk).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn faults_a4_no_answer_says_neither_that_the_token_is_taken_nor_that_it_is_not() {
    scene(async |scene| {
        scene.trouble("POST", "/messages", 1, refuse(401, 0));
        scene.trouble("GET", "/users/@me", 60, FaultKind::Page(403));
        scene.file(scene.an, MATTER).await;
        scene.advance(40 * MINUTE).await;
        let bot = scene.stage.bot().expect("the bot runs").clone();
        assert!(bot.sender().state().stopped && bot.look_after_token().await != Standing::Lost);
        scene.sandbox().clear_faults();
        scene.advance(6 * MINUTE).await;
        assert_eq!(scene.sandbox().threads(scene.desk).len(), 1, "{}", scene.transcript());
    })
    .await;
}

/// What an incident, a request and a board post is told with less as well, and none of them is lost.
#[tokio::test]
async fn faults_a1_a_digest_with_words_that_discord_refuses_comes_with_less() {
    scene(async |scene| {
        scene.filed(scene.an, "Mất mạng, xem bit.ly/xyz").await;
        let filter_all: [&str; 2] = ["POST", "PATCH"];
        for method in filter_all {
            let path = format!("/channels/{}/messages", scene.managers);
            scene.trouble(method, &path, 100, filter(240_000, "bit.ly"));
        }
        scene.advance(26 * HOUR).await;
        let held: Vec<Value> = scene.sandbox().messages(scene.managers);
        assert!(
            held.iter().any(|message| pings(message, scene.manager_role)),
            "{}",
            scene.read(scene.managers)
        );
        scene.sandbox().clear_faults();
        scene.advance(HOUR).await;
    })
    .await;
}

#[tokio::test]
async fn faults_a1_an_answer_whose_words_discord_keeps_back_is_an_answer_all_the_same() {
    scene(async |scene| {
        let thread = scene.filed(scene.an, MATTER).await;
        scene.trouble("POST", "/callback", 1, filter(200_000, "bit.ly"));
        let note = [("text", json!("Khách gửi bit.ly/xyz"))];
        let told = scene.command(scene.lan, thread, "case note", &note).await;
        assert!(told.text().contains("Discord không cho đăng"), "{}", told.text());
        assert!(!told.text().contains("bit.ly"), "{}", told.text());
        // What stands there is no record: the thread gets it a moment later.
        scene.advance(MINUTE).await;
        assert!(scene.read(thread).contains("Lời gốc vẫn được giữ nguyên"), "{}", scene.read(thread));
    })
    .await;
}
