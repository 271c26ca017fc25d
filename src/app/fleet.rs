//! `serve` on PostgreSQL: any number of processes, each a worker, some of them holding shards of the gateway.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, bail};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::members::{Members, TICK};
use super::{
    TokenLost, build_with, drain, endpoint, interrupted, say_ready, warn_of_calendars, watch_over, workers,
};
use crate::clock::Clock;
use crate::clock::tenure::Tenure;
use crate::config::Config;
use crate::desk::Desk;
use crate::discord::bot::Bot;
use crate::discord::closing::GatewayError;
use crate::discord::gateway::Shard;
use crate::discord::rest::{CallError, SenderOptions};
use crate::store::StoreError;
use crate::store::db::Db;
use crate::store::wake::{self, Listener, News};

/// With no more than this left of the lease (ms), workers and gateway are stopped. It is later that calls are cut and
/// earlier that none is begun (`discord/rest`), and earlier than anybody takes over.
const STOP: i64 = 2_000;
/// How long one look at the leases may take (ms).
const PATIENCE: i64 = 3_000;
/// A database that neither answers nor refuses for so long (ms) keeps its connections for ever: the process ends, and
/// whoever watches over it starts it again.
const HANGS: i64 = 60_000;
/// What happens within this while (ms) is told to the others together.
const TOGETHER: i64 = 20;
/// After a fault it is tried again after this while (ms).
const AGAIN: i64 = 1_000;

/// Works among the other processes until a signal or a fault that cannot be mended.
///
/// # Errors
///
/// Why it cannot start, or why it ended.
pub async fn serve(config: &Config, db: Db, clock: Clock, origin: &str, token: &str) -> anyhow::Result<()> {
    let tenure = Tenure::ended_one(clock.clone());
    let options = SenderOptions { tenure: tenure.clone(), ..SenderOptions::new(origin, token) };
    let bot = build_with(config, db.clone(), clock.clone(), options).await?;
    let endpoint = endpoint(config).await?;
    warn_of_calendars(bot.desk());
    let mut members = Members::new(bot.desk(), &tenure);
    members.tick().await.context("cannot join the other processes")?;
    bot.sender().share_with(members.alive());
    tenure.resume(STOP).await;
    members.divide(bot.recommended_shards().await?).await?;
    members.tick().await.context("cannot join the other processes")?;
    let (total, mine) = (members.total(), members.mine());
    let announced = tokio::spawn(tell_ready(bot.clone(), mine.clone(), total));
    let (leave, leaving) = watch::channel(false);
    let mut keeper = tokio::spawn(keep(members, bot.clone(), leaving));
    let mut watching = JoinSet::new();
    watch_over(&bot, endpoint, &format!("fleet-{}", std::process::id()), &mut watching);
    watching.spawn(expects_a_gateway(bot.clone(), mine.clone()));
    let fleet = Fleet { bot, total, token: token.to_owned(), origin: origin.to_owned() };
    let ended = tokio::select! {
        ended = fleet.work(&tenure, &mine) => ended,
        () = fleet.bot.token_lost() => Err(TokenLost.into()),
        hung = &mut keeper => hung.unwrap_or_else(|panic| Err(panic.into())),
    };
    announced.abort();
    leave.send_replace(true);
    if !keeper.is_finished() {
        tokio::select! {
            left = keeper => left.unwrap_or_else(|panic| Err(panic.into()))?,
            () = clock.sleep_until(clock.now() + PATIENCE) => tracing::warn!("the leases are left to end by themselves"),
        }
    }
    ended
}

/// Renews the leases until it is told to leave, or until the database hangs.
async fn keep(mut members: Members, bot: Bot, mut leave: watch::Receiver<bool>) -> anyhow::Result<()> {
    let (desk, clock) = (bot.desk(), bot.desk().clock());
    let mut answered = clock.moment();
    loop {
        let next = clock.now() + TICK;
        let looked = async {
            members.tick().await?;
            bot.sender().share_with(members.alive());
            desk.setups().reread().await
        };
        tokio::select! {
            looked = looked => {
                answered = clock.moment();
                if let Err(error) = looked {
                    tracing::error!(%error, "leases not renewed");
                }
            }
            () = clock.sleep_until(clock.now() + PATIENCE) => {
                let silent_ms = clock.moment().steady - answered.steady;
                tracing::error!(silent_ms, "leases not renewed: the database is silent");
                if silent_ms > HANGS {
                    bail!("the database neither answers nor refuses");
                }
            }
        }
        tokio::select! {
            () = clock.sleep_until(next) => {}
            _ = leave.wait_for(|leave| *leave) => break,
        }
    }
    members.leave().await.context("the leases are left to end by themselves")
}

/// Says `ready` once this process works: connected, or standing by for those that are.
async fn tell_ready(bot: Bot, mine: watch::Receiver<BTreeSet<u32>>, total: u32) {
    let shards = mine.borrow().clone();
    if shards.is_empty() {
        tracing::info!(
            total,
            "standing by: other processes hold the gateway; this one delivers outbox messages and fires timers"
        );
    } else {
        let mut ready = bot.ready();
        if ready.wait_for(|ready| *ready).await.is_err() {
            return;
        }
        tracing::info!(?shards, total, "connected");
    }
    say_ready();
}

