//! The slash commands and message menus: what each is called in each language, where it works and who may use it.

use serde_json::{Value, json};

use super::audience::Audience;
use crate::domain::goodwill::KINDS;
use crate::kernel::lang::Lang;
use crate::kernel::severity::Severity;
use crate::sla::clocks::ClockKind;
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

/// The kinds of options we use, with Discord's numbers
/// (`interactions/application-commands`, application command option type).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Free text.
    Text,
    /// Free text with suggestions.
    Suggested,
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

/// One command, or one subcommand of a group.
#[derive(Clone, Copy, Debug)]
pub struct Command {
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

const FILE: Opt = Opt { name: "file", kind: Kind::File, required: false };
const fn needed(name: &'static str, kind: Kind) -> Opt {
    Opt { name, kind, required: true }
}
const fn maybe(name: &'static str, kind: Kind) -> Opt {
    Opt { name, kind, required: false }
}
const fn staff(path: &'static str, options: &'static [Opt]) -> Command {
    Command { path, access: Access::Staff, scope: Scope::Guild, audience: Audience::Alone, options }
}
const fn manager(path: &'static str, options: &'static [Opt]) -> Command {
    Command { path, access: Access::Manager, scope: Scope::Guild, audience: Audience::Alone, options }
}
/// Staff do something whose answer is the record of the complaint's thread.
const fn record(path: &'static str, options: &'static [Opt]) -> Command {
    Command { path, access: Access::Staff, scope: Scope::Guild, audience: Audience::Record, options }
}

/// The severities, by stable name.
const SEVERITIES: &[&str] = &["low", "normal", "high", "critical"];

/// The clocks, by stable name.
const CLOCKS: &[&str] = &{
    let mut names = [""; ClockKind::ALL.len()];
    let mut place = 0;
    while place < names.len() {
        names[place] = ClockKind::ALL[place].as_str();
        place += 1;
    }
    names
};

/// What is given on top, by stable name.
const GOODWILL: &[&str] = &[KINDS[0].as_str(), KINDS[1].as_str(), KINDS[2].as_str()];

/// How customers speak with the desk elsewhere, by stable name.
const MEDIA: &[&str] = &["phone", "mail", "in-person"];

/// All commands.
pub const COMMANDS: &[Command] = &[
    Command {
        path: "complain",
        access: Access::Anyone,
        scope: Scope::Everywhere,
        audience: Audience::Alone,
        options: &[FILE],
    },
    Command {
        path: "my-complaints",
        access: Access::Anyone,
        scope: Scope::Everywhere,
        audience: Audience::Alone,
        options: &[],
    },
    Command {
        path: "my-data",
        access: Access::Anyone,
        scope: Scope::Everywhere,
        audience: Audience::Alone,
        options: &[],
    },
    record("reply", &[maybe("text", Kind::Text), FILE, maybe("allow", Kind::Text)]),
    staff("case claim", &[]),
    record("case assign", &[needed("person", Kind::User)]),
    staff(
        "case classify",
        &[
            maybe("category", Kind::Suggested),
            maybe("severity", Kind::Choice(SEVERITIES)),
            maybe("about", Kind::User),
        ],
    ),
    staff("case read", &[]),
    record("case ask", &[needed("question", Kind::Suggested), maybe("answer", Kind::Text)]),
    staff(
        "case propose",
        &[
            maybe("first", Kind::Suggested),
            maybe("second", Kind::Suggested),
            maybe("value-1", Kind::Text),
            maybe("value-2", Kind::Text),
        ],
    ),
    record(
        "case promise",
        &[
            needed("what", Kind::Text),
            needed("when", Kind::Suggested),
            maybe("appointment", Kind::Choice(&["call", "visit"])),
        ],
    ),
    staff("case promises", &[]),
    staff("case hand-over", &[needed("person", Kind::User), maybe("from", Kind::User)]),
    staff(
        "case log",
        &[needed("medium", Kind::Choice(MEDIA)), maybe("person", Kind::User), maybe("at", Kind::Text)],
    ),
    staff(
        "case file",
        &[
            maybe("number", Kind::Number),
            maybe("language", Kind::Choice(&["vi", "en"])),
            maybe("contact", Kind::Choice(&["masked", "whole"])),
            maybe("files", Kind::Choice(&["named", "attached"])),
        ],
    ),
    staff("case find", &[needed("query", Kind::Text)]),
    record(
        "case goodwill",
        &[needed("kind", Kind::Choice(GOODWILL)), needed("value", Kind::Text), needed("text", Kind::Text)],
    ),
    staff("case refuse", &[]),
    record("case withdraw", &[needed("medium", Kind::Choice(MEDIA)), needed("reason", Kind::Text)]),
    record("case merge", &[needed("number", Kind::Number)]),
    record("case note", &[needed("text", Kind::Text)]),
    staff("case list", &[maybe("filter", Kind::Choice(&["mine", "unowned", "due", "waiting", "all"]))]),
    staff("case show", &[maybe("number", Kind::Number)]),
    record("case resolve", &[maybe("outcome", Kind::Text)]),
    record("case wait", &[maybe("reason", Kind::Text)]),
    record("case resume", &[maybe("reason", Kind::Text)]),
    staff("case why", &[needed("clock", Kind::Choice(CLOCKS))]),
    record("case reopen", &[needed("reason", Kind::Text)]),
    Command {
        access: Access::Manager,
        ..record(
            "case dismiss",
            &[needed("reason", Kind::Choice(&["spam", "test", "duplicate", "not-a-complaint"]))],
        )
    },
    manager(
        "incident declare",
        &[needed("playbook", Kind::Suggested), maybe("area", Kind::Text), maybe("next-update", Kind::Text)],
    ),
    manager("incident update", &[needed("incident", Kind::Suggested), maybe("next-update", Kind::Text)]),
    staff("incident show", &[needed("incident", Kind::Suggested)]),
    manager("incident resolve", &[needed("incident", Kind::Suggested)]),
    manager(
        "report overview",
        &[maybe("period", Kind::Choice(&["today", "yesterday", "7d", "30d", "this-month", "last-month"]))],
    ),
    Command {
        path: "desk setup",
        access: Access::Setup,
        scope: Scope::Guild,
        audience: Audience::Alone,
        options: &[
            maybe("desk-channel", Kind::Channel),
            maybe("intake-channel", Kind::Channel),
            maybe("manager-channel", Kind::Channel),
            maybe("staff-role", Kind::Role),
            maybe("manager-role", Kind::Role),
            maybe("head-office-role", Kind::Role),
            maybe("locale", Kind::Choice(&["vi", "en"])),
            maybe("time-zone", Kind::Suggested),
        ],
    },
    manager("desk simulate", &[needed("received", Kind::Text)]),
    manager("desk recompute", &[]),
    manager("desk health", &[]),
    // Whoever sets the desk up posts its button too, with or without the desk's own roles.
    Command {
        path: "desk panel",
        access: Access::Setup,
        scope: Scope::Guild,
        audience: Audience::Alone,
        options: &[],
    },
];

/// The message menus: stable (English) name, the key of its words, and who reads the answer.
pub const MENUS: [(&str, &str, Audience); 2] = [
    ("Send to customer", "menu-send-to-customer", Audience::Record),
    ("Keep in case file", "menu-keep-in-case-file", Audience::Record),
];

/// *Manage Threads*: staff need it anyway to see private threads (Discord's permission bit 34).
const MANAGE_THREADS: u64 = 1 << 34;

/// The command with this path.
pub fn find(path: &str) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.path == path)
}

