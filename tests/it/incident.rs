//! Incidents from the declaration to the end, through the real wire: forms, approval, talking points, versions that void.

use serde_json::{Value, json};

use langnghe::domain::incident::fact::{Entry, Fact};
use langnghe::domain::settings::Setup;
use langnghe::kernel::ids::{ChannelId, GuildId, IncidentId, RoleId, Stream};
use langnghe::sandbox::{AnswerKind, Place};
use langnghe::store;

use crate::scene::{HOUR, MINUTE, Scene, each_scene, scene, words_of};

const SLOW: &str = "Vào Facebook với YouTube chậm kinh khủng, trang trong nước thì bình thường";
const CABLE: &str = "cable-cut";

/// Declares the cable cut: the form asks for what the options left open.
pub async fn declared(scene: &Scene) -> String {
    let options = [("playbook", json!(CABLE)), ("area", json!("TP.HCM")), ("next-update", json!("30m"))];
    let answer = scene
        .command_and_fill(scene.tuan, scene.managers, "incident declare", &options, &[("since", "8:30")])
        .await;
    assert!(answer.ephemeral, "{}", answer.text());
    answer.text()
}

pub async fn approved(scene: &Scene) {
    let answer = scene.press(scene.ha, scene.managers, "Duyệt").await;
    assert!(answer.text().contains("ĐÃ DUYỆT"), "{}", answer.text());
}

/// The messages of a channel that hold talking points.
fn cards(scene: &Scene, channel: u64) -> Vec<String> {
    let held = scene.sandbox().messages(channel);
    held.iter().map(words_of).filter(|words| words.contains("Sự cố #1 · Sự cố cáp quang biển")).collect()
}

async fn opened(scene: &Scene, user: u64, path: &str, options: &[(&str, Value)]) -> (u64, Vec<Value>) {
    let made = scene.sandbox().command(user, Place::Channel(scene.managers), path, options);
    let (id, answer) = scene.outcome(made).await;
    assert_eq!(answer.kind, AnswerKind::Form, "{}", answer.text());
    let form = answer.form.expect("a form");
    let rows = form["components"].as_array().cloned().unwrap_or_default();
    (id, rows.iter().map(|row| row["components"][0].clone()).collect())
}

