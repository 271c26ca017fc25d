//! The control interface: what the page and scripts see and do.

use futures::StreamExt;
use serde_json::{Value, json};

use super::harness::{Reply, START, USUAL, Wire, id};

async fn view(wire: &Wire, who: u64) -> Vec<Value> {
    let seen = wire.control("GET", &format!("view?as={who}"), Value::Null).await;
    seen.body["channels"].as_array().expect("a list").clone()
}

async fn messages(wire: &Wire, who: u64, channel: u64) -> Vec<Value> {
    let seen = wire.control("GET", &format!("messages?as={who}&channel={channel}"), Value::Null).await;
    seen.body["messages"].as_array().expect("a list").clone()
}

fn error(reply: &Reply) -> (u16, &str) {
    (reply.status, reply.body["error"].as_str().expect("a reason"))
}

#[tokio::test]
async fn the_state_names_clock_bot_and_people() {
    let wire = Wire::open().await;
    let state = wire.control("GET", "state", Value::Null).await.body;
    assert_eq!(state["clock"], json!({ "now_ms": START, "speed": 0.0 }));
    assert_eq!((&state["bot"]["name"], &state["bot"]["connected"]), (&json!("Lắng Nghe"), &json!(false)));
    let guild = &state["guilds"][0];
    assert_eq!((&guild["name"], &guild["roles"][1]["name"]), (&json!("Internet Một"), &json!("staff")));
    let members = guild["members"].as_array().expect("a list");
    let staff = members.iter().find(|held| id(&held["id"]) == wire.staff).expect("Minh");
    assert_eq!((&staff["label"], &staff["locale"]), (&json!("staff"), &json!("vi")));
    assert_eq!(staff["roles"], json!([wire.guild.roles["staff"].to_string()]));
}

#[tokio::test]
async fn what_is_new_is_unread_until_it_is_looked_at() {
    let wire = Wire::open().await;
    wire.post(wire.intake, json!({ "content": "one" })).await;
    assert_eq!(view(&wire, wire.customer).await.len(), 1, "the desk is not for customers");
    assert_eq!(view(&wire, wire.customer).await[0]["unread"], true);
    assert_eq!(messages(&wire, wire.customer, wire.intake).await.len(), 1);
    assert_eq!(view(&wire, wire.customer).await[0]["unread"], false);
    assert_eq!(view(&wire, wire.staff).await[0]["unread"], true, "each person reads for themselves");
    let said = json!({ "as": wire.customer.to_string(), "channel": wire.intake.to_string(), "text": "two" });
    let said = wire.control("POST", "say", said).await.body;
    assert_eq!(view(&wire, wire.customer).await[0]["unread"], false, "one's own words are read");
    let page =
        format!("messages?as={}&channel={}&limit=5&before={}", wire.staff, wire.intake, id(&said["message"]));
    let older = wire.control("GET", &page, Value::Null).await.body;
    assert_eq!(older["messages"][0]["content"], "one");
    assert_eq!(older["messages"].as_array().map(Vec::len), Some(1));
    let hidden = format!("messages?as={}&channel={}", wire.customer, wire.desk);
    assert_eq!(error(&wire.control("GET", &hidden, Value::Null).await).0, 400);
}

#[tokio::test]
async fn a_thread_begins_with_the_message_it_hangs_from() {
    let wire = Wire::open().await;
    let card = wire.post(wire.desk, json!({ "content": "card", "embeds": [{ "title": "#1" }] })).await.id();
    wire.call("POST", &format!("/channels/{}/messages/{card}/threads", wire.desk), json!({ "name": "#1" }))
        .await;
    wire.post(card, json!({ "content": "inside" })).await;
    let seen = messages(&wire, wire.staff, card).await;
    assert_eq!((seen.len(), &seen[0]["type"], &seen[1]["content"]), (2, &json!(21), &json!("inside")));
    assert_eq!(seen[0]["referenced_message"]["embeds"][0]["title"], "#1");
    let thread =
        view(&wire, wire.staff).await.into_iter().find(|held| held["type"] == 11).expect("the thread");
    assert_eq!((&thread["message_count"], &thread["parent_id"]), (&json!(1), &json!(wire.desk.to_string())));
}

