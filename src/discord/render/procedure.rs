//! What the procedure shows: its forms, what the customer is asked and told, and what staff read of promises.

use serde_json::{Value, json};

use super::card::clock_name;
use super::disposition::medium_name;
use super::forms::{Input, form, one_box};
use super::thread::place;
use super::{Style, View, at, button, cut, no_pings, pings, plain, quoted, relative, row, small, user};
use crate::discord::commands::severity_name;
use crate::discord::custom_id::CustomId;
use crate::domain::complaint::Complaint;
use crate::domain::decide::procedure::SUMMARY_LIMIT;
use crate::domain::filing::Medium;
use crate::domain::procedure::{Done, Promise, Standing, Verdict};
use crate::domain::proposal::Remedy;
use crate::kernel::ids::ComplaintId;
use crate::kernel::lang::Lang;
use crate::kernel::people::Person;
use crate::kernel::severity::Severity;
use crate::language::safety::suggests_vulnerable;
use crate::text::Words;

pub use super::forms::TEXT;

/// The inputs of the form of the recording, and of the one that moves a promise.
pub const CATEGORY: &str = "category";
/// How bad it is.
pub const SEVERITY: &str = "severity";
/// The matter in one line.
pub const SUMMARY: &str = "summary";
/// Whether the customer is vulnerable.
pub const VULNERABLE: &str = "vulnerable";
/// Until when.
pub const WHEN: &str = "when";

/// How much of the customer's words stands in the summary before anybody has changed it, in characters.
const PREFILLED: usize = 120;
/// Discord takes five rows of buttons with one message.
const ROWS: usize = 5;
/// How many promises a list names.
const LISTED: usize = 25;

fn short(name: &str, label: String, hint: String, required: bool, limit: usize, value: String) -> Input {
    Input { name: name.to_owned(), label, hint, long: false, required, limit, value }
}

/// The form of the recording, filled in with what is known or likely: never more than a suggestion.
pub fn read(complaint: &Complaint, lang: Lang, view: &View<'_>) -> Value {
    let words = view.words(lang);
    let record = complaint.features.procedure.record.as_ref();
    let summary =
        record.map_or_else(|| cut(&complaint.filed.matter(), PREFILLED), |record| record.summary.clone());
    let summary =
        short(SUMMARY, words.read_summary(), words.read_summary_hint(), true, SUMMARY_LIMIT, summary);
    let mut inputs = vec![Input { long: true, ..summary }];
    let suggested = suggests_vulnerable(&complaint.filed.words);
    // What was chosen in a select is not typed once more.
    if complaint.category.is_none() {
        let category = complaint.likely_category().and_then(|id| view.policy.category(id));
        let category = category.map(|held| held.name(lang).to_owned()).unwrap_or_default();
        inputs.push(short(CATEGORY, words.card_category(), words.read_category_hint(), false, 100, category));
    }
    if !complaint.severity_said {
        let names: Vec<String> =
            Severity::ALL.iter().map(|severity| severity_name(*severity, words)).collect();
        let severity = if suggested { severity_name(Severity::High, words) } else { words.not_said_yet() };
        inputs.push(short(SEVERITY, words.card_severity(), names.join(" · "), false, 30, severity));
    }
    if complaint.features.procedure.vulnerable().is_none() {
        let vulnerable = if suggested { words.yes() } else { words.not_said_yet() };
        let hint = words.read_vulnerable_hint();
        inputs.push(short(VULNERABLE, words.read_vulnerable(), hint, false, 30, vulnerable));
    }
    form(&CustomId::Read(complaint.id), &words.read_title(), &inputs)
}

/// The form for what a summary gets wrong.
pub fn summary_wrong(id: &CustomId, words: &Words) -> Value {
    one_box(id, words.summary_wrong_title(), words.summary_wrong_label(), 500)
}

/// The form for what came of a promise that is kept before its hour.
pub fn kept_promise(id: &CustomId, words: &Words) -> Value {
    one_box(id, words.promise_kept_title(), words.promise_kept_label(), 500)
}

/// The form that moves a promise.
pub fn move_promise(id: &CustomId, words: &Words) -> Value {
    let when = short(WHEN, words.promise_when(), words.promise_when_hint(), true, 100, String::new());
    let reason = short(TEXT, words.promise_reason(), String::new(), true, 500, String::new());
    form(id, &words.promise_move_title(), &[when, Input { long: true, ..reason }])
}

