//! What incidents that go on mean for complaints: whose talking points concern one, and the list of those who wait: when a
//! cable is cut and ten thousand people write, one message in the desk channel stands for all of them, until a person opens
//! them or they have waited long enough.

use super::Desk;
use crate::domain::complaint::Complaint;
use crate::domain::incident::{Incident, IncidentMessage};
use crate::domain::outbox::Urgency;
use crate::domain::policy::Policy;
use crate::kernel::board::{Board, Place};
use crate::kernel::ids::{GuildId, IncidentId, Stream};
use crate::store::db::Tx;
use crate::store::{self, StoreError, json};

/// The slots of the timers that bring incidents' lists up to date begin so.
pub const LIST: &str = "list-";
/// The list is brought up to date so long (ms) after the first change: a burst of filings is one edit.
const SETTLE: i64 = 3_000;

/// Incidents that go on, as complaints meet them.
#[derive(Clone, Copy)]
pub struct ActiveIncidents<'a> {
    pub(super) desk: &'a Desk,
}

impl ActiveIncidents<'_> {
    /// The incidents whose talking points are in use and concern a category.
    pub(super) async fn concerning(
        &self,
        tx: &mut Tx,
        guild: GuildId,
        category: Option<&str>,
    ) -> Result<Vec<Incident>, StoreError> {
        if category.is_none() {
            return Ok(Vec::new());
        }
        let mut active = store::incident::active(tx, guild).await?;
        active.retain(|incident| incident.concerns(category));
        Ok(active)
    }

    /// Whether an active incident speaks for a complaint.
    pub(super) async fn speak_for(&self, tx: &mut Tx, complaint: &Complaint) -> Result<bool, StoreError> {
        if complaint.told.is_empty() {
            return Ok(false);
        }
        let active = store::incident::active(tx, complaint.filed.guild).await?;
        Ok(active.iter().any(|incident| complaint.told.contains(&incident.id)))
    }

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

    /// The list of an incident is to be brought up to date.
    pub(super) async fn list_changed(
        &self,
        tx: &mut Tx,
        guild: GuildId,
        incident: Option<IncidentId>,
    ) -> Result<(), StoreError> {
        let Some(incident) = incident else { return Ok(()) };
        let board = Stream::Board(Board { guild, place: Place::Desk });
        let slot = format!("{}{}", LIST, incident.0);
        store::timer::arm_once(tx, board, &slot, self.desk.now() + SETTLE).await
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
        let id = slot.strip_prefix(LIST).and_then(|id| id.parse().ok());
        // Locked before its timer is touched, as by whoever arms it; and so that its outbox messages are numbered one after
        // the other.
        let held = match id {
            Some(id) => store::incident::lookup(tx, IncidentId(id)).await?,
            None => None,
        };
        store::timer::remove(tx, Stream::Board(board), slot).await?;
        let (Some(id), Some(_)) = (id, held) else { return Ok(()) };
        let stream = Stream::Incident(IncidentId(id));
        let body = json::write(&IncidentMessage::List)?;
        if store::outbox::waits(tx, stream, &body).await? {
            return Ok(());
        }
        store::outbox::add(tx, stream, Urgency::Desk.rank(), &body, self.desk.now()).await.map(|_| ())
    }
}
