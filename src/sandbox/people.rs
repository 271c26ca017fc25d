//! What people do: write, press, choose, use commands, fill in forms. Each verb is refused where Discord's own client would refuse it.

use serde_json::{Value, json};

use super::files::Upload;
use super::interactions::Deed;
use super::rules::permissions;
use super::tongue::Act;
use super::transcript::Happening;
use super::world::{Message, Stage, World};

/// Where somebody does something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a channel or thread.
    Channel(u64),
    /// In their direct messages with the bot.
    Dm,
}

/// What somebody writes.
#[derive(Clone, Debug, Default)]
pub struct Say {
    /// The words.
    pub text: String,
    /// Files: name and content.
    pub files: Vec<(String, Vec<u8>)>,
    /// The message it replies to.
    pub reply_to: Option<u64>,
    /// Parts that only some clients send, as Discord spells them: `sticker_items`, `poll`, `message_snapshots`, `type`.
    pub extra: Value,
}

impl Say {
    /// A sticker.
    pub fn sticker(name: &str) -> Self {
        Self::with(
            json!({ "sticker_items": [{ "id": "749054660769218631", "name": name, "format_type": 1 }] }),
        )
    }

    /// A poll.
    pub fn poll(question: &str, answers: &[&str]) -> Self {
        let answers: Vec<Value> = answers
            .iter()
            .zip(1..)
            .map(|(text, id)| json!({ "answer_id": id, "poll_media": { "text": text } }))
            .collect();
        Self::with(json!({ "poll": {
            "question": { "text": question }, "answers": answers, "expiry": null, "allow_multiselect": false,
            "layout_type": 1,
        } }))
    }

    /// A message that was written elsewhere, passed on (`resources/message`, message snapshot object).
    pub fn forwarded(text: &str) -> Self {
        let snapshot = json!({
            "content": text, "timestamp": "2026-11-22T10:00:00.000000+00:00", "edited_timestamp": null, "mentions": [],
            "mention_roles": [], "attachments": [], "embeds": [], "type": 0, "flags": 0, "components": [],
        });
        Self::with(json!({
            "message_reference": { "type": 1, "message_id": "1234567890123456789", "channel_id": "1234567890123456780" },
            "message_snapshots": [{ "message": snapshot }], "flags": 1 << 14,
        }))
    }

    /// Anything else: parts of a message as Discord spells them.
    pub fn with(extra: Value) -> Self {
        Self { extra, ..Self::default() }
    }
}

impl From<&str> for Say {
    fn from(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }
}

/// The longest message of a person without a subscription.
const LONGEST: usize = 2_000;
/// The largest file of a person with a subscription (bytes): 500 MiB; a bot may still send only 10.
const LARGEST: usize = 500 * 1024 * 1024;

impl World {
    pub(super) fn place(&mut self, user: u64, place: Place) -> Result<u64, String> {
        match place {
            Place::Dm if self.shares_guild(user) || self.direct(user).is_some() => Ok(self.open_direct(user)),
            Place::Dm => Err("there is no server in common with the bot".to_owned()),
            Place::Channel(id) if self.sees(user, id) => Ok(id),
            Place::Channel(_) => Err("this person does not see that channel".to_owned()),
        }
    }

    pub(super) fn say(&mut self, user: u64, place: Place, words: Say) -> Result<u64, String> {
        let channel = self.place(user, place)?;
        let held = &self.channels[&channel];
        if held.guild.is_some() {
            let wanted = if held.is_thread() {
                permissions::SEND_MESSAGES_IN_THREADS
            } else {
                permissions::SEND_MESSAGES
            };
            if self.permissions(user, channel) & wanted == 0 {
                return Err("this person may not write there".to_owned());
            }
        }
        let moderates = self.permissions(user, channel) & permissions::MANAGE_THREADS != 0;
        if self.channels[&channel].thread.as_ref().is_some_and(|thread| thread.locked) && !moderates {
            return Err("the thread is locked".to_owned());
        }
        if words.text.chars().count() > LONGEST {
            return Err("the message is too long".to_owned());
        }
        if words.text.trim().is_empty() && words.files.is_empty() && words.extra.is_null() {
            return Err("the message is empty".to_owned());
        }
        let mut message = self.blank_message(channel, user);
        message.content = words.text.trim().to_owned();
        self.typed.push(message.content.clone());
        message.reply_to = words.reply_to;
        message.extra = words.extra;
        if words.reply_to.is_some() {
            message.kind = 19;
        }
        for (name, bytes) in words.files {
            self.typed.push(name.clone());
            if bytes.len() > LARGEST {
                return Err("the file is too large".to_owned());
            }
            let media = media_of(&name).to_owned();
            let stored = self.store_file(channel, Upload { name, media, bytes });
            message.attachments.push(stored);
        }
        self.note_persons_mentions(&mut message);
        let id = message.id;
        self.wake_thread(channel);
        self.stand(message);
        self.mark_read(user, channel);
        Ok(id)
    }

