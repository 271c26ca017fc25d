//! The documented limits that Discord's description of its API does not hold, one file for each kind of body.

mod command;
mod component;
mod message;
mod modal;
#[cfg(test)]
mod tests;
mod thread;

use serde_json::Value;

use super::{ApiError, FormErrors};
pub use message::is_empty_message;

/// Does `body` keep the documented limits? `route` has empty braces, `files` counts the uploaded parts.
///
/// # Errors
/// 50035 with the fields beyond a limit, 50006 for a message without anything.
pub fn check(method: &str, route: &str, body: &Value, files: usize) -> Result<(), ApiError> {
    let mut errors = FormErrors::default();
    let mut must_say_something = None;
    match (method, route) {
        ("POST", "/channels/{}/messages" | "/webhooks/{}/{}") => {
            message::check(body, "", files, &mut errors);
            must_say_something = Some(body);
        }
        (
            "PATCH",
            "/channels/{}/messages/{}" | "/webhooks/{}/{}/messages/@original" | "/webhooks/{}/{}/messages/{}",
        ) => message::check(body, "", files, &mut errors),
        ("POST", "/interactions/{}/{}/callback") => {
            let data = &body["data"];
            match body["type"].as_u64() {
                Some(4) => {
                    message::check(data, "data", files, &mut errors);
                    must_say_something = Some(data);
                }
                Some(7) => message::check(data, "data", files, &mut errors),
                Some(8) => command::check_choices(data, &mut errors),
                Some(9) => modal::check(data, &mut errors),
                _ => {}
            }
        }
        ("POST", "/channels/{}/threads" | "/channels/{}/messages/{}/threads") | ("PATCH", "/channels/{}") => {
            thread::check(body, &mut errors);
        }
        ("POST", "/users/@me/channels") if body["recipient_id"].is_null() => {
            errors.add("recipient_id", "BASE_TYPE_REQUIRED", "This field is required");
        }
        ("POST", "/applications/{}/commands" | "/applications/{}/guilds/{}/commands") => {
            command::check(body, "", &mut errors);
        }
        ("PATCH", "/applications/{}/commands/{}" | "/applications/{}/guilds/{}/commands/{}") => {
            command::check_change(body, &mut errors);
        }
        ("PUT", "/applications/{}/commands" | "/applications/{}/guilds/{}/commands") => {
            command::check_all(body, &mut errors)?;
        }
        _ => {}
    }
    errors.into_result()?;
    match must_say_something {
        Some(message) if is_empty_message(message, files) => Err(ApiError::empty_message()),
        _ => Ok(()),
    }
}

/// `embeds` + `0` → `embeds.0`, without a leading dot.
fn at(path: &str, part: impl std::fmt::Display) -> String {
    if path.is_empty() { part.to_string() } else { format!("{path}.{part}") }
}

/// Discord counts code points.
fn length(value: &Value) -> usize {
    value.as_str().map_or(0, |text| text.chars().count())
}

fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn too_long(path: &str, limit: usize, errors: &mut FormErrors) {
    errors.add(path, "BASE_TYPE_MAX_LENGTH", format!("Must be {limit} or fewer in length."));
}
