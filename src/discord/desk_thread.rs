//! The desk thread of a complaint: started from its card, written into, woken, made anew where somebody deleted it.

use std::borrow::Cow;

use serde_json::{Value, json};

use super::bot::Bot;
use super::custom_id::mark_as_of;
use super::files::by_message;
use super::less::{Post, withheld};
use super::render::{bar, card, channel as link, no_pings, thread};
use super::rest::{Call, CallError, Class, Priority, Repeat};
use super::situation::{Outcome, Situation};
use super::standing;
use crate::desk::parcel::{Brought, Content, Parcel};
use crate::domain::command::Delivery;
use crate::domain::complaint::{Complaint, FileRef};
use crate::domain::outbox::{OutboxMessage, ThreadPost, Urgency};
use crate::domain::posted::Posted;
use crate::domain::prompt::{Asks, Prompt};
use crate::domain::settings::GuildDesk;
use crate::kernel::ids::{ChannelId, MessageId, Stream, UserId};

/// The part of an outbox message that a card made anew is: its nonce differs from those of the outbox message's own messages.
pub(super) const ANEW: usize = 90;

/// A place to write into, with what was made for it on the way.
struct Ground {
    thread: ChannelId,
    made: Option<Delivery>,
}

/// Whose thread it is done in, for which outbox message.
struct Scene<'a> {
    parcel: &'a Parcel,
    complaint: &'a Complaint,
    desk: &'a GuildDesk,
}

/// The first message that was written, and where.
type Stands = Option<(ChannelId, MessageId)>;

/// What is asked of Discord in a thread.
enum ThreadCall<'a> {
    /// Somebody is added.
    Join(UserId),
    /// Messages are written, the first with files.
    Write { bodies: Vec<Value>, urgency: Urgency, files: &'a [FileRef], pinned: bool },
}

impl Bot {
    /// Starts the thread from the card.
    pub(super) async fn start_thread(
        &self,
        parcel: &Parcel,
        complaint: &Complaint,
        desk: &GuildDesk,
    ) -> Result<Brought, CallError> {
        // What stands before it in its stream is done: a card that was lost is made anew.
        let Some((channel, message)) = complaint.card else {
            let ground = self.made_anew(parcel, complaint, desk).await?;
            return Ok(ground.made.map_or(Brought::Done, Brought::Learned));
        };
        match self.thread_at(complaint, channel, message, desk).await {
            Ok((thread, plain)) => Ok(Brought::Learned(Delivery::Thread { thread, plain })),
            Err(error) if makes_anew(&error) => {
                if self.card_stands(channel, message).await? {
                    return Ok(Brought::Again { after: 0, why: error.to_string() });
                }
                let ground = self.made_anew(parcel, complaint, desk).await?;
                Ok(ground.made.map_or(Brought::Done, Brought::Learned))
            }
            Err(error) => Err(error),
        }
    }

