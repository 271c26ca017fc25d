//! Which kept files somebody needs: a complaint until it is erased, a draft while it is open, a request for a day.

use std::collections::BTreeSet;

use super::StoreError;
use super::db::{Db, Tx, args};
use super::json;
use crate::domain::complaint::{Complaint, FileRef};
use crate::domain::draft::Draft;
use crate::domain::erasing;
use crate::domain::event::{Entry, Event};
use crate::kernel::ids::{ComplaintId, Stream, UserId};

/// Files of one fact of a journal are numbered from here on: no message carries as many.
const OF_A_FACT: i64 = 100;
/// How many rows are read at a time.
const PAGE: i64 = 500;

/// A file that a request fetched, or could not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// The file; its `kept` is empty where it could not be had.
    pub file: FileRef,
    /// Whose.
    pub person: UserId,
}

/// Notes a file of a request; the same place again replaces it.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn note(tx: &mut Tx, key: &str, place: i64, upload: &Upload, now: i64) -> Result<(), StoreError> {
    note_of(tx, Needs::Ask(key), place, upload, now).await
}

/// Who needs a file.
#[derive(Clone, Copy)]
enum Needs<'a> {
    /// A complaint or a draft.
    Stream(Stream),
    /// The request that fetched it.
    Ask(&'a str),
}

async fn note_of(
    tx: &mut Tx,
    needs: Needs<'_>,
    place: i64,
    upload: &Upload,
    now: i64,
) -> Result<(), StoreError> {
    let Upload { file, person } = upload;
    let (kind, id, ask) = match needs {
        Needs::Stream(stream) => (stream.kind(), stream.id(), ""),
        Needs::Ask(key) => ("ask", 0, key),
    };
    tx.run(
        "INSERT INTO upload (kind, id, ask, place, kept, person, name, media, size, at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
         ON CONFLICT (kind, id, ask, place) DO UPDATE SET kept = excluded.kept, person = excluded.person, \
         name = excluded.name, media = excluded.media, size = excluded.size, at = excluded.at",
        args![
            kind,
            id,
            ask,
            place,
            file.kept.as_str(),
            person.0,
            file.name.as_str(),
            file.media.as_str(),
            file.size,
            now
        ],
    )
    .await
    .map(|_| ())
}

/// The files of a request, each with its place there.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn of_request(db: &Db, key: &str) -> Result<Vec<(i64, FileRef)>, StoreError> {
    let rows: Vec<(i64, String, String, String, i64)> = db
        .all(
            "SELECT place, kept, name, media, size FROM upload WHERE kind = 'ask' AND id = 0 AND ask = $1 ORDER BY place",
            args![key],
        )
        .await?;
    let file = |(place, kept, name, media, size)| (place, FileRef { name, media, size, kept });
    Ok(rows.into_iter().map(file).collect())
}

/// How much is kept for a person (bytes); what is the same is kept once.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn size_of(db: &Db, person: UserId) -> Result<i64, StoreError> {
    let (size,): (i64,) = db
        .one(
            "SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM \
             (SELECT kept, MAX(size) AS size FROM upload WHERE person = $1 AND kept <> '' GROUP BY kept) AS held",
            args![person.0],
        )
        .await?;
    Ok(size)
}

/// Whether anybody needs a kept file.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn is_needed(db: &Db, kept: &str) -> Result<bool, StoreError> {
    let row: Option<(i64,)> =
        db.optional("SELECT place FROM upload WHERE kept = $1 LIMIT 1", args![kept]).await?;
    Ok(row.is_some())
}

/// The names of all kept files that somebody needs.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn needed(db: &Db) -> Result<BTreeSet<String>, StoreError> {
    let rows: Vec<(String,)> = db.all("SELECT DISTINCT kept FROM upload WHERE kept <> ''", args![]).await?;
    Ok(rows.into_iter().map(|(kept,)| kept).collect())
}

/// Forgets what requests fetched before `before` (Unix ms) and nobody needed since. Returns the names.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn forget_unused(tx: &mut Tx, before: i64) -> Result<Vec<String>, StoreError> {
    let rows: Vec<(String,)> =
        tx.all("SELECT DISTINCT kept FROM upload WHERE kind = 'ask' AND at < $1", args![before]).await?;
    tx.run("DELETE FROM upload WHERE kind = 'ask' AND at < $1", args![before]).await?;
    Ok(rows.into_iter().map(|(kept,)| kept).filter(|kept| !kept.is_empty()).collect())
}

