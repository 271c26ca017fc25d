//! What `/desk setup` changes: stored, written down for ever, and told to those who decided before.

use super::{Desk, lock};
use crate::domain::ledger::{self, Entry, Record};
use crate::domain::notice::BoardMessage;
use crate::domain::settings::Setup;
use crate::kernel::board::{Board, Place};
use crate::kernel::ids::GuildId;
use crate::kernel::people::Person;
use crate::store::{self, StoreError};

/// What is set for servers.
#[derive(Clone, Copy)]
pub struct Setups<'a> {
    pub(super) desk: &'a Desk,
}

impl Setups<'_> {
    /// Stores what the program learned of a server; what is not said stays.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses.
    pub async fn set_up(&self, guild: GuildId, said: &Setup) -> Result<Setup, StoreError> {
        self.change_setup(guild, said, None).await
    }

    /// Stores what somebody says with `/desk setup`; what they do not say stays. Whether they may is checked before.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses.
    pub async fn set_up_by(&self, guild: GuildId, said: &Setup, by: &Person) -> Result<Setup, StoreError> {
        self.change_setup(guild, said, Some(by)).await
    }

    async fn change_setup(
        &self,
        guild: GuildId,
        said: &Setup,
        by: Option<&Person>,
    ) -> Result<Setup, StoreError> {
        let mut tx = self.desk.begin().await?;
        let before = store::guild::lookup(&mut tx, guild).await?.unwrap_or_default();
        let after = said.over(&before);
        let changes = ledger::changes(&before, &after);
        if !changes.is_empty() {
            store::guild::save(&mut tx, guild, &after).await?;
            let entry = Entry::SetUp { changes };
            let record = Record { at: self.desk.now(), by: by.cloned(), complaint: None, entry };
            store::ledger::add(&mut tx, guild, &record).await?;
        }
        store::outbox::hurry(&mut tx, self.desk.now()).await?;
        let file = self.desk.setup_in_file(guild);
        let (was, is) = (file.over(&before), file.over(&after));
        let in_force = ledger::changes(&was, &is);
        let desk = |setup: &Setup| setup.desk(guild, self.desk.default_lang(), self.desk.policy().zone);
        // Those who decided until now hear of it where they heard of everything else.
        if let (Some(by), Some(old), false) = (by, desk(&was), in_force.is_empty()) {
            let mut channels = vec![old.manager_channel];
            channels
                .extend(desk(&is).map(|new| new.manager_channel).filter(|new| *new != old.manager_channel));
            let outgoing = BoardMessage::SetUp {
                by: by.clone(),
                changes: in_force,
                channels,
                mentioned: old.head_office_role.unwrap_or(old.manager_role),
            };
            self.desk.boards().post(&mut tx, Board { guild, place: Place::Managers }, &outgoing).await?;
        }
        tx.commit().await?;
        lock(&self.desk.shared.stored_setups).insert(guild, after);
        if let Some(desk) = self.desk.desk_of(guild) {
            let mut tx = self.desk.db().begin().await?;
            self.desk.digests().arm(&mut tx, guild, desk.zone).await?;
            tx.commit().await?;
            self.desk.wake();
        }
        self.desk.shared.setups.notify_one();
        Ok(self.desk.setup_of(guild))
    }

    /// Reads again what `/desk setup` stored: another process may have changed it.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses.
    pub async fn reread(&self) -> Result<(), StoreError> {
        let stored = store::guild::all(self.desk.db()).await?.into_iter().collect();
        *lock(&self.desk.shared.stored_setups) = stored;
        Ok(())
    }
}
