//! Commands declared once: path, who may use it, who reads the answer, and typed options. Registration, parsing, permissions and
//! the manual all come from the declaration.

use serde_json::{Value as Json, json};

use super::option::Kind;
use crate::kernel::lang::Lang;
use crate::text::{Texts, Words};

/// Who may use a command; checked by roles at every use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everybody.
    Anyone,
    /// The staff role and above.
    Staff,
    /// The manager role and above.
    Manager,
    /// Whoever manages the server, or the manager role.
    Setup,
}

/// Where a command works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// On a server and in direct messages with the bot.
    Everywhere,
    /// On a server.
    Guild,
}

/// Who reads the answer to what somebody did. Refusals and errors are for the asking person in every case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// The asking person alone.
    Alone,
    /// In the complaint's own desk thread everybody who reads it: there the answer is the record. Elsewhere the asking
    /// person alone.
    Record,
    /// Whoever reads the message that was pressed: the answer takes its place.
    InPlace,
}

/// One option of a command.
#[derive(Clone, Copy, Debug)]
pub struct Opt {
    /// Its stable name.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether it must be given.
    pub required: bool,
}

/// One command, or one subcommand of a group, as it was declared.
#[derive(Clone, Copy, Debug)]
pub struct Declared {
    /// Its stable path: `reply`, `case claim`.
    pub path: &'static str,
    /// Who may use it.
    pub access: Access,
    /// Where it works.
    pub scope: Scope,
    /// Who reads its answer.
    pub audience: Audience,
    /// Its options, required ones first.
    pub options: &'static [Opt],
}

impl Declared {
    const fn new(path: &'static str, access: Access, audience: Audience, options: &'static [Opt]) -> Self {
        Self { path, access, scope: Scope::Guild, audience, options }
    }
}

/// Everybody, also in direct messages; the answer is theirs alone.
pub const fn anyone(path: &'static str, options: &'static [Opt]) -> Declared {
    Declared { scope: Scope::Everywhere, ..Declared::new(path, Access::Anyone, Audience::Alone, options) }
}

/// Staff, who read the answer alone.
pub const fn staff(path: &'static str, options: &'static [Opt]) -> Declared {
    Declared::new(path, Access::Staff, Audience::Alone, options)
}

/// Staff do something whose answer is the record of the complaint's thread.
pub const fn record(path: &'static str, options: &'static [Opt]) -> Declared {
    Declared::new(path, Access::Staff, Audience::Record, options)
}

/// Managers, who read the answer alone.
pub const fn manager(path: &'static str, options: &'static [Opt]) -> Declared {
    Declared::new(path, Access::Manager, Audience::Alone, options)
}

/// Managers do something whose answer is the record of the complaint's thread.
pub const fn managers_record(path: &'static str, options: &'static [Opt]) -> Declared {
    Declared::new(path, Access::Manager, Audience::Record, options)
}

/// Whoever manages the server, and managers.
pub const fn setup(path: &'static str, options: &'static [Opt]) -> Declared {
    Declared::new(path, Access::Setup, Audience::Alone, options)
}

/// The name of an option from that of its field: `next_update` is `next-update`.
pub const fn dashed<const LENGTH: usize>(field: &str) -> [u8; LENGTH] {
    let (mut name, from, mut place) = ([0; LENGTH], field.as_bytes(), 0);
    while place < LENGTH {
        name[place] = if from[place] == b'_' { b'-' } else { from[place] };
        place += 1;
    }
    name
}

/// Declares the commands of an enum. `record "case note" => Note { text: String }` is `/case note text:`, used by staff, with
/// an answer that is the thread's record. An option's type says what Discord asks for, an `Option` that it may be left out; its
/// name is the field's, with dashes. The list stands in `DECLARED`; `read` makes the command of what was sent, and none of
/// what Discord would not have sent.
macro_rules! commands {
    (@name $field:ident) => {{
        const FIELD: &str = stringify!($field);
        const NAME: [u8; FIELD.len()] = $crate::kit::command::dashed(FIELD);
        match std::str::from_utf8(&NAME) {
            Ok(name) => name,
            Err(_) => FIELD,
        }
    }};
    (
        $(#[$doc:meta])* $vis:vis enum $name:ident;
        $($by:ident $path:literal => $variant:ident { $($field:ident: $type:ty),* $(,)? }),* $(,)?
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        $vis enum $name {
            $(#[doc = concat!("`/", $path, "`")] $variant {
                $(#[doc = concat!("The option `", stringify!($field), "`.")] $field: $type),*
            }),*
        }

        impl $name {
            /// The commands as they are registered.
            pub const DECLARED: &'static [$crate::kit::command::Declared] = &[$({
                const OPTIONS: &[$crate::kit::command::Opt] = &[$($crate::kit::command::Opt {
                    name: $crate::kit::command::commands!(@name $field),
                    kind: <$type as $crate::kit::option::Typed>::KIND,
                    required: <$type as $crate::kit::option::Typed>::REQUIRED,
                }),*];
                $crate::kit::command::$by($path, OPTIONS)
            }),*];

            /// The command with this path and these options; none where Discord would not have sent that.
            pub fn read(path: &str, options: &$crate::kit::option::Options) -> Option<Self> {
                match path {
                    $($path => Some(Self::$variant {
                        $($field: $crate::kit::option::Typed::read(options.get($crate::kit::command::commands!(@name $field)))?),*
                    }),)*
                    // A command may have no options at all.
                    _ => options.get(path).and(None),
                }
            }
        }
    };
}
pub(crate) use commands;