/// Forgets what a person's requests fetched, used or not. Returns the names: what a complaint or an open draft of theirs needs
/// is needed still.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn forget_requests_of(tx: &mut Tx, person: UserId) -> Result<Vec<String>, StoreError> {
    let rows: Vec<(String,)> = tx
        .all("SELECT DISTINCT kept FROM upload WHERE kind = 'ask' AND person = $1", args![person.0])
        .await?;
    tx.run("DELETE FROM upload WHERE kind = 'ask' AND person = $1", args![person.0]).await?;
    Ok(rows.into_iter().map(|(kept,)| kept).filter(|kept| !kept.is_empty()).collect())
}

/// Notes the files among new facts of a complaint, of which it has `facts` now.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn add_of_journal(tx: &mut Tx, complaint: &Complaint, entries: &[Entry]) -> Result<(), StoreError> {
    let first = complaint.facts - i64::try_from(entries.len()).unwrap_or(0);
    for (fact, entry) in (first + 1..).zip(entries) {
        for (part, file) in (0..).zip(erasing::files_of(&entry.event)) {
            // What staff send is no burden of the customer's.
            let theirs = !matches!(entry.event, Event::Replied { .. });
            let person = if theirs { complaint.filed.customer.id } else { UserId::NOBODY };
            let upload = Upload { file: nameless(file), person };
            let needs = Needs::Stream(Stream::Complaint(complaint.id));
            note_of(tx, needs, fact * OF_A_FACT + part, &upload, entry.at).await?;
        }
    }
    Ok(())
}

/// What a complaint or a draft needs is named there.
fn nameless(file: &FileRef) -> FileRef {
    FileRef { name: String::new(), media: String::new(), ..file.clone() }
}

/// Notes the files of a complaint anew: its journal was written anew.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn renew(tx: &mut Tx, complaint: &Complaint, journal: &[Entry]) -> Result<(), StoreError> {
    forget(tx, Stream::Complaint(complaint.id)).await?;
    add_of_journal(tx, complaint, journal).await
}

/// Notes the files that a draft needs while it is open.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn of_draft(tx: &mut Tx, draft: &Draft) -> Result<(), StoreError> {
    let stream = Stream::Draft(draft.id);
    forget(tx, stream).await?;
    let files = if draft.is_open() { draft.files() } else { Vec::new() };
    for (place, file) in (0..).zip(&files) {
        let upload = Upload { file: nameless(file), person: draft.customer.id };
        let at = draft.messages.last().map_or(0, |last| last.at);
        note_of(tx, Needs::Stream(stream), place, &upload, at).await?;
    }
    Ok(())
}

/// Forgets what a complaint or a draft needed.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn forget(tx: &mut Tx, stream: Stream) -> Result<(), StoreError> {
    tx.run("DELETE FROM upload WHERE kind = $1 AND id = $2", args![stream.kind(), stream.id()])
        .await
        .map(|_| ())
}

/// Takes in what was stored before there was this table, all of it or nothing: no file of before is swept away, and none counts as
/// somebody's burden. Where rows are there, it has been done.
///
/// # Errors
///
/// [`StoreError`] if the database refuses or a row cannot be read.
pub(super) async fn take_in_older(db: &Db) -> Result<(), StoreError> {
    let done: Option<(i64,)> = db.optional("SELECT place FROM upload LIMIT 1", args![]).await?;
    if done.is_some() {
        return Ok(());
    }
    let mut tx = db.begin().await?;
    let (mut complaint, mut seq) = (0_i64, 0_i64);
    loop {
        let rows: Vec<(i64, i64, i64, String)> = tx
            .all(
                "SELECT id, seq, at, body FROM journal WHERE kind = 'complaint' AND (id > $1 OR (id = $1 AND seq > $2)) \
                 AND body LIKE '%\"kept\":%' ORDER BY id, seq LIMIT $3",
                args![complaint, seq, PAGE],
            )
            .await?;
        let Some((last, at_seq, ..)) = rows.last() else { break };
        (complaint, seq) = (*last, *at_seq);
        for (id, seq, at, body) in &rows {
            let entry: Entry = json::read("journal", body)?;
            let needs = Needs::Stream(Stream::Complaint(ComplaintId(*id)));
            for (part, file) in (0..).zip(erasing::files_of(&entry.event)) {
                let file = FileRef { size: 0, ..nameless(file) };
                let upload = Upload { file, person: UserId::NOBODY };
                note_of(&mut tx, needs, seq * OF_A_FACT + part, &upload, *at).await?;
            }
        }
    }
    let drafts: Vec<(String,)> =
        tx.all("SELECT state FROM draft WHERE is_open = 1 ORDER BY id", args![]).await?;
    for (state,) in drafts {
        of_draft(&mut tx, &json::read("draft", &state)?).await?;
    }
    tx.commit().await
}
