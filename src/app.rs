//! Puts the program together: opens the store, builds desk and bot, runs the workers, and ends in order.

pub mod fleet;
pub mod lease;
pub mod members;

use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};
use futures::FutureExt;
use tokio::task::JoinSet;

use self::lease::Lease;
use crate::clock::Clock;
use crate::config::{Config, Env};
use crate::desk::boards::LATE;
use crate::desk::{Desk, Rules};
use crate::discord::bot::{Bot, Settings};
use crate::discord::files;
use crate::discord::rest::{Call, Sender, SenderOptions};
use crate::discord::token::Standing;
use crate::disk::{self, Loose};
use crate::domain::outbox::Urgency;
use crate::sla::calendar::{running_out, wall};
use crate::store::{self, db::Db};
use crate::text::Texts;
use crate::watch::Pulse;
use crate::watch::dog::Dog;
use crate::watch::figures::Sending;
use crate::watch::http::{Endpoint, Sources};

/// How many outbox messages travel side by side.
const COURIERS: usize = 8;
/// How many of them bring only what a person waits for.
const FOR_PEOPLE: usize = 2;
/// The workers look again after this while (ms), whatever they were told: a wake-up may be lost, a fault may pass.
const LOOK_AGAIN: i64 = 30_000;
/// After a fault of the database the workers wait this long (ms).
const AFTER_FAULT: i64 = 1_000;
/// The store is tidied this often (ms).
const TIDY: i64 = 60 * 60 * 1_000;
/// It is looked this often (ms) whether timers and outbox messages keep up.
const AUDIT: i64 = 30_000;
/// How long an orderly end may take (ms).
const DRAIN: i64 = 10_000;
/// How often (ms) it is looked then whether everything that is being sent has arrived.
const LOOK_WHETHER_SENT: i64 = 50;

/// Where Discord is.
pub const DISCORD: &str = "https://discord.com";

/// Builds a bot on an open database.
///
/// # Errors
///
/// What in the configuration, the words or the store cannot be used.
pub async fn build(config: &Config, db: Db, clock: Clock, origin: &str, token: &str) -> anyhow::Result<Bot> {
    let options = SenderOptions::new(origin, token);
    build_with(config, db, clock, options).await
}

async fn build_with(config: &Config, db: Db, clock: Clock, options: SenderOptions) -> anyhow::Result<Bot> {
    let texts = Arc::new(Texts::load(&config.words)?);
    for fault in texts.faults() {
        tracing::warn!(%fault, "the built-in words are used instead");
    }
    let rules =
        Rules { policy: config.policy().clone(), setups: config.guilds.clone(), locale: config.desk.locale };
    let desk = Desk::open(db, clock, rules).await?;
    let sender = Sender::new(&options.watched(desk.watch().clone()))?;
    let settings = Settings {
        company: config.desk.company.clone(),
        sign_as: config.desk.sign_as.clone(),
        data_dir: config.desk.data_dir.clone(),
        files_per_person: config.desk.files_per_person,
        message_content: config.desk.message_content,
        playbooks: config.playbooks.clone(),
    };
    Ok(Bot::new(desk, sender, texts, settings))
}

/// Runs the workers until they are dropped: one for timers, several for outbox messages.
pub fn workers(bot: &Bot) -> JoinSet<()> {
    let mut workers = JoinSet::new();
    workers.spawn(tend(bot.clone(), "timers".to_owned(), timers));
    workers.spawn(tend(bot.clone(), "housekeeping".to_owned(), housekeeping));
    workers.spawn(tend(bot.clone(), "auditor".to_owned(), auditor));
    workers.spawn(tend(bot.clone(), "token".to_owned(), token));
    for place in 0..COURIERS {
        // In a burst of filings every courier may wait for the desk channel's turn; some are kept for whoever waits.
        let urgency = if place < FOR_PEOPLE { Urgency::Person } else { Urgency::Bulk };
        let work = move |bot, pulse| outbox(bot, pulse, urgency);
        workers.spawn(tend(bot.clone(), format!("letters-{}", place + 1), work));
    }
    workers
}

/// Starts a worker again whenever it ends or panics. All it knows is in the store, and what it had taken comes back when its
/// lease ends; ending the whole program instead would let one poisoned outbox message stop everything, start after start.
async fn tend<F: Future<Output = ()>>(bot: Bot, name: String, work: impl Fn(Bot, Pulse) -> F) {
    let (clock, watch) = (bot.desk().clock(), bot.desk().watch());
    loop {
        let ended = AssertUnwindSafe(work(bot.clone(), watch.worker(&name))).catch_unwind().await;
        tracing::error!(worker = name, panicked = ended.is_err(), "a worker ended: it is started again");
        watch.restarted(&name);
        clock.sleep_until(clock.now() + AFTER_FAULT).await;
    }
}

