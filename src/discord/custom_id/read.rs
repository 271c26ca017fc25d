//! Reads custom ids back; what is not exactly as this program writes it is foreign.

use std::str::FromStr;

use super::{CustomId, Foreign, OwnData, SEEN, VERSION};
use crate::domain::event::{Fixed, Medium};
use crate::kernel::ids::{ComplaintId, DraftId, GuildId, IncidentId, MessageId, RequestId, UserId};
use crate::kernel::lang::Lang;
use crate::sla::clocks::ClockKind;

impl FromStr for CustomId {
    type Err = Foreign;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts: Vec<&str> = text.split(':').collect();
        let [version, kind, rest @ ..] = parts.as_slice() else { return Err(Foreign) };
        let known = match version.split_once(SEEN) {
            Some((version, seen)) => version == VERSION && number::<i64>(seen).is_ok_and(|seen| seen >= 0),
            None => *version == VERSION,
        };
        if !known {
            return Err(Foreign);
        }
        match (*kind, rest) {
            ("open-filing", []) => Ok(Self::OpenFiling),
            ("filing", [guild, files]) => {
                Ok(Self::Filing { guild: GuildId(number(guild)?), files_of: number(files)? })
            }
            ("claim", [id]) => Ok(Self::Claim(complaint(id)?)),
            ("open-more", [id]) => Ok(Self::OpenMore(complaint(id)?)),
            ("set-severity", [id]) => Ok(Self::SetSeverity(complaint(id)?)),
            ("set-vulnerable", [id]) => Ok(Self::SetVulnerable(complaint(id)?)),
            ("open-propose", [id]) => Ok(Self::OpenPropose(complaint(id)?)),
            ("resume", [id]) => Ok(Self::Resume(complaint(id)?)),
            ("open-reply", [id]) => Ok(Self::OpenReply(complaint(id)?)),
            ("reply", [id]) => Ok(Self::Reply(complaint(id)?)),
            ("reply-here", []) => Ok(Self::ReplyHere),
            ("resolve-here", []) => Ok(Self::ResolveHere),
            ("open-read", [id]) => Ok(Self::OpenRead(complaint(id)?)),
            ("read", [id]) => Ok(Self::Read(complaint(id)?)),
            ("summary-right", [id]) => Ok(Self::SummaryRight(complaint(id)?)),
            ("open-summary-wrong", [id]) => Ok(Self::OpenSummaryWrong(complaint(id)?)),
            ("summary-wrong", [id]) => Ok(Self::SummaryWrong(complaint(id)?)),
            ("refuse", [id]) => Ok(Self::Refuse(complaint(id)?)),
            ("agree-refusal", [id, refusal]) => {
                Ok(Self::AgreeRefusal { complaint: complaint(id)?, refusal: number(refusal)? })
            }
            ("ask-superior", [id]) => Ok(Self::AskSuperior(complaint(id)?)),
            ("rest", [id]) => Ok(Self::Rest(complaint(id)?)),
            ("ask-question", [id]) => Ok(Self::AskQuestion(complaint(id)?)),
            ("open-answer", [id, which]) => {
                Ok(Self::OpenAnswer { complaint: complaint(id)?, number: number(which)? })
            }
            ("answer", [id, which]) => Ok(Self::Answer { complaint: complaint(id)?, number: number(which)? }),
            ("agree-goodwill", [id, which]) => {
                Ok(Self::AgreeGoodwill { complaint: complaint(id)?, number: number(which)? })
            }
            ("turn-down-goodwill", [id, which]) => {
                Ok(Self::TurnDownGoodwill { complaint: complaint(id)?, number: number(which)? })
            }
            ("open-return-refusal", [id, refusal]) => {
                Ok(Self::OpenReturnRefusal { complaint: complaint(id)?, refusal: number(refusal)? })
            }
            ("return-refusal", [id, refusal]) => {
                Ok(Self::ReturnRefusal { complaint: complaint(id)?, refusal: number(refusal)? })
            }
            ("open-object", [id]) => Ok(Self::OpenObject(complaint(id)?)),
            ("object", [id]) => Ok(Self::Object(complaint(id)?)),
            ("choose-withdraw", []) => Ok(Self::ChooseWithdraw),
            ("withdraw", [id]) => Ok(Self::Withdraw(complaint(id)?)),
            ("open-resend", [id, told]) => {
                Ok(Self::OpenResend { complaint: complaint(id)?, number: number(told)? })
            }
            ("told", [id, told]) => Ok(Self::Told { complaint: complaint(id)?, number: number(told)? }),
            ("log", [medium, person, since]) => Ok(Self::Log {
                medium: Medium::parse(medium).ok_or(Foreign)?,
                person: UserId(number(person)?),
                since: number(since)?,
            }),
            ("log-more", [medium]) => Ok(Self::LogMore { medium: Medium::parse(medium).ok_or(Foreign)? }),
            ("propose", [id]) => Ok(Self::Propose(complaint(id)?)),
            ("agree", [id, proposal]) => {
                Ok(Self::Agree { complaint: complaint(id)?, proposal: number(proposal)? })
            }
            ("open-change", [id, proposal]) => {
                Ok(Self::OpenChange { complaint: complaint(id)?, proposal: number(proposal)? })
            }
            ("change", [id, proposal]) => {
                Ok(Self::Change { complaint: complaint(id)?, proposal: number(proposal)? })
            }
            ("open-send-remedies", [id, proposal]) => {
                Ok(Self::OpenSendRemedies { complaint: complaint(id)?, proposal: number(proposal)? })
            }
            ("send-remedies", [id, proposal]) => {
                Ok(Self::SendRemedies { complaint: complaint(id)?, proposal: number(proposal)? })
            }
            ("open-something-else", [id, proposal]) => {
                Ok(Self::OpenSomethingElse { complaint: complaint(id)?, proposal: number(proposal)? })
            }
            ("something-else", [id, proposal]) => {
                Ok(Self::SomethingElse { complaint: complaint(id)?, proposal: number(proposal)? })
            }
            ("open-note-choice", [id, proposal]) => {
                Ok(Self::OpenNoteChoice { complaint: complaint(id)?, proposal: number(proposal)? })
            }
            ("note-choice", [id, proposal]) => {
                Ok(Self::NoteChoice { complaint: complaint(id)?, proposal: number(proposal)? })
            }
            ("ask-manager", [id, proposal]) => {
                Ok(Self::AskManager { complaint: complaint(id)?, proposal: number(proposal)? })
            }
            ("choose", [id, proposal, remedy]) => Ok(Self::Choose {
                complaint: complaint(id)?,
                proposal: number(proposal)?,
                remedy: number(remedy)?,
            }),
            ("file-promise", [id, words, due]) => Ok(Self::FilePromise {
                complaint: complaint(id)?,
                words_of: number(words)?,
                due: number(due)?,
            }),
            ("keep-promise", [id, promise]) => {
                Ok(Self::KeepPromise { complaint: complaint(id)?, promise: number(promise)? })
            }
            ("kept-promise", [id, promise]) => {
                Ok(Self::KeptPromise { complaint: complaint(id)?, promise: number(promise)? })
            }
            ("take-talk", [id]) => Ok(Self::TakeTalk(complaint(id)?)),
            ("talk-held", [id]) => Ok(Self::TalkHeld(complaint(id)?)),
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
            ("about", [id, person, holds @ ("yes" | "no")]) => Ok(Self::About {
                complaint: complaint(id)?,
                person: UserId(number(person)?),
                holds: *holds == "yes",
            }),
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
            ("data-export", [person, guild]) => Ok(Self::DataExport(own_data(person, guild)?)),
            ("data-erase", [person, guild]) => Ok(Self::DataErase(own_data(person, guild)?)),
            ("data-erase-now", [person, guild]) => Ok(Self::DataEraseNow(own_data(person, guild)?)),
            ("open-data-request", [person, guild]) => Ok(Self::OpenDataRequest(own_data(person, guild)?)),
            ("data-request", [person, guild]) => Ok(Self::DataRequest(own_data(person, guild)?)),
            ("open-answer-request", [id]) => Ok(Self::OpenAnswerRequest(RequestId(number(id)?))),
            ("answer-request", [id]) => Ok(Self::AnswerRequest(RequestId(number(id)?))),
            ("do-kept", [of]) => Ok(Self::DoKept { of: number(of)? }),
            ("open-kept", [of]) => Ok(Self::OpenKept { of: number(of)? }),
            ("time-kept", [of, at]) => Ok(Self::TimeKept { of: number(of)?, at: number(at)? }),
            ("say-kept", [id, of]) => Ok(Self::SayKept { complaint: complaint(id)?, of: number(of)? }),
            _ => Err(Foreign),
        }
    }
}

