//! The heart: what a command does to a complaint. Pure; the shell stores and sends what is decided here.

mod about;
mod clocks;
pub mod conversation;
mod delivery;
pub mod disposition;
mod ending;
mod fired;
pub mod procedure;
pub mod proposal;
mod speech;
mod talk;
mod working;

pub use ending::LOW_SCORE;

use super::arriving::Word;
use super::command::{Answer, Command, Refusal};
use super::complaint::{Complaint, Line, Stage};
use super::context::Context;
use super::event::{Entry, Event, Filed, Source};
use super::gate;
use super::notice::Notice;
use super::outbox::{CustomerPost, ManagerPost, OutboxMessage, ThreadPost};
use super::policy::Policy;
use super::prompt::Prompt;
use super::running::Stop;
use crate::features::decision::{Close, Effect};
use crate::features::written::{SHORT, few_words, words};
use crate::features::{self, Basis, Message};
use crate::kernel::ids::{ComplaintId, IncidentId, UserId};
use crate::kernel::people::{Actor, Person};
use crate::sla::clocks::ClockKind;

/// Discord takes so many files with one message.
const FILES_OF_A_MESSAGE: usize = 10;

/// What a command leads to.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// The complaint as it stands afterwards.
    pub complaint: Complaint,
    /// The new facts, in order.
    pub entries: Vec<Entry>,
    /// What must be brought to Discord, in order.
    pub outbox: Vec<OutboxMessage>,
    /// What is told about its clocks in the desk's own channels, where it may meet that of other complaints.
    pub notices: Vec<Notice>,
    /// What the asking person is told.
    pub answer: Answer,
}

/// Decides what `command` does to `complaint`.
///
/// # Errors
///
/// A [`Refusal`] says why nothing is done.
pub fn decide(complaint: &Complaint, command: Command, context: &Context<'_>) -> Result<Decision, Refusal> {
    // What was made nobody's is a figure: nothing is done with it any more.
    if complaint.forgotten_at.is_some() {
        return Err(Refusal::NoComplaint);
    }
    let mut work = Work::new(complaint.clone(), context);
    let by_staff = matches!(context.by, Actor::Staff(_));
    if work.complaint.listed.is_some() && by_staff && needs_a_thread(&command) {
        work.staff()?;
        work.open_listed();
    }
    let answer = match command {
        Command::Open => Answer::Silent,
        Command::Claim => working::claim(&mut work)?,
        Command::Assign { to } => working::assign(&mut work, to)?,
        Command::Classify { category, severity, about } => {
            working::classify(&mut work, category, severity, about)?
        }
        Command::OwnerLeft { owner } => working::owner_left(&mut work, owner),
        Command::About(deed) => about::carry_out(&mut work, deed)?,
        Command::Note { text } => working::note(&mut work, &text)?,
        Command::Reply { text, files, allowed } => conversation::reply(&mut work, &text, files, allowed)?,
        Command::CustomerWrote { message, text, files, extras, sorted } => {
            conversation::customer_wrote(&mut work, message, &text, (files, extras), sorted)
        }
        Command::CustomerWroteUnread { message } => conversation::customer_wrote_unread(&mut work, message),
        Command::CustomerEdited { message, text } => conversation::customer_edited(&mut work, message, &text),
        Command::CustomerDeleted { message } => conversation::customer_deleted(&mut work, message),
        Command::DirectOpened { channel } => conversation::direct_opened(&mut work, channel)?,
        Command::MessageMoved { message, to } => conversation::message_moved(&mut work, message, to),
        Command::Acknowledge { message } => conversation::acknowledge(&mut work, message),
        Command::ChooseLanguage { lang } => conversation::choose_language(&mut work, lang),
        Command::TellIncident { incident, version: _, text } => {
            conversation::tell_incident(&mut work, incident, text)
        }
        Command::ShowTalkingPoints { incident, version } => {
            conversation::show_talking_points(&mut work, incident, version)
        }
        Command::Procedure(deed) => procedure::step(&mut work, deed)?,
        Command::Disposition(deed) => disposition::carry_out(&mut work, deed)?,
        Command::AskSuperior => working::ask_superior(&mut work)?,
        Command::Rest => working::rest(&mut work)?,
        Command::Feature(command) => work.carry_out(command)?,
        Command::Resolve { outcome } => ending::resolve(&mut work, &outcome)?,
        Command::Reopen { reason } => ending::reopen(&mut work, reason)?,
        Command::Dismiss { reason } => ending::dismiss(&mut work, reason)?,
        Command::Rate { cycle, score } => ending::rate(&mut work, cycle, score)?,
        Command::AnswerFixed { cycle, fixed } => ending::answer_fixed(&mut work, cycle, fixed)?,
        Command::AddWord { cycle, text } => ending::add_word(&mut work, cycle, &text)?,
        Command::CustomerReopen { cycle } => ending::customer_reopen(&mut work, cycle)?,
        Command::Wait { reason } => clocks::wait(&mut work, &reason)?,
        Command::Resume => clocks::resume(&mut work)?,
        Command::Snooze { clock, for_ms, reason } => clocks::snooze(&mut work, clock, for_ms, &reason)?,
        Command::NoAnswerNeeded => clocks::no_answer_needed(&mut work)?,
        Command::Export { lang, whole } => working::export(&mut work, lang, whole)?,
        Command::Told { number } => speech::told(&mut work, number)?,
        Command::CustomerSpoke { message, medium, since, text } => {
            speech::heard(&mut work, message, (medium, since), &text)?
        }
        Command::Recompute => clocks::recompute(&mut work),
        Command::Fired { slot, due, hushed } => fired::fired(&mut work, slot, due, hushed),
        Command::Delivered(delivery) => delivery::delivered(&mut work, delivery),
    };
    Ok(work.finish(answer))
}

