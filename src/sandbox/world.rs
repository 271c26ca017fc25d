//! The state of the sandbox: guilds, channels, people, messages, interactions, sessions.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use tokio::sync::{mpsc, watch};

use super::clock::SandboxClock;
use super::rules::fault::Faults;
use super::rules::permissions::{self, Overwrite, Subject};
use super::rules::ratelimit::RateLimiter;
use super::transcript::Entry;

/// 1 January 2015, from which Discord counts (`reference`, snowflakes).
const EPOCH: i64 = 1_420_070_400_000;

/// Somebody with an account.
#[derive(Clone, Debug)]
pub(super) struct User {
    pub(super) id: u64,
    pub(super) name: String,
    pub(super) locale: String,
    pub(super) bot: bool,
    pub(super) dms_open: bool,
    /// A free word for the page: customer, staff ….
    pub(super) label: String,
}

#[derive(Clone, Debug)]
pub(super) struct Role {
    pub(super) id: u64,
    pub(super) name: String,
    pub(super) permissions: u64,
    pub(super) position: i64,
    pub(super) mentionable: bool,
    /// Whether it is a bot's own.
    pub(super) managed: bool,
}

#[derive(Clone, Debug)]
pub(super) struct Member {
    pub(super) roles: Vec<u64>,
    pub(super) joined_ms: i64,
}

#[derive(Clone, Debug)]
pub(super) struct Guild {
    pub(super) id: u64,
    pub(super) name: String,
    pub(super) owner: u64,
    pub(super) created_ms: i64,
    pub(super) roles: BTreeMap<u64, Role>,
    pub(super) members: BTreeMap<u64, Member>,
}

/// Discord's channel types that occur here (`resources/channel`, channel types).
pub(super) mod kind {
    pub(in crate::sandbox) const TEXT: u8 = 0;
    pub(in crate::sandbox) const DIRECT: u8 = 1;
    pub(in crate::sandbox) const PUBLIC_THREAD: u8 = 11;
    pub(in crate::sandbox) const PRIVATE_THREAD: u8 = 12;
}

#[derive(Clone, Debug)]
pub(super) struct Thread {
    pub(super) owner: u64,
    pub(super) archived: bool,
    pub(super) locked: bool,
    pub(super) invitable: bool,
    pub(super) auto_archive: i64,
    pub(super) created_ms: i64,
    pub(super) archive_changed_ms: i64,
    pub(super) members: BTreeSet<u64>,
}

#[derive(Clone, Debug)]
pub(super) struct Channel {
    pub(super) id: u64,
    pub(super) kind: u8,
    pub(super) guild: Option<u64>,
    pub(super) name: String,
    pub(super) topic: Option<String>,
    pub(super) position: i64,
    pub(super) parent: Option<u64>,
    pub(super) overwrites: Vec<Overwrite>,
    pub(super) thread: Option<Thread>,
    /// The two ends of a direct-message channel.
    pub(super) recipients: Vec<u64>,
    pub(super) pins: Vec<u64>,
    pub(super) last_message: Option<u64>,
}

impl Channel {
    pub(super) fn is_thread(&self) -> bool {
        self.thread.is_some()
    }
}

#[derive(Clone, Debug)]
pub(super) struct Message {
    pub(super) id: u64,
    pub(super) channel: u64,
    pub(super) author: u64,
    pub(super) kind: u8,
    pub(super) content: String,
    pub(super) embeds: Vec<Value>,
    pub(super) components: Vec<Value>,
    pub(super) attachments: Vec<Value>,
    pub(super) nonce: Option<String>,
    pub(super) flags: u64,
    pub(super) reply_to: Option<u64>,
    /// Parts that only some clients send, as Discord spells them.
    pub(super) extra: Value,
    /// The interaction it answers: id, person, command name.
    pub(super) answers: Option<(u64, u64, String)>,
    pub(super) created_ms: i64,
    pub(super) edited_ms: Option<i64>,
    /// The only person who sees it.
    pub(super) ephemeral_for: Option<u64>,
    /// Whom and which roles it names, as far as it was allowed to.
    pub(super) mentioned_users: Vec<u64>,
    pub(super) mentioned_roles: Vec<u64>,
    pub(super) mentions_everyone: bool,
    /// Who was really disturbed: an edit pings nobody.
    pub(super) pinged_users: Vec<u64>,
    pub(super) pinged_roles: Vec<u64>,
    pub(super) deleted: bool,
    /// A deferred answer that is not filled yet.
    pub(super) loading: bool,
}

