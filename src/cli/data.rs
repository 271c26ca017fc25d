//! `backup`, `restore` and `migrate-data`: a desk's data as a whole.

use std::path::Path;

use anyhow::Context as _;
use indicatif::{ProgressBar, ProgressStyle};

use crate::app;
use crate::app::lease::Lease;
use crate::archive::{restore, transfer, write};
use crate::clock::Clock;

use crate::config::{Config, Env, redacted};
use crate::discord::files;
use crate::store::db::Db;
use crate::store::{self, StoreError};

/// Reads an address of a database off the command line.
///
/// # Errors
///
/// What would be right.
pub fn database_url(text: &str) -> Result<String, String> {
    let known = ["sqlite:", "postgres://", "postgresql://"];
    match known.iter().any(|scheme| text.starts_with(scheme)) {
        true => Ok(text.to_owned()),
        false => Err("write e.g. sqlite://data/langnghe.db or postgres://user@host/database".to_owned()),
    }
}

/// Reads the address of a PostgreSQL server off the command line.
///
/// # Errors
///
/// What would be right.
pub fn server_url(text: &str) -> Result<String, String> {
    match database_url(text) {
        Ok(url) if !url.starts_with("sqlite:") => Ok(url),
        _ => {
            Err("write e.g. postgres://user@host/database; without it each seed has a SQLite file of its own"
                .to_owned())
        }
    }
}

/// `backup FILE`.
///
/// # Errors
///
/// Why there is none; nothing of it is left then.
#[expect(clippy::print_stdout, clippy::print_stderr, reason = "what the command is for")]
pub async fn backup(config: &Config, env: &Env, database: Option<&str>, file: &Path) -> anyhow::Result<()> {
    let url = database.unwrap_or(&env.database_url);
    let db = Db::connect(url, false).await?;
    let folder = files::folder(&config.desk.data_dir);
    let bar = bar(0);
    let mut tell = |table: &str, rows| told(&bar, table, rows);
    let written = write::write(&db, &folder, file, Clock::System.now(), &mut tell);
    let written = unless_interrupted(written).await;
    bar.finish_and_clear();
    let written = written?;
    db.close().await;
    println!(
        "Backed up {} and the kept files in {} to {}: {} tables, {} rows, {} files, {} bytes.",
        redacted(url),
        folder.display(),
        file.display(),
        written.totals.tables,
        written.totals.rows,
        written.totals.files,
        written.size,
    );
    println!("It holds what customers wrote: keep it as safe as the database.");
    for name in &written.missing {
        eprintln!(
            "an outbox message needs the file {name}, which is not in {}: it is not in the backup",
            folder.display()
        );
    }
    Ok(())
}

/// `restore FILE`.
///
/// # Errors
///
/// Why nothing was restored.
#[expect(clippy::print_stdout, reason = "what the command is for")]
pub async fn restore(config: &Config, env: &Env, database: Option<&str>, file: &Path) -> anyhow::Result<()> {
    let url = database.unwrap_or(&env.database_url);
    let folder = files::folder(&config.desk.data_dir);
    let bar = bar(0);
    let mut tell = |table: &str, rows| told(&bar, table, rows);
    let restored = restore::restore(file, url, &folder, Clock::System.now(), &mut tell);
    let restored = unless_interrupted(restored).await;
    bar.finish_and_clear();
    let restored = restored?;
    for (table, rows) in &restored.tables {
        println!("{table:<14}{rows:>10}");
    }
    println!(
        "Restored {} of {} into {}: {} rows, each table read back and compared; {} files into {}.",
        file.display(),
        instant(restored.header.made_at),
        redacted(url),
        restored.totals.rows,
        restored.totals.files,
        folder.display(),
    );
    println!("Start the desk with `langnghe serve`: what was on its way then goes out again.");
    Ok(())
}

