//! The heart: what a command does to a complaint. Pure; the shell stores and sends what is decided here.

pub mod conversation;
mod delivery;
mod ending;
mod fired;
mod working;

use super::command::{Answer, Command, Refusal};
use super::complaint::Complaint;
use super::event::{Actor, Entry, Event, Filed, Person, Source};
use super::ids::{ComplaintId, IncidentId};
use super::letter::{CustomerPost, Letter, ThreadPost};
use super::policy::{ClockKind, Policy};

/// What a command leads to.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// The complaint as it stands afterwards.
    pub complaint: Complaint,
    /// The new facts, in order.
    pub entries: Vec<Entry>,
    /// What must be brought to Discord, in order.
    pub letters: Vec<Letter>,
    /// What the asking person is told.
    pub answer: Answer,
}

/// Decides what `command` by `by` at `now` (Unix ms) does to `complaint`.
///
/// # Errors
///
/// A [`Refusal`] says why nothing is done.
pub fn decide(
    complaint: &Complaint,
    by: &Actor,
    command: Command,
    policy: &Policy,
    now: i64,
) -> Result<Decision, Refusal> {
    let mut work = Work::new(complaint.clone(), by.clone(), policy, now);
    let answer = match command {
        Command::Claim => working::claim(&mut work)?,
        Command::Assign { to } => working::assign(&mut work, to)?,
        Command::Classify { category, severity } => working::classify(&mut work, category, severity)?,
        Command::Note { text } => working::note(&mut work, &text)?,
        Command::Reply { text, files } => conversation::reply(&mut work, &text, files)?,
        Command::CustomerWrote { message, text, files, sorted } => {
            conversation::customer_wrote(&mut work, message, &text, files, sorted)
        }
        Command::CustomerWroteUnread { message } => conversation::customer_wrote_unread(&mut work, message),
        Command::CustomerEdited { message, text } => conversation::customer_edited(&mut work, message, &text),
        Command::CustomerDeleted { message } => conversation::customer_deleted(&mut work, message),
        Command::MessageMoved { message, to } => conversation::message_moved(&mut work, message, to),
        Command::ChooseLanguage { lang } => conversation::choose_language(&mut work, lang),
        Command::TellIncident { incident, version: _, text } => {
            conversation::tell_incident(&mut work, incident, text)
        }
        Command::ShowTalkingPoints { incident, version } => {
            conversation::show_talking_points(&mut work, incident, version)
        }
        Command::Resolve { outcome } => ending::resolve(&mut work, &outcome)?,
        Command::Reopen { reason } => ending::reopen(&mut work, reason)?,
        Command::Dismiss { reason } => ending::dismiss(&mut work, reason)?,
        Command::Rate { cycle, score } => ending::rate(&mut work, cycle, score)?,
        Command::AnswerFixed { cycle, fixed } => ending::answer_fixed(&mut work, cycle, fixed)?,
        Command::AddWord { cycle, text } => ending::add_word(&mut work, cycle, &text)?,
        Command::CustomerReopen { cycle } => ending::customer_reopen(&mut work, cycle)?,
        Command::Fired { slot, due } => fired::fired(&mut work, slot, due),
        Command::Delivered(delivery) => delivery::delivered(&mut work, delivery),
    };
    Ok(work.finish(answer))
}

/// Decides what a filing leads to. `incidents` are those that concern it: id, version, and the approved line in the
/// customer's language, which they are told at once.
pub fn file(
    id: ComplaintId,
    filed: Filed,
    incidents: Vec<(IncidentId, i64, String)>,
    policy: &Policy,
    now: i64,
) -> Decision {
    let by = Actor::Customer(filed.customer.clone());
    let (since, number, lang, source) = (filed.since, filed.number, filed.lang, filed.source);
    let first = Entry { at: now, by: by.clone(), event: Event::Filed(Box::new(filed.clone())) };
    let mut work = Work::new(Complaint::new(id, filed, now), by, policy, now);
    work.entries.push(first);
    work.start_clock(ClockKind::Recorded, since);
    work.start_clock(ClockKind::Reply, since);
    work.send(Letter::Card);
    work.send(Letter::Thread);
    if !fits_the_card(&work.complaint) {
        work.send(Letter::ToThread { post: ThreadPost::MoreWords });
    }
    // A draft's own message turns into the receipt when its sender presses; else it comes into the line.
    if source != Source::DirectMessage {
        work.send(Letter::ToCustomer { post: CustomerPost::Receipt });
    }
    let mut lines = Vec::with_capacity(incidents.len());
    for (incident, version, text) in incidents {
        work.emit(Event::IncidentTold { incident });
        conversation::show_talking_points(&mut work, incident, version);
        if source == Source::Unsent {
            let text = text.clone();
            work.send(Letter::ToCustomer { post: CustomerPost::IncidentLine { incident, text } });
        }
        lines.push(text);
    }
    let within = policy.clocks.get(&ClockKind::Recorded).map_or(0, |clock| clock.target_ms);
    work.finish(Answer::Receipt { complaint: id, number, lang, within, incidents: lines })
}

