//! Words of complaints without their accents, so that they are found by whoever types them either way.

use super::StoreError;
use super::db::{Db, Tx, args};
use super::json;
use crate::domain::complaint::Complaint;
use crate::domain::event::{Entry, Event};
use crate::domain::fold::fold;
use crate::domain::ids::{ComplaintId, GuildId};
use crate::domain::procedure::Step;

/// The most words of a query that count; all of them must be found.
pub const MOST_WORDS: usize = 6;

/// Adds what new facts say to what is searched in.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn add(tx: &mut Tx, complaint: &Complaint, entries: &[Entry]) -> Result<(), StoreError> {
    let said: Vec<String> = entries.iter().flat_map(|entry| words_of(&entry.event)).collect();
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

/// What people may look for in a fact.
fn words_of(event: &Event) -> Vec<String> {
    match event {
        Event::Filed(filed) => {
            let digits: String = filed.contact.chars().filter(|sign| sign.is_ascii_digit()).collect();
            let id = filed.customer.id;
            vec![
                format!("#{}", filed.number),
                filed.customer.name.clone(),
                if id.is_nobody() { String::new() } else { id.to_string() },
                filed.words.clone(),
                filed.wish.clone(),
                filed.contact.clone(),
                digits,
            ]
        }
        Event::CustomerWrote { text, .. }
        | Event::CustomerEdited { text, .. }
        | Event::Replied { text, .. }
        | Event::Noted { text } => vec![text.clone()],
        Event::Resolved { outcome, .. } => vec![outcome.clone()],
        Event::Procedure(Step::Read { summary, .. }) => vec![summary.clone()],
        _ => Vec::new(),
    }
}

/// Each piece folded on a line of its own.
fn folded(said: &[String]) -> String {
    said.iter().map(|text| fold(text)).filter(|text| !text.is_empty()).map(|text| text + "\n").collect()
}

/// The complaints of a guild in which all words of a query stand, the latest first, at most `most`.
///
/// # Errors
///
/// [`StoreError`] if the database refuses or a row cannot be read.
pub async fn find(db: &Db, guild: GuildId, query: &str, most: i64) -> Result<Vec<Complaint>, StoreError> {
    let folded = fold(query);
    let mut likes = folded.split_whitespace().map(like).take(MOST_WORDS);
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
            let said: Vec<String> = journal.iter().flat_map(|entry| words_of(&entry.event)).collect();
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
