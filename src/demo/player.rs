//! Plays people on a stage: each deed is carried out over the wire, shown as text, and waited for.

use std::io::Write;

use anyhow::{Context, anyhow, bail};
use chrono::Offset;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::Value;

use super::stage::Stage;
use crate::kernel::lang::Lang;
use crate::sandbox::{Answer, AnswerKind, Place, Tongue, TranscriptOptions};
use crate::text::Words;

/// A watched clock moves in steps of so much real time (ms).
const TICK: u64 = 50;
/// Pages are told of the clock once in so many steps.
const TELL: u64 = 10;
/// Farther ahead than this (ms) the page's clock was moved by somebody.
const LEAP: i64 = 10 * 60 * 1_000;
/// The store is tidied this often (ms), before a gap would look like a clock that is wrong.
const TIDY: i64 = 23 * 60 * 60 * 1_000;
/// As many digits make an id of Discord's.
const ID_DIGITS: usize = 17;

/// How a story is watched as it is played.
pub struct Watched {
    /// Simulated seconds per second.
    pub speed: f64,
    /// The bar.
    pub bar: ProgressBar,
}

impl Watched {
    /// A bar over `length` ms of simulated time.
    pub fn new(speed: f64, length: u64) -> Self {
        let bar = ProgressBar::new(length);
        // The template is our own and holds no variable that indicatif does not know.
        if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {percent}%") {
            bar.set_style(style);
        }
        Self { speed, bar }
    }
}

/// Somebody who moves the people of a stage.
pub struct Player<'a> {
    /// The stage.
    pub stage: Stage,
    /// The desk's language.
    pub lang: Lang,
    /// The first instant of the day (Unix ms).
    pub midnight: i64,
    watched: Option<Watched>,
    out: &'a mut (dyn Write + Send),
    shown: usize,
    /// When the store was tidied last (Unix ms).
    tidied: i64,
    options: TranscriptOptions,
}

impl<'a> Player<'a> {
    /// A player on a stage; what happens is written to `out`.
    pub fn new(
        stage: Stage,
        lang: Lang,
        midnight: i64,
        watched: Option<Watched>,
        out: &'a mut (dyn Write + Send),
    ) -> Self {
        let zone = stage.config().policy().zone;
        let offset = chrono::DateTime::from_timestamp_millis(midnight)
            .map_or(0, |at| at.with_timezone(&zone).offset().fix().local_minus_utc() / 60);
        let tongue = if lang == Lang::Vi { Tongue::Vietnamese } else { Tongue::English };
        let options = TranscriptOptions {
            offset_minutes: offset,
            only_news: true,
            tongue,
            ..TranscriptOptions::default()
        };
        let tidied = stage.clock.now();
        Self { stage, lang, midnight, watched, out, shown: 0, tidied, options }
    }

    /// The words in a language.
    ///
    /// # Errors
    ///
    /// If no bot runs.
    pub fn words(&self, lang: Lang) -> anyhow::Result<&Words> {
        Ok(self.stage.bot()?.texts().of(lang))
    }

    /// The present instant (Unix ms).
    pub fn now(&self) -> i64 {
        self.stage.clock.now()
    }

