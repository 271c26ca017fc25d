//! Neither tokens nor what people write reach a log: through every failure of a scene, and from `serve` at its most talkative.

use langnghe::sandbox::rules::fault::{CutAt, Fault, FaultKind, GatewayFault, RateLimitScope};
use langnghe::sandbox::rules::permissions;
use langnghe::sandbox::{AnswerKind, Forged, Place, Say};
use serde_json::json;

use crate::logs;
use crate::scene::{MINUTE, Scene, scene};
use crate::seeing::DM;
use crate::serve::Office;

/// A word of its own for each field.
fn canary(field: &str) -> String {
    format!("chim hoàng yến {field} 7Q4Z")
}

impl Scene {
    fn ordered(&self, path: &str, times: u32, kind: FaultKind) {
        self.sandbox().fault(Fault { method: None, path_contains: Some(path.to_owned()), times, kind });
    }

    /// A complaint from the form to the customer's own words, a canary in each field.
    async fn canaries(&self, round: &str) {
        let said = |field: &str| canary(&format!("{field} {round}"));
        let (words, wish, contact) = (said("words"), said("wish"), said("contact"));
        let values = [("words", words.as_str()), ("wish", wish.as_str()), ("contact", contact.as_str())];
        let threads = self.sandbox().threads(self.desk).len();
        self.press_and_fill(self.an, self.intake, "Gửi khiếu nại", &values).await;
        self.advance(5 * MINUTE).await;
        let thread = crate::scene::id(&self.sandbox().threads(self.desk)[threads]["id"]);
        let files = vec![(format!("{}.txt", said("file")), b"log".to_vec())];
        let message = self
            .say(self.an, DM, Say { text: said("message"), files, reply_to: None, ..Say::default() })
            .await;
        self.sandbox()
            .edit_message(self.an, self.dm(self.an), message, &said("edited"))
            .expect("it is theirs");
        self.settle().await;
        for (path, option) in
            [("case note", "text"), ("case wait", "reason"), ("reply", "text"), ("case resolve", "outcome")]
        {
            self.command(self.lan, thread, path, &[(option, json!(said(path)))]).await;
            self.advance(MINUTE).await;
        }
        for (path, option) in
            [("desk simulate", "received"), ("incident show", "incident"), ("case reopen", "reason")]
        {
            self.command(self.tuan, thread, path, &[(option, json!(said(path)))]).await;
        }
        let slots = [("playbook", json!(said("playbook"))), ("area", json!(said("area")))];
        self.command(self.tuan, self.managers, "incident declare", &slots).await;
        self.advance(5 * MINUTE).await;
    }
}

#[tokio::test]
async fn no_failure_puts_words_or_tokens_into_the_log() {
    scene(async |scene| {
        scene.canaries("fair").await;
        assert!(logs::trouble().is_empty(), "{:#?}", logs::trouble());
        for (round, kind) in [
            ("status", FaultKind::Status(502)),
            ("cut", FaultKind::Cut(CutAt::Before)),
            ("lost", FaultKind::Cut(CutAt::After)),
            ("limited", FaultKind::RateLimit { scope: RateLimitScope::User, retry_after_ms: 20 }),
        ] {
            for path in ["/messages", "/threads", "/callback"] {
                scene.ordered(path, 1, kind.clone());
            }
            scene.canaries(round).await;
            scene.sandbox().clear_faults();
        }
        let kind = FaultKind::Gateway(GatewayFault::Drop);
        scene.sandbox().fault(Fault { method: None, path_contains: None, times: 1, kind });
        scene.connected(false).await;
        scene.connected(true).await;
        scene.canaries("dropped").await;
        scene.crash_and_restart().await;
        // Discord refuses what is sent to the managers, and the customer.
        scene.sandbox().deny_bot(scene.managers, permissions::SEND_MESSAGES | permissions::VIEW_CHANNEL);
        scene.sandbox().set_dms_open(scene.an, false);
        scene.canaries("refused").await;
        scene.sandbox().deny_bot(scene.managers, 0);
        scene.advance(60 * MINUTE).await;
        let lines = logs::lines();
        let lines = lines.iter().filter(|line| line.contains("a call is repeated"));
        assert!(lines.count() >= 3, "{:#?}", logs::trouble());
        logs::hold_no_secret(scene.sandbox());
    })
    .await;
}

