//! Bodies against a reduced copy of Discord's own description of its API (`openapi.json`, whose head says where it
//! comes from). Beyond the description, a field that it does not know is refused: Discord ignores such a field,
//! which hides a misspelling for ever.

use std::{
    collections::BTreeMap,
    sync::{LazyLock, OnceLock},
};

use jsonschema::{Draft, Validator};
use serde_json::{Value, json};

use super::{ApiError, schema_errors};

const DESCRIPTION: &str = include_str!("openapi.json");

/// Is `body` what Discord's description says for this route? `route` has empty braces. Routes that take no body
/// are not looked at.
///
/// # Errors
/// 50035 with the fields that are missing, unknown or of the wrong type.
pub fn check(method: &str, route: &str, body: &Value) -> Result<(), ApiError> {
    let key = (method.to_ascii_lowercase(), route.to_owned());
    match ROUTES.get(&key) {
        Some(route) => schema_errors::translate(route.validator().iter_errors(body)),
        None => Ok(()),
    }
}

/// Compiled at the first request of its route: most runs use few of them.
struct Route {
    body: Value,
    compiled: OnceLock<Validator>,
}

impl Route {
    fn validator(&self) -> &Validator {
        self.compiled.get_or_init(|| {
            let mut document = self.body.clone();
            document["components"] = json!({ "schemas": *SCHEMAS });
            jsonschema::options()
                .with_draft(Draft::Draft202012)
                .should_validate_formats(true)
                .with_format("snowflake", |text: &str| text.parse::<u64>().is_ok())
                .with_format("uri", well_formed)
                .build(&document)
                .expect("the embedded description compiles, a test compiles all of it")
        })
    }
}

/// Stricter readers of addresses refuse letters outside ASCII, which Discord takes.
fn well_formed(address: &str) -> bool {
    address.split_once("://").is_some_and(|(scheme, rest)| {
        !scheme.is_empty()
            && scheme.chars().all(|letter| letter.is_ascii_alphanumeric())
            && !rest.is_empty()
            && !address.contains(char::is_whitespace)
    })
}

static FULL: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(DESCRIPTION).expect("the embedded description is JSON"));

static SCHEMAS: LazyLock<Value> = LazyLock::new(|| {
    let mut schemas = FULL["schemas"].clone();
    for (names, property, correction) in corrections() {
        for name in names {
            schemas[name]["properties"][property] = correction.clone();
        }
    }
    schemas["SnowflakeType"]["type"] = json!(["string", "integer"]);
    close(&mut schemas);
    schemas
});

static ROUTES: LazyLock<BTreeMap<(String, String), Route>> = LazyLock::new(|| {
    let mut routes = BTreeMap::new();
    for (path, methods) in FULL["bodies"].as_object().into_iter().flatten() {
        for (method, body) in methods.as_object().into_iter().flatten() {
            let mut body = body.clone();
            if path == "/channels/{channel_id}/permissions/{overwrite_id}" {
                body["properties"]["allow"] = permission_bits();
                body["properties"]["deny"] = permission_bits();
            }
            close(&mut body);
            routes
                .insert((method.clone(), super::normalise(path)), Route { body, compiled: OnceLock::new() });
        }
    }
    routes
});

/// Where Discord's documentation knows more than its description, and what usual clients really send and Discord
/// really takes: schemas, property, its schema.
fn corrections() -> Vec<(&'static [&'static str], &'static str, Value)> {
    const COMMANDS: &[&str] = &[
        "ApplicationCommandCreateRequest",
        "ApplicationCommandUpdateRequest",
        "ApplicationCommandPatchRequestPartial",
    ];
    vec![
        // Bit sets are strings of digits: topics/permissions.
        (COMMANDS, "default_member_permissions", permission_bits()),
        (&["CreateRoleRequest", "UpdateRoleRequestPartial"], "permissions", permission_bits()),
        (&["ChannelPermissionOverwriteRequest"], "allow", permission_bits()),
        (&["ChannelPermissionOverwriteRequest"], "deny", permission_bits()),
        // interactions/application-commands, Create Global Application Command.
        (COMMANDS, "nsfw", json!({ "type": ["boolean", "null"] })),
        // discord.js names the type of the thread here too; Discord knows it from the channel.
        (&["CreateTextThreadWithMessageRequest"], "type", json!({ "enum": [10, 11, null] })),
        // A field of the embed object (resources/message); discord.py sends it along.
        (&["RichEmbed"], "flags", json!({ "type": ["integer", "null"] })),
        // discord.py draws 64 bits without a sign.
        (
            &["MessageCreateRequest"],
            "nonce",
            json!({ "anyOf": [{ "type": ["integer", "null"] }, { "type": "string", "maxLength": 25 }] }),
        ),
    ]
}

fn permission_bits() -> Value {
    json!({ "anyOf": [{ "type": ["integer", "null"], "minimum": 0 }, { "type": "string", "pattern": "^[0-9]+$" }] })
}

/// Closes every object schema, at any depth. A field the description does not know may still say nothing: clients send
/// `"options": []` with every kind of command option and `"tts": false` with every edit.
fn close(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            if fields.contains_key("properties") && !fields.contains_key("additionalProperties") {
                fields.insert("additionalProperties".to_owned(), json!({ "enum": [null, false, [], {}] }));
            }
            for (_, inner) in fields.iter_mut() {
                close(inner);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

#[cfg(test)]
#[path = "schema_tests.rs"]
mod tests;
