//! What was erased is gone: from every message that we posted, and from the bytes of the database.

use langnghe::sandbox::Say;
use langnghe::store::{self, db::Db};
use serde_json::json;

use crate::scene::{HOUR, MINUTE, Scene, each_scene, id};
use crate::seeing::{DM, monday};

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
            .filter(|(_, place)| self.read(*place).contains(words))
            .map(|(name, _)| name)
            .collect()
    }

    /// A complaint that nobody takes until it is quoted to staff and to managers, put off, and named in a digest. Returns its
    /// thread.
    async fn quoted(&self) -> u64 {
        let thread = self.filed(self.an, MATTER).await;
        self.until(monday(9, 11)).await;
        let put_off = [("for", "3h"), ("text", "SNOOZEMARK An đi viện")];
        self.press_and_fill(self.lan, self.desk, "Nhắc lại sau", &put_off).await;
        self.until(monday(33, 30)).await;
        assert!(self.shown_in("QUOTEMARK").contains(&"desk"), "{}", self.read(self.desk));
        assert!(self.shown_in("QUOTEMARK").contains(&"managers"), "{}", self.read(self.managers));
        thread
    }

    async fn kept_house(&self) {
        let desk = self.stage.bot().expect("the bot runs").desk().clone();
        desk.keep_house().await.expect("the house is kept");
        self.settle().await;
    }

    /// How often some bytes stand in the files of an embedded database.
    fn bytes_of(&self, words: &str) -> usize {
        let held = self.stage.db().files().into_iter().filter_map(|file| std::fs::read(file).ok());
        held.map(|held| held.windows(words.len()).filter(|part| *part == words.as_bytes()).count()).sum()
    }
}

#[tokio::test]
async fn faults_e3_after_its_time_no_message_of_ours_quotes_or_names_anybody() {
    each_scene(async |scene| {
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
    })
    .await;
}

#[tokio::test]
async fn faults_e3_erased_at_their_wish_it_is_struck_where_it_was_quoted() {
    each_scene(async |scene| {
        let thread = scene.quoted().await;
        scene.press(scene.lan, scene.desk, "Nhận").await;
        scene.command(scene.lan, thread, "case resolve", &[("outcome", json!("Đã thay dây."))]).await;
        let dm = scene.dm(scene.an);
        scene.press(scene.an, dm, "2 ★").await;
        scene.press(scene.an, dm, "Rồi").await;
        scene.press_and_fill(scene.an, dm, "Viết thêm", &[("text", "RATEMARK cảm ơn")]).await;
        assert!(scene.read(thread).contains("RATEMARK"), "{}", scene.read(thread));
        scene.command(scene.tuan, thread, "case close", &[]).await;
        scene.advance(20 * DAY).await;
        let held = store::complaint::by_thread_held(scene, thread).await;
        assert!(held, "it has ended: {}", scene.read(thread));
        scene.command(scene.an, scene.intake, "my-data", &[]).await;
        scene.press(scene.an, scene.intake, "Xóa").await;
        scene.press(scene.an, scene.intake, "Xóa ngay").await;
        for mark in ["QUOTEMARK", "SNOOZEMARK", "RATEMARK"] {
            let elsewhere: Vec<&str> = scene
                .shown_in(mark)
                .into_iter()
                .filter(|place| *place != "desk" || mark != "QUOTEMARK")
                .collect();
            assert_eq!(elsewhere, Vec::<&str>::new(), "{mark}");
        }
        assert!(!scene.read(thread).contains("RATEMARK"), "{}", scene.read(thread));
        assert_eq!(scene.times(scene.desk, "chưa ai nhận"), 0, "{}", scene.read(scene.desk));
    })
    .await;
}
