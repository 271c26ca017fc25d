//! Proposals: worked out in the thread, agreed to by whoever has the authority, chosen by the customer, and then promised.

use serde_json::json;

use crate::scene::{Scene, each_scene, id, scene, words_of};
use crate::seeing::{DM, button_of, labels, monday};

impl Scene {
    async fn proposes(&self, user: u64, thread: u64, values: &[(&str, &str)]) -> String {
        self.command_and_fill(user, thread, "case propose", &[], values).await.text().to_owned()
    }
}

const TWO: [(&str, &str); 5] = [
    ("first", "Kỹ thuật viên đến thay dây, anh cần có người ở nhà"),
    ("first_when", "9h sáng mai"),
    ("second", "Anh nhận dây mới ở cửa hàng và tự thay"),
    ("second_when", "17h hôm nay"),
    ("remark", "1: dây nằm sau tủ"),
];

each_scene!(the_whole_procedure_from_the_filing_to_the_rating, async |scene| {
    scene.sandbox().clear_calls();
    let thread = scene.filed(scene.an, "Nhà em mất mạng từ tối qua").await;
    let read = [("summary", "Mất mạng từ tối 22/11"), ("severity", "Nặng")];
    scene.command_and_fill(scene.lan, thread, "case read", &[], &read).await;
    let dm = scene.dm(scene.an);
    scene.press(scene.an, dm, "Đúng rồi").await;

    let said = scene.proposes(scene.lan, thread, &TWO).await;
    assert!(said.contains("🧭 Lan đề xuất:\n**1.** Kỹ thuật viên đến thay dây"), "{said}");
    assert!(said.contains("Nên chọn: 1\n> dây nằm sau tủ"), "{said}");
    assert!(said.contains("Trong thẩm quyền, gửi khách được ngay."), "{said}");
    let (form_of, form) =
        scene.outcome(scene.sandbox().press_label(scene.lan, thread, "Gửi khách chọn")).await;
    let drafted = form.form.expect("a form").to_string();
    assert!(drafted.contains("Em xin lỗi vì sự bất tiện này"), "{drafted}");
    let text = [("text", "Cảm ơn anh đã chờ. Em xin lỗi anh. Anh chọn giúp em nhé:")];
    scene.outcome(scene.sandbox().submit(scene.lan, form_of, &text)).await;
    let letter = words_of(&scene.last(dm));
    assert!(letter.contains("**2.** Anh nhận dây mới ở cửa hàng") && letter.contains("— Lan"), "{letter}");

    scene.press(scene.an, dm, "Chọn 1").await;
    let agreed = words_of(&scene.last(dm));
    assert!(agreed.contains("đã thống nhất, chậm nhất <t:") && agreed.contains("thay dây"), "{agreed}");
    let told = scene.read(thread);
    assert!(told.contains("đã chọn, nay là lời hứa, chậm nhất"), "{told}");
    assert_eq!(scene.the(thread, "đã chọn, nay là lời hứa")["pinned"], true);
    let card = scene.bar(thread);
    assert!(card.contains("Xử lý rồi báo khách kết quả"), "nobody waits for an answer: {card}");
    let outcome = [("outcome", json!("Đã thay dây, mạng ổn định."))];
    let refused = scene.command(scene.lan, thread, "case resolve", &outcome).await;
    assert!(refused.text().contains("Còn lời hứa chưa xong"), "{}", refused.text());
    scene.command(scene.lan, thread, "case promises", &[]).await;
    scene.keeps(scene.lan, thread, "1").await;
    scene.command(scene.lan, thread, "case resolve", &outcome).await;
    scene.press(scene.an, dm, "5 ★").await;
    let counted = scene.counted();
    eprintln!("{counted:?} from the filing to the first tap, all steps");
    assert!(counted.calls + counted.card_edits <= 18, "{counted:?}");
    scene.press(scene.an, dm, "Rồi").await;
});

