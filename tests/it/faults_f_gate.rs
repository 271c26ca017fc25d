//! Who may give money away: whatever a person says to a customer passes one gate, in every field and under every cover.

use std::path::Path;

use langnghe::config::{Config, Env};
use langnghe::domain::complaint::Complaint;
use langnghe::domain::event::{Filed, Source};
use langnghe::domain::gate;
use langnghe::domain::playbook::Approver;
use langnghe::domain::policy::Policy;
use langnghe::domain::proposal::Remedy;
use langnghe::kernel::ids::{ComplaintId, GuildId, UserId};
use langnghe::kernel::lang::Lang;
use langnghe::kernel::people::Grade;
use langnghe::kernel::people::Person;
use langnghe::kernel::people::Rank;
use langnghe::sandbox::Answer;
use serde_json::json;

use crate::scene::{Scene, each_scene, scene, words_of};

/// An offer far beyond what any manager may give, under covers that a reader sees through.
const COVERS: [&str; 12] = [
    "Bên em sẽ hoàn cho anh 50.000.000đ",
    "> Bên em sẽ hoàn cho anh 50.000.000đ",
    "“Bên em sẽ hoàn cho anh 50.000.000đ”",
    "\"Bên em sẽ hoàn cho anh 50.000.000đ\"",
    "Bên em sẽ ho\u{200b}àn cho anh 50.000.000đ",
    "Bên em sẽ ho\u{2060}\u{fe0f}àn cho anh 5\u{200d}0.000.000đ",
    "Bên em sẽ hоàn cho anh 50.000.000đ",
    "Bên em sẽ ｈｏàｎ cho anh ５０．０００．０００đ",
    "Bên em sẽ 𝐡𝐨à𝐧 cho anh 50.000.000đ",
    "Bên em sẽ h**o**àn cho anh 50.000.000đ",
    "We will refund you 50,000,000 VND, bên em hứa anh nhé",
    "Bên em sẽ hoàn\ntiền\ncho anh 50 củ",
];

impl Scene {
    async fn tells(&self, user: u64, thread: u64, text: &str, allow: Option<&str>) -> Answer {
        let mut options = vec![("text", json!(text))];
        options.extend(allow.map(|reason| ("allow", json!(reason))));
        self.command(user, thread, "reply", &options).await
    }

    async fn puts_forward(&self, user: u64, thread: u64, values: &[(&str, &str)]) -> String {
        self.command_and_fill(user, thread, "case propose", &[], values).await.text().to_owned()
    }
}

each_scene!(faults_f4_no_cover_hides_an_offer_in_a_reply, async |scene| {
    let thread = scene.filed(scene.an, "Mạng chậm cả tuần").await;
    for text in COVERS {
        for who in [scene.lan, scene.tuan] {
            let refused = scene.tells(who, thread, text, None).await;
            assert!(refused.ephemeral && refused.text().contains("hội sở"), "{text}: {}", refused.text());
        }
        let refused = scene.tells(scene.tuan, thread, text, Some("khách quen")).await;
        assert!(refused.ephemeral && refused.text().contains("hội sở"), "{text}: {}", refused.text());
    }
    let seen = scene.seen_by(scene.an);
    assert!(!seen.contains("50.000.000") && !seen.contains("50 củ"), "{seen}");
});

each_scene!(faults_f4_what_is_kept_and_sent_has_nothing_hidden_in_it, async |scene| {
    let thread = scene.filed(scene.an, "Mạng ch\u{200b}ậm \u{202e}cả tuần").await;
    let said =
        scene.tells(scene.lan, thread, "Dạ em \u{2060}gọi la\u{fe0f}\u{323}i ạ \u{200b}👍🏽", None).await;
    assert!(!said.ephemeral, "{}", said.text());
    let read = scene.read(scene.dm(scene.an));
    assert!(read.contains("Dạ em gọi lại ạ 👍🏽"), "{read:?}");
    for place in [scene.desk, thread, scene.dm(scene.an)] {
        let read = scene.read(place);
        assert!(!read.contains(['\u{2060}', '\u{202e}', '\u{fe0f}']), "{read:?}");
    }
    assert!(words_of(&scene.the(scene.desk, "#1 ·")).contains("Mạng chậm cả tuần"));
    // Look-alikes are matched as what they look like, and sent as they were typed.
    scene.tells(scene.lan, thread, "Dạ em đo từ trạm ＡＢ１２ ạ", None).await;
    assert!(scene.read(scene.dm(scene.an)).contains("ＡＢ１２"));
});

