//! Whose data it is: shown, exported and erased for the person themselves; anything else is answered by the law's clock.

use std::collections::BTreeSet;

use langnghe::discord::render::answers::refused;
use langnghe::domain::command::Refusal;
use langnghe::domain::data::fact::{Entry, Fact};
use langnghe::domain::event::Undelivered;
use langnghe::kernel::ids::{GuildId, RequestId, Stream};
use langnghe::kernel::lang::Lang;
use langnghe::sandbox::{Answer, AnswerKind, Forged, Say};
use langnghe::store::tables::TABLES;
use langnghe::store::{self, schema};
use serde_json::{Value, json};

use crate::scene::{HOUR, MINUTE, Scene, each_scene, id, scene};
use crate::seeing::{DM, OtherDesk, button_of, labels, monday, pings};

const DAY: i64 = 24 * HOUR;

impl Scene {
    /// Every cell of every table, as text, each with the names of its table and column.
    pub async fn every_cell(&self) -> Vec<(String, String)> {
        let mut cells = Vec::new();
        let applied = schema::known();
        for table in TABLES {
            for column in table.columns_at(&applied).unwrap_or_default() {
                let place = format!("{}.{}", table.name, column.name);
                let all: &'static str = Box::leak(
                    format!("SELECT COALESCE(CAST({} AS TEXT), '') FROM {}", column.name, table.name)
                        .into_boxed_str(),
                );
                let rows: Vec<(String,)> =
                    self.stage.db().all(all, Vec::new()).await.expect("the store answers");
                cells.extend(rows.into_iter().map(|(text,)| (place.clone(), text)));
            }
        }
        cells
    }

    /// The tables and columns in which a mark still stands.
    pub async fn where_is(&self, mark: &str) -> BTreeSet<String> {
        let cells = self.every_cell().await;
        cells.into_iter().filter(|(_, text)| text.contains(mark)).map(|(place, _)| place).collect()
    }

    /// What the journal of the first request says.
    async fn journal_of_request(&self) -> Vec<Fact> {
        let stream = Stream::Request(RequestId(1));
        let journal: Vec<Entry> = store::journal::read(self.stage.db(), stream).await.expect("it reads");
        assert!(journal.is_sorted_by_key(|entry| entry.at), "{journal:?}");
        journal.into_iter().map(|entry| entry.event).collect()
    }

    /// The names of the files that are kept on their way.
    fn kept_files(&self) -> Vec<String> {
        let folder = self.folder().join("data/files");
        let Ok(files) = std::fs::read_dir(folder) else { return Vec::new() };
        files.flatten().map(|file| file.file_name().to_string_lossy().into_owned()).collect()
    }

    /// The one file of an answer, as JSON.
    pub async fn exported(&self, answer: &Answer) -> Value {
        let message = answer.message.as_ref().expect("a message");
        let files = message["attachments"].as_array().expect("files");
        assert_eq!((files.len(), files[0]["filename"].as_str()), (1, Some("my-data.json")));
        let url = files[0]["url"].as_str().expect("a link");
        reqwest::get(url).await.expect("it is there").json().await.expect("it is JSON")
    }

    /// A complaint of An's with contact and wish from filing to rating and its words; staff note what is theirs.
    async fn ended_complaint(&self) -> u64 {
        let before = self.sandbox().threads(self.desk).len();
        let values =
            [("words", "Mất mạng MATTER"), ("wish", "WISHMARK bớt tiền"), ("contact", "HD 99887766")];
        self.press_and_fill(self.an, self.intake, "Gửi khiếu nại", &values).await;
        let thread = id(&self.sandbox().threads(self.desk)[before]["id"]);
        let read = [("summary", "Mất mạng SUMMARY"), ("severity", "Nặng")];
        self.command_and_fill(self.lan, thread, "case read", &[], &read).await;
        self.command(self.lan, thread, "case note", &[("text", json!("STAFFNOTE khách hay gọi"))]).await;
        let internal = [("first", "INTERNAL Thay dây"), ("remark", "chỉ có cách này")];
        self.command_and_fill(self.lan, thread, "case propose", &[], &internal).await;
        self.say(self.an, DM, "SAIDMARK đèn đỏ").await;
        self.command(self.lan, thread, "reply", &[("text", json!("REPLYMARK em xem ạ"))]).await;
        let promise = [("what", json!("PROMISEMARK gọi lại")), ("when", json!("2026-11-24 09:00"))];
        self.command(self.lan, thread, "case promise", &promise).await;
        self.command(self.lan, thread, "case promises", &[]).await;
        self.keeps(self.lan, thread, "1").await;
        self.command(self.lan, thread, "case resolve", &[("outcome", json!("OUTCOME Đã thay dây."))]).await;
        let dm = self.dm(self.an);
        self.press(self.an, dm, "5 ★").await;
        self.press(self.an, dm, "Rồi").await;
        self.press_and_fill(self.an, dm, "Viết thêm", &[("text", "RATEWORD Lan tốt")]).await;
        thread
    }

    /// An has one complaint that ended here, one that goes on on another server, and writes something that is not sent yet.
    async fn much_is_kept(&self) -> OtherDesk {
        let other = self.second_desk().await;
        self.sandbox().join_guild(self.an, other.guild);
        self.ended_complaint().await;
        let file = ("nhap.jpg".to_owned(), b"DRAFTFILE".to_vec());
        let unsent = Say { text: "DRAFTMARK chưa gửi".to_owned(), files: vec![file], ..Say::default() };
        self.say(self.an, DM, unsent).await;
        self.advance(2 * MINUTE).await;
        let values = [("words", "Cước sai OTHERMATTER"), ("contact", "OTHERPHONE 123")];
        self.command_and_fill(self.an, other.intake, "complain", &[], &values).await;
        other
    }
}

