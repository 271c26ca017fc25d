//! Promises: by whom, what, until when, and what became of it. Some are appointments, of which the customer is reminded.

mod config;
mod decide;
pub mod discord;
mod message;
mod record;

use serde::{Deserialize, Serialize};

use crate::kernel::people::Person;

pub use config::read;
pub use decide::{decide, may_be_due};
pub use message::{ToCustomer, Word};
pub use record::{Portable, line, named, table};

/// What a desk does about promises.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// So long before an appointment the customer is reminded of it (ms); 0: never.
    pub remind_ms: i64,
}

/// How the two sides meet at the promised time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Appointment {
    /// Somebody calls.
    Call,
    /// Somebody comes.
    Visit,
}

impl Appointment {
    /// Its stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Visit => "visit",
        }
    }

    /// Reads the stable name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Call, Self::Visit].into_iter().find(|held| held.as_str() == name)
    }
}

/// A promise in the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// Counts the promises of a complaint from 1.
    pub number: i64,
    /// Who promised.
    pub by: Person,
    /// What.
    pub what: String,
    /// When it was given (Unix ms).
    pub made_at: i64,
    /// Until when it holds (Unix ms).
    pub due: i64,
    /// Until when it held before it was moved (Unix ms), the first first.
    pub moved: Vec<i64>,
    /// When it was kept (Unix ms).
    pub kept_at: Option<i64>,
    /// When nobody was held to it any more (Unix ms): its complaint was withdrawn, or is looked after in another one.
    #[serde(default)]
    pub released_at: Option<i64>,
    /// Whether both sides meet then, and how.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    appointment: Option<Appointment>,
    /// When the customer was last told of its time (Unix ms): promised, moved, reminded.
    #[serde(default)]
    told_at: i64,
    /// Whether the reminder of its present time has come.
    #[serde(default)]
    reminded: bool,
}

/// How a promise stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It may still be kept in time.
    Open,
    /// Its time is over, and it is not kept.
    Broken,
    /// Kept, but late.
    KeptLate,
    /// Kept in time.
    Kept,
    /// Nobody is held to it any more.
    Released,
}

impl Promise {
    /// Whether somebody is still held to it.
    pub fn is_open(&self) -> bool {
        self.kept_at.is_none() && self.released_at.is_none()
    }

    /// How it stands at `now` (Unix ms).
    pub fn standing(&self, now: i64) -> Standing {
        match self.kept_at {
            Some(kept) if kept <= self.due => Standing::Kept,
            Some(_) => Standing::KeptLate,
            None if self.released_at.is_some_and(|released| released <= self.due) => Standing::Released,
            None if now > self.due => Standing::Broken,
            None => Standing::Open,
        }
    }

    /// When the customer is to be reminded of an appointment (Unix ms): not at night, and not of what they have just been told.
    fn remind_at(&self, policy: &Policy, before_quiet: impl Fn(i64) -> i64) -> Option<i64> {
        let ahead = policy.remind_ms;
        if self.appointment.is_none() || !self.is_open() || self.reminded || ahead == 0 {
            return None;
        }
        let due = before_quiet(self.due.saturating_sub(ahead));
        (due > self.told_at).then_some(due)
    }
}

/// The ledger of promises of a complaint, by number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct State(Vec<Promise>);

/// One fact, as the journal holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step")]
pub enum Fact {
    /// A person promised something until an instant.
    #[serde(rename = "promised")]
    Promised {
        /// Counts the promises of a complaint from 1.
        promise: i64,
        /// Who.
        by: Person,
        /// What, as the customer reads it.
        what: String,
        /// Until when (Unix ms).
        due: i64,
        /// Whether both sides meet then.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        appointment: Option<Appointment>,
    },
    /// It was time to remind the customer of an appointment.
    #[serde(rename = "appointment-reminded")]
    Reminded {
        /// Which promise.
        promise: i64,
    },
    /// A promise was moved before it was due.
    #[serde(rename = "promise-moved")]
    Moved {
        /// Which.
        promise: i64,
        /// By whom.
        by: Person,
        /// Until when it holds now (Unix ms).
        due: i64,
        /// Why, as the customer reads it.
        reason: String,
    },
    /// A promise was kept.
    #[serde(rename = "promise-kept")]
    Kept {
        /// Which.
        promise: i64,
        /// Who says so.
        by: Person,
        /// What came of it, as the customer reads it, where its hour had not come; else it may be empty.
        #[serde(default)]
        outcome: String,
    },
}