each_scene!(faults_f4_no_field_is_a_way_around_the_gate, async |scene| {
    let thread = scene.filed(scene.an, "Cước tháng 10 tính sai").await;
    let text = "Bên em sẽ hoàn cho anh 50.000.000đ";
    let fill = async |path: &str, values: &[(&str, &str)]| {
        scene.command_and_fill(scene.tuan, thread, path, &[], values).await
    };
    let mut said = vec![
        ("summary", fill("case read", &[("summary", text), ("severity", "Nặng")]).await),
        ("refusal", fill("case refuse", &[("reason", text), ("recourse", "Gọi lại cho em")]).await),
        ("recourse", fill("case refuse", &[("reason", "Đúng gói"), ("recourse", text)]).await),
    ];
    let due = ("when", json!("2026-11-27 09:00"));
    let promise = [("what", json!("Hoàn 50 triệu")), due.clone()];
    said.push(("promise", scene.command(scene.tuan, thread, "case promise", &promise).await));
    let other = scene.filed(scene.bob, "No internet since morning").await;
    let fine = [("what", json!("Gọi lại cho khách")), due];
    assert!(!scene.command(scene.tuan, other, "case promise", &fine).await.ephemeral);
    scene.command(scene.tuan, other, "case promises", &[]).await;
    let moved = [("when", "2026-11-30 17:00"), ("text", "Đền anh 50 triệu vì trễ")];
    said.push(("move", scene.press_and_fill(scene.tuan, other, "1 · Dời hẹn", &moved).await));
    let outcome = [("outcome", json!("> Hoàn 50 triệu"))];
    said.push(("outcome", scene.command(scene.tuan, thread, "case resolve", &outcome).await));
    scene.puts_forward(scene.lan, thread, &[("first", "Thay dây"), ("remark", "chỉ một cách")]).await;
    let around = [("text", text)];
    said.push(("letter", scene.press_and_fill(scene.tuan, thread, "Gửi khách chọn", &around).await));
    let done = [("outcome", json!("Đã thay dây, mạng ổn định."))];
    scene.command(scene.tuan, thread, "case resolve", &done).await;
    let gift = [("kind", json!("voucher")), ("value", json!("50k")), ("text", json!("Kèm hoàn 50 triệu"))];
    said.push(("goodwill", scene.command(scene.tuan, thread, "case goodwill", &gift).await));
    for (field, answer) in said {
        let refused = answer.ephemeral && answer.text().contains("hội sở");
        assert!(refused, "{field}: {}", answer.text());
    }
    for customer in [scene.an, scene.bob] {
        let seen = scene.seen_by(customer);
        assert!(!seen.contains("50 triệu") && !seen.contains("50.000.000"), "{seen}");
    }
});

each_scene!(faults_f4_the_slots_and_the_news_of_an_incident_pass_the_gate, async |scene| {
    let declare = async |area: &str| {
        let options =
            [("playbook", json!("cable-cut")), ("area", json!(area)), ("next-update", json!("30m"))];
        let fill = [("since", "8:30")];
        scene.command_and_fill(scene.tuan, scene.managers, "incident declare", &options, &fill).await
    };
    for area in ["TP.HCM, hoàn 50 triệu", "TP.HCM (miễn cước 12 tháng)", "TP.HCM, h**o**àn\u{200b} tiền"]
    {
        let refused = declare(area).await;
        assert!(refused.text().contains("hội sở"), "{area}: {}", refused.text());
    }
    let fine = declare("TP.HCM").await;
    assert!(!fine.text().contains("thẩm quyền"), "{}", fine.text());
    scene.press(scene.ha, scene.managers, "Duyệt").await;
    let (options, fill) =
        ([("incident", json!("1"))], [("news", "Giảm 50% cước cả khu"), ("next_update", "30m")]);
    let path = "incident update";
    let refused = scene.command_and_fill(scene.tuan, scene.managers, path, &options, &fill).await;
    assert!(refused.text().contains("hội sở"), "{}", refused.text());
    // Head office may.
    let given = scene.command_and_fill(scene.ha, scene.managers, path, &options, &fill).await;
    assert!(!given.text().contains("thẩm quyền"), "{}", given.text());
});

