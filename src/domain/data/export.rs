//! A person's data as one document that machines read: what they wrote and what was written to them, with times in ISO 8601.
//! Notes, proposals that were not sent and whatever else staff say among themselves are not theirs. The manual's page
//! data-and-law lists the keys.

use std::collections::BTreeMap;

use chrono::{DateTime, SecondsFormat};
use chrono_tz::Tz;

use super::shape::{
    Case, DeskName, Document, DraftMessage, DraftShown, End, FORMAT, File, Message, Outcome, Profile,
    Remedies, Remedy, Reply, Request, Summary, Words,
};
use super::{Asks, DataRequest};
use crate::domain::complaint::{Complaint, FileRef};
use crate::domain::disposition;
use crate::domain::draft::Draft;
use crate::domain::event::{Entry, Event};
use crate::domain::procedure::Step;
use crate::features::record::Portable;
use crate::kernel::ids::{GuildId, MessageId};
use crate::kernel::people::Actor;

/// An instant (Unix ms) in ISO 8601, in a zone, with its offset.
pub fn iso(zone: Tz, at: i64) -> String {
    let instant = DateTime::from_timestamp_millis(at).unwrap_or_default().with_timezone(&zone);
    instant.to_rfc3339_opts(SecondsFormat::Secs, false)
}

/// The document about a person without complaints, drafts and requests yet; `now` in Unix ms.
pub fn document(profile: Profile, zone: Tz, now: i64) -> Document {
    let made_at = iso(zone, now);
    let (complaints, drafts, data_requests) = (Vec::new(), Vec::new(), Vec::new());
    Document { format: FORMAT, made_at, profile, complaints, drafts, data_requests }
}

/// How a desk is named, and by which wall clock.
#[derive(Clone, Debug)]
pub struct Desk {
    /// The server.
    pub guild: GuildId,
    /// Its name.
    pub name: String,
    /// Its zone.
    pub zone: Tz,
}

impl Desk {
    fn named(&self) -> DeskName {
        DeskName { id: self.guild.to_string(), name: self.name.clone() }
    }
}

/// A complaint as the document shows it, kept for `keep_ms` after its end.
pub fn case(complaint: &Complaint, journal: &[Entry], keep_ms: i64, desk: &Desk) -> Case {
    let at = |ms: i64| iso(desk.zone, ms);
    let filed = &complaint.filed;
    let end = complaint.dismissed.map(End::Dismissed).or(complaint.closed.map(End::Closed));
    let mut case = Case {
        desk: desk.named(),
        number: complaint.number(),
        filed_at: at(complaint.filed_at),
        first_written_at: at(filed.since),
        filed_by: filed.source,
        stage: complaint.stage,
        ended_at: complaint.ended_at.map(at),
        end: end.filter(|_| complaint.ended_at.is_some()),
        kept_until: complaint.ended_at.map(|ended| at(ended.saturating_add(keep_ms))),
        extras_erased_at: complaint.trimmed_at.map(at),
        language: complaint.lang,
        category: complaint.likely_category().map(str::to_owned),
        treated_as_vulnerable: complaint.features.procedure.vulnerable() == Some(true),
        words: filed.words.clone(),
        wish: filed.wish.clone(),
        contact: filed.contact.clone(),
        files: files(&filed.files),
        messages: Vec::new(),
        replies: Vec::new(),
        summaries: Vec::new(),
        remedies: Vec::new(),
        outcomes: Vec::new(),
        withdrawals: Vec::new(),
        features: Portable::default(),
        merged_into: complaint.features.disposition.merged_into.as_ref().map(|twin| twin.number),
    };
    let mut places: BTreeMap<MessageId, usize> = BTreeMap::new();
    for entry in journal {
        case.take_in(entry, &mut places, complaint, desk.zone);
    }
    case
}

impl Case {
    fn take_in(
        &mut self,
        entry: &Entry,
        places: &mut BTreeMap<MessageId, usize>,
        complaint: &Complaint,
        zone: Tz,
    ) {
        let at = iso(zone, entry.at);
        let by = || name(&entry.by);
        match &entry.event {
            Event::CustomerWrote { message, text, files: came } => {
                places.insert(*message, self.messages.len());
                let (text, files) = (text.clone(), files(came));
                let (edits, deleted_at, moved_to) = (Vec::new(), None, None);
                self.messages.push(Message { at, text, files, edits, deleted_at, moved_to });
            }
            Event::CustomerEdited { message, text, .. } => self.on(places, *message, |held| {
                held.edits.push(Words { at, text: text.clone() });
            }),
            Event::CustomerDeleted { message } => {
                self.on(places, *message, |held| held.deleted_at = Some(at));
            }
            Event::CustomerMessageMoved { message, to, .. } => {
                self.on(places, *message, |held| held.moved_to = Some(*to));
            }
            Event::Replied { text, files: go, .. } => {
                let (text, files) = (text.clone(), files(go));
                self.replies.push(Reply { at, by: by(), text, files, delivered: false });
            }
            Event::ReplyDelivered { reply } => {
                let place = usize::try_from(reply - 1).ok();
                if let Some(held) = place.and_then(|place| self.replies.get_mut(place)) {
                    held.delivered = true;
                }
            }
            Event::Resolved { cycle, outcome, handler, .. } => {
                let rating = complaint.ratings.iter().find(|rating| rating.cycle == *cycle);
                self.outcomes.push(Outcome {
                    at,
                    by: handler.name.clone(),
                    text: outcome.clone(),
                    rating: rating.and_then(|rating| rating.score),
                    rated_at: rating.and_then(|rating| rating.answered).map(|at| iso(zone, at)),
                    fixed: rating.and_then(|rating| rating.fixed),
                    word: rating.and_then(|rating| rating.word.clone()),
                });
            }
            Event::Procedure(step) => self.step(step, at, complaint, zone),
            Event::Feature(fact) => {
                self.features.take_in(fact, &complaint.features, &at, |at| iso(zone, at));
            }
            Event::Disposition(disposition::Fact::Withdrawn { text, .. }) => {
                self.withdrawals.push(Words { at, text: text.clone() });
            }
            _ => {}
        }
    }

