//! What a capability decides: facts and messages in order, and what whoever asked is told.

/// One thing that follows from a decision.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect<F, M> {
    /// A fact for the journal.
    Fact(F),
    /// A message to be brought to Discord.
    Message(M),
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
        response: impl Fn(R) -> S,
    ) -> Decision<G, N, S> {
        let effects = self.effects.into_iter().map(|effect| match effect {
            Effect::Fact(held) => Effect::Fact(fact(held)),
            Effect::Message(held) => Effect::Message(message(held)),
        });
        Decision { effects: effects.collect(), response: response(self.response) }
    }
}