each_scene!(faults_f3_in_remedies_promises_and_outcomes_the_company_is_the_giver, async |scene| {
    let thread = scene.filed(scene.an, "Mất mạng ba ngày").await;
    for (what, role) in [
        ("Miễn cước 1 tháng", "hội sở"),
        ("Bồi thường 500k", "quản lý"),
        ("Refund 500k", "quản lý"),
        ("1 tháng miễn phí", "hội sở"),
        ("> Hoàn 300.000đ", "quản lý"),
    ] {
        let said = scene.puts_forward(scene.lan, thread, &[("first", what), ("remark", "vì mất mạng")]).await;
        assert!(said.contains(&format!("Cần {role} đồng ý")), "{what}: {said}");
    }
    let promise = [("what", json!("Bồi thường 500k")), ("when", json!("2026-11-27 09:00"))];
    let refused = scene.command(scene.lan, thread, "case promise", &promise).await;
    assert!(refused.ephemeral && refused.text().contains("quản lý"), "{}", refused.text());
    for outcome in ["Hoàn 300.000đ", "Đã hoàn 300.000đ vào tài khoản", "Không thu cước tháng 12"]
    {
        let refused = scene.command(scene.lan, thread, "case resolve", &[("outcome", json!(outcome))]).await;
        assert!(refused.ephemeral && refused.text().contains("quyết việc này"), "{}", refused.text());
    }
    assert!(!scene.seen_by(scene.an).contains("300.000"), "{}", scene.seen_by(scene.an));
    let said = scene.puts_forward(scene.lan, thread, &[("first", "Thay dây"), ("second", "Đổi modem")]).await;
    assert!(said.contains("Trong thẩm quyền") && said.contains("Thay dây · 0 đ"), "{said}");
    // What a manager agreed to may be the outcome.
    let refund = [("first", "Hoàn 300.000đ"), ("remark", "mất mạng ba ngày")];
    scene.puts_forward(scene.lan, thread, &refund).await;
    scene.press(scene.tuan, thread, "Đồng ý").await;
    let outcome = [("outcome", json!("Đã hoàn 300.000đ."))];
    let resolved = scene.command(scene.lan, thread, "case resolve", &outcome).await;
    assert!(!resolved.ephemeral, "{}", resolved.text());
});

