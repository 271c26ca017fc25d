//! Messages: nonces, mentions, ephemerals, direct messages, permissions, files, mistakes.

use langnghe::sandbox::rules::permissions;
use langnghe::sandbox::{Place, Say};
use serde_json::{Value, json};

use super::harness::{Reply, USUAL, Wire, id};

#[tokio::test]
async fn a_nonce_that_is_enforced_posts_once() {
    let wire = Wire::open().await;
    let body = json!({ "content": "card", "nonce": "n1", "enforce_nonce": true });
    let (first, second) =
        (wire.post(wire.desk, body.clone()).await, wire.post(wire.desk, body.clone()).await);
    assert_eq!((first.id(), &first.body["nonce"]), (second.id(), &json!("n1")));
    assert_eq!(wire.sandbox.messages(wire.desk).len(), 1);
    assert_ne!(
        wire.post(wire.intake, body.clone()).await.id(),
        first.id(),
        "another channel is another message"
    );
    wire.sandbox.clock().advance(6 * 60_000);
    assert_ne!(wire.post(wire.desk, body).await.id(), first.id(), "a nonce is remembered for minutes only");
    let loose = json!({ "content": "card", "nonce": "n2" });
    let (first, second) = (wire.post(wire.desk, loose.clone()).await, wire.post(wire.desk, loose).await);
    assert_ne!(first.id(), second.id());
}

#[tokio::test]
async fn only_what_is_allowed_pings() {
    let wire = Wire::open().await;
    let (role, person) = (wire.guild.roles["staff"], wire.customer);
    let words = format!("<@&{role}> <@{person}> @everyone");
    let pings = async |allowed: Option<Value>| {
        let mut body = json!({ "content": words });
        if let Some(allowed) = allowed {
            body["allowed_mentions"] = allowed;
        }
        let posted = wire.post(wire.desk, body).await.id();
        let held = wire.sandbox.messages(wire.desk);
        held.into_iter().find(|held| id(&held["id"]) == posted).expect("the message")["pings"].clone()
    };
    let all = json!({ "users": [person.to_string()], "roles": [role.to_string()], "everyone": true });
    assert_eq!(pings(None).await, all);
    assert_eq!(
        pings(Some(json!({ "parse": [] }))).await,
        json!({ "users": [], "roles": [], "everyone": false })
    );
    let one = json!({ "parse": [], "roles": [role.to_string()] });
    assert_eq!(
        pings(Some(one)).await,
        json!({ "users": [], "roles": [role.to_string()], "everyone": false })
    );
    wire.sandbox.deny_bot(wire.desk, permissions::MENTION_EVERYONE);
    let bare = json!({ "users": [person.to_string()], "roles": [], "everyone": false });
    assert_eq!(pings(None).await, bare, "a role that is not mentionable needs the permission");
    let quiet = wire.post(wire.desk, json!({ "content": "quiet" })).await.id();
    let path = format!("/channels/{}/messages/{quiet}", wire.desk);
    let edited = wire.call("PATCH", &path, json!({ "content": format!("<@{person}>") })).await;
    assert_eq!(edited.body["mentions"][0]["id"], person.to_string());
    let held = wire.sandbox.messages(wire.desk).pop().expect("the message");
    assert_eq!(held["pings"]["users"], json!([]), "an edit pings nobody");
}

#[tokio::test]
async fn direct_messages_need_an_open_door_and_a_guild_in_common() {
    let wire = Wire::open().await;
    let open = json!({ "recipient_id": wire.customer.to_string() });
    let dm = wire.call("POST", "/users/@me/channels", open.clone()).await.id();
    assert_eq!(wire.call("POST", "/users/@me/channels", open).await.id(), dm, "the same again");
    assert_eq!(wire.post(dm, json!({ "content": "hello" })).await.status, 200);
    wire.sandbox.set_dms_open(wire.customer, false);
    assert_eq!(wire.post(dm, json!({ "content": "hello" })).await.refusal(), (403, 50_007));
    wire.sandbox.set_dms_open(wire.customer, true);
    wire.sandbox.leave_guild(wire.customer, wire.guild.id);
    assert_eq!(wire.post(dm, json!({ "content": "hello" })).await.refusal(), (403, 50_278));
    assert!(wire.sandbox.violations().is_empty(), "these are people's circumstances, not mistakes");
    assert_eq!(wire.sandbox.refusals().len(), 2);
}

