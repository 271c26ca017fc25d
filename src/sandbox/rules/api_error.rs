//! Discord's refusals: status, code, words and the tree of field errors, in the JSON that Discord sends.
//! Codes and words: <https://docs.discord.com/developers/topics/opcodes-and-status-codes> (JSON error codes).

use std::collections::BTreeMap;

use serde_json::{Value, json};

/// A refusal, ready to be sent with [`ApiError::to_json`].
#[derive(Debug, Clone, PartialEq)]
pub struct ApiError {
    /// HTTP status.
    pub status: u16,
    /// Discord's JSON error code; 0 for the general ones (`404: Not Found`).
    pub code: u32,
    /// Discord's words for the code.
    pub message: String,
    /// The tree of field errors (`{"embeds":{"0":{"title":{"_errors":[…]}}}}`), `Null` when there is none.
    pub errors: Value,
    /// Milliseconds after which to try again; only for refusals by a limit.
    pub retry_after_ms: Option<i64>,
    /// Whether a rate limit holds for the whole bot; only for refusals by a limit.
    pub global: bool,
}

impl ApiError {
    /// A refusal without field errors.
    pub fn new(status: u16, code: u32, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            errors: Value::Null,
            retry_after_ms: None,
            global: false,
        }
    }

    /// The body as Discord sends it.
    pub fn to_json(&self) -> Value {
        let mut body = json!({ "message": self.message });
        if let Some(retry) = self.retry_after_ms {
            body["retry_after"] = json!(retry.max(0) as f64 / 1000.0);
            body["global"] = json!(self.global);
        }
        // A 429 of the ordinary kind has no code.
        if self.code != 0 || self.retry_after_ms.is_none() {
            body["code"] = json!(self.code);
        }
        if !self.errors.is_null() {
            body["errors"] = self.errors.clone();
        }
        body
    }

    /// 429: a bucket or the whole bot is empty for `retry_after_ms`.
    pub fn rate_limited(retry_after_ms: i64, global: bool) -> Self {
        Self {
            retry_after_ms: Some(retry_after_ms),
            global,
            ..Self::new(429, 0, "You are being rate limited.")
        }
    }

    /// 400 without a code: the body is no JSON or has the wrong content type.
    pub fn bad_request() -> Self {
        Self::new(400, 0, "400: Bad Request")
    }

    /// 401: no token, or a wrong one.
    pub fn unauthorized() -> Self {
        Self::new(401, 0, "401: Unauthorized")
    }

    /// 404 for a route that does not exist.
    pub fn no_such_route() -> Self {
        Self::new(404, 0, "404: Not Found")
    }

    /// 405 for a route that exists with other methods.
    pub fn method_not_allowed() -> Self {
        Self::new(405, 0, "405: Method Not Allowed")
    }

    /// 50035 with one wrong field; `path` as `embeds.0.title`, `code` as Discord's `BASE_TYPE_REQUIRED`.
    pub fn invalid_field(path: &str, code: &str, message: impl Into<String>) -> Self {
        let mut errors = FormErrors::default();
        errors.add(path, code, message);
        errors.into_error()
    }
}

macro_rules! codes {
    ($($name:ident $status:literal $code:literal $message:literal;)*) => {
        impl ApiError {
            $(
                #[doc = concat!(stringify!($code), " (", stringify!($status), "): ", $message)]
                pub fn $name() -> Self {
                    Self::new($status, $code, $message)
                }
            )*
        }

        /// Every coded refusal: name, status, code.
        #[cfg(test)]
        const ALL: &[(fn() -> ApiError, u16, u32)] = &[$((ApiError::$name, $status, $code)),*];
    };
}