/// The body that registers all commands globally, in both languages.
pub fn registration(texts: &Texts) -> Value {
    let (en, vi) = (texts.of(Lang::En), texts.of(Lang::Vi));
    let mut roots: Vec<Value> = Vec::new();
    for command in COMMANDS {
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
    for (name, key, _) in MENUS {
        roots.push(json!({
            "type": 3, "name": name, "name_localizations": { "vi": vi.say(key, &[]) },
            "contexts": [0], "integration_types": [0],
            "default_member_permissions": MANAGE_THREADS.to_string(),
        }));
    }
    Value::Array(roots)
}

fn root(name: &str, command: &Command, options: Value, en: &Words, vi: &Words) -> Value {
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

fn named(key: &str, name: &str, en: &Words, vi: &Words) -> Value {
    let about = format!("{key}-about");
    json!({
        "name": name,
        "name_localizations": { "vi": vi.say(key, &[]) },
        "description": en.say(&about, &[]),
        "description_localizations": { "vi": vi.say(&about, &[]) },
    })
}

fn options(command: &Command, en: &Words, vi: &Words) -> Value {
    let option = |option: &Opt| {
        let mut value = named(&format!("option-{}", option.name), option.name, en, vi);
        value["required"] = json!(option.required);
        let (kind, extra) = match option.kind {
            Kind::Text => (3, json!({ "max_length": 4_000 })),
            Kind::Suggested => (3, json!({ "autocomplete": true })),
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
    Value::Array(command.options.iter().map(option).collect())
}

fn choices(names: &[&str], en: &Words, vi: &Words) -> Vec<Value> {
    names
        .iter()
        .map(|name| {
            let key = format!("choice-{name}");
            json!({ "name": en.say(&key, &[]), "name_localizations": { "vi": vi.say(&key, &[]) }, "value": name })
        })
        .collect()
}

/// The name of a severity.
pub fn severity_name(severity: Severity, words: &Words) -> String {
    match severity {
        Severity::Low => words.severity_low(),
        Severity::Normal => words.severity_normal(),
        Severity::High => words.severity_high(),
        Severity::Critical => words.severity_critical(),
    }
}
