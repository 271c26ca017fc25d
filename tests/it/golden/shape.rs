//! What a stored value is made of: the names of its variants and the keys of its objects, by the path to them.

use std::collections::BTreeSet;

use serde_json::Value;

/// Keys that say which variant an object is.
const TAGS: [&str; 20] = [
    "fact",
    "letter",
    "post",
    "as",
    "answer",
    "told",
    "step",
    "disposition",
    "clarifying",
    "goodwill",
    "about",
    "speech",
    "refusal",
    "word",
    "asks",
    "choice",
    "kind",
    "entry",
    "stage",
    "extra",
];
/// Keys whose values are words of people, or names that a configuration gives.
const WORDS: [&str; 16] = [
    "text", "name", "words", "wish", "contact", "summary", "outcome", "title", "category", "question",
    "news", "area", "url", "kept", "media", "old",
];

/// Everything that this value is an example of.
pub fn features(kind: &str, value: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    walk(kind, "", value, &mut found);
    found
}

/// The variants that an object is, as its tags say.
fn variant(fields: &serde_json::Map<String, Value>) -> String {
    let named =
        TAGS.iter().filter_map(|tag| Some((tag, fields.get(*tag)?.as_str().filter(|name| is_name(name))?)));
    named.map(|(tag, name)| format!("<{tag}={name}>")).collect()
}

/// Whether it can be the stored name of a variant.
pub fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.len() < 40
        && text.chars().all(|held| held.is_ascii_lowercase() || held == '-')
}

fn walk(path: &str, key: &str, value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            let path = format!("{path}{}", variant(fields));
            let mut keys: Vec<&str> = fields.keys().map(|key| plain(key)).collect();
            keys.sort_unstable();
            keys.dedup();
            found.insert(format!("{path} {{{}}}", keys.join(" ")));
            for (key, value) in fields {
                walk(&format!("{path}.{}", plain(key)), key, value, found);
            }
        }
        Value::Array(values) => {
            found.insert(format!("{path} [{}]", if values.is_empty() { "" } else { "…" }));
            for value in values {
                walk(&format!("{path}[]"), key, value, found);
            }
        }
        Value::String(text) if is_name(text) && !WORDS.contains(&key) => {
            found.insert(format!("{path} = {text}"));
        }
        Value::String(_) => {
            found.insert(format!("{path} = \"…\""));
        }
        Value::Number(_) => {
            found.insert(format!("{path} = 0"));
        }
        Value::Bool(held) => {
            found.insert(format!("{path} = {held}"));
        }
        Value::Null => {
            found.insert(format!("{path} = null"));
        }
    }
}

/// A key; one that is a number stands for all numbers.
fn plain(key: &str) -> &str {
    if key.parse::<i64>().is_ok() { "0" } else { key }
}
