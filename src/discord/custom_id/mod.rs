//! Custom ids: typed, versioned values that mean the same after a restart.

mod sight;

use std::str::FromStr;

use crate::domain::event::{Fixed, Medium};
use crate::features;
use crate::kernel::ids::{ComplaintId, DraftId, GuildId, IncidentId, MessageId, RequestId, UserId};
use crate::kernel::lang::Lang;
use crate::kit::custom_id::{Segment, VERSION, Within, custom_ids, put};
use crate::sla::clocks::ClockKind;

pub use sight::{mark, mark_as_of, seen};

custom_ids! {
    /// What a button, a select or a form means.
    pub enum CustomId, else Feature(features::discord::Press);

    /// Opens the filing form.
    alone "open-filing" => OpenFiling,
    /// The filing form, with the desk and the interaction whose files it takes along.
    alone "filing" => Filing { guild: GuildId, files_of: u64 },
    /// Takes the complaint.
    in_place "claim" => Claim(complaint: ComplaintId),
    /// It is about this person of the desk, or not after all.
    in_place "about" => About { complaint: ComplaintId, person: UserId, holds: bool },
    /// Opens what is seldom pressed, and every field.
    alone "open-more" => OpenMore(complaint: ComplaintId),
    /// Chooses how bad it is.
    in_place "set-severity" => SetSeverity(complaint: ComplaintId),
    /// Chooses whether the customer is vulnerable.
    in_place "set-vulnerable" => SetVulnerable(complaint: ComplaintId),
    /// Opens the form of a proposal.
    alone "open-propose" => OpenPropose(complaint: ComplaintId),
    /// The desk waits for the customer no more.
    record "resume" => Resume(complaint: ComplaintId),
    /// Opens the reply form.
    alone "open-reply" => OpenReply(complaint: ComplaintId),
    /// The reply form.
    record "reply" => Reply(complaint: ComplaintId),
    /// The reply form for the complaint of the thread it is used in.
    record "reply-here" => ReplyHere,
    /// Opens the form of the recording.
    alone "open-read" => OpenRead(complaint: ComplaintId),
    /// The form of the recording.
    record "read" => Read(complaint: ComplaintId),
    /// The customer: that's right.
    in_place "summary-right" => SummaryRight(complaint: ComplaintId),
    /// Opens the form for what a summary gets wrong.
    alone "open-summary-wrong" => OpenSummaryWrong(complaint: ComplaintId),
    /// The form for what a summary gets wrong.
    in_place "summary-wrong" => SummaryWrong(complaint: ComplaintId),
    /// The form of a proposal.
    record "propose" => Propose(complaint: ComplaintId),
    /// Agrees to a proposal.
    record "agree" => Agree { complaint: ComplaintId, proposal: i64 },
    /// Opens the form that asks for a change of a proposal.
    alone "open-change" => OpenChange { complaint: ComplaintId, proposal: i64 },
    /// The form that asks for a change of a proposal.
    record "change" => Change { complaint: ComplaintId, proposal: i64 },
    /// Opens the form that sends a proposal.
    alone "open-send-remedies" => OpenSendRemedies { complaint: ComplaintId, proposal: i64 },
    /// The form that sends a proposal.
    in_place "send-remedies" => SendRemedies { complaint: ComplaintId, proposal: i64 },
    /// The customer: this one.
    in_place "choose" => Choose { complaint: ComplaintId, proposal: i64, remedy: i64 },
    /// Opens the form for something else.
    alone "open-something-else" => OpenSomethingElse { complaint: ComplaintId, proposal: i64 },
    /// The form for something else.
    in_place "something-else" => SomethingElse { complaint: ComplaintId, proposal: i64 },
    /// The customer: to talk with a manager.
    in_place "ask-manager" => AskManager { complaint: ComplaintId, proposal: i64 },
    /// Opens the form of what the customer chose elsewhere.
    alone "open-note-choice" => OpenNoteChoice { complaint: ComplaintId, proposal: i64 },
    /// The form of what the customer chose elsewhere.
    alone "note-choice" => NoteChoice { complaint: ComplaintId, proposal: i64 },
    /// Files the promise whose words a command kept, for this instant.
    in_place "file-promise" => FilePromise { complaint: ComplaintId, words_of: u64, due: i64 },
    /// The promise was kept.
    in_place "keep-promise" => KeepPromise { complaint: ComplaintId, promise: i64 },
    /// The form for what came of a promise that is kept before its hour.
    in_place "kept-promise" => KeptPromise { complaint: ComplaintId, promise: i64 },
    /// Takes it on to talk with the customer.
    in_place "take-talk" => TakeTalk(complaint: ComplaintId),
    /// The customer was spoken with.
    in_place "talk-held" => TalkHeld(complaint: ComplaintId),
    /// Opens the form that moves a promise.
    alone "open-move-promise" => OpenMovePromise { complaint: ComplaintId, promise: i64 },
    /// The form that moves a promise.
    in_place "move-promise" => MovePromise { complaint: ComplaintId, promise: i64 },
    /// Asks a superior to look at how the customer speaks.
    alone "ask-superior" => AskSuperior(complaint: ComplaintId),
    /// Rests for five minutes.
    alone "rest" => Rest(complaint: ComplaintId),
    /// The select of complaints that can be withdrawn.
    alone "choose-withdraw" => ChooseWithdraw,
    /// The form that withdraws a complaint.
    alone "withdraw" => Withdraw(complaint: ComplaintId),
    /// The customer was told by voice.
    in_place "told" => Told { complaint: ComplaintId, number: i64 },
    /// Opens the form of words that did not arrive, to be changed and sent again.
    alone "open-resend" => OpenResend { complaint: ComplaintId, number: i64 },
    /// The form of a complaint that a customer spoke elsewhere.
    alone "log" => Log { medium: Medium, person: UserId, since: i64 },
    /// The form in which the customer of a thread says more elsewhere.
    alone "log-more" => LogMore { medium: Medium },
    /// The same, with when they said it (Unix ms).
    alone "log-more-at" => LogMoreAt { medium: Medium, since: i64 },
    /// Opens the resolve form.
    alone "open-resolve" => OpenResolve(complaint: ComplaintId),
    /// The resolve form.
    record "resolve" => Resolve(complaint: ComplaintId),
    /// The resolve form for the complaint of the thread it is used in.
    record "resolve-here" => ResolveHere,
    /// Opens the form that puts a reminder off.
    alone "open-snooze" => OpenSnooze { complaint: ComplaintId, clock: ClockKind },
    /// The form that puts a reminder off.
    in_place "snooze" => Snooze { complaint: ComplaintId, clock: ClockKind },
    /// The customer's last message needs no answer.
    in_place "no-answer" => NoAnswer(complaint: ComplaintId),
    /// The card's select of categories.
    in_place "classify" => Classify(complaint: ComplaintId),
    /// Shows the whole contact to staff.
    alone "show-contact" => ShowContact(complaint: ComplaintId),
    /// Files a draft.
    in_place "send-draft" => SendDraft(draft: DraftId),
    /// Drops a draft.
    in_place "drop-draft" => DropDraft(draft: DraftId),
    /// The draft in the other language.
    in_place "draft-language" => DraftLanguage { draft: DraftId, lang: Lang },
    /// The draft's select of desks.
    in_place "choose-desk" => ChooseDesk(draft: DraftId),
    /// The first tap of a rating.
    in_place "rate" => Rate { complaint: ComplaintId, cycle: i64, score: Within<1, 5> },
    /// The second tap.
    in_place "fixed" => Fixed { complaint: ComplaintId, cycle: i64, fixed: Fixed },
    /// Opens the form for the customer's own words.
    alone "open-word" => OpenWord { complaint: ComplaintId, cycle: i64 },
    /// The form for the customer's own words.
    in_place "word" => Word { complaint: ComplaintId, cycle: i64 },
    /// The customer opens it again.
    in_place "reopen" => Reopen { complaint: ComplaintId, cycle: i64 },
    /// Asks which complaint a message belongs to.
    in_place "open-sort" => OpenSort { complaint: ComplaintId, message: MessageId },
    /// The select of complaints for a message.
    in_place "sort" => Sort { complaint: ComplaintId, message: MessageId },
    /// Opens the form of a private thread.
    alone "open-write" => OpenWrite(complaint: ComplaintId),
    /// The form of a private thread.
    alone "write" => Write(complaint: ComplaintId),
    /// The other language.
    in_place "language" => Language { complaint: ComplaintId, lang: Lang },
    /// Opens those who have waited longest in an incident's list.
    alone "open-listed" => OpenListed { incident: IncidentId, most: Within<1, 25> },
    /// Approves a version of talking points.
    in_place "approve" => Approve { incident: IncidentId, version: i64 },
    /// The form of a new incident; the playbook and what the options filled are kept beside it.
    alone "declare" => Declare { options_of: u64, playbook: String },
    /// The form of an incident's next version.
    alone "update" => Update { incident: IncidentId, options_of: u64 },
    /// Exports a person's own data.
    alone "data-export" => DataExport(own: OwnData),
    /// Shows what would be erased.
    in_place "data-erase" => DataErase(own: OwnData),
    /// Erases it.
    in_place "data-erase-now" => DataEraseNow(own: OwnData),
    /// Opens the form for anything else about it.
    alone "open-data-request" => OpenDataRequest(own: OwnData),
    /// The form for anything else about it.
    alone "data-request" => DataRequest(own: OwnData),
    /// Opens the form that answers a request about somebody's data.
    alone "open-answer-request" => OpenAnswerRequest(request: RequestId),
    /// The form that answers a request about somebody's data.
    alone "answer-request" => AnswerRequest(request: RequestId),
    /// Does all the same what was kept when it was asked again.
    in_place "do-kept" => DoKept { of: u64 },
    /// Opens the form again with the words that were kept.
    alone "open-kept" => OpenKept { of: u64 },
    /// Sends the form that was kept, with this for the time that was not clear in it.
    in_place "time-kept" => TimeKept { of: u64, at: i64 },
    /// The customer: sends the words that were kept as a message.
    in_place "say-kept" => SayKept { complaint: ComplaintId, of: u64 },
}

