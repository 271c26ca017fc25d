//! What happens to the clocks of a complaint, played on the pure domain: a complaint, its journal, and hands that act.

mod histories;
mod reminders;
mod special_states;
mod state_cases;
mod states;

use std::collections::BTreeMap;

use chrono_tz::Tz;
use langnghe::domain::command::{Command, Refusal};
use langnghe::domain::complaint::Complaint;
use langnghe::domain::context::Context;
use langnghe::domain::decide::{self, Decision};
use langnghe::domain::event::{Entry, Event, Filed, Source};
use langnghe::domain::notice::Notice;
use langnghe::domain::outbox::{OutboxMessage, ThreadPost};
use langnghe::domain::policy::{Category, Filing, IncidentList, Nudging, Policy, RatingPolicy};
use langnghe::domain::running::Running;
use langnghe::domain::timer::{Slot, timers};
use langnghe::kernel::ids::{ChannelId, ComplaintId, GuildId, MessageId, UserId};
use langnghe::kernel::lang::Lang;
use langnghe::kernel::people::{Actor, Person};
use langnghe::kernel::severity::Severity;
use langnghe::sla::clocks::{Addressee, Cadence, ClockKind, ClockPolicy, Step, Target, Variant};
use langnghe::sla::hours::Hours;

use crate::sla::CALENDARS;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

/// A clock of so many minutes of open time: the manager is told at the breach, nothing pauses it.
fn clock(calendar: &str, minutes: i64) -> ClockPolicy {
    ClockPolicy {
        target: Target::Open(minutes * MINUTE),
        calendar: calendar.to_owned(),
        ladder: vec![Step { after_ms: 0, to: Addressee::Manager }],
        ..ClockPolicy::default()
    }
}

/// A policy over the collected calendars; nudges come at any hour.
fn policy(calendar: &str, clocks: &[(ClockKind, i64)]) -> Policy {
    let mut calendars = CALENDARS.clone();
    calendars.insert("always".to_owned(), Hours::always());
    let category = |id: &str| Category {
        id: id.to_owned(),
        vi: id.to_owned(),
        en: id.to_owned(),
        playbooks: Vec::new(),
        words: Vec::new(),
        features: langnghe::features::Category::default(),
        remedies: Vec::new(),
    };
    Policy {
        zone: Tz::UTC,
        clocks: clocks.iter().map(|(kind, minutes)| (*kind, clock(calendar, *minutes))).collect(),
        variants: Vec::new(),
        cadence: Cadence::default(),
        receipt_counts: false,
        nudging: Nudging { calendar: "always".to_owned(), around_the_clock: vec![Severity::Critical] },
        digest_at: None,
        filing: Filing { silence_ms: MINUTE, longest_ms: MINUTE, unsent_ms: MINUTE },
        rating: RatingPolicy { delay_ms: 0, quiet: None, reminder_ms: 48 * HOUR, closes_ms: 168 * HOUR },
        calendars,
        version: "one".to_owned(),
        keep_ms: 0,
        data_request: ClockPolicy::default(),
        incident_list: IncidentList { after: 0, hold_ms: 0 },
        categories: ["usual", "other"].map(category).into(),
        authority: Vec::new(),
        priced: Vec::new(),
        features: langnghe::features::Policy::default(),
        approve_alone: false,
    }
}

/// All clocks of a policy pause.
fn pausing(mut policy: Policy) -> Policy {
    policy.clocks.values_mut().for_each(|clock| clock.pauses = true);
    policy
}

/// A policy with clocks of its own for a severity or a category.
fn with_variant(
    mut policy: Policy,
    severities: &[Severity],
    category: &[&str],
    clocks: &[(ClockKind, i64)],
) -> Policy {
    let own = |(kind, minutes): &(ClockKind, i64)| {
        let base = policy.clocks.get(kind).cloned();
        let own = base.map(|base| ClockPolicy { target: Target::Open(minutes * MINUTE), ..base });
        (*kind, own.filter(|_| *minutes > 0))
    };
    let clocks: BTreeMap<_, _> = clocks.iter().map(own).collect();
    let categories = category.iter().map(ToString::to_string).collect();
    let variant = Variant {
        id: format!("variant-{}", policy.variants.len()),
        severities: severities.to_vec(),
        categories,
        default: false,
        clocks,
    };
    policy.variants.push(variant);
    policy
}

