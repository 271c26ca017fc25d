//! The gateway: log-in, heartbeats, resume, orders to reconnect, close codes, compression, intents.

use langnghe::sandbox::rules::fault::{Fault, FaultKind, GatewayFault};
use langnghe::sandbox::{PersonSpec, Place};
use serde_json::{Value, json};

use super::harness::{CONTENT, USUAL, Wire};

fn gateway(kind: GatewayFault) -> Fault {
    Fault { method: None, path_contains: None, times: 1, kind: FaultKind::Gateway(kind) }
}

#[tokio::test]
async fn a_login_brings_ready_and_the_guild() {
    let wire = Wire::open().await;
    let mut bot = wire.connect("").await;
    bot.identify(USUAL).await;
    let ready = bot.next().await.expect("ready");
    assert_eq!((&ready["t"], &ready["s"], &ready["d"]["v"]), (&json!("READY"), &json!(1), &json!(10)));
    assert_eq!(ready["d"]["user"]["id"], wire.sandbox.bot().to_string());
    assert_eq!(ready["d"]["guilds"], json!([{ "id": wire.guild.id.to_string(), "unavailable": true }]));
    let resume = ready["d"]["resume_gateway_url"].as_str().expect("an address");
    assert_eq!(resume, format!("{}/gateway", wire.sandbox.origin().replace("http", "ws")));
    let guild = bot.until("GUILD_CREATE").await;
    assert_eq!((&guild["name"], &guild["member_count"]), (&json!("Internet Một"), &json!(4)));
    let names = |key: &str| -> Vec<String> {
        let held = guild[key].as_array().expect("a list");
        held.iter().map(|held| held["name"].as_str().expect("a name").to_owned()).collect()
    };
    assert_eq!(names("channels"), ["intake", "desk"]);
    assert_eq!(names("roles"), ["@everyone", "staff", "Lắng Nghe"]);
    assert!(bot.so_far().await.is_empty(), "a heartbeat is answered, and nothing else came");
    assert!(wire.sandbox.is_connected());
}

#[tokio::test]
async fn a_session_that_was_cut_is_resumed_with_what_it_missed() {
    let wire = Wire::open().await;
    let mut bot = wire.connect("").await;
    bot.identify(USUAL | CONTENT).await;
    let session = bot.until("READY").await["session_id"].clone();
    bot.until("GUILD_CREATE").await;
    let seen = bot.seq;
    wire.sandbox.fault(gateway(GatewayFault::Drop));
    assert_eq!(bot.end().await, 0, "a lost connection says no code");
    for words in ["one", "two"] {
        wire.sandbox.say(wire.customer, Place::Channel(wire.intake), words).expect("said");
    }
    let mut again = wire.connect("").await;
    again.resume(&session, seen).await;
    for (place, words) in (1..).zip(["one", "two"]) {
        let missed = again.next().await.expect("a missed event");
        assert_eq!((&missed["t"], &missed["d"]["content"]), (&json!("MESSAGE_CREATE"), &json!(words)));
        assert_eq!(missed["s"], seen + place);
    }
    assert_eq!(again.next().await.expect("resumed")["t"], "RESUMED");
    wire.sandbox.say(wire.customer, Place::Channel(wire.intake), "three").expect("said");
    assert_eq!(again.until("MESSAGE_CREATE").await["content"], "three");
}

#[tokio::test]
async fn a_session_nobody_knows_must_identify_anew_on_the_same_connection() {
    let wire = Wire::open().await;
    let mut bot = wire.connect("").await;
    bot.resume(&json!("nobody's"), 7).await;
    let invalid = bot.next().await.expect("an answer");
    assert_eq!((&invalid["op"], &invalid["d"]), (&json!(9), &json!(false)));
    bot.identify(USUAL).await;
    bot.until("READY").await;
}

#[tokio::test]
async fn the_gateway_orders_to_reconnect_and_takes_sessions_away() {
    let wire = Wire::open().await;
    let mut bot = wire.connect("").await;
    bot.identify(USUAL).await;
    let session = bot.until("READY").await["session_id"].clone();
    bot.until("GUILD_CREATE").await;
    let seen = bot.seq;
    let ops = |heard: Vec<Value>| -> Vec<(Value, Value)> {
        heard.into_iter().map(|payload| (payload["op"].clone(), payload["d"].clone())).collect()
    };
    wire.sandbox.fault(gateway(GatewayFault::Reconnect));
    assert_eq!(ops(bot.so_far().await), [(json!(7), Value::Null)]);
    wire.sandbox.fault(gateway(GatewayFault::InvalidSessionResumable));
    assert_eq!(ops(bot.so_far().await), [(json!(9), json!(true))]);
    let mut resumed = wire.connect("").await;
    resumed.resume(&session, seen).await;
    resumed.until("RESUMED").await;
    wire.sandbox.fault(gateway(GatewayFault::InvalidSession));
    assert_eq!(ops(resumed.so_far().await), [(json!(9), json!(false))]);
    let mut late = wire.connect("").await;
    late.resume(&session, seen).await;
    assert_eq!(ops(late.so_far().await), [(json!(9), json!(false))]);
    // And the one whose session is gone may identify where it is.
    resumed.identify(USUAL).await;
    resumed.until("READY").await;
}