each_scene!(nothing_is_kept_of_whoever_wrote_nothing, async |scene| {
    let shown = scene.command(scene.bob, scene.intake, "my-data", &[]).await;
    assert!(shown.ephemeral && shown.text().contains("no complaint and no message"), "{}", shown.text());
    let goes = scene.press(scene.bob, scene.intake, "Erase").await;
    assert!(goes.kind == AnswerKind::Update && goes.text().contains("nothing of yours"), "{}", goes.text());
    assert!(labels(goes.message.as_ref().expect("a message")).is_empty());
    scene.command(scene.bob, scene.intake, "my-data", &[]).await;
    let export = scene.press(scene.bob, scene.intake, "Export").await;
    let held = scene.exported(&export).await;
    assert_eq!((held["complaints"].clone(), held["drafts"].clone()), (json!([]), json!([])));
    assert_eq!(scene.where_is("Bob Tran").await, BTreeSet::new());
});

each_scene!(a_person_sees_and_exports_what_is_theirs_and_nothing_of_the_desk, async |scene| {
    let other = scene.much_is_kept().await;
    let dm = scene.dm(scene.an);
    let all = scene.command(scene.an, dm, "my-data", &[]).await;
    let text = all.text();
    assert!(all.ephemeral, "{text}");
    for part in
        ["**Viễn Thông Hai**", "đã khép lại: 1 (#1)", "đang xử lý: 1 (#1)", "chưa gửi thành khiếu nại: 1"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    for part in ["Để làm gì", "2 năm sau khi khiếu nại khép lại", "<t:", "2 ngày làm việc"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let here = scene.command(scene.an, scene.intake, "my-data", &[]).await.text();
    assert!(here.contains("đã khép lại: 1") && !here.contains("đang xử lý"), "{here}");

    let export = scene.press(scene.an, dm, "Xuất dữ liệu").await;
    let held = scene.exported(&export).await;
    let raw = held.to_string();
    for mark in [
        "MATTER",
        "WISHMARK",
        "99887766",
        "SAIDMARK",
        "REPLYMARK",
        "PROMISEMARK",
        "OUTCOME",
        "RATEWORD",
        "SUMMARY",
        "DRAFTMARK",
        "OTHERMATTER",
        "OTHERPHONE",
    ] {
        assert!(raw.contains(mark), "{mark}: {raw}");
    }
    for mark in ["STAFFNOTE", "INTERNAL", &scene.lan.to_string(), "Tuấn"] {
        assert!(!raw.contains(mark), "{mark}: {raw}");
    }
    let first = &held["complaints"][0];
    assert_eq!(first["number"], 1);
    assert_eq!(first["filed_at"], "2026-11-23T09:00:00+07:00");
    assert_eq!(first["kept_until"].as_str().map(|at| &at[..4]), Some("2028"));
    assert_eq!(first["messages"][0]["text"], "SAIDMARK đèn đỏ");
    assert_eq!(
        (first["replies"][0]["by"].clone(), first["replies"][0]["delivered"].clone()),
        (json!("Lan"), json!(true))
    );
    assert_eq!(
        (first["outcomes"][0]["rating"].clone(), first["outcomes"][0]["word"].clone()),
        (json!(5), json!("RATEWORD Lan tốt"))
    );
    assert_eq!(held["profile"]["discord_id"], scene.an.to_string());
    let in_guild = scene.outcome(scene.sandbox().press_label(scene.an, scene.intake, "Xuất dữ liệu")).await.1;
    let held = scene.exported(&in_guild).await.to_string();
    assert!(held.contains("MATTER") && !held.contains("OTHERMATTER"), "{held}");

    // Nobody else's press does anything with it, on whichever server.
    let message = all.message.as_ref().expect("a message");
    let theirs = button_of(message, "Xuất dữ liệu").expect("the button");
    for (who, channel) in [(scene.bob, scene.intake), (scene.tuan, scene.desk), (other.staff, other.desk)] {
        let at = id(&scene.last(channel)["id"]);
        let forged = Forged::Press(theirs.clone(), None);
        let (_, answer) = scene.outcome(scene.sandbox().forge(who, channel, at, &forged)).await;
        let files =
            answer.message.as_ref().and_then(|held| held["attachments"].as_array()).map_or(0, Vec::len);
        assert!(answer.ephemeral && files == 0, "{}", answer.text());
    }
});

each_scene!(what_is_erased_is_gone_from_every_table_and_what_stays_is_said, async |scene| {
    scene.much_is_kept().await;
    let dm = scene.dm(scene.an);
    // A file of a form that never came back waits as well.
    let files = vec![("file".to_owned(), "cu.jpg".to_owned(), b"FORMFILE".to_vec())];
    let place = langnghe::sandbox::Place::Channel(scene.intake);
    scene.outcome(scene.sandbox().command_with_files(scene.an, place, "complain", &[], files)).await;
    assert!(scene.kept_files().len() >= 2, "{:?}", scene.kept_files());
    let shown = scene.those(dm, "DRAFTMARK").len();
    for mark in ["DRAFTMARK", "WISHMARK", "99887766", "RATEWORD"] {
        assert!(!scene.where_is(mark).await.is_empty(), "{mark}");
    }

    scene.command(scene.an, dm, "my-data", &[]).await;
    let goes = scene.press(scene.an, dm, "Xóa").await;
    let text = goes.text();
    for part in ["1 tin chưa gửi", "1 số liên hệ", "đang xử lý (#1): giữ nguyên", "hồ sơ của #1: luật"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert_eq!(labels(goes.message.as_ref().expect("a message")), ["Xóa ngay"]);
    let done = scene.press(scene.an, dm, "Xóa ngay").await;
    assert!(
        done.kind == AnswerKind::Update && done.text().starts_with("Đã xóa hẳn: 1 tin"),
        "{}",
        done.text()
    );

    for mark in ["DRAFTMARK", "nhap.jpg", "WISHMARK", "99887766", "RATEWORD"] {
        assert_eq!(scene.where_is(mark).await, BTreeSet::new(), "{mark}");
    }
    assert_eq!(scene.kept_files(), Vec::<String>::new());
    assert_eq!(scene.those(dm, "DRAFTMARK").len(), shown - 1, "the draft that was shown back is taken back");
    // What the law wants kept, and what is still to be settled, is whole; the fact is in the journal.
    for mark in ["Mất mạng MATTER", "REPLYMARK", "OTHERMATTER", "OTHERPHONE"] {
        assert!(!scene.where_is(mark).await.is_empty(), "{mark}");
    }
    assert_eq!(scene.where_is("\"fact\":\"erased\",\"what\":\"extras\"").await.len(), 1);
    assert_eq!(scene.times(scene.managers, "đã làm ngay: xóa"), 1, "{}", scene.read(scene.managers));
    let card = scene.the(scene.desk, "MATTER");
    assert!(!crate::scene::words_of(&card).contains("WISHMARK"), "{card}");
    // Once more there is nothing to do.
    scene.command(scene.an, dm, "my-data", &[]).await;
    let again = scene.press(scene.an, dm, "Xóa").await;
    assert!(again.text().contains("không có gì của anh/chị có thể xóa ngay"), "{}", again.text());
});

const ASK: &str = "Xin không gọi số 0912 nữa";

impl Scene {
    /// Asks for something else, and returns the answer.
    pub async fn asked(&self, who: u64, command: &str, button: &str, text: &str) -> Answer {
        self.command(who, self.intake, command, &[]).await;
        self.press_and_fill(who, self.intake, button, &[("text", text)]).await
    }
}

each_scene!(a_request_is_told_to_managers_answered_and_told_to_the_person, async |scene| {
    let asked = scene.asked(scene.an, "my-data", "Yêu cầu khác", ASK).await;
    // Monday at nine, Tuesday is a holiday: two working days end with Thursday.
    let due = monday(96, 0) / 1_000 - 1;
    assert!(
        asked.ephemeral && asked.text().contains(&format!("chậm nhất hết ngày <t:{due}:D>")),
        "{}",
        asked.text()
    );
    let told = scene.the(scene.managers, ASK);
    assert!(
        pings(&told, scene.manager_role)
            && told["content"].as_str().is_some_and(|text| text.contains("**#1**"))
    );
    let bot = scene.stage.bot().expect("the bot runs").clone();
    let words = |refusal: &Refusal| refused(refusal, bot.texts().of(Lang::Vi));
    let blank = scene.press_and_fill(scene.tuan, scene.managers, "Trả lời", &[("text", " ")]).await;
    assert!(blank.ephemeral && blank.text() == words(&Refusal::Blank), "{}", blank.text());
    let offer = [("text", "Bên em hoàn lại anh 5.000.000đ ạ")];
    let too_much = scene.press_and_fill(scene.tuan, scene.managers, "Trả lời", &offer).await;
    assert!(too_much.text().contains("5.000.000đ"), "{}", too_much.text());
    assert!(scene.sandbox().dm_channel(scene.an).is_none(), "{}", scene.transcript());
    let answer = [("text", "Dạ em đã xóa số 0912 khỏi hồ sơ ạ.")];
    let sent = scene.press_and_fill(scene.tuan, scene.managers, "Trả lời", &answer).await;
    assert!(sent.ephemeral && sent.text().contains("đang được chuyển"), "{}", sent.text());
    let dm = scene.dm(scene.an);
    assert!(
        scene.read(dm).contains("Yêu cầu #1 về dữ liệu") && scene.read(dm).contains("— Tuấn"),
        "{}",
        scene.read(dm)
    );
    let told = scene.the(scene.managers, ASK);
    assert!(
        labels(&told).is_empty()
            && told["content"].as_str().is_some_and(|text| text.contains("đã chuyển đến khách")),
        "{told}"
    );
    // Whoever had the form open comes too late; nothing reminds any more.
    let form = vec![("text".to_owned(), "lần hai".to_owned())];
    let late = Forged::Submit("1:answer-request:1".to_owned(), form);
    let at = id(&told["id"]);
    let (_, over) = scene.outcome(scene.sandbox().forge(scene.ha, scene.managers, at, &late)).await;
    let why = words(&Refusal::RequestOver { number: 1 });
    assert!(over.text().starts_with(&why) && over.text().ends_with("> lần hai"), "{}", over.text());
    scene.advance(5 * DAY).await;
    assert!(!scene.read(scene.managers).contains("chờ trả lời; theo luật"), "{}", scene.read(scene.managers));
    let again = scene.command(scene.an, scene.intake, "my-data", &[]).await.text();
    assert!(!again.contains("Yêu cầu **#1**"), "{again}");
});

each_scene!(a_request_is_reminded_of_before_it_is_due_and_told_when_it_is_missed, async |scene| {
    scene.asked(scene.an, "my-data", "Yêu cầu khác", ASK).await;
    scene.until(monday(48 + 12, 0)).await;
    assert!(!scene.read(scene.managers).contains("đang chờ trả lời"), "{}", scene.read(scene.managers));
    scene.until(monday(96, 0) - MINUTE).await;
    let remind = scene.the(scene.managers, "đang chờ trả lời");
    assert!(pings(&remind, scene.manager_role) && labels(&remind) == ["Trả lời"], "{remind}");
    assert!(!scene.read(scene.managers).contains("quá hạn luật định"));
    scene.advance(2 * MINUTE).await;
    assert_eq!(scene.times(scene.managers, "quá hạn luật định"), 1);
    // It is still to be answered, and that it was missed stays.
    scene.advance(3 * DAY).await;
    assert_eq!(scene.times(scene.managers, "quá hạn luật định"), 1);
    scene.sandbox().set_dms_open(scene.an, false);
    let answer = [("text", "Dạ em xin lỗi đã trả lời muộn ạ.")];
    scene.press_and_fill(scene.tuan, scene.managers, "Trả lời", &answer).await;
    let threads = scene.sandbox().threads(scene.intake);
    assert_eq!(threads.len(), 1, "closed direct messages: a private thread");
    assert_eq!(threads[0]["name"], "Yêu cầu dữ liệu #1");
    let thread = id(&threads[0]["id"]);
    assert!(scene.sandbox().messages_seen_by(scene.an, thread).len() == 1, "{}", scene.read(thread));
    let told = scene.the(scene.managers, ASK)["content"].as_str().unwrap_or_default().to_owned();
    assert!(told.contains("Đã quá hạn") && told.contains("đã chuyển đến khách"), "{told}");
    let journal = scene.journal_of_request().await;
    let [Fact::Asked, Fact::Missed, Fact::Answered { by }, Fact::Reached] = journal.as_slice() else {
        panic!("{journal:?}")
    };
    assert_eq!(by.id.0, scene.tuan);
    // One that was made before there were journals gets from its state what that tells.
    let db = scene.stage.db();
    let mut tx = db.begin().await.expect("a transaction");
    tx.run("DELETE FROM journal WHERE kind = 'request'", vec![]).await.expect("it goes");
    tx.commit().await.expect("a commit");
    schema::bring_up_to_date(db).await.expect("it is brought up to date");
    assert_eq!(scene.journal_of_request().await, journal[..3]);
});

#[tokio::test]
async fn an_answer_that_finds_no_way_is_told_to_the_managers() {
    scene(async |scene| {
        scene.asked(scene.bob, "my-data", "Something else", "Please use my other name").await;
        scene.sandbox().set_dms_open(scene.bob, false);
        scene.sandbox().leave_guild(scene.bob, scene.guild);
        let answer = [("text", "We have corrected your name.")];
        scene.press_and_fill(scene.tuan, scene.managers, "Trả lời", &answer).await;
        let told = scene.the(scene.managers, "chưa đến được Bob Tran");
        assert!(pings(&told, scene.manager_role), "{told}");
        assert!(
            scene.the(scene.managers, "other name")["content"]
                .as_str()
                .is_some_and(|text| text.contains("chưa đến được khách"))
        );
        let journal = scene.journal_of_request().await;
        let last = Fact::Unreached { reason: Undelivered::Gone };
        assert!(journal.len() == 3 && journal.last() == Some(&last), "{journal:?}");
    })
    .await;
}

each_scene!(a_request_is_nobodys_after_its_time, async |scene| {
    scene.keeps_for("60d").await;
    let desk = scene.stage.bot().expect("the bot runs").desk().clone();
    scene.asked(scene.an, "my-data", "Yêu cầu khác", ASK).await;
    scene.press_and_fill(scene.tuan, scene.managers, "Trả lời", &[("text", "ANSWERMARK dạ xong ạ")]).await;
    scene.advance(59 * DAY).await;
    desk.retention().keep_house().await.expect("the house is kept");
    assert!(!scene.where_is(ASK).await.is_empty());
    scene.advance(2 * DAY).await;
    desk.retention().keep_house().await.expect("the house is kept");
    for mark in [ASK, "ANSWERMARK", "Nguyễn Văn An", &scene.an.to_string()] {
        assert_eq!(scene.where_is(mark).await, BTreeSet::new(), "{mark}");
    }
    let (rows,): (i64,) = scene
        .stage
        .db()
        .one(
            "SELECT CAST(COUNT(*) AS BIGINT) FROM data_request WHERE guild = $1",
            vec![GuildId(scene.guild).0.into()],
        )
        .await
        .expect("the store answers");
    assert_eq!(rows, 1, "that there was one stays");
});
