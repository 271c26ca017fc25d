//! Chaos: many seeds of people at work while everything breaks, on both databases; `langnghe chaos` plays more of them.

use langnghe::chaos::{self, ChaosOptions};

use tokio::sync::Mutex;

use crate::databases::SERVER;

/// How many seeds are played on a file, and how many on a server, where each needs a database of its own.
const ON_A_FILE: u64 = 200;
const ON_A_SERVER: u64 = 200;
const STEPS: usize = 30;

/// One after the other: more seeds at once than processors can play push time on while somebody still works.
static TURN: Mutex<()> = Mutex::const_new(());

async fn all_pass(seeds: u64, database_url: Option<String>) {
    let _turn = TURN.lock().await;
    let options = ChaosOptions { from: 1, seeds, steps: STEPS, database_url };
    let mut told = Vec::new();
    let tally = chaos::run(&options, &mut told).await.expect("chaos can be played");
    let told = String::from_utf8_lossy(&told);
    assert_eq!((tally.passed, tally.failed), (seeds, 0), "{told}");
    let accepted: u64 = told.split_whitespace().next().and_then(|count| count.parse().ok()).expect("a count");
    assert!(accepted >= 5 * seeds, "people get something done: {told}");
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
