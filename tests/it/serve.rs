//! `serve` as a process of its own against a sandbox: it says that it is ready, works, ends when told, and survives what kills it.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use langnghe::sandbox::rules::fault::{Fault, FaultKind};
use langnghe::sandbox::rules::permissions;
use langnghe::sandbox::{
    Answer, AnswerKind, ChannelSpec, Guild, GuildSpec, Options, PersonSpec, Place, RoleSpec, Sandbox,
    SandboxClock,
};
use serde_json::Value;
use tempfile::TempDir;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use crate::cli::{TOKEN, configure, program};

/// What has not happened after this long never will: the test says what it waited for.
const PATIENCE: Duration = Duration::from_secs(60);
const COMPLAINT: &str = "Nhà em mất mạng từ tối qua, gọi tổng đài không ai nghe máy";

/// A sandbox with a guild, and a folder in which `serve` finds its configuration and its database.
pub struct Office {
    pub sandbox: Sandbox,
    pub guild: Guild,
    pub customer: u64,
    pub staff: u64,
    pub folder: TempDir,
}

/// A running `serve`; killed when dropped.
pub struct Serving {
    child: Child,
    lines: UnboundedReceiver<String>,
    heard: Vec<String>,
}

impl Office {
    pub async fn open() -> Self {
        let clock = SandboxClock::running(None, 1.0);
        let sandbox = Sandbox::start(Options { port: 0, clock, token: TOKEN.to_owned() })
            .await
            .expect("a port is free");
        let guild = sandbox.make_guild(GuildSpec {
            name: "Internet Một".to_owned(),
            roles: vec![RoleSpec { name: "staff".to_owned(), permissions: permissions::MANAGE_THREADS }],
            channels: vec![
                ChannelSpec { name: "intake".to_owned(), private_to: Vec::new() },
                ChannelSpec { name: "desk".to_owned(), private_to: vec!["staff".to_owned()] },
            ],
            bot_permissions: None,
        });
        let person = |name: &str, roles: Vec<u64>| {
            sandbox.make_person(PersonSpec {
                guild: guild.id,
                name: name.to_owned(),
                locale: "vi".to_owned(),
                label: String::new(),
                roles,
                dms_open: true,
            })
        };
        let (customer, staff) = (person("An", Vec::new()), person("Lan", vec![guild.roles["staff"]]));
        let folder = tempfile::tempdir().expect("a temporary folder");
        configure(
            folder.path(),
            &format!(
                "[guild.{}]\ndesk-channel = \"{}\"\nintake-channel = \"{}\"\nstaff-role = \"{}\"\n",
                guild.id, guild.channels["desk"], guild.channels["intake"], guild.roles["staff"]
            ),
        );
        Self { sandbox, guild, customer, staff, folder }
    }

    pub fn desk(&self) -> u64 {
        self.guild.channels["desk"]
    }

    pub fn serve(&self) -> Serving {
        self.serve_with(&[])
    }

    /// The same with more in its environment.
    pub fn serve_with(&self, environment: &[(&str, &str)]) -> Serving {
        let mut command = program(self.folder.path());
        command.envs(environment.iter().copied());
        command.arg("serve");
        self.serve_by(command)
    }

    /// Starts a command that becomes `serve`, against this sandbox.
    pub fn serve_by(&self, mut command: Command) -> Serving {
        command.env("DISCORD_TOKEN", TOKEN).env("DISCORD_API_URL", self.sandbox.origin());
        Serving::start(command)
    }

    /// Another process on a database that all share.
    pub fn serve_on(&self, database: &str) -> Serving {
        let mut command = program(self.folder.path());
        command.arg("serve").env("DISCORD_TOKEN", TOKEN).env("DISCORD_API_URL", self.sandbox.origin());
        command.env("DATABASE_URL", database);
        Serving::start(command)
    }

    pub async fn answer(&self, made: Result<u64, String>) -> (u64, Answer) {
        let interaction = made.expect("the person can do that");
        (interaction, self.sandbox.answer(interaction).await)
    }

