//! What managers read of messages that could not be sent.

use serde_json::{Value, json};

use super::{Style, View, at, button, customer, cut, pings, plain, quoted, role, row, user};
use crate::desk::dead_letters::Lost;
use crate::discord::custom_id::CustomId;
use crate::discord::rest::refusals;
use crate::domain::complaint::Complaint;
use crate::domain::event::Undelivered;
use crate::domain::outbox::CustomerPost;
use crate::domain::settings::GuildDesk;
use crate::text::Words;

/// So many are named; the rest is counted.
const NAMED: usize = 10;

/// Why something was refused, by what the sender said of it.
pub fn why(said: &str, words: &Words) -> String {
    let why = refusals::read(said).map_or("other", |(status, code)| refusals::of(status, code).1.as_str());
    words.say(&format!("refused-{why}"), &[])
}

/// Why something did not reach the customer.
pub fn unreached(why: Undelivered, words: &Words) -> String {
    words.say(&format!("unreached-{}", why.as_str()), &[])
}

/// Words of the desk that did not arrive, where their writer sees them: why, and what can be done.
pub fn not_reached(
    number: i64,
    post: &CustomerPost,
    why: Undelivered,
    complaint: &Complaint,
    words: &Words,
    view: &View<'_>,
) -> Value {
    let owner: Vec<_> = complaint.owner.iter().map(|owner| owner.id).collect();
    let mention = owner.first().map(|id| format!("{} ", user(*id))).unwrap_or_default();
    let (name, because) = (plain(&complaint.filed.customer.name), unreached(why, words));
    let id = complaint.id;
    let mut buttons = Vec::new();
    let heading = if why.is_of_the_words() {
        let label = words.resend_button();
        buttons.push(button(Style::Primary, &label, &CustomId::OpenResend { complaint: id, number }));
        words.not_reached_words(name, because)
    } else {
        words.not_reached(name, because)
    };
    buttons.push(button(Style::Success, &words.told_button(), &CustomId::Told { complaint: id, number }));
    if !complaint.filed.contact.is_empty() {
        let label = words.card_contact_button();
        buttons.push(button(Style::Secondary, &label, &CustomId::ShowContact(id)));
    }
    // Words that Discord refuses are not shown once more: it would refuse this, too.
    let said =
        if why == Undelivered::Blocked { String::new() } else { customer::spoken(post, complaint, view) };
    let text = format!("{mention}{heading}\n{}", quoted(&said));
    json!({
        "content": cut(text.trim_end(), 2_000),
        "components": [row(buttons)],
        "allowed_mentions": pings(&owner, &[]),
    })
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
        "content": cut(&lines.join("\n"), 2_000),
        "allowed_mentions": pings(&[], &[desk.manager_role]),
    })
}

/// This machine's clock is wrong.
pub fn clock_off(ours: i64, theirs: i64, desk: &GuildDesk, view: &View<'_>) -> Value {
    let text = view.words(desk.locale).clock_off(role(desk.manager_role), at(ours), at(theirs));
    json!({ "content": text, "allowed_mentions": pings(&[], &[desk.manager_role]) })
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
