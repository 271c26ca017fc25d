//! Whose complaint a message belongs to: never somebody else's, whatever it replies to.

use langnghe::sandbox::Say;
use serde_json::json;

use crate::scene::{MINUTE, Scene, each_scene, id};
use crate::seeing::DM;

impl Scene {
    /// The newest message of the bot's in somebody's direct messages.
    fn newest_of_ours(&self, user: u64) -> u64 {
        let (dm, bot) = (self.dm(user), self.sandbox().bot().to_string());
        let own = self.sandbox().messages(dm).into_iter().rfind(|held| held["author"]["id"] == bot.as_str());
        id(&own.expect("the bot wrote")["id"])
    }
}

each_scene!(faults_e9_a_reply_to_a_strangers_message_is_ones_own_matter, async |scene| {
    let ans = scene.filed(scene.an, "Nhà em mất mạng").await;
    let bobs = scene.filed(scene.bob, "My line is dead").await;
    scene.command(scene.lan, ans, "reply", &[("text", json!("Dạ em xem ạ."))]).await;
    let theirs = scene.newest_of_ours(scene.an);
    let reply = Say { reply_to: Some(theirs), ..Say::from("I AM BOB") };
    scene.say(scene.bob, DM, reply).await;
    assert_eq!(scene.times(ans, "I AM BOB"), 0, "{}", scene.read(ans));
    assert_eq!(scene.times(bobs, "I AM BOB"), 1, "{}", scene.read(bobs));
    // One who has no complaint begins one of their own.
    let stranger = scene.person("Người lạ");
    scene.say(stranger, DM, Say { reply_to: Some(theirs), ..Say::from("Cho em hỏi việc của em") }).await;
    assert_eq!(scene.times(ans, "việc của em"), 0);
    scene.advance(2 * MINUTE).await;
    assert!(scene.read(scene.dm(stranger)).contains("Cho em hỏi việc của em"));
});

each_scene!(faults_e9_only_a_reply_in_the_same_channel_is_one, async |scene| {
    let first = scene.filed(scene.an, "Nhà em mất mạng").await;
    scene.command(scene.lan, first, "reply", &[("text", json!("Dạ em xem ạ."))]).await;
    let about_first = scene.newest_of_ours(scene.an);
    scene.advance(MINUTE).await;
    let second = scene.filed(scene.an, "Hóa đơn tính sai").await;
    scene.command(scene.lan, second, "reply", &[("text", json!("Dạ em kiểm tra ạ."))]).await;
    let reference = |kind: u8, channel: u64| {
        json!({ "message_reference": {
            "type": kind, "message_id": about_first.to_string(), "channel_id": channel.to_string(),
        } })
    };
    let dm = scene.dm(scene.an);
    for (number, (kind, channel, reply)) in
        [(0, dm, true), (1, dm, false), (2, dm, false), (0, scene.intake, false)].into_iter().enumerate()
    {
        let text = format!("lần {number} nhé anh");
        let said = Say { text: text.clone(), ..Say::with(reference(kind, channel)) };
        scene.say(scene.an, DM, said).await;
        assert_eq!(scene.times(first, &text), usize::from(reply), "{number}: {}", scene.read(first));
    }
});
