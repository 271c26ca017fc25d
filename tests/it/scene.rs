//! The harness: a stage with a desk and its people; what they do, what they see, and what must not be left over.

use std::future::Future;
use std::panic::Location;

use langnghe::demo::stage::{Stage, StageOptions};
use langnghe::domain::settings::Setup;
use langnghe::kernel::ids::{ChannelId, GuildId, RoleId};
use langnghe::sandbox::rules::permissions;
use langnghe::sandbox::{
    Answer, AnswerKind, ChannelSpec, GuildSpec, PersonSpec, Place, RoleSpec, Sandbox, Say, TranscriptOptions,
};
use serde_json::Value;

use crate::databases::{Kind, on};
use crate::failing::{Witness, asked};
use crate::golden::harvest;
use crate::logs;

/// Monday 23 November 2026, 09:00 in Hà Nội.
pub const MONDAY_9: i64 = 1_795_399_200_000;
/// An hour in ms.
pub const HOUR: i64 = 3_600_000;
/// A minute in ms.
pub const MINUTE: i64 = 60_000;

/// A desk with its people. Customers: An writes in Vietnamese, Bob in English.
pub struct Scene {
    pub stage: Stage,
    pub guild: u64,
    pub intake: u64,
    pub desk: u64,
    pub managers: u64,
    pub staff_role: u64,
    pub manager_role: u64,
    pub head_office_role: u64,
    /// Customer, Vietnamese.
    pub an: u64,
    /// Customer, English.
    pub bob: u64,
    /// Staff, Vietnamese.
    pub lan: u64,
    /// Staff, English.
    pub mike: u64,
    /// Manager, Vietnamese.
    pub tuan: u64,
    /// Head office, Vietnamese.
    pub ha: u64,
    pub witness: Witness,
}

/// A scene on SQLite, and on PostgreSQL where a server is named, each a test of its own:
/// `each_scene!(what_holds, async |scene| { … });` makes `what_holds::sqlite` and `what_holds::postgres`.
macro_rules! each_scene {
    ($($play:tt)*) => { crate::databases::twice!(crate::scene::scene_on, $($play)*); };
}
pub(crate) use each_scene;

/// Plays a scene on a fresh database; then nothing may be left over.
pub async fn scene_on(kind: Kind, play: impl AsyncFnOnce(&mut Scene)) {
    on(kind, async |url: String| {
        let mut scene = Scene::begin(&url).await;
        play(&mut scene).await;
        scene.finish().await;
    })
    .await;
}

/// Plays a scene on SQLite alone, for what does not touch the store's two dialects.
pub async fn scene(play: impl AsyncFnOnce(&mut Scene)) {
    scene_on(Kind::Sqlite, play).await;
}

impl Scene {
    /// A desk that is set up, on Monday at nine, with the bot running.
    pub async fn begin(url: &str) -> Self {
        let mut scene = Self::before(url).await;
        scene.open_desk().await;
        scene
    }

    /// Starts the bot and sets the desk up.
    #[track_caller]
    pub fn open_desk(&mut self) -> impl Future<Output = ()> {
        asked(Location::caller(), async move {
            self.start_bot().await;
            let setup = Setup {
                desk_channel: Some(ChannelId(self.desk)),
                intake_channel: Some(ChannelId(self.intake)),
                manager_channel: Some(ChannelId(self.managers)),
                staff_role: Some(RoleId(self.staff_role)),
                manager_role: Some(RoleId(self.manager_role)),
                head_office_role: Some(RoleId(self.head_office_role)),
                ..Setup::default()
            };
            let desk = self.stage.bot().expect("the bot runs").desk().clone();
            desk.setups().set_up(GuildId(self.guild), &setup).await.expect("the set-up is stored");
            self.command(self.tuan, self.desk, "desk panel", &[]).await;
        })
    }

