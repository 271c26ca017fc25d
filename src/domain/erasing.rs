//! What is erased from a complaint's journal: at the customer's wish what the case file need not hold, and after the time it
//! may be kept all that leads to a person. Times, clocks, category and scores stay: they are the reports.

use serde::{Deserialize, Serialize};

use super::complaint::FileRef;
use super::disposition;
use super::event::{Entry, Event, Filed};
use super::procedure::Step;
use super::proposal::Proposal;
use super::speech;
use crate::kernel::core::Twin;
use crate::kernel::ids::{ChannelId, MessageId, UserId};
use crate::kernel::people::{Actor, Person};

/// What is erased of a complaint that has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Erasure {
    /// At the customer's wish: contact, wish, and their words to ratings.
    Extras,
    /// After the time it may be kept: all that leads to a person.
    Person,
}

/// Whoever stands where a person stood.
pub fn nobody() -> Person {
    Person { id: UserId::NOBODY, name: String::new() }
}

/// The journal without what is erased, and with the fact that it was, by whom and when (Unix ms).
pub fn erase(journal: Vec<Entry>, what: Erasure, by: Actor, at: i64) -> Vec<Entry> {
    let mut left: Vec<Entry> = match what {
        Erasure::Extras => journal.into_iter().filter_map(without_extras).collect(),
        Erasure::Person => journal.into_iter().filter_map(without_person).collect(),
    };
    left.push(Entry { at, by, event: Event::Erased { what } });
    left
}

/// The files that a fact names.
pub fn files_of(event: &Event) -> &[FileRef] {
    match event {
        Event::Filed(filed) => &filed.files,
        Event::CustomerWrote { files, .. } | Event::Replied { files, .. } => files,
        _ => &[],
    }
}

/// Where the files of this journal are kept.
pub fn files(journal: &[Entry]) -> Vec<String> {
    journal.iter().flat_map(|entry| files_of(&entry.event)).map(|file| file.kept.clone()).collect()
}

/// The journal of another complaint of the same customer without its links to the complaint with this number, which would
/// tell whose that was; none if it has no such link.
pub fn without_links(journal: &[Entry], number: i64) -> Option<Vec<Entry>> {
    let mut cut = false;
    let mut left = journal.to_vec();
    for entry in &mut left {
        match &mut entry.event {
            Event::Filed(filed) if filed.earlier.is_some_and(|earlier| earlier.number == number) => {
                filed.earlier = None;
                cut = true;
            }
            Event::CustomerMessageMoved { to, .. } if *to == number => {
                *to = 0;
                cut = true;
            }
            Event::Disposition(fact) => cut |= unlinked(fact, Some(number)),
            _ => {}
        }
    }
    cut.then_some(left)
}

fn without_extras(mut entry: Entry) -> Option<Entry> {
    match &mut entry.event {
        Event::Filed(filed) => {
            filed.wish.clear();
            filed.contact.clear();
        }
        Event::WordAdded { .. } => return None,
        _ => {}
    }
    Some(entry)
}

