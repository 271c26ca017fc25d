//! What staff and managers read: posts in the desk thread, nudges, breaches, low ratings.

use serde_json::{Value, json};

use super::card::clock_name;
use super::disposition::medium_name;
use super::{
    Style, View, at, button, channel, cut, no_pings, parts, pings, plain, quoted, relative, role, row, small,
    stars, user,
};
use super::{answers, colleague, customer, delivery, disposition, notice, procedure, proposal};
use crate::discord::custom_id::CustomId;
use crate::domain::complaint::{Complaint, FileRef, Line};
use crate::domain::composure::is_harsh;
use crate::domain::event::{Fixed, Undelivered};
use crate::domain::outbox::{CustomerPost, DeskPost, ManagerPost, ThreadPost};
use crate::domain::settings::GuildDesk;
use crate::features::discord;
use crate::kernel::extra::Extra;
use crate::kernel::people::Grade;
use crate::kit::route::Post;
use crate::sla::clocks::ClockKind;
use crate::text::Words;

/// Discord's longest message, with room for what stands around the words.
const PART: usize = 1_900;
/// Discord's longest description of an embed (4,096), with a little room.
const DESCRIPTION: usize = 4_000;
/// The flag of a message that pushes no notification (`resources/message`, message flags).
const SUPPRESS_NOTIFICATIONS: u64 = 1 << 12;
/// The bar beside a customer's words.
const CUSTOMER: u32 = 0x3B_82_F6;

