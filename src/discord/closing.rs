//! Why there is no connection to the gateway, each said once with its cure; and which of these no restart mends.
//!
//! Some closes for good the gateway's library hands to nobody: it goes on connecting, and each time costs one of the day's
//! sessions. Its log says why, so its log is listened to.

use std::fmt::Debug;
use std::sync::LazyLock;

use tokio::sync::watch;
use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::layer::{Context, Layer};

use super::rest::CallError;

/// What connecting can end in.
#[derive(Debug, thiserror::Error)]
pub enum GatewayError {
    /// Discord did not say where its gateway is.
    #[error("cannot ask for the gateway: {0}")]
    Asking(CallError),
    /// The gateway lies elsewhere than it may.
    #[error("the gateway {0} is not on this machine, though DISCORD_API_URL is: refused")]
    Elsewhere(String),
    /// The answer was not understood.
    #[error("the answer to GET /gateway/bot names no gateway")]
    Unclear,
    /// Discord does not take the token (401, close code 4004).
    #[error(
        "DISCORD_TOKEN: Discord refuses the token; copy it anew from the bot's page in Discord's developer portal (Reset Token)"
    )]
    TokenRefused,
    /// Discord does not grant the privileged intent (close code 4014).
    #[error(
        "langnghe.toml: desk.message-content: Discord does not grant the intent; switch on Message Content Intent on the bot's \
         page in Discord's developer portal, or write message-content = false"
    )]
    IntentRefused,
    /// Discord does not know what it was asked for (close codes 4010 to 4013).
    #[error(
        "Discord does not take how this program connects (close code {0}); see whether there is a newer version of it, and with \
         thousands of servers use PostgreSQL, which divides them among shards"
    )]
    NotTaken(u16),
    /// The connection ended.
    #[error("the connection to Discord's gateway ended: {0}")]
    Connection(Box<serenity::Error>),
}

impl GatewayError {
    /// Whether a restart meets the same again, and costs one of the day's sessions each time.
    pub fn is_lasting(&self) -> bool {
        match self {
            Self::TokenRefused | Self::IntentRefused | Self::NotTaken(_) | Self::Elsewhere(_) => true,
            Self::Asking(error) => matches!(error, CallError::Refused { status: 401, .. }),
            Self::Unclear | Self::Connection(_) => false,
        }
    }
}

impl From<CallError> for GatewayError {
    fn from(error: CallError) -> Self {
        match error {
            CallError::Refused { status: 401, .. } => Self::TokenRefused,
            other => Self::Asking(other),
        }
    }
}

impl From<serenity::Error> for GatewayError {
    fn from(error: serenity::Error) -> Self {
        use serenity::gateway::GatewayError as Closed;
        match error {
            serenity::Error::Gateway(Closed::InvalidAuthentication | Closed::NoAuthentication) => {
                Self::TokenRefused
            }
            serenity::Error::Gateway(Closed::DisallowedGatewayIntents) => Self::IntentRefused,
            serenity::Error::Gateway(Closed::InvalidShardData) => Self::NotTaken(4010),
            serenity::Error::Gateway(Closed::OverloadedShard) => Self::NotTaken(4011),
            serenity::Error::Gateway(Closed::InvalidGatewayIntents) => Self::NotTaken(4013),
            other => Self::Connection(Box::new(other)),
        }
    }
}

/// Where the library says it.
const TARGET: &str = "serenity::gateway::shard";

/// What it says, and the close code that it means (`topics/opcodes-and-status-codes`).
const SAID: [(&str, u16); 3] = [
    ("Sent invalid shard data", 4010),
    ("Shard has too many guilds", 4011),
    ("Unknown unclean close 4012", 4012),
];

static CLOSED: LazyLock<watch::Sender<Option<u16>>> = LazyLock::new(|| watch::channel(None).0);

/// The close code, once Discord has closed a connection of this process for good.
pub async fn for_good() -> u16 {
    let mut closed = CLOSED.subscribe();
    loop {
        if let Some(code) = *closed.borrow_and_update() {
            return code;
        }
        // The other end is never dropped.
        if closed.changed().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

/// Listens to what the library logs.
pub struct Listener;

impl<S: Subscriber> Layer<S> for Listener {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() == TARGET {
            event.record(&mut Reader);
        }
    }
}

struct Reader;

impl Visit for Reader {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if field.name() != "message" {
            return;
        }
        let said = format!("{value:?}");
        if let Some((_, code)) = SAID.iter().find(|(words, _)| said.contains(words)) {
            CLOSED.send_replace(Some(*code));
        }
    }
}
