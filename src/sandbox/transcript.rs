//! What people saw, when, in the order of happening: the sandbox's own record, readable as text.

use std::fmt::Write;

use serde_json::Value;

use super::world::{Message, World, kind};

/// One thing that happened.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) at_ms: i64,
    pub(super) happening: Happening,
}

#[derive(Clone, Debug)]
pub(super) enum Happening {
    Message(Message),
    Edit(Message),
    Delete(Message),
    /// A person pressed, chose, used a command or filled in a form.
    Deed {
        user: u64,
        channel: u64,
        what: String,
    },
    Form {
        user: u64,
        form: Value,
    },
    Thread {
        parent: u64,
        name: String,
        private: bool,
    },
    Joined {
        channel: u64,
        user: u64,
    },
    Unanswered {
        user: u64,
        channel: u64,
        why: String,
    },
}

/// How a transcript is written.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Only what this person could see; none: everything.
    pub seen_by: Option<u64>,
    /// The zone of the times, in minutes east of Greenwich.
    pub offset_minutes: i32,
    /// Whether changes of messages are written too.
    pub with_edits: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { seen_by: None, offset_minutes: 7 * 60, with_edits: true }
    }
}

/// The transcript as text.
pub(super) fn text(world: &World, options: Options) -> String {
    entries(world, options).into_iter().fold(String::new(), |mut out, (at_ms, block)| {
        let at = local(at_ms, options.offset_minutes, "%a %d/%m %H:%M:%S");
        let _ = writeln!(out, "[{at}] {block}");
        out
    })
}

/// Its entries: when (Unix ms) and what.
pub(super) fn entries(world: &World, options: Options) -> Vec<(i64, String)> {
    let seen = world.transcript.iter();
    seen.filter_map(|entry| Some((entry.at_ms, block(world, entry, options)?))).collect()
}

fn block(world: &World, entry: &Entry, options: Options) -> Option<String> {
    let seen = |channel: u64| options.seen_by.is_none_or(|user| world.sees(user, channel));
    let name = |user: u64| world.users.get(&user).map_or("?", |user| user.name.as_str()).to_owned();
    match &entry.happening {
        Happening::Message(message) | Happening::Edit(message) => {
            let edit = matches!(entry.happening, Happening::Edit(_));
            let theirs =
                message.ephemeral_for.is_none_or(|person| options.seen_by.is_none_or(|user| user == person));
            if !seen(message.channel) || !theirs || (edit && !options.with_edits) {
                return None;
            }
            let mut head = format!("{} · {}", place(world, message.channel), name(message.author));
            if let Some(person) = message.ephemeral_for {
                let _ = write!(head, " (only {} sees this)", name(person));
            }
            if edit {
                head.push_str(" (edited)");
            }
            Some(format!("{head}{}", indented(&body(world, message, entry.at_ms, options))))
        }
        Happening::Delete(message) => seen(message.channel).then(|| {
            format!("{} · {} deletes a message", place(world, message.channel), name(message.author))
        }),
        Happening::Deed { user, channel, what } => {
            seen(*channel).then(|| format!("{} · {} {what}", place(world, *channel), name(*user)))
        }
        Happening::Form { user, form } => {
            options.seen_by.is_none_or(|seen| seen == *user).then(|| form_text(&name(*user), form))
        }
        Happening::Thread { parent, name, private } => seen(*parent).then(|| {
            let which = if *private { "private thread" } else { "thread" };
            format!("{} · {which} “{name}” starts", place(world, *parent))
        }),
        Happening::Joined { channel, user } => {
            seen(*channel).then(|| format!("{} · {} joins", place(world, *channel), name(*user)))
        }
        Happening::Unanswered { user, channel, why } => options
            .seen_by
            .is_none_or(|seen| seen == *user)
            .then(|| format!("{} · {} sees: {why}", place(world, *channel), name(*user))),
    }
}

/// Where something is, as people call it.
pub(super) fn place(world: &World, channel: u64) -> String {
    match world.channels.get(&channel) {
        Some(held) if held.kind == kind::DIRECT => {
            let other = held.recipients.iter().find(|id| **id != world.bot);
            let name = other.and_then(|id| world.users.get(id)).map_or("?", |user| user.name.as_str());
            format!("DM {name}")
        }
        Some(held) if held.is_thread() => format!("#{}", held.name),
        Some(held) => format!("#{}", held.name),
        None => "#?".to_owned(),
    }
}

