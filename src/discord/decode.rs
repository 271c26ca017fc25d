//! What comes from Discord, decoded: pure, without the database. What people typed is cleaned here, once, so that nobody later
//! reads other signs than whoever it is sent to.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::content::{attached, content};
use super::raw::{id, is_there, list, text, typed};
use crate::kernel::extra::Extra;
use crate::kernel::ids::{ChannelId, GuildId, MessageId, RoleId, UserId};
use crate::kernel::lang::Lang;
use crate::kernel::people::Person;
use crate::kit::option::{Attached, Options, Value};
use crate::language::fold;

/// What somebody did, as Discord calls it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InteractionData {
    /// Used a slash command.
    Command {
        /// Its stable path, `case claim`.
        path: String,
        /// Its options by stable name.
        options: Options,
    },
    /// Used a menu on a message.
    Menu {
        /// Its stable name.
        name: String,
        /// The message's words.
        text: String,
        /// Its files.
        files: Vec<Attached>,
        /// Its author.
        author: Person,
    },
    /// Types an option with suggestions.
    Suggest {
        /// The command's stable path.
        path: String,
        /// The option's stable name.
        option: String,
        /// What is typed so far.
        typed: String,
    },
    /// Pressed a button, or chose in a select.
    Press {
        /// The custom id.
        id: String,
        /// What was chosen.
        values: Vec<String>,
    },
    /// Sent a form.
    Submit {
        /// The custom id.
        id: String,
        /// Its inputs by stable name.
        inputs: BTreeMap<String, String>,
    },
}

/// A message of the bot's own whose button, select or form was used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pressed {
    /// The message.
    pub message: MessageId,
    /// Its words.
    pub text: String,
    /// Its rows of buttons and selects, as Discord holds them.
    pub rows: Vec<Json>,
    /// Whether one person alone sees it.
    pub alone: bool,
}

/// An interaction, decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// Its id.
    pub id: u64,
    /// Its token, good for 15 minutes.
    pub token: String,
    /// Our application.
    pub application: u64,
    /// Where: the server, if it is on one.
    pub guild: Option<GuildId>,
    /// Where: the channel.
    pub channel: ChannelId,
    /// Who.
    pub person: Person,
    /// Their roles.
    pub roles: Vec<RoleId>,
    /// Whether they manage the server.
    pub manages: bool,
    /// The language of their Discord, if it is one of ours.
    pub lang: Option<Lang>,
    /// The message that was pressed, or whose button opened the form.
    pub pressed: Option<Pressed>,
    /// What they did.
    pub data: InteractionData,
    /// The press on *all the same* that stands for it, where it was asked again.
    pub again: Option<String>,
}

/// A message by a person, decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Where: the server, if it is on one.
    pub guild: Option<GuildId>,
    /// Where: the channel.
    pub channel: ChannelId,
    /// The message.
    pub message: MessageId,
    /// When (Unix ms).
    pub at: i64,
    /// Who.
    pub person: Person,
    /// The words, where Discord gives them.
    pub text: String,
    /// The files, likewise.
    pub files: Vec<Attached>,
    /// What else is in it.
    pub extras: Vec<Extra>,
    /// Whether Discord gives nothing of it, as of plain messages on a server without the privileged intent.
    pub withheld: bool,
    /// The message of this channel it replies to.
    pub reply_to: Option<MessageId>,
}

/// An interaction as far as it could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Interaction {
    /// All that is needed.
    Heard(Box<Heard>),
    /// Enough to answer it, and what is missing.
    Unclear {
        /// Its id.
        id: u64,
        /// Its token.
        token: String,
        /// Whether suggestions are wanted, which are answered by nothing else.
        suggests: bool,
        /// The language of their Discord, if it is one of ours.
        lang: Option<Lang>,
        /// The part that is missing or of another shape.
        missing: &'static str,
    },
    /// Nobody can answer it.
    Lost {
        /// The part that is missing.
        missing: &'static str,
    },
}

/// A message that was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Where: the channel.
    pub channel: ChannelId,
    /// Which.
    pub message: MessageId,
    /// Its words now.
    pub text: String,
    /// When it was changed (Unix ms); none where Discord does not say, as when it only adds a preview.
    pub edited_at: Option<i64>,
    /// Whether Discord gives nothing of it.
    pub withheld: bool,
}