    pub(super) fn edit_own(&mut self, user: u64, channel: u64, id: u64, text: &str) -> Result<(), String> {
        let now = self.now();
        let text = text.trim();
        if !self.sees(user, channel) {
            return Err("this person does not see that channel".to_owned());
        }
        if text.chars().count() > LONGEST {
            return Err("the message is too long".to_owned());
        }
        if self.channels.get(&channel).and_then(|held| held.thread.as_ref()).is_some_and(|held| held.archived)
        {
            return Err("the thread is archived".to_owned());
        }
        let held = self.message_mut(channel, id).filter(|held| held.author == user);
        let held = held.ok_or("only one's own message can be edited")?;
        if text.is_empty() && held.attachments.is_empty() {
            return Err("the message is empty".to_owned());
        }
        held.content = text.to_owned();
        held.edited_ms = Some(now);
        self.typed.push(text.to_owned());
        self.changed_message(channel, id);
        Ok(())
    }

    pub(super) fn delete_own(&mut self, user: u64, channel: u64, id: u64) -> Result<(), String> {
        let own = self.message(channel, id).is_some_and(|held| held.author == user);
        let moderates = self.permissions(user, channel) & permissions::MANAGE_MESSAGES != 0
            && self.channels.get(&channel).is_some_and(|held| held.guild.is_some());
        if !own && !moderates {
            return Err("only one's own message can be deleted".to_owned());
        }
        self.delete(channel, id);
        Ok(())
    }

    /// The messages a person sees in a channel, oldest first.
    pub(super) fn seen_messages(&self, user: u64, channel: u64) -> Vec<&Message> {
        if !self.sees(user, channel) {
            return Vec::new();
        }
        let held = self.messages.get(&channel).into_iter().flat_map(|held| held.values());
        held.filter(|held| !held.deleted && held.ephemeral_for.is_none_or(|person| person == user)).collect()
    }

    /// The component with this custom id in a message that the person sees.
    fn component(&self, user: u64, channel: u64, message: u64, custom_id: &str) -> Result<Value, String> {
        let held = self.seen_messages(user, channel).into_iter().find(|held| held.id == message);
        let held = held.ok_or("this person does not see that message")?;
        let found = held
            .components
            .iter()
            .flat_map(|row| row["components"].as_array().into_iter().flatten())
            .find(|component| component["custom_id"] == custom_id)
            .cloned();
        let found = found.ok_or("the message has no such button")?;
        if found["disabled"] == true {
            return Err("the button is disabled".to_owned());
        }
        let asleep = self.channels.get(&channel).and_then(|held| held.thread.as_ref());
        if asleep.is_some_and(|thread| thread.archived && thread.locked) {
            return Err("the thread is archived".to_owned());
        }
        Ok(found)
    }

    pub(super) fn press(
        &mut self,
        user: u64,
        channel: u64,
        message: u64,
        custom_id: &str,
        values: Option<Vec<String>>,
    ) -> Result<u64, String> {
        let component = self.component(user, channel, message, custom_id)?;
        let label = component["label"].as_str().unwrap_or_default().to_owned();
        let (kind, what) = match &values {
            None => (2, Act::Press(label)),
            Some(values) => (3, Act::Choose(labels(&component, values))),
        };
        if component["type"].as_u64() != Some(kind) {
            return Err("that is another kind of component".to_owned());
        }
        if let Some(values) = &values {
            let options = component["options"].as_array().cloned().unwrap_or_default();
            let known = |value: &String| options.iter().any(|option| option["value"] == value.as_str());
            if !values.iter().all(known) {
                return Err("the select has no such option".to_owned());
            }
            let count = u64::try_from(values.len()).unwrap_or(u64::MAX);
            let (least, most) = (component["min_values"].as_u64(), component["max_values"].as_u64());
            if count < least.unwrap_or(1) || count > most.unwrap_or(1) {
                return Err("that is not the number of choices the select takes".to_owned());
            }
        }
        self.note(Happening::Deed { user, channel, what });
        Ok(self.raw_press(user, channel, message, custom_id, kind, values))
    }

