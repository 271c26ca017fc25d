//! Given on top once the matter is handled: never before, never for a rating, agreed to, and within the month's budget.

use langnghe::sandbox::{PersonSpec, Place};
use serde_json::json;

use crate::scene::{MINUTE, Scene, each_scene, words_of};

const DAY: i64 = 24 * 60 * MINUTE;

impl Scene {
    /// A complaint that is resolved; its thread.
    async fn put_right(&self, customer: u64, words: &str) -> u64 {
        let thread = self.filed(customer, words).await;
        self.command(self.lan, thread, "case resolve", &[("outcome", json!("Đã thay modem."))]).await;
        thread
    }

    /// What somebody is told who gives something, and whether they alone.
    async fn gives(&self, user: u64, thread: u64, kind: &str, value: &str, text: &str) -> (String, bool) {
        let options = [("kind", json!(kind)), ("value", json!(value)), ("text", json!(text))];
        let answer = self.command(user, thread, "case goodwill", &options).await;
        (answer.text().to_owned(), answer.ephemeral)
    }
}

each_scene!(a_voucher_comes_after_the_matter_and_with_a_managers_word, async |scene| {
    let thread = scene.filed(scene.an, "Modem hỏng, gọi mãi không ai tới").await;
    let (said, alone) = scene.gives(scene.lan, thread, "voucher", "200k", "Cảm ơn anh đã chờ").await;
    assert!(alone && said.contains("Việc chính chưa xong"), "{said}");
    scene.command(scene.lan, thread, "case resolve", &[("outcome", json!("Đã thay modem."))]).await;
    let (said, alone) = scene.gives(scene.lan, thread, "voucher", "200k", "Cảm ơn anh đã chờ").await;
    assert!(!alone, "it is the record: {said}");
    assert!(said.starts_with("🎁 Lan tặng khách phiếu mua hàng trị giá 200.000 đ:\n> Cảm ơn anh đã chờ"));
    assert!(said.contains("Khách chưa được báo gì. Cần quản lý đồng ý"), "{said}");
    assert!(said.contains("tháng này còn 20.000.000 đ"), "what waits is not spent: {said}");
    assert!(scene.read(scene.managers).contains("Có quà tặng khách cần đồng ý: <#"));
    assert!(!scene.seen_by(scene.an).contains("gửi tặng"), "nothing reaches the customer yet");
    let own = scene.press(scene.lan, thread, "Đồng ý và gửi khách").await;
    assert!(own.ephemeral && own.text().contains("quản lý"), "{}", own.text());

    let agreed = scene.press(scene.tuan, thread, "Đồng ý và gửi khách").await;
    assert!(agreed.text().contains("Tuấn đã đồng ý; quà được gửi khách"), "{}", agreed.text());
    assert!(agreed.text().contains("còn 19.800.000 đ"), "{}", agreed.text());
    let letter = words_of(&scene.last(scene.dm(scene.an)));
    assert!(
        letter.contains("Khiếu nại **#1**: bên em gửi tặng anh/chị phiếu mua hàng trị giá 200.000 đ.")
            && letter.contains("> Cảm ơn anh đã chờ")
            && letter.contains("không kèm điều kiện nào")
            && letter.contains("— Lan"),
        "{letter}"
    );
    assert!(!letter.contains("tự động"), "a person gives it: {letter}");
    let (said, alone) = scene.gives(scene.lan, thread, "gift", "50k", "Thêm chút quà").await;
    assert!(alone && said.contains("đã có đủ quà (1)"), "{said}");
    // It is in the case file, in what the customer takes along, and in the managers' report.
    let page = scene.page(scene.lan, thread, &[]).await.expect("a page");
    assert!(page.contains("Quà tặng") && page.contains("200.000 đ") && page.contains("Tuấn"), "{page}");
    let dm = scene.dm(scene.an);
    scene.command(scene.an, dm, "my-data", &[]).await;
    let export = scene.press(scene.an, dm, "Xuất dữ liệu").await;
    let export = scene.exported(&export).await;
    assert_eq!(export["complaints"][0]["goodwill"][0]["value"], 200_000, "{export}");
    let report = scene.command(scene.tuan, scene.managers, "report overview", &[]).await;
    let shown = words_of(&report.message.expect("a report"));
    assert!(shown.contains("Quà tặng khách: **1**, 200.000 đ"), "{shown}");
});

