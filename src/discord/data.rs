//! A person's own data on Discord: shown, exported and erased for themselves alone; what else they ask goes to managers.

use serde_json::{Value, json};

use super::bot::Bot;
use super::decode::Heard;
use super::less::Post;
use super::query::private;
use super::render::answers::{Shape, Shown};
use super::render::{data as render, no_pings};
use super::rest::FilePart;
use super::rest::{Call, CallError, Class};
use super::route::{DataAction, DataQuery};
use super::send::MEND;
use super::to_customer::{lost_by, names};
use crate::desk::data_requests::Held;
use crate::desk::inbox::Key;
use crate::desk::parcel::{Brought, Parcel};
use crate::discord::custom_id::OwnData;
use crate::domain::command::Refusal;
use crate::domain::data::{DataRequest, RequestMessage};
use crate::domain::event::Undelivered;
use crate::domain::outbox::Urgency;
use crate::domain::policy::LineKind;
use crate::domain::posted::Posted;
use crate::domain::settings::GuildDesk;
use crate::kernel::ids::{ChannelId, GuildId, MessageId, Stream};
use crate::kernel::lang::Lang;
use crate::store::StoreError;

impl Bot {
    /// Looks up what is held about a person. Whose it is is checked before.
    pub(super) async fn data_query(
        &self,
        heard: &Heard,
        query: DataQuery,
        desk: Option<&GuildDesk>,
        lang: Lang,
    ) -> Result<Option<Shown>, StoreError> {
        let person = &heard.person;
        if heard.guild.is_some() && desk.is_none() {
            return Ok(self.refusal(&Refusal::NotSetUp, lang));
        }
        let words = self.view().words(lang);
        let own = OwnData { person: person.id, guild: heard.guild.unwrap_or(GuildId(0)) };
        match query {
            DataQuery::Kept => {
                let held = self.desk().data_requests().held_about(person.id, heard.guild).await?;
                let body = render::shown(&held, own, &|guild| self.name_of(guild), lang, &self.view());
                Ok(Some(Shown::new(Shape::Private, body)))
            }
            DataQuery::Export => {
                let document = self.desk().data_requests().export(person, heard.guild).await?;
                let Ok(text) = serde_json::to_vec_pretty(&document) else {
                    return Ok(self.refusal(&Refusal::NotSaved, lang));
                };
                let said = words.say("data-exported", &[]);
                let body = json!({ "content": said, "allowed_mentions": no_pings() });
                let files = vec![FilePart::new("my-data.json", "application/json", text)];
                Ok(Some(Shown { files, ..Shown::new(Shape::Private, body) }))
            }
            DataQuery::Erasable => {
                let held = self.desk().data_requests().held_about(person.id, heard.guild).await?;
                let body = render::erasing(&held, own, words);
                Ok(Some(Shown::new(Shape::InPlace, body)))
            }
        }
    }

    /// Does what somebody asks about their data. Whose it is, and who may answer, is checked before.
    pub(super) async fn data_action(
        &self,
        heard: &Heard,
        action: DataAction,
        desk: Option<&GuildDesk>,
        lang: Lang,
    ) -> Result<Option<Shown>, StoreError> {
        let (key, person) = (Key::Interaction(heard.id), &heard.person);
        if heard.guild.is_some() && desk.is_none() {
            return Ok(self.refusal(&Refusal::NotSetUp, lang));
        }
        let words = self.view().words(lang);
        match action {
            DataAction::Erase => {
                let home = self.home(heard, desk, None).await;
                Ok(match self.desk().data_requests().erase(&key, person, heard.guild, home).await? {
                    Ok(erased) => {
                        let body = render::erased(&erased, words);
                        Some(Shown::new(Shape::InPlace, body))
                    }
                    Err(refusal) => self.refusal(&refusal, lang),
                })
            }
            DataAction::Ask { text } => {
                let held = self.desk().data_requests().held_about(person.id, heard.guild).await?;
                let Some(guild) = self.home(heard, desk, Some(&held)).await else {
                    return Ok(self.refusal(&Refusal::NotSetUp, lang));
                };
                let asked = self.desk().data_requests().ask(&key, person, heard.lang, guild, &text).await?;
                Ok(match asked {
                    Ok(request) => {
                        let line = self.desk().desk_of(guild).map_or(LineKind::Dm, |desk| desk.line);
                        private(render::asked(&request, line, words))
                    }
                    Err(refusal) => Some(self.refused_again(heard, &refusal, lang).await),
                })
            }
            DataAction::Answer { request, text } => {
                let Some(desk) = desk else { return Ok(self.refusal(&Refusal::NotSetUp, lang)) };
                let by = (person, desk.rank(&heard.roles, heard.manages));
                let answered =
                    self.desk().data_requests().answer(&key, desk.guild, request, by, &text).await?;
                Ok(match answered {
                    Ok(request) => private(render::answering(&request, words)),
                    Err(refusal) => Some(self.refused_again(heard, &refusal, lang).await),
                })
            }
        }
    }

    /// The desk that a request from here goes to: that of the server; in direct messages that of the latest complaint, else
    /// the first one that the person shares with the bot.
    async fn home(&self, heard: &Heard, desk: Option<&GuildDesk>, held: Option<&Held>) -> Option<GuildId> {
        if heard.guild.is_some() {
            return desk.map(|desk| desk.guild);
        }
        match held.and_then(|held| held.latest) {
            Some(guild) => Some(guild),
            None => self.shared_desks(heard.person.id, None).await.first().map(|desk| desk.guild),
        }
    }

    fn name_of(&self, guild: GuildId) -> String {
        let name = self.desk().setup_of(guild).name.unwrap_or_default();
        if name.is_empty() { self.settings().company.clone() } else { name }
    }

