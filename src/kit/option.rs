//! The options of a command: what Discord sent, and what a declared command reads from it.

use std::collections::BTreeMap;

use crate::kernel::ids::{ChannelId, RoleId};
use crate::kernel::people::Person;

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

/// The value of a command's option, as Discord sends it.
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

/// The options of a command that was used, by stable name.
pub type Options = BTreeMap<String, Value>;

/// The kinds of options we use, with Discord's numbers
/// (`interactions/application-commands`, application command option type).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Free text.
    Text,
    /// Free text with suggestions.
    Suggested(Source),
    /// A whole number.
    Number,
    /// A member.
    User,
    /// A text channel.
    Channel,
    /// A role.
    Role,
    /// A file.
    File,
    /// One of these, by stable name.
    Choice(&'static [&'static str]),
}

/// What is suggested while somebody types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The categories of complaints.
    Categories,
    /// The questions of the complaint's category.
    Questions,
    /// What is often done about complaints of this category.
    Remedies,
    /// What the words about a time may mean.
    Times,
    /// The playbooks of incidents.
    Playbooks,
    /// Incidents that go on.
    OpenIncidents,
    /// The latest incidents, ended ones too.
    Incidents,
    /// The names of time zones.
    TimeZones,
}

/// What an option of a declared command holds.
pub trait Typed: Sized {
    /// As what it is registered.
    const KIND: Kind;
    /// Whether it must be given.
    const REQUIRED: bool = true;

    /// Reads it; none where Discord would not have sent that.
    fn read(given: Option<&Value>) -> Option<Self>;
}

/// One of a few, by stable name.
pub trait Choice: Sized {
    /// The stable names, in the order of the menu.
    const NAMES: &'static [&'static str];

    /// Reads a stable name.
    fn parse(name: &str) -> Option<Self>;
}

impl<T: Choice> Typed for T {
    const KIND: Kind = Kind::Choice(T::NAMES);

    fn read(given: Option<&Value>) -> Option<Self> {
        match given {
            Some(Value::Text(name)) => T::parse(name),
            _ => None,
        }
    }
}

impl<T: Typed> Typed for Option<T> {
    const KIND: Kind = T::KIND;
    const REQUIRED: bool = false;

    fn read(given: Option<&Value>) -> Option<Self> {
        match given {
            None => Some(None),
            given => T::read(given).map(Some),
        }
    }
}

/// A member of the server, with their roles there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub person: Person,
    /// Their roles.
    pub roles: Vec<RoleId>,
}

macro_rules! plain {
    ($($type:ty = $kind:ident: $pattern:pat => $read:expr;)*) => {$(
        impl Typed for $type {
            const KIND: Kind = Kind::$kind;

            fn read(given: Option<&Value>) -> Option<Self> {
                match given {
                    Some($pattern) => Some($read),
                    _ => None,
                }
            }
        }
    )*};
}

plain! {
    String = Text: Value::Text(text) => text.clone();
    i64 = Number: Value::Number(number) => *number;
    Member = User: Value::User(person, roles) => Member { person: person.clone(), roles: roles.clone() };
    ChannelId = Channel: Value::Channel(id) => *id;
    RoleId = Role: Value::Role(id) => *id;
    Attached = File: Value::File(file) => file.clone();
}

macro_rules! suggested {
    ($($(#[$doc:meta])* $type:ident = $source:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $type(pub String);

        impl Typed for $type {
            const KIND: Kind = Kind::Suggested(Source::$source);

            fn read(given: Option<&Value>) -> Option<Self> {
                String::read(given).map(Self)
            }
        }
    )*};
}

suggested! {
    /// The id of a category, or its name as it was typed.
    CategoryName = Categories;
    /// The number of a question of the category, or words.
    QuestionWords = Questions;
    /// The number of a usual remedy, or words.
    RemedyWords = Remedies;
    /// An instant in words, or as it was chosen.
    TimeWords = Times;
    /// The file name of a playbook.
    PlaybookName = Playbooks;
    /// The id or number of an incident that goes on.
    OpenIncidentName = OpenIncidents;
    /// The id or number of an incident.
    IncidentName = Incidents;
    /// The name of a time zone.
    ZoneName = TimeZones;
}

/// Enums of a command's choices, with the stable names that Discord holds.
macro_rules! choices {
    ($($(#[$doc:meta])* $vis:vis enum $name:ident { $($(#[$say:meta])* $variant:ident = $stable:literal),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        $vis enum $name { $($(#[$say])* $variant),* }

        impl $crate::kit::option::Choice for $name {
            const NAMES: &'static [&'static str] = &[$($stable),*];

            fn parse(name: &str) -> Option<Self> {
                match name {
                    $($stable => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }
    )*};
}
pub(crate) use choices;