async fn timers(bot: Bot, pulse: Pulse) {
    let desk = bot.desk();
    loop {
        pulse.busy();
        let until = match desk.timers().run().await {
            Ok(fired) if fired > 0 => {
                desk.wake();
                continue;
            }
            Ok(_) => match desk.timers().next_due().await {
                Ok(due) => due.unwrap_or(i64::MAX).min(desk.now() + LOOK_AGAIN),
                Err(error) => fault(desk, &pulse, &error),
            },
            Err(error) => fault(desk, &pulse, &error),
        };
        pulse.rests_until(until);
        tokio::select! {
            () = desk.timers_change() => {}
            () = desk.clock().sleep_until(until) => {}
        }
    }
}

async fn outbox(bot: Bot, pulse: Pulse, urgency: Urgency) {
    let desk = bot.desk();
    loop {
        pulse.busy();
        let until = match desk.outbox().run(&bot, 1, urgency).await {
            Ok(sent) if sent > 0 => continue,
            Ok(_) => match desk.outbox().next_due(urgency).await {
                Ok(due) => due.unwrap_or(i64::MAX).min(desk.now() + LOOK_AGAIN),
                Err(error) => fault(desk, &pulse, &error),
            },
            Err(error) => fault(desk, &pulse, &error),
        };
        pulse.rests_until(until);
        tokio::select! {
            () = desk.outbox_waits(urgency) => {}
            () = desk.clock().sleep_until(until.max(desk.now() + 1)) => {}
        }
    }
}

async fn housekeeping(bot: Bot, pulse: Pulse) {
    let desk = bot.desk();
    loop {
        pulse.busy();
        // Whoever erases by the calendar asks first what day it is; the answer is in the head of any answer.
        if let Err(error) = bot.sender().call(Call::get_me()).await {
            tracing::warn!(%error, "Discord did not say what time it is");
        }
        if let Err(error) = desk.retention().keep_house().await {
            tracing::error!(%error, "the store was not tidied");
            desk.watch().failed(&error);
        }
        pulse.rests_until(desk.now() + TIDY);
        desk.clock().sleep_until(desk.now() + TIDY).await;
    }
}

/// Looks whether the other workers keep up; after a start they first get the time that they have.
async fn auditor(bot: Bot, pulse: Pulse) {
    let desk = bot.desk();
    pulse.rests_until(desk.now() + LATE);
    desk.clock().sleep_until(desk.now() + LATE).await;
    loop {
        pulse.busy();
        if let Err(error) = desk.boards().audit().await {
            tracing::error!(%error, "nobody looked whether anything is late");
            desk.watch().failed(&error);
        }
        pulse.rests_until(desk.now() + AUDIT);
        desk.clock().sleep_until(desk.now() + AUDIT).await;
    }
}

/// The folder of the files cannot be used.
#[derive(Debug, thiserror::Error)]
#[error(
    "config/langnghe.toml: desk.data-dir: files cannot be kept in {}: {source}; make it a folder that this program may write \
     into, or name another one",
    .place.display()
)]
pub struct Unusable {
    /// Where.
    pub place: PathBuf,
    /// Why.
    pub source: std::io::Error,
}

/// Whether files can be kept: found out before anybody is told that one was.
fn try_data_dir(config: &Config) -> Result<(), Unusable> {
    let place = files::folder(&config.desk.data_dir);
    disk::try_folder(&place).map_err(|source| Unusable { place, source })
}

/// Tells the log what others on this machine may look into.
fn warn_of_loose(db: &Db, config: &Config) {
    for loose in loose(&db.files(), config) {
        tracing::warn!("{loose}");
    }
}

/// What of a desk others on this machine may look into: its database, its folder, its files.
pub fn loose(database: &[PathBuf], config: &Config) -> Vec<Loose> {
    let folder = files::folder(&config.desk.data_dir);
    let places = database.iter().chain([&config.desk.data_dir, &folder]);
    let mut found = disk::loose(places.map(PathBuf::as_path));
    found.extend(disk::loose_within(&folder));
    found
}
/// Looks after a token that Discord refused.
async fn token(bot: Bot, pulse: Pulse) {
    let desk = bot.desk();
    loop {
        pulse.busy();
        let until = match bot.look_after_token().await {
            Standing::Refused { next } => next.min(desk.now() + LOOK_AGAIN),
            Standing::Taken | Standing::Lost => desk.now() + AUDIT,
        };
        pulse.rests_until(until);
        desk.clock().sleep_until(until).await;
    }
}

/// The token was refused while the desk ran, and stayed so.
#[derive(Debug, thiserror::Error)]
#[error("Discord refused the bot's token while running: set a new DISCORD_TOKEN and start again")]
pub struct TokenLost;

/// Tells the log of calendars whose holidays are not known for long any more.
fn warn_of_calendars(desk: &Desk) {
    let today = wall(desk.policy().zone, desk.now()).date();
    for (id, hours) in &desk.policy().calendars {
        if let Some(until) = running_out(hours.calendar(), today) {
            tracing::warn!(calendar = id, %until, "its holidays are known no longer than that: add the next year's table");
        }
    }
}

fn fault(desk: &Desk, pulse: &Pulse, error: &store::StoreError) -> i64 {
    tracing::error!(worker = pulse.name(), %error, "the database failed a worker");
    desk.watch().failed(error);
    desk.now() + AFTER_FAULT
}

