//! Puts the program together: opens the store, builds desk and bot, runs the workers, and ends in order.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, bail};
use tokio::task::JoinSet;

use crate::clock::Clock;
use crate::config::{Config, Env};
use crate::desk::auditor::LATE;
use crate::desk::{Desk, Rules};
use crate::discord::bot::{Bot, Settings};
use crate::discord::rest::{Sender, SenderOptions};
use crate::domain::calendar::{running_out, wall};
use crate::domain::letter::Urgency;
use crate::store::{self, db::Db};
use crate::text::Texts;

/// How many letters travel side by side.
const COURIERS: usize = 8;
/// How many of them bring only what a person waits for.
const FOR_PEOPLE: usize = 2;
/// The workers look again after this while (ms), whatever they were told: a wake-up may be lost, a fault may pass.
const LOOK_AGAIN: i64 = 30_000;
/// After a fault of the database the workers wait this long (ms).
const AFTER_FAULT: i64 = 1_000;
/// How long the lease on an embedded database runs (ms), and how often it is renewed. A desk that was killed starts
/// again after the former at the latest; a second process is refused after the latter.
const LEASE: i64 = 6_000;
const RENEW: i64 = 2_000;
/// How often one who waits for the lease looks again (ms).
const LOOK_AT_LEASE: i64 = 250;
/// The store is tidied this often (ms).
const TIDY: i64 = 60 * 60 * 1_000;
/// It is looked this often (ms) whether timers and letters keep up.
const AUDIT: i64 = 30_000;
/// The name of that lease.
pub(crate) const LEASE_NAME: &str = "desk";
/// How long an orderly end may take (ms).
const DRAIN: i64 = 10_000;

/// Where Discord is.
pub const DISCORD: &str = "https://discord.com";

/// Builds a bot on an open database.
///
/// # Errors
///
/// What in the configuration, the words or the store cannot be used.
pub async fn build(config: &Config, db: Db, clock: Clock, origin: &str, token: &str) -> anyhow::Result<Bot> {
    let texts = Arc::new(Texts::load(&config.words)?);
    let rules =
        Rules { policy: config.policy().clone(), setups: config.guilds.clone(), locale: config.desk.locale };
    let desk = Desk::open(db, clock, rules).await?;
    let sender = Sender::new(&SenderOptions::new(origin, token))?;
    let settings = Settings {
        company: config.desk.company.clone(),
        sign_as: config.desk.sign_as.clone(),
        data_dir: config.desk.data_dir.clone(),
        message_content: config.desk.message_content,
        playbooks: config.playbooks.clone(),
    };
    Ok(Bot::new(desk, sender, texts, settings))
}

/// Runs the workers until they are dropped: one for timers, several for letters.
pub fn workers(bot: &Bot) -> JoinSet<()> {
    let mut workers = JoinSet::new();
    workers.spawn(timers(bot.clone()));
    workers.spawn(housekeeping(bot.clone()));
    workers.spawn(auditor(bot.clone()));
    for place in 0..COURIERS {
        // In a burst of filings every courier may wait for the desk channel's turn; some are kept for whoever waits.
        let urgency = if place < FOR_PEOPLE { Urgency::Person } else { Urgency::Bulk };
        workers.spawn(letters(bot.clone(), urgency));
    }
    workers
}

async fn timers(bot: Bot) {
    let desk = bot.desk();
    loop {
        let until = match desk.run_timers().await {
            Ok(fired) if fired > 0 => {
                desk.wake();
                continue;
            }
            Ok(_) => match desk.next_timer().await {
                Ok(due) => due.unwrap_or(i64::MAX).min(desk.now() + LOOK_AGAIN),
                Err(error) => fault(desk, "timers", &error),
            },
            Err(error) => fault(desk, "timers", &error),
        };
        tokio::select! {
            () = desk.timers_change() => {}
            () = desk.clock().sleep_until(until) => {}
        }
    }
}

async fn letters(bot: Bot, urgency: Urgency) {
    let desk = bot.desk();
    loop {
        let until = match desk.run_outbox(&bot, 1, urgency).await {
            Ok(sent) if sent > 0 => continue,
            Ok(_) => match desk.next_letter(urgency).await {
                Ok(due) => due.unwrap_or(i64::MAX).min(desk.now() + LOOK_AGAIN),
                Err(error) => fault(desk, "letters", &error),
            },
            Err(error) => fault(desk, "letters", &error),
        };
        tokio::select! {
            () = desk.letters_wait(urgency) => {}
            () = desk.clock().sleep_until(until.max(desk.now() + 1)) => {}
        }
    }
}

