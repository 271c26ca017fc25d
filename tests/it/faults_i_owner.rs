//! An owner who has lost the staff role is none: the staff is rung, a colleague may claim, and managers hear before anything is
//! late. What is not known is not so.

use langnghe::sandbox::rules::fault::{Fault, FaultKind};
use serde_json::json;

use crate::scene::{MINUTE, Scene, each_scene, words_of};
use crate::seeing::{DM, pings};

const LEFT: &str = "không còn vai trò nhân viên";

impl Scene {
    /// A complaint of An that Lan has claimed; then two minutes pass.
    async fn lan_has_one(&self) -> u64 {
        let thread = self.filed(self.an, "Mạng chậm mỗi tối").await;
        self.command(self.lan, thread, "case claim", &[]).await;
        self.advance(2 * MINUTE).await;
        thread
    }

    fn lan_is_no_staff(&self) {
        self.sandbox().set_roles(self.lan, self.guild, Vec::new());
    }

    /// How often somebody asked Discord about a member since the calls were cleared.
    fn looked_up(&self) -> usize {
        let calls = self.sandbox().calls();
        calls.iter().filter(|call| call.method == "GET" && call.path.contains("/members/")).count()
    }
}

each_scene!(faults_i1_the_staff_is_rung_for_whoever_lost_the_role, async |scene| {
    let thread = scene.lan_has_one().await;
    scene.lan_is_no_staff();
    scene.say(scene.an, DM, "Sao chưa ai xử lý vậy?").await;
    let wrote = scene.the(thread, "Sao chưa ai xử lý");
    assert!(pings(&wrote, scene.staff_role) && !pings(&wrote, scene.lan), "{wrote}");
    let told = scene.the(scene.managers, LEFT);
    assert!(pings(&told, scene.manager_role), "before anything is late: {told}");
    let card = words_of(&scene.the(scene.desk, "#1 ·"));
    assert!(!card.contains(&format!("<@{}>", scene.lan)), "{card}");
    let claimed = scene.press(scene.mike, scene.desk, "Nhận").await;
    assert!(!claimed.text().contains("has it already"), "{}", claimed.text());
    // From here on it is Mike's, and the staff is left alone.
    scene.advance(2 * MINUTE).await;
    scene.say(scene.an, DM, "Alo, còn đó không?").await;
    let again = scene.last(thread);
    assert!(pings(&again, scene.mike) && !pings(&again, scene.staff_role), "{again}");
    assert_eq!(scene.times(scene.managers, LEFT), 1);
});

each_scene!(faults_i1_a_colleague_claims_what_nobody_has, async |scene| {
    let thread = scene.lan_has_one().await;
    let held = scene.command(scene.mike, thread, "case claim", &[]).await;
    assert!(held.text().contains("Lan has it already"), "{}", held.text());
    scene.advance(2 * MINUTE).await;
    scene.lan_is_no_staff();
    let held = scene.command(scene.mike, thread, "case claim", &[]).await;
    assert!(!held.text().contains("has it already"), "{}", held.text());
    assert_eq!(scene.times(scene.managers, LEFT), 1);
    // Whoever is no member at all is no owner either.
    scene.advance(2 * MINUTE).await;
    scene.sandbox().leave_guild(scene.mike, scene.guild);
    let held = scene.command(scene.tuan, thread, "case claim", &[]).await;
    assert!(!held.text().contains("đã nhận rồi"), "{}", held.text());
    assert_eq!(scene.times(scene.managers, LEFT), 2);
});

each_scene!(faults_i1_a_reminder_rings_the_staff_and_managers_know_before_the_breach, async |scene| {
    let thread = scene.lan_has_one().await;
    scene.lan_is_no_staff();
    scene.advance(9 * MINUTE).await;
    let nudge = scene.the(thread, "còn hạn");
    assert!(pings(&nudge, scene.staff_role) && !pings(&nudge, scene.lan), "{nudge}");
    assert_eq!(scene.times(scene.managers, LEFT), 1);
    assert_eq!(scene.times(scene.managers, "đã quá hạn"), 0, "{}", scene.read(scene.managers));
});

each_scene!(faults_i1_what_is_not_known_is_not_so, async |scene| {
    let thread = scene.lan_has_one().await;
    let (method, path_contains) = (Some("GET".to_owned()), Some("/members/".to_owned()));
    for status in [500, 503] {
        let (method, path_contains) = (method.clone(), path_contains.clone());
        let kind = FaultKind::Status(status);
        scene.sandbox().fault(Fault { method, path_contains, times: 60, kind });
        scene.say(scene.an, DM, format!("Sao chưa ai xử lý vậy? {status}").as_str()).await;
        let wrote = scene.the(thread, &format!("{status}"));
        assert!(pings(&wrote, scene.lan) && !pings(&wrote, scene.staff_role), "{wrote}");
        let held = scene.command(scene.mike, thread, "case claim", &[]).await;
        assert!(held.text().contains("Lan has it already"), "{}", held.text());
        scene.sandbox().clear_faults();
        // Whoever has not answered yet is called once.
        scene.command(scene.lan, thread, "reply", &[("text", json!("Em đang xem ạ."))]).await;
        scene.advance(2 * MINUTE).await;
    }
    assert_eq!(scene.times(scene.managers, LEFT), 0);
    // A burst asks once, and whoever just pressed something is not asked about.
    scene.sandbox().clear_calls();
    for words in ["một", "hai", "ba"] {
        scene.say(scene.an, DM, words).await;
    }
    assert_eq!(scene.looked_up(), 1);
    scene.advance(2 * MINUTE).await;
    scene.command(scene.lan, thread, "case note", &[("text", json!("đang xem"))]).await;
    scene.say(scene.an, DM, "bốn").await;
    assert_eq!(scene.looked_up(), 1);
});
