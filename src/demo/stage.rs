//! A stage: sandbox and bot on one clock, stepped until nothing is left to do. Tests and the demo play on it.

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::{Context, bail};
use tokio::task::JoinHandle;

use crate::app;
use crate::clock::Clock;
use crate::config::{Config, Env};
use crate::discord::bot::Bot;
use crate::domain::outbox::Urgency;
use crate::sandbox::rules::fault::{Fault, FaultKind, GatewayFault};
use crate::sandbox::{Options, Sandbox, SandboxClock};
use crate::store::{self, db::Db};

/// Any token will do for the sandbox, if it looks like one.
pub const TOKEN: &str = "MTAwMDAwMDAwMDAwMDAwMDAx.sandbox.stage-of-the-complaint-desk-0001";
/// A stage that is not quiet after this long (real time) is stuck, and says on what; a machine may be busy with something else.
const STUCK: Duration = Duration::from_secs(120);
/// After so long (real time, ms) without anything happening only the stage's own time helps.
const STILL: i64 = 50;
/// So much of it (ms) passes then.
const STEP: i64 = 1_000;

/// Lets so much real time (ms) pass.
pub async fn real_time(ms: i64) {
    Clock::System.sleep_until(Clock::System.now() + ms).await;
}

/// A connection that does not end within this while (real time, ms) is cut.
const CUT_AFTER: i64 = 8_000;

/// How a stage is set.
#[derive(Clone, Debug)]
pub struct StageOptions {
    /// When the day begins (Unix ms).
    pub start_ms: i64,
    /// The database.
    pub database_url: String,
    /// The port of the sandbox; 0: any.
    pub port: u16,
    /// The configuration's folder; what is missing there is built in.
    pub config_folder: PathBuf,
    /// Where files on their way are kept.
    pub data_dir: PathBuf,
}

/// Sandbox and bot on one clock.
pub struct Stage {
    /// The Discord of this stage.
    pub sandbox: Sandbox,
    /// The clock of the bot; the sandbox's moves with it.
    pub clock: Clock,
    config: Config,
    db: Db,
    running: Option<Running>,
    /// Other processes that work on the same database, without a connection of their own.
    helpers: Vec<Bot>,
    /// Whose turn it is among all of them.
    turn: AtomicUsize,
    /// Bots that ended, each with what it had dealt with then: a shard of theirs that was just being started again still hears
    /// its first events, and nobody else does.
    ended: Vec<(Bot, u64)>,
}

struct Running {
    bot: Bot,
    connection: JoinHandle<()>,
    /// Events that went out before this connection.
    base: u64,
}

impl Stage {
    /// Sets a stage: the sandbox runs, the bot does not yet.
    ///
    /// # Errors
    ///
    /// Why it cannot be set.
    pub async fn set(options: StageOptions) -> anyhow::Result<Self> {
        let clock = SandboxClock::manual(options.start_ms);
        let sandbox = Sandbox::start(Options { port: options.port, clock, token: TOKEN.to_owned() })
            .await
            .with_context(|| format!("cannot listen on port {}", options.port))?;
        let env = Env { config_folder: options.config_folder.clone(), ..Env::default() };
        let mut config = app::configuration(&options.config_folder, &env)?;
        config.desk.data_dir.clone_from(&options.data_dir);
        let db = Db::open_with(&options.database_url, 1).await?;
        Ok(Self {
            sandbox,
            clock: Clock::manual(options.start_ms),
            config,
            db,
            running: None,
            helpers: Vec::new(),
            turn: AtomicUsize::new(0),
            ended: Vec::new(),
        })
    }

    /// The configuration in force.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Changes the configuration; it counts from the next start of the bot.
    pub fn configure(&mut self, change: impl FnOnce(&mut Config)) {
        change(&mut self.config);
    }

    /// The database.
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// Takes another database and another folder for files on their way, as after a restore; the bot does not run meanwhile.
    ///
    /// # Errors
    ///
    /// If the bot runs or the database cannot be opened.
    pub async fn move_to(&mut self, database_url: &str, data_dir: PathBuf) -> anyhow::Result<()> {
        if self.running.is_some() {
            bail!("the bot runs");
        }
        self.db.close().await;
        self.db = Db::open_with(database_url, 1).await?;
        self.config.desk.data_dir = data_dir;
        Ok(())
    }

    /// The bot that runs.
    ///
    /// # Errors
    ///
    /// If none runs.
    pub fn bot(&self) -> anyhow::Result<&Bot> {
        self.running.as_ref().map(|running| &running.bot).context("the bot does not run")
    }