fn body(world: &World, message: &Message, at_ms: i64, options: Options) -> Vec<String> {
    let readable = |text: &str| readable(world, text, at_ms, options.offset_minutes);
    let mut lines = Vec::new();
    if message.loading {
        lines.push("… is thinking".to_owned());
    }
    if let Some(replied) = message.reply_to.and_then(|id| world.message(message.channel, id)) {
        let first = replied.content.lines().next().unwrap_or_default().to_owned();
        lines.push(format!("↳ {}", readable(&first)));
    }
    lines.extend(readable(&message.content).lines().map(str::to_owned));
    for embed in &message.embeds {
        let text = |key: &str| embed[key].as_str().map(&readable).unwrap_or_default();
        for part in [text("title"), text("description")] {
            lines.extend(part.lines().map(|line| format!("│ {line}")));
        }
        for field in embed["fields"].as_array().into_iter().flatten() {
            let value = readable(field["value"].as_str().unwrap_or_default());
            let name = field["name"].as_str().unwrap_or_default();
            lines.push(format!("│ {name}: {}", value.replace('\n', "\n│   ")));
        }
        if let Some(footer) = embed["footer"]["text"].as_str() {
            lines.push(format!("│ {footer}"));
        }
    }
    for file in &message.attachments {
        lines.push(format!("📎 {} ({} bytes)", file["filename"].as_str().unwrap_or_default(), file["size"]));
    }
    for row in &message.components {
        let parts: Vec<String> =
            row["components"].as_array().into_iter().flatten().map(component_text).collect();
        lines.push(parts.join(" "));
    }
    let names = |ids: &[u64], roles: bool| -> Vec<String> {
        ids.iter().map(|id| readable(&if roles { format!("<@&{id}>") } else { format!("<@{id}>") })).collect()
    };
    let pings = [names(&message.pinged_users, false), names(&message.pinged_roles, true)].concat();
    if !pings.is_empty() {
        lines.push(format!("→ pings {}", pings.join(", ")));
    }
    lines
}

fn component_text(held: &Value) -> String {
    let label = held["label"].as_str().unwrap_or_default();
    let off = if held["disabled"] == true { " -" } else { "" };
    match held["type"].as_u64() {
        Some(2) => format!("[{label}{off}]"),
        Some(3) => {
            let options = held["options"].as_array().into_iter().flatten();
            let names: Vec<&str> = options.filter_map(|option| option["label"].as_str()).collect();
            format!("[v {}: {}{off}]", held["placeholder"].as_str().unwrap_or_default(), names.join(" | "))
        }
        _ => "[…]".to_owned(),
    }
}

fn form_text(name: &str, form: &Value) -> String {
    let mut lines = Vec::new();
    for row in form["components"].as_array().into_iter().flatten() {
        for input in row["components"].as_array().into_iter().flatten() {
            let needed = if input["required"] == false { "" } else { " *" };
            let label = input["label"].as_str().unwrap_or_default();
            let hint = input["placeholder"].as_str().map(|hint| format!(" ({hint})")).unwrap_or_default();
            lines.push(format!("{label}{needed}{hint}"));
        }
    }
    format!("{name} sees the form “{}”{}", form["title"].as_str().unwrap_or_default(), indented(&lines))
}

fn indented(lines: &[String]) -> String {
    lines.iter().fold(String::new(), |mut out, line| {
        let _ = write!(out, "\n    {}", line.replace('\n', "\n    "));
        out
    })
}

/// A local time.
fn local(ms: i64, offset_minutes: i32, format: &str) -> String {
    let offset = chrono::FixedOffset::east_opt(offset_minutes * 60);
    let at = chrono::DateTime::from_timestamp_millis(ms).zip(offset);
    at.map(|(at, offset)| at.with_timezone(&offset).format(format).to_string()).unwrap_or_default()
}

/// Text as people read it: mentions by name, timestamps as times.
pub(super) fn readable(world: &World, text: &str, now_ms: i64, offset_minutes: i32) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        let (before, from) = rest.split_at(start);
        out.push_str(before);
        let Some(end) = from.find('>') else {
            out.push_str(from);
            return out;
        };
        let inner = &from[1..end];
        match shown(world, inner, now_ms, offset_minutes) {
            Some(shown) => {
                out.push_str(&shown);
                rest = &from[end + 1..];
            }
            None => {
                out.push('<');
                rest = &from[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn shown(world: &World, inner: &str, now_ms: i64, offset_minutes: i32) -> Option<String> {
    if let Some(id) = inner.strip_prefix("@&") {
        let id: u64 = id.parse().ok()?;
        let role = world.guilds.values().find_map(|guild| guild.roles.get(&id));
        let name = role.map_or("deleted role", |role| role.name.trim_start_matches('@'));
        return Some(format!("@{name}"));
    }
    if let Some(id) = inner.strip_prefix('@') {
        let id: u64 = id.parse().ok()?;
        return Some(format!("@{}", world.users.get(&id).map_or("unknown", |user| user.name.as_str())));
    }
    if let Some(id) = inner.strip_prefix('#') {
        return Some(place(world, id.parse().ok()?));
    }
    let mut parts = inner.strip_prefix("t:")?.split(':');
    let at = parts.next()?.parse::<i64>().ok()? * 1_000;
    Some(match parts.next().unwrap_or("f") {
        "R" => relative(at - now_ms),
        "t" => local(at, offset_minutes, "%H:%M"),
        "d" => local(at, offset_minutes, "%d/%m/%Y"),
        "D" | "F" => local(at, offset_minutes, "%A %d/%m/%Y %H:%M"),
        _ => local(at, offset_minutes, "%d/%m/%Y %H:%M"),
    })
}

/// A while as Discord counts to it.
fn relative(ms: i64) -> String {
    let while_ = ms.unsigned_abs() / 1_000;
    let (count, unit) = match while_ {
        0..60 => (while_, "second"),
        60..3_600 => (while_ / 60, "minute"),
        3_600..86_400 => (while_ / 3_600, "hour"),
        _ => (while_ / 86_400, "day"),
    };
    let many = if count == 1 { "" } else { "s" };
    if ms >= 0 { format!("in {count} {unit}{many}") } else { format!("{count} {unit}{many} ago") }
}