/// The summary as the customer is asked about it.
pub fn summary(complaint: &Complaint, by: &Person, summary: &str, view: &View<'_>) -> (String, Value) {
    let words = view.words(complaint.lang);
    let text = words.summary_ask(complaint.number(), quoted(&plain(summary)), view.signature(&by.name));
    let buttons = row(vec![
        button(Style::Success, &words.summary_right_button(), &CustomId::SummaryRight(complaint.id)),
        button(Style::Secondary, &words.summary_wrong_button(), &CustomId::OpenSummaryWrong(complaint.id)),
    ]);
    (text, buttons)
}

/// What the customer reads once they said whether the summary is right: the buttons are gone.
pub fn summary_heard(number: i64, summary: &str, right: bool, words: &Words) -> Value {
    let thanks = if right { words.summary_thanks_right() } else { words.summary_thanks_wrong() };
    let text = format!("{}\n\n{thanks}", words.summary_heard(number, quoted(&plain(summary))));
    json!({ "content": cut(&text, 2_000), "components": [], "allowed_mentions": no_pings() })
}

/// What the customer chose elsewhere, as the thread keeps it.
pub fn choice_noted(by: &Person, remedy: &Remedy, medium: Medium, said: i64, words: &Words) -> String {
    let medium = medium_name(medium, words);
    words.choice_noted(plain(&by.name), medium, at(said), quoted(&plain(&remedy.what)))
}

/// What came of a step, as staff read it; what the thread keeps as its record comes first.
pub fn done(done: &Done, asker: &Person, lang: Lang, view: &View<'_>) -> String {
    let words = view.words(lang);
    let name = plain(&asker.name);
    let name = name.as_str();
    match done {
        Done::Read { number, category, severity, summary, vulnerable, asked } => {
            let category = category.as_deref().and_then(|id| view.policy.category(id));
            let category =
                category.map_or_else(|| words.card_unclassified(), |held| held.name(lang).to_owned());
            let mut text = words.read_done(name, *number, quoted(&plain(summary)));
            let severity = severity.map(|severity| severity_name(severity, words));
            let severity = severity.unwrap_or_else(|| words.severity_not_said());
            let mut facts = vec![category, severity];
            match vulnerable {
                Some(true) => facts.push(words.vulnerable()),
                Some(false) => {}
                None => facts.push(words.vulnerable_not_said()),
            }
            text = format!("{text}\n{}", small(&facts.join(" · ")));
            if *asked { format!("{text}\n{}", small(&words.read_asked())) } else { text }
        }
        Done::VulnerableSaid { number, vulnerable: true } => words.vulnerable_noted(*number),
        Done::VulnerableSaid { number, vulnerable: false } => words.vulnerable_denied(*number),
        Done::SummaryHeard { .. }
        | Done::TalkTaken { .. }
        | Done::Chosen { .. }
        | Done::Proposal { .. }
        | Done::ChoiceNoted { .. } => String::new(),
        Done::ChangeAsked { text } => words.change_asked(name, quoted(&plain(text))),
    }
}

/// The times that words may mean, each a button that files the promise; `passed` is the hour that was written, if it is over.
pub fn offered(
    complaint: ComplaintId,
    words_of: u64,
    (what, passed): (&str, Option<i64>),
    times: &[(i64, String)],
    words: &Words,
) -> Value {
    let text = match times {
        _ if passed.is_some() => words.promise_passed(at(passed.unwrap_or_default()), quoted(&plain(what))),
        [(only, _)] => words.promise_read(at(*only), relative(*only), quoted(&plain(what))),
        _ => words.promise_which(quoted(&plain(what))),
    };
    let file = |(due, label): &(i64, String)| {
        button(Style::Primary, label, &CustomId::FilePromise { complaint, words_of, due: *due })
    };
    let rows: Vec<Value> =
        times.chunks(5).take(5).map(|times| row(times.iter().map(file).collect())).collect();
    json!({
        "content": cut(&text, 2_000),
        "components": rows,
        "allowed_mentions": no_pings(),
    })
}

fn standing(promise: &Promise, now: i64, words: &Words) -> String {
    match promise.standing(now) {
        Standing::Open => words.promise_open(at(promise.due), relative(promise.due)),
        Standing::Broken => words.promise_broken(at(promise.due)),
        Standing::Kept => words.promise_kept(at(promise.due)),
        Standing::KeptLate => words.promise_kept_late(at(promise.due)),
        Standing::Released => words.promise_released(),
    }
}

