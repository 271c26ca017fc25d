//! What customers are told of keeping is done: a complaint goes when its time is over, and not before.

use langnghe::domain::ids::GuildId;
use langnghe::store;
use serde_json::json;

use crate::scene::{HOUR, each_scene};

const DAY: i64 = 24 * HOUR;

#[tokio::test]
async fn a_complaint_is_erased_when_it_was_kept_long_enough() {
    each_scene(async |scene| {
        let thread = scene.filed(scene.an, "Mạng chập chờn suốt tuần nay").await;
        scene.command(scene.lan, thread, "case resolve", &[("outcome", json!("Đã đổi cổng."))]).await;
        let dm = scene.dm(scene.an);
        scene.press(scene.an, dm, "4 ★").await;
        scene.press(scene.an, dm, "Rồi").await;
        let desk = scene.stage.bot().expect("the bot runs").desk().clone();
        let held =
            async || store::complaint::by_number(desk.db(), GuildId(scene.guild), 1).await.expect("it reads");

        scene.advance(729 * DAY).await;
        assert_eq!(desk.keep_house().await.expect("the house is kept"), 0);
        assert!(held().await.is_some());
        scene.advance(2 * DAY).await;
        assert_eq!(desk.keep_house().await.expect("the house is kept"), 1);
        assert!(held().await.is_none());
        // The number is not given out again.
        scene.filed(scene.bob, "My router restarts every hour").await;
        assert!(scene.seen_by(scene.bob).contains("**#2**"));
    })
    .await;
}
