//! One seed at play: a desk with its people, its time, its trouble and its deaths.

use std::collections::BTreeMap;
use std::path::Path;
use std::pin::pin;

use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::Outcome;
use super::database::{Lock, is_held};
use super::laws;
use super::model::{Kind, Model, Places, Told};
use crate::demo::stage::{Stage, StageOptions, real_time};
use crate::domain::complaint::Complaint;
use crate::domain::settings::Setup;
use crate::kernel::ids::{ChannelId, GuildId, RoleId};
use crate::sandbox::rules::permissions;
use crate::sandbox::{
    Answer, AnswerKind, ChannelSpec, Guild, GuildSpec, PersonSpec, RoleSpec, Sandbox, TranscriptOptions,
};
use crate::store;

/// Monday 23 November 2026, 09:00 in Hà Nội.
const BEGIN: i64 = 1_795_399_200_000;
const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
/// After so long (real time, ms) without anything happening only time helps: somebody waits for a repeat.
const STILL: i64 = 40;
/// So much of it (ms) passes then.
const STEP: i64 = 1_000;
/// So many times nothing at all happens before somebody who was not answered gives up.
const GIVES_UP: u32 = 4;
/// So many times nothing at all happens before somebody who is to die does so wherever they are.
const STUCK: u32 = 100;
/// A first answer comes within this while (ms) of the stage's time. Discord waits for three seconds; the stage's time goes by whole
/// ones, on a busy machine by some more.
const LATEST: i64 = 10_000;
/// Enough for everything that was put back to be tried again, and for drafts to be filed.
const AFTERWARDS: i64 = 30 * HOUR;

/// A seed at play.
pub(super) struct Play {
    pub(super) stage: Stage,
    pub(super) chance: ChaCha8Rng,
    pub(super) places: Places,
    pub(super) guild: u64,
    pub(super) customers: Vec<u64>,
    pub(super) staff: Vec<u64>,
    pub(super) model: Model,
    pub(super) running: bool,
    pub(super) denied: Option<u64>,
    pub(super) deaths: usize,
    /// Whether first answers of interactions meet trouble.
    pub(super) unanswered: bool,
    /// The lock that somebody else holds on the database.
    pub(super) lock: Option<Lock>,
    pub(super) url: String,
    faults: BTreeMap<String, u64>,
    /// What went wrong on the way.
    wrong: Vec<String>,
    steps: Vec<String>,
    marks: usize,
}

impl Play {
    /// A desk that is set up, with the bot running.
    pub(super) async fn begin(seed: u64, url: &str, folder: &Path) -> anyhow::Result<Self> {
        let stage = Stage::set(StageOptions {
            start_ms: BEGIN,
            database_url: url.to_owned(),
            port: 0,
            config_folder: folder.join("config"),
            data_dir: folder.join("data"),
        })
        .await?;
        let sandbox = stage.sandbox.clone();
        sandbox.set_patient(true);
        let guild = make_guild(&sandbox);
        let person = |name: &str, locale: &str, roles: &[&str]| {
            sandbox.make_person(PersonSpec {
                guild: guild.id,
                name: name.to_owned(),
                locale: locale.to_owned(),
                label: String::new(),
                roles: roles.iter().filter_map(|role| guild.roles.get(*role).copied()).collect(),
                dms_open: true,
            })
        };
        let customers = vec![person("An", "vi", &[]), person("Bob", "en-US", &[]), person("Chi", "vi", &[])];
        let staff = vec![person("Lan", "vi", &["staff"]), person("Mike", "en-US", &["staff"])];
        let channel = |name: &str| guild.channels.get(name).copied().unwrap_or_default();
        let places =
            Places { intake: channel("intake"), desk: channel("desk"), managers: channel("managers") };
        let mut play = Self {
            stage,
            chance: ChaCha8Rng::seed_from_u64(seed),
            guild: guild.id,
            customers,
            staff,
            model: Model::default(),
            running: false,
            denied: None,
            deaths: 0,
            unanswered: false,
            lock: None,
            url: url.to_owned(),
            faults: BTreeMap::new(),
            wrong: Vec::new(),
            steps: Vec::new(),
            marks: 0,
            places,
        };
        play.wake().await?;
        let role = |name: &str| guild.roles.get(name).copied().map(RoleId);
        let setup = Setup {
            desk_channel: Some(ChannelId(play.places.desk)),
            intake_channel: Some(ChannelId(play.places.intake)),
            manager_channel: Some(ChannelId(play.places.managers)),
            staff_role: role("staff"),
            manager_role: role("manager"),
            ..Setup::default()
        };
        play.stage.bot()?.desk().setups().set_up(GuildId(play.guild), &setup).await?;
        // On a server every other desk is worked on by two processes.
        if !play.stage.db().is_embedded() && seed.is_multiple_of(2) {
            play.stage.join(url).await?;
        }
        Ok(play)
    }

