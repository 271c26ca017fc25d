//! Boards: what is to be told in a desk's own channels, missed deadlines, digests and alarms.

use chrono::NaiveDate;

use super::StoreError;
use super::db::{Db, Tx, args};
use super::{counter, json};
use crate::domain::complaint::Complaint;
use crate::domain::event::{Entry, Event};
use crate::domain::notice::Notice;
use crate::kernel::board::Board;
use crate::kernel::ids::{ComplaintId, GuildId, Stream};
use crate::sla::clocks::ClockKind;

/// How many complaints are read at a time.
const PAGE: i64 = 500;

/// Locks a board until the transaction ends: its outbox messages are numbered in the order in which they are written.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn lock(tx: &mut Tx, board: Board) -> Result<(), StoreError> {
    counter::next(tx, &format!("board/{board}")).await.map(|_| ())
}

/// Puts a notice on a board; it may be held back until `hold_until` (Unix ms), to be told together with others.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn add(
    tx: &mut Tx,
    board: Board,
    complaint: ComplaintId,
    notice: &Notice,
    now: i64,
    hold_until: i64,
) -> Result<(), StoreError> {
    let id = counter::next(tx, "notice").await?;
    tx.run(
        "INSERT INTO notice (id, board, complaint, body, made_at, hold_until, letter) \
         VALUES ($1, $2, $3, $4, $5, $6, NULL)",
        args![id, board.to_string(), complaint.0, json::write(notice)?, now, hold_until],
    )
    .await
    .map(|_| ())
}

/// Until when the notices that wait on a board may be held back at most (Unix ms); none where none waits.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn hold_until(tx: &mut Tx, board: Board) -> Result<Option<i64>, StoreError> {
    let (until,): (Option<i64>,) = tx
        .one(
            "SELECT MIN(hold_until) FROM notice WHERE board = $1 AND letter IS NULL",
            args![board.to_string()],
        )
        .await?;
    Ok(until)
}

/// Whether another timer will speak on a board up to `until` (Unix ms).
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn more_to_come(tx: &mut Tx, board: Board, until: i64) -> Result<bool, StoreError> {
    let row: Option<(i64,)> = tx
        .optional(
            "SELECT due_at FROM timer WHERE place = $1 AND due_at <= $2 LIMIT 1",
            args![board.to_string(), until],
        )
        .await?;
    Ok(row.is_some())
}

/// The ids of the notices that wait on a board, in the order in which they were made.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn waiting(tx: &mut Tx, board: Board) -> Result<Vec<i64>, StoreError> {
    let rows: Vec<(i64,)> = tx
        .all(
            "SELECT id FROM notice WHERE board = $1 AND letter IS NULL ORDER BY id",
            args![board.to_string()],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Notes that the notices waiting on a board go along with an outbox message.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn taken(tx: &mut Tx, board: Board, outgoing: i64) -> Result<(), StoreError> {
    tx.run(
        "UPDATE notice SET letter = $2 WHERE board = $1 AND letter IS NULL",
        args![board.to_string(), outgoing],
    )
    .await
    .map(|_| ())
}

/// The notices that go along with an outbox message of a board, with the complaints they are about as they stand now.
///
/// # Errors
///
/// [`StoreError`] if the database refuses or a row cannot be read.
pub async fn of_message(
    db: &Db,
    board: Board,
    outgoing: i64,
) -> Result<Vec<(Notice, Complaint)>, StoreError> {
    let rows: Vec<(String, String)> = db
        .all(
            "SELECT notice.body, complaint.state FROM notice JOIN complaint ON complaint.id = notice.complaint \
             WHERE notice.board = $1 AND notice.letter = $2 ORDER BY notice.id",
            args![board.to_string(), outgoing],
        )
        .await?;
    rows.iter()
        .map(|(body, state)| Ok((json::read("notice", body)?, json::read("complaint", state)?)))
        .collect()
}

/// Forgets notices made before `before` (Unix ms) that have gone out.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn forget(tx: &mut Tx, before: i64) -> Result<u64, StoreError> {
    tx.run("DELETE FROM notice WHERE letter IS NOT NULL AND made_at < $1", args![before]).await
}

/// Writes the missed deadlines among new facts of a complaint down; what is there already stays as it is.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn add_breaches(
    tx: &mut Tx,
    guild: GuildId,
    complaint: ComplaintId,
    entries: &[Entry],
) -> Result<(), StoreError> {
    let stream = Stream::Complaint(complaint);
    for entry in entries {
        let Event::ClockBreached { clock, cycle, deadline, .. } = &entry.event else { continue };
        tx.run(
            "INSERT INTO breach (kind, id, clock, cycle, guild, at, deadline) VALUES ($1, $2, $3, $4, $5, $6, $7) \
             ON CONFLICT (kind, id, clock, cycle) DO NOTHING",
            args![stream.kind(), stream.id(), clock.as_str(), *cycle, guild.0, entry.at, *deadline],
        )
        .await?;
    }
    Ok(())
}

