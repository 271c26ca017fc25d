//! Chaos: many seeds of people at work while everything breaks, on both databases; `langnghe chaos` plays more of them.

use std::process::{Command, Stdio};

use futures::StreamExt;
use tokio::sync::Mutex;

use crate::databases::SERVER;

/// How many seeds are played on a file, and how many on a server, where each needs a database of its own.
const ON_A_FILE: u64 = 200;
const ON_A_SERVER: u64 = 200;
/// So many at once: most of their time they wait for repeats.
const AT_ONCE: usize = 6;

/// One database after the other: more seeds at once than processors can play push time on while somebody still works.
static TURN: Mutex<()> = Mutex::const_new(());

/// Plays a seed in a process of its own, as a desk has one to itself: its output, and whether it passed.
fn play(seed: u64, server: Option<&str>) -> (bool, String) {
    let mut command = Command::new("timeout");
    command.args([
        "90",
        env!("CARGO_BIN_EXE_langnghe"),
        "chaos",
        "--seeds",
        "1",
        "--steps",
        "30",
        "--from",
        &seed.to_string(),
    ]);
    if let Some(server) = server {
        command.args(["--database", server]);
    }
    let output = command.stdin(Stdio::null()).output().expect("chaos can be played");
    (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())
}

async fn all_pass(seeds: u64, server: Option<String>) {
    let _turn = TURN.lock().await;
    let played = futures::stream::iter(1..=seeds).map(|seed| {
        let server = server.clone();
        async move {
            let played = tokio::task::spawn_blocking(move || play(seed, server.as_deref()));
            played.await.expect("it is played to the end")
        }
    });
    let played: Vec<(bool, String)> = played.buffer_unordered(AT_ONCE).collect().await;
    let failed: Vec<&str> =
        played.iter().filter(|(passed, _)| !passed).map(|(_, told)| told.as_str()).collect();
    assert!(failed.is_empty(), "{} of {seeds} failed:\n{}", failed.len(), failed.join("\n"));
    let accepted = |told: &String| {
        let count = told.split_whitespace().next().and_then(|count| count.parse::<u64>().ok());
        count.expect("a count of what was accepted")
    };
    let accepted: u64 = played.iter().map(|(_, told)| accepted(told)).sum();
    assert!(accepted >= 5 * seeds, "people get something done: {accepted}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_loses_anything_and_nothing_comes_twice_on_a_file() {
    all_pass(ON_A_FILE, None).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_loses_anything_and_nothing_comes_twice_on_a_server() {
    match std::env::var(SERVER) {
        Ok(server) => all_pass(ON_A_SERVER, Some(server)).await,
        Err(_) if std::env::var_os("CI").is_some() => panic!("{SERVER} must be set under CI"),
        Err(_) => eprintln!("skipped on PostgreSQL: {SERVER} is not set"),
    }
}
