//! The verbs of tests, demo and page: what people do, and waiting for what comes of it.

use std::time::Duration;

use serde_json::Value;
use tokio::sync::watch;

use super::Sandbox;
use super::answer::{self, Answer, AnswerKind};
use super::people::{Place, Say};
use super::world::Stage;

/// Discord waits this long for the first answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(3);
/// What the person reads when none comes.
const NO_ANSWER: &str = "The application did not respond";

impl Sandbox {
    pub(super) fn watched(&self, made: Result<u64, String>) -> Result<u64, String> {
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
        self.shared.on(|world| answer::of(world, interaction))
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

    /// The three seconds of an interaction pass at once, as far as it was not answered.
    pub fn expire(&self, interaction: u64) {
        self.shared.on(|world| world.fail(interaction, NO_ANSWER));
    }

    /// The three seconds of every interaction pass at once.
    pub fn expire_all(&self) {
        self.shared.on(|world| {
            let open = world.interactions.iter().filter(|(_, held)| matches!(held.stage, Stage::Pending));
            for id in open.map(|(id, _)| *id).collect::<Vec<_>>() {
                world.fail(id, NO_ANSWER);
            }
        });
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
}

/// Discord counts the three seconds in real time, whatever the sandbox's clock shows.
#[expect(clippy::disallowed_methods, reason = "Discord's own limit, in Discord's own time")]
async fn give_up_after(while_: Duration) {
    tokio::time::sleep(while_).await;
}
