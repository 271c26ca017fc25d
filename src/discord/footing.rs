//! Looks up what a desk stands on, says what is wrong with it, and tells managers at once when something goes.

use std::collections::BTreeMap;
use std::time::Duration;

use futures::future::{BoxFuture, join, join_all};
use serde_json::Value;

use super::bot::Bot;
use super::raw;
use super::render::setting;
use super::rest::{Call, CallError, Priority};
use crate::desk::parcel::{Brought, Parcel};
use crate::domain::footing::{self, ChannelSeen, Fault, Ground, Looked, RoleSeen};
use crate::domain::ledger;
use crate::domain::outbox::Urgency;
use crate::domain::settings::{GuildDesk, Setup};
use crate::kernel::ids::{ChannelId, GuildId, RoleId};
use crate::kernel::lang::Lang;

/// How long a look-up may take: what is not known by then is unknown.
const PATIENCE: Duration = Duration::from_millis(1_500);

/// What could not be looked up is looked up again after this while (ms).
const AGAIN: i64 = 60_000;

impl Bot {
    /// All that is wrong with a set-up, as Discord knows it at this moment.
    pub(super) async fn footing(&self, guild: GuildId, setup: &Setup) -> Vec<Fault> {
        let ask = |call: Call| self.sender().call(call.priority(Priority::Person).deadline(Some(PATIENCE)));
        // All at once: somebody waits, and each may take its while.
        let channels = join_all(
            footing::named_channels(setup)
                .into_iter()
                .map(async |id| (id, looked(ask(Call::get_channel(id)).await, channel_seen))),
        );
        let (roles, channels) = join(ask(Call::get_guild(guild)), channels).await;
        let (roles, channels) = (looked(roles, roles_of), channels.into_iter().collect());
        footing::faults(guild, setup, &Ground { roles, channels })
    }

    /// What would be wrong with a set-up once somebody had their way, as far as it is about what they said.
    pub(super) async fn faults_of(&self, guild: GuildId, said: &Setup) -> Vec<Fault> {
        let file = self.desk().setup_in_file(guild);
        let wanted = file.over(&said.over(&self.desk().setup_of(guild)));
        let theirs = ledger::changes(&Setup::default(), said);
        let mut faults = self.footing(guild, &wanted).await;
        faults.retain(|fault| {
            let about = |option: &str| {
                theirs.iter().any(|change| {
                    let same = matches!(fault, Fault::SameChannel { .. }) && change.key == "intake-channel";
                    change.key == option || same
                })
            };
            fault.is_grave() && fault.option().is_none_or(about)
        });
        faults
    }

    /// The lines of what is wrong.
    pub(super) fn fault_lines(&self, faults: &[Fault], lang: Lang) -> Vec<String> {
        let words = self.view().words(lang);
        faults.iter().map(|fault| setting::fault(fault, words)).collect()
    }

    /// Looks at the desk of a server, at the start and whenever something it stands on changed; whoever runs the program reads
    /// it in the log and at the health endpoint. `told`: managers hear of what is new, whenever they heard of it last.
    pub(super) async fn look_at_footing(&self, guild: GuildId, told: bool) {
        if self.desk().desk_of(guild).is_none() {
            return;
        }
        let mut faults = self.footing(guild, &self.desk().setup_of(guild)).await;
        if faults.iter().any(|fault| !fault.is_certain()) {
            // What is not known now is what it was, and is looked at again.
            tracing::warn!(guild.id = guild.0, "what the desk stands on could not be looked up whole");
            tokio::spawn(self.clone().look_again(guild, told));
            return;
        }
        faults.retain(Fault::is_grave);
        let before = self.desk().watch().set_footing(guild, faults.clone());
        let new: Vec<Fault> = faults.into_iter().filter(|fault| !before.contains(fault)).collect();
        for fault in &new {
            tracing::error!(guild.id = guild.0, fault = fault.name(), "set-up: {}", fault.said());
        }
        if new.is_empty() {
            return;
        }
        if let Err(error) = self.desk().boards().tell_faults(guild, new, told).await {
            tracing::error!(guild.id = guild.0, %error, "managers are not told of the set-up's faults");
        }
    }

