//! What is said about a person's own data: to themselves, and to the managers whom they ask.

use fluent::FluentValue;
use serde_json::{Value, json};

use super::delivery;
use super::forms::one_box;
use super::{Style, View, at, button, cut, day, no_pings, pings, plain, quoted, role, row, small, user};
use crate::desk::data_requests::Held;
use crate::discord::custom_id::{CustomId, OwnData};
use crate::domain::data::holding::Holding;
use crate::domain::data::{Asks, DataRequest, Erased, LIMIT, Reply};
use crate::domain::event::Undelivered;
use crate::domain::policy::LineKind;
use crate::domain::settings::GuildDesk;
use crate::kernel::ids::GuildId;
use crate::kernel::lang::Lang;
use crate::sla::clocks::Target;
use crate::text::Words;

/// What is kept about a person, what for and how long, with what they can do about it.
pub fn shown(
    held: &Held,
    own: OwnData,
    name: &dyn Fn(GuildId) -> String,
    lang: Lang,
    view: &View<'_>,
) -> Value {
    let words = view.words(lang);
    let mut lines = vec![words.say("data-heading", &[("company", view.company.into())])];
    let several = held.desks.len() > 1;
    for (guild, holding) in &held.desks {
        if several {
            lines.push(format!("**{}**", plain(&cut(&name(*guild), 80))));
        }
        lines.extend(of_desk(holding, words));
    }
    if held.drafts > 0 {
        lines.push(words.say("data-drafts", &[("count", held.drafts.into())]));
    }
    for (_, number, due) in held.waiting.iter().take(5) {
        let due = due.map(|due| due_text(due, view, words)).unwrap_or_default();
        lines.push(words.say("data-waiting", &[("number", number.into()), ("due", due.into())]));
    }
    if lines.len() == 1 {
        lines.push(words.say("data-nothing", &[]));
    }
    if let Some(read) = held.known.chosen.or(held.known.seen) {
        let key = if held.known.chosen.is_some() { "data-language-chosen" } else { "data-language-seen" };
        let named = words.say(&format!("data-language-{read}"), &[]);
        lines.push(words.say(key, &[("lang", named.into())]));
    }
    let keep = words.duration(view.policy.keep_ms);
    let mut until = words.say("data-until", &[("keep", keep.into())]);
    let dates = held.desks.values().filter_map(|holding| holding.first_goes);
    if let Some(first) = dates.min() {
        until = format!("{until} {}", words.say("data-until-first", &[("day", day(first).into())]));
    }
    let within = target(view, words);
    lines.push(String::new());
    for text in
        [words.say("data-purpose", &[]), until, words.say("data-rights", &[("within", within.into())])]
    {
        lines.push(small(&text));
    }
    let buttons = vec![
        button(Style::Primary, &words.say("data-export-button", &[]), &CustomId::DataExport(own)),
        button(Style::Secondary, &words.say("data-erase-button", &[]), &CustomId::DataErase(own)),
        button(Style::Secondary, &words.say("data-ask-button", &[]), &CustomId::OpenDataRequest(own)),
    ];
    message(&lines, vec![row(buttons)])
}

fn of_desk(holding: &Holding, words: &Words) -> Vec<String> {
    let mut lines = Vec::new();
    for (key, of) in [("data-open", &holding.open), ("data-ended", &holding.ended)] {
        if !of.is_empty() {
            lines.push(words.say(key, &[("count", of.len().into()), ("numbers", numbers(of).into())]));
        }
    }
    let figure = |key: &'static str, count: i64| (key, FluentValue::from(count));
    lines.push(words.say(
        "data-figures",
        &[
            figure("messages", holding.messages),
            figure("replies", holding.replies),
            figure("files", holding.files),
            figure("ratings", holding.ratings),
            figure("contacts", holding.contacts),
        ],
    ));
    lines
}

/// The first numbers; where there are many, how many more.
fn numbers(of: &[i64]) -> String {
    const MOST: usize = 12;
    let shown: Vec<String> = of.iter().take(MOST).map(|number| format!("#{number}")).collect();
    let more = of.len().saturating_sub(MOST);
    let tail = if more > 0 { format!(" … +{more}") } else { String::new() };
    format!("{}{tail}", shown.join(", "))
}

