//! A message that the customer moves to another complaint leaves nothing behind: no clock, no quotation, nothing opened again.

use langnghe::domain::policy::LineKind;
use langnghe::domain::settings::Setup;
use langnghe::kernel::ids::GuildId;
use serde_json::{Value, json};

use crate::scene::{MINUTE, Scene, each_scene, id, words_of};
use crate::seeing::{DM, labels, select_of};

/// The next step where a customer waits for an answer.
const ANSWER: &str = "Việc tiếp theo:** Trả lời khách";
/// What the customer is asked once it is resolved.
const ASKED: &str = "1 phút để đánh giá";

impl Scene {
    /// An says that the message that was taken down last belongs to the choice that holds these words.
    async fn moves(&self, to: &str) {
        let dm = self.dm(self.an);
        let asked = self.chooses_where(dm, to).await;
        let sorted = self.sandbox().messages(dm).into_iter().find(|held| held["id"] == asked["id"]);
        assert!(select_of(&sorted.expect("it stands")).is_none(), "asked once");
    }

    /// The same in this channel; the message with the choices.
    async fn chooses_where(&self, channel: u64, to: &str) -> Value {
        let asked = self.press(self.an, channel, "Khiếu nại khác").await.message.expect("a select");
        let select = select_of(&asked).expect("a select");
        let options = asked["components"][0]["components"][0]["options"].as_array().expect("options").clone();
        let other =
            options.iter().find(|held| held["label"].as_str().is_some_and(|label| label.contains(to)));
        let other = other.and_then(|held| held["value"].as_str());
        let other = other.unwrap_or_else(|| panic!("{to} in {options:?}")).to_owned();
        self.outcome(self.sandbox().select(self.an, channel, id(&asked["id"]), &select, &[&other])).await;
        asked
    }
}

each_scene!(faults_c4_nothing_of_a_message_that_belongs_elsewhere_stays_behind, async |scene| {
    let first = scene.filed(scene.an, "Nhà em mất mạng").await;
    let second = scene.filed(scene.an, "Hoá đơn tháng này tính hai lần").await;
    scene.command(scene.lan, first, "reply", &[("text", json!("Em đang kiểm tra mạng ạ."))]).await;
    scene.command(scene.lan, second, "reply", &[("text", json!("Em đang kiểm tra hoá đơn ạ."))]).await;
    scene.advance(MINUTE).await;
    scene.command(scene.lan, first, "reply", &[("text", json!("Em gọi kỹ thuật rồi ạ."))]).await;
    scene.say(scene.an, DM, "Bên em tính sai 200 nghìn đó").await;
    assert!(scene.bar(first).contains(ANSWER), "it was filed here: {}", scene.bar(first));
    scene.moves("#2").await;
    assert!(!scene.bar(first).contains(ANSWER), "nobody waits here: {}", scene.bar(first));
    assert!(scene.bar(second).contains(ANSWER), "{}", scene.bar(second));
    let before = scene.sandbox().messages(first).len();
    scene.advance(5 * 60 * MINUTE).await;
    for message in scene.sandbox().messages(first).iter().skip(before) {
        assert!(!words_of(message).contains("200 nghìn"), "{message}");
    }
    let missed = scene.read(scene.managers);
    assert!(!missed.contains(&format!("<#{first}>")), "it is missed nowhere: {missed}");
});

each_scene!(faults_c4_a_complaint_opened_by_a_message_that_belongs_elsewhere_ends_as_before, async |scene| {
    let thread = scene.filed(scene.an, "Nhà em mất mạng").await;
    scene.command(scene.lan, thread, "case resolve", &[("outcome", json!("Đã thay dây cáp."))]).await;
    let dm = scene.dm(scene.an);
    scene.advance(10 * MINUTE).await;
    scene.say(scene.an, DM, "Hoá đơn tháng này tính hai lần").await;
    assert!(scene.bar(thread).contains(ANSWER), "it opened the first again: {}", scene.bar(thread));
    let questions = scene.times(dm, ASKED);
    scene.moves("Việc mới").await;
    assert!(!scene.bar(thread).contains(ANSWER), "{}", scene.bar(thread));
    assert_eq!(scene.times(thread, "trở lại trạng thái đã xong"), 1, "{}", scene.read(thread));
    // What they were asked before is asked again, for its buttons were taken away.
    assert_eq!(scene.times(dm, ASKED), questions + 1, "{}", scene.read(dm));
    scene.press(scene.an, dm, "5 ★").await;
    scene.press(scene.an, dm, "Rồi").await;
    scene.advance(5 * 60 * MINUTE).await;
    let missed = scene.read(scene.managers);
    assert!(!missed.contains(&format!("<#{thread}>")), "it is missed nowhere: {missed}");
    let report = scene.command(scene.tuan, scene.managers, "report overview", &[]).await;
    let report = words_of(&report.message.expect("a report"));
    assert!(report.contains("Đã giải quyết") && !report.contains("Mở lại: **1**"), "{report}");
});

each_scene!(faults_c4_what_a_person_has_taken_up_meanwhile_stays_open, async |scene| {
    let thread = scene.filed(scene.an, "Nhà em mất mạng").await;
    scene.command(scene.lan, thread, "case resolve", &[("outcome", json!("Đã thay dây cáp."))]).await;
    scene.say(scene.an, DM, "Hoá đơn tháng này tính hai lần").await;
    scene.command(scene.lan, thread, "case note", &[("text", json!("Hỏi lại kế toán."))]).await;
    scene.moves("Việc mới").await;
    assert_eq!(scene.times(thread, "trở lại trạng thái đã xong"), 0, "{}", scene.read(thread));
    assert!(labels(&scene.sandbox().messages(thread)[0]).contains(&"Đã giải quyết".to_owned()));
});

each_scene!(faults_c4_a_message_that_can_go_nowhere_else_stays_where_it_is, async |scene| {
    let desk = scene.stage.bot().expect("the bot runs").desk().clone();
    let setup = Setup { line: Some(LineKind::Thread), ..Setup::default() };
    desk.setups().set_up(GuildId(scene.guild), &setup).await.expect("the set-up is stored");
    let thread = scene.filed(scene.an, "Nhà em mất mạng").await;
    scene.command(scene.lan, thread, "reply", &[("text", json!("Em đang kiểm tra mạng ạ."))]).await;
    scene.advance(10 * MINUTE).await;
    scene.say(scene.an, DM, "Hoá đơn tháng này tính hai lần").await;
    assert!(scene.bar(thread).contains(ANSWER), "{}", scene.bar(thread));
    // Its new matter would be shown back in direct messages, which this desk never opened.
    scene.chooses_where(scene.line(), "Việc mới").await;
    assert!(scene.bar(thread).contains(ANSWER), "somebody still answers it: {}", scene.bar(thread));
    assert_eq!(scene.times(thread, "cho biết tin vừa rồi là một việc mới"), 0, "{}", scene.read(thread));
});