/// Where an interaction stands.
#[derive(Clone, Debug)]
pub(super) enum Stage {
    /// No answer yet.
    Pending,
    /// *Thinking …*, in a message of its own (`false`) or in place (`true`).
    Deferred(bool),
    /// Answered with a message.
    Message(u64),
    /// Answered by changing the message that was pressed.
    Updated(u64),
    /// Answered with a form.
    Form(Value),
    /// Answered with suggestions.
    Choices(Value),
    /// Not answered in time.
    Failed(String),
}

#[derive(Clone, Debug)]
pub(super) struct Interaction {
    pub(super) id: u64,
    pub(super) token: String,
    /// 2 command, 3 component, 4 autocomplete, 5 form.
    pub(super) kind: u8,
    pub(super) user: u64,
    pub(super) channel: u64,
    pub(super) created_ms: i64,
    pub(super) stage: Stage,
    /// The message that was pressed, directly or before the form.
    pub(super) source: Option<u64>,
    /// The first answer's message.
    pub(super) original: Option<u64>,
    /// The name of the command, for messages that answer it.
    pub(super) name: String,
}

/// An event that a session got, for replay.
#[derive(Clone, Debug)]
pub(super) struct Sent {
    pub(super) seq: u64,
    pub(super) name: &'static str,
    pub(super) data: Value,
}

/// What a connection is told to do.
#[derive(Clone, Debug)]
pub(super) enum Order {
    Event(Sent),
    Raw(Value),
    Close(u16),
    Drop,
    /// Stop answering, as a dead peer would.
    Freeze,
}

/// A gateway session; it outlives its connections.
#[derive(Debug)]
pub(super) struct Session {
    pub(super) intents: u64,
    pub(super) seq: u64,
    /// The newest event that was handed to a connection: a replay of it is no further event.
    pub(super) handed: u64,
    pub(super) sent: Vec<Sent>,
    pub(super) connection: Option<mpsc::UnboundedSender<Order>>,
}

/// A file that was uploaded.
#[derive(Clone, Debug)]
pub(super) struct Stored {
    pub(super) name: String,
    pub(super) media: String,
    pub(super) bytes: Vec<u8>,
}

/// A call of a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// When, by the sandbox's clock (Unix ms).
    pub at_ms: i64,
    /// The method.
    pub method: String,
    /// The route with ids left out: `/channels/{channel_id}/messages`.
    pub route: String,
    /// The path as it was.
    pub path: String,
    /// The status of the answer; 0 where the connection was cut.
    pub status: u16,
    /// Whether it belongs to an interaction's token, and so does not count against the bot's global limit.
    pub callback: bool,
}

pub(super) struct World {
    pub(super) clock: SandboxClock,
    pub(super) origin: String,
    pub(super) token: String,
    pub(super) bot: u64,
    last_id: u64,
    pub(super) guilds: BTreeMap<u64, Guild>,
    pub(super) channels: BTreeMap<u64, Channel>,
    pub(super) users: BTreeMap<u64, User>,
    pub(super) messages: BTreeMap<u64, BTreeMap<u64, Message>>,
    pub(super) global_commands: Vec<Value>,
    pub(super) guild_commands: BTreeMap<u64, Vec<Value>>,
    pub(super) interactions: BTreeMap<u64, Interaction>,
    pub(super) sessions: BTreeMap<String, Session>,
    pub(super) files: BTreeMap<u64, Stored>,
    pub(super) transcript: Vec<Entry>,
    pub(super) calls: Vec<Call>,
    pub(super) violations: Vec<String>,
    pub(super) refusals: Vec<String>,
    pub(super) faults: Faults,
    pub(super) limiter: RateLimiter,
    /// Nobody gives up waiting for an answer.
    pub(super) patient: bool,
    /// The most threads that are active at once.
    pub(super) most_threads: usize,
    /// Counts everything that changed, for whoever waits.
    pub(super) changed: watch::Sender<u64>,
    pub(super) dispatched: watch::Sender<u64>,
    /// The newest message that a person has read, by person and channel.
    read: BTreeMap<(u64, u64), u64>,
    /// What people wrote, in messages, forms and options.
    pub(super) typed: Vec<String>,
    /// What changed, for the page.
    pub(super) news: tokio::sync::broadcast::Sender<Value>,
    /// Changes events before they are sent.
    pub(super) alteration: Option<Alteration>,
}