each_scene!(a_cable_cut_is_declared_approved_told_updated_and_ended, async |scene| {
    let before = scene.filed(scene.an, SLOW).await;
    let unrelated = scene.filed(scene.bob, "The technician did not come, nobody came all day").await;

    let told = declared(scene).await;
    assert!(told.contains("sự cố #1") && told.contains("09:30 23/11"), "{told}");
    let request = words_of(&scene.last(scene.managers));
    for part in ["CHỜ DUYỆT", "TP.HCM", "từ 08:30 23/11", "Đừng nói", "Lời đồng cảm", "hội sở duyệt"]
    {
        assert!(request.contains(part), "{part}: {request}");
    }
    assert!(request.contains(&format!("<@&{}>", scene.head_office_role)), "{request}");
    assert!(cards(scene, scene.desk).is_empty(), "nothing is used before it is approved");

    // A manager cannot approve it; head office can, once.
    let refused = scene.press(scene.tuan, scene.managers, "Duyệt").await;
    assert!(refused.ephemeral && refused.text().contains("Chỉ hội sở"), "{}", refused.text());
    assert!(cards(scene, before).is_empty());
    approved(scene).await;
    assert!(scene.sandbox().press_label(scene.ha, scene.managers, "Duyệt").is_err(), "the button is gone");
    assert_eq!(cards(scene, scene.desk).len(), 1);
    assert!(cards(scene, scene.desk)[0].contains("ĐÃ DUYỆT**: Hà"), "{}", scene.read(scene.desk));
    assert_eq!(cards(scene, before).len(), 1, "{}", scene.read(before));
    assert!(cards(scene, unrelated).is_empty(), "{}", scene.read(unrelated));
    // Who had filed before is not written to by a machine.
    assert!(!scene.read(scene.dm(scene.an)).contains("Cáp quang biển"));

    // Who files now is told the approved line at once, in their language.
    let receipt = scene.file(scene.bob, "Facebook and YouTube are slow, international sites crawl").await;
    let line = "A submarine cable has been damaged since 08:30 on 23 Nov, affecting TP.HCM";
    assert!(receipt.text().contains(line), "{}", receipt.text());
    let threads = scene.sandbox().threads(scene.desk);
    let after = crate::scene::id(&threads[2]["id"]);
    assert_eq!(cards(scene, after).len(), 1, "{}", scene.read(after));

    // The next version: prefilled, with what is new; the older one is void everywhere.
    scene.advance(5 * MINUTE).await;
    let (form, inputs) = opened(scene, scene.tuan, "incident update", &[("incident", json!("1"))]).await;
    let held: Vec<(&str, &str)> = inputs
        .iter()
        .map(|input| {
            let text = |key: &str| input[key].as_str().unwrap_or_default();
            (text("custom_id"), text("value"))
        })
        .collect();
    let expected = [
        ("area", "TP.HCM"),
        ("since", "08:30 23/11/2026"),
        ("next_update", "09:30 23/11/2026"),
        ("news", ""),
    ];
    assert_eq!(held, expected);
    let filled = [("next_update", "11:00"), ("news", "Đã chuyển bớt lưu lượng sang tuyến khác.")];
    let (_, updated) = scene.outcome(scene.sandbox().submit(scene.tuan, form, &filled)).await;
    assert!(updated.text().contains("bản 2"), "{}", updated.text());
    assert!(cards(scene, scene.desk)[0].contains("ĐÃ DUYỆT"), "the first one holds until then");
    approved(scene).await;
    let on_desk = cards(scene, scene.desk);
    assert_eq!(on_desk.len(), 2);
    assert!(on_desk[0].contains("BẢN CŨ, ĐỪNG DÙNG**: đã thay bằng bản 2"), "{}", on_desk[0]);
    assert!(on_desk[0].starts_with("~~"), "{}", on_desk[0]);
    assert!(!on_desk[0].contains("Đừng nói"), "{}", on_desk[0]);
    assert!(on_desk[1].contains("Đã chuyển bớt lưu lượng") && on_desk[1].contains("11:00 23/11"));
    for thread in [before, after] {
        assert_eq!(cards(scene, thread).len(), 2, "{}", scene.read(thread));
    }
    assert!(cards(scene, scene.managers)[0].contains("BẢN CŨ"), "{}", scene.read(scene.managers));

    // Staff see it in their own language; a manager ends it.
    let show = scene.command(scene.mike, scene.desk, "incident show", &[("incident", json!("#1"))]).await;
    assert!(show.ephemeral && show.text().contains("APPROVED** by Hà"), "{}", show.text());
    let only = scene.command(scene.lan, scene.desk, "incident resolve", &[("incident", json!("1"))]).await;
    assert!(only.text().contains("Chỉ quản lý"), "{}", only.text());
    let ended = scene.command(scene.tuan, scene.desk, "incident resolve", &[("incident", json!("1"))]).await;
    assert!(ended.ephemeral && ended.text().contains("#1 đã kết thúc"), "{}", ended.text());
    assert!(cards(scene, scene.desk)[1].contains("ĐÃ KẾT THÚC"), "{}", scene.read(scene.desk));
    let again = scene.command(scene.tuan, scene.desk, "incident resolve", &[("incident", json!("1"))]).await;
    assert!(again.text().contains("đã kết thúc rồi"), "{}", again.text());
    let late = scene.command(scene.tuan, scene.desk, "incident update", &[("incident", json!("1"))]).await;
    assert!(late.text().contains("đã kết thúc rồi"), "{}", late.text());
    let receipt = scene.file(scene.an, "Lại chậm khi vào Google, quốc tế chậm").await;
    assert!(!receipt.text().contains("Cáp quang biển"), "{}", receipt.text());

    // What happened to it stands in its journal, by whom and once: which version was in use when, too.
    let stream = Stream::Incident(IncidentId(1));
    let journal: Vec<Entry> = store::journal::read(scene.stage.db(), stream).await.expect("it reads");
    let journal: Vec<(u64, Fact)> = journal.into_iter().map(|entry| (entry.by.id.0, entry.event)).collect();
    let expected = [
        (scene.tuan, Fact::Declared { playbook: CABLE.to_owned() }),
        (scene.ha, Fact::Approved { version: 1 }),
        (scene.tuan, Fact::Revised { version: 2 }),
        (scene.ha, Fact::Approved { version: 2 }),
        (scene.tuan, Fact::Resolved),
    ];
    assert_eq!(journal, expected);
    // One that was declared before there were journals gets the same from its state.
    let db = scene.stage.db();
    let held: Vec<Entry> = store::journal::read(db, stream).await.expect("it reads");
    let mut tx = db.begin().await.expect("a transaction");
    tx.run("DELETE FROM journal WHERE kind = 'incident'", vec![]).await.expect("it goes");
    tx.commit().await.expect("a commit");
    for _ in 0..2 {
        store::schema::bring_up_to_date(db).await.expect("it is brought up to date");
        let taken_in: Vec<Entry> = store::journal::read(db, stream).await.expect("it reads");
        assert_eq!(taken_in, held);
    }
});

