//! A press on the action bar is answered with the new bar itself, so that no call more is needed.

use super::Desk;
use super::fate::LetterPlace;
use crate::domain::command::Answer;
use crate::domain::ids::{ComplaintId, MessageId};
use crate::domain::letter::Letter;
use crate::domain::procedure::Done;
use crate::store::db::Tx;
use crate::store::{self, StoreError, json};

/// Within this while (ms) the answer to a press on the action bar shows the new bar, or never will.
const BAR_SHOWN: i64 = 5_000;

/// Whether the bar says all that the answer would.
pub(super) fn carries(answer: &Answer) -> bool {
    match answer {
        Answer::Claimed { .. } | Answer::Classified { .. } => true,
        Answer::Procedure { done } => matches!(**done, Done::VulnerableSaid { .. }),
        _ => false,
    }
}

impl Desk {
    /// Where the action bar itself was pressed, its refresh waits until the answer to the press shows the new one.
    pub(super) async fn bar_carried(
        &self,
        tx: &mut Tx,
        about: ComplaintId,
        pressed: Option<MessageId>,
    ) -> Result<Option<LetterPlace>, StoreError> {
        let Some(complaint) = store::complaint::lookup(tx, about).await? else { return Ok(None) };
        if pressed.is_none() || complaint.bar != pressed {
            return Ok(None);
        }
        let (stream, body) = (Letter::RefreshBar.stream(about), json::write(&Letter::RefreshBar)?);
        let place = store::letter::put_off(tx, stream, &body, self.now() + BAR_SHOWN).await?;
        Ok(place.map(|seq| (stream, seq)))
    }
}
