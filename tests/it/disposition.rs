//! Refused in writing, withdrawn, merged: how a complaint ends without being put right, as people see it.

use langnghe::kernel::ids::GuildId;
use langnghe::sandbox::Say;
use langnghe::sla::clocks::ClockKind;
use langnghe::store;
use serde_json::json;

use crate::scene::{MINUTE, Scene, each_scene, id, words_of};
use crate::seeing::{DM, select_of};

const REASON: &str = "Đã đo đường truyền hai lần, tốc độ đúng gói cước đã đăng ký";

impl Scene {
    async fn refuses(&self, user: u64, thread: u64, values: &[(&str, &str)]) -> String {
        let recourse = ("recourse", "Nếu không đồng ý, anh bấm nút bên dưới.");
        let values: Vec<_> = values.iter().copied().chain([recourse]).collect();
        self.command_and_fill(user, thread, "case refuse", &[], &values).await.text().to_owned()
    }

    /// The customer withdraws a complaint from their list.
    pub async fn withdraws(&self, customer: u64, complaint: &str, why: &str) -> String {
        let mine = self.command(customer, self.intake, "my-complaints", &[]).await;
        let message = mine.message.expect("a list");
        let select = select_of(&message).expect("a select of open ones");
        let made = self.sandbox().select(customer, self.intake, id(&message["id"]), &select, &[complaint]);
        let (form_of, form) = self.outcome(made).await;
        assert!(form.form.expect("a form").to_string().contains("14"), "it says that it is the last step");
        self.outcome(self.sandbox().submit(customer, form_of, &[("text", why)])).await.1.text().to_owned()
    }
}

