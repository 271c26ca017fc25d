//! The action bar: the first message of a complaint's thread. The next step, how things stand, and what is pressed for it.

use serde_json::{Value, json};

use super::card::{category, clock_name, due_text, severities, vulnerable};
use super::disposition::medium_name;
use super::{
    Style, View, at, button, channel, cut, no_pings, plain, procedure, relative, row, select, small, stars,
    user,
};
use crate::discord::commands::severity_name;
use crate::discord::custom_id::{CustomId, mark_as_of};
use crate::domain::complaint::{Complaint, Line, Stage};
use crate::domain::event::Undelivered;
use crate::domain::running::Stop;
use crate::features::discord;
use crate::kernel::ids::ComplaintId;
use crate::kernel::lang::Lang;
use crate::sla::clocks::ClockKind;
use crate::text::Words;

/// How many of the deadlines to come it names.
const NEXT_DEADLINES: usize = 3;
/// The values of the select that says whether the customer is vulnerable.
pub const YES: &str = "yes";
/// They are not.
pub const NO: &str = "no";

/// The bar's message.
pub fn bar(complaint: &Complaint, lang: Lang, view: &View<'_>) -> Value {
    let words = view.words(lang);
    let mut text = format!("**{}** {}", words.bar_next(), next_step(complaint, words));
    // Whoever writes in the thread for the first time must not think that the customer reads it.
    text = format!("{text}\n{}", small(&words.bar_inside()));
    let mut body = json!({
        "content": cut(&text, 2_000),
        "embeds": [standing(complaint, lang, view)],
        "components": components(complaint, lang, view),
        "allowed_mentions": no_pings(),
    });
    mark_as_of(complaint, &mut body);
    body
}