/// The messages of a post in the desk thread; most are one message.
pub fn posts(post: &ThreadPost, complaint: &Complaint, desk: &GuildDesk, view: &View<'_>) -> Vec<Value> {
    let words = view.words(desk.locale);
    let named = plain(&complaint.filed.customer.name);
    let name = named.as_str();
    let say = |text: String| vec![json!({ "content": cut(&text, 2_000), "allowed_mentions": no_pings() })];
    let lost = || {
        let why = match complaint.line {
            Line::Nowhere { reason } => reason,
            _ => Undelivered::Closed,
        };
        say(words.line_lost(delivery::unreached(why, words)))
    };
    match post {
        ThreadPost::MoreWords => more_words(complaint, words),
        ThreadPost::FiledFiles { files } => {
            vec![json!({ "embeds": [named_files(files, words)], "allowed_mentions": no_pings() })]
        }
        ThreadPost::CustomerWrote { text, files, extras, quiet, .. } => {
            let mut held = customer_wrote(complaint, text, (files, extras), words);
            if *quiet {
                held.iter_mut().for_each(without_a_call);
            }
            held
        }
        ThreadPost::CameAlong { extras } => {
            let embed =
                json!({ "description": cut(&named_extras(extras, words), DESCRIPTION), "color": CUSTOMER });
            vec![json!({ "embeds": [embed], "allowed_mentions": no_pings() })]
        }
        ThreadPost::CustomerSpoke { medium, since, text } => {
            let medium = medium_name(*medium, words);
            let heading = match since {
                Some(since) => words.customer_spoke_at(name, medium, at(*since)),
                None => words.customer_spoke(name, medium),
            };
            heard(complaint, heading, text, words)
        }
        ThreadPost::ToTell { number, what } => vec![to_tell(*number, what, complaint, words, view)],
        ThreadPost::ProposalDecided { proposal: held } => vec![proposal::shown(complaint.id, held, words)],
        ThreadPost::ChangeAsked { by, text } => {
            say(words.change_asked(plain(&by.name), quoted(&plain(text))))
        }
        ThreadPost::SummaryCorrected { text } => heard(complaint, words.summary_corrected(name), text, words),
        ThreadPost::RemedyChosen { remedy } => say(match remedy.due {
            Some(due) => words.remedy_chosen_until(name, quoted(&plain(&remedy.what)), at(due)),
            None => words.remedy_chosen(name, quoted(&plain(&remedy.what))),
        }),
        ThreadPost::Feature(post) => match discord::to_thread(post, name, words) {
            Post::Note(text) => say(text),
            Post::Heard(heading, text) => heard(complaint, heading, &text, words),
        },
        ThreadPost::ChoiceNoted { by, remedy, medium, at } => {
            say(procedure::choice_noted(by, remedy, *medium, *at, words))
        }
        ThreadPost::SomethingElse { text } => heard(complaint, words.something_else(name), text, words),
        ThreadPost::ManagerTakes { by } => say(words.talk_taken(place(complaint), plain(&by.name))),
        ThreadPost::ManagerSpoke { by } => say(words.talk_held(place(complaint), plain(&by.name))),
        ThreadPost::ManagerAsked => vec![mentioning(complaint, &words.manager_asked(name), words)],
        ThreadPost::CustomerEdited { text, awaits: true } => {
            heard(complaint, words.customer_edited(name, "").trim_end().to_owned(), text, words)
        }
        ThreadPost::CustomerEdited { text, awaits: false } => {
            told(words.customer_edited(name, "").trim_end(), text)
        }
        ThreadPost::CustomerDeleted => say(words.customer_deleted(name)),
        ThreadPost::MessageMoved { to, ends_again } => {
            let moved = match to {
                0 => words.message_moved_new(name),
                to => words.message_moved(name, *to),
            };
            say(if *ends_again { format!("{moved} {}", words.message_moved_ends()) } else { moved })
        }
        ThreadPost::NotReached { number, what, reason } => {
            vec![delivery::not_reached(*number, what, *reason, complaint, words, view)]
        }
        ThreadPost::LineDirect => say(words.line_direct_again(name)),
        ThreadPost::ReplyRecord { by, text, delivered, reason, .. } => {
            let state = match (delivered, reason) {
                (true, _) => words.reply_delivered(),
                (false, why) => {
                    let why = why.unwrap_or(Undelivered::Closed);
                    words.reply_undelivered(delivery::unreached(why, words))
                }
            };
            let record = words.reply_record(plain(&by.name), quoted(text), small(&state));
            vec![
                json!({ "embeds": [{ "description": cut(&record, 4_096) }], "allowed_mentions": no_pings() }),
            ]
        }
        ThreadPost::Answered { by, answer, .. } => {
            answers::record(answer, by, desk, view).into_iter().collect()
        }
        ThreadPost::Nudges { notices } => notice::to_owner(notices, complaint, words).into_iter().collect(),
        ThreadPost::LineMoved => match complaint.line {
            Line::Thread { channel: line } if complaint.direct_closed => say(words.line_moved(channel(line))),
            Line::Thread { channel: line } => say(words.line_in_thread(channel(line))),
            _ => lost(),
        },
        ThreadPost::LineLost => lost(),
        ThreadPost::Rated { score } => say(words.rated(name, stars(*score))),
        ThreadPost::FixedAnswered { fixed } => fixed_told(*fixed, complaint, words),
        ThreadPost::Word { text, awaits: true } => {
            heard(complaint, words.word_told(name, "").trim_end().to_owned(), text, words)
        }
        ThreadPost::Word { text, awaits: false } => told(words.word_told(name, "").trim_end(), text),
        ThreadPost::Reopened { by: Some(by), reason } => {
            say(words.reopened_by(plain(&by.name), plain(reason)))
        }
        ThreadPost::Reopened { by: None, .. } => {
            vec![mentioning(complaint, &words.reopened_by_customer(name), words)]
        }
        ThreadPost::Closed => say(words.closed_by_silence()),
        ThreadPost::Withdrawn { text } if text.is_empty() => say(words.withdrawn_by(name)),
        ThreadPost::Withdrawn { text } => told(words.withdrawn_by(name).as_str(), text),
        ThreadPost::MergedInto { twin } => say(disposition::merged_into(twin, words)),
        ThreadPost::MergedFrom { legacy } => {
            told(&disposition::merged_from(&legacy.twin, words), &legacy.words)
        }
        // Rendered from the incident, which the sender looks up.
        ThreadPost::TalkingPoints { .. } => Vec::new(),
    }
}