#[tokio::test]
async fn a_dead_peer_answers_no_heartbeat() {
    let wire = Wire::open().await;
    let mut bot = wire.login(USUAL).await;
    wire.sandbox.fault(gateway(GatewayFault::Zombie));
    bot.send(json!({ "op": 1, "d": null })).await;
    wire.sandbox.say(wire.customer, Place::Channel(wire.intake), "hello?").expect("said");
    wire.sandbox.fault(gateway(GatewayFault::Drop));
    assert_eq!(bot.next().await, Err(0), "neither an answer nor the message came before the end");
}

#[tokio::test]
async fn mistakes_end_the_connection_with_discords_codes() {
    let wire = Wire::with_token("secret").await;
    let wrong_token = json!({ "op": 2, "d": { "token": "wrong", "intents": 1, "properties": {} } });
    let wrong_intents =
        json!({ "op": 2, "d": { "token": "secret", "intents": 1_u64 << 40, "properties": {} } });
    let early = json!({ "op": 3, "d": {} });
    for (sent, code) in [
        ("no JSON".to_owned(), 4002),
        (json!({ "op": 99, "d": null }).to_string(), 4001),
        (early.to_string(), 4003),
        (wrong_token.to_string(), 4004),
        (wrong_intents.to_string(), 4013),
    ] {
        let mut bot = wire.connect("").await;
        bot.send_text(&sent).await;
        assert_eq!(bot.end().await, code, "{sent}");
    }
    let mut bot = wire.login(USUAL).await;
    bot.identify(USUAL).await;
    assert_eq!(bot.end().await, 4005);
    let mut bot = wire.login(USUAL).await;
    wire.sandbox.fault(gateway(GatewayFault::Close(4009)));
    assert_eq!(bot.end().await, 4009);
}

#[tokio::test]
async fn payloads_travel_compressed_alone_or_as_one_stream() {
    let wire = Wire::open().await;
    let mut alone = wire.connect("").await;
    let data = json!({ "token": "secret", "intents": USUAL | CONTENT, "compress": true, "properties": {} });
    alone.send(json!({ "op": 2, "d": data })).await;
    alone.until("GUILD_CREATE").await;
    let mut stream = wire.connect("&compress=zlib-stream").await;
    stream.identify(USUAL | CONTENT).await;
    stream.until("GUILD_CREATE").await;
    let long = "Mất mạng từ sáng. ".repeat(100);
    wire.sandbox.say(wire.customer, Place::Channel(wire.intake), long.as_str()).expect("said");
    for bot in [&mut alone, &mut stream] {
        assert_eq!(bot.until("MESSAGE_CREATE").await["content"], long.trim());
    }
}

#[tokio::test]
async fn words_of_others_need_the_content_intent() {
    let wire = Wire::open().await;
    let mut bot = wire.login(USUAL).await;
    let mut all = wire.login(USUAL | CONTENT).await;
    let (place, me) = (Place::Channel(wire.intake), wire.sandbox.bot());
    let naming = format!("<@{me}> please");
    wire.sandbox.say(wire.customer, place, "secret").expect("said");
    wire.sandbox.say(wire.customer, place, naming.as_str()).expect("said");
    wire.sandbox.say(wire.customer, Place::Dm, "between us").expect("said");
    wire.post(wire.intake, json!({ "content": "my own", "embeds": [{ "title": "x" }] })).await;
    for (expected, bot) in [
        (["", naming.as_str(), "between us", "my own"], &mut bot),
        (["secret", &naming, "between us", "my own"], &mut all),
    ] {
        for words in expected {
            let message = bot.until("MESSAGE_CREATE").await;
            assert_eq!(message["content"], words);
            assert!(message["author"]["id"].is_string() && message["timestamp"].is_string());
            assert_eq!(message.get("guild_id").is_none(), words == "between us");
        }
    }
}

#[tokio::test]
async fn events_come_by_intents() {
    let wire = Wire::open().await;
    let mut deaf = wire.login(1).await;
    let mut bot = wire.login(USUAL).await;
    wire.sandbox.say(wire.customer, Place::Channel(wire.intake), "hello").expect("said");
    wire.sandbox.say(wire.customer, Place::Dm, "hello").expect("said");
    wire.sandbox.make_person(PersonSpec {
        guild: wire.guild.id,
        name: "Hoa".to_owned(),
        locale: "vi".to_owned(),
        label: "customer".to_owned(),
        roles: Vec::new(),
        dms_open: true,
    });
    let names = |heard: Vec<Value>| -> Vec<String> {
        heard.iter().map(|payload| payload["t"].as_str().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(names(deaf.so_far().await), Vec::<String>::new());
    assert_eq!(names(bot.so_far().await), ["MESSAGE_CREATE", "MESSAGE_CREATE", "GUILD_MEMBER_ADD"]);
}
