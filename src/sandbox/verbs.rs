//! The verbs of tests, demo and page: what people do, what hands of power do, what can be seen and measured.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::watch;

use super::people::{Place, Say};
use super::rules::fault::{Fault, FaultKind, GatewayFault};
use super::rules::permissions::{Overwrite, Target};
use super::transcript;
use super::world::{Audience, Call, Order, Stage, World, intent};
use super::{Sandbox, TranscriptOptions, payload};

/// Discord waits this long for the first answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(3);
/// What the person reads when none comes.
const NO_ANSWER: &str = "The application did not respond";

/// How an interaction was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerKind {
    /// Not yet.
    Pending,
    /// With a message.
    Message,
    /// By changing the message that was pressed.
    Update,
    /// With a form.
    Form,
    /// *Thinking …*
    Deferred,
    /// With suggestions.
    Choices,
    /// Not at all.
    Failed,
}

/// The answer to an interaction.
#[derive(Clone, Debug)]
pub struct Answer {
    /// How.
    pub kind: AnswerKind,
    /// Whether only the asking person sees it.
    pub ephemeral: bool,
    /// The message, new or changed.
    pub message: Option<Value>,
    /// The form.
    pub form: Option<Value>,
    /// The suggestions.
    pub choices: Vec<Value>,
    /// Why it failed.
    pub error: Option<String>,
}

impl Answer {
    /// The words of the message, or why there is none.
    pub fn text(&self) -> String {
        match (&self.message, &self.error) {
            (Some(message), _) => {
                let mut text = message["content"].as_str().unwrap_or_default().to_owned();
                for embed in message["embeds"].as_array().into_iter().flatten() {
                    for key in ["title", "description"] {
                        text.push('\n');
                        text.push_str(embed[key].as_str().unwrap_or_default());
                    }
                }
                text.trim().to_owned()
            }
            (None, Some(error)) => error.clone(),
            (None, None) => String::new(),
        }
    }
}

impl Sandbox {
    fn watched(&self, made: Result<u64, String>) -> Result<u64, String> {
        let id = made?;
        let shared = self.shared.clone();
        tokio::spawn(async move {
            give_up_after(ANSWER_WITHIN).await;
            shared.on(|world| {
                if !world.patient {
                    world.fail(id, NO_ANSWER);
                }
            });
        });
        Ok(id)
    }

    /// Writes a message and returns its id.
    ///
    /// # Errors
    ///
    /// Why this person cannot write that there.
    pub fn say(&self, user: u64, place: Place, words: impl Into<Say>) -> Result<u64, String> {
        self.shared.on(|world| world.say(user, place, words.into()))
    }

    /// Edits one's own message.
    ///
    /// # Errors
    ///
    /// Why not.
    pub fn edit_message(&self, user: u64, channel: u64, message: u64, text: &str) -> Result<(), String> {
        self.shared.on(|world| world.edit_own(user, channel, message, text))
    }

    /// Deletes a message.
    ///
    /// # Errors
    ///
    /// Why not.
    pub fn delete_message(&self, user: u64, channel: u64, message: u64) -> Result<(), String> {
        self.shared.on(|world| world.delete_own(user, channel, message))
    }

    /// Uses a slash command, `case claim`, and returns the interaction.
    ///
    /// # Errors
    ///
    /// Why this person cannot use that there.
    pub fn command(
        &self,
        user: u64,
        place: Place,
        path: &str,
        options: &[(&str, Value)],
    ) -> Result<u64, String> {
        self.command_with_files(user, place, path, options, Vec::new())
    }

    /// The same with files: option, name, content.
    ///
    /// # Errors
    ///
    /// As [`Sandbox::command`].
    pub fn command_with_files(
        &self,
        user: u64,
        place: Place,
        path: &str,
        options: &[(&str, Value)],
        files: Vec<(String, String, Vec<u8>)>,
    ) -> Result<u64, String> {
        let options: Vec<(String, Value)> =
            options.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        self.watched(self.shared.on(|world| {
            let channel = world.place(user, place)?;
            world.command(user, channel, path, &options, files, None)
        }))
    }

    /// Types into an option with suggestions.
    ///
    /// # Errors
    ///
    /// As [`Sandbox::command`].
    pub fn autocomplete(
        &self,
        user: u64,
        place: Place,
        path: &str,
        options: &[(&str, Value)],
        focused: &str,
    ) -> Result<u64, String> {
        let options: Vec<(String, Value)> =
            options.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        self.watched(self.shared.on(|world| {
            let channel = world.place(user, place)?;
            world.command(user, channel, path, &options, Vec::new(), Some(focused))
        }))
    }

