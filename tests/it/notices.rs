//! Reminders on their way: downtime, crashes, two processes, threads that are gone, limits, incidents. The numbers are those
//! of the cases in `deadlines/reminders.rs`.

use langnghe::desk::{Desk, Rules};
use langnghe::kernel::ids::GuildId;
use langnghe::sandbox::rules::fault::{CutAt, FaultKind, RateLimitScope};
use serde_json::{Value, json};

use crate::incident::{approved, declared};
use crate::scene::{MINUTE, Scene, each_scene, scene, words_of};
use crate::seeing::{DM, monday, pings};

const MATTER: &str = "Nhà em mất mạng từ tối qua";
const OWNERS: &str = "Trả lời khách: còn hạn đến";
const MISSED: &str = "đã quá hạn: Trả lời khách";

/// A complaint that Lan has, whose answer is due at 09:15 and reminded of at 09:10. Returns its thread.
async fn claimed(scene: &Scene) -> u64 {
    let thread = scene.filed(scene.an, MATTER).await;
    scene.press(scene.lan, scene.desk, "Nhận").await;
    thread
}

/// Everything that is posted into a channel meets trouble.
fn trouble_in(scene: &Scene, channel: u64, kind: FaultKind) {
    scene.trouble("POST", &format!("/channels/{channel}/messages"), 100, kind);
}

each_scene!(r05_a_reminder_slept_through_says_what_is_left_now, async |scene| {
    let thread = claimed(scene).await;
    scene.asleep(12 * MINUTE).await;
    let told = words_of(&scene.the(thread, OWNERS));
    assert!(told.contains(&format!("<t:{}:R>", monday(9, 15) / 1_000)), "{told}");
    scene.until(monday(9, 14)).await;
    assert_eq!(scene.times(thread, OWNERS), 1);
});

each_scene!(r07_what_discord_took_before_the_crash_is_not_sent_again, async |scene| {
    for asleep in [0, 20 * MINUTE] {
        let thread = claimed(scene).await;
        trouble_in(scene, thread, FaultKind::Cut(CutAt::After));
        scene.advance(10 * MINUTE).await;
        assert_eq!(scene.times(thread, OWNERS), 1, "it stands, but nobody heard so");
        scene.stage.crash().await.expect("the bot ends");
        scene.sandbox().clear_faults();
        scene.advance(asleep).await;
        scene.start_bot().await;
        scene.advance(4 * MINUTE).await;
        assert_eq!(scene.times(thread, OWNERS), 1, "{}", scene.read(thread));
        scene.command(scene.lan, thread, "case dismiss", &[("reason", json!("test"))]).await;
    }
});

each_scene!(r12_two_processes_tell_it_once, async |scene| {
    scene.filed(scene.an, MATTER).await;
    scene.filed(scene.bob, "My bill is wrong").await;
    let first = scene.stage.bot().expect("the bot runs").desk().clone();
    let config = scene.stage.config();
    let (policy, setups) = (config.policy().clone(), config.guilds.clone());
    let rules = Rules { policy, setups, locale: config.desk.locale };
    let second = Desk::open(scene.stage.db().clone(), scene.stage.clock.clone(), rules).await;
    let second = second.expect("a second desk");
    for at in [monday(9, 10), monday(9, 15), monday(11, 15), monday(32, 15), monday(33, 0)] {
        scene.stage.set_clocks(at);
        for _ in 0..4 {
            let (one, other) = (first.timers(), second.timers());
            let (one, other) = tokio::join!(one.run(), other.run());
            // Whoever comes second may be turned away by the database; what is due stays due.
            assert!(one.is_ok() || other.is_ok(), "{one:?} {other:?}");
        }
        scene.advance(MINUTE).await;
    }
    assert_eq!(scene.times(scene.desk, "chưa ai nhận. Trả lời khách"), 2, "{}", scene.read(scene.desk));
    let (manager, higher) = (scene.manager_role, scene.head_office_role);
    let rung = |role| scene.those(scene.managers, MISSED).iter().filter(|it| pings(it, role)).count();
    assert_eq!((rung(manager), rung(higher)), (2, 2), "{}", scene.read(scene.managers));
    let mornings = scene.sandbox().messages(scene.managers);
    let digests = mornings.iter().filter(|message| words_of(message).contains("Chào buổi sáng"));
    assert_eq!(digests.count(), 1, "{}", scene.read(scene.managers));
});

