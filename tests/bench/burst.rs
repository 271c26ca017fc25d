//! The worst hour: ten thousand customers file within a minute, with Discord's limits on. Once as it comes, once during a
//! declared cable cut, whose complaints wait in its list.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use langnghe::discord::custom_id::CustomId;
use langnghe::domain::stats::percentile;
use langnghe::sandbox::{AnswerKind, Options, PersonSpec, Place, Sandbox, SandboxClock};
use serde_json::json;
use tokio::sync::mpsc;

use crate::ground::Ground;
use crate::program::{Folder, Program, TOKEN};
use crate::{Failure, instant, mib, ms, pass, row};

/// How many customers file.
const CUSTOMERS: usize = 10_000;
/// Within so many seconds.
const WITHIN: u64 = 60;
/// After the burst the desk channel is watched for so many seconds.
const WATCHED: u64 = 40;
/// What Discord lets into a channel: five messages in five seconds.
const CARDS_A_SECOND: f64 = 1.0;
/// Discord waits for a first answer so long (µs).
const TOO_LATE: i64 = 3_000_000;

/// Both bursts.
pub async fn measure() -> Result<(), Failure> {
    for incident in [false, true] {
        burst(incident).await?;
    }
    Ok(())
}

async fn burst(incident: bool) -> Result<(), Failure> {
    let clock = SandboxClock::running(None, 1.0);
    let sandbox = Sandbox::start(Options { port: 0, clock, token: TOKEN.to_owned() }).await?;
    let ground = Ground::lay(&sandbox);
    let folder = Folder::new(&ground)?;
    let program = Program::start(&folder, &sandbox.origin()).await?;
    ground.open(&sandbox).await?;
    let people = customers(&sandbox, ground.guild);
    if incident {
        declare(&sandbox, &ground).await?;
    }
    sandbox.set_limits(true);
    let cards_before = cards(&sandbox, &ground);
    let begun = instant();
    let told = file_all(&sandbox, &ground, &people, incident).await?;
    let reply = reply_during_backlog(&sandbox, &ground).await?;
    pass(Duration::from_secs(WATCHED)).await;
    let seconds = begun.elapsed().as_secs_f64();
    let posted = cards(&sandbox, &ground).saturating_sub(cards_before);
    let resident = program.resident_kib();
    let stored = folder.complaints().await?;
    let (waiting, dead) = folder.outbox().await?;
    program.kill();
    sandbox.stop();

    let what = if incident { "during a cable cut" } else { "without an incident" };
    println!("\n{CUSTOMERS} customers file within {WITHIN} s {what}, Discord's limits on");
    let at = |percent| ms(percentile(&told.micros, percent));
    row("press to form, form to receipt: answers", &told.micros.len().to_string());
    row("p50 / p99 / slowest", &format!("{} / {} / {}", at(50), at(99), at(100)));
    let late = told.micros.iter().filter(|micros| **micros > TOO_LATE).count();
    row("answered after more than 3 s, or not as asked", &format!("{late}, {}", told.failed));
    row("complaints stored (one was there before)", &stored.to_string());
    row("a colleague's reply to its end, in the backlog", &ms(i64::try_from(reply.as_micros()).ok()));
    let share = posted as f64 / (seconds * CARDS_A_SECOND) * 100.0;
    row(
        "messages into the desk channel, of what Discord allows",
        &format!("{posted} in {seconds:.0} s, {share:.0} %"),
    );
    row("outbox messages left, given up", &format!("{waiting}, {dead}"));
    row("resident memory", &mib(resident));
    let violations = sandbox.violations();
    if told.failed > 0 || late > 0 || dead > 0 || !violations.is_empty() {
        return Err(format!("something went wrong in the worst hour: {violations:?}").into());
    }
    Ok(())
}

fn customers(sandbox: &Sandbox, guild: u64) -> Vec<u64> {
    let person = |number: usize| {
        sandbox.make_person(PersonSpec {
            guild,
            name: format!("Khách {number}"),
            locale: "vi".to_owned(),
            label: "customer".to_owned(),
            roles: Vec::new(),
            dms_open: true,
        })
    };
    (0..CUSTOMERS).map(person).collect()
}

