//! What customers read: panel, receipts, drafts, replies, the outcome with its rating.

use serde_json::{Value, json};

use super::{
    Style, View, at, button, cut, no_pings, pings, plain, procedure, quoted, row, select, small, stars, user,
};
use crate::discord::custom_id::CustomId;
use crate::domain::command::ToldOutcome;
use crate::domain::complaint::{Complaint, Rating, Stage};
use crate::domain::draft::Draft;
use crate::domain::event::{CloseReason, DismissReason, Fixed};
use crate::domain::outbox::CustomerPost;
use crate::domain::policy::LineKind;
use crate::features::discord;
use crate::kernel::ids::ComplaintId;
use crate::kernel::lang::Lang;
use crate::kit::custom_id::Within;
use crate::sla::clocks::ClockKind;
use crate::text::Words;

/// The panel in the intake channel.
pub fn panel(lang: Lang, view: &View<'_>) -> Value {
    let words = view.words(lang);
    let within = words.duration(published_limit(view));
    let text = format!("{}\n{}", words.panel(view.company, within), small(&privacy(words, view)));
    json!({
        "content": text,
        "components": [row(vec![button(Style::Primary, &words.panel_button(), &CustomId::OpenFiling)])],
        "allowed_mentions": no_pings(),
    })
}

/// What is kept, why and how long.
pub fn privacy(words: &Words, view: &View<'_>) -> String {
    words.privacy(view.company, words.duration(view.policy.keep_ms))
}

/// The limit the desk publishes (ms): a person reads a complaint within it.
pub fn published_limit(view: &View<'_>) -> i64 {
    view.policy.published_limit()
}

/// How things stand when a complaint comes in, told honestly with its receipt.
#[derive(Clone, Copy, Debug, Default)]
pub struct Standing<'a> {
    /// Approved lines of incidents that concern it.
    pub incidents: &'a [String],
    /// Whether it waits in the list of an incident.
    pub listed: bool,
    /// How many complaints wait to be read, where it is many.
    pub queue: Option<i64>,
}

/// The receipt as the answer to a filing.
pub fn receipt(
    complaint: ComplaintId,
    number: i64,
    lang: Lang,
    line: LineKind,
    standing: &Standing<'_>,
    view: &View<'_>,
) -> Value {
    let words = view.words(lang);
    let mut text = words.receipt(number, words.duration(published_limit(view)));
    text.push('\n');
    text.push_str(&match line {
        LineKind::Dm => words.receipt_follow_direct(),
        LineKind::Thread => words.receipt_follow_thread(),
    });
    for incident in standing.incidents {
        text.push_str("\n\n");
        text.push_str(&words.incident_told(quoted(incident)));
    }
    if standing.listed {
        text.push('\n');
        text.push_str(&words.receipt_incident());
    }
    if let Some(count) = standing.queue {
        text.push('\n');
        text.push_str(&words.receipt_queue(count));
    }
    text.push('\n');
    text.push_str(&small(&words.automatic()));
    json!({ "content": cut(&text, 2_000), "components": [other_language(complaint, lang, words)], "allowed_mentions": no_pings() })
}

fn other_language(complaint: ComplaintId, lang: Lang, words: &Words) -> Value {
    let id = CustomId::Language { complaint, lang: lang.other() };
    row(vec![button(Style::Secondary, &words.language_other(), &id)])
}

/// The words of a message that is told by voice instead.
pub fn spoken(post: &CustomerPost, complaint: &Complaint, view: &View<'_>) -> String {
    match post {
        CustomerPost::Outcome { cycle } | CustomerPost::OutcomeAlone { cycle } => {
            let rating = complaint.ratings.iter().find(|rating| rating.cycle == *cycle);
            rating.map(|rating| plain(&rating.outcome)).unwrap_or_default()
        }
        post => said(post, complaint, view).0,
    }
}

/// A message in the customer's line.
pub fn post(post: &CustomerPost, complaint: &Complaint, view: &View<'_>) -> Value {
    let words = view.words(complaint.lang);
    let (text, components, automatic) = said(post, complaint, view);
    let text = if automatic { format!("{text}\n{}", small(&words.automatic())) } else { text };
    json!({ "content": cut(&text, 2_000), "components": components, "allowed_mentions": no_pings() })
}

