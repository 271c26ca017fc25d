//! What happens, as one person hears of it: server-sent events, each a hint to look again.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use futures::Stream;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, watch};

use super::asked::{Id, Looked, Refused, person};
use crate::sandbox::Sandbox;
use crate::sandbox::world::World;

/// How often a silent stream says that it lives.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Listener {
    r#as: Id,
}

pub(super) async fn stream(
    State(sandbox): State<Sandbox>,
    Looked(asked): Looked<Listener>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Refused> {
    let who = person(&sandbox, asked.r#as)?;
    let news = sandbox.shared.on(|world| world.news.subscribe());
    let stop = sandbox.stop.subscribe();
    let start = Following { sandbox, who, news, stop, greeted: false };
    let events = futures::stream::unfold(start, async |mut following| {
        let event = following.next().await?;
        Some((Ok(event), following))
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)))
}

struct Following {
    sandbox: Sandbox,
    who: u64,
    news: broadcast::Receiver<Value>,
    stop: watch::Receiver<bool>,
    greeted: bool,
}

impl Following {
    /// The next thing this person may hear of; none once the sandbox has stopped.
    async fn next(&mut self) -> Option<Event> {
        if !self.greeted {
            // A browser counts the stream as open with its first bytes.
            self.greeted = true;
            return Some(Event::default().comment(""));
        }
        loop {
            let heard = tokio::select! {
                heard = self.news.recv() => heard,
                _ = self.stop.wait_for(|stopped| *stopped) => return None,
            };
            let news = match heard {
                Ok(news) => self.sandbox.shared.on(|world| for_person(world, self.who, news)),
                // Too much at once: look at everything again.
                Err(RecvError::Lagged(_)) => Some(json!({ "kind": "channel" })),
                Err(RecvError::Closed) => return None,
            };
            if let Some(news) = news {
                return Some(Event::default().data(news.to_string()));
            }
        }
    }
}

/// The news as this person may hear it, or nothing.
fn for_person(world: &World, who: u64, mut news: Value) -> Option<Value> {
    let id = |news: &Value, key: &str| news[key].as_str().and_then(|id| id.parse::<u64>().ok());
    match news["kind"].as_str()? {
        "message" | "edit" | "delete" => {
            let channel = id(&news, "channel")?;
            let held = id(&news, "message").and_then(|id| world.messages.get(&channel)?.get(&id));
            let theirs = held.is_none_or(|held| held.ephemeral_for.is_none_or(|person| person == who));
            (theirs && world.sees(who, channel)).then_some(news)
        }
        "interaction" | "modal" => {
            let held = world.interactions.get(&id(&news, "interaction")?)?;
            news["channel"] = json!(held.channel.to_string());
            (held.user == who).then_some(news)
        }
        // The bot came or went: the people's list shows it.
        "bot" => Some(json!({ "kind": "person" })),
        _ => Some(news),
    }
}
