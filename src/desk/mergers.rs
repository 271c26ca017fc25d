//! Two complaints of one matter become one: the older goes on, and whoever writes to the other is heard there.

use super::Desk;
use super::complaints::Carried;
use super::error::Error;
use super::request::Asker;
use crate::domain::command::{Command, Refusal};
use crate::domain::complaint::Complaint;
use crate::domain::context::Context;
use crate::domain::decide;
use crate::domain::decide::disposition::{legacy, twin};
use crate::domain::disposition::Deed;
use crate::kernel::ids::{ChannelId, ComplaintId, GuildId};
use crate::kernel::people::Actor;
use crate::store::db::Tx;
use crate::store::{self, StoreError};

/// Complaints that became one.
#[derive(Clone, Copy)]
pub struct Mergers<'a> {
    pub(super) desk: &'a Desk,
}

impl Mergers<'_> {
    /// Merges the complaint of a thread with the one of a number.
    pub(super) async fn merge(
        &self,
        tx: &mut Tx,
        asker: &Asker,
        guild: GuildId,
        thread: ChannelId,
        number: i64,
    ) -> Result<Carried, Error> {
        if !asker.rank.staff {
            return Err(Refusal::StaffOnly.into());
        }
        let here = store::complaint::by_thread(tx, thread).await?.ok_or(Refusal::ThreadOnly)?;
        let there = store::complaint::id_by_number(tx, guild, number).await?.ok_or(Refusal::NoComplaint)?;
        if here == there {
            return Err(Refusal::SameComplaint.into());
        }
        // Everybody locks the older one first.
        let (older, newer) = (here.min(there), here.max(there));
        let (Some(older), Some(newer)) =
            (store::complaint::lookup(tx, older).await?, store::complaint::lookup(tx, newer).await?)
        else {
            return Err(Refusal::NoComplaint.into());
        };
        if older.filed.guild != guild || newer.filed.guild != guild {
            return Err(Refusal::NoComplaint.into());
        }
        let (first, second) = (older.filed.customer.id, newer.filed.customer.id);
        if first != second && !first.is_nobody() && !second.is_nobody() {
            return Err(Refusal::OtherCustomer.into());
        }
        if !older.stage.is_open() || !newer.stage.is_open() {
            return Err(Refusal::NotOpen.into());
        }
        if [first, second].contains(&asker.person.id) {
            return Err(Refusal::OwnComplaint.into());
        }
        let older = self.desk.membership().find_asker(tx, older, asker).await?;
        let newer = self.desk.membership().find_asker(tx, newer, asker).await?;
        // Whoever can be reached here is not left for somebody who was heard on the telephone.
        let (into, from) =
            if first.is_nobody() && !second.is_nobody() { (newer, older) } else { (older, newer) };
        let by = Actor::Staff(asker.person.clone());
        let legacy = Box::new(legacy(&from));
        let left = Command::Disposition(Deed::MergeInto { twin: twin(&into) });
        let taken = Command::Disposition(Deed::MergeFrom { legacy });
        // Both or neither: what the other one refuses is known before this one is closed.
        let policy = self.desk.policy_of(guild);
        decide::decide(&into, taken.clone(), &Context::new(by.clone(), &policy, self.desk.now()))?;
        let carried = self.desk.complaints().carry_out(tx, from.id, &by, left).await?;
        self.desk.complaints().carry_out(tx, into.id, &by, taken).await?;
        Ok(carried)
    }

    /// The complaint in which this one is looked after: itself, unless it was merged.
    pub(super) async fn looked_after_in(
        &self,
        tx: &mut Tx,
        id: ComplaintId,
    ) -> Result<Option<Complaint>, StoreError> {
        let mut held = store::complaint::lookup(tx, id).await?;
        while let Some(twin) = held.as_ref().and_then(|held| held.features.disposition.merged_into.clone()) {
            held = store::complaint::lookup(tx, twin.complaint).await?;
        }
        Ok(held)
    }
}
