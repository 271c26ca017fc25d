//! One complaint from the form to the rating, through the real wire.

use serde_json::json;

use crate::scene::{Counted, HOUR, each_scene, words_of};

#[tokio::test]
async fn a_complaint_is_filed_answered_resolved_and_rated() {
    each_scene(async |scene| {
        scene.sandbox().clear_calls();
        let thread =
            scene.filed(scene.an, "Nhà em mất mạng từ tối qua, gọi tổng đài không ai nghe máy").await;
        // Card and thread; opening the direct messages and the copy of the receipt.
        assert_eq!(scene.counted(), Counted { calls: 4, callbacks: 2, card_edits: 0 });
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
    })
    .await;
}

#[tokio::test]
async fn a_later_complaint_of_the_same_customer_links_the_earlier_one() {
    each_scene(async |scene| {
        let first = scene.filed(scene.an, "Mạng rớt liên tục mỗi tối").await;
        scene.command(scene.lan, first, "case resolve", &[("outcome", json!("Đã thay dây."))]).await;
        scene.advance(30 * 24 * HOUR).await;
        scene.filed(scene.an, "Lại rớt mạng y như tháng trước").await;
        let card = words_of(&scene.last(scene.desk));
        assert!(card.contains(&format!("Khiếu nại trước của khách: <#{first}>")), "{card}");
        // Somebody else's complaint is nobody's earlier one.
        scene.filed(scene.bob, "My bill is wrong").await;
        assert!(!words_of(&scene.last(scene.desk)).contains("Khiếu nại trước"));
    })
    .await;
}
