//! Brings letters to Discord: renders them from the state, sends them through the one sender, and says what came of it.

use serde_json::{Value, json};

use super::bot::Bot;
use super::render::{card, customer, thread};
use super::rest::{Call, CallError, Page, Priority, Repeat};
use super::situation::Situation;
use crate::desk::outbox::{Brought, Content, Courier, Parcel};
use crate::domain::command::{Delivery, ToCustomer};
use crate::domain::complaint::{Complaint, FileRef, Line};
use crate::domain::draft::{Draft, DraftLetter};
use crate::domain::event::Undelivered;
use crate::domain::hours::version::fingerprint;
use crate::domain::ids::{ChannelId, MessageId};
use crate::domain::letter::{CustomerPost, Letter, Urgency};
use crate::domain::policy::LineKind;
use crate::domain::settings::GuildDesk;

/// Discord's error codes that we tell apart (`topics/opcodes-and-status-codes`).
pub mod codes {
    /// Unknown channel.
    pub const UNKNOWN_CHANNEL: u32 = 10_003;
    /// Unknown message.
    pub const UNKNOWN_MESSAGE: u32 = 10_008;
    /// Unknown user.
    pub const UNKNOWN_USER: u32 = 10_013;
    /// Direct messages are opened too fast.
    pub const OPENING_TOO_FAST: u32 = 40_003;
    /// Cannot send messages to this user.
    pub const CANNOT_SEND: u32 = 50_007;
    /// The thread is archived.
    pub const ARCHIVED: u32 = 50_083;
    /// No mutual guild.
    pub const NO_MUTUAL_GUILD: u32 = 50_278;
    /// A thread has been created for this message already.
    pub const THREAD_EXISTS: u32 = 160_004;
    /// The server has as many active threads as it may have.
    pub const TOO_MANY_THREADS: u32 = 160_006;
}

/// How long a letter waits for something that a person must mend (ms): a permission, a deleted channel.
pub(super) const MEND: i64 = 5 * 60_000;
/// Discord remembers a nonce for some minutes; after this (ms) we look before we post.
const NONCE_HOLDS: i64 = 3 * 60_000;
/// By so much (ms) our clock may be ahead of Discord's.
const SKEW: i64 = 60_000;
/// How many messages are looked through at once, Discord's most.
const LOOKED_AT: u8 = 100;

/// The part of a letter that opens a private thread: its nonce differs from those of the letter's own messages.
const OPENING: usize = 80;

impl Courier for Bot {
    async fn bring(&self, parcel: &Parcel) -> Brought {
        let brought = match &parcel.content {
            Content::Complaint(complaint, letter) => self.bring_letter(parcel, complaint, letter).await,
            Content::Draft(draft, letter) => self.bring_draft(parcel, draft, letter).await,
            Content::Incident(incident, letter) => self.bring_incident(parcel, incident, letter).await,
            Content::Request(request, letter) => self.bring_request(parcel, request, letter).await,
            Content::Board(board, letter) => self.bring_board(parcel, *board, letter).await,
        };
        match brought {
            Ok(brought) => brought,
            Err(error) => failed(&error),
        }
    }
}

/// What a failed call means for its letter.
pub(super) fn failed(error: &CallError) -> Brought {
    let why = error.to_string();
    match error {
        CallError::Refused { status: 401 | 403 | 404, .. } => Brought::Again { after: MEND, why },
        CallError::Refused { code: codes::OPENING_TOO_FAST, .. } => Brought::Again { after: 60_000, why },
        CallError::Refused { status: 500.., .. } | CallError::Unknown | CallError::Unreachable => {
            Brought::Again { after: 0, why }
        }
        CallError::RateLimited { retry_after_ms } => Brought::Again { after: *retry_after_ms, why },
        // The message itself is refused: no repetition will help.
        CallError::Refused { .. } => Brought::GiveUp { why },
    }
}

pub(super) fn id_of(answer: &Value) -> u64 {
    answer["id"].as_str().and_then(|id| id.parse().ok()).unwrap_or_default()
}

impl Bot {
    /// A message with the parcel's nonce, so that Discord itself drops a repetition. It tells the letter from another one
    /// that had the same place before the desk was restored from an older backup; nonces hold 25 characters.
    pub(super) fn message(&self, parcel: &Parcel, part: usize, channel: ChannelId, mut body: Value) -> Call {
        let letter = fingerprint(&format!("{} {} {}", parcel.stream, parcel.seq, parcel.made_at));
        body["nonce"] = json!(format!("{letter}-{part}"));
        body["enforce_nonce"] = json!(true);
        Call::post_message(channel, body)
    }

    /// Posts a message of a parcel, or finds it where it may stand already.
    pub(super) async fn post(
        &self,
        parcel: &Parcel,
        part: usize,
        channel: ChannelId,
        body: Value,
        urgency: Urgency,
    ) -> Result<MessageId, CallError> {
        self.post_with_files(parcel, part, channel, body, urgency, &[]).await
    }

