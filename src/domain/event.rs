//! What has happened to a complaint: the only way its state changes, kept for ever in the journal.

mod parts;

use serde::{Deserialize, Serialize};

use super::arriving::Word;
use super::colleague;
use super::complaint::{FileRef, Line};
use super::disposition;
use super::erasing::Erasure;
use super::outbox::ThreadPost;
use super::procedure::Step;
use super::prompt::Prompt;
use super::running::{Cause, Schedule, Stop, Stretch, Terms};
use super::speech;
use crate::features;
use crate::kernel::extra::Extra;
use crate::kernel::ids::{ChannelId, IncidentId, MessageId};
use crate::kernel::lang::Lang;
use crate::kernel::nested::nested;
use crate::kernel::people::Person;
use crate::kernel::severity::Severity;
use crate::sla::clocks::{Addressee, ClockKind, Target};

pub use super::filing::{Earlier, Filed, Medium, Source};
pub use crate::kernel::reasons::{CloseReason, DismissReason};
pub use parts::{Entry, Fixed, Undelivered};

/// One fact about a complaint.
#[expect(missing_docs, reason = "a field whose name says it all has no words of its own")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", tag = "fact", rename_all = "kebab-case")]
pub enum Event {
    /// The complaint came in.
    Filed(Box<Filed>),
    /// Its card stands in the desk channel.
    CardPosted {
        /// The desk channel.
        channel: ChannelId,
        /// The card; the thread will have the same id.
        message: MessageId,
    },
    /// Its thread stands.
    ThreadStarted {
        thread: ChannelId,
        /// Whether Discord refused its name, so that it bears a plain one.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        plain: bool,
    },
    /// It was tried once more to give the thread its name.
    RenameTried,
    /// The thread bears its name now.
    ThreadNamed,
    /// Its action bar stands in its thread.
    BarPosted {
        /// The message with the next step and its buttons.
        message: MessageId,
    },
    /// A message stands that asks somebody to decide something.
    PromptPosted {
        /// What it asks, and where.
        prompt: Prompt,
    },
    /// What it asks is decided or overtaken: its buttons go.
    PromptClosed { message: MessageId },
    /// Where the customer is reached was found or changed.
    LineOpened { line: Line },
    /// The customer's direct messages are closed.
    DirectMessagesClosed,
    /// The customer is written to in another language.
    LanguageChosen { lang: Lang },
    /// Somebody took it.
    Claimed {
        owner: Person,
        /// Whether that recorded it, as it did before reading was a step of its own, and does for whoever answers.
        #[serde(default = "yes")]
        records: bool,
    },
    /// Somebody was given it.
    Assigned {
        owner: Person,
        /// Whether that recorded it, as it did before reading was a step of its own.
        #[serde(default = "yes")]
        records: bool,
    },
    /// A step of the procedure.
    Procedure(Step),
    /// It was refused, withdrawn or merged, or is about to be.
    Disposition(disposition::Fact),
    /// A member of staff asked a superior to look at how the customer speaks.
    SuperiorAsked,
    /// Whoever had it is no staff any more.
    OwnerLeft { owner: Person },
    /// Somebody of the desk is named in it, or is not after all.
    About(colleague::Fact),
    /// A person said what it is about.
    Classified {
        /// Id of a category of the configuration; none: only how bad it is, is known.
        category: Option<String>,
        /// How bad it is.
        severity: Severity,
        /// Whether a person said how bad it is, and not only what it is about.
        #[serde(default)]
        severity_said: bool,
    },
    /// Something for the case file.
    Noted { text: String },
    /// The customer wrote.
    CustomerWrote {
        message: MessageId,
        /// Their words; empty where Discord gave none.
        text: String,
        /// Files that came along.
        files: Vec<FileRef>,
    },
    /// Something came with a message of the customer's besides words and files.
    CameAlong { message: MessageId, extras: Vec<Extra> },
    /// The customer changed a message.
    CustomerEdited {
        message: MessageId,
        /// The new words.
        text: String,
        /// Whether the new words wait for an answer, as those of before had theirs.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        awaits: bool,
    },
    /// The customer deleted a message.
    CustomerDeleted { message: MessageId },
    /// A message of the customer belongs to another complaint, they say.
    CustomerMessageMoved {
        message: MessageId,
        /// The number of the complaint that it belongs to; 0: it is a new matter.
        to: i64,
        /// Whether this message alone had opened the complaint again, so that it has ended as before.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        ends_again: bool,
    },
    /// A person answered the customer.
    Replied {
        /// Counts the replies of this complaint from 1.
        reply: i64,
        /// The words, as typed.
        text: String,
        /// Files that go along.
        files: Vec<FileRef>,
    },
    /// A reply stands in the customer's line.
    ReplyDelivered { reply: i64 },
    /// A reply could not be brought to the customer.
    ReplyUndelivered { reply: i64, reason: Undelivered },
    /// Words of the desk go to the customer; until they arrive, whoever waited waits.
    Sent { word: Word },
    /// They stand before the customer.
    Arrived { word: Word },
    /// They did not arrive.
    NotArrived { word: Word, reason: Undelivered },
    /// Discord keeps the outcome back, so it is none yet: the work goes on.
    OutcomeReturned { cycle: i64 },
    /// A clock runs.
    ClockStarted {
        clock: ClockKind,
        /// Counts the runs of this clock from 1.
        cycle: i64,
        /// From when (Unix ms).
        started: i64,
        /// By what it is measured.
        #[serde(default)]
        terms: Terms,
        /// When what is due.
        #[serde(flatten)]
        schedule: Schedule,
        /// Pauses that lie behind, or last, when it starts.
        #[serde(default)]
        pauses: Vec<Stretch>,
    },
    /// A clock ended.
    ClockStopped {
        clock: ClockKind,
        cycle: i64,
        /// How.
        #[serde(default)]
        how: Stop,
        /// The clock's own time that it ran (ms).
        #[serde(default)]
        used: Option<i64>,
    },
    /// A clock stands still while the desk waits for the customer.
    ClockPaused { clock: ClockKind, cycle: i64 },
    /// A clock has another deadline: its pause ended, severity or category changed, or it was computed anew.
    ClockMoved {
        clock: ClockKind,
        cycle: i64,
        /// Why; none: its pause ended.
        cause: Option<Cause>,
        /// By what it is measured now.
        terms: Terms,
        /// When it stood still, or still does, as the new deadline counts it.
        pauses: Vec<Stretch>,
        /// When what is due now.
        #[serde(flatten)]
        schedule: Schedule,
    },
    /// A run that had ended with a resolution goes on, since the complaint is open again.
    ClockContinued {
        clock: ClockKind,
        cycle: i64,
        /// By what it is measured.
        terms: Terms,
        /// When what is due.
        #[serde(flatten)]
        schedule: Schedule,
    },
    /// A reminder went on its way.
    Nudged {
        clock: ClockKind,
        cycle: i64,
        /// How many of its nudges are thereby done.
        level: i64,
        /// The deadline that it spoke of (Unix ms).
        #[serde(default)]
        deadline: i64,
        /// Whether nobody was told, since an incident speaks for the complaint.
        #[serde(default)]
        hushed: bool,
    },
    /// A reminder was put off.
    Snoozed {
        clock: ClockKind,
        cycle: i64,
        /// Until when (Unix ms), before the deadline.
        until: i64,
        by: Option<Person>,
        reason: String,
    },
    /// A deadline was missed. Never erased.
    ClockBreached {
        clock: ClockKind,
        cycle: i64,
        /// The deadline that was missed (Unix ms).
        deadline: i64,
        /// The target of that time.
        #[serde(default)]
        target: Target,
        /// Why.
        #[serde(default)]
        cause: Cause,
        /// The severity of that time.
        #[serde(default)]
        severity: Severity,
        /// Whose it was then.
        #[serde(default)]
        owner: Option<Person>,
    },
    /// Somebody further up was told of a missed deadline.
    Escalated {
        clock: ClockKind,
        cycle: i64,
        /// How many rungs of the ladder are thereby done.
        rung: i64,
        /// Who was told.
        to: Vec<Addressee>,
    },
    /// The desk waits for the customer.
    WaitStarted {
        /// Who says so.
        by: Person,
        /// What for; may be empty.
        reason: String,
    },
    /// The desk waits no more.
    WaitEnded {
        /// Whether it was the customer's message that ended it.
        answered: bool,
    },
    /// Something was said elsewhere than on Discord, or is to be.
    Speech(speech::Fact),
    /// Its case file was made for somebody.
    Exported {
        /// The language of the page.
        lang: Lang,
        /// Whether contract and telephone numbers stand there whole.
        whole: bool,
    },
    /// The customer's last message needs no answer, a member of staff says.
    NoAnswerNeeded,
    /// The customer's last message asks for nothing: it came when the matter was over.
    Thanked,
    /// The customer was told where their messages went; until the burst is over they are not told again.
    Acknowledged,
    /// It waits in an incident's list: many feel the same, and one message stands for all of them.
    Listed { incident: IncidentId },
    /// Something for its desk thread, which it does not have yet.
    HeldForThread { post: ThreadPost },
    /// It gets a card and a thread of its own.
    Opened {
        /// Who opened it; none: it had waited long enough.
        by: Option<Person>,
    },
    /// A person says that it is put right.
    Resolved {
        /// Counts the resolutions from 1.
        cycle: i64,
        /// One line for the customer.
        outcome: String,
        /// When the customer is asked for the rating (Unix ms).
        ask_at: i64,
        /// Who handled it, as the rating will name them.
        handler: Person,
        /// Whether the customer is told the outcome at once, and asked for the rating later.
        #[serde(default)]
        told_first: bool,
    },
    /// The outcome, for which the rating is asked later, stands in the customer's line.
    OutcomeTold { cycle: i64 },
    /// The outcome and the rating were sent on their way.
    RatingAsked { cycle: i64 },
    /// They stand in the customer's line.
    RatingDelivered {
        cycle: i64,
        channel: ChannelId,
        /// The message with the buttons.
        message: MessageId,
        /// When the one reminder is due (Unix ms).
        remind_at: i64,
        /// When the question closes (Unix ms).
        close_at: i64,
    },
    /// They could not be brought to the customer.
    RatingUndelivered { cycle: i64, reason: Undelivered },
    /// The one reminder went out.
    RatingReminded { cycle: i64 },
    /// The first tap.
    Rated {
        cycle: i64,
        /// 1 (very dissatisfied) to 5 (very satisfied).
        score: i64,
    },
    /// The second tap.
    FixedAnswered { cycle: i64, fixed: Fixed },
    /// The customer's own words to the rating.
    WordAdded {
        cycle: i64,
        text: String,
        /// Whether they wait for an answer: they are more than thanks.
        #[serde(default)]
        awaits: bool,
    },
    /// The question was closed unanswered.
    RatingClosed { cycle: i64 },
    /// It is open again.
    Reopened {
        /// Why, in somebody's words; may be empty.
        reason: String,
        /// Whether the customer did it with a press, and waits for an answer to that.
        #[serde(default)]
        awaits: bool,
        /// The message of the customer that did it; none: somebody's deed, or written before this was kept.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<MessageId>,
    },
    /// It ended well.
    Closed { reason: CloseReason },
    /// It ended as no complaint.
    Dismissed { reason: DismissReason },
    /// The customer was told the approved line of an incident.
    IncidentTold { incident: IncidentId },
    /// The talking points of an incident were put into the thread.
    TalkingPointsShown { incident: IncidentId, version: i64 },
    /// Something of it was erased; what stands before in the journal holds it no more.
    Erased { what: Erasure },
    /// A fact of a capability.
    #[serde(skip)]
    Feature(features::Fact),
}

nested! { Event::Feature(features::Fact); }

fn yes() -> bool {
    true
}

#[cfg(test)]
mod tests;