/// A cable cut, declared and in use: without a head office the manager's word is enough.
async fn declare(sandbox: &Sandbox, ground: &Ground) -> Result<(), Failure> {
    let options =
        [("playbook", json!("cable-cut")), ("area", json!("TP.HCM")), ("next-update", json!("30m"))];
    let form_of =
        sandbox.command(ground.manager, Place::Channel(ground.desk), "incident declare", &options)?;
    let form = sandbox.answer(form_of).await;
    if form.kind != AnswerKind::Form {
        return Err(format!("no form: {}", form.text()).into());
    }
    let sent = sandbox.submit(ground.manager, form_of, &[("since", "hôm qua 22:00")])?;
    let told = sandbox.answer(sent).await;
    if told.kind != AnswerKind::Message || !told.text().contains('#') {
        return Err(format!("not declared: {}", told.text()).into());
    }
    pass(Duration::from_secs(2)).await;
    Ok(())
}

struct Answers {
    micros: Vec<i64>,
    failed: usize,
}

/// Each customer presses the button, and sends the form as soon as it is there.
async fn file_all(
    sandbox: &Sandbox,
    ground: &Ground,
    people: &[u64],
    incident: bool,
) -> Result<Answers, Failure> {
    let panel = sandbox.messages(ground.intake).pop();
    let panel = panel.and_then(|message| message["id"].as_str()?.parse::<u64>().ok()).ok_or("no panel")?;
    let words =
        if incident { "Vào Facebook chậm kinh khủng" } else { "Nhà em mất mạng từ tối qua" };
    let failed = Arc::new(AtomicUsize::new(0));
    let (tell, mut told) = mpsc::unbounded_channel();
    let mut ticks = tokio::time::interval(Duration::from_micros(WITHIN * 1_000_000 / CUSTOMERS as u64));
    let intake = ground.intake;
    for person in people.iter().copied() {
        let planned = ticks.tick().await.into_std();
        let (sandbox, tell, failed) = (sandbox.clone(), tell.clone(), Arc::clone(&failed));
        tokio::spawn(async move {
            let opened = sandbox.raw_press(person, intake, panel, &CustomId::OpenFiling.to_string());
            let form = sandbox.answer(opened).await;
            let micros =
                |since: std::time::Instant| i64::try_from(since.elapsed().as_micros()).unwrap_or(i64::MAX);
            let mut right = form.kind == AnswerKind::Form;
            // Nobody listens only when the measuring was given up.
            let _ = tell.send(micros(planned));
            if right {
                let begun = instant();
                match sandbox.submit(person, opened, &[("words", words)]) {
                    Ok(sent) => {
                        let receipt = sandbox.answer(sent).await;
                        right = receipt.kind == AnswerKind::Message && receipt.text().contains("Cảm ơn");
                        let _ = tell.send(micros(begun));
                    }
                    Err(_) => right = false,
                }
            }
            if !right {
                failed.fetch_add(1, Ordering::SeqCst);
            }
        });
    }
    drop(tell);
    let mut micros = Vec::with_capacity(2 * people.len());
    while let Some(taken) = told.recv().await {
        micros.push(taken);
    }
    micros.sort_unstable();
    Ok(Answers { micros, failed: failed.load(Ordering::SeqCst) })
}

/// A colleague answers the first complaint while thousands of outbox messages wait; until the customer has it.
async fn reply_during_backlog(sandbox: &Sandbox, ground: &Ground) -> Result<Duration, Failure> {
    let thread = sandbox.threads(ground.desk).first().and_then(|thread| thread["id"].as_str()?.parse().ok());
    let thread: u64 = thread.ok_or("no thread")?;
    let begun = instant();
    let options = [("text", json!("Dạ em là Lan, em kiểm tra đường truyền nhà mình ngay ạ."))];
    let asked = sandbox.command(ground.staff, Place::Channel(thread), "reply", &options)?;
    let told = sandbox.answer(asked).await;
    if !told.text().contains("đã chuyển đến khách") {
        return Err(format!("the reply did not arrive: {}", told.text()).into());
    }
    Ok(begun.elapsed())
}

/// How many messages stand in the desk channel.
fn cards(sandbox: &Sandbox, ground: &Ground) -> usize {
    sandbox.messages(ground.desk).len()
}
