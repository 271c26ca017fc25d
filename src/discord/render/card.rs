//! The card: how a complaint stands, in the desk channel and at the head of its thread.

use serde_json::{Value, json};

use super::disposition::medium_name;
use super::{View, at, bar, channel, cut, day, no_pings, plain, row, small, user};
use crate::discord::commands::severity_name;
use crate::domain::complaint::{Complaint, Stage};
use crate::domain::decide::{CARD_WORDS, fits_the_card};
use crate::domain::event::Source;
use crate::domain::running::Running;
use crate::kernel::lang::Lang;
use crate::kernel::severity::Severity;
use crate::sla::clocks::{ClockKind, Target};
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
    let owner = complaint.owner.as_ref().map_or_else(|| words.card_no_owner(), |owner| user(owner.id));
    fields.push(field(words.card_owner(), owner, true));
    fields.push(field(words.card_stage(), stage(complaint, words), true));
    if complaint.perhaps_vulnerable() {
        fields.push(field(format!("⚠ {}", words.vulnerable()), vulnerable(complaint, words), true));
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

/// Where it stands.
fn stage(complaint: &Complaint, words: &Words) -> String {
    let name = match complaint.stage {
        Stage::Filed => "stage-filed",
        Stage::Recorded => "stage-recorded",
        Stage::Resolved => "stage-resolved",
        Stage::Closed => "stage-closed",
        Stage::Dismissed => "stage-dismissed",
    };
    words.say(name, &[])
}

/// Whether the customer is vulnerable, or only seems so.
pub fn vulnerable(complaint: &Complaint, words: &Words) -> String {
    match complaint.features.procedure.vulnerable() {
        Some(true) => words.yes(),
        Some(false) => words.no(),
        None if complaint.perhaps_vulnerable() => words.vulnerable_suggested(),
        None => words.not_said_yet(),
    }
}

/// What can be pressed without opening the thread.
fn components(complaint: &Complaint, lang: Lang, view: &View<'_>) -> Vec<Value> {
    let buttons = bar::first_row(complaint, view.words(lang));
    if buttons.is_empty() { Vec::new() } else { vec![row(buttons)] }
}

/// All severities with their names.
pub fn severities(words: &Words) -> Vec<(String, String)> {
    Severity::ALL.iter().map(|held| (held.as_str().to_owned(), severity_name(*held, words))).collect()
}