/// Kinds of interactions (`interactions/receiving-and-responding`, interaction type).
mod kind {
    pub(super) const COMMAND: u64 = 2;
    pub(super) const COMPONENT: u64 = 3;
    pub(super) const SUGGEST: u64 = 4;
    pub(super) const FORM: u64 = 5;
}

/// Kinds of options (`interactions/application-commands`, application command option type).
mod option {
    pub(super) const SUBCOMMAND: u64 = 1;
    pub(super) const GROUP: u64 = 2;
    pub(super) const TEXT: u64 = 3;
    pub(super) const NUMBER: u64 = 4;
    pub(super) const USER: u64 = 6;
    pub(super) const CHANNEL: u64 = 7;
    pub(super) const ROLE: u64 = 8;
    pub(super) const FILE: u64 = 11;
}

/// The kinds of messages that people write: plain ones and replies (`resources/message`, message types).
const WRITTEN: [u64; 2] = [0, 19];
/// *Manage Server* and *Administrator*, as bits of permissions.
const MANAGE_SERVER: u64 = 1 << 5 | 1 << 3;
/// A message passed on, as the kind of a reference; anything else than this and a reply is unknown.
const REPLY: u64 = 0;

/// The flag of a message that one person alone sees (`resources/message`, message flags).
const EPHEMERAL: u64 = 1 << 6;

type Read<T> = Result<T, &'static str>;

/// An interaction as we work with it.
pub fn interaction(data: &Json) -> Interaction {
    let (Some(id), Some(token)) = (id(&data["id"]), text(&data["token"])) else {
        return Interaction::Lost { missing: "id or token" };
    };
    match heard(data, id, token) {
        Ok(heard) => Interaction::Heard(Box::new(heard)),
        Err(missing) => {
            let suggests = data["type"].as_u64() == Some(kind::SUGGEST);
            let lang = text(&data["locale"]).and_then(Lang::parse);
            Interaction::Unclear { id, token: token.to_owned(), suggests, lang, missing }
        }
    }
}

fn heard(data: &Json, interaction: u64, token: &str) -> Read<Heard> {
    let guild = id(&data["guild_id"]).map(GuildId);
    let member = &data["member"];
    // Who they are on this server decides what they may do: where that cannot be read, nothing is guessed.
    let (roles, manages) = match guild {
        Some(_) => (roles(member)?, manages(member)?),
        None if is_there(member) || is_there(&data["guild_id"]) => return Err("guild_id"),
        None => (Vec::new(), false),
    };
    let user = if is_there(&member["user"]) { &member["user"] } else { &data["user"] };
    let channel = id(&data["channel_id"]).or_else(|| id(&data["channel"]["id"])).ok_or("channel_id")?;
    Ok(Heard {
        id: interaction,
        token: token.to_owned(),
        application: id(&data["application_id"]).ok_or("application_id")?,
        guild,
        channel: ChannelId(channel),
        person: person(user, member)?,
        roles,
        manages,
        lang: text(&data["locale"]).and_then(Lang::parse),
        pressed: pressed(&data["message"]),
        data: interaction_data(data)?,
        again: None,
    })
}

fn pressed(message: &Json) -> Option<Pressed> {
    Some(Pressed {
        message: MessageId(id(&message["id"])?),
        text: text(&message["content"]).unwrap_or_default().to_owned(),
        rows: list(&message["components"]).cloned().collect(),
        alone: message["flags"].as_u64().is_some_and(|flags| flags & EPHEMERAL != 0),
    })
}

