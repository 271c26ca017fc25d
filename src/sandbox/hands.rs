//! What hands of power do to the world: close direct messages, deny, archive, lock, delete; faults of the gateway.

use serde_json::{Value, json};

use super::rules::ApiError;
use super::rules::fault::GatewayFault;
use super::rules::permissions::{self, Overwrite, Target};
use super::world::{Audience, Order, Role, World, intent};
use super::{Sandbox, payload};

/// Changes an event, by its name, before it is sent.
pub type Alter = Box<dyn FnMut(&str, &mut Value) + Send>;

impl Sandbox {
    /// Changes every event before it is sent, by its name, as a Discord of tomorrow might; none: nothing more is changed.
    pub fn alter_events(&self, alter: Option<Alter>) {
        self.shared.on(|world| world.alteration = alter);
    }

    /// Opens or closes somebody's direct messages.
    pub fn set_dms_open(&self, user: u64, open: bool) {
        self.shared.on(|world| {
            if let Some(user) = world.users.get_mut(&user) {
                user.dms_open = open;
            }
        });
    }

    /// Sets the language of somebody's Discord.
    pub fn set_locale(&self, user: u64, locale: &str) {
        self.shared.on(|world| {
            if let Some(user) = world.users.get_mut(&user) {
                user.locale = locale.to_owned();
            }
        });
    }

    /// Gives a member exactly these roles.
    pub fn set_roles(&self, user: u64, guild: u64, roles: Vec<u64>) {
        self.shared.on(|world| world.set_roles(guild, user, roles));
    }

    /// Somebody who has a Discord account joins a guild, without any role.
    pub fn join_guild(&self, user: u64, guild: u64) {
        self.shared.on(|world| world.set_roles(guild, user, Vec::new()));
    }

    /// Whose guild it is; they may everything there.
    pub fn owner(&self, guild: u64) -> Option<u64> {
        self.shared.on(|world| world.guilds.get(&guild).map(|guild| guild.owner))
    }

    /// Somebody leaves a guild.
    pub fn leave_guild(&self, user: u64, guild: u64) {
        self.shared.on(|world| {
            let Some(held) = world.guilds.get_mut(&guild) else { return };
            held.members.remove(&user);
            let event = json!({
                "guild_id": guild.to_string(), "user": world.users.get(&user).map(payload::user),
            });
            world.dispatch("GUILD_MEMBER_REMOVE", &event, Audience::Intent(intent::GUILD_MEMBERS));
        });
    }

    /// Denies the bot permissions in a channel.
    pub fn deny_bot(&self, channel: u64, permissions: u64) {
        self.shared.on(|world| {
            let bot = world.bot;
            if let Some(held) = world.channels.get_mut(&channel) {
                held.overwrites.retain(|held| held.target != Target::Member(bot));
                held.overwrites.push(Overwrite { target: Target::Member(bot), allow: 0, deny: permissions });
            }
            world.tell_channel("CHANNEL_UPDATE", channel);
        });
    }

    /// Somebody with power archives a thread, or wakes it.
    pub fn archive(&self, thread: u64, archived: bool) {
        self.shared.on(|world| world.set_archived(thread, archived));
    }

    /// Somebody with power locks a thread.
    pub fn lock(&self, thread: u64, locked: bool) {
        self.shared.on(|world| {
            if let Some(held) = world.channels.get_mut(&thread).and_then(|held| held.thread.as_mut()) {
                held.locked = locked;
            }
            world.tell_channel("THREAD_UPDATE", thread);
        });
    }

    /// Somebody with power makes a role, above all that people have.
    pub fn make_role(&self, guild: u64, name: &str, permissions: u64) -> u64 {
        self.shared.on(|world| {
            let id = world.next_id();
            if let Some(held) = world.guilds.get_mut(&guild) {
                let name = name.to_owned();
                held.roles.insert(
                    id,
                    Role { id, name, permissions, position: 50, mentionable: false, managed: false },
                );
            }
            id
        })
    }