/// What goes at once and what stays, before anything is erased.
pub fn erasing(held: &Held, own: OwnData, words: &Words) -> Value {
    let extras = held.extras();
    let mut lines = Vec::new();
    let mut rows = Vec::new();
    if extras.is_nothing() {
        lines.push(words.say("data-goes-nothing", &[]));
    } else {
        lines.push(words.say("data-goes", &[]));
        lines.extend(items(&extras, words).into_iter().map(|item| format!("- {item}")));
        let label = words.say("data-erase-now-button", &[]);
        rows.push(row(vec![button(Style::Danger, &label, &CustomId::DataEraseNow(own))]));
    }
    let (mut open, mut ended, mut last) = (Vec::new(), Vec::new(), None);
    for holding in held.desks.values() {
        open.extend(&holding.open);
        ended.extend(&holding.ended);
        last = last.max(holding.last_goes);
    }
    if !open.is_empty() || last.is_some() {
        lines.push(words.say("data-stays", &[]));
    }
    if !open.is_empty() {
        let line = words.say("data-stays-open", &[("numbers", numbers(&open).into())]);
        lines.push(format!("- {line}"));
    }
    if let Some(last) = last {
        let line =
            words.say("data-stays-ended", &[("numbers", numbers(&ended).into()), ("day", day(last).into())]);
        lines.push(format!("- {line}"));
    }
    message(&lines, rows)
}

/// What was erased.
pub fn erased(erased: &Erased, words: &Words) -> Value {
    if erased.is_nothing() {
        return message(&[words.say("data-goes-nothing", &[])], Vec::new());
    }
    let list = items(erased, words).join("; ");
    message(&[words.say("data-erased", &[("items", list.into())])], Vec::new())
}

fn items(erased: &Erased, words: &Words) -> Vec<String> {
    let counted = [
        ("data-item-drafts", erased.drafts),
        ("data-item-contacts", erased.contacts),
        ("data-item-wishes", erased.wishes),
        ("data-item-words", erased.words),
    ];
    let mut items: Vec<String> = counted
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(key, count)| words.say(key, &[("count", count.into())]))
        .collect();
    if erased.language {
        items.push(words.say("data-item-language", &[]));
    }
    items
}

/// The form for anything else.
pub fn ask_form(id: &CustomId, words: &Words) -> Value {
    let (title, label) = (words.say("data-ask-title", &[]), words.say("data-ask-label", &[]));
    let mut form = one_box(id, title, label, LIMIT);
    form["components"][0]["components"][0]["placeholder"] = json!(cut(&words.say("data-ask-hint", &[]), 100));
    form
}

/// The form of a manager's answer.
pub fn answer_form(id: &CustomId, words: &Words) -> Value {
    one_box(id, words.say("request-title", &[]), words.say("request-label", &[]), LIMIT)
}

/// What whoever asked is told: recorded, and by when it is answered.
pub fn asked(request: &DataRequest, line: LineKind, words: &Words) -> String {
    let due = request.schedule.due_at.map(|due| end_of(due, words)).unwrap_or_default();
    let said = words.say("data-asked", &[("number", request.number.into()), ("due", due.into())]);
    let way = match line {
        LineKind::Dm => words.say("data-asked-direct", &[]),
        LineKind::Thread => words.say("data-asked-thread", &[]),
    };
    format!("{said}\n{way}\n{}", small(&words.automatic()))
}

/// What the manager who answered is told.
pub fn answering(request: &DataRequest, words: &Words) -> String {
    let name = plain(&request.customer.name);
    words.say("request-answering", &[("number", request.number.into()), ("name", name.into())])
}

/// A request before the managers, as it stands.
pub fn request(request: &DataRequest, desk: &GuildDesk, view: &View<'_>) -> Value {
    let words = view.words(desk.locale);
    let name = format!("{} ({})", plain(&request.customer.name), user(request.customer.id));
    let number = FluentValue::from(request.number);
    let text = match &request.asks {
        Asks::Erase { erased } => {
            let list = items(erased, words).join("; ");
            let args = [("number", number), ("name", name.into()), ("items", list.into())];
            return message(&[words.say("request-erased", &args)], Vec::new());
        }
        Asks::Other { text } => text,
    };
    let due = request.schedule.due_at.map(|due| end_of(due, words)).unwrap_or_default();
    let mention = if request.is_open() { role(desk.manager_role) } else { String::new() };
    let args = [
        ("role", mention.into()),
        ("number", number),
        ("name", name.into()),
        ("due", FluentValue::from(due)),
    ];
    let mut lines = vec![words.say("request-told", &args).trim_start().to_owned(), quoted(&plain(text))];
    if let Some(missed) = request.schedule.breach_at.filter(|_| request.missed_at.is_some()) {
        lines.push(small(&words.say("request-was-missed", &[("due", end_of(missed, words).into())])));
    }
    let mut rows = Vec::new();
    match &request.reply {
        Some(reply) => lines.extend(replied(reply, words)),
        None => {
            let id = CustomId::OpenAnswerRequest(request.id);
            rows.push(row(vec![button(Style::Primary, &words.say("request-button", &[]), &id)]));
        }
    }
    let mut body = message(&lines, rows);
    if request.is_open() {
        body["allowed_mentions"] = pings(&[], &[desk.manager_role]);
    }
    body
}

