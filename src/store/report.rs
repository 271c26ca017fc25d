//! The journals a report is made from, in pieces that fit in memory.

use super::StoreError;
use super::db::{Db, args};
use crate::domain::event::Entry;
use crate::kernel::ids::{ComplaintId, GuildId};
use crate::store::json;

/// How many complaints a piece holds.
const PIECE: usize = 500;

/// Which complaints a report looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The server.
    pub guild: GuildId,
    /// Only complaints of which something happened since (Unix ms), and open ones.
    pub touched_since: i64,
    /// The end (Unix ms): only facts before it are read.
    pub end: i64,
}

/// The next complaints of a span after `after` by id, each with its journal, oldest fact first; an empty answer is the
/// end. Begin with `ComplaintId(0)`, go on with the last id.
///
/// # Errors
///
/// [`StoreError`] if the database refuses or a row cannot be read.
pub async fn journals(
    db: &Db,
    span: Span,
    after: ComplaintId,
) -> Result<Vec<(ComplaintId, Vec<Entry>)>, StoreError> {
    let limit = i64::try_from(PIECE).unwrap_or(i64::MAX);
    // The pieces are cut by id, so a journal is never torn. The last fact of a journal is its latest.
    let rows: Vec<(i64, String)> = db
        .all(
            "SELECT piece.id, journal.body FROM (SELECT id FROM complaint WHERE guild = $1 AND filed_at < $2 \
             AND id > $3 AND (stage IN ('filed', 'recorded') OR (SELECT at FROM journal WHERE journal.kind = 'complaint' \
             AND journal.id = complaint.id ORDER BY seq DESC LIMIT 1) >= $4) ORDER BY id LIMIT $5) AS piece \
             JOIN journal ON journal.kind = 'complaint' AND journal.id = piece.id AND journal.at < $2 ORDER BY piece.id, journal.seq",
            args![span.guild.0, span.end, after.0, span.touched_since, limit],
        )
        .await?;
    let mut journals: Vec<(ComplaintId, Vec<Entry>)> = Vec::new();
    for (id, body) in rows {
        let entry = json::read("journal", &body)?;
        match journals.last_mut().filter(|(last, _)| last.0 == id) {
            Some((_, journal)) => journal.push(entry),
            None => journals.push((ComplaintId(id), vec![entry])),
        }
    }
    Ok(journals)
}