each_scene!(nothing_is_lost_or_said_twice_across_restarts, async |scene| {
    let mut threads = Vec::new();
    for street in 1..=6 {
        threads.push(scene.filed(scene.an, &format!("{SLOW}, nhà số {street}")).await);
    }
    // Between the command and its form.
    let options = [("playbook", json!(CABLE)), ("area", json!("Hà Nội")), ("next-update", json!("10:00"))];
    let (form, inputs) = opened(scene, scene.tuan, "incident declare", &options).await;
    assert_eq!(inputs.len(), 1, "only since when is open: {inputs:?}");
    scene.crash_and_restart().await;
    let filled = [("since", "hôm qua 23:10")];
    let (_, told) = scene.outcome(scene.sandbox().submit(scene.tuan, form, &filled)).await;
    assert!(told.text().contains("10:00 23/11"), "{}", told.text());
    let request = words_of(&scene.last(scene.managers));
    assert!(request.contains("Hà Nội") && request.contains("23:10 22/11"), "{request}");

    // Between the request and the press; and while the talking points are on their way.
    scene.crash_and_restart().await;
    let made = scene.sandbox().press_label(scene.ha, scene.managers, "Duyệt").expect("the button stands");
    scene.sandbox().answer(made).await;
    scene.crash_and_restart().await;
    scene.settle().await;
    assert_eq!(cards(scene, scene.desk).len(), 1, "{}", scene.read(scene.desk));
    for thread in threads {
        assert_eq!(cards(scene, thread).len(), 1, "{}", scene.read(thread));
    }
});

#[tokio::test]
async fn a_classified_complaint_is_told_and_shown_once() {
    scene(async |scene| {
        declared(scene).await;
        approved(scene).await;
        let thread = scene.filed(scene.an, "Em cần gặp người phụ trách").await;
        assert!(cards(scene, thread).is_empty());
        for category in ["international-slow", "other", "international-slow"] {
            scene.command(scene.lan, thread, "case classify", &[("category", json!(category))]).await;
        }
        assert_eq!(cards(scene, thread).len(), 1, "{}", scene.read(thread));
        let dm = scene.read(scene.dm(scene.an));
        assert_eq!(
            dm.matches("Cáp quang biển gặp sự cố từ 08:30 23/11, ảnh hưởng TP.HCM").count(),
            1,
            "{dm}"
        );
    })
    .await;
}

#[tokio::test]
async fn without_head_office_the_managers_own_word_approves() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = format!("sqlite:{}", folder.path().join("desk.db").display());
    let mut scene = Scene::before(&url).await;
    scene.start_bot().await;
    let setup = Setup {
        desk_channel: Some(ChannelId(scene.desk)),
        intake_channel: Some(ChannelId(scene.intake)),
        manager_channel: Some(ChannelId(scene.managers)),
        staff_role: Some(RoleId(scene.staff_role)),
        manager_role: Some(RoleId(scene.manager_role)),
        ..Setup::default()
    };
    let desk = scene.stage.bot().expect("the bot runs").desk().clone();
    desk.setups().set_up(GuildId(scene.guild), &setup).await.expect("the set-up is stored");
    scene.command(scene.tuan, scene.desk, "desk panel", &[]).await;
    let thread = scene.filed(scene.an, SLOW).await;
    let told = declared(&scene).await;
    assert!(told.contains("đang được đăng"), "{told}");
    assert!(cards(&scene, scene.desk)[0].contains("ĐÃ DUYỆT**: Tuấn"), "{}", scene.read(scene.desk));
    assert_eq!(cards(&scene, thread).len(), 1);
    assert!(cards(&scene, scene.managers).is_empty(), "nobody is asked");
    scene.finish().await;
}