/// Whose data, and which desk's: nobody else's press does anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnData {
    /// The person.
    pub person: UserId,
    /// The server; 0: in direct messages, all of them.
    pub guild: GuildId,
}

impl Segment for OwnData {
    fn write(&self, id: &mut String) {
        self.person.write(id);
        self.guild.write(id);
    }

    fn read<'a>(parts: &mut impl Iterator<Item = &'a str>) -> Option<Self> {
        Some(Self { person: Segment::read(parts)?, guild: Segment::read(parts)? })
    }
}

/// Values with stable names of their own.
macro_rules! named {
    ($($type:ty: $name:expr, $parse:expr;)*) => {$(
        impl Segment for $type {
            fn write(&self, id: &mut String) {
                put(id, ($name)(self));
            }

            fn read<'a>(parts: &mut impl Iterator<Item = &'a str>) -> Option<Self> {
                ($parse)(parts.next()?)
            }
        }
    )*};
}

named! {
    Medium: |held: &Medium| held.as_str(), Medium::parse;
    ClockKind: |held: &ClockKind| held.as_str(), ClockKind::parse;
    Fixed: fixed_name, |name: &str| [Fixed::Yes, Fixed::Partly, Fixed::No].into_iter().find(|held| fixed_name(held) == name);
}

fn fixed_name(fixed: &Fixed) -> &'static str {
    match fixed {
        Fixed::Yes => "yes",
        Fixed::Partly => "partly",
        Fixed::No => "no",
    }
}

