//! Interactions: one answer in time, forms, deferrals, tokens that end, and what people cannot do.

use langnghe::sandbox::{AnswerKind, Place};
use serde_json::{Value, json};

use super::harness::{Gateway, USUAL, Wire};

async fn pressed(wire: &Wire, bot: &mut Gateway) -> (u64, Value) {
    let message = wire.button(wire.intake, "go").await;
    let made = wire.sandbox.press(wire.customer, wire.intake, message, "go").expect("pressed");
    (made, bot.until("INTERACTION_CREATE").await)
}

fn form() -> Value {
    let input = json!({ "type": 4, "custom_id": "what", "label": "What?", "style": 2, "min_length": 3 });
    let data = json!({ "custom_id": "form", "title": "Complaint", "components": [{ "type": 1, "components": [input] }] });
    json!({ "type": 9, "data": data })
}

fn words(text: &str) -> Value {
    json!({ "type": 4, "data": { "content": text } })
}

#[tokio::test]
async fn a_press_carries_all_that_a_client_needs() {
    let wire = Wire::open().await;
    let mut bot = wire.login(USUAL).await;
    let (_, event) = pressed(&wire, &mut bot).await;
    assert_eq!((&event["type"], &event["data"]["custom_id"]), (&json!(3), &json!("go")));
    assert_eq!(
        (&event["locale"], &event["guild_locale"], &event["context"]),
        (&json!("vi"), &json!("vi"), &json!(0))
    );
    assert_eq!(event["member"]["user"]["id"], wire.customer.to_string());
    assert!(event["member"]["permissions"].is_string() && event["app_permissions"].is_string());
    assert_eq!(event["message"]["components"][0]["components"][0]["custom_id"], "go");
    let open =
        wire.call("POST", "/users/@me/channels", json!({ "recipient_id": wire.customer.to_string() })).await;
    let message = wire.button(open.id(), "there").await;
    wire.sandbox.press(wire.customer, open.id(), message, "there").expect("pressed");
    let direct = bot.until("INTERACTION_CREATE").await;
    assert_eq!((&direct["user"]["id"], &direct["context"]), (&json!(wire.customer.to_string()), &json!(1)));
    assert!(direct.get("member").is_none() && direct.get("guild_id").is_none());
}

#[tokio::test]
async fn an_interaction_has_one_answer() {
    let wire = Wire::open().await;
    let mut bot = wire.login(USUAL).await;
    let (made, event) = pressed(&wire, &mut bot).await;
    assert_eq!(wire.sandbox.open_interactions(), 1);
    assert_eq!(wire.answer(&event, words("once")).await.status, 204);
    assert_eq!(wire.answer(&event, words("twice")).await.refusal(), (400, 40_060));
    assert_eq!(wire.answer(&event, form()).await.refusal(), (400, 40_060));
    let answer = wire.sandbox.answer(made).await;
    assert_eq!((answer.kind, answer.text().as_str()), (AnswerKind::Message, "once"));
    assert_eq!(wire.sandbox.open_interactions(), 0);
    let mut forged = event.clone();
    forged["token"] = json!("forged");
    assert_eq!(wire.answer(&forged, words("x")).await.refusal(), (404, 10_062));
}

#[tokio::test]
async fn an_answer_after_three_seconds_is_for_nobody() {
    let wire = Wire::open().await;
    let mut bot = wire.login(USUAL).await;
    let (made, event) = pressed(&wire, &mut bot).await;
    wire.sandbox.expire(made);
    let answer = wire.sandbox.answer(made).await;
    assert_eq!(
        (answer.kind, answer.text().as_str()),
        (AnswerKind::Failed, "The application did not respond")
    );
    assert_eq!(wire.answer(&event, words("late")).await.refusal(), (404, 10_062));
    assert_eq!(
        wire.by_token("POST", &event, "", json!({ "content": "late" })).await.refusal(),
        (404, 10_015)
    );
    assert_eq!(wire.sandbox.messages(wire.intake).len(), 1);
}

