//! What comes from Discord, decoded: pure, without the database. What people typed is cleaned here, once, so that nobody later
//! reads other signs than whoever it is sent to.

use std::collections::BTreeMap;

use serenity::all::{
    ActionRowComponent, Attachment, CommandInteraction, ComponentInteraction, ComponentInteractionDataKind,
    Interaction, Member, Message, ModalInteraction, ResolvedOption, ResolvedTarget, ResolvedValue, User,
};

use crate::domain::event::Person;
use crate::domain::fold;
use crate::domain::ids::{ChannelId, GuildId, MessageId, RoleId, UserId};
use crate::domain::policy::Lang;

/// A file that came along, not fetched yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attached {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media: String,
    /// Its length in bytes.
    pub size: i64,
    /// Where it can be fetched; signed, and good for a while.
    pub url: String,
}

/// The value of a command's option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Text, or the stable name of a choice.
    Text(String),
    /// A whole number.
    Number(i64),
    /// A member with their roles.
    User(Person, Vec<RoleId>),
    /// A channel.
    Channel(ChannelId),
    /// A role.
    Role(RoleId),
    /// A file.
    File(Attached),
}

/// What somebody did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Used a slash command.
    Command {
        /// Its stable path, `case claim`.
        path: String,
        /// Its options by stable name.
        options: BTreeMap<String, Value>,
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
    /// The message whose button or select was pressed.
    pub message: Option<MessageId>,
    /// What they did.
    pub deed: Deed,
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
    /// The message it replies to.
    pub reply_to: Option<MessageId>,
}

/// An interaction as we work with it; none for kinds we have not registered.
pub fn interaction(interaction: &Interaction) -> Option<Heard> {
    match interaction {
        Interaction::Command(command) => command_used(command),
        Interaction::Autocomplete(command) => {
            let focused = command.data.autocomplete()?;
            let (path, _) = path_and_options(command);
            let deed = Deed::Suggest {
                path,
                option: focused.name.to_owned(),
                typed: fold::clean_input(focused.value),
            };
            Some(from_command(command, deed))
        }
        Interaction::Component(press) => Some(pressed(press)),
        Interaction::Modal(form) => Some(submitted(form)),
        _ => None,
    }
}

/// A message as we work with it; none for those of bots and of Discord itself.
pub fn message(message: &Message) -> Option<Said> {
    use serenity::all::MessageType;
    if message.author.bot || !matches!(message.kind, MessageType::Regular | MessageType::InlineReply) {
        return None;
    }
    Some(Said {
        guild: message.guild_id.map(|guild| GuildId(guild.get())),
        channel: ChannelId(message.channel_id.get()),
        message: MessageId(message.id.get()),
        at: message.timestamp.unix_timestamp() * 1_000,
        person: person(&message.author, None),
        text: fold::clean_input(&message.content),
        files: message.attachments.iter().map(attached).collect(),
        reply_to: message
            .message_reference
            .as_ref()
            .and_then(|reference| reference.message_id)
            .map(|id| MessageId(id.get())),
    })
}

fn command_used(command: &CommandInteraction) -> Option<Heard> {
    if let Some(target) = command.data.target() {
        let ResolvedTarget::Message(message) = target else { return None };
        let deed = Deed::Menu {
            name: command.data.name.clone(),
            text: fold::clean_input(&message.content),
            files: message.attachments.iter().map(attached).collect(),
            author: person(&message.author, None),
        };
        return Some(from_command(command, deed));
    }
    let (path, options) = path_and_options(command);
    Some(from_command(command, Deed::Command { path, options }))
}

fn from_command(command: &CommandInteraction, deed: Deed) -> Heard {
    Heard {
        id: command.id.get(),
        token: command.token.clone(),
        application: command.application_id.get(),
        guild: command.guild_id.map(|guild| GuildId(guild.get())),
        channel: ChannelId(command.channel_id.get()),
        person: person(&command.user, command.member.as_deref()),
        roles: roles(command.member.as_deref()),
        manages: manages(command.member.as_deref()),
        lang: Lang::parse(&command.locale),
        message: None,
        deed,
    }
}

fn pressed(press: &ComponentInteraction) -> Heard {
    let values = match &press.data.kind {
        ComponentInteractionDataKind::StringSelect { values } => values.clone(),
        _ => Vec::new(),
    };
    Heard {
        id: press.id.get(),
        token: press.token.clone(),
        application: press.application_id.get(),
        guild: press.guild_id.map(|guild| GuildId(guild.get())),
        channel: ChannelId(press.channel_id.get()),
        person: person(&press.user, press.member.as_ref()),
        roles: roles(press.member.as_ref()),
        manages: manages(press.member.as_ref()),
        lang: Lang::parse(&press.locale),
        message: Some(MessageId(press.message.id.get())),
        deed: Deed::Press { id: press.data.custom_id.clone(), values },
    }
}