fn interaction_data(interaction: &Json) -> Read<InteractionData> {
    let data = &interaction["data"];
    match interaction["type"].as_u64() {
        Some(kind::COMMAND) if is_there(&data["target_id"]) => {
            let target = text(&data["target_id"]).ok_or("data.target_id")?;
            let message = &data["resolved"]["messages"][target];
            if !is_there(message) {
                return Err("data.resolved.messages");
            }
            let held = content(message);
            Ok(InteractionData::Menu {
                name: text(&data["name"]).ok_or("data.name")?.to_owned(),
                text: held.text,
                files: held.files,
                author: person(&message["author"], &Json::Null)?,
            })
        }
        Some(kind::COMMAND) => {
            let (path, options) = path_and_options(data)?;
            let options = options.map(|held| Ok((name(held)?, value(held, data)?)));
            Ok(InteractionData::Command { path, options: options.collect::<Read<_>>()? })
        }
        Some(kind::SUGGEST) => {
            let (path, mut options) = path_and_options(data)?;
            let focused = options.find(|held| held["focused"] == true).ok_or("data.options.focused")?;
            Ok(InteractionData::Suggest {
                path,
                option: name(focused)?,
                typed: typed(&focused["value"]).ok_or("data.options.value")?,
            })
        }
        Some(kind::COMPONENT) => Ok(InteractionData::Press {
            id: text(&data["custom_id"]).ok_or("data.custom_id")?.to_owned(),
            values: list(&data["values"]).filter_map(text).map(str::to_owned).collect(),
        }),
        Some(kind::FORM) => Ok(InteractionData::Submit {
            id: text(&data["custom_id"]).ok_or("data.custom_id")?.to_owned(),
            inputs: inputs(data)?,
        }),
        _ => Err("type"),
    }
}

/// A command with its subcommand, and the options of the innermost one.
fn path_and_options(data: &Json) -> Read<(String, impl Iterator<Item = &Json>)> {
    let mut path = text(&data["name"]).ok_or("data.name")?.to_owned();
    let mut options = &data["options"];
    while let Some(held) = list(options).next() {
        if !matches!(held["type"].as_u64(), Some(option::SUBCOMMAND | option::GROUP)) {
            break;
        }
        path.push(' ');
        path.push_str(&name(held)?);
        options = &held["options"];
    }
    Ok((path, list(options)))
}

fn name(option: &Json) -> Read<String> {
    text(&option["name"]).map(str::to_owned).ok_or("data.options.name")
}

/// What was given for an option. What was chosen from a list of Discord's stands beside it.
fn value(option: &Json, data: &Json) -> Read<Value> {
    let given = &option["value"];
    let chosen = || id(given).ok_or("data.options.value");
    let resolved = |what: &str, id: u64| &data["resolved"][what][id.to_string().as_str()];
    Ok(match option["type"].as_u64() {
        Some(option::TEXT) => Value::Text(typed(given).ok_or("data.options.value")?),
        Some(option::NUMBER) => Value::Number(given.as_i64().ok_or("data.options.value")?),
        Some(option::USER) => {
            let chosen = chosen()?;
            let (user, member) = (resolved("users", chosen), resolved("members", chosen));
            // Somebody who has left is no member.
            let roles = if is_there(member) { roles(member)? } else { Vec::new() };
            Value::User(person(user, member)?, roles)
        }
        Some(option::CHANNEL) => Value::Channel(ChannelId(chosen()?)),
        Some(option::ROLE) => Value::Role(RoleId(chosen()?)),
        Some(option::FILE) => {
            let file = attached(resolved("attachments", chosen()?));
            Value::File(file.ok_or("data.resolved.attachments")?)
        }
        _ => return Err("data.options.type"),
    })
}

/// The inputs of a form, wherever in it they stand.
fn inputs(data: &Json) -> Read<BTreeMap<String, String>> {
    let mut inputs = BTreeMap::new();
    let mut open: Vec<&Json> = data["components"].as_array().ok_or("data.components")?.iter().collect();
    let none = open.is_empty();
    while let Some(component) = open.pop() {
        open.extend(list(&component["components"]));
        open.extend(Some(&component["component"]).filter(|held| is_there(held)));
        if let Some(id) = text(&component["custom_id"]) {
            inputs.insert(id.to_owned(), typed(&component["value"]).unwrap_or_default());
        }
    }
    if inputs.is_empty() && !none { Err("data.components.custom_id") } else { Ok(inputs) }
}

