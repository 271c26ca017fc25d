//! Custom ids: typed, versioned values that mean the same after a restart. One encoder, one decoder.

use std::fmt;
use std::str::FromStr;

use crate::domain::clocks::ClockKind;
use crate::domain::event::Fixed;
use crate::domain::ids::{ComplaintId, DraftId, GuildId, IncidentId, MessageId};
use crate::domain::policy::Lang;

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
}

const VERSION: &str = "1";

impl fmt::Display for CustomId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{VERSION}:")?;
        match self {
            Self::OpenFiling => write!(f, "open-filing"),
            Self::Filing { guild, files_of } => write!(f, "filing:{guild}:{files_of}"),
            Self::Claim(id) => write!(f, "claim:{}", id.0),
            Self::OpenReply(id) => write!(f, "open-reply:{}", id.0),
            Self::Reply(id) => write!(f, "reply:{}", id.0),
            Self::ReplyHere => write!(f, "reply-here"),
            Self::ResolveHere => write!(f, "resolve-here"),
            Self::OpenRead(id) => write!(f, "open-read:{}", id.0),
            Self::Read(id) => write!(f, "read:{}", id.0),
            Self::SummaryRight(id) => write!(f, "summary-right:{}", id.0),
            Self::OpenSummaryWrong(id) => write!(f, "open-summary-wrong:{}", id.0),
            Self::SummaryWrong(id) => write!(f, "summary-wrong:{}", id.0),
            Self::FilePromise { complaint, words_of, due } => {
                write!(f, "file-promise:{}:{words_of}:{due}", complaint.0)
            }
            Self::KeepPromise { complaint, promise } => write!(f, "keep-promise:{}:{promise}", complaint.0),
            Self::OpenMovePromise { complaint, promise } => {
                write!(f, "open-move-promise:{}:{promise}", complaint.0)
            }
            Self::MovePromise { complaint, promise } => write!(f, "move-promise:{}:{promise}", complaint.0),
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
        }
    }
}

/// A custom id that this program never wrote, or wrote in another version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Foreign;

