//! Payloads as JSON text, with errors that name the table.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::StoreError;

/// Writes a payload.
///
/// # Errors
///
/// [`StoreError`] if the value has no JSON form.
pub fn write<T: Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::payload("(new)", error))
}

/// Reads a payload of `table`.
///
/// # Errors
///
/// [`StoreError`] if the text is not such a payload.
pub fn read<T: DeserializeOwned>(table: &'static str, text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::payload(table, error))
}
