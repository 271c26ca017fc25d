//! Bodies at and beyond each documented limit.

mod commands;

use serde_json::{Value, json};

use super::super::{check_request, check_request_with_files};

const MESSAGES: &str = "/channels/{channel_id}/messages";
const CALLBACK: &str = "/interactions/{id}/{token}/callback";

/// The code of the whole and the codes of the fields, as `path: CODE`.
fn refusal(method: &str, route: &str, body: &Value, files: usize) -> (u32, Vec<String>) {
    let Err(error) = check_request_with_files(method, route, body, files) else { return (0, Vec::new()) };
    let mut found = Vec::new();
    gather(&error.errors, String::new(), &mut found);
    (error.code, found)
}

fn gather(tree: &Value, path: String, found: &mut Vec<String>) {
    for (key, inner) in tree.as_object().into_iter().flatten() {
        if key == "_errors" {
            for error in inner.as_array().into_iter().flatten() {
                found.push(format!("{path}: {}", error["code"].as_str().unwrap_or_default()));
            }
        } else {
            gather(inner, if path.is_empty() { key.clone() } else { format!("{path}.{key}") }, found);
        }
    }
}

fn taken(method: &str, route: &str, body: Value) {
    assert_eq!(refusal(method, route, &body, 0), (0, vec![]), "{method} {route} {body}");
}

fn refused(method: &str, route: &str, body: Value, wanted: &str) {
    let (code, found) = refusal(method, route, &body, 0);
    assert_eq!(code, 50035, "{method} {route}: {found:?}");
    assert!(found.iter().any(|one| one == wanted), "{method} {route}: wanted {wanted}, got {found:?}");
}

fn letters(count: usize) -> String {
    "ế".repeat(count)
}

fn button(custom_id: &str) -> Value {
    json!({ "type": 2, "style": 1, "label": "x", "custom_id": custom_id })
}

fn rows(rows: &[Vec<Value>]) -> Value {
    let rows: Vec<Value> = rows.iter().map(|inner| json!({ "type": 1, "components": inner })).collect();
    json!({ "components": rows })
}

fn select(options: usize, extra: Value) -> Value {
    let options: Vec<Value> = (0..options).map(|n| json!({ "label": "l", "value": n.to_string() })).collect();
    let mut select = json!({ "type": 3, "custom_id": "s", "options": options });
    for (key, value) in extra.as_object().into_iter().flatten() {
        select[key] = value.clone();
    }
    select
}

