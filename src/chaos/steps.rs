//! What may happen: people at work, time, and trouble of every kind.

use rand::Rng;
use serde_json::{Value, json};

use super::model::{Kind, Said, Told};
use super::play::Play;
use crate::sandbox::rules::fault::{CutAt, Fault, FaultKind, GatewayFault, RateLimitScope};
use crate::sandbox::rules::permissions;
use crate::sandbox::{Answer, AnswerKind, Place, Say};

/// Requests that meet trouble, by method and a part of the path.
const ROUTES: [(&str, &str); 8] = [
    ("POST", "/messages"),
    ("POST", "/threads"),
    ("PATCH", "/messages/"),
    ("PATCH", "/channels/"),
    ("POST", "/users/@me/channels"),
    ("POST", "/callback"),
    ("GET", "/messages"),
    ("PUT", "/thread-members/"),
];

impl Play {
    /// Something happens.
    pub(super) async fn step(&mut self) -> anyhow::Result<()> {
        if self.happens(15) {
            self.note("trouble ends");
            self.heal();
        }
        if !self.running && self.happens(60) {
            return self.start_again().await;
        }
        match self.chance.random_range(0..100) {
            0..17 => self.file().await,
            17..35 => self.say().await,
            35..52 => self.reply().await,
            52..58 => self.press("claim").await,
            58..63 => self.resolve().await,
            63..67 => self.rate().await,
            67..77 => self.time_passes().await,
            77..89 => {
                self.trouble();
                Ok(())
            }
            89..93 => self.die().await,
            93..95 => {
                self.deny();
                Ok(())
            }
            95..97 => {
                self.close_direct();
                Ok(())
            }
            97..99 => {
                self.touch_thread();
                Ok(())
            }
            _ => self.gateway_breaks().await,
        }
    }

    async fn start_again(&mut self) -> anyhow::Result<()> {
        self.note("the process starts again");
        // Where Discord does not even say where its gateway is nobody gets in; that is tried elsewhere.
        self.stage.sandbox.clear_faults();
        self.wake().await
    }

    async fn die(&mut self) -> anyhow::Result<()> {
        if !self.running {
            return Ok(());
        }
        self.note("the process dies");
        self.die_after(0).await
    }

    fn customer(&mut self) -> u64 {
        let customers = self.customers.clone();
        self.one(&customers).unwrap_or_default()
    }

    fn staff_member(&mut self) -> u64 {
        let staff = self.staff.clone();
        self.one(&staff).unwrap_or_default()
    }

    /// Files with the form, and once more where no answer came.
    async fn file(&mut self) -> anyhow::Result<()> {
        let (customer, mark) = (self.customer(), self.mark(Kind::Filing));
        self.note(format!("{customer} files {mark}"));
        let mut said = Said {
            mark: mark.clone(),
            kind: Kind::Filing,
            customer,
            told: Told::Refused,
            on_its_way: false,
            number: None,
        };
        for _ in 0..self.chance.random_range(1..3) {
            let place = Place::Channel(self.places.intake);
            let Ok(asked) = self.stage.sandbox.command(customer, place, "complain", &[]) else { break };
            if self.outcome_of(asked).await?.kind != AnswerKind::Form {
                continue;
            }
            let words = format!("{mark} nhà em mất mạng");
            let Ok(sent) = self.stage.sandbox.submit(customer, asked, &[("words", &words)]) else { break };
            let answer = self.outcome_of(sent).await?;
            self.note(format!("… {:?}: {}", answer.kind, answer.text().replace('\n', " ")));
            if let Some(number) = recorded(&answer) {
                (said.told, said.number) = (Told::Accepted, Some(number));
                break;
            }
            let seen = matches!(answer.kind, AnswerKind::Message | AnswerKind::Update);
            if !seen {
                said.told = Told::Nothing;
            }
        }
        self.model.said.push(said);
        Ok(())
    }

