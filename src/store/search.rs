//! Words of complaints without their accents, so that they are found by whoever types them either way.

use super::StoreError;
use super::db::{Db, Tx, args};
use super::json;
use crate::domain::complaint::Complaint;
use crate::domain::disposition;
use crate::domain::event::{Entry, Event};
use crate::domain::procedure::Step;
use crate::kernel::ids::{ComplaintId, GuildId};
use crate::language::fold::fold;
use crate::language::number;

/// The most words of a query that count; all of them must be found.
pub const MOST_WORDS: usize = 6;

/// Adds what new facts say to what is searched in.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn add(tx: &mut Tx, complaint: &Complaint, entries: &[Entry]) -> Result<(), StoreError> {
    let said: Vec<String> = entries.iter().flat_map(|entry| lines_of(&entry.event)).collect();
    let folded = folded(&said);
    if folded.is_empty() {
        return Ok(());
    }
    tx.run(
        "INSERT INTO complaint_text (complaint, guild, folded) VALUES ($1, $2, $3) \
         ON CONFLICT (complaint) DO UPDATE SET folded = complaint_text.folded || excluded.folded",
        args![complaint.id.0, complaint.filed.guild.0, folded],
    )
    .await
    .map(|_| ())
}

/// Makes what is searched in anew from a journal of which something was erased.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn renew(tx: &mut Tx, complaint: &Complaint, journal: &[Entry]) -> Result<(), StoreError> {
    tx.run("DELETE FROM complaint_text WHERE complaint = $1", args![complaint.id.0]).await?;
    add(tx, complaint, journal).await
}

/// What people may look for in a fact: whatever a person wrote.
fn words_of(event: &Event) -> Vec<&str> {
    match event {
        Event::Filed(filed) => vec![&filed.customer.name, &filed.words, &filed.wish, &filed.contact],
        Event::CustomerWrote { text, .. }
        | Event::CustomerEdited { text, .. }
        | Event::WordAdded { text, .. }
        | Event::Replied { text, .. }
        | Event::Noted { text }
        | Event::Reopened { reason: text, .. }
        | Event::WaitStarted { reason: text, .. }
        | Event::Snoozed { reason: text, .. } => vec![text],
        Event::Resolved { outcome, .. } => vec![outcome],
        Event::Procedure(step) => words_of_step(step),
        Event::Disposition(fact) => match fact {
            disposition::Fact::Withdrawn { text, .. } => vec![text],
            disposition::Fact::MergedFrom { legacy } => vec![&legacy.words],
            disposition::Fact::MergedInto { .. } => Vec::new(),
        },
        Event::Feature(fact) => fact.words(),
        _ => Vec::new(),
    }
}

fn words_of_step(step: &Step) -> Vec<&str> {
    match step {
        Step::Read { summary: text, .. }
        | Step::SummaryCorrected { text }
        | Step::ChangeAsked { text, .. }
        | Step::RemediesSent { text, .. }
        | Step::ChoiceSpoken { text, .. } => vec![text],
        Step::Proposed { proposal } => {
            let remedies = proposal.remedies.iter().map(|remedy| remedy.what.as_str());
            remedies.chain([proposal.remark.as_str()]).collect()
        }
        _ => Vec::new(),
    }
}

/// The lines of a fact that are searched in: its words, and every number in them as it is dialled, with the letters before it.
fn lines_of(event: &Event) -> Vec<String> {
    let said = words_of(event);
    let numbers: Vec<String> =
        said.iter().flat_map(|text| number::numbers(text).into_iter().chain(number::codes(text))).collect();
    let mut lines: Vec<String> = said.into_iter().map(str::to_owned).chain(numbers).collect();
    if let Event::Filed(filed) = event {
        lines.push(format!("#{}", filed.number));
        let id = filed.customer.id;
        lines.extend(Some(id.to_string()).filter(|_| !id.is_nobody()));
    }
    lines
}

