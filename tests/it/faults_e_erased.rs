//! What was erased is gone: from every message that we posted, and from the bytes of the database.

use langnghe::kernel::ids::GuildId;
use langnghe::store;
use langnghe::watch::dog::Dog;
use langnghe::watch::trouble::Trouble;
use serde_json::json;

use crate::scene::{HOUR, Scene, each_scene};
use crate::seeing::monday;

const DAY: i64 = 24 * HOUR;
const MATTER: &str = "QUOTEMARK nhà em mất mạng từ tối qua";
const NAME: &str = "Nguyễn Văn An";
const GONE: &str = "đã được xóa";

impl Scene {
    /// In which of the desk's own channels some words still stand.
    fn shown_in(&self, words: &str) -> Vec<&'static str> {
        let places = [("desk", self.desk), ("managers", self.managers), ("intake", self.intake)];
        places
            .into_iter()
            .filter(|(_, place)| {
                // What one person alone saw is gone with their client.
                let held = self.those(*place, words);
                held.iter().any(|message| message["ephemeral"] != true)
            })
            .map(|(name, _)| name)
            .collect()
    }

    /// A complaint that nobody takes until it is quoted to staff and to managers, put off, and named in a digest. Returns its
    /// thread.
    async fn quoted(&self) -> u64 {
        let thread = self.filed(self.an, MATTER).await;
        self.until(monday(9, 11)).await;
        let put_off = [("for", "3m"), ("text", "SNOOZEMARK An đi viện")];
        let told = self.press_and_fill(self.lan, self.desk, "Nhắc lại sau", &put_off).await;
        assert!(told.text().contains("SNOOZEMARK") && told.ephemeral, "{}", told.text());
        self.until(monday(33, 30)).await;
        assert!(self.shown_in("QUOTEMARK").contains(&"desk"), "{}", self.read(self.desk));
        assert!(self.shown_in("QUOTEMARK").contains(&"managers"), "{}", self.read(self.managers));
        thread
    }

    async fn kept_house(&self) {
        let desk = self.stage.bot().expect("the bot runs").desk().clone();
        desk.retention().keep_house().await.expect("the house is kept");
        self.settle().await;
    }

    /// How often some bytes stand in the files of an embedded database.
    fn bytes_of(&self, words: &str) -> usize {
        let held = self.stage.db().files().into_iter().filter_map(|file| std::fs::read(file).ok());
        held.map(|held| held.windows(words.len()).filter(|part| *part == words.as_bytes()).count()).sum()
    }
}

each_scene!(faults_e3_after_its_time_no_message_of_ours_quotes_or_names_anybody, async |scene| {
    scene.keeps_for("60d").await;
    let thread = scene.quoted().await;
    scene.filed(scene.bob, "OTHERMARK my router restarts").await;
    scene.command(scene.tuan, thread, "case dismiss", &[("reason", json!("test"))]).await;
    scene.advance(61 * DAY).await;
    scene.kept_house().await;
    for mark in ["QUOTEMARK", "SNOOZEMARK", NAME] {
        assert_eq!(scene.shown_in(mark), Vec::<&str>::new(), "{mark}");
    }
    let link = format!("<#{thread}>");
    assert_eq!(scene.shown_in(&link), Vec::<&str>::new(), "{}", scene.read(scene.managers));
    assert!(scene.read(scene.desk).contains(GONE) && scene.read(scene.managers).contains(GONE));
    assert!(scene.shown_in("OTHERMARK").contains(&"desk"), "the other complaint stays as it is");
    let buttons = scene.those(scene.desk, GONE);
    assert!(buttons.iter().all(|held| held["components"].as_array().is_none_or(Vec::is_empty)));
});

