//! One, two and four processes on one PostgreSQL database: how fast they bring what was filed, Discord's limits off.

use std::time::Duration;

use langnghe::sandbox::{AnswerKind, Options, PersonSpec, Place, Sandbox, SandboxClock};
use langnghe::store::scratch::Scratch;

use crate::ground::Ground;
use crate::office::SERVER;
use crate::program::{Folder, Program, TOKEN};
use crate::{Failure, instant, pass, row};

/// How many customers file, one after the other is answered.
const CUSTOMERS: usize = 600;
/// Everything has arrived by then, or something is broken.
const PATIENCE: Duration = Duration::from_secs(120);

/// All sizes.
pub async fn measure() -> Result<(), Failure> {
    println!("\nprocesses on one PostgreSQL database, {CUSTOMERS} filings until every thread stands");
    let Ok(server) = std::env::var(SERVER) else {
        println!("  not measured: {SERVER} is not set");
        return Ok(());
    };
    let mut alone = None;
    for processes in [1, 2, 4] {
        let name = format!("langnghe_bench_fleet_{}_{processes}", std::process::id());
        let scratch = Scratch::make(&server, &name).await?;
        let measured = of(processes, scratch.address()).await;
        scratch.drop().await?;
        let seconds = measured?;
        let alone = *alone.get_or_insert(seconds);
        row(
            &format!("{processes} processes"),
            &format!("{:.0} a second, {:.2} of one", CUSTOMERS as f64 / seconds, alone / seconds),
        );
    }
    Ok(())
}

async fn of(processes: usize, database: &str) -> Result<f64, Failure> {
    let clock = SandboxClock::running(None, 1.0);
    let sandbox = Sandbox::start(Options { port: 0, clock, token: TOKEN.to_owned() }).await?;
    let ground = Ground::lay(&sandbox);
    let folder = Folder::new(&ground)?;
    let mut running = Vec::with_capacity(processes);
    for _ in 0..processes {
        running.push(Program::start_on(&folder, &sandbox.origin(), database).await?);
    }
    ground.open(&sandbox).await?;
    let people: Vec<u64> = (0..CUSTOMERS)
        .map(|number| {
            sandbox.make_person(PersonSpec {
                guild: ground.guild,
                name: format!("Khách {number}"),
                locale: "vi".to_owned(),
                label: "customer".to_owned(),
                roles: Vec::new(),
                dms_open: true,
            })
        })
        .collect();
    let before = sandbox.threads(ground.desk).len();
    let begun = instant();
    use futures::StreamExt;
    let filed = futures::stream::iter(people).map(|person| {
        let (sandbox, intake) = (sandbox.clone(), ground.intake);
        async move {
            let opened = sandbox.command(person, Place::Channel(intake), "complain", &[]).ok()?;
            sandbox.answer(opened).await;
            let sent = sandbox.submit(person, opened, &[("words", "Nhà em mất mạng từ tối qua")]).ok()?;
            (sandbox.answer(sent).await.kind == AnswerKind::Message).then_some(())
        }
    });
    let filed = filed.buffer_unordered(16).filter(|filed| std::future::ready(filed.is_some())).count().await;
    let arrived = tokio::time::timeout(PATIENCE, async {
        while sandbox.threads(ground.desk).len() < before + filed {
            pass(Duration::from_millis(20)).await;
        }
    });
    let arrived = arrived.await.is_ok();
    let seconds = begun.elapsed().as_secs_f64();
    running.into_iter().for_each(Program::kill);
    sandbox.stop();
    if filed < CUSTOMERS || !arrived {
        return Err(format!("{filed} of {CUSTOMERS} filed; all arrived: {arrived}").into());
    }
    Ok(seconds)
}
