//! What is in a message: words, files, and what can only be named.

use serde_json::Value;

use super::raw::{id, is_there, list, text, typed};
use crate::kernel::extra::Extra;
use crate::kit::option::Attached;
use crate::language::fold;

/// A component that shows text (`components/reference`, text display).
const TEXT_DISPLAY: u64 = 10;
/// So many pieces of text are taken over: more than Discord's ten embeds have.
const MOST_PARTS: usize = 1_000;

/// What is in a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content {
    /// The words, its own and those it passes on.
    pub text: String,
    /// The files.
    pub files: Vec<Attached>,
    /// What can only be named.
    pub extras: Vec<Extra>,
}

impl Content {
    /// Whether nothing at all is in it, not even a sign that nobody sees.
    pub fn is_nothing(&self) -> bool {
        self.text.is_empty() && self.files.is_empty() && self.extras.is_empty()
    }
}

/// What is in this message.
pub fn content(message: &Value) -> Content {
    let mut content = own(message);
    let snapshots: Vec<&Value> = list(&message["message_snapshots"]).collect();
    for snapshot in &snapshots {
        // Discord puts each into an object of its own; the library takes it out.
        let held = snapshot.get("message").unwrap_or(snapshot);
        let mut passed = own(held);
        if fold::is_blank(&passed.text) {
            passed.text = fold::clean_input(&shown(held));
        }
        if passed.is_nothing() {
            passed.extras.push(Extra::Other);
        }
        if !passed.text.is_empty() {
            let before = if content.text.is_empty() { "" } else { "\n" };
            content.text = format!("{}{before}{}", content.text, passed.text);
        }
        content.files.append(&mut passed.files);
        content.extras.append(&mut passed.extras);
    }
    let forwards = message["message_reference"]["type"] == 1;
    if !snapshots.is_empty() || forwards {
        if snapshots.is_empty() {
            content.extras.insert(0, Extra::Other);
        }
        content.extras.insert(0, Extra::Forwarded);
    }
    content
}

fn own(message: &Value) -> Content {
    let mut content = Content { text: typed(&message["content"]).unwrap_or_default(), ..Content::default() };
    for file in list(&message["attachments"]) {
        match attached(file) {
            Some(file) => content.files.push(file),
            None => content.extras.push(Extra::NotReceived { name: file_name(file), size: size(file) }),
        }
        if let Some(seconds) = file["duration_secs"].as_f64().filter(|_| is_there(&file["waveform"])) {
            content.extras.push(Extra::Voice { seconds: whole(seconds) });
        }
    }
    for sticker in list(&message["sticker_items"]) {
        content.extras.push(Extra::Sticker { name: name(&sticker["name"]) });
    }
    let poll = &message["poll"];
    if is_there(poll) {
        let answers = list(&poll["answers"]).map(|answer| {
            let media = &answer["poll_media"];
            let said = name(&media["text"]);
            if said.is_empty() { name(&media["emoji"]["name"]) } else { said }
        });
        let answers = answers.collect();
        content.extras.push(Extra::Poll { question: name(&poll["question"]["text"]), answers });
    }
    if is_there(&message["activity"]) {
        content.extras.push(Extra::Activity { name: name(&message["application"]["name"]) });
    }
    content
}

/// What a message shows that has no words of its own: its embeds and text components.
fn shown(message: &Value) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for embed in list(&message["embeds"]).take(10) {
        parts.extend(text(&embed["author"]["name"]));
        parts.extend(text(&embed["title"]));
        parts.extend(text(&embed["description"]));
        for field in list(&embed["fields"]).take(25) {
            parts.extend(text(&field["name"]));
            parts.extend(text(&field["value"]));
        }
        parts.extend(text(&embed["footer"]["text"]));
        parts.extend(text(&embed["url"]));
    }
    let mut open: Vec<&Value> = list(&message["components"]).collect();
    open.reverse();
    while let Some(component) = open.pop() {
        if component["type"].as_u64() == Some(TEXT_DISPLAY) {
            parts.extend(text(&component["content"]));
        }
        if parts.len() > MOST_PARTS {
            break;
        }
        let within: Vec<&Value> = list(&component["components"]).collect();
        open.extend(within.into_iter().rev());
    }
    parts.join("\n")
}

/// A file that can be fetched.
pub fn attached(file: &Value) -> Option<Attached> {
    let media = text(&file["content_type"]).unwrap_or("application/octet-stream");
    Some(Attached {
        name: file_name(file),
        media: media.to_owned(),
        size: size(file),
        url: text(&file["url"]).filter(|url| !url.is_empty())?.to_owned(),
    })
}

fn size(file: &Value) -> i64 {
    file["size"].as_i64().or_else(|| id(&file["size"]).and_then(|size| i64::try_from(size).ok())).unwrap_or(0)
}

/// A file's name that hides nothing and can be sent on: one line, no folders, nothing that turns the direction of writing.
fn file_name(file: &Value) -> String {
    let folder = |letter: char| matches!(letter, '/' | '\\' | '"' | '\n' | '\t');
    let name: String = typed(&file["filename"])
        .unwrap_or_default()
        .chars()
        .map(|letter| if folder(letter) { '_' } else { letter })
        .take(200)
        .collect();
    if fold::is_blank(&name) { "file".to_owned() } else { name }
}

/// A name on one line, of a length that people read.
fn name(value: &Value) -> String {
    let name = typed(value).unwrap_or_default();
    name.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(300).collect()
}

/// Whole seconds; a spoken message is at least one long.
fn whole(seconds: f64) -> i64 {
    let length = std::time::Duration::try_from_secs_f64(seconds).unwrap_or_default();
    i64::try_from(length.as_secs()).unwrap_or(0).max(1)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Extra, content};

    #[test]
    fn forwarded_words_are_the_words_and_what_has_none_is_named() {
        let forwarded = content(&json!({
            "content": "", "message_reference": { "type": 1, "message_id": "1", "channel_id": "2" },
            "message_snapshots": [{ "message": { "content": "Mạng lại rớt", "attachments": [] } }],
        }));
        assert_eq!((forwarded.text.as_str(), forwarded.extras), ("Mạng lại rớt", vec![Extra::Forwarded]));
        let embed = content(&json!({
            "content": "", "message_snapshots": [{ "content": "", "embeds": [{ "title": "Hóa đơn", "description": "300.000đ" }] }],
        }));
        assert_eq!(embed.text, "Hóa đơn\n300.000đ");
        let components = content(&json!({
            "content": "", "message_snapshots": [{ "message": { "components": [
                { "type": 17, "components": [{ "type": 10, "content": "Thông báo" }, { "type": 99 }] },
            ] } }],
        }));
        assert_eq!(components.text, "Thông báo");
        let empty = content(&json!({ "message_reference": { "type": 1 }, "message_snapshots": [] }));
        assert_eq!(empty.extras, [Extra::Forwarded, Extra::Other]);
        let poll = content(&json!({ "poll": {
            "question": { "text": "Mấy giờ?" }, "answers": [{ "poll_media": { "text": "9h" } }, { "poll_media": {} }],
        } }));
        let answers = vec!["9h".to_owned(), String::new()];
        assert_eq!(poll.extras, [Extra::Poll { question: "Mấy giờ?".to_owned(), answers }]);
    }
}