each_scene!(nothing_is_given_for_a_rating_nor_by_one_person_nor_in_place_of_a_remedy, async |scene| {
    let thread = scene.put_right(scene.bob, "Router broken").await;
    for (kind, value, text, expected) in [
        ("voucher", "200k", "Please rate us 5 stars", "speak of a rating"),
        ("voucher", "a lot", "Thank you", "“a lot” is no amount"),
        ("voucher", "21 triệu", "Thank you", "Only 20,000,000 VND of this month's goodwill"),
        ("voucher", "200k", "We will refund 3.000.000đ as well", "refund 3.000.000đ"),
        ("gift", "200k", "  ", "There are no words"),
    ] {
        let (said, alone) = scene.gives(scene.mike, thread, kind, value, text).await;
        assert!(alone && said.contains(expected), "{text}: {said}");
    }
    // Beyond a manager's authority, head office is asked; whoever gives may think better of it.
    let (said, _) = scene.gives(scene.mike, thread, "voucher", "2 triệu", "For your patience").await;
    assert!(said.contains("Mike gives the customer a voucher worth 2,000,000 VND"), "{said}");
    assert!(said.contains("waits for head office to agree"), "{said}");
    let beyond = scene.press(scene.tuan, thread, "Agree and send").await;
    assert!(beyond.ephemeral && beyond.text().contains("hội sở"), "{}", beyond.text());
    let dropped = scene.press(scene.mike, thread, "Do not give it").await;
    assert!(dropped.text().contains("Mike decided not to give it"), "{}", dropped.text());
    // Not while the customer says that it is not fixed.
    let dm = scene.dm(scene.bob);
    scene.press(scene.bob, dm, "1 ★").await;
    scene.press(scene.bob, dm, "No").await;
    let (said, alone) = scene.gives(scene.mike, thread, "voucher", "100k", "Sorry").await;
    assert!(alone && said.contains("The matter itself comes first"), "{said}");
    assert!(!scene.seen_by(scene.bob).contains("we would like you to have"));

    // A manager gives within their authority by themselves, and it is sent at once.
    let thread = scene.put_right(scene.bob, "No call back").await;
    let (said, _) = scene.gives(scene.tuan, thread, "voucher", "500k", "Cảm ơn anh").await;
    assert!(said.contains("Trong hạn mức; quà được gửi khách"), "{said}");
    assert!(scene.seen_by(scene.bob).contains("we would like you to have a voucher worth 500,000 VND"));
    // Whoever was refused was not helped.
    let refused = scene.filed(scene.an, "Đòi tiền").await;
    let values = [("reason", "Đúng gói cước"), ("recourse", "Nhắn lại tại đây")];
    scene.command_and_fill(scene.lan, refused, "case refuse", &[], &values).await;
    scene.press(scene.tuan, refused, "Đồng ý và gửi khách").await;
    let (said, alone) = scene.gives(scene.tuan, refused, "voucher", "50k", "Tặng anh").await;
    assert!(alone && said.contains("Việc chính chưa xong"), "{said}");
});

each_scene!(two_givers_do_not_both_take_the_last_of_a_month_and_the_next_one_is_new, async |scene| {
    let second = scene.sandbox().make_person(PersonSpec {
        guild: scene.guild,
        name: "Vy".to_owned(),
        locale: "vi".to_owned(),
        label: "head office".to_owned(),
        roles: vec![scene.head_office_role],
        dms_open: true,
    });
    let threads =
        [scene.put_right(scene.an, "Modem hỏng").await, scene.put_right(scene.bob, "Router broken").await];
    let options =
        [("kind", json!("free-service")), ("value", json!("12tr")), ("text", json!("Một năm miễn phí"))];
    let asked: Vec<_> = [scene.ha, second]
        .into_iter()
        .zip(threads)
        .map(|(user, thread)| {
            scene.sandbox().command(user, Place::Channel(thread), "case goodwill", &options)
        })
        .collect();
    let mut said = Vec::new();
    for made in asked {
        said.push(scene.outcome(made).await.1.text().to_owned());
    }
    let given = said.iter().filter(|said| said.contains("Trong hạn mức")).count();
    let refused = said.iter().filter(|said| said.contains("tháng này còn 8.000.000 đ, không đủ")).count();
    assert_eq!((given, refused), (1, 1), "{said:?}");

    // It is December.
    scene.advance(8 * DAY).await;
    let thread = scene.put_right(scene.an, "Dây đứt").await;
    let (said, _) = scene.gives(second, thread, "gift", "12.000.000", "Bộ phát mới").await;
    assert!(said.contains("Trong hạn mức") && said.contains("tháng này còn 8.000.000 đ"), "{said}");
});
