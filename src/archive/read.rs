//! Reads a backup: piece by piece, each checked as it comes, so that whoever gets to the end has seen a whole one.

use std::fs::File;
use std::io::{BufRead, BufReader, ErrorKind, Read};
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::bufread::GzDecoder;
use sha2::{Digest, Sha256};

use super::write::hex;
use super::{ArchiveError, FORMAT, Header, Mark, Totals, files};
use crate::disk;
use crate::store::copy::{Cell, Cells, Shape, Sum, shapes};
use crate::store::{StoreError, schema};

/// The longest line (bytes): more than the longest row can be.
const LINE: u64 = 64 * 1024 * 1024;
/// The largest kept file (bytes): several times Discord's limit.
const LARGEST_FILE: usize = 128 * 1024 * 1024;

/// A piece of a backup.
#[derive(Clone, Debug)]
pub enum Piece {
    /// A file, whole.
    File {
        /// Its name.
        name: String,
        /// What it holds.
        bytes: Vec<u8>,
    },
    /// A row of a table; the place of the table among [`Reader::shapes`].
    Row(usize, Cells),
    /// A table is complete, with the sum over its rows.
    Table(usize, Sum),
    /// The backup is complete.
    End(Totals),
}

/// A backup that is being read.
#[derive(Debug)]
pub struct Reader {
    /// Its first line.
    pub header: Header,
    /// Its tables.
    pub shapes: Vec<Shape>,
    lines: BufReader<GzDecoder<BufReader<File>>>,
    hash: Sha256,
    totals: Totals,
    table: Option<(usize, Sum)>,
    next_table: usize,
}

/// Nothing in it names a file outside the folder, which would be sent to somebody, or deleted.
fn stays_inside(text: &str) -> Result<(), ArchiveError> {
    match files::leading_out(text) {
        Some(name) => Err(ArchiveError::LeadsOut { name }),
        None => Ok(()),
    }
}

fn altered(what: &str) -> ArchiveError {
    ArchiveError::Altered(what.to_owned())
}

impl Reader {
    /// Opens a backup and reads its first line.
    ///
    /// # Errors
    ///
    /// [`ArchiveError`] if it cannot be read, is no backup, or a newer program made it.
    pub fn open(place: &Path) -> Result<Self, ArchiveError> {
        let mut file = BufReader::new(File::open(place).map_err(ArchiveError::place(place))?);
        if !file.fill_buf().map_err(ArchiveError::place(place))?.starts_with(&[0x1f, 0x8b]) {
            return Err(ArchiveError::NotOurs);
        }
        let header = Header {
            format: FORMAT,
            program: String::new(),
            made_at: 0,
            database: String::new(),
            migrations: Vec::new(),
        };
        let mut reader = Self {
            header,
            shapes: Vec::new(),
            lines: BufReader::with_capacity(1 << 16, GzDecoder::new(file)),
            hash: Sha256::new(),
            totals: Totals::default(),
            table: None,
            next_table: 0,
        };
        let first = reader.line()?;
        let first: serde_json::Value = serde_json::from_str(&first).map_err(|_| ArchiveError::NotOurs)?;
        let format = first["format"].as_u64().filter(|_| first["is"] == "desk");
        let format = format.and_then(|format| u32::try_from(format).ok()).ok_or(ArchiveError::NotOurs)?;
        if format != FORMAT {
            return Err(ArchiveError::Newer(format));
        }
        let Ok(Mark::Desk(header)) = serde_json::from_value(first) else {
            return Err(altered("its first line"));
        };
        let known = schema::known();
        if let Some(version) = header.migrations.iter().find(|version| !known.contains(version)) {
            return Err(StoreError::Newer { version: *version }.into());
        }
        if !header.migrations.contains(&2) {
            return Err(altered("its first line"));
        }
        reader.shapes = shapes(&header.migrations);
        reader.header = header;
        Ok(reader)
    }

    /// Reads everything and keeps nothing: whether the backup is whole and unaltered.
    ///
    /// # Errors
    ///
    /// [`ArchiveError`] if it is not.
    pub fn check(mut self) -> Result<Totals, ArchiveError> {
        loop {
            if let Piece::End(totals) = self.next_piece()? {
                return Ok(totals);
            }
        }
    }

