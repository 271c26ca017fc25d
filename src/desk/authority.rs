//! Nothing is offered to a customer that its writer may not give: asked before a command of staff is decided.

use crate::domain::authority::{Grade, covers, lowest_for};
use crate::domain::command::{Command, Refusal};
use crate::domain::complaint::Complaint;
use crate::domain::disposition;
use crate::domain::goodwill::{self, KINDS};
use crate::domain::offer::{Kind, Offer, offers};
use crate::domain::policy::Policy;
use crate::domain::procedure::Deed;
use crate::domain::settings::Rank;

/// Whether a command is one that nobody does alone, as long as there is another manager.
pub(super) fn needs_another(command: &Command) -> bool {
    matches!(
        command,
        Command::Procedure(Deed::Agree { .. })
            | Command::Disposition(disposition::Deed::AgreeRefusal { .. })
            | Command::Goodwill(goodwill::Deed::Agree { .. })
    )
}

/// Fills in what only the table of authority and the asking person's rank say: who must agree to a proposal, and as what
/// somebody agrees. `only`: the desk has no other manager.
pub(super) fn prepared(command: &Command, policy: &Policy, rank: Rank, only: bool) -> Command {
    let mut command = command.clone();
    let highest = Grade::highest(rank);
    match &mut command {
        Command::Procedure(Deed::Propose { remedies, needs, .. }) => {
            let offered = remedies.iter().flat_map(|remedy| offers(&remedy.what));
            let beyond = offered.filter(|offer| !covers(&policy.authority, offer, rank));
            let role = |offer: Offer| lowest_for(&policy.authority, &offer).unwrap_or(Grade::HeadOffice);
            *needs = beyond.map(role).max().map(|role| role.as_str().to_owned());
        }
        Command::Procedure(Deed::Agree { role, alone, .. })
        | Command::Disposition(disposition::Deed::AgreeRefusal { role, alone, .. }) => {
            *alone = only;
            *role = highest;
        }
        Command::Goodwill(goodwill::Deed::Give { kind, value, needs, .. }) => {
            let offer = as_offer(*kind, *value);
            *needs = match covers(&policy.authority, &offer, rank) {
                true => None,
                false => {
                    let lowest = lowest_for(&policy.authority, &offer).unwrap_or(Grade::HeadOffice);
                    Some(lowest.as_str().to_owned())
                }
            };
        }
        Command::Goodwill(goodwill::Deed::Agree { role, alone, .. }) => {
            *alone = only;
            *role = highest;
        }
        Command::Goodwill(goodwill::Deed::TurnDown { role, .. }) => *role = highest,
        _ => {}
    }
    command
}

fn as_offer(kind: Kind, value: i64) -> Offer {
    Offer { kind, value: Some(value), percent: None, words: String::new() }
}

/// Refuses words to the customer that offer more than the table of authority lets somebody of this rank give.
///
/// # Errors
///
/// [`Refusal::Offer`] names the words and whom to ask; [`Refusal::ManagerOnly`] where somebody else lets their own words pass.
pub(super) fn authorised(
    command: &Command,
    complaint: &Complaint,
    policy: &Policy,
    rank: Rank,
) -> Result<(), Refusal> {
    let refused;
    let mut given = None;
    let text = match command {
        Command::Reply { allowed: Some(_), .. } if rank.manager => return Ok(()),
        Command::Reply { allowed: Some(_), .. } => return Err(Refusal::ManagerOnly),
        Command::Reply { text, .. } => text,
        Command::Resolve { outcome } => outcome,
        Command::Procedure(Deed::Promise { what, .. }) => what,
        Command::Procedure(Deed::MovePromise { reason, .. }) => reason,
        Command::Procedure(Deed::SendRemedies { text, .. }) => text,
        Command::Disposition(disposition::Deed::Refuse { reason, recourse, .. }) => {
            refused = format!("{reason}\n{recourse}");
            &refused
        }
        // What is given may be named in the words that go with it, and nothing else.
        Command::Goodwill(goodwill::Deed::Give { value, text, .. }) => {
            given = Some(*value);
            text
        }
        _ => return Ok(()),
    };
    // A voucher may be called a gift, and the other way round; not worth another amount.
    let named = |offer: &Offer| {
        given.is_some_and(|worth| {
            KINDS.contains(&offer.kind)
                && offer.percent.is_none()
                && offer.value.is_none_or(|named| named == worth)
        })
    };
    let agreed = |offer: &Offer| {
        let same =
            |held: Offer| (held.kind, held.value, held.percent) == (offer.kind, offer.value, offer.percent);
        let proposals = complaint.procedure.proposals.iter().filter(|held| held.is_agreed());
        let remedies = proposals.flat_map(|held| &held.remedies);
        remedies.flat_map(|remedy| offers(&remedy.what)).any(same)
    };
    let mut offered = offers(text).into_iter();
    match offered.find(|offer| !covers(&policy.authority, offer, rank) && !agreed(offer) && !named(offer)) {
        Some(offer) => {
            let role = lowest_for(&policy.authority, &offer).map(Grade::as_str).map(str::to_owned);
            Err(Refusal::Offer { words: offer.words, role })
        }
        None => Ok(()),
    }
}

/// Refuses words that offer more than somebody of this rank may give, where no complaint has a proposal that was agreed to.
///
/// # Errors
///
/// [`Refusal::Offer`] names the words and whom to ask.
pub(super) fn within(text: &str, policy: &Policy, rank: Rank) -> Result<(), Refusal> {
    match offers(text).into_iter().find(|offer| !covers(&policy.authority, offer, rank)) {
        Some(offer) => {
            let role = lowest_for(&policy.authority, &offer).map(Grade::as_str).map(str::to_owned);
            Err(Refusal::Offer { words: offer.words, role })
        }
        None => Ok(()),
    }
}
