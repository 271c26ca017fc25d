//! Commands and autocomplete at and beyond each documented limit.

use serde_json::{Value, json};

use super::{CALLBACK, letters, refusal, refused, taken};

const COMMANDS: &str = "/applications/{id}/commands";

fn command(extra: Value) -> Value {
    let mut command = json!({ "name": "case", "description": "d" });
    for (key, value) in extra.as_object().into_iter().flatten() {
        command[key] = value.clone();
    }
    command
}

fn option(kind: u8, name: &str, extra: Value) -> Value {
    let mut option = json!({ "type": kind, "name": name, "description": "d" });
    for (key, value) in extra.as_object().into_iter().flatten() {
        option[key] = value.clone();
    }
    option
}

#[test]
fn commands_keep_their_rules() {
    let group = option(
        2,
        "b",
        json!({ "options": [option(1, "c", json!({ "options": [option(3, "d", json!({}))] }))] }),
    );
    taken("POST", COMMANDS, command(json!({ "options": [group] })));
    taken("POST", COMMANDS, command(json!({ "name_localizations": { "vi": "khiếu-nại-của-tôi" } })));
    taken(
        "POST",
        COMMANDS,
        json!({ "name": "Send to customer", "type": 3, "name_localizations": { "vi": "Gửi cho khách" } }),
    );

    let twenty_six: Vec<Value> = (0..26).map(|n| option(3, &format!("o{n}"), json!({}))).collect();
    let choices: Vec<Value> =
        (0..26).map(|n| json!({ "name": n.to_string(), "value": n.to_string() })).collect();
    let heavy: Vec<Value> = (0..25)
        .map(|n| {
            let choices: Vec<Value> =
                (0..10).map(|m| json!({ "name": format!("{m}{}", letters(30)), "value": "v" })).collect();
            option(3, &format!("o{n}"), json!({ "choices": choices }))
        })
        .collect();
    let cases = [
        (command(json!({ "name": "Case" })), "name: APPLICATION_COMMAND_INVALID_NAME"),
        (command(json!({ "name": "my case" })), "name: APPLICATION_COMMAND_INVALID_NAME"),
        (command(json!({ "name": letters(33) })), "name: BASE_TYPE_MAX_LENGTH"),
        // The same word decomposed: combining marks are not letters.
        (
            command(json!({ "name_localizations": { "vi": "khie\u{302}\u{301}u" } })),
            "name_localizations.vi: APPLICATION_COMMAND_INVALID_NAME",
        ),
        (
            command(json!({ "name_localizations": { "vi": "Khiếu" } })),
            "name_localizations.vi: APPLICATION_COMMAND_INVALID_NAME",
        ),
        (command(json!({ "name_localizations": { "vn": "x" } })), "name_localizations.vn: BASE_TYPE_CHOICES"),
        (command(json!({ "description": "" })), "description: BASE_TYPE_REQUIRED"),
        (command(json!({ "description": letters(101) })), "description: BASE_TYPE_MAX_LENGTH"),
        (
            command(json!({ "description_localizations": { "vi": letters(101) } })),
            "description_localizations.vi: BASE_TYPE_MAX_LENGTH",
        ),
        (command(json!({ "type": 3 })), "description: APPLICATION_COMMAND_FIELD_NOT_ALLOWED"),
        (command(json!({ "options": twenty_six })), "options: BASE_TYPE_MAX_LENGTH"),
        (
            command(
                json!({ "options": [option(3, "a", json!({})), option(3, "b", json!({ "required": true }))] }),
            ),
            "options.1: APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
        ),
        (
            command(json!({ "options": [option(3, "a", json!({})), option(3, "a", json!({}))] })),
            "options.1.name: APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
        ),
        (
            command(json!({ "options": [option(1, "a", json!({})), option(3, "b", json!({}))] })),
            "options.1.type: APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
        ),
        (
            command(json!({ "options": [option(3, "a", json!({ "choices": choices }))] })),
            "options.0.choices: BASE_TYPE_MAX_LENGTH",
        ),
        (
            command(
                json!({ "options": [option(3, "a", json!({ "autocomplete": true, "choices": [{ "name": "n", "value": "v" }] }))] }),
            ),
            "options.0.autocomplete: APPLICATION_COMMAND_AUTOCOMPLETE_WITH_CHOICES",
        ),
        (command(json!({ "options": heavy })), ": APPLICATION_COMMAND_TOO_LARGE"),
    ];
    for (body, wanted) in cases {
        refused("POST", COMMANDS, body, wanted);
    }
    refused(
        "PUT",
        COMMANDS,
        json!([command(json!({})), command(json!({}))]),
        "1.name: APPLICATION_COMMANDS_DUPLICATE_NAME",
    );
    let many: Vec<Value> = (0..101).map(|n| command(json!({ "name": format!("c{n}") }))).collect();
    assert_eq!(refusal("PUT", COMMANDS, &json!(many), 0).0, 30032);
    let menus: Vec<Value> = (0..16).map(|n| json!({ "name": format!("m{n}"), "type": 3 })).collect();
    assert_eq!(refusal("PUT", COMMANDS, &json!(menus), 0).0, 30032);
}

#[test]
fn autocomplete_has_twenty_five_choices() {
    let answer = |count: usize| {
        let choices: Vec<Value> =
            (0..count).map(|n| json!({ "name": n.to_string(), "value": n.to_string() })).collect();
        json!({ "type": 8, "data": { "choices": choices } })
    };
    taken("POST", CALLBACK, answer(25));
    refused("POST", CALLBACK, answer(26), "data.choices: BASE_TYPE_MAX_LENGTH");
    let long = json!({ "type": 8, "data": { "choices": [{ "name": "n", "value": letters(101) }] } });
    refused("POST", CALLBACK, long, "data.choices.0.value: BASE_TYPE_MAX_LENGTH");
}