    /// Starts the bot and waits until it is connected and its commands are registered.
    ///
    /// # Errors
    ///
    /// Why it does not get ready.
    pub async fn start_bot(&mut self) -> anyhow::Result<()> {
        let origin = self.sandbox.origin();
        // On a database of its own whoever held outbox messages is gone; of others nobody knows.
        if self.helpers.is_empty() {
            let mut tx = self.db.begin().await?;
            store::outbox::free_leases(&mut tx).await?;
            tx.commit().await?;
        }
        let bot = app::build(&self.config, self.db.clone(), self.clock.clone(), &origin, TOKEN).await?;
        let base = self.sandbox.dispatched().saturating_sub(self.heard_late());
        let connection = tokio::spawn({
            let bot = bot.clone();
            async move {
                if let Err(error) = bot.connect(TOKEN, &origin).await {
                    tracing::error!(%error, "the stage's bot lost its connection");
                }
            }
        });
        let mut ready = bot.ready();
        let waited = tokio::time::timeout(STUCK, ready.wait_for(|ready| *ready)).await;
        if waited.is_err() {
            bail!("the bot did not get ready; the sandbox refused: {:?}", self.sandbox.violations());
        }
        self.running = Some(Running { bot, connection, base });
        self.settle().await
    }

    /// Ends the bot as a cut of power would: nothing is drained, nothing is said.
    ///
    /// # Errors
    ///
    /// If none runs.
    pub async fn crash(&mut self) -> anyhow::Result<()> {
        let mut running = self.running.take().context("the bot does not run")?;
        running.bot.close();
        tokio::select! {
            ended = &mut running.connection => ended?,
            () = real_time(CUT_AFTER) => running.connection.abort(),
        }
        let mut changes = self.sandbox.changes();
        while self.sandbox.is_connected() {
            tokio::select! {
                changed = changes.changed() => changed?,
                // A connection that was just being made again hears of the end only by its next event; a cut of power waits
                // for nobody.
                () = real_time(CUT_AFTER) => {
                    let kind = FaultKind::Gateway(GatewayFault::Drop);
                    self.sandbox.fault(Fault { method: None, path_contains: None, times: 1, kind });
                }
            }
        }
        let done = running.bot.activity().borrow().done;
        self.ended.push((running.bot, done));
        Ok(())
    }

    /// Another process joins, as one that stands by does: it brings outbox messages and fires timers.
    ///
    /// # Errors
    ///
    /// Why it cannot.
    pub async fn join(&mut self, database_url: &str) -> anyhow::Result<()> {
        let db = Db::open_with(database_url, 1).await?;
        let helper = app::build(&self.config, db, self.clock.clone(), &self.sandbox.origin(), TOKEN).await?;
        self.helpers.push(helper);
        Ok(())
    }

    /// How many other processes work beside the connected one.
    pub fn helpers(&self) -> usize {
        self.helpers.len()
    }

    /// One of the other processes dies while it brings an outbox message, if there is one: after so many more requests to
    /// Discord.
    pub async fn helper_dies(&mut self, requests: u64) {
        let Some(helper) = self.helpers.pop() else { return };
        let mut changes = self.sandbox.changes();
        let most = *changes.borrow_and_update() + requests;
        let dies = async { while *changes.borrow_and_update() < most && changes.changed().await.is_ok() {} };
        let works = async {
            while helper.desk().outbox().run(&helper, 1, Urgency::Bulk).await.is_ok_and(|done| done > 0) {}
        };
        tokio::select! {
            () = works => {}
            () = dies => {}
            () = real_time(CUT_AFTER) => {}
        }
        helper.desk().db().close().await;
    }

    /// How many events the bots that ended have heard since.
    fn heard_late(&self) -> u64 {
        let late = |(bot, done): &(Bot, u64)| bot.activity().borrow().done.saturating_sub(*done);
        self.ended.iter().map(late).sum()
    }

    /// Works until nothing is due, nothing is on its way and nobody waits for an answer.
    ///
    /// # Errors
    ///
    /// If the store fails, or the stage is stuck.
    pub async fn settle(&self) -> anyhow::Result<()> {
        match tokio::time::timeout(STUCK, self.settle_patiently()).await {
            Ok(settled) => settled,
            Err(_) => {
                let running = self.running.as_ref();
                let activity = running.map(|running| *running.bot.activity().borrow());
                let expected = running.map(|running| self.sandbox.dispatched() - running.base);
                bail!(
                    "the stage is stuck: {activity:?} of {expected:?} events, connected {}, {} open interactions, letters {:?}, {:?}",
                    self.sandbox.is_connected(),
                    self.sandbox.open_interactions(),
                    store::outbox::counts(&self.db).await,
                    self.sandbox.violations()
                )
            }
        }
    }