    /// Writes a direct message, one in four with a file.
    async fn say(&mut self) -> anyhow::Result<()> {
        let customer = self.customer();
        let kind = Kind::Message { file: self.happens(25) };
        let mark = self.mark(kind);
        let files = match kind {
            Kind::Message { file: true } => vec![(format!("{mark}.jpg"), vec![7; 100])],
            _ => Vec::new(),
        };
        let text = format!("{mark} vẫn chưa có mạng");
        let said = Say { text: text.clone(), files, reply_to: None, ..Say::default() };
        // Whoever writes first of all while nobody listens is heard when they write again: Discord tells nobody.
        let heard = (self.running && self.stage.sandbox.is_connected()) || self.is_known(customer);
        let told = if heard { Told::Accepted } else { Told::Nothing };
        self.note(format!("{customer} says {mark} ({told:?})"));
        if self.stage.sandbox.say(customer, Place::Dm, said).is_err() {
            return Ok(());
        }
        let known = self.is_known(customer);
        self.settle_or_die().await?;
        // The process may have died before it heard the first words of somebody whom it does not know.
        let told = if self.running || known { told } else { Told::Nothing };
        self.model.said.push(Said { mark, kind, customer, told, on_its_way: false, number: None });
        Ok(())
    }

    /// Whether the desk has written to a customer directly, so that it will look there again.
    fn is_known(&self, customer: u64) -> bool {
        let sandbox = &self.stage.sandbox;
        let bot = sandbox.bot().to_string();
        let direct = sandbox.dm_channel(customer).map(|direct| sandbox.messages(direct)).unwrap_or_default();
        !self.model.hard_to_reach.contains(&customer)
            && direct.iter().any(|message| message["author"]["id"] == bot.as_str())
    }

    async fn settle_or_die(&mut self) -> anyhow::Result<()> {
        if !self.running {
            return Ok(());
        }
        if self.happens(10) {
            let requests = self.chance.random_range(0..6);
            self.note(format!("… and the process dies after {requests} requests"));
            return self.die_after(requests).await;
        }
        self.settle().await
    }

    /// A desk thread with its complaint's customer, known by the mark in its card.
    fn a_thread(&mut self) -> Option<(u64, u64)> {
        let threads = self.stage.sandbox.threads(self.places.desk);
        let thread = self.one(&threads)?;
        let id = thread["id"].as_str()?.parse().ok()?;
        let name = thread["name"].as_str()?.to_owned();
        let named = ["An", "Bob", "Chi"].iter().position(|person| name.starts_with(person))?;
        Some((id, *self.customers.get(named)?))
    }

    async fn reply(&mut self) -> anyhow::Result<()> {
        let Some((thread, customer)) = self.a_thread() else { return Ok(()) };
        let (staff, mark) = (self.staff_member(), self.mark(Kind::Reply));
        self.note(format!("{staff} replies {mark} to {customer} in {thread}"));
        let options = [("text", json!(format!("{mark} em đang xem ạ")))];
        let place = Place::Channel(thread);
        let Ok(asked) = self.stage.sandbox.command(staff, place, "reply", &options) else { return Ok(()) };
        let answer = self.outcome_of(asked).await?;
        self.note(format!("… {:?}: {}", answer.kind, answer.text().replace('\n', " ")));
        let told = match answer.kind {
            AnswerKind::Message if answer.text().contains(&mark) => Told::Accepted,
            AnswerKind::Message if !answer.text().is_empty() => Told::Refused,
            _ => Told::Nothing,
        };
        let on_its_way = ["on its way", "đang chuyển"].iter().any(|words| answer.text().contains(words));
        // An undelivered one was told to be so.
        let told = if answer.text().contains('✗') { Told::Nothing } else { told };
        self.model.said.push(Said { mark, kind: Kind::Reply, customer, told, on_its_way, number: None });
        Ok(())
    }

    async fn in_a_thread(&mut self, path: &str, options: &[(&str, Value)]) -> anyhow::Result<()> {
        let Some((thread, _)) = self.a_thread() else { return Ok(()) };
        let staff = self.staff_member();
        self.note(format!("{staff} uses {path} in {thread}"));
        if let Ok(asked) = self.stage.sandbox.command(staff, Place::Channel(thread), path, options) {
            self.outcome_of(asked).await?;
        }
        Ok(())
    }

    async fn press(&mut self, what: &str) -> anyhow::Result<()> {
        self.in_a_thread(&format!("case {what}"), &[]).await
    }

    async fn resolve(&mut self) -> anyhow::Result<()> {
        self.in_a_thread("case resolve", &[("outcome", json!("Đã thay dây, có mạng lại."))]).await
    }

    async fn rate(&mut self) -> anyhow::Result<()> {
        let customer = self.customer();
        let Some(direct) = self.stage.sandbox.dm_channel(customer) else { return Ok(()) };
        let stars = self.one(&["1 ★", "3 ★", "5 ★"]).unwrap_or("5 ★");
        if let Ok(asked) = self.stage.sandbox.press_label(customer, direct, stars) {
            self.note(format!("{customer} gives {stars}"));
            self.outcome_of(asked).await?;
        }
        Ok(())
    }

