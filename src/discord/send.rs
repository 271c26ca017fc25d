//! Brings outbox messages to Discord: renders them from the state, sends them through the one sender, and says what came of it.

use serde_json::{Value, json};

use super::bot::Bot;
use super::custom_id::mark_as_of;
use super::less::{Post, withheld};
use super::membership::SOON;
use super::render::{card, customer, thread};
use super::rest::{Call, CallError, Class, Page, Priority, Why};
use super::token::Standing;
use crate::desk::parcel::{Brought, Content, Courier, Parcel};
use crate::domain::command::Delivery;
use crate::domain::complaint::{Complaint, FileRef};
use crate::domain::draft::{Draft, DraftOutboxMessage};
use crate::domain::outbox::{OutboxMessage, Urgency};
use crate::domain::posted::Posted;
use crate::domain::prompt::{Asks, Prompt};
use crate::kernel::ids::{ChannelId, MessageId, Stream};
use crate::sla::hours::version::fingerprint;

/// How long an outbox message waits for something that a person must mend (ms): a permission, a deleted channel.
pub(super) const MEND: i64 = 5 * 60_000;
/// How long (ms) an outbox message waits where Discord finds that too much is opened at once.
const TOO_FAST: i64 = 60_000;
/// Discord remembers a nonce for some minutes; after this (ms) we look before we post.
const NONCE_HOLDS: i64 = 3 * 60_000;
/// By so much (ms) our clock may be ahead of Discord's.
const SKEW: i64 = 60_000;
/// How many messages are looked through at once, Discord's most.
const LOOKED_AT: u8 = 100;

impl Courier for Bot {
    async fn bring(&self, parcel: &Parcel) -> Brought {
        // Without a token nothing is begun.
        if let Standing::Refused { next } = self.look_after_token().await {
            let why = CallError::token_refused().to_string();
            return Brought::Again { after: next - self.desk().now(), why };
        }
        let brought = match &parcel.content {
            Content::Complaint(complaint, outgoing) => {
                Box::pin(self.bring_message(parcel, complaint, outgoing)).await
            }
            Content::Draft(draft, outgoing) => self.bring_draft(parcel, draft, outgoing).await,
            Content::Incident(incident, outgoing) => self.bring_incident(parcel, incident, outgoing).await,
            Content::Request(request, outgoing) => self.bring_request(parcel, request, outgoing).await,
            Content::Board(board, outgoing) => self.bring_board(parcel, *board, outgoing).await,
        };
        match brought {
            Ok(brought) => brought,
            Err(error) => failed(&error),
        }
    }
}

/// What a failed call means for its outbox message.
pub(super) fn failed(error: &CallError) -> Brought {
    let why = error.to_string();
    if let CallError::RateLimited { retry_after_ms } = error {
        return Brought::Again { after: *retry_after_ms, why };
    }
    match error.class() {
        Class::Retry if error.why() == Why::Slow => Brought::Again { after: 0, why },
        Class::Retry if error.why() == Why::TooFast => Brought::Again { after: TOO_FAST, why },
        // It waits for time, or for somebody who mends it.
        Class::Retry | Class::Mend | Class::Stop | Class::Way | Class::Gone | Class::Asleep | Class::Full => {
            Brought::Again { after: MEND, why }
        }
        Class::Stands => Brought::Done,
        // The message itself is refused: no repetition will help.
        Class::Text | Class::Final => Brought::GiveUp { why },
    }
}

pub(super) fn id_of(answer: &Value) -> u64 {
    answer["id"].as_str().and_then(|id| id.parse().ok()).unwrap_or_default()
}