    /// Uses a menu on a message.
    ///
    /// # Errors
    ///
    /// Why not.
    pub fn message_menu(&self, user: u64, channel: u64, message: u64, name: &str) -> Result<u64, String> {
        self.watched(self.shared.on(|world| world.menu(user, channel, message, name)))
    }

    /// Presses a button by its custom id.
    ///
    /// # Errors
    ///
    /// Why not.
    pub fn press(&self, user: u64, channel: u64, message: u64, custom_id: &str) -> Result<u64, String> {
        self.watched(self.shared.on(|world| world.press(user, channel, message, custom_id, None)))
    }

    /// Presses the newest enabled button with this label that the person sees in a channel.
    ///
    /// # Errors
    ///
    /// Why not.
    pub fn press_label(&self, user: u64, channel: u64, label: &str) -> Result<u64, String> {
        self.watched(self.shared.on(|world| {
            let (message, custom_id) = world
                .find_button(user, channel, label)
                .ok_or_else(|| format!("this person sees no button [{label}] there"))?;
            world.press(user, channel, message, &custom_id, None)
        }))
    }

    /// Chooses in a select.
    ///
    /// # Errors
    ///
    /// Why not.
    pub fn select(
        &self,
        user: u64,
        channel: u64,
        message: u64,
        custom_id: &str,
        values: &[&str],
    ) -> Result<u64, String> {
        let values = values.iter().map(ToString::to_string).collect();
        self.watched(self.shared.on(|world| world.press(user, channel, message, custom_id, Some(values))))
    }

    /// Presses what is not there, as somebody forging requests would.
    pub fn raw_press(&self, user: u64, channel: u64, message: u64, custom_id: &str) -> u64 {
        let id = self.shared.on(|world| world.raw_press(user, channel, message, custom_id, 2, None));
        self.watched(Ok(id)).unwrap_or(id)
    }

    /// Sends the form that answered an interaction; inputs by custom id or label.
    ///
    /// # Errors
    ///
    /// Why not.
    pub fn submit(&self, user: u64, form_of: u64, values: &[(&str, &str)]) -> Result<u64, String> {
        let values: Vec<(String, String)> =
            values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        self.watched(self.shared.on(|world| world.submit(user, form_of, &values)))
    }

    /// The answer to an interaction as it stands.
    pub fn answer_now(&self, interaction: u64) -> Answer {
        self.shared.on(|world| answer(world, interaction))
    }

    /// Waits until an interaction has its first answer, or failed.
    pub async fn answer(&self, interaction: u64) -> Answer {
        let mut changed = self.shared.on(|world| world.changed.subscribe());
        loop {
            let now = self.answer_now(interaction);
            if now.kind != AnswerKind::Pending {
                return now;
            }
            if changed.changed().await.is_err() {
                return now;
            }
        }
    }

    /// Interactions that wait for their first answer.
    pub fn open_interactions(&self) -> usize {
        self.shared.on(|world| {
            world.interactions.values().filter(|held| matches!(held.stage, Stage::Pending)).count()
        })
    }

