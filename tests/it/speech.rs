//! Customers who phone, write or come in person: written down, found again, and told by voice.

use serde_json::json;

use crate::scene::{HOUR, MINUTE, MONDAY_9, Scene, each_scene, id, words_of};
use crate::seeing::{button_of, labels};

impl Scene {
    /// Lan writes down what somebody said. Returns what she is told, and the new desk thread.
    async fn logged(&self, options: &[(&str, serde_json::Value)], values: &[(&str, &str)]) -> (String, u64) {
        let answer = self.command_and_fill(self.lan, self.desk, "case log", options, values).await;
        let thread = self.sandbox().threads(self.desk).last().map(|held| id(&held["id"]));
        (answer.text().to_owned(), thread.unwrap_or_default())
    }
}

each_scene!(whoever_phones_gets_a_thread_and_is_told_by_voice, async |scene| {
    let phoned = [("medium", json!("phone")), ("at", json!("8h15 sáng nay"))];
    let values = [
        ("name", "Bà Sáu"),
        ("words", "Nhà bà mất mạng từ tối qua, cháu không học được"),
        ("contact", "0901 234 567"),
    ];
    let (said, thread) = scene.logged(&phoned, &values).await;
    assert!(said.contains("Đã ghi khiếu nại **#1**. Báo khách số này"), "{said}");
    let card = words_of(&scene.the(scene.desk, "#1 · Bà Sáu"));
    assert!(card.contains("qua điện thoại, Lan ghi lại"), "{card}");
    assert!(card.contains("lúc <t:1795396500:f>"), "the clocks count from the call: {card}");
    assert!(card.contains("•••567"), "{card}");
    assert!(scene.bar_of(1).contains("Báo khách qua điện thoại"), "{}", scene.bar_of(1));

    let read = [("summary", "Mất mạng từ tối 22/11"), ("severity", "Nặng")];
    scene.command_and_fill(scene.lan, thread, "case read", &[], &read).await;
    let told = scene.read(thread);
    assert!(told.contains("☎ Báo Bà Sáu qua điện thoại:\n> Khiếu nại **#1**: em đã đọc"), "{told}");
    let card = scene.bar_of(1);
    assert!(card.contains("Báo khách điều đang chờ báo"), "{card}");
    let tell = scene.the(thread, "em đã đọc");
    let button = button_of(&tell, "Đã báo khách").expect("a button");
    let done = scene.press(scene.lan, thread, "Đã báo khách").await;
    assert!(!done.ephemeral && done.text().contains("✓ Lan đã báo khách."), "{}", done.text());
    assert!(!labels(&scene.the(thread, "em đã đọc")).contains(&"Đã báo khách".to_owned()), "told once");
    let twice = scene.sandbox().raw_press(scene.mike, thread, id(&tell["id"]), &button);
    let (_, twice) = scene.outcome(Ok(twice)).await;
    assert!(twice.ephemeral, "{}", twice.text());

    let reply = [("text", json!("Dạ chiều nay bên cháu cử thợ đến ạ."))];
    let said = scene.command(scene.lan, thread, "reply", &reply).await;
    assert!(said.text().contains("✓ đã nói với khách qua điện thoại"), "{}", said.text());
    let file = scene.sandbox().command_with_files(
        scene.lan,
        langnghe::sandbox::Place::Channel(thread),
        "reply",
        &reply,
        vec![("file".to_owned(), "anh.jpg".to_owned(), vec![7; 10])],
    );
    let refused = scene.outcome(file).await.1;
    assert!(refused.text().contains("không gửi tệp được"), "{}", refused.text());
    // They phone once more: it waits for an answer like any message.
    let more = [("text", "Thợ chưa đến con ơi")];
    let said = scene.command_and_fill(scene.mike, thread, "case log", &phoned[..1], &more).await;
    assert!(said.text().contains("#1"), "{}", said.text());
    let told = scene.read(thread);
    assert!(told.contains("**Bà Sáu** nói (qua điện thoại):") && told.contains("Thợ chưa đến"), "{told}");
    let card = scene.bar_of(1);
    assert!(card.contains("Trả lời khách"), "{card}");

    scene.command(scene.lan, thread, "case resolve", &[("outcome", json!("Đã thay dây."))]).await;
    let told = scene.read(thread);
    assert!(told.contains("☎ Báo Bà Sáu qua điện thoại:\n> Đã thay dây."), "no stars by voice: {told}");
    scene.advance(9 * 24 * HOUR).await;
    let mine = scene.command(scene.lan, scene.desk, "case show", &[("number", json!(1))]).await;
    let card = words_of(&mine.message.expect("a card"));
    assert!(!card.contains("Tình trạng: đã đóng"), "nobody has told her the outcome: {card}");
    scene.press(scene.lan, thread, "Đã báo khách").await;
    scene.advance(9 * 24 * HOUR).await;
    let mine = scene.command(scene.lan, scene.desk, "case show", &[("number", json!(1))]).await;
    assert!(words_of(&mine.message.expect("a card")).contains("Tình trạng: đã đóng"), "it closes by itself");
    assert!(scene.bar_of(1).contains("Không còn việc"), "{}", scene.bar_of(1));
});