/// What a message says, its buttons, and whether no person wrote it.
fn said(post: &CustomerPost, complaint: &Complaint, view: &View<'_>) -> (String, Vec<Value>, bool) {
    let words = view.words(complaint.lang);
    let number = complaint.number();
    let within = words.duration(published_limit(view));
    let mut components = Vec::new();
    let mut automatic = true;
    let text = match post {
        CustomerPost::Receipt => {
            components.push(other_language(complaint.id, complaint.lang, words));
            match complaint.filed.source {
                crate::domain::event::Source::Unsent => words.receipt_unsent(number, within),
                crate::domain::event::Source::Logged => {
                    let heard = quoted(&plain(&cut(&complaint.filed.words, 1_200)));
                    words.receipt_logged(number, heard, within)
                }
                _ => words.receipt_again(number, within),
            }
        }
        CustomerPost::Reply { by, text, .. } => {
            automatic = false;
            let name = view.signature(&by.name);
            let heading = small(&words.reply_heading(number, name.as_str()));
            format!("{heading}\n{}", words.signed(text.as_str(), name))
        }
        CustomerPost::Summary { by, summary } => {
            automatic = false;
            let (text, buttons) = procedure::summary(complaint, by, summary, view);
            components.push(buttons);
            text
        }
        CustomerPost::Remedies { proposal, by, text } => {
            automatic = false;
            let (text, rows) = super::proposal::letter(complaint, *proposal, by, text, view);
            components.extend(rows);
            text
        }
        CustomerPost::Agreed { by, remedy, medium } => {
            automatic = false;
            super::proposal::agreed(number, remedy, *medium, view.signature(&by.name), words)
        }
        CustomerPost::Outcome { cycle } => {
            automatic = false;
            let Some(rating) = complaint.ratings.iter().find(|rating| rating.cycle == *cycle) else {
                return (words.customer_closed(number), components, false);
            };
            components.push(stars_row(complaint.id, *cycle));
            outcome(rating, number, words, view)
        }
        CustomerPost::OutcomeAlone { cycle } => {
            automatic = false;
            let Some(rating) = complaint.ratings.iter().find(|rating| rating.cycle == *cycle) else {
                return (words.customer_closed(number), components, false);
            };
            words.signed(words.outcome(number, quoted(&rating.outcome)), view.signature(&rating.handler.name))
        }
        CustomerPost::RatingQuestion { cycle } => {
            automatic = false;
            components.push(stars_row(complaint.id, *cycle));
            let rating = complaint.ratings.iter().find(|rating| rating.cycle == *cycle);
            let handler = rating.map(|rating| view.signature(&rating.handler.name)).unwrap_or_default();
            format!("{}\n{}", words.rating_later(number), question(handler, words))
        }
        CustomerPost::RatingReminder { .. } => words.rating_reminder(number),
        CustomerPost::IncidentLine { text, .. } => words.incident_told(quoted(text)),
        CustomerPost::Reopened => words.customer_reopened(number),
        CustomerPost::OpenAgain { cycle } => {
            let reopen = CustomId::Reopen { complaint: complaint.id, cycle: *cycle };
            components.push(row(vec![button(Style::Secondary, &words.open_again_button(), &reopen)]));
            words.open_again(number)
        }
        CustomerPost::ClosedBySilence => words.customer_closed(number),
        CustomerPost::Dismissed { reason } => words.customer_dismissed(number, reason_name(*reason, words)),
        CustomerPost::Feature(post) => {
            automatic = !post.is_a_persons();
            let (text, rows) =
                discord::to_customer(post, &complaint.core(), &complaint.features, words, view);
            components.extend(rows);
            text
        }
        CustomerPost::Withdrawn => words.customer_withdrawn(number),
        CustomerPost::Merged { from } => words.customer_merged(number, *from),
        CustomerPost::HowToWrite => {
            let write = CustomId::OpenWrite(complaint.id);
            components.push(row(vec![button(Style::Primary, &words.write_button(), &write)]));
            words.how_to_write()
        }
        CustomerPost::Sorted { message } => {
            let sort = CustomId::OpenSort { complaint: complaint.id, message: *message };
            components.push(row(vec![button(Style::Secondary, &words.sorted_button(), &sort)]));
            words.sorted(number)
        }
    };
    (text, components, automatic)
}

fn outcome(rating: &Rating, number: i64, words: &Words, view: &View<'_>) -> String {
    let told = words.outcome(number, quoted(&rating.outcome));
    format!("{told}\n\n{}", question(view.signature(&rating.handler.name), words))
}

