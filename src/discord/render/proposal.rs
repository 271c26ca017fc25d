//! What a proposal shows: its forms, what managers and staff read of it, and what the customer chooses from.

use serde_json::{Value, json};

use super::disposition::medium_name;
use super::forms::{Input, TEXT, form, one_box};
use super::procedure::WHEN;
use super::{Style, View, at, button, channel, cut, no_pings, plain, quoted, row, small};
use crate::discord::custom_id::CustomId;
use crate::domain::complaint::Complaint;
use crate::domain::decide::proposal::LETTER_LIMIT;
use crate::domain::filing::Medium;
use crate::domain::proposal::{Proposal, Remedy};
use crate::kernel::ids::{ChannelId, ComplaintId};
use crate::kernel::lang::Lang;
use crate::kernel::people::Person;
use crate::language::offer;
use crate::text::Words;

/// The inputs of a proposal's form.
pub const FIRST: &str = "first";
/// By when the first one is done.
pub const FIRST_WHEN: &str = "first_when";
/// The other remedy.
pub const SECOND: &str = "second";
/// By when the other one is done.
pub const SECOND_WHEN: &str = "second_when";
/// Which is recommended and why, or why there is only one.
pub const REMARK: &str = "remark";

/// The inputs of the form of a spoken choice.
pub const NUMBER: &str = "number";
/// How they said it.
pub const MEDIUM: &str = "medium";

/// The form of a proposal for a complaint, filled in with two remedies and their times, as far as there are.
pub fn propose(complaint: ComplaintId, remedies: [(String, String); 2], words: &Words) -> Value {
    let [(first, first_when), (second, second_when)] = remedies;
    let input = |name: &str, label: String, hint: String, long: bool, required: bool| Input {
        name: name.to_owned(),
        label,
        hint,
        long,
        required,
        limit: if long { 500 } else { 100 },
        value: String::new(),
    };
    let inputs = [
        Input { value: first, ..input(FIRST, words.propose_first(), words.propose_what_hint(), true, true) },
        Input {
            value: first_when,
            ..input(FIRST_WHEN, words.propose_first_when(), words.propose_when_hint(), false, false)
        },
        Input {
            value: second,
            ..input(SECOND, words.propose_second(), words.propose_second_hint(), true, false)
        },
        Input {
            value: second_when,
            ..input(SECOND_WHEN, words.propose_second_when(), words.propose_when_hint(), false, false)
        },
        Input {
            limit: 500,
            ..input(REMARK, words.propose_remark(), words.propose_remark_hint(), false, false)
        },
    ];
    form(&CustomId::Propose(complaint), &words.propose_title(), &inputs)
}

/// The form that asks for a change.
pub fn change(id: &CustomId, words: &Words) -> Value {
    one_box(id, words.change_title(), words.change_label(), 500)
}

/// The customer's form for something else.
pub fn something_else(id: &CustomId, words: &Words) -> Value {
    one_box(id, words.something_else_button(), words.something_else_label(), 500)
}

/// The form that sends a proposal, drafted in the customer's language; its sender makes it theirs.
pub fn send(complaint: &Complaint, proposal: i64, lang: Lang, view: &View<'_>) -> Value {
    let words = view.words(lang);
    let id = CustomId::SendRemedies { complaint: complaint.id, proposal };
    let input = Input {
        name: TEXT.to_owned(),
        label: words.remedies_label(),
        hint: String::new(),
        long: true,
        required: true,
        limit: LETTER_LIMIT,
        value: view.words(complaint.lang).remedies_draft(),
    };
    form(&id, &words.remedies_title(), &[input])
}

/// The remedies as the customer reads them or, `valued`, with what they cost the company.
fn remedies(proposal: &Proposal, valued: bool, words: &Words) -> String {
    let line = |(place, remedy): (usize, &Remedy)| {
        let due = remedy.due.map(|due| format!(" · {}", words.remedy_by(at(due)))).unwrap_or_default();
        let cost = if valued { format!(" · {}", cost(remedy, words)) } else { String::new() };
        format!("**{}.** {}{due}{cost}", place + 1, plain(&remedy.what))
    };
    proposal.remedies.iter().enumerate().map(line).collect::<Vec<_>>().join("\n")
}