fn own_data(person: &str, guild: &str) -> Result<OwnData, Foreign> {
    Ok(OwnData { person: UserId(number(person)?), guild: GuildId(number(guild)?) })
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
            CustomId::Refuse(complaint),
            CustomId::AgreeRefusal { complaint, refusal: i64::MAX },
            CustomId::About { complaint, person: UserId(u64::MAX), holds: true },
            CustomId::About { complaint, person: UserId(7), holds: false },
            CustomId::AskSuperior(complaint),
            CustomId::Rest(complaint),
            CustomId::AskQuestion(complaint),
            CustomId::OpenAnswer { complaint, number: i64::MAX },
            CustomId::Answer { complaint, number: 1 },
            CustomId::AgreeGoodwill { complaint, number: i64::MAX },
            CustomId::TurnDownGoodwill { complaint, number: 1 },
            CustomId::OpenReturnRefusal { complaint, refusal: 1 },
            CustomId::ReturnRefusal { complaint, refusal: 1 },
            CustomId::OpenObject(complaint),
            CustomId::Object(complaint),
            CustomId::ChooseWithdraw,
            CustomId::Told { complaint, number: 3 },
            CustomId::OpenResend { complaint, number: 3 },
            CustomId::Log { medium: Medium::InPerson, person: UserId(u64::MAX), since: i64::MAX },
            CustomId::LogMore { medium: Medium::Mail },
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
