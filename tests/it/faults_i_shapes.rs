//! Shapes that nobody knows yet: whatever Discord adds, drops or changes in a part that is not used here, everybody is heard;
//! where a used part is gone, they are answered or the log says so.

use std::sync::{Arc, Mutex};

use langnghe::sandbox::{AnswerKind, Place};
use serde_json::{Value, json};

use crate::logs;
use crate::scene::{MINUTE, Scene, id, scene, words_of};
use crate::seeing::DM;
use crate::tiers::few_or_all;

const MATTER: &str = "Nhà em mất mạng từ tối qua";

/// How a part of an event is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    Dropped,
    Null,
    Text,
    Number,
    List,
    Object,
}

const CHANGES: [Change; 6] =
    [Change::Dropped, Change::Null, Change::Text, Change::Number, Change::List, Change::Object];

fn apply(data: &mut Value, path: &[String], change: Change) {
    let Some((last, before)) = path.split_last() else { return };
    let mut held = data;
    for part in before {
        held = match part.parse::<usize>() {
            Ok(place) if held.is_array() => &mut held[place],
            _ => &mut held[part.as_str()],
        };
    }
    let new = match change {
        Change::Dropped => {
            if let Some(held) = held.as_object_mut() {
                held.remove(last);
            }
            return;
        }
        Change::Null => Value::Null,
        Change::Text => json!("v3_a_9f8e7d6c5b4a39281706f5e4d3c2b1a0"),
        Change::Number => json!(987_654_321_u64),
        Change::List => json!([[{ "new": 1 }]]),
        Change::Object => json!({ "new": { "shape": [1, 2] } }),
    };
    if held.is_object() {
        held[last.as_str()] = new;
    }
}

/// The paths of all parts of an event, lists looked into at their first place.
fn paths(data: &Value) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let mut open = vec![(Vec::new(), data)];
    while let Some((path, value)) = open.pop() {
        let within: Vec<(String, &Value)> = match value {
            Value::Object(held) => held.iter().map(|(key, held)| (key.clone(), held)).collect(),
            Value::Array(held) => held.first().map(|held| ("0".to_owned(), held)).into_iter().collect(),
            _ => Vec::new(),
        };
        for (key, held) in within {
            let mut longer = path.clone();
            longer.push(key);
            if !value.is_array() {
                found.push(longer.clone());
            }
            open.push((longer, held));
        }
    }
    found.sort();
    found
}

/// The parts of each event that are read; whatever is within them may be, too.
fn is_used(name: &str, path: &[String]) -> bool {
    let path = path.join(".");
    let used: &[&str] = match name {
        "MESSAGE_CREATE" => {
            &["id", "channel_id", "author.id", "author.bot", "author", "content", "type", "guild_id"]
        }
        "MESSAGE_UPDATE" => &[
            "id",
            "channel_id",
            "author.id",
            "author.bot",
            "author",
            "content",
            "type",
            "guild_id",
            "edited_timestamp",
        ],
        "MESSAGE_DELETE" => &["id", "channel_id", "guild_id"],
        _ => &[
            "id",
            "token",
            "type",
            "application_id",
            "channel_id",
            "guild_id",
            "member",
            "member.roles",
            "member.roles.0",
            "member.permissions",
            "member.user",
            "member.user.id",
            "user",
            "user.id",
            "data",
            "data.name",
            "data.type",
            "data.options",
            "data.options.0.name",
            "data.options.0.type",
            "data.options.0.value",
            "data.options.0.options",
            "data.options.0.options.0.name",
            "data.options.0.options.0.type",
            "data.options.0.options.0.value",
            "data.custom_id",
            "data.values",
            "data.components",
            "data.components.0.components",
            "data.components.0.components.0.custom_id",
            "data.components.0.components.0.value",
            "data.target_id",
            "message.id",
            "message",
        ],
    };
    // Whether a program wrote it stands in several places.
    let marks =
        ["webhook_id", "application_id", "interaction_metadata", "message_snapshots", "poll", "activity"];
    used.contains(&path.as_str())
        || (name != "INTERACTION_CREATE" && marks.iter().any(|mark| path == *mark))
        || path.starts_with("message_reference")
        || path.starts_with("attachments")
        || path.starts_with("sticker_items")
}

impl Scene {
    /// The event of this name that something causes, as it is sent.
    async fn event_of(&self, name: &'static str, cause: impl AsyncFnOnce()) -> Value {
        let caught = Arc::new(Mutex::new(Value::Null));
        let held = caught.clone();
        self.sandbox().alter_events(Some(Box::new(move |event, data| {
            if event == name && data["author"]["bot"] != true {
                *held.lock().expect("nobody fails here") = data.clone();
            }
        })));
        cause().await;
        self.sandbox().alter_events(None);
        caught.lock().expect("nobody fails here").clone()
    }

