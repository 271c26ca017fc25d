//! Custom ids altered letter by letter and bit by bit: always an answer, never trouble in the log, and never an effect on
//! what the presser may not touch.

use std::collections::{BTreeMap, BTreeSet};

use langnghe::discord::custom_id::CustomId;
use langnghe::domain::filing::Medium;
use langnghe::features::clarify::discord::Press as Question;
use langnghe::features::discord::Press;
use langnghe::features::rejection::discord::Press as Rejection;
use langnghe::kernel::ids::{ComplaintId, GuildId};
use langnghe::kernel::people::Actor;
use langnghe::sandbox::rules::fault::FaultKind;
use langnghe::sandbox::{AnswerKind, Forged, Place};
use langnghe::store;
use serde_json::{Value, json};

use crate::logs;
use crate::permissions_table::name_of;
use crate::scene::{MINUTE, Scene, id, scene};
use crate::seeing::{DM, OtherDesk, button_of, select_of};
use crate::tiers::few_or_all;

/// How many are under way at once.
const BATCH: usize = 100;
/// Of those that are no id of ours any more, which part goes through the wire: all are turned away at the same line.
const ONE_OF: usize = 12;

/// What a complaint's journal holds, and whose it is.
type Journals = BTreeMap<i64, (GuildId, u64, Vec<Actor>)>;

impl Scene {
    /// Plays until every kind of button and form stands somewhere.
    async fn full(&self) -> (OtherDesk, u64) {
        let other = self.second_desk().await;
        self.sandbox().join_guild(self.bob, other.guild);
        let values = [("words", "Mất mạng từ tối"), ("contact", "HD 123456")];
        for round in ["một", "hai"] {
            let words = format!("Mất mạng lần {round}");
            self.press_and_fill(
                self.an,
                self.intake,
                "Gửi khiếu nại",
                &[("words", words.as_str()), values[1]],
            )
            .await;
        }
        self.say(self.an, DM, "tin của việc nào?").await;
        self.press(self.lan, self.desk, "Nhận").await;
        // A tap, each question after it, and one more to be rated.
        for after in [&[][..], &["2 ★"], &["2 ★", "Một phần"], &["2 ★", "Chưa"]] {
            let resolved = self.filed(self.an, &format!("Hóa đơn sai {}", after.join(" "))).await;
            self.command(self.lan, resolved, "case resolve", &[("outcome", json!("Đã sửa."))]).await;
            for label in after {
                self.press(self.an, self.dm(self.an), label).await;
            }
        }
        let read = self.filed(self.an, "Mạng chậm mỗi tối").await;
        let summed = [("summary", "Mạng chậm mỗi tối"), ("severity", "Nặng")];
        self.command_and_fill(self.lan, read, "case read", &[], &summed).await;
        self.command(self.lan, read, "case ask", &[("question", json!("what-hours"))]).await;
        let promised = [("what", json!("gọi lại")), ("when", json!("2026-11-30 09:00"))];
        self.command(self.lan, read, "case promise", &promised).await;
        for first in ["Hoàn lại cho khách 300.000đ", "Thay dây cho khách"] {
            let proposed = [("first", first), ("second", "Đổi modem"), ("remark", "1")];
            self.command_and_fill(self.lan, read, "case propose", &[], &proposed).await;
        }
        let sent = [("text", "Dạ em gửi hai cách ạ.")];
        self.press_and_fill(self.lan, read, "Gửi khách chọn", &sent).await;
        self.press(self.an, self.dm(self.an), "Gặp quản lý").await;
        let refusal = [("reason", "Đã kiểm tra, đúng gói cước"), ("recourse", "Nhắn lại tại đây")];
        for round in ["một", "hai"] {
            let refused = self.filed(self.an, &format!("Đòi hoàn tiền lần {round}")).await;
            self.command_and_fill(self.lan, refused, "case refuse", &[], &refusal).await;
            if round == "hai" {
                self.press(self.tuan, refused, "Đồng ý và gửi khách").await;
            }
        }
        self.filed(self.bob, "Chị Lan hẹn rồi không tới").await;
        let waits = id(&self.sandbox().threads(self.desk)[0]["id"]);
        self.command(self.lan, waits, "case wait", &[]).await;
        let given = self.filed(self.an, "Modem hỏng").await;
        self.command(self.lan, given, "case resolve", &[("outcome", json!("Đã đổi modem."))]).await;
        let voucher = [("kind", json!("voucher")), ("value", json!("200k")), ("text", json!("Cảm ơn anh"))];
        self.command(self.lan, given, "case goodwill", &voucher).await;
        // A filter keeps this one back.
        let kind = FaultKind::Refuse { status: 400, code: 240_000, words: Some("bit.ly".to_owned()) };
        self.trouble("POST", "/messages", 1, kind);
        self.command(self.lan, given, "reply", &[("text", json!("Xem bit.ly/x"))]).await;
        let phoned = [("medium", json!("phone"))];
        let spoken = [("name", "Bà Sáu"), values[0]];
        self.command_and_fill(self.lan, self.desk, "case log", &phoned, &spoken).await;
        let thread = self.sandbox().threads(self.desk).last().map(|held| id(&held["id"])).unwrap_or_default();
        let summed = [("summary", "Bà Sáu mất mạng"), ("severity", "Nặng")];
        self.command_and_fill(self.lan, thread, "case read", &[], &summed).await;
        self.press_and_fill(self.bob, self.intake, "Gửi khiếu nại", &values).await;
        self.say(self.bob, DM, "You idiots, nobody came").await;
        let writer = self.person("Người nhắn");
        self.sandbox().join_guild(writer, other.guild);
        self.say(writer, DM, "cho em hỏi").await;
        let line = self.person("Người kín");
        self.sandbox().set_dms_open(line, false);
        self.press_and_fill(line, self.intake, "Gửi khiếu nại", &[("words", "Kín tin nhắn")]).await;
        let slots =
            [("playbook", json!("cable-cut")), ("area", json!("Quận 7")), ("next-update", json!("50m"))];
        self.command_and_fill(self.tuan, self.managers, "incident declare", &slots, &[("since", "8:30")])
            .await;
        self.command(self.an, self.dm(self.an), "my-data", &[]).await;
        let asked = [("text", "Xin sửa tên em")];
        self.press_and_fill(self.an, self.dm(self.an), "Yêu cầu khác", &asked).await;
        self.advance(11 * MINUTE).await;
        (other, writer)
    }