#[tokio::test]
async fn a_database_that_fails_is_logged_without_words() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut scene = Scene::begin(&format!("sqlite:{}", folder.path().join("desk.db").display())).await;
    let thread = scene.filed(scene.an, &canary("first")).await;
    // What is stored cannot be read any more, and then nothing can be stored at all.
    for statement in [
        "UPDATE complaint SET state = json_set(state, '$.stage', 'chim hoàng yến stage 7Q4Z')",
        "UPDATE complaint SET state = json_set(state, '$.clocks', 'chim hoàng yến clocks 7Q4Z')",
        "DROP TABLE journal",
    ] {
        let mut tx = scene.stage.db().begin().await.expect("it begins");
        tx.run(statement, Vec::new()).await.expect("it is spoilt");
        tx.commit().await.expect("it is kept");
        let answer = scene.command(scene.lan, thread, "case note", &[("text", json!(canary("note")))]).await;
        assert!(answer.text().contains("thử lại"), "they are told: {}", answer.text());
        let answer = scene.command(scene.lan, scene.desk, "case list", &[]).await;
        assert_eq!(answer.kind, AnswerKind::Message);
        scene.sandbox().say(scene.bob, DM, canary("message").as_str()).expect("it is written");
        scene.settle().await;
    }
    assert!(logs::trouble().len() >= 3, "{:#?}", logs::trouble());
    let spoilt = logs::lines().into_iter().find(|line| line.contains("7Q4Z"));
    assert_eq!(spoilt, None);
    logs::hold_no_secret(scene.sandbox());
    scene.stage.crash().await.expect("the bot ends");
    scene.sandbox().stop();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn serve_at_its_most_talkative_tells_neither_words_nor_tokens() {
    let office = Office::open().await;
    let mut said = Vec::new();
    for level in ["trace", "langnghe=trace,serenity::gateway=trace,sqlx=debug", "info"] {
        let mut serving = office.serve_with(&[("RUST_LOG", level)]);
        serving.line("ready").await;
        for (path, kind) in
            [("/callback", FaultKind::Cut(CutAt::Before)), ("/messages", FaultKind::Status(500))]
        {
            let path_contains = Some(path.to_owned());
            office.sandbox.fault(Fault { method: Some("POST".to_owned()), path_contains, times: 1, kind });
        }
        let before = office.threads().len();
        let receipt = office.file(&canary(level)).await;
        assert_eq!(receipt.kind, AnswerKind::Message, "{}", receipt.text());
        office.until("the thread", |sandbox| sandbox.threads(office.desk()).len() > before).await;
        office.sandbox.say(office.customer, Place::Dm, canary("message").as_str()).expect("it is written");
        let thread = crate::scene::id(&office.threads()[before]["id"]);
        let place = Place::Channel(thread);
        let reply = office.sandbox.command(office.staff, place, "reply", &[("text", json!(canary("reply")))]);
        office.answer(reply).await;
        // What the gateway's library cannot read: a press without its message. It is answered all the same.
        let forged = Forged::Press(canary("unread"), Some(vec![canary("unread value")]));
        let lost = office.sandbox.forge(office.staff, office.desk(), 0, &forged).expect("it is sent");
        office.until("an answer", |sandbox| sandbox.answer_now(lost).kind == AnswerKind::Message).await;
        serving.signal("TERM");
        let (ended, heard) = serving.end().await;
        assert_eq!(ended.code(), Some(0), "{heard}");
        assert!(!heard.contains("7Q4Z"), "{heard}");
        office.until("the goodbye", |sandbox| !sandbox.is_connected()).await;
        said.push(heard);
    }
    let secrets = logs::Secrets::of(&office.sandbox);
    let leaks: Vec<String> = said
        .iter()
        .flat_map(|heard| heard.lines())
        .filter_map(|line| Some(format!("{}: {line:.300}", secrets.leak(line)?)))
        .collect();
    let count: usize = said.iter().map(|heard| heard.lines().count()).sum();
    eprintln!("{count} lines of serve read, {} leak", leaks.len());
    assert!(leaks.is_empty(), "{:#?}", &leaks[..leaks.len().min(20)]);
    office.sandbox.stop();
}