each_scene!(what_was_said_before_it_is_written_down_waits_since_then, async |scene| {
    let thread = scene.filed(scene.an, "Nhà em mất mạng").await;
    scene.command(scene.lan, thread, "reply", &[("text", json!("Dạ em xem ngay ạ."))]).await;
    scene.advance(20 * MINUTE).await;
    let options = [("medium", json!("phone")), ("at", json!("10 phút trước"))];
    let more = [("text", "Vẫn chưa có mạng em ơi")];
    scene.command_and_fill(scene.lan, thread, "case log", &options, &more).await;
    let said = format!("nói (qua điện thoại, <t:{}:f>):", (MONDAY_9 + 10 * MINUTE) / 1_000);
    assert!(scene.read(thread).contains(&said), "{}", scene.read(thread));
    assert_eq!(scene.times(scene.managers, "đã quá hạn: Trả lời khách"), 0);
    scene.advance(6 * MINUTE).await;
    assert_eq!(
        scene.times(scene.managers, "đã quá hạn: Trả lời khách"),
        1,
        "a quarter of an hour since then"
    );
    let asked = scene
        .command(scene.lan, thread, "case log", &[("medium", json!("phone")), ("at", json!("9h mai"))])
        .await;
    assert!(asked.ephemeral && asked.form.is_none(), "nobody said that yet: {}", asked.text());
});

each_scene!(whoever_is_on_discord_hears_of_it_there, async |scene| {
    let options = [("medium", json!("in-person")), ("person", json!(scene.bob.to_string()))];
    let values = [("name", "Bob Tran"), ("words", "The modem is dead")];
    let (said, _) = scene.logged(&options, &values).await;
    assert!(said.contains("Khách cũng nhận được tin xác nhận"), "{said}");
    let dm = scene.read(scene.dm(scene.bob));
    assert!(dm.contains("ghi lại khiếu nại **#1** theo lời anh/chị:\n> The modem is dead"), "{dm}");
    let own = [("medium", json!("phone")), ("person", json!(scene.lan.to_string()))];
    let (said, _) = scene.logged(&own, &[("name", "Lan"), ("words", "mạng nhà em chậm")]).await;
    assert!(said.contains("của chính bạn") || said.contains("của mình"), "{said}");
    for (at, asked) in [("9h sáng mai", "Không hiểu “9h sáng mai”"), ("hôm nào đó", "Không hiểu")]
    {
        let options = [("medium", json!("phone")), ("at", json!(at))];
        let refused = scene.command(scene.lan, scene.desk, "case log", &options).await;
        assert!(refused.text().contains(asked), "{}", refused.text());
    }
    // Two of the same words are two people, as long as nobody knows them.
    for number in ["**#2**", "**#3**"] {
        let values = [("name", "Khách gọi"), ("words", "Mất mạng")];
        let (said, _) = scene.logged(&[("medium", json!("phone"))], &values).await;
        assert!(said.contains(number), "{said}");
    }
});

