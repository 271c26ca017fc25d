//! The procedure in the thread: read and summed up, promised, moved and kept, as people see it.

use chrono::Datelike;
use langnghe::sandbox::Place;
use langnghe::sla::calendar::wall;
use serde_json::json;

use crate::scene::{HOUR, MINUTE, Scene, each_scene};

/// Friday 27 November 2026, 09:00 in Hà Nội, as it comes back from the suggestions.
const TOMORROW: &str = "2026-11-27 09:00";

impl Scene {
    /// Lan reads the complaint of a thread, with what the form holds from the start but for the summary.
    async fn lan_reads(&self, thread: u64, summary: &str) -> String {
        let values = [("summary", summary), ("category", ""), ("severity", "Nặng"), ("vulnerable", "có")];
        self.command_and_fill(self.lan, thread, "case read", &[], &values).await.text().to_owned()
    }

    /// What the button of an instant says.
    fn label_of(&self, due: i64) -> String {
        let wall = wall(chrono_tz::Asia::Ho_Chi_Minh, due);
        let weekday = match wall.weekday().number_from_monday() {
            7 => "CN".to_owned(),
            day => format!("T{}", day + 1),
        };
        format!("{weekday} {}", wall.format("%d/%m/%Y %H:%M"))
    }

    async fn promise(&self, user: u64, thread: u64, what: &str, when: &str) -> String {
        let options = [("what", json!(what)), ("when", json!(when))];
        self.command(user, thread, "case promise", &options).await.text().to_owned()
    }
}

each_scene!(reading_records_and_claiming_does_not, async |scene| {
    let thread = scene.filed(scene.an, "Mạng nhà em rớt liên tục từ tối qua, nhà có mẹ già bệnh").await;
    scene.press(scene.lan, scene.desk, "Nhận").await;
    let card = scene.bar(thread);
    assert!(card.contains("bấm “Tôi đã đọc”") && card.contains("Ghi nhận: <t:"), "{card}");

    let (_, form) = scene.outcome(scene.sandbox().press_label(scene.lan, scene.desk, "Tôi đã đọc")).await;
    let held = form.form.expect("a form").to_string();
    assert!(held.contains("Mạng nhà em rớt liên tục từ tối qua"), "prefilled: {held}");
    // Somebody old and ill is there, by the customer's words: suggested, and for a person to decide.
    assert!(held.contains("Nặng") && held.contains("\"Có\""), "{held}");

    let said = scene.lan_reads(thread, "Mạng rớt liên tục từ tối 22/11").await;
    assert!(said.contains("Lan đã đọc và ghi nhận #1:\n> Mạng rớt liên tục từ tối 22/11"), "{said}");
    assert!(said.contains("Nặng · Khách cần ưu tiên"), "{said}");
    let card = scene.bar(thread);
    assert!(card.contains("Ghi nhận: đã xong") && card.contains("Khách chưa xác nhận"), "{card}");

    let dm = scene.dm(scene.an);
    assert!(
        scene.read(dm).contains("em đã đọc, và em hiểu như sau:\n> Mạng rớt liên tục"),
        "{}",
        scene.read(dm)
    );
    scene.press(scene.an, dm, "Đúng rồi").await;
    assert!(scene.read(dm).contains("Cảm ơn anh/chị đã xác nhận."), "{}", scene.read(dm));
    let card = scene.bar(thread);
    assert!(card.contains("Khách xác nhận: đúng rồi"), "{card}");
    // Read again in the same words: nobody is asked twice.
    let before = scene.sandbox().messages(dm).len();
    let again = scene.lan_reads(thread, "Mạng rớt liên tục từ tối 22/11").await;
    assert!(!again.contains("Đã hỏi khách"), "{again}");
    assert_eq!(scene.sandbox().messages(dm).len(), before);
});

each_scene!(what_a_summary_gets_wrong_waits_for_an_answer, async |scene| {
    let thread = scene.filed(scene.bob, "Your bill of October is wrong").await;
    scene.lan_reads(thread, "The bill of October is too high").await;
    scene.command(scene.lan, thread, "reply", &[("text", json!("I am looking at it."))]).await;
    let dm = scene.dm(scene.bob);
    assert!(scene.read(dm).contains("This is how I understand it"), "{}", scene.read(dm));
    let answer = scene.press_and_fill(scene.bob, dm, "Not quite", &[("text", "It is September too")]).await;
    assert!(answer.text().contains("has your correction"), "{}", answer.text());
    let told = scene.read(thread);
    assert!(told.contains("nói tóm tắt chưa đúng") && told.contains("It is September too"), "{told}");
    let card = scene.bar(thread);
    assert!(card.contains("Khách nói: chưa đúng") && card.contains("Trả lời khách"), "{card}");
});

