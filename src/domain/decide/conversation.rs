//! What goes back and forth between the customer and the desk.

use super::ending::Opens;
use super::{SHORT, Work, words};
use crate::domain::arriving::Word;
use crate::domain::command::{Answer, Refusal};
use crate::domain::complaint::{FileRef, Line, Stage};
use crate::domain::event::{DismissReason, Event};
use crate::domain::extra;
use crate::domain::outbox::{CustomerPost, OutboxMessage, ThreadPost};
use crate::domain::procedure::Step;
use crate::domain::running::Stop;
use crate::kernel::extra::Extra;
use crate::kernel::ids::{ChannelId, IncidentId, MessageId};
use crate::kernel::lang::Lang;
use crate::kernel::people::Person;
use crate::language::courtesy::{self, Courtesy};
use crate::language::{fold, offer, safety};
use crate::sla::clocks::ClockKind;

/// The longest reply, in characters: it and its signature fit one Discord message of 2,000.
pub const REPLY_LIMIT: usize = 1_800;

/// How long after its resolution the customer's word opens a complaint again (ms): 14 days.
pub const REOPEN_WITHIN: i64 = 14 * 24 * 60 * 60 * 1_000;

pub(super) fn reply(
    work: &mut Work<'_>,
    text: &str,
    files: Vec<FileRef>,
    allowed: Option<String>,
) -> Result<Answer, Refusal> {
    let staff = work.staff()?;
    if allowed.is_some() && !work.context.rank.manager {
        return Err(Refusal::ManagerOnly);
    }
    if work.complaint.stage == Stage::Dismissed {
        return Err(Refusal::NotOpen);
    }
    let spoken = match work.complaint.line {
        Line::Spoken { .. } if !files.is_empty() => return Err(Refusal::NoFilesByVoice),
        Line::Spoken { medium } => Some(medium),
        _ => None,
    };
    let text =
        if files.is_empty() || !fold::is_blank(text) { words(text, REPLY_LIMIT)? } else { String::new() };
    // Whoever answers has read it: an unowned complaint becomes theirs.
    if work.complaint.owner.is_none() && work.complaint.stage.is_open() {
        claim_by_answering(work, &staff);
    }
    if let Some(reason) = allowed {
        let reason = words(&reason, SHORT)?;
        for offer in offer::offers(&text) {
            let (by, words, reason) = (staff.clone(), offer.words, reason.clone());
            work.emit(Event::Procedure(Step::OfferAllowed { by, words, reason }));
        }
    }
    let reply = work.complaint.replies + 1;
    work.emit(Event::Sent { word: Word::Reply { reply } });
    work.emit(Event::Replied { reply, text: text.clone(), files: files.clone() });
    work.stop_clock(ClockKind::Recorded, Stop::Done);
    let names = files.iter().map(|file| file.name.clone()).collect();
    work.send(OutboxMessage::ToCustomer {
        post: CustomerPost::Reply { reply, by: staff, text: text.clone(), files },
    });
    Ok(Answer::Replied { text, files: names, spoken })
}

/// A word of the desk arrived: the customer hears the next one in time.
pub(super) fn next_update(work: &mut Work<'_>) {
    work.stop_clock(ClockKind::Update, Stop::Done);
    if work.complaint.stage.is_open() && !work.policy.cadence.only_when_asked {
        work.start_clock(ClockKind::Update, work.now);
    }
}

/// The customer writes directly, whatever was found before: they are answered there.
pub(super) fn direct_opened(work: &mut Work<'_>, channel: ChannelId) -> Result<Answer, Refusal> {
    work.customer()?;
    let line = Line::Direct { channel };
    let moves = !matches!(work.complaint.line, Line::Spoken { .. }) && work.complaint.line != line;
    if moves && work.complaint.stage != Stage::Dismissed {
        let news = !matches!(work.complaint.line, Line::Unknown);
        work.emit(Event::LineOpened { line });
        if news {
            work.send(OutboxMessage::ToThread { post: ThreadPost::LineDirect });
        }
        work.refresh_card();
    }
    Ok(Answer::Silent)
}

