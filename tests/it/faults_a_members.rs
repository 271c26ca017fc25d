//! Nobody knows for a moment which servers a customer is on: that is neither yes nor no, and nothing they typed is lost.

use langnghe::sandbox::AnswerKind;
use langnghe::sandbox::rules::fault::FaultKind;

use crate::scene::{HOUR, MINUTE, Scene, each_scene, id};
use crate::seeing::{DM, OtherDesk, select_of};

const WORDS: &str = "Nhà em mất mạng từ tối qua";

impl Scene {
    /// A second desk, whose server An is on as well.
    async fn two_desks(&self) -> OtherDesk {
        let other = self.second_desk().await;
        self.sandbox().join_guild(self.an, other.guild);
        other
    }

    /// Discord does not say whether An is on a server, so many times.
    fn mute(&self, guild: u64, times: u32) {
        self.trouble("GET", &format!("/guilds/{guild}/members/{}", self.an), times, FaultKind::Status(503));
    }

    fn filed_at(&self, desk: u64) -> usize {
        self.sandbox().threads(desk).len()
    }
}

each_scene!(faults_a2_a_server_of_which_nothing_is_known_stays_in_the_choice, async |scene| {
    let other = scene.two_desks().await;
    scene.mute(scene.guild, 30);
    scene.say(scene.an, DM, WORDS).await;
    scene.advance(2 * MINUTE).await;
    let dm = scene.dm(scene.an);
    let shown = scene.the(dm, "Tôi nhận được lời");
    let select = select_of(&shown).expect("a select of desks");
    let options = shown["components"].to_string();
    assert!(options.contains("Internet Một") && options.contains("Viễn Thông Hai"), "{options}");
    // Sent without a choice, it is asked for one, and nothing is lost.
    let told = scene.press(scene.an, dm, "Gửi").await;
    assert!(told.ephemeral && told.text().contains("chọn nơi nhận"), "{}", told.text());
    let made = scene.sandbox().select(scene.an, dm, id(&shown["id"]), &select, &[&scene.guild.to_string()]);
    scene.outcome(made).await;
    assert!(scene.read(dm).contains("Gửi tới: **Internet Một**"), "{}", scene.read(dm));
    scene.press(scene.an, dm, "Gửi").await;
    assert_eq!((scene.filed_at(scene.desk), scene.filed_at(other.desk)), (1, 0));
    scene.sandbox().clear_faults();
});

each_scene!(faults_a2_unsent_it_waits_until_it_is_known_where_it_belongs, async |scene| {
    let other = scene.second_desk().await;
    // An is on the first server alone, and Discord does not say so for an hour.
    scene.mute(scene.guild, 100_000);
    scene.mute(other.guild, 100_000);
    scene.say(scene.an, DM, WORDS).await;
    let dm = scene.dm(scene.an);
    assert_eq!(scene.times(dm, "chưa cài đặt"), 0, "{}", scene.read(dm));
    scene.advance(HOUR).await;
    assert_eq!((scene.filed_at(scene.desk), scene.filed_at(other.desk)), (0, 0), "filed at a guess");
    assert_eq!(scene.times(dm, WORDS), 2, "kept, and shown back: {}", scene.read(dm));
    scene.sandbox().clear_faults();
    scene.advance(10 * MINUTE).await;
    assert_eq!((scene.filed_at(scene.desk), scene.filed_at(other.desk)), (1, 0));
    assert!(scene.read(scene.desk).contains(WORDS));
});

each_scene!(faults_a2_a_desk_is_named_wherever_there_are_several, async |scene| {
    let other = scene.second_desk().await;
    scene.say(scene.bob, DM, "My line is dead").await;
    scene.advance(2 * MINUTE).await;
    let dm = scene.dm(scene.bob);
    assert!(scene.read(dm).contains("Internet Một"), "{}", scene.read(dm));
    let shown = scene.the(dm, "My line is dead\n");
    assert_eq!(select_of(&shown), None, "there is nothing to choose");
    // The form names its desk too.
    scene.sandbox().join_guild(scene.bob, other.guild);
    scene.advance(2 * MINUTE).await;
    let (_, opened) = scene.outcome(scene.sandbox().command(scene.bob, DM, "complain", &[])).await;
    assert_eq!(opened.kind, AnswerKind::Form);
    let form = opened.form.map(|form| form.to_string()).unwrap_or_default();
    assert!(form.contains("Internet Một"), "{form}");
});

each_scene!(faults_a2_a_burst_asks_discord_once, async |scene| {
    scene.two_desks().await;
    scene.sandbox().clear_calls();
    for words in ["Alo", "Nhà em mất mạng", "từ tối qua"] {
        scene.say(scene.an, DM, words).await;
    }
    let asked = scene.sandbox().calls().iter().filter(|call| call.route.contains("/members/")).count();
    assert_eq!(asked, 2, "one for each server");
});
