//! Which migrations a database has, and how it gets those it lacks: in order, with what SQL alone cannot do in between.

use sqlx::SqlSafeStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};

use super::db::{Db, MIGRATIONS, args};
use super::sql::Statement;
use super::{StoreError, journal, mend, search, upload};

/// Before there was this migration, what was deleted stayed in the bytes of an embedded database.
const ERASED_WHOLLY: i64 = 11;
/// Before this migration is applied, what was stored before 0003 is written anew.
const MENDED: i64 = 6;

/// The numbers of all migrations that this program knows, rising.
pub fn known() -> Vec<i64> {
    MIGRATIONS.iter().map(|(version, _, _)| *version).collect()
}

/// The numbers of the migrations that a database has, rising; none: nothing was ever made in it.
///
/// # Errors
///
/// [`StoreError`] if the database refuses; [`StoreError::Newer`] if one of them is not known here.
pub async fn applied(db: &Db) -> Result<Vec<i64>, StoreError> {
    // Each database has a catalogue of its own.
    let catalogue = Statement {
        sqlite: "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = '_sqlx_migrations'",
        postgres: "SELECT COUNT(*) FROM (SELECT to_regclass('_sqlx_migrations') AS place) AS found WHERE place IS NOT NULL",
    };
    if db.one::<(i64,)>(catalogue, args![]).await? == (0,) {
        return Ok(Vec::new());
    }
    let rows: Vec<(i64,)> = db.all("SELECT version FROM _sqlx_migrations ORDER BY version", args![]).await?;
    let applied: Vec<i64> = rows.into_iter().map(|(version,)| version).collect();
    let known = known();
    match applied.iter().find(|version| !known.contains(version)) {
        Some(version) => Err(StoreError::Newer { version: *version }),
        None => Ok(applied),
    }
}

/// Applies exactly these migrations, in order, as far as they are not applied yet; the database has no others.
///
/// # Errors
///
/// [`StoreError`] if one fails or the database has others.
pub async fn apply(db: &Db, versions: &[i64]) -> Result<(), StoreError> {
    // Embedded by hand: sqlx's macro for it would compile the whole of sqlx a second time.
    let migrations = MIGRATIONS
        .into_iter()
        .filter(|(version, _, _)| versions.contains(version))
        .map(|(version, name, sql)| {
            Migration::new(version, name.into(), MigrationType::Simple, sql.into_sql_str(), false)
        })
        .collect();
    let migrator = Migrator::with_migrations(migrations);
    match db {
        Db::Sqlite { write, .. } => migrator.run(write).await,
        Db::Postgres(pool) => migrator.run(pool).await,
    }
    .map_err(StoreError::Migration)
}

/// Gives a database everything that this program knows.
///
/// # Errors
///
/// [`StoreError`] if a migration fails or what was stored cannot be read.
pub async fn bring_up_to_date(db: &Db) -> Result<(), StoreError> {
    let applied = applied(db).await?;
    if !applied.is_empty() && !applied.contains(&MENDED) {
        let before: Vec<i64> =
            known().into_iter().filter(|version| *version < MENDED || applied.contains(version)).collect();
        apply(db, &before).await?;
        // Cut off in the middle, it is done again at the next start: the migration that follows says that it is done.
        mend::from_journals(db).await?;
    }
    apply(db, &known()).await?;
    search::take_in_older(db).await?;
    upload::take_in_older(db).await?;
    journal::take_in_older(db).await?;
    if !applied.is_empty() && !applied.contains(&ERASED_WHOLLY) {
        db.scrub(true).await?;
    }
    Ok(())
}
