//! The worst hour: many feel the same, one message stands for them, and nobody is lost or locked out.

use serde_json::json;

use langnghe::discord::rest::Call;
use langnghe::kernel::ids::{ChannelId, MessageId};
use langnghe::sandbox::PersonSpec;

use crate::scene::{HOUR, MINUTE, Scene, each_scene, id, scene, words_of};
use crate::seeing::{DM, labels};

const SLOW: &str = "Vào Facebook với YouTube chậm kinh khủng";

/// More customers, who read Vietnamese.
fn customers(scene: &Scene, count: usize) -> Vec<u64> {
    let person = |number: usize| {
        scene.sandbox().make_person(PersonSpec {
            guild: scene.guild,
            name: format!("Khách {number}"),
            locale: "vi".to_owned(),
            label: "customer".to_owned(),
            roles: Vec::new(),
            dms_open: true,
        })
    };
    (1..=count).map(person).collect()
}

async fn cable_cut(scene: &Scene) {
    let options =
        [("playbook", json!("cable-cut")), ("area", json!("TP.HCM")), ("next-update", json!("30m"))];
    scene
        .command_and_fill(scene.tuan, scene.managers, "incident declare", &options, &[("since", "8:30")])
        .await;
    let told = scene.press(scene.ha, scene.managers, "Duyệt").await;
    assert!(told.text().contains("ĐÃ DUYỆT"), "{}", told.text());
}

/// The words of the one list in the desk channel.
fn list(scene: &Scene) -> String {
    let held = scene.sandbox().messages(scene.desk);
    let mut lists: Vec<String> = held.iter().map(words_of).filter(|words| words.contains("📋")).collect();
    assert_eq!(lists.len(), 1, "{lists:?}");
    lists.remove(0)
}

each_scene!(those_whom_an_incident_concerns_wait_in_one_list_until_they_are_opened, async |scene| {
    cable_cut(scene).await;
    let people = customers(scene, 12);
    for person in &people {
        let receipt = scene.file(*person, SLOW).await;
        assert!(receipt.text().contains("Cáp quang biển gặp sự cố"), "{}", receipt.text());
        let listed = receipt.text().contains("nằm trong danh sách của sự cố");
        assert_eq!(listed, people.iter().position(|held| held == person) >= Some(5), "{}", receipt.text());
    }
    scene.advance(4_000).await;
    assert_eq!(scene.sandbox().threads(scene.desk).len(), 5);
    assert!(list(scene).contains("7 khiếu nại đang chờ"), "{}", list(scene));

    // What they write meanwhile is kept for the thread.
    scene.say(people[5], DM, "Vẫn chậm lắm, anh cần họp gấp").await;
    let told = scene.press(scene.lan, scene.desk, "Mở hồ sơ chờ lâu nhất").await;
    assert!(told.text().contains("Đã mở 1 hồ sơ"), "{}", told.text());
    scene.advance(4_000).await;
    let threads = scene.sandbox().threads(scene.desk);
    assert_eq!(threads.len(), 6);
    let thread = id(&threads[5]["id"]);
    let read = scene.read(thread);
    assert!(read.contains("anh cần họp gấp") && read.contains("Sự cố cáp quang biển"), "{read}");
    assert!(list(scene).contains("6 khiếu nại đang chờ"), "{}", list(scene));
    scene.command(scene.lan, thread, "reply", &[("text", json!("Dạ em là Lan, em xem ngay ạ."))]).await;
    assert!(scene.read(scene.dm(people[5])).contains("em xem ngay"));

    // Nobody presses: after two hours the others are opened by themselves.
    scene.advance(2 * HOUR).await;
    assert_eq!(scene.sandbox().threads(scene.desk).len(), 12);
    assert!(list(scene).contains("không còn ai chờ"), "{}", list(scene));
    let empty = scene.sandbox().messages(scene.desk).into_iter().find(|held| words_of(held).contains("📋"));
    assert!(labels(&empty.unwrap_or_default()).is_empty());
});

#[tokio::test]
async fn a_press_opens_many_and_a_list_deleted_by_hand_comes_back() {
    scene(async |scene| {
        cable_cut(scene).await;
        for person in customers(scene, 18) {
            scene.file(person, SLOW).await;
        }
        scene.advance(4_000).await;
        let held = scene.sandbox().messages(scene.desk);
        let message = held.iter().find(|held| words_of(held).contains("📋")).expect("a list");
        let gone = Call::delete_message(ChannelId(scene.desk), MessageId(id(&message["id"])));
        scene.stage.bot().expect("the bot runs").sender().call(gone).await.expect("it is deleted");
        scene.file(scene.an, SLOW).await;
        scene.advance(4_000).await;
        assert!(list(scene).contains("14 khiếu nại đang chờ"), "{}", list(scene));
        scene.press(scene.mike, scene.desk, "Mở 10 hồ sơ").await;
        scene.advance(MINUTE).await;
        assert_eq!(scene.sandbox().threads(scene.desk).len(), 15);
        assert!(list(scene).contains("4 khiếu nại đang chờ"), "{}", list(scene));
        // Their reply clocks ring nobody one by one; the law's and the recording's stay their own.
        scene.advance(30 * MINUTE).await;
        let told = scene.read(scene.managers);
        assert!(!told.contains("#16 ") || told.contains("thời hạn đã lỡ"), "{told}");
    })
    .await;
}

each_scene!(a_person_who_files_without_end_is_braked_and_nobody_else, async |scene| {
    for number in 1..=10 {
        let receipt = scene.file(scene.an, &format!("Mất mạng lần {number}")).await;
        assert!(receipt.text().contains(&format!("#{number}")), "{}", receipt.text());
    }
    let braked = scene.file(scene.an, "Mất mạng lần nữa").await;
    assert!(braked.text().contains("tất cả đã được ghi lại, gần nhất là #10"), "{}", braked.text());
    let other = scene.file(scene.bob, "No connection either").await;
    assert!(other.text().contains("#11"), "{}", other.text());
    scene.advance(11 * MINUTE).await;
    assert!(scene.file(scene.an, "Mất mạng lần nữa").await.text().contains("#12"));
});

#[tokio::test]
async fn when_many_wait_the_receipt_says_so() {
    scene(async |scene| {
        let people = customers(scene, 80);
        let mut last = String::new();
        for person in people {
            last = scene.file(person, "Nhà em mất mạng từ tối qua").await.text();
            scene.advance(200).await;
        }
        assert!(last.contains("khiếu nại đang chờ người đọc"), "{last}");
        assert!(last.contains("Cảm ơn"), "{last}");
    })
    .await;
}

each_scene!(who_waits_in_a_list_may_withdraw_and_is_counted_no_more, async |scene| {
    cable_cut(scene).await;
    let people = customers(scene, 7);
    for person in &people {
        scene.file(*person, SLOW).await;
    }
    scene.advance(4_000).await;
    assert!(list(scene).contains("2 khiếu nại đang chờ"), "{}", list(scene));
    let said = scene.withdraws(people[6], "7", "mạng lại chạy rồi").await;
    assert!(said.contains("**#7** đã được rút"), "{said}");
    scene.advance(4_000).await;
    assert!(list(scene).contains("1 khiếu nại đang chờ"), "{}", list(scene));
    assert_eq!(scene.sandbox().threads(scene.desk).len(), 5, "nobody needs a thread for that");
});