each_scene!(nobody_refuses_alone_and_the_customer_may_object, async |scene| {
    let thread = scene.filed(scene.an, "Mạng chậm, em muốn hoàn tiền cả năm").await;
    let read = [("summary", "Mạng chậm"), ("severity", "Thường"), ("vulnerable", "có")];
    scene.command_and_fill(scene.lan, thread, "case read", &[], &read).await;
    let said = scene.refuses(scene.lan, thread, &[("reason", REASON), ("basis", " ")]).await;
    assert!(said.contains("phải ghi rõ căn cứ"), "{said}");
    let gives = [("reason", "Bên em sẽ hoàn lại cho anh 5.000.000đ"), ("basis", "Điều 5 hợp đồng")];
    let said = scene.refuses(scene.lan, thread, &gives).await;
    assert!(
        said.contains("hoàn lại cho anh 5.000.000đ”") && !said.contains("soạn lời từ chối"),
        "no way past: {said}"
    );
    let written = [("reason", REASON), ("basis", "Điều 5 hợp đồng")];
    let said = scene.refuses(scene.lan, thread, &written).await;
    assert!(said.contains("✋ Lan soạn lời từ chối:\n> Đã đo"), "{said}");
    assert!(said.contains("Căn cứ: Điều 5 hợp đồng") && said.contains("Khách chưa nhận được gì"), "{said}");
    let told = scene.read(scene.managers);
    assert!(told.contains("Có lời từ chối cần đồng ý: <#"), "{told}");
    let card = scene.bar_of(1);
    assert!(card.contains("Chờ quản lý xem lời từ chối"), "{card}");
    let why = scene.command(scene.lan, thread, "case why", &[("clock", json!("refusal"))]).await;
    assert!(why.text().contains("Từ chối"), "the law's time for it runs: {}", why.text());
    assert!(!scene.seen_by(scene.an).contains("không làm được"), "nothing reaches the customer yet");

    let own = scene.press(scene.lan, thread, "Đồng ý và gửi khách").await;
    assert!(own.ephemeral && own.text().contains("quản lý"), "{}", own.text());
    let asked = [("text", "Ghi thêm kết quả đo")];
    let asked = scene.press_and_fill(scene.tuan, thread, "Sửa", &asked).await;
    assert!(asked.text().contains("Tuấn muốn sửa lời từ chối:\n> Ghi thêm"), "{}", asked.text());
    let better = [("reason", "Đã đo hai lần: 98 và 97 Mb/giây, đúng gói 100 Mb/giây"), written[1]];
    scene.refuses(scene.lan, thread, &better).await;
    let agreed = scene.press(scene.tuan, thread, "Đồng ý và gửi khách").await;
    assert!(agreed.text().contains("Tuấn đã đồng ý; lời từ chối được gửi khách"), "{}", agreed.text());
    let dm = scene.dm(scene.an);
    let letter = words_of(&scene.last(dm));
    assert!(letter.contains("em xin lỗi, bên em không làm được điều anh/chị mong"), "{letter}");
    assert!(letter.contains("98 và 97 Mb/giây") && letter.contains("Căn cứ: Điều 5"), "{letter}");
    assert!(letter.contains("— Lan") && !letter.contains("tự động"), "{letter}");
    let mine = scene.command(scene.an, scene.intake, "my-complaints", &[]).await;
    assert!(mine.text().contains("đã từ chối, có gửi anh/chị lý do"), "{}", mine.text());
    let late = scene.command(scene.lan, thread, "case resolve", &[("outcome", json!("Xong."))]).await;
    assert!(late.ephemeral, "{}", late.text());

    let object = [("text", "Đo vào buổi trưa thì nói làm gì")];
    let heard = scene.press_and_fill(scene.an, dm, "Tôi không đồng ý", &object).await;
    let said = "**#1** đã được mở lại và quản lý đã được báo";
    assert!(heard.ephemeral && heard.text().contains(said), "{}", heard.text());
    let told = scene.read(thread);
    assert!(told.contains("không đồng ý với lời từ chối") && told.contains("buổi trưa"), "{told}");
    assert!(scene.read(scene.managers).contains("Khách không đồng ý với lời từ chối: <#"));
    let card = scene.bar_of(1);
    assert!(card.contains("Trả lời khách"), "{card}");
    // What was answered in writing, with its reason, stays answered.
    let held = store::complaint::by_number(scene.stage.db(), GuildId(scene.guild), 1).await;
    let held = held.expect("it reads").expect("it is there");
    for clock in [ClockKind::Refusal, ClockKind::WrittenAnswer, ClockKind::ReceiptNotice] {
        assert!(held.run(clock).is_none(), "{clock}: {:?}", held.clocks.get(&clock));
    }
    assert!(held.run(ClockKind::Resolution).is_some(), "but it is to be put right again");
    let why = scene.command(scene.lan, thread, "case why", &[("clock", json!("negotiation"))]).await;
    assert!(why.text().contains("Thương lượng"), "{}", why.text());
    scene.command(scene.an, dm, "my-data", &[]).await;
    let export = scene.press(scene.an, dm, "Xuất dữ liệu").await;
    let export = scene.exported(&export).await;
    let refusals = export["complaints"][0]["refusals"].as_array().expect("refusals");
    assert_eq!(refusals.len(), 1, "only the one that was sent: {refusals:?}");
    assert_eq!(refusals[0]["basis"], "Điều 5 hợp đồng");
});

each_scene!(only_where_there_is_no_other_manager_may_one_agree_to_their_own_and_it_is_said, async |scene| {
    scene.configured(|config| config.policy_mut().approve_alone = true).await;
    let thread = scene.filed(scene.bob, "I want a new phone").await;
    scene.refuses(scene.tuan, thread, &[("reason", "Máy không thuộc hợp đồng")]).await;
    let alone = scene.press(scene.tuan, thread, "Đồng ý và gửi khách").await;
    assert!(alone.text().contains("Tuấn tự đồng ý vì bàn này không có quản lý nào khác"), "{}", alone.text());
    assert!(scene.seen_by(scene.bob).contains("we cannot do what you hoped for"));
    // Now there is another one, and nobody agrees to their own any more.
    scene.command(scene.ha, thread, "case note", &[("text", json!("đã xem"))]).await;
    let thread = scene.filed(scene.an, "Tôi muốn đổi màu modem").await;
    scene.refuses(scene.tuan, thread, &[("reason", "Không có màu khác")]).await;
    let own = scene.press(scene.tuan, thread, "Đồng ý và gửi khách").await;
    assert!(own.ephemeral && own.text().contains("Không ai tự đồng ý"), "{}", own.text());
    let promise = [("what", json!("gọi lại")), ("when", json!("2026-11-30 09:00"))];
    scene.command(scene.lan, thread, "case promise", &promise).await;
    let open = scene.press(scene.ha, thread, "Đồng ý và gửi khách").await;
    assert!(open.ephemeral && open.text().contains("Còn lời hứa chưa xong"), "{}", open.text());
});

