//! What customers are told of keeping is done: a complaint is nobody's when its time is over, and not before; the figures stay.

use std::collections::BTreeSet;

use langnghe::config::{Config, Env};
use langnghe::domain::report::{CaseFact, case_fact};
use langnghe::kernel::ids::{ComplaintId, GuildId};
use langnghe::sandbox::{Place, Say};
use langnghe::store;
use serde_json::json;

use crate::scene::{HOUR, MINUTE, Scene, each_scene, id};
use crate::seeing::DM;

const DAY: i64 = 24 * HOUR;

impl Scene {
    /// Starts the bot anew with another retention than the shipped two years: days pass faster.
    pub async fn keeps_for(&mut self, keep: &str) {
        let folder = self.folder().join("config");
        std::fs::create_dir_all(&folder).expect("a folder");
        let text = format!("[desk]\nkeep-for = \"{keep}\"\n");
        std::fs::write(folder.join("langnghe.toml"), text).expect("a file");
        let other = Config::load(&folder, &Env::default()).expect("it is right");
        self.stage.configure(|config| {
            let data_dir = config.desk.data_dir.clone();
            *config = other;
            config.desk.data_dir = data_dir;
        });
        self.crash_and_restart().await;
    }

    /// What reports know of every complaint.
    async fn facts(&self) -> Vec<CaseFact> {
        let db = self.stage.db();
        let desk = self.stage.bot().expect("the bot runs").desk();
        let policy = desk.policy_of(GuildId(self.guild));
        let ids = store::complaint::filed_before(db, GuildId(self.guild), i64::MAX).await.expect("it reads");
        let mut facts = Vec::new();
        for id in ids {
            let journal = store::complaint::journal(db, id).await.expect("it reads");
            facts.extend(case_fact(&journal, i64::MAX, &policy));
        }
        facts
    }

    /// A complaint out of direct messages with everything that may stand in one. Returns its thread and its line.
    async fn everything(&self) -> (u64, u64) {
        let file = ("anhMARK.jpg".to_owned(), b"jpg".to_vec());
        let burst = Say { text: "WORDSMARK mất mạng".to_owned(), files: vec![file], ..Say::default() };
        self.say(self.an, DM, burst).await;
        self.advance(2 * MINUTE).await;
        let dm = self.dm(self.an);
        self.press(self.an, dm, "Gửi").await;
        let thread = id(&self.sandbox().threads(self.desk)[0]["id"]);
        let read = [("summary", "SUMMARYMARK"), ("severity", "Nặng"), ("vulnerable", "có")];
        self.command_and_fill(self.lan, thread, "case read", &[], &read).await;
        self.press_and_fill(self.an, dm, "Chưa đúng", &[("text", "CORRECTMARK")]).await;
        self.command(self.lan, thread, "case note", &[("text", json!("NOTEMARK"))]).await;
        self.command(self.lan, thread, "case wait", &[("reason", json!("WAITMARK"))]).await;
        self.say(self.an, DM, "SAIDMARK").await;
        let first =
            [("first", "REMEDYMARK"), ("first_when", "17h hôm nay"), ("remark", "1: REMARKMARK vì vậy")];
        let second = [("second", "SECONDMARK"), ("second_when", "9h sáng mai")];
        let both: Vec<(&str, &str)> = first.into_iter().chain(second).collect();
        self.command_and_fill(self.lan, thread, "case propose", &[], &both).await;
        self.press_and_fill(self.lan, thread, "Gửi khách chọn", &[("text", "LETTERMARK")]).await;
        self.press(self.an, dm, "Chọn 1").await;
        let promise = [("what", json!("PROMISEMARK")), ("when", json!("2026-11-24 09:00"))];
        self.command(self.lan, thread, "case promise", &promise).await;
        self.command(self.lan, thread, "reply", &[("text", json!("REPLYMARK"))]).await;
        self.advance(26 * HOUR).await;
        for kept in ["1 · Đã giữ lời", "2 · Đã giữ lời"] {
            self.command(self.lan, thread, "case promises", &[]).await;
            self.press(self.lan, thread, kept).await;
        }
        self.command(self.lan, thread, "case resolve", &[("outcome", json!("OUTCOMEMARK"))]).await;
        self.press(self.an, dm, "2 ★").await;
        self.press(self.an, dm, "Chưa").await;
        self.press_and_fill(self.an, dm, "Viết thêm", &[("text", "WORDMARK")]).await;
        self.press(self.an, dm, "Mở lại").await;
        self.command(self.lan, thread, "case resolve", &[("outcome", json!("AGAINMARK"))]).await;
        self.press(self.an, dm, "4 ★").await;
        self.press(self.an, dm, "Rồi").await;
        (thread, dm)
    }
}

