//! One call to Discord: where it goes, who waits for it, and whether it may be repeated. A constructor for each route we use.

use std::time::Duration;

use reqwest::Method;
use serde_json::Value;

use crate::kernel::ids::{ChannelId, GuildId, MessageId, UserId};

/// Who waits for a call; earlier ones go first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Priority {
    /// The first answer to an interaction: three seconds, outside every queue.
    Callback,
    /// A person waits for it.
    Person,
    /// Nudges, cards, what the desk works with.
    Nudge,
    /// It can wait: copies, talking points into many threads.
    Bulk,
}

/// What to do when a call was sent and nobody knows whether it took effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// Send it again: it is idempotent, or carries a nonce that Discord enforces.
    Safe,
    /// Tell the caller, who can look before trying again.
    Once,
}

/// A file of a multipart call, named `files[n]` in its order.
#[derive(Clone, PartialEq, Eq)]
pub struct FilePart {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub content_type: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl FilePart {
    /// A file of this name and media type.
    pub fn new(name: &str, content_type: &str, bytes: Vec<u8>) -> Self {
        Self { name: name.to_owned(), content_type: content_type.to_owned(), bytes }
    }
}

/// One call. Neither its body nor its token ever reaches a log.
#[derive(Clone)]
pub struct Call {
    /// The method.
    pub method: Method,
    /// The path after `/api/v10`, with its query.
    pub path: String,
    /// The route as Discord counts it: method and path without ids, the same for all channels.
    pub template: &'static str,
    /// The major parameter, whose values are counted apart: channel, guild, or webhook with token; or nothing.
    pub major: String,
    /// The JSON body.
    pub body: Option<Value>,
    /// Files; with any, the body travels as `payload_json`.
    pub files: Vec<FilePart>,
    /// Who waits.
    pub priority: Priority,
    /// Whether it may be repeated after an unknown outcome.
    pub repeat: Repeat,
    /// No attempt starts later than this after the call was made; a callback must even be answered by then.
    pub deadline: Option<Duration>,
    /// Whether it carries the bot's token. Calls with an interaction's token do not, and are outside the bot's global limit.
    pub token_auth: bool,
    /// Whether it is sent although the token was refused: to ask whether it is taken again.
    pub even_stopped: bool,
}

/// The longest a call waits for its turn by itself, well inside the lease of the outbox message it carries.
const PATIENCE: Duration = Duration::from_secs(30);
/// Discord drops an interaction after 3 s (`interactions/receiving-and-responding`); half a second is left for the way.
const CALLBACK_PATIENCE: Duration = Duration::from_millis(2_500);

/// Which messages of a channel are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// The last ones.
    Last,
    /// The last ones before this one.
    Before(MessageId),
    /// The first ones after this one.
    After(MessageId),
}

impl Call {
    /// A call of any route with the bot's token; [`Repeat::Safe`] except for `POST`.
    pub fn new(method: Method, path: String, template: &'static str, major: impl ToString) -> Self {
        let repeat = if method == Method::POST { Repeat::Once } else { Repeat::Safe };
        Self {
            method,
            path,
            template,
            major: major.to_string(),
            body: None,
            files: Vec::new(),
            priority: Priority::Nudge,
            repeat,
            deadline: Some(PATIENCE),
            token_auth: true,
            even_stopped: false,
        }
    }

    /// Sent although the token was refused.
    pub fn even_stopped(self) -> Self {
        Self { even_stopped: true, ..self }
    }

    /// With this body. A message with an enforced nonce becomes safe to repeat.
    pub fn body(mut self, body: Value) -> Self {
        let enforced = body.get("enforce_nonce").and_then(Value::as_bool) == Some(true);
        if enforced && body.get("nonce").is_some_and(|nonce| !nonce.is_null()) {
            self.repeat = Repeat::Safe;
        }
        self.body = Some(body);
        self
    }

    /// With these files.
    pub fn files(mut self, files: Vec<FilePart>) -> Self {
        self.files = files;
        self
    }

    /// With this priority.
    pub fn priority(mut self, priority: Priority) -> Self {
        self.priority = priority;
        self
    }

    /// With this repeat rule.
    pub fn repeat(mut self, repeat: Repeat) -> Self {
        self.repeat = repeat;
        self
    }

    /// With this deadline; none waits as long as Discord says.
    pub fn deadline(mut self, deadline: Option<Duration>) -> Self {
        self.deadline = deadline;
        self
    }

