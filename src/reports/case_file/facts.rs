//! A line for every fact. Whatever is added to the journal does not compile before it has one.

use super::View;
use crate::domain::arriving::Word;
use crate::domain::colleague;
use crate::domain::complaint::{Complaint, Line, Stage};
use crate::domain::disposition;
use crate::domain::erasing::Erasure;
use crate::domain::event::{CloseReason, DismissReason, Event, Filed, Fixed, Source, Undelivered};
use crate::domain::filing::Medium;
use crate::domain::outbox::CustomerPost;
use crate::domain::procedure::Step;
use crate::domain::proposal::Choice;
use crate::domain::running::Stop;
use crate::domain::speech;
use crate::sla::clocks::{ClockKind, Target};
use crate::store::complaint::stage_name;

/// How it came in.
pub(super) fn source(filed: &Filed, view: &View<'_>) -> String {
    let name = match filed.source {
        Source::Form => "source-form",
        Source::DirectMessage => "source-direct",
        Source::Unsent => "source-unsent",
        Source::Logged => "source-logged",
    };
    let said = filed.medium.map(|medium| format!(" ({})", by_medium(medium, view)));
    let by = filed.logged_by.as_ref().map(|by| format!(" · {}", by.name));
    format!("{}{}{}", view.word(name), said.unwrap_or_default(), by.unwrap_or_default())
}

/// How it stands.
pub(super) fn state(complaint: &Complaint, view: &View<'_>) -> String {
    let stage = view.export.words.say(&format!("stage-{}", stage_name(complaint.stage)), &[]);
    let why = match (complaint.closed, complaint.dismissed) {
        (Some(reason), _) if complaint.stage == Stage::Closed => closed(reason, view),
        (_, Some(reason)) if complaint.stage == Stage::Dismissed => dismissed(reason, view),
        _ => return stage,
    };
    format!("{stage}: {why}")
}

fn closed(reason: CloseReason, view: &View<'_>) -> String {
    view.word(match reason {
        CloseReason::Confirmed => "closed-confirmed",
        CloseReason::Silence => "closed-silence",
        CloseReason::Refused => "closed-refused",
        CloseReason::Withdrawn => "closed-withdrawn",
        CloseReason::Merged => "closed-merged",
    })
}

fn dismissed(reason: DismissReason, view: &View<'_>) -> String {
    let words = view.export.words;
    match reason {
        DismissReason::Spam => words.reason_spam(),
        DismissReason::Test => words.reason_test(),
        DismissReason::Duplicate => words.reason_duplicate(),
        DismissReason::NotAComplaint => words.reason_not_a_complaint(),
    }
}

/// The customer's answer to *Is it fixed?*
pub(super) fn fixed(fixed: Fixed, view: &View<'_>) -> String {
    let words = view.export.words;
    match fixed {
        Fixed::Yes => words.fixed_yes(),
        Fixed::Partly => words.fixed_partly(),
        Fixed::No => words.fixed_no(),
    }
}

fn by_medium(medium: Medium, view: &View<'_>) -> String {
    view.export.words.say(&format!("medium-{}", medium.as_str()), &[])
}

fn undelivered(reason: Undelivered, view: &View<'_>) -> String {
    view.word(match reason {
        Undelivered::Closed => "undelivered-closed",
        Undelivered::Gone => "undelivered-gone",
        Undelivered::Refused => "undelivered-refused",
        Undelivered::Spoken => "undelivered-spoken",
        Undelivered::Blocked => "undelivered-blocked",
        Undelivered::Flagged => "undelivered-flagged",
        Undelivered::NoThread => "undelivered-no-thread",
    })
}

fn clock(clock: ClockKind, view: &View<'_>) -> String {
    view.export.words.say(&format!("clock-{clock}"), &[])
}

/// A label with what belongs to it.
fn with(view: &View<'_>, key: &str, parts: &[String]) -> String {
    let parts: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    let label = view.word(&format!("fact-{key}"));
    if parts.is_empty() { label } else { format!("{label}: {}", parts.join(" · ")) }
}

