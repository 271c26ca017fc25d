//! Crashes, cut connections, refusals and a lost gateway: nothing is lost, nothing comes twice.

use langnghe::sandbox::rules::fault::{CutAt, Fault, FaultKind, GatewayFault, RateLimitScope};
use serde_json::json;

use crate::scene::{MINUTE, Scene, each_scene, id, scene};
use crate::seeing::DM;

const MATTER: &str = "Nhà em mất mạng từ tối qua";

impl Scene {
    /// Orders trouble for the next calls of a kind.
    pub fn trouble(&self, method: &str, path: &str, times: u32, kind: FaultKind) {
        let (method, path_contains) = (Some(method.to_owned()), Some(path.to_owned()));
        self.sandbox().fault(Fault { method, path_contains, times, kind });
    }

    /// Everything of one filing stands exactly once.
    fn all_stands_once(&self) {
        assert_eq!(self.times(self.desk, MATTER), 1, "one card:\n{}", self.transcript());
        assert_eq!(self.sandbox().threads(self.desk).len(), 1, "one thread");
        assert_eq!(self.times(self.dm(self.an), "Khiếu nại **#1** đã được ghi lại"), 1, "one receipt");
    }
}

each_scene!(trouble_between_filing_and_card_leaves_one_card_one_thread_one_receipt, async |scene| {
    let kinds = [
        FaultKind::Cut(CutAt::Before),
        FaultKind::Cut(CutAt::After),
        FaultKind::Status(500),
        FaultKind::Status(502),
        FaultKind::Status(503),
    ];
    for (number, kind) in kinds.into_iter().enumerate() {
        for path in ["/messages", "/threads", "/users/@me/channels"] {
            scene.trouble("POST", path, 1, kind.clone());
        }
        let words = format!("{MATTER} {number}");
        scene.file(scene.an, &words).await;
        scene.advance(10 * MINUTE).await;
        assert_eq!(scene.times(scene.desk, &format!("**#{}** ", number + 1)).min(1), 0);
        let cards = scene.those(scene.desk, &words).into_iter().filter(|held| held["embeds"][0].is_object());
        assert_eq!(cards.count(), 1, "{kind:?}");
        assert_eq!(scene.sandbox().threads(scene.desk).len(), number + 1, "{kind:?}");
        let receipt = format!("Khiếu nại **#{}** đã được ghi lại", number + 1);
        assert_eq!(scene.times(scene.dm(scene.an), &receipt), 1, "{kind:?}");
        scene.sandbox().clear_faults();
    }
});

#[tokio::test]
async fn every_scope_of_429_only_delays() {
    scene(async |scene| {
        for scope in [RateLimitScope::User, RateLimitScope::Shared, RateLimitScope::Global] {
            scene.trouble("POST", "/messages", 1, FaultKind::RateLimit { scope, retry_after_ms: 50 });
        }
        scene.file(scene.an, MATTER).await;
        scene.advance(MINUTE).await;
        scene.all_stands_once();
    })
    .await;
}

each_scene!(a_crash_in_any_phase_loses_and_doubles_nothing, async |scene| {
    // The card's answer is lost, and so is the bot, before anything else went out.
    scene.trouble("POST", &format!("/channels/{}/messages", scene.desk), 1, FaultKind::Cut(CutAt::After));
    scene.file(scene.an, MATTER).await;
    scene.crash_and_restart().await;
    scene.advance(MINUTE).await;
    scene.all_stands_once();
    let thread = id(&scene.sandbox().threads(scene.desk)[0]["id"]);
    scene.press(scene.lan, scene.desk, "Nhận").await;
    scene.crash_and_restart().await;
    // The reply stands, but nobody heard so; the bot is gone for longer than Discord remembers a nonce.
    let dm = scene.dm(scene.an);
    scene.trouble("POST", &format!("/channels/{dm}/messages"), 1, FaultKind::Cut(CutAt::After));
    scene.command(scene.lan, thread, "reply", &[("text", json!("Dạ em xem ngay ạ."))]).await;
    scene.asleep(20 * MINUTE).await;
    scene.advance(10 * MINUTE).await;
    assert_eq!(scene.times(dm, "Dạ em xem ngay ạ."), 1, "{}", scene.read(dm));
    scene.command(scene.lan, thread, "case resolve", &[("outcome", json!("Đã thay dây."))]).await;
    scene.crash_and_restart().await;
    assert_eq!(scene.times(dm, "Đã thay dây."), 1, "one rating");
    scene.press(scene.an, dm, "5 ★").await;
    scene.crash_and_restart().await;
    scene.press(scene.an, dm, "Rồi").await;
    assert!(scene.bar(thread).contains("Khách đánh giá: 5 ★"), "{}", scene.bar(thread));
    scene.all_stands_once();
});

each_scene!(what_a_customer_writes_while_the_bot_is_down_is_heard_afterwards_once, async |scene| {
    let thread = scene.filed(scene.an, MATTER).await;
    scene.command(scene.lan, thread, "reply", &[("text", json!("Dạ em xem ngay ạ."))]).await;
    scene.stage.crash().await.expect("the bot ends");
    scene.sandbox().say(scene.an, DM, "Vẫn chưa có mạng").expect("the person can write");
    scene.advance(20 * MINUTE).await;
    scene.start_bot().await;
    assert_eq!(scene.times(thread, "Vẫn chưa có mạng"), 1, "{}", scene.read(thread));
    scene.crash_and_restart().await;
    assert_eq!(scene.times(thread, "Vẫn chưa có mạng"), 1, "{}", scene.read(thread));
});

#[tokio::test]
async fn a_draft_survives_a_crash() {
    scene(async |scene| {
        scene.say(scene.an, DM, "Mất mạng").await;
        scene.stage.crash().await.expect("the bot ends");
        scene.sandbox().say(scene.an, DM, "từ tối qua").expect("the person can write");
        scene.advance(MINUTE / 2).await;
        scene.start_bot().await;
        scene.advance(2 * MINUTE).await;
        scene.crash_and_restart().await;
        scene.press(scene.an, scene.dm(scene.an), "Gửi").await;
        assert!(scene.read(scene.desk).contains("Mất mạng\ntừ tối qua"), "{}", scene.read(scene.desk));
    })
    .await;
}

#[tokio::test]
async fn a_lost_gateway_is_resumed_and_what_happened_meanwhile_is_heard() {
    scene(async |scene| {
        let thread = scene.filed(scene.an, MATTER).await;
        scene.press(scene.lan, scene.desk, "Nhận").await;
        let kind = FaultKind::Gateway(GatewayFault::Drop);
        scene.sandbox().fault(Fault { method: None, path_contains: None, times: 1, kind });
        scene.connected(false).await;
        scene.sandbox().say(scene.an, DM, "Alo, có ai không?").expect("the person can write");
        scene.connected(true).await;
        scene.settle().await;
        scene.say(scene.an, DM, "Vẫn chưa có mạng").await;
        for words in ["Alo, có ai không?", "Vẫn chưa có mạng"] {
            assert_eq!(scene.times(thread, words), 1, "{}", scene.read(thread));
        }
    })
    .await;
}

impl Scene {
    /// Waits until the bot is connected, or is not.
    pub async fn connected(&self, wanted: bool) {
        let mut changes = self.sandbox().changes();
        while self.sandbox().is_connected() != wanted {
            changes.changed().await.expect("the sandbox runs");
        }
    }
}
