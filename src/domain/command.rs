//! What people and the program ask of a complaint, and what the asking person is told.

use serde::{Deserialize, Serialize};

use super::colleague;
use super::complaint::Complaint;
use super::complaint::FileRef;
use super::context::Needs;
use super::disposition;
use super::draft::Draft;
use super::event::{DismissReason, Fixed, Medium};
use super::procedure::{Deed, Done};
use super::timer::Slot;
use crate::features;
use crate::kernel::extra::Extra;
use crate::kernel::ids::{ChannelId, ComplaintId, IncidentId, MessageId, UserId};
use crate::kernel::lang::Lang;
use crate::kernel::nested::nested;
use crate::kernel::people::Person;
use crate::kernel::severity::Severity;
use crate::sla::clocks::ClockKind;

pub use super::outcome::{Delivery, ToCustomer};
pub use super::refusal::Refusal;

impl Command {
    /// What must be looked up before it can be decided.
    pub fn needs(&self, complaint: &Complaint) -> Needs {
        match self {
            Self::Procedure(deed) => {
                Needs { agreement: deed.agreement(&complaint.features.procedure), ..Needs::default() }
            }
            Self::Feature(command) => command.needs(&complaint.features),
            Self::Rest => Needs { cover: true, ..Needs::default() },
            _ => Needs::default(),
        }
    }
}

/// One request to a complaint. Who may ask for it is checked before (`desk`).
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Take it.
    Claim,
    /// Give it to somebody.
    Assign {
        /// Whom.
        to: Person,
    },
    /// Say what it is about; what is none stays.
    Classify {
        /// Id of a category.
        category: Option<String>,
        /// How bad it is.
        severity: Option<Severity>,
        /// Whom of the desk it is about.
        about: Option<Person>,
    },
    /// Whoever has it is no staff any more.
    OwnerLeft {
        /// Who.
        owner: UserId,
    },
    /// Say whom of the desk it is about.
    About(colleague::Deed),
    /// Keep words in the case file.
    Note {
        /// The words.
        text: String,
    },
    /// Answer the customer.
    Reply {
        /// The words.
        text: String,
        /// Files that go along.
        files: Vec<FileRef>,
        /// Why a manager lets it offer what the table of authority does not cover.
        allowed: Option<String>,
    },
    /// A step of the procedure.
    Procedure(Deed),
    /// Withdraw it, or merge it with another one.
    Disposition(disposition::Deed),
    /// Ask a superior to look at how the customer speaks.
    AskSuperior,
    /// Rest for five minutes.
    Rest,
    /// A request to a capability.
    Feature(features::Command),
    /// Say that it is put right.
    Resolve {
        /// One line for the customer.
        outcome: String,
    },
    /// Open it again.
    Reopen {
        /// Why.
        reason: String,
    },
    /// End it as no complaint.
    Dismiss {
        /// Why.
        reason: DismissReason,
    },
    /// The customer wrote.
    CustomerWrote {
        /// Their message.
        message: MessageId,
        /// Their words.
        text: String,
        /// Files that came along.
        files: Vec<FileRef>,
        /// What else came along.
        extras: Vec<Extra>,
        /// Whether the message had to be sorted among several open complaints.
        sorted: bool,
    },
    /// The customer wrote in a private thread, and Discord kept the words from the bot.
    CustomerWroteUnread {
        /// Their message.
        message: MessageId,
    },
    /// The customer changed a message.
    CustomerEdited {
        /// Which.
        message: MessageId,
        /// The new words.
        text: String,
    },
    /// The customer deleted a message.
    CustomerDeleted {
        /// Which.
        message: MessageId,
    },
    /// The customer wrote directly, while they were reached otherwise or not at all.
    DirectOpened {
        /// Their direct messages.
        channel: ChannelId,
    },
    /// A message of the customer belongs to another complaint.
    MessageMoved {
        /// Which.
        message: MessageId,
        /// The number of the complaint that it belongs to; 0: it is a new matter.
        to: i64,
    },
    /// Tell the customer where their messages go, once a burst.
    Acknowledge {
        /// The message.
        message: MessageId,
    },
    /// The customer's first tap.
    Rate {
        /// The resolution.
        cycle: i64,
        /// 1 to 5.
        score: i64,
    },
    /// The customer's second tap.
    AnswerFixed {
        /// The resolution.
        cycle: i64,
        /// The answer.
        fixed: Fixed,
    },
    /// The customer's own words to the rating.
    AddWord {
        /// The resolution.
        cycle: i64,
        /// The words.
        text: String,
    },
    /// The customer opens it again.
    CustomerReopen {
        /// The resolution.
        cycle: i64,
    },
    /// The customer wants the other language.
    ChooseLanguage {
        /// Which.
        lang: Lang,
    },
    /// The customer is to be told the approved line of an incident.
    TellIncident {
        /// The incident.
        incident: IncidentId,
        /// The version.
        version: i64,
        /// The approved words, in their language.
        text: String,
    },
    /// The talking points of an incident are to stand in the thread.
    ShowTalkingPoints {
        /// The incident.
        incident: IncidentId,
        /// The version.
        version: i64,
    },
    /// The desk waits for the customer.
    Wait {
        /// What for; may be empty.
        reason: String,
    },
    /// The desk waits no more.
    Resume,
    /// Put the nudges of a clock off.
    Snooze {
        /// Which.
        clock: ClockKind,
        /// For how long (ms).
        for_ms: i64,
        /// Why.
        reason: String,
    },
    /// The customer's last message needs no answer.
    NoAnswerNeeded,
    /// Take it out of its incident's list: it gets a card and a thread of its own.
    Open,
    /// Make its case file.
    Export {
        /// The language of the page.
        lang: Lang,
        /// Whether contract and telephone numbers stand there whole.
        whole: bool,
    },
    /// Something was told by voice.
    Told {
        /// What of.
        number: i64,
    },
    /// The customer said something elsewhere than on Discord.
    CustomerSpoke {
        /// What stands for the message.
        message: MessageId,
        /// How they said it.
        medium: Medium,
        /// When (Unix ms); none: now.
        since: Option<i64>,
        /// What.
        text: String,
    },
    /// Compute open deadlines anew, by the policy and the calendars of now.
    Recompute,
    /// A timer is due.
    Fired {
        /// Which.
        slot: Slot,
        /// The instant it was armed for (Unix ms).
        due: i64,
        /// Whether an incident speaks for the complaint, so that it is not reminded of on its own.
        hushed: bool,
    },
    /// Something came of a letter.
    Delivered(Delivery),
}

