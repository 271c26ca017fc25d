//! Whole tables, out of one database and into another one, with a sum by which both sides are compared.
//!
//! Here alone statements are put together at run time, from the names in [`super::tables`] and nothing else. Rows are
//! handed over as one JSON array a batch, which each database unpacks by a function of its own.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{Column as _, FromRow, Row as _, TypeInfo, ValueRef};

use super::db::{Arg, Db, Tx, args};
use super::sql::Statement;
use super::tables::{Column, Kind, TABLES};
use super::{StoreError, blank, json, lease};

/// How many rows are read or written at a time.
pub const BATCH: usize = 500;

/// A value of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Cell {
    /// NULL.
    Null,
    /// A BIGINT.
    Int(i64),
    /// A TEXT.
    Text(String),
}

impl Cell {
    /// Whether a column of this kind can hold it.
    pub fn fits(&self, kind: Kind) -> bool {
        matches!((self, kind), (Self::Null, _) | (Self::Int(_), Kind::Int) | (Self::Text(_), Kind::Text))
    }

    fn arg(&self) -> Arg {
        match self {
            Self::Null => Arg::Int(None),
            Self::Int(value) => Arg::Int(Some(*value)),
            Self::Text(value) => Arg::Text(Some(value.clone())),
        }
    }
}

/// A row of any table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cells(pub Vec<Cell>);

impl Cells {
    /// The one form in which a row is written and summed: a JSON array.
    ///
    /// # Errors
    ///
    /// Never in truth: such values have a JSON form.
    pub fn line(&self) -> Result<String, StoreError> {
        json::write(self)
    }
}

/// PostgreSQL cannot hold a NUL in text; a copy has none, whichever side it comes from.
fn text(value: String) -> Cell {
    Cell::Text(if value.contains('\0') { value.replace('\0', "") } else { value })
}

impl FromRow<'_, SqliteRow> for Cells {
    fn from_row(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        let cell = |place: usize| {
            let raw = row.try_get_raw(place)?;
            match raw.type_info().name() {
                _ if raw.is_null() => Ok(Cell::Null),
                "TEXT" => row.try_get(place).map(text),
                _ => row.try_get(place).map(Cell::Int),
            }
        };
        (0..row.len()).map(cell).collect::<Result<_, _>>().map(Self)
    }
}

impl FromRow<'_, PgRow> for Cells {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        let cell = |place: usize| match row.column(place).type_info().name() {
            _ if row.try_get_raw(place)?.is_null() => Ok(Cell::Null),
            "TEXT" => row.try_get(place).map(text),
            _ => row.try_get(place).map(Cell::Int),
        };
        (0..row.len()).map(cell).collect::<Result<_, _>>().map(Self)
    }
}

/// A sum over the rows of a table: how many, and of each the SHA-256, added up, so that the order, in which two databases
/// differ, does not matter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// How many rows.
    pub rows: u64,
    parts: [u64; 4],
}

impl Sum {
    /// Adds a row in the form of [`Cells::line`].
    pub fn add(&mut self, line: &str) {
        self.rows += 1;
        let digest = Sha256::digest(line.as_bytes());
        for (part, bytes) in self.parts.iter_mut().zip(digest.chunks_exact(8)) {
            let value = bytes.iter().fold(0_u64, |value, byte| value << 8 | u64::from(*byte));
            *part = part.wrapping_add(value);
        }
    }

    /// Its 64 hex digits; the number of rows stands apart.
    pub fn hex(&self) -> String {
        self.parts.iter().map(|part| format!("{part:016x}")).collect()
    }
}

/// A table as some migrations left it, with the statements that copy it.
#[derive(Clone, Debug)]
pub struct Shape {
    /// Its name.
    pub name: &'static str,
    /// Its columns.
    pub columns: Vec<Column>,
    key: usize,
    first: &'static str,
    next: &'static str,
    insert: Statement,
    count: &'static str,
    clear: &'static str,
}

