//! Files on their way: fetched and kept under `data-dir` before anybody is told so, until they are delivered.

use std::path::{Path, PathBuf};

use super::decode::Attached;
use super::rest::{DownloadError, FilePart, Sender};
use crate::disk;
use crate::domain::command::Refusal;
use crate::domain::complaint::FileRef;
use crate::domain::extra::Extra;
use crate::domain::ids::UserId;

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

/// Where files on their way are kept.
pub fn folder(data_dir: &Path) -> PathBuf {
    data_dir.join("files")
}

/// The files on their way.
#[derive(Clone, Debug)]
pub struct Keeper {
    folder: PathBuf,
}

impl Keeper {
    /// Keeps files under `data_dir/files`.
    pub fn new(data_dir: &Path) -> Self {
        Self { folder: folder(data_dir) }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Fetches and keeps files for the request `key`.
    ///
    /// # Errors
    ///
    /// A [`Refusal`] names the first file that is too large or could not be had; nothing is kept then.
    pub async fn keep(
        &self,
        sender: &Sender,
        key: &str,
        files: &[Attached],
    ) -> Result<Vec<FileRef>, Refusal> {
        if let Some(large) = files.iter().find(|file| file.size > LIMIT) {
            return Err(Refusal::FileTooLarge { name: large.name.clone(), limit: LIMIT });
        }
        let mut kept = Vec::with_capacity(files.len());
        for (place, file) in files.iter().enumerate() {
            kept.push(self.keep_one(sender, key, place, file).await?);
        }
        if !kept.is_empty() {
            self.remember(key, &kept).await;
        }
        Ok(kept)
    }

    /// Fetches and keeps what can be had of the files of a message; each of the others comes back with the reason.
    pub async fn keep_each(
        &self,
        sender: &Sender,
        key: &str,
        files: &[Attached],
    ) -> (Vec<FileRef>, Vec<(Attached, Refusal)>) {
        let (mut kept, mut lost) = (Vec::new(), Vec::new());
        for (place, file) in files.iter().enumerate() {
            if file.size > LIMIT {
                let name = file.name.clone();
                lost.push((file.clone(), Refusal::FileLeftOut { name, limit: LIMIT }));
                continue;
            }
            match self.keep_one(sender, key, place, file).await {
                Ok(file) => kept.push(file),
                Err(refusal) => lost.push((file.clone(), refusal)),
            }
        }
        if !kept.is_empty() {
            self.remember(key, &kept).await;
        }
        (kept, lost)
    }

    async fn keep_one(
        &self,
        sender: &Sender,
        key: &str,
        place: usize,
        file: &Attached,
    ) -> Result<FileRef, Refusal> {
        let lost = || Refusal::FileLost { name: file.name.clone() };
        let name = format!("{key}-{place}");
        let path = self.place(&name).ok_or_else(lost)?;
        // A repeated request finds what the first one fetched.
        if tokio::fs::metadata(&path).await.is_err() {
            let bytes = self.fetch(sender, file).await.map_err(|error| {
                tracing::warn!(key, %error, "file not fetched");
                lost()
            })?;
            self.write(path, bytes).await.map_err(|error| {
                tracing::error!(key, %error, "file not kept");
                Refusal::FileNotKept { name: file.name.clone() }
            })?;
        }
        Ok(FileRef { name: file.name.clone(), media: file.media.clone(), size: file.size, kept: name })
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

    /// Keeps the list of a request's files beside them, for a form that comes back later, perhaps after a restart.
    async fn remember(&self, key: &str, files: &[FileRef]) {
        let Ok(list) = serde_json::to_vec(files) else { return };
        if let Err(error) = self.write(self.folder.join(format!("{key}.json")), list).await {
            tracing::error!(key, %error, "list of files not kept");
        }
    }

    /// Keeps the name of a file that could not be had, for a form that comes back later.
    pub async fn remember_lost(&self, key: &str, file: &Attached) {
        let lost = Extra::NotReceived { name: file.name.clone(), size: file.size };
        let Ok(name) = serde_json::to_vec(&lost) else { return };
        if let Err(error) = self.write(self.folder.join(format!("{key}-lost.json")), name).await {
            tracing::error!(key, %error, "name of a file not kept");
        }
    }

    /// What is known of a file that could not be had for the request `key`; its name is told once.
    pub async fn lost_of(&self, key: &str) -> Extra {
        let path = self.folder.join(format!("{key}-lost.json"));
        let held = tokio::fs::read(&path).await.ok();
        let known = held.and_then(|held| serde_json::from_slice(&held).ok());
        if known.is_some() {
            // Whoever sends the form again finds what was answered.
            let _ = tokio::fs::remove_file(&path).await;
        }
        known.unwrap_or(Extra::NotReceived { name: String::new(), size: 0 })
    }

    /// The files that were kept for the request `key` before.
    pub async fn of(&self, key: &str) -> Vec<FileRef> {
        match tokio::fs::read(self.folder.join(format!("{key}.json"))).await {
            Ok(list) => {
                let mut files: Vec<FileRef> = serde_json::from_slice(&list).unwrap_or_default();
                files.retain(|file| self.place(&file.kept).is_some());
                files
            }
            Err(_) => Vec::new(),
        }
    }

    /// The files as parts of a message; one that is gone is left out and said in the log.
    pub async fn parts(&self, files: &[FileRef]) -> Vec<FilePart> {
        let mut parts = Vec::with_capacity(files.len());
        for file in files {
            let Some(place) = self.place(&file.kept) else { continue };
            match tokio::fs::read(place).await {
                Ok(bytes) => {
                    let (name, content_type) = (file.name.clone(), file.media.clone());
                    parts.push(FilePart { name, content_type, bytes });
                }
                Err(error) => tracing::error!(file = file.kept, %error, "kept file is gone"),
            }
        }
        parts
    }

    /// Lets go of files that were delivered.
    pub async fn drop(&self, files: &[FileRef]) {
        for file in files {
            self.remove(&file.kept).await;
        }
    }

    /// Lets go of erased files: those kept under these names, and those of forms that this person never sent.
    pub async fn erase(&self, kept: &[String], person: UserId) {
        for name in kept {
            self.remove(name).await;
        }
        let forms = format!("-{person}");
        let Ok(mut folder) = tokio::fs::read_dir(&self.folder).await else { return };
        while let Ok(Some(file)) = folder.next_entry().await {
            let name = file.file_name().to_string_lossy().into_owned();
            let of_form = name.strip_prefix('i').and_then(|rest| rest.split_once('-'));
            let theirs = of_form.is_some_and(|(_, rest)| {
                format!("-{rest}").strip_prefix(&forms).is_some_and(|rest| rest.starts_with(['-', '.']))
            });
            if theirs {
                self.remove(&name).await;
            }
        }
    }

    /// Removes one kept file with the list that names it. One that is gone already is as good.
    async fn remove(&self, name: &str) {
        let Some(place) = self.place(name) else { return };
        let _ = tokio::fs::remove_file(place).await;
        if let Some((key, _)) = name.rsplit_once('-') {
            let _ = tokio::fs::remove_file(self.folder.join(format!("{key}.json"))).await;
        }
    }
}