    async fn settle_patiently(&self) -> anyhow::Result<()> {
        let Some(running) = &self.running else {
            while self.work().await? > 0 {}
            return Ok(());
        };
        let desk = running.bot.desk();
        let mut activity = running.bot.activity();
        let mut changes = self.sandbox.changes();
        loop {
            activity.mark_unchanged();
            changes.mark_unchanged();
            let sent = self.sandbox.dispatched().saturating_sub(running.base + self.heard_late());
            let under_way = sent.saturating_sub(activity.borrow().done);
            // One thing at a time, so that what people see comes in the same order on every run: whoever is being
            // answered is answered first, unless the answer itself waits for an outbox message.
            if under_way <= desk.outbox().awaited() && self.work().await? > 0 {
                continue;
            }
            if under_way == 0 && self.sandbox.open_interactions() == 0 {
                return Ok(());
            }
            // Whoever waits to hear of an outbox message that waits for a better time is helped by time alone.
            let patient = under_way > 0 && under_way <= desk.outbox().awaited();
            tokio::select! {
                changed = activity.changed() => changed?,
                changed = changes.changed() => changed?,
                () = desk.outbox_waits(Urgency::Bulk) => {}
                () = real_time(STILL), if patient => self.set_clocks(self.clock.now() + STEP),
            }
        }
    }

    /// Fires what is due and brings an outbox message: one of the processes that are there does, in turn. Returns how much
    /// was done.
    async fn work(&self) -> anyhow::Result<usize> {
        let bots: Vec<&Bot> = self.running.iter().map(|running| &running.bot).chain(&self.helpers).collect();
        for _ in 0..bots.len() {
            let turn = self.turn.fetch_add(1, Ordering::Relaxed);
            let Some(bot) = bots.get(turn % bots.len()) else { continue };
            let desk = bot.desk();
            let done = desk.timers().run().await? + desk.outbox().run(*bot, 1, Urgency::Bulk).await?;
            if done > 0 {
                return Ok(done);
            }
        }
        Ok(0)
    }

    /// Moves both clocks on by `ms`, stopping wherever something is due.
    ///
    /// # Errors
    ///
    /// As [`Stage::settle`].
    pub async fn advance(&self, ms: i64) -> anyhow::Result<()> {
        self.advance_to(self.clock.now() + ms).await
    }

    /// Moves both clocks on to `until` (Unix ms), stopping wherever something is due.
    ///
    /// # Errors
    ///
    /// As [`Stage::settle`].
    pub async fn advance_to(&self, until: i64) -> anyhow::Result<()> {
        loop {
            self.settle().await?;
            match self.next_due().await?.filter(|due| *due <= until) {
                Some(due) => self.set_clocks(due),
                None => break,
            }
        }
        self.set_clocks(until);
        self.settle().await
    }

    /// When the bot has something to do next (Unix ms).
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn next_due(&self) -> anyhow::Result<Option<i64>> {
        let mut next = Vec::new();
        for bot in self.running.iter().map(|running| &running.bot).chain(&self.helpers) {
            next.extend(bot.desk().timers().next_due().await?);
            next.extend(bot.desk().outbox().next_due(Urgency::Bulk).await?);
        }
        Ok(next.into_iter().min())
    }

    /// Sets both clocks to `now` (Unix ms), never back; whoever does so sees to it that nothing due is passed over.
    pub fn set_clocks(&self, now: i64) {
        self.clock.set(now);
        self.sandbox.clock().reach(now);
    }

    /// What a finished stage must not have left over: outbox messages, dead or waiting, and whatever Discord would have refused.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn leftovers(&self) -> anyhow::Result<Vec<String>> {
        let mut left = self.sandbox.violations();
        let (waiting, dead) = store::outbox::counts(&self.db).await?;
        if waiting > 0 {
            left.push(format!("{waiting} outbox messages wait: {:?}", store::outbox::stuck(&self.db).await?));
        }
        if dead > 0 {
            left.push(format!(
                "outbox messages were given up: {:?}",
                store::outbox::given_up(&self.db).await?
            ));
        }
        Ok(left)
    }

    /// Ends everything.
    ///
    /// # Errors
    ///
    /// If the bot's task failed.
    pub async fn strike(mut self) -> anyhow::Result<()> {
        if self.running.is_some() {
            self.crash().await?;
        }
        self.sandbox.stop();
        self.db.close().await;
        Ok(())
    }
}