    /// The same before the bot runs and before anything is set up.
    pub async fn before(url: &str) -> Self {
        logs::listen();
        let folder = tempfile::tempdir().expect("a temporary folder");
        let stage = Stage::set(StageOptions {
            start_ms: MONDAY_9,
            database_url: url.to_owned(),
            port: 0,
            config_folder: folder.path().join("config"),
            data_dir: folder.path().join("data"),
        })
        .await
        .expect("the stage is set");
        harvest::listen(stage.db()).await;
        let role = |name: &str| RoleSpec { name: name.to_owned(), permissions: permissions::MANAGE_THREADS };
        let channel = |name: &str, private_to: &[&str]| ChannelSpec {
            name: name.to_owned(),
            private_to: private_to.iter().map(ToString::to_string).collect(),
        };
        let sandbox = stage.sandbox.clone();
        let guild = sandbox.make_guild(GuildSpec {
            name: "Internet Một".to_owned(),
            roles: vec![role("staff"), role("manager"), role("head office")],
            channels: vec![
                channel("gửi-khiếu-nại", &[]),
                channel("desk", &["staff", "manager", "head office"]),
                channel("managers", &["manager", "head office"]),
            ],
            bot_permissions: None,
        });
        let person = |name: &str, locale: &str, label: &str, roles: &[&str]| {
            sandbox.make_person(PersonSpec {
                guild: guild.id,
                name: name.to_owned(),
                locale: locale.to_owned(),
                label: label.to_owned(),
                roles: roles.iter().map(|role| guild.roles[*role]).collect(),
                dms_open: true,
            })
        };
        Self {
            guild: guild.id,
            intake: guild.channels["gửi-khiếu-nại"],
            desk: guild.channels["desk"],
            managers: guild.channels["managers"],
            staff_role: guild.roles["staff"],
            manager_role: guild.roles["manager"],
            head_office_role: guild.roles["head office"],
            an: person("Nguyễn Văn An", "vi", "customer", &[]),
            bob: person("Bob Tran", "en-US", "customer", &[]),
            lan: person("Lan", "vi", "staff", &["staff"]),
            mike: person("Mike", "en-US", "staff", &["staff"]),
            tuan: person("Tuấn", "vi", "manager", &["manager"]),
            ha: person("Hà", "vi", "head office", &["head office"]),
            witness: Witness::of(sandbox.clone(), url, folder),
            stage,
        }
    }

    pub fn sandbox(&self) -> &Sandbox {
        &self.stage.sandbox
    }

    /// The folder of this scene: `config` and `data` are in it.
    pub fn folder(&self) -> &std::path::Path {
        self.witness.folder()
    }

    #[track_caller]
    pub fn start_bot(&mut self) -> impl Future<Output = ()> {
        asked(Location::caller(), async move {
            self.stage.start_bot().await.expect("the bot starts");
        })
    }

    #[track_caller]
    pub fn crash_and_restart(&mut self) -> impl Future<Output = ()> {
        asked(Location::caller(), async move {
            self.stage.crash().await.expect("the bot ends");
            self.start_bot().await;
        })
    }

    #[track_caller]
    pub fn settle(&self) -> impl Future<Output = ()> {
        asked(Location::caller(), async move {
            self.stage.settle().await.expect("the stage settles");
        })
    }

    #[track_caller]
    pub fn advance(&self, ms: i64) -> impl Future<Output = ()> {
        asked(Location::caller(), async move {
            self.stage.advance(ms).await.expect("time passes");
        })
    }

    /// What an interaction came to, once everything is quiet.
    #[track_caller]
    pub fn outcome(&self, made: Result<u64, String>) -> impl Future<Output = (u64, Answer)> {
        asked(Location::caller(), async move {
            let interaction = made.expect("the person can do that");
            Box::pin(self.settle()).await;
            let answer = self.sandbox().answer(interaction).await;
            answer.message.iter().chain(&answer.form).for_each(harvest::seen);
            (interaction, answer)
        })
    }

    #[track_caller]
    pub fn press(&self, user: u64, channel: u64, label: &str) -> impl Future<Output = Answer> {
        asked(Location::caller(), async move {
            self.outcome(self.sandbox().press_label(user, channel, label)).await.1
        })
    }