    fn step(&mut self, step: &Step, at: String, complaint: &Complaint, zone: Tz) {
        match step {
            Step::Read { by, summary, .. } => {
                let (by, text) = (by.name.clone(), summary.clone());
                self.summaries.push(Summary { at, by, text, right: None, correction: None });
            }
            Step::SummaryConfirmed => self.last_summary(|held| held.right = Some(true)),
            Step::SummaryCorrected { text } => self.last_summary(|held| {
                (held.right, held.correction) = (Some(false), Some(text.clone()));
            }),
            Step::RemediesSent { proposal, by, text } => {
                use crate::domain::proposal::Choice;
                let held =
                    complaint.features.procedure.proposals.iter().find(|held| held.number == *proposal);
                let chosen = held.and_then(|held| held.choice);
                let remedies = held.map(|held| held.remedies.clone()).unwrap_or_default();
                let remedies = remedies.into_iter().zip(1..).map(|(remedy, number)| Remedy {
                    what: remedy.what,
                    due: remedy.due.map(|due| iso(zone, due)),
                    chosen: chosen == Some(Choice::Remedy { remedy: number }),
                });
                let (by, text) = (by.name.clone(), text.clone());
                self.remedies.push(Remedies { sent_at: at, by, text, remedies: remedies.collect() });
            }
            // What staff and managers work out among themselves.
            Step::Proposed { .. }
            | Step::ProposalAgreed { .. }
            | Step::ChangeAsked { .. }
            | Step::OfferAllowed { .. }
            | Step::Offered { .. }
            | Step::ManagerAsked
            | Step::ManagerTook { .. }
            | Step::ManagerSpoke { .. }
            | Step::VulnerableSaid { .. }
            | Step::RemedyChosen { .. } => {}
            Step::ChoiceSpoken { at: said, text, .. } => {
                if !text.is_empty() {
                    let (edits, deleted_at, moved_to) = (Vec::new(), None, None);
                    let (at, text, files) = (iso(zone, *said), text.clone(), Vec::new());
                    self.messages.push(Message { at, text, files, edits, deleted_at, moved_to });
                }
            }
        }
    }

    fn on(
        &mut self,
        places: &BTreeMap<MessageId, usize>,
        message: MessageId,
        change: impl FnOnce(&mut Message),
    ) {
        if let Some(held) = places.get(&message).and_then(|place| self.messages.get_mut(*place)) {
            change(held);
        }
    }

    fn last_summary(&mut self, change: impl FnOnce(&mut Summary)) {
        if let Some(held) = self.summaries.last_mut() {
            change(held);
        }
    }
}

/// A draft as the document shows it.
pub fn draft(draft: &Draft, zone: Tz) -> DraftShown {
    let messages = draft.messages.iter().map(|held| DraftMessage {
        at: iso(zone, held.at),
        text: held.text.clone(),
        files: files(&held.files),
    });
    DraftShown { messages: messages.collect() }
}

/// A request as the document shows it.
pub fn request(request: &DataRequest, desk: &Desk) -> Request {
    let at = |ms: i64| iso(desk.zone, ms);
    let reply = request.reply.as_ref();
    Request {
        desk: desk.named(),
        number: request.number,
        asked_at: at(request.asked_at),
        asks: match request.asks {
            Asks::Erase { .. } => "erase",
            Asks::Other { .. } => "other",
        },
        text: request.text().map(str::to_owned),
        due: request.schedule.due_at.map(at),
        answered_at: request.closed_at().map(at),
        answered_by: reply.map(|reply| reply.by.name.clone()),
        answer: reply.map(|reply| reply.text.clone()),
    }
}

fn files(files: &[FileRef]) -> Vec<File> {
    let shown =
        |file: &FileRef| File { name: file.name.clone(), media_type: file.media.clone(), bytes: file.size };
    files.iter().map(shown).collect()
}

/// The name under which somebody of the desk wrote.
fn name(by: &Actor) -> String {
    match by {
        Actor::Customer(person) | Actor::Staff(person) => person.name.clone(),
        Actor::Desk => String::new(),
    }
}