    /// A call with an interaction's token, for which somebody waits.
    fn by_token(method: Method, path: String, template: &'static str, major: String) -> Self {
        Self { priority: Priority::Person, token_auth: false, ..Self::new(method, path, template, major) }
    }

    /// Posts a message. Safe to repeat if the body has `nonce` and `enforce_nonce`.
    pub fn post_message(channel: ChannelId, body: Value) -> Self {
        let path = format!("/channels/{channel}/messages");
        Self::new(Method::POST, path, "POST /channels/{}/messages", channel).body(body)
    }

    /// Edits a message of the bot.
    pub fn edit_message(channel: ChannelId, message: MessageId, body: Value) -> Self {
        let path = format!("/channels/{channel}/messages/{message}");
        Self::new(Method::PATCH, path, "PATCH /channels/{}/messages/{}", channel).body(body)
    }

    /// Deletes a message.
    pub fn delete_message(channel: ChannelId, message: MessageId) -> Self {
        let path = format!("/channels/{channel}/messages/{message}");
        Self::new(Method::DELETE, path, "DELETE /channels/{}/messages/{}", channel)
    }

    /// One message.
    pub fn get_message(channel: ChannelId, message: MessageId) -> Self {
        let path = format!("/channels/{channel}/messages/{message}");
        Self::new(Method::GET, path, "GET /channels/{}/messages/{}", channel)
    }

    /// Up to `limit` (1 to 100) messages of a channel, newest first.
    pub fn get_messages(channel: ChannelId, page: Page, limit: u8) -> Self {
        let page = match page {
            Page::Last => String::new(),
            Page::Before(message) => format!("&before={message}"),
            Page::After(message) => format!("&after={message}"),
        };
        let path = format!("/channels/{channel}/messages?limit={limit}{page}");
        Self::new(Method::GET, path, "GET /channels/{}/messages", channel)
    }

    /// The first answer to an interaction. A repeat cannot answer twice: Discord refuses it (40060), which then counts as done.
    pub fn callback(interaction: u64, token: &str, body: Value) -> Self {
        let path = format!("/interactions/{interaction}/{token}/callback");
        let template = "POST /interactions/{}/{}/callback";
        Self {
            priority: Priority::Callback,
            repeat: Repeat::Safe,
            deadline: Some(CALLBACK_PATIENCE),
            ..Self::by_token(Method::POST, path, template, interaction.to_string()).body(body)
        }
    }

    /// The same, where the message that it makes is asked for: its id is in the answer.
    pub fn callback_shown(interaction: u64, token: &str, body: Value) -> Self {
        let mut call = Self::callback(interaction, token, body);
        call.path.push_str("?with_response=true");
        call
    }

    /// Edits the first answer.
    pub fn edit_original(application: u64, token: &str, body: Value) -> Self {
        let path = format!("/webhooks/{application}/{token}/messages/@original");
        let template = "PATCH /webhooks/{}/{}/messages/{}";
        Self::by_token(Method::PATCH, path, template, webhook(application, token)).body(body)
    }

    /// Takes back the first answer to an interaction.
    pub fn delete_original(application: u64, token: &str) -> Self {
        let path = format!("/webhooks/{application}/{token}/messages/@original");
        let template = "DELETE /webhooks/{}/{}/messages/{}";
        Self::by_token(Method::DELETE, path, template, webhook(application, token))
    }

    /// One more answer.
    pub fn follow_up(application: u64, token: &str, body: Value) -> Self {
        let path = format!("/webhooks/{application}/{token}");
        let template = "POST /webhooks/{}/{}";
        Self::by_token(Method::POST, path, template, webhook(application, token))
            .body(body)
            .repeat(Repeat::Once)
    }

    /// Starts a public thread from a message. Its id is the message's, so a repeat can do no harm: 160004 says that it exists.
    pub fn start_thread_from_message(channel: ChannelId, message: MessageId, body: Value) -> Self {
        let path = format!("/channels/{channel}/messages/{message}/threads");
        Self::new(Method::POST, path, "POST /channels/{}/messages/{}/threads", channel)
            .body(body)
            .repeat(Repeat::Safe)
    }

    /// Starts a private thread (the body says type 12). Nothing makes a repeat safe: look for its name first.
    pub fn start_private_thread(channel: ChannelId, body: Value) -> Self {
        let path = format!("/channels/{channel}/threads");
        Self::new(Method::POST, path, "POST /channels/{}/threads", channel).body(body)
    }

