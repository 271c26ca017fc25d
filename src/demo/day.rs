//! A day at the desk of an Internet provider: who does what when, and what must have come of it.

use anyhow::{Context, ensure};
use serde_json::{Value, json};

use super::cast::{Cast, Chance, Person};
use super::lines::{self, Matter, Part};
use super::player::{Player, id_of};
use crate::kernel::lang::Lang;
use crate::sandbox::AnswerKind;
use crate::sla::calendar::wall;

/// A minute in ms.
const MINUTE: i64 = 60_000;
/// How long after midnight the day begins and ends (ms).
pub const BEGIN: i64 = 450 * MINUTE;
/// The end.
pub const END: i64 = 1_245 * MINUTE;
/// Customers in the desk's language whose direct messages are open.
pub const CUSTOMERS: usize = 7;

/// The day.
pub struct Day<'p, 'out> {
    pub(super) player: &'p mut Player<'out>,
    pub(super) cast: &'p Cast,
    pub(super) chance: &'p mut Chance,
}

/// A complaint of the day.
#[derive(Clone, Copy)]
pub(super) struct Case {
    pub(super) customer: Person,
    pub(super) matter: Matter,
    /// Card and thread have one id.
    pub(super) thread: u64,
    /// Who handles it.
    pub(super) handler: Person,
}

impl Day<'_, '_> {
    /// Plays the day.
    ///
    /// # Errors
    ///
    /// What did not happen as it should.
    pub async fn play(&mut self) -> anyhow::Result<()> {
        self.opening().await.context("opening the desk")?;
        let dead = self.dead_line().await.context("the dead line")?;
        self.burst().await.context("the burst of messages, nudged in time")?;
        let missed = self.missed().await.context("the technician who did not come")?;
        self.rated_high(&dead).await.context("the first rating")?;
        let closed = self.closed_line().await.context("the customer without direct messages")?;
        self.rated_low(&missed).await.context("the low rating")?;
        self.breach().await.context("the bill that waited too long")?;
        let slow = self.slow_abroad().await.context("the first slow lines")?;
        self.cable_cut(&slow).await.context("the cable cut")?;
        self.told_at_once().await.context("those who file after the cable cut")?;
        self.kept(&closed).await.context("the promise that is kept")?;
        self.update().await.context("the promised update")?;
        self.report().await.context("the report")?;
        self.player.until(self.player.midnight + END).await
    }

    /// A moment of the day, a little later by chance.
    pub(super) async fn about(&mut self, hour: i64, minute: i64) -> anyhow::Result<()> {
        let later = self.chance.seconds(0..=150);
        self.player.until(self.player.midnight + (hour * 60 + minute) * MINUTE + later).await
    }

    pub(super) async fn some_seconds(&mut self, from: i64, to: i64) -> anyhow::Result<()> {
        let ms = self.chance.seconds(from..=to);
        self.player.pass(ms).await
    }

    pub(super) fn matter(&mut self, lang: Lang, part: Part) -> Matter {
        let pool = lines::pool(lang, part);
        self.chance.one(pool, pool[0])
    }

    /// The label of a button in the desk's language.
    pub(super) fn label(&self, key: &str) -> anyhow::Result<String> {
        self.label_for(self.player.lang, key)
    }

    pub(super) fn label_for(&self, lang: Lang, key: &str) -> anyhow::Result<String> {
        Ok(self.player.words(lang)?.say(key, &[]))
    }

    async fn opening(&mut self) -> anyhow::Result<()> {
        self.player.until(self.player.midnight + BEGIN + MINUTE).await?;
        let admin = self.cast.administrator.id;
        let [staff, manager, head_office] = self.cast.roles.map(|id| json!(id.to_string()));
        let channel = |id: u64| json!(id.to_string());
        let options = [
            ("desk-channel", channel(self.cast.desk)),
            ("intake-channel", channel(self.cast.intake)),
            ("manager-channel", channel(self.cast.managers)),
            ("staff-role", staff),
            ("manager-role", manager),
            ("head-office-role", head_office),
            ("locale", json!(self.player.lang.as_str())),
        ];
        let (_, answer) = self.player.command(admin, self.cast.desk, "desk setup", &options).await?;
        let ready = self.label("setup-ready")?;
        ensure!(answer.text().contains(&ready), "the desk is not ready: {}", answer.text());
        self.some_seconds(30, 90).await?;
        self.player.command(admin, self.cast.desk, "desk panel", &[]).await?;
        ensure!(self.player.last(self.cast.intake)["components"] != json!([]), "the panel has no button");
        Ok(())
    }

