//! The HTTP API under `/api/v10`: one door, where faults, limits, schema and the ledger stand, and behind it the routes.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Multipart, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::{Value, json};

use super::Shared;
use super::clock::machine_ms;
use super::files::{Upload, encoded};
use super::routes::{self, Asked};
use super::rules::fault::{CutAt, FaultKind, RateLimitScope};
use super::rules::ratelimit::{Refused, refusal_headers};
use super::rules::{self, ApiError};
use super::world::Call;

/// The largest request that is read at all.
pub(super) const REQUEST_LIMIT: usize = 128 * 1024 * 1024;

/// Answers one call of a client, and says what time it is here.
pub(super) async fn api(State(shared): State<Shared>, request: Request) -> Response {
    let mut response = answered(shared.clone(), request).await;
    let now = chrono::DateTime::from_timestamp_millis(shared.on(|world| world.now()));
    let date = now.map(|now| now.format("%a, %d %b %Y %H:%M:%S GMT").to_string());
    if let Some(date) = date.and_then(|date| HeaderValue::from_str(&date).ok()) {
        response.headers_mut().insert(header::DATE, date);
    }
    response
}

async fn answered(shared: Shared, request: Request) -> Response {
    let method = request.method().to_string();
    let path = request.uri().path().to_owned();
    let query = request.uri().query().unwrap_or_default().to_owned();
    let path = decoded(path.strip_prefix("/api/v10").or_else(|| path.strip_prefix("/api")).unwrap_or(&path));
    let headers = request.headers().clone();
    let route = routes::template(&path);
    let callback = route.starts_with("/interactions/") || route.starts_with("/webhooks/");
    let fault = shared.on(|world| world.faults.take(&method, &path));
    let log = |status: u16| {
        shared.on(|world| {
            let at_ms = world.now();
            let call = Call {
                at_ms,
                method: method.clone(),
                route: route.clone(),
                path: path.clone(),
                status,
                callback,
            };
            world.calls.push(call);
            // Whoever counts calls waits for this one; the page does not need to hear of it.
            world.changed.send_modify(|count| *count += 1);
        });
    };
    match fault {
        Some(FaultKind::Cut(CutAt::Before)) => {
            log(0);
            return cut();
        }
        Some(FaultKind::Status(status)) => {
            log(status);
            return answer(status, Vec::new(), &json!({ "message": "fault", "code": 0 }));
        }
        Some(FaultKind::Refuse { status, code, .. }) => {
            log(status);
            return refuse(status, code);
        }
        Some(FaultKind::Page(status)) => {
            log(status);
            return page(status);
        }
        Some(FaultKind::RateLimit { scope, retry_after_ms }) => {
            log(429);
            shared.on(|world| world.refusals.push(format!("{method} {path}: 429 ({})", scope.as_str())));
            let global = scope == RateLimitScope::Global;
            let refused = Refused { retry_after_ms, scope, global };
            return answer(429, refusal_headers(refused), &refused.to_error().to_json());
        }
        _ => {}
    }
    let (body, files) = match read(request).await {
        Ok(read) => read,
        Err(error) => {
            log(error.status);
            let said = format!("{method} {path}: {} {} {}", error.status, error.code, error.to_json());
            shared.on(|world| world.violations.push(said));
            return answer(error.status, Vec::new(), &error.to_json());
        }
    };
    let words = body.to_string();
    let filtered = shared.on(|world| world.faults.take_words(&method, &path, &words));
    if let Some(FaultKind::Refuse { status, code, .. }) = filtered {
        log(status);
        return refuse(status, code);
    }
    let asked = Asked { method: method.clone(), path: path.clone(), query, body, files };
    let (status, limits, value) = shared.on(|world| {
        let verdict = {
            let major = routes::major(&path);
            let bot = world.bot.to_string();
            world.limiter.check(machine_ms(), &bot, &method, &route, &major)
        };
        if let Some(refused) = verdict.refused {
            world.refusals.push(format!("{method} {path}: 429"));
            return (429, verdict.headers, refused.to_error().to_json());
        }
        // The address of the gateway is no secret.
        let done = authorised(&world.token, &headers, callback || path == "/gateway")
            .and_then(|()| match asked.body.is_null() {
                true if asked.files.is_empty() => Ok(()),
                _ => rules::check_request_with_files(&method, &route, &asked.body, asked.files.len()),
            })
            .and_then(|()| routes::carry_out(world, &asked));
        match done {
            Ok(value) => {
                let status = if value.is_null() { 204 } else { 200 };
                (status, verdict.headers, value)
            }
            Err(error) => {
                world.limiter.count_invalid(machine_ms(), error.status, false);
                let said = format!("{method} {path}: {} {} {}", error.status, error.code, error.to_json());
                if is_circumstance(&error) {
                    world.refusals.push(said);
                } else {
                    world.violations.push(said);
                }
                (error.status, verdict.headers, error.to_json())
            }
        }
    });
    if matches!(fault, Some(FaultKind::Cut(CutAt::After))) {
        log(0);
        return cut();
    }
    log(status);
    if let Some(FaultKind::SlowMs(ms)) = fault {
        wait(ms).await;
    }
    if let Some(FaultKind::HeldMs(ms)) = fault {
        let clock = shared.on(|world| world.clock.clone());
        clock.reaches(clock.now().saturating_add(ms)).await;
    }
    answer(status, limits, &value)
}