    pub(super) async fn post_with_files(
        &self,
        parcel: &Parcel,
        part: usize,
        channel: ChannelId,
        body: Value,
        urgency: Urgency,
        files: &[FileRef],
    ) -> Result<MessageId, CallError> {
        let mut call = self.message(parcel, part, channel, body).priority(priority(urgency));
        let nonce = call.body.as_ref().map(|body| body["nonce"].clone()).unwrap_or_default();
        let carries = |message: &Value| message["nonce"] == nonce;
        if let Some(tried) = parcel.tried_at.filter(|tried| self.desk().now() - tried > NONCE_HOLDS)
            && let Some(standing) = self.find(channel, tried, carries).await?
        {
            return Ok(standing);
        }
        if !files.is_empty() {
            let parts = self.keeper().parts(files).await;
            let list: Vec<Value> = parts
                .iter()
                .enumerate()
                .map(|(place, part)| json!({ "id": place, "filename": part.name }))
                .collect();
            if let Some(body) = &mut call.body {
                body["attachments"] = Value::Array(list);
            }
            call = call.files(parts);
        }
        let sent = self.sender().call(call).await.map(|answer| MessageId(id_of(&answer)));
        match (&sent, parcel.tried_at) {
            // Closed since: an earlier try may have arrived all the same, and must not come once more elsewhere.
            (Err(CallError::Refused { code: codes::CANNOT_SEND, .. }), Some(tried)) => {
                self.find(channel, tried, carries).await?.map_or(sent, Ok)
            }
            _ => sent,
        }
    }

    /// Looks for a message among all that was written in a channel since `since` (Unix ms): in a bad hour that is more than
    /// its last page.
    pub(super) async fn find(
        &self,
        channel: ChannelId,
        since: i64,
        wanted: impl Fn(&Value) -> bool,
    ) -> Result<Option<MessageId>, CallError> {
        let mut after = MessageId::at(since - SKEW);
        loop {
            let call = Call::get_messages(channel, Page::After(after), LOOKED_AT);
            let answer = self.sender().call(call).await?;
            let messages = answer.as_array().map(Vec::as_slice).unwrap_or_default();
            if let Some(found) = messages.iter().find(|message| wanted(message)) {
                return Ok(Some(MessageId(id_of(found))));
            }
            let newest = messages.iter().map(id_of).max().filter(|newest| *newest > after.0);
            match newest {
                Some(newest) if messages.len() >= usize::from(LOOKED_AT) => after = MessageId(newest),
                _ => return Ok(None),
            }
        }
    }

    async fn bring_letter(
        &self,
        parcel: &Parcel,
        complaint: &Complaint,
        letter: &Letter,
    ) -> Result<Brought, CallError> {
        let Some(desk) = self.desk().desk_of(complaint.filed.guild) else {
            return Ok(Brought::Again { after: MEND, why: "the desk is not set up".to_owned() });
        };
        let view = self.view();
        let urgency = letter.urgency();
        match letter {
            Letter::Card => {
                let body = card::card(complaint, desk.locale, &view);
                let message = self.post(parcel, 0, desk.desk_channel, body, urgency).await?;
                Ok(Brought::Learned(Delivery::Card { channel: desk.desk_channel, message }))
            }
            Letter::Thread => self.start_thread(parcel, complaint, &desk).await,
            Letter::RefreshCard => {
                let Some((channel, message)) = complaint.card else { return Ok(Brought::Done) };
                let body = card::card(complaint, desk.locale, &view);
                let call = Call::edit_message(channel, message, body).priority(priority(urgency));
                match self.sender().call(call).await {
                    // Somebody deleted the card by hand; the thread lives on without it. Where its channel is gone too, the
                    // next word in the thread makes both anew.
                    Err(CallError::Refused {
                        code: codes::UNKNOWN_MESSAGE | codes::UNKNOWN_CHANNEL, ..
                    })
                    | Ok(_) => Ok(Brought::Done),
                    Err(error) => Err(error),
                }
            }
            Letter::Join { user } => self.join_thread(parcel, complaint, *user, &desk).await,
            Letter::TakeDown { card, threads, kept } => self.take_down(*card, threads, kept).await,
            Letter::Archive => self.archive_thread(complaint).await,
            Letter::ToThread { post } => self.bring_to_thread(parcel, complaint, post, &desk).await,
            Letter::ToDesk { post } => {
                let body = thread::desk_post(post, &desk, &view);
                self.post(parcel, 0, desk.desk_channel, body, urgency).await.map(|_| Brought::Done)
            }
            Letter::ToManagers { post } => {
                let body = thread::manager_post(post, complaint, &desk, &view);
                self.post(parcel, 0, desk.manager_channel, body, urgency).await.map(|_| Brought::Done)
            }
            Letter::ToCustomer { post } => self.bring_to_customer(parcel, complaint, post, &desk).await,
            Letter::CloseRating { cycle } => {
                let place =
                    complaint.ratings.iter().find(|held| held.cycle == *cycle).and_then(|held| held.place);
                let Some((channel, message)) = place else { return Ok(Brought::Done) };
                let body = customer::closed_rating(complaint, *cycle, &view);
                match self
                    .sender()
                    .call(Call::edit_message(channel, message, body).priority(Priority::Bulk))
                    .await
                {
                    Err(CallError::Refused { code: codes::UNKNOWN_MESSAGE | codes::CANNOT_SEND, .. })
                    | Ok(_) => Ok(Brought::Done),
                    Err(error) => Err(error),
                }
            }
        }
    }

