//! Threads and channels: names. <https://docs.discord.com/developers/resources/channel> (modify channel, start thread).

use serde_json::Value;

use crate::sandbox::rules::FormErrors;

/// Checks a new or changed thread or channel. A name of spaces is none.
pub fn check(body: &Value, errors: &mut FormErrors) {
    if let Some(name) = body["name"].as_str()
        && name.trim().is_empty()
    {
        errors.add("name", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.");
    }
}