/// How things stand, as an embed.
pub fn standing(complaint: &Complaint, lang: Lang, view: &View<'_>) -> Value {
    let words = view.words(lang);
    let field = |name: String, value: String, inline: bool| json!({ "name": name, "value": cut(&value, 1024), "inline": inline });
    let mut fields = Vec::new();
    if let Some(summary) = procedure::on_card(complaint, words) {
        fields.push(field(words.card_summary(), summary, false));
    }
    let told = discord::fields(&complaint.features, words).into_iter();
    fields.extend(told.map(|(heading, text)| field(heading, text, false)));
    fields.push(field(words.card_category(), category(complaint, lang, view), true));
    let severity = match complaint.severity_said {
        true => severity_name(complaint.severity, words),
        false => words.not_said_yet(),
    };
    fields.push(field(words.card_severity(), severity, true));
    fields.push(field(words.bar_vulnerable(), vulnerable(complaint, words), true));
    let owner = complaint.owner.as_ref().map_or_else(|| words.card_no_owner(), |owner| user(owner.id));
    fields.push(field(words.card_owner(), owner, true));
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
    json!({ "fields": fields })
}

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
        } else if run.stop != Some(Stop::Cancelled) && matches!(kind, ClockKind::Recorded | ClockKind::Reply)
        {
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
        Stage::Recorded => discord::next_step(&complaint.features, words).unwrap_or_else(|| {
            match (complaint.waiting(), &complaint.unanswered) {
                (Some(_), _) => words.next_waiting(),
                (None, Some(_)) => words.next_reply(),
                (None, None) => words.next_work(),
            }
        }),
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

/// The buttons of the next step; the card has them too.
pub fn first_row(complaint: &Complaint, words: &Words) -> Vec<Value> {
    let id = complaint.id;
    let mut buttons = Vec::new();
    if complaint.forgotten_at.is_some() || complaint.stage == Stage::Dismissed {
        return buttons;
    }
    let reply = CustomId::OpenReply(id);
    if !complaint.stage.is_open() {
        buttons.push(button(Style::Secondary, &words.reply_button(), &reply));
        return buttons;
    }
    if complaint.owner.is_none() {
        buttons.push(button(Style::Primary, &words.claim_button(), &CustomId::Claim(id)));
    }
    if complaint.stage == Stage::Filed {
        buttons.push(button(Style::Primary, &words.read_button(), &CustomId::OpenRead(id)));
    }
    let style = if complaint.owner.is_some() { Style::Primary } else { Style::Secondary };
    buttons.push(button(style, &words.reply_button(), &reply));
    buttons.push(button(Style::Success, &words.resolve_button(), &CustomId::OpenResolve(id)));
    buttons
}

/// Five rows at most: the next step, the first field that nobody has set, what may be asked.
fn components(complaint: &Complaint, lang: Lang, view: &View<'_>) -> Vec<Value> {
    let words = view.words(lang);
    let mut rows = Vec::new();
    let mut buttons = first_row(complaint, words);
    if buttons.is_empty() {
        return rows;
    }
    buttons.push(button(Style::Secondary, &words.more_button(), &CustomId::OpenMore(complaint.id)));
    rows.push(row(buttons));
    if complaint.stage.is_open() {
        rows.extend(first_unset(complaint, lang, view));
    }
    let category = complaint.category_in(view.policy);
    rows.extend(discord::rows(&complaint.core(), &complaint.features, category, lang, words));
    rows
}

/// The select of the first field that nobody has set. What may concern somebody's safety comes first.
fn first_unset(complaint: &Complaint, lang: Lang, view: &View<'_>) -> Option<Value> {
    let words = view.words(lang);
    let undecided = complaint.features.procedure.vulnerable().is_none();
    if undecided && complaint.perhaps_vulnerable() {
        return Some(vulnerable_select(complaint, words));
    }
    if complaint.category.is_none()
        && let Some(select) = category_select(complaint, lang, view)
    {
        return Some(select);
    }
    if !complaint.severity_said {
        return Some(severity_select(complaint, words));
    }
    undecided.then(|| vulnerable_select(complaint, words))
}

fn category_select(complaint: &Complaint, lang: Lang, view: &View<'_>) -> Option<Value> {
    let held = &view.policy.categories;
    let options: Vec<(String, String, bool)> = held
        .iter()
        .map(|held| {
            let chosen = complaint.category.as_deref() == Some(held.id.as_str());
            (held.id.clone(), held.name(lang).to_owned(), chosen)
        })
        .collect();
    let id = CustomId::Classify(complaint.id);
    (!options.is_empty()).then(|| row(vec![select(&id, &view.words(lang).card_pick_category(), &options)]))
}

fn severity_select(complaint: &Complaint, words: &Words) -> Value {
    let chosen = |id: &str| complaint.severity_said && complaint.severity.as_str() == id;
    let options: Vec<(String, String, bool)> = severities(words)
        .into_iter()
        .map(|(id, name)| {
            let chosen = chosen(&id);
            (id, name, chosen)
        })
        .collect();
    row(vec![select(&CustomId::SetSeverity(complaint.id), &words.pick_severity(), &options)])
}

fn vulnerable_select(complaint: &Complaint, words: &Words) -> Value {
    let said = complaint.features.procedure.vulnerable();
    let options = [
        (YES.to_owned(), words.vulnerable_yes(), said == Some(true)),
        (NO.to_owned(), words.vulnerable_no(), said == Some(false)),
    ];
    row(vec![select(&CustomId::SetVulnerable(complaint.id), &words.pick_vulnerable(), &options)])
}

/// What *More…* shows to whoever pressed it: every field, and what is done seldom.
pub fn more(complaint: &Complaint, lang: Lang, view: &View<'_>) -> Value {
    let words = view.words(lang);
    let id = complaint.id;
    let mut rows = Vec::new();
    let mut buttons = Vec::new();
    if complaint.stage.is_open() {
        rows.extend(category_select(complaint, lang, view));
        rows.push(severity_select(complaint, words));
        rows.push(vulnerable_select(complaint, words));
        buttons.push(button(Style::Secondary, &words.propose_button(), &CustomId::OpenPropose(id)));
        if complaint.waiting().is_some() {
            buttons.push(button(Style::Secondary, &words.resume_button(), &CustomId::Resume(id)));
        }
    }
    if !complaint.filed.contact.is_empty() {
        let label = words.card_contact_button();
        buttons.push(button(Style::Secondary, &label, &CustomId::ShowContact(id)));
    }
    let text = match buttons.is_empty() {
        true => words.more_none(complaint.number()),
        false => words.more_of(complaint.number()),
    };
    if !buttons.is_empty() {
        rows.push(row(buttons));
    }
    json!({
        "content": text,
        "embeds": [standing(complaint, lang, view)],
        "components": rows,
        "allowed_mentions": no_pings(),
    })
}

/// The button that opens the form of a proposal.
pub fn propose_button(id: ComplaintId, words: &Words) -> Value {
    button(Style::Primary, &words.propose_button(), &CustomId::OpenPropose(id))
}