#[tokio::test]
async fn what_the_bot_may_not_do_is_refused() {
    let wire = Wire::open().await;
    let deny = |bits: u64| wire.sandbox.deny_bot(wire.desk, bits);
    let plain = json!({ "content": "hello" });
    let embed = json!({ "embeds": [{ "title": "hello" }] });
    deny(permissions::EMBED_LINKS);
    assert_eq!(wire.post(wire.desk, embed).await.refusal(), (403, 50_013));
    assert_eq!(wire.post(wire.desk, plain.clone()).await.status, 200);
    deny(permissions::ATTACH_FILES);
    assert_eq!(wire.upload(wire.desk, "a.txt", vec![1]).await.refusal(), (403, 50_013));
    deny(permissions::SEND_MESSAGES);
    assert_eq!(wire.post(wire.desk, plain.clone()).await.refusal(), (403, 50_013));
    deny(permissions::READ_MESSAGE_HISTORY);
    let list = wire.call("GET", &format!("/channels/{}/messages", wire.desk), Value::Null).await;
    assert_eq!((list.status, list.body), (200, json!([])));
    deny(permissions::VIEW_CHANNEL);
    assert_eq!(wire.post(wire.desk, plain).await.refusal(), (403, 50_001));
    let theirs = wire.sandbox.say(wire.customer, Place::Channel(wire.intake), "mine").expect("said");
    let path = format!("/channels/{}/messages/{theirs}", wire.intake);
    assert_eq!(wire.call("PATCH", &path, json!({ "content": "ours" })).await.refusal(), (403, 50_005));
    assert_eq!(wire.call("DELETE", &path, Value::Null).await.refusal(), (403, 50_013));
}

#[tokio::test]
async fn files_have_a_size_and_their_links_an_end() {
    let wire = Wire::open().await;
    let most = 10 * 1024 * 1024;
    let sent = wire.upload(wire.desk, "mạng.bin", vec![7; most]).await;
    let file = &sent.body["attachments"][0];
    assert_eq!((&file["filename"], &file["size"]), (&json!("mạng.bin"), &json!(most)));
    let link = file["url"].as_str().expect("a link").to_owned();
    let fetched = reqwest::get(&link).await.expect("an answer");
    assert_eq!(fetched.bytes().await.expect("the file").len(), most);
    let unsigned = link.split('?').next().expect("the path").to_owned();
    assert_eq!(reqwest::get(&unsigned).await.expect("an answer").status(), 404, "a link is signed");
    wire.sandbox.clock().advance(25 * 3_600_000);
    assert_eq!(reqwest::get(&link).await.expect("an answer").status(), 404, "and it expires");
    assert_eq!(wire.upload(wire.desk, "b.bin", vec![7; most + 1]).await.refusal(), (413, 40_005));
    assert_eq!(wire.sandbox.messages(wire.desk).len(), 1);
}