each_scene!(what_gives_something_away_needs_somebody_else_with_the_authority_for_it, async |scene| {
    let thread = scene.filed(scene.bob, "My bill of October is wrong").await;
    let only = [("first", "Hoàn lại cho khách 300.000đ")];
    let said = scene.proposes(scene.lan, thread, &only).await;
    assert!(said.contains("Chỉ có một phương án thì ghi lý do"), "{said}");
    let values = [only[0], ("remark", "hoá đơn tính hai lần")];
    let said = scene.proposes(scene.lan, thread, &values).await;
    assert!(said.contains("Cần quản lý đồng ý"), "{said}");
    let told = scene.read(scene.managers);
    assert!(told.contains("Có đề xuất cần đồng ý: <#"), "{told}");
    assert!(told.contains("**1.** Hoàn lại cho khách 300.000đ · 300.000 đ"), "{told}");
    for (who, refused) in [(scene.lan, "cần quản lý đồng ý"), (scene.mike, "needs a manager to agree")]
    {
        let answer = scene.press(who, thread, "Đồng ý").await;
        assert!(answer.ephemeral && answer.text().contains(refused), "{}", answer.text());
    }
    let values = [("text", "Ghi rõ hoàn vào tháng nào")];
    let asked = scene.press_and_fill(scene.tuan, thread, "Sửa", &values).await;
    assert!(asked.text().contains("Tuấn muốn sửa đề xuất:\n> Ghi rõ hoàn vào tháng nào"), "{}", asked.text());
    let values = [("first", "Hoàn lại cho khách 300.000đ vào hoá đơn tháng 12"), ("remark", "tính hai lần")];
    scene.proposes(scene.lan, thread, &values).await;
    // The button of the first proposal stands for nothing any more.
    let agreed = scene.press(scene.tuan, thread, "Đồng ý").await;
    assert!(agreed.text().contains("Tuấn đã đồng ý."), "{}", agreed.text());
    // What was agreed to may be said.
    let reply = [("text", json!("Bên em sẽ hoàn lại cho anh 300.000đ vào hoá đơn tháng 12 ạ."))];
    let said = scene.command(scene.lan, thread, "reply", &reply).await;
    assert!(!said.ephemeral, "{}", said.text());
    let large = [("text", json!("Bên em sẽ hoàn lại cho anh 500.000đ ạ."))];
    assert!(scene.command(scene.lan, thread, "reply", &large).await.ephemeral);
});

each_scene!(nobody_agrees_to_their_own_and_head_office_is_asked_beyond_a_managers_authority, async |scene| {
    let thread = scene.filed(scene.an, "Mất mạng một tháng").await;
    let values = [("first", "Bồi thường cho khách 5.000.000đ"), ("remark", "mất khách hàng lớn")];
    let said = scene.proposes(scene.tuan, thread, &values).await;
    assert!(said.contains("Cần hội sở đồng ý"), "{said}");
    let own = scene.press(scene.tuan, thread, "Đồng ý").await;
    assert!(own.ephemeral && own.text().contains("hội sở"), "{}", own.text());
    let agreed = scene.press(scene.ha, thread, "Đồng ý").await;
    assert!(agreed.text().contains("đã đồng ý."), "{}", agreed.text());
    let mine = [("first", "Thay toàn bộ dây"), ("remark", "không còn cách khác")];
    scene.proposes(scene.lan, thread, &mine).await;
    let sent = [("text", "Dạ em gửi phương án ạ.")];
    scene.press_and_fill(scene.lan, thread, "Gửi khách chọn", &sent).await;
    let dm = scene.dm(scene.an);
    let answer = scene.press_and_fill(scene.an, dm, "Tôi muốn cách khác", &[("text", "Cho em huỷ")]).await;
    assert!(answer.text().contains("Người xử lý đã nhận được"), "{}", answer.text());
    assert!(scene.read(thread).contains("muốn cách khác:"), "{}", scene.read(thread));
    scene.proposes(scene.lan, thread, &mine).await;
    scene.press_and_fill(scene.lan, thread, "Gửi khách chọn", &sent).await;
    let told = scene.press(scene.an, dm, "Gặp quản lý").await;
    assert!(
        scene.read(scene.managers).contains("Khách muốn gặp quản lý: <#"),
        "{}",
        scene.read(scene.managers)
    );
    assert!(told.text().contains("đã báo quản lý"), "{}", told.text());
});