fn line(promise: &Promise, now: i64, words: &Words) -> String {
    let what = plain(&cut(&promise.what, 150));
    let standing = standing(promise, now, words);
    let moved = match promise.moved.len() {
        0 => String::new(),
        times => format!(" · {}", words.promise_moved_times(times)),
    };
    words.promise_line(promise.number, what, plain(&promise.by.name), format!("{standing}{moved}"))
}

/// The promises of one complaint; those that are open can be kept or moved here.
pub fn of_complaint(complaint: &Complaint, now: i64, words: &Words) -> Value {
    let held = &complaint.features.procedure;
    if held.promises.is_empty() {
        return json!({ "content": words.promises_none(), "allowed_mentions": no_pings() });
    }
    let mut text = format!("**{}**", words.promises_of(complaint.number()));
    for promise in held.promises.iter() {
        text = format!("{text}\n{}", line(promise, now, words));
    }
    let rows: Vec<Value> = held
        .promises
        .open()
        .into_iter()
        .take(ROWS)
        .map(|promise| {
            let (complaint, number) = (complaint.id, promise.number);
            let keep = CustomId::KeepPromise { complaint, promise: number };
            let mut buttons = vec![button(Style::Success, &words.promise_keep_button(number), &keep)];
            if promise.due >= now {
                let to = CustomId::OpenMovePromise { complaint, promise: number };
                buttons.push(button(Style::Secondary, &words.promise_move_button(number), &to));
            }
            row(buttons)
        })
        .collect();
    json!({ "content": cut(&text, 2_000), "components": rows, "allowed_mentions": no_pings() })
}

/// Open promises of many complaints, the one due first first.
pub fn of_many(
    complaints: &[Complaint],
    mine: impl Fn(&Complaint, &Promise) -> bool,
    now: i64,
    words: &Words,
) -> String {
    let mut open: Vec<(&Complaint, &Promise)> = complaints
        .iter()
        .flat_map(|held| {
            held.features.procedure.promises.open().into_iter().map(move |promise| (held, promise))
        })
        .filter(|(held, promise)| mine(held, promise))
        .collect();
    open.sort_by_key(|(held, promise)| (promise.due, held.number()));
    if open.is_empty() {
        return words.promises_none_open();
    }
    let mut text = format!("**{}**", words.promises_open(open.len()));
    for (shown, (held, promise)) in open.iter().enumerate() {
        let next = format!("{} · {}", place(held), line(promise, now, words));
        if shown == LISTED || text.chars().count() + next.chars().count() > 1_900 {
            return format!("{text}\n{}", words.list_more(open.len() - shown));
        }
        text = format!("{text}\n{next}");
    }
    text
}

/// Who hands which cases to whom: the colleague is told, and sees the one that is due first first.
pub fn handed_over(handed: &[&Complaint], from: &Person, to: &Person, words: &Words) -> Value {
    let mut cases = handed.to_vec();
    cases.sort_by_key(|held| held.next_deadline().map_or(i64::MAX, |(_, due)| due));
    let mut text = words.handed_over(plain(&from.name), user(to.id), cases.len());
    for (shown, held) in cases.iter().enumerate() {
        let due = held
            .next_deadline()
            .map(|(clock, due)| format!(" · {} {}", clock_name(clock, words), relative(due)));
        let customer = plain(&cut(&held.filed.customer.name, 30));
        let next = format!("{} · {customer}{}", place(held), due.unwrap_or_default());
        if shown == LISTED || text.chars().count() + next.chars().count() > 1_900 {
            text = format!("{text}\n{}", words.list_more(cases.len() - shown));
            break;
        }
        text = format!("{text}\n{next}");
    }
    json!({ "content": text, "allowed_mentions": pings(&[to.id], &[]) })
}

/// The summary on the card, with what the customer says of it.
pub fn on_card(complaint: &Complaint, words: &Words) -> Option<String> {
    let record = complaint.features.procedure.record.as_ref()?;
    let verdict = match record.verdict {
        Some(Verdict::Right) => words.summary_is_right(),
        Some(Verdict::NotQuite) => words.summary_is_wrong(),
        None => words.summary_is_open(),
    };
    let text = format!("{}\n{}", plain(&cut(&record.summary, 300)), small(&verdict));
    Some(text)
}