each_scene!(a_customer_withdraws_and_may_change_their_mind, async |scene| {
    let thread = scene.filed(scene.an, "Mạng chậm").await;
    let promise = [("what", json!("gọi lại")), ("when", json!("2026-11-23 16:00"))];
    scene.command(scene.lan, thread, "case promise", &promise).await;
    let said = scene.withdraws(scene.an, "1", "mạng tự chạy lại rồi").await;
    assert!(said.contains("**#1** đã được rút theo ý anh/chị"), "{said}");
    let told = scene.read(thread);
    assert!(told.contains("đã rút khiếu nại.") && told.contains("mạng tự chạy lại rồi"), "{told}");
    // Nobody is reminded of what nobody waits for.
    let before = scene.sandbox().messages(scene.managers).len() + scene.sandbox().messages(thread).len();
    scene.advance(3 * 24 * 60 * MINUTE).await;
    let after = scene.sandbox().messages(scene.managers).len() + scene.sandbox().messages(thread).len();
    assert!(after <= before + 3, "but for the daily digest: {}", scene.read(scene.managers));
    scene.say(scene.an, DM, "lại rớt mạng rồi em ơi").await;
    let promises = scene.command(scene.lan, thread, "case promises", &[]).await;
    assert!(promises.text().contains("không còn hiệu lực"), "{}", promises.text());
    let card = scene.bar_of(1);
    assert!(card.contains("Trả lời khách"), "it is open again: {card}");

    // Heard on the telephone, the customer is told and can say no.
    let options = [("medium", json!("phone")), ("reason", json!("khách báo đã ổn"))];
    let said = scene.command(scene.lan, thread, "case withdraw", &options).await;
    assert!(said.text().contains("khách rút #1 (qua điện thoại):\n> khách báo đã ổn"), "{}", said.text());
    let dm = scene.read(scene.dm(scene.an));
    assert!(dm.contains("ghi nhận anh/chị muốn rút khiếu nại này. Nếu không đúng"), "{dm}");
    let mine = scene.command(scene.an, scene.intake, "my-complaints", &[]).await;
    assert!(mine.text().contains("anh/chị đã rút"), "{}", mine.text());
    assert!(select_of(&mine.message.expect("a list")).is_none(), "nothing is left to withdraw");
});