#[tokio::test]
async fn a_person_uses_a_command_and_its_form_in_their_language() {
    let wire = Wire::open().await;
    let mut bot = wire.login(USUAL).await;
    let commands = json!([{
        "name": "complain", "name_localizations": { "vi": "khiếu-nại" }, "description": "File a complaint",
        "description_localizations": { "vi": "Gửi khiếu nại" }, "contexts": [0, 1],
        "options": [{ "type": 3, "name": "what", "description": "x", "autocomplete": true, "max_length": 50 }],
    }]);
    wire.call("PUT", &format!("/applications/{}/commands", wire.sandbox.bot()), commands).await;
    let who = wire.customer.to_string();
    let list = wire.control("GET", &format!("commands?as={who}&channel=dm"), Value::Null).await.body;
    let shown = &list["commands"][0];
    assert_eq!((&shown["name"], &shown["display"]), (&json!("complain"), &json!("khiếu-nại")));
    assert_eq!(
        (&shown["description"], &shown["options"][0]["max_length"]),
        (&json!("Gửi khiếu nại"), &json!(50))
    );

    let typing = json!({ "as": who, "channel": "dm", "name": "complain", "options": { "what": "m" }, "focused": "what" });
    let choices = [json!({ "name": "Mất mạng", "value": "lost" })];
    let (suggested, ()) = tokio::join!(wire.control("POST", "autocomplete", typing), async {
        let event = bot.until("INTERACTION_CREATE").await;
        assert_eq!((&event["type"], &event["data"]["options"][0]["focused"]), (&json!(4), &json!(true)));
        wire.answer(&event, json!({ "type": 8, "data": { "choices": choices } })).await;
    });
    assert_eq!(suggested.body["choices"], json!(choices));

    let used =
        wire.control("POST", "command", json!({ "as": who, "channel": "dm", "name": "complain" })).await.body;
    let event = bot.until("INTERACTION_CREATE").await;
    let input = json!({ "type": 4, "custom_id": "what", "label": "What?", "style": 2 });
    let form = json!({ "custom_id": "form", "title": "Complaint", "components": [{ "type": 1, "components": [input] }] });
    wire.answer(&event, json!({ "type": 9, "data": form })).await;
    let waited = format!("interaction?id={}&wait=1", id(&used["interaction"]));
    let opened = wire.control("GET", &waited, Value::Null).await.body;
    assert_eq!((&opened["state"], &opened["modal"]["title"]), (&json!("modal"), &json!("Complaint")));
    let fields = json!({ "as": who, "interaction": used["interaction"], "values": { "what": "mất mạng" } });
    let sent = wire.control("POST", "submit", fields).await.body;
    let event = bot.until("INTERACTION_CREATE").await;
    wire.answer(&event, json!({ "type": 4, "data": { "content": "thanks", "flags": 64 } })).await;
    let waited = format!("interaction?id={}&wait=1", id(&sent["interaction"]));
    let answered = wire.control("GET", &waited, Value::Null).await.body;
    assert_eq!((&answered["state"], &answered["ephemeral"]), (&json!("message"), &json!(true)));
    assert_eq!(answered["message"]["content"], "thanks");
}

#[tokio::test]
async fn a_listener_hears_what_concerns_them() {
    let wire = Wire::open().await;
    let address = format!("{}/control/events?as={}", wire.sandbox.origin(), wire.customer);
    let answer = reqwest::get(address).await.expect("an answer");
    assert_eq!(answer.headers()["content-type"], "text/event-stream");
    let mut stream = answer.bytes_stream();
    let first = stream.next().await.expect("first bytes").expect("they come at once");
    assert!(first.starts_with(b":"), "a comment opens the stream");
    wire.post(wire.desk, json!({ "content": "not for customers" })).await;
    let shown = wire.post(wire.intake, json!({ "content": "for all" })).await.id();
    let next = stream.next().await.expect("an event").expect("it comes");
    let text = String::from_utf8(next.to_vec()).expect("UTF-8");
    let event: Value = serde_json::from_str(text.trim_start_matches("data: ").trim()).expect("JSON");
    let place = wire.intake.to_string();
    assert_eq!(event, json!({ "kind": "message", "channel": place, "message": shown.to_string() }));
}