#[tokio::test]
async fn a_bot_that_is_away_does_not_respond() {
    let wire = Wire::open().await;
    let message = wire.button(wire.intake, "go").await;
    let made = wire.sandbox.press(wire.customer, wire.intake, message, "go").expect("pressed");
    assert_eq!(wire.sandbox.answer_now(made).kind, AnswerKind::Failed);
}

#[tokio::test]
async fn a_form_answers_neither_a_form_nor_comes_after_a_deferral() {
    let wire = Wire::open().await;
    let mut bot = wire.login(USUAL).await;
    let (made, event) = pressed(&wire, &mut bot).await;
    assert_eq!(wire.answer(&event, form()).await.status, 204);
    assert_eq!(wire.sandbox.answer_now(made).kind, AnswerKind::Form);
    assert!(wire.sandbox.submit(wire.staff, made, &[("what", "not mine")]).is_err());
    assert!(wire.sandbox.submit(wire.customer, made, &[("what", "")]).is_err(), "a required input");
    assert!(wire.sandbox.submit(wire.customer, made, &[("what", "ab")]).is_err(), "too short");
    wire.sandbox.submit(wire.customer, made, &[("What?", "mất mạng")]).expect("sent");
    let sent = bot.until("INTERACTION_CREATE").await;
    assert_eq!((&sent["type"], &sent["data"]["custom_id"]), (&json!(5), &json!("form")));
    assert_eq!(sent["data"]["components"][0]["components"][0]["value"], "mất mạng");
    assert_eq!(wire.answer(&sent, form()).await.refusal(), (400, 50_035));
    assert_eq!(wire.answer(&sent, words("thanks")).await.status, 204, "the refusal used nothing up");
    let (_, event) = pressed(&wire, &mut bot).await;
    assert_eq!(wire.answer(&event, json!({ "type": 5 })).await.status, 204);
    assert_eq!(wire.answer(&event, form()).await.refusal(), (400, 40_060));
}

#[tokio::test]
async fn a_deferral_is_filled_within_fifteen_minutes() {
    let wire = Wire::open().await;
    let mut bot = wire.login(USUAL).await;
    let (made, event) = pressed(&wire, &mut bot).await;
    assert_eq!(wire.answer(&event, json!({ "type": 5, "data": { "flags": 64 } })).await.status, 204);
    assert_eq!(wire.sandbox.answer_now(made).kind, AnswerKind::Deferred);
    let thinking = wire.sandbox.messages_seen_by(wire.customer, wire.intake).pop().expect("it is shown");
    assert_eq!((&thinking["loading"], &thinking["ephemeral"]), (&json!(true), &json!(true)));
    wire.sandbox.clock().advance(14 * 60_000);
    let filled = wire.by_token("PATCH", &event, "/messages/%40original", json!({ "content": "done" })).await;
    assert_eq!((filled.status, &filled.body["content"]), (200, &json!("done")));
    let answer = wire.sandbox.answer_now(made);
    assert_eq!((answer.kind, answer.ephemeral, answer.text().as_str()), (AnswerKind::Message, true, "done"));
    let more = wire.by_token("POST", &event, "", json!({ "content": "more", "flags": 64 })).await;
    assert_eq!(wire.sandbox.messages_seen_by(wire.customer, wire.intake).len(), 3);
    wire.sandbox.clock().advance(2 * 60_000);
    for (method, rest, body) in [
        ("POST", String::new(), json!({ "content": "late" })),
        ("PATCH", "/messages/@original".to_owned(), json!({ "content": "late" })),
        ("DELETE", format!("/messages/{}", more.id()), Value::Null),
    ] {
        assert_eq!(wire.by_token(method, &event, &rest, body).await.refusal(), (401, 50_027), "{method}");
    }
}

