//! Chaos: people at work at a desk while Discord refuses, connections break and the process dies, all drawn from a seed; in the
//! end everybody must have seen what a small model says, once.

mod database;
mod laws;
pub mod model;
mod play;
mod steps;
mod trouble;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use anyhow::Context;
use futures::StreamExt;

use crate::store::scratch::Scratch;
use play::Play;

/// No seed takes longer (real time), on a machine whose processors are busy with something else, too.
const AT_MOST: std::time::Duration = std::time::Duration::from_secs(300);
/// How many seeds are played side by side: most of their time they wait for repeats.
const AT_ONCE: usize = 8;

/// What is played.
#[derive(Clone, Debug)]
pub struct ChaosOptions {
    /// The first seed.
    pub from: u64,
    /// How many seeds.
    pub seeds: u64,
    /// How many steps each seed takes.
    pub steps: usize,
    /// The PostgreSQL server on which a fresh database is made for each seed; none: a fresh SQLite file each.
    pub database_url: Option<String>,
}

/// How it went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Seeds after which everybody had seen what they should.
    pub passed: u64,
    /// The others.
    pub failed: u64,
}

/// What one seed came to.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// What somebody should have seen and did not, or saw twice; empty: all is well.
    pub wrong: Vec<String>,
    /// The steps that were taken, a line each.
    pub steps: Vec<String>,
    /// Everything that people saw.
    pub transcript: String,
    /// What was accepted from people: complaints, messages and replies.
    pub accepted: usize,
    /// How often the process died.
    pub deaths: usize,
    /// What went wrong, and how often: requests by what they met, and whatever else was done to the desk.
    pub faults: BTreeMap<String, u64>,
    /// How many requests there were.
    pub calls: usize,
}

/// Plays all seeds, and writes what went wrong and a closing line.
///
/// # Errors
///
/// If a seed cannot be played at all, or `out` takes nothing.
pub async fn run(options: &ChaosOptions, out: &mut (dyn Write + Send)) -> anyhow::Result<Tally> {
    let mut tally = Tally::default();
    let (mut accepted, mut deaths, mut calls, mut faults) = (0, 0, 0, BTreeMap::<String, u64>::new());
    let seeds = options.from..options.from.saturating_add(options.seeds);
    let play = |seed| async move {
        one(seed, options).await.with_context(|| format!("seed {seed}")).map(|outcome| (seed, outcome))
    };
    let mut outcomes = futures::stream::iter(seeds).map(play).buffered(AT_ONCE);
    while let Some(played) = outcomes.next().await {
        let (seed, outcome) = played?;
        accepted += outcome.accepted;
        deaths += outcome.deaths;
        calls += outcome.calls;
        for (name, times) in &outcome.faults {
            *faults.entry(name.clone()).or_default() += times;
        }
        if outcome.wrong.is_empty() {
            tally.passed += 1;
            continue;
        }
        tally.failed += 1;
        let database = if options.database_url.is_some() { "PostgreSQL" } else { "SQLite" };
        writeln!(out, "seed {seed} FAIL on {database}, {} steps", options.steps)?;
        for wrong in &outcome.wrong {
            writeln!(out, "  {wrong}")?;
        }
        writeln!(out, "the steps of seed {seed}:")?;
        for step in &outcome.steps {
            writeln!(out, "  {step}")?;
        }
        writeln!(out, "the transcript of seed {seed}:\n{}", outcome.transcript)?;
    }
    writeln!(out, "{accepted} complaints, messages and replies accepted, {deaths} deaths, {calls} calls")?;
    let faults: Vec<String> = faults.iter().map(|(name, times)| format!("{name} {times}")).collect();
    writeln!(out, "faults: {}", faults.join(", "))?;
    writeln!(out, "{} passed, {} failed", tally.passed, tally.failed)?;
    Ok(tally)
}

/// Plays one seed on a fresh database.
async fn one(seed: u64, options: &ChaosOptions) -> anyhow::Result<Outcome> {
    let folder = tempfile::tempdir()?;
    let Some(server) = &options.database_url else {
        let url = format!("sqlite:{}", folder.path().join("desk.db").display());
        return play(seed, options.steps, &url, folder.path()).await;
    };
    let name = format!("langnghe_chaos_{}_{seed}", std::process::id());
    let scratch = Scratch::make(server, &name).await?;
    let outcome = play(seed, options.steps, scratch.address(), folder.path()).await;
    scratch.drop().await?;
    outcome
}

async fn play(seed: u64, steps: usize, url: &str, folder: &Path) -> anyhow::Result<Outcome> {
    let mut play = Play::begin(seed, url, folder).await?;
    let played = tokio::time::timeout(AT_MOST, play.run(steps)).await;
    let played = played.unwrap_or_else(|_| Err(anyhow::anyhow!("it does not come to an end")));
    let mut outcome = play.outcome(&played);
    if played.is_ok() {
        outcome.wrong.extend(play.left_over().await?);
    }
    play.end().await?;
    Ok(outcome)
}
