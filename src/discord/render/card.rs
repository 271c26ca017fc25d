//! The card: how a complaint stands, in the desk channel and at the head of its thread.

use serde_json::{Value, json};

use super::disposition::medium_name;
use super::{
    Style, View, at, button, channel, clarifying, cut, day, no_pings, plain, procedure, relative, row,
    select, small, stars, user,
};
use crate::discord::commands::severity_name;
use crate::discord::custom_id::CustomId;
use crate::domain::clocks::{ClockKind, Target};
use crate::domain::complaint::{Complaint, Line, Severity, Stage};
use crate::domain::decide::{CARD_WORDS, fits_the_card};
use crate::domain::event::{Source, Undelivered};
use crate::domain::policy::Lang;
use crate::domain::running::Running;
use crate::text::Words;

/// Colours of the bar at the card's side, by how urgent it looks.
const OPEN: u32 = 0x3B_82_F6;
const WAITING: u32 = 0xF5_9E_0B;
const ENDED: u32 = 0x6B_72_80;
const SETTLED: u32 = 0x16_A3_4A;
const OVERDUE: u32 = 0xDC_26_26;

/// How much of the words the thread's name shows, in characters.
const MATTER: usize = 40;

/// The card's message.
pub fn card(complaint: &Complaint, lang: Lang, view: &View<'_>) -> Value {
    let words = view.words(lang);
    let name = match complaint.forgotten_at {
        Some(_) => words.say("card-nobody", &[]),
        None => plain(&complaint.filed.customer.name),
    };
    let title = words.card_title(complaint.number(), name);
    let title = if complaint.is_overdue() { words.card_overdue(title) } else { title };
    let mut embed = json!({
        "title": cut(&title, 256),
        "description": description(complaint, words),
        "color": colour(complaint),
        "fields": fields(complaint, lang, view),
        "footer": { "text": words.card_gift() },
    });
    if complaint.stage == Stage::Dismissed {
        embed["footer"] = Value::Null;
    }
    json!({
        "embeds": [embed],
        "components": components(complaint, lang, view),
        "allowed_mentions": no_pings(),
    })
}

/// The thread's name: the number first, by which the case is named wherever a list cuts what follows; then who, and what about.
pub fn thread_name(complaint: &Complaint) -> String {
    let matter = complaint.filed.matter();
    let name = cut(&complaint.filed.customer.name, 30);
    // Half a word at the end reads as a mistake.
    let shown = match cut(&matter, MATTER).rsplit_once(' ') {
        Some((whole, _)) if matter.chars().count() > MATTER => format!("{whole} …"),
        _ => cut(&matter, MATTER),
    };
    cut(&format!("#{} · {name} · {shown}", complaint.number()), 100)
}

/// The names that a thread may bear, the best first: Discord keeps some words back, and some numbers.
pub fn thread_names(complaint: &Complaint, words: &Words) -> [String; 3] {
    [thread_name(complaint), format!("#{}", complaint.number()), words.thread_plain_name()]
}

fn description(complaint: &Complaint, words: &Words) -> String {
    let mut text = plain(&cut(&complaint.filed.words, CARD_WORDS));
    if !fits_the_card(complaint) {
        text.push('\n');
        text.push_str(&words.card_more());
    }
    if !complaint.filed.files.is_empty() {
        text.push_str("\n📎 ");
        text.push_str(&words.card_files(complaint.filed.files.len()));
    }
    let source = match complaint.filed.source {
        Source::Form => words.source_form(),
        Source::DirectMessage => words.source_direct(),
        Source::Unsent => words.source_unsent(),
        Source::Logged => {
            let medium = complaint.filed.medium.map(|medium| medium_name(medium, words));
            let by = complaint.filed.logged_by.as_ref().map(|by| plain(&by.name));
            match (medium, by) {
                (Some(medium), Some(by)) => words.source_logged_by(medium, by),
                _ => words.source_logged(),
            }
        }
    };
    text.push('\n');
    text.push_str(&small(&words.card_source(at(complaint.filed.since), source)));
    text
}

fn colour(complaint: &Complaint) -> u32 {
    match complaint.stage {
        _ if complaint.is_overdue() => OVERDUE,
        Stage::Filed => WAITING,
        _ if complaint.lost().next().is_some() => WAITING,
        Stage::Recorded if complaint.unanswered.is_some() => WAITING,
        Stage::Recorded => OPEN,
        Stage::Resolved | Stage::Closed => SETTLED,
        Stage::Dismissed => ENDED,
    }
}

