//! Making the world: guilds with roles and channels, and people.

use std::collections::BTreeMap;

use serde_json::json;

use super::Sandbox;
use super::payload;
use super::rules::permissions::{self, Overwrite, Target};
use super::world::{Audience, Channel, Guild as HeldGuild, Member, Role, User, World, intent, kind};

/// A guild to be made, with the bot on it.
#[derive(Clone, Debug, Default)]
pub struct GuildSpec {
    /// Its name.
    pub name: String,
    /// Its roles, the lowest first.
    pub roles: Vec<RoleSpec>,
    /// Its text channels.
    pub channels: Vec<ChannelSpec>,
    /// What the bot may do; none: all that a desk's invite link asks for.
    pub bot_permissions: Option<u64>,
}

/// A role to be made.
#[derive(Clone, Debug)]
pub struct RoleSpec {
    /// Its name.
    pub name: String,
    /// What it allows, besides what everybody may.
    pub permissions: u64,
}

/// A text channel to be made.
#[derive(Clone, Debug)]
pub struct ChannelSpec {
    /// Its name.
    pub name: String,
    /// The roles that see it; empty: everybody.
    pub private_to: Vec<String>,
}

/// A guild that was made.
#[derive(Clone, Debug)]
pub struct Guild {
    /// Its id.
    pub id: u64,
    /// Its roles' ids by name.
    pub roles: BTreeMap<String, u64>,
    /// Its channels' ids by name.
    pub channels: BTreeMap<String, u64>,
}

/// A person to be made.
#[derive(Clone, Debug)]
pub struct PersonSpec {
    /// The guild they are on.
    pub guild: u64,
    /// Their name.
    pub name: String,
    /// The language of their Discord: `vi`, `en-US`.
    pub locale: String,
    /// A free word for the page: customer, staff ….
    pub label: String,
    /// Ids of their roles.
    pub roles: Vec<u64>,
    /// Whether they take direct messages.
    pub dms_open: bool,
}

/// What a desk asks for in its invite link: see channels, write, embed, attach, read history, threads, pins, mention roles.
pub const BOT_PERMISSIONS: u64 = permissions::VIEW_CHANNEL
    | permissions::SEND_MESSAGES
    | permissions::EMBED_LINKS
    | permissions::ATTACH_FILES
    | permissions::READ_MESSAGE_HISTORY
    | permissions::MENTION_EVERYONE
    | permissions::CREATE_PUBLIC_THREADS
    | permissions::CREATE_PRIVATE_THREADS
    | permissions::SEND_MESSAGES_IN_THREADS
    | permissions::MANAGE_THREADS
    | permissions::PIN_MESSAGES;

impl Sandbox {
    /// Makes a guild with the bot on it.
    pub fn make_guild(&self, spec: GuildSpec) -> Guild {
        self.shared.on(|world| world.make_guild(spec))
    }

    /// Makes a person and returns their id.
    pub fn make_person(&self, spec: PersonSpec) -> u64 {
        self.shared.on(|world| world.make_person(spec))
    }
}

