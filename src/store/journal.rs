//! Journals: what happened to a complaint, an incident or a request, each fact written once and numbered from 1.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::StoreError;
use super::db::{Db, Tx, args};
use super::json;
use crate::domain::data::DataRequest;
use crate::domain::data::fact::Entry as RequestEntry;
use crate::domain::incident::Incident;
use crate::domain::incident::fact::Entry as IncidentEntry;
use crate::kernel::ids::Stream;

/// How many journals are taken in in one transaction.
const BATCH: i64 = 200;

/// Writes the fact of this number, of `at` (Unix ms).
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn add(
    tx: &mut Tx,
    stream: Stream,
    seq: i64,
    at: i64,
    fact: &impl Serialize,
) -> Result<(), StoreError> {
    tx.run(
        "INSERT INTO journal (kind, id, seq, at, body) VALUES ($1, $2, $3, $4, $5)",
        args![stream.kind(), stream.id(), seq, at, json::write(fact)?],
    )
    .await
    .map(|_| ())
}

/// Writes a fact of `at` (Unix ms) behind the last one. Whoever does holds the lock of what the journal is about, so that
/// nobody takes the same number.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn append(tx: &mut Tx, stream: Stream, at: i64, fact: &impl Serialize) -> Result<(), StoreError> {
    let (last,): (i64,) = tx
        .one(
            "SELECT CAST(COALESCE(MAX(seq), 0) AS BIGINT) FROM journal WHERE kind = $1 AND id = $2",
            args![stream.kind(), stream.id()],
        )
        .await?;
    add(tx, stream, last + 1, at, fact).await
}

/// A journal, oldest fact first.
///
/// # Errors
///
/// [`StoreError`] if the database refuses or a row cannot be read.
pub async fn read<T: DeserializeOwned>(db: &Db, stream: Stream) -> Result<Vec<T>, StoreError> {
    let rows: Vec<(String,)> = db
        .all(
            "SELECT body FROM journal WHERE kind = $1 AND id = $2 ORDER BY seq",
            args![stream.kind(), stream.id()],
        )
        .await?;
    rows.iter().map(|(body,)| json::read("journal", body)).collect()
}

/// The facts of a journal after the first `seen`, within a transaction, oldest first.
///
/// # Errors
///
/// [`StoreError`] if the database refuses or a row cannot be read.
pub async fn after<T: DeserializeOwned>(
    tx: &mut Tx,
    stream: Stream,
    seen: i64,
) -> Result<Vec<T>, StoreError> {
    let rows: Vec<(String,)> = tx
        .all(
            "SELECT body FROM journal WHERE kind = $1 AND id = $2 AND seq > $3 ORDER BY seq",
            args![stream.kind(), stream.id(), seen],
        )
        .await?;
    rows.iter().map(|(body,)| json::read("journal", body)).collect()
}

/// Takes a whole journal away: what is left of it after an erasure is written anew.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub(super) async fn clear(tx: &mut Tx, stream: Stream) -> Result<(), StoreError> {
    tx.run("DELETE FROM journal WHERE kind = $1 AND id = $2", args![stream.kind(), stream.id()])
        .await
        .map(|_| ())
}

/// Gives incidents and requests of before their journals, as their states tell them. Cut off in the middle, the rest is taken in
/// at the next start; several processes may do it at once.
///
/// # Errors
///
/// [`StoreError`] if the database refuses or a row cannot be read.
pub(super) async fn take_in_older(db: &Db) -> Result<(), StoreError> {
    let incidents = "SELECT id, state FROM incident WHERE id > $1 AND NOT EXISTS (SELECT 1 FROM journal WHERE journal.kind = 'incident' \
                     AND journal.id = incident.id) ORDER BY id LIMIT $2";
    take_in(db, incidents, |state| {
        let incident: Incident = json::read("incident", state)?;
        let facts = IncidentEntry::all_of(&incident);
        let lines = facts.iter().map(|fact| Ok((fact.at, json::write(fact)?)));
        Ok((Stream::Incident(incident.id), lines.collect::<Result<_, StoreError>>()?))
    })
    .await?;
    let requests = "SELECT id, state FROM data_request WHERE id > $1 AND NOT EXISTS (SELECT 1 FROM journal WHERE journal.kind = 'request' \
                    AND journal.id = data_request.id) ORDER BY id LIMIT $2";
    take_in(db, requests, |state| {
        let request: DataRequest = json::read("data_request", state)?;
        let facts = RequestEntry::all_of(&request);
        let lines = facts.iter().map(|fact| Ok((fact.at, json::write(fact)?)));
        Ok((Stream::Request(request.id), lines.collect::<Result<_, StoreError>>()?))
    })
    .await
}

async fn take_in(
    db: &Db,
    without: &'static str,
    journal: impl Fn(&str) -> Result<(Stream, Vec<(i64, String)>), StoreError>,
) -> Result<(), StoreError> {
    let mut after = 0_i64;
    loop {
        let mut tx = db.begin().await?;
        let rows: Vec<(i64, String)> = tx.all(without, args![after, BATCH]).await?;
        let Some((last, _)) = rows.last() else { return Ok(()) };
        after = *last;
        for (_, state) in rows {
            let (stream, facts) = journal(&state)?;
            for (seq, (at, body)) in (1_i64..).zip(facts) {
                tx.run(
                    "INSERT INTO journal (kind, id, seq, at, body) VALUES ($1, $2, $3, $4, $5) \
                     ON CONFLICT (kind, id, seq) DO NOTHING",
                    args![stream.kind(), stream.id(), seq, at, body],
                )
                .await?;
            }
        }
        tx.commit().await?;
    }
}