impl Fact {
    /// What was chosen elsewhere is promised; no appointment.
    pub fn promised(promise: i64, by: Person, what: String, due: i64) -> Self {
        Self::Promised { promise, by, what, due, appointment: None }
    }
}

/// What people ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Promise something until an instant.
    Give {
        /// What.
        what: String,
        /// Until when (Unix ms).
        due: i64,
        /// Whether both sides meet then.
        appointment: Option<Appointment>,
    },
    /// Move a promise before it is due.
    Move {
        /// Which.
        promise: i64,
        /// Until when (Unix ms).
        due: i64,
        /// Why.
        reason: String,
    },
    /// Say that a promise was kept.
    Keep {
        /// Which.
        promise: i64,
        /// What came of it, for the customer; needed where its hour has not come.
        outcome: String,
    },
}

impl Command {
    /// Whether it goes to the customer, so that whoever gives it must know what was said last.
    pub fn settles(&self) -> bool {
        match self {
            Self::Give { .. } | Self::Move { .. } => true,
            Self::Keep { outcome, .. } => !outcome.is_empty(),
        }
    }
}

/// What the asking person is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step")]
pub enum Response {
    /// The promise stands.
    #[serde(rename = "promised")]
    Promised {
        /// The complaint's number.
        number: i64,
        /// The promise.
        promise: i64,
        /// What.
        what: String,
        /// Until when (Unix ms).
        due: i64,
    },
    /// The promise is moved.
    #[serde(rename = "promise-moved")]
    Moved {
        /// The complaint's number.
        number: i64,
        /// The promise.
        promise: i64,
        /// What.
        what: String,
        /// Until when it held (Unix ms).
        from: i64,
        /// Until when it holds now (Unix ms).
        due: i64,
        /// Why.
        reason: String,
    },
    /// The promise is kept.
    #[serde(rename = "promise-kept")]
    Kept {
        /// The complaint's number.
        number: i64,
        /// The promise.
        promise: i64,
        /// What.
        what: String,
        /// Whether in time.
        in_time: bool,
    },
}

/// Why nothing is promised, moved or kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "refusal", rename_all = "kebab-case")]
pub enum Refused {
    /// There is no such open promise.
    NoPromise {
        /// Its number.
        number: i64,
    },
    /// Nothing is promised for a time that lies behind.
    PromisePast {
        /// That time (Unix ms).
        due: i64,
    },
    /// Nothing is promised for a time so far ahead.
    PromiseFar {
        /// That time (Unix ms).
        due: i64,
    },
    /// A promise is moved only before it is due.
    PromiseOver {
        /// When it was due (Unix ms).
        due: i64,
    },
    /// The promise holds until then already.
    PromiseUnmoved {
        /// That time (Unix ms).
        due: i64,
    },
}

impl Refused {
    /// Whether another time may get it done.
    pub fn is_mendable(self) -> bool {
        matches!(self, Self::PromisePast { .. } | Self::PromiseFar { .. } | Self::PromiseUnmoved { .. })
    }
}

/// What of the ledger goes along when a complaint is looked after in another one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Legacy {
    /// What was promised and not yet kept: by whom, what, until when (Unix ms).
    promises: Vec<(Person, String, i64)>,
    /// Which of these are appointments, in the same order; of older journals none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    appointments: Vec<Option<Appointment>>,
}

