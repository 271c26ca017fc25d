//! The control interface: JSON over HTTP under `/control`, by which the page, scripts and tests are people and move time.
//!
//! Ids are strings, instants Unix milliseconds; `as` is the id of the person who acts or looks. Refusals are
//! `{"error":"…"}` with status 400 (somebody cannot do that) or 404 (there is no such thing).
//!
//! | call | what is sent | answer |
//! |---|---|---|
//! | `GET state` | | `{clock, bot, guilds}` with roles and members |
//! | `GET view` | `as` | `{channels}`: what the person sees, threads and direct messages too, with `unread` |
//! | `GET messages` | `as, channel, limit=50, before?` | `{messages}`, oldest first; without `before` it counts as reading |
//! | `GET events` | `as` | server-sent events: `{kind, channel?, message?, interaction?}` |
//! | `GET commands` | `as, channel` | `{commands}` in the person's language, subcommands flattened |
//! | `POST command` | `{as, channel, name, options, files?}` | `{interaction}` |
//! | `POST autocomplete` | `{as, channel, name, options, focused}` | `{choices}` |
//! | `POST menu` | `{as, channel, message, name}` | `{interaction}` |
//! | `POST press` | `{as, channel, message, custom_id, values?}` | `{interaction}` |
//! | `POST submit` | `{as, interaction, values}` | `{interaction}` |
//! | `GET interaction` | `id, wait=0/1` | `{id, state, modal?, message?, ephemeral?, choices?, error?}` |
//! | `POST say` | `{as, channel?, dm?, text, files?, reply_to?}` | `{message, channel}` |
//! | `POST edit`, `POST erase` | `{as, channel, message, text?}` | `{}` |
//! | `POST person` | `{id?, guild?, name?, locale?, label?, roles?, dms_open?}` | `{id}` |
//! | `POST guild` | `{name, roles, channels, bot_permissions?}` | `{id, roles, channels}` |
//! | `POST channel` | `{channel, archive?, lock?, delete?, deny_bot?}` | `{}` |
//! | `POST clock` | `{advance_ms?, speed?, now_ms?}` | `{now_ms, speed}` |
//! | `POST limits` | `{enabled}` | `{}`: Discord's rate limits on or off |
//! | `POST fault`, `DELETE faults` | `{method?, path?, times?, kind}` | `{}` |
//! | `GET transcript` | `format=text/json, as?` | what people saw |
//! | `GET calls` | | `{total, callbacks, by_route, violations, refusals, calls}` |
//!
//! `channel` may be `dm` in `commands`, `command` and `autocomplete`: the person's direct messages with the bot.

mod act;
mod asked;
mod events;
mod look;
mod make;
mod menu;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::routing::{delete, get, post};

use super::Sandbox;
use asked::Refused;

/// The largest body: ten files of Discord's upload limit, in base64.
const BODY_LIMIT: usize = 160 * 1024 * 1024;

/// The routes under `/control`.
pub(super) fn router(sandbox: Sandbox) -> Router {
    let routes = Router::new()
        .route("/state", get(look::state))
        .route("/view", get(look::view))
        .route("/messages", get(look::messages))
        .route("/interaction", get(look::interaction))
        .route("/transcript", get(look::transcript))
        .route("/calls", get(look::calls))
        .route("/events", get(events::stream))
        .route("/commands", get(menu::commands))
        .route("/command", post(act::command))
        .route("/autocomplete", post(act::autocomplete))
        .route("/menu", post(act::menu))
        .route("/press", post(act::press))
        .route("/submit", post(act::submit))
        .route("/say", post(act::say))
        .route("/edit", post(act::edit))
        .route("/erase", post(act::erase))
        .route("/person", post(make::person))
        .route("/guild", post(make::guild))
        .route("/channel", post(make::channel))
        .route("/clock", post(make::clock))
        .route("/limits", post(make::limits))
        .route("/fault", post(make::fault))
        .route("/faults", delete(make::clear_faults))
        .fallback(async || Refused(StatusCode::NOT_FOUND, "there is no such call".to_owned()))
        .method_not_allowed_fallback(async || {
            Refused(StatusCode::METHOD_NOT_ALLOWED, "this call has another method".to_owned())
        });
    Router::new().nest("/control", routes).layer(DefaultBodyLimit::max(BODY_LIMIT)).with_state(sandbox)
}