/// The last instant of a deadline: working days end with the day, and 23:59:59 says so better than 0:00 of the next.
pub(super) fn last_instant(due: i64, target: Target) -> i64 {
    if matches!(target, Target::WorkingDays(_)) { due - 1_000 } else { due }
}

/// What a fact says.
pub(super) fn line(event: &Event, view: &View<'_>) -> String {
    let say = |key: &str, parts: &[String]| with(view, key, parts);
    let number = |number: i64| format!("#{number}");
    match event {
        Event::Filed(filed) => say("filed", &[number(filed.number), source(filed, view)]),
        Event::CardPosted { .. } => say("card-posted", &[]),
        Event::BarPosted { .. } => say("bar-posted", &[]),
        Event::PromptPosted { .. } => say("prompt-posted", &[]),
        Event::PromptClosed { .. } => say("prompt-closed", &[]),
        Event::ThreadStarted { .. } => say("thread-started", &[]),
        Event::Sent { word } => say("sent", &[view.word(word_name(word))]),
        Event::Arrived { word } => say("arrived", &[view.word(word_name(word))]),
        Event::NotArrived { word, reason } => {
            say("not-arrived", &[view.word(word_name(word)), undelivered(*reason, view)])
        }
        Event::OutcomeReturned { .. } => say("outcome-returned", &[]),
        Event::RenameTried => say("rename-tried", &[]),
        Event::ThreadNamed => say("thread-named", &[]),
        Event::LineOpened { line } => say("line-opened", &[line_name(*line, view)]),
        Event::DirectMessagesClosed => say("direct-messages-closed", &[]),
        Event::LanguageChosen { lang } => say("language-chosen", &[lang.as_str().to_owned()]),
        Event::Claimed { owner, .. } => say("claimed", std::slice::from_ref(&owner.name)),
        Event::Assigned { owner, .. } => say("assigned", std::slice::from_ref(&owner.name)),
        Event::Procedure(step) => self::step(step, view),
        Event::Disposition(fact) => ended(fact, view),
        Event::SuperiorAsked => say("superior-asked", &[]),
        Event::OwnerLeft { owner } => say("owner-left", std::slice::from_ref(&owner.name)),
        Event::About(colleague::Fact::Named { person }) => {
            say("about-named", std::slice::from_ref(&person.name))
        }
        Event::About(colleague::Fact::Suspected { person }) => {
            say("about-suspected", std::slice::from_ref(&person.name))
        }
        Event::About(colleague::Fact::Cleared { person }) => {
            say("about-cleared", std::slice::from_ref(&person.name))
        }
        Event::Feature(fact) => {
            let line = fact.line();
            let parts: Vec<String> = line.parts.iter().map(|part| view.phrase(part)).collect();
            say(line.key, &parts)
        }
        Event::Speech(fact) => spoken(fact, view),
        Event::Exported { whole, .. } => {
            say("exported", &[view.word(if *whole { "whole" } else { "masked" })])
        }
        Event::Erased { what } => {
            let what = match what {
                Erasure::Extras => "erased-extras",
                Erasure::Person => "erased-person",
            };
            say("erased", &[view.word(what)])
        }
        Event::Classified { category, severity, .. } => {
            let severity = view.word(&format!("severity-{}", severity.as_str()));
            say("classified", &[view.category(category.as_deref()), severity])
        }
        Event::Noted { text } => say("noted", std::slice::from_ref(text)),
        Event::CustomerWrote { text, files, .. } => {
            let files = files.iter().map(|file| format!("📎 {}", file.name)).collect::<Vec<_>>();
            say("customer-wrote", &[text.clone(), files.join(", ")])
        }
        Event::CameAlong { extras, .. } => {
            let extras = view.export.words.extras(extras);
            say("came-along", &[extras])
        }
        Event::CustomerEdited { text, .. } => say("customer-edited", std::slice::from_ref(text)),
        Event::CustomerDeleted { .. } => say("customer-deleted", &[]),
        Event::CustomerMessageMoved { to, .. } => say("message-moved", &[number(*to)]),
        Event::Replied { reply, text, files } => {
            let files = files.iter().map(|file| format!("📎 {}", file.name)).collect::<Vec<_>>();
            say("replied", &[reply.to_string(), text.clone(), files.join(", ")])
        }
        Event::ReplyDelivered { reply } => say("reply-delivered", &[reply.to_string()]),
        Event::ReplyUndelivered { reply, reason } => {
            say("reply-undelivered", &[reply.to_string(), undelivered(*reason, view)])
        }
        Event::WaitStarted { reason, .. } => say("wait-started", std::slice::from_ref(reason)),
        Event::WaitEnded { answered } => say(if *answered { "wait-answered" } else { "wait-ended" }, &[]),
        Event::NoAnswerNeeded => say("no-answer-needed", &[]),
        Event::Listed { incident } => say("listed", &[view.incident(*incident)]),
        Event::Thanked => say("thanked", &[]),
        Event::Acknowledged => say("acknowledged", &[]),
        Event::HeldForThread { .. } => say("held", &[]),
        Event::Opened { by } => say("opened", &[by.as_ref().map(|by| by.name.clone()).unwrap_or_default()]),
        Event::Resolved { outcome, handler, .. } => say("resolved", &[outcome.clone(), handler.name.clone()]),
        Event::RatingAsked { .. } => say("rating-asked", &[]),
        Event::OutcomeTold { .. } => say("outcome-told", &[]),
        Event::RatingDelivered { .. } => say("rating-delivered", &[]),
        Event::RatingUndelivered { reason, .. } => say("rating-undelivered", &[undelivered(*reason, view)]),
        Event::RatingReminded { .. } => say("rating-reminded", &[]),
        Event::Rated { score, .. } => say("rated", &[format!("{score}/5")]),
        Event::FixedAnswered { fixed, .. } => say("fixed-answered", &[self::fixed(*fixed, view)]),
        Event::WordAdded { text, .. } => say("word-added", std::slice::from_ref(text)),
        Event::RatingClosed { .. } => say("rating-closed", &[]),
        Event::Reopened { reason, .. } => say("reopened", std::slice::from_ref(reason)),
        Event::Closed { reason } => say("closed", &[closed(*reason, view)]),
        Event::Dismissed { reason } => say("dismissed", &[dismissed(*reason, view)]),
        Event::IncidentTold { incident } => say("incident-told", &[view.incident(*incident)]),
        Event::TalkingPointsShown { incident, version } => {
            say("talking-points-shown", &[view.incident(*incident), version.to_string()])
        }
        Event::ClockStarted { .. }
        | Event::ClockStopped { .. }
        | Event::ClockPaused { .. }
        | Event::ClockMoved { .. }
        | Event::ClockContinued { .. }
        | Event::Nudged { .. }
        | Event::Snoozed { .. }
        | Event::ClockBreached { .. }
        | Event::Escalated { .. } => ticked(event, view),
    }
}