/// The question for the rating, by whoever handled it.
fn question(handler: String, words: &Words) -> String {
    let from = words.rating_from(handler);
    format!("{}\n{from}\n{}", words.rating_question(), small(&words.rating_scale()))
}

fn stars_row(complaint: ComplaintId, cycle: i64) -> Value {
    let star = |score: i64| {
        button(Style::Secondary, &stars(score), &CustomId::Rate { complaint, cycle, score: Within(score) })
    };
    row((1..=5).map(star).collect())
}

/// The rating's message once it is too late or withdrawn: the outcome stays, the buttons go.
pub fn closed_rating(complaint: &Complaint, cycle: i64, view: &View<'_>) -> Value {
    let words = view.words(complaint.lang);
    let number = complaint.number();
    let rating = complaint.ratings.iter().find(|rating| rating.cycle == cycle);
    let told = rating.map(|rating| words.outcome(number, quoted(&rating.outcome))).unwrap_or_default();
    let text = format!("{told}\n{}", small(&words.rating_late(number)));
    json!({ "content": cut(&text, 2_000), "components": [], "allowed_mentions": no_pings() })
}

/// The outcome, which stays before the customer's eyes, and below it what is said next.
fn below_outcome(told: &ToldOutcome, next: &str, words: &Words) -> String {
    // What was refused or withdrawn has none.
    if told.outcome.is_empty() {
        return next.to_owned();
    }
    cut(&format!("{}\n\n{next}", words.outcome(told.number, quoted(&told.outcome))), 2_000)
}

/// The rating's message after the first tap.
pub fn ask_fixed(complaint: ComplaintId, cycle: i64, score: i64, told: &ToldOutcome, words: &Words) -> Value {
    let fixed = |fixed: Fixed, style: Style, label: String| {
        button(style, &label, &CustomId::Fixed { complaint, cycle, fixed })
    };
    json!({
        "content": below_outcome(told, &words.ask_fixed(stars(score)), words),
        "components": [row(vec![
            fixed(Fixed::Yes, Style::Success, words.fixed_yes()),
            fixed(Fixed::Partly, Style::Secondary, words.fixed_partly()),
            fixed(Fixed::No, Style::Secondary, words.fixed_no()),
        ])],
        "allowed_mentions": no_pings(),
    })
}

/// What the last steps of a rating show.
#[derive(Clone, Copy)]
pub struct RatingDone {
    /// The complaint.
    pub complaint: ComplaintId,
    /// The resolution.
    pub cycle: i64,
    /// The first tap; 0: there was none.
    pub score: i64,
    /// The second tap.
    pub fixed: Option<Fixed>,
    /// Whether the customer's own words are in.
    pub word: bool,
    /// Whether it was opened again.
    pub reopened: bool,
}

/// The rating's message after the second tap.
pub fn rating_done(done: RatingDone, told: &ToldOutcome, words: &Words) -> Value {
    let RatingDone { complaint, cycle, score, fixed, word, reopened } = done;
    let mut text = match fixed {
        _ if reopened => words.thanks_reopened(),
        Some(Fixed::Yes) => words.thanks_fixed(),
        Some(Fixed::Partly) => words.thanks_partly(),
        Some(Fixed::No) => words.thanks_not_fixed(),
        None => String::new(),
    };
    let mut buttons = Vec::new();
    if matches!(fixed, Some(Fixed::No)) && !reopened {
        buttons.push(button(Style::Primary, &words.reopen_button(), &CustomId::Reopen { complaint, cycle }));
    }
    if word {
        text = format!("{text}\n{}", words.thanks_word());
    } else if score > 0 {
        buttons.push(button(
            Style::Secondary,
            &words.word_button(),
            &CustomId::OpenWord { complaint, cycle },
        ));
    }
    let rows = if buttons.is_empty() { Vec::new() } else { vec![row(buttons)] };
    let text = below_outcome(told, text.trim_start(), words);
    json!({ "content": text, "components": rows, "allowed_mentions": no_pings() })
}