    /// The direct-message channel with a person: the same one every time.
    pub fn open_dm(user: UserId) -> Self {
        let body = serde_json::json!({ "recipient_id": user.to_string() });
        Self::new(Method::POST, "/users/@me/channels".to_owned(), "POST /users/@me/channels", "")
            .body(body)
            .repeat(Repeat::Safe)
    }

    /// Adds a person to a thread, or leaves them there.
    pub fn add_thread_member(thread: ChannelId, user: UserId) -> Self {
        let path = format!("/channels/{thread}/thread-members/{user}");
        Self::new(Method::PUT, path, "PUT /channels/{}/thread-members/{}", thread)
    }

    /// Pins a message, or leaves it pinned.
    /// <https://docs.discord.com/developers/resources/message#pin-message>
    pub fn pin_message(channel: ChannelId, message: MessageId) -> Self {
        let path = format!("/channels/{channel}/messages/pins/{message}");
        Self::new(Method::PUT, path, "PUT /channels/{}/messages/pins/{}", channel)
    }

    /// Changes a channel or thread: name, archived, and so on.
    pub fn edit_channel(channel: ChannelId, body: Value) -> Self {
        Self::new(Method::PATCH, format!("/channels/{channel}"), "PATCH /channels/{}", channel).body(body)
    }

    /// Deletes a thread with all that stands in it.
    pub fn delete_channel(channel: ChannelId) -> Self {
        Self::new(Method::DELETE, format!("/channels/{channel}"), "DELETE /channels/{}", channel)
    }

    /// A channel or thread.
    pub fn get_channel(channel: ChannelId) -> Self {
        Self::new(Method::GET, format!("/channels/{channel}"), "GET /channels/{}", channel)
    }

    /// The threads of a guild that are not archived.
    pub fn active_threads(guild: GuildId) -> Self {
        let path = format!("/guilds/{guild}/threads/active");
        Self::new(Method::GET, path, "GET /guilds/{}/threads/active", guild)
    }

    /// A guild with its roles.
    pub fn get_guild(guild: GuildId) -> Self {
        Self::new(Method::GET, format!("/guilds/{guild}"), "GET /guilds/{}", guild)
    }

    /// A member of a guild.
    pub fn get_member(guild: GuildId, user: UserId) -> Self {
        let path = format!("/guilds/{guild}/members/{user}");
        Self::new(Method::GET, path, "GET /guilds/{}/members/{}", guild)
    }

    /// The bot's own user.
    pub fn get_me() -> Self {
        Self::new(Method::GET, "/users/@me".to_owned(), "GET /users/@me", "")
    }

    /// The gateway's address and the shards Discord recommends.
    pub fn get_gateway() -> Self {
        Self::new(Method::GET, "/gateway/bot".to_owned(), "GET /gateway/bot", "")
    }

    /// Replaces the application's global commands (an array).
    pub fn put_commands(application: u64, body: Value) -> Self {
        let path = format!("/applications/{application}/commands");
        Self::new(Method::PUT, path, "PUT /applications/{}/commands", "").body(body)
    }
}

fn webhook(application: u64, token: &str) -> String {
    format!("{application}/{token}")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_can_be_repeated_is_repeated() {
        let channel = ChannelId(1);
        let nonce = json!({ "content": "x", "nonce": "c1-2", "enforce_nonce": true });
        assert_eq!(Call::post_message(channel, nonce).repeat, Repeat::Safe);
        assert_eq!(Call::post_message(channel, json!({ "nonce": "c1-2" })).repeat, Repeat::Once);
        assert_eq!(Call::post_message(channel, json!({ "enforce_nonce": true })).repeat, Repeat::Once);
        assert_eq!(Call::start_private_thread(channel, json!({})).repeat, Repeat::Once);
        // A webhook's nonce is not enforced.
        let nonce = json!({ "nonce": "c1-2", "enforce_nonce": true });
        assert_eq!(Call::follow_up(1, "token", nonce).repeat, Repeat::Once);
        assert_eq!(Call::open_dm(UserId(5)).repeat, Repeat::Safe);
        assert_eq!(Call::add_thread_member(channel, UserId(5)).repeat, Repeat::Safe);
    }

    #[test]
    fn an_interactions_token_stands_for_the_bots() {
        let callback = Call::callback(7, "token", json!({ "type": 5 }));
        assert!(!callback.token_auth);
        assert_eq!(callback.priority, Priority::Callback);
        assert_eq!(callback.path, "/interactions/7/token/callback");
        assert!(!Call::edit_original(1, "token", json!({})).token_auth);
        assert!(Call::get_me().token_auth);
    }
}
