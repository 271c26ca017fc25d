//! The parts of the page, each a table.

use std::collections::BTreeMap;

use super::View;
use super::facts;
use crate::domain::complaint::{Complaint, FileRef, Stage};
use crate::domain::disposition;
use crate::domain::event::{Entry, Event};
use crate::domain::procedure::{Step, Verdict};
use crate::domain::proposal::Choice;
use crate::domain::running::{Running, Stop};
use crate::domain::speech;
use crate::kernel::ids::MessageId;
use crate::kernel::people::Actor;
use crate::kernel::phrase::{self, Phrase};
use crate::sla::clocks::ClockKind;

/// A cell, with the class that it is styled by.
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) class: &'static str,
}

/// A table; without a head its first column is one.
#[derive(Default)]
pub(super) struct Table {
    pub(super) head: Vec<String>,
    pub(super) rows: Vec<Vec<Cell>>,
}

fn cell(text: impl Into<String>) -> Cell {
    Cell { text: text.into(), class: "" }
}

fn instant(text: impl Into<String>) -> Cell {
    Cell { text: text.into(), class: "t" }
}

fn named(view: &View<'_>, rows: Vec<(&str, String)>) -> Table {
    let rows = rows.into_iter().filter(|(_, value)| !value.is_empty());
    Table {
        head: Vec::new(),
        rows: rows.map(|(name, value)| vec![cell(view.word(name)), cell(value)]).collect(),
    }
}

fn headed(view: &View<'_>, head: &[&str], rows: Vec<Vec<Cell>>) -> Table {
    Table { head: head.iter().map(|name| view.word(name)).collect(), rows }
}

/// A contract or telephone number, as far as the export shows it.
fn contact(complaint: &Complaint, view: &View<'_>) -> String {
    let filed = &complaint.filed;
    if view.export.whole || filed.contact.is_empty() { filed.contact.clone() } else { filed.masked_contact() }
}

/// Who recorded it and when: whoever read it first, or answered it.
fn recorded(journal: &[Entry], complaint: &Complaint, view: &View<'_>) -> Option<String> {
    let mut held = Complaint::replay(complaint.id, journal.get(..1)?)?;
    let first = journal.iter().skip(1).find(|entry| {
        held.apply(entry);
        held.stage != Stage::Filed
    })?;
    (held.stage == Stage::Recorded).then(|| format!("{} · {}", who(&first.by, view), view.time(first.at)))
}

pub(super) fn overview(journal: &[Entry], complaint: &Complaint, view: &View<'_>) -> Table {
    let filed = &complaint.filed;
    let source = facts::source(filed, view);
    let read = recorded(journal, complaint, view);
    let yes_no = |yes: bool| view.word(if yes { "yes" } else { "no" });
    let ended = complaint.ended_at.map(|at| view.time(at)).unwrap_or_default();
    named(
        view,
        vec![
            ("customer", filed.customer.name.clone()),
            ("contact", contact(complaint, view)),
            ("source", source),
            ("received", view.time(filed.since)),
            ("stored", view.time(complaint.filed_at)),
            ("read-by", read.unwrap_or_else(|| view.word("not-yet"))),
            ("owner", complaint.owner.as_ref().map_or_else(|| view.word("none"), |owner| owner.name.clone())),
            ("category", view.category(complaint.category.as_deref())),
            ("severity", view.word(&format!("severity-{}", complaint.severity.as_str()))),
            (
                "vulnerable",
                complaint.features.procedure.vulnerable().map_or_else(|| view.word("not-said"), yes_no),
            ),
            ("state", facts::state(complaint, view)),
            ("ended", ended),
            ("outcome", complaint.rating().map(|rating| rating.outcome.clone()).unwrap_or_default()),
        ],
    )
}

pub(super) fn matter(complaint: &Complaint, view: &View<'_>) -> Table {
    let record = complaint.features.procedure.record.as_ref();
    let verdict = record.map(|record| match record.verdict {
        Some(Verdict::Right) => view.word("verdict-right"),
        Some(Verdict::NotQuite) => view.word("verdict-not-quite"),
        None => view.word("verdict-none"),
    });
    let from: Vec<String> =
        complaint.features.disposition.merged_from.iter().map(|twin| format!("#{}", twin.number)).collect();
    let into = complaint.features.disposition.merged_into.as_ref().map(|twin| format!("#{}", twin.number));
    named(
        view,
        vec![
            ("words", complaint.filed.words.clone()),
            ("wish", complaint.filed.wish.clone()),
            ("summary", record.map(|record| record.summary.clone()).unwrap_or_default()),
            ("verdict", verdict.unwrap_or_default()),
            ("merged-from", from.join(", ")),
            ("merged-into", into.unwrap_or_default()),
        ],
    )
}

/// Every run of every clock, as the journal made it.
fn runs(journal: &[Entry], complaint: &Complaint) -> BTreeMap<(ClockKind, i64), Running> {
    let mut runs = BTreeMap::new();
    let Some(mut held) = Complaint::replay(complaint.id, journal.get(..1).unwrap_or_default()) else {
        return runs;
    };
    for entry in journal.iter().skip(1) {
        held.apply(entry);
        runs.extend(held.clocks.iter().map(|(clock, run)| ((*clock, run.cycle), run.clone())));
    }
    runs
}