    /// Files as a customer does: `/complain`, then the form. Returns the receipt.
    pub async fn file(&self, words: &str) -> Answer {
        let place = Place::Channel(self.guild.channels["intake"]);
        let (form, opened) = self.answer(self.sandbox.command(self.customer, place, "complain", &[])).await;
        assert_eq!(opened.kind, AnswerKind::Form, "{}", opened.text());
        self.answer(self.sandbox.submit(self.customer, form, &[("words", words)])).await.1
    }

    /// Waits until `done` holds of the sandbox.
    pub async fn until(&self, what: &str, done: impl Fn(&Sandbox) -> bool) {
        let mut changes = self.sandbox.changes();
        let waited = tokio::time::timeout(PATIENCE, async {
            while !done(&self.sandbox) {
                changes.changed().await.expect("the sandbox lives");
            }
        });
        assert!(waited.await.is_ok(), "{what} did not happen; calls: {:#?}", self.sandbox.calls());
    }

    pub fn threads(&self) -> Vec<Value> {
        self.sandbox.threads(self.desk())
    }

    /// What the bot wrote to the customer directly.
    pub fn direct(&self) -> Vec<Value> {
        self.sandbox.dm_channel(self.customer).map(|direct| self.sandbox.messages(direct)).unwrap_or_default()
    }

    /// One card with the customer's words, one thread of it, one receipt.
    fn assert_stands_once(&self) {
        let (cards, threads) = (self.sandbox.messages(self.desk()), self.threads());
        assert_eq!(cards.len(), 1, "{cards:#?}");
        assert_eq!(threads.len(), 1, "{threads:#?}");
        assert_eq!(threads[0]["id"], cards[0]["id"]);
        let thread = self.sandbox.messages(id(&threads[0]["id"]));
        let words: usize =
            thread.iter().chain(&cards).map(|message| message.to_string().matches(COMPLAINT).count()).sum();
        assert_eq!(words, 1, "the customer's words stand once");
        assert_eq!(self.direct().len(), 1, "{:#?}", self.direct());
        assert!(self.sandbox.violations().is_empty(), "{:?}", self.sandbox.violations());
    }
}

impl Serving {
    fn start(mut command: Command) -> Self {
        let mut child =
            command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the program starts");
        let (tell, lines) = unbounded_channel();
        let errors = BufReader::new(child.stderr.take().expect("it was piped"));
        std::thread::spawn(move || {
            for line in errors.lines().map_while(Result::ok) {
                if tell.send(line).is_err() {
                    break;
                }
            }
        });
        Self { child, lines, heard: Vec::new() }
    }

    /// Waits for a line that is exactly `wanted`.
    pub async fn line(&mut self, wanted: &str) {
        let found = tokio::time::timeout(PATIENCE, async {
            while let Some(line) = self.lines.recv().await {
                let found = line == wanted;
                self.heard.push(line);
                if found {
                    return true;
                }
            }
            false
        });
        assert!(matches!(found.await, Ok(true)), "no line {wanted:?} in {:#?}", self.heard);
    }

    /// Waits for a line with these words, and returns it.
    pub async fn line_with(&mut self, words: &str) -> String {
        if let Some(held) = self.heard.iter().find(|line| line.contains(words)) {
            return held.clone();
        }
        let found = tokio::time::timeout(PATIENCE, async {
            while let Some(line) = self.lines.recv().await {
                self.heard.push(line.clone());
                if line.contains(words) {
                    return Some(line);
                }
            }
            None
        });
        let found = found.await.ok().flatten();
        found.unwrap_or_else(|| panic!("no line with {words:?} in {:#?}", self.heard))
    }

    /// The process's id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Whether it said a line with these words so far.
    pub fn has_said(&mut self, words: &str) -> bool {
        while let Ok(line) = self.lines.try_recv() {
            self.heard.push(line);
        }
        self.heard.iter().any(|line| line.contains(words))
    }

    /// Sends a signal by name.
    pub fn signal(&self, name: &str) {
        let sent = Command::new("sh").arg("-c").arg(format!("kill -{name} {}", self.child.id())).status();
        assert!(sent.is_ok_and(|status| status.success()), "the signal {name} is sent");
    }

