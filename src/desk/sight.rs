//! What whoever acts has not seen: looked for in the journal before anything is kept, and whether a deed is possible at all.

use super::Desk;
use super::ask::Asker;
use crate::domain::command::{Command, Refusal};
use crate::domain::complaint::Complaint;
use crate::domain::context::Context;
use crate::domain::decide;
use crate::domain::gate;
use crate::domain::sight::{Sight, Unseen};
use crate::kernel::ids::UserId;
use crate::kernel::people::Actor;
use crate::store::db::Tx;
use crate::store::{self, StoreError};

/// So much of what happened meanwhile is shown; what lies before it stands in the thread.
const SHOWN: usize = 4;

impl Desk {
    /// What somebody must be shown before they act; none if they have seen it all.
    pub(super) async fn unseen_by(
        &self,
        tx: &mut Tx,
        complaint: &Complaint,
        person: UserId,
        sight: Sight,
    ) -> Result<Option<Refusal>, StoreError> {
        let seen = match sight {
            Sight::Present => return Ok(None),
            Sight::Facts(seen) if seen >= complaint.facts => return Ok(None),
            Sight::Facts(seen) => seen,
            Sight::Unknown => 0,
        };
        let journal = store::complaint::journal_after(tx, complaint.id, seen).await?;
        let mut unseen: Vec<Unseen> = journal.iter().filter_map(|entry| Unseen::of(entry, person)).collect();
        unseen.drain(..unseen.len().saturating_sub(SHOWN));
        let seen = complaint.facts;
        Ok((!unseen.is_empty()).then_some(Refusal::Unseen { unseen, seen }))
    }

    /// Whether a member of staff could do this now, words apart: asked before they write anything into a form.
    ///
    /// # Errors
    ///
    /// A [`Refusal`] says why not.
    pub fn may_do(&self, complaint: &Complaint, asker: &Asker, command: &Command) -> Result<(), Refusal> {
        let (policy, now) = (self.policy_of(complaint.filed.guild), self.now());
        if !asker.rank.staff {
            return Err(Refusal::StaffOnly);
        }
        // Whether somebody else is there, and what was given this month, is looked up when it is done.
        let by = Actor::Staff(asker.person.clone());
        let mut context = Context::new(by, &policy, now);
        (context.rank, context.is_alone) = (asker.rank, true);
        let allowed = match command {
            Command::Reply { allowed, .. } => allowed.as_deref(),
            _ => None,
        };
        let decision = decide::decide(complaint, command.clone(), &context)?;
        let writer = gate::Writer { person: &asker.person, rank: asker.rank, allowed };
        gate::pass(complaint, decision, writer, &policy, now).map(|_| ())
    }

    /// Whether a complaint's customer could do this now, words apart.
    ///
    /// # Errors
    ///
    /// A [`Refusal`] says why not.
    pub fn customer_may(
        &self,
        complaint: &Complaint,
        asker: &Asker,
        command: &Command,
    ) -> Result<(), Refusal> {
        let policy = self.policy_of(complaint.filed.guild);
        let context = Context::new(Actor::Customer(asker.person.clone()), &policy, self.now());
        decide::decide(complaint, command.clone(), &context).map(|_| ())
    }
}