/// How many characters of the customer's words the card holds.
pub const CARD_WORDS: usize = 1_000;

/// Whether the card holds everything the customer wrote; if not, the thread does.
pub fn fits_the_card(complaint: &Complaint) -> bool {
    complaint.filed.words.chars().count() <= CARD_WORDS && complaint.filed.wish.chars().count() <= CARD_WORDS
}

/// A complaint being worked on: facts take effect as they are written, so later steps see them.
struct Work<'a> {
    complaint: Complaint,
    by: Actor,
    policy: &'a Policy,
    now: i64,
    entries: Vec<Entry>,
    letters: Vec<Letter>,
}

impl<'a> Work<'a> {
    fn new(complaint: Complaint, by: Actor, policy: &'a Policy, now: i64) -> Self {
        Self { complaint, by, policy, now, entries: Vec::new(), letters: Vec::new() }
    }

    fn finish(self, answer: Answer) -> Decision {
        Decision { complaint: self.complaint, entries: self.entries, letters: self.letters, answer }
    }

    /// Writes a fact and applies it.
    fn emit(&mut self, event: Event) {
        let entry = Entry { at: self.now, by: self.by.clone(), event };
        self.complaint.apply(&entry);
        self.entries.push(entry);
    }

    fn send(&mut self, letter: Letter) {
        self.letters.push(letter);
    }

    /// The card shows state that changed.
    fn refresh_card(&mut self) {
        if !self.letters.contains(&Letter::RefreshCard) {
            self.send(Letter::RefreshCard);
        }
    }

    /// Starts the next run of a clock that the policy knows.
    fn start_clock(&mut self, clock: ClockKind, started: i64) {
        let cycle = self.complaint.clocks.get(&clock).map_or(1, |run| run.cycle + 1);
        let Some(deadline) = self.policy.deadline(clock, started, &[]) else { return };
        let nudges = self.policy.nudge_times(clock, started).into_iter().map(|(_, at)| at).collect();
        self.emit(Event::ClockStarted {
            clock,
            cycle,
            started,
            due_at: deadline.due_at,
            breach_at: deadline.breach_at,
            nudges,
        });
    }

    /// Stops a clock if it runs; a deadline that lies behind is a breach, whoever noticed first.
    fn stop_clock(&mut self, clock: ClockKind) {
        let Some(run) = self.complaint.clocks.get(&clock).filter(|run| run.is_running()) else { return };
        let (cycle, deadline, missed) = (run.cycle, run.breach_at, self.now > run.breach_at && !run.breached);
        if missed {
            self.emit(Event::ClockBreached { clock, cycle, deadline });
        }
        self.emit(Event::ClockStopped { clock, cycle });
    }

    fn runs(&self, clock: ClockKind) -> bool {
        self.complaint.clocks.get(&clock).is_some_and(super::complaint::Running::is_running)
    }

    /// The member of staff who asks.
    fn staff(&self) -> Result<Person, Refusal> {
        match &self.by {
            Actor::Staff(person) => Ok(person.clone()),
            Actor::Customer(_) | Actor::Desk => Err(Refusal::StaffOnly),
        }
    }

    /// Fails unless the customer of this complaint asks.
    fn customer(&self) -> Result<(), Refusal> {
        match &self.by {
            Actor::Customer(person) if person.id == self.complaint.filed.customer.id => Ok(()),
            _ => Err(Refusal::CustomerOnly),
        }
    }

    fn open(&self) -> Result<(), Refusal> {
        if self.complaint.stage.is_open() { Ok(()) } else { Err(Refusal::NotOpen) }
    }

    /// Makes `owner` the owner: that is the recording by a named person.
    fn take(&mut self, owner: Person, event: Event) {
        self.emit(event);
        self.stop_clock(ClockKind::Recorded);
        self.send(Letter::Join { user: owner.id });
        self.refresh_card();
    }
}

/// Words as they are kept: normalised, with something in them, and not too long.
fn words(text: &str, limit: usize) -> Result<String, Refusal> {
    let text = super::fold::clean_input(text);
    if super::fold::is_blank(&text) {
        return Err(Refusal::Blank);
    }
    let length = text.chars().count();
    if length > limit {
        let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        return Err(Refusal::TooLong { limit: number(limit), length: number(length) });
    }
    Ok(text)
}
