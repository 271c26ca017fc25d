//! How the desk says how it is doing: `/desk health`, the watchdog's episodes, and honest answers while nothing can be stored.

use std::time::Duration;

use langnghe::sandbox::rules::permissions;
use langnghe::sandbox::{Answer, PersonSpec, Place};
use langnghe::store::{Fault, db::Db};
use langnghe::watch::Watch;
use langnghe::watch::dog::Dog;
use langnghe::watch::trouble::Trouble;
use sqlx::AssertSqlSafe;

use crate::scene::{MINUTE, Scene, each_scene, scene};

const WELL: &str = "Mọi việc đều ổn";
const NOT_SAVED: &str = "Chưa lưu được. Anh/chị thử lại sau ít phút giúp nhé.";

impl Scene {
    async fn health(&self, who: u64) -> Answer {
        self.command(who, self.intake, "desk health", &[]).await
    }

    fn dog(&self) -> Dog {
        let desk = self.stage.bot().expect("the bot runs").desk();
        Dog::new(desk.watch().clone(), desk.db().clone(), "test")
    }

    /// Says something to the one connection that writes to the file.
    async fn pragma(&self, words: &str) {
        let Db::Sqlite { write, .. } = self.stage.db() else { panic!("a scene on SQLite") };
        let said = sqlx::raw_sql(AssertSqlSafe(format!("PRAGMA {words}"))).execute(write).await;
        said.expect("SQLite takes it");
    }

    /// Files without waiting for the desk to settle, which it cannot while nothing can be stored.
    async fn file_now(&self, words: &str) -> Answer {
        let pressed = self.sandbox().press_label(self.an, self.intake, "Gửi khiếu nại").expect("the panel");
        self.sandbox().answer(pressed).await;
        let sent = self.sandbox().submit(self.an, pressed, &[("words", words)]).expect("the form");
        let answer = tokio::time::timeout(Duration::from_secs(3), self.sandbox().answer(sent)).await;
        answer.expect("an answer within three seconds")
    }

    /// The troubles that the watchdog sees when it looks now.
    async fn troubles(&self) -> Vec<Trouble> {
        let dog = self.dog();
        dog.look(true).await;
        dog.watch().troubles().into_iter().map(|(trouble, _)| trouble).collect()
    }
}

each_scene!(a_desk_that_is_well_says_so_in_one_line_to_managers_only, async |scene| {
    let told = scene.health(scene.tuan).await;
    assert!(told.ephemeral && told.text().contains(WELL), "{}", told.text());
    assert_eq!(told.text().lines().count(), 1, "{}", told.text());
    let refused = scene.health(scene.mike).await;
    assert!(refused.ephemeral && !refused.text().contains("All is well"), "{}", refused.text());
    let manager = scene.sandbox().make_person(PersonSpec {
        guild: scene.guild,
        name: "Mary".to_owned(),
        locale: "en-US".to_owned(),
        label: "manager".to_owned(),
        roles: vec![scene.manager_role],
        dms_open: true,
    });
    let told = scene.health(manager).await;
    assert!(told.text().contains("All is well"), "{}", told.text());
});

each_scene!(what_does_not_get_through_stands_there_with_its_reason_and_cure, async |scene| {
    scene.sandbox().deny_bot(scene.desk, permissions::SEND_MESSAGES);
    scene.file(scene.an, "Nhà em mất mạng").await;
    scene.advance(3 * MINUTE).await;
    let told = scene.health(scene.tuan).await;
    for part in ["✗", "tin đang chờ gửi", "chưa gửi được", "Tôi không được phép viết ở đó", "/bàn cài-đặt"]
    {
        assert!(told.text().contains(part), "{part} is not in\n{}", told.text());
    }
    assert!(!told.text().contains(WELL) && !told.text().contains("mất mạng"), "{}", told.text());
    scene.sandbox().deny_bot(scene.desk, 0);
    scene.advance(6 * MINUTE).await;
    let told = scene.health(scene.tuan).await;
    assert!(told.text().contains(WELL), "{}", told.text());
});