    /// Somebody with power deletes a role: nobody has it any more.
    pub fn delete_role(&self, guild: u64, role: u64) {
        self.shared.on(|world| {
            let Some(held) = world.guilds.get_mut(&guild) else { return };
            held.roles.remove(&role);
            for member in held.members.values_mut() {
                member.roles.retain(|held| *held != role);
            }
            for channel in world.channels.values_mut() {
                channel.overwrites.retain(|held| held.target != Target::Role(role));
            }
            let event = json!({ "guild_id": guild.to_string(), "role_id": role.to_string() });
            world.dispatch("GUILD_ROLE_DELETE", &event, Audience::Intent(intent::GUILDS));
        });
    }

    /// Somebody with power shows a channel to a role, or hides it from it; the guild's id is everybody.
    pub fn show_channel(&self, channel: u64, role: u64, shown: bool) {
        self.shared.on(|world| {
            if let Some(held) = world.channels.get_mut(&channel) {
                held.overwrites.retain(|held| held.target != Target::Role(role));
                let see = permissions::VIEW_CHANNEL;
                let (allow, deny) = if shown { (see, 0) } else { (0, see) };
                held.overwrites.push(Overwrite { target: Target::Role(role), allow, deny });
            }
            world.tell_channel("CHANNEL_UPDATE", channel);
        });
    }

    /// Somebody with power deletes a channel or thread.
    pub fn delete_channel(&self, channel: u64) {
        self.shared.on(|world| world.remove_channel(channel));
    }
}

impl World {
    /// `DELETE /channels/{channel_id}`: threads and channels alike, for those who manage them.
    pub(super) fn delete_channel_by_bot(&mut self, channel: u64) -> Result<(), ApiError> {
        let held = self.visible(self.bot, channel)?;
        let wanted =
            if held.is_thread() { permissions::MANAGE_THREADS } else { permissions::MANAGE_CHANNELS };
        self.require(self.bot, channel, wanted)?;
        self.remove_channel(channel);
        Ok(())
    }

    fn remove_channel(&mut self, channel: u64) {
        let Some(held) = self.channels.get(&channel) else { return };
        let event = payload::channel(self, held);
        let name = if held.is_thread() { "THREAD_DELETE" } else { "CHANNEL_DELETE" };
        let threads = self.channels.values().filter(|held| held.parent == Some(channel));
        let gone: Vec<u64> = threads.map(|held| held.id).chain([channel]).collect();
        for id in gone {
            self.channels.remove(&id);
            self.messages.remove(&id);
        }
        self.dispatch(name, &event, Audience::Intent(intent::GUILDS));
        self.touch(json!({ "kind": "channel", "channel": channel.to_string() }));
    }

    fn to_connections(&self, order: &Order) {
        for session in self.sessions.values() {
            if let Some(connection) = &session.connection {
                // A connection that is gone needs no order.
                let _ = connection.send(order.clone());
            }
        }
    }

    /// Ends every connection.
    pub(super) fn hang_up(&mut self) {
        self.to_connections(&Order::Drop);
    }

    pub(super) fn gateway_fault(&mut self, fault: GatewayFault) {
        let op = |op: u8, data: Value| Order::Raw(json!({ "op": op, "d": data, "s": null, "t": null }));
        match fault {
            GatewayFault::Drop => self.hang_up(),
            GatewayFault::Reconnect => self.to_connections(&op(7, Value::Null)),
            GatewayFault::InvalidSession => {
                self.to_connections(&op(9, json!(false)));
                self.sessions.clear();
            }
            GatewayFault::InvalidSessionResumable => self.to_connections(&op(9, json!(true))),
            GatewayFault::Zombie => self.to_connections(&Order::Freeze),
            GatewayFault::Close(code) => self.to_connections(&Order::Close(code)),
        }
    }
}