impl FromStr for CustomId {
    type Err = Foreign;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts: Vec<&str> = text.split(':').collect();
        let [VERSION, kind, rest @ ..] = parts.as_slice() else { return Err(Foreign) };
        match (*kind, rest) {
            ("open-filing", []) => Ok(Self::OpenFiling),
            ("filing", [guild, files]) => {
                Ok(Self::Filing { guild: GuildId(number(guild)?), files_of: number(files)? })
            }
            ("claim", [id]) => Ok(Self::Claim(complaint(id)?)),
            ("open-reply", [id]) => Ok(Self::OpenReply(complaint(id)?)),
            ("reply", [id]) => Ok(Self::Reply(complaint(id)?)),
            ("reply-here", []) => Ok(Self::ReplyHere),
            ("resolve-here", []) => Ok(Self::ResolveHere),
            ("open-read", [id]) => Ok(Self::OpenRead(complaint(id)?)),
            ("read", [id]) => Ok(Self::Read(complaint(id)?)),
            ("summary-right", [id]) => Ok(Self::SummaryRight(complaint(id)?)),
            ("open-summary-wrong", [id]) => Ok(Self::OpenSummaryWrong(complaint(id)?)),
            ("summary-wrong", [id]) => Ok(Self::SummaryWrong(complaint(id)?)),
            ("file-promise", [id, words, due]) => Ok(Self::FilePromise {
                complaint: complaint(id)?,
                words_of: number(words)?,
                due: number(due)?,
            }),
            ("keep-promise", [id, promise]) => {
                Ok(Self::KeepPromise { complaint: complaint(id)?, promise: number(promise)? })
            }
            ("open-move-promise", [id, promise]) => {
                Ok(Self::OpenMovePromise { complaint: complaint(id)?, promise: number(promise)? })
            }
            ("move-promise", [id, promise]) => {
                Ok(Self::MovePromise { complaint: complaint(id)?, promise: number(promise)? })
            }
            ("open-resolve", [id]) => Ok(Self::OpenResolve(complaint(id)?)),
            ("resolve", [id]) => Ok(Self::Resolve(complaint(id)?)),
            ("open-snooze", [id, clock]) => {
                let clock = ClockKind::parse(clock).ok_or(Foreign)?;
                Ok(Self::OpenSnooze { complaint: complaint(id)?, clock })
            }
            ("snooze", [id, clock]) => {
                let clock = ClockKind::parse(clock).ok_or(Foreign)?;
                Ok(Self::Snooze { complaint: complaint(id)?, clock })
            }
            ("no-answer", [id]) => Ok(Self::NoAnswer(complaint(id)?)),
            ("classify", [id]) => Ok(Self::Classify(complaint(id)?)),
            ("show-contact", [id]) => Ok(Self::ShowContact(complaint(id)?)),
            ("send-draft", [id]) => Ok(Self::SendDraft(DraftId(number(id)?))),
            ("drop-draft", [id]) => Ok(Self::DropDraft(DraftId(number(id)?))),
            ("draft-language", [id, lang @ ("vi" | "en")]) => {
                let lang = Lang::parse(lang).ok_or(Foreign)?;
                Ok(Self::DraftLanguage { draft: DraftId(number(id)?), lang })
            }
            ("choose-desk", [id]) => Ok(Self::ChooseDesk(DraftId(number(id)?))),
            ("rate", [id, cycle, score]) => {
                let score = number(score)?;
                if !(1..=5).contains(&score) {
                    return Err(Foreign);
                }
                Ok(Self::Rate { complaint: complaint(id)?, cycle: number(cycle)?, score })
            }
            ("fixed", [id, cycle, fixed]) => {
                let fixed = match *fixed {
                    "yes" => Fixed::Yes,
                    "partly" => Fixed::Partly,
                    "no" => Fixed::No,
                    _ => return Err(Foreign),
                };
                Ok(Self::Fixed { complaint: complaint(id)?, cycle: number(cycle)?, fixed })
            }
            ("open-word", [id, cycle]) => {
                Ok(Self::OpenWord { complaint: complaint(id)?, cycle: number(cycle)? })
            }
            ("word", [id, cycle]) => Ok(Self::Word { complaint: complaint(id)?, cycle: number(cycle)? }),
            ("reopen", [id, cycle]) => Ok(Self::Reopen { complaint: complaint(id)?, cycle: number(cycle)? }),
            ("open-sort", [id, message]) => {
                Ok(Self::OpenSort { complaint: complaint(id)?, message: MessageId(number(message)?) })
            }
            ("sort", [id, message]) => {
                Ok(Self::Sort { complaint: complaint(id)?, message: MessageId(number(message)?) })
            }
            ("open-write", [id]) => Ok(Self::OpenWrite(complaint(id)?)),
            ("write", [id]) => Ok(Self::Write(complaint(id)?)),
            ("language", [id, lang @ ("vi" | "en")]) => {
                Ok(Self::Language { complaint: complaint(id)?, lang: Lang::parse(lang).ok_or(Foreign)? })
            }
            ("open-listed", [id, most]) => {
                let most = number(most)?;
                if !(1..=25).contains(&most) {
                    return Err(Foreign);
                }
                Ok(Self::OpenListed { incident: IncidentId(number(id)?), most })
            }
            ("approve", [id, version]) => {
                Ok(Self::Approve { incident: IncidentId(number(id)?), version: number(version)? })
            }
            ("declare", [options, playbook]) => {
                Ok(Self::Declare { playbook: (*playbook).to_owned(), options_of: number(options)? })
            }
            ("update", [id, options]) => {
                Ok(Self::Update { incident: IncidentId(number(id)?), options_of: number(options)? })
            }
            _ => Err(Foreign),
        }
    }
}

fn number<T: FromStr>(text: &str) -> Result<T, Foreign> {
    text.parse().map_err(|_| Foreign)
}

fn complaint(text: &str) -> Result<ComplaintId, Foreign> {
    number(text).map(ComplaintId)
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
            CustomId::OpenSummaryWrong(complaint),
            CustomId::SummaryWrong(complaint),
            CustomId::FilePromise { complaint, words_of: u64::MAX, due: i64::MAX },
            CustomId::KeepPromise { complaint, promise: i64::MAX },
            CustomId::OpenMovePromise { complaint, promise: 1 },
            CustomId::MovePromise { complaint, promise: 1 },
            CustomId::Rate { complaint, cycle: i64::MAX, score: 5 },
            CustomId::Fixed { complaint, cycle: 1, fixed: Fixed::Partly },
            CustomId::Sort { complaint, message },
            CustomId::OpenSnooze { complaint, clock: ClockKind::ReceiptNotice },
            CustomId::Snooze { complaint, clock: ClockKind::Reply },
            CustomId::NoAnswer(complaint),
            CustomId::Language { complaint, lang: Lang::En },
            CustomId::DraftLanguage { draft: DraftId(7), lang: Lang::Vi },
            CustomId::Approve { incident, version: 2 },
            CustomId::OpenListed { incident, most: 10 },
            CustomId::Declare { playbook: "billing-error".to_owned(), options_of: u64::MAX },
            CustomId::Update { incident, options_of: 1 },
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
            "🎉",
        ] {
            assert_eq!(text.parse::<CustomId>(), Err(Foreign), "{text}");
        }
    }
}
