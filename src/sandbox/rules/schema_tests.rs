//! Bodies against the description: what is refused and where, and what clients send.

use super::*;

#[test]
fn every_route_compiles_and_takes_no_number() {
    assert!(ROUTES.len() >= 20);
    for ((method, route), compiled) in ROUTES.iter() {
        assert!(!compiled.validator().is_valid(&json!(7)), "{method} {route} takes a number");
    }
}

fn wrong(method: &str, route: &str, body: &Value) -> Vec<(String, String)> {
    let Err(error) = check(method, route, body) else { return Vec::new() };
    assert_eq!((error.status, error.code), (400, 50035));
    let mut found = Vec::new();
    gather(&error.errors, "", &mut found);
    found
}

fn gather(tree: &Value, path: &str, found: &mut Vec<(String, String)>) {
    for (key, inner) in tree.as_object().into_iter().flatten() {
        if key == "_errors" {
            for error in inner.as_array().into_iter().flatten() {
                found.push((path.to_owned(), error["code"].as_str().unwrap_or_default().to_owned()));
            }
        } else {
            let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            gather(inner, &path, found);
        }
    }
}

const MESSAGES: &str = "/channels/{}/messages";
const CALLBACK: &str = "/interactions/{}/{}/callback";
const COMMANDS: &str = "/applications/{}/commands";

fn row(component: Value) -> Value {
    json!({ "components": [{ "type": 1, "components": [component] }] })
}

#[test]
fn wrong_bodies_are_refused_with_the_place() {
    let cases: Vec<(&str, &str, Value, &str, &str)> = vec![
        ("POST", MESSAGES, json!({ "contents": "x" }), "contents", "UNKNOWN_FIELD"),
        ("POST", MESSAGES, json!({ "content": 5 }), "content", "STRING_TYPE_CONVERT"),
        ("POST", MESSAGES, json!({ "nonce": "12345678901234567890123456" }), "nonce", "BASE_TYPE_MAX_LENGTH"),
        ("POST", MESSAGES, json!({ "tts": "no" }), "tts", "BOOLEAN_TYPE_CONVERT"),
        ("POST", MESSAGES, json!({ "embeds": [{ "titel": "x" }] }), "embeds.0.titel", "UNKNOWN_FIELD"),
        (
            "POST",
            MESSAGES,
            json!({ "embeds": [{ "fields": [{ "name": "x" }] }] }),
            "embeds.0.fields.0.value",
            "BASE_TYPE_REQUIRED",
        ),
        (
            "POST",
            MESSAGES,
            json!({ "embeds": [{ "timestamp": "today" }] }),
            "embeds.0.timestamp",
            "DATE_TIME_TYPE_PARSE",
        ),
        (
            "POST",
            MESSAGES,
            json!({ "embeds": [{ "url": "nowhere" }] }),
            "embeds.0.url",
            "URL_TYPE_INVALID_URL",
        ),
        ("POST", MESSAGES, json!({ "embeds": [{ "color": 16777216 }] }), "embeds.0.color", "NUMBER_TYPE_MAX"),
        (
            "POST",
            MESSAGES,
            row(json!({ "type": 2, "style": 9, "custom_id": "a" })),
            "components.0.components.0.style",
            "BASE_TYPE_CHOICES",
        ),
        (
            "POST",
            MESSAGES,
            row(json!({ "type": 2, "custom_id": "a" })),
            "components.0.components.0.style",
            "BASE_TYPE_REQUIRED",
        ),
        (
            "POST",
            MESSAGES,
            row(json!({ "type": 4, "custom_id": "a", "style": 1 })),
            "components.0.components.0",
            "UNION_TYPE_CHOICES",
        ),
        (
            "POST",
            MESSAGES,
            row(json!({ "type": 3, "custom_id": "a", "options": [] })),
            "components.0.components.0.options",
            "BASE_TYPE_MIN_LENGTH",
        ),
        ("POST", MESSAGES, json!({ "components": [{ "type": 2 }] }), "components.0", "UNION_TYPE_CHOICES"),
        (
            "POST",
            MESSAGES,
            json!({ "message_reference": { "message_id": "x" } }),
            "message_reference.message_id",
            "NUMBER_TYPE_COERCE",
        ),
        ("POST", CALLBACK, json!({}), "type", "BASE_TYPE_REQUIRED"),
        ("POST", CALLBACK, json!({ "type": 3 }), "type", "BASE_TYPE_CHOICES"),
        ("POST", CALLBACK, json!({ "type": 4, "data": { "body": "x" } }), "data.body", "UNKNOWN_FIELD"),
        (
            "POST",
            CALLBACK,
            json!({ "type": 9, "data": { "title": "T", "components": [] } }),
            "data.custom_id",
            "BASE_TYPE_REQUIRED",
        ),
        (
            "PUT",
            COMMANDS,
            json!([{ "name": "a" }, { "name": "b", "optons": [1] }]),
            "1.optons",
            "UNKNOWN_FIELD",
        ),
        (
            "POST",
            COMMANDS,
            json!({ "name": "a", "options": [{ "type": 3, "name": "b", "description": "" }] }),
            "options.0.description",
            "BASE_TYPE_MIN_LENGTH",
        ),
        (
            "POST",
            COMMANDS,
            json!({ "name": "a", "default_member_permissions": "many" }),
            "default_member_permissions",
            "STRING_TYPE_REGEX",
        ),
        (
            "POST",
            "/channels/{}/threads",
            json!({ "name": "x", "type": 12, "auto_archive_duration": 61 }),
            "auto_archive_duration",
            "BASE_TYPE_CHOICES",
        ),
        ("PATCH", "/channels/{}", json!({ "archived": "yes" }), "archived", "BOOLEAN_TYPE_CONVERT"),
    ];
    for (method, route, body, path, code) in cases {
        let found = wrong(method, route, &body);
        assert!(
            found.contains(&(path.to_owned(), code.to_owned())),
            "{method} {route} {body}: wanted {code} at {path}, got {found:?}"
        );
    }
}