    async fn bring_to_customer(
        &self,
        parcel: &Parcel,
        complaint: &Complaint,
        post: &CustomerPost,
        desk: &GuildDesk,
    ) -> Result<Brought, CallError> {
        let what = what(post);
        let unreachable = |reason: Undelivered, direct_closed: bool, what: ToCustomer| {
            Ok(Brought::Learned(Delivery::CustomerUnreachable { what, reason, direct_closed }))
        };
        let mut direct_closed = complaint.direct_closed;
        let line = match complaint.line {
            Line::Direct { .. } | Line::Thread { .. } => complaint.line,
            // What is to be told by voice is no letter to the customer.
            Line::Spoken { .. } => return unreachable(Undelivered::Spoken, direct_closed, what),
            Line::Unknown | Line::Nowhere { .. } if desk.line == LineKind::Dm && !direct_closed => {
                match self.open_direct(complaint).await? {
                    Ok(line) => line,
                    Err(reason) => {
                        direct_closed = true;
                        match self.open_line_thread(parcel, complaint, desk, direct_closed).await? {
                            Some(line) => line,
                            None => return unreachable(reason, direct_closed, what),
                        }
                    }
                }
            }
            Line::Unknown | Line::Nowhere { .. } => {
                match self.open_line_thread(parcel, complaint, desk, direct_closed).await? {
                    Some(line) => line,
                    None => return unreachable(Undelivered::Closed, direct_closed, what),
                }
            }
        };
        let body = customer::post(post, complaint, &self.view());
        let files: &[FileRef] = match post {
            CustomerPost::Reply { files, .. } => files,
            _ => &[],
        };
        let urgency = Letter::ToCustomer { post: post.clone() }.urgency();
        let (Line::Direct { channel } | Line::Thread { channel }) = line else {
            return unreachable(Undelivered::Closed, direct_closed, what);
        };
        if parcel.tried_at.is_some() && line != complaint.line {
            let guild = matches!(line, Line::Thread { .. }).then_some(complaint.filed.guild);
            self.catch_up_later(channel, guild);
        }
        let sent = self.post_with_files(parcel, 0, channel, body.clone(), urgency, files).await;
        let (line, sent) = match sent {
            // Their direct messages are closed: the private thread becomes the line.
            Err(CallError::Refused { code: codes::CANNOT_SEND | codes::NO_MUTUAL_GUILD, .. }) => {
                direct_closed = true;
                match self.open_line_thread(parcel, complaint, desk, direct_closed).await? {
                    Some(line @ Line::Thread { channel }) => {
                        (line, self.post_with_files(parcel, 1, channel, body, urgency, files).await)
                    }
                    _ => return unreachable(Undelivered::Closed, direct_closed, what),
                }
            }
            sent => (line, sent),
        };
        let message = match sent {
            Ok(message) => message,
            // A private thread that somebody deleted: the next try makes a new one.
            Err(CallError::Refused { code: codes::UNKNOWN_CHANNEL, .. }) => {
                return match self.open_line_thread(parcel, complaint, desk, direct_closed).await? {
                    Some(line @ Line::Thread { channel }) => {
                        let body = customer::post(post, complaint, &self.view());
                        let message = self.post_with_files(parcel, 2, channel, body, urgency, files).await?;
                        self.keeper().drop(files).await;
                        Ok(Brought::Learned(Delivery::Customer { what, line, direct_closed, message }))
                    }
                    _ => unreachable(Undelivered::Gone, direct_closed, what),
                };
            }
            Err(error) => return Err(error),
        };
        self.keeper().drop(files).await;
        Ok(Brought::Learned(Delivery::Customer { what, line, direct_closed, message }))
    }