/// One fact without what leads to a person; none where nothing else is in it. Every kind of fact stands here: a new one has
/// to say what of it is somebody's.
fn without_person(mut entry: Entry) -> Option<Entry> {
    if let Actor::Customer(person) = &mut entry.by {
        *person = nobody();
    }
    match &mut entry.event {
        Event::Filed(filed) => anonymous(filed),
        // Places on Discord, where the words stood.
        Event::CardPosted { .. }
        | Event::BarPosted { .. }
        | Event::PromptPosted { .. }
        | Event::PromptClosed { .. }
        | Event::ThreadStarted { .. }
        | Event::LineOpened { .. }
        | Event::DirectMessagesClosed
        | Event::HeldForThread { .. }
        | Event::CustomerEdited { .. }
        | Event::CustomerDeleted { .. }
        | Event::CustomerMessageMoved { .. }
        | Event::Noted { .. }
        | Event::WordAdded { .. } => return None,
        Event::CustomerWrote { message, text, files } => {
            *message = MessageId(0);
            text.clear();
            files.clear();
        }
        Event::CameAlong { message, extras } => {
            *message = MessageId(0);
            extras.clear();
        }
        Event::Replied { text, files, .. } => {
            text.clear();
            files.clear();
        }
        Event::Snoozed { reason, .. }
        | Event::WaitStarted { reason, .. }
        | Event::Reopened { reason, .. }
        | Event::Resolved { outcome: reason, .. } => reason.clear(),
        Event::RatingDelivered { channel, message, .. } => {
            *channel = ChannelId(0);
            *message = MessageId(0);
        }
        Event::Procedure(step) => wordless(step),
        Event::Disposition(fact) => undisclosed(fact),
        Event::Feature(fact) => fact.erase_person(),
        // What was to be said by voice says it in its own words.
        Event::Speech(speech::Fact::ToTell { .. } | speech::Fact::Told { .. }) => return None,
        Event::Speech(speech::Fact::Heard { message, .. }) => *message = MessageId(0),
        // Who of the desk did it, when, and how long it took.
        Event::Claimed { .. }
        | Event::Assigned { .. }
        | Event::LanguageChosen { .. }
        | Event::Classified { .. }
        | Event::Sent { .. }
        | Event::Arrived { .. }
        | Event::NotArrived { .. }
        | Event::OutcomeReturned { .. }
        | Event::RenameTried
        | Event::ThreadNamed
        | Event::ReplyDelivered { .. }
        | Event::ReplyUndelivered { .. }
        | Event::ClockStarted { .. }
        | Event::ClockStopped { .. }
        | Event::ClockPaused { .. }
        | Event::ClockMoved { .. }
        | Event::ClockContinued { .. }
        | Event::Nudged { .. }
        | Event::ClockBreached { .. }
        | Event::Escalated { .. }
        | Event::WaitEnded { .. }
        | Event::NoAnswerNeeded
        | Event::Thanked
        | Event::Acknowledged
        | Event::Listed { .. }
        | Event::Opened { .. }
        | Event::OutcomeTold { .. }
        | Event::RatingAsked { .. }
        | Event::RatingUndelivered { .. }
        | Event::RatingReminded { .. }
        | Event::Rated { .. }
        | Event::FixedAnswered { .. }
        | Event::RatingClosed { .. }
        | Event::Closed { .. }
        | Event::Dismissed { .. }
        | Event::IncidentTold { .. }
        | Event::TalkingPointsShown { .. }
        | Event::Exported { .. }
        | Event::SuperiorAsked
        | Event::About(_)
        | Event::OwnerLeft { .. }
        | Event::Erased { .. } => {}
    }
    Some(entry)
}

/// How it came in, when and where; not whose it was and what it said.
fn anonymous(filed: &mut Filed) {
    filed.customer = nobody();
    filed.words.clear();
    filed.wish.clear();
    filed.contact.clear();
    filed.files.clear();
    (filed.direct, filed.earlier) = (None, None);
}

/// A withdrawal or a merger without its words, and without the way to another complaint's thread.
fn undisclosed(fact: &mut disposition::Fact) {
    use disposition::Fact;
    match fact {
        Fact::Withdrawn { text, .. } => text.clear(),
        Fact::MergedInto { .. } => {
            unlinked(fact, None);
        }
        Fact::MergedFrom { legacy } => {
            legacy.twin = Twin::unknown();
            legacy.words.clear();
            legacy.unanswered = None;
            legacy.features.erase_person();
        }
    }
}

/// Takes the way to another complaint out of a merger, to any one or to that of a number. Whether there was one.
fn unlinked(fact: &mut disposition::Fact, number: Option<i64>) -> bool {
    use disposition::Fact;
    let twin = match fact {
        Fact::MergedInto { twin } => twin,
        Fact::MergedFrom { legacy } => &mut legacy.twin,
        _ => return false,
    };
    let meant = number.is_none_or(|number| number == twin.number);
    if meant {
        *twin = Twin::unknown();
    }
    meant
}

/// A step without its words.
fn wordless(step: &mut Step) {
    match step {
        Step::Read { summary: text, .. }
        | Step::SummaryCorrected { text }
        | Step::ChangeAsked { text, .. }
        | Step::ChoiceSpoken { text, .. }
        | Step::RemediesSent { text, .. } => text.clear(),
        Step::OfferAllowed { words, reason, .. } => {
            words.clear();
            reason.clear();
        }
        Step::Offered { given, .. } => given.words.clear(),
        Step::Proposed { proposal } => {
            let Proposal { remedies, remark, .. } = &mut **proposal;
            remedies.iter_mut().for_each(|remedy| remedy.what.clear());
            remark.clear();
        }
        Step::SummaryConfirmed
        | Step::VulnerableSaid { .. }
        | Step::ProposalAgreed { .. }
        | Step::RemedyChosen { .. }
        | Step::ManagerAsked
        | Step::ManagerTook { .. }
        | Step::ManagerSpoke { .. } => {}
    }
}