/// `migrate-data --from URL --to URL`.
///
/// # Errors
///
/// Why nothing was moved.
#[expect(clippy::print_stdout, reason = "what the command is for")]
pub async fn migrate(from: &str, to: &str) -> anyhow::Result<()> {
    let clock = Clock::System;
    let source = Db::connect(from, false).await.context("--from")?;
    let owner = format!("migrate-data-{}-{}", std::process::id(), clock.now());
    let lease = hold(&source, &clock, &owner).await.context("--from")?;
    let moved = tokio::select! {
        moved = unless_interrupted(bring(&source, to, &clock)) => moved,
        lost = keep_hold(lease.as_ref()) => Err(lost).context("--from: the desk's lease is lost"),
    };
    if let Some(lease) = lease {
        lease.release().await?;
    }
    source.close().await;
    let moved = moved?;
    println!("{:<14}{:>10}  sum on both sides", "table", "rows");
    for table in &moved {
        println!("{:<14}{:>10}  {}…", table.table, table.sum.rows, &table.sum.hex()[..16]);
    }
    let rows: u64 = moved.iter().map(|table| table.sum.rows).sum();
    println!("Moved {rows} rows from {} to {}; every table is the same there.", redacted(from), redacted(to));
    println!(
        "Now set DATABASE_URL={} and start the desk; kept files stay in its data-dir. The old database is unchanged: \
         do not start a desk on it any more.",
        redacted(to)
    );
    Ok(())
}

async fn bring(source: &Db, to: &str, clock: &Clock) -> anyhow::Result<Vec<transfer::Moved>> {
    let load = transfer::Load::of(source).await.context("--from")?;
    let target = Db::connect(to, true).await.context("--to")?;
    let bar = bar(load.rows);
    let moved = load.bring(&target, clock.now(), &mut |table, rows| told(&bar, table, rows)).await;
    bar.finish_and_clear();
    target.close().await;
    moved.context("--to")
}

/// Takes the desk's lease on the source, so that no desk writes there meanwhile.
async fn hold(source: &Db, clock: &Clock, owner: &str) -> Result<Option<Lease>, StoreError> {
    if store::schema::applied(source).await?.is_empty() {
        return Ok(None);
    }
    if !source.is_embedded() {
        // Whoever shares such a database holds leases of several names.
        let mut tx = source.begin().await?;
        if let Some(left_ms) = store::lease::held(&mut tx, clock.now()).await? {
            return Err(StoreError::InUse { left_ms });
        }
    }
    Lease::take(source, clock, owner).await.map(Some).map_err(|error| match error {
        StoreError::Taken { left_ms } => StoreError::InUse { left_ms },
        other => other,
    })
}

/// Renews it; returns why it no longer can.
async fn keep_hold(lease: Option<&Lease>) -> StoreError {
    match lease {
        Some(lease) => lease.keep().await,
        None => std::future::pending().await,
    }
}

/// An instant (Unix ms) for people, in UTC.
fn instant(ms: i64) -> String {
    let instant = chrono::DateTime::from_timestamp_millis(ms);
    instant.map_or_else(|| ms.to_string(), |instant| instant.format("%Y-%m-%d %H:%M:%S UTC").to_string())
}

/// What a command comes to, unless somebody ends it.
async fn unless_interrupted<T, E: Into<anyhow::Error>>(
    work: impl Future<Output = Result<T, E>>,
) -> anyhow::Result<T> {
    tokio::select! {
        done = work => done.map_err(Into::into),
        signal = app::interrupted() => {
            signal?;
            anyhow::bail!("ended by a signal; nothing is left of it")
        }
    }
}

/// A bar on standard error; hidden where that is no terminal. Without a length it only counts.
fn bar(rows: u64) -> ProgressBar {
    let (bar, template) = match rows {
        0 => (ProgressBar::new_spinner(), "{spinner} {msg} {pos} rows"),
        rows => (ProgressBar::new(rows), "{bar:32} {pos}/{len} rows, {per_sec}, {eta} left: {msg}"),
    };
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

fn told(bar: &ProgressBar, table: &str, rows: u64) {
    if bar.message() != table {
        bar.set_message(table.to_owned());
    }
    bar.set_position(rows);
}