/// What changes an event, by its name, before it is sent.
pub(super) type Alteration = Box<dyn FnMut(&str, &mut Value) + Send>;

/// Which sessions get an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Audience {
    /// Everybody.
    All,
    /// Those with this intent.
    Intent(u64),
}

/// Gateway intents (`events/gateway`, list of intents).
pub(super) mod intent {
    pub(in crate::sandbox) const GUILDS: u64 = 1;
    pub(in crate::sandbox) const GUILD_MEMBERS: u64 = 1 << 1;
    pub(in crate::sandbox) const GUILD_MESSAGES: u64 = 1 << 9;
    pub(in crate::sandbox) const DIRECT_MESSAGES: u64 = 1 << 12;
    pub(in crate::sandbox) const MESSAGE_CONTENT: u64 = 1 << 15;
    /// All that there are: 0 to 16, 20, 21, 24 and 25.
    pub(in crate::sandbox) const KNOWN: u64 = 0x1_FFFF | 0b11 << 20 | 0b11 << 24;
}

impl World {
    pub(super) fn new(clock: SandboxClock, token: String) -> Self {
        let mut world = Self {
            clock,
            origin: String::new(),
            token,
            bot: 0,
            last_id: 0,
            guilds: BTreeMap::new(),
            channels: BTreeMap::new(),
            users: BTreeMap::new(),
            messages: BTreeMap::new(),
            global_commands: Vec::new(),
            guild_commands: BTreeMap::new(),
            interactions: BTreeMap::new(),
            sessions: BTreeMap::new(),
            files: BTreeMap::new(),
            transcript: Vec::new(),
            calls: Vec::new(),
            violations: Vec::new(),
            refusals: Vec::new(),
            faults: Faults::default(),
            limiter: RateLimiter::new(),
            patient: false,
            most_threads: super::threads::ACTIVE_THREADS,
            changed: watch::Sender::new(0),
            dispatched: watch::Sender::new(0),
            read: BTreeMap::new(),
            typed: Vec::new(),
            news: tokio::sync::broadcast::Sender::new(1_024),
            alteration: None,
        };
        // Most tests stand still in time; limits are switched on where they are looked at.
        world.limiter.set_enabled(false);
        world.bot = world.next_id();
        let bot = User {
            id: world.bot,
            name: "Lắng Nghe".to_owned(),
            locale: "vi".to_owned(),
            bot: true,
            dms_open: true,
            label: "bot".to_owned(),
        };
        world.users.insert(world.bot, bot);
        world
    }

    pub(super) fn now(&self) -> i64 {
        self.clock.now()
    }

    /// A new snowflake: it carries the sandbox's time and is larger than every one before.
    pub(super) fn next_id(&mut self) -> u64 {
        let stamped = u64::try_from(self.now() - EPOCH).unwrap_or(1) << 22;
        self.last_id = stamped.max(self.last_id + 1);
        self.last_id
    }

    /// Something changed: whoever waits looks again, and the page hears what it was.
    pub(super) fn touch(&self, news: Value) {
        self.changed.send_modify(|count| *count += 1);
        // Nobody listens while no page is open.
        let _ = self.news.send(news);
    }

    /// Sends an event to the sessions that asked for it.
    pub(super) fn dispatch(&mut self, name: &'static str, data: &Value, audience: Audience) {
        let bot = self.bot;
        let mut count = 0;
        for session in self.sessions.values_mut() {
            if let Audience::Intent(intent) = audience
                && session.intents & intent == 0
            {
                continue;
            }
            let mut data = super::payload::for_intents(name, data, session.intents, bot);
            if let Some(alter) = &mut self.alteration {
                alter(name, &mut data);
            }
            session.seq += 1;
            let sent = Sent { seq: session.seq, name, data };
            session.sent.push(sent.clone());
            let excess = session.sent.len().saturating_sub(2_000);
            session.sent.drain(..excess);
            if let Some(connection) = &session.connection {
                if connection.send(Order::Event(sent)).is_ok() {
                    session.handed = session.seq;
                    count += 1;
                } else {
                    session.connection = None;
                }
            }
        }
        if count > 0 {
            self.dispatched.send_modify(|sum| *sum += count);
        }
    }