/// A message that stands there and rings for nobody.
fn without_a_call(body: &mut Value) {
    let said = body["content"].as_str().unwrap_or_default();
    let said = if said.starts_with("<@") { said.split_once(' ').map_or("", |(_, said)| said) } else { said };
    body["content"] = json!(said);
    body["allowed_mentions"] = no_pings();
    body["flags"] = json!(SUPPRESS_NOTIFICATIONS);
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
fn customer_wrote(
    complaint: &Complaint,
    text: &str,
    (files, extras): (&[FileRef], &[Extra]),
    words: &Words,
) -> Vec<Value> {
    let name = plain(&complaint.filed.customer.name);
    let unread = text.is_empty() && files.is_empty() && extras.is_empty();
    let heading = if unread { words.customer_wrote_unread(name) } else { words.customer_wrote(name) };
    let mut first = helped(complaint, &heading, text, words);
    if unread {
        return vec![first];
    }
    let mut said = plain_parts(text, DESCRIPTION).into_iter();
    let mut embeds = Vec::new();
    embeds.extend(said.next().map(|part| json!({ "description": part, "color": CUSTOMER })));
    if !files.is_empty() {
        embeds.push(named_files(files, words));
    }
    if !extras.is_empty() {
        let came = cut(&named_extras(extras, words), 1_000);
        embeds.push(json!({ "description": came, "color": CUSTOMER }));
    }
    first["embeds"] = Value::Array(embeds);
    let rest = said.map(|part| json!({ "embeds": [{ "description": part, "color": CUSTOMER }], "allowed_mentions": no_pings() }));
    std::iter::once(first).chain(rest).collect()
}

/// What somebody must tell the customer, in the words that they would have read, with the button that says it was done.
fn to_tell(number: i64, post: &CustomerPost, complaint: &Complaint, words: &Words, view: &View<'_>) -> Value {
    let medium = match complaint.line {
        Line::Spoken { medium } => medium_name(medium, words),
        _ => String::new(),
    };
    let heading = words.to_tell(plain(&complaint.filed.customer.name), medium);
    let said = customer::spoken(post, complaint, view);
    let mut buttons = vec![button(
        Style::Success,
        &words.told_button(),
        &CustomId::Told { complaint: complaint.id, number },
    )];
    if !complaint.filed.contact.is_empty() {
        let label = words.card_contact_button();
        buttons.push(button(Style::Secondary, &label, &CustomId::ShowContact(complaint.id)));
    }
    json!({
        "content": cut(&format!("{heading}\n{}", quoted(&said)), 2_000),
        "components": [row(buttons)],
        "allowed_mentions": no_pings(),
    })
}

/// Words of the customer to something that was asked, which wait for an answer.
fn heard(complaint: &Complaint, heading: String, text: &str, words: &Words) -> Vec<Value> {
    let mut post = helped(complaint, &heading, text, words);
    post["embeds"] = json!([{ "description": cut(&plain(text), DESCRIPTION), "color": CUSTOMER }]);
    vec![post]
}

/// A post that mentions the owner; beside harsh words it offers a superior and a break.
fn helped(complaint: &Complaint, heading: &str, text: &str, words: &Words) -> Value {
    let mut post = mentioning(complaint, heading, words);
    if let (true, Some(rows)) = (is_harsh(text), post["components"].as_array_mut()) {
        let (superior, rest) = (CustomId::AskSuperior(complaint.id), CustomId::Rest(complaint.id));
        rows.push(row(vec![
            button(Style::Secondary, &words.superior_button(), &superior),
            button(Style::Secondary, &words.rest_button(), &rest),
        ]));
    }
    post
}

/// What colleagues read while somebody rests.
pub fn desk_post(post: &DeskPost, desk: &GuildDesk, view: &View<'_>) -> Value {
    let words = view.words(desk.locale);
    let DeskPost::Resting { by, until, cover } = post;
    let mut text = words.resting(role(desk.staff_role), plain(&by.name), at(*until));
    for held in cover {
        let place = held.thread.map_or_else(|| format!("#{}", held.number), channel);
        let line = words.resting_line(place, clock_name(held.clock, words), relative(held.due));
        if text.chars().count() + line.chars().count() > 1_900 {
            break;
        }
        text = format!("{text}\n{line}");
    }
    json!({ "content": text, "allowed_mentions": pings(&[], &[desk.staff_role]) })
}

/// The names of files that hang from a message.
fn named_extras(extras: &[Extra], words: &Words) -> String {
    plain(&words.extras(extras))
}

fn named_files(files: &[FileRef], words: &Words) -> Value {
    let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    let names = words.customer_wrote_files(plain(&names.join(", ")));
    json!({ "description": cut(&names, 1_000), "color": CUSTOMER })
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
    if complaint.run(ClockKind::Reply).is_some() {
        let label = words.no_answer_button();
        buttons.push(button(Style::Secondary, &label, &CustomId::NoAnswer(complaint.id)));
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

/// Where a complaint is found: its thread, else its number.
pub fn place(complaint: &Complaint) -> String {
    complaint.thread.map_or_else(|| format!("#{}", complaint.number()), channel)
}

/// What managers are told.
pub fn manager_post(post: &ManagerPost, complaint: &Complaint, desk: &GuildDesk, view: &View<'_>) -> Value {
    let words = view.words(desk.locale);
    let managers = role(desk.manager_role);
    let mut roles = vec![desk.manager_role];
    let waits = match post {
        ManagerPost::ProposalWaits { head_office } => *head_office,
        ManagerPost::Feature(post) => post.asks() == Grade::HeadOffice,
        _ => false,
    };
    if waits || matches!(post, ManagerPost::AgreedAlone { .. }) {
        roles = desk.head_office_role.map_or(roles, |role| vec![role]);
    }
    // It may be about one of the managers.
    if matches!(post, ManagerPost::AboutColleague { .. } | ManagerPost::MayBeAbout { .. }) {
        roles.extend(desk.head_office_role);
    }
    let mut components = colleague::buttons(post, complaint.id, words);
    let text = match post {
        ManagerPost::LowRating { cycle } => {
            let rating = complaint.ratings.iter().find(|rating| rating.cycle == *cycle);
            let score = rating.and_then(|rating| rating.score).unwrap_or_default();
            let handler = rating.map(|rating| plain(&rating.handler.name)).unwrap_or_default();
            words.low_rating(managers, place(complaint), stars(score), handler)
        }
        ManagerPost::ProposalWaits { head_office } => {
            let asked = if *head_office { desk.head_office_role } else { None };
            let asked = role(asked.unwrap_or(desk.manager_role));
            let heading = words.proposal_waits_for(asked, place(complaint));
            let (text, rows) = proposal::waiting(complaint, &heading, words, view);
            components = json!(rows);
            text
        }
        ManagerPost::ManagerAsked => words.manager_asked_for(managers, place(complaint)),
        ManagerPost::SuperiorAsked { by } => {
            words.superior_asked(managers, plain(&by.name), place(complaint))
        }
        ManagerPost::Feature(post) => {
            let asked = desk.head_office_role.filter(|_| waits).unwrap_or(desk.manager_role);
            discord::to_managers(post, role(asked), place(complaint), words)
        }
        ManagerPost::OwnerLeft { .. }
        | ManagerPost::AboutColleague { .. }
        | ManagerPost::MayBeAbout { .. }
        | ManagerPost::RatingWord { .. } => colleague::told(post, &roles, complaint, words),
        ManagerPost::AgreedAlone { by } => {
            let told = desk.head_office_role.unwrap_or(desk.manager_role);
            words.say(
                "agreed-alone-told",
                &[
                    ("role", role(told).into()),
                    ("name", plain(&by.name).into()),
                    ("place", place(complaint).into()),
                ],
            )
        }
        ManagerPost::NotFixed { .. } => words.not_fixed(managers, place(complaint)),
    };
    let mut body = json!({
        "content": cut(&text, 2_000),
        "components": components,
        "allowed_mentions": pings(&[], &roles),
    });
    if matches!(post, ManagerPost::ManagerAsked) {
        let take = button(Style::Primary, &words.talk_take_button(), &CustomId::TakeTalk(complaint.id));
        body["components"] = json!([row(vec![take])]);
    }
    body
}