/// The key of what a word is.
fn word_name(word: &Word) -> &'static str {
    match word {
        Word::Reply { .. } => "word-reply",
        Word::Summary => "word-summary",
        Word::Remedies { .. } => "word-remedies",
        Word::Agreed => "word-promise",
        Word::Outcome { .. } => "word-outcome",
        Word::Incident { .. } => "word-incident",
        Word::Feature(word) => word.key(),
        Word::Reopened | Word::Dismissed | Word::Withdrawn | Word::Merged { .. } => "word-news",
    }
}

/// What happened to a clock.
fn ticked(event: &Event, view: &View<'_>) -> String {
    let say = |key: &str, kind: ClockKind, parts: &[String]| {
        let parts: Vec<String> = std::iter::once(clock(kind, view)).chain(parts.iter().cloned()).collect();
        with(view, key, &parts)
    };
    let until = |at: i64| view.say("until", &[("when", view.time(at).into())]);
    let due =
        |at: Option<i64>, target: Target| at.map(|at| until(last_instant(at, target))).unwrap_or_default();
    match event {
        Event::ClockStarted { clock, schedule, terms, .. } => {
            say("clock-started", *clock, &[due(schedule.due_at, terms.target)])
        }
        Event::ClockStopped { clock, how: Stop::Done, .. } => say("clock-done", *clock, &[]),
        Event::ClockStopped { clock, how: Stop::Cancelled, .. } => say("clock-cancelled", *clock, &[]),
        Event::ClockPaused { clock, .. } => say("clock-paused", *clock, &[]),
        Event::ClockMoved { clock, schedule, terms, .. } => {
            say("clock-moved", *clock, &[due(schedule.due_at, terms.target)])
        }
        Event::ClockContinued { clock, schedule, terms, .. } => {
            say("clock-continued", *clock, &[due(schedule.due_at, terms.target)])
        }
        Event::Nudged { clock, hushed: false, .. } => say("nudged", *clock, &[]),
        Event::Nudged { clock, hushed: true, .. } => say("nudge-hushed", *clock, &[]),
        Event::Snoozed { clock, until: at, reason, .. } => {
            let until_when = until(*at);
            say("snoozed", *clock, &[until_when, reason.clone()])
        }
        Event::ClockBreached { clock, deadline, .. } => {
            say("clock-breached", *clock, &[view.time(*deadline)])
        }
        Event::Escalated { clock, to, .. } => {
            let to: Vec<String> =
                to.iter().map(|to| view.word(&format!("addressee-{}", to.as_str()))).collect();
            say("escalated", *clock, &[to.join(", ")])
        }
        _ => String::new(),
    }
}