fn fields(complaint: &Complaint, lang: Lang, view: &View<'_>) -> Vec<Value> {
    let words = view.words(lang);
    let field = |name: String, value: String, inline: bool| json!({ "name": name, "value": cut(&value, 1024), "inline": inline });
    let mut fields = Vec::new();
    if !complaint.filed.wish.is_empty() {
        fields.push(field(words.card_wish(), plain(&cut(&complaint.filed.wish, 900)), false));
    }
    if let Some(summary) = procedure::on_card(complaint, words) {
        fields.push(field(words.card_summary(), summary, false));
    }
    if let Some(known) = clarifying::on_card(complaint, words) {
        fields.push(field(words.card_clarified(), known, false));
    }
    fields.push(field(words.card_category(), category(complaint, lang, view), true));
    fields.push(field(words.card_severity(), severity_name(complaint.severity, words), true));
    let owner = complaint.owner.as_ref().map_or_else(|| words.card_no_owner(), |owner| user(owner.id));
    fields.push(field(words.card_owner(), owner, true));
    if let Some(wait) = complaint.waiting() {
        let reason = match wait.reason.as_str() {
            "" => String::new(),
            reason => format!(": {}", plain(&cut(reason, 200))),
        };
        fields.push(field(words.card_waiting(), words.card_waiting_since(at(wait.from), reason), false));
    }
    let deadlines = deadlines(complaint, words);
    if !deadlines.is_empty() {
        fields.push(field(words.card_deadlines(), deadlines.join("\n"), false));
    }
    fields.push(field(words.card_next(), next_step(complaint, words), true));
    fields.push(field(words.card_line(), line(complaint, words), true));
    if !complaint.about.is_nobody() {
        let names: Vec<String> = complaint.about.named.iter().map(|held| plain(&held.name)).collect();
        let said = words.say("card-about-said", &[("names", names.join(", ").into())]);
        fields.push(field(words.say("card-about", &[]), said, false));
    }
    let shown = complaint.rating().filter(|_| complaint.about.is_nobody());
    if let Some(score) = shown.and_then(|rating| rating.score) {
        fields.push(field(words.card_rating(), stars(score), true));
    }
    if let Some(earlier) = complaint.filed.earlier {
        let place = earlier.thread.map_or_else(|| format!("#{}", earlier.number), channel);
        fields.push(field(words.card_earlier(), place, true));
    }
    if !complaint.filed.contact.is_empty() {
        fields.push(field(words.card_contact(), plain(&complaint.filed.masked_contact()), true));
    }
    fields
}

/// The category a person gave it, or what its words point to, said as a guess.
pub fn category(complaint: &Complaint, lang: Lang, view: &View<'_>) -> String {
    let words = view.words(lang);
    let name =
        |id: &str| view.policy.category(id).map_or_else(|| id.to_owned(), |held| held.name(lang).to_owned());
    match (&complaint.category, &complaint.filed.suggested) {
        (Some(id), _) => name(id),
        (None, Some(id)) => words.card_unclassified_suggested(name(id)),
        (None, None) => words.card_unclassified(),
    }
}

/// How many of the deadlines to come the card names.
const NEXT_DEADLINES: usize = 3;

/// What was missed, what stands still, and the next deadlines; of what was done in time the seeds' two clocks alone.
fn deadlines(complaint: &Complaint, words: &Words) -> Vec<String> {
    let mut lines = Vec::new();
    let mut next: Vec<(bool, i64, String)> = Vec::new();
    for (kind, run) in &complaint.clocks {
        let clock = clock_name(*kind, words);
        if let Some(breach) = &run.breach {
            lines.push(words.deadline_missed(clock, at(breach.deadline)));
        } else if run.is_paused() {
            lines.push(words.deadline_paused(clock));
        } else if let Some(due) = run.due_at() {
            next.push((
                kind.is_legal(),
                due,
                words.deadline_running(clock, due_text(run, due, words), relative(due)),
            ));
        } else if matches!(kind, ClockKind::Recorded | ClockKind::Reply) {
            lines.push(words.deadline_met(clock));
        }
    }
    // The law's deadlines stand behind those that a day is worked by.
    next.sort();
    let later = next.len().saturating_sub(NEXT_DEADLINES);
    lines.extend(next.into_iter().take(NEXT_DEADLINES).map(|(_, _, line)| line));
    if later > 0 {
        lines.push(words.deadlines_more(later));
    }
    lines
}

/// The name of a clock.
pub fn clock_name(clock: ClockKind, words: &Words) -> String {
    words.say(&format!("clock-{clock}"), &[])
}