#[test]
fn messages_at_their_limits() {
    taken("POST", MESSAGES, json!({ "content": letters(2000) }));
    taken("POST", MESSAGES, json!({ "embeds": vec![json!({ "title": letters(256) }); 10] }));
    taken(
        "POST",
        MESSAGES,
        json!({ "embeds": [{ "description": letters(4096) }, { "description": letters(1904) }] }),
    );
    taken("POST", MESSAGES, json!({ "content": "x", "nonce": "1234567890123456789012345" }));
    let field = json!({ "name": letters(1), "value": letters(200) });
    taken("POST", MESSAGES, json!({ "embeds": [{ "fields": vec![field.clone(); 25] }] }));

    let cases = [
        (json!({ "content": letters(2001) }), "content: BASE_TYPE_MAX_LENGTH"),
        (json!({ "embeds": vec![json!({ "title": "x" }); 11] }), "embeds: BASE_TYPE_MAX_LENGTH"),
        (json!({ "embeds": [{ "title": letters(257) }] }), "embeds.0.title: BASE_TYPE_MAX_LENGTH"),
        (
            json!({ "embeds": [{ "description": letters(4097) }] }),
            "embeds.0.description: BASE_TYPE_MAX_LENGTH",
        ),
        (
            json!({ "embeds": [{ "description": letters(4096) }, { "description": letters(1905) }] }),
            "embeds: MAX_EMBED_SIZE_EXCEEDED",
        ),
        (json!({ "embeds": [{ "fields": vec![field; 26] }] }), "embeds.0.fields: BASE_TYPE_MAX_LENGTH"),
        (
            json!({ "embeds": [{ "fields": [{ "name": letters(257), "value": "x" }] }] }),
            "embeds.0.fields.0.name: BASE_TYPE_MAX_LENGTH",
        ),
        (
            json!({ "embeds": [{ "fields": [{ "name": "x", "value": letters(1025) }] }] }),
            "embeds.0.fields.0.value: BASE_TYPE_MAX_LENGTH",
        ),
        (
            json!({ "embeds": [{ "fields": [{ "name": "x", "value": "" }] }] }),
            "embeds.0.fields.0.value: BASE_TYPE_REQUIRED",
        ),
        (
            json!({ "embeds": [{ "footer": { "text": letters(2049) } }] }),
            "embeds.0.footer.text: BASE_TYPE_MAX_LENGTH",
        ),
        (
            json!({ "embeds": [{ "author": { "name": letters(257) } }] }),
            "embeds.0.author.name: BASE_TYPE_MAX_LENGTH",
        ),
        (
            json!({ "embeds": [{ "image": { "url": "file://x" } }] }),
            "embeds.0.image.url: URL_TYPE_INVALID_SCHEME",
        ),
        (
            json!({ "content": "x", "allowed_mentions": { "parse": ["roles"], "roles": ["1"] } }),
            "allowed_mentions.parse: MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
        ),
        (
            json!({ "content": "x", "allowed_mentions": { "users": (0..101).map(|n| n.to_string()).collect::<Vec<_>>() } }),
            "allowed_mentions.users: BASE_TYPE_MAX_LENGTH",
        ),
        (
            json!({ "content": "x", "allowed_mentions": { "parse": ["staff"] } }),
            "allowed_mentions.parse.0: BASE_TYPE_CHOICES",
        ),
        (json!({ "attachments": [{ "id": 0 }] }), "attachments.0.id: ATTACHMENT_NOT_FOUND"),
        (
            json!({ "content": "x", "flags": 1 << 15 }),
            "content: MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
        ),
    ];
    for (body, wanted) in cases {
        refused("POST", MESSAGES, body, wanted);
    }
}

#[test]
fn a_message_says_something() {
    for body in [json!({}), json!({ "content": " \n" }), json!({ "embeds": [], "components": [] })] {
        let error = check_request("POST", MESSAGES, &body).expect_err("an empty message");
        assert_eq!((error.status, error.code), (400, 50006), "{body}");
        let callback = json!({ "type": 4, "data": body });
        assert_eq!(refusal("POST", CALLBACK, &callback, 0).0, 50006, "{callback}");
    }
    assert_eq!(refusal("POST", CALLBACK, &json!({ "type": 4 }), 0).0, 50006);
    assert_eq!(refusal("POST", "/webhooks/{a}/{b}", &json!({}), 0).0, 50006);
    assert_eq!(refusal("POST", MESSAGES, &json!({}), 1), (0, vec![]), "a file is enough");
    assert_eq!(refusal("POST", MESSAGES, &json!({ "attachments": [{ "id": "0" }] }), 1), (0, vec![]));
    assert_eq!(refusal("POST", MESSAGES, &json!({}), 11).1, vec!["files: BASE_TYPE_MAX_LENGTH"]);
    taken("POST", CALLBACK, json!({ "type": 5 }));
    taken("PATCH", "/channels/{a}/messages/{b}", json!({ "content": "" }));
}