each_scene!(faults_f3_a_value_is_stated_shown_back_and_held_against_the_words, async |scene| {
    let thread = scene.filed(scene.an, "Mất mạng ba ngày").await;
    let options = [
        ("first", json!("Miễn cước 1 tháng")),
        ("value-1", json!("300k")),
        ("second", json!("Kỹ thuật viên đến thay dây")),
    ];
    let fill = [("second_when", "9h sáng mai · 0"), ("remark", "1: mất mạng ba ngày")];
    let said = scene.command_and_fill(scene.lan, thread, "case propose", &options, &fill).await.text();
    assert!(said.contains("Cần quản lý đồng ý"), "{said}");
    assert!(said.contains("**1.** Miễn cước 1 tháng · 300.000 đ"), "{said}");
    assert!(said.contains("thay dây · chậm nhất <t:") && said.contains("> · 0 đ"), "{said}");
    let ping = scene.the(scene.managers, "Có đề xuất cần đồng ý");
    let told = words_of(&ping);
    assert!(told.contains("#1 · ") && told.contains("Miễn cước 1 tháng · 300.000 đ"), "{told}");
    // Decided where it is read; the thread hears of it.
    let change = [("text", "Ghi rõ tháng nào")];
    scene.press_and_fill(scene.tuan, scene.managers, "Sửa", &change).await;
    assert!(scene.read(thread).contains("Ghi rõ tháng nào"), "{}", scene.read(thread));
    let agreed = scene.press(scene.tuan, scene.managers, "Đồng ý").await;
    assert!(agreed.text().contains("Tuấn đã đồng ý."), "{}", agreed.text());
    assert!(scene.read(thread).contains("Tuấn đã đồng ý."), "{}", scene.read(thread));
    let sent = [("text", "Dạ em gửi anh hai cách ạ.")];
    scene.press_and_fill(scene.lan, thread, "Gửi khách chọn", &sent).await;
    let letter = scene.read(scene.dm(scene.an));
    assert!(letter.contains("Miễn cước 1 tháng") && !letter.contains("300.000 đ"), "{letter}");

    let other = scene.filed(scene.bob, "My bill is wrong").await;
    for (what, when, said) in [
        ("Hoàn 500.000đ", "9h sáng mai · 100k", "500.000 đ"),
        ("Hoàn 500.000đ", "· 0", "500.000 đ"),
        ("Miễn cước 1 tháng", "0đ", "Ghi giá trị ước tính"),
        ("Hoàn 500.000đ", "9h sáng mai · vài đồng", "vài đồng"),
    ] {
        let values = [("first", what), ("first_when", when), ("remark", "x")];
        let asked = scene.puts_forward(scene.lan, other, &values).await;
        assert!(asked.contains(said) && !asked.contains("đề xuất:"), "{what} {when}: {asked}");
    }
    // The larger one counts.
    for (what, when, role) in [
        ("Hoàn 500.000đ", "9h sáng mai · 2 triệu", "Cần hội sở"),
        ("Kỹ thuật viên đến thay dây", "9h sáng mai · 200k", "Cần quản lý"),
    ] {
        let values = [("first", what), ("first_when", when), ("remark", "x")];
        let said = scene.puts_forward(scene.lan, other, &values).await;
        assert!(said.contains(role), "{what} {when}: {said}");
    }
    let wrong = [("first", json!("Hoàn")), ("value-1", json!("nhiều lắm"))];
    let refused = scene.command(scene.lan, other, "case propose", &wrong).await;
    assert!(refused.text().contains("nhiều lắm"), "{}", refused.text());
});

each_scene!(faults_f5_a_reason_goes_as_far_as_the_managers_own_row, async |scene| {
    let thread = scene.filed(scene.an, "Mất mạng ba ngày").await;
    let large = "Bên em sẽ bồi thường cho anh 500.000.000đ ạ.";
    let refused = scene.tells(scene.tuan, thread, large, Some("khách quen")).await;
    assert!(refused.ephemeral && refused.text().contains("hội sở"), "{}", refused.text());
    // The reason cannot make the words cheaper.
    let refused = scene.tells(scene.tuan, thread, large, Some("100k thôi")).await;
    assert!(refused.ephemeral, "{}", refused.text());
    let month = "Bên em xin miễn cước tháng 12 cho anh ạ.";
    assert!(scene.tells(scene.tuan, thread, month, Some("mất mạng ba ngày")).await.ephemeral);
    assert!(scene.tells(scene.tuan, thread, month, Some("3 triệu: mất mạng")).await.ephemeral);
    let said = scene.tells(scene.tuan, thread, month, Some("300k: mất mạng ba ngày")).await;
    assert!(!said.ephemeral, "{}", said.text());
    let shown = scene.command(scene.lan, thread, "case show", &[]).await;
    assert!(shown.text().contains("300k: mất mạng ba ngày"), "{}", shown.text());
    let said = scene.tells(scene.ha, thread, large, Some("đã họp")).await;
    assert!(!said.ephemeral, "{}", said.text());
    let shown = scene.command(scene.lan, thread, "case show", &[]).await;
    assert!(shown.text().contains("đã họp"), "{}", shown.text());
});

