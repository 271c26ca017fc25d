//! What deadlines cost: one on a complaint of five years, a hundred thousand open ones computed anew, a million armed timers.

use std::hint::black_box;

use langnghe::clock::Clock;
use langnghe::domain::command::Command;
use langnghe::domain::complaint::Complaint;
use langnghe::domain::context::Context;
use langnghe::domain::decide;
use langnghe::domain::policy::Policy;
use langnghe::kernel::ids::{ComplaintId, UserId};
use langnghe::kernel::people::{Actor, Person};
use langnghe::sla::clocks::Target;
use langnghe::sla::deadline::{self, Pause};
use langnghe::store::{self, db::Db};

use crate::office::{self, GUILD, MORNING, Nobody};
use crate::{Failure, instant, ms, row};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
/// How often one deadline is computed.
const TIMES: i64 = 20_000;
/// How many open complaints are computed anew.
const OPEN: usize = 100_000;
/// How many different ones.
const DIFFERENT: i64 = 500;
/// How many timers are armed, and how many fall due together.
const ARMED: i64 = 1_000_000;
const TOGETHER: i64 = 1_000;

/// Everything about deadlines.
pub async fn measure() -> Result<(), Failure> {
    println!("\ndeadlines");
    let policy = office::rules()?.policy;
    one(&policy)?;
    office::on_each(async |kind, url| anew(kind, &url, &policy).await).await?;
    office::on_each(async |kind, url| timers(kind, &url).await).await
}

/// A deadline of five years ago with two hundred pauses.
fn one(policy: &Policy) -> Result<(), Failure> {
    let hours = policy.calendars.get("vn-office").ok_or("no calendar")?;
    let start = MORNING - 5 * 365 * DAY;
    let pauses: Vec<Pause> = (0..200)
        .map(|number| {
            let from = start + number * 9 * DAY;
            Pause { from, to: Some(from + 7 * DAY) }
        })
        .collect();
    let begun = instant();
    for time in 0..TIMES {
        black_box(deadline::due(hours, black_box(start + time), 2_000 * HOUR, &pauses));
    }
    let micros = begun.elapsed().as_secs_f64() * 1e6 / TIMES as f64;
    row("one deadline, five years and 200 pauses (aim: under 20 µs)", &format!("{micros:.1} µs"));
    Ok(())
}

/// The same policy with targets half as long again: every open deadline moves.
fn longer(policy: &Policy) -> Policy {
    let mut policy = policy.clone();
    for clock in policy.clocks.values_mut() {
        if let Target::Open(ms) = &mut clock.target {
            *ms += *ms / 2;
        }
    }
    policy.version.push_str("-longer");
    policy
}

async fn anew(kind: &str, url: &str, policy: &Policy) -> Result<(), Failure> {
    let desk = office::open(url, &Clock::manual(MORNING)).await?;
    for number in 0..DIFFERENT {
        office::file(&desk, number).await?;
    }
    let mut held: Vec<Complaint> = Vec::new();
    for id in store::board::alive(desk.db(), GUILD).await? {
        held.extend(store::complaint::read(desk.db(), id).await?);
    }
    let by = Person { id: UserId(7), name: "Tuấn".to_owned() };
    if kind == "SQLite" {
        let (longer, actor) = (longer(policy), Actor::Staff(by.clone()));
        let begun = instant();
        let mut moved = 0;
        for complaint in held.iter().cycle().take(OPEN) {
            let decided = decide::decide(
                complaint,
                Command::Recompute,
                &Context::new(actor.clone(), &longer, MORNING + HOUR),
            );
            moved += usize::from(decided.is_ok_and(|decision| !decision.entries.is_empty()));
        }
        let seconds = begun.elapsed().as_secs_f64();
        row(
            &format!("{OPEN} open complaints computed anew, {moved} moved (aim: 2 s)"),
            &format!("{seconds:.2} s"),
        );
    }
    let begun = instant();
    let (looked, _) = desk.complaints().recompute(GUILD, &by).await?;
    let seconds = begun.elapsed().as_secs_f64();
    row(
        &format!("/desk recompute on {kind}, complaints looked at a second"),
        &format!("{:.0}", looked as f64 / seconds),
    );
    desk.db().close().await;
    Ok(())
}

async fn timers(kind: &str, url: &str) -> Result<(), Failure> {
    let clock = Clock::manual(MORNING);
    let desk = office::open(url, &clock).await?;
    for number in 0..TOGETHER {
        office::file(&desk, number).await?;
    }
    while desk.outbox().run(&Nobody, 8, langnghe::domain::outbox::Urgency::Bulk).await? > 0 {}
    arm(desk.db()).await?;
    let begun = instant();
    let times = 200;
    for _ in 0..times {
        black_box(desk.timers().next_due().await?);
    }
    let micros = begun.elapsed().as_micros() / times;
    row(
        &format!("{ARMED} timers armed on {kind}: finding the next (aim: 1 ms)"),
        &ms(i64::try_from(micros).ok()),
    );
    // The first reminder of all of them: nobody has answered.
    let due = store::timer::next_due(desk.db()).await?.ok_or("nothing is armed")?;
    clock.set(due + 60_000);
    let begun = instant();
    let mut fired = 0;
    loop {
        match desk.timers().run().await? {
            0 => break,
            some => fired += some,
        }
    }
    let seconds = begun.elapsed().as_secs_f64();
    let (waiting, _) = store::outbox::counts(desk.db()).await?;
    row(
        &format!("{fired} fall due together on {kind}, until {waiting} outbox messages wait (aim: 1 s)"),
        &format!("{seconds:.2} s"),
    );
    desk.db().close().await;
    Ok(())
}

/// Arms the other timers, a year away.
async fn arm(db: &Db) -> Result<(), Failure> {
    let batch = 20_000;
    for first in (0..ARMED).step_by(batch as usize) {
        let mut tx = db.begin().await?;
        for number in first..first + batch {
            let stream = langnghe::kernel::ids::Stream::Complaint(ComplaintId(1_000_000 + number));
            store::timer::arm(&mut tx, stream, "nudge", MORNING + 365 * DAY + number).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}
