//! Making and changing the world: people, guilds, channels by a hand with power, the clock, faults.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use super::asked::{Answered, Id, Refused, Told, channel as known_channel};
use crate::sandbox::rules::fault::Fault;
use crate::sandbox::rules::permissions;
use crate::sandbox::world::World;
use crate::sandbox::{ChannelSpec, GuildSpec, PersonSpec, RoleSpec, Sandbox};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Person {
    id: Option<Id>,
    guild: Option<Id>,
    name: Option<String>,
    locale: Option<String>,
    label: Option<String>,
    roles: Option<Vec<String>>,
    dms_open: Option<bool>,
}

pub(super) async fn person(State(sandbox): State<Sandbox>, Told(asked): Told<Person>) -> Answered {
    let id = sandbox.shared.on(|world| match asked.id {
        Some(id) => change_person(world, id.0, asked),
        None => make_person(world, asked),
    })?;
    Ok(Json(json!({ "id": id.to_string() })))
}

/// The guild that is meant; without a name the first one.
fn guild_of(world: &World, wanted: Option<Id>) -> Result<u64, Refused> {
    let first = world.guilds.keys().next().copied();
    let id = wanted.map_or(first, |id| Some(id.0)).filter(|id| world.guilds.contains_key(id));
    id.ok_or_else(|| Refused::missing("guild"))
}

/// Roles by id or name.
fn roles_of(world: &World, guild: u64, wanted: &[String]) -> Result<Vec<u64>, Refused> {
    let held = &world.guilds[&guild].roles;
    wanted
        .iter()
        .map(|word| {
            let found = held.values().find(|role| role.name == *word || role.id.to_string() == *word);
            found.map(|role| role.id).ok_or_else(|| Refused::missing(&format!("role as “{word}”")))
        })
        .collect()
}

fn make_person(world: &mut World, asked: Person) -> Result<u64, Refused> {
    let guild = guild_of(world, asked.guild)?;
    let roles = roles_of(world, guild, &asked.roles.unwrap_or_default())?;
    let name = asked.name.filter(|name| !name.trim().is_empty());
    Ok(world.make_person(PersonSpec {
        guild,
        name: name.ok_or_else(|| "a person needs a name".to_owned())?,
        locale: asked.locale.unwrap_or_else(|| "vi".to_owned()),
        label: asked.label.unwrap_or_else(|| "customer".to_owned()),
        roles,
        dms_open: asked.dms_open.unwrap_or(true),
    }))
}

fn change_person(world: &mut World, id: u64, asked: Person) -> Result<u64, Refused> {
    if world.users.get(&id).is_none_or(|user| user.bot) {
        return Err(Refused::missing("person"));
    }
    let roles = match asked.roles {
        Some(roles) => {
            let guild = guild_of(world, asked.guild)?;
            Some((guild, roles_of(world, guild, &roles)?))
        }
        None => None,
    };
    if let Some(user) = world.users.get_mut(&id) {
        user.name = asked.name.unwrap_or_else(|| user.name.clone());
        user.locale = asked.locale.unwrap_or_else(|| user.locale.clone());
        user.label = asked.label.unwrap_or_else(|| user.label.clone());
        user.dms_open = asked.dms_open.unwrap_or(user.dms_open);
    }
    if let Some((guild, roles)) = roles {
        world.set_roles(guild, id, roles);
    }
    world.touch(json!({ "kind": "person" }));
    Ok(id)
}

/// Permissions as the number Discord writes, or by name.
#[derive(Deserialize)]
#[serde(untagged)]
enum Bits {
    Number(String),
    Names(Vec<String>),
}