#[tokio::test]
async fn the_world_is_made_and_moved_by_hand() {
    let wire = Wire::open().await;
    let made = json!({ "name": "Internet Hai", "roles": [{ "name": "staff", "permissions": ["MANAGE_GUILD"] }],
        "channels": [{ "name": "desk", "private_to": ["staff"] }] });
    let guild = wire.control("POST", "guild", made).await.body;
    let person = json!({ "guild": guild["id"], "name": "Hoa", "roles": ["staff"], "label": "staff" });
    let hoa = id(&wire.control("POST", "person", person).await.body["id"]);
    assert!(view(&wire, hoa).await.iter().any(|held| held["id"] == guild["channels"]["desk"]));
    let change = json!({ "id": hoa.to_string(), "guild": guild["id"], "roles": [], "dms_open": false });
    assert_eq!(wire.control("POST", "person", change).await.status, 200);
    assert!(view(&wire, hoa).await.is_empty(), "without the role");

    let deny = json!({ "channel": wire.desk.to_string(), "deny_bot": ["SEND_MESSAGES"] });
    wire.control("POST", "channel", deny).await;
    assert_eq!(wire.post(wire.desk, json!({ "content": "x" })).await.refusal(), (403, 50_013));
    wire.control("POST", "channel", json!({ "channel": wire.desk.to_string(), "delete": true })).await;
    assert_eq!(wire.post(wire.desk, json!({ "content": "x" })).await.refusal(), (404, 10_003));

    let moved = wire.control("POST", "clock", json!({ "advance_ms": 3_600_000 })).await.body;
    assert_eq!(moved, json!({ "now_ms": START + 3_600_000, "speed": 0.0 }));
    assert_eq!(error(&wire.control("POST", "clock", json!({ "now_ms": START })).await).0, 400);

    wire.control("POST", "fault", json!({ "kind": { "status": 503 } })).await;
    assert_eq!(wire.post(wire.intake, json!({ "content": "x" })).await.status, 503);
    wire.control("POST", "fault", json!({ "kind": { "status": 503 } })).await;
    wire.control("DELETE", "faults", Value::Null).await;
    assert_eq!(wire.post(wire.intake, json!({ "content": "hello" })).await.status, 200);

    let counted = wire.control("GET", "calls", Value::Null).await.body;
    assert_eq!((&counted["total"], &counted["callbacks"]), (&json!(4), &json!(0)));
    assert_eq!(counted["by_route"]["POST /channels/{channel_id}/messages"], 4);
    let told = wire.control("GET", "transcript?format=text", Value::Null).await.body;
    assert!(told.as_str().is_some_and(|text| text.contains("#intake · Lắng Nghe\n    hello")), "{told}");
    let told = wire.control("GET", &format!("transcript?format=json&as={hoa}"), Value::Null).await.body;
    assert_eq!(told["entries"], json!([]), "they saw nothing of it");
}

#[tokio::test]
async fn what_cannot_be_done_is_refused_with_the_reason() {
    let wire = Wire::open().await;
    let (who, place) = (wire.customer.to_string(), wire.desk.to_string());
    for (path, body, status, reason) in [
        (
            "say",
            json!({ "as": who, "channel": place, "text": "x" }),
            400,
            "this person does not see that channel",
        ),
        ("say", json!({ "as": "7", "dm": true, "text": "x" }), 404, "there is no such person"),
        ("say", json!({ "as": who, "channel": "7", "text": "x" }), 404, "there is no such channel"),
        (
            "command",
            json!({ "as": who, "channel": "dm", "name": "x" }),
            400,
            "there is no command /x for this person here",
        ),
        ("nothing", json!({}), 404, "there is no such call"),
        (
            "channel",
            json!({ "channel": place, "lock": true }),
            400,
            "only a thread can be archived or locked",
        ),
    ] {
        assert_eq!(error(&wire.control("POST", path, body).await), (status, reason), "{path}");
    }
    let unknown = wire.control("POST", "say", json!({ "as": who, "dm": true, "txt": "x" })).await;
    assert!(error(&unknown).1.contains("unknown field `txt`"));
    assert_eq!(error(&wire.control("GET", "interaction?id=7", Value::Null).await).0, 404);
    assert_eq!(error(&wire.control("GET", "say", Value::Null).await).0, 405);
}
