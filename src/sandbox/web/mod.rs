//! The page of the sandbox: a small Discord for the browser, plain files inside the binary, spoken to over the control interface.

use axum::Router;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

/// The page may load only what this server itself serves, and no script written into a message can run.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
     connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const HTML: &str = "text/html; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const PICTURE: &str = "image/svg+xml; charset=utf-8";

/// Every file of the page: its path on the server, its content type, its words.
pub const FILES: &[(&str, &str, &str)] = &[
    ("/", HTML, include_str!("index.html")),
    ("/web/icon.svg", PICTURE, include_str!("icon.svg")),
    ("/web/base.css", STYLE, include_str!("base.css")),
    ("/web/frame.css", STYLE, include_str!("frame.css")),
    ("/web/messages.css", STYLE, include_str!("messages.css")),
    ("/web/app.js", SCRIPT, include_str!("app.js")),
    ("/web/api.js", SCRIPT, include_str!("api.js")),
    ("/web/clock.js", SCRIPT, include_str!("clock.js")),
    ("/web/clockbar.js", SCRIPT, include_str!("clockbar.js")),
    ("/web/components.js", SCRIPT, include_str!("components.js")),
    ("/web/composer.js", SCRIPT, include_str!("composer.js")),
    ("/web/dialog.js", SCRIPT, include_str!("dialog.js")),
    ("/web/dom.js", SCRIPT, include_str!("dom.js")),
    ("/web/embed.js", SCRIPT, include_str!("embed.js")),
    ("/web/files.js", SCRIPT, include_str!("files.js")),
    ("/web/form.js", SCRIPT, include_str!("form.js")),
    ("/web/interact.js", SCRIPT, include_str!("interact.js")),
    ("/web/log.js", SCRIPT, include_str!("log.js")),
    ("/web/markdown.js", SCRIPT, include_str!("markdown.js")),
    ("/web/message.js", SCRIPT, include_str!("message.js")),
    ("/web/options.js", SCRIPT, include_str!("options.js")),
    ("/web/palette.js", SCRIPT, include_str!("palette.js")),
    ("/web/people.js", SCRIPT, include_str!("people.js")),
    ("/web/popup.js", SCRIPT, include_str!("popup.js")),
    ("/web/sidebar.js", SCRIPT, include_str!("sidebar.js")),
    ("/web/words.js", SCRIPT, include_str!("words.js")),
    ("/web/world.js", SCRIPT, include_str!("world.js")),
];

/// The routes of the page, to be merged into the sandbox's own: `/` and `/web/…`.
pub fn router<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
{
    FILES
        .iter()
        .fold(Router::new(), |router, (path, kind, text)| router.route(path, get(|| file(kind, text))))
}

async fn file(kind: &'static str, text: &'static str) -> Response {
    let headers: [(HeaderName, HeaderValue); 5] = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        // A newer binary on the same port must not meet an older script.
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CONTENT_SECURITY_POLICY)),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    ];
    (headers, text).into_response()
}