    /// Counts everything that changes, to wait on.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.shared.on(|world| world.changed.subscribe())
    }

    /// Gateway events that were really sent, over all connections.
    pub fn dispatched(&self) -> u64 {
        self.shared.on(|world| *world.dispatched.borrow())
    }

    /// Opens or closes somebody's direct messages.
    pub fn set_dms_open(&self, user: u64, open: bool) {
        self.shared.on(|world| {
            if let Some(user) = world.users.get_mut(&user) {
                user.dms_open = open;
            }
        });
    }

    /// Sets the language of somebody's Discord.
    pub fn set_locale(&self, user: u64, locale: &str) {
        self.shared.on(|world| {
            if let Some(user) = world.users.get_mut(&user) {
                user.locale = locale.to_owned();
            }
        });
    }

    /// Somebody leaves a guild.
    pub fn leave_guild(&self, user: u64, guild: u64) {
        self.shared.on(|world| {
            let Some(held) = world.guilds.get_mut(&guild) else { return };
            held.members.remove(&user);
            let event = json!({
                "guild_id": guild.to_string(), "user": world.users.get(&user).map(payload::user),
            });
            world.dispatch("GUILD_MEMBER_REMOVE", &event, Audience::Intent(intent::GUILD_MEMBERS));
        });
    }

    /// Denies the bot permissions in a channel.
    pub fn deny_bot(&self, channel: u64, permissions: u64) {
        self.shared.on(|world| {
            let bot = world.bot;
            if let Some(held) = world.channels.get_mut(&channel) {
                held.overwrites.retain(|held| held.target != Target::Member(bot));
                held.overwrites.push(Overwrite { target: Target::Member(bot), allow: 0, deny: permissions });
            }
            world.tell_channel("CHANNEL_UPDATE", channel);
        });
    }

    /// Somebody with power archives a thread, or wakes it.
    pub fn archive(&self, thread: u64, archived: bool) {
        self.shared.on(|world| world.set_archived(thread, archived));
    }

    /// Somebody with power locks a thread.
    pub fn lock(&self, thread: u64, locked: bool) {
        self.shared.on(|world| {
            if let Some(held) = world.channels.get_mut(&thread).and_then(|held| held.thread.as_mut()) {
                held.locked = locked;
            }
            world.tell_channel("THREAD_UPDATE", thread);
        });
    }

    /// Somebody with power deletes a channel or thread.
    pub fn delete_channel(&self, channel: u64) {
        self.shared.on(|world| {
            let Some(held) = world.channels.get(&channel) else { return };
            let event = payload::channel(world, held);
            let name = if held.is_thread() { "THREAD_DELETE" } else { "CHANNEL_DELETE" };
            world.channels.remove(&channel);
            world.messages.remove(&channel);
            world.dispatch(name, &event, Audience::Intent(intent::GUILDS));
            world.touch(json!({ "kind": "channel", "channel": channel.to_string() }));
        });
    }

    /// All messages of a channel, oldest first, ephemeral ones too.
    pub fn messages(&self, channel: u64) -> Vec<Value> {
        self.shared.on(|world| {
            let held = world.messages.get(&channel).into_iter().flat_map(|held| held.values());
            held.filter(|held| !held.deleted).map(|held| full(world, held)).collect()
        })
    }

    /// The messages a person sees in a channel, oldest first.
    pub fn messages_seen_by(&self, user: u64, channel: u64) -> Vec<Value> {
        self.shared.on(|world| {
            world.seen_messages(user, channel).into_iter().map(|held| full(world, held)).collect()
        })
    }

    /// The channels, threads and direct messages a person sees.
    pub fn channels_seen_by(&self, user: u64) -> Vec<Value> {
        self.shared.on(|world| {
            let seen = world.channels.values().filter(|held| world.sees(user, held.id));
            seen.map(|held| payload::channel(world, held)).collect()
        })
    }

    /// The threads under a channel, oldest first.
    pub fn threads(&self, parent: u64) -> Vec<Value> {
        self.shared.on(|world| {
            let held = world.channels.values().filter(|held| held.is_thread() && held.parent == Some(parent));
            held.map(|held| payload::channel(world, held)).collect()
        })
    }

    /// Somebody's direct messages with the bot, if they were opened.
    pub fn dm_channel(&self, user: u64) -> Option<u64> {
        self.shared.on(|world| world.direct(user))
    }

    /// The bot's id.
    pub fn bot(&self) -> u64 {
        self.shared.on(|world| world.bot)
    }

    /// Whether the bot is connected.
    pub fn is_connected(&self) -> bool {
        self.shared.on(|world| world.sessions.values().any(|session| session.connection.is_some()))
    }

    /// The calls of clients so far.
    pub fn calls(&self) -> Vec<Call> {
        self.shared.on(|world| world.calls.clone())
    }

    /// Forgets the calls so far.
    pub fn clear_calls(&self) {
        self.shared.on(|world| world.calls.clear());
    }

    /// What clients did that Discord refuses: unknown routes, broken limits, missing parts.
    pub fn violations(&self) -> Vec<String> {
        self.shared.on(|world| world.violations.clone())
    }

    /// What was refused because of people or permissions.
    pub fn refusals(&self) -> Vec<String> {
        self.shared.on(|world| world.refusals.clone())
    }

    /// Switches Discord's rate limits on or off; they count by the machine's clock.
    pub fn set_limits(&self, enabled: bool) {
        self.shared.on(|world| world.limiter.set_enabled(enabled));
    }

    /// Orders a fault.
    pub fn fault(&self, fault: Fault) {
        self.shared.on(|world| match fault.kind {
            FaultKind::Gateway(kind) => world.gateway_fault(kind),
            _ => world.faults.add(fault),
        });
    }

    /// Takes back the faults that have not happened.
    pub fn clear_faults(&self) {
        self.shared.on(|world| world.faults.clear());
    }

    /// What people saw, as text.
    pub fn transcript(&self, options: TranscriptOptions) -> String {
        self.shared.on(|world| transcript::text(world, options))
    }

    /// The same, entry by entry: when (Unix ms) and what.
    pub fn transcript_entries(&self, options: TranscriptOptions) -> Vec<(i64, String)> {
        self.shared.on(|world| transcript::entries(world, options))
    }

    /// The three seconds of an interaction pass at once, as far as it was not answered.
    pub fn expire(&self, interaction: u64) {
        self.shared.on(|world| world.fail(interaction, NO_ANSWER));
    }
}