/// The deadlines of a desk missed in `[from, to)` (Unix ms), with the complaints as they stand now, oldest first.
///
/// # Errors
///
/// [`StoreError`] if the database refuses or a row cannot be read.
pub async fn breaches(
    db: &Db,
    guild: GuildId,
    from: i64,
    to: i64,
) -> Result<Vec<(ClockKind, i64, Complaint)>, StoreError> {
    let rows: Vec<(String, i64, String)> = db
        .all(
            "SELECT breach.clock, breach.deadline, complaint.state FROM breach \
             JOIN complaint ON complaint.id = breach.id \
             WHERE breach.kind = 'complaint' AND breach.guild = $1 AND breach.deadline >= $2 AND breach.deadline < $3 \
             ORDER BY breach.deadline, breach.id, breach.clock",
            args![guild.0, from, to],
        )
        .await?;
    rows.iter()
        .filter_map(|(clock, deadline, state)| Some((ClockKind::parse(clock)?, *deadline, state)))
        .map(|(clock, deadline, state)| Ok((clock, deadline, json::read("complaint", state)?)))
        .collect()
}

/// Looks at every complaint of a desk that has not ended, and at those of the last while whose customer was not content.
///
/// # Errors
///
/// [`StoreError`] if the database refuses or a row cannot be read.
pub async fn each_alive(
    db: &Db,
    guild: GuildId,
    ended_since: i64,
    mut look: impl FnMut(&Complaint),
) -> Result<(), StoreError> {
    let mut after = 0;
    loop {
        let rows: Vec<(i64, String)> = db
            .all(
                "SELECT id, state FROM complaint WHERE guild = $1 AND id > $2 \
                 AND (stage IN ('filed', 'recorded', 'resolved') OR ended_at >= $3) ORDER BY id LIMIT $4",
                args![guild.0, after, ended_since, PAGE],
            )
            .await?;
        let Some((last, _)) = rows.last() else { return Ok(()) };
        after = *last;
        for (_, state) in &rows {
            look(&json::read("complaint", state)?);
        }
    }
}

/// The ids of the complaints of a desk that have not ended, oldest first.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn alive(db: &Db, guild: GuildId) -> Result<Vec<ComplaintId>, StoreError> {
    let rows: Vec<(i64,)> = db
        .all(
            "SELECT id FROM complaint WHERE guild = $1 AND stage IN ('filed', 'recorded', 'resolved') ORDER BY id",
            args![guild.0],
        )
        .await?;
    Ok(rows.into_iter().map(|(id,)| ComplaintId(id)).collect())
}

/// The last day for which managers of a desk had their digest.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn last_digest(tx: &mut Tx, guild: GuildId) -> Result<Option<NaiveDate>, StoreError> {
    let row: Option<(String,)> =
        tx.optional("SELECT day FROM digest WHERE guild = $1", args![guild.0]).await?;
    Ok(row.and_then(|(day,)| day.parse().ok()))
}

/// Notes the day for which managers of a desk have their digest.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn digested(tx: &mut Tx, guild: GuildId, day: NaiveDate) -> Result<(), StoreError> {
    tx.run(
        "INSERT INTO digest (guild, day) VALUES ($1, $2) ON CONFLICT (guild) DO UPDATE SET day = excluded.day",
        args![guild.0, day.to_string()],
    )
    .await
    .map(|_| ())
}

/// What is late at a desk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Late {
    /// How many timers and outbox messages.
    pub count: i64,
    /// Since when the oldest of them waits (Unix ms).
    pub since: i64,
}

/// What should have happened at each desk before `before` (Unix ms) and has not: timers not fired, outbox messages not sent.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn late(db: &Db, before: i64) -> Result<Vec<(GuildId, Late)>, StoreError> {
    let rows: Vec<(i64, i64, i64)> = db
        .all(
            "SELECT complaint.guild, CAST(COUNT(*) AS BIGINT), CAST(MIN(late.since) AS BIGINT) FROM \
             (SELECT kind, id, due_at AS since FROM timer WHERE due_at < $1 UNION ALL \
             SELECT kind, id, made_at AS since FROM letter WHERE state = 'waiting' AND urgency <= 2 AND made_at < $1) \
             AS late JOIN complaint ON complaint.id = late.id WHERE late.kind IN ('complaint', 'line') \
             GROUP BY complaint.guild ORDER BY complaint.guild",
            args![before],
        )
        .await?;
    let late =
        |(guild, count, since): (i64, i64, i64)| (GuildId(guild.cast_unsigned()), Late { count, since });
    Ok(rows.into_iter().map(late).collect())
}

/// Notes since when a desk has something late; whether that is news.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn raise_alarm(tx: &mut Tx, guild: GuildId, since: i64) -> Result<bool, StoreError> {
    let rows = tx
        .run(
            "INSERT INTO alarm (guild, since) VALUES ($1, $2) ON CONFLICT (guild) DO NOTHING",
            args![guild.0, since],
        )
        .await?;
    Ok(rows > 0)
}

/// Forgets the alarms of all desks but these. Returns which were forgotten.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn calm(tx: &mut Tx, still: &[GuildId]) -> Result<Vec<GuildId>, StoreError> {
    let rows: Vec<(i64,)> = tx.all("SELECT guild FROM alarm ORDER BY guild", args![]).await?;
    let over: Vec<GuildId> = rows
        .into_iter()
        .map(|(guild,)| GuildId(guild.cast_unsigned()))
        .filter(|guild| !still.contains(guild))
        .collect();
    for guild in &over {
        tx.run("DELETE FROM alarm WHERE guild = $1", args![guild.0]).await?;
    }
    Ok(over)
}
