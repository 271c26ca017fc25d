//! What staff and managers read: posts in the desk thread, nudges, breaches, low ratings.

use serde_json::{Value, json};

use super::card::clock_name;
use super::{
    Style, View, at, button, channel, cut, no_pings, parts, pings, plain, quoted, relative, role, row, small,
    stars, user,
};
use crate::discord::custom_id::CustomId;
use crate::domain::complaint::{Complaint, Line, Running};
use crate::domain::event::Fixed;
use crate::domain::letter::{ManagerPost, Nudge, ThreadPost};
use crate::domain::policy::ClockKind;
use crate::domain::settings::GuildDesk;
use crate::text::Words;

/// Discord's longest message, with room for what stands around the words.
const PART: usize = 1_900;
/// Discord's longest description of an embed (4,096), with a little room.
const DESCRIPTION: usize = 4_000;
/// The bar beside a customer's words.
const CUSTOMER: u32 = 0x3B_82_F6;

/// The messages of a post in the desk thread; most are one message.
pub fn posts(post: &ThreadPost, complaint: &Complaint, desk: &GuildDesk, view: &View<'_>) -> Vec<Value> {
    let words = view.words(desk.locale);
    let customer = plain(&complaint.filed.customer.name);
    let name = customer.as_str();
    let say = |text: String| vec![json!({ "content": cut(&text, 2_000), "allowed_mentions": no_pings() })];
    match post {
        ThreadPost::MoreWords => more_words(complaint, words),
        ThreadPost::CustomerWrote { text, files, .. } => {
            let files: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
            customer_wrote(complaint, text, &files, words)
        }
        ThreadPost::CustomerEdited { text } => told(words.customer_edited(name, "").trim_end(), text),
        ThreadPost::CustomerDeleted => say(words.customer_deleted(name)),
        ThreadPost::MessageMoved { to } => say(words.message_moved(name, *to)),
        ThreadPost::ReplyRecord { by, text, delivered } => {
            let state = if *delivered { words.reply_delivered() } else { words.reply_undelivered() };
            let record = words.reply_record(plain(&by.name), quoted(text), small(&state));
            vec![
                json!({ "embeds": [{ "description": cut(&record, 4_096) }], "allowed_mentions": no_pings() }),
            ]
        }
        ThreadPost::Nudge(nudge) => vec![nudge_owner(nudge, complaint, words)],
        ThreadPost::LineMoved => match complaint.line {
            Line::Thread { channel: line } if complaint.direct_closed => say(words.line_moved(channel(line))),
            Line::Thread { channel: line } => say(words.line_in_thread(channel(line))),
            _ => say(words.line_lost()),
        },
        ThreadPost::LineLost => say(words.line_lost()),
        ThreadPost::Rated { score } => say(words.rated(name, stars(*score))),
        ThreadPost::FixedAnswered { fixed } => fixed_told(*fixed, complaint, words),
        ThreadPost::Word { text } => told(words.word_told(name, "").trim_end(), text),
        ThreadPost::Reopened { by: Some(by), reason } => {
            say(words.reopened_by(plain(&by.name), plain(reason)))
        }
        ThreadPost::Reopened { by: None, .. } => {
            vec![mentioning(complaint, &words.reopened_by_customer(name), words)]
        }
        ThreadPost::Closed => say(words.closed_by_silence()),
        // Rendered from the incident, which the sender looks up.
        ThreadPost::TalkingPoints { .. } => Vec::new(),
    }
}

/// Somebody's words in parts that fit, each shown as typed.
fn plain_parts(text: &str, most: usize) -> Vec<String> {
    let fits = |part: &String| plain(part).chars().count() <= most;
    // What is made of nothing but signs that need a backslash grows to twice its length.
    let halved = |part: String| if fits(&part) { vec![part] } else { parts(&part, most / 2) };
    parts(text, most).into_iter().flat_map(halved).map(|part| plain(&part)).collect()
}

/// A heading and, in as many messages as they need, the customer's words.
fn told(heading: &str, text: &str) -> Vec<Value> {
    let mut bodies: Vec<Value> = plain_parts(text, DESCRIPTION)
        .into_iter()
        .map(|part| json!({ "embeds": [{ "description": part, "color": CUSTOMER }], "allowed_mentions": no_pings() }))
        .collect();
    if bodies.is_empty() {
        bodies.push(json!({ "allowed_mentions": no_pings() }));
    }
    bodies[0]["content"] = json!(heading);
    bodies
}