#[tokio::test]
async fn a_press_may_change_its_own_message() {
    let wire = Wire::open().await;
    let mut bot = wire.login(USUAL).await;
    let (made, event) = pressed(&wire, &mut bot).await;
    let update = json!({ "type": 7, "data": { "content": "pressed", "components": [] } });
    assert_eq!(wire.answer(&event, update).await.status, 204);
    assert_eq!(wire.sandbox.answer_now(made).kind, AnswerKind::Update);
    assert_eq!(bot.until("MESSAGE_UPDATE").await["content"], "pressed");
    let (made, event) = pressed(&wire, &mut bot).await;
    assert_eq!(wire.answer(&event, json!({ "type": 6 })).await.status, 204);
    wire.by_token("PATCH", &event, "/messages/@original", json!({ "content": "later" })).await;
    let answer = wire.sandbox.answer_now(made);
    assert_eq!((answer.kind, answer.text().as_str()), (AnswerKind::Update, "later"));
}

#[tokio::test]
async fn with_response_the_message_comes_back() {
    let wire = Wire::open().await;
    let mut bot = wire.login(USUAL).await;
    let (_, event) = pressed(&wire, &mut bot).await;
    let (id, token) = (event["id"].as_str().expect("id"), event["token"].as_str().expect("token"));
    let path = format!("/interactions/{id}/{token}/callback?with_response=true");
    let answer = wire.call("POST", &path, words("hello")).await;
    assert_eq!((answer.status, &answer.body["resource"]["message"]["content"]), (200, &json!("hello")));
    assert_eq!(answer.body["interaction"]["response_message_id"], answer.body["resource"]["message"]["id"]);
}

#[tokio::test]
async fn commands_are_there_for_whom_and_where_they_are_registered() {
    let wire = Wire::open().await;
    let mut bot = wire.login(USUAL).await;
    let option =
        |name: &str, kind: u8| json!({ "type": kind, "name": name, "description": "x", "required": true });
    let mut number = option("days", 4);
    number["max_value"] = json!(7);
    let note =
        json!({ "type": 1, "name": "note", "description": "x", "options": [option("text", 3), number] });
    let commands = json!([
        { "name": "case", "description": "x", "contexts": [0], "options": [note] },
        { "name": "setup", "description": "x", "default_member_permissions": "32", "contexts": [0] },
        { "name": "complain", "description": "x", "contexts": [0, 1] },
    ]);
    let path = format!("/applications/{}/commands", wire.sandbox.bot());
    assert_eq!(wire.call("PUT", &path, commands).await.status, 200);
    let place = Place::Channel(wire.intake);
    let use_case = |options: &[(&str, Value)]| wire.sandbox.command(wire.staff, place, "case note", options);
    assert!(use_case(&[("text", json!("hello"))]).is_err(), "an option is missing");
    assert!(use_case(&[("text", json!("hello")), ("days", json!("3"))]).is_err(), "a number is needed");
    assert!(use_case(&[("text", json!("hello")), ("days", json!(8))]).is_err(), "out of range");
    use_case(&[("text", json!("hello")), ("days", json!(3))]).expect("used");
    let event = bot.until("INTERACTION_CREATE").await;
    assert_eq!(event["data"]["options"][0]["name"], "note");
    assert_eq!(event["data"]["options"][0]["options"][1], json!({ "name": "days", "type": 4, "value": 3 }));
    assert!(wire.sandbox.command(wire.customer, place, "setup", &[]).is_err(), "needs Manage Server");
    assert!(
        wire.sandbox.command(wire.customer, Place::Dm, "case note", &[]).is_err(),
        "not in direct messages"
    );
    wire.sandbox.command(wire.customer, Place::Dm, "complain", &[]).expect("there it is");
    assert!(wire.sandbox.raw_press(wire.customer, wire.intake, 1, "forged") > 0);
    assert_eq!(bot.until("INTERACTION_CREATE").await["data"]["name"], "complain");
    assert_eq!(bot.until("INTERACTION_CREATE").await["data"]["custom_id"], "forged");
}
