//! A person's own data on Discord: shown, exported and erased for themselves alone; what else they ask goes to managers.

use base64::Engine;
use serde_json::{Value, json};

use super::bot::Bot;
use super::decode::Heard;
use super::look::private;
use super::render::answers::{Shape, Shown};
use super::render::{data as render, no_pings};
use super::rest::{Call, CallError, Repeat};
use super::route::DataDeed;
use super::send::{MEND, codes, id_of};
use crate::desk::data::Held;
use crate::desk::outbox::{Brought, Parcel};
use crate::discord::custom_id::OwnData;
use crate::domain::command::Refusal;
use crate::domain::data::{DataRequest, RequestLetter};
use crate::domain::ids::{ChannelId, GuildId, MessageId, UserId};
use crate::domain::letter::Urgency;
use crate::domain::policy::{Lang, LineKind};
use crate::domain::settings::GuildDesk;
use crate::store::StoreError;

impl Bot {
    /// Carries out what somebody asks about data. Whose it is, and who may answer, is checked before.
    pub(super) async fn data(
        &self,
        heard: &Heard,
        deed: DataDeed,
        desk: Option<&GuildDesk>,
        lang: Lang,
    ) -> Result<Option<Shown>, StoreError> {
        let (key, person) = (format!("i{}", heard.id), &heard.person);
        if heard.guild.is_some() && desk.is_none() {
            return Ok(self.refusal(&Refusal::NotSetUp, lang));
        }
        let words = self.view().words(lang);
        let own = OwnData { person: person.id, guild: heard.guild.unwrap_or(GuildId(0)) };
        match deed {
            DataDeed::Show => {
                let held = self.desk().held_about(person.id, heard.guild).await?;
                let body = render::shown(&held, own, &|guild| self.name_of(guild), lang, &self.view());
                Ok(Some(Shown { shape: Shape::Private, body }))
            }
            DataDeed::Export => {
                let document = self.desk().export_data(person, heard.guild).await?;
                let Ok(text) = serde_json::to_vec_pretty(&document) else {
                    return Ok(self.refusal(&Refusal::NotSaved, lang));
                };
                let bytes = base64::engine::general_purpose::STANDARD.encode(text);
                let file = json!({ "name": "my-data.json", "media": "application/json", "bytes": bytes });
                let said = words.say("data-exported", &[]);
                let body = json!({ "content": said, "files": [file], "allowed_mentions": no_pings() });
                Ok(Some(Shown { shape: Shape::Private, body }))
            }
            DataDeed::Erase => {
                let held = self.desk().held_about(person.id, heard.guild).await?;
                let body = render::erasing(&held, own, words);
                Ok(Some(Shown { shape: Shape::InPlace, body }))
            }
            DataDeed::EraseNow => {
                let home = self.home(heard, desk, None).await;
                Ok(match self.desk().erase_data(&key, person, heard.guild, home).await? {
                    Ok(erased) => {
                        let body = render::erased(&erased, words);
                        Some(Shown { shape: Shape::InPlace, body })
                    }
                    Err(refusal) => self.refusal(&refusal, lang),
                })
            }
            DataDeed::Ask { text } => {
                let held = self.desk().held_about(person.id, heard.guild).await?;
                let Some(guild) = self.home(heard, desk, Some(&held)).await else {
                    return Ok(self.refusal(&Refusal::NotSetUp, lang));
                };
                let asked = self.desk().ask_about_data(&key, person, heard.lang, guild, &text).await?;
                Ok(match asked {
                    Ok(request) => {
                        let line = self.desk().desk_of(guild).map_or(LineKind::Dm, |desk| desk.line);
                        private(render::asked(&request, line, words))
                    }
                    Err(refusal) => self.refusal(&refusal, lang),
                })
            }
            DataDeed::Answer { request, text } => {
                let Some(desk) = desk else { return Ok(self.refusal(&Refusal::NotSetUp, lang)) };
                let by = (person, desk.rank(&heard.roles, heard.manages));
                let answered = self.desk().answer_request(&key, desk.guild, request, by, &text).await?;
                Ok(match answered {
                    Ok(request) => private(render::answering(&request, words)),
                    Err(refusal) => self.refusal(&refusal, lang),
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

    /// Brings a letter of a request. What has been overtaken is not posted any more.
    pub(super) async fn bring_request(
        &self,
        parcel: &Parcel,
        request: &DataRequest,
        letter: &RequestLetter,
    ) -> Result<Brought, CallError> {
        let Some(desk) = self.desk().desk_of(request.guild) else {
            return Ok(Brought::Again { after: MEND, why: "the desk is not set up".to_owned() });
        };
        let told = async |body: Value| self.post(parcel, 0, desk.manager_channel, body, Urgency::Desk).await;
        let view = self.view();
        match letter {
            RequestLetter::Told => {
                let message = told(render::request(request, &desk, &view)).await?;
                Ok(Brought::IncidentPosted { channel: desk.manager_channel, message })
            }
            RequestLetter::Refresh => {
                let Some((channel, message)) = request.place else { return Ok(Brought::Done) };
                let body = render::request(request, &desk, &view);
                unless_gone(self.sender().call(Call::edit_message(channel, message, body)).await)
            }
            RequestLetter::Remind if !request.is_open() => Ok(Brought::Done),
            RequestLetter::Remind => {
                told(render::due(request, false, &desk, &view)).await.map(|_| Brought::Done)
            }
            RequestLetter::Missed => {
                told(render::due(request, true, &desk, &view)).await.map(|_| Brought::Done)
            }
            RequestLetter::Unreached => {
                told(render::unreached(request, &desk, &view)).await.map(|_| Brought::Done)
            }
            RequestLetter::Answer => self.bring_answer(parcel, request, &desk).await,
            RequestLetter::TakeBack { channel, message } => {
                unless_gone(self.sender().call(Call::delete_message(*channel, *message)).await)
            }
            RequestLetter::DropFiles { kept, person } => {
                self.keeper().erase(kept, *person).await;
                Ok(Brought::Done)
            }
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
        if desk.line == LineKind::Dm {
            let opened = self.sender().call(Call::open_dm(request.customer.id).repeat(Repeat::Safe)).await;
            let sent = match opened {
                Ok(dm) => {
                    let channel = ChannelId(id_of(&dm));
                    self.post(parcel, 0, channel, body.clone(), Urgency::Person).await
                }
                Err(error) => Err(error),
            };
            match sent {
                Ok(_) => return Ok(Brought::Answered { reached: true }),
                Err(CallError::Refused {
                    code: codes::CANNOT_SEND | codes::NO_MUTUAL_GUILD | codes::UNKNOWN_USER,
                    ..
                }) => {}
                Err(error) => return Err(error),
            }
        }
        let Some(thread) = self.answer_thread(request, desk).await? else {
            return Ok(Brought::Answered { reached: false });
        };
        self.post(parcel, 1, thread, body, Urgency::Person).await?;
        Ok(Brought::Answered { reached: true })
    }

    /// A private thread with the person under the intake channel, or the one that stands already.
    async fn answer_thread(
        &self,
        request: &DataRequest,
        desk: &GuildDesk,
    ) -> Result<Option<ChannelId>, CallError> {
        let Some(intake) = desk.intake_channel else { return Ok(None) };
        let words = self.view().words(request.lang);
        let name = words.say("data-thread-name", &[("number", request.number.into())]);
        let active = self.sender().call(Call::active_threads(request.guild)).await?;
        let standing = active["threads"]
            .as_array()
            .into_iter()
            .flatten()
            .find(|thread| thread["name"] == name.as_str() && thread["parent_id"] == intake.to_string());
        let thread = match standing {
            Some(thread) => ChannelId(id_of(thread)),
            None => {
                let body = json!({
                    "name": name, "type": 12, "invitable": false, "auto_archive_duration": 10_080
                });
                match self.sender().call(Call::start_private_thread(intake, body)).await {
                    Ok(thread) => ChannelId(id_of(&thread)),
                    Err(CallError::Refused { status: 403, .. }) => return Ok(None),
                    Err(error) => return Err(error),
                }
            }
        };
        match self.sender().call(Call::add_thread_member(thread, request.customer.id)).await {
            Ok(_) => Ok(Some(thread)),
            // Gone from the server: a thread without them reaches nobody.
            Err(CallError::Refused { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Takes down card and threads of a complaint that is nobody's any more, and lets go of its files.
    pub(super) async fn take_down(
        &self,
        card: Option<(ChannelId, MessageId)>,
        threads: &[ChannelId],
        kept: &[String],
    ) -> Result<Brought, CallError> {
        self.keeper().erase(kept, UserId(0)).await;
        for thread in threads {
            unless_gone(self.sender().call(Call::delete_channel(*thread)).await)?;
        }
        let Some((channel, message)) = card else { return Ok(Brought::Done) };
        unless_gone(self.sender().call(Call::delete_message(channel, message)).await)
    }
}

/// Whoever deleted it by hand did the same.
fn unless_gone(sent: Result<Value, CallError>) -> Result<Brought, CallError> {
    match sent {
        Err(CallError::Refused {
            code: codes::UNKNOWN_MESSAGE | codes::UNKNOWN_CHANNEL | codes::CANNOT_SEND,
            ..
        })
        | Ok(_) => Ok(Brought::Done),
        Err(error) => Err(error),
    }
}