/// A draft shown back to its writer.
pub fn draft(draft: &Draft, view: &View<'_>) -> Value {
    let words = view.words(draft.lang);
    let mut text = words.draft_shown(quoted(&plain(&cut(&draft.words(), 900))));
    let files = draft.files().len();
    if files > 0 {
        text = format!("{text}\n{}", words.draft_files(files));
    }
    if let Some(desk) = draft.desk_name() {
        text = format!("{text}\n{}", words.say("draft-desk", &[("desk", plain(desk).into())]));
    }
    let extras = draft.extras();
    if !extras.is_empty() {
        text = format!("{text}\n{}", cut(&plain(&words.extras(&extras)), 500));
    }
    let mut rows = Vec::new();
    if draft.guilds.len() > 1 || draft.guild.is_none() {
        let options: Vec<(String, String, bool)> = draft
            .guilds
            .iter()
            .map(|(guild, name)| (guild.to_string(), name.clone(), draft.guild == Some(*guild)))
            .collect();
        let id = CustomId::ChooseDesk(draft.id);
        rows.push(row(vec![select(&id, &words.draft_choose_desk(), &options)]));
    }
    rows.push(row(vec![
        button(Style::Primary, &words.draft_send(), &CustomId::SendDraft(draft.id)),
        button(Style::Secondary, &words.draft_drop(), &CustomId::DropDraft(draft.id)),
        button(
            Style::Secondary,
            &words.language_other(),
            &CustomId::DraftLanguage { draft: draft.id, lang: draft.lang.other() },
        ),
    ]));
    let text = format!(
        "{text}\n{}\n{}\n{}",
        words.draft_ask(),
        small(&privacy(words, view)),
        small(&words.automatic())
    );
    json!({ "content": cut(&text, 2_000), "components": rows, "allowed_mentions": no_pings() })
}

/// The name of a reason for dismissing.
pub fn reason_name(reason: DismissReason, words: &Words) -> String {
    match reason {
        DismissReason::Spam => words.reason_spam(),
        DismissReason::Test => words.reason_test(),
        DismissReason::Duplicate => words.reason_duplicate(),
        DismissReason::NotAComplaint => words.reason_not_a_complaint(),
    }
}

/// The first message of a private thread: it brings the customer in, and says why it is there.
pub fn private_thread(complaint: &Complaint, direct_closed: bool, view: &View<'_>) -> Value {
    let words = view.words(complaint.lang);
    let customer = complaint.filed.customer.id;
    let text = match direct_closed {
        true => words.private_thread_opened(user(customer), complaint.number()),
        false => words.private_thread_preferred(user(customer), complaint.number()),
    };
    let write = CustomId::OpenWrite(complaint.id);
    json!({
        "content": format!("{text}\n{}", small(&words.automatic())),
        "components": [row(vec![button(Style::Primary, &words.write_button(), &write)])],
        "allowed_mentions": pings(&[customer], &[]),
    })
}

/// A customer's complaints, each with its state and the next time somebody writes.
pub fn mine(complaints: &[Complaint], words: &Words) -> Value {
    if complaints.is_empty() {
        return json!({ "content": words.mine_none() });
    }
    let mut text = format!("**{}**", words.mine_heading());
    for complaint in complaints {
        let owner = complaint.owner.as_ref().map(|owner| owner.name.clone()).unwrap_or_default();
        let due = |clock: ClockKind| complaint.run(clock).and_then(|run| run.due_at());
        let reply = due(ClockKind::Reply);
        let recorded = complaint.clocks.get(&ClockKind::Recorded).and_then(|run| run.schedule.due_at);
        let state = match (complaint.stage, reply) {
            (Stage::Filed, _) => words.state_filed(recorded.map(at).unwrap_or_default()),
            (Stage::Recorded, Some(due)) => words.state_waiting(owner, at(due)),
            (Stage::Recorded, None) => words.state_recorded(owner),
            (Stage::Resolved, _) => words.state_resolved(),
            (Stage::Closed, _) => match (complaint.closed, &complaint.features.disposition.merged_into) {
                (Some(CloseReason::Refused), _) => words.state_refused(),
                (Some(CloseReason::Withdrawn), _) => words.state_withdrawn(),
                (Some(CloseReason::Merged), Some(twin)) => words.state_merged(twin.number),
                _ => words.state_closed(),
            },
            (Stage::Dismissed, _) => words.state_dismissed(),
        };
        let line = words.mine_line(complaint.number(), plain(&cut(&complaint.filed.words, 60)), state);
        if text.chars().count() + line.chars().count() > 1_950 {
            break;
        }
        text = format!("{text}\n{line}");
    }
    let withdraw: Vec<Value> = super::disposition::choose_withdraw(complaints, words).into_iter().collect();
    json!({ "content": text, "components": withdraw, "allowed_mentions": no_pings() })
}
