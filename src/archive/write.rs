//! Writes a backup while the desk runs: the files first, then all tables out of one transaction.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufWriter, Read, Write};
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use super::{ArchiveError, FORMAT, Header, Mark, Totals, files};
use crate::store::copy::{Shape, Sum, shapes};
use crate::store::db::{Db, Tx};
use crate::store::schema;

/// How many bytes of a file stand on a line.
const PIECE: usize = 48 * 1024;
/// How often a backup begins anew because a file that an outbox message needs was delivered before it could be read.
const TRIES: usize = 5;

/// What was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// The last line.
    pub totals: Totals,
    /// How large the file is (bytes).
    pub size: u64,
    /// Files that waiting outbox messages or drafts name and that are not in their folder.
    pub missing: Vec<String>,
}

/// Writes a backup of a database and of the files on their way in `folder` to `place`. It appears there whole or not at
/// all, for its owner's eyes only. `progress` hears a table's name and how many of its rows are written.
///
/// # Errors
///
/// [`ArchiveError`] if the place is taken, the database holds no desk, or either refuses.
pub async fn write(
    db: &Db,
    folder: &Path,
    place: &Path,
    now: i64,
    progress: &mut (dyn FnMut(&str, u64) + Send),
) -> Result<Written, ArchiveError> {
    if place.symlink_metadata().is_ok() {
        return Err(ArchiveError::Exists(place.to_owned()));
    }
    let beside = place.parent().filter(|beside| !beside.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let failed = ArchiveError::place(place);
    let migrations = schema::applied(db).await?;
    // The first two migrations make a desk.
    if !migrations.contains(&2) {
        return Err(ArchiveError::NoDesk);
    }
    let database = if db.is_embedded() { "sqlite" } else { "postgres" }.to_owned();
    let program = env!("CARGO_PKG_VERSION").to_owned();
    let header = Header { format: FORMAT, program, made_at: now, database, migrations };
    let mut tries = 0;
    let (mut file, mut written) = loop {
        tries += 1;
        let file = tempfile::Builder::new().prefix(".langnghe-backup-").tempfile_in(beside);
        let (file, written) = fill(db, folder, &header, file.map_err(&failed)?, place, progress).await?;
        let all_there = written.missing.is_empty();
        if all_there || tries == TRIES || !lost(folder, &written.missing, db, &header).await? {
            break (file, written);
        }
    };
    file.flush().and_then(|()| file.as_file().sync_all()).map_err(&failed)?;
    written.size = file.as_file().metadata().map_err(&failed)?.len();
    file.persist_noclobber(place).map_err(|error| match error.error.kind() {
        std::io::ErrorKind::AlreadyExists => ArchiveError::Exists(place.to_owned()),
        _ => failed(error.error),
    })?;
    // The name lasts once its folder is on the disk too.
    File::open(beside).and_then(|beside| beside.sync_all()).map_err(&failed)?;
    Ok(written)
}

/// Whether missing files were only delivered meanwhile, so that another try is worth it: nobody needs them any more.
async fn lost(folder: &Path, missing: &[String], db: &Db, header: &Header) -> Result<bool, ArchiveError> {
    if missing.iter().any(|name| folder.join(name).exists()) {
        return Ok(true);
    }
    let mut tx = db.snapshot().await?;
    let mut needed = BTreeSet::new();
    for shape in shapes(&header.migrations).iter().filter(|shape| matches!(shape.name, "letter" | "draft")) {
        each_row(shape, &mut tx, |row| {
            files::needed(shape, row, &mut needed);
            Ok(())
        })
        .await?;
    }
    Ok(missing.iter().any(|name| !needed.contains(name)))
}

async fn each_row(
    shape: &Shape,
    tx: &mut Tx,
    mut look: impl FnMut(&crate::store::copy::Cells) -> Result<(), ArchiveError>,
) -> Result<(), ArchiveError> {
    let mut rows = shape.page(tx, None).await?;
    while let Some(last) = rows.last().cloned() {
        rows.iter().try_for_each(&mut look)?;
        rows = shape.page(tx, Some(&last)).await?;
    }
    Ok(())
}

async fn fill(
    db: &Db,
    folder: &Path,
    header: &Header,
    file: NamedTempFile,
    place: &Path,
    progress: &mut (dyn FnMut(&str, u64) + Send),
) -> Result<(NamedTempFile, Written), ArchiveError> {
    let failed = ArchiveError::place(place);
    let mut out = Lines::new(file, place);
    out.mark(&Mark::Desk(header.clone()))?;
    let mut totals = Totals::default();
    let mut kept = BTreeSet::new();
    // A file is there before the outbox message that needs it and until that is delivered, so most are copied before the tables
    // are looked at; those that came meanwhile right after.
    while add_files(&mut out, folder, &mut kept)? > 0 {}
    let mut tx = db.snapshot().await?;
    let mut needed = BTreeSet::new();
    for (number, shape) in shapes(&header.migrations).iter().enumerate() {
        let mut rows = shape.page(&mut tx, None).await?;
        if number == 0 {
            // The first look at a table fixed what the transaction sees.
            add_files(&mut out, folder, &mut kept)?;
        }
        let columns = shape.columns.iter().map(|column| column.name.to_owned()).collect();
        out.mark(&Mark::Table { name: shape.name.to_owned(), columns })?;
        let mut sum = Sum::default();
        while let Some(last) = rows.last().cloned() {
            for row in &rows {
                let line = row.line()?;
                sum.add(&line);
                out.line(&line)?;
                files::needed(shape, row, &mut needed);
            }
            progress(shape.name, sum.rows);
            rows = shape.page(&mut tx, Some(&last)).await?;
        }
        out.mark(&Mark::EndOfTable { rows: sum.rows, sum: sum.hex() })?;
        totals.tables += 1;
        totals.rows += sum.rows;
    }
    totals.files = u64::try_from(kept.len()).unwrap_or(u64::MAX);
    totals.sha256 = hex(&out.hash.clone().finalize());
    out.mark(&Mark::End(totals.clone()))?;
    let file = out.gzip.finish().and_then(|out| out.into_inner().map_err(Into::into)).map_err(failed)?;
    let missing = needed.difference(&kept).cloned().collect();
    Ok((file, Written { totals, size: 0, missing }))
}

/// Adds the files that are not yet in the backup; returns how many there were.
fn add_files(out: &mut Lines<'_>, folder: &Path, kept: &mut BTreeSet<String>) -> Result<usize, ArchiveError> {
    let mut added = 0;
    for name in files::in_folder(folder).map_err(ArchiveError::place(folder))? {
        if kept.contains(&name) {
            continue;
        }
        let path = folder.join(&name);
        let mut bytes = Vec::new();
        match File::open(&path).and_then(|mut file| file.read_to_end(&mut bytes)) {
            Ok(_) => {}
            // Delivered between the two looks.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(error) => return Err(ArchiveError::place(&path)(error)),
        }
        out.mark(&Mark::File { name: name.clone() })?;
        for piece in bytes.chunks(PIECE) {
            out.line(&format!("\"{}\"", STANDARD.encode(piece)))?;
        }
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        out.mark(&Mark::EndOfFile { size, sha256: hex(&Sha256::digest(&bytes)) })?;
        kept.insert(name);
        added += 1;
    }
    Ok(added)
}

/// Bytes as hex digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Lines on their way into a file, summed as they go.
struct Lines<'a> {
    gzip: GzEncoder<BufWriter<NamedTempFile>>,
    hash: Sha256,
    place: &'a Path,
}

impl<'a> Lines<'a> {
    fn new(file: NamedTempFile, place: &'a Path) -> Self {
        let gzip = GzEncoder::new(BufWriter::with_capacity(1 << 16, file), Compression::default());
        Self { gzip, hash: Sha256::new(), place }
    }

    fn mark(&mut self, mark: &Mark) -> Result<(), ArchiveError> {
        let line = crate::store::json::write(mark)?;
        self.line(&line)
    }

    fn line(&mut self, line: &str) -> Result<(), ArchiveError> {
        self.hash.update(line.as_bytes());
        self.hash.update(b"\n");
        let gzip = &mut self.gzip;
        let done = gzip.write_all(line.as_bytes()).and_then(|()| gzip.write_all(b"\n"));
        done.map_err(ArchiveError::place(self.place))
    }
}