/// What a remedy costs the company, for those who decide about it.
fn cost(remedy: &Remedy, words: &Words) -> String {
    match remedy.value {
        Some(value) => words.dong(value),
        None if offer::given(&remedy.what).is_empty() => words.dong(0),
        None => words.remedy_unvalued(),
    }
}

/// What managers need to decide about a proposal without opening its thread, and the two ways to decide.
pub fn waiting(complaint: &Complaint, heading: &str, words: &Words, view: &View<'_>) -> (String, Vec<Value>) {
    let Some(proposal) = complaint.features.procedure.proposals.last() else {
        return (heading.to_owned(), Vec::new());
    };
    let category = complaint.likely_category().and_then(|id| view.policy.category(id));
    let summary = complaint.features.procedure.record.as_ref().map(|record| plain(&record.summary));
    let named = category.map(|category| category.name(words.lang()).to_owned());
    let matter = summary.or(named).unwrap_or_else(|| words.card_unclassified());
    let matter = words.proposal_waits_matter(complaint.number(), matter);
    let by = words.proposed(plain(&proposal.by.name));
    let mut text = format!("{heading}\n{matter}\n{by}\n{}", remedies(proposal, true, words));
    if !proposal.remark.is_empty() {
        text = format!("{text}\n{}", quoted(&plain(&proposal.remark)));
    }
    (text, vec![deciding(complaint.id, proposal.number, words)])
}

fn deciding(complaint: ComplaintId, proposal: i64, words: &Words) -> Value {
    let agree = CustomId::Agree { complaint, proposal };
    let change = CustomId::OpenChange { complaint, proposal };
    row(vec![
        button(Style::Success, &words.agree_button(), &agree),
        button(Style::Secondary, &words.change_button(), &change),
    ])
}

/// A proposal in the thread, with what can be done with it now.
pub fn shown(complaint: ComplaintId, proposal: &Proposal, words: &Words) -> Value {
    let by = plain(&proposal.by.name);
    let mut text = format!("{}\n{}", words.proposed(by), remedies(proposal, true, words));
    if proposal.remedies.len() > 1 {
        text = format!("{text}\n{}", words.recommended(proposal.recommended));
    }
    if !proposal.remark.is_empty() {
        text = format!("{text}\n{}", quoted(&plain(&proposal.remark)));
    }
    let number = proposal.number;
    let role = |role: &str| words.say(&format!("authority-{role}"), &[]);
    let state = match (&proposal.needs, &proposal.agreed_by) {
        _ if proposal.sent_at.is_some() => words.proposal_sent(),
        (Some(needs), None) => words.proposal_waits(role(needs)),
        (_, Some(agreed)) => words.proposal_agreed(plain(&agreed.name)),
        (None, None) => words.proposal_covered(),
    };
    let change = button(
        Style::Secondary,
        &words.change_button(),
        &CustomId::OpenChange { complaint, proposal: number },
    );
    let rows = match (proposal.sent_at, proposal.is_agreed()) {
        (Some(_), _) if proposal.choice.is_none() => {
            let note = CustomId::OpenNoteChoice { complaint, proposal: number };
            vec![row(vec![button(Style::Secondary, &words.note_choice_button(), &note)])]
        }
        (Some(_), _) => Vec::new(),
        (None, false) => vec![deciding(complaint, number, words)],
        (None, true) => {
            let send = CustomId::OpenSendRemedies { complaint, proposal: number };
            vec![row(vec![button(Style::Primary, &words.remedies_button(), &send), change])]
        }
    };
    let text = format!("{text}\n{}", small(&state));
    json!({ "content": cut(&text, 2_000), "components": rows, "allowed_mentions": no_pings() })
}

