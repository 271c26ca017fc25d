//! What a capability decides: what follows, in order, and what whoever asked is told.

use crate::kernel::ids::MessageId;
use crate::kernel::reasons::CloseReason;
use crate::sla::clocks::{ClockKind, Stop};

/// One thing that follows from a decision.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect<F, M> {
    /// A fact for the journal.
    Fact(F),
    /// A message to be brought to Discord.
    Message(M),
    /// Whoever asks takes the complaint, where nobody has it.
    Take,
    /// What this clock runs for is done.
    StopClock(ClockKind),
    /// The customer said something in a form that stands for a message; the thread is told by `post`.
    Heard {
        /// What stands for the message.
        message: MessageId,
        /// Their words.
        text: String,
        /// What the thread is told.
        post: M,
    },
    /// A message to the customer that is posted later is on its way from here on.
    Announce(M),
    /// This clock runs, since that instant (Unix ms) where it did not run before.
    EnsureClock {
        /// Which.
        clock: ClockKind,
        /// From when.
        since: i64,
    },
    /// All other clocks are called off.
    CancelClocks {
        /// These are not.
        but: &'static [ClockKind],
    },
    /// The promise clock goes over to the promise that it is to watch now.
    WatchPromises,
    /// The complaint ends.
    Close(Close),
    /// What is shown of the state has changed.
    Refresh,
}

/// How a complaint ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Close {
    /// Why.
    pub reason: CloseReason,
    /// What becomes of the clocks that run.
    pub how: Stop,
    /// These go on until the customer knows.
    pub kept: &'static [ClockKind],
}

impl<F, M> Effect<F, M> {
    /// The same in other types.
    pub fn map<G, N>(self, fact: impl FnOnce(F) -> G, message: impl FnOnce(M) -> N) -> Effect<G, N> {
        match self {
            Self::Fact(held) => Effect::Fact(fact(held)),
            Self::Message(held) => Effect::Message(message(held)),
            Self::Take => Effect::Take,
            Self::StopClock(clock) => Effect::StopClock(clock),
            Self::Heard { message: id, text, post } => {
                Effect::Heard { message: id, text, post: message(post) }
            }
            Self::Announce(held) => Effect::Announce(message(held)),
            Self::EnsureClock { clock, since } => Effect::EnsureClock { clock, since },
            Self::CancelClocks { but } => Effect::CancelClocks { but },
            Self::WatchPromises => Effect::WatchPromises,
            Self::Close(close) => Effect::Close(close),
            Self::Refresh => Effect::Refresh,
        }
    }
}

/// What a command leads to: facts `F`, messages `M`, and the response `R` to whoever asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision<F, M, R> {
    /// What follows, in order.
    pub effects: Vec<Effect<F, M>>,
    /// What whoever asked is told.
    pub response: R,
}

impl<F, M, R> Decision<F, M, R> {
    /// The same in other types.
    pub fn map<G, N, S>(
        self,
        fact: impl Fn(F) -> G,
        message: impl Fn(M) -> N,
        response: impl FnOnce(R) -> S,
    ) -> Decision<G, N, S> {
        let effects = self.effects.into_iter().map(|effect| effect.map(&fact, &message));
        Decision { effects: effects.collect(), response: response(self.response) }
    }
}