    /// Waits for the end: how it ended, and what it said until then.
    pub async fn end(mut self) -> (ExitStatus, String) {
        let read = tokio::time::timeout(PATIENCE, async {
            while let Some(line) = self.lines.recv().await {
                self.heard.push(line);
            }
        });
        assert!(read.await.is_ok(), "it did not end: {:#?}", self.heard);
        (self.child.wait().expect("it was started"), self.heard.join("\n"))
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn id(value: &Value) -> u64 {
    value.as_str().and_then(|id| id.parse().ok()).unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn serve_says_ready_works_and_ends_when_told() {
    let office = Office::open().await;
    for (signal, words) in [("TERM", COMPLAINT), ("INT", "Hóa đơn tháng này tính tiền hai lần")] {
        let before = office.threads().len();
        let mut serving = office.serve();
        serving.line("ready").await;
        let receipt = office.file(words).await;
        assert_eq!((receipt.kind, receipt.ephemeral), (AnswerKind::Message, true), "{}", receipt.text());
        assert!(receipt.text().contains("Cảm ơn"), "{}", receipt.text());
        office.until("the thread", |sandbox| sandbox.threads(office.desk()).len() > before).await;
        let (_, claimed) =
            office.answer(office.sandbox.press_label(office.staff, office.desk(), "Nhận")).await;
        assert!(claimed.ephemeral && claimed.text().contains('#'), "{}", claimed.text());
        serving.signal(signal);
        let (ended, said) = serving.end().await;
        assert_eq!(ended.code(), Some(0), "after {signal}: {said}");
        assert_eq!(said.lines().filter(|line| *line == "ready").count(), 1, "{said}");
        assert!(
            !said.contains(words) && !said.contains(TOKEN),
            "a log holds neither words nor token: {said}"
        );
        office.until("the goodbye", |sandbox| !sandbox.is_connected()).await;
    }
    assert!(office.sandbox.violations().is_empty(), "{:?}", office.sandbox.violations());
    office.sandbox.stop();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_serve_on_the_same_file_is_refused() {
    let office = Office::open().await;
    let mut first = office.serve();
    first.line("ready").await;
    office.sandbox.clear_calls();
    let (ended, said) = office.serve().end().await;
    assert_eq!(ended.code(), Some(1), "{said}");
    assert!(said.contains("another process works on this SQLite database"), "{said}");
    // The first one looks at what its desk stands on; the second would ask for the gateway, register or write.
    let looks = |path: &str| path.contains("/guilds/") || path.contains("/channels/");
    let calls = office.sandbox.calls();
    let spoke = calls.iter().any(|call| call.method != "GET" || !looks(&call.path));
    assert!(!spoke, "the second one must not speak: {calls:?}");
    assert_eq!(office.file(COMPLAINT).await.kind, AnswerKind::Message, "the first one goes on");
    office.sandbox.stop();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_between_receipt_and_card_nothing_is_lost_and_nothing_comes_twice() {
    // Refused before it took effect; and done, but killed before the answer said so.
    for kind in [FaultKind::Status(500), FaultKind::SlowMs(3_600_000)] {
        let office = Office::open().await;
        let mut serving = office.serve();
        serving.line("ready").await;
        let cards = format!("/channels/{}/messages", office.desk());
        let fault = |path: &str| Fault {
            method: Some("POST".to_owned()),
            path_contains: Some(path.to_owned()),
            times: u32::MAX,
            kind: kind.clone(),
        };
        office.sandbox.fault(fault(&cards));
        let receipt = office.file(COMPLAINT).await;
        assert_eq!(receipt.kind, AnswerKind::Message, "{}", receipt.text());
        if matches!(kind, FaultKind::SlowMs(_)) {
            office.until("the card", |sandbox| !sandbox.messages(office.desk()).is_empty()).await;
        }
        serving.signal("KILL");
        let (ended, said) = serving.end().await;
        assert!(ended.code().is_none(), "{said}");
        assert!(office.threads().is_empty(), "{kind:?} held the thread back");
        office.sandbox.clear_faults();
        office.until("the end of the connection", |sandbox| !sandbox.is_connected()).await;

        let mut again = office.serve();
        again.line("ready").await;
        office
            .until("thread and copy of the receipt", |_| {
                !office.direct().is_empty() && !office.threads().is_empty()
            })
            .await;
        again.signal("TERM");
        let (ended, said) = again.end().await;
        assert_eq!(ended.code(), Some(0), "{said}");
        office.assert_stands_once();
        office.sandbox.stop();
    }
}
