//! Who is there, and what follows for four eyes: whoever does anything at all on a desk's server could be asked.

use super::Desk;
use super::ask::{Asker, Carried};
use super::error::Error;
use crate::domain::command::{Command, Refusal};
use crate::domain::complaint::Complaint;
use crate::domain::context::Context;
use crate::domain::ledger::{Entry, Record};
use crate::domain::policy::Policy;
use crate::kernel::ids::{GuildId, UserId};
use crate::kernel::people::Grade;
use crate::kernel::people::Rank;
use crate::kernel::people::{Actor, Person};
use crate::store::db::Tx;
use crate::store::{self, StoreError};

/// A manager who was not there for so long (ms) is none that could be asked: 30 days.
const THERE: i64 = 30 * 24 * 60 * 60 * 1_000;
/// That somebody is there is written down again after this while (ms).
const AGAIN: i64 = 5 * 60_000;

/// As what and under which name somebody was noted, and when (Unix ms).
pub(super) type Noted = (i64, Grade, String);

impl Desk {
    /// Notes that somebody with a rank is there, whatever they do. What they do does not depend on it.
    pub async fn note_there(&self, guild: GuildId, person: &Person, rank: Rank) {
        let Some(grade) = Grade::highest(rank) else { return };
        let now = self.now();
        let known = |(at, held, name): &Noted| now - at < AGAIN && *held == grade && *name == person.name;
        if super::lock(&self.shared.there).get(&(guild, person.id)).is_some_and(known) {
            return;
        }
        let written = async {
            let mut tx = self.begin().await?;
            store::guild::see_colleague(&mut tx, guild, person, grade, now).await?;
            tx.commit().await
        };
        match written.await {
            Ok(()) => {
                let noted = (now, grade, person.name.clone());
                super::lock(&self.shared.there).insert((guild, person.id), noted);
            }
            Err(error) => tracing::warn!(guild.id = guild.0, %error, "who is there was not noted"),
        }
    }

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
            && self.others_there(tx, guild, person, Grade::Manager).await?.is_empty();
        if let Some(budget) = needs.budget {
            context.spent = self.spent_this_month(tx, guild, budget).await?;
        }
        if needs.cover {
            context.cover = self.cover_for(tx, guild, person).await?;
        }
        Ok(context)
    }

    async fn others_there(
        &self,
        tx: &mut Tx,
        guild: GuildId,
        person: UserId,
        grade: Grade,
    ) -> Result<Vec<UserId>, StoreError> {
        store::guild::others_there(tx, guild, person, grade, self.now() - THERE).await
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
            *could = self.others_there(tx, guild, asker.person.id, needed).await?;
        }
        Err(refusal.into())
    }
}
