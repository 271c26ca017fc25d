//! The case file: everything that is known of one complaint, in order, as one printable page for whoever inspects it
//! (Decree 174/2026/NĐ-CP art. 63: the file must be kept, and kept whole).

mod facts;
mod page;
mod parts;

use std::collections::{BTreeMap, BTreeSet};

use chrono_tz::Tz;
use fluent::FluentValue;

use crate::domain::complaint::{Complaint, FileRef};
use crate::domain::erasing;
use crate::domain::event::{Entry, Event};
use crate::domain::policy::Policy;
use crate::kernel::ids::IncidentId;
use crate::kernel::people::Person;
use crate::kernel::phrase::Phrase;
use crate::sla::calendar::wall;
use crate::text::Words;

/// For whom, and how much of it.
#[derive(Clone, Copy)]
pub struct Export<'a> {
    /// The company whose desk it is.
    pub company: &'a str,
    /// Who asked for it.
    pub by: &'a Person,
    /// When (Unix ms).
    pub at: i64,
    /// Whether contract and telephone numbers stand there whole.
    pub whole: bool,
    /// What the categories are called, and where the desk is.
    pub policy: &'a Policy,
    /// The language of the page.
    pub words: &'a Words,
    /// The numbers of the incidents that the journal speaks of, as people write them.
    pub incidents: &'a BTreeMap<IncidentId, i64>,
    /// The SHA-256 of each kept file, in hex digits, by the name it is kept under; what is not kept has none.
    pub hashes: &'a BTreeMap<String, String>,
}

/// The incidents that a journal speaks of.
pub fn incidents(journal: &[Entry]) -> BTreeSet<IncidentId> {
    let of = |entry: &Entry| match entry.event {
        Event::Listed { incident }
        | Event::IncidentTold { incident }
        | Event::TalkingPointsShown { incident, .. } => Some(incident),
        _ => None,
    };
    journal.iter().filter_map(of).collect()
}

/// The files that went to and fro, the first first.
pub fn files(journal: &[Entry]) -> Vec<&FileRef> {
    journal.iter().flat_map(|entry| erasing::files_of(&entry.event)).collect()
}

/// The case file as one self-contained HTML page.
pub fn case_file(complaint: &Complaint, journal: &[Entry], export: &Export<'_>) -> String {
    let view = View { export, zone: export.policy.zone };
    page::page(complaint, journal, &view)
}

/// A name for the file.
pub fn file_name(complaint: &Complaint) -> String {
    format!("case-{:06}.html", complaint.number())
}

/// What every part of the page needs.
struct View<'a> {
    export: &'a Export<'a>,
    zone: Tz,
}

impl View<'_> {
    /// The words of a key of the case file, which stand there as text, not as markup.
    fn say(&self, key: &str, args: &[(&'static str, FluentValue<'_>)]) -> String {
        self.export.words.say(&format!("file-{key}"), args)
    }

    /// The same, without arguments.
    fn word(&self, key: &str) -> String {
        self.say(key, &[])
    }

    /// An instant in the desk's zone, to the second.
    fn time(&self, at: i64) -> String {
        wall(self.zone, at).format("%d/%m/%Y %H:%M:%S").to_string()
    }

    /// What a capability says, in the words of the page.
    fn phrase(&self, phrase: &Phrase) -> String {
        match phrase {
            Phrase::Text(text) => text.clone(),
            Phrase::Number(number) => number.to_string(),
            Phrase::Money(value) => self.export.words.dong(*value),
            Phrase::Instant(at) => at.map(|at| self.time(at)).unwrap_or_default(),
            Phrase::Joined(between, parts) => {
                let parts = parts.iter().map(|part| self.phrase(part));
                parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(between)
            }
            Phrase::Bad(phrase) => self.phrase(phrase),
            Phrase::Words(key, args) => {
                let args: Vec<(&'static str, FluentValue<'_>)> =
                    args.iter().map(|(name, held)| (*name, self.phrase(held).into())).collect();
                self.export.words.say(key, &args)
            }
        }
    }

    /// An incident by the number that people write.
    fn incident(&self, id: IncidentId) -> String {
        self.export.incidents.get(&id).map_or_else(|| "#?".to_owned(), |number| format!("#{number}"))
    }

    /// The name of a category.
    fn category(&self, id: Option<&str>) -> String {
        let Some(id) = id else { return self.word("none") };
        let held = self.export.policy.category(id);
        held.map_or_else(|| id.to_owned(), |held| held.name(self.export.words.lang()).to_owned())
    }
}

/// Text as it may stand in a page. Marks that turn the reading direction end with the cell they stand in.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(sign),
            sign if sign.is_control() => {}
            sign => out.push(sign),
        }
    }
    out
}