    /// Every custom id that stands on a message, and those of forms.
    async fn ids(&self, other: &OtherDesk, writer: u64) -> BTreeSet<String> {
        let people = [self.an, self.bob, self.lan, self.tuan, self.ha, other.staff, writer];
        let mut channels: BTreeSet<u64> = people
            .iter()
            .flat_map(|person| self.sandbox().channels_seen_by(*person))
            .map(|held| id(&held["id"]))
            .collect();
        for parent in [self.intake, self.desk] {
            channels.extend(self.sandbox().threads(parent).iter().map(|held| id(&held["id"])));
        }
        let mut ids: BTreeSet<String> = BTreeSet::new();
        for message in channels.iter().flat_map(|channel| self.sandbox().messages(*channel)) {
            for row in message["components"].as_array().into_iter().flatten() {
                let held = row["components"].as_array().into_iter().flatten();
                ids.extend(held.filter_map(|held| held["custom_id"].as_str().map(str::to_owned)));
            }
        }
        // Some stand only where nobody else sees them.
        let read = self.the(self.desk, "Mạng chậm mỗi tối");
        let promised = [("what", json!("gọi lại")), ("when", json!("9h sáng mai"))];
        for (path, options) in [("case promise", &promised[..]), ("case promises", &[])] {
            let answer = self.command(self.lan, id(&read["id"]), path, options).await;
            let rows = answer.message.expect("buttons")["components"].clone();
            let held = rows.as_array().into_iter().flatten().filter_map(|row| row["components"].as_array());
            ids.extend(held.flatten().filter_map(|held| held["custom_id"].as_str().map(str::to_owned)));
        }
        // Kept before its hour it asks what came of it; and a talk that somebody takes on can be said to be held.
        let label = "1 · Đã giữ lời";
        let made = self.sandbox().press_label(self.lan, id(&read["id"]), label);
        ids.extend(form_id(self.outcome(made).await.1.form.as_ref()));
        self.press(self.tuan, self.managers, "Tôi nói chuyện với khách").await;
        let taken = self.the(self.managers, "nhận nói chuyện với khách");
        ids.extend(button_of(&taken, "Đã nói chuyện"));
        let mut hidden = Vec::new();
        for thread in self.sandbox().threads(self.desk).iter().map(|held| id(&held["id"])) {
            let Ok(pressed) = self.sandbox().press_label(self.lan, thread, "Thêm…") else { continue };
            hidden.push(self.outcome(Ok(pressed)).await.1);
        }
        for answer in hidden {
            let rows = answer.message.expect("what is seldom pressed")["components"].clone();
            let held = rows.as_array().into_iter().flatten().filter_map(|row| row["components"].as_array());
            ids.extend(held.flatten().filter_map(|held| held["custom_id"].as_str().map(str::to_owned)));
        }
        // What An is shown of their data, and what of it would go; its forms open for themselves and for a manager.
        let dm = self.dm(self.an);
        let shown = self.command(self.an, dm, "my-data", &[]).await;
        for (user, channel, label) in [(self.an, dm, "Yêu cầu khác"), (self.tuan, self.managers, "Trả lời")]
        {
            let (_, opened) = self.outcome(self.sandbox().press_label(user, channel, label)).await;
            ids.extend(form_id(opened.form.as_ref()));
        }
        let goes = self.press(self.an, dm, "Xóa").await;
        for answer in [shown, goes] {
            let rows = answer.message.expect("buttons")["components"].clone();
            let held = rows.as_array().into_iter().flatten().filter_map(|row| row["components"].as_array());
            ids.extend(held.flatten().filter_map(|held| held["custom_id"].as_str().map(str::to_owned)));
        }
        // Each opens its form, if it has one.
        let card = id(&self.sandbox().threads(self.desk)[0]["id"]);
        for open in ids.clone().into_iter().filter(|held| held.contains(":open-")) {
            let (_, answer) = self
                .outcome(self.sandbox().forge(self.mike, self.desk, card, &Forged::Press(open, None)))
                .await;
            ids.extend(form_id(answer.form.as_ref()));
        }
        for open in ids.clone().into_iter().filter(|held| held.contains(":open-sort")) {
            let dm = self.dm(self.an);
            let message = id(&self.the(dm, "Khiếu nại **#1**")["id"]);
            let (_, answer) =
                self.outcome(self.sandbox().forge(self.an, dm, message, &Forged::Press(open, None))).await;
            let message = answer.message.expect("a select");
            ids.extend(message["components"][0]["components"][0]["custom_id"].as_str().map(str::to_owned));
        }
        let mine = self.command(self.an, self.intake, "my-complaints", &[]).await.message.expect("a list");
        let select = select_of(&mine).expect("a select of those that can be withdrawn");
        let made = self.sandbox().select(self.an, self.intake, id(&mine["id"]), &select, &["1"]);
        ids.extend(form_id(self.outcome(made).await.1.form.as_ref()));
        ids.insert(select);
        let phoned = vec![("medium".to_owned(), json!("mail"))];
        let forged = Forged::Command("case log".to_owned(), phoned);
        let (_, answer) = self.outcome(self.sandbox().forge(self.tuan, self.desk, card, &forged)).await;
        ids.extend(form_id(answer.form.as_ref()));
        for (path, options) in [
            ("incident declare", vec![("playbook".to_owned(), json!("cable-cut"))]),
            ("incident update", vec![("incident".to_owned(), json!("1"))]),
            ("reply", vec![]),
            ("case resolve", vec![]),
            ("case propose", vec![]),
            ("case refuse", vec![]),
            ("case log", vec![("medium".to_owned(), json!("phone"))]),
        ] {
            let forged = Forged::Command(path.to_owned(), options);
            let (_, answer) = self.outcome(self.sandbox().forge(self.tuan, card, card, &forged)).await;
            ids.extend(form_id(answer.form.as_ref()));
        }
        ids
    }