/// Decides what a filing leads to. `incidents` are those that concern it: id, version, and the approved line in the
/// customer's language, which they are told at once.
/// `listed`: the incident in whose list it waits.
pub fn file(
    id: ComplaintId,
    filed: Filed,
    incidents: Vec<(IncidentId, i64, String)>,
    listed: Option<IncidentId>,
    policy: &Policy,
    now: i64,
) -> Decision {
    let by = match &filed.logged_by {
        Some(staff) => Actor::Staff(staff.clone()),
        None => Actor::Customer(filed.customer.clone()),
    };
    let (since, number, lang, source) = (filed.since, filed.number, filed.lang, filed.source);
    let first = Entry { at: now, by: by.clone(), event: Event::Filed(Box::new(filed.clone())) };
    let context = Context::new(by, policy, now);
    let mut work = Work::new(Complaint::new(id, filed, now), &context);
    work.entries.push(first);
    work.start_clock(ClockKind::Recorded, since);
    // What a member of staff wrote down was answered where it was said.
    if source != Source::Logged {
        work.start_clock(ClockKind::Reply, since);
    }
    for clock in [ClockKind::ReceiptNotice, ClockKind::WrittenAnswer, ClockKind::Resolution] {
        work.start_clock(clock, since);
    }
    if policy.cadence.before_first_reply {
        work.start_clock(ClockKind::Update, since);
    }
    if policy.receipt_counts {
        work.stop_clock(ClockKind::ReceiptNotice, Stop::Done);
    }
    match listed {
        Some(incident) => work.emit(Event::Listed { incident }),
        None => work.open_thread(),
    }
    // A draft's own message turns into the receipt when its sender presses; else it comes into the line.
    if source != Source::DirectMessage {
        work.send(OutboxMessage::ToCustomer { post: CustomerPost::Receipt });
    }
    let mut lines = Vec::with_capacity(incidents.len());
    for (incident, version, text) in incidents {
        work.emit(Event::IncidentTold { incident });
        conversation::show_talking_points(&mut work, incident, version);
        if source == Source::Unsent {
            let text = text.clone();
            work.send(OutboxMessage::ToCustomer { post: CustomerPost::IncidentLine { incident, text } });
        }
        lines.push(text);
    }
    let within = policy.published_limit();
    let listed = listed.is_some();
    work.finish(Answer::Receipt {
        complaint: id,
        number,
        lang,
        within,
        incidents: lines,
        listed,
        queue: None,
    })
}

/// How many characters of the customer's words the card holds.
pub const CARD_WORDS: usize = 1_000;

/// Whether the card holds everything the customer wrote; if not, the thread does.
pub fn fits_the_card(complaint: &Complaint) -> bool {
    complaint.filed.words.chars().count() <= CARD_WORDS && complaint.filed.wish.chars().count() <= CARD_WORDS
}

/// Whether a command of staff is about work in the thread, so that a complaint in an incident's list gets one first.
fn needs_a_thread(command: &Command) -> bool {
    matches!(
        command,
        Command::Open
            | Command::Claim
            | Command::Assign { .. }
            | Command::Reply { .. }
            | Command::Resolve { .. }
            | Command::Note { .. }
            | Command::Wait { .. }
            | Command::Procedure(_)
            | Command::Disposition(_)
            | Command::CustomerSpoke { .. }
    ) || matches!(command, Command::Feature(command) if command.needs_a_thread())
}