each_scene!(two_of_one_matter_become_one_and_nobody_who_waits_is_forgotten, async |scene| {
    let first = scene.filed(scene.an, "Mất mạng từ tối qua").await;
    scene.command(scene.lan, first, "reply", &[("text", json!("Dạ em xem ạ."))]).await;
    scene.advance(5 * MINUTE).await;
    let second = scene.filed(scene.an, "Nhà em vẫn mất mạng, gọi tổng đài không ai nghe").await;
    let promise = [("what", json!("gọi cho khách")), ("when", json!("2026-11-23 16:00"))];
    scene.command(scene.mike, second, "case promise", &promise).await;
    let other = scene.filed(scene.bob, "No internet").await;
    for (thread, number, refused) in [
        (first, 1, "chính là khiếu nại này"),
        (first, 3, "của hai khách khác nhau"),
        (first, 77, "Không có khiếu nại đó"),
    ] {
        let said = scene.command(scene.lan, thread, "case merge", &[("number", json!(number))]).await;
        assert!(said.ephemeral && said.text().contains(refused), "{}", said.text());
    }
    // Whichever thread it is said in, the older one goes on.
    let merged = scene.command(scene.lan, second, "case merge", &[("number", json!(1))]).await;
    assert!(merged.text().contains("✓ Lan gộp #2 vào #1: <#"), "{}", merged.text());
    assert!(
        scene.read(second).contains("Từ nay khiếu nại này được xử lý trong #1"),
        "{}",
        scene.read(second)
    );
    let told = scene.read(first);
    assert!(told.contains("được xử lý ở đây. Khách đã viết:"), "{told}");
    assert!(told.contains("gọi tổng đài không ai nghe"), "{told}");
    let dm = scene.dm(scene.an);
    assert!(scene.read(dm).contains("là một việc, bên em xử lý chung trong **#1**"), "{}", scene.read(dm));
    let card = scene.bar_of(1);
    assert!(
        card.contains("**Việc tiếp theo:** Trả lời khách"),
        "whoever waited in the other one waits here: {card}"
    );
    let promises = scene.command(scene.lan, first, "case promises", &[]).await;
    assert!(promises.text().contains("gọi cho khách"), "{}", promises.text());
    // A reply to a message of the other one is heard here.
    let receipt = scene.the(dm, "Khiếu nại **#2** đã được ghi lại");
    let reply_to = Some(id(&receipt["id"]));
    let words = Say { reply_to, ..Say::from("sao chưa ai gọi em") };
    scene.say(scene.an, DM, words).await;
    assert!(scene.read(first).contains("sao chưa ai gọi em"), "{}", scene.read(first));
    let mine = scene.command(scene.an, scene.intake, "my-complaints", &[]).await;
    assert!(mine.text().contains("được xử lý trong #1"), "{}", mine.text());
    let late = scene.command(scene.lan, other, "case merge", &[("number", json!(2))]).await;
    assert!(late.ephemeral, "{}", late.text());
});

each_scene!(what_was_asked_and_arranged_goes_along_when_two_become_one, async |scene| {
    let first = scene.filed(scene.an, "Mất mạng từ sáng").await;
    let second = scene.filed(scene.an, "Mất mạng, gọi mãi không được").await;
    let known = [("question", json!("since-when")), ("answer", json!("từ 6 giờ sáng"))];
    scene.command(scene.lan, second, "case ask", &known).await;
    scene.command(scene.lan, second, "case ask", &[("question", json!("los-light"))]).await;
    let visit = [
        ("what", json!("đến sửa dây")),
        ("when", json!("2026-11-23 16:00")),
        ("appointment", json!("visit")),
    ];
    scene.command(scene.lan, second, "case promise", &visit).await;
    scene.command(scene.lan, second, "case merge", &[("number", json!(1))]).await;
    // What the other one knew is known here, and what it asked is heard here.
    for (question, said) in [("since-when", "“từ 6 giờ sáng”"), ("los-light", "khách chưa trả lời")]
    {
        let again = [("question", json!(question))];
        let refused = scene.command(scene.lan, first, "case ask", &again).await;
        assert!(refused.ephemeral && refused.text().contains(said), "{}", refused.text());
    }
    let dm = scene.dm(scene.an);
    scene.press_and_fill(scene.an, dm, "Trả lời", &[("text", "đèn đỏ nháy")]).await;
    assert!(scene.read(first).contains("đèn đỏ nháy"), "{}", scene.read(first));
    let card = scene.bar_of(1);
    assert!(card.contains("✓ Trên modem") && card.contains("**đèn đỏ nháy**"), "{card}");
    scene.until(crate::seeing::monday(14, 0)).await;
    let reminder = scene.the(dm, "nhắc cuộc hẹn: Lan sẽ đến nhà anh/chị");
    assert!(words_of(&reminder).contains("**#1**"), "{reminder}");
});
