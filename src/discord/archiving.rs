//! Desk threads that sleep: archived where nothing is left to do, or to make room where a server has no place for another one.

use serde_json::{Value, json};

use super::bot::Bot;
use super::desk_thread::makes_anew;
use super::rest::{Call, CallError, Priority};
use crate::desk::parcel::Brought;
use crate::domain::complaint::Complaint;
use crate::kernel::ids::{ChannelId, ComplaintId, GuildId};
use crate::store;

impl Bot {
    /// Archives the thread; one that is gone needs none.
    pub(super) async fn archive_thread(&self, complaint: &Complaint) -> Result<Brought, CallError> {
        let Some(thread) = complaint.thread else { return Ok(Brought::Done) };
        match self.archive(thread).await {
            Err(error) if makes_anew(&error) => Ok(Brought::Done),
            done => done.map(|_| Brought::Done),
        }
    }

    async fn archive(&self, thread: ChannelId) -> Result<Value, CallError> {
        self.sender()
            .call(Call::edit_channel(thread, json!({ "archived": true })).priority(Priority::Bulk))
            .await
    }

    /// Archives the thread of whoever has waited longest for the customer, so that another one fits. Whether there was one.
    pub(super) async fn make_room(&self, guild: GuildId, needed_by: ComplaintId) -> Result<bool, CallError> {
        let candidates = match store::complaint::quietest(self.desk().db(), guild, needed_by).await {
            Ok(candidates) => candidates,
            Err(error) => {
                tracing::error!(guild.id = guild.0, %error, "nobody knows which thread could be archived");
                return Ok(false);
            }
        };
        for (id, thread) in candidates {
            let held = self.sender().call(Call::get_channel(thread)).await;
            let awake = held.is_ok_and(|held| held["thread_metadata"]["archived"] == false);
            if awake && self.archive(thread).await.is_ok() {
                tracing::info!(
                    complaint.id = id.0,
                    thread.id = thread.0,
                    "archived to make room; a message wakes it"
                );
                return Ok(true);
            }
        }
        Ok(false)
    }
}
