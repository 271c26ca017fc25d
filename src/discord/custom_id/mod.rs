//! Custom ids: typed, versioned values that mean the same after a restart. One encoder, one decoder.

mod read;
mod sight;
mod write;

use crate::domain::event::{Fixed, Medium};
use crate::kernel::ids::{ComplaintId, DraftId, GuildId, IncidentId, MessageId, RequestId, UserId};
use crate::kernel::lang::Lang;
use crate::sla::clocks::ClockKind;

/// What a button, a select or a form means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CustomId {
    /// Opens the filing form.
    OpenFiling,
    /// The filing form, with the desk and the interaction whose files it takes along.
    Filing {
        /// The desk.
        guild: GuildId,
        /// The `/complain` whose file belongs to it, or 0.
        files_of: u64,
    },
    /// Takes the complaint.
    Claim(ComplaintId),
    /// It is about this person of the desk, or not after all.
    About {
        /// The complaint.
        complaint: ComplaintId,
        /// Who.
        person: UserId,
        /// Whether it is.
        holds: bool,
    },
    /// Opens what is seldom pressed, and every field.
    OpenMore(ComplaintId),
    /// Chooses how bad it is.
    SetSeverity(ComplaintId),
    /// Chooses whether the customer is vulnerable.
    SetVulnerable(ComplaintId),
    /// Opens the form of a proposal.
    OpenPropose(ComplaintId),
    /// The desk waits for the customer no more.
    Resume(ComplaintId),
    /// Opens the reply form.
    OpenReply(ComplaintId),
    /// The reply form.
    Reply(ComplaintId),
    /// The reply form for the complaint of the thread it is used in.
    ReplyHere,
    /// Opens the form of the recording.
    OpenRead(ComplaintId),
    /// The form of the recording.
    Read(ComplaintId),
    /// The customer: that's right.
    SummaryRight(ComplaintId),
    /// Opens the form for what a summary gets wrong.
    OpenSummaryWrong(ComplaintId),
    /// The form for what a summary gets wrong.
    SummaryWrong(ComplaintId),
    /// The form of a proposal.
    Propose(ComplaintId),
    /// Agrees to a proposal.
    Agree {
        /// The complaint.
        complaint: ComplaintId,
        /// The proposal.
        proposal: i64,
    },
    /// Opens the form that asks for a change of a proposal.
    OpenChange {
        /// The complaint.
        complaint: ComplaintId,
        /// The proposal.
        proposal: i64,
    },
    /// The form that asks for a change of a proposal.
    Change {
        /// The complaint.
        complaint: ComplaintId,
        /// The proposal.
        proposal: i64,
    },
    /// Opens the form that sends a proposal.
    OpenSendRemedies {
        /// The complaint.
        complaint: ComplaintId,
        /// The proposal.
        proposal: i64,
    },
    /// The form that sends a proposal.
    SendRemedies {
        /// The complaint.
        complaint: ComplaintId,
        /// The proposal.
        proposal: i64,
    },
    /// The customer: this one.
    Choose {
        /// The complaint.
        complaint: ComplaintId,
        /// The proposal.
        proposal: i64,
        /// Which remedy, from 1.
        remedy: i64,
    },
    /// Opens the form for something else.
    OpenSomethingElse {
        /// The complaint.
        complaint: ComplaintId,
        /// The proposal.
        proposal: i64,
    },
    /// The form for something else.
    SomethingElse {
        /// The complaint.
        complaint: ComplaintId,
        /// The proposal.
        proposal: i64,
    },
    /// The customer: to talk with a manager.
    AskManager {
        /// The complaint.
        complaint: ComplaintId,
        /// The proposal.
        proposal: i64,
    },
    /// Opens the form of what the customer chose elsewhere.
    OpenNoteChoice {
        /// The complaint.
        complaint: ComplaintId,
        /// The proposal.
        proposal: i64,
    },
    /// The form of what the customer chose elsewhere.
    NoteChoice {
        /// The complaint.
        complaint: ComplaintId,
        /// The proposal.
        proposal: i64,
    },
    /// Files the promise whose words a command kept, for this instant.
    FilePromise {
        /// The complaint.
        complaint: ComplaintId,
        /// The `/case promise` whose words belong to it.
        words_of: u64,
        /// Until when (Unix ms).
        due: i64,
    },
    /// The promise was kept.
    KeepPromise {
        /// The complaint.
        complaint: ComplaintId,
        /// Which promise.
        promise: i64,
    },
    /// The form for what came of a promise that is kept before its hour.
    KeptPromise {
        /// The complaint.
        complaint: ComplaintId,
        /// Which promise.
        promise: i64,
    },
    /// Takes it on to talk with the customer.
    TakeTalk(ComplaintId),
    /// The customer was spoken with.
    TalkHeld(ComplaintId),
    /// Opens the form that moves a promise.
    OpenMovePromise {
        /// The complaint.
        complaint: ComplaintId,
        /// Which promise.
        promise: i64,
    },
    /// The form that moves a promise.
    MovePromise {
        /// The complaint.
        complaint: ComplaintId,
        /// Which promise.
        promise: i64,
    },
    /// The form of a refusal.
    Refuse(ComplaintId),
    /// Agrees to a refusal.
    AgreeRefusal {
        /// The complaint.
        complaint: ComplaintId,
        /// The refusal.
        refusal: i64,
    },
    /// Asks a superior to look at how the customer speaks.
    AskSuperior(ComplaintId),
    /// Rests for five minutes.
    Rest(ComplaintId),
    /// Asks the customer what its category needs to know.
    AskQuestion(ComplaintId),
    /// Opens the customer's form that answers a question.
    OpenAnswer {
        /// The complaint.
        complaint: ComplaintId,
        /// Which of what was asked.
        number: i64,
    },
    /// The customer's form that answers a question.
    Answer {
        /// The complaint.
        complaint: ComplaintId,
        /// Which of what was asked.
        number: i64,
    },
    /// Agrees to something given on top.
    AgreeGoodwill {
        /// The complaint.
        complaint: ComplaintId,
        /// Which.
        number: i64,
    },
    /// Turns it down.
    TurnDownGoodwill {
        /// The complaint.
        complaint: ComplaintId,
        /// Which.
        number: i64,
    },
    /// Opens the form that asks for a change of a refusal.
    OpenReturnRefusal {
        /// The complaint.
        complaint: ComplaintId,
        /// The refusal.
        refusal: i64,
    },
    /// The form that asks for a change of a refusal.
    ReturnRefusal {
        /// The complaint.
        complaint: ComplaintId,
        /// The refusal.
        refusal: i64,
    },
    /// Opens the customer's form against a refusal.
    OpenObject(ComplaintId),
    /// The customer's form against a refusal.
    Object(ComplaintId),
    /// The select of complaints that can be withdrawn.
    ChooseWithdraw,
    /// The form that withdraws a complaint.
    Withdraw(ComplaintId),
    /// The customer was told by voice.
    Told {
        /// The complaint.
        complaint: ComplaintId,
        /// Which of what was to be told.
        number: i64,
    },
    /// Opens the form of words that did not arrive, to be changed and sent again.
    OpenResend {
        /// The complaint.
        complaint: ComplaintId,
        /// Which of what was to be told.
        number: i64,
    },
    /// The form of a complaint that a customer spoke elsewhere.
    Log {
        /// How they said it.
        medium: Medium,
        /// Who, or nobody.
        person: UserId,
        /// When (Unix ms).
        since: i64,
    },
    /// The form in which the customer of a thread says more elsewhere.
    LogMore {
        /// How they said it.
        medium: Medium,
    },
    /// Opens the resolve form.
    OpenResolve(ComplaintId),
    /// The resolve form.
    Resolve(ComplaintId),
    /// The resolve form for the complaint of the thread it is used in.
    ResolveHere,
    /// Opens the form that puts a reminder off.
    OpenSnooze {
        /// The complaint.
        complaint: ComplaintId,
        /// The clock that reminded.
        clock: ClockKind,
    },
    /// The form that puts a reminder off.
    Snooze {
        /// The complaint.
        complaint: ComplaintId,
        /// The clock that reminded.
        clock: ClockKind,
    },
    /// The customer's last message needs no answer.
    NoAnswer(ComplaintId),
    /// The card's select of categories.
    Classify(ComplaintId),
    /// Shows the whole contact to staff.
    ShowContact(ComplaintId),
    /// Files a draft.
    SendDraft(DraftId),
    /// Drops a draft.
    DropDraft(DraftId),
    /// The draft in the other language.
    DraftLanguage {
        /// The draft.
        draft: DraftId,
        /// Which.
        lang: Lang,
    },
    /// The draft's select of desks.
    ChooseDesk(DraftId),
    /// The first tap of a rating.
    Rate {
        /// The complaint.
        complaint: ComplaintId,
        /// The resolution.
        cycle: i64,
        /// 1 to 5.
        score: i64,
    },
    /// The second tap.
    Fixed {
        /// The complaint.
        complaint: ComplaintId,
        /// The resolution.
        cycle: i64,
        /// The answer.
        fixed: Fixed,
    },
    /// Opens the form for the customer's own words.
    OpenWord {
        /// The complaint.
        complaint: ComplaintId,
        /// The resolution.
        cycle: i64,
    },
    /// The form for the customer's own words.
    Word {
        /// The complaint.
        complaint: ComplaintId,
        /// The resolution.
        cycle: i64,
    },
    /// The customer opens it again.
    Reopen {
        /// The complaint.
        complaint: ComplaintId,
        /// The resolution.
        cycle: i64,
    },
    /// Asks which complaint a message belongs to.
    OpenSort {
        /// The complaint that took it.
        complaint: ComplaintId,
        /// The message.
        message: MessageId,
    },
    /// The select of complaints for a message.
    Sort {
        /// The complaint that took it.
        complaint: ComplaintId,
        /// The message.
        message: MessageId,
    },
    /// Opens the form of a private thread.
    OpenWrite(ComplaintId),
    /// The form of a private thread.
    Write(ComplaintId),
    /// The other language.
    Language {
        /// The complaint.
        complaint: ComplaintId,
        /// Which.
        lang: Lang,
    },
    /// Opens those who have waited longest in an incident's list.
    OpenListed {
        /// The incident.
        incident: IncidentId,
        /// How many at most, 1 to 25.
        most: i64,
    },
    /// Approves a version of talking points.
    Approve {
        /// The incident.
        incident: IncidentId,
        /// The version.
        version: i64,
    },
    /// The form of a new incident; the playbook and what the options filled are kept beside it.
    Declare {
        /// The playbook's file name.
        playbook: String,
        /// The `/incident declare` whose options belong to it.
        options_of: u64,
    },
    /// The form of an incident's next version.
    Update {
        /// The incident.
        incident: IncidentId,
        /// The `/incident update` whose options belong to it.
        options_of: u64,
    },
    /// Exports a person's own data.
    DataExport(OwnData),
    /// Shows what would be erased.
    DataErase(OwnData),
    /// Erases it.
    DataEraseNow(OwnData),
    /// Opens the form for anything else about it.
    OpenDataRequest(OwnData),
    /// The form for anything else about it.
    DataRequest(OwnData),
    /// Opens the form that answers a request about somebody's data.
    OpenAnswerRequest(RequestId),
    /// The form that answers a request about somebody's data.
    AnswerRequest(RequestId),
    /// Does all the same what was kept when it was asked again.
    DoKept {
        /// The interaction that was not carried out.
        of: u64,
    },
    /// Opens the form again with the words that were kept.
    OpenKept {
        /// The interaction that was not carried out.
        of: u64,
    },
    /// Sends the form that was kept, with this for the time that was not clear in it.
    TimeKept {
        /// The interaction that was not carried out.
        of: u64,
        /// The time (Unix ms).
        at: i64,
    },
    /// The customer: sends the words that were kept as a message.
    SayKept {
        /// The complaint.
        complaint: ComplaintId,
        /// The interaction that was not carried out.
        of: u64,
    },
}

pub use sight::{mark, mark_as_of, seen};

/// Whose data, and which desk's: nobody else's press does anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnData {
    /// The person.
    pub person: UserId,
    /// The server; 0: in direct messages, all of them.
    pub guild: GuildId,
}

const VERSION: &str = "1";
/// What stands between the version and how much of the complaint's journal the reader had before their eyes.
const SEEN: char = '~';

/// A custom id that this program never wrote, or wrote in another version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Foreign;