each_scene!(faults_f3_what_is_split_is_added_up, async |scene| {
    let thread = scene.filed(scene.an, "Mất mạng ba ngày").await;
    // Over two remedies.
    let two = [("first", "Hoàn 700k"), ("second", "Bồi thường 600k"), ("remark", "1")];
    let said = scene.puts_forward(scene.tuan, thread, &two).await;
    assert!(said.contains("Cần hội sở đồng ý"), "{said}");
    // Over two replies, and two languages.
    let first = "Bên em sẽ hoàn lại anh 700.000đ ạ.";
    assert!(!scene.tells(scene.tuan, thread, first, None).await.ephemeral);
    for more in ["Bên em xin tặng anh voucher 400k ạ.", "We will compensate you 400,000 VND as well."] {
        let refused = scene.tells(scene.tuan, thread, more, None).await;
        assert!(refused.ephemeral && refused.text().contains("hội sở"), "{more}: {}", refused.text());
    }
    let more = "Bên em sẽ hoàn thêm cho anh 700.000đ ạ.";
    assert!(scene.tells(scene.tuan, thread, more, None).await.ephemeral);
    // Told again it is no second one, and a little more is within the row.
    assert!(!scene.tells(scene.tuan, thread, first, None).await.ephemeral);
    assert!(!scene.tells(scene.tuan, thread, "Bên em xin tặng anh voucher 200k ạ.", None).await.ephemeral);
    let one = [("first", "Hoàn 200k"), ("remark", "thêm")];
    let said = scene.puts_forward(scene.tuan, thread, &one).await;
    assert!(said.contains("Cần hội sở đồng ý"), "{said}");
});

each_scene!(faults_f3_no_other_wording_is_a_way_around_the_gate, async |scene| {
    let thread = scene.filed(scene.an, "Mạng chậm cả tuần").await;
    for text in [
        "Bên em bao phí lắp đặt cho anh ạ",
        "Em ck lại anh 50 000 000đ nhé",
        "em bieu anh nam muoi trieu",
        "Tháng này anh khỏi đóng nhé",
        "Em đã hoàn anh 50 củ rồi nhé",
        "Em chuyển 50 triệu vào tài khoản của anh ạ",
        "We'll write off the 50 000 000 VND",
        "Your December bill will be zero",
    ] {
        let refused = scene.tells(scene.lan, thread, text, None).await;
        assert!(refused.ephemeral && refused.text().contains("quyết việc này"), "{text}: {}", refused.text());
    }
    let promise = |what: &str| [("what", json!(what)), ("when", json!("2026-11-27 09:00"))];
    for what in ["Lo phí taxi cho khách", "Không thu kỳ này", "Write off the debt"] {
        let refused = scene.command(scene.lan, thread, "case promise", &promise(what)).await;
        assert!(refused.ephemeral && refused.text().contains("quyết việc này"), "{what}: {}", refused.text());
    }
    let before = scene.seen_by(scene.an);
    for text in [
        "Anh đã thanh toán 500k chưa ạ?",
        "Phí lắp đặt anh đóng là 200.000đ theo hợp đồng ạ",
        "Em theo dõi thêm 2 ngày cho anh nhé",
        "Em hiểu anh muốn được hoàn tiền, tiếc là bên em không hoàn được ạ",
        "I have cancelled the old appointment",
    ] {
        let said = scene.tells(scene.lan, thread, text, None).await;
        assert!(!said.ephemeral, "{text}: {}", said.text());
    }
    let said = scene.command(scene.lan, thread, "case promise", &promise("Theo dõi thêm 2 tuần")).await;
    assert!(!said.ephemeral, "{}", said.text());
    assert!(!before.contains("50 000 000") && !before.contains("taxi"), "{before}");
});