pub(super) fn claim_by_answering(work: &mut Work<'_>, staff: &Person) {
    work.take(staff.clone(), Event::Claimed { owner: staff.clone(), records: true });
}

pub(super) fn customer_wrote(
    work: &mut Work<'_>,
    message: MessageId,
    text: &str,
    (files, extras): (Vec<FileRef>, Vec<Extra>),
    sorted: bool,
) -> Answer {
    let text = fold::clean_input(text);
    let (words, came) = (text.clone(), files.clone());
    // Whoever looks after it was called for the first of them; what may be about somebody's safety calls again.
    let called = work.complaint.unanswered.as_ref().is_some_and(|waiting| waiting.called);
    let quiet = called && !safety::suggests_vulnerable(&text);
    let post = ThreadPost::CustomerWrote { message, text: words, files: came, extras: extras.clone(), quiet };
    hear(work, message, text, (files, extras), post);
    if sorted {
        work.send(OutboxMessage::ToCustomer { post: CustomerPost::Sorted { message } });
    }
    Answer::CustomerHeard { number: work.complaint.number() }
}

/// The customer said something: whoever is to answer hears it by `post`.
pub(super) fn hear(
    work: &mut Work<'_>,
    message: MessageId,
    text: String,
    (files, extras): (Vec<FileRef>, Vec<Extra>),
    post: ThreadPost,
) {
    let meant = extra::meant(&text, files.len(), &extras);
    if !work.complaint.stage.is_open() && meant == Courtesy::Matter && work.complaint.may_reopen(work.now) {
        super::ending::open_again(work, None, String::new(), Opens::Message(message));
    }
    let waited = work.complaint.unanswered.is_some();
    work.end_wait(true);
    work.emit(Event::CustomerWrote { message, text, files });
    if !extras.is_empty() {
        work.emit(Event::CameAlong { message, extras });
    }
    let open = work.complaint.stage.is_open();
    // What is more than thanks waits for an answer, although it came too late to open anything again.
    if open || (meant == Courtesy::Matter && work.complaint.dismissed != Some(DismissReason::Spam)) {
        // What was said before it was written down waits since then.
        let since =
            work.complaint.unanswered.as_ref().filter(|_| !waited).map_or(work.now, |held| held.since);
        wait_for_answer(work, since);
    } else if meant != Courtesy::Matter && !waited {
        work.emit(Event::Thanked);
    }
    if open && work.policy.cadence.only_when_asked && !work.runs(ClockKind::Update) {
        work.start_clock(ClockKind::Update, work.now);
    }
    work.send(OutboxMessage::ToThread { post });
    work.refresh_card();
    if !open && meant == Courtesy::Unclear && work.complaint.may_reopen(work.now) && in_new_burst(work) {
        let cycle = work.complaint.rating().map_or(0, |rating| rating.cycle);
        work.emit(Event::Acknowledged);
        work.send(OutboxMessage::ToCustomer { post: CustomerPost::OpenAgain { cycle } });
    }
}

/// The customer is told which complaint took their message, so that they can say that it is about something else.
pub(super) fn acknowledge(work: &mut Work<'_>, message: MessageId) -> Answer {
    if work.complaint.stage.is_open() && in_new_burst(work) {
        work.emit(Event::Acknowledged);
        work.send(OutboxMessage::ToCustomer { post: CustomerPost::Sorted { message } });
    }
    Answer::CustomerHeard { number: work.complaint.number() }
}

/// Words of the customer wait for a person's answer, from this instant on (Unix ms).
pub(super) fn wait_for_answer(work: &mut Work<'_>, since: i64) {
    if !work.runs(ClockKind::Reply) {
        work.start_clock(ClockKind::Reply, since);
    }
}

/// Whether the burst is over in which the customer was last told where their messages go.
fn in_new_burst(work: &Work<'_>) -> bool {
    let told = work.complaint.acknowledged_at;
    told.is_none_or(|told| work.now - told >= work.policy.filing.longest_ms)
}