impl Bot {
    /// A message with the parcel's nonce, so that Discord itself drops a repetition. It tells the outbox message from another one
    /// that had the same place before the desk was restored from an older backup; nonces hold 25 characters.
    pub(super) fn message(&self, parcel: &Parcel, part: usize, channel: ChannelId, mut body: Value) -> Call {
        let outgoing = fingerprint(&format!("{} {} {}", parcel.stream, parcel.seq, parcel.made_at));
        body["nonce"] = json!(format!("{outgoing}-{part}"));
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
            // Refused since: an earlier try may have arrived all the same, and must not come once more elsewhere.
            (Err(error), Some(tried)) if matches!(error.class(), Class::Way | Class::Text) => {
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

    async fn bring_message(
        &self,
        parcel: &Parcel,
        complaint: &Complaint,
        outgoing: &OutboxMessage,
    ) -> Result<Brought, CallError> {
        let Some(desk) = self.desk().desk_of(complaint.filed.guild) else {
            return Ok(Brought::Again { after: MEND, why: "the desk is not set up".to_owned() });
        };
        let view = self.view();
        let urgency = outgoing.urgency();
        match outgoing {
            OutboxMessage::Card => {
                let body = card::card(complaint, desk.locale, &view);
                let place = Post { channel: desk.desk_channel, urgency, lang: desk.locale };
                let message = self.post_or_less(parcel, 0, place, body, Some(complaint.number())).await?;
                Ok(Brought::Learned(Delivery::Card { channel: desk.desk_channel, message }))
            }
            OutboxMessage::Thread => self.start_thread(parcel, complaint, &desk).await,
            OutboxMessage::RefreshCard => {
                let Some((channel, message)) = complaint.card else { return Ok(Brought::Done) };
                let body = card::card(complaint, desk.locale, &view);
                let edit =
                    |body: Value| Call::edit_message(channel, message, body).priority(priority(urgency));
                let mut edited = self.sender().call(edit(body.clone())).await;
                if let Err(error) = &edited
                    && error.class() == Class::Text
                {
                    let less =
                        withheld(&body, Some(complaint.number()), error.why(), view.words(desk.locale));
                    edited = self.sender().call(edit(less)).await;
                }
                match edited {
                    // Somebody deleted the card by hand; the thread lives on without it. Where its channel is gone too, the
                    // next word in the thread makes both anew.
                    Err(error) if error.is_deleted() => Ok(Brought::Done),
                    edited => edited.map(|_| Brought::Done),
                }
            }
            OutboxMessage::Rename => self.rename(complaint).await,
            OutboxMessage::Bar => self.bring_bar(parcel, complaint, &desk).await,
            OutboxMessage::RefreshBar => self.refresh_bar(parcel, complaint, &desk).await,
            OutboxMessage::Join { user } => self.join_thread(parcel, complaint, *user, &desk).await,
            OutboxMessage::TakeDown { card, threads, kept } => self.take_down(*card, threads, kept).await,
            OutboxMessage::Strike { posts } => self.strike(posts, desk.locale).await,
            OutboxMessage::Archive => self.archive_thread(complaint).await,
            OutboxMessage::ToThread { post } => {
                Box::pin(self.bring_to_thread(parcel, complaint, post, &desk)).await
            }
            OutboxMessage::ToDesk { post } => {
                let body = thread::desk_post(post, &desk, &view);
                let place = Post { channel: desk.desk_channel, urgency, lang: desk.locale };
                self.post_or_less(parcel, 0, place, body, Some(complaint.number()))
                    .await
                    .map(|_| Brought::Done)
            }
            OutboxMessage::ToManagers { post } => {
                let mut body = thread::manager_post(post, complaint, &desk, &view);
                mark_as_of(complaint, &mut body);
                let place = Post { channel: desk.manager_channel, urgency, lang: desk.locale };
                let channel = desk.manager_channel;
                let message = self.post_or_less(parcel, 0, place, body, Some(complaint.number())).await?;
                parcel.posted.add(Stream::Complaint(complaint.id), Posted::whole(channel, message));
                let asks = Asks::of_managers(post, complaint).filter(|asks| !asks.is_over(complaint));
                Ok(asks.map_or(Brought::Done, |asks| {
                    Brought::Learned(Delivery::Prompt { prompt: Prompt { asks, channel, message } })
                }))
            }
            OutboxMessage::ToCustomer { post } => {
                Box::pin(self.bring_to_customer(parcel, complaint, post, &desk)).await
            }
            OutboxMessage::ClosePrompt { channel, message, .. } => {
                let body = json!({ "components": [] });
                let call = Call::edit_message(*channel, *message, body).priority(Priority::Bulk);
                match self.sender().call(call).await {
                    // What nobody sees any more, or what sleeps, needs no buttons taken away.
                    Err(error) if matches!(error.class(), Class::Gone | Class::Way | Class::Asleep) => {
                        Ok(Brought::Done)
                    }
                    edited => edited.map(|_| Brought::Done),
                }
            }
            OutboxMessage::CloseRating { cycle } => {
                let place =
                    complaint.ratings.iter().find(|held| held.cycle == *cycle).and_then(|held| held.place);
                let Some((channel, message)) = place else { return Ok(Brought::Done) };
                let body = customer::closed_rating(complaint, *cycle, &view);
                let edit = |body: Value| Call::edit_message(channel, message, body).priority(Priority::Bulk);
                let mut edited = self.sender().call(edit(body)).await;
                if edited.as_ref().is_err_and(|error| error.class() == Class::Text) {
                    // The words stand there already; what matters is that the buttons go.
                    edited = self.sender().call(edit(json!({ "components": [] }))).await;
                }
                match edited {
                    // What nobody sees any more needs no buttons taken away.
                    Err(error) if matches!(error.class(), Class::Gone | Class::Way) => Ok(Brought::Done),
                    edited => edited.map(|_| Brought::Done),
                }
            }
        }
    }

    async fn bring_draft(
        &self,
        parcel: &Parcel,
        draft: &Draft,
        outgoing: &DraftOutboxMessage,
    ) -> Result<Brought, CallError> {
        let unless_gone = |sent: Result<Value, CallError>| match sent {
            Err(error) if matches!(error.class(), Class::Gone | Class::Way) => Ok(Brought::Done),
            sent => sent.map(|_| Brought::Done),
        };
        match outgoing {
            DraftOutboxMessage::Show if !draft.is_open() => Ok(Brought::Done),
            DraftOutboxMessage::Show => {
                let body = customer::draft(draft, &self.view());
                let place = Post { channel: draft.channel, urgency: Urgency::Person, lang: draft.lang };
                match self.post_or_less(parcel, 0, place, body, None).await {
                    Ok(message) => Ok(Brought::DraftShown(message)),
                    // Filed unsent later on, when its while has passed.
                    Err(error) if matches!(error.class(), Class::Gone | Class::Way) => Ok(Brought::Done),
                    Err(error) => Err(error),
                }
            }
            DraftOutboxMessage::TakeBack { message } => {
                unless_gone(self.sender().call(Call::delete_message(draft.channel, *message)).await)
            }
            DraftOutboxMessage::AskDesks => {
                let mut known = Vec::new();
                for guild in &draft.unsure {
                    known.push((*guild, self.is_member(*guild, draft.customer.id, Some(SOON)).await?));
                }
                Ok(Brought::DesksKnown(known))
            }
            DraftOutboxMessage::Settle { message } => {
                let words = self.view().words(draft.lang).draft_settled();
                let body = json!({ "content": words, "components": [], "allowed_mentions": { "parse": [] } });
                unless_gone(self.sender().call(Call::edit_message(draft.channel, *message, body)).await)
            }
        }
    }
}

pub(super) fn priority(urgency: Urgency) -> Priority {
    match urgency {
        Urgency::Person => Priority::Person,
        Urgency::Desk => Priority::Nudge,
        Urgency::Bulk => Priority::Bulk,
    }
}
