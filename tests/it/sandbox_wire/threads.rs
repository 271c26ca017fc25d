//! Threads: from a message, private ones, archived and locked ones.

use langnghe::sandbox::Place;
use langnghe::sandbox::rules::permissions;
use serde_json::{Value, json};

use super::harness::{USUAL, Wire, id};

#[tokio::test]
async fn a_thread_has_its_messages_id_and_starts_once() {
    let wire = Wire::open().await;
    let mut bot = wire.login(USUAL).await;
    let card = wire.post(wire.desk, json!({ "content": "card" })).await.id();
    let path = format!("/channels/{}/messages/{card}/threads", wire.desk);
    let body = json!({ "name": "#1 · Lan", "auto_archive_duration": 10080 });
    let thread = wire.call("POST", &path, body.clone()).await;
    assert_eq!((thread.id(), &thread.body["type"]), (card, &json!(11)));
    assert_eq!(thread.body["parent_id"], wire.desk.to_string());
    assert_eq!(bot.until("THREAD_CREATE").await["name"], "#1 · Lan");
    assert_eq!(wire.call("POST", &path, body).await.refusal(), (400, 160_004));
    let active = wire.call("GET", &format!("/guilds/{}/threads/active", wire.guild.id), Value::Null).await;
    assert_eq!(active.body["threads"][0]["id"], card.to_string());
    let sees = |who: u64| wire.sandbox.channels_seen_by(who).iter().any(|held| id(&held["id"]) == card);
    assert_eq!((sees(wire.staff), sees(wire.customer)), (true, false), "as the channel it is in");
}

#[tokio::test]
async fn a_private_thread_is_for_its_members() {
    let wire = Wire::open().await;
    let path = format!("/channels/{}/threads", wire.intake);
    let made =
        wire.call("POST", &path, json!({ "name": "between us", "type": 12, "invitable": false })).await;
    let thread = made.id();
    assert_eq!(made.body["type"], 12);
    let say = |who: u64| wire.sandbox.say(who, Place::Channel(thread), "hello");
    assert!(say(wire.customer).is_err() && say(wire.staff).is_err());
    let member = format!("/channels/{thread}/thread-members/{}", wire.customer);
    for _ in 0..2 {
        assert_eq!(wire.call("PUT", &member, Value::Null).await.status, 204, "again is as good");
    }
    assert!(say(wire.customer).is_ok());
    assert!(say(wire.staff).is_err());
    assert_eq!(wire.call("DELETE", &member, Value::Null).await.status, 204);
    assert!(say(wire.customer).is_err());
    wire.sandbox.deny_bot(wire.intake, permissions::CREATE_PRIVATE_THREADS);
    assert_eq!(wire.call("POST", &path, json!({ "name": "more" })).await.refusal(), (403, 50_013));
}

#[tokio::test]
async fn an_archived_thread_wakes_by_a_message_and_by_nothing_else() {
    let wire = Wire::open().await;
    let card = wire.post(wire.desk, json!({ "content": "card" })).await.id();
    let path = format!("/channels/{}/messages/{card}/threads", wire.desk);
    wire.call("POST", &path, json!({ "name": "#1" })).await;
    let note = wire.post(card, json!({ "content": "note" })).await.id();
    let thread = format!("/channels/{card}");
    let archived =
        async || wire.call("GET", &thread, Value::Null).await.body["thread_metadata"]["archived"] == true;
    let archive = json!({ "archived": true });
    for _ in 0..2 {
        assert_eq!(wire.call("PATCH", &thread, archive.clone()).await.status, 200, "again is as good");
    }
    assert!(archived().await);
    let edit =
        wire.call("PATCH", &format!("{thread}/messages/{note}"), json!({ "content": "changed" })).await;
    assert_eq!(edit.refusal(), (400, 50_083));
    assert_eq!(wire.call("PATCH", &thread, json!({ "name": "#2" })).await.refusal(), (400, 50_083));
    let join = format!("{thread}/thread-members/{}", wire.staff);
    assert_eq!(wire.call("PUT", &join, Value::Null).await.refusal(), (400, 50_083));
    assert!(archived().await);
    assert_eq!(wire.post(card, json!({ "content": "awake" })).await.status, 200);
    assert!(!archived().await);
    wire.call("PATCH", &thread, archive.clone()).await;
    wire.sandbox.say(wire.staff, Place::Channel(card), "I too").expect("said");
    assert!(!archived().await);
    assert_eq!(
        wire.call("PATCH", &thread, json!({ "archived": false, "name": "#3" })).await.body["name"],
        "#3"
    );
}

#[tokio::test]
async fn a_locked_thread_is_for_those_who_manage_threads() {
    let wire = Wire::open().await;
    let card = wire.post(wire.desk, json!({ "content": "card" })).await.id();
    let path = format!("/channels/{}/messages/{card}/threads", wire.desk);
    wire.call("POST", &path, json!({ "name": "#1" })).await;
    wire.sandbox.lock(card, true);
    let words = json!({ "content": "hello" });
    assert_eq!(wire.post(card, words.clone()).await.status, 200, "the bot manages threads");
    assert!(wire.sandbox.say(wire.staff, Place::Channel(card), "hello").is_err());
    wire.sandbox.archive(card, true);
    assert_eq!(wire.post(card, words.clone()).await.refusal(), (400, 50_083));
    wire.sandbox.archive(card, false);
    wire.sandbox.deny_bot(wire.desk, permissions::MANAGE_THREADS);
    assert_eq!(wire.post(card, words).await.refusal(), (400, 160_005));
    let unlock = wire.call("PATCH", &format!("/channels/{card}"), json!({ "locked": false })).await;
    assert_eq!(unlock.refusal(), (403, 50_013));
}

#[tokio::test]
async fn a_deleted_channel_is_unknown() {
    let wire = Wire::open().await;
    let mut bot = wire.login(USUAL).await;
    wire.sandbox.delete_channel(wire.desk);
    assert_eq!(bot.until("CHANNEL_DELETE").await["id"], wire.desk.to_string());
    assert_eq!(wire.post(wire.desk, json!({ "content": "hello" })).await.refusal(), (404, 10_003));
    assert!(wire.sandbox.violations().is_empty());
}
