//! How the database is doing, and what waits in it.

use super::StoreError;
use super::db::{Db, args};
use super::sql::Statement;
use crate::kernel::ids::GuildId;

/// Outbox messages of one state and urgency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxCounts {
    /// `waiting` or `dead`; what is done is not counted.
    pub state: String,
    /// How urgent: 1 person, 2 desk, 3 bulk.
    pub urgency: i64,
    /// How many.
    pub count: i64,
    /// When the oldest was written (Unix ms).
    pub oldest: i64,
}

/// Timers, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Timers {
    /// Those that are armed.
    pub armed: i64,
    /// Those of them that are due.
    pub overdue: i64,
    /// When the first of these was due (Unix ms).
    pub since: Option<i64>,
}

/// An outbox message that does not get through, without its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stuck {
    /// Whether it was given up.
    pub given_up: bool,
    /// Why it did not get through, as the sender put it.
    pub why: String,
    /// How many there are.
    pub count: i64,
    /// When the oldest was written (Unix ms).
    pub oldest: i64,
}

/// What a desk's own database shows: rows of an outbox message's stream belong to a complaint, an incident, a request or a board.
macro_rules! of_guild {
    ($select:literal, $from:literal, $more:literal) => {
        concat!(
            $select,
            " FROM ",
            $from,
            " AS mine WHERE ((mine.kind IN ('complaint', 'line') AND EXISTS \
             (SELECT 1 FROM complaint WHERE complaint.id = mine.id AND complaint.guild = $1)) OR (mine.kind = 'incident' AND \
             EXISTS (SELECT 1 FROM incident WHERE incident.id = mine.id AND incident.guild = $1)) OR (mine.kind = 'request' AND \
             EXISTS (SELECT 1 FROM data_request WHERE data_request.id = mine.id AND data_request.guild = $1)) OR \
             (mine.kind IN ('desk-board', 'managers-board') AND mine.id = $1))",
            $more
        )
    };
}

/// Reads something small.
///
/// # Errors
///
/// [`StoreError`] if the database does not answer.
pub async fn read(db: &Db) -> Result<(), StoreError> {
    let _: Vec<(i64,)> = db.all("SELECT until FROM lease LIMIT 1", args![]).await?;
    Ok(())
}

/// How much a trial writes (bytes): several pages of either database, so that one which is full says so.
const TRIAL: usize = 12_000;

/// Writes something that needs room, and takes it away again. `name` tells processes apart.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn write(db: &Db, name: &str) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    let name = format!("trial-{name}");
    tx.run(
        "INSERT INTO lease (name, owner, until) VALUES ($1, $2, 0)",
        args![name.clone(), "x".repeat(TRIAL)],
    )
    .await?;
    tx.run("DELETE FROM lease WHERE name = $1", args![name]).await?;
    tx.commit().await
}

/// The newest instant (Unix ms) at which something was written down of late; none where nothing was.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn newest(db: &Db) -> Result<Option<i64>, StoreError> {
    let (newest,): (Option<i64>,) = db
        .one(
            "SELECT MAX(at) FROM (SELECT MAX(made_at) AS at FROM letter UNION ALL SELECT MAX(at) AS at FROM inbox \
             UNION ALL SELECT MAX(touched_at) AS at FROM complaint) AS written",
            args![],
        )
        .await?;
    Ok(newest)
}

/// How large the database is (bytes).
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn size(db: &Db) -> Result<i64, StoreError> {
    let statement = Statement {
        sqlite: "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
        postgres: "SELECT pg_database_size(current_database())",
    };
    let (bytes,): (i64,) = db.one(statement, args![]).await?;
    Ok(bytes)
}

/// The outbox messages that wait or were given up, by state and urgency.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn outbox(db: &Db) -> Result<Vec<OutboxCounts>, StoreError> {
    let rows: Vec<(String, i64, i64, i64)> = db
        .all(
            "SELECT state, urgency, CAST(COUNT(*) AS BIGINT), CAST(MIN(made_at) AS BIGINT) FROM letter \
             WHERE state <> 'done' GROUP BY state, urgency ORDER BY state, urgency",
            args![],
        )
        .await?;
    let outbox = |(state, urgency, count, oldest)| OutboxCounts { state, urgency, count, oldest };
    Ok(rows.into_iter().map(outbox).collect())
}

/// The timers at `now` (Unix ms).
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn timers(db: &Db, now: i64) -> Result<Timers, StoreError> {
    let (armed, overdue, since): (i64, i64, Option<i64>) = db
        .one(
            "SELECT CAST(COUNT(*) AS BIGINT), CAST(COALESCE(SUM(CASE WHEN due_at <= $1 THEN 1 ELSE 0 END), 0) AS BIGINT), \
             CAST(MIN(CASE WHEN due_at <= $1 THEN due_at END) AS BIGINT) FROM timer",
            args![now],
        )
        .await?;
    Ok(Timers { armed, overdue, since })
}

/// How many complaints are open at each desk.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn open_complaints(db: &Db) -> Result<Vec<(GuildId, i64)>, StoreError> {
    let rows: Vec<(i64, i64)> = db
        .all(
            "SELECT guild, CAST(COUNT(*) AS BIGINT) FROM complaint WHERE ended_at IS NULL GROUP BY guild ORDER BY guild",
            args![],
        )
        .await?;
    Ok(rows.into_iter().map(|(guild, count)| (GuildId(guild.cast_unsigned()), count)).collect())
}

/// How many outbox messages of a desk wait, and since when the oldest does (Unix ms).
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn waiting_of(db: &Db, guild: GuildId) -> Result<(i64, Option<i64>), StoreError> {
    db.one(
        of_guild!(
            "SELECT CAST(COUNT(*) AS BIGINT), CAST(MIN(made_at) AS BIGINT)",
            "letter",
            " AND mine.state = 'waiting'"
        ),
        args![guild.0],
    )
    .await
}

/// A desk's outbox messages that failed: those that wait for another try, and those given up that were written after `since`
/// (Unix ms); by reason, the most frequent first.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn stuck_of(db: &Db, guild: GuildId, since: i64) -> Result<Vec<Stuck>, StoreError> {
    let rows: Vec<(String, String, i64, i64)> = db
        .all(
            of_guild!(
                "SELECT state, last_error, CAST(COUNT(*) AS BIGINT), CAST(MIN(made_at) AS BIGINT)",
                "letter",
                " AND mine.last_error IS NOT NULL AND (mine.state = 'waiting' OR (mine.state = 'dead' AND \
                 mine.made_at >= $2)) GROUP BY state, last_error ORDER BY 3 DESC, 1, 2 LIMIT 200"
            ),
            args![guild.0, since],
        )
        .await?;
    let stuck = |(state, why, count, oldest): (String, String, i64, i64)| Stuck {
        given_up: state == "dead",
        why,
        count,
        oldest,
    };
    Ok(rows.into_iter().map(stuck).collect())
}

/// How many timers of a desk were due before `before` (Unix ms) and did not fire, and when the first was due (Unix ms).
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn late_timers_of(db: &Db, guild: GuildId, before: i64) -> Result<(i64, Option<i64>), StoreError> {
    db.one(
        of_guild!(
            "SELECT CAST(COUNT(*) AS BIGINT), CAST(MIN(due_at) AS BIGINT)",
            "timer",
            " AND mine.due_at < $2"
        ),
        args![guild.0, before],
    )
    .await
}