    /// Takes so many steps, then lets everything heal and all time pass that is needed.
    ///
    /// # Errors
    ///
    /// Where the desk got stuck.
    pub(super) async fn run(&mut self, steps: usize) -> anyhow::Result<()> {
        for _ in 0..steps {
            self.step().await?;
        }
        self.note("everything heals");
        self.heal().await;
        if self.running && !self.stage.sandbox.is_connected() {
            self.die_after(0).await?;
        }
        if !self.running {
            self.wake().await?;
        }
        self.pass(AFTERWARDS).await
    }

    /// What it came to; `played` is how far it got.
    pub(super) fn outcome(&self, played: &anyhow::Result<()>) -> Outcome {
        let mut wrong: Vec<String> =
            played.as_ref().err().map(|error| format!("{error:#}")).into_iter().collect();
        wrong.extend(self.wrong.iter().cloned());
        if played.is_ok() {
            wrong.extend(self.model.wrong(&self.stage.sandbox, &self.places));
        }
        let mut faults = self.faults.clone();
        for (name, times) in self.stage.sandbox.faults_met() {
            *faults.entry(name).or_default() += times;
        }
        let accepted = self.model.said.iter().filter(|said| said.told == Told::Accepted).count();
        Outcome {
            wrong,
            steps: self.steps.clone(),
            transcript: self.stage.sandbox.transcript(TranscriptOptions::default()),
            accepted,
            deaths: self.deaths,
            faults,
            calls: self.stage.sandbox.calls().len(),
        }
    }

    /// Ends everything.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub(super) async fn end(self) -> anyhow::Result<()> {
        self.stage.db().close().await;
        self.stage.sandbox.stop();
        Ok(())
    }

    /// What the store has left over, or holds otherwise than its journals say.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub(super) async fn left_over(&self) -> anyhow::Result<Vec<String>> {
        let mut wrong = laws::broken(self).await?;
        let db = self.stage.db();
        for id in store::complaint::filed_before(db, GuildId(self.guild), i64::MAX).await? {
            let journal = store::complaint::journal(db, id).await?;
            if Complaint::replay(id, &journal) != store::complaint::read(db, id).await? {
                wrong.push(format!("the journal of complaint {} does not give what is stored", id.0));
            }
        }
        Ok(wrong)
    }

    /// Notes a step, for whoever reads of a failure.
    pub(super) fn note(&mut self, step: impl Into<String>) {
        let at = (self.stage.clock.now() - BEGIN) / 1_000;
        let step = step.into();
        tracing::debug!(at, step);
        self.steps.push(format!("{at:>7} s  {step}"));
    }

    /// Counts something that went wrong.
    pub(super) fn count(&mut self, fault: &str) {
        *self.faults.entry(fault.to_owned()).or_default() += 1;
    }

    /// A mark that stands nowhere else.
    pub(super) fn mark(&mut self, kind: Kind) -> String {
        self.marks += 1;
        let letter = match kind {
            Kind::Filing => 'f',
            Kind::Message { .. } => 't',
            Kind::Change => 'e',
            Kind::Reply => 'r',
        };
        format!("{letter}{:03}z", self.marks)
    }

    /// Whether something of this likelihood (percent) happens.
    pub(super) fn happens(&mut self, percent: u32) -> bool {
        self.chance.random_range(0..100) < percent
    }

    /// One of some.
    pub(super) fn one<T: Clone>(&mut self, of: &[T]) -> Option<T> {
        of.choose(&mut self.chance).cloned()
    }

    /// Works until nothing is left to do. Where only time helps, it passes.
    pub(super) async fn settle(&mut self) -> anyhow::Result<()> {
        patiently(&self.stage, &mut self.lock, || self.stage.settle()).await
    }

    /// Lets time pass (ms), with everything that falls due on the way.
    pub(super) async fn pass(&mut self, ms: i64) -> anyhow::Result<()> {
        let until = self.stage.clock.now() + ms;
        // Whoever holds the database lets go in time, whether anybody wants it or not.
        if let Some(over) = self.lock.as_ref().map(|lock| lock.until.min(until)) {
            patiently(&self.stage, &mut self.lock, || self.stage.advance_to(over)).await?;
        }
        patiently(&self.stage, &mut self.lock, || self.stage.advance_to(until)).await
    }

    /// Starts the bot, and waits until it is ready.
    pub(super) async fn wake(&mut self) -> anyhow::Result<()> {
        let (clock, sandbox) = (self.stage.clock.clone(), self.stage.sandbox.clone());
        let started = {
            let mut starting = pin!(self.stage.start_bot());
            loop {
                tokio::select! {
                    biased;
                    started = &mut starting => break started,
                    () = real_time(STILL) => {
                        clock.set(clock.now() + STEP);
                        sandbox.clock().set(clock.now());
                    }
                }
            }
        };
        self.running = self.stage.bot().is_ok();
        started
    }

    /// The process dies after so many more requests, wherever it is then.
    pub(super) async fn die_after(&mut self, requests: usize) -> anyhow::Result<()> {
        let sandbox = self.stage.sandbox.clone();
        let most = sandbox.calls().len() + requests;
        {
            let mut settled = pin!(self.stage.settle());
            let mut changes = sandbox.changes();
            let mut waited = 0;
            while sandbox.calls().len() < most && waited < STUCK {
                tokio::select! {
                    biased;
                    // Stuck or not, it dies.
                    _ = &mut settled => break,
                    _ = changes.changed() => {}
                    () = real_time(STILL) => {
                        tick(&self.stage, &mut self.lock).await;
                        waited += 1;
                    }
                }
            }
        }
        self.stage.crash().await?;
        self.running = false;
        self.deaths += 1;
        Ok(())
    }

    /// Everything that was made difficult is easy again.
    pub(super) async fn heal(&mut self) {
        self.stage.sandbox.clear_faults();
        self.unanswered = false;
        self.release().await;
        if let Some(channel) = self.denied.take() {
            self.stage.sandbox.deny_bot(channel, 0);
        }
        for customer in self.customers.clone() {
            self.stage.sandbox.set_dms_open(customer, true);
        }
    }

    /// Nobody else holds the database any more.
    pub(super) async fn release(&mut self) {
        if let Some(lock) = self.lock.take() {
            lock.release().await;
        }
    }

    /// What an interaction came to, once everything is quiet. It may die on the way.
    pub(super) async fn outcome_of(&mut self, interaction: u64) -> anyhow::Result<Answer> {
        if self.running && self.happens(10) {
            let requests = self.chance.random_range(0..6);
            self.note(format!("… and the process dies after {requests} requests"));
            self.die_after(requests).await?;
        } else if self.running {
            let (asked, surely) =
                (self.stage.clock.now(), !self.unanswered && self.stage.sandbox.is_connected());
            self.settle().await?;
            if surely {
                self.wrong.extend(self.answered_late(interaction, asked));
            }
        }
        let answer = self.stage.sandbox.answer_now(interaction);
        if answer.kind != AnswerKind::Pending {
            return Ok(answer);
        }
        self.stage.sandbox.expire(interaction);
        Ok(self.stage.sandbox.answer_now(interaction))
    }
}

