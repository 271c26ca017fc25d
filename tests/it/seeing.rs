//! What scenes look for: pings, buttons, messages with certain words, times of day.

use std::future::Future;
use std::panic::Location;

use langnghe::domain::settings::Setup;
use langnghe::kernel::ids::{ChannelId, GuildId, RoleId};
use langnghe::sandbox::rules::permissions;
use langnghe::sandbox::{Answer, AnswerKind, ChannelSpec, GuildSpec, PersonSpec, Place, RoleSpec};
use serde_json::Value;

use crate::failing::asked;
use crate::scene::{HOUR, MINUTE, MONDAY_9, Scene, words_of};

/// Somebody's direct messages with the bot.
pub const DM: Place = Place::Dm;

/// Monday, `hour`:`minute` in Hà Nội (Unix ms); 24 and more are the days after.
pub fn monday(hour: i64, minute: i64) -> i64 {
    MONDAY_9 + (hour - 9) * HOUR + minute * MINUTE
}

/// Whether a message really pings this person or role.
pub fn pings(message: &Value, id: u64) -> bool {
    let id = id.to_string();
    ["users", "roles"]
        .iter()
        .any(|kind| message["pings"][*kind].as_array().into_iter().flatten().any(|held| *held == id.as_str()))
}

/// Whether a message pings nobody at all.
pub fn pings_nobody(message: &Value) -> bool {
    ["users", "roles"].iter().all(|kind| message["pings"][*kind].as_array().is_none_or(Vec::is_empty))
        && message["mention_everyone"] != true
}

/// The labels of a message's buttons.
pub fn labels(message: &Value) -> Vec<String> {
    components(message).filter_map(|held| held["label"].as_str().map(str::to_owned)).collect()
}

/// The custom id of a message's select.
pub fn select_of(message: &Value) -> Option<String> {
    components(message)
        .find(|held| held["type"] == 3)
        .and_then(|held| held["custom_id"].as_str())
        .map(str::to_owned)
}

/// The custom id of a message's button with this label.
pub fn button_of(message: &Value, label: &str) -> Option<String> {
    components(message)
        .find(|held| held["label"] == label)
        .and_then(|held| held["custom_id"].as_str())
        .map(str::to_owned)
}

fn components(message: &Value) -> impl Iterator<Item = &Value> {
    message["components"]
        .as_array()
        .into_iter()
        .flatten()
        .flat_map(|row| row["components"].as_array().into_iter().flatten())
}

impl Scene {
    /// Moves time on to an instant (Unix ms).
    #[track_caller]
    pub fn until(&self, instant: i64) -> impl Future<Output = ()> {
        asked(Location::caller(), async move {
            self.stage.advance_to(instant).await.expect("time passes");
        })
    }

    /// The messages of a channel that hold certain words. An action bar shows how all stands, and is meant only where its
    /// own words are looked for.
    pub fn those(&self, channel: u64, words: &str) -> Vec<Value> {
        const BARS: [&str; 2] = ["Việc tiếp theo", "Next step"];
        let wanted = |text: &str| {
            let is_bar = BARS.iter().any(|bar| text.starts_with(&format!("**{bar}")));
            text.contains(words) && (!is_bar || BARS.iter().any(|bar| words.contains(bar)))
        };
        let mut held = self.sandbox().messages(channel);
        held.retain(|message| wanted(&words_of(message)));
        held
    }

    /// The one message of a channel with certain words.
    #[track_caller]
    pub fn the(&self, channel: u64, words: &str) -> Value {
        let mut held = self.those(channel, words);
        assert_eq!(held.len(), 1, "{words:?} once in:\n{}", self.read(channel));
        held.remove(0)
    }

    /// How many messages of a channel hold certain words.
    pub fn times(&self, channel: u64, words: &str) -> usize {
        self.those(channel, words).len()
    }

    /// Whether a thread is archived.
    pub fn is_archived(&self, thread: u64) -> bool {
        let desk = self.sandbox().threads(self.desk);
        let held = desk.iter().find(|held| crate::scene::id(&held["id"]) == thread);
        held.is_some_and(|held| held["thread_metadata"]["archived"] == true)
    }

    /// Says that a promise was kept; where its hour has not come, with what came of it.
    #[track_caller]
    pub fn keeps(&self, user: u64, thread: u64, number: &str) -> impl Future<Output = Answer> {
        asked(Location::caller(), async move {
            let made = self.sandbox().press_label(user, thread, &format!("{number} · Đã giữ lời"));
            let (form_of, answer) = self.outcome(made).await;
            if answer.kind != AnswerKind::Form {
                return answer;
            }
            self.outcome(self.sandbox().submit(user, form_of, &[("text", "Đã xong rồi ạ.")])).await.1
        })
    }

    /// Stops the bot while time passes, and starts it again.
    #[track_caller]
    pub fn asleep(&mut self, ms: i64) -> impl Future<Output = ()> {
        asked(Location::caller(), async move {
            self.stage.crash().await.expect("the bot ends");
            self.advance(ms).await;
            self.start_bot().await;
        })
    }
}

/// A desk on another server.
pub struct OtherDesk {
    /// The server.
    pub guild: u64,
    /// Its channel for everybody.
    pub intake: u64,
    /// Its desk channel.
    pub desk: u64,
    /// A member of its staff.
    pub staff: u64,
    /// A message in its desk channel.
    pub message: u64,
}

impl Scene {
    /// Sets up a desk on a second server, *Viễn Thông Hai*.
    #[track_caller]
    pub fn second_desk(&self) -> impl Future<Output = OtherDesk> {
        asked(Location::caller(), async move {
            let role = RoleSpec { name: "staff".to_owned(), permissions: permissions::MANAGE_THREADS };
            let channel = |name: &str, private_to: &[&str]| ChannelSpec {
                name: name.to_owned(),
                private_to: private_to.iter().map(ToString::to_string).collect(),
            };
            let guild = self.sandbox().make_guild(GuildSpec {
                name: "Viễn Thông Hai".to_owned(),
                roles: vec![role],
                channels: vec![channel("intake", &[]), channel("desk", &["staff"])],
                bot_permissions: None,
            });
            let staff = self.sandbox().make_person(PersonSpec {
                guild: guild.id,
                name: "Minh".to_owned(),
                locale: "vi".to_owned(),
                label: "staff".to_owned(),
                roles: vec![guild.roles["staff"]],
                dms_open: true,
            });
            let setup = Setup {
                desk_channel: Some(ChannelId(guild.channels["desk"])),
                intake_channel: Some(ChannelId(guild.channels["intake"])),
                staff_role: Some(RoleId(guild.roles["staff"])),
                name: Some("Viễn Thông Hai".to_owned()),
                ..Setup::default()
            };
            let desk = self.stage.bot().expect("the bot runs").desk().clone();
            desk.setups().set_up(GuildId(guild.id), &setup).await.expect("the set-up is stored");
            let message = self.say(staff, Place::Channel(guild.channels["desk"]), "xin chào").await;
            OtherDesk {
                guild: guild.id,
                intake: guild.channels["intake"],
                desk: guild.channels["desk"],
                staff,
                message,
            }
        })
    }
}
