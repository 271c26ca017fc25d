//! Who may agree: read at the moment of the deed, from the rank and the table of authority that are in force then.

use crate::domain::command::{Command, Refusal};
use crate::domain::complaint::Complaint;
use crate::domain::gate;
use crate::domain::goodwill;
use crate::domain::policy::Policy;
use crate::domain::procedure::Deed;
use crate::kernel::people::Grade;
use crate::kernel::people::Rank;

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
    let needed = match command {
        // What was given in the case since it was proposed counts, too.
        Command::Procedure(Deed::Agree { proposal, .. }) => {
            match complaint.procedure.proposal(*proposal).filter(|held| !held.is_agreed()) {
                Some(held) => gate::weigh(&mut held.remedies.clone(), &held.remark, complaint, policy, rank)?,
                None => None,
            }
        }
        Command::Goodwill(goodwill::Deed::Agree { number, .. }) => {
            let held = complaint.goodwill.iter().find(|held| held.number == *number && held.waits());
            held.and_then(|held| gate::weigh_goodwill(held.kind, held.value, complaint, policy, rank))
        }
        _ => None,
    };
    match needed.filter(|needed| Grade::highest(rank).is_none_or(|held| held < *needed)) {
        Some(needed) => Err(Refusal::AgreeOther { role: needed.as_str().to_owned() }),
        None => Ok(()),
    }
}
