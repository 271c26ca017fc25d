//! The shell around the pure rules: it stores what they decide and brings it to Discord, never telling before storing.

pub mod active_incidents;
pub mod boards;
pub mod complaints;
pub mod data_requests;
pub mod dead_letters;
pub mod delivery_outcome;
pub mod digests;
pub mod drafts;
pub mod error;
pub mod filings;
pub mod inbox;
pub mod incidents;
pub mod intake;
pub mod membership;
pub mod mergers;
pub mod outbox;
pub mod outcome;
pub mod parcel;
pub mod public_answer;
pub mod request;
pub mod requests;
pub mod retention;
pub mod setups;
mod stream_lock;
pub mod thread_records;
pub mod timers;
pub mod uploads;

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono_tz::Tz;
use tokio::sync::Notify;

use self::delivery_outcome::Waiters;
use crate::clock::Clock;
use crate::domain::outbox::Urgency;
use crate::domain::policy::Policy;
use crate::domain::settings::{GuildDesk, Setup};
use crate::kernel::ids::{GuildId, UserId};
use crate::kernel::lang::Lang;
use crate::language::matching::CategoryMatcher;
use crate::store::db::{Db, Tx};
use crate::store::wake::News;
use crate::store::{self, StoreError};
use crate::watch::Watch;

pub use active_incidents::LIST;
pub use boards::FLUSH;
pub use dead_letters::GIVEN_UP;
pub use digests::DIGEST;
pub use outcome::{Outcome, Told};

/// What the desk works by; from the configuration.
#[derive(Clone, Debug)]
pub struct Rules {
    /// Deadlines, ratings, categories.
    pub policy: Policy,
    /// What the file says of each server; it wins over `/desk setup`.
    pub setups: BTreeMap<GuildId, Setup>,
    /// What a reader without a known language gets.
    pub locale: Lang,
}

/// The desk: what all of its parts share, what is set for each server, and the parts themselves.
#[derive(Clone)]
pub struct Desk {
    shared: Arc<Shared>,
}

struct Shared {
    db: Db,
    owner: String,
    clock: Clock,
    watch: Watch,
    rules: Rules,
    policy: Arc<Policy>,
    policies: Mutex<BTreeMap<&'static str, Arc<Policy>>>,
    /// How many complaints wait to be read at each desk, and when that was counted (Unix ms).
    queues: Mutex<BTreeMap<GuildId, (i64, i64)>>,
    matcher: CategoryMatcher,
    stored_setups: Mutex<BTreeMap<GuildId, Setup>>,
    /// When who was noted to be there.
    there: Mutex<BTreeMap<(GuildId, UserId), membership::Noted>>,
    waiters: Waiters,
    outbox: Notify,
    urgent: Notify,
    timers: Notify,
    /// Something happened that other processes may wait for.
    work: Notify,
    /// What is set for a server was changed here.
    setups: Notify,
    /// Whether something was erased whose bytes could not be overwritten yet.
    scrub_owed: AtomicBool,
    /// Whether managers know that our clock is wrong.
    clock_told: AtomicBool,
    strays: Mutex<uploads::Strays>,
}

/// After waiting this long (ms) for the database somebody looks whether it is still there.
const SLOW: i64 = 300;

