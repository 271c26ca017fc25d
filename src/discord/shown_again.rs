//! Evidence in a thread that was made anew: what was sent with the complaint is shown there again.

use serde_json::json;

use super::bot::Bot;
use super::desk_thread::ANEW;
use super::files::by_message;
use super::less::Post;
use super::render::no_pings;
use super::rest::CallError;
use crate::desk::parcel::Parcel;
use crate::domain::complaint::{Complaint, FileRef};
use crate::domain::erasing;
use crate::store;

/// So many files Discord takes with one message.
const WITH_A_MESSAGE: usize = 10;

impl Bot {
    /// Shows the files of a complaint again in a thread that was made anew, except those that are just being brought.
    pub(super) async fn show_files_again(
        &self,
        parcel: &Parcel,
        complaint: &Complaint,
        place: Post,
        carried: &[FileRef],
    ) -> Result<(), CallError> {
        let journal = match store::complaint::journal(self.desk().db(), complaint.id).await {
            Ok(journal) => journal,
            Err(error) => {
                tracing::error!(complaint.id = complaint.id.0, %error, "its files are not shown again");
                return Ok(());
            }
        };
        let mut files: Vec<FileRef> = Vec::new();
        for file in journal.iter().flat_map(|entry| erasing::files_of(&entry.event)) {
            if !carried.contains(file) && !files.contains(file) && self.keeper().stands(file).await {
                files.push(file.clone());
            }
        }
        let parts = files.chunks(WITH_A_MESSAGE).flat_map(by_message);
        for (part, files) in parts.enumerate() {
            let body = json!({ "content": "📎", "allowed_mentions": no_pings() });
            let number = Some(complaint.number());
            self.post_files_or_less(parcel, ANEW + 2 + part, place, body, number, files).await?;
        }
        Ok(())
    }
}
