//! What was stored before the boards (migration 0003), brought into today's form: states and missed deadlines are derived
//! from the journals, reminders that still wait move to where they are told now. Done twice it changes nothing more.
//!
//! It runs between two migrations, so it touches only columns that 0003 left behind, by statements of its own: a stream was one
//! text then, and a journal was keyed by its complaint.

use serde_json::Value;

use super::db::{Db, Tx, args};
use super::{StoreError, board, json};
use crate::domain::complaint::Complaint;
use crate::domain::event::{Entry, Event};
use crate::domain::notice::Notice;
use crate::domain::outbox::{OutboxMessage, ThreadPost};
use crate::kernel::board::{Board, Place};
use crate::kernel::ids::{ComplaintId, GuildId, Stream};
use crate::sla::clocks::{Addressee, ClockKind};

/// How many complaints are mended in one transaction.
const BATCH: i64 = 200;
/// The slot of the timer that sends what waits on a board.
const FLUSH: &str = "flush";

/// Writes every complaint's state, missed deadlines and waiting reminders anew from its journal.
///
/// # Errors
///
/// [`StoreError`] if the database refuses or a journal cannot be read.
pub async fn from_journals(db: &Db) -> Result<(), StoreError> {
    let mut after = 0;
    loop {
        let mut tx = db.begin().await?;
        let rows: Vec<(i64, i64)> = tx
            .all("SELECT id, guild FROM complaint WHERE id > $1 ORDER BY id LIMIT $2", args![after, BATCH])
            .await?;
        let Some((last, _)) = rows.last() else { return Ok(()) };
        after = *last;
        for (id, guild) in rows {
            one(&mut tx, ComplaintId(id), GuildId(guild.cast_unsigned())).await?;
        }
        tx.commit().await?;
    }
}

async fn one(tx: &mut Tx, id: ComplaintId, guild: GuildId) -> Result<(), StoreError> {
    let rows: Vec<(String,)> =
        tx.all("SELECT body FROM journal WHERE complaint = $1 ORDER BY seq", args![id.0]).await?;
    let journal: Vec<Entry> =
        rows.iter().map(|(body,)| json::read("journal", body)).collect::<Result<_, _>>()?;
    let complaint = Complaint::replay(id, &journal)
        .ok_or_else(|| StoreError::inconsistent("journal", "complaint", id.0))?;
    tx.run(
        "UPDATE complaint SET state = $2, next_due = $3 WHERE id = $1",
        args![id.0, json::write(&complaint)?, complaint.next_deadline().map(|(_, due)| due)],
    )
    .await?;
    for entry in &journal {
        let Event::ClockBreached { clock, cycle, deadline, .. } = &entry.event else { continue };
        tx.run(
            "INSERT INTO breach (complaint, clock, cycle, guild, at, deadline) VALUES ($1, $2, $3, $4, $5, $6) \
             ON CONFLICT (complaint, clock, cycle) DO NOTHING",
            args![id.0, clock.as_str(), *cycle, guild.0, entry.at, *deadline],
        )
        .await?;
    }
    let stream = Stream::Complaint(id);
    let outbox: Vec<(i64, String, i64)> = tx
        .all(
            "SELECT seq, body, made_at FROM letter WHERE stream = $1 AND state = 'waiting' ORDER BY seq",
            args![stream.to_string()],
        )
        .await?;
    for (seq, body, made_at) in outbox {
        let body: Value = json::read("letter", &body)?;
        let Some((place, notice)) = reminder(&body, &complaint) else { continue };
        let Some(place) = place else {
            let post = ThreadPost::Nudges { notices: vec![notice] };
            tx.run(
                "UPDATE letter SET body = $3 WHERE stream = $1 AND seq = $2",
                args![stream.to_string(), seq, json::write(&OutboxMessage::ToThread { post })?],
            )
            .await?;
            continue;
        };
        let board = Board { guild, place };
        board::add(tx, board, id, &notice, made_at, made_at).await?;
        tx.run(
            "INSERT INTO timer (stream, slot, due_at, place) VALUES ($1, $2, $3, NULL) \
             ON CONFLICT (stream, slot) DO UPDATE SET due_at = excluded.due_at, place = excluded.place",
            args![Stream::Board(board).to_string(), FLUSH, made_at],
        )
        .await?;
        tx.run(
            "UPDATE letter SET state = 'done', last_error = NULL WHERE stream = $1 AND seq = $2",
            args![stream.to_string(), seq],
        )
        .await?;
    }
    Ok(())
}

/// The reminder that an outbox message of then was, and on which board it stands now; none: in the complaint's own thread.
fn reminder(outgoing: &Value, complaint: &Complaint) -> Option<(Option<Place>, Notice)> {
    let post = &outgoing["post"];
    let (place, to, missed) = match (outgoing["letter"].as_str()?, post["post"].as_str()) {
        ("to-desk", _) => (Some(Place::Desk), Addressee::Staff, false),
        ("to-thread", Some("nudge")) => (None, Addressee::Owner, false),
        ("to-managers", Some("breach")) => (Some(Place::Managers), Addressee::Manager, true),
        _ => return None,
    };
    let clock = ClockKind::parse(post["clock"].as_str()?)?;
    let cycle = post["cycle"].as_i64()?;
    let run = complaint.clocks.get(&clock);
    let breach = run.and_then(|run| run.breach).filter(|_| missed);
    // One whose run is not there any more is overtaken, whatever deadline it speaks of.
    let deadline = breach.map(|breach| breach.deadline).or(run.and_then(|run| run.breach_at())).unwrap_or(0);
    let missed = missed.then(|| breach.map_or_else(Default::default, |breach| breach.cause));
    Some((place, Notice { clock, cycle, deadline, missed, to: vec![to] }))
}