    /// A press without any of the client's checks, as somebody forging requests would send it.
    pub(super) fn raw_press(
        &mut self,
        user: u64,
        channel: u64,
        message: u64,
        custom_id: &str,
        kind: u64,
        values: Option<Vec<String>>,
    ) -> u64 {
        let mut data = json!({ "custom_id": custom_id, "component_type": kind, "id": 1 });
        if let Some(values) = values {
            data["values"] = json!(values);
        }
        self.interact(Deed { kind: 3, user, channel, data, source: Some(message), name: String::new() })
    }

    /// The newest enabled button with this label that the person sees in a channel.
    pub(super) fn find_button(&self, user: u64, channel: u64, label: &str) -> Option<(u64, String)> {
        self.seen_messages(user, channel).into_iter().rev().find_map(|message| {
            message
                .components
                .iter()
                .flat_map(|row| row["components"].as_array().into_iter().flatten())
                .find(|held| held["label"] == label && held["disabled"] != true)
                .and_then(|held| held["custom_id"].as_str())
                .map(|custom_id| (message.id, custom_id.to_owned()))
        })
    }

    pub(super) fn submit(
        &mut self,
        user: u64,
        form_of: u64,
        values: &[(String, String)],
    ) -> Result<u64, String> {
        let held = self.interactions.get(&form_of).cloned().ok_or("there is no such interaction")?;
        let Stage::Form(form) = &held.stage else { return Err("no form was opened".to_owned()) };
        if held.user != user {
            return Err("the form was opened for somebody else".to_owned());
        }
        let mut rows = Vec::new();
        let mut said = Vec::new();
        for row in form["components"].as_array().into_iter().flatten() {
            for input in row["components"].as_array().into_iter().flatten() {
                let name = input["custom_id"].as_str().unwrap_or_default();
                let label = input["label"].as_str().unwrap_or_default();
                let given = values.iter().find(|(key, _)| key == name || key == label);
                let value = match given {
                    Some((_, value)) => value.clone(),
                    None => input["value"].as_str().unwrap_or_default().to_owned(),
                };
                let length = u64::try_from(value.chars().count()).unwrap_or(u64::MAX);
                if input["required"] != false && value.is_empty() {
                    return Err(format!("“{label}” must be filled in"));
                }
                if !value.is_empty() && length < input["min_length"].as_u64().unwrap_or(0) {
                    return Err(format!("“{label}” is too short"));
                }
                if length > input["max_length"].as_u64().unwrap_or(4_000) {
                    return Err(format!("“{label}” is too long"));
                }
                if !value.is_empty() {
                    self.typed.push(value.clone());
                    said.push(format!("{label}: {value}"));
                }
                rows.push(json!({ "type": 1, "id": 1, "components": [
                    { "type": 4, "id": 2, "custom_id": name, "value": value }
                ] }));
            }
        }
        let data = json!({ "custom_id": form["custom_id"], "components": rows });
        let what = Act::Fill(said);
        self.note(Happening::Deed { user, channel: held.channel, what });
        Ok(self.interact(Deed {
            kind: 5,
            user,
            channel: held.channel,
            data,
            source: held.source,
            name: String::new(),
        }))
    }
}

/// The media type of a file, by its name.
pub(super) fn media_of(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "txt" => "text/plain; charset=utf-8",
        "csv" => "text/csv",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
}

/// The labels of the options that were chosen.
fn labels(select: &Value, values: &[String]) -> Vec<String> {
    let label = |value: &String| {
        let mut options = select["options"].as_array().into_iter().flatten();
        let option = options.find(|option| option["value"] == value.as_str());
        option.and_then(|option| option["label"].as_str()).unwrap_or(value).to_owned()
    };
    values.iter().map(label).collect()
}