const MARKS: [&str; 18] = [
    "WORDSMARK",
    "anhMARK",
    "SUMMARYMARK",
    "CORRECTMARK",
    "NOTEMARK",
    "WAITMARK",
    "SAIDMARK",
    "REMEDYMARK",
    "REMARKMARK",
    "SECONDMARK",
    "LETTERMARK",
    "PROMISEMARK",
    "REPLYMARK",
    "OUTCOMEMARK",
    "WORDMARK",
    "AGAINMARK",
    "Nguyễn Văn An",
    "phone-of-an",
];

each_scene!(a_complaint_is_nobodys_when_it_was_kept_long_enough, async |scene| {
    scene.keeps_for("60d").await;
    let (thread, dm) = scene.everything().await;
    let desk = scene.stage.bot().expect("the bot runs").desk().clone();
    // Right after, everything is there: what is looked for below would be found.
    for mark in &MARKS[..17] {
        assert!(!scene.where_is(mark).await.is_empty(), "{mark}");
    }
    scene.advance(59 * DAY).await;
    assert_eq!(desk.retention().keep_house().await.expect("the house is kept"), 0);
    assert!(!scene.where_is("WORDSMARK").await.is_empty());
    let before = scene.facts().await;
    // Its end has come while a later one of the same customer goes on, which names it as the earlier one.
    let values = [("words", "Hóa đơn sai"), ("contact", "phone-of-an")];
    scene.press_and_fill(scene.an, scene.intake, "Gửi khiếu nại", &values).await;
    let later = async || {
        store::complaint::read(desk.db(), ComplaintId(2)).await.expect("it reads").expect("it is there")
    };
    assert_eq!(later().await.filed.earlier.map(|earlier| earlier.number), Some(1));
    scene.say(scene.lan, Place::Channel(thread), "xem lại").await;
    scene.command(scene.lan, thread, "case note", &[("text", json!("NOTEMARK muộn"))]).await;
    scene.advance(3 * DAY).await;
    assert_eq!(desk.retention().keep_house().await.expect("the house is kept"), 1);
    scene.settle().await;

    for mark in &MARKS[..16] {
        assert_eq!(scene.where_is(mark).await, BTreeSet::new(), "{mark}");
    }
    let held = store::complaint::by_number(desk.db(), GuildId(scene.guild), 1).await;
    let held = held.expect("it reads").expect("the figures stay");
    assert_eq!((held.filed.customer.id.0, held.thread, held.card), (0, None, None));
    assert_eq!(later().await.filed.earlier, None, "nothing leads from one to the other");
    assert_eq!(scene.facts().await[..1], before[..1], "reports stay as they were");
    assert!(scene.sandbox().threads(scene.desk).iter().all(|held| id(&held["id"]) != thread));
    assert_eq!(scene.times(scene.desk, "#1 · "), 0, "{}", scene.read(scene.desk));
    // Whoever asks for it is told that there is none; the number is not given out again.
    let asked = scene.command(scene.lan, scene.desk, "case show", &[("number", json!(1))]).await;
    assert!(asked.text().contains("#1") && !asked.text().contains("<@0>"), "{}", asked.text());
    assert!(!scene.command(scene.an, dm, "my-data", &[]).await.text().contains("#1"));
    scene.filed(scene.bob, "My router restarts every hour").await;
    assert!(scene.seen_by(scene.bob).contains("**#3**"));

    // With the later one gone as well, nothing at all is left of the person.
    let later_thread = later().await.thread.expect("it has a thread").0;
    scene.command(scene.tuan, later_thread, "case dismiss", &[("reason", json!("test"))]).await;
    scene.advance(61 * DAY).await;
    assert_eq!(desk.retention().keep_house().await.expect("the house is kept"), 1);
    scene.settle().await;
    scene.advance(8 * DAY).await;
    desk.retention().keep_house().await.expect("the house is kept");
    let (an, line, thread) = (scene.an.to_string(), dm.to_string(), thread.to_string());
    let left = MARKS.iter().copied().chain([an.as_str(), line.as_str(), thread.as_str()]);
    for mark in left {
        assert_eq!(scene.where_is(mark).await, BTreeSet::new(), "{mark}");
    }
    assert_eq!(scene.facts().await[..1], before[..1], "reports stay as they were");
});

