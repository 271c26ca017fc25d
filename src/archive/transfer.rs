//! Moves a desk from one database to another one, of the same kind or not, and compares both sides.

use super::ArchiveError;
use super::restore::finish;
use crate::store::copy::{self, Shape, Sum};
use crate::store::db::{Db, Tx};
use crate::store::{StoreError, schema};

/// What is to be moved: one state of the source.
#[derive(Debug)]
pub struct Load {
    source: Tx,
    shapes: Vec<Shape>,
    migrations: Vec<i64>,
    /// How many rows there are.
    pub rows: u64,
}

/// A table that was moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Its name.
    pub table: &'static str,
    /// The sum over its rows, the same on both sides.
    pub sum: Sum,
}

impl Load {
    /// Looks at the source. Whoever calls sees to it that nobody writes to it any more.
    ///
    /// # Errors
    ///
    /// [`ArchiveError`] if it holds no desk or refuses.
    pub async fn of(source: &Db) -> Result<Self, ArchiveError> {
        let migrations = schema::applied(source).await?;
        // The first two migrations make a desk.
        if !migrations.contains(&2) {
            return Err(ArchiveError::NoDesk);
        }
        let shapes = copy::shapes(&migrations);
        let mut source = source.snapshot().await?;
        let mut rows = 0;
        for shape in &shapes {
            rows += shape.count(&mut source).await?;
        }
        Ok(Self { source, shapes, migrations, rows })
    }

    /// Copies every table into `target`, in which nothing was ever stored, in one transaction, and reads each back before
    /// it lasts. `progress` hears a table's name and how many rows of all tables are copied.
    ///
    /// # Errors
    ///
    /// [`ArchiveError`] if the target holds or serves a desk, if either refuses, or if the two sides differ; the target is
    /// left without a row then.
    pub async fn bring(
        mut self,
        target: &Db,
        now: i64,
        progress: &mut (dyn FnMut(&str, u64) + Send),
    ) -> Result<Vec<Moved>, ArchiveError> {
        let mut tx = copy::begin_filling(target, &self.migrations, &self.shapes, now).await?;
        let mut moved = Vec::new();
        let mut copied = 0;
        for shape in &self.shapes {
            let mut sent = Sum::default();
            let mut rows = shape.page(&mut self.source, None).await?;
            while let Some(last) = rows.last().cloned() {
                for row in &rows {
                    sent.add(&row.line()?);
                }
                shape.add(&mut tx, &rows).await?;
                copied += rows.len() as u64;
                progress(shape.name, copied);
                rows = shape.page(&mut self.source, Some(&last)).await?;
            }
            if shape.sum(&mut tx).await? != sent || shape.count(&mut self.source).await? != sent.rows {
                return Err(StoreError::Copied { table: shape.name }.into());
            }
            moved.push(Moved { table: shape.name, sum: sent });
        }
        tx.commit().await?;
        finish(target).await?;
        Ok(moved)
    }
}
