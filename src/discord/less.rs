//! What Discord does not take as it is, told with less: no words that it refuses, but that something came, and the buttons.

use serde_json::{Value, json};

use super::bot::Bot;
use super::rest::{CallError, Class, Why};
use crate::desk::parcel::Parcel;
use crate::domain::complaint::FileRef;
use crate::domain::outbox::Urgency;
use crate::kernel::ids::{ChannelId, MessageId};
use crate::kernel::lang::Lang;
use crate::text::Words;

/// Where something is posted, for whom.
#[derive(Clone, Copy, Debug)]
pub(super) struct Post {
    /// The channel.
    pub channel: ChannelId,
    /// Who waits for it.
    pub urgency: Urgency,
    /// The language of those who read it.
    pub lang: Lang,
}

impl Bot {
    /// Posts a message of a parcel, or with less in it where Discord refuses its words. `number`: the complaint's.
    pub(super) async fn post_or_less(
        &self,
        parcel: &Parcel,
        part: usize,
        place: Post,
        body: Value,
        number: Option<i64>,
    ) -> Result<MessageId, CallError> {
        self.post_files_or_less(parcel, part, place, body, number, &[]).await
    }

    /// The same with files, which are left out as well then.
    pub(super) async fn post_files_or_less(
        &self,
        parcel: &Parcel,
        part: usize,
        place: Post,
        body: Value,
        number: Option<i64>,
        files: &[FileRef],
    ) -> Result<MessageId, CallError> {
        let Post { channel, urgency, lang } = place;
        match self.post_with_files(parcel, part, channel, body.clone(), urgency, files).await {
            Err(error) if error.class() == Class::Text => {
                tracing::warn!(stream = %parcel.stream, seq = parcel.seq, %error, "told with less");
                let less = withheld(&body, number, error.why(), self.view().words(lang));
                self.post(parcel, part, channel, less, urgency).await
            }
            posted => posted,
        }
    }
}

/// A message without its words: whom it mentions, that something came, why it is not here, and its buttons.
pub(super) fn withheld(body: &Value, number: Option<i64>, why: Why, words: &Words) -> Value {
    let mentions = mentions(body["content"].as_str().unwrap_or_default());
    let why = words.say(&format!("refused-{}", why.as_str()), &[]);
    let told = match number {
        Some(number) => words.withheld(number, why),
        None => words.withheld_words(why),
    };
    let pings = body.get("allowed_mentions").cloned().unwrap_or_else(super::render::no_pings);
    json!({
        "content": format!("{mentions}{told}"),
        "embeds": [],
        "components": body.get("components").cloned().unwrap_or_else(|| json!([])),
        "allowed_mentions": pings,
    })
}

/// The people and roles that a text mentions, each with a space behind it.
fn mentions(text: &str) -> String {
    let ends = |rest: &str| rest.find('>').map(|end| rest[..=end].to_owned());
    let found = text.match_indices("<@").filter_map(|(at, _)| ends(&text[at..]));
    found.map(|mention| format!("{mention} ")).collect()
}

#[cfg(test)]
mod tests {
    use super::mentions;

    #[test]
    fn who_is_mentioned_stays_so() {
        assert_eq!(mentions("<@7> viết: **a** <@&9>"), "<@7> <@&9> ");
        assert_eq!(mentions("a < b <@"), "");
    }
}
