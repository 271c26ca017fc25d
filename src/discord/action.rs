//! What is done with more than one request to the desk, or with what is looked up first.

use super::answer::Answered;
use super::bot::Bot;
use super::decode::Heard;
use super::query::{no_desk, private};
use super::render::answers::Shown;
use super::route::Action;
use crate::desk::error::answered;
use crate::desk::inbox::Key;
use crate::domain::settings::GuildDesk;
use crate::kernel::lang::Lang;
use crate::store::StoreError;

impl Bot {
    /// Does something, and answers what came of it.
    pub(super) async fn act(
        &self,
        heard: &Heard,
        action: Action,
        desk: Option<&GuildDesk>,
        lang: Lang,
    ) -> Answered {
        // Each arm of it is large: on the heap, so that no stack has to hold them all.
        let done = Box::pin(self.act_on(heard, action, desk, lang)).await;
        done.unwrap_or_else(|error| (self.not_answered(heard, &error, lang), None))
    }

    async fn act_on(
        &self,
        heard: &Heard,
        action: Action,
        desk: Option<&GuildDesk>,
        lang: Lang,
    ) -> Result<Answered, StoreError> {
        let shown: Option<Shown> = match (action, desk) {
            (Action::Data(action), desk) => Box::pin(self.data_action(heard, action, desk, lang)).await?,
            (Action::Open { form, inputs }, desk) => {
                Box::pin(self.open(heard, form, &inputs, desk, lang)).await?
            }
            (Action::OpenKept { of }, desk) => Box::pin(self.open_kept(heard, of, desk, lang)).await?,
            (Action::SayKept { complaint, of }, _) => {
                Box::pin(self.say_kept(heard, complaint, of, lang)).await?
            }
            (Action::Setup(setup), _) => Box::pin(self.set_up(heard, *setup, lang)).await,
            (_, None) => self.refusal(&no_desk(heard), lang),
            (Action::CaseFile { number, lang: page, whole, files }, Some(desk)) => {
                Box::pin(self.case_file(heard, (number, page, whole, files), desk, lang)).await?
            }
            (Action::Panel, Some(desk)) => self.post_panel(desk, lang).await,
            (Action::Incident(action), Some(desk)) => {
                Box::pin(self.incident(heard, action, desk, lang)).await
            }
            (Action::Procedure(action), Some(desk)) => {
                return Box::pin(self.procedure(heard, action, desk, lang)).await;
            }
            (Action::OpenListed { incident, most }, Some(desk)) => {
                let key = Key::Interaction(heard.id);
                let opened = self
                    .desk()
                    .incidents()
                    .open_listed(&key, desk.guild, incident, most, &heard.person)
                    .await;
                match answered(opened)? {
                    Ok(opened) => private(self.view().words(lang).list_opened(opened)),
                    Err(refusal) => self.refusal(&refusal, lang),
                }
            }
            (Action::Recompute, Some(desk)) => {
                let (count, changed) = self.desk().complaints().recompute(desk.guild, &heard.person).await?;
                private(self.view().words(lang).recomputed(changed, count))
            }
        };
        Ok((shown, None))
    }
}