#[test]
fn components_at_their_limits() {
    let five = |row: usize| (0..5).map(|n| button(&format!("{row}-{n}"))).collect::<Vec<_>>();
    taken("POST", MESSAGES, rows(&(0..5).map(five).collect::<Vec<_>>()));
    taken(
        "POST",
        MESSAGES,
        rows(&[vec![select(25, json!({ "max_values": 25, "placeholder": letters(150) }))]]),
    );
    taken("POST", MESSAGES, json!({ "flags": 1 << 15, "components": [{ "type": 10, "content": "words" }] }));

    let with = |extra: Value| {
        let mut changed = button("a");
        for (key, value) in extra.as_object().into_iter().flatten() {
            changed[key] = value.clone();
        }
        rows(&[vec![changed]])
    };
    let one = "components.0.components.0";
    let cases = [
        (rows(&(0..6).map(five).collect::<Vec<_>>()), "components: BASE_TYPE_MAX_LENGTH".to_owned()),
        (
            rows(&[(0..6).map(|n| button(&n.to_string())).collect()]),
            "components.0.components: BASE_TYPE_MAX_LENGTH".to_owned(),
        ),
        (
            rows(&[vec![select(1, json!({})), button("b")]]),
            "components.0: COMPONENT_LAYOUT_WIDTH_EXCEEDED".to_owned(),
        ),
        (
            rows(&[vec![button("a")], vec![button("a")]]),
            "components.1.components.0.custom_id: COMPONENT_CUSTOM_ID_DUPLICATED".to_owned(),
        ),
        (with(json!({ "label": letters(81) })), format!("{one}.label: BASE_TYPE_MAX_LENGTH")),
        (with(json!({ "label": "" })), format!("{one}.label: BUTTON_COMPONENT_INVALID_LABEL")),
        (with(json!({ "custom_id": letters(101) })), format!("{one}.custom_id: BASE_TYPE_MAX_LENGTH")),
        (with(json!({ "custom_id": "" })), format!("{one}.custom_id: BASE_TYPE_MIN_LENGTH")),
        (with(json!({ "custom_id": null })), format!("{one}.custom_id: BUTTON_COMPONENT_CUSTOM_ID_REQUIRED")),
        (
            with(json!({ "url": "https://example.org" })),
            format!("{one}.url: BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE"),
        ),
        (with(json!({ "style": 5, "custom_id": null })), format!("{one}.url: BUTTON_COMPONENT_URL_REQUIRED")),
        (rows(&[vec![select(26, json!({}))]]), format!("{one}.options: BASE_TYPE_MAX_LENGTH")),
        (rows(&[vec![select(2, json!({ "max_values": 3 }))]]), format!("{one}.max_values: NUMBER_TYPE_MAX")),
        (rows(&[vec![select(2, json!({ "min_values": 2 }))]]), format!("{one}.min_values: NUMBER_TYPE_MAX")),
        (
            rows(&[vec![select(2, json!({ "placeholder": letters(151) }))]]),
            format!("{one}.placeholder: BASE_TYPE_MAX_LENGTH"),
        ),
        (
            rows(&[vec![select(0, json!({ "options": vec![json!({ "label": "l", "value": "v" }); 2] }))]]),
            format!("{one}.options.1.value: COMPONENT_OPTION_VALUE_DUPLICATED"),
        ),
        (
            rows(&[vec![select(0, json!({ "options": [{ "label": letters(101), "value": "v" }] }))]]),
            format!("{one}.options.0.label: BASE_TYPE_MAX_LENGTH"),
        ),
        (
            json!({ "components": [{ "type": 10, "content": "words" }] }),
            "components.0: UNION_TYPE_CHOICES".to_owned(),
        ),
    ];
    for (body, wanted) in cases {
        refused("POST", MESSAGES, body.clone(), &wanted);
        refused("POST", CALLBACK, json!({ "type": 7, "data": body }), &format!("data.{wanted}"));
    }
}

fn modal(rows: Vec<Value>) -> Value {
    json!({ "type": 9, "data": { "title": letters(45), "custom_id": "form", "components": rows } })
}

