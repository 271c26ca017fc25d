//! Messages: content, embeds, mentions, files.
//! <https://docs.discord.com/developers/resources/message> (create message, embed limits, allowed mentions object).

use serde_json::Value;

use super::{at, component, items, length, too_long};
use crate::sandbox::rules::FormErrors;

/// Characters of content for an application; the description's 4,000 are those of Nitro users.
const CONTENT: usize = 2000;
/// Characters of all embeds of a message in all.
const EMBEDS_IN_ALL: usize = 6000;
/// Uploaded files of one message.
const FILES: usize = 10;
/// Flag `IS_COMPONENTS_V2`.
const COMPONENTS_V2: u64 = 1 << 15;

/// Checks the message at `path` of a body (`""`, or `data` in a callback).
pub fn check(message: &Value, path: &str, files: usize, errors: &mut FormErrors) {
    if length(&message["content"]) > CONTENT {
        too_long(&at(path, "content"), CONTENT, errors);
    }
    if files > FILES {
        too_long(&at(path, "files"), FILES, errors);
    }
    embeds(message, path, errors);
    allowed_mentions(&message["allowed_mentions"], &at(path, "allowed_mentions"), errors);
    attachments(message, path, files, errors);
    let second_version = message["flags"].as_u64().unwrap_or(0) & COMPONENTS_V2 != 0;
    if second_version {
        for field in ["content", "embeds", "poll", "sticker_ids"] {
            if says_something(&message[field]) {
                errors.add(
                    &at(path, field),
                    "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                    format!("The '{field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"),
                );
            }
        }
    }
    component::check(&message["components"], &at(path, "components"), second_version, errors);
}

/// Whether Discord would say 50006: no text but spaces, no embed, sticker, component, poll or file, and no forwarded
/// message. The sandbox asks this too of what an edit leaves.
pub fn is_empty_message(message: &Value, files: usize) -> bool {
    let text = message["content"].as_str().is_some_and(|text| !text.trim().is_empty());
    let forwarded = message["message_reference"]["type"] == 1;
    let parts =
        ["embeds", "sticker_ids", "components"].iter().any(|field| !items(&message[*field]).is_empty());
    !text && !parts && !forwarded && files == 0 && message["poll"].is_null()
}

fn says_something(value: &Value) -> bool {
    !(value.is_null() || value == "" || value.as_array().is_some_and(Vec::is_empty))
}

fn embeds(message: &Value, path: &str, errors: &mut FormErrors) {
    let mut total = 0;
    for (index, embed) in items(&message["embeds"]).iter().enumerate() {
        let path = at(&at(path, "embeds"), index);
        total += length(&embed["title"]) + length(&embed["description"]);
        total += length(&embed["footer"]["text"]) + length(&embed["author"]["name"]);
        for (field_index, field) in items(&embed["fields"]).iter().enumerate() {
            total += length(&field["name"]) + length(&field["value"]);
            for part in ["name", "value"] {
                if field[part].as_str().is_some_and(|text| text.trim().is_empty()) {
                    let path = format!("{path}.fields.{field_index}.{part}");
                    errors.add(&path, "BASE_TYPE_REQUIRED", "This field is required");
                }
            }
        }
        for place in ["url", "image.url", "thumbnail.url", "author.icon_url", "author.url", "footer.icon_url"]
        {
            let address = place.split('.').fold(embed, |value, part| &value[part]);
            if let Some(scheme) = address.as_str().and_then(foreign_scheme) {
                errors.add(
                    &at(&path, place),
                    "URL_TYPE_INVALID_SCHEME",
                    format!("Scheme \"{scheme}\" is not supported. Scheme must be one of ('http', 'https')."),
                );
            }
        }
    }
    if total > EMBEDS_IN_ALL {
        errors.add(
            &at(path, "embeds"),
            "MAX_EMBED_SIZE_EXCEEDED",
            format!("Embed size exceeds maximum size of {EMBEDS_IN_ALL}"),
        );
    }
}

fn foreign_scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once("://")?;
    (!matches!(scheme, "http" | "https" | "attachment")).then_some(scheme)
}

/// A kind of mention is either parsed out of the text or listed, never both.
fn allowed_mentions(mentions: &Value, path: &str, errors: &mut FormErrors) {
    for kind in ["users", "roles"] {
        if items(&mentions["parse"]).iter().any(|parsed| parsed == kind) && !items(&mentions[kind]).is_empty()
        {
            errors.add(
                &at(path, "parse"),
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                format!("parse:[\"{kind}\"] and {kind}: [ids...] are mutually exclusive."),
            );
        }
    }
}

/// Every new attachment has its file: its id is the `n` of `files[n]`. Ids of kept attachments are snowflakes.
fn attachments(message: &Value, path: &str, files: usize, errors: &mut FormErrors) {
    let mut seen = std::collections::BTreeSet::new();
    for (index, attachment) in items(&message["attachments"]).iter().enumerate() {
        let id = attachment["id"].as_u64().or_else(|| attachment["id"].as_str()?.parse().ok());
        let Some(id) = id else { continue };
        let path = at(&at(path, "attachments"), index);
        if id < FILES as u64 && id >= files as u64 || !seen.insert(id) {
            errors.add(
                &at(&path, "id"),
                "ATTACHMENT_NOT_FOUND",
                format!("Attachment data for attachment with id {id} not found."),
            );
        }
    }
}
