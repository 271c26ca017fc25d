//! Who reads an answer that comes late: the person who asked, and where it is the record of a thread, the thread; once.

use langnghe::discord::commands::{COMMANDS, MENUS};
use langnghe::kit::command::Audience;
use langnghe::sandbox::{Answer, AnswerKind, Forged, Place};
use serde_json::{Value, json};

use crate::permissions_ground::{CANARY, Ground, Hall};
use crate::permissions_table::{PRESSED, Row, SENT, USED};
use crate::scene::{MINUTE, Scene, each_scene, id, scene};
use crate::seeing::DM;
use crate::tiers::few_or_all;

/// After so long (ms) an answer is announced.
const LATE: i64 = 2_001;
/// How long (real ms) it is looked between two steps whether an answer was announced.
const LOOK: i64 = 5;

impl Scene {
    /// Does something while the database is slow: how it was answered meanwhile, and in the end.
    async fn slowly(&self, make: impl FnOnce() -> Result<u64, String>) -> (u64, Answer, Answer) {
        self.settle().await;
        let db = self.stage.db();
        let held = db.begin().await.expect("the store answers");
        let read = if db.is_embedded() { db.snapshot().await.ok() } else { None };
        let interaction = make().expect("it is sent");
        let mut meanwhile = self.sandbox().answer_now(interaction);
        for _ in 0..200 {
            if meanwhile.kind != AnswerKind::Pending {
                break;
            }
            langnghe::demo::stage::real_time(LOOK).await;
            self.stage.set_clocks(self.stage.clock.now() + LATE);
            langnghe::demo::stage::real_time(LOOK).await;
            meanwhile = self.sandbox().answer_now(interaction);
        }
        drop((held, read));
        self.settle().await;
        (interaction, meanwhile, self.sandbox().answer_now(interaction))
    }

    /// What everybody reads of an interaction's answer: messages that answer it and are not for one person.
    fn shown_to_all(&self, interaction: u64) -> Vec<Value> {
        let answers = |held: &Value| {
            held["interaction_metadata"]["id"] == interaction.to_string().as_str()
                && held["ephemeral"] == false
        };
        let mut channels: Vec<u64> =
            [self.an, self.lan, self.tuan, self.ha].iter().flat_map(|user| self.channels_of(*user)).collect();
        for parent in [self.intake, self.desk] {
            channels.extend(self.sandbox().threads(parent).iter().map(|held| id(&held["id"])));
        }
        channels.sort_unstable();
        channels.dedup();
        channels.iter().flat_map(|channel| self.sandbox().messages(*channel)).filter(answers).collect()
    }

    fn channels_of(&self, user: u64) -> Vec<u64> {
        self.sandbox().channels_seen_by(user).iter().map(|held| id(&held["id"])).collect()
    }

    /// One row of the table with a slow answer: by whoever may, and by a stranger.
    async fn late_row(
        &self,
        row: &Row,
        ground: &Ground,
        forged: &Forged,
        who: &str,
        audience: Audience,
    ) -> usize {
        let denied = who.chars().position(|letter| letter != '+');
        // A manager where one may: they read the desk's language, in which the record stands.
        let may = |column: &usize| who.chars().nth(*column) == Some('+');
        let allowed = [4, 5].into_iter().find(may).or_else(|| (0..who.len()).find(may));
        let mut late = 0;
        for column in denied.into_iter().chain(allowed) {
            let (user, channel, message) = self.pressed(ground, column, forged);
            let place = format!("{} by column {column}", row.name);
            let before = self.sandbox().messages(channel);
            let (interaction, meanwhile, answer) =
                self.slowly(|| self.sandbox().forge(user, channel, message, forged)).await;
            let answered =
                !matches!(answer.kind, AnswerKind::Failed | AnswerKind::Pending | AnswerKind::Deferred);
            assert!(answered, "{place}: {:?} {}", answer.kind, answer.text());
            if meanwhile.kind != AnswerKind::Deferred {
                continue;
            }
            late += 1;
            let public = self.shown_to_all(interaction);
            assert!(public.is_empty(), "{place}: {public:#?}");
            // Nobody else's message was changed but the one that was pressed.
            let changed = |held: &&Value| {
                let now = self.sandbox().messages(channel).into_iter().find(|now| now["id"] == held["id"]);
                now.is_some_and(|now| {
                    now["content"] != held["content"] && now["content"] == answer.text().as_str()
                })
            };
            if audience != Audience::InPlace {
                let own: Vec<Value> = before.iter().filter(changed).cloned().collect();
                let pressed = own.iter().find(|held| held["id"] == message.to_string().as_str());
                assert!(pressed.is_none(), "{place}: the message turned into the answer: {pressed:?}");
            }
            assert!(answer.ephemeral || audience == Audience::InPlace, "{place}: {}", answer.text());
            let allowed = who.chars().nth(column) == Some('+');
            let allowed = allowed && user != self.mike;
            if let (true, Audience::Record) = (allowed && channel == ground.thread, audience) {
                let words = answer.text();
                let said = words.lines().next().unwrap_or_default();
                let posted = self.sandbox().messages(channel);
                let whole = &answer.message.as_ref().map(|held| held["content"].clone()).unwrap_or_default();
                let quoted = |held: &Value| held["embeds"].to_string().contains(said) && !said.is_empty();
                let times = posted
                    .iter()
                    .filter(|held| held["ephemeral"] == false && (held["content"] == *whole || quoted(held)));
                assert_eq!(times.count(), 1, "{place}: the record, once: {said}\n{}", self.read(channel));
            }
        }
        late
    }
}

