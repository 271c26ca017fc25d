//! Files: uploads, and the signed links to them that expire.

use serde_json::{Value, json};

use super::world::{Stored, World};

/// How long a link to a file is good.
const LINK_HOLDS: i64 = 24 * 60 * 60_000;
/// The largest upload (bytes; `reference`, uploading files).
pub(super) const UPLOAD_LIMIT: usize = 10 * 1024 * 1024;

/// A file on its way up.
#[derive(Clone, Debug)]
pub(super) struct Upload {
    pub(super) name: String,
    pub(super) media: String,
    pub(super) bytes: Vec<u8>,
}

impl World {
    /// Keeps a file; the attachment object.
    pub(super) fn store_file(&mut self, channel: u64, file: Upload) -> Value {
        let id = self.next_id();
        let expires_ms = self.now() + LINK_HOLDS;
        let mut link = format!("{}/attachments/{channel}/{id}/{}", self.origin, encoded(&file.name));
        link = format!("{link}?ex={:x}&is={:x}&hm={:x}", expires_ms / 1_000, self.now() / 1_000, id);
        let mut stored = json!({
            "id": id.to_string(), "filename": file.name, "size": file.bytes.len(), "url": link,
            "proxy_url": link, "content_type": file.media, "ephemeral": false,
        });
        if let Some((width, height)) = png_size(&file.bytes).or_else(|| jpeg_size(&file.bytes)) {
            stored["width"] = json!(width);
            stored["height"] = json!(height);
        }
        self.files.insert(id, Stored { name: file.name, media: file.media, bytes: file.bytes, expires_ms });
        stored
    }
}

/// A file's name as Discord's links carry it.
fn encoded(name: &str) -> String {
    name.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

/// Width and height of a PNG, from its first chunk.
fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    if !bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return None;
    }
    let number = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    Some((number(16)?, number(20)?))
}

/// Width and height of a JPEG, from its frame header.
fn jpeg_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut at = 2;
    if !bytes.starts_with(&[0xFF, 0xD8]) {
        return None;
    }
    loop {
        let head = bytes.get(at..at + 9)?;
        let length = usize::from(u16::from_be_bytes([head[2], head[3]]));
        // Every frame header but the tables that share its range (DHT, JPG, DAC).
        if head[0] == 0xFF && (0xC0..=0xCF).contains(&head[1]) && ![0xC4, 0xC8, 0xCC].contains(&head[1]) {
            let size = |at: usize| u32::from(u16::from_be_bytes([head[at], head[at + 1]]));
            return Some((size(7), size(5)));
        }
        at += 2 + length.max(2);
    }
}