/// Locks a mutex whose holder cannot have left it half-changed.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Desk {
    /// A desk on a database, with what `/desk setup` stored before.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses.
    pub async fn open(db: Db, clock: Clock, rules: Rules) -> Result<Self, StoreError> {
        let stored_setups = Mutex::new(store::guild::all(&db).await?.into_iter().collect());
        let watch = Watch::new(clock.clone());
        if let Some(newest) = store::health::newest(&db).await? {
            watch.was_stored(newest);
        }
        let matcher = rules.policy.category_matcher();
        let (outbox, urgent, timers) = (Notify::new(), Notify::new(), Notify::new());
        let policy = Arc::new(rules.policy.clone());
        let policies = Mutex::default();
        let owner = format!("{:016x}", rand::random::<u64>());
        let shared = Shared {
            db,
            owner,
            clock,
            watch,
            rules,
            policy,
            policies,
            queues: Mutex::default(),
            matcher,
            stored_setups,
            there: Mutex::default(),
            waiters: Waiters::default(),
            outbox,
            urgent,
            timers,
            work: Notify::new(),
            setups: Notify::new(),
            scrub_owed: AtomicBool::new(false),
            clock_told: AtomicBool::new(false),
            strays: Mutex::default(),
        };
        let desk = Self { shared: Arc::new(shared) };
        desk.digests().arm_all().await?;
        Ok(desk)
    }

    /// The database.
    pub fn db(&self) -> &Db {
        &self.shared.db
    }

    /// Under which name this desk holds outbox messages and leases: no other process has the same.
    pub fn owner(&self) -> &str {
        &self.shared.owner
    }

    /// The clock.
    pub fn clock(&self) -> &Clock {
        &self.shared.clock
    }

    /// Where this process notes how it is doing.
    pub fn watch(&self) -> &Watch {
        &self.shared.watch
    }

    /// Begins a transaction for somebody who waits. Where the database is known to be lost nobody waits for it in vain; a
    /// transaction that has begun is never given up half-way.
    ///
    /// # Errors
    ///
    /// [`StoreError::Lost`], or why no connection can be had.
    pub(crate) async fn begin(&self) -> Result<Tx, StoreError> {
        let clock = &self.shared.clock;
        let begun = self.db().begin();
        tokio::pin!(begun);
        let look = async {
            clock.sleep_until(self.now() + SLOW).await;
            if !self.db().is_embedded() {
                self.watch().look_now();
            }
            std::future::pending::<()>().await;
        };
        tokio::select! {
            biased;
            begun = &mut begun => begun,
            () = self.watch().lost() => Err(StoreError::Lost),
            () = look => Err(StoreError::Lost),
        }
    }

    /// The policy.
    pub fn policy(&self) -> &Policy {
        &self.shared.policy
    }

    /// What a reader without a known language gets.
    pub fn default_lang(&self) -> Lang {
        self.shared.rules.locale
    }

    /// The present instant (Unix ms).
    pub fn now(&self) -> i64 {
        self.shared.clock.now()
    }

    /// What is set for a server, the file before `/desk setup`.
    pub fn setup_of(&self, guild: GuildId) -> Setup {
        let stored = lock(&self.shared.stored_setups).get(&guild).cloned().unwrap_or_default();
        match self.shared.rules.setups.get(&guild) {
            Some(file) => file.over(&stored),
            None => stored,
        }
    }

    /// What the file alone says of a server.
    pub fn setup_in_file(&self, guild: GuildId) -> Setup {
        self.shared.rules.setups.get(&guild).cloned().unwrap_or_default()
    }

    /// The desk of a server, if enough is set for one to work.
    pub fn desk_of(&self, guild: GuildId) -> Option<GuildDesk> {
        self.setup_of(guild).desk(guild, self.shared.rules.locale, self.policy().zone)
    }

    /// All desks that work.
    pub fn desks(&self) -> Vec<GuildDesk> {
        let mut guilds: Vec<GuildId> = self.shared.rules.setups.keys().copied().collect();
        guilds.extend(lock(&self.shared.stored_setups).keys().copied());
        guilds.sort_unstable();
        guilds.dedup();
        guilds.into_iter().filter_map(|guild| self.desk_of(guild)).collect()
    }

    /// The policy in the zone of a server's desk.
    pub fn policy_of(&self, guild: GuildId) -> Arc<Policy> {
        let zone: Tz = self.setup_of(guild).time_zone.unwrap_or(self.policy().zone);
        if zone == self.policy().zone {
            return self.shared.policy.clone();
        }
        // Calendars are laid out once for each zone.
        let mut held = lock(&self.shared.policies);
        let policy = held.entry(zone.name()).or_insert_with(|| Arc::new(self.policy().in_zone(zone)));
        policy.clone()
    }

    /// The language a person is written to in: their choice, else that of their last interaction, else the desk's.
    pub(crate) async fn lang_of(
        &self,
        tx: &mut Tx,
        person: UserId,
        desk: Option<GuildId>,
    ) -> Result<Lang, StoreError> {
        let (known, _) = store::guild::person(tx, person).await?;
        Ok(known.unwrap_or_else(|| self.lang_at(desk)))
    }

    /// The same, outside a transaction; where the store does not answer, the desk's.
    pub async fn lang_for(&self, person: UserId) -> Lang {
        let known = match self.begin().await {
            Ok(mut tx) => self.lang_of(&mut tx, person, None).await,
            Err(error) => Err(error),
        };
        known.unwrap_or_else(|_| self.lang_at(None))
    }

    /// The language of a desk; where it is not known which one, of the only one, else of the configuration.
    fn lang_at(&self, desk: Option<GuildId>) -> Lang {
        let desk = desk.and_then(|guild| self.desk_of(guild)).or_else(|| match self.desks().as_slice() {
            [only] => Some(only.clone()),
            _ => None,
        });
        desk.map_or(self.shared.rules.locale, |desk| desk.locale)
    }

    /// Wakes the workers, here and elsewhere: outbox messages may wait, timers may have changed.
    pub fn wake(&self) {
        self.wake_here();
        self.shared.work.notify_one();
    }

    /// Wakes the workers of this process.
    pub fn wake_here(&self) {
        self.shared.outbox.notify_one();
        self.shared.urgent.notify_one();
        self.shared.timers.notify_one();
    }

    /// Waits until there is something that other processes should hear of.
    pub async fn news(&self) -> News {
        tokio::select! {
            biased;
            () = self.shared.setups.notified() => News::Setup,
            () = self.shared.work.notified() => News::Work,
        }
    }

    /// Waits until an outbox message that is at least this urgent may be there to be sent.
    pub async fn outbox_waits(&self, urgency: Urgency) {
        match urgency {
            Urgency::Person => self.shared.urgent.notified().await,
            Urgency::Desk | Urgency::Bulk => self.shared.outbox.notified().await,
        }
    }

    /// Waits until what is waited for may have changed.
    pub async fn timers_change(&self) {
        self.shared.timers.notified().await;
    }

    // The parts, in one order: each uses only those before it.

    /// What was heard before and what was told.
    pub fn inbox(&self) -> inbox::Inbox<'_> {
        inbox::Inbox { desk: self }
    }

    /// Notices about many complaints, and what managers hear of their desk itself.
    pub fn boards(&self) -> boards::Boards<'_> {
        boards::Boards { desk: self }
    }

    /// The daily digests.
    pub fn digests(&self) -> digests::Digests<'_> {
        digests::Digests { desk: self }
    }

    /// Outbox messages that were given up.
    pub fn dead_letters(&self) -> dead_letters::DeadLetters<'_> {
        dead_letters::DeadLetters { desk: self }
    }

    /// Incidents that go on, as complaints meet them.
    pub fn active_incidents(&self) -> active_incidents::ActiveIncidents<'_> {
        active_incidents::ActiveIncidents { desk: self }
    }

    /// What is set for servers.
    pub fn setups(&self) -> setups::Setups<'_> {
        setups::Setups { desk: self }
    }

    /// What is done with complaints.
    pub fn complaints(&self) -> complaints::Complaints<'_> {
        complaints::Complaints { desk: self }
    }

    /// Who is at the desk, and whom customers mean.
    pub fn membership(&self) -> membership::Membership<'_> {
        membership::Membership { desk: self }
    }

    /// Complaints that became one.
    pub fn mergers(&self) -> mergers::Mergers<'_> {
        mergers::Mergers { desk: self }
    }

    /// Where complaints come in.
    pub fn filings(&self) -> filings::Filings<'_> {
        filings::Filings { desk: self }
    }

    /// What somebody is about to file.
    pub fn drafts(&self) -> drafts::Drafts<'_> {
        drafts::Drafts { desk: self }
    }

    /// Messages that customers write.
    pub fn intake(&self) -> intake::Intake<'_> {
        intake::Intake { desk: self }
    }

    /// Incidents, from their declaration to their end.
    pub fn incidents(&self) -> incidents::Incidents<'_> {
        incidents::Incidents { desk: self }
    }

    /// Kept files.
    pub fn uploads(&self) -> uploads::Uploads<'_> {
        uploads::Uploads { desk: self }
    }

    /// What is kept, and for how long.
    pub fn retention(&self) -> retention::Retention<'_> {
        retention::Retention { desk: self }
    }

    /// What people ask about their data.
    pub fn data_requests(&self) -> data_requests::DataRequests<'_> {
        data_requests::DataRequests { desk: self }
    }

    /// The records of what was asked in threads.
    pub fn thread_records(&self) -> thread_records::ThreadRecords<'_> {
        thread_records::ThreadRecords { desk: self }
    }

    /// Requests of people.
    pub fn requests(&self) -> requests::Requests<'_> {
        requests::Requests { desk: self }
    }

    /// Outbox messages on their way to Discord.
    pub fn outbox(&self) -> outbox::Outbox<'_> {
        outbox::Outbox { desk: self }
    }

    /// What is to happen later.
    pub fn timers(&self) -> timers::Timers<'_> {
        timers::Timers { desk: self }
    }
}
