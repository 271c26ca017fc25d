//! What managers read of messages that could not be sent.

use serde_json::{Value, json};

use super::{View, at, pings, role};
use crate::desk::lost::Lost;
use crate::discord::rest::refusals;
use crate::domain::settings::GuildDesk;
use crate::text::Words;

/// So many are named; the rest is counted.
const NAMED: usize = 10;

/// Why something was refused, by what the sender said of it.
pub fn why(said: &str, words: &Words) -> String {
    let why = refusals::read(said).map_or("other", |(status, code)| refusals::of(status, code).1.as_str());
    words.say(&format!("refused-{why}"), &[])
}

/// What was given up.
pub fn given_up(lost: &[Lost], desk: &GuildDesk, view: &View<'_>) -> Value {
    let words = view.words(desk.locale);
    let mut lines = vec![words.given_up_heading(role(desk.manager_role))];
    for held in lost.iter().take(NAMED) {
        let (what, why) = (words.say(&format!("lost-{}", held.what), &[]), why(&held.why, words));
        lines.push(match held.number {
            Some(number) => words.given_up_complaint(number, what, why),
            None => words.given_up_desk(what, why),
        });
    }
    if lost.len() > NAMED {
        lines.push(words.given_up_more(lost.len() - NAMED));
    }
    lines.push(words.given_up_cure());
    json!({
        "content": super::cut(&lines.join("\n"), 2_000),
        "allowed_mentions": pings(&[], &[desk.manager_role]),
    })
}

/// Discord keeps the bot from opening direct messages.
pub fn direct_shut(flagged: bool, until: i64, desk: &GuildDesk, view: &View<'_>) -> Value {
    let words = view.words(desk.locale);
    let (managers, again) = (role(desk.manager_role), at(until));
    let text = match flagged {
        true => words.direct_flagged(managers, again),
        false => words.direct_too_fast(managers, again),
    };
    json!({ "content": text, "allowed_mentions": pings(&[], &[desk.manager_role]) })
}