    /// After a while, unless the connection is closed by then.
    fn look_again(self, guild: GuildId, told: bool) -> BoxFuture<'static, ()> {
        // Boxed by name: it begins what it ends in, and the compiler cannot see through that.
        Box::pin(async move {
            let (clock, mut closed) = (self.desk().clock().clone(), self.closed());
            tokio::select! {
                () = clock.sleep_until(clock.now() + AGAIN) => {}
                _ = closed.wait_for(|closed| *closed) => return,
            }
            self.look_at_footing(guild, told).await;
        })
    }

    /// A channel or role of a server may have been changed or deleted.
    pub(super) async fn on_ground(&self, kind: &str, data: &Value) -> Result<(), &'static str> {
        let id = match kind {
            "CHANNEL_DELETE" | "CHANNEL_UPDATE" => raw::id(&data["id"]).ok_or("id")?,
            "GUILD_ROLE_DELETE" => raw::id(&data["role_id"]).ok_or("role_id")?,
            "GUILD_ROLE_UPDATE" => raw::id(&data["role"]["id"]).ok_or("role.id")?,
            _ => return Ok(()),
        };
        let guild = GuildId(raw::id(&data["guild_id"]).ok_or("guild_id")?);
        if self.stands_on(guild, id) {
            self.look_at_footing(guild, true).await;
        }
        Ok(())
    }

    /// Whether a channel or role is one that the desk of its server stands on.
    fn stands_on(&self, guild: GuildId, id: u64) -> bool {
        let setup = self.desk().setup_of(guild);
        id == guild.0
            || footing::names_role(&setup, RoleId(id))
            || footing::named_channels(&setup).contains(&ChannelId(id))
    }

    /// Tells managers; where their channel is gone, the desk; where that is gone too, the log has to do.
    pub(super) async fn bring_faults(
        &self,
        parcel: &Parcel,
        faults: &[Fault],
        desk: &GuildDesk,
    ) -> Result<Brought, CallError> {
        let body = setting::faults(faults, desk, &self.view());
        let mut places = vec![desk.manager_channel, desk.desk_channel];
        places.dedup();
        for (part, place) in places.into_iter().enumerate() {
            match self.post(parcel, part, place, body.clone(), Urgency::Desk).await {
                Err(CallError::Refused { status: 403 | 404, .. }) => {}
                told => return told.map(|_| Brought::Done),
            }
        }
        tracing::error!(
            guild.id = desk.guild.0,
            "nobody at the desk can be told what is wrong with its set-up"
        );
        Ok(Brought::Done)
    }
}

/// Only a 404 is *not there*, only a 403 is *not for us*; everything else nobody knows.
fn looked<T>(answer: Result<Value, CallError>, read: impl FnOnce(&Value) -> T) -> Looked<T> {
    match answer {
        Ok(answer) => Looked::Found(read(&answer)),
        Err(CallError::Refused { status: 404, .. }) => Looked::Gone,
        Err(CallError::Refused { status: 403, .. }) => Looked::Hidden,
        Err(_) => Looked::Unknown,
    }
}

fn number(value: &Value) -> u64 {
    value.as_str().and_then(|digits| digits.parse().ok()).unwrap_or_default()
}

fn roles_of(guild: &Value) -> BTreeMap<RoleId, RoleSeen> {
    let roles = guild["roles"].as_array().into_iter().flatten();
    roles
        .map(|role| {
            let seen = RoleSeen {
                permissions: number(&role["permissions"]),
                managed: role["managed"].as_bool().unwrap_or_default(),
            };
            (RoleId(number(&role["id"])), seen)
        })
        .collect()
}

fn channel_seen(channel: &Value) -> ChannelSeen {
    let overwrites = channel["permission_overwrites"].as_array().into_iter().flatten();
    ChannelSeen {
        guild: Some(GuildId(number(&channel["guild_id"]))).filter(|guild| guild.0 != 0),
        kind: channel["type"].as_u64().unwrap_or(u64::MAX),
        overwrites: overwrites
            .map(|held| (number(&held["id"]), number(&held["allow"]), number(&held["deny"])))
            .collect(),
    }
}