each_scene!(what_is_chosen_after_the_end_promises_nothing, async |scene| {
    let thread = scene.filed(scene.an, "Mất mạng").await;
    scene.proposes(scene.lan, thread, &TWO).await;
    let sent = [("text", "Dạ em gửi hai cách ạ.")];
    scene.press_and_fill(scene.lan, thread, "Gửi khách chọn", &sent).await;
    let dm = scene.dm(scene.an);
    let options = scene.the(dm, "gửi hai cách ạ.");
    let choose = button_of(&options, "Chọn 1").expect("a button");
    scene.command(scene.lan, thread, "case resolve", &[("outcome", json!("Đã thay dây."))]).await;
    let over = scene.the(dm, "gửi hai cách ạ.");
    assert!(labels(&over).is_empty(), "there is nothing to choose any more: {over}");
    // Whoever had it open still has the button.
    let press = scene.sandbox().raw_press(scene.an, dm, id(&options["id"]), &choose);
    let (_, late) = scene.outcome(Ok(press)).await;
    assert!(late.ephemeral && !late.text().contains("đã thống nhất"), "{}", late.text());
    let list = scene.command(scene.lan, thread, "case promises", &[]).await;
    assert!(list.text().contains("Chưa có lời hứa nào"), "{}", list.text());
});

#[tokio::test]
async fn what_cannot_be_pinned_stands_there_all_the_same() {
    scene(async |scene| {
        scene.sandbox().deny_bot(scene.desk, 1 << 51);
        let thread = scene.filed(scene.an, "Mạng chậm").await;
        let two = [("first", "Thay dây"), ("second", "Đổi modem"), ("remark", "1")];
        scene.proposes(scene.lan, thread, &two).await;
        scene
            .press_and_fill(scene.lan, thread, "Gửi khách chọn", &[("text", "Em gửi anh hai cách ạ.")])
            .await;
        let dm = scene.dm(scene.an);
        scene.press(scene.an, dm, "Chọn 1").await;
        assert_eq!(scene.the(thread, "**Nguyễn Văn An** đã chọn")["pinned"], false);
        scene.say(scene.an, DM, "cảm ơn em, mấy giờ tới?").await;
        assert!(scene.read(thread).contains("mấy giờ tới?"), "nothing waits behind it");
    })
    .await;
}

each_scene!(options_that_are_agreed_to_are_not_left_lying, async |scene| {
    let thread = scene.filed(scene.an, "Mạng chậm").await;
    let two = [("first", "Thay dây"), ("second", "Đổi modem"), ("remark", "1")];
    scene.proposes(scene.lan, thread, &two).await;
    let why = scene.command(scene.lan, thread, "case why", &[("clock", json!("plan"))]).await;
    assert!(why.text().contains("Phương án và cách làm"), "{}", why.text());
    // Tuesday is a holiday; twelve office hours later, three quarters of two days, somebody is reminded.
    scene.until(monday(48 + 14, 29)).await;
    assert_eq!(scene.times(thread, "Phương án và cách làm: còn hạn"), 0, "{}", scene.read(thread));
    scene.until(monday(48 + 14, 30)).await;
    assert_eq!(scene.times(thread, "Phương án và cách làm: còn hạn"), 1, "{}", scene.read(thread));
    scene.press_and_fill(scene.lan, thread, "Gửi khách chọn", &[("text", "Em gửi anh hai cách ạ.")]).await;
    scene.press(scene.an, scene.dm(scene.an), "Chọn 1").await;
    scene.until(monday(72 + 12, 0)).await;
    assert_eq!(scene.times(scene.managers, "đã quá hạn: Phương án và cách làm"), 0, "it was agreed in time");
});