each_scene!(a_form_that_is_not_understood_says_what_would_be, async |scene| {
    let thread = scene.filed(scene.an, "Mạng chậm").await;
    let fill = async |values: &[(&str, &str)]| {
        scene.command_and_fill(scene.lan, thread, "case read", &[], values).await.text().to_owned()
    };
    let said = fill(&[("summary", "Mạng chậm"), ("severity", "tệ")]).await;
    assert!(said.contains("“tệ”") && said.contains("Nhẹ, Thường, Nặng, Khẩn"), "{said}");
    let said = fill(&[("summary", "Mạng chậm"), ("severity", "nang"), ("vulnerable", "hơi")]).await;
    assert!(said.contains("“hơi”") && said.contains("Có, Không"), "{said}");
    let said = fill(&[("summary", "Mạng chậm"), ("severity", "high"), ("category", "xe máy")]).await;
    assert!(said.contains("Không có phân loại “xe máy”"), "{said}");
    assert!(!scene.seen_by(scene.an).contains("em hiểu như sau"));
});

each_scene!(a_promise_is_shown_back_told_kept_and_nothing_is_resolved_over_it, async |scene| {
    let thread = scene.filed(scene.an, "Mất mạng cả ngày").await;
    let shown = scene.promise(scene.lan, thread, "Kỹ thuật viên đến thay dây", "9h sáng mai").await;
    assert!(shown.starts_with("Tôi hiểu là <t:"), "{shown}");
    assert!(!scene.seen_by(scene.an).contains("em hẹn"), "nothing is filed before it is agreed to");
    let filed = scene.press(scene.lan, thread, "T3 24/11/2026 09:00").await;
    // The times to choose from turn into what was chosen, and the thread has its record.
    assert!(filed.text().starts_with("🕘 Lan hẹn khách chậm nhất") && filed.ephemeral, "{}", filed.text());
    let recorded = scene.those(thread, "Lan hẹn khách chậm nhất");
    assert_eq!(recorded.iter().filter(|held| held["ephemeral"] == false).count(), 1, "{recorded:#?}");
    let told = scene.seen_by(scene.an);
    assert_eq!(told.matches("em hẹn anh/chị chậm nhất").count(), 1, "{told}");
    assert!(told.contains("> Kỹ thuật viên đến thay dây"), "{told}");

    let outcome = [("outcome", json!("Đã thay dây."))];
    let refused = scene.command(scene.lan, thread, "case resolve", &outcome).await;
    assert!(
        refused.ephemeral && refused.text().contains("Còn lời hứa chưa xong: “Kỹ thuật viên"),
        "{}",
        refused.text()
    );

    let list = scene.command(scene.lan, thread, "case promises", &[]).await;
    assert!(
        list.ephemeral && list.text().contains("**1.** Kỹ thuật viên đến thay dây · Lan · chậm nhất"),
        "{}",
        list.text()
    );
    let kept = scene.keeps(scene.lan, thread, "1").await;
    assert!(kept.text().contains("Lan đã giữ lời hứa"), "{}", kept.text());
    let resolved = scene.command(scene.lan, thread, "case resolve", &outcome).await;
    assert!(resolved.text().contains("Đã giải quyết #1"), "{}", resolved.text());
    // Kept in time: its clock says so, and nobody was reminded of anything.
    scene.advance(48 * HOUR).await;
    assert!(!scene.read(scene.managers).contains("Lời hứa"), "{}", scene.read(scene.managers));
});

each_scene!(a_promise_that_comes_near_is_nudged_and_one_that_is_broken_reaches_managers, async |scene| {
    let thread = scene.filed(scene.an, "Mất mạng cả ngày").await;
    scene.press(scene.lan, scene.desk, "Nhận").await;
    scene.command(scene.lan, thread, "reply", &[("text", json!("Dạ em xem ạ."))]).await;
    let due = scene.stage.clock.now() + 4 * HOUR;
    scene.promise(scene.lan, thread, "Gọi lại cho khách", "4 tiếng nữa").await;
    let label = scene.label_of(due);
    scene.press(scene.lan, thread, &label).await;
    scene.advance(2 * HOUR + MINUTE).await;
    let told = scene.read(thread);
    assert!(told.contains("Lời hứa"), "half the time is over: {told}");
    scene.advance(2 * HOUR).await;
    let managers = scene.read(scene.managers);
    assert!(managers.contains("Lời hứa"), "it is broken: {managers}");
    // Over: it can be done late, not moved.
    let list = scene.command(scene.lan, thread, "case promises", &[]).await;
    assert!(list.text().contains("**trễ hẹn**"), "{}", list.text());
    let late = scene.keeps(scene.lan, thread, "1").await;
    assert!(late.text().contains("nhưng trễ"), "{}", late.text());
});

