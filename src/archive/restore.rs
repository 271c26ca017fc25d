//! Puts a backup into a database in which nothing was ever stored: all of it, or nothing.

use std::io::Write as _;
use std::path::Path;

use super::read::{Piece, Reader};
use super::{ArchiveError, Header, Totals};
use crate::disk;
use crate::store::copy::{self, BATCH, Cells, Sum};
use crate::store::db::Db;
use crate::store::{self, StoreError, schema};

/// What was restored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// The backup's first line.
    pub header: Header,
    /// Its last line.
    pub totals: Totals,
    /// The tables with how many rows each.
    pub tables: Vec<(&'static str, u64)>,
}

/// Restores the backup at `place` into the database at `url`, and its files into `folder`. It is read whole and found
/// unaltered before anything is written; then every table is read back and compared. `progress` hears a table's name and how
/// many of its rows are restored.
///
/// # Errors
///
/// [`ArchiveError`] if the backup is not whole, the database holds or serves a desk, or either refuses; the database is
/// left without a row then.
pub async fn restore(
    place: &Path,
    url: &str,
    folder: &Path,
    now: i64,
    progress: &mut (dyn FnMut(&str, u64) + Send),
) -> Result<Restored, ArchiveError> {
    Reader::open(place)?.check()?;
    let db = Db::connect(url, true).await?;
    let restored = fill(place, &db, folder, now, progress).await;
    db.close().await;
    restored
}

async fn fill(
    place: &Path,
    db: &Db,
    folder: &Path,
    now: i64,
    progress: &mut (dyn FnMut(&str, u64) + Send),
) -> Result<Restored, ArchiveError> {
    let mut reader = Reader::open(place)?;
    let shapes = reader.shapes.clone();
    let mut tx = copy::begin_filling(db, &reader.header.migrations, &shapes, now).await?;
    let mut tables: Vec<(&'static str, Sum)> = Vec::new();
    let mut rows: Vec<Cells> = Vec::with_capacity(BATCH);
    let mut restored = 0;
    let totals = loop {
        match reader.next_piece()? {
            Piece::File { name, bytes } => keep(folder, &name, &bytes)?,
            Piece::Row(table, row) => {
                rows.push(row);
                if rows.len() == BATCH {
                    shapes[table].add(&mut tx, &rows).await?;
                    restored += rows.len() as u64;
                    progress(shapes[table].name, restored);
                    rows.clear();
                }
            }
            Piece::Table(table, sum) => {
                if !rows.is_empty() {
                    shapes[table].add(&mut tx, &rows).await?;
                }
                progress(shapes[table].name, sum.rows);
                rows.clear();
                restored = 0;
                tables.push((shapes[table].name, sum));
            }
            Piece::End(totals) => break totals,
        }
    };
    for (shape, (_, sum)) in shapes.iter().zip(&tables) {
        if shape.sum(&mut tx).await? != *sum {
            return Err(StoreError::Copied { table: shape.name }.into());
        }
    }
    tx.commit().await?;
    finish(db).await?;
    let tables = tables.into_iter().map(|(name, sum)| (name, sum.rows)).collect();
    Ok(Restored { header: reader.header, totals, tables })
}

/// Gives a desk that was copied what later migrations add, and frees what a process held there where it came from.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn finish(db: &Db) -> Result<(), StoreError> {
    schema::bring_up_to_date(db).await?;
    let mut tx = db.begin().await?;
    store::outbox::free_leases(&mut tx).await?;
    tx.commit().await
}

/// Writes a kept file; one of this name is the same file, since names come from Discord's ids.
fn keep(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), ArchiveError> {
    let place = folder.join(name);
    let write = || {
        disk::make_folder(folder)?;
        let mut file = tempfile::Builder::new().suffix(".part").tempfile_in(folder)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        file.persist(&place).map(|_| ()).map_err(|error| error.error)
    };
    write().map_err(ArchiveError::place(&place))
}
