//! What people saw, when, in the order of happening: the sandbox's own record, readable as text.

use std::fmt::Write;

use chrono::Datelike;
use serde_json::Value;

use super::tongue::{Act, Tongue};
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
        what: Act,
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
    /// Whether of a changed message only the new lines are written.
    pub only_news: bool,
    /// The language of the frame; messages to one person have theirs.
    pub tongue: Tongue,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            seen_by: None,
            offset_minutes: 7 * 60,
            with_edits: true,
            only_news: false,
            tongue: Tongue::English,
        }
    }
}

/// The transcript as text.
pub(super) fn text(world: &World, options: Options) -> String {
    text_since(world, 0, options)
}

/// The transcript as text, without its first `from` entries.
pub(super) fn text_since(world: &World, from: usize, options: Options) -> String {
    blocks(world, from, options).fold(String::new(), |mut out, (at_ms, block)| {
        let _ = writeln!(out, "[{}] {block}", moment(at_ms, options));
        out
    })
}

/// Its entries: when (Unix ms) and what.
pub(super) fn entries(world: &World, options: Options) -> Vec<(i64, String)> {
    blocks(world, 0, options).collect()
}

fn blocks(world: &World, from: usize, options: Options) -> impl Iterator<Item = (i64, String)> {
    (from..world.transcript.len())
        .filter_map(move |at| Some((world.transcript[at].at_ms, block(world, at, options)?)))
}

/// A moment as it stands before an entry.
fn moment(ms: i64, options: Options) -> String {
    let Some(at) = zoned(ms, options.offset_minutes) else { return String::new() };
    let day = options.tongue.weekday(at.weekday().num_days_from_monday());
    format!("{day} {}", at.format("%d/%m %H:%M:%S"))
}

fn block(world: &World, place_of: usize, options: Options) -> Option<String> {
    let entry = &world.transcript[place_of];
    let seen = |channel: u64| options.seen_by.is_none_or(|user| world.sees(user, channel));
    let name = |user: u64| world.users.get(&user).map_or("?", |user| user.name.as_str()).to_owned();
    let tongue = options.tongue;
    match &entry.happening {
        Happening::Message(message) | Happening::Edit(message) => {
            let edit = matches!(entry.happening, Happening::Edit(_)) && message.edited_ms.is_some();
            let theirs =
                message.ephemeral_for.is_none_or(|person| options.seen_by.is_none_or(|user| user == person));
            if !seen(message.channel) || !theirs || (edit && !options.with_edits) {
                return None;
            }
            let mut head = format!("{} · {}", place(world, message.channel), name(message.author));
            if let Some(person) = message.ephemeral_for {
                let _ = write!(head, " ({})", tongue.only_seen_by(&name(person)));
            }
            if edit {
                let _ = write!(head, " ({})", tongue.edited());
            }
            let mut lines = body(world, message, entry.at_ms, options);
            if edit && options.only_news {
                let before = earlier(world, place_of, message.id)?;
                let before = body(world, before, entry.at_ms, options);
                lines.retain(|line| !before.contains(line));
                if lines.is_empty() {
                    return None;
                }
            }
            Some(format!("{head}{}", indented(&lines)))
        }
        Happening::Delete(message) => seen(message.channel).then(|| {
            format!("{} · {} {}", place(world, message.channel), name(message.author), tongue.deletes())
        }),
        Happening::Deed { user, channel, what } => seen(*channel)
            .then(|| format!("{} · {} {}", place(world, *channel), name(*user), tongue.act(what))),
        Happening::Form { user, form } => {
            options.seen_by.is_none_or(|seen| seen == *user).then(|| form_text(&name(*user), form, tongue))
        }
        Happening::Thread { parent, name, private } => {
            seen(*parent).then(|| format!("{} · {}", place(world, *parent), tongue.starts(name, *private)))
        }
        Happening::Joined { channel, user } => {
            seen(*channel).then(|| format!("{} · {} {}", place(world, *channel), name(*user), tongue.joins()))
        }
        Happening::Unanswered { user, channel, why } => options
            .seen_by
            .is_none_or(|seen| seen == *user)
            .then(|| format!("{} · {} {}: {why}", place(world, *channel), name(*user), tongue.sees())),
    }
}

