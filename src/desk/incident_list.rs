//! An incident's list: when a cable is cut and ten thousand people write, one message in the desk channel stands for all
//! who wait, until a person opens them or they have waited long enough.

use super::Desk;
use super::boards;
use super::error::{Error, answered};
use super::once::{About, Key};
use crate::domain::command::{Command, Refusal};
use crate::domain::complaint::Complaint;
use crate::domain::incident::IncidentLetter;
use crate::domain::letter::Urgency;
use crate::domain::policy::Policy;
use crate::kernel::board::{Board, Place};
use crate::kernel::ids::{GuildId, IncidentId, Stream};
use crate::kernel::people::{Actor, Person};
use crate::store::db::Tx;
use crate::store::{self, StoreError, json};

/// The list is brought up to date so long (ms) after the first change: a burst of filings is one edit.
const SETTLE: i64 = 3_000;
/// From so many unread complaints on customers are told that the first answer may take longer.
const LONG_QUEUE: i64 = 50;
/// The queue is counted anew after this while (ms).
const COUNT_AGAIN: i64 = 5_000;

impl Desk {
    /// Whether the next complaint of an incident waits in its list.
    pub(super) async fn place_in_list(
        &self,
        tx: &mut Tx,
        incident: IncidentId,
        policy: &Policy,
    ) -> Result<Option<IncidentId>, StoreError> {
        if policy.incident_list.hold_ms == 0 {
            return Ok(None);
        }
        let count = store::counter::next(tx, &format!("incident/{}/filed", incident.0)).await?;
        Ok((count > policy.incident_list.after).then_some(incident))
    }

    /// How many complaints wait to be read at a desk, where it is so many that customers should know. Counted anew after a
    /// few seconds: in a burst nobody needs it to the last one.
    pub(super) async fn queue(&self, tx: &mut Tx, guild: GuildId) -> Result<Option<i64>, StoreError> {
        let now = self.now();
        let held = super::lock(&self.shared.queues).get(&guild).copied();
        let count = match held.filter(|(_, counted)| (counted..=&(counted + COUNT_AGAIN)).contains(&&now)) {
            Some((count, _)) => count,
            None => {
                let count = store::complaint::unread(tx, guild).await?;
                super::lock(&self.shared.queues).insert(guild, (count, now));
                count
            }
        };
        Ok((count >= LONG_QUEUE).then_some(count))
    }

    /// The list of an incident is to be brought up to date.
    pub(super) async fn list_changed(
        &self,
        tx: &mut Tx,
        guild: GuildId,
        incident: Option<IncidentId>,
    ) -> Result<(), StoreError> {
        let Some(incident) = incident else { return Ok(()) };
        let board = Stream::Board(Board { guild, place: Place::Desk });
        let slot = format!("{}{}", boards::LIST, incident.0);
        store::timer::arm_once(tx, board, &slot, self.now() + SETTLE).await
    }

    /// A complaint has left the list of the incident that it was told of.
    pub(super) async fn list_left(&self, tx: &mut Tx, complaint: &Complaint) -> Result<(), StoreError> {
        for incident in complaint.listed.into_iter().chain(complaint.told.iter().copied()) {
            self.list_changed(tx, complaint.filed.guild, Some(incident)).await?;
        }
        Ok(())
    }

    /// The list's timer is due: its message shows what is true when it is sent.
    pub(super) async fn list_fired(&self, tx: &mut Tx, board: Board, slot: &str) -> Result<(), StoreError> {
        let id = slot.strip_prefix(boards::LIST).and_then(|id| id.parse().ok());
        // Locked before its timer is touched, as by whoever arms it; and so that its letters are numbered one after the other.
        let held = match id {
            Some(id) => store::incident::lookup(tx, IncidentId(id)).await?,
            None => None,
        };
        store::timer::remove(tx, Stream::Board(board), slot).await?;
        let (Some(id), Some(_)) = (id, held) else { return Ok(()) };
        let stream = Stream::Incident(IncidentId(id));
        let body = json::write(&IncidentLetter::List)?;
        if store::letter::waits(tx, stream, &body).await? {
            return Ok(());
        }
        store::letter::add(tx, stream, Urgency::Desk.rank(), &body, self.now()).await.map(|_| ())
    }

    /// Opens those who have waited longest in an incident's list, at most `most`. Returns how many were opened. `key` is the
    /// interaction: a second delivery opens nobody else.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if it could not be stored; nothing was done then.
    pub async fn open_listed(
        &self,
        key: &Key,
        guild: GuildId,
        incident: IncidentId,
        most: i64,
        by: &Person,
    ) -> Result<usize, Error> {
        let mut tx = self.db().begin().await?;
        if let Some(before) = self.told_before(&mut tx, key).await? {
            return Ok(before?);
        }
        let held = store::incident::lookup(&mut tx, incident).await?.filter(|held| held.guild == guild);
        if held.is_none() {
            return Err(Refusal::NoIncident.into());
        }
        let ids = store::incident::longest_listed(&mut tx, incident, most).await?;
        let mut opened = 0;
        for id in ids {
            let done = answered(self.on(&mut tx, id, &Actor::Staff(by.clone()), Command::Open).await)?;
            opened += usize::from(done.is_ok());
        }
        self.remember(&mut tx, key, &Ok(opened), About::default()).await?;
        tx.commit().await?;
        self.wake();
        Ok(opened)
    }
}
