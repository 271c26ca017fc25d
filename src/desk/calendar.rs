//! By the calendar people's data is erased for good: nothing goes while our clock and Discord's are more than a day apart.

use std::sync::atomic::Ordering;

use super::Desk;
use crate::clock::agreement::Agreement;
use crate::store::StoreError;

impl Desk {
    /// Whether anything may be erased by the calendar now. Managers hear of it once where our clock is wrong.
    pub(super) async fn may_erase(&self) -> Result<bool, StoreError> {
        let told = &self.shared.clock_told;
        match self.watch().clock_agrees() {
            Agreement::Right => {
                if told.swap(false, Ordering::SeqCst) {
                    tracing::warn!("this machine's clock is right again: what is over is erased");
                }
                Ok(true)
            }
            // A new desk that Discord has not answered yet has nothing to erase.
            Agreement::Unknown => Ok(true),
            Agreement::Doubtful => {
                tracing::warn!(
                    "nothing is erased until Discord says what time it is: what was stored last is long ago"
                );
                Ok(false)
            }
            Agreement::Off { ours, theirs } => {
                tracing::error!(
                    ours,
                    theirs,
                    "nothing is erased: this machine's clock is wrong by more than a day"
                );
                if !told.load(Ordering::SeqCst) {
                    self.boards().tell_clock_off(ours, theirs).await?;
                    told.store(true, Ordering::SeqCst);
                }
                Ok(false)
            }
        }
    }
}