fn input(extra: Value) -> Value {
    let mut input = json!({ "type": 4, "custom_id": "a", "style": 2, "label": letters(45) });
    for (key, value) in extra.as_object().into_iter().flatten() {
        input[key] = value.clone();
    }
    json!({ "type": 1, "components": [input] })
}

#[test]
fn forms_at_their_limits() {
    let five = (0..5).map(|n| input(json!({ "custom_id": n.to_string(), "max_length": 4000 }))).collect();
    taken("POST", CALLBACK, modal(five));

    let mut no_label = input(json!({}));
    no_label["components"][0].as_object_mut().map(|fields| fields.remove("label"));
    let mut two = input(json!({}));
    two["components"] =
        json!([two["components"][0], { "type": 4, "custom_id": "b", "style": 1, "label": "b" }]);
    let one = "data.components.0.components.0";
    let cases = [
        (
            modal((0..6).map(|n| input(json!({ "custom_id": n.to_string() }))).collect()),
            "data.components: BASE_TYPE_MAX_LENGTH".to_owned(),
        ),
        (modal(vec![]), "data.components: BASE_TYPE_MIN_LENGTH".to_owned()),
        (
            modal(vec![input(json!({})), input(json!({}))]),
            "data.components.1.components.0.custom_id: COMPONENT_CUSTOM_ID_DUPLICATED".to_owned(),
        ),
        (modal(vec![input(json!({ "label": letters(46) }))]), format!("{one}.label: BASE_TYPE_MAX_LENGTH")),
        (modal(vec![no_label]), format!("{one}.label: BASE_TYPE_REQUIRED")),
        (modal(vec![two]), "data.components.0: COMPONENT_LAYOUT_WIDTH_EXCEEDED".to_owned()),
        (
            modal(vec![input(json!({ "placeholder": letters(101) }))]),
            format!("{one}.placeholder: BASE_TYPE_MAX_LENGTH"),
        ),
        (modal(vec![input(json!({ "max_length": 4001 }))]), format!("{one}.max_length: NUMBER_TYPE_MAX")),
        (modal(vec![input(json!({ "value": letters(4001) }))]), format!("{one}.value: BASE_TYPE_MAX_LENGTH")),
        (
            modal(vec![input(json!({ "value": "abc", "max_length": 2 }))]),
            format!("{one}.value: BASE_TYPE_MAX_LENGTH"),
        ),
        (
            modal(vec![input(json!({ "min_length": 5, "max_length": 2 }))]),
            format!("{one}.min_length: NUMBER_TYPE_MAX"),
        ),
        (
            modal(vec![
                json!({ "type": 18, "label": "l", "component": { "type": 4, "custom_id": "a", "style": 1 } }),
            ]),
            "data.components.0: UNION_TYPE_CHOICES".to_owned(),
        ),
    ];
    for (body, wanted) in cases {
        refused("POST", CALLBACK, body, &wanted);
    }
    let mut long_title = modal(vec![input(json!({}))]);
    long_title["data"]["title"] = json!(letters(46));
    refused("POST", CALLBACK, long_title, "data.title: BASE_TYPE_MAX_LENGTH");
}

#[test]
fn threads_and_direct_messages() {
    let threads = "/channels/{channel_id}/messages/{message_id}/threads";
    taken("POST", threads, json!({ "name": letters(100), "auto_archive_duration": 10080 }));
    refused("POST", threads, json!({ "name": letters(101) }), "name: BASE_TYPE_MAX_LENGTH");
    refused("POST", threads, json!({ "name": "  " }), "name: BASE_TYPE_BAD_LENGTH");
    refused("POST", threads, json!({}), "name: BASE_TYPE_REQUIRED");
    refused("PATCH", "/channels/{channel_id}", json!({ "name": "" }), "name: BASE_TYPE_BAD_LENGTH");
    refused("POST", "/users/@me/channels", json!({}), "recipient_id: BASE_TYPE_REQUIRED");
    taken("POST", "/users/@me/channels", json!({ "recipient_id": "12" }));
}
