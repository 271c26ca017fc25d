//! The answer to somebody in a thread as its record: kept with the deed, in case it does not come to stand there.

use super::Desk;
use super::ask::Asker;
use super::complaints::Carried;
use super::error::Error;
use crate::domain::command::Answer;
use crate::domain::letter::{Letter, ThreadPost};
use crate::kernel::ids::{ChannelId, ComplaintId};
use crate::kernel::people::Person;
use crate::store::db::Tx;
use crate::store::{self, StoreError};

/// An interaction whose answer stands where everybody reads it, if that is the thread of the complaint it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Witness {
    /// The interaction.
    pub interaction: u64,
    /// Where it was asked.
    pub channel: ChannelId,
}

impl Desk {
    /// Whether an answer stands in the thread of the complaint it is about, if it stands where it was asked for.
    pub(super) async fn is_in_thread(
        &self,
        tx: &mut Tx,
        record: Option<Witness>,
        about: Option<ComplaintId>,
    ) -> Result<bool, StoreError> {
        let (Some(witness), Some(_)) = (record, about) else { return Ok(false) };
        Ok(store::complaint::by_thread(tx, witness.channel).await? == about)
    }

    /// Keeps the answer to what was asked in a thread, in case it does not come to stand there.
    pub(super) async fn witnessed(
        &self,
        tx: &mut Tx,
        asker: &Asker,
        thread: ChannelId,
        record: Option<Witness>,
        carried: Carried,
    ) -> Result<Carried, Error> {
        let Some(witness) = record else { return Ok(carried) };
        let (answer, _) = &carried;
        let here = store::complaint::by_thread(tx, thread).await?;
        let held = match here {
            Some(id) => store::complaint::lookup(tx, id).await?,
            None => None,
        };
        let Some(held) = held else { return Ok(carried) };
        let letters: Vec<Letter> = kept_record(&asker.person, answer, witness).into_iter().collect();
        let place = self.complaints().post(tx, &held, &letters).await?;
        Ok((carried.0, place))
    }
}

/// The record of what was asked in a thread; a reply has its own, with what becomes of it.
pub(super) fn kept_record(by: &Person, answer: &Answer, witness: Witness) -> Option<Letter> {
    let kept = !matches!(answer, Answer::Replied { .. } | Answer::Silent);
    kept.then(|| Letter::ToThread {
        post: ThreadPost::Answered {
            by: by.clone(),
            answer: Box::new(answer.clone()),
            asked: witness.interaction,
        },
    })
}