    /// Files by the panel's button, and finds the desk thread.
    pub(super) async fn file(
        &mut self,
        customer: Person,
        matter: Matter,
        handler: Person,
    ) -> anyhow::Result<(Case, String)> {
        let before = self.player.stage.sandbox.threads(self.cast.desk).len();
        // The panel speaks the desk's language, whoever reads it.
        let label = self.label("panel-button")?;
        let opened = self.player.press(customer.id, self.cast.intake, &label).await?;
        let typing = self.chance.seconds(20..=50);
        let words = matter.words.join("\n");
        let values = [("words", words.as_str()), ("wish", matter.wish)];
        let receipt = self.player.fill(customer.id, opened, &values, typing).await?;
        ensure!(receipt.ephemeral, "the receipt is for the customer alone");
        let thread = self.new_thread(before)?;
        Ok((Case { customer, matter, thread, handler }, receipt.text()))
    }

    pub(super) fn new_thread(&self, before: usize) -> anyhow::Result<u64> {
        let threads = self.player.stage.sandbox.threads(self.cast.desk);
        ensure!(threads.len() == before + 1, "one complaint has one thread");
        threads.last().map(id_of).context("a thread")
    }

    pub(super) async fn claim(&mut self, case: &Case) -> anyhow::Result<()> {
        let claim = self.label("claim-button")?;
        let (_, answer) = self.player.press_on(case.handler.id, self.cast.desk, case.thread, &claim).await?;
        ensure!(answer.ephemeral, "the claim is confirmed to who claimed: {}", answer.text());
        Ok(())
    }

    /// Classifies by the action bar's select.
    pub(super) async fn classify(&mut self, case: &Case, category: &str) -> anyhow::Result<()> {
        self.some_seconds(10, 25).await?;
        let bar =
            self.player.stage.sandbox.messages(case.thread).first().map(id_of).context("an action bar")?;
        // Where somebody may be vulnerable the bar asks for that first.
        if self.player.offers(case.thread, bar, "yes") {
            self.player.choose(case.handler.id, case.thread, bar, "yes").await?;
        }
        self.player.choose(case.handler.id, case.thread, bar, category).await
    }

    /// Replies by `/reply`; it must be said to have arrived, and stand in the customer's line.
    pub(super) async fn reply(&mut self, case: &Case, text: &str) -> anyhow::Result<()> {
        let text = self.addressed(case, text);
        let options = [("text", json!(text))];
        let (_, answer) = self.player.command(case.handler.id, case.thread, "reply", &options).await?;
        self.delivered(case, &answer.text())
    }

    /// Replies by the newest *Reply* button in the thread.
    pub(super) async fn reply_by_button(&mut self, case: &Case, text: &str) -> anyhow::Result<()> {
        let label = self.label("reply-button")?;
        let text = self.addressed(case, text);
        let opened = self.player.press(case.handler.id, case.thread, &label).await?;
        let typing = self.chance.seconds(15..=45);
        let answer = self.player.fill(case.handler.id, opened, &[("text", text.as_str())], typing).await?;
        self.delivered(case, &answer.text())
    }

    /// What was said for a time is filed, so that a clock watches it.
    pub(super) async fn promise(&mut self, case: &Case) -> anyhow::Result<()> {
        let (what, minutes) = case.matter.promise;
        if what.is_empty() {
            return Ok(());
        }
        self.some_seconds(15, 40).await?;
        let zone = self.player.stage.config().policy().zone;
        let due = wall(zone, self.player.midnight + minutes * MINUTE).format("%Y-%m-%d %H:%M").to_string();
        let options = [("what", json!(what)), ("when", json!(due))];
        let (_, answer) = self.player.command(case.handler.id, case.thread, "case promise", &options).await?;
        ensure!(!answer.ephemeral, "the promise was not filed: {}", answer.text());
        Ok(())
    }

