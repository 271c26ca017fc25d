//! What Discord refuses, as pure functions: no state but what is handed in, no clock, no socket.
//!
//! [`check_request`] looks at a JSON body, [`permissions`] at who may do what, [`ratelimit`] at how often,
//! [`fault`] at what a test wants to go wrong. Answers come as [`ApiError`], whose JSON is Discord's.

pub mod api_error;
pub mod fault;
pub mod limits;
pub mod permissions;
pub mod ratelimit;
pub mod schema;
mod schema_errors;

pub use api_error::{ApiError, FormErrors};

use serde_json::Value;

/// Would Discord take this JSON body? `route` is a template such as `/channels/{channel_id}/messages` (without
/// `/api/v10`; the names inside the braces do not matter). Routes without a known body are taken.
///
/// # Errors
/// The first refusal in Discord's order: the form (50035 with a path for each field), then the content (50006 …).
pub fn check_request(method: &str, route: &str, body: &Value) -> Result<(), ApiError> {
    check_request_with_files(method, route, body, 0)
}

/// [`check_request`] for a multipart request: `body` is its `payload_json`, `files` the number of `files[n]` parts
/// (a message that has nothing but files is not empty).
///
/// # Errors
/// See [`check_request`].
pub fn check_request_with_files(
    method: &str,
    route: &str,
    body: &Value,
    files: usize,
) -> Result<(), ApiError> {
    let route = normalise(route);
    schema::check(method, &route, body)?;
    limits::check(method, &route, body, files)
}

/// `/channels/{channel_id}/messages` → `/channels/{}/messages`: the sandbox, the description and the limits name
/// the parameters differently.
fn normalise(route: &str) -> String {
    let mut out = String::with_capacity(route.len());
    let mut inside = false;
    for letter in route.chars() {
        match letter {
            '{' => {
                inside = true;
                out.push_str("{}");
            }
            '}' => inside = false,
            _ if inside => {}
            _ => out.push(letter),
        }
    }
    out
}