    async fn journals(&self, guilds: [u64; 2]) -> Journals {
        let mut journals = Journals::new();
        for guild in guilds.map(GuildId) {
            let ids = store::complaint::filed_before(self.stage.db(), guild, i64::MAX).await;
            for id in ids.expect("the store answers") {
                let held = store::complaint::read(self.stage.db(), id)
                    .await
                    .expect("it reads")
                    .expect("it is there");
                let journal = store::complaint::journal(self.stage.db(), id).await.expect("it reads");
                let by = journal.into_iter().map(|entry| entry.by).collect();
                journals.insert(id.0, (guild, held.filed.customer.id.0, by));
            }
        }
        journals
    }

    /// What is no complaint: drafts, incidents and desks, by their stored state.
    async fn rest(&self) -> Vec<(String,)> {
        let all = "SELECT state FROM incident UNION ALL SELECT state FROM draft UNION ALL SELECT state FROM guild_desk";
        self.stage.db().all(all, Vec::new()).await.expect("the store answers")
    }

    /// Presses and sends all of these as one person; everything is answered.
    async fn tried(&self, user: u64, channel: u64, message: u64, ids: &[String], value: &str) -> usize {
        let inputs = [
            ("words", "Mạng chậm"),
            ("text", "Dạ em xem ạ"),
            ("for", "1m"),
            ("area", "Q7"),
            ("since", "8:30"),
            ("next_update", "11:00"),
            ("summary", "Mạng chậm"),
            ("severity", "Nặng"),
            ("when", "2026-12-01 09:00"),
            ("first", "Thay dây"),
            ("remark", "1"),
        ];
        let inputs: Vec<(String, String)> =
            inputs.map(|(name, text)| (name.to_owned(), text.to_owned())).into();
        let mut count = 0;
        // Forms that file ask Discord who is on which server: not fifty at once.
        let (asking, other): (Vec<String>, Vec<String>) =
            ids.iter().cloned().partition(|id| matches!(id.parse(), Ok(CustomId::Filing { .. })));
        for some in asking.chunks(1).chain(other.chunks(BATCH)) {
            let mut made = Vec::new();
            for id in some {
                made.push((id, Forged::Press(id.clone(), None)));
                let chosen = Some(vec![value.to_owned()]);
                match id.parse() {
                    Ok(
                        CustomId::Classify(_)
                        | CustomId::Feature(Press::Clarify(Question::Ask(_)))
                        | CustomId::Sort { .. }
                        | CustomId::ChooseDesk(_),
                    ) => {
                        made.push((id, Forged::Press(id.clone(), chosen)));
                    }
                    Ok(_) => made.push((id, Forged::Submit(id.clone(), inputs.clone()))),
                    Err(_) => {}
                }
            }
            let made: Vec<(&String, u64)> = made
                .into_iter()
                .map(|(id, forged)| {
                    (id, self.sandbox().forge(user, channel, message, &forged).expect("it is sent"))
                })
                .collect();
            self.settle().await;
            for (id, interaction) in made {
                let answer = self.sandbox().answer_now(interaction);
                let unanswered = matches!(answer.kind, AnswerKind::Failed | AnswerKind::Pending);
                assert!(!unanswered, "{id:?} by {user}: {}", answer.text());
                count += 1;
            }
        }
        count
    }
}

