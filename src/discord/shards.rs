//! The shards' connections: looked at each second, and restarted when they try for minutes in vain.

use serenity::all::{ConnectionStage, ShardId, ShardManager};

use super::bot::Bot;
use super::gateway::Shard;
use crate::watch::PATIENCE;

/// How often (ms) it is looked how the shards are connected.
const LOOK: i64 = 1_000;

impl Bot {
    /// Notes how the shards are connected, and restarts one that has been trying for minutes in vain.
    pub(super) async fn look_after(&self, shards: &ShardManager) {
        let (clock, watch) = (self.desk().clock(), self.desk().watch());
        // Counted, not timed: a clock that jumps says nothing about the connection.
        let mut in_vain = 0;
        loop {
            clock.sleep_until(clock.now() + LOOK).await;
            let held = shards.shards_instantiated().await;
            let states: Vec<(ShardId, ConnectionStage, Option<i64>)> = {
                let runners = shards.runners.lock().await;
                let state = |shard: &ShardId| {
                    let runner = runners.get(shard)?;
                    let latency = runner.latency.and_then(|latency| i64::try_from(latency.as_millis()).ok());
                    Some((*shard, runner.stage, latency))
                };
                held.iter().filter_map(state).collect()
            };
            let greeted = self.is_greeted();
            if greeted && states.iter().any(|(_, stage, _)| *stage == ConnectionStage::Disconnected) {
                self.note_greeted(false);
            }
            let is_connected = |stage: ConnectionStage| {
                stage == ConnectionStage::Connected || (greeted && stage == ConnectionStage::Identifying)
            };
            let connected = !states.is_empty() && states.iter().all(|(_, stage, _)| is_connected(*stage));
            watch.gateway(|gateway, now| {
                gateway.stage(connected, now);
                gateway.latency =
                    states.iter().filter_map(|(.., latency)| *latency).max().or(gateway.latency);
            });
            in_vain = if connected { 0 } else { in_vain + 1 };
            if in_vain * LOOK > PATIENCE {
                in_vain = 0;
                // One that is not among the runners waits for its turn already; a second start would double it.
                for (shard, stage, _) in states {
                    if stage != ConnectionStage::Connected {
                        tracing::error!(shard = shard.0, %stage, "shard not connected for minutes: it is restarted");
                        shards.restart(shard).await;
                    }
                }
            }
        }
    }

    /// Hears again, whenever the database comes back, what was written in known lines while nothing could be stored.
    pub async fn catch_up_after_faults(&self) {
        let mut lost = self.desk().watch().is_lost_now();
        // The desk holds the other end.
        while lost.wait_for(|lost| *lost).await.is_ok() && lost.wait_for(|lost| !*lost).await.is_ok() {
            self.catch_up(Shard::WHOLE).await;
        }
    }
}
