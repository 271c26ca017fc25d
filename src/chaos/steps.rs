//! What may happen: people at work, time, deaths, and trouble of every kind.

use rand::Rng;
use serde_json::{Value, json};

use super::model::{Kind, Said, Told, WITHHELD, said_back};
use super::play::Play;
use crate::sandbox::{Answer, AnswerKind, Place, Say};

/// How it is said that something could not be saved.
const NOT_SAVED: [&str; 2] = ["Chưa lưu được", "It could not be saved"];

impl Play {
    /// Something happens.
    pub(super) async fn step(&mut self) -> anyhow::Result<()> {
        if self.happens(15) {
            self.note("trouble ends");
            self.heal().await;
        }
        if !self.running && self.happens(60) {
            return self.start_again().await;
        }
        match self.chance.random_range(0..100) {
            0..15 => self.file().await,
            15..31 => self.say().await,
            31..37 => self.change().await,
            37..52 => self.reply().await,
            52..55 => self.press("claim").await,
            55..57 => self.press_old().await,
            57..62 => self.resolve().await,
            62..66 => self.rate().await,
            66..74 => self.time_passes().await,
            74..88 => {
                self.trouble();
                Ok(())
            }
            88..91 => self.hold_database().await,
            91..94 => self.die().await,
            94 => self.second_dies().await,
            95 => {
                self.deny();
                Ok(())
            }
            96 => {
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
        // What customers change while nobody listens Discord repeats to nobody.
        if self.happens(50) {
            self.change().await?;
        }
        self.note("the process starts again");
        // Where Discord does not even say where its gateway is nobody gets in; that is tried elsewhere.
        self.stage.sandbox.clear_faults();
        self.release().await;
        self.wake().await
    }

    async fn die(&mut self) -> anyhow::Result<()> {
        if !self.running {
            return Ok(());
        }
        self.note("the process dies");
        self.die_after(0).await
    }

    pub(super) fn customer(&mut self) -> u64 {
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
        let mut said = Said::new(mark.clone(), Kind::Filing, customer, Told::Refused);
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
            if !seen || is_withheld(&answer) {
                said.told = Told::Nothing;
            }
        }
        self.model.said.push(said);
        Ok(())
    }

    /// Writes a direct message, one in four with a file.
    pub(super) async fn say(&mut self) -> anyhow::Result<()> {
        let customer = self.customer();
        let kind = Kind::Message { file: self.happens(25) };
        let mark = self.mark(kind);
        let files = match kind {
            Kind::Message { file: true } => vec![(format!("{mark}.jpg"), vec![7; 100])],
            _ => Vec::new(),
        };
        let text = format!("{mark} vẫn chưa có mạng");
        let said = Say { text: text.clone(), files, reply_to: None, ..Say::default() };
        // What could not be saved, and whose writer is known to nobody, is told to be so; it is read again if the process lives.
        let saves = self.lock.is_none() || self.is_known(customer);
        let told = if self.hears(customer) && saves { Told::Accepted } else { Told::Nothing };
        self.note(format!("{customer} says {mark} ({told:?})"));
        let Ok(message) = self.stage.sandbox.say(customer, Place::Dm, said) else { return Ok(()) };
        let place = self.stage.sandbox.dm_channel(customer).map(|channel| (channel, message));
        let known = self.is_known(customer);
        self.settle_or_die().await?;
        // The process may have died before it heard the first words of somebody whom it does not know.
        let told = if self.running || known { told } else { Told::Nothing };
        self.model.said.push(Said { place, ..Said::new(mark, kind, customer, told) });
        Ok(())
    }

    /// A customer changes or deletes one of their messages.
    async fn change(&mut self) -> anyhow::Result<()> {
        let standing = |said: &(usize, &Said)| said.1.place.is_some();
        let standing: Vec<usize> =
            self.model.said.iter().enumerate().filter(standing).map(|(at, _)| at).collect();
        let Some(at) = self.one(&standing) else { return Ok(()) };
        let Some(Said { mark: before, customer, told, place: Some((channel, message)), .. }) =
            self.model.said.get(at).cloned()
        else {
            return Ok(());
        };
        // Nobody changes a message twice within a millisecond: by its instant a change is told from the one before.
        self.stage.set_clocks(self.stage.clock.now() + 1);
        let (sandbox, deletes) = (self.stage.sandbox.clone(), self.happens(40));
        let mark = self.mark(Kind::Change);
        let done = match deletes {
            true => sandbox.delete_message(customer, channel, message),
            false => sandbox.edit_message(customer, channel, message, &format!("{mark} vẫn chưa có mạng")),
        };
        if done.is_err() {
            return Ok(());
        }
        // Changed before it was heard, or while it was a draft, nobody reads what stood there before.
        if let Some(said) = self.model.said.get_mut(at) {
            said.place = None;
            said.changed = true;
        }
        if deletes {
            self.note(format!("{customer} deletes {before}"));
            self.count("message-deleted");
            self.model.deleted.insert(message);
        } else {
            self.note(format!("{customer} changes {before} to {mark}"));
            self.count("message-changed");
            let told = if self.hears(customer) { told } else { Told::Nothing };
            let kind = Kind::Change;
            let place = Some((channel, message));
            self.model.said.push(Said { place, ..Said::new(mark, kind, customer, told) });
        }
        self.settle_or_die().await
    }

    /// Whether what a customer writes now is heard, now or later: whoever writes first of all while nobody listens is heard
    /// when they write again, for Discord tells nobody.
    fn hears(&self, customer: u64) -> bool {
        (self.running && self.stage.sandbox.is_connected()) || self.is_known(customer)
    }

    /// Whether the desk has written to a customer directly, so that it will look there again. That something could not be saved
    /// says as much: nothing was.
    fn is_known(&self, customer: u64) -> bool {
        let sandbox = &self.stage.sandbox;
        let bot = sandbox.bot().to_string();
        let direct = sandbox.dm_channel(customer).map(|direct| sandbox.messages(direct)).unwrap_or_default();
        let not_saved = |message: &Value| {
            let text = message["content"].as_str().unwrap_or_default();
            NOT_SAVED.iter().any(|said| text.contains(said))
        };
        !self.model.hard_to_reach.contains(&customer)
            && direct.iter().any(|message| message["author"]["id"] == bot.as_str() && !not_saved(message))
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
    pub(super) fn a_thread(&mut self) -> Option<(u64, u64)> {
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
            // What was refused is said back to its writer, with its mark.
            AnswerKind::Message if said_back(&answer) => Told::Refused,
            AnswerKind::Message if answer.text().contains(&mark) => Told::Accepted,
            AnswerKind::Message if !answer.text().is_empty() && !is_withheld(&answer) => Told::Refused,
            _ => Told::Nothing,
        };
        let on_its_way = ["on its way", "đang chuyển"].iter().any(|words| answer.text().contains(words));
        // An undelivered one was told to be so.
        let told = if answer.text().contains('✗') { Told::Nothing } else { told };
        self.model.said.push(Said { on_its_way, ..Said::new(mark, Kind::Reply, customer, told) });
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

    /// Somebody of staff presses a button somewhere in a thread, however old it is: it does what it says, or says why not.
    async fn press_old(&mut self) -> anyhow::Result<()> {
        let Some((thread, _)) = self.a_thread() else { return Ok(()) };
        let buttons: Vec<(u64, String)> = self
            .stage
            .sandbox
            .messages(thread)
            .iter()
            .filter(|message| message["ephemeral"] != true)
            .flat_map(|message| {
                let id = message["id"].as_str().and_then(|id| id.parse().ok()).unwrap_or_default();
                let rows = message["components"].as_array().cloned().unwrap_or_default();
                let parts = rows.iter().filter_map(|row| row["components"].as_array().cloned()).flatten();
                let buttons = parts.filter(|part| part["type"] == 2 && part["custom_id"].is_string());
                buttons
                    .filter_map(|part| Some((id, part["custom_id"].as_str()?.to_owned())))
                    .collect::<Vec<_>>()
            })
            .collect();
        let Some((message, button)) = self.one(&buttons) else { return Ok(()) };
        let staff = self.staff_member();
        self.note(format!("{staff} presses {button} of {message} in {thread}"));
        if let Ok(asked) = self.stage.sandbox.press(staff, thread, message, &button) {
            let answer = self.outcome_of(asked).await?;
            self.note(format!("… {:?}: {}", answer.kind, answer.text().replace('\n', " ")));
        }
        Ok(())
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
}

/// The number of the complaint that an answer says is recorded.
fn recorded(answer: &Answer) -> Option<i64> {
    let text = answer.text();
    let refused = ["gần nhất là", "the latest is"].iter().any(|words| text.contains(words));
    let after = text.split_once('#').filter(|_| !refused)?.1;
    let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// Whether an answer says that Discord keeps it back: what was asked is done all the same.
fn is_withheld(answer: &Answer) -> bool {
    WITHHELD.iter().any(|withheld| answer.text().contains(withheld))
}