#[tokio::test]
async fn what_is_wrong_is_said_with_the_slot_and_what_would_be_right() {
    scene(async |scene| {
        let scene: &Scene = scene;
        let declare = async |options: Vec<(&str, Value)>| {
            scene.command(scene.tuan, scene.managers, "incident declare", &options).await.text()
        };
        let said = declare(vec![("playbook", json!("shark"))]).await;
        assert!(said.contains("Không có kịch bản “shark”"), "{said}");
        let said = declare(vec![("playbook", json!(CABLE)), ("next-update", json!("sớm"))]).await;
        assert!(
            said.contains("Tin tiếp theo") && said.contains("“sớm”") && said.contains("30 phút"),
            "{said}"
        );
        let said = declare(vec![("playbook", json!(CABLE)), ("next-update", json!("8:00"))]).await;
        assert!(said.contains("mai 8:00") && said.contains("09:00 23/11"), "{said}");
        let said = declare(vec![("playbook", json!(CABLE)), ("area", json!("ệ".repeat(200)))]).await;
        assert!(said.contains("Khu vực") && said.contains("280"), "{said}");

        // The form gives back what was written, to copy.
        let fields = [("area", "Quận 7 @everyone"), ("since", "9:30"), ("next_update", "10:00")];
        let options = [("playbook", json!("Sự cố cáp quang biển"))];
        let path = "incident declare";
        let wrong = scene.command_and_fill(scene.tuan, scene.managers, path, &options, &fields).await;
        let said = wrong.text();
        assert!(said.contains("“9:30” còn ở phía trước") && said.contains("Quận 7 @everyone"), "{said}");
        assert!(wrong.ephemeral);

        // Staff cannot declare; English readers are refused in English.
        let refused = scene.command(scene.mike, scene.desk, path, &options).await;
        assert!(refused.text().contains("Only managers"), "{}", refused.text());
        let none = scene.command(scene.mike, scene.desk, "incident show", &[("incident", json!("7"))]).await;
        assert!(none.text().contains("no such incident"), "{}", none.text());
        assert!(cards(scene, scene.managers).is_empty(), "{}", scene.read(scene.managers));
    })
    .await;
}

#[tokio::test]
async fn managers_are_reminded_before_the_next_word_is_due() {
    scene(async |scene| {
        declared(scene).await;
        approved(scene).await;
        scene.advance(19 * MINUTE).await;
        let asked =
            |scene: &Scene| scene.read(scene.managers).matches("đã hẹn khách có tin tiếp theo").count();
        assert_eq!(asked(scene), 0, "{}", scene.read(scene.managers));
        scene.advance(MINUTE).await;
        assert_eq!(asked(scene), 1, "{}", scene.read(scene.managers));
        scene.advance(HOUR).await;
        assert_eq!(asked(scene), 1, "{}", scene.read(scene.managers));
    })
    .await;
}

#[tokio::test]
async fn suggestions_find_playbooks_and_incidents_without_marks() {
    scene(async |scene| {
        let scene: &Scene = scene;
        let suggest = async |path: &str, option: &str, typed: &str| -> Vec<String> {
            let place = Place::Channel(scene.managers);
            let made =
                scene.sandbox().autocomplete(scene.tuan, place, path, &[(option, json!(typed))], option);
            let choices = scene.outcome(made).await.1.choices;
            choices.iter().map(|choice| format!("{} {}", choice["value"], choice["name"])).collect()
        };
        assert_eq!(suggest("incident declare", "playbook", "").await.len(), 4);
        let found = suggest("incident declare", "playbook", "cap quang").await;
        assert_eq!(found, ["\"cable-cut\" \"Sự cố cáp quang biển\""]);
        declared(scene).await;
        let found = suggest("incident update", "incident", "hcm").await;
        assert_eq!(found, ["\"1\" \"Sự cố #1 · Sự cố cáp quang biển · TP.HCM\""]);
        scene.command(scene.tuan, scene.desk, "incident resolve", &[("incident", json!("1"))]).await;
        assert!(suggest("incident update", "incident", "").await.is_empty());
        assert_eq!(suggest("incident show", "incident", "").await.len(), 1);
    })
    .await;
}
