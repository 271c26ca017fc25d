//! Strikes what was posted about somebody in channels that others read: the words go, that something stood there stays.

use serde_json::{Value, json};

use super::bot::Bot;
use super::render::no_pings;
use super::rest::{Call, CallError, Class, Priority};
use super::situation::{Outcome, Situation};
use crate::desk::parcel::Brought;
use crate::domain::posted::{self, Posted};
use crate::kernel::ids::ChannelId;
use crate::kernel::lang::Lang;

impl Bot {
    /// Strikes messages. One that cannot be struck now keeps none of the others waiting.
    pub(super) async fn strike(&self, posts: &[Posted], lang: Lang) -> Result<Brought, CallError> {
        let mut failed = None;
        for post in posts {
            if let Err(error) = self.strike_one(post, lang).await {
                tracing::warn!(channel.id = post.channel.0, message.id = post.message.0, %error, "not struck yet");
                failed = Some(error);
            }
        }
        failed.map_or(Ok(Brought::Done), Err)
    }

    async fn strike_one(&self, post: &Posted, lang: Lang) -> Result<(), CallError> {
        if post.is_thread() {
            return gone_is_done(self.sender().call(bulk(Call::delete_channel(post.channel))).await);
        }
        let gone = self.view().words(lang).say("posted-erased", &[]);
        let body = match &post.mark {
            None => json!({
                "content": gone, "embeds": [], "components": [], "attachments": [], "allowed_mentions": no_pings(),
            }),
            Some(mark) => {
                let call = bulk(Call::get_message(post.channel, post.message));
                let held = match self.sender().call(call).await {
                    Err(error) if matches!(error.class(), Class::Gone | Class::Way) => return Ok(()),
                    held => held?,
                };
                let text = held["content"].as_str().unwrap_or_default();
                // Struck before, or told without its words.
                let Some(left) = posted::strike(text, mark, &gone) else { return Ok(()) };
                json!({ "content": left, "allowed_mentions": no_pings() })
            }
        };
        match self.edit_awake(post, body).await {
            Err(error) if matches!(error.class(), Class::Retry | Class::Mend | Class::Stop) => Err(error),
            Err(error) if matches!(error.class(), Class::Gone | Class::Way) => Ok(()),
            // What Discord does not let us change goes altogether.
            Err(_) => {
                gone_is_done(self.sender().call(bulk(Call::delete_message(post.channel, post.message))).await)
            }
            Ok(_) => Ok(()),
        }
    }

    /// Edits a message; a thread that sleeps is woken for it, and sleeps again.
    async fn edit_awake(&self, post: &Posted, body: Value) -> Result<Value, CallError> {
        let edit = || bulk(Call::edit_message(post.channel, post.message, body.clone()));
        let edited = self.sender().call(edit()).await;
        if Situation::of(edited.as_ref().err()).map(Situation::outcome) != Some(Outcome::Wake) {
            return edited;
        }
        self.set_asleep(post.channel, false).await?;
        let edited = self.sender().call(edit()).await;
        self.set_asleep(post.channel, true).await?;
        edited
    }

    async fn set_asleep(&self, thread: ChannelId, asleep: bool) -> Result<Value, CallError> {
        self.sender().call(bulk(Call::edit_channel(thread, json!({ "archived": asleep })))).await
    }
}

fn bulk(call: Call) -> Call {
    call.priority(Priority::Bulk)
}

/// Whoever deleted it by hand did the same.
fn gone_is_done(sent: Result<Value, CallError>) -> Result<(), CallError> {
    match sent {
        Err(error) if matches!(error.class(), Class::Gone | Class::Way) => Ok(()),
        sent => sent.map(|_| ()),
    }
}
