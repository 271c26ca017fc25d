//! One attempt over HTTP: the request, and what the answer says. Nothing is repeated or awaited here.

use std::time::Duration;

use chrono::DateTime;
use reqwest::header::{AUTHORIZATION, DATE, HeaderMap, HeaderValue, RETRY_AFTER};
use reqwest::multipart::{Form, Part};
use reqwest::{Client, RequestBuilder, Url, redirect};
use serde_json::Value;

use super::call::Call;
use super::gate::Limited;
use super::limits::Seen;
use super::{SenderError, SenderOptions};
use crate::kernel::ids::MessageId;

/// How Discord wants bots to name themselves (`reference#user-agent`).
const USER_AGENT: &str = concat!("DiscordBot (langnghe, ", env!("CARGO_PKG_VERSION"), ")");
/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(5);
/// A connection that rests longer is not used again: the other side may have closed it, and the outcome would be unknown.
const IDLE: Duration = Duration::from_secs(20);

/// The way to Discord.
#[derive(Debug)]
pub(super) struct Wire {
    pub(super) client: Client,
    pub(super) origin: Url,
    authorization: HeaderValue,
}

/// What came back.
pub(super) struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// What the headers say of the bucket.
    pub seen: Seen,
    /// For 429: how.
    pub limited: Option<Limited>,
    /// What time Discord says it is (Unix ms).
    pub time: Option<i64>,
    /// The body, `Null` if empty; none if it was cut or is no JSON.
    pub body: Option<Value>,
}

/// Why nothing came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Failed {
    /// It did not leave this machine.
    NotSent,
    /// It may have arrived.
    NoAnswer,
    /// It is no call of the API.
    NotAllowed,
}

impl Wire {
    pub(super) fn new(options: &SenderOptions) -> Result<Self, SenderError> {
        let origin = Url::parse(&options.origin).map_err(|_| SenderError::Origin)?;
        if !matches!(origin.scheme(), "http" | "https") || !origin.has_host() || origin.path() != "/" {
            return Err(SenderError::Origin);
        }
        let mut authorization =
            HeaderValue::from_str(&format!("Bot {}", options.token)).map_err(|_| SenderError::Token)?;
        authorization.set_sensitive(true);
        let mut builder = Client::builder()
            .user_agent(USER_AGENT)
            .redirect(redirect::Policy::none())
            .connect_timeout(CONNECT.min(options.timeout))
            .pool_idle_timeout(IDLE);
        if is_loopback(&origin) {
            // What is meant for this machine must not leave it through a proxy.
            builder = builder.no_proxy();
        }
        let client = builder.build().map_err(SenderError::Client)?;
        Ok(Self { client, origin, authorization })
    }

    /// Sends a call once and waits at most `timeout` for the whole answer.
    pub(super) async fn send(&self, call: &Call, timeout: Duration) -> Result<Answer, Failed> {
        let url = self.address(&call.path).ok_or(Failed::NotAllowed)?;
        let mut request = self.client.request(call.method.clone(), url).timeout(timeout);
        if call.token_auth {
            request = request.header(AUTHORIZATION, self.authorization.clone());
        }
        let response = with_body(request, call)?.send().await.map_err(|error| {
            let failed = if error.is_connect() { Failed::NotSent } else { Failed::NoAnswer };
            tracing::debug!(template = call.template, ?failed, error = %error.without_url(), "no answer");
            failed
        })?;
        let status = response.status().as_u16();
        let seen = seen(response.headers());
        let headers = response.headers().clone();
        let text = response.text().await.ok();
        let body = text.and_then(|text| match text.as_str() {
            "" => Some(Value::Null),
            text => serde_json::from_str(text).ok(),
        });
        let limited = (status == 429).then(|| limited(&headers, body.as_ref()));
        let time = time(&headers).or_else(|| made_at(call, status, body.as_ref()));
        Ok(Answer { status, seen, limited, time, body })
    }

    /// The address of a path of the API; none if it would lead elsewhere.
    fn address(&self, path: &str) -> Option<Url> {
        if !path.starts_with('/') {
            return None;
        }
        let url = Url::parse(&format!("{}api/v10{path}", self.origin)).ok()?;
        (url.origin() == self.origin.origin() && url.path().starts_with("/api/v10/")).then_some(url)
    }
}