each_scene!(r17_what_was_dealt_with_before_it_could_be_sent_is_not_sent, async |scene| {
    let thread = claimed(scene).await;
    trouble_in(scene, thread, FaultKind::Status(500));
    scene.advance(10 * MINUTE).await;
    assert_eq!(scene.times(thread, OWNERS), 0, "Discord takes nothing");
    // The customer gets the answer at once, whatever is stuck in the thread.
    let told = scene.command(scene.lan, thread, "reply", &[("text", json!("Dạ em xem ngay ạ."))]).await;
    assert!(told.text().contains("đã chuyển đến khách"), "{}", told.text());
    assert!(scene.read(scene.dm(scene.an)).contains("Dạ em xem ngay ạ."));
    scene.sandbox().clear_faults();
    scene.advance(10 * MINUTE).await;
    assert_eq!(scene.times(thread, OWNERS), 0, "{}", scene.read(thread));
});

each_scene!(several_clocks_slept_through_are_one_message_in_the_thread, async |scene| {
    let thread = claimed(scene).await;
    let reply = [("text", json!("Dạ em đang xem ạ."))];
    scene.until(monday(9, 5)).await;
    scene.command(scene.lan, thread, "reply", &reply).await;
    // A week later: at work on Wednesday the next word is due, and a day before the end so is the resolution.
    scene.until(monday(7 * 24 + 17, 0)).await;
    scene.command(scene.lan, thread, "reply", &reply).await;
    let before = scene.those(thread, "Báo tin tiếp").len();
    scene.asleep(monday(9 * 24 + 11, 30) - monday(7 * 24 + 17, 0)).await;
    let told = scene.those(thread, "Báo tin tiếp").split_off(before);
    assert_eq!(told.len(), 1, "{}", scene.read(thread));
    assert!(words_of(&told[0]).contains("Giải quyết"), "{}", scene.read(thread));
    assert_eq!(scene.times(thread, "Giải quyết"), 1, "{}", scene.read(thread));
});

#[tokio::test]
async fn r21_a_sleeping_thread_is_woken() {
    scene(async |scene| {
        let thread = claimed(scene).await;
        scene.sandbox().lock(thread, true);
        scene.sandbox().archive(thread, true);
        scene.advance(10 * MINUTE).await;
        assert_eq!((scene.times(thread, OWNERS), scene.times(scene.desk, OWNERS)), (1, 0), "woken");
    })
    .await;
}

each_scene!(r22_without_its_thread_a_complaint_is_reminded_of_in_a_new_one, async |scene| {
    let thread = claimed(scene).await;
    scene.sandbox().delete_channel(thread);
    scene.advance(10 * MINUTE).await;
    let told = scene.the(scene.desk, "đã bị xoá; làm tiếp ở");
    let words = words_of(&told);
    let anew = words.rsplit("<#").next().and_then(|rest| rest.split('>').next());
    let anew: u64 = anew.and_then(|text| text.parse().ok()).expect("a thread is named");
    assert_ne!(anew, thread);
    assert!(pings(&scene.the(anew, OWNERS), scene.lan), "{}", scene.read(anew));
    // What the customer writes is heard there, and it is answered from there.
    scene.say(scene.an, DM, "Alo, có ai không?").await;
    assert_eq!(scene.times(anew, "Alo, có ai không?"), 1, "{}", scene.read(anew));
    scene.command(scene.lan, anew, "reply", &[("text", json!("Dạ em xem ngay ạ."))]).await;
    assert!(scene.read(scene.dm(scene.an)).contains("Dạ em xem ngay ạ."));
});

each_scene!(r23_ten_missed_in_one_minute_are_one_message, async |scene| {
    let mut threads = Vec::new();
    for house in 1..=10 {
        threads.push(scene.filed(scene.an, &format!("{MATTER}, nhà số {house}")).await);
    }
    scene.until(monday(9, 15)).await;
    let soon = scene.the(scene.desk, "10 khiếu nại chưa ai nhận sắp đến hạn");
    let missed = scene.the(scene.managers, "10 thời hạn đã lỡ");
    assert_eq!(scene.sandbox().messages(scene.managers).len(), 1, "{}", scene.read(scene.managers));
    for thread in threads {
        let link = format!("<#{thread}>");
        assert!(words_of(&soon).contains(&link) && words_of(&missed).contains(&link), "{soon} {missed}");
    }
    assert!(pings(&soon, scene.staff_role) && pings(&missed, scene.manager_role));
});