codes! {
    unknown_application 404 10002 "Unknown Application";
    unknown_channel 404 10003 "Unknown Channel";
    unknown_guild 404 10004 "Unknown Guild";
    unknown_member 404 10007 "Unknown Member";
    unknown_message 404 10008 "Unknown Message";
    unknown_role 404 10011 "Unknown Role";
    unknown_user 404 10013 "Unknown User";
    unknown_webhook 404 10015 "Unknown Webhook";
    unknown_interaction 404 10062 "Unknown interaction";
    unknown_command 404 10063 "Unknown application command";
    unknown_permission_overwrite 404 10009 "Unknown permission overwrite";
    unknown_command_permissions 404 10066 "Unknown application command permissions";
    bots_not_allowed 403 20001 "Bots cannot use this endpoint";
    slowmode 429 20016 "This action cannot be performed due to slowmode rate limit";
    too_many_pins 400 30003 "Maximum number of pins reached for the channel (250)";
    too_many_thread_members 400 30033 "Max number of thread participants has been reached (1000)";
    too_many_commands 400 30032 "Maximum number of application commands reached (100)";
    too_many_command_creates 400 30034 "Max number of daily application command creates has been reached (200)";
    too_many_old_edits 429 30046 "Maximum number of edits to messages older than 1 hour reached. Try again later";
    not_authorized 401 40001 "Unauthorized. Provide a valid token and try again";
    opening_dms_too_fast 400 40003 "You are opening direct messages too fast";
    too_large 413 40005 "Request entity too large";
    already_acknowledged 400 40060 "Interaction has already been acknowledged.";
    duplicate_command_name 400 40066 "There is already a command with that name.";
    missing_access 403 50001 "Missing Access";
    invalid_account_type 400 50002 "Invalid account type";
    not_in_dm 403 50003 "Cannot execute action on a DM channel";
    not_the_author 403 50005 "Cannot edit a message authored by another user";
    empty_message 400 50006 "Cannot send an empty message";
    cannot_message_user 403 50007 "Cannot send messages to this user";
    not_in_this_channel 400 50008 "Cannot send messages in a non-text channel";
    missing_permissions 403 50013 "Missing Permissions";
    invalid_token 401 50014 "Invalid authentication token provided";
    wrong_channel_type 400 50024 "Cannot execute action on this channel type";
    invalid_webhook_token 401 50027 "Invalid Webhook Token";
    invalid_form 400 50035 "Invalid Form Body";
    invalid_json 400 50109 "The request body contains invalid JSON.";
    system_message 403 50021 "Cannot execute action on a system message";
    thread_archived 400 50083 "Thread is archived";
    no_mutual_guild 403 50278 "Cannot send messages to this user due to having no mutual guilds";
    reply_needs_history 403 160002 "Cannot reply without permission to read message history";
    thread_exists 400 160004 "A thread has already been created for this message";
    thread_locked 400 160005 "Thread is locked";
    too_many_threads 400 160006 "Maximum number of active threads reached";
    already_crossposted 400 40033 "This message has already been crossposted";
}

/// Wrong fields gathered for one 50035.
#[derive(Debug, Clone, Default)]
pub struct FormErrors {
    fields: BTreeMap<String, Vec<(String, String)>>,
}

impl FormErrors {
    /// Adds one wrong field; `path` as `embeds.0.title`, empty for the body itself.
    pub fn add(&mut self, path: &str, code: &str, message: impl Into<String>) {
        self.fields.entry(path.to_owned()).or_default().push((code.to_owned(), message.into()));
    }

    /// Whether nothing was wrong.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// The refusal, whether or not anything is in it.
    pub fn into_error(self) -> ApiError {
        let mut tree = json!({});
        for (path, wrong) in &self.fields {
            let mut place = &mut tree;
            for part in path.split('.').filter(|part| !part.is_empty()) {
                place = &mut place[part];
            }
            let list: Vec<Value> =
                wrong.iter().map(|(code, message)| json!({ "code": code, "message": message })).collect();
            place["_errors"] = Value::Array(list);
        }
        ApiError { errors: tree, ..ApiError::invalid_form() }
    }

    /// `Ok` when nothing was wrong.
    ///
    /// # Errors
    /// 50035 with every field that was added.
    pub fn into_result(self) -> Result<(), ApiError> {
        if self.is_empty() { Ok(()) } else { Err(self.into_error()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_error_is_nested_as_discord_nests_it() {
        let mut errors = FormErrors::default();
        errors.add("embeds.0.title", "BASE_TYPE_MAX_LENGTH", "Must be 256 or fewer in length.");
        errors.add("content", "BASE_TYPE_REQUIRED", "This field is required");
        let error = errors.into_result().expect_err("two fields are wrong");
        assert_eq!(
            error.to_json(),
            json!({
                "message": "Invalid Form Body",
                "code": 50035,
                "errors": {
                    "content": { "_errors": [{ "code": "BASE_TYPE_REQUIRED", "message": "This field is required" }] },
                    "embeds": { "0": { "title": { "_errors": [
                        { "code": "BASE_TYPE_MAX_LENGTH", "message": "Must be 256 or fewer in length." }
                    ] } } },
                },
            })
        );
    }

    #[test]
    fn a_rate_limit_has_seconds_and_no_code() {
        let error = ApiError::rate_limited(1336, true);
        assert_eq!(error.status, 429);
        assert_eq!(
            error.to_json(),
            json!({ "message": "You are being rate limited.", "retry_after": 1.336, "global": true })
        );
    }

    #[test]
    fn every_code_is_given_once_and_says_something() {
        let mut seen = std::collections::BTreeSet::new();
        for (make, status, code) in ALL {
            let error = make();
            assert!(seen.insert(*code), "{code} twice");
            assert_eq!((error.status, error.code), (*status, *code));
            assert_eq!(error.to_json()["code"], json!(code));
            assert!(!error.message.is_empty());
        }
        assert_eq!(ApiError::no_such_route().to_json(), json!({ "message": "404: Not Found", "code": 0 }));
    }
}
