//! Files that people send: fetched and kept under `data-dir` before anybody is told so, once by their content, as long as a
//! complaint needs them.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::rest::{DownloadError, FilePart, Sender};
use crate::desk::Desk;
use crate::disk;
use crate::domain::command::Refusal;
use crate::domain::complaint::FileRef;
use crate::kernel::extra::Extra;
use crate::kernel::ids::UserId;
use crate::kit::option::Attached;
use crate::store;

/// Discord's default limit of one uploaded file (bytes; `reference`, uploading files): 10 MiB.
pub const LIMIT: i64 = 10 * 1024 * 1024;

/// The most that goes with one message (bytes): Discord takes requests of 25 MiB, words included.
const OF_A_MESSAGE: i64 = 24 * 1024 * 1024;

/// Files in as many parts as messages are needed to carry them, in order.
pub fn by_message(files: &[FileRef]) -> Vec<&[FileRef]> {
    let (mut parts, mut rest) = (Vec::new(), files);
    while !rest.is_empty() {
        let mut size = 0;
        let fits = rest.iter().take_while(|file| {
            size += file.size;
            size <= OF_A_MESSAGE
        });
        let (part, after) = rest.split_at(fits.count().max(1));
        parts.push(part);
        rest = after;
    }
    parts
}

/// Where files are kept.
pub fn folder(data_dir: &Path) -> PathBuf {
    data_dir.join("files")
}

/// How much is kept for one person: customers have a limit, staff have none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// As much as the configuration says.
    Customer,
    /// Whatever the work needs.
    Staff,
}

/// A file that could not be had, for whoever sends the form it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// What is known of it.
    pub extra: Extra,
    /// Whether there was no room for it.
    pub over_quota: bool,
}

/// What stands for the media type of a file for which there was no room.
const NO_ROOM: &str = "no-room";

/// The kept files.
#[derive(Clone)]
pub struct Keeper {
    folder: PathBuf,
    desk: Desk,
    per_person: i64,
}

