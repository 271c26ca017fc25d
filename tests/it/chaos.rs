//! Chaos: many seeds of people at work while everything breaks, on both databases, and all seeds that ever failed;
//! `langnghe chaos` plays more of them, and `LANGNGHE_CHAOS_SEED=17` plays one alone.

use std::collections::BTreeMap;
use std::process::{Command, Stdio};

use futures::StreamExt;
use tokio::sync::Mutex;

use crate::databases::SERVER;
use crate::tiers::few_or_all;

/// How many seeds are played on each kind of database, and how many where everything is asked for.
const FEW: u64 = 2;
const ALL: u64 = 200;
/// How many steps each takes.
const STEPS: &str = "30";
/// So many at once: most of their time they wait for repeats.
const AT_ONCE: usize = 6;
/// The variable that names the one seed to play.
const ALONE: &str = "LANGNGHE_CHAOS_SEED";
/// Seeds that failed once.
const FAILED_ONCE: &str = include_str!("../data/chaos-seeds");

/// One database after the other: more seeds at once than processors can play push time on while somebody still works.
static TURN: Mutex<()> = Mutex::const_new(());

/// Plays a seed in a process of its own, as a desk has one to itself: its output, and whether it passed.
fn play(seed: u64, server: Option<&str>) -> (bool, String) {
    let mut command = Command::new("timeout");
    let seed = seed.to_string();
    command.args([
        "360",
        env!("CARGO_BIN_EXE_langnghe"),
        "chaos",
        "--seeds",
        "1",
        "--steps",
        STEPS,
        "--from",
        &seed,
    ]);
    if let Some(server) = server {
        command.args(["--database", server]);
    }
    let output = command.stdin(Stdio::null()).output().expect("chaos can be played");
    let mut told = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() {
        // Stuck or panicked, it says nothing itself.
        told.push_str(&String::from_utf8_lossy(&output.stderr));
        told.push_str(&format!("seed {seed}: {}; again with {ALONE}={seed}\n", output.status));
    }
    (output.status.success(), told)
}

/// The seeds for a database: the first so many and those that failed on it once, or one alone.
fn seeds(database: &str) -> Vec<u64> {
    if let Ok(alone) = std::env::var(ALONE) {
        return vec![alone.trim().parse().expect("LANGNGHE_CHAOS_SEED is the number of a seed")];
    }
    let failed = FAILED_ONCE.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let (on, rest) = line.split_once(' ').expect("database, seed, what was wrong");
        let seed = rest.split_whitespace().next().and_then(|seed| seed.parse().ok());
        let seed: u64 = seed.expect("database, seed, what was wrong");
        assert!(["sqlite", "postgres", "both"].contains(&on), "no such database: {line}");
        (on == database || on == "both").then_some(seed)
    });
    let mut seeds: Vec<u64> = (1..=few_or_all(FEW, ALL)).chain(failed).collect();
    seeds.sort_unstable();
    seeds.dedup();
    seeds
}

/// What a run says of itself: what was accepted, the requests, and what went wrong how often.
#[derive(Default)]
struct Figures {
    accepted: u64,
    calls: u64,
    faults: BTreeMap<String, u64>,
}

impl Figures {
    fn add(&mut self, told: &str) {
        let before = |word: &str| {
            let at = told.lines().rev().find_map(|line| line.split_once(word))?.0;
            at.split_whitespace().last()?.parse::<u64>().ok()
        };
        self.accepted += before(" complaints, messages").expect("a count of what was accepted");
        self.calls += before(" calls").expect("a count of requests");
        let faults = told.lines().rev().find_map(|line| line.strip_prefix("faults: ")).expect("the faults");
        for (name, times) in faults.split(", ").filter_map(|fault| fault.rsplit_once(' ')) {
            *self.faults.entry(name.to_owned()).or_default() += times.parse::<u64>().expect("a count");
        }
    }
}

async fn all_pass(seeds: Vec<u64>, server: Option<String>) {
    let _turn = TURN.lock().await;
    let count = u64::try_from(seeds.len()).expect("a count");
    let played = futures::stream::iter(seeds).map(|seed| {
        let server = server.clone();
        async move {
            let played = tokio::task::spawn_blocking(move || play(seed, server.as_deref()));
            played.await.expect("it is played to the end")
        }
    });
    let played: Vec<(bool, String)> = played.buffer_unordered(AT_ONCE).collect().await;
    let failed: Vec<&str> =
        played.iter().filter(|(passed, _)| !passed).map(|(_, told)| told.as_str()).collect();
    assert!(failed.is_empty(), "{} of {count} failed:\n{}", failed.len(), failed.join("\n"));
    let mut figures = Figures::default();
    played.iter().for_each(|(_, told)| figures.add(told));
    let Figures { accepted, calls, faults } = figures;
    eprintln!("{count} seeds, {accepted} accepted, {calls} calls, {faults:?}");
    if count >= ALL {
        assert!(accepted >= 5 * count, "people get something done: {accepted}");
        for fault in ["held", "database-slow", "database-locked", "message-changed", "message-deleted"] {
            assert!(faults.contains_key(fault), "{fault} happened to nobody");
        }
        // A status with a code is a refusal.
        let refusals = faults.keys().filter(|fault| fault.contains('/')).count();
        assert!(refusals >= 6, "{refusals} kinds of refusals were met");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_loses_anything_and_nothing_comes_twice_on_a_file() {
    all_pass(seeds("sqlite"), None).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_loses_anything_and_nothing_comes_twice_on_a_server() {
    match std::env::var(SERVER) {
        Ok(server) => all_pass(seeds("postgres"), Some(server)).await,
        Err(_) if std::env::var_os("CI").is_some() => panic!("{SERVER} must be set under CI"),
        Err(_) => eprintln!("skipped on PostgreSQL: {SERVER} is not set"),
    }
}
