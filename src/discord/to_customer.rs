//! The way to a customer: their direct messages, else a private thread with them; and why none of them leads there.

use serde_json::{Value, json};

use super::bot::Bot;
use super::opening::Standing;
use super::render::customer;
use super::rest::{Call, CallError, Class, Repeat, Why};
use super::send::id_of;
use super::situation::Situation;
use crate::desk::parcel::{Brought, Parcel};
use crate::domain::command::{Delivery, ToCustomer};
use crate::domain::complaint::{Complaint, FileRef, Line};
use crate::domain::event::Undelivered;
use crate::domain::outbox::{CustomerPost, OutboxMessage, Urgency};
use crate::domain::policy::LineKind;
use crate::domain::settings::GuildDesk;
use crate::kernel::ids::{ChannelId, GuildId, UserId};
use crate::sla::hours::version::fingerprint;

/// The part of an outbox message that opens a private thread: its nonce differs from those of the outbox message's own messages.
const OPENING: usize = 80;

/// A way to somebody, or why there is none.
type Way = Result<Line, Undelivered>;

/// An outbox message to a customer on its way.
struct Errand<'a> {
    parcel: &'a Parcel,
    complaint: &'a Complaint,
    post: &'a CustomerPost,
    desk: &'a GuildDesk,
    /// Whether their direct messages were found closed.
    direct_closed: bool,
}

impl Errand<'_> {
    fn unreachable(&self, reason: Undelivered) -> Brought {
        let (what, direct_closed) = (ToCustomer::of(self.post), self.direct_closed);
        Brought::Learned(Delivery::CustomerUnreachable { what, reason, direct_closed })
    }

    fn files(&self) -> &[FileRef] {
        match self.post {
            CustomerPost::Reply { files, .. } => files,
            _ => &[],
        }
    }
}

impl Bot {
    pub(super) async fn bring_to_customer(
        &self,
        parcel: &Parcel,
        complaint: &Complaint,
        post: &CustomerPost,
        desk: &GuildDesk,
    ) -> Result<Brought, CallError> {
        let direct_closed = complaint.direct_closed;
        let mut errand = Errand { parcel, complaint, post, desk, direct_closed };
        let way = match complaint.line {
            Line::Direct { .. } | Line::Thread { .. } => Ok(complaint.line),
            // What is to be told by voice is no outbox message to the customer.
            Line::Spoken { .. } => Err(Undelivered::Spoken),
            Line::Unknown | Line::Nowhere { .. } if desk.line == LineKind::Dm && !direct_closed => {
                match self.opened(complaint.filed.customer.id, desk.guild).await? {
                    Ok(line) => Ok(line),
                    Err(reason) => {
                        errand.direct_closed = reason == Undelivered::Closed;
                        self.by_thread(&errand, reason).await?
                    }
                }
            }
            Line::Unknown | Line::Nowhere { .. } => {
                let reason = if direct_closed { Undelivered::Closed } else { Undelivered::NoThread };
                self.by_thread(&errand, reason).await?
            }
        };
        let mut line = match way {
            Ok(line) => line,
            Err(reason) => return Ok(errand.unreachable(reason)),
        };
        let mut part = 0;
        let sent = loop {
            let (Line::Direct { channel } | Line::Thread { channel }) = line else {
                return Ok(errand.unreachable(Undelivered::Closed));
            };
            if parcel.tried_at.is_some() && line != complaint.line {
                let guild = matches!(line, Line::Thread { .. }).then_some(complaint.filed.guild);
                self.catch_up_later(channel, guild);
            }
            let body = customer::post(post, complaint, &self.view());
            let urgency = OutboxMessage::ToCustomer { post: post.clone() }.urgency();
            let sent = self.post_with_files(parcel, part, channel, body, urgency, errand.files()).await;
            let Err(error) = sent else { break sent };
            // Elsewhere it is another message; each way is tried once.
            part += 1;
            let reason = match lost_by(&error) {
                Some(why) if why.is_of_the_words() => return Ok(errand.unreachable(why)),
                None if error.class() == Class::Asleep && part == 1 => {
                    self.sender().call(Call::edit_channel(channel, json!({ "archived": false }))).await?;
                    continue;
                }
                Some(why) if part <= 2 => why,
                _ => return Err(error),
            };
            if reason == Undelivered::Flagged {
                self.note_shut(error.why(), desk.guild).await;
            }
            errand.direct_closed |= reason == Undelivered::Closed;
            if reason == Undelivered::Gone && self.has_left(complaint).await? {
                return Ok(errand.unreachable(Undelivered::Gone));
            }
            match self.by_thread(&errand, reason).await? {
                Ok(found) => line = found,
                Err(reason) => return Ok(errand.unreachable(reason)),
            }
        };
        let message = sent?;
        let (what, direct_closed) = (ToCustomer::of(post), errand.direct_closed);
        Ok(Brought::Learned(Delivery::Customer { what, line, direct_closed, message }))
    }