each_scene!(faults_f3_a_gift_costs_what_its_words_say, async |scene| {
    let thread = scene.filed(scene.an, "Mất mạng ba ngày").await;
    let done = [("outcome", json!("Đã thay dây, mạng ổn định."))];
    scene.command(scene.lan, thread, "case resolve", &done).await;
    let give = async |value: &str, text: &str| {
        let gift = [("kind", json!("voucher")), ("value", json!(value)), ("text", json!(text))];
        scene.command(scene.tuan, thread, "case goodwill", &gift).await
    };
    for text in ["Tặng anh voucher 500 000đ", "Tặng anh voucher năm trăm nghìn", "Biếu anh thẻ 5 lít"]
    {
        let refused = give("50k", text).await;
        assert!(refused.ephemeral && refused.text().contains("500.000"), "{text}: {}", refused.text());
    }
    assert!(!scene.seen_by(scene.an).contains("voucher"), "{}", scene.seen_by(scene.an));
    let given = give("500k", "Tặng anh voucher năm trăm nghìn").await;
    assert!(!given.ephemeral, "{}", given.text());
});

#[tokio::test]
async fn faults_f4_an_answer_to_a_data_request_passes_the_gate() {
    scene(async |scene| {
        scene.filed(scene.an, "Mạng chậm").await;
        scene.asked(scene.an, "my-data", "Yêu cầu khác", "Xoá số điện thoại của tôi").await;
        for text in ["Bên em sẽ hoàn cho anh 50 triệu ạ", "> Bên em sẽ ho\u{200b}àn cho anh 50 triệu ạ"]
        {
            let refused =
                scene.press_and_fill(scene.tuan, scene.managers, "Trả lời", &[("text", text)]).await;
            assert!(refused.text().contains("hội sở"), "{}", refused.text());
        }
        assert!(!scene.seen_by(scene.an).contains("50 triệu"));
    })
    .await;
}

#[test]
fn faults_f6_what_a_playbook_lists_needs_its_approver_and_nobody_else() {
    let config =
        Config::load(Path::new("no-such-folder"), &Env::default()).expect("what is built in is right");
    let policy: &Policy = config.policy();
    let person = |id: u64| Person { id: UserId(id), name: "An".to_owned() };
    let filed = Filed {
        guild: GuildId(1),
        number: 1,
        customer: person(1),
        lang: Lang::Vi,
        source: Source::Form,
        words: "Mất mạng".to_owned(),
        wish: String::new(),
        contact: String::new(),
        files: Vec::new(),
        extras: Vec::new(),
        medium: None,
        logged_by: None,
        since: 0,
        direct: None,
        suggested: None,
        earlier: None,
    };
    let complaint = Complaint::new(ComplaintId(1), filed, 0);
    let staff = Rank { staff: true, ..Rank::default() };
    let manager = Rank { manager: true, ..staff };
    let head_office = Rank { head_office: true, ..manager };
    let mut count = 0;
    for (name, playbook) in &config.playbooks {
        let options = Lang::ALL.into_iter().flat_map(|lang| &playbook.points(lang).options);
        for option in options {
            count += 1;
            let needs = |rank: Rank| {
                let mut remedies = [Remedy { what: option.text.clone(), due: None, value: None }];
                gate::weigh(&mut remedies, "", &complaint, policy, rank).expect("no value is stated")
            };
            let expected = match option.approver {
                Approver::Staff => [None, None, None],
                Approver::Manager => [Some(Grade::Manager), None, None],
                Approver::HeadOffice => [Some(Grade::HeadOffice), Some(Grade::HeadOffice), None],
            };
            assert_eq!([staff, manager, head_office].map(needs), expected, "{name}: {}", option.text);
            // With something behind it, that counts, too.
            let mut more =
                [Remedy { what: format!("{} Hoàn 50 triệu.", option.text), due: None, value: None }];
            let needed = gate::weigh(&mut more, "", &complaint, policy, manager).expect("no value is stated");
            assert_eq!(needed, Some(Grade::HeadOffice), "{name}: {}", option.text);
        }
    }
    assert!(count >= 30, "{count}");
}