    /// Opens the customer's direct messages; the inner error says that they are closed.
    async fn open_direct(&self, complaint: &Complaint) -> Result<Result<Line, Undelivered>, CallError> {
        let call = Call::open_dm(complaint.filed.customer.id).repeat(Repeat::Safe);
        match self.sender().call(call).await {
            Ok(answer) => Ok(Ok(Line::Direct { channel: ChannelId(id_of(&answer)) })),
            Err(CallError::Refused { code: codes::CANNOT_SEND, .. }) => Ok(Err(Undelivered::Closed)),
            Err(CallError::Refused { code: codes::NO_MUTUAL_GUILD | codes::UNKNOWN_USER, .. }) => {
                Ok(Err(Undelivered::Gone))
            }
            Err(error) => Err(error),
        }
    }

    /// Opens a private thread with the customer under the intake channel, or finds the one that stands already.
    async fn open_line_thread(
        &self,
        parcel: &Parcel,
        complaint: &Complaint,
        desk: &GuildDesk,
        direct_closed: bool,
    ) -> Result<Option<Line>, CallError> {
        let Some(intake) = desk.intake_channel else { return Ok(None) };
        let name = self.view().words(complaint.lang).private_thread_name(complaint.number());
        let active = self.sender().call(Call::active_threads(complaint.filed.guild)).await?;
        let standing = active["threads"]
            .as_array()
            .into_iter()
            .flatten()
            .find(|thread| thread["name"] == name.as_str() && thread["parent_id"] == intake.to_string());
        let channel = match standing {
            Some(thread) => ChannelId(id_of(thread)),
            None => {
                let body = json!({
                    "name": name, "type": 12, "invitable": false, "auto_archive_duration": 10_080
                });
                let start = || Call::start_private_thread(intake, body.clone());
                let mut started = self.sender().call(start()).await;
                if Situation::of(started.as_ref().err()) == Some(Situation::ThreadsFull)
                    && self.make_room(complaint.filed.guild, complaint.id).await?
                {
                    started = self.sender().call(start()).await;
                }
                match started {
                    Ok(thread) => ChannelId(id_of(&thread)),
                    Err(CallError::Refused { status: 403, .. }) => return Ok(None),
                    Err(error) => return Err(error),
                }
            }
        };
        let customer = complaint.filed.customer.id;
        match self.sender().call(Call::add_thread_member(channel, customer)).await {
            Ok(_) => {}
            // Gone from the server: a thread without them reaches nobody.
            Err(CallError::Refused { .. }) => return Ok(None),
            Err(error) => return Err(error),
        }
        let opening = customer::private_thread(complaint, direct_closed, &self.view());
        self.post(parcel, OPENING, channel, opening, Urgency::Person).await?;
        Ok(Some(Line::Thread { channel }))
    }

    async fn bring_draft(
        &self,
        parcel: &Parcel,
        draft: &Draft,
        letter: &DraftLetter,
    ) -> Result<Brought, CallError> {
        let unless_gone = |sent: Result<Value, CallError>| match sent {
            Err(CallError::Refused { code: codes::UNKNOWN_MESSAGE | codes::CANNOT_SEND, .. }) | Ok(_) => {
                Ok(Brought::Done)
            }
            Err(error) => Err(error),
        };
        match letter {
            DraftLetter::Show if !draft.is_open() => Ok(Brought::Done),
            DraftLetter::Show => {
                let body = customer::draft(draft, &self.view());
                let sent = self.post(parcel, 0, draft.channel, body, Urgency::Person).await;
                match sent {
                    Ok(message) => Ok(Brought::DraftShown(message)),
                    // Filed unsent later on, when its while has passed.
                    Err(CallError::Refused { code: codes::CANNOT_SEND, .. }) => Ok(Brought::Done),
                    Err(error) => Err(error),
                }
            }
            DraftLetter::TakeBack { message } => {
                unless_gone(self.sender().call(Call::delete_message(draft.channel, *message)).await)
            }
            DraftLetter::Settle { message } => {
                let words = self.view().words(draft.lang).draft_settled();
                let body = json!({ "content": words, "components": [], "allowed_mentions": { "parse": [] } });
                unless_gone(self.sender().call(Call::edit_message(draft.channel, *message, body)).await)
            }
        }
    }
}

fn priority(urgency: Urgency) -> Priority {
    match urgency {
        Urgency::Person => Priority::Person,
        Urgency::Desk => Priority::Nudge,
        Urgency::Bulk => Priority::Bulk,
    }
}

fn what(post: &CustomerPost) -> ToCustomer {
    match post {
        CustomerPost::Reply { reply, by, text, .. } => {
            ToCustomer::Reply { reply: *reply, by: by.clone(), text: text.clone(), asked: None }
        }
        CustomerPost::Outcome { cycle } | CustomerPost::RatingQuestion { cycle } => {
            ToCustomer::Outcome { cycle: *cycle }
        }
        CustomerPost::OutcomeAlone { cycle } => ToCustomer::OutcomeAlone { cycle: *cycle },
        _ => ToCustomer::Other,
    }
}
