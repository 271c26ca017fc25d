//! The health endpoint: `/livez`, `/readyz` and `/metrics`, on an address of this machine.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;
use tokio::net::TcpListener;

use super::dog::Dog;
use super::figures::Sending;
use super::trouble::CLOCK;
use crate::clock::agreement::Agreement;
use crate::store::Fault;

/// How long a small write may take before the endpoint calls the database held.
const PATIENCE: Duration = Duration::from_secs(2);
/// Why a process that Discord does not know any more is of no use.
const TOKEN_REFUSED: &str = "Discord refused the bot's token: nothing is sent";
/// How Prometheus knows the text.
const FORMAT: &str = "text/plain; version=0.0.4; charset=utf-8";

/// The address cannot be listened on.
#[derive(Debug, thiserror::Error)]
#[error(
    "{file}: health.listen: cannot listen on {address}: {source}; write another port, or 127.0.0.1:0 for any that is free"
)]
pub struct Busy {
    /// The file in which the address can be changed.
    pub file: String,
    /// The address.
    pub address: SocketAddr,
    /// Why.
    pub source: std::io::Error,
}

/// The endpoint, which has its port and answers once it is served.
#[derive(Debug)]
pub struct Endpoint {
    listener: TcpListener,
}

/// What the endpoint shows.
#[derive(Clone)]
pub struct Sources {
    /// The watchdog.
    pub dog: Dog,
    /// How the sender is doing.
    pub sending: Arc<dyn Fn() -> Sending + Send + Sync>,
}

impl Endpoint {
    /// Takes the port.
    ///
    /// # Errors
    ///
    /// [`Busy`] names the key to change.
    pub async fn bind(address: SocketAddr, file: &Path) -> Result<Self, Busy> {
        let busy = |source| Busy { file: file.display().to_string(), address, source };
        let listener = TcpListener::bind(address).await.map_err(busy)?;
        Ok(Self { listener })
    }

    /// Answers until it is dropped.
    ///
    /// # Errors
    ///
    /// If the port is lost.
    pub async fn serve(self, sources: Sources) -> std::io::Result<()> {
        let address = self.listener.local_addr()?;
        tracing::info!(%address, "health and metrics are served");
        let router = Router::new()
            .route("/livez", get(livez))
            .route("/readyz", get(readyz))
            .route("/metrics", get(metrics))
            .with_state(sources);
        axum::serve(self.listener, router).await
    }
}

async fn livez(State(sources): State<Sources>) -> impl IntoResponse {
    let watch = sources.dog.watch();
    let now = watch.now();
    let reasons = watch.silent().into_iter().map(|(worker, since)| {
        format!("the worker {worker} does not move; it should have {} s ago", (now - since) / 1_000)
    });
    // A process that may not send is of no use; it ends by itself if that lasts.
    let token = watch.is_token_refused().then(|| TOKEN_REFUSED.to_owned());
    answer(reasons.chain(token).collect(), "alive")
}

async fn readyz(State(sources): State<Sources>) -> impl IntoResponse {
    answer(sources.reasons().await, "ready")
}

async fn metrics(State(sources): State<Sources>) -> impl IntoResponse {
    let probe = sources.dog.probe(PATIENCE).await;
    let text = sources.dog.watch().metrics(&sources.dog, probe, (sources.sending)()).await;
    ([(CONTENT_TYPE, FORMAT)], text)
}

impl Sources {
    /// Why the desk cannot work now, a line each.
    async fn reasons(&self) -> Vec<String> {
        let watch = self.dog.watch();
        let gateway = watch.gateway_now();
        let mut reasons = Vec::new();
        if gateway.is_missing() {
            reasons.push("the gateway is not connected".to_owned());
        }
        if gateway.expected && !gateway.registered {
            reasons.push("the commands are not registered".to_owned());
        }
        let probe = self.dog.probe(PATIENCE).await;
        let failed = |operation: &str, fault: Fault| format!("the database: {operation}: {}", fault.as_str());
        let found = match (probe.read, probe.write) {
            (Err(fault), _) => Some(("no reading", fault)),
            (_, Err(fault)) => Some(("no writing", fault)),
            (Ok(_), Ok(_)) => None,
        };
        reasons.extend(found.map(|(operation, fault)| failed(operation, fault)));
        let met = watch.faults().into_iter().filter(|met| found.is_none_or(|(_, fault)| fault != *met));
        reasons.extend(met.map(|fault| failed("met just now", fault)));
        self.dog.look_at_disk().await;
        reasons.extend(watch.files_failing());
        if matches!(watch.clock_agrees(), Agreement::Off { .. }) {
            reasons.push(CLOCK.to_owned());
        }
        if (self.sending)().stopped {
            reasons.push(TOKEN_REFUSED.to_owned());
        }
        let footing = watch.footing().into_iter();
        reasons.extend(footing.map(|(guild, fault)| format!("the desk of server {guild}: {}", fault.said())));
        reasons.extend(watch.silenced().map(|why| format!("this process may not send: {why}")));
        reasons
    }
}

fn answer(reasons: Vec<String>, well: &str) -> (StatusCode, String) {
    match reasons.is_empty() {
        true => (StatusCode::OK, format!("{well}\n")),
        false => (StatusCode::SERVICE_UNAVAILABLE, format!("{}\n", reasons.join("\n"))),
    }
}
