//! Who may agree: read at the moment of the deed, from the rank and the table of authority that are in force then.

use crate::domain::authority::{Grade, covers, lowest_for};
use crate::domain::command::{Command, Refusal};
use crate::domain::complaint::Complaint;
use crate::domain::goodwill;
use crate::domain::offer::{Offer, offers};
use crate::domain::policy::Policy;
use crate::domain::procedure::Deed;
use crate::domain::settings::Rank;

/// Refuses agreement to what needs a higher role by now, whatever was enough when it was written.
///
/// # Errors
///
/// [`Refusal::AgreeOther`] names the role.
pub(super) fn may_agree(
    command: &Command,
    complaint: &Complaint,
    policy: &Policy,
    rank: Rank,
) -> Result<(), Refusal> {
    let offered: Vec<Offer> = match command {
        Command::Procedure(Deed::Agree { proposal, .. }) => {
            let held = complaint.procedure.proposal(*proposal).into_iter();
            held.flat_map(|held| &held.remedies).flat_map(|remedy| offers(&remedy.what)).collect()
        }
        Command::Goodwill(goodwill::Deed::Agree { number, .. }) => {
            let held = complaint.goodwill.iter().find(|held| held.number == *number);
            let offer = |held: &goodwill::Goodwill| Offer {
                kind: held.kind,
                value: Some(held.value),
                percent: None,
                words: String::new(),
            };
            held.map(offer).into_iter().collect()
        }
        _ => return Ok(()),
    };
    let table = &policy.authority;
    let beyond = offered.iter().filter(|offer| !covers(table, offer, rank));
    let needed = beyond.map(|offer| lowest_for(table, offer).unwrap_or(Grade::HeadOffice)).max();
    match needed.filter(|needed| Grade::highest(rank).is_none_or(|held| held < *needed)) {
        Some(needed) => Err(Refusal::AgreeOther { role: needed.as_str().to_owned() }),
        None => Ok(()),
    }
}