#[tokio::test]
async fn r24_a_limit_delays_a_reminder_and_doubles_none() {
    scene(async |scene| {
        let thread = claimed(scene).await;
        let scope = RateLimitScope::User;
        let path = format!("/channels/{thread}/messages");
        scene.sandbox().clear_calls();
        scene.trouble("POST", &path, 1, FaultKind::RateLimit { scope, retry_after_ms: 50 });
        scene.advance(10 * MINUTE).await;
        scene.advance(4 * MINUTE).await;
        assert_eq!(scene.times(thread, OWNERS), 1, "{}", scene.read(thread));
        let statuses: Vec<u16> = scene
            .sandbox()
            .calls()
            .iter()
            .filter(|call| call.method == "POST" && call.path.ends_with(&path))
            .map(|call| call.status)
            .collect();
        assert_eq!(statuses, [429, 200]);
    })
    .await;
}

#[tokio::test]
async fn r27_what_is_critical_is_reminded_of_at_night() {
    scene(async |scene| {
        let thread = scene.filed(scene.an, MATTER).await;
        let choice = [("category", json!("connection-lost")), ("severity", json!("critical"))];
        scene.command(scene.lan, thread, "case classify", &choice).await;
        let recorded = "chưa ai nhận. Ghi nhận";
        // Half of a day, three quarters and nine tenths of it: 21:00, 03:00 and 06:36.
        for (hour, minute, count) in [(20, 59, 0), (21, 0, 1), (26, 59, 1), (27, 0, 2), (30, 36, 3)] {
            scene.until(monday(hour, minute)).await;
            assert_eq!(scene.times(scene.desk, recorded), count, "{hour}:{minute}");
        }
    })
    .await;
}

each_scene!(r29_an_incident_speaks_for_its_complaints_but_not_for_the_law, async |scene| {
    declared(scene).await;
    approved(scene).await;
    scene.filed(scene.bob, "Facebook and YouTube are slow, international sites crawl").await;
    scene.filed(scene.an, "Nhân viên quát khách").await;
    scene.until(monday(9, 14)).await;
    // Somebody else's complaint is reminded of as ever.
    assert_eq!(scene.times(scene.desk, "chưa ai nhận. Trả lời khách"), 1, "{}", scene.read(scene.desk));
    scene.until(monday(21, 0)).await;
    let recorded = scene.those(scene.desk, "chưa ai nhận. Ghi nhận");
    assert_eq!(recorded.len(), 2, "each is recorded by a person within a day");
});

each_scene!(r30_what_nobody_sent_for_two_minutes_is_an_alarm, async |scene| {
    scene.filed(scene.an, MATTER).await;
    let desk = scene.stage.bot().expect("the bot runs").desk().clone();
    let audit = async || desk.boards().audit().await.expect("the store answers");
    let alarms = |scene: &Scene| scene.times(scene.managers, "đang kẹt");
    scene.stage.set_clocks(monday(9, 12));
    assert!(audit().await.is_empty(), "two minutes are no alarm");
    scene.stage.set_clocks(monday(9, 12) + 1);
    assert_eq!(audit().await, [GuildId(scene.guild)]);
    assert_eq!(audit().await, [GuildId(scene.guild)], "it lasts");
    scene.settle().await;
    assert_eq!(alarms(scene), 1, "{}", scene.read(scene.managers));
    let alarm: Value = scene.the(scene.managers, "đang kẹt");
    assert!(pings(&alarm, scene.manager_role), "{alarm}");
    assert!(audit().await.is_empty(), "it is over");
    scene.settle().await;
    assert_eq!(alarms(scene), 1);
    // The next time is news again.
    scene.stage.set_clocks(monday(9, 18));
    assert_eq!(audit().await, [GuildId(scene.guild)]);
    scene.settle().await;
    assert_eq!(alarms(scene), 2);
});