/// A complaint in play.
struct Play {
    policy: Policy,
    held: Complaint,
    journal: Vec<Entry>,
    outbox: Vec<OutboxMessage>,
    /// What was told on boards.
    notices: Vec<Notice>,
    messages: u64,
}

fn person(id: u64, name: &str) -> Person {
    Person { id: UserId(id), name: name.to_owned() }
}

fn staff() -> Actor {
    Actor::Staff(person(2, "Lan"))
}

impl Play {
    fn filed(policy: Policy, at: i64) -> Self {
        Self::filed_as(policy, at, Source::Form)
    }

    fn filed_as(policy: Policy, at: i64, source: Source) -> Self {
        let filed = Filed {
            guild: GuildId(1),
            number: 1,
            customer: person(1, "An"),
            lang: Lang::Vi,
            source,
            medium: None,
            logged_by: None,
            words: "Mất mạng".to_owned(),
            wish: String::new(),
            contact: String::new(),
            files: Vec::new(),
            extras: Vec::new(),
            since: at,
            direct: None,
            suggested: None,
            earlier: None,
        };
        let decision = decide::file(ComplaintId(1), filed, Vec::new(), None, &policy, at);
        let held = decision.complaint.clone();
        let mut play = Self { policy, held, journal: vec![], outbox: vec![], notices: vec![], messages: 0 };
        play.take(decision);
        play
    }

    /// Takes in what was decided; the journal must tell the same.
    fn take(&mut self, decision: Decision) {
        self.journal.extend(decision.entries);
        self.outbox.extend(decision.outbox);
        self.notices.extend(decision.notices);
        self.held = decision.complaint;
        assert_eq!(Complaint::replay(ComplaintId(1), &self.journal).as_ref(), Some(&self.held), "replayed");
    }

    fn asks(&mut self, by: &Actor, at: i64, command: Command) -> Result<(), Refusal> {
        let decision = decide::decide(&self.held, command, &Context::new(by.clone(), &self.policy, at))?;
        self.take(decision);
        Ok(())
    }

    fn staff(&mut self, at: i64, command: Command) {
        let told = format!("{command:?}");
        self.asks(&staff(), at, command).unwrap_or_else(|refusal| panic!("{told}: {refusal:?}"));
        self.arrives(at);
    }

    /// What the desk said stands before the customer in the same instant.
    fn arrives(&mut self, at: i64) {
        use langnghe::domain::arriving::Word;
        use langnghe::domain::command::{Delivery, ToCustomer};
        use langnghe::domain::complaint::Line;
        for held in self.held.on_the_way.clone() {
            let what = match held.word {
                Word::Reply { reply } => {
                    let by = self.held.owner.clone().expect("whoever answers has it");
                    ToCustomer::Reply { reply, by, text: "Dạ".to_owned(), asked: None }
                }
                Word::Outcome { cycle } => ToCustomer::Outcome { cycle },
                _ => continue,
            };
            let line = Line::Direct { channel: ChannelId(1) };
            let delivery = Delivery::Customer { what, line, direct_closed: false, message: MessageId(899) };
            assert_eq!(self.asks(&Actor::Desk, at, Command::Delivered(delivery)), Ok(()));
        }
    }

    /// Writes down a fact for which there is no command yet.
    fn fact(&mut self, at: i64, event: Event) {
        let entry = Entry { at, by: Actor::Desk, event };
        self.held.apply(&entry);
        self.journal.push(entry);
    }

    fn replies(&mut self, at: i64) {
        self.staff(at, Command::Reply { text: "Dạ".to_owned(), files: Vec::new(), allowed: None });
    }

    fn customer_writes(&mut self, at: i64) {
        self.messages += 1;
        let message = MessageId(self.messages);
        let text = "Vẫn chưa có mạng".to_owned();
        let command =
            Command::CustomerWrote { message, text, files: Vec::new(), extras: Vec::new(), sorted: false };
        let by = Actor::Customer(self.held.filed.customer.clone());
        assert_eq!(self.asks(&by, at, command), Ok(()));
    }

