//! Interactions: how they are made when a person does something, and what may answer them.

use serde_json::{Value, json};

use super::files::Upload;
use super::payload;
use super::posting::{EPHEMERAL, LOADING};
use super::rules::ApiError;
use super::transcript::Happening;
use super::world::{Audience, Interaction, Stage, World};

/// How long an interaction's token is good (`interactions/receiving-and-responding`).
const TOKEN_HOLDS: i64 = 15 * 60_000;

/// What a person did, as an interaction's data.
pub(super) struct Deed {
    pub(super) kind: u8,
    pub(super) user: u64,
    pub(super) channel: u64,
    pub(super) data: Value,
    pub(super) source: Option<u64>,
    pub(super) name: String,
}

impl World {
    /// Sends an interaction to the bot and returns its id.
    pub(super) fn interact(&mut self, deed: Deed) -> u64 {
        let id = self.next_id();
        let token = format!("sandbox-{id}-{:016x}", id.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let held = Interaction {
            id,
            token,
            kind: deed.kind,
            user: deed.user,
            channel: deed.channel,
            created_ms: self.now(),
            stage: Stage::Pending,
            source: deed.source,
            original: None,
            name: deed.name,
        };
        let event = payload::interaction(self, &held, &deed.data);
        self.interactions.insert(id, held);
        let connected = self.sessions.values().any(|session| session.connection.is_some());
        if connected {
            self.dispatch("INTERACTION_CREATE", &event, Audience::All);
        } else {
            // Discord does not keep interactions for a bot that is away.
            self.fail(id, "The application did not respond");
        }
        self.touch(json!({ "kind": "interaction", "interaction": id.to_string() }));
        id
    }

    /// Marks an interaction as unanswered, if it still is.
    pub(super) fn fail(&mut self, id: u64, why: &str) {
        let Some(held) = self.interactions.get_mut(&id) else { return };
        if !matches!(held.stage, Stage::Pending) {
            return;
        }
        held.stage = Stage::Failed(why.to_owned());
        let user = held.user;
        let channel = held.channel;
        self.note(Happening::Unanswered { user, channel, why: why.to_owned() });
        self.touch(json!({ "kind": "interaction", "interaction": id.to_string() }));
    }

    fn set_stage(&mut self, id: u64, stage: Stage) {
        if let Some(held) = self.interactions.get_mut(&id) {
            held.stage = stage;
        }
        self.touch(json!({ "kind": "interaction", "interaction": id.to_string() }));
    }

    /// `POST /interactions/{interaction_id}/{interaction_token}/callback`.
    pub(super) fn callback(
        &mut self,
        id: u64,
        token: &str,
        body: &Value,
        files: Vec<Upload>,
    ) -> Result<Value, ApiError> {
        let held = self.interactions.get(&id).filter(|held| held.token == token);
        let held = held.ok_or_else(ApiError::unknown_interaction)?.clone();
        match held.stage {
            Stage::Pending => {}
            Stage::Failed(_) => return Err(ApiError::unknown_interaction()),
            _ => return Err(ApiError::already_acknowledged()),
        }
        let data = body.get("data").cloned().unwrap_or_else(|| json!({}));
        let kind = body["type"].as_u64().unwrap_or(0);
        let from_component = held.source.is_some() && matches!(held.kind, 3 | 5);
        let mut answer = json!({ "interaction": { "id": id.to_string(), "type": held.kind } });
        match (kind, held.kind) {
            (4, 2 | 3 | 5) => {
                let message = self.answer_message(&held, &data, files, false)?;
                let message_id = id_of(&message);
                self.set_original(id, message_id);
                self.set_stage(id, Stage::Message(message_id));
                about_message(&mut answer, 4, message);
            }
            (5, 2 | 3 | 5) => {
                let message = self.answer_message(&held, &data, Vec::new(), true)?;
                let message_id = id_of(&message);
                self.set_original(id, message_id);
                self.set_stage(id, Stage::Deferred(false));
                about_message(&mut answer, 5, message);
            }
            (6, 3 | 5) if from_component => {
                if let Some(source) = held.source {
                    self.set_original(id, source);
                }
                self.set_stage(id, Stage::Deferred(true));
            }
            (7, 3 | 5) if from_component => {
                let source = held.source.unwrap_or_default();
                let message = self.edit_by_bot(held.channel, source, &data, files)?;
                self.set_original(id, source);
                self.set_stage(id, Stage::Updated(source));
                about_message(&mut answer, 7, message);
            }
            (8, 4) => {
                self.set_stage(id, Stage::Choices(data["choices"].clone()));
            }
            (9, 2 | 3) => {
                let user = held.user;
                self.note(Happening::Form { user, form: data.clone() });
                self.set_stage(id, Stage::Form(data));
                self.touch(json!({ "kind": "modal", "interaction": id.to_string() }));
            }
            // No form from a form, no update without a message that was pressed, suggestions only where they are asked for.
            _ => {
                return Err(ApiError::invalid_field(
                    "type",
                    "INTERACTION_CALLBACK_TYPE_INVALID",
                    "This type of callback cannot answer this interaction.",
                ));
            }
        }
        Ok(answer)
    }

    fn set_original(&mut self, id: u64, message: u64) {
        if let Some(held) = self.interactions.get_mut(&id) {
            held.original = Some(message);
        }
    }

    fn answer_message(
        &mut self,
        held: &Interaction,
        data: &Value,
        files: Vec<Upload>,
        loading: bool,
    ) -> Result<Value, ApiError> {
        let bot = self.bot;
        let mut message = self.blank_message(held.channel, bot);
        let flags = data["flags"].as_u64().unwrap_or(0);
        message.flags = flags;
        message.ephemeral_for = (flags & EPHEMERAL != 0).then_some(held.user);
        message.loading = loading;
        message.answers = Some((held.id, held.user, held.name.clone()));
        if held.kind == 2 && !held.name.is_empty() {
            message.kind = 20;
        }
        if loading {
            message.flags |= LOADING;
        } else {
            self.fill(&mut message, data, files)?;
        }
        self.wake_thread(held.channel);
        Ok(self.stand(message))
    }

    /// An interaction whose token still works.
    fn by_token(&self, application: u64, token: &str) -> Result<Interaction, ApiError> {
        if application != self.bot {
            return Err(ApiError::unknown_webhook());
        }
        let id = self.interaction_by_token(token).ok_or_else(ApiError::unknown_webhook)?;
        let held = &self.interactions[&id];
        if self.now() - held.created_ms > TOKEN_HOLDS {
            return Err(ApiError::invalid_webhook_token());
        }
        Ok(held.clone())
    }

    /// The message a token's `@original` or id names.
    fn of_token(&self, held: &Interaction, which: &str) -> Result<u64, ApiError> {
        let id = match which {
            "@original" => held.original,
            id => id.parse().ok(),
        };
        id.filter(|id| self.message(held.channel, *id).is_some()).ok_or_else(ApiError::unknown_message)
    }

    /// `GET /webhooks/{application_id}/{interaction_token}/messages/{message_id}`.
    pub(super) fn read_by_token(
        &self,
        application: u64,
        token: &str,
        which: &str,
    ) -> Result<Value, ApiError> {
        let held = self.by_token(application, token)?;
        let id = self.of_token(&held, which)?;
        self.message(held.channel, id)
            .map(|message| payload::message(self, message, false))
            .ok_or_else(ApiError::unknown_message)
    }

    /// `PATCH` of the same.
    pub(super) fn edit_by_token(
        &mut self,
        application: u64,
        token: &str,
        which: &str,
        body: &Value,
        files: Vec<Upload>,
    ) -> Result<Value, ApiError> {
        let held = self.by_token(application, token)?;
        let id = self.of_token(&held, which)?;
        let filled = self.edit_by_bot(held.channel, id, body, files)?;
        match held.stage {
            Stage::Deferred(false) => self.set_stage(held.id, Stage::Message(id)),
            Stage::Deferred(true) => self.set_stage(held.id, Stage::Updated(id)),
            _ => {}
        }
        Ok(filled)
    }

    /// `DELETE` of the same.
    pub(super) fn delete_by_token(
        &mut self,
        application: u64,
        token: &str,
        which: &str,
    ) -> Result<(), ApiError> {
        let held = self.by_token(application, token)?;
        let id = self.of_token(&held, which)?;
        self.delete(held.channel, id);
        Ok(())
    }

    /// `POST /webhooks/{application_id}/{interaction_token}`.
    pub(super) fn follow_up(
        &mut self,
        application: u64,
        token: &str,
        body: &Value,
        files: Vec<Upload>,
    ) -> Result<Value, ApiError> {
        let held = self.by_token(application, token)?;
        if matches!(held.stage, Stage::Pending | Stage::Failed(_)) {
            return Err(ApiError::unknown_webhook());
        }
        let loading = held.original.filter(|_| matches!(held.stage, Stage::Deferred(false)));
        match loading {
            // The first follow-up fills a deferral.
            Some(id) => {
                let filled = self.edit_by_bot(held.channel, id, body, files)?;
                self.set_stage(held.id, Stage::Message(id));
                Ok(filled)
            }
            None => {
                let message = self.answer_message(&held, body, files, false)?;
                if matches!(held.stage, Stage::Deferred(true)) {
                    self.set_stage(held.id, Stage::Message(id_of(&message)));
                }
                Ok(message)
            }
        }
    }

    /// Changes a message of the bot's own.
    pub(super) fn edit_by_bot(
        &mut self,
        channel: u64,
        id: u64,
        body: &Value,
        files: Vec<Upload>,
    ) -> Result<Value, ApiError> {
        let bot = self.bot;
        let held = self.message(channel, id).cloned().ok_or_else(ApiError::unknown_message)?;
        if held.author != bot {
            return Err(ApiError::not_the_author());
        }
        if self
            .channels
            .get(&channel)
            .and_then(|held| held.thread.as_ref())
            .is_some_and(|thread| thread.archived)
        {
            return Err(ApiError::thread_archived());
        }
        let mut changed = held;
        self.fill(&mut changed, body, files)?;
        if !changed.loading {
            // To fill a deferral is no edit in people's eyes.
            changed.edited_ms = Some(self.now());
        }
        changed.loading = false;
        changed.flags &= !LOADING;
        let empty = changed.content.is_empty()
            && changed.embeds.is_empty()
            && changed.attachments.is_empty()
            && changed.components.is_empty();
        if empty {
            return Err(ApiError::empty_message());
        }
        if let Some(held) = self.message_mut(channel, id) {
            *held = changed;
        }
        Ok(self.changed_message(channel, id))
    }
}

/// What `with_response` tells of the message (`interactions/receiving-and-responding`, interaction callback object).
fn about_message(answer: &mut Value, kind: u8, message: Value) {
    let flags = message["flags"].as_u64().unwrap_or(0);
    answer["interaction"]["response_message_id"] = message["id"].clone();
    answer["interaction"]["response_message_loading"] = json!(flags & LOADING != 0);
    answer["interaction"]["response_message_ephemeral"] = json!(flags & EPHEMERAL != 0);
    answer["resource"] = json!({ "type": kind, "message": message });
}

fn id_of(message: &Value) -> u64 {
    message["id"].as_str().and_then(|id| id.parse().ok()).unwrap_or_default()
}
