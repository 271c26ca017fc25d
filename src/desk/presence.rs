//! Who is there, and what follows for four eyes: whoever does anything at all on a desk's server could be asked.

use super::Desk;
use super::ask::Asker;
use super::complaints::Carried;
use super::error::Error;
use crate::domain::command::{Command, Refusal};
use crate::domain::complaint::Complaint;
use crate::domain::context::Context;
use crate::domain::ledger::{Entry, Record};
use crate::domain::policy::Policy;
use crate::kernel::people::{Actor, Grade};
use crate::store::db::Tx;
use crate::store::{self, StoreError};

impl Desk {
    /// All that a command of a member of staff may depend on besides its complaint. Where it spends of the month's budget,
    /// nobody else gives anything until it is done.
    pub(super) async fn context_for<'a>(
        &self,
        tx: &mut Tx,
        (complaint, policy): (&Complaint, &'a Policy),
        asker: &Asker,
        command: &Command,
    ) -> Result<Context<'a>, StoreError> {
        let (guild, person) = (complaint.filed.guild, asker.person.id);
        let needs = command.needs(complaint);
        let mut context = Context::new(Actor::Staff(asker.person.clone()), policy, self.now());
        context.rank = asker.rank;
        context.is_alone = policy.approve_alone
            && asker.rank.manager
            && needs.agreement.is_some()
            && self.membership().others_there(tx, guild, person, Grade::Manager).await?.is_empty();
        if let Some(budget) = needs.budget {
            context.spent = self.complaints().spent_this_month(tx, guild, budget).await?;
        }
        if needs.cover {
            context.cover = self.cover_for(tx, guild, person).await?;
        }
        Ok(context)
    }

    /// Writes down what was refused since its doer may not decide it, and names who could.
    pub(super) async fn write_down_refused(
        &self,
        tx: &mut Tx,
        complaint: &Complaint,
        asker: &Asker,
        (command, carried): (&Command, Result<Carried, Error>),
    ) -> Result<Carried, Error> {
        let mut refusal = match carried {
            Err(Error::Refused(refusal)) => refusal,
            carried => return carried,
        };
        let guild = complaint.filed.guild;
        if let Some(entry) = Entry::of(&refusal) {
            let by = Some(asker.person.clone());
            let record = Record { at: self.now(), by, complaint: Some(complaint.id), entry };
            store::ledger::add(tx, guild, &record).await?;
        }
        if let Refusal::FourEyes { could } = &mut refusal {
            let needed = command.needs(complaint).agreement.unwrap_or(Grade::Manager);
            *could = self.membership().others_there(tx, guild, asker.person.id, needed).await?;
        }
        Err(refusal.into())
    }
}