    async fn time_passes(&mut self) -> anyhow::Result<()> {
        let ms = match self.chance.random_range(0..4) {
            0 => self.chance.random_range(1_000..60_000),
            1 | 2 => self.chance.random_range(60_000..1_200_000),
            _ => self.chance.random_range(1_200_000..20_000_000),
        };
        self.note(format!("{} s pass", ms / 1_000));
        self.pass(ms).await
    }

    fn trouble(&mut self) {
        let Some((method, path)) = self.one(&ROUTES) else { return };
        let times = self.chance.random_range(1..8);
        let kind = match self.chance.random_range(0..8) {
            0 | 1 => FaultKind::Status(500),
            2 => FaultKind::Status(503),
            3 | 4 => FaultKind::Cut(CutAt::After),
            5 => FaultKind::Cut(CutAt::Before),
            6 => FaultKind::RateLimit { scope: RateLimitScope::Shared, retry_after_ms: 150 },
            _ => FaultKind::RateLimit { scope: RateLimitScope::Global, retry_after_ms: 100 },
        };
        self.note(format!("{times} requests {method} {path} meet {kind:?}"));
        self.faults += 1;
        let (method, path_contains) = (Some(method.to_owned()), Some(path.to_owned()));
        self.stage.sandbox.fault(Fault { method, path_contains, times, kind });
    }

    fn deny(&mut self) {
        if self.denied.is_some() {
            return;
        }
        let what = self.one(&[
            permissions::SEND_MESSAGES,
            permissions::SEND_MESSAGES_IN_THREADS,
            permissions::CREATE_PUBLIC_THREADS,
        ]);
        self.note("the bot may not write at the desk any more");
        self.faults += 1;
        self.stage.sandbox.deny_bot(self.places.desk, what.unwrap_or_default());
        self.denied = Some(self.places.desk);
    }

    fn close_direct(&mut self) {
        let customer = self.customer();
        self.note(format!("{customer} closes direct messages"));
        self.model.hard_to_reach.insert(customer);
        self.stage.sandbox.set_dms_open(customer, false);
    }

    /// Somebody archives, locks or deletes a thread by hand.
    fn touch_thread(&mut self) {
        let Some((thread, customer)) = self.a_thread() else { return };
        match self.chance.random_range(0..3) {
            0 => {
                self.note(format!("{thread} is archived"));
                self.stage.sandbox.archive(thread, true);
            }
            1 => {
                self.note(format!("{thread} is archived and locked"));
                self.stage.sandbox.lock(thread, true);
                self.stage.sandbox.archive(thread, true);
            }
            _ => {
                self.note(format!("{thread} is deleted"));
                self.model.torn.insert(customer);
                self.stage.sandbox.delete_channel(thread);
            }
        }
    }

    /// The gateway breaks; what is said meanwhile is heard by resuming, or by looking afterwards.
    async fn gateway_breaks(&mut self) -> anyhow::Result<()> {
        if !self.running || !self.stage.sandbox.is_connected() {
            return Ok(());
        }
        let kind = self.one(&[GatewayFault::Drop, GatewayFault::Drop, GatewayFault::Reconnect]);
        let kind = FaultKind::Gateway(kind.unwrap_or(GatewayFault::Drop));
        self.note(format!("{kind:?}"));
        self.faults += 1;
        let sandbox = self.stage.sandbox.clone();
        sandbox.clear_faults();
        sandbox.fault(Fault { method: None, path_contains: None, times: 1, kind });
        self.connected(false).await;
        self.say().await?;
        if self.running {
            self.connected(true).await;
            self.settle().await?;
        }
        Ok(())
    }

    /// Waits until the bot is connected, or is not; it may be connected again before anybody looks.
    async fn connected(&self, wanted: bool) {
        let sandbox = &self.stage.sandbox;
        let mut changes = sandbox.changes();
        let waits = async { while sandbox.is_connected() != wanted && changes.changed().await.is_ok() {} };
        let patience = if wanted { 20 } else { 1 };
        let _ = tokio::time::timeout(std::time::Duration::from_secs(patience), waits).await;
    }
}

/// The number of the complaint that an answer says is recorded.
fn recorded(answer: &Answer) -> Option<i64> {
    let text = answer.text();
    let refused = ["gần nhất là", "the latest is"].iter().any(|words| text.contains(words));
    let after = text.split_once('#').filter(|_| !refused)?.1;
    let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}