fn more_words(complaint: &Complaint, words: &Words) -> Vec<Value> {
    let held = plain_parts(&complaint.filed.words, PART);
    let count = held.len();
    let mut texts: Vec<String> = held
        .into_iter()
        .enumerate()
        .map(|(place, part)| format!("{}\n{part}", words.thread_words(place + 1, count)))
        .collect();
    for part in plain_parts(&complaint.filed.wish, PART) {
        texts.push(format!("{}\n{part}", words.thread_wish()));
    }
    texts.into_iter().map(|text| json!({ "content": text, "allowed_mentions": no_pings() })).collect()
}

/// What the customer wrote: the owner is mentioned, and the button that answers it is at hand.
fn customer_wrote(complaint: &Complaint, text: &str, files: &[&str], words: &Words) -> Vec<Value> {
    let name = plain(&complaint.filed.customer.name);
    let unread = text.is_empty() && files.is_empty();
    let heading = if unread { words.customer_wrote_unread(name) } else { words.customer_wrote(name) };
    let mut first = mentioning(complaint, &heading, words);
    if unread {
        return vec![first];
    }
    let mut said = plain_parts(text, DESCRIPTION).into_iter();
    let mut embeds = Vec::new();
    embeds.extend(said.next().map(|part| json!({ "description": part, "color": CUSTOMER })));
    if !files.is_empty() {
        let names = words.customer_wrote_files(plain(&files.join(", ")));
        embeds.push(json!({ "description": cut(&names, 1_000), "color": CUSTOMER }));
    }
    first["embeds"] = Value::Array(embeds);
    let rest = said.map(|part| json!({ "embeds": [{ "description": part, "color": CUSTOMER }], "allowed_mentions": no_pings() }));
    std::iter::once(first).chain(rest).collect()
}

/// A post that mentions the owner and carries *Reply* and *Resolve*.
fn mentioning(complaint: &Complaint, text: &str, words: &Words) -> Value {
    let owner: Vec<_> = complaint.owner.iter().map(|owner| owner.id).collect();
    let mention = owner.first().map(|id| format!("{} ", user(*id))).unwrap_or_default();
    let mut buttons = Vec::new();
    if owner.is_empty() {
        buttons.push(button(Style::Primary, &words.claim_button(), &CustomId::Claim(complaint.id)));
    }
    buttons.push(button(Style::Primary, &words.reply_button(), &CustomId::OpenReply(complaint.id)));
    if complaint.stage.is_open() {
        buttons.push(button(Style::Secondary, &words.resolve_button(), &CustomId::OpenResolve(complaint.id)));
    }
    json!({
        "content": format!("{mention}{text}"),
        "components": [row(buttons)],
        "allowed_mentions": pings(&owner, &[]),
    })
}

fn fixed_told(fixed: Fixed, complaint: &Complaint, words: &Words) -> Vec<Value> {
    let name = plain(&complaint.filed.customer.name);
    match fixed {
        Fixed::Yes => vec![json!({ "content": words.fixed_told_yes(name), "allowed_mentions": no_pings() })],
        Fixed::Partly => vec![mentioning(complaint, &words.fixed_told_partly(name), words)],
        Fixed::No => vec![mentioning(complaint, &words.fixed_told_no(name), words)],
    }
}

fn run_of<'a>(nudge: &Nudge, complaint: &'a Complaint) -> Option<&'a Running> {
    complaint.clocks.get(&nudge.clock).filter(|run| run.cycle == nudge.cycle)
}

/// The customer's last words and what to do about the deadline.
fn nudge_rest(nudge: &Nudge, complaint: &Complaint, words: &Words) -> String {
    let last = complaint.unanswered.as_ref().map_or(complaint.filed.words.as_str(), |waiting| &waiting.last);
    let last = last.split_whitespace().collect::<Vec<_>>().join(" ");
    let hint = match nudge.clock {
        ClockKind::Reply => words.nudge_do_reply(),
        ClockKind::Recorded => words.nudge_do_claim(),
    };
    format!("{}\n{hint}", quoted(&words.nudge_last_words(plain(&cut(&last, 300)))))
}