#[test]
fn what_clients_send_is_taken() {
    let cases = [
        ("POST", MESSAGES, json!({ "content": "x", "nonce": u64::MAX, "enforce_nonce": true, "tts": false })),
        (
            "POST",
            MESSAGES,
            json!({
                "embeds": [{ "type": "rich", "title": "T", "fields": [], "image": { "url": "attachment://a.png" } }],
                "allowed_mentions": { "parse": [], "users": ["1"], "roles": [], "replied_user": false },
                "attachments": [{ "id": 0, "filename": "a.png", "description": null }],
                "components": [{ "type": 1, "components": [
                    { "type": 2, "style": 1, "label": "Nhận", "custom_id": "a", "disabled": false },
                    { "type": 2, "style": 5, "label": "Xem", "url": "https://example.org/ả" },
                ] }],
            }),
        ),
        ("PATCH", "/channels/{}/messages/{}", json!({ "content": null, "tts": false })),
        ("POST", CALLBACK, json!({ "type": 6, "data": null })),
        ("POST", CALLBACK, json!({ "type": 5, "data": { "flags": 64 } })),
        ("POST", CALLBACK, json!({ "type": 8, "data": { "choices": [{ "name": "n", "value": "v" }] } })),
        (
            "PUT",
            COMMANDS,
            json!([{
                "name": "case", "description": "d", "type": 1, "nsfw": false, "contexts": [0],
                "default_member_permissions": "17179869184", "name_localizations": { "vi": "hồ-sơ" },
                "options": [{
                    "type": 3, "name": "text", "description": "d", "required": false, "choices": [],
                    "options": [], "channel_types": [], "min_value": null, "autocomplete": false,
                }],
            }]),
        ),
        ("POST", "/channels/{}/messages/{}/threads", json!({ "name": "x", "type": 11 })),
        ("PATCH", "/channels/{}", json!({ "archived": true, "locked": false })),
        ("DELETE", "/channels/{}", json!({ "whatever": 1 })),
    ];
    for (method, route, body) in cases {
        let found = wrong(method, route, &body);
        assert!(found.is_empty(), "{method} {route} {body}: {found:?}");
    }
}
