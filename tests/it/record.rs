//! The record of a reply stands in its thread once, whatever happens to the answer that its writer should have seen.

use langnghe::demo::stage::real_time;
use langnghe::sandbox::Place;
use langnghe::sandbox::rules::fault::{CutAt, FaultKind};
use serde_json::json;

use crate::scene::{MINUTE, Scene, each_scene};

const MATTER: &str = "Nhà em mất mạng từ tối qua";
const REPLY: &str = "Dạ em xem ngay ạ.";

/// Replies while answers to interactions meet trouble. Returns how often the reply stands in the thread, with its fate.
async fn replied_in_trouble(scene: &mut Scene, kind: FaultKind) -> usize {
    let thread = scene.filed(scene.an, MATTER).await;
    scene.trouble("POST", "/callback", 1_000, kind);
    let options = [("text", json!(REPLY))];
    scene.sandbox().command(scene.lan, Place::Channel(thread), "reply", &options).expect("Lan can reply");
    // The answer is tried again until nobody waits for it any more.
    for _ in 0..20 {
        scene.stage.set_clocks(scene.stage.clock.now() + 500);
        real_time(20).await;
    }
    scene.advance(5 * MINUTE).await;
    assert_eq!(scene.times(scene.dm(scene.an), REPLY), 1, "{}", scene.read(scene.dm(scene.an)));
    // What only its writer reads is no record.
    let mut records = scene.those(thread, "đã chuyển đến khách");
    records.retain(|record| record["ephemeral"] == false);
    assert!(records.iter().all(|record| record.to_string().contains(REPLY)), "{records:?}");
    records.len()
}

each_scene!(an_answer_that_never_arrived_is_made_up_for_in_the_thread, async |scene| {
    assert_eq!(replied_in_trouble(scene, FaultKind::Status(500)).await, 1, "{}", scene.transcript());
});

each_scene!(an_answer_that_stands_though_nobody_heard_so_is_not_doubled, async |scene| {
    let kind = FaultKind::Cut(CutAt::After);
    assert_eq!(replied_in_trouble(scene, kind).await, 1, "{}", scene.transcript());
});