fn nudge_buttons(nudge: &Nudge, complaint: &Complaint, words: &Words) -> Value {
    let claim = button(Style::Primary, &words.claim_button(), &CustomId::Claim(complaint.id));
    let reply = button(Style::Primary, &words.reply_button(), &CustomId::OpenReply(complaint.id));
    match (nudge.clock, complaint.owner.is_some()) {
        (ClockKind::Recorded, _) => json!([row(vec![claim])]),
        (ClockKind::Reply, true) => json!([row(vec![reply])]),
        (ClockKind::Reply, false) => json!([row(vec![claim, reply])]),
    }
}

fn nudge_owner(nudge: &Nudge, complaint: &Complaint, words: &Words) -> Value {
    let due = run_of(nudge, complaint).map_or(0, |run| run.due_at);
    let owner: Vec<_> = complaint.owner.iter().map(|owner| owner.id).collect();
    let mention = owner.first().map(|id| user(*id)).unwrap_or_default();
    let heading = words.nudge_owner(mention, clock_name(nudge.clock, words), relative(due), at(due));
    json!({
        "content": format!("{heading}\n{}", nudge_rest(nudge, complaint, words)),
        "components": nudge_buttons(nudge, complaint, words),
        "allowed_mentions": pings(&owner, &[]),
    })
}

/// A nudge about a complaint that nobody has, in the desk channel.
pub fn nudge_unowned(nudge: &Nudge, complaint: &Complaint, desk: &GuildDesk, view: &View<'_>) -> Value {
    let words = view.words(desk.locale);
    let due = run_of(nudge, complaint).map_or(0, |run| run.due_at);
    let clock = clock_name(nudge.clock, words);
    let heading = words.nudge_unowned(role(desk.staff_role), place(complaint), clock, relative(due), at(due));
    json!({
        "content": format!("{heading}\n{}", nudge_rest(nudge, complaint, words)),
        "components": nudge_buttons(nudge, complaint, words),
        "allowed_mentions": pings(&[], &[desk.staff_role]),
    })
}

/// Where a complaint is found: its thread, else its number.
pub fn place(complaint: &Complaint) -> String {
    complaint.thread.map_or_else(|| format!("#{}", complaint.number()), channel)
}

/// What managers are told; `now` in Unix ms.
pub fn manager_post(
    post: &ManagerPost,
    complaint: &Complaint,
    desk: &GuildDesk,
    now: i64,
    view: &View<'_>,
) -> Value {
    let words = view.words(desk.locale);
    let managers = role(desk.manager_role);
    let (text, components) = match post {
        ManagerPost::Breach(nudge) => {
            let deadline = run_of(nudge, complaint).map_or(now, |run| run.breach_at);
            let clock = clock_name(nudge.clock, words);
            // Less than a minute late is told as a minute: "0" would read as not late.
            let late = words.duration((now - deadline).max(60_000));
            let heading = words.breach(managers, place(complaint), clock, at(deadline), late);
            let owner = complaint
                .owner
                .as_ref()
                .map_or_else(|| words.breach_no_owner(), |owner| words.breach_owner(plain(&owner.name)));
            let rest = format!(
                "{}\n{}",
                quoted(&words.nudge_last_words(plain(&cut(&last_words(complaint), 300)))),
                words.breach_can_do()
            );
            (format!("{heading} {owner}\n{rest}"), nudge_buttons(nudge, complaint, words))
        }
        ManagerPost::LowRating { cycle } => {
            let rating = complaint.ratings.iter().find(|rating| rating.cycle == *cycle);
            let score = rating.and_then(|rating| rating.score).unwrap_or_default();
            let handler = rating.map(|rating| plain(&rating.handler.name)).unwrap_or_default();
            (words.low_rating(managers, place(complaint), stars(score), handler), json!([]))
        }
        ManagerPost::NotFixed { .. } => (words.not_fixed(managers, place(complaint)), json!([])),
    };
    json!({
        "content": cut(&text, 2_000),
        "components": components,
        "allowed_mentions": pings(&[], &[desk.manager_role]),
    })
}

fn last_words(complaint: &Complaint) -> String {
    let last = complaint.unanswered.as_ref().map_or(complaint.filed.words.as_str(), |waiting| &waiting.last);
    last.split_whitespace().collect::<Vec<_>>().join(" ")
}