each_scene!(what_was_no_complaint_is_forgotten_within_days, async |scene| {
    scene.say(scene.an, DM, "DROPMARK cho hỏi").await;
    scene.advance(2 * MINUTE).await;
    scene.press(scene.an, scene.dm(scene.an), "Không phải khiếu nại").await;
    let desk = scene.stage.bot().expect("the bot runs").desk().clone();
    scene.advance(8 * DAY).await;
    desk.retention().keep_house().await.expect("the house is kept");
    assert_eq!(scene.where_is("DROPMARK").await, BTreeSet::new());
});

each_scene!(whoever_phoned_is_forgotten_too_and_so_is_the_way_between_merged_complaints, async |scene| {
    scene.keeps_for("30d").await;
    let phoned = [("medium", json!("phone"))];
    for words in ["PHONEMARK mất mạng", "PHONEMARK vẫn mất"] {
        let values = [("name", "SAUMARK"), ("words", words), ("contact", "NUMBERMARK")];
        scene.command_and_fill(scene.lan, scene.desk, "case log", &phoned, &values).await;
    }
    let first = id(&scene.sandbox().threads(scene.desk)[0]["id"]);
    let read = [("summary", "SUMMARYMARK"), ("severity", "Nặng")];
    scene.command_and_fill(scene.lan, first, "case read", &[], &read).await;
    scene.command(scene.lan, first, "case merge", &[("number", json!(2))]).await;
    let refusal = [("reason", "REASONMARK"), ("basis", "BASISMARK"), ("recourse", "RECOURSEMARK")];
    scene.command_and_fill(scene.lan, first, "case refuse", &[], &refusal).await;
    let withdrawn = [("medium", json!("phone")), ("reason", json!("TAKENBACKMARK"))];
    scene.command(scene.lan, first, "case withdraw", &withdrawn).await;
    // Of these two the one that goes on is still somebody's when the time of the other one is over.
    let kept = scene.filed(scene.an, "Mạng chậm").await;
    scene.filed(scene.an, "Mạng chậm lắm").await;
    scene.command(scene.lan, kept, "case merge", &[("number", json!(4))]).await;
    let marks = [
        "SAUMARK",
        "NUMBERMARK",
        "PHONEMARK",
        "phonemark",
        "SUMMARYMARK",
        "REASONMARK",
        "BASISMARK",
        "RECOURSEMARK",
        "TAKENBACKMARK",
    ];
    for mark in marks {
        assert!(!scene.where_is(mark).await.is_empty(), "{mark}");
    }
    let before = scene.facts().await;
    scene.advance(31 * DAY).await;
    let desk = scene.stage.bot().expect("the bot runs").desk().clone();
    desk.retention().keep_house().await.expect("the house is kept");
    scene.settle().await;
    for mark in marks {
        assert_eq!(scene.where_is(mark).await, BTreeSet::new(), "{mark}");
    }
    assert_eq!(scene.facts().await[..2], before[..2], "reports stay as they were");
    for number in 1..=4 {
        let held = store::complaint::by_number(desk.db(), GuildId(scene.guild), number).await;
        let held = held.expect("it reads").expect("the figures stay");
        let twins =
            held.features.disposition.merged_from.iter().chain(&held.features.disposition.merged_into);
        let linked = twins.filter(|twin| twin.number != 0 || twin.complaint.0 != 0).count();
        assert_eq!((linked, held.forgotten_at.is_some()), (0, number != 3), "#{number}");
    }
});