/// A path without its percent signs: some clients write `@original` as `%40original`.
fn decoded(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).filter(|_| *first == b'%').and_then(|code| std::str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Refusals that follow from what people did, not from a client's mistake.
fn is_circumstance(error: &ApiError) -> bool {
    matches!(
        error.code,
        10_003
            | 10_007
            | 10_008
            | 10_062
            | 40_003
            | 40_060
            | 50_001
            | 50_007
            | 50_013
            | 50_027
            | 50_083
            | 50_278
            | 160_004
            | 160_006
    )
}

fn authorised(token: &str, headers: &HeaderMap, open: bool) -> Result<(), ApiError> {
    if open {
        return Ok(());
    }
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let given = given.strip_prefix("Bot ").unwrap_or_default();
    if given.is_empty() || (!token.is_empty() && given != token) {
        return Err(ApiError::unauthorized());
    }
    Ok(())
}

async fn read(request: Request) -> Result<(Value, Vec<Upload>), ApiError> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    if kind.is_some_and(|kind| kind.starts_with("multipart/form-data")) {
        return read_multipart(request).await;
    }
    let bytes = axum::body::to_bytes(request.into_body(), REQUEST_LIMIT).await;
    let bytes = bytes.map_err(|_| ApiError::too_large())?;
    if bytes.is_empty() {
        return Ok((Value::Null, Vec::new()));
    }
    serde_json::from_slice(&bytes).map(|body| (body, Vec::new())).map_err(|_| ApiError::invalid_json())
}

async fn read_multipart(request: Request) -> Result<(Value, Vec<Upload>), ApiError> {
    let mut parts = Multipart::from_request(request, &()).await.map_err(|_| ApiError::bad_request())?;
    let (mut body, mut files) = (json!({}), Vec::new());
    while let Some(part) = parts.next_field().await.map_err(|_| ApiError::bad_request())? {
        let name = part.name().unwrap_or_default().to_owned();
        let file = part.file_name().map(str::to_owned);
        let media = part.content_type().unwrap_or("application/octet-stream").to_owned();
        let bytes: Bytes = part.bytes().await.map_err(|_| ApiError::too_large())?;
        match (name.as_str(), file) {
            ("payload_json", _) => {
                body = serde_json::from_slice(&bytes).map_err(|_| ApiError::invalid_json())?;
            }
            (_, Some(name)) => files.push(Upload { name, media, bytes: bytes.to_vec() }),
            _ => {}
        }
    }
    Ok((body, files))
}

fn answer(status: u16, headers: Vec<(&'static str, String)>, body: &Value) -> Response {
    let content = if status == 204 { Body::empty() } else { Body::from(body.to_string()) };
    let mut response = Response::new(content);
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if status != 204 {
        // Clients read by this header, and an empty body is no JSON.
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    for (name, value) in headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(HeaderName::from_static(name), value);
        }
    }
    response
}

/// A refusal that was ordered.
fn refuse(status: u16, code: u32) -> Response {
    answer(status, Vec::new(), &ApiError::new(status, code, "refused as ordered").to_json())
}

/// What a proxy before Discord answers.
fn page(status: u16) -> Response {
    let mut response = Response::new(Body::from("<html><body>Sorry, you have been blocked</body></html>"));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::FORBIDDEN);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=UTF-8"));
    response
}

/// A connection that breaks in the middle of the answer.
fn cut() -> Response {
    let broken = futures::stream::once(async { Err::<Bytes, std::io::Error>(std::io::Error::other("cut")) });
    let mut response = Response::new(Body::from_stream(broken));
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from_static("64"));
    response
}

/// A slow answer is slow by the machine's clock, as a client's time-out is.
#[expect(clippy::disallowed_methods, reason = "an ordered delay of the wire itself")]
async fn wait(ms: u64) {
    tokio::time::sleep(Duration::from_millis(ms)).await;
}

/// A file behind its signed link.
pub(super) async fn attachment(State(shared): State<Shared>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let query = request.uri().query().unwrap_or_default().to_owned();
    match shared.on(|world| world.faults.take("GET", &path)) {
        Some(FaultKind::Status(status)) => {
            return answer(status, Vec::new(), &json!({ "message": "Trouble" }));
        }
        Some(FaultKind::SlowMs(ms)) => wait(ms).await,
        _ => {}
    }
    let file = shared.on(|world| world.linked(&path, &query));
    let Some(file) = file else {
        return answer(404, Vec::new(), &json!({ "message": "This content is no longer available." }));
    };
    let mut response = Response::new(Body::from(file.bytes));
    if let Ok(media) = HeaderValue::from_str(&file.media) {
        response.headers_mut().insert(header::CONTENT_TYPE, media);
    }
    let shown = if file.media.starts_with("image/") { "inline" } else { "attachment" };
    let shown = format!("{shown}; filename*=UTF-8''{}", encoded(&file.name));
    if let Ok(shown) = HeaderValue::from_str(&shown) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, shown);
    }
    response
}