fn form_id(form: Option<&Value>) -> Option<String> {
    form.and_then(|form| form["custom_id"].as_str()).map(str::to_owned)
}

/// Everything that is one change away from an id: bits and letters, cut and longer, other numbers.
fn alterations(held: &str, numbers: &[String]) -> BTreeSet<String> {
    let mut altered = BTreeSet::new();
    let bytes = held.as_bytes();
    for place in 0..bytes.len() {
        for change in (0..8).map(|bit| bytes[place] ^ (1 << bit)).chain(*b"0:-9") {
            let mut other = bytes.to_vec();
            other[place] = change;
            altered.extend(String::from_utf8(other));
        }
        altered.insert(held[..place].to_owned());
        altered.insert(format!("{}{}", &held[..place], &held[place + 1..]));
    }
    for more in ["0", ":", ":1", " ", "\0", "é", "🎉"] {
        altered.insert(format!("{held}{more}"));
        altered.insert(format!("{more}{held}"));
    }
    let parts: Vec<&str> = held.split(':').collect();
    for place in 1..parts.len() {
        for number in numbers {
            let mut other = parts.clone();
            other[place] = number;
            altered.insert(other.join(":"));
        }
    }
    altered.retain(|text| !text.is_empty() && text.chars().count() <= 100);
    altered.remove(held);
    altered
}

