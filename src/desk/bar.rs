//! A press on the action bar is answered with the new bar itself, so that no call more is needed.

use super::Desk;
use super::fate::LetterPlace;
use crate::domain::command::Answer;
use crate::domain::letter::Letter;
use crate::domain::procedure::Done;
use crate::kernel::ids::{ChannelId, ComplaintId, MessageId};
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
        pressed: Option<(ChannelId, MessageId)>,
    ) -> Result<Option<LetterPlace>, StoreError> {
        let Some(complaint) = store::complaint::lookup(tx, about).await? else { return Ok(None) };
        let pressed = pressed.map(|(_, message)| message);
        if pressed.is_none() || complaint.bar != pressed {
            return Ok(None);
        }
        let (stream, body) = (Letter::RefreshBar.stream(about), json::write(&Letter::RefreshBar)?);
        let place = store::letter::put_off(tx, stream, &body, self.now() + BAR_SHOWN).await?;
        Ok(place.map(|seq| (stream, seq)))
    }

    /// The answer to a press takes the place of its message, and its buttons with it: nobody has to take them away.
    pub(super) async fn prompt_answered(
        &self,
        tx: &mut Tx,
        about: ComplaintId,
        pressed: Option<(ChannelId, MessageId)>,
    ) -> Result<(), StoreError> {
        let Some((channel, message)) = pressed else { return Ok(()) };
        for to_customer in [false, true] {
            let letter = Letter::ClosePrompt { channel, message, to_customer };
            let (stream, body) = (letter.stream(about), json::write(&letter)?);
            if let Some(seq) = store::letter::put_off(tx, stream, &body, self.now()).await? {
                store::letter::done(tx, stream, seq).await?;
            }
        }
        Ok(())
    }
}
