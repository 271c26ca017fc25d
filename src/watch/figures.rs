//! What the metrics show that is not counted as it happens: the store's figures, the gateway's, the workers'.

use super::dog::{Dog, Probe};
use super::trouble::Trouble;
use super::{Sample, Watch, seconds};
use crate::store::{StoreError, health};

/// How the sender is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sending {
    /// Calls that wait for their turn.
    pub waiting: usize,
    /// Calls refused with 401, 403 or 429 in the last ten minutes.
    pub invalid: usize,
    /// Whether Discord refused the token, so that nothing more is sent with it.
    pub stopped: bool,
}

/// The names of the urgencies, by rank less one.
const URGENCIES: [&str; 3] = ["person", "desk", "bulk"];

impl Watch {
    /// The text of all metrics.
    pub async fn metrics(&self, dog: &Dog, probe: Probe, sending: Sending) -> String {
        let mut samples = self.own_samples(sending);
        samples.extend(database_samples(dog, probe));
        if probe.read.is_ok() {
            match stored_samples(dog).await {
                Ok(stored) => samples.extend(stored),
                Err(error) => self.failed(&error),
            }
        }
        self.counters().text(&samples)
    }

    fn own_samples(&self, sending: Sending) -> Vec<Sample> {
        let now = self.now();
        let plain = |name, value| Sample::new(name, &[], value);
        let gateway = self.gateway_now();
        let mut samples = vec![
            Sample::new("langnghe_build_info", &[("version", env!("CARGO_PKG_VERSION"))], 1.0),
            plain("langnghe_start_time_seconds", seconds(self.started())),
            plain("langnghe_discord_calls_waiting", sending.waiting as f64),
            plain("langnghe_discord_invalid_requests", sending.invalid as f64),
            plain("langnghe_gateway_connected", f64::from(u8::from(gateway.connected))),
            plain("langnghe_gateway_ready_total", gateway.ready as f64),
            plain("langnghe_gateway_resumed_total", gateway.resumed as f64),
            plain("langnghe_gateway_reconnects_total", gateway.reconnects() as f64),
        ];
        let last =
            gateway.last_event.map(|at| plain("langnghe_gateway_last_event_seconds", seconds(now - at)));
        let latency =
            gateway.latency.map(|ms| plain("langnghe_gateway_heartbeat_latency_seconds", seconds(ms)));
        samples.extend(last.into_iter().chain(latency));
        for (worker, moved) in self.state().workers.moved() {
            let labels = [("worker", worker.as_str())];
            samples.push(Sample::new("langnghe_worker_idle_seconds", &labels, seconds(now - moved)));
        }
        let present = self.troubles();
        for kind in Trouble::KINDS {
            let lasts = present.iter().any(|(trouble, _)| trouble.kind() == kind);
            let value = f64::from(u8::from(lasts));
            samples.push(Sample::new("langnghe_trouble", &[("trouble", kind)], value));
        }
        samples
    }
}

fn database_samples(dog: &Dog, probe: Probe) -> Vec<Sample> {
    let mut samples = vec![Sample::new("langnghe_database_info", &[("kind", dog.db().kind())], 1.0)];
    for (operation, result) in [("read", probe.read), ("write", probe.write)] {
        let labels = [("operation", operation)];
        let up = f64::from(u8::from(result.is_ok()));
        samples.push(Sample::new("langnghe_database_up", &labels, up));
        if let Ok(ms) = result {
            samples.push(Sample::new("langnghe_database_latency_seconds", &labels, seconds(ms)));
        }
    }
    samples
}

async fn stored_samples(dog: &Dog) -> Result<Vec<Sample>, StoreError> {
    let (db, now) = (dog.db(), dog.watch().now());
    let outbox = health::outbox(db).await?;
    let mut samples = Vec::new();
    for (urgency, rank) in URGENCIES.into_iter().zip(1..) {
        let of = |state: &str| outbox.iter().find(|held| held.urgency == rank && held.state == state);
        for (state, shown) in [("waiting", "waiting"), ("dead", "given-up")] {
            let count = of(state).map_or(0, |held| held.count);
            let labels = [("state", shown), ("urgency", urgency)];
            samples.push(Sample::new("langnghe_letters", &labels, count as f64));
        }
        let age = of("waiting").map_or(0.0, |held| seconds(now - held.oldest));
        let labels = [("urgency", urgency)];
        samples.push(Sample::new("langnghe_letters_oldest_waiting_seconds", &labels, age));
    }
    let timers = health::timers(db, now).await?;
    let late = timers.since.map_or(0.0, |since| seconds(now - since));
    samples.push(Sample::new("langnghe_timers_armed", &[], timers.armed as f64));
    samples.push(Sample::new("langnghe_timers_overdue", &[], timers.overdue as f64));
    samples.push(Sample::new("langnghe_timers_overdue_seconds", &[], late));
    for (guild, count) in health::open_complaints(db).await? {
        let labels = [("guild", guild.to_string())];
        let labels = labels.each_ref().map(|(name, value)| (*name, value.as_str()));
        samples.push(Sample::new("langnghe_complaints_open", &labels, count as f64));
    }
    samples.push(Sample::new("langnghe_database_size_bytes", &[], health::size(db).await? as f64));
    Ok(samples)
}