    #[track_caller]
    pub fn command(
        &self,
        user: u64,
        channel: u64,
        path: &str,
        options: &[(&str, Value)],
    ) -> impl Future<Output = Answer> {
        asked(Location::caller(), async move {
            self.outcome(self.sandbox().command(user, Place::Channel(channel), path, options)).await.1
        })
    }

    /// Presses a button that opens a form, and sends the form.
    #[track_caller]
    pub fn press_and_fill(
        &self,
        user: u64,
        channel: u64,
        label: &str,
        values: &[(&str, &str)],
    ) -> impl Future<Output = Answer> {
        asked(Location::caller(), async move {
            let (form_of, opened) = self.outcome(self.sandbox().press_label(user, channel, label)).await;
            assert_eq!(opened.kind, AnswerKind::Form, "{}", opened.text());
            self.outcome(self.sandbox().submit(user, form_of, values)).await.1
        })
    }

    /// Uses a command that opens a form, and sends the form.
    #[track_caller]
    pub fn command_and_fill(
        &self,
        user: u64,
        channel: u64,
        path: &str,
        options: &[(&str, Value)],
        values: &[(&str, &str)],
    ) -> impl Future<Output = Answer> {
        asked(Location::caller(), async move {
            let made = self.sandbox().command(user, Place::Channel(channel), path, options);
            let (form_of, opened) = self.outcome(made).await;
            assert_eq!(opened.kind, AnswerKind::Form, "{}", opened.text());
            self.outcome(self.sandbox().submit(user, form_of, values)).await.1
        })
    }

    /// Files a complaint through the panel, as somebody in a hurry does. Returns the receipt.
    #[track_caller]
    pub fn file(&self, customer: u64, words: &str) -> impl Future<Output = Answer> {
        asked(Location::caller(), async move {
            self.press_and_fill(customer, self.intake, "Gửi khiếu nại", &[("words", words)]).await
        })
    }

    /// Files and returns the desk thread.
    #[track_caller]
    pub fn filed(&self, customer: u64, words: &str) -> impl Future<Output = u64> {
        asked(Location::caller(), async move {
            let before = self.sandbox().threads(self.desk).len();
            let receipt = self.file(customer, words).await;
            assert_eq!(receipt.kind, AnswerKind::Message, "{}", receipt.text());
            let threads = self.sandbox().threads(self.desk);
            assert_eq!(threads.len(), before + 1, "one thread for one complaint");
            id(&threads[before]["id"])
        })
    }

    /// Writes a message and waits until it is dealt with.
    #[track_caller]
    pub fn say(&self, user: u64, place: Place, words: impl Into<Say>) -> impl Future<Output = u64> {
        asked(Location::caller(), async move {
            let message = self.sandbox().say(user, place, words).expect("the person can write that");
            self.settle().await;
            message
        })
    }

    /// The newest message of a channel.
    pub fn last(&self, channel: u64) -> Value {
        self.sandbox().messages(channel).pop().unwrap_or(Value::Null)
    }

    /// The words of all messages of a channel, one text.
    pub fn read(&self, channel: u64) -> String {
        self.sandbox().messages(channel).iter().map(words_of).collect::<Vec<_>>().join("\n---\n")
    }

    /// Somebody's direct messages with the bot.
    #[track_caller]
    pub fn dm(&self, user: u64) -> u64 {
        self.sandbox().dm_channel(user).expect("the direct messages are open")
    }

    /// What one person saw, as text.
    pub fn seen_by(&self, user: u64) -> String {
        self.sandbox().transcript(TranscriptOptions { seen_by: Some(user), ..TranscriptOptions::default() })
    }

    /// Everything that happened, as text.
    pub fn transcript(&self) -> String {
        self.sandbox().transcript(TranscriptOptions::default())
    }