impl World {
    fn to_connections(&self, order: &Order) {
        for session in self.sessions.values() {
            if let Some(connection) = &session.connection {
                // A connection that is gone needs no order.
                let _ = connection.send(order.clone());
            }
        }
    }

    /// Ends every connection.
    pub(super) fn hang_up(&mut self) {
        self.to_connections(&Order::Drop);
    }

    pub(super) fn gateway_fault(&mut self, fault: GatewayFault) {
        let op = |op: u8, data: Value| Order::Raw(json!({ "op": op, "d": data, "s": null, "t": null }));
        match fault {
            GatewayFault::Drop => self.hang_up(),
            GatewayFault::Reconnect => self.to_connections(&op(7, Value::Null)),
            GatewayFault::InvalidSession => {
                self.to_connections(&op(9, json!(false)));
                self.sessions.clear();
            }
            GatewayFault::InvalidSessionResumable => self.to_connections(&op(9, json!(true))),
            GatewayFault::Zombie => self.to_connections(&Order::Freeze),
            GatewayFault::Close(code) => self.to_connections(&Order::Close(code)),
        }
    }
}

/// A message with what only the sandbox knows.
pub(super) fn full(world: &World, held: &super::world::Message) -> Value {
    let mut value = payload::message(world, held, false);
    value["ephemeral"] = json!(held.ephemeral_for.is_some());
    value["visible_to"] = json!(held.ephemeral_for.map(|id| id.to_string()));
    value["edited"] = json!(held.edited_ms.is_some());
    value["loading"] = json!(held.loading);
    value["pings"] = json!({
        "users": held.pinged_users.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "roles": held.pinged_roles.iter().map(ToString::to_string).collect::<Vec<_>>(),
    });
    value
}

pub(super) fn answer(world: &World, interaction: u64) -> Answer {
    let mut answer = Answer {
        kind: AnswerKind::Pending,
        ephemeral: false,
        message: None,
        form: None,
        choices: Vec::new(),
        error: None,
    };
    let Some(held) = world.interactions.get(&interaction) else {
        answer.kind = AnswerKind::Failed;
        answer.error = Some("there is no such interaction".to_owned());
        return answer;
    };
    let message = |id: u64| world.message(held.channel, id);
    match &held.stage {
        Stage::Pending => {}
        Stage::Deferred(_) => answer.kind = AnswerKind::Deferred,
        Stage::Message(id) | Stage::Updated(id) => {
            let updated = matches!(held.stage, Stage::Updated(_));
            answer.kind = if updated { AnswerKind::Update } else { AnswerKind::Message };
            answer.ephemeral = message(*id).is_some_and(|held| held.ephemeral_for.is_some());
            answer.message = message(*id).map(|held| full(world, held));
        }
        Stage::Form(form) => {
            answer.kind = AnswerKind::Form;
            answer.form = Some(form.clone());
        }
        Stage::Choices(choices) => {
            answer.kind = AnswerKind::Choices;
            answer.choices = choices.as_array().cloned().unwrap_or_default();
        }
        Stage::Failed(why) => {
            answer.kind = AnswerKind::Failed;
            answer.error = Some(why.clone());
        }
    }
    answer
}

/// Discord counts the three seconds in real time, whatever the sandbox's clock shows.
#[expect(clippy::disallowed_methods, reason = "Discord's own limit, in Discord's own time")]
async fn give_up_after(while_: Duration) {
    tokio::time::sleep(while_).await;
}