/// The form in which staff write down what the customer chose elsewhere.
pub fn note_choice(id: &CustomId, words: &Words) -> Value {
    let input = |name: &str, label: String, hint: String, required: bool, value: &str| Input {
        name: name.to_owned(),
        label,
        hint,
        long: false,
        required,
        limit: 100,
        value: value.to_owned(),
    };
    let media = Medium::ALL.map(|medium| medium_name(medium, words)).join(" · ");
    let phone = medium_name(Medium::Phone, words);
    form(
        id,
        &words.note_choice_title(),
        &[
            input(NUMBER, words.note_choice_number(), String::new(), true, "1"),
            input(MEDIUM, words.note_choice_medium(), media, true, &phone),
            input(WHEN, words.note_choice_when(), words.note_choice_when_hint(), false, ""),
            Input {
                long: true,
                limit: 500,
                ..input(TEXT, words.note_choice_text(), String::new(), false, "")
            },
        ],
    )
}

/// The record of what the customer agreed to elsewhere.
pub fn agreed(number: i64, remedy: &Remedy, medium: Medium, name: String, words: &Words) -> String {
    let due = remedy.due.map(|due| format!(" · {}", words.remedy_by(at(due)))).unwrap_or_default();
    let what = quoted(&format!("{}{due}", plain(&remedy.what)));
    words.agreed_spoken(number, medium_name(medium, words), what, name)
}

/// What the customer chooses from: one press for each remedy, and two ways past them.
pub fn letter(
    complaint: &Complaint,
    number: i64,
    by: &Person,
    said: &str,
    view: &View<'_>,
) -> (String, Vec<Value>) {
    let words = view.words(complaint.lang);
    let Some(proposal) = complaint.features.procedure.proposal(number) else {
        return (said.to_owned(), Vec::new());
    };
    let heading = small(&words.reply_heading(complaint.number(), view.signature(&by.name)));
    let text = format!(
        "{heading}\n{}\n{}\n— {}",
        plain(said),
        remedies(proposal, false, words),
        view.signature(&by.name)
    );
    let (complaint, count) = (complaint.id, proposal.remedies.len());
    let choose = |remedy: i64| {
        let id = CustomId::Choose { complaint, proposal: number, remedy };
        button(Style::Primary, &words.choose_button(remedy), &id)
    };
    let mut buttons: Vec<Value> = match count {
        1 => {
            let id = CustomId::Choose { complaint, proposal: number, remedy: 1 };
            vec![button(Style::Primary, &words.choose_only_button(), &id)]
        }
        _ => (1..).take(count).map(choose).collect(),
    };
    let other = CustomId::OpenSomethingElse { complaint, proposal: number };
    buttons.push(button(Style::Secondary, &words.something_else_button(), &other));
    let manager = CustomId::AskManager { complaint, proposal: number };
    buttons.push(button(Style::Secondary, &words.ask_manager_button(), &manager));
    (text, vec![row(buttons)])
}

/// What the customer reads once they chose: the record of what is agreed, without buttons.
pub fn chosen(number: i64, remedy: &Remedy, words: &Words) -> Value {
    let what = quoted(&plain(&remedy.what));
    let text = match remedy.due {
        Some(due) => words.agreed_until(number, what, at(due)),
        None => words.agreed(number, what),
    };
    json!({ "content": cut(&text, 2_000), "components": [], "allowed_mentions": no_pings() })
}

/// What the customer reads who wants something else, or a manager: what is known, and no more.
pub fn not_chosen(number: i64, manager: bool, words: &Words) -> Value {
    let text = if manager { words.manager_is_told(number) } else { words.something_else_heard(number) };
    let text = format!("{text}\n{}", small(&words.automatic()));
    json!({ "content": cut(&text, 2_000), "allowed_mentions": no_pings() })
}

/// The managers' request for a talk, once somebody took it on or has spoken with the customer.
pub fn talk(
    complaint: ComplaintId,
    (number, thread): (i64, Option<ChannelId>),
    by: &Person,
    held: bool,
    words: &Words,
) -> Value {
    let place = thread.map_or_else(|| format!("#{number}"), channel);
    let (text, rows) = match held {
        true => (words.talk_held(place, plain(&by.name)), Vec::new()),
        false => {
            let reply = button(Style::Primary, &words.reply_button(), &CustomId::OpenReply(complaint));
            let held = button(Style::Success, &words.talk_held_button(), &CustomId::TalkHeld(complaint));
            (words.talk_taken(place, plain(&by.name)), vec![row(vec![reply, held])])
        }
    };
    json!({ "content": cut(&text, 2_000), "components": rows, "allowed_mentions": no_pings() })
}
