//! What is posted: in the desk thread, in the desk's own channels, and in the customer's line.

use serde::{Deserialize, Serialize};

use crate::domain::command::Answer;
use crate::domain::complaint::FileRef;
use crate::domain::composure::Cover;
use crate::domain::disposition::Legacy;
use crate::domain::event::{DismissReason, Fixed, Medium, Undelivered};
use crate::domain::notice::Notice;
use crate::domain::proposal::{Proposal, Remedy};
use crate::features;
use crate::kernel::core::Twin;
use crate::kernel::extra::Extra;
use crate::kernel::ids::{IncidentId, MessageId};
use crate::kernel::nested::nested;
use crate::kernel::people::Person;

/// What the desk thread is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", tag = "post", rename_all = "kebab-case")]
pub enum ThreadPost {
    /// Words of the filing that the card had no room for.
    MoreWords,
    /// Files that came with the filing.
    FiledFiles {
        /// Which; Discord takes ten with one message.
        files: Vec<FileRef>,
    },
    /// The customer wrote.
    CustomerWrote {
        /// Their message.
        message: MessageId,
        /// Their words; empty where Discord gave none.
        text: String,
        /// Files that came along.
        files: Vec<FileRef>,
        /// What else came along.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        extras: Vec<Extra>,
        /// Whether it calls nobody, since they were called for the one before it and have not answered yet.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        quiet: bool,
    },
    /// What else came with the filing.
    CameAlong {
        /// What.
        extras: Vec<Extra>,
    },
    /// The customer said something elsewhere, as a member of staff wrote down.
    CustomerSpoke {
        /// How.
        medium: Medium,
        /// When (Unix ms), where that was before it was written down.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        since: Option<i64>,
        /// What.
        text: String,
    },
    /// Somebody must tell the customer.
    ToTell {
        /// Which of what is to be told.
        number: i64,
        /// What.
        what: CustomerPost,
    },
    /// Somebody agreed to a proposal elsewhere than in the thread.
    ProposalDecided {
        /// As it stands now.
        proposal: Box<Proposal>,
    },
    /// Somebody wants a proposal changed, and said so elsewhere than in the thread.
    ChangeAsked {
        /// Who.
        by: Person,
        /// How.
        text: String,
    },
    /// The customer says what the summary gets wrong.
    SummaryCorrected {
        /// Their words.
        text: String,
    },
    /// The customer chose one of the remedies.
    RemedyChosen {
        /// Which.
        remedy: Remedy,
    },
    /// The customer chose elsewhere, as a member of staff wrote down.
    ChoiceNoted {
        /// Who wrote it down.
        by: Person,
        /// What was chosen.
        remedy: Remedy,
        /// How they said it.
        medium: Medium,
        /// When (Unix ms).
        at: i64,
    },
    /// The customer wants something else.
    SomethingElse {
        /// Their words.
        text: String,
    },
    /// The customer wants to talk with a manager.
    ManagerAsked,
    /// A manager takes it on to talk with them.
    ManagerTakes {
        /// Who.
        by: Person,
    },
    /// A manager has spoken with them.
    ManagerSpoke {
        /// Who.
        by: Person,
    },
    /// The customer changed a message.
    CustomerEdited {
        /// The new words.
        text: String,
        /// Whether they wait for an answer.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        awaits: bool,
    },
    /// The customer deleted a message.
    CustomerDeleted,
    /// The customer's last message belongs to another complaint.
    MessageMoved {
        /// The number of that complaint.
        to: i64,
        /// Whether this one has ended again as before.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        ends_again: bool,
    },
    /// What became of a reply whose writer's answer could not be kept up to date.
    ReplyRecord {
        /// Whose reply.
        by: Person,
        /// The words.
        text: String,
        /// Whether it stands in the customer's line.
        delivered: bool,
        /// The interaction whose answer is this record, where its writer waits for it: then this waits as well, and is
        /// sent only if that answer never came to stand there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        asked: Option<u64>,
        /// Why it does not, if that is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Undelivered>,
    },
    /// Words of the desk did not arrive: somebody tells the customer otherwise, or changes them.
    NotReached {
        /// Which of what is to be told.
        number: i64,
        /// What.
        what: CustomerPost,
        /// Why not.
        reason: Undelivered,
    },
    /// The customer writes directly again, and is answered there.
    LineDirect,
    /// What was done at the wish of somebody in the thread, where the answer to them does not stand there as its record.
    Answered {
        /// Who asked.
        by: Person,
        /// What they were told.
        answer: Box<Answer>,
        /// The interaction whose answer is this record: this waits, and is sent only if that answer never came to stand
        /// there.
        asked: u64,
    },
    /// Deadlines are near; the owner is mentioned.
    Nudges {
        /// Which.
        notices: Vec<Notice>,
    },
    /// The customer is reached by a private thread from here on.
    LineMoved,
    /// There is no way to the customer.
    LineLost,
    /// The customer answered the rating.
    Rated {
        /// 1 to 5.
        score: i64,
    },
    /// The customer answered *Is it fixed?*
    FixedAnswered {
        /// The answer.
        fixed: Fixed,
    },
    /// The customer's own words to the rating.
    Word {
        /// The words.
        text: String,
        /// Whether they wait for an answer.
        #[serde(default)]
        awaits: bool,
    },
    /// It is open again.
    Reopened {
        /// By whom; none: the customer.
        by: Option<Person>,
        /// Why; may be empty.
        reason: String,
    },
    /// It is closed, in one line.
    Closed,
    /// The customer withdrew it.
    Withdrawn {
        /// Their words; may be empty.
        text: String,
    },
    /// It is looked after in another complaint.
    MergedInto {
        /// Which.
        twin: Twin,
    },
    /// Another complaint is looked after here.
    MergedFrom {
        /// What it leaves.
        legacy: Box<Legacy>,
    },
    /// Approved talking points that concern this complaint.
    TalkingPoints {
        /// The incident.
        incident: IncidentId,
        /// The version.
        version: i64,
    },
    /// What a capability says.
    #[serde(skip)]
    Feature(features::ToThread),
}

