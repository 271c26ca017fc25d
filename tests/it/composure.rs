//! Staying calm with somebody who is harsh: nothing is held back, a superior and a break are offered, and no clock stands still.

use serde_json::json;

use crate::scene::{MINUTE, each_scene, words_of};
use crate::seeing::{DM, labels, pings};

each_scene!(beside_harsh_words_a_superior_and_a_break_are_offered, async |scene| {
    let thread = scene.filed(scene.an, "Mạng rớt liên tục").await;
    let other = scene.filed(scene.bob, "No internet at all").await;
    for thread in [thread, other] {
        scene.command(scene.lan, thread, "case claim", &[]).await;
        scene.command(scene.lan, thread, "reply", &[("text", json!("Dạ em xem ngay ạ."))]).await;
    }
    scene.say(scene.an, DM, "vẫn rớt, bực mình quá").await;
    let calm = scene.the(thread, "bực mình quá");
    assert_eq!(labels(&calm), ["Trả lời khách", "Đã giải quyết", "Không cần trả lời"]);
    scene.say(scene.an, DM, "đồ ngu, làm ăn như con chó").await;
    let harsh = scene.the(thread, "đồ ngu");
    assert_eq!(labels(&harsh)[3..], ["Báo cấp trên", "Nghỉ 5 phút"], "it came through, word for word");
    let last = scene.last(scene.dm(scene.an));
    assert_eq!(last["content"], "đồ ngu, làm ăn như con chó", "nobody lectures the customer");

    let told = scene.press(scene.lan, thread, "Báo cấp trên").await;
    assert!(told.ephemeral && told.text().contains("không tính vào bạn"), "{}", told.text());
    let asked = scene.the(scene.managers, "Lan nhờ xem cách nói chuyện của khách: <#");
    assert!(pings(&asked, scene.manager_role));

    scene.advance(MINUTE).await;
    let rests = scene.press(scene.lan, thread, "Nghỉ 5 phút").await;
    assert!(rests.ephemeral && rests.text().contains("nhờ trông 1 việc"), "{}", rests.text());
    let cover = scene.the(scene.desk, "Trông giúp những việc sắp đến hạn");
    assert!(pings(&cover, scene.staff_role), "{cover}");
    let cover = words_of(&cover);
    assert!(cover.contains(&format!("<#{thread}> · Trả lời khách <t:")), "{cover}");
    assert!(!cover.contains(&format!("<#{other}>")), "what waits for nobody needs nobody: {cover}");
    // The customer's clock goes on.
    scene.advance(15 * MINUTE).await;
    assert_eq!(scene.times(scene.managers, "đã quá hạn: Trả lời khách"), 1);

    let list = scene.command(scene.lan, scene.desk, "case list", &[("filter", json!("mine"))]).await;
    assert_eq!(labels(&list.message.expect("a list")), ["Nghỉ 5 phút"]);
    let page = scene.page(scene.tuan, thread, &[]).await.expect("a page");
    assert!(page.contains("Nhờ cấp trên xem cách nói chuyện"), "the file knows who was asked");
    assert!(!page.contains("Nghỉ 5 phút"), "and nothing of breaks");
});
