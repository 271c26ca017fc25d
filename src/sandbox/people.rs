//! What people do: write, press, choose, use commands, fill in forms. Each verb is refused where Discord's own client would refuse it.

use serde_json::{Value, json};

use super::interactions::Deed;
use super::payload;
use super::posting::Upload;
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
}

impl From<&str> for Say {
    fn from(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }
}

/// The longest message of a person without a subscription.
const LONGEST: usize = 2_000;

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
        if self.channels[&channel].thread.as_ref().is_some_and(|thread| thread.locked) {
            return Err("the thread is locked".to_owned());
        }
        if words.text.chars().count() > LONGEST {
            return Err("the message is too long".to_owned());
        }
        if words.text.trim().is_empty() && words.files.is_empty() {
            return Err("the message is empty".to_owned());
        }
        let mut message = self.blank_message(channel, user);
        message.content = words.text.trim().to_owned();
        message.reply_to = words.reply_to;
        if words.reply_to.is_some() {
            message.kind = 19;
        }
        for (name, bytes) in words.files {
            if bytes.len() > super::posting::UPLOAD_LIMIT {
                return Err("the file is too large".to_owned());
            }
            let media = media_of(&name).to_owned();
            let stored = self.store_file(channel, Upload { name, media, bytes });
            message.attachments.push(stored);
        }
        message.pinged_users = words
            .reply_to
            .and_then(|id| self.message(channel, id))
            .map(|replied| vec![replied.author])
            .unwrap_or_default();
        for part in message.content.split("<@").skip(1) {
            let digits: String =
                part.trim_start_matches('!').chars().take_while(char::is_ascii_digit).collect();
            if let Ok(id) = digits.parse() {
                if self.users.contains_key(&id) && !message.pinged_users.contains(&id) {
                    message.pinged_users.push(id);
                }
            }
        }
        let id = message.id;
        self.wake_thread(channel);
        self.stand(message);
        self.mark_read(user, channel);
        Ok(id)
    }

    pub(super) fn edit_own(&mut self, user: u64, channel: u64, id: u64, text: &str) -> Result<(), String> {
        let now = self.now();
        let held = self.message_mut(channel, id).filter(|held| held.author == user);
        let held = held.ok_or("only one's own message can be edited")?;
        held.content = text.to_owned();
        held.edited_ms = Some(now);
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
                if length > input["max_length"].as_u64().unwrap_or(4_000) {
                    return Err(format!("“{label}” is too long"));
                }
                if !value.is_empty() {
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

    /// The commands a person may use somewhere; subcommands flattened to their path.
    pub(super) fn commands_for(&self, user: u64, channel: u64) -> Vec<(String, Value, Value)> {
        let guild = self.channels.get(&channel).and_then(|held| held.guild);
        let mut found = Vec::new();
        let local = guild.and_then(|guild| self.guild_commands.get(&guild)).into_iter().flatten();
        for command in self.global_commands.iter().chain(local) {
            let contexts = command["contexts"].as_array();
            let here = if guild.is_some() { 0 } else { 1 };
            let usable = match contexts {
                Some(contexts) => contexts.iter().any(|held| held.as_u64() == Some(here)),
                None => guild.is_some() || command.get("guild_id").is_none(),
            };
            let needed =
                command["default_member_permissions"].as_str().and_then(|bits| bits.parse::<u64>().ok());
            let granted = self.permissions(user, channel);
            let allowed = guild.is_none()
                || needed.is_none_or(|bits| granted & bits == bits)
                || granted & permissions::ADMINISTRATOR != 0;
            if !usable || !allowed {
                continue;
            }
            let name = command["name"].as_str().unwrap_or_default();
            let subs: Vec<&Value> = command["options"]
                .as_array()
                .into_iter()
                .flatten()
                .filter(|option| option["type"].as_u64() == Some(1))
                .collect();
            if subs.is_empty() {
                found.push((name.to_owned(), command.clone(), command.clone()));
            }
            for sub in subs {
                let path = format!("{name} {}", sub["name"].as_str().unwrap_or_default());
                found.push((path, command.clone(), sub.clone()));
            }
        }
        found
    }

    /// Uses a slash command, or (`focused`) types one of its options.
    pub(super) fn command(
        &mut self,
        user: u64,
        channel: u64,
        path: &str,
        options: &[(String, Value)],
        files: Vec<(String, String, Vec<u8>)>,
        focused: Option<&str>,
    ) -> Result<u64, String> {
        let held = self.commands_for(user, channel).into_iter().find(|(held, ..)| held == path);
        let (_, root, leaf) =
            held.ok_or_else(|| format!("there is no command /{path} for this person here"))?;
        let mut resolved = json!({});
        let mut filled = Vec::new();
        for known in leaf["options"].as_array().cloned().unwrap_or_default() {
            let name = known["name"].as_str().unwrap_or_default().to_owned();
            let kind = known["type"].as_u64().unwrap_or(3);
            let mut given = options.iter().find(|(held, _)| *held == name).map(|(_, value)| value.clone());
            if kind == 11 {
                if let Some((_, file, bytes)) = files.iter().find(|(held, ..)| *held == name) {
                    let media = media_of(file).to_owned();
                    let upload = Upload { name: file.clone(), media, bytes: bytes.clone() };
                    let stored = self.store_file(channel, upload);
                    let id = stored["id"].as_str().unwrap_or_default().to_owned();
                    resolved["attachments"][&id] = stored;
                    given = Some(json!(id));
                }
            }
            let Some(value) = given else {
                if known["required"] == true && focused.is_none() {
                    return Err(format!("the option {name} is needed"));
                }
                continue;
            };
            self.resolve(kind, &value, channel, &mut resolved);
            let choices = known["choices"].as_array();
            if choices.is_some_and(|choices| !choices.iter().any(|choice| choice["value"] == value)) {
                return Err(format!("the option {name} has no choice {value}"));
            }
            let mut option = json!({ "name": name, "type": kind, "value": value });
            if focused == Some(name.as_str()) {
                option["focused"] = json!(true);
            }
            filled.push(option);
        }
        if let Some((unknown, _)) =
            options.iter().find(|(name, _)| !filled.iter().any(|held| held["name"] == name.as_str()))
        {
            return Err(format!("the command has no option {unknown}"));
        }
        let inner = match path.split_once(' ') {
            Some((_, sub)) => json!([{ "name": sub, "type": 1, "options": filled }]),
            None => json!(filled),
        };
        let data = json!({
            "id": root["id"], "name": root["name"], "type": 1, "options": inner, "resolved": resolved,
        });
        if focused.is_none() {
            let kind = |name: &str| {
                let mut known = leaf["options"].as_array().into_iter().flatten();
                known.find(|known| known["name"] == name).and_then(|known| known["type"].as_u64())
            };
            let said: Vec<String> = options
                .iter()
                .map(|(name, value)| format!("{name}:{}", self.typed(kind(name), value)))
                .collect();
            let what = Act::Command(format!("/{path} {}", said.join(" ")).trim_end().to_owned());
            self.note(Happening::Deed { user, channel, what });
        }
        let kind = if focused.is_some() { 4 } else { 2 };
        Ok(self.interact(Deed { kind, user, channel, data, source: None, name: path.to_owned() }))
    }

    /// An option's value as the person sees it while typing.
    fn typed(&self, kind: Option<u64>, value: &Value) -> String {
        let id = value.as_str().and_then(|id| id.parse::<u64>().ok());
        let known = match (kind, id) {
            (Some(6), Some(id)) => self.users.get(&id).map(|user| format!("@{}", user.name)),
            (Some(7), Some(id)) => self.channels.get(&id).map(|held| format!("#{}", held.name)),
            (Some(8), Some(id)) => {
                let role = self.guilds.values().find_map(|guild| guild.roles.get(&id));
                role.map(|role| format!("@{}", role.name))
            }
            _ => None,
        };
        known.unwrap_or_else(|| plain(value))
    }

    fn resolve(&self, kind: u64, value: &Value, channel: u64, resolved: &mut Value) {
        let Some(id) = value.as_str().and_then(|id| id.parse::<u64>().ok()) else { return };
        let key = id.to_string();
        let guild =
            self.channels.get(&channel).and_then(|held| held.guild).and_then(|id| self.guilds.get(&id));
        match kind {
            6 => {
                if let Some(user) = self.users.get(&id) {
                    resolved["users"][&key] = payload::user(user);
                }
                if let Some((guild, member)) = guild.and_then(|guild| Some((guild, guild.members.get(&id)?)))
                {
                    let mut partial = payload::member(self, id, member);
                    if let Some(held) = partial.as_object_mut() {
                        held.remove("user");
                        held.remove("deaf");
                        held.remove("mute");
                    }
                    partial["permissions"] = json!(self.guild_permissions(id, guild.id).to_string());
                    resolved["members"][&key] = partial;
                }
            }
            7 => {
                if let Some(held) = self.channels.get(&id) {
                    let mut partial = payload::channel(self, held);
                    partial["permissions"] = json!("0");
                    resolved["channels"][&key] = partial;
                }
            }
            8 => {
                if let Some(role) = guild.and_then(|guild| guild.roles.get(&id)) {
                    resolved["roles"][&key] = payload::role(role);
                }
            }
            _ => {}
        }
    }

    /// Uses a menu on a message.
    pub(super) fn menu(&mut self, user: u64, channel: u64, message: u64, name: &str) -> Result<u64, String> {
        let held = self.commands_for(user, channel).into_iter();
        let mut menus = held.filter(|(_, root, _)| root["type"].as_u64() == Some(3));
        let (_, root, _) =
            menus.find(|(held, ..)| held == name).ok_or_else(|| format!("there is no menu “{name}” here"))?;
        let target = self.message(channel, message).ok_or("there is no such message")?;
        let target = payload::message(self, target, false);
        let id = message.to_string();
        let data = json!({
            "id": root["id"], "name": root["name"], "type": 3, "target_id": id,
            "resolved": { "messages": { &id: target } },
        });
        self.note(Happening::Deed { user, channel, what: Act::Menu(name.to_owned()) });
        Ok(self.interact(Deed { kind: 2, user, channel, data, source: None, name: name.to_owned() }))
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

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The media type of a file, by its name.
fn media_of(name: &str) -> &'static str {
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
