//! What the table of authority says of a command of staff before it is decided; its words pass the gate afterwards.

use crate::domain::command::{Command, Refusal};
use crate::domain::complaint::Complaint;
use crate::domain::disposition;
use crate::domain::gate;
use crate::domain::goodwill;
use crate::domain::policy::Policy;
use crate::domain::procedure::Deed;
use crate::kernel::people::Grade;
use crate::kernel::people::Rank;

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
///
/// # Errors
///
/// [`Refusal::OtherValue`] where a remedy's words and its value differ; [`Refusal::ManagerOnly`] where somebody else lets their
/// own words pass.
pub(super) fn prepared(
    command: &Command,
    complaint: &Complaint,
    policy: &Policy,
    rank: Rank,
    only: bool,
) -> Result<Command, Refusal> {
    let mut command = command.clone();
    let highest = Grade::highest(rank);
    let name = |grade: Option<Grade>| grade.map(|grade| grade.as_str().to_owned());
    match &mut command {
        Command::Reply { allowed: Some(_), .. } if !rank.manager => return Err(Refusal::ManagerOnly),
        Command::Procedure(Deed::Propose { remedies, remark, needs, .. }) => {
            *needs = name(gate::weigh(remedies, remark, complaint, policy, rank)?);
        }
        Command::Procedure(Deed::Agree { role, alone, .. })
        | Command::Disposition(disposition::Deed::AgreeRefusal { role, alone, .. })
        | Command::Goodwill(goodwill::Deed::Agree { role, alone, .. }) => {
            *alone = only;
            *role = highest;
        }
        Command::Goodwill(goodwill::Deed::Give { kind, value, needs, .. }) => {
            *needs = name(gate::weigh_goodwill(*kind, *value, complaint, policy, rank));
        }
        Command::Goodwill(goodwill::Deed::TurnDown { role, .. }) => *role = highest,
        _ => {}
    }
    Ok(command)
}