each_scene!(faults_e3_erased_at_their_wish_it_is_struck_where_it_was_quoted, async |scene| {
    let thread = scene.quoted().await;
    scene.press(scene.lan, scene.desk, "Nhận").await;
    scene.command(scene.lan, thread, "case resolve", &[("outcome", json!("Đã thay dây."))]).await;
    let dm = scene.dm(scene.an);
    scene.press(scene.an, dm, "2 ★").await;
    scene.press(scene.an, dm, "Rồi").await;
    scene.press_and_fill(scene.an, dm, "Viết thêm", &[("text", "RATEMARK cảm ơn")]).await;
    assert!(scene.read(thread).contains("RATEMARK"), "{}", scene.read(thread));
    scene.advance(20 * DAY).await;
    let held = store::complaint::by_number(scene.stage.db(), GuildId(scene.guild), 1).await;
    let held = held.expect("it reads").expect("it is there");
    assert!(held.ended_at.is_some(), "it has ended: {:?}", held.stage);
    scene.command(scene.an, scene.intake, "my-data", &[]).await;
    scene.press(scene.an, scene.intake, "Xóa").await;
    scene.press(scene.an, scene.intake, "Xóa ngay").await;
    for mark in ["QUOTEMARK", "SNOOZEMARK", "RATEMARK"] {
        let elsewhere: Vec<&str> = scene
            .shown_in(mark)
            .into_iter()
            .filter(|place| *place != "desk" || mark != "QUOTEMARK")
            .collect();
        assert_eq!(elsewhere, Vec::<&str>::new(), "{mark}: {:#?}", scene.those(scene.desk, mark));
    }
    assert!(!scene.read(thread).contains("RATEMARK"), "{}", scene.read(thread));
    assert_eq!(scene.times(scene.desk, "chưa ai nhận"), 0, "{}", scene.read(scene.desk));
});

#[tokio::test]
async fn faults_e3_neither_the_database_file_nor_its_log_keeps_the_bytes() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut scene = Scene::begin(&format!("sqlite:{}", folder.path().join("desk.db").display())).await;
    scene.keeps_for("60d").await;
    // Many others before and after it, so that its rows share pages with theirs and move about.
    for round in 0..3 {
        scene.filed(scene.bob, &format!("{round} {}", "my router restarts every hour. ".repeat(20))).await;
    }
    let thread = scene.filed(scene.an, &format!("{MATTER} {}", "chậm lắm ".repeat(100))).await;
    scene.say(scene.an, crate::seeing::DM, "SAIDMARK vẫn chưa được").await;
    for round in 0..3 {
        scene.filed(scene.bob, &format!("{round} {}", "my bill is wrong. ".repeat(40))).await;
    }
    assert!(scene.bytes_of("QUOTEMARK") > 0 && scene.bytes_of("SAIDMARK") > 0);
    scene.command(scene.tuan, thread, "case dismiss", &[("reason", json!("test"))]).await;
    scene.advance(61 * DAY).await;
    scene.kept_house().await;
    for mark in ["QUOTEMARK", "SAIDMARK", NAME, "quotemark"] {
        assert_eq!(scene.bytes_of(mark), 0, "{mark}");
    }
    scene.finish().await;
}

each_scene!(faults_e6_a_clock_that_is_years_ahead_erases_nothing, async |scene| {
    let thread = scene.filed(scene.an, MATTER).await;
    scene.command(scene.tuan, thread, "case dismiss", &[("reason", json!("test"))]).await;
    scene.stage.crash().await.expect("the bot ends");
    // Only the machine of the bot is wrong.
    scene.stage.clock.set(scene.stage.clock.now() + 1_100 * DAY);
    scene.start_bot().await;
    scene.kept_house().await;
    scene.kept_house().await;
    assert!(!scene.where_is("QUOTEMARK").await.is_empty(), "it is kept");
    assert!(scene.sandbox().threads(scene.desk).iter().any(|held| crate::scene::id(&held["id"]) == thread));
    assert_eq!(scene.times(scene.managers, "timedatectl"), 1, "{}", scene.read(scene.managers));
    let desk = scene.stage.bot().expect("the bot runs").desk().clone();
    let dog = Dog::new(desk.watch().clone(), desk.db().clone(), "test");
    dog.look(true).await;
    assert!(desk.watch().troubles().iter().any(|(held, _)| *held == Trouble::Clock));
    let health = scene.command(scene.tuan, scene.intake, "desk health", &[]).await;
    assert!(health.text().contains("lệch giờ Discord"), "{}", health.text());

    // Once both agree it goes on by itself: in these years its time is over.
    scene.sandbox().clock().reach(scene.stage.clock.now());
    scene.command(scene.tuan, scene.intake, "desk health", &[]).await;
    scene.kept_house().await;
    dog.look(true).await;
    assert_eq!(desk.watch().troubles(), []);
    assert!(scene.where_is("QUOTEMARK").await.is_empty(), "it is erased");
});
