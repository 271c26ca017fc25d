//! Benchmarks (`cargo bench`): the program itself, as a process of its own, under load from a sandbox in this one; and how many
//! Discord calls each deed takes.

mod burst;
mod counts;
mod deadlines;
mod fleet;
mod ground;
mod load;
mod office;
mod people;
mod program;

use std::time::{Duration, Instant};

use langnghe::domain::stats::{median, percentile};
use langnghe::sandbox::{Options, Sandbox, SandboxClock};

use ground::Ground;
use program::{Folder, Program, TOKEN};

/// How often the program is started; the first time makes its database.
const STARTS: usize = 5;
/// So long a program at rest is watched.
const REST: Duration = Duration::from_secs(20);
/// Everything together takes no longer; a benchmark that hangs fails instead.
const AT_MOST: Duration = Duration::from_secs(1_500);

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// The machine's clock, which a benchmark is there to read.
#[expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]
fn instant() -> Instant {
    Instant::now()
}

/// Lets real time pass.
async fn pass(time: Duration) {
    let mut ticks = tokio::time::interval(time);
    ticks.tick().await;
    ticks.tick().await;
}

fn main() -> Result<(), Failure> {
    // `cargo test --benches` runs this too; there it has only to build.
    if !std::env::args().any(|argument| argument == "--bench") {
        println!("skipped: measured by cargo bench");
        return Ok(());
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async { tokio::time::timeout(AT_MOST, measure()).await? })
}

/// Everything, or what was named: `cargo bench -- fleet`.
async fn measure() -> Result<(), Failure> {
    let named: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let wanted = |name: &str| named.is_empty() || named.iter().any(|held| held == name);
    if wanted("counts") {
        counts::measure().await?;
    }
    if wanted("deadlines") {
        deadlines::measure().await?;
    }
    if wanted("people") {
        people::measure()?;
    }
    if wanted("office") {
        office::measure().await?;
    }
    if wanted("fleet") {
        fleet::measure().await?;
    }
    if wanted("burst") {
        burst::measure().await?;
    }
    if wanted("load") {
        loaded().await?;
    }
    Ok(())
}

/// The program at rest, and under load.
async fn loaded() -> Result<(), Failure> {
    let clock = SandboxClock::running(None, 1.0);
    let sandbox = Sandbox::start(Options { port: 0, clock, token: TOKEN.to_owned() }).await?;
    let ground = Ground::lay(&sandbox);
    let folder = Folder::new(&ground)?;
    let mut started = Vec::with_capacity(STARTS);
    for _ in 1..STARTS {
        let program = Program::start(&folder, &sandbox.origin()).await?;
        started.push(program.ready_after);
        program.end().await?;
    }
    let program = Program::start(&folder, &sandbox.origin()).await?;
    started.push(program.ready_after);
    ground.open(&sandbox).await?;
    pass(Duration::from_secs(1)).await;
    let at_rest = program.resident_kib();
    let before = program.processor_time();
    pass(REST).await;
    let used = before.zip(program.processor_time()).map(|(before, after)| after.saturating_sub(before));
    let outcome = load::run(&sandbox, &ground).await?;
    let after = program.resident_kib();
    let (waiting, dead) = folder.outbox().await?;
    // Most outbox messages still wait for Discord's limits: an orderly end would wait with them.
    program.kill();
    sandbox.stop();

    let milliseconds = |time: &Duration| i64::try_from(time.as_micros()).unwrap_or(i64::MAX);
    let starts: Vec<i64> = started.iter().map(milliseconds).collect();
    row("start to ready, new database", &ms(starts.first().copied()));
    row(&format!("start to ready, median of {}", STARTS - 1), &ms(median(&starts[1..])));
    row("resident memory at rest", &mib(at_rest));
    let used = used.map_or_else(|| "not known here".to_owned(), |used| format!("{} ms", used.as_millis()));
    row(&format!("processor time at rest, in {} s", REST.as_secs()), &used);
    row(&format!("resident memory after {} complaints", outcome.filed), &mib(after));
    println!("\ninteraction to callback, {} a second for {} s, storing included", load::RATE, load::SECONDS);
    for (name, taken) in &outcome.taken {
        let at = |percent| ms(percentile(taken, percent));
        row(&format!("{name} (n {})", taken.len()), &format!("p50 {}  p99 {}", at(50), at(99)));
    }
    row("not answered, or not as asked", &outcome.failed.to_string());
    row("outbox messages left (Discord lets 1 card a second into a channel)", &waiting.to_string());
    row("outbox messages given up", &dead.to_string());
    let violations = sandbox.violations();
    if outcome.failed > 0 || dead > 0 || !violations.is_empty() {
        return Err(format!("something went wrong under load: {violations:?}").into());
    }
    Ok(())
}

fn row(name: &str, value: &str) {
    println!("  {name:<58} {value}");
}

/// Microseconds as milliseconds.
fn ms(micros: Option<i64>) -> String {
    micros.map_or_else(|| "–".to_owned(), |micros| format!("{}.{} ms", micros / 1_000, micros % 1_000 / 100))
}

fn mib(kib: Option<u64>) -> String {
    kib.map_or_else(|| "not known here".to_owned(), |kib| format!("{:.1} MiB", kib as f64 / 1_024.0))
}