/// A message of a capability, on its way.
fn outgoing(message: Message) -> OutboxMessage {
    match message {
        Message::ToCustomer(post) => OutboxMessage::ToCustomer { post: CustomerPost::Feature(post) },
        Message::ToThread(post) => OutboxMessage::ToThread { post: ThreadPost::Feature(post) },
        Message::ToManagers(post) => OutboxMessage::ToManagers { post: ManagerPost::Feature(post) },
        Message::AgreedAlone(by) => OutboxMessage::ToManagers { post: ManagerPost::AgreedAlone { by } },
    }
}

/// A complaint being worked on: facts take effect as they are written, so later steps see them.
struct Work<'a> {
    complaint: Complaint,
    context: &'a Context<'a>,
    by: Actor,
    policy: &'a Policy,
    now: i64,
    entries: Vec<Entry>,
    outbox: Vec<OutboxMessage>,
    notices: Vec<Notice>,
    face: Face,
    refresh: bool,
}

/// What the card shows of the state: all else stands on the bar in the thread, so that the card is edited seldom.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Face {
    owner: Option<UserId>,
    stage: Stage,
    late: bool,
    vulnerable: bool,
}

impl Face {
    fn of(complaint: &Complaint) -> Self {
        Self {
            owner: complaint.owner.as_ref().map(|owner| owner.id),
            stage: complaint.stage,
            late: complaint.is_overdue(),
            vulnerable: complaint.perhaps_vulnerable(),
        }
    }
}

impl<'a> Work<'a> {
    fn new(complaint: Complaint, context: &'a Context<'a>) -> Self {
        let face = Face::of(&complaint);
        let (entries, outbox, notices) = (Vec::new(), Vec::new(), Vec::new());
        let (by, policy, now) = (context.by.clone(), context.policy, context.now);
        Self { complaint, context, by, policy, now, entries, outbox, notices, face, refresh: false }
    }

    /// What a message asks is decided or overtaken: its buttons go.
    fn close_prompt(&mut self, prompt: Prompt) {
        let Prompt { asks, channel, message } = prompt;
        self.emit(Event::PromptClosed { message });
        let to_customer = asks.is_for_the_customer();
        self.send(OutboxMessage::ClosePrompt { channel, message, to_customer });
    }

    fn finish(mut self, answer: Answer) -> Decision {
        let over = self.complaint.prompts.iter().filter(|held| held.asks.is_over(&self.complaint));
        for prompt in over.copied().collect::<Vec<_>>() {
            self.close_prompt(prompt);
        }
        self.show();
        let Self { complaint, entries, outbox, notices, .. } = self;
        Decision { complaint, entries, outbox, notices, answer }
    }

    /// Writes a fact and applies it.
    fn emit(&mut self, event: Event) {
        let entry = Entry { at: self.now, by: self.by.clone(), event };
        self.complaint.apply(&entry);
        self.entries.push(entry);
    }

    fn send(&mut self, outgoing: OutboxMessage) {
        match outgoing {
            OutboxMessage::ToCustomer { post } => {
                if let Some(word) = Word::of(&post).filter(|word| self.complaint.on_its_way(word).is_none()) {
                    self.emit(Event::Sent { word });
                }
                match self.complaint.line {
                    Line::Spoken { .. } => self.tell_by_voice(post),
                    _ => self.outbox.push(OutboxMessage::ToCustomer { post }),
                }
            }
            // A complaint in an incident's list has no card and no thread: what they are told waits with it.
            OutboxMessage::ToThread { post } if self.complaint.listed.is_some() => {
                self.emit(Event::HeldForThread { post });
            }
            OutboxMessage::RefreshCard | OutboxMessage::RefreshBar | OutboxMessage::Archive
                if self.complaint.listed.is_some() => {}
            outgoing => self.outbox.push(outgoing),
        }
    }

    /// Its card and its thread.
    fn open_thread(&mut self) {
        self.send(OutboxMessage::Card);
        self.send(OutboxMessage::Thread);
        self.send(OutboxMessage::Bar);
        if !fits_the_card(&self.complaint) {
            self.send(OutboxMessage::ToThread { post: ThreadPost::MoreWords });
        }
        let files = self.complaint.filed.files.clone();
        for files in files.chunks(FILES_OF_A_MESSAGE) {
            self.send(OutboxMessage::ToThread { post: ThreadPost::FiledFiles { files: files.to_vec() } });
        }
        let extras = self.complaint.filed.extras.clone();
        if !extras.is_empty() {
            self.send(OutboxMessage::ToThread { post: ThreadPost::CameAlong { extras } });
        }
    }