each_scene!(a_promise_is_moved_before_it_is_due_and_the_customer_is_told_why, async |scene| {
    let thread = scene.filed(scene.bob, "No Internet since Monday").await;
    scene.promise(scene.lan, thread, "A technician comes", TOMORROW).await;
    scene.promise(scene.lan, thread, "We call you", "2026-11-30 17:00").await;
    scene.command(scene.lan, thread, "case promises", &[]).await;
    let values = [("when", "trước 17h chiều mai"), ("text", "The road is flooded")];
    let moved = scene.press_and_fill(scene.lan, thread, "1 · Dời hẹn", &values).await;
    assert!(
        moved.text().contains("Lan dời hẹn") && moved.text().contains("The road is flooded"),
        "{}",
        moved.text()
    );
    let told = scene.seen_by(scene.bob);
    assert!(
        told.contains("I have to move what I promised for") && told.contains("Reason: The road is flooded"),
        "{told}"
    );
    // Managers see those of all cases, and others only their own.
    let all = scene.command(scene.tuan, scene.managers, "case promises", &[]).await;
    assert!(
        all.text().contains("Lời hứa còn phải giữ: 2") && all.text().contains("dời 1 lần"),
        "{}",
        all.text()
    );
    let none = scene.command(scene.mike, scene.desk, "case promises", &[]).await;
    assert!(
        none.text().contains("Không còn lời hứa") || none.text().contains("No promise is left"),
        "{}",
        none.text()
    );
    for (when, said) in [
        ("hôm qua", "đã qua rồi"),
        ("khi nào rảnh", "Không hiểu “khi nào rảnh”"),
        ("sáng mai", "lúc mấy giờ?"),
        ("thứ Ba 3h", "có thể là"),
        ("9h ngày 24/11/2028", "xa quá một năm"),
    ] {
        scene.command(scene.lan, thread, "case promises", &[]).await;
        let values = [("when", when), ("text", "đổi")];
        let refused = scene.press_and_fill(scene.lan, thread, "2 · Dời hẹn", &values).await;
        assert!(refused.ephemeral && refused.text().contains(said), "{when}: {}", refused.text());
    }
    // Their time is over; the scene leaves nothing unsettled behind.
    for number in ["1", "2"] {
        scene.command(scene.lan, thread, "case promises", &[]).await;
        scene.keeps(scene.lan, thread, number).await;
    }
});

each_scene!(what_is_typed_is_suggested_as_a_time_spelled_out, async |scene| {
    let thread = scene.filed(scene.an, "Mất mạng").await;
    for (typed, expected) in [
        ("9h sáng mai", vec!["T3 24/11/2026 09:00"]),
        (
            "sáng mai",
            vec!["T3 24/11/2026 08:00", "T3 24/11/2026 09:00", "T3 24/11/2026 10:00", "T3 24/11/2026 11:00"],
        ),
        ("khi nào rảnh", vec![]),
    ] {
        let place = Place::Channel(thread);
        let options = [("what", json!("gọi lại")), ("when", json!(typed))];
        let made = scene.sandbox().autocomplete(scene.lan, place, "case promise", &options, "when");
        let choices = scene.outcome(made).await.1.choices;
        let names: Vec<&str> = choices.iter().filter_map(|choice| choice["name"].as_str()).collect();
        assert_eq!(names, expected, "{typed}");
    }
});

