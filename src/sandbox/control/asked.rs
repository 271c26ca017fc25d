//! How calls of the control interface are read, and how they are refused: always in JSON.

use axum::Json;
use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};

use crate::sandbox::{Place, Sandbox};

/// A refusal: its status and why.
#[derive(Debug)]
pub(super) struct Refused(pub(super) StatusCode, pub(super) String);

/// What every call answers.
pub(super) type Answered = Result<Json<Value>, Refused>;

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (self.0, Json(json!({ "error": self.1 }))).into_response()
    }
}

impl From<String> for Refused {
    fn from(why: String) -> Self {
        Self(StatusCode::BAD_REQUEST, why)
    }
}

impl Refused {
    /// There is no such thing.
    pub(super) fn missing(what: &str) -> Self {
        Self(StatusCode::NOT_FOUND, format!("there is no such {what}"))
    }
}

impl From<QueryRejection> for Refused {
    fn from(wrong: QueryRejection) -> Self {
        wrong.body_text().into()
    }
}

impl From<JsonRejection> for Refused {
    fn from(wrong: JsonRejection) -> Self {
        // 415 where the content type is not JSON: a foreign web page cannot send that without being asked first.
        // A body of the wrong shape is 400, as the interface promises, not 422.
        let status = match wrong.status() {
            StatusCode::UNPROCESSABLE_ENTITY => StatusCode::BAD_REQUEST,
            other => other,
        };
        Self(status, wrong.body_text())
    }
}

/// The parameters behind the question mark.
#[derive(Debug)]
pub(super) struct Looked<T>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Looked<T> {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refused> {
        Ok(Self(Query::<T>::from_request_parts(parts, state).await?.0))
    }
}

/// A JSON body.
#[derive(Debug)]
pub(super) struct Told<T>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Told<T> {
    type Rejection = Refused;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refused> {
        Ok(Self(Json::<T>::from_request(request, state).await?.0))
    }
}

/// An id, as a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Id(pub(super) u64);

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map(Self).map_err(|_| D::Error::custom(format!("“{text}” is not an id")))
    }
}

/// A channel, or `dm`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Where(pub(super) Place);

impl<'de> Deserialize<'de> for Where {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text == "dm" {
            return Ok(Self(Place::Dm));
        }
        let id = text.parse().map_err(|_| D::Error::custom(format!("“{text}” is neither an id nor dm")))?;
        Ok(Self(Place::Channel(id)))
    }
}

/// A file on its way up.
#[derive(Debug, Deserialize)]
pub(super) struct File {
    name: String,
    base64: String,
}

impl File {
    /// Its name and content.
    pub(super) fn open(self) -> Result<(String, Vec<u8>), Refused> {
        let bytes = base64::engine::general_purpose::STANDARD.decode(self.base64.as_bytes());
        let bytes = bytes.map_err(|wrong| format!("the file “{}” is not base64: {wrong}", self.name))?;
        Ok((self.name, bytes))
    }
}

/// Who acts, if there is such a person.
pub(super) fn person(sandbox: &Sandbox, id: Id) -> Result<u64, Refused> {
    let known = sandbox.shared.on(|world| world.users.get(&id.0).is_some_and(|user| !user.bot));
    if known { Ok(id.0) } else { Err(Refused::missing("person")) }
}

/// A channel that exists.
pub(super) fn channel(sandbox: &Sandbox, id: Id) -> Result<u64, Refused> {
    let known = sandbox.shared.on(|world| world.channels.contains_key(&id.0));
    if known { Ok(id.0) } else { Err(Refused::missing("channel")) }
}