/// A message as it stood before a change.
fn earlier(world: &World, place_of: usize, id: u64) -> Option<&Message> {
    world.transcript[..place_of].iter().rev().find_map(|entry| match &entry.happening {
        Happening::Message(message) | Happening::Edit(message) if message.id == id => Some(message),
        _ => None,
    })
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
    let tongue = reader(world, message).unwrap_or(options.tongue);
    let readable = |text: &str| readable(world, text, at_ms, options.offset_minutes, tongue);
    let mut lines = Vec::new();
    if message.loading {
        lines.push(options.tongue.thinking().to_owned());
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
        lines.push(format!("📎 {}", file["filename"].as_str().unwrap_or_default()));
    }
    for row in &message.components {
        let parts: Vec<String> =
            row["components"].as_array().into_iter().flatten().map(component_text).collect();
        lines.push(parts.join(" "));
    }
    let names = |ids: &[u64], roles: bool| -> Vec<String> {
        ids.iter().map(|id| readable(&if roles { format!("<@&{id}>") } else { format!("<@{id}>") })).collect()
    };
    let everyone = message.mentions_everyone.then(|| "@everyone".to_owned());
    let pings = [names(&message.pinged_users, false), names(&message.pinged_roles, true)].concat();
    let pings: Vec<String> = pings.into_iter().chain(everyone).collect();
    // An edit shows what was pinged when the message came; it pings nobody itself.
    if !pings.is_empty() && message.edited_ms.is_none() {
        lines.push(format!("{} {}", options.tongue.pings(), pings.join(", ")));
    }
    lines
}

/// The language of the one person a message is for, if it is for one.
fn reader(world: &World, message: &Message) -> Option<Tongue> {
    let held = world.channels.get(&message.channel).filter(|held| held.kind == kind::DIRECT);
    let other = held.and_then(|held| held.recipients.iter().copied().find(|id| *id != world.bot));
    let person = message.ephemeral_for.or(other)?;
    world.users.get(&person).map(|user| Tongue::of(&user.locale))
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

fn form_text(name: &str, form: &Value, tongue: Tongue) -> String {
    let mut lines = Vec::new();
    for row in form["components"].as_array().into_iter().flatten() {
        for input in row["components"].as_array().into_iter().flatten() {
            let needed = if input["required"] == false { "" } else { " *" };
            let label = input["label"].as_str().unwrap_or_default();
            let hint = input["placeholder"].as_str().map(|hint| format!(" ({hint})")).unwrap_or_default();
            lines.push(format!("{label}{needed}{hint}"));
        }
    }
    let title = form["title"].as_str().unwrap_or_default();
    format!("{name} {} “{title}”{}", tongue.sees_form(), indented(&lines))
}

fn indented(lines: &[String]) -> String {
    lines.iter().fold(String::new(), |mut out, line| {
        let _ = write!(out, "\n    {}", line.replace('\n', "\n    "));
        out
    })
}

fn zoned(ms: i64, offset_minutes: i32) -> Option<chrono::DateTime<chrono::FixedOffset>> {
    let offset = chrono::FixedOffset::east_opt(offset_minutes * 60)?;
    chrono::DateTime::from_timestamp_millis(ms).map(|at| at.with_timezone(&offset))
}

/// A local time.
fn local(ms: i64, offset_minutes: i32, format: &str) -> String {
    zoned(ms, offset_minutes).map(|at| at.format(format).to_string()).unwrap_or_default()
}

/// Text as people read it: mentions by name, timestamps as times.
pub(super) fn readable(
    world: &World,
    text: &str,
    now_ms: i64,
    offset_minutes: i32,
    tongue: Tongue,
) -> String {
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
        match shown(world, inner, now_ms, offset_minutes, tongue) {
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

fn shown(world: &World, inner: &str, now_ms: i64, offset_minutes: i32, tongue: Tongue) -> Option<String> {
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
        "R" => tongue.relative(at - now_ms),
        "t" => local(at, offset_minutes, "%H:%M"),
        "d" => local(at, offset_minutes, "%d/%m/%Y"),
        style @ ("D" | "F") => {
            let weekday = zoned(at, offset_minutes).map(|at| at.weekday().num_days_from_monday());
            let day = weekday.map(|day| tongue.weekday(day)).unwrap_or_default();
            // A day has no hour.
            let shown = if style == "D" { "%d/%m/%Y" } else { "%d/%m/%Y %H:%M" };
            format!("{day} {}", local(at, offset_minutes, shown))
        }
        _ => local(at, offset_minutes, "%d/%m/%Y %H:%M"),
    })
}