/// What one process does.
#[derive(Clone)]
struct Fleet {
    bot: Bot,
    total: u32,
    token: String,
    origin: String,
}

impl Fleet {
    /// Works whenever the lease holds.
    async fn work(&self, tenure: &Tenure, mine: &watch::Receiver<BTreeSet<u32>>) -> anyhow::Result<()> {
        let interrupted = interrupted();
        tokio::pin!(interrupted);
        loop {
            tokio::select! {
                () = tenure.resume(STOP) => {}
                signal = &mut interrupted => return signal,
            }
            let mut workers = workers(&self.bot);
            workers.spawn(tell_others(self.bot.clone()));
            workers.spawn(hear_others(self.bot.clone()));
            let (stop, stopped) = watch::channel(false);
            let gateway = self.gateway(mine.clone(), stopped);
            tokio::pin!(gateway);
            let signal = tokio::select! {
                ended = &mut gateway => return ended,
                () = tenure.ends(STOP) => None,
                signal = &mut interrupted => Some(signal),
            };
            stop.send_replace(true);
            let Some(signal) = signal else {
                tracing::error!(
                    "cut off from the database: nothing is sent and the gateway is left until it answers again"
                );
                workers.shutdown().await;
                gateway.await?;
                continue;
            };
            gateway.await?;
            drain(&self.bot).await;
            workers.shutdown().await;
            return signal;
        }
    }

    /// Holds the connections of the shards that are ours, until it is told to stop.
    async fn gateway(
        &self,
        mut mine: watch::Receiver<BTreeSet<u32>>,
        mut stopped: watch::Receiver<bool>,
    ) -> anyhow::Result<()> {
        let mut held: BTreeMap<u32, watch::Sender<bool>> = BTreeMap::new();
        let mut connections = JoinSet::new();
        loop {
            let wanted = if *stopped.borrow() { BTreeSet::new() } else { mine.borrow_and_update().clone() };
            for (_, close) in held.extract_if(.., |shard, _| !wanted.contains(shard)) {
                close.send_replace(true);
            }
            for number in wanted {
                held.entry(number).or_insert_with(|| {
                    let (close, closed) = watch::channel(false);
                    connections.spawn(self.clone().hold(Shard { number, total: self.total }, closed));
                    close
                });
            }
            if *stopped.borrow() && connections.is_empty() {
                return Ok(());
            }
            tokio::select! {
                Some(ended) = connections.join_next() => ended??,
                Ok(()) = mine.changed() => {}
                Ok(()) = stopped.changed() => {}
            }
        }
    }

    /// Holds the connection of one shard; while Discord cannot be asked for its gateway, it asks again.
    async fn hold(self, shard: Shard, closed: watch::Receiver<bool>) -> Result<(), GatewayError> {
        loop {
            match self.bot.connect_shard(&self.token, &self.origin, shard, closed.clone()).await {
                Err(GatewayError::Asking(error)) if !matches!(error, CallError::Refused { .. }) => {
                    tracing::error!(shard = shard.number, %error, "no connection yet");
                }
                Ok(()) if !*closed.borrow() => tracing::error!(shard = shard.number, "the connection ended"),
                ended => return ended,
            }
            let clock = self.bot.desk().clock();
            let mut closed = closed.clone();
            tokio::select! {
                () = clock.sleep_until(clock.now() + AGAIN) => {}
                _ = closed.wait_for(|closed| *closed) => return Ok(()),
            }
        }
    }
}

/// Notes whether this process is to hold a connection: one that stands by has lost none.
async fn expects_a_gateway(bot: Bot, mut mine: watch::Receiver<BTreeSet<u32>>) {
    loop {
        let expected = !mine.borrow_and_update().is_empty();
        bot.desk().watch().gateway(|gateway, now| gateway.expect(expected, now));
        if mine.changed().await.is_err() {
            return;
        }
    }
}

/// Tells the other processes what happened here.
async fn tell_others(bot: Bot) {
    let desk = bot.desk();
    loop {
        let news = desk.news().await;
        if let Err(error) = wake::tell(desk.db(), desk.owner(), news).await {
            tracing::warn!(%error, "the other processes are not woken: they look by themselves");
        }
        desk.clock().sleep_until(desk.now() + TOGETHER).await;
    }
}

/// Hears what happened in other processes.
async fn hear_others(bot: Bot) {
    let desk = bot.desk();
    loop {
        if let Err(error) = hear(desk).await {
            tracing::warn!(%error, "the other processes are not heard: this one looks by itself");
        }
        desk.clock().sleep_until(desk.now() + AGAIN).await;
    }
}

async fn hear(desk: &Desk) -> Result<(), StoreError> {
    let Some(mut listener) = Listener::open(desk.db(), desk.owner()).await? else { return Ok(()) };
    // What was told before it listened is found by looking.
    desk.setups().reread().await?;
    desk.wake_here();
    loop {
        if listener.next().await? != News::Work {
            desk.setups().reread().await?;
        }
        desk.wake_here();
    }
}
