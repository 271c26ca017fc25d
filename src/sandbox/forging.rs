//! What nobody's client would send: commands hidden from a person, buttons and forms that are not there, in channels they
//! do not see. Discord itself lets some of it pass (an administrator may open a command to everybody), so a bot checks.

use serde_json::{Value, json};

use super::Sandbox;
use super::commands::flatten;
use super::interactions::Deed;
use super::payload;
use super::world::World;

/// A deed without the client's checks.
#[derive(Clone, Debug)]
pub enum Forged {
    /// A slash command with its options.
    Command(String, Vec<(String, Value)>),
    /// An option with suggestions, half typed: path, option, what is typed.
    Suggest(String, String, String),
    /// A menu on a message.
    Menu(String),
    /// A button, or (with values) a select.
    Press(String, Option<Vec<String>>),
    /// A form with its inputs.
    Submit(String, Vec<(String, String)>),
}

impl Sandbox {
    /// Sends what is forged from a channel, about a message there, and returns the interaction.
    ///
    /// # Errors
    ///
    /// If the command was never registered, or lacks an option.
    pub fn forge(&self, user: u64, channel: u64, message: u64, forged: &Forged) -> Result<u64, String> {
        self.watched(self.shared.on(|world| world.forge(user, channel, message, forged)))
    }

    /// A person's direct messages with the bot, opened if they were not.
    pub fn open_dm(&self, user: u64) -> u64 {
        self.shared.on(|world| world.open_direct(user))
    }
}

impl World {
    fn forge(&mut self, user: u64, channel: u64, message: u64, forged: &Forged) -> Result<u64, String> {
        let source = self.message(channel, message).is_some().then_some(message);
        let deed = |kind: u8, data: Value, name: &str| Deed {
            kind,
            user,
            channel,
            data,
            source,
            name: name.to_owned(),
        };
        match forged {
            Forged::Command(path, options) => {
                let (root, leaf) = self.registered(path)?;
                self.use_command(user, channel, path, (&root, &leaf), options, Vec::new(), None)
            }
            Forged::Suggest(path, option, typed) => {
                let (root, leaf) = self.registered(path)?;
                let options = [(option.clone(), json!(typed))];
                self.use_command(user, channel, path, (&root, &leaf), &options, Vec::new(), Some(option))
            }
            Forged::Menu(name) => {
                let (root, _) = self.registered(name)?;
                let target = self.message(channel, message).ok_or("there is no such message")?;
                let id = message.to_string();
                let data = json!({
                    "id": root["id"], "name": root["name"], "type": 3, "target_id": id,
                    "resolved": { "messages": { &id: payload::message(self, target, false) } },
                });
                Ok(self.interact(Deed { source: None, ..deed(2, data, name) }))
            }
            Forged::Press(id, values) => {
                let kind = if values.is_some() { 3 } else { 2 };
                Ok(self.raw_press(user, channel, message, id, kind, values.clone()))
            }
            Forged::Submit(id, inputs) => {
                let row = |(name, value): &(String, String)| {
                    json!({ "type": 1, "id": 1, "components": [
                        { "type": 4, "id": 2, "custom_id": name, "value": value }
                    ] })
                };
                self.typed.extend(inputs.iter().map(|(_, value)| value.clone()));
                let rows: Vec<Value> = inputs.iter().map(row).collect();
                Ok(self.interact(deed(5, json!({ "custom_id": id, "components": rows }), "")))
            }
        }
    }

    /// A registered command with the leaf of its path, whoever may use it.
    fn registered(&self, path: &str) -> Result<(Value, Value), String> {
        let mut found = Vec::new();
        self.global_commands.iter().for_each(|command| flatten(command, &mut found));
        let held = found.into_iter().find(|(held, ..)| held == path);
        held.map(|(_, root, leaf)| (root, leaf)).ok_or_else(|| format!("/{path} was never registered"))
    }
}