/// What stands between the version and how much of the complaint's journal the reader had before their eyes.
const SEEN: char = '~';

/// A custom id that this program never wrote, or wrote in another version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Foreign;

impl FromStr for CustomId {
    type Err = Foreign;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut parts = text.split(':');
        let (version, name) = (parts.next().ok_or(Foreign)?, parts.next().ok_or(Foreign)?);
        let known = match version.split_once(SEEN) {
            Some((version, seen)) => version == VERSION && seen.parse::<i64>().is_ok_and(|seen| seen >= 0),
            None => version == VERSION,
        };
        if !known {
            return Err(Foreign);
        }
        Self::parts(name, parts).ok_or(Foreign)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_reads_back_and_fits() {
        let (complaint, incident) = (ComplaintId(i64::MAX), IncidentId(i64::MAX));
        let (message, guild) = (MessageId(u64::MAX), GuildId(u64::MAX));
        for id in [
            CustomId::OpenFiling,
            CustomId::Filing { guild, files_of: u64::MAX },
            CustomId::Claim(complaint),
            CustomId::ReplyHere,
            CustomId::ResolveHere,
            CustomId::OpenReply(complaint),
            CustomId::OpenRead(complaint),
            CustomId::Read(complaint),
            CustomId::SummaryRight(complaint),
            CustomId::About { complaint, person: UserId(u64::MAX), holds: true },
            CustomId::About { complaint, person: UserId(7), holds: false },
            CustomId::AskSuperior(complaint),
            CustomId::Rest(complaint),
            CustomId::ChooseWithdraw,
            CustomId::Told { complaint, number: 3 },
            CustomId::OpenResend { complaint, number: 3 },
            CustomId::Log { medium: Medium::InPerson, person: UserId(u64::MAX), since: i64::MAX },
            CustomId::LogMore { medium: Medium::Mail },
            CustomId::LogMoreAt { medium: Medium::Phone, since: i64::MAX },
            CustomId::Withdraw(complaint),
            CustomId::OpenSummaryWrong(complaint),
            CustomId::SummaryWrong(complaint),
            CustomId::FilePromise { complaint, words_of: u64::MAX, due: i64::MAX },
            CustomId::KeepPromise { complaint, promise: i64::MAX },
            CustomId::KeptPromise { complaint, promise: i64::MAX },
            CustomId::TakeTalk(complaint),
            CustomId::TalkHeld(complaint),
            CustomId::OpenMovePromise { complaint, promise: 1 },
            CustomId::MovePromise { complaint, promise: 1 },
            CustomId::Rate { complaint, cycle: i64::MAX, score: Within(5) },
            CustomId::Fixed { complaint, cycle: 1, fixed: Fixed::Partly },
            CustomId::Sort { complaint, message },
            CustomId::OpenSnooze { complaint, clock: ClockKind::ReceiptNotice },
            CustomId::Snooze { complaint, clock: ClockKind::Reply },
            CustomId::NoAnswer(complaint),
            CustomId::Language { complaint, lang: Lang::En },
            CustomId::DraftLanguage { draft: DraftId(7), lang: Lang::Vi },
            CustomId::Approve { incident, version: 2 },
            CustomId::OpenListed { incident, most: Within(10) },
            CustomId::Declare { playbook: "billing-error".to_owned(), options_of: u64::MAX },
            CustomId::Update { incident, options_of: 1 },
            CustomId::OpenDataRequest(OwnData { person: UserId(u64::MAX), guild }),
            CustomId::OpenAnswerRequest(RequestId(i64::MAX)),
            CustomId::DoKept { of: u64::MAX },
            CustomId::OpenKept { of: 1 },
            CustomId::TimeKept { of: u64::MAX, at: i64::MAX },
            CustomId::SayKept { complaint, of: u64::MAX },
        ] {
            let text = id.to_string();
            assert!(text.len() <= 100, "{text}");
            assert_eq!(text.parse(), Ok(id), "{text}");
        }
    }

    #[test]
    fn forged_and_stale_ids_are_foreign() {
        for text in [
            "",
            "claim:1",
            "2:claim:1",
            "1:claim",
            "1:claim:x",
            "1:claim:1:2",
            "1:rate:1:1:6",
            "1:rate:1:1:0",
            "1:snooze:1:sleep",
            "1:open-listed:1:1000",
            "1~:claim:1",
            "1~-1:claim:1",
            "2~1:claim:1",
            "🎉",
        ] {
            assert_eq!(text.parse::<CustomId>(), Err(Foreign), "{text}");
        }
    }
}
