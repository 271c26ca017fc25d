//! What is told of a desk's set-up: what was changed, by whom, and from what to what.

use serde_json::{Value, json};

use super::{View, channel, cut, pings, plain, role};
use crate::domain::footing::Fault;
use crate::domain::ledger::Change;
use crate::domain::settings::GuildDesk;
use crate::kernel::ids::{ChannelId, RoleId};
use crate::kernel::people::Person;
use crate::text::Words;

/// What those who decided before read of a change.
pub fn changed(
    by: &Person,
    changes: &[Change],
    mentioned: RoleId,
    desk: &GuildDesk,
    view: &View<'_>,
) -> Value {
    let words = view.words(desk.locale);
    let heading =
        words.say("setup-changed", &[("role", role(mentioned).into()), ("name", plain(&by.name).into())]);
    let lines = changes.iter().map(|change| line(change, words));
    let text = std::iter::once(heading).chain(lines).collect::<Vec<_>>().join("\n");
    json!({ "content": cut(&text, 2_000), "allowed_mentions": pings(&[], &[mentioned]) })
}

/// One value, from what to what.
pub fn line(change: &Change, words: &Words) -> String {
    let what = words.say(&format!("setup-{}", change.key), &[]);
    let shown = |value: &Option<String>| {
        let none = || words.say("setup-none", &[]);
        value.as_deref().map_or_else(none, |value| spelled(&change.key, value))
    };
    words.say(
        "setup-changed-line",
        &[("what", what.into()), ("old", shown(&change.old).into()), ("new", shown(&change.new).into())],
    )
}

fn spelled(key: &str, value: &str) -> String {
    match (key.rsplit('-').next(), value.parse()) {
        (Some("channel"), Ok(id)) => channel(ChannelId(id)),
        (Some("role"), Ok(id)) => role(RoleId(id)),
        _ => plain(value),
    }
}

/// One line of what is wrong, with its cure.
pub fn fault(fault: &Fault, words: &Words) -> String {
    let place = match fault {
        Fault::SameChannel { channel: id, .. }
        | Fault::Public { channel: id, .. }
        | Fault::SeenBy { channel: id, .. }
        | Fault::ChannelGone { channel: id, .. }
        | Fault::ChannelUnknown { channel: id, .. }
        | Fault::NoTextChannel { channel: id, .. } => channel(*id),
        Fault::RoleGone { role: id, .. }
        | Fault::RoleOfBot { role: id, .. }
        | Fault::RoleAsChannel { role: id, .. } => role(*id),
        Fault::Everyone { .. } | Fault::RolesUnknown => String::new(),
    };
    let other = match fault {
        Fault::SeenBy { role: id, .. } => role(*id),
        _ => String::new(),
    };
    let option = fault.option().unwrap_or_default();
    let what = if option.is_empty() { String::new() } else { words.say(&format!("setup-{option}"), &[]) };
    let said =
        [("what", what.into()), ("place", place.into()), ("other", other.into()), ("option", option.into())];
    let mark = if fault.is_grave() { "✗" } else { "⚠" };
    format!("{mark} {}", words.say(&format!("fault-{}", fault.name()), &said))
}

/// What managers read of it, head office too.
pub fn faults(held: &[Fault], desk: &GuildDesk, view: &View<'_>) -> Value {
    let words = view.words(desk.locale);
    let roles: Vec<RoleId> = std::iter::once(desk.manager_role).chain(desk.head_office_role).collect();
    let mention = roles.iter().map(|id| role(*id)).collect::<Vec<_>>().join(" ");
    let heading = words.say("faults-told", &[("role", mention.into())]);
    let lines = held.iter().map(|held| fault(held, words));
    let text = std::iter::once(heading).chain(lines).collect::<Vec<_>>().join("\n");
    json!({ "content": cut(&text, 2_000), "allowed_mentions": pings(&[], &roles) })
}