/// Waits for some work; while nothing else happens time passes, and whoever waits for an answer gives up in the end. What a
/// held database refuses is begun anew.
async fn patiently<W: Future<Output = anyhow::Result<()>>>(
    stage: &Stage,
    lock: &mut Option<Lock>,
    work: impl Fn() -> W,
) -> anyhow::Result<()> {
    loop {
        let done = {
            let mut work = pin!(work());
            let (mut idle, mut seen) = (0, 0);
            loop {
                tokio::select! {
                    biased;
                    done = &mut work => break done,
                    () = real_time(STILL) => {
                        // Whoever works is not still, however slow the machine.
                        let happened = *stage.sandbox.changes().borrow();
                        if std::mem::replace(&mut seen, happened) != happened {
                            continue;
                        }
                        tick(stage, lock).await;
                        idle = if is_idle(stage) { idle + 1 } else { 0 };
                        if idle > GIVES_UP {
                            stage.sandbox.expire_all();
                        }
                    }
                }
            }
        };
        match done {
            Err(error) if lock.is_some() && is_held(&error) => tick(stage, lock).await,
            done => {
                let_go(stage, lock).await;
                return done;
            }
        }
    }
}

/// Some time passes.
async fn tick(stage: &Stage, lock: &mut Option<Lock>) {
    stage.set_clocks(stage.clock.now() + STEP);
    let_go(stage, lock).await;
}

/// Whoever holds the database lets go when it is time.
async fn let_go(stage: &Stage, lock: &mut Option<Lock>) {
    if let Some(over) = lock.take_if(|lock| lock.until <= stage.clock.now()) {
        over.release().await;
    }
}

/// Whether the bot has dealt with everything that it has heard.
fn is_idle(stage: &Stage) -> bool {
    stage.bot().is_ok_and(|bot| {
        let activity = *bot.activity().borrow();
        activity.begun == activity.done
    })
}

impl Play {
    /// Why an interaction was not answered in time, if it was not: with what it came to, or that it takes longer.
    fn answered_late(&self, interaction: u64, asked: i64) -> Option<String> {
        let path = format!("/interactions/{interaction}/");
        let calls = self.stage.sandbox.calls();
        let Some(answered) = calls.iter().find(|call| call.path.starts_with(&path)) else {
            return Some(format!("interaction {interaction} was never answered"));
        };
        let after = answered.at_ms - asked;
        (after > LATEST).then(|| format!("interaction {interaction} was answered after {after} ms"))
    }
}

fn make_guild(sandbox: &Sandbox) -> Guild {
    let role = |name: &str| RoleSpec { name: name.to_owned(), permissions: permissions::MANAGE_THREADS };
    let channel = |name: &str, private_to: &[&str]| ChannelSpec {
        name: name.to_owned(),
        private_to: private_to.iter().map(ToString::to_string).collect(),
    };
    sandbox.make_guild(GuildSpec {
        name: "Internet Một".to_owned(),
        roles: vec![role("staff"), role("manager")],
        channels: vec![
            channel("intake", &[]),
            channel("desk", &["staff", "manager"]),
            channel("managers", &["manager"]),
        ],
        bot_permissions: None,
    })
}