/// A menu on a message: its stable (English) name, the key of its words, and who reads the answer.
pub type Menu = (&'static str, &'static str, Audience);

/// *Manage Threads*: staff need it anyway to see private threads (Discord's permission bit 34).
const MANAGE_THREADS: u64 = 1 << 34;

/// The body that registers commands and message menus globally, in both languages.
pub fn registration(commands: &[Declared], menus: &[Menu], texts: &Texts) -> Json {
    let (en, vi) = (texts.of(Lang::En), texts.of(Lang::Vi));
    let mut roots: Vec<Json> = Vec::new();
    for command in commands {
        match command.path.split_once(' ') {
            None => roots.push(root(command.path, command, options(command, en, vi), en, vi)),
            Some((group, name)) => {
                let mut subcommand = named(&format!("command-{group}-{name}"), name, en, vi);
                subcommand["type"] = json!(1);
                subcommand["options"] = options(command, en, vi);
                match roots.iter_mut().find(|root| root["name"] == group) {
                    Some(root) => {
                        if let Some(held) = root["options"].as_array_mut() {
                            held.push(subcommand);
                        }
                    }
                    None => roots.push(root(group, command, json!([subcommand]), en, vi)),
                }
            }
        }
    }
    for (name, key, _) in menus {
        roots.push(json!({
            "type": 3, "name": name, "name_localizations": { "vi": vi.say(key, &[]) },
            "contexts": [0], "integration_types": [0],
            "default_member_permissions": MANAGE_THREADS.to_string(),
        }));
    }
    Json::Array(roots)
}

fn root(name: &str, command: &Declared, options: Json, en: &Words, vi: &Words) -> Json {
    let mut root = named(&format!("command-{name}"), name, en, vi);
    root["type"] = json!(1);
    root["options"] = options;
    root["integration_types"] = json!([0]);
    match command.scope {
        Scope::Everywhere => root["contexts"] = json!([0, 1]),
        Scope::Guild => {
            root["contexts"] = json!([0]);
            root["default_member_permissions"] = json!(MANAGE_THREADS.to_string());
        }
    }
    root
}

fn named(key: &str, name: &str, en: &Words, vi: &Words) -> Json {
    let about = format!("{key}-about");
    json!({
        "name": name,
        "name_localizations": { "vi": vi.say(key, &[]) },
        "description": en.say(&about, &[]),
        "description_localizations": { "vi": vi.say(&about, &[]) },
    })
}

fn options(command: &Declared, en: &Words, vi: &Words) -> Json {
    let option = |option: &Opt| {
        let mut value = named(&format!("option-{}", option.name), option.name, en, vi);
        value["required"] = json!(option.required);
        let (kind, extra) = match option.kind {
            Kind::Text => (3, json!({ "max_length": 4_000 })),
            Kind::Suggested(_) => (3, json!({ "autocomplete": true })),
            Kind::Number => (4, json!({ "min_value": 1 })),
            Kind::User => (6, json!({})),
            Kind::Channel => (7, json!({ "channel_types": [0] })),
            Kind::Role => (8, json!({})),
            Kind::File => (11, json!({})),
            Kind::Choice(names) => (3, json!({ "choices": choices(names, en, vi) })),
        };
        value["type"] = json!(kind);
        if let Some(extra) = extra.as_object() {
            for (key, held) in extra {
                value[key] = held.clone();
            }
        }
        value
    };
    Json::Array(command.options.iter().map(option).collect())
}

fn choices(names: &[&str], en: &Words, vi: &Words) -> Vec<Json> {
    names
        .iter()
        .map(|name| {
            let key = format!("choice-{name}");
            json!({ "name": en.say(&key, &[]), "name_localizations": { "vi": vi.say(&key, &[]) }, "value": name })
        })
        .collect()
}