/// Discord keeps the words of a plain message in a private thread from the bot; that the customer waits it does tell.
pub(super) fn customer_wrote_unread(work: &mut Work<'_>, message: MessageId) -> Answer {
    let explained = work.complaint.unanswered.as_ref().is_some_and(|waiting| waiting.unread);
    let answer = customer_wrote(work, message, "", (Vec::new(), Vec::new()), false);
    if !explained {
        work.send(OutboxMessage::ToCustomer { post: CustomerPost::HowToWrite });
    }
    answer
}

pub(super) fn customer_edited(work: &mut Work<'_>, message: MessageId, text: &str) -> Answer {
    let text = fold::clean_input(text);
    // What was answered is no answer to other words.
    let answered = work.complaint.unanswered.is_none();
    let awaits = answered
        && courtesy::courtesy(&text) == Courtesy::Matter
        && work.complaint.dismissed != Some(DismissReason::Spam);
    if awaits {
        work.end_wait(true);
    }
    work.emit(Event::CustomerEdited { message, text: text.clone(), awaits });
    if awaits {
        wait_for_answer(work, work.now);
        work.refresh_card();
    }
    work.send(OutboxMessage::ToThread { post: ThreadPost::CustomerEdited { text, awaits } });
    Answer::Silent
}

pub(super) fn customer_deleted(work: &mut Work<'_>, message: MessageId) -> Answer {
    work.emit(Event::CustomerDeleted { message });
    work.send(OutboxMessage::ToThread { post: ThreadPost::CustomerDeleted });
    Answer::Silent
}

/// The customer sorted their message elsewhere: nothing of it waits here, and the clock runs for what is left.
pub(super) fn message_moved(work: &mut Work<'_>, message: MessageId, to: i64) -> Answer {
    let before = work.complaint.unanswered.as_ref().map(|waiting| waiting.since);
    let reopening = work.complaint.reopening.clone().filter(|held| held.message == message);
    let ends_again = reopening.is_some();
    if ends_again {
        super::ending::stop_reopened(work);
    }
    work.emit(Event::CustomerMessageMoved { message, to, ends_again });
    let after = work.complaint.unanswered.as_ref().map(|waiting| waiting.since);
    if before != after && work.runs(ClockKind::Reply) {
        work.stop_clock(ClockKind::Reply, Stop::Cancelled);
        if let Some(since) = after {
            work.start_clock(ClockKind::Reply, since);
        }
    }
    work.send(OutboxMessage::ToThread { post: ThreadPost::MessageMoved { to, ends_again } });
    if let Some(reopening) = reopening {
        super::ending::end_again(work, &reopening);
    }
    work.refresh_card();
    Answer::Silent
}

pub(super) fn choose_language(work: &mut Work<'_>, lang: Lang) -> Answer {
    if work.complaint.lang != lang {
        work.emit(Event::LanguageChosen { lang });
        work.refresh_card();
    }
    let within = work.policy.published_limit();
    Answer::LanguageChosen { complaint: work.complaint.id, number: work.complaint.number(), within }
}

pub(super) fn tell_incident(work: &mut Work<'_>, incident: IncidentId, text: String) -> Answer {
    if !work.complaint.told.contains(&incident) && work.complaint.stage.is_open() {
        work.emit(Event::IncidentTold { incident });
        work.send(OutboxMessage::ToCustomer { post: CustomerPost::IncidentLine { incident, text } });
    }
    Answer::Silent
}

pub(super) fn show_talking_points(work: &mut Work<'_>, incident: IncidentId, version: i64) -> Answer {
    let newer = work.complaint.shown.get(&incident).is_none_or(|shown| *shown < version);
    if newer && work.complaint.stage.is_open() {
        work.emit(Event::TalkingPointsShown { incident, version });
        work.send(OutboxMessage::ToThread { post: ThreadPost::TalkingPoints { incident, version } });
    }
    Answer::Silent
}