    /// Whether a card stands although Discord did not find it to start a thread from: then the thread waits, for a second card
    /// would stand there beside the first.
    async fn card_stands(&self, channel: ChannelId, message: MessageId) -> Result<bool, CallError> {
        match self.sender().call(Call::get_message(channel, message)).await {
            Ok(_) => Ok(true),
            Err(error) if matches!(error.class(), Class::Gone | Class::Mend) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// The thread that hangs from a card: its id is the card's, so an unknown outcome may simply be tried again.
    async fn thread_at(
        &self,
        complaint: &Complaint,
        channel: ChannelId,
        message: MessageId,
        desk: &GuildDesk,
    ) -> Result<(ChannelId, bool), CallError> {
        let mut last = None;
        for (place, name) in card::thread_names(complaint, self.view().words(desk.locale)).iter().enumerate()
        {
            // A week: how long it stays in the list; archiving by Discord closes nothing.
            let body = json!({ "name": name, "auto_archive_duration": 10_080 });
            let start =
                || Call::start_thread_from_message(channel, message, body.clone()).repeat(Repeat::Safe);
            let mut started = self.sender().call(start()).await;
            if outcome(started.as_ref().err()) == Some(Outcome::MakeRoom)
                && self.make_room(complaint.filed.guild, complaint.id).await?
            {
                started = self.sender().call(start()).await;
            }
            match started {
                // Nobody works without a thread: a plainer name will do until its own is taken.
                Err(error) if error.class() == Class::Text => {
                    tracing::warn!(complaint.id = complaint.id.0, %error, "the thread needs another name");
                    last = Some(error);
                }
                Err(error) if outcome(Some(&error)) != Some(Outcome::TakeAsDone) => return Err(error),
                _ => return Ok((ChannelId(message.0), place > 0)),
            }
        }
        Err(last.unwrap_or(CallError::Unreachable))
    }

    /// Gives the thread its name. Where Discord still refuses it, the plain one stays.
    pub(super) async fn rename(&self, complaint: &Complaint) -> Result<Brought, CallError> {
        let Some(thread) = complaint.thread else { return Ok(Brought::Done) };
        let name = card::thread_name(complaint);
        let call = Call::edit_channel(thread, json!({ "name": name })).priority(Priority::Bulk);
        match self.sender().call(call).await {
            Ok(_) => Ok(Brought::Learned(Delivery::Renamed)),
            Err(error) if error.class() == Class::Retry => Err(error),
            Err(error) => {
                tracing::warn!(complaint.id = complaint.id.0, %error, "the thread keeps its plain name");
                Ok(Brought::Done)
            }
        }
    }

    /// A new card with a new thread, in place of what somebody deleted; both say so.
    async fn made_anew(
        &self,
        parcel: &Parcel,
        complaint: &Complaint,
        desk: &GuildDesk,
    ) -> Result<Ground, CallError> {
        let (view, words) = (self.view(), self.view().words(desk.locale));
        let body = card::card(complaint, desk.locale, &view);
        let place = Post { channel: desk.desk_channel, urgency: Urgency::Desk, lang: desk.locale };
        let card = self.post_or_less(parcel, ANEW, place, body, Some(complaint.number())).await?;
        let (thread, plain) = self.thread_at(complaint, desk.desk_channel, card, desk).await?;
        if complaint.thread.is_some() {
            let told = json!({
                "content": words.thread_made_anew(complaint.number()), "allowed_mentions": no_pings()
            });
            self.post(parcel, ANEW + 1, thread, told, Urgency::Desk).await?;
        }
        if let Some((channel, old)) = complaint.card.filter(|(_, old)| *old != card) {
            parcel.posted.add(Stream::Complaint(complaint.id), Posted::whole(channel, old));
            let body = json!({
                "content": words.card_moved(complaint.number(), link(thread)),
                "embeds": [], "components": [], "allowed_mentions": no_pings(),
            });
            // It may be gone as well.
            let _ =
                self.sender().call(Call::edit_message(channel, old, body).priority(Priority::Nudge)).await;
        }
        tracing::warn!(complaint.id = complaint.id.0, thread.id = thread.0, "a missing thread was made anew");
        let made = Delivery::ThreadMadeAnew { channel: desk.desk_channel, message: card, thread, plain };
        Ok(Ground { thread, made: Some(made) })
    }

    /// Does something in the desk thread; where it sleeps it is woken, where it is gone it is made anew.
    async fn in_thread(
        &self,
        parcel: &Parcel,
        complaint: &Complaint,
        desk: &GuildDesk,
        deed: &ThreadCall<'_>,
    ) -> Result<(Brought, Stands), CallError> {
        // What stands before it in its stream is done: a thread that was lost is started from its card, or made anew.
        let mut started = None;
        let thread = match (complaint.thread, complaint.card) {
            (Some(thread), _) => thread,
            (None, Some((channel, message))) => match self.thread_at(complaint, channel, message, desk).await
            {
                Ok((thread, plain)) => {
                    started = Some(Delivery::Thread { thread, plain });
                    thread
                }
                Err(error) if makes_anew(&error) => {
                    if self.card_stands(channel, message).await? {
                        return Ok((Brought::Again { after: 0, why: error.to_string() }, None));
                    }
                    return self.in_new_thread(parcel, complaint, desk, deed).await;
                }
                Err(error) => return Err(error),
            },
            (None, None) => return self.in_new_thread(parcel, complaint, desk, deed).await,
        };
        let scene = Scene { parcel, complaint, desk };
        let mut done = self.carry_out(&scene, thread, deed).await;
        if outcome(done.as_ref().err()) == Some(Outcome::Wake) {
            self.sender().call(Call::edit_channel(thread, json!({ "archived": false }))).await?;
            done = self.carry_out(&scene, thread, deed).await;
        }
        match done {
            Ok(stands) => Ok((started.map_or(Brought::Done, Brought::Learned), stands)),
            Err(error) if makes_anew(&error) => self.in_new_thread(parcel, complaint, desk, deed).await,
            Err(error) => Err(error),
        }
    }

    async fn in_new_thread(
        &self,
        parcel: &Parcel,
        complaint: &Complaint,
        desk: &GuildDesk,
        deed: &ThreadCall<'_>,
    ) -> Result<(Brought, Stands), CallError> {
        let ground = self.made_anew(parcel, complaint, desk).await?;
        let scene = Scene { parcel, complaint, desk };
        if complaint.thread.is_some() {
            let carried = if let ThreadCall::Write { files, .. } = deed { *files } else { &[] };
            self.show_files_again(
                parcel,
                complaint,
                Post { channel: ground.thread, urgency: Urgency::Desk, lang: desk.locale },
                carried,
            )
            .await?;
        }
        let stands = self.carry_out(&scene, ground.thread, deed).await?;
        Ok((ground.made.map_or(Brought::Done, Brought::Learned), stands))
    }

    async fn carry_out(
        &self,
        scene: &Scene<'_>,
        thread: ChannelId,
        deed: &ThreadCall<'_>,
    ) -> Result<Stands, CallError> {
        let Scene { parcel, complaint, desk } = *scene;
        let number = Some(complaint.number());
        let mut stands = None;
        match deed {
            ThreadCall::Join(user) => {
                self.sender().call(Call::add_thread_member(thread, *user)).await?;
            }
            ThreadCall::Write { bodies, urgency, files, pinned } => {
                let place = Post { channel: thread, urgency: *urgency, lang: desk.locale };
                let mut files = by_message(files).into_iter();
                let mut part = 0;
                for body in bodies {
                    let files = if part == 0 { files.next().unwrap_or_default() } else { &[] };
                    let message =
                        self.post_files_or_less(parcel, part, place, body.clone(), number, files).await?;
                    stands.get_or_insert((thread, message));
                    if *pinned {
                        self.pin(thread, message).await?;
                    }
                    // Erased at the customer's wish, while the thread stays.
                    if matches!(
                        parcel.content,
                        Content::Complaint(_, OutboxMessage::ToThread { post: ThreadPost::Word { .. } })
                    ) {
                        let posted = Posted::whole(thread, message);
                        parcel.posted.add(Stream::Complaint(complaint.id), posted);
                    }
                    part += 1;
                }
                // What Discord does not take with the words comes after them.
                for files in files {
                    let body = json!({ "content": "📎", "allowed_mentions": no_pings() });
                    self.post_files_or_less(parcel, part, place, body, number, files).await?;
                    part += 1;
                }
            }
        }
        Ok(stands)
    }

    /// Pins a message of the thread. Where that is not permitted, or 250 are pinned already, it stands there all the same.
    async fn pin(&self, thread: ChannelId, message: MessageId) -> Result<(), CallError> {
        match self.sender().call(Call::pin_message(thread, message)).await {
            Err(error @ CallError::Refused { status: 400..=499, .. }) => {
                tracing::warn!(thread.id = thread.0, %error, "not pinned");
                Ok(())
            }
            pinned => pinned.map(|_| ()),
        }
    }

    /// Posts the action bar: the thread's first message.
    pub(super) async fn bring_bar(
        &self,
        parcel: &Parcel,
        complaint: &Complaint,
        desk: &GuildDesk,
    ) -> Result<Brought, CallError> {
        // A missing thread is made anew with the next word in it, and then has its bar.
        let Some(thread) = complaint.thread else { return Ok(Brought::Done) };
        let body = bar::bar(complaint, desk.locale, &self.view());
        let place = Post { channel: thread, urgency: Urgency::Desk, lang: desk.locale };
        let post = || self.post_or_less(parcel, 0, place, body.clone(), Some(complaint.number()));
        let mut posted = post().await;
        if self.woken(complaint, thread, posted.as_ref().err()).await? {
            posted = post().await;
        }
        match posted {
            Ok(message) => Ok(Brought::Learned(Delivery::Bar { message })),
            // The next words in a thread that is gone make it anew, with a bar; one that ended sleeps on.
            Err(error) if makes_anew(&error) || outcome(Some(&error)) == Some(Outcome::Wake) => {
                Ok(Brought::Done)
            }
            Err(error) => Err(error),
        }
    }

    /// Brings the action bar up to date. A thread from before there were bars, or one whose bar somebody deleted, gets one.
    pub(super) async fn refresh_bar(
        &self,
        parcel: &Parcel,
        complaint: &Complaint,
        desk: &GuildDesk,
    ) -> Result<Brought, CallError> {
        let Some(thread) = complaint.thread else { return Ok(Brought::Done) };
        let Some(message) = complaint.bar else {
            return match complaint.stage.is_open() {
                true => self.bring_bar(parcel, complaint, desk).await,
                false => Ok(Brought::Done),
            };
        };
        let view = self.view();
        let body = bar::bar(complaint, desk.locale, &view);
        let edit = |body: Value| {
            self.sender().call(Call::edit_message(thread, message, body).priority(Priority::Nudge))
        };
        let mut edited = edit(body.clone()).await;
        if self.woken(complaint, thread, edited.as_ref().err()).await? {
            edited = edit(body.clone()).await;
        }
        if let Err(error) = &edited
            && error.class() == Class::Text
        {
            let less = withheld(&body, Some(complaint.number()), error.why(), view.words(desk.locale));
            edited = edit(less).await;
        }
        match edited {
            Err(error) if error.is_deleted() && complaint.stage.is_open() => {
                self.bring_bar(parcel, complaint, desk).await
            }
            Err(error) if error.is_deleted() || outcome(Some(&error)) == Some(Outcome::Wake) => {
                Ok(Brought::Done)
            }
            edited => edited.map(|_| Brought::Done),
        }
    }

    /// Wakes the thread of an open complaint where a call found it asleep. Whether it did.
    async fn woken(
        &self,
        complaint: &Complaint,
        thread: ChannelId,
        error: Option<&CallError>,
    ) -> Result<bool, CallError> {
        if outcome(error) != Some(Outcome::Wake) || !complaint.stage.is_open() {
            return Ok(false);
        }
        self.sender().call(Call::edit_channel(thread, json!({ "archived": false }))).await?;
        Ok(true)
    }

    /// Adds somebody to the thread.
    pub(super) async fn join_thread(
        &self,
        parcel: &Parcel,
        complaint: &Complaint,
        user: UserId,
        desk: &GuildDesk,
    ) -> Result<Brought, CallError> {
        match self.in_thread(parcel, complaint, desk, &ThreadCall::Join(user)).await {
            // They may not see the channel, or have left: the thread goes on without them, and a mention still names them.
            Err(error) if matches!(error.class(), Class::Mend | Class::Full) || error.is_left() => {
                tracing::warn!(complaint.id = complaint.id.0, user.id = user.0, %error, "not added to the thread");
                Ok(Brought::Done)
            }
            joined => joined.map(|(brought, _)| brought),
        }
    }

    /// Writes into the thread.
    pub(super) async fn bring_to_thread(
        &self,
        parcel: &Parcel,
        complaint: &Complaint,
        post: &ThreadPost,
        desk: &GuildDesk,
    ) -> Result<Brought, CallError> {
        let files: &[FileRef] = match post {
            ThreadPost::CustomerWrote { files, .. } | ThreadPost::FiledFiles { files } => files,
            _ => &[],
        };
        if let ThreadPost::ReplyRecord { asked: Some(asked), .. } | ThreadPost::Answered { asked, .. } = post
            && self.stands_as_answer(parcel, complaint, *asked).await?
        {
            return Ok(Brought::Done);
        }
        let held = match standing::is_for_the_owner(post) {
            true => self.with_owner(complaint, desk).await,
            false => Cow::Borrowed(complaint),
        };
        let complaint = held.as_ref();
        let (mut bodies, urgency) = match post {
            ThreadPost::TalkingPoints { incident, version } => {
                match self.talking_points(*incident, *version, desk).await {
                    Ok(body) => (body.into_iter().collect(), Urgency::Bulk),
                    Err(error) => return Ok(Brought::Again { after: 0, why: error.to_string() }),
                }
            }
            _ => (thread::posts(post, complaint, desk, &self.view()), Urgency::Desk),
        };
        if bodies.is_empty() {
            return Ok(Brought::Done);
        }
        let quiet = matches!(post, ThreadPost::CustomerWrote { quiet: true, .. });
        if complaint.owner_left && standing::is_for_the_owner(post) && !quiet {
            standing::ring_the_staff(&mut bodies, desk);
        }
        bodies.iter_mut().for_each(|body| mark_as_of(complaint, body));
        // What was agreed with the customer is found at once in a thread of a hundred messages.
        let pinned = matches!(post, ThreadPost::RemedyChosen { .. } | ThreadPost::ChoiceNoted { .. });
        let deed = ThreadCall::Write { bodies, urgency, files, pinned };
        let asks = Asks::of_thread(post).filter(|asks| !asks.is_over(complaint));
        let (mut brought, stands) = self.in_thread(parcel, complaint, desk, &deed).await?;
        if let (Some(asks), Some((channel, message)), Brought::Done) = (asks, stands, &brought) {
            brought = Brought::Learned(Delivery::Prompt { prompt: Prompt { asks, channel, message } });
        }
        Ok(brought)
    }

    /// Whether the answer to an interaction stands in the thread: its writer saw it, and we died before noting so.
    async fn stands_as_answer(
        &self,
        parcel: &Parcel,
        complaint: &Complaint,
        asked: u64,
    ) -> Result<bool, CallError> {
        let Some(thread) = complaint.thread else { return Ok(false) };
        let answers = |message: &Value| {
            // An answer that was only announced is empty.
            let said = !message["content"].as_str().unwrap_or_default().is_empty();
            said && message["interaction_metadata"]["id"] == asked.to_string().as_str()
        };
        match self.find(thread, parcel.made_at, answers).await {
            Ok(found) => Ok(found.is_some()),
            Err(error) if makes_anew(&error) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

fn outcome(error: Option<&CallError>) -> Option<Outcome> {
    Situation::of(error).map(Situation::outcome)
}

pub(super) fn makes_anew(error: &CallError) -> bool {
    outcome(Some(error)) == Some(Outcome::MakeAnew)
}