    /// Takes it out of its incident's list.
    fn open_listed(&mut self) {
        if self.complaint.listed.is_none() {
            return;
        }
        let held = self.complaint.held.clone();
        let by = match &self.by {
            Actor::Staff(person) => Some(person.clone()),
            Actor::Customer(_) | Actor::Desk => None,
        };
        self.emit(Event::Opened { by });
        self.open_thread();
        for post in held {
            self.send(OutboxMessage::ToThread { post });
        }
    }

    /// What is shown of the state has changed: the bar in the thread shows all of it, the card what [`Face`] holds.
    fn refresh_card(&mut self) {
        self.refresh = true;
    }

    /// Brings card and bar up to date, before the thread is archived.
    fn show(&mut self) {
        let seen = Face::of(&self.complaint) != self.face;
        let archive = self.outbox.iter().position(|outgoing| *outgoing == OutboxMessage::Archive);
        let archive = archive.map(|place| self.outbox.remove(place));
        if seen {
            self.send(OutboxMessage::RefreshCard);
        }
        if self.refresh || seen {
            self.send(OutboxMessage::RefreshBar);
        }
        self.outbox.extend(archive);
    }

    /// What a capability decides.
    fn carry_out(&mut self, command: features::Command) -> Result<Answer, Refusal> {
        let core = self.complaint.core();
        let authority = gate::authority(&self.complaint, self.policy, self.context.rank);
        let basis = Basis {
            core: &core,
            state: &self.complaint.features,
            category: self.complaint.category_in(self.policy),
            context: self.context,
            policy: &self.policy.features,
            authority: &authority,
        };
        let decided = features::decide(command, basis)?;
        decided.effects.into_iter().for_each(|effect| self.follow(effect));
        Ok(Answer::Feature(decided.response))
    }

    /// One thing that follows from what a capability decides.
    fn follow(&mut self, effect: Effect<features::Fact, Message>) {
        match effect {
            Effect::Fact(fact) => self.emit(Event::Feature(fact)),
            Effect::Message(message) => self.send(outgoing(message)),
            Effect::Take if self.complaint.owner.is_none() => {
                if let Ok(by) = self.staff() {
                    conversation::claim_by_answering(self, &by);
                }
            }
            Effect::Take => {}
            Effect::StopClock(clock) => self.stop_clock(clock, Stop::Done),
            Effect::Heard { message, text, post } => match outgoing(post) {
                OutboxMessage::ToThread { post } => {
                    conversation::hear(self, message, text, Default::default(), post);
                }
                // Whoever else is told, the thread reads what the customer said.
                other => {
                    let (files, extras, quiet) = (Vec::new(), Vec::new(), false);
                    let post =
                        ThreadPost::CustomerWrote { message, text: text.clone(), files, extras, quiet };
                    conversation::hear(self, message, text, Default::default(), post);
                    self.send(other);
                }
            },
            Effect::Announce(Message::ToCustomer(post)) => {
                if let Some(word) = post.word().map(Word::Feature) {
                    self.emit(Event::Sent { word });
                }
            }
            // Only what a customer is told is to arrive.
            Effect::Announce(_) => {}
            Effect::EnsureClock { clock, since } => {
                if !self.runs(clock) {
                    self.start_clock(clock, since);
                }
            }
            Effect::CancelClocks { but } => {
                for clock in ClockKind::ALL.into_iter().filter(|clock| !but.contains(clock)) {
                    self.stop_clock(clock, Stop::Cancelled);
                }
            }
            Effect::Close(Close { reason, how, kept }) => {
                disposition::end_but(self, reason, how, kept);
            }
            Effect::WatchPromises => procedure::watch(self),
            Effect::Refresh => self.refresh_card(),
        }
    }

    /// The member of staff who asks. Nobody handles a complaint of their own, or about themselves.
    fn staff(&self) -> Result<Person, Refusal> {
        Ok(self.complaint.core().staff(&self.by)?)
    }

    /// Fails unless the customer of this complaint asks.
    fn customer(&self) -> Result<(), Refusal> {
        Ok(self.complaint.core().customer(&self.by)?)
    }

    fn open(&self) -> Result<(), Refusal> {
        if self.complaint.stage.is_open() { Ok(()) } else { Err(Refusal::NotOpen) }
    }

    /// Makes `owner` the owner. `records`: they have read it.
    fn take(&mut self, owner: Person, event: Event) {
        let records = matches!(event, Event::Claimed { records: true, .. });
        self.emit(event);
        if records {
            self.stop_clock(ClockKind::Recorded, Stop::Done);
        }
        self.send(OutboxMessage::Join { user: owner.id });
        self.refresh_card();
    }
}