pub(super) fn deadlines(journal: &[Entry], complaint: &Complaint, view: &View<'_>) -> Table {
    let rows = runs(journal, complaint).into_iter().map(|((clock, cycle), run)| {
        let name = view.export.words.say(&format!("clock-{clock}"), &[]);
        let name = if cycle > 1 { format!("{name} ({cycle})") } else { name };
        let due = run.breach.map(|breach| breach.deadline).or(run.schedule.due_at);
        let due = due.map(|due| view.time(facts::last_instant(due, run.terms.target))).unwrap_or_default();
        let result = match (&run.breach, run.stopped, run.stop) {
            (Some(breach), stopped, _) => {
                let late = stopped.unwrap_or(view.export.at) - breach.deadline;
                let late = view.export.words.duration(late);
                Cell { text: view.say("deadline-missed", &[("late", late.into())]), class: "bad" }
            }
            (None, Some(_), Some(Stop::Cancelled)) => cell(view.word("deadline-cancelled")),
            (None, Some(_), _) => cell(view.word("deadline-met")),
            (None, None, _) if run.is_paused() => cell(view.word("deadline-paused")),
            (None, None, _) => cell(view.word("deadline-running")),
        };
        let stood: Vec<String> = run
            .pauses
            .iter()
            .map(|pause| {
                let to = pause.to.map_or_else(|| "…".to_owned(), |to| view.time(to));
                format!("{} – {to}", view.time(pause.from))
            })
            .collect();
        vec![
            cell(name),
            instant(view.time(run.started)),
            instant(due),
            instant(run.stopped.map(|at| view.time(at)).unwrap_or_default()),
            result,
            cell(stood.join("\n")),
        ]
    });
    headed(view, &["clock", "started", "due", "stopped", "result", "stood-still"], rows.collect())
}

pub(super) fn proposals(complaint: &Complaint, view: &View<'_>) -> Table {
    let rows = complaint.features.procedure.proposals.iter().map(|held| {
        let remedies: Vec<String> = (1..)
            .zip(&held.remedies)
            .map(|(place, remedy)| {
                let due = remedy.due.map(|due| format!(" ({})", view.time(due))).unwrap_or_default();
                let mark = if place == held.recommended && held.remedies.len() > 1 { " ★" } else { "" };
                format!("{place}. {}{due}{mark}", remedy.what)
            })
            .collect();
        let agreed = match (&held.needs, &held.agreed_by) {
            (None, _) => view.word("within-authority"),
            (Some(_), Some(by)) => by.name.clone(),
            (Some(_), None) => view.word("not-yet"),
        };
        let chosen = match held.choice {
            Some(Choice::Remedy { remedy }) => format!("{remedy}"),
            Some(Choice::Else) => view.word("chosen-else"),
            Some(Choice::Manager) => view.word("chosen-manager"),
            None => String::new(),
        };
        vec![
            cell(format!("{} · {}", held.number, held.by.name)),
            cell(format!("{}\n{}", remedies.join("\n"), held.remark).trim_end().to_owned()),
            cell(agreed),
            instant(held.sent_at.map(|at| view.time(at)).unwrap_or_default()),
            cell(chosen),
        ]
    });
    headed(view, &["proposal", "remedies", "agreed", "sent", "chosen"], rows.collect())
}

/// What a capability hands over.
pub(super) fn handed(table: &phrase::Table, view: &View<'_>) -> Table {
    let cell_of = |phrase: &Phrase| match phrase {
        Phrase::Instant(_) => instant(view.phrase(phrase)),
        Phrase::Bad(_) => Cell { text: view.phrase(phrase), class: "bad" },
        phrase => cell(view.phrase(phrase)),
    };
    let rows = table.rows.iter().map(|row| row.iter().map(cell_of).collect());
    headed(view, table.columns, rows.collect())
}

pub(super) fn ratings(complaint: &Complaint, view: &View<'_>) -> Table {
    let rows = complaint.ratings.iter().map(|held| {
        let fixed = held.fixed.map(|fixed| facts::fixed(fixed, view)).unwrap_or_default();
        vec![
            cell(held.outcome.clone()),
            cell(held.handler.name.clone()),
            instant(held.delivered.map(|at| view.time(at)).unwrap_or_default()),
            Cell { text: held.score.map(|score| format!("{score}/5")).unwrap_or_default(), class: "n" },
            cell(fixed),
            cell(held.word.clone().unwrap_or_default()),
        ]
    });
    headed(view, &["outcome", "handler", "told", "score", "fixed", "own-words"], rows.collect())
}

/// Who speaks in a fact.
pub(super) fn who(by: &Actor, view: &View<'_>) -> String {
    match by {
        Actor::Customer(person) => format!("{} ({})", person.name, view.word("the-customer")),
        Actor::Staff(person) => person.name.clone(),
        Actor::Desk => view.word("the-desk"),
    }
}

