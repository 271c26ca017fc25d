//! Commands as people use them: which there are somewhere, their options, menus on messages.

use serde_json::{Value, json};

use super::files::Upload;
use super::interactions::Deed;
use super::payload;
use super::people::media_of;
use super::rules::permissions;
use super::tongue::Act;
use super::transcript::Happening;
use super::world::World;

impl World {
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
                // No permission at all means administrators only (`interactions/application-commands`).
                || needed.is_none_or(|bits| bits != 0 && granted & bits == bits)
                || granted & permissions::ADMINISTRATOR != 0;
            if !usable || !allowed {
                continue;
            }
            flatten(command, &mut found);
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
        self.awake(channel)?;
        let held = self.commands_for(user, channel).into_iter();
        let held = held.filter(|(_, root, _)| root["type"].as_u64().unwrap_or(1) == 1);
        let held = held.into_iter().find(|(held, ..)| held == path);
        let (_, root, leaf) =
            held.ok_or_else(|| format!("there is no command /{path} for this person here"))?;
        self.use_command(user, channel, path, (&root, &leaf), options, files, focused)
    }

    /// Uses a command that was found; whether this person may is not asked any more.
    #[expect(
        clippy::too_many_arguments,
        reason = "what a command takes, and the two halves of its registration"
    )]
    pub(super) fn use_command(
        &mut self,
        user: u64,
        channel: u64,
        path: &str,
        (root, leaf): (&Value, &Value),
        options: &[(String, Value)],
        files: Vec<(String, String, Vec<u8>)>,
        focused: Option<&str>,
    ) -> Result<u64, String> {
        let mut resolved = json!({});
        let mut filled = Vec::new();
        for known in leaf["options"].as_array().cloned().unwrap_or_default() {
            let name = known["name"].as_str().unwrap_or_default().to_owned();
            let kind = known["type"].as_u64().unwrap_or(3);
            let mut given = options.iter().find(|(held, _)| *held == name).map(|(_, value)| value.clone());
            if kind == 11
                && let Some((_, file, bytes)) = files.iter().find(|(held, ..)| *held == name)
            {
                let media = media_of(file).to_owned();
                let upload = Upload { name: file.clone(), media, bytes: bytes.clone() };
                let stored = self.store_file(channel, upload);
                let id = stored["id"].as_str().unwrap_or_default().to_owned();
                resolved["attachments"][&id] = stored;
                given = Some(json!(id));
            }
            let Some(value) = given else {
                if known["required"] == true && focused.is_none() {
                    return Err(format!("the option {name} is needed"));
                }
                continue;
            };
            self.resolve(kind, &value, (user, channel), &mut resolved);
            // Clients let one pick only what there is.
            let held = match kind {
                7 => &resolved["channels"],
                8 => &resolved["roles"],
                _ => &value,
            };
            if matches!(kind, 7 | 8) && held[value.as_str().unwrap_or_default()].is_null() {
                return Err(format!("the option {name} has nothing like {value} here"));
            }
            if kind == 3 && known["choices"].is_null() {
                self.typed.extend(value.as_str().map(str::to_owned));
            }
            let choices = known["choices"].as_array();
            if choices.is_some_and(|choices| !choices.iter().any(|choice| choice["value"] == value)) {
                return Err(format!("the option {name} has no choice {value}"));
            }
            if focused.is_none() {
                fits(&known, &value).map_err(|why| format!("the option {name} {why}"))?;
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

    fn resolve(&self, kind: u64, value: &Value, (user, channel): (u64, u64), resolved: &mut Value) {
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
                    partial["permissions"] = json!(self.permissions(user, id).to_string());
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

    /// Nobody uses commands in an archived thread (`topics/threads`).
    fn awake(&self, channel: u64) -> Result<(), String> {
        let thread = self.channels.get(&channel).and_then(|held| held.thread.as_ref());
        if thread.is_some_and(|thread| thread.archived) {
            return Err("the thread is archived".to_owned());
        }
        Ok(())
    }

    /// Uses a menu on a message.
    pub(super) fn menu(&mut self, user: u64, channel: u64, message: u64, name: &str) -> Result<u64, String> {
        self.awake(channel)?;
        let held = self.commands_for(user, channel).into_iter();
        let mut menus = held.filter(|(_, root, _)| root["type"].as_u64() == Some(3));
        let (_, root, _) =
            menus.find(|(held, ..)| held == name).ok_or_else(|| format!("there is no menu “{name}” here"))?;
        let target = self.seen_messages(user, channel).into_iter().find(|held| held.id == message);
        let target = target.ok_or("this person does not see that message")?;
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

/// A command under its path, or each of its subcommands under theirs.
pub(super) fn flatten(command: &Value, found: &mut Vec<(String, Value, Value)>) {
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

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Whether Discord's client would send this value for an option (`interactions/application-commands`, option structure).
fn fits(known: &Value, value: &Value) -> Result<(), &'static str> {
    let right = match known["type"].as_u64() {
        Some(4) => value.is_i64() || value.is_u64(),
        Some(5) => value.is_boolean(),
        Some(10) => value.is_number(),
        _ => value.is_string(),
    };
    if !right {
        return Err("has another type");
    }
    let beyond = |least: &str, most: &str, measure: f64| {
        known[least].as_f64().is_some_and(|least| measure < least)
            || known[most].as_f64().is_some_and(|most| measure > most)
    };
    if value.as_f64().is_some_and(|number| beyond("min_value", "max_value", number)) {
        return Err("is out of range");
    }
    let letters = value.as_str().map(|text| text.chars().count()).and_then(|count| u32::try_from(count).ok());
    if letters.is_some_and(|letters| beyond("min_length", "max_length", f64::from(letters))) {
        return Err("has a wrong length");
    }
    Ok(())
}