    /// Calls of one kind since the last [`Sandbox::clear_calls`]: those that count, callbacks, card edits, and apart from
    /// them the action bars: posted, edited.
    pub fn counted(&self) -> Counted {
        let mut counted = Counted::default();
        let bars: Vec<(String, String)> = self
            .sandbox()
            .threads(self.desk)
            .iter()
            .map(|thread| id(&thread["id"]))
            .filter_map(|thread| {
                let first = self.sandbox().messages(thread).into_iter().next()?;
                let bar = first["id"].as_str()?.to_owned();
                Some((thread.to_string(), format!("/channels/{thread}/messages/{bar}")))
            })
            .collect();
        let mut begun = Vec::new();
        for call in self.sandbox().calls() {
            let edit = call.method == "PATCH" && call.route.ends_with("/messages/{message_id}");
            let in_thread = |thread: &String| call.path.ends_with(&format!("/channels/{thread}/messages"));
            let fresh = bars.iter().find(|(thread, _)| call.method == "POST" && in_thread(thread));
            let fresh = fresh.filter(|(thread, _)| begun.contains(thread)).map(|(thread, _)| thread.clone());
            let started = call.path.rsplit('/').nth(1).filter(|_| call.path.ends_with("/threads"));
            if let Some(started) = started.filter(|_| call.method == "POST") {
                begun.push(started.to_owned());
            }
            match (call.callback, edit) {
                (true, _) => counted.callbacks += 1,
                (false, true) if bars.iter().any(|(_, bar)| call.path.ends_with(bar)) => {
                    counted.bar_edits += 1;
                }
                (false, true) => counted.card_edits += 1,
                (false, false) if fresh.is_some() => {
                    begun.retain(|thread| Some(thread) != fresh.as_ref());
                    counted.bars += 1;
                }
                (false, false) => counted.calls += 1,
            }
        }
        counted
    }

    /// The words of the action bar of a complaint, by its number.
    #[track_caller]
    pub fn bar_of(&self, number: i64) -> String {
        let named = |name: &str| name.split([' ', '#']).any(|part| part == number.to_string());
        let threads = self.sandbox().threads(self.desk);
        let thread = threads.iter().find(|thread| named(thread["name"].as_str().unwrap_or_default()));
        self.bar(id(&thread.expect("its thread")["id"]))
    }

    /// The words of a thread's action bar.
    pub fn bar(&self, thread: u64) -> String {
        let first = self.sandbox().messages(thread).into_iter().next().unwrap_or(Value::Null);
        words_of(&first)
    }

    /// Ends the scene: everything is sent, nothing was given up, and Discord would have refused nothing.
    #[track_caller]
    pub fn finish(&mut self) -> impl Future<Output = ()> {
        asked(Location::caller(), async move {
            self.settle().await;
            let left = self.stage.leftovers().await.expect("the store answers");
            assert!(left.is_empty(), "left over: {left:#?}\n{}", self.transcript());
            self.replay().await;
            logs::hold_no_secret(self.sandbox());
            if harvest::folder().is_some() {
                self.stage.crash().await.expect("the bot ends");
                harvest::take(self).await;
            }
            // Nobody waits until the bot has noticed: it ends with the runtime of its test, as by a cut of power.
            self.sandbox().stop();
        })
    }
}

/// Discord calls, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// Those that count against the bot's limit.
    pub calls: usize,
    /// Callbacks, and what goes by an interaction's token.
    pub callbacks: usize,
    /// Edits of cards.
    pub card_edits: usize,
    /// Action bars that were posted.
    pub bars: usize,
    /// Edits of action bars.
    pub bar_edits: usize,
}

/// A snowflake out of JSON.
pub fn id(value: &Value) -> u64 {
    value.as_str().and_then(|id| id.parse().ok()).unwrap_or_default()
}

/// The words of a message: content, embeds, and the labels of its buttons.
pub fn words_of(message: &Value) -> String {
    let mut parts = vec![message["content"].as_str().unwrap_or_default().to_owned()];
    for embed in message["embeds"].as_array().into_iter().flatten() {
        for key in ["title", "description"] {
            parts.push(embed[key].as_str().unwrap_or_default().to_owned());
        }
        for field in embed["fields"].as_array().into_iter().flatten() {
            let text = |key: &str| field[key].as_str().unwrap_or_default().to_owned();
            parts.push(format!("{}: {}", text("name"), text("value")));
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.join("\n")
}
