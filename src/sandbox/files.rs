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
        let link = format!("{}/attachments/{channel}/{id}/{}", self.origin, encoded(&file.name));
        let link = self.signed(&link, id);
        let mut stored = json!({
            "id": id.to_string(), "filename": file.name, "size": file.bytes.len(), "url": link,
            "proxy_url": link, "content_type": file.media, "ephemeral": false,
        });
        if let Some((width, height)) = png_size(&file.bytes).or_else(|| jpeg_size(&file.bytes)) {
            stored["width"] = json!(width);
            stored["height"] = json!(height);
        }
        self.files.insert(id, Stored { name: file.name, media: file.media, bytes: file.bytes });
        stored
    }

    /// Attachments with links that are good from now on: Discord signs them anew whenever a message is read
    /// (`reference`, signed attachment links).
    pub(super) fn fresh_links(&self, attachments: &[Value]) -> Vec<Value> {
        let mut fresh = attachments.to_vec();
        for held in &mut fresh {
            let id = held["id"].as_str().and_then(|id| id.parse().ok()).unwrap_or_default();
            let link = self.signed(held["url"].as_str().unwrap_or_default(), id);
            held["url"] = json!(link);
            held["proxy_url"] = json!(link);
        }
        fresh
    }

    fn signed(&self, link: &str, id: u64) -> String {
        let plain = link.split('?').next().unwrap_or_default();
        let (from, until) = (self.now() / 1_000, (self.now() + LINK_HOLDS) / 1_000);
        format!("{plain}?ex={until:x}&is={from:x}&hm={:x}", signature(id, until))
    }

    /// The file behind a link, while its signature holds.
    pub(super) fn linked(&self, path: &str, query: &str) -> Option<Stored> {
        let id: u64 = path.split('/').nth(3)?.parse().ok()?;
        let part = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
        let until = i64::from_str_radix(part("ex")?, 16).ok()?;
        let good = u64::from_str_radix(part("hm")?, 16).ok()? == signature(id, until);
        self.files.get(&id).filter(|_| good && until.saturating_mul(1_000) > self.now()).cloned()
    }
}

/// What ties a link to its file and its end.
fn signature(id: u64, until: i64) -> u64 {
    (id ^ until.unsigned_abs().rotate_left(17)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// A file's name as Discord's links carry it.
pub(super) fn encoded(name: &str) -> String {
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