/// Whether an address is this machine.
pub(super) fn is_loopback(url: &Url) -> bool {
    let Some(host) = url.host_str() else { return false };
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn with_body(request: RequestBuilder, call: &Call) -> Result<RequestBuilder, Failed> {
    if call.files.is_empty() {
        return Ok(match &call.body {
            Some(body) => request.json(body),
            None => request,
        });
    }
    let payload = call.body.as_ref().unwrap_or(&Value::Null).to_string();
    let mut form = Form::new().part("payload_json", media(Part::text(payload), "application/json")?);
    for (number, file) in call.files.iter().enumerate() {
        let part = Part::bytes(file.bytes.clone()).file_name(file.name.clone());
        // A media type that is none says nothing about the bytes.
        let part = media(part, &file.content_type).or_else(|_| {
            let part = Part::bytes(file.bytes.clone()).file_name(file.name.clone());
            media(part, "application/octet-stream")
        })?;
        form = form.part(format!("files[{number}]"), part);
    }
    Ok(request.multipart(form))
}

fn media(part: Part, content_type: &str) -> Result<Part, Failed> {
    part.mime_str(content_type).map_err(|_| Failed::NotAllowed)
}

/// The time in the answer's head (Unix ms).
fn time(headers: &HeaderMap) -> Option<i64> {
    let text = headers.get(DATE)?.to_str().ok()?;
    DateTime::parse_from_rfc2822(text).ok().map(|time| time.timestamp_millis())
}

/// When what was just posted was made, as its id says (Unix ms): for where the time is cut out of the head on the way.
fn made_at(call: &Call, status: u16, body: Option<&Value>) -> Option<i64> {
    let made = call.template == "POST /channels/{}/messages" && status == 200;
    let id = body.filter(|_| made)?.get("id")?.as_str()?.parse().ok()?;
    Some(MessageId(id).made_at())
}

fn seen(headers: &HeaderMap) -> Seen {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let number = |name: &str| text(name).and_then(|value| value.parse().ok());
    Seen {
        bucket: text("x-ratelimit-bucket").map(str::to_owned),
        limit: number("x-ratelimit-limit"),
        remaining: number("x-ratelimit-remaining"),
        reset_after: text("x-ratelimit-reset-after").and_then(milliseconds),
    }
}

fn limited(headers: &HeaderMap, body: Option<&Value>) -> Limited {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let told = body.and_then(|body| body.get("retry_after")).and_then(Value::as_f64).map(ceiling);
    let retry_after = told.or_else(|| text(RETRY_AFTER.as_str()).and_then(milliseconds));
    let global = text("x-ratelimit-global").is_some_and(|value| value.eq_ignore_ascii_case("true"))
        || text("x-ratelimit-scope") == Some("global")
        || body.and_then(|body| body.get("global")).and_then(Value::as_bool) == Some(true)
        // What stands before Discord answers without JSON, and means everything.
        || body.is_none_or(|body| !body.is_object());
    Limited {
        retry_after: retry_after.unwrap_or(1_000).max(1),
        global,
        shared: text("x-ratelimit-scope") == Some("shared"),
    }
}

/// Seconds with a fraction, as milliseconds; none if they are no time.
fn milliseconds(seconds: &str) -> Option<i64> {
    let seconds: f64 = seconds.parse().ok()?;
    (seconds.is_finite() && seconds >= 0.0).then(|| ceiling(seconds))
}

/// Rounded up: a millisecond early is refused again. The cast saturates.
fn ceiling(seconds: f64) -> i64 {
    (seconds * 1_000.0).ceil() as i64
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn wire(origin: &str) -> Result<Wire, SenderError> {
        Wire::new(&SenderOptions::new(origin, "token"))
    }

    #[test]
    fn no_path_leads_out_of_the_api() -> Result<(), SenderError> {
        let wire = wire("http://127.0.0.1:8787")?;
        let address = |path: &str| wire.address(path).map(|url| url.to_string());
        assert_eq!(
            address("/channels/1/messages?limit=5").as_deref(),
            Some("http://127.0.0.1:8787/api/v10/channels/1/messages?limit=5")
        );
        for wrong in ["https://discord.com/x", "channels/1", "@evil.example/", "", "/../../oauth2", "/.."] {
            assert_eq!(address(wrong), None, "{wrong}");
        }
        Ok(())
    }

    #[test]
    fn an_origin_is_an_address_of_a_server_and_a_token_one_line() {
        for wrong in ["discord.com", "ftp://discord.com", "https://discord.com/api", ""] {
            assert!(matches!(wire(wrong), Err(SenderError::Origin)), "{wrong}");
        }
        let options = SenderOptions::new("https://discord.com", "two\nlines");
        assert!(matches!(Wire::new(&options), Err(SenderError::Token)));
        assert!(wire("https://discord.com").is_ok());
    }

    #[test]
    fn loopback_is_known_in_all_its_spellings() {
        let known = |address: &str| Url::parse(address).is_ok_and(|url| is_loopback(&url));
        for address in ["http://127.0.0.1:1", "http://127.8.8.8", "http://[::1]:8787", "http://localhost:80"]
        {
            assert!(known(address), "{address}");
        }
        for address in ["https://discord.com", "http://localhost.example", "http://10.0.0.1", "http://[::2]"]
        {
            assert!(!known(address), "{address}");
        }
    }

    #[test]
    fn a_wait_is_read_in_every_form_and_never_too_short() {
        let mut headers = HeaderMap::new();
        headers.insert("retry-after", HeaderValue::from_static("2"));
        let cloudflare = limited(&headers, None);
        assert_eq!(cloudflare, Limited { retry_after: 2_000, global: true, shared: false });
        headers.insert("x-ratelimit-scope", HeaderValue::from_static("shared"));
        let body = json!({ "message": "slow", "retry_after": 0.0011, "global": false });
        assert_eq!(limited(&headers, Some(&body)), Limited { retry_after: 2, global: false, shared: true });
        for no_time in ["NaN", "-1", "soon", "inf"] {
            assert_eq!(milliseconds(no_time), None, "{no_time}");
        }
    }
}
