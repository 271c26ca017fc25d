//! Writes custom ids; `read` takes exactly this back.

use std::fmt;

use super::{CustomId, VERSION};
use crate::domain::event::Fixed;

impl fmt::Display for CustomId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{VERSION}:")?;
        match self {
            Self::OpenFiling => write!(f, "open-filing"),
            Self::Filing { guild, files_of } => write!(f, "filing:{guild}:{files_of}"),
            Self::Claim(id) => write!(f, "claim:{}", id.0),
            Self::About { complaint, person, holds } => {
                write!(f, "about:{}:{person}:{}", complaint.0, if *holds { "yes" } else { "no" })
            }
            Self::OpenMore(id) => write!(f, "open-more:{}", id.0),
            Self::SetSeverity(id) => write!(f, "set-severity:{}", id.0),
            Self::SetVulnerable(id) => write!(f, "set-vulnerable:{}", id.0),
            Self::OpenPropose(id) => write!(f, "open-propose:{}", id.0),
            Self::Resume(id) => write!(f, "resume:{}", id.0),
            Self::OpenReply(id) => write!(f, "open-reply:{}", id.0),
            Self::Reply(id) => write!(f, "reply:{}", id.0),
            Self::ReplyHere => write!(f, "reply-here"),
            Self::ResolveHere => write!(f, "resolve-here"),
            Self::OpenRead(id) => write!(f, "open-read:{}", id.0),
            Self::Read(id) => write!(f, "read:{}", id.0),
            Self::SummaryRight(id) => write!(f, "summary-right:{}", id.0),
            Self::OpenSummaryWrong(id) => write!(f, "open-summary-wrong:{}", id.0),
            Self::SummaryWrong(id) => write!(f, "summary-wrong:{}", id.0),
            Self::Propose(id) => write!(f, "propose:{}", id.0),
            Self::Agree { complaint, proposal } => write!(f, "agree:{}:{proposal}", complaint.0),
            Self::OpenChange { complaint, proposal } => write!(f, "open-change:{}:{proposal}", complaint.0),
            Self::Change { complaint, proposal } => write!(f, "change:{}:{proposal}", complaint.0),
            Self::OpenSendRemedies { complaint, proposal } => {
                write!(f, "open-send-remedies:{}:{proposal}", complaint.0)
            }
            Self::SendRemedies { complaint, proposal } => {
                write!(f, "send-remedies:{}:{proposal}", complaint.0)
            }
            Self::OpenSomethingElse { complaint, proposal } => {
                write!(f, "open-something-else:{}:{proposal}", complaint.0)
            }
            Self::SomethingElse { complaint, proposal } => {
                write!(f, "something-else:{}:{proposal}", complaint.0)
            }
            Self::OpenNoteChoice { complaint, proposal } => {
                write!(f, "open-note-choice:{}:{proposal}", complaint.0)
            }
            Self::NoteChoice { complaint, proposal } => write!(f, "note-choice:{}:{proposal}", complaint.0),
            Self::AskManager { complaint, proposal } => write!(f, "ask-manager:{}:{proposal}", complaint.0),
            Self::Choose { complaint, proposal, remedy } => {
                write!(f, "choose:{}:{proposal}:{remedy}", complaint.0)
            }
            Self::FilePromise { complaint, words_of, due } => {
                write!(f, "file-promise:{}:{words_of}:{due}", complaint.0)
            }
            Self::KeepPromise { complaint, promise } => write!(f, "keep-promise:{}:{promise}", complaint.0),
            Self::KeptPromise { complaint, promise } => write!(f, "kept-promise:{}:{promise}", complaint.0),
            Self::TakeTalk(complaint) => write!(f, "take-talk:{}", complaint.0),
            Self::TalkHeld(complaint) => write!(f, "talk-held:{}", complaint.0),
            Self::OpenMovePromise { complaint, promise } => {
                write!(f, "open-move-promise:{}:{promise}", complaint.0)
            }
            Self::MovePromise { complaint, promise } => write!(f, "move-promise:{}:{promise}", complaint.0),
            Self::Refuse(id) => write!(f, "refuse:{}", id.0),
            Self::AgreeRefusal { complaint, refusal } => write!(f, "agree-refusal:{}:{refusal}", complaint.0),
            Self::AskSuperior(complaint) => write!(f, "ask-superior:{}", complaint.0),
            Self::Rest(complaint) => write!(f, "rest:{}", complaint.0),
            Self::AskQuestion(complaint) => write!(f, "ask-question:{}", complaint.0),
            Self::OpenAnswer { complaint, number } => write!(f, "open-answer:{}:{number}", complaint.0),
            Self::Answer { complaint, number } => write!(f, "answer:{}:{number}", complaint.0),
            Self::AgreeGoodwill { complaint, number } => write!(f, "agree-goodwill:{}:{number}", complaint.0),
            Self::TurnDownGoodwill { complaint, number } => {
                write!(f, "turn-down-goodwill:{}:{number}", complaint.0)
            }
            Self::OpenReturnRefusal { complaint, refusal } => {
                write!(f, "open-return-refusal:{}:{refusal}", complaint.0)
            }
            Self::ReturnRefusal { complaint, refusal } => {
                write!(f, "return-refusal:{}:{refusal}", complaint.0)
            }
            Self::OpenObject(id) => write!(f, "open-object:{}", id.0),
            Self::Object(id) => write!(f, "object:{}", id.0),
            Self::ChooseWithdraw => write!(f, "choose-withdraw"),
            Self::Withdraw(id) => write!(f, "withdraw:{}", id.0),
            Self::OpenResend { complaint, number } => write!(f, "open-resend:{}:{number}", complaint.0),
            Self::Told { complaint, number } => write!(f, "told:{}:{number}", complaint.0),
            Self::Log { medium, person, since } => write!(f, "log:{}:{person}:{since}", medium.as_str()),
            Self::LogMore { medium } => write!(f, "log-more:{}", medium.as_str()),
            Self::OpenResolve(id) => write!(f, "open-resolve:{}", id.0),
            Self::Resolve(id) => write!(f, "resolve:{}", id.0),
            Self::OpenSnooze { complaint, clock } => write!(f, "open-snooze:{}:{clock}", complaint.0),
            Self::Snooze { complaint, clock } => write!(f, "snooze:{}:{clock}", complaint.0),
            Self::NoAnswer(id) => write!(f, "no-answer:{}", id.0),
            Self::Classify(id) => write!(f, "classify:{}", id.0),
            Self::ShowContact(id) => write!(f, "show-contact:{}", id.0),
            Self::SendDraft(id) => write!(f, "send-draft:{}", id.0),
            Self::DropDraft(id) => write!(f, "drop-draft:{}", id.0),
            Self::DraftLanguage { draft, lang } => {
                write!(f, "draft-language:{}:{}", draft.0, lang.as_str())
            }
            Self::ChooseDesk(id) => write!(f, "choose-desk:{}", id.0),
            Self::Rate { complaint, cycle, score } => write!(f, "rate:{}:{cycle}:{score}", complaint.0),
            Self::Fixed { complaint, cycle, fixed } => {
                let fixed = match fixed {
                    Fixed::Yes => "yes",
                    Fixed::Partly => "partly",
                    Fixed::No => "no",
                };
                write!(f, "fixed:{}:{cycle}:{fixed}", complaint.0)
            }
            Self::OpenWord { complaint, cycle } => write!(f, "open-word:{}:{cycle}", complaint.0),
            Self::Word { complaint, cycle } => write!(f, "word:{}:{cycle}", complaint.0),
            Self::Reopen { complaint, cycle } => write!(f, "reopen:{}:{cycle}", complaint.0),
            Self::OpenSort { complaint, message } => write!(f, "open-sort:{}:{message}", complaint.0),
            Self::Sort { complaint, message } => write!(f, "sort:{}:{message}", complaint.0),
            Self::OpenWrite(id) => write!(f, "open-write:{}", id.0),
            Self::Write(id) => write!(f, "write:{}", id.0),
            Self::Language { complaint, lang } => write!(f, "language:{}:{}", complaint.0, lang.as_str()),
            Self::OpenListed { incident, most } => write!(f, "open-listed:{}:{most}", incident.0),
            Self::Approve { incident, version } => write!(f, "approve:{}:{version}", incident.0),
            Self::Declare { playbook, options_of } => write!(f, "declare:{options_of}:{playbook}"),
            Self::Update { incident, options_of } => write!(f, "update:{}:{options_of}", incident.0),
            Self::DataExport(own) => write!(f, "data-export:{}:{}", own.person, own.guild),
            Self::DataErase(own) => write!(f, "data-erase:{}:{}", own.person, own.guild),
            Self::DataEraseNow(own) => write!(f, "data-erase-now:{}:{}", own.person, own.guild),
            Self::OpenDataRequest(own) => write!(f, "open-data-request:{}:{}", own.person, own.guild),
            Self::DataRequest(own) => write!(f, "data-request:{}:{}", own.person, own.guild),
            Self::OpenAnswerRequest(id) => write!(f, "open-answer-request:{}", id.0),
            Self::AnswerRequest(id) => write!(f, "answer-request:{}", id.0),
            Self::DoKept { of } => write!(f, "do-kept:{of}"),
            Self::OpenKept { of } => write!(f, "open-kept:{of}"),
            Self::TimeKept { of, at } => write!(f, "time-kept:{of}:{at}"),
            Self::SayKept { complaint, of } => write!(f, "say-kept:{}:{of}", complaint.0),
        }
    }
}
