//! Words that did not reach the customer, opened once more to be changed and sent again.

use super::bot::Bot;
use super::custom_id::CustomId;
use super::decode::Heard;
use super::forms::Inputs;
use super::render::answers::Shown;
use super::render::customer;
use super::render::forms::TEXT;
use crate::domain::command::Refusal;
use crate::domain::event::Event;
use crate::domain::outbox::CustomerPost;
use crate::domain::settings::GuildDesk;
use crate::domain::speech::Fact;
use crate::kernel::ids::ComplaintId;
use crate::kernel::lang::Lang;
use crate::store::{self, StoreError};

impl Bot {
    /// The form of what is to be told under `number`, with its words: the outcome as an outcome, anything else as a reply.
    pub(super) async fn resend(
        &self,
        heard: &Heard,
        id: ComplaintId,
        number: i64,
        desk: &GuildDesk,
        lang: Lang,
    ) -> Result<Option<Shown>, StoreError> {
        let held = store::complaint::read(self.desk().db(), id).await?;
        let Some(held) = held.filter(|held| held.filed.guild == desk.guild) else {
            return Ok(self.refusal(&Refusal::NoComplaint, lang));
        };
        let journal = store::complaint::journal(self.desk().db(), id).await?;
        let post = journal.into_iter().find_map(|entry| match entry.event {
            Event::Speech(Fact::ToTell { number: told, post }) if told == number => Some(post),
            _ => None,
        });
        let view = self.view();
        let (form, words) = match post {
            Some(CustomerPost::Outcome { cycle }) if held.stage.is_open() => {
                let rating = held.ratings.iter().find(|rating| rating.cycle == cycle);
                let outcome = rating.map(|rating| rating.outcome.clone()).unwrap_or_default();
                (CustomId::Resolve(id), outcome)
            }
            Some(CustomerPost::Reply { text, .. }) => (CustomId::Reply(id), text),
            Some(post) => (CustomId::Reply(id), customer::spoken(&post, &held, &view)),
            None => return Ok(self.refusal(&Refusal::Stale, lang)),
        };
        let inputs = Inputs::from([(TEXT.to_owned(), words)]);
        self.open(heard, form, &inputs, Some(desk), lang).await
    }
}
