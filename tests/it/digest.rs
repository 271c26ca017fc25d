//! The managers' morning: what the digest says, when it comes, and that it comes once.

use langnghe::domain::settings::Setup;
use langnghe::kernel::ids::GuildId;
use langnghe::kernel::lang::Lang;
use serde_json::json;

use crate::scene::{HOUR, MINUTE, Scene, each_scene, scene};
use crate::seeing::{monday, pings_nobody};

const MATTER: &str = "Nhà em mất mạng từ tối qua";

/// The digests that stand in the manager channel.
fn digests(scene: &Scene) -> Vec<String> {
    let held = scene.sandbox().messages(scene.managers);
    assert!(held.iter().filter(|message| is_digest(message)).all(pings_nobody));
    held.iter()
        .filter(|message| is_digest(message))
        .map(|message| message["content"].as_str().unwrap_or_default().to_owned())
        .collect()
}

fn is_digest(message: &serde_json::Value) -> bool {
    let words = message["content"].as_str().unwrap_or_default();
    ["Chào buổi sáng", "Good morning", "hôm nay không có", "nothing is promised"]
        .iter()
        .any(|begins| words.contains(begins))
}

each_scene!(
    a_quiet_morning_is_one_line_at_a_quarter_past_eight_and_a_late_start_does_not_repeat_it,
    async |scene| {
        scene.until(monday(32, 14)).await;
        assert_eq!(digests(scene).len(), 0);
        scene.until(monday(32, 15)).await;
        let told = digests(scene);
        assert_eq!(told.len(), 1);
        assert!(
            told[0].contains("hôm nay không có lời hứa nào đến hạn") && !told[0].contains('\n'),
            "{told:?}"
        );
        scene.crash_and_restart().await;
        scene.advance(HOUR).await;
        assert_eq!(digests(scene).len(), 1, "once");
        // Slept through: it comes with the start, and the next one at its own time.
        scene.until(monday(56, 0)).await;
        scene.asleep(3 * HOUR).await;
        assert_eq!(digests(scene).len(), 2);
        scene.until(monday(80, 15)).await;
        assert_eq!(digests(scene).len(), 3);
    }
);

each_scene!(managers_read_what_was_missed_what_is_at_risk_who_waits_and_who_is_not_content, async |scene| {
    // Missed: nobody answers. Waiting: for two days and more. Low rating: nobody writes again.
    scene.filed(scene.an, MATTER).await;
    let waiting = scene.filed(scene.bob, "Slow since Sunday").await;
    scene.command(scene.mike, waiting, "reply", &[("text", json!("Could you send a photo?"))]).await;
    scene.command(scene.mike, waiting, "case wait", &[("reason", json!("a photo"))]).await;
    scene.advance(HOUR).await;
    let customer = scene.mike;
    let bad = scene.filed(customer, "Hóa đơn tháng này tính sai").await;
    scene.command(scene.lan, bad, "case resolve", &[("outcome", json!("Đã giải thích hóa đơn."))]).await;
    scene.press(customer, scene.dm(customer), "1 ★").await;
    scene.until(monday(32, 15)).await;
    let first = digests(scene).pop().unwrap_or_default();
    assert!(first.contains("**Lỡ hạn hôm qua** (1)"), "{first}");
    assert!(first.contains("**Đến hạn trong một ngày tới** (1)"), "{first}");
    assert!(first.contains("**Đánh giá thấp chưa ai liên hệ lại** (1)") && first.contains("1 ★"), "{first}");
    assert!(!first.contains("Chờ khách quá hai ngày"), "{first}");
    scene.until(monday(81, 0)).await;
    let third = digests(scene).pop().unwrap_or_default();
    assert!(third.contains("**Chờ khách quá hai ngày** (1)") && third.contains("Mike"), "{third}");
    // What is open after its ladder stands there every morning until somebody closes it.
    assert!(third.contains("**Lỡ hạn trước đó, vẫn còn mở**"), "{third}");
    println!("{third}");
});

#[tokio::test]
async fn an_english_desk_reads_it_in_english_and_a_move_of_its_clock_does_not_double_it() {
    scene(async |scene| {
        let desk = scene.stage.bot().unwrap().desk().clone();
        let english = Setup { locale: Some(Lang::En), ..Setup::default() };
        desk.setups().set_up(GuildId(scene.guild), &english).await.unwrap();
        let thread = scene.filed(scene.bob, "No connection").await;
        scene.command(scene.mike, thread, "case claim", &[]).await;
        scene.until(monday(32, 15)).await;
        let told = digests(scene);
        assert!(told[0].contains("**Missed yesterday** (1)") && told[0].contains("Reply"), "{told:?}");
        // The desk moves west: there it is not yet a quarter past eight, but this day had its digest.
        let west = Setup { time_zone: Some(chrono_tz::Tz::Europe__Berlin), ..Setup::default() };
        desk.setups().set_up(GuildId(scene.guild), &west).await.unwrap();
        scene.advance(12 * HOUR).await;
        assert_eq!(digests(scene).len(), 1);
        // 08:15 in Berlin is 14:15 in Vietnam.
        scene.until(monday(62, 15) - MINUTE).await;
        assert_eq!(digests(scene).len(), 1);
        scene.until(monday(62, 15)).await;
        assert_eq!(digests(scene).len(), 2);
    })
    .await;
}