/// A message as we work with it; none for those of bots and of Discord itself.
///
/// # Errors
///
/// The part that is missing or of another shape.
pub fn message(data: &Json) -> Read<Option<Said>> {
    let author = &data["author"];
    if is_bots(data) || !data["type"].as_u64().is_none_or(|kind| WRITTEN.contains(&kind)) {
        return Ok(None);
    }
    let (channel, message) =
        (id(&data["channel_id"]).ok_or("channel_id")?, MessageId(id(&data["id"]).ok_or("id")?));
    let guild = id(&data["guild_id"]).map(GuildId);
    if guild.is_none() && (is_there(&data["guild_id"]) || is_there(&data["member"])) {
        return Err("guild_id");
    }
    let mut held = content(data);
    let withheld = held.is_nothing() && text(&data["content"]).is_none_or(str::is_empty);
    // Discord gives every word of a direct message. Where there is none, something came of a kind that nobody here knows.
    if withheld && guild.is_none() {
        held.extras.push(Extra::Other);
    }
    Ok(Some(Said {
        guild,
        channel: ChannelId(channel),
        message,
        at: message.made_at(),
        person: person(author, &Json::Null)?,
        text: held.text,
        files: held.files,
        extras: held.extras,
        withheld,
        reply_to: reply_to(&data["message_reference"], channel),
    }))
}

/// A message that was changed; none for those of bots and of Discord itself.
///
/// # Errors
///
/// The part that is missing or of another shape.
pub fn change(data: &Json) -> Read<Option<Change>> {
    if is_bots(data) || !data["type"].as_u64().is_none_or(|kind| WRITTEN.contains(&kind)) {
        return Ok(None);
    }
    let (channel, message) = (id(&data["channel_id"]).ok_or("channel_id")?, id(&data["id"]).ok_or("id")?);
    id(&data["author"]["id"]).ok_or("author")?;
    text(&data["content"]).ok_or("content")?;
    let held = content(data);
    Ok(Some(Change {
        channel: ChannelId(channel),
        message: MessageId(message),
        withheld: is_there(&data["guild_id"]) && held.is_nothing(),
        text: held.text,
        edited_at: edited_at(data),
    }))
}

/// Messages that were deleted, one or several, with their channel.
///
/// # Errors
///
/// The part that is missing or of another shape.
pub fn deleted(data: &Json) -> Read<(ChannelId, Vec<MessageId>)> {
    let channel = id(&data["channel_id"]).ok_or("channel_id")?;
    let messages: Vec<MessageId> =
        id(&data["id"]).into_iter().chain(list(&data["ids"]).filter_map(id)).map(MessageId).collect();
    if messages.is_empty() { Err("id") } else { Ok((ChannelId(channel), messages)) }
}

/// When a message was last changed by its author (Unix ms).
fn edited_at(message: &Json) -> Option<i64> {
    let written = text(&message["edited_timestamp"])?;
    chrono::DateTime::parse_from_rfc3339(written).ok().map(|at| at.timestamp_millis())
}

/// Whether a program wrote it. Our own messages say so in more than one place.
fn is_bots(message: &Json) -> bool {
    message["author"]["bot"] == true
        || ["webhook_id", "application_id", "interaction_metadata"]
            .iter()
            .any(|part| is_there(&message[*part]))
}

/// The message that is replied to: one passed on from elsewhere is no answer to it.
fn reply_to(reference: &Json, channel: u64) -> Option<MessageId> {
    let replies = reference["type"].as_u64().unwrap_or(REPLY) == REPLY;
    let here = id(&reference["channel_id"]).is_none_or(|there| there == channel);
    id(&reference["message_id"]).filter(|_| replies && here).map(MessageId)
}

/// Somebody, under the name that others see here.
fn person(user: &Json, member: &Json) -> Read<Person> {
    let id = id(&user["id"]).ok_or("user.id")?;
    let shown = [&member["nick"], &user["global_name"], &user["username"]];
    // A name that hides nothing: names come with direction marks and invisible letters too.
    let name = shown.into_iter().filter_map(typed).find(|name| !fold::is_blank(name));
    Ok(Person { id: UserId(id), name: name.unwrap_or_else(|| id.to_string()) })
}

fn roles(member: &Json) -> Read<Vec<RoleId>> {
    let held = member["roles"].as_array().ok_or("member.roles")?;
    held.iter().map(|role| id(role).map(RoleId).ok_or("member.roles")).collect()
}

fn manages(member: &Json) -> Read<bool> {
    let bits = id(&member["permissions"]).or_else(|| (member["permissions"] == "0").then_some(0));
    bits.map(|bits| bits & MANAGE_SERVER != 0).ok_or("member.permissions")
}