    /// Opens the customer's direct messages.
    async fn opened(&self, customer: UserId, guild: GuildId) -> Result<Way, CallError> {
        match self.open_direct(customer, guild).await? {
            Ok(channel) => Ok(Ok(Line::Direct { channel })),
            Err(reason) => Ok(Err(reason)),
        }
    }

    /// Opens somebody's direct messages; the inner error says why that is no way to them now.
    pub(super) async fn open_direct(
        &self,
        person: UserId,
        guild: GuildId,
    ) -> Result<Result<ChannelId, Undelivered>, CallError> {
        match self.opening().standing(self.desk().now()) {
            Standing::Open => {}
            Standing::Later(wait) => return Err(CallError::RateLimited { retry_after_ms: wait }),
            Standing::Shut { why, until } => {
                self.tell_of_shut(why, until, guild).await;
                return Ok(Err(Undelivered::Flagged));
            }
        }
        let error = match self.sender().call(Call::open_dm(person).repeat(Repeat::Safe)).await {
            Ok(answer) => {
                self.opening().opened();
                return Ok(Ok(ChannelId(id_of(&answer))));
            }
            Err(error) => error,
        };
        match (error.class(), error.why()) {
            (_, Why::Closed) => Ok(Err(Undelivered::Closed)),
            (_, Why::NoMutual | Why::Left) => Ok(Err(Undelivered::Gone)),
            (_, why @ (Why::Flagged | Why::TooFast)) | (Class::Mend, why) => {
                match self.note_shut(why, guild).await {
                    Standing::Shut { .. } => Ok(Err(Undelivered::Flagged)),
                    Standing::Later(_) | Standing::Open => Err(error),
                }
            }
            _ => Err(error),
        }
    }

    /// Direct messages are kept from the bot; once that lasts, managers hear of it.
    async fn note_shut(&self, why: Why, guild: GuildId) -> Standing {
        let standing = self.opening().refused(why, self.desk().now());
        if let Standing::Shut { why, until } = standing {
            self.tell_of_shut(why, until, guild).await;
        }
        standing
    }

    async fn tell_of_shut(&self, why: Why, until: i64, guild: GuildId) {
        if !self.opening().is_news_for(guild) {
            return;
        }
        tracing::error!(guild.id = guild.0, why = why.as_str(), until, "direct messages are shut for now");
        if let Err(error) = self.desk().boards().tell_shut(guild, why == Why::Flagged, until).await {
            tracing::error!(%error, "managers not told");
            self.desk().watch().failed(&error);
        }
    }

    /// Whether the customer is on the server no more. What cannot be known is no.
    async fn has_left(&self, complaint: &Complaint) -> Result<bool, CallError> {
        let call = Call::get_member(complaint.filed.guild, complaint.filed.customer.id);
        match self.sender().call(call).await {
            Ok(_) => Ok(false),
            Err(error) if error.is_left() => Ok(true),
            Err(error) if error.class() == Class::Retry => Err(error),
            Err(_) => Ok(false),
        }
    }

    /// A private thread with the customer under the intake channel, or why there is no way to them; `reason`: why their direct
    /// messages are none.
    async fn by_thread(&self, errand: &Errand<'_>, reason: Undelivered) -> Result<Way, CallError> {
        let Errand { parcel, complaint, desk, direct_closed, .. } = *errand;
        let words = self.view().words(complaint.lang);
        let names = names(words.private_thread_name(complaint.number()), complaint.id.0);
        let customer = complaint.filed.customer.id;
        // The one in which they were spoken with before is woken by the next message.
        if let Some(held) = complaint.private {
            match self.sender().call(Call::add_thread_member(held, customer)).await {
                Ok(_) => return Ok(Ok(Line::Thread { channel: held })),
                Err(error) if error.is_left() => return Ok(Err(Undelivered::Gone)),
                Err(error) if error.class() == Class::Asleep => {
                    self.sender().call(Call::edit_channel(held, json!({ "archived": false }))).await?;
                    self.sender().call(Call::add_thread_member(held, customer)).await?;
                    return Ok(Ok(Line::Thread { channel: held }));
                }
                Err(error) if error.is_deleted() => {}
                Err(error) if error.class() == Class::Retry => return Err(error),
                Err(_) => return Ok(Err(reason)),
            }
        }
        let channel = match self.private_thread(desk, &names, Some(complaint)).await? {
            Some(channel) => channel,
            None => return Ok(Err(if reason == Undelivered::Gone { Undelivered::NoThread } else { reason })),
        };
        if let Err(left) = self.bring_in(channel, customer).await? {
            return Ok(Err(if left == Undelivered::Gone { left } else { reason }));
        }
        let opening = customer::private_thread(complaint, direct_closed, &self.view());
        self.post(parcel, OPENING, channel, opening, Urgency::Person).await?;
        Ok(Ok(Line::Thread { channel }))
    }