    /// What a person may do in a channel (bits); in direct messages everything.
    pub(super) fn permissions(&self, user: u64, channel: u64) -> u64 {
        let Some(held) = self.channels.get(&channel) else { return 0 };
        let Some(guild) = held.guild else {
            return if held.recipients.contains(&user) { permissions::ALL } else { 0 };
        };
        let place = match held.parent.filter(|_| held.is_thread()) {
            Some(parent) => match self.channels.get(&parent) {
                Some(parent) => parent,
                None => return 0,
            },
            None => held,
        };
        let Some(guild) = self.guilds.get(&guild) else { return 0 };
        let Some(member) = guild.members.get(&user) else { return 0 };
        let roles = role_bits(guild, member);
        let granted = permissions::compute(subject(guild, user, &roles), &place.overwrites, held.is_thread());
        match &held.thread {
            // A private thread is seen by its members and by those who manage threads.
            Some(thread)
                if held.kind == kind::PRIVATE_THREAD
                    && !thread.members.contains(&user)
                    && granted & permissions::MANAGE_THREADS == 0 =>
            {
                0
            }
            _ => granted,
        }
    }

    /// What a member may do on the whole guild (bits).
    pub(super) fn guild_permissions(&self, user: u64, guild: u64) -> u64 {
        let Some(guild) = self.guilds.get(&guild) else { return 0 };
        let Some(member) = guild.members.get(&user) else { return 0 };
        let roles = role_bits(guild, member);
        permissions::base(subject(guild, user, &roles))
    }

    pub(super) fn sees(&self, user: u64, channel: u64) -> bool {
        self.permissions(user, channel) & permissions::VIEW_CHANNEL != 0
    }

    pub(super) fn message(&self, channel: u64, message: u64) -> Option<&Message> {
        self.messages.get(&channel)?.get(&message).filter(|message| !message.deleted)
    }

    pub(super) fn message_mut(&mut self, channel: u64, message: u64) -> Option<&mut Message> {
        self.messages.get_mut(&channel)?.get_mut(&message).filter(|message| !message.deleted)
    }

    /// Whether a channel holds something that the person has not read.
    pub(super) fn is_unread(&self, user: u64, channel: u64) -> bool {
        let newest = self.channels.get(&channel).and_then(|held| held.last_message);
        newest.is_some_and(|newest| self.read.get(&(user, channel)).is_none_or(|read| *read < newest))
    }

    /// The person has read a channel to its end.
    pub(super) fn mark_read(&mut self, user: u64, channel: u64) {
        if let Some(newest) = self.channels.get(&channel).and_then(|held| held.last_message) {
            self.read.insert((user, channel), newest);
        }
    }

    /// The direct-message channel of a person with the bot.
    pub(super) fn direct(&self, user: u64) -> Option<u64> {
        let both = |channel: &&Channel| channel.kind == kind::DIRECT && channel.recipients.contains(&user);
        self.channels.values().find(both).map(|channel| channel.id)
    }

    pub(super) fn open_direct(&mut self, user: u64) -> u64 {
        if let Some(open) = self.direct(user) {
            return open;
        }
        let id = self.next_id();
        let bot = self.bot;
        self.channels.insert(
            id,
            Channel {
                id,
                kind: kind::DIRECT,
                guild: None,
                name: String::new(),
                topic: None,
                position: 0,
                parent: None,
                overwrites: Vec::new(),
                thread: None,
                recipients: vec![user, bot],
                pins: Vec::new(),
                last_message: None,
            },
        );
        self.touch(serde_json::json!({ "kind": "channel", "channel": id.to_string() }));
        id
    }

    /// Whether the two are on one guild.
    pub(super) fn shares_guild(&self, user: u64) -> bool {
        let bot = self.bot;
        self.guilds
            .values()
            .any(|guild| guild.members.contains_key(&user) && guild.members.contains_key(&bot))
    }

    pub(super) fn interaction_by_token(&self, token: &str) -> Option<u64> {
        self.interactions.values().rev().find(|held| held.token == token).map(|held| held.id)
    }
}

fn role_bits(guild: &Guild, member: &Member) -> Vec<(u64, u64)> {
    member.roles.iter().filter_map(|id| guild.roles.get(id).map(|role| (*id, role.permissions))).collect()
}

fn subject<'a>(guild: &Guild, user: u64, roles: &'a [(u64, u64)]) -> Subject<'a> {
    let everyone = guild.roles.get(&guild.id).map_or(0, |role| role.permissions);
    Subject { guild: guild.id, user, owner: guild.owner == user, everyone, roles }
}
