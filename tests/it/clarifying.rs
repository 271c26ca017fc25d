//! Clarifying questions by category, one press and one text each, never asked twice; and the remedies that a proposal is
//! filled in with.

use langnghe::sandbox::Place;
use serde_json::{Value, json};

use crate::scene::{Scene, each_scene, id, words_of};
use crate::seeing::DM;

impl Scene {
    /// The choices that somebody is offered who types into an option: value and label.
    async fn offered(&self, user: u64, thread: u64, path: &str, option: &str) -> Vec<(String, String)> {
        let typed = [(option, json!(""))];
        let made = self.sandbox().autocomplete(user, Place::Channel(thread), path, &typed, option);
        let text = |held: &Value, key: &str| held[key].as_str().unwrap_or_default().to_owned();
        let (_, answer) = self.outcome(made).await;
        answer.choices.iter().map(|held| (text(held, "value"), text(held, "name"))).collect()
    }
}

each_scene!(what_a_category_needs_to_know_is_asked_once_and_kept, async |scene| {
    let thread = scene.filed(scene.an, "Nhà em mất mạng, gọi mãi không được").await;
    let card = scene.the(thread, "Việc tiếp theo");
    assert!(!card.to_string().contains("ask-question"), "first a person reads it: {card}");
    let read = [("summary", "Mất mạng"), ("severity", "Nặng")];
    scene.command_and_fill(scene.lan, thread, "case read", &[], &read).await;
    let card = scene.the(thread, "Việc tiếp theo");
    let rows = card["components"].as_array().expect("rows");
    let select = rows.last().expect("a select")["components"][0].clone();
    assert_eq!(select["placeholder"], "Hỏi khách để làm rõ…");
    assert_eq!(select["options"][1]["value"], "los-light", "{select}");

    // One press asks, under the name of whoever pressed.
    let made = scene.sandbox().select(
        scene.lan,
        thread,
        id(&card["id"]),
        select["custom_id"].as_str().expect("its id"),
        &["los-light"],
    );
    let (_, said) = scene.outcome(made).await;
    assert!(said.ephemeral && said.text().contains("Câu hỏi đang đến khách"), "{}", said.text());
    assert!(scene.read(thread).contains("❔ Lan hỏi khách:\n> Trên modem, đèn LOS"), "the thread knows");
    let dm = scene.dm(scene.an);
    let asked = words_of(&scene.last(dm));
    assert!(asked.contains("em hỏi thêm một điều:\n> Trên modem, đèn LOS"), "{asked}");
    assert!(asked.contains("— Lan") && !asked.contains("tự động"), "{asked}");
    let card = scene.bar(thread);
    assert!(card.contains("*đang chờ khách trả lời*"), "{card}");

    // One press and one text answer.
    let answered = [("text", "Đèn đỏ, nháy liên tục")];
    let said = scene.press_and_fill(scene.an, dm, "Trả lời", &answered).await;
    assert!(!said.ephemeral, "it stands in place of the question");
    let line = words_of(&scene.last(dm));
    assert!(line.contains("> Đèn đỏ, nháy liên tục") && line.contains("sẽ không hỏi lại"), "{line}");
    let told = scene.read(thread);
    assert!(told.contains("trả lời câu “Trên modem, đèn LOS") && told.contains("Đèn đỏ, nháy"), "{told}");
    let card = scene.bar(thread);
    assert!(card.contains("✓ Trên modem, đèn LOS") && card.contains("**Đèn đỏ, nháy"), "{card}");
    assert!(card.contains("**Việc tiếp theo:** Trả lời khách"), "the customer waits again: {card}");

    // Nobody asks it again; what the customer says unasked is written down and not asked at all.
    let again = [("question", json!("los-light"))];
    let said = scene.command(scene.mike, thread, "case ask", &again).await;
    assert!(said.ephemeral && said.text().contains("The customer answered"), "{}", said.text());
    scene.say(scene.an, DM, "mất từ tối qua đó em").await;
    let note = [("question", json!("since-when")), ("answer", json!("từ tối qua"))];
    let said = scene.command(scene.lan, thread, "case ask", &note).await;
    assert!(said.text().starts_with("✓ Lan ghi lại, khách không cần được hỏi nữa:\n> Mạng nhà mình mất từ"));
    let left = scene.offered(scene.lan, thread, "case ask", "question").await;
    assert_eq!(left.iter().map(|(value, _)| value.as_str()).collect::<Vec<_>>(), ["devices"]);
    let foreign = [("question", json!("which-amount"))];
    let said = scene.command(scene.lan, thread, "case ask", &foreign).await;
    assert!(said.ephemeral && said.text().contains("Không có câu hỏi “which-amount”"), "{}", said.text());

    let page = scene.page(scene.lan, thread, &[]).await.expect("a page");
    assert!(page.contains("Câu hỏi làm rõ") && page.contains("Đèn đỏ, nháy liên tục"), "{page}");
    scene.command(scene.an, dm, "my-data", &[]).await;
    let export = scene.press(scene.an, dm, "Xuất dữ liệu").await;
    let export = scene.exported(&export).await;
    assert_eq!(export["complaints"][0]["questions"][0]["answer"], "Đèn đỏ, nháy liên tục", "{export}");
});

each_scene!(who_is_not_on_discord_is_asked_by_voice, async |scene| {
    let values = [("name", "Bà Sáu"), ("words", "Hóa đơn tháng này tính sai")];
    let phoned = [("medium", json!("phone"))];
    scene.command_and_fill(scene.lan, scene.desk, "case log", &phoned, &values).await;
    let thread = id(&scene.sandbox().threads(scene.desk)[0]["id"]);
    let ask = [("question", json!("which-period"))];
    scene.command(scene.lan, thread, "case ask", &ask).await;
    let told = scene.read(thread);
    assert!(told.contains("☎ Báo Bà Sáu") && told.contains("Kỳ cước tháng nào ạ?"), "{told}");
    let note = [("question", json!("which-period")), ("answer", json!("tháng 10"))];
    scene.command(scene.lan, thread, "case ask", &note).await;
    let card = scene.bar(thread);
    assert!(card.contains("✓ Kỳ cước tháng nào ạ? **tháng 10**"), "{card}");
});

each_scene!(a_proposal_is_filled_in_with_what_is_usually_done, async |scene| {
    let thread = scene.filed(scene.bob, "No internet since morning").await;
    let usual = scene.offered(scene.lan, thread, "case propose", "first").await;
    assert_eq!(usual[1].1, "Kỹ thuật viên đến nhà đổi modem", "staff read it in their language: {usual:?}");
    let options = [("first", json!(usual[1].0)), ("second", json!("Đến cửa hàng"))];
    let made = scene.sandbox().command(scene.lan, Place::Channel(thread), "case propose", &options);
    let (_, opened) = scene.outcome(made).await;
    let form = opened.form.expect("a form").to_string();
    assert!(form.contains("A technician comes to replace the modem"), "the customer's language: {form}");
    // Twenty-four hours after Monday at nine, on a quarter of an hour.
    assert!(form.contains("24/11/2026"), "{form}");
    assert!(form.contains("Đến cửa hàng"), "free words stay: {form}");
    let values = [("first", "A technician comes to replace the modem"), ("first_when", "2026-11-24 09:15")];
    let values: Vec<_> = values.into_iter().chain([("remark", "only this helps")]).collect();
    let said = scene.command_and_fill(scene.lan, thread, "case propose", &options, &values).await;
    assert!(said.text().contains("replace the modem"), "{}", said.text());
});