    fn classified(&mut self, at: i64, category: Option<&str>, severity: Option<Severity>) {
        let category = category.map(str::to_owned);
        self.staff(at, Command::Classify { category, severity, about: None });
    }

    /// The program looks at its timers at `at` (Unix ms), as after a restart: each that is due is fired once.
    fn wakes(&mut self, at: i64) {
        for (slot, due) in timers(&self.held, &self.policy) {
            if due <= at && matches!(slot, Slot::Clock(_)) {
                self.fires(at, slot, due);
            }
        }
    }

    fn fires(&mut self, at: i64, slot: Slot, due: i64) {
        let command = Command::Fired { slot, due, hushed: false };
        assert_eq!(self.asks(&Actor::Desk, at, command), Ok(()));
    }

    /// Time passes until `until` (Unix ms), and the program works all the while.
    fn works_until(&mut self, until: i64) {
        self.works_from(i64::MIN, until);
    }

    /// The same from `now` (Unix ms) on: what was due before is done then.
    fn works_from(&mut self, now: i64, until: i64) {
        while let Some(due) = self.next_timer().filter(|due| *due <= until) {
            let facts = self.journal.len();
            self.wakes(due.max(now));
            assert!(self.journal.len() > facts, "a timer fires for ever: {:?}", self.held.clocks);
        }
    }

    /// When the next timer of a clock is due (Unix ms).
    fn next_timer(&self) -> Option<i64> {
        let clocks = timers(&self.held, &self.policy).into_iter();
        clocks.filter(|(slot, _)| matches!(slot, Slot::Clock(_))).map(|(_, due)| due).min()
    }

    fn run(&self, kind: ClockKind) -> &Running {
        self.held.clocks.get(&kind).unwrap_or_else(|| panic!("{kind} never ran"))
    }

    fn due(&self, kind: ClockKind) -> Option<i64> {
        self.held.run(kind).and_then(Running::due_at)
    }

    /// What the owner was told in the thread.
    fn told_owner(&self) -> Vec<Notice> {
        let of = |outgoing: &OutboxMessage| match outgoing {
            OutboxMessage::ToThread { post: ThreadPost::Nudges { notices } } => notices.clone(),
            _ => Vec::new(),
        };
        self.outbox.iter().flat_map(of).collect()
    }

    /// Everything that was told of deadlines.
    fn told(&self) -> Vec<Notice> {
        [self.told_owner(), self.notices.clone()].concat()
    }

    /// A run of the consultation, for which there is no command yet.
    fn consult(&mut self, at: i64) {
        let found = self.policy.clock(ClockKind::Consult, self.held.severity, None).expect("a clock");
        let terms = self.policy.terms(found.0, found.1, self.held.severity);
        let schedule = self.policy.schedule_from(ClockKind::Consult, self.held.severity, None, at);
        let schedule = schedule.expect("a deadline");
        let clock = ClockKind::Consult;
        self.fact(at, Event::ClockStarted { clock, cycle: 1, started: at, terms, schedule, pauses: vec![] });
    }

    /// The outcome stands in the customer's line, they are content, and it is closed.
    fn closes(&mut self, at: i64) {
        use langnghe::domain::command::{Delivery, ToCustomer};
        use langnghe::domain::complaint::Line;
        use langnghe::domain::event::Fixed;
        let by = Actor::Customer(self.held.filed.customer.clone());
        let (what, line) = (ToCustomer::Outcome { cycle: 1 }, Line::Direct { channel: ChannelId(1) });
        let delivery = Delivery::Customer { what, line, direct_closed: false, message: MessageId(900) };
        assert_eq!(self.asks(&Actor::Desk, at, Command::Delivered(delivery)), Ok(()));
        assert_eq!(self.asks(&by, at, Command::Rate { cycle: 1, score: 5 }), Ok(()));
        assert_eq!(self.asks(&by, at, Command::AnswerFixed { cycle: 1, fixed: Fixed::Yes }), Ok(()));
    }
}