    /// Brings an outbox message of a request. What has been overtaken is not posted any more.
    pub(super) async fn bring_request(
        &self,
        parcel: &Parcel,
        request: &DataRequest,
        outgoing: &RequestMessage,
    ) -> Result<Brought, CallError> {
        let Some(desk) = self.desk().desk_of(request.guild) else {
            return Ok(Brought::Again { after: MEND, why: "the desk is not set up".to_owned() });
        };
        let place = Post { channel: desk.manager_channel, urgency: Urgency::Desk, lang: desk.locale };
        let told = async |body: Value| {
            let message = self.post_or_less(parcel, 0, place, body, None).await?;
            parcel.posted.add(Stream::Request(request.id), Posted::whole(place.channel, message));
            Ok(message)
        };
        let view = self.view();
        match outgoing {
            RequestMessage::Told => {
                let message = told(render::request(request, &desk, &view)).await?;
                Ok(Brought::IncidentPosted { channel: desk.manager_channel, message })
            }
            RequestMessage::Refresh => {
                let Some((channel, message)) = request.place else { return Ok(Brought::Done) };
                let body = render::request(request, &desk, &view);
                unless_gone(self.sender().call(Call::edit_message(channel, message, body)).await)
            }
            RequestMessage::Remind if !request.is_open() => Ok(Brought::Done),
            RequestMessage::Remind => {
                told(render::due(request, false, &desk, &view)).await.map(|_| Brought::Done)
            }
            RequestMessage::Missed => {
                told(render::due(request, true, &desk, &view)).await.map(|_| Brought::Done)
            }
            RequestMessage::Unreached { reason } => {
                told(render::unreached(request, *reason, &desk, &view)).await.map(|_| Brought::Done)
            }
            RequestMessage::Answer => self.bring_answer(parcel, request, &desk).await,
            RequestMessage::TakeBack { channel, message } => {
                unless_gone(self.sender().call(Call::delete_message(*channel, *message)).await)
            }
            RequestMessage::Strike { posts } => self.strike(posts, desk.locale).await,
            RequestMessage::DropFiles { kept, .. } => Ok(self.let_go(kept).await),
        }
    }

    /// The answer goes to the person's direct messages; where those are closed, to a private thread with them.
    async fn bring_answer(
        &self,
        parcel: &Parcel,
        request: &DataRequest,
        desk: &GuildDesk,
    ) -> Result<Brought, CallError> {
        let Some(reply) = &request.reply else { return Ok(Brought::Done) };
        let body = render::answer(request, reply, &self.view());
        let mut lost = Undelivered::NoThread;
        if desk.line == LineKind::Dm {
            match self.open_direct(request.customer.id, request.guild).await? {
                Ok(channel) => match self.post(parcel, 0, channel, body.clone(), Urgency::Person).await {
                    Ok(_) => return Ok(Brought::Answered { lost: None }),
                    Err(error) => match lost_by(&error) {
                        Some(why) if why.is_of_the_words() => {
                            return Ok(Brought::Answered { lost: Some(why) });
                        }
                        Some(why) => lost = why,
                        None => return Err(error),
                    },
                },
                Err(why) => lost = why,
            }
        }
        let thread = match self.answer_thread(request, desk).await? {
            Ok(thread) => thread,
            Err(Undelivered::Gone) => return Ok(Brought::Answered { lost: Some(Undelivered::Gone) }),
            Err(_) => return Ok(Brought::Answered { lost: Some(lost) }),
        };
        parcel.posted.add(Stream::Request(request.id), Posted::thread(thread));
        match self.post(parcel, 1, thread, body, Urgency::Person).await {
            Err(error) => match lost_by(&error) {
                Some(why) if why.is_of_the_words() => Ok(Brought::Answered { lost: Some(why) }),
                _ => Err(error),
            },
            Ok(_) => Ok(Brought::Answered { lost: None }),
        }
    }

    /// A private thread with the person under the intake channel, or the one that stands already.
    async fn answer_thread(
        &self,
        request: &DataRequest,
        desk: &GuildDesk,
    ) -> Result<Result<ChannelId, Undelivered>, CallError> {
        let words = self.view().words(request.lang);
        let name = words.say("data-thread-name", &[("number", request.number.into())]);
        let names = names(name, request.id.0);
        let Some(thread) = self.private_thread(desk, &names, None).await? else {
            return Ok(Err(Undelivered::NoThread));
        };
        Ok(self.bring_in(thread, request.customer.id).await?.map(|()| thread))
    }

    /// Takes down card and threads of a complaint that is nobody's any more, and lets go of its files.
    pub(super) async fn take_down(
        &self,
        card: Option<(ChannelId, MessageId)>,
        threads: &[ChannelId],
        kept: &[String],
    ) -> Result<Brought, CallError> {
        if let again @ Brought::Again { .. } = self.let_go(kept).await {
            return Ok(again);
        }
        for thread in threads {
            unless_gone(self.sender().call(Call::delete_channel(*thread)).await)?;
        }
        let Some((channel, message)) = card else { return Ok(Brought::Done) };
        unless_gone(self.sender().call(Call::delete_message(channel, message)).await)
    }
}

impl Bot {
    /// Lets go of files that were erased, except those that somebody else needs.
    async fn let_go(&self, kept: &[String]) -> Brought {
        match self.desk().uploads().let_go(kept).await {
            Ok(_) => Brought::Done,
            Err(error) => Brought::Again { after: 0, why: error.to_string() },
        }
    }
}

/// Whoever deleted it by hand did the same.
fn unless_gone(sent: Result<Value, CallError>) -> Result<Brought, CallError> {
    match sent {
        Err(error) if matches!(error.class(), Class::Gone | Class::Way) => Ok(Brought::Done),
        sent => sent.map(|_| Brought::Done),
    }
}