each_scene!(nothing_is_offered_that_its_writer_may_not_give, async |scene| {
    let thread = scene.filed(scene.an, "Cước tháng 10 tính sai").await;
    let reply = async |by: u64, text: &str, allow: Option<&str>| {
        let mut options = vec![("text", json!(text))];
        options.extend(allow.map(|reason| ("allow", json!(reason))));
        scene.command(by, thread, "reply", &options).await
    };
    let offer = "Dạ em xin hoàn lại anh 300.000đ cước tháng 10 ạ.";
    let refused = reply(scene.lan, offer, None).await;
    assert!(refused.ephemeral, "{}", refused.text());
    assert!(refused.text().contains("300.000đ") && refused.text().contains("quản lý"), "{}", refused.text());
    assert!(!scene.seen_by(scene.an).contains("300.000đ"));
    // Nobody lets their own words pass.
    let refused = reply(scene.lan, offer, Some("khách quen")).await;
    assert!(refused.ephemeral && refused.text().contains("Chỉ quản lý"), "{}", refused.text());
    // Charges, contracts and sorrow are spoken of freely.
    let free = "Dạ em xin lỗi anh vì hoá đơn 300.000đ tính sai, em đang kiểm tra hợp đồng ạ.";
    assert!(!reply(scene.lan, free, None).await.ephemeral);
    // A manager may give so much by themselves.
    assert!(!reply(scene.tuan, offer, None).await.ephemeral);
    let large = "Bên em sẽ bồi thường cho anh 5.000.000đ ạ.";
    let refused = reply(scene.tuan, large, None).await;
    assert!(refused.ephemeral && refused.text().contains("hội sở"), "{}", refused.text());
    // A reason raises nobody's row; whoever has it may say so.
    let refused = reply(scene.tuan, large, Some("đã xin ý kiến chị Hà")).await;
    assert!(refused.ephemeral && refused.text().contains("hội sở"), "{}", refused.text());
    assert!(!scene.seen_by(scene.an).contains("5.000.000đ"));
    assert!(!reply(scene.ha, large, Some("đã xin ý kiến chị Hà")).await.ephemeral);
    assert!(scene.seen_by(scene.an).contains("5.000.000đ"));
    let shown = scene.command(scene.lan, thread, "case show", &[]).await;
    assert!(shown.text().contains("đã xin ý kiến chị Hà"), "kept in the case file: {}", shown.text());
    let outcome = [("outcome", json!("Bên em sẽ giảm 50% cước cho anh."))];
    let refused = scene.command(scene.lan, thread, "case resolve", &outcome).await;
    assert!(refused.ephemeral && refused.text().contains("hội sở"), "{}", refused.text());
});

each_scene!(all_cases_of_a_shift_are_handed_over_and_those_of_others_by_managers_alone, async |scene| {
    let mut threads = Vec::new();
    for words in ["Mất mạng", "Mạng chậm", "Cước sai"] {
        let thread = scene.filed(scene.an, words).await;
        scene.command(scene.lan, thread, "case claim", &[]).await;
        threads.push(thread);
    }
    scene.filed(scene.bob, "My line is dead").await;
    let person = |id: u64| json!(id.to_string());
    let said =
        scene.command(scene.lan, scene.desk, "case hand-over", &[("person", person(scene.mike))]).await;
    assert!(said.ephemeral && said.text().contains("Lan bàn giao cho <@"), "{}", said.text());
    assert!(said.text().contains("3 hồ sơ:") && said.text().contains("Trả lời khách <t:"), "{}", said.text());
    let mine = scene.command(scene.mike, scene.desk, "case list", &[("filter", json!("mine"))]).await;
    for thread in &threads {
        assert!(mine.text().contains(&format!("<#{thread}>")), "{}", mine.text());
    }
    // The one that nobody has stays nobody's.
    let open = scene.command(scene.tuan, scene.desk, "case list", &[("filter", json!("unowned"))]).await;
    assert!(open.text().contains("Bob"), "{}", open.text());
    let from = [("person", person(scene.lan)), ("from", person(scene.mike))];
    let refused = scene.command(scene.lan, scene.desk, "case hand-over", &from).await;
    assert!(refused.ephemeral && refused.text().contains("Chỉ quản lý"), "{}", refused.text());
    let said = scene.command(scene.tuan, scene.desk, "case hand-over", &from).await;
    assert!(said.text().contains("Mike bàn giao cho") && said.text().contains("3 hồ sơ"), "{}", said.text());
    let none =
        scene.command(scene.mike, scene.desk, "case hand-over", &[("person", person(scene.lan))]).await;
    assert!(none.ephemeral, "{}", none.text());
    let stranger =
        scene.command(scene.lan, scene.desk, "case hand-over", &[("person", person(scene.an))]).await;
    assert!(stranger.ephemeral, "{}", stranger.text());
});

each_scene!(each_promise_of_the_day_stands_in_the_morning_digest, async |scene| {
    let thread = scene.filed(scene.an, "Mất mạng cả ngày").await;
    scene.promise(scene.lan, thread, "Gọi lại cho khách", "2026-11-24 10:00").await;
    scene.promise(scene.lan, thread, "Kỹ thuật viên đến", "2026-11-24 15:00").await;
    scene.advance(23 * HOUR + 16 * MINUTE).await;
    let digest = scene.read(scene.managers);
    for due in [1_795_489_200, 1_795_507_200] {
        assert!(digest.contains(&format!("<t:{due}")), "{due} in {digest}");
    }
    for number in ["1", "2"] {
        scene.command(scene.lan, thread, "case promises", &[]).await;
        scene.keeps(scene.lan, thread, number).await;
    }
});
