//! A Discord that fits in memory: HTTP, gateway and page. It stands for somebody else's program and knows nothing of the bot.

mod answer;
mod clock;
mod commands;
mod control;
mod files;
mod forging;
mod gateway;
mod hands;
mod interactions;
mod looking;
mod making;
mod mentions;
mod payload;
mod people;
mod posting;
mod reading;
mod registration;
mod rest;
mod routes;
pub mod rules;
mod showing;
mod standalone;
mod threads;
mod tongue;
mod transcript;
mod verbs;
pub mod web;
mod world;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{DefaultBodyLimit, RawQuery, State};
use axum::response::Response;
use axum::routing::{any, get};
use tokio::sync::watch;

pub use answer::{Answer, AnswerKind};
pub use clock::SandboxClock;
pub use forging::Forged;
pub use making::{ChannelSpec, Guild, GuildSpec, PersonSpec, RoleSpec};
pub use people::{Place, Say};
pub use standalone::run;
pub use tongue::Tongue;
pub use transcript::Options as TranscriptOptions;
pub use world::Call;

use world::World;

/// How a sandbox starts.
#[derive(Clone, Debug)]
pub struct Options {
    /// The port on 127.0.0.1; 0: any that is free.
    pub port: u16,
    /// Its time.
    pub clock: SandboxClock,
    /// The bot's token; empty: any.
    pub token: String,
}

/// The state, shared between the server and whoever started it.
#[derive(Clone)]
pub(crate) struct Shared {
    world: Arc<Mutex<World>>,
}

impl Shared {
    fn on<T>(&self, work: impl FnOnce(&mut World) -> T) -> T {
        work(&mut self.world.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A running sandbox. Clones are the same one.
#[derive(Clone)]
pub struct Sandbox {
    shared: Shared,
    clock: SandboxClock,
    address: SocketAddr,
    stop: watch::Sender<bool>,
}

impl Sandbox {
    /// Starts a sandbox on 127.0.0.1.
    ///
    /// # Errors
    ///
    /// An I/O error if the port is taken.
    pub async fn start(options: Options) -> std::io::Result<Self> {
        let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await?;
        let address = listener.local_addr()?;
        let mut world = World::new(options.clock.clone(), options.token);
        world.origin = format!("http://{address}");
        let shared = Shared { world: Arc::new(Mutex::new(world)) };
        let stop = watch::Sender::new(false);
        let sandbox = Self { shared, clock: options.clock, address, stop };
        let app = router(&sandbox);
        let mut stopped = sandbox.stop.subscribe();
        tokio::spawn(async move {
            let until = async move {
                // The sender lives as long as the sandbox.
                let _ = stopped.wait_for(|stop| *stop).await;
            };
            tokio::select! {
                served = axum::serve(listener, app) => {
                    if let Err(error) = served {
                        tracing::error!(%error, "the sandbox stopped serving");
                    }
                }
                () = until => {}
            }
        });
        Ok(sandbox)
    }

    /// Where it answers, `http://127.0.0.1:PORT`.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Its time.
    pub fn clock(&self) -> &SandboxClock {
        &self.clock
    }

    /// Stops serving; connections that are open end.
    pub fn stop(&self) {
        self.shared.on(|world| world.hang_up());
        self.stop.send_replace(true);
    }
}

fn router(sandbox: &Sandbox) -> Router {
    Router::new()
        .route("/gateway", get(socket))
        .route("/gateway/", get(socket))
        .route("/api/{*path}", any(rest::api))
        .route("/attachments/{*path}", get(rest::attachment))
        // Ten files of the upload limit, and what stands beside them.
        .layer(DefaultBodyLimit::max(rest::REQUEST_LIMIT))
        .merge(web::router())
        .with_state(sandbox.shared.clone())
        .merge(control::router(sandbox.clone()))
}

async fn socket(
    State(shared): State<Shared>,
    RawQuery(query): RawQuery,
    upgrade: WebSocketUpgrade,
) -> Response {
    let query = query.unwrap_or_default();
    let compress = query.split('&').any(|pair| pair == "compress=zlib-stream");
    upgrade.max_message_size(64 * 1024).on_upgrade(move |socket| gateway::serve(shared, socket, compress))
}
