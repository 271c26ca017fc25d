//! A complaint about somebody of the desk is not handled by that person.

use langnghe::domain::ledger::Overreach;
use langnghe::kernel::ids::GuildId;
use langnghe::sandbox::{PersonSpec, Place};
use langnghe::store;
use serde_json::json;

use crate::scene::{MINUTE, Scene, each_scene, words_of};
use crate::seeing::{DM, pings};

const YOU: &str = "Khiếu nại này nói về anh/chị";

impl Scene {
    /// A member of staff under a name.
    fn staff(&self, name: &str) -> u64 {
        self.sandbox().make_person(PersonSpec {
            guild: self.guild,
            name: name.to_owned(),
            locale: "vi".to_owned(),
            label: "staff".to_owned(),
            roles: vec![self.staff_role],
            dms_open: true,
        })
    }

    async fn owner_of(&self, number: i64) -> Option<u64> {
        let held = store::complaint::by_number(self.stage.db(), GuildId(self.guild), number).await;
        held.expect("it reads").expect("it is there").owner.map(|owner| owner.id.0)
    }
}

each_scene!(faults_f7_whoever_is_named_does_not_handle_it, async |scene| {
    // Nobody has ever seen him here: his name is known from the press.
    let minh = scene.staff("Trần Văn Minh");
    let first = scene.filed(scene.an, "Mạng chậm mỗi tối").await;
    let thread = scene.filed(scene.an, "Anh Trần Văn Minh bên kỹ thuật quát tôi qua điện thoại").await;
    let claim = scene.press(minh, scene.desk, "Nhận").await;
    assert!(claim.ephemeral && claim.text().contains(YOU), "{}", claim.text());
    let told = scene.the(scene.managers, "Khách phản ánh về Trần Văn Minh");
    assert!(pings(&told, scene.manager_role) && pings(&told, scene.head_office_role), "{told}");
    assert!(scene.bar(thread).contains("Về đồng nghiệp"), "{}", scene.bar(thread));
    let text = |text: &str| json!(text);
    let deeds: [(&str, Vec<(&str, serde_json::Value)>); 9] = [
        ("case claim", vec![]),
        ("reply", vec![("text", text("Dạ em xin lỗi"))]),
        ("case note", vec![("text", text("khách nóng tính"))]),
        ("case classify", vec![("category", text("billing"))]),
        ("case promise", vec![("what", text("gọi lại")), ("when", text("2026-11-30 09:00"))]),
        ("case resolve", vec![("outcome", text("Đã xin lỗi khách."))]),
        ("case withdraw", vec![("medium", text("phone")), ("reason", text("khách bỏ qua"))]),
        ("case merge", vec![("number", json!(1))]),
        ("case show", vec![]),
    ];
    for (path, options) in deeds {
        let said = scene.command(minh, thread, path, &options).await;
        assert!(said.ephemeral && said.text().contains(YOU), "{path}: {}", said.text());
    }
    // No form opens for what they may not do.
    for path in ["case read", "case propose", "case refuse", "reply"] {
        let said = scene.command(minh, thread, path, &[]).await;
        assert!(said.ephemeral && said.text().contains(YOU), "{path}: {}", said.text());
    }
    let given = scene.command(scene.lan, thread, "case assign", &[("person", json!(minh.to_string()))]).await;
    assert!(given.ephemeral && given.text().contains("nói về Trần Văn Minh"), "{}", given.text());
    assert_eq!(scene.owner_of(2).await, None);
    assert!(scene.overreached(minh, Overreach::AboutThem).await >= 8, "all of it is written down");
    // From the other thread he does not get rid of it either.
    let merged = scene.command(minh, first, "case merge", &[("number", json!(2))]).await;
    assert!(merged.text().contains(YOU), "{}", merged.text());

    // A colleague handles it; what the customer says to the rating is not read in the thread.
    scene.command(scene.lan, thread, "case resolve", &[("outcome", text("Đã gọi xin lỗi anh."))]).await;
    let dm = scene.dm(scene.an);
    scene.press(scene.an, dm, "1 ★").await;
    scene.press(scene.an, dm, "Chưa").await;
    scene.press_and_fill(scene.an, dm, "Viết thêm", &[("text", "vẫn chưa ai xin lỗi tôi")]).await;
    assert!(!scene.read(thread).contains("vẫn chưa ai"), "{}", scene.read(thread));
    assert!(scene.read(scene.managers).contains("vẫn chưa ai xin lỗi tôi"), "{}", scene.read(scene.managers));
    let card = words_of(&scene.the(scene.desk, "#2 ·"));
    assert!(!card.contains('★'), "{card}");
    let back = scene.command(minh, thread, "reply", &[("text", text("Dạ em xin lỗi"))]).await;
    assert!(back.ephemeral && back.text().contains(YOU), "{}", back.text());
});