/// A step of the procedure.
fn step(step: &Step, view: &View<'_>) -> String {
    let say = |key: &str, parts: &[String]| with(view, key, parts);
    match step {
        Step::Read { summary, vulnerable, .. } => {
            let vulnerable = if *vulnerable == Some(true) { view.word("vulnerable") } else { String::new() };
            say("read", &[summary.clone(), vulnerable])
        }
        Step::VulnerableSaid { vulnerable: true, .. } => say("vulnerable-said", &[]),
        Step::VulnerableSaid { vulnerable: false, .. } => say("vulnerable-denied", &[]),
        Step::SummaryConfirmed => say("summary-confirmed", &[]),
        Step::SummaryCorrected { text } => say("summary-corrected", std::slice::from_ref(text)),
        Step::ManagerAsked => say("manager-asked", &[]),
        Step::ManagerTook { by } => say("manager-took", std::slice::from_ref(&by.name)),
        Step::ManagerSpoke { by } => say("manager-spoke", std::slice::from_ref(&by.name)),
        Step::Proposed { proposal } => {
            let remedies = proposal.remedies.iter().map(|remedy| remedy.what.clone());
            let parts: Vec<String> = std::iter::once(proposal.number.to_string()).chain(remedies).collect();
            say("proposed", &parts)
        }
        Step::ProposalAgreed { proposal, alone, .. } => {
            let alone = if *alone { view.word("alone") } else { String::new() };
            say("proposal-agreed", &[proposal.to_string(), alone])
        }
        Step::ChangeAsked { proposal, text, .. } => {
            say("change-asked", &[proposal.to_string(), text.clone()])
        }
        Step::RemediesSent { proposal, text, .. } => {
            say("remedies-sent", &[proposal.to_string(), text.clone()])
        }
        Step::ChoiceSpoken { proposal, remedy, medium, at, text, .. } => say(
            "choice-spoken",
            &[
                proposal.to_string(),
                remedy.to_string(),
                by_medium(*medium, view),
                view.time(*at),
                text.clone(),
            ],
        ),
        Step::RemedyChosen { proposal, choice } => {
            let choice = match choice {
                Choice::Remedy { remedy } => remedy.to_string(),
                Choice::Else => view.word("chosen-else"),
                Choice::Manager => view.word("chosen-manager"),
            };
            say("remedy-chosen", &[proposal.to_string(), choice])
        }
        Step::Offered { given, .. } => {
            let role = view.export.words.say(&format!("authority-{}", given.role), &[]);
            say("offered", &[given.words.clone(), role])
        }
        Step::OfferAllowed { words, reason, .. } => say("offer-allowed", &[words.clone(), reason.clone()]),
    }
}