async fn housekeeping(bot: Bot) {
    let desk = bot.desk();
    loop {
        if let Err(error) = desk.keep_house().await {
            tracing::error!(%error, "the store was not tidied");
        }
        desk.clock().sleep_until(desk.now() + TIDY).await;
    }
}

/// Looks whether the other workers keep up; after a start they first get the time that they have.
async fn auditor(bot: Bot) {
    let desk = bot.desk();
    desk.clock().sleep_until(desk.now() + LATE).await;
    loop {
        if let Err(error) = desk.audit().await {
            tracing::error!(%error, "nobody looked whether anything is late");
        }
        desk.clock().sleep_until(desk.now() + AUDIT).await;
    }
}

/// Tells the log of calendars whose holidays are not known for long any more.
fn warn_of_calendars(desk: &Desk) {
    let today = wall(desk.policy().zone, desk.now()).date();
    for (id, hours) in &desk.policy().calendars {
        if let Some(until) = running_out(hours.calendar(), today) {
            tracing::warn!(calendar = id, %until, "its holidays are known no longer than that: add the next year's table");
        }
    }
}

fn fault(desk: &Desk, worker: &str, error: &store::StoreError) -> i64 {
    tracing::error!(worker, %error, "the database failed a worker");
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
    let db = Db::open(&env.database_url).await.context("cannot open the store")?;
    let owner = format!("{}-{}", std::process::id(), clock.now());
    if db.is_embedded() {
        take_lease(&db, &clock, &owner).await?;
        // Whoever held these letters is gone: on SQLite there is one process.
        let mut tx = db.begin().await?;
        store::letter::free_leases(&mut tx).await?;
        tx.commit().await?;
    }
    let bot = build(config, db.clone(), clock.clone(), origin, token.expose()).await?;
    warn_of_calendars(bot.desk());
    let mut workers = workers(&bot);
    let announced = tokio::spawn(announce(bot.clone()));
    let connected = tokio::select! {
        ended = bot.connect(token.expose(), origin) => ended.context("the gateway"),
        signal = interrupted() => signal,
        lost = keep_lease(&db, &clock, &owner) => Err(lost).context("the lease on the database is lost"),
    };
    announced.abort();
    bot.close();
    tokio::select! {
        () = drain(&bot) => {}
        lost = keep_lease(&db, &clock, &owner) => tracing::error!(error = %lost, "letters are left to another process"),
    }
    workers.shutdown().await;
    if db.is_embedded() {
        store::lease::release(&db, LEASE_NAME, &owner).await?;
    }
    db.close().await;
    connected
}

/// Says `ready` once it is so: other programs wait for exactly this line.
#[expect(clippy::print_stderr, reason = "the line other programs wait for")]
async fn announce(bot: Bot) {
    let mut ready = bot.ready();
    if ready.wait_for(|ready| *ready).await.is_ok() {
        eprintln!("ready");
    }
}

/// Takes the lease on an embedded database. One that nobody renews any more is waited out, so that a desk that was
/// killed starts again by itself; one that is renewed meanwhile has a living holder.
pub(crate) async fn take_lease(db: &Db, clock: &Clock, owner: &str) -> Result<(), store::StoreError> {
    let mut held_until = None;
    loop {
        let now = clock.now();
        match store::lease::acquire(db, LEASE_NAME, owner, now, now + LEASE).await {
            Err(store::StoreError::Taken { left_ms })
                if held_until.is_none_or(|until| until == now + left_ms) =>
            {
                held_until = Some(now + left_ms);
                clock.sleep_until(now + left_ms.clamp(1, LOOK_AT_LEASE)).await;
            }
            taken => return taken,
        }
    }
}

/// Renews the lease for as long as it can; returns why it no longer can. Another database needs none.
async fn keep_lease(db: &Db, clock: &Clock, owner: &str) -> store::StoreError {
    if !db.is_embedded() {
        return std::future::pending().await;
    }
    loop {
        clock.sleep_until(clock.now() + RENEW).await;
        let now = clock.now();
        match store::lease::acquire(db, LEASE_NAME, owner, now, now + LEASE).await {
            Ok(()) => {}
            Err(lost @ store::StoreError::Taken { .. }) => return lost,
            Err(error) => tracing::error!(%error, "lease not renewed"),
        }
    }
}

/// Sends what can be sent before the end; what cannot waits in the store.
async fn drain(bot: &Bot) {
    let desk = bot.desk();
    let until = desk.now() + DRAIN;
    let emptied = async {
        while matches!(desk.run_outbox(bot, COURIERS, Urgency::Bulk).await, Ok(sent) if sent > 0) {}
    };
    tokio::select! {
        () = emptied => {}
        () = desk.clock().sleep_until(until) => tracing::warn!("letters are left for the next start"),
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