/// Each piece folded on a line of its own.
fn folded(said: &[String]) -> String {
    said.iter().map(|text| fold(text)).filter(|text| !text.is_empty()).map(|text| text + "\n").collect()
}

/// What is looked for: the words that count, and those that are left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    words: Vec<String>,
    /// The words beyond the most that count, as they were typed.
    pub left_out: Vec<String>,
}

impl Query {
    /// Reads what somebody typed; a telephone number is one word, however it is spelled.
    pub fn read(typed: &str) -> Self {
        // `SGH12 3456` is one word, too.
        let codes = number::codes(typed);
        let dialled = match codes.as_slice() {
            [code] if is_all(typed, code) => code.clone(),
            _ => number::dialled(typed),
        };
        // Brackets around a number are none of it.
        let bare = |word: &str| word.trim_matches(['(', ')', ',', ';']).to_owned();
        let mut words: Vec<String> =
            dialled.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect();
        let left_out = words.split_off(words.len().min(MOST_WORDS));
        Self { words: words.iter().map(|word| fold(word)).collect(), left_out }
    }
}

/// Whether a text is nothing but this code, however it is set apart.
fn is_all(text: &str, code: &str) -> bool {
    text.chars().filter(|sign| sign.is_alphanumeric()).eq(code.chars())
}

/// The complaints of a guild in which all words of a query stand, the latest first, at most `most`.
///
/// # Errors
///
/// [`StoreError`] if the database refuses or a row cannot be read.
pub async fn find(db: &Db, guild: GuildId, query: &Query, most: i64) -> Result<Vec<Complaint>, StoreError> {
    let mut likes = query.words.iter().map(|word| like(word));
    let mut next = || likes.next().unwrap_or_else(|| "%".to_owned());
    let rows: Vec<(String,)> = db
        .all(
            "SELECT c.state FROM complaint_text t JOIN complaint c ON c.id = t.complaint WHERE t.guild = $1 \
             AND t.folded LIKE $2 ESCAPE '!' AND t.folded LIKE $3 ESCAPE '!' AND t.folded LIKE $4 ESCAPE '!' \
             AND t.folded LIKE $5 ESCAPE '!' AND t.folded LIKE $6 ESCAPE '!' AND t.folded LIKE $7 ESCAPE '!' \
             ORDER BY t.complaint DESC LIMIT $8",
            args![guild.0, next(), next(), next(), next(), next(), next(), most],
        )
        .await?;
    rows.iter().map(|(state,)| json::read("complaint", state)).collect()
}

/// The pattern that finds a word anywhere; a number with its sign is a whole piece.
fn like(word: &str) -> String {
    let end = if word.starts_with('#') { "\n" } else { "" };
    let escaped = word.replace('!', "!!").replace('%', "!%").replace('_', "!_");
    format!("%{escaped}{end}%")
}

/// What was filed before there was a search becomes searchable. Cut off in the middle, the rest is taken in at the next start;
/// several processes may do it at once.
///
/// # Errors
///
/// [`StoreError`] if the database refuses or a journal cannot be read.
pub async fn take_in_older(db: &Db) -> Result<(), StoreError> {
    loop {
        let mut tx = db.begin().await?;
        let rows: Vec<(i64, i64)> = tx
            .all(
                "SELECT id, guild FROM complaint WHERE NOT EXISTS \
                 (SELECT 1 FROM complaint_text WHERE complaint_text.complaint = complaint.id) ORDER BY id LIMIT 200",
                args![],
            )
            .await?;
        if rows.is_empty() {
            return Ok(());
        }
        for (id, guild) in rows {
            let journal = super::complaint::journal_in(&mut tx, ComplaintId(id)).await?;
            let said: Vec<String> = journal.iter().flat_map(|entry| lines_of(&entry.event)).collect();
            tx.run(
                "INSERT INTO complaint_text (complaint, guild, folded) VALUES ($1, $2, $3) \
                 ON CONFLICT (complaint) DO NOTHING",
                args![id, guild, folded(&said)],
            )
            .await?;
        }
        tx.commit().await?;
    }
}