    /// The next piece; the last one is [`Piece::End`].
    ///
    /// # Errors
    ///
    /// [`ArchiveError`] if the backup ends too soon or is not what was written.
    pub fn next_piece(&mut self) -> Result<Piece, ArchiveError> {
        loop {
            let so_far = self.hash.clone();
            let line = self.line()?;
            if let Some((place, mut sum)) = self.table
                && line.starts_with('[')
            {
                let row: Cells = serde_json::from_str(&line).map_err(|_| altered("a row"))?;
                let columns = &self.shapes[place].columns;
                let fits = row.0.len() == columns.len()
                    && row.0.iter().zip(columns).all(|(cell, column)| cell.fits(column.kind));
                if !fits {
                    return Err(altered("a row"));
                }
                for (cell, column) in row.0.iter().zip(columns) {
                    let Cell::Text(text) = cell else { continue };
                    if column.name == "kept" && !text.is_empty() && !disk::is_plain(text) {
                        return Err(ArchiveError::LeadsOut { name: text.clone() });
                    }
                    stays_inside(text)?;
                }
                sum.add(&line);
                self.table = Some((place, sum));
                return Ok(Piece::Row(place, row));
            }
            let mark = serde_json::from_str(&line).map_err(|_| altered("a line"))?;
            match (mark, self.table.take()) {
                (Mark::File { name }, None) => return self.file(name),
                (Mark::Table { name, columns }, None) => self.begin_table(&name, &columns)?,
                (Mark::EndOfTable { rows, sum }, Some((place, counted))) => {
                    if rows != counted.rows || sum != counted.hex() {
                        return Err(altered(&format!("table {}", self.shapes[place].name)));
                    }
                    self.totals.tables += 1;
                    self.totals.rows += rows;
                    return Ok(Piece::Table(place, counted));
                }
                (Mark::End(totals), None) => return self.end(totals, so_far),
                _ => return Err(altered("the order of its lines")),
            }
        }
    }

    fn begin_table(&mut self, name: &str, columns: &[String]) -> Result<(), ArchiveError> {
        let place = self.next_table;
        let right = self.shapes.get(place).is_some_and(|shape| {
            shape.name == name && shape.columns.iter().map(|column| column.name).eq(columns.iter())
        });
        if !right {
            return Err(altered(&format!("table {name}")));
        }
        self.next_table += 1;
        self.table = Some((place, Sum::default()));
        Ok(())
    }

    fn file(&mut self, name: String) -> Result<Piece, ArchiveError> {
        let wrong = || altered(&format!("file {name:?}"));
        if !disk::is_plain(&name) {
            return Err(ArchiveError::LeadsOut { name });
        }
        let mut bytes = Vec::new();
        loop {
            let line = self.line()?;
            if let Ok(piece) = serde_json::from_str::<String>(&line) {
                bytes.extend(STANDARD.decode(piece).map_err(|_| wrong())?);
                if bytes.len() > LARGEST_FILE {
                    return Err(wrong());
                }
                continue;
            }
            let Ok(Mark::EndOfFile { size, sha256 }) = serde_json::from_str(&line) else {
                return Err(wrong());
            };
            if u64::try_from(bytes.len()) != Ok(size) || sha256 != hex(&Sha256::digest(&bytes)) {
                return Err(wrong());
            }
            if let Ok(list) = std::str::from_utf8(&bytes) {
                stays_inside(list)?;
            }
            self.totals.files += 1;
            return Ok(Piece::File { name, bytes });
        }
    }

    fn end(&mut self, totals: Totals, so_far: Sha256) -> Result<Piece, ArchiveError> {
        let sha256 = hex(&so_far.finalize());
        if totals != (Totals { sha256, ..self.totals.clone() }) || self.next_table != self.shapes.len() {
            return Err(altered("its sums"));
        }
        // Reading to the very end has the packing checked too.
        let mut rest = [0_u8; 1];
        match self.lines.read(&mut rest) {
            Ok(0) => {}
            Ok(_) => return Err(altered("something behind its end")),
            Err(error) => return Err(unread(&error)),
        }
        match self.lines.get_mut().get_mut().read(&mut rest) {
            Ok(0) => Ok(Piece::End(totals)),
            _ => Err(altered("something behind its end")),
        }
    }

    fn line(&mut self) -> Result<String, ArchiveError> {
        let mut line = Vec::new();
        let read = (&mut self.lines).take(LINE).read_until(b'\n', &mut line);
        read.map_err(|error| unread(&error))?;
        self.hash.update(&line);
        if line.pop() != Some(b'\n') {
            let too_long = u64::try_from(line.len()).is_ok_and(|length| length + 1 >= LINE);
            return Err(if too_long { altered("a line") } else { ArchiveError::Cut });
        }
        String::from_utf8(line).map_err(|_| altered("a line"))
    }
}

fn unread(error: &std::io::Error) -> ArchiveError {
    match error.kind() {
        ErrorKind::UnexpectedEof => ArchiveError::Cut,
        _ => altered("its packing"),
    }
}