/// Withdrawn, merged.
fn ended(fact: &disposition::Fact, view: &View<'_>) -> String {
    use disposition::Fact;
    let say = |key: &str, parts: &[String]| with(view, key, parts);
    match fact {
        Fact::Withdrawn { heard, text } => {
            let heard = heard.map(|medium| by_medium(medium, view)).unwrap_or_default();
            say("withdrawn", &[heard, text.clone()])
        }
        Fact::MergedInto { twin } => say("merged-into", &[format!("#{}", twin.number)]),
        Fact::MergedFrom { legacy } => {
            say("merged-from", &[format!("#{}", legacy.twin.number), legacy.words.clone()])
        }
    }
}

/// Said elsewhere than on Discord.
fn spoken(fact: &speech::Fact, view: &View<'_>) -> String {
    let say = |key: &str, parts: &[String]| with(view, key, parts);
    match fact {
        speech::Fact::Heard { medium, .. } => say("heard", &[by_medium(*medium, view)]),
        speech::Fact::ToTell { number, post } => say("to-tell", &[number.to_string(), posted(post, view)]),
        speech::Fact::Told { number, .. } => say("told", &[number.to_string()]),
    }
}

/// What a message to the customer is about.
fn posted(post: &CustomerPost, view: &View<'_>) -> String {
    let say = |key: &str| view.word(&format!("post-{key}"));
    match post {
        CustomerPost::Receipt => say("receipt"),
        CustomerPost::Reply { text, .. } | CustomerPost::IncidentLine { text, .. } => text.clone(),
        CustomerPost::Summary { summary, .. } => format!("{}: {summary}", say("summary")),
        CustomerPost::Agreed { remedy, .. } => format!("{}: {}", say("agreed"), remedy.what),
        CustomerPost::Remedies { proposal, .. } => format!("{} {proposal}", say("remedies")),
        CustomerPost::Outcome { .. } | CustomerPost::OutcomeAlone { .. } => say("outcome"),
        CustomerPost::RatingQuestion { .. } => say("rating-question"),
        CustomerPost::RatingReminder { .. } => say("rating"),
        CustomerPost::Reopened => say("reopened"),
        CustomerPost::OpenAgain { .. } => say("open-again"),
        CustomerPost::ClosedBySilence => say("closed"),
        CustomerPost::Dismissed { reason } => format!("{}: {}", say("dismissed"), dismissed(*reason, view)),
        CustomerPost::Feature(post) => {
            let parts: Vec<String> = post.named().iter().map(|part| view.phrase(part)).collect();
            parts.join(" ")
        }
        CustomerPost::Withdrawn => say("withdrawn"),
        CustomerPost::Merged { from } => format!("{} #{from}", say("merged")),
        CustomerPost::HowToWrite => say("how-to-write"),
        CustomerPost::Sorted { .. } => say("sorted"),
    }
}

fn line_name(line: Line, view: &View<'_>) -> String {
    match line {
        Line::Unknown => view.word("line-unknown"),
        Line::Direct { .. } => view.word("line-direct"),
        Line::Thread { .. } => view.word("line-thread"),
        Line::Spoken { medium } => by_medium(medium, view),
        Line::Nowhere { reason } => undelivered(reason, view),
    }
}