each_scene!(complaints_are_found_by_number_customer_and_words_with_or_without_accents, async |scene| {
    let thread = scene.filed(scene.an, "Hóa đơn tháng mười tính hai lần 100%").await;
    scene.filed(scene.bob, "No internet since Sunday").await;
    scene.command(scene.lan, thread, "reply", &[("text", json!("Dạ em kiểm tra cước ạ."))]).await;
    for extra in 0..10 {
        let values = [("name", format!("Khách {extra}")), ("words", format!("Mạng chậm {extra}"))];
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        scene.logged(&[("medium", json!("mail"))], &values).await;
    }
    let find = async |query: &str| {
        let said = scene.command(scene.mike, scene.desk, "case find", &[("query", json!(query))]).await;
        assert!(said.ephemeral);
        said.text().to_owned()
    };
    for query in ["hoa don", "Hóa Đơn", "HOA don thang muoi", "#1", "nguyen van an", "kiem tra cuoc", "100%"]
    {
        let said = find(query).await;
        assert!(said.contains("#1 · <#") && said.contains("Hóa đơn tháng mười"), "{query}: {said}");
        assert!(!said.contains("No internet") && !said.contains("Mạng chậm"), "{query}: {said}");
    }
    let by_id = find(&format!("<@{}>", scene.bob)).await;
    assert!(by_id.contains("#2 ·") && by_id.contains("No internet"), "{by_id}");
    let many = find("mang cham").await;
    assert!(many.contains("Search “mang cham”: 10") && many.contains("#12 ·"), "{many}");
    // What is older than the search is taken in at the next start.
    let db = scene.stage.db();
    let mut tx = db.begin().await.expect("a transaction");
    tx.run("DELETE FROM complaint_text", Vec::new()).await.expect("it is emptied");
    tx.commit().await.expect("it is kept");
    assert!(find("hoa don").await.contains("No complaint holds"));
    langnghe::store::schema::bring_up_to_date(db).await.expect("it is taken in");
    assert!(find("hoa don").await.contains("Hóa đơn tháng mười"));
    for nothing in ["chuyen nha", "100_", "%", "hoa don khong co"] {
        let said = find(nothing).await;
        assert!(said.contains("No complaint holds") || nothing == "%", "{nothing}: {said}");
    }
});

each_scene!(a_spoken_yes_is_written_down_with_its_time_and_promised, async |scene| {
    let thread = scene.filed(scene.an, "Mất mạng").await;
    let two =
        [("first", "Thay dây"), ("first_when", "9h sáng mai"), ("second", "Đổi modem"), ("remark", "1")];
    scene.command_and_fill(scene.lan, thread, "case propose", &[], &two).await;
    let sent = [("text", "Em gửi anh hai cách ạ.")];
    scene.press_and_fill(scene.lan, thread, "Gửi khách chọn", &sent).await;
    let options = scene.the(scene.dm(scene.an), "Em gửi anh hai cách ạ.");
    let second = button_of(&options, "Chọn 2").expect("a button");
    scene.advance(HOUR).await;
    for (values, asked) in [
        ([("number", "ba"), ("medium", "điện thoại"), ("when", ""), ("text", "")], "“ba”"),
        ([("number", "1"), ("medium", "bồ câu"), ("when", ""), ("text", "")], "“bồ câu”"),
        ([("number", "3"), ("medium", "gặp"), ("when", ""), ("text", "")], "không có số này"),
        ([("number", "1"), ("medium", "thư"), ("when", "hôm qua 9h"), ("text", "")], "chưa gửi khách"),
        ([("number", "1"), ("medium", "thư"), ("when", "9h sáng mai"), ("text", "")], "Không hiểu"),
    ] {
        let said = scene.press_and_fill(scene.lan, thread, "Khách chọn bằng lời", &values).await;
        assert!(said.ephemeral && said.text().contains(asked), "{asked}: {}", said.text());
    }
    let values = [("number", "1"), ("medium", "dien thoai"), ("when", "9h50"), ("text", "thay dây đi em")];
    let said = scene.press_and_fill(scene.lan, thread, "Khách chọn bằng lời", &values).await;
    assert!(said.ephemeral && said.text().contains("ghim trong luồng"), "{}", said.text());
    let noted = scene.the(thread, "ghi nhận khách chọn (qua điện thoại, <t:1795402200:f>):\n> Thay dây");
    assert_eq!(noted["pinned"], true);
    let dm = scene.read(scene.dm(scene.an));
    assert!(dm.contains("điều anh/chị đã đồng ý (qua điện thoại):\n> Thay dây · chậm nhất"), "{dm}");
    let promises = scene.command(scene.lan, thread, "case promises", &[]).await;
    assert!(promises.text().contains("Thay dây"), "{}", promises.text());
    let dm = scene.dm(scene.an);
    assert!(labels(&scene.the(dm, "Em gửi anh hai cách ạ.")).is_empty(), "they have chosen");
    let late = scene.sandbox().raw_press(scene.an, dm, id(&options["id"]), &second);
    let (_, late) = scene.outcome(Ok(late)).await;
    assert!(late.text().contains("Thay dây"), "the first word counts: {}", late.text());
});