#[tokio::test]
async fn faults_e1_a_late_answer_is_read_by_nobody_but_who_asked() {
    scene(async |scene| {
        let hall = Hall::open(scene).await;
        let (mut late, part) = (0, few_or_all(12, 1));
        for (row, make, who) in USED.iter().step_by(part) {
            let ground = hall.ground(scene, row).await;
            let menu = MENUS.iter().find(|(name, ..)| *name == row.name).map(|(.., audience)| *audience);
            let command = COMMANDS.iter().find(|held| held.path == row.name).map(|held| held.audience);
            let audience = menu.or(command).expect("a command or a menu");
            late += scene.late_row(row, &ground, &make(&ground), who, audience).await;
        }
        for (row, make, values, who) in PRESSED.iter().step_by(part) {
            let ground = hall.ground(scene, row).await;
            let id = make(&ground);
            let forged = Forged::Press(id.at(i64::MAX), values(&ground));
            late += scene.late_row(row, &ground, &forged, who, id.audience()).await;
        }
        for (row, make, inputs, who) in SENT.iter().step_by(part) {
            let ground = hall.ground(scene, row).await;
            let id = make(&ground);
            let inputs = inputs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
            let forged = Forged::Submit(id.at(i64::MAX), inputs);
            late += scene.late_row(row, &ground, &forged, who, id.audience()).await;
        }
        // Most of what can be done needs the database.
        assert!(late > 120 / part, "{late} answers were late");
        scene.advance(MINUTE).await;
    })
    .await;
}

each_scene!(faults_e1_a_receipt_that_comes_late_stays_the_customers_own, async |scene| {
    let (form, opened) =
        scene.outcome(scene.sandbox().press_label(scene.an, scene.intake, "Gửi khiếu nại")).await;
    assert_eq!(opened.kind, AnswerKind::Form);
    let values = [("words", CANARY)];
    let (_, meanwhile, receipt) = scene.slowly(|| scene.sandbox().submit(scene.an, form, &values)).await;
    assert_eq!(meanwhile.kind, AnswerKind::Deferred);
    assert!(receipt.ephemeral && receipt.text().contains("#1"), "{}", receipt.text());
    for user in [scene.bob, scene.lan] {
        let seen = scene.sandbox().messages_seen_by(user, scene.intake);
        assert!(seen.iter().all(|held| !held.to_string().contains("#1")), "{seen:#?}");
    }
    // The withdrawal, and a refusal, likewise.
    let mine = scene.command(scene.an, scene.intake, "my-complaints", &[]).await.message.expect("a list");
    let select = crate::seeing::select_of(&mine).expect("a select");
    let made = scene.sandbox().select(scene.an, scene.intake, id(&mine["id"]), &select, &["1"]);
    let (form, _) = scene.outcome(made).await;
    for _ in 0..2 {
        let made = || scene.sandbox().submit(scene.an, form, &[("text", "thôi")]);
        let (interaction, _, answer) = scene.slowly(made).await;
        assert!(answer.ephemeral, "{}", answer.text());
        assert!(scene.shown_to_all(interaction).is_empty());
    }
});