each_scene!(faults_f7_what_is_not_certain_managers_are_asked, async |scene| {
    let minh = scene.staff("Trần Văn Minh");
    scene.command(minh, scene.desk, "case list", &[]).await;
    let whole = scene.filed(scene.bob, "Your technician Trần Văn Minh was rude").await;
    assert_eq!(scene.times(scene.managers, "Khách phản ánh về Trần Văn Minh"), 1, "known, so told at once");
    let said = scene.command(minh, whole, "case claim", &[]).await;
    assert!(said.text().contains(YOU), "{}", said.text());

    let thread = scene.filed(scene.an, "Anh Minh nói chuyện rất cộc lốc").await;
    let asked = scene.the(scene.managers, "có thể là phản ánh về Trần Văn Minh");
    assert!(pings(&asked, scene.manager_role), "{asked}");
    scene.command(minh, thread, "case claim", &[]).await;
    assert_eq!(scene.owner_of(2).await, Some(minh), "until somebody has looked");
    let marked = scene.press(scene.tuan, scene.managers, "Đúng, về người này").await;
    assert!(marked.text().contains("#2 nói về Trần Văn Minh"), "{}", marked.text());
    assert_eq!(scene.owner_of(2).await, None, "it is nobody's");
    let said = scene.command(minh, thread, "case claim", &[]).await;
    assert!(said.text().contains(YOU), "{}", said.text());
    // A manager says otherwise, and that holds against the words.
    let cleared = scene.press(scene.tuan, scene.managers, "Không phải về người này").await;
    assert!(cleared.text().contains("#2 không nói về Trần Văn Minh"), "{}", cleared.text());
    let said = scene.command(minh, thread, "case claim", &[]).await;
    assert!(!said.text().contains(YOU), "{}", said.text());
    // Words that are no name ask nobody.
    let before = scene.sandbox().messages(scene.managers).len();
    scene.filed(scene.an, "Cần sự minh bạch về hóa đơn, em an tâm mới trả").await;
    assert_eq!(scene.sandbox().messages(scene.managers).len(), before);
});

each_scene!(faults_f7_a_colleague_marks_it_and_only_a_manager_takes_it_back, async |scene| {
    let thread = scene.filed(scene.an, "Nhân viên hứa rồi quên").await;
    scene.command(scene.lan, thread, "case claim", &[]).await;
    let about = [("about", json!(scene.lan.to_string()))];
    let customer = [("about", json!(scene.bob.to_string()))];
    let no_staff = scene.command(scene.mike, thread, "case classify", &customer).await;
    assert!(no_staff.ephemeral && no_staff.text().contains("Bob"), "{}", no_staff.text());
    let nothing = scene.command(scene.mike, thread, "case classify", &[]).await;
    assert!(nothing.ephemeral, "{}", nothing.text());
    let marked = scene.command(scene.mike, thread, "case classify", &about).await;
    assert!(marked.text().contains("#1 is about Lan"), "{}", marked.text());
    assert!(scene.read(scene.managers).contains("Mike báo"), "{}", scene.read(scene.managers));
    assert_eq!(scene.owner_of(1).await, None);
    let said = scene.command(scene.lan, thread, "reply", &[("text", json!("Dạ"))]).await;
    assert!(said.text().contains(YOU), "{}", said.text());
    // It goes along into the complaint that takes it in.
    scene.filed(scene.an, "Mạng vẫn chậm, em gửi thêm").await;
    scene.command(scene.mike, thread, "case merge", &[("number", json!(2))]).await;
    let said = scene.command(scene.lan, thread, "reply", &[("text", json!("Dạ"))]).await;
    assert!(said.text().contains(YOU), "{}", said.text());
});

