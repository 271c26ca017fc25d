//! What an incident learns from the outbox.

use super::Desk;
use crate::domain::ids::{ChannelId, IncidentId, MessageId};
use crate::domain::incident::IncidentLetter;
use crate::store::db::Tx;
use crate::store::{self, StoreError};

impl Desk {
    /// A letter of an incident stands in a message.
    pub(super) async fn incident_posted(
        &self,
        tx: &mut Tx,
        id: IncidentId,
        letter: &IncidentLetter,
        channel: ChannelId,
        message: MessageId,
    ) -> Result<(), StoreError> {
        let Some(mut incident) = store::incident::lookup(tx, id).await? else { return Ok(()) };
        let (IncidentLetter::Card { version }
        | IncidentLetter::RefreshCard { version }
        | IncidentLetter::Request { version }) = letter;
        let held = incident.versions.iter_mut().find(|held| held.number == *version);
        if let Some(held) = held {
            match letter {
                IncidentLetter::Request { .. } => held.request = Some((channel, message)),
                IncidentLetter::Card { .. } => held.card = Some((channel, message)),
                IncidentLetter::RefreshCard { .. } => {}
            }
            store::incident::save(tx, &incident).await?;
        }
        Ok(())
    }
}