/// Ids of what was decided by then, so that its buttons are gone; and of forms as they stood before they named their complaint.
fn gone() -> Vec<CustomId> {
    let (complaint, proposal) = (ComplaintId(7), 2);
    vec![
        CustomId::ReplyHere,
        CustomId::ResolveHere,
        CustomId::SummaryWrong(complaint),
        CustomId::Agree { complaint, proposal },
        CustomId::OpenChange { complaint, proposal },
        CustomId::Change { complaint, proposal },
        CustomId::OpenSendRemedies { complaint, proposal },
        CustomId::SendRemedies { complaint, proposal },
        CustomId::SomethingElse { complaint, proposal },
        CustomId::Feature(Press::Clarify(Question::Answer { complaint, number: 1 })),
        CustomId::Feature(Press::Reject(Rejection::Object(complaint))),
        CustomId::Word { complaint, cycle: 1 },
        CustomId::Write(complaint),
        CustomId::DoKept { of: 7 },
        CustomId::OpenKept { of: 7 },
        CustomId::SayKept { complaint, of: 7 },
        CustomId::TimeKept { of: 7, at: 1 },
        CustomId::LogMoreAt { medium: Medium::Phone, since: 1 },
    ]
}

#[tokio::test]
async fn altered_ids_are_answered_and_touch_nothing_of_others() {
    scene(async |scene| {
        let (other, writer) = Box::pin(scene.full()).await;
        let stood = Box::pin(scene.ids(&other, writer)).await;
        let mut each: BTreeMap<String, String> = BTreeMap::new();
        for held in &stood {
            let parsed: CustomId = held.parse().expect("an id that stands is one of ours");
            each.entry(name_of(&parsed)).or_insert_with(|| held.clone());
        }
        for id in gone() {
            each.entry(name_of(&id)).or_insert_with(|| id.at(0));
        }
        let missing: Vec<_> =
            CustomId::names().into_iter().filter(|name| !each.contains_key(*name)).collect();
        // These stand only before a complaint is sent, or while an incident's list is long.
        let elsewhere = ["send-draft", "drop-draft", "draft-language", "choose-desk", "open-listed"];
        assert!(missing.iter().all(|shape| elsewhere.contains(shape)), "nowhere: {missing:?}: {stood:?}");
        let guilds = [scene.guild, other.guild];
        let mut numbers: Vec<String> = (0..9).map(|number| number.to_string()).collect();
        numbers.extend(guilds.map(|guild| guild.to_string()));
        numbers.extend(
            ["-1", "9223372036854775807", "18446744073709551615", "99999999999999999999", "+1", "01", "١"]
                .map(str::to_owned),
        );
        let altered: BTreeSet<String> = each.values().flat_map(|held| alterations(held, &numbers)).collect();
        let (ours, foreign): (Vec<String>, Vec<String>) =
            altered.into_iter().partition(|text| text.parse::<CustomId>().is_ok());
        let total = ours.len() + foreign.len();
        // Of those that are ids again, a few hundred name what is nowhere: a part of them.
        let known = |part: &str| part.len() < 3 || part.chars().all(|letter| letter.is_ascii_lowercase());
        let near = |text: &String| text.split(':').skip(2).all(known);
        let (close, far): (Vec<String>, Vec<String>) = ours.into_iter().partition(near);
        let ours =
            close.into_iter().step_by(few_or_all(6, 1)).chain(far.into_iter().step_by(few_or_all(48, 8)));
        let some: Vec<String> = foreign.into_iter().step_by(few_or_all(6, 1) * ONE_OF).chain(ours).collect();
        let before = (scene.journals(guilds).await, scene.rest().await);
        let mut tries = 0;

        // The customer touches complaints of their own alone, as their customer.
        let receipt = scene.sandbox().messages(scene.dm(scene.an)).remove(0);
        let theirs = ComplaintId(1).0.to_string();
        tries += scene.tried(scene.an, scene.dm(scene.an), id(&receipt["id"]), &some, &theirs).await;
        let after = (scene.journals(guilds).await, scene.rest().await);
        assert_eq!(before.1, after.1, "nothing but complaints is touched");
        for (complaint, (guild, customer, by)) in &after.0 {
            let held = before.0.get(complaint).map_or(0, |(.., by)| by.len());
            let new = &by[held..];
            assert!(
                new.is_empty() || (*customer == scene.an && guild.0 == scene.guild),
                "complaint {complaint}: {new:?}"
            );
            assert!(new.iter().all(|by| !matches!(by, Actor::Staff(_))), "complaint {complaint}: {new:?}");
        }

        // Staff touch those of their server, as staff, and what they file themselves.
        let card = id(&scene.sandbox().threads(scene.desk)[0]["id"]);
        tries += scene.tried(scene.mike, scene.desk, card, &some, "other").await;
        let last = (scene.journals(guilds).await, scene.rest().await);
        assert_eq!(after.1, last.1, "staff touch no incident, draft or desk");
        for (complaint, (guild, customer, by)) in &last.0 {
            let held = after.0.get(complaint).map_or(0, |(.., by)| by.len());
            for by in &by[held..] {
                let may = match by {
                    Actor::Staff(person) => person.id.0 == scene.mike && *customer != scene.mike,
                    Actor::Customer(person) => person.id.0 == scene.mike && *customer == scene.mike,
                    Actor::Desk => true,
                };
                assert!(may && guild.0 == scene.guild, "complaint {complaint}: {by:?}");
            }
        }
        let asked: Vec<(i64,)> = scene
            .stage
            .db()
            .all("SELECT DISTINCT customer FROM data_request", Vec::new())
            .await
            .expect("the store answers");
        assert_eq!(asked, [(scene.an.cast_signed(),)], "nobody asks about somebody else's data");
        // Whatever a desk stands on is looked at when a server appears, which the second one may have done before its set-up.
        scene.crash_and_restart().await;
        assert!(logs::trouble().is_empty(), "{:#?}", logs::trouble());
        eprintln!("{} ids stood, {total} alterations, {tries} tried", stood.len());
    })
    .await;
}