each_scene!(faults_f7_whoever_was_rated_by_name_does_not_win_the_customer_back, async |scene| {
    let thread = scene.filed(scene.an, "Mạng chậm").await;
    scene.command(scene.lan, thread, "case resolve", &[("outcome", json!("Đã chỉnh đường truyền."))]).await;
    let dm = scene.dm(scene.an);
    scene.press(scene.an, dm, "1 ★").await;
    scene.press(scene.an, dm, "Chưa").await;
    scene.press_and_fill(scene.an, dm, "Viết thêm", &[("text", "Chị Lan trả lời cho có")]).await;
    assert!(scene.read(scene.managers).contains("Khách phản ánh về Lan"), "{}", scene.read(scene.managers));
    for (path, options) in [
        ("reply", [("text", json!("Dạ em xin lỗi"))]),
        ("case reopen", [("reason", json!("khách chưa vui"))]),
    ] {
        let said = scene.command(scene.lan, thread, path, &options).await;
        assert!(said.text().contains(YOU), "{path}: {}", said.text());
    }
    let said = scene.command(scene.mike, thread, "reply", &[("text", json!("Dạ em xin lỗi anh"))]).await;
    assert!(!said.ephemeral, "a colleague does: {}", said.text());
});

each_scene!(faults_f7_a_mention_is_certain_wherever_it_comes_in, async |scene| {
    let message = format!("<@{}> hẹn rồi không tới, tôi đợi cả buổi", scene.lan);
    scene.say(scene.an, DM, message.as_str()).await;
    scene.advance(2 * MINUTE).await;
    scene.press(scene.an, scene.dm(scene.an), "Gửi").await;
    let said =
        scene.outcome(scene.sandbox().command(scene.lan, Place::Channel(scene.desk), "case list", &[])).await;
    assert!(said.1.text().contains("Nguyễn Văn An"), "{}", said.1.text());
    let claim = scene.press(scene.lan, scene.desk, "Nhận").await;
    assert!(claim.text().contains(YOU), "{}", claim.text());
    assert_eq!(scene.times(scene.managers, "Khách phản ánh về Lan"), 1);
    // Later on, too, but for whoever looks after it: one calls them by their name.
    let thread = scene.filed(scene.bob, "My line is slow").await;
    scene.command(scene.mike, thread, "case claim", &[]).await;
    for (person, named) in [(scene.mike, 0), (scene.lan, 1)] {
        let before = scene.times(scene.managers, "Khách phản ánh về");
        scene.say(scene.bob, DM, format!("<@{person}> never called back").as_str()).await;
        assert_eq!(scene.times(scene.managers, "Khách phản ánh về") - before, named);
    }
    assert_eq!(scene.owner_of(2).await, Some(scene.mike));
});

each_scene!(faults_f7_a_name_that_comes_in_by_a_change_is_one, async |scene| {
    scene.command(scene.lan, scene.desk, "case list", &[]).await;
    let thread = scene.filed(scene.an, "Mạng chậm").await;
    scene.command(scene.mike, thread, "case claim", &[]).await;
    let said = scene.say(scene.an, DM, "Hẹn rồi không ai tới").await;
    let changed = format!("<@{}> hẹn rồi không tới", scene.lan);
    scene.sandbox().edit_message(scene.an, scene.dm(scene.an), said, &changed).expect("it is theirs");
    scene.settle().await;
    assert_eq!(scene.times(scene.managers, "Khách phản ánh về Lan"), 1, "{}", scene.read(scene.managers));
    let reply = [("text", json!("Dạ em xin lỗi"))];
    let refused = scene.command(scene.lan, thread, "reply", &reply).await;
    assert!(refused.text().contains(YOU), "{}", refused.text());
});

each_scene!(faults_f7_a_merger_that_one_of_them_refuses_leaves_both_as_they_were, async |scene| {
    let about = format!("<@{}> quát tôi qua điện thoại", scene.lan);
    scene.filed(scene.an, &about).await;
    let thread = scene.filed(scene.an, "Mạng vẫn chậm, em gửi thêm").await;
    let merge = [("number", json!(1))];
    let refused = scene.command(scene.lan, thread, "case merge", &merge).await;
    assert!(refused.text().contains(YOU), "{}", refused.text());
    let bar = scene.bar(thread);
    assert!(!bar.contains("Không còn việc"), "nobody is left waiting in what was closed for nothing: {bar}");
    let said = scene.command(scene.lan, thread, "reply", &[("text", json!("Dạ em xem ngay ạ."))]).await;
    assert!(!said.ephemeral, "it is looked after as before: {}", said.text());
    let merged = scene.command(scene.mike, thread, "case merge", &merge).await;
    assert!(!merged.text().contains(YOU), "{}", merged.text());
    assert!(scene.bar(thread).contains("Không còn việc"), "{}", scene.bar(thread));
});
