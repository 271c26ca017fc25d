//! Brings outbox messages of incidents: cards in the desk channel, requests and reminders in the manager channel, threads.

use serde_json::Value;

use crate::desk::parcel::{Brought, Parcel};
use crate::discord::bot::Bot;
use crate::discord::less::{Post, withheld};
use crate::discord::render::incident as render;
use crate::discord::rest::{Call, CallError, Class, Priority};
use crate::discord::send::MEND;
use crate::domain::incident::{Incident, IncidentMessage, Standing, Version};
use crate::domain::outbox::Urgency;
use crate::domain::playbook::Playbook;
use crate::domain::settings::GuildDesk;
use crate::kernel::ids::{ChannelId, IncidentId, MessageId};
use crate::store;

impl Bot {
    /// The playbook of an incident, if its file is still there.
    pub(super) fn playbook_of(&self, incident: &Incident) -> Option<&Playbook> {
        self.settings().playbooks.get(&incident.playbook)
    }

    /// The talking points of a version as a message in the desk's language, or none if they are void or gone.
    ///
    /// # Errors
    ///
    /// [`store::StoreError`] if the database refuses.
    pub(in crate::discord) async fn talking_points(
        &self,
        id: IncidentId,
        version: i64,
        desk: &GuildDesk,
    ) -> Result<Option<Value>, store::StoreError> {
        let incident = store::incident::read(self.desk().db(), id).await?;
        Ok(incident.and_then(|incident| {
            let held = incident.version(version)?;
            let in_use = incident.standing(held) == Standing::InUse;
            in_use.then(|| self.incident_card(&incident, held, desk))
        }))
    }

    fn incident_card(&self, incident: &Incident, version: &Version, desk: &GuildDesk) -> Value {
        let playbook = self.playbook_of(incident);
        render::card(incident, version, playbook, desk.locale, desk.zone, &self.view())
    }

    /// Brings an outbox message of an incident. What has been overtaken is not posted any more.
    pub(in crate::discord) async fn bring_incident(
        &self,
        parcel: &Parcel,
        incident: &Incident,
        outgoing: &IncidentMessage,
    ) -> Result<Brought, CallError> {
        let Some(desk) = self.desk().desk_of(incident.guild) else {
            return Ok(Brought::Again { after: MEND, why: "the desk is not set up".to_owned() });
        };
        if *outgoing == IncidentMessage::List {
            return self.bring_list(parcel, incident, &desk).await;
        }
        let (IncidentMessage::Card { version }
        | IncidentMessage::RefreshCard { version }
        | IncidentMessage::Request { version }
        | IncidentMessage::RefreshRequest { version }
        | IncidentMessage::Remind { version }) = outgoing
        else {
            return Ok(Brought::Done);
        };
        let Some(held) = incident.version(*version) else { return Ok(Brought::Done) };
        let playbook = self.playbook_of(incident);
        let standing = incident.standing(held);
        let request = || render::request(incident, held, playbook, &desk, &self.view());
        match outgoing {
            IncidentMessage::Card { .. } if standing == Standing::InUse => {
                let card = self.incident_card(incident, held, &desk);
                self.post_incident(parcel, desk.desk_channel, card, &desk).await
            }
            IncidentMessage::Request { .. } if standing == Standing::Waiting => {
                self.post_incident(parcel, desk.manager_channel, request(), &desk).await
            }
            IncidentMessage::RefreshCard { .. } => {
                self.edit_incident(held.card, self.incident_card(incident, held, &desk), &desk).await
            }
            IncidentMessage::RefreshRequest { .. } => {
                self.edit_incident(held.request, request(), &desk).await
            }
            IncidentMessage::Remind { .. } if standing == Standing::InUse => {
                let Some(due) = held.slots.next_update else { return Ok(Brought::Done) };
                let body = render::reminder(incident, due, playbook, &desk, &self.view());
                let place = Post { channel: desk.manager_channel, urgency: Urgency::Desk, lang: desk.locale };
                self.post_or_less(parcel, 0, place, body, None).await.map(|_| Brought::Done)
            }
            IncidentMessage::Card { .. }
            | IncidentMessage::Request { .. }
            | IncidentMessage::Remind { .. }
            | IncidentMessage::List => Ok(Brought::Done),
        }
    }

    /// Posts the list of those who wait, or brings it up to date; one that somebody deleted by hand is posted anew.
    async fn bring_list(
        &self,
        parcel: &Parcel,
        incident: &Incident,
        desk: &GuildDesk,
    ) -> Result<Brought, CallError> {
        let (count, since) = match store::incident::listed(self.desk().db(), incident.id).await {
            Ok(listed) => listed,
            Err(error) => return Ok(Brought::Again { after: 0, why: error.to_string() }),
        };
        let playbook = self.playbook_of(incident);
        let body = render::list(incident, playbook, count, since, desk.locale, &self.view());
        if let Some((channel, message)) = incident.list {
            let call = Call::edit_message(channel, message, body.clone()).priority(Priority::Nudge);
            match self.sender().call(call).await {
                Err(error) if error.is_deleted() => {}
                edited => return edited.map(|_| Brought::Done),
            }
        }
        if count == 0 {
            return Ok(Brought::Done);
        }
        self.post_incident(parcel, desk.desk_channel, body, desk).await
    }

    async fn post_incident(
        &self,
        parcel: &Parcel,
        channel: ChannelId,
        body: Value,
        desk: &GuildDesk,
    ) -> Result<Brought, CallError> {
        let place = Post { channel, urgency: Urgency::Desk, lang: desk.locale };
        let message = self.post_or_less(parcel, 0, place, body, None).await?;
        Ok(Brought::IncidentPosted { channel, message })
    }

    async fn edit_incident(
        &self,
        place: Option<(ChannelId, MessageId)>,
        body: Value,
        desk: &GuildDesk,
    ) -> Result<Brought, CallError> {
        let Some((channel, message)) = place else { return Ok(Brought::Done) };
        let edit = |body: Value| Call::edit_message(channel, message, body).priority(Priority::Nudge);
        let mut edited = self.sender().call(edit(body.clone())).await;
        if let Err(error) = &edited
            && error.class() == Class::Text
        {
            // What does not hold any more must not stand there, whatever Discord thinks of what does.
            let less = withheld(&body, None, error.why(), self.view().words(desk.locale));
            edited = self.sender().call(edit(less)).await;
        }
        match edited {
            // Somebody deleted it by hand: then nobody can take it for what holds.
            Err(error) if error.is_deleted() => Ok(Brought::Done),
            edited => edited.map(|_| Brought::Done),
        }
    }
}
