//! Promises in the case file, in what a customer takes along, in the search, and when a person is erased.

use serde::Serialize;

use super::{Appointment, Fact, Promise, Standing, State, ToCustomer};
use crate::kernel::meanwhile::Meanwhile;
use crate::kernel::phrase::{Line, Phrase, Table};

/// A promise in the document about a person.
#[derive(Clone, Debug, Serialize)]
pub struct Portable {
    at: String,
    by: String,
    what: String,
    due: String,
    appointment: Option<Appointment>,
    moved: Vec<Moved>,
    kept_at: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
struct Moved {
    at: String,
    by: String,
    due: String,
    reason: String,
}

impl Portable {
    /// Takes a fact, written at an instant, into what was promised before; `iso` writes an instant (Unix ms).
    pub fn take_in(promises: &mut Vec<Self>, fact: &Fact, at: &str, iso: impl Fn(i64) -> String) {
        let at = at.to_owned();
        match fact {
            Fact::Promised { by, what, due, appointment, .. } => {
                let (by, what, due) = (by.name.clone(), what.clone(), iso(*due));
                let (appointment, moved, kept_at) = (*appointment, Vec::new(), None);
                promises.push(Self { at, by, what, due, appointment, moved, kept_at });
            }
            Fact::Moved { promise, by, due, reason } => {
                let moved = Moved { at, by: by.name.clone(), due: iso(*due), reason: reason.clone() };
                if let Some(held) = Self::numbered(promises, *promise) {
                    held.moved.push(moved);
                }
            }
            Fact::Kept { promise, .. } => {
                if let Some(held) = Self::numbered(promises, *promise) {
                    held.kept_at = Some(at);
                }
            }
            Fact::Reminded { .. } => {}
        }
    }

    fn numbered(promises: &mut [Self], number: i64) -> Option<&mut Self> {
        promises.get_mut(usize::try_from(number.checked_sub(1)?).ok()?)
    }
}

impl Fact {
    /// What somebody who was about to act has to know of it, with its words.
    pub fn meanwhile(&self) -> Option<(Meanwhile, &str)> {
        match self {
            Self::Promised { what, .. } => Some((Meanwhile::Promised, what)),
            Self::Moved { reason, .. } => Some((Meanwhile::Moved, reason)),
            Self::Kept { outcome, .. } => Some((Meanwhile::Kept, outcome)),
            Self::Reminded { .. } => None,
        }
    }

    /// Whether the customer was told.
    pub fn reaches_the_customer(&self) -> bool {
        match self {
            Self::Kept { outcome, .. } => !outcome.is_empty(),
            Self::Promised { .. } | Self::Moved { .. } | Self::Reminded { .. } => true,
        }
    }

    /// What people may look for in it.
    pub fn words(&self) -> Vec<&str> {
        match self {
            Self::Promised { what: text, .. }
            | Self::Moved { reason: text, .. }
            | Self::Kept { outcome: text, .. } => vec![text],
            Self::Reminded { .. } => Vec::new(),
        }
    }

    /// Takes out its words.
    pub fn erase_person(&mut self) {
        match self {
            Self::Promised { what: text, .. }
            | Self::Moved { reason: text, .. }
            | Self::Kept { outcome: text, .. } => text.clear(),
            Self::Reminded { .. } => {}
        }
    }
}

fn until(at: i64) -> Phrase {
    Phrase::Words("file-until".to_owned(), vec![("when", Phrase::Instant(Some(at)))])
}

/// How both sides meet.
fn met(appointment: Option<Appointment>) -> Phrase {
    appointment.map_or(Phrase::Text(String::new()), |held| {
        Phrase::words(format!("file-appointment-{}", held.as_str()))
    })
}

/// A fact as a line of the case file.
pub fn line(fact: &Fact) -> Line {
    let (key, parts) = match fact {
        Fact::Promised { promise, by, what, due, appointment } => (
            "promised",
            vec![
                Phrase::Number(*promise),
                Phrase::from(&by.name),
                met(*appointment),
                Phrase::from(what),
                until(*due),
            ],
        ),
        Fact::Reminded { promise } => ("appointment-reminded", vec![Phrase::Number(*promise)]),
        Fact::Moved { promise, due, reason, .. } => {
            ("promise-moved", vec![Phrase::Number(*promise), until(*due), Phrase::from(reason)])
        }
        Fact::Kept { promise, outcome, .. } => {
            ("promise-kept", vec![Phrase::Number(*promise), Phrase::from(outcome)])
        }
    };
    Line { key, parts }
}

/// The ledger in the case file at an instant (Unix ms), with each time that a promise was moved: from when, by whom, and why.
pub fn table<'a>(state: &State, facts: impl Iterator<Item = &'a Fact> + Clone, now: i64) -> Table {
    let rows = state.0.iter().map(|held| {
        let standing = match held.standing(now) {
            Standing::Open => Phrase::words("file-promise-open"),
            Standing::Broken => Phrase::bad(Phrase::words("file-promise-broken")),
            Standing::KeptLate => Phrase::bad(Phrase::words("file-promise-late")),
            Standing::Kept => Phrase::words("file-promise-kept"),
            Standing::Released => Phrase::words("file-promise-released"),
        };
        let what = match held.appointment {
            Some(_) => Phrase::Joined(": ", vec![met(held.appointment), Phrase::from(&held.what)]),
            None => Phrase::from(&held.what),
        };
        vec![
            Phrase::Text(format!("{} · {}", held.number, held.by.name)),
            what,
            Phrase::Instant(Some(held.made_at)),
            Phrase::Instant(Some(held.due)),
            Phrase::Joined("\n", moves(held, facts.clone())),
            standing,
        ]
    });
    let columns = &["promise", "what", "made-at", "due", "moved-from", "result"];
    Table { heading: "promises", columns, rows: rows.collect() }
}

fn moves<'a>(held: &Promise, facts: impl Iterator<Item = &'a Fact>) -> Vec<Phrase> {
    let moved = facts.filter_map(|fact| match fact {
        Fact::Moved { promise, by, reason, .. } if *promise == held.number => Some((by, reason)),
        _ => None,
    });
    let lines = held.moved.iter().zip(moved);
    lines
        .map(|(from, (by, reason))| {
            let why = Phrase::Text(format!("{}: {reason}", by.name));
            Phrase::Joined(" · ", vec![Phrase::Instant(Some(*from)), why])
        })
        .collect()
}

/// What a message to the customer is about, in a line.
pub fn named(post: &ToCustomer) -> Vec<Phrase> {
    let say = |key: &str, what: &str, due: i64| {
        let due = Phrase::Joined("", vec![Phrase::from("("), Phrase::Instant(Some(due)), Phrase::from(")")]);
        let what = Phrase::Joined(": ", vec![Phrase::words(format!("file-post-{key}")), Phrase::from(what)]);
        vec![what, due]
    };
    match post {
        ToCustomer::Promised { what, due, .. } => say("promised", what, *due),
        ToCustomer::Moved { what, due, .. } => say("promise-moved", what, *due),
        ToCustomer::Reminder { promise, .. } => {
            vec![Phrase::words("file-post-appointment"), Phrase::Number(promise.number)]
        }
        ToCustomer::Kept { .. } => vec![Phrase::words("file-post-promise-kept")],
    }
}