nested! { ThreadPost::Feature(features::ToThread); }

/// What the desk is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "post", rename_all = "kebab-case")]
pub enum DeskPost {
    /// Somebody rests for a moment.
    Resting {
        /// Who.
        by: Person,
        /// Until when (Unix ms).
        until: i64,
        /// What is due meanwhile.
        cover: Vec<Cover>,
    },
}

/// What managers are told about a complaint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", tag = "post", rename_all = "kebab-case")]
pub enum ManagerPost {
    /// A proposal waits for somebody with the authority for it.
    ProposalWaits {
        /// Whether only head office has.
        head_office: bool,
    },
    /// The customer wants to talk with a manager.
    ManagerAsked,
    /// A member of staff asks a superior to look at how the customer speaks.
    SuperiorAsked {
        /// Who.
        by: Person,
    },
    /// Whoever had the complaint has lost the staff role.
    OwnerLeft {
        /// Who.
        owner: Person,
    },
    /// The complaint is about somebody of the desk, who does not handle it.
    AboutColleague {
        /// Who.
        person: Person,
        /// Who said so; none: it stands in the customer's words.
        by: Option<Person>,
    },
    /// The customer's words may mean somebody of the desk.
    MayBeAbout {
        /// Who.
        person: Person,
    },
    /// The customer's words to the rating of a complaint about somebody of the desk, which the thread does not show.
    RatingWord {
        /// The words.
        text: String,
    },
    /// Somebody agreed to what they wrote themselves, as the configuration lets them.
    AgreedAlone {
        /// Who.
        by: Person,
    },
    /// A rating of 1 or 2.
    LowRating {
        /// The resolution.
        cycle: i64,
    },
    /// The customer says that it is not fixed.
    NotFixed {
        /// The resolution.
        cycle: i64,
    },
    /// What a capability says.
    #[serde(skip)]
    Feature(features::ToManagers),
}

nested! { ManagerPost::Feature(features::ToManagers); }

/// What the customer is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", tag = "post", rename_all = "kebab-case")]
pub enum CustomerPost {
    /// The receipt once more, in the line.
    Receipt,
    /// A person's reply.
    Reply {
        /// Which.
        reply: i64,
        /// Who wrote it.
        by: Person,
        /// The words.
        text: String,
        /// Files that go along.
        files: Vec<FileRef>,
    },
    /// How a person sums the matter up, to be agreed to.
    Summary {
        /// Who.
        by: Person,
        /// In one line.
        summary: String,
    },
    /// What a person proposes, to be chosen from.
    Remedies {
        /// The proposal.
        proposal: i64,
        /// Who.
        by: Person,
        /// The words before them.
        text: String,
    },
    /// What they agreed to elsewhere, as a member of staff wrote down.
    Agreed {
        /// Who.
        by: Person,
        /// What is agreed.
        remedy: Remedy,
        /// How they said it.
        medium: Medium,
    },
    /// The outcome with the one-minute rating.
    Outcome {
        /// The resolution.
        cycle: i64,
    },
    /// The outcome alone: it is no hour to ask for anything.
    OutcomeAlone {
        /// The resolution.
        cycle: i64,
    },
    /// The one-minute rating of an outcome that was told before.
    RatingQuestion {
        /// The resolution.
        cycle: i64,
    },
    /// The one reminder of it.
    RatingReminder {
        /// The resolution.
        cycle: i64,
    },
    /// The approved line of an incident.
    IncidentLine {
        /// The incident.
        incident: IncidentId,
        /// The approved words, in their language.
        text: String,
    },
    /// It is open again.
    Reopened,
    /// Their message was taken as thanks; one press opens it again.
    OpenAgain {
        /// The resolution; 0: it was none.
        cycle: i64,
    },
    /// It was closed since nobody objected.
    ClosedBySilence,
    /// It was dismissed.
    Dismissed {
        /// Why.
        reason: DismissReason,
    },
    /// It was withdrawn, as a member of staff heard.
    Withdrawn,
    /// Another complaint of theirs is looked after together with this one.
    Merged {
        /// The number of the other one.
        from: i64,
    },
    /// How to write in a private thread where the bot cannot read plain messages.
    HowToWrite,
    /// Several complaints are open: which one took the last message.
    Sorted {
        /// The customer's message.
        message: MessageId,
    },
    /// What a capability says.
    #[serde(skip)]
    Feature(features::ToCustomer),
}

nested! { CustomerPost::Feature(features::ToCustomer); }