    /// Writes what has happened since the last time.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub fn show(&mut self) -> anyhow::Result<()> {
        let (text, shown) = self.stage.sandbox.transcript_since(self.shown, self.options);
        self.shown = shown;
        if text.is_empty() {
            return Ok(());
        }
        let text = without_ids(&text);
        let out = &mut self.out;
        match &self.watched {
            Some(watched) => watched.bar.suspend(|| out.write_all(text.as_bytes())),
            None => out.write_all(text.as_bytes()),
        }
        .and_then(|()| out.flush())
        .context("cannot write what happens")
    }

    /// Waits until everything is quiet, and shows what came of it.
    ///
    /// # Errors
    ///
    /// As [`Stage::settle`].
    pub async fn settle(&mut self) -> anyhow::Result<()> {
        self.stage.settle().await?;
        self.show()
    }

    /// Lets time pass until `at` (Unix ms), stopping wherever something is due.
    ///
    /// # Errors
    ///
    /// As [`Stage::settle`].
    pub async fn until(&mut self, at: i64) -> anyhow::Result<()> {
        loop {
            self.settle().await?;
            let now = self.now();
            if now >= at {
                return Ok(());
            }
            let due = self.next_due().await?.filter(|due| *due > now);
            let stop = due.map_or(at, |due| due.min(at));
            self.walk(stop).await?;
            self.stage.set_clocks(stop);
        }
    }

    /// Lets `ms` pass.
    ///
    /// # Errors
    ///
    /// As [`Stage::settle`].
    pub async fn pass(&mut self, ms: i64) -> anyhow::Result<()> {
        self.until(self.now() + ms).await
    }

    /// Goes towards `stop` at the pace of whoever watches; visitors of the page are answered on the way.
    async fn walk(&mut self, stop: i64) -> anyhow::Result<()> {
        let Some(speed) = self.watched.as_ref().map(|watched| watched.speed) else { return Ok(()) };
        let step = step(speed);
        let mut ticks = 0;
        while self.now() + step < stop {
            breathe(TICK).await;
            // Somebody may have moved the page's clock.
            let now = (self.now() + step).max(self.stage.sandbox.clock().goal());
            self.stage.set_clocks(now.min(stop));
            ticks += 1;
            if ticks % TELL == 0 {
                self.stage.sandbox.show_clock();
            }
            self.settle().await?;
            self.draw();
        }
        Ok(())
    }

    fn draw(&self) {
        let Some(watched) = &self.watched else { return };
        let since = self.now() - self.midnight;
        let begun = i64::try_from(watched.bar.length().unwrap_or_default()).unwrap_or_default();
        let left = super::day::END - since;
        watched.bar.set_position(u64::try_from((begun - left).max(0)).unwrap_or_default());
        watched.bar.set_message(format!("{:02}:{:02}", since / 3_600_000, since / 60_000 % 60));
    }

    /// The day is over: the bar goes.
    pub fn end_of_day(&mut self) {
        if let Some(watched) = &self.watched {
            watched.bar.finish_and_clear();
        }
    }

    /// What an interaction came to, once everything is quiet.
    ///
    /// # Errors
    ///
    /// If the person cannot do that, or is not answered.
    pub async fn outcome(&mut self, made: Result<u64, String>) -> anyhow::Result<(u64, Answer)> {
        let interaction = made.map_err(|why| anyhow!(why))?;
        self.settle().await?;
        let answer = self.stage.sandbox.answer(interaction).await;
        if let (AnswerKind::Failed, Some(why)) = (answer.kind, &answer.error) {
            bail!("nobody answered: {why}");
        }
        Ok((interaction, answer))
    }

    /// Presses the newest button with this label in a channel.
    ///
    /// # Errors
    ///
    /// As [`Player::outcome`].
    pub async fn press(&mut self, user: u64, channel: u64, label: &str) -> anyhow::Result<(u64, Answer)> {
        let made = self.stage.sandbox.press_label(user, channel, label);
        self.outcome(made).await.with_context(|| format!("pressing [{label}]"))
    }

    /// Presses a button of one message.
    ///
    /// # Errors
    ///
    /// As [`Player::outcome`].
    pub async fn press_on(
        &mut self,
        user: u64,
        channel: u64,
        message: u64,
        label: &str,
    ) -> anyhow::Result<(u64, Answer)> {
        let part = |held: &Value| held["label"] == label && held["disabled"] != true;
        let custom_id = self.component(user, channel, message, part);
        let custom_id = custom_id.with_context(|| format!("there is no button [{label}] on that message"))?;
        let made = self.stage.sandbox.press(user, channel, message, &custom_id);
        self.outcome(made).await.with_context(|| format!("pressing [{label}]"))
    }

    /// Whether a select of one message offers a value.
    pub fn offers(&self, channel: u64, message: u64, value: &str) -> bool {
        let messages = self.stage.sandbox.messages(channel);
        let held = messages.iter().find(|held| held["id"] == message.to_string().as_str());
        let rows = held.and_then(|held| held["components"].as_array()).into_iter().flatten();
        let selects = rows.flat_map(|row| row["components"].as_array().into_iter().flatten());
        selects
            .flat_map(|held| held["options"].as_array().into_iter().flatten())
            .any(|held| held["value"] == value)
    }

    /// Chooses in the select of one message that offers it.
    ///
    /// # Errors
    ///
    /// As [`Player::outcome`].
    pub async fn choose(&mut self, user: u64, channel: u64, message: u64, value: &str) -> anyhow::Result<()> {
        let offers = |held: &Value| {
            held["options"].as_array().into_iter().flatten().any(|option| option["value"] == value)
        };
        let custom_id = self.component(user, channel, message, offers);
        let custom_id = custom_id.context("there is no select on that message")?;
        let made = self.stage.sandbox.select(user, channel, message, &custom_id, &[value]);
        self.outcome(made).await.map(|_| ())
    }

    fn component(
        &self,
        user: u64,
        channel: u64,
        message: u64,
        fits: impl Fn(&Value) -> bool,
    ) -> Option<String> {
        let held = self.stage.sandbox.messages_seen_by(user, channel);
        let held = held.into_iter().find(|held| id_of(held) == message)?;
        let rows = held["components"].as_array()?;
        let mut parts = rows.iter().flat_map(|row| row["components"].as_array().into_iter().flatten());
        parts.find(|part| fits(part))?["custom_id"].as_str().map(str::to_owned)
    }

    /// Uses a command.
    ///
    /// # Errors
    ///
    /// As [`Player::outcome`].
    pub async fn command(
        &mut self,
        user: u64,
        channel: u64,
        path: &str,
        options: &[(&str, Value)],
    ) -> anyhow::Result<(u64, Answer)> {
        let made = self.stage.sandbox.command(user, Place::Channel(channel), path, options);
        self.outcome(made).await.with_context(|| format!("/{path}"))
    }

    /// Fills in the form that answered `opened`, after `ms` of typing.
    ///
    /// # Errors
    ///
    /// As [`Player::outcome`]; if no form was opened.
    pub async fn fill(
        &mut self,
        user: u64,
        opened: (u64, Answer),
        values: &[(&str, &str)],
        ms: i64,
    ) -> anyhow::Result<Answer> {
        let (interaction, answer) = opened;
        if answer.kind != AnswerKind::Form {
            bail!("a form was expected: {}", answer.text());
        }
        self.pass(ms).await?;
        let made = self.stage.sandbox.submit(user, interaction, values);
        self.outcome(made).await.context("filling in the form").map(|(_, answer)| answer)
    }

    /// Writes to the bot in direct messages.
    ///
    /// # Errors
    ///
    /// If the person cannot.
    pub async fn write(&mut self, user: u64, text: &str) -> anyhow::Result<()> {
        self.stage.sandbox.say(user, Place::Dm, text).map_err(|why| anyhow!(why))?;
        self.settle().await
    }

    /// The newest message of a channel.
    pub fn last(&self, channel: u64) -> Value {
        self.stage.sandbox.messages(channel).pop().unwrap_or(Value::Null)
    }

    /// Keeps up with the page's clock until `ended`: what falls due happens at its time, and visitors are answered.
    ///
    /// # Errors
    ///
    /// If `ended` fails, or what happens cannot be written.
    pub async fn follow(
        &mut self,
        ended: impl Future<Output = anyhow::Result<()>>,
        mut complain: impl FnMut(&anyhow::Error),
    ) -> anyhow::Result<()> {
        tokio::pin!(ended);
        let mut changes = self.stage.sandbox.changes();
        loop {
            tokio::select! {
                ended = &mut ended => return ended,
                caught_up = self.catch_up() => {
                    if let Err(error) = caught_up {
                        complain(&error);
                    }
                }
            }
            tokio::select! {
                ended = &mut ended => return ended,
                () = breathe(TICK * 4) => {}
                changed = changes.changed() => changed?,
            }
        }
    }

    async fn catch_up(&mut self) -> anyhow::Result<()> {
        loop {
            self.settle().await?;
            let until = self.stage.sandbox.clock().goal();
            let now = self.now();
            let due = self.next_due().await?.filter(|due| *due > now && *due <= until);
            let leaps = until - now > LEAP;
            self.stage.set_clocks(due.unwrap_or(until));
            if leaps {
                // Whoever asked for an hour more sees it pass.
                self.stage.sandbox.show_clock();
            }
            if due.is_none() {
                return self.settle().await;
            }
        }
    }

    /// When something is to be done next (Unix ms): what the bot is due to do, or the tidying of its store.
    async fn next_due(&mut self) -> anyhow::Result<Option<i64>> {
        if self.now() >= self.tidied + TIDY {
            self.tidied = self.now();
            self.stage.bot()?.desk().retention().keep_house().await?;
        }
        let due = self.stage.next_due().await?;
        Ok(Some(due.map_or(self.tidied + TIDY, |due| due.min(self.tidied + TIDY))))
    }
}

/// An object's id.
pub fn id_of(value: &Value) -> u64 {
    value["id"].as_str().and_then(|id| id.parse().ok()).unwrap_or_default()
}

/// How far the clock goes in one step (ms).
#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "a step is short")]
fn step(speed: f64) -> i64 {
    ((TICK as f64 * speed) as i64).max(1)
}

/// Ids say nothing to a reader.
fn without_ids(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut digits = String::new();
    for letter in text.chars().chain(['\0']) {
        if letter.is_ascii_digit() {
            digits.push(letter);
            continue;
        }
        out.push_str(if digits.len() >= ID_DIGITS { "…" } else { &digits });
        digits.clear();
        if letter != '\0' {
            out.push(letter);
        }
    }
    out
}

#[expect(clippy::disallowed_methods, reason = "a watched demo waits for its watchers, in their own time")]
async fn breathe(ms: u64) {
    tokio::time::sleep(std::time::Duration::from_millis(ms)).await;
}
