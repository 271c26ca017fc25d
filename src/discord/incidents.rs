//! Incidents on Discord: forms, talking points, approval.

use serde_json::Value;

use super::bot::Bot;
use super::decode::Heard;
use super::render::answers::Shown;
use super::rest::CallError;
use super::route::IncidentDeed;
use crate::desk::outbox::{Brought, Parcel};
use crate::domain::ids::IncidentId;
use crate::domain::incident::{Incident, IncidentLetter};
use crate::domain::policy::Lang;
use crate::domain::settings::GuildDesk;

impl Bot {
    /// Carries out what somebody asks of incidents.
    pub(super) async fn incident(
        &self,
        _heard: &Heard,
        _deed: IncidentDeed,
        _desk: &GuildDesk,
        _lang: Lang,
    ) -> Option<Shown> {
        None
    }

    /// Suggestions for `playbook` and `incident`: value and label.
    pub(super) async fn suggest_incident(
        &self,
        _option: &str,
        _desk: &GuildDesk,
        _lang: Lang,
    ) -> Vec<(String, String)> {
        Vec::new()
    }

    /// The talking points of a version as a message in the desk's language, or none if they are void or gone.
    pub(super) async fn talking_points(
        &self,
        _id: IncidentId,
        _version: i64,
        _desk: &GuildDesk,
    ) -> Option<Value> {
        None
    }

    /// Brings a letter of an incident.
    pub(super) async fn bring_incident(
        &self,
        _parcel: &Parcel,
        _incident: &Incident,
        _letter: &IncidentLetter,
    ) -> Result<Brought, CallError> {
        Ok(Brought::Done)
    }
}