/// `serve`: the desk on Discord, or on whatever speaks its HTTP API.
///
/// # Errors
///
/// Why it cannot start, or why its connection ended.
pub async fn serve(config: &Config, env: &Env) -> anyhow::Result<()> {
    let Some(token) = &env.discord_token else { bail!("DISCORD_TOKEN is not set") };
    let origin = env.discord_api_url.as_deref().unwrap_or(DISCORD);
    let clock = Clock::System;
    try_data_dir(config)?;
    let db = Db::open(&env.database_url).await?;
    warn_of_loose(&db, config);
    if !db.is_embedded() {
        return fleet::serve(config, db, clock, origin, token.expose()).await;
    }
    let owner = format!("{}-{}", std::process::id(), clock.now());
    let lease = Lease::take(&db, &clock, &owner).await?;
    // Whoever held these outbox messages is gone: on SQLite there is one process.
    let mut tx = db.begin().await?;
    store::outbox::free_leases(&mut tx).await?;
    tx.commit().await?;
    let bot = build(config, db.clone(), clock.clone(), origin, token.expose()).await?;
    let endpoint = match endpoint(config).await {
        Ok(endpoint) => endpoint,
        Err(busy) => {
            lease.release().await?;
            return Err(busy);
        }
    };
    warn_of_calendars(bot.desk());
    let mut workers = workers(&bot);
    watch_over(&bot, endpoint, &owner, &mut workers);
    let announced = tokio::spawn(announce(bot.clone()));
    let connected = tokio::select! {
        ended = bot.connect(token.expose(), origin) => ended.map_err(Into::into),
        signal = interrupted() => signal,
        () = bot.token_lost() => Err(TokenLost.into()),
        lost = lease.keep() => Err(lost).context("the lease on the database is lost"),
    };
    announced.abort();
    bot.close();
    tokio::select! {
        () = drain(&bot) => {}
        lost = lease.keep() => tracing::error!(error = %lost, "outbox messages are left to another process"),
    }
    workers.shutdown().await;
    lease.release().await?;
    db.close().await;
    connected
}

/// The health endpoint. Where its port is taken, whoever watches over this desk would watch another one: nothing starts.
async fn endpoint(config: &Config) -> anyhow::Result<Endpoint> {
    Ok(Endpoint::bind(config.health, &config.file).await?)
}

/// Runs the watchdog and the health endpoint beside the workers.
fn watch_over(bot: &Bot, endpoint: Endpoint, owner: &str, workers: &mut JoinSet<()>) {
    let dog = Dog::new(bot.desk().watch().clone(), bot.desk().db().clone(), owner);
    let sender = bot.sender().clone();
    let sending = Arc::new(move || {
        let state = sender.state();
        Sending { waiting: state.waiting, invalid: state.invalid, stopped: state.stopped }
    });
    let sources = Sources { dog: dog.clone(), sending };
    workers.spawn(tend(bot.clone(), "watchdog".to_owned(), move |_, _| {
        let dog = dog.clone();
        async move { dog.run().await }
    }));
    workers.spawn(async move {
        if let Err(error) = endpoint.serve(sources).await {
            tracing::error!(%error, "health and metrics are no longer served");
        }
    });
    let bot = bot.clone();
    workers.spawn(async move { bot.catch_up_after_faults().await });
}

/// Says `ready` once it is so: other programs wait for exactly this line.
async fn announce(bot: Bot) {
    let mut ready = bot.ready();
    if ready.wait_for(|ready| *ready).await.is_ok() {
        say_ready();
    }
}

#[expect(clippy::print_stderr, reason = "the line other programs wait for")]
fn say_ready() {
    eprintln!("ready");
}

/// Sends what can be sent before the end; what cannot waits in the store.
async fn drain(bot: &Bot) {
    let desk = bot.desk();
    let until = desk.now() + DRAIN;
    let emptied = async {
        loop {
            match desk.outbox().run(bot, COURIERS, Urgency::Bulk).await {
                Ok(sent) if sent > 0 => {}
                // What the couriers carry at this moment arrives first: cut off, it would have to be looked for.
                Ok(_) if desk.outbox().is_sending().await.unwrap_or(false) => {
                    desk.clock().sleep_until(desk.now() + LOOK_WHETHER_SENT).await;
                }
                _ => return,
            }
        }
    };
    tokio::select! {
        () = emptied => {}
        () = desk.clock().sleep_until(until) => tracing::warn!("outbox messages are left for the next start"),
    }
}

/// Waits for SIGINT or SIGTERM.
///
/// # Errors
///
/// If signals cannot be waited for.
pub async fn interrupted() -> anyhow::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
    Ok(())
}

/// Reads the configuration in a folder.
///
/// # Errors
///
/// All that is wrong, a line each.
pub fn configuration(folder: &Path, env: &Env) -> anyhow::Result<Config> {
    Config::load(folder, env).map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        anyhow::anyhow!(lines.join("\n"))
    })
}