impl Legacy {
    /// What is promised where the complaint is looked after now, with numbers from `next`.
    pub fn promised(&self, next: i64) -> Vec<Fact> {
        let appointments = self.appointments.iter().copied().chain(std::iter::repeat(None));
        let promises = self.promises.iter().zip(appointments).zip(next..);
        promises
            .map(|(((by, what, due), appointment), promise)| {
                let (by, what, due) = (by.clone(), what.clone(), *due);
                Fact::Promised { promise, by, what, due, appointment }
            })
            .collect()
    }

    /// Takes out the words.
    pub fn erase_person(&mut self) {
        self.promises.iter_mut().for_each(|(_, what, _)| what.clear());
    }
}

impl State {
    /// All of them, by number.
    pub fn iter(&self) -> impl Iterator<Item = &Promise> {
        self.0.iter()
    }

    /// Whether nothing was ever promised.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The number of the next promise.
    pub fn next(&self) -> i64 {
        i64::try_from(self.0.len()).unwrap_or(i64::MAX) + 1
    }

    /// The promise with this number.
    pub fn promise(&self, number: i64) -> Option<&Promise> {
        self.0.iter().find(|promise| promise.number == number)
    }

    /// Promises that are not kept yet, the one due first first.
    pub fn open(&self) -> Vec<&Promise> {
        let mut open: Vec<&Promise> = self.0.iter().filter(|promise| promise.is_open()).collect();
        open.sort_by_key(|promise| (promise.due, promise.number));
        open
    }

    /// The promise that the promise clock is to watch: the next one due, unless all are broken, then the last of them. A
    /// clock that has told of a broken promise goes on to the next one.
    pub fn watched(&self, now: i64) -> Option<&Promise> {
        let open = self.open();
        let ahead = open.iter().find(|promise| promise.due > now).copied();
        ahead.or_else(|| open.last().copied())
    }

    /// Whether a reminder that waits would mislead: the appointment is over, or comes at another time.
    pub fn overtakes(&self, post: &ToCustomer) -> bool {
        let ToCustomer::Reminder { promise, .. } = post else { return false };
        self.promise(promise.number).is_none_or(|held| !held.is_open() || held.due != promise.due)
    }

    /// When the next reminder of an appointment is due (Unix ms).
    pub fn remind_at(&self, policy: &Policy, before_quiet: impl Fn(i64) -> i64) -> Option<i64> {
        self.0.iter().filter_map(|held| held.remind_at(policy, &before_quiet)).min()
    }

    /// What goes along to another complaint.
    pub fn legacy(&self) -> Legacy {
        let open = self.open();
        Legacy {
            promises: open.iter().map(|held| (held.by.clone(), held.what.clone(), held.due)).collect(),
            appointments: open.iter().map(|held| held.appointment).collect(),
        }
    }

    /// Takes in a fact, written at `at` (Unix ms).
    pub fn apply(&mut self, fact: &Fact, at: i64) {
        match fact {
            Fact::Promised { promise, by, what, due, appointment } => self.0.push(Promise {
                number: *promise,
                by: by.clone(),
                what: what.clone(),
                made_at: at,
                due: *due,
                moved: Vec::new(),
                kept_at: None,
                released_at: None,
                appointment: *appointment,
                told_at: at,
                reminded: false,
            }),
            Fact::Reminded { promise } => self.on(*promise, |held| held.reminded = true),
            Fact::Moved { promise, due, .. } => self.on(*promise, |held| {
                held.moved.push(held.due);
                held.due = *due;
                (held.told_at, held.reminded) = (at, false);
            }),
            Fact::Kept { promise, .. } => self.on(*promise, |held| held.kept_at = Some(at)),
        }
    }

    /// Nobody is held to what is open, from `at` on (Unix ms).
    pub fn release(&mut self, at: i64) {
        for promise in self.0.iter_mut().filter(|promise| promise.is_open()) {
            promise.released_at = Some(at);
        }
    }

    fn on(&mut self, number: i64, change: impl FnOnce(&mut Promise)) {
        if let Some(promise) = self.0.iter_mut().find(|promise| promise.number == number) {
            change(promise);
        }
    }
}
