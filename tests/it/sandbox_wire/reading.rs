//! What may be read, and for how long: content without its intent, links to files, pins, sleeping threads, replays.

use langnghe::sandbox::{Place, Say};
use serde_json::{Value, json};

use super::harness::{CONTENT, USUAL, Wire, id};

#[tokio::test]
async fn words_of_others_are_hidden_over_http_too() {
    let wire = Wire::open().await;
    let mut bot = wire.login(USUAL).await;
    let (channel, customer) = (wire.intake, wire.customer);
    wire.sandbox.say(customer, Place::Channel(channel), "Mất mạng").expect("may write");
    let theirs = id(&bot.until("MESSAGE_CREATE").await["id"]);
    let words = format!("<@{}> nghe", wire.sandbox.bot());
    let reply = Say { text: words.clone(), reply_to: Some(theirs), ..Say::default() };
    wire.sandbox.say(customer, Place::Channel(channel), reply).expect("may write");
    let heard = bot.until("MESSAGE_CREATE").await;
    assert_eq!((&heard["content"], &heard["referenced_message"]["content"]), (&json!(words), &json!("")));
    let path = format!("/channels/{channel}/messages");
    let list = wire.call("GET", &path, Value::Null).await.body;
    assert_eq!((&list[0]["content"], &list[1]["content"]), (&json!(words), &json!("")));
    assert_eq!(wire.call("GET", &format!("{path}/{theirs}"), Value::Null).await.body["content"], "");
    wire.login(USUAL | CONTENT).await;
    assert_eq!(wire.call("GET", &path, Value::Null).await.body[1]["content"], "Mất mạng");
}

#[tokio::test]
async fn who_reads_a_message_again_gets_a_fresh_link() {
    let wire = Wire::open().await;
    let sent = wire.upload(wire.desk, "hóa đơn.txt", b"100".to_vec()).await;
    wire.sandbox.clock().advance(25 * 3_600_000);
    let path = format!("/channels/{}/messages/{}", wire.desk, sent.id());
    let again = wire.call("GET", &path, Value::Null).await;
    let link = |body: &Value| body["attachments"][0]["url"].as_str().expect("a link").to_owned();
    let (old, fresh) = (link(&sent.body), link(&again.body));
    let status = async |link: &str| reqwest::get(link).await.expect("an answer").status();
    assert_eq!((status(&old).await.as_u16(), status(&fresh).await.as_u16()), (404, 200));
    let until =
        |link: &str| link.split("ex=").nth(1).and_then(|rest| rest.split('&').next()).map(str::to_owned);
    let (gone, good) = (until(&old).expect("an end"), until(&fresh).expect("an end"));
    assert_eq!(status(&old.replace(&gone, &good)).await, 404, "the end of a link is signed");
}

#[tokio::test]
async fn pins_and_sleeping_threads_are_listed() {
    let wire = Wire::open().await;
    let card = wire.button(wire.desk, "claim").await;
    let (pin, list) =
        (format!("/channels/{}/pins/{card}", wire.desk), format!("/channels/{}/pins", wire.desk));
    assert_eq!(wire.call("PUT", &pin, Value::Null).await.status, 204);
    assert_eq!(id(&wire.call("GET", &list, Value::Null).await.body[0]["id"]), card);
    assert_eq!(wire.call("DELETE", &pin, Value::Null).await.status, 204);
    assert_eq!(wire.call("GET", &list, Value::Null).await.body, json!([]));

    let start = format!("/channels/{}/messages/{card}/threads", wire.desk);
    wire.call("POST", &start, json!({ "name": "KN-1" })).await;
    let sleeping = format!("/channels/{}/threads/archived/public", wire.desk);
    assert_eq!(wire.call("GET", &sleeping, Value::Null).await.body["threads"], json!([]));
    wire.sandbox.archive(card, true);
    assert_eq!(id(&wire.call("GET", &sleeping, Value::Null).await.body["threads"][0]["id"]), card);
    wire.sandbox.delete_channel(wire.desk);
    let inside = wire.call("GET", &format!("/channels/{card}"), Value::Null).await;
    assert_eq!(inside.refusal(), (404, 10_003), "a thread goes with its channel");
}

#[tokio::test]
async fn a_frame_that_is_too_large_ends_the_connection() {
    let wire = Wire::open().await;
    let mut bot = wire.connect("").await;
    bot.send(json!({ "op": 1, "d": "x".repeat(4_100) })).await;
    assert_eq!(bot.end().await, 4002);
}

#[tokio::test]
async fn a_command_that_nobody_may_use_is_for_administrators() {
    let wire = Wire::open().await;
    let path = format!("/applications/{}/commands", wire.sandbox.bot());
    let menu =
        json!({ "type": 3, "name": "Send to customer", "name_localizations": { "vi": "Gửi cho khách" } });
    let closed = json!({ "name": "vault", "description": "d", "default_member_permissions": "0" });
    assert_eq!(wire.call("PUT", &path, json!([menu, closed])).await.status, 200);
    let shown = format!("commands?as={}&channel={}", wire.staff, wire.desk);
    let shown = wire.control("GET", &shown, Value::Null).await.body;
    let names: Vec<&Value> =
        shown["commands"].as_array().expect("a list").iter().map(|held| &held["display"]).collect();
    assert_eq!(names, [&json!("Gửi cho khách")]);
}

#[tokio::test]
async fn bodies_that_cannot_be_read_are_refused_and_recorded() {
    let wire = Wire::open().await;
    let address = format!("{}/api/v10/channels/{}/messages", wire.sandbox.origin(), wire.desk);
    let call = reqwest::Client::new().post(address).header("authorization", "Bot secret");
    let answer = call.header("content-type", "application/json").body("{").send().await.expect("an answer");
    assert_eq!(answer.status(), 400);
    assert_eq!(wire.sandbox.violations().len(), 1);
    let wrong = json!({ "as": "nobody", "dm": true, "text": "x" });
    assert_eq!(wire.control("POST", "say", wrong).await.status, 400);
}

#[tokio::test]
async fn a_replayed_event_is_counted_once() {
    let wire = Wire::open().await;
    let mut lost = wire.connect("").await;
    lost.identify(USUAL).await;
    let session = lost.until("READY").await["session_id"].clone();
    lost.until("GUILD_CREATE").await;
    let (seq, before) = (lost.seq, wire.sandbox.dispatched());
    wire.sandbox.say(wire.customer, Place::Dm, "sent, but never read").expect("may write");
    let mut again = wire.connect("").await;
    again.resume(&session, seq).await;
    assert_eq!(again.until("MESSAGE_CREATE").await["content"], "sent, but never read");
    again.until("RESUMED").await;
    assert_eq!(wire.sandbox.dispatched() - before, 2, "the message and RESUMED");
}
