//! The log: to standard error, `RUST_LOG` says how much, `LANGNGHE_LOG=json` says in which form. Never tokens, never message
//! text, however much is asked for: what the libraries tell of themselves is held back where it could quote them.

use std::io::IsTerminal;
use std::sync::mpsc::{SyncSender, sync_channel};

use tracing::{Event, Level, Metadata, Subscriber};
use tracing_subscriber::filter::{FilterExt, filter_fn};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, fmt, registry};

use crate::discord::closing::Listener;

/// Starts the log of the program.
///
/// What `variable` says of `RUST_LOG` and `LANGNGHE_LOG` counts.
pub fn start(serving: bool, variable: impl Fn(&str) -> Option<String>) {
    let default = if serving { "info,serenity=warn,sqlx=warn" } else { "error" };
    let asked = variable(EnvFilter::DEFAULT_ENV).and_then(|asked| EnvFilter::try_new(asked).ok());
    let filter = asked.unwrap_or_else(|| EnvFilter::new(default));
    let json = variable("LANGNGHE_LOG").is_some_and(|form| form == "json");
    let colours = std::io::stderr().is_terminal();
    // Where the log itself cannot be written, such as on a full disk, the desk goes on without it.
    let log = fmt::layer().with_ansi(colours).with_writer(std::io::stderr).log_internal_errors(false);
    let log = if json { log.json().boxed() } else { log.boxed() };
    if serving {
        // What a panic says may hold what somebody wrote; where it happened is enough to find it.
        std::panic::set_hook(Box::new(|panic| {
            let place = panic.location().map(ToString::to_string).unwrap_or_default();
            tracing::error!(place, "panicked: this is a fault of the program");
        }));
    }
    begin(log, filter);
}

/// Starts a log that goes elsewhere, for whoever reads it.
pub fn start_into<W>(filter: &str, writer: W)
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    begin(fmt::layer().with_ansi(false).with_writer(writer).boxed(), EnvFilter::new(filter));
}

type Told = Box<dyn Layer<registry::Registry> + Send + Sync>;

fn begin(log: Told, filter: EnvFilter) {
    let log = log.with_filter(filter.and(filter_fn(may_be_told))).boxed();
    let gateway = Gateway::new().with_filter(filter_fn(warns_of_the_gateway)).boxed();
    let closing = Listener.with_filter(filter_fn(warns_of_the_gateway)).boxed();
    registry().with(vec![log, gateway, closing]).init();
}

/// The library that keeps the gateway.
const GATEWAY: &str = "serenity";

/// Whether something may be told. The gateway's library puts whole events, with their words and tokens, into the names of
/// its spans and into its warnings; of the others nothing below `info` is needed to run a desk.
fn may_be_told(metadata: &Metadata<'_>) -> bool {
    let target = metadata.target();
    let ours = target.starts_with("langnghe");
    let gateway = target.starts_with(GATEWAY);
    ours || (!gateway && *metadata.level() <= Level::INFO)
        || (gateway && metadata.is_event() && *metadata.level() == Level::ERROR && !is_said_otherwise(target))
}

/// Why a connection ended is said once, with what to do, by whoever connected.
fn is_said_otherwise(target: &str) -> bool {
    ["serenity::gateway::shard", "serenity::gateway::bridge::shard_runner"].contains(&target)
}

fn warns_of_the_gateway(metadata: &Metadata<'_>) -> bool {
    let target = metadata.target();
    let warns =
        *metadata.level() == Level::WARN || *metadata.level() == Level::ERROR && is_said_otherwise(target);
    metadata.is_event() && target.starts_with(GATEWAY) && warns
}

/// Says in our own words that the gateway's library warns. What a layer logs itself would pass the filters by, so a thread
/// of its own says it; in a storm of warnings not each.
struct Gateway(SyncSender<&'static str>);

impl Gateway {
    fn new() -> Self {
        let (tell, told) = sync_channel(16);
        std::thread::spawn(move || {
            for place in told {
                tracing::warn!(
                    place,
                    "the gateway's library warns: a troubled connection, or an event it does not understand"
                );
            }
        });
        Self(tell)
    }
}

impl<S: Subscriber> Layer<S> for Gateway {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        // Whoever was told sixteen times knows.
        let _ = self.0.try_send(event.metadata().name());
    }
}