impl Keeper {
    /// Keeps files under `data_dir/files`, of a customer so many bytes.
    pub fn new(data_dir: &Path, desk: Desk, per_person: i64) -> Self {
        Self { folder: folder(data_dir), desk, per_person }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Fetches and keeps files of a person for the request `key`.
    ///
    /// # Errors
    ///
    /// A [`Refusal`] names the first file that is too large or could not be had; nothing is kept then for longer than a day.
    pub async fn keep(
        &self,
        sender: &Sender,
        key: &str,
        (person, room): (UserId, Room),
        files: &[Attached],
    ) -> Result<Vec<FileRef>, Refusal> {
        if let Some(large) = files.iter().find(|file| file.size > LIMIT) {
            return Err(Refusal::FileTooLarge { name: large.name.clone(), limit: LIMIT });
        }
        let mut kept = Vec::with_capacity(files.len());
        for (place, file) in files.iter().enumerate() {
            kept.push(self.keep_one(sender, (key, place), (person, room), file).await?);
        }
        Ok(kept)
    }

    /// Fetches and keeps what can be had of the files of a message; each of the others comes back with the reason.
    pub async fn keep_each(
        &self,
        sender: &Sender,
        key: &str,
        whose: (UserId, Room),
        files: &[Attached],
    ) -> (Vec<FileRef>, Vec<(Attached, Refusal)>) {
        let (mut kept, mut lost) = (Vec::new(), Vec::new());
        for (place, file) in files.iter().enumerate() {
            if file.size > LIMIT {
                let name = file.name.clone();
                lost.push((file.clone(), Refusal::FileLeftOut { name, limit: LIMIT }));
                continue;
            }
            match self.keep_one(sender, (key, place), whose, file).await {
                Ok(file) => kept.push(file),
                Err(refusal) => lost.push((file.clone(), refusal)),
            }
        }
        (kept, lost)
    }

    async fn keep_one(
        &self,
        sender: &Sender,
        (key, place): (&str, usize),
        (person, room): (UserId, Room),
        file: &Attached,
    ) -> Result<FileRef, Refusal> {
        // A repeated request finds what the first one fetched.
        let before = store::upload::of_request(self.desk.db(), key).await.unwrap_or_default();
        let mut before = before.into_iter().filter(|(held, _)| usize::try_from(*held) == Ok(place));
        if let Some((_, held)) = before.next().filter(|(_, held)| !held.kept.is_empty())
            && self.stands(&held).await
        {
            return Ok(held);
        }
        if room == Room::Customer && !self.has_room(person, file.size).await {
            return Err(Refusal::FilesFull { name: file.name.clone(), limit: self.per_person });
        }
        let bytes = self.fetch(sender, file).await.map_err(|error| {
            tracing::warn!(key, %error, "file not fetched");
            Refusal::FileLost { name: file.name.clone() }
        })?;
        let failed = || Refusal::FileNotKept { name: file.name.clone() };
        let kept = hash(&bytes);
        let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        let held = FileRef { name: file.name.clone(), media: file.media.clone(), size, kept };
        // Noted first: whoever lets go of the same content looks once more before it is gone.
        self.desk.uploads().note(key, place, held.clone(), person).await.map_err(|error| {
            tracing::error!(key, %error, "file not noted");
            failed()
        })?;
        if !self.stands(&held).await {
            self.write(self.folder.join(&held.kept), bytes).await.map_err(|error| {
                tracing::error!(key, %error, "file not kept");
                failed()
            })?;
        }
        Ok(held)
    }

    /// Whether so much more of a customer may be kept. What cannot be known is no.
    async fn has_room(&self, person: UserId, more: i64) -> bool {
        match store::upload::size_of(self.desk.db(), person).await {
            Ok(held) => held.saturating_add(more) <= self.per_person,
            Err(error) => {
                tracing::error!(%error, "nobody knows how much is kept for a customer");
                true
            }
        }
    }

    /// Whether a file is kept.
    pub async fn stands(&self, file: &FileRef) -> bool {
        match self.place(&file.kept) {
            Some(place) => tokio::fs::metadata(place).await.is_ok(),
            None => false,
        }
    }

    async fn fetch(&self, sender: &Sender, file: &Attached) -> Result<Vec<u8>, DownloadError> {
        sender.download(&file.url, usize::try_from(LIMIT).unwrap_or(usize::MAX)).await
    }

    async fn write(&self, path: PathBuf, bytes: Vec<u8>) -> std::io::Result<()> {
        let written = tokio::task::spawn_blocking(move || disk::write_whole(&path, &bytes)).await;
        written.unwrap_or_else(|_| Err(std::io::ErrorKind::Other.into()))
    }

    /// Where a file is kept. A name may come out of a backup that somebody made up: one that is not plain is none of ours.
    fn place(&self, name: &str) -> Option<PathBuf> {
        let plain = disk::is_plain(name);
        if !plain {
            tracing::error!(?name, "no name of a kept file: it is left alone");
        }
        plain.then(|| self.folder.join(name))
    }

    /// Keeps the name of a file that could not be had, for a form that comes back later.
    pub async fn remember_lost(&self, key: &str, file: &Attached, person: UserId, why: &Refusal) {
        let media = if matches!(why, Refusal::FilesFull { .. }) { NO_ROOM } else { "" }.to_owned();
        let lost = FileRef { name: file.name.clone(), media, size: file.size, kept: String::new() };
        if let Err(error) = self.desk.uploads().note(key, 0, lost, person).await {
            tracing::error!(key, %error, "name of a file not kept");
        }
    }

    /// What is known of a file that could not be had for the request `key`.
    pub async fn lost_of(&self, key: &str) -> Lost {
        let held = store::upload::of_request(self.desk.db(), key).await.unwrap_or_default();
        let known = held.into_iter().next().map(|(_, file)| file);
        let over_quota = known.as_ref().is_some_and(|file| file.media == NO_ROOM);
        let (name, size) = known.map(|file| (file.name, file.size)).unwrap_or_default();
        Lost { extra: Extra::NotReceived { name, size }, over_quota }
    }

    /// The files that were kept for the request `key` before.
    pub async fn of(&self, key: &str) -> Vec<FileRef> {
        let held = store::upload::of_request(self.desk.db(), key).await.unwrap_or_default();
        let mut files = Vec::with_capacity(held.len());
        for (_, file) in held {
            if !file.kept.is_empty() && self.stands(&file).await {
                files.push(file);
            }
        }
        files
    }

    /// The bytes of a kept file; none where it is gone, which the log says.
    pub async fn bytes(&self, file: &FileRef) -> Option<Vec<u8>> {
        match tokio::fs::read(self.place(&file.kept)?).await {
            Ok(bytes) => Some(bytes),
            Err(error) => {
                tracing::error!(file = file.kept, %error, "kept file is gone");
                None
            }
        }
    }

    /// The files as parts of a message; one that is gone is left out.
    pub async fn parts(&self, files: &[FileRef]) -> Vec<FilePart> {
        let mut parts = Vec::with_capacity(files.len());
        for file in files {
            if let Some(bytes) = self.bytes(file).await {
                let (name, content_type) = (file.name.clone(), file.media.clone());
                parts.push(FilePart { name, content_type, bytes });
            }
        }
        parts
    }
}

/// The SHA-256 of some bytes, in hex digits: the name under which they are kept.
pub fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