impl World {
    pub(super) fn make_guild(&mut self, spec: GuildSpec) -> Guild {
        let id = self.next_id();
        let owner = self.next_id();
        let created_ms = self.now();
        let owner_name = "Owner".to_owned();
        let user = User {
            id: owner,
            name: owner_name,
            locale: "vi".to_owned(),
            bot: false,
            dms_open: true,
            label: "owner".to_owned(),
        };
        self.users.insert(owner, user);
        let everyone = Role {
            id,
            name: "@everyone".to_owned(),
            permissions: permissions::EVERYONE_DEFAULT & !permissions::MENTION_EVERYONE,
            position: 0,
            mentionable: false,
            managed: false,
        };
        let mut roles = BTreeMap::from([(id, everyone)]);
        let mut names = BTreeMap::new();
        for (place, role) in spec.roles.into_iter().enumerate() {
            let role_id = self.next_id();
            names.insert(role.name.clone(), role_id);
            let position = i64::try_from(place).unwrap_or(0) + 1;
            let held = Role {
                id: role_id,
                name: role.name,
                permissions: role.permissions,
                position,
                mentionable: false,
                managed: false,
            };
            roles.insert(role_id, held);
        }
        let bot_role = self.next_id();
        let bot_permissions = spec.bot_permissions.unwrap_or(BOT_PERMISSIONS);
        let held = Role {
            id: bot_role,
            name: "Lắng Nghe".to_owned(),
            permissions: bot_permissions,
            position: 100,
            mentionable: false,
            managed: true,
        };
        roles.insert(bot_role, held);
        let members = BTreeMap::from([
            (owner, Member { roles: Vec::new(), joined_ms: created_ms }),
            (self.bot, Member { roles: vec![bot_role], joined_ms: created_ms }),
        ]);
        self.guilds.insert(id, HeldGuild { id, name: spec.name, owner, created_ms, roles, members });
        let mut channels = BTreeMap::new();
        for (place, channel) in spec.channels.into_iter().enumerate() {
            let channel_id = self.next_id();
            channels.insert(channel.name.clone(), channel_id);
            let mut overwrites = Vec::new();
            if !channel.private_to.is_empty() {
                overwrites.push(hidden_from_everyone(id));
                let seen = channel.private_to.iter().filter_map(|name| names.get(name)).copied();
                for role in seen.chain([bot_role]) {
                    let allow = permissions::VIEW_CHANNEL;
                    overwrites.push(Overwrite { target: Target::Role(role), allow, deny: 0 });
                }
            }
            self.channels.insert(
                channel_id,
                Channel {
                    id: channel_id,
                    kind: kind::TEXT,
                    guild: Some(id),
                    name: channel.name,
                    topic: None,
                    position: i64::try_from(place).unwrap_or(0),
                    parent: None,
                    overwrites,
                    thread: None,
                    recipients: Vec::new(),
                    pins: Vec::new(),
                    last_message: None,
                },
            );
        }
        let event = payload::guild_create(self, &self.guilds[&id]);
        self.dispatch("GUILD_CREATE", &event, Audience::Intent(intent::GUILDS));
        self.touch(json!({ "kind": "channel" }));
        Guild { id, roles: names, channels }
    }

    pub(super) fn make_person(&mut self, spec: PersonSpec) -> u64 {
        let id = self.next_id();
        let joined_ms = self.now();
        let user = User {
            id,
            name: spec.name,
            locale: spec.locale,
            bot: false,
            dms_open: spec.dms_open,
            label: spec.label,
        };
        self.users.insert(id, user);
        if let Some(guild) = self.guilds.get_mut(&spec.guild) {
            guild.members.insert(id, Member { roles: spec.roles, joined_ms });
        }
        let event = self.guilds.get(&spec.guild).and_then(|guild| guild.members.get(&id)).map(|member| {
            let mut event = payload::member(self, id, member);
            event["guild_id"] = json!(spec.guild.to_string());
            event
        });
        if let Some(event) = event {
            self.dispatch("GUILD_MEMBER_ADD", &event, Audience::Intent(intent::GUILD_MEMBERS));
        }
        self.touch(json!({ "kind": "person" }));
        id
    }

    /// Gives a member exactly these roles; who is no member becomes one.
    pub(super) fn set_roles(&mut self, guild: u64, user: u64, roles: Vec<u64>) {
        let joined_ms = self.now();
        let Some(held) = self.guilds.get_mut(&guild) else { return };
        let member = held.members.entry(user).or_insert(Member { roles: Vec::new(), joined_ms });
        member.roles = roles;
        let member = member.clone();
        let mut event = payload::member(self, user, &member);
        event["guild_id"] = json!(guild.to_string());
        self.dispatch("GUILD_MEMBER_UPDATE", &event, Audience::Intent(intent::GUILD_MEMBERS));
    }
}

/// An overwrite that hides a channel from everybody.
fn hidden_from_everyone(guild: u64) -> Overwrite {
    Overwrite { target: Target::Role(guild), allow: 0, deny: permissions::VIEW_CHANNEL }
}