#[tokio::test]
async fn the_watchdog_sees_a_silent_worker_and_when_it_moves_again() {
    scene(async |scene| {
        let watch = scene.dog().watch().clone();
        let worker = watch.worker("letters-1");
        scene.advance(2 * MINUTE).await;
        assert_eq!(scene.troubles().await, []);
        scene.advance(1).await;
        assert_eq!(scene.troubles().await, [Trouble::Worker("letters-1".to_owned())]);
        let told = scene.health(scene.tuan).await;
        assert!(told.text().contains("Bộ phận letters-1"), "{}", told.text());
        scene.advance(MINUTE).await;
        worker.busy();
        assert_eq!(scene.troubles().await, []);
        let told = scene.health(scene.tuan).await;
        assert!(told.text().contains(WELL) && told.text().contains("kéo dài 1 phút"), "{}", told.text());
    })
    .await;
}

#[tokio::test]
async fn a_gateway_that_is_lost_for_two_minutes_is_a_trouble_until_it_is_back() {
    scene(async |scene| {
        // Not the bot's own: that one is connected, and looked at each second.
        let watch = Watch::new(scene.stage.clock.clone());
        let dog = Dog::new(watch.clone(), scene.stage.db().clone(), "test");
        let troubles = async || {
            dog.look(true).await;
            watch.troubles().into_iter().map(|(trouble, _)| trouble).collect::<Vec<_>>()
        };
        watch.gateway(|gateway, now| gateway.session(false, now));
        scene.advance(10 * MINUTE).await;
        assert_eq!(troubles().await, []);
        watch.gateway(|gateway, now| gateway.stage(false, now));
        scene.advance(2 * MINUTE).await;
        assert_eq!(troubles().await, []);
        scene.advance(1).await;
        assert_eq!(troubles().await, [Trouble::Gateway]);
        // Whoever slept cannot say who was silent meanwhile, nor that it is over.
        dog.look(false).await;
        assert_eq!(watch.past_troubles().len(), 0);
        watch.gateway(|gateway, now| gateway.session(true, now));
        assert_eq!(troubles().await, []);
        assert_eq!(watch.past_troubles().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn on_a_read_only_file_a_customer_is_told_at_once_that_nothing_is_saved() {
    scene(async |scene| {
        scene.pragma("query_only = ON").await;
        let told = scene.file_now("Nhà em mất mạng").await;
        assert!(told.ephemeral && told.text().contains(NOT_SAVED), "{}", told.text());
        assert_eq!(scene.troubles().await, [Trouble::Database(Fault::ReadOnly)]);
        let told = scene.health(scene.tuan).await;
        assert!(told.text().contains("Cơ sở dữ liệu chỉ đọc được"), "{}", told.text());
        // By direct message as well.
        scene.sandbox().say(scene.an, Place::Dm, "Nhà em mất mạng").expect("direct messages are open");
        scene.settle().await;
        assert!(scene.read(scene.dm(scene.an)).contains(NOT_SAVED));
        scene.pragma("query_only = OFF").await;
        scene.advance(MINUTE).await;
        assert_eq!(scene.troubles().await, []);
        scene.filed(scene.an, "Nhà em mất mạng").await;
        assert_eq!(scene.sandbox().threads(scene.desk).len(), 1);
    })
    .await;
}

#[tokio::test]
async fn on_a_full_file_nothing_is_promised_that_is_not_stored() {
    scene(async |scene| {
        let (mut receipts, mut refused) = (0, 0);
        for number in 0..20 {
            // SQLite takes a smaller number for the number of pages that there are; a connection that failed is replaced.
            scene.pragma("max_page_count = 1").await;
            let told = scene.file_now(&format!("{number} {}", "mất mạng ".repeat(400))).await;
            match told.text().contains(NOT_SAVED) {
                true => refused += 1,
                false => receipts += usize::from(told.text().contains("đã được ghi lại")),
            }
        }
        assert!(refused > 0 && receipts + refused == 20, "{receipts} receipts, {refused} refused");
        assert!(scene.troubles().await.contains(&Trouble::Database(Fault::Full)));
        scene.pragma("max_page_count = 4294967294").await;
        scene.advance(MINUTE).await;
        assert_eq!(scene.troubles().await, []);
        assert_eq!(scene.sandbox().threads(scene.desk).len(), receipts, "a thread for each receipt");
        scene.filed(scene.bob, "My line is dead").await;
    })
    .await;
}