fn submitted(form: &ModalInteraction) -> Heard {
    let inputs = form
        .data
        .components
        .iter()
        .flat_map(|row| &row.components)
        .filter_map(|component| match component {
            ActionRowComponent::InputText(input) => {
                let typed = input.value.as_deref().unwrap_or_default();
                Some((input.custom_id.clone(), fold::clean_input(typed)))
            }
            _ => None,
        })
        .collect();
    Heard {
        id: form.id.get(),
        token: form.token.clone(),
        application: form.application_id.get(),
        guild: form.guild_id.map(|guild| GuildId(guild.get())),
        channel: ChannelId(form.channel_id.get()),
        person: person(&form.user, form.member.as_ref()),
        roles: roles(form.member.as_ref()),
        manages: manages(form.member.as_ref()),
        lang: Lang::parse(&form.locale),
        message: None,
        deed: Deed::Submit { id: form.data.custom_id.clone(), inputs },
    }
}

fn path_and_options(command: &CommandInteraction) -> (String, BTreeMap<String, Value>) {
    let options = command.data.options();
    let mut path = command.data.name.clone();
    if let [ResolvedOption { name, value: ResolvedValue::SubCommand(inner), .. }] = options.as_slice() {
        path.push(' ');
        path.push_str(name);
        return (path, values(inner));
    }
    let values = values(&options);
    (path, values)
}

fn values(options: &[ResolvedOption<'_>]) -> BTreeMap<String, Value> {
    options
        .iter()
        .filter_map(|option| {
            let value = match &option.value {
                ResolvedValue::String(text) => Value::Text(fold::clean_input(text)),
                ResolvedValue::Autocomplete { value, .. } => Value::Text(fold::clean_input(value)),
                ResolvedValue::Integer(number) => Value::Number(*number),
                ResolvedValue::User(user, member) => {
                    let name = member
                        .and_then(|member| member.nick.clone())
                        .unwrap_or_else(|| user.display_name().to_owned());
                    let roles = member.map(|member| &member.roles[..]).unwrap_or_default();
                    let roles = roles.iter().map(|role| RoleId(role.get())).collect();
                    Value::User(named(user, &name), roles)
                }
                ResolvedValue::Channel(channel) => Value::Channel(ChannelId(channel.id.get())),
                ResolvedValue::Role(role) => Value::Role(RoleId(role.id.get())),
                ResolvedValue::Attachment(file) => Value::File(attached(file)),
                _ => return None,
            };
            Some((option.name.to_owned(), value))
        })
        .collect()
}

fn person(user: &User, member: Option<&Member>) -> Person {
    let nick = member.and_then(|member| member.nick.as_deref());
    named(user, nick.unwrap_or_else(|| user.display_name()))
}

/// A person under a name that hides nothing: names come with direction marks and invisible letters too.
fn named(user: &User, name: &str) -> Person {
    let name = fold::clean_input(name);
    let name = if fold::is_blank(&name) { user.name.clone() } else { name };
    Person { id: UserId(user.id.get()), name }
}

fn roles(member: Option<&Member>) -> Vec<RoleId> {
    member.map(|member| member.roles.iter().map(|role| RoleId(role.get())).collect()).unwrap_or_default()
}

fn manages(member: Option<&Member>) -> bool {
    member
        .and_then(|member| member.permissions)
        .is_some_and(|held| held.manage_guild() || held.administrator())
}

/// A file's name that hides nothing and can be sent on: one line, no folders, nothing that turns the direction of writing.
fn file_name(name: &str) -> String {
    let folder = |letter: char| matches!(letter, '/' | '\\' | '"' | '\n' | '\t');
    let name: String = fold::clean_input(name)
        .chars()
        .map(|letter| if folder(letter) { '_' } else { letter })
        .take(200)
        .collect();
    if fold::is_blank(&name) { "file".to_owned() } else { name }
}

fn attached(file: &Attachment) -> Attached {
    Attached {
        name: file_name(&file.filename),
        media: file.content_type.clone().unwrap_or_else(|| "application/octet-stream".to_owned()),
        size: i64::from(file.size),
        url: file.url.clone(),
    }
}