    /// The next event of this name by a person is changed so.
    fn change_next(&self, name: &'static str, path: Vec<String>, change: Change) {
        let mut done = false;
        self.sandbox().alter_events(Some(Box::new(move |event, data| {
            if event == name && data["author"]["bot"] != true && !done {
                done = true;
                apply(data, &path, change);
                data["a_part_of_tomorrow"] = json!({ "deep": [1, "two", null] });
            }
        })));
    }
}

/// What is written to the log about ids, never words.
fn logged(since: usize) -> bool {
    logs::tells(since, "not understood")
}

#[tokio::test]
async fn faults_i7_a_message_is_heard_whatever_its_unused_parts_look_like() {
    scene(async |scene| {
        let thread = scene.filed(scene.an, MATTER).await;
        let sample = scene.event_of("MESSAGE_CREATE", async || {
            scene.say(scene.an, DM, "mẫu").await;
        });
        let sample = sample.await;
        let mut number = 0;
        for path in paths(&sample).into_iter().step_by(few_or_all(5, 1)) {
            for change in CHANGES {
                number += 1;
                let words = format!("câu thứ {number:05}");
                let before = logs::count();
                scene.change_next("MESSAGE_CREATE", path.clone(), change);
                scene.say(scene.an, DM, words.as_str()).await;
                scene.sandbox().alter_events(None);
                let heard = words_of(&scene.last(thread)).contains(&words);
                let used = is_used("MESSAGE_CREATE", &path);
                assert!(heard || used, "{path:?} {change:?}: nobody heard {words:?}");
                // What is used may be gone; then the log has its ids, or something is told to have come.
                let silent =
                    !heard && !logged(before) && !["type", "bot"].contains(&path[path.len() - 1].as_str());
                if silent && path == ["content"] && change != Change::Text {
                    assert!(words_of(&scene.last(thread)).contains("không hiện được"), "{change:?}");
                }
            }
        }
        assert!(number > few_or_all(20, 100), "{number} changes");
        scene.advance(MINUTE).await;
    })
    .await;
}

#[tokio::test]
async fn faults_i7_an_edit_and_a_deletion_likewise() {
    scene(async |scene| {
        let thread = scene.filed(scene.an, MATTER).await;
        let message = scene.say(scene.an, DM, "nhà số 7").await;
        let dm = scene.dm(scene.an);
        let sample = scene.event_of("MESSAGE_UPDATE", async || {
            scene.sandbox().edit_message(scene.an, dm, message, "nhà số 8").expect("it can be changed");
            scene.settle().await;
        });
        let mut number = 8;
        for path in paths(&sample.await).into_iter().step_by(few_or_all(5, 1)) {
            for change in CHANGES {
                number += 1;
                let words = format!("nhà số {number}");
                scene.advance(1_000).await;
                scene.change_next("MESSAGE_UPDATE", path.clone(), change);
                scene.sandbox().edit_message(scene.an, dm, message, &words).expect("it can be changed");
                scene.settle().await;
                scene.sandbox().alter_events(None);
                let heard = scene.read(thread).contains(&words);
                assert!(heard || is_used("MESSAGE_UPDATE", &path), "{path:?} {change:?}: {words}");
                // The instant of a change is not needed: the words tell.
                assert!(heard || path != ["edited_timestamp"], "{change:?}");
            }
        }
        let mut deleted = 0;
        let sample = json!({ "id": "1", "channel_id": "2", "guild_id": "3" });
        for path in paths(&sample) {
            for change in CHANGES {
                let message = scene.say(scene.an, DM, "xóa nhé").await;
                let before = scene.times(thread, "đã xoá một tin");
                scene.change_next("MESSAGE_DELETE", path.clone(), change);
                scene.sandbox().delete_message(scene.an, dm, message).expect("it can be deleted");
                scene.settle().await;
                scene.sandbox().alter_events(None);
                deleted += scene.times(thread, "đã xoá một tin") - before;
            }
        }
        assert!(deleted >= CHANGES.len(), "{deleted}");
    })
    .await;
}