each_scene!(faults_e1_a_late_record_stands_in_the_thread_once_even_if_we_die_before_it, async |scene| {
    let thread = scene.filed(scene.an, "Nhà em mất mạng").await;
    let place = Place::Channel(thread);
    let note = [("text", json!("đã gọi hai lần"))];
    let (_, meanwhile, answer) =
        scene.slowly(|| scene.sandbox().command(scene.lan, place, "case note", &note)).await;
    assert_eq!(meanwhile.kind, AnswerKind::Deferred);
    assert!(answer.ephemeral, "{}", answer.text());
    let noted = |scene: &Scene| {
        let held = scene.sandbox().messages(thread);
        held.iter()
            .filter(|held| held["ephemeral"] == false && held.to_string().contains("đã gọi hai lần"))
            .count()
    };
    assert_eq!(noted(scene), 1, "{}", scene.read(thread));
    scene.crash_and_restart().await;
    scene.advance(MINUTE).await;
    assert_eq!(noted(scene), 1, "{}", scene.read(thread));
    // In time it is the answer itself, and nothing follows.
    let note = [("text", json!("khách hẹn chiều"))];
    let answer = scene.command(scene.lan, thread, "case note", &note).await;
    assert!(!answer.ephemeral, "{}", answer.text());
    scene.advance(MINUTE).await;
    assert_eq!(scene.times(thread, "khách hẹn chiều"), 1);
    // An answer that Discord does not take leaves its record.
    scene.trouble("POST", "/callback", 3, langnghe::sandbox::rules::fault::FaultKind::Status(500));
    let note = [("text", json!("đang kiểm tra cáp"))];
    let made = scene.sandbox().command(scene.lan, place, "case note", &note).expect("it is sent");
    scene.sandbox().expire(made);
    scene.settle().await;
    scene.advance(MINUTE).await;
    assert_eq!(scene.times(thread, "đang kiểm tra cáp"), 1, "{}", scene.read(thread));
});

each_scene!(faults_e1_a_late_reply_is_told_to_its_writer_and_recorded_in_the_thread, async |scene| {
    let thread = scene.filed(scene.an, "Nhà em mất mạng").await;
    let text = [("text", json!("Dạ em xem ngay ạ."))];
    let place = Place::Channel(thread);
    let (interaction, meanwhile, answer) =
        scene.slowly(|| scene.sandbox().command(scene.lan, place, "reply", &text)).await;
    assert_eq!(meanwhile.kind, AnswerKind::Deferred);
    assert!(answer.ephemeral && answer.text().contains("Dạ em xem ngay"), "{}", answer.text());
    assert!(scene.shown_to_all(interaction).is_empty());
    scene.advance(MINUTE).await;
    assert_eq!(scene.times(scene.dm(scene.an), "Dạ em xem ngay"), 1);
    let recorded = scene.sandbox().messages(thread);
    let recorded = recorded
        .iter()
        .filter(|held| held["ephemeral"] == false && held.to_string().contains("Dạ em xem ngay"));
    assert_eq!(recorded.count(), 1, "{}", scene.read(thread));
});

#[tokio::test]
async fn faults_e1_a_staff_answer_outside_its_thread_is_for_the_asking_person() {
    scene(async |scene| {
        scene.filed(scene.an, "Nhà em mất mạng").await;
        // A button of the card, forged into the public channel where customers read.
        let panel = id(&scene.those(scene.intake, "lắng nghe")[0]["id"]);
        let no_answer =
            langnghe::discord::custom_id::CustomId::NoAnswer(langnghe::kernel::ids::ComplaintId(1));
        scene.say(scene.an, DM, "alo").await;
        let forged = Forged::Press(no_answer.at(i64::MAX), None);
        let (_, answer) = scene.outcome(scene.sandbox().forge(scene.lan, scene.intake, panel, &forged)).await;
        assert!(answer.ephemeral, "{}", answer.text());
    })
    .await;
}