/// All tables that are copied, as these migrations left them. Made once for each copy: the statements are kept for ever.
pub fn shapes(versions: &[i64]) -> Vec<Shape> {
    let shape = |table: &super::tables::Table| {
        let columns = table.columns_at(versions)?;
        let name = table.name;
        let names = columns.iter().map(|column| column.name).collect::<Vec<_>>();
        let (key, all) = (names[..table.key].join(", "), names.join(", "));
        let places = (2..table.key + 2).map(|place| format!("${place}")).collect::<Vec<_>>().join(", ");
        let values = columns.iter().enumerate().map(|(place, column)| match column.kind {
            Kind::Int => format!("CAST(value ->> {place} AS BIGINT)"),
            Kind::Text => format!("value ->> {place}"),
        });
        let values = values.collect::<Vec<_>>().join(", ");
        let insert = format!("INSERT INTO {name} ({all}) SELECT {values} FROM");
        Some(Shape {
            name,
            columns,
            key: table.key,
            first: format!("SELECT {all} FROM {name} ORDER BY {key} LIMIT $1").leak(),
            next: format!("SELECT {all} FROM {name} WHERE ({key}) > ({places}) ORDER BY {key} LIMIT $1")
                .leak(),
            insert: Statement {
                sqlite: format!("{insert} json_each($1)").leak(),
                postgres: format!("{insert} jsonb_array_elements(CAST($1 AS jsonb))").leak(),
            },
            count: format!("SELECT COUNT(*) FROM {name}").leak(),
            clear: format!("DELETE FROM {name}").leak(),
        })
    };
    TABLES.iter().filter_map(shape).collect()
}

impl Shape {
    /// The next rows after `after` in the order of the key, at most [`BATCH`]; an empty answer is the end.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses.
    pub async fn page(&self, tx: &mut Tx, after: Option<&Cells>) -> Result<Vec<Cells>, StoreError> {
        let mut args = args![i64::try_from(BATCH).unwrap_or(i64::MAX)];
        let Some(after) = after else { return tx.all(self.first, args).await };
        args.extend(after.0[..self.key].iter().map(Cell::arg));
        tx.all(self.next, args).await
    }

    /// Adds rows.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses or takes another number of them.
    pub async fn add(&self, tx: &mut Tx, rows: &[Cells]) -> Result<(), StoreError> {
        let taken = tx.run(self.insert, args![json::write(&rows)?]).await?;
        let given = u64::try_from(rows.len()).unwrap_or(u64::MAX);
        if taken == given { Ok(()) } else { Err(StoreError::Copied { table: self.name }) }
    }

    /// How many rows there are.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses.
    pub async fn count(&self, tx: &mut Tx) -> Result<u64, StoreError> {
        let (rows,): (i64,) = tx.one(self.count, args![]).await?;
        Ok(rows.unsigned_abs())
    }

    /// The sum over all rows.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses.
    pub async fn sum(&self, tx: &mut Tx) -> Result<Sum, StoreError> {
        let mut sum = Sum::default();
        let mut rows = self.page(tx, None).await?;
        while let Some(last) = rows.last().cloned() {
            for row in &rows {
                sum.add(&row.line()?);
            }
            rows = self.page(tx, Some(&last)).await?;
        }
        Ok(sum)
    }
}

/// Opens a database for a desk that is copied into it: it gets these migrations, nobody works on it, nothing was ever
/// stored in it, and nobody else writes until the transaction ends.
///
/// # Errors
///
/// [`StoreError::InUse`] or [`StoreError::NotBlank`] if it has a desk; other [`StoreError`]s if the database refuses.
pub async fn begin_filling(db: &Db, versions: &[i64], shapes: &[Shape], now: i64) -> Result<Tx, StoreError> {
    let applied = super::schema::applied(db).await?;
    if applied.iter().any(|version| !versions.contains(version)) {
        // It is ahead of what is copied; what the later migrations do to data would be left out.
        return Err(StoreError::NotBlank);
    }
    super::schema::apply(db, versions).await?;
    let mut tx = db.begin().await?;
    if !db.is_embedded() {
        // SQLite holds its write lock from the beginning; PostgreSQL has locks of its own for it.
        let names = shapes.iter().map(|shape| shape.name).collect::<Vec<_>>().join(", ");
        let lock: &'static str = format!("LOCK TABLE lease, {names} IN EXCLUSIVE MODE").leak();
        tx.run(lock, args![]).await?;
    }
    if let Some(left_ms) = lease::held(&mut tx, now).await? {
        return Err(StoreError::InUse { left_ms });
    }
    if !blank::is_blank(db).await? {
        return Err(StoreError::NotBlank);
    }
    // What a desk sets up for itself when it starts on a blank database.
    for shape in shapes.iter().rev() {
        tx.run(shape.clear, args![]).await?;
    }
    Ok(tx)
}