    /// Adds somebody to their private thread. Where they cannot be, it stands for nothing and is taken away.
    pub(super) async fn bring_in(
        &self,
        thread: ChannelId,
        person: UserId,
    ) -> Result<Result<(), Undelivered>, CallError> {
        let error = match self.sender().call(Call::add_thread_member(thread, person)).await {
            Ok(_) => return Ok(Ok(())),
            Err(error) if error.class() == Class::Retry => return Err(error),
            Err(error) => error,
        };
        if let Err(stays) = self.sender().call(Call::delete_channel(thread)).await {
            tracing::warn!(thread.id = thread.0, error = %stays, "an empty thread stays");
        }
        Ok(Err(if error.class() == Class::Gone { Undelivered::Gone } else { Undelivered::NoThread }))
    }

    /// Starts a private thread under the intake channel, or finds the one that stands already; none where that is not permitted.
    /// Discord keeps some names back; the next one is taken then.
    pub(super) async fn private_thread(
        &self,
        desk: &GuildDesk,
        names: &[String],
        room: Option<&Complaint>,
    ) -> Result<Option<ChannelId>, CallError> {
        let Some(intake) = desk.intake_channel else { return Ok(None) };
        let active = self.sender().call(Call::active_threads(desk.guild)).await?;
        let named = |thread: &&Value| {
            thread["parent_id"] == intake.to_string()
                && names.iter().any(|name| thread["name"] == name.as_str())
        };
        if let Some(standing) = active["threads"].as_array().into_iter().flatten().find(named) {
            return Ok(Some(ChannelId(id_of(standing))));
        }
        for name in names {
            let body =
                json!({ "name": name, "type": 12, "invitable": false, "auto_archive_duration": 10_080 });
            let start = || Call::start_private_thread(intake, body.clone());
            let mut started = self.sender().call(start()).await;
            if let Some(complaint) = room
                && Situation::of(started.as_ref().err()) == Some(Situation::ThreadsFull)
                && self.make_room(complaint.filed.guild, complaint.id).await?
            {
                started = self.sender().call(start()).await;
            }
            match started {
                Ok(thread) => return Ok(Some(ChannelId(id_of(&thread)))),
                Err(error) if error.class() == Class::Text => {
                    tracing::warn!(guild.id = desk.guild.0, %error, "a private thread needs another name");
                }
                Err(error) if matches!(error.class(), Class::Mend | Class::Gone) => return Ok(None),
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }
}

/// Why a refused message does not reach a person, where that is no question of time.
pub(super) fn lost_by(error: &CallError) -> Option<Undelivered> {
    match (error.class(), error.why()) {
        (Class::Text, Why::Filtered) => Some(Undelivered::Blocked),
        (Class::Text | Class::Final, _) => Some(Undelivered::Refused),
        (Class::Way, Why::Closed) => Some(Undelivered::Closed),
        (Class::Way, Why::NoMutual) | (Class::Gone, Why::Left) => Some(Undelivered::Gone),
        (Class::Way, _) => Some(Undelivered::Flagged),
        // Somebody deleted it: a new one is made.
        (Class::Gone, _) => Some(Undelivered::NoThread),
        _ => None,
    }
}

/// The names of a private thread, the best first: with its number, and without, since Discord keeps some numbers back.
pub(super) fn names(best: String, id: i64) -> [String; 2] {
    let plain: String = best.chars().filter(|sign| !sign.is_ascii_digit()).collect();
    let plain = plain.replace('#', "");
    let mark = fingerprint(&format!("{best} {id}"));
    let mark: String = mark.bytes().take(6).map(|hex| char::from(b'a' + hex % 26)).collect();
    [best, format!("{} {mark}", plain.trim())]
}
