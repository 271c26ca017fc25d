//! Nothing is offered to a customer that its writer may not give: asked before a command of staff is decided.

use crate::domain::authority::{Grade, covers, lowest_for};
use crate::domain::command::{Command, Refusal};
use crate::domain::offer::offers;
use crate::domain::policy::Policy;
use crate::domain::procedure::Deed;
use crate::domain::settings::Rank;

/// Refuses words to the customer that offer more than the table of authority lets somebody of this rank give.
///
/// # Errors
///
/// [`Refusal::Offer`] names the words and whom to ask; [`Refusal::ManagerOnly`] where somebody else lets their own words pass.
pub(super) fn authorised(command: &Command, policy: &Policy, rank: Rank) -> Result<(), Refusal> {
    let text = match command {
        Command::Reply { allowed: Some(_), .. } if rank.manager => return Ok(()),
        Command::Reply { allowed: Some(_), .. } => return Err(Refusal::ManagerOnly),
        Command::Reply { text, .. } => text,
        Command::Resolve { outcome } => outcome,
        Command::Procedure(Deed::Promise { what, .. }) => what,
        Command::Procedure(Deed::MovePromise { reason, .. }) => reason,
        _ => return Ok(()),
    };
    match offers(text).into_iter().find(|offer| !covers(&policy.authority, offer, rank)) {
        Some(offer) => {
            let role = lowest_for(&policy.authority, &offer).map(Grade::as_str).map(str::to_owned);
            Err(Refusal::Offer { words: offer.words, role })
        }
        None => Ok(()),
    }
}