impl Bits {
    fn value(&self) -> Result<u64, Refused> {
        match self {
            Self::Number(text) => {
                text.parse().map_err(|_| format!("“{text}” is not a number of permissions").into())
            }
            Self::Names(names) => names.iter().try_fold(0, |bits, name| {
                let bit =
                    permissions::by_name(name).ok_or_else(|| format!("no permission is called {name}"))?;
                Ok(bits | bit)
            }),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Role {
    name: String,
    permissions: Option<Bits>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TextChannel {
    name: String,
    #[serde(default)]
    private_to: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewGuild {
    name: String,
    #[serde(default)]
    roles: Vec<Role>,
    #[serde(default)]
    channels: Vec<TextChannel>,
    bot_permissions: Option<Bits>,
}

pub(super) async fn guild(State(sandbox): State<Sandbox>, Told(asked): Told<NewGuild>) -> Answered {
    let mut roles = Vec::with_capacity(asked.roles.len());
    for role in asked.roles {
        let bits = role.permissions.as_ref().map_or(Ok(0), Bits::value)?;
        roles.push(RoleSpec { name: role.name, permissions: bits });
    }
    let named = |name: &String| roles.iter().any(|role| role.name == *name);
    if let Some(unknown) = asked.channels.iter().flat_map(|held| &held.private_to).find(|name| !named(name)) {
        return Err(Refused::missing(&format!("role as “{unknown}”")));
    }
    let channels =
        asked.channels.into_iter().map(|held| ChannelSpec { name: held.name, private_to: held.private_to });
    let made = sandbox.make_guild(GuildSpec {
        name: asked.name,
        roles,
        channels: channels.collect(),
        bot_permissions: asked.bot_permissions.as_ref().map(Bits::value).transpose()?,
    });
    let text = |ids: std::collections::BTreeMap<String, u64>| -> Value {
        ids.into_iter().map(|(name, id)| (name, json!(id.to_string()))).collect()
    };
    Ok(Json(json!({ "id": made.id.to_string(), "roles": text(made.roles), "channels": text(made.channels) })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ByHand {
    channel: Id,
    archive: Option<bool>,
    lock: Option<bool>,
    #[serde(default)]
    delete: bool,
    deny_bot: Option<Vec<String>>,
}

pub(super) async fn channel(State(sandbox): State<Sandbox>, Told(asked): Told<ByHand>) -> Answered {
    let id = known_channel(&sandbox, asked.channel)?;
    let is_thread = sandbox.shared.on(|world| world.channels[&id].is_thread());
    if !is_thread && (asked.archive.is_some() || asked.lock.is_some()) {
        return Err("only a thread can be archived or locked".to_owned().into());
    }
    if let Some(names) = asked.deny_bot {
        sandbox.deny_bot(id, Bits::Names(names).value()?);
    }
    if let Some(locked) = asked.lock {
        sandbox.lock(id, locked);
    }
    if let Some(archived) = asked.archive {
        sandbox.archive(id, archived);
    }
    if asked.delete {
        sandbox.delete_channel(id);
    }
    Ok(Json(json!({})))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Clock {
    advance_ms: Option<i64>,
    speed: Option<f64>,
    now_ms: Option<i64>,
}

pub(super) async fn clock(State(sandbox): State<Sandbox>, Told(asked): Told<Clock>) -> Answered {
    if asked.advance_ms.is_some_and(|ms| ms < 0) || asked.now_ms.is_some_and(|now| now < sandbox.clock.now())
    {
        return Err("time does not go back here: ids carry it".to_owned().into());
    }
    if asked.speed.is_some_and(|speed| !(0.0..=1_000_000.0).contains(&speed)) {
        return Err("speed is between 0 and 1000000 simulated seconds a second".to_owned().into());
    }
    if let Some(now_ms) = asked.now_ms {
        sandbox.clock.set(now_ms);
    }
    if let Some(ms) = asked.advance_ms {
        sandbox.clock.advance(ms);
    }
    if let Some(speed) = asked.speed {
        sandbox.clock.set_speed(speed);
    }
    sandbox.shared.on(|world| world.touch(json!({ "kind": "clock" })));
    Ok(Json(json!({ "now_ms": sandbox.clock.now(), "speed": sandbox.clock.speed() })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Limits {
    enabled: bool,
}

pub(super) async fn limits(State(sandbox): State<Sandbox>, Told(asked): Told<Limits>) -> Answered {
    sandbox.set_limits(asked.enabled);
    Ok(Json(json!({})))
}

pub(super) async fn fault(State(sandbox): State<Sandbox>, Told(asked): Told<Fault>) -> Answered {
    sandbox.fault(asked);
    Ok(Json(json!({})))
}

pub(super) async fn clear_faults(State(sandbox): State<Sandbox>) -> Answered {
    sandbox.clear_faults();
    Ok(Json(json!({})))
}
