//! A token that Discord refused once: asked for again before anybody gives up on it, and said so meanwhile.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use super::bot::Bot;
use super::rest::{Call, Class};

/// How long after the refusal (ms) it is asked whether the token is taken again.
const ASKED: [i64; 3] = [60_000, 5 * 60_000, 15 * 60_000];
/// Where Discord does not answer that (ms).
const UNSURE: i64 = 60_000;

/// How it stands with the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is taken.
    Taken,
    /// It was refused; it is asked again then (Unix ms).
    Refused {
        /// When.
        next: i64,
    },
    /// It stays refused.
    Lost,
}

/// What is known of a refused token.
#[derive(Debug, Default)]
pub(super) struct Token {
    state: Mutex<Option<State>>,
    lost: watch::Sender<bool>,
}

#[derive(Clone, Copy, Debug)]
struct State {
    since: i64,
    asked: usize,
    next: i64,
}

impl Token {
    fn state(&self) -> MutexGuard<'_, Option<State>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether it is lost for good.
    pub(super) fn lost(&self) -> watch::Receiver<bool> {
        self.lost.subscribe()
    }
}

impl Bot {
    /// Looks how it stands with the token; where it was refused and it is time, Discord is asked again.
    pub async fn look_after_token(&self) -> Standing {
        if !self.sender().state().stopped {
            return Standing::Taken;
        }
        let now = self.desk().now();
        let due = {
            let mut held = self.token().state();
            let first = State { since: now, asked: 0, next: now + ASKED[0] };
            let state = held.get_or_insert(first);
            if *self.token().lost.borrow() {
                return Standing::Lost;
            }
            if now < state.next {
                return Standing::Refused { next: state.next };
            }
            // Nobody else asks meanwhile.
            state.next = now + UNSURE;
            *state
        };
        let next = match self.sender().call(Call::get_me().even_stopped()).await {
            Ok(_) => {
                *self.token().state() = None;
                self.sender().go_on();
                tracing::warn!(refused_ms = now - due.since, "Discord takes the bot's token again");
                if let Err(error) = self.desk().outbox().hurry().await {
                    tracing::error!(%error, "outbox messages go when their time comes");
                }
                return Standing::Taken;
            }
            Err(error) if error.class() == Class::Stop => {
                let asked = due.asked + 1;
                let Some(after) = ASKED.get(asked) else {
                    tracing::error!("Discord goes on refusing the bot's token: this process ends");
                    self.token().lost.send_replace(true);
                    return Standing::Lost;
                };
                let next = (due.since + after).max(now + 1);
                *self.token().state() = Some(State { asked, next, ..due });
                next
            }
            // No answer is neither yes nor no.
            Err(error) => {
                tracing::warn!(%error, "Discord does not say whether it takes the token");
                now + UNSURE
            }
        };
        Standing::Refused { next }
    }

    /// Waits until the token is lost for good.
    pub async fn token_lost(&self) {
        let _ = self.token().lost().wait_for(|lost| *lost).await;
    }
}