/// When a run is due: working days end with the day, other deadlines have an hour.
pub fn due_text(run: &Running, due: i64, words: &Words) -> String {
    match run.terms.target {
        Target::WorkingDays(_) => words.deadline_end_of_day(day(due - 1_000)),
        Target::Open(_) | Target::ByHand => at(due),
    }
}

fn next_step(complaint: &Complaint, words: &Words) -> String {
    // Whatever else is to be done: somebody waits for words that did not arrive.
    if let Some(lost) = complaint.lost().next() {
        let by_words = lost.lost.is_some_and(Undelivered::is_of_the_words);
        return if by_words { words.next_resend() } else { words.next_call() };
    }
    match complaint.stage {
        Stage::Filed if complaint.owner.is_some() => words.next_read(),
        Stage::Filed => words.next_claim(),
        Stage::Recorded if !complaint.speech.untold.is_empty() => words.next_tell(),
        Stage::Recorded if complaint.disposition.waits_for_agreement() => words.next_refusal(),
        Stage::Recorded if complaint.waiting().is_some() => words.next_waiting(),
        Stage::Recorded if complaint.unanswered.is_some() => words.next_reply(),
        Stage::Recorded => words.next_work(),
        Stage::Resolved if !complaint.speech.untold.is_empty() => words.next_tell(),
        // Whom nobody could ask, rates nothing.
        Stage::Resolved if complaint.rating().is_some_and(|held| held.closed && held.score.is_none()) => {
            words.next_none()
        }
        Stage::Resolved => words.next_rating(),
        Stage::Closed | Stage::Dismissed => words.next_none(),
    }
}

fn line(complaint: &Complaint, words: &Words) -> String {
    match complaint.line {
        Line::Unknown | Line::Direct { .. } => words.line_direct(),
        Line::Thread { channel: thread } => words.line_thread(channel(thread)),
        Line::Nowhere { reason: Undelivered::Closed } => words.line_closed(),
        Line::Nowhere { reason: Undelivered::Gone } => words.line_gone(),
        Line::Nowhere { reason: Undelivered::Refused | Undelivered::Blocked } => words.line_refused(),
        Line::Nowhere { reason: Undelivered::Flagged } => words.line_flagged(),
        Line::Nowhere { reason: Undelivered::NoThread } => words.line_no_thread(),
        Line::Nowhere { reason: Undelivered::Spoken } => words.line_closed(),
        Line::Spoken { medium } => words.line_spoken(medium_name(medium, words)),
    }
}

fn components(complaint: &Complaint, lang: Lang, view: &View<'_>) -> Vec<Value> {
    let words = view.words(lang);
    let id = complaint.id;
    let mut buttons = Vec::new();
    if complaint.forgotten_at.is_some() {
        return buttons;
    }
    if complaint.stage.is_open() {
        if complaint.owner.is_none() {
            buttons.push(button(Style::Primary, &words.claim_button(), &CustomId::Claim(id)));
        }
        if complaint.stage == Stage::Filed {
            buttons.push(button(Style::Primary, &words.read_button(), &CustomId::OpenRead(id)));
        }
        let reply = if complaint.owner.is_some() { Style::Primary } else { Style::Secondary };
        buttons.push(button(reply, &words.reply_button(), &CustomId::OpenReply(id)));
        buttons.push(button(Style::Success, &words.resolve_button(), &CustomId::OpenResolve(id)));
    } else if complaint.stage != Stage::Dismissed {
        buttons.push(button(Style::Secondary, &words.reply_button(), &CustomId::OpenReply(id)));
    }
    if !complaint.filed.contact.is_empty() {
        let label = words.card_contact_button();
        buttons.push(button(Style::Secondary, &label, &CustomId::ShowContact(id)));
    }
    let mut rows = Vec::new();
    if !buttons.is_empty() {
        rows.push(row(buttons));
    }
    if complaint.stage.is_open() && !view.policy.categories.is_empty() {
        let options: Vec<(String, String, bool)> = view
            .policy
            .categories
            .iter()
            .map(|held| {
                let chosen = complaint.category.as_deref() == Some(held.id.as_str());
                (held.id.clone(), held.name(lang).to_owned(), chosen)
            })
            .collect();
        rows.push(row(vec![select(&CustomId::Classify(id), &words.card_pick_category(), &options)]));
    }
    rows.extend(clarifying::to_ask(complaint, lang, view));
    rows
}

/// All severities with their names.
pub fn severities(words: &Words) -> Vec<(String, String)> {
    Severity::ALL.iter().map(|held| (held.as_str().to_owned(), severity_name(*held, words))).collect()
}