#[tokio::test]
async fn faults_i7_an_interaction_is_answered_whatever_its_parts_look_like() {
    scene(async |scene| {
        let thread = scene.filed(scene.an, MATTER).await;
        let place = Place::Channel(thread);
        let card =
            crate::seeing::button_of(&scene.the(scene.desk, "Nhà em mất mạng"), "Nhận").expect("a button");
        let card_message = id(&scene.the(scene.desk, "Nhà em mất mạng")["id"]);
        type Make<'a> = Box<dyn Fn() -> u64 + 'a>;
        let sandbox = scene.sandbox();
        let makes: Vec<(&str, Make<'_>)> = vec![
            ("case show", Box::new(|| sandbox.command(scene.lan, place, "case show", &[]).expect("used"))),
            (
                "case find",
                Box::new(|| {
                    sandbox.command(scene.lan, place, "case find", &[("query", json!("mang"))]).expect("used")
                }),
            ),
            (
                "my-complaints",
                Box::new(|| sandbox.command(scene.an, DM, "my-complaints", &[]).expect("used")),
            ),
            ("claim", Box::new(|| sandbox.raw_press(scene.lan, scene.desk, card_message, &card))),
            (
                "suggest",
                Box::new(|| {
                    sandbox.autocomplete(scene.lan, place, "case classify", &[], "category").expect("typed")
                }),
            ),
        ];
        for (name, make) in makes {
            let sample = scene.event_of("INTERACTION_CREATE", async || {
                make();
                scene.settle().await;
            });
            let sample = sample.await;
            for path in paths(&sample).into_iter().step_by(few_or_all(5, 1)) {
                for change in [Change::Dropped, Change::Null, Change::Text, Change::List] {
                    // Another id or token is another interaction, which nobody asked for.
                    let ours = path == ["id"] || path == ["token"];
                    let kind = path == ["type"] && name == "suggest";
                    if kind || (ours && change == Change::Text) {
                        continue;
                    }
                    let before = logs::count();
                    scene.change_next("INTERACTION_CREATE", path.clone(), change);
                    let interaction = make();
                    let hopeless = path == ["id"] || path == ["token"];
                    if hopeless {
                        real_moment(scene).await;
                        sandbox.expire(interaction);
                    }
                    scene.settle().await;
                    sandbox.alter_events(None);
                    let answer = sandbox.answer_now(interaction);
                    let answered = !matches!(answer.kind, AnswerKind::Failed | AnswerKind::Pending);
                    let place = format!("{name} {path:?} {change:?}");
                    assert!(answered || hopeless, "{place}: {:?}", answer.kind);
                    assert!(answered || logged(before), "{place}: nothing in the log");
                    let unclear = answer.text().contains("chưa hiểu được thao tác");
                    assert!(!unclear || is_used("INTERACTION_CREATE", &path), "{place}: {}", answer.text());
                    assert!(!unclear || logged(before), "{place}: nothing in the log");
                }
            }
        }
    })
    .await;
}

/// Lets what was sent arrive.
async fn real_moment(scene: &Scene) {
    langnghe::demo::stage::real_time(20).await;
    let _ = scene.sandbox().open_interactions();
}

#[tokio::test]
async fn faults_i7_a_picture_of_tomorrow_costs_nobody_a_word() {
    scene(async |scene| {
        scene.sandbox().alter_events(Some(Box::new(|name, data| {
            let picture = json!("v3_a_0123456789abcdef0123456789abcdef");
            match name {
                "MESSAGE_CREATE" => data["author"]["avatar"] = picture,
                "INTERACTION_CREATE" if data["member"].is_object() => {
                    data["member"]["user"]["avatar"] = picture.clone();
                    data["member"]["avatar"] = picture;
                    if let Some(data) = data.as_object_mut() {
                        data.remove("entitlements");
                        data.remove("attachment_size_limit");
                    }
                }
                "READY" => data["user"]["avatar"] = picture,
                _ => {}
            }
        })));
        scene.crash_and_restart().await;
        let thread = scene.filed(scene.an, MATTER).await;
        scene.say(scene.an, DM, "vẫn chưa có mạng").await;
        assert!(scene.read(thread).contains("vẫn chưa có mạng"));
        // A component that nobody knows, in the message that is pressed.
        scene.sandbox().alter_events(Some(Box::new(|name, data| {
            if name == "INTERACTION_CREATE" && data["message"].is_object() {
                data["message"]["components"] = json!([{ "type": 77, "id": 1, "parts": [] }]);
            }
        })));
        let claimed = scene.press(scene.lan, scene.desk, "Nhận").await;
        assert_ne!(claimed.kind, AnswerKind::Failed, "{}", claimed.text());
        let answer = scene.command(scene.lan, thread, "reply", &[("text", json!("Dạ em xem ạ."))]).await;
        assert_eq!(answer.kind, AnswerKind::Message, "{}", answer.text());
        scene.sandbox().alter_events(None);
    })
    .await;
}