/// What a customer was told of a resolution.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToldOutcome {
    /// The complaint's number.
    pub number: i64,
    /// The outcome.
    pub outcome: String,
}

/// What the person who asked is told. Stored with the request, so that a repeated request gets the same answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", tag = "answer", rename_all = "kebab-case")]
pub enum Answer {
    /// Nothing.
    Silent,
    /// The complaint was received.
    Receipt {
        /// The complaint.
        complaint: ComplaintId,
        /// Its number.
        number: i64,
        /// The language of the receipt.
        lang: Lang,
        /// The limit the desk publishes: a person reads it within (ms).
        within: i64,
        /// Approved lines of active incidents that concern it, in their language.
        incidents: Vec<String>,
        /// Whether it waits in the list of an incident.
        #[serde(default)]
        listed: bool,
        /// How many complaints wait to be read, where it is so many that the first answer may take longer.
        #[serde(default)]
        queue: Option<i64>,
    },
    /// It is theirs.
    Claimed {
        /// Its number.
        number: i64,
        /// The clock that is missed first, and when (Unix ms).
        next: Option<(ClockKind, i64)>,
    },
    /// It is somebody's.
    Assigned {
        /// Its number.
        number: i64,
        /// Whose.
        to: Person,
    },
    /// It is classified.
    Classified {
        /// Its number.
        number: i64,
        /// Id of the category; none while only the severity is known.
        category: Option<String>,
        /// How bad it is.
        severity: Severity,
    },
    /// It is about somebody of the desk, or not after all.
    AboutColleague {
        /// Its number.
        number: i64,
        /// Whom.
        person: Person,
        /// Whether it is.
        holds: bool,
    },
    /// The words are in the case file.
    Noted {
        /// The words.
        text: String,
    },
    /// The reply is on its way (its fate is told when it is known).
    Replied {
        /// The words.
        text: String,
        /// Names of the files that go along.
        files: Vec<String>,
        /// How they are told, where it is not by a message.
        #[serde(default)]
        spoken: Option<Medium>,
    },
    /// The customer was told by voice.
    ToldBySpeech {
        /// What of.
        number: i64,
    },
    /// What the customer said elsewhere is in the thread.
    SpeechNoted {
        /// The complaint's number.
        number: i64,
        /// How they said it.
        medium: Medium,
    },
    /// What a customer said elsewhere is a complaint now.
    Logged {
        /// Its number.
        number: i64,
        /// Whether the customer is on Discord, and hears of it there.
        on_discord: bool,
        /// Approved lines of active incidents that concern it, to be told.
        incidents: Vec<String>,
    },
    /// A step of the procedure is done.
    Procedure {
        /// What came of it.
        done: Box<Done>,
    },
    /// Something of a refusal, a withdrawal or a merger is done.
    Disposition {
        /// What came of it.
        done: Box<disposition::Done>,
    },
    /// A superior is told.
    SuperiorAsked,
    /// They rest.
    Resting {
        /// Until when (Unix ms).
        until: i64,
        /// How many complaints colleagues were asked to look after.
        covered: i64,
    },
    /// It is resolved.
    Resolved {
        /// Its number.
        number: i64,
        /// The outcome.
        outcome: String,
        /// When the customer is told (Unix ms); none: at once.
        held_until: Option<i64>,
    },
    /// The desk waits for the customer.
    Waiting {
        /// Its number.
        number: i64,
        /// What for; may be empty.
        reason: String,
        /// The clocks that stand still.
        paused: Vec<ClockKind>,
    },
    /// The desk goes on.
    Resumed {
        /// Its number.
        number: i64,
        /// The clock that is due first, and when (Unix ms).
        next: Option<(ClockKind, i64)>,
    },
    /// The nudges of a clock are put off.
    Snoozed {
        /// Its number.
        number: i64,
        /// Which clock.
        clock: ClockKind,
        /// Until when (Unix ms).
        until: i64,
        /// Why.
        reason: String,
    },
    /// Nobody waits for an answer any more.
    NoAnswerNeeded {
        /// Its number.
        number: i64,
    },
    /// It is open again.
    Reopened {
        /// Its number.
        number: i64,
    },
    /// It is dismissed.
    Dismissed {
        /// Its number.
        number: i64,
        /// Why.
        reason: DismissReason,
    },
    /// Thanks for the first tap; *Is it fixed?* comes next.
    AskFixed {
        /// The complaint.
        complaint: ComplaintId,
        /// The resolution.
        cycle: i64,
        /// The first tap.
        score: i64,
        /// What was resolved: the number and the outcome stay before the customer's eyes.
        told: ToldOutcome,
    },
    /// Thanks for the second tap.
    RatingDone {
        /// The complaint.
        complaint: ComplaintId,
        /// The resolution.
        cycle: i64,
        /// The first tap.
        score: i64,
        /// The second tap.
        fixed: Option<Fixed>,
        /// Whether the customer's own words are in.
        word: bool,
        /// Whether it was opened again.
        reopened: bool,
        /// What was resolved.
        told: ToldOutcome,
    },
    /// The customer's words reached the desk.
    CustomerHeard {
        /// Its number.
        number: i64,
    },
    /// The draft is dropped.
    DraftDropped {
        /// The language the customer is written to in.
        lang: Lang,
    },
    /// The draft as it is now shown back.
    DraftShown {
        /// The draft.
        draft: Box<Draft>,
    },
    /// The language is changed.
    LanguageChosen {
        /// The complaint.
        complaint: ComplaintId,
        /// Its number.
        number: i64,
        /// The limit the desk publishes (ms).
        within: i64,
    },
    /// What a capability says.
    #[serde(skip)]
    Feature(features::Response),
}

nested! { Answer::Feature(features::Response); }