#[tokio::test]
async fn an_ephemeral_answer_is_there_for_one_person_only() {
    let wire = Wire::open().await;
    let mut bot = wire.login(USUAL).await;
    let message = wire.button(wire.intake, "go").await;
    wire.sandbox.press(wire.customer, wire.intake, message, "go").expect("pressed");
    let event = bot.until("INTERACTION_CREATE").await;
    let button = json!({ "type": 2, "style": 1, "label": "mine", "custom_id": "mine" });
    let data =
        json!({ "content": "for you", "flags": 64, "components": [{ "type": 1, "components": [button] }] });
    assert_eq!(wire.answer(&event, json!({ "type": 4, "data": data })).await.status, 204);
    let original = wire.by_token("GET", &event, "/messages/@original", Value::Null).await;
    assert_eq!((&original.body["content"], &original.body["flags"]), (&json!("for you"), &json!(64)));
    let seen = |who: u64| wire.sandbox.messages_seen_by(who, wire.intake).len();
    assert_eq!((seen(wire.customer), seen(wire.staff)), (2, 1));
    assert!(wire.sandbox.press(wire.staff, wire.intake, original.id(), "mine").is_err());
    assert!(bot.so_far().await.is_empty(), "no event tells of it");
    let path = format!("/channels/{}/messages/{}", wire.intake, original.id());
    for method in ["GET", "DELETE"] {
        assert_eq!(wire.call(method, &path, Value::Null).await.refusal(), (404, 10_008), "{method}");
    }
    assert_eq!(wire.call("PATCH", &path, json!({ "content": "x" })).await.refusal(), (404, 10_008));
    let path = format!("/channels/{}/messages/{}/threads", wire.intake, original.id());
    assert_eq!(wire.call("POST", &path, json!({ "name": "x" })).await.refusal(), (404, 10_008));
    assert_eq!(wire.by_token("DELETE", &event, "/messages/@original", Value::Null).await.status, 204);
    assert_eq!(seen(wire.customer), 1);
}

#[tokio::test]
async fn a_reply_names_a_message_that_is_there() {
    let wire = Wire::open().await;
    let asked = wire.sandbox.say(wire.customer, Place::Channel(wire.intake), "why?").expect("said");
    let reply = |to: u64| json!({ "content": "so", "message_reference": { "message_id": to.to_string() } });
    let sent = wire.post(wire.intake, reply(asked)).await.body;
    assert_eq!((&sent["type"], &sent["referenced_message"]["content"]), (&json!(19), &json!("why?")));
    assert_eq!(sent["mentions"][0]["id"], wire.customer.to_string());
    wire.sandbox.delete_message(wire.customer, wire.intake, asked).expect("deleted");
    assert_eq!(wire.post(wire.intake, reply(asked)).await.refusal(), (400, 50_035));
    let mut lenient = reply(asked);
    lenient["message_reference"]["fail_if_not_exists"] = json!(false);
    assert_eq!(wire.post(wire.intake, lenient).await.body["type"], 0);
    let words =
        Say { text: "and?".to_owned(), files: Vec::new(), reply_to: Some(id(&sent["id"])), ..Say::default() };
    let theirs = wire.sandbox.say(wire.customer, Place::Channel(wire.intake), words).expect("said");
    let path = format!("/channels/{}/messages/{theirs}", wire.intake);
    assert_eq!(wire.call("GET", &path, Value::Null).await.body["referenced_message"]["id"], sent["id"]);
}

#[tokio::test]
async fn mistakes_are_refused_and_recorded() {
    let wire = Wire::open().await;
    let messages = format!("/channels/{}/messages", wire.desk);
    let code = |reply: Reply| reply.refusal();
    assert_eq!(code(wire.post(wire.desk, json!({ "content": "x".repeat(2_001) })).await), (400, 50_035));
    assert_eq!(code(wire.post(wire.desk, json!({ "content": " " })).await), (400, 50_006));
    assert_eq!(code(wire.call("GET", "/channels/1/messages", Value::Null).await), (404, 10_003));
    assert_eq!(code(wire.call("GET", &format!("{messages}/1"), Value::Null).await), (404, 10_008));
    assert_eq!(code(wire.call("GET", "/no/such/route", Value::Null).await), (404, 0));
    let recorded = wire.sandbox.violations();
    assert_eq!(recorded.len(), 3, "{recorded:#?}");
    assert!(recorded[2].starts_with("GET /no/such/route: 404"), "{recorded:#?}");
    let guarded = Wire::with_token("another").await;
    assert_eq!(guarded.call("GET", "/users/@me", Value::Null).await.status, 401);
}