#[tokio::test]
async fn nobody_takes_along_what_waits_for_the_form_of_somebody_else() {
    scene(async |scene| {
        let files = vec![("file".to_owned(), "den-do.jpg".to_owned(), b"jpg".to_vec())];
        let place = Place::Channel(scene.intake);
        let (form, _) =
            scene.outcome(scene.sandbox().command_with_files(scene.an, place, "complain", &[], files)).await;
        let panel = id(&scene.the(scene.intake, "lắng nghe")["id"]);
        let inputs = vec![("words".to_owned(), "My line is dead".to_owned())];
        let taken = Forged::Submit(format!("1:filing:{}:{form}", scene.guild), inputs);
        let (_, told) = scene.outcome(scene.sandbox().forge(scene.bob, scene.intake, panel, &taken)).await;
        assert!(told.text().contains("**#1**"), "{}", told.text());
        assert!(!scene.read(scene.desk).contains("1 tệp"), "{}", scene.read(scene.desk));
        scene.outcome(scene.sandbox().submit(scene.an, form, &[("words", "Mất mạng")])).await;
        assert!(scene.read(scene.desk).contains("1 tệp"), "{}", scene.read(scene.desk));

        let slots = [("playbook", json!("cable-cut")), ("area", json!("Quận 7"))];
        let place = Place::Channel(scene.managers);
        let (options, _) =
            scene.outcome(scene.sandbox().command(scene.tuan, place, "incident declare", &slots)).await;
        let inputs = [("since", "8:30"), ("next_update", "11:00")];
        let inputs = inputs.map(|(name, text)| (name.to_owned(), text.to_owned())).into();
        let taken = Forged::Submit(format!("1:declare:{options}:cable-cut"), inputs);
        let (_, told) = scene.outcome(scene.sandbox().forge(scene.ha, scene.intake, panel, &taken)).await;
        assert!(!scene.read(scene.managers).contains("Quận 7"), "{}", told.text());
    })
    .await;
}
