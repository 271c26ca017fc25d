//! One complaint from the form to the rating, through the real wire.

use std::collections::BTreeMap;

use chrono_tz::Tz;
use langnghe::clock::Clock;
use langnghe::config::{Config, Env};
use langnghe::desk::{Desk, Rules};
use langnghe::domain::settings::Setup;
use langnghe::kernel::ids::GuildId;
use langnghe::kernel::severity::Severity;
use langnghe::sla::clocks::ClockKind;
use serde_json::json;

use crate::databases::each_database;
use crate::scene::{Counted, HOUR, each_scene, words_of};

each_scene!(a_complaint_is_filed_answered_resolved_and_rated, async |scene| {
    scene.sandbox().clear_calls();
    let thread = scene.filed(scene.an, "Nhà em mất mạng từ tối qua, gọi tổng đài không ai nghe máy").await;
    // Card and thread; opening the direct messages and the copy of the receipt.
    assert_eq!(scene.counted(), Counted { calls: 4, callbacks: 2, bars: 1, ..Counted::default() });
    assert!(scene.seen_by(scene.an).contains("Khiếu nại **#1**"), "{}", scene.seen_by(scene.an));

    let claimed = scene.press(scene.lan, scene.desk, "Nhận").await;
    assert!(claimed.ephemeral && claimed.text().contains("#1"), "{}", claimed.text());

    scene.sandbox().clear_calls();
    let said = "Dạ em là Lan, em kiểm tra đường truyền nhà mình ngay ạ.";
    let replied = scene.command(scene.lan, thread, "reply", &[("text", json!(said))]).await;
    assert!(replied.text().contains("đã chuyển đến khách"), "{}", replied.text());
    assert!(!replied.ephemeral);
    let counted = scene.counted();
    assert_eq!((counted.calls, counted.callbacks), (1, 1));
    assert!(scene.read(scene.dm(scene.an)).contains(said));

    scene.advance(HOUR).await;
    let resolved = scene
        .command(scene.lan, thread, "case resolve", &[("outcome", json!("Đã thay dây cáp đầu nhà."))])
        .await;
    assert!(resolved.text().contains("Đã giải quyết #1"), "{}", resolved.text());
    let dm = scene.dm(scene.an);
    assert!(
        scene
            .read(dm)
            .contains("Anh/chị có thể dành 1 phút để đánh giá chất lượng tư vấn của em không ạ?\n— Lan"),
        "{}",
        scene.read(dm)
    );
    scene.press(scene.an, dm, "5 ★").await;
    scene.press(scene.an, dm, "Rồi").await;
    assert!(scene.sandbox().threads(scene.desk)[0]["thread_metadata"]["archived"] == true);
});

each_scene!(a_later_complaint_of_the_same_customer_links_the_earlier_one, async |scene| {
    let first = scene.filed(scene.an, "Mạng rớt liên tục mỗi tối").await;
    scene.command(scene.lan, first, "case resolve", &[("outcome", json!("Đã thay dây."))]).await;
    scene.advance(30 * 24 * HOUR).await;
    scene.filed(scene.an, "Lại rớt mạng y như tháng trước").await;
    let card = words_of(&scene.last(scene.desk));
    assert!(card.contains(&format!("Khiếu nại trước của khách: <#{first}>")), "{card}");
    // Somebody else's complaint is nobody's earlier one.
    scene.filed(scene.bob, "My bill is wrong").await;
    assert!(!words_of(&scene.last(scene.desk)).contains("Khiếu nại trước"));
});

each_database!(a_desk_in_another_zone_opens_by_its_own_wall_clock, async |db| {
    let folder = tempfile::tempdir().unwrap();
    let config = Config::load(folder.path(), &Env::default()).unwrap();
    let berlin = Setup { time_zone: Some(Tz::Europe__Berlin), ..Setup::default() };
    let setups = BTreeMap::from([(GuildId(2), berlin)]);
    let rules = Rules { policy: config.policy().clone(), setups, locale: config.desk.locale };
    let desk = Desk::open(db, Clock::manual(0), rules).await.unwrap();
    let zones = [GuildId(1), GuildId(2)].map(|guild| {
        let policy = desk.policy_of(guild);
        let duty = &policy.calendars["duty"];
        assert_eq!((duty.zone(), policy.zone), (policy.zone, duty.zone()));
        // 01:00 in Vietnam, 19:00 in Berlin; both desks are on duty from 8 to 22.
        let breach = policy
            .schedule_from(ClockKind::Reply, Severity::Normal, None, 1_795_629_600_000)
            .and_then(|schedule| schedule.breach_at)
            .unwrap();
        (duty.zone(), breach - 1_795_629_600_000)
    });
    let expected = [(Tz::Asia__Ho_Chi_Minh, (7 * 60 + 15) * 60_000), (Tz::Europe__Berlin, 15 * 60_000)];
    assert_eq!(zones, expected);
});