/// The answer below its request. Where both do not fit one message, the answer stands before the person in full.
fn replied(reply: &Reply, words: &Words) -> Vec<String> {
    let args = [("name", plain(&reply.by.name).into()), ("when", FluentValue::from(at(reply.at)))];
    let key = match reply.reached {
        Some(true) => "request-delivered",
        Some(false) => "request-undelivered",
        None => "request-on-its-way",
    };
    let text = quoted(&plain(&cut(&reply.text, 300)));
    vec![words.say("request-answered", &args), text, small(&words.say(key, &[]))]
}

/// A request is due, or was missed.
pub fn due(request: &DataRequest, missed: bool, desk: &GuildDesk, view: &View<'_>) -> Value {
    let words = view.words(desk.locale);
    let due = request.schedule.due_at.map(|due| end_of(due, words)).unwrap_or_default();
    let key = if missed { "request-missed" } else { "request-remind" };
    let args = [
        ("role", role(desk.manager_role).into()),
        ("number", request.number.into()),
        ("name", plain(&request.customer.name).into()),
        ("due", FluentValue::from(due)),
    ];
    let mut rows = Vec::new();
    if request.is_open() {
        let id = CustomId::OpenAnswerRequest(request.id);
        rows.push(row(vec![button(Style::Primary, &words.say("request-button", &[]), &id)]));
    }
    let mut body = message(&[words.say(key, &args)], rows);
    body["allowed_mentions"] = pings(&[], &[desk.manager_role]);
    body
}

/// The answer found no way to the person.
pub fn unreached(
    request: &DataRequest,
    reason: Option<Undelivered>,
    desk: &GuildDesk,
    view: &View<'_>,
) -> Value {
    let words = view.words(desk.locale);
    let why = delivery::unreached(reason.unwrap_or(Undelivered::Closed), words);
    let args = [
        ("role", role(desk.manager_role).into()),
        ("number", request.number.into()),
        ("name", FluentValue::from(plain(&request.customer.name))),
        ("why", FluentValue::from(why)),
    ];
    let mut body = message(&[words.say("request-unreached", &args)], Vec::new());
    body["allowed_mentions"] = pings(&[], &[desk.manager_role]);
    body
}

/// The answer, as the person reads it.
pub fn answer(request: &DataRequest, reply: &Reply, view: &View<'_>) -> Value {
    let words = view.words(request.lang);
    let heading = small(&words.say("data-answer-heading", &[("number", request.number.into())]));
    let signed = words.signed(reply.text.as_str(), view.signature(&reply.by.name));
    message(&[heading, signed], Vec::new())
}

/// Until when the law wants an answer: working days end with the day.
fn end_of(due: i64, words: &Words) -> String {
    words.deadline_end_of_day(day(due - 1_000))
}

fn due_text(due: i64, view: &View<'_>, words: &Words) -> String {
    match view.policy.data_request.target {
        Target::WorkingDays(_) => end_of(due, words),
        Target::Open(_) | Target::ByHand => at(due),
    }
}

/// How long an answer may take, as the configuration says.
fn target(view: &View<'_>, words: &Words) -> String {
    match view.policy.data_request.target {
        Target::WorkingDays(days) => words.say("data-working-days", &[("count", days.into())]),
        Target::Open(ms) => words.duration(ms),
        Target::ByHand => String::new(),
    }
}

fn message(lines: &[String], rows: Vec<Value>) -> Value {
    json!({ "content": cut(&lines.join("\n"), 2_000), "components": rows, "allowed_mentions": no_pings() })
}