    /// What was promised is done, and said to be.
    pub(super) async fn keep(&mut self, case: &Case) -> anyhow::Result<()> {
        if case.matter.promise.0.is_empty() {
            return Ok(());
        }
        self.player.command(case.handler.id, case.thread, "case promises", &[]).await?;
        let kept = self.player.words(self.player.lang)?.promise_keep_button(1);
        let opened = self.player.press(case.handler.id, case.thread, &kept).await?;
        // Before its hour the customer reads what came of it.
        let answer = match opened.1.kind {
            AnswerKind::Form => {
                let typing = self.chance.seconds(10..=25);
                let (promised, _) = case.matter.promise;
                let done = if case.matter.outcome.is_empty() { promised } else { case.matter.outcome };
                let values = [("text", done)];
                self.player.fill(case.handler.id, opened, &values, typing).await?
            }
            _ => opened.1,
        };
        // What cannot be done leaves the button where it is.
        let held = answer.message.as_ref().map(|held| held["components"].to_string()).unwrap_or_default();
        ensure!(!held.contains(&kept), "the promise was not kept: {}", answer.text());
        Ok(())
    }

    fn addressed(&self, case: &Case, text: &str) -> String {
        let title = case.customer.name.title;
        let mut first = title.chars();
        let opening = first.next().map(|letter| format!("{}{}", letter.to_uppercase(), first.as_str()));
        let opening = opening.unwrap_or_default();
        // A sentence begins with a capital letter.
        [". ", "? "]
            .iter()
            .fold(text.to_owned(), |text, end| {
                text.replace(&format!("{end}{{title}}"), &format!("{end}{opening}"))
            })
            .replace("{title}", title)
            .replace("{me}", case.handler.name.full)
    }

    fn delivered(&self, case: &Case, said: &str) -> anyhow::Result<()> {
        let delivered = self.label_for(self.player.lang, "reply-delivered")?;
        let thread = self.text_of(case.thread);
        ensure!(said.contains(&delivered) || thread.contains(&delivered), "the reply did not arrive: {said}");
        Ok(())
    }

    /// All words of a channel.
    pub(super) fn text_of(&self, channel: u64) -> String {
        let messages = self.player.stage.sandbox.messages(channel);
        messages.iter().map(words_of).collect::<Vec<_>>().join("\n")
    }

    /// The words of what came to a channel after its first `before` messages.
    pub(super) fn text_since(&self, channel: u64, before: usize) -> String {
        let messages = self.player.stage.sandbox.messages(channel);
        messages.iter().skip(before).map(words_of).collect::<Vec<_>>().join("\n")
    }

    pub(super) fn count(&self, channel: u64) -> usize {
        self.player.stage.sandbox.messages(channel).len()
    }

    /// The customer's direct messages with the bot.
    pub(super) fn line(&self, customer: Person) -> anyhow::Result<u64> {
        self.player.stage.sandbox.dm_channel(customer.id).context("the direct messages are open")
    }

    pub(super) async fn report(&mut self) -> anyhow::Result<()> {
        self.about(20, 30).await?;
        let manager = self.cast.manager.id;
        let options = [("period", json!("today"))];
        let (_, answer) =
            self.player.command(manager, self.cast.managers, "report overview", &options).await?;
        let message = answer.message.unwrap_or(Value::Null);
        let files = message["attachments"].as_array().cloned().unwrap_or_default();
        let has = |ending: &str| {
            files.iter().any(|file| file["filename"].as_str().is_some_and(|name| name.ends_with(ending)))
        };
        ensure!(has(".png") && has(".csv"), "the report has no picture and table: {message}");
        Ok(())
    }
}

fn words_of(message: &Value) -> String {
    let mut parts = vec![message["content"].as_str().unwrap_or_default().to_owned()];
    for embed in message["embeds"].as_array().into_iter().flatten() {
        for key in ["title", "description"] {
            parts.push(embed[key].as_str().unwrap_or_default().to_owned());
        }
        for field in embed["fields"].as_array().into_iter().flatten() {
            parts.push(field["value"].as_str().unwrap_or_default().to_owned());
        }
    }
    parts.join("\n")
}
