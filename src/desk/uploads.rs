//! Kept files: noted before they are written, needed for as long as a row says so, and swept when none does.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::PoisonError;

use super::Desk;
use crate::disk;
use crate::domain::complaint::FileRef;
use crate::kernel::ids::UserId;
use crate::store::upload::Upload;
use crate::store::{self, StoreError};

/// What nobody needed for so long (ms) goes.
const UNUSED: i64 = 24 * 60 * 60 * 1_000;

/// Since when files were seen that no row names (Unix ms).
pub(super) type Strays = BTreeMap<String, i64>;

/// Kept files.
#[derive(Clone, Copy)]
pub struct Uploads<'a> {
    pub(super) desk: &'a Desk,
}

impl Uploads<'_> {
    /// Notes a file of the request `key`, before it is written: from then on it stays for a day, or as long as somebody needs
    /// it. One whose `kept` is empty could not be had.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses.
    pub async fn note(
        &self,
        key: &str,
        place: usize,
        file: FileRef,
        person: UserId,
    ) -> Result<(), StoreError> {
        let mut tx = self.desk.begin().await?;
        let place = i64::try_from(place).unwrap_or(i64::MAX);
        store::upload::note(&mut tx, key, place, &Upload { file, person }, self.desk.now()).await?;
        tx.commit().await
    }

    /// Lets go of kept files that nobody needs any more. Returns how many went.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses.
    pub async fn let_go(&self, names: &[String]) -> Result<usize, StoreError> {
        let Some(folder) = self.desk.watch().folder() else { return Ok(0) };
        let mut gone = 0;
        for name in names {
            if !disk::is_plain(name) {
                tracing::error!(?name, "no name of a kept file: it is left alone");
                continue;
            }
            if store::upload::is_needed(self.desk.db(), name).await? {
                continue;
            }
            let (place, away) = (folder.join(name), folder.join(disk::on_its_way_out(name)));
            if tokio::fs::rename(&place, &away).await.is_err() {
                continue;
            }
            // Whoever needed it meanwhile noted so before they looked whether it is there.
            if store::upload::is_needed(self.desk.db(), name).await? {
                let _ = tokio::fs::rename(&away, &place).await;
                continue;
            }
            match tokio::fs::remove_file(&away).await {
                Ok(()) => gone += 1,
                Err(error) => tracing::error!(name, %error, "a file that nobody needs stays"),
            }
        }
        Ok(gone)
    }

    /// Lets go of what nobody needed for a day: files of forms that never came back, of drafts that were dropped, of requests
    /// that were refused, and those that no row names. What others put into the folder is left alone.
    pub(super) async fn sweep(&self) -> Result<(), StoreError> {
        let Some(folder) = self.desk.watch().folder() else { return Ok(()) };
        let before = self.desk.now() - UNUSED;
        let mut tx = self.desk.db().begin().await?;
        let mut unused = store::upload::forget_unused(&mut tx, before).await?;
        tx.commit().await?;
        unused.extend(self.strays(&folder, before).await?);
        let gone = self.let_go(&unused).await?;
        if gone > 0 {
            tracing::info!(gone, "files that nobody needs are swept");
        }
        Ok(())
    }

    /// The files of ours that no row has named for a day.
    async fn strays(&self, folder: &Path, before: i64) -> Result<Vec<String>, StoreError> {
        let needed = store::upload::needed(self.desk.db()).await?;
        let place: PathBuf = folder.to_path_buf();
        let held = tokio::task::spawn_blocking(move || disk::ours_within(&place)).await.unwrap_or_default();
        let mut seen = self.desk.shared.strays.lock().unwrap_or_else(PoisonError::into_inner);
        seen.retain(|name, _| held.iter().any(|(held, _)| held == name) && !needed.contains(name));
        let mut strays = Vec::new();
        for (name, written) in held.into_iter().filter(|(name, _)| !needed.contains(name)) {
            let first = *seen.entry(name.clone()).or_insert_with(|| self.desk.now());
            // A process that restarts every day has not seen it for long, but it may be old all the same.
            if first.min(written) < before {
                strays.push(name);
            }
        }
        Ok(strays)
    }
}