/// Whether a message repeats the press or form that it stands for, which the same person made at the same instant.
fn echoes(text: &str, before: &[Entry], message: &Entry) -> bool {
    let same = |entry: &&Entry| entry.at == message.at && entry.by == message.by;
    before.iter().rev().take_while(same).any(|entry| match &entry.event {
        Event::Procedure(Step::SummaryCorrected { text: said }) => said == text,
        Event::Feature(fact) => fact.heard() == Some(text),
        Event::Procedure(Step::RemedyChosen { choice: Choice::Manager, .. }) => text.is_empty(),
        _ => false,
    })
}

/// Whether a fact that is no message says what one of both sides was told by the other.
fn reaches_the_other(event: &Event) -> bool {
    match event {
        Event::Procedure(step) => !matches!(
            step,
            Step::Proposed { .. }
                | Step::ProposalAgreed { .. }
                | Step::ChangeAsked { .. }
                | Step::OfferAllowed { .. }
                | Step::Offered { .. }
                | Step::ManagerAsked
                | Step::ManagerTook { .. }
                | Step::ManagerSpoke { .. }
        ),
        Event::Disposition(fact) => !matches!(fact, disposition::Fact::MergedInto { .. }),
        Event::Feature(fact) => fact.reaches_the_other(),
        Event::Speech(fact) => !matches!(fact, speech::Fact::Heard { .. }),
        Event::Resolved { .. }
        | Event::Rated { .. }
        | Event::FixedAnswered { .. }
        | Event::WordAdded { .. }
        | Event::CameAlong { .. }
        | Event::Dismissed { .. } => true,
        _ => false,
    }
}

/// The beginning of a message as it was first written, to know it by.
fn first_words(before: &[Entry], message: MessageId) -> String {
    const KNOWN_BY: usize = 60;
    let written = before.iter().find_map(|entry| match &entry.event {
        Event::CustomerWrote { message: held, text, .. } if *held == message => Some(text.as_str()),
        _ => None,
    });
    let text = written.unwrap_or_default();
    match text.char_indices().nth(KNOWN_BY) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// What was said to and fro, as first written and as changed later.
pub(super) fn conversation(journal: &[Entry], view: &View<'_>) -> Table {
    let rows = journal.iter().enumerate().filter_map(|(place, entry)| {
        let said = match &entry.event {
            Event::Filed(filed) => filed.words.clone(),
            Event::CustomerWrote { text, files, .. }
                if files.is_empty() && echoes(text, &journal[..place], entry) =>
            {
                return None;
            }
            Event::CustomerWrote { text, files, .. } | Event::Replied { text, files, .. } => {
                let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
                match (text.is_empty(), names.is_empty()) {
                    (true, true) => view.word("no-words"),
                    (false, true) => text.clone(),
                    _ => format!("{text}\n📎 {}", names.join(", ")).trim_start().to_owned(),
                }
            }
            Event::CustomerEdited { message, text, .. } => {
                let first = first_words(&journal[..place], *message);
                view.say("edited", &[("first", first.into()), ("text", text.as_str().into())])
            }
            Event::CustomerDeleted { message } => {
                let first = first_words(&journal[..place], *message);
                view.say("deleted", &[("first", first.into())])
            }
            event if reaches_the_other(event) => facts::line(event, view),
            _ => return None,
        };
        Some(vec![instant(view.time(entry.at)), cell(who(&entry.by, view)), cell(said)])
    });
    headed(view, &["when", "who", "said"], rows.collect())
}

/// All files that went to and fro: names, sizes, and the hashes by which each is known again.
pub(super) fn files(complaint: &Complaint, journal: &[Entry], view: &View<'_>) -> Table {
    let row = |at: i64, by: String, file: &FileRef| {
        vec![
            instant(view.time(at)),
            cell(by),
            cell(file.name.clone()),
            cell(file.media.clone()),
            Cell { text: view.export.words.size(file.size), class: "n" },
            cell(view.export.hashes.get(&file.kept).cloned().unwrap_or_else(|| view.word("file-elsewhere"))),
        ]
    };
    let customer = || format!("{} ({})", complaint.filed.customer.name, view.word("the-customer"));
    let mut rows: Vec<Vec<Cell>> =
        complaint.filed.files.iter().map(|file| row(complaint.filed.since, customer(), file)).collect();
    for entry in journal {
        if let Event::CustomerWrote { files, .. } | Event::Replied { files, .. } = &entry.event {
            rows.extend(files.iter().map(|file| row(entry.at, who(&entry.by, view), file)));
        }
    }
    headed(view, &["when", "who", "file-name", "file-kind", "file-size", "file-hash"], rows)
}

/// Every fact, in order.
pub(super) fn journal(journal: &[Entry], view: &View<'_>) -> Table {
    let rows = journal.iter().enumerate().map(|(place, entry)| {
        vec![
            Cell { text: (place + 1).to_string(), class: "n" },
            instant(view.time(entry.at)),
            cell(who(&entry.by, view)),
            cell(facts::line(&entry.event, view)),
        ]
    });
    headed(view, &["place", "when", "who", "fact"], rows.collect())
}
